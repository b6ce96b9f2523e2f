/** A history with something in every table, what verifying it reports, and what somebody does who edits the
 * file. */
#ifndef HISTORY_FILLED_H
#define HISTORY_FILLED_H

#include "tests/unit/history/history_place.h"

#include "core/history/integrity.h"

#include <sqlite3.h>

struct heard {
    size_t n;
    int64_t run;
    char table[64];
    char row[64];
    char all[4096];
};

static inline void on_difference(void *context, const bms_difference *difference) {
    struct heard *heard = context;
    heard->n++;
    heard->run = difference->run;
    (void)snprintf(heard->table, sizeof heard->table, "%s", difference->table);
    (void)snprintf(heard->row, sizeof heard->row, "%s", difference->row);
    size_t used = strlen(heard->all);
    (void)snprintf(heard->all + used, sizeof heard->all - used, "[%s %s] ", difference->table,
                   difference->row);
}

/** Verify the place's history as `bms verify` does, whatever else its file holds. */
static inline struct heard verify(struct place *place, const char *printed, bms_verification *out) {
    struct heard heard = {0};
    bms_difference_listener listener = {on_difference, &heard};
    bms_history *history = NULL;
    bms_error_clear(&place->error);
    enum bms_status status =
        bms_history_open_as_it_is(&history, place->path, "en", NULL, NULL, &place->error);
    if (status == BMS_HISTORY_DAMAGED) { /* found when it is opened */
        heard.n = SIZE_MAX;
        return heard;
    }
    assert_int_equal(status, BMS_OK);
    if (bms_history_verify(history, printed, listener, out, &place->error) != BMS_OK)
        fail_msg("%s", place->error.message);
    bms_history_close(history);
    return heard;
}

static inline void run_sql(struct place *place, const char *sql) {
    if (bms_history_execute(place->history, sql, &place->error) != BMS_OK)
        fail_msg("%s\n%s", place->error.message, sql);
}

/** Two runs with something in every table. */
static inline void fill(struct place *place) {
    const bms_finding finding = {.rule = "r",
                                 .severity = BMS_ERROR,
                                 .sheet = "S",
                                 .cell = "C5",
                                 .unit = "A1",
                                 .indicator = "SYK",
                                 .message = "wrong",
                                 .fix = "mend",
                                 .about = "10/7"};
    const bms_receipt held = {.file = "h.xlsx",
                              .sha256 = "abc",
                              .size = 3,
                              .unit = "A2",
                              .period = "2026-T2",
                              .outcome = BMS_HELD,
                              .findings = &finding,
                              .n_findings = 1};
    place_begin(place);
    run_sql(place, "INSERT INTO definitions VALUES (1, 1, 'setup.xlsx', 'd');"
                   "INSERT INTO setup_sheets VALUES (1, 0, 'units', 'Enheter', 3);"
                   "INSERT INTO setup_columns VALUES (1, 0, 0, 'code', 0, 1);"
                   "INSERT INTO setup_cells VALUES (1, 0, 4, 1, 'code', 'A1')");
    (void)place_add(place, "A1", "2026-T2", "one", 10);
    place_commit(place);
    place_begin(place);
    assert_int_equal(bms_history_add_receipt(place->history, &held, NULL, NULL), BMS_OK);
    bms_entry entries[] = {place_entry("SYK", "2026-T2", 11, 200),
                           {.indicator = "X",
                            .period = "2026-T2",
                            .answer = {.state = BMS_MISSING},
                            .reason = BMS_COMES_LATER,
                            .comment = "In October",
                            .numerator_cell = "C6",
                            .denominator_cell = "E6",
                            .required = true}};
    (void)place_add_entries(place, "A1", "2026-T2", "two", entries, 2);
    run_sql(place,
            "INSERT INTO corrections SELECT 2, 2, 1, 1, 'Per', 'why';"
            "INSERT INTO carried_entries SELECT 2, 1, 1, 2, 1;"
            "INSERT INTO closings SELECT 1, 2, 'Per';"
            "INSERT INTO acceptances VALUES (1, 2, 1, 1, 1, 'jump', '10/7', 'Per', 'agreed');"
            "INSERT INTO choices VALUES (1, 2, 1, 1, 'a.xlsx', 'one', 'Per', 'the last');"
            "INSERT INTO set_aside VALUES (1, 'two', 2);"
            "INSERT INTO releases VALUES (1, 2, 'Per', 'in a hurry');"
            "INSERT INTO edition_models VALUES (1, 2, 'A1', 1, 1, 'nb', 'said');"
            "INSERT INTO edition_figures VALUES (1, 1, 0, 1, 0, 1, 3, 33.3, 1, 3, 'why', 'last', 30, 33.3, "
            "1, -1);"
            "INSERT INTO removed_objects VALUES (1, 2, 'view', 'v', 'CREATE VIEW v AS SELECT 1');"
            "INSERT INTO restored_backups VALUES (1, 2, 'abc', 'Per', 'the disk broke')");
    assert_int_equal(bms_history_add_written(place->history, "forms/a.xlsx", "1", NULL), BMS_OK);
    assert_int_equal(bms_history_add_edition(place->history, "A1", "2026-T2", 1, "x", NULL), BMS_OK);
    place_commit(place);
    place_begin(place);
    const bms_redaction redaction = {.unit = "A1",
                                     .period = "2026-T2",
                                     .revision = 1,
                                     .what = BMS_REDACT_SIGNATURE,
                                     .made_by = "P",
                                     .reason = "w"};
    size_t n = 0;
    assert_int_equal(bms_history_redact(place->history, &redaction, NULL, &n, &place->error), BMS_OK);
    assert_int_equal(n, 1);
    place_commit(place);
}

/** Copy the names that a query gives. @return how many */
static inline size_t names(struct place *place, const char *sql, const char **out, size_t most) {
    size_t n = 0;
    sqlite3_stmt *rows = NULL;
    assert_int_equal(sqlite3_prepare_v2(place->history->database, sql, -1, &rows, NULL), SQLITE_OK);
    while (n < most && sqlite3_step(rows) == SQLITE_ROW)
        out[n++] = bms_arena_text(place->arena, (const char *)sqlite3_column_text(rows, 0));
    assert_int_equal(sqlite3_finalize(rows), SQLITE_OK);
    return n;
}

static inline void drop_triggers(struct place *place) {
    const char *all[128];
    size_t n = names(place, "SELECT name FROM sqlite_schema WHERE type = 'trigger'", all, 128);
    assert_true(n > 40);
    for (size_t i = 0; i < n; i++)
        run_sql(place, bms_arena_format(place->arena, "DROP TRIGGER \"%s\"", all[i]));
    /* Checks and references would refuse some changes, but not those of somebody who edits the file itself.
     */
    run_sql(place, "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
}

#endif
