"""What the form says while it is filled in, and what the checks say when it comes: the two agree, rule by rule.

Every error of the table of rules is either shown by the form before it is sent, or named here with the reason why a
form cannot know it. What the form calls finished is accepted. Everything is invented.
"""
import re
import shutil
import tempfile
import unittest
from pathlib import Path

import openpyxl

import checked_town
import setup_book
from checked_town import NOW, TRIED, usual
from form import Form, cells_of, type_with_openpyxl
from office import Office
from program import SOURCE, InAFolder, run

# The form's formulas have no way to see it.
CANNOT_KNOW = {
    "unreadable": "the file is damaged, or no workbook",
    "changed_meanwhile": "the file changed while it was being read",
    "two_files": "there is another file",
    "set_aside": "there is another file",
    "not_ours": "it is not our form",
    "identity_edited": "the form was changed, under its protection",
    "wrong_municipality": "it depends on who receives it",
    "unknown_unit": "it depends on the setup",
    "wrong_period": "it depends on which form is asked for now",
    "identity_lost": "the form was changed, under its protection",
    "seal_invalid": "the form was changed, under its protection",
    "older_definition": "the setup was changed after the form was made",
    "table_missing": "the form was changed, under its protection",
    "heading_missing": "the form was changed, under its protection",
    "code_overtyped": "the form was changed, under its protection",
    "code_missing": "the form was changed, under its protection",
    "code_twice": "the form was changed, under its protection",
    "form_twice": "it looks at one form, not at the workbook it was copied into",
    "merged_cells": "the form was changed, under its protection",
    "no_result": "a program that calculates the form calculates the cell too",
    "personal_number": "the control digits of every number in a text are beyond a formula",
}

# How each of the others comes about, by what is typed in a return that is right: {(code, cell): value}.
SHOWN = {
    "error_value": {("FALL", "1"): "=1/0"},
    "date_for_number": {("TILFR", "1"): ("3.4", "dd.mm.yyyy")},
    "per_cent_for_number": {("PLAN", "1"): (0.85, "0%")},
    "ambiguous_number": {("KR", "1"): "3.420"},
    "not_yes_or_no": {("VERN", "1"): "kanskje"},
    "not_a_number": {("KR", "1"): "3420 ca"},
    "negative": {("FALL", "1"): -1},
    "outside_range": {("TILFR", "1"): 7},
    "must_be_answered": {("PLAN", "1"): None, ("PLAN", "2"): None, ("PLAN", "reason"): "Ikke aktuelt"},
    "one_of_two": {("PLAN", "2"): None, ("SVAR", "2"): 22},
    "mean_of_nobody": {("TILFR", "2"): 0},
    "part_of_nothing": {("NY", "2"): 0},
    "part_above_whole": {("NY", "1"): 41},
    "part_above_total": {("KORT", "1"): 81, ("LANG", "1"): 0},
    "parts_above_total": {("KORT", "1"): 31},
    "parts_below_total": {("KORT", "1"): 29},
    "red_without_action": {("TRIV", "1"): 11},
    "empty_form": {},
}

# More ways, where the form once said that all was well.
MORE = {
    "a yes as a percentage": {("VERN", "1"): (1, "0%")},
    "parts with two decimals": {("FRAV", "1"): 80, ("KORT", "1"): 30.11, ("LANG", "1"): 50},
    "parts one too many": {("KORT", "1"): 31, ("LANG", "1"): 50},
}

# What is right, though it may look odd.
FINE = {
    "all as usual": {},
    "parts rounded one by one": {("KORT", "1"): 30.1, ("LANG", "1"): 50},
    "red, with a comment": {("TRIV", "1"): 11, ("TRIV", "comment"): "Mange nye."},
    "nobody to measure": {("NY", "1"): 0, ("NY", "2"): 0, ("TILFR", "1"): None, ("TILFR", "2"): 0},
    "not ready": {("NY", "1"): None, ("NY", "2"): None, ("NY", "reason"): "Kommer senere"},
}


def errors_of_the_table():
    rows = re.findall(r'\{"(\w+)",\s+(BMS_\w+),', (SOURCE / "core/check/rules.c").read_text())
    return {rule for rule, severity in rows if severity in ("BMS_ERROR", "BMS_FATAL")}


def make(folder, change):
    """A municipality and one of its forms, with a setup changed."""
    home = folder / "kommune"
    run("init", home, cwd=folder)
    sheets = checked_town.setup()
    change(sheets)
    setup_book.save(sheets, home / "setup.xlsx")
    for arguments in (("setup", "setup.xlsx"), ("forms", NOW, "--unit", TRIED)):
        ended = run(*arguments, cwd=home)
        assert ended.code == 0, ended
    return home, Form(next((home / "forms" / NOW).glob(f"{TRIED}-*.xlsx")))


def allow_decimals(sheets):
    """The parts of a whole, and the whole, need not be whole numbers."""
    for row in sheets["Indikatorer"]:
        if row["Kode"] in ("FRAV", "KORT", "LANG"):
            row.pop("Hele tall")


def declare_nothing(sheets):
    """Moreover nothing is said of the parts of a whole, and everything is voluntary."""
    allow_decimals(sheets)
    for row in sheets["Indikatorer"]:
        row.pop("Delene utgjør helheten", None)
        row.pop("Må besvares", None)
    sheets["Hvem måler hva"] = [[code, points, "f"] for code, points, _ in sheets["Hvem måler hva"]]


class FormAndCheck(InAFolder):
    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="bms-test-")
        cls.addClassCleanup(cls.made.cleanup)
        cls.office = cls.enterClassContext(Office())
        homes = {}
        for name, change in (("as usual", allow_decimals), ("nothing declared", declare_nothing)):
            folder = Path(cls.made.name) / name
            folder.mkdir()
            homes[name] = make(folder, change)
        cls.homes = homes

    def fill_in(self, form, change, target, empty):
        answers = {} if empty else usual(TRIED, NOW)
        cells = {(sheet, address): value for sheet, address, value in cells_of(form, answers)}
        formats = {}
        for (code, what), value in change.items():
            place = (form.sheet, form.address(code, what))
            value, formats[place] = value if isinstance(value, tuple) else (value, None)
            cells[place] = value
        type_with_openpyxl(form.path, [(*place, value) for place, value in cells.items()], target)
        with self.office.workbook(target) as book:
            locale = book.document.CharLocale
            for place, code in formats.items():
                if code:
                    known = book.document.NumberFormats
                    key = known.queryKey(code, locale, False)
                    cell = book.cell(*place)
                    if cell.Type.value != "VALUE":
                        cell.setValue(45000)
                    cell.NumberFormat = key if key >= 0 else known.addNew(code, locale)
            book.document.calculateAll()
            book.save(target)
            return book.shown(form.sheet, "H2")

    def judge(self, home, form, change, empty=False):
        """What the form says of what to do next; the outcome of the check; the rules it found broken."""
        step = self.fill_in(form, change, self.folder / "skjema.xlsx", empty)
        ended = run("check", self.folder / "skjema.xlsx", "--json", cwd=home)
        (row,) = ended.json["returns"]
        return step, row["outcome"], {f["rule"]: f["severity"] for f in row["findings"]}

    def test_every_error_is_shown_by_the_form_or_has_a_reason_why_it_cannot_be(self):
        self.assertEqual(sorted(SHOWN.keys() | CANNOT_KNOW.keys()), sorted(errors_of_the_table()))

    def test_what_the_check_holds_back_the_form_does_not_call_finished(self):
        for home, form in self.homes.values():
            for rule, change in SHOWN.items():
                with self.subTest(rule, unit=home):
                    step, outcome, found = self.judge(home, form, change, empty=rule == "empty_form")
                    if outcome == "held":
                        self.assertNotIn("Ferdig", step, found)
        home, form = self.homes["as usual"]
        for what, change in MORE.items():
            with self.subTest(what):
                step, outcome, found = self.judge(home, form, change)
                self.assertEqual(outcome, "held", found)
                self.assertNotIn("Ferdig", step, found)

    def test_each_rule_comes_about_as_it_is_said_to(self):
        found = set()
        for home, form in self.homes.values():
            for rule, change in SHOWN.items():
                *_, rules = self.judge(home, form, change, empty=rule == "empty_form")
                found |= {rule} if rules.get(rule) == "error" else set()
        self.assertEqual(found, SHOWN.keys())

    def test_what_the_form_calls_finished_is_accepted(self):
        for home, form in self.homes.values():
            for what, change in FINE.items():
                with self.subTest(what, unit=home):
                    step, outcome, found = self.judge(home, form, change)
                    self.assertEqual((step, outcome), ("● Ferdig: lagre og send", "accepted"), found)

    def different(self, path):
        """The formulas whose stored result is another than LibreOffice calculates, with both."""
        again = self.folder / "kalkulert.xlsx"
        with self.office.workbook(path) as book:
            book.document.calculateAll()
            book.save(again)
        formulas, stored, now = (openpyxl.load_workbook(p, data_only=d) for p, d in
                                 ((path, False), (path, True), (again, True)))
        found = []
        for sheet in formulas.worksheets:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                one, other = (b[sheet.title][cell.coordinate].value for b in (stored, now))
                numbers = all(isinstance(v, (int, float)) for v in (one, other))
                if abs(one - other) > 1e-9 * max(1, abs(other)) if numbers else (one or "") != (other or ""):
                    found.append((sheet.title, cell.coordinate, one, other))
        return found

    def send(self, home, form, change):
        target = home / "returns" / NOW / form.path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(home / "corrections", ignore_errors=True)
        self.fill_in(form, change, target, False)
        return run("collect", NOW, "--json", cwd=home).json["returns"][0]

    def test_stored_results_are_what_the_formulas_give(self):
        changes = [
            {("PLAN", "1"): 30, ("KR", "1"): "3420 ca", ("TILFR", "1"): 7, ("FALL", "1"): -1, ("VERN", "1"): "kanskje",
             ("TRIV", "1"): 11, ("NY", "1"): None, ("NY", "2"): None, ("NY", "reason"): "Kommer senere", ("KORT", "1"): 31},
            {("PLAN", "1"): None, ("PLAN", "2"): None, ("PLAN", "reason"): "Ikke aktuelt", ("SVAR", "1"): 23, ("SVAR", "2"): 22,
             ("KR", "1"): (0.5, "0%"), ("TILFR", "2"): 0, ("KLAGE", "1"): 2.5, ("FRAV", "2"): "tusen", ("TRIV", "1"): 11,
             ("TRIV", "comment"): "Mange nye.", ("NY", "1"): 0, ("NY", "2"): 0},
            {("PLAN", "2"): None, ("SVAR", "reason"): "Kommer senere", ("KLAGE", "1"): None, ("FALL", "1"): 0, ("FALL", "2"): 0,
             ("KORT", "1"): 81, ("LANG", "1"): 0, ("TRIV", "1"): 15, ("VERN", "1"): None,
             ("NY", "comment"): "Kari har nummer 01819010001."},
        ]
        for name, (home, form) in self.homes.items():
            home = shutil.copytree(home, self.folder / name)
            with self.subTest(name):
                self.assertEqual(self.different(form.path), [])
            for change in changes:
                with self.subTest(name, change=change):
                    self.assertEqual(self.send(home, form, change)["outcome"], "held")
                    (correction,) = (home / "corrections" / NOW).glob("*.xlsx")
                    self.assertEqual(self.different(correction), [])
            with self.subTest(name, what="reports"):
                self.assertEqual(self.send(home, form, {})["outcome"], "accepted")
                self.assert_ended(run("report", NOW, cwd=home), 0)
                for report in sorted((home / "reports" / NOW).glob("*.xlsx")):
                    self.assertEqual(self.different(report), [], report)

    def test_what_the_form_cannot_see_is_said_in_the_correction_until_something_is_changed(self):
        home, form = self.homes["as usual"]
        home = shutil.copytree(home, self.folder / "kommune")
        self.send(home, form, {("NY", "comment"): "Kari har nummer 01819010001."})
        (correction,) = (home / "corrections" / NOW).glob("*.xlsx")
        status, step = form.address("NY", "status"), "H2"
        with self.office.workbook(correction) as book:
            self.assertEqual(book.shown(form.sheet, status), "Sjekk: se arket «Rett dette»")
            self.assertNotIn("Ferdig", book.shown(form.sheet, step))
            book.type(form.sheet, form.address("NY", "comment"), "Gjelder en person.")
            self.assertEqual(book.shown(form.sheet, status), "○ Uten mål")
            self.assertIn("Ferdig", book.shown(form.sheet, step))


if __name__ == "__main__":
    unittest.main()
