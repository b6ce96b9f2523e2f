"""Whatever call of the system goes wrong, in whatever verb: a run is done whole or not at all.

Killed: the history has the run whole or not at all, every file is the old or the new one, and the same verb ends the
next time as if nothing had happened, with nothing left behind. A call fails: after exit codes 2 to 5 everything is as
it was; after 0 and 1 everything is as in an undisturbed run, save files that are said not to have got their name, and
the next run writes those. With BMS_LONG=1 every call is tried, otherwise a few of each verb.
"""
import os
import random
import re
import signal
import time
import unittest
from collections import Counter

from disturbed import READ_ONLY, SIGNALS, VERBS, Disturbance, Town, differences, leftovers, state_of, without
from program import BMS, SOURCE, Ended, fingerprint

LONG = os.environ.get("BMS_LONG") == "1"
SANITIZED = b"__asan_init" in open(BMS, "rb").read()
CASES = 9  # of a verb, in the normal run
RARELY = {"fwrite": 40, "malloc": 400, "read": 5, "pread": 5, "fread": 40}  # in the long run: one of so many

# Which faults fit which calls (see shim_faults.c).
OPENING = ("kill", "io", "access", "full", "interrupt")
WRITING = ("kill", "io", "full", "interrupt", "short")
FITTING = {
    "open": OPENING, "openat": OPENING, "fopen": OPENING, "tmpfile": OPENING, "write": WRITING, "pwrite": WRITING,
    "fwrite": ("kill", "io", "full", "short"), "fflush": ("kill", "io", "full"), "fclose": ("kill", "io", "full"),
    "fsync": ("kill", "io", "full", "interrupt"), "fdatasync": ("kill", "io", "full", "interrupt"),
    "ftruncate": ("kill", "io", "full", "interrupt"), "rename": ("kill", "io", "access", "full"),
    "mkdir": ("kill", "io", "access", "full"), "unlink": ("kill", "io", "access"), "remove": ("kill", "io", "access"),
    "rmdir": ("kill", "io", "access"), "chmod": ("kill", "io", "access"), "lock": ("kill", "io", "access", "interrupt"),
    "read": ("io", "interrupt", "short"), "pread": ("io", "interrupt", "short"), "fread": ("io",),
    "mmap": ("io", "access"), "malloc": ("memory", "exhausted"),
}
BACKUP = re.compile(r"bms\.db\.backup-\d$")
BEFORE_UPGRADE = re.compile(r"bms\.db\.before-\d$")
IN_USE = "bms.db.in-use"


class Undisturbed:
    """What a verb does when nothing goes wrong: the folder before, after one run and after the next, and its calls."""

    def __init__(self, town, verb):
        self.town, self.verb = town, verb
        self.stage = verb.kept_in(town)
        self.calls = {group: self.count(group) for group in ("reading", "memory", "writing")}
        self.before, self.after, self.code = self.states[0], self.states[1], self.codes[0]
        self.again = state_of(town.home)
        town.back_to(self.stage)

    def count(self, group):
        """The names of the calls of a group, in order."""
        log = self.town.folder / "log"
        self.town.back_to(self.stage)
        before = state_of(self.town.home)
        first = self.town.run(*self.verb.arguments, disturbance=Disturbance(group=group), log=log)
        self.states = before, state_of(self.town.home)
        self.codes = first.code, self.town.run(*self.verb.arguments).code
        *calls, total = log.read_text().splitlines()
        return [call.split()[0] for call in calls] or ["malloc"] * int(total.split()[1])

    def cases(self, chance):
        """Every disturbance; in the normal run a few of each fault."""
        every = {}
        for group, calls in self.calls.items():
            for at, name in enumerate(calls, 1):
                for fault in FITTING[name]:
                    every.setdefault((name, fault), []).append(Disturbance(fault, at, group))
        if LONG:
            return [case for (name, _), cases in every.items() for case in chance.sample(
                cases, -(-len(cases) // RARELY.get(name, 1)))]
        kinds = chance.sample(sorted(every), min(len(every), CASES))
        return [chance.choice(every[kind]) for kind in kinds]


@unittest.skipIf(SANITIZED, "the sanitizer must come first")
class EveryCall(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.town = Town()
        cls.addClassCleanup(cls.town.close)

    # What must hold

    def assert_whole_files(self, usual, now):
        """Every file is the old or the new one; a copy of the history is a whole one."""
        histories = {usual.before.get("bms.db"), usual.after.get("bms.db")}
        for name, content in now.items():
            allowed = {usual.before.get(name), usual.after.get(name)} | (histories if BACKUP.search(name) else set())
            self.assertIn(content, allowed, name)

    def assert_next_run(self, usual):
        """The next run of the same verb ends like an undisturbed one, and nothing is left behind."""
        ended = self.town.run(*usual.verb.arguments)
        now = state_of(self.town.home)
        self.assertIn(ended.code, usual.codes, ended)
        # What was claimed is left to the next run that writes; a verify with nothing more to do is none.
        self.assertEqual(leftovers(now) - ({IN_USE} if usual.verb.command == "verify" else set()), set())
        now = without(now, {IN_USE})
        backups = {name for name in now.keys() | usual.again.keys() if BACKUP.search(name)}
        now = without(now, backups)
        self.assertIn([], [differences(now, without(state, backups)) for state in (usual.after, usual.again)], ended)

    def assert_killed_well(self, usual):
        now = state_of(self.town.home)
        self.assert_whole_files(usual, without(now, leftovers(now)))
        self.assert_next_run(usual)

    def assert_failed_well(self, usual, ended, log):
        """As it was; an upgrade may have come to a later version, with a copy of what was before."""
        now = state_of(self.town.home)
        left = leftovers(now)
        if left - {IN_USE}:  # only where it could not be removed
            self.assertRegex(log, r"(unlink|remove) .*!")
        changed = differences(without(now, left), usual.before)
        if usual.verb.in_steps and changed:
            copy, = (name for name in changed if BEFORE_UPGRADE.search(name))
            self.assertEqual(now[copy], usual.before["bms.db"])
            changed = sorted(set(changed) - {copy, "bms.db"})
        self.assertEqual(changed, [], ended)
        self.assertEqual(list(self.town.scratch.iterdir()), [])
        if left or usual.verb.in_steps:
            self.assert_next_run(usual)

    def assert_went_well(self, usual, ended):
        """As undisturbed, save files that are said not to have got their name, and copies said not to be made."""
        now = state_of(self.town.home)
        left = leftovers(now)
        changed = differences(without(now, left), usual.after)
        if "sikkerhetskopi" in ended.notes:
            changed = [name for name in changed if not BACKUP.search(name)]
        if ended.code != usual.code:  # done, and said that what was done could not be verified
            self.assertEqual((usual.verb.command, ended.code), ("verify", 1), ended)
            # A page that the disk does not give is damaged to SQLite.
            self.assertRegex(ended.notes + ended.out, "kunne ikke kontrolleres|unable to get the page|failed to get page")
        for name in changed:
            self.assertEqual(now.get(name), usual.before.get(name), (name, ended))
            # Without memory redact names the folders where it could not look.
            named = (name.split("/")[-1], name.split("/")[0]) if usual.verb.command == "redact" else (name.split("/")[-1],)
            self.assertTrue([part for part in named if part in ended.notes + ended.out], (name, ended))
        if changed or left:
            self.assert_next_run(usual)

    def try_one(self, usual, case):
        log = self.town.folder / "log"
        log.unlink(missing_ok=True)
        self.town.back_to(usual.stage)
        ended = self.town.run(*usual.verb.arguments, disturbance=case, log=log)
        if ended.code == -signal.SIGKILL:
            self.assert_killed_well(usual)
            return "killed"
        if ended.code == -signal.SIGSEGV and case.group == "memory":
            # libxlsxwriter goes on with NULL; bms asks for memory before it is called, but not each time it asks itself
            now = state_of(self.town.home)
            self.assert_whole_files(usual, without(now, leftovers(now)))
            return "crashed"
        self.assertIn(ended.code, (0, 1, 2, 3, 4, 5), ended)
        if ended.code <= 1 and usual.verb.command == "collect" and "systemfeil" in ended.out:
            return self.assert_said(usual)
        if ended.code <= 1:
            self.assert_went_well(usual, ended)
            return "done"
        self.assert_failed_well(usual, ended, log.read_text())
        return "failed"

    def assert_said(self, usual):
        """A return that could not be read is a finding of the run: stored, and read the next time."""
        self.assertEqual(self.town.run("verify", "--quiet").code, 0)
        self.assertEqual(leftovers(state_of(self.town.home)), set())
        again = self.town.run(*usual.verb.arguments, "--json").json
        self.assertEqual(again["unreadable"], 0)
        return "a file unread"

    def verbs(self):
        """The verbs to test; with BMS_VERB the one of that name."""
        chosen = os.environ.get("BMS_VERB")
        return [verb for verb in VERBS if not chosen or verb.name == chosen]

    def report(self, verb, what, seen, begun):
        if LONG:
            print(f"{verb.name}: {what}, {dict(seen)}, {time.monotonic() - begun:.0f} s", flush=True)

    # The tests

    def test_a_run_is_done_whole_or_not_at_all_whichever_call_goes_wrong(self):
        chance = random.Random(11)
        for verb in self.verbs():
            usual, seen, begun = Undisturbed(self.town, verb), Counter(), time.monotonic()
            for case in usual.cases(chance):
                with self.subTest(verb=verb.name, case=case):
                    seen[self.try_one(usual, case)] += 1
            self.report(verb, f"{sum(map(len, usual.calls.values()))} calls", seen, begun)

    def test_what_is_stored_is_no_failure_when_memory_is_out_for_telling_it(self):
        usual = Undisturbed(self.town, next(verb for verb in VERBS if verb.name == "redact"))
        calls = len(usual.calls["memory"])
        for part in (35, 40, 45, 60, 75):  # per cent; the commit comes before
            with self.subTest(part=part):
                self.assertEqual(self.try_one(usual, Disturbance("exhausted", calls * part // 100, "memory")), "done")

    def test_a_failure_after_the_journal_is_gone_is_no_failure_of_the_run(self):
        usual = Undisturbed(self.town, next(verb for verb in VERBS if verb.name == "close"))
        log = self.town.folder / "log"
        self.town.back_to(usual.stage)
        self.town.run(*usual.verb.arguments, disturbance=Disturbance(), log=log)
        calls = log.read_text().splitlines()
        gone = max(i for i, call in enumerate(calls) if call.startswith("unlink") and "bms.db-journal" in call)
        tried = []
        for at, call in enumerate(calls[gone + 1:], gone + 2):
            if call.split()[0] not in ("open", "fdatasync", "lock"):
                break
            tried.append(call.split()[0])
            for fault in ("io", "access"):
                with self.subTest(call=call, fault=fault):
                    self.assertEqual(self.try_one(usual, Disturbance(fault, at)), "done")
        self.assertIn("lock", tried)

    def test_an_interrupt_at_any_moment_leaves_the_run_whole_or_absent_and_nothing_behind(self):
        chance = random.Random(12)
        for verb in self.verbs():
            usual, seen, begun = Undisturbed(self.town, verb), Counter(), time.monotonic()
            self.town.run(*verb.arguments)
            lasts = time.monotonic() - begun
            begun = time.monotonic()
            for _ in range(300 if LONG else 2):
                number, moment = chance.choice(SIGNALS), chance.uniform(0, lasts)
                with self.subTest(verb=verb.name, number=number, moment=moment):
                    seen[self.interrupt(usual, number, moment)] += 1
            self.report(verb, "interrupted", seen, begun)

    def interrupt(self, usual, number, moment):
        self.town.back_to(usual.stage)
        process = self.town.start(*usual.verb.arguments)
        time.sleep(moment)
        process.send_signal(number)
        out, notes = process.communicate(timeout=300)
        ended = Ended(process.returncode, out.decode(), notes.decode())
        if ended.code == -number:  # before the program had begun to listen
            self.assertEqual(state_of(self.town.home), usual.before)
            return "not begun"
        self.assertIn(ended.code, (usual.code, 5), ended)
        if ended.code == usual.code:
            self.assert_went_well(usual, ended)
            return "done"
        self.assert_failed_well(usual, ended, "")
        return "interrupted"

    def test_verbs_that_only_read_change_no_byte(self):
        for stage in ("delivered", "reported"):
            self.town.back_to(stage)
            before = fingerprint(self.town.home)
            for runs in READ_ONLY.values():
                for arguments in runs:
                    with self.subTest(stage=stage, arguments=arguments):
                        self.assertIn(self.town.run(*arguments).code, (0, 1), arguments)
                        self.assertEqual(fingerprint(self.town.home), before)

    def test_every_verb_is_tested_here(self):
        listed = set(re.findall(r"^  ([a-z]+)  ", self.town.run("--help", "--lang", "en").out, re.M))
        called = set(re.findall(r'^    \{"([a-z_]+)",', (SOURCE / "core/call/call.c").read_text(), re.M))
        self.assertIn("collect", listed & called)
        self.assertEqual((listed | called) - {verb.command for verb in VERBS} - set(READ_ONLY), set())

    def test_every_option_of_a_verb_that_only_reads_is_tested_here(self):
        """An option could make it write: then it needs a row among the verbs that do."""
        everywhere = set(re.findall(r"--[a-z-]+", self.town.run("status", "--help").out.split("alle kommandoer")[1]))
        for command, runs in READ_ONLY.items():
            options = set(re.findall(r"^  (--[a-z-]+)", self.town.run(command, "--help").out, re.M)) - everywhere
            tested = {text for arguments in runs for text in arguments}
            tested |= {text for verb in VERBS if verb.command == command for text in verb.arguments}
            self.assertEqual(options - tested, set(), command)


if __name__ == "__main__":
    unittest.main()
