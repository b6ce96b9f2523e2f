"""Forms and returns for tests: the example form, filled in by other programs, read by ours."""
import os
import subprocess
from pathlib import Path

import openpyxl

TOOLS = Path(os.environ["BMS_BUILD"]) / "tests"

# Columns of the form as it is written.
NUMBER_1, NUMBER_2, RESULT, STATUS, REASON, COMMENT, CODE = "C", "E", "F", "G", "I", "J", "K"


def write_form(path, language="nb"):
    subprocess.run([TOOLS / "write_form", path, language], check=True)
    return path


class Cell:
    def __init__(self, address, kind, value, flags):
        self.address, self.kind, self.value, self.flags = address, kind, value, flags

    def __repr__(self):
        return f"{self.address} {self.kind} {self.value} {self.flags}"


class Return:
    """A file as our reader reads it."""

    def __init__(self, path):
        ended = subprocess.run([TOOLS / "read_return", path], capture_output=True, text=True)
        assert ended.returncode == 0, ended.stderr
        self.facts, self.actions = {}, []
        for line in ended.stdout.replace("\\n", "\n").split("\n"):
            key, *rest = line.split("\t")
            if key.startswith("action."):
                if key == "action.number":
                    self.actions.append({})
                self.actions[-1][key[7:]] = Cell(*rest)
            elif len(rest) == 4:
                self.facts[key] = Cell(*rest)
            else:
                self.facts[key] = rest[0] if len(rest) == 1 else rest

    def __getitem__(self, key):
        return self.facts[key]

    def codes(self):
        return [key[:-2] for key in self.facts if key.endswith(".1")]


def rows_of(path):
    """The row of each indicator and of the signature, by code; in a file in which nothing was moved."""
    sheet = openpyxl.load_workbook(path)["Skjema"]
    rows = {cell.value: cell.row for cell in sheet[CODE] if cell.value and cell.row > 6}
    rows["signed"] = next(cell.row for cell in sheet["A"] if cell.value == "Ferdig utfylt av")
    return rows
