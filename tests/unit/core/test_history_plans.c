/** The history asks its file nothing that makes it read a large table from end to end. */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include "history_place.h"

static bool on_entry(void *context, const bms_stored_entry *entry) {
    (void)entry;
    ++*(int *)context;
    return true;
}

static bool on_action(void *context, const bms_stored_action *action) {
    (void)action;
    ++*(int *)context;
    return true;
}

static bool on_receipt(void *context, const bms_stored_receipt *receipt) {
    (void)receipt;
    ++*(int *)context;
    return true;
}

/** Ask everything once, so that every statement is kept in the handle. */
static void ask_everything(struct place *place) {
    static const bms_entry_filter filters[] = {
        {.unit = "A1"}, {.form_period = "2026-T2"}, {.period = "2026-T2"}, {.indicator = "SYK"}};
    bms_history *history = place->history;
    bms_known_return known;
    bool yes = false;
    bool same = false;
    int n = 0;
    place_begin(place);
    (void)place_add(place, "A1", "2026-T2", "one", 10);
    assert_int_equal(bms_history_add_written(history, "forms/a.xlsx", "1", NULL), BMS_OK);
    assert_int_equal(bms_history_add_edition(history, "A1", "2026-T2", 1, "x", NULL), BMS_OK);
    place_commit(place);
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++)
        assert_int_equal(bms_history_each_entry(history, &filters[i], on_entry, &n, NULL), BMS_OK);
    assert_int_equal(bms_history_each_action(history, NULL, "2026-T2", on_action, &n, NULL), BMS_OK);
    assert_int_equal(bms_history_each_receipt(history, "2026-T2", on_receipt, &n, NULL), BMS_OK);
    assert_int_equal(n, 6);
    assert_int_equal(bms_history_find_return(history, "A1", "2026-T2", "1", "2", &known, NULL), BMS_OK);
    assert_int_equal(bms_history_receipt_known(history, "a.xlsx", "1", BMS_HELD, &yes, NULL), BMS_OK);
    assert_int_equal(bms_history_find_written(history, "forms/a.xlsx", "1", &yes, &same, NULL), BMS_OK);
}

/** Whether a line of a plan reads a table that grows with the years from end to end. */
static bool scans_a_large_table(const char *line) {
    /* The codes are few, and a list of values asked for is no table. */
    static const char *const small[] = {"SCAN u",
                                        "SCAN units",
                                        "SCAN latest",
                                        "SCAN CONSTANT ROW",
                                        "SCAN definitions",
                                        "SCAN main.sqlite_schema",
                                        "SCAN pragma_table_info",
                                        "SCAN pragma_foreign_key_list",
                                        "SCAN main.redacted_values",
                                        "SCAN (subquery-1)",
                                        "SCAN main.run_hashes"};
    if (strncmp(line, "SCAN ", 5) != 0)
        return false;
    for (size_t i = 0; i < sizeof small / sizeof small[0]; i++) {
        size_t length = strlen(small[i]);
        if (strncmp(line, small[i], length) == 0 && (line[length] == '\0' || line[length] == ' '))
            return false;
    }
    return true;
}

static void no_statement_reads_a_large_table_from_end_to_end(void **state) {
    struct place *place = *state;
    ask_everything(place);
    size_t n = place->history->n_statements;
    assert_true(n > 25);
    for (size_t i = 0; i < n; i++) {
        const char *sql = place->history->statements[i].sql;
        bms_query plan =
            bms_query_begin(place->history, bms_arena_format(place->arena, "EXPLAIN QUERY PLAN %s", sql));
        while (bms_query_row(&plan)) {
            const char *line = bms_query_get_text(&plan, 3);
            if (scans_a_large_table(line))
                fail_msg("%s\nin: %s", line, sql);
        }
        assert_int_equal(bms_query_end(&plan, &place->error), BMS_OK);
    }
}

static void the_entries_of_all_come_unit_by_unit_without_sorting_them_all(void **state) {
    struct place *place = *state;
    ask_everything(place);
    for (size_t i = 0; i < place->history->n_statements; i++) {
        const char *sql = place->history->statements[i].sql;
        if (!strstr(sql, "FROM units AS u CROSS JOIN returns") || strstr(sql, "AND u.id = ?1"))
            continue;
        bool right_part_only = false;
        bms_query plan =
            bms_query_begin(place->history, bms_arena_format(place->arena, "EXPLAIN QUERY PLAN %s", sql));
        while (bms_query_row(&plan))
            right_part_only =
                right_part_only ||
                strstr(bms_query_get_text(&plan, 3), "B-TREE FOR RIGHT PART OF ORDER BY") != NULL ||
                strstr(bms_query_get_text(&plan, 3), "TERMS OF ORDER BY") != NULL;
        assert_int_equal(bms_query_end(&plan, &place->error), BMS_OK);
        assert_true(right_part_only);
        return;
    }
    fail_msg("the statement was not found");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(no_statement_reads_a_large_table_from_end_to_end),
        TEST(the_entries_of_all_come_unit_by_unit_without_sorting_them_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
