"""Each mistake that a coordinator makes in a setup, one at a time, by the workbook: what is said of it, with sheet and
cell, and nothing else with it. What was once taken without a word is still understood where it was stored: such
histories are opened, asked for forms and reported. The municipality is invented."""
import datetime
import subprocess
import unittest

import openpyxl

import setup_book
from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import BUILD, InAFolder

PERIOD = "2026-T2"
ERROR, WARNING, INFO = "error", "warning", "info"


def rate(code, question, factor):
    return {"Kode": code, "Navn": f"Hendelser {code}", "Type": "rate", "Tall 1 – spørsmål": question, "Benevning 1": "hendelser",
            "Tall 2 – spørsmål": f"Hvor mange døgn for {code} {{dates}}?", "Benevning 2": "døgn", "Faktor": factor,
            "Desimaler": 1, "Tallgrunnlag": "perioden", "Best når": "lavt", "Gyldig fra": None, "Gyldig til": None}


def setup():
    """Two groups of units; a share, a mean, a rate, a band and a count."""
    sheets = setup_book.setup(2, 2)
    sheets["Enheter"] += [["S001", "Solvik skole", "PROVE", "skole", "Siv Skole", "s1@prove.example"],
                          ["S002", "Dalen skole", "PROVE", "skole", "Dag Skole", "s2@prove.example"]]
    mean = {"Kode": "TRIV", "Navn": "Trivsel", "Type": "gjennomsnitt", "Tall 1 – spørsmål": "Hva ble snittet {dates}?",
            "Benevning 1": "poeng", "Tall 2 – spørsmål": "Hvor mange svarte {dates}?", "Benevning 2": "personer",
            "Desimaler": 1, "Tallgrunnlag": "perioden", "Best når": "høyt", "Gyldig fra": 1, "Gyldig til": 5}
    band = {**rate("BAND", "Hvor mange barn {dates}?", 1), "Best når": "innenfor"}
    sheets["Indikatorer"] += [mean, rate("FALL", "Hvor mange fall {dates}?", 1000), band]
    sheets["Plassering"] += [["KORT", "GOD", code, 9] for code in ("TRIV", "FALL", "BAND")]
    sheets["Mål"] += [["TRIV", "alle", 4.3, 4], ["FALL", "alle", 3, 6], ["BAND", "skole", "5,5–6,1", "5–7"]]
    plan = [[row[0], row[1], row[2]] for row in sheets["Hvem måler hva"]] + [[c, "*-T*", "x"] for c in ("TRIV", "FALL", "BAND")]
    sheets["Hvem måler hva"] = [{"Indikator": i, "Målepunkt": p, "tjeneste": x, "skole": "x"} for i, p, x in plan]
    sheets["Tiltak"] = [["1", "S001", "FALL", "Rydde gangene", "Siv Skole", "2026-12-01", "I gang"]]
    return sheets


def save(change, path):
    """Write the setup, changed as the workbook that it is."""
    setup_book.save(setup(), path)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def put(sheet, cell, value, number_format=None):
    """A change that writes one cell."""
    def change(book):
        book[sheet][cell] = value
        if number_format:
            book[sheet][cell].number_format = number_format
    return change


def column(sheet, heading):
    """@return the letter of a column, which is not the same in all workbooks."""
    return next(cell.column_letter for cell in sheet[1] if cell.value == heading)


def under(sheet, heading, row, value, number_format=None):
    """A change that writes one cell of a column known by its heading."""
    return lambda book: put(sheet, f"{column(book[sheet], heading)}{row}", value, number_format)(book)


def both(*changes):
    def change(book):
        for one in changes:
            one(book)
    return change


def swap(sheet, row, one, other):
    """A change that makes two cells of a row change places."""
    def change(book):
        cells = book[sheet][f"{one}{row}"], book[sheet][f"{other}{row}"]
        cells[0].value, cells[1].value = cells[1].value, cells[0].value
    return change


def rename(sheet, name):
    return lambda book: setattr(book[sheet], "title", name)


def copy(sheet, name):
    return lambda book: setattr(book.copy_worksheet(book[sheet]), "title", name)


def merge(sheet, cells):
    return lambda book: book[sheet].merge_cells(cells)


def without_column(sheet, heading):
    return lambda book: book[sheet].delete_cols(openpyxl.utils.column_index_from_string(column(book[sheet], heading)))


def insert_column(sheet, at, cells):
    def change(book):
        book[sheet].insert_cols(at)
        for row, value in cells.items():
            book[sheet].cell(row, at).value = value
    return change


def hide_row(sheet, row):
    return lambda book: setattr(book[sheet].row_dimensions[row], "hidden", True)


def hide_sheet(sheet):
    return lambda book: setattr(book[sheet], "sheet_state", "hidden")


DATE = datetime.datetime(2026, 1, 5)

# By name: the change, and the one thing that is said of it: severity, rule, sheet, cell (None: the sheet as such).
MISTAKES = {
    # sheets
    "a sheet renamed": (rename("Mål", "Måltall"), ERROR, "almost_sheet", "Måltall", None),
    "a sheet with a slip of the pen": (rename("Plassering", "Plasering"), ERROR, "almost_sheet", "Plasering", None),
    "a required sheet renamed": (rename("Målepunkt", "Kalender"), ERROR, "almost_sheet", "Kalender", None),
    "a required sheet removed": (lambda book: book.remove(book["Målepunkt"]), ERROR, "missing_sheet", "Målepunkt", None),
    "a sheet copied": (copy("Mål", "Mål (2)"), ERROR, "copied_sheet", "Mål (2)", None),
    "a sheet kept under another name": (copy("Mål", "Gamle tall"), WARNING, "sheet_alike", "Gamle tall", None),
    "two sheets that are the same": (copy("Mål", "Targets"), ERROR, "sheet_twice", "Targets", "A1"),
    "a hidden sheet": (hide_sheet("Mål"), INFO, "hidden_sheet", "Mål", None),
    # headings
    "the heading row removed": (lambda book: book["Enheter"].delete_rows(1), ERROR, "no_headings", "Enheter", "A1"),
    "a heading shortened": (put("Mål", "C1", "Grønn"), ERROR, "almost_column", "Mål", "C1"),
    "a heading with a slip of the pen": (put("Mål", "D1", "Rød grens"), ERROR, "almost_column", "Mål", "D1"),
    "a heading merged with the next": (merge("Mål", "C1:D1"), ERROR, "merged_heading", "Mål", "C1"),
    "a heading emptied": (put("Mål", "D1", None), ERROR, "column_without_heading", "Mål", "D1"),
    "a group's heading emptied": (put("Hvem måler hva", "C1", None), ERROR, "column_without_heading", "Hvem måler hva", "C1"),
    "a column of limits removed": (without_column("Mål", "Rød grense"), ERROR, "missing_column", "Mål", None),
    "the column of factors removed": (without_column("Indikatorer", "Faktor"), ERROR, "missing_column", "Indikatorer", None),
    "a required column removed": (without_column("Indikatorer", "Type"), ERROR, "missing_column", "Indikatorer", None),
    "a column twice": (put("Mål", "E1", "Green limit"), ERROR, "column_twice", "Mål", "E1"),
    "a column of one's own": (insert_column("Enheter", 3, {1: "Telefon", 2: "61 00 00 00"}), INFO, "unknown_column", "Enheter",
                              "C1"),
    # cells
    "merged cells": (merge("Enheter", "D3:D4"), ERROR, "merged_cells", "Enheter", "D3"),
    "merged codes": (merge("Plassering", "A2:A4"), ERROR, "merged_cells", "Plassering", "A2"),
    "hidden rows": (hide_row("Enheter", 4), INFO, "hidden_rows", "Enheter", "A4"),
    "a formula with an error": (put("Mål", "C2", "#DIV/0!"), ERROR, "error_cell", "Mål", "C2"),
    "a formula never calculated": (put("Mål", "A2", "=Indikatorer!A2"), ERROR, "no_result", "Mål", "A2"),
    "a unit's code that became a date": (put("Enheter", "A3", DATE), ERROR, "code_became_date", "Enheter", "A3"),
    "a period that became a date": (put("Målepunkt", "A2", DATE), ERROR, "code_became_date", "Målepunkt", "A2"),
    "a group that became a date": (put("Enheter", "D3", DATE), ERROR, "code_became_date", "Enheter", "D3"),
    "a limit that became a date": (put("Mål", "C6", DATE, "d.mmm"), ERROR, "number_became_date", "Mål", "C6"),
    "a note below the units": (put("Enheter", "B9", "NB! Spør Pål"), ERROR, "missing_value", "Enheter", "A9"),
    "a row of totals": (both(put("Enheter", "A9", "Sum"), put("Enheter", "B9", "5 enheter")), ERROR, "second_top", "Enheter",
                        "C9"),
    # codes, one mistake each however often they are used
    "a code with a letter of its own": (put("Indikatorer", "A5", "FÆLL"), ERROR, "bad_code", "Indikatorer", "A5"),
    "a unit's code with a space": (put("Enheter", "A5", "S 001"), ERROR, "bad_code", "Enheter", "A5"),
    "a period in words": (put("Målepunkt", "A2", "T1 2026"), ERROR, "bad_code", "Målepunkt", "A2"),
    "another code in the register": (put("Indikatorer", "A5", "FALLE"), ERROR, "unknown_reference", "Plassering", "C5"),
    "a code with a slip of the pen": (put("Mål", "A5", "FALK"), ERROR, "unknown_reference", "Mål", "A5"),
    "an unknown unit above": (put("Enheter", "C4", "PRØVEN"), ERROR, "unknown_parent", "Enheter", "C4"),
    # the municipality and its units
    "a municipality number that lost its zero": (put("Kommune", "B3", 301), ERROR, "municipality_number", "Kommune", "B3"),
    "a group's heading misspelt": (put("Hvem måler hva", "D1", "skoler"), ERROR, "almost_group", "Hvem måler hva", "D1"),
    "a unit's group misspelt": (put("Enheter", "D6", "skule"), ERROR, "almost_group", "Enheter", "D6"),
    "a group without a column": (put("Enheter", "D6", "kulturhus"), WARNING, "group_not_asked", "Enheter", "D6"),
    "a unit without a group": (put("Enheter", "D6", None), WARNING, "unit_not_asked", "Enheter", "D6"),
    "a column of a group that no unit has": (put("Hvem måler hva", "E1", "museum"), WARNING, "unknown_group", "Hvem måler hva",
                                             "E1"),
    # indicators
    "an unknown place in a question": (put("Indikatorer", "D2", "Hvor mange {datoer}?"), ERROR, "unknown_place", "Indikatorer",
                                       "D2"),
    "a rate without a factor": (under("Indikatorer", "Faktor", 5, None), ERROR, "rate_without_factor", "Indikatorer", "P5"),
    "one question twice": (put("Indikatorer", "F3", "Hvor mange er det i alt for «Oppgave I01» {dates}?"), WARNING,
                           "same_question", "Indikatorer", "F3"),
    "no best when": (under("Indikatorer", "Best når", 2, None), ERROR, "missing_value", "Indikatorer", "J2"),
    # limits
    "a limit above the scale": (both(put("Mål", "C4", 43), put("Mål", "D4", 40)), ERROR, "limit_outside", "Mål", "C4"),
    "a share above the whole": (put("Mål", "C2", 110), ERROR, "limit_outside", "Mål", "C2"),
    "a share as a fraction": (both(put("Mål", "C2", 0.8), put("Mål", "D2", 0.6)), ERROR, "limit_as_fraction", "Mål", "C2"),
    "a mean in per cent": (put("Mål", "D4", 0.04, "0 %"), ERROR, "limit_in_per_cent", "Mål", "D4"),
    "limits that have changed places": (both(put("Mål", "C4", 4), put("Mål", "D4", 4.3)), ERROR, "red_on_wrong_side", "Mål",
                                        "D4"),
    "a band from its end": (put("Mål", "C6", "6,1–5,5"), ERROR, "band_turned", "Mål", "C6"),
    "a band in words": (put("Mål", "C6", "5,5 til 6,1"), ERROR, "bad_number", "Mål", "C6"),
    "a band of one number": (put("Mål", "C6", 6), ERROR, "band_without_range", "Mål", "C6"),
    # the rest
    "a deadline of last year": (put("Målepunkt", "D3", datetime.datetime(2025, 9, 15)), WARNING, "before_period", "Målepunkt",
                                "D3"),
    "two columns that have changed places": (both(*(swap("Enheter", row, "A", "B") for row in range(2, 7))), ERROR, "bad_code",
                                             "Enheter", "A2"),
    "an action with an unknown status": (put("Tiltak", "G2", "påbegynt"), ERROR, "unknown_word", "Tiltak", "G2"),
    "a mark that is none": (put("Hvem måler hva", "C3", "ja"), ERROR, "unknown_mark", "Hvem måler hva", "C3"),
}

# Changes that a spreadsheet or a coordinator makes, and that are as good as before.
RIGHT = {
    "nothing": lambda book: None,
    "an empty row": lambda book: book["Enheter"].insert_rows(4),
    "an empty column": lambda book: book["Mål"].insert_cols(3),
    "a sheet of one's own": lambda book: book.create_sheet("Notater").append(["Husk", "Kode", "å ringe"]),
    "spaces and capitals": both(put("Mål", "C1", " grønn  GRENSE "), put("Enheter", "A4", "e002 "), put("Mål", "A2", "i01")),
    "a sheet in capitals": both(rename("Mål", "annet"), rename("annet", "MÅL")),
    "a code as a number": put("Enheter", "A4", 102),
    "limits as text": both(put("Mål", "C4", "4,3"), put("Mål", "D4", "4.0")),
    "limits in per cent": both(put("Mål", "C2", 0.8, "0 %"), put("Mål", "D2", "60 %")),
    "less than one per cent": both(put("Mål", "C2", "0,9 %"), put("Mål", "D2", "0,5 %")),
    "a band with a hyphen": put("Mål", "C6", "5,5 - 6,1"),
    "one's own column, empty": insert_column("Enheter", 3, {1: "Telefon"}),
    "a municipality number as text": put("Kommune", "B3", "0301"),
}

# What the program took without a word before, as it would be stored.
ONCE_TAKEN = ["a municipality number that lost its zero", "a unit's group misspelt", "a group without a column",
              "a unit without a group", "an unknown place in a question", "a rate without a factor", "one question twice", "a deadline of last year",
              "a limit above the scale", "a share above the whole", "a share as a fraction", "a mean in per cent",
              "an action with an unknown status", "a column of limits removed", "the column of factors removed",
              "a group's heading misspelt", "a column of a group that no unit has"]


class TheMistakes(InAFolder):
    def load(self, change):
        self.bms("init", ".")
        save(change, self.folder / "setup.xlsx")
        return self.bms("setup", "setup.xlsx", "--json", "--lang", "nb")

    def found(self, change):
        return [(f["severity"], f["rule"], f["sheet"], f["cell"]) for f in self.load(change).json["findings"]]

    def test_each_mistake_is_said_once_with_sheet_and_cell(self):
        for name, (change, *expected) in MISTAKES.items():
            with self.subTest(name):
                self.assertEqual(self.found(change), [tuple(expected)])

    def test_what_is_right_is_taken_without_a_word(self):
        for name, change in RIGHT.items():
            with self.subTest(name):
                self.assertEqual(self.found(change), [])

    def test_messages_have_the_values_as_people_write_them(self):
        fix = {name: self.load(MISTAKES[name][0]).json["findings"][0] for name in
               ("a limit that became a date", "a share as a fraction", "limits that have changed places", "merged cells",
                "a municipality number that lost its zero", "another code in the register", "one question twice")}
        self.assertIn("5,1 eller 5–1", fix["a limit that became a date"]["fix"])
        self.assertIn("0,8", fix["a share as a fraction"]["message"])
        self.assertIn("Skriv 80.", fix["a share as a fraction"]["fix"])
        self.assertIn("4,3 er på feil side av grønn grense 4.", fix["limits that have changed places"]["message"])
        self.assertIn("D3:D4 er slått sammen", fix["merged cells"]["message"])
        self.assertIn("0301", fix["a municipality number that lost its zero"]["fix"])
        self.assertIn("Mål!A5, Hvem måler hva!A5", fix["another code in the register"]["message"])
        self.assertIn("FALLE (Indikatorer!A5)", fix["another code in the register"]["fix"])
        self.assertIn("«2 = I01 2»", fix["one question twice"]["fix"])


class WhatIsGone(InAFolder):
    """What the last accepted setup had and the new one lacks altogether is asked about; what was never there is not."""

    def load(self, change, *arguments):
        save(change, self.folder / "setup.xlsx")
        return self.bms("setup", "setup.xlsx", "--json", *arguments)

    def found(self, change, *arguments):
        return [(f["rule"], f["sheet"], f.get("needs_yes", False)) for f in self.load(change, *arguments).json["findings"]]

    def test_an_optional_sheet_and_an_optional_column(self):
        self.bms("init", ".")
        self.assertEqual(self.found(lambda book: None), [])
        for change, expected in ((lambda book: book.remove(book["Mål"]), ("sheet_gone", "Mål")),
                                 (lambda book: book["Tiltak"].delete_rows(2, 9), ("sheet_gone", "Tiltak")),
                                 (without_column("Enheter", "E-post"), ("column_gone", "Enheter"))):
            with self.subTest(expected):
                self.assertEqual(self.found(change), [(*expected, True)])
                self.assert_ended(self.load(change), 1)
                self.assert_ended(self.load(change, "--yes"), 0)
                self.assertEqual(self.found(change), [])
                self.assertEqual(self.found(lambda book: None), [])

    def test_limits_that_are_gone_with_their_sheet_are_said_once(self):
        self.bms("init", ".")
        self.load(lambda book: None)
        self.bms("forms", PERIOD)
        form = Form(next((self.folder / "forms" / PERIOD).glob("E001-*.xlsx")))
        (self.folder / "returns" / PERIOD).mkdir(parents=True)
        type_with_openpyxl(form.path, cells_of(form, sound_answers(form)), self.folder / "returns" / PERIOD / "E001.xlsx")
        self.bms("collect", PERIOD)
        self.assertEqual(self.found(lambda book: book.remove(book["Mål"])), [("sheet_gone", "Mål", True)])


class WhatWasStored(InAFolder):
    """A setup with each mistake, stored as a program without these checks did, is understood as when it was accepted."""

    def store(self, change):
        self.bms("init", ".")
        save(change, self.folder / "setup.xlsx")
        subprocess.run([BUILD / "tests" / "store_setup", "bms.db", "setup.xlsx"], cwd=self.folder, check=True)

    def main_job(self):
        self.assert_ended(self.bms("forms", PERIOD), 0)
        (self.folder / "returns" / PERIOD).mkdir(parents=True)
        for i, path in enumerate(sorted((self.folder / "forms" / PERIOD).glob("*.xlsx"))):
            form = Form(path)
            type_with_openpyxl(path, cells_of(form, sound_answers(form, i)), self.folder / "returns" / PERIOD / path.name)
        self.assertIn(self.bms("collect", PERIOD).code, (0, 1))
        self.assert_ended(self.bms("report", PERIOD), 0)
        self.assert_ended(self.bms("verify"), 0)

    def test_each_of_them_still_opens_collects_and_reports(self):
        for name in ONCE_TAKEN:
            with self.subTest(name):
                self.store(MISTAKES[name][0])
                self.main_job()
                for path in sorted(self.folder.rglob("*"), reverse=True):
                    path.rmdir() if path.is_dir() else path.unlink()


if __name__ == "__main__":
    unittest.main()
