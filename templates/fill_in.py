#!/usr/bin/python3
"""Fills in fresh forms with the example answers of a template, as the units would: types into the cells and saves.

    cd FOLDER                       # where bms.db is
    .../templates/fill_in.py 2026-T1

takes forms/2026-T1/*.xlsx and templates/fet/answers/2026-T1.txt and saves to returns/2026-T1/. Everything in the
answers is invented. A file of answers has a block for each unit:

    ## 1101 Garderåsen barnehage
    fil: Kopi av skjema.xlsx            the name to save under; else that of the form
    SYK: 84 / 1008 | Influensa i mars   numbers 1 and 2, and a comment; - for a number that is fetched
    MEDV: 4,8
    IP: (Kommer senere) | tallet kommer i juni
    tiltak SYK: Samtaler | Mona Dahl | 01.09.2026 | I gang
    ferdig: SYK                         the actions already linked to SYK are done
    signert: Mona Dahl 12.05.2026       without it the form is not finished

A unit without a block has not delivered; one whose block says `urørt` sends the form back as it was. What is not a
number is typed as it is. Rows are found by the indicator's code, columns by their headings. Needs openpyxl.
"""
import argparse
import datetime
import pathlib
import re
import shutil
import sys

import openpyxl

CODE, NUMBER_1, NUMBER_2, REASON, COMMENT = "Kode", "Tall 1 (teller)", "Tall 2 (nevner)", "Ikke klart?", "Kommentar"
NAME = "Indikator"
ACTION_COLUMNS = ["Knyttet til", "Tiltak", "Ansvarlig", "Frist", "Status"]


def typed(text):
    """What a person means who types this: a number, a date or the text itself."""
    if re.fullmatch(r"-?\d+(,\d+)?", text):
        return float(text.replace(",", ".")) if "," in text else int(text)
    date = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", text)
    if date:
        return datetime.date(*(int(part) for part in reversed(date.groups())))
    return text


def read_answers(path):
    """The blocks of a file, in order: a unit's code and its lines as (key, value)."""
    blocks = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("## "):
            blocks.append((line.split()[1], []))
        elif line and not line.startswith("#"):
            key, colon, value = line.partition(":")
            if not blocks or not (colon or line == "urørt"):
                sys.exit(f"{path}:{number}: neither a unit (## code name) nor 'key: value'")
            blocks[-1][1].append((key.strip(), value.strip()))
    return blocks


def find_table(workbook, headings):
    """The sheet, heading row and columns of the table that has all these headings."""
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            columns = {cell.value.split("\n")[0]: cell.column for cell in row if isinstance(cell.value, str)}
            if all(heading in columns for heading in headings):
                return sheet, row[0].row, columns
    sys.exit(f"No sheet has the columns {', '.join(headings)}.")


class Form:
    """A form being filled in."""

    def __init__(self, path):
        self.workbook = openpyxl.load_workbook(path)
        self.sheet, top, self.columns = find_table(self.workbook, [CODE, NUMBER_1, NUMBER_2, REASON, COMMENT])
        codes = ((row, self.sheet.cell(row, self.columns[CODE]).value) for row in range(top + 1, self.sheet.max_row + 1))
        self.rows = {code: row for row, code in codes if code}

    def put(self, row, heading, text):
        if text and text != "-":
            self.sheet.cell(row, self.columns[heading]).value = typed(text)

    def answer(self, code, value):
        row = self.rows[code]
        numbers, _, comment = (part.strip() for part in value.partition("|"))
        if numbers.startswith("("):
            self.put(row, REASON, numbers.strip("()"))
        else:
            first, _, second = (part.strip() for part in numbers.partition(" / "))
            self.put(row, NUMBER_1, first)
            self.put(row, NUMBER_2, second)
        self.put(row, COMMENT, comment)

    def action(self, code, value):
        sheet, row, columns = find_table(self.workbook, ACTION_COLUMNS)
        while sheet.cell(row, columns["Tiltak"]).value:
            row += 1
        name = self.sheet.cell(self.rows[code], self.columns[NAME]).value if code in self.rows else None
        linked = f"{name} ({code})" if name else ""
        for heading, text in zip(ACTION_COLUMNS, [linked] + [part.strip() for part in value.split("|")]):
            sheet.cell(row, columns[heading]).value = typed(text)

    def finish_actions(self, code):
        sheet, top, columns = find_table(self.workbook, ACTION_COLUMNS)
        for row in range(top + 1, sheet.max_row + 1):
            if str(sheet.cell(row, columns["Knyttet til"]).value).endswith(f"({code})"):
                sheet.cell(row, columns["Status"]).value = "Ferdig"

    def sign(self, value):
        name, _, date = value.rpartition(" ")
        for defined, text in (("bms_signed_by", name), ("bms_signed_on", date)):
            title, cell = next(self.workbook.defined_names[defined].destinations)
            self.workbook[title][cell.replace("$", "")].value = typed(text)

    def fill_in(self, lines):
        for key, value in lines:
            if key == "signert":
                self.sign(value)
            elif key.startswith("tiltak"):
                self.action(key.removeprefix("tiltak").strip(), value)
            elif key == "ferdig":
                self.finish_actions(value)
            elif key in self.rows:
                self.answer(key, value)
            elif key != "fil":
                raise KeyError(f"the form does not ask for {key}")


def deliver(form_path, lines, folder):
    """Save the form of one block to the folder of returns."""
    target = folder / dict(lines).get("fil", form_path.name)
    if ("urørt", "") in lines:
        shutil.copy(form_path, target)
        return
    form = Form(form_path)
    try:
        form.fill_in(lines)
    except KeyError as error:
        sys.exit(f"{form_path}: {error.args[0]}")
    form.workbook.save(target)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("period", help="the form's period, as 2026-T1")
    parser.add_argument("--template", default="fet", help="whose answers (fet)")
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(), help="where bms.db is (this folder)")
    options = parser.parse_args()
    answers = pathlib.Path(__file__).parent / options.template / "answers" / f"{options.period}.txt"
    forms = {path.name.split("-")[0]: path for path in (options.folder / "forms" / options.period).glob("*.xlsx")}
    returns = options.folder / "returns" / options.period
    returns.mkdir(parents=True, exist_ok=True)
    blocks = read_answers(answers)
    for unit, lines in blocks:
        if unit not in forms:
            sys.exit(f"There is no form for {unit} in {options.folder / 'forms' / options.period}.")
        deliver(forms[unit], lines, returns)
    print(f"{len(blocks)} skjemaer fylt ut og lagret i {returns}")


if __name__ == "__main__":
    main()
