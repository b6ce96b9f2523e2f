"""Commands without an argument: what lies in the folder, the period that is evident, and never a guess. The forms of the
example are sent 04.01.2026 (2025-T3), 01.05.2026, 01.09.2026 and 04.01.2027, and due 14 days later."""
import datetime
import unittest

import openpyxl

from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import InAFolder


def noon(day):
    return {"SOURCE_DATE_EPOCH": str(int(datetime.datetime.fromisoformat(f"{day}T11:00:00+00:00").timestamp()))}


class AtHand(InAFolder):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.assert_ended(self.bms("init", "--template", "fet", "kommune"), 0)
        self.on("2026-04-01", "setup", "setup.xlsx")

    def on(self, day, *arguments, code=0):
        return self.assert_ended(self.bms(*arguments, cwd=self.home, environment=noon(day)), code)

    def written(self, room="forms"):
        folder = self.home / room
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    def deliver(self, period):
        path = min((self.home / "forms" / period).glob("*.xlsx"))
        form = Form(path)
        folder = self.home / "returns" / period
        folder.mkdir(parents=True, exist_ok=True)
        type_with_openpyxl(path, cells_of(form, sound_answers(form)), folder / path.name)
        return form

    def test_the_setup_in_the_folder_is_read_and_named_first(self):
        ended = self.on("2026-04-01", "setup")
        self.assertEqual(ended.notes.splitlines()[0], "Leser setup.xlsx.")
        self.assertIn("Leser kommune/setup.xlsx.", self.assert_ended(
            self.bms("setup", "--db", "kommune/bms.db", environment=noon("2026-04-01")), 0).notes)
        self.assertEqual(self.on("2026-04-01", "setup", "--json").json["findings"], [])
        (self.home / "setup.xlsx").unlink()
        self.assertIn("setup.xlsx", self.on("2026-04-01", "setup", code=3).notes)
        self.assert_json_error(self.on("2026-04-01", "setup", "--json", code=3), 3, "input")

    def test_the_forms_to_send_are_written_from_a_fortnight_before_their_day(self):
        refused = self.on("2026-04-16", "forms", code=2)
        self.assertIn("1. tertial 2026 (2026-T1), og sendes 01.05.2026", refused.notes)
        self.assertIn("2026-T1, 2026-T2, 2026-T3", refused.notes)
        self.assertEqual(self.written(), [])
        ended = self.on("2026-04-17", "forms")
        self.assertEqual(ended.notes.splitlines()[0], "Neste periode å sende er 1. tertial 2026 (2026-T1), sendes 01.05.2026.")
        self.assertIn("bms collect 2026-T1.", ended.notes)
        self.assertEqual(self.written(), ["2026-T1"])

    def test_forms_that_are_late_are_those_to_send_until_they_are_due(self):
        self.assertIn("(2026-T1), sendes 01.05.2026.", self.on("2026-05-01", "forms").notes)
        self.assertIn("2026-T3", self.on("2026-09-16", "forms", code=2).notes)
        self.assertIn("(2026-T2). Den skulle sendes 01.09.2026.", self.on("2026-09-15", "forms").notes)

    def test_what_has_been_written_is_not_written_again_unasked(self):
        self.on("2026-08-18", "forms", "2026-T2", "--lang", "en")  # which are not the units' own
        self.on("2026-08-18", "forms", "2026-T1")
        self.on("2026-08-18", "forms")
        refused = self.on("2026-09-01", "forms", code=2)
        self.assertIn("3. tertial 2026 (2026-T3), og sendes 04.01.2027", refused.notes)
        self.assert_json_error(self.on("2026-09-01", "forms", "--json", code=2), 2, "usage")
        self.assertEqual(self.written(), ["2026-T1", "2026-T2"])

    def test_of_two_periods_neither_is_taken(self):
        book = openpyxl.load_workbook(self.home / "setup.xlsx")
        sheet = book["Målepunkt"]
        sent = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == "Skjema sendes")
        row = next(row[0].row for row in sheet.iter_rows() if row[0].value == "2026-T2")
        sheet.cell(row, sent).value = datetime.date(2026, 5, 15)
        book.save(self.home / "setup.xlsx")
        self.on("2026-05-01", "setup")
        self.assertIn("Hvilken periode?", self.on("2026-05-01", "forms", code=2).notes)
        self.assertEqual(self.written(), [])
        self.on("2026-05-01", "close", "2026-T1", "--by", "Kari Prøve")
        self.assertIn("(2026-T2), sendes 15.05.2026.", self.on("2026-05-01", "forms").notes)

    def test_reminders_and_reports_are_for_the_forms_sent_last(self):
        for command in ("remind", "report"):
            self.assertIn("Hvilken periode?", self.on("2026-04-30", command, code=2).notes)
        self.on("2026-05-01", "forms")
        self.assertEqual(self.on("2026-05-01", "remind").notes.splitlines()[0],
                         "Skjemaene som sist ble sendt, er for 1. tertial 2026 (2026-T1).")
        self.assertIn("Hvilken periode?", self.on("2026-05-01", "report", code=2).notes)  # nobody has answered
        self.deliver("2026-T1")
        self.assertIn("Leser returns.", self.on("2026-05-02", "collect").notes)
        self.assertIn("(2026-T1).", self.on("2026-05-02", "report").notes)
        self.assertEqual(self.written("reports"), ["2026-T1"])
        self.assertIn("(2026-T1).", self.on("2026-08-31", "report").notes)
        self.assertIn("Hvilken periode?", self.on("2026-09-01", "report", code=2).notes)

    def test_a_period_is_never_closed_that_was_not_named(self):
        self.on("2026-05-01", "forms")
        self.assertIn("2026-T1, 2026-T2, 2026-T3", self.on("2026-05-31", "close", code=2).notes)

    def test_what_comes_next_is_said_as_it_is_to_be_typed(self):
        self.assertIn("Neste: bms forms 2026-T1 skriver skjemaene for 1. tertial 2026.", self.on("2026-04-17", "setup").notes)
        self.on("2026-05-01", "forms")
        form = self.deliver("2026-T1")
        self.assertIn("bms report 2026-T1", self.on("2026-05-02", "collect").notes)
        self.assertIn("bms forms 2026-T1", self.on("2026-05-02", "setup").notes)
        self.assertIn("bms forms 2026-T1", self.on("2026-05-15", "setup").notes)
        self.assertIn("bms forms 2026-T2", self.on("2026-05-16", "setup").notes)  # those of T1 were due the day before
        corrected = self.on("2026-05-03", "correct", form.identity["unit"], "SYK", "2026-T1", "--numerator", "19",
                            "--reason", "Talt på nytt", "--by", "Kari Prøve")
        self.assertIn("Neste: bms report 2026-T1 skriver", corrected.notes)


if __name__ == "__main__":
    unittest.main()
