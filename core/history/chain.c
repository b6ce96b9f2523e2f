/* The chain of hashes (see chain.h): working a run's hash out, and sealing a run with it. */
#include "core/history/chain.h"

#include "core/base/error.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum { DEEPEST = 8 /* rows that refer to rows */ };

/* Not facts: what can be rebuilt, and the chain itself. */
static const char *const no_facts[] = {"measured_in", "run_hashes", "run_parts"};

static bool is_fact(const char *table) {
    for (size_t i = 0; i < sizeof no_facts / sizeof no_facts[0]; i++) {
        if (strcmp(table, no_facts[i]) == 0)
            return false;
    }
    return true;
}

int bms_chain_prepare(const bms_chain *chain, const char *sql, sqlite3_stmt **out) {
    *out = NULL;
    return bms_arena_failed(chain->arena) ? SQLITE_NOMEM
                                          : sqlite3_prepare_v2(chain->history->database, sql, -1, out, NULL);
}

/* Which run a row belongs to */

static enum bms_status has_column(bms_history *history, const char *table, const char *column, bool *out,
                                  bms_error *error) {
    bms_query query = bms_query_begin(history, "SELECT 1 FROM pragma_table_info(?1, 'main') WHERE name = ?2");
    bms_query_text(&query, 1, table);
    bms_query_text(&query, 2, column);
    *out = bms_query_row(&query);
    return bms_query_end(&query, error);
}

struct reference {
    const char *table;
    const char *from;
    const char *to;
};

enum { MOST_REFERENCES = 16 };

static enum bms_status references_of(const bms_chain *chain, const char *table, struct reference *out,
                                     size_t *n, bms_error *error) {
    bms_query query =
        bms_query_begin(chain->history, "SELECT \"table\", \"from\", \"to\" FROM "
                                        "pragma_foreign_key_list(?1, 'main') WHERE seq = 0 AND \"to\" IS NOT "
                                        "NULL ORDER BY id DESC");
    bms_query_text(&query, 1, table);
    *n = 0;
    while (*n < MOST_REFERENCES && bms_query_row(&query)) {
        struct reference *next = &out[(*n)++];
        next->table = bms_arena_text(chain->arena, bms_query_get_text(&query, 0));
        next->from = bms_arena_text(chain->arena, bms_query_get_text(&query, 1));
        next->to = bms_arena_text(chain->arena, bms_query_get_text(&query, 2));
    }
    return bms_error_of_arena(bms_query_end(&query, error), chain->arena, error);
}

/** Find how a table's rows lead to a run. @param[out] condition  NULL when they do not */
static enum bms_status lead_to_run(const bms_chain *chain, const char *table, int depth,
                                   const char **condition, bms_error *error) {
    struct reference references[MOST_REFERENCES];
    size_t n = 0;
    bool named = false;
    *condition = NULL;
    if (strcmp(table, "runs") == 0) {
        *condition = "id = ?1";
        return BMS_OK;
    }
    enum bms_status status = has_column(chain->history, table, "run", &named, error);
    if (status != BMS_OK || named) {
        *condition = named ? "run = ?1" : NULL;
        return status;
    }
    status = depth < DEEPEST ? references_of(chain, table, references, &n, error) : BMS_OK;
    for (size_t i = 0; status == BMS_OK && !*condition && i < n; i++) {
        const char *parent = NULL;
        status = lead_to_run(chain, references[i].table, depth + 1, &parent, error);
        if (status != BMS_OK || !parent)
            continue;
        *condition = bms_arena_format(chain->arena, "\"%s\" IN (SELECT \"%s\" FROM main.\"%s\" WHERE %s)",
                                      references[i].from, references[i].to, references[i].table, parent);
    }
    return status;
}

static const char reached_condition[] =
    "id > coalesce((SELECT highest FROM main.run_reached WHERE name = '%s' AND run < ?1 "
    "ORDER BY run DESC LIMIT 1), 0) AND "
    "id <= coalesce((SELECT highest FROM main.run_reached WHERE name = '%s' AND run <= ?1 "
    "ORDER BY run DESC LIMIT 1), 0)";

static enum bms_status read_key(const bms_chain *chain, bms_chain_table *table, bms_error *error) {
    bms_query query = bms_query_begin(
        chain->history, "SELECT group_concat('\"' || name || '\"', ', '), "
                        "group_concat('\"' || name || '\"', ' || '' '' || ') "
                        "FROM (SELECT name FROM pragma_table_info(?1, 'main') WHERE pk > 0 ORDER BY pk)");
    bms_query_text(&query, 1, table->name);
    if (bms_query_row(&query)) {
        table->key = bms_arena_text(chain->arena, bms_query_get_text(&query, 0));
        table->row = bms_arena_text(chain->arena, bms_query_get_text(&query, 1));
    }
    enum bms_status status = bms_query_end(&query, error);
    return bms_error_of_arena(status, chain->arena, error);
}

static enum bms_status read_table(const bms_chain *chain, bms_chain_table *table, bms_error *error) {
    enum bms_status status = read_key(chain, table, error);
    if (status == BMS_OK)
        status = lead_to_run(chain, table->name, 0, &table->condition, error);
    if (status != BMS_OK || table->condition)
        return status;
    table->reached = true;
    table->condition = bms_arena_format(chain->arena, reached_condition, table->name, table->name);
    return BMS_OK;
}

static enum bms_status list_tables(bms_chain *chain, bms_error *error) {
    size_t capacity = 0;
    bms_query query =
        bms_query_begin(chain->history, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND "
                                        "name NOT LIKE 'sqlite%' ORDER BY name");
    while (bms_query_row(&query)) {
        const char *name = bms_query_get_text(&query, 0);
        if (name && !is_fact(name))
            continue;
        bms_chain_table *added =
            bms_arena_grow(chain->arena, &chain->tables, &chain->n_tables, &capacity, sizeof *added);
        if (added)
            added->name = bms_arena_text(chain->arena, name);
        if (bms_arena_failed(chain->arena)) {
            query.result = SQLITE_NOMEM;
            break;
        }
    }
    return bms_query_end(&query, error);
}

enum bms_status bms_chain_begin(bms_chain *chain, bms_history *history, bms_arena *arena, bms_error *error) {
    *chain = (bms_chain){.history = history, .arena = arena};
    enum bms_status status = sodium_init() < 0
                                 ? bms_error_set(error, BMS_INTERNAL, history->path, "no hashes")
                                 : list_tables(chain, error);
    for (size_t i = 0; status == BMS_OK && i < chain->n_tables; i++)
        status = read_table(chain, &chain->tables[i], error);
    if (status != BMS_OK)
        return status;
    bms_query query = bms_query_begin(history, "SELECT 1 FROM main.redacted_values LIMIT 1");
    chain->redacted = bms_query_row(&query);
    return bms_error_of_arena(bms_query_end(&query, error), arena, error);
}

/* Hashes */

static void put_integer(crypto_hash_sha256_state *state, uint64_t value) {
    unsigned char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
    (void)crypto_hash_sha256_update(state, bytes, sizeof bytes);
}

static void put_bytes(crypto_hash_sha256_state *state, const void *bytes, size_t size) {
    if (size > 0)
        (void)crypto_hash_sha256_update(state, bytes, size);
}

static void put_text(crypto_hash_sha256_state *state, const char *text) {
    size_t size = strlen(text);
    put_integer(state, size);
    put_bytes(state, text, size);
}

static void finish(crypto_hash_sha256_state *state, char out[65]) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    (void)crypto_hash_sha256_final(state, hash);
    (void)sodium_bin2hex(out, 65, hash, sizeof hash);
}

/** Find the hash of a value that was blanked. @return whether there is one */
static bool find_redacted(bms_history *history, const char *table, const char *row, const char *field,
                          unsigned char hash[crypto_hash_sha256_BYTES], int *result) {
    size_t size = 0;
    bool found = false;
    bms_query query = bms_query_begin(
        history, "SELECT old_sha256 FROM main.redacted_values WHERE name = ?1 AND row = ?2 AND field = ?3");
    bms_query_text(&query, 1, table);
    bms_query_text(&query, 2, row);
    bms_query_text(&query, 3, field);
    if (bms_query_row(&query)) {
        const char *hex = bms_query_get_text(&query, 0);
        found = hex &&
                sodium_hex2bin(hash, crypto_hash_sha256_BYTES, hex, strlen(hex), NULL, &size, NULL) == 0 &&
                size == crypto_hash_sha256_BYTES;
    }
    *result = query.result;
    (void)bms_query_end(&query, NULL);
    return found;
}

/** Add the hash of a text or blob; the first column of the statement is the row's key. */
static int put_content(const bms_chain *chain, const bms_chain_table *table, crypto_hash_sha256_state *state,
                       sqlite3_stmt *row, int column, bool text) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    const void *bytes =
        text ? (const void *)sqlite3_column_text(row, column) : sqlite3_column_blob(row, column);
    size_t size = (size_t)sqlite3_column_bytes(row, column);
    int result = SQLITE_OK;
    if (!bytes && (size > 0 || text))
        return SQLITE_NOMEM;
    if (size > 0 || !chain->redacted ||
        !find_redacted(chain->history, table->name, (const char *)sqlite3_column_text(row, 0),
                       sqlite3_column_name(row, column), hash, &result))
        (void)crypto_hash_sha256(hash, size > 0 ? bytes : (const void *)"", size);
    put_bytes(state, text ? "t" : "b", 1);
    put_bytes(state, hash, sizeof hash);
    return result;
}

static int put_value(const bms_chain *chain, const bms_chain_table *table, crypto_hash_sha256_state *state,
                     sqlite3_stmt *row, int column) {
    int type = sqlite3_column_type(row, column);
    if (type == SQLITE_NULL)
        return SQLITE_OK;
    const char *name = sqlite3_column_name(row, column);
    if (!name)
        return SQLITE_NOMEM;
    put_text(state, name);
    if (type == SQLITE_INTEGER) {
        put_bytes(state, "i", 1);
        put_integer(state, (uint64_t)sqlite3_column_int64(row, column));
    } else if (type == SQLITE_FLOAT) {
        double value = sqlite3_column_double(row, column);
        uint64_t bits = 0;
        memcpy(&bits, &value, sizeof bits);
        put_bytes(state, "r", 1);
        put_integer(state, bits);
    } else {
        return put_content(chain, table, state, row, column, type == SQLITE_TEXT);
    }
    return SQLITE_OK;
}

/** Add a row to its part. @return SQLITE_OK or SQLite's error */
static int put_row(const bms_chain *chain, bms_chain_part *part, size_t *capacity,
                   crypto_hash_sha256_state *rows, sqlite3_stmt *row) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    int result = SQLITE_OK;
    (void)crypto_hash_sha256_init(&state);
    for (int i = 1; result == SQLITE_OK && i < sqlite3_column_count(row); i++)
        result = put_value(chain, part->table, &state, row, i);
    (void)crypto_hash_sha256_final(&state, hash);
    unsigned char *check =
        bms_arena_grow(chain->arena, &part->checks, &part->count, capacity, BMS_CHAIN_CHECK);
    if (!check)
        return SQLITE_NOMEM;
    memcpy(check, hash, BMS_CHAIN_CHECK);
    put_bytes(rows, hash, sizeof hash);
    return result;
}

static enum bms_status work_out_part(const bms_chain *chain, const bms_chain_table *table, int64_t run,
                                     bms_chain_part *part, bms_error *error) {
    sqlite3_stmt *row = NULL;
    crypto_hash_sha256_state rows;
    size_t capacity = 0;
    *part = (bms_chain_part){.table = table};
    int result = bms_chain_prepare(
        chain,
        /* The key as text is only needed where something has been blanked, and costs as much as the hash of a
         * small row. */
        bms_arena_format(chain->arena,
                         "SELECT %s AS \"key of the row\", * FROM main.\"%s\" WHERE %s ORDER BY %s",
                         chain->redacted ? table->row : "NULL", table->name, table->condition, table->key),
        &row);
    (void)crypto_hash_sha256_init(&rows);
    if (result == SQLITE_OK)
        result = sqlite3_bind_int64(row, 1, run);
    while (result == SQLITE_OK && (result = sqlite3_step(row)) == SQLITE_ROW)
        result = put_row(chain, part, &capacity, &rows, row);
    (void)sqlite3_finalize(row);
    finish(&rows, part->sha256);
    return result == SQLITE_DONE ? BMS_OK : bms_history_fail(chain->history, result, error);
}

enum bms_status bms_chain_work_out(const bms_chain *chain, int64_t run, const char *previous,
                                   bms_chain_part *parts, size_t *n_parts, char sha256[65],
                                   bms_error *error) {
    crypto_hash_sha256_state state;
    enum bms_status status = BMS_OK;
    *n_parts = 0;
    (void)crypto_hash_sha256_init(&state);
    put_text(&state, previous);
    for (size_t i = 0; status == BMS_OK && i < chain->n_tables; i++) {
        bms_chain_part *part = &parts[*n_parts];
        status = work_out_part(chain, &chain->tables[i], run, part, error);
        if (status != BMS_OK || part->count == 0)
            continue;
        put_text(&state, part->table->name);
        put_integer(&state, part->count);
        put_text(&state, part->sha256);
        (*n_parts)++;
    }
    finish(&state, sha256);
    return status;
}

/* Sealing */

/** Record the highest id of each table whose rows name no run. */
static enum bms_status record_reached(const bms_chain *chain, int64_t run, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < chain->n_tables; i++) {
        const char *name = chain->tables[i].name;
        sqlite3_stmt *insert = NULL;
        if (!chain->tables[i].reached)
            continue;
        int result = bms_chain_prepare(
            chain,
            bms_arena_format(
                chain->arena,
                /* A subquery of its own: with HAVING, SQLite would read all rows to find the last. */
                "INSERT INTO main.run_reached (run, name, highest) SELECT ?1, '%s', reached.id "
                "FROM (SELECT max(id) AS id FROM main.\"%s\") AS reached "
                "WHERE reached.id > coalesce((SELECT highest FROM main.run_reached WHERE name = '%s' "
                "ORDER BY run DESC LIMIT 1), 0)",
                name, name, name),
            &insert);
        if (result == SQLITE_OK)
            result = sqlite3_bind_int64(insert, 1, run);
        if (result == SQLITE_OK)
            result = sqlite3_step(insert);
        (void)sqlite3_finalize(insert);
        if (result != SQLITE_DONE)
            status = bms_history_fail(chain->history, result, error);
    }
    return status;
}

static enum bms_status add_part(bms_history *history, int64_t run, const bms_chain_part *part,
                                bms_error *error) {
    bms_query query = bms_query_begin(
        history, "INSERT INTO main.run_parts (run, name, count, sha256, checks) VALUES (?1, ?2, ?3, ?4, ?5)");
    bms_query_integer(&query, 1, run);
    bms_query_text(&query, 2, part->table->name);
    bms_query_integer(&query, 3, (int64_t)part->count);
    bms_query_text(&query, 4, part->sha256);
    bms_query_bytes(&query, 5, part->checks, part->count * BMS_CHAIN_CHECK);
    return bms_query_run(&query, error);
}

static enum bms_status add_hash(bms_history *history, int64_t run, const char *previous, const char *sha256,
                                bms_error *error) {
    bms_query query =
        bms_query_begin(history, "INSERT INTO main.run_hashes (run, previous, sha256) VALUES (?1, ?2, ?3)");
    bms_query_integer(&query, 1, run);
    bms_query_text(&query, 2, previous);
    bms_query_text(&query, 3, sha256);
    return bms_query_run(&query, error);
}

static enum bms_status seal(const bms_chain *chain, int64_t run, bms_error *error) {
    char previous[65];
    char sha256[65];
    size_t n = 0;
    int64_t last = 0;
    bms_chain_part *parts = bms_arena_alloc(chain->arena, (chain->n_tables + 1) * sizeof *parts);
    if (!parts)
        return bms_error_no_memory(error);
    enum bms_status status = record_reached(chain, run, error);
    if (status == BMS_OK)
        status = bms_history_newest_hash(chain->history, &last, previous, error);
    if (status == BMS_OK)
        status = bms_chain_work_out(chain, run, previous, parts, &n, sha256, error);
    for (size_t i = 0; status == BMS_OK && i < n; i++)
        status = add_part(chain->history, run, &parts[i], error);
    return status == BMS_OK ? add_hash(chain->history, run, previous, sha256, error) : status;
}

enum bms_status bms_chain_seal(bms_history *history, bms_error *error) {
    bms_chain chain;
    bms_arena *arena = bms_arena_new();
    enum bms_status status =
        arena ? bms_chain_begin(&chain, history, arena, error) : bms_error_no_memory(error);
    if (status == BMS_OK)
        status = seal(&chain, history->run, error);
    bms_arena_free(arena);
    return status;
}

/** Seal the runs without a hash in order; rows that name no run go to the first of them. */
static enum bms_status seal_all(bms_history *history, bms_arena *arena, bms_error *error) {
    bms_chain chain;
    enum bms_status status = bms_chain_begin(&chain, history, arena, error);
    int64_t run = 0;
    while (status == BMS_OK) {
        bms_query query = bms_query_begin(
            history,
            "SELECT min(id) FROM main.runs WHERE id > coalesce((SELECT max(run) FROM main.run_hashes), 0)");
        run = bms_query_row(&query) ? bms_query_get_integer(&query, 0) : 0;
        status = bms_query_end(&query, error);
        if (run == 0)
            break;
        if (status == BMS_OK)
            status = seal(&chain, run, error);
    }
    return status;
}

enum bms_status bms_chain_seal_old(bms_history *history, bms_error *error) {
    bms_arena *arena = bms_arena_new();
    enum bms_status status =
        arena ? bms_history_execute(history, "BEGIN IMMEDIATE", error) : bms_error_no_memory(error);
    if (status == BMS_OK)
        status = seal_all(history, arena, error);
    if (status == BMS_OK)
        status = bms_history_execute(history, "COMMIT", error);
    bms_arena_free(arena);
    bms_history_roll_back(history);
    return status;
}

enum bms_status bms_history_newest_hash(bms_history *history, int64_t *run, char sha256[65],
                                        bms_error *error) {
    return bms_history_hash_before(history, INT64_MAX, run, sha256, error);
}

enum bms_status bms_history_hash_before(bms_history *history, int64_t before, int64_t *run, char sha256[65],
                                        bms_error *error) {
    bms_query query = bms_query_begin(
        history, "SELECT run, sha256 FROM run_hashes WHERE run < ?1 ORDER BY run DESC LIMIT 1");
    bms_query_integer(&query, 1, before);
    *run = 0;
    sha256[0] = '\0';
    if (bms_query_row(&query)) {
        const char *text = bms_query_get_text(&query, 1);
        *run = bms_query_get_integer(&query, 0);
        (void)snprintf(sha256, 65, "%s", text ? text : "");
    }
    return bms_query_end(&query, error);
}
