"""The main job from end to end: setup, forms, returns filled in by other programs, checks, history, reports.

One municipality goes through three periods in setUpClass; the tests look at the outcome. Every answer is invented.
"""
import csv
import io
import shutil
import sqlite3
import tempfile
import unittest
from pathlib import Path

import openpyxl

from form import Form, cells_of, sound_answers, type_with_office, type_with_openpyxl
from office import Office
from program import fingerprint, run

PERIODS = ["2026-T1", "2026-T2", "2026-T3"]


class Year:
    """A municipality and what it did in a year."""

    def __init__(self, folder):
        self.folder = folder
        self.typed = {}  # (unit, form period): the answers that were accepted last
        self.made = self.bms("init", "--template", "fet", folder / "kommune", cwd=folder)
        self.home = folder / "kommune"
        self.setup_book = next(self.home.glob("*.xlsx"))
        self.loaded = self.bms("setup", self.setup_book.name, "--json")
        self.wrote, self.checked, self.collected, self.again, self.status = {}, {}, {}, {}, {}
        with Office() as office:
            self.office = office
            for period in PERIODS:
                self.go_through(period)
        self.reported = {period: self.bms("report", period, "--json") for period in PERIODS}

    def bms(self, *arguments, cwd=None):
        return run(*arguments, cwd=cwd or self.home)

    def forms(self, period):
        return [Form(path) for path in sorted((self.home / "forms" / period).glob("*.xlsx"))]

    def go_through(self, period):
        self.wrote[period] = self.bms("forms", period, "--json")
        returns = self.home / "returns" / period
        returns.mkdir(parents=True)
        self.fill_in(period, self.forms(period), returns)
        before = fingerprint(self.home)
        self.checked[period] = self.bms("check", period, "--json")
        self.touched_by_check = {k for k in before.keys() | fingerprint(self.home).keys()
                                 if before.get(k) != fingerprint(self.home).get(k)}
        self.collected[period] = self.bms("collect", period, "--json")
        self.again[period] = self.bms("collect", period, "--json")
        self.status[period] = self.bms("status", period, "--json")

    def fill_in(self, period, forms, returns):
        """Most are complete; the first ones are not, each in its own way."""
        kinds = ["partial", "wrong", "residue", "unfinished", "untouched"]
        for i, form in enumerate(forms):
            kind = kinds[i] if i < len(kinds) and period != "2026-T3" else "complete"
            target = returns / form.path.name
            if kind == "untouched":
                shutil.copy(form.path, target)
                continue
            cells = getattr(self, kind)(form, i)
            if i % 4 == 2 or kind in ("wrong", "unfinished"):
                type_with_office(self.office, form.path, cells, target)
            else:
                type_with_openpyxl(form.path, cells, target)
        (returns / f"~${forms[0].path.name}").write_bytes(b"\x05Kari")

    def accepted(self, form, answers):
        self.typed[form.identity["unit"], form.identity["period"]] = answers

    def complete(self, form, i):
        answers = sound_answers(form, i)
        self.accepted(form, answers)
        return cells_of(form, answers)

    def partial(self, form, i):
        """One indicator is left blank, one gets a reason."""
        answers = sound_answers(form, i)
        own = [c for c in answers if form.asked(c, "1") and not self.others_need(form, c)]
        self.left_blank, self.with_reason = own[-1], own[-2]
        del answers[self.left_blank]
        answers[self.with_reason] = {"reason": "Kommer senere", "comment": "Venter på fagsystemet"}
        self.accepted(form, answers)
        return cells_of(form, answers)

    @staticmethod
    def others_need(form, code):
        return any(code in (q["same_as_1"], q["same_as_2"], q["part_of_1"], q["part_of_2"])
                   for q in form.questions.values())

    def first_share(self, form):
        return next(c for c, q in form.questions.items()
                    if q["kind"] == "share" and form.asked(c, "1") and form.asked(c, "2"))

    def wrong(self, form, i):
        """A part that is larger than the whole it is a part of."""
        answers = sound_answers(form, i)
        code = self.first_share(form)
        number, whole = answers[code]
        answers[code] = (whole, number)
        self.swapped = form.identity["unit"], code, form.address(code, "1")
        return cells_of(form, answers)

    def residue(self, form, i):
        """A number with words after it, and an error where a number belongs."""
        answers = sound_answers(form, i)
        code = self.first_share(form)
        answers[code] = ("20 ca", answers[code][1])
        self.with_words = form.identity["unit"], code, form.address(code, "1")
        return cells_of(form, answers)

    def unfinished(self, form, i):
        return cells_of(form, sound_answers(form, i), signed_by=None)


class TheMainJob(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="bms-year-")
        cls.year = Year(Path(cls.temporary.name))
        cls.first = cls.year.forms("2026-T1")

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def rows(self, ended):
        return {Path(row["file"]).name: row for row in ended.json["returns"]}

    # setup and forms

    def test_a_folder_is_made_with_a_setup_and_a_private_history(self):
        self.assertEqual(self.year.made.code, 0, self.year.made)
        self.assertEqual((self.year.home / "bms.db").stat().st_mode & 0o777, 0o600)
        self.assertIn("bms setup", self.year.made.notes)

    def test_the_template_is_a_sound_setup(self):
        self.assertEqual(self.year.loaded.code, 0, self.year.loaded)
        self.assertEqual(set(self.year.loaded.json), {"files", "findings", "version", "added", "undone", "units", "indicators",
                                                      "targets", "changes", "asked", "left"})
        self.assertEqual([f for f in self.year.loaded.json["findings"] if f["severity"] == "error"], [])

    def test_every_unit_gets_a_form_with_a_plain_name(self):
        for period in PERIODS:
            wrote = self.year.wrote[period]
            self.assertEqual(wrote.code, 0, wrote)
            names = [Path(f).name for f in wrote.json["files"]]
            self.assertEqual(sorted(names), [f.path.name for f in self.year.forms(period)])
            self.assertGreaterEqual(len(names), 12)
            for name in names:
                self.assertRegex(name, r"^[A-Za-z0-9._-]+\.xlsx$")
                self.assertLessEqual(len(name.encode()), 80)

    def test_the_template_has_all_kinds_and_bases_and_a_number_asked_once(self):
        questions = [q for period in PERIODS for f in self.year.forms(period) for q in f.questions.values()]
        self.assertEqual({q["kind"] for q in questions}, {"share", "rate", "mean", "deviation", "count", "yesno"})
        self.assertEqual(len({q["basis"] for q in questions}), 4)
        self.assertTrue(any(q["same_as_1"] or q["same_as_2"] for q in questions))

    def test_a_form_asks_each_indicator_once_and_differs_from_unit_to_unit(self):
        asked = {tuple(f.questions) for f in self.first}
        self.assertGreater(len(asked), 1)
        for form in self.first:
            self.assertEqual(len(form.rows), len(form.questions))

    # what became of the returns

    def test_check_and_collect_agree_and_end_with_one(self):
        for period in ("2026-T1", "2026-T2"):
            self.assertEqual(self.year.checked[period].code, 1)
            self.assertEqual(self.year.collected[period].code, 1)
            checked, collected = self.rows(self.year.checked[period]), self.rows(self.year.collected[period])
            self.assertEqual({k: v["outcome"] for k, v in checked.items()},
                             {k: v["outcome"] for k, v in collected.items()})
            self.assertTrue(all(v["revision"] is None for v in checked.values()))

    def test_a_period_where_all_is_well_ends_with_zero(self):
        self.assertEqual(self.year.checked["2026-T3"].code, 0, self.year.checked["2026-T3"])
        self.assertEqual(self.year.collected["2026-T3"].code, 0)

    def test_check_stores_nothing(self):
        self.assertEqual(self.year.touched_by_check, set())

    def test_each_file_has_the_right_outcome(self):
        for period in ("2026-T1", "2026-T2"):
            forms = self.year.forms(period)
            rows = self.rows(self.year.collected[period])
            outcomes = [rows[f.path.name]["outcome"] for f in forms]
            self.assertEqual(outcomes, ["accepted", "held", "held", "unfinished", "unfinished"] +
                             ["accepted"] * (len(forms) - 5))
            counts = {k: v for k, v in self.year.collected[period].json.items() if k != "returns"}
            self.assertEqual(counts, {"accepted": len(forms) - 4, "held": 2, "unreadable": 0, "duplicate": 0,
                                      "unfinished": 2, "skipped": 1, "replaced": 0})

    def test_the_json_has_the_promised_keys(self):
        for ended in (*self.year.checked.values(), *self.year.collected.values()):
            self.assertEqual(list(ended.json), ["returns", "accepted", "held", "unreadable", "duplicate", "unfinished",
                                                "skipped", "replaced"])
            for row in ended.json["returns"]:
                self.assertEqual(list(row), ["file", "unit", "period", "revision", "outcome", "findings"])
                for finding in row["findings"]:
                    self.assertEqual(list(finding), ["rule", "severity", "sheet", "cell", "unit", "indicator", "message",
                                                     "fix"])
                    self.assertIn(finding["severity"], ("info", "warning", "error", "fatal"))

    def errors(self, unit, period="2026-T2"):
        row = next(r for r in self.year.collected[period].json["returns"] if r["unit"] == unit)
        return [f for f in row["findings"] if f["severity"] == "error"]

    def test_a_part_above_its_whole_is_held_at_its_cell(self):
        unit, code, cell = self.year.swapped
        (finding,) = self.errors(unit)
        self.assertEqual((finding["indicator"], finding["cell"], finding["unit"]), (code, cell, unit))
        self.assertTrue(finding["message"] and finding["fix"])

    def test_words_after_a_number_are_held_at_their_cell(self):
        unit, code, cell = self.year.with_words
        (finding,) = self.errors(unit)
        self.assertEqual((finding["indicator"], finding["cell"]), (code, cell))
        self.assertIn("20 ca", finding["message"])

    def test_what_is_left_blank_is_one_warning(self):
        row = self.rows(self.year.collected["2026-T2"])[self.year.forms("2026-T2")[0].path.name]
        warnings = [f for f in row["findings"] if f["severity"] == "warning"]
        self.assertEqual(len(warnings), 1, warnings)
        self.assertIn(self.year.forms("2026-T2")[0].questions[self.year.left_blank]["name"], warnings[0]["message"])

    def test_accepted_files_get_a_number_and_are_duplicates_the_next_time(self):
        for period in PERIODS:
            first, again = self.rows(self.year.collected[period]), self.rows(self.year.again[period])
            for name, row in first.items():
                if row["outcome"] == "accepted":
                    self.assertEqual(row["revision"], 1)
                    self.assertEqual(again[name]["outcome"], "duplicate")
                else:
                    self.assertEqual(again[name]["outcome"], row["outcome"])

    # what is stored

    def measurements(self, *arguments):
        ended = self.year.bms("history", "--json", *arguments)
        self.assertEqual(ended.code, 0, ended)
        self.assertEqual(list(ended.json), ["measurements"])
        return ended.json["measurements"]

    def test_the_history_has_exactly_what_was_typed(self):
        stored = {(m["unit"], m["indicator"], m["period"]): m for m in self.measurements()}
        self.assertEqual({tuple(m) for m in stored.values()},
                         {("unit", "indicator", "period", "revision", "state", "numerator", "denominator", "result",
                           "status", "file", "cell")})
        for period in PERIODS:
            for form in self.year.forms(period):
                answers = self.year.typed.get((form.identity["unit"], period))
                for code, question in form.questions.items():
                    with self.subTest(unit=form.identity["unit"], code=code, period=period):
                        measured = stored[form.identity["unit"], code, question["period"]]
                        self.assert_stored(measured, form, question, answers)

    def assert_stored(self, measured, form, question, answers):
        code = question["indicator"]
        if answers is None or code not in answers or isinstance(answers[code], dict):
            self.assertEqual((measured["state"], measured["numerator"]), ("missing", None))
            self.assertEqual(measured["revision"] is None, answers is None)
            return
        number, whole = answers[code]
        number = {"Ja": 1, "Nei": 0}.get(number, number)
        self.assertEqual((measured["state"], measured["revision"]), ("reported", 1))
        self.assertEqual((measured["numerator"], measured["denominator"]), (number, whole))
        self.assertAlmostEqual(measured["result"], self.result_of(question, number, whole), 9)
        self.assertEqual(Path(measured["file"]).name, form.path.name)
        if form.asked(code, "1"):
            self.assertEqual(measured["cell"], f"{form.sheet}!{form.address(code, '1')}")

    @staticmethod
    def result_of(question, number, whole):
        kind = question["kind"]
        if kind == "share":
            return 100 * number / whole
        if kind == "rate":
            return float(question["factor"]) * number / whole
        if kind == "deviation":
            return 100 * (number - whole) / abs(whole)
        return 100 * number if kind == "yesno" else number

    def test_the_colour_follows_the_limits_of_the_form(self):
        stored = {(m["unit"], m["indicator"], m["period"]): m for m in self.measurements()}
        colours = set()
        for form in self.year.forms("2026-T3"):
            for code, question in form.questions.items():
                measured = stored[form.identity["unit"], code, question["period"]]
                if measured["state"] == "reported":
                    self.assertEqual(measured["status"], self.colour_of(question, measured["result"]), (code, question))
                    colours.add(measured["status"])
        self.assertTrue({"green", "red"} <= colours, colours)

    @staticmethod
    def colour_of(question, result):
        if question["limits"] != "1":
            return None
        result = round(result, 9)
        green, red = float(question["green"]), float(question["red"])
        if question["better"] == "band":
            if green <= result <= float(question["green_to"]):
                return "green"
            return "red" if result < red or result > float(question["red_to"]) else "yellow"
        sign = 1 if question["better"] == "up" else -1
        if sign * result >= sign * green:
            return "green"
        return "red" if sign * result < sign * red else "yellow"

    def test_only_the_unit_and_indicator_asked_for_are_shown(self):
        form = self.year.forms("2026-T3")[-1]
        unit, code = form.identity["unit"], next(iter(form.questions))
        shown = self.measurements(unit, code)
        self.assertEqual({(m["unit"], m["indicator"]) for m in shown}, {(unit, code)})
        self.assertIn(unit, self.year.bms("history", unit, code).out)

    # status

    def test_status_adds_up(self):
        for period in PERIODS:
            ended = self.year.status[period]
            self.assertEqual(ended.code, 0, ended)
            self.assertEqual(list(ended.json), ["period", "units"])
            self.assertEqual(ended.json["period"], period)
            units = {u["unit"]: u for u in ended.json["units"]}
            for form in self.year.forms(period):
                row = units[form.identity["unit"]]
                self.assertEqual(list(row), ["unit", "expected", "reported", "missing", "held", "unfinished", "revision"])
                # what must be answered, and what may be and was
                answers = self.year.typed.get((row["unit"], period), {})
                counted = [c for c, q in form.questions.items() if q["required"] == "1" or c in answers]
                self.assertEqual(row["expected"], len(counted))
                self.assertEqual(row["missing"], row["expected"] - row["reported"])
                delivered = (row["unit"], period) in self.year.typed
                self.assertEqual(row["revision"], 1 if delivered else None)
                self.assertEqual(row["reported"] > 0, delivered)

    def test_status_knows_the_held_and_the_unfinished(self):
        units = [f.identity["unit"] for f in self.year.forms("2026-T2")]
        rows = {u["unit"]: u for u in self.year.status["2026-T2"].json["units"]}
        self.assertEqual([rows[u]["held"] for u in units[:5]], [0, 1, 1, 0, 0])
        self.assertEqual([rows[u]["unfinished"] for u in units[:5]], [0, 0, 0, 1, 1])
        self.assertEqual(rows[units[0]]["missing"], 2)

    # reports

    def test_reports_open_without_being_computed(self):
        ended = self.year.reported["2026-T3"]
        self.assertEqual(ended.code, 0, ended)
        files = [self.year.home / f for f in ended.json["files"]]
        self.assertGreater(len(files), len(self.first))
        formulas = 0
        for path in files:
            with self.subTest(report=path.name):
                written, shown = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
                for sheet in written.worksheets:
                    for row in sheet.iter_rows():
                        for cell in row:
                            if cell.data_type == "f":
                                formulas += 1
                                self.assertIsNotNone(shown[sheet.title][cell.coordinate].value, cell)
        self.assertGreater(formulas, 0)

    def text_of(self, path):
        book = openpyxl.load_workbook(path, data_only=True)
        return "\n".join(str(c) for s in book.worksheets for r in s.iter_rows(values_only=True) for c in r if c is not None)

    def test_a_status_is_shape_and_word_and_colour(self):
        reports = sorted((self.year.home / "reports/2026-T3").rglob("*.xlsx"))
        text = "\n".join(self.text_of(path) for path in reports)
        for shown in ("● Når målet", "▲ Nær målet", "■ Langt fra målet"):
            self.assertIn(shown, text)

    def test_the_reports_of_a_period_say_who_has_not_delivered(self):
        missing = [f for f in self.year.forms("2026-T2") if (f.identity["unit"], "2026-T2") not in self.year.typed]
        reports = [self.text_of(self.year.home / f) for f in self.year.reported["2026-T2"].json["files"]]
        names = [f.identity["title"].split(" – ")[0] for f in missing]
        self.assertTrue(any(all(name in text for name in names) for text in reports), names)

    def test_what_units_wrote_is_in_the_reports(self):
        reports = [self.text_of(self.year.home / f) for f in self.year.reported["2026-T2"].json["files"]]
        self.assertTrue(any("Venter på fagsystemet" in text for text in reports))

    # tracing and exporting

    def test_explain_goes_down_to_file_and_cell(self):
        form = self.year.forms("2026-T3")[-1]
        unit = form.identity["unit"]
        code = self.year.first_share(form)
        ended = self.year.bms("explain", unit, code, form.questions[code]["period"], "--json")
        self.assertEqual(ended.code, 0, ended)
        text = "\n".join(fact["text"] for fact in ended.json["facts"])
        self.assertIn(form.path.name, text)
        self.assertIn(form.address(code, "1"), text)
        plain = self.year.bms("explain", unit, code, form.questions[code]["period"])
        self.assertIn(form.path.name, plain.out)

    def test_export_has_everything_in_both_formats(self):
        rows = list(csv.DictReader(io.StringIO(self.year.bms("export").out)))
        document = self.year.bms("export", "--format", "json").json["measurements"]
        self.assertEqual(len(rows), len(document))
        self.assertGreaterEqual(len(rows), len(self.measurements()))
        for row, item in zip(rows, document):
            for key in ("numerator", "denominator", "result"):
                self.assertEqual(float(row[key]) if row[key] else None, item[key])
            self.assertEqual((row["unit"], row["indicator"], row["state"]), (item["unit"], item["indicator"], item["state"]))

    def test_the_history_is_one_sqlite_file(self):
        beside = sorted(p.name for p in self.year.home.glob("bms.db*"))  # collect's own copies
        self.assertEqual(beside, ["bms.db", "bms.db.backup-1", "bms.db.backup-2", "bms.db.backup-3"])
        with sqlite3.connect(f"file:{self.year.home / 'bms.db'}?mode=ro", uri=True) as history:
            self.assertEqual(history.execute("PRAGMA integrity_check").fetchone(), ("ok",))
            self.assertNotEqual(history.execute("PRAGMA application_id").fetchone(), (0,))


if __name__ == "__main__":
    unittest.main()
