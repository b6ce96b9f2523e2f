"""What changes with time: as of, corrections, closing, editions, definitions and units with dates. Every answer is invented."""
import json
import unittest

import openpyxl

from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import InAFolder

PERIOD = "2026-T2"


class Town(InAFolder):
    """A municipality with one collected tertial; more is done by each test."""

    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.assert_ended(self.bms("init", "--template", "fet", "kommune"), 0)
        self.do("setup", "setup.xlsx")
        self.do("forms", PERIOD)
        self.forms = [Form(path) for path in sorted((self.home / "forms" / PERIOD).glob("*.xlsx"))]
        for i, form in enumerate(self.forms[:4]):
            self.fill_in(form, 7 * i)
        self.do("collect", PERIOD)

    def do(self, *arguments, code=0):
        ended = self.bms(*arguments, cwd=self.home)
        return ended if code is None else self.assert_ended(ended, code)

    def fill_in(self, form, variant, name=None):
        folder = self.home / "returns" / PERIOD
        folder.mkdir(parents=True, exist_ok=True)
        type_with_openpyxl(form.path, cells_of(form, sound_answers(form, variant=variant), signed_by="Per Prøve"),
                           folder / (name or form.path.name))

    def reports(self, under=""):
        return {path.name: path.read_bytes() for path in (self.home / "reports" / PERIOD / under).glob("*.xlsx")}

    def measured(self, *arguments):
        return {(m["unit"], m["indicator"], m["period"]): m
                for m in self.do("history", "--json", *arguments).json["measurements"]}


class AsOf(Town):
    def test_the_past_is_told_as_it_was_byte_for_byte(self):
        self.do("report", PERIOD)  # run 4, after setup, forms and collect
        reports, history, export = self.reports(), self.do("history").out, self.do("export").out
        status = self.do("status", PERIOD).out
        for form in self.forms:
            self.fill_in(form, 100, name=f"ny-{form.path.name}")
        self.do("collect", PERIOD, code=None)
        self.do("report", PERIOD)
        self.assertNotEqual(self.do("export").out, export)
        self.do("report", PERIOD, "--as-of", "4")
        self.assertEqual(self.reports("as-of-4"), reports)
        self.assertEqual(self.do("export", "--as-of", "4").out, export)
        self.assertEqual(self.do("history", "--as-of", "4").out, history)
        self.assertEqual(self.do("status", PERIOD, "--as-of", "4").out, status)

    def test_before_anything_was_stored_there_was_no_scorecard(self):
        self.do("status", "--as-of", "2020-01-01", code=2)
        self.do("status", "--as-of", "999", code=2)
        self.do("status", "--as-of", "nonsense", code=2)


if __name__ == "__main__":
    unittest.main()
