"""The command itself: help, languages, options, and its messages about wrong usage."""
import os
import pty
import subprocess
import unittest

import openpyxl

from program import BMS, InAFolder

COMMANDS = ["init", "setup", "forms", "check", "collect", "status", "report", "history", "explain", "export", "cells"]


class TheCommand(InAFolder):
    def test_alone_and_with_help_it_lists_the_commands(self):
        for arguments in ([], ["--help"], ["help"], ["-h"]):
            with self.subTest(arguments=arguments):
                ended = self.assert_ended(self.bms(*arguments), 0)
                listed = [line.split()[0] for line in ended.out.splitlines() if line.startswith("  ")]
                self.assertEqual([c for c in listed if c in COMMANDS], COMMANDS)
                self.assertEqual(ended.notes, "")

    def test_each_command_has_its_own_help(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                asked = self.assert_ended(self.bms("help", command), 0)
                self.assertTrue(asked.out.startswith(f"bms {command} "))
                self.assertEqual(self.bms(command, "--help").out, asked.out)
                self.assertIn("--json", asked.out)

    def test_help_of_several_lines_stays_so(self):
        for arguments in (("--help",), ("collect", "--help")):
            out = self.bms(*arguments).out
            self.assertNotIn("\u240a", out)
            self.assertLess(max(map(len, out.splitlines())), 140)

    def test_help_is_bokmaal_unless_asked_for_in_english(self):
        self.assertIn("Kommandoer", self.bms("--help").out)
        self.assertIn("Commands", self.bms("--help", "--lang", "en").out)
        self.assertIn("skriv skjemaene", self.bms("forms", "--help").out)
        self.assertIn("write the forms", self.bms("--lang=en", "forms", "--help").out)

    def test_it_prints_its_version(self):
        self.assertRegex(self.assert_ended(self.bms("--version"), 0).out, r"^bms \d+\.\d+\.\d+\n$")

    def test_an_unknown_command_gets_the_nearest_suggested(self):
        self.assert_error(self.bms("colect"), 2, "colect", "bms collect?")
        self.assert_error(self.bms("staus", "--lang", "en"), 2, "staus", "Did you mean bms status?")
        self.assert_error(self.bms("frobnicate"), 2, "frobnicate", "--help")
        self.assert_error(self.bms("help", "colect"), 2, "bms collect?")

    def test_what_is_not_understood_is_named(self):
        self.assert_error(self.bms("status", "--frist"), 2, "--frist")
        self.assert_error(self.bms("forms", "2026-T1", "--unit"), 2, "--unit")
        self.assert_error(self.bms("forms", "2026-T1", "--force=ja"), 2, "--force=ja")
        self.assert_error(self.bms("explain"), 2, "ENHET")
        self.assert_error(self.bms("status", "2026-T1", "2026-T2"), 2, "2026-T2")
        self.assert_error(self.bms("export", "--format", "xml"), 2, "xml", "csv")
        self.assert_error(self.bms("status", "--lang", "se"), 2, "nb, nn")

    def test_with_json_an_error_is_a_document(self):
        self.assert_json_error(self.bms("status", "--json", "--frist"), 2, "usage")
        self.assert_json_error(self.bms("--json", "colect"), 2, "usage")
        self.assert_json_error(self.bms("cells", "finnes-ikke.xlsx", "--json"), 3, "input")
        self.assert_json_error(self.bms("status", "--json"), 4, "history_missing")

    def test_a_hash_that_no_run_has_is_named_without_the_tables_name(self):
        self.bms("init", "--template", "fet", "kommune")
        self.bms("setup", "setup.xlsx", cwd=self.folder / "kommune")
        ended = self.bms("verify", "00000000", cwd=self.folder / "kommune")
        self.assertEqual(ended.code, 1, ended)
        self.assertIn("00000000: Ingen kjøring har denne kontrollsummen.", ended.out)
        self.assertNotIn("run_hashes", ended.out)
        self.assertIn("Kjøringene som er der, er slik de ble lagret: 1.", ended.out)
        self.assertNotIn("sikkerhetskopi", ended.out + ended.notes)
        self.assertIn("skrevet riktig av, mangler det en kjøring", ended.notes)

    def test_verify_shows_by_whom_and_why_only_where_there_is_somebody(self):
        self.bms("init", "--template", "fet", "kommune")
        self.bms("setup", "setup.xlsx", cwd=self.folder / "kommune")
        self.bms("backup", "copy.db", cwd=self.folder / "kommune")
        headings = self.bms("verify", cwd=self.folder / "kommune").out.splitlines()[0].split()
        self.assertEqual(headings, ["Ved", "siden", "av", "historikken", "Filer", "Historikk", "Kjøring", "Tilstand"])

    def test_a_missing_history_or_file_is_named(self):
        self.assert_error(self.bms("status"), 4, "bms.db")
        self.assert_error(self.bms("status", "--db", "et/annet.db"), 4, "et/annet.db")
        self.assert_error(self.bms("cells", "finnes-ikke.xlsx"), 3, "finnes-ikke.xlsx")
        self.assert_error(self.bms("cells", "finnes-ikke.xlsx", "--quiet"), 3, "finnes-ikke.xlsx")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_output_that_cannot_be_written_is_no_success(self):
        with open("/dev/full", "w") as full:
            ended = subprocess.run([BMS, "--help"], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(ended.returncode, 5)
        self.assertIn("standard ut", ended.stderr.decode())

    def on_a_terminal(self, *arguments, **environment):
        """What the command shows on a terminal."""
        screen, terminal = pty.openpty()
        with subprocess.Popen([BMS, *arguments], stdout=terminal, stderr=terminal, cwd=self.folder,
                              env={**os.environ, "TERM": "xterm", **environment}) as process:
            os.close(terminal)
            shown = b""
            try:
                while piece := os.read(screen, 4096):
                    shown += piece
            except OSError:  # the other end is closed
                pass
            process.wait()
        os.close(screen)
        return shown.decode()

    def test_colour_is_for_terminals_and_no_color_is_obeyed(self):
        plain = {k: "" for k in ("NO_COLOR",)}
        self.assertIn("\033[", self.on_a_terminal("--help", **plain))
        self.assertNotIn("\033[", self.on_a_terminal("--help", NO_COLOR="1"))
        self.assertNotIn("\033[", self.on_a_terminal("--help", **plain, TERM="dumb"))
        self.assertNotIn("\033[", self.bms("--help").out)


class Cells(InAFolder):
    def setUp(self):
        super().setUp()
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Ark\u00e9n"
        sheet["A1"], sheet["B1"], sheet["C1"] = "linje 1\nlinje \"2\"", 1 / 3, True
        sheet["A2"], sheet["B2"], sheet["C2"] = "=B1*2", "#N/A", 0.5
        sheet["C2"].number_format = "0%"
        sheet.merge_cells("A3:B3")
        sheet["A3"] = "flettet"
        sheet.column_dimensions["C"].hidden = True
        book.save(self.folder / "bok.xlsx")

    def lines(self, *arguments):
        ended = self.assert_ended(self.bms("cells", "bok.xlsx", *arguments), 0)
        self.assertEqual(ended.notes, "")
        return [line.split("\t") for line in ended.out.splitlines()]

    def test_a_line_for_each_cell(self):
        self.assertEqual(self.lines(), [["Ark\u00e9n", "A1", "s", '"linje 1\\nlinje \\"2\\""'],
                                        ["Ark\u00e9n", "B1", "n", "0.3333333333333333"],
                                        ["Ark\u00e9n", "C1", "b", "true"],
                                        ["Ark\u00e9n", "B2", "e", '"#N/A"'],
                                        ["Ark\u00e9n", "C2", "n", "0.5"],
                                        ["Ark\u00e9n", "A3", "s", '"flettet"']])

    def test_details(self):
        details = {line[1]: line[2:] for line in self.lines("--details")}
        self.assertEqual(details["A2"], ["-", "null", "null", '"B1*2"', "false", "false", "null", "false", "false"])
        self.assertEqual(details["C2"], ["n", "0.5", '"0%"', "null", "false", "true", "null", "false", "true"])
        self.assertEqual(details["A3"], ["s", '"flettet"', "null", "null", "false", "false", '"A3:B3"', "false", "false"])

    def test_as_json(self):
        cells = self.assert_ended(self.bms("cells", "bok.xlsx", "--json"), 0).json["cells"]
        self.assertEqual(cells[1], {"sheet": "Ark\u00e9n", "address": "B1", "kind": "n", "value": 1 / 3})
        self.assertEqual(len(cells), 6)

    def test_the_time_of_a_run_can_be_given_so_that_the_same_files_are_made_again(self):
        made = []
        for folder in ("a", "b"):
            for command in (["init", "--template", "fet", folder], ["setup", "setup.xlsx"], ["forms", "2026-T2"], ["report", "2026-T2"]):
                home = self.folder if command[0] == "init" else self.folder / folder
                self.assert_ended(self.bms(*command, cwd=home, environment={"SOURCE_DATE_EPOCH": "1790000000"}), 0)
            made.append({p.name: p.read_bytes() for p in (self.folder / folder / "reports").rglob("1101-*.xlsx")})
        self.assertEqual(made[0].keys(), made[1].keys())
        for wrong in ("soon", "-1", "99999999999999"):
            self.assert_error(self.bms("status", environment={"SOURCE_DATE_EPOCH": wrong}), 2, wrong, "SOURCE_DATE_EPOCH")


if __name__ == "__main__":
    unittest.main()
