"""A small municipality with answers of all kinds, for every tertial of two years, for tests of the checks.

The other units have delivered for the current tertial too; E001 is the one whose return is tested. Everything is
invented."""
import shutil

import setup_book
from form import Form, cells_of, type_with_openpyxl
from program import run

EARLIER = ["2025-T1", "2025-T2", "2025-T3", "2026-T1"]
NOW = "2026-T2"
UNITS = 7
TRIED = "E001"


def _indicator(code, name, kind, first, second, **more):
    """An indicator as a row of the setup; the two numbers as (question, unit of measure)."""
    return {"Kode": code, "Navn": name, "Type": kind, "Tall 1 – spørsmål": first[0], "Benevning 1": first[1],
            "Tall 2 – spørsmål": second[0], "Benevning 2": second[1], "Desimaler": 1, "Tallgrunnlag": "perioden",
            "Best når": "høyt", **more}


def _indicators():
    users, nothing = ("Hvor mange brukere {dato}?", "personer"), (None, None)
    days = ("Hvor mange dagsverk var avtalt {periode}?", "dagsverk")
    persons, of_date = {"Gjelder personer": "ja"}, {"Tallgrunnlag": "på dato"}
    absence = {"Best når": "lavt", "Hele tall": "begge"}
    return [
        _indicator("PLAN", "Plan", "andel", ("Hvor mange har plan?", "personer"), users, **persons, **of_date,
                   **{"Må besvares": "ja", "Tiltak kreves ved rødt": "bør"}),
        _indicator("SVAR", "Svar", "andel", ("Hvor mange svarte?", "personer"), users, **persons, **of_date),
        _indicator("KR", "Budsjettavvik", "avvik", ("Hva er netto regnskap {periode}?", "1000 kr"),
                   ("Hva er netto budsjett {periode}?", "1000 kr"), Tallgrunnlag="hittil i år", **{"Best når": "lavt"}),
        _indicator("TILFR", "Tilfredshet", "gjennomsnitt", ("Hva ble gjennomsnittet (1–6)?", "poeng"),
                   ("Hvor mange foreldre svarte?", "personer"), **of_date, **{"Gyldig fra": 1, "Gyldig til": 6}),
        _indicator("FALL", "Fall", "rate", ("Hvor mange fall ble meldt {periode}?", "fall"),
                   ("Hvor mange beboerdøgn {periode}?", "døgn"), Faktor=1000, **absence),
        _indicator("KLAGE", "Klager", "antall", ("Hvor mange klager kom {periode}?", "klager"), nothing,
                   Tallgrunnlag="hittil i år", **absence),
        _indicator("FRAV", "Fravær", "andel", ("Hvor mange dagsverk gikk tapt {periode}?", "dagsverk"), days, **absence,
                   **{"Delene utgjør helheten": "tall 1"}),
        _indicator("KORT", "Korttidsfravær", "andel", ("Hvor mange av dem var korttid?", "dagsverk"), days, **absence,
                   **{"Samme tall som": "2 = FRAV 2", "Del av": "1 = FRAV 1"}),
        _indicator("LANG", "Langtidsfravær", "andel", ("Hvor mange av dem var langtid?", "dagsverk"), days, **absence,
                   **{"Samme tall som": "2 = FRAV 2", "Del av": "1 = FRAV 1"}),
        _indicator("VERN", "Vernerunde", "ja/nei", ("Er vernerunden gjennomført?", None), nothing),
        _indicator("TRIV", "Trivsel", "andel", ("Hvor mange trives?", "personer"),
                   ("Hvor mange ansatte svarte?", "personer"), **persons, **of_date, **{"Tiltak kreves ved rødt": "må"}),
        _indicator("NY", "Nytt mål", "andel", ("Hvor mange fikk tilbudet?", "personer"),
                   ("Hvor mange søkte tilbudet?", "personer"), **persons, **{"Gjelder fra": "2026-05-01", "Vanlig størrelse": "3–400"})]


def setup():
    sheets = setup_book.setup(UNITS, 1)
    sheets["Indikatorer"] = _indicators()
    codes = [row["Kode"] for row in sheets["Indikatorer"]]
    sheets["Plassering"] = [["KORT", "GOD", code, i] for i, code in enumerate(codes)]
    sheets["Mål"] = [["PLAN", "alle", 80, 60], ["TRIV", "alle", 80, 60]]
    sheets["Målepunkt"] = [[f"{year}-T{t}", None, None, None] for year in (2025, 2026) for t in (1, 2, 3)]
    sheets["Hvem måler hva"] = [[code, "*-T*", "x"] for code in codes]
    return sheets


def usual(unit, period):
    """What a unit answers when all is well."""
    i, tertial = int(unit[1:]), int(period[-1])
    return {"PLAN": (16 * i + tertial, 20 * i + 2), "SVAR": (12 * i, 20 * i + 2),
            "KR": (1700 * i * tertial + 10 * tertial, 1650 * i * tertial), "TILFR": (4.4 + 0.1 * tertial, 12 * i),
            "FALL": (10 * i + tertial, 1000 * i), "KLAGE": (5 * i * tertial, None), "FRAV": (80 * i, 1000 * i),
            "KORT": (30 * i, None), "LANG": (50 * i, None), "VERN": ("Ja", None), "TRIV": (17 * i, 20 * i),
            **({"NY": (30 * i + 3, 40 * i)} if period >= NOW else {})}


class Town:
    """The municipality in a folder of its own, made as its coordinator and units would make it."""

    def __init__(self, folder):
        self.home = folder / "kommune"
        self.bms("init", self.home, cwd=folder)
        setup_book.save(setup(), self.home / "setup.xlsx")
        self.bms("setup", "setup.xlsx")
        for period in [*EARLIER, NOW]:
            self.bms("forms", period)
            for form in self.forms(period):
                if (form.identity["unit"], period) != (TRIED, NOW):
                    self.send(form, usual(form.identity["unit"], period), period)
            collected = self.bms("collect", period, "--json")
            assert collected.code == 0, collected
            findings = [f for r in collected.json["returns"] for f in r["findings"] if f["severity"] != "info"]
            assert not findings, findings

    def bms(self, *arguments, cwd=None):
        return run(*arguments, cwd=cwd or self.home)

    def forms(self, period):
        return [Form(path) for path in sorted((self.home / "forms" / period).glob("E*.xlsx"))]

    def form(self, unit=TRIED, period=NOW):
        return Form(next((self.home / "forms" / period).glob(f"{unit}-*.xlsx")))

    def send(self, form, answers, period, name=None):
        target = self.home / "returns" / period / (name or form.path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        type_with_openpyxl(form.path, cells_of(form, answers), target)
        return target

    def copy(self, folder):
        """The same municipality again, to change: a town whose files are copies."""
        other = object.__new__(Town)
        other.home = folder / "kommune"
        shutil.copytree(self.home, other.home)
        return other

    def check(self, *arguments, cwd=None):
        return self.bms("check", *arguments, "--json", cwd=cwd).json
