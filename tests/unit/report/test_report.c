/* The report model, with numbers worked out by hand. All names and values are invented. */
#include "tests/unit/close.h"

#include "core/report/changes.h"
#include "core/report/said.h"
#include "core/report/words.h"

#include <string.h>

/* TOP has the leader A with a1 to a4 below, and b right under it. */
enum { TOP, A, A1, A2, A3, A4, B, UNITS };
#define MADE_ON bms_day_of(2026, 9, 22)

enum { T1_25, T2_25, T3_25, T1_26, T2_26, T3_26, DEC_26, PERIODS };
enum { SICK, BUDGET, SURVEY, ROUND, INDICATORS };

typedef struct town {
    bms_arena *arena;
    bms_definition definition;
    bms_unit units[UNITS];
    bms_calendar_period calendar[PERIODS];
    bms_indicator indicators[INDICATORS];
    bms_placement placements[INDICATORS];
    bms_target targets[INDICATORS];
    bms_measuring_point points[INDICATORS * PERIODS];
    enum bms_duty duty[INDICATORS][UNITS];
    bms_planned_action planned[1];
    bms_figures *figures;
    bms_report_model model;
} town;

static bms_scorecard card = {.code = "ADM", .name = "Kort", .from = BMS_NO_DAY, .to = BMS_NO_DAY};
static bms_focus_area area = {.code = "ALT", .scorecard = 0, .name = "Medarbeidere", .goal = ""};
static bms_criterion criterion = {.code = "KRI", .focus_area = 0, .name = "Nærvær"};

static void set_units(town *t) {
    static const char *const codes[UNITS] = {"TOP", "A", "A1", "A2", "A3", "A4", "B"};
    static const int parents[UNITS] = {BMS_NONE, TOP, A, A, A, A, TOP};
    for (int u = 0; u < UNITS; u++) {
        t->units[u] = (bms_unit){.code = codes[u],
                                 .name = codes[u],
                                 .parent = parents[u],
                                 .group = "",
                                 .leader = "",
                                 .language = "",
                                 .from = BMS_NO_DAY,
                                 .to = BMS_NO_DAY};
    }
    t->definition.units = t->units;
    t->definition.n_units = UNITS;
}

static void set_calendar(town *t) {
    static const char *const codes[PERIODS] = {"2025-T1", "2025-T2", "2025-T3", "2026-T1",
                                               "2026-T2", "2026-T3", "2026-12"};
    for (int p = 0; p < PERIODS; p++) {
        t->calendar[p] =
            (bms_calendar_period){.name = "", .sent = BMS_NO_DAY, .due = BMS_NO_DAY, .closes = BMS_NO_DAY};
        assert_true(bms_period_parse(codes[p], &t->calendar[p].period));
    }
    t->definition.calendar = t->calendar;
    t->definition.n_calendar = PERIODS;
}

static void set_indicator(town *t, int i, const char *code, enum bms_kind kind, enum bms_basis basis,
                          enum bms_better better, double green, double red) {
    bms_number_ref none = {BMS_NONE, BMS_NUMERATOR};
    t->indicators[i] = (bms_indicator){
        .code = code,
        .name = code,
        .kind = kind,
        .numerator = {.question = "?", .unit_of_measure = "1000 kroner", .same_as = none, .part_of = none},
        .denominator = {.question = "?", .unit_of_measure = "1000 kroner", .same_as = none, .part_of = none},
        .factor = 100,
        .decimals = 1,
        .basis = basis,
        .better = better,
        .unit_of_result = kind == BMS_MEAN ? "" : "%",
        .persons = none,
        .source = "",
        .guidance = "",
        .from = BMS_NO_DAY,
        .least_coverage = 0.5};
    t->placements[i] = (bms_placement){.scorecard = 0, .criterion = 0, .indicator = i, .order = i};
    t->targets[i] = (bms_target){.indicator = i,
                                 .scope = BMS_FOR_ALL,
                                 .group = "",
                                 .unit = BMS_NONE,
                                 .limits = {.known = true, .better = better, .green = green, .red = red},
                                 .series = "",
                                 .from = BMS_NO_DAY,
                                 .decided = ""};
}

static void set_indicators(town *t) {
    set_indicator(t, SICK, "SICK", BMS_SHARE, BMS_IN_PERIOD, BMS_DOWN, 7.5, 9.5);
    set_indicator(t, BUDGET, "BUDGET", BMS_DEVIATION, BMS_YEAR_TO_DATE, BMS_DOWN, 0, 2);
    set_indicator(t, SURVEY, "SURVEY", BMS_MEAN, BMS_AS_OF, BMS_UP, 5, 4);
    set_indicator(t, ROUND, "ROUND", BMS_YESNO, BMS_YEAR_TO_DATE, BMS_UP, 100, 90);
    t->definition.indicators = t->indicators;
    t->definition.n_indicators = INDICATORS;
    t->definition.placements = t->placements;
    t->definition.n_placements = INDICATORS;
    t->definition.targets = t->targets;
    t->definition.n_targets = INDICATORS;
    t->definition.scorecards = &card;
    t->definition.n_scorecards = 1;
    t->definition.focus_areas = &area;
    t->definition.n_focus_areas = 1;
    t->definition.criteria = &criterion;
    t->definition.n_criteria = 1;
}

/** The leaves are asked for everything each tertial; the survey only in the first of each year. */
static void set_points(town *t) {
    size_t n = 0;
    for (int i = 0; i < INDICATORS; i++) {
        for (int u = A1; u < UNITS; u++)
            t->duty[i][u] = BMS_REQUIRED;
    }
    for (int p = 0; p <= T2_26; p++) {
        for (int i = 0; i < INDICATORS; i++) {
            if (i != SURVEY || p == T1_25 || p == T1_26) {
                t->points[n++] =
                    (bms_measuring_point){.indicator = i, .period = p, .form = p, .duty = t->duty[i]};
            }
        }
    }
    t->definition.points = t->points;
    t->definition.n_points = n;
}

static int set_up(void **state) {
    static town t;
    t = (town){.arena = bms_arena_new()};
    assert_non_null(t.arena);
    t.definition.version = 1;
    t.definition.municipality = (bms_municipality){.name = "Prøve",
                                                   .number = "0999",
                                                   .language = "nb",
                                                   .coordinator = "",
                                                   .reply_to = "",
                                                   .least_persons = 5};
    set_units(&t);
    set_calendar(&t);
    set_indicators(&t);
    set_points(&t);
    *state = &t;
    return 0;
}

static int tear_down(void **state) {
    bms_arena_free(((town *)*state)->arena);
    return 0;
}

/* Giving answers, and looking at the report. */

static void begin_at(town *t, int form, bms_day made_on) {
    bms_error error = {0};
    assert_int_equal(bms_figures_new(t->arena, &t->definition, form, made_on, &t->figures, &error), BMS_OK);
}

static void begin(town *t) {
    begin_at(t, T2_26, MADE_ON);
}

static void give_entry(town *t, int unit, int indicator, int period, bms_values answer, const char *comment) {
    bms_stored_entry stored = {.unit = t->units[unit].code,
                               .form_period = t->calendar[period].period.code,
                               .revision = 1,
                               .current = true,
                               .entry = {.indicator = t->indicators[indicator].code,
                                         .period = t->calendar[period].period.code,
                                         .answer = answer,
                                         .comment = comment,
                                         .numerator_cell = "C8",
                                         .denominator_cell = "E8"},
                               .sheet = "Skjema",
                               .file = "svar.xlsx"};
    bms_figures_add_entry(t->figures, &stored);
}

static void give(town *t, int unit, int indicator, int period, double numerator, double denominator) {
    give_entry(t, unit, indicator, period,
               (bms_values){BMS_REPORTED,
                            {true, numerator},
                            {t->indicators[indicator].kind != BMS_YESNO, denominator}},
               "");
}

static void give_state(town *t, int unit, int indicator, int period, enum bms_state state) {
    give_entry(t, unit, indicator, period, (bms_values){.state = state}, "");
}

static const bms_report_model *report(town *t, int unit) {
    bms_error error = {0};
    bms_report_run run = {.figures = t->figures, .made_at = 86400LL * MADE_ON};
    assert_int_equal(bms_report_build(t->arena, &run, unit, 1, "nb", &t->model, &error), BMS_OK);
    return &t->model;
}

static const bms_report_indicator *shown(const town *t, int indicator) {
    for (size_t i = 0; i < t->model.n_indicators; i++) {
        if (t->model.indicators[i].index == indicator)
            return &t->model.indicators[i];
    }
    return NULL;
}

static void assert_result(bms_number number, double expected) {
    assert_true(number.known);
    assert_close(number.value, expected);
}

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

/* Change. */

/** The words of a change, as in its cell: which way, against what, and the two numbers where they are needed.
 */
static const char *said(town *t, int indicator) {
    bms_words words = {t->arena, "nb"};
    const bms_report_indicator *row = shown(t, indicator);
    return bms_arena_format(t->arena, "%s|%s|%s", bms_words_change(&words, &row->change),
                            bms_words_compared(&words, row->indicator, &row->change),
                            bms_words_same_units(&words, row->indicator, &row->change));
}

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
    assert_string_equal(said(t, BUDGET), "↓ bedre|i fjor|");
    assert_result(shown(t, SICK)->so_far_before.rolled.result, 8);
    assert_string_equal(said(t, SICK), "↓ bedre|i fjor|");
}

static void without_the_same_parts_of_last_year_a_year_to_date_has_no_arrow(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SICK, T2_25, 6, 100); /* the first tertial was not reported */
    give(t, A1, SICK, T1_26, 4, 100);
    give(t, A1, SICK, T2_26, 8, 100);
    report(t, A1);
    assert_string_equal(said(t, SICK), "||");
    begin(t);
    give(t, A1, SICK, T1_26, 4, 100);
    give(t, A1, SICK, T2_26, 8, 100); /* the year always grows: not compared with the first tertial */
    report(t, A1);
    assert_string_equal(said(t, SICK), "||");
}

static void what_is_as_of_a_date_is_compared_with_last_year_else_with_the_last_time(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, SURVEY, T1_25, 4.5, 20);
    give(t, A1, SURVEY, T1_26, 5.2, 20);
    report(t, A1);
    assert_string_equal(said(t, SURVEY), "↑ bedre|i fjor|");

    t->indicators[SICK].basis = BMS_AS_OF;
    begin(t);
    give(t, A2, SICK, T2_25, 7, 100);
    give(t, A1, SICK, T1_26, 4, 100);
    give(t, A1, SICK, T2_26, 8, 100);
    report(t, A1);
    assert_false(bms_report_shows_year(shown(t, SICK)));
    assert_string_equal(said(t, SICK), "↑ dårligere|sist 4,0|i fjor mangler");
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
    assert_string_equal(said(t, BUDGET), "↓ bedre|forrige prognose 5,0|");
    begin(t);
    give(t, A1, BUDGET, T3_25, 1020, 1000); /* about another year */
    give(t, A1, BUDGET, T2_26, 1030, 1000);
    report(t, A1);
    assert_string_equal(said(t, BUDGET), "||");
}

static void what_chance_or_rounding_explains_is_about_as_before(void **state) {
    town *t = *state;
    begin(t);
    give(t, A1, BUDGET, T2_25, 10502, 10000); /* 5.02 % */
    give(t, A1, BUDGET, T2_26, 10504, 10000);
    report(t, A1);
    assert_int_equal(shown(t, BUDGET)->change.direction, 0);
    assert_string_equal(said(t, BUDGET), "omtrent som før|i fjor|");
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
    assert_string_equal(said(t, BUDGET), "↑ dårligere|i fjor|0,0 → 2,0, samme 2 enheter");
    assert_int_equal(shown(t, BUDGET)->change.units, 2);
    assert_false(shown(t, BUDGET)->change.in_row);

    begin(t);
    give(t, A1, BUDGET, T2_25, 1100, 1000);
    give(t, A2, BUDGET, T2_25, 1100, 1000);
    give(t, A1, BUDGET, T2_26, 1000, 1000);
    give(t, A3, BUDGET, T2_26, 1000, 1000);
    give(t, A4, BUDGET, T2_26, 1000, 1000);
    report(t, A); /* 1 of 4 both times */
    assert_string_equal(said(t, BUDGET), "|for få svar begge ganger|");
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
    assert_string_equal(said(t, SICK), "↓ bedre|i fjor|");
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

static const bms_report_unit *listed(const town *t, int unit) {
    for (size_t i = 0; i < t->model.n_units; i++) {
        if (t->model.units[i].unit == unit)
            return &t->model.units[i];
    }
    return NULL;
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
    assert_string_equal(said(t, BUDGET), "↓ bedre|i fjor|");
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
    assert_string_equal(said(t, BUDGET), "↓ bedre|i fjor|");
    begin(t);
    give(t, A1, BUDGET, T2_25, 1100, 1000);
    give(t, A4, BUDGET, T2_25, 1000, 1000);
    give(t, A2, BUDGET, T2_26, 520, 500); /* A3 has not answered: neither counts */
    give(t, A4, BUDGET, T2_26, 1000, 1000);
    report(t, A);
    assert_int_equal(shown(t, BUDGET)->change.units, 1);
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

static void give_action(town *t, int unit, const char *linked_to, const char *text, const char *due,
                        const char *status) {
    bms_stored_action stored = {.unit = t->units[unit].code,
                                .form_period = "2026-T2",
                                .action = {.number = "1",
                                           .linked_to = linked_to,
                                           .text = text,
                                           .responsible = "",
                                           .due = due,
                                           .status = status}};
    bms_figures_add_action(t->figures, &stored);
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
    t->units[A3].predecessors = before; /* shared by two: it stays its own */
    t->units[A3].n_predecessors = 1;
    assert_string_equal(bms_words_answered_by(&words, &t->definition, A1, day), "A1");
}

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
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
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
        TEST(the_year_to_date_is_compared_with_last_years),
        TEST(without_the_same_parts_of_last_year_a_year_to_date_has_no_arrow),
        TEST(what_is_as_of_a_date_is_compared_with_last_year_else_with_the_last_time),
        TEST(a_forecast_is_compared_with_the_one_before_of_the_same_year),
        TEST(what_chance_or_rounding_explains_is_about_as_before),
        TEST(only_units_that_answered_both_times_are_compared),
        TEST(a_unit_counts_in_a_year_where_it_answered_the_same_parts_of_both),
        TEST(a_change_follows_mergers_and_splits),
        TEST(the_status_is_that_of_the_year_where_one_is_shown),
        TEST(nothing_is_compared_over_a_break),
        TEST(what_a_year_to_date_added_is_not_counted_from_before_a_break),
        TEST(a_merged_units_past_is_the_sum_of_those_it_took_over_from),
        TEST(a_unit_closed_in_the_year_stays_in_the_year_to_date_until_the_year_ends),
        TEST(a_unit_closed_the_year_before_or_with_a_successor_is_not_kept),
        TEST(a_merger_counts_nobody_twice_above),
        TEST(a_split_shows_the_shared_past_and_counts_it_once_above),
        TEST(half_of_a_merged_past_is_not_its_past),
        TEST(a_unit_that_took_over_in_may_answers_for_the_year_to_date),
        TEST(after_a_split_only_the_growth_of_both_together_is_known),
        TEST(a_merged_leader_has_all_units_that_were_below_both),
        TEST(a_moved_unit_counts_where_it_was_then),
        TEST(a_row_follows_the_tree_of_the_day_measured),
        TEST(the_year_of_a_closed_unit_is_in_that_of_the_unit_that_took_over_elsewhere),
        TEST(a_closed_unit_counts_above_while_it_was_there),
        TEST(the_course_of_a_year_to_date_shows_what_each_period_added),
        TEST(before_anybody_answered_nothing_is_missing),
        TEST(without_the_latest_measurement_the_year_so_far_has_no_colour),
        TEST(a_run_of_reds_ends_where_it_was_not_red),
        TEST(what_is_red_follows_the_status_of_the_units_own_row),
        TEST(the_range_and_the_list_of_units_are_of_the_year_where_the_row_shows_it),
        TEST(no_run_of_reds_crosses_a_merger),
        TEST(a_red_result_is_shown_with_its_action),
        TEST(an_action_is_overdue_from_the_day_after_it_was_due),
        TEST(a_units_own_version_of_an_action_replaces_the_setups),
        TEST(every_unit_is_listed_with_how_far_it_has_come),
        TEST(a_leader_post_that_has_ended_with_its_units_is_not_listed),
        TEST(a_red_number_of_a_unit_that_is_gone_is_its_successors_to_answer_for),
        TEST(the_same_said_again_has_the_same_hash),
        TEST(the_figures_of_the_reports_own_unit_are_kept),
        TEST(what_is_worked_out_otherwise_is_no_correction),
        TEST(a_number_is_compared_with_what_was_said),
        TEST(a_later_measurement_is_no_correction),
        TEST(a_report_is_wanted_where_someone_is_asked),
        TEST(an_answer_keeps_comment_file_and_cell),
        TEST(a_number_carried_over_several_points_keeps_its_source_and_is_shown_above_with_its_period),
        TEST(only_a_units_latest_source_is_kept),
        TEST(nothing_known_is_never_good),
        TEST(a_report_before_the_periods_last_day_is_preliminary),
        TEST(an_answer_signed_before_what_it_measures_was_over_is_preliminary),
        TEST(a_deviation_is_given_in_kroner),
        TEST(targets_show_which_way_is_good),
        TEST(a_relative_target_names_what_it_rests_on),
        TEST(a_course_needs_three_results),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
