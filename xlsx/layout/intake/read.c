/**
 * Reads what the coordinator wrote in a Mottak (bms_workbooks_read_intake). Rows are recognised by their
 * hidden column and columns by their headings, in any order.
 */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/workbooks.h"
#include "xlsx/layout/allowance.h"
#include "xlsx/layout/intake/layout.h"
#include "xlsx/read/workbook.h"

#include <string.h>

enum { WRITTEN = 4 };

struct reading {
    bms_arena *arena;
    const bms_sheet *sheet;
    uint32_t heading_row;
    uint32_t written[WRITTEN]; /* columns: accept, reason, use, release */
    uint32_t key;
    bms_intake_answers *out;
};

/** @return a cell's text without white space around it; "" for a blank one. */
static const char *text_at(struct reading *reading, uint32_t row, uint32_t column) {
    const bms_cell *cell = bms_sheet_find(reading->sheet, row, column);
    switch (cell ? cell->kind : BMS_CELL_BLANK) {
    case BMS_CELL_TEXT:
        return bms_text_trim(reading->arena, cell->text);
    case BMS_CELL_NUMBER:
        return bms_setup_number_text(reading->arena, cell->number);
    case BMS_CELL_BOOLEAN:
        return cell->number != 0.0 ? "yes" : "no";
    case BMS_CELL_ERROR:
        return cell->text;
    case BMS_CELL_BLANK:
        break;
    }
    return "";
}

/** Note where a column is, by its heading. @return how many of the required columns it was: 1 or 0 */
static size_t take_heading(struct reading *reading, const bms_cell *cell) {
    static const char *const written[WRITTEN] = {BMS_INTAKE_ACCEPT_HEADING, BMS_INTAKE_REASON_HEADING,
                                                 BMS_INTAKE_USE_HEADING, BMS_INTAKE_RELEASE_HEADING};
    if (strcmp(cell->text, BMS_INTAKE_KEY_HEADING) == 0) {
        reading->key = cell->column;
        return 1;
    }
    for (size_t i = 0; i < WRITTEN; i++) {
        if (bms_says(cell->text, written[i])) {
            reading->written[i] = cell->column;
            return 1;
        }
    }
    return 0;
}

/** @return whether the sheet has the table. */
static bool find_table(struct reading *reading) {
    const bms_sheet *sheet = reading->sheet;
    size_t found = 0;
    uint32_t row = 0;
    for (size_t i = 0; i < sheet->n_cells; i++) {
        const bms_cell *cell = &sheet->cells[i];
        if (cell->row != row) {
            row = cell->row;
            found = 0;
        }
        if (cell->kind == BMS_CELL_TEXT)
            found += take_heading(reading, cell);
        if (found == WRITTEN + 1) {
            reading->heading_row = row;
            return true;
        }
    }
    return false;
}

/** Split a key into its parts; a missing part is "". */
static bms_intake_key split_key(struct reading *reading, const char *text) {
    const char *parts[BMS_INTAKE_KEY_PARTS];
    for (size_t i = 0; i < BMS_INTAKE_KEY_PARTS; i++) {
        size_t length = strcspn(text, "|");
        parts[i] = bms_arena_copy(reading->arena, text, length);
        text += text[length] == '|' ? length + 1 : length;
    }
    return (bms_intake_key){parts[0], parts[1], parts[2], parts[3], parts[4]};
}

static bool read_row(struct reading *reading, uint32_t row, bms_intake_answer *answer) {
    const char *written[WRITTEN];
    bool any = false;
    answer->cell[0] = '\0';
    for (size_t i = 0; i < WRITTEN; i++) {
        written[i] = text_at(reading, row, reading->written[i]);
        if (*written[i] != '\0' && !any)
            bms_address_write(row, reading->written[i], answer->cell);
        any = any || *written[i] != '\0';
    }
    answer->accept = written[0];
    answer->reason = written[1];
    answer->use = written[2];
    answer->release = written[3];
    answer->key = split_key(reading, text_at(reading, row, reading->key));
    return any;
}

static enum bms_status read_table(struct reading *reading, bms_error *error) {
    const uint32_t end = reading->sheet->info.rows_used;
    bms_intake_answer *answers = bms_arena_alloc(
        reading->arena, (end > reading->heading_row ? end - reading->heading_row : 1) * sizeof *answers);
    size_t n = 0;
    if (!answers)
        return bms_error_no_memory(error);
    for (uint32_t row = reading->heading_row + 1; row < end; row++)
        n += read_row(reading, row, &answers[n]);
    reading->out->sheet = reading->sheet->name;
    reading->out->answers = answers;
    reading->out->n = n;
    return BMS_OK;
}

/** The period's code, from the hidden sheet. */
static void take_mark(struct reading *reading) {
    if (strcmp(text_at(reading, 0, 0), BMS_INTAKE_MARK) == 0)
        reading->out->period = text_at(reading, 1, 0);
}

static void take_decided_by(struct reading *reading, const bms_workbook *book, size_t index) {
    const bms_defined_name *name = bms_workbook_find_name(book, BMS_INTAKE_DECIDED_BY, BMS_NO_SHEET);
    reading->out->decided_by =
        name && name->sheet == index ? text_at(reading, name->range.first_row, name->range.first_column) : "";
}

static enum bms_status read_sheets(struct reading *reading, bms_workbook *book, bms_error *error) {
    bool found = false;
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < bms_workbook_sheet_count(book); i++) {
        status = bms_sheet_load(&reading->sheet, book, i, reading->arena, error);
        if (status != BMS_OK)
            break;
        take_mark(reading);
        if (found || !find_table(reading))
            continue;
        found = true;
        take_decided_by(reading, book, i);
        status = read_table(reading, error);
    }
    if (status == BMS_OK && !found)
        reading->out->period = NULL;
    return status;
}

enum bms_status bms_workbooks_read_intake(bms_arena *arena, const bms_source *source, const char *language,
                                          bms_intake_answers *out, bms_error *error) {
    bms_workbook *book = NULL;
    struct reading reading = {.arena = arena, .out = out};
    *out = (bms_intake_answers){.decided_by = ""};
    bms_allowance allowance;
    bms_allowance_begin(&allowance, &bms_own_allowance, arena);
    enum bms_status status = bms_workbook_open(&book, source, &allowance.wanted, language, error);
    if (status == BMS_OK)
        status = read_sheets(&reading, book, error);
    bms_workbook_free(book);
    status = bms_allowance_end(&allowance, status, source, language, error);
    if (status == BMS_OK && !out->period) {
        status = bms_error_set(
            error, BMS_INPUT, source->name,
            bms_tr(language, BMS_TEXT("The table of received files was not found in the workbook.")));
    }
    return bms_error_of_arena(status, arena, error);
}
