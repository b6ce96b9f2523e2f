"""A personal number in a return is never written again: no message, no workbook, not the history. All numbers here are of
people made for tests."""
import json
import shutil
import tempfile
import unittest
import zipfile
from pathlib import Path

import openpyxl

from checked_town import NOW, TRIED, Town, usual
from program import InAFolder

NUMBERS = ("01819010001", "41819010186", "01419010029", "29829010036")
DIVIDED = "018190 10001"
town = None


def setUpModule():
    global town
    folder = Path(tempfile.mkdtemp(prefix="bms-people-"))
    unittest.addModuleCleanup(shutil.rmtree, folder)
    town = Town(folder)


def contents(path):
    """All bytes of a file, a workbook's unpacked."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as parts:
        return b"\n".join(parts.read(name) for name in parts.namelist())


class PersonalNumbers(InAFolder):
    def setUp(self):
        super().setUp()
        self.town = town.copy(self.folder)
        self.form = self.town.form()

    def send_with_numbers(self):
        """A return with personal numbers in a comment, an action, the signature's row, a number's cell and a sheet of the
        unit's own."""
        path = self.town.send(self.form, usual(TRIED, NOW), NOW)
        book = openpyxl.load_workbook(path)
        sheet = book[self.form.sheet]
        sheet[self.form.address("PLAN", "comment")] = f"Gjelder {DIVIDED} og 12 andre."
        sheet[self.form.address("KLAGE", "1")] = int(NUMBERS[1])
        actions = book["Tiltak"]
        row = next(c.row for r in actions.iter_rows() for c in r if c.value == "Knyttet til") + 1
        for heading in actions[row - 1]:
            if heading.value and heading.value != "Frist":  # a text there would be found for not being a date
                actions.cell(row, heading.column).value = f"Følge opp {NUMBERS[2]}"
        book.create_sheet("Kladd").append([f"ring {NUMBERS[3]}"])
        book.save(path)
        return path

    def assert_unsaid(self, text, where):
        for number in (*NUMBERS, DIVIDED, str(int(NUMBERS[0]))):
            self.assertNotIn(number, text, where)

    def test_it_holds_the_return_and_is_said_once_for_each_cell(self):
        self.send_with_numbers()
        reported = self.town.bms("collect", NOW, "--json")
        (file,) = [r for r in reported.json["returns"] if r["unit"] == TRIED]
        self.assertEqual(file["outcome"], "held")
        self.assertEqual({(f["rule"], f["severity"]) for f in file["findings"]}, {("personal_number", "error")})
        places = {(f["sheet"], f["cell"]) for f in file["findings"]}
        self.assertIn((self.form.sheet, self.form.address("PLAN", "comment")), places)
        self.assertIn((self.form.sheet, self.form.address("KLAGE", "1")), places)
        self.assertIn(("Kladd", "A1"), places)
        self.assertTrue(any(sheet == "Tiltak" for sheet, _ in places), places)
        self.assertIn("A1 i arket «Kladd» inneholder et fødselsnummer", json.dumps(file, ensure_ascii=False))

    def test_nothing_that_is_written_or_said_holds_it(self):
        self.send_with_numbers()
        for command in (("check", NOW), ("collect", NOW), ("collect", NOW, "--json"), ("status", NOW), ("status", NOW, "--json"),
                        ("remind", NOW), ("report", NOW), ("history", TRIED), ("export",),
                        ("collect", NOW, "--partial", TRIED)):
            said = self.town.bms(*command)
            self.assert_unsaid(said.out + said.notes, command)
        written = [path for path in self.town.home.rglob("*") if path.is_file() and "returns" not in path.parts]
        self.assertTrue([path for path in written if "corrections" in path.parts])
        for path in written:
            for number in (*NUMBERS, DIVIDED):
                self.assertNotIn(number.encode(), contents(path), path)

    def test_it_is_neither_released_nor_accepted(self):
        self.send_with_numbers()
        released = self.town.bms("collect", NOW, "--partial", TRIED, "--json")
        (file,) = [r for r in released.json["returns"] if r["unit"] == TRIED]
        self.assertEqual(file["outcome"], "held")
        accepted = self.town.bms("collect", NOW, "--accept", f"personal_number:{TRIED}:PLAN", "--reason", "nei")
        self.assertEqual(accepted.code, 2, accepted)

    def test_in_the_coordinators_own_reasons_it_is_hidden_too(self):
        self.town.send(self.form, usual(TRIED, NOW), NOW)
        self.town.bms("collect", NOW)
        for command in (("correct", TRIED, "KLAGE", NOW, "--numerator", "11"), ("redact", TRIED, NOW, "signature", "--by", "Kari")):
            ended = self.town.bms(*command, "--reason", f"Gjaldt {NUMBERS[0]}")
            self.assertEqual(ended.code, 0, ended)
        self.assertNotIn(NUMBERS[0].encode(), (self.town.home / "bms.db").read_bytes())

    def test_in_the_name_of_a_file_it_is_hidden_too(self):
        self.town.send(self.form, usual(TRIED, NOW), NOW)
        returns = self.town.home / "returns" / NOW
        sent = next(returns.glob(f"*{TRIED}*.xlsx"))
        named = sent.rename(returns / f"skjema {NUMBERS[0]}.xlsx")
        with zipfile.ZipFile(returns / f"fra {NUMBERS[0]}.zip", "w") as archive:
            archive.write(named, named.name)
        for command in (("check", NOW), ("collect", NOW, "--use", named.name, "--json"), ("report", NOW), ("export",), ("history", TRIED)):
            said = self.town.bms(*command)
            self.assertIn(said.code, (0, 1), said)
            self.assert_unsaid(said.out + said.notes, command)
        self.assertNotIn(NUMBERS[0].encode(), (self.town.home / "bms.db").read_bytes())
        for path in [*self.town.home.glob("Mottak*.xlsx"), *self.town.home.glob(f"reports/{NOW}/*.xlsx")]:
            self.assertNotIn(NUMBERS[0].encode(), contents(path), path)

    def test_the_correction_has_it_hidden_and_marked(self):
        self.send_with_numbers()
        self.town.bms("collect", NOW)
        (path,) = (self.town.home / "corrections" / NOW).glob(f"{TRIED}-*.xlsx")
        book = openpyxl.load_workbook(path)
        comment = book[self.form.sheet][self.form.address("PLAN", "comment")]
        self.assertEqual(comment.value, "Gjelder •••••• ••••• og 12 andre.")
        self.assertIn("fødselsnummer", comment.comment.text)


if __name__ == "__main__":
    unittest.main()
