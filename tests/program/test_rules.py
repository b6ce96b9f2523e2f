"""What the checks say, word by word, about mistakes that units make: with workbooks saved by openpyxl and LibreOffice.

That each rule is reported, alone and at its cell, is in test_rule_table. Everything is invented."""
import unittest

from checked_town import NOW, TRIED, Town, usual
from form import cells_of, type_with_office
from office import Office
from program import InAFolder


class Rules(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.place = InAFolder()
        cls.place.setUp()
        cls.addClassCleanup(cls.place.doCleanups)
        cls.town = Town(cls.place.folder)
        cls.form = cls.town.form()

    def setUp(self):
        self.addCleanup((self.town.home / "returns" / NOW / self.form.path.name).unlink, missing_ok=True)

    def found(self, path):
        """The findings of one file, as (severity, rule, cell, message, what to do)."""
        (file,) = self.town.check(path)["returns"]
        return [(f["severity"], f["rule"], f["cell"], f["message"], f["fix"]) for f in file["findings"]]

    def sent_with(self, **changed):
        return self.town.send(self.form, {**usual(TRIED, NOW), **changed}, NOW)

    def test_kroner_for_thousand_kroner(self):
        (severity, rule, cell, message, fix), = self.found(self.sent_with(KR=(3_420_000, 3_300_000)))
        self.assertEqual((severity, rule, cell), ("warning", "factor", self.form.address("KR", "1")))
        self.assertIn("Før har dere levert rundt", message)
        self.assertIn("Kroner eller tusen kroner?", fix)

    def test_the_whole_years_budget(self):
        (severity, rule, cell, message, _), = self.found(self.sent_with(KR=(3420, 4950)))
        self.assertEqual((severity, rule, cell), ("warning", "budget_of_year", self.form.address("KR", "2")))
        self.assertIn(self.form.address("KR", "1"), message)

    def test_swapped_numbers_with_the_likely_right_order(self):
        (severity, rule, _, _, fix), = self.found(self.sent_with(PLAN=(22, 18)))
        self.assertEqual((severity, rule), ("error", "part_above_whole"))
        self.assertIn("byttet om. 18 av 22 gir 81,8", fix)

    def test_two_answers_to_the_same_base(self):
        (severity, rule, _, message, _), = self.found(self.sent_with(SVAR=(12, 23)))
        self.assertEqual((severity, rule), ("warning", "common_base"))
        self.assertIn(self.form.address("PLAN", "2"), message)
        self.assertIn(self.form.address("SVAR", "2"), message)

    def test_a_jump_with_the_earlier_values(self):
        (severity, rule, _, message, _), = self.found(self.sent_with(PLAN=(3, 22)))
        self.assertEqual((severity, rule), ("warning", "jump"))
        self.assertIn("77,3", message)

    def test_another_units_numbers(self):
        (severity, rule, _, message, _), = self.found(self.sent_with(**usual("E003", NOW)))
        self.assertEqual((severity, rule), ("warning", "others_numbers"))
        self.assertIn("Enhet nummer 3", message)

    def test_saved_by_libreoffice_a_return_gives_the_same_findings(self):
        clean, broken = self.place.folder / "clean.xlsx", self.place.folder / "broken.xlsx"
        with Office() as office:
            for target, change in ((clean, {}), (broken, {"KR": (3_420_000, 3_300_000), "PLAN": (22, 18)})):
                with office.workbook(self.form.path) as book:
                    for sheet, address, value in cells_of(self.form, {**usual(TRIED, NOW), **change}):
                        book.type(sheet, address, value)
                    book.save(target)
        self.assertEqual(self.found(clean), [])
        self.assertEqual([finding[1] for finding in self.found(broken)], ["part_above_whole", "factor"])


if __name__ == "__main__":
    unittest.main()
