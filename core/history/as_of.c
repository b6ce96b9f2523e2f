/* Seeing the history as it was after one of its runs. */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/history/store.h"

#include <sqlite3.h>
#include <stdlib.h>

/* Each table is hidden by a temporary view of the same name with its older rows only: SQLite looks for a name
   without a schema among the temporary ones first. So every query is limited, also those written later. */

static enum bms_status execute_owned(bms_history *history, char *sql, bms_error *error) {
    if (!sql)
        return bms_error_no_memory(error);
    enum bms_status status = bms_history_execute(history, sql, error);
    sqlite3_free(sql);
    return status;
}

static enum bms_status show_older(bms_history *history, const char *table, const char *column, int64_t most,
                                  bms_error *error) {
    return execute_owned(
        history,
        sqlite3_mprintf("CREATE TEMP VIEW \"%w\" AS SELECT * FROM main.\"%w\" WHERE \"%w\" <= %lld", table,
                        table, column, (long long)most),
        error);
}

/** Execute the statements that a question puts together in its one row. */
static enum bms_status execute_answer(bms_history *history, bms_query *query, bms_error *error) {
    const bool found = bms_query_row(query);
    const char *statements = found ? bms_query_get_text(query, 0) : NULL;
    char *sql = sqlite3_mprintf("%s", statements ? statements : "");
    enum bms_status status = bms_query_end(query, error);
    if (status == BMS_OK)
        return execute_owned(history, sql, error);
    sqlite3_free(sql);
    return status;
}

/** Limit the tables whose rows name the run that added them. */
static enum bms_status show_older_by_run(bms_history *history, int64_t run, bms_error *error) {
    bms_query query = bms_query_begin(
        history, "SELECT group_concat(printf('CREATE TEMP VIEW \"%w\" AS SELECT * FROM main.\"%w\" "
                 "WHERE run <= %lld;', t.name, t.name, ?1), '') FROM main.sqlite_schema AS t "
                 "WHERE t.type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(t.name, 'main') AS c "
                 "WHERE c.name = 'run')");
    bms_query_integer(&query, 1, run);
    return execute_answer(history, &query, error);
}

static enum bms_status newest_receipt(bms_history *history, int64_t run, int64_t *receipt, bms_error *error) {
    bms_query query =
        bms_query_begin(history, "SELECT id FROM main.receipts WHERE run <= ?1 ORDER BY id DESC LIMIT 1");
    bms_query_integer(&query, 1, run);
    *receipt = bms_query_row(&query) ? bms_query_get_integer(&query, 0) : 0;
    return bms_query_end(&query, error);
}

/** Drop all the views again. */
static enum bms_status show_all(bms_history *history, bms_error *error) {
    bms_query query =
        bms_query_begin(history, "SELECT group_concat(printf('DROP VIEW temp.\"%w\";', name), '') "
                                 "FROM temp.sqlite_schema WHERE type = 'view'");
    return execute_answer(history, &query, error);
}

enum bms_status bms_history_limit(bms_history *history, int64_t run, bms_error *error) {
    int64_t receipt = 0;
    enum bms_status status = BMS_OK;
    if (run == history->limit)
        return BMS_OK;
    status = bms_history_execute(history, "PRAGMA temp_store = MEMORY", error);
    if (status == BMS_OK && history->limit != BMS_ALL_RUNS)
        status = show_all(history, error);
    history->limit = BMS_ALL_RUNS;
    if (status != BMS_OK || run == BMS_ALL_RUNS)
        return status;
    status = newest_receipt(history, run, &receipt, error);
    if (status == BMS_OK)
        status = show_older_by_run(history, run, error);
    if (status == BMS_OK)
        status = show_older(history, "runs", "id", run, error);
    if (status == BMS_OK)
        status = show_older(history, "returns", "receipt", receipt, error);
    if (status == BMS_OK) {
        status = bms_history_execute(
            history,
            "CREATE TEMP VIEW current_returns AS SELECT * FROM returns AS r WHERE NOT EXISTS (SELECT 1 FROM "
            "returns "
            "AS later WHERE later.period = r.period AND later.unit = r.unit AND later.revision > r.revision)",
            error);
    }
    history->limit = run;
    return status;
}

int64_t bms_history_limited_to(const bms_history *history) {
    return history->limit;
}

enum bms_status bms_history_run_at(bms_history *history, int64_t at, int64_t *run, bms_error *error) {
    bms_query query = bms_query_begin(history, "SELECT max(id) FROM runs WHERE began_at <= ?1");
    bms_query_integer(&query, 1, at);
    *run = bms_query_row(&query) ? bms_query_get_integer(&query, 0) : 0;
    return bms_query_end(&query, error);
}

enum bms_status bms_history_run_time(bms_history *history, int64_t run, int64_t *began_at, bool *known,
                                     bms_error *error) {
    bms_query query = bms_query_begin(history, "SELECT began_at FROM runs WHERE id = ?1");
    bms_query_integer(&query, 1, run);
    *known = bms_query_row(&query);
    *began_at = *known ? bms_query_get_integer(&query, 0) : 0;
    return bms_query_end(&query, error);
}

enum bms_status bms_history_run_system(bms_history *history, int64_t run, bms_arena *arena,
                                       const char **account, const char **machine, bms_error *error) {
    bms_query query = bms_query_begin(
        history, "SELECT coalesce(account, ''), coalesce(machine, '') FROM runs WHERE id = ?1");
    bms_query_integer(&query, 1, run);
    bool there = bms_query_row(&query);
    *account = there ? bms_arena_text(arena, bms_query_get_text(&query, 0)) : "";
    *machine = there ? bms_arena_text(arena, bms_query_get_text(&query, 1)) : "";
    return bms_error_of_arena(bms_query_end(&query, error), arena, error);
}

enum bms_status bms_history_run_program(bms_history *history, int64_t run, bms_arena *arena,
                                        const char **program, bms_error *error) {
    bms_query query = bms_query_begin(history, "SELECT program FROM runs WHERE id = ?1");
    bms_query_integer(&query, 1, run);
    const char *found = bms_query_row(&query) ? bms_query_get_text(&query, 0) : NULL;
    *program = bms_arena_text(arena, found ? found : "");
    enum bms_status status = bms_query_end(&query, error);
    return bms_error_of_arena(status, arena, error);
}
