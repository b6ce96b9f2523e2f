"""A form survives other programs: openpyxl and LibreOffice fill it in, and what is read is what was typed."""
import datetime
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import openpyxl

from example_form import CODE, COMMENT, NUMBER_1, NUMBER_2, REASON, RESULT, STATUS, Return, rows_of, write_form
from office import Office
from com.sun.star.lang import Locale  # this module exists once office has imported uno

IDENTITY = ["0301", "GARD", "2026-T2", "3", "Garderåsen barnehage – 2. tertial 2026", "0123456789abcdef" * 2]
DAY = str((datetime.date(2026, 9, 14) - datetime.date(1970, 1, 1)).days)


class WithAForm(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="bms-test-")
        self.addCleanup(folder.cleanup)
        self.form = write_form(Path(folder.name) / "form.xlsx")
        self.rows = rows_of(self.form)

    def assert_identity(self, read):
        self.assertEqual(read["recognition"], "both")
        self.assertEqual(read["hidden"], IDENTITY)
        self.assertEqual(read["visible"], IDENTITY)
        self.assertEqual(read["questions"], "8")

    def assert_cell(self, read, key, kind, value):
        self.assertEqual((read[key].kind, read[key].value), (kind, value), key)


class FilledInWithOpenpyxl(WithAForm):
    def change(self, change):
        book = openpyxl.load_workbook(self.form)
        change(book, book["Skjema"])
        book.save(self.form)
        return Return(self.form)

    def fill(self, book, sheet):
        rows = self.rows
        sheet[f"{NUMBER_1}{rows['SYK']}"] = 0.1
        sheet[f"{NUMBER_2}{rows['SYK']}"] = 12345.6789012345
        sheet[f"{NUMBER_1}{rows['TRIVSEL']}"] = "4,9 ca"
        sheet[f"{NUMBER_1}{rows['VERNE']}"] = "Ja"
        sheet[f"{REASON}{rows['SAKER']}"] = "Kommer senere"
        sheet[f"{COMMENT}{rows['SAKER']}"] = "=SUM(1)"
        sheet[f"{COMMENT}{rows['SAKER']}"].data_type = "s"
        sheet[f"B{rows['signed']}"] = "Kari Nordmann"
        sheet[f"E{rows['signed']}"] = datetime.date(2026, 9, 14)
        actions = book["Tiltak"]
        actions["B6"], actions["C6"], actions["E6"] = "Budsjettavvik (BUDSJETT)", "Færre vikarer", "i høst"

    def assert_filled(self, read):
        self.assert_identity(read)
        self.assert_cell(read, "SYK.1", "number", "0.1")
        self.assert_cell(read, "SYK.2", "number", "12345.6789012345")
        self.assert_cell(read, "TRIVSEL.1", "text", "4,9 ca")
        self.assert_cell(read, "VERNE.1", "number", "1Ja")
        self.assert_cell(read, "SAKER.reason", "text", "Kommer senere")
        self.assert_cell(read, "SAKER.comment", "text", "=SUM(1)")
        self.assert_cell(read, "signed_by", "text", "Kari Nordmann")
        self.assert_cell(read, "signed_on", "date", DAY)
        self.assertEqual([action["linked"].value for action in read.actions],
                         ["Sykefravær (SYK)", "Budsjettavvik (BUDSJETT)"])

    def test_saved_unchanged_it_is_the_same_form(self):
        read = self.change(lambda book, sheet: None)
        self.assert_identity(read)
        self.assertEqual(len(read.codes()), 8)
        self.assertTrue(all(read[f"{code}.1"].kind in ("blank", "no_result") for code in read.codes()))
        self.assert_cell(read, "SYK.result", "no_result", "")
        self.assert_cell(read, "signed_by", "blank", "")

    def test_what_was_typed_is_read(self):
        self.assert_filled(self.change(self.fill))

    def test_sheets_may_be_renamed_moved_and_added(self):
        def change(book, sheet):
            self.fill(book, sheet)
            sheet.title = "Mitt ark"
            book.move_sheet(sheet, 3)
            book["Tiltak"].title = "Det vi gjør"
            book["bms"].title = "Ark4"
            book.create_sheet("Notater", 0)["A1"] = "Kode"
        read = self.change(change)
        self.assert_filled(read)
        self.assertEqual(read["sheet"], "Mitt ark")

    def test_columns_may_be_inserted(self):
        def change(book, sheet):
            self.fill(book, sheet)
            sheet.insert_cols(4)
            sheet.insert_cols(1)
        self.assert_filled(self.change(change))

    def test_rows_may_be_inserted_and_deleted(self):
        def change(book, sheet):
            self.fill(book, sheet)
            sheet.delete_rows(self.rows["KORT"])
            sheet.insert_rows(self.rows["SYK"], 2)
        read = self.change(change)
        self.assert_filled(read)
        self.assertEqual(len(read.codes()), 7)

    def test_rows_may_be_sorted(self):
        def change(book, sheet):
            self.fill(book, sheet)
            first, last = self.rows["SYK"], self.rows["VERNE"]
            table = [[cell.value for cell in row] for row in sheet.iter_rows(first, last)]
            for row, values in zip(sheet.iter_rows(first, last), reversed(table)):
                for cell, value in zip(row, values):
                    cell.value = value
        read = self.change(change)
        self.assert_cell(read, "SYK.1", "number", "0.1")
        self.assertEqual(read.codes()[0], "VERNE")

    def test_without_names_the_texts_beside_the_cells_are_used(self):
        def change(book, sheet):
            self.fill(book, sheet)
            for name in [defined.name for defined in book.defined_names.definedName]:
                if name.startswith("bms_"):
                    del book.defined_names[name]
        self.assert_filled(self.change(change))

    def test_without_the_hidden_sheet_the_visible_line_is_used(self):
        read = self.change(lambda book, sheet: book.remove(book["bms"]))
        self.assertEqual(read["recognition"], "hidden_lost")
        self.assertEqual(read["visible"], IDENTITY)
        self.assertEqual(read["hidden"], [""] * 6)

    def test_without_the_visible_line_the_hidden_sheet_is_used(self):
        def change(book, sheet):
            sheet[f"A{self.rows['signed'] + 2}"] = None
        read = self.change(change)
        self.assertEqual(read["recognition"], "visible_lost")
        self.assertEqual(read["hidden"], IDENTITY)

    def test_an_edited_title_is_read(self):
        def change(book, sheet):
            sheet["A1"] = "Lia barnehage – 2. tertial 2026"
        read = self.change(change)
        self.assertEqual(read["visible"][4], "Lia barnehage – 2. tertial 2026")
        self.assertEqual(read["hidden"], IDENTITY)

    def test_an_overwritten_heading_is_named(self):
        def change(book, sheet):
            sheet[f"{CODE}6"] = "Noe annet"
        self.assertEqual(self.change(change)["missing_heading"], "Kode")

    def test_dates_per_cent_errors_merged_and_hidden_cells_are_marked(self):
        def change(book, sheet):
            rows = self.rows
            sheet[f"{NUMBER_1}{rows['SYK']}"] = datetime.date(2026, 4, 3)
            sheet[f"{NUMBER_2}{rows['SYK']}"] = 0.85
            sheet[f"{NUMBER_2}{rows['SYK']}"].number_format = "0.0%"
            sheet[f"{NUMBER_1}{rows['BUDSJETT']}"] = "#DIV/0!"
            sheet[f"{NUMBER_1}{rows['BUDSJETT']}"].data_type = "e"
            sheet[f"{NUMBER_1}{rows['SAKER']}"] = 3
            sheet.row_dimensions[rows["SAKER"]].hidden = True
            sheet.merge_cells(f"{NUMBER_1}{rows['FALL']}:{NUMBER_2}{rows['FALL']}")
            sheet[f"{NUMBER_2}{rows['TRIVSEL']}"] = "=10+2"
        read = self.change(change)
        self.assertEqual(read["SYK.1"].kind, "date")
        self.assert_cell(read, "SYK.2", "per_cent", "0.85")
        self.assert_cell(read, "BUDSJETT.1", "error", "#DIV/0!")
        self.assertEqual(read["SAKER.1"].flags, "h")
        self.assertIn("m", read["FALL.1"].flags)
        self.assertEqual((read["TRIVSEL.2"].kind, read["TRIVSEL.2"].flags), ("no_result", "f"))

    def test_of_two_copies_of_a_sheet_the_one_filled_in_is_read(self):
        def change(book, sheet):
            copy = book.copy_worksheet(sheet)
            self.fill(book, copy)
        read = self.change(change)
        self.assert_filled(read)
        self.assertEqual(read["sheet"], "Skjema Copy")

    def test_some_other_workbook_is_not_ours(self):
        book = openpyxl.Workbook()
        book.active.append(["Indikator", "Kode", "Kommentar", "Status"])
        book.save(self.form)
        self.assertEqual(Return(self.form)["recognition"], "not_ours")


class FilledInWithLibreOffice(WithAForm):
    @classmethod
    def setUpClass(cls):
        cls.office = Office()
        cls.office.__enter__()
        cls.addClassCleanup(cls.office.__exit__)

    def test_saved_unchanged_it_is_the_same_form(self):
        with self.office.workbook(self.form) as book:
            book.save()
        read = Return(self.form)
        self.assert_identity(read)
        self.assertEqual(len(read.codes()), 8)
        self.assert_cell(read, "SYK.result", "blank", "")

    def test_what_was_typed_is_read_with_results(self):
        rows = self.rows
        with self.office.workbook(self.form) as book:
            book.type("Skjema", f"{NUMBER_1}{rows['SYK']}", 80)
            book.type("Skjema", f"{NUMBER_2}{rows['SYK']}", 1000)
            book.type("Skjema", f"{NUMBER_2}{rows['TRIVSEL']}", 30)
            book.type("Skjema", f"{NUMBER_2}{rows['SVAR']}", 40)
            book.type("Skjema", f"B{rows['signed']}", "Kari Nordmann")
            book.type("Skjema", f"E{rows['signed']}", 46279)
            book.save()
        read = Return(self.form)
        self.assert_identity(read)
        self.assert_cell(read, "SYK.1", "number", "80")
        self.assert_cell(read, "SYK.result", "number", "8")
        self.assert_cell(read, "SVAR.1", "number", "30")
        self.assertIn("f", read["SVAR.1"].flags)
        self.assert_cell(read, "SVAR.result", "number", "75")
        self.assert_cell(read, "signed_by", "text", "Kari Nordmann")
        self.assertEqual(read["signed_on"].kind, "date")

    def test_the_live_status_says_what_a_person_would(self):
        """Row, number 1, number 2, reason, and the status that they give."""
        cases = [
            ("SYK", None, None, None, "○ Ikke fylt ut"),
            ("FALL", None, None, None, "○ Frivillig"),
            ("SYK", 75, 1000, None, "● Når målet"),
            ("SYK", 95, 1000, None, "▲ Nær målet"),
            ("SYK", 95.001, 1000, None, "■ Langt fra målet"),
            ("SYK", 1200, 1000, None, "Sjekk: tall 1 er større enn tall 2"),
            ("SYK", 80, None, None, "Sjekk: tall 2 mangler"),
            ("SYK", None, 1000, None, "Sjekk: tall 1 mangler"),
            ("SYK", "29 000 ca", 1000, None, "Sjekk: tall 1 er ikke et tall"),
            ("SYK", 80, "mange", None, "Sjekk: tall 2 er ikke et tall"),
            ("SYK", "=1/0", 1000, None, "Sjekk: tall 1 er en formelfeil"),
            ("SYK", -1, 1000, None, "Sjekk: tall 1 er under 0"),
            ("SYK", 0, 0, None, "○ Ingen å måle"),
            ("SYK", 5, 0, None, "Sjekk: tall 2 er 0, men ikke tall 1"),
            ("SYK", "  ", None, None, "○ Ikke fylt ut"),
            ("SYK", None, None, "Kommer senere", "○ Kommer senere"),
            ("SYK", None, None, "Ikke aktuelt", "Sjekk: alle skal svare på denne"),
            ("SAKER", None, None, "Ikke aktuelt", "○ Ikke aktuelt"),
            ("SYK", 80, 1000, "Kommer senere", "Sjekk: både tall og «Ikke klart?»"),
            ("TRIVSEL", 4.9, 30, None, "▲ Nær målet"),
            ("TRIVSEL", 7, 30, None, "Sjekk: tall 1 er over 6"),
            ("TRIVSEL", None, 0, None, "○ Ingen å måle"),
            ("TRIVSEL", 4.9, 0, None, "Sjekk: et gjennomsnitt, men ingen bak det"),
            ("TRIVSEL", 4.9, 30.5, None, "Sjekk: tall 2 skal være uten desimaler"),
            ("BUDSJETT", 5214, 4900, None, "■ Langt fra målet\nMerforbruk 314"),
            ("BUDSJETT", -5214, -4900, None, "● Når målet\nMindreforbruk 314"),
            ("BUDSJETT", 4900, 4900, None, "● Når målet"),
            ("FALL", 1, 1000, None, "▲ Nær målet"),
            ("FALL", 2, 1000, None, "● Når målet"),
            ("FALL", 9, 1000, None, "■ Langt fra målet"),
            ("SAKER", 0, None, None, "● Når målet"),
            ("SAKER", 6, None, None, "■ Langt fra målet"),
            ("SAKER", 2.5, None, None, "Sjekk: tall 1 skal være uten desimaler"),
            ("VERNE", "Ja", None, None, "● Når målet"),
            ("VERNE", "nei", None, None, "■ Langt fra målet"),
            ("VERNE", 1, None, None, "● Når målet"),
            ("VERNE", "kanskje", None, None, "Sjekk: svar ja eller nei"),
        ]
        with self.office.workbook(self.form) as book:
            for code, one, two, reason, status in cases:
                row = self.rows[code]
                cells = [f"{NUMBER_1}{row}", f"{REASON}{row}"]
                cells += [f"{NUMBER_2}{row}"] if code not in ("SAKER", "VERNE") else []
                for cell, value in zip(cells, (one, reason, two)):
                    book.type("Skjema", cell, value)
                with self.subTest(code=code, one=one, two=two, reason=reason):
                    self.assertEqual(book.shown("Skjema", f"{STATUS}{row}"), status)
                for cell in cells:
                    book.type("Skjema", cell, None)

    def test_a_part_larger_than_its_whole_is_seen(self):
        with self.office.workbook(self.form) as book:
            book.type("Skjema", f"{NUMBER_1}{self.rows['SYK']}", 80)
            book.type("Skjema", f"{NUMBER_2}{self.rows['SYK']}", 1000)
            book.type("Skjema", f"{NUMBER_1}{self.rows['KORT']}", 90)
            self.assertEqual(book.shown("Skjema", f"{STATUS}{self.rows['KORT']}"),
                             "Sjekk: tall 1 er større enn hele «Sykefravær»")

    def test_a_date_and_a_percentage_are_recognised_by_their_format(self):
        with self.office.workbook(self.form) as book:
            cell = book.cell("Skjema", f"{NUMBER_1}{self.rows['SYK']}")
            status = f"{STATUS}{self.rows['SYK']}"
            book.type("Skjema", f"{NUMBER_2}{self.rows['SYK']}", 1000)
            formats, locale = book.document.NumberFormats, Locale("en", "US", "")
            for code, remark in (("MM/DD/YY", "Sjekk: tall 1 er blitt en dato"), ("0%", "Sjekk: tall 1 er i prosent")):
                key = formats.queryKey(code, locale, False)
                cell.NumberFormat = key if key >= 0 else formats.addNew(code, locale)
                cell.setValue(0.5)
                book.document.calculateAll()
                self.assertEqual(book.shown("Skjema", status), remark)

    def test_a_red_result_asks_for_an_action_until_there_is_one(self):
        with self.office.workbook(self.form) as book:
            book.type("Skjema", f"{NUMBER_1}{self.rows['SYK']}", 200)
            book.type("Skjema", f"{NUMBER_2}{self.rows['SYK']}", 1000)
            status = f"{STATUS}{self.rows['SYK']}"
            self.assertEqual(book.shown("Skjema", status), "■ Langt fra målet")
            book.type("Tiltak", "B5", None)
            self.assertEqual(book.shown("Skjema", status),
                             "■ Langt fra målet\nSkriv et tiltak eller en kommentar")

    def test_the_counter_leads_from_the_first_number_to_the_signature(self):
        answers = {"SYK": (80, 1000), "KORT": (20,), "TRIVSEL": (5, 30), "SVAR": (None, 40), "BUDSJETT": (1, 1),
                   "SAKER": (0,)}
        with self.office.workbook(self.form) as book:
            shown = lambda: (book.shown("Skjema", "H1"), book.shown("Skjema", "H2"))
            self.assertEqual(shown(), ("0 av 7 besvart", "○ Fyll ut de gule feltene"))
            for code, numbers in answers.items():
                for column, number in zip((NUMBER_1, NUMBER_2), numbers):
                    if number is not None:
                        book.type("Skjema", f"{column}{self.rows[code]}", number)
            self.assertEqual(shown(), ("6 av 7 besvart", "○ Fyll ut de gule feltene"))
            book.type("Skjema", f"{NUMBER_1}{self.rows['VERNE']}", "tja")
            self.assertEqual(shown(), ("6 av 7 besvart", "▲ Se på det som er merket «Sjekk»"))
            book.type("Skjema", f"{NUMBER_1}{self.rows['VERNE']}", "Ja")
            self.assertEqual(shown(), ("7 av 7 besvart", "▲ Skriv navn og dato nederst"))
            book.type("Skjema", f"B{self.rows['signed']}", "Kari")
            book.type("Skjema", f"E{self.rows['signed']}", 46279)
            self.assertEqual(shown(), ("7 av 7 besvart", "● Ferdig: lagre og send"))

    def test_the_formulas_give_the_colours_of_the_library(self):
        words = {"green": "● Når målet", "yellow": "▲ Nær målet", "red": "■ Langt fra målet"}
        shown = {}
        with self.office.workbook(self.form) as book:
            for step in range(12):
                typed = {"SYK": (0.9 * step + 0.3 * (step % 4), 10 + step), "TRIVSEL": (1 + step * 0.45, 7),
                         "BUDSJETT": (100 + step * 0.4 - 2, 100), "FALL": (step, 1300 - step), "SAKER": (step - step % 2,)}
                for code, numbers in typed.items():
                    for column, number in zip((NUMBER_1, NUMBER_2), numbers):
                        book.type("Skjema", f"{column}{self.rows[code]}", number)
                copy = self.form.with_name(f"{step}.xlsx")
                book.save(copy)
                shown[copy] = {code: book.shown("Skjema", f"{STATUS}{self.rows[code]}").split("\n")[0] for code in typed}
        seen = set()
        for copy, statuses in shown.items():
            read = Return(copy)
            for code, status in statuses.items():
                self.assertEqual(status, words[read[f"{code}.colour"]], (copy.name, code))
                seen.add(status)
        self.assertEqual(seen, set(words.values()))

    @unittest.skipUnless(shutil.which("pdftotext"), "poppler shows what is on the page")
    def test_a_result_that_rounding_would_give_another_colour_shows_more_decimals(self):
        printed = self.form.with_suffix(".pdf")
        for typed, result in ((75.2, "7.52"), (80, "8.0"), (74.9, "7.5")):
            with self.office.workbook(self.form) as book:
                book.type("Skjema", f"{NUMBER_1}{self.rows['SYK']}", typed)
                book.type("Skjema", f"{NUMBER_2}{self.rows['SYK']}", 1000)
                book.save()
            self.office.pdf(self.form, printed)
            text = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, text=True).stdout
            line = next(line for line in text.splitlines() if "målet" in line and "SYK" in line)
            self.assertIn(f" {result} %", line.replace(",", ".").replace("\u00a0", " "))

    def test_the_form_opens_with_its_words_before_anything_is_computed(self):
        """The file has the right results: a program that does not compute shows the same."""
        sheet = openpyxl.load_workbook(self.form, data_only=True)["Skjema"]
        self.assertEqual(sheet["H1"].value, "0 av 7 besvart")
        for code, row in self.rows.items():
            if code != "signed":
                self.assertIn(sheet[f"{STATUS}{row}"].value, ("○ Ikke fylt ut", "○ Frivillig"))
                self.assertIn(sheet[f"{RESULT}{row}"].value, ("", None))


if __name__ == "__main__":
    unittest.main()
