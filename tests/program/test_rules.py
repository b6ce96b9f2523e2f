"""What the checks say, seen with workbooks that other programs have saved: openpyxl and, where it matters, LibreOffice.

A small municipality of its own, three units and three indicators, with answers for every tertial of two years. Everything
is invented."""
import json
import shutil
import unittest

import openpyxl

import setup_book
from form import Form, cells_of, type_with_openpyxl
from office import Office
from program import InAFolder, run

EARLIER = ["2025-T1", "2025-T2", "2025-T3", "2026-T1"]
NOW = "2026-T2"


def two_years():
    """The setup: a share that asks for an action, one on the same base asked again, kroner so far this year."""
    sheets = setup_book.setup(3, 1)
    sheets["Indikatorer"] = [
        ["PLAN", "Plan", "andel", "Hvor mange har plan?", "personer", "Hvor mange brukere {dato}?", "personer", 1, "på dato",
         "høyt", None, "ja", None],
        ["SVAR", "Svar", "andel", "Hvor mange svarte?", "personer", "Hvor mange brukere {dato}?", "personer", 1, "på dato",
         "høyt", None, "ja", None],
        ["KR", "Budsjettavvik", "avvik", "Hva er netto regnskap {periode}?", "1000 kr", "Hva er netto budsjett {periode}?",
         "1000 kr", 1, "hittil i år", "lavt", None, None, None]]
    codes = [row[0] for row in sheets["Indikatorer"]]
    sheets["Plassering"] = [["KORT", "GOD", code, i] for i, code in enumerate(codes)]
    sheets["Mål"] = [["PLAN", "alle", 80, 60]]
    sheets["Målepunkt"] = [[f"{year}-T{t}", None, None, None] for year in (2025, 2026) for t in (1, 2, 3)]
    sheets["Hvem måler hva"] = [[code, "*-T*", "x"] for code in codes]
    return sheets


def usual(unit, period):
    """What a unit answers when all is well."""
    i, tertial = int(unit[1:]), int(period[-1])
    return {"PLAN": (16 * i + tertial, 20 * i + 2), "SVAR": (12 * i, 20 * i + 2),
            "KR": (1700 * i * tertial + 10 * tertial, 1650 * i * tertial)}


class Rules(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.place = InAFolder()
        cls.place.setUp()
        cls.addClassCleanup(cls.place.doCleanups)
        cls.home = cls.place.folder / "kommune"
        cls.bms("init", cls.home, cwd=cls.place.folder)
        setup_book.save(two_years(), cls.home / "setup.xlsx")
        cls.bms("setup", "setup.xlsx")
        for period in EARLIER:
            cls.bms("forms", period)
            for form in cls.forms(period):
                cls.send(form, usual(form.identity["unit"], period), period)
            collected = cls.bms("collect", period, "--json")
            assert collected.code == 0, collected
        cls.bms("forms", NOW)

    @classmethod
    def bms(cls, *arguments, cwd=None):
        return run(*arguments, cwd=cwd or cls.home)

    @classmethod
    def forms(cls, period):
        return [Form(path) for path in sorted((cls.home / "forms" / period).glob("E*.xlsx"))]

    @classmethod
    def send(cls, form, answers, period):
        target = cls.home / "returns" / period / form.path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        type_with_openpyxl(form.path, cells_of(form, answers), target)
        return target

    def setUp(self):
        self.form = self.forms(NOW)[0]
        self.addCleanup(shutil.rmtree, self.home / "returns" / NOW, True)

    def found(self, path):
        """The findings of one file, as (severity, rule, cell, message, what to do)."""
        checked = self.bms("check", path, "--json").json
        return [(f["severity"], f["rule"], f.get("cell"), f["message"], f["fix"]) for f in checked["returns"][0]["findings"]]

    def rules(self, path):
        return [finding[1] for finding in self.found(path)]

    def sent_with(self, **changed):
        return self.send(self.form, {**usual("E001", NOW), **changed}, NOW)

    def changed_book(self, change, **answers):
        """The return with something done to its workbook by openpyxl."""
        path = self.sent_with(**answers)
        book = openpyxl.load_workbook(path)
        change(book, book[self.form.sheet])
        book.save(path)
        return path

    def test_a_clean_return_gets_no_finding(self):
        self.assertEqual(self.found(self.sent_with()), [])

    def test_kroner_for_thousand_kroner(self):
        (severity, rule, cell, message, fix), = self.found(self.sent_with(KR=(3_420_000, 3_300_000)))
        self.assertEqual((severity, rule, cell), ("warning", "factor", self.form.address("KR", "1")))
        self.assertIn("Før har dere levert rundt", message)
        self.assertIn("Kroner eller tusen kroner?", fix)

    def test_the_whole_years_budget(self):
        (severity, rule, cell, message, _), = self.found(self.sent_with(KR=(3420, 4950)))
        self.assertEqual((severity, rule, cell), ("warning", "budget_of_year", self.form.address("KR", "2")))
        self.assertIn(self.form.address("KR", "1"), message)

    def test_year_to_date_lower_than_last_time(self):
        self.assertIn("year_to_date_lower", self.rules(self.sent_with(KR=(1650, 1600))))

    def test_swapped_numbers_with_the_likely_right_order(self):
        (severity, rule, _, _, fix), = self.found(self.sent_with(PLAN=(22, 18)))
        self.assertEqual((severity, rule), ("error", "part_above_whole"))
        self.assertIn("byttet om. 18 av 22 gir 81,8", fix)

    def test_two_answers_to_the_same_base(self):
        (severity, rule, _, message, _), = self.found(self.sent_with(SVAR=(12, 23)))
        self.assertEqual((severity, rule), ("error", "common_base"))
        self.assertIn(self.form.address("PLAN", "2"), message)
        self.assertIn(self.form.address("SVAR", "2"), message)

    def test_a_jump_with_the_earlier_values(self):
        (severity, rule, _, message, _), = self.found(self.sent_with(PLAN=(3, 22)))
        self.assertEqual((severity, rule), ("warning", "jump"))
        self.assertIn("77,3", message)

    def test_another_units_numbers(self):
        form = self.forms(NOW)[1]
        self.send(form, usual("E003", NOW), NOW)
        self.send(self.forms(NOW)[2], usual("E003", NOW), NOW)
        checked = self.bms("check", NOW, "--json").json
        found = {r["unit"]: [f["rule"] for f in r["findings"]] for r in checked["returns"]}
        self.assertIn("others_numbers", found["E002"])
        self.assertIn("others_numbers", found["E003"])

    def test_sorted_rows_saved_by_another_program(self):
        def swap(_, sheet):
            first, second = (self.form.rows[code] for code in ("PLAN", "KR"))
            for column in range(1, sheet.max_column + 1):
                a, b = sheet.cell(first, column), sheet.cell(second, column)
                if not (str(a.value).startswith("=") or str(b.value).startswith("=")):
                    a.value, b.value = b.value, a.value
        self.assertEqual(self.rules(self.changed_book(swap)), ["rows_moved"])

    def test_inserted_columns(self):
        self.assertIn("columns_moved", self.rules(self.changed_book(lambda _, sheet: sheet.insert_cols(2))))

    def test_an_overtyped_result(self):
        def overtype(_, sheet):
            sheet[self.form.address("PLAN", "result")] = 99
        (severity, rule, cell, message, _), = self.found(self.changed_book(overtype))
        self.assertEqual((severity, rule, cell), ("warning", "result_differs", self.form.address("PLAN", "result")))
        self.assertIn("99", message)

    def test_without_a_history_what_needs_none_is_checked_and_the_rest_named(self):
        path = self.place.folder / "alone" / "skjema.xlsx"
        path.parent.mkdir(exist_ok=True)
        shutil.copy(self.sent_with(PLAN=(22, 18)), path)
        checked = self.bms("check", path.name, "--json", cwd=path.parent).json
        found = [(f["severity"], f["rule"]) for f in checked["returns"][0]["findings"]]
        self.assertEqual(found, [("info", "seal_not_verified"), ("error", "part_above_whole")])
        self.assertIn("Uten historikken", json.dumps(checked, ensure_ascii=False))

    def test_saved_by_libreoffice_a_clean_return_is_clean_and_a_broken_one_is_told_the_same(self):
        clean, broken = self.home / "clean.xlsx", self.home / "broken.xlsx"
        with Office() as office:
            for target, change in ((clean, {}), (broken, {"KR": (3_420_000, 3_300_000), "PLAN": (22, 18)})):
                with office.workbook(self.form.path) as book:
                    for sheet, address, value in cells_of(self.form, {**usual("E001", NOW), **change}):
                        book.type(sheet, address, value)
                    book.save(target)
        self.assertEqual(self.found(clean), [])
        self.assertEqual(self.rules(broken), ["part_above_whole", "factor"])


if __name__ == "__main__":
    unittest.main()
