"""A setup renewed when there are numbers: what it does to them is said before anything is stored, and it can be undone.
Everything here is invented."""
import os
import pty
import subprocess
import unittest

import openpyxl

from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import BMS, InAFolder
import setup_book

PERIOD = "2026-T2"


class Renewed(InAFolder):
    """A municipality of four units and three indicators, where one has answered the second tertial."""

    def setUp(self):
        super().setUp()
        self.do("init", ".")
        self.sheets = setup_book.setup(4, 3)
        self.load()
        self.do("forms", PERIOD)
        form = Form(next((self.folder / "forms" / PERIOD).glob("E001-*.xlsx")))
        (self.folder / "returns" / PERIOD).mkdir(parents=True)
        type_with_openpyxl(form.path, cells_of(form, sound_answers(form)), self.folder / "returns" / PERIOD / "E001.xlsx")
        self.do("collect", PERIOD)

    def do(self, *arguments, code=0):
        return self.assert_ended(self.bms(*arguments, cwd=self.folder), code)

    def load(self, *arguments, code=0):
        setup_book.save(self.sheets, self.folder / "setup.xlsx")
        return self.do("setup", "setup.xlsx", *arguments, code=code)

    def assert_asks(self, *rules):
        """Nothing is stored without a yes, and all that needs one is said; with it, it is stored."""
        asked = self.load("--json", code=1).json["findings"]
        self.assertEqual(sorted(f["rule"] for f in asked if f.get("needs_yes")), sorted(rules), asked)
        shown = self.load(code=1).out
        self.assertIn("må bekreftes", shown)
        self.assertIn("Ingenting er lagret", shown)
        self.assertEqual(self.do("verify", "--json").json["runs"], self.runs)
        self.load("--yes")
        self.assertEqual(self.do("verify", "--json").json["runs"], self.runs + 1)
        return asked

    @property
    def runs(self):
        return 3  # setup, forms and collect


class EachChange(Renewed):
    def indicator(self, column, value):
        self.sheets["Indikatorer"][0][setup_book.HEADINGS["Indikatorer"].index(column)] = value

    def test_a_question(self):
        self.indicator("Tall 1 – spørsmål", "Hvor mange fikk hjelp?")
        found, = self.assert_asks("question_changed")
        self.assertEqual((found["sheet"], found["cell"], found["indicator"]), ("Indikatorer", "D2", "I01"))
        self.assertIn("kan ikke sammenlignes med tidligere tall (1)", found["message"])

    def test_a_unit_of_measure(self):
        self.indicator("Benevning 2", "brukere")
        self.assert_asks("question_changed")

    def test_a_basis(self):
        self.indicator("Tallgrunnlag", "hittil i år")
        self.assert_asks("series_broken")

    def test_a_kind(self):
        self.indicator("Type", "avvik")
        self.assert_asks("series_broken")

    def test_what_is_best(self):
        self.indicator("Best når", "lavt")
        self.sheets["Mål"][0][2:] = [60, 80]
        self.assert_asks("best_when_changed")

    def test_a_limit_without_a_date(self):
        self.sheets["Mål"][0][2] = 85
        found, = self.assert_asks("limit_changed")
        self.assertIn("grønn 85, rød 60 og var grønn 80, rød 60", found["message"])
        self.assertIn("Gjelder fra", found["fix"])
        self.assertEqual(found["cell"], "C2")
        self.load()
        self.assertEqual(self.do("verify", "--json").json["runs"], self.runs + 1)

    def test_a_limit_with_a_date_is_stored_at_once(self):
        self.sheets["Mål"].append({"Indikator": "I01", "Gjelder": "alle", "Grønn grense": 85, "Rød grense": 60,
                                   "Gjelder fra": "01.01.2027"})
        self.load()

    def test_a_limit_that_is_gone(self):
        del self.sheets["Mål"][1]
        self.assert_asks("limit_gone")

    def test_a_unit_an_indicator_and_a_measuring_point_that_are_gone(self):
        del self.sheets["Enheter"][1]
        for sheet in ("Indikatorer", "Plassering", "Mål", "Hvem måler hva"):
            del self.sheets[sheet][2]
        del self.sheets["Målepunkt"][1]
        found = self.assert_asks("unit_gone", "indicator_gone", "period_gone")
        self.assertEqual({f["rule"]: (f["unit"], f["indicator"]) for f in found},
                         {"unit_gone": ("E001", None), "indicator_gone": (None, "I03"), "period_gone": (None, None)})

    def test_a_cross_that_is_gone(self):
        self.sheets["Hvem måler hva"][0] = {"Indikator": "I01", "Målepunkt": "*-T*", "Unntak": "med E002"}
        found, = self.assert_asks("fewer_planned")
        self.assertIn("I01 Oppgave I01: planlagte målinger som faller bort: 9. Av dem er disse levert: 1.", found["message"])

    def test_one_yes_is_for_all(self):
        self.indicator("Tall 1 – spørsmål", "Hvor mange fikk hjelp?")
        self.sheets["Mål"][1][3] = 55
        self.assert_asks("question_changed", "limit_changed")

    def test_other_words_for_the_same(self):
        self.indicator("Tall 1 – spørsmål", "Hvor mange fikk hjelp?")
        self.load("--reworded", "i01")
        self.load()
        self.do("setup", "setup.xlsx", "--reworded", "FEIL", code=2)

    def test_names_leaders_and_new_rows_need_no_yes(self):
        self.indicator("Navn", "Et nytt navn")
        self.sheets["Enheter"].append(["E005", "Enhet nummer 5", "PROVE", "tjeneste", "Leder 5", "e5@prove.example"])
        self.load()


class Understood(Renewed):
    """Every setup ends with what was understood, and what has changed."""

    def test_who_is_asked_and_that_nothing_has_changed(self):
        shown = self.load().out
        for words in ("Enheter: 5. Indikatorer: 3. Mål: 3.", "4 × 3", "Ingenting er endret siden forrige versjon."):
            self.assertIn(words, shown)
        said = self.load("--json").json
        self.assertEqual((said["version"], said["added"], said["changes"], said["left"]), (1, False, [], []))
        self.assertEqual([(a["group"], a["period"], a["units"], a["fewest"], a["most"]) for a in said["asked"]],
                         [("tjeneste", period, 4, 3, 3) for period in ("2026-T1", "2026-T2", "2026-T3")])

    def test_what_is_new_gone_and_changed_is_named(self):
        self.sheets["Enheter"][4][1] = "Et nytt navn"
        self.sheets["Enheter"].append(["E005", "Enhet nummer 5", "PROVE", "tjeneste", "Leder 5", "e5@prove.example"])
        del self.sheets["Mål"][2]
        shown = self.load("--yes").out
        for words in ("Endret siden forrige versjon: 3", "Enheter, E004 Et nytt navn: Navn var Enhet nummer 4, er Et nytt navn",
                      "Enheter: ny E005 Enhet nummer 5", "Mål: borte I03, alle", "Uten mål: 1. I03 Oppgave I03"):
            self.assertIn(words, shown)
        self.assertEqual(self.load("--quiet").out, "")

    def test_a_long_list_is_cut_on_a_terminal_and_whole_in_json(self):
        for unit in self.sheets["Enheter"]:
            unit[4:6] = ["En ny leder", "ny@prove.example"]
        self.sheets["Enheter"] += [[f"N{i:03}", f"Ny enhet {i}", "PROVE", "tjeneste", "Leder", "n@prove.example"] for i in range(40)]
        said = self.load("--json").json
        self.assertGreater(len(said["changes"]), 40)
        setup_book.save(setup_book.setup(4, 3), self.folder / "setup.xlsx")
        shown = self.do("setup", "setup.xlsx", "--yes").out
        self.assertIn(f"… og {len(said['changes']) - 20} til.", shown)


class WithoutNumbers(Renewed):
    def test_anything_may_change(self):
        os.remove(self.folder / "bms.db")
        os.remove(self.folder / "setup.xlsx")
        self.do("init", ".")
        self.load()
        self.sheets["Indikatorer"][0][3] = "Hvor mange fikk hjelp?"
        self.sheets["Mål"][0][2] = 85
        del self.sheets["Enheter"][1]
        self.load()


class OnATerminal(Renewed):
    def answered(self, answer):
        """The exit code and all that is shown when the question is answered so."""
        master, slave = pty.openpty()
        process = subprocess.Popen([BMS, "setup", "setup.xlsx"], cwd=self.folder, stdin=slave, stdout=slave, stderr=slave)
        os.close(slave)
        shown = b""
        os.write(master, answer.encode() + b"\n")
        while True:
            try:
                piece = os.read(master, 4096)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        os.close(master)
        return process.wait(timeout=60), shown.decode()

    def test_a_yes_stores_it_and_a_no_does_not(self):
        self.sheets["Mål"][0][2] = 85
        setup_book.save(self.sheets, self.folder / "setup.xlsx")
        for answer in ("nei", "", "hm"):
            code, shown = self.answered(answer)
            self.assertEqual(code, 1, shown)
            self.assertIn("Ingenting er lagret", shown)
            self.assertLess(shown.index("grønn 85"), shown.index("(ja/nei)"))
        self.assertEqual(self.do("verify", "--json").json["runs"], self.runs)
        code, shown = self.answered("ja")
        self.assertEqual(code, 0, shown)
        self.assertEqual(self.do("verify", "--json").json["runs"], self.runs + 1)


class Undone(Renewed):
    def test_the_version_before_is_made_again(self):
        self.sheets["Indikatorer"][0][3] = "Hvor mange fikk hjelp?"
        self.load("--yes")
        asked = self.do("setup", "--undo", code=1).out
        self.assertIn("må bekreftes", asked)
        self.assertIn("versjon 1", self.do("setup", "--undo", "--yes").out)
        self.do("setup", "--undo", code=2)
        self.load(code=1)  # the workbook still has the new question
        self.assertEqual(self.do("setup", "--undo", "--json", code=2).json["error"]["code"], "usage")

    def test_it_takes_no_workbook(self):
        self.do("setup", "--undo", "setup.xlsx", code=2)


if __name__ == "__main__":
    unittest.main()
