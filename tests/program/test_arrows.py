"""The example's reports over two years: an arrow never contradicts the numbers in its own row. Takes the answers of the template."""
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import openpyxl

from program import SOURCE, run

PERIODS = ["2025-T1", "2025-T2", "2025-T3", "2026-T1", "2026-T2", "2026-T3"]
CHANGE, YEAR, PERIOD = "Endring", "Hittil i år", "Perioden"
LAST_YEAR = {"Oversikt": ("I fjor", "I fjor"), "Alle indikatorer": ("Hittil i fjor", "Samme tid i fjor")}
NUMBER = r"(−?[\d\u00a0]+(?:,\d+)?|Ja|Nei)"


def number(text):
    """A number as the report writes it: 1 234,5."""
    words = {"Ja": 100.0, "Nei": 0.0}
    return words[text] if text in words else float(text.replace("\u00a0", "").replace(",", ".").replace("−", "-"))


def compared(row, sheet):
    """The two numbers that a row's arrow is about: then and now."""
    text = row[CHANGE]
    pair = re.search(f"{NUMBER} → {NUMBER}", text)
    earlier = re.search(f"(?:sist|forrige prognose) {NUMBER}", text)
    if pair:
        return number(pair[1]), number(pair[2])
    if earlier:
        return number(earlier[1]), row[PERIOD]
    assert "i fjor" in text, text
    of_year, of_period = LAST_YEAR[sheet]
    if isinstance(row[YEAR], (int, float)):
        return row[of_year], row[YEAR]
    return row[of_period], row[PERIOD]


def rows_of(sheet):
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(i for i, row in enumerate(rows) if CHANGE in row)
    for row in rows[top + 1:]:
        yield dict(zip(rows[top], row))


class TheArrows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = Path(tempfile.mkdtemp(prefix="bms-arrows-"))
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.home = folder / "kommune"
        run("init", "--template", "fet", cls.home, cwd=folder)
        run("setup", "setup.xlsx", cwd=cls.home)
        for period in PERIODS:
            run("forms", period, cwd=cls.home)
            subprocess.run([SOURCE / "templates/fill_in.py", period], cwd=cls.home, check=True, capture_output=True)
            run("collect", period, cwd=cls.home)
            run("report", period, cwd=cls.home)

    def test_an_arrow_points_from_the_one_number_of_its_row_to_the_other(self):
        seen, with_pair = 0, 0
        for path in sorted((self.home / "reports").glob("2026-T*/*.xlsx")):
            book = openpyxl.load_workbook(path)
            for sheet in LAST_YEAR:
                for row in rows_of(book[sheet]):
                    text = row[CHANGE]
                    if not isinstance(text, str) or text[0] not in "↑↓":
                        continue
                    then, now = compared(row, sheet)
                    seen += 1
                    with_pair += "→" in text
                    with self.subTest(report=f"{path.parent.name}/{path.name}", sheet=sheet, row=row):
                        self.assertTrue(now > then if text[0] == "↑" else now < then, (then, now, text))
        self.assertGreater(seen, 300)
        self.assertGreater(with_pair, 10)

    def test_a_forecast_and_what_is_as_of_a_date_are_no_year_to_date(self):
        book = openpyxl.load_workbook(next((self.home / "reports/2026-T2").glob("1101-*.xlsx")))
        row = next(r for r in rows_of(book["Oversikt"]) if str(r["Indikator"]).startswith("Årsprognose"))
        self.assertEqual(row[YEAR], "–")
        self.assertIn("prognose", row["Indikator"])
        self.assertIn("forrige prognose", row[CHANGE])

    def test_a_period_with_a_name_of_its_own_is_never_shown_by_its_code(self):
        for path in sorted((self.home / "reports").glob("*/*.xlsx")):
            for sheet in openpyxl.load_workbook(path):
                coded = [cell.coordinate for row in sheet.iter_rows() for cell in row
                         if isinstance(cell.value, str) and re.search(r"\b20\d\d-(BU|MU|AV)\b", cell.value)]
                self.assertEqual(coded, [], (path.name, sheet.title))


if __name__ == "__main__":
    unittest.main()
