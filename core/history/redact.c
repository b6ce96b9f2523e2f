/* Handing out originals, and blanking values with a record of it (see integrity.h). */
#include "core/base/error.h"
#include "core/history/integrity.h"
#include "core/history/store.h"

#include "core/base/catalogue.h"
#include "core/base/sha256.h"

#include <sqlite3.h>
#include <string.h>

enum bms_status bms_history_each_original(bms_history *history,
                                          bool (*on_original)(void *context,
                                                              const bms_stored_original *original),
                                          void *context, bms_error *error) {
    bms_query query = bms_query_begin(
        history,
        "SELECT c.file, u.code, p.code, r.revision, o.bytes FROM periods AS p "
        "CROSS JOIN returns AS r ON r.period = p.id CROSS JOIN units AS u ON u.id = r.unit "
        "CROSS JOIN receipts AS c ON c.id = r.receipt CROSS JOIN originals AS o ON o.sha256 = c.sha256 "
        "ORDER BY p.code, u.code, r.revision");
    bool more = true;
    while (more && bms_query_row(&query)) {
        bms_stored_original original = {.file = bms_query_get_text(&query, 0),
                                        .unit = bms_query_get_text(&query, 1),
                                        .period = bms_query_get_text(&query, 2),
                                        .revision = (int)bms_query_get_integer(&query, 3)};
        const void *bytes = bms_query_get_bytes(&query, 4, &original.size);
        original.bytes = original.size > 0 ? bytes : NULL;
        more = query.result == SQLITE_OK && on_original(context, &original);
    }
    return bms_query_end(&query, error);
}

enum bms_status bms_history_erase_deleted(bms_history *history, bms_error *error) {
    return bms_history_execute(history, "PRAGMA secure_delete = ON", error);
}

enum bms_status bms_history_rewrite(bms_history *history, bms_error *error) {
    return bms_history_execute(history, "VACUUM", error);
}

enum bms_status bms_history_each_redaction(bms_history *history,
                                           void (*on_redaction)(void *context,
                                                                const bms_redacted_places *row),
                                           void *context, bms_error *error) {
    bms_query query = bms_query_begin(
        history,
        "SELECT d.run, n.began_at, d.made_by, d.reason, v.name, v.field, count(*) FROM redactions AS d "
        "CROSS JOIN runs AS n ON n.id = d.run "
        "CROSS JOIN redacted_values AS v ON v.run = d.run AND v.redaction = d.id "
        "GROUP BY d.id, v.name, v.field ORDER BY d.id, v.name, v.field");
    while (bms_query_row(&query)) {
        const bms_redacted_places row = {.run = bms_query_get_integer(&query, 0),
                                         .at = bms_query_get_integer(&query, 1),
                                         .made_by = bms_query_get_text(&query, 2),
                                         .reason = bms_query_get_text(&query, 3),
                                         .table = bms_query_get_text(&query, 4),
                                         .field = bms_query_get_text(&query, 5),
                                         .n = (size_t)bms_query_get_integer(&query, 6)};
        if (query.result == SQLITE_OK)
            on_redaction(context, &row);
    }
    return bms_query_end(&query, error);
}

/** A field that can be blanked: how its rows are found, and how one is emptied. */
struct field {
    enum bms_redacted what;
    const char *table;
    const char *name;
    /* Gives key as text and value, for ?1 unit, ?2 period, ?3 revision or 0, ?4 indicator or 0, ?5 whether it
     * holds something; of the setup for ?1 a text, and the keys of sheet and column too. */
    const char *find;
    const char *blank; /* empties the row with key ?1 */
};

#define OF_RETURN "r.unit = ?1 AND r.period = ?2 AND (?3 = 0 OR r.revision = ?3) AND ?4 IS NOT NULL "
#define OF_RECEIPT                                                                                           \
    "c.unit = ?1 AND c.period = ?2 AND (?3 = 0 OR EXISTS (SELECT 1 FROM returns AS r WHERE r.receipt = "     \
    "c.id "                                                                                                  \
    "AND r.revision = ?3)) AND ?4 IS NOT NULL "
#define OF_FINDING                                                                                           \
    OF_RECEIPT "AND (?4 = 0 OR f.indicator COLLATE NOCASE = (SELECT code FROM indicators WHERE id = ?4)) "
#define ONE_FINDING "WHERE receipt || ' ' || position = ?1 AND receipt = CAST(?1 AS INTEGER)"
#define OF_AMENDMENT OF_RETURN "AND (?4 = 0 OR x.indicator = ?4) "

/* Decisions belong to no revision: they are blanked only where all revisions of a return are. */
#define DECISION_FIELD(table, key, field, more)                                                              \
    {                                                                                                        \
        BMS_REDACT_DECISIONS, table, field,                                                                  \
            "SELECT CAST(d." key " AS TEXT), d." field " FROM " table                                        \
            " AS d WHERE d.unit = ?1 AND d.period = ?2 "                                                     \
            "AND ?3 = 0 " more "AND (d." field " <> '') = ?5",                                               \
            "UPDATE " table " SET " field " = '' WHERE " key " = CAST(?1 AS INTEGER)"                        \
    }
#define RELEASE_FIELD(field)                                                                                 \
    {                                                                                                        \
        BMS_REDACT_DECISIONS, "releases", field,                                                             \
            "SELECT CAST(r.id AS TEXT), y." field                                                            \
            " FROM returns AS r CROSS JOIN releases AS y ON y.return = r.id "                                \
            "WHERE " OF_RETURN "AND ?4 = 0 AND (y." field " <> '') = ?5",                                    \
            "UPDATE releases SET " field " = '' WHERE return = CAST(?1 AS INTEGER)"                          \
    }

static const struct field fields[] = {
    {BMS_REDACT_COMMENT, "entries", "comment",
     "SELECT e.return || ' ' || e.indicator || ' ' || e.period, e.comment FROM returns AS r CROSS JOIN "
     "entries AS e "
     "ON e.return = r.id WHERE " OF_RETURN "AND (?4 = 0 OR e.indicator = ?4) AND (e.comment <> '') = ?5",
     "UPDATE entries SET comment = '' WHERE return || ' ' || indicator || ' ' || period = ?1 "
     "AND return = CAST(?1 AS INTEGER)"},
    {BMS_REDACT_SIGNATURE, "returns", "signed_by",
     "SELECT CAST(r.id AS TEXT), r.signed_by FROM returns AS r WHERE " OF_RETURN
     "AND (r.signed_by <> '') = ?5",
     "UPDATE returns SET signed_by = '' WHERE id = CAST(?1 AS INTEGER)"},
    {BMS_REDACT_ACTIONS, "actions", "text",
     "SELECT a.return || ' ' || a.position, a.text FROM returns AS r CROSS JOIN actions AS a ON a.return = "
     "r.id "
     "WHERE " OF_RETURN "AND (a.text <> '') = ?5",
     "UPDATE actions SET text = '' WHERE return || ' ' || position = ?1 AND return = CAST(?1 AS INTEGER)"},
    {BMS_REDACT_ACTIONS, "actions", "responsible",
     "SELECT a.return || ' ' || a.position, a.responsible FROM returns AS r CROSS JOIN actions AS a "
     "ON a.return = r.id WHERE " OF_RETURN "AND (a.responsible <> '') = ?5",
     "UPDATE actions SET responsible = '' WHERE return || ' ' || position = ?1 AND return = CAST(?1 AS "
     "INTEGER)"},
    {BMS_REDACT_ORIGINAL, "originals", "bytes",
     "SELECT DISTINCT CAST(o.id AS TEXT), o.bytes FROM returns AS r CROSS JOIN receipts AS c ON c.id = "
     "r.receipt "
     "CROSS JOIN originals AS o ON o.sha256 = c.sha256 WHERE " OF_RETURN "AND (length(o.bytes) > 0) = ?5",
     "UPDATE originals SET bytes = x'' WHERE id = CAST(?1 AS INTEGER)"},
    {BMS_REDACT_FINDINGS, "findings", "message",
     "SELECT f.receipt || ' ' || f.position, f.message FROM receipts AS c CROSS JOIN findings AS f "
     "ON f.receipt = c.id WHERE " OF_FINDING "AND (f.message <> '') = ?5",
     "UPDATE findings SET message = '' " ONE_FINDING},
    {BMS_REDACT_FINDINGS, "findings", "fix",
     "SELECT f.receipt || ' ' || f.position, f.fix FROM receipts AS c CROSS JOIN findings AS f "
     "ON f.receipt = c.id WHERE " OF_FINDING "AND (f.fix <> '') = ?5",
     "UPDATE findings SET fix = '' " ONE_FINDING},
    {BMS_REDACT_AMENDMENT, "corrections", "made_by",
     "SELECT CAST(r.id AS TEXT), x.made_by FROM returns AS r CROSS JOIN corrections AS x ON x.return = r.id "
     "WHERE " OF_AMENDMENT "AND (x.made_by <> '') = ?5",
     "UPDATE corrections SET made_by = '' WHERE return = CAST(?1 AS INTEGER)"},
    {BMS_REDACT_AMENDMENT, "corrections", "reason",
     "SELECT CAST(r.id AS TEXT), x.reason FROM returns AS r CROSS JOIN corrections AS x ON x.return = r.id "
     "WHERE " OF_AMENDMENT "AND (x.reason <> '') = ?5",
     "UPDATE corrections SET reason = '' WHERE return = CAST(?1 AS INTEGER)"},
    DECISION_FIELD("acceptances", "id", "made_by", "AND (?4 = 0 OR d.indicator = ?4) "),
    DECISION_FIELD("acceptances", "id", "reason", "AND (?4 = 0 OR d.indicator = ?4) "),
    DECISION_FIELD("choices", "id", "file", "AND ?4 = 0 "),
    DECISION_FIELD("choices", "id", "made_by", "AND ?4 = 0 "),
    DECISION_FIELD("choices", "id", "reason", "AND ?4 = 0 "),
    RELEASE_FIELD("made_by"),
    RELEASE_FIELD("reason"),
    {BMS_REDACT_FILE, "receipts", "file",
     "SELECT CAST(c.id AS TEXT), c.file FROM receipts AS c WHERE " OF_RECEIPT "AND (c.file <> '') = ?5",
     "UPDATE receipts SET file = '' WHERE id = CAST(?1 AS INTEGER)"},
    {BMS_REDACT_SETUP, "setup_cells", "text",
     "SELECT c.definition || ' ' || c.sheet || ' ' || c.row_index || ' ' || c.column_index, c.text, s.key, "
     "c.column_key FROM definitions AS d CROSS JOIN setup_cells AS c ON c.definition = d.version "
     "CROSS JOIN setup_sheets AS s ON s.definition = c.definition AND s.sheet = c.sheet "
     "WHERE instr(c.text, ?1) > 0",
     "UPDATE setup_cells SET text = '' WHERE definition = CAST(?1 AS INTEGER) AND "
     "definition || ' ' || sheet || ' ' || row_index || ' ' || column_index = ?1"},
};

/* Of runs and acknowledgements the schema lets these be blanked too. */
static const char *const others[][2] = {{"runs", "account"},
                                        {"runs", "machine"},
                                        {"restored_backups", "made_by"},
                                        {"restored_backups", "reason"}};

bool bms_history_can_blank(const char *table, const char *field) {
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (strcmp(fields[i].table, table) == 0 && strcmp(fields[i].name, field) == 0)
            return true;
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (strcmp(others[i][0], table) == 0 && strcmp(others[i][1], field) == 0)
            return true;
    }
    return false;
}

/** What is to be blanked, with its codes looked up. */
struct target {
    const char *text;
    int64_t unit;
    int64_t period;
    int revision;
    int64_t indicator;
    int64_t redaction;
    enum bms_redacted what;
    bms_blanked *blanked; /* NULL: what repeats the texts stays */
    bool emptied;         /* those are meant that hold nothing */
};

static enum bms_status record(bms_history *history, const struct field *field, int64_t redaction,
                              const char *row, const char *sha256, bms_error *error) {
    bms_query query =
        bms_query_begin(history, "INSERT INTO redacted_values (redaction, run, name, row, field, old_sha256) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    bms_query_integer(&query, 1, redaction);
    bms_query_integer(&query, 2, history->run);
    bms_query_text(&query, 3, field->table);
    bms_query_text(&query, 4, row);
    bms_query_text(&query, 5, field->name);
    bms_query_text(&query, 6, sha256);
    return bms_query_run(&query, error);
}

static bool may_be_blank(const char *sheet_key, const char *column_key) {
    for (int sheet = 0; sheet_key && column_key && sheet < BMS_N_SETUP_SHEETS; sheet++) {
        if (strcmp(bms_setup_schema_of(sheet)->key, sheet_key) != 0)
            continue;
        const bms_setup_column *column = bms_setup_column_of(sheet, column_key);
        /* The facts about the municipality are rows, and some must not be blank: reading the setup afterwards
         * shows that. */
        return column && column->type == BMS_COLUMN_TEXT &&
               (sheet == BMS_SHEET_MUNICIPALITY ? strcmp(column_key, "value") == 0
                                                : !column->required && !column->needed);
    }
    return false;
}

/** @return whether a text is one of those of which only the hash is known. */
static bool has_hash_of(const bms_blanked *blanked, const char *text) {
    char sha256[65];
    if (blanked->n_hashes == 0)
        return false;
    bms_sha256(text, strlen(text), sha256);
    for (size_t i = 0; i < blanked->n_hashes; i++) {
        if (strcmp(blanked->hashes[i], sha256) == 0)
            return true;
    }
    return false;
}

bool bms_blanked_in(const bms_blanked *blanked, const char *text) {
    enum { LONG_ENOUGH_TO_SEARCH_FOR = 5 };
    for (size_t i = 0; text && i < blanked->n; i++) {
        const char *found = strstr(text, blanked->texts[i]);
        if (found &&
            (strlen(blanked->texts[i]) >= LONG_ENOUGH_TO_SEARCH_FOR || strcmp(text, blanked->texts[i]) == 0))
            return true;
    }
    return text && has_hash_of(blanked, text);
}

static void keep_text(bms_blanked *blanked, const char *text) {
    const char **kept = text && *text ? bms_arena_grow(blanked->arena, &blanked->texts, &blanked->n,
                                                       &blanked->capacity, sizeof *kept)
                                      : NULL;
    if (kept)
        *kept = bms_arena_text(blanked->arena, text);
}

static void bind(bms_query *query, const struct field *field, const struct target *which) {
    if (field->what == BMS_REDACT_SETUP) {
        bms_query_text(query, 1, which->text);
        return;
    }
    bms_query_integer(query, 1, which->unit);
    bms_query_integer(query, 2, which->period);
    bms_query_integer(query, 3, which->revision);
    bms_query_integer(query, 4, which->indicator);
    bms_query_integer(query, 5, which->emptied ? 0 : 1);
}

/** @return whether a value that was found is to be blanked. */
static bool is_meant(bms_query *query, const struct field *field, const struct target *which) {
    if (field->what == BMS_REDACT_SETUP)
        return may_be_blank(bms_query_get_text(query, 2), bms_query_get_text(query, 3));
    return field->what != BMS_REDACT_FINDINGS || which->what == BMS_REDACT_FINDINGS ||
           bms_blanked_in(which->blanked, bms_query_get_text(query, 1));
}

/** Record the hashes of all values first: rows must not change while they are being found. */
static enum bms_status record_all(bms_history *history, const struct field *field, const struct target *which,
                                  bms_error *error) {
    enum bms_status status = BMS_OK;
    bms_query query = bms_query_begin(history, field->find);
    bind(&query, field, which);
    while (status == BMS_OK && bms_query_row(&query)) {
        char sha256[65];
        size_t size = 0;
        const char *row = bms_query_get_text(&query, 0);
        if (!is_meant(&query, field, which))
            continue;
        if (which->blanked && field->what == which->what && field->what != BMS_REDACT_ORIGINAL) {
            keep_text(which->blanked,
                      field->what == BMS_REDACT_SETUP ? which->text : bms_query_get_text(&query, 1));
        }
        /* After the texts: asking for the same value as a text may move its bytes. */
        const void *bytes = bms_query_get_bytes(&query, 1, &size);
        bms_sha256(size > 0 ? bytes : "", size, sha256);
        if (row && query.result == SQLITE_OK)
            status = record(history, field, which->redaction, row, sha256, error);
    }
    enum bms_status ended = bms_query_end(&query, status == BMS_OK ? error : NULL);
    return status == BMS_OK ? ended : status;
}

static enum bms_status blank_all(bms_history *history, const struct field *field, int64_t redaction,
                                 size_t *n, bms_error *error) {
    enum bms_status status = BMS_OK;
    bms_query query = bms_query_begin(
        history,
        "SELECT row FROM redacted_values WHERE run = ?1 AND redaction = ?2 AND name = ?3 AND field = ?4");
    bms_query_integer(&query, 1, history->run);
    bms_query_integer(&query, 2, redaction);
    bms_query_text(&query, 3, field->table);
    bms_query_text(&query, 4, field->name);
    while (status == BMS_OK && bms_query_row(&query)) {
        bms_query blank = bms_query_begin(history, field->blank);
        bms_query_text(&blank, 1, bms_query_get_text(&query, 0));
        status = bms_query_run(&blank, error);
        ++*n;
    }
    enum bms_status ended = bms_query_end(&query, status == BMS_OK ? error : NULL);
    return status == BMS_OK ? ended : status;
}

static enum bms_status look_up(bms_history *history, const bms_redaction *redaction, struct target *out,
                               bms_error *error) {
    *out = (struct target){.text = redaction->text, .revision = redaction->revision, .what = redaction->what};
    if (redaction->what == BMS_REDACT_SETUP)
        return BMS_OK;
    enum bms_status status =
        bms_history_find_code(history, BMS_UNIT_CODES, redaction->unit, &out->unit, error);
    if (status == BMS_OK)
        status = bms_history_find_code(history, BMS_PERIOD_CODES, redaction->period, &out->period, error);
    if (status == BMS_OK && redaction->indicator) {
        status =
            bms_history_find_code(history, BMS_INDICATOR_CODES, redaction->indicator, &out->indicator, error);
        if (status == BMS_OK && out->indicator == 0)
            out->indicator = -1; /* matches nothing */
    }
    return status;
}

/** @return whether a field is blanked in this round: first what was asked for, then what repeats it. */
static bool is_due(const struct field *field, const struct target *which, bool repeated) {
    const bool wrote = which->what == BMS_REDACT_COMMENT || which->what == BMS_REDACT_SIGNATURE ||
                       which->what == BMS_REDACT_ACTIONS;
    if (!repeated)
        return field->what == which->what;
    return wrote && (field->what == BMS_REDACT_ORIGINAL || field->what == BMS_REDACT_FINDINGS);
}

static enum bms_status blank_fields(bms_history *history, const struct target *which, bool repeated,
                                    size_t *n, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (!is_due(&fields[i], which, repeated))
            continue;
        if (status == BMS_OK)
            status = record_all(history, &fields[i], which, error);
        if (status == BMS_OK)
            status = blank_all(history, &fields[i], which->redaction, n, error);
    }
    return status;
}

enum bms_status bms_history_redact(bms_history *history, const bms_redaction *redaction, bms_blanked *blanked,
                                   size_t *n, bms_error *error) {
    struct target which;
    *n = 0;
    enum bms_status status = bms_history_in_run(history, error);
    if (status == BMS_OK)
        status = look_up(history, redaction, &which, error);
    if (status != BMS_OK)
        return status;
    bms_query query =
        bms_query_begin(history, "INSERT INTO redactions (run, made_by, reason) VALUES (?1, ?2, ?3)");
    bms_query_integer(&query, 1, history->run);
    bms_query_text(&query, 2, redaction->made_by);
    bms_query_text(&query, 3, redaction->reason);
    status = bms_query_run(&query, error);
    which.redaction = sqlite3_last_insert_rowid(history->database);
    which.blanked = blanked;
    if (status == BMS_OK)
        status = blank_fields(history, &which, false, n, error);
    if (status == BMS_OK && *n > 0 && blanked)
        status = blank_fields(history, &which, true, n, error);
    return status;
}

/* What was blanked before */

static void keep_hash(bms_blanked *blanked, const char *sha256) {
    const char **kept = sha256 ? bms_arena_grow(blanked->arena, &blanked->hashes, &blanked->n_hashes,
                                                &blanked->hash_capacity, sizeof *kept)
                               : NULL;
    if (kept)
        *kept = bms_arena_text(blanked->arena, sha256);
}

/** Find the hashes of what one row of a field held. */
static enum bms_status find_hashes(bms_history *history, const struct field *field, const char *row,
                                   bms_blanked *blanked, bms_error *error) {
    bms_query query = bms_query_begin(
        history, "SELECT old_sha256 FROM redacted_values WHERE name = ?1 AND field = ?2 AND row = ?3");
    bms_query_text(&query, 1, field->table);
    bms_query_text(&query, 2, field->name);
    bms_query_text(&query, 3, row);
    while (bms_query_row(&query))
        keep_hash(blanked, bms_query_get_text(&query, 0));
    return bms_query_end(&query, error);
}

static enum bms_status find_emptied(bms_history *history, const struct field *field,
                                    const struct target *which, bms_error *error) {
    enum bms_status status = BMS_OK;
    bms_query query = bms_query_begin(history, field->find);
    bind(&query, field, which);
    while (status == BMS_OK && bms_query_row(&query))
        status = find_hashes(history, field, bms_query_get_text(&query, 0), which->blanked, error);
    enum bms_status ended = bms_query_end(&query, status == BMS_OK ? error : NULL);
    return status == BMS_OK ? ended : status;
}

/** Cells of a setup say no longer what they held: it was this text where its hash was recorded, or the same
 * person gave the same reason and no cell holds the text now. */
static enum bms_status was_in_setup(bms_history *history, const bms_redaction *redaction, bool *found,
                                    bms_error *error) {
    char sha256[65];
    bms_sha256(redaction->text, strlen(redaction->text), sha256);
    bms_query query = bms_query_begin(
        history, "SELECT 1 FROM redacted_values AS v CROSS JOIN redactions AS d ON d.run = v.run AND d.id = "
                 "v.redaction WHERE v.name = 'setup_cells' AND (v.old_sha256 = ?1 OR (d.made_by = ?2 AND "
                 "d.reason = ?3)) AND NOT EXISTS (SELECT 1 FROM setup_cells AS c WHERE instr(c.text, ?4) > "
                 "0) LIMIT 1");
    bms_query_text(&query, 1, sha256);
    bms_query_text(&query, 2, redaction->made_by);
    bms_query_text(&query, 3, redaction->reason);
    bms_query_text(&query, 4, redaction->text);
    *found = bms_query_row(&query);
    return bms_query_end(&query, error);
}

enum bms_status bms_history_redacted_before(bms_history *history, const bms_redaction *redaction,
                                            bms_blanked *blanked, bool *found, bms_error *error) {
    struct target which;
    *found = false;
    enum bms_status status = look_up(history, redaction, &which, error);
    which.blanked = blanked;
    which.emptied = true;
    if (status == BMS_OK && redaction->what == BMS_REDACT_SETUP) {
        status = was_in_setup(history, redaction, found, error);
        if (*found)
            keep_text(blanked, redaction->text);
        return status;
    }
    for (size_t i = 0; status == BMS_OK && i < sizeof fields / sizeof fields[0]; i++) {
        if (fields[i].what == which.what)
            status = find_emptied(history, &fields[i], &which, error);
    }
    *found = blanked->n_hashes > 0;
    return status;
}
