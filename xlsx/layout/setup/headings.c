/** Finds the headings of a setup sheet and what is wrong with them (setup_read_headings). */
#include "core/base/catalogue.h"
#include "core/base/language.h"
#include "core/base/text.h"
#include "xlsx/layout/setup/reading.h"

#include <string.h>

/** Headings while they are looked at. */
struct headings {
    struct setup_reading *reading;
    uint32_t *columns;       /* by column of the schema */
    size_t further_capacity; /* of the table's further columns */
    uint32_t *further_at;
    bool *named;  /* by column of the sheet: it has a heading of some kind, or it is said why not */
    bool *filled; /* by column of the sheet: there is something below the headings */
};

/* The row */

/** @return how many headings of the schema are in a row. */
static size_t headings_in(const struct setup_reading *reading, uint32_t row) {
    size_t n = 0;
    for (size_t i = 0; i < reading->cells->n_cells; i++) {
        const bms_cell *cell = &reading->cells->cells[i];
        if (cell->row > row)
            break;
        if (cell->row == row && cell->kind == BMS_CELL_TEXT &&
            bms_setup_recognise_column(reading->kind, setup_text_of(reading, cell)))
            n++;
    }
    return n;
}

/** @return the row with the most headings, of equals the first. @param[out] most  how many; maybe none */
static uint32_t heading_row(const struct setup_reading *reading, size_t *most) {
    uint32_t found = 0;
    *most = 0;
    for (uint32_t row = 0; row < SETUP_HEADING_ROWS; row++) {
        size_t n = headings_in(reading, row);
        if (n > *most) {
            *most = n;
            found = row;
        }
    }
    return found;
}

/* What is missing */

static bool is_missing(const struct headings *headings, size_t column) {
    return headings->columns[column] == BMS_NO_COLUMN;
}

/** @return the missing columns' headings; @param needed  only those that no sheet can do without. "" for none
 */
static const char *missing(const struct headings *headings, bool needed) {
    const struct setup_reading *reading = headings->reading;
    const char *list = "";
    for (size_t i = 0; i < reading->schema->n_columns; i++) {
        const bms_setup_column *column = &reading->schema->columns[i];
        if (is_missing(headings, i) && (!needed || column->required || column->needed)) {
            list = bms_arena_format(reading->findings->arena, "%s%s%s", list, list[0] != '\0' ? ", " : "",
                                    bms_tr(reading->findings->language, column->heading));
        }
    }
    return list;
}

/** @return whether a heading is almost another: a slip of the pen, or only its beginning. */
static bool almost_heading(bms_arena *arena, const char *written, const char *right) {
    enum { SHORTEST_BEGINNING = 4 };
    const char *a = bms_text_fold(arena, written);
    const char *b = bms_text_fold(arena, right);
    return bms_text_almost(a, b) || (strlen(a) >= SHORTEST_BEGINNING && strncmp(a, b, strlen(a)) == 0);
}

/** @return the missing column that an unknown heading is almost that of, in any of the languages; or NULL. */
static const bms_setup_column *almost(const struct headings *headings, const char *heading) {
    const struct setup_reading *reading = headings->reading;
    for (size_t i = 0; i < reading->schema->n_columns; i++) {
        const bms_setup_column *column = &reading->schema->columns[i];
        for (size_t l = 0; is_missing(headings, i) && bms_language_at(l); l++) {
            if (almost_heading(reading->arena, heading, bms_tr(bms_language_at(l)->code, column->heading)))
                return column;
        }
    }
    return NULL;
}

/* One heading */

static void heading_mistake(const struct headings *headings, enum bms_mistake mistake, uint32_t column,
                            const char *value, const char *other) {
    setup_mistake(headings->reading, mistake, headings->reading->table->heading_row, column, value, other);
}

static void take_column(struct headings *headings, const bms_setup_column *column, uint32_t at,
                        const char *heading) {
    struct setup_reading *reading = headings->reading;
    uint32_t *place = &headings->columns[column - reading->schema->columns];
    if (*place != BMS_NO_COLUMN) {
        heading_mistake(headings, BMS_MISTAKE_COLUMN_TWICE, at, heading, NULL);
        return;
    }
    *place = at;
    reading->column_key[at] = column->key;
}

static void add_further(struct headings *headings, uint32_t at, const char *heading) {
    struct setup_reading *reading = headings->reading;
    bms_setup_table *table = reading->table;
    for (size_t i = 0; i < table->n_further; i++) {
        if (bms_text_same(table->further[i], heading)) {
            heading_mistake(headings, BMS_MISTAKE_COLUMN_TWICE, at, heading, NULL);
            return;
        }
    }
    headings->further_at[table->n_further] = at;
    const char **added = bms_arena_grow(reading->arena, &table->further, &table->n_further,
                                        &headings->further_capacity, sizeof *added);
    if (!added)
        return;
    *added = heading;
    reading->column_key[at] = heading;
}

/** A heading that is none of ours: almost one, a group's, or the coordinator's own. */
static void read_other_heading(struct headings *headings, uint32_t at, const char *heading) {
    const bms_setup_column *column = almost(headings, heading);
    if (column) {
        heading_mistake(headings, BMS_MISTAKE_ALMOST_COLUMN, at, heading,
                        bms_tr(headings->reading->findings->language, column->heading));
        take_column(headings, column, at, heading);
    } else if (headings->reading->schema->further_columns) {
        add_further(headings, at, heading);
    } else if (headings->filled[at]) {
        heading_mistake(headings, BMS_MISTAKE_UNKNOWN_COLUMN, at, heading, NULL);
    }
}

/** Go through the heading row: those that are ours first, as only what is missing then can be meant. */
static void read_row(struct headings *headings, bool ours) {
    const struct setup_reading *reading = headings->reading;
    for (size_t i = 0; i < reading->cells->n_cells; i++) {
        const bms_cell *cell = &reading->cells->cells[i];
        const char *heading = cell->row == reading->table->heading_row ? setup_text_of(reading, cell) : "";
        if (heading[0] == '\0')
            continue;
        const bms_setup_column *column = bms_setup_recognise_column(reading->kind, heading);
        headings->named[cell->column] = true;
        if (column && ours) {
            take_column(headings, column, cell->column, heading);
        } else if (!column && !ours) {
            read_other_heading(headings, cell->column, heading);
        }
    }
}

/* Headings that are not there */

/** Report headings that stand above several columns. */
static void check_merged_headings(struct headings *headings) {
    const struct setup_reading *reading = headings->reading;
    const uint32_t row = reading->table->heading_row;
    for (size_t i = 0; i < reading->cells->info.n_merged; i++) {
        const bms_range *range = &reading->cells->info.merged[i];
        if (row < range->first_row || row > range->last_row || range->first_column == range->last_column ||
            range->first_column >= reading->n_columns || !headings->named[range->first_column])
            continue;
        char text[BMS_RANGE_SIZE];
        heading_mistake(headings, BMS_MISTAKE_MERGED_HEADING, range->first_column,
                        bms_range_write(range, text), NULL);
        for (uint32_t c = range->first_column; c <= range->last_column && c < reading->n_columns; c++)
            headings->named[c] = true;
        reading->table->unclear = true;
    }
}

/** Report columns with something in them and nothing above. Only where all of ours are there can it be a
 * note. */
static void check_named(struct headings *headings) {
    const struct setup_reading *reading = headings->reading;
    const char *others = missing(headings, false);
    if (reading->schema->further_columns) {
        const char *group = bms_tr(reading->findings->language, BMS_TEXT("a group"));
        others = bms_arena_format(reading->findings->arena, "%s%s%s", others, others[0] != '\0' ? ", " : "",
                                  group);
    }
    for (uint32_t column = 0; column < reading->n_columns; column++) {
        if (headings->named[column] || !headings->filled[column])
            continue;
        if (others[0] == '\0') {
            heading_mistake(headings, BMS_MISTAKE_NOTE_WITHOUT_HEADING, column, NULL, NULL);
        } else {
            heading_mistake(headings, BMS_MISTAKE_WITHOUT_HEADING, column, NULL, others);
            reading->table->unclear = true;
        }
    }
}

static void find_filled(struct headings *headings) {
    const struct setup_reading *reading = headings->reading;
    for (size_t i = 0; i < reading->cells->n_cells; i++) {
        const bms_cell *cell = &reading->cells->cells[i];
        if (cell->row > reading->table->heading_row &&
            (cell->kind == BMS_CELL_BLANK || cell->kind == BMS_CELL_ERROR ||
             setup_text_of(reading, cell)[0] != '\0'))
            headings->filled[cell->column] = true;
    }
}

/** @return false, with a mistake, for a sheet with contents and no headings at all. */
static bool find_row(struct headings *headings) {
    struct setup_reading *reading = headings->reading;
    size_t n = 0;
    reading->table->heading_row = heading_row(reading, &n);
    if (n > 0)
        return true;
    enum { TITLE = 1 }; /* a line that explains the sheet is not its contents */
    if (reading->cells->n_cells > TITLE) {
        setup_mistake(reading, BMS_MISTAKE_NO_HEADINGS, 0, 0, missing(headings, true), NULL);
        reading->table->unclear = true;
    }
    return false;
}

void setup_read_headings(struct setup_reading *reading) {
    bms_arena *arena = reading->arena;
    reading->n_columns = reading->cells->info.columns_used;
    reading->column_key = bms_arena_alloc(arena, reading->n_columns * sizeof *reading->column_key);
    struct headings headings = {
        .reading = reading,
        .columns = bms_arena_alloc(arena, reading->schema->n_columns * sizeof *headings.columns),
        .further_at = bms_arena_alloc(arena, reading->n_columns * sizeof *headings.further_at),
        .named = bms_arena_alloc(arena, reading->n_columns * sizeof *headings.named),
        .filled = bms_arena_alloc(arena, reading->n_columns * sizeof *headings.filled)};
    if (bms_arena_failed(arena))
        return;
    for (size_t i = 0; i < reading->schema->n_columns; i++)
        headings.columns[i] = BMS_NO_COLUMN;
    reading->table->columns = headings.columns;
    reading->table->further_at = headings.further_at;
    if (!find_row(&headings))
        return;
    find_filled(&headings);
    read_row(&headings, true);
    read_row(&headings, false);
    check_merged_headings(&headings);
    check_named(&headings);
}
