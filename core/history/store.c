/* Queries on the history's file, and what SQLite's errors mean for the user (see store.h). */
#include "core/history/store.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/period.h"
#include "core/base/platform.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum bms_status bms_history_set_error(const bms_history *history, enum bms_status status, const char *text,
                                      bms_error *error) {
    return bms_error_set(error, status, history->path, bms_tr(history->language, text));
}

static enum bms_status fail_without_locks(bms_history *history, bms_error *error) {
    return bms_history_set_error(
        history, BMS_HISTORY_LOCKED,
        BMS_TEXT(
            "The history cannot be locked: the drive or the network does not lock files. Nothing has been "
            "changed. Check the connection, or move the history to a drive that can lock."),
        error);
}

static bool is_about_locks(int extended) {
    return extended == SQLITE_IOERR_LOCK || extended == SQLITE_IOERR_RDLOCK ||
           extended == SQLITE_IOERR_UNLOCK || extended == SQLITE_IOERR_CHECKRESERVEDLOCK;
}

static enum bms_status fail_on_input_or_output(bms_history *history, int extended, bms_error *error) {
    if (extended == SQLITE_IOERR_NOMEM)
        return bms_error_no_memory(error);
    if (is_about_locks(extended))
        return fail_without_locks(history, error);
    if (extended == SQLITE_IOERR_READ || extended == SQLITE_IOERR_SHORT_READ ||
        extended == SQLITE_IOERR_DATA) {
        return bms_history_set_error(history, BMS_HISTORY_DAMAGED,
                                     BMS_TEXT("The history cannot be read: the disk or the network gives "
                                              "errors. Check the connection, or restore a backup copy."),
                                     error);
    }
    return bms_history_set_error(
        history, BMS_NOT_WRITABLE,
        BMS_TEXT("The history could not be written: the disk or the network gives errors. Nothing has been "
                 "changed. Check that there is room and that the drive is connected."),
        error);
}

static enum bms_status fail_on_lock(bms_history *history, bms_error *error) {
    if (history->given_up) {
        return bms_history_set_error(history, BMS_CANCELLED, BMS_TEXT("Stopped. Nothing has been changed."),
                                     error);
    }
    if (history->no_locks)
        return fail_without_locks(history, error);
    return bms_history_set_error(
        history, BMS_HISTORY_LOCKED,
        BMS_TEXT("Another program is using the history. Wait until it is done, and try again."), error);
}

/** Our own mistake, or a file that another program changed meanwhile: what SQLite says of it is for whoever
 * looks into it. */
static enum bms_status fail_otherwise(const bms_history *history, int result, bms_error *error) {
    const char *what = history->database ? sqlite3_errmsg(history->database) : sqlite3_errstr(result);
    bms_arena *arena = bms_arena_new();
    if (!arena)
        return bms_error_no_memory(error);
    const char *message =
        bms_message(arena,
                    bms_tr(history->language,
                           BMS_TEXT("The history could not do what was asked of it, and nothing has been "
                                    "changed. Run 'bms verify'. For whoever looks into it: {what}")),
                    "what", what, NULL);
    enum bms_status status = bms_error_of_arena(BMS_OK, arena, error);
    if (status == BMS_OK)
        status = bms_error_set(error, BMS_INTERNAL, history->path, message);
    bms_arena_free(arena);
    return status;
}

/** @return whether SQLite cannot open the path or those of its own files beside it. */
static bool is_too_long(const bms_history *history) {
    enum { LONGEST_PATH = 512, LONGEST_ENDING = 40 };
    char *path = bms_platform_full_path(history->path);
    const bool too_long = path && strlen(path) + LONGEST_ENDING > LONGEST_PATH;
    free(path);
    return too_long;
}

static enum bms_status fail_to_open(const bms_history *history, bms_error *error) {
    return bms_history_set_error(
        history, BMS_NOT_WRITABLE,
        is_too_long(history)
            ? BMS_TEXT("The history's path is too long. Give the folders above it shorter names, or move "
                       "it nearer to the top of the disk.")
            : BMS_TEXT("The history cannot be written. Check that you may write both to the file and to its "
                       "folder, and that there is room."),
        error);
}

enum bms_status bms_history_fail_to_read(const bms_history *history, bms_error *error) {
    if (is_too_long(history))
        return fail_to_open(history, error);
    return bms_history_set_error(
        history, BMS_HISTORY_DAMAGED,
        BMS_TEXT("The history cannot be read: you may not open it. Ask its owner to give you access to the "
                 "file and its folder, or use the account that has it."),
        error);
}

enum bms_status bms_history_fail(bms_history *history, int result, bms_error *error) {
    switch (result & 0xFF) {
    case SQLITE_NOMEM:
        return bms_error_no_memory(error);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail_on_lock(history, error);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return bms_history_set_error(
            history, BMS_HISTORY_DAMAGED,
            BMS_TEXT("The file is not a history made by bms, or it is damaged. Restore a backup copy."),
            error);
    case SQLITE_FULL:
        return bms_history_set_error(
            history, BMS_NOT_WRITABLE,
            BMS_TEXT("The disk is full. Nothing has been changed. Make room, and try again."), error);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return fail_to_open(history, error);
    case SQLITE_IOERR:
        return fail_on_input_or_output(history, result, error);
    default:
        return fail_otherwise(history, result, error);
    }
}

static bms_kept_statement *add_statement(bms_history *history) {
    if (history->n_statements == history->capacity) {
        size_t capacity = history->capacity ? history->capacity * 2 : 32;
        bms_kept_statement *larger = realloc(history->statements, capacity * sizeof *larger);
        if (!larger)
            return NULL;
        history->statements = larger;
        history->capacity = capacity;
    }
    return &history->statements[history->n_statements];
}

bms_query bms_query_begin(bms_history *history, const char *sql) {
    bms_query query = {.history = history, .result = SQLITE_OK};
    for (size_t i = 0; i < history->n_statements; i++) {
        /* One that is being stepped through cannot be reused: a callback may run the same query. */
        bms_kept_statement *kept = &history->statements[i];
        if (kept->sql == sql && !sqlite3_stmt_busy(kept->statement)) {
            query.statement = kept->statement;
            return query;
        }
    }
    bms_kept_statement *place = add_statement(history);
    if (!place) {
        query.result = SQLITE_NOMEM;
        return query;
    }
    query.result =
        sqlite3_prepare_v3(history->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &query.statement, NULL);
    if (query.result == SQLITE_OK) {
        *place = (bms_kept_statement){sql, query.statement};
        history->n_statements++;
    }
    return query;
}

static void remember(bms_query *query, int result) {
    if (query->result == SQLITE_OK && result != SQLITE_OK)
        query->result = result;
}

void bms_query_text(bms_query *query, int place, const char *text) {
    if (query->result == SQLITE_OK && text)
        remember(query, sqlite3_bind_text(query->statement, place, text, -1, SQLITE_STATIC));
}

void bms_query_integer(bms_query *query, int place, int64_t value) {
    if (query->result == SQLITE_OK)
        remember(query, sqlite3_bind_int64(query->statement, place, value));
}

void bms_query_id(bms_query *query, int place, int64_t id) {
    if (id != 0)
        bms_query_integer(query, place, id);
}

void bms_query_number(bms_query *query, int place, bms_number number) {
    if (query->result == SQLITE_OK && number.known)
        remember(query, sqlite3_bind_double(query->statement, place, number.value));
}

void bms_query_bytes(bms_query *query, int place, const void *bytes, size_t size) {
    if (query->result != SQLITE_OK)
        return;
    if (size == 0) {
        remember(query, sqlite3_bind_zeroblob(query->statement, place, 0));
    } else {
        remember(query, sqlite3_bind_blob64(query->statement, place, bytes, size, SQLITE_STATIC));
    }
}

bool bms_query_row(bms_query *query) {
    if (query->result != SQLITE_OK)
        return false;
    int result = sqlite3_step(query->statement);
    if (result == SQLITE_ROW)
        return true;
    if (result != SQLITE_DONE)
        query->result = result;
    return false;
}

const char *bms_query_get_text(bms_query *query, int column) {
    if (sqlite3_column_type(query->statement, column) == SQLITE_NULL)
        return NULL;
    const char *text = (const char *)sqlite3_column_text(query->statement, column);
    if (!text)
        query->result = SQLITE_NOMEM;
    return text;
}

int64_t bms_query_get_integer(bms_query *query, int column) {
    return sqlite3_column_int64(query->statement, column);
}

bms_number bms_query_get_number(bms_query *query, int column) {
    if (sqlite3_column_type(query->statement, column) == SQLITE_NULL)
        return (bms_number){0};
    return (bms_number){true, sqlite3_column_double(query->statement, column)};
}

const void *bms_query_get_bytes(bms_query *query, int column, size_t *size) {
    const void *bytes = sqlite3_column_blob(query->statement, column);
    *size = (size_t)sqlite3_column_bytes(query->statement, column);
    if (!bytes && sqlite3_errcode(query->history->database) == SQLITE_NOMEM)
        query->result = SQLITE_NOMEM;
    return bytes;
}

enum bms_status bms_query_end(bms_query *query, bms_error *error) {
    enum bms_status status =
        query->result == SQLITE_OK ? BMS_OK : bms_history_fail(query->history, query->result, error);
    if (query->statement) {
        (void)sqlite3_reset(query->statement);
        (void)sqlite3_clear_bindings(query->statement);
    }
    return status;
}

enum bms_status bms_query_run(bms_query *query, bms_error *error) {
    while (bms_query_row(query)) {
        /* nothing to fetch */
    }
    return bms_query_end(query, error);
}

enum bms_status bms_history_execute(bms_history *history, const char *sql, bms_error *error) {
    int result = sqlite3_exec(history->database, sql, NULL, NULL, NULL);
    return result == SQLITE_OK ? BMS_OK : bms_history_fail(history, result, error);
}

void bms_history_drop_statements(bms_history *history) {
    for (size_t i = 0; i < history->n_statements; i++)
        (void)sqlite3_finalize(history->statements[i].statement);
    free(history->statements);
    history->statements = NULL;
    history->n_statements = 0;
    history->capacity = 0;
}

enum bms_status bms_history_find_code(bms_history *history, enum bms_code_table table, const char *code,
                                      int64_t *id, bms_error *error) {
    static const char *const sql[] = {
        "SELECT id FROM units WHERE code = ?1",
        "SELECT id FROM indicators WHERE code = ?1",
        "SELECT id FROM periods WHERE code = ?1",
    };
    *id = 0;
    if (!code || !*code)
        return BMS_OK;
    bms_query query = bms_query_begin(history, sql[table]);
    bms_query_text(&query, 1, code);
    if (bms_query_row(&query))
        *id = bms_query_get_integer(&query, 0);
    return bms_query_end(&query, error);
}

enum bms_status bms_history_code(bms_history *history, enum bms_code_table table, const char *code,
                                 int64_t *id, bms_error *error) {
    static const char *const sql[] = {
        "INSERT INTO units (code) VALUES (?1)",
        "INSERT INTO indicators (code) VALUES (?1)",
        "INSERT INTO periods (code, first_day, last_day) VALUES (?1, ?2, ?3)",
    };
    enum bms_status status = bms_history_find_code(history, table, code, id, error);
    if (status != BMS_OK || *id != 0 || !code || !*code)
        return status;
    bms_query query = bms_query_begin(history, sql[table]);
    bms_query_text(&query, 1, code);
    bms_period period;
    if (table == BMS_PERIOD_CODES && bms_period_parse(code, &period)) {
        bms_query_integer(&query, 2, period.from);
        bms_query_integer(&query, 3, period.to);
    }
    status = bms_query_run(&query, error);
    if (status == BMS_OK)
        *id = sqlite3_last_insert_rowid(history->database);
    return status;
}

enum bms_status bms_history_in_run(const bms_history *history, bms_error *error) {
    if (history->run != 0 && history->limit == BMS_ALL_RUNS)
        return BMS_OK;
    return bms_error_set(error, BMS_INTERNAL, history->path, "a fact was added outside a run");
}

int64_t bms_stored_state(enum bms_state state) {
    switch (state) {
    case BMS_REPORTED:
        return 0;
    case BMS_MISSING:
        return 1;
    case BMS_NOT_APPLICABLE:
        return 2;
    default:
        return 3;
    }
}

enum bms_state bms_state_stored_as(int64_t stored) {
    static const enum bms_state states[] = {BMS_REPORTED, BMS_MISSING, BMS_NOT_APPLICABLE, BMS_EMPTY_BASE};
    return states[stored & 3];
}
