"""What a setup may hold at most is said when it is loaded, by sheet and cell; what is within it works and is quick. Everything is
invented."""
import resource
import unittest

import openpyxl

import setup_book
from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import InAFolder

PERIOD = "2026-T2"


class Limits(InAFolder):
    def load(self, change, units=3, indicators=3):
        sheets = setup_book.setup(units, indicators)
        change(sheets)
        self.bms("init", ".")
        setup_book.save(sheets, self.folder / "setup.xlsx")
        return self.bms("setup", "setup.xlsx", "--json")

    def found(self, ended):
        return [(f["rule"], f["sheet"], f["cell"]) for f in ended.json["findings"] if f["severity"] == "error"]

    def main_job(self):
        """Forms, returns, reports: each goes well, and what is written is opened by another program."""
        self.assert_ended(self.bms("forms", PERIOD), 0)
        (self.folder / "returns" / PERIOD).mkdir(parents=True)
        for i, path in enumerate(sorted((self.folder / "forms" / PERIOD).glob("E*.xlsx"))):
            form = Form(path)
            type_with_openpyxl(path, cells_of(form, sound_answers(form, i)), self.folder / "returns" / PERIOD / path.name)
        self.assert_ended(self.bms("collect", PERIOD), 0)
        self.assert_ended(self.bms("report", PERIOD), 0)
        for path in (self.folder / "reports").rglob("*.xlsx"):
            openpyxl.load_workbook(path)

    def test_texts_are_too_long_by_one_character(self):
        cases = {("Indikatorer", 0, 1, "B2"): 250, ("Enheter", 1, 1, "B3"): 250, ("Enheter", 1, 3, "D3"): 250,
                 ("Styringskort", 0, 1, "B2"): 250, ("Fokusområder", 0, 2, "C2"): 250, ("Fokusområder", 0, 3, "D2"): 4000,
                 ("Suksesskriterier", 0, 2, "C2"): 250, ("Indikatorer", 0, 3, "D2"): 4000, ("Indikatorer", 0, 4, "E2"): 250,
                 ("Målepunkt", 0, 1, "B2"): 250, ("Kommune", 3, 1, "B5"): 250}
        for (sheet, row, column, cell), most in cases.items():
            with self.subTest(sheet=sheet, column=column):
                def change(sheets, n):
                    sheets[sheet][row][column] = "æ" * n
                found = self.found(self.load(lambda sheets: change(sheets, most + 1)))
                self.assertIn(("too_long", sheet, cell), found)
                found = self.found(self.load(lambda sheets: change(sheets, most)))
                self.assertNotIn("too_long", [rule for rule, _, _ in found])

    def test_the_longest_texts_work(self):
        def change(sheets):
            sheets["Indikatorer"][0][1] = "I" * 250
            sheets["Indikatorer"][0][3] = "Hvor mange " + "q" * 3900 + " {dates}?"
            sheets["Enheter"][1][1] = "Ø" * 250
            sheets["Styringskort"][0][1] = "K" * 250
            sheets["Målepunkt"][1][1] = "P" * 250
        self.assertEqual(self.found(self.load(change)), [])
        self.main_job()

    def test_levels_of_units(self):
        def chain(n):
            def change(sheets):
                sheets["Enheter"][1:] = [[f"E{i:03}", f"Enhet {i}", f"E{i - 1:03}" if i > 1 else "PROVE", "tjeneste", None, None]
                                         for i in range(1, n + 1)]
            return change
        self.assertEqual(self.found(self.load(chain(25))), [("too_deep", "Enheter", "C27")])
        self.assertEqual(self.found(self.load(chain(1500))), [("too_deep", "Enheter", "C27")])
        self.assertEqual(self.found(self.load(chain(24))), [])
        self.main_job()
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, 60)

    def test_control_characters_in_a_setup_do_not_spoil_its_forms(self):
        def change(sheets):
            sheets["Indikatorer"][0][1] = "a_x0007_b_x000D__x000A_c_x007F_d"
            sheets["Indikatorer"][0][3] = "Hvor mange_x000D_\negentlig\t?"
            sheets["Enheter"][1][1] = "Enhet_x001B_1"
        self.assertEqual(self.found(self.load(change)), [])
        self.main_job()

    def test_a_municipality_of_one_unit_or_none(self):
        def one(sheets):
            sheets["Enheter"] = [["E001", "Hele kommunen", None, "tjeneste", None, None]]
        self.assertEqual(self.found(self.load(one)), [])
        self.main_job()
        for nobody in (lambda sheets: sheets["Enheter"].clear(), lambda sheets: sheets.pop("Enheter")):
            self.assertIn([rule for rule, sheet, _ in self.found(self.load(nobody)) if sheet == "Enheter"],
                          (["empty_sheet"], ["missing_sheet"]))

    def test_a_municipality_where_nobody_measures(self):
        def top(sheets):
            del sheets["Enheter"][1:]
        self.assertEqual(self.found(self.load(top)), [])
        self.assert_error(self.bms("forms", PERIOD), 2, PERIOD)


if __name__ == "__main__":
    unittest.main()
