"""A history whose file another program has changed: said in the reader's language, refused, put right on record."""
import sqlite3
import unittest

from program import InAFolder

PERIOD = "2026-T2"
CHEAT = """CREATE TRIGGER cheat AFTER INSERT ON entries BEGIN
    UPDATE measured_in SET period = 1; END"""
# What SQLite says by itself, in its own words.
RAW = "no such", "malformed", "constraint", "SQL logic", "database disk image", "not a database"


class Foreign(InAFolder):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.do("init", "--template", "fet", "kommune", cwd=self.folder)
        self.do("setup", "setup.xlsx")
        self.do("forms", PERIOD)
        self.path = self.home / "bms.db"
        self.whole = self.path.read_bytes()

    def do(self, *arguments, cwd=None, code=0):
        ended = self.assert_ended(self.bms(*arguments, cwd=cwd or self.home), code)
        for words in RAW:
            self.assertNotIn(words, ended.out + ended.notes)
        return ended

    def meddle(self, sql):
        self.path.write_bytes(self.whole)
        history = sqlite3.connect(self.path)
        history.executescript(sql)
        history.close()

    def test_every_verb_refuses_it_but_verify_and_backup(self):
        self.meddle(CHEAT)
        changed = self.path.read_bytes()
        for verb in (["setup", "setup.xlsx"], ["forms", PERIOD], ["check", PERIOD], ["collect", PERIOD], ["status"],
                     ["remind", PERIOD], ["report", PERIOD], ["history"], ["explain", "1101", "NP", PERIOD], ["export"],
                     ["close", PERIOD], ["redact", "1101", PERIOD, "comment", "--by", "Kari", "--reason", "Et navn"],
                     ["correct", "1101", "NP", PERIOD, "--numerator", "1", "--by", "Kari", "--reason", "Talt om"]):
            with self.subTest(verb=verb):
                (self.home / "returns" / PERIOD).mkdir(parents=True, exist_ok=True)
                (self.home / "returns" / PERIOD / "a.xlsx").write_bytes(b"x")
                ended = self.do(*verb, code=4)
                for words in "utløser cheat", "bms verify", "--remove-foreign", "annet program":
                    self.assertIn(words, ended.notes)
        self.do("backup", "kopi.db")
        verified = self.do("verify", code=1)
        self.assertIn("cheat (utløser)", verified.out)
        self.assertIn("--remove-foreign", verified.notes)
        self.assertEqual(self.path.read_bytes(), changed)

    def test_it_is_taken_out_after_a_copy_and_on_record(self):
        self.meddle(CHEAT)
        removed, = self.do("verify", "--remove-foreign", "--json").json["removed"]
        self.assertEqual((removed["type"], removed["name"], removed["put_back"]), ("trigger", "cheat", False))
        with sqlite3.connect(self.home / "bms.db.before-removal-1") as copy:
            self.assertTrue(copy.execute("SELECT 1 FROM sqlite_schema WHERE name = 'cheat'").fetchone())
        with sqlite3.connect(self.path) as history:
            run, = history.execute("SELECT max(id) FROM runs WHERE verb = 'verify'").fetchone()
            self.assertEqual(history.execute("SELECT run, type, name, sql FROM removed_objects").fetchall(),
                             [(run, "trigger", "cheat", CHEAT)])
        self.do("verify")
        self.do("status", PERIOD)
        self.assertEqual(self.do("verify", "--remove-foreign", "--json").json["removed"], [])
        self.assertIn("ikke noe å ta ut", self.do("verify", "--remove-foreign").out)

    def test_the_right_message_for_every_kind_of_change(self):
        for sql, code, words in (("PRAGMA user_version = 2", 4, "user_version"),
                                 ("PRAGMA user_version = 0", 4, "user_version"),
                                 ("PRAGMA user_version = 99", 4, "nyere versjon"),
                                 ("PRAGMA application_id = 1", 4, "application_id"),
                                 ("CREATE TABLE other (a)", 4, "tabell other"),
                                 ("ALTER TABLE entries ADD COLUMN a TEXT", 4, "tabell entries"),
                                 ("DROP TABLE closings", 4, "sikkerhetskopi"),
                                 ("DROP TABLE origin", 4, "sikkerhetskopi"),
                                 ("ALTER TABLE runs RENAME TO races", 4, "tabell"),
                                 ("ANALYZE", 0, ""),
                                 ("PRAGMA journal_mode = wal", 0, "")):
            with self.subTest(sql=sql):
                self.meddle(sql)
                self.assertIn(words, self.do("status", PERIOD, code=code).notes)
        self.assertEqual(self.path.read_bytes()[18:20], b"\1\1")  # WAL was turned back
        for size in (0, 50, 100, 4096, len(self.whole) // 2, len(self.whole) - 4096):
            with self.subTest(size=size):
                self.path.write_bytes(self.whole[:size])
                self.do("status", PERIOD, code=4)
                self.do("verify", code=4)


if __name__ == "__main__":
    unittest.main()
