"""The stored setup written as a workbook again: loaded, it changes nothing; for a neighbour it names nobody."""
import datetime
import unittest
import zipfile

import openpyxl

import setup_book
from program import InAFolder
from test_setup_mistakes import setup as invented_setup

OUT = "ut.xlsx"


def rows_of(path):
    """The rows of each sheet that hold something, by heading, without the blank cells; in order."""
    sheets = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        headings, rows = None, []
        for row in sheet.iter_rows(values_only=True):
            if headings:
                rows.append({h: value for h, value in zip(headings, row) if value is not None})
            elif sum(value is not None for value in row) > 1:
                headings = row
        sheets[sheet.title] = [row for row in rows if row]
    return sheets


def text_of(path):
    with zipfile.ZipFile(path) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


class Exporting(InAFolder):
    def setUp(self):
        super().setUp()
        self.do("init", "--template", "fet", ".")

    def do(self, *arguments, code=0):
        return self.assert_ended(self.bms(*arguments, cwd=self.folder), code)

    def load(self, sheets):
        setup_book.save(sheets, self.folder / "setup.xlsx")
        self.do("setup")



class Exported(Exporting):
    def assert_comes_back(self, *but):
        self.do("setup", "--export", OUT)
        there, back = rows_of(self.folder / "setup.xlsx"), rows_of(self.folder / OUT)
        for name in setup_book.HEADINGS:
            if name not in but:
                self.assertEqual(back[name], there.get(name, []), name)
        self.assert_changes_nothing()

    def assert_changes_nothing(self):
        loaded = self.do("setup", OUT, "--json").json
        self.assertEqual((loaded["findings"], loaded["changes"], loaded["added"]), ([], [], False))

    def test_the_template(self):
        self.do("setup")
        self.assert_comes_back()

    def test_columns_in_another_order_and_choices_in_other_words_are_no_change(self):
        sheets = invented_setup()
        sheets["Tiltak"][0][-1] = "In progress"
        self.load(sheets)
        self.assert_comes_back("Tiltak")
        action = rows_of(self.folder / OUT)["Tiltak"][0]
        self.assertEqual((action["Frist"], action["Status"]), (datetime.datetime(2026, 12, 1), "I gang"))

    def test_codes_numbers_and_dated_rows_keep_what_they_are(self):
        sheets = setup_book.setup(2, 2)
        day = datetime.datetime(2026, 1, 1)
        sheets["Kommune"][1] = ["Kommunenummer", "0310"]
        sheets["Kommune"] = [dict(zip(["Opplysning", "Verdi"], row)) for row in sheets["Kommune"]]
        sheets["Kommune"].append({"Opplysning": "Kommunenummer", "Verdi": "0301", "Gjelder fra": day})
        sheets["Enheter"].append(["0310", "Enheten «0310»", "PROVE", "tjeneste", "L", "l@prove.example", day])
        sheets["Mål"][0][2] = 80.25
        self.load(sheets)
        self.assert_comes_back()

    def test_what_was_accepted_beside_the_workbook_stands(self):
        sheets = setup_book.setup(2, 2)
        self.load(sheets)
        sheets["Indikatorer"][0][3] = "Hvor mange fikk hjelp {dates}?"
        setup_book.save(sheets, self.folder / "setup.xlsx")
        self.do("setup", "--reworded", "I01", "--yes")
        self.do("setup", "--export", OUT)
        self.assert_changes_nothing()

    def test_a_file_that_is_there_is_not_replaced(self):
        self.do("setup")
        self.do("setup", "--export", OUT)
        before = (self.folder / OUT).read_bytes()
        self.assertEqual(self.do("setup", "--export", OUT, "--json").json["files"], [OUT])
        self.assertEqual((self.folder / OUT).read_bytes(), before)
        (self.folder / OUT).write_bytes(before + b"\0")
        self.assert_error(self.bms("setup", "--export", OUT, cwd=self.folder), 2, "finnes")
        self.assertEqual((self.folder / OUT).read_bytes(), before + b"\0")
        self.assertEqual([path.name for path in self.folder.glob("*.tmp")], [])

    def test_what_does_not_go_together(self):
        for arguments in (("--without-units",), ("--export", OUT, "--undo"), ("setup.xlsx", "--export", OUT)):
            self.assert_error(self.bms("setup", *arguments, cwd=self.folder), 2, "--export")
            self.assert_ended(self.bms("setup", *arguments, "--json", cwd=self.folder), 2)
        self.do("setup", "--export", OUT, code=2)  # nothing is stored
        self.assertFalse((self.folder / OUT).exists())


class ForANeighbour(Exporting):
    def setUp(self):
        super().setUp()
        sheets = invented_setup()
        sheets["Mål"] += [["TRIV", "S001", 4.7, 4.4]]
        sheets["Hvem måler hva"][0]["Unntak"] = "frivillig S002"
        self.load(sheets)
        self.do("setup", "--export", OUT, "--without-units")

    def test_it_names_nobody(self):
        text = text_of(self.folder / OUT)
        words = ("Solvik", "Dalen", "Enhet nummer", "Prøve kommune", "PROVE", "9901", "Kari", "Siv", "Leder 1", "@prove", "S001",
                 "S002", "Rydde")
        self.assertEqual([word for word in words if word in text], [])
        rows = rows_of(self.folder / OUT)
        self.assertEqual((rows["Enheter"], rows["Tiltak"]), ([], []))
        whole = rows_of(self.folder / "setup.xlsx")
        self.assertEqual(rows["Indikatorer"], whole["Indikatorer"])
        self.assertEqual(rows["Mål"], whole["Mål"][:-1])

    def test_with_who_they_are_and_units_of_their_own_it_can_be_loaded(self):
        book = openpyxl.load_workbook(self.folder / OUT)
        values = {"Kommunens navn": "Nabo kommune", "Kommunenummer": "9902", "Koordinator": "Nils Nabo",
                  "E-post for svar": "bms@nabo.example"}
        for row in book["Kommune"].iter_rows(min_row=3):
            row[1].value = values.get(row[0].value, row[1].value)
        for number, row in enumerate([["NABO", "Nabo kommune"], ["N1", "Nabo skole", "NABO", "skole"],
                                      ["N2", "Nabo helse", "NABO", "tjeneste"]], 3):
            for column, value in enumerate(row, 1):
                book["Enheter"].cell(number, column).value = value
        book.save(self.folder / OUT)
        self.do("init", "nabo")
        loaded = self.do("--db", "nabo/bms.db", "setup", OUT, "--json").json
        self.assertEqual([f for f in loaded["findings"] if f["severity"] == "error"], [])
        self.assertTrue(loaded["added"])


if __name__ == "__main__":
    unittest.main()
