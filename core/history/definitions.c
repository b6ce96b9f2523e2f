/* Definitions in the history: the setup, stored cell by cell and loaded as it was written. */
#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/history/store.h"

#include <string.h>

/** Text that grows in an arena, for the hash over a setup. */
struct transcript {
    bms_arena *arena;
    char *text;
    size_t length;
    size_t capacity;
};

/** Append a text with its closing zero, so that different lists of texts give different transcripts. */
static void append(struct transcript *transcript, const char *text) {
    size_t size = strlen(text) + 1;
    if (transcript->capacity - transcript->length < size) {
        size_t capacity = transcript->capacity * 2 + size;
        char *larger = bms_arena_alloc(transcript->arena, capacity);
        if (!larger)
            return;
        if (transcript->length > 0)
            memcpy(larger, transcript->text, transcript->length);
        transcript->text = larger;
        transcript->capacity = capacity;
    }
    memcpy(transcript->text + transcript->length, text, size);
    transcript->length += size;
}

/** SHA-256 over a setup's content; where in the workbook it was written is left out. */
static bool digest_setup(const bms_setup_book *setup, char out[65]) {
    struct transcript transcript = {.arena = bms_arena_new()};
    if (!transcript.arena)
        return false;
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++) {
        const bms_setup_table *table = &setup->tables[sheet];
        append(&transcript, bms_setup_schema_of(sheet)->key);
        for (size_t i = 0; i < table->n_further; i++)
            append(&transcript, table->further[i]);
        for (size_t r = 0; r < table->n_rows; r++) {
            append(&transcript, "\x1E"); /* record separator */
            for (size_t c = 0; c < table->rows[r].n_cells; c++) {
                append(&transcript, table->rows[r].cells[c].column);
                append(&transcript, table->rows[r].cells[c].text);
            }
        }
    }
    bms_sha256(transcript.text, transcript.length, out);
    bool done = !bms_arena_failed(transcript.arena);
    bms_arena_free(transcript.arena);
    return done;
}

/* A setup that this version accepted keeps its meaning (setup.h); the same workbook loaded anew has the new
 * one. */
#define STARS_MATCH_ALL "runs.program = '0.1.0'"

static enum bms_status newest_definition(bms_history *history, const char *sha256, int *version, bool *same,
                                         bms_error *error) {
    bms_query query =
        bms_query_begin(history, "SELECT version, sha256 = ?1 AND NOT " STARS_MATCH_ALL " FROM definitions "
                                 "JOIN runs ON runs.id = definitions.run ORDER BY version DESC LIMIT 1");
    bms_query_text(&query, 1, sha256);
    *version = 0;
    *same = false;
    if (bms_query_row(&query)) {
        *version = (int)bms_query_get_integer(&query, 0);
        *same = bms_query_get_integer(&query, 1) != 0;
    }
    return bms_query_end(&query, error);
}

/** Where one sheet of one definition is stored. */
struct place {
    int version;
    int sheet;
};

static enum bms_status add_sheet(bms_history *history, struct place place, const bms_setup_table *table,
                                 bms_error *error) {
    bms_query query = bms_query_begin(
        history,
        "INSERT INTO setup_sheets (definition, sheet, key, name, heading_row) VALUES (?1, ?2, ?3, ?4, ?5)");
    bms_query_integer(&query, 1, place.version);
    bms_query_integer(&query, 2, place.sheet);
    bms_query_text(&query, 3, bms_setup_schema_of(place.sheet)->key);
    bms_query_text(&query, 4, table->sheet_name);
    bms_query_integer(&query, 5, table->heading_row);
    return bms_query_run(&query, error);
}

static enum bms_status add_column(bms_history *history, struct place place, size_t position, const char *key,
                                  const uint32_t *column_index, bms_error *error) {
    bms_query query = bms_query_begin(
        history, "INSERT INTO setup_columns (definition, sheet, position, key, added, column_index) "
                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    bms_query_integer(&query, 1, place.version);
    bms_query_integer(&query, 2, place.sheet);
    bms_query_integer(&query, 3, (int64_t)position);
    bms_query_text(&query, 4, key);
    bms_query_integer(&query, 5, !column_index);
    if (column_index)
        bms_query_integer(&query, 6, *column_index);
    return bms_query_run(&query, error);
}

static enum bms_status add_columns(bms_history *history, struct place place, const bms_setup_table *table,
                                   bms_error *error) {
    const bms_setup_schema *schema = bms_setup_schema_of(place.sheet);
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && table->columns && i < schema->n_columns; i++) {
        if (table->columns[i] != BMS_NO_COLUMN)
            status = add_column(history, place, i, schema->columns[i].key, &table->columns[i], error);
    }
    for (size_t i = 0; status == BMS_OK && i < table->n_further; i++)
        status = add_column(history, place, schema->n_columns + i, table->further[i], NULL, error);
    return status;
}

static enum bms_status add_cell(bms_history *history, struct place place, const bms_setup_cell *cell,
                                bms_error *error) {
    bms_query query = bms_query_begin(
        history, "INSERT INTO setup_cells (definition, sheet, row_index, column_index, column_key, text) "
                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    bms_query_integer(&query, 1, place.version);
    bms_query_integer(&query, 2, place.sheet);
    bms_query_integer(&query, 3, cell->row_index);
    bms_query_integer(&query, 4, cell->column_index);
    bms_query_text(&query, 5, cell->column);
    bms_query_text(&query, 6, cell->text);
    return bms_query_run(&query, error);
}

static enum bms_status add_table(bms_history *history, struct place place, const bms_setup_table *table,
                                 bms_error *error) {
    if (!table->sheet_name)
        return BMS_OK;
    enum bms_status status = add_sheet(history, place, table, error);
    if (status == BMS_OK)
        status = add_columns(history, place, table, error);
    for (size_t r = 0; status == BMS_OK && r < table->n_rows; r++) {
        const bms_setup_row *row = &table->rows[r];
        for (size_t c = 0; status == BMS_OK && c < row->n_cells; c++)
            status = add_cell(history, place, &row->cells[c], error);
    }
    return status;
}

enum bms_status bms_history_add_definition(bms_history *history, const bms_setup_book *setup,
                                           const char *file, int *version, bool *added, bms_error *error) {
    char sha256[65];
    bool same = false;
    *added = false;
    enum bms_status status = bms_history_in_run(history, error);
    if (status != BMS_OK)
        return status;
    if (!digest_setup(setup, sha256))
        return bms_error_no_memory(error);
    status = newest_definition(history, sha256, version, &same, error);
    if (status != BMS_OK || same)
        return status;
    *version += 1;
    bms_query query = bms_query_begin(
        history, "INSERT INTO definitions (version, run, file, sha256) VALUES (?1, ?2, ?3, ?4)");
    bms_query_integer(&query, 1, *version);
    bms_query_integer(&query, 2, history->run);
    bms_query_text(&query, 3, file);
    bms_query_text(&query, 4, sha256);
    status = bms_query_run(&query, error);
    for (int sheet = 0; status == BMS_OK && sheet < BMS_N_SETUP_SHEETS; sheet++)
        status = add_table(history, (struct place){*version, sheet}, &setup->tables[sheet], error);
    *added = status == BMS_OK;
    return status;
}

/** A setup that is being put together. */
struct loading {
    bms_history *history;
    bms_arena *arena;
    bms_setup_book *book;
    int version;
    int sheet_of[64]; /* stored sheet number → enum bms_setup_sheet; -1: not a sheet now */
    uint32_t *columns[BMS_N_SETUP_SHEETS]; /* of each table, while they are filled in */
};

/** @return the table for a stored sheet number, or NULL for a sheet that this version does not know. */
static bms_setup_table *table_of(const struct loading *loading, int64_t stored) {
    const int64_t most = (int64_t)(sizeof loading->sheet_of / sizeof loading->sheet_of[0]);
    if (stored < 0 || stored >= most || loading->sheet_of[stored] < 0)
        return NULL;
    return &loading->book->tables[loading->sheet_of[stored]];
}

static int sheet_by_key(const char *key) {
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++) {
        if (strcmp(bms_setup_schema_of(sheet)->key, key) == 0)
            return sheet;
    }
    return -1;
}

static enum bms_status load_sheets(struct loading *loading, bms_error *error) {
    bms_query query = bms_query_begin(
        loading->history, "SELECT sheet, key, name, heading_row FROM setup_sheets WHERE definition = ?1");
    bms_query_integer(&query, 1, loading->version);
    for (size_t i = 0; i < sizeof loading->sheet_of / sizeof loading->sheet_of[0]; i++)
        loading->sheet_of[i] = -1;
    while (bms_query_row(&query)) {
        int64_t stored = bms_query_get_integer(&query, 0);
        const char *key = bms_query_get_text(&query, 1);
        if (key && stored >= 0 && stored < 64)
            loading->sheet_of[stored] = sheet_by_key(key);
        bms_setup_table *table = table_of(loading, stored);
        if (!table)
            continue;
        table->sheet_name = bms_arena_text(loading->arena, bms_query_get_text(&query, 2));
        table->heading_row = (uint32_t)bms_query_get_integer(&query, 3);
    }
    return bms_error_of_arena(bms_query_end(&query, error), loading->arena, error);
}

/** Record where a column of the schema is in the sheet; the first one makes the list. */
static void place_column(struct loading *loading, bms_setup_table *table, const char *key, uint32_t index) {
    enum bms_setup_sheet sheet = (enum bms_setup_sheet)(table - loading->book->tables);
    const bms_setup_schema *schema = bms_setup_schema_of(sheet);
    uint32_t *columns = loading->columns[sheet];
    if (!columns) {
        columns = bms_arena_alloc(loading->arena, schema->n_columns * sizeof *columns);
        if (!columns)
            return;
        for (size_t i = 0; i < schema->n_columns; i++)
            columns[i] = BMS_NO_COLUMN;
        table->columns = loading->columns[sheet] = columns;
    }
    for (size_t i = 0; i < schema->n_columns; i++) {
        if (strcmp(schema->columns[i].key, key) == 0)
            columns[i] = index;
    }
}

static enum bms_status load_columns(struct loading *loading, bms_error *error) {
    size_t capacity[BMS_N_SETUP_SHEETS] = {0};
    bms_query query = bms_query_begin(
        loading->history, "SELECT sheet, key, added, column_index FROM setup_columns WHERE definition = ?1 "
                          "ORDER BY sheet, position");
    bms_query_integer(&query, 1, loading->version);
    while (bms_query_row(&query)) {
        bms_setup_table *table = table_of(loading, bms_query_get_integer(&query, 0));
        const char *key = bms_query_get_text(&query, 1);
        if (!table || !key)
            continue;
        if (bms_query_get_integer(&query, 2) == 0) {
            place_column(loading, table, key, (uint32_t)bms_query_get_integer(&query, 3));
            continue;
        }
        const char **heading = bms_arena_grow(loading->arena, &table->further, &table->n_further,
                                              &capacity[table - loading->book->tables], sizeof *heading);
        if (heading)
            *heading = bms_arena_text(loading->arena, key);
    }
    return bms_error_of_arena(bms_query_end(&query, error), loading->arena, error);
}

/** Capacities of the lists of rows and cells. */
struct growth {
    size_t rows[BMS_N_SETUP_SHEETS];
    size_t cells; /* of the row being filled */
};

/** Add a cell at the end of a table: to the last row, or to a new one. */
static void take_cell(struct loading *loading, struct growth *growth, bms_setup_table *table,
                      const bms_setup_cell *cell) {
    bms_setup_row *row = table->n_rows > 0 ? &table->rows[table->n_rows - 1] : NULL;
    if (!row || row->row_index != cell->row_index) {
        row = bms_arena_grow(loading->arena, &table->rows, &table->n_rows,
                             &growth->rows[table - loading->book->tables], sizeof *row);
        if (!row)
            return;
        row->row_index = cell->row_index;
        growth->cells = 0;
    }
    bms_setup_cell *added =
        bms_arena_grow(loading->arena, &row->cells, &row->n_cells, &growth->cells, sizeof *added);
    if (added)
        *added = *cell;
}

/** @return a key that lasts: the schema's or the table's own where there is one, not a copy for each cell. */
static const char *kept_key(const struct loading *loading, const bms_setup_table *table, const char *key) {
    const bms_setup_schema *schema =
        bms_setup_schema_of((enum bms_setup_sheet)(table - loading->book->tables));
    for (size_t i = 0; i < schema->n_columns; i++) {
        if (strcmp(schema->columns[i].key, key) == 0)
            return schema->columns[i].key;
    }
    for (size_t i = 0; i < table->n_further; i++) {
        if (strcmp(table->further[i], key) == 0)
            return table->further[i];
    }
    return bms_arena_text(loading->arena, key);
}

static enum bms_status load_cells(struct loading *loading, bms_error *error) {
    struct growth growth = {0};
    bms_query query = bms_query_begin(
        loading->history, "SELECT sheet, row_index, column_index, column_key, text FROM setup_cells "
                          "WHERE definition = ?1 AND text <> '' ORDER BY sheet, row_index, column_index");
    bms_query_integer(&query, 1, loading->version);
    while (bms_query_row(&query)) {
        bms_setup_table *table = table_of(loading, bms_query_get_integer(&query, 0));
        const char *key = bms_query_get_text(&query, 3);
        if (!table || !key)
            continue;
        bms_setup_cell cell = {.column = kept_key(loading, table, key),
                               .text = bms_arena_text(loading->arena, bms_query_get_text(&query, 4)),
                               .row_index = (uint32_t)bms_query_get_integer(&query, 1),
                               .column_index = (uint32_t)bms_query_get_integer(&query, 2)};
        take_cell(loading, &growth, table, &cell);
    }
    return bms_error_of_arena(bms_query_end(&query, error), loading->arena, error);
}

enum bms_status bms_history_load_setup(bms_history *history, bms_arena *arena, int version,
                                       bms_setup_book *out, int *found_version, bms_error *error) {
    *out = (bms_setup_book){0};
    *found_version = 0;
    bms_query query = bms_query_begin(history, "SELECT version, " STARS_MATCH_ALL
                                               " FROM definitions JOIN runs ON runs.id = definitions.run "
                                               "WHERE ?1 = 0 OR version = ?1 ORDER BY version DESC LIMIT 1");
    bms_query_integer(&query, 1, version);
    if (bms_query_row(&query)) {
        *found_version = (int)bms_query_get_integer(&query, 0);
        out->stars_match_all = bms_query_get_integer(&query, 1) != 0;
    }
    enum bms_status status = bms_query_end(&query, error);
    if (status != BMS_OK || *found_version == 0)
        return status;
    struct loading loading = {.history = history, .arena = arena, .book = out, .version = *found_version};
    status = load_sheets(&loading, error);
    if (status == BMS_OK)
        status = load_columns(&loading, error);
    if (status == BMS_OK)
        status = load_cells(&loading, error);
    return status;
}

enum bms_status bms_history_definition_time(bms_history *history, int version, int64_t *at,
                                            bms_error *error) {
    bms_query query =
        bms_query_begin(history, "SELECT began_at FROM definitions JOIN runs ON runs.id = definitions.run "
                                 "WHERE version = ?1");
    bms_query_integer(&query, 1, version);
    *at = bms_query_row(&query) ? bms_query_get_integer(&query, 0) : 0;
    return bms_query_end(&query, error);
}

enum bms_status bms_history_newest_definition(bms_history *history, int *version, bms_error *error) {
    bms_query query = bms_query_begin(history, "SELECT max(version) FROM definitions");
    *version = bms_query_row(&query) ? (int)bms_query_get_integer(&query, 0) : 0;
    return bms_query_end(&query, error);
}

/** Find which version a version made again. @param[out] out  0: it came from a workbook */
static enum bms_status made_again(bms_history *history, int version, int *out, bms_error *error) {
    bms_query query =
        bms_query_begin(history, "SELECT CAST(substr(runs.verb, length('" BMS_UNDO_RUN "') + 1) AS INTEGER) "
                                 "FROM definitions AS d JOIN runs ON runs.id = d.run "
                                 "WHERE d.version = ?1 AND runs.verb LIKE '" BMS_UNDO_RUN "%'");
    bms_query_integer(&query, 1, version);
    int64_t earlier = bms_query_row(&query) ? bms_query_get_integer(&query, 0) : 0;
    *out = earlier > 0 && earlier < version ? (int)earlier : 0;
    return bms_query_end(&query, error);
}

enum bms_status bms_history_version_before(bms_history *history, int *version, bms_error *error) {
    int earlier = 0;
    enum bms_status status = bms_history_newest_definition(history, version, error);
    do {
        if (status == BMS_OK)
            status = made_again(history, *version, &earlier, error);
        if (status == BMS_OK && earlier > 0)
            *version = earlier;
    } while (status == BMS_OK && earlier > 0);
    *version -= *version > 0;
    return status;
}

enum bms_status bms_history_definition_file(bms_history *history, bms_arena *arena, int version,
                                            const char **file, bms_error *error) {
    bms_query query = bms_query_begin(history, "SELECT file FROM definitions WHERE version = ?1");
    bms_query_integer(&query, 1, version);
    *file = bms_arena_text(arena, bms_query_row(&query) ? bms_query_get_text(&query, 0) : "");
    return bms_error_of_arena(bms_query_end(&query, error), arena, error);
}
