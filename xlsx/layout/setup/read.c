/**
 * Reads a setup workbook into rows of text (bms_workbooks_read_setup): sheets by their names, columns by
 * their headings, both in any of the languages.
 *
 * Whether the contents make sense is for core (bms_definition_read); here only unknown headings and cells
 * without a usable value are found.
 */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "core/workbooks.h"
#include "xlsx/cell/serial.h"
#include "xlsx/layout/allowance.h"
#include "xlsx/read/workbook.h"

#include <string.h>

/** How far down the heading row is searched: there may be a title and some lines of explanation above it. */
enum { HEADING_ROWS = 20 };

/** One sheet being read. */
struct reading {
    bms_arena *arena;
    bms_findings *findings;
    const bms_sheet *cells;
    enum bms_setup_sheet kind;
    const bms_setup_schema *schema;
    bms_setup_table *table;
    bool date_1904;
    uint32_t n_columns;      /* of the sheet */
    const char **column_key; /* by column of the sheet; NULL: no heading, or an unknown one */
};

static const char *tr(const struct reading *reading, const char *text) {
    return bms_tr(reading->findings->language, text);
}

static void add_finding(struct reading *reading, const char *rule, enum bms_severity severity,
                        const bms_cell *cell, const char *message, const char *fix) {
    char address[BMS_ADDRESS_SIZE];
    bms_address_write(cell->row, cell->column, address);
    bms_findings_add(reading->findings,
                     (bms_finding){.rule = rule,
                                   .severity = severity,
                                   .sheet = bms_arena_text(reading->findings->arena, reading->cells->name),
                                   .cell = bms_arena_text(reading->findings->arena, address),
                                   .message = message,
                                   .fix = fix});
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

/** @return a cell's text as people see it, trimmed; "" for a blank one. */
static const char *text_of(const struct reading *reading, const bms_cell *cell) {
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

/** @return how many headings of the schema are in a row. */
static size_t headings_in(const struct reading *reading, uint32_t row) {
    size_t n = 0;
    for (size_t i = 0; i < reading->cells->n_cells; i++) {
        const bms_cell *cell = &reading->cells->cells[i];
        if (cell->row == row && cell->kind == BMS_CELL_TEXT &&
            bms_setup_recognise_column(reading->kind, text_of(reading, cell)))
            n++;
    }
    return n;
}

/** @return the row with the most headings, of equals the first; 0 where there are none. */
static uint32_t heading_row(const struct reading *reading) {
    uint32_t found = 0;
    size_t most = 0;
    for (uint32_t row = 0; row < HEADING_ROWS; row++) {
        size_t n = headings_in(reading, row);
        if (n > most) {
            most = n;
            found = row;
        }
    }
    return found;
}

static void heading_not_known(struct reading *reading, const bms_cell *cell, const char *heading) {
    const char *message =
        bms_message(reading->findings->arena,
                    tr(reading, BMS_TEXT("The column '{heading}' is not known here and is not read.")),
                    "heading", heading, NULL);
    add_finding(
        reading, "unknown_column", BMS_WARNING, cell, message,
        tr(reading,
           BMS_TEXT(
               "If it is meant to be one of the template's columns, write the heading as in the template.")));
}

static void heading_twice(struct reading *reading, const bms_cell *cell, const char *heading) {
    const char *message = bms_message(reading->findings->arena,
                                      tr(reading, BMS_TEXT("There are two columns called '{heading}'.")),
                                      "heading", heading, NULL);
    add_finding(reading, "column_twice", BMS_ERROR, cell, message,
                tr(reading, BMS_TEXT("Remove one of them, or rename it.")));
}

static void add_further(struct reading *reading, const bms_cell *cell, const char *heading,
                        size_t *capacity) {
    bms_setup_table *table = reading->table;
    for (size_t i = 0; i < table->n_further; i++) {
        if (bms_text_same(table->further[i], heading)) {
            heading_twice(reading, cell, heading);
            return;
        }
    }
    const char **added =
        bms_arena_grow(reading->arena, &table->further, &table->n_further, capacity, sizeof *added);
    if (!added)
        return;
    *added = heading;
    reading->column_key[cell->column] = heading;
}

/** Find out what the column under a heading is. */
static void read_heading(struct reading *reading, const bms_cell *cell, uint32_t *columns, size_t *capacity) {
    const char *heading = text_of(reading, cell);
    if (heading[0] == '\0')
        return;
    const bms_setup_column *column = bms_setup_recognise_column(reading->kind, heading);
    if (!column && reading->schema->further_columns) {
        add_further(reading, cell, heading, capacity);
    } else if (!column) {
        heading_not_known(reading, cell, heading);
    } else if (columns[column - reading->schema->columns] != BMS_NO_COLUMN) {
        heading_twice(reading, cell, heading);
    } else {
        columns[column - reading->schema->columns] = cell->column;
        reading->column_key[cell->column] = column->key;
    }
}

static void read_headings(struct reading *reading) {
    uint32_t *columns = bms_arena_alloc(reading->arena, reading->schema->n_columns * sizeof *columns);
    reading->n_columns = reading->cells->info.columns_used;
    reading->column_key = bms_arena_alloc(reading->arena, reading->n_columns * sizeof *reading->column_key);
    if (!columns || !reading->column_key)
        return;
    for (size_t i = 0; i < reading->schema->n_columns; i++)
        columns[i] = BMS_NO_COLUMN;
    reading->table->heading_row = heading_row(reading);
    size_t capacity = 0;
    for (size_t i = 0; i < reading->cells->n_cells; i++) {
        if (reading->cells->cells[i].row == reading->table->heading_row)
            read_heading(reading, &reading->cells->cells[i], columns, &capacity);
    }
    reading->table->columns = columns;
}

/** Report a cell without a usable value: a formula with an error, or one that was never computed. */
static void cell_without_value(struct reading *reading, const bms_cell *cell) {
    if (cell->kind == BMS_CELL_ERROR) {
        const char *message =
            bms_message(reading->findings->arena, tr(reading, BMS_TEXT("The cell shows {error}.")), "error",
                        cell->text ? cell->text : "", NULL);
        add_finding(reading, "error_cell", BMS_ERROR, cell, message,
                    tr(reading, BMS_TEXT("Delete it and write the value itself.")));
    } else {
        add_finding(reading, "no_result", BMS_ERROR, cell,
                    tr(reading, BMS_TEXT("The cell holds a formula that was never calculated.")),
                    tr(reading, BMS_TEXT("Open the workbook in Excel, save it and try again.")));
    }
}

/** Capacities of a table's rows and cells as they grow. */
struct growth {
    size_t rows;
    size_t cells; /* of the last row */
};

static bms_setup_row *row_for(struct reading *reading, struct growth *growth, uint32_t row_index) {
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

static void add_cell(struct reading *reading, struct growth *growth, const bms_cell *cell, const char *text) {
    bms_setup_row *row = row_for(reading, growth, cell->row);
    bms_setup_cell *added =
        row ? bms_arena_grow(reading->arena, &row->cells, &row->n_cells, &growth->cells, sizeof *added)
            : NULL;
    if (!added)
        return;
    *added = (bms_setup_cell){.column = reading->column_key[cell->column],
                              .text = text,
                              .row_index = cell->row,
                              .column_index = cell->column};
}

static void read_rows(struct reading *reading) {
    struct growth growth = {0};
    for (size_t i = 0; i < reading->cells->n_cells; i++) {
        const bms_cell *cell = &reading->cells->cells[i];
        if (cell->row <= reading->table->heading_row || !reading->column_key[cell->column])
            continue;
        if (cell->kind == BMS_CELL_ERROR || cell->kind == BMS_CELL_BLANK) {
            cell_without_value(reading, cell);
            continue;
        }
        const char *text = text_of(reading, cell);
        if (text[0] != '\0')
            add_cell(reading, &growth, cell, text);
    }
}

static void sheet_twice(struct reading *reading) {
    const bms_cell first = {.row = 0, .column = 0};
    const char *message = bms_message(
        reading->findings->arena, tr(reading, BMS_TEXT("'{sheet}' and '{other}' are the same sheet.")),
        "sheet", reading->cells->name, "other", reading->table->sheet_name, NULL);
    add_finding(reading, "sheet_twice", BMS_ERROR, &first, message,
                tr(reading, BMS_TEXT("Remove one of them, or rename it.")));
}

/** Read sheet `index` of the workbook as the setup sheet named in `reading`. */
static enum bms_status read_sheet(struct reading *reading, bms_workbook *workbook, size_t index,
                                  bms_error *error) {
    enum bms_status status = bms_sheet_load(&reading->cells, workbook, index, reading->arena, error);
    if (status != BMS_OK)
        return status;
    if (reading->table->sheet_name) {
        sheet_twice(reading);
    } else {
        reading->table->sheet_name = reading->cells->name;
        read_headings(reading);
        if (reading->table->columns)
            read_rows(reading);
    }
    status = bms_error_of_arena(status, reading->arena, error);
    return bms_error_of_arena(status, reading->findings->arena, error);
}

enum bms_status bms_workbooks_read_setup(bms_arena *arena, const bms_source *source, bms_setup_book *out,
                                         bms_findings *findings, bms_error *error) {
    memset(out, 0, sizeof *out);
    findings->file = source->name;
    bms_workbook *workbook = NULL;
    bms_allowance allowance;
    bms_allowance_begin(&allowance, &bms_own_allowance, arena);
    enum bms_status status =
        bms_workbook_open(&workbook, source, &allowance.wanted, findings->language, error);
    for (size_t i = 0; status == BMS_OK && i < bms_workbook_sheet_count(workbook); i++) {
        enum bms_setup_sheet kind;
        if (!bms_setup_recognise_sheet(bms_workbook_sheet(workbook, i)->name, &kind))
            continue;
        struct reading reading = {.arena = arena,
                                  .findings = findings,
                                  .kind = kind,
                                  .schema = bms_setup_schema_of(kind),
                                  .table = &out->tables[kind],
                                  .date_1904 = bms_workbook_date_1904(workbook)};
        status = read_sheet(&reading, workbook, i, error);
    }
    bms_workbook_free(workbook);
    return bms_allowance_end(&allowance, status, source, findings->language, error);
}
