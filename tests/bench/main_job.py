#!/usr/bin/python3
"""How fast the main job is, and how much memory it takes, compared with other ways to do the same in the same run.

    main_job.py [--returns 400] [--repeat 5] [--bin build/release]

Makes an invented municipality of that many units with 20 indicators each, has bms write the forms, fills them in with
openpyxl once, and then measures, each as the median of some runs:

  reading    every cell of the returns                    openpyxl, read-only: the same files
  checking   bms check
  storing    bms collect less bms check
  forms      bms forms into an empty folder               openpyxl and libxlsxwriter alone: the same cells and styles
  reports    bms report                                   likewise

Each time is given by the clock and, after it, in processor time, which other work on the machine disturbs less. Targets
are compared with the clock.

Conditional formats, choice lists and notes are left out of what others write, which favours them.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

SOURCE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/program"))
import setup_book  # noqa: E402
from form import Form, cells_of, sound_answers, type_with_openpyxl  # noqa: E402

PERIOD = "2026-T1"
INDICATORS = 20


class Took:
    """Median seconds of some runs, by the clock and in processor time, and the peak memory where it is known."""

    def __init__(self, runs):
        self.clock = statistics.median(r[0] for r in runs)
        self.processor = statistics.median(r[1] for r in runs)
        self.memory = max(r[2] for r in runs)

    def __str__(self):
        return f"{self.clock:7.3f} s ({self.processor:.3f})"


def timed(function, repeat):
    """How long a function of this program takes."""
    runs = []
    for _ in range(repeat):
        clock, processor = time.perf_counter(), time.process_time()
        function()
        runs.append((time.perf_counter() - clock, time.process_time() - processor, 0))
    return Took(runs)


class Bench:
    def __init__(self, arguments, folder):
        self.repeat = arguments.repeat
        self.binaries = Path(arguments.bin).resolve()
        self.folder = folder
        self.home = folder / "kommune"
        self.n = arguments.returns

    def measured(self, *command):
        """Run a command. Returns (seconds by the clock, of processor time, peak memory in bytes)."""
        shown = subprocess.run([self.binaries / "tests/bench/measure", *command], cwd=self.home, check=True,
                               stdout=subprocess.PIPE, text=True).stdout.split()
        if shown[3] != "0":
            raise SystemExit(f"{' '.join(map(str, command))} ended with {shown[3]}")
        return float(shown[0]), float(shown[1]), int(shown[2])

    def bms(self, *arguments):
        return self.measured(self.binaries / "bms", *arguments, "--quiet")

    def prepare(self):
        self.home.mkdir()
        self.bms("init")
        setup_book.save(setup_book.setup(self.n, INDICATORS), self.home / "setup.xlsx")
        self.bms("setup", "setup.xlsx")
        shutil.copy(self.home / "bms.db", self.folder / "defined.db")
        self.bms("forms", PERIOD)
        returns = self.home / "returns" / PERIOD
        returns.mkdir(parents=True)
        self.forms = sorted((self.home / "forms" / PERIOD).glob("*.xlsx"))
        for i, path in enumerate(self.forms):
            form = Form(path)
            type_with_openpyxl(path, cells_of(form, sound_answers(form, i)), returns / path.name)
        self.returns = sorted(returns.glob("*.xlsx"))
        self.some = self.home / "returns" / "some"
        self.some.mkdir()
        for path in self.returns[: len(self.returns) // 4]:
            shutil.copy(path, self.some)

    def fresh(self, name="defined.db"):
        shutil.copy(self.folder / name, self.home / "bms.db")

    def took(self, *arguments, before=lambda: None):
        """How long a command takes."""
        runs = []
        for _ in range(self.repeat):
            before()
            runs.append(self.bms(*arguments))
        return Took(runs)

    def reading(self):
        command = [self.binaries / "tests/bench/read_cells", "--count", *self.returns]
        return Took([self.measured(*command) for _ in range(self.repeat)])

    def written_alone(self, dump, target):
        shown = subprocess.run([self.binaries / "tests/bench/write_alone", dump, target], check=True,
                               capture_output=True, text=True).stdout.split()
        return float(shown[0]), float(shown[1]), 0

    def writing(self, what, folder, command):
        """Print how long bms takes to write what is in the folder, and others the same."""

        def empty():
            shutil.rmtree(folder, ignore_errors=True)

        ours = self.took(*command, before=empty)
        books = [Book(path) for path in sorted(folder.rglob("*.xlsx"))]
        dump = self.folder / "dump.tsv"
        dump.write_text("".join(book.dump() for book in books))
        target = self.folder / "written"
        target.mkdir(exist_ok=True)
        alone = Took([self.written_alone(dump, target) for _ in range(self.repeat)])
        theirs = timed(lambda: [book.write(target) for book in books], max(1, self.repeat // 3))
        line(what, ours, f"{len(books)} workbooks; openpyxl {theirs}, libxlsxwriter alone {alone}")
        more, less = theirs.clock / ours.clock, ours.clock / alone.clock
        note(f"{more:.1f} × openpyxl (to reach: 2.5, {verdict(more >= 2.5)}), {less:.2f} × the time of libxlsxwriter "
             f"alone (at most 1.5, {verdict(less <= 1.5)}; of processor time {ours.processor / alone.processor:.2f})")


def colour(value, otherwise):
    rgb = value.rgb if value is not None and value.type == "rgb" else None
    return int(rgb[-6:], 16) if isinstance(rgb, str) else otherwise


class Book:
    """What is in a workbook, as plain values that others can write again."""

    def __init__(self, path):
        self.name = path.name
        written, shown = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
        self.styles = {}
        self.sheets = [self.sheet(s, shown[s.title]) for s in written.worksheets]

    def style(self, cell):
        key = (cell.font.b is True, float(cell.font.sz or 11), colour(cell.font.color, 0),
               colour(cell.fill.fgColor, -1) if cell.fill.fill_type == "solid" else -1,
               cell.border.left.style is not None, cell.alignment.wrap_text is True, not cell.protection.locked,
               cell.number_format)
        return self.styles.setdefault(key, len(self.styles))

    def sheet(self, sheet, shown):
        merged = [(r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1, self.style(sheet.cell(r.min_row, r.min_col)))
                  for r in sheet.merged_cells.ranges]
        cells = [(c.row - 1, c.column - 1, self.style(c), c.value, c.data_type, shown[c.coordinate].value)
                 for row in sheet.iter_rows() for c in row
                 if not isinstance(c, MergedCell) and (c.value is not None or c.has_style)]
        widths = [(openpyxl.utils.column_index_from_string(k) - 1, d.width) for k, d in sheet.column_dimensions.items()]
        heights = [(k - 1, d.height) for k, d in sheet.row_dimensions.items() if d.height]
        return sheet.title, widths, heights, merged, cells

    def dump(self):
        lines = [f"B\t{self.name}"]
        for (bold, size, ink, fill, border, wrap, unlocked, number_format), i in self.styles.items():
            flags = bold | wrap << 1 | border << 2 | unlocked << 3
            lines.append(f"F\t{i}\t{flags}\t{size}\t{ink}\t{fill}\t{number_format}")
        for title, widths, heights, merged, cells in self.sheets:
            lines.append(f"S\t{title}")
            lines += [f"C\t{c}\t{w}" for c, w in widths]
            lines += [f"R\t{r}\t{h}" for r, h in heights]
            lines += ["M\t" + "\t".join(map(str, m)) for m in merged]
            for row, column, style, value, kind, result in cells:
                at = f"{row}\t{column}\t{style}"
                if value is None:
                    lines.append(f"x\t{at}")
                elif kind == "f":
                    number = result if isinstance(result, (int, float)) else 0
                    lines.append(f"f\t{at}\t{number}\t{value.replace(chr(10), ' ')}")
                elif kind == "n" and not isinstance(value, str):
                    lines.append(f"n\t{at}\t{value}")
                else:
                    lines.append(f"s\t{at}\t" + str(value).replace("\t", " ").replace("\n", " "))
        return "\n".join(lines) + "\n"

    def write(self, folder):
        """The same with openpyxl."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        made = []
        thin = Side(style="thin")
        for bold, size, ink, fill, border, wrap, unlocked, number_format in self.styles:
            made.append((Font(b=bold, sz=size, color=f"FF{ink:06X}"),
                         PatternFill("solid", fgColor=f"FF{fill:06X}") if fill >= 0 else PatternFill(),
                         Border(left=thin, right=thin, top=thin, bottom=thin) if border else Border(),
                         Alignment(wrap_text=wrap), Protection(locked=not unlocked), number_format))
        for title, widths, heights, merged, cells in self.sheets:
            sheet = book.create_sheet(title)
            for column, width in widths:
                sheet.column_dimensions[openpyxl.utils.get_column_letter(column + 1)].width = width
            for row, height in heights:
                sheet.row_dimensions[row + 1].height = height
            for row, column, style, value, _, _ in cells:
                cell = sheet.cell(row + 1, column + 1, value)
                cell.font, cell.fill, cell.border, cell.alignment, cell.protection, cell.number_format = made[style]
            for first_row, first_column, last_row, last_column, _ in merged:
                sheet.merge_cells(None, first_row + 1, first_column + 1, last_row + 1, last_column + 1)
        book.save(folder / self.name)


def read_with_openpyxl(paths):
    """Every cell, in openpyxl's fastest way."""
    n = 0
    for path in paths:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(values_only=True):
                n += sum(value is not None for value in row)
        book.close()
    return n


def verdict(reached):
    return "reached" if reached else "NOT reached"


def line(what, took, text):
    print(f"{what:<9}{took} {took.memory / 2**20:6.1f} MB  {text}")


def note(text):
    print(f"{'':34}{text}")


def measure_returns(bench):
    """Print how long it takes to read, check and store the returns."""
    n = len(bench.returns)
    read = bench.reading()
    theirs = timed(lambda: read_with_openpyxl(bench.returns), max(1, bench.repeat // 2))
    fifth = timed(lambda: read_with_openpyxl(bench.returns[: n // 5]), bench.repeat)
    check = bench.took("check", PERIOD)
    few = bench.took("collect", bench.some, before=bench.fresh)
    collect = bench.took("collect", PERIOD, before=bench.fresh)
    further = (collect.memory - few.memory) / (n - n // 4)
    line("reading", read, f"openpyxl read-only {theirs}: {theirs.clock / read.clock:.1f} ×")
    line("checking", check, "bms check")
    print(f"{'storing':<9}{collect.clock - check.clock:7.3f} s ({collect.processor - check.processor:.3f})"
          "            bms collect less bms check")
    line("collect", collect, f"openpyxl reading {n // 5} of them {fifth} (to reach: less than that, "
         f"{verdict(collect.clock < fifth.clock)})")
    note(f"{further:.0f} bytes of memory for each further return (at most 1024, {verdict(further <= 1024)})")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--returns", type=int, default=400)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--bin", default=SOURCE / "build/release")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bms-bench-") as folder:
        bench = Bench(arguments, Path(folder))
        bench.prepare()
        print(f"{len(bench.returns)} returns of {INDICATORS} indicators, medians of {bench.repeat}, "
              f"{os.cpu_count()} processors; seconds by the clock (of processor time)")
        measure_returns(bench)
        bench.writing("reports", bench.home / "reports" / PERIOD, ["report", PERIOD])
        bench.fresh()
        bench.writing("forms", bench.home / "forms" / PERIOD, ["forms", PERIOD])


if __name__ == "__main__":
    main()
