/** Every row of the history is reached by a run that is verified, whatever run it says that it belongs to. */

#include "tests/unit/history/history_filled.h"

enum { NO_SUCH_RUN = 9999, MOST_TABLES = 64, MOST_COLUMNS = 32 };

/** Some SQL is to be run by somebody who edits the file: it is refused by nothing, and afterwards the
 * triggers are as they were. */
static void forge(struct place *place, const char *sql) {
    const char *triggers[256];
    size_t n = names(place, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'", triggers, 256);
    run_sql(place, "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; BEGIN");
    drop_triggers(place);
    run_sql(place, sql);
    for (size_t i = 0; i < n; i++)
        run_sql(place, triggers[i]);
    run_sql(place, "COMMIT; PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF");
}

static const char *only(struct place *place, const char *sql) {
    const char *found[1] = {NULL};
    return names(place, sql, found, 1) == 1 ? found[0] : NULL;
}

/** The column that leads from a table's rows to a run: the run, the row it hangs on, or how far a run came.
 */
static const char *link_of(struct place *place, const char *table) {
    const char *found =
        only(place, bms_arena_format(place->arena,
                                     "SELECT name FROM pragma_table_info('%s') WHERE name = 'run'", table));
    if (!found)
        found = only(
            place, bms_arena_format(place->arena,
                                    "SELECT \"from\" FROM pragma_foreign_key_list('%s') WHERE \"table\" NOT "
                                    "IN ('units', 'indicators', 'periods') AND seq = 0",
                                    table));
    if (!found)
        found = only(place, bms_arena_format(place->arena,
                                             "SELECT name FROM pragma_table_info('%s') WHERE pk = 1", table));
    assert_non_null(found);
    return found;
}

/** SQL that adds a copy of a table's first row with another link, changed no more than its keys demand. */
static const char *insert(struct place *place, const char *table, const char *link, int id) {
    const char *columns[MOST_COLUMNS];
    const char *sql =
        bms_arena_format(place->arena, "CREATE TEMP TABLE copied AS SELECT * FROM main.%s LIMIT 1;", table);
    size_t n = names(
        place,
        bms_arena_format(place->arena,
                         "SELECT name FROM pragma_table_info('%s') WHERE pk AND name <> '%s' UNION "
                         "SELECT c.name FROM pragma_index_list('%s') AS i, pragma_index_info(i.name) AS c "
                         "WHERE i.\"unique\" AND c.name <> '%s'",
                         table, link, table, link),
        columns, MOST_COLUMNS);
    for (size_t i = 0; i < n; i++)
        sql = bms_arena_format(
            place->arena,
            "%sUPDATE copied SET \"%s\" = CASE typeof(\"%s\") WHEN 'integer' THEN 7 ELSE 'Z9' END;", sql,
            columns[i], columns[i]);
    return bms_arena_format(
        place->arena,
        "%sUPDATE copied SET \"%s\" = %d; INSERT OR IGNORE INTO main.%s SELECT * FROM copied;"
        "DROP TABLE copied;",
        sql, link, id, table);
}

/** SQL that hangs a table's first row on another link; NULL: all stand there already. */
static const char *update(struct place *place, const char *table, const char *link, int id) {
    const char *key =
        only(place,
             bms_arena_format(place->arena,
                              "SELECT group_concat('\"' || name || '\"', ', ') FROM pragma_table_info('%s') "
                              "WHERE pk",
                              table));
    return bms_arena_format(
        place->arena,
        "UPDATE OR IGNORE \"%s\" SET \"%s\" = %d WHERE (%s) IN (SELECT %s FROM \"%s\" WHERE "
        "\"%s\" <> %d LIMIT 1)",
        table, link, id, key, key, table, link, id);
}

/** SQL that deletes a row or, for a run that is not known, the run itself, put back under a number below 1.
 */
static const char *remove_row(struct place *place, const char *table, int id) {
    const char *row = bms_arena_format(place->arena, "DELETE FROM \"%s\"", table);
    if (id == 1)
        return row;
    return bms_arena_format(
        place->arena,
        id == NO_SUCH_RUN ? "DELETE FROM runs WHERE id = 2" : "UPDATE runs SET id = %d WHERE id = 2", id);
}

static void restore(struct place *place, const char *copy) {
    bms_history_close(place->history);
    place->history = NULL;
    unsigned char *bytes = NULL;
    size_t size = 0;
    assert_int_equal(bms_platform_read_file(copy, "en", &bytes, &size, &place->error), BMS_OK);
    assert_int_equal(bms_platform_write_file(place->path, "en", bytes, size, &place->error), BMS_OK);
    free(bytes);
    assert_int_equal(bms_history_open(&place->history, place->path, "en", NULL, NULL, &place->error), BMS_OK);
}

static void assert_reported(struct place *place, const char *table, const char *what, int id) {
    bms_verification out;
    struct heard heard = verify(place, NULL, &out);
    if (heard.n == SIZE_MAX)
        return; /* refused when it was opened */
    if (heard.n == 0)
        fail_msg("%s, %s, %d: not found", table, what, id);
    /* What was deleted shows where it is missed, and a part by the table that it says it is of. */
    if (strcmp(what, "delete") != 0 && strcmp(table, "run_parts") != 0 &&
        !strstr(heard.all, bms_arena_format(place->arena, "[%s ", table)))
        fail_msg("%s, %s, %d: only %s", table, what, id, heard.all);
}

/** @return what a table says, as one number that a change in it changes. */
static const char *state_of(struct place *place, const char *table) {
    const char *columns =
        only(place, bms_arena_format(place->arena,
                                     "SELECT group_concat('quote(\"' || name || '\")', ' || ') FROM "
                                     "pragma_table_info('%s')",
                                     table));
    return only(place, bms_arena_format(place->arena, "SELECT coalesce(group_concat(%s), '') FROM \"%s\"",
                                        columns, table));
}

static void whatever_run_a_row_is_hung_on_it_is_found(void **state) {
    struct place *place = *state;
    static const int ids[] = {1, NO_SUCH_RUN, 0, -1};
    const char *tables[MOST_TABLES];
    const char *copy = bms_arena_format(place->arena, "%s.whole", place->path);
    const bool all = getenv("BMS_LONG");
    size_t turn = 0;
    fill(place);
    assert_int_equal(bms_history_back_up(place->history, copy, &place->error), BMS_OK);
    size_t n = names(place, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
                     tables, MOST_TABLES);
    assert_true(n > 30);
    for (size_t t = 0; t < n; t++) {
        const char *link = link_of(place, tables[t]);
        for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
            const char *attempts[][2] = {{"insert", insert(place, tables[t], link, ids[i])},
                                         {"update", update(place, tables[t], link, ids[i])},
                                         {"delete", remove_row(place, tables[t], ids[i])}};
            for (size_t k = 0; k < 3; k++) {
                if (!all && turn++ % 5 != 0)
                    continue;
                const char *table = k == 2 && ids[i] != 1 ? "runs" : tables[t];
                const char *before = state_of(place, table);
                forge(place, attempts[k][1]);
                if (strcmp(state_of(place, table), before) != 0)
                    assert_reported(place, tables[t], attempts[k][0], ids[i]);
                restore(place, copy);
            }
        }
    }
    (void)remove(copy);
}

/** A newer answer of A1 that hangs on rows with these ids, from the entry up to the run. */
static void forged_answer_is_found(struct place *place, int returned, int receipt, int run, bool add_run) {
    bms_verification out;
    const char *added =
        !add_run ? ""
                 : bms_arena_format(place->arena,
                                    "INSERT INTO runs VALUES (%d, 'collect', 0, 'x', NULL, NULL);", run);
    forge(place,
          bms_arena_format(place->arena,
                           "%sINSERT INTO receipts VALUES (%d, %d, 'f.xlsx', 'f', 3, 1, 1, 'accepted');"
                           "INSERT INTO returns VALUES (%d, %d, 1, 1, 9, '1', 'S', 'K', '', 'f');"
                           "INSERT INTO entries SELECT %d, indicator, period, position, state, required, "
                           "999, denominator, numerator_cell, denominator_cell, reason, comment "
                           "FROM entries WHERE return = 1",
                           added, receipt, run, returned, receipt, returned));
    struct heard heard = verify(place, NULL, &out);
    if (!strstr(heard.all, "[entries "))
        fail_msg("%d, %d, %d: only %s", returned, receipt, run, heard.all);
}

static void an_answer_is_found_whose_rows_lead_to_a_run_that_is_not_verified(void **state) {
    struct place *place = *state;
    static const int ids[][3] = {{-5, -5, -5}, {50, 50, -5}, {-5, 50, 0},   {50, -5, 0},
                                 {-5, -7, 1},  {50, 50, 1},  {50, 0, 9999}, {0, 0, 0}};
    const char *copy = bms_arena_format(place->arena, "%s.whole", place->path);
    fill(place);
    assert_int_equal(bms_history_back_up(place->history, copy, &place->error), BMS_OK);
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        for (int add_run = 0; add_run < 2; add_run++) {
            forged_answer_is_found(place, ids[i][0], ids[i][1], ids[i][2], add_run && ids[i][2] != 1);
            restore(place, copy);
        }
    }
    (void)remove(copy);
}

static void rows_are_found_also_where_there_is_no_run(void **state) {
    struct place *place = *state;
    bms_verification out;
    assert_int_equal(verify(place, NULL, &out).n, 0);
    forge(place, "INSERT INTO units VALUES (1, 'A1')");
    assert_string_equal(verify(place, NULL, &out).all, "[units 1] ");
}

/* Rows for the run to come: it would seal them as its own. */

static void a_run_never_takes_in_rows_that_waited_for_it(void **state) {
    struct place *place = *state;
    static const char *const waiting[] = {
        "INSERT INTO definitions SELECT max(version) + 1, (SELECT max(id) + 1 FROM runs), 'f', 'f' FROM "
        "definitions",
        "INSERT INTO set_aside SELECT 1, 'f', max(id) + 1 FROM runs",
        "INSERT INTO actions SELECT max(id) + 1, 1, '', '', 't', '', '', '', '' FROM returns",
        "INSERT INTO entries SELECT (SELECT max(id) + 1 FROM returns), indicator, period, position, state, "
        "required, 9, "
        "9, numerator_cell, denominator_cell, reason, comment FROM entries LIMIT 1",
        "INSERT INTO findings SELECT max(id) + 1, 0, 'r', 'info', NULL, NULL, NULL, NULL, 'm', NULL, NULL "
        "FROM receipts",
        "INSERT INTO setup_cells SELECT max(version) + 1, 0, 1, 1, 'k', 't' FROM definitions",
        "INSERT INTO units SELECT max(id) + 1, 'Z9' FROM units",
        "INSERT INTO run_reached SELECT max(id) + 1, 'units', 99 FROM runs",
        "INSERT INTO redacted_values SELECT 1, max(id) + 1, 'units', '1', 'code', 'f' FROM runs",
        "INSERT INTO runs VALUES ((SELECT max(id) + 1 FROM runs), 'close', 0, 'x', NULL, NULL)",
    };
    const char *copy = bms_arena_format(place->arena, "%s.whole", place->path);
    fill(place);
    assert_int_equal(bms_history_back_up(place->history, copy, &place->error), BMS_OK);
    for (size_t i = 0; i < sizeof waiting / sizeof waiting[0]; i++) {
        bms_verification out;
        forge(place, waiting[i]);
        bms_error_clear(&place->error);
        if (bms_history_begin(place->history, "report", 1, &place->error) != BMS_HISTORY_DAMAGED)
            fail_msg("begun: %s", waiting[i]);
        assert_int_equal(place->history->run, 0);
        assert_true(verify(place, NULL, &out).n > 0);
        restore(place, copy);
    }
    bms_error_clear(&place->error);
    assert_int_equal(bms_history_begin(place->history, "report", 1, &place->error), BMS_OK);
    (void)remove(copy);
}

static void taking_out_what_is_foreign_seals_no_run_of_others(void **state) {
    struct place *place = *state;
    bms_verification out;
    fill(place);
    forge(place,
          "INSERT INTO runs VALUES ((SELECT max(id) + 1 FROM runs), 'close', 0, 'x', NULL, NULL);"
          "INSERT INTO closings SELECT id, (SELECT max(id) FROM runs), 'K' FROM periods WHERE id NOT IN "
          "(SELECT period FROM closings) LIMIT 1; CREATE VIEW junk AS SELECT 1");
    bms_history_close(place->history);
    place->history = NULL;
    const bms_removal_listener nobody = {NULL, NULL};
    assert_int_equal(bms_history_open_as_it_is(&place->history, place->path, "en", NULL, NULL, &place->error),
                     BMS_OK);
    assert_int_equal(bms_history_remove_foreign(place->history, 1, nobody, &place->error),
                     BMS_HISTORY_DAMAGED);
    assert_true(verify(place, NULL, &out).n > 0);
}

/** A record of a redaction excuses an empty text only where a redaction can empty one. */
static void a_redaction_excuses_only_what_it_can_blank(void **state) {
    struct place *place = *state;
    bms_verification out;
    fill(place);
    place_begin(place);
    run_sql(place, "INSERT INTO redactions SELECT 99, max(id), 'K', 'r' FROM runs;"
                   "INSERT INTO redacted_values SELECT 99, max(id), 'units', '1', 'code', "
                   "'16a36e86f6fed5d465ff332511a0ce1a863b55d364b25a7cdaa25db19abf9648' FROM runs");
    place_commit(place);
    assert_int_equal(verify(place, NULL, &out).n, 0);
    forge(place, "UPDATE units SET code = '' WHERE id = 1");
    assert_true(verify(place, NULL, &out).n > 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(whatever_run_a_row_is_hung_on_it_is_found),
        TEST(an_answer_is_found_whose_rows_lead_to_a_run_that_is_not_verified),
        TEST(rows_are_found_also_where_there_is_no_run),
        TEST(a_run_never_takes_in_rows_that_waited_for_it),
        TEST(taking_out_what_is_foreign_seals_no_run_of_others),
        TEST(a_redaction_excuses_only_what_it_can_blank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
