/** Reports over mergers, splits, moves and closures; worked out by hand. All names and values are invented.
 */
#include "tests/unit/examples/report_town.h"

/** A3 takes over from A1 and A2 on the first day of 2026. */
static void merge(town *t) {
    static int predecessors[] = {A1, A2};
    t->units[A1].to = t->units[A2].to = bms_day_of(2025, 12, 31);
    t->units[A3].from = bms_day_of(2026, 1, 1);
    t->units[A3].predecessors = predecessors;
    t->units[A3].n_predecessors = 2;
}

static void a_merged_units_past_is_the_sum_of_those_it_took_over_from(void **state) {
    town *t = *state;
    merge(t);
    begin(t);
    give(t, A1, SICK, T2_25, 10, 100); /* 10 % and … */
    give(t, A2, SICK, T2_25, 30, 500); /* … 6 %: together 40 of 600, not the mean of 10 and 6 */
    give(t, A1, SICK, T3_25, 5, 100);
    give(t, A2, SICK, T3_25, 25, 500); /* 30 of 600 */
    give(t, A3, SICK, T1_26, 24, 600); /* 4 % */
    give(t, A3, SICK, T2_26, 18, 600); /* 3 %; so far 42 of 1200 */
    report(t, A3);
    const bms_report_indicator *row = shown(t, SICK);
    assert_result(row->now.rolled.result, 3);
    assert_result(row->last.rolled.result, 4);
    assert_result(row->year_before.rolled.result, 100.0 * 40 / 600);
    assert_result(row->so_far.rolled.result, 100.0 * 42 / 1200);
    assert_int_equal(row->n_course, 4);
    assert_result(row->course[1], 5);
}

static void half_of_a_merged_past_is_not_its_past(void **state) {
    town *t = *state;
    bms_words words = {t->arena, "nb"};
    merge(t);
    begin(t);
    give(t, A1, SICK, T2_25, 10, 100); /* A2 did not answer */
    give(t, A3, SICK, T2_26, 18, 600);
    report(t, A3);
    const bms_report_indicator *row = shown(t, SICK);
    assert_true(row->year_before.there);
    assert_int_equal(row->year_before.rolled.answer.state, BMS_MISSING);
    assert_false(row->year_before.rolled.result.known);
    assert_string_equal(bms_words_past(&words, &t->definition, A3, bms_day_of(2026, 8, 31)),
                        "tall før 01.01.2026 er A1 og A2 til sammen");
}

/** A3 takes over from A1 and A2 on the first of May 2026. */
static void merge_in_may(town *t) {
    merge(t);
    t->units[A1].to = t->units[A2].to = bms_day_of(2026, 4, 30);
    t->units[A3].from = bms_day_of(2026, 5, 1);
}

static void a_unit_that_took_over_in_may_answers_for_the_year_to_date(void **state) {
    town *t = *state;
    merge_in_may(t);
    begin(t);
    give(t, A1, BUDGET, T1_26, 500, 400);
    give(t, A2, BUDGET, T1_26, 600, 600); /* together 1100 of 1000 */
    give(t, A3, BUDGET, T2_26, 2100, 2000);
    give(t, A4, BUDGET, T1_26, 100, 100);
    give(t, A4, BUDGET, T2_26, 200, 100);
    report(t, A3);
    const bms_report_indicator *row = shown(t, BUDGET);
    assert_result(row->now.rolled.result, 5);
    assert_result(row->last.rolled.result, 10);
    assert_result(row->course[row->n_course - 1], 0); /* 1000 of 1000 since */
    report(t, A);
    row = shown(t, BUDGET);
    assert_result(row->now.rolled.result, 100.0 * 200 / 2100);
    assert_result(row->last.rolled.result, 100.0 * 100 / 1100);
    assert_result(row->course[row->n_course - 1], 10); /* 1100 of 1000 since */
}

static void after_a_split_only_the_growth_of_both_together_is_known(void **state) {
    town *t = *state;
    static int predecessors[] = {A1};
    t->units[A1].to = bms_day_of(2026, 4, 30);
    for (int u = A2; u <= A3; u++) {
        t->units[u].from = bms_day_of(2026, 5, 1);
        t->units[u].predecessors = predecessors;
        t->units[u].n_predecessors = 1;
    }
    begin(t);
    give(t, A1, BUDGET, T1_26, 1000, 1000);
    give(t, A2, BUDGET, T2_26, 900, 800);
    give(t, A3, BUDGET, T2_26, 1300, 1200);
    report(t, A2);
    const bms_report_indicator *row = shown(t, BUDGET);
    assert_false(row->course[row->n_course - 1].known);
    report(t, A);
    row = shown(t, BUDGET);
    assert_result(row->course[row->n_course - 1], 20); /* 1200 of 1000 since */
}

static void a_merged_leader_has_all_units_that_were_below_both(void **state) {
    town *t = *state;
    static int predecessors[] = {A, B};
    static bms_unit_place before[] = {{.parent = A}, {.parent = A}, {.parent = B}};
    before[0].to = before[1].to = before[2].to = bms_day_of(2025, 12, 31);
    /* A4 becomes the leader of A1 and A2, that lay below A, and of A3, that lay below B. */
    t->units[A].to = t->units[B].to = bms_day_of(2025, 12, 31);
    t->units[A4] = (bms_unit){.code = "A4",
                              .name = "A4",
                              .parent = TOP,
                              .group = "",
                              .leader = "",
                              .language = "",
                              .from = bms_day_of(2026, 1, 1),
                              .to = BMS_NO_DAY,
                              .predecessors = predecessors,
                              .n_predecessors = 2};
    for (int u = A1; u <= A3; u++) {
        t->units[u].parent = A4;
        t->units[u].earlier = &before[u - A1];
        t->units[u].n_earlier = 1;
    }
    begin(t);
    give(t, A1, SICK, T2_25, 10, 100);
    give(t, A2, SICK, T2_25, 20, 200);
    give(t, A3, SICK, T2_25, 30, 700); /* 60 of 1000 */
    give(t, B, SICK, T2_25, 20, 1000); /* the former leader's own: 80 of 2000 */
    give(t, A1, SICK, T2_26, 3, 100);
    give(t, A2, SICK, T2_26, 3, 100);
    give(t, A3, SICK, T2_26, 3, 100);
    report(t, A4);
    const bms_report_indicator *row = shown(t, SICK);
    assert_result(row->now.rolled.result, 3);
    assert_result(row->year_before.rolled.result, 4);
    report(t, TOP);
    assert_result(shown(t, SICK)->year_before.rolled.result, 4);
}

static void a_moved_unit_counts_where_it_was_then(void **state) {
    town *t = *state;
    static bms_unit_place before;
    before = (bms_unit_place){.to = bms_day_of(2026, 4, 30), .parent = B};
    t->units[A4].earlier = &before;
    t->units[A4].n_earlier = 1;
    begin(t);
    give(t, A1, SICK, T1_26, 10, 100);
    give(t, A4, SICK, T1_26, 30, 300);
    give(t, B, SICK, T1_26, 5, 100);
    give(t, A1, SICK, T2_26, 4, 100);
    give(t, A4, SICK, T2_26, 2, 300);
    give(t, B, SICK, T2_26, 3, 100);
    report(t, A);
    const bms_report_indicator *row = shown(t, SICK);
    assert_result(row->now.rolled.result, 1.5); /* 6 of 400 */
    assert_result(row->last.rolled.result, 10); /* A1 alone */
    assert_result(row->so_far.rolled.result,
                  5.75); /* 46 of 800: A4's whole year is here now, as its row is */
    report(t, B);
    row = shown(t, SICK);
    assert_result(row->now.rolled.result, 3);
    assert_result(row->last.rolled.result, 8.75); /* 35 of 400 */
    assert_result(row->so_far.rolled.result, 4);  /* 8 of 200 */
    report(t, TOP);
    row = shown(t, SICK);
    assert_result(row->last.rolled.result, 9); /* 45 of 500 */
    assert_result(row->so_far.rolled.result, 100.0 * 54 / 1000);
}

static void a_row_follows_the_tree_of_the_day_measured(void **state) {
    town *t = *state;
    static bms_unit_place before;
    before = (bms_unit_place){.to = bms_day_of(2026, 5, 31), .parent = A};
    t->units[B].parent = TOP;
    t->units[A4].parent = B;
    t->units[A4].earlier = &before;
    t->units[A4].n_earlier = 1;
    begin(t);
    give(t, A1, SURVEY, T1_26, 5, 10);
    give(t, A4, SURVEY, T1_26, 2, 10); /* red, when it was below A */
    give(t, B, SURVEY, T1_26, 5, 10);
    report(t, A);
    const bms_report_indicator *row = shown(t, SURVEY);
    assert_int_equal(row->spread.n[BMS_RED], 1);
    assert_result(row->spread.lowest->now.rolled.result, 2);
    assert_int_equal(t->model.n_reds, 1);
    assert_true(listed(t, A4)->former);
    assert_false(listed(t, A4)->figures[row - t->model.indicators].apart);
    report(t, B);
    row = shown(t, SURVEY);
    assert_result(row->now.rolled.result, 5);
    assert_int_equal(row->spread.n[BMS_RED], 0);
    assert_null(row->spread.lowest);
    assert_int_equal(t->model.n_reds, 0);
    assert_false(listed(t, A4)->former);
    assert_true(listed(t, A4)->figures[row - t->model.indicators].apart);
}

static void the_year_of_a_closed_unit_is_in_that_of_the_unit_that_took_over_elsewhere(void **state) {
    town *t = *state;
    static int predecessors[] = {A2};
    t->units[A2].to = bms_day_of(2026, 4, 30);
    t->units[A4].parent = B;
    t->units[A4].from = bms_day_of(2026, 5, 1);
    t->units[A4].predecessors = predecessors;
    t->units[A4].n_predecessors = 1;
    begin(t);
    give(t, A1, SICK, T1_26, 10, 100);
    give(t, A2, SICK, T1_26, 30, 100);
    give(t, B, SICK, T1_26, 5, 100);
    give(t, A1, SICK, T2_26, 10, 100);
    give(t, A4, SICK, T2_26, 20, 100);
    give(t, B, SICK, T2_26, 5, 100);
    report(t, A);
    assert_result(shown(t, SICK)->so_far.rolled.result, 10);
    assert_result(shown(t, SICK)->last.rolled.result, 20); /* where it was then */
    report(t, B);
    assert_result(shown(t, SICK)->so_far.rolled.result, 15); /* 60 of 400 */
}

static void a_closed_unit_counts_above_while_it_was_there(void **state) {
    town *t = *state;
    t->units[A2].to = bms_day_of(2026, 4, 30);
    begin(t);
    give(t, A1, SICK, T1_26, 10, 100);
    give(t, A2, SICK, T1_26, 0, 100);
    give(t, A1, SICK, T2_26, 10, 100);
    report(t, A);
    const bms_report_indicator *row = shown(t, SICK);
    assert_result(row->last.rolled.result, 5);
    assert_result(row->now.rolled.result, 10);
    assert_result(row->so_far.rolled.result, 100.0 * 20 / 300);
    assert_false(bms_report_wanted(t->figures, A2));
}

static void a_unit_closed_in_the_year_stays_in_the_year_to_date_until_the_year_ends(void **state) {
    town *t = *state;
    t->units[A2].to = bms_day_of(2026, 6, 30);
    begin(t);
    give(t, A1, BUDGET, T2_26, 220, 200);
    give(t, A3, BUDGET, T2_26, 100, 100);
    give(t, A4, BUDGET, T2_26, 100, 100);
    give(t, A1, BUDGET, T1_26, 110, 100);
    give(t, A2, BUDGET, T1_26, 50, 100);
    report(t, A);
    const bms_report_indicator *row = shown(t, BUDGET);
    assert_result(row->now.rolled.result, -6); /* 470 of 500 */
    assert_int_equal(row->n_answers, 3);
    assert_int_equal(row->n_closed, 1);
    assert_int_equal(row->closed[0].unit, A2);
    assert_string_equal(row->closed[0].now.period_code, "2026-T1");
    assert_result(row->closed[0].now.rolled.result, -50);
    assert_int_equal(row->spread.n[BMS_GREEN] + row->spread.n[BMS_YELLOW] + row->spread.n[BMS_RED], 3);
}

static void a_unit_closed_the_year_before_or_with_a_successor_is_not_kept(void **state) {
    town *t = *state;
    static int predecessors[] = {A2};
    t->units[A2].to = bms_day_of(2026, 6, 30);
    t->units[A3].from = bms_day_of(2026, 7, 1);
    t->units[A3].predecessors = predecessors;
    t->units[A3].n_predecessors = 1;
    t->units[A4].to = bms_day_of(2025, 12, 31);
    begin(t);
    give(t, A1, BUDGET, T2_26, 220, 200);
    give(t, A3, BUDGET, T2_26, 100, 100);
    give(t, A2, BUDGET, T1_26, 50, 100);
    give(t, A4, BUDGET, T3_25, 50, 100);
    report(t, A);
    assert_int_equal(shown(t, BUDGET)->n_closed, 0);
    assert_result(shown(t, BUDGET)->now.rolled.result, 100.0 * 20 / 300);
}

static void a_merger_counts_nobody_twice_above(void **state) {
    town *t = *state;
    merge(t);
    begin(t);
    give(t, A1, SICK, T2_25, 10, 100);
    give(t, A2, SICK, T2_25, 30, 500);
    give(t, A4, SICK, T2_25, 20, 400);
    give(t, A3, SICK, T2_26, 18, 600);
    give(t, A4, SICK, T2_26, 20, 400);
    report(t, A);
    const bms_report_indicator *row = shown(t, SICK);
    assert_result(row->now.rolled.result, 3.8);
    assert_result(row->year_before.rolled.result, 6); /* 60 of 1000 */
}

static void a_split_shows_the_shared_past_and_counts_it_once_above(void **state) {
    town *t = *state;
    static int predecessors[] = {A1};
    bms_words words = {t->arena, "nb"};
    t->units[A1].to = bms_day_of(2025, 12, 31);
    for (int u = A2; u <= A3; u++) {
        t->units[u].from = bms_day_of(2026, 1, 1);
        t->units[u].predecessors = predecessors;
        t->units[u].n_predecessors = 1;
    }
    begin(t);
    give(t, A1, SICK, T2_25, 40, 500); /* 8 % */
    give(t, A4, SICK, T2_25, 10, 500);
    give(t, A2, SICK, T2_26, 9, 300); /* 3 % */
    give(t, A3, SICK, T2_26, 8, 200);
    give(t, A4, SICK, T2_26, 10, 500);
    report(t, A2);
    assert_result(shown(t, SICK)->year_before.rolled.result, 8);
    bms_day now = bms_day_of(2026, 8, 31);
    assert_string_equal(bms_words_past(&words, &t->definition, A2, now),
                        "tall før 01.01.2026 er felles med A3");
    assert_string_equal(bms_words_past(&words, &t->definition, A4, now), "");
    report(t, A);
    assert_result(shown(t, SICK)->year_before.rolled.result, 5); /* 50 of 1000 */
    assert_result(shown(t, SICK)->now.rolled.result, 2.7);       /* 27 of 1000 */
}

static void a_change_follows_mergers_and_splits(void **state) {
    town *t = *state;
    static int predecessors[] = {A1};
    merge(t);
    begin(t);
    give(t, A1, BUDGET, T2_25, 1100, 1000);
    give(t, A2, BUDGET, T2_25, 1000, 1000); /* together 5 % */
    give(t, A4, BUDGET, T2_25, 1000, 1000);
    give(t, A3, BUDGET, T2_26, 2040, 2000); /* 2 % */
    give(t, A4, BUDGET, T2_26, 1050, 1000);
    report(t, A3);
    assert_string_equal(change_shown(t, BUDGET), "↓ bedre|i fjor|");
    report(t, A);
    assert_int_equal(shown(t, BUDGET)->change.units, 2);
    assert_true(shown(t, BUDGET)->change.in_row);

    t->units[A1].to = bms_day_of(2025, 12, 31);
    t->units[A2].to = BMS_NO_DAY;
    for (int u = A2; u <= A3; u++) {
        t->units[u].from = bms_day_of(2026, 1, 1);
        t->units[u].predecessors = predecessors;
        t->units[u].n_predecessors = 1;
    }
    begin(t);
    give(t, A1, BUDGET, T2_25, 1100, 1000);
    give(t, A4, BUDGET, T2_25, 1000, 1000);
    give(t, A2, BUDGET, T2_26, 520, 500);
    give(t, A3, BUDGET, T2_26, 500, 500);
    give(t, A4, BUDGET, T2_26, 1000, 1000);
    report(t, A2); /* its part of the shared past is not known */
    assert_int_equal(shown(t, BUDGET)->change.with, BMS_COMPARED_WITH_NOTHING);
    report(t, A);
    assert_int_equal(shown(t, BUDGET)->change.units, 3);
    assert_string_equal(change_shown(t, BUDGET), "↓ bedre|i fjor|");
    begin(t);
    give(t, A1, BUDGET, T2_25, 1100, 1000);
    give(t, A4, BUDGET, T2_25, 1000, 1000);
    give(t, A2, BUDGET, T2_26, 520, 500); /* A3 has not answered: neither counts */
    give(t, A4, BUDGET, T2_26, 1000, 1000);
    report(t, A);
    assert_int_equal(shown(t, BUDGET)->change.units, 1);
}

static void the_year_of_what_is_counted_to_date_is_its_latest_number(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, BUDGET, T1_26, 500, 500);
    give(t, A1, BUDGET, T2_26, 1050, 1000); /* 5 %, not 1550 of 1500 */
    report(t, A);
    assert_int_equal(t->model.n_reds, 1);
    assert_result(t->model.reds[0].figure->rolled.result, 5);
    assert_false(t->model.reds[0].figure->of_year);
    assert_result(t->model.units[1].figures[t->model.reds[0].indicator].rolled.result, 5);
}

static void no_run_of_reds_crosses_a_merger(void **state) {
    town *t = *state;
    merge(t);
    t->targets[SURVEY] = t->targets[SICK]; /* the merged unit's own target judges its past too */
    t->targets[SURVEY].scope = BMS_FOR_UNIT;
    t->targets[SURVEY].unit = A3;
    begin(t);
    give(t, A1, SICK, T3_25, 20, 100);
    give(t, A2, SICK, T3_25, 20, 100);
    give(t, A3, SICK, T1_26, 20, 100);
    give(t, A3, SICK, T2_26, 20, 100);
    report(t, A3);
    assert_int_equal(shown(t, SICK)->own->red_in_a_row, 2);
}

static void a_leader_post_that_has_ended_with_its_units_is_not_listed(void **state) {
    town *t = *state;
    for (int u = A; u <= A4; u++)
        t->units[u].to = bms_day_of(2026, 4, 30);
    for (int i = 0; i < INDICATORS; i++) {
        for (int u = A1; u <= A4; u++)
            t->duty[i][u] = BMS_NOT_ASKED;
    }
    begin(t);
    give(t, B, SICK, T2_26, 5, 100);
    report(t, TOP);
    assert_int_equal(t->model.n_units, 2);
    assert_int_equal(t->model.units[1].unit, B);
    t->units[A4].to = BMS_NO_DAY; /* what is still there keeps its place in the tree */
    begin(t);
    report(t, TOP);
    assert_int_equal(t->model.n_units, 4);
}

static void a_red_number_of_a_unit_that_is_gone_is_its_successors_to_answer_for(void **state) {
    town *t = *state;
    int before[] = {A1};
    bms_words words = {.arena = t->arena, .language = "nb"};
    bms_day day = bms_day_of(2026, 8, 31);
    t->units[A1].to = bms_day_of(2026, 4, 30);
    t->units[A2].predecessors = before;
    t->units[A2].n_predecessors = 1;
    assert_string_equal(bms_words_answered_by(&words, &t->definition, A1, day), "A2 (tall fra A1)");
    assert_string_equal(bms_words_answered_by(&words, &t->definition, A2, day), "A2");
    assert_string_equal(bms_words_answered_by(&words, &t->definition, A1, bms_day_of(2026, 4, 30)), "A1");
    int later[] = {A2};
    t->units[A2].to = bms_day_of(2026, 6, 30);
    t->units[A4].predecessors = later; /* which has been taken over from itself */
    t->units[A4].n_predecessors = 1;
    assert_string_equal(bms_words_answered_by(&words, &t->definition, A1, day), "A4 (tall fra A1)");
    t->units[A3].predecessors = before; /* shared by two: it stays its own */
    t->units[A3].n_predecessors = 1;
    assert_string_equal(bms_words_answered_by(&words, &t->definition, A1, day), "A1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_merged_units_past_is_the_sum_of_those_it_took_over_from),
        TEST(half_of_a_merged_past_is_not_its_past),
        TEST(a_unit_that_took_over_in_may_answers_for_the_year_to_date),
        TEST(after_a_split_only_the_growth_of_both_together_is_known),
        TEST(a_merged_leader_has_all_units_that_were_below_both),
        TEST(a_moved_unit_counts_where_it_was_then),
        TEST(a_row_follows_the_tree_of_the_day_measured),
        TEST(the_year_of_a_closed_unit_is_in_that_of_the_unit_that_took_over_elsewhere),
        TEST(a_closed_unit_counts_above_while_it_was_there),
        TEST(a_unit_closed_in_the_year_stays_in_the_year_to_date_until_the_year_ends),
        TEST(a_unit_closed_the_year_before_or_with_a_successor_is_not_kept),
        TEST(a_merger_counts_nobody_twice_above),
        TEST(a_split_shows_the_shared_past_and_counts_it_once_above),
        TEST(a_change_follows_mergers_and_splits),
        TEST(the_year_of_what_is_counted_to_date_is_its_latest_number),
        TEST(no_run_of_reds_crosses_a_merger),
        TEST(a_leader_post_that_has_ended_with_its_units_is_not_listed),
        TEST(a_red_number_of_a_unit_that_is_gone_is_its_successors_to_answer_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
