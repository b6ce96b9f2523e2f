/**
 * Reads a return as it came (bms_workbooks_read_return): identity, questions, the rows of the table,
 * signature, actions. Nothing is checked here.
 */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/findings.h"
#include "core/base/number.h"
#include "core/base/platform.h"
#include "core/base/text.h"
#include "core/workbooks.h"
#include "xlsx/cell/serial.h"
#include "xlsx/layout/allowance.h"
#include "xlsx/layout/form/personal.h"
#include "xlsx/layout/form/return_sheets.h"

#include <string.h>

/** A return being read. */
struct reading {
    bms_arena *arena;
    const bms_workbook *workbook;
    const char *language;
    bms_found_sheets found;
    bms_raw_return *out;
};

static const bms_identity no_identity = {"", "", "", "", "", ""};

static enum bms_raw_kind kind_of(const bms_cell *cell) {
    switch (cell->kind) {
    case BMS_CELL_BLANK:
        return cell->has_formula ? BMS_RAW_NO_RESULT : BMS_RAW_BLANK;
    case BMS_CELL_NUMBER:
        return cell->is_date ? BMS_RAW_DATE : cell->is_per_cent ? BMS_RAW_PER_CENT : BMS_RAW_NUMBER;
    case BMS_CELL_TEXT:
        return BMS_RAW_TEXT;
    case BMS_CELL_BOOLEAN:
        return BMS_RAW_BOOLEAN;
    case BMS_CELL_ERROR:
        return BMS_RAW_ERROR;
    }
    return BMS_RAW_BLANK;
}

/** Take what is in a cell; a column that was not found gives a blank without an address. */
static bms_raw_cell raw_cell(struct reading *reading, const bms_sheet *sheet, uint32_t row, uint32_t column) {
    bms_raw_cell raw = {.kind = BMS_RAW_BLANK, .day = BMS_NO_DAY};
    if (column == BMS_NO_COLUMN)
        return raw;
    bms_cell_address(row, column, raw.address);
    const bms_range *merged = bms_sheet_merged_at(sheet, row, column);
    if (merged)
        (void)bms_range_write(merged, raw.merged);
    const bms_cell *cell = bms_sheet_find(sheet, row, column);
    if (!cell)
        return raw;
    raw.kind = kind_of(cell);
    raw.formula = cell->has_formula;
    raw.hidden = cell->hidden;
    raw.number = cell->number;
    if (raw.kind == BMS_RAW_DATE || raw.kind == BMS_RAW_NUMBER)
        raw.day = bms_serial_day(cell->number, bms_workbook_date_1904(reading->workbook));
    if (raw.kind == BMS_RAW_TEXT || raw.kind == BMS_RAW_ERROR)
        raw.text = cell->text;
    size_t length = 0;
    if (raw.kind == BMS_RAW_TEXT)
        (void)bms_text_trimmed(cell->text, &length);
    if (raw.kind == BMS_RAW_TEXT && length == 0) {
        raw.kind = BMS_RAW_BLANK; /* only white space, or a fetched number that is still missing */
        raw.text = NULL;
    }
    return raw;
}

/** @return a cell as text, trimmed: a code may have become a number; "" for other kinds. */
static const char *text_of(const struct reading *reading, const bms_cell *cell) {
    if (cell && cell->kind == BMS_CELL_NUMBER) {
        char digits[32];
        bms_number_shortest(cell->number, digits);
        return bms_arena_text(reading->arena, digits);
    }
    return cell && cell->kind == BMS_CELL_TEXT ? bms_text_trim(reading->arena, cell->text) : "";
}

/* Identity */

/** Where a defined name refers to on the form; NULL when it is lost or refers elsewhere. */
static const bms_range *named_cell(const struct reading *reading, const char *name) {
    const bms_defined_name *found = bms_workbook_find_name(reading->workbook, name, BMS_NO_SHEET);
    if (!found || !reading->found.form.sheet || found->sheet != reading->found.form.index)
        return NULL;
    return &found->range;
}

static bool find_line(struct reading *reading) {
    const bms_sheet *sheet = reading->found.form.sheet;
    const bms_range *named = named_cell(reading, BMS_NAME_IDENTITY);
    const bms_cell *cell = named ? bms_sheet_find(sheet, named->first_row, named->first_column) : NULL;
    if (!bms_return_take_line(reading->arena, cell, &reading->out->visible))
        cell = bms_return_find_line(reading->arena, sheet, &reading->out->visible);
    if (!cell) {
        reading->out->visible = no_identity;
        return false;
    }
    bms_cell_address(cell->row, cell->column, reading->out->visible_address);
    return true;
}

/** @return the cell above the headings with this text; for "" the first that has one. NULL: none */
static const bms_cell *text_above(const bms_found_table *form, const char *text) {
    for (size_t i = 0; i < form->sheet->n_cells && form->sheet->cells[i].row < form->heading_row; i++) {
        const bms_cell *cell = &form->sheet->cells[i];
        if (cell->kind == BMS_CELL_TEXT && (*text == '\0' || bms_text_same(cell->text, text)))
            return cell;
    }
    return NULL;
}

/** The title: by its name, else what the hidden sheet says it is, else the first text above the headings:
 * somebody may have written a note on top. */
static void find_title(struct reading *reading) {
    const bms_found_table *form = &reading->found.form;
    const bms_range *named = named_cell(reading, BMS_NAME_TITLE);
    const bms_cell *cell = named ? bms_sheet_find(form->sheet, named->first_row, named->first_column) : NULL;
    if (!cell)
        cell = text_above(form, reading->out->hidden.title);
    if (!cell)
        cell = text_above(form, "");
    if (!cell)
        return;
    reading->out->visible.title = text_of(reading, cell);
    bms_cell_address(cell->row, cell->column, reading->out->title_address);
}

static enum bms_status read_identity(struct reading *reading, bms_error *error) {
    bms_raw_return *out = reading->out;
    const bms_sheet *hidden = reading->found.hidden;
    enum bms_status status = BMS_OK;
    if (hidden) {
        status =
            bms_hidden_read(reading->arena, hidden, &out->hidden, &out->questions, &out->n_questions, error);
    }
    const bool visible = reading->found.form.sheet && find_line(reading);
    if (visible)
        find_title(reading);
    if (hidden) {
        out->recognition = visible ? BMS_BOTH_IDENTITIES : BMS_VISIBLE_IDENTITY_LOST;
    } else {
        out->recognition = visible ? BMS_HIDDEN_IDENTITY_LOST : BMS_NOT_OURS;
    }
    return status;
}

/* The table */

/** @return the first required heading that was not found; NULL when all are there. */
static const char *missing_heading(const bms_found_table *form, const char *language) {
    static const enum bms_form_column needed[] = {BMS_FORM_CODE, BMS_FORM_NUMBER_1, BMS_FORM_NUMBER_2,
                                                  BMS_FORM_REASON, BMS_FORM_COMMENT};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (form->columns[needed[i]] == BMS_NO_COLUMN)
            return bms_tr(language, bms_form_heading(needed[i]));
    }
    return NULL;
}

static const bms_question *question_of(const bms_raw_return *out, const char *code) {
    for (size_t i = 0; i < out->n_questions; i++) {
        if (bms_code_compare(out->questions[i].indicator, code) == 0)
            return &out->questions[i];
    }
    return NULL;
}

/** The form offers the words yes and no; here they become the numbers 1 and 0. */
static void read_yes_or_no(bms_raw_cell *cell) {
    if (cell->kind != BMS_RAW_TEXT)
        return;
    const bool yes = bms_says(cell->text, BMS_WORD_YES);
    if (!yes && !bms_says(cell->text, BMS_WORD_NO))
        return;
    cell->kind = BMS_RAW_NUMBER;
    cell->number = yes ? 1 : 0;
}

static void read_row(struct reading *reading, const bms_found_table *form, uint32_t row, const char *code,
                     bms_raw_row *out) {
    const bms_question *question = question_of(reading->out, code);
    out->indicator = code;
    bms_cell_address(row, form->columns[BMS_FORM_CODE], out->code_address);
    out->numerator = raw_cell(reading, form->sheet, row, form->columns[BMS_FORM_NUMBER_1]);
    out->denominator = raw_cell(reading, form->sheet, row, form->columns[BMS_FORM_NUMBER_2]);
    out->result = raw_cell(reading, form->sheet, row, form->columns[BMS_FORM_RESULT]);
    out->reason = raw_cell(reading, form->sheet, row, form->columns[BMS_FORM_REASON]);
    out->comment = raw_cell(reading, form->sheet, row, form->columns[BMS_FORM_COMMENT]);
    if (question && bms_kind_of(question->kind)->yes_or_no)
        read_yes_or_no(&out->numerator);
}

/** @return whether a column was moved. */
static bool columns_moved(const bms_found_table *form) {
    for (int i = 0; i < BMS_N_FORM_COLUMNS; i++) {
        if (form->columns[i] != BMS_NO_COLUMN && form->columns[i] != (uint32_t)i)
            return true;
    }
    return false;
}

/** @return whether the beginning of the row, where a question or a focus area is named, is empty. */
static bool is_empty(const bms_found_table *form, uint32_t row) {
    const uint32_t named = form->columns[BMS_FORM_INDICATOR];
    const bms_cell *cell = named == BMS_NO_COLUMN ? NULL : bms_sheet_find(form->sheet, row, named);
    return named != BMS_NO_COLUMN && (!cell || cell->kind == BMS_CELL_BLANK);
}

/** Read the rows below the headings that have a code. */
static enum bms_status read_rows(struct reading *reading, bms_error *error) {
    const bms_found_table *form = &reading->found.form;
    bms_raw_return *out = reading->out;
    if (!form->sheet)
        return BMS_OK;
    out->sheet = form->sheet->name;
    out->missing_heading = missing_heading(form, reading->language);
    out->headings_known = !out->missing_heading;
    if (form->columns[BMS_FORM_CODE] == BMS_NO_COLUMN)
        return BMS_OK;
    out->columns_moved = columns_moved(form);
    bms_raw_row *rows = NULL;
    size_t capacity = 0;
    bool gap = false;
    for (uint32_t row = form->heading_row + 1; row < form->sheet->info.rows_used; row++) {
        const bms_cell *cell = bms_sheet_find(form->sheet, row, form->columns[BMS_FORM_CODE]);
        const char *code = cell ? text_of(reading, cell) : "";
        if (!*code) {
            gap = gap || is_empty(form, row);
            continue;
        }
        out->rows_inserted = out->rows_inserted || (gap && out->n_rows > 0);
        gap = false;
        bms_raw_row *added = bms_arena_grow(reading->arena, &rows, &out->n_rows, &capacity, sizeof *added);
        if (!added)
            return bms_error_no_memory(error);
        read_row(reading, form, row, code, added);
    }
    out->rows = rows;
    return BMS_OK;
}

/** Read the rows of another sheet with the form's table. */
static enum bms_status read_copy(struct reading *reading, const bms_found_table *table, bms_raw_copy *out,
                                 bms_error *error) {
    bms_raw_row *rows = NULL;
    size_t capacity = 0;
    *out = (bms_raw_copy){.sheet = table->sheet->name, .visible = no_identity};
    if (!bms_return_find_line(reading->arena, table->sheet, &out->visible))
        out->visible = no_identity;
    if (table->columns[BMS_FORM_CODE] == BMS_NO_COLUMN)
        return BMS_OK;
    for (uint32_t row = table->heading_row + 1; row < table->sheet->info.rows_used; row++) {
        const bms_cell *cell = bms_sheet_find(table->sheet, row, table->columns[BMS_FORM_CODE]);
        const char *code = text_of(reading, cell);
        if (!*code)
            continue;
        bms_raw_row *added = bms_arena_grow(reading->arena, &rows, &out->n_rows, &capacity, sizeof *added);
        if (!added)
            return bms_error_no_memory(error);
        read_row(reading, table, row, code, added);
    }
    out->rows = rows;
    return BMS_OK;
}

static enum bms_status read_copies(struct reading *reading, bms_error *error) {
    const size_t n = reading->found.n_copies;
    bms_raw_copy *copies = bms_arena_alloc(reading->arena, (n + 1) * sizeof *copies);
    if (!copies)
        return bms_error_no_memory(error);
    enum bms_status status = BMS_OK;
    for (size_t i = 0; i < n && status == BMS_OK; i++)
        status = read_copy(reading, &reading->found.copies[i], &copies[i], error);
    reading->out->copies = copies;
    reading->out->n_copies = n;
    return status;
}

/* The signature */

/** @return whether the cell to the left of this one says the label. */
static bool is_beside(const struct reading *reading, const char *label, uint32_t row, uint32_t column) {
    const bms_sheet *sheet = reading->found.form.sheet;
    for (uint32_t left = column; left > 0; left--) {
        const bms_cell *cell = bms_sheet_find(sheet, row, left - 1);
        if (cell && cell->text && *cell->text)
            return bms_says(cell->text, label);
    }
    return false;
}

/** Find the cell that belongs to a label: the next one to its right. */
static bool beside_label(const struct reading *reading, const char *label, uint32_t *row, uint32_t *column) {
    const bms_found_table *form = &reading->found.form;
    for (size_t i = form->sheet->n_cells; i > 0; i--) { /* it is at the bottom */
        const bms_cell *cell = &form->sheet->cells[i - 1];
        if (cell->row <= form->heading_row)
            return false;
        if (cell->kind != BMS_CELL_TEXT || !bms_says(cell->text, label))
            continue;
        const bms_range *merged = bms_sheet_merged_at(form->sheet, cell->row, cell->column);
        *row = cell->row;
        *column = (merged ? merged->last_column : cell->column) + 1;
        return true;
    }
    return false;
}

/**
 * The cell of a signature: where its name refers to, unless the label has moved away from there (not every
 * program moves names when columns are inserted); then beside the label.
 */
static bms_raw_cell signature_cell(struct reading *reading, const char *name, const char *label) {
    uint32_t row = 0;
    uint32_t column = BMS_NO_COLUMN;
    const bms_range *named = named_cell(reading, name);
    const bool in_place = named && is_beside(reading, label, named->first_row, named->first_column);
    if (in_place || (!beside_label(reading, label, &row, &column) && named)) {
        row = named->first_row;
        column = named->first_column;
    }
    return raw_cell(reading, reading->found.form.sheet, row, column);
}

static void read_signature(struct reading *reading) {
    const bms_raw_cell none = {.kind = BMS_RAW_BLANK, .day = BMS_NO_DAY};
    reading->out->signed_by = reading->out->signed_on = none;
    if (!reading->found.form.sheet)
        return;
    reading->out->signed_by = signature_cell(reading, BMS_NAME_SIGNED_BY, BMS_LABEL_SIGNED_BY);
    reading->out->signed_on = signature_cell(reading, BMS_NAME_SIGNED_ON, BMS_LABEL_SIGNED_ON);
}

/* The actions */

static void read_action(struct reading *reading, uint32_t row, bms_raw_action *out) {
    const bms_found_table *table = &reading->found.actions;
    bms_raw_cell *const cells[BMS_N_ACTION_COLUMNS] = {
        [BMS_ACTION_NUMBER] = &out->number, [BMS_ACTION_LINKED] = &out->linked_to,
        [BMS_ACTION_TEXT] = &out->text,     [BMS_ACTION_RESPONSIBLE] = &out->responsible,
        [BMS_ACTION_DUE] = &out->due,       [BMS_ACTION_STATUS] = &out->status,
    };
    for (int i = 0; i < BMS_N_ACTION_COLUMNS; i++)
        *cells[i] = raw_cell(reading, table->sheet, row, table->columns[i]);
}

static enum bms_status read_actions(struct reading *reading, bms_error *error) {
    const bms_found_table *table = &reading->found.actions;
    bms_raw_return *out = reading->out;
    if (!table->sheet || table->columns[BMS_ACTION_TEXT] == BMS_NO_COLUMN)
        return BMS_OK;
    out->action_sheet = table->sheet->name;
    bms_raw_action *actions = NULL;
    size_t capacity = 0;
    for (uint32_t row = table->heading_row + 1; row < table->sheet->info.rows_used; row++) {
        const bms_raw_cell text = raw_cell(reading, table->sheet, row, table->columns[BMS_ACTION_TEXT]);
        if (text.kind == BMS_RAW_BLANK)
            continue;
        bms_raw_action *added =
            bms_arena_grow(reading->arena, &actions, &out->n_actions, &capacity, sizeof *added);
        if (!added)
            return bms_error_no_memory(error);
        read_action(reading, row, added);
    }
    out->actions = actions;
    return BMS_OK;
}

static enum bms_status read_found(struct reading *reading, bms_error *error) {
    enum bms_status status = read_identity(reading, error);
    if (status == BMS_OK)
        status = read_rows(reading, error);
    if (status == BMS_OK)
        status = read_copies(reading, error);
    if (status == BMS_OK)
        read_signature(reading);
    if (status == BMS_OK)
        status = read_actions(reading, error);
    return bms_error_of_arena(status, reading->arena, error);
}

enum bms_status bms_workbooks_read_return(bms_arena *arena, const bms_source *source, uint64_t work,
                                          const char *language, bms_raw_return *out, bms_error *error) {
    bms_workbook *workbook = NULL;
    *out = (bms_raw_return){.hidden = no_identity, .visible = no_identity};
    void *numbers = bms_platform_numbers_begin(); /* the hidden sheet spells numbers with a point */
    bms_allowance allowance;
    bms_allowance_begin(&allowance, &bms_form_allowance, arena);
    if (work > 0 && work < allowance.budget.work)
        allowance.budget.work = work;
    enum bms_status status = bms_allowance_check_file(&allowance, source, language, error);
    if (status == BMS_OK)
        status = bms_workbook_open(&workbook, source, &allowance.wanted, language, error);
    struct reading reading = {.arena = arena, .workbook = workbook, .language = language, .out = out};
    if (status == BMS_OK)
        status = bms_return_find_sheets(arena, workbook, source->name, language, &reading.found, error);
    if (status == BMS_OK)
        status = bms_return_hide_personal(arena, workbook, &reading.found, out, error);
    if (status == BMS_OK)
        status = read_found(&reading, error);
    bms_workbook_free(workbook);
    bms_platform_numbers_end(numbers);
    return bms_allowance_end(&allowance, status, source, language, error);
}
