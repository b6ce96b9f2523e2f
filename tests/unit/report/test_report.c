/** The report model: rolling up, periods, status, and the words for them; worked out by hand. All names and
 * values are invented. */
#include "tests/unit/examples/report_town.h"

/* Rolling up. */

static void a_leaders_result_is_the_sum_of_the_units_numbers_and_not_the_mean_of_their_results(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T2_26, 10, 100); /* 10 % */
    give(t, A2, SICK, T2_26, 30, 200); /* 15 % */
    give(t, A3, SICK, T2_26, 4, 100);  /* 4 % */
    give(t, A4, SICK, T2_26, 6, 100);  /* 6 % */
    report(t, A);
    const bms_report_indicator *row = shown(t, SICK);
    assert_result(row->now.rolled.result, 10.0); /* 50 of 500; the mean of the results is 8.75 */
    assert_int_equal(row->now.colour, BMS_RED);
    assert_int_equal(row->now.rolled.planned, 4);
    assert_int_equal(row->spread.n[BMS_RED], 2);
    assert_int_equal(row->spread.n[BMS_GREEN], 2);
    assert_int_equal(row->spread.lowest->unit, A3);
    assert_int_equal(row->spread.highest->unit, A2);
}

static void half_of_the_units_keep_the_colour_and_fewer_lose_it(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T2_26, 5, 100);
    give(t, A2, SICK, T2_26, 5, 100);
    report(t, A);
    assert_result(shown(t, SICK)->now.rolled.result, 5);
    assert_int_equal(shown(t, SICK)->now.colour, BMS_GREEN); /* 2 of 4, exactly the limit */

    begin(t);
    give(t, A1, SICK, T2_26, 5, 100);
    report(t, A);
    assert_result(shown(t, SICK)->now.rolled.result, 5);
    assert_int_equal(shown(t, SICK)->now.colour, BMS_NO_COLOUR); /* 1 of 4 */
}

static void not_applicable_leaves_the_planned_and_missing_stays(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T2_26, 5, 100);
    give_state(t, A2, SICK, T2_26, BMS_NOT_APPLICABLE);
    give_state(t, A3, SICK, T2_26, BMS_NOT_APPLICABLE);
    report(t, A);
    const bms_figure *figure = &shown(t, SICK)->now;
    assert_int_equal(figure->rolled.missing, 1);
    assert_int_equal(figure->colour, BMS_GREEN); /* 1 of 2 */
    bms_words words = {t->arena, "nb"};
    assert_string_equal(bms_words_coverage(&words, &figure->rolled), "1 av 2 enheter");
}

static void a_leader_without_any_answer_is_missing(void **state) {
    town *t = *state;
    begin(t);
    report(t, A);
    assert_true(shown(t, SICK)->now.there);
    assert_int_equal(shown(t, SICK)->now.rolled.answer.state, BMS_MISSING);
    assert_int_equal(shown(t, SICK)->now.colour, BMS_NO_COLOUR);
    assert_int_equal(t->model.n_by_colour[BMS_GREEN], 0);
}

static void a_leaders_own_answers_count_and_have_a_row_of_their_own(void **state) {
    town *t = *state;
    t->duty[SICK][A] = BMS_REQUIRED;
    begin(t);
    give(t, A, SICK, T2_26, 20, 100);
    give(t, A1, SICK, T2_26, 0, 100);
    give(t, A2, SICK, T2_26, 0, 100);
    report(t, A);
    assert_result(shown(t, SICK)->now.rolled.result, 20.0 / 3);
    assert_non_null(shown(t, SICK)->own);
    assert_true(t->model.units[0].parent);
    assert_true(t->model.units[1].own);
    assert_int_equal(t->model.units[1].unit, A);
    assert_result(t->model.units[1].figures[0].rolled.result, 20);
    assert_int_equal(t->model.n_units, 6);
}

static void the_municipality_gathers_all_levels(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T2_26, 10, 100);
    give(t, A2, SICK, T2_26, 10, 100);
    give(t, A3, SICK, T2_26, 10, 100);
    give(t, B, SICK, T2_26, 0, 100);
    report(t, TOP);
    assert_int_equal(t->model.kind, BMS_REPORT_MUNICIPALITY);
    assert_result(shown(t, SICK)->now.rolled.result, 7.5);
    assert_int_equal(shown(t, SICK)->now.colour, BMS_GREEN); /* exactly on the limit */
    assert_int_equal(t->model.units[1].unit, A);
    assert_result(t->model.units[1].figures[0].rolled.result, 10); /* the leader in the matrix is rolled up */
    assert_int_equal(t->model.units[1].figures[0].colour, BMS_RED);
}

static void an_optional_number_that_is_not_given_is_not_missing(void **state) {
    town *t = *state;
    t->duty[SICK][A3] = BMS_OPTIONAL;
    t->duty[SICK][A4] = BMS_OPTIONAL;
    begin(t);
    give(t, A1, SICK, T2_26, 10, 100);
    give(t, A2, SICK, T2_26, 10, 100);
    give(t, A3, SICK, T2_26, 40, 100);
    report(t, A);
    assert_int_equal(shown(t, SICK)->now.rolled.planned, 3);
    assert_result(shown(t, SICK)->now.rolled.result, 20);
}

/* Time. */

static void the_year_so_far_adds_up_what_happened_in_its_periods(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T3_25, 90, 100); /* last year's does not count */
    give(t, A1, SICK, T1_26, 9, 100);
    give(t, A1, SICK, T2_26, 6, 200);
    report(t, A1);
    assert_result(shown(t, SICK)->now.rolled.result, 3);
    assert_result(shown(t, SICK)->so_far.rolled.result, 5); /* 15 of 300 */
    assert_result(shown(t, SICK)->last.rolled.result, 9);
}

static void of_a_year_to_date_the_latest_replaces_the_earlier(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, BUDGET, T1_26, 1000, 1000);
    give(t, A1, BUDGET, T2_26, 2060, 2000);
    report(t, A1);
    assert_result(shown(t, BUDGET)->so_far.rolled.result, 3);
    assert_int_equal(shown(t, BUDGET)->so_far.colour, BMS_RED);
}

static void a_slow_indicator_shows_its_latest_result_with_its_period(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SURVEY, T1_25, 4.5, 20);
    give(t, A1, SURVEY, T1_26, 5.25, 12);
    report(t, A1);
    const bms_report_indicator *row = shown(t, SURVEY);
    assert_result(row->now.rolled.result, 5.25);
    assert_string_equal(row->now.period_name, "1. tertial 2026");
    assert_result(row->last.rolled.result, 4.5);
    assert_result(row->year_before.rolled.result, 4.5);
}

/** Also ask for an indicator of a period, in a form. */
static void ask(town *t, int indicator, int period, int form) {
    t->points[t->definition.n_points++] = (bms_measuring_point){
        .indicator = indicator, .period = period, .form = form, .duty = t->duty[indicator]};
}

static void a_report_has_all_that_ends_by_its_last_day(void **state) {
    town *t = *state;
    ask(t, SICK, DEC_26, DEC_26);
    ask(t, BUDGET, T3_26, T3_26);
    begin_at(t, T3_26, bms_day_of(2027, 1, 20));
    give(t, A1, SICK, T2_26, 5, 100);
    give(t, A1, SICK, DEC_26, 7, 100);
    report(t, A1);
    assert_string_equal(shown(t, SICK)->now.period_code, "2026-12");
    assert_string_equal(shown(t, SICK)->last.period_code, "2026-T2");
    assert_string_equal(shown(t, BUDGET)->now.period_code, "2026-T3");
}

static void what_another_form_asks_for_counts_once_answered_or_due(void **state) {
    town *t = *state;
    ask(t, SICK, DEC_26, DEC_26);
    ask(t, BUDGET, T3_26, T3_26);
    t->calendar[DEC_26].due = bms_day_of(2027, 1, 15);
    for (int late = 0; late < 2; late++) {
        begin_at(t, T3_26, bms_day_of(2027, 1, 15 + late));
        give(t, A1, SICK, T2_26, 5, 100);
        report(t, A1);
        assert_string_equal(shown(t, SICK)->now.period_code, late ? "2026-12" : "2026-T2");
        assert_int_equal(shown(t, SICK)->now.rolled.answer.state, late ? BMS_MISSING : BMS_REPORTED);
    }
}

static void a_year_of_tertials_is_not_made_of_months_that_others_are_asked_for(void **state) {
    town *t = *state;
    enum bms_duty months[UNITS] = {[A2] = BMS_REQUIRED};
    for (int i = 0; i < INDICATORS; i++)
        t->duty[i][A2] = BMS_NOT_ASKED;
    assert_true(bms_period_parse("2026-08", &t->calendar[T3_26].period)); /* ends with T2 */
    assert_true(bms_period_parse("2026-T3", &t->calendar[DEC_26].period));
    ask(t, SICK, T3_26, T3_26);
    t->points[t->definition.n_points - 1].duty = months;
    ask(t, SICK, DEC_26, DEC_26);
    begin_at(t, DEC_26, bms_day_of(2027, 1, 20));
    give(t, A1, SICK, DEC_26, 6, 100);
    give(t, A2, SICK, T3_26, 9, 100);
    give(t, A1, SICK, T2_26, 6, 100);
    give(t, A1, SICK, T1_26, 3, 100);
    report(t, A1);
    assert_string_equal(shown(t, SICK)->now.period_code, "2026-T3");
    assert_string_equal(shown(t, SICK)->last.period_code, "2026-T2");
    assert_result(shown(t, SICK)->so_far.rolled.result, 5);
}

static void a_point_that_is_not_due_is_not_missing_between_others(void **state) {
    town *t = *state;
    ask(t, SICK, T3_26, T3_26);
    t->calendar[T2_26].due = bms_day_of(2027, 2, 1);
    for (int late = 0; late < 2; late++) {
        begin_at(t, T3_26, bms_day_of(2027, 2, 1 + late));
        give(t, A1, SICK, T1_26, 5, 100);
        give(t, A1, SICK, T3_26, 6, 100);
        report(t, A1);
        assert_string_equal(shown(t, SICK)->last.period_code, late ? "2026-T2" : "2026-T1");
    }
}

static void a_measuring_point_that_nobody_answered_is_missing_and_not_skipped(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T3_25, 12, 100);
    give(t, A1, SICK, T2_26, 11, 100);
    report(t, A1);
    const bms_report_indicator *row = shown(t, SICK);
    assert_string_equal(row->last.period_code, "2026-T1");
    assert_int_equal(row->last.rolled.answer.state, BMS_MISSING);
    assert_int_equal(row->change.with, BMS_COMPARED_WITH_NOTHING);
    assert_int_equal(row->own->red_in_a_row, 1);
    assert_int_equal(row->n_course, 3);
    assert_false(row->course[1].known);
}

static void what_was_due_is_missing_where_an_indicator_was_never_answered_but_others_were(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T1_26, 5, 100);
    report(t, A1);
    assert_string_equal(shown(t, SURVEY)->now.period_code, "2026-T1");
    assert_false(shown(t, SURVEY)->last.there);
}

static void before_its_first_measuring_point_an_indicator_is_not_shown(void **state) {
    town *t = *state;
    for (size_t p = 0; p < t->definition.n_points; p++) {
        if (t->points[p].indicator == ROUND) {
            t->points[p].form = T3_26; /* asked for later */
        }
    }
    begin(t);
    give(t, A1, SICK, T1_26, 5, 100);
    report(t, A1);
    assert_null(shown(t, ROUND));
    assert_int_equal(t->model.n_indicators, 3);
}

static void before_anybody_answered_nothing_is_missing(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T2_25, 5, 100);
    give(t, A1, SICK, T2_26, 5, 100);
    report(t, A2);
    const bms_report_indicator *row = shown(t, SICK);
    assert_true(row->now.there); /* asked now: missing */
    assert_int_equal(row->now.rolled.answer.state, BMS_MISSING);
    assert_true(row->year_before.there); /* others answered then */
    assert_int_equal(row->year_before.rolled.answer.state, BMS_MISSING);
    assert_string_equal(row->last.period_name, "1. tertial 2026"); /* nobody reported it: missing */
    assert_int_equal(row->last.rolled.answer.state, BMS_MISSING);
    assert_false(shown(t, BUDGET)->year_before.there);
}

static void the_status_is_that_of_the_year_where_one_is_shown(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T1_26, 2, 100);
    give(t, A1, SICK, T2_26, 10, 100); /* red; 6 % so far is green */
    report(t, A1);
    const bms_report_indicator *row = shown(t, SICK);
    assert_int_equal(row->now.colour, BMS_RED);
    assert_int_equal(bms_report_status(row)->colour, BMS_GREEN);
    assert_int_equal(t->model.n_by_colour[BMS_RED], 0);
    assert_int_equal(t->model.n_by_colour[BMS_GREEN], 1);
}

static void without_the_latest_measurement_the_year_so_far_has_no_colour(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T1_26, 5, 100);
    give(t, A2, SICK, T1_26, 5, 100);
    report(t, A1);
    assert_result(shown(t, SICK)->so_far.rolled.result, 5);
    assert_int_equal(shown(t, SICK)->so_far.colour, BMS_NO_COLOUR);
    report(t, A);
    assert_int_equal(shown(t, SICK)->so_far.colour, BMS_NO_COLOUR);
}

static void a_report_is_wanted_where_someone_is_asked(void **state) {
    town *t = *state;
    for (int i = 0; i < INDICATORS; i++)
        t->duty[i][B] = BMS_NOT_ASKED;
    begin(t);
    assert_true(bms_report_wanted(t->figures, TOP));
    assert_true(bms_report_wanted(t->figures, A));
    assert_true(bms_report_wanted(t->figures, A4));
    assert_false(bms_report_wanted(t->figures, B));
}

/* Where a number came from. */

static void an_answer_keeps_comment_file_and_cell(void **state) {
    town *t = *state;
    begin(t);
    give_entry(t, A1, SICK, T2_26, (bms_values){BMS_REPORTED, {true, 5}, {true, 100}}, "Mest langtidsfravær");
    report(t, A1);
    const bms_stored_entry *source = shown(t, SICK)->own->source;
    assert_string_equal(source->entry.comment, "Mest langtidsfravær");
    assert_string_equal(source->file, "svar.xlsx");
    assert_string_equal(source->sheet, "Skjema");
    assert_string_equal(source->entry.numerator_cell, "C8");
    assert_string_equal(source->entry.denominator_cell, "E8");
}

/* What is known. */

static const char *said_of_red(town *t, bool *good) {
    bms_words words = {t->arena, "nb"};
    return bms_words_nothing_red(&words, &t->model, good);
}

static void nothing_known_is_never_good(void **state) {
    town *t = *state;
    bool good = true;
    begin(t);
    report(t, A);
    assert_string_equal(said_of_red(t, &good), "Ingen har levert: ingenting er kjent");
    assert_false(good);
    report(t, A1);
    assert_string_equal(said_of_red(t, &good), "Ikke levert: ingenting er kjent");
    assert_false(good);
    for (int u = A1; u <= A3; u++)
        give(t, u, SICK, T2_26, 5, 100);
    report(t, A);
    assert_string_equal(said_of_red(t, &good), "Ingenting er rødt blant de 3 som har levert");
    assert_false(good);
    report(t, A1);
    assert_string_equal(said_of_red(t, &good), "Ingenting er rødt av det som er svart");
    assert_false(good);
    give(t, A1, BUDGET, T2_26, 100, 100);
    give(t, A1, SURVEY, T1_26, 5, 10);
    give(t, A1, ROUND, T2_26, 1, 0);
    report(t, A1);
    assert_string_equal(said_of_red(t, &good), "Ingenting er rødt");
    assert_true(good);
}

static void a_report_before_the_periods_last_day_is_preliminary(void **state) {
    town *t = *state;
    bms_error error = {0};
    begin(t);
    for (int day = 30; day <= 31; day++) {
        bms_report_run run = {.figures = t->figures, .made_at = 86400LL * bms_day_of(2026, 8, day)};
        assert_int_equal(bms_report_build(t->arena, &run, A, 1, "nb", &t->model, &error), BMS_OK);
        assert_int_equal(t->model.preliminary, day == 30);
    }
}

static void an_answer_signed_before_what_it_measures_was_over_is_preliminary(void **state) {
    town *t = *state;
    bms_words words = {t->arena, "nb"};
    begin(t);
    for (int u = A1; u <= A3; u++) {
        bms_stored_entry early = {.unit = t->units[u].code,
                                  .form_period = "2026-T2",
                                  .current = true,
                                  .entry = {.indicator = "SICK",
                                            .period = "2026-T2",
                                            .answer = {BMS_REPORTED, {true, 5}, {true, 100}},
                                            .comment = ""},
                                  .signed_on = u == A3 ? "2026-08-31" : "2026-08-30"};
        bms_figures_add_entry(t->figures, &early);
    }
    report(t, A);
    assert_int_equal(shown(t, SICK)->n_preliminary, 2);
    assert_string_equal(bms_words_preliminary(&words, shown(t, SICK)), "2 foreløpige tall");
    assert_string_equal(bms_words_preliminary(&words, shown(t, BUDGET)), "");
    report(t, A1);
    assert_string_equal(bms_words_preliminary(&words, shown(t, SICK)), "foreløpig");
}

/* Words. */

static void
a_number_carried_over_several_points_keeps_its_source_and_is_shown_above_with_its_period(void **state) {
    town *t = *state;
    t->duty[SICK][A1] = BMS_OPTIONAL;
    begin(t);
    give(t, A2, SICK, T2_26, 5, 100);
    give(t, A2, SICK, T1_26, 6, 100);
    give(t, A2, SICK, T3_25, 7, 100);
    give_entry(t, A1, SICK, T2_25, (bms_values){BMS_REPORTED, {true, 4}, {true, 100}}, "Som avtalt.");
    report(t, A1);
    assert_string_equal(shown(t, SICK)->now.period_code, "2025-T2");
    assert_non_null(shown(t, SICK)->own->source);
    assert_string_equal(shown(t, SICK)->own->source->entry.comment, "Som avtalt.");
    report(t, A);
    size_t row = (size_t)(shown(t, SICK) - t->model.indicators);
    assert_string_equal(listed(t, A2)->figures[row].period_code, "2026-T2");
    assert_string_equal(listed(t, A1)->figures[row].period_code, "2025-T2");
    assert_result(listed(t, A1)->figures[row].rolled.result, 4);
    assert_int_equal(shown(t, SICK)->now.rolled.reported, 1); /* it is no part of the latest measurement */
}

static void only_a_units_latest_source_is_kept(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T2_26, 5, 100);
    give(t, A1, SICK, T1_26, 6, 100);
    assert_non_null(
        bms_figures_answer(t->figures, bms_definition_point(&t->definition, SICK, T2_26), A1)->source);
    assert_null(
        bms_figures_answer(t->figures, bms_definition_point(&t->definition, SICK, T1_26), A1)->source);
}

static void a_deviation_is_given_in_kroner(void **state) {
    town *t = *state;
    bms_words words = {t->arena, "nb"};
    begin(t);
    give(t, A1, BUDGET, T2_26, 106200, 100000);
    give(t, A2, BUDGET, T2_26, 985, 1000);
    give(t, A3, BUDGET, T2_26, 1000, 1000);
    report(t, A);
    const bms_report_answer *answers = shown(t, BUDGET)->answers;
    const bms_indicator *budget = &t->indicators[BUDGET];
    assert_string_equal(bms_words_amount(&words, budget, &answers[0].now), "6,2\u00A0mill. kr merforbruk");
    assert_string_equal(bms_words_amount(&words, budget, &answers[1].now),
                        "15\u00A0000\u00A0kr mindreforbruk");
    assert_string_equal(bms_words_amount(&words, budget, &answers[2].now), "i balanse");
    assert_string_equal(bms_words_amount(&words, budget, &answers[3].now), "");
}

static void targets_show_which_way_is_good(void **state) {
    town *t = *state;
    bms_words words = {t->arena, "nb"};
    begin(t);
    give(t, A1, ROUND, T2_26, 1, 0);
    give(t, A1, SURVEY, T1_26, 5, 20);
    report(t, A1);
    assert_string_equal(bms_words_target(&words, &t->indicators[SICK], &shown(t, SICK)->now),
                        "≤\u00A07,5\u00A0%");
    assert_string_equal(bms_words_target(&words, &t->indicators[SURVEY], &shown(t, SURVEY)->now), "≥\u00A05");
    assert_string_equal(bms_words_target(&words, &t->indicators[ROUND], &shown(t, ROUND)->now), "Ja");
}

static void a_relative_target_names_what_it_rests_on(void **state) {
    town *t = *state;
    bms_words words = {t->arena, "nb"};
    bms_reference_value reference = {
        .series = "PAI", .source = "KS", .group = "", .value = 8.7, .published = bms_day_of(2026, 3, 1)};
    assert_true(bms_period_parse("2025", &reference.period));
    t->definition.references = &reference;
    t->definition.n_references = 1;
    t->targets[SICK].series = "PAI";
    t->targets[SICK].offset = BMS_PERCENTAGE_POINTS;
    t->targets[SICK].limits.green = -1;
    t->targets[SICK].limits.red = 1;
    begin(t);
    report(t, A1);
    assert_string_equal(bms_words_target(&words, &t->indicators[SICK], &shown(t, SICK)->now),
                        "≤\u00A07,7\u00A0%");
    assert_string_equal(bms_words_target_source(&words, shown(t, SICK)),
                        "PAI 8,7 (2025, publisert 01.03.2026) minus 1 prosentpoeng");
}

static void a_course_needs_three_results(void **state) {
    town *t = *state;
    bms_words words = {t->arena, "nb"};
    const bms_number points[] = {{true, 1}, {false, 0}, {true, 8}, {true, 4.4}};
    assert_string_equal(bms_words_course(&words, points, 4), "▁·█▄");
    assert_string_equal(bms_words_course(&words, points, 3), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_leaders_result_is_the_sum_of_the_units_numbers_and_not_the_mean_of_their_results),
        TEST(half_of_the_units_keep_the_colour_and_fewer_lose_it),
        TEST(not_applicable_leaves_the_planned_and_missing_stays),
        TEST(a_leader_without_any_answer_is_missing),
        TEST(a_leaders_own_answers_count_and_have_a_row_of_their_own),
        TEST(the_municipality_gathers_all_levels),
        TEST(an_optional_number_that_is_not_given_is_not_missing),
        TEST(the_year_so_far_adds_up_what_happened_in_its_periods),
        TEST(of_a_year_to_date_the_latest_replaces_the_earlier),
        TEST(a_slow_indicator_shows_its_latest_result_with_its_period),
        TEST(a_report_has_all_that_ends_by_its_last_day),
        TEST(what_another_form_asks_for_counts_once_answered_or_due),
        TEST(a_year_of_tertials_is_not_made_of_months_that_others_are_asked_for),
        TEST(a_point_that_is_not_due_is_not_missing_between_others),
        TEST(a_measuring_point_that_nobody_answered_is_missing_and_not_skipped),
        TEST(what_was_due_is_missing_where_an_indicator_was_never_answered_but_others_were),
        TEST(before_its_first_measuring_point_an_indicator_is_not_shown),
        TEST(before_anybody_answered_nothing_is_missing),
        TEST(the_status_is_that_of_the_year_where_one_is_shown),
        TEST(without_the_latest_measurement_the_year_so_far_has_no_colour),
        TEST(a_report_is_wanted_where_someone_is_asked),
        TEST(an_answer_keeps_comment_file_and_cell),
        TEST(nothing_known_is_never_good),
        TEST(a_report_before_the_periods_last_day_is_preliminary),
        TEST(an_answer_signed_before_what_it_measures_was_over_is_preliminary),
        TEST(a_number_carried_over_several_points_keeps_its_source_and_is_shown_above_with_its_period),
        TEST(only_a_units_latest_source_is_kept),
        TEST(a_deviation_is_given_in_kroner),
        TEST(targets_show_which_way_is_good),
        TEST(a_relative_target_names_what_it_rests_on),
        TEST(a_course_needs_three_results),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
