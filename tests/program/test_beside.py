"""Copies and reports beside the history show when runs have been taken away from it, or an older copy put in its place.
Every answer is invented."""
import shutil
import sqlite3
import unittest
import zipfile

import openpyxl

from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import InAFolder, run

PERIOD = "2026-T2"


class Town(InAFolder):
    """Two runs of collect, a backup after each, and a report after the last."""

    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.do("init", "--template", "fet", "kommune", cwd=self.folder)
        self.do("setup", "setup.xlsx")
        self.do("forms", PERIOD)
        self.forms = sorted((self.home / "forms" / PERIOD).glob("*.xlsx"))
        self.collect(0)
        self.collect(1)

    def do(self, *arguments, cwd=None, code=0, **options):
        return self.assert_ended(run(*arguments, cwd=cwd or self.home, **options), code)

    def collect(self, i):
        path = self.forms[i]
        returns = self.home / "returns" / PERIOD
        returns.mkdir(parents=True, exist_ok=True)
        form = Form(path)
        type_with_openpyxl(path, cells_of(form, sound_answers(form, variant=i), signed_by="Per Prøve"),
                           returns / path.name)
        self.do("collect", PERIOD)

    def put_back(self, copy="bms.db.backup-2"):
        shutil.copy(self.home / copy, self.home / "bms.db")

    def beside(self, code=0):
        found = self.do("verify", "--json", code=code).json
        return {row["file"]: row for row in found["beside"]}


class Beside(Town):
    def test_copies_and_reports_that_the_history_knows_are_listed_with_their_run(self):
        self.do("backup", "kopi.db")
        self.do("report", PERIOD)
        found = self.beside()
        newest = self.do("verify", "--json").json["hash"]
        self.assertEqual(sorted(found), ["bms.db.backup-1", "bms.db.backup-2", "kopi.db", f"reports/{PERIOD}"])
        self.assertTrue(all(row["known"] and row["run"] and not row["acknowledged"] for row in found.values()), found)
        self.assertEqual(found["bms.db.backup-1"]["run"], found["kopi.db"]["run"])
        self.assertEqual(found["bms.db.backup-2"]["run"] + 1, found["bms.db.backup-1"]["run"])
        reports = found[f"reports/{PERIOD}"]
        self.assertEqual(reports["files"], len(list((self.home / "reports" / PERIOD).glob("*.xlsx"))))
        self.assertEqual((reports["hash"], len(reports["hash"])), (found["kopi.db"]["hash"][:12], 12))
        self.assertNotEqual(newest, found["kopi.db"]["hash"])
        said = self.do("verify").out
        self.assertRegex(said, r"bms\.db\.backup-1 .*kjent")
        self.assertRegex(said, rf"reports/{PERIOD} .*kjent")
        self.assertNotIn("ukjent", said)

    def test_an_older_backup_put_in_place_is_shown_by_the_newer_one(self):
        self.put_back()
        found = self.beside(code=1)
        self.assertEqual((found["bms.db.backup-1"]["known"], found["bms.db.backup-1"]["run"]), (False, None))
        self.assertTrue(found["bms.db.backup-2"]["known"])
        ended = self.do("verify", code=1)
        self.assertRegex(ended.out, r"bms\.db\.backup-1 .*ukjent")
        self.assertIn("--acknowledge", ended.notes)

    def test_a_history_that_goes_on_from_an_older_backup_is_shown_by_reports_and_copies(self):
        self.do("report", PERIOD)
        shutil.copy(self.home / "bms.db", self.folder / "whole.db")
        self.put_back()
        (self.home / "bms.db.backup-1").unlink()
        self.collect(2)
        self.do("setup", "setup.xlsx")
        found = self.beside(code=1)
        self.assertFalse(found[f"reports/{PERIOD}"]["known"])
        shutil.copy(self.folder / "whole.db", self.home / "elsewhere.db")
        self.assertFalse(self.beside(code=1)["elsewhere.db"]["known"])

    def test_a_report_that_was_saved_again_still_tells(self):
        self.do("report", PERIOD)
        folder = self.home / "reports" / PERIOD
        first = sorted(folder.glob("*.xlsx"))[0]
        book = openpyxl.load_workbook(first)
        for path in folder.glob("*.xlsx"):
            path.unlink()
        (folder / "sendt").mkdir()
        book.save(folder / "sendt" / "kopi av rapporten.xlsx")
        self.assertTrue(self.beside()[f"reports/{PERIOD}/sendt"]["known"])
        self.put_back()
        (self.home / "bms.db.backup-1").unlink()
        self.assertFalse(self.beside(code=1)[f"reports/{PERIOD}/sendt"]["known"])

    def test_the_report_of_another_municipality_and_what_is_no_report_say_nothing(self):
        other = self.folder / "nabo"
        self.do("init", "--template", "fet", "nabo", cwd=self.folder)
        book = openpyxl.load_workbook(other / "setup.xlsx")
        for cell in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
            if cell.value == "Eksempel kommune":
                cell.value = "Nabo kommune"
        book.save(other / "setup.xlsx")
        self.do("setup", "setup.xlsx", cwd=other)
        self.do("report", PERIOD, cwd=other)
        folder = self.home / "reports" / PERIOD
        folder.mkdir(parents=True)
        for path in (other / "reports" / PERIOD).glob("*.xlsx"):
            shutil.copy(path, folder / path.name)
        shutil.copy(other / "bms.db", self.home / "nabo.db")
        (folder / "notat.xlsx").write_text("A letter")
        shutil.copy(self.forms[0], folder / "skjema.xlsx")
        with zipfile.ZipFile(folder / "tom.xlsx", "w"):
            pass
        self.assertEqual(sorted(self.beside()), ["bms.db.backup-1", "bms.db.backup-2"])

    def test_a_report_as_it_was_prints_an_older_hash_that_is_known(self):
        run_before = self.do("verify", "--json").json["beside"][0]["run"]
        self.collect(2)
        self.do("report", PERIOD, "--as-of", str(run_before))
        found = self.beside()
        self.assertTrue(all(row["known"] for row in found.values()), found)
        self.assertTrue(any(name.startswith("reports/") for name in found))

    def test_a_copy_is_verified_by_itself(self):
        self.do("backup", "kopi.db")
        self.collect(2)
        for copy in "kopi.db", "bms.db.backup-1", "bms.db.backup-2":
            self.assertEqual(self.do("--db", copy, "verify", "--json").json["beside"], [])


class Acknowledged(Town):
    def test_a_backup_that_was_rightly_put_back_is_acknowledged_once_on_record(self):
        self.do("report", PERIOD)
        self.put_back()
        self.do("verify", "--acknowledge", code=2)
        self.do("verify", "--acknowledge", "--by", "Kari", "--reason", " ", code=2)
        self.beside(code=1)
        ended = self.do("verify", "--acknowledge", "--by", "Kari", "--reason", "Disken røk")
        self.assertIn("Kari", ended.out)
        found = self.beside()
        for name in "bms.db.backup-1", f"reports/{PERIOD}":
            self.assertEqual((found[name]["known"], found[name]["acknowledged"]),
                             (False, {"by": "Kari", "reason": "Disken røk"}))
        self.assertIn("Disken røk", self.do("verify").out)
        with sqlite3.connect(self.home / "bms.db") as history:
            self.assertEqual(history.execute("SELECT DISTINCT made_by, reason FROM restored_backups").fetchall(),
                             [("Kari", "Disken røk")])
        self.do("verify", "--acknowledge", "--by", "Kari", "--reason", "En gang til", code=2)
        self.collect(1)
        self.do("report", PERIOD)
        self.beside()

    def test_what_was_acknowledged_does_not_cover_the_next_time(self):
        self.put_back()
        found = self.do("verify", "--acknowledge", "--by", "Kari", "--reason", "Disken røk", "--json").json
        self.assertEqual([row["acknowledged"] for row in found["beside"]], [{"by": "Kari", "reason": "Disken røk"}, None])
        shutil.copy(self.home / "bms.db", self.folder / "acknowledged.db")
        self.collect(2)
        shutil.copy(self.folder / "acknowledged.db", self.home / "bms.db")
        self.assertFalse(self.beside(code=1)["bms.db.backup-1"]["known"])


if __name__ == "__main__":
    unittest.main()
