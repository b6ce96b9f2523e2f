/** Red results with their actions, and how far each unit has come. All names and values are invented. */
#include "tests/unit/examples/report_town.h"

#include <string.h>

/* Red results. */

static void a_run_of_reds_ends_where_it_was_not_red(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T2_25, 10, 100);
    give(t, A1, SICK, T3_25, 5, 100); /* green between */
    give(t, A1, SICK, T1_26, 10, 100);
    give(t, A1, SICK, T2_26, 10, 100);
    give(t, A2, SICK, T2_26, 12, 100); /* further beyond, but for the first time */
    give(t, A3, SICK, T2_26, 11, 100);
    report(t, A);
    assert_int_equal(t->model.n_reds, 3);
    assert_int_equal(t->model.reds[0].answer->unit, A1);
    assert_int_equal(t->model.reds[0].answer->red_in_a_row, 2);
    assert_int_equal(t->model.reds[1].answer->unit, A2);
    assert_int_equal(t->model.reds[2].answer->unit, A3);
}

/** What is red is what the unit's own row says is red: the year so far where it shows one. */
static void what_is_red_follows_the_status_of_the_units_own_row(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T1_26, 15, 100); /* red; the year too: … */
    give(t, A1, SICK, T2_26, 5, 100);  /* … 10 of 100, though this period is green */
    give(t, A2, SICK, T1_26, 2, 100);
    give(t, A2, SICK, T2_26, 10, 100); /* a red period in a green year */
    report(t, A1);
    assert_int_equal(bms_report_status(shown(t, SICK))->colour, BMS_RED);
    report(t, A);
    assert_int_equal(t->model.n_reds, 1);
    const bms_report_red *red = &t->model.reds[0];
    assert_int_equal(red->answer->unit, A1);
    assert_int_equal(red->answer->red_in_a_row, 2);
    assert_result(red->figure->rolled.result, 10);
    assert_true(red->figure->of_year);
    assert_int_equal(shown(t, SICK)->spread.n[BMS_RED], 1);
    assert_int_equal(shown(t, SICK)->spread.n[BMS_GREEN], 1);
    assert_int_equal(t->model.n_answers_by_colour[BMS_RED], 1);
}

/** Lowest and highest, and the list of units, show what the lights are about. */
static void the_range_and_the_list_of_units_are_of_the_year_where_the_row_shows_it(void **state) {
    town *t = *state;
    begin(t);
    for (int u = A1; u <= A4; u++) {
        give(t, u, SICK, T1_26, 15, 100);
        give(t, u, SICK, T2_26, u == A1 ? 3 : 5, 100);
    }
    report(t, A);
    const bms_report_indicator *row = shown(t, SICK);
    assert_result(bms_report_in_spread(row, row->spread.lowest)->rolled.result, 9);
    assert_result(bms_report_in_spread(row, row->spread.highest)->rolled.result, 10);
    for (size_t u = 0; u < t->model.n_units; u++) {
        const bms_report_unit *unit = &t->model.units[u];
        if (unit->unit == A1)
            assert_result(unit->figures[row - t->model.indicators].rolled.result, 9);
    }
}

static void a_red_result_is_shown_with_its_action(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T2_26, 10, 100);
    give(t, A2, SICK, T2_26, 10, 100);
    give(t, A3, SICK, T2_26, 10, 100);
    give_action(t, A1, "Fravær (sick)", "Ny vaktplan", "2026-09-21", "I arbeid");
    give_action(t, A2, "Medarbeidere", "Kurs", "2026-12-01", "I arbeid");
    give_action(t, A3, "SICK", "Gammelt", "2026-01-01", "Ferdig");
    report(t, A);
    for (size_t i = 0; i < 3; i++) {
        const bms_report_red *red = &t->model.reds[i];
        const char *expected[] = {[A1] = "Ny vaktplan", [A2] = "Kurs", [A3] = NULL};
        const char *text = !red->action ? NULL : red->action->text;
        assert_true(text == expected[red->answer->unit] || strcmp(text, expected[red->answer->unit]) == 0);
    }
    assert_int_equal(t->model.n_actions, 3);
    assert_true(t->model.actions[0].overdue); /* due the day before the report */
    assert_false(t->model.actions[1].overdue);
    assert_true(t->model.actions[2].done);
    assert_false(t->model.actions[2].overdue);
    assert_int_equal(t->model.n_overdue, 1);
    assert_string_equal(t->model.actions[0].linked_to, "SICK");
}

static void an_action_is_overdue_from_the_day_after_it_was_due(void **state) {
    town *t = *state;
    begin(t);
    give_action(t, A1, "SICK", "I dag", "2026-09-22", "I arbeid"); /* the report's own day */
    give_action(t, A2, "SICK", "I går", "2026-09-21", "I arbeid");
    report(t, A);
    assert_string_equal(t->model.actions[0].text, "I går");
    assert_true(t->model.actions[0].overdue);
    assert_false(t->model.actions[1].overdue);
    assert_int_equal(t->model.n_overdue, 1);
}

static void a_units_own_version_of_an_action_replaces_the_setups(void **state) {
    town *t = *state;
    t->planned[0] = (bms_planned_action){.number = "1",
                                         .unit = A1,
                                         .indicator = SICK,
                                         .focus_area = BMS_NONE,
                                         .criterion = BMS_NONE,
                                         .scorecard = BMS_NONE,
                                         .text = "Fra oppsettet",
                                         .responsible = "",
                                         .due = BMS_NO_DAY,
                                         .status = "",
                                         .effect = ""};
    t->definition.actions = t->planned;
    t->definition.n_actions = 1;
    begin(t);
    report(t, A);
    assert_int_equal(t->model.n_actions, 1);
    assert_string_equal(t->model.actions[0].text, "Fra oppsettet");
    begin(t);
    give_action(t, A1, "SICK", "Fra enheten", "", "I arbeid");
    report(t, A);
    assert_int_equal(t->model.n_actions, 1);
    assert_string_equal(t->model.actions[0].text, "Fra enheten");
}

/* Deliveries. */

static void give_receipt(town *t, int unit, enum bms_outcome outcome, int revision, bool superseded) {
    bms_stored_receipt receipt = {.file = "svar.xlsx",
                                  .sha256 = "",
                                  .unit = t->units[unit].code,
                                  .outcome = outcome,
                                  .revision = revision,
                                  .why = outcome == BMS_HELD ? "10 av 7" : NULL,
                                  .superseded = superseded};
    bms_figures_add_receipt(t->figures, &receipt);
}

static void every_unit_is_listed_with_how_far_it_has_come(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T2_26, 5, 100);
    give_state(t, A1, BUDGET, T2_26, BMS_NOT_APPLICABLE);
    give_receipt(t, A1, BMS_HELD, 0, true);
    give_receipt(t, A1, BMS_ACCEPTED, 1, false);
    give_receipt(t, A2, BMS_HELD, 0, false);
    give_receipt(t, A3, BMS_UNFINISHED, 0, false);
    report(t, A);
    const bms_report_unit *units = t->model.units;
    assert_int_equal(t->model.n_units, 5);
    assert_int_equal(units[0].delivery.stage, BMS_STAGE_NOT_ASKED);
    assert_int_equal(units[1].delivery.stage, BMS_STAGE_INCOMPLETE);
    assert_int_equal(units[1].delivery.expected, 3);
    assert_int_equal(units[1].delivery.reported, 2);
    assert_int_equal(units[1].delivery.revision, 1);
    assert_int_equal(units[2].delivery.stage, BMS_STAGE_HELD);
    assert_string_equal(units[2].delivery.why, "10 av 7");
    assert_int_equal(units[3].delivery.stage, BMS_STAGE_BEGUN);
    assert_int_equal(units[4].delivery.stage, BMS_STAGE_NOT_DELIVERED);
    assert_int_equal(t->model.n_expected_units, 4);
    assert_int_equal(t->model.n_delivered_units, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_run_of_reds_ends_where_it_was_not_red),
        TEST(what_is_red_follows_the_status_of_the_units_own_row),
        TEST(the_range_and_the_list_of_units_are_of_the_year_where_the_row_shows_it),
        TEST(a_red_result_is_shown_with_its_action),
        TEST(an_action_is_overdue_from_the_day_after_it_was_due),
        TEST(a_units_own_version_of_an_action_replaces_the_setups),
        TEST(every_unit_is_listed_with_how_far_it_has_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
