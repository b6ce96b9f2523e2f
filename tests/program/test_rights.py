"""Who may read and write what the program writes: those who may do it in the folder, and never everybody else. Two made-up
users share a group; they take over from each other, and a third one sees nothing. Every answer is invented."""
import os
import shutil
import subprocess
import unittest

from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import BMS, InAFolder, run

PERIOD = "2026-T2"
KARI, PER, OTHER, GROUP, ALONE = 61001, 61002, 61003, 61009, 61010


def as_user(user, groups, umask="022"):
    """The words before a command that run it as a user, whose own group comes first."""
    return ("setpriv", f"--reuid={user}", f"--regid={groups[0]}", f"--groups={','.join(map(str, groups))}",
            "sh", "-c", f'umask {umask}; exec "$0" "$@"')


def modes(folder):
    return {str(p.relative_to(folder)): p.lstat().st_mode & 0o7777 for p in folder.rglob("*")}


@unittest.skipIf(os.geteuid() != 0 or not shutil.which("setpriv"), "only root can be two users: not tested here")
class Rights(InAFolder):
    def setUp(self):
        super().setUp()
        self.folder.chmod(0o755)
        self.home = self.folder / "kommune"
        self.home.mkdir()

    def belongs(self, user, group, mode):
        os.chown(self.home, user, group)
        self.home.chmod(mode)

    def do(self, who, *arguments, code=0):
        return self.assert_ended(run(*arguments, cwd=self.home, before=who), code)

    def send(self, user, group):
        """Put the forms that came back where the user puts them."""
        returns = self.home / "returns" / PERIOD
        returns.mkdir(parents=True)
        for i, path in enumerate(sorted((self.home / "forms" / PERIOD).glob("*.xlsx"))[:2]):
            form = Form(path)
            answers = sound_answers(form, variant=i)
            if i:
                code = next(c for c, q in form.questions.items() if q["kind"] == "share" and form.asked(c, "1")
                            and form.asked(c, "2") and not q["part_of_1"])
                answers[code] = {"1": 10, "2": 7}
            type_with_openpyxl(path, cells_of(form, answers, signed_by="Per Prøve"), returns / path.name)
        for path in (returns.parent, returns, *returns.iterdir()):
            os.chown(path, user, group)
            path.chmod(0o2770 if path.is_dir() else 0o660)

    def whole_job(self, first, second, user, group):
        self.do(first, "init")
        self.do(first, "setup", "setup.xlsx")
        self.do(first, "forms", PERIOD)
        self.send(user, group)
        self.do(second, "collect", PERIOD, code=1)
        self.do(first, "collect", PERIOD, code=1)
        for verb in (("report", PERIOD), ("remind", PERIOD), ("backup", "kopi.db"), ("export", "--originals", "ut"),
                     ("report", PERIOD, "--lang", "nn")):
            self.do(second, *verb)
        self.do(first, "redact", "1101", PERIOD, "signature", "--by", "Kari", "--reason", "Et navn")

    def assert_modes(self, file, folder):
        """Everything but the returns, which others put there."""
        found = modes(self.home)
        self.assertTrue({"bms.db", "bms.db.backup-1", "kopi.db", "setup.xlsx", f"Mottak {PERIOD}.xlsx"} <= set(found))
        wrong = {name: oct(mode) for name, mode in found.items() if not name.startswith("returns")
                 and mode != (folder if (self.home / name).is_dir() else file)}
        self.assertEqual(wrong, {})

    def test_in_a_folder_of_ones_own_nobody_else_reads_anything(self):
        for umask in ("000", "022", "077"):
            with self.subTest(umask=umask):
                self.belongs(KARI, KARI, 0o700)
                kari = as_user(KARI, [KARI], umask)
                self.whole_job(kari, kari, KARI, KARI)
                self.assert_modes(0o600, 0o700)
                shutil.rmtree(self.home)
                self.home.mkdir()

    def test_in_a_groups_folder_the_others_take_over_and_nobody_else_reads(self):
        for umask in ("000", "022", "077"):
            with self.subTest(umask=umask):
                self.belongs(KARI, GROUP, 0o2770)
                self.whole_job(as_user(KARI, [KARI, GROUP], umask), as_user(PER, [PER, GROUP], umask), KARI, GROUP)
                self.assert_modes(0o660, 0o2770)
                self.assertEqual({p.lstat().st_gid for p in self.home.rglob("*")}, {GROUP})
                self.assertEqual(self.do(as_user(OTHER, [OTHER]), "status", code=4).out, "")
                shutil.rmtree(self.home)
                self.home.mkdir()

    def test_a_group_that_one_does_not_belong_to_gets_nothing(self):
        self.belongs(KARI, ALONE, 0o770)
        self.do(as_user(KARI, [KARI]), "init")
        self.assertEqual(modes(self.home), {"bms.db": 0o600, "setup.xlsx": 0o600})

    def test_the_journal_has_the_rights_of_the_history(self):
        self.belongs(KARI, GROUP, 0o2770)
        kari = as_user(KARI, [KARI, GROUP], "000")
        self.do(kari, "init")
        seen = subprocess.run([*kari, "strace", "-f", "-e", "trace=openat,open,chmod,fchmod", BMS, "setup", "setup.xlsx"],
                              cwd=self.home, capture_output=True, text=True) if shutil.which("strace") else None
        if seen is None:
            self.skipTest("strace is not installed")
        opened = [line for line in seen.stderr.splitlines() if "-journal" in line and "O_CREAT" in line]
        self.assertTrue(opened)
        for line in opened:
            self.assertRegex(line, r"0(600|640|660)\)")

    def test_a_history_that_somebody_has_closed_stays_closed_and_so_do_its_copies(self):
        kari = as_user(KARI, [KARI, GROUP])
        self.belongs(KARI, GROUP, 0o2770)
        self.do(kari, "init")
        self.do(kari, "setup", "setup.xlsx")
        (self.home / "bms.db").chmod(0o600)
        self.do(kari, "forms", PERIOD)
        self.send(KARI, GROUP)
        self.do(kari, "collect", PERIOD, code=1)
        self.do(kari, "backup", "kopi.db")
        found = modes(self.home)
        self.assertEqual({name: oct(found[name]) for name in ("bms.db", "bms.db.backup-1", "kopi.db")},
                         dict.fromkeys(("bms.db", "bms.db.backup-1", "kopi.db"), "0o600"))

    # Every verb that opens the history.
    OPENING = (("status",), ("verify",), ("history",), ("export",), ("check", PERIOD), ("collect", PERIOD),
               ("forms", PERIOD), ("report", PERIOD), ("remind", PERIOD), ("backup", "kopi.db"), ("setup", "setup.xlsx"),
               ("close", PERIOD, "--by", "Kari"), ("explain", "1101", "SYK", PERIOD),
               ("redact", "1101", PERIOD, "comment", "--by", "Kari", "--reason", "Et navn"),
               ("correct", "1101", "SYK", PERIOD, "--numerator", "1", "--reason", "Talt på nytt"))

    def assert_refused(self, who, words, *before):
        for verb in self.OPENING:
            with self.subTest(verb=verb):
                self.assertIn(words, self.do(who, *before, *verb, code=4).notes)

    def test_a_history_one_may_not_read_is_said_with_what_to_do(self):
        self.belongs(KARI, KARI, 0o700)
        kari = as_user(KARI, [KARI])
        self.do(kari, "init")
        (self.home / "bms.db").chmod(0)
        self.assert_refused(kari, "Du har ikke tilgang til den. Be eieren")
        (self.home / "bms.db").chmod(0o600)
        shut = self.home / "lukket"
        self.do(kari, "init", "lukket")
        shut.chmod(0o600)
        self.do(kari, "--db", "lukket/finnes/ikke/bms.db", "status", code=4)
        self.assertIn("Du har ikke tilgang til den", self.do(kari, "--db", "lukket/bms.db", "status", code=4).notes)
        self.assertIn("Her er det ingen historikk", self.do(kari, "--db", "finnes/ikke/bms.db", "status", code=4).notes)

    def test_what_is_no_file_is_no_history(self):
        self.belongs(KARI, KARI, 0o700)
        kari = as_user(KARI, [KARI])
        self.do(kari, "init")
        (self.home / "bms.db").unlink()
        (self.home / "bms.db").mkdir()
        self.assert_refused(kari, "er ikke en fil. Flytt det bort")
        (self.home / "bms.db").rmdir()
        os.mkfifo(self.home / "bms.db")
        self.assert_refused(kari, "er ikke en fil. Flytt det bort")

    def test_a_history_that_everybody_can_read_is_closed_to_them(self):
        self.belongs(KARI, GROUP, 0o2770)
        kari = as_user(KARI, [KARI, GROUP])
        self.do(kari, "init")
        (self.home / "bms.db").chmod(0o664)
        self.do(kari, "setup", "setup.xlsx")
        self.assertEqual(modes(self.home)["bms.db"], 0o660)

    def test_everybody_who_may_look_into_the_folder_is_a_warning(self):
        kari = as_user(KARI, [KARI])
        self.belongs(KARI, KARI, 0o755)
        self.assertIn("chmod 700", self.do(kari, "init").out)
        self.assertEqual(modes(self.home), {"bms.db": 0o600, "setup.xlsx": 0o600})
        self.assertEqual(self.do(kari, "init", "--json", "--template", "fet", "ny").json["findings"], [])
        self.assertEqual((self.home / "ny").stat().st_mode & 0o7777, 0o700)


if __name__ == "__main__":
    unittest.main()
