/**
 * A small municipality whose reports are worked out by hand: units, calendar, indicators and targets, ways to
 * give answers, and a look at the report. All names and values are invented.
 */
#ifndef REPORT_TOWN_H
#define REPORT_TOWN_H

#include "tests/unit/close.h"

#include "core/report/changes.h"
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

static inline void set_units(town *t) {
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

static inline void set_calendar(town *t) {
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

static inline void set_indicator(town *t, int i, const char *code, enum bms_kind kind, enum bms_basis basis,
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

static inline void set_indicators(town *t) {
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
static inline void set_points(town *t) {
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

static inline int set_up(void **state) {
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

static inline int tear_down(void **state) {
    bms_arena_free(((town *)*state)->arena);
    return 0;
}

/* Giving answers, and looking at the report. */

static inline void begin_at(town *t, int form, bms_day made_on) {
    bms_error error = {0};
    assert_int_equal(bms_figures_new(t->arena, &t->definition, form, made_on, BMS_NONE, &t->figures, &error),
                     BMS_OK);
}

static inline void begin(town *t) {
    begin_at(t, T2_26, MADE_ON);
}

static inline void give_entry(town *t, int unit, int indicator, int period, bms_values answer,
                              const char *comment) {
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

static inline void give(town *t, int unit, int indicator, int period, double numerator, double denominator) {
    give_entry(t, unit, indicator, period,
               (bms_values){BMS_REPORTED,
                            {true, numerator},
                            {t->indicators[indicator].kind != BMS_YESNO, denominator}},
               "");
}

static inline void give_state(town *t, int unit, int indicator, int period, enum bms_state state) {
    give_entry(t, unit, indicator, period, (bms_values){.state = state}, "");
}

static inline const bms_report_model *report(town *t, int unit) {
    bms_error error = {0};
    bms_report_run run = {.figures = t->figures, .made_at = 86400LL * MADE_ON};
    assert_int_equal(bms_report_build(t->arena, &run, unit, 1, "nb", &t->model, &error), BMS_OK);
    return &t->model;
}

static inline const bms_report_indicator *shown(const town *t, int indicator) {
    for (size_t i = 0; i < t->model.n_indicators; i++) {
        if (t->model.indicators[i].index == indicator)
            return &t->model.indicators[i];
    }
    return NULL;
}

static inline void assert_result(bms_number number, double expected) {
    assert_true(number.known);
    assert_close(number.value, expected);
}

/** The words of a change, as in its cell: which way, against what, and the two numbers where they are needed.
 */
static inline const char *change_shown(town *t, int indicator) {
    bms_words words = {t->arena, "nb"};
    const bms_report_indicator *row = shown(t, indicator);
    return bms_arena_format(t->arena, "%s|%s|%s", bms_words_change(&words, &row->change),
                            bms_words_compared(&words, row->indicator, &row->change),
                            bms_words_same_units(&words, row->indicator, &row->change));
}

static inline const bms_report_unit *listed(const town *t, int unit) {
    for (size_t i = 0; i < t->model.n_units; i++) {
        if (t->model.units[i].unit == unit)
            return &t->model.units[i];
    }
    return NULL;
}

static inline void give_action(town *t, int unit, const char *linked_to, const char *text, const char *due,
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
