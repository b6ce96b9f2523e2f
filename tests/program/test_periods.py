"""Which periods a report holds, where indicators are measured at different times. Everything is invented."""
import unittest

import openpyxl

import setup_book
from form import Form, cells_of, type_with_openpyxl
from program import InAFolder

PERIODS = ["2026-11", "2026-12", "2026-T2", "2026-T3", "2026"]


class Frequencies(InAFolder):
    """One indicator each month, one each tertial, one each year."""

    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.assert_ended(self.bms("init", "kommune"), 0)
        sheets = setup_book.setup(1, 3)
        sheets["Målepunkt"] = [[period, None, None, None] for period in PERIODS]
        sheets["Hvem måler hva"] = [["I01", "2026-11, 2026-12", "x"], ["I02", "*-T*", "x"], ["I03", "2026", "x"]]
        setup_book.save(sheets, self.home / "setup.xlsx")
        self.do("setup", "setup.xlsx")
        for period in PERIODS:
            self.do("forms", period)
            folder = self.home / "returns" / period
            folder.mkdir(parents=True)
            for form in map(Form, (self.home / "forms" / period).glob("*.xlsx")):
                answers = {code: (8, 10) for code in form.questions}
                type_with_openpyxl(form.path, cells_of(form, answers, signed_by="Per Prøve"), folder / form.path.name)
            self.do("collect", period)

    def do(self, *arguments):
        return self.assert_ended(self.bms(*arguments, cwd=self.home), 0)

    def shown(self, period):
        """The period that each indicator is shown for."""
        self.do("report", period)
        path = next((self.home / "reports" / period).glob("E001-*.xlsx"))
        rows = openpyxl.load_workbook(path)["Alle indikatorer"].iter_rows(min_row=5, max_col=1, values_only=True)
        lines = [row[0].split("\n") for row in rows if row[0] and "\n" in row[0]]
        return {line[0].split(" ")[1]: line[1].split(",")[0] for line in lines}

    def test_a_report_holds_all_that_ends_by_its_last_day(self):
        self.assertEqual(self.shown("2026-T3"), {"I01": "desember 2026", "I02": "3. tertial 2026", "I03": "2026"})
        self.assertEqual(self.shown("2026"), {"I01": "desember 2026", "I02": "3. tertial 2026", "I03": "2026"})
        self.assertEqual(self.shown("2026-11"), {"I01": "november 2026", "I02": "2. tertial 2026"})


if __name__ == "__main__":
    unittest.main()
