"""What is told a unit is nobody else's: its correction says what to do, and holds no other unit's name or numbers, while the
coordinator is told whose and how much. Everything is invented."""
import shutil
import tempfile
import unittest
from pathlib import Path

import openpyxl

import setup_book
from form import Form, cells_of, type_with_openpyxl
from program import InAFolder, run

PERIOD, TRIED, UNITS = "2026-T1", "E001", 8
town = None


def indicator(code, kind, first, second, **more):
    return {"Kode": code, "Navn": f"Oppgave {code}", "Type": kind, "Tall 1 – spørsmål": f"Hvor mange {first} {{dato}}?",
            "Benevning 1": first, "Tall 2 – spørsmål": second and f"Hvor mange {second} {{dato}}?", "Benevning 2": second,
            "Desimaler": 1, "Tallgrunnlag": "perioden", "Best når": "høyt", **more}


def setup():
    sheets = setup_book.setup(UNITS, 1)
    for row in sheets["Enheter"][1:]:
        row[1] = f"Avdeling {'ABCDEFGH'[int(row[0][1:]) - 1]}-{row[0]}"
        row[4] = f"Leder {'ABCDEFGH'[int(row[0][1:]) - 1]} Lund"
    sheets["Indikatorer"] = [
        indicator("DEL", "andel", "svar", "spurte"), indicator("BYTT", "andel", "planer", "brukere"),
        indicator("STOR", "rate", "fall", "døgn", Faktor=1000), indicator("SUM", "antall", "klager", None),
        indicator("FEIL", "antall", "besøk", None)]
    codes = [row["Kode"] for row in sheets["Indikatorer"]]
    sheets["Plassering"] = [["KORT", "GOD", code, i] for i, code in enumerate(codes)]
    sheets["Mål"] = []
    sheets["Hvem måler hva"] = [[code, "*-T*", "x"] for code in codes]
    return sheets


def usual(i):
    """What the unit with number i answers: numbers that no other unit has, and that are not in each other."""
    return {"DEL": (8017 + 131 * i, 10007 + 151 * i), "BYTT": (7019 + 113 * i, 9011 + 127 * i),
            "STOR": (5003 + 17 * i, 700001 + 2003 * i), "SUM": (3001 + 37 * i, None), "FEIL": (6007 + 41 * i, None)}


def spelled(number):
    """The ways a number can stand in a text or a cell."""
    yield str(number)
    yield from (f"{number:,}".replace(",", space) for space in " \u00a0\u202f\u2009")


def results(i):
    """The results of a unit, as texts: a range is told in results."""
    answers = usual(i)
    for code, factor in (("DEL", 100), ("BYTT", 100), ("STOR", 1000)):
        yield f"{factor * answers[code][0] / answers[code][1]:.1f}".replace(".", ",")


def setUpModule():
    global town
    town = Path(tempfile.mkdtemp(prefix="bms-others-")) / "kommune"
    unittest.addModuleCleanup(shutil.rmtree, town.parent)
    run("init", town, cwd=town.parent)
    setup_book.save(setup(), town / "setup.xlsx")
    assert run("setup", "setup.xlsx", cwd=town).code == 0
    run("forms", PERIOD, cwd=town)
    for path in (town / "forms" / PERIOD).glob("E*.xlsx"):
        form = Form(path)
        if form.identity["unit"] != TRIED:
            fill(form, usual(int(form.identity["unit"][1:])), town / "returns" / PERIOD / path.name)
    collected = run("collect", PERIOD, "--json", cwd=town)
    assert collected.json["accepted"] == UNITS - 1, collected


def fill(form, answers, target, **signature):
    target.parent.mkdir(parents=True, exist_ok=True)
    type_with_openpyxl(form.path, cells_of(form, answers, **signature), target)


class ACorrection(InAFolder):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        shutil.copytree(town, self.home)
        self.form = Form(next((self.home / "forms" / PERIOD).glob(f"{TRIED}-*.xlsx")))

    def texts(self, path):
        """The text of every cell and note of a workbook, hidden sheets too, and the sheets' names."""
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            yield sheet.title
            for row in sheet.iter_rows():
                for cell in row:
                    yield from (str(text) for text in (cell.value, cell.comment and cell.comment.text) if text is not None)

    def corrected(self, answers, change=None, **signature):
        """Deliver numbers of which one cannot be read, so that there is a correction; its texts, and the findings as the
        coordinator is told them. Nothing in the texts may be other units'."""
        target = self.home / "returns" / PERIOD / self.form.path.name
        fill(self.form, {**answers, "FEIL": ("omtrent ti", None)}, target, **signature)
        if change:
            book = openpyxl.load_workbook(target)
            change(book)
            book.save(target)
        collected = self.bms("collect", PERIOD, "--json", cwd=self.home)
        (file,) = [r for r in collected.json["returns"] if r["unit"] == TRIED]
        self.assertEqual(file["outcome"], "held", collected)
        (correction,) = (self.home / "corrections" / PERIOD).glob("*.xlsx")
        texts = list(self.texts(correction))
        told = "\n".join(texts)
        typed = set(self.texts(target))
        for i in range(2, UNITS + 1):
            foreign = [f"E{i:03}", f"Avdeling {'ABCDEFGH'[i - 1]}", *results(i)]
            foreign += [way for pair in usual(i).values() for number in pair if number for way in spelled(number)]
            for text in (t for t in texts if t not in typed):
                for word in foreign:
                    self.assertNotIn(word, text)
        self.assertNotRegex(told, r"\{[a-z_]+\}")
        return told, {f["rule"]: f["message"] + " " + (f["fix"] or "") for f in file["findings"]}

    def assert_told(self, case, rule, to_unit, to_coordinator):
        told, findings = case
        self.assertIn(to_unit, told)
        for text in to_coordinator:
            self.assertIn(text, findings[rule])

    def test_whose_numbers_they_are_is_for_the_coordinator(self):
        self.assert_told(self.corrected(usual(3)), "others_numbers", "Tallene kan være en annen enhets.", ["Avdeling C-E003"])

    def test_the_range_of_the_peers_results_is_for_the_coordinator(self):
        case = self.corrected({**usual(1), "DEL": (517, 10009)})
        self.assert_told(case, "unlike_peers", "langt fra det som er vanlig i gruppen tjeneste",
                         [sorted(result for i in range(2, UNITS + 1) for result in [list(results(i))[0]])[0]])

    def test_the_range_of_the_peers_numbers_is_for_the_coordinator(self):
        case = self.corrected({**usual(1), "STOR": (502300, 703001)})
        self.assert_told(case, "factor", "langt fra det som er vanlig i gruppen tjeneste", ["Andre i gruppen tjeneste har fra"])

    def test_the_peers_usual_share_is_for_the_coordinator(self):
        case = self.corrected({**usual(1), "BYTT": (9139, 7133)})
        self.assert_told(case, "part_above_whole", "7\u00a0133 av 9\u00a0139 gir 78,1 %. Rett",
                         ["andre i gruppen tjeneste har rundt 78,6 %"])

    def test_whom_the_one_who_signed_leads_is_for_the_coordinator(self):
        case = self.corrected(usual(1), signed_by="Leder D Lund")
        self.assert_told(case, "signed_by_other", "Leder D Lund, som leder en annen enhet", ["Avdeling D-E004"])

    def test_whose_other_forms_are_in_the_file_is_for_the_coordinator(self):
        def add(book):
            copy = book.copy_worksheet(book[self.form.sheet])
            copy.title = "Vår kladd"
            line = copy[self.form.identity_cell]
            line.value = line.value.replace(f" {TRIED} ", " E005 ")
        case = self.corrected(usual(1), add)
        self.assert_told(case, "other_form", "i arkene Vår kladd", ["E005"])


if __name__ == "__main__":
    unittest.main()
