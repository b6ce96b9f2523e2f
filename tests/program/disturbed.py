"""Runs of the command that are disturbed: killed, interrupted, or with a call of the system that fails (shim_faults.c).

What a run does to a folder is compared as a whole: every row of the history and its copies, every byte of every other
file. Time, random bytes and the number of processors are fixed, so that two runs of the same verb do exactly the same.
The example is a small municipality in its second period; every name and number is invented.
"""
import hashlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import openpyxl

import setup_book
from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import BMS, BUILD, SOURCE, Ended

SHIM = BUILD / "tests/libshim_faults.so"
EARLIER, PERIOD = "2026-T1", "2026-T2"
DAYS = {"made": 1777000000, EARLIER: 1778500000, PERIOD: 1789000000, "now": 1790000000}  # seconds since 1970
WHO = ("--by", "Kari Prøve", "--reason", "Avklart på telefon")
TEMPORARY = re.compile(r"(\.tmp|\.new|\.in-use|^bms\.db\.backup-new)(-journal)?$")


# What a folder holds

def facts_of(path):
    """A hash over the schema and every row of a history, without changing it; after a crash as SQLite restores it."""
    if Path(f"{path}-journal").exists():
        with tempfile.TemporaryDirectory(prefix="bms-test-") as place:
            for end in ("", "-journal"):
                shutil.copy(f"{path}{end}", f"{place}/bms.db{end}")
            return rows_of(f"file:{place}/bms.db")
    return rows_of(f"file:{path}?mode=ro&immutable=1")


def rows_of(uri):
    seen = hashlib.sha256()
    with closing(sqlite3.connect(uri, uri=True)) as history:
        schema = history.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
        seen.update(repr((schema, history.execute("PRAGMA user_version").fetchall())).encode())
        for kind, name, _ in schema:
            if kind == "table":
                for row in history.execute(f'SELECT * FROM "{name}"'):
                    seen.update(repr(row).encode())
    return "history " + seen.hexdigest()


def content_of(path):
    content = path.read_bytes()
    return facts_of(path) if content.startswith(b"SQLite format 3\0") else hashlib.sha256(content).hexdigest()


def state_of(folder):
    """{name: content} of every file below the folder. A journal belongs to its history; a folder for files that could
    not be written may remain, empty."""
    return {str(path.relative_to(folder)): content_of(path) for path in sorted(Path(folder).rglob("*"))
            if path.is_file() and not path.name.endswith("-journal")}


def leftovers(state):
    return {name for name in state if TEMPORARY.search(name)}


def without(state, names):
    return {name: content for name, content in state.items() if name not in names}


def differences(a, b):
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))


# Runs

def environment(scratch, day="now", **more):
    return {**os.environ, "SOURCE_DATE_EPOCH": str(DAYS[day]), "TMPDIR": str(scratch), **more}


class Disturbance:
    """What goes wrong in a run: a fault of shim_faults.c at a call, counted among those of its group."""

    def __init__(self, fault=None, at=0, group="writing"):
        self.fault, self.at, self.group = fault, at, group

    def __repr__(self):
        return f"{self.fault} at {self.group} call {self.at}"

    def environment(self):
        chosen = {"BMS_FAULT": self.fault, "BMS_FAULT_AT": str(self.at)} if self.fault else {}
        return {"LD_PRELOAD": str(SHIM), "BMS_FAULT_GROUP": self.group, **chosen}


class Town:
    """The municipality in a folder of its own, at the stages of its second period. Each stage is made once."""

    STAGES = ("nothing", "begun", "set_up", "first", "sent", "delivered", "collected", "reported")

    def __init__(self):
        self.place = tempfile.TemporaryDirectory(prefix="bms-test-")
        self.folder = Path(self.place.name)
        self.home = self.folder / "work/kommune"
        self.scratch = self.folder / "scratch"
        self.scratch.mkdir()
        self.kept = {}
        for stage in self.STAGES:
            getattr(self, stage)()
            self.keep(stage)

    def close(self):
        self.place.cleanup()

    def keep(self, name):
        self.kept[name] = self.folder / "kept" / name
        shutil.copytree(self.home, self.kept[name])

    def back_to(self, name):
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.kept[name], self.home)
        for path in self.scratch.iterdir():
            path.unlink()

    def run(self, *arguments, day="now", disturbance=None, log=None):
        more = (disturbance or Disturbance()).environment()
        if log:
            more["BMS_FAULT_LOG"] = str(log)
        ended = subprocess.run([BMS, *map(str, arguments)], cwd=self.home, capture_output=True, timeout=300,
                               env=environment(self.scratch, day, **more))
        return Ended(ended.returncode, ended.stdout.decode(errors="replace"), ended.stderr.decode(errors="replace"))

    def start(self, *arguments):
        """Start a run that is to be interrupted."""
        return subprocess.Popen([BMS, *map(str, arguments)], cwd=self.home, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=environment(self.scratch, **Disturbance().environment()))

    def do(self, *arguments, code=0, **options):
        ended = self.run(*arguments, **options)
        assert ended.code == code, (arguments, ended)
        return ended

    def send(self, period, unit, numbers=None, **signature):
        form = Form(next((self.home / "forms" / period).glob(f"{unit}-*.xlsx")))
        answers = sound_answers(form, variant=int(unit[1:])) | (numbers or {})
        target = self.home / "returns" / period / form.path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        type_with_openpyxl(form.path, cells_of(form, answers, **signature), target)

    # The stages

    def nothing(self):
        self.home.mkdir(parents=True)

    def begun(self):
        self.do("init", day="made")
        setup_book.save(setup_book.setup(5, 2), self.home / "setup.xlsx")

    def set_up(self):
        self.do("setup", "setup.xlsx", day="made")

    def first(self):
        self.do("forms", EARLIER, day="made")
        for i in range(1, 6):
            self.send(EARLIER, f"E{i:03}", signed_on="01.05.2026")
        self.do("collect", EARLIER, day=EARLIER)
        self.do("report", EARLIER, day=EARLIER)

    def sent(self):
        self.do("forms", PERIOD, day=EARLIER)

    def delivered(self):
        self.send(PERIOD, "E001", {"I01": {"1": 24, "2": 51, "comment": "Ola og Kari har sluttet"}})
        self.send(PERIOD, "E002")
        self.send(PERIOD, "E003", {"I01": (60, 50)})
        self.send(PERIOD, "E004", signed_by=None)

    def collected(self):
        self.do("collect", PERIOD, day=PERIOD, code=1)

    def reported(self):
        self.do("report", PERIOD, day=PERIOD)
        self.do("remind", PERIOD, day=PERIOD)
        self.do("backup", "kopi.db", day=PERIOD)


# What happens before a verb, beyond the stage

def renamed_question(town):
    book = openpyxl.load_workbook(town.home / "setup.xlsx")
    book["Indikatorer"]["B2"] = "Oppgave med nytt navn"
    book.save(town.home / "setup.xlsx")


def asked_in_other_words(town):
    book = openpyxl.load_workbook(town.home / "setup.xlsx")
    book["Indikatorer"]["D2"] = "Hvor mange er det nå {dates}?"
    book["Mål"]["C2"] = 85
    book.save(town.home / "setup.xlsx")


def renewed(town):
    renamed_question(town)
    town.do("setup", "setup.xlsx", day=EARLIER)


def form_begun(town):
    form = Form(next((town.home / "forms" / PERIOD).glob("E001-*.xlsx")))
    type_with_openpyxl(form.path, cells_of(form, {"I01": (1, 2)}, signed_by=None), form.path)


def corrected(town):
    town.send(PERIOD, "E003", {"I01": (40, 50)})
    town.send(PERIOD, "E005")


def written_in_mottak(town):
    path = town.home / f"Mottak {PERIOD}.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    row = next(row[0].row for row in sheet.iter_rows() for cell in row if str(cell.value or "").startswith("E003"))
    sheet.cell(row, headings["Ta inn resten"]).value = "ja"
    sheet.cell(row, headings["Begrunnelse"]).value = "Avklart på telefon"
    where, address = next(iter(book.defined_names["bms_decided_by"].destinations))
    book[where][address.replace("$", "")] = "Kari Prøve"
    book.save(path)


def meddled_with(town):
    with closing(sqlite3.connect(town.home / "bms.db")) as history:
        history.executescript("CREATE TRIGGER cheat AFTER INSERT ON entries BEGIN DELETE FROM texts; END")


def older_put_back(town):
    shutil.copy(town.kept["delivered"] / "bms.db", town.home / "bms.db")


def old_history(version):
    def put(town):
        for path in town.home.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        with closing(sqlite3.connect(town.home / "bms.db")) as history:
            history.executescript((SOURCE / f"tests/unit/history/history_version_{version}.sql").read_text())
    return put


def newest_version():
    return len(list((SOURCE / "tests/unit/history").glob("history_version_*.sql"))) + 1


class Verb:
    """A verb that writes: at which stage, with which arguments, after what."""

    def __init__(self, name, stage, *arguments, after=None, in_steps=False):
        self.name, self.stage, self.arguments, self.after = name, stage, arguments, after
        self.in_steps = in_steps  # several transactions, each of which leaves a sound history

    @property
    def command(self):
        return self.arguments[0]

    def kept_in(self, town):
        """The name of the stage from which it is run."""
        if not self.after:
            return self.stage
        name = f"before {self.name}"
        if name not in town.kept:
            town.back_to(self.stage)
            self.after(town)
            town.keep(name)
        return name


# Every verb that writes, in the ways in which it writes. A new one gets a row here.
VERBS = [
    Verb("init", "nothing", "init", "--template", "fet"),
    Verb("first setup", "begun", "setup", "setup.xlsx"),
    Verb("setup", "sent", "setup", "setup.xlsx", after=renamed_question),
    Verb("setup --yes", "sent", "setup", "setup.xlsx", "--yes", after=asked_in_other_words),
    Verb("setup --undo", "sent", "setup", "--undo", after=renewed),
    Verb("setup --export", "sent", "setup", "--export", "oppsett ut.xlsx"),
    Verb("setup --export --without-units", "sent", "setup", "--export", "nabo.xlsx", "--without-units"),
    Verb("forms", "first", "forms", PERIOD),
    Verb("forms --force", "sent", "forms", PERIOD, "--force", after=form_begun),
    Verb("collect", "delivered", "collect", PERIOD),
    Verb("collect corrected", "collected", "collect", PERIOD, after=corrected),
    Verb("collect --partial", "collected", "collect", PERIOD, "--partial", "E003", *WHO),
    Verb("collect --use", "collected", "collect", PERIOD, "--use", f"returns/{PERIOD}/E001-Enhet_nummer_1.xlsx", *WHO),
    Verb("collect Mottak", "collected", "collect", PERIOD, after=written_in_mottak),
    Verb("report", "collected", "report", PERIOD),
    Verb("report --lang", "collected", "report", PERIOD, "--lang", "nn"),
    Verb("remind", "collected", "remind", PERIOD),
    Verb("correct", "reported", "correct", "E001", "I01", PERIOD, "--numerator", "30", *WHO),
    Verb("close", "reported", "close", PERIOD, "--by", "Kari Prøve"),
    Verb("redact", "reported", "redact", "E001", PERIOD, "comment", *WHO),
    Verb("redact --setup", "reported", "redact", "--setup", "Leder 1", *WHO),
    Verb("backup", "reported", "backup", "kopi.db"),
    Verb("export --originals", "reported", "export", "--originals", "originaler"),
    Verb("verify --remove-foreign", "reported", "verify", "--remove-foreign", after=meddled_with),
    Verb("verify --acknowledge", "reported", "verify", "--acknowledge", *WHO, after=older_put_back),
    Verb("upgrade of the oldest", "nothing", "verify", after=old_history(1), in_steps=True),
    Verb("upgrade of the newest", "nothing", "verify", after=old_history(newest_version() - 1),
         in_steps=True),
]

# Verbs that change no byte of the folder, and the options with which that is so. A test runs each of them.
READ_ONLY = {
    "check": [("check", PERIOD), ("check", "--json"), ("check", PERIOD, "--threads", "2")],
    "status": [("status",), ("status", PERIOD, "--as-of", "2026-06-01")],
    "history": [("history",), ("history", "E001", "I01", "--all"), ("history", "--changes", "--json"),
                ("history", "--limits", "now", "--as-of", "2026-06-01")],
    "explain": [("explain", "E001", "I01", PERIOD), ("explain", "E001", "I01", EARLIER, "--limits", "now"),
                ("explain", "E001", "I01", EARLIER, "--as-of", "2026-06-01")],
    "cells": [("cells", "setup.xlsx"), ("cells", "setup.xlsx", "--details")],
    "export": [("export",), ("export", "--format", "json"), ("export", "--excel"), ("export", "--limits", "now"),
               ("export", "--as-of", "2026-06-01")],
    "verify": [("verify",), ("verify", "--json")],
}

SIGNALS = (signal.SIGINT, signal.SIGTERM)
