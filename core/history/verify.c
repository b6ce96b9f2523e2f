/* Verifying: the history is worked out again and compared with what is stored (see integrity.h). */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/sha256.h"
#include "core/history/chain.h"
#include "core/history/integrity.h"
#include "core/history/schema.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_DIGITS = 8 /* of a printed hash */ };

struct search {
    bms_chain chain;
    bms_difference_listener listener;
    bms_verification *out;
    const char *printed;
    bms_schema schema; /* how it differs */
    bms_arena *of_run; /* what lasts while one run is verified */
    size_t *counted;   /* rows of all runs, for each of the chain's tables */
};

static void report(const struct search *search, int64_t run, const char *table, const char *row,
                   const char *message) {
    const bms_difference difference = {
        .run = run, .table = table, .row = row, .message = bms_tr(search->chain.history->language, message)};
    search->out->differences++;
    if (search->listener.on_difference)
        search->listener.on_difference(search->listener.context, &difference);
}

/* The chain */

/** What was recorded of a table's part when the run was committed. */
struct stored_part {
    bool there;
    size_t count;
    char sha256[66]; /* one byte more, so that a longer one is not cut to the right one */
    const unsigned char *checks;
    size_t n_checks;
    size_t size; /* of the checks, in bytes */
};

static enum bms_status read_part(const struct search *search, int64_t run, const char *table,
                                 struct stored_part *out, bms_error *error) {
    bms_query query =
        bms_query_begin(search->chain.history,
                        "SELECT count, sha256, checks FROM main.run_parts WHERE run = ?1 AND name = ?2");
    *out = (struct stored_part){0};
    bms_query_integer(&query, 1, run);
    bms_query_text(&query, 2, table);
    if (bms_query_row(&query)) {
        const char *sha256 = bms_query_get_text(&query, 1);
        size_t size = 0;
        const void *checks = bms_query_get_bytes(&query, 2, &size);
        out->there = true;
        out->count = (size_t)bms_query_get_integer(&query, 0);
        (void)snprintf(out->sha256, sizeof out->sha256, "%s", sha256 ? sha256 : "");
        out->checks = (const unsigned char *)bms_arena_buffer(search->of_run, checks, size);
        out->n_checks = size / BMS_CHAIN_CHECK;
        out->size = size;
        if (!out->checks)
            query.result = SQLITE_NOMEM;
    }
    return bms_query_end(&query, error);
}

/** @return the key of the row at a place of a run's part, or "" when there is none. */
static const char *row_at(const struct search *search, const bms_chain_table *table, int64_t run,
                          size_t place) {
    sqlite3_stmt *rows = NULL;
    const char *key = "";
    bms_arena *arena = search->of_run;
    int result = bms_chain_prepare(
        &search->chain,
        bms_arena_format(arena, "SELECT %s FROM main.\"%s\" WHERE %s ORDER BY %s LIMIT 1 OFFSET ?2",
                         table->row, table->name, table->condition, table->key),
        &rows);
    if (result == SQLITE_OK && sqlite3_bind_int64(rows, 1, run) == SQLITE_OK &&
        sqlite3_bind_int64(rows, 2, (sqlite3_int64)place) == SQLITE_OK && sqlite3_step(rows) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(rows, 0);
        key = bms_arena_text(arena, text ? text : "");
    }
    (void)sqlite3_finalize(rows);
    return key;
}

static void compare_rows(const struct search *search, int64_t run, const bms_chain_part *now,
                         const struct stored_part *then) {
    size_t least = now->count < then->n_checks ? now->count : then->n_checks;
    bool same_count = now->count == then->count && now->count == then->n_checks;
    bool reported = false;
    if (!same_count) {
        report(search, run, now->table->name, "",
               now->count < then->count ? BMS_TEXT("Rows are missing.") : BMS_TEXT("Rows have been added."));
    }
    for (size_t i = 0; i < least && (same_count || !reported); i++) {
        if (memcmp(now->checks + i * BMS_CHAIN_CHECK, then->checks + i * BMS_CHAIN_CHECK, BMS_CHAIN_CHECK) ==
            0)
            continue;
        report(search, run, now->table->name, row_at(search, now->table, run, i),
               same_count ? BMS_TEXT("It differs from what was stored.")
                          : BMS_TEXT("From here on the rows differ."));
        reported = true;
    }
    if (same_count && !reported)
        report(search, run, now->table->name, "", BMS_TEXT("It differs from what was stored."));
}

static enum bms_status compare_part(const struct search *search, int64_t run, const bms_chain_part *now,
                                    bms_error *error) {
    struct stored_part then;
    enum bms_status status = read_part(search, run, now->table->name, &then, error);
    if (status != BMS_OK)
        return status;
    bool same_checks = then.size == now->count * BMS_CHAIN_CHECK &&
                       (now->count == 0 || !then.checks ||
                        memcmp(then.checks, now->checks, now->count * BMS_CHAIN_CHECK) == 0);
    if (strcmp(then.sha256, now->sha256) != 0 || then.count != now->count || !same_checks)
        compare_rows(search, run, now, &then);
    return BMS_OK;
}

/** Find tables that had rows of the run when it was committed, and have none now. */
static enum bms_status find_emptied(const struct search *search, int64_t run, const bms_chain_part *parts,
                                    size_t n, bms_error *error) {
    bms_query query = bms_query_begin(search->chain.history,
                                      "SELECT name FROM main.run_parts WHERE run = ?1 ORDER BY name");
    bms_query_integer(&query, 1, run);
    while (bms_query_row(&query)) {
        const char *name = bms_query_get_text(&query, 0);
        bool there = false;
        for (size_t i = 0; name && i < n; i++)
            there = there || strcmp(parts[i].table->name, name) == 0;
        if (name && !there)
            report(search, run, name, "", BMS_TEXT("Rows are missing."));
    }
    return bms_query_end(&query, error);
}

/** Compare a run's hash. It is worked out from the stored hash of the run before, so that a change is
 * reported once and not in every later run. @param[in,out] hash  of the run before; then of this one */
static enum bms_status compare_hash(const struct search *search, int64_t run, const char *sha256,
                                    char hash[65], bms_error *error) {
    bms_query query =
        bms_query_begin(search->chain.history, "SELECT previous, sha256 FROM main.run_hashes WHERE run = ?1");
    bms_query_integer(&query, 1, run);
    const char *stored = sha256;
    if (bms_query_row(&query)) {
        const char *previous = bms_query_get_text(&query, 0);
        stored = bms_query_get_text(&query, 1);
        if (stored && previous && (strcmp(stored, sha256) != 0 || strcmp(previous, hash) != 0))
            report(search, run, "run_hashes", "", BMS_TEXT("The hash is not that of what is stored."));
    } else if (query.result == SQLITE_OK) {
        report(search, run, "run_hashes", "", BMS_TEXT("The run has no hash."));
    }
    (void)snprintf(hash, 65, "%s", stored ? stored : "");
    return bms_query_end(&query, error);
}

static enum bms_status verify_run(struct search *search, int64_t run, bms_error *error) {
    bms_chain *chain = &search->chain;
    char sha256[65];
    size_t n = 0;
    bms_arena_reset(search->of_run);
    bms_chain_part *parts = bms_arena_alloc(search->of_run, (chain->n_tables + 1) * sizeof *parts);
    if (!parts)
        return bms_error_no_memory(error);
    enum bms_status status =
        bms_chain_work_out(chain, run, search->out->hash, search->of_run, parts, &n, sha256, error);
    for (size_t i = 0; status == BMS_OK && i < n; i++) {
        search->counted[parts[i].table - chain->tables] += parts[i].count;
        status = compare_part(search, run, &parts[i], error);
    }
    if (status == BMS_OK)
        status = find_emptied(search, run, parts, n, error);
    if (status == BMS_OK)
        status = compare_hash(search, run, sha256, search->out->hash, error);
    status = bms_error_of_arena(status, search->of_run, error);
    search->out->runs++;
    if (search->printed && strncmp(search->out->hash, search->printed, strlen(search->printed)) == 0)
        search->out->run_of_hash = run;
    return status;
}

static enum bms_status verify_runs(struct search *search, bms_error *error) {
    bms_history *history = search->chain.history;
    enum bms_status status = BMS_OK;
    for (int64_t run = 0; status == BMS_OK;) {
        bms_query query = bms_query_begin(history, "SELECT min(id) FROM main.runs WHERE id > ?1");
        bms_query_integer(&query, 1, run);
        run = bms_query_row(&query) ? bms_query_get_integer(&query, 0) : 0;
        status = bms_query_end(&query, error);
        if (run == 0)
            break;
        if (status == BMS_OK)
            status = verify_run(search, run, error);
    }
    return status;
}

/* Everything else */

/** Report a difference for each row of a query, which gives its table and key. */
static enum bms_status report_rows(const struct search *search, const char *sql, const char *table,
                                   const char *message, bms_error *error) {
    sqlite3_stmt *rows = NULL;
    int result = bms_chain_prepare(&search->chain, sql, &rows);
    while (result == SQLITE_OK && (result = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *first = (const char *)sqlite3_column_text(rows, 0);
        const char *second =
            sqlite3_column_count(rows) > 1 ? (const char *)sqlite3_column_text(rows, 1) : NULL;
        report(search, 0, table ? table : first, (table ? first : second) ? (table ? first : second) : "",
               message);
        result = SQLITE_OK;
    }
    (void)sqlite3_finalize(rows);
    return result == SQLITE_DONE ? BMS_OK : bms_history_fail(search->chain.history, result, error);
}

/* The runs are verified from the first on, and each row is counted in the run it belongs to. So a row that is
 * counted in none, however it came there, is left over when all are counted. */

/** Report the rows of a table that belong to no run that was verified. */
static enum bms_status name_strays(const struct search *search, const bms_chain_table *table,
                                   bms_error *error) {
    size_t before = search->out->differences;
    enum bms_status status =
        report_rows(search,
                    bms_arena_format(search->chain.arena, "SELECT %s FROM main.\"%s\" WHERE (%s) IS NOT TRUE",
                                     table->row, table->name, table->in_a_run),
                    table->name, BMS_TEXT("It belongs to no run."), error);
    if (status == BMS_OK && search->out->differences == before)
        report(search, 0, table->name, "", BMS_TEXT("Rows have been added."));
    return status;
}

/** Find rows of a table that were counted in no run. */
static enum bms_status find_strays_in(const struct search *search, const bms_chain_table *table,
                                      size_t counted, bms_error *error) {
    sqlite3_stmt *rows = NULL;
    size_t there = 0;
    int result = bms_chain_prepare(
        &search->chain,
        bms_arena_format(search->chain.arena, "SELECT count(*) FROM main.\"%s\"", table->name), &rows);
    if (result == SQLITE_OK)
        result = sqlite3_step(rows);
    if (result == SQLITE_ROW)
        there = (size_t)sqlite3_column_int64(rows, 0);
    (void)sqlite3_finalize(rows);
    if (result != SQLITE_ROW)
        return bms_history_fail(search->chain.history, result, error);
    /* What was made with the file belongs to the first run, which may not have been yet. */
    bool no_run_yet = search->out->runs == 0 && strcmp(table->name, "origin") == 0 && there == 1;
    return there == counted || no_run_yet ? BMS_OK : name_strays(search, table, error);
}

static enum bms_status find_strays(const struct search *search, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < search->chain.n_tables; i++)
        status = find_strays_in(search, &search->chain.tables[i], search->counted[i], error);
    if (status == BMS_OK) {
        status = report_rows(
            search,
            "SELECT run FROM main.run_hashes WHERE run NOT IN (SELECT id FROM main.runs WHERE id > 0)",
            "run_hashes", BMS_TEXT("It belongs to no run."), error);
    }
    if (status == BMS_OK) {
        status = report_rows(search,
                             "SELECT run || ' ' || name FROM main.run_parts WHERE run NOT IN (SELECT id FROM "
                             "main.runs WHERE id > 0)",
                             "run_parts", BMS_TEXT("It belongs to no run."), error);
    }
    return status;
}

static enum bms_status compare_originals(const struct search *search, bms_error *error) {
    char sha256[65];
    bms_query query =
        bms_query_begin(search->chain.history,
                        "SELECT id, sha256, bytes FROM main.originals AS o WHERE NOT (length(bytes) = 0 AND "
                        "EXISTS (SELECT 1 FROM main.redacted_values AS v WHERE v.name = 'originals' "
                        "AND v.row = CAST(o.id AS TEXT)))");
    while (bms_query_row(&query)) {
        char row[24];
        size_t size = 0;
        const char *stored = bms_query_get_text(&query, 1);
        const void *bytes = bms_query_get_bytes(&query, 2, &size);
        bms_sha256(size > 0 ? bytes : "", size, sha256);
        (void)snprintf(row, sizeof row, "%lld", (long long)bms_query_get_integer(&query, 0));
        if (stored && strcmp(stored, sha256) != 0)
            report(search, 0, "originals", row, BMS_TEXT("The file differs from the one that was received."));
    }
    return bms_query_end(&query, error);
}

/** Compare the schema, both ways. */
static enum bms_status compare_schema(struct search *search, bms_error *error) {
    bms_schema *schema = &search->schema;
    enum bms_status status = bms_schema_compare(search->chain.history, search->chain.arena, schema, error);
    for (size_t i = 0; status == BMS_OK && i < schema->n; i++) {
        const bms_schema_difference *difference = &schema->differences[i];
        report(search, 0, difference->name, difference->type, bms_schema_message(difference));
    }
    return status;
}

static const char measured_in_sql[] =
    "WITH given AS MATERIALIZED (SELECT DISTINCT e.period AS period, r.period AS form_period "
    "FROM main.entries AS e JOIN main.returns AS r ON r.id = e.return) "
    "SELECT period || ' ' || form_period FROM ("
    "SELECT period, form_period FROM main.measured_in EXCEPT SELECT period, form_period FROM given) "
    "UNION ALL SELECT period || ' ' || form_period FROM ("
    "SELECT period, form_period FROM given EXCEPT SELECT period, form_period FROM main.measured_in)";

/** Look at the file as such. */
static enum bms_status look_at_file(struct search *search, bms_error *error) {
    enum bms_status status = report_rows(
        search, "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'", "bms.db",
        BMS_TEXT("The file is damaged."), error);
    return status == BMS_OK ? compare_schema(search, error) : status;
}

/** Find rows of a table that refer to what is not there. */
static enum bms_status find_dangling(const struct search *search, const char *table, bms_error *error) {
    return report_rows(search,
                       bms_arena_format(search->chain.arena,
                                        "SELECT \"table\", rowid FROM pragma_foreign_key_check('%s')", table),
                       NULL, BMS_TEXT("It refers to something that is missing."), error);
}

static enum bms_status look_through(const struct search *search, bms_error *error) {
    static const char *const others[] = {"measured_in", "run_hashes", "run_parts"};
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < search->chain.n_tables; i++)
        status = find_dangling(search, search->chain.tables[i].name, error);
    for (size_t i = 0; status == BMS_OK && i < sizeof others / sizeof others[0]; i++)
        status = find_dangling(search, others[i], error);
    if (status == BMS_OK)
        status = compare_originals(search, error);
    return status == BMS_OK ? report_rows(search, measured_in_sql, "measured_in",
                                          BMS_TEXT("It differs from what the returns give."), error)
                            : status;
}

/** @return whether it can be the beginning of a hash. */
static bool is_hash(const char *text) {
    size_t digits = strspn(text, "0123456789abcdef");
    return digits >= LEAST_DIGITS && digits <= 64 && text[digits] == '\0';
}

/** Verify what is stored. */
static enum bms_status search_rows(struct search *search, bms_arena *arena, bms_error *error) {
    enum bms_status status =
        bms_chain_begin(&search->chain, search->chain.history, &search->schema, arena, error);
    if (status == BMS_OK) {
        search->counted = bms_arena_alloc(arena, (search->chain.n_tables + 1) * sizeof *search->counted);
        status = search->counted ? BMS_OK : bms_error_no_memory(error);
    }
    if (status == BMS_OK)
        status = look_through(search, error);
    if (status == BMS_OK)
        status = verify_runs(search, error);
    if (status == BMS_OK)
        status = find_strays(search, error);
    if (status == BMS_OK && search->printed && search->out->run_of_hash == 0) {
        report(search, 0, "run_hashes", search->printed,
               BMS_TEXT("No run has the hash that was printed. See first whether it was copied right."));
    }
    bms_chain_end(&search->chain);
    return status;
}

/** Verify everything. In one transaction, so that nothing changes meanwhile. */
static enum bms_status search_through(struct search *search, bms_arena *arena, bms_error *error) {
    const bms_schema *schema = &search->schema;
    enum bms_status status = bms_history_execute(search->chain.history, "BEGIN", error);
    if (status == BMS_OK)
        status = look_at_file(search, error);
    /* What is stored can be read when all tables are there, and of this version. */
    if (status == BMS_OK && !schema->tables_differ && schema->version == BMS_HISTORY_VERSION)
        status = search_rows(search, arena, error);
    bms_history_roll_back(search->chain.history);
    return status;
}

enum bms_status bms_history_verify(bms_history *history, const char *printed,
                                   bms_difference_listener listener, bms_verification *out,
                                   bms_error *error) {
    *out = (bms_verification){0};
    if (printed && !is_hash(printed)) {
        return bms_error_set(
            error, BMS_USAGE, printed,
            bms_tr(history->language,
                   BMS_TEXT("Give at least the first 8 digits of a hash, in lower case: 3f9a12c0.")));
    }
    bms_arena *arena = bms_arena_new();
    struct search search = {.chain = {.history = history, .arena = arena},
                            .listener = listener,
                            .out = out,
                            .printed = printed,
                            .of_run = bms_arena_new()};
    enum bms_status status =
        arena && search.of_run ? search_through(&search, arena, error) : bms_error_no_memory(error);
    bms_arena_free(search.of_run);
    bms_arena_free(arena);
    return status;
}
