/* Taking out of the history's file what another program has put there (see integrity.h). */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/sha256.h"
#include "core/history/chain.h"
#include "core/history/integrity.h"
#include "core/history/schema.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

bool bms_history_is_foreign(const bms_history *history) {
    return history->is_foreign;
}

/** What is to be put right, and what is needed for it. */
struct repair {
    bms_history *history;
    bms_arena *arena;
    bms_schema schema;
    const char *copy;
    bool copy_is_new; /* nothing was there before it */
};

static int execute(const struct repair *repair, char *sql) {
    int result = sql ? sqlite3_exec(repair->history->database, sql, NULL, NULL, NULL) : SQLITE_NOMEM;
    sqlite3_free(sql);
    return result;
}

static bool is_table(const bms_schema_difference *difference) {
    return strcmp(difference->type, "table") == 0;
}

/** @return whether SQLite made it for a key: it comes and goes with its table. */
static bool is_of_a_key(const bms_schema_difference *difference) {
    const char *sql = difference->found ? difference->found : difference->expected;
    return !sql || !*sql;
}

enum { MOST_EXTRA = 8 /* columns of a table that are put right */ };

/* A trigger first, since it could take part in what follows; a table last, with what is left on it. */
static const char *const order[] = {"trigger", "view", "index", "table"};

static int take_out(const struct repair *repair, const bms_schema_difference *difference) {
    bool of_ours = difference->fault != BMS_SCHEMA_FOREIGN;
    if (!difference->found || is_of_a_key(difference) || (of_ours && is_table(difference)))
        return SQLITE_OK;
    return execute(repair,
                   sqlite3_mprintf("DROP %s IF EXISTS main.\"%w\"", difference->type, difference->name));
}

static int take_all_out(const struct repair *repair) {
    int result = SQLITE_OK;
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        for (size_t k = 0; result == SQLITE_OK && k < repair->schema.n; k++) {
            const bms_schema_difference *difference = &repair->schema.differences[k];
            if (strcmp(difference->type, order[i]) == 0)
                result = take_out(repair, difference);
        }
    }
    return result;
}

/** Name the columns of a table that the history's own has not. @param[out] extra  room for MOST_EXTRA */
static int find_extra(const struct repair *repair, sqlite3 *fresh, const char *table, const char **extra,
                      size_t *n) {
    sqlite3_stmt *theirs = NULL;
    sqlite3_stmt *ours = NULL;
    int result = sqlite3_prepare_v2(repair->history->database,
                                    "SELECT name FROM pragma_table_xinfo(?1, 'main')", -1, &theirs, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_bind_text(theirs, 1, table, -1, SQLITE_STATIC);
    if (result == SQLITE_OK) {
        result = sqlite3_prepare_v2(
            fresh, "SELECT count(*) FROM pragma_table_xinfo(?1, 'main') WHERE name = ?2", -1, &ours, NULL);
    }
    if (result == SQLITE_OK)
        result = sqlite3_bind_text(ours, 1, table, -1, SQLITE_STATIC);
    while (result == SQLITE_OK && *n < MOST_EXTRA && (result = sqlite3_step(theirs)) == SQLITE_ROW) {
        const char *name = bms_arena_text(repair->arena, (const char *)sqlite3_column_text(theirs, 0));
        result = sqlite3_bind_text(ours, 2, name, -1, SQLITE_STATIC);
        if (result == SQLITE_OK)
            result = sqlite3_step(ours);
        if (result == SQLITE_ROW && sqlite3_column_int(ours, 0) == 0)
            extra[(*n)++] = name;
        result = result == SQLITE_ROW ? sqlite3_reset(ours) : result;
    }
    (void)sqlite3_finalize(theirs);
    (void)sqlite3_finalize(ours);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

/** Drop the columns that a table of the history's own has too many. */
static int drop_columns(const struct repair *repair, sqlite3 *fresh, const char *table) {
    const char *extra[MOST_EXTRA];
    size_t n = 0;
    int result = find_extra(repair, fresh, table, extra, &n);
    for (size_t i = 0; result == SQLITE_OK && i < n; i++) {
        result =
            execute(repair, sqlite3_mprintf("ALTER TABLE main.\"%w\" DROP COLUMN \"%w\"", table, extra[i]));
    }
    return result;
}

static int mend_tables(const struct repair *repair) {
    sqlite3 *fresh = NULL;
    int result = bms_schema_make(repair->schema.version, &fresh);
    for (size_t i = 0; result == SQLITE_OK && i < repair->schema.n; i++) {
        const bms_schema_difference *difference = &repair->schema.differences[i];
        if (is_table(difference) && difference->fault == BMS_SCHEMA_CHANGED)
            result = drop_columns(repair, fresh, difference->name);
    }
    (void)sqlite3_close(fresh);
    return result;
}

/** Make a trigger, view or index of the history's own again, or set a number. */
static int put_back(const struct repair *repair, const bms_schema_difference *difference) {
    if (difference->fault == BMS_SCHEMA_NUMBER) {
        return execute(repair,
                       sqlite3_mprintf("PRAGMA main.%s = %s", difference->name, difference->expected));
    }
    if (difference->fault == BMS_SCHEMA_FOREIGN || is_table(difference) || !*difference->expected)
        return SQLITE_OK;
    return execute(repair, sqlite3_mprintf("%s", difference->expected));
}

static int put_all_back(const struct repair *repair) {
    int result = SQLITE_OK;
    for (size_t i = 0; result == SQLITE_OK && i < repair->schema.n; i++)
        result = put_back(repair, &repair->schema.differences[i]);
    return result;
}

/** Find out whether the file holds what it should now. */
static enum bms_status check_mended(const struct repair *repair, bms_error *error) {
    bms_schema left;
    enum bms_status status = bms_schema_compare(repair->history, repair->arena, &left, error);
    left.tables_differ = true; /* trying again would not help either */
    return status == BMS_OK && left.n > 0 ? bms_schema_refuse(repair->history, &left, error) : status;
}

static enum bms_status mend(const struct repair *repair, bms_error *error) {
    int result = take_all_out(repair);
    if (result == SQLITE_OK)
        result = mend_tables(repair);
    if (result == SQLITE_OK)
        result = put_all_back(repair);
    /* What cannot be taken out or put back is still there: that is said better than why. */
    if (result != SQLITE_OK && result != SQLITE_ERROR)
        return bms_history_fail(repair->history, result, error);
    return check_mended(repair, error);
}

static enum bms_status record(const struct repair *repair, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < repair->schema.n; i++) {
        const bms_schema_difference *difference = &repair->schema.differences[i];
        bms_query query = bms_query_begin(
            repair->history, "INSERT INTO removed_objects (run, type, name, sql) VALUES (?1, ?2, ?3, ?4)");
        bms_query_integer(&query, 1, repair->history->run);
        bms_query_text(&query, 2, difference->type);
        bms_query_text(&query, 3, difference->name);
        bms_query_text(&query, 4, difference->found);
        status = bms_query_run(&query, error);
    }
    return status;
}

/** Put the file right and record it, in the open transaction. */
static enum bms_status mend_on_record(struct repair *repair, int64_t now, bms_error *error) {
    bms_history *history = repair->history;
    enum bms_status status = bms_schema_compare(history, repair->arena, &repair->schema, error);
    if (status == BMS_OK && repair->schema.mixed)
        status = bms_schema_refuse(history, &repair->schema, error);
    if (status == BMS_OK)
        status = mend(repair, error);
    for (int step = repair->schema.version; status == BMS_OK && step < BMS_HISTORY_VERSION; step++)
        status = bms_history_execute(history, bms_history_migration(step), error);
    if (status == BMS_OK)
        status = bms_chain_seal_missing(history, repair->arena, error);
    if (status == BMS_OK)
        status = bms_history_add_run(history, "verify", now, error);
    return status == BMS_OK ? record(repair, error) : status;
}

/** @return whether it could be read */
static bool hash_file(const char *path, char sha256[BMS_SHA256_TEXT]) {
    unsigned char *bytes = NULL;
    size_t size = 0;
    if (bms_platform_read_file(path, "", &bytes, &size, NULL) != BMS_OK)
        return false;
    bms_sha256(bytes, size, sha256);
    free(bytes);
    return true;
}

/** Take the copy that a run made which was killed before it could put the file right. */
static void take_earlier_copy(struct repair *repair, const char *earlier) {
    char sha256[2][BMS_SHA256_TEXT];
    if (!hash_file(repair->copy, sha256[0]) || !hash_file(earlier, sha256[1]) ||
        strcmp(sha256[0], sha256[1]) != 0)
        return;
    bms_platform_remove(repair->copy);
    repair->copy = earlier;
    repair->copy_is_new = false;
}

/** Copy the file beside itself, under a name of its own; the last of them is taken again. */
static enum bms_status copy_first(struct repair *repair, bms_error *error) {
    const char *earlier = NULL;
    for (int i = 1; i <= BMS_REMOVAL_COPIES; i++) {
        earlier = repair->copy;
        repair->copy = bms_history_removal_copy(repair->history, repair->arena, i);
        if (bms_arena_failed(repair->arena))
            return bms_error_no_memory(error);
        repair->copy_is_new = bms_platform_path_kind(repair->copy) == BMS_PATH_MISSING;
        if (repair->copy_is_new)
            break;
    }
    enum bms_status status = bms_history_back_up(repair->history, repair->copy, error);
    if (status == BMS_OK && repair->copy_is_new && earlier)
        take_earlier_copy(repair, earlier);
    return status;
}

static void report(const struct repair *repair, bms_removal_listener listener) {
    for (size_t i = 0; listener.on_removed && i < repair->schema.n; i++) {
        const bms_schema_difference *difference = &repair->schema.differences[i];
        const bms_removed removed = {.type = difference->type,
                                     .name = difference->name,
                                     .put_back = difference->fault != BMS_SCHEMA_FOREIGN,
                                     .copy = repair->copy};
        listener.on_removed(listener.context, &removed);
    }
}

/** Put the file right. @param rehearse  all is undone again */
static enum bms_status put_right(struct repair *repair, bool rehearse, int64_t now, bms_error *error) {
    enum bms_status status = bms_history_execute(repair->history, "BEGIN IMMEDIATE", error);
    if (status == BMS_OK)
        status = mend_on_record(repair, now, error);
    if (status == BMS_OK && !rehearse)
        status = bms_history_commit(repair->history, error);
    bms_history_roll_back(repair->history);
    return status;
}

static enum bms_status remove_foreign(struct repair *repair, int64_t now, bms_error *error) {
    bms_history *history = repair->history;
    /* A foreign table may refer to ours, or to nothing that is there. */
    enum bms_status status = bms_history_execute(history, "PRAGMA foreign_keys = OFF", error);
    if (status == BMS_OK) /* the copy may take the place of an earlier one: not for nothing */
        status = put_right(repair, true, now, error);
    if (status == BMS_OK)
        status = copy_first(repair, error);
    if (status == BMS_OK)
        status = put_right(repair, false, now, error);
    bms_error ignored = {0}; /* it is committed; nothing more is written with this connection */
    (void)bms_history_execute(history, "PRAGMA foreign_keys = ON", &ignored);
    if (status != BMS_OK && repair->copy_is_new)
        bms_platform_remove(repair->copy); /* it is the file as it still is */
    return status;
}

enum bms_status bms_history_remove_foreign(bms_history *history, int64_t now, bms_removal_listener listener,
                                           bms_error *error) {
    if (!history->is_foreign)
        return BMS_OK;
    struct repair repair = {.history = history, .arena = bms_arena_new()};
    enum bms_status status = repair.arena ? remove_foreign(&repair, now, error) : bms_error_no_memory(error);
    if (status == BMS_OK) {
        history->is_foreign = false;
        report(&repair, listener);
    }
    bms_arena_free(repair.arena);
    return status;
}
