"""A history that is damaged on its way is noticed, or says what it said: bytes that flip, a file that is cut off, an older
copy in its place. Noticed is what verify finds (exit code 1 or 4), or a verb that refuses the file (4). Harmless is what
leaves every answer as it was. With BMS_LONG=1 10 000 bytes are flipped and the file is cut at every page; otherwise a few.
Every answer is invented."""
import os
import random
import shutil
import subprocess
import tempfile
import unittest
from collections import Counter
from pathlib import Path

from disturbed import EARLIER, PERIOD, WHO, Town, corrected, environment
from program import BMS, SANITIZED

LONG = os.environ.get("BMS_LONG") == "1"
FLIPS = 10_000 if LONG else 40
NOTICED, HARMLESS, REFUSED = "noticed", "harmless", "refused by a verb"

# What the history says, as programs and people read it.
ALL_OF_IT = ("export", "--format", "json")
QUESTIONS = (ALL_OF_IT, ("status", PERIOD, "--json"), ("status", EARLIER, "--json"), ("history", "--all", "--json"),
             ("history", "E001", "--changes", "--json"), ("explain", "E001", "I01", PERIOD, "--json"), ("verify", "--json"))


class Damaged:
    """A history alone in a folder, which is damaged and put back again."""

    def __init__(self, whole):
        self.place = tempfile.TemporaryDirectory(prefix="bms-test-")
        self.folder = Path(self.place.name)
        self.path = self.folder / "bms.db"
        self.scratch = self.folder / "scratch"
        self.whole = whole
        self.asked = 0
        self.restore()
        self.said = {question: self.ask(*question) for question in QUESTIONS}
        self.reports = self.written()
        assert all(code == 0 for code, _ in self.said.values()), self.said

    def restore(self):
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.path.write_bytes(self.whole)
        self.scratch.mkdir()

    def ask(self, *question):
        ended = subprocess.run([BMS, *question], cwd=self.folder, capture_output=True, timeout=120,
                               env=environment(self.scratch))
        return ended.returncode, ended.stdout

    def written(self):
        """Every byte of the reports, which are written into the folder."""
        code, _ = self.ask("report", PERIOD, "--quiet")
        reports = {path.name: path.read_bytes() for path in sorted(self.folder.glob("reports/**/*.xlsx"))}
        self.restore()
        return code, reports

    def outcome(self, content, reports=False):
        """What became of a damaged content: one of the outcomes, or what is wrong with it."""
        if self.path.read_bytes() != content:
            self.path.write_bytes(content)
        code, out = self.ask("verify", "--json")
        if code in (1, 4):
            outcome = NOTICED
        elif code != 0:
            outcome = f"verify ended with {code}: {out!r}"
        else:
            outcome = self.answers(content, reports)
        if len(list(self.folder.iterdir())) > 2 or self.path.read_bytes() != content:
            self.restore()
        return outcome

    def answers(self, content, reports):
        """What the verbs say of one that verifies: everything that is stored, and one more question by turns."""
        self.asked += 1
        for question in ALL_OF_IT, QUESTIONS[self.asked % len(QUESTIONS)]:
            found = self.ask(*question)
            if found[0] == 4:
                return REFUSED
            if found != self.said[question]:
                return f"{question} says {found}"
        if reports:
            self.restore()
            self.path.write_bytes(content)
            if self.written() != self.reports:
                return "the reports differ"
        return HARMLESS

    def ends_cleanly(self, content):
        """Whatever is damaged, every question ends with an exit code of its own."""
        self.path.write_bytes(content)
        codes = {question: self.ask(*question)[0] for question in QUESTIONS}
        self.restore()
        return {question: code for question, code in codes.items() if code not in (0, 1, 2, 4)}


@unittest.skipIf(SANITIZED, "the sanitizer must come first")
class Damage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        town = Town()
        cls.addClassCleanup(town.close)
        town.back_to("reported")
        town.do("redact", "E001", PERIOD, "comment", *WHO, day=PERIOD)
        corrected(town)
        assert town.run("collect", PERIOD, day=PERIOD).code in (0, 1)
        town.do("correct", "E002", "I02", PERIOD, "--numerator", "3", *WHO, day=PERIOD)
        town.do("close", EARLIER, "--by", "Kari Prøve", day=PERIOD)
        cls.older = (town.home / "bms.db.backup-2").read_bytes()
        cls.whole = (town.home / "bms.db").read_bytes()
        cls.damaged = Damaged(cls.whole)
        cls.addClassCleanup(cls.damaged.place.cleanup)
        cls.town = town

    def count(self, kind, cases):
        """Count the outcomes of (name, content) and print them. Any other outcome is a fault."""
        outcomes, wrong = Counter(), []
        for i, (name, content) in enumerate(cases):
            outcome = self.damaged.outcome(content, reports=i % (200 if LONG else 20) == 0)
            known = outcome in (NOTICED, HARMLESS, REFUSED)
            outcomes[outcome if known else "neither"] += 1
            if not known:
                wrong.append((name, outcome[:300]))
        print(f"{kind}: {dict(outcomes)}", flush=True)
        self.assertEqual(wrong, [])
        return outcomes

    def test_a_byte_that_flips_is_noticed_or_harmless(self):
        chance = random.Random(11)

        def flipped():
            for _ in range(FLIPS):
                at, by = chance.randrange(len(self.whole)), chance.randrange(1, 256)
                yield (at, by), self.whole[:at] + bytes([self.whole[at] ^ by]) + self.whole[at + 1:]
        outcomes = self.count("bytes flipped", flipped())
        self.assertGreater(outcomes[NOTICED], FLIPS / 5)  # most of a small history is room for more

    def test_a_byte_of_the_header_that_flips_is_noticed_or_harmless(self):
        self.count("bytes of the header flipped",
                   ((at, self.whole[:at] + bytes([self.whole[at] ^ by]) + self.whole[at + 1:])
                    for at in range(0, 100, 1 if LONG else 9) for by in ((1, 0x10, 0x80, 0xff) if LONG else (1,))))

    def test_a_file_of_a_format_that_is_not_known_is_damaged(self):
        self.damaged.path.write_bytes(self.whole[:47] + b"\x05" + self.whole[48:])
        codes = {question: self.damaged.ask(*question)[0] for question in QUESTIONS}
        self.damaged.restore()
        self.assertEqual(set(codes.values()), {4}, codes)

    def test_a_file_that_is_cut_off_at_any_page_is_noticed(self):
        size = int.from_bytes(self.whole[16:18], "big")
        pages = range(1, len(self.whole) // size)
        chosen = pages if LONG else random.Random(3).sample(pages, 12)
        outcomes = self.count("cut off at a page", ((n, self.whole[:n * size]) for n in chosen))
        self.assertEqual(set(outcomes), {NOTICED})

    def test_a_file_that_is_cut_off_within_a_page_is_noticed(self):
        chosen = random.Random(5).sample(range(1, len(self.whole)), 400 if LONG else 8)
        outcomes = self.count("cut off anywhere", ((n, self.whole[:n]) for n in chosen))
        self.assertEqual(set(outcomes), {NOTICED})

    def test_pages_that_are_lost_or_of_an_earlier_time_are_noticed_or_harmless(self):
        size = int.from_bytes(self.whole[16:18], "big")
        chance = random.Random(9)

        def replaced():
            for n in chance.sample(range(len(self.whole) // size), len(self.whole) // size if LONG else 8):
                place = slice(n * size, (n + 1) * size)
                then = self.older[place].ljust(size, b"\0")
                for name, page in ("lost", bytes(size)), ("earlier", then):
                    yield (name, n), self.whole[:place.start] + page + self.whole[place.stop:]
        self.count("pages replaced", replaced())

    def test_no_damage_makes_a_question_end_badly(self):
        chance = random.Random(13)
        for _ in range(400 if LONG else 4):
            content = bytearray(self.whole)
            for _ in range(chance.choice((1, 20, 2000))):
                content[chance.randrange(100, len(content))] = chance.randrange(256)
            self.assertEqual(self.damaged.ends_cleanly(bytes(content)), {})

    def test_an_older_copy_in_its_place_is_noticed_by_what_lies_beside_it(self):
        home = self.town.home
        self.town.do("verify", day=PERIOD)
        for copy in sorted(home.glob("bms.db.backup-[23]")):
            shutil.copy(copy, home / "bms.db")
            self.town.do("verify", day=PERIOD, code=1)
        (home / "bms.db").write_bytes(self.whole)


if __name__ == "__main__":
    unittest.main()
