/*
 * What a run adds to the history: receipts with findings, accepted returns, and the files that were written.
 * Decisions, amendments, definitions and editions have files of their own.
 */
#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/history/read_back.h"
#include "core/history/store.h"

#include <sqlite3.h>

static enum bms_status add_finding(bms_history *history, int64_t receipt, size_t position,
                                   const bms_finding *finding, bms_error *error) {
    bms_query query =
        bms_query_begin(history, "INSERT INTO findings (receipt, position, rule, severity, sheet, cell, "
                                 "unit, indicator, message, fix, about) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    bms_query_integer(&query, 1, receipt);
    bms_query_integer(&query, 2, (int64_t)position);
    bms_query_text(&query, 3, finding->rule);
    bms_query_text(&query, 4, bms_severity_name(finding->severity));
    bms_query_text(&query, 5, finding->sheet);
    bms_query_text(&query, 6, finding->cell);
    bms_query_text(&query, 7, finding->unit);
    bms_query_text(&query, 8, finding->indicator);
    bms_query_text(&query, 9, finding->message);
    bms_query_text(&query, 10, finding->fix);
    bms_query_text(&query, 11, finding->about);
    return bms_query_run(&query, error);
}

enum bms_status bms_history_add_receipt(bms_history *history, const bms_receipt *receipt, int64_t *id,
                                        bms_error *error) {
    int64_t unit = 0;
    int64_t period = 0;
    enum bms_status status = bms_history_in_run(history, error);
    if (status == BMS_OK)
        status = bms_history_code(history, BMS_UNIT_CODES, receipt->unit, &unit, error);
    if (status == BMS_OK)
        status = bms_history_code(history, BMS_PERIOD_CODES, receipt->period, &period, error);
    if (status != BMS_OK)
        return status;
    bms_query query =
        bms_query_begin(history, "INSERT INTO receipts (run, file, sha256, size, unit, period, outcome) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    bms_query_integer(&query, 1, history->run);
    bms_query_text(&query, 2, receipt->file);
    bms_query_text(&query, 3, receipt->sha256);
    bms_query_integer(&query, 4, (int64_t)receipt->size);
    bms_query_id(&query, 5, unit);
    bms_query_id(&query, 6, period);
    bms_query_text(&query, 7, bms_outcome_name(receipt->outcome));
    status = bms_query_run(&query, error);
    int64_t added = sqlite3_last_insert_rowid(history->database);
    for (size_t i = 0; status == BMS_OK && i < receipt->n_findings; i++)
        status = add_finding(history, added, i, &receipt->findings[i], error);
    if (status == BMS_OK && id)
        *id = added;
    return status;
}

static enum bms_status next_revision(bms_history *history, int64_t unit, int64_t period, int *revision,
                                     bms_error *error) {
    bms_query query =
        bms_query_begin(history, "SELECT max(revision) FROM returns WHERE period = ?1 AND unit = ?2");
    bms_query_integer(&query, 1, period);
    bms_query_integer(&query, 2, unit);
    *revision = (bms_query_row(&query) ? (int)bms_query_get_integer(&query, 0) : 0) + 1;
    return bms_query_end(&query, error);
}

/** The return that entries and actions belong to. */
struct owner {
    int64_t id;     /* of the return */
    int64_t period; /* of the form */
};

static enum bms_status note_measured_in(bms_history *history, int64_t period, int64_t form_period,
                                        bms_error *error) {
    bms_query query =
        bms_query_begin(history, "INSERT OR IGNORE INTO measured_in (period, form_period) VALUES (?1, ?2)");
    bms_query_integer(&query, 1, period);
    bms_query_integer(&query, 2, form_period);
    return bms_query_run(&query, error);
}

static const char *or_null(const char *text) {
    return text && *text ? text : NULL;
}

static const char *or_empty(const char *text) {
    return text ? text : "";
}

static enum bms_status add_entry(bms_history *history, struct owner owner, size_t position,
                                 const bms_entry *entry, bms_error *error) {
    int64_t indicator = 0;
    int64_t period = 0;
    enum bms_status status =
        bms_history_code(history, BMS_INDICATOR_CODES, entry->indicator, &indicator, error);
    if (status == BMS_OK)
        status = bms_history_code(history, BMS_PERIOD_CODES, entry->period, &period, error);
    if (status == BMS_OK)
        status = note_measured_in(history, period, owner.period, error);
    if (status != BMS_OK)
        return status;
    bms_query query = bms_query_begin(
        history,
        "INSERT INTO entries (return, indicator, period, position, state, required, numerator, denominator, "
        "numerator_cell, denominator_cell, reason, comment) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    bms_query_integer(&query, 1, owner.id);
    bms_query_integer(&query, 2, indicator);
    bms_query_integer(&query, 3, period);
    bms_query_integer(&query, 4, (int64_t)position);
    bms_query_integer(&query, 5, bms_stored_state(entry->answer.state));
    bms_query_integer(&query, 6, entry->required);
    bms_query_number(&query, 7, entry->answer.numerator);
    bms_query_number(&query, 8, entry->answer.denominator);
    bms_query_text(&query, 9, or_null(entry->numerator_cell));
    bms_query_text(&query, 10, or_null(entry->denominator_cell));
    bms_query_text(&query, 11, or_null(bms_reason_name(entry->reason)));
    bms_query_text(&query, 12, or_null(entry->comment));
    return bms_query_run(&query, error);
}

static enum bms_status add_action(bms_history *history, struct owner owner, size_t position,
                                  const bms_entry_action *action, bms_error *error) {
    bms_query query =
        bms_query_begin(history, "INSERT INTO actions (return, position, number, linked_to, text, "
                                 "responsible, due, status, cell) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    bms_query_integer(&query, 1, owner.id);
    bms_query_integer(&query, 2, (int64_t)position);
    bms_query_text(&query, 3, or_empty(action->number));
    bms_query_text(&query, 4, or_empty(action->linked_to));
    bms_query_text(&query, 5, or_empty(action->text));
    bms_query_text(&query, 6, or_empty(action->responsible));
    bms_query_text(&query, 7, or_empty(action->due));
    bms_query_text(&query, 8, or_empty(action->status));
    bms_query_text(&query, 9, action->cell);
    return bms_query_run(&query, error);
}

static enum bms_status add_head(bms_history *history, int64_t receipt, const bms_checked_return *checked,
                                struct owner *owner, int *revision, bms_error *error) {
    int64_t unit = 0;
    enum bms_status status = bms_history_code(history, BMS_UNIT_CODES, checked->unit, &unit, error);
    if (status == BMS_OK)
        status = bms_history_code(history, BMS_PERIOD_CODES, checked->period, &owner->period, error);
    if (status == BMS_OK)
        status = next_revision(history, unit, owner->period, revision, error);
    if (status != BMS_OK)
        return status;
    bms_query query =
        bms_query_begin(history, "INSERT INTO returns (receipt, unit, period, revision, definition, sheet, "
                                 "signed_by, signed_on, inputs_sha256) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    bms_query_integer(&query, 1, receipt);
    bms_query_id(&query, 2, unit);
    bms_query_id(&query, 3, owner->period);
    bms_query_integer(&query, 4, *revision);
    bms_query_text(&query, 5, or_empty(checked->definition));
    bms_query_text(&query, 6, or_empty(checked->sheet));
    bms_query_text(&query, 7, or_empty(checked->signed_by));
    bms_query_text(&query, 8, or_empty(checked->signed_on));
    bms_query_text(&query, 9, checked->inputs_sha256);
    status = bms_query_run(&query, error);
    owner->id = sqlite3_last_insert_rowid(history->database);
    return status;
}

/** Record the file itself, which is found by the hash on its receipt. */
static enum bms_status add_original(bms_history *history, const void *bytes, size_t size, bms_error *error) {
    char sha256[65];
    bms_sha256(bytes, size, sha256);
    bms_query query = bms_query_begin(history, "INSERT INTO originals (sha256, bytes) VALUES (?1, ?2) "
                                               "ON CONFLICT (sha256) DO NOTHING");
    bms_query_text(&query, 1, sha256);
    bms_query_bytes(&query, 2, bytes, size);
    return bms_query_run(&query, error);
}

enum bms_status bms_history_add_return(bms_history *history, int64_t receipt,
                                       const bms_checked_return *checked, const void *original, size_t size,
                                       int *revision, bms_error *error) {
    struct owner owner = {0};
    enum bms_status status = bms_history_in_run(history, error);
    if (status == BMS_OK)
        status = add_head(history, receipt, checked, &owner, revision, error);
    for (size_t i = 0; status == BMS_OK && i < checked->n_entries; i++)
        status = add_entry(history, owner, i, &checked->entries[i], error);
    for (size_t i = 0; status == BMS_OK && i < checked->n_actions; i++)
        status = add_action(history, owner, i, &checked->actions[i], error);
    if (status == BMS_OK)
        status = add_original(history, original, size, error);
    if (status == BMS_OK)
        status = bms_read_back_return(history, owner.id, checked, *revision, error);
    return status;
}

enum bms_status bms_history_add_written(bms_history *history, const char *path, const char *sha256,
                                        bms_error *error) {
    enum bms_status status = bms_history_in_run(history, error);
    if (status != BMS_OK)
        return status;
    bms_query query =
        bms_query_begin(history, "INSERT INTO written_files (run, path, sha256) VALUES (?1, ?2, ?3)");
    bms_query_integer(&query, 1, history->run);
    bms_query_text(&query, 2, path);
    bms_query_text(&query, 3, sha256);
    return bms_query_run(&query, error);
}

enum bms_status bms_history_find_written(bms_history *history, const char *path, const char *sha256,
                                         bool *ours, bool *newest, bms_error *error) {
    bms_query query = bms_query_begin(
        history, "SELECT max(id) FILTER (WHERE sha256 = ?2), max(id) FROM written_files WHERE path = ?1");
    bms_query_text(&query, 1, path);
    bms_query_text(&query, 2, sha256);
    const bool found = bms_query_row(&query);
    const int64_t last = found ? bms_query_get_integer(&query, 0) : 0;
    *ours = last > 0;
    *newest = *ours && last == bms_query_get_integer(&query, 1);
    return bms_query_end(&query, error);
}

enum bms_status bms_history_has_written(bms_history *history, const char *folder, bool *has,
                                        bms_error *error) {
    bms_query query =
        bms_query_begin(history, "SELECT 1 FROM written_files WHERE path > ?1 AND path < ?1 || char(1114111) "
                                 "AND instr(substr(path, length(?1) + 1), '/') = 0 LIMIT 1");
    bms_query_text(&query, 1, folder);
    *has = bms_query_row(&query);
    return bms_query_end(&query, error);
}

enum bms_status bms_history_has_returns(bms_history *history, const char *form_period, bool *has,
                                        bms_error *error) {
    int64_t period = 0;
    *has = false;
    enum bms_status status = bms_history_find_code(history, BMS_PERIOD_CODES, form_period, &period, error);
    if (status != BMS_OK || period == 0)
        return status;
    bms_query query = bms_query_begin(history, "SELECT 1 FROM returns WHERE period = ?1 LIMIT 1");
    bms_query_integer(&query, 1, period);
    *has = bms_query_row(&query);
    return bms_query_end(&query, error);
}
