/*
 * What the coordinator adds without a file from the unit: amendments of a return, and closed periods. An
 * amendment is a new revision; the rest of the return before it is carried over, with its origin.
 */
#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/history/read_back.h"
#include "core/history/store.h"

#include <string.h>

struct ids {
    int64_t unit;
    int64_t form;
    int64_t indicator;
    int64_t period;
    int64_t base;   /* the return that is amended */
    int64_t number; /* of the new return */
};

static enum bms_status look_up(bms_history *history, const bms_amendment *amendment, struct ids *ids,
                               bms_error *error) {
    enum bms_status status =
        bms_history_code(history, BMS_UNIT_CODES, amendment->checked->unit, &ids->unit, error);
    if (status == BMS_OK)
        status = bms_history_code(history, BMS_PERIOD_CODES, amendment->checked->period, &ids->form, error);
    if (status == BMS_OK)
        status = bms_history_code(history, BMS_INDICATOR_CODES, amendment->indicator, &ids->indicator, error);
    if (status == BMS_OK)
        status = bms_history_code(history, BMS_PERIOD_CODES, amendment->period, &ids->period, error);
    if (status != BMS_OK)
        return status;
    bms_query query = bms_query_begin(
        history, "SELECT id FROM returns WHERE period = ?1 AND unit = ?2 ORDER BY revision DESC LIMIT 1");
    bms_query_integer(&query, 1, ids->form);
    bms_query_integer(&query, 2, ids->unit);
    ids->base = bms_query_row(&query) ? bms_query_get_integer(&query, 0) : 0;
    return bms_query_end(&query, error);
}

static enum bms_status find_new(bms_history *history, int64_t receipt, struct ids *ids, bms_error *error) {
    bms_query query = bms_query_begin(history, "SELECT id FROM returns WHERE receipt = ?1");
    bms_query_integer(&query, 1, receipt);
    ids->number = bms_query_row(&query) ? bms_query_get_integer(&query, 0) : 0;
    return bms_query_end(&query, error);
}

/** Run a statement on the return that is amended (?1), the new one (?2) and the run (?3). */
static enum bms_status carry(bms_history *history, const char *sql, const struct ids *ids, bool with_run,
                             bms_error *error) {
    bms_query query = bms_query_begin(history, sql);
    bms_query_integer(&query, 1, ids->base);
    bms_query_integer(&query, 2, ids->number);
    if (with_run)
        bms_query_integer(&query, 3, history->run);
    return bms_query_run(&query, error);
}

/** Copy the rest of the amended return: its other entries, with their origin, and its actions. */
static enum bms_status carry_over(bms_history *history, const struct ids *ids, bms_error *error) {
    enum bms_status status =
        carry(history,
              "INSERT INTO carried_entries (return, indicator, period, run, origin) "
              "SELECT ?2, e.indicator, e.period, ?3, coalesce(k.origin, ?1) FROM entries AS e "
              "LEFT JOIN carried_entries AS k ON k.return = ?1 AND k.indicator = e.indicator AND k.period = "
              "e.period "
              "WHERE e.return = ?1 AND NOT EXISTS (SELECT 1 FROM entries AS put WHERE put.return = ?2 "
              "AND put.indicator = e.indicator AND put.period = e.period)",
              ids, true, error);
    if (status == BMS_OK) {
        status =
            carry(history,
                  "INSERT INTO entries (return, indicator, period, position, state, required, numerator, "
                  "denominator, numerator_cell, denominator_cell, reason, comment) "
                  "SELECT ?2, indicator, period, position, state, required, numerator, denominator, "
                  "numerator_cell, denominator_cell, reason, comment FROM entries AS e WHERE return = ?1 "
                  "AND NOT EXISTS (SELECT 1 FROM entries AS put WHERE put.return = ?2 "
                  "AND put.indicator = e.indicator AND put.period = e.period)",
                  ids, false, error);
    }
    if (status != BMS_OK)
        return status;
    return carry(
        history,
        "INSERT INTO actions (return, position, number, linked_to, text, responsible, due, status, cell) "
        "SELECT ?2, position, number, linked_to, text, responsible, due, status, cell FROM actions "
        "WHERE return = ?1",
        ids, false, error);
}

static enum bms_status add_reason(bms_history *history, const bms_amendment *amendment, const struct ids *ids,
                                  bms_error *error) {
    bms_query query =
        bms_query_begin(history, "INSERT INTO corrections (return, run, indicator, period, made_by, reason) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    bms_query_integer(&query, 1, ids->number);
    bms_query_integer(&query, 2, history->run);
    bms_query_integer(&query, 3, ids->indicator);
    bms_query_integer(&query, 4, ids->period);
    bms_query_text(&query, 5, amendment->made_by);
    bms_query_text(&query, 6, amendment->reason);
    return bms_query_run(&query, error);
}

enum bms_status bms_history_add_amendment(bms_history *history, const bms_amendment *amendment,
                                          const char *document, int *revision, bms_error *error) {
    struct ids ids = {0};
    char sha256[65];
    int64_t receipt = 0;
    size_t size = strlen(document);
    enum bms_status status = bms_history_in_run(history, error);
    if (status == BMS_OK)
        status = look_up(history, amendment, &ids, error);
    if (status == BMS_OK && ids.base == 0)
        status = bms_error_set(error, BMS_INTERNAL, history->path, "nothing to correct");
    bms_sha256(document, size, sha256);
    const bms_receipt added = {.file = amendment->name,
                               .sha256 = sha256,
                               .size = size,
                               .unit = amendment->checked->unit,
                               .period = amendment->checked->period,
                               .outcome = BMS_ACCEPTED};
    if (status == BMS_OK)
        status = bms_history_add_receipt(history, &added, &receipt, error);
    if (status == BMS_OK) {
        status =
            bms_history_add_return(history, receipt, amendment->checked, document, size, revision, error);
    }
    if (status == BMS_OK)
        status = find_new(history, receipt, &ids, error);
    if (status == BMS_OK)
        status = carry_over(history, &ids, error);
    if (status == BMS_OK)
        status = bms_read_back_amended(history, ids.number, ids.base, amendment->checked, *revision, error);
    return status == BMS_OK ? add_reason(history, amendment, &ids, error) : status;
}

enum bms_status bms_history_close_period(bms_history *history, const char *form_period, const char *made_by,
                                         bms_error *error) {
    int64_t period = 0;
    enum bms_status status = bms_history_in_run(history, error);
    if (status == BMS_OK)
        status = bms_history_code(history, BMS_PERIOD_CODES, form_period, &period, error);
    if (status != BMS_OK)
        return status;
    bms_query query =
        bms_query_begin(history, "INSERT INTO closings (period, run, made_by) VALUES (?1, ?2, ?3)");
    bms_query_integer(&query, 1, period);
    bms_query_integer(&query, 2, history->run);
    bms_query_text(&query, 3, made_by);
    return bms_query_run(&query, error);
}

enum bms_status bms_history_closed_at(bms_history *history, const char *form_period, int64_t *at,
                                      bms_error *error) {
    int64_t period = 0;
    *at = 0;
    enum bms_status status = bms_history_find_code(history, BMS_PERIOD_CODES, form_period, &period, error);
    if (status != BMS_OK || period == 0)
        return status;
    bms_query query = bms_query_begin(history, "SELECT n.began_at FROM closings AS z CROSS JOIN runs AS n "
                                               "ON n.id = z.run WHERE z.period = ?1");
    bms_query_integer(&query, 1, period);
    *at = bms_query_row(&query) ? bms_query_get_integer(&query, 0) : 0;
    return bms_query_end(&query, error);
}

enum bms_status bms_history_closed_before(bms_history *history, const char *form_period, const char *sha256,
                                          int64_t *at, bms_error *error) {
    int64_t period = 0;
    *at = 0;
    enum bms_status status = bms_history_find_code(history, BMS_PERIOD_CODES, form_period, &period, error);
    if (status != BMS_OK || period == 0)
        return status;
    bms_query query = bms_query_begin(
        history,
        "SELECT n.began_at FROM closings AS z CROSS JOIN runs AS n ON n.id = z.run WHERE z.period = ?1 "
        "AND NOT EXISTS (SELECT 1 FROM receipts WHERE sha256 = ?2 AND run < z.run)");
    bms_query_integer(&query, 1, period);
    bms_query_text(&query, 2, sha256);
    *at = bms_query_row(&query) ? bms_query_get_integer(&query, 0) : 0;
    return bms_query_end(&query, error);
}
