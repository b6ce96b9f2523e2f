/** Roll-ups over units. All values but Fet's limits are invented, and worked out by hand. */
#include "tests/unit/close.h"

#include "core/definition/rollup.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bms_part reported(double n, double d) {
    return (bms_part){.answer = {BMS_REPORTED, {true, n}, {true, d}}};
}

static bms_part in_state(enum bms_state state) {
    return (bms_part){.answer = {state, {false, 0}, {false, 0}}};
}

static bms_indicator indicator_of(enum bms_kind kind) {
    return (bms_indicator){
        .code = "x", .kind = kind, .factor = kind == BMS_RATE ? 1000 : 100, .least_coverage = 0.5};
}

static void shares_are_the_sums_never_the_mean_of_per_cents(void **state) {
    (void)state;
    bms_indicator indicator = indicator_of(BMS_SHARE);
    bms_part parts[] = {reported(1, 2), reported(90, 100)};
    bms_rolled rolled = bms_roll_up(&indicator, parts, 2);
    assert_int_equal(rolled.answer.state, BMS_REPORTED);
    assert_close(rolled.answer.numerator.value, 91);
    assert_close(rolled.answer.denominator.value, 102);
    assert_close(rolled.result.value, 9100.0 / 102.0); /* 89.2 %, not 70 % */
}

static void rates_keep_their_factor(void **state) {
    (void)state;
    bms_indicator indicator = indicator_of(BMS_RATE);
    bms_part parts[] = {reported(3, 1200), reported(9, 1200)};
    assert_close(bms_roll_up(&indicator, parts, 2).result.value, 5);
}

static void means_are_weighted_by_the_number_behind_them(void **state) {
    (void)state;
    bms_indicator indicator = indicator_of(BMS_MEAN);
    bms_part parts[] = {reported(5, 10), reported(4, 30)};
    bms_rolled rolled = bms_roll_up(&indicator, parts, 2);
    assert_close(rolled.result.value, 4.25);
    assert_close(rolled.answer.numerator.value, 4.25);
    assert_close(rolled.answer.denominator.value, 40);
}

static void a_mean_on_the_limit_keeps_its_colour_though_doubles_fall_short(void **state) {
    (void)state;
    bms_indicator indicator = indicator_of(BMS_MEAN);
    bms_part parts[] = {reported(1.1, 1), reported(1.1, 5)};
    bms_rolled rolled = bms_roll_up(&indicator, parts, 2);
    assert_true(rolled.result.value < 1.1); /* the doubles do fall short */
    bms_limits limits = {.known = true, .better = BMS_UP, .green = 1.1, .red = 1.0};
    assert_int_equal(bms_colour_of(&limits, rolled.result), BMS_GREEN);
}

static void deviations_are_of_the_sums(void **state) {
    (void)state;
    bms_indicator indicator = indicator_of(BMS_DEVIATION);
    bms_part parts[] = {reported(1100, 1000), reported(2850, 3000)};
    bms_rolled rolled = bms_roll_up(&indicator, parts, 2);
    assert_close(rolled.answer.numerator.value - rolled.answer.denominator.value, -50);
    assert_close(rolled.result.value, -1.25);
}

static void a_deviation_on_almost_no_budget_has_no_per_cent(void **state) {
    (void)state;
    bms_indicator indicator = indicator_of(BMS_DEVIATION);
    bms_part parts[] = {reported(1000, 1000), reported(-890, -900)};
    bms_rolled rolled = bms_roll_up(&indicator, parts, 2); /* |100| of 1900: under a tenth */
    assert_false(rolled.result.known);
    assert_close(rolled.answer.numerator.value - rolled.answer.denominator.value, 10);
    bms_part tenth[] = {reported(1100, 1100), reported(-890, -900)}; /* |200| of 2000: a tenth */
    assert_true(bms_roll_up(&indicator, tenth, 2).result.known);
}

static void counts_add_up_and_yes_is_a_share(void **state) {
    (void)state;
    bms_indicator count = indicator_of(BMS_COUNT);
    bms_part numbers[] = {{.unit = 0, .answer = {BMS_REPORTED, {true, 4}, {false, 0}}},
                          {.unit = 1, .answer = {BMS_REPORTED, {true, 3}, {false, 0}}}};
    assert_close(bms_roll_up(&count, numbers, 2).result.value, 7);
    bms_indicator yesno = indicator_of(BMS_YESNO);
    bms_part answers[] = {{.unit = 0, .answer = {BMS_REPORTED, {true, 1}, {false, 0}}},
                          {.unit = 1, .answer = {BMS_REPORTED, {true, 0}, {false, 0}}},
                          {.unit = 2, .answer = {BMS_REPORTED, {true, 1}, {false, 0}}},
                          {.unit = 3, .answer = {BMS_REPORTED, {true, 1}, {false, 0}}}};
    bms_rolled rolled = bms_roll_up(&yesno, answers, 4);
    assert_close(rolled.result.value, 75);
    assert_close(rolled.answer.numerator.value, 3);
    assert_close(rolled.answer.denominator.value, 4);
}

static void what_is_not_reported_adds_nothing(void **state) {
    (void)state;
    bms_indicator indicator = indicator_of(BMS_SHARE);
    bms_part parts[] = {reported(7, 10), in_state(BMS_MISSING), in_state(BMS_NOT_APPLICABLE),
                        in_state(BMS_EMPTY_BASE)};
    bms_rolled rolled = bms_roll_up(&indicator, parts, 4);
    assert_close(rolled.result.value, 70);
    assert_int_equal(rolled.planned, 4);
    assert_int_equal(rolled.reported, 1);
    assert_int_equal(rolled.missing, 1);
    assert_int_equal(rolled.not_applicable, 1);
    assert_int_equal(rolled.empty_base, 1);
    assert_close(rolled.coverage, 2.0 / 3.0);
    assert_true(rolled.covered);
}

static void coverage_exactly_on_the_limit_is_enough(void **state) {
    (void)state;
    bms_indicator indicator = indicator_of(BMS_SHARE);
    bms_part half[] = {reported(7, 10), in_state(BMS_MISSING)};
    assert_true(bms_roll_up(&indicator, half, 2).covered);
    bms_part less[] = {reported(7, 10), in_state(BMS_MISSING), in_state(BMS_MISSING)};
    assert_false(bms_roll_up(&indicator, less, 3).covered);
    indicator.least_coverage = 0.1 + 0.2; /* 0.30000000000000004 */
    bms_part parts[10];
    for (size_t i = 0; i < COUNT(parts); i++)
        parts[i] = i < 3 ? reported(1, 2) : in_state(BMS_MISSING);
    assert_true(bms_roll_up(&indicator, parts, COUNT(parts)).covered);
}

static void without_reports_the_state_says_why(void **state) {
    (void)state;
    bms_indicator indicator = indicator_of(BMS_SHARE);
    bms_part missing[] = {in_state(BMS_EMPTY_BASE), in_state(BMS_MISSING), in_state(BMS_NOT_APPLICABLE)};
    assert_int_equal(bms_roll_up(&indicator, missing, 3).answer.state, BMS_MISSING);
    bms_part empty[] = {in_state(BMS_NOT_APPLICABLE), in_state(BMS_EMPTY_BASE)};
    assert_int_equal(bms_roll_up(&indicator, empty, 2).answer.state, BMS_EMPTY_BASE);
    bms_part none[] = {in_state(BMS_NOT_APPLICABLE)};
    bms_rolled rolled = bms_roll_up(&indicator, none, 1);
    assert_int_equal(rolled.answer.state, BMS_NOT_APPLICABLE);
    assert_close(rolled.coverage, 1);
    assert_false(rolled.result.known);
    assert_int_equal(bms_roll_up(&indicator, NULL, 0).answer.state, BMS_NOT_APPLICABLE);
}

static void a_definition_can_override_the_roll_up(void **state) {
    (void)state;
    bms_indicator indicator = indicator_of(BMS_SHARE);
    bms_part parts[] = {reported(1, 2), reported(90, 100), reported(3, 10)};
    static const struct {
        enum bms_rollup_rule rule;
        enum bms_better better;
        bool known;
        double result;
    } cases[] = {{BMS_ROLLUP_SUM, BMS_UP, true, 170},    {BMS_ROLLUP_MEAN, BMS_UP, true, 170.0 / 3.0},
                 {BMS_ROLLUP_MAX, BMS_UP, true, 90},     {BMS_ROLLUP_MIN, BMS_UP, true, 30},
                 {BMS_ROLLUP_WORST, BMS_UP, true, 30},   {BMS_ROLLUP_WORST, BMS_DOWN, true, 90},
                 {BMS_ROLLUP_WORST, BMS_BAND, false, 0}, {BMS_ROLLUP_NONE, BMS_UP, false, 0}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        indicator.rollup = cases[i].rule;
        indicator.better = cases[i].better;
        bms_rolled rolled = bms_roll_up(&indicator, parts, 3);
        assert_int_equal(rolled.result.known, cases[i].known);
        assert_close(rolled.result.value, cases[i].result);
    }
}

static void units_that_became_one_add_up_whatever_the_definition_says_of_units(void **state) {
    (void)state;
    bms_indicator indicator = indicator_of(BMS_SHARE);
    indicator.rollup = BMS_ROLLUP_MAX;
    bms_part parts[] = {reported(1, 2), reported(90, 100), in_state(BMS_EMPTY_BASE)};
    bms_rolled rolled = bms_roll_up_as_one(&indicator, parts, 3);
    assert_close(rolled.result.value, 9100.0 / 102.0);
    parts[2] = in_state(BMS_MISSING);
    rolled = bms_roll_up_as_one(&indicator, parts, 3);
    assert_int_equal(rolled.answer.state, BMS_MISSING);
    assert_false(rolled.result.known);
    assert_false(rolled.answer.numerator.known);
    assert_close(bms_roll_up_as_one(&indicator, parts, 1).result.value, 50);
    assert_int_equal(bms_roll_up_as_one(&indicator, parts, 0).planned, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_that_became_one_add_up_whatever_the_definition_says_of_units),
        cmocka_unit_test(shares_are_the_sums_never_the_mean_of_per_cents),
        cmocka_unit_test(rates_keep_their_factor),
        cmocka_unit_test(means_are_weighted_by_the_number_behind_them),
        cmocka_unit_test(a_mean_on_the_limit_keeps_its_colour_though_doubles_fall_short),
        cmocka_unit_test(deviations_are_of_the_sums),
        cmocka_unit_test(a_deviation_on_almost_no_budget_has_no_per_cent),
        cmocka_unit_test(counts_add_up_and_yes_is_a_share),
        cmocka_unit_test(what_is_not_reported_adds_nothing),
        cmocka_unit_test(coverage_exactly_on_the_limit_is_enough),
        cmocka_unit_test(without_reports_the_state_says_why),
        cmocka_unit_test(a_definition_can_override_the_roll_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
