/* Reading from the history: earlier returns, entries, actions, receipts. */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/history/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

/** Find out whether a content was held, and whether another file has been accepted since it was first seen.
 */
static enum bms_status find_content(bms_history *history, int64_t unit, int64_t period, const char *sha256,
                                    bms_known_return *out, bms_error *error) {
    bms_query query = bms_query_begin(
        history, "SELECT max(outcome = 'held'), "
                 "min(id) < (SELECT max(receipt) FROM returns WHERE unit = ?2 AND period = ?3) "
                 "FROM receipts WHERE sha256 = ?1 AND outcome <> 'accepted' AND unit = ?2 AND period = ?3");
    bms_query_text(&query, 1, sha256);
    bms_query_integer(&query, 2, unit);
    bms_query_integer(&query, 3, period);
    if (bms_query_row(&query)) {
        out->held_before = bms_query_get_integer(&query, 0) != 0;
        out->superseded = bms_query_get_integer(&query, 1) != 0;
    }
    return bms_query_end(&query, error);
}

enum bms_status bms_history_find_return(bms_history *history, const char *unit, const char *period,
                                        const char *sha256, const char *inputs_sha256, bms_known_return *out,
                                        bms_error *error) {
    int64_t unit_id = 0;
    int64_t period_id = 0;
    *out = (bms_known_return){0};
    enum bms_status status = bms_history_find_code(history, BMS_UNIT_CODES, unit, &unit_id, error);
    if (status == BMS_OK)
        status = bms_history_find_code(history, BMS_PERIOD_CODES, period, &period_id, error);
    if (status != BMS_OK || unit_id == 0 || period_id == 0)
        return status;
    bms_query query = bms_query_begin(
        history, "SELECT revision, receipts.sha256 = ?3 OR (?4 <> '' AND inputs_sha256 = ?4), "
                 "EXISTS (SELECT 1 FROM corrections WHERE corrections.return = returns.id) "
                 "FROM returns JOIN receipts ON receipts.id = returns.receipt "
                 "WHERE returns.period = ?1 AND returns.unit = ?2 ORDER BY revision");
    bms_query_integer(&query, 1, period_id);
    bms_query_integer(&query, 2, unit_id);
    bms_query_text(&query, 3, sha256);
    bms_query_text(&query, 4, inputs_sha256);
    while (bms_query_row(&query)) {
        out->revision = (int)bms_query_get_integer(&query, 0);
        out->amended = bms_query_get_integer(&query, 2) != 0;
        if (bms_query_get_integer(&query, 1) != 0) {
            out->same = true;
            out->same_revision = out->revision;
        }
    }
    status = bms_query_end(&query, error);
    if (status == BMS_OK)
        status = find_content(history, unit_id, period_id, sha256, out, error);
    return status;
}

enum bms_status bms_history_receipt_known(bms_history *history, const char *file, const char *sha256,
                                          enum bms_outcome outcome, bool *known, bms_error *error) {
    bms_query query = bms_query_begin(
        history,
        "SELECT outcome = ?3 FROM receipts WHERE sha256 = ?1 AND file = ?2 ORDER BY id DESC LIMIT 1");
    bms_query_text(&query, 1, sha256);
    bms_query_text(&query, 2, file);
    bms_query_text(&query, 3, bms_outcome_name(outcome));
    *known = bms_query_row(&query) && bms_query_get_integer(&query, 0) != 0;
    return bms_query_end(&query, error);
}

/* Entries. Returns are found by what narrows most (unit, form period, measured period); the entries of a
   return are stored together. There is one SELECT for each combination of filters, because SQLite cannot
   choose an index for a value that may be absent. */

/* A file is late when it first came after the closing, whatever was decided about it since; of an amendment,
   the unit's own file that it amends. */
#define LATE                                                                                                 \
    "CASE WHEN c.run > z.run THEN NOT EXISTS (SELECT 1 FROM receipts AS came WHERE came.run < z.run "        \
    "AND came.sha256 = CASE WHEN x.return IS NULL THEN c.sha256 ELSE (SELECT sent.sha256 FROM returns AS "   \
    "own "                                                                                                   \
    "CROSS JOIN receipts AS sent ON sent.id = own.receipt WHERE own.period = o.period AND own.unit = "       \
    "o.unit "                                                                                                \
    "AND own.revision < o.revision AND NOT EXISTS (SELECT 1 FROM corrections WHERE return = own.id) "        \
    "ORDER BY own.revision DESC LIMIT 1) END) ELSE 0 END"
#define ENTRY_COLUMNS                                                                                        \
    "SELECT u.code, f.code, r.revision, "                                                                    \
    "NOT EXISTS (SELECT 1 FROM returns AS later WHERE later.period = r.period AND later.unit = r.unit "      \
    "AND later.revision > r.revision) AS holds, "                                                            \
    "i.code, m.code, e.state, e.required, e.numerator, e.denominator, e.numerator_cell, "                    \
    "e.denominator_cell, "                                                                                   \
    "e.reason, e.comment, o.sheet, c.file, c.sha256, o.definition, o.signed_by, o.signed_on, n.began_at, "   \
    "x.made_by, x.reason, " LATE ", q.made_by, q.reason, y.made_by, y.reason, c.run, h.made_by, "            \
    "h.reason "
#define ENTRY_JOINS                                                                                          \
    "CROSS JOIN entries AS e ON e.return = r.id "                                                            \
    "CROSS JOIN indicators AS i ON i.id = e.indicator "                                                      \
    "CROSS JOIN periods AS m ON m.id = e.period "                                                            \
    "CROSS JOIN periods AS f ON f.id = r.period "                                                            \
    "LEFT JOIN carried_entries AS k ON k.return = r.id AND k.indicator = e.indicator AND k.period = "        \
    "e.period "                                                                                              \
    "CROSS JOIN returns AS o ON o.id = coalesce(k.origin, r.id) "                                            \
    "CROSS JOIN receipts AS c ON c.id = o.receipt "                                                          \
    "CROSS JOIN runs AS n ON n.id = c.run "                                                                  \
    "LEFT JOIN corrections AS x ON x.return = o.id "                                                         \
    "LEFT JOIN closings AS z ON z.period = r.period "                                                        \
    "LEFT JOIN acceptances AS q ON q.id = (SELECT max(a.id) FROM acceptances AS a CROSS JOIN findings AS g " \
    "WHERE a.period = r.period AND a.unit = r.unit AND a.indicator = e.indicator AND g.receipt = c.id "      \
    "AND g.rule = a.rule AND g.indicator = i.code AND g.about = a.about) "                                   \
    "LEFT JOIN releases AS y ON y.return = o.id AND e.reason = 'to_be_clarified' "                           \
    "LEFT JOIN choices AS h ON h.id = (SELECT max(id) FROM choices WHERE period = r.period AND unit = "      \
    "r.unit "                                                                                                \
    "AND sha256 = c.sha256) "
#define ENTRY_CONDITIONS                                                                                     \
    "WHERE (?1 = 0 OR r.unit = ?1) AND (?2 = 0 OR e.indicator = ?2) AND (?3 = 0 OR e.period = ?3) "          \
    "AND (?4 = 0 OR r.period = ?4) AND (?5 OR holds) "
#define ENTRY_ORDER "ORDER BY u.code, i.code, m.last_day, m.first_day, m.code, f.last_day, f.code, r.revision"

/* `narrowed` is a further condition that an index can use. */
#define OF_UNIT(narrowed)                                                                                    \
    ENTRY_COLUMNS "FROM units AS u CROSS JOIN returns AS r ON r.unit = u.id " ENTRY_JOINS ENTRY_CONDITIONS   \
                  "AND u.id = ?1 " narrowed ENTRY_ORDER
#define OF_UNIT_MEASURED(narrowed)                                                                           \
    ENTRY_COLUMNS "FROM units AS u CROSS JOIN measured_in AS w "                                             \
                  "CROSS JOIN returns AS r ON r.unit = u.id AND r.period = w.form_period " ENTRY_JOINS       \
                      ENTRY_CONDITIONS "AND u.id = ?1 AND w.period = ?3 " narrowed ENTRY_ORDER
#define OF_FORM(narrowed)                                                                                    \
    ENTRY_COLUMNS "FROM returns AS r CROSS JOIN units AS u ON u.id = r.unit " ENTRY_JOINS ENTRY_CONDITIONS   \
                  "AND r.period = ?4 " narrowed ENTRY_ORDER
#define OF_MEASURED(narrowed)                                                                                \
    ENTRY_COLUMNS "FROM measured_in AS w CROSS JOIN returns AS r ON r.period = w.form_period "               \
                  "CROSS JOIN units AS u ON u.id = r.unit " ENTRY_JOINS ENTRY_CONDITIONS                     \
                  "AND w.period = ?3 " narrowed ENTRY_ORDER
#define IN_FORM "AND r.period = ?4 "
#define OF_INDICATOR "AND e.indicator = ?2 "

static const char *const entry_sql_of_unit = OF_UNIT("");
static const char *const entry_sql_of_series = OF_UNIT(OF_INDICATOR);
static const char *const entry_sql_of_return = OF_UNIT(IN_FORM);
static const char *const entry_sql_of_answer = OF_UNIT(IN_FORM OF_INDICATOR);
static const char *const entry_sql_of_unit_measured = OF_UNIT_MEASURED("");
static const char *const entry_sql_of_unit_measured_indicator = OF_UNIT_MEASURED(OF_INDICATOR);
static const char *const entry_sql_of_form = OF_FORM("");
static const char *const entry_sql_of_form_indicator = OF_FORM(OF_INDICATOR);
static const char *const entry_sql_of_measured = OF_MEASURED("");
static const char *const entry_sql_of_measured_indicator = OF_MEASURED(OF_INDICATOR);
static const char *const entry_sql_of_all = ENTRY_COLUMNS
    "FROM units AS u CROSS JOIN returns AS r ON r.unit = u.id " ENTRY_JOINS ENTRY_CONDITIONS ENTRY_ORDER;

/** A filter with its codes looked up. */
struct wanted {
    int64_t unit;
    int64_t indicator;
    int64_t period;
    int64_t form_period;
    bool nothing; /* a code is unknown: no fact can match */
};

static enum bms_status look_up_code(bms_history *history, enum bms_code_table table, const char *code,
                                    int64_t *id, bool *nothing, bms_error *error) {
    *id = 0;
    if (!code)
        return BMS_OK;
    enum bms_status status = bms_history_find_code(history, table, code, id, error);
    if (status == BMS_OK && *id == 0)
        *nothing = true;
    return status;
}

static enum bms_status look_up(bms_history *history, const bms_entry_filter *filter, struct wanted *out,
                               bms_error *error) {
    *out = (struct wanted){0};
    enum bms_status status =
        look_up_code(history, BMS_UNIT_CODES, filter->unit, &out->unit, &out->nothing, error);
    if (status == BMS_OK) {
        status = look_up_code(history, BMS_INDICATOR_CODES, filter->indicator, &out->indicator, &out->nothing,
                              error);
    }
    if (status == BMS_OK)
        status = look_up_code(history, BMS_PERIOD_CODES, filter->period, &out->period, &out->nothing, error);
    if (status == BMS_OK) {
        status = look_up_code(history, BMS_PERIOD_CODES, filter->form_period, &out->form_period,
                              &out->nothing, error);
    }
    return status;
}

static const char *entry_sql(const struct wanted *wanted) {
    bool indicator = wanted->indicator != 0;
    if (wanted->unit && wanted->form_period)
        return indicator ? entry_sql_of_answer : entry_sql_of_return;
    if (wanted->unit && wanted->period)
        return indicator ? entry_sql_of_unit_measured_indicator : entry_sql_of_unit_measured;
    if (wanted->unit)
        return indicator ? entry_sql_of_series : entry_sql_of_unit;
    if (wanted->form_period)
        return indicator ? entry_sql_of_form_indicator : entry_sql_of_form;
    if (wanted->period)
        return indicator ? entry_sql_of_measured_indicator : entry_sql_of_measured;
    return entry_sql_of_all;
}

static const char *text_or_empty(bms_query *query, int column) {
    const char *text = bms_query_get_text(query, column);
    return text ? text : "";
}

static void copy_cell(char out[16], const char *address) {
    (void)snprintf(out, 16, "%s", address);
}

static bms_stored_entry read_entry(bms_query *query) {
    bms_stored_entry stored = {
        .unit = text_or_empty(query, 0),
        .form_period = text_or_empty(query, 1),
        .revision = (int)bms_query_get_integer(query, 2),
        .current = bms_query_get_integer(query, 3) != 0,
        .entry = {.indicator = text_or_empty(query, 4),
                  .period = text_or_empty(query, 5),
                  .answer = {.state = bms_state_stored_as(bms_query_get_integer(query, 6)),
                             .numerator = bms_query_get_number(query, 8),
                             .denominator = bms_query_get_number(query, 9)},
                  .required = bms_query_get_integer(query, 7) != 0,
                  .comment = text_or_empty(query, 13)},
        .sheet = text_or_empty(query, 14),
        .file = text_or_empty(query, 15),
        .sha256 = text_or_empty(query, 16),
        .definition = text_or_empty(query, 17),
        .signed_by = text_or_empty(query, 18),
        .signed_on = text_or_empty(query, 19),
        .received_at = bms_query_get_integer(query, 20),
        .origin.amended_by = text_or_empty(query, 21),
        .origin.amendment = text_or_empty(query, 22),
        .origin.late = bms_query_get_integer(query, 23) != 0,
        .origin.accepted_by = text_or_empty(query, 24),
        .origin.acceptance = text_or_empty(query, 25),
        .origin.released_by = text_or_empty(query, 26),
        .origin.release = text_or_empty(query, 27),
        .run = bms_query_get_integer(query, 28),
        .origin.chosen_by = text_or_empty(query, 29),
        .origin.choice = text_or_empty(query, 30),
    };
    copy_cell(stored.entry.numerator_cell, text_or_empty(query, 10));
    copy_cell(stored.entry.denominator_cell, text_or_empty(query, 11));
    if (!bms_reason_parse(text_or_empty(query, 12), &stored.entry.reason))
        stored.entry.reason = BMS_NO_REASON;
    return stored;
}

enum bms_status bms_history_each_entry(bms_history *history, const bms_entry_filter *filter,
                                       bool (*on_entry)(void *context, const bms_stored_entry *entry),
                                       void *context, bms_error *error) {
    struct wanted wanted;
    enum bms_status status = look_up(history, filter, &wanted, error);
    if (status != BMS_OK || wanted.nothing)
        return status;
    bms_query query = bms_query_begin(history, entry_sql(&wanted));
    bms_query_integer(&query, 1, wanted.unit);
    bms_query_integer(&query, 2, wanted.indicator);
    bms_query_integer(&query, 3, wanted.period);
    bms_query_integer(&query, 4, wanted.form_period);
    bms_query_integer(&query, 5, filter->all_revisions);
    bool more = true;
    while (more && bms_query_row(&query)) {
        bms_stored_entry stored = read_entry(&query);
        more = query.result == SQLITE_OK && on_entry(context, &stored);
    }
    return bms_query_end(&query, error);
}

enum bms_status bms_history_each_number(bms_history *history,
                                        bool (*on_number)(void *context, const bms_number_key *key),
                                        void *context, bms_error *error) {
    bms_query query = bms_query_begin(
        history, "SELECT u.code, i.code, p.code FROM current_returns AS r JOIN units AS u ON u.id = r.unit "
                 "CROSS JOIN entries AS e ON e.return = r.id AND e.numerator IS NOT NULL "
                 "JOIN indicators AS i ON i.id = e.indicator JOIN periods AS p ON p.id = e.period");
    bool more = true;
    while (more && bms_query_row(&query)) {
        const bms_number_key key = {.unit = text_or_empty(&query, 0),
                                    .indicator = text_or_empty(&query, 1),
                                    .period = text_or_empty(&query, 2)};
        more = query.result == SQLITE_OK && on_number(context, &key);
    }
    return bms_query_end(&query, error);
}

enum bms_status bms_history_each_arrival(bms_history *history, const char *period,
                                         bool (*on_arrival)(void *context, const bms_arrival *arrival),
                                         void *context, bms_error *error) {
    int64_t id = 0;
    enum bms_status status = bms_history_find_code(history, BMS_PERIOD_CODES, period, &id, error);
    if (status != BMS_OK || id == 0)
        return status;
    bms_query query = bms_query_begin(
        history, "SELECT u.code, i.code, o.definition FROM measured_in AS w "
                 "CROSS JOIN current_returns AS r ON r.period = w.form_period "
                 "CROSS JOIN units AS u ON u.id = r.unit "
                 "CROSS JOIN entries AS e ON e.return = r.id AND e.period = ?1 "
                 "CROSS JOIN indicators AS i ON i.id = e.indicator "
                 "LEFT JOIN carried_entries AS k ON k.return = r.id AND k.indicator = e.indicator "
                 "AND k.period = e.period "
                 "CROSS JOIN returns AS o ON o.id = coalesce(k.origin, r.id) WHERE w.period = ?1");
    bms_query_integer(&query, 1, id);
    bool more = true;
    while (more && bms_query_row(&query)) {
        const bms_arrival arrival = {.unit = text_or_empty(&query, 0),
                                     .indicator = text_or_empty(&query, 1),
                                     .definition = text_or_empty(&query, 2)};
        more = query.result == SQLITE_OK && on_arrival(context, &arrival);
    }
    return bms_query_end(&query, error);
}

/** Find out quickly whether all returns with a measured period were made from one version of the definition.
 */
static enum bms_status find_only_version(bms_history *history, int64_t period, char only[BMS_CODE_SIZE],
                                         bool *several, bms_error *error) {
    bms_query query = bms_query_begin(
        history, "SELECT min(r.definition), max(r.definition) FROM measured_in AS w CROSS JOIN returns AS r "
                 "ON r.period = w.form_period WHERE w.period = ?1");
    bms_query_integer(&query, 1, period);
    const char *lowest = bms_query_row(&query) ? bms_query_get_text(&query, 0) : NULL;
    const char *highest = lowest ? bms_query_get_text(&query, 1) : NULL;
    *several = highest && (strcmp(lowest, highest) != 0 || strlen(lowest) >= BMS_CODE_SIZE);
    (void)snprintf(only, BMS_CODE_SIZE, "%s", highest && !*several ? highest : "");
    return bms_query_end(&query, error);
}

enum bms_status bms_history_each_version(bms_history *history, const char *period,
                                         bool (*on_version)(void *context, const char *version),
                                         void *context, bms_error *error) {
    int64_t id = 0;
    char only[BMS_CODE_SIZE];
    bool more = false;
    enum bms_status status = bms_history_find_code(history, BMS_PERIOD_CODES, period, &id, error);
    if (status == BMS_OK && id != 0)
        status = find_only_version(history, id, only, &more, error);
    if (status != BMS_OK || id == 0)
        return status;
    if (!more && *only)
        (void)on_version(context, only);
    if (!more)
        return BMS_OK;
    bms_query query = bms_query_begin(
        history, "SELECT r.definition FROM measured_in AS w CROSS JOIN current_returns AS r "
                 "ON r.period = w.form_period CROSS JOIN units AS u ON u.id = r.unit WHERE w.period = ?1 "
                 "GROUP BY r.definition ORDER BY min(u.code)");
    bms_query_integer(&query, 1, id);
    while (more && bms_query_row(&query)) {
        const char *version = bms_query_get_text(&query, 0);
        more = version && on_version(context, version);
    }
    return bms_query_end(&query, error);
}

enum bms_status bms_history_each_action_form(bms_history *history, const char *unit,
                                             bool (*on_form)(void *context, const char *form_period),
                                             void *context, bms_error *error) {
    int64_t id = 0;
    enum bms_status status = bms_history_find_code(history, BMS_UNIT_CODES, unit, &id, error);
    if (status != BMS_OK || id == 0)
        return status;
    bms_query query = bms_query_begin(
        history, "SELECT p.code FROM current_returns AS r CROSS JOIN periods AS p ON p.id = r.period "
                 "WHERE r.unit = ?1 AND EXISTS (SELECT 1 FROM actions AS a WHERE a.return = r.id)");
    bms_query_integer(&query, 1, id);
    bool more = true;
    while (more && bms_query_row(&query)) {
        const char *code = bms_query_get_text(&query, 0);
        more = code && on_form(context, code);
    }
    return bms_query_end(&query, error);
}

enum bms_status bms_history_each_action(bms_history *history, const char *unit, const char *form_period,
                                        bool (*on_action)(void *context, const bms_stored_action *action),
                                        void *context, bms_error *error) {
    struct wanted wanted;
    const bms_entry_filter filter = {.unit = unit, .form_period = form_period};
    enum bms_status status = look_up(history, &filter, &wanted, error);
    if (status != BMS_OK || wanted.nothing)
        return status;
    bms_query query = bms_query_begin(
        history,
        "SELECT u.code, p.code, a.number, a.linked_to, a.text, a.responsible, a.due, a.status, a.cell "
        "FROM current_returns AS r CROSS JOIN units AS u ON u.id = r.unit "
        "CROSS JOIN periods AS p ON p.id = r.period CROSS JOIN actions AS a ON a.return = r.id "
        "WHERE r.period = ?1 AND (?2 = 0 OR r.unit = ?2) ORDER BY u.code, a.position");
    bms_query_integer(&query, 1, wanted.form_period);
    bms_query_integer(&query, 2, wanted.unit);
    bool more = true;
    while (more && bms_query_row(&query)) {
        bms_stored_action stored = {.unit = text_or_empty(&query, 0),
                                    .form_period = text_or_empty(&query, 1),
                                    .action = {.number = text_or_empty(&query, 2),
                                               .linked_to = text_or_empty(&query, 3),
                                               .text = text_or_empty(&query, 4),
                                               .responsible = text_or_empty(&query, 5),
                                               .due = text_or_empty(&query, 6),
                                               .status = text_or_empty(&query, 7)}};
        copy_cell(stored.action.cell, text_or_empty(&query, 8));
        more = query.result == SQLITE_OK && on_action(context, &stored);
    }
    return bms_query_end(&query, error);
}

static enum bms_outcome read_outcome(const char *name) {
    for (int outcome = BMS_ACCEPTED; outcome <= BMS_SKIPPED; outcome++) {
        if (strcmp(bms_outcome_name(outcome), name) == 0)
            return outcome;
    }
    return BMS_UNREADABLE;
}

enum bms_status bms_history_has_receipts(bms_history *history, const char *form_period, bool *has,
                                         bms_error *error) {
    int64_t period = 0;
    enum bms_status status = bms_history_find_code(history, BMS_PERIOD_CODES, form_period, &period, error);
    *has = false;
    if (status != BMS_OK || period == 0)
        return status;
    bms_query query = bms_query_begin(history, "SELECT 1 FROM receipts WHERE period = ?1 LIMIT 1");
    bms_query_integer(&query, 1, period);
    *has = bms_query_row(&query);
    return bms_query_end(&query, error);
}

static const char receipt_sql[] =
    /* Of each content the newest receipt, but not a duplicate's: the one it duplicates says more. */
    "WITH latest AS (SELECT sha256, max(CASE WHEN outcome <> 'duplicate' THEN id END) AS newest, "
    "min(id) AS first, max(id) AS seen "
    "FROM receipts WHERE period = ?1 GROUP BY sha256) "
    "SELECT c.id, c.file, c.sha256, u.code, c.outcome, r.revision, n.began_at, r.signed_by, "
    "(SELECT message FROM findings AS g WHERE g.receipt = c.id AND g.severity IN ('error', 'fatal') "
    "ORDER BY g.position LIMIT 1), "
    "EXISTS (SELECT 1 FROM returns AS later WHERE later.period = c.period AND later.unit = c.unit "
    "AND later.receipt > latest.first AND later.receipt <> c.id) "
    "OR EXISTS (SELECT 1 FROM choices AS h CROSS JOIN set_aside AS apart ON apart.choice = h.id "
    "WHERE h.period = c.period AND h.unit = c.unit AND apart.sha256 = c.sha256 "
    "AND NOT EXISTS (SELECT 1 FROM choices AS again WHERE again.period = h.period AND again.unit = h.unit "
    "AND again.id > h.id AND again.sha256 = c.sha256)), "
    "EXISTS (SELECT 1 FROM receipts AS again WHERE again.period = c.period AND again.unit = c.unit "
    "AND again.id > c.id AND again.file = c.file AND again.sha256 <> c.sha256), "
    "EXISTS (SELECT 1 FROM findings AS g WHERE g.receipt = c.id AND g.rule = 'wrong_period') "
    "FROM latest CROSS JOIN receipts AS c ON c.id = coalesce(latest.newest, latest.seen) "
    "CROSS JOIN runs AS n ON n.id = c.run "
    "LEFT JOIN units AS u ON u.id = c.unit "
    "LEFT JOIN returns AS r ON r.receipt = c.id "
    "ORDER BY c.id";

enum bms_status bms_history_each_receipt(bms_history *history, const char *form_period,
                                         bool (*on_receipt)(void *context, const bms_stored_receipt *receipt),
                                         void *context, bms_error *error) {
    int64_t period = 0;
    enum bms_status status = bms_history_find_code(history, BMS_PERIOD_CODES, form_period, &period, error);
    if (status != BMS_OK || period == 0)
        return status;
    bms_query query = bms_query_begin(history, receipt_sql);
    bms_query_integer(&query, 1, period);
    bool more = true;
    while (more && bms_query_row(&query)) {
        bms_stored_receipt stored = {.id = bms_query_get_integer(&query, 0),
                                     .file = text_or_empty(&query, 1),
                                     .sha256 = text_or_empty(&query, 2),
                                     .unit = bms_query_get_text(&query, 3),
                                     .outcome = read_outcome(text_or_empty(&query, 4)),
                                     .revision = (int)bms_query_get_integer(&query, 5),
                                     .seen_at = bms_query_get_integer(&query, 6),
                                     .signed_by = bms_query_get_text(&query, 7),
                                     .why = bms_query_get_text(&query, 8),
                                     .replaced = bms_query_get_integer(&query, 9) != 0,
                                     .overwritten = bms_query_get_integer(&query, 10) != 0,
                                     .for_another_period = bms_query_get_integer(&query, 11) != 0};
        stored.superseded = stored.replaced || stored.overwritten;
        more = query.result == SQLITE_OK && on_receipt(context, &stored);
    }
    return bms_query_end(&query, error);
}

enum bms_status bms_history_each_unit(bms_history *history, bool (*on_unit)(void *context, const char *code),
                                      void *context, bms_error *error) {
    bms_query query = bms_query_begin(history, "SELECT code FROM units ORDER BY code");
    bool more = true;
    while (more && bms_query_row(&query)) {
        const char *code = bms_query_get_text(&query, 0);
        more = code && on_unit(context, code);
    }
    return bms_query_end(&query, error);
}

enum bms_status bms_history_knows_indicator(bms_history *history, const char *code, bool *known,
                                            bms_error *error) {
    int64_t id = 0;
    enum bms_status status = bms_history_find_code(history, BMS_INDICATOR_CODES, code, &id, error);
    *known = id != 0;
    return status;
}
