"""Strange things where files belong: pipes, devices, sockets, links to nowhere, folders named as workbooks. Nothing blocks, and
each is said; a link to a file is fine."""
import os
import shutil
import socket
import stat
import tempfile
import unittest
from pathlib import Path

import setup_book
from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import InAFolder, run

PERIOD = "2026-T2"
LONGEST = 20  # seconds; what blocks blocks for ever
town = None


def make_pipe(path):
    os.mkfifo(path)


def make_device(path):
    os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))  # /dev/zero: without end


def make_socket(path):
    here = os.getcwd()
    os.chdir(path.parent)  # a socket's path is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path.name)
    os.chdir(here)


def make_dangling(path):
    path.symlink_to("nowhere")


def make_loop(path):
    path.symlink_to(path.name)


def make_folder(path):
    path.mkdir()


KINDS = {"pipe": make_pipe, "device": make_device, "socket": make_socket, "dangling": make_dangling, "loop": make_loop,
         "folder": make_folder}


def setUpModule():
    global town
    town = Path(tempfile.mkdtemp(prefix="bms-places-")) / "kommune"
    unittest.addModuleCleanup(shutil.rmtree, town.parent)
    run("init", town, cwd=town.parent)
    setup_book.save(setup_book.setup(2, 2), town / "setup.xlsx")
    assert run("setup", "setup.xlsx", cwd=town).code == 0
    assert run("forms", PERIOD, cwd=town).code == 0


class InATown(InAFolder):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        shutil.copytree(town, self.home)
        self.returns = self.home / "returns" / PERIOD
        self.returns.mkdir(parents=True)

    def bms(self, *arguments, **options):
        return run(*arguments, cwd=options.pop("cwd", self.home), before=("timeout", "-k", "1", str(LONGEST)), **options)

    def fill(self, unit, target, spoiled=False):
        form = Form(next((self.home / "forms" / PERIOD).glob(f"{unit}-*.xlsx")))
        answers = sound_answers(form)
        if spoiled:
            answers["I01"] = ("mange", answers["I01"][1])
        type_with_openpyxl(form.path, cells_of(form, answers), target)
        return target

    def put(self, kind, path):
        try:
            KINDS[kind](path)
        except PermissionError:  # devices, without the right to make them
            self.skipTest(kind)
        return path


class AmongReturns(InATown):
    def found(self, verb):
        ended = self.bms(verb, PERIOD, "--json")
        self.assertIn(ended.code, (0, 1), ended)
        return {Path(r["file"]).name: r for r in ended.json["returns"]}

    def test_each_is_said_and_the_others_are_taken_in(self):
        self.fill("E001", self.returns / "a.xlsx")
        for kind in KINDS:
            try:
                self.put(kind, self.returns / f"{kind}.xlsx")
            except unittest.SkipTest:
                continue
        for verb in ("check", "collect", "collect"):
            found = self.found(verb)
            self.assertIn(found.pop("a.xlsx")["outcome"], ("accepted", "duplicate"))
            for kind in KINDS:
                if not os.path.lexists(self.returns / f"{kind}.xlsx"):
                    continue
                row = found.pop(f"{kind}.xlsx")
                self.assertEqual(row["outcome"], "unreadable", (kind, row))
                self.assertEqual([f["rule"] for f in row["findings"]], ["unreadable"], (kind, row))
                self.assertIn("Legg en vanlig fil", row["findings"][0]["fix"], kind)  # not the unit's to mend
            self.assertEqual(found, {})
        text = self.bms("check", PERIOD)
        for kind, word in (("pipe", "ikke en vanlig fil"), ("socket", "ikke en vanlig fil"), ("dangling", "finnes ikke"),
                           ("folder", "er en mappe"), ("loop", "lenke")):
            self.assertRegex(text.out, f"{kind}.xlsx.*{word}")
        self.assertEqual(self.bms("status", PERIOD).code, 0)
        self.assertEqual(self.bms("verify").code, 0)

    def test_a_link_to_a_file_and_a_folder_of_returns_are_read(self):
        (self.returns / "b.xlsx").symlink_to(self.fill("E001", self.folder / "elsewhere.xlsx"))
        below = self.returns / "skole.xlsx"
        below.mkdir()
        self.fill("E002", below / "c.xlsx")
        found = self.found("collect")
        self.assertEqual({name: row["outcome"] for name, row in found.items()}, {"b.xlsx": "accepted", "c.xlsx": "accepted"})

    def test_what_is_no_workbook_by_its_name_is_left_alone(self):
        self.fill("E001", self.returns / "a.xlsx")
        make_folder(self.returns / "notater")
        make_socket(self.returns / ".lock")
        self.assertEqual([n for n, r in self.found("check").items() if r["outcome"] != "skipped"], ["a.xlsx"])


class AsArguments(InATown):
    def test_a_named_input_that_is_no_file_is_exit_3(self):
        for kind in KINDS:
            with self.subTest(kind=kind):
                name = f"{kind}-x.xlsx"
                self.put(kind, self.home / name)
                for verb in (("setup",), ("cells",), ("check",), ("collect",)):
                    if kind == "folder" and verb[0] in ("check", "collect"):
                        continue  # a folder without workbooks
                    self.assert_error(self.bms(*verb, name), 3, name)
                    self.assert_json_error(self.bms(*verb, name, "--json"), 3, "input")

    def test_a_history_that_is_no_file_is_exit_4(self):
        for kind in KINDS:
            with self.subTest(kind=kind):
                path = self.put(kind, self.home / f"{kind}.db")
                for verb in (("status",), ("collect", PERIOD), ("verify",), ("setup", "setup.xlsx"), ("backup", "copy.db")):
                    self.assert_error(self.bms(*verb, "--db", path.name), 4)

    def test_a_copy_never_takes_the_place_of_what_is_no_file(self):
        for kind in KINDS:
            with self.subTest(kind=kind):
                path = self.put(kind, self.home / f"{kind}.db")
                before = os.lstat(path).st_mode
                ended = self.bms("backup", path.name)
                if kind in ("dangling", "loop"):
                    self.assertTrue(path.is_file(), ended)
                else:
                    self.assert_error(ended, 2, path.name)
                    self.assertEqual(os.lstat(path).st_mode, before)

    def test_something_in_the_place_of_a_workbook_to_write_is_said(self):
        self.fill("E001", self.returns / "a.xlsx", spoiled=True)
        for place in (f"Mottak {PERIOD}.xlsx", f"forms/{PERIOD}/E001-Enhet_nummer_1.xlsx",
                      f"reports/{PERIOD}/E001-Enhet_nummer_1.xlsx", f"corrections/{PERIOD}/E001-Enhet_nummer_1.xlsx"):
            for kind in ("pipe", "socket", "folder"):
                with self.subTest(place=place, kind=kind):
                    path = self.home / place
                    path.parent.mkdir(parents=True, exist_ok=True)
                    if path.is_file():
                        path.unlink()
                    self.put(kind, path)
                    mode = os.lstat(path).st_mode
                    verb = {"M": "collect", "f": "forms", "r": "report", "c": "collect"}[place[0]]
                    ended = self.bms(verb, PERIOD)
                    self.assertIn(ended.code, (0, 1, 5), ended)
                    self.assertIn(path.name, ended.out + ended.notes)
                    self.assertEqual(os.lstat(path).st_mode, mode)
                    (path.rmdir if kind == "folder" else path.unlink)()


if __name__ == "__main__":
    unittest.main()
