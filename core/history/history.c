/** Making, opening and closing the history, and its runs (see history.h). */
#include "core/history/history.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/history/chain.h"
#include "core/history/integrity.h"
#include "core/history/read_back.h"
#include "core/history/schema.h"
#include "core/history/store.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAIT_STEP = 50, WAIT_IN_ALL = 15000 }; /* milliseconds for another program's lock */

extern const unsigned char bms_sql_001_first[];
extern const unsigned char bms_sql_002_chain[];
extern const unsigned char bms_sql_003_dated[];
extern const unsigned char bms_sql_004_decisions[];
extern const unsigned char bms_sql_005_said[];
extern const unsigned char bms_sql_006_own[];

/** The schema, step by step: core/history/sql/NNN_*.sql leads to version NNN. */
static const unsigned char *const migrations[BMS_HISTORY_VERSION] = {bms_sql_001_first, bms_sql_002_chain,
                                                                     bms_sql_003_dated, bms_sql_004_decisions,
                                                                     bms_sql_005_said,  bms_sql_006_own};

static int wait_for_lock(void *context, int times) {
    bms_history *history = context;
    if (!history->wait || times >= WAIT_IN_ALL / WAIT_STEP)
        return 0;
    /* SQLite takes a lock that the drive cannot give for one that another program has. */
    if (times == 0)
        history->no_locks = !bms_platform_can_lock(history->path);
    if (history->no_locks)
        return 0;
    (void)sqlite3_sleep(WAIT_STEP);
    history->given_up = !history->wait(history->wait_context);
    return !history->given_up;
}

static bms_history *new_history(const char *path, const char *language) {
    bms_history *history = calloc(1, sizeof *history);
    if (!history)
        return NULL;
    history->path = malloc(strlen(path) + 1);
    if (!history->path) {
        free(history);
        return NULL;
    }
    memcpy(history->path, path, strlen(path) + 1);
    memcpy(history->language, language, 2);
    history->limit = BMS_ALL_RUNS;
    return history;
}

void bms_history_close(bms_history *history) {
    if (!history)
        return;
    bms_history_roll_back(history);
    bms_history_drop_statements(history);
    (void)sqlite3_close(history->database);
    sodium_memzero(history->seal_key, sizeof history->seal_key);
    free(history->upgrade_backup);
    free(history->path);
    free(history);
}

/** Open the file and set how this connection behaves. */
static enum bms_status connect_to(bms_history *history, bms_error *error) {
    int result =
        sqlite3_open_v2(history->path, &history->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (history->is_there && (result & 0xFF) == SQLITE_CANTOPEN)
        return bms_history_fail_to_read(history, error);
    if (result != SQLITE_OK)
        return bms_history_fail(history, result, error);
    (void)sqlite3_extended_result_codes(history->database, 1);
    (void)sqlite3_busy_handler(history->database, wait_for_lock, history);
    return bms_history_execute(
        history,
        "PRAGMA foreign_keys = ON;"
        "PRAGMA recursive_triggers = ON;" /* REPLACE is refused as a DELETE is */
        "PRAGMA trusted_schema = OFF;"
        "PRAGMA cell_size_check = ON;"
        "PRAGMA synchronous = EXTRA;", /* as FULL; and what is committed lasts when the power fails */
        error);
}

static enum bms_status read_number(bms_history *history, const char *sql, int64_t *out, bms_error *error) {
    bms_query query = bms_query_begin(history, sql);
    *out = bms_query_row(&query) ? bms_query_get_integer(&query, 0) : 0;
    return bms_query_end(&query, error);
}

const char *bms_history_migration(int version) {
    return (const char *)migrations[version];
}

/** Take the steps that another program has not taken meanwhile, and record the hashes that runs may lack; in
 * the open transaction. */
static enum bms_status take_steps(bms_history *history, bms_error *error) {
    int64_t version = 0;
    enum bms_status status = read_number(history, "PRAGMA user_version", &version, error);
    for (int step = (int)version; status == BMS_OK && step < BMS_HISTORY_VERSION; step++) {
        if (migrations[step])
            status = bms_history_execute(history, bms_history_migration(step), error);
    }
    bms_arena *arena = bms_arena_new();
    if (status == BMS_OK)
        status = arena ? bms_chain_seal_missing(history, arena, error) : bms_error_no_memory(error);
    bms_arena_free(arena);
    return status;
}

/** Bring the schema to the newest version, in one transaction: half an upgrade would be copied over the copy
 * of what was before. */
static enum bms_status migrate(bms_history *history, bms_error *error) {
    enum bms_status status = bms_history_execute(history, "BEGIN IMMEDIATE", error);
    if (status == BMS_OK)
        status = take_steps(history, error);
    if (status == BMS_OK)
        status = bms_history_execute(history, "COMMIT", error);
    bms_history_roll_back(history);
    return status;
}

/** Bring an older history to this version, after copying it. */
static enum bms_status upgrade(bms_history *history, int64_t version, bms_error *error) {
    if (version == BMS_HISTORY_VERSION)
        return BMS_OK;
    size_t size = strlen(history->path) + 32;
    history->upgrade_backup = malloc(size);
    if (!history->upgrade_backup)
        return bms_error_no_memory(error);
    (void)snprintf(history->upgrade_backup, size, "%s.before-%d", history->path, (int)BMS_HISTORY_VERSION);
    enum bms_status status = bms_history_back_up(history, history->upgrade_backup, error);
    return status == BMS_OK ? migrate(history, error) : status;
}

const char *bms_history_upgrade_backup(const bms_history *history) {
    return history->upgrade_backup;
}

/** Find out whether a pragma says that the file is in WAL mode. */
static enum bms_status is_in_wal(bms_history *history, const char *pragma, bool *out, bms_error *error) {
    bms_query query = bms_query_begin(history, pragma);
    const char *mode = bms_query_row(&query) ? bms_query_get_text(&query, 0) : NULL;
    *out = mode && strcmp(mode, "wal") == 0;
    return bms_query_end(&query, error);
}

/** Turn a file that another program has put into WAL mode back: a common drive cannot carry that. */
static enum bms_status leave_wal(bms_history *history, bms_error *error) {
    bool in_wal = false;
    bms_error why = {0};
    enum bms_status status = is_in_wal(history, "PRAGMA main.journal_mode", &in_wal, error);
    if (status != BMS_OK || !in_wal)
        return status;
    status = is_in_wal(history, "PRAGMA main.journal_mode = DELETE", &in_wal, &why);
    if (status == BMS_OK && !in_wal)
        return BMS_OK;
    if (status != BMS_OK && status != BMS_HISTORY_LOCKED)
        return bms_error_set(error, status, why.where, why.message);
    return bms_history_set_error(
        history, BMS_HISTORY_LOCKED,
        BMS_TEXT("Another program has the history open and has put its file into a mode (WAL) that a common "
                 "drive cannot carry. Close that program, and try again."),
        error);
}

/** Compare the file in detail. What is foreign in it is refused, but for who opens it to see just that. */
static enum bms_status look_closer(bms_history *history, bms_error *error) {
    bms_schema schema = {0};
    bms_arena *arena = bms_arena_new();
    enum bms_status status =
        arena ? bms_schema_compare(history, arena, &schema, error) : bms_error_no_memory(error);
    if (status == BMS_OK && schema.version == 0)
        status = bms_history_fail(history, SQLITE_NOTADB, error);
    if (status == BMS_OK && schema.n > 0 && !history->as_it_is)
        status = bms_schema_refuse(history, &schema, error);
    history->is_foreign = status == BMS_OK && schema.n > 0;
    bms_arena_free(arena);
    return status;
}

/** Refuse a file that is not a history, is of a newer version or holds what is not its own.
 * @param[out] version  of its schema */
static enum bms_status recognise(bms_history *history, int64_t *version, bms_error *error) {
    bms_schema_numbers numbers;
    bool own = false;
    enum bms_status status = bms_history_execute(history, "BEGIN", error);
    if (status == BMS_OK)
        status = bms_schema_numbers_of(history, &numbers, error);
    if (status == BMS_OK && numbers.application == BMS_HISTORY_APPLICATION &&
        numbers.version > BMS_HISTORY_VERSION) {
        status = bms_history_set_error(
            history, BMS_HISTORY_NEWER,
            BMS_TEXT("The history was made by a newer version of bms. Use that version."), error);
    }
    if (status == BMS_OK)
        status = bms_schema_is_own(history, numbers.version, &own, error);
    if (status == BMS_OK && (!own || numbers.application != BMS_HISTORY_APPLICATION))
        status = look_closer(history, error);
    bms_history_roll_back(history);
    *version = status == BMS_OK ? numbers.version : 0;
    return status;
}

static enum bms_status read_seal_key(bms_history *history, bms_error *error) {
    bms_query query = bms_query_begin(history, "SELECT seal_key FROM origin WHERE id = 1");
    bool found = false;
    if (bms_query_row(&query)) {
        size_t size = 0;
        const void *key = bms_query_get_bytes(&query, 0, &size);
        found = key && size == sizeof history->seal_key;
        if (found)
            memcpy(history->seal_key, key, size);
    }
    enum bms_status status = bms_query_end(&query, error);
    if (status == BMS_OK && !found)
        status = bms_history_fail(history, SQLITE_CORRUPT, error);
    return status;
}

/** @return whether nobody can see what is at the path: a folder above it may not be looked into. */
static bool is_out_of_sight(const char *path) {
    bool out = false;
    bms_arena *arena = bms_arena_new();
    size_t length = strlen(path);
    for (bool found = false; arena && !found && length > 0;) {
        while (length > 0 && path[length - 1] != '/')
            length--;
        const char *folder = length > 0 ? bms_arena_copy(arena, path, length) : "./";
        const char *inside = bms_arena_format(arena, "%s.", folder);
        while (length > 0 && path[length - 1] == '/')
            length--;
        const bool here = *folder == '.' || bms_platform_path_kind(folder) != BMS_PATH_MISSING;
        found = !bms_arena_failed(arena) && here;
        out = found && bms_platform_path_kind(inside) == BMS_PATH_MISSING;
    }
    bms_arena_free(arena);
    return out;
}

/** Say why there is no file to open. */
static enum bms_status fail_without_file(const bms_history *history, enum bms_path_kind kind,
                                         bms_error *error) {
    if (kind != BMS_PATH_MISSING) {
        return bms_history_set_error(
            history, BMS_HISTORY_DAMAGED,
            BMS_TEXT("What has the history's name is no file. Move it away, and restore a backup copy."),
            error);
    }
    if (is_out_of_sight(history->path))
        return bms_history_fail_to_read(history, error);
    return bms_history_set_error(
        history, BMS_HISTORY_MISSING,
        BMS_TEXT("There is no history here. Make one with 'bms init', or go to the folder where it is."),
        error);
}

/** Open the file that is at the path. */
static enum bms_status open_file(bms_history *history, bms_error *error) {
    const enum bms_path_kind kind = bms_platform_path_kind(history->path);
    if (kind != BMS_PATH_FILE)
        return fail_without_file(history, kind, error);
    history->is_there = true;
    enum bms_status status = connect_to(history, error);
    return status == BMS_OK ? leave_wal(history, error) : status;
}

static enum bms_status open_history(bms_history *history, bms_error *error) {
    int64_t version = 0;
    bms_error why = {0};
    enum bms_status status = open_file(history, &why);
    if (status == BMS_INTERNAL) /* a file of a format that SQLite does not know */
        return bms_history_fail(history, SQLITE_NOTADB, error);
    if (status != BMS_OK)
        return bms_error_set(error, status, why.where, why.message);
    status = recognise(history, &version, error);
    if (status != BMS_OK || history->is_foreign)
        return status;
    status = upgrade(history, version, error);
    return status == BMS_OK ? read_seal_key(history, error) : status;
}

static enum bms_status open_at(bms_history **out, const char *path, const char *language, bool as_it_is,
                               bms_history_wait *wait, void *context, bms_error *error) {
    *out = NULL;
    bms_history *history = new_history(path, language);
    if (!history)
        return bms_error_no_memory(error);
    history->wait = wait;
    history->wait_context = context;
    history->as_it_is = as_it_is;
    enum bms_status status = open_history(history, error);
    if (status == BMS_OK) {
        *out = history;
    } else {
        bms_history_close(history);
    }
    return status;
}

enum bms_status bms_history_open(bms_history **out, const char *path, const char *language,
                                 bms_history_wait *wait, void *context, bms_error *error) {
    return open_at(out, path, language, false, wait, context, error);
}

enum bms_status bms_history_open_as_it_is(bms_history **out, const char *path, const char *language,
                                          bms_history_wait *wait, void *context, bms_error *error) {
    return open_at(out, path, language, true, wait, context, error);
}

/** Give the empty file its schema and its seal key. */
static enum bms_status set_up(bms_history *history, int64_t now, bms_error *error) {
    unsigned char key[BMS_SEAL_KEY_SIZE];
    if (sodium_init() < 0)
        return bms_error_set(error, BMS_INTERNAL, history->path, "no source of random numbers");
    randombytes_buf(key, sizeof key);
    enum bms_status status = connect_to(history, error);
    if (status == BMS_OK)
        status = migrate(history, error);
    if (status == BMS_OK) {
        bms_query query =
            bms_query_begin(history, "INSERT INTO origin (id, made_at, seal_key) VALUES (1, ?1, ?2)");
        bms_query_integer(&query, 1, now);
        bms_query_bytes(&query, 2, key, sizeof key);
        status = bms_query_run(&query, error);
    }
    sodium_memzero(key, sizeof key);
    return status;
}

static enum bms_status make_file(const char *path, const char *language, int64_t now, bms_error *error) {
    bms_history *history = new_history(path, language);
    if (!history)
        return bms_error_no_memory(error);
    enum bms_status status = set_up(history, now, error);
    bms_history_close(history);
    return status;
}

enum bms_status bms_history_create(const char *path, const char *language, int64_t now, bms_error *error) {
    char *unfinished = NULL;
    if (bms_platform_path_kind(path) != BMS_PATH_MISSING) {
        return bms_error_set(
            error, BMS_NOT_WRITABLE, path,
            bms_tr(language,
                   BMS_TEXT("There is already a file with the history's name. It was not changed.")));
    }
    enum bms_status status = bms_platform_temporary(path, 0, language, &unfinished, error);
    if (status != BMS_OK)
        return status;
    status = make_file(unfinished, language, now, error);
    if (status == BMS_OK)
        status = bms_platform_rename(unfinished, path, language, error);
    if (status != BMS_OK)
        bms_platform_remove(unfinished);
    free(unfinished);
    return status;
}

const unsigned char *bms_history_seal_key(const bms_history *history) {
    return history->seal_key;
}

enum bms_status bms_history_add_run(bms_history *history, const char *verb, int64_t now, bms_error *error) {
    char account[BMS_PLATFORM_NAME];
    char machine[BMS_PLATFORM_NAME];
    if (bms_platform_account(account, sizeof account) != BMS_OK)
        return bms_error_no_memory(error);
    bms_platform_machine(machine, sizeof machine);
    enum bms_status status = bms_chain_refuse_ahead(history, error);
    if (status != BMS_OK)
        return status;
    bms_query query = bms_query_begin(
        history, "INSERT INTO runs (verb, began_at, program, account, machine) VALUES (?1, ?2, ?3, ?4, ?5)");
    bms_query_text(&query, 1, verb);
    bms_query_integer(&query, 2, now);
    bms_query_text(&query, 3, bms_version());
    bms_query_text(&query, 4, *account ? account : NULL);
    bms_query_text(&query, 5, *machine ? machine : NULL);
    status = bms_query_run(&query, error);
    history->run = status == BMS_OK ? sqlite3_last_insert_rowid(history->database) : 0;
    return status;
}

enum bms_status bms_history_begin(bms_history *history, const char *verb, int64_t now, bms_error *error) {
    if (history->run != 0)
        return bms_error_set(error, BMS_INTERNAL, history->path, "a run is open already");
    if (history->limit != BMS_ALL_RUNS) {
        return bms_history_set_error(
            history, BMS_USAGE, BMS_TEXT("With --as-of the history can only be read: nothing can be added."),
            error);
    }
    history->given_up = false;
    bms_platform_limit_rights(history->path, NULL); /* its journal has the same */
    enum bms_status status = bms_history_execute(history, "BEGIN IMMEDIATE", error);
    if (status != BMS_OK)
        return status;
    status = bms_history_add_run(history, verb, now, error);
    if (status != BMS_OK)
        bms_history_roll_back(history);
    return status;
}

/**
 * A run is stored from the moment its journal is gone. After that SQLite still syncs the folder and lets go
 * of its lock, and a failure there is no failure of the run: the file itself is asked.
 */
static bool is_stored(bms_history *history, int64_t run) {
    if (!sqlite3_get_autocommit(history->database))
        return false; /* what is seen would be the open run itself */
    bms_query query = bms_query_begin(history, "SELECT 1 FROM main.run_hashes WHERE run = ?1");
    bms_query_integer(&query, 1, run);
    bool found = bms_query_row(&query);
    return bms_query_end(&query, NULL) == BMS_OK && found;
}

static enum bms_status commit_run(bms_history *history, bms_error *error) {
    enum bms_status status = bms_history_execute(history, "COMMIT", error);
    if (status == BMS_OK)
        return status;
    const int64_t run = history->run;
    bms_history_roll_back(history);
    if (!is_stored(history, run))
        return status;
    bms_error_clear(error);
    return BMS_OK;
}

enum bms_status bms_history_commit(bms_history *history, bms_error *error) {
    enum bms_status status = bms_history_in_run(history, error);
    if (status == BMS_OK)
        status = bms_chain_seal(history, error);
    if (status == BMS_OK)
        status = bms_read_back_run(history, error); /* when all is stored that will be */
    if (status == BMS_OK)
        status = commit_run(history, error);
    if (status != BMS_OK)
        bms_history_roll_back(history);
    bms_read_back_forget(history);
    history->run = 0;
    return status;
}

void bms_history_roll_back(bms_history *history) {
    /* SQLite may have rolled back by itself, as on a full disk. */
    if (history->database && !sqlite3_get_autocommit(history->database))
        (void)sqlite3_exec(history->database, "ROLLBACK", NULL, NULL, NULL);
    bms_read_back_forget(history);
    history->run = 0;
}
