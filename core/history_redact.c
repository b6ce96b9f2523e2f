/** Originals given back, and what must not stay blanked on record (see history_integrity.h). */
#include "core/error.h"
#include "core/history_integrity.h"
#include "core/history_store.h"

#include "core/catalogue.h"

#include <sqlite3.h>

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

/* A field that can be blanked: how its rows are found, and how they are emptied. */
struct field {
    enum bms_redacted what;
    const char *table;
    const char *name;
    const char *find;  /* key as text, value; of ?1 unit, ?2 period, ?3 revision or 0, ?4 indicator or 0 */
    const char *blank; /* the row with key ?1 */
};

#define OF_RETURN "r.unit = ?1 AND r.period = ?2 AND (?3 = 0 OR r.revision = ?3) AND ?4 IS NOT NULL "

static const struct field fields[] = {
    {BMS_REDACT_COMMENT, "entries", "comment",
     "SELECT e.return || ' ' || e.indicator || ' ' || e.period, e.comment FROM returns AS r CROSS JOIN "
     "entries AS e "
     "ON e.return = r.id WHERE " OF_RETURN "AND (?4 = 0 OR e.indicator = ?4) AND e.comment <> ''",
     "UPDATE entries SET comment = '' WHERE return || ' ' || indicator || ' ' || period = ?1 "
     "AND return = CAST(?1 AS INTEGER)"},
    {BMS_REDACT_SIGNATURE, "returns", "signed_by",
     "SELECT CAST(r.id AS TEXT), r.signed_by FROM returns AS r WHERE " OF_RETURN "AND r.signed_by <> ''",
     "UPDATE returns SET signed_by = '' WHERE id = CAST(?1 AS INTEGER)"},
    {BMS_REDACT_ACTIONS, "actions", "text",
     "SELECT a.return || ' ' || a.position, a.text FROM returns AS r CROSS JOIN actions AS a ON a.return = "
     "r.id "
     "WHERE " OF_RETURN "AND a.text <> ''",
     "UPDATE actions SET text = '' WHERE return || ' ' || position = ?1 AND return = CAST(?1 AS INTEGER)"},
    {BMS_REDACT_ACTIONS, "actions", "responsible",
     "SELECT a.return || ' ' || a.position, a.responsible FROM returns AS r CROSS JOIN actions AS a "
     "ON a.return = r.id WHERE " OF_RETURN "AND a.responsible <> ''",
     "UPDATE actions SET responsible = '' WHERE return || ' ' || position = ?1 AND return = CAST(?1 AS "
     "INTEGER)"},
    {BMS_REDACT_ORIGINAL, "originals", "bytes",
     "SELECT DISTINCT CAST(o.id AS TEXT), o.bytes FROM returns AS r CROSS JOIN receipts AS c ON c.id = "
     "r.receipt "
     "CROSS JOIN originals AS o ON o.sha256 = c.sha256 WHERE " OF_RETURN "AND length(o.bytes) > 0",
     "UPDATE originals SET bytes = x'' WHERE id = CAST(?1 AS INTEGER)"},
};

struct returns_of {
    int64_t unit;
    int64_t period;
    int revision;
    int64_t indicator;
    int64_t redaction;
};

static enum bms_status put_down(bms_history *history, const struct field *field, int64_t redaction,
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

/** Put down the hashes of all, then blank: a row is not changed while it is looked for. */
static enum bms_status put_down_all(bms_history *history, const struct field *field,
                                    const struct returns_of *which, bms_error *error) {
    enum bms_status status = BMS_OK;
    bms_query query = bms_query_begin(history, field->find);
    bms_query_integer(&query, 1, which->unit);
    bms_query_integer(&query, 2, which->period);
    bms_query_integer(&query, 3, which->revision);
    bms_query_integer(&query, 4, which->indicator);
    while (status == BMS_OK && bms_query_row(&query)) {
        char sha256[65];
        size_t size = 0;
        const char *row = bms_query_get_text(&query, 0);
        const void *bytes = bms_query_get_bytes(&query, 1, &size);
        bms_sha256(size > 0 ? bytes : "", size, sha256);
        if (row && query.result == SQLITE_OK)
            status = put_down(history, field, which->redaction, row, sha256, error);
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

static enum bms_status look_up(bms_history *history, const bms_redaction *redaction, struct returns_of *out,
                               bms_error *error) {
    *out = (struct returns_of){.revision = redaction->revision};
    enum bms_status status =
        bms_history_find_code(history, BMS_UNIT_CODES, redaction->unit, &out->unit, error);
    if (status == BMS_OK)
        status = bms_history_find_code(history, BMS_PERIOD_CODES, redaction->period, &out->period, error);
    if (status == BMS_OK && redaction->indicator) {
        status =
            bms_history_find_code(history, BMS_INDICATOR_CODES, redaction->indicator, &out->indicator, error);
        if (status == BMS_OK && out->indicator == 0)
            out->indicator = -1; /* none has it */
    }
    return status;
}

enum bms_status bms_history_redact(bms_history *history, const bms_redaction *redaction, size_t *n,
                                   bms_error *error) {
    struct returns_of which;
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
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (fields[i].what != redaction->what)
            continue;
        if (status == BMS_OK)
            status = put_down_all(history, &fields[i], &which, error);
        if (status == BMS_OK)
            status = blank_all(history, &fields[i], which.redaction, n, error);
    }
    return status;
}
