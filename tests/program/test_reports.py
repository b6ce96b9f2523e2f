"""Reports as their readers see them: on paper, recomputed by LibreOffice, compared with the history. Every answer is invented."""
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import openpyxl

from form import Form, cells_of, sound_answers, type_with_openpyxl
from office import Office
from program import run

PERIODS = ["2026-T1", "2026-T2"]
SHAPES = {"green": "●", "yellow": "▲", "red": "■", None: "○"}
A4 = "9"


class Municipality:
    """Two tertials; in the second one unit is late, one has begun, and the numbers differ from unit to unit."""

    def __init__(self, folder):
        self.home = folder / "kommune"
        run("init", "--template", "fet", self.home, cwd=folder)
        self.bms("setup", "setup.xlsx")
        for period in PERIODS:
            self.bms("forms", period)
            self.fill_in(period)
            self.bms("collect", period)
        self.ended = self.bms("report", "2026-T2", "--json")
        self.measured = {(m["unit"], m["indicator"], m["period"]): m
                         for m in self.bms("history", "--json").json["measurements"]}
        self.forms = {f.identity["unit"]: f for f in self.forms_of("2026-T2")}

    def bms(self, *arguments):
        return run(*arguments, cwd=self.home)

    def forms_of(self, period):
        return [Form(path) for path in sorted((self.home / "forms" / period).glob("*.xlsx"))]

    def fill_in(self, period):
        returns = self.home / "returns" / period
        returns.mkdir(parents=True)
        for i, form in enumerate(self.forms_of(period)):
            if period == "2026-T2" and i == 1:
                continue
            answers = sound_answers(form, variant=7 * i)
            cells = cells_of(form, answers, signed_by=None if period == "2026-T2" and i == 2 else "Per Prøve")
            cells.append((form.sheet, form.address(next(iter(form.questions)), "comment"), "=1+1 er ikke en formel"))
            type_with_openpyxl(form.path, cells, returns / form.path.name)

    def report(self, code):
        return next((self.home / "reports/2026-T2").glob(f"{code}-*.xlsx"))


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = Path(tempfile.mkdtemp(prefix="bms-reports-"))
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.folder = folder
        cls.town = Municipality(folder)
        cls.top = openpyxl.load_workbook(cls.town.report("1000"), data_only=True)

    def table(self, book, sheet):
        """The rows of a list below its headings, as dicts by heading."""
        rows = list(book[sheet].iter_rows(min_row=4))
        headings = [cell.value for cell in rows[0]]
        return [dict(zip(headings, row)) for row in rows[1:]]

    def test_every_unit_leader_and_the_municipality_get_a_report(self):
        self.assertEqual(self.town.ended.code, 0, self.town.ended)
        names = {Path(f).name.split("-")[0] for f in self.town.ended.json["files"]}
        self.assertLess({form for form in self.town.forms} | {"1000", "1100"}, names)

    def test_every_sheet_is_a4_one_page_wide_with_its_headings_repeated(self):
        for path in (self.town.report("1000"), self.town.report(sorted(self.town.forms)[0])):
            for sheet in openpyxl.load_workbook(path).worksheets:
                with self.subTest(report=path.name, sheet=sheet.title):
                    self.assertEqual(str(sheet.page_setup.paperSize), A4)
                    self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
                    self.assertIn(sheet.page_setup.fitToWidth, (None, 1))
                    self.assertTrue(sheet.print_title_rows)
                    self.assertTrue(sheet.freeze_panes)

    def test_the_first_sheet_is_one_page_and_answers_the_four_questions(self):
        pdf = self.folder / "top.pdf"
        with Office() as office:
            office.pdf(self.town.report("1000"), pdf)
        page = subprocess.run(["pdftotext", "-f", "1", "-l", "1", "-layout", pdf, "-"], capture_output=True,
                              text=True).stdout
        for words in ("har levert", "langt fra målet", "Ikke levert: 2", "Korttidsfravær"):
            self.assertIn(words, page)
        self.assertNotIn("Fagutdanning", page)  # asked for in 2025, before anything was received
        self.assertRegex(page, "Dette gjøres|Ingen tiltak er i gang")
        self.assertRegex(page, "■ I enhetene: .* røde? resultat|Ingenting er rødt")

    def test_a_computed_workbook_shows_what_was_written(self):
        copy = self.folder / "computed.xlsx"
        with Office() as office, office.workbook(self.town.report("1000")) as book:
            book.document.calculateAll()
            book.save(copy)
        computed = openpyxl.load_workbook(copy, data_only=True)
        formulas = 0
        for sheet in openpyxl.load_workbook(self.town.report("1000")).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        formulas += 1
                        self.assertAlmostEqual(computed[sheet.title][cell.coordinate].value,
                                               self.top[sheet.title][cell.coordinate].value, 9,
                                               (sheet.title, cell.coordinate, cell.value))
        self.assertGreater(formulas, 50)

    def test_the_numbers_are_those_of_the_history_with_file_and_cell(self):
        names = {form.identity["title"].split(" – ")[0]: unit for unit, form in self.town.forms.items()}
        codes = {q["name"]: code for form in self.town.forms.values() for code, q in form.questions.items()}
        seen = 0
        for row in self.table(self.top, "Tall"):
            unit, code = names.get(row["Enhet"].value), codes.get(row["Indikator"].value)
            measured = self.town.measured.get((unit, code, "2026-T2"))
            if not measured or row["Målt periode"].value != "2. tertial 2026" or measured["state"] != "reported":
                continue
            seen += 1
            self.assertAlmostEqual(row["Tall 1 (teller)"].value, measured["numerator"], 9)
            self.assertEqual(row["Status"].value[0], SHAPES[measured["status"]], (unit, code))
            self.assertEqual(row["Fil"].value, measured["file"])
            self.assertTrue(row["Celler"].value.startswith(measured["cell"]), row["Celler"].value)
        self.assertGreater(seen, 60)

    def test_a_leaders_share_is_the_sum_of_numerators_over_the_sum_of_denominators(self):
        sick = [m for (unit, code, period), m in self.town.measured.items()
                if code == "SYK" and period == "2026-T2" and m["state"] == "reported"]
        result = 100 * sum(m["numerator"] for m in sick) / sum(m["denominator"] for m in sick)
        row = next(r for r in self.table(self.top, "Alle indikatorer")
                   if str(r["Indikator"].value).startswith("Sykefravær"))
        self.assertAlmostEqual(row["Perioden"].value, result, 9)
        both = [m for (unit, code, period), m in self.town.measured.items() if code == "SYK" and m["state"] == "reported"]
        so_far = 100 * sum(m["numerator"] for m in both) / sum(m["denominator"] for m in both)
        self.assertAlmostEqual(row["Hittil i år"].value, so_far, 9)

    def test_every_unit_is_in_the_matrix_with_the_shape_of_its_status(self):
        names = {form.identity["title"].split(" – ")[0]: unit for unit, form in self.town.forms.items()}
        rows = {row["Enhet"].value: row for row in self.table(self.top, "Enheter")}
        self.assertLessEqual(set(names), set(rows))
        for name, unit in names.items():
            measured = self.town.measured[unit, "SYK", "2026-T2"]
            cell = rows[name]["Sykefravær"]
            if measured["state"] == "missing":
                self.assertEqual(cell.value, "mangler")
            else:
                self.assertAlmostEqual(cell.value, measured["result"], 9)
                self.assertIn(SHAPES[measured["status"]], cell.number_format)

    def test_text_that_looks_like_a_formula_stays_text(self):
        for sheet in openpyxl.load_workbook(self.town.report("1000")).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and "er ikke en formel" in cell.value:
                        self.assertEqual(cell.data_type, "s")

    def test_a_unit_sees_nothing_of_the_others(self):
        own = sorted(self.town.forms)[0]
        others = {f.identity["title"].split(" – ")[0] for unit, f in self.town.forms.items() if unit != own}
        others.discard("Økonomi")  # a unit, but a focus area as well
        book = openpyxl.load_workbook(self.town.report(own), data_only=True)
        text = "\n".join(str(c) for s in book.worksheets for r in s.iter_rows(values_only=True) for c in r if c is not None)
        self.assertFalse([name for name in others if name in text])

    def test_a_report_with_the_same_content_is_the_same_edition(self):
        before = self.town.report("1000").read_bytes()
        again = self.town.bms("report", "2026-T2", "--unit", "1000", "--json")
        self.assertEqual(again.code, 0, again)
        self.assertEqual(self.town.report("1000").read_bytes(), before)

    def test_what_does_not_exist_is_reported_and_nothing_written(self):
        self.assertEqual(self.town.bms("report", "2026-Q1").code, 2)
        self.assertEqual(self.town.bms("report", "2026-T2", "--unit", "9999").code, 2)
        self.assertFalse((self.town.home / "reports/2026-Q1").exists())


if __name__ == "__main__":
    unittest.main()
