"""A report before anybody has delivered and before the period is over: nothing known is never green, and it says that it is preliminary."""
import datetime

import openpyxl

from form import Form, cells_of, sound_answers, type_with_openpyxl
from program import InAFolder

PERIOD = "2026-T2"
GREEN = ("FFCDEBD3", "FF1B7F3B")


def noon(*day):
    return str(int(datetime.datetime(*day, 12, tzinfo=datetime.timezone.utc).timestamp()))


class TheFirstReport(InAFolder):
    def setUp(self):
        super().setUp()
        self.bms("init", "--template", "fet", "kommune")
        self.home = self.folder / "kommune"
        self.do("setup", "setup.xlsx", day=(2026, 5, 1))
        self.do("forms", PERIOD, day=(2026, 8, 20))

    def do(self, *arguments, day):
        return self.assert_ended(self.bms(*arguments, cwd=self.home, environment={"SOURCE_DATE_EPOCH": noon(*day)}), 0)

    def deliver(self, unit, signed_on, **answers):
        form = Form(next((self.home / "forms" / PERIOD).glob(f"{unit}-*.xlsx")))
        returns = self.home / "returns" / PERIOD
        returns.mkdir(parents=True, exist_ok=True)
        type_with_openpyxl(form.path, cells_of(form, {**sound_answers(form), **answers}, signed_on=signed_on), returns / form.path.name)

    def book(self, unit):
        return openpyxl.load_workbook(next((self.home / "reports" / PERIOD).glob(f"{unit}-*.xlsx")))

    def texts(self, sheet):
        return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]

    def test_with_nothing_delivered_nothing_is_green(self):
        self.do("report", PERIOD, day=(2026, 9, 22))
        for path in sorted((self.home / "reports" / PERIOD).glob("*.xlsx")):
            for sheet in openpyxl.load_workbook(path).worksheets:
                green = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb in GREEN]
                self.assertEqual(green, [], (path.name, sheet.title))
        top = self.book("1000")
        self.assertIn("Ingen har levert: ingenting er kjent", self.texts(top["Oversikt"]))
        self.assertIn("Ingen har levert: ingenting er kjent", self.texts(top["Rødt"]))
        self.assertIn("Ikke levert: ingenting er kjent", self.texts(self.book("1101")["Oversikt"]))
        self.assertIn("Tall per 31.08.2026 · Utgave 1, 22.09.2026", top["Oversikt"]["A2"].value)

    def test_before_the_last_day_the_report_and_what_was_signed_are_preliminary(self):
        self.deliver("1101", "20.08.2026")
        self.deliver("1102", "31.08.2026")
        found = self.do("collect", PERIOD, "--json", day=(2026, 8, 24)).json["returns"]
        early = {r["unit"] for r in found for f in r["findings"] if f["rule"] == "signed_early"}
        self.assertEqual(early, {"1101"})
        self.assertIn("foreløpig", openpyxl.load_workbook(self.home / f"Mottak {PERIOD}.xlsx").worksheets[0]["A1"].value)
        self.deliver("1104", "20. august 2026", SYK=(12, 10))  # a part above the whole: held back
        self.bms("collect", PERIOD, cwd=self.home, environment={"SOURCE_DATE_EPOCH": noon(2026, 8, 24)})
        correction = openpyxl.load_workbook(next((self.home / "corrections" / PERIOD).glob("1104-*.xlsx")))
        self.assertIn("tallene er foreløpige", " ".join(self.texts(correction.worksheets[0])))
        self.do("report", PERIOD, day=(2026, 8, 24))
        top = self.book("1000")
        self.assertIn("(foreløpig)", top["Oversikt"]["A1"].value)
        self.assertIn("FORELØPIG: perioden er ikke over før 31.08.2026 · Utgave 1, 24.08.2026", top["Oversikt"]["A2"].value)
        self.assertIn("(foreløpig)", top["Alle indikatorer"]["A2"].value)
        self.assertIn("1 foreløpig tall", " ".join(self.texts(top["Alle indikatorer"])))
        self.assertIn("foreløpig", " ".join(self.texts(self.book("1101")["Oversikt"])[3:]))
        self.assertNotIn("foreløpig", " ".join(self.texts(self.book("1102")["Oversikt"])[2:]))
        self.deliver("1104", "15.09.2026")
        self.do("collect", PERIOD, day=(2026, 9, 22))
        self.assertNotIn("foreløpig", openpyxl.load_workbook(self.home / f"Mottak {PERIOD}.xlsx").worksheets[0]["A1"].value)


if __name__ == "__main__":
    import unittest
    unittest.main()

    def test_days_are_those_of_the_place_where_it_runs(self):
        late = {"TZ": "CET-1", "SOURCE_DATE_EPOCH": str(int(noon(2026, 9, 22)) + 11 * 3600 + 1800)}
        self.assert_ended(self.bms("report", PERIOD, cwd=self.home, environment=late), 0)  # 23.30 UTC is past midnight here
        self.assertIn("Utgave 1, 23.09.2026", self.book("1000")["Oversikt"]["A2"].value)
