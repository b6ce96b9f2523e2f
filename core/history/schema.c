/* Comparing the file's schema with the library's own (see schema.h). */
#include "core/history/schema.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/sha256.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* What SQLite makes for its own use when it is asked for statistics or has counted for a foreign table. */
#define NOT_OF_SQLITE                                                                                        \
    "NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat2', 'sqlite_stat3', 'sqlite_stat4', "      \
    "'sqlite_sequence'))"
#define ALL_OBJECTS                                                                                          \
    "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE " NOT_OF_SQLITE " ORDER BY type, name"

/* The hash of each version's schema: one that was made by the migrations has exactly this, and need not be
 * compared. */
static const char *const own_sha256[BMS_HISTORY_VERSION] = {
    "e5d7c626839b367c606513fd7d025c3fc9b8693ce92ef4f061ed4861b1afa83c",
    "ea007113878cb21fc3998c230dd12ddf4e26da8a81600c69fe5b290ff359731f",
    "4b186d65c5058ab2c6a9dc9e4f56c3327fb2bf980cfc0ab07cadbc71400a346a",
    "d69e5c998a9cbd35291e831de4d492bc5b70ddaba13d404f3bd125e63ec6a444",
    "fae85c18aa0b056c29a1917744e158b52a25b1cabff0f760643a8b5dc18f0a2c",
    "2d0695c57b4d41bf702500858f3d67853559ba08b1aff664433aa60ac9b3f7ae",
};

enum bms_status bms_schema_numbers_of(bms_history *history, bms_schema_numbers *out, bms_error *error) {
    bms_query query = bms_query_begin(history, "SELECT application_id, user_version FROM "
                                               "pragma_application_id, pragma_user_version");
    *out = (bms_schema_numbers){0};
    if (bms_query_row(&query)) {
        out->application = bms_query_get_integer(&query, 0);
        out->version = bms_query_get_integer(&query, 1);
    }
    return bms_query_end(&query, error);
}

enum bms_status bms_schema_hash(bms_history *history, char sha256[BMS_SHA256_TEXT], bms_error *error) {
    bms_sha256_state state;
    bms_sha256_begin(&state);
    bms_query query = bms_query_begin(history, ALL_OBJECTS);
    while (bms_query_row(&query)) {
        for (int i = 0; i < 4; i++) {
            const char *text = bms_query_get_text(&query, i);
            bms_sha256_add(&state, text ? text : "", text ? strlen(text) + 1 : 1);
        }
    }
    bms_sha256_end_text(&state, sha256);
    return bms_query_end(&query, error);
}

enum bms_status bms_schema_is_own(bms_history *history, int64_t version, bool *own, bms_error *error) {
    char sha256[BMS_SHA256_TEXT];
    enum bms_status status = bms_schema_hash(history, sha256, error);
    *own = status == BMS_OK && version >= 1 && version <= BMS_HISTORY_VERSION &&
           strcmp(own_sha256[version - 1], sha256) == 0;
    return status;
}

/* In detail */

struct object {
    const char *type;
    const char *name;
    const char *table;
    const char *sql; /* "" for an index that SQLite makes for a key */
};

struct objects {
    struct object *items;
    size_t n;
    size_t capacity;
};

static int read_objects(sqlite3 *database, bms_arena *arena, struct objects *out) {
    sqlite3_stmt *rows = NULL;
    int result = sqlite3_prepare_v2(database, ALL_OBJECTS, -1, &rows, NULL);
    *out = (struct objects){0};
    while (result == SQLITE_OK && (result = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *texts[4];
        struct object *next = bms_arena_grow(arena, &out->items, &out->n, &out->capacity, sizeof *out->items);
        for (int i = 0; i < 4; i++) {
            const char *text = (const char *)sqlite3_column_text(rows, i);
            texts[i] = bms_arena_text(arena, text ? text : "");
        }
        result = bms_arena_failed(arena) || !next ? SQLITE_NOMEM : SQLITE_OK;
        if (result == SQLITE_OK)
            *next = (struct object){texts[0], texts[1], texts[2], texts[3]};
    }
    (void)sqlite3_finalize(rows);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

static int order(const struct object *a, const struct object *b) {
    int by_type = strcmp(a->type, b->type);
    return by_type != 0 ? by_type : strcmp(a->name, b->name);
}

static bool is_same(const struct object *a, const struct object *b) {
    return strcmp(a->sql, b->sql) == 0 && strcmp(a->table, b->table) == 0;
}

static bool is_there(const struct objects *objects, const struct object *wanted) {
    for (size_t i = 0; i < objects->n; i++) {
        if (order(&objects->items[i], wanted) == 0)
            return true;
    }
    return false;
}

/** Count the tables of `some` that `others` has not, by name. */
static size_t count_tables_without(const struct objects *some, const struct objects *others) {
    size_t n = 0;
    for (size_t i = 0; i < some->n; i++)
        n += strcmp(some->items[i].type, "table") == 0 && !is_there(others, &some->items[i]);
    return n;
}

static int step_to(sqlite3 *database, int version) {
    const char *sql = bms_history_migration(version - 1);
    return sql ? sqlite3_exec(database, sql, NULL, NULL, NULL) : SQLITE_OK;
}

static int open_in_memory(sqlite3 **out) {
    return sqlite3_open_v2(":memory:", out, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
}

int bms_schema_make(int version, sqlite3 **out) {
    int result = open_in_memory(out);
    for (int step = 1; result == SQLITE_OK && step <= version; step++)
        result = step_to(*out, step);
    return result;
}

/** Find the version to compare with, and its objects. @param[in,out] version  in: what the file says */
static int find_version(const struct objects *file, bms_arena *arena, bool is_marked, int64_t *version,
                        struct objects *out) {
    sqlite3 *fresh = NULL;
    int64_t said = *version;
    int result = open_in_memory(&fresh);
    *version = 0;
    for (int step = 1; result == SQLITE_OK && step <= BMS_HISTORY_VERSION; step++) {
        struct objects expected;
        result = step_to(fresh, step);
        if (result == SQLITE_OK)
            result = read_objects(fresh, arena, &expected);
        if (result != SQLITE_OK)
            break;
        if ((step == said && is_marked) || (step >= said && count_tables_without(&expected, file) == 0)) {
            *version = step;
            *out = expected;
        }
    }
    (void)sqlite3_close(fresh);
    return result;
}

static void add(bms_schema *schema, bms_arena *arena, size_t *capacity,
                const bms_schema_difference *difference) {
    bms_schema_difference *next =
        bms_arena_grow(arena, &schema->differences, &schema->n, capacity, sizeof *next);
    if (next)
        *next = *difference;
    if (strcmp(difference->type, "table") == 0 && difference->fault != BMS_SCHEMA_FOREIGN)
        schema->tables_differ = true;
}

static void compare(const struct objects *file, const struct objects *expected, bms_arena *arena,
                    bms_schema *out, size_t *capacity) {
    for (size_t i = 0, k = 0; i < file->n || k < expected->n;) {
        const struct object *found = i < file->n ? &file->items[i] : NULL;
        const struct object *wanted = k < expected->n ? &expected->items[k] : NULL;
        int which = !found ? 1 : !wanted ? -1 : order(found, wanted);
        if (which < 0) {
            add(out, arena, capacity,
                &(bms_schema_difference){BMS_SCHEMA_FOREIGN, found->type, found->name, found->sql, NULL});
        } else if (which > 0) {
            add(out, arena, capacity,
                &(bms_schema_difference){BMS_SCHEMA_MISSING, wanted->type, wanted->name, NULL, wanted->sql});
        } else if (!is_same(found, wanted)) {
            add(out, arena, capacity,
                &(bms_schema_difference){BMS_SCHEMA_CHANGED, found->type, found->name, found->sql,
                                         wanted->sql});
        }
        i += which <= 0;
        k += which >= 0;
    }
}

static void compare_number(const char *name, int64_t found, int64_t expected, bms_arena *arena,
                           bms_schema *out, size_t *capacity) {
    if (found == expected)
        return;
    add(out, arena, capacity,
        &(bms_schema_difference){BMS_SCHEMA_NUMBER, "number", name,
                                 bms_arena_format(arena, "%lld", (long long)found),
                                 bms_arena_format(arena, "%lld", (long long)expected)});
}

/** @return whether something that would be taken out is a table of the history's own in a later version. */
static bool has_later_tables(const bms_schema *schema, bms_arena *arena, int *result) {
    sqlite3 *fresh = NULL;
    struct objects newest = {0};
    bool found = false;
    *result = bms_schema_make(BMS_HISTORY_VERSION, &fresh);
    if (*result == SQLITE_OK)
        *result = read_objects(fresh, arena, &newest);
    (void)sqlite3_close(fresh);
    for (size_t i = 0; i < schema->n && !found; i++) {
        const bms_schema_difference *difference = &schema->differences[i];
        const struct object object = {.type = difference->type, .name = difference->name};
        found = difference->fault == BMS_SCHEMA_FOREIGN && strcmp(object.type, "table") == 0 &&
                is_there(&newest, &object);
    }
    return found;
}

enum bms_status bms_schema_compare(bms_history *history, bms_arena *arena, bms_schema *out,
                                   bms_error *error) {
    bms_schema_numbers numbers;
    struct objects file;
    struct objects expected = {0};
    size_t capacity = 0;
    *out = (bms_schema){0};
    bool own = false;
    enum bms_status status = bms_schema_numbers_of(history, &numbers, error);
    if (status == BMS_OK)
        status = bms_schema_is_own(history, numbers.version, &own, error);
    if (status == BMS_OK && own && numbers.application == BMS_HISTORY_APPLICATION)
        out->version = (int)numbers.version;
    if (status != BMS_OK || out->version > 0)
        return status;
    int64_t version = numbers.version;
    int result = read_objects(history->database, arena, &file);
    if (result == SQLITE_OK) {
        result =
            find_version(&file, arena, numbers.application == BMS_HISTORY_APPLICATION, &version, &expected);
    }
    if (result != SQLITE_OK)
        return bms_history_fail(history, result, error);
    out->version = (int)version;
    if (version > 0) {
        compare(&file, &expected, arena, out, &capacity);
        out->mixed = has_later_tables(out, arena, &result);
        out->tables_differ = out->tables_differ || out->mixed;
        compare_number("user_version", numbers.version, version, arena, out, &capacity);
        compare_number("application_id", numbers.application, BMS_HISTORY_APPLICATION, arena, out, &capacity);
    }
    status = result == SQLITE_OK ? BMS_OK : bms_history_fail(history, result, error);
    return bms_error_of_arena(status, arena, error);
}

bool bms_schema_is_foreign_table(const bms_schema *schema, const char *name) {
    for (size_t i = 0; schema && i < schema->n; i++) {
        const bms_schema_difference *difference = &schema->differences[i];
        if (difference->fault == BMS_SCHEMA_FOREIGN && strcmp(difference->type, "table") == 0 &&
            strcmp(difference->name, name) == 0)
            return true;
    }
    return false;
}

/* Saying it */

const char *bms_schema_message(const bms_schema_difference *difference) {
    switch (difference->fault) {
    case BMS_SCHEMA_FOREIGN:
        return BMS_TEXT("It does not belong in a history: another program has put it there.");
    case BMS_SCHEMA_CHANGED:
        return BMS_TEXT("Another program has changed it.");
    case BMS_SCHEMA_MISSING:
        return BMS_TEXT("It is missing: another program has removed it.");
    default:
        return BMS_TEXT("Another program has changed the number by which bms knows the file.");
    }
}

/** @return what it is, in the reader's language. */
static const char *type_in_words(const char *language, const char *type) {
    static const char *const types[] = {BMS_TEXT("table"), BMS_TEXT("index"), BMS_TEXT("view"),
                                        BMS_TEXT("trigger"), BMS_TEXT("number")};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i], type) == 0)
            return bms_tr(language, types[i]);
    }
    return type;
}

enum bms_status bms_schema_refuse(const bms_history *history, const bms_schema *schema, bms_error *error) {
    enum { NAMED = 3 };
    bms_arena *arena = bms_arena_new();
    if (!arena)
        return bms_error_no_memory(error);
    const char *what = "";
    for (size_t i = 0; i < schema->n && i < NAMED; i++) {
        what = bms_arena_format(arena, "%s%s%s %s", what, *what ? ", " : "",
                                type_in_words(history->language, schema->differences[i].type),
                                schema->differences[i].name);
    }
    if (schema->n > NAMED)
        what = bms_arena_format(arena, "%s …", what);
    const char *text = schema->tables_differ
                           ? BMS_TEXT("Another program has changed the history's file: {what}. Run 'bms "
                                      "verify' to see all of it, "
                                      "and restore a backup copy.")
                           : BMS_TEXT("Another program has changed the history's file: {what}. Run 'bms "
                                      "verify' to see all of it; "
                                      "'bms verify --remove-foreign' puts it right, after a copy.");
    const char *message = bms_message(arena, bms_tr(history->language, text), "what", what, NULL);
    enum bms_status status = bms_error_of_arena(BMS_OK, arena, error);
    if (status == BMS_OK)
        status = bms_error_set(error, BMS_HISTORY_DAMAGED, history->path, message);
    bms_arena_free(arena);
    return status;
}
