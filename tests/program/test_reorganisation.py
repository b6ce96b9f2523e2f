"""Municipalities that merge, split, move, rename and close units: twenty units that become fifteen, as in Rissa, and eight that
become nine, as in Løten. The sizes are those two municipalities'; every unit, name and number in here is invented, and every sum
is worked out here from what the units were made to answer."""
import re
import shutil
import tempfile
import unittest
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

import setup_book
from form import Form, cells_of
from program import run

YEAR_ENDS, YEAR_BEGINS = "2025-12-31", "2026-01-01"


def indicators():
    """A share and a mean of the period, a deviation and a count of the year to date."""
    return [
        ["SYK", "Sykefravær", "andel", "Hvor mange dagsverk gikk tapt {dates}?", "dagsverk",
         "Hvor mange dagsverk var avtalt {dates}?", "dagsverk", 1, "perioden", "lavt", None, None, None],
        ["BUD", "Budsjettavvik", "avvik", "Hva er netto regnskap {dates}?", "1000 kr",
         "Hva er netto budsjett {dates}?", "1000 kr", 1, "hittil i år", "lavt", None, None, None],
        ["KLA", "Klager", "antall", "Hvor mange klager kom {dates}?", "klager", None, None, 0, "hittil i år", "lavt", None,
         None, None],
    ]


def unit(code, name, parent, group="tjeneste", first=None, last=None, replaces=None):
    return [code, name, parent, group, f"Leder for {code}", None, first, last, replaces]


def share(pairs):
    return 100 * sum(n for n, _ in pairs) / sum(d for _, d in pairs)


def deviation(pairs):
    n, d = sum(n for n, _ in pairs), sum(d for _, d in pairs)
    return 100 * (n - d) / d


def shown(result):
    """A result as a form shows it, in bokmål."""
    return f"{result:.1f}".replace(".", ",")


def type_into(path, cells, target):
    """Fill in cells of the first sheet directly in the file: some twenty times as fast as through openpyxl, which other tests
    use; here there are more than a hundred returns."""
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for part in book.namelist():
            data = book.read(part)
            if part == "xl/worksheets/sheet1.xml":
                text = data.decode()
                for _, address, value in cells:
                    typed = (f' t="inlineStr"><is><t>{escape(value)}</t></is></c>' if isinstance(value, str)
                             else f"><v>{value!r}</v></c>")
                    text, n = re.subn(rf'(<c r="{address}"( s="\d+")?)/>', lambda m, typed=typed: m[1] + typed, text)
                    assert n == 1, (path, address)
                data = text.encode()
            out.writestr(part, data)


class Forms:
    """Where the cells are, looked up once for all forms with the same layout."""

    def __init__(self):
        self.known = {}

    def of(self, path):
        with zipfile.ZipFile(path) as book:
            layout = re.findall(r"<definedName .*?</definedName>", book.read("xl/workbook.xml").decode())
        if tuple(layout) not in self.known:
            self.known[tuple(layout)] = Form(path)
        return self.known[tuple(layout)]


class Town:
    """A municipality in a folder: its setup, and the answers given for each unit."""

    def __init__(self, folder, units, periods, all_periods):
        self.home = folder
        self.layouts = Forms()
        self.answers = {}  # (unit, indicator, period): (number 1, number 2)
        run("init", folder, cwd=folder.parent)
        self.all_periods = all_periods
        self.load(units)
        self.runs = {}
        for period in periods:
            self.collect(period)

    def bms(self, *arguments, code=0):
        ended = run(*arguments, cwd=self.home)
        assert ended.code == code, ended
        return ended

    def load(self, units):
        sheets = setup_book.setup(1, 1)
        sheets["Enheter"] = units
        sheets["Indikatorer"] = indicators()
        codes = [row[0] for row in sheets["Indikatorer"]]
        sheets["Plassering"] = [["KORT", "GOD", code, i] for i, code in enumerate(codes)]
        sheets["Mål"] = [["SYK", "alle", 7.5, 9.5], ["BUD", "alle", 0, 2], ["KLA", "alle", 5, 10],
                         {"Indikator": "KLA", "Gjelder": "alle", "Grønn grense": 100, "Rød grense": 200,
                          "Gjelder for": "samlet"}]
        sheets["Målepunkt"] = [[period, None, None, None] for period in self.all_periods]
        sheets["Hvem måler hva"] = [[code, "*-*", "x"] for code in codes]
        setup_book.save(sheets, self.home / "setup.xlsx")
        self.setup = self.bms("setup", "setup.xlsx", "--yes", "--json").json

    def forms(self, period):
        return {path.name.split("-")[0]: path for path in sorted((self.home / "forms" / period).glob("*.xlsx"))}

    def answer(self, code, place, period):
        """Numbers that differ from unit to unit; the year to date grows with the period."""
        order = self.all_periods.index(period) % (4 if "Q" in period else 3) + 1
        return {"SYK": (8 + place % 7 + order / 10, 100 + 13 * place), "BUD": ((100 + 11 * place) * order, (105 + 10 * place) * order),
                "KLA": (place % 4 + order, None)}[code]

    def collect(self, period, sizes=None):
        """Send the forms, fill every one in, collect them. `sizes` gives a unit's place in the row of sizes."""
        self.bms("forms", period)
        folder = self.home / "returns" / period
        folder.mkdir(parents=True)
        for place, (code, path) in enumerate(self.forms(period).items()):
            form = self.layouts.of(path)
            place = (sizes or {}).get(code, place)
            answers = {indicator: self.answer(indicator, place, period) for indicator in form.questions}
            for indicator, pair in answers.items():
                self.answers[code, indicator, period] = pair
            type_into(path, cells_of(form, answers), folder / path.name)
        self.collected = self.bms("collect", period, "--json").json

    def sums(self, indicator, *of):
        """The pairs that units answered: of (unit, period) or (units, period), units as a list or a text of one-letter codes."""
        return [self.answers[one, indicator, period]
                for units, period in of for one in ([units] if isinstance(units, str) and (units, indicator, period) in self.answers else units)]

    def report(self, code, period, under=""):
        """The sheet of all indicators: {name: {heading: value}}."""
        path = next((self.home / "reports" / period / under).glob(f"{code}-*.xlsx"))
        book = openpyxl.load_workbook(path, data_only=True)
        rows = list(book["Alle indikatorer"].iter_rows(min_row=4, values_only=True))
        return book, {str(row[0]).split(" (")[0].strip(): dict(zip(rows[0], row)) for row in rows[1:] if row[0]}

    def notes_of(self, code, period):
        """All texts of a form's first sheet, and beside each indicator its target and earlier results."""
        sheet = openpyxl.load_workbook(self.home / "forms" / period / self.forms(period)[code].name).worksheets[0]
        rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
        headings = next(row for row in rows if "Kode" in row)
        earlier = {row[headings.index("Kode")]: row[headings.index("Mål, sist, samme tid i fjor")] for row in rows}
        return [text for row in rows for text in row if text], earlier

    def findings(self, code, period, answers):
        """What the checks say about a return with these answers, by rule."""
        path = self.forms(period)[code]
        target = self.home / "prøve.xlsx"
        type_into(path, cells_of(self.layouts.of(path), answers), target)
        checked = run("check", target, "--json", cwd=self.home).json["returns"]
        return {finding["rule"]: finding for finding in checked[0]["findings"]}

    def facts(self, *arguments):
        facts = self.bms("explain", *arguments, "--json").json["facts"]
        return {fact["key"]: fact["text"] for fact in facts}, {fact["label"]: fact["text"] for fact in facts if fact["key"] == "part"}


class Reorganised(unittest.TestCase):
    maxDiff = None

    @classmethod
    def in_a_folder(cls):
        folder = Path(tempfile.mkdtemp(prefix="bms-reorganised-"))
        cls.addClassCleanup(shutil.rmtree, folder)
        return folder / "kommune"

    def assert_row(self, row, heading, expected):
        self.assertAlmostEqual(row[heading], expected, 9, heading)

    def assert_alone_says_the_same(self, period):
        """A report asked for by its unit's code is made of much fewer answers, and is the same to the byte: another would be
        a new edition."""
        reports = sorted((self.town.home / "reports" / period).glob("*.xlsx"))
        before = {path: path.read_bytes() for path in reports}
        for path in reports:
            self.town.bms("report", period, "--unit", path.name.split("-")[0])
        self.assertEqual([path.name for path in reports if path.read_bytes() != before[path]], [])


QUARTERS = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
OPP, HEL, TEK = ([f"E{i:02}" for i in range(*ends)] for ends in ((1, 9), (9, 16), (16, 21)))
NAMES = {f"E{i:02}": f"Enhet {i}" for i in range(1, 21)}


def twenty_units():
    return [unit("RIS", "Prøve kommune", None, None), unit("OPP", "Oppvekst", "RIS", None), unit("HEL", "Helse", "RIS", None),
            unit("TEK", "Teknisk", "RIS", None)] + \
        [unit(code, NAMES[code], above) for above, codes in (("OPP", OPP), ("HEL", HEL), ("TEK", TEK)) for code in codes]


def fifteen_units():
    """Oppvekst and Helse become Velferd at the new year; N1 and N2 take over from two and three of its units, E07 takes over E08,
    E15 gets another name. In April E16 is moved there from Teknisk, where N3 takes over from E17 and E18."""
    closed = {code: YEAR_ENDS for code in ("E01", "E02", "E03", "E04", "E05", "E08")}
    closed |= {"E17": "2026-03-31", "E18": "2026-03-31"}
    rows = [unit("RIS", "Prøve kommune", None, None), unit("OPP", "Oppvekst", "RIS", None, None, YEAR_ENDS),
            unit("HEL", "Helse", "RIS", None, None, YEAR_ENDS), unit("TEK", "Teknisk", "RIS", None),
            unit("VEL", "Velferd", "RIS", None, YEAR_BEGINS, None, "OPP, HEL")]
    for above, codes in (("OPP", OPP), ("HEL", HEL), ("TEK", TEK)):
        for code in codes:
            replaces = "E08" if code == "E07" else None
            if code == "E06":  # moved without a day: it counts as always having been where it is now
                rows.append(unit(code, NAMES[code], "VEL"))
            elif code in closed:
                rows.append(unit(code, NAMES[code], above, last=closed[code]))
            elif code == "E16":
                rows += [unit(code, NAMES[code], above), unit(code, NAMES[code], "VEL", first="2026-04-01")]
            elif above == "TEK":
                rows.append(unit(code, NAMES[code], above))
            else:
                name = "Nytt navn" if code == "E15" else NAMES[code]
                rows += [unit(code, NAMES[code], above, last=YEAR_ENDS, replaces=replaces), unit(code, name, "VEL", first=YEAR_BEGINS)]
    return rows + [unit("N1", "Ny en", "VEL", first=YEAR_BEGINS, replaces="E01, E02"),
                   unit("N2", "Ny to", "VEL", first=YEAR_BEGINS, replaces="E03, E04, E05"),
                   unit("N3", "Ny tre", "TEK", first="2026-04-01", replaces="E17, E18")]


VEL = ["E06", "E07", *HEL, "N1", "N2"]


class TwentyUnitsBecomeFifteen(Reorganised):
    @classmethod
    def setUpClass(cls):
        cls.town = town = Town(cls.in_a_folder(), twenty_units(), QUARTERS[:4], QUARTERS)
        town.bms("report", "2025-Q4")
        cls.then = cls.reported("2025-Q4")
        cls.history_then = town.bms("history").out
        cls.runs_then = 1 + 2 * 4 + 1  # setup, four times forms and collect, the report
        town.load(fifteen_units())
        town.collect("2026-Q1")
        cls.first_collect = town.collected
        town.collect("2026-Q2")
        town.bms("report", "2026-Q2")

    @classmethod
    def reported(cls, period, under=""):
        return {path.name: path.read_bytes() for path in (cls.town.home / "reports" / period / under).glob("*.xlsx")}

    def test_the_renewed_setup_is_sound_and_asks_the_units_of_each_day(self):
        self.assertEqual([(f["rule"], f["unit"]) for f in self.town.setup["findings"]], [("moved_without_a_day", "E06")])
        expected = {"2025-Q4": {*OPP, *HEL, *TEK}, "2026-Q1": {*VEL, *TEK}, "2026-Q2": {*VEL, "E16", "E19", "E20", "N3"}}
        for period, units in expected.items():
            status = self.town.bms("status", period, "--json").json["units"]
            self.assertEqual({row["unit"] for row in status if row["expected"]}, units, period)
            self.assertEqual({row["missing"] for row in status}, {0}, period)
        self.assertEqual([len(units) for units in expected.values()], [20, 16, 15])

    def test_a_report_asked_for_alone_is_the_same(self):
        self.assert_alone_says_the_same("2026-Q2")

    def test_a_form_shows_what_the_former_units_had_together(self):
        texts, earlier = self.town.notes_of("N1", "2026-Q1")
        self.assertIn("Tallene for 4. kvartal 2025 og 1. kvartal 2025 er Enhet 1 og Enhet 2 til sammen.", texts)
        both = ["E01", "E02"]
        for period, word in (("2025-Q4", "Sist, 2 enheter til sammen: {} % (4. kvartal 2025)"),
                             ("2025-Q1", "I fjor, 2 enheter til sammen: {} % (1. kvartal 2025)")):
            for code, result in (("SYK", share), ("BUD", deviation)):
                value = shown(result(self.town.sums(code, (both, period)))).replace("-", "−")
                self.assertIn(word.format(value), earlier[code].replace("\u00a0", " "))
        klager = sum(n for n, _ in self.town.sums("KLA", (["E03", "E04", "E05"], "2025-Q4")))
        self.assertIn(f"Sist, 3 enheter til sammen: {klager} ", self.town.notes_of("N2", "2026-Q1")[1]["KLA"].replace("\u00a0", " "))

    def test_a_unit_that_took_over_another_shows_both_and_a_renamed_one_its_own(self):
        last = shown(share(self.town.sums("SYK", (["E07", "E08"], "2025-Q4"))))
        self.assertIn(f"Sist, 2 enheter til sammen: {last}", self.town.notes_of("E07", "2026-Q1")[1]["SYK"])
        texts, earlier = self.town.notes_of("E15", "2026-Q1")
        self.assertIn("Nytt navn – 1. kvartal 2026", texts)
        self.assertIn(f"Sist: {shown(share(self.town.sums('SYK', ('E15', '2025-Q4'))))}", earlier["SYK"])
        self.assertFalse([text for text in texts if "til sammen" in text])

    def test_a_unit_that_took_over_in_the_middle_of_the_year_answers_for_all_of_it(self):
        before = sum(n for n, _ in self.town.sums("KLA", (["E17", "E18"], "2026-Q1")))
        self.assertIn(f"Sist, 2 enheter til sammen: {before} ", self.town.notes_of("N3", "2026-Q2")[1]["KLA"].replace("\u00a0", " "))
        answers = {code: self.town.answer(code, 17, "2026-Q2") for code in ("SYK", "BUD")}
        low = self.town.findings("N3", "2026-Q2", {**answers, "KLA": (before - 1, None)})
        self.assertIn(f"var det {before}. Tallene fra før er Enhet 17 og Enhet 18 til sammen.", low["year_to_date_lower"]["message"])
        self.assertNotIn("KLA", {f["indicator"] for f in self.town.findings("N3", "2026-Q2", {**answers, "KLA": (before, None)}).values()})

    def test_twice_the_numbers_of_a_former_unit_are_normal_for_a_merged_one(self):
        both = self.town.sums("SYK", (["E01", "E02"], "2025-Q4"))
        usual = {"SYK": tuple(map(sum, zip(*both))), "BUD": tuple(map(sum, zip(*self.town.sums("BUD", (["E01", "E02"], "2025-Q1"))))),
                 "KLA": (3, None)}
        self.assertEqual(set(self.town.findings("N1", "2026-Q1", usual)), set())
        much = self.town.findings("N1", "2026-Q1", {**usual, "SYK": (usual["SYK"][0] * 10, usual["SYK"][1] * 10)})
        self.assertIn("Enhet 1 og Enhet 2 til sammen", much["factor"]["message"])

    def test_the_report_of_a_merged_unit_says_whose_the_past_is(self):
        book, rows = self.town.report("N1", "2026-Q2")
        self.assertIn("tall før 01.01.2026 er Enhet 1 og Enhet 2 til sammen", book["Oversikt"]["A2"].value)
        sick = next(row for name, row in rows.items() if name.startswith("Sykefravær"))
        self.assert_row(sick, "Samme tid i fjor", share(self.town.sums("SYK", (["E01", "E02"], "2025-Q2"))))
        self.assert_row(sick, "Hittil i år", share(self.town.sums("SYK", ("N1", "2026-Q1"), ("N1", "2026-Q2"))))

    def test_a_merged_leader_and_a_moved_unit_count_by_the_tree_of_each_day(self):
        moved = [*VEL, "E16"]
        expected = {
            "VEL": (moved, VEL, OPP + HEL, moved),
            "TEK": (["E19", "E20", "N3"], TEK, TEK, [unit for unit in TEK if unit != "E16"]),
            "RIS": ([*moved, "E19", "E20", "N3"], VEL + TEK, OPP + HEL + TEK, VEL + TEK),
        }
        for code, (now, last, year_before, earlier) in expected.items():
            with self.subTest(unit=code):
                rows = self.town.report(code, "2026-Q2")[1]
                sick = next(row for name, row in rows.items() if name.startswith("Sykefravær"))
                budget = next(row for name, row in rows.items() if name.startswith("Budsjettavvik"))
                self.assert_row(sick, "Perioden", share(self.town.sums("SYK", (now, "2026-Q2"))))
                self.assert_row(sick, "Forrige måling", share(self.town.sums("SYK", (last, "2026-Q1"))))
                self.assert_row(sick, "Samme tid i fjor", share(self.town.sums("SYK", (year_before, "2025-Q2"))))
                self.assert_row(sick, "Hittil i år", share(self.town.sums("SYK", (earlier, "2026-Q1"), (now, "2026-Q2"))))
                self.assert_row(budget, "Hittil i år", deviation(self.town.sums("BUD", (now, "2026-Q2"))))
                self.assert_row(budget, "Samme tid i fjor", deviation(self.town.sums("BUD", (year_before, "2025-Q2"))))

    def test_an_old_period_keeps_the_tree_it_had(self):
        self.town.bms("report", "2025-Q3")
        rows = self.town.report("HEL", "2025-Q3")[1]
        sick = next(row for name, row in rows.items() if name.startswith("Sykefravær"))
        self.assert_row(sick, "Perioden", share(self.town.sums("SYK", (HEL, "2025-Q3"))))
        self.assertEqual({path.name.split("-")[0] for path in (self.town.home / "reports/2025-Q3").glob("*.xlsx")},
                         {"RIS", "OPP", "HEL", "TEK", *OPP, *HEL, *TEK})

    def test_history_and_explain_find_the_former_units_with_file_and_cell(self):
        rows = self.town.bms("history", "N1", "SYK", "--json").json["measurements"]
        self.assertEqual({(row["unit"], row["period"]) for row in rows},
                         {("N1", period) for period in QUARTERS[4:]} | {(one, period) for one in ("E01", "E02") for period in QUARTERS[:4]})
        self.assertEqual([row["unit"] for row in rows][:2], ["N1", "N1"])
        reported = self.town.bms("history", "N1", "SYK")
        self.assertIn("N1 ← E02", reported.out)
        self.assertIn("som denne erstatter", reported.out)
        facts, parts = self.town.facts("N1", "SYK", "2025-Q4")
        pairs = self.town.sums("SYK", (["E01", "E02"], "2025-Q4"))
        self.assertEqual(facts["past"], "Tallene for 4. kvartal 2025 er Enhet 1 og Enhet 2 til sammen.")
        self.assertEqual(facts["result"].replace("\u00a0", " "), f"{shown(share(pairs))} %")
        self.assertEqual(set(parts), {"Enhet 1", "Enhet 2"})
        self.assertRegex(parts["Enhet 2"], r"^\S+ / \d+ → \S+\s% \(returns/2025-Q4/E02-\S+\.xlsx, Skjema!C\d+, E\d+\)$")
        self.assertEqual(set(self.town.facts("VEL", "SYK", "2025-Q4")[1]), {NAMES[code] for code in OPP + HEL} - {"Enhet 15"} | {"Nytt navn"})
        self.assertEqual(set(self.town.facts("TEK", "SYK", "2026-Q1")[1]), {NAMES[code] for code in TEK})
        self.assertEqual(set(self.town.facts("TEK", "SYK", "2026-Q2")[1]), {"Enhet 19", "Enhet 20", "Ny tre"})

    def test_explain_shows_a_unit_that_took_over_another_and_the_sum(self):
        facts, parts = self.town.facts("E07", "SYK", "2025-Q4")
        own, both = self.town.sums("SYK", ("E07", "2025-Q4")), self.town.sums("SYK", (["E07", "E08"], "2025-Q4"))
        self.assertEqual(facts["result"].replace("\u00a0", " "), f"{shown(share(own))} %")
        self.assertTrue(facts["together"].startswith("Tallene for 4. kvartal 2025 er Enhet 7 og Enhet 8 til sammen."), facts)
        self.assertIn(f"→ {shown(share(both))}", facts["together"])
        self.assertEqual(set(parts), {"Enhet 7", "Enhet 8"})
        self.assertNotIn("together", self.town.facts("E07", "SYK", "2026-Q1")[0])

    def test_what_was_known_before_is_shown_as_it_was(self):
        self.town.bms("report", "2025-Q4", "--as-of", str(self.runs_then))
        self.assertEqual(self.reported("2025-Q4", f"as-of-{self.runs_then}"), self.then)
        self.assertEqual(self.town.bms("history", "--as-of", str(self.runs_then)).out, self.history_then)
        self.assertNotIn("N1", self.town.bms("history", "--as-of", str(self.runs_then)).out)


TERTIALS = ["2025-T1", "2025-T2", "2025-T3", "2026-T1", "2026-T2"]
EIGHT = [f"L{i}" for i in range(1, 9)]


def eight_units(split=False):
    rows = [unit("LOT", "Prøve kommune", None, None)]
    rows += [unit(code, f"Avdeling {code[1]}", "LOT", last="2026-04-30" if split and code == "L3" else None) for code in EIGHT]
    if split:
        rows += [unit(code, name, "LOT", first="2026-05-01", replaces="L3") for code, name in (("L3A", "Nord"), ("L3B", "Sør"))]
    return rows


class EightUnitsBecomeNine(Reorganised):
    NINE = [*(set(EIGHT) - {"L3"}), "L3A", "L3B"]

    @classmethod
    def setUpClass(cls):
        cls.town = town = Town(cls.in_a_folder(), eight_units(), TERTIALS[:4], TERTIALS)
        town.load(eight_units(split=True))
        town.collect("2026-T2", sizes={"L3A": 0, "L3B": 1})
        town.bms("report", "2026-T2")

    def test_a_report_asked_for_alone_is_the_same(self):
        self.assert_alone_says_the_same("2026-T2")

    def test_the_form_of_either_half_shows_the_shared_past_as_shared(self):
        texts, earlier = self.town.notes_of("L3A", "2026-T2")
        self.assertIn("Tallene for 1. tertial 2026 og 2. tertial 2025 er fra før delingen og er felles med Sør.", texts)
        self.assertIn(f"Sist, før delingen: {shown(share(self.town.sums('SYK', ('L3', '2026-T1'))))}", earlier["SYK"])
        self.assertIn("I fjor, før delingen: ", earlier["SYK"])
        self.assertIn("felles med Nord.", " ".join(self.town.notes_of("L3B", "2026-T2")[0]))
        self.assertNotIn("delingen", " ".join(self.town.notes_of("L4", "2026-T2")[0]))

    def test_the_shared_past_is_not_compared_with_one_half_but_peers_are(self):
        whole = self.town.sums("BUD", ("L3", "2026-T1"))[0]
        half = {"SYK": (6.5, 90), "BUD": (whole[0] / 20, whole[1] / 20), "KLA": (0, None)}
        self.assertEqual(set(self.town.findings("L3A", "2026-T2", half)) - {"red_without_action"}, set())
        jump = self.town.findings("L3A", "2026-T2", {**half, "SYK": (80, 100)})
        self.assertIn("unlike_peers", jump)
        self.assertNotIn("jump", jump)

    def test_the_whole_counts_the_shared_past_once(self):
        rows = self.town.report("LOT", "2026-T2")[1]
        sick = next(row for name, row in rows.items() if name.startswith("Sykefravær"))
        self.assert_row(sick, "Perioden", share(self.town.sums("SYK", (self.NINE, "2026-T2"))))
        self.assert_row(sick, "Forrige måling", share(self.town.sums("SYK", (EIGHT, "2026-T1"))))
        self.assert_row(sick, "Samme tid i fjor", share(self.town.sums("SYK", (EIGHT, "2025-T2"))))
        self.assert_row(sick, "Hittil i år", share(self.town.sums("SYK", (EIGHT, "2026-T1"), (self.NINE, "2026-T2"))))
        book, rows = self.town.report("L3A", "2026-T2")
        self.assertIn("tall før 01.05.2026 er felles med Sør", book["Oversikt"]["A2"].value)
        sick = next(row for name, row in rows.items() if name.startswith("Sykefravær"))
        self.assert_row(sick, "Samme tid i fjor", share(self.town.sums("SYK", ("L3", "2025-T2"))))

    def test_history_and_explain_say_whom_it_is_shared_with(self):
        self.assertIn("L3A ← L3 (felles med L3B)", self.town.bms("history", "L3A", "SYK").out)
        facts, parts = self.town.facts("L3A", "SYK", "2026-T1")
        self.assertEqual(facts["past"], "Tallene for 1. tertial 2026 er fra før delingen og er felles med Sør.")
        self.assertEqual(set(parts), {"Avdeling 3"})
        self.assertNotIn("past", self.town.facts("L3A", "SYK", "2026-T2")[0])

    def test_status_asks_nine(self):
        status = self.town.bms("status", "2026-T2", "--json").json["units"]
        self.assertEqual({row["unit"] for row in status if row["expected"]}, set(self.NINE))
        self.assertEqual(len(self.NINE), 9)


CHAINED = ["2025-T1", "2025-T2", "2025-T3", "2026-T1", "2026-T2"]


def chained_units(step):
    """A and B become C at the new year, C and D become E in May; X is split into X1 and X2 and they merge into Y; K is closed. Each
    step is written when it is known."""
    may, april = "2026-05-01", "2026-04-30"
    rows = [unit("TOP", "Prøve kommune", None, None)]
    last = {"A": YEAR_ENDS, "B": YEAR_ENDS, "X": YEAR_ENDS, "K": YEAR_ENDS} if step > 0 else {}
    last |= {"C": april, "D": april, "X1": april, "X2": april} if step > 1 else {}
    later = [("C", "A, B"), ("X1", "X"), ("X2", "X")] if step > 0 else []
    for code in ("A", "B", "D", "X", "K"):
        rows.append(unit(code, f"Kontor {code}", "TOP", last=last.get(code)))
    for code, replaces in later:
        rows.append(unit(code, f"Kontor {code}", "TOP", first=YEAR_BEGINS, last=last.get(code), replaces=replaces))
    if step > 1:
        rows += [unit(code, f"Kontor {code}", "TOP", first=may, replaces=replaces) for code, replaces in (("E", "C, D"), ("Y", "X1, X2"))]
    return rows


class MergedAgainAndAgain(Reorganised):
    @classmethod
    def setUpClass(cls):
        cls.town = town = Town(cls.in_a_folder(), chained_units(0), CHAINED[:3], CHAINED)
        town.load(chained_units(1))
        town.collect("2026-T1")
        town.load(chained_units(2))
        town.collect("2026-T2")
        town.bms("report", "2026-T2")

    def test_a_report_asked_for_alone_is_the_same(self):
        self.assert_alone_says_the_same("2026-T2")

    def test_a_chain_goes_back_to_the_units_of_each_time(self):
        texts, earlier = self.town.notes_of("E", "2026-T2")
        self.assertIn("Tallene for 1. tertial 2026 er Kontor C og Kontor D til sammen. "
                      "Tallene for 2. tertial 2025 er Kontor A, Kontor B og Kontor D til sammen.", texts)
        last = shown(share(self.town.sums("SYK", ("CD", "2026-T1"))))
        year = shown(share(self.town.sums("SYK", ("ABD", "2025-T2"))))
        self.assertIn(f"Sist, 2 enheter til sammen: {last}", earlier["SYK"])
        self.assertIn(f"I fjor, 3 enheter til sammen: {year}", earlier["SYK"])
        self.assertEqual(set(self.town.facts("E", "SYK", "2025-T2")[1]), {"Kontor A", "Kontor B", "Kontor D"})
        rows = self.town.bms("history", "E", "SYK", "--json").json["measurements"]
        self.assertEqual({row["unit"] for row in rows}, {"E", "C", "D", "A", "B"})

    def test_what_was_split_and_merged_again_is_whole(self):
        texts, earlier = self.town.notes_of("Y", "2026-T2")
        self.assertIn(f"I fjor, tidligere enhet: {shown(share(self.town.sums('SYK', ('X', '2025-T2'))))}", earlier["SYK"])
        halves = shown(share(self.town.sums("SYK", (["X1", "X2"], "2026-T1"))))
        self.assertIn(f"Sist, 2 enheter til sammen: {halves}", earlier["SYK"])
        self.assertFalse([text for text in texts if "delingen" in text])
        self.assertIn("før delingen", self.town.notes_of("X1", "2026-T1")[1]["SYK"])

    def test_a_closed_unit_counts_while_it_existed(self):
        sick = next(row for name, row in self.town.report("TOP", "2026-T2")[1].items() if name.startswith("Sykefravær"))
        self.assert_row(sick, "Samme tid i fjor", share(self.town.sums("SYK", ("ABDXK", "2025-T2"))))
        self.assert_row(sick, "Hittil i år", share(self.town.sums("SYK", (["C", "D", "X1", "X2"], "2026-T1"), ("EY", "2026-T2"))))

    def test_a_unit_with_numbers_that_leaves_the_setup_is_missed(self):
        rows = [row for row in chained_units(2) if row[0] != "K"]
        self.town.load(rows)
        gone = [f for f in self.town.setup["findings"] if f["rule"] == "unit_gone"]
        self.town.load(chained_units(2))
        self.assertEqual([f["message"] for f in gone],
                         ["K Kontor K er borte fra arket. Tall som er tatt vare på, men ikke lenger teller i noen rapport: 9. "
                          "Planlagte målinger som faller bort: 9."])
        self.assertEqual(self.town.setup["findings"], [])


if __name__ == "__main__":
    unittest.main()
