/** Reads a setup written as text (see setup_text.h). Whether it makes sense is for bms_definition_read. */
#include "templates/setup_text.h"

#include "core/base/number.h"
#include "core/base/text.h"

#include <stdint.h>
#include <string.h>

enum { MOST_COLUMNS = 64 };

/** The text being read, and how far. */
struct reading {
    bms_arena *arena;
    bms_setup_book *book;
    bms_setup_text_error *error;
    const char *rest;
    unsigned line; /* of the line being read, from 1 */

    bms_setup_table *table; /* of the sheet being read; NULL before the first */
    enum bms_setup_sheet sheet;
    size_t row_capacity;
    size_t cell_capacity;
    size_t further_capacity;
    bool new_row; /* the next cell begins one */

    const char *columns[MOST_COLUMNS]; /* keys of a pipe table's columns; none: the headings come next */
    size_t n_columns;
    bms_setup_cell *last; /* the cell that an indented line continues */
};

static bool fail(struct reading *reading, const char *message) {
    reading->error->line = reading->line;
    reading->error->message = message;
    return false;
}

/** @return the text between two pointers, trimmed. */
static const char *piece(struct reading *reading, const char *from, const char *to) {
    return bms_text_trim(reading->arena, bms_arena_copy(reading->arena, from, (size_t)(to - from)));
}

static bool begin_sheet(struct reading *reading, const char *name) {
    if (!bms_setup_recognise_sheet(name, &reading->sheet))
        return fail(reading, "no sheet is called that");
    reading->table = &reading->book->tables[reading->sheet];
    if (reading->table->sheet_name)
        return fail(reading, "this sheet stands twice");
    reading->table->sheet_name = name;
    reading->table->heading_row = reading->line - 1;
    reading->row_capacity = reading->further_capacity = 0;
    reading->n_columns = 0;
    reading->new_row = true;
    reading->last = NULL;
    return true;
}

/** @return the key of a column by its heading; for a group of the plan, its heading; NULL, and an error. */
static const char *column_key(struct reading *reading, const char *heading) {
    const bms_setup_column *column = bms_setup_recognise_column(reading->sheet, heading);
    if (column)
        return column->key;
    if (!bms_setup_schema_of(reading->sheet)->further_columns) {
        (void)fail(reading, "no column of this sheet is called that");
        return NULL;
    }
    bms_setup_table *table = reading->table;
    for (size_t i = 0; i < table->n_further; i++) {
        if (bms_text_same(table->further[i], heading))
            return table->further[i];
    }
    const char **added = bms_arena_grow(reading->arena, &table->further, &table->n_further,
                                        &reading->further_capacity, sizeof *added);
    return added ? *added = heading : NULL;
}

/** @return where a column is in a workbook made from this text. */
static uint32_t column_index(const struct reading *reading, const char *key) {
    const bms_setup_schema *schema = bms_setup_schema_of(reading->sheet);
    for (size_t i = 0; i < schema->n_columns; i++) {
        if (strcmp(schema->columns[i].key, key) == 0)
            return (uint32_t)i;
    }
    for (size_t i = 0; i < reading->table->n_further; i++) {
        if (strcmp(reading->table->further[i], key) == 0)
            return (uint32_t)(schema->n_columns + i);
    }
    return BMS_NO_COLUMN;
}

/** @return the row that the next cell belongs to; NULL when memory is out. */
static bms_setup_row *current_row(struct reading *reading) {
    bms_setup_table *table = reading->table;
    if (!reading->new_row)
        return &table->rows[table->n_rows - 1];
    bms_setup_row *row =
        bms_arena_grow(reading->arena, &table->rows, &table->n_rows, &reading->row_capacity, sizeof *row);
    if (!row)
        return NULL;
    row->row_index = reading->line - 1;
    reading->new_row = false;
    reading->cell_capacity = 0;
    return row;
}

/** Numbers are stored as in a setup from a workbook, so that both are the same. */
static const char *as_stored(struct reading *reading, const char *key, const char *text) {
    const bms_setup_column *column = bms_setup_column_of(reading->sheet, key);
    double number;
    if (!column || column->type != BMS_COLUMN_NUMBER || bms_number_read(text, &number) != BMS_READ_NUMBER)
        return text;
    return bms_setup_number_text(reading->arena, number);
}

static bool add_cell(struct reading *reading, const char *key, const char *text) {
    if (text[0] == '\0')
        return true;
    bms_setup_row *row = current_row(reading);
    for (size_t i = 0; row && i < row->n_cells; i++) {
        if (strcmp(row->cells[i].column, key) == 0)
            return fail(reading, "this column is given twice");
    }
    bms_setup_cell *added = row ? bms_arena_grow(reading->arena, &row->cells, &row->n_cells,
                                                 &reading->cell_capacity, sizeof *added)
                                : NULL;
    if (!added)
        return false;
    *added = (bms_setup_cell){.column = key,
                              .text = as_stored(reading, key, text),
                              .row_index = reading->line - 1,
                              .column_index = column_index(reading, key)};
    reading->last = added;
    return true;
}

/** Take the next cell of a pipe row. @return NULL after the last */
static const char *next_cell(struct reading *reading, const char **at, const char *end) {
    if (*at >= end)
        return NULL;
    const char *stop = memchr(*at, '|', (size_t)(end - *at));
    if (!stop)
        return NULL;
    const char *cell = piece(reading, *at, stop);
    *at = stop + 1;
    return cell;
}

static bool read_heading_row(struct reading *reading, const char *at, const char *end) {
    const char *heading;
    while ((heading = next_cell(reading, &at, end))) {
        if (reading->n_columns == MOST_COLUMNS)
            return fail(reading, "too many columns");
        const char *key = column_key(reading, heading);
        if (!key)
            return false;
        reading->columns[reading->n_columns++] = key;
    }
    return reading->n_columns > 0 || fail(reading, "a row of a table ends with |");
}

static bool read_pipe_row(struct reading *reading, const char *from, const char *end) {
    const char *at = from + 1;
    reading->last = NULL;
    if (reading->n_columns == 0)
        return read_heading_row(reading, at, end);
    if (strspn(from, "|-: ") >= (size_t)(end - from))
        return true; /* the line under the headings */
    reading->new_row = true;
    size_t column = 0;
    const char *cell;
    while ((cell = next_cell(reading, &at, end))) {
        if (column == reading->n_columns)
            return fail(reading, "more cells than headings");
        if (!add_cell(reading, reading->columns[column++], cell))
            return false;
    }
    reading->last = NULL;
    return column == reading->n_columns || fail(reading, "fewer cells than headings, or no | at the end");
}

/** `Kolonne: verdi` */
static bool read_field(struct reading *reading, const char *from, const char *end) {
    const char *colon = memchr(from, ':', (size_t)(end - from));
    if (!colon)
        return fail(reading, "neither a heading, a table row, a remark nor 'column: value'");
    if (reading->new_row)
        return fail(reading, "a record begins with ### and its code");
    const char *key = column_key(reading, piece(reading, from, colon));
    reading->last = NULL;
    return key && add_cell(reading, key, piece(reading, colon + 1, end));
}

static bool continue_value(struct reading *reading, const char *from, const char *end) {
    if (!reading->last)
        return fail(reading, "an indented line goes on with a value, and there is none");
    const char *more = piece(reading, from, end);
    reading->last->text = bms_arena_format(reading->arena, "%s %s", reading->last->text, more);
    return true;
}

static bool begin_record(struct reading *reading, const char *code) {
    reading->new_row = true;
    bool done = add_cell(reading, bms_setup_schema_of(reading->sheet)->columns[0].key, code);
    return done && (!reading->new_row || fail(reading, "a record begins with ### and its code"));
}

static bool read_line(struct reading *reading, const char *from, const char *end) {
    bool blank = strspn(from, " \t\r") >= (size_t)(end - from);
    if (blank || *from == '>')
        return true;
    if (strncmp(from, "## ", 3) == 0)
        return begin_sheet(reading, piece(reading, from + 3, end));
    if (!reading->table)
        return true; /* the title, and remarks before the first sheet */
    if (strncmp(from, "### ", 4) == 0)
        return begin_record(reading, piece(reading, from + 4, end));
    if (*from == '|')
        return read_pipe_row(reading, from, end);
    if (*from == ' ' || *from == '\t')
        return continue_value(reading, from, end);
    return read_field(reading, from, end);
}

bool bms_setup_text_read(bms_arena *arena, const char *text, bms_setup_book *out,
                         bms_setup_text_error *error) {
    memset(out, 0, sizeof *out);
    memset(error, 0, sizeof *error);
    struct reading reading = {.arena = arena, .book = out, .error = error, .rest = text, .new_row = true};
    while (*reading.rest != '\0') {
        const char *end = reading.rest + strcspn(reading.rest, "\n");
        reading.line++;
        bool read = read_line(&reading, reading.rest, end);
        if (bms_arena_failed(arena))
            return fail(&reading, "out of memory");
        if (!read)
            return false;
        reading.rest = *end == '\0' ? end : end + 1;
    }
    return true;
}
