"""What bms stores of an accepted return is what openpyxl reads in the cells that are named, number by number.

Real forms are filled in, changed in ways that change what they say (mutated_forms.py), and collected. With BMS_LONG=1
thousands, otherwise a few. Every name and number is invented.
"""
import os
import random
import re
import shutil
import sqlite3
import unittest
from collections import Counter
from contextlib import closing

import openpyxl

import mutated_forms
from form import HEADINGS, Form, cells_of, sound_answers
from program import InAFolder, run

LONG = os.environ.get("BMS_LONG") == "1"
RUNS = int(os.environ.get("BMS_RUNS", 600 if LONG else 3))
PERIOD = "2026-T2"
UNUSED = ("value_and_reason", "typed_over")  # what says that a number is not used


def typed_number(value):
    """The number that somebody typed: as a number, or as text in the Norwegian or (with both marks) the English way.
    None for what is no number."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, (int, float)):
        return float(value)
    text = re.sub(r"[\s\u00a0]", "", str(value or "")).lower().replace("\u2212", "-")
    if text in ("ja", "nei"):
        return float(text == "ja")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+\.\d+", text):
        text = text.replace(",", "")
    return float(text.replace(",", ".")) if re.fullmatch(r"[+-]?\d+([,.]\d+)?(e[+-]?\d+)?", text) else None


def numbers_of(sheet, code):
    """What stands under the two headings in the one row that has the code; None where there is no such row."""
    for row in sheet.iter_rows():
        columns = {cell.value.split("\n")[0]: cell.column for cell in row if isinstance(cell.value, str)}
        if {HEADINGS["code"], HEADINGS["1"], HEADINGS["2"]} <= set(columns):
            rows = [i for i in range(row[0].row + 1, sheet.max_row + 1)
                    if sheet.cell(i, columns[HEADINGS["code"]]).value == code]
            return [sheet.cell(rows[0], columns[HEADINGS[which]]).value for which in "12"] if len(rows) == 1 else None
    return None


def stored(path):
    """Each accepted return's file, and its numbers: indicator, which, number, cell."""
    with closing(sqlite3.connect(path)) as history:
        return history.execute("""
            SELECT o.file, i.code, e.numerator, e.numerator_cell, e.denominator, e.denominator_cell, r.sheet
              FROM entries e JOIN returns r ON r.id = e.return JOIN receipts o ON o.id = r.receipt
              JOIN indicators i ON i.id = e.indicator""").fetchall()


class MutatedReturns(InAFolder):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.assert_ended(run("init", "--template", "fet", self.home, cwd=self.folder), 0)
        for arguments in (("setup", "setup.xlsx"), ("forms", PERIOD)):
            self.assert_ended(run(*arguments, cwd=self.home), 0)
        self.forms = [Form(path) for path in sorted((self.home / "forms" / PERIOD).glob("*.xlsx"))]
        self.returns = self.home / "returns" / PERIOD
        self.returns.mkdir(parents=True)
        self.empty = (self.home / "bms.db").read_bytes()

    def send(self, chance, number):
        """One mutated return of each unit. @return {file: changes}"""
        shutil.rmtree(self.returns)
        self.returns.mkdir()
        (self.home / "bms.db").write_bytes(self.empty)
        return {form.path.name: mutated_forms.mutate(
            form, cells_of(form, sound_answers(form, variant=number)), self.returns / form.path.name, chance)
            for form in self.forms}

    def is_result(self, file, sheet, code, i):
        """Whether a formula stands there: what it gave before is nobody's number."""
        typed = numbers_of(openpyxl.load_workbook(self.returns / file)[sheet], code)[i]
        return isinstance(typed, str) and typed.startswith("=")

    def compare(self, file, entries, unused, seen):
        """Every stored number is the one in its cell, and every number in the row of a question is stored, or said not to
        be used."""
        book = openpyxl.load_workbook(self.returns / file, data_only=True)
        for code, *numbers, sheet in entries:
            there = numbers_of(book[sheet], code)
            for i, (number, cell) in enumerate((numbers[:2], numbers[2:])):
                if number is not None and cell:
                    value = book[sheet][cell].value
                    self.assertEqual(number, typed_number(value), (code, cell, value))
                    seen["numbers"] += 1
                if not there or not isinstance(there[i], (int, float)):
                    continue
                if number != there[i] and not self.is_result(file, sheet, code, i):
                    self.assertIn(code, unused, (i + 1, numbers, there))
                seen["found by heading" if number == there[i] else "said not to be used"] += 1

    def test_an_accepted_number_is_the_one_that_openpyxl_reads(self):
        seen = Counter()
        for number in range(RUNS):
            changes = self.send(random.Random(number), number)
            ended = run("collect", PERIOD, "--json", "--no-corrections", cwd=self.home)
            self.assertIn(ended.code, (0, 1), ended)
            seen.update(answer["outcome"] for answer in ended.json["returns"])
            unused = {answer["file"].rsplit("/")[-1]: {f["indicator"] for f in answer["findings"] if f["rule"] in UNUSED}
                      for answer in ended.json["returns"]}
            by_file = {}
            for file, *entry in stored(self.home / "bms.db"):
                by_file.setdefault(file.rsplit("/")[-1], []).append(entry)
            self.assertEqual(len(by_file), ended.json["accepted"])
            for file, entries in by_file.items():
                with self.subTest(run=number, file=file, changes=changes[file]):
                    self.compare(file, entries, unused[file], seen)
        self.assertGreater(seen["numbers"], 20 * RUNS)
        if LONG:
            print(dict(seen), flush=True)


if __name__ == "__main__":
    unittest.main()
