"""The template fet: its setup workbook saved by other programs, its example answers, and mistakes in its text."""
import subprocess
import unittest
from pathlib import Path

import openpyxl

from office import Office
from program import BUILD, SOURCE, InAFolder, run


class TheSetupWorkbook(InAFolder):
    def setUp(self):
        super().setUp()
        self.assert_ended(self.bms("init", "--template", "fet", "kommune"), 0)
        self.home = self.folder / "kommune"
        self.book = next(self.home.glob("*.xlsx"))
        self.assert_ended(self.bms("setup", self.book, cwd=self.home), 0)

    def versions(self):
        """How many definitions are stored: the form says which one it was made from."""
        self.assert_ended(self.bms("forms", "2026-T1", "--unit", "1101", "--force", cwd=self.home), 0)
        form = next((self.home / "forms" / "2026-T1").glob("1101-*.xlsx"))
        for sheet in openpyxl.load_workbook(form).worksheets:
            if sheet["A1"].value == "bms form":
                return next(row[1].value for row in sheet.iter_rows() if row[0].value == "definition")
        return self.fail("the form has no identity")

    def says_the_same(self, path):
        ended = self.assert_ended(self.bms("setup", path, "--json", cwd=self.home), 0)
        self.assertEqual(ended.json["findings"], [])
        self.assertEqual(self.versions(), "1")

    def test_saved_by_openpyxl_it_says_the_same(self):
        openpyxl.load_workbook(self.book).save(self.folder / "saved.xlsx")
        self.says_the_same(self.folder / "saved.xlsx")

    def test_saved_by_libreoffice_it_says_the_same(self):
        with Office() as office, office.workbook(self.book) as book:
            book.save(self.folder / "saved.xlsx")
        self.says_the_same(self.folder / "saved.xlsx")

    def test_sheets_and_columns_can_be_moved_and_renamed_to_another_language(self):
        book = openpyxl.load_workbook(self.book)
        units = book["Enheter"]
        units.title = "UNITS"
        rows = [[cell.value for cell in row] for row in units.iter_rows()]
        units.delete_rows(1, units.max_row)
        for row in rows:
            units.append(list(reversed(row)))
        book.move_sheet(units, -3)
        book.save(self.folder / "moved.xlsx")
        ended = self.assert_ended(self.bms("setup", self.folder / "moved.xlsx", "--json", cwd=self.home), 0)
        self.assertEqual(ended.json["findings"], [])

    def test_a_mistake_is_named_by_sheet_and_cell(self):
        book = openpyxl.load_workbook(self.book)
        units = book["Enheter"]
        row = next(row for row in range(1, units.max_row) if units.cell(row, 1).value == "1102")
        units.cell(row, 3).value = "1900"
        book.save(self.folder / "wrong.xlsx")
        ended = self.assert_ended(self.bms("setup", self.folder / "wrong.xlsx", "--json", cwd=self.home), 1)
        self.assertEqual([(f["rule"], f["sheet"], f["cell"], f["unit"]) for f in ended.json["findings"]],
                         [("unknown_parent", "Enheter", f"C{row}", "1102")])
        self.assertEqual(self.versions(), "1")


class TheExampleAnswers(InAFolder):
    """A tertial of the example, with everything that units get wrong in it."""

    def test_they_are_typed_in_by_openpyxl_and_have_the_outcomes_in_their_remarks(self):
        self.assert_ended(self.bms("init", "--template", "fet", "kommune"), 0)
        home = self.folder / "kommune"
        self.assert_ended(run("setup", next(home.glob("*.xlsx")), cwd=home), 0)
        self.assert_ended(run("forms", "2026-T1", cwd=home), 0)
        subprocess.run([SOURCE / "templates" / "fill_in.py", "2026-T1"], cwd=home, check=True, capture_output=True)
        ended = self.assert_ended(run("collect", "2026-T1", "--json", cwd=home), 1)
        outcomes = {row["unit"]: row["outcome"] for row in ended.json["returns"]}
        self.assertEqual(outcomes.pop("1201"), "held")  # ten of seven got breakfast
        self.assertEqual(outcomes.pop("1112"), "held")  # words after a number
        self.assertEqual(outcomes.pop("1303"), "unfinished")
        self.assertEqual(outcomes.pop("1403"), "unfinished")
        self.assertNotIn("1402", outcomes)
        self.assertEqual(set(outcomes.values()), {"accepted"})
        self.assertEqual(len(outcomes), 12)

    def test_each_file_of_them_says_that_they_are_invented(self):
        for path in sorted((SOURCE / "templates" / "fet" / "answers").glob("*.txt")):
            self.assertIn("oppdiktet", path.read_text(encoding="utf-8").splitlines()[0])


class TheTool(InAFolder):
    """What builds a template from its text."""

    def make(self, text):
        (self.folder / "setup.md").write_text(text, encoding="utf-8")
        return subprocess.run([BUILD / "templates" / "make_setup", "setup.md", "setup.xlsx"], cwd=self.folder,
                              capture_output=True, text=True, encoding="utf-8", check=False)

    def good(self):
        return (SOURCE / "templates" / "fet" / "setup.md").read_text(encoding="utf-8")

    def line_of(self, text):
        return next(i for i, line in enumerate(self.good().splitlines(), 1) if text in line)

    def test_a_sound_text_becomes_a_workbook_and_the_same_bytes_each_time(self):
        self.assertEqual(self.make(self.good()).returncode, 0)
        first = (self.folder / "setup.xlsx").read_bytes()
        self.make(self.good())
        self.assertEqual((self.folder / "setup.xlsx").read_bytes(), first)

    def test_a_mistake_in_what_it_says_ends_with_file_and_line(self):
        line = self.line_of("Lia barnehage")
        ended = self.make(self.good().replace("| Lia barnehage           | 1100 ", "| Lia barnehage           | 1900 "))
        self.assertEqual(ended.returncode, 1)
        self.assertIn(f"setup.md:{line}: error:", ended.stderr)
        self.assertIn("unknown_parent", ended.stderr)
        self.assertFalse((self.folder / "setup.xlsx").exists())

    def test_a_mistake_in_how_it_is_written_ends_with_file_and_line(self):
        line = self.line_of("Faktor: 1000")
        ended = self.make(self.good().replace("Faktor: 1000", "Faktorr: 1000"))
        self.assertEqual(ended.returncode, 1)
        self.assertIn(f"setup.md:{line}: error:", ended.stderr)


if __name__ == "__main__":
    unittest.main()
