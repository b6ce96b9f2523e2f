"""A small file never costs much: every attack of attack_workbooks.py is read within its budget or refused by name.

Nothing here measures speed (tests/bench/bench_budget.py does); the bound on processor time only ends what would go on for ever.
"""
import json
import os
import resource
import subprocess
import sys
import unittest

import attack_workbooks
from example_form import write_form
from program import BMS, SANITIZED, InAFolder

LONG = bool(os.environ.get("BMS_LONG"))
MEGABYTES = 60 if LONG else 1.5  # that the hostile part unpacks to
MOST_MEMORY = 64  # MB
MOST_SECONDS = 200 if SANITIZED else 20  # of processor time
ENDING = {"zip": "zip", "mail": "eml"}

# Measures one run alone: the peak of all children is the largest of any.
MEASURE = """
import resource, subprocess, sys
ended = subprocess.run(sys.argv[1:], capture_output=True, text=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, ended.returncode)
print(ended.stdout)
print(ended.stderr, file=sys.stderr)
"""


def bounded():
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


class BudgetTest(InAFolder):
    def setUp(self):
        super().setUp()
        write_form(self.folder / "form.xlsx")
        self.form = (self.folder / "form.xlsx").read_bytes()

    def made(self, name, megabytes=MEGABYTES):
        content = attack_workbooks.build(name, self.form, megabytes)
        while len(content) > attack_workbooks.LARGEST:
            megabytes *= attack_workbooks.LARGEST / len(content) * 0.95
            content = attack_workbooks.build(name, self.form, megabytes)
        path = self.folder / f"{name}.{ENDING.get(name.split('_')[0], 'xlsx')}"
        path.write_bytes(content)
        return path

    def measure(self, *arguments):
        """Peak memory in MB, exit code, standard output."""
        ended = subprocess.run([sys.executable, "-c", MEASURE, BMS, *map(str, arguments)], capture_output=True, text=True,
                               preexec_fn=bounded, cwd=self.folder)
        first, _, rest = ended.stdout.partition("\n")
        self.assertTrue(first, ended)
        peak, code = map(int, first.split())
        return peak, code, rest

    def test_every_attack_is_read_within_its_budget_or_refused_by_name(self):
        for name in attack_workbooks.NAMES:
            with self.subTest(name):
                path = self.made(name)
                peak, code, out = self.measure("check", "--json", path)
                self.assertIn(code, (0, 1), out)
                if not SANITIZED:
                    self.assertLess(peak, MOST_MEMORY)
                for row in json.loads(out)["returns"]:
                    for finding in row["findings"]:
                        if row["outcome"] == "unreadable":
                            self.assertIn(path.name, finding["message"])
                path.unlink()

    def test_beyond_the_budget_the_message_says_what_to_do(self):
        for name, words in {"many_styles": "langt mer", "codes_to_the_last_row": "slett det som står under skjemaet",
                            "merged_ranges": "opphev flettingen", "names_of_elements": "for å gjøre skade"}.items():
            with self.subTest(name):
                out = self.bms("check", self.made(name, 12), "--json").json["returns"][0]
                self.assertEqual(("unreadable", ["unreadable"]), (out["outcome"], [f["rule"] for f in out["findings"]]))
                self.assertIn(words, out["findings"][0]["message"])

    def test_the_others_are_taken_in_whatever_the_number_of_threads(self):
        for i in range(6):
            (self.folder / f"god{i}.xlsx").write_bytes(self.form)
        self.made("many_styles", 12)
        said = []
        for threads in (1, 2, 8):
            rows = self.bms("check", self.folder, "--json", "--threads", threads).json["returns"]
            said.append([(row["file"], row["outcome"], [f["message"] for f in row["findings"]]) for row in rows])
        self.assertEqual(said[0], said[1])
        self.assertEqual(said[0], said[2])
        self.assertEqual(1, sum(outcome == "unreadable" for _, outcome, _ in said[0]))
        self.assertGreaterEqual(len(said[0]), 7)

    def test_what_lies_outside_the_form_costs_nothing_and_changes_nothing(self):
        """A column beside the form filled to the last row, and a table further down, as people paste them."""
        usual = self.bms("check", "form.xlsx", "--json").json["returns"][0]
        for name in ("a_column_filled_to_the_last_row", "cells_with_a_style_only", "rows_upwards"):
            with self.subTest(name):
                found = self.bms("check", self.made(name, 6), "--json").json["returns"][0]
                self.assertEqual((usual["outcome"], usual["unit"], usual["period"]),
                                 (found["outcome"], found["unit"], found["period"]))
                self.assertEqual([f["rule"] for f in usual["findings"]], [f["rule"] for f in found["findings"]])


if __name__ == "__main__":
    unittest.main()
