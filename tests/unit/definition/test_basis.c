/** Every row of the table of bases is complete, and agrees with the days. */
#include "tests/unit/close.h"

#include "core/definition/basis.h"
#include "core/definition/setup.h"

#include <string.h>

static const enum bms_setup_sheet sheet = BMS_SHEET_INDICATORS;

static bms_period second_tertial(void) {
    bms_period period;
    assert_true(bms_period_parse("2026-T2", &period));
    return period;
}

static void every_row_is_complete(void **state) {
    (void)state;
    for (int i = 0; i < BMS_N_BASES; i++) {
        const bms_basis_traits *basis = bms_basis_of((enum bms_basis)i);
        const char *const texts[] = {basis->name,  basis->choice,  basis->help,
                                     basis->shown, basis->meaning, basis->instruction};
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
            assert_true(texts[t] && *texts[t]);
    }
}

static void names_and_choices_are_read_back(void **state) {
    (void)state;
    const bms_setup_column *column = bms_setup_column_of(sheet, "basis");
    enum bms_basis basis;
    char word[BMS_SETUP_WORD_SIZE];
    for (int i = 0; i < BMS_N_BASES; i++) {
        assert_true(bms_basis_parse(bms_basis_name((enum bms_basis)i), &basis));
        assert_int_equal(basis, i);
        const char *choice = bms_setup_choice(column, (size_t)i, "nb", word);
        assert_int_equal(bms_setup_recognise_choice(column, choice), i);
    }
    assert_null(bms_setup_choice(column, BMS_N_BASES, "nb", word));
    assert_false(bms_basis_parse("hittil", &basis));
    assert_false(bms_basis_parse(NULL, &basis));
}

static void numbers_grow_over_the_days_they_are_about(void **state) {
    (void)state;
    const bms_period period = second_tertial();
    for (int i = 0; i < BMS_N_BASES; i++) {
        const enum bms_basis basis = (enum bms_basis)i;
        const bms_basis_traits *traits = bms_basis_of(basis);
        bms_day first = bms_basis_first_day(basis, &period);
        if (traits->to_date)
            assert_int_equal(first, bms_day_of(2026, 1, 1));
        if (traits->adds_up)
            assert_int_equal(first, period.from);
        assert_int_equal(bms_basis_days(basis, &period), traits->over_days ? period.to - first + 1 : 0);
        if (traits->adds_up) {
            assert_true(traits->over_days);
            assert_false(traits->to_date); /* what counts from 1 January is never added */
        }
        if (traits->to_date)
            assert_true(traits->over_days);
    }
    assert_int_equal(bms_basis_days(BMS_IN_PERIOD, &period), 123);
    assert_int_equal(bms_basis_days(BMS_YEAR_TO_DATE, &period), 243);
    assert_int_equal(bms_basis_first_day(BMS_AS_OF, &period), period.from);
    assert_int_equal(bms_basis_days(BMS_AS_OF, &period), 0);
    assert_int_equal(bms_basis_days(BMS_FORECAST, &period), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_complete),
        cmocka_unit_test(names_and_choices_are_read_back),
        cmocka_unit_test(numbers_grow_over_the_days_they_are_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
