#!/usr/bin/python3
"""What every verb costs when the municipality grows and when it grows old, in processor time and memory.

    growth.py [--units 400 4000] [--years 1 20] [--indicators 10] [--repeat 3] [--bin build/release] [VERB …]

Plants invented municipalities with months of answers, has bms write the forms of the last month, fills them in, and runs
every verb in each. Printed: medians, and the exponent with which the cost grows: 1 is in proportion, 0 not at all. More than
1.1 from few to many units, or from young to old, is marked; then the program ends with 1.

A third of the returns are wrong in the runs named 'third held': they bring corrections, and somebody to remind.
"""
import argparse
import math
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/program"))
from form import Form, cells_of  # noqa: E402

MOST = 1.1  # exponent
LEAST = 0.02  # seconds: below, what is measured is the start of the program
CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?(?: t="[a-z]+")?(?:/>|>.*?</c>)', re.S)


def filled(path, target, sheet_part, values):
    """Type values into a form's sheet, much faster than openpyxl does: {address: number or text}."""
    def typed(cell):
        value = values.get(cell[1])
        if value is None:
            return cell[0]
        if isinstance(value, str):
            return f'<c r="{cell[1]}"{cell[2] or ""} t="inlineStr"><is><t>{value}</t></is></c>'
        return f'<c r="{cell[1]}"{cell[2] or ""}><v>{value}</v></c>'
    with zipfile.ZipFile(path) as form, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for item in form.infolist():
            part = form.read(item)
            out.writestr(item, CELL.sub(typed, part.decode()) if item.filename == sheet_part else part)


class Town:
    """One municipality: its folder as it is before each verb, and what the verbs need."""

    def __init__(self, binaries, folder, units, years, indicators):
        self.binaries, self.folder, self.home = binaries, folder, folder / "kommune"
        self.units, self.years = units, years
        self.home.mkdir(parents=True)
        planted = subprocess.run([binaries / "tests/bench/plant_history", self.home, str(years), str(units), str(indicators)],
                                 check=True, capture_output=True, text=True)
        self.period = planted.stdout.strip()
        subprocess.run([binaries / "templates/make_setup", self.home / "setup.md", self.home / "setup.xlsx"], check=True)
        self.bms("forms", self.period)
        self.fill_in()
        self.keep()
        self.bms("collect", self.period)
        self.keep("collected")
        self.restore()
        self.bms("collect", "held", codes=(1,))
        self.keep("held")
        self.restore()

    def fill_in(self):
        forms = sorted((self.home / "forms" / self.period).glob("*.xlsx"))
        first = Form(forms[0])
        with zipfile.ZipFile(forms[0]) as book:
            names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
        part = f"xl/worksheets/sheet{names.index(first.sheet) + 1}.xml"
        for folder, every in (("returns/" + self.period, 0), ("held", 3)):
            (self.home / folder).mkdir(parents=True)
            for i, form in enumerate(forms):
                wrong = every and i % every == 0
                answers = {code: (120 if wrong else 10 + (i + n) % 50, 100) for n, code in enumerate(first.questions)}
                values = {address: value for _, address, value in cells_of(first, answers)}
                filled(form, self.home / folder / form.name, part, values)
        self.first = f"returns/{self.period}/{forms[0].name}"

    def keep(self, name="before"):
        shutil.copy(self.home / "bms.db", self.folder / f"{name}.db")

    def restore(self, name="before"):
        for left in [*self.home.glob("bms.db*"), *self.home.glob("Mottak*")]:
            left.unlink()
        shutil.copy(self.folder / f"{name}.db", self.home / "bms.db")
        for made in ("reports", "corrections", "reminders"):
            shutil.rmtree(self.home / made, ignore_errors=True)

    def bms(self, *arguments, codes=(0,)):
        """Run the command. Returns (seconds of processor time, peak memory in bytes)."""
        shown = subprocess.run([self.binaries / "tests/bench/measure", self.binaries / "bms", *arguments, "--quiet"],
                               cwd=self.home, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
        if int(shown[3]) not in codes:
            raise SystemExit(f"bms {' '.join(map(str, arguments))} ended with {shown[3]}")
        return float(shown[1]), int(shown[2])

    def no_forms(self):
        shutil.rmtree(self.home / "forms")


def verb(*arguments, state="before", codes=(0,), prepare=None):
    """A verb as it is measured. {period} and {first} in its arguments are the town's."""
    return arguments, state, codes, prepare


VERBS = {
    "setup": verb("setup", "setup.xlsx"),
    "forms": verb("forms", "{period}", prepare=Town.no_forms),
    "forms --unit": verb("forms", "{period}", "--unit", "E0001", prepare=Town.no_forms),
    "cells FILE": verb("cells", "{first}"),
    "check FILE": verb("check", "{first}"),
    "check PERIOD": verb("check", "{period}"),
    "collect": verb("collect", "{period}"),
    "collect again": verb("collect", "{period}", state="collected"),
    "collect, third held": verb("collect", "held", codes=(1,)),
    "status": verb("status", "{period}", state="collected"),
    "remind, third held": verb("remind", "{period}", state="held"),
    "correct": verb("correct", "E0001", "I00", "{period}", "--numerator", "13", "--reason", "prøve", state="collected"),
    "close": verb("close", "{period}", state="collected"),
    "report": verb("report", "{period}", state="collected"),
    "report --unit": verb("report", "{period}", "--unit", "E0001", state="collected"),
    "history UNIT IND.": verb("history", "E0001", "I00", state="collected"),
    "history UNIT": verb("history", "E0001", state="collected"),
    "history": verb("history", state="collected"),
    "explain": verb("explain", "E0001", "I00", "{period}", state="collected"),
    "export": verb("export", state="collected"),
    "verify": verb("verify", state="collected"),
    "backup": verb("backup", "copy.db", state="collected"),
    "redact": verb("redact", "E0001", "{period}", "signature", "--by", "Per Prøve", "--reason", "prøve", state="collected"),
}


def measure(name, town, repeat):
    arguments, state, codes, prepare = VERBS[name]
    arguments = [a.format(period=town.period, first=town.first) for a in arguments]
    runs = []
    for _ in range(repeat):
        town.restore(state)
        (town.home / "copy.db").unlink(missing_ok=True)
        if prepare:
            prepare(town)
        runs.append(town.bms(*arguments, codes=codes))
    return statistics.median(r[0] for r in runs), max(r[1] for r in runs)


def exponent(small, large, times):
    return math.log(max(large, LEAST) / max(small, LEAST)) / math.log(times) if times > 1 else 0


def shown(cost):
    return f"{cost[0]:8.3f} s {cost[1] / 2**20:6.0f} MB"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("verbs", nargs="*", metavar="VERB", help=", ".join(VERBS))
    parser.add_argument("--units", type=int, nargs=2, default=[400, 4000])
    parser.add_argument("--years", type=int, nargs=2, default=[1, 20])
    parser.add_argument("--indicators", type=int, default=10)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--bin", default=SOURCE / "build/release")
    arguments = parser.parse_args()
    (few, many), (young, old) = arguments.units, arguments.years
    binaries = Path(arguments.bin).resolve()
    too_steep = 0
    with tempfile.TemporaryDirectory(prefix="bms-growth-") as folder:
        towns = [Town(binaries, Path(folder) / f"{units}-{years}", units, years, arguments.indicators)
                 for units, years in ((few, young), (many, young), (few, old))]
        print(f"{arguments.indicators} indicators a month; medians of {arguments.repeat}, processor time and peak memory\n"
              f"{'':20} {few} units, {young} year{'':3} {many} units, {young} year{'':14} {few} units, {old} years")
        for name in arguments.verbs or VERBS:
            base, larger, older = (measure(name, town, arguments.repeat) for town in towns)
            by_units, by_years = exponent(base[0], larger[0], many / few), exponent(base[0], older[0], old / young)
            steep = max(by_units, by_years) > MOST
            too_steep += steep
            print(f"{name:20} {shown(base)}  {shown(larger)} ^{by_units:5.2f}  {shown(older)} ^{by_years:5.2f}"
                  f"{'  TOO STEEP' if steep else ''}", flush=True)
    raise SystemExit(too_steep > 0)


if __name__ == "__main__":
    main()
