"""Forms that an earlier version sent out: their hidden sheet has no columns for what came later. Everything is invented."""
import json

import openpyxl

import setup_book
from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import InAFolder

# The first forms sent out (version 0.1.0) had none of these, and the seal does not count them where they are not used.
LATER = {"usual_from_1", "usual_to_1", "usual_from_2", "usual_to_2"}


class OlderFormsTest(InAFolder):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        self.bms("init", self.home, cwd=self.folder)
        setup_book.save(setup_book.setup(1, 3), self.home / "setup.xlsx")
        self.bms("setup", "setup.xlsx", cwd=self.home)
        self.period = "2026-T2"
        self.bms("forms", self.period, cwd=self.home)
        self.form = Form(next((self.home / "forms" / self.period).glob("E001-*.xlsx")))

    def send_without(self, columns):
        """Send the form filled in, with columns of its hidden sheet taken out; how it is received."""
        target = self.home / "returns" / self.period / self.form.path.name
        target.parent.mkdir(parents=True)
        type_with_openpyxl(self.form.path, cells_of(self.form, sound_answers(self.form)), target)
        book = openpyxl.load_workbook(target)
        sheet = book[self.form.hidden]
        taken = {cell.column for row in sheet.iter_rows() for cell in row if cell.value in columns}
        self.assertEqual(len(taken), len(columns))
        for column in sorted(taken, reverse=True):
            sheet.delete_cols(column)
        book.save(target)
        answer = self.bms("collect", self.period, "--json", cwd=self.home)
        return json.loads(answer.out)["returns"][0]

    def test_a_form_of_the_first_version_is_accepted_and_its_seal_is_right(self):
        received = self.send_without(LATER)
        self.assertEqual(received["outcome"], "accepted", received)
        self.assertNotIn("seal", " ".join(finding["rule"] for finding in received["findings"]))

    def test_a_form_without_what_every_version_has_is_not(self):
        received = self.send_without({"whole_2"})
        self.assertEqual(received["outcome"], "unreadable", received)
