"""What is stored is stored: a file that cannot be replaced afterwards is a notice, and the next run writes it. Whatever
rename fails, and wherever the process dies, history and files are as the exit code promises. Every answer is invented."""
import fcntl
import os
import re
import shutil
import signal
import unittest

from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import BUILD, InAFolder, run
from test_faults import SANITIZED, facts
from test_mottak import Mottak

PERIOD = "2026-T2"
SHIM = BUILD / "tests/libshim_rename.so"
CLOCK = {"SOURCE_DATE_EPOCH": "1790000000"}
MOST = 6
WAITING = re.compile(r"\.bms-\d+-\d+\.tmp$|^bms\.db\.in-use$")  # until the next run
COPY = re.compile(r"bms\.db\.backup-(\d|new)$")


def sampled(renames):
    """Which renames to disturb: all in the long run; else the first, the last and some between."""
    numbered = list(enumerate(renames, 1))
    if os.environ.get("BMS_LONG") or len(numbered) <= MOST:
        return numbered
    chosen = {round(i * (len(numbered) - 1) / (MOST - 1)) for i in range(MOST)}
    return [numbered[i] for i in sorted(chosen)]


def files_of(home):
    """All files but the history and the copies of it."""
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*")
            if path.is_file() and path.name != "bms.db" and not COPY.match(path.name)}


@unittest.skipIf(SANITIZED, "the sanitizer must come first")
class Disturbed(InAFolder):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.before = self.folder / "before"
        self.do("init", "--template", "fet", "kommune", cwd=self.folder)
        self.do("setup", "setup.xlsx")

    def do(self, *arguments, cwd=None, code=0, **environment):
        ended = run(*arguments, cwd=cwd or self.home, environment={**CLOCK, **environment})
        return self.assert_ended(ended, code) if code is not None else ended

    def disturbed(self, *arguments, **shim):
        return self.do(*arguments, code=None, LD_PRELOAD=str(SHIM), **shim)

    def send(self, *variants, spoil=None):
        """Send in the forms of the first units, one of them with more delivered than there are."""
        returns = self.home / "returns" / PERIOD
        returns.mkdir(parents=True, exist_ok=True)
        for i, path in enumerate(sorted((self.home / "forms" / PERIOD).glob("*.xlsx"))[:len(variants)]):
            form = Form(path)
            answers = sound_answers(form, variant=variants[i])
            if i == spoil:
                code = next(c for c, q in form.questions.items() if q["kind"] == "share" and form.asked(c, "1")
                            and form.asked(c, "2") and not q["part_of_1"])
                answers[code] = {"1": 10, "2": 7}
            type_with_openpyxl(path, cells_of(form, answers, signed_by="Per Prøve"), returns / path.name)

    def keep(self):
        shutil.rmtree(self.before, ignore_errors=True)
        shutil.copytree(self.home, self.before)

    def anew(self):
        shutil.rmtree(self.home)
        shutil.copytree(self.before, self.home)

    def state(self):
        """Every row and every file, by name."""
        rows = {f"{table} {row}": b"" for table, found in facts(self.home / "bms.db").items() for row in found}
        return rows, files_of(self.home)

    def assert_same(self, found, expected):
        for now, then in zip(found, expected):
            self.assertEqual(sorted(n for n in set(now) | set(then) if now.get(n) != then.get(n)), [])

    def undisturbed(self, *command):
        """The state before, after the command, and after the command twice; and the renames."""
        self.keep()
        before, renames = self.state(), self.folder / "renames"
        renames.unlink(missing_ok=True)
        self.disturbed(*command, BMS_RENAME_LIST=str(renames))
        once = self.state()
        self.do(*command, code=None)
        return before, once, self.state(), [line.split("\t")[2] for line in renames.read_text().splitlines()]

    def walk(self, *command):
        """Let each rename fail, one at a time. @return how many failed before the commit, and after it"""
        before, once, twice, renames = self.undisturbed(*command)
        seen = {5: 0, 0: 0}
        for at, to in sampled(renames):
            with self.subTest(rename=at, to=to):
                self.anew()
                ended = self.disturbed(*command, "--json", BMS_RENAME_AT=str(at))
                seen[5 if ended.code == 5 else 0] += 1
                if ended.code == 5:
                    self.assert_same(self.state(), before)
                else:
                    self.assertIn(ended.code, (0, 1))
                    self.assert_same(self.state()[:1], once[:1])
                    self.assert_said(ended, to, once[1])
                self.do(*command, code=None)
                self.assert_same(self.state(), once if ended.code == 5 else twice)
        return seen

    def assert_said(self, ended, to, once):
        """The file that was not replaced is named, the others are as if nothing had happened."""
        if COPY.match(to):
            return
        target, = [row["file"] for row in ended.json["not_replaced"]]
        self.assertIn(target, {to, to.replace(" (forrige)", "")})
        if "files" in ended.json:
            self.assertNotIn(target, ended.json["files"])
            self.assertIn("not_replaced", [f["rule"] for f in ended.json["findings"]])
        now = files_of(self.home)
        changed = {name for name in set(now) | set(once) if now.get(name) != once.get(name)}
        self.assertEqual({name for name in changed if not WAITING.search(name)} - {
            target, target.replace(".xlsx", " (forrige).xlsx")}, set())

    def killed(self, *command):
        """Kill the process at each rename; the next run puts all right."""
        before, once, twice, renames = self.undisturbed(*command)
        for at, to in sampled(renames):
            with self.subTest(rename=at, to=to):
                self.anew()
                ended = self.disturbed(*command, BMS_RENAME_AT=str(at), BMS_RENAME="kill")
                self.assertEqual(ended.code, -signal.SIGKILL)
                stored = self.state()[0] != before[0]
                self.assert_same(self.state()[:1], once[:1] if stored else before[:1])
                self.do(*command, code=None)
                self.assert_same(self.state(), twice if stored else once)


class Forms(Disturbed):
    def test_a_form_that_cannot_be_written_is_written_by_the_next_run(self):
        seen = self.walk("forms", PERIOD)
        self.assertGreaterEqual(min(seen.values()), 2)

    def test_an_untouched_form_that_could_not_be_replaced_is_still_ours(self):
        self.do("forms", PERIOD)
        path = sorted((self.home / "forms" / PERIOD).glob("*.xlsx"))[0]
        old = path.read_bytes()
        self.change_the_setup()
        renames = self.undisturbed("forms", PERIOD)[3]
        self.anew()
        at = max(i for i, to in enumerate(renames, 1) if to.endswith(path.name))
        ended = self.disturbed("forms", PERIOD, BMS_RENAME_AT=str(at))
        self.assertEqual(ended.code, 0)
        self.assertIn(path.name, ended.out)
        self.assertIn("Lukk filen", ended.out)
        self.assertEqual(path.read_bytes(), old)
        quiet = self.disturbed("forms", PERIOD, "--quiet", BMS_RENAME_AT="1000")
        self.assertEqual((quiet.code, quiet.out), (0, ""))
        self.assertNotEqual(path.read_bytes(), old)

    def change_the_setup(self):
        import openpyxl
        book = openpyxl.load_workbook(self.home / "setup.xlsx")
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value == "Eksempel kommune":
                        cell.value = "Eksempel kommune i Nord"
        book.save(self.home / "setup.xlsx")
        self.do("setup", "setup.xlsx")


class Collect(Disturbed):
    def setUp(self):
        super().setUp()
        self.do("forms", PERIOD)
        self.send(1, 2, 3, spoil=1)

    def test_a_correction_or_mottak_that_cannot_be_written_is_written_by_the_next_run(self):
        seen = self.walk("collect", PERIOD)
        self.assertGreaterEqual(seen[0], 3)  # the correction, Mottak and the copy


    def test_what_was_decided_in_mottak_is_carried_out_once_wherever_the_process_dies(self):
        self.do("collect", PERIOD, code=None)
        mottak = Mottak(self.home / f"Mottak {PERIOD}.xlsx")
        mottak.decide(mottak.rows("1102")[0], release="Ja", why="Avklart på telefon")
        self.killed("collect", PERIOD)
        self.walk("collect", PERIOD)


class Killed(Disturbed):
    def test_a_form_that_had_not_got_its_name_gets_it_from_the_next_run(self):
        self.killed("forms", PERIOD)

    def test_unfinished_copies_are_removed_by_the_next_run_that_writes(self):
        self.do("forms", PERIOD)
        for command, name in ((("backup", "kopi.db"), "kopi.db"), (("backup", str(self.folder / "kopi.db")), None)):
            with self.subTest(command=command):
                ended = self.disturbed(*command, BMS_RENAME_AT="1", BMS_RENAME="kill")
                self.assertEqual(ended.code, -signal.SIGKILL)
                folder = self.home if name else self.folder
                left, = folder.glob("kopi.db.bms-*.tmp")
                self.do("forms", PERIOD)
                self.assertFalse(left.exists())
                self.assertFalse((self.home / "bms.db.in-use").exists())

    def test_what_earlier_versions_left_is_removed_and_nothing_else(self):
        self.do("forms", PERIOD)
        ours = ["bms.db.backup-new.4711-0.tmp", "bms.db.backup-new.4711-0.tmp-journal", "bms.db.before-4.4711-0.tmp"]
        others = ["report.2026-1.tmp", "kopi.db", "Mine tall.xlsx.new"]
        for name in ours + others:
            (self.home / name).write_text("x")
        self.do("remind", PERIOD)
        self.assertEqual([name for name in ours + others if (self.home / name).exists()], others)

    def test_nothing_is_removed_while_somebody_is_writing(self):
        self.do("forms", PERIOD)
        left = self.home / "forms" / PERIOD / "1101-Garderasen_barnehage.xlsx.bms-1-1.tmp"
        left.write_text("x")
        in_use = self.home / "bms.db.in-use"
        with open(in_use, "w") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            self.do("remind", PERIOD)
            self.assertTrue(left.exists())
            file.write("begun\n")
            file.flush()
        self.do("remind", PERIOD)
        self.assertFalse(left.exists())
        self.assertFalse(in_use.exists())

    def test_who_gets_no_lock_works_on_and_removes_nothing(self):
        """Somebody holds it alone for longer than one waits, or the drive locks no files."""
        self.do("forms", PERIOD)
        self.send(1, 2)
        left = self.home / "forms" / PERIOD / "1101-Garderasen_barnehage.xlsx.bms-1-1.tmp"
        copy = self.home / "bms.db.backup-1.bms-1-1.tmp"
        left.write_text("x")
        copy.write_text("x")
        in_use = self.home / "bms.db.in-use"
        with open(in_use, "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self.do("collect", PERIOD)
            self.do("backup", "kopi.db")
            found = self.do("redact", "1101", PERIOD, "signature", "--by", "Kari", "--reason", "Et navn", "--json").json
            self.assertTrue(left.exists() and copy.exists())
            self.assertIn(left.name, str([f["message"] for f in found["findings"] if f["rule"] == "copies_remain"]))
        in_use.unlink()
        in_use.mkdir()  # no file to lock
        self.do("report", PERIOD)
        self.assertTrue(left.exists() and copy.exists())
        in_use.rmdir()
        in_use.write_text("begun\n")
        self.do("remind", PERIOD)
        self.assertFalse(left.exists() or copy.exists() or in_use.exists())

    def test_redact_removes_what_is_left_or_names_it(self):
        self.do("forms", PERIOD)
        self.send(1, 2)
        self.do("collect", PERIOD)
        left = self.home / "reports" / PERIOD / "1101-x.xlsx.bms-1-1.tmp"
        left.parent.mkdir(parents=True)
        removing = ("redact", "1101", PERIOD, "signature", "--by", "Kari", "--reason", "Et navn", "--json")
        left.write_text("x")
        self.keep()
        self.do(*removing)
        self.assertFalse(left.exists())
        self.anew()
        with open(self.home / "bms.db.in-use", "w") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            found = [f["message"] for f in self.do(*removing).json["findings"] if f["rule"] == "copies_remain"]
        self.assertIn(left.name, found[0])


class Report(Disturbed):
    def test_a_report_that_cannot_be_written_is_written_by_the_next_run(self):
        self.do("forms", PERIOD)
        self.send(1, 2, 3)
        self.do("collect", PERIOD)
        seen = self.walk("report", PERIOD)
        self.assertGreaterEqual(min(seen.values()), 2)


class Remind(Disturbed):
    def test_a_letter_that_cannot_be_written_is_written_by_the_next_run(self):
        self.do("forms", PERIOD)
        self.assertGreaterEqual(self.walk("remind", PERIOD)[0], 2)


if __name__ == "__main__":
    unittest.main()
