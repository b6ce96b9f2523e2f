"""Every rule of the checks, each shown with a workbook: a clean form that LibreOffice has filled in and saved, and copies
of it that are spoiled in one way each. All findings of each are listed: one cause, one finding. Everything is invented."""
import datetime
import json
import re
import shutil
import tempfile
import unittest
from collections import namedtuple
from pathlib import Path

import openpyxl

import checked_town
import setup_book
from checked_town import NOW, TRIED, Town, usual
from form import SIGNED_BY, SIGNED_ON, Form, cells_of, type_with_office, type_with_openpyxl
from office import Office
from program import SOURCE, InAFolder

NARROW, FIGURE, HARD = "\u202f", "\u2007", "\u00a0"

# A way to spoil a return, and all that is to be found: `cell` names an indicator's cell as Form.address does, or is
# "signed", "title", a fixed address, or None. `spoil` gets the workbook, the form's sheet and where things are in it.
Spoilt = namedtuple("Spoilt", "case severity rule cell outcome spoil")

OUTCOMES = {"info": "accepted", "warning": "accepted", "error": "held", "fatal": "unreadable"}


def spoilt(case, severity, rule, cell, spoil, outcome=None):
    return Spoilt(case, severity, rule, cell, outcome or OUTCOMES[severity], spoil)


def put(*cells, **formats):
    """Write (code, what, value), … in the form."""
    def spoil(_, sheet, form):
        for code, what, value in cells:
            cell = sheet[form.address(code, what)]
            cell.value = value
            cell.number_format = formats.get("number_format", cell.number_format)
    return spoil


def in_row(code, change):
    return lambda _, sheet, form: change(sheet, form.rows[code])


def hidden_cell(book, form, key):
    """The cell beside a key of the hidden sheet, or below a heading of its questions."""
    for row in book[form.hidden].iter_rows():
        for cell in row:
            if cell.value == key:
                return cell.offset(0, 1) if cell.column == 1 and cell.row < 9 else cell.offset(1, 0)
    raise AssertionError(key)


def visible_identity(sheet, form):
    return sheet[form.identity_cell]


def edit_identity(key, value):
    """The same in the hidden sheet and in the visible line."""
    def spoil(book, sheet, form):
        line = visible_identity(sheet, form)
        line.value = line.value.replace(f" {form.identity[key]} ", f" {value} ")
        hidden_cell(book, form, key).value = value
    return spoil


def remove_hidden_sheet(book, _, form):
    del book[form.hidden]


def remove_visible_line(_, sheet, form):
    visible_identity(sheet, form).value = None


def remove_both(book, sheet, form):
    remove_visible_line(book, sheet, form)
    remove_hidden_sheet(book, sheet, form)


def edit_title(_, sheet, form):
    sheet["A1"] = sheet["A1"].value.replace("1", "2", 1)


def edit_control_code(_, sheet, form):
    cell = visible_identity(sheet, form)
    cell.value = cell.value[:-1] + ("1" if cell.value[-1] != "1" else "2")


def note_above_title(book, sheet, _):
    """A row on top with a note, in a program that loses the names of cells."""
    sheet["A2"], sheet["A1"] = sheet["A1"].value, "Hei, her er tallene våre"
    book.defined_names.definedName = []


def copy_form(*changes):
    """A second sheet with the form, where (code, what, value), … are changed."""
    def spoil(book, sheet, form):
        copy = book.copy_worksheet(sheet)
        copy.title = "Skjema (2)"
        put(*changes)(book, copy, form)
    return spoil


def add_other_form(book, sheet, form):
    """The form of another unit, filled in, as a sheet of the same workbook."""
    copy = book.copy_worksheet(sheet)
    copy.title = "Lia"
    line = copy[form.identity_cell]
    line.value = line.value.replace(f" {TRIED} ", " E003 ")
    copy["A1"] = "Enhet nummer 3 – 2. tertial 2026"
    put(("PLAN", "1", 48), ("TRIV", "1", 49), ("FALL", "1", 30), ("FALL", "2", 3000))(book, copy, form)
    copy["B60"], copy["C60"] = 1, 1


def date_of(value, number_format="General"):
    """An action with this due date."""
    def spoil(book, _, form):
        cell = act(book, "Trivsel (TRIV)", Frist=value)
        cell.number_format = number_format
    return spoil


def edit_question(book, _, form):
    hidden_cell(book, form, "text_1").value = "Hvor mange har noe helt annet?"


def empty(book, sheet, form):
    for code, row in form.rows.items():
        for what in ("1", "2"):
            if form.asked(code, what):
                sheet[form.address(code, what)] = None


def swap_rows(_, sheet, form):
    first, second = (form.rows[code] for code in ("PLAN", "KR"))
    for column in range(1, sheet.max_column + 1):
        a, b = sheet.cell(first, column), sheet.cell(second, column)
        if not (str(a.value).startswith("=") or str(b.value).startswith("=")):
            a.value, b.value = b.value, a.value


FAR_BELOW = 60  # a row under the form


def copy_row(code, to_code=None):
    """A copy of an indicator's row, far below; perhaps with another code."""
    def spoil(_, sheet, form):
        for column in range(1, sheet.max_column + 1):
            value = sheet.cell(form.rows[code], column).value
            if not str(value).startswith("="):
                sheet.cell(FAR_BELOW, column).value = value
        sheet.cell(FAR_BELOW, form.columns["code"]).value = to_code or code
    return spoil


def fill(answers):
    def spoil(_, sheet, form):
        for code, pair in answers.items():
            for what, value in zip("12", pair):
                if form.asked(code, what):
                    sheet[form.address(code, what)] = value
    return spoil


def sign(who):
    def spoil(_, sheet, form):
        sheet[form.name(SIGNED_BY)[1]] = who
    return spoil


def heading(which, text):
    def spoil(_, sheet, form):
        sheet.cell(form.heading_row, form.columns[which]).value = text
    return spoil


def without_table(book, sheet, form):
    for row in sheet.iter_rows(min_row=form.heading_row, max_row=max(form.rows.values())):
        for cell in row:
            cell.value = None


def stale(_, sheet, form):
    sheet[form.address("PLAN", "result")] = 12.3


TABLE = [
    # Begun
    spoilt("begun, not signed", "info", "unfinished", "signed",
           lambda b, s, f: s.__setitem__(f.name(SIGNED_BY)[1], None), "unfinished"),
    # People; all numbers are of people made for tests
    spoilt("a personal number in a comment", "error", "personal_number", ("PLAN", "comment"),
           put(("PLAN", "comment", "Gjelder 018190 10001."))),
    spoilt("a D-number for a number", "error", "personal_number", ("PLAN", "1"), put(("PLAN", "1", 41819010186))),
    spoilt("one that lost its zero", "error", "personal_number", ("PLAN", "2"), put(("PLAN", "2", 1819010001))),
    spoilt("one for a reason", "error", "personal_number", ("TRIV", "reason"),
           put(("TRIV", "reason", "01819010001"))),
    spoilt("one for a signature", "error", "personal_number", "signed",
           lambda b, s, f: s.__setitem__(f.name(SIGNED_BY)[1], "Per Prøve 01819010001")),
    # Whose it is
    spoilt("another workbook", "fatal", "not_ours", None, lambda b, s, f: [b.remove(x) for x in b.worksheets[1:]] and
           [s.delete_rows(1, s.max_row)]),
    spoilt("its hidden sheet is gone", "warning", "hidden_identity_lost", None, remove_hidden_sheet),
    spoilt("its hidden sheet is gone, and red has its action", "warning", "hidden_identity_lost", None,
           lambda b, s, f: (put(("TRIV", "1", 11))(b, s, f), act(b, "Trivsel (TRIV)"), remove_hidden_sheet(b, s, f))),
    spoilt("its visible line is gone", "warning", "visible_identity_lost", None, remove_visible_line),
    spoilt("both are gone", "fatal", "not_ours", None, remove_both),
    spoilt("the code of a unit nobody knows", "fatal", "unknown_unit", "line", edit_identity("unit", "E0O1")),
    spoilt("another municipality's number", "fatal", "wrong_municipality", None, edit_identity("municipality", "9902")),
    spoilt("the visible unit edited", "fatal", "identity_edited", "title", edit_title),
    spoilt("the visible control code edited", "fatal", "identity_edited", "line", edit_control_code),
    spoilt("the hidden unit edited", "fatal", "identity_edited", "line",
           lambda b, s, f: hidden_cell(b, f, "unit").__setattr__("value", "E002")),
    spoilt("a question rewritten on the hidden sheet", "fatal", "seal_invalid", None, edit_question),
    # The table
    spoilt("the table is gone", "error", "table_missing", None, without_table),
    spoilt("a heading overtyped", "error", "heading_missing", None, heading("2", "Nevneren")),
    spoilt("rows sorted", "warning", "rows_moved", ("SVAR", "code"), swap_rows),
    spoilt("a row built by hand", "warning", "row_not_asked_for", "below", copy_row("NY", "EGET")),
    spoilt("a code overtyped", "error", "code_overtyped", ("PLAN", "code"), put(("PLAN", "code", "PLANER"))),
    spoilt("a row deleted", "error", "code_missing", None, in_row("NY", lambda s, row: s.delete_rows(row))),
    spoilt("a code twice", "error", "code_twice", "below", copy_row("NY")),
    spoilt("the form twice, filled in differently", "error", "form_twice", ("PLAN", "1"),
           copy_form(("PLAN", "1", 17), ("NY", "comment", "Noe annet"))),
    spoilt("another unit's form in the same file", "warning", "other_form", None, add_other_form),
    # The content of a cell
    spoilt("cells merged", "error", "merged_cells", ("PLAN", "1"),
           lambda b, s, f: s.merge_cells(f"{f.address('PLAN', '1')}:{f.address('SVAR', '1')}")),
    spoilt("an error value", "error", "error_value", ("PLAN", "1"), put(("PLAN", "1", "#DIV/0!"))),
    spoilt("another error value", "error", "error_value", ("FALL", "2"), put(("FALL", "2", "#REF!"))),
    spoilt("a formula without a result", "error", "no_result", ("PLAN", "1"), put(("PLAN", "1", "=9+9"))),
    spoilt("a date where a number belongs", "error", "date_for_number", ("TILFR", "1"),
           put(("TILFR", "1", datetime.datetime(2026, 4, 3)))),
    spoilt("per cent typed", "error", "per_cent_for_number", ("PLAN", "1"), put(("PLAN", "1", "85 %"))),
    spoilt("per cent by format", "error", "per_cent_for_number", ("PLAN", "1"),
           put(("PLAN", "1", 0.85), number_format="0 %")),
    spoilt("1.234", "error", "ambiguous_number", ("KR", "1"), put(("KR", "1", "3.420"))),
    spoilt("1,234", "error", "ambiguous_number", ("KR", "2"), put(("KR", "2", "3,300"))),
    spoilt("neither yes nor no", "error", "not_yes_or_no", ("VERN", "1"), put(("VERN", "1", 7))),
    spoilt("something after the number", "error", "not_a_number", ("KR", "1"), put(("KR", "1", "3420 ca"))),
    spoilt("validation destroyed, and words", "error", "not_a_number", ("PLAN", "1"),
           lambda b, s, f: (s.data_validations.dataValidation.clear(), put(("PLAN", "1", "atten"))(b, s, f))),
    spoilt("a negative count", "error", "negative", ("FALL", "1"), put(("FALL", "1", -12))),
    spoilt("outside a mean's scale", "error", "outside_range", ("TILFR", "1"), put(("TILFR", "1", 46))),
    spoilt("space in a number", "warning", "text_number", ("KR", "1"), put(("KR", "1", "3 420"))),
    spoilt("hard space and decimals", "warning", "text_number", ("KR", "1"), put(("KR", "1", f"3{HARD}420,5"))),
    spoilt("narrow space", "warning", "text_number", ("KR", "1"), put(("KR", "1", f"3{NARROW}420"))),
    spoilt("figure space", "warning", "text_number", ("KR", "1"), put(("KR", "1", f"3{FIGURE}420"))),
    spoilt("an invisible mark", "warning", "text_number", ("KR", "1"), put(("KR", "1", "\u202d3420\u202c"))),
    spoilt("kroner", "warning", "text_number", ("KR", "1"), put(("KR", "1", "kr 3 420,-"))),
    spoilt("half a person", "warning", "decimals", ("PLAN", "1"), put(("PLAN", "1", 17.5))),
    spoilt("a hidden row", "warning", "hidden_value", ("VERN", "1"),
           in_row("VERN", lambda s, row: s.row_dimensions[row].__setattr__("hidden", True))),
    # A question's numbers
    spoilt("not relevant where all must answer", "error", "must_be_answered", ("PLAN", "reason"),
           put(("PLAN", "1", None), ("PLAN", "2", None), ("PLAN", "reason", "Ikke aktuelt"))),
    spoilt("one of two numbers", "error", "one_of_two", ("TRIV", "1"), put(("TRIV", "1", None))),
    spoilt("a dash beside a number", "error", "one_of_two", ("TRIV", "1"), put(("TRIV", "1", "–"))),
    spoilt("a mean of nobody", "error", "mean_of_nobody", ("TILFR", "1"), put(("TILFR", "2", 0))),
    spoilt("18 of 0", "error", "part_of_nothing", ("PLAN", "1"),
           put(("PLAN", "2", 0), ("SVAR", "1", 0), ("SVAR", "2", 0))),
    spoilt("a share above one, swapped", "error", "part_above_whole", ("PLAN", "1"),
           put(("PLAN", "1", 22), ("PLAN", "2", 18), ("SVAR", "2", 18))),
    spoilt("a share above one, not swapped", "error", "part_above_whole", ("TRIV", "1"), put(("TRIV", "1", 44))),
    spoilt("a part above its total", "error", "part_above_total", ("KORT", "1"), put(("KORT", "1", 90))),
    spoilt("parts above the total", "error", "parts_above_total", ("FRAV", "1"), put(("KORT", "1", 40))),
    spoilt("parts below the total", "error", "parts_below_total", ("FRAV", "1"), put(("KORT", "1", 29))),
    spoilt("two answers to one base", "warning", "common_base", ("SVAR", "2"), put(("SVAR", "2", 23))),
    spoilt("not carried out, and not why", "warning", "not_explained", ("TRIV", "comment"),
           put(("TRIV", "1", None), ("TRIV", "2", None), ("TRIV", "reason", "Ikke gjennomført"))),
    spoilt("a budget of 0", "warning", "budget_of_zero", ("KR", "1"), put(("KR", "2", 0))),
    spoilt("numbers and a reason", "warning", "value_and_reason", ("TRIV", "reason"),
           put(("TRIV", "reason", "Kommer senere"))),
    spoilt("half an answer and a reason", "warning", "value_and_reason", ("TRIV", "reason"),
           put(("TRIV", "1", None), ("TRIV", "reason", "Kommer senere"))),
    spoilt("a number over a fetched one", "warning", "typed_over", ("KORT", "2"), put(("KORT", "2", 7))),
    spoilt("a reason of their own", "warning", "unknown_reason", ("TRIV", "reason"),
           put(("TRIV", "1", None), ("TRIV", "2", None), ("TRIV", "reason", "venter på tall"))),
    spoilt("a word for nothing", "warning", "no_reason", ("KLAGE", "1"), put(("KLAGE", "1", "ingen"))),
    # Against what is known from before
    spoilt("the whole year's budget", "warning", "budget_of_year", ("KR", "2"), put(("KR", "2", 4950))),
    spoilt("swapped, by what they were", "warning", "swapped", ("FALL", "1"),
           put(("FALL", "1", 1000), ("FALL", "2", 12))),
    spoilt("kroner for thousand kroner", "warning", "factor", ("KR", "1"),
           put(("KR", "1", 3_420_000), ("KR", "2", 3_300_000))),
    spoilt("ten times as much", "warning", "factor", ("FALL", "2"), put(("FALL", "2", 10_000))),
    spoilt("a tenth", "warning", "factor", ("FALL", "2"), put(("FALL", "2", 100))),
    spoilt("less so far this year than before", "warning", "year_to_date_lower", ("KLAGE", "1"), put(("KLAGE", "1", 4))),
    spoilt("a jump", "warning", "jump", ("SVAR", "1"), put(("SVAR", "1", 0))),
    spoilt("unlike the peers", "warning", "unlike_peers", ("NY", "1"), put(("NY", "1", 2))),
    spoilt("0 where it never is", "warning", "unusual_size", ("NY", "1"), put(("NY", "1", 0))),
    # The result
    spoilt("red, and an action is asked for", "warning", "red_without_action", ("PLAN", "comment"),
           put(("PLAN", "1", 13))),
    spoilt("red, and there must be an action", "error", "red_without_action", ("TRIV", "comment"),
           put(("TRIV", "1", 11))),
    # Dates
    spoilt("signed on a day that does not exist", "warning", "not_a_date", "dated",
           lambda b, s, f: s.__setitem__(f.name(SIGNED_ON)[1], "31.02.2026")),
    spoilt("an action due on a day that does not exist", "warning", "not_a_date", "due", date_of("31.02.2027")),
    spoilt("an action due some time", "warning", "not_a_date", "due", date_of("etter jul")),
    spoilt("an action due on a number that is no date", "warning", "not_a_date", "due", date_of(12)),
    # All of it
    spoilt("another unit's numbers", "warning", "others_numbers", "title", fill(usual("E003", NOW))),
    spoilt("signed by the leader of another unit", "warning", "signed_by_other", "signed", sign("Leder 3")),
    spoilt("signed before the period is over", "info", "signed_early", "dated",
           lambda b, s, f: s.__setitem__(f.name(SIGNED_ON)[1], "01.08.2026")),
    spoilt("a result overtyped", "warning", "result_differs", ("PLAN", "result"), stale),
    spoilt("required and blank", "warning", "required_missing", ("TRIV", "1"),
           put(("TRIV", "1", None), ("TRIV", "2", None), ("NY", "1", "  "), ("NY", "2", None))),
    spoilt("signed, and nothing filled in", "error", "empty_form", "signed", empty),
]

# What looks odd but is right: nothing is found.
FINE = {
    "a sheet renamed": lambda b, s, f: s.__setattr__("title", "Ark1"),
    "a sheet moved": lambda b, s, f: b.move_sheet(s, 2),
    "an extra sheet": lambda b, s, f: b.create_sheet("Kladd", 0).append(["egne notater", 1234]),
    "a note above the title": note_above_title,
    "0 of 0": put(("NY", "1", 0), ("NY", "2", 0)),
    "a blank mean of nobody": put(("TILFR", "1", None), ("TILFR", "2", 0)),
    "not relevant, said so": put(("NY", "1", None), ("NY", "2", None), ("NY", "reason", "Ikke aktuelt")),
    "a dash, with the reason": put(("NY", "1", "–"), ("NY", "2", "–"), ("NY", "reason", "Kommer senere")),
    "a comment like a formula": put(("NY", "comment", "+47 er ikke en formel")),
    "red, with a comment": put(("TRIV", "1", 11), ("TRIV", "comment", "Mange nye.")),
    "red, with an action": lambda b, s, f: (put(("TRIV", "1", 11))(b, s, f), act(b, "Trivsel (TRIV)")),
    "a copy of the form": copy_form(),
    "an older copy of the form with less in it": copy_form(("PLAN", "1", None), ("TRIV", "2", None)),
    "a due date as people write it": date_of("1/3-27"),
    "a due date in words": date_of("1. mars 2027"),
    "a due date that lost its format": date_of(46402),
    "no due date": date_of("–"),
    "a date of signature in words": lambda b, s, f: s.__setitem__(f.name(SIGNED_ON)[1], "10. september 2026"),
    "results that were not computed": lambda b, s, f: s.__setitem__(f.address("PLAN", "result"), None),
}


def act(book, about, **more):
    sheet = book["Tiltak"]
    heading_row = next(c.row for row in sheet.iter_rows() for c in row if c.value == "Knyttet til")
    names = {c.value: c.column for c in sheet[heading_row]}
    for what, value in (("Knyttet til", about), ("Tiltak", "Samtaler"), ("Ansvarlig", "Per Prøve"), *more.items()):
        sheet.cell(heading_row + 1, names[what]).value = value
    return sheet.cell(heading_row + 1, names["Frist"])


# Done in LibreOffice itself, which moves names, merged cells and formulas along, and decides what a cell becomes.
IN_OFFICE = [
    spoilt("a column inserted", "warning", "columns_moved", None,
           lambda b, f: sheet_of(b, f).Columns.insertByIndex(1, 1)),
    spoilt("an empty row inserted", "warning", "rows_moved", None,
           lambda b, f: sheet_of(b, f).Rows.insertByIndex(f.rows["KLAGE"] - 1, 1)),
    spoilt("a row deleted", "error", "code_missing", None,
           lambda b, f: sheet_of(b, f).Rows.removeByIndex(f.rows["NY"] - 1, 1)),
    spoilt("cells merged", "error", "merged_cells", ("PLAN", "1"), lambda b, f: sheet_of(b, f).getCellRangeByName(
        f"{f.address('PLAN', '1')}:{f.address('SVAR', '1')}").merge(True)),
    spoilt("a division by zero", "error", "error_value", ("FALL", "1"),
           lambda b, f: b.type(f.sheet, f.address("FALL", "1"), "=1/0")),
    spoilt("3/4 typed by hand", "error", "date_for_number", ("TILFR", "1"),
           lambda b, f: by_hand(b, f, ("TILFR", "1"), "3/4")),
    spoilt("85 % typed by hand", "error", "per_cent_for_number", ("PLAN", "1"),
           lambda b, f: by_hand(b, f, ("PLAN", "1"), "85 %")),
    spoilt("words typed by hand", "error", "not_a_number", ("KR", "1"),
           lambda b, f: by_hand(b, f, ("KR", "1"), "29 000 ca")),
    spoilt("a hidden row", "warning", "hidden_value", ("VERN", "1"), lambda b, f: sheet_of(b, f).Rows.getByIndex(
        f.rows["VERN"] - 1).setPropertyValue("IsVisible", False)),
    spoilt("a result overtyped", "warning", "result_differs", ("PLAN", "result"),
           lambda b, f: b.type(f.sheet, f.address("PLAN", "result"), 99)),
]


def sheet_of(book, form):
    """The form's sheet, open to changes as when somebody has taken its protection off."""
    sheet = book.document.Sheets.getByName(form.sheet)
    sheet.unprotect("")
    return sheet


def by_hand(book, form, place, text):
    """Type as at the keyboard: the program decides what it is."""
    sheet_of(book, form)
    book.cell(form.sheet, form.address(*place)).FormulaLocal = text


# Rules that one spoiled file cannot show, and the test that does: below, or of the verbs.
SHOWN_OTHERWISE = {
    "unreadable": "one_bad_file_does_not_stop_the_others",
    "changed_meanwhile": "a_file_that_changes_while_it_is_read_is_held",
    "duplicate": "test_the_same_again_is_a_duplicate_and_a_different_one_the_next",
    "two_files": "test_two_different_ones_at_once_are_both_held_naming_the_cells",
    "set_aside": "a_file_once_set_aside_never_becomes_a_revision_by_itself",
    "replaced": "a_held_file_does_not_compete_with_its_correction",
    "late": "test_what_comes_after_closing_is_accepted_and_marked_late",
    "replaces_correction": "a_return_that_takes_the_place_of_an_amendment_says_so",
    "decision_not_used": "what_is_neither_yes_nor_no_is_reported",
    "bad_email": "an_invalid_address_is_reported_and_gets_no_draft",
    "redacted": "an_original_that_was_removed_is_reported",
    "removed_before": "what_was_removed_before_is_looked_for_again",
    "rebuilt_removed": "a_text_is_removed_with_its_original_and_what_was_made_of_it",
    "copies_renewed": "the_copies_beside_the_history_are_replaced_and_what_is_left_is_named",
    "copies_remain": "the_copies_beside_the_history_are_replaced_and_what_is_left_is_named",
    "not_rewritten": "test_what_was_blanked_stays_blank_when_the_file_cannot_be_rewritten",
    "reading": "test_the_setup_in_the_folder_is_read_and_named_first",
    "period_to_send": "test_the_forms_to_send_are_written_from_a_fortnight_before_their_day",
    "period_sent_last": "test_reminders_and_reports_are_for_the_forms_sent_last",
    "open_folder": "test_everybody_who_may_look_into_the_folder_is_a_warning",
    "not_replaced": "a_file_that_cannot_be_replaced_is_reported_and_the_others_go_on",
    "no_copy": "a_failed_backup_rolls_nothing_back",
    "other_program": "test_a_period_made_anew_by_another_version_says_so",
    "upgraded": "test_a_history_of_each_earlier_version_is_copied_first_and_the_copy_named",
    "synchronised": "test_a_folder_synchronised_by_a_cloud_service_gets_a_warning",
    "identity_lost": "test_without_a_history_what_needs_none_is_checked_and_the_rest_is_named",
    "wrong_period": "test_a_form_for_another_period",
    "older_definition": "test_a_form_made_before_a_question_was_changed",
    "older_form": "test_a_form_made_before_a_question_was_added",
    "seal_not_verified": "test_without_a_history_what_needs_none_is_checked_and_the_rest_is_named",
}

# Rules that look at what is known besides the return: the key, the setup, earlier answers and those of others. Of the
# budget for a whole year, what is only half as much again can be reported from earlier years alone.
NEED_A_HISTORY = {"seal_invalid", "hidden_identity_lost", "wrong_municipality", "unknown_unit", "others_numbers", "swapped",
                  "signed_by_other", "factor", "year_to_date_lower", "jump", "unlike_peers", "budget_of_year"}


def rules_of_the_table():
    """The ids in the one table of rules."""
    return set(re.findall(r'^    (?:\[\w+\] =\s+)?\{"(\w+)",\s+BMS_', (SOURCE / "core/check/rules.c").read_text(), re.MULTILINE))


class Made:
    """What all tests here use, made once: the municipality, the clean return, and each way to spoil it."""

    def __init__(self, folder):
        self.folder = folder
        self.town = Town(folder)
        self.form = self.town.form()
        self.clean = folder / "clean.xlsx"
        with Office() as office:
            type_with_office(office, self.form.path, cells_of(self.form, usual(TRIED, NOW)), self.clean)
        self.returned = Form(self.clean)
        self.spoiled = {row.case: self.spoil(row.spoil, f"{i}.xlsx") for i, row in enumerate(TABLE)}

    def spoil(self, spoil, name):
        """A copy of the clean return, spoiled and saved by openpyxl."""
        path = self.folder / name
        book = openpyxl.load_workbook(self.clean)
        spoil(book, book[self.returned.sheet], self.returned)
        book.save(path)
        return path


made = None


def setUpModule():
    global made
    folder = Path(tempfile.mkdtemp(prefix="bms-rules-"))
    unittest.addModuleCleanup(shutil.rmtree, folder)
    made = Made(folder)


class RuleTable(InAFolder):
    def checked(self, path, *arguments):
        (file,) = made.town.check(path, *arguments)["returns"]
        return file

    @staticmethod
    def address(cell):
        form = made.returned
        if isinstance(cell, tuple):
            return form.address(*cell)
        return {None: None, "title": "A1", "signed": form.name(SIGNED_BY)[1], "line": form.identity_cell,
                "dated": form.name(SIGNED_ON)[1], "due": "E5",
                "below": f"{openpyxl.utils.get_column_letter(form.columns['code'])}{FAR_BELOW}"}[cell]

    def assert_reported(self, file, row):
        """The row's finding and no other."""
        found = [(f["severity"], f["rule"], f["cell"]) for f in file["findings"]]
        self.assertEqual((found, file["outcome"]),
                         ([(row.severity, row.rule, self.address(row.cell))], row.outcome), file)

    def test_a_clean_return_saved_by_either_program_breaks_no_rule(self):
        self.assertEqual(self.checked(made.clean)["findings"], [])
        self.assertEqual(self.checked(made.spoil(lambda *_: None, "same.xlsx"))["findings"], [])

    def test_each_rule_is_reported_alone_at_its_cell(self):
        for row in TABLE:
            with self.subTest(row.case):
                self.assert_reported(self.checked(made.spoiled[row.case]), row)

    def test_each_finding_says_what_is_wrong_and_what_to_do_in_three_languages(self):
        for row in TABLE:
            said = []
            for language in ("nb", "nn", "en"):
                with self.subTest(row.case, language=language):
                    (finding,) = self.checked(made.spoiled[row.case], "--lang", language)["findings"]
                    for text in (finding["message"], finding["fix"]):
                        self.assertRegex(text, r"^\S.*[.?!]$")
                        self.assertNotRegex(text, r"[{}]|  | ,| \.(?!\w)|\(\)")
                    said.append(finding["message"])
            self.assertNotEqual(said[0], said[2], row.case)

    def test_what_libreoffice_saves_gives_the_same_findings(self):
        with Office() as office:
            self.assert_parts_are_added_up_while_typing(office)
            for row in IN_OFFICE:
                with self.subTest(row.case):
                    path = self.folder / "skjema.xlsx"
                    with office.workbook(made.clean) as book:
                        row.spoil(book, made.returned)
                        book.save(path)
                    self.assert_reported(self.checked(path), row)

    def assert_parts_are_added_up_while_typing(self, office):
        form = made.returned
        short, status = form.address("KORT", "1"), form.address("FRAV", "status")
        with office.workbook(made.clean) as book:
            for value, expected in ((30, "Uten mål"), (29, f"tall 1 er ikke summen av {short},"), (29.9, "Uten mål"),
                                    (29.8, "ikke summen"), (None, "Uten mål"), ("30 ca", "Uten mål")):
                book.type(form.sheet, short, value)
                self.assertIn(expected, book.shown(form.sheet, status), value)

    def test_what_only_looks_odd_gives_no_finding(self):
        for case, change in FINE.items():
            with self.subTest(case):
                file = self.checked(made.spoil(change, "odd.xlsx"))
                self.assertEqual((file["findings"], file["outcome"]), ([], "accepted"))

    def test_without_a_history_what_needs_none_is_checked_and_the_rest_is_named(self):
        """A unit leader with the form and nothing else."""
        (clean,) = self.checked_alone(made.clean)["findings"]
        self.assertEqual((clean["severity"], clean["rule"]), ("info", "seal_not_verified"))
        for named in ("uendret", "enhet og periode", "tidligere tall", "andre enheter"):
            self.assertIn(named, clean["message"])
        for row in TABLE:
            with self.subTest(row.case):
                file = self.checked_alone(made.spoiled[row.case])
                found = {f["rule"]: f["severity"] for f in file["findings"]}
                if row.rule == "hidden_identity_lost":  # its questions are lost too
                    self.assertEqual(found.pop("identity_lost"), "fatal")
                elif row.rule not in NEED_A_HISTORY:
                    self.assertEqual(found.pop(row.rule), row.severity)
                self.assertLessEqual(set(found), {"seal_not_verified"})

    def checked_alone(self, path):
        alone = self.folder / "alene"
        alone.mkdir(exist_ok=True)
        shutil.copy(path, alone / "skjema.xlsx")
        (file,) = made.town.check("skjema.xlsx", cwd=alone)["returns"]
        return file

    def test_every_rule_is_shown(self):
        shown = {row.rule for row in TABLE + IN_OFFICE}
        self.assertEqual(rules_of_the_table(), shown | set(SHOWN_OTHERWISE))
        self.assertEqual(shown & set(SHOWN_OTHERWISE), set())
        tests = "".join(path.read_text() for folder, ending in (("program", "py"), ("unit", "c"))
                        for path in sorted((SOURCE / "tests" / folder).rglob(f"test_*.{ending}")))
        missing = {rule: test for rule, test in SHOWN_OTHERWISE.items()
                   if not re.search(rf"(?:def|static void) {test}\(", tests)}
        self.assertEqual(missing, {}, "these tests do not exist")


class Changed(InAFolder):
    """What needs another setup, another folder or several files: each test has a copy of the municipality to change."""

    def setUp(self):
        super().setUp()
        self.town = made.town.copy(self.folder)
        self.form = self.town.form()

    def send(self, name=None, **changed):
        return self.town.send(self.form, {**usual(TRIED, NOW), **changed}, NOW, name)

    def collect(self):
        """The outcome of each file of the unit."""
        reported = self.town.bms("collect", NOW, "--json").json
        return {Path(r["file"]).name: (r["outcome"], [f["rule"] for f in r["findings"]], r["revision"])
                for r in reported["returns"] if r["unit"] == TRIED}


class Elsewhere(Changed):
    def found(self, path):
        (file,) = self.town.check(path)["returns"]
        return file["outcome"], [(f["severity"], f["rule"]) for f in file["findings"]], json.dumps(file, ensure_ascii=False)

    def change_setup(self, change):
        sheets = checked_town.setup()
        change(sheets)
        setup_book.save(sheets, self.town.home / "setup.xlsx")
        loaded = self.town.bms("setup", "setup.xlsx", "--yes")
        self.assertEqual(loaded.code, 0, loaded)

    def test_a_form_for_another_period(self):
        shutil.rmtree(self.town.home / "returns" / "2026-T1")
        self.town.send(self.form, usual(TRIED, NOW), "2026-T1")
        (file,) = self.town.check("2026-T1")["returns"]
        self.assertEqual([(f["severity"], f["rule"]) for f in file["findings"]], [("error", "wrong_period")])
        self.assertIn("Dette er skjemaet for 2. tertial 2026. Nå gjelder 1. tertial 2026.", file["findings"][0]["message"])

    def test_a_form_made_before_a_question_was_changed(self):
        path = self.send()
        self.change_setup(lambda sheets: sheets["Indikatorer"][4].update({"Faktor": 100}))
        outcome, found, text = self.found(path)
        self.assertEqual((outcome, found), ("held", [("error", "older_definition")]), text)
        self.assertIn("Fall", text)

    def test_a_form_made_before_a_question_was_added(self):
        path = self.send()

        def add(sheets):
            sheets["Indikatorer"].append({**sheets["Indikatorer"][11], "Kode": "NYERE", "Navn": "Nyere mål",
                                          "Tall 2 – spørsmål": "Hvor mange kunne fått det?"})
            sheets["Plassering"].append(["KORT", "GOD", "NYERE", 20])
            sheets["Hvem måler hva"].append(["NYERE", "*-T*", "x"])
        self.change_setup(add)
        outcome, found, text = self.found(path)
        self.assertEqual((outcome, found), ("accepted", [("warning", "older_form")]), text)
        self.assertIn("Nyere mål", text)

    def test_a_form_made_before_there_was_more_to_say_of_a_number_keeps_its_seal(self):
        def undivided(sheets):
            sheets["Indikatorer"][6].pop("Delene utgjør helheten")
            sheets["Indikatorer"][11].pop("Vanlig størrelse")
        self.change_setup(undivided)
        self.town.bms("forms", NOW, "--force", "--unit", TRIED)
        self.form = self.town.form()
        path = self.send()
        book = openpyxl.load_workbook(path)
        for row in book[self.form.hidden].iter_rows():
            for cell in row:
                cell.value = None if str(cell.value).startswith(("parts_are_all", "usual_")) else cell.value
        book.save(path)
        self.assertEqual(self.found(path)[:2], ("accepted", []))


class InTheFolder(Changed):
    def test_lock_and_system_files_are_skipped(self):
        path = self.send()
        for name in (f"~${path.name}", f".~lock.{path.name}#", "desktop.ini", "Thumbs.db", ".DS_Store"):
            (path.parent / name).write_bytes(b"x")
        reported = self.town.bms("collect", NOW, "--json")
        self.assertEqual((reported.code, reported.json["accepted"], reported.json["unreadable"]), (0, 1, 0), reported)

    def test_a_file_renamed_or_copied_is_read_by_the_identity_inside(self):
        path = self.send("Kopi av skjema (1).xlsx")
        self.assertEqual(self.collect(), {path.name: ("accepted", [], 1)})

    def test_the_same_again_is_a_duplicate_and_a_different_one_the_next(self):
        first = self.send()
        self.collect()
        shutil.copy(first, first.with_name("samme.xlsx"))
        self.assertEqual(self.collect()["samme.xlsx"][:2], ("duplicate", ["duplicate"]))
        self.send("nytt.xlsx", SVAR=(11, 22))
        outcome, rules, revision = self.collect()["nytt.xlsx"]
        self.assertEqual((outcome, revision), ("accepted", 2), rules)

    def test_two_different_ones_at_once_are_both_held_naming_the_cells(self):
        self.send("en.xlsx")
        self.send("to.xlsx", SVAR=(11, 22))
        reported = self.town.bms("collect", NOW, "--json").json
        ours = [r for r in reported["returns"] if r["unit"] == TRIED]
        self.assertEqual([(r["outcome"], [f["rule"] for f in r["findings"]]) for r in ours], [("held", ["two_files"])] * 2)
        self.assertIn(self.form.address("SVAR", "1"), ours[0]["findings"][0]["message"])

    def test_a_held_file_does_not_compete_with_its_corrected_successor(self):
        self.send("feil.xlsx", PLAN=("18 ca", 22))
        self.assertEqual(self.collect()["feil.xlsx"][0], "held")
        self.send("rettet.xlsx")
        reported = self.collect()
        self.assertEqual(reported["rettet.xlsx"][0], "accepted", reported)
        self.assertNotIn("two_files", reported["feil.xlsx"][1])


if __name__ == "__main__":
    unittest.main()
