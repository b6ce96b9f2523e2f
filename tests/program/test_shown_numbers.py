"""How results look where they are read: rounded half away from zero, and no minus before a zero. Every value is invented."""
import re
import subprocess
import unittest

import openpyxl

import setup_book
from form import Form, cells_of, type_with_openpyxl
from office import Office
from program import InAFolder

PERIOD = "2026-T1"


def one_deviation():
    """The setup: one unit, one deviation with a target and one without."""
    sheets = setup_book.setup(1, 1)
    sheets["Indikatorer"] = [
        [code, f"Avvik {code}", "avvik", "Hva er netto regnskap?", "1000 kr", "Hva er netto budsjett?", "1000 kr", 1,
         "hittil i år", "lavt", None, None, None] for code in ("MED", "UTEN")]
    sheets["Plassering"] = [["KORT", "GOD", code, i] for i, code in enumerate(("MED", "UTEN"))]
    sheets["Mål"] = [["MED", "alle", 1, 2]]
    sheets["Hvem måler hva"] = [[code, "*-T*", "x"] for code in ("MED", "UTEN")]
    return sheets


class ShownNumbers(InAFolder):
    @classmethod
    def setUpClass(cls):
        cls.office = cls.enterClassContext(Office())

    def setUp(self):
        super().setUp()
        self.bms("init", "kommune")
        self.home = self.folder / "kommune"
        setup_book.save(one_deviation(), self.home / "setup.xlsx")
        self.bms("setup", "setup.xlsx", cwd=self.home)
        self.bms("forms", PERIOD, cwd=self.home)
        self.form = Form(next((self.home / "forms" / PERIOD).glob("E*.xlsx")))

    def printed(self, path):
        """What a person reads on paper, where conditional formats count too."""
        self.office.pdf(path, self.folder / "paper.pdf")
        return subprocess.run(["pdftotext", "-layout", self.folder / "paper.pdf", "-"], check=True, capture_output=True,
                              text=True).stdout

    def answered(self):
        """Two results of -0.04 %: a hair below the budget."""
        target = self.home / "returns" / PERIOD / self.form.path.name
        target.parent.mkdir(parents=True)
        answers = {"MED": (2499, 2500), "UTEN": (2499, 2500)}
        type_with_openpyxl(self.form.path, cells_of(self.form, answers), target)
        return target

    def assert_zero_without_minus(self, printed):
        self.assertRegex(printed, r"(?<![-−\d])0,0\s%")
        self.assertIsNone(re.search(r"[-−]\s?0,0\s?%", printed), printed)

    def test_a_form_shows_what_is_rounded_to_zero_without_a_minus(self):
        self.assert_zero_without_minus(self.printed(self.answered()))

    def test_a_report_shows_it_without_a_minus_and_keeps_the_value(self):
        self.answered()
        self.assert_ended(self.bms("collect", PERIOD, cwd=self.home), 0)
        self.assert_ended(self.bms("report", PERIOD, cwd=self.home), 0)
        reports = list((self.home / "reports" / PERIOD).glob("*.xlsx"))
        self.assertEqual(len(reports), 2)
        for report in reports:
            with self.subTest(report.name):
                self.assert_zero_without_minus(self.printed(report))
                values = [cell.value for sheet in openpyxl.load_workbook(report, data_only=True)
                          for row in sheet.iter_rows() for cell in row]
                self.assertIn(-0.04, [round(v, 9) for v in values if isinstance(v, float)])


if __name__ == "__main__":
    unittest.main()
