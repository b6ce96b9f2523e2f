"""Strange names and strange folders: each works, or is said in one clear message. Everything is invented."""
import os
import re
import shutil
import subprocess
import unittest

import setup_book
from disturbed import PERIOD as NOW, Disturbance, Town, state_of
from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import BMS, SANITIZED, InAFolder, fingerprint

PERIOD = "2026-T2"
# (code, name): codes are letters, digits and - _ . only.
UNITS = [("E1", "../../x"), ("E2", "CON"), ("CON", "aux.txt"), ("aux.txt", "NUL"), ("..", "punktum"), (".", "ett"), ("-rf", "-rf /"),
         ("E3", "på slutten. . "), ("E4", "x" * 250), ("E5", "日本語"), ("E6", "Østre skole"), ("E7", "østre SKOLE"),
         ("e8", "C:\\temp\\a:b*c?d\"e<f>g|h"), ("E9", "@SUM(1)"), ("E10", "«'{name}'» %s %n"), ("E11", "O\u0301 o\u0308"), ("E12", "Ó ö"),
         ("com1.", "LPT1"), ("E13", "_x0041_"), ("E14", "A&B <c> \"d\"")]
WINDOWS_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


class WithStrangeNames(InAFolder):
    def setup(self, folder):
        sheets = setup_book.setup(1, 2)
        sheets["Enheter"][1:] = [[code, name, "PROVE", "tjeneste", f"Leder av {name}"[:250], None] for code, name in UNITS]
        self.assert_ended(self.bms("init", ".", cwd=folder), 0)
        setup_book.save(sheets, folder / "setup.xlsx")
        self.assert_ended(self.bms("setup", "setup.xlsx", cwd=folder), 0)

    def main_job(self, folder):
        self.assert_ended(self.bms("forms", PERIOD, cwd=folder), 0)
        (folder / "returns" / PERIOD).mkdir(parents=True)
        for i, path in enumerate(sorted((folder / "forms" / PERIOD).iterdir())):
            form = Form(path)
            type_with_openpyxl(path, cells_of(form, sound_answers(form, i)), folder / "returns" / PERIOD / f"r{i}.xlsx")
        collected = self.bms("collect", PERIOD, "--json", cwd=folder)
        self.assert_ended(collected, 0)
        self.assert_ended(self.bms("report", PERIOD, cwd=folder), 0)
        return collected.json


class Names(WithStrangeNames):
    def assert_names_are_good(self, folder):
        names = [path.name for path in folder.iterdir()]
        for name in names:
            self.assertRegex(name, r"^[A-Za-z0-9._-]+\.xlsx$")
            self.assertLessEqual(len(name), 80)
            self.assertIsNone(WINDOWS_RESERVED.fullmatch(name), name)
        self.assertEqual(len({name.casefold() for name in names}), len(names))
        return names

    def test_every_unit_gets_its_file_where_it_belongs(self):
        home = self.folder / "a" / "b" / "kommune"
        home.mkdir(parents=True)
        self.setup(home)
        self.assertEqual(self.main_job(home)["accepted"], len(UNITS))
        self.assertEqual(len(self.assert_names_are_good(home / "forms" / PERIOD)), len(UNITS))
        self.assertEqual(len(self.assert_names_are_good(home / "reports" / PERIOD)), len(UNITS) + 1)
        self.assert_ended(self.bms("export", "--originals", "originals", cwd=home), 0)
        self.assert_names_are_good(home / "originals" / PERIOD)
        self.assertEqual([p.name for p in self.folder.rglob("*") if home not in (p, *p.parents) and p not in home.parents], [])
        self.assertEqual({p.name for p in self.folder.iterdir()}, {"a"})

    def test_every_unit_can_be_named(self):
        self.setup(self.folder)
        self.main_job(self.folder)
        for code, _ in UNITS:
            for verb in (("forms", PERIOD, f"--unit={code}"), ("report", PERIOD, f"--unit={code}"), ("history", "--", code, "I01"),
                         ("explain", "--", code.upper(), "I01", PERIOD)):
                with self.subTest(verb=verb):
                    self.assert_ended(self.bms(*verb), 0)
                    self.assert_ended(self.bms(*verb[:1], "--json", *verb[1:]), 0)

    def test_codes_that_are_none_are_refused_in_one_message_each(self):
        self.bms("init", ".")
        for code in ("../x", "a/b", "æ", "a b", "x" * 21, "a\nb", "@1", "a\\b", "日本"):
            with self.subTest(code=code):
                sheets = setup_book.setup(1, 1)
                sheets["Enheter"][1][0] = code
                setup_book.save(sheets, self.folder / "setup.xlsx")
                ended = self.bms("setup", "setup.xlsx", "--json")
                self.assertEqual([(f["rule"], f["cell"]) for f in ended.json["findings"] if f["severity"] == "error"],
                                 [("bad_code", "A3")])

    def test_codes_that_differ_by_case_only_are_one(self):
        self.bms("init", ".")
        sheets = setup_book.setup(2, 1)
        sheets["Enheter"][2][0] = "e001"
        setup_book.save(sheets, self.folder / "setup.xlsx")
        ended = self.bms("setup", "setup.xlsx", "--json")
        self.assertEqual([f["rule"] for f in ended.json["findings"] if f["severity"] == "error"], ["duplicate_code"])


class Folders(WithStrangeNames):
    def test_any_name_of_the_folder(self):
        for name in ("med mellomrom", "blåbær og ødelagt", "to\nlinjer", "-rf", "a'b\"c", "%s{name}", "日本語", "x" * 250):
            with self.subTest(name=name):
                home = self.folder / name
                home.mkdir()
                self.bms("init", ".", cwd=home)
                setup_book.save(setup_book.setup(2, 2), home / "setup.xlsx")
                self.assert_ended(self.bms("setup", "setup.xlsx", cwd=home), 0)
                self.assertEqual(self.main_job(home)["accepted"], 2)
                self.assert_ended(self.bms("status", PERIOD, "--db", f"./{name}/bms.db"), 0)
                self.assert_ended(self.bms("backup", "copy.db", cwd=home), 0)

    def test_a_path_that_is_too_long_is_said(self):
        home = self.folder.joinpath(*["d" * 99] * 5)
        home.mkdir(parents=True)
        for arguments, cwd in ((("init", "."), home), (("init", str(home / "ny")), self.folder)):
            self.assert_error(self.bms(*arguments, cwd=cwd), 5, "for lang")
            self.assertEqual([p for p in home.rglob("*") if p.is_file()], [])
        self.assert_error(self.bms("init", "f" * 300), 5, "for langt")

    def test_files_far_down_are_read_and_written(self):
        self.bms("init", ".")
        far = self.folder.joinpath(*["d" * 99] * 9)
        far.mkdir(parents=True)
        setup_book.save(setup_book.setup(2, 2), far / "setup.xlsx")
        self.assert_ended(self.bms("setup", far / "setup.xlsx"), 0)
        self.bms("forms", PERIOD)
        form = Form(next((self.folder / "forms" / PERIOD).glob("E001-*")))
        type_with_openpyxl(form.path, cells_of(form, sound_answers(form)), far / "r.xlsx")
        self.assertEqual(self.assert_ended(self.bms("collect", far / "r.xlsx", "--json"), 0).json["accepted"], 1)
        self.assert_ended(self.bms("export", "--originals", far / "originals"), 0)
        self.assertEqual(self.bms("check", far / "none.xlsx", "--json").json["error"]["where"], str(far / "none.xlsx"))

    @unittest.skipIf(SANITIZED, "the sanitizer must come first")
    def test_a_full_quota_is_a_full_disk(self):
        town = Town()
        self.addCleanup(town.close)
        for stage, verb in (("begun", ("setup", "setup.xlsx")), ("first", ("forms", NOW)), ("delivered", ("collect", NOW)),
                            ("collected", ("report", NOW)), ("reported", ("backup", "kopi.db"))):
            for at in (1, 4, 9, 20, 60, 150):
                with self.subTest(verb=verb, at=at):
                    town.back_to(stage)
                    before = state_of(town.home)
                    ended = town.run(*verb, disturbance=Disturbance("quota", at))
                    self.assertIn(ended.code, (0, 1, 5), ended)
                    (town.home / "bms.db.in-use").unlink(missing_ok=True)  # that the next run has to look around
                    if ended.code == 5:
                        self.assertRegex(ended.notes, "full|plass")
                        self.assertEqual(state_of(town.home), before, ended)

    def as_user(self, *arguments):
        """As an ordinary user, who owns nothing here."""
        def drop():
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        ended = subprocess.run([BMS, *arguments], cwd=self.folder, capture_output=True, preexec_fn=drop, check=False)  # pylint: disable=W1509
        return ended.returncode, ended.stdout.decode(), ended.stderr.decode()

    @unittest.skipUnless(os.getuid() == 0, "only root can become another user")
    def test_a_folder_that_may_only_be_read(self):
        self.folder.chmod(0o755)
        self.setup_town()
        for path in self.folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        before = fingerprint(self.folder)
        for verb in (("status", PERIOD), ("check", PERIOD), ("history",), ("cells", "setup.xlsx")):
            self.assertEqual(self.as_user(*verb)[0], 0, self.as_user(*verb))
        for verb in (("collect", PERIOD), ("setup", "setup.xlsx"), ("forms", PERIOD), ("report", PERIOD), ("backup", "k.db"),
                     ("remind", PERIOD), ("close", PERIOD), ("init", "ny")):
            with self.subTest(verb=verb):
                code, out, notes = self.as_user(*verb)
                self.assertEqual((code, out), (5, ""), notes)
                self.assertEqual(len(notes.splitlines()), 1, notes)
                self.assertNotIn("systemfeil", notes)
                self.assertEqual(fingerprint(self.folder), before)

    def setup_town(self):
        self.bms("init", ".")
        setup_book.save(setup_book.setup(2, 2), self.folder / "setup.xlsx")
        self.bms("setup", "setup.xlsx")
        self.bms("forms", PERIOD)
        (self.folder / "returns" / PERIOD).mkdir(parents=True)
        form = Form(next((self.folder / "forms" / PERIOD).glob("E001-*")))
        type_with_openpyxl(form.path, cells_of(form, sound_answers(form)), self.folder / "returns" / PERIOD / "a.xlsx")
        shutil.rmtree(self.folder / "forms")
        self.bms("forms", PERIOD, "--unit", "E001")


if __name__ == "__main__":
    unittest.main()
