/* The chain of hashes (see chain.h): working a run's hash out, and sealing a run with it. */
#include "core/history/chain.h"

#include "core/base/error.h"
#include "core/history/integrity.h"

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

enum { MOST_REFERENCES = 16 };

static enum bms_status references_of(const bms_chain *chain, const char *table, bms_chain_link *out,
                                     size_t *n, bms_error *error) {
    bms_query query =
        bms_query_begin(chain->history, "SELECT \"table\", \"from\", \"to\" FROM "
                                        "pragma_foreign_key_list(?1, 'main') WHERE seq = 0 AND \"to\" IS NOT "
                                        "NULL ORDER BY id DESC");
    bms_query_text(&query, 1, table);
    *n = 0;
    while (*n < MOST_REFERENCES && bms_query_row(&query)) {
        bms_chain_link *next = &out[(*n)++];
        next->table = bms_arena_text(chain->arena, bms_query_get_text(&query, 0));
        next->from = bms_arena_text(chain->arena, bms_query_get_text(&query, 1));
        next->to = bms_arena_text(chain->arena, bms_query_get_text(&query, 2));
    }
    return bms_error_of_arena(bms_query_end(&query, error), chain->arena, error);
}

static const char of_run[] = "= ?1";

/** Find how a table's rows lead to a run. @param[out] condition  NULL when they do not
 * @param[out] link  the first step of the way */
static enum bms_status lead_to_run(const bms_chain *chain, const char *table, int depth,
                                   const char **condition, bms_chain_link *link, bms_error *error) {
    bms_chain_link references[MOST_REFERENCES];
    size_t n = 0;
    bool named = false;
    *condition = NULL;
    if (strcmp(table, "runs") == 0) {
        *condition = "id = ?1";
        *link = (bms_chain_link){.from = "id"};
        return BMS_OK;
    }
    enum bms_status status = has_column(chain->history, table, "run", &named, error);
    if (status != BMS_OK || named) {
        *condition = named ? "run = ?1" : NULL;
        *link = (bms_chain_link){.from = "run"};
        return status;
    }
    status = depth < DEEPEST ? references_of(chain, table, references, &n, error) : BMS_OK;
    for (size_t i = 0; status == BMS_OK && !*condition && i < n; i++) {
        const char *parent = NULL;
        bms_chain_link further;
        status = lead_to_run(chain, references[i].table, depth + 1, &parent, &further, error);
        if (status != BMS_OK || !parent)
            continue;
        *condition = bms_arena_format(chain->arena, "\"%s\" IN (SELECT \"%s\" FROM main.\"%s\" WHERE %s)",
                                      references[i].from, references[i].to, references[i].table, parent);
        *link = references[i];
    }
    return status;
}

/* Runs are verified from 1 on. */
static const char of_any_run[] = "IN (SELECT id FROM main.runs WHERE id > 0)";

static const char in_a_run_condition[] =
    "id > 0 AND id <= coalesce((SELECT highest FROM main.run_reached WHERE name = '%s' AND run "
    "IN (SELECT id FROM main.runs WHERE id > 0) ORDER BY run DESC LIMIT 1), 0)";

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
        status = lead_to_run(chain, table->name, 0, &table->condition, &table->link, error);
    if (status != BMS_OK)
        return status;
    if (table->condition) {
        const char *run = strstr(table->condition, of_run);
        if (!run) /* it could not be put together */
            return bms_error_no_memory(error);
        table->in_a_run = bms_arena_format(chain->arena, "%.*s%s%s", (int)(run - table->condition),
                                           table->condition, of_any_run, run + strlen(of_run));
        return bms_error_of_arena(BMS_OK, chain->arena, error);
    }
    table->reached = true;
    table->condition = bms_arena_format(chain->arena, reached_condition, table->name, table->name);
    table->in_a_run = bms_arena_format(chain->arena, in_a_run_condition, table->name);
    return bms_error_of_arena(BMS_OK, chain->arena, error);
}

static enum bms_status list_tables(bms_chain *chain, const bms_schema *file, bms_error *error) {
    size_t capacity = 0;
    bms_query query =
        bms_query_begin(chain->history, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND "
                                        "name NOT LIKE 'sqlite%' ORDER BY name");
    while (bms_query_row(&query)) {
        const char *name = bms_query_get_text(&query, 0);
        if (name && (!is_fact(name) || bms_schema_is_foreign_table(file, name)))
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

enum bms_status bms_chain_begin(bms_chain *chain, bms_history *history, const bms_schema *file,
                                bms_arena *arena, bms_error *error) {
    *chain = (bms_chain){.history = history, .arena = arena};
    bms_sha256_bytes("", 0, chain->of_nothing);
    chain->short_texts = bms_arena_alloc(arena, BMS_CHAIN_SHORT_TEXTS * sizeof *chain->short_texts);
    if (!chain->short_texts)
        return bms_error_no_memory(error);
    enum bms_status status = list_tables(chain, file, error);
    for (size_t i = 0; status == BMS_OK && i < chain->n_tables; i++)
        status = read_table(chain, &chain->tables[i], error);
    if (status != BMS_OK)
        return status;
    bms_query query = bms_query_begin(history, "SELECT 1 FROM main.redacted_values LIMIT 1");
    chain->redacted = bms_query_row(&query);
    return bms_error_of_arena(bms_query_end(&query, error), arena, error);
}

void bms_chain_end(bms_chain *chain) {
    for (size_t i = 0; i < chain->n_tables; i++) {
        (void)sqlite3_finalize(chain->tables[i].rows);
        chain->tables[i].rows = NULL;
    }
}

/* Hashes
 *
 * A row is put together in one piece of memory and hashed at once. */

struct bms_chain_column {
    const char *name;
    size_t size; /* of the name */
};

static unsigned char *put_integer(unsigned char *to, uint64_t value) {
    for (size_t i = 0; i < sizeof value; i++)
        *to++ = (unsigned char)(value >> (8 * i));
    return to;
}

static unsigned char *put_bytes(unsigned char *to, const void *bytes, size_t size) {
    memcpy(to, bytes, size);
    return to + size;
}

static void add_integer(bms_sha256_state *state, uint64_t value) {
    unsigned char bytes[sizeof value];
    (void)put_integer(bytes, value);
    bms_sha256_add(state, bytes, sizeof bytes);
}

static void add_text(bms_sha256_state *state, const char *text) {
    size_t size = strlen(text);
    add_integer(state, size);
    bms_sha256_add(state, text, size);
}

/** Find the hash of a value that was blanked. @return whether there is one */
static bool find_redacted(bms_history *history, const char *table, const char *row, const char *field,
                          unsigned char hash[BMS_SHA256_SIZE], int *result) {
    size_t size = 0;
    bool found = false;
    bms_query query = bms_query_begin(
        history, "SELECT old_sha256 FROM main.redacted_values WHERE name = ?1 AND row = ?2 AND field = ?3");
    bms_query_text(&query, 1, table);
    bms_query_text(&query, 2, row);
    bms_query_text(&query, 3, field);
    if (bms_query_row(&query)) {
        const char *hex = bms_query_get_text(&query, 0);
        found = hex && sodium_hex2bin(hash, BMS_SHA256_SIZE, hex, strlen(hex), NULL, &size, NULL) == 0 &&
                size == BMS_SHA256_SIZE;
    }
    *result = query.result;
    (void)bms_query_end(&query, NULL);
    return found;
}

/** Work out the hash of a short text. Most of them are met again and again: cells, reasons, rules, states. */
static void hash_short(bms_chain *chain, const unsigned char *bytes, size_t size,
                       unsigned char hash[BMS_SHA256_SIZE]) {
    size_t place = 0;
    for (size_t i = 0; i < size; i++)
        place = place * 31 + bytes[i];
    bms_chain_short *kept = &chain->short_texts[place % BMS_CHAIN_SHORT_TEXTS];
    if (kept->size != size || memcmp(kept->bytes, bytes, size) != 0) {
        bms_sha256_bytes(bytes, size, kept->hash);
        memcpy(kept->bytes, bytes, size);
        kept->size = size;
    }
    memcpy(hash, kept->hash, BMS_SHA256_SIZE);
}

/** Work out the hash of a text or blob; the first column of the statement is the row's key. */
static int hash_content(bms_chain *chain, const bms_chain_table *table, sqlite3_value *value, int column,
                        unsigned char hash[BMS_SHA256_SIZE]) {
    bool text = sqlite3_value_type(value) == SQLITE_TEXT;
    const void *bytes = text ? (const void *)sqlite3_value_text(value) : sqlite3_value_blob(value);
    size_t size = (size_t)sqlite3_value_bytes(value);
    int result = SQLITE_OK;
    if (!bytes && (size > 0 || text))
        return SQLITE_NOMEM;
    if (size > sizeof chain->short_texts->bytes) {
        bms_sha256_bytes(bytes, size, hash);
    } else if (size > 0) {
        hash_short(chain, bytes, size, hash);
    } else if (!chain->redacted || !bms_history_can_blank(table->name, table->columns[column].name) ||
               !find_redacted(chain->history, table->name, (const char *)sqlite3_column_text(table->rows, 0),
                              table->columns[column].name, hash, &result)) {
        memcpy(hash, chain->of_nothing, sizeof chain->of_nothing);
    }
    return result;
}

/** Add a value to the row. @param[in,out] to  where its room goes on */
static int put_value(bms_chain *chain, const bms_chain_table *table, int column, unsigned char **to) {
    /* Asked for once: each of the functions for columns would look it up and see after errors again. */
    sqlite3_value *value = sqlite3_column_value(table->rows, column);
    const struct bms_chain_column *named = &table->columns[column];
    int type = sqlite3_value_type(value);
    if (type == SQLITE_NULL)
        return SQLITE_OK;
    unsigned char *next = put_bytes(put_integer(*to, named->size), named->name, named->size);
    int result = SQLITE_OK;
    if (type == SQLITE_INTEGER) {
        *next++ = 'i';
        *to = put_integer(next, (uint64_t)sqlite3_value_int64(value));
    } else if (type == SQLITE_FLOAT) {
        double number = sqlite3_value_double(value);
        uint64_t bits = 0;
        memcpy(&bits, &number, sizeof bits);
        *next++ = 'r';
        *to = put_integer(next, bits);
    } else {
        *next++ = type == SQLITE_TEXT ? 't' : 'b';
        result = hash_content(chain, table, value, column, next);
        *to = next + BMS_SHA256_SIZE;
    }
    return result;
}

/** Add the row that the table's statement stands on to its part. @return SQLITE_OK or SQLite's error */
static int put_row(bms_chain *chain, bms_chain_part *part, bms_arena *arena, size_t *capacity,
                   bms_sha256_state *rows) {
    const bms_chain_table *table = part->table;
    unsigned char hash[BMS_SHA256_SIZE];
    unsigned char *end = table->room;
    int result = SQLITE_OK;
    int n = sqlite3_column_count(table->rows);
    for (int i = 1; result == SQLITE_OK && i < n; i++)
        result = put_value(chain, table, i, &end);
    bms_sha256_bytes(table->room, (size_t)(end - table->room), hash);
    unsigned char *check = bms_arena_grow(arena, &part->checks, &part->count, capacity, BMS_CHAIN_CHECK);
    if (!check)
        return SQLITE_NOMEM;
    memcpy(check, hash, BMS_CHAIN_CHECK);
    bms_sha256_add(rows, hash, sizeof hash);
    return result;
}

/** Make room for what a row of the table is hashed over. */
static int make_room(const bms_chain *chain, bms_chain_table *table) {
    size_t room = 1;
    int n = sqlite3_column_count(table->rows);
    table->columns = bms_arena_alloc(chain->arena, (size_t)n * sizeof *table->columns);
    for (int i = 0; table->columns && i < n; i++) {
        const char *name = sqlite3_column_name(table->rows, i);
        table->columns[i].name = name ? bms_arena_text(chain->arena, name) : "";
        table->columns[i].size = strlen(table->columns[i].name);
        room += sizeof(uint64_t) + table->columns[i].size + 1 + BMS_SHA256_SIZE;
        if (!name)
            return SQLITE_NOMEM;
    }
    table->room = bms_arena_alloc(chain->arena, room);
    return bms_arena_failed(chain->arena) ? SQLITE_NOMEM : SQLITE_OK;
}

static int prepare_rows(const bms_chain *chain, bms_chain_table *table) {
    if (table->room)
        return SQLITE_OK;
    int result = bms_chain_prepare(
        chain,
        /* The key as text is only needed where something has been blanked, and costs as much as the hash of a
         * small row. */
        bms_arena_format(chain->arena,
                         "SELECT %s AS \"key of the row\", * FROM main.\"%s\" WHERE %s ORDER BY %s",
                         chain->redacted ? table->row : "NULL", table->name, table->condition, table->key),
        &table->rows);
    return result == SQLITE_OK ? make_room(chain, table) : result;
}

static enum bms_status work_out_part(bms_chain *chain, bms_chain_table *table, int64_t run, bms_arena *arena,
                                     bms_chain_part *part, bms_error *error) {
    bms_sha256_state rows;
    size_t capacity = 0;
    *part = (bms_chain_part){.table = table};
    int result = prepare_rows(chain, table);
    bms_sha256_begin(&rows);
    if (result == SQLITE_OK)
        result = sqlite3_bind_int64(table->rows, 1, run);
    while (result == SQLITE_OK && (result = sqlite3_step(table->rows)) == SQLITE_ROW)
        result = put_row(chain, part, arena, &capacity, &rows);
    (void)sqlite3_reset(table->rows);
    bms_sha256_end_text(&rows, part->sha256);
    return result == SQLITE_DONE ? BMS_OK : bms_history_fail(chain->history, result, error);
}

enum bms_status bms_chain_work_out(bms_chain *chain, int64_t run, const char *previous, bms_arena *arena,
                                   bms_chain_part *parts, size_t *n_parts, char sha256[65],
                                   bms_error *error) {
    bms_sha256_state state;
    enum bms_status status = BMS_OK;
    *n_parts = 0;
    bms_sha256_begin(&state);
    add_text(&state, previous);
    for (size_t i = 0; status == BMS_OK && i < chain->n_tables; i++) {
        bms_chain_part *part = &parts[*n_parts];
        status = work_out_part(chain, &chain->tables[i], run, arena, part, error);
        if (status != BMS_OK || part->count == 0)
            continue;
        add_text(&state, part->table->name);
        add_integer(&state, part->count);
        add_text(&state, part->sha256);
        (*n_parts)++;
    }
    bms_sha256_end_text(&state, sha256);
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

static enum bms_status seal(bms_chain *chain, int64_t run, bms_error *error) {
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
        status = bms_chain_work_out(chain, run, previous, chain->arena, parts, &n, sha256, error);
    for (size_t i = 0; status == BMS_OK && i < n; i++)
        status = add_part(chain->history, run, &parts[i], error);
    return status == BMS_OK ? add_hash(chain->history, run, previous, sha256, error) : status;
}

enum bms_status bms_chain_seal(bms_history *history, bms_error *error) {
    bms_chain chain = {0};
    bms_arena *arena = bms_arena_new();
    enum bms_status status =
        arena ? bms_chain_begin(&chain, history, NULL, arena, error) : bms_error_no_memory(error);
    if (status == BMS_OK)
        status = seal(&chain, history->run, error);
    bms_chain_end(&chain);
    bms_arena_free(arena);
    return status;
}

enum bms_status bms_chain_seal_missing(bms_history *history, bms_arena *arena, bms_error *error) {
    bms_chain chain;
    enum bms_status status = bms_chain_begin(&chain, history, NULL, arena, error);
    int64_t run = 0;
    char newest[65];
    if (status == BMS_OK)
        status = bms_history_newest_hash(history, &run, newest, error);
    while (status == BMS_OK && !*newest) {
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
    bms_chain_end(&chain);
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
