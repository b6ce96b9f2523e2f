"""Changes to a filled-in form that change what it says, as people and programs make them: with openpyxl, or in the parts
of the file where openpyxl would drop what matters (the results of formulas). The given chance decides everything."""
import datetime
import re
import zipfile
from pathlib import Path

import openpyxl

TEXTS = ["12", "12,5", " 12 ", "1 200", "1\u00a0200", "12.5", "1.200", "12 stk", "ca 12", "tolv", "0012", "1e3", "-", "50 %",
         "(12)", "+7", "12,", "1,200.5", "\u221212", "12\n", "'12"]
NUMBERS = [0, 1, 12, 12.5, -3, 0.1, 1e-7, 1e15, 123456789.125, 2 ** 53 + 1, 1 / 3, 46204]
FORMATS = ["0 %", "dd.mm.yyyy", "@", "0", "0.00E+00", "#,##0", ";;;", "[h]:mm", "General"]


class Filled:
    """A form being changed: where its answers are, and the workbook."""

    def __init__(self, form, book, chance):
        self.form, self.book, self.chance = form, book, chance
        self.sheet = book[form.sheet]
        self.asked = [form.address(code, which) for code in form.rows for which in "12" if form.asked(code, which)]

    def cell(self):
        return self.sheet[self.chance.choice(self.asked)]

    def row(self):
        return self.chance.choice(sorted(self.form.rows.values()))


def text(filled):
    filled.cell().value = filled.chance.choice(TEXTS)


def number(filled):
    filled.cell().value = filled.chance.choice(NUMBERS)


def blank(filled):
    filled.cell().value = None


def boolean(filled):
    filled.cell().value = filled.chance.choice([True, False])


def date(filled):
    filled.cell().value = datetime.date(2026, 5, 12)


def fault(filled):
    filled.cell().value = filled.chance.choice(["#DIV/0!", "#REF!", "#N/A"])


def formula_without_result(filled):
    filled.cell().value = filled.chance.choice(["=10+2", "=A1", "=SUM(C1:C3)"])


def number_format(filled):
    filled.cell().number_format = filled.chance.choice(FORMATS)


def swapped(filled):
    a, b = filled.cell(), filled.cell()
    a.value, b.value = b.value, a.value


def rows_swapped(filled):
    a, b = filled.row(), filled.row()
    for column in range(1, filled.sheet.max_column + 1):
        one, other = filled.sheet.cell(a, column), filled.sheet.cell(b, column)
        if not isinstance(one, openpyxl.cell.MergedCell) and not isinstance(other, openpyxl.cell.MergedCell):
            one.value, other.value = other.value, one.value


def row_inserted(filled):
    filled.sheet.insert_rows(filled.row())


def row_copied(filled):
    a, b = filled.row(), filled.row()
    for column in range(1, filled.sheet.max_column + 1):
        if not isinstance(filled.sheet.cell(b, column), openpyxl.cell.MergedCell):
            filled.sheet.cell(b, column).value = filled.sheet.cell(a, column).value


def column_inserted(filled):
    filled.sheet.insert_cols(filled.chance.randint(2, 8))


def code_changed(filled):
    filled.sheet.cell(filled.row(), filled.form.columns["code"]).value = filled.chance.choice(
        [None, "", "X", *filled.form.rows])


def merged(filled):
    row, column = filled.row(), filled.form.columns[filled.chance.choice("12")]
    filled.sheet.merge_cells(start_row=row, end_row=row + filled.chance.randint(0, 1), start_column=column,
                             end_column=column + filled.chance.randint(0, 2))


def hidden(filled):
    if filled.chance.random() < 0.5:
        filled.sheet.row_dimensions[filled.row()].hidden = True
    else:
        filled.sheet.column_dimensions[filled.chance.choice("CE")].hidden = True


def reason(filled):
    row = filled.row()
    filled.sheet.cell(row, filled.form.columns["reason"]).value = filled.chance.choice(
        ["Ikke aktuelt", "Kommer senere", "Ingen å måle", "ikke gjennomført", "vet ikke"])
    if filled.chance.random() < 0.5:
        for which in "12":
            cell = filled.sheet.cell(row, filled.form.columns[which])
            if not isinstance(cell, openpyxl.cell.MergedCell):
                cell.value = None


def sheet_in_front(filled):
    other = filled.book.create_sheet("Kladd", filled.chance.randint(0, 2))
    for row in filled.sheet.iter_rows(min_row=filled.form.heading_row, values_only=True):
        other.append([9 if isinstance(value, (int, float)) else value for value in row])


def sheet_renamed(filled):
    filled.sheet.title = filled.chance.choice(["Ark1", "Skjema (2)", "Tall"])


def sheets_in_another_order(filled):
    filled.book.move_sheet(filled.sheet, filled.chance.randint(1, 3))


WITH_OPENPYXL = [text, text, text, number, number, number, blank, boolean, date, fault, formula_without_result,
                 number_format, number_format, swapped, rows_swapped, row_inserted, row_copied, column_inserted,
                 code_changed, merged, hidden, reason, sheet_in_front, sheet_renamed, sheets_in_another_order]

# In the parts: what stands in place of a cell's value.
CONTENTS = [
    '><f>10+2</f><v>12</v>', ' t="str"><f>"1"&amp;"2"</f><v>12</v>', '><f>10/4</f><v>2.5</v>',
    '><f>1/3</f><v>0.333333333333333</v>', '><v>12.0</v>', '><v>1.2E1</v>', '><v>0.1</v>', '><v>0.30000000000000004</v>',
    ' t="inlineStr"><is><r><t>1</t></r><r><t>2</t></r></is>',
    ' t="inlineStr"><is><t xml:space="preserve"> 7 </t></is>', ' t="b"><v>1</v>', ' t="e"><v>#N/A</v>',
    ' t="d"><v>2026-05-12</v>', ' t="n"><v>9</v>', '><f t="shared" si="7" ref="C1:C9">5+5</f><v>10</v>', '><v></v>',
    '><f>NOW()</f>',
]


def change_parts(path, sheet_path, addresses, chance):
    """Put odd contents into some cells of a saved workbook."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts[sheet_path].decode()
    for address in chance.sample(addresses, min(len(addresses), chance.randint(1, 3))):
        content = chance.choice(CONTENTS)
        sheet = re.sub(rf'<c r="{address}"( s="\d+")?[^>]*?(/>|>.*?</c>)',
                       lambda found: f'<c r="{address}"{found[1] or ""}{content}</c>', sheet, count=1)
    parts[sheet_path] = sheet.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content)


def mutate(form, cells, target, chance):
    """Save the form filled in and changed. @return the names of the changes"""
    book = openpyxl.load_workbook(form.path)
    for sheet, address, value in cells:
        book[sheet][address] = value
    filled, done = Filled(form, book, chance), []
    in_the_parts = chance.random() < 0.3
    for change in chance.sample(WITH_OPENPYXL, chance.randint(0 if in_the_parts else 1, 2)):
        try:
            change(filled)
            done.append(change.__name__)
        except AttributeError:  # a merged cell is only read
            pass
    book.save(target)
    if in_the_parts:
        place = f"xl/worksheets/sheet{book.worksheets.index(filled.sheet) + 1}.xml"
        change_parts(Path(target), place, filled.asked, chance)
        done.append("in the parts")
    return done
