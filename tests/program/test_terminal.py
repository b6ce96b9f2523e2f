"""Nothing from outside steers a terminal: not the text of a cell, the name of a file or of a sheet, a setup or an argument.
The bad texts are everywhere that somebody else than the user can write."""
import os
import pty
import subprocess
import unittest

import openpyxl

import setup_book
from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import BMS, InAFolder

# Clear the screen, a title, hidden text, C1's CSI, a text turned around, an isolated one, Arabic's mark, a deletion.
STEERING = "\x1b[2J\x1b]0;T\x07\x1b[8m\x9b31m\u202edrol\u2066\u061c\u200f\x7f\r\b"
SEEN = "".join(c for c in STEERING if c > "\x20" and c != "\x7f")  # a setup may hold no other
IN_CELL = "".join(f"_x{ord(c):04X}_" if c < "\x20" else c for c in STEERING)  # as Excel stores it
LINES = "a\nb\tc"
LINES_IN_CELL = "a_x000A_b_x0009_c"


def steers(c):
    """What must not reach a terminal, said again."""
    return (c < "\x20" and c not in "\n\t") or "\x7f" <= c <= "\x9f" or c in "\u061c\u200e\u200f\u2028\u2029" or \
        "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069"


class ATerminal(InAFolder):
    def assert_clean(self, ended, *where):
        for text in (ended.out, ended.notes):
            self.assertEqual(sorted({hex(ord(c)) for c in text if steers(c)}), [], (where, ended))
        return ended

    def town(self, texts=SEEN):
        """A municipality where everything that can be named is named by somebody bad."""
        sheets = setup_book.setup(2, 2)
        for sheet, column in (("Enheter", 1), ("Enheter", 4), ("Styringskort", 1), ("Fokusområder", 2), ("Fokusområder", 3),
                              ("Suksesskriterier", 2), ("Indikatorer", 1), ("Indikatorer", 3)):
            for row in sheets[sheet]:
                row[column] = f"{row[column]} {texts}"
        sheets["Kommune"][0][1] += texts
        self.clean("init", ".")
        setup_book.save(sheets, self.folder / "setup.xlsx")
        self.clean("setup", "setup.xlsx")
        self.clean("forms", "2026-T2")

    def clean(self, *arguments, **options):
        """Run as text, as JSON, and on a terminal; the first one's outcome."""
        ended = self.assert_clean(self.bms(*arguments, **options), *arguments)
        self.assertTrue(ended.code in (0, 1, 2, 3), ended)
        return ended

    def send(self, name, code, comment=IN_CELL, first=None):
        form = Form(next((self.folder / "forms/2026-T2").glob(f"{code}-*.xlsx")))
        target = os.path.join(os.fsencode(self.folder), b"returns/2026-T2", name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        answers = {c: {"1": n, "2": d, "comment": comment, **({"reason": comment} if first else {})} for c, (n, d) in sound_answers(form).items()}
        if first:
            answers["I01"]["1"] = first
        plain = self.folder / "filled.xlsx"
        type_with_openpyxl(form.path, cells_of(form, answers, signed_by=comment), plain)
        os.rename(plain, target)

    def test_what_units_send_does_not_reach_it(self):
        self.town()
        self.send(b"a\x1b[2J\xc2\x9b8m\xe2\x80\xae.xlsx", "E001", first=IN_CELL)
        self.send(b"raw\x9b8m\xff.xlsx", "E002")
        self.send(b"raw\x9b8m again.xlsx", "E002", first="12 ca" + IN_CELL)
        verbs = (["check", "2026-T2"], ["collect", "2026-T2"], ["status", "2026-T2"], ["history"], ["history", "E002", "I01"],
                 ["explain", "E002", "I01", "2026-T2"], ["report", "2026-T2"], ["remind", "2026-T2"],
                 ["collect", "2026-T2", "--use", b"raw\x9b8m again.xlsx"], ["verify"], ["redact", "E002", "2026-T2", "comment",
                 "--by", STEERING, "--reason", STEERING], ["close", "2026-T2", "--by", STEERING], ["export", "--format", "json"])
        for verb in verbs:
            with self.subTest(verb=verb):
                self.clean_bytes(*verb)
                self.clean_bytes(*verb, "--json")

    def clean_bytes(self, *arguments):
        command = [BMS, *(a if isinstance(a, bytes) else a.encode() for a in arguments)]
        ended = subprocess.run(command, cwd=self.folder, capture_output=True, check=False)
        for text in (ended.stdout.decode(), ended.stderr.decode()):
            self.assertEqual(sorted({hex(ord(c)) for c in text if steers(c)}), [], (arguments, text))

    def test_arguments_and_places_do_not_reach_it(self):
        self.bms("init", ".")
        for arguments in ((STEERING,), ("check", STEERING), ("setup", STEERING), ("forms", STEERING), ("cells", STEERING),
                          ("status", "--db", STEERING), ("import", STEERING), ("history", STEERING), ("explain", STEERING, "a", "b"),
                          ("check", "--" + STEERING), ("--lang", STEERING), ("--as-of", STEERING, "status"), ("help", STEERING),
                          ("init", f"{STEERING}/a"), ("backup", f"/nowhere/{STEERING}"), ("check", "--threads", STEERING)):
            with self.subTest(arguments=arguments):
                self.assert_clean(self.bms(*arguments), *arguments)
                self.assert_clean(self.bms(*arguments, "--json"), *arguments)

    def test_a_setup_with_such_texts_is_said_without_them(self):
        sheets = setup_book.setup(1, 1)
        sheets["Enheter"][1][2] = "nobody" + IN_CELL
        sheets["Indikatorer"][0][2] = IN_CELL
        sheets["Mål"][0][1] = IN_CELL
        sheets["Hvem måler hva"][0][1] = IN_CELL
        self.bms("init", ".")
        setup_book.save(sheets, self.folder / "setup.xlsx")
        self.assertEqual(self.clean("setup", "setup.xlsx").code, 1)
        self.assertEqual(self.clean("setup", "setup.xlsx", "--json").code, 1)

    def test_any_workbook_is_listed_without_them(self):
        book = openpyxl.Workbook()
        book.active.title = "S\x9b\u202e"
        book.active["A1"] = IN_CELL
        book.active["A2"] = '="' + STEERING.replace("\x1b", "").replace("\x07", "").replace("\b", "") + '"'
        book.active["A3"].number_format = '0 "\u202e\x9b"'
        book.active["A3"] = 5
        book.save(self.folder / "a.xlsx")
        ended = self.clean("cells", "a.xlsx", "--details")
        self.assertIn("\\u001b[2J\\u001b]0;T\\u0007", ended.out)
        self.assertIn("\\u009b31m\\u202edrol\\u2066\\u061c\\u200f\\u007f", ended.out)
        self.assertEqual(self.clean("cells", "a.xlsx", "--json").json["cells"][0]["value"], STEERING)

    def test_a_value_with_line_ends_stays_on_its_line(self):
        self.town(texts=LINES_IN_CELL)
        self.send(b"to\nlinjer\tav et navn.xlsx", "E001", comment=LINES_IN_CELL, first=LINES_IN_CELL)
        self.send(b"en.xlsx", "E002", comment=LINES_IN_CELL)
        for verb in (["check", "2026-T2"], ["collect", "2026-T2"], ["status", "2026-T2"], ["history"]):
            ended = self.clean(*verb)
            for line in (ended.out + ended.notes).splitlines():
                self.assertFalse(line.startswith(("b", "c", "linjer", "av et")), (verb, ended))
        self.assertIn("to␊linjer␉av et navn.xlsx", self.clean("check", "2026-T2").out)
        self.assertIn("«a␊b␉c»", self.clean("check", "2026-T2").out)

    def test_csv_in_a_file_keeps_every_character_and_on_a_terminal_none_that_steers(self):
        self.town()
        self.send(b"a\x1b.xlsx", "E001")
        self.bms("collect", "2026-T2")
        self.assertIn(STEERING, self.bms("export").out)
        seen = self.on_a_terminal("export")
        self.assertEqual({c for c in seen.replace("\r\n", "\n") if steers(c)}, set(), repr(seen))
        self.assertIn("␛[2J", seen)
        self.assertNotIn("␍\n", seen.replace("\r", ""))

    def test_colours_and_progress_of_its_own_still_reach_it(self):
        self.town()
        self.send(b"a\x1b[8m.xlsx", "E001", first=IN_CELL)
        seen = self.on_a_terminal("check", "2026-T2")
        self.assertIn("\x1b[31m", seen)
        self.assertIn("a␛[8m.xlsx", seen)

    def on_a_terminal(self, *arguments):
        ours, theirs = pty.openpty()
        with subprocess.Popen([BMS, *arguments], cwd=self.folder, stdout=theirs, stderr=theirs,
                              env={**os.environ, "TERM": "xterm", "NO_COLOR": ""}) as process:
            os.close(theirs)
            seen = b""
            while True:
                try:
                    piece = os.read(ours, 65536)
                except OSError:  # Linux: the other end is closed
                    break
                if not piece:
                    break
                seen += piece
            process.wait()
        os.close(ours)
        return seen.decode()


if __name__ == "__main__":
    unittest.main()
