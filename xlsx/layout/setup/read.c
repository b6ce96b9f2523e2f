/**
 * Reads a setup workbook into rows of text (bms_workbooks_read_setup): sheets by their names, columns by
 * their headings, both in any of the languages.
 *
 * Whether the contents make sense is for core (bms_definition_read); here are found sheets and headings that
 * are wrong (sheets.c, headings.c), and cells without a usable value.
 */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "core/workbooks.h"
#include "xlsx/cell/serial.h"
#include "xlsx/layout/allowance.h"
#include "xlsx/layout/setup/reading.h"

#include <string.h>

void setup_mistake(struct setup_reading *reading, enum bms_mistake mistake, uint32_t row, uint32_t column,
                   const char *value, const char *other) {
    char address[BMS_ADDRESS_SIZE];
    bms_setup_mistake_in_sheet(reading->findings, mistake, reading->cells->name,
                               bms_address_write(row, column, address), value, other);
}

/** @return a text without the control characters that no workbook keeps when it is written: a form made of it
 * would not say what its seal says. A line end is one. */
static const char *without_controls(bms_arena *arena, const char *text) {
    static const char controls[] =
        "\x01\x02\x03\x04\x05\x06\x07\x08\x0B\x0C\r\x0E\x0F\x10\x11\x12\x13\x14\x15"
        "\x16\x17\x18\x19\x1A\x1B\x1C\x1D\x1E\x1F\x7F";
    size_t plain = strcspn(text, controls);
    if (text[plain] == '\0')
        return text;
    char *copy = bms_arena_buffer(arena, text, strlen(text));
    char *end = copy;
    for (const char *from = text; copy && *from; from++) {
        if (*from == '\r' && from[1] == '\n')
            continue;
        const char shown = *from == '\r' ? '\n' : ' ';
        *end++ = strchr(controls, *from) ? shown : *from;
    }
    if (copy)
        *end = '\0';
    return copy ? copy : "";
}

const char *setup_text_of(const struct setup_reading *reading, const bms_cell *cell) {
    if (!cell)
        return "";
    switch (cell->kind) {
    case BMS_CELL_TEXT:
        return bms_text_trim(reading->arena, without_controls(reading->arena, cell->text));
    case BMS_CELL_BOOLEAN:
        return cell->number != 0 ? "yes" : "no";
    case BMS_CELL_NUMBER: {
        bms_day day = cell->is_date ? bms_serial_day(cell->number, reading->date_1904) : BMS_NO_DAY;
        if (day != BMS_NO_DAY)
            return bms_day_iso(reading->arena, day);
        if (!cell->is_per_cent)
            return bms_setup_number_text(reading->arena, cell->number);
        const char *number = bms_setup_number_text(reading->arena, bms_number_round(cell->number * 100, 12));
        return bms_arena_format(reading->arena, "%s %%", number);
    }
    case BMS_CELL_BLANK:
    case BMS_CELL_ERROR:
        break;
    }
    return "";
}

/* Rows */

/** Capacities of a table's rows and cells as they grow. */
struct growth {
    size_t rows;
    size_t cells; /* of the last row */
};

static bms_setup_row *row_for(struct setup_reading *reading, struct growth *growth, uint32_t row_index) {
    bms_setup_table *table = reading->table;
    if (table->n_rows > 0 && table->rows[table->n_rows - 1].row_index == row_index)
        return &table->rows[table->n_rows - 1];
    bms_setup_row *row =
        bms_arena_grow(reading->arena, &table->rows, &table->n_rows, &growth->rows, sizeof *row);
    if (!row)
        return NULL;
    growth->cells = 0;
    row->row_index = row_index;
    return row;
}

/** @param text  NULL: what is wrong with the cell is reported, and it is kept as unreadable */
static void add_cell(struct setup_reading *reading, struct growth *growth, const bms_cell *cell,
                     const char *text) {
    bms_setup_row *row = row_for(reading, growth, cell->row);
    bms_setup_cell *added =
        row ? bms_arena_grow(reading->arena, &row->cells, &row->n_cells, &growth->cells, sizeof *added)
            : NULL;
    if (!added)
        return;
    *added = (bms_setup_cell){.column = reading->column_key[cell->column],
                              .text = text ? text : "",
                              .unreadable = !text,
                              .row_index = cell->row,
                              .column_index = cell->column};
}

/** @return whether cells of a column hold codes, or the names of groups: texts that must not become dates. */
static bool holds_codes(const bms_setup_column *column) {
    static const char *const keys[] = {"periods",      "form",    "scope",   "exceptions",
                                       "persons_from", "same_as", "part_of", "group"};
    if (column->type == BMS_COLUMN_CODE || column->type == BMS_COLUMN_REFERENCE)
        return true;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(column->key, keys[i]) == 0)
            return true;
    }
    return false;
}

/** Report what a spreadsheet program has made a date of: 1-2 and 3.4 are not dates where codes and numbers
 * belong. @return whether it is one */
static bool became_date(struct setup_reading *reading, const bms_cell *cell) {
    const bms_setup_column *column = bms_setup_column_of(reading->kind, reading->column_key[cell->column]);
    if (cell->kind != BMS_CELL_NUMBER || !cell->is_date || !column)
        return false;
    bool codes = holds_codes(column);
    if (!codes && column->type != BMS_COLUMN_NUMBER && strcmp(column->key, "usual") != 0)
        return false;
    bms_arena *arena = reading->findings->arena;
    const char *language = reading->findings->language;
    const bms_day day = bms_serial_day(cell->number, reading->date_1904);
    int year = 0;
    int month = 0;
    int of_month = 0;
    if (day == BMS_NO_DAY)
        return false;
    bms_day_parts(day, &year, &month, &of_month);
    const char *number = bms_number_plain(arena, of_month + month / (month < 10 ? 10.0 : 100.0), language);
    const char *meant = bms_message(arena, bms_tr(language, BMS_TEXT("{number} or {from}–{to}")), "number",
                                    number, "from", bms_arena_format(arena, "%d", of_month), "to",
                                    bms_arena_format(arena, "%d", month), NULL);
    setup_mistake(reading, codes ? BMS_MISTAKE_CODE_BECAME_DATE : BMS_MISTAKE_NUMBER_BECAME_DATE, cell->row,
                  cell->column, bms_day_text(arena, day, language), meant);
    return true;
}

/** Report a cell without a usable value: an error, a formula that was never computed, what became a date. */
static bool unusable(struct setup_reading *reading, const bms_cell *cell) {
    if (cell->kind == BMS_CELL_ERROR) {
        setup_mistake(reading, BMS_MISTAKE_ERROR_CELL, cell->row, cell->column, cell->text, NULL);
        return true;
    }
    if (cell->kind == BMS_CELL_BLANK) {
        setup_mistake(reading, BMS_MISTAKE_NO_RESULT, cell->row, cell->column, NULL, NULL);
        return true;
    }
    return became_date(reading, cell);
}

static void read_rows(struct setup_reading *reading) {
    struct growth growth = {0};
    for (size_t i = 0; i < reading->cells->n_cells; i++) {
        const bms_cell *cell = &reading->cells->cells[i];
        if (cell->row <= reading->table->heading_row || !reading->column_key[cell->column])
            continue;
        const char *text = unusable(reading, cell) ? NULL : setup_text_of(reading, cell);
        if (!text || text[0] != '\0')
            add_cell(reading, &growth, cell, text);
    }
}

/* What is merged or hidden */

/** Make an empty cell that a merged one covers unreadable: that it is empty is said already. */
static void cover(struct setup_reading *reading, bms_setup_row *row, uint32_t column) {
    const char *key = column < reading->n_columns ? reading->column_key[column] : NULL;
    if (!key || bms_setup_find(row, key))
        return;
    bms_setup_cell *cells = bms_arena_alloc(reading->arena, (row->n_cells + 1) * sizeof *cells);
    if (!cells)
        return;
    memcpy(cells, row->cells, row->n_cells * sizeof *cells);
    cells[row->n_cells] = (bms_setup_cell){
        .column = key, .text = "", .unreadable = true, .row_index = row->row_index, .column_index = column};
    row->cells = cells;
    row->n_cells++;
}

/** @return whether any column of the range is read. */
static bool is_read(const struct setup_reading *reading, const bms_range *range) {
    for (uint32_t c = range->first_column; c <= range->last_column && c < reading->n_columns; c++) {
        if (reading->column_key[c])
            return true;
    }
    return false;
}

static void check_range(struct setup_reading *reading, const bms_range *range) {
    char text[BMS_RANGE_SIZE];
    const bms_cell *first = bms_sheet_find(reading->cells, range->first_row, range->first_column);
    setup_mistake(reading, BMS_MISTAKE_MERGED_CELLS, range->first_row, range->first_column,
                  bms_range_write(range, text), setup_text_of(reading, first));
    for (size_t r = 0; r < reading->table->n_rows; r++) {
        bms_setup_row *row = &reading->table->rows[r];
        for (uint32_t c = range->first_column; row->row_index >= range->first_row &&
                                               row->row_index <= range->last_row && c <= range->last_column;
             c++)
            cover(reading, row, c);
    }
}

static void check_merged(struct setup_reading *reading) {
    enum { MOST_SAID = 20 }; /* of one sheet; after these it is understood */
    size_t said = 0;
    for (size_t i = 0; i < reading->cells->info.n_merged && said < MOST_SAID; i++) {
        const bms_range *range = &reading->cells->info.merged[i];
        const bms_cell *first = bms_sheet_find(reading->cells, range->first_row, range->first_column);
        if (range->first_row <= reading->table->heading_row || !is_read(reading, range) ||
            setup_text_of(reading, first)[0] == '\0')
            continue;
        check_range(reading, range);
        said++;
    }
}

/** @return whether a row is hidden: a cell of it is, and the heading above is not. */
static bool row_hidden(const struct setup_reading *reading, const bms_cell *cell) {
    const bms_cell *heading =
        cell->hidden ? bms_sheet_find(reading->cells, reading->table->heading_row, cell->column) : NULL;
    return heading && !heading->hidden;
}

/** Say once that hidden rows count; nobody sees them, and a filter may have been forgotten. */
static void check_hidden(struct setup_reading *reading) {
    enum { MOST_NAMED = 8 };
    bms_arena *arena = reading->findings->arena;
    const char *rows = "";
    size_t n = 0;
    uint32_t first = 0;
    uint32_t last = 0;
    if (reading->cells->visibility != BMS_SHEET_VISIBLE) {
        bms_setup_mistake_in_sheet(reading->findings, BMS_MISTAKE_HIDDEN_SHEET, reading->cells->name, NULL,
                                   NULL, NULL);
        return;
    }
    for (size_t i = 0; i < reading->cells->n_cells; i++) {
        const bms_cell *cell = &reading->cells->cells[i];
        if (cell->row <= reading->table->heading_row || !reading->column_key[cell->column] ||
            (n > 0 && cell->row == last) || !row_hidden(reading, cell))
            continue;
        last = cell->row;
        first = n++ == 0 ? last : first;
        if (n <= MOST_NAMED)
            rows = bms_arena_format(arena, "%s%s%u", rows, n > 1 ? ", " : "", last + 1);
    }
    if (n > 0) {
        setup_mistake(reading, BMS_MISTAKE_HIDDEN_ROWS, first, 0,
                      n > MOST_NAMED ? bms_arena_format(arena, "%s …", rows) : rows, NULL);
    }
}

/* Sheets */

static void read_table(struct setup_reading *reading) {
    reading->table->sheet_name = reading->cells->name;
    setup_read_headings(reading);
    if (bms_arena_failed(reading->arena))
        return;
    read_rows(reading);
    check_merged(reading);
    check_hidden(reading);
}

/** Read sheet `index` of the workbook as the setup sheet named in `reading`. */
static enum bms_status read_sheet(struct setup_reading *reading, bms_workbook *workbook, size_t index,
                                  bms_error *error) {
    enum bms_status status = bms_sheet_load(&reading->cells, workbook, index, reading->arena, error);
    if (status != BMS_OK)
        return status;
    if (reading->table->sheet_name) {
        setup_mistake(reading, BMS_MISTAKE_SHEET_TWICE, 0, 0, NULL, reading->table->sheet_name);
    } else {
        read_table(reading);
    }
    status = bms_error_of_arena(status, reading->arena, error);
    return bms_error_of_arena(status, reading->findings->arena, error);
}

enum bms_status bms_workbooks_read_setup(bms_arena *arena, const bms_source *source, bms_setup_book *out,
                                         bms_findings *findings, bms_error *error) {
    memset(out, 0, sizeof *out);
    findings->file = source->name;
    bms_workbook *workbook = NULL;
    enum bms_setup_sheet *kinds = NULL;
    bms_allowance allowance;
    bms_allowance_begin(&allowance, &bms_own_allowance, arena);
    enum bms_status status =
        bms_workbook_open(&workbook, source, &allowance.wanted, findings->language, error);
    if (status == BMS_OK)
        status = setup_find_sheets(arena, workbook, findings, &kinds, error);
    for (size_t i = 0; status == BMS_OK && i < bms_workbook_sheet_count(workbook); i++) {
        if (kinds[i] == BMS_N_SETUP_SHEETS)
            continue;
        struct setup_reading reading = {.arena = arena,
                                        .findings = findings,
                                        .kind = kinds[i],
                                        .schema = bms_setup_schema_of(kinds[i]),
                                        .table = &out->tables[kinds[i]],
                                        .date_1904 = bms_workbook_date_1904(workbook)};
        status = read_sheet(&reading, workbook, i, error);
    }
    bms_workbook_free(workbook);
    return bms_allowance_end(&allowance, status, source, findings->language, error);
}
