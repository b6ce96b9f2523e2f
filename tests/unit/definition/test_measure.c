#include "tests/unit/close.h"

#include "core/definition/measure.h"

static bms_number number(double value) {
    return (bms_number){true, value};
}

static const bms_number blank = {false, 0};

static bms_number result_of(enum bms_kind kind, double factor, double n, double d) {
    bms_answer answer = {BMS_REPORTED, number(n), number(d)};
    return bms_result(kind, factor, &answer);
}

static void each_kind_has_its_result(void **state) {
    (void)state;
    assert_close(result_of(BMS_SHARE, 100, 7, 10).value, 70);
    assert_close(result_of(BMS_RATE, 1000, 12, 2400).value, 5);
    assert_close(result_of(BMS_MEAN, 1, 4.6, 23).value, 4.6);
    assert_close(result_of(BMS_DEVIATION, 1, 5214, 5000).value, 4.28);
    assert_close(result_of(BMS_DEVIATION, 1, -90, -100).value, 10);
    assert_close(result_of(BMS_COUNT, 1, 4, 0).value, 4);
    assert_close(result_of(BMS_YESNO, 1, 1, 0).value, 100);
    assert_close(result_of(BMS_YESNO, 1, 0, 0).value, 0);
}

static void a_denominator_of_zero_defines_no_result(void **state) {
    (void)state;
    assert_false(result_of(BMS_SHARE, 100, 5, 0).known);
    assert_false(result_of(BMS_DEVIATION, 1, 5, 0).known);
    assert_false(result_of(BMS_MEAN, 1, 5, 0).known);
}

static void only_what_is_reported_has_a_result(void **state) {
    (void)state;
    bms_answer answer = {BMS_MISSING, number(5), number(10)};
    assert_false(bms_result(BMS_SHARE, 100, &answer).known);
    answer.state = BMS_EMPTY_BASE;
    assert_false(bms_result(BMS_SHARE, 100, &answer).known);
}

static void nothing_of_nothing_is_an_empty_base(void **state) {
    (void)state;
    assert_int_equal(bms_answer_state(BMS_SHARE, number(0), number(0)), BMS_EMPTY_BASE);
    assert_int_equal(bms_answer_state(BMS_MEAN, blank, number(0)), BMS_EMPTY_BASE);
    assert_int_equal(bms_answer_state(BMS_COUNT, number(0), blank), BMS_REPORTED);
    assert_int_equal(bms_answer_state(BMS_SHARE, number(0), number(4)), BMS_REPORTED);
}

static void one_of_two_numbers_is_missing(void **state) {
    (void)state;
    assert_int_equal(bms_answer_state(BMS_SHARE, number(3), blank), BMS_MISSING);
    assert_int_equal(bms_answer_state(BMS_SHARE, blank, number(3)), BMS_MISSING);
    assert_int_equal(bms_answer_state(BMS_MEAN, blank, number(3)), BMS_MISSING);
    assert_int_equal(bms_answer_state(BMS_COUNT, blank, blank), BMS_MISSING);
}

static enum bms_colour colour(enum bms_better better, double green, double red, double result) {
    bms_limits limits = {.known = true, .better = better, .green = green, .red = red};
    return bms_colour_of(&limits, number(result));
}

static void a_value_on_a_limit_takes_the_better_colour(void **state) {
    (void)state;
    assert_int_equal(colour(BMS_UP, 5, 4, 5), BMS_GREEN);
    assert_int_equal(colour(BMS_UP, 5, 4, 4.99), BMS_YELLOW);
    assert_int_equal(colour(BMS_UP, 5, 4, 4), BMS_YELLOW);
    assert_int_equal(colour(BMS_UP, 5, 4, 3.99), BMS_RED);
    assert_int_equal(colour(BMS_DOWN, 7.5, 9.5, 7.5), BMS_GREEN);
    assert_int_equal(colour(BMS_DOWN, 7.5, 9.5, 9.5), BMS_YELLOW);
    assert_int_equal(colour(BMS_DOWN, 7.5, 9.5, 9.51), BMS_RED);
}

static void equal_limits_leave_no_yellow(void **state) {
    (void)state;
    assert_int_equal(colour(BMS_DOWN, 0, 0, 0), BMS_GREEN);
    assert_int_equal(colour(BMS_DOWN, 0, 0, 0.001), BMS_RED);
    assert_int_equal(colour(BMS_UP, 3, 3, 2.999), BMS_RED);
}

static void a_band_is_red_on_both_sides(void **state) {
    (void)state;
    bms_limits limits = {
        .known = true, .better = BMS_BAND, .red = -2, .green = -1, .green_to = 1, .red_to = 2};
    static const double values[] = {-2.1, -2, -1, 0, 1, 1.5, 2, 2.1};
    static const enum bms_colour colours[] = {BMS_RED,   BMS_YELLOW, BMS_GREEN,  BMS_GREEN,
                                              BMS_GREEN, BMS_YELLOW, BMS_YELLOW, BMS_RED};
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(bms_colour_of(&limits, number(values[i])), colours[i]);
}

static void colours_are_decided_on_nine_decimals(void **state) {
    (void)state;
    assert_int_equal(colour(BMS_UP, 1.1, 1.0, 1.0999999999999999), BMS_GREEN);
    assert_int_equal(colour(BMS_UP, 1.1, 1.0, 1.099999999), BMS_YELLOW);
    assert_int_equal(colour(BMS_UP, 1.1, 1.0, 1.0999999996), BMS_GREEN);
}

static void no_target_or_no_result_gives_no_colour(void **state) {
    (void)state;
    bms_limits limits = {.known = true, .better = BMS_UP, .green = 1, .red = 1};
    assert_int_equal(bms_colour_of(&limits, blank), BMS_NO_COLOUR);
    limits.known = false;
    assert_int_equal(bms_colour_of(&limits, number(3)), BMS_NO_COLOUR);
    assert_null(bms_colour_name(BMS_NO_COLOUR));
}

static void more_decimals_are_shown_where_rounding_would_contradict_the_colour(void **state) {
    (void)state;
    bms_limits limits = {.known = true, .better = BMS_UP, .green = 5, .red = 4};
    assert_int_equal(bms_shown_decimals(&limits, number(4.6), 1), 1);
    assert_int_equal(bms_shown_decimals(&limits, number(4.96), 1), 2);
    assert_int_equal(bms_shown_decimals(&limits, number(4.996), 1), 3);
    assert_int_equal(bms_shown_decimals(&limits, number(4.9996), 1), 4);
    assert_int_equal(bms_shown_decimals(&limits, number(4.99999), 1), 4);
    limits.known = false;
    assert_int_equal(bms_shown_decimals(&limits, number(4.96), 1), 1);
}

static void names_go_back_and_forth(void **state) {
    (void)state;
    for (int i = BMS_SHARE; i <= BMS_YESNO; i++) {
        enum bms_kind kind;
        assert_true(bms_kind_parse(bms_kind_name((enum bms_kind)i), &kind));
        assert_int_equal(kind, i);
    }
    for (int i = BMS_IN_PERIOD; i <= BMS_FORECAST; i++) {
        enum bms_basis basis;
        assert_true(bms_basis_parse(bms_basis_name((enum bms_basis)i), &basis));
        assert_int_equal(basis, i);
    }
    enum bms_better better;
    assert_true(bms_better_parse("band", &better));
    assert_int_equal(better, BMS_BAND);
    enum bms_kind kind;
    assert_false(bms_kind_parse("andel", &kind));
    assert_false(bms_kind_parse(NULL, &kind));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_has_its_result),
        cmocka_unit_test(a_denominator_of_zero_defines_no_result),
        cmocka_unit_test(only_what_is_reported_has_a_result),
        cmocka_unit_test(nothing_of_nothing_is_an_empty_base),
        cmocka_unit_test(one_of_two_numbers_is_missing),
        cmocka_unit_test(a_value_on_a_limit_takes_the_better_colour),
        cmocka_unit_test(equal_limits_leave_no_yellow),
        cmocka_unit_test(a_band_is_red_on_both_sides),
        cmocka_unit_test(colours_are_decided_on_nine_decimals),
        cmocka_unit_test(no_target_or_no_result_gives_no_colour),
        cmocka_unit_test(more_decimals_are_shown_where_rounding_would_contradict_the_colour),
        cmocka_unit_test(names_go_back_and_forth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
