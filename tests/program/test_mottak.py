"""Mottak: what the coordinator decides about what came in, in the workbook or by options, and its consequences.

Every name and number is invented.
"""
import shutil
import unittest

import openpyxl

from form import Form, cells_of, sound_answers, type_with_openpyxl
from office import Office
from program import InAFolder, run

PERIOD = "2026-T1"
WHO = "Kari Prøve"
ACCEPT, WHY, USE, RELEASE, DONE = "Godta?", "Begrunnelse", "Bruk denne filen", "Ta inn resten", "Hva ble gjort"


class Mottak:
    """The workbook as the coordinator sees it: cells by heading and row."""

    def __init__(self, path):
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book.worksheets[0]
        self.heading = next(row[0].row for row in self.sheet.iter_rows() if any(c.value == ACCEPT for c in row))
        self.columns = {c.value: c.column for c in self.sheet[self.heading] if c.value}

    def rows(self, unit=None, text=""):
        """The rows of a unit whose message has the text."""
        return [r for r in range(self.heading + 1, self.sheet.max_row + 1)
                if (not unit or str(self.value(r, "Enhet") or "").startswith(unit))
                and text in str(self.value(r, "Hva er galt") or "")]

    def value(self, row, heading):
        return self.sheet.cell(row, self.columns[heading]).value

    def address(self, row, heading):
        return self.sheet.cell(row, self.columns[heading]).coordinate

    def save(self, **values):
        for address, value in values.items():
            self.sheet[address] = value
        self.book.save(self.path)

    def decide(self, row, who=WHO, **values):
        name = next(iter(self.book.defined_names["bms_decided_by"].destinations))
        self.book[name[0]][name[1].replace("$", "")] = who
        names = {"accept": ACCEPT, "why": WHY, "use": USE, "release": RELEASE}
        self.save(**{self.address(row, names[k]): v for k, v in values.items()})


class Deciding(InAFolder):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "kommune"
        run("init", "--template", "fet", self.home, cwd=self.folder)
        run("setup", "setup.xlsx", cwd=self.home)
        run("forms", PERIOD, cwd=self.home)
        self.form = Form(sorted((self.home / "forms" / PERIOD).glob("*.xlsx"))[0])
        self.unit = self.form.path.name.split("-")[0]
        self.returns = self.home / "returns" / PERIOD
        self.returns.mkdir(parents=True)
        self.answers = sound_answers(self.form, 0)
        self.code = next(c for c, q in self.form.questions.items()
                         if q["kind"] == "share" and self.form.asked(c, "1") and self.form.asked(c, "2")
                         and not q["part_of_1"])
        self.other = next(c for c in self.form.questions if c != self.code and self.form.asked(c, "1"))
        self.mottak = self.home / f"Mottak {PERIOD}.xlsx"

    def send(self, name="skjema.xlsx", **answers):
        """Send the form in with some answers as given, by code."""
        filled = dict(self.answers) | answers
        type_with_openpyxl(self.form.path, cells_of(self.form, filled), self.returns / name)

    def swapped(self):
        return {"1": 10, "2": 7}

    def collect(self, *options, code=None):
        ended = self.bms("collect", PERIOD, "--json", *options, cwd=self.home)
        if code is not None:
            self.assert_ended(ended, code)
        return {r["file"].split("/")[-1]: r for r in ended.json["returns"]}

    def measurement(self, code):
        reported = self.bms("export", "--format", "json", cwd=self.home).json
        return next(m for m in reported["measurements"] if m["unit"] == self.unit and m["indicator"] == code
                    and m["form_period"] == PERIOD and m["current"])

    def facts(self, code):
        reported = self.bms("explain", self.unit, code, self.measurement(code)["period"], "--json", cwd=self.home)
        return {f["key"]: f["text"] for f in reported.json["facts"]}

    def report_words(self):
        self.assert_ended(self.bms("report", PERIOD, "--unit", self.unit, cwd=self.home), 0)
        book = openpyxl.load_workbook(next((self.home / "reports" / PERIOD).glob(f"{self.unit}-*.xlsx")))
        return " ".join(str(c.value) for s in book.worksheets for row in s.iter_rows() for c in row if c.value)


class InTheWorkbook(Deciding):
    def test_every_unit_is_listed_and_what_waits_comes_first(self):
        self.send(**{self.code: self.swapped()})
        self.collect(code=1)
        mottak = Mottak(self.mottak)
        forms = {p.name.split("-")[0] for p in (self.home / "forms" / PERIOD).glob("*.xlsx")}
        units = [str(mottak.value(r, "Enhet")).split()[0] for r in mottak.rows()]
        self.assertEqual(set(units), forms)
        self.assertEqual(units[0], self.unit)
        self.assertEqual(mottak.value(mottak.heading + 1, "Hva skjedde"), "Holdt tilbake")
        self.assertEqual(mottak.value(mottak.heading + 1, "Celle"), self.form.address(self.code, "1"))

    def test_an_accepted_finding_is_shown_wherever_the_number_is(self):
        self.send(**{self.code: self.swapped()})
        self.assertEqual(self.collect(code=1)["skjema.xlsx"]["outcome"], "held")
        mottak = Mottak(self.mottak)
        mottak.decide(mottak.rows(self.unit, "10 av 7")[0], accept="Ja", why="Telledagen var en annen")
        reported = self.collect(code=0)["skjema.xlsx"]
        self.assertEqual(reported["outcome"], "accepted")
        self.assertEqual([f["severity"] for f in reported["findings"] if f["rule"] == "part_above_whole"], ["info"])
        stored = self.measurement(self.code)
        self.assertEqual((stored["numerator"], stored["denominator"], stored["state"]), (10, 7, "reported"))
        self.assertEqual((stored["accepted_by"], stored["acceptance"]), (WHO, "Telledagen var en annen"))
        self.assertIsNone(self.measurement(self.other)["accepted_by"])
        self.assertEqual(self.facts(self.code)["acceptance"], "Telledagen var en annen")
        self.assertIn(f"Godtatt av {WHO}: Telledagen var en annen", self.report_words())
        after = Mottak(self.mottak)
        self.assertIn(WHO, after.value(after.rows(self.unit, "10 av 7")[0], DONE))
        self.assertIn("Telledagen var en annen",
                      [c.value for row in after.book["Avgjørelser"].iter_rows() for c in row])
        self.assertEqual(self.bms("verify", cwd=self.home).code, 0)

    def test_a_mottak_with_the_headings_of_earlier_versions_is_understood(self):
        self.send(**{self.code: self.swapped()})
        self.collect(code=1)
        mottak = Mottak(self.mottak)
        mottak.decide(mottak.rows(self.unit)[0], release="Ja")
        book = openpyxl.load_workbook(self.mottak)
        (heading,) = [c for row in book.worksheets[0].iter_rows() for c in row if c.value == RELEASE]
        heading.value = "Slipp resten til"
        book.save(self.mottak)
        self.assertEqual(self.collect()["skjema.xlsx"]["outcome"], "accepted")

    def test_decisions_typed_in_libreoffice_count_too(self):
        self.send(**{self.code: self.swapped()})
        self.collect(code=1)
        mottak = Mottak(self.mottak)
        row = mottak.rows(self.unit, "10 av 7")[0]
        with Office() as office, office.workbook(self.mottak) as book:
            book.type(mottak.sheet.title, mottak.address(row, ACCEPT), "Ja")
            book.type(mottak.sheet.title, mottak.address(row, WHY), "Avtalt med enheten")
            book.save(self.mottak)
        self.assertEqual(self.collect(code=0)["skjema.xlsx"]["outcome"], "accepted")
        self.assertEqual(self.measurement(self.code)["acceptance"], "Avtalt med enheten")

    def test_without_a_reason_nothing_is_accepted_and_the_decision_is_kept(self):
        self.send(**{self.code: self.swapped()})
        self.collect(code=1)
        mottak = Mottak(self.mottak)
        mottak.decide(mottak.rows(self.unit, "10 av 7")[0], accept="Ja")
        self.assertEqual(self.collect(code=1)["skjema.xlsx"]["outcome"], "held")
        after = Mottak(self.mottak)
        row = after.rows(self.unit, "10 av 7")[0]
        self.assertEqual(after.value(row, ACCEPT), "Ja")
        self.assertIn("skriv begrunnelsen", after.value(row, DONE))

    def test_an_acceptance_is_not_for_other_numbers(self):
        self.send(**{self.code: self.swapped()})
        self.collect(code=1)
        mottak = Mottak(self.mottak)
        mottak.decide(mottak.rows(self.unit, "10 av 7")[0], accept="Ja", why="Telledagen var en annen")
        self.collect(code=0)
        self.send("ny.xlsx", **{self.code: {"1": 12, "2": 7}})
        reported = self.collect(code=1)["ny.xlsx"]
        self.assertEqual(reported["outcome"], "held")
        fix = next(f["fix"] for f in reported["findings"] if f["rule"] == "part_above_whole")
        self.assertIn(f"Det {WHO} godtok før, gjaldt andre tall", fix)

    def test_the_same_numbers_in_a_later_file_are_still_accepted(self):
        self.send(**{self.code: self.swapped(), self.other: {"1": "29 000 ca"}})
        self.collect(code=1)
        mottak = Mottak(self.mottak)
        mottak.decide(mottak.rows(self.unit, "10 av 7")[0], accept="Ja", why="Telledagen var en annen")
        self.assertEqual(self.collect(code=1)["skjema.xlsx"]["outcome"], "held")
        self.send("ny.xlsx", **{self.code: self.swapped()})
        self.assertEqual(self.collect()["ny.xlsx"]["outcome"], "accepted")

    def test_of_two_files_the_chosen_one_is_accepted_and_the_other_set_aside(self):
        self.send("a.xlsx")
        self.send("b.xlsx", **{self.code: {"1": 19, "2": self.answers[self.code][1]}})
        reported = self.collect(code=1)
        self.assertEqual({reported[f]["outcome"] for f in ("a.xlsx", "b.xlsx")}, {"held"})
        mottak = Mottak(self.mottak)
        row = next(r for r in mottak.rows(self.unit, "To ulike") if mottak.value(r, "Fil") == "b.xlsx")
        mottak.decide(row, use="Ja", why="Den siste")
        reported = self.collect(code=0)
        self.assertEqual((reported["b.xlsx"]["outcome"], reported["b.xlsx"]["revision"]), ("accepted", 1))
        self.assertEqual([f["rule"] for f in reported["a.xlsx"]["findings"]], ["set_aside"])
        self.assertEqual(reported["a.xlsx"]["outcome"], "replaced")
        after = Mottak(self.mottak)
        states = {after.value(r, "Fil"): after.value(r, "Hva skjedde") for r in after.rows(self.unit)}
        self.assertEqual(states, {"a.xlsx": "Erstattet", "b.xlsx": "Tatt inn"})
        self.assertIn(f"Fil valgt av {WHO}: Den siste", self.report_words())
        self.assertEqual(self.facts(self.code)["chosen_by"], WHO)
        (self.returns / "b.xlsx").unlink()
        reported = self.collect(code=0)
        self.assertEqual([f["rule"] for f in reported["a.xlsx"]["findings"]], ["set_aside"])
        self.assertEqual(self.measurement(self.code)["numerator"], 19)

    def test_two_files_of_one_unit_cannot_both_be_chosen(self):
        self.send("a.xlsx")
        self.send("b.xlsx", **{self.code: {"1": 19, "2": self.answers[self.code][1]}})
        self.collect(code=1)
        mottak = Mottak(self.mottak)
        for row in mottak.rows(self.unit, "To ulike"):
            mottak.decide(row, use="Ja")
        reported = self.collect(code=1)
        self.assertEqual({reported[f]["outcome"] for f in ("a.xlsx", "b.xlsx")}, {"held"})
        after = Mottak(self.mottak)
        rows = after.rows(self.unit, "To ulike")
        self.assertEqual([after.value(r, USE) for r in rows], ["Ja", "Ja"])
        for row in rows:
            self.assertIn("Velg én av dem", after.value(row, DONE))
        ended = self.bms("collect", PERIOD, "--use", "a.xlsx", "--use", "b.xlsx", cwd=self.home)
        self.assert_error(ended, 2, "Velg én av dem")

    def test_a_corrected_file_is_shown_as_replaced_and_nothing_is_held(self):
        self.send(**{self.code: self.swapped()})
        self.collect(code=1)
        self.send("rettet.xlsx")
        for times in range(2):
            ended = self.assert_ended(self.bms("collect", PERIOD, "--json", cwd=self.home), 0)
            self.assertEqual((ended.json["held"], ended.json["replaced"]), (0, 1))
        self.assertNotIn("skjema.xlsx", self.assert_ended(self.bms("collect", PERIOD, cwd=self.home), 0).out)
        self.assertIn("levert", self.bms("status", PERIOD, cwd=self.home).out)
        self.assertNotIn("holdt tilbake  ", self.bms("status", PERIOD, cwd=self.home).out)
        after = Mottak(self.mottak)
        states = {after.value(r, "Fil"): after.value(r, "Hva skjedde") for r in after.rows(self.unit)}
        self.assertEqual(states, {"skjema.xlsx": "Erstattet", "rettet.xlsx": "Tatt inn"})
        row = next(r for r in after.rows(self.unit) if after.value(r, "Fil") == "skjema.xlsx")
        self.assertFalse(after.value(row, "Hva er galt"))

    def test_the_rest_is_released_and_what_is_wrong_is_to_be_clarified(self):
        self.send(**{self.code: self.swapped()})
        self.collect(code=1)
        mottak = Mottak(self.mottak)
        mottak.decide(mottak.rows(self.unit, "10 av 7")[0], release="Ja", why="Haster")
        reported = self.collect(code=1)["skjema.xlsx"]  # it must still be corrected
        self.assertEqual(reported["outcome"], "accepted")
        left_out = self.measurement(self.code)
        self.assertEqual((left_out["state"], left_out["numerator"], left_out["reason"], left_out["released_by"]),
                         ("missing", None, "Til avklaring", WHO))
        self.assertEqual(self.measurement(self.other)["state"], "reported")
        words = self.report_words()
        self.assertIn("1 til avklaring", words)
        self.assertIn(f"Resten er tatt inn av {WHO}: Haster", words)
        self.assertTrue((self.home / "corrections" / PERIOD / self.form.path.name).exists())
        self.assertIn("tall til avklaring", self.bms("status", PERIOD, cwd=self.home).out)
        self.bms("remind", PERIOD, cwd=self.home)
        letter = self.home / "reminders" / PERIOD / self.form.path.name.replace(".xlsx", ".txt")
        self.assertIn("uten tallene som må rettes", letter.read_text())
        self.send("rettet.xlsx")
        reported = self.collect()["rettet.xlsx"]
        self.assertEqual((reported["outcome"], reported["revision"]), ("accepted", 2))
        self.assertEqual(self.measurement(self.code)["state"], "reported")
        self.bms("remind", PERIOD, cwd=self.home)
        self.assertFalse(letter.exists())

    def test_rows_can_be_sorted_and_columns_moved(self):
        self.send(**{self.code: self.swapped()})
        self.collect(code=1)
        mottak = Mottak(self.mottak)
        row = mottak.rows(self.unit, "10 av 7")[0]
        mottak.decide(row, accept="Ja", why="Avtalt")
        sheet = mottak.sheet
        first, last = [c.value for c in sheet[row]], [c.value for c in sheet[sheet.max_row]]
        for column, (a, b) in enumerate(zip(last, first), 1):
            sheet.cell(row, column, a)
            sheet.cell(sheet.max_row, column, b)
        sheet.insert_cols(mottak.columns[ACCEPT])
        mottak.save()
        self.assertEqual(self.collect(code=0)["skjema.xlsx"]["outcome"], "accepted")

    def test_notes_written_beside_the_table_are_kept_in_the_earlier_file(self):
        self.send(**{self.code: self.swapped()})
        self.collect(code=1)
        mottak = Mottak(self.mottak)
        mottak.decide(mottak.rows(self.unit, "10 av 7")[0], accept="Ja", why="Avtalt")
        mottak.save(Z1="ring Per")
        self.collect(code=0)
        before = openpyxl.load_workbook(self.home / f"Mottak {PERIOD} (forrige).xlsx")
        self.assertEqual(before.worksheets[0]["Z1"].value, "ring Per")
        self.assertIsNone(openpyxl.load_workbook(self.mottak).worksheets[0]["Z1"].value)

    def test_a_file_that_is_no_mottak_is_left_alone_and_reported(self):
        self.send()
        self.mottak.write_bytes(b"not a workbook")
        ended = self.assert_ended(self.bms("collect", PERIOD, cwd=self.home), 0)
        self.assertIn("kunne ikke leses", ended.notes)
        self.assertEqual(self.mottak.read_bytes(), b"not a workbook")

    def test_nothing_decided_gives_the_same_bytes_again(self):
        self.send(**{self.code: self.swapped()})
        self.collect(code=1)
        before = self.mottak.read_bytes()
        self.collect(code=1)
        self.assertEqual(self.mottak.read_bytes(), before)


class ByOptions(Deciding):
    def test_a_finding_is_accepted_with_a_reason(self):
        self.send(**{self.code: self.swapped()})
        accept = f"part_above_whole:{self.unit}:{self.code}"
        self.assert_error(self.bms("collect", PERIOD, "--accept", accept, cwd=self.home), 2, "--reason")
        reported = self.collect("--accept", accept, "--reason", "Avtalt", "--by", WHO, code=0)["skjema.xlsx"]
        self.assertEqual((reported["outcome"], reported["revision"]), ("accepted", 1))
        self.assertEqual(self.measurement(self.code)["accepted_by"], WHO)

    def test_what_has_no_number_cannot_be_accepted(self):
        self.send(**{self.code: {"1": "29 000 ca", "2": 7}})
        ended = self.bms("collect", PERIOD, "--accept", f"not_a_number:{self.unit}:{self.code}", "--reason", "x",
                         cwd=self.home)
        self.assert_error(ended, 2, "not_a_number", "kan ikke godtas")

    def test_unknown_rules_units_and_indicators_are_reported(self):
        self.send()
        for accept in (f"nothing:{self.unit}:{self.code}", f"jump:9999:{self.code}", f"jump:{self.unit}:ZZZ", "jump"):
            with self.subTest(accept):
                ended = self.bms("collect", PERIOD, "--accept", accept, "--reason", "x", cwd=self.home)
                self.assert_ended(ended, 2)

    def test_an_acceptance_that_no_longer_applies_is_reported(self):
        self.send()
        ended = self.bms("collect", PERIOD, "--accept", f"part_above_whole:{self.unit}:{self.code}", "--reason", "x",
                         cwd=self.home)
        self.assert_ended(ended, 0)
        self.assertIn("Gjelder ikke lenger", ended.notes)

    def test_a_warning_is_accepted_also_after_the_return_was(self):
        code = next(c for c, q in self.form.questions.items() if q["whole_1"] == "1" and self.form.asked(c, "1"))
        pair = self.answers[code]
        self.send(**{code: {"1": 1.5, "2": pair[1]}})
        self.assertIn("decimals", [f["rule"] for f in self.collect(code=0)["skjema.xlsx"]["findings"]])
        self.collect("--accept", f"decimals:{self.unit}:{code}", "--reason", "Halv stilling", "--by", WHO, code=0)
        self.assertEqual(self.measurement(code)["acceptance"], "Halv stilling")

    def test_a_file_is_chosen_by_its_name(self):
        self.send("a.xlsx")
        self.send("b.xlsx", **{self.code: {"1": 19, "2": self.answers[self.code][1]}})
        self.assert_error(self.bms("collect", PERIOD, "--use", "c.xlsx", cwd=self.home), 2, "c.xlsx")
        reported = self.collect("--use", "a.xlsx", code=0)
        self.assertEqual(reported["a.xlsx"]["outcome"], "accepted")
        self.assertEqual(reported["b.xlsx"]["findings"][0]["rule"], "set_aside")
        reported = self.collect("--use", str(self.returns / "b.xlsx"), code=0)  # the coordinator thinks again
        self.assertEqual((reported["b.xlsx"]["outcome"], reported["b.xlsx"]["revision"]), ("accepted", 2))

    def test_the_rest_of_a_units_return_is_released(self):
        self.send(**{self.code: self.swapped()})
        reported = self.collect("--partial", self.unit, "--by", WHO, code=1)["skjema.xlsx"]
        self.assertEqual(reported["outcome"], "accepted")
        self.assertEqual(self.measurement(self.code)["reason"], "Til avklaring")
        self.assertEqual(self.measurement(self.other)["state"], "reported")

    def test_a_form_that_is_wrong_as_a_whole_is_not_released(self):
        self.send(**{code: {"1": None, "2": None} for code in self.answers})
        ended = self.bms("collect", PERIOD, "--partial", self.unit, "--json", cwd=self.home)
        self.assertEqual(ended.json["returns"][0]["outcome"], "held")
        ended = self.bms("collect", PERIOD, "--partial", self.unit, cwd=self.home)
        self.assertIn("Resten kunne ikke tas inn", ended.notes)


if __name__ == "__main__":
    unittest.main()
