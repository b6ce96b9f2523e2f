/** What an edition says, and what changed since the one before. All names and values are invented. */
#include "tests/unit/examples/report_town.h"

#include "core/report/changes.h"
#include "core/report/said.h"

#include <string.h>

/* What an edition says, and what changed since. */

static const char *said_by(town *t, int unit, bms_edition_said *said) {
    bms_error error = {0};
    report(t, unit);
    assert_int_equal(bms_report_said(t->arena, &t->model, said, &error), BMS_OK);
    return said->sha256;
}

static const bms_said *said_row(const bms_edition_said *said, const char *indicator,
                                enum bms_said_role role) {
    for (size_t i = 0; i < said->n_figures; i++) {
        if (said->figures[i].role == role && strcmp(said->figures[i].indicator, indicator) == 0)
            return &said->figures[i];
    }
    return NULL;
}

static void the_same_said_again_has_the_same_hash(void **state) {
    town *t = *state;
    bms_edition_said first;
    bms_edition_said second;
    begin(t);
    give(t, A1, SICK, T2_26, 5, 100);
    const char *before = said_by(t, A1, &first);
    assert_string_equal(said_by(t, A1, &second), before);
    begin(t);
    give_entry(t, A1, SICK, T2_26, (bms_values){BMS_REPORTED, {true, 5}, {true, 100}}, "Mange nye");
    assert_string_not_equal(said_by(t, A1, &second), before);
    begin(t);
    give(t, A1, SICK, T2_26, 5, 100);
    assert_string_equal(said_by(t, A1, &second), before);
    give_action(t, A1, "SICK", "Kurs", "2026-12-01", "I arbeid");
    assert_string_not_equal(said_by(t, A1, &second), before);
}

static void what_a_closed_unit_said_is_in_the_hash_too(void **state) {
    town *t = *state;
    bms_edition_said said;
    t->units[A1].to = bms_day_of(2026, 5, 31);
    begin(t);
    give(t, A1, BUDGET, T1_26, 110, 100);
    give(t, A2, BUDGET, T2_26, 50, 50);
    const char *before = said_by(t, A, &said);
    assert_int_equal(shown(t, BUDGET)->n_closed, 1);
    begin(t);
    give_entry(t, A1, BUDGET, T1_26, (bms_values){BMS_REPORTED, {true, 110}, {true, 100}}, "Mange nye");
    give(t, A2, BUDGET, T2_26, 50, 50);
    assert_string_not_equal(said_by(t, A, &said), before);
}

static void the_figures_of_the_reports_own_unit_are_kept(void **state) {
    town *t = *state;
    bms_edition_said said;
    begin(t);
    give(t, A1, SICK, T1_26, 12, 100);
    give(t, A1, SICK, T2_26, 5, 100);
    (void)said_by(t, A1, &said);
    const bms_said *now = said_row(&said, "SICK", BMS_SAID_NOW);
    assert_string_equal(now->period, "2026-T2");
    assert_int_equal(now->colour, BMS_GREEN);
    assert_close(now->result.value, 5);
    assert_close(said_row(&said, "SICK", BMS_SAID_SO_FAR)->result.value, 8.5);
    assert_close(said_row(&said, "SICK", BMS_SAID_LAST)->result.value, 12);
    assert_null(said_row(&said, "SICK", BMS_SAID_OWN));
    size_t of_one = said.n_figures;
    (void)said_by(t, A, &said);
    assert_true(said.n_figures <= of_one + INDICATORS); /* of the leader alone, not of the four below */
}

/** @return a row of what was said, to be changed: the rows are copied first. */
static bms_said *said_otherwise(town *t, bms_edition_said *said, const char *indicator,
                                enum bms_said_role role) {
    bms_said *rows = bms_arena_alloc(t->arena, said->n_figures * sizeof *rows);
    assert_non_null(rows);
    memcpy(rows, said->figures, said->n_figures * sizeof *rows);
    said->figures = rows;
    return rows + (said_row(said, indicator, role) - said->figures);
}

/** Compare the report of A1 with an edition that said what is given. */
static void compare_with(town *t, const bms_report_model *then, const bms_edition_said *said) {
    bms_error error = {0};
    const bms_report_figures_said list = {"A1", said->figures, said->n_figures};
    const bms_report_before before = {
        .then = then, .program = "0.1.0", .kept = true, .said = &list, .n_said = 1};
    assert_int_equal(bms_report_compare(t->arena, &before, &t->model, &error), BMS_OK);
}

static void what_is_worked_out_otherwise_is_no_correction(void **state) {
    town *t = *state;
    bms_edition_said said;
    begin(t);
    give(t, A1, SICK, T2_26, 5, 100);
    (void)said_by(t, A1, &said);
    const bms_report_model then = t->model;
    said_otherwise(t, &said, "SICK", BMS_SAID_NOW)->colour = BMS_RED;
    compare_with(t, &then, &said);
    assert_int_equal(t->model.n_changes, 1);
    assert_int_equal(t->model.changes[0].cause, BMS_CHANGED_BY_RULES);
    assert_int_equal(t->model.changes[0].was->colour, BMS_RED);
    assert_int_equal(t->model.changes[0].became->colour, BMS_GREEN);
    assert_int_equal(t->model.n_by_rules, 1);
    assert_int_equal(t->model.n_corrected, 0);
}

static void a_number_is_compared_with_what_was_said(void **state) {
    town *t = *state;
    bms_edition_said said;
    begin(t);
    give(t, A1, SICK, T2_26, 5, 100);
    (void)said_by(t, A1, &said);
    const bms_report_model then = t->model;
    begin(t);
    give(t, A1, SICK, T2_26, 20, 100);
    report(t, A1);
    compare_with(t, &then, &said);
    assert_int_equal(t->model.n_changes, 1);
    assert_int_equal(t->model.changes[0].cause, BMS_CHANGED_BY_NEW_RETURN);
    assert_close(t->model.changes[0].was->rolled.result.value, 5);
    assert_int_equal(t->model.n_corrected, 1);
}

static void a_later_measurement_is_no_correction(void **state) {
    town *t = *state;
    bms_edition_said said;
    begin(t);
    give(t, A1, SICK, T2_26, 5, 100);
    (void)said_by(t, A1, &said);
    const bms_report_model then = t->model;
    bms_said *now = said_otherwise(t, &said, "SICK", BMS_SAID_NOW);
    now->period = "2026-T1";
    now->result.value = 9;
    begin(t);
    give(t, A1, SICK, T2_26, 6, 100);
    report(t, A1);
    compare_with(t, &then, &said);
    assert_int_equal(t->model.changes[0].cause, BMS_CHANGED_LATER);
    assert_int_equal(t->model.n_corrected, 0);
    assert_int_equal(t->model.n_came_in, 1);
}

/** The units whose own status it changed are named too, as what is red in them is. */
static void a_leader_sees_whose_year_so_far_was_corrected(void **state) {
    town *t = *state;
    bms_error error = {0};
    bms_edition_said said;
    begin(t);
    give(t, A1, SICK, T1_26, 5, 100);
    give(t, A1, SICK, T2_26, 5, 100);
    give(t, A2, SICK, T2_26, 5, 100);
    (void)said_by(t, A, &said);
    const bms_report_model then = t->model;
    const bms_report_figures_said list = {"A", said.figures, said.n_figures};
    const bms_report_before before = {
        .then = &then, .program = "0.1.0", .kept = true, .said = &list, .n_said = 1};
    begin(t);
    give(t, A1, SICK, T1_26, 25, 100);
    give(t, A1, SICK, T2_26, 5, 100);
    give(t, A2, SICK, T2_26, 5, 100);
    report(t, A);
    assert_int_equal(bms_report_compare(t->arena, &before, &t->model, &error), BMS_OK);
    const bms_report_change *change = t->model.changes;
    while (change < t->model.changes + t->model.n_changes && change->unit != A1)
        change++;
    assert_true(change < t->model.changes + t->model.n_changes);
    assert_int_equal(change->cause, BMS_CHANGED_EARLIER);
    assert_true(change->became->of_year);
    assert_close(change->was->rolled.result.value, 5);
    assert_close(change->became->rolled.result.value, 15);
    assert_true(change->colour_changed);
    assert_int_equal(t->model.changes[0].unit, A); /* the roll-up stands before them */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_same_said_again_has_the_same_hash),
        TEST(what_a_closed_unit_said_is_in_the_hash_too),
        TEST(the_figures_of_the_reports_own_unit_are_kept),
        TEST(what_is_worked_out_otherwise_is_no_correction),
        TEST(a_number_is_compared_with_what_was_said),
        TEST(a_later_measurement_is_no_correction),
        TEST(a_leader_sees_whose_year_so_far_was_corrected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
