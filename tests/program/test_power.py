"""The power fails, the lock on a drive fails, the clock goes back, the folder is moved: the history stays what it was.

A loss of power is tried from the record of what a run wrote (shim_writes.c). What was not synchronised may be on the disk
or not, in any order, whole or cut at a sector; names that were not synchronised may be the old ones. Whatever is left must
open as it was before the run or after it. With BMS_LONG=1 every moment is tried many times. Every answer is invented."""
import errno
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
import unittest
from collections import Counter
from contextlib import closing
from pathlib import Path

from disturbed import DAYS, EARLIER, PERIOD, Town, corrected, environment, facts_of
from program import BMS, BUILD, SANITIZED, run

LONG = os.environ.get("BMS_LONG") == "1"
SHIM = BUILD / "tests/libshim_writes.so"
SECTOR = 512


# The record, and the disk that it leaves

def record_of(path):
    """The calls, in order: (letter, name, …)."""
    content, at, calls = Path(path).read_bytes(), 0, []
    while at < len(content):
        end = content.index(b"\n", at)
        letter, *fields = content[at:end].decode().split("\t")
        at = end + 1
        if letter == "w":
            place, size = int(fields[1]), int(fields[2])
            calls.append(("w", fields[0], place, content[at:at + size]))
            at += size
        elif letter == "t":
            calls.append(("t", fields[0], int(fields[1])))
        else:
            calls.append((letter, *fields))
    return calls


class Content:
    """What a file holds: what is synchronised, and what is not yet."""

    def __init__(self, synchronised=b""):
        self.synchronised = synchronised
        self.pending = []

    def synchronise(self):
        self.synchronised = self.apply(self.pending)
        self.pending = []

    def apply(self, changes):
        content = bytearray(self.synchronised)
        for change in changes:
            if change[0] == "t":
                del content[change[1]:]
                content.extend(bytes(change[1] - len(content)))
            else:
                _, place, written = change
                content.extend(bytes(max(0, place + len(written) - len(content))))
                content[place:place + len(written)] = written
        return bytes(content)

    def after_loss(self, chance):
        """Some of what is pending, in any order, each whole or only its first or last sectors."""
        share = chance.choice((0, 0.2, 0.5, 0.8, 1))
        kept = [change for change in self.pending if chance.random() < share]
        if chance.random() < 0.5:
            chance.shuffle(kept)
        return self.apply([self.cut(change, chance) for change in kept])

    @staticmethod
    def cut(change, chance):
        if change[0] == "t" or len(change[2]) <= SECTOR or chance.random() < 0.8:
            return change
        at = chance.randrange(1, -(-len(change[2]) // SECTOR)) * SECTOR
        return ("w", change[1], change[2][:at]) if chance.random() < 0.5 else ("w", change[1] + at, change[2][at:])


class Disk:
    """A folder whose power can fail: names lead to contents, and changes of names are kept in their order."""

    def __init__(self, folder):
        self.names = {path.name: Content(path.read_bytes()) for path in Path(folder).glob("bms.db*")}
        self.synchronised = dict(self.names)
        self.pending = []

    def do(self, call):
        letter, name, *more = call
        if letter == "s" and name == ".":
            self.synchronised, self.pending = dict(self.names), []
        elif letter == "s" and name in self.names:
            self.names[name].synchronise()
        elif letter == "w":
            self.names[name].pending.append(("w", *more))
        elif letter == "t":
            self.names[name].pending.append(("t", *more))
        elif letter in "cur":
            self.pending.append(call if letter != "c" else ("c", name, Content()))
            self.rename(self.names, self.pending[-1])

    @staticmethod
    def rename(names, call):
        if call[0] == "c":
            names[call[1]] = call[2]
        elif call[0] == "u":
            names.pop(call[1], None)
        elif call[1] in names:
            names[call[2]] = names.pop(call[1])

    def after_loss(self, chance):
        """{name: content}: a file system keeps the order of the names' changes, and loses the last of them."""
        names = dict(self.synchronised)
        for call in self.pending[:chance.randrange(len(self.pending) + 1)]:
            self.rename(names, call)
        return {name: content.after_loss(chance) for name, content in names.items()}


def beside_the_history(call):
    """Whether it is about the folder, or a file that SQLite writes."""
    return call[1] == "." or all(name.startswith("bms.db") for name in call[1:] if isinstance(name, str))


@unittest.skipIf(SANITIZED, "the sanitizer must come first")
class Power(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.town = Town()
        cls.addClassCleanup(cls.town.close)

    def record(self, stage, *arguments, code, prepare=None):
        """Run a verb. Returns the disk before it, and the calls of the run on the history."""
        town = self.town
        town.back_to(stage)
        if prepare:
            prepare(town)
        disk = Disk(town.home)
        log = town.folder / "calls"
        log.unlink(missing_ok=True)
        ended = subprocess.run([BMS, *arguments], cwd=town.home, capture_output=True, env=environment(
            town.scratch, PERIOD, LD_PRELOAD=str(SHIM), BMS_WRITES_BELOW=str(town.home.resolve()),
            BMS_WRITES_LOG=str(log)))
        self.assertEqual(ended.returncode, code, ended)
        return disk, [call for call in record_of(log) if beside_the_history(call)]

    def state(self, files):
        """What a history that the power left behind holds when it is opened."""
        with tempfile.TemporaryDirectory(prefix="bms-test-") as place:
            for name, content in files.items():
                (Path(place) / name).write_bytes(content)
            with closing(sqlite3.connect(f"{place}/bms.db")) as history:
                self.assertEqual(history.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            return facts_of(f"{place}/bms.db")

    def verifies(self, files):
        with tempfile.TemporaryDirectory(prefix="bms-test-") as place:
            for name, content in files.items():
                (Path(place) / name).write_bytes(content)
            ended = run("verify", "--quiet", cwd=place)
            self.assertEqual(ended.code, 0, ended)
            return facts_of(f"{place}/bms.db")

    def lose(self, stage, *arguments, code=0, prepare=None):
        """Lose the power at any moment of a run, again and again."""
        disk, calls = self.record(stage, *arguments, code=code, prepare=prepare)
        before = facts_of(self.town.kept[stage] / "bms.db") if not prepare else self.state(
            {name: content.synchronised for name, content in disk.names.items()})
        after = facts_of(self.town.home / "bms.db")
        self.assertNotEqual(before, after)
        chance = random.Random(len(calls))
        moments = set(range(len(calls) + 1)) if LONG else set(chance.sample(range(len(calls)), 25)) | {len(calls)}
        counted = Counter()
        for i in range(len(calls) + 1):
            for n in range((20 if LONG else 2) if i in moments else 0):
                files = disk.after_loss(chance)
                found = self.verifies(files) if (n + i) % 10 == 0 else self.state(
                    {name: files[name] for name in files if name in ("bms.db", "bms.db-journal")})
                self.assertIn(found, (before, after), (i, calls[i:i + 1]))
                counted["before" if found == before else "after"] += 1
            if i < len(calls):
                disk.do(calls[i])
        for _ in range(40 if LONG else 6):
            self.assertEqual(self.verifies(disk.after_loss(chance)), after, "what a run has reported is lost")
        print(f"{' '.join(arguments)}: power lost in {len(calls)} calls: {dict(counted)}", flush=True)

    def test_a_loss_of_power_while_collecting_leaves_all_of_it_or_nothing(self):
        self.lose("delivered", "collect", PERIOD, code=1)

    def test_a_loss_of_power_while_collecting_again_leaves_all_of_it_or_nothing(self):
        self.lose("reported", "collect", PERIOD, code=0, prepare=corrected)

    def test_a_loss_of_power_while_correcting_leaves_all_of_it_or_nothing(self):
        self.lose("collected", "correct", "E002", "I02", PERIOD, "--numerator", "3", "--by", "Kari", "--reason", "Avklart")


@unittest.skipIf(SANITIZED, "the sanitizer must come first")
class Place(unittest.TestCase):
    """The drive, the clock and the folder."""

    @classmethod
    def setUpClass(cls):
        cls.town = Town()
        cls.addClassCleanup(cls.town.close)

    def locked_with(self, verb, fault, at):
        return subprocess.run([BMS, *verb], cwd=self.town.home, capture_output=True, env=environment(
            self.town.scratch, PERIOD, LD_PRELOAD=str(SHIM), BMS_LOCK_FAULT=str(fault), BMS_LOCK_AT=str(at)))

    def test_a_lock_that_fails_is_said_and_changes_nothing(self):
        town = self.town
        verbs = (("delivered", ("collect", PERIOD)), ("collected", ("status", PERIOD)), ("collected", ("report", PERIOD)),
                 ("collected", ("verify",)), ("set_up", ("setup", "setup.xlsx")), ("collected", ("backup", "kopi.db")))
        for stage, verb in verbs if LONG else verbs[:2]:
            for fault in errno.EIO, errno.ENOLCK:
                for at in range(1, 16) if LONG else (1, 4):
                    town.back_to(stage)
                    ended = self.locked_with(verb, fault, at)
                    said = ended.stderr.decode()
                    with self.subTest(verb=verb, fault=errno.errorcode[fault], at=at):
                        self.assertEqual(run("verify", "--quiet", cwd=town.home).code, 0)
                        if ended.returncode in (0, 1):
                            continue  # it needed no more locks, or had done all of it
                        self.assertEqual(ended.returncode, 4, said)
                        self.assertIn("bms.db: Historikken kan ikke låses", said)
                        self.assertEqual(facts_of(town.home / "bms.db"), facts_of(town.kept[stage] / "bms.db"))
                        self.assertEqual(list(town.home.glob("*.tmp*")), [])

    def test_a_clock_that_goes_back_takes_nothing_away(self):
        """A run of an earlier time than the one before is still the later one: runs are ordered by their number."""
        town = self.town
        town.back_to("reported")
        corrected(town)
        town.do("collect", PERIOD, day="made")  # the clock says that it is before everything else
        after = town.do("history", "--all", "--json", day="made").json["measurements"]
        self.assertEqual({row["revision"] for row in after if (row["unit"], row["period"]) == ("E003", PERIOD)}, {1})
        town.do("report", PERIOD, day="made")
        town.do("report", PERIOD, day="now")
        for day in "made", "now":
            town.do("verify", day=day)
            self.assertEqual(town.do("history", "--all", "--json", day=day).json["measurements"], after)
        with closing(sqlite3.connect(town.home / "bms.db")) as history:
            runs = history.execute("SELECT id, began_at FROM runs ORDER BY id").fetchall()
            editions = history.execute("SELECT report, period, edition FROM editions ORDER BY run").fetchall()
        self.assertTrue(any(later[1] < earlier[1] for earlier, later in zip(runs, runs[1:])))
        self.assertEqual(editions, sorted(editions, key=lambda row: row[2]))
        for number, _ in runs:
            self.assertIn(town.run("--as-of", str(number), "history", "--all", "--json", day="now").code, (0, 2))

    def test_a_folder_that_is_moved_works_as_before(self):
        town = self.town
        town.back_to("reported")
        corrected(town)
        moved = town.home.parent / "Årsmelding og mål 2026"
        town.home.rename(moved)

        def do(*arguments, cwd=moved):
            ended = subprocess.run([BMS, *arguments], cwd=cwd, capture_output=True, env=environment(town.scratch, PERIOD))
            self.assertEqual(ended.returncode, 0, (arguments, ended))
            return ended.stdout.decode()
        try:
            self.assertNotIn("ukjent", do("verify"))
            do("collect", PERIOD)
            do("forms", PERIOD)  # none of them was changed by anybody: none is refused
            do("report", PERIOD)
            do("--db", f"{moved.name}/bms.db", "report", PERIOD, cwd=moved.parent)
            do("--db", f"{moved.name}/bms.db", "verify", cwd=moved.parent)
            self.assertNotIn("ukjent", do("verify"))
        finally:
            moved.rename(town.home)


if __name__ == "__main__":
    unittest.main()
