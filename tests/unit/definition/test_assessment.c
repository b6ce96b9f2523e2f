/** Whose limit a figure takes, and why it has no colour. All units and limits are invented. */
#include "tests/unit/close.h"

#include "core/definition/assessment.h"

#include <string.h>

enum { TOP, A, B, C, N_UNITS };
enum { T2, T3, YEAR, N_PERIODS };

struct town {
    bms_unit units[N_UNITS];
    bms_calendar_period calendar[N_PERIODS];
    enum bms_duty duty[N_UNITS];
    bms_measuring_point point;
    bms_indicator indicator;
    bms_target targets[4];
    bms_definition definition;
    bms_part parts[6];
    bms_rolled rolled;
    bms_assessed figure;
};

static struct town made;

/** A municipality with three units, the first two of one group; the figure is of the second tertial. */
static void town(enum bms_kind kind, enum bms_better better) {
    made = (struct town){0};
    for (int u = 0; u < N_UNITS; u++) {
        made.units[u] = (bms_unit){
            .from = BMS_NO_DAY, .to = BMS_NO_DAY, .parent = u == TOP ? BMS_NONE : TOP, .group = ""};
        made.duty[u] = u == TOP ? BMS_NOT_ASKED : BMS_REQUIRED;
    }
    made.units[A].group = made.units[B].group = "barnehage";
    assert_true(bms_period_parse("2026-T2", &made.calendar[T2].period));
    assert_true(bms_period_parse("2026-T3", &made.calendar[T3].period));
    assert_true(bms_period_parse("2026", &made.calendar[YEAR].period));
    made.point = (bms_measuring_point){.period = T2, .form = T2, .duty = made.duty};
    made.indicator = (bms_indicator){.kind = kind,
                                     .better = better,
                                     .basis = BMS_IN_PERIOD,
                                     .factor = bms_kind_of(kind)->factor,
                                     .least_coverage = 0.5,
                                     .from = BMS_NO_DAY,
                                     .numerator.least = {!bms_kind_of(kind)->net, 0}};
    made.definition = (bms_definition){.units = made.units,
                                       .n_units = N_UNITS,
                                       .calendar = made.calendar,
                                       .n_calendar = N_PERIODS,
                                       .indicators = &made.indicator,
                                       .n_indicators = 1,
                                       .targets = made.targets};
    made.figure = (bms_assessed){.definition = &made.definition,
                                 .point = &made.point,
                                 .indicator = &made.indicator,
                                 .unit = TOP,
                                 .below = true,
                                 .parts = made.parts,
                                 .rolled = &made.rolled,
                                 .latest = &made.rolled};
}

static void target(enum bms_scope scope, const char *group, int unit, enum bms_applies applies, double green,
                   double red) {
    made.targets[made.definition.n_targets++] = (bms_target){.scope = scope,
                                                             .group = group,
                                                             .unit = unit,
                                                             .applies = applies,
                                                             .limits = {.known = true,
                                                                        .better = made.indicator.better,
                                                                        .green = green,
                                                                        .red = red,
                                                                        .green_to = green,
                                                                        .red_to = red},
                                                             .series = "",
                                                             .from = BMS_NO_DAY};
}

static void for_all(enum bms_applies applies, double green, double red) {
    target(BMS_FOR_ALL, "", BMS_NONE, applies, green, red);
}

static void answered(int unit, double numerator, double denominator) {
    made.parts[made.figure.n++] =
        (bms_part){.unit = unit,
                   .answer = {BMS_REPORTED,
                              {true, numerator},
                              {bms_kind_of(made.indicator.kind)->has_denominator, denominator}}};
}

static void silent(int unit, enum bms_state state, bool voluntary) {
    made.parts[made.figure.n++] =
        (bms_part){.unit = unit, .answer = {.state = state}, .voluntary = voluntary};
}

/** The colour, or why there is none, as one word to compare. */
static const char *judged(void) {
    made.rolled = made.figure.below ? bms_roll_up(&made.indicator, made.parts, made.figure.n)
                                    : bms_roll_up_as_one(&made.indicator, made.parts, made.figure.n);
    bms_assessment found = bms_assess(&made.figure);
    return found.colour == BMS_NO_COLOUR ? bms_why_word(found.why) : bms_colour_name(found.colour);
}

static void a_sum_over_units_takes_no_limit_of_one_unit(void **state) {
    (void)state;
    town(BMS_COUNT, BMS_DOWN);
    for_all(BMS_ONE_UNIT, 5, 10);
    answered(A, 4, 0);
    answered(B, 4, 0);
    assert_string_equal(judged(), "without target");
    for_all(BMS_TOGETHER, 7, 20);
    assert_string_equal(judged(), "yellow");
    target(BMS_FOR_UNIT, "", TOP, BMS_ONE_UNIT, 8, 9);
    assert_string_equal(judged(), "green");
}

static void together_for_all_is_the_sum_of_the_top_alone(void **state) {
    (void)state;
    town(BMS_COUNT, BMS_DOWN);
    for_all(BMS_TOGETHER, 7, 20);
    made.figure.unit = A;
    made.units[B].parent = A;
    made.units[C].parent = A;
    answered(B, 4, 0);
    answered(C, 4, 0);
    assert_string_equal(judged(), "without target");
    for_all(BMS_ONE_UNIT, 2, 3);
    made.figure.n = 1; /* a single unit below it is no sum, and still not the top's */
    assert_string_equal(judged(), "red");
}

static void a_sum_of_a_single_unit_is_its_own_value(void **state) {
    (void)state;
    town(BMS_COUNT, BMS_DOWN);
    for_all(BMS_ONE_UNIT, 5, 10);
    answered(A, 4, 0);
    assert_string_equal(judged(), "green");
}

static void none_anywhere_holds_for_sums_too(void **state) {
    (void)state;
    town(BMS_COUNT, BMS_DOWN);
    for_all(BMS_ONE_UNIT, 0, 0);
    answered(A, 1, 0);
    answered(B, 0, 0);
    assert_string_equal(judged(), "red");
    made.parts[0].answer.numerator.value = 0;
    assert_string_equal(judged(), "green");
    made.indicator.numerator.least.value = -10;
    assert_string_equal(judged(), "without target");
}

static void a_share_over_units_takes_the_limit_for_all(void **state) {
    (void)state;
    town(BMS_SHARE, BMS_UP);
    for_all(BMS_ONE_UNIT, 80, 60);
    answered(A, 90, 100);
    answered(B, 80, 100);
    assert_string_equal(judged(), "green");
    for_all(BMS_TOGETHER, 86, 60);
    assert_string_equal(judged(), "yellow");
}

static void units_with_the_same_limits_lend_them_to_their_parent(void **state) {
    (void)state;
    town(BMS_SHARE, BMS_UP);
    target(BMS_FOR_GROUP, "barnehage", BMS_NONE, BMS_ONE_UNIT, 80, 60);
    answered(A, 90, 100);
    answered(B, 80, 100);
    assert_string_equal(judged(), "green");
    answered(C, 80, 100);
    assert_string_equal(judged(), "different targets");
    made.parts[2].answer.state = BMS_NOT_APPLICABLE;
    assert_string_equal(judged(), "green");
    target(BMS_FOR_UNIT, "", B, BMS_ONE_UNIT, 80, 60);
    assert_string_equal(judged(), "green"); /* as resolved: the same numbers */
}

static void a_target_of_a_parent_is_not_for_its_own_answer(void **state) {
    (void)state;
    town(BMS_SHARE, BMS_UP);
    for_all(BMS_ONE_UNIT, 80, 60);
    target(BMS_FOR_UNIT, "", TOP, BMS_ONE_UNIT, 95, 90);
    made.figure.below = false;
    answered(TOP, 85, 100);
    assert_string_equal(judged(), "green");
}

static void yes_over_units_needs_a_limit_for_them_together(void **state) {
    (void)state;
    town(BMS_YESNO, BMS_UP);
    for_all(BMS_ONE_UNIT, 100, 100);
    answered(A, 1, 0);
    answered(B, 0, 0);
    assert_string_equal(judged(), "without target");
    for_all(BMS_TOGETHER, 90, 50);
    assert_string_equal(judged(), "yellow");
}

static void units_that_are_not_put_together_say_so(void **state) {
    (void)state;
    town(BMS_SHARE, BMS_UP);
    for_all(BMS_ONE_UNIT, 80, 60);
    made.indicator.rollup = BMS_ROLLUP_NONE;
    answered(A, 90, 100);
    answered(B, 80, 100);
    assert_string_equal(judged(), "not together");
}

static void budgets_that_cancel_out_give_no_per_cent(void **state) {
    (void)state;
    town(BMS_DEVIATION, BMS_DOWN);
    for_all(BMS_ONE_UNIT, 0, 2);
    answered(A, 1500, 1000);
    answered(B, -990, -1000);
    assert_string_equal(judged(), "without per cent");
}

static void too_few_answers_give_no_colour(void **state) {
    (void)state;
    town(BMS_SHARE, BMS_UP);
    for_all(BMS_ONE_UNIT, 80, 60);
    answered(A, 90, 100);
    silent(B, BMS_MISSING, false);
    assert_string_equal(judged(), "green"); /* exactly half */
    silent(C, BMS_MISSING, false);
    assert_string_equal(judged(), "too few answers");
}

/** Two of three have answered: what can the third one do? */
static const char *with_a_hole(enum bms_kind kind, enum bms_better better, enum bms_rollup_rule rule,
                               double value, bool voluntary) {
    town(kind, better);
    made.indicator.rollup = rule;
    for_all(rule == BMS_ROLLUP_OF_KIND ? BMS_TOGETHER : BMS_ONE_UNIT, better == BMS_UP ? 50 : 20,
            better == BMS_UP ? 20 : 50);
    answered(A, value, 100);
    answered(B, rule == BMS_ROLLUP_OF_KIND ? 0 : value, 100);
    silent(C, BMS_MISSING, voluntary);
    return judged();
}

static void a_hole_leaves_only_the_colours_it_cannot_change(void **state) {
    (void)state;
    static const struct {
        enum bms_kind kind;
        enum bms_better better;
        enum bms_rollup_rule rule;
        double value;
        const char *judged;
    } cases[] = {
        {BMS_COUNT, BMS_DOWN, BMS_ROLLUP_OF_KIND, 10, "figures missing"},
        {BMS_COUNT, BMS_DOWN, BMS_ROLLUP_OF_KIND, 60, "red"},
        {BMS_COUNT, BMS_UP, BMS_ROLLUP_OF_KIND, 60, "green"},
        {BMS_COUNT, BMS_UP, BMS_ROLLUP_OF_KIND, 10, "figures missing"},
        {BMS_SHARE, BMS_UP, BMS_ROLLUP_MAX, 60, "green"},
        {BMS_SHARE, BMS_UP, BMS_ROLLUP_MAX, 10, "figures missing"},
        {BMS_SHARE, BMS_UP, BMS_ROLLUP_MIN, 60, "figures missing"},
        {BMS_SHARE, BMS_UP, BMS_ROLLUP_MIN, 10, "red"},
        {BMS_SHARE, BMS_DOWN, BMS_ROLLUP_WORST, 60, "red"},
        {BMS_SHARE, BMS_DOWN, BMS_ROLLUP_WORST, 10, "figures missing"},
        {BMS_SHARE, BMS_UP, BMS_ROLLUP_WORST, 60, "figures missing"},
        {BMS_SHARE, BMS_UP, BMS_ROLLUP_MEAN, 60, "green"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int voluntary = 0; voluntary < 2; voluntary++) {
            const char *found =
                with_a_hole(cases[i].kind, cases[i].better, cases[i].rule, cases[i].value, voluntary == 1);
            assert_string_equal(found, cases[i].judged);
        }
    }
}

/** The year so far of one unit: two tertials of a count. */
static void year_so_far(double first, double second) {
    town(BMS_COUNT, BMS_DOWN);
    made.figure.unit = A;
    made.figure.below = false;
    made.figure.so_far = true;
    answered(A, first, 0);
    answered(A, second, 0);
}

static void a_year_of_counts_takes_only_a_limit_per_year(void **state) {
    (void)state;
    year_so_far(4, 4);
    for_all(BMS_ONE_UNIT, 5, 10);
    assert_string_equal(judged(), "without target");
    for_all(BMS_A_YEAR, 10, 15);
    assert_string_equal(judged(), "year not over");
    made.point.period = T3;
    assert_string_equal(judged(), "green");
    made.point.period = T2;
    made.parts[1].answer.numerator.value = 20;
    assert_string_equal(judged(), "red"); /* and can no longer be anything else */
}

static void a_year_with_a_hole_is_never_green(void **state) {
    (void)state;
    year_so_far(4, 4);
    made.point.period = T3;
    for_all(BMS_A_YEAR, 10, 15);
    made.parts[0] = (bms_part){.unit = A, .answer = {.state = BMS_MISSING}};
    made.figure.below = false;
    made.rolled = bms_roll_up(&made.indicator, made.parts, made.figure.n);
    assert_int_equal(bms_assess(&made.figure).why, BMS_WHY_PART_MISSING);
}

static void one_figure_of_the_whole_year_keeps_its_colour(void **state) {
    (void)state;
    town(BMS_COUNT, BMS_DOWN);
    made.point.period = made.point.form = YEAR;
    made.figure.unit = A;
    made.figure.below = false;
    made.figure.so_far = true;
    for_all(BMS_ONE_UNIT, 5, 10);
    answered(A, 4, 0);
    assert_string_equal(judged(), "green");
}

static void a_year_of_shares_takes_the_limit(void **state) {
    (void)state;
    town(BMS_SHARE, BMS_UP);
    made.figure.unit = A;
    made.figure.below = false;
    made.figure.so_far = true;
    for_all(BMS_ONE_UNIT, 80, 60);
    answered(A, 90, 100);
    answered(A, 80, 100);
    assert_string_equal(judged(), "green");
}

static void a_sum_of_predecessors_takes_no_limit_of_one_unit(void **state) {
    (void)state;
    town(BMS_COUNT, BMS_DOWN);
    made.figure.unit = C;
    made.figure.below = false;
    for_all(BMS_ONE_UNIT, 5, 10);
    answered(A, 6, 0);
    answered(B, 6, 0);
    assert_string_equal(judged(), "without target");
    made.indicator.kind = BMS_SHARE;
    made.indicator.better = made.targets[0].limits.better = BMS_UP;
    made.parts[0].answer.denominator = made.parts[1].answer.denominator = (bms_number){true, 10};
    assert_string_equal(judged(), "green");
}

static void the_year_so_far_needs_its_latest_measurement(void **state) {
    (void)state;
    town(BMS_SHARE, BMS_UP);
    for_all(BMS_ONE_UNIT, 80, 60);
    answered(A, 90, 100);
    answered(B, 90, 100);
    const bms_rolled thin = {.covered = false};
    made.figure.latest = &thin;
    assert_string_equal(judged(), "too few answers");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sum_over_units_takes_no_limit_of_one_unit),
        cmocka_unit_test(together_for_all_is_the_sum_of_the_top_alone),
        cmocka_unit_test(a_sum_of_a_single_unit_is_its_own_value),
        cmocka_unit_test(none_anywhere_holds_for_sums_too),
        cmocka_unit_test(a_share_over_units_takes_the_limit_for_all),
        cmocka_unit_test(units_with_the_same_limits_lend_them_to_their_parent),
        cmocka_unit_test(a_target_of_a_parent_is_not_for_its_own_answer),
        cmocka_unit_test(yes_over_units_needs_a_limit_for_them_together),
        cmocka_unit_test(units_that_are_not_put_together_say_so),
        cmocka_unit_test(budgets_that_cancel_out_give_no_per_cent),
        cmocka_unit_test(too_few_answers_give_no_colour),
        cmocka_unit_test(a_hole_leaves_only_the_colours_it_cannot_change),
        cmocka_unit_test(a_year_of_counts_takes_only_a_limit_per_year),
        cmocka_unit_test(a_year_with_a_hole_is_never_green),
        cmocka_unit_test(one_figure_of_the_whole_year_keeps_its_colour),
        cmocka_unit_test(a_year_of_shares_takes_the_limit),
        cmocka_unit_test(a_sum_of_predecessors_takes_no_limit_of_one_unit),
        cmocka_unit_test(the_year_so_far_needs_its_latest_measurement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
