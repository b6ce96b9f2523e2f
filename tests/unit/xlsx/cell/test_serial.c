/** Days as spreadsheets number them. */
#include "tests/unit/close.h"

#include "xlsx/cell/serial.h"

static void days_are_counted_from_1900(void **state) {
    (void)state;
    assert_int_equal(bms_serial_day(1, false), bms_day_of(1900, 1, 1));
    assert_int_equal(bms_serial_day(59, false), bms_day_of(1900, 2, 28));
    assert_int_equal(bms_serial_day(60, false), bms_day_of(1900, 2, 28));
    assert_int_equal(bms_serial_day(61, false), bms_day_of(1900, 3, 1));
    assert_int_equal(bms_serial_day(46023, false), bms_day_of(2026, 1, 1));
    assert_int_equal(bms_serial_day(2958465, false), bms_day_of(9999, 12, 31));
}

static void days_are_counted_from_1904_where_the_workbook_says_so(void **state) {
    (void)state;
    assert_int_equal(bms_serial_day(0, true), bms_day_of(1904, 1, 1));
    assert_int_equal(bms_serial_day(44561, true), bms_day_of(2026, 1, 1));
}

static void the_time_of_day_is_ignored(void **state) {
    (void)state;
    assert_int_equal(bms_serial_day(46023.99, false), bms_day_of(2026, 1, 1));
}

static void what_no_spreadsheet_shows_is_no_day(void **state) {
    (void)state;
    assert_int_equal(bms_serial_day(-1, false), BMS_NO_DAY);
    assert_int_equal(bms_serial_day(2958466, false), BMS_NO_DAY);
    assert_int_equal(bms_serial_day(NAN, false), BMS_NO_DAY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_counted_from_1900),
        cmocka_unit_test(days_are_counted_from_1904_where_the_workbook_says_so),
        cmocka_unit_test(the_time_of_day_is_ignored),
        cmocka_unit_test(what_no_spreadsheet_shows_is_no_day),
    };
    return cmocka_run_group_tests_name("serial", tests, NULL, NULL);
}
