"""Reminders to units that have not delivered or must correct, as Python's own e-mail parser reads them.

Addresses and answers are invented.
"""
import csv
import email
import email.policy
import shutil

import unittest

import openpyxl

from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import InAFolder, run

PERIOD = "2026-T1"


class Reminders(InAFolder):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        run("init", "--template", "fet", self.home, cwd=self.folder)
        setup = next(self.home.glob("*.xlsx"))
        self.write_addresses(setup)
        self.bms("setup", setup.name, cwd=self.home)
        self.bms("forms", PERIOD, cwd=self.home)
        self.forms = [Form(path) for path in sorted((self.home / "forms" / PERIOD).glob("*.xlsx"))]
        self.returns = self.home / "returns" / PERIOD
        self.returns.mkdir(parents=True)
        self.reminders = self.home / "reminders" / PERIOD

    @staticmethod
    def write_addresses(setup):
        """Every unit has an address."""
        book = openpyxl.load_workbook(setup)
        sheet = book["Enheter"]
        top = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "E-post")
        code = next(cell.column for cell in sheet[top.row] if cell.value == "Kode")
        for row in range(top.row + 1, sheet.max_row + 1):
            if sheet.cell(row, code).value:
                sheet.cell(row, top.column).value = f"enhet{sheet.cell(row, code).value}@eksempel.example"
        book.save(setup)

    def remind(self):
        return self.assert_ended(self.bms("remind", PERIOD, "--json", cwd=self.home), 0).json

    def letter(self, form):
        path = self.reminders / f"{form.path.stem}.eml"
        return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)

    def test_a_unit_that_has_not_delivered_gets_the_form(self):
        self.remind()
        form = self.forms[0]
        letter = self.letter(form)
        self.assertEqual(letter.defects, [])
        self.assertEqual(letter["To"], f"enhet{form.identity['unit']}@eksempel.example")
        self.assertEqual(letter["Reply-To"], "bms@eksempel.kommune.example")
        self.assertIn("Påminnelse: ", letter["Subject"])
        self.assertIn("1. tertial 2026", letter["Subject"])
        text = letter.get_body().get_content()
        self.assertIn("Vi har ikke fått skjemaet for 1. tertial 2026", text)
        self.assertIn("Fristen", text)
        attached = list(letter.iter_attachments())
        self.assertEqual(len(attached), 1)
        self.assertEqual(attached[0].get_filename(), form.path.name)
        self.assertEqual(attached[0].get_content(), form.path.read_bytes())

    def test_a_unit_whose_return_is_held_gets_the_correction(self):
        form = self.forms[0]
        answers = sound_answers(form)
        code = next(c for c in answers if form.asked(c, "1"))
        answers[code] = ("29 000 ca", answers[code][1])
        type_with_openpyxl(form.path, cells_of(form, answers), self.returns / form.path.name)
        self.bms("collect", PERIOD, cwd=self.home)
        self.remind()
        letter = self.letter(form)
        self.assertIn("Må rettes: ", letter["Subject"])
        self.assertIn("29 000 ca", letter.get_body().get_content())
        correction = self.home / "corrections" / PERIOD / form.path.name
        self.assertEqual(next(letter.iter_attachments()).get_content(), correction.read_bytes())

    def test_a_unit_that_has_delivered_gets_no_letter_and_its_old_one_goes(self):
        form = self.forms[0]
        self.remind()
        type_with_openpyxl(form.path, cells_of(form, sound_answers(form)), self.returns / form.path.name)
        self.bms("collect", PERIOD, cwd=self.home)
        self.remind()
        self.assertFalse((self.reminders / f"{form.path.stem}.eml").exists())
        self.assertFalse((self.reminders / f"{form.path.stem}.txt").exists())
        self.assertTrue((self.reminders / f"{self.forms[1].path.stem}.eml").exists())

    def test_a_unit_that_has_only_begun_is_reminded_of_that(self):
        form = self.forms[0]
        shutil.copy(form.path, self.returns)
        self.bms("collect", PERIOD, cwd=self.home)
        self.remind()
        self.assertIn("ikke signert som ferdig", self.letter(form).get_body().get_content())

    def test_what_was_to_come_later_and_never_came_is_asked_for_after_the_due_date(self):
        form = self.forms[0]
        answers = sound_answers(form)
        code = next(c for c in answers if form.asked(c, "1") and not form.questions[c]["part_of_1"])
        answers[code] = {"reason": "Kommer senere"}
        type_with_openpyxl(form.path, cells_of(form, answers), self.returns / form.path.name)
        self.bms("collect", PERIOD, cwd=self.home)
        self.remind()
        letter = self.letter(form)
        self.assertIn("Påminnelse: ", letter["Subject"])
        self.assertIn(f"har ikke kommet ennå: {form.questions[code]['name']}", letter.get_body().get_content())
        self.assertEqual(list(letter.iter_attachments()), [])  # it fills in the rest of its own

    def test_a_unit_that_sent_the_form_of_another_period_gets_the_right_one(self):
        form = self.forms[0]
        self.bms("forms", "2026-T2", cwd=self.home)
        other = Form(self.home / "forms" / "2026-T2" / form.path.name)
        type_with_openpyxl(other.path, cells_of(other, sound_answers(other)), self.returns / form.path.name)
        self.bms("collect", PERIOD, cwd=self.home)
        self.assertIn("sendte skjemaet for en annen periode", self.bms("status", PERIOD, cwd=self.home).out)
        self.remind()
        letter = self.letter(form)
        self.assertIn("Dette er skjemaet for 2. tertial 2026.", letter.get_body().get_content())
        self.assertEqual(next(letter.iter_attachments()).get_content(), form.path.read_bytes())

    def test_the_list_has_a_line_for_each_letter(self):
        reported = self.remind()
        with open(self.reminders / "list.csv", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        self.assertEqual([row["Enhet"] for row in rows], [form.identity["unit"] for form in self.forms])
        self.assertEqual(rows[0]["Vedlegg"], self.forms[0].path.name)
        self.assertEqual(len(reported["files"]), 2 * len(rows) + 1)

    def test_a_period_without_forms_is_a_mistake_of_the_caller(self):
        self.assert_error(self.bms("remind", "2031-T1", cwd=self.home), 2, "2031-T1")


if __name__ == "__main__":
    unittest.main()
