"""Fills in the sealed form in two ways, for the mutator: as bms wrote the file, and as openpyxl saves it.

    make_returns.py FORM FOLDER
"""
import pathlib
import re
import sys
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "program"))
from form import Form, cells_of, sound_answers, type_with_openpyxl  # noqa: E402


def element(address, style, value):
    if isinstance(value, str):
        return f'<c r="{address}"{style} t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{address}"{style}><v>{value}</v></c>'


def type_into_parts(form, cells, target):
    """Change the cells in the parts themselves, so that the rest stays as it was written."""
    with zipfile.ZipFile(form.path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for _, address, value in cells:
        sheet, n = re.subn(rf'<c r="{address}"( s="\d+")?/>', lambda found: element(address, found[1] or "", value), sheet)
        assert n == 1, address
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content)


def main(path, folder):
    folder.mkdir(parents=True, exist_ok=True)
    form = Form(path)
    cells = cells_of(form, sound_answers(form))
    type_with_openpyxl(path, cells, folder / "by_openpyxl.xlsx")
    type_into_parts(form, cells, folder / "in_the_parts.xlsx")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
