"""How fast workbooks are read: 500 of 60 rows and 12 columns, and one of 100 000 and 12, beside other readers.

    bench_reader.py READ_CELLS [FOLDER]

READ_CELLS is the program of that name from a release build. Other readers are used where they are installed: openpyxl (this
Python), readxl (Rscript with the package, Debian's r-cran-readxl), SheetJS and ExcelJS (node, with the packages xlsx and
exceljs in FOLDER/node_modules or NODE_PATH; where a registry lacks the newest of what exceljs needs, an "overrides" in
package.json names the one before). Each reads every cell of every file in one process and one thread. The output has the
medians of three runs in processor time, which other work on the machine disturbs least, and by the clock; the processor time
as a multiple of ours; and the peak memory. The program `measure` beside READ_CELLS measures them.
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
COLUMNS = 12

PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" '
                           f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                           f'<Default Extension="xml" ContentType="application/xml"/>'
                           f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}sheet.main+xml"/>'
                           f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}worksheet+xml"/>'
                           f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}styles+xml"/>'
                           f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="rId1" Type="{LINKS}/officeDocument" '
                   f'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/>'
                       f'</sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}relationships">'
                                  f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
                                  f'<Relationship Id="rId2" Type="{LINKS}/styles" Target="styles.xml"/>'
                                  f'<Relationship Id="rId3" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
                                  f'</Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
                     f'<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/>'
                     f'</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
                     f'<xf numFmtId="10"/></cellXfs></styleSheet>',
}


def write(path, rows, seed):
    """A third of the cells are texts, the others numbers of different lengths."""
    texts = [f"Indikator {i}: hvor mange av brukerne svarte?" for i in range(200)]
    lines = []
    for row in range(1, rows + 1):
        cells = []
        for column in range(COLUMNS):
            reference = f"{chr(65 + column)}{row}"
            n = (row * 7919 + column * 104729 + seed * 31) % 100003
            if column % 3 == 0:
                cells.append(f'<c r="{reference}" t="s"><v>{n % 200}</v></c>')
            else:
                cells.append(f'<c r="{reference}" s="{column % 2}"><v>{n / (1, 8, 7)[column % 3]!r}</v></c>')
        lines.append(f'<row r="{row}">{"".join(cells)}</row>')
    parts = dict(PARTS)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in texts)}</sst>'
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)


OPENPYXL = """
import sys, openpyxl
n = 0
for path in sys.argv[1:]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            n += sum(value is not None for value in row)
    book.close()
print(n)
"""
READXL = """
library(readxl); n <- 0
for (p in commandArgs(TRUE)) n <- n + sum(!is.na(read_xlsx(p, col_names = FALSE, progress = FALSE, .name_repair = 'minimal')))
cat(n, '\\n')
"""
SHEETJS = """
const XLSX = require('xlsx'); let n = 0;
for (const p of process.argv.slice(1)) { const book = XLSX.readFile(p, {dense: true});
  for (const s of book.SheetNames) for (const row of XLSX.utils.sheet_to_json(book.Sheets[s], {header: 1}))
    for (const value of row) n += value !== undefined; }
console.log(n);
"""
EXCELJS = """
const ExcelJS = require('exceljs'); (async () => { let n = 0;
for (const p of process.argv.slice(1)) { const book = new ExcelJS.Workbook(); await book.xlsx.readFile(p);
  book.eachSheet(s => s.eachRow(r => r.eachCell(() => { n++; }))); }
console.log(n); })();
"""


def readers(program, folder):
    yield "bms", [program, "--count"]
    yield "openpyxl (read-only)", [sys.executable, "-c", OPENPYXL]
    if shutil.which("Rscript"):
        yield "readxl", ["Rscript", "-e", READXL]
    if shutil.which("node"):
        yield "SheetJS", ["node", "-e", SHEETJS]
        yield "ExcelJS", ["node", "-e", EXCELJS]


def measure(measuring, command, files, folder):
    """Medians of three by the clock and in processor seconds, and the peak memory in MB; None when it fails."""
    environment = dict(os.environ, NODE_PATH=f"{folder}/node_modules:" + os.environ.get("NODE_PATH", ""))
    runs = []
    for _ in range(3):
        run = subprocess.run([measuring, *command, *files], capture_output=True, text=True, env=environment)
        clock, taken, peak, code = run.stdout.split()
        if code != "0":
            return None
        runs.append((float(clock), float(taken), int(peak) / 2**20))
    return [statistics.median(column) for column in zip(*runs)]


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    measuring = program.with_name("measure")
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    small = [str(folder / f"{i:03}.xlsx") for i in range(500)]
    large = str(folder / "large.xlsx")
    if not os.path.exists(large):
        for i, path in enumerate(small):
            write(path, 60, i)
        write(large, 100000, 1)
    for title, files in (("500 workbooks of 60 x 12 cells", small), ("one workbook of 100 000 x 12 cells", [large])):
        print(f"{title}\n  {'':20} processor     clock      ratio       peak")
        ours = None
        for name, command in readers(program, folder):
            measured = measure(measuring, command, files, folder)
            if not measured:
                print(f"  {name:20} not measured: it failed; is it installed?")
                continue
            clock, taken, peak = measured
            ours = ours or taken
            print(f"  {name:20} {taken:7.3f} s {clock:7.3f} s {taken / ours:8.1f} x {peak:7.1f} MB", flush=True)


main()
