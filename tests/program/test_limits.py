"""Whose limit a figure takes: what reports and explain say of sums, of the year so far, and where there is no colour.

Everything is invented."""
import setup_book
import openpyxl
from form import Form, cells_of, type_with_openpyxl
from program import InAFolder

PERIODS = ["2026-T1", "2026-T2"]
TOP, UNITS = "PROVE", ["E001", "E002"]


def indicator(code, kind, basis, best, first="stk", second=None, **more):
    row = {"Kode": code, "Navn": f"Måling {code}", "Type": kind, "Tall 1 – spørsmål": f"Hvor mange {code}?",
           "Benevning 1": first, "Tallgrunnlag": basis, "Best når": best, "Desimaler": 1, **more}
    return row if second is None else {**row, "Tall 2 – spørsmål": f"Hvor mange i alt, {code}?", "Benevning 2": second}


INDICATORS = [
    indicator("KLAGER", "antall", "perioden", "lavt", Desimaler=0),
    indicator("AVVIK", "antall", "perioden", "lavt", Desimaler=0),
    indicator("UROLL", "andel", "på dato", "høyt", second="stk", **{"Slås sammen": "samles ikke"}),
    indicator("STORST", "andel", "på dato", "høyt", second="stk", **{"Slås sammen": "største"}),
    indicator("SNITT", "andel", "på dato", "høyt", second="stk", **{"Slås sammen": "snitt av enhetene"}),
    indicator("BUD", "avvik", "hittil i år", "lavt", "1000 kr", "1000 kr"),
    indicator("SKALA", "gjennomsnitt", "på dato", "høyt", "poeng", "personer",
              **{"Gyldig fra": 1, "Gyldig til": 6}),
    indicator("VERN", "ja/nei", "på dato", "høyt"),
    indicator("EGEN", "andel", "på dato", "høyt", second="stk"),
]

TARGETS = [
    ["KLAGER", "alle", 5, 10, None], ["AVVIK", "alle", 1, 2, None], ["AVVIK", "alle", 3, 20, "samlet"],
    ["AVVIK", "alle", 2, 3, "per år"], ["UROLL", "alle", 80, 60, None], ["STORST", "alle", 80, 60, None],
    ["SNITT", "alle", 80, 60, None], ["BUD", "alle", 0, 2, None], ["SKALA", "tjeneste", 4, 3, None],
    ["VERN", "alle", 100, None, None], ["EGEN", "E001", 80, 60, None], ["EGEN", "E002", 70, 60, None]]

ANSWERS = {
    "E001": {"KLAGER": (4, None), "AVVIK": (2, None), "UROLL": (90, 100), "STORST": (90, 100), "SNITT": (90, 100),
             "BUD": (1500, 1000), "SKALA": (4, 10), "VERN": ("Ja", None), "EGEN": (90, 100)},
    "E002": {"KLAGER": (4, None), "AVVIK": (2, None), "UROLL": (10, 100), "STORST": (1, 2), "SNITT": (1, 2),
             "BUD": (-990, -1000), "SKALA": (5, 20), "VERN": ("Nei", None), "EGEN": (90, 100)}}


def setup():
    sheets = setup_book.setup(len(UNITS), 1)
    sheets["Indikatorer"] = INDICATORS
    codes = [row["Kode"] for row in INDICATORS]
    sheets["Plassering"] = [["KORT", "GOD", code, i] for i, code in enumerate(codes)]
    sheets["Mål"] = [dict(zip(["Indikator", "Gjelder", "Grønn grense", "Rød grense", "Gjelder for"], row))
                     for row in TARGETS]
    sheets["Målepunkt"] = [[f"2026-T{t}", None, None, None] for t in (1, 2, 3)]
    sheets["Hvem måler hva"] = [[code, "*-T*", "x"] for code in codes]
    return sheets


class LimitsTest(InAFolder):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.bms("init", self.home, cwd=self.folder)
        setup_book.save(setup(), self.home / "setup.xlsx")
        self.loaded = self.bms("setup", "setup.xlsx", "--json", cwd=self.home)
        for period in PERIODS:
            self.bms("forms", period, cwd=self.home)
            for unit in UNITS if period == "2026-T2" else UNITS[:1]:
                self.send(unit, period, ANSWERS[unit])
            self.bms("collect", period, "--no-corrections", cwd=self.home)

    def send(self, unit, period, answers):
        form = Form(next((self.home / "forms" / period).glob(f"{unit}-*.xlsx")))
        target = self.home / "returns" / period / form.path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        type_with_openpyxl(form.path, cells_of(form, answers), target)

    def rows(self, unit, period="2026-T2"):
        """The report's rows by indicator, as {heading: value}."""
        self.bms("report", period, "--quiet", cwd=self.home)
        book = openpyxl.load_workbook(next((self.home / "reports" / period).glob(f"{unit}-*.xlsx")))
        sheet = book["Alle indikatorer"]
        headings = [cell.value for cell in sheet[4]]
        found = {}
        for row in sheet.iter_rows(min_row=5):
            name = str(row[0].value or "")
            if name.startswith("Måling "):
                cells = dict(zip(headings, row))
                found[name.split("\n")[0].split()[1]] = {
                    **{heading: cell.value for heading, cell in cells.items()},
                    "året": cells["Hittil i år"].number_format[:2].strip('"')}
        return found

    def facts(self, unit, code, period="2026-T2"):
        facts = self.bms("explain", unit, code, period, "--json", cwd=self.home).json["facts"]
        return {fact["key"]: fact["text"] for fact in facts}

    def test_setup_warns_of_a_sum_without_a_limit_of_its_own(self):
        found = [(f["rule"], f["severity"], f["indicator"] or f["message"].split()[3])
                 for f in self.loaded.json["findings"] if f["rule"] == "sum_without_target"]
        self.assertEqual(["KLAGER"], [code for _, _, code in found])
        self.assertEqual("warning", found[0][1])

    def test_sums_take_no_limit_of_one_unit_and_the_year_none_of_one_period(self):
        own, parent = self.rows("E001"), self.rows(TOP)
        self.assertEqual("● Når målet", own["KLAGER"]["Status"])
        self.assertEqual((8, "○"), (own["KLAGER"]["Hittil i år"], own["KLAGER"]["året"]))
        self.assertEqual("○ Uten mål", parent["KLAGER"]["Status"])
        self.assertIsNone(parent["KLAGER"]["Mål"])
        # 4 of at most 3 in the year can no longer be better; the status is the year's where that has a colour
        self.assertEqual(("■", "■ Langt fra målet"), (own["AVVIK"]["året"], own["AVVIK"]["Status"]))
        self.assertEqual("▲", self.rows("E001", "2026-T1")["AVVIK"]["Status"][0])
        self.assertEqual("▲ Nær målet", parent["AVVIK"]["Status"])  # 4 of at most 3 together

    def test_a_year_with_a_hole_is_never_green(self):
        self.assertEqual("○", self.rows("E002")["AVVIK"]["året"])

    def test_without_colour_the_row_says_why(self):
        status = {code: row["Status"] for code, row in self.rows(TOP).items()}
        self.assertEqual("○ Samles ikke", status["UROLL"])
        self.assertEqual("○ Uten prosent", status["BUD"])
        self.assertEqual("○ Uten mål", status["VERN"])
        self.assertEqual("○ Ulike mål", status["EGEN"])
        self.assertEqual("● Når målet", status["SKALA"])  # the units' common limit

    def test_explain_shows_how_each_roll_up_was_worked_out(self):
        for code, formula in {
                "KLAGER": "4 + 4 = 8\u00a0stk",
                "STORST": "det største av 90,0; 50,0: 90,0\u00a0%",
                "SNITT": "(90,0 + 50,0) / 2 = 70,0\u00a0%",
                "SKALA": "(4 × 10 + 5 × 20) / 30 = 4,7",
                "VERN": "1 av 2 svarte ja: 100 × 1 / 2 = 50,0\u00a0%",
                "EGEN": "100 × 180 / 200 = 90,0\u00a0%",
                "UROLL": "oppsettet sier at enhetene ikke slås sammen",
                "BUD": "uten prosent: med fortegn går tall 2 for enhetene nesten opp i opp (0); beløpet er 510"}.items():
            with self.subTest(code):
                self.assertEqual(formula, self.facts(TOP, code)["formula"])

    def test_explain_says_why_there_is_no_colour_and_keeps_unit_and_number_apart(self):
        facts = self.facts(TOP, "BUD")
        self.assertEqual("ingen farge: uten prosent", facts["status"])
        self.assertTrue(facts["numerator"].startswith("510\u00a0(i 1000 kr) – "), facts["numerator"])
        self.assertEqual("ingen farge: ulike mål", self.facts(TOP, "EGEN")["status"])
        self.assertEqual("enhetene har ulike mål", self.facts(TOP, "EGEN")["target"])
        self.assertEqual("for alle; samlet", self.facts(TOP, "AVVIK")["target_source"])
        self.assertEqual("ingen farge: uten mål", self.facts(TOP, "KLAGER")["status"])

    def test_explain_says_what_the_report_says(self):
        for unit in (TOP, "E001"):
            for code, row in self.rows(unit, "2026-T1").items():
                with self.subTest(unit=unit, code=code):
                    said = self.facts(unit, code, "2026-T1")["status"].removeprefix("ingen farge: ")
                    self.assertEqual(row["Status"].lstrip("○●▲■ ").lower(), said.lstrip("○●▲■ "))

    def test_explain_says_how_the_year_so_far_is_judged(self):
        self.assertEqual("4 + 4 = 8\u00a0stk; ingen farge: uten mål", self.facts("E001", "KLAGER")["so_far"])
        self.assertEqual("2 + 2 = 4\u00a0stk; ■ langt fra målet (grønt til og med 2\u00a0stk, rødt over 3\u00a0stk)",
                         self.facts("E001", "AVVIK")["so_far"])
        self.assertEqual("mangler + 2 = 2\u00a0stk; ingen farge: tall mangler (grønt til og med 2\u00a0stk, "
                         "rødt over 3\u00a0stk)", self.facts("E002", "AVVIK")["so_far"])
        self.assertNotIn("so_far", self.facts("E001", "KLAGER", "2026-T1"))

    def test_a_number_in_a_held_file_is_held_back_and_not_missing(self):
        self.send("E002", "2026-T1", {**ANSWERS["E002"], "UROLL": (101, 100)})
        self.bms("collect", "2026-T1", "--no-corrections", cwd=self.home)
        text = self.facts("E002", "UROLL", "2026-T1")["state"]
        self.assertTrue(text.startswith("holdt tilbake til det er rettet (returns/2026-T1/E002-"), text)
        parts = self.bms("explain", TOP, "UROLL", "2026-T1", cwd=self.home).out
        self.assertIn("holdt tilbake til det er rettet", parts)


class MergedUnitsTest(InAFolder):
    """E001 and E002 become E004 at the end of August; E003 goes on."""

    ANSWERS = {"2026-T1": {"E001": 10, "E002": 90, "E003": 60}, "2026-T2": {"E001": 10, "E002": 90, "E003": 70},
               "2026-T3": {"E003": 80, "E004": 50}}

    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.bms("init", self.home, cwd=self.folder)
        sheets = setup()
        sheets["Indikatorer"] = [
            indicator(code, "andel", "perioden", "høyt", second="stk", **{"Slås sammen": rule})
            for code, rule in (("MINST", "minste"), ("SNITT", "snitt av enhetene"))]
        sheets["Plassering"] = [["KORT", "GOD", code, i] for i, code in enumerate(("MINST", "SNITT"))]
        sheets["Mål"] = [{"Indikator": "MINST", "Gjelder": "alle", "Grønn grense": 40, "Rød grense": 20}]
        sheets["Hvem måler hva"] = [[code, "*-T*", "x"] for code in ("MINST", "SNITT")]
        last, first = "2026-08-31", "2026-09-01"
        sheets["Enheter"] = [[TOP, "Prøve kommune"]] + [
            [code, f"Enhet {code}", TOP, "tjeneste", None, None, *dates]
            for code, *dates in (("E001", None, last), ("E002", None, last), ("E003", None, None),
                                 ("E004", first, None, "E001, E002"))]
        setup_book.save(sheets, self.home / "setup.xlsx")
        self.bms("setup", "setup.xlsx", cwd=self.home)
        for period, numbers in self.ANSWERS.items():
            self.bms("forms", period, cwd=self.home)
            for unit, number in numbers.items():
                LimitsTest.send(self, unit, period, {"MINST": (number, 100), "SNITT": (number, 100)})
            self.bms("collect", period, "--no-corrections", cwd=self.home)

    def test_a_roll_up_of_units_years_counts_a_merged_unit_as_one(self):
        rows = LimitsTest.rows(self, TOP, "2026-T3")
        self.assertEqual(50, rows["MINST"]["Hittil i år"])  # E004's 250 of 500, not E001's 20 of 200
        self.assertEqual("● Når målet", rows["MINST"]["Status"])
        self.assertEqual(60, rows["SNITT"]["Hittil i år"])  # of 50 and 70
        self.assertEqual(10, LimitsTest.rows(self, TOP, "2026-T2")["MINST"]["Hittil i år"])

    def test_explain_shows_no_sums_where_the_year_is_not_made_of_them(self):
        said = LimitsTest.facts(self, TOP, "MINST", "2026-T2")["so_far"]
        self.assertTrue(said.startswith("10,0\u00a0%; ■"), said)
        self.assertTrue(LimitsTest.facts(self, "E003", "MINST", "2026-T2")["so_far"].startswith("100 × 130 / 200 = "))


class UnitsYearTest(InAFolder):
    """E001 answers two tertials of three, which is less than the indicator needs for a year; E002 all."""

    ANSWERS = {"2026-T1": {"E001": 10, "E002": 90}, "2026-T2": {"E002": 90}, "2026-T3": {"E001": 90, "E002": 90}}

    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.bms("init", self.home, cwd=self.folder)
        sheets = setup()
        sheets["Indikatorer"] = [indicator("PLAN", "andel", "perioden", "høyt", second="stk", **{"Minste dekning": 75})]
        sheets["Plassering"] = [["KORT", "GOD", "PLAN", 1]]
        sheets["Mål"] = [{"Indikator": "PLAN", "Gjelder": who, "Grønn grense": green, "Rød grense": red}
                         for who, green, red in (("alle", 80, 60), (TOP, 95, 92))]
        sheets["Hvem måler hva"] = [["PLAN", "*-T*", "x"]]
        setup_book.save(sheets, self.home / "setup.xlsx")
        self.bms("setup", "setup.xlsx", cwd=self.home)
        for period, numbers in self.ANSWERS.items():
            self.bms("forms", period, cwd=self.home)
            for unit, number in numbers.items():
                LimitsTest.send(self, unit, period, {"PLAN": (number, 100)})
            self.bms("collect", period, "--no-corrections", cwd=self.home)

    def test_a_unit_is_judged_the_same_in_its_own_report_and_in_its_leaders(self):
        own = LimitsTest.rows(self, "E001", "2026-T3")["PLAN"]
        self.assertEqual((50, "○", "● Når målet"), (own["Hittil i år"], own["året"], own["Status"]))
        self.assertEqual("2/0/0/0", LimitsTest.rows(self, TOP, "2026-T3")["PLAN"]["Enheter ●/▲/■/○"])
        book = openpyxl.load_workbook(next((self.home / "reports/2026-T3").glob(f"{TOP}-*.xlsx")))
        self.assertEqual("■ Langt fra målet", LimitsTest.rows(self, TOP, "2026-T3")["PLAN"]["Status"])
        self.assertEqual("Ingen av enhetene som har svart, er røde", book["Rødt"]["A5"].value)
        self.assertEqual([90, 90], [book["Enheter"][f"C{row}"].value for row in (6, 7)])
