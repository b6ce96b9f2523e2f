/* What is a change and what is chance, at the edges. The limits of 95 % were worked out by hand. */
#include "tests/unit/close.h"

#include "core/report/change.h"

static bms_rolled share(double n, double d) {
    return (bms_rolled){
        .answer = {BMS_REPORTED, {true, n}, {true, d}}, .result = {true, 100 * n / d}, .planned = 2};
}

static bms_rolled result(double value) {
    return (bms_rolled){
        .answer = {BMS_REPORTED, {true, value}, {false, 0}}, .result = {true, value}, .planned = 2};
}

static bool shares_differ(double n, double d, double m, double e) {
    const bms_indicator plans = {
        .kind = BMS_SHARE, .numerator.whole = true, .denominator.whole = true, .factor = 100, .decimals = 1};
    const bms_rolled then = share(n, d);
    const bms_rolled now = share(m, e);
    return bms_change_is_clear(&plans, &then, &now);
}

static bool differ(const bms_indicator *indicator, double then, double now) {
    const bms_rolled before = result(then);
    const bms_rolled after = result(now);
    return bms_change_is_clear(indicator, &before, &after);
}

static void shares_of_persons_differ_where_the_test_of_two_proportions_says_so(void **state) {
    (void)state;
    assert_true(shares_differ(0, 5, 5, 5));
    assert_false(shares_differ(17, 20, 85, 100));  /* equal */
    assert_false(shares_differ(17, 20, 14, 20));   /* 85 and 70 %: z = 1.14 */
    assert_false(shares_differ(50, 100, 37, 100)); /* z = 1.85 */
    assert_true(shares_differ(50, 100, 36, 100));  /* z = 1.9996 */
}

static void what_is_equal_as_shown_has_not_changed_however_many_there_are(void **state) {
    (void)state;
    assert_false(shares_differ(5010000, 100000000, 5030000, 100000000)); /* 5.01 and 5.03 %, shown as 5.0 */
    assert_true(shares_differ(5010000, 100000000, 5060000, 100000000));
}

static void shares_of_days_change_from_one_per_cent_of_the_value_and_one_shown_step(void **state) {
    (void)state;
    const bms_indicator sick = {.kind = BMS_SHARE, .factor = 100, .decimals = 1};
    assert_false(differ(&sick, 8.5, 8.42));
    assert_true(differ(&sick, 8.5, 8.4));
    assert_false(differ(&sick, 85, 85.8)); /* 0.8 is less than 1 % of 85 */
    assert_true(differ(&sick, 85, 85.85)); /* exactly 1 % */
}

static void the_setups_least_change_replaces_one_per_cent(void **state) {
    (void)state;
    const bms_indicator survey = {.kind = BMS_MEAN, .factor = 1, .decimals = 1, .least_change = 0.3};
    assert_false(differ(&survey, 4.5, 4.7));
    assert_true(differ(&survey, 4.5, 4.8)); /* 0.2999999999999998 in doubles */
    assert_true(differ(&survey, 4.8, 4.5));
}

static void counts_of_cases_differ_beyond_the_square_root_of_their_sum(void **state) {
    (void)state;
    const bms_indicator cases = {.kind = BMS_COUNT, .numerator.whole = true, .factor = 1};
    const bms_indicator kroner = {.kind = BMS_COUNT, .factor = 1};
    assert_false(differ(&cases, 4, 10)); /* 6 < 1.96 √14 = 7.33 */
    assert_false(differ(&cases, 0, 3));  /* 3 < 3.39 */
    assert_true(differ(&cases, 0, 4));   /* 4 > 3.92 */
    assert_true(differ(&kroner, 4, 10));
}

static void yes_and_no_over_units_is_a_share_of_units(void **state) {
    (void)state;
    const bms_indicator round = {.kind = BMS_YESNO, .numerator.whole = true, .factor = 100};
    const bms_rolled then = share(6, 8);
    const bms_rolled now = share(7, 8);
    assert_false(bms_change_is_clear(&round, &then, &now));
    const bms_rolled most = share(8, 8);
    const bms_rolled few = share(3, 8);
    assert_true(bms_change_is_clear(&round, &few, &most));
    bms_rolled no = share(0, 1);
    bms_rolled yes = share(1, 1);
    no.planned = yes.planned = 1;
    assert_true(bms_change_is_clear(&round, &no, &yes)); /* one unit's answer is no sample */
    no.answer.denominator.known = false;                 /* as one unit answers … */
    bms_rolled two = share(2, 2);                        /* … where there were two before they became one */
    two.planned = 2;
    assert_false(bms_change_is_clear(&round, &two, &no));
}

static void the_mean_of_units_is_not_tested_as_a_share(void **state) {
    (void)state;
    const bms_indicator plans = {.kind = BMS_SHARE,
                                 .numerator.whole = true,
                                 .denominator.whole = true,
                                 .factor = 100,
                                 .decimals = 1,
                                 .rollup = BMS_ROLLUP_MEAN};
    bms_rolled then = share(17, 20);
    bms_rolled now = share(14, 20);
    then.by_rule = now.by_rule = true;
    assert_true(bms_change_is_clear(&plans, &then, &now));
}

static void a_units_own_year_is_tested_whatever_the_roll_up_over_units(void **state) {
    (void)state;
    const bms_indicator cases = {
        .kind = BMS_COUNT, .numerator.whole = true, .factor = 1, .rollup = BMS_ROLLUP_WORST};
    assert_false(differ(&cases, 13, 6)); /* the sums of two periods: 7 < 1.96 √19 = 8.54 */
    assert_true(differ(&cases, 23, 6));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_of_persons_differ_where_the_test_of_two_proportions_says_so),
        cmocka_unit_test(what_is_equal_as_shown_has_not_changed_however_many_there_are),
        cmocka_unit_test(shares_of_days_change_from_one_per_cent_of_the_value_and_one_shown_step),
        cmocka_unit_test(the_setups_least_change_replaces_one_per_cent),
        cmocka_unit_test(counts_of_cases_differ_beyond_the_square_root_of_their_sum),
        cmocka_unit_test(yes_and_no_over_units_is_a_share_of_units),
        cmocka_unit_test(the_mean_of_units_is_not_tested_as_a_share),
        cmocka_unit_test(a_units_own_year_is_tested_whatever_the_roll_up_over_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
