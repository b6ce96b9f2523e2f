/** No query of the history reads a large table from end to end. */

#include "tests/unit/history/history_place.h"

#include "core/history/integrity.h"

#include <sqlite3.h>

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

static bool on_form(void *context, const char *form_period) {
    (void)form_period;
    ++*(int *)context;
    return true;
}

static bool on_first_arrival(void *context, const bms_arrival *arrival) {
    assert_string_equal(arrival->indicator, "SYK");
    assert_string_equal(arrival->definition, "1");
    ++*(int *)context;
    return false;
}

static bool on_version(void *context, const char *version) {
    assert_string_equal(version, "1");
    ++*(int *)context;
    return true;
}

static bool on_said(void *context, const bms_said *figure) {
    (void)figure;
    ++*(int *)context;
    return true;
}

static bool on_unit(void *context, const char *code) {
    (void)code;
    ++*(int *)context;
    return true;
}

/** The SQL that the history has run while it was traced, each statement once. */
struct heard {
    struct place *place;
    const char *sql[256];
    size_t n;
};

static int hear(unsigned kind, void *context, void *statement, void *text) {
    struct heard *heard = context;
    const char *sql = sqlite3_sql(statement);
    (void)kind;
    (void)text;
    for (size_t i = 0; i < heard->n; i++) {
        if (strcmp(heard->sql[i], sql) == 0)
            return 0;
    }
    assert_true(heard->n < sizeof heard->sql / sizeof heard->sql[0]);
    heard->sql[heard->n++] = bms_arena_text(heard->place->arena, sql);
    return 0;
}

static void decide(struct place *place) {
    const bms_decided decided = {.by = "Ida", .reason = "agreed"};
    const bms_acceptance acceptance = {.rule = "jump",
                                       .unit = "A1",
                                       .period = "2026-T2",
                                       .indicator = "SYK",
                                       .about = "10/7",
                                       .decided = decided};
    const bms_choice choice = {
        .unit = "A1", .period = "2026-T2", .file = "a.xlsx", .sha256 = "1", .decided = decided};
    const bms_release release = {.unit = "A1", .decided = decided};
    int64_t id = 0;
    assert_int_equal(bms_history_add_acceptance(place->history, &acceptance, &id, NULL), BMS_OK);
    assert_int_equal(bms_history_add_choice(place->history, &choice, &id, NULL), BMS_OK);
    assert_int_equal(bms_history_add_set_aside(place->history, id, "2", NULL), BMS_OK);
    assert_int_equal(bms_history_add_release(place->history, 1, &release, NULL), BMS_OK);
}

static void add_everything(struct place *place) {
    bms_history *history = place->history;
    bms_setup_book book = {0};
    int version = 0;
    int revision = 0;
    size_t n = 0;
    bool added = false;
    place_begin(place);
    (void)place_add(place, "A1", "2026-T2", "one", 10);
    assert_int_equal(bms_history_add_written(history, "forms/a.xlsx", "1", NULL), BMS_OK);
    const bms_said figure = {.indicator = "SYK", .period = "2026-T2"};
    const bms_edition_said said = {"nb", "hash", &figure, 1};
    assert_int_equal(bms_history_add_edition(history, "A1", "2026-T2", 1, "x", NULL), BMS_OK);
    assert_int_equal(bms_history_add_said(history, "A1", "2026-T2", 1, &said, NULL), BMS_OK);
    assert_int_equal(bms_history_add_definition(history, &book, "setup.xlsx", &version, &added, NULL),
                     BMS_OK);
    assert_int_equal(place_correct(place, history, 11, &revision), BMS_OK);
    assert_int_equal(bms_history_close_period(history, "2026-T2", "Ida", NULL), BMS_OK);
    decide(place);
    place_commit(place);
    place_begin(place); /* what a run stores it does not redact */
    for (int what = BMS_REDACT_COMMENT; what <= BMS_REDACT_ORIGINAL; what++) {
        const bms_redaction redaction = {
            .unit = "A1", .period = "2026-T2", .what = what, .made_by = "Ida", .reason = "by mistake"};
        assert_int_equal(bms_history_redact(history, &redaction, NULL, &n, &place->error), BMS_OK);
    }
    place_commit(place);
}

static bool on_decision(void *context, const bms_stored_decision *decision) {
    return context && decision;
}

static bool on_finding(void *context, const bms_finding *finding) {
    return context && finding;
}

static void read_everything(struct place *place) {
    static const bms_entry_filter filters[] = {{.unit = "A1"},
                                               {.unit = "A1", .indicator = "SYK"},
                                               {.unit = "A1", .form_period = "2026-T2"},
                                               {.unit = "A1", .form_period = "2026-T2", .indicator = "SYK"},
                                               {.unit = "A1", .period = "2026-T2"},
                                               {.unit = "A1", .period = "2026-T2", .indicator = "SYK"},
                                               {.form_period = "2026-T2"},
                                               {.form_period = "2026-T2", .indicator = "SYK"},
                                               {.period = "2026-T2"},
                                               {.period = "2026-T2", .indicator = "SYK"},
                                               {.indicator = "SYK"}};
    bms_history *history = place->history;
    const bms_acceptance wanted = {.rule = "jump", .unit = "A1", .indicator = "SYK"};
    bms_decisions decisions = {.arena = place->arena};
    const char *period;
    const char *about;
    bms_known_return known;
    bms_edition edition;
    bms_setup_book book;
    const char *program;
    const char *account = "";
    const char *machine = "";
    char sha256[65];
    int64_t at = 0;
    bool yes = false;
    bool same = false;
    int version = 0;
    int n = 0;
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++)
        assert_int_equal(bms_history_each_entry(history, &filters[i], on_entry, &n, NULL), BMS_OK);
    assert_int_equal(n, 11);
    assert_int_equal(bms_history_each_action(history, NULL, "2026-T2", on_action, &n, NULL), BMS_OK);
    assert_int_equal(bms_history_each_action_form(history, "A1", on_form, &n, NULL), BMS_OK);
    assert_int_equal(bms_history_each_arrival(history, "2026-T2", on_first_arrival, &n, NULL), BMS_OK);
    assert_int_equal(bms_history_each_version(history, "2026-T2", on_version, &n, NULL), BMS_OK);
    assert_int_equal(bms_history_each_receipt(history, "2026-T2", on_receipt, &n, NULL), BMS_OK);
    assert_int_equal(bms_history_has_receipts(history, "2026-T2", &yes, NULL), BMS_OK);
    assert_int_equal(bms_history_each_unit(history, on_unit, &n, NULL), BMS_OK);
    assert_int_equal(bms_history_knows_indicator(history, "SYK", &yes, NULL), BMS_OK);
    assert_int_equal(bms_history_find_return(history, "A1", "2026-T2", "1", "2", &known, NULL), BMS_OK);
    assert_int_equal(bms_history_receipt_known(history, "a.xlsx", "1", BMS_HELD, &yes, NULL), BMS_OK);
    assert_int_equal(bms_history_find_written(history, "forms/a.xlsx", "1", &yes, &same, NULL), BMS_OK);
    assert_int_equal(bms_history_find_edition(history, "A1", "2026-T2", 9, &edition, NULL), BMS_OK);
    assert_int_equal(bms_history_each_said(history, "A1", "2026-T2", 9, on_said, &n, NULL), BMS_OK);
    assert_int_equal(bms_history_closed_at(history, "2026-T2", &at, NULL), BMS_OK);
    assert_int_equal(bms_history_closed_before(history, "2026-T2", "1", &at, NULL), BMS_OK);
    assert_int_equal(bms_history_newest_definition(history, &version, NULL), BMS_OK);
    assert_int_equal(bms_history_definition_time(history, 1, &at, NULL), BMS_OK);
    assert_int_equal(bms_history_load_setup(history, place->arena, 0, &book, &version, NULL), BMS_OK);
    assert_int_equal(bms_history_newest_hash(history, &at, sha256, NULL), BMS_OK);
    assert_int_equal(bms_history_hash_before(history, 2, &at, sha256, NULL), BMS_OK);
    assert_int_equal(bms_history_run_at(history, NOON, &at, NULL), BMS_OK);
    assert_int_equal(bms_history_run_time(history, 1, &at, &yes, NULL), BMS_OK);
    assert_int_equal(bms_history_load_decisions(history, &decisions, NULL), BMS_OK);
    assert_int_equal(bms_history_each_decision(history, "2026-T2", on_decision, &n, NULL), BMS_OK);
    assert_int_equal(bms_history_each_finding(history, 1, on_finding, &n, NULL), BMS_OK);
    assert_int_equal(bms_history_find_acceptable(history, &wanted, place->arena, &period, &about, NULL),
                     BMS_OK);
    assert_int_equal(bms_history_run_program(history, 1, place->arena, &program, NULL), BMS_OK);
    assert_int_equal(bms_history_run_system(history, 1, place->arena, &account, &machine, NULL), BMS_OK);
}

/** Do everything once that is done with a history, except to verify it and to hand out all originals. */
static void do_everything(struct place *place, struct heard *heard) {
    heard->place = place;
    (void)sqlite3_trace_v2(place->history->database, SQLITE_TRACE_STMT, hear, heard);
    add_everything(place);
    read_everything(place);
    (void)sqlite3_trace_v2(place->history->database, 0, NULL, NULL);
}

/** @return whether a line of a plan reads a table that grows with the years from end to end. */
static bool scans_a_large_table(const char *line) {
    /* Codes are few, and a list of values is not a table. */
    static const char *const small[] = {"SCAN u",
                                        "SCAN units",
                                        "SCAN latest",
                                        "SCAN CONSTANT ROW",
                                        "SCAN definitions",
                                        "SCAN main.sqlite_schema",
                                        "SCAN decided", /* decisions are few */
                                        "SCAN apart",
                                        "SCAN main.acceptances", /* the same, in the past */
                                        "SCAN main.set_aside",
                                        "SCAN t", /* the schema again */
                                        "SCAN reached",
                                        "SCAN c VIRTUAL TABLE", /* the columns of a table */
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

/** Look at the plans of all traced statements. */
static void assert_no_large_scan(const struct heard *heard) {
    struct place *place = heard->place;
    for (size_t i = 0; i < heard->n; i++) {
        sqlite3_stmt *plan = NULL;
        if (strncmp(heard->sql[i], "CREATE TEMP VIEW", 16) == 0)
            continue; /* it is made by now; the queries on it are traced too */
        const char *sql = bms_arena_format(place->arena, "EXPLAIN QUERY PLAN %s", heard->sql[i]);
        /* Pragmas and the like have no plan. */
        if (sqlite3_prepare_v2(place->history->database, sql, -1, &plan, NULL) != SQLITE_OK)
            fail_msg("%s\nin: %s", sqlite3_errmsg(place->history->database), heard->sql[i]);
        while (sqlite3_step(plan) == SQLITE_ROW) {
            const char *line = (const char *)sqlite3_column_text(plan, 3);
            if (scans_a_large_table(line))
                fail_msg("%s\nin: %s", line, heard->sql[i]);
        }
        (void)sqlite3_finalize(plan);
    }
}

/** @return whether any traced statement names a table. */
static bool spoke_of(const struct heard *heard, const char *table) {
    for (size_t i = 0; i < heard->n; i++) {
        if (strstr(heard->sql[i], table))
            return true;
    }
    return false;
}

static void no_statement_reads_a_large_table_from_end_to_end(void **state) {
    struct heard heard = {0};
    do_everything(*state, &heard);
    assert_no_large_scan(&heard);
}

static void the_plans_cover_every_table(void **state) {
    struct place *place = *state;
    struct heard heard = {0};
    do_everything(place, &heard);
    bms_query tables = bms_query_begin(place->history, "SELECT name FROM sqlite_schema WHERE type = 'table' "
                                                       "AND name NOT LIKE 'sqlite%' AND name <> 'origin'");
    while (bms_query_row(&tables)) {
        const char *name = bms_query_get_text(&tables, 0);
        if (!spoke_of(&heard, name))
            fail_msg("nothing was asked of %s", name);
    }
    assert_int_equal(bms_query_end(&tables, &place->error), BMS_OK);
}

static void looking_at_the_past_reads_no_large_table_either(void **state) {
    struct place *place = *state;
    struct heard heard = {.place = place};
    add_everything(place);
    (void)sqlite3_trace_v2(place->history->database, SQLITE_TRACE_STMT, hear, &heard);
    assert_int_equal(bms_history_limit(place->history, 1, &place->error), BMS_OK);
    read_everything(place);
    (void)sqlite3_trace_v2(place->history->database, 0, NULL, NULL);
    assert_no_large_scan(&heard);
}

static void the_entries_of_all_come_unit_by_unit_without_sorting_them_all(void **state) {
    struct place *place = *state;
    struct heard heard = {0};
    do_everything(place, &heard);
    for (size_t i = 0; i < place->history->n_statements; i++) {
        const char *sql = place->history->statements[i].sql;
        if (!strstr(sql, "FROM units AS u CROSS JOIN returns") || strstr(sql, "AND u.id = ?1"))
            continue;
        bool right_part_only = false;
        bms_query plan =
            bms_query_begin(place->history, bms_arena_format(place->arena, "EXPLAIN QUERY PLAN %s", sql));
        while (bms_query_row(&plan))
            right_part_only = right_part_only ||
                              strstr(bms_query_get_text(&plan, 3), "B-TREE FOR RIGHT PART OF ORDER BY") ||
                              strstr(bms_query_get_text(&plan, 3), "TERMS OF ORDER BY");
        assert_int_equal(bms_query_end(&plan, &place->error), BMS_OK);
        assert_true(right_part_only);
        return;
    }
    fail_msg("the statement was not found");
}

/** @return how many steps SQLite's machine took since it was last asked. */
static int steps_of(const struct place *place) {
    int steps = 0;
    for (size_t i = 0; i < place->history->n_statements; i++)
        steps +=
            sqlite3_stmt_status(place->history->statements[i].statement, SQLITE_STMTSTATUS_VM_STEP, true);
    return steps;
}

/** Ask what a form, and the list of one number, need of the newest period alone. */
static int steps_for_one_period(struct place *place) {
    const bms_entry_filter filter = {.unit = "A1", .period = "2026-T2"};
    bool has = false;
    int n = 0;
    (void)steps_of(place);
    assert_int_equal(bms_history_each_entry(place->history, &filter, on_entry, &n, &place->error), BMS_OK);
    assert_int_equal(bms_history_has_receipts(place->history, "2026-T2", &has, &place->error), BMS_OK);
    assert_int_equal(n, 1);
    assert_true(has);
    return steps_of(place);
}

static void one_period_costs_the_same_whatever_else_has_come(void **state) {
    struct place *place = *state;
    char period[16];
    char bytes[16];
    place_begin(place);
    (void)place_add(place, "A1", "2026-T2", "newest", 10);
    int alone = steps_for_one_period(place);
    for (int i = 0; i < 60; i++) {
        (void)snprintf(period, sizeof period, "%d-T%d", 2006 + i / 3, i % 3 + 1);
        (void)snprintf(bytes, sizeof bytes, "%d", i);
        (void)place_add(place, "A1", period, bytes, i);
        (void)snprintf(bytes, sizeof bytes, "other %d", i);
        (void)snprintf(period, sizeof period, "B%d", i);
        (void)place_add(place, period, "2026-T2", bytes, i);
    }
    assert_in_range(steps_for_one_period(place), 1, alone + 20); /* the end of a range costs a few more */
    place_commit(place);
}

static void the_first_arrival_costs_the_same_however_many_have_come(void **state) {
    struct place *place = *state;
    char unit[16];
    int steps[2] = {0};
    int n = 0;
    place_begin(place);
    for (int i = 0; i < 60; i++) {
        (void)snprintf(unit, sizeof unit, "B%d", i);
        (void)place_add(place, unit, "2026-T2", unit, i);
        if (i != 0 && i != 59)
            continue;
        (void)steps_of(place);
        assert_int_equal(
            bms_history_each_arrival(place->history, "2026-T2", on_first_arrival, &n, &place->error), BMS_OK);
        steps[i == 59] = steps_of(place);
    }
    assert_int_equal(n, 2);
    assert_in_range(steps[1], steps[0], steps[0] + 5);
    assert_int_equal(bms_history_each_version(place->history, "2026-T2", on_version, &n, &place->error),
                     BMS_OK);
    assert_int_equal(n, 3);
    place_commit(place);
}

static void the_forms_in_which_a_unit_wrote_actions_are_found(void **state) {
    struct place *place = *state;
    int n = 0;
    place_begin(place);
    (void)place_add(place, "A1", "2026-T1", "one", 10);
    (void)place_add(place, "A1", "2026-T2", "two", 10);
    (void)place_add(place, "B1", "2025-T2", "three", 10);
    place_commit(place);
    assert_int_equal(bms_history_each_action_form(place->history, "A1", on_form, &n, &place->error), BMS_OK);
    assert_int_equal(n, 2);
    n = 0;
    assert_int_equal(bms_history_each_action_form(place->history, "C1", on_form, &n, &place->error), BMS_OK);
    assert_int_equal(n, 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(no_statement_reads_a_large_table_from_end_to_end),
        TEST(the_plans_cover_every_table),
        TEST(looking_at_the_past_reads_no_large_table_either),
        TEST(the_entries_of_all_come_unit_by_unit_without_sorting_them_all),
        TEST(one_period_costs_the_same_whatever_else_has_come),
        TEST(the_first_arrival_costs_the_same_however_many_have_come),
        TEST(the_forms_in_which_a_unit_wrote_actions_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
