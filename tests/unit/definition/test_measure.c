/** States and results of single answers. */
#include "tests/unit/close.h"

#include "core/definition/measure.h"

static bms_number number(double value) {
    return (bms_number){true, value};
}

static const bms_number blank = {false, 0};

static bms_number result_of(enum bms_kind kind, double factor, double n, double d) {
    bms_values answer = {BMS_REPORTED, number(n), number(d)};
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
    bms_values answer = {BMS_MISSING, number(5), number(10)};
    assert_false(bms_result(BMS_SHARE, 100, &answer).known);
    answer.state = BMS_EMPTY_BASE;
    assert_false(bms_result(BMS_SHARE, 100, &answer).known);
}

static void zero_of_zero_is_an_empty_base(void **state) {
    (void)state;
    assert_int_equal(bms_values_state(BMS_SHARE, number(0), number(0)), BMS_EMPTY_BASE);
    assert_int_equal(bms_values_state(BMS_MEAN, blank, number(0)), BMS_EMPTY_BASE);
    assert_int_equal(bms_values_state(BMS_COUNT, number(0), blank), BMS_REPORTED);
    assert_int_equal(bms_values_state(BMS_SHARE, number(0), number(4)), BMS_REPORTED);
}

static void one_of_two_numbers_is_missing(void **state) {
    (void)state;
    assert_int_equal(bms_values_state(BMS_SHARE, number(3), blank), BMS_MISSING);
    assert_int_equal(bms_values_state(BMS_SHARE, blank, number(3)), BMS_MISSING);
    assert_int_equal(bms_values_state(BMS_MEAN, blank, number(3)), BMS_MISSING);
    assert_int_equal(bms_values_state(BMS_COUNT, blank, blank), BMS_MISSING);
}

static void money_is_recognised_by_its_unit_of_measure(void **state) {
    (void)state;
    static const struct {
        const char *unit;
        double kroner;
    } cases[] = {
        {"kr", 1},       {"Kroner", 1},     {"1000 kr", 1000}, {"1 000 kr.", 1000}, {"tusen kroner", 1000},
        {"TNOK", 1000},  {"mill. kr", 1e6}, {"", 0},           {"krav", 0},         {"kr per innbygger", 0},
        {"dagsverk", 0}, {NULL, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_close(bms_kroner_of(cases[i].unit), cases[i].kroner);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_has_its_result),
        cmocka_unit_test(a_denominator_of_zero_defines_no_result),
        cmocka_unit_test(only_what_is_reported_has_a_result),
        cmocka_unit_test(zero_of_zero_is_an_empty_base),
        cmocka_unit_test(one_of_two_numbers_is_missing),
        cmocka_unit_test(money_is_recognised_by_its_unit_of_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
