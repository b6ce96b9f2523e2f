"""What --lang does: messages, forms and reports of one call, whatever the setup says. Every answer is invented."""
import unittest

import openpyxl

from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import InAFolder

PERIOD = "2026-T2"


def words_of(path):
    """All texts of a workbook's visible sheets."""
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell.value) for sheet in book.worksheets if sheet.sheet_state == "visible"
                     for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))


class Languages(InAFolder):
    """A municipality that writes bokmål."""

    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.assert_ended(self.bms("init", "--template", "fet", "kommune"), 0)
        self.do("setup", "setup.xlsx")

    def do(self, *arguments, code=0):
        return self.assert_ended(self.bms(*arguments, cwd=self.home), code)

    def workbooks(self, folder):
        return sorted((self.home / folder / PERIOD).glob("*.xlsx"))

    def deliver(self, path, answers=None):
        form = Form(path)
        folder = self.home / "returns" / PERIOD
        folder.mkdir(parents=True, exist_ok=True)
        type_with_openpyxl(path, cells_of(form, answers or sound_answers(form)), folder / path.name)

    def test_forms_in_another_language_lie_beside_the_units_own_and_are_as_good(self):
        for language, sheet, form_of in (("nn", "Skjema", "nn"), ("en", "Form", "en")):
            with self.subTest(language=language):
                self.do("forms", PERIOD, "--lang", language)
                self.assertEqual(self.workbooks("forms"), [])
                other = sorted((self.home / "forms" / PERIOD / form_of).glob("*.xlsx"))
                self.assertGreater(len(other), 4)
                self.assertIn(sheet, openpyxl.load_workbook(other[0]).sheetnames)
        self.do("forms", PERIOD)
        self.assertEqual([path.name for path in self.workbooks("forms")], [path.name for path in other])
        for path, language in zip(other, ("nn", "en", "nb")):
            self.deliver(self.home / "forms" / PERIOD / language.replace("nb", "") / path.name)
        counts = self.do("collect", PERIOD, "--json").json
        self.assertEqual((counts["accepted"], counts["held"], counts["unreadable"]), (3, 0, 0), counts)

    def test_what_is_sent_to_a_unit_is_in_its_own_language_whatever_the_messages_are_in(self):
        self.do("forms", PERIOD)
        path = self.workbooks("forms")[0]
        wrong = {code: (numbers[0] if not numbers[1] else 90, numbers[1])
                 for code, numbers in sound_answers(Form(path)).items()}
        self.deliver(path, wrong)
        self.do("collect", PERIOD, "--lang", "en", code=1)
        self.assertIn("Rett dette", openpyxl.load_workbook(self.workbooks("corrections")[0]).sheetnames)
        self.do("remind", PERIOD, "--lang", "en")
        letter = (self.home / "reminders" / PERIOD / path.name).with_suffix(".txt").read_text()
        for said in (words_of(self.home / f"Mottak {PERIOD}.xlsx"), letter):
            self.assertIn("Delen kan ikke være større enn helheten.", said)
            self.assertNotIn("The part cannot", said)

    def test_what_was_found_is_said_in_the_readers_language_whichever_the_run_was_in(self):
        self.do("forms", PERIOD)
        path = self.workbooks("forms")[0]
        self.deliver(path, {code: (90 if numbers[1] else numbers[0], numbers[1])
                            for code, numbers in sound_answers(Form(path)).items()})
        self.do("collect", PERIOD, "--lang", "nn", code=1)
        for language, words in (("nb", "Delen kan ikke være større enn helheten."), ("en", "The part cannot be larger"),
                                ("nn", "Delen kan ikkje vere større enn heilskapen.")):
            self.assertIn(words, self.do("status", PERIOD, "--lang", language).out)

    def test_reports_in_another_language_are_no_editions(self):
        self.do("report", PERIOD, "--lang", "en")
        other = sorted((self.home / "reports" / PERIOD / "en").glob("*.xlsx"))
        self.assertGreater(len(other), 4)
        self.assertEqual(self.workbooks("reports"), [])
        self.assertIn("Delivery", words_of(other[0]))
        self.assertNotIn("Levering", words_of(other[0]))
        self.do("report", PERIOD)
        self.assertIn("Utgave 1", words_of(self.workbooks("reports")[0]))

    def test_in_the_units_own_language_nothing_is_different(self):
        self.do("report", PERIOD, "--lang", "nb")
        self.do("forms", PERIOD, "--lang", "nb")
        self.assertFalse([path for room in ("forms", "reports") for path in (self.home / room / PERIOD).iterdir() if path.is_dir()])


if __name__ == "__main__":
    unittest.main()
