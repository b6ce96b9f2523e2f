"""What changes with time: as of, amendments, closing, editions, definitions and units with dates. Every answer is invented."""
import json
import re
import sqlite3
import unittest

import openpyxl

from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import InAFolder

PERIOD = "2026-T2"


class Town(InAFolder):
    """A municipality with one collected tertial."""

    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.assert_ended(self.bms("init", "--template", "fet", "kommune"), 0)
        self.do("setup", "setup.xlsx")
        self.do("forms", PERIOD)
        self.forms = [Form(path) for path in sorted((self.home / "forms" / PERIOD).glob("*.xlsx"))]
        for i, form in enumerate(self.forms[:4]):
            self.fill_in(form, 7 * i)
        self.do("collect", PERIOD)

    def do(self, *arguments, code=0):
        ended = self.bms(*arguments, cwd=self.home)
        return ended if code is None else self.assert_ended(ended, code)

    def fill_in(self, form, variant, name=None):
        folder = self.home / "returns" / PERIOD
        folder.mkdir(parents=True, exist_ok=True)
        type_with_openpyxl(form.path, cells_of(form, sound_answers(form, variant=variant), signed_by="Per Prøve"),
                           folder / (name or form.path.name))

    def reports(self, under=""):
        return {path.name: path.read_bytes() for path in (self.home / "reports" / PERIOD / under).glob("*.xlsx")}

    def measured(self, *arguments):
        return {(m["unit"], m["indicator"], m["period"]): m
                for m in self.do("history", "--json", *arguments).json["measurements"]}


class AsOf(Town):
    def test_the_past_is_shown_as_it_was_byte_for_byte(self):
        self.do("report", PERIOD)  # run 4, after setup, forms and collect
        reports, history, export = self.reports(), self.do("history").out, self.do("export").out
        status = self.do("status", PERIOD).out
        for form in self.forms:
            self.fill_in(form, 100, name=f"ny-{form.path.name}")
        self.do("collect", PERIOD, code=None)
        self.do("report", PERIOD)
        self.assertNotEqual(self.do("export").out, export)
        self.do("report", PERIOD, "--as-of", "4")
        self.assertEqual(self.reports("as-of-4"), reports)
        self.assertEqual(self.do("export", "--as-of", "4").out, export)
        self.assertEqual(self.do("history", "--as-of", "4").out, history)
        self.assertEqual(self.do("status", PERIOD, "--as-of", "4").out, status)

    def test_before_anything_was_stored_there_was_no_scorecard(self):
        self.do("status", "--as-of", "2020-01-01", code=2)
        self.do("status", "--as-of", "999", code=2)
        self.do("status", "--as-of", "nonsense", code=2)


class Correcting(Town):
    def reported(self):
        """A reported share of the first unit."""
        unit = self.forms[0].identity["unit"]
        return next(m for m in self.measured().values()
                    if m["unit"] == unit and m["indicator"] == "SYK" and m["state"] == "reported")

    def correct(self, measured, *arguments, code=0):
        return self.do("correct", measured["unit"], measured["indicator"], measured["period"], "--by", "Ida Prøve",
                       *arguments, code=code)


class Corrections(Correcting):
    def test_an_amendment_is_the_next_submission_with_who_and_why(self):
        before = self.reported()
        numerator = before["numerator"] + 1
        self.correct(before, "--numerator", str(numerator).replace(".", ","), "--reason", "Lønn fant én dag til")
        after = self.reported()
        self.assertEqual(after["numerator"], numerator)
        self.assertEqual(after["denominator"], before["denominator"])
        self.assertEqual(after["revision"], before["revision"] + 1)
        self.assertAlmostEqual(after["result"], 100 * numerator / before["denominator"], 9)
        changes = self.do("history", before["unit"], "SYK", "--json", "--changes").json["changes"]
        self.assertEqual([(c["what"], c["by"], c["correction"], c["revision"]) for c in changes],
                         [("numerator", "Ida Prøve", "Lønn fant én dag til", before["revision"] + 1)])
        self.assertIn("Lønn fant én dag til", self.do("history", before["unit"]).out)
        self.assertIn("Lønn fant én dag til", self.do("explain", before["unit"], "SYK", before["period"]).out)

    def test_what_an_amendment_does_not_change_keeps_its_file_and_cell(self):
        before = self.measured()
        one = self.reported()
        self.correct(one, "--numerator", str(one["numerator"] + 1), "--reason", "Tellefeil")
        self.correct(one, "--numerator", str(one["numerator"] + 2), "--reason", "Tellefeil igjen")
        after = self.measured()
        for key, was in before.items():
            if key[0] == one["unit"] and key[1] not in ("SYK",) and was["numerator"] == after[key]["numerator"]:
                self.assertEqual((after[key]["file"], after[key]["cell"]), (was["file"], was["cell"]), key)

    def test_an_amendment_is_checked_as_a_return_is(self):
        one = self.reported()
        ended = self.correct(one, "--numerator", str(one["denominator"] * 3), "--reason", "Feil", "--json", code=1)
        self.assertTrue(ended.json["findings"])
        self.assertEqual(self.reported(), one)
        self.correct(one, "--numerator", str(one["numerator"]), "--reason", "Ingen endring", code=2)
        self.correct(one, "--numerator", "1", "--reason", " ", code=2)
        self.correct(one, "--numerator", "omtrent 5", "--reason", "Feil", code=1)


class Closing(Town):
    def test_what_comes_after_closing_is_accepted_and_marked_late(self):
        self.do("report", PERIOD)
        self.do("close", PERIOD, "--by", "Ida Prøve")
        self.do("close", PERIOD, "--by", "Ida Prøve", code=2)
        form = self.forms[0]
        self.fill_in(form, 3, name="ny.xlsx")
        (self.home / "returns" / PERIOD / form.path.name).unlink()
        taken = next(r for r in self.do("collect", PERIOD, "--json", code=None).json["returns"] if r["outcome"] == "accepted")
        self.assertIn("late", [f["rule"] for f in taken["findings"]])
        unit = form.identity["unit"]
        late = [line.split()[0] for line in self.do("status", PERIOD).out.splitlines() if "levert for sent" in line]
        self.assertEqual(late, [unit])
        export = self.do("export", "--format", "json").json["measurements"]
        self.assertEqual({m["unit"] for m in export if m["late"]}, {unit})


class Deliveries(Correcting):
    def test_the_report_says_of_every_delivery_what_status_says(self):
        self.do("close", PERIOD, "--by", "Ida Prøve")
        self.fill_in(self.forms[4], 3)
        self.fill_in(self.forms[5], 3, name="holdt.xlsx")
        held = self.home / "returns" / PERIOD / "holdt.xlsx"
        book = openpyxl.load_workbook(held)
        book[self.forms[5].sheet][self.forms[5].address("SYK", "1")] = "mange"
        book.save(held)
        self.do("collect", PERIOD, code=1)
        one = self.reported()
        self.correct(one, "--numerator", str(one["numerator"] + 1), "--reason", "Tellefeil")
        self.do("report", PERIOD)
        top = openpyxl.load_workbook(next((self.home / "reports" / PERIOD).glob("1000-*.xlsx")))
        said = [re.split(r"  +", line) for line in self.do("status", PERIOD).out.splitlines()[3:-2]]
        names = {row[0]: row[1] for row in said}
        in_report = {row[0]: row[1] for row in top["Levering"].iter_rows(values_only=True) if row[0] in names.values()}
        self.assertEqual(in_report, {row[1]: row[5] for row in said})
        late, held = self.forms[4].identity["unit"], self.forms[5].identity["unit"]
        self.assertEqual(in_report[names[late]], "levert for sent")
        self.assertEqual(in_report[names[held]], "holdt tilbake")
        self.assertEqual(in_report[names[one["unit"]]], "levert")


class Editions(Correcting):
    def test_a_new_edition_says_what_was_what_became_and_why(self):
        self.do("report", PERIOD)
        one = self.reported()
        became = one["denominator"] / 4
        self.correct(one, "--numerator", str(round(became)), "--reason", "Lønn fant flere dager")
        self.do("report", PERIOD)
        book = openpyxl.load_workbook(next((self.home / "reports" / PERIOD).glob(f"{one['unit']}-*.xlsx")))
        self.assertIn("Utgave 2", book["Oversikt"]["A2"].value)
        self.assertRegex(book["Oversikt"]["A2"].value, r"Siden utgave 1: \d+ tall rettet")
        rows = [[cell.value for cell in row] for row in book["Rettet siden forrige utgave"].iter_rows(min_row=5)]
        row = next(r for r in rows if str(r[0]).startswith("Sykefravær"))
        self.assertAlmostEqual(row[3], one["result"], 9)
        self.assertAlmostEqual(row[4], 100 * round(became) / one["denominator"], 9)
        self.assertEqual(row[5], "ja" if one["status"] != "red" else "nei")
        self.assertEqual(row[6], "Rettet av Ida Prøve: Lønn fant flere dager")
        second = self.reports()
        self.do("report", PERIOD)
        self.assertEqual(self.reports(), second)
        runs = 7  # setup, forms, collect, report, correct, report: the sixth wrote the second edition
        self.do("report", PERIOD, "--as-of", runs - 1)
        self.assertEqual(self.reports(f"as-of-{runs - 1}"), second)

    def about(self, unit="1000", under=""):
        book = openpyxl.load_workbook(next((self.home / "reports" / PERIOD / under).glob(f"{unit}-*.xlsx")))
        return book["Oversikt"]["A2"].value, book

    def rewrite(self, *statements):
        """Change the history behind the back of the program, as if another version had written it."""
        with sqlite3.connect(self.home / "bms.db") as history:
            triggers = history.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                history.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                history.execute(statement)
            for _, sql in triggers:
                history.execute(sql)
        history.close()

    def test_numbers_that_come_in_are_not_called_corrected(self):
        self.do("report", PERIOD)
        self.fill_in(self.forms[6], 5)
        self.do("collect", PERIOD)
        self.do("report", PERIOD)
        for unit in ("1000", self.forms[6].identity["unit"]):
            about, _ = self.about(unit)
            self.assertRegex(about, r"Siden utgave 1: \d+ tall er kommet inn")
            self.assertNotIn("rettet", about)

    def test_another_workbook_that_says_the_same_is_the_same_edition(self):
        self.do("report", PERIOD)
        before = self.reports()
        self.rewrite("UPDATE edition_files SET sha256 = 'as another program wrote it'",
                     "UPDATE runs SET program = '0.1.0'")
        self.do("report", PERIOD)
        self.assertEqual(self.reports(), before)

    def test_a_period_made_anew_by_another_version_says_so(self):
        self.do("report", PERIOD)
        one = self.reported()
        self.rewrite("UPDATE runs SET program = '0.1.0'", "UPDATE edition_models SET sha256 = 'otherwise'",
                     "UPDATE edition_figures SET result = 77, colour = 3 WHERE role = 0 "
                     "AND indicator = (SELECT id FROM indicators WHERE code = 'SYK') "
                     f"AND model = (SELECT id FROM edition_models WHERE report = '{one['unit']}')")
        self.do("report", PERIOD)
        about, book = self.about(one["unit"])
        self.assertIn("Siden utgave 1: 1 resultat etter ny regnemåte", about)
        sheet = book["Rettet siden forrige utgave"]
        self.assertIn("laget av versjon 0.1.0 av bms", sheet["A3"].value)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        self.assertEqual([(row[3], row[4]) for row in rows if row[6]], [(77, one["result"])])
        self.assertTrue(rows[0][6].startswith("Ny regnemåte i versjon"), rows)
        self.assertIn("Siden utgave 1: ny regnemåte", self.about(self.forms[1].identity["unit"])[0])
        ended = self.do("report", PERIOD, "--as-of", "4")
        self.assertIn("versjon 0.1.0 av bms", ended.notes)
        self.assertIn("Ført av versjon 0.1.0 av bms", self.about(under="as-of-4")[0])

    def test_what_an_edition_said_before_that_was_kept_is_worked_out_and_that_is_said(self):
        self.do("report", PERIOD)
        self.rewrite("UPDATE runs SET program = '0.1.0'", "DELETE FROM edition_figures", "DELETE FROM edition_models")
        self.do("report", PERIOD)
        about, book = self.about()
        self.assertIn("Utgave 2", about)
        self.assertIn("Siden utgave 1: ny regnemåte", about)
        self.assertIn("Ingen tall er rettet.", [row[0].value for row in book["Rettet siden forrige utgave"].iter_rows()])
        self.assertIn("ble ikke tatt vare på", book["Rettet siden forrige utgave"]["A3"].value)
        second = self.reports()
        self.do("report", PERIOD)
        self.assertEqual(self.reports(), second)

    def test_in_another_language_than_the_units_it_is_no_edition(self):
        self.do("report", PERIOD)
        before = self.reports()
        self.do("report", PERIOD, "--lang", "nn")
        self.assertEqual(self.reports(), before)
        self.assertEqual(set(self.reports("nn")), set(before))
        self.do("report", PERIOD)
        self.assertEqual(self.reports(), before)


class Numbers(Town):
    """A municipality that gets another number; the form of 2. tertial is for the time until 31.08."""

    def give_number(self, number, day):
        path = self.home / "setup.xlsx"
        book = openpyxl.load_workbook(path)
        sheet = book["Kommune"]
        head = next(row for row in sheet.iter_rows() if row[0].value == "Opplysning")
        self.assertEqual([cell.value for cell in head[:3]], ["Opplysning", "Verdi", "Gjelder fra"])
        row = next(r for r in range(head[0].row, 60) if sheet.cell(r, 1).value is None)
        for column, value in enumerate(("Kommunenummer", number, day), 1):
            sheet.cell(row, column).value = value
        book.save(path)
        self.do("setup", "setup.xlsx")

    def number_in_form(self, period):
        self.do("forms", period)
        return Form(min((self.home / "forms" / period).glob("*.xlsx"))).identity["municipality"]

    def test_forms_under_the_earlier_number_are_taken_in_and_each_carries_that_of_its_time(self):
        before = self.forms[0].identity["municipality"]
        self.give_number("9909", "01.09.2026")
        for form in self.forms:
            self.fill_in(form, 100, name=f"ny-{form.path.name}")
        counts = self.do("collect", PERIOD, "--json").json
        self.assertEqual((counts["accepted"], counts["held"], counts["unreadable"]), (len(self.forms), 0, 0))
        self.assertEqual(self.number_in_form(PERIOD), before)
        self.assertEqual(self.number_in_form("2026-T3"), "9909")

    def test_the_number_of_the_last_day_counts_and_the_forms_sent_before_are_taken_in(self):
        self.give_number("9909", "31.08.2026")
        self.assertEqual(self.number_in_form(PERIOD), "9909")
        self.fill_in(self.forms[0], 100, name="ny.xlsx")
        self.assertEqual(self.do("collect", PERIOD, "--json").json["accepted"], 1)


class Definitions(Town):
    NEXT = "2026-T3"

    def change_setup(self, sheet, heading, value, code="SYK"):
        """Change the cell under a heading in the row of a code, and load the setup again."""
        path = self.home / "setup.xlsx"
        book = openpyxl.load_workbook(path)
        rows = list(book[sheet].iter_rows())
        head = next(r for r in rows if any(c.value == heading for c in r))
        column = next(c.column for c in head if c.value == heading)
        row = next(r for r in rows if r[0].value == code)
        book[sheet].cell(row[0].row, column).value = value
        book.save(path)
        self.do("setup", "setup.xlsx", "--yes")

    def texts_of_next_form(self):
        self.do("forms", self.NEXT)
        unit = self.forms[0].identity["unit"]
        book = openpyxl.load_workbook(next((self.home / "forms" / self.NEXT).glob(f"{unit}-*.xlsx")))
        return "\n".join(str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value)

    def test_another_question_is_a_break(self):
        self.change_setup("Indikatorer", "Tall 1 – spørsmål", "Hvor mange timer gikk tapt {dates}?")
        self.assertIn("Ny definisjon: sammenlignes ikke med tidligere", self.texts_of_next_form())

    def test_another_name_is_no_break(self):
        self.change_setup("Indikatorer", "Navn", "Fravær ved sykdom")
        self.assertNotIn("Ny definisjon", self.texts_of_next_form())

    def test_an_old_period_keeps_its_limits_unless_those_of_now_are_asked_for(self):
        before = {key: m["status"] for key, m in self.measured().items()}
        path = self.home / "setup.xlsx"
        book = openpyxl.load_workbook(path)
        sheet = book["Mål"]
        head = next(r for r in sheet.iter_rows() if any(c.value == "Grønn grense" for c in r))
        columns = {c.value: c.column for c in head if c.value}
        row = max(r[0].row for r in sheet.iter_rows() if r[0].value) + 1
        for heading, value in {"Indikator": "SYK", "Gjelder": "alle", "Grønn grense": 100, "Rød grense": 100,
                               "Gjelder fra": "2027-01-01"}.items():
            sheet.cell(row, columns[heading]).value = value
        book.save(path)
        self.do("setup", "setup.xlsx")
        self.assertEqual({key: m["status"] for key, m in self.measured().items()}, before)
        now = {key: m["status"] for key, m in self.measured("--limits", "now").items()}
        self.assertTrue(any(status == "green" and before[key] == "red" for key, status in now.items() if key[1] == "SYK"))
        self.do("report", PERIOD)
        written = self.reports()
        self.do("report", PERIOD, "--limits", "now")
        self.assertEqual(self.reports(), written)
        self.assertEqual(set(self.reports("limits-now")), set(written))
        self.do("history", "--limits", "tomorrow", code=2)


if __name__ == "__main__":
    unittest.main()
