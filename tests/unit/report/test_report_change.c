/** Which way a result moved since the last time, and what it is compared with; worked out by hand. All names
 * and values are invented. */
#include "tests/unit/examples/report_town.h"

#include <string.h>

/* Change. */

static void the_year_to_date_is_compared_with_last_years(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, BUDGET, T2_25, 1050, 1000); /* 5 % */
    give(t, A1, BUDGET, T1_26, 500, 500);   /* 0 % */
    give(t, A1, BUDGET, T2_26, 1010, 1000); /* 1 %: lower than a year ago */
    give(t, A1, SICK, T1_25, 10, 100);
    give(t, A1, SICK, T2_25, 6, 100); /* 16 of 200 so far: 8 % */
    give(t, A1, SICK, T1_26, 4, 100);
    give(t, A1, SICK, T2_26, 7, 100); /* 11 of 200: 5.5 %, although the period alone is higher */
    report(t, A1);
    assert_int_equal(shown(t, BUDGET)->change.with, BMS_COMPARED_WITH_YEAR_TO_DATE);
    assert_string_equal(change_shown(t, BUDGET), "↓ bedre|i fjor|");
    assert_result(shown(t, SICK)->so_far_before.rolled.result, 8);
    assert_string_equal(change_shown(t, SICK), "↓ bedre|i fjor|");
}

static void without_the_same_parts_of_last_year_a_year_to_date_has_no_arrow(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T2_25, 6, 100); /* the first tertial was not reported */
    give(t, A1, SICK, T1_26, 4, 100);
    give(t, A1, SICK, T2_26, 8, 100);
    report(t, A1);
    assert_string_equal(change_shown(t, SICK), "||");
    begin(t);
    give(t, A1, SICK, T1_26, 4, 100);
    give(t, A1, SICK, T2_26, 8, 100); /* the year always grows: not compared with the first tertial */
    report(t, A1);
    assert_string_equal(change_shown(t, SICK), "||");
}

static void what_is_as_of_a_date_is_compared_with_last_year_else_with_the_last_time(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SURVEY, T1_25, 4.5, 20);
    give(t, A1, SURVEY, T1_26, 5.2, 20);
    report(t, A1);
    assert_string_equal(change_shown(t, SURVEY), "↑ bedre|i fjor|");

    t->indicators[SICK].basis = BMS_AS_OF;
    begin(t);
    give(t, A2, SICK, T2_25, 7, 100);
    give(t, A1, SICK, T1_26, 4, 100);
    give(t, A1, SICK, T2_26, 8, 100);
    report(t, A1);
    assert_false(bms_report_shows_year(shown(t, SICK)));
    assert_string_equal(change_shown(t, SICK), "↑ dårligere|sist 4,0|i fjor mangler");
}

static void a_forecast_is_compared_with_the_one_before_of_the_same_year(void **state) {
    town *t = *state;
    t->indicators[BUDGET].basis = BMS_FORECAST;
    begin(t);
    give(t, A1, BUDGET, T2_25, 1010, 1000);
    give(t, A1, BUDGET, T3_25, 1020, 1000);
    give(t, A1, BUDGET, T1_26, 1050, 1000);
    give(t, A1, BUDGET, T2_26, 1030, 1000);
    report(t, A1);
    assert_false(bms_report_shows_year(shown(t, BUDGET)));
    assert_string_equal(change_shown(t, BUDGET), "↓ bedre|forrige prognose 5,0|");
    begin(t);
    give(t, A1, BUDGET, T3_25, 1020, 1000); /* about another year */
    give(t, A1, BUDGET, T2_26, 1030, 1000);
    report(t, A1);
    assert_string_equal(change_shown(t, BUDGET), "||");
}

static void what_chance_or_rounding_explains_is_about_as_before(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, BUDGET, T2_25, 10502, 10000); /* 5.02 % */
    give(t, A1, BUDGET, T2_26, 10504, 10000);
    report(t, A1);
    assert_int_equal(shown(t, BUDGET)->change.direction, 0);
    assert_string_equal(change_shown(t, BUDGET), "omtrent som før|i fjor|");
}

static void only_units_that_answered_both_times_are_compared(void **state) {
    town *t = *state;
    begin(t);
    for (int u = A1; u <= A4; u++)
        give(t, u, BUDGET, T2_25, u == A1 || u == A2 ? 1100 : 1000, 1000); /* 10, 10, 0, 0 % */
    give(t, A3, BUDGET, T2_26, 1020, 1000);
    give(t, A4, BUDGET, T2_26, 1020,
         1000); /* all that answered grew, from 0 to 2 %; all there is fell from 5 */
    report(t, A);
    assert_string_equal(change_shown(t, BUDGET), "↑ dårligere|i fjor|0,0 → 2,0, samme 2 enheter");
    assert_int_equal(shown(t, BUDGET)->change.units, 2);
    assert_false(shown(t, BUDGET)->change.in_row);

    begin(t);
    give(t, A1, BUDGET, T2_25, 1100, 1000);
    give(t, A2, BUDGET, T2_25, 1100, 1000);
    give(t, A1, BUDGET, T2_26, 1000, 1000);
    give(t, A3, BUDGET, T2_26, 1000, 1000);
    give(t, A4, BUDGET, T2_26, 1000, 1000);
    report(t, A); /* 1 of 4 both times */
    assert_string_equal(change_shown(t, BUDGET), "|for få svar begge ganger|");
}

static void a_unit_counts_in_a_year_where_it_answered_the_same_parts_of_both(void **state) {
    town *t = *state;
    begin(t);
    for (int u = A1; u <= A4; u++) {
        give(t, u, SICK, T1_25, 10, 100);
        give(t, u, SICK, T2_25, 10, 100);
        give(t, u, SICK, T2_26, 8, 100);
        if (u != A4)
            give(t, u, SICK, T1_26, 8, 100);
    }
    report(t, A);
    assert_int_equal(shown(t, SICK)->change.units, 3);
    assert_true(shown(t, SICK)->change.in_row); /* 10 and 8 % of all too */
    assert_string_equal(change_shown(t, SICK), "↓ bedre|i fjor|");
}

/** An answer to what an indicator measured before it was changed. */
static void give_as(town *t, const bms_indicator *then, int unit, int indicator, int period, double numerator,
                    double denominator) {
    bms_stored_entry stored = {.unit = t->units[unit].code,
                               .form_period = t->calendar[period].period.code,
                               .revision = 1,
                               .current = true,
                               .entry = {.indicator = t->indicators[indicator].code,
                                         .period = t->calendar[period].period.code,
                                         .answer = {BMS_REPORTED, {true, numerator}, {true, denominator}},
                                         .comment = ""}};
    bms_figures_add_measured(t->figures, &stored, then);
}

static void nothing_is_compared_over_a_break(void **state) {
    town *t = *state;
    bms_words words = {t->arena, "nb"};
    begin(t);
    bms_indicator then = t->indicators[SICK];
    then.factor = 1000; /* another factor before: 50 of 1000 was 50, not 5 % */
    give_as(t, &then, A1, SICK, T2_25, 90, 1000);
    give_as(t, &then, A1, SICK, T1_26, 90, 1000);
    give(t, A1, SICK, T2_26, 60, 1000); /* 6 % */
    report(t, A1);
    const bms_report_indicator *row = shown(t, SICK);
    assert_result(row->now.rolled.result, 6);
    assert_result(row->so_far.rolled.result, 6); /* the first tertial measured something else */
    assert_false(row->last.there);
    assert_false(row->year_before.there);
    assert_int_equal(row->change.with, BMS_COMPARED_WITH_NOTHING);
    assert_string_equal(bms_words_change(&words, &row->change), "brudd");
    assert_int_equal(row->course_break, row->n_course - 1);
    assert_non_null(strstr(bms_words_course_of(&words, row), "brudd"));
}

static void what_a_year_to_date_added_is_not_counted_from_before_a_break(void **state) {
    town *t = *state;
    begin(t);
    bms_indicator then = t->indicators[BUDGET];
    then.factor = 1000;
    give(t, A1, BUDGET, T1_25, 1000, 1000);
    give_as(t, &then, A1, BUDGET, T2_25, 1500, 2000);
    give(t, A1, BUDGET, T3_25, 3300, 3000); /* 10 %; since T1 15 %, since T2 80 % */
    give(t, A1, BUDGET, T2_26, 2100, 2000);
    report(t, A1);
    const bms_report_indicator *row = shown(t, BUDGET);
    assert_int_equal(row->n_course, 5);
    assert_result(row->course[2], 10);
    assert_false(row->course[3].known); /* nobody reported the first tertial */
}

static void the_course_of_a_year_to_date_shows_what_each_period_added(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, BUDGET, T3_25, 3000, 3000);
    give(t, A1, BUDGET, T1_26, 1100, 1000); /* 10 % */
    give(t, A1, BUDGET, T2_26, 2100, 2000); /* 1000 of 1000 since: 0 % */
    report(t, A1);
    const bms_report_indicator *row = shown(t, BUDGET);
    assert_int_equal(row->n_course, 3); /* what was never carried out is no point */
    assert_false(row->course[0].known); /* what the last tertial of 2025 added is not known */
    assert_result(row->course[1], 10);
    assert_result(row->course[2], 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_year_to_date_is_compared_with_last_years),
        TEST(without_the_same_parts_of_last_year_a_year_to_date_has_no_arrow),
        TEST(what_is_as_of_a_date_is_compared_with_last_year_else_with_the_last_time),
        TEST(a_forecast_is_compared_with_the_one_before_of_the_same_year),
        TEST(what_chance_or_rounding_explains_is_about_as_before),
        TEST(only_units_that_answered_both_times_are_compared),
        TEST(a_unit_counts_in_a_year_where_it_answered_the_same_parts_of_both),
        TEST(nothing_is_compared_over_a_break),
        TEST(what_a_year_to_date_added_is_not_counted_from_before_a_break),
        TEST(the_course_of_a_year_to_date_shows_what_each_period_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
