"""Returns are read, and forms and reports written, by several threads; the outcome is the same however many there are."""
import contextlib
import hashlib
import json
import os
import re
import shutil
import sqlite3
import unittest

from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import InAFolder


class Threads(InAFolder):
    def setUp(self):
        super().setUp()
        self.assert_ended(self.bms("init", "--template", "fet", "kommune"), 0)
        self.home = self.folder / "kommune"
        setup = next(self.home.glob("*.xlsx")).name
        self.assert_ended(self.bms("setup", setup, cwd=self.home), 0)
        self.assert_ended(self.bms("forms", "2026-T1", cwd=self.home), 0)
        self.returns = self.home / "returns" / "2026-T1"
        self.returns.mkdir(parents=True)
        forms = sorted((self.home / "forms" / "2026-T1").glob("*.xlsx"))
        for i, path in enumerate(forms):
            self.fill_in(i, path)

    def fill_in(self, i, path):
        """Of every five one is missing, one damaged, one unfinished, one a copy that differs, and one in order."""
        target = self.returns / path.name
        form = Form(path)
        signed = {"signed_by": None} if i % 5 == 1 else {}
        if i % 5 != 0:
            type_with_openpyxl(path, cells_of(form, sound_answers(form, i), **signed), target)
        if i % 5 == 2:
            target.write_bytes(target.read_bytes()[:-300])
        if i % 5 == 3:
            type_with_openpyxl(path, cells_of(form, sound_answers(form, i + 1)), self.returns / f"Kopi av {path.name}")

    def outcome(self, verb, threads):
        """Everything that a run prints and stores, from the same state."""
        home = self.folder / f"{verb}-{threads}" / "kommune"
        shutil.copytree(self.home, home)
        told = [self.bms(verb, "2026-T1", "--threads", threads, *also, cwd=home) for also in ([], ["--json"])]
        told.append(self.bms("history", "--json", "--all", cwd=home))
        return [(ended.code, self.but_for_the_hash(ended.out), self.but_for_the_hash(ended.notes)) for ended in told]

    @staticmethod
    def but_for_the_hash(text):
        """The hash of a run depends on when it began, and these runs begin one after the other."""
        return re.sub(r"^Historikk [0-9a-f]+ ", "Historikk … ", text, flags=re.MULTILINE)

    def test_the_output_is_the_same_to_the_byte(self):
        for verb in ("check", "collect"):
            alone = self.outcome(verb, 1)
            self.assertIn("2026-T1", alone[0][1])
            for threads in (2, 8):
                self.assertEqual(self.outcome(verb, threads), alone, f"{verb} with {threads} threads")

    def written(self, threads):
        """Every workbook that is written, and all that is recorded: corrections, forms, reports, and reports that differ from
        their last edition."""
        home = self.folder / f"written-{threads}" / "kommune"
        shutil.copytree(self.home, home)
        days = {"SOURCE_DATE_EPOCH": "1780000000"}, {"SOURCE_DATE_EPOCH": "1780100000"}
        several = ("--threads", threads)
        told = [self.bms("collect", "2026-T1", "--json", *several, cwd=home, environment=days[0]),
                self.bms("forms", "2026-T2", "--json", *several, cwd=home, environment=days[0]),
                self.bms("report", "2026-T1", "--json", *several, cwd=home, environment=days[0])]
        (home / "returns/2026-T1").rename(home / "returns/before")
        shutil.copytree(self.later, home / "returns/2026-T1")
        told += [self.bms("collect", "2026-T1", cwd=home, environment=days[1]),
                 self.bms("report", "2026-T1", "--json", *several, cwd=home, environment=days[1]),
                 self.bms("report", "2026-T1", "--lang", "en", *several, cwd=home, environment=days[1])]
        files = {path.relative_to(home): hashlib.sha256(path.read_bytes()).hexdigest()
                 for folder in ("corrections", "forms", "reports")
                 for path in sorted((home / folder).rglob("*")) if path.is_file()}
        with contextlib.closing(sqlite3.connect(home / "bms.db")) as history:
            facts = [row for table in ("written_files", "editions", "edition_files", "edition_models", "edition_figures")
                     for row in history.execute(f"SELECT * FROM {table} ORDER BY rowid" if table.endswith("models") or
                                                table == "written_files" else f"SELECT * FROM {table}")]
        return [ended.out for ended in told[1:3] + told[4:]], files, facts

    def test_what_is_written_is_the_same_to_the_byte(self):
        self.later = self.folder / "later"  # openpyxl writes the time into what it saves: it is saved once
        self.later.mkdir()
        for i, path in enumerate(sorted((self.home / "forms/2026-T1").glob("*.xlsx"))[:6]):
            type_with_openpyxl(path, cells_of(Form(path), sound_answers(Form(path), i + 2)), self.later / path.name)
        for i, path in enumerate(sorted((self.home / "forms/2026-T1").glob("*.xlsx"))):
            if i % 5 == 4:  # no numbers to believe: a correction
                wrong = {code: (-1, -1) for code in Form(path).questions}
                type_with_openpyxl(path, cells_of(Form(path), wrong), self.returns / path.name)
        alone = self.written(1)
        self.assertGreater(sum(path.parts[0] == "corrections" for path in alone[1]), 2)
        self.assertGreater(len(json.loads(alone[0][1])["files"]), len(list((self.home / "forms/2026-T1").glob("*.xlsx"))))
        for threads in (2, 3, 8) if os.environ.get("BMS_LONG") else (3,):
            self.assertEqual(self.written(threads), alone, f"{threads} threads")

    def test_an_impossible_number_of_threads_is_refused(self):
        for verb in (["check"], ["report", "2026-T1"], ["forms", "2026-T1"]):
            for wrong in ("0", "-1", "100", "to", ""):
                ended = self.assert_ended(self.bms(*verb, "--threads", wrong, cwd=self.home), 2)
                self.assertIn("--threads", ended.notes)


if __name__ == "__main__":
    unittest.main()
