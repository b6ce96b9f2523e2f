/* The coordinator's decisions about returns in the history: acceptances, choices among files, releases. */
#include "core/base/error.h"
#include "core/history/store.h"

#include <sqlite3.h>
#include <string.h>

/** A unit and a form period that a decision is about. */
struct about {
    int64_t unit;
    int64_t period;
};

static enum bms_status look_up(bms_history *history, const char *unit, const char *period, struct about *out,
                               bms_error *error) {
    enum bms_status status = bms_history_in_run(history, error);
    if (status == BMS_OK)
        status = bms_history_code(history, BMS_UNIT_CODES, unit, &out->unit, error);
    return status == BMS_OK ? bms_history_code(history, BMS_PERIOD_CODES, period, &out->period, error)
                            : status;
}

enum bms_status bms_history_add_acceptance(bms_history *history, const bms_acceptance *acceptance,
                                           int64_t *id, bms_error *error) {
    struct about about = {0};
    int64_t indicator = 0;
    enum bms_status status = look_up(history, acceptance->unit, acceptance->period, &about, error);
    if (status == BMS_OK)
        status = bms_history_code(history, BMS_INDICATOR_CODES, acceptance->indicator, &indicator, error);
    if (status != BMS_OK)
        return status;
    bms_query query =
        bms_query_begin(history, "INSERT INTO acceptances (run, unit, period, indicator, rule, about, "
                                 "made_by, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    bms_query_integer(&query, 1, history->run);
    bms_query_id(&query, 2, about.unit);
    bms_query_id(&query, 3, about.period);
    bms_query_id(&query, 4, indicator);
    bms_query_text(&query, 5, acceptance->rule);
    bms_query_text(&query, 6, acceptance->about);
    bms_query_text(&query, 7, acceptance->decided.by);
    bms_query_text(&query, 8, acceptance->decided.reason);
    status = bms_query_run(&query, error);
    *id = sqlite3_last_insert_rowid(history->database);
    return status;
}

enum bms_status bms_history_add_choice(bms_history *history, const bms_choice *choice, int64_t *id,
                                       bms_error *error) {
    struct about about = {0};
    enum bms_status status = look_up(history, choice->unit, choice->period, &about, error);
    if (status != BMS_OK)
        return status;
    bms_query query =
        bms_query_begin(history, "INSERT INTO choices (run, unit, period, file, sha256, made_by, reason) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    bms_query_integer(&query, 1, history->run);
    bms_query_id(&query, 2, about.unit);
    bms_query_id(&query, 3, about.period);
    bms_query_text(&query, 4, choice->file);
    bms_query_text(&query, 5, choice->sha256);
    bms_query_text(&query, 6, choice->decided.by);
    bms_query_text(&query, 7, choice->decided.reason);
    status = bms_query_run(&query, error);
    *id = sqlite3_last_insert_rowid(history->database);
    return status;
}

enum bms_status bms_history_add_set_aside(bms_history *history, int64_t choice, const char *sha256,
                                          bms_error *error) {
    enum bms_status status = bms_history_in_run(history, error);
    if (status != BMS_OK)
        return status;
    bms_query query =
        bms_query_begin(history, "INSERT OR IGNORE INTO set_aside (choice, sha256, run) VALUES (?1, ?2, ?3)");
    bms_query_integer(&query, 1, choice);
    bms_query_text(&query, 2, sha256);
    bms_query_integer(&query, 3, history->run);
    return bms_query_run(&query, error);
}

enum bms_status bms_history_add_release(bms_history *history, int64_t receipt, const bms_release *release,
                                        bms_error *error) {
    enum bms_status status = bms_history_in_run(history, error);
    if (status != BMS_OK)
        return status;
    bms_query query = bms_query_begin(history, "INSERT INTO releases (return, run, made_by, reason) "
                                               "SELECT id, ?2, ?3, ?4 FROM returns WHERE receipt = ?1");
    bms_query_integer(&query, 1, receipt);
    bms_query_integer(&query, 2, history->run);
    bms_query_text(&query, 3, release->decided.by);
    bms_query_text(&query, 4, release->decided.reason);
    return bms_query_run(&query, error);
}

/* Loading. People make decisions one by one, so they are few: all are read. */

static enum bms_status load_acceptances(bms_history *history, bms_decisions *out, bms_error *error) {
    bms_query query =
        bms_query_begin(history, "SELECT decided.id, decided.rule, u.code, p.code, i.code, decided.about, "
                                 "decided.made_by, decided.reason, n.began_at "
                                 "FROM acceptances AS decided CROSS JOIN units AS u ON u.id = decided.unit "
                                 "CROSS JOIN periods AS p ON p.id = decided.period CROSS JOIN indicators AS "
                                 "i ON i.id = decided.indicator "
                                 "CROSS JOIN runs AS n ON n.id = decided.run ORDER BY decided.id");
    while (bms_query_row(&query)) {
        const bms_acceptance acceptance = {.id = bms_query_get_integer(&query, 0),
                                           .rule = bms_query_get_text(&query, 1),
                                           .unit = bms_query_get_text(&query, 2),
                                           .period = bms_query_get_text(&query, 3),
                                           .indicator = bms_query_get_text(&query, 4),
                                           .about = bms_query_get_text(&query, 5),
                                           .decided = {.by = bms_query_get_text(&query, 6),
                                                       .reason = bms_query_get_text(&query, 7),
                                                       .at = bms_query_get_integer(&query, 8)}};
        bms_decisions_accept(out, &acceptance);
    }
    return bms_error_of_arena(bms_query_end(&query, error), out->arena, error);
}

/** Load the files that are set aside: until a later choice is for the same file. */
static enum bms_status load_set_aside(bms_history *history, bms_decisions *out, bms_error *error) {
    bms_query query = bms_query_begin(
        history, "SELECT u.code, p.code, apart.sha256, c.file FROM set_aside AS apart "
                 "CROSS JOIN choices AS c ON c.id = apart.choice CROSS JOIN units AS u ON u.id = c.unit "
                 "CROSS JOIN periods AS p ON p.id = c.period "
                 "WHERE NOT EXISTS (SELECT 1 FROM choices AS later WHERE later.id > c.id "
                 "AND later.unit = c.unit AND later.period = c.period AND later.sha256 = apart.sha256) "
                 "ORDER BY apart.choice, apart.sha256");
    while (bms_query_row(&query)) {
        const bms_set_aside aside = {.unit = bms_query_get_text(&query, 0),
                                     .period = bms_query_get_text(&query, 1),
                                     .sha256 = bms_query_get_text(&query, 2),
                                     .chosen = bms_query_get_text(&query, 3)};
        bms_decisions_set_aside(out, &aside);
    }
    return bms_error_of_arena(bms_query_end(&query, error), out->arena, error);
}

enum bms_status bms_history_load_decisions(bms_history *history, bms_decisions *out, bms_error *error) {
    enum bms_status status = load_acceptances(history, out, error);
    return status == BMS_OK ? load_set_aside(history, out, error) : status;
}

enum bms_status bms_history_find_acceptable(bms_history *history, const bms_acceptance *wanted,
                                            bms_arena *arena, const char **period, const char **about,
                                            bms_error *error) {
    *about = NULL;
    bms_query query = bms_query_begin(
        history,
        "SELECT p.code, g.about FROM units AS u CROSS JOIN current_returns AS r ON r.unit = u.id "
        "CROSS JOIN findings AS g ON g.receipt = r.receipt CROSS JOIN periods AS p ON p.id = r.period "
        "WHERE u.code = ?1 AND g.rule = ?2 AND g.indicator = ?3 COLLATE NOCASE "
        "AND (?4 IS NULL OR p.code = ?4) AND g.about IS NOT NULL AND g.severity = 'warning' AND (?5 IS NULL "
        "OR g.about = ?5) "
        "ORDER BY r.id DESC LIMIT 1");
    bms_query_text(&query, 1, wanted->unit);
    bms_query_text(&query, 2, wanted->rule);
    bms_query_text(&query, 3, wanted->indicator);
    bms_query_text(&query, 4, wanted->period);
    bms_query_text(&query, 5, wanted->about);
    if (bms_query_row(&query)) {
        *period = bms_arena_text(arena, bms_query_get_text(&query, 0));
        *about = bms_arena_text(arena, bms_query_get_text(&query, 1));
    }
    enum bms_status status = bms_query_end(&query, error);
    return bms_error_of_arena(status, arena, error);
}

/* Listing decisions and findings */

static bool report_row(bms_query *query,
                       bool (*on_decision)(void *context, const bms_stored_decision *decision),
                       void *context) {
    const bms_stored_decision decision = {.kind = (enum bms_decision_kind)bms_query_get_integer(query, 0),
                                          .unit = bms_query_get_text(query, 1),
                                          .indicator = bms_query_get_text(query, 2),
                                          .rule = bms_query_get_text(query, 3),
                                          .about = bms_query_get_text(query, 4),
                                          .made_by = bms_query_get_text(query, 5),
                                          .reason = bms_query_get_text(query, 6),
                                          .at = bms_query_get_integer(query, 7),
                                          .holds = bms_query_get_integer(query, 8) != 0,
                                          .message = bms_query_get_text(query, 9)};
    return on_decision(context, &decision);
}

/* Whether an acceptance (a) covers a finding (g) of a receipt (c). */
#define MEETS                                                                                                \
    "c.period = a.period AND c.unit = a.unit AND g.rule = a.rule AND g.about = a.about "                     \
    "AND g.indicator = (SELECT code FROM indicators WHERE id = a.indicator) "

/* An acceptance holds when it covers a finding of the unit's newest return, or of a file that came after it;
   a choice holds while there is no later one; a release while the return is the newest. */
static const char decisions_sql[] =
    "SELECT 0, u.code, i.code, a.rule, a.about, a.made_by, a.reason, n.began_at, "
    "EXISTS (SELECT 1 FROM receipts AS c CROSS JOIN findings AS g ON g.receipt = c.id WHERE " MEETS
    "AND NOT EXISTS (SELECT 1 FROM returns AS later WHERE later.period = a.period AND later.unit = a.unit "
    "AND later.receipt > c.id)), "
    "(SELECT g.message FROM receipts AS c CROSS JOIN findings AS g ON g.receipt = c.id WHERE " MEETS
    "ORDER BY c.id DESC LIMIT 1), "
    "n.id AS run FROM acceptances AS a CROSS JOIN units AS u ON u.id = a.unit "
    "CROSS JOIN indicators AS i ON i.id = a.indicator CROSS JOIN runs AS n ON n.id = a.run WHERE a.period = "
    "?1 "
    "UNION ALL SELECT 1, u.code, NULL, NULL, h.file, h.made_by, h.reason, n.began_at, "
    "NOT EXISTS (SELECT 1 FROM choices AS later WHERE later.period = h.period AND later.unit = h.unit "
    "AND later.id > h.id), NULL, n.id FROM choices AS h CROSS JOIN units AS u ON u.id = h.unit "
    "CROSS JOIN runs AS n ON n.id = h.run WHERE h.period = ?1 "
    "UNION ALL SELECT 2, u.code, NULL, NULL, c.file, y.made_by, y.reason, n.began_at, "
    "NOT EXISTS (SELECT 1 FROM returns AS later WHERE later.period = r.period AND later.unit = r.unit "
    "AND later.revision > r.revision), NULL, n.id FROM returns AS r CROSS JOIN releases AS y ON y.return = "
    "r.id "
    "CROSS JOIN receipts AS c ON c.id = r.receipt CROSS JOIN units AS u ON u.id = r.unit "
    "CROSS JOIN runs AS n ON n.id = y.run WHERE r.period = ?1 "
    "ORDER BY run DESC, 2, 1, 3, 4";

enum bms_status bms_history_each_decision(bms_history *history, const char *form_period,
                                          bool (*on_decision)(void *context,
                                                              const bms_stored_decision *decision),
                                          void *context, bms_error *error) {
    int64_t period = 0;
    bool more = true;
    enum bms_status status = bms_history_find_code(history, BMS_PERIOD_CODES, form_period, &period, error);
    if (status != BMS_OK || period == 0)
        return status;
    bms_query query = bms_query_begin(history, decisions_sql);
    bms_query_integer(&query, 1, period);
    while (more && bms_query_row(&query))
        more = report_row(&query, on_decision, context);
    return bms_query_end(&query, error);
}

static enum bms_severity read_severity(const char *name) {
    int severity = BMS_FATAL;
    while (severity > BMS_INFO && strcmp(bms_severity_name((enum bms_severity)severity), name) != 0)
        severity--;
    return (enum bms_severity)severity;
}

enum bms_status bms_history_each_finding(bms_history *history, int64_t receipt,
                                         bool (*on_finding)(void *context, const bms_finding *finding),
                                         void *context, bms_error *error) {
    bool more = true;
    bms_query query = bms_query_begin(
        history,
        "SELECT g.rule, g.severity, g.sheet, g.cell, g.unit, g.indicator, g.message, g.fix, g.about, "
        "EXISTS (SELECT 1 FROM receipts AS c CROSS JOIN acceptances AS a WHERE c.id = ?1 AND " MEETS ") "
        "FROM findings AS g WHERE g.receipt = ?1 ORDER BY g.position");
    bms_query_integer(&query, 1, receipt);
    while (more && bms_query_row(&query)) {
        const bms_finding finding = {.rule = bms_query_get_text(&query, 0),
                                     .severity = read_severity(bms_query_get_text(&query, 1)),
                                     .sheet = bms_query_get_text(&query, 2),
                                     .cell = bms_query_get_text(&query, 3),
                                     .unit = bms_query_get_text(&query, 4),
                                     .indicator = bms_query_get_text(&query, 5),
                                     .message = bms_query_get_text(&query, 6),
                                     .fix = bms_query_get_text(&query, 7),
                                     .about = bms_query_get_text(&query, 8),
                                     .accepted = bms_query_get_integer(&query, 9) != 0};
        more = on_finding(context, &finding);
    }
    return bms_query_end(&query, error);
}
