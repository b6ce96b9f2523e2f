"""The first period of a municipality: nothing is known from before, and units are compared with what their peers send in
the same run. Everything is invented."""
import unittest

import setup_book
from form import Form, cells_of, type_with_openpyxl
from program import InAFolder


def setup():
    sheets = setup_book.setup(8, 1)
    sheets["Indikatorer"] = [{"Kode": "KR", "Navn": "Budsjettavvik", "Type": "avvik",
                              "Tall 1 – spørsmål": "Hva er netto regnskap {periode}?", "Benevning 1": "1000 kr",
                              "Tall 2 – spørsmål": "Hva er netto budsjett {periode}?", "Benevning 2": "1000 kr",
                              "Desimaler": 1, "Tallgrunnlag": "hittil i år", "Best når": "lavt"}]
    sheets["Plassering"] = [["KORT", "GOD", "KR", 1]]
    sheets["Mål"] = [["KR", "alle", 0, 2]]
    sheets["Hvem måler hva"] = [["KR", "*-T*", "x"]]
    return sheets


class FirstPeriod(InAFolder):
    def setUp(self):
        super().setUp()
        self.assert_ended(self.bms("init", "kommune"), 0)
        self.home = self.folder / "kommune"
        setup_book.save(setup(), self.home / "setup.xlsx")
        self.assert_ended(self.bms("setup", "setup.xlsx", cwd=self.home), 0)

    def send(self, period, times):
        """Let all units answer; those named write both numbers so many times too large."""
        self.assert_ended(self.bms("forms", period, cwd=self.home), 0)
        returns = self.home / "returns" / period
        returns.mkdir(parents=True)
        for i, path in enumerate(sorted((self.home / "forms" / period).glob("E*.xlsx"))):
            factor = times.get(path.name[:4], 1) * int(period[-1])
            answers = {"KR": (factor * (3010 + 100 * i), factor * (3000 + 100 * i))}
            type_with_openpyxl(path, cells_of(Form(path), answers), returns / path.name)

    def found(self, period, *options):
        """The rules that warn, by unit."""
        returns = self.bms("check", period, "--json", *options, cwd=self.home).json["returns"]
        self.assertEqual({r["outcome"] for r in returns}, {"accepted"})
        return {r["unit"]: [f["rule"] for f in r["findings"]] for r in returns if r["findings"]}

    def test_kroner_for_thousand_kroner_is_found_by_what_the_others_send(self):
        self.send("2026-T1", {"E003": 1000})
        self.assertEqual(self.found("2026-T1"), {"E003": ["factor"]})
        for threads in (1, 4):
            self.assertEqual(self.found("2026-T1", "--threads", threads), {"E003": ["factor"]})
        collected = self.bms("collect", "2026-T1", "--json", cwd=self.home).json
        self.assertEqual(collected["accepted"], 8)
        self.assertEqual([f["rule"] for r in collected["returns"] for f in r["findings"]], ["factor"])
        stored = self.bms("history", "--json", cwd=self.home).json["measurements"]
        measured = {m["unit"]: m["numerator"] for m in stored if m["period"] == "2026-T1"}
        self.assertEqual((measured["E002"], measured["E003"]), (3110, 3210000))

    def test_one_earlier_value_is_enough_in_the_second(self):
        self.send("2026-T1", {})
        collected = self.bms("collect", "2026-T1", "--json", cwd=self.home).json
        self.assertEqual((collected["accepted"], [r["findings"] for r in collected["returns"]]), (8, [[]] * 8))
        self.send("2026-T2", {"E003": 10, "E004": 100, "E005": 1000, "E006": 500})
        self.assertEqual(self.found("2026-T2"), {unit: ["factor"] for unit in ("E003", "E004", "E005", "E006")})

    def test_of_two_forms_that_asked_about_a_period_the_latest_answer_counts(self):
        self.send("2026-T1", {})
        self.assert_ended(self.bms("collect", "2026-T1", cwd=self.home), 0)
        sheets = setup()
        sheets["Hvem måler hva"] = [
            {"Indikator": "KR", "Målepunkt": "2026-T1", "Spørres i": "2026-T2", "tjeneste": "x"},
            {"Indikator": "KR", "Målepunkt": "2026-T3", "tjeneste": "x"}]
        setup_book.save(sheets, self.home / "setup.xlsx")
        self.assert_ended(self.bms("setup", "--yes", cwd=self.home), 0)
        everyone = [f"E{i:03}" for i in range(1, 9)]
        self.send("2026-T2", dict.fromkeys(everyone, 50))  # 2 · 50 times what they said of the first tertial before
        self.assertEqual(self.found("2026-T2"), {unit: ["factor"] for unit in everyone})
        self.assert_ended(self.bms("collect", "2026-T2", cwd=self.home), 0)
        self.send("2026-T3", dict.fromkeys(everyone, 100))
        self.assertEqual(self.found("2026-T3"), {unit: ["signed_early"] for unit in everyone})
        path = next((self.home / "returns" / "2026-T3").glob("E003-*"))
        (file,) = self.bms("check", path, "--json", cwd=self.home).json["returns"]
        self.assertEqual([f["rule"] for f in file["findings"]], ["signed_early"])

    def test_the_usual_size_of_the_setup_is_known_even_without_a_history(self):
        sheets = setup()
        sheets["Indikatorer"][0]["Vanlig størrelse"] = "1 = 1000–9000; 2 = 1000–9000"
        setup_book.save(sheets, self.home / "setup.xlsx")
        self.assert_ended(self.bms("setup", "setup.xlsx", cwd=self.home), 0)
        self.send("2026-T1", {"E001": 1000})
        path = next((self.home / "returns" / "2026-T1").glob("E001-*"))
        (file,) = self.bms("check", path, "--json", cwd=self.folder).json["returns"]
        (finding,) = [f for f in file["findings"] if f["severity"] == "warning"]
        self.assertEqual(finding["rule"], "factor")
        self.assertIn("Vanligvis er det fra 1", finding["message"])
        self.assertIn("Kroner eller tusen kroner?", finding["fix"])


if __name__ == "__main__":
    unittest.main()
