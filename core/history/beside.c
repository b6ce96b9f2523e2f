/* Copies and reports beside the history, and the hashes in them (see beside.h). */
#include "core/history/beside.h"

#include "core/base/error.h"
#include "core/history/store.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>

/** Step to the one row of a query in another file. @return the statement, to be finalised; NULL: no row */
static sqlite3_stmt *one_row(sqlite3 *database, const char *sql, int *result) {
    sqlite3_stmt *row = NULL;
    *result = sqlite3_prepare_v2(database, sql, -1, &row, NULL);
    if (*result == SQLITE_OK)
        *result = sqlite3_step(row);
    if (*result == SQLITE_ROW)
        return row;
    (void)sqlite3_finalize(row);
    return NULL;
}

static bool has_the_key(const bms_history *history, sqlite3 *database, int *result) {
    sqlite3_stmt *row = one_row(database, "SELECT seal_key FROM origin WHERE id = 1", result);
    const void *key = row ? sqlite3_column_blob(row, 0) : NULL;
    const bool has = key && sqlite3_column_bytes(row, 0) == (int)sizeof history->seal_key &&
                     sodium_memcmp(key, history->seal_key, sizeof history->seal_key) == 0;
    (void)sqlite3_finalize(row);
    return has;
}

static void read_newest(sqlite3 *database, char sha256[65], int *result) {
    sqlite3_stmt *row = one_row(database, "SELECT sha256 FROM run_hashes ORDER BY run DESC LIMIT 1", result);
    const char *text = row ? (const char *)sqlite3_column_text(row, 0) : NULL;
    (void)snprintf(sha256, 65, "%s", text ? text : "");
    (void)sqlite3_finalize(row);
}

enum bms_status bms_history_look_into(const bms_history *history, const char *path, bool *is_copy,
                                      bool *unread, char sha256[65], bms_error *error) {
    sqlite3 *database = NULL;
    sha256[0] = '\0';
    *is_copy = *unread = false;
    /* Read only: whatever lies there is never changed, nor is a journal beside it played back. */
    int result = sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_extended_result_codes(database, 1);
    if (result == SQLITE_OK) {
        result = sqlite3_exec(database, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;", NULL,
                              NULL, NULL);
    }
    if (result == SQLITE_OK)
        *is_copy = has_the_key(history, database, &result);
    if (*is_copy)
        read_newest(database, sha256, &result);
    (void)sqlite3_close(database);
    if ((result & 0xFF) == SQLITE_NOMEM || result == SQLITE_IOERR_NOMEM)
        return bms_error_no_memory(error);
    /* What the disk does not give is damage to SQLite. */
    static const int hidden[] = {SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_BUSY};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        *unread = *unread || (result & 0xFF) == hidden[i];
    return BMS_OK;
}

enum bms_status bms_history_run_of_hash(bms_history *history, const char *digits, int64_t *run,
                                        bms_error *error) {
    bms_query query =
        bms_query_begin(history, "SELECT run FROM main.run_hashes WHERE substr(sha256, 1, length(?1)) = ?1 "
                                 "ORDER BY run DESC LIMIT 1");
    bms_query_text(&query, 1, digits);
    *run = bms_query_row(&query) ? bms_query_get_integer(&query, 0) : 0;
    return bms_query_end(&query, error);
}

enum bms_status bms_history_each_edition_file(bms_history *history,
                                              bool (*on_file)(void *context, const char *sha256,
                                                              const char *printed),
                                              void *context, bms_error *error) {
    bms_query query = bms_query_begin(
        history, "SELECT f.sha256, (SELECT h.sha256 FROM main.run_hashes AS h WHERE h.run < f.run "
                 "ORDER BY h.run DESC LIMIT 1) FROM main.edition_files AS f");
    bool more = true;
    while (more && bms_query_row(&query)) {
        const char *sha256 = bms_query_get_text(&query, 0);
        const char *printed = bms_query_get_text(&query, 1);
        if (sha256 && printed)
            more = on_file(context, sha256, printed);
    }
    return bms_query_end(&query, error);
}

enum bms_status bms_history_add_restored(bms_history *history, const char *sha256, const char *made_by,
                                         const char *reason, bms_error *error) {
    enum bms_status status = bms_history_in_run(history, error);
    if (status != BMS_OK)
        return status;
    bms_query query = bms_query_begin(
        history, "INSERT INTO restored_backups (run, sha256, made_by, reason) VALUES (?1, ?2, ?3, ?4)");
    bms_query_integer(&query, 1, history->run);
    bms_query_text(&query, 2, sha256);
    bms_query_text(&query, 3, made_by);
    bms_query_text(&query, 4, reason);
    return bms_query_run(&query, error);
}

enum bms_status bms_history_find_restored(bms_history *history, const char *digits, bms_arena *arena,
                                          const char **made_by, const char **reason, bms_error *error) {
    /* A report prints only the first digits: whichever is shorter decides. */
    bms_query query =
        bms_query_begin(history, "SELECT made_by, reason FROM main.restored_backups WHERE "
                                 "substr(sha256, 1, min(length(sha256), length(?1))) = "
                                 "substr(?1, 1, min(length(sha256), length(?1))) ORDER BY id LIMIT 1");
    bms_query_text(&query, 1, digits);
    *made_by = *reason = NULL;
    if (bms_query_row(&query)) {
        *made_by = bms_arena_text(arena, bms_query_get_text(&query, 0));
        *reason = bms_arena_text(arena, bms_query_get_text(&query, 1));
    }
    return bms_error_of_arena(bms_query_end(&query, error), arena, error);
}
