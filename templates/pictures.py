#!/usr/bin/python3
"""Renders a form, a unit's report and a leader's report of the example to templates/pictures/*.png, through LibreOffice
and PDF: what a printed page shows. Run templates/try.sh first.
"""
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SOURCE / "tests/program"))

EXAMPLE = SOURCE / "build/example"
PICTURES = SOURCE / "templates/pictures"
DOTS_PER_INCH = 110

# Picture, and the workbook whose first page it shows.
SHOWN = {
    "form": "forms/2026-T2/1101-*.xlsx",
    "mottak": "Mottak 2026-T2.xlsx",
    "unit-report": "reports/2026-T3/1101-*.xlsx",
    "leader-report": "reports/2026-T3/1100-*.xlsx",
}


def main():
    subprocess.run([SOURCE / ".ci/install", "pictures"], check=True)
    from office import Office  # it may have been installed just now

    PICTURES.mkdir(exist_ok=True)
    with Office() as office, tempfile.TemporaryDirectory(prefix="bms-pictures-") as folder:
        for name, pattern in SHOWN.items():
            workbook = min(EXAMPLE.glob(pattern), default=None)
            if workbook is None:
                raise SystemExit(f"There is no {EXAMPLE / pattern}. Run templates/try.sh first.")
            pdf = Path(folder) / f"{name}.pdf"
            office.pdf(workbook, pdf)
            subprocess.run(["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), "-f", "1", "-l", "1", "-singlefile", pdf,
                            PICTURES / name], check=True)
            print(PICTURES.relative_to(SOURCE) / f"{name}.png", "from", workbook.relative_to(EXAMPLE))


if __name__ == "__main__":
    main()
