/* Rows that wait for a run to come (see chain.h). */
#include "core/history/chain.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"

#include <sqlite3.h>
#include <stdio.h>

/* The last run that was committed. */
#define LAST_RUN "(SELECT coalesce(max(run), 0) FROM main.run_hashes)"

/** SQL that gives a row when a table has rows beyond those that the runs so far have stored. Each way looks
 * at one end of an index. */
static const char *question(bms_arena *arena, const bms_chain_table *table) {
    if (table->link.table) {
        return bms_arena_format(arena,
                                "SELECT 1 FROM main.\"%s\" WHERE \"%s\" > (SELECT coalesce(max(\"%s\"), 0) "
                                "FROM main.\"%s\") LIMIT 1",
                                table->name, table->link.from, table->link.to, table->link.table);
    }
    if (!table->reached) {
        return bms_arena_format(arena, "SELECT 1 FROM main.\"%s\" WHERE \"%s\" > " LAST_RUN " LIMIT 1",
                                table->name, table->link.from);
    }
    /* What was made with the file belongs to the first run. */
    return bms_arena_format(
        arena,
        "SELECT 1 FROM (SELECT max(id) AS id FROM main.\"%s\") AS reached "
        "WHERE reached.id > coalesce((SELECT highest FROM main.run_reached WHERE name = '%s' "
        "ORDER BY run DESC LIMIT 1), 0) AND NOT ('%s' = 'origin' AND reached.id = 1 AND " LAST_RUN " = 0)",
        table->name, table->name, table->name);
}

static enum bms_status refuse(const bms_history *history, const char *table, bms_error *error) {
    bms_arena *arena = bms_arena_new();
    if (!arena)
        return bms_error_no_memory(error);
    const char *message = bms_message(
        arena,
        bms_tr(history->language,
               BMS_TEXT("The history holds rows that no run has stored: {table}. Another program has "
                        "put them there. Nothing has been stored. Run 'bms verify' to see all of "
                        "them, and restore a backup copy.")),
        "table", table, NULL);
    enum bms_status status = bms_error_of_arena(BMS_OK, arena, error);
    if (status == BMS_OK)
        status = bms_error_set(error, BMS_HISTORY_DAMAGED, history->path, message);
    bms_arena_free(arena);
    return status;
}

static enum bms_status look_at(const bms_chain *chain, const bms_chain_table *table, bms_error *error) {
    sqlite3_stmt *rows = NULL;
    int result = bms_chain_prepare(chain, question(chain->arena, table), &rows);
    if (result == SQLITE_OK)
        result = sqlite3_step(rows);
    (void)sqlite3_finalize(rows);
    if (result == SQLITE_ROW)
        return refuse(chain->history, table->name, error);
    return result == SQLITE_DONE ? BMS_OK : bms_history_fail(chain->history, result, error);
}

enum bms_status bms_chain_refuse_ahead(bms_history *history, bms_error *error) {
    bms_chain chain = {0};
    bms_arena *arena = bms_arena_new();
    enum bms_status status =
        arena ? bms_chain_begin(&chain, history, NULL, arena, error) : bms_error_no_memory(error);
    for (size_t i = 0; status == BMS_OK && i < chain.n_tables; i++)
        status = look_at(&chain, &chain.tables[i], error);
    bms_chain_end(&chain);
    bms_arena_free(arena);
    return status;
}
