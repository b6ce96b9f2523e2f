/** Numbers and dates as files store them, and addresses. */
#include "xlsx/cell/address.h"
#include "xlsx/read/stored_number.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_number(const char *text, double expected) {
    double value = -1;
    if (!bms_stored_number_read(text, strlen(text), &value))
        fail_msg("%s is a number", text);
    if (memcmp(&value, &expected, sizeof value) != 0)
        fail_msg("%s was read as %.17g", text, value);
}

static void assert_no_number(const char *text) {
    double value;
    if (bms_stored_number_read(text, strlen(text), &value))
        fail_msg("%s is no number", text);
}

static void numbers_are_rounded_exactly(void **state) {
    (void)state;
    assert_number("0", 0);
    assert_number("-0", -0.0);
    assert_number("0.1", 0.1);
    assert_number("123456789012345678", 123456789012345678.0);
    assert_number("9007199254740993", 9007199254740992.0);
    assert_number("0.30000000000000004", 0.30000000000000004);
    assert_number("2.2250738585072011e-308", 2.2250738585072011e-308);
    assert_number("5e-324", 5e-324);
    assert_number("1e-400", 0);
    assert_number("1.7976931348623157E+308", 1.7976931348623157E+308);
    assert_number("+.5", 0.5);
    assert_number("5.", 5);
    assert_number("000123.4500e-2", 1.2345);
    assert_number("6.0221e+23", 6.0221e+23);
    assert_number(" \n7\t", 7);
}

static void what_is_not_wholly_a_number_is_refused(void **state) {
    (void)state;
    const char *texts[] = {"",   " ",     ".",   "-",   "e5",  "1e",    "1e+",   "1,5", "1 2",      "0x1",
                           "1f", "1.2.3", "--1", "inf", "NaN", "1e309", "1_000", "١",   "1\xC2\xA0"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_no_number(texts[i]);
    char digits[1000];
    memset(digits, '1', sizeof digits);
    double value;
    assert_false(bms_stored_number_read(digits, sizeof digits, &value));
}

static void every_double_is_read_back_from_its_digits(void **state) {
    (void)state;
    uint64_t seed = 88172645463325252U;
    for (int i = 0; i < 100000; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        double value;
        char text[40];
        memcpy(&value, &seed, sizeof value);
        (void)snprintf(text, sizeof text, "%.17g", value);
        if (value - value == 0)
            assert_number(text, value);
    }
}

static void a_decimal_comma_in_the_locale_changes_nothing(void **state) {
    (void)state;
    const char *locales[] = {"nb_NO.UTF-8", "nb_NO.utf8", "de_DE.UTF-8", "fr_FR.UTF-8"};
    bool found = false;
    for (size_t i = 0; i < sizeof locales / sizeof *locales && !found; i++)
        found = setlocale(LC_ALL, locales[i]);
    if (!found)
        print_message("no locale with a decimal comma is installed; tried as the C locale\n");
    assert_number("1234.5678901234567890", 1234.5678901234567890);
    assert_number("0.1", 0.1);
    assert_no_number("1,5");
    (void)setlocale(LC_ALL, "C");
}

static void counts_are_whole_and_bounded(void **state) {
    (void)state;
    uint64_t value = 0;
    assert_true(bms_stored_count_read(" 17 ", 4, 17, &value));
    assert_int_equal(value, 17);
    assert_false(bms_stored_count_read("18", 2, 17, &value));
    assert_false(bms_stored_count_read("-1", 2, 17, &value));
    assert_false(bms_stored_count_read("", 0, 17, &value));
    assert_false(bms_stored_count_read("99999999999999999999999", 23, UINT64_MAX, &value));
}

static void assert_date(const char *text, bool from_1904, double expected) {
    double value = -1;
    if (!bms_stored_date_read(text, strlen(text), from_1904, &value))
        fail_msg("%s is a date", text);
    if (value > expected || value < expected)
        fail_msg("%s was read as %.17g", text, value);
}

static void dates_are_serials_of_their_epoch(void **state) {
    (void)state;
    assert_date("1900-01-01", false, 1);
    assert_date("1900-02-28", false, 59);
    assert_date("1900-03-01", false, 61);
    assert_date("1899-12-30T06:00:00", false, 0.25); /* a time of day as LibreOffice and others store it */
    assert_date("1904-01-01", true, 0);
    assert_date("2021-01-01T10:10:10", false, 44197.423726851855);
    assert_date("2000-02-29T00:00:00.000Z", false, 36585);
    assert_date("2000-02-29 06:00", false, 36585.25);
    assert_date("T12:00:00+02:00", false, 0.5);
    assert_date("12:00:00,5", false, 43200.5 / 86400);
    assert_date("9999-12-31", false, 2958465);
    assert_date("1899-12-29T12:00:00Z", false, -0.5);
    assert_date("1866-03-12", false, -12346);
    assert_date("1903-12-31", true, -1);
    assert_date("0001-01-01", false, -693593);
}

static void a_duration_is_a_number_of_days(void **state) {
    (void)state;
    assert_date("PT0H11M0.000S", false, 660.0 / 86400); /* what Excel writes in the strict format */
    assert_date("P1DT2H30M", false, 1 + 2.5 / 24);
    assert_date("PT36H", true, 1.5);
    assert_date("P2W", false, 14);
    assert_date("P0Y0M3DT0H0M0S", false, 3);
    assert_date("PT0S", false, 0);
    assert_date("-PT6H", false, -0.25);
    assert_date(" PT12H\n", false, 0.5);
}

static void what_is_not_wholly_a_date_is_refused(void **state) {
    (void)state;
    const char *texts[] = {"",
                           "2026",
                           "2026-13-01",
                           "2026-00-01",
                           "2026-04-31",
                           "1900-02-29",
                           "0000-12-31",
                           "2026-08-31T",
                           "2026-08-31T25:00",
                           "12:60",
                           "12",
                           "2026-08-31x",
                           "26-08-31",
                           "2026-8-31",
                           "12:00:00.",
                           "P",
                           "PT",
                           "P1DT",
                           "PT1",
                           "P1",
                           "P1Y",
                           "P2M3D",
                           "PT1S1M",
                           "PT1M1M",
                           "P1H",
                           "PT.5S",
                           "PT1.2.3S",
                           "--PT1H",
                           "PT1H x",
                           "PTxH",
                           "2026-08-31T12:00+2"};
    double value;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (bms_stored_date_read(texts[i], strlen(texts[i]), false, &value))
            fail_msg("%s is no date", texts[i]);
}

static void addresses_are_written_and_read(void **state) {
    (void)state;
    const struct {
        uint32_t row, column;
        const char *text;
    } cells[] = {{0, 0, "A1"},    {4, 25, "Z5"},    {9, 26, "AA10"},
                 {0, 701, "ZZ1"}, {0, 702, "AAA1"}, {1048575, 16383, "XFD1048576"}};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        char address[BMS_ADDRESS_SIZE];
        uint32_t row = 0;
        uint32_t column = 0;
        assert_string_equal(bms_address_write(cells[i].row, cells[i].column, address), cells[i].text);
        assert_true(bms_address_read(cells[i].text, strlen(cells[i].text), &row, &column));
        assert_true(row == cells[i].row && column == cells[i].column);
    }
}

static void ranges_are_read_and_written(void **state) {
    (void)state;
    const struct {
        const char *text, *written;
    } ranges[] = {{"B2", "B2"},       {"A1:C5", "A1:C5"},       {"$C$5:$A$1", "A1:C5"},
                  {"C1:A5", "A1:C5"}, {"$A:$A", "A1:A1048576"}, {"2:3", "A2:XFD3"},
                  {"a1:b2", "A1:B2"}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        bms_range range;
        char text[BMS_RANGE_SIZE];
        assert_true(bms_range_read(ranges[i].text, strlen(ranges[i].text), &range));
        assert_string_equal(bms_range_write(&range, text), ranges[i].written);
    }
    const char *none[] = {"",    "A",  "1",    "A1:",  ":A1", "A1:B", "A1:2", "A1:B2:C3",
                          "A1 ", "A0", "XFE1", "$1$A", "A$",  "$",    "A1,B2"};
    bms_range range;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (bms_range_read(none[i], strlen(none[i]), &range))
            fail_msg("%s is no range", none[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_rounded_exactly),
        cmocka_unit_test(what_is_not_wholly_a_number_is_refused),
        cmocka_unit_test(every_double_is_read_back_from_its_digits),
        cmocka_unit_test(a_decimal_comma_in_the_locale_changes_nothing),
        cmocka_unit_test(counts_are_whole_and_bounded),
        cmocka_unit_test(dates_are_serials_of_their_epoch),
        cmocka_unit_test(a_duration_is_a_number_of_days),
        cmocka_unit_test(what_is_not_wholly_a_date_is_refused),
        cmocka_unit_test(addresses_are_written_and_read),
        cmocka_unit_test(ranges_are_read_and_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
