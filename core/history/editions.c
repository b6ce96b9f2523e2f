/* Editions of reports: the number, run and workbook hash of each, and what it said. */
#include "core/history/store.h"

#include "core/base/error.h"

#include <sqlite3.h>
#include <stdio.h>

static void copy_text(bms_query *query, int column, char *out, size_t size) {
    const char *text = bms_query_get_text(query, column);
    (void)snprintf(out, size, "%s", text ? text : "");
}

enum bms_status bms_history_find_edition(bms_history *history, const char *unit, const char *period, int most,
                                         bms_edition *out, bms_error *error) {
    int64_t id = 0;
    *out = (bms_edition){0};
    enum bms_status status = bms_history_find_code(history, BMS_PERIOD_CODES, period, &id, error);
    if (status != BMS_OK || id == 0)
        return status;
    bms_query query = bms_query_begin(
        history,
        "SELECT e.edition, e.run, n.began_at, n.program, f.sha256, m.sha256, m.language FROM editions AS e "
        "CROSS JOIN runs AS n ON n.id = e.run "
        "LEFT JOIN edition_files AS f ON f.report = e.report AND f.period = e.period AND f.edition "
        "= e.edition "
        "LEFT JOIN edition_models AS m ON m.report = e.report AND m.period = e.period AND m.edition "
        "= e.edition "
        "WHERE e.report = ?1 AND e.period = ?2 AND e.edition <= ?3 ORDER BY e.edition DESC LIMIT 1");
    bms_query_text(&query, 1, unit ? unit : "");
    bms_query_integer(&query, 2, id);
    bms_query_integer(&query, 3, most);
    if (bms_query_row(&query)) {
        out->number = (int)bms_query_get_integer(&query, 0);
        out->run = bms_query_get_integer(&query, 1);
        out->made_at = bms_query_get_integer(&query, 2);
        copy_text(&query, 3, out->program, sizeof out->program);
        copy_text(&query, 4, out->sha256, sizeof out->sha256);
        copy_text(&query, 5, out->said, sizeof out->said);
        copy_text(&query, 6, out->language, sizeof out->language);
    }
    return bms_query_end(&query, error);
}

static enum bms_status add_row(bms_query *query, const char *unit, int64_t period, int number,
                               bms_error *error) {
    bms_query_text(query, 1, unit ? unit : "");
    bms_query_integer(query, 2, period);
    bms_query_integer(query, 3, number);
    bms_query_integer(query, 4, query->history->run);
    return bms_query_run(query, error);
}

enum bms_status bms_history_add_edition(bms_history *history, const char *unit, const char *period,
                                        int number, const char *sha256, bms_error *error) {
    int64_t id = 0;
    enum bms_status status = bms_history_in_run(history, error);
    if (status == BMS_OK)
        status = bms_history_code(history, BMS_PERIOD_CODES, period, &id, error);
    if (status != BMS_OK)
        return status;
    bms_query edition = bms_query_begin(
        history, "INSERT INTO editions (report, period, edition, run) VALUES (?1, ?2, ?3, ?4)");
    status = add_row(&edition, unit, id, number, error);
    if (status != BMS_OK)
        return status;
    bms_query file = bms_query_begin(
        history,
        "INSERT INTO edition_files (report, period, edition, run, sha256) VALUES (?1, ?2, ?3, ?4, ?5)");
    bms_query_text(&file, 5, sha256);
    return add_row(&file, unit, id, number, error);
}

/* What an edition said */

static enum bms_status add_figure(bms_history *history, int64_t model, const bms_said *figure,
                                  bms_error *error) {
    int64_t indicator = 0;
    int64_t period = 0;
    enum bms_status status =
        bms_history_code(history, BMS_INDICATOR_CODES, figure->indicator, &indicator, error);
    if (status == BMS_OK)
        status = bms_history_code(history, BMS_PERIOD_CODES, figure->period, &period, error);
    if (status != BMS_OK)
        return status;
    bms_query query = bms_query_begin(
        history,
        "INSERT INTO edition_figures (model, indicator, role, period, state, numerator, denominator, "
        "result, decimals, colour, why, compared, compared_from, compared_to, direction, better) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)");
    bms_query_integer(&query, 1, model);
    bms_query_integer(&query, 2, indicator);
    bms_query_integer(&query, 3, figure->role);
    bms_query_integer(&query, 4, period);
    bms_query_integer(&query, 5, bms_stored_state(figure->answer.state));
    bms_query_number(&query, 6, figure->answer.numerator);
    bms_query_number(&query, 7, figure->answer.denominator);
    bms_query_number(&query, 8, figure->result);
    bms_query_integer(&query, 9, figure->decimals);
    bms_query_integer(&query, 10, figure->colour);
    bms_query_text(&query, 11, figure->why);
    bms_query_text(&query, 12, figure->compared);
    bms_query_number(&query, 13, figure->compared_from);
    bms_query_number(&query, 14, figure->compared_to);
    if (figure->compared) {
        bms_query_integer(&query, 15, figure->direction);
        bms_query_integer(&query, 16, figure->better);
    }
    return bms_query_run(&query, error);
}

enum bms_status bms_history_add_said(bms_history *history, const char *unit, const char *period, int number,
                                     const bms_edition_said *said, bms_error *error) {
    int64_t id = 0;
    enum bms_status status = bms_history_in_run(history, error);
    if (status == BMS_OK)
        status = bms_history_code(history, BMS_PERIOD_CODES, period, &id, error);
    if (status != BMS_OK)
        return status;
    bms_query query = bms_query_begin(
        history, "INSERT INTO edition_models (report, period, edition, run, language, sha256) "
                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    bms_query_text(&query, 5, said->language);
    bms_query_text(&query, 6, said->sha256);
    status = add_row(&query, unit, id, number, error);
    const int64_t model = sqlite3_last_insert_rowid(history->database);
    for (size_t i = 0; status == BMS_OK && i < said->n_figures; i++)
        status = add_figure(history, model, &said->figures[i], error);
    return status;
}

static bms_said read_figure(bms_query *query) {
    return (bms_said){.indicator = bms_query_get_text(query, 0),
                      .role = (enum bms_said_role)bms_query_get_integer(query, 1),
                      .period = bms_query_get_text(query, 2),
                      .answer = {.state = bms_state_stored_as(bms_query_get_integer(query, 3)),
                                 .numerator = bms_query_get_number(query, 4),
                                 .denominator = bms_query_get_number(query, 5)},
                      .result = bms_query_get_number(query, 6),
                      .decimals = (int)bms_query_get_integer(query, 7),
                      .colour = (enum bms_colour)(bms_query_get_integer(query, 8) & 3),
                      .why = bms_query_get_text(query, 9),
                      .compared = bms_query_get_text(query, 10),
                      .compared_from = bms_query_get_number(query, 11),
                      .compared_to = bms_query_get_number(query, 12),
                      .direction = (int)bms_query_get_integer(query, 13),
                      .better = (int)bms_query_get_integer(query, 14)};
}

enum bms_status bms_history_each_said(bms_history *history, const char *unit, const char *period, int64_t run,
                                      bool (*on_figure)(void *context, const bms_said *figure), void *context,
                                      bms_error *error) {
    int64_t id = 0;
    enum bms_status status = bms_history_find_code(history, BMS_PERIOD_CODES, period, &id, error);
    if (status != BMS_OK || id == 0)
        return status;
    bms_query query = bms_query_begin(
        history,
        "SELECT i.code, f.role, p.code, f.state, f.numerator, f.denominator, f.result, f.decimals, f.colour, "
        "f.why, f.compared, f.compared_from, f.compared_to, f.direction, f.better FROM edition_figures AS f "
        "CROSS JOIN indicators AS i ON i.id = f.indicator CROSS JOIN periods AS p ON p.id = f.period "
        "WHERE f.model = (SELECT m.id FROM edition_models AS m WHERE m.report = ?1 AND m.period = ?2 "
        "AND m.run <= ?3 ORDER BY m.edition DESC LIMIT 1) ORDER BY f.indicator, f.role");
    bms_query_text(&query, 1, unit ? unit : "");
    bms_query_integer(&query, 2, id);
    bms_query_integer(&query, 3, run);
    bool more = true;
    while (more && bms_query_row(&query)) {
        const bms_said figure = read_figure(&query);
        more = query.result == SQLITE_OK && on_figure(context, &figure);
    }
    return bms_query_end(&query, error);
}
