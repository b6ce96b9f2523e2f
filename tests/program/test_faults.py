"""What is stored stays as it was stored, and what was blanked stays blank. Every answer is invented.

That a run is stored whole or not at all, whatever happens: test_every_call.py."""
import random
import shutil
import sqlite3
import unittest

from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import BMS, BUILD, SOURCE, InAFolder, run

PERIOD = "2026-T2"
SHIM = BUILD / "tests/libshim_faults.so"
SANITIZED = b"__asan_init" in open(BMS, "rb").read()


def facts(path):
    """Every row of every table of the history."""
    with sqlite3.connect(f"file:{path}", uri=True) as history:
        tables = [name for name, in history.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")]
        return {name: sorted(map(repr, history.execute(f'SELECT * FROM "{name}"'))) for name in tables}


class Town(InAFolder):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.do("init", "--template", "fet", "kommune", cwd=self.folder)
        self.do("setup", "setup.xlsx")
        self.do("forms", PERIOD)
        returns = self.home / "returns" / PERIOD
        returns.mkdir(parents=True)
        for i, path in enumerate(sorted((self.home / "forms" / PERIOD).glob("*.xlsx"))[:3]):
            form = Form(path)
            type_with_openpyxl(path, cells_of(form, sound_answers(form, variant=i), signed_by="Per Prøve"),
                               returns / path.name)
        self.before = self.folder / "before"
        shutil.copytree(self.home, self.before)

    def do(self, *arguments, cwd=None, code=0, **options):
        return self.assert_ended(run(*arguments, cwd=cwd or self.home, **options), code)

    def anew(self):
        shutil.rmtree(self.home)
        shutil.copytree(self.before, self.home)


@unittest.skipIf(SANITIZED, "the sanitizer must come first")
class Faults(Town):
    def test_what_was_blanked_stays_blank_when_the_file_cannot_be_rewritten(self):
        self.do("collect", PERIOD)
        unit = next(u["unit"] for u in self.do("status", PERIOD, "--json").json["units"] if u["revision"])
        removing = ("redact", unit, PERIOD, "signature", "--by", "Kari", "--reason", "Et navn", "--json")
        shutil.rmtree(self.before)
        shutil.copytree(self.home, self.before)
        log = self.folder / "log"
        self.do(*removing, environment={"LD_PRELOAD": str(SHIM), "BMS_FAULT_LOG": str(log)})
        said = []
        for at in range(len(log.read_text().splitlines()) - 1, 0, -1):
            self.anew()
            ended = run(*removing, cwd=self.home, environment={
                "LD_PRELOAD": str(SHIM), "BMS_FAULT": "full", "BMS_FAULT_AT": str(at)})
            if ended.code != 0:
                break
            said = [finding["rule"] for finding in ended.json["findings"]]
            self.do("redact", unit, PERIOD, "signature", "--by", "Kari", "--reason", "Et navn")
            self.do("verify")
            if "not_rewritten" in said:
                break
        self.assertEqual((said[0], set(said[1:])), ("not_rewritten", {"copies_remain"}))


class Integrity(Town):
    def test_what_is_stored_verifies_and_a_printed_hash_is_found(self):
        ended = self.do("collect", PERIOD)
        hash = ended.notes.split("Historikk ")[1].split()[0]
        self.assertRegex(self.do("verify", hash).out, r"(?m)^[^\d]*\b3\b")
        self.do("verify", "0123456789", code=1)
        self.do("verify", "nonsense", code=2)
        found = self.do("verify", "--json").json
        self.assertEqual((found["differences"], found["hash"][:16]), ([], hash))

    def test_a_byte_flipped_in_the_file_is_found(self):
        self.do("collect", PERIOD)
        path = self.home / "bms.db"
        whole = path.read_bytes()
        used = [i for i in range(100, len(whole)) if whole[i]]
        missed = []
        for at in random.Random(7).sample(used, 150):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x15]) + whole[at + 1:])
            if run("verify", cwd=self.home).code not in (1, 4, 5):
                missed.append(at)
        # Remains of deleted content inside a page are no stored value.
        for at in missed:
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x15]) + whole[at + 1:])
            changed = facts(path)
            path.write_bytes(whole)
            self.assertEqual(changed, facts(path), at)

    def test_originals_are_given_back_unchanged(self):
        self.do("collect", PERIOD)
        out = self.folder / "out"
        self.do("export", "--originals", out)
        self.assertEqual(sorted(p.read_bytes() for p in out.rglob("*.xlsx")),
                         sorted(p.read_bytes() for p in (self.home / "returns" / PERIOD).glob("*.xlsx")))

    def test_what_is_blanked_on_record_is_gone_from_the_file(self):
        self.do("collect", PERIOD)
        unit = self.do("status", PERIOD, "--json").json["units"]
        unit = next(u["unit"] for u in unit if u["revision"])
        path = self.home / "bms.db"
        before = path.read_bytes().count("Per Prøve".encode())
        self.do("redact", unit, PERIOD, "signature", code=2)
        self.do("redact", unit, PERIOD, "signature", "--by", "Kari", "--reason", "Et navn")
        self.do("redact", unit, PERIOD, "original", "--by", "Kari", "--reason", "Et navn")  # it went with it
        self.assertLess(path.read_bytes().count("Per Prøve".encode()), before)
        self.do("verify")
        again = self.do("redact", unit, PERIOD, "signature", "--by", "Kari", "--reason", "Et navn", "--json").json
        self.assertEqual(again["findings"][0]["rule"], "removed_before")
        self.do("redact", unit, PERIOD, "comment", "--by", "Kari", "--reason", "Et navn", code=2)
        self.do("export", "--originals", self.folder / "out")
        self.assertEqual(len(list((self.folder / "out").rglob("*.xlsx"))), 2)

    def test_a_history_of_each_earlier_version_is_copied_first_and_the_copy_named(self):
        kept = sorted((SOURCE / "tests/unit/history").glob("history_version_*.sql"))
        newest = sqlite3.connect(self.home / "bms.db").execute("PRAGMA user_version").fetchone()[0]
        self.assertEqual(len(kept), newest - 1)
        for version, dump in enumerate(kept, 1):
            folder = self.folder / f"version-{version}"
            folder.mkdir()
            with sqlite3.connect(folder / "bms.db") as old:
                old.executescript(dump.read_text())
                signatures = old.execute("SELECT id, signed_by FROM returns").fetchall()
            reported = self.do("verify", cwd=folder)
            copy, = folder.glob("bms.db.before-*")
            self.assertIn(copy.name, reported.notes)
            for path, has in (folder / "bms.db", newest), (copy, version):
                with sqlite3.connect(path) as history:
                    self.assertEqual(history.execute("PRAGMA user_version").fetchone(), (has,))
                    self.assertEqual(history.execute("SELECT id, signed_by FROM returns").fetchall(), signatures)
            self.assertNotIn(copy.name, self.do("verify", cwd=folder).notes)

    def test_a_leader_is_blanked_in_the_setups_and_verify_reports_it(self):
        path = self.home / "bms.db"
        leader, address = "Mona Dahl", "garderasen@eksempel.kommune.example"  # of the template
        self.assertIn(leader.encode(), path.read_bytes())
        self.do("redact", "--setup", leader, "--by", "Kari", code=2)
        self.do("redact", "1101", "--setup", leader, "--by", "Kari", "--reason", "Et navn", code=2)
        reported = self.do("redact", "--setup", leader, "--by", "Kari", "--reason", "Et navn")
        self.assertIn("setup.xlsx", reported.out)
        self.do("redact", "--setup", address, "--by", "Kari", "--reason", "Et navn")
        for text in (leader, address):
            self.assertNotIn(text.encode(), path.read_bytes())
        self.assertIn("Kari", self.do("verify").out)
        redactions = self.do("verify", "--json").json["redactions"]
        self.assertEqual([(r["by"], r["reason"], r["table"], r["field"]) for r in redactions],
                         [("Kari", "Et navn", "setup_cells", "text")] * 2)
        self.do("redact", "--setup", "Eksempel kommune", "--by", "Kari", "--reason", "Et navn", code=2)
        self.do("status", PERIOD)
        self.do("setup", "setup.xlsx")  # the same workbook again is no new setup: what was blanked stays blank
        self.assertNotIn(leader.encode(), path.read_bytes())

    def test_a_copy_is_whole_and_replaces_only_a_copy(self):
        self.do("collect", PERIOD)
        self.do("backup", "copy.db")
        self.do("backup", "copy.db")
        self.do("--db", "copy.db", "verify")
        (self.home / "letter.txt").write_text("A letter")
        self.do("backup", "letter.txt", code=2)
        self.do("backup", "bms.db", code=2)
        self.assertEqual((self.home / "letter.txt").read_text(), "A letter")

    def test_a_reader_waits_only_while_another_commits(self):
        self.do("collect", PERIOD)
        with sqlite3.connect(self.home / "bms.db", isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            self.do("status", PERIOD)
            self.assertIn("venter", run("setup", "setup.xlsx", cwd=self.home).notes.lower())
            other.execute("ROLLBACK")

    def test_a_report_shows_the_hash_of_its_run(self):
        self.do("collect", PERIOD)
        hash = self.do("verify", "--json").json["hash"]
        self.do("report", PERIOD)
        import openpyxl
        for path in (self.home / "reports" / PERIOD).glob("*.xlsx"):
            sheet = openpyxl.load_workbook(path).worksheets[0]
            text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
            self.assertIn(f"Historikk {hash[:12]}", text)

    def test_a_folder_synchronised_by_a_cloud_service_gets_a_warning(self):
        cloud = self.folder / "OneDrive - Kommune"
        shutil.copytree(self.home, cloud)
        self.assertIn("OneDrive", self.do("collect", PERIOD, cwd=cloud).notes)
        self.assertNotIn("synkroniser", self.do("collect", PERIOD).notes)


if __name__ == "__main__":
    unittest.main()
