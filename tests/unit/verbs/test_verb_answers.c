/** Questions to the history: who has delivered, what is stored, and where a number comes from. */

#include "tests/unit/examples/answers.h"

static void on_period(void *context, const char *period, const char *name) {
    (void)snprintf(next_row(&((struct municipality *)context)->findings), 400, "%s %s", period, name);
}

static void on_delivery(void *context, const bms_delivery *row) {
    (void)snprintf(next_row(&((struct municipality *)context)->rows), 400,
                   "%s expected %d reported %d missing %d held %d unfinished %d revision %d", row->unit,
                   row->expected, row->reported, row->missing, row->held, row->unfinished, row->revision);
    if (row->why)
        (void)snprintf(next_row(&((struct municipality *)context)->findings), 400, "%s", row->why);
}

static enum bms_status deliveries(struct municipality *place, const char *period) {
    forget(place);
    return bms_deliveries(place->b, period, on_period, on_delivery, place, &place->error);
}

static void on_measurement(void *context, const bms_measurement *row) {
    struct municipality *place = context;
    (void)snprintf(next_row(&place->rows), 400, "%s %s %s %d%s %s %g/%g=%.3g %s %s", row->unit,
                   row->indicator, row->period, row->revision, row->current ? "*" : "",
                   bms_state_name(row->state), row->numerator.value, row->denominator.value,
                   row->result.value, row->status ? bms_colour_name(row->status) : "-",
                   row->cell ? row->cell : "-");
}

static enum bms_status measurements(struct municipality *place, const char *unit, const char *indicator,
                                    bool all) {
    forget(place);
    return bms_measurements(place->b, unit, indicator, all, on_measurement, place, &place->error);
}

/* Deliveries */

static void everyone_who_is_asked_is_listed_before_any_return(void **state) {
    struct municipality *place = *state;
    assert_int_equal(deliveries(place, "2026-T2"), BMS_OK);
    assert_int_equal(place->rows.n, 3);
    ASSERT_SAID(place, "1101 expected 3 reported 0 missing 3 held 0 unfinished 0 revision 0");
    ASSERT_SAID(place, "1103 expected 2 reported 0 missing 2 held 0 unfinished 0 revision 0");
}

static void deliveries_count_accepted_held_and_unfinished_returns(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 200 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(deliveries(place, "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "1101 expected 3 reported 3 missing 0 held 0 unfinished 0 revision 1");
    ASSERT_SAID(place, "1103 expected 2 reported 2 missing 0 held 1 unfinished 0 revision 1");
    ASSERT_SAID(place, "1102 expected 2 reported 0 missing 2 held 0 unfinished 1 revision 0");
    assert_int_equal(place->findings.n, 2); /* the period, and why one is held */
}

static void what_was_corrected_is_no_longer_held(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 200 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    put(place, "returns/2026-T2/eng ny.xlsx", ENG "SYK 20 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(deliveries(place, "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "1103 expected 2 reported 2 missing 0 held 0 unfinished 0 revision 1");
}

/* How far a unit has come, in one word */

static void on_stage(void *context, const bms_delivery *row) {
    (void)snprintf(next_row(&((struct municipality *)context)->rows), 400, "%s %s", row->unit,
                   bms_delivery_stage_word(row->stage));
}

static void ask_for_stages(struct municipality *place) {
    forget(place);
    assert_int_equal(bms_deliveries(place->b, "2026-T2", NULL, on_stage, place, &place->error), BMS_OK);
}

static void close_the_period(struct municipality *place) {
    place->now += 86400;
    assert_int_equal(bms_close(place->b, "2026-T2", "Ola", &place->error), BMS_OK);
    place->now += 86400;
}

static void amend_eng(struct municipality *place, const char *numerator) {
    const bms_amendment_request amendment = {.unit = "1103",
                                             .indicator = "SYK",
                                             .period = "2026-T2",
                                             .numerator = numerator,
                                             .reason = "Counted again",
                                             .by = "Ola"};
    int revision = 0;
    size_t mistakes = 0;
    assert_int_equal(bms_amend(place->b, &amendment, &place->listener, &revision, &mistakes, &place->error),
                     BMS_OK);
    assert_int_equal(mistakes, 0);
}

static void a_stage_says_what_the_numbers_say(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    put(place, "returns/2026-T2/lia.xlsx", LIA "SYK 10 100\nKORT 1\nFALL -\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ask_for_stages(place);
    ASSERT_SAID(place, "1101 delivered, numbers missing");
    ASSERT_SAID(place, "1102 begun");
    ASSERT_SAID(place, "1103 delivered");
}

static void what_comes_after_the_closing_is_late(void **state) {
    struct municipality *place = *state;
    close_the_period(place);
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ask_for_stages(place);
    ASSERT_SAID(place, "1103 delivered late");
}

static void the_coordinators_amendment_does_not_make_a_unit_late(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    close_the_period(place);
    amend_eng(place, "13");
    ask_for_stages(place);
    ASSERT_SAID(place, "1103 delivered");
}

static void an_amendment_does_not_make_a_late_unit_punctual(void **state) {
    struct municipality *place = *state;
    close_the_period(place);
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    amend_eng(place, "13");
    amend_eng(place, "14");
    ask_for_stages(place);
    ASSERT_SAID(place, "1103 delivered late");
}

static void a_file_that_came_in_time_and_was_released_later_is_in_time(void **state) {
    struct municipality *place = *state;
    const bms_source from = {.name = "2026-T2"};
    const char *const released = "1103";
    const bms_collect_options options = {
        .partial = &released, .n_partial = 1, .reason = "They are on leave", .by = "Ola"};
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 200 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    close_the_period(place);
    forget(place);
    assert_int_equal(
        bms_collect(place->b, &from, 1, &options, &place->listener, &place->counts, &place->error), BMS_OK);
    assert_int_equal(place->counts.accepted, 1);
    for (size_t i = 0; i < place->findings.n; i++)
        assert_int_not_equal(strncmp(place->findings.lines[i], "late ", 5), 0);
    ask_for_stages(place);
    ASSERT_SAID(place, "1103 delivered, numbers to be clarified");
}

static void a_form_still_being_filled_in_counts_once(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", "unit 1103\nperiod 2026-T2\nSYK 1 2\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    put(place, "returns/2026-T2/eng.xlsx", "unit 1103\nperiod 2026-T2\nSYK 1 2\nKORT 1\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(deliveries(place, "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "1103 expected 2 reported 0 missing 2 held 0 unfinished 1 revision 0");
}

static void without_a_period_it_is_the_latest_that_was_sent(void **state) {
    struct municipality *place = *state;
    assert_int_equal(deliveries(place, NULL), BMS_OK);
    assert_string_equal(place->findings.lines[0], "2026-T1 Tertial 1, 2026");
    place->now = 1789459200;
    assert_int_equal(deliveries(place, NULL), BMS_OK);
    assert_memory_equal(place->findings.lines[0], "2026-T2", 7);
}

static void a_period_nobody_is_asked_in_is_a_mistake(void **state) {
    struct municipality *place = *state;
    assert_int_equal(deliveries(place, "2031-T1"), BMS_USAGE);
    assert_non_null(strstr(place->error.message, "2026-T1"));
}

/* Measurements */

static void measurements_are_what_is_stored_and_what_is_missing(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    assert_int_equal(measurements(place, NULL, "SYK", false), BMS_OK);
    ASSERT_SAID(place, "1101 SYK 2026-T2 1* reported 10/100=10 yellow Skjema!C6");
    ASSERT_SAID(place, "1103 SYK 2026-T2 1* reported 12/148=8.11 green Skjema!C5");
    ASSERT_SAID(place, "1102 SYK 2026-T2 0* missing 0/0=0 - -");
    assert_false(said(place, "1103 SYK 2026-T3 0* missing 0/0=0 - -"));
}

static void what_was_due_is_missing_before_any_return(void **state) {
    struct municipality *place = *state;
    place->now = 1789459200;
    assert_int_equal(measurements(place, "1103", "SYK", false), BMS_OK);
    ASSERT_SAID(place, "1103 SYK 2026-T1 0* missing 0/0=0 - -");
    assert_false(said(place, "1103 SYK 2026-T2 0* missing 0/0=0 - -"));
}

static void forms_before_the_first_return_are_not_missing(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    assert_int_equal(measurements(place, "1103", "SYK", false), BMS_OK);
    assert_int_equal(place->rows.n, 1);
}

static void measurements_come_by_unit_indicator_and_period(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    assert_int_equal(measurements(place, NULL, NULL, false), BMS_OK);
    for (size_t i = 1; i < place->rows.n; i++) {
        char before[2][16];
        char after[2][16];
        assert_int_equal(sscanf(place->rows.lines[i - 1], "%15s %15s", before[0], before[1]), 2);
        assert_int_equal(sscanf(place->rows.lines[i], "%15s %15s", after[0], after[1]), 2);
        int order = strcmp(before[0], after[0]);
        assert_true(order < 0 || (order == 0 && strcmp(before[1], after[1]) <= 0));
    }
}

static void all_revisions_are_shown_when_asked_for(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 14 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(measurements(place, "1103", "SYK", false), BMS_OK);
    ASSERT_SAID(place, "1103 SYK 2026-T2 2* reported 14/148=9.46 yellow Skjema!C5");
    assert_false(said(place, "1103 SYK 2026-T2 1 reported 12/148=8.11 green Skjema!C5"));
    assert_int_equal(measurements(place, "1103", "SYK", true), BMS_OK);
    ASSERT_SAID(place, "1103 SYK 2026-T2 1 reported 12/148=8.11 green Skjema!C5");
}

static void a_unit_that_has_left_the_setup_keeps_its_numbers(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    bms_setup_table *units = &place->made->book.tables[BMS_SHEET_UNITS];
    units->n_rows--;
    load_setup(place);
    assert_int_equal(measurements(place, "1103", "SYK", false), BMS_OK);
    ASSERT_SAID(place, "1103 SYK 2026-T2 1* reported 12/148=8.11 - Skjema!C5");
}

static void an_unknown_unit_or_indicator_is_a_mistake_that_names_the_nearest(void **state) {
    struct municipality *place = *state;
    assert_int_equal(measurements(place, "1109", NULL, false), BMS_USAGE);
    assert_non_null(strstr(place->error.message, "110"));
    assert_int_equal(measurements(place, NULL, "SYKK", false), BMS_USAGE);
    assert_non_null(strstr(place->error.message, "SYK."));
}

/** A forecast for the year is asked for in August; in October two kindergartens become one. */
static void merge_after_the_forecast(struct municipality *place) {
    struct made *made = place->made;
    made_cells(made, BMS_SHEET_INDICATORS, 7, "basis=prognose");
    made_cells(made, BMS_SHEET_CALENDAR, 7, "code=2026");
    made_cells(made, BMS_SHEET_PLAN, 8, "indicator=BUD;periods=2026;form=2026-T2;barnehage=x");
    load_setup(place);
    collect_all(place);
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\nBUD 110 100\n");
    put(place, "returns/2026-T2/lia.xlsx", LIA "SYK 10 100\nKORT 1\nFALL 1 100\nBUD 50 50\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    made_cells(made, BMS_SHEET_UNITS, 2, "to=2026-09-30");
    made_cells(made, BMS_SHEET_UNITS, 4, "to=2026-09-30");
    made_cells(made, BMS_SHEET_UNITS, 5,
               "code=1104;name=Ny barnehage;parent=1100;group=barnehage;from=2026-10-01;replaces=1101, 1103");
    load_setup(place);
}

static void a_forecast_of_former_units_is_part_of_the_merged_ones_history(void **state) {
    struct municipality *place = *state;
    merge_after_the_forecast(place);
    assert_int_equal(measurements(place, "1104", "BUD", false), BMS_OK);
    ASSERT_SAID(place, "1101 BUD 2026 2* reported 50/50=0 green Skjema!C8");
    ASSERT_SAID(place, "1103 BUD 2026 2* reported 110/100=10 red Skjema!C7");
}

static void a_forecast_of_former_units_is_explained_as_theirs_together(void **state) {
    struct municipality *place = *state;
    merge_after_the_forecast(place);
    assert_int_equal(explain(place, "1104", "BUD", "2026"), BMS_OK);
    ASSERT_SAID(place, "past: Figures for 2026 are Lia barnehage and Eng barnehage added together.");
    ASSERT_SAID(place, "formula: 100 × (160 − 150) / |150| = 6.7\u00A0%; the amount is 10");
}

/* Explanations */

static void a_number_is_explained_down_to_its_cell(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "unit: Eng barnehage (1103)");
    ASSERT_SAID(place, "result: 8.1\u00A0%");
    ASSERT_SAID(place, "status: ● on target");
    ASSERT_SAID(place, "formula: 100 × 12 / 148 = 8.1\u00A0%");
    ASSERT_SAID(place, "numerator: 12\u00A0dagsverk – Tapte dagsverk 01.05–31.08?");
    ASSERT_SAID(place, "numerator_cell: Skjema!C5");
    ASSERT_SAID(place, "denominator_cell: Skjema!E5");
    ASSERT_SAID(place, "revision: 1");
    ASSERT_SAID(place, "definition: version 1, loaded 2026-05-10 08:00");
    ASSERT_SAID(place, "target: green up to 8.5\u00A0%, red above 10.5\u00A0%");
    ASSERT_SAID(place, "target_source: for all; linked to PAI: 9.5 in 2026-Q1, published 2026-06-15");
    ASSERT_SAID(place, "received: 2026-09-15 08:00");
}

static void an_explanation_says_who_stored_the_number_on_which_machine(void **state) {
    struct municipality *place = *state;
    char account[BMS_PLATFORM_NAME];
    char machine[BMS_PLATFORM_NAME];
    char expected[2 * BMS_PLATFORM_NAME + 64];
    assert_int_equal(bms_platform_account(account, sizeof account), BMS_OK);
    bms_platform_machine(machine, sizeof machine);
    collect_all(place);
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    (void)snprintf(expected, sizeof expected, "stored_by: %s on the machine %s", account, machine);
    ASSERT_SAID(place, expected);
}

static void earlier_returns_are_part_of_the_explanation(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 14 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "revision: 2");
    bool earlier = false;
    for (size_t i = 0; i < place->rows.n; i++)
        earlier = earlier || strncmp(place->rows.lines[i], "earlier: 1: 12 / 148", 20) == 0;
    assert_true(earlier);
}

static void what_is_missing_is_explained_too(void **state) {
    struct municipality *place = *state;
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "state: missing");
    assert_false(said(place, "revision: 0"));
}

static void a_parent_is_the_sum_of_its_parts(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    assert_int_equal(explain(place, "1100", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "result: 8.9\u00A0%");
    ASSERT_SAID(place, "formula: 100 × 22 / 248 = 8.9\u00A0%");
    ASSERT_SAID(place, "coverage: 2 of 3 units (67 %)");
    ASSERT_SAID(place, "part: missing");
}

static void a_parent_with_too_little_coverage_has_no_colour(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(explain(place, "1100", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "status: no colour: too few answers");
    ASSERT_SAID(place, "coverage: 1 of 3 units (33 %); under 50 % gives no colour");
}

static void what_was_not_asked_cannot_be_explained(void **state) {
    struct municipality *place = *state;
    assert_int_equal(explain(place, "1103", "SYK", "2031-T1"), BMS_USAGE);
    assert_non_null(strstr(place->error.message, "2026-T2"));
    assert_int_equal(explain(place, "1103", "KLAGER", "2026-T1"), BMS_USAGE);
    assert_int_equal(explain(place, "9999", "SYK", "2026-T1"), BMS_USAGE);
    assert_int_equal(explain(place, "1103", "NOT", "2026-T1"), BMS_USAGE);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, municipality_begin_loaded, municipality_end)
    const struct CMUnitTest tests[] = {
        TEST(everyone_who_is_asked_is_listed_before_any_return),
        TEST(deliveries_count_accepted_held_and_unfinished_returns),
        TEST(what_was_corrected_is_no_longer_held),
        TEST(a_stage_says_what_the_numbers_say),
        TEST(what_comes_after_the_closing_is_late),
        TEST(the_coordinators_amendment_does_not_make_a_unit_late),
        TEST(an_amendment_does_not_make_a_late_unit_punctual),
        TEST(a_file_that_came_in_time_and_was_released_later_is_in_time),
        TEST(a_form_still_being_filled_in_counts_once),
        TEST(without_a_period_it_is_the_latest_that_was_sent),
        TEST(a_period_nobody_is_asked_in_is_a_mistake),
        TEST(measurements_are_what_is_stored_and_what_is_missing),
        TEST(what_was_due_is_missing_before_any_return),
        TEST(forms_before_the_first_return_are_not_missing),
        TEST(measurements_come_by_unit_indicator_and_period),
        TEST(all_revisions_are_shown_when_asked_for),
        TEST(a_unit_that_has_left_the_setup_keeps_its_numbers),
        TEST(a_forecast_of_former_units_is_part_of_the_merged_ones_history),
        TEST(a_forecast_of_former_units_is_explained_as_theirs_together),
        TEST(an_unknown_unit_or_indicator_is_a_mistake_that_names_the_nearest),
        TEST(a_number_is_explained_down_to_its_cell),
        TEST(an_explanation_says_who_stored_the_number_on_which_machine),
        TEST(earlier_returns_are_part_of_the_explanation),
        TEST(what_is_missing_is_explained_too),
        TEST(a_parent_is_the_sum_of_its_parts),
        TEST(a_parent_with_too_little_coverage_has_no_colour),
        TEST(what_was_not_asked_cannot_be_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
