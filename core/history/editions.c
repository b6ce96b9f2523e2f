/* Editions of reports: the number, run and workbook hash of each. What an edition said is worked out again
 * from its run. */
#include "core/history/store.h"

#include <stdio.h>

enum bms_status bms_history_find_edition(bms_history *history, const char *unit, const char *period, int most,
                                         bms_edition *out, bms_error *error) {
    int64_t id = 0;
    *out = (bms_edition){0};
    enum bms_status status = bms_history_find_code(history, BMS_PERIOD_CODES, period, &id, error);
    if (status != BMS_OK || id == 0)
        return status;
    bms_query query = bms_query_begin(
        history, "SELECT e.edition, e.run, n.began_at, f.sha256 FROM editions AS e CROSS JOIN runs AS n ON "
                 "n.id = e.run "
                 "LEFT JOIN edition_files AS f ON f.report = e.report AND f.period = e.period AND f.edition "
                 "= e.edition "
                 "WHERE e.report = ?1 AND e.period = ?2 AND e.edition <= ?3 ORDER BY e.edition DESC LIMIT 1");
    bms_query_text(&query, 1, unit ? unit : "");
    bms_query_integer(&query, 2, id);
    bms_query_integer(&query, 3, most);
    if (bms_query_row(&query)) {
        const char *sha256 = bms_query_get_text(&query, 3);
        out->number = (int)bms_query_get_integer(&query, 0);
        out->run = bms_query_get_integer(&query, 1);
        out->made_at = bms_query_get_integer(&query, 2);
        (void)snprintf(out->sha256, sizeof out->sha256, "%s", sha256 ? sha256 : "");
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
