"""Corrections: what a unit gets when its return is held, put right in other programs and sent in again.

Every answer is invented.
"""
import datetime
import shutil
import unittest

import openpyxl

from form import Form, cells_of, sound_answers, type_with_office, type_with_openpyxl
from office import Office
from program import InAFolder, run

PERIOD = "2026-T1"
MARKED = "FFFFC2B8"


def first_share(form):
    return next(c for c, q in form.questions.items()
                if q["kind"] == "share" and form.asked(c, "1") and form.asked(c, "2") and not q["part_of_1"])


class Corrections(InAFolder):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        run("init", "--template", "fet", self.home, cwd=self.folder)
        run("setup", next(self.home.glob("*.xlsx")).name, cwd=self.home)
        run("forms", PERIOD, cwd=self.home)
        self.form = Form(sorted((self.home / "forms" / PERIOD).glob("*.xlsx"))[0])
        self.returns = self.home / "returns" / PERIOD
        self.returns.mkdir(parents=True)
        self.corrections = self.home / "corrections" / PERIOD
        self.code = first_share(self.form)
        self.answers = sound_answers(self.form, 0)

    def collect(self):
        return self.bms("collect", PERIOD, "--json", cwd=self.home).json

    def send(self, **wrong):
        """Send the form with these numbers of the share; it is to be held."""
        answers = dict(self.answers)
        answers[self.code] = {"1": answers[self.code][0], "2": answers[self.code][1]} | wrong
        type_with_openpyxl(self.form.path, cells_of(self.form, answers), self.returns / "skjema.xlsx")
        reported = self.collect()
        self.assertEqual(reported["returns"][0]["outcome"], "held", reported)
        return self.corrections / self.form.path.name

    def cells_to_correct(self, correction):
        """Where the first sheet leads."""
        book = openpyxl.load_workbook(correction)
        sheet = book.worksheets[0]
        return book, [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]

    def test_the_first_sheet_leads_to_the_marked_cell(self):
        correction = self.send(**{"1": "29 000 ca"})
        book, places = self.cells_to_correct(correction)
        self.assertEqual(len(places), 1)
        sheet, cell = places[0].split("!")
        cell = book[sheet.strip("'")][cell]
        self.assertEqual(cell.value, "29 000 ca")
        self.assertIn("29 000 ca", cell.comment.text)
        self.assertIn("skjema.xlsx", " ".join(str(c.value) for row in book.worksheets[0].iter_rows() for c in row))

    def test_what_was_right_stays_as_it_was_sent(self):
        correction = self.send(**{"1": 10, "2": 7})
        sent = openpyxl.load_workbook(self.returns / "skjema.xlsx")[self.form.sheet]
        back = openpyxl.load_workbook(correction)[self.form.sheet]
        for row in self.form.rows.values():
            for column in self.form.columns.values():
                a, b = sent.cell(row, column), back.cell(row, column)
                if not (isinstance(a.value, str) and a.value.startswith("=")):
                    self.assertEqual(a.value, b.value, a.coordinate)

    def put_right(self, correction, type_into):
        corrected = Form(correction)
        cells = cells_of(corrected, {self.code: self.answers[self.code]}, signed_by=None)  # it is signed already
        type_into(corrected.path, cells, self.returns / f"rettet {self.form.path.name}")
        reported = self.collect()
        outcomes = {r["file"].split("/")[-1]: r["outcome"] for r in reported["returns"]}
        self.assertEqual(outcomes[f"rettet {self.form.path.name}"], "accepted", reported)

    def test_put_right_with_openpyxl_it_is_accepted(self):
        self.put_right(self.send(**{"1": 10, "2": 7}), type_with_openpyxl)

    def test_put_right_in_libreoffice_it_is_accepted(self):
        correction = self.send(**{"1": 10, "2": 7})
        with Office() as office:
            self.put_right(correction, lambda *parts: type_with_office(office, *parts))

    def test_libreoffice_shows_what_has_been_changed(self):
        correction = self.send(**{"1": 10, "2": 7})
        book, places = self.cells_to_correct(correction)
        first, (sheet, cell) = book.worksheets[0], places[0].split("!")
        row = next(c.row for r in first.iter_rows() for c in r if c.hyperlink)
        with Office() as office, office.workbook(correction) as opened:
            self.assertIn("Ikke ennå", opened.shown(first.title, f"G{row}"))
            opened.type(sheet.strip("'"), cell, 7)
            self.assertIn("Endret", opened.shown(first.title, f"G{row}"))

    def nearly_all_wrong(self):
        """A return in which nearly everything is wrong, each thing in its own way."""
        wrong = {"BUD": {"1": "5 214 000 ca", "2": "1.500"}, "PROG": {"1": "#DIV/0!", "2": "=1+2"},
                 "BRUK": {"1": datetime.datetime(2026, 4, 3), "2": 23}, "SVAR": {"2": 12}, "KVAL": {"1": 10, "2": 7},
                 "MEDV": {"1": 46, "reason": "venter på rapporten"}, "INFO": {"1": "ingen"}, "SYK": {"1": "85 %", "2": 1008},
                 "KORT": {"1": -20}}
        type_with_openpyxl(self.form.path, cells_of(self.form, wrong), self.returns / "skjema.xlsx")
        (reported,) = self.collect()["returns"]
        self.assertEqual(reported["outcome"], "held", reported)
        return reported, self.corrections / self.form.path.name

    def test_eleven_things_are_listed_in_the_order_to_fix_them_each_with_its_marked_cell(self):
        reported, correction = self.nearly_all_wrong()
        book, places = self.cells_to_correct(correction)
        listed = [[c.value for c in row] for row in book.worksheets[0].iter_rows() if any(c.hyperlink for c in row)]
        self.assertEqual(len(listed), 11, listed)
        self.assertEqual([row[1][2:] for row in listed], ["Må rettes"] * 10 + ["Bør sjekkes"])
        self.assertEqual({row[3] for row in listed}, {f["message"] for f in reported["findings"]})
        for row, place in zip(listed, places):
            sheet, cell = place.split("!")
            sheet = book[sheet.strip("'")]
            self.assertIn(row[3], sheet[cell].comment.text)
            # LibreOffice uses the last list of conditions: the mark must be in the only one, and first
            lists = [rules for cells, rules in sheet.conditional_formatting._cf_rules.items() if cell in cells.sqref]
            self.assertEqual(len(lists), 1, cell)
            self.assertEqual(min(lists[0], key=lambda rule: rule.priority).dxf.fill.bgColor.rgb, MARKED, cell)

    def test_all_of_them_put_right_in_libreoffice_it_is_accepted(self):
        _, correction = self.nearly_all_wrong()
        first = openpyxl.load_workbook(correction).worksheets[0]
        rows = [c.row for row in first.iter_rows() for c in row if c.hyperlink]
        with Office() as office, office.workbook(correction) as book:
            cells = cells_of(Form(correction), {**self.answers, "MEDV": {"1": 4.5}}, signed_by=None)
            for sheet, address, value in [*cells, (self.form.sheet, self.form.address("MEDV", "reason"), None)]:
                book.type(sheet, address, value)
            self.assertEqual({book.shown(first.title, f"G{row}") for row in rows}, {"● Endret"})
            book.save(self.returns / "rettet.xlsx")
        outcomes = {r["file"].split("/")[-1]: (r["outcome"], r["findings"]) for r in self.collect()["returns"]}
        self.assertEqual(outcomes["rettet.xlsx"][0], "accepted", outcomes)

    def test_a_long_text_in_the_cell_of_a_number_is_seen_whole(self):
        correction = self.send(**{"1": "omtrent 29 000, men to avdelinger har ikke levert tallene sine ennå"})
        book, places = self.cells_to_correct(correction)
        sheet, cell = places[0].split("!")
        cell = book[sheet.strip("'")][cell]
        self.assertTrue(cell.alignment.wrap_text)
        letters_a_line, line = 10, 12.75  # points
        self.assertGreater(cell.parent.row_dimensions[cell.row].height, len(cell.value) / letters_a_line * line)

    def test_sent_back_as_it_is_it_is_held_again(self):
        correction = self.send(**{"1": 10, "2": 7})
        shutil.copy(correction, self.returns / "rettet.xlsx")
        reported = self.collect()
        self.assertEqual({r["outcome"] for r in reported["returns"]} - {"held", "duplicate"}, set(), reported)

    def test_every_kind_of_wrong_value_is_still_wrong_in_the_correction(self):
        for wrong in ["29 000 ca", "85 %", "1.234", "#DIV/0!"]:
            with self.subTest(wrong):
                correction = self.send(**{"1": wrong})
                (self.returns / "skjema.xlsx").unlink()
                shutil.copy(correction, self.returns / "igjen.xlsx")
                self.assertEqual(self.collect()["returns"][0]["outcome"], "held")
                (self.returns / "igjen.xlsx").unlink()


if __name__ == "__main__":
    unittest.main()
