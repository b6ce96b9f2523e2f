/**
 * Inside the history: the handle, and queries that remember what went wrong.
 *
 * Only this room and its tests include this. A query is begun with its SQL, given its values, stepped through
 * and ended; the first failure is remembered and reported at the end. Statements are compiled once and kept
 * in the handle, found by the address of their SQL, so the SQL must be a constant.
 */
#ifndef BMS_HISTORY_STORE_H
#define BMS_HISTORY_STORE_H

#include "core/history/history.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;

enum { BMS_HISTORY_APPLICATION = 0x626D7331 /* "bms1" in the file's header */, BMS_HISTORY_VERSION = 6 };

/** A compiled statement and the SQL it was compiled from. */
typedef struct bms_kept_statement {
    const char *sql;
    sqlite3_stmt *statement;
} bms_kept_statement;

/** The returns that the open run has stored and read back, by id (read_back.h). */
typedef struct bms_stored_returns {
    struct bms_stored_return *items;
    size_t n;
    size_t capacity;
} bms_stored_returns;

struct bms_history {
    sqlite3 *database;
    char *path;
    char *upgrade_backup; /* the copy made before an upgrade; NULL */
    char language[3];
    bms_history_wait *wait;
    void *wait_context;
    bool given_up;   /* `wait` said stop */
    bool no_locks;   /* the drive cannot lock files */
    bool is_there;   /* the file was there before */
    bool as_it_is;   /* it may hold what is not its own */
    bool is_foreign; /* it does */
    int64_t run;     /* the open run; 0: none */
    int64_t limit;   /* only what runs up to this one added is shown; BMS_ALL_RUNS */
    bms_stored_returns stored;
    unsigned char seal_key[BMS_SEAL_KEY_SIZE];
    bms_kept_statement *statements;
    size_t n_statements;
    size_t capacity;
};

/** Say that the file may not be read. @return BMS_HISTORY_DAMAGED, or BMS_NOT_WRITABLE for too long a path */
enum bms_status bms_history_fail_to_read(const bms_history *history, bms_error *error);

/** A statement in use, from bms_query_begin to bms_query_end. */
typedef struct bms_query {
    bms_history *history;
    sqlite3_stmt *statement;
    int result; /* SQLite's, of the first failure; 0: none */
} bms_query;

/** @param sql  a constant: the statement is found by its address */
bms_query bms_query_begin(bms_history *history, const char *sql);

/** Bind values, counted from 1. A NULL text, an id of 0 and a number that is not known are bound as NULL. */
void bms_query_text(bms_query *query, int place, const char *text);
void bms_query_integer(bms_query *query, int place, int64_t value);
void bms_query_id(bms_query *query, int place, int64_t id);
void bms_query_number(bms_query *query, int place, bms_number number);
void bms_query_bytes(bms_query *query, int place, const void *bytes, size_t size);

/** Step. @return true when there is a row; false at the end and when something failed */
bool bms_query_row(bms_query *query);

/** Columns of the row, from 0. A text is borrowed until the next step; NULL gives NULL, 0, or not known. */
const char *bms_query_get_text(bms_query *query, int column);
int64_t bms_query_get_integer(bms_query *query, int column);
bms_number bms_query_get_number(bms_query *query, int column);
const void *bms_query_get_bytes(bms_query *query, int column, size_t *size);

/** End the query. @return BMS_OK, or the status of its first failure, with `error` filled */
enum bms_status bms_query_end(bms_query *query, bms_error *error);

/** Step through a statement that gives no rows, and end it. */
enum bms_status bms_query_run(bms_query *query, bms_error *error);

/** Run SQL that has no values: pragmas, migrations, BEGIN and COMMIT. May be several statements. */
enum bms_status bms_history_execute(bms_history *history, const char *sql, bms_error *error);

/** @return the SQL that leads from `version` to the next, or NULL when there is none. */
const char *bms_history_migration(int version);

/** Record the open transaction's run, and who began it where: what the system says, whatever name they typed.
 */
enum bms_status bms_history_add_run(bms_history *history, const char *verb, int64_t now, bms_error *error);

/** Fill `error` with what SQLite's result code means for the user. @return the status */
enum bms_status bms_history_fail(bms_history *history, int result, bms_error *error);

/** Fill `error` in the history's language, with its path. @return `status` */
enum bms_status bms_history_set_error(const bms_history *history, enum bms_status status, const char *text,
                                      bms_error *error);

/** Free all kept statements. */
void bms_history_drop_statements(bms_history *history);

/** Tables of codes that facts refer to. */
enum bms_code_table { BMS_UNIT_CODES, BMS_INDICATOR_CODES, BMS_PERIOD_CODES };

/** Look a code up. @param[out] id  0 when no fact refers to it, or `code` is NULL or "" */
enum bms_status bms_history_find_code(bms_history *history, enum bms_code_table table, const char *code,
                                      int64_t *id, bms_error *error);

/** Look a code up, adding it when it is new. NULL gives id 0. */
enum bms_status bms_history_code(bms_history *history, enum bms_code_table table, const char *code,
                                 int64_t *id, bms_error *error);

/** @return the number that stands for a state in the file, whatever the order of the enum; and back. */
int64_t bms_stored_state(enum bms_state state);
enum bms_state bms_state_stored_as(int64_t stored);

/** @return BMS_OK while a run is open; BMS_INTERNAL otherwise: facts are added in runs only */
enum bms_status bms_history_in_run(const bms_history *history, bms_error *error);

#endif
