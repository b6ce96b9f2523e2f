/* What a unit had before, when units merge between a form and the end of the year it asks a forecast of. */
#include "tests/unit/close.h"

#include "core/base/error.h"
#include "core/check/before.h"

#include <string.h>

/* A and B became C on 1 October 2026. */
enum { A, B, C, N_UNITS };
enum { T2_2025, Y_2025, T2_2026, Y_2026, T2_2027, Y_2027, N_PERIODS };

struct merger {
    bms_arena *arena;
    bms_unit units[N_UNITS];
    bms_calendar_period calendar[N_PERIODS];
    bms_indicator indicator;
    bms_measuring_point points[3];
    bms_definition definition;
    bms_before *before;
};

static int predecessors[] = {A, B};

/** Each year's forecast is asked for in the form of the second tertial. */
static int begin(void **state) {
    static struct merger merger;
    static const char *const codes[] = {"2025-T2", "2025", "2026-T2", "2026", "2027-T2", "2027"};
    static const char *const units[] = {"A", "B", "C"};
    struct merger *m = &merger;
    bms_day day = bms_day_of(2026, 10, 1);
    *m = (struct merger){.arena = bms_arena_new()};
    for (int u = 0; u < N_UNITS; u++)
        m->units[u] = (bms_unit){.code = units[u],
                                 .name = units[u],
                                 .group = "",
                                 .from = BMS_NO_DAY,
                                 .to = u == C ? BMS_NO_DAY : day - 1};
    m->units[C].from = day;
    m->units[C].predecessors = predecessors;
    m->units[C].n_predecessors = 2;
    for (int p = 0; p < N_PERIODS; p++)
        assert_true(bms_period_parse(codes[p], &m->calendar[p].period));
    for (int i = 0; i < 3; i++)
        m->points[i] = (bms_measuring_point){.indicator = 0, .period = 2 * i + 1, .form = 2 * i};
    m->indicator = (bms_indicator){.code = "PRO", .kind = BMS_COUNT, .basis = BMS_FORECAST, .factor = 1};
    m->definition = (bms_definition){.units = m->units,
                                     .n_units = N_UNITS,
                                     .indicators = &m->indicator,
                                     .n_indicators = 1,
                                     .calendar = m->calendar,
                                     .n_calendar = N_PERIODS,
                                     .points = m->points,
                                     .n_points = 3};
    assert_int_equal(bms_before_new(m->arena, &m->definition, &m->before, NULL), BMS_OK);
    *state = m;
    return 0;
}

static int end(void **state) {
    bms_before_dispose(((struct merger *)*state)->before);
    bms_arena_free(((struct merger *)*state)->arena);
    return 0;
}

static void answer(struct merger *m, int unit, int period, double number) {
    const bms_values given = {BMS_REPORTED, {true, number}, {false, 0}};
    assert_true(bms_before_add(m->before, unit, 0, period, &given));
}

static bms_past_answer past(struct merger *m, int unit, int period, int seen_from) {
    bms_past_answer out;
    assert_true(bms_before_past(m->before, m->arena, unit, 0, period, seen_from, &out));
    return out;
}

static void a_forecast_asked_before_a_merger_is_compared_with_the_units_own(void **state) {
    struct merger *m = *state;
    answer(m, A, Y_2025, 100);
    bms_past_answer found = past(m, A, Y_2025, Y_2026); /* the form is of August, C begins in October */
    assert_true(found.known);
    assert_close(found.answer.numerator.value, 100);
    assert_null(found.units);
}

static void a_forecast_asked_before_a_merger_is_the_merged_units_past(void **state) {
    struct merger *m = *state;
    answer(m, A, Y_2026, 110);
    answer(m, B, Y_2026, 50);
    bms_past_answer found = past(m, C, Y_2026, Y_2027);
    assert_true(found.known);
    assert_close(found.answer.numerator.value, 160);
    assert_int_equal(found.n_units, 2);
}

/* Answers that are fetched when they are asked for */

/** What a source has been asked for. */
struct asked {
    struct merger *m;
    int times;
    int units[N_PERIODS * N_UNITS];
    enum bms_status status;
};

/** A and B have answered 10 and 20 in every period. */
static enum bms_status fetch(void *context, int unit, int indicator, int period, bms_error *error) {
    struct asked *asked = context;
    (void)indicator;
    asked->units[asked->times++] = unit;
    if (asked->status != BMS_OK)
        return bms_error_set(error, asked->status, "bms.db", "It is locked.");
    for (int u = A; u <= B; u++) {
        if (unit == BMS_NONE || unit == u)
            answer(asked->m, u, period, 10 * (u + 1));
    }
    return BMS_OK;
}

static void what_is_asked_for_is_fetched_once_and_no_more_than_that(void **state) {
    struct asked asked = {.m = *state};
    bms_before *before = asked.m->before;
    assert_true(bms_before_ask(before, (bms_before_source){&asked, fetch}));
    assert_close(bms_before_answer(before, B, 0, Y_2025)->numerator.value, 20);
    assert_close(bms_before_answer(before, B, 0, Y_2025)->numerator.value, 20);
    assert_null(bms_before_answer(before, C, 0, Y_2025));
    assert_int_equal(asked.times, 2);
    assert_int_equal(asked.units[0], B);
    assert_int_equal(asked.units[1], C);
    assert_close(past(asked.m, C, Y_2025, Y_2027).answer.numerator.value, 30);
    bms_before_prepare(before, 0, Y_2026);
    assert_int_equal(asked.units[asked.times - 1], BMS_NONE);
    int times = asked.times;
    assert_close(bms_before_answer(before, A, 0, Y_2026)->numerator.value, 10);
    assert_int_equal(asked.times, times);
    assert_int_equal(bms_before_status(before, NULL), BMS_OK);
}

static void a_source_that_fails_is_not_taken_for_no_answers(void **state) {
    struct asked asked = {.m = *state, .status = BMS_HISTORY_LOCKED};
    bms_error error = {0};
    assert_true(bms_before_ask(asked.m->before, (bms_before_source){&asked, fetch}));
    assert_null(bms_before_answer(asked.m->before, A, 0, Y_2025));
    assert_null(bms_before_answer(asked.m->before, B, 0, Y_2025));
    assert_int_equal(asked.times, 1);
    assert_int_equal(bms_before_status(asked.m->before, &error), BMS_HISTORY_LOCKED);
    assert_string_equal(error.message, "It is locked.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_forecast_asked_before_a_merger_is_compared_with_the_units_own,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_forecast_asked_before_a_merger_is_the_merged_units_past, begin,
                                        end),
        cmocka_unit_test_setup_teardown(what_is_asked_for_is_fetched_once_and_no_more_than_that, begin, end),
        cmocka_unit_test_setup_teardown(a_source_that_fails_is_not_taken_for_no_answers, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
