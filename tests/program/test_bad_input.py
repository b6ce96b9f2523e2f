"""What goes wrong around bms: each case gives one clear message and the right exit code, and changes nothing."""
import email.policy
import hashlib
import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import unittest
import zipfile
from contextlib import closing, contextmanager
from email.message import EmailMessage
from pathlib import Path

import openpyxl

import setup_book
from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import BMS, InAFolder, fingerprint

# Root may do everything; without these two capabilities even root must respect the modes of files and folders.
OBEDIENT = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


class Municipality(InAFolder):
    """Three units and two indicators, set up, with the forms of 2026-T1."""

    def setUp(self):
        super().setUp()
        self.assert_ended(self.bms("init", self.folder / "kommune"), 0)
        self.home = self.folder / "kommune"
        self.load(setup_book.setup(3, 2))
        self.assert_ended(self.bms("forms", "2026-T1", cwd=self.home), 0)

    def load(self, sheets):
        setup_book.save(sheets, self.home / "setup.xlsx")
        self.assert_ended(self.bms("setup", "setup.xlsx", cwd=self.home), 0)

    def form(self, unit, period="2026-T1"):
        return Form(next((self.home / "forms" / period).glob(f"{unit}-*.xlsx")))

    def send(self, form, name=None, answers=None, folder="2026-T1", **signature):
        target = self.home / "returns" / folder / (name or form.path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        type_with_openpyxl(form.path, cells_of(form, answers or sound_answers(form), **signature), target)
        return target

    def at_home(self, *arguments, **options):
        return self.bms(*arguments, cwd=self.home, **options)

    @contextmanager
    def untouched(self):
        before = fingerprint(self.folder)
        yield
        self.assertEqual(fingerprint(self.folder), before)


class FilesAndFolders(Municipality):
    def test_a_missing_folder_or_file(self):
        for verb in ("check", "collect"):
            with self.subTest(verb=verb), self.untouched():
                self.assert_error(self.at_home(verb, "finnes-ikke"), 3, "finnes-ikke")
                self.assert_error(self.at_home(verb, "2026-T2"), 3, "returns/2026-T2")
        with self.untouched():
            self.assert_error(self.at_home("setup", "annet.xlsx"), 3, "annet.xlsx")
            self.assert_error(self.at_home("cells", "annet.xlsx"), 3, "annet.xlsx")

    def test_a_folder_without_workbooks(self):
        (self.home / "tom").mkdir()
        (self.home / "tom/lesmeg.txt").write_text("hei")
        with self.untouched():
            self.assert_error(self.at_home("check", "tom"), 3, "tom")
            self.assert_error(self.at_home("collect", "tom"), 3, "tom")

    def test_a_folder_that_may_not_be_read(self):
        self.send(self.form("E001"))
        folder = self.home / "returns/2026-T1"
        folder.chmod(0)
        try:
            self.assert_error(self.at_home("collect", "2026-T1", before=OBEDIENT), 3, "returns/2026-T1")
        finally:
            folder.chmod(0o755)

    def test_a_setup_that_is_no_workbook(self):
        (self.home / "notat.xlsx").write_text("Dette er et notat.")
        with self.untouched():
            self.assert_error(self.at_home("setup", "notat.xlsx"), 3, "notat.xlsx")

    def test_an_unknown_period_or_unit(self):
        self.send(self.form("E001"))
        with self.untouched():
            self.assert_error(self.at_home("forms", "2031-T1"), 2, "2031-T1")
            self.assert_error(self.at_home("report", "2031-T1"), 2, "2031-T1")
            self.assert_error(self.at_home("status", "2031-T1"), 2, "2031-T1")
            self.assert_error(self.at_home("collect", "2031-T1"), 2, "2031-T1")
            self.assert_error(self.at_home("forms", "tulleperiode"), 2, "tulleperiode")
            self.assert_error(self.at_home("forms", "2026-T1", "--unit", "E999"), 2, "E999")

    def test_init_replaces_nothing(self):
        with self.untouched():
            self.assert_error(self.bms("init", self.home), 2, "bms.db")

    def test_init_knows_its_templates(self):
        self.assert_error(self.bms("init", "--template", "larvik", self.folder / "ny"), 2, "larvik", "fet")
        self.assertFalse((self.folder / "ny").exists())


class TheHistory(Municipality):
    def assert_refused(self, code, *words):
        self.send(self.form("E001"))
        with self.untouched():
            self.assert_error(self.at_home("status"), 4, *words)
            self.assert_error(self.at_home("collect", "2026-T1"), 4, *words)
            self.assert_error(self.at_home("setup", "setup.xlsx"), 4, *words)
            self.assert_json_error(self.at_home("collect", "2026-T1", "--json"), 4, code)

    def test_one_of_a_newer_version_is_left_alone(self):
        history = sqlite3.connect(self.home / "bms.db")
        history.execute("PRAGMA user_version = 9999")
        history.close()
        self.assert_refused("history_newer", "bms.db")

    def test_one_that_is_damaged_is_left_alone(self):
        content = bytearray((self.home / "bms.db").read_bytes())
        content[0:100] = b"\xff" * 100
        (self.home / "bms.db").write_bytes(content)
        self.assert_refused("history_damaged", "bms.db")

    def test_some_other_database_is_left_alone(self):
        (self.home / "bms.db").unlink()
        other = sqlite3.connect(self.home / "bms.db")
        other.execute("CREATE TABLE kunder (navn)")
        other.commit()
        other.close()
        self.assert_refused("history_damaged", "bms.db")

    def test_one_that_is_missing_is_not_made(self):
        (self.home / "bms.db").unlink()
        self.assert_refused("history_missing", "bms.db")


LOCKING = """
import sqlite3, sys
history = sqlite3.connect(sys.argv[1], isolation_level=None)
history.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""


class AnotherProgramHasTheHistory(Municipality):
    """bms waits for the lock, and says so; giving up changes nothing."""

    def setUp(self):
        super().setUp()
        self.send(self.form("E001"))
        self.other = subprocess.Popen([sys.executable, "-c", LOCKING, self.home / "bms.db"], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE)
        self.addCleanup(self.release_lock)
        self.assertEqual(self.other.stdout.readline(), b"locked\n")

    def release_lock(self):
        self.other.communicate()

    def test_when_the_lock_is_released_the_work_goes_on(self):
        release = threading.Timer(1, self.release_lock)
        release.start()
        ended = self.assert_ended(self.at_home("collect", "2026-T1"), 0)
        release.join()
        self.assertIn("venter", ended.notes)
        self.assertEqual(ended.notes.count("venter"), 1)

    def test_when_the_lock_is_never_released_the_command_gives_up(self):
        with self.untouched():
            ended = self.at_home("collect", "2026-T1", "--json")
            self.assert_json_error(ended, 4, "history_locked")

    def test_an_interrupt_ends_the_wait(self):
        with self.untouched():
            with subprocess.Popen([BMS, "collect", "2026-T1"], cwd=self.home, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE) as process:
                self.assertIn("venter", process.stderr.readline().decode())
                process.send_signal(signal.SIGINT)
                self.assertEqual(process.wait(timeout=5), 5)
                self.assertEqual(process.stdout.read(), b"")

    def test_a_closed_terminal_ends_the_wait_unless_that_is_ignored_as_by_nohup(self):
        for before, code in ([], 5), (["env", "--ignore-signal=HUP"], 0):
            with subprocess.Popen([*before, BMS, "collect", "2026-T1"], cwd=self.home, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE) as process:
                self.assertIn("venter", process.stderr.readline().decode())
                process.send_signal(signal.SIGHUP)
                if code == 0:
                    self.release_lock()
                self.assertEqual(process.wait(timeout=5), code)


class TheDisk(Municipality):
    """Nothing half-written is left when the disk is full or may not be written to."""

    @contextmanager
    def full_disk(self):
        """The municipality on a disk of its own with no room left; a limit on file sizes where none can be mounted."""
        disk = self.folder / "disk"
        disk.mkdir()
        size = sum(p.stat().st_size for p in self.home.rglob("*") if p.is_file())
        mounted = os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={2 * size + (1 << 20)}", "tmpfs", disk], capture_output=True).returncode == 0
        try:
            shutil.copytree(self.home, disk / "kommune")
            self.home = disk / "kommune"
            if mounted:
                self.fill(disk)
            yield [] if mounted else ["env", "--ignore-signal=XFSZ", "prlimit", "--fsize=2048"]
        finally:
            if mounted:
                subprocess.run(["umount", disk], check=True)

    @staticmethod
    def fill(disk):
        with open(disk / "fyll", "wb", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                try:
                    while file.write(b"x" * size):
                        pass
                except OSError:
                    pass

    def test_a_full_disk(self):
        self.send(self.form("E001"))
        self.send(self.form("E002"))
        with self.full_disk() as before:
            kept = fingerprint(self.home)
            for arguments in (["forms", "2026-T2"], ["collect", "2026-T1"], ["report", "2026-T1"]):
                with self.subTest(arguments=arguments):
                    ended = self.at_home(*arguments, before=before)
                    if before:  # libxlsxwriter has words of its own where not even its scratch file can be written
                        ended.notes = ended.notes.splitlines(keepends=True)[-1]
                    self.assert_error(ended, 5)
                    self.assertRegex(ended.notes, "forms/2026-T2|reports/2026-T1|bms.db")
                    made = {k: v for k, v in fingerprint(self.home).items() if v[1] or k in kept}
                    self.assertEqual(made, kept)

    def test_a_folder_that_may_not_be_written_to(self):
        self.send(self.form("E001"))
        folders = [p for p in (self.home, *self.home.rglob("*")) if p.is_dir()]
        for folder in folders:
            folder.chmod(0o555)
        try:
            before = fingerprint(self.home)
            for arguments in (["forms", "2026-T2"], ["collect", "2026-T1"], ["report", "2026-T1"]):
                with self.subTest(arguments=arguments):
                    self.assert_error(self.at_home(*arguments, before=OBEDIENT), 5)
                    self.assertEqual(fingerprint(self.home), before)
            self.assert_error(self.bms("init", self.home / "ny", before=OBEDIENT), 5, "ny")
        finally:
            for folder in folders:
                folder.chmod(0o755)


class TheSetup(Municipality):
    def findings(self, change):
        """The mistakes found in a sound setup after a change; the setup loaded before must stay in force."""
        sheets = setup_book.setup(3, 2)
        change(sheets)
        setup_book.save(sheets, self.home / "endret.xlsx")
        with self.untouched():
            ended = self.assert_ended(self.at_home("setup", "endret.xlsx", "--json"), 1)
            self.assertEqual(self.at_home("setup", "endret.xlsx").code, 1)
        return [f for f in ended.json["findings"] if f["severity"] == "error"]

    def assert_found(self, findings, sheet, cell, *words):
        self.assertEqual([(f["sheet"], f["cell"]) for f in findings], [(sheet, cell)], findings)
        for word in words:
            self.assertIn(word, findings[0]["message"])
        self.assertTrue(findings[0]["fix"])

    def test_a_code_that_is_used_twice(self):
        self.assert_found(self.findings(lambda s: s["Enheter"][2].__setitem__(0, "e001")), "Enheter", "A4", "001")
        self.assert_found(self.findings(lambda s: s["Indikatorer"].append(setup_book.share("I02", "Igjen"))),
                          "Indikatorer", "A4", "I02")

    def test_a_parent_that_does_not_exist(self):
        self.assert_found(self.findings(lambda s: s["Enheter"][1].__setitem__(2, "PROVA")), "Enheter", "C3", "PROVA")

    def test_units_below_each_other_in_a_circle(self):
        def change(sheets):
            sheets["Enheter"][1][2] = "E002"
            sheets["Enheter"][2][2] = "E001"

        found = self.findings(change)
        self.assertEqual(len(found), 1, found)
        self.assertEqual(found[0]["sheet"], "Enheter")
        self.assertIn(found[0]["cell"], ("C3", "C4"))
        self.assertIn("E001", found[0]["message"])
        self.assertIn("E002", found[0]["message"])

    def test_an_indicator_without_questions(self):
        def change(sheets):
            sheets["Indikatorer"][0][3] = sheets["Indikatorer"][0][5] = None

        found = self.findings(change)
        self.assertEqual({f["cell"] for f in found}, {"D2", "F2"}, found)

    def test_a_red_limit_on_the_wrong_side(self):
        self.assert_found(self.findings(lambda s: s["Mål"][1].__setitem__(3, 90)), "Mål", "D3", "90")

    def test_a_number_that_is_the_same_as_itself_in_a_circle(self):
        def change(sheets):
            sheets["Indikatorer"][0][10] = "2 = I02 2"
            sheets["Indikatorer"][1][10] = "2 = I01 2"

        found = self.findings(change)
        self.assertEqual(len(found), 1, found)
        self.assertEqual(found[0]["sheet"], "Indikatorer")
        self.assertIn(found[0]["cell"], ("K2", "K3"))

    def test_all_mistakes_at_once(self):
        def change(sheets):
            sheets["Enheter"][1][0] = "E 1"
            sheets["Enheter"][2][2] = "INGEN"
            sheets["Indikatorer"][0][2] = "ettellerannet"
            sheets["Mål"][1][3] = 90
            sheets["Hvem måler hva"][1][0] = "I77"

        places = {(f["sheet"], f["cell"]) for f in self.findings(change)}
        self.assertLessEqual({("Enheter", "A3"), ("Enheter", "C4"), ("Indikatorer", "C2"), ("Mål", "D3"),
                              ("Hvem måler hva", "A3")}, places)


class Returns(Municipality):
    def collected(self, *arguments):
        return self.at_home("collect", *(arguments or ["2026-T1"]), "--json")

    def outcomes(self, ended):
        return {row["file"].rsplit("/", 1)[-1]: row["outcome"] for row in ended.json["returns"]}

    def severe(self, ended, name):
        row = next(r for r in ended.json["returns"] if r["file"].endswith(name))
        return [f for f in row["findings"] if f["severity"] in ("error", "fatal")]

    def stored(self):
        return [m for m in self.at_home("history", "--json").json["measurements"] if m["revision"] is not None]

    def test_two_files_for_one_unit_are_both_held(self):
        form = self.form("E001")
        self.send(form, "skjema.xlsx")
        other = sound_answers(form)
        other["I01"] = (1, 50)
        self.send(form, "Kopi av skjema (2).xlsx", other)
        ended = self.assert_ended(self.collected(), 1)
        self.assertEqual(self.outcomes(ended), {"skjema.xlsx": "held", "Kopi av skjema (2).xlsx": "held"})
        for name, twin in (("skjema.xlsx", "Kopi av skjema (2).xlsx"), ("Kopi av skjema (2).xlsx", "skjema.xlsx")):
            (finding,) = self.severe(ended, name)
            self.assertIn(twin, finding["message"])
            self.assertIn(form.address("I01", "1"), finding["message"])
        self.assertEqual(self.stored(), [])

    def test_the_same_file_twice_counts_once(self):
        first = self.send(self.form("E001"))
        shutil.copy(first, first.with_name("Kopi av " + first.name))
        ended = self.assert_ended(self.collected(), 0)
        self.assertEqual(sorted(self.outcomes(ended).values()), ["accepted", "duplicate"])
        self.assertEqual(len(self.stored()), 2)

    def test_a_file_saved_again_without_change_is_a_duplicate(self):
        form = self.form("E001")
        self.send(form)
        self.assert_ended(self.collected(), 0)
        self.send(form, "lagret-igjen.xlsx")
        self.assertEqual(set(self.outcomes(self.assert_ended(self.collected(), 0)).values()), {"duplicate"})

    def test_a_corrected_file_is_collected_beside_the_held_one(self):
        form = self.form("E001")
        wrong = sound_answers(form)
        wrong["I01"] = (51, 50)
        self.send(form, "feil.xlsx", wrong)
        self.assert_ended(self.collected(), 1)
        self.send(form, "rettet.xlsx")
        ended = self.collected()
        self.assertEqual(self.outcomes(ended), {"feil.xlsx": "replaced", "rettet.xlsx": "accepted"})
        self.assertEqual({m["revision"] for m in self.stored()}, {1})

    def test_a_later_different_return_is_the_next_submission_and_both_are_kept(self):
        form = self.form("E001")
        self.send(form, "en.xlsx")
        self.assert_ended(self.collected(), 0)
        changed = sound_answers(form)
        changed["I01"] = (1, 50)
        self.send(form, "to.xlsx", changed)
        ended = self.assert_ended(self.collected(), 0)
        self.assertEqual(self.outcomes(ended), {"en.xlsx": "duplicate", "to.xlsx": "accepted"})
        current = {m["indicator"]: m for m in self.stored() if m["unit"] == "E001"}
        self.assertEqual((current["I01"]["numerator"], current["I01"]["revision"]), (1, 2))
        every = self.at_home("history", "E001", "I01", "--all", "--json").json["measurements"]
        self.assertEqual([m["revision"] for m in every if m["period"] == "2026-T1"], [1, 2])

    def test_an_unknown_unit(self):
        form = self.form("E003")
        self.load(setup_book.setup(2, 2))
        self.send(form)
        ended = self.assert_ended(self.collected(), 1)
        self.assertEqual(set(self.outcomes(ended).values()), {"unreadable"})
        self.assertIn("E003", self.severe(ended, form.path.name)[0]["message"])

    def test_a_form_for_another_period(self):
        self.assert_ended(self.at_home("forms", "2026-T2"), 0)
        form = self.form("E001", "2026-T2")
        self.send(form, folder="2026-T1")
        ended = self.assert_ended(self.collected(), 1)
        self.assertEqual(set(self.outcomes(ended).values()), {"held"})
        self.assertEqual(self.stored(), [])

    def test_a_form_from_another_municipality(self):
        other = setup_book.setup(3, 2)
        other["Kommune"][1][1] = "9902"
        self.assert_ended(self.bms("init", self.folder / "nabo"), 0)
        setup_book.save(other, self.folder / "nabo/setup.xlsx")
        self.assert_ended(self.bms("setup", "setup.xlsx", cwd=self.folder / "nabo"), 0)
        self.assert_ended(self.bms("forms", "2026-T1", cwd=self.folder / "nabo"), 0)
        form = Form(next((self.folder / "nabo/forms/2026-T1").glob("E001-*.xlsx")))
        self.send(form)
        ended = self.assert_ended(self.collected(), 1)
        self.assertEqual(set(self.outcomes(ended).values()), {"unreadable"})
        self.assertIn("9902", self.severe(ended, form.path.name)[0]["message"])

    def test_workbooks_that_are_not_ours_and_files_that_are_no_workbooks(self):
        self.send(self.form("E001"))
        returns = self.home / "returns/2026-T1"
        shutil.copy(self.home / "setup.xlsx", returns / "oppsett.xlsx")
        (returns / "tom.xlsx").write_bytes(b"")
        (returns / "gammel.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504)
        (returns / "halv.xlsx").write_bytes(self.form("E002").path.read_bytes()[:3000])
        (returns / "~$halv.xlsx").write_bytes(b"\x05Kari")
        (returns / "Thumbs.db").write_bytes(b"x")
        ended = self.assert_ended(self.collected(), 1)
        outcomes = self.outcomes(ended)
        for name in ("oppsett.xlsx", "tom.xlsx", "gammel.xlsx", "halv.xlsx"):
            self.assertEqual(outcomes[name], "unreadable")
            (finding,) = self.severe(ended, name)
            self.assertEqual(finding["severity"], "fatal")
        self.assertEqual((ended.json["accepted"], ended.json["unreadable"], ended.json["skipped"]), (1, 4, 2))

    def test_the_files_that_came_in_are_never_touched(self):
        form = self.form("E001")
        self.send(form, "feil.xlsx", {"I01": (51, 50)})
        self.send(self.form("E002"))
        before = fingerprint(self.home / "returns")
        self.collected()
        self.assertEqual(fingerprint(self.home / "returns"), before)

    def test_a_form_somebody_has_begun_on_is_not_replaced(self):
        form = self.form("E001")
        type_with_openpyxl(form.path, cells_of(form, sound_answers(form)), form.path)
        before = fingerprint(self.home / "forms")
        ended = self.assert_ended(self.at_home("forms", "2026-T1"), 0)
        self.assertIn(form.path.name, ended.out)
        self.assertEqual(fingerprint(self.home / "forms"), before)
        self.assert_ended(self.at_home("forms", "2026-T1", "--force"), 0)
        self.assertNotEqual(fingerprint(self.home / "forms"), before)

    def test_a_formula_in_a_comment_stays_text(self):
        form = self.form("E001")
        answers = {c: {"1": a[0], "2": a[1], "comment": "'=HYPERLINK(\"http://x.example\")"}
                   for c, a in sound_answers(form).items()}
        target = self.send(form, answers=answers)
        import openpyxl
        book = openpyxl.load_workbook(target)
        for code in answers:
            cell = book[form.sheet][form.address(code, "comment")]
            cell.value, cell.data_type = "=HYPERLINK(\"http://x.example\")", "s"
        book.save(target)
        self.assert_ended(self.collected(), 0)
        self.assertIn("\"'=HYPERLINK(", self.at_home("export").out)
        ended = self.assert_ended(self.at_home("report", "2026-T1", "--json"), 0)
        for path in ended.json["files"]:
            for sheet in openpyxl.load_workbook(self.home / path).worksheets:
                for row in sheet.iter_rows():
                    for cell in row:
                        self.assertFalse(cell.data_type == "f" and "x.example" in str(cell.value), (path, cell))


class FilesInsideFiles(Municipality):
    """A zip file or a saved mail with forms in it: each form is a return of its own."""

    def setUp(self):
        super().setUp()
        self.sent = [self.send(self.form(unit)) for unit in ("E001", "E002")]
        self.folder_of_returns = self.sent[0].parent

    def zip_up(self, *more, name="skjema.zip"):
        target = self.folder_of_returns / name
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in self.sent:
                archive.write(path, f"Skjema/{path.name}")
            for member, content in more:
                archive.writestr(member, content)
        for path in self.sent:
            path.unlink()
        return target

    def mail(self, *files):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "kari@eksempel.no", "ola@eksempel.no", "Skjema"
        message.set_content("Hei, her er skjemaet.")
        for path in files:
            message.add_attachment(path.read_bytes(), maintype="application", subtype="octet-stream",
                                   filename=f"Garderåsen {path.stem}.xlsx")
        message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
        target = self.folder_of_returns / "post.eml"
        target.write_bytes(message.as_bytes(policy=email.policy.SMTP))
        for path in files:
            path.unlink()
        return target

    def collected(self, expected):
        reported = self.at_home("collect", "2026-T1", "--json")
        self.assertEqual(reported.code, expected, reported)
        return {Path(r["file"]).name: (r["unit"], r["outcome"]) for r in reported.json["returns"]}, reported.json

    def test_forms_in_a_zip_file_are_read_each_for_itself(self):
        names = [path.name for path in self.sent]
        target = self.zip_up(("Skjema/bilde.jpg", b"\xff\xd8\xff"), ("__MACOSX/Skjema/._E001.xlsx", b"x"), ("mer.zip", b"PK"))
        before = target.read_bytes()
        expected = {f"skjema.zip › Skjema › {name}": (name[:4], "accepted") for name in names}
        expected |= {f"skjema.zip › {name}": (None, "skipped") for name in
                     ("Skjema › bilde.jpg", "__MACOSX › Skjema › ._E001.xlsx", "mer.zip")}
        found, counts = self.collected(0)
        self.assertEqual(found, expected)
        self.assertEqual((counts["accepted"], counts["skipped"], counts["unreadable"]), (2, 3, 0))
        self.assertEqual(target.read_bytes(), before)
        self.assertEqual({outcome for _, outcome in self.collected(0)[0].values()}, {"duplicate", "skipped"})

    def test_the_form_itself_is_kept_and_not_the_zip_file(self):
        original = self.sent[0].read_bytes()
        self.zip_up()
        self.collected(0)
        with closing(sqlite3.connect(self.home / "bms.db")) as history:
            hashes = {row[0] for row in history.execute("SELECT sha256 FROM receipts")}
            kept = {row[0] for row in history.execute("SELECT bytes FROM originals")}
        self.assertIn(hashlib.sha256(original).hexdigest(), hashes)
        self.assertIn(original, kept)

    def test_the_attachment_of_a_saved_mail_is_read(self):
        stem = self.sent[0].stem
        self.mail(self.sent[0])
        found, _ = self.collected(0)
        self.assertEqual(found[f"post.eml › Garderåsen {stem}.xlsx"], ("E001", "accepted"))
        self.assertEqual(found["post.eml › logo.png"], (None, "skipped"))

    def test_a_held_form_in_a_zip_file_gets_its_correction(self):
        self.send(self.form("E001"), answers={**sound_answers(self.form("E001")), **self.wrong()})
        self.zip_up()
        found, _ = self.collected(1)
        self.assertEqual(found[f"skjema.zip › Skjema › {self.sent[0].name}"], ("E001", "held"))
        (correction,) = (self.home / "corrections" / "2026-T1").glob("E001-*.xlsx")
        texts = "".join(str(c.value) for sheet in openpyxl.load_workbook(correction) for row in sheet for c in row)
        self.assertIn(f"skjema.zip › Skjema › {self.sent[0].name}", texts)

    def wrong(self):
        code, (first, second) = next((code, pair) for code, pair in sound_answers(self.form("E001")).items() if pair[1])
        return {code: ("mange", second)}

    def test_two_different_forms_of_one_unit_are_both_held_and_one_can_be_chosen(self):
        copy = self.folder_of_returns / "E001-annet.xlsx"
        self.send(self.form("E001"), name=copy.name, signed_by="Kari Eksempel")
        self.sent.append(copy)
        self.zip_up()
        found, _ = self.collected(1)
        self.assertEqual([outcome for unit, outcome in found.values() if unit == "E001"], ["held", "held"])

    def test_what_has_no_form_in_it_says_what_it_is(self):
        for path in self.sent:
            path.unlink()
        for name, content, said in (("tom.zip", self.empty_zip(), "zip-fil uten noen arbeidsbok"),
                                    ("brev.eml", b"From: a\r\nTo: b\r\nSubject: c\r\n\r\nHei", "lagret e-post")):
            path = self.folder_of_returns / name
            path.write_bytes(content)
            reported = self.at_home("check", path, "--json")
            self.assertEqual(reported.code, 1)
            (file,) = reported.json["returns"]
            self.assertEqual(file["outcome"], "unreadable")
            self.assertIn(said, file["findings"][0]["message"])

    @staticmethod
    def empty_zip():
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("lesmeg.txt", "Hei")
        return target.getvalue()

    def test_a_zip_file_that_unpacks_to_too_much_is_refused(self):
        self.zip_up(("stor.xlsx", bytes(300 << 20)))
        _, reported = self.collected(1)
        (file,) = reported["returns"]
        self.assertEqual(file["outcome"], "unreadable")


if __name__ == "__main__":
    unittest.main()
