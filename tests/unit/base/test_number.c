/** Numbers read, rounded, compared and written, whatever the locale. */
#include "tests/unit/close.h"

#include "core/base/number.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NBSP "\u00A0"
#define NARROW "\u202F"
#define FIGURE "\u2007"
#define THIN "\u2009"
#define MINUS "\u2212"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *reading_name(enum bms_number_reading reading) {
    static const char *const names[] = {"number", "blank", "dash", "ambiguous", "per cent", "other"};
    return names[reading];
}

static void reads_as(const char *text, double expected) {
    double value = -12345.0;
    enum bms_number_reading reading = bms_number_read(text, &value);
    if (reading != BMS_READ_NUMBER)
        fail_msg("\"%s\" was read as %s", text, reading_name(reading));
    if (fabs(value - expected) > 1e-12 * fmax(1.0, fabs(expected)))
        fail_msg("\"%s\" was read as %.17g", text, value);
}

static void is_read_as(const char *text, enum bms_number_reading expected) {
    double value;
    enum bms_number_reading reading = bms_number_read(text, &value);
    if (reading != expected)
        fail_msg("\"%s\" was read as %s (%.17g), not as %s", text, reading_name(reading), value,
                 reading_name(expected));
}

static void all_are_read_as(const char *const *texts, size_t n, enum bms_number_reading expected) {
    for (size_t i = 0; i < n; i++)
        is_read_as(texts[i], expected);
}

static void whole_numbers_and_decimals_are_read(void **state) {
    (void)state;
    reads_as("0", 0);
    reads_as("7", 7);
    reads_as("29000", 29000);
    reads_as("007", 7);
    reads_as("3,5", 3.5);
    reads_as("3.5", 3.5);
    reads_as("0,25", 0.25);
    reads_as(",5", 0.5);
    reads_as("12,3456", 12.3456);
    reads_as("1234,5678", 1234.5678);
    reads_as("0,1", 0.1);
}

static void every_space_can_separate_thousands(void **state) {
    (void)state;
    static const char *const spaces[] = {" ", NBSP, NARROW, FIGURE, THIN};
    for (size_t i = 0; i < COUNT(spaces); i++) {
        const char *space = spaces[i];
        char text[64];
        (void)snprintf(text, sizeof text, "1%s234", space);
        reads_as(text, 1234);
        (void)snprintf(text, sizeof text, "12%s345%s678", space, space);
        reads_as(text, 12345678);
        (void)snprintf(text, sizeof text, "1%s234,5", space);
        reads_as(text, 1234.5);
        (void)snprintf(text, sizeof text, "1%s234.5", space);
        reads_as(text, 1234.5);
        (void)snprintf(text, sizeof text, MINUS "1%s234,567", space);
        reads_as(text, -1234.567);
        (void)snprintf(text, sizeof text, "%s42%s", space, space);
        reads_as(text, 42);
        (void)snprintf(text, sizeof text, "kr%s1%s200,-", space, space);
        reads_as(text, 1200);
        (void)snprintf(text, sizeof text, "1%s%s234", space, space);
        is_read_as(text, BMS_READ_OTHER);
    }
    reads_as("1" NBSP "234 567", 1234567);
    reads_as("\t\n 42 \r\n", 42);
    reads_as("\uFEFF42\u200B", 42);
}

static void groups_that_are_not_thousands_are_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "12 34",      "1 23",          "1234 567",  "1 2345",      "0 123",     "01 234",       "1 234 ,5",
        "1, 5",       "1 .5",          "1.23.45",   "1,23,45",     "1.234 567", "1.234.56",     "1..5",
        "1,,5",       "1 234.567,8 9", "12.34.567", "1.2345.678",  "1'234",     "5,",           "5.",
        "1\u2019234", "1_000",         "1.234,5.6", "1,234 567,8", ".234.567",  "1234.567.890", "1\u2028234",
    };
    all_are_read_as(texts, COUNT(texts), BMS_READ_OTHER);
}

static void the_other_separator_groups_thousands(void **state) {
    (void)state;
    reads_as("1.234,5", 1234.5);
    reads_as("1,234.5", 1234.5);
    reads_as("1.234,567", 1234.567);
    reads_as("1,234.567", 1234.567);
    reads_as("1.234.567", 1234567);
    reads_as("1,234,567", 1234567);
    reads_as("12.345.678,90", 12345678.9);
    reads_as("1 234,567", 1234.567);
}

static void one_lone_separator_and_three_digits_is_never_guessed(void **state) {
    (void)state;
    char text[64];
    for (int whole = 0; whole < 2000; whole += 37) {
        for (int rest = 0; rest < 1000; rest += 111) {
            (void)snprintf(text, sizeof text, "%d.%03d", whole, rest);
            is_read_as(text, BMS_READ_AMBIGUOUS);
            (void)snprintf(text, sizeof text, "%d,%03d", whole, rest);
            is_read_as(text, BMS_READ_AMBIGUOUS);
        }
    }
    static const char *const texts[] = {"-1.234", MINUS "1,234", "kr 1.234", "1.234 kr", ",500", " 1.234 "};
    all_are_read_as(texts, COUNT(texts), BMS_READ_AMBIGUOUS);
}

static void otherwise_a_lone_separator_is_a_decimal_mark(void **state) {
    (void)state;
    static const char *const decimals[] = {"5", "05", "25", "1234", "00001", "123456"};
    static const double values[] = {0.5, 0.05, 0.25, 0.1234, 0.00001, 0.123456};
    for (size_t i = 0; i < COUNT(decimals); i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "12,%s", decimals[i]);
        reads_as(text, 12 + values[i]);
        (void)snprintf(text, sizeof text, "12.%s", decimals[i]);
        reads_as(text, 12 + values[i]);
    }
}

static void signs_are_read(void **state) {
    (void)state;
    reads_as("-5", -5);
    reads_as(MINUS "5", -5);
    reads_as("+5", 5);
    reads_as("- 5", -5);
    reads_as(MINUS "1 234,5", -1234.5);
    static const char *const texts[] = {"--5", "+-5", "5-", "5+", "(5)", "\u20135", "- -5", "5 - 3", "5-3"};
    all_are_read_as(texts, COUNT(texts), BMS_READ_OTHER);
}

static void a_zero_has_no_sign(void **state) {
    (void)state;
    double value = -1;
    assert_int_equal(bms_number_read("-0", &value), BMS_READ_NUMBER);
    assert_false(signbit(value));
}

static void kroner_are_read(void **state) {
    (void)state;
    static const char *const texts[] = {
        "kr 1 200,-", "kr 1200",     "1200 kr",   "1200kr",      "kr1200",   "KR 1200",     "Kr. 1200",
        "kr.1200",    "1200 kr.",    "NOK 1200",  "1200 NOK",    "1200,-",   "1 200,-",     "1.200,-",
        "1200.-",     "1200,\u2013", "1200,- kr", "kr 1 200,00", "kr  1200", "1.200,00 kr",
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        reads_as(texts[i], 1200);
    reads_as("kr -5,50", -5.5);
    reads_as("-kr 5,50", -5.5);
    reads_as("- kr 5,50", -5.5);
    static const char *const refused[] = {"kr",      "kr 5 kr", "krone 5", "5 kroner", "1,5,-",     "1,200,-",
                                          "5 kr ca", "-kr -5",  "$5",      "5 \u20AC", "1 200,-,-", "kr ,-"};
    all_are_read_as(refused, COUNT(refused), BMS_READ_OTHER);
}

static void per_cent_is_recognised(void **state) {
    (void)state;
    static const char *const texts[] = {"85 %",       "85%",    "85" NBSP "%", "-3,5 %",
                                        "85 prosent", "85 pst", "85 PST.",     "1.234 %"};
    all_are_read_as(texts, COUNT(texts), BMS_READ_PER_CENT);
    double value;
    assert_int_equal(bms_number_read("8,5 %", &value), BMS_READ_PER_CENT);
    assert_close(value, 8.5);
    static const char *const refused[] = {"ca 85 %", "%", "85 % kr", "kr 85 %", "85,- %", "85 %%"};
    all_are_read_as(refused, COUNT(refused), BMS_READ_OTHER);
}

static void blank_is_blank(void **state) {
    (void)state;
    static const char *const texts[] = {"", " ", "\t", NBSP, NARROW " " THIN, "\r\n", "\u200B", "\u3000"};
    all_are_read_as(texts, COUNT(texts), BMS_READ_BLANK);
}

/** What copying from dialogs, mail and PDF leaves in a text, and what is seen there all the same. */
static void invisible_marks_are_not_read(void **state) {
    (void)state;
    static const char *const marks[] = {"\u200B", "\u200C", "\u200D", "\u200E", "\u200F", "\u202A",
                                        "\u202B", "\u202C", "\u202D", "\u202E", "\u00AD", "\u2060",
                                        "\u2066", "\u2069", "\u061C", "\u180E", "\uFEFF", "\U000E0020"};
    for (size_t i = 0; i < COUNT(marks); i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "%s70%s14,5%s", marks[i], marks[i], marks[i]);
        reads_as(text, 7014.5);
        (void)snprintf(text, sizeof text, "%s-%s %s", marks[i], marks[i], marks[i]);
        is_read_as(text, BMS_READ_DASH);
        is_read_as(marks[i], BMS_READ_BLANK);
        (void)snprintf(text, sizeof text, "1.%s234", marks[i]);
        is_read_as(text, BMS_READ_AMBIGUOUS);
    }
}

static void any_space_may_be_between_thousands(void **state) {
    (void)state;
    static const char *const spaces[] = {" ",      NBSP,     NARROW,   FIGURE,   THIN,     "\u2000",
                                         "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2008",
                                         "\u200A", "\u205F", "\u3000", "\u1680"};
    for (size_t i = 0; i < COUNT(spaces); i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "1%s234,5", spaces[i]);
        reads_as(text, 1234.5);
        (void)snprintf(text, sizeof text, "kr%s1%s200,-", spaces[i], spaces[i]);
        reads_as(text, 1200);
    }
}

static void a_text_longer_than_any_number_is_none(void **state) {
    (void)state;
    char text[1200];
    memset(text, '1', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    is_read_as(text, BMS_READ_OTHER);
    memset(text, '-', sizeof text - 1);
    is_read_as(text, BMS_READ_DASH);
}

static void dashes_and_words_for_nothing_are_no_number(void **state) {
    (void)state;
    static const char *const texts[] = {
        "-",     "\u2013",       "\u2014",       MINUS,  "--",   " - ",    ":",
        "ingen", "Ingen",        "i/a",          "I/A",  "n/a",  "..",     ".",
        "...",   "ikke aktuelt", "Ikke aktuelt", "none", "i.a.", "\u2026", "ikkje aktuelt",
    };
    all_are_read_as(texts, COUNT(texts), BMS_READ_DASH);
}

static void anything_left_over_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "29 000 ca",  "ca 29 000",
        "5*",         "5 stk",
        "5 (anslag)", "5/7",
        "3:4",        "1e5",
        "0x10",       "inf",
        "nan",        "fem",
        "null",       "5a",
        "3.4.2026",   "2026-01-01",
        "\u00BD",     "5\u00B2",
        "~5",         "<5",
        "5?",         "#5",
        "=5",         "\uFF15",
        "a5",         "1 234 kr per mnd",
    };
    all_are_read_as(texts, COUNT(texts), BMS_READ_OTHER);
}

/** Any printable sign after a number, with and without a space, makes it no number. */
static void no_leading_part_is_ever_taken(void **state) {
    (void)state;
    for (int c = 33; c < 127; c++) {
        if (strchr("0123456789%", c))
            continue;
        char text[16];
        (void)snprintf(text, sizeof text, "12 %c", c);
        is_read_as(text, BMS_READ_OTHER);
        (void)snprintf(text, sizeof text, "12%c", c);
        is_read_as(text, BMS_READ_OTHER);
        (void)snprintf(text, sizeof text, "12%c3x", c);
        is_read_as(text, BMS_READ_OTHER);
    }
}

static void a_number_too_long_to_be_one_is_refused(void **state) {
    (void)state;
    char text[600];
    memset(text, '9', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    is_read_as(text, BMS_READ_OTHER);
    is_read_as("1 111 111 111 111 111 111 111 111 111 111 111 111 111 111 111 111", BMS_READ_OTHER);
}

static void every_number_shown_is_read_back(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    static const char *const languages[] = {"nb", "nn", "en"};
    for (size_t l = 0; l < COUNT(languages); l++)
        for (int i = -3000; i < 3000; i += 7)
            reads_as(bms_number_text(arena, i * 1234.56, 2, languages[l]), bms_number_round(i * 1234.56, 2));
    bms_arena_free(arena);
}

/** What k thousandths are with fewer decimals, by whole numbers alone. */
static double rounded_thousandths(long k, int decimals) {
    long unit = decimals == 0 ? 1000 : decimals == 1 ? 100 : 10;
    long size = k < 0 ? -k : k;
    long rounded = (size + unit / 2) / unit;
    double value = (double)rounded / (1000.0 / (double)unit);
    return k < 0 && rounded > 0 ? -value : value;
}

static void every_thousandth_is_rounded_exactly(void **state) {
    (void)state;
    for (long k = -30000; k <= 30000; k++) {
        for (int decimals = 0; decimals <= 2; decimals++) {
            double rounded = bms_number_round((double)k / 1000, decimals);
            double expected = rounded_thousandths(k, decimals);
            assert_memory_equal(&rounded, &expected, sizeof rounded);
            /* the last bits of a computed number change nothing */
            double above = bms_number_round(nextafter((double)k / 1000, 1e9), decimals);
            double below = bms_number_round(nextafter((double)k / 1000, -1e9), decimals);
            assert_memory_equal(&above, &expected, sizeof above);
            assert_memory_equal(&below, &expected, sizeof below);
        }
    }
}

static void rounding_is_half_away_from_zero_as_spreadsheets_do(void **state) {
    (void)state;
    assert_close(bms_number_round(1.005, 2), 1.01);
    assert_close(bms_number_round(-1.005, 2), -1.01);
    assert_close(bms_number_round(2.5, 0), 3);
    assert_close(bms_number_round(-2.5, 0), -3);
    assert_close(bms_number_round(0.5, 0), 1);
    assert_close(bms_number_round(0.49999, 0), 0);
    assert_close(bms_number_round(0.05, 0), 0);
    assert_close(bms_number_round(9.995, 2), 10);
    assert_close(bms_number_round(1.45, 1), 1.5);
    assert_close(bms_number_round(8.345, 2), 8.35);
    assert_close(bms_number_round(1234567, -3), 1235000);
    assert_close(bms_number_round(500, -3), 1000);
    assert_close(bms_number_round(499, -3), 0);
    assert_close(bms_number_round(1e300, 2), 1e300);
    assert_close(bms_number_round(0, 2), 0);
    assert_true(bms_number_round(1.0999999999999999, 9) >= 1.1);
}

static void shortest_is(double value, const char *expected) {
    char text[32];
    bms_number_shortest(value, text);
    assert_string_equal(text, expected);
}

static void the_shortest_decimal_is_written(void **state) {
    (void)state;
    shortest_is(0, "0");
    shortest_is(1, "1");
    shortest_is(-7, "-7");
    shortest_is(-0.0, "0");
    shortest_is(-1200, "-1200");
    shortest_is(999999999999999, "999999999999999");
    shortest_is(1000000000000000, "1000000000000000");
    shortest_is(9007199254740992, "9007199254740992");
    shortest_is(0.1, "0.1");
    shortest_is(0.1 + 0.2, "0.30000000000000004");
    shortest_is(1234.5, "1234.5");
    shortest_is(0.00012, "0.00012");
    shortest_is(0.000012, "0.000012");
    shortest_is(1e-7, "1e-07");
    shortest_is(100000000000000000000.0, "100000000000000000000");
    shortest_is(1e22, "1e+22");
    shortest_is(-1.5e300, "-1.5e+300");
    shortest_is(5e-324, "5e-324");
    shortest_is(1.7976931348623157e308, "1.7976931348623157e+308");
    shortest_is(2.2250738585072014e-308, "2.2250738585072014e-308");
    shortest_is(-0.00012345678901234567, "-0.00012345678901234567");
}

static void exported_is(double value, char mark, const char *expected) {
    char text[32];
    bms_number_exported(value, mark, text);
    assert_string_equal(text, expected);
}

/** Other programs have read these since the first version. */
static void data_for_others_has_an_exponent_where_c_has_one(void **state) {
    (void)state;
    exported_is(0, '.', "0");
    exported_is(-8.25, ',', "-8,25");
    exported_is(0.00012, '.', "0.00012");
    exported_is(0.000012, ',', "1,2e-05");
    exported_is(0.0001, '.', "0.0001");
    exported_is(999999999999999, '.', "999999999999999");
    exported_is(1e15, '.', "1e+15");
    exported_is(9007199254740992, '.', "9007199254740992");
    exported_is(12345678901234568, '.', "12345678901234568");
    exported_is(123456789012345680, '.', "1.2345678901234568e+17");
}

static void what_is_exported_is_as_printf_has_it(void **state) {
    (void)state;
    uint64_t bits = 88172645463325252U;
    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        double value = (double)(int64_t)bits * pow(10, (double)(i % 60) - 40);
        char text[32];
        char printed[64];
        for (int precision = 15; precision <= 17; precision++) {
            (void)snprintf(printed, sizeof printed, "%.*g", precision, value);
            if (!(strtod(printed, NULL) < value) && !(strtod(printed, NULL) > value))
                break;
        }
        bms_number_exported(value, '.', text);
        assert_string_equal(text, printed);
    }
}

static void every_double_reads_back(void **state) {
    (void)state;
    uint64_t bits = 88172645463325252U;
    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        char text[32];
        bms_number_shortest(value, text);
        double back = strtod(text, NULL);
        assert_memory_equal(&back, &value, sizeof value);
    }
}

static void numbers_are_shown_as_the_reader_writes_them(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    assert_string_equal(bms_number_text(arena, 1234.5, 1, "nb"), "1" NBSP "234,5");
    assert_string_equal(bms_number_text(arena, 1234.5, 1, "en"), "1,234.5");
    assert_string_equal(bms_number_text(arena, -1234567, 0, "nn"), MINUS "1" NBSP "234" NBSP "567");
    assert_string_equal(bms_number_text(arena, 999.995, 2, "nb"), "1" NBSP "000,00");
    assert_string_equal(bms_number_text(arena, 1.005, 2, "nb"), "1,01");
    assert_string_equal(bms_number_text(arena, -0.001, 2, "nb"), "0,00");
    assert_string_equal(bms_number_text(arena, 0.05, 1, "nb"), "0,1");
    assert_string_equal(bms_number_text(arena, 70, 0, "nb"), "70");
    assert_string_equal(bms_number_plain(arena, 7, "nb"), "7");
    assert_string_equal(bms_number_plain(arena, 4.25, "nb"), "4,25");
    assert_string_equal(bms_number_plain(arena, 4.25, "en"), "4.25");
    assert_string_equal(bms_number_plain(arena, 1.0 / 3, "nb"), "0,333333");
    assert_string_equal(bms_number_plain(arena, 5214000, "nb"), "5" NBSP "214" NBSP "000");
    bms_arena_free(arena);
}

/** A program with a decimal comma (a spreadsheet program is one) must not change what we read and write. */
static void the_locale_of_the_program_changes_nothing(void **state) {
    (void)state;
    static const char *const names[] = {"nb_NO.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (setlocale(LC_NUMERIC, names[i]))
            break;
    reads_as("1234.56", 1234.56);
    reads_as("3,5", 3.5);
    shortest_is(1234.5, "1234.5");
    assert_close(bms_number_round(1.005, 2), 1.01);
    (void)setlocale(LC_NUMERIC, "C");
}

static void numbers_are_compared_as_they_are_rounded(void **state) {
    (void)state;
    static const double values[] = {0.0,  1.1,  1.0999999999999999, 1.0999999996, 1.0999999994,
                                    -2.5, 1e12, 1e12 + 1e-4,        7.5};
    const size_t n = sizeof values / sizeof *values;
    for (size_t i = 0; i < n * n; i++) {
        double a = values[i / n];
        double b = values[i % n];
        double difference = bms_number_round(a, 9) - bms_number_round(b, 9);
        assert_int_equal(bms_number_compare(a, b, 9), (difference > 0) - (difference < 0));
    }
    assert_int_equal(bms_number_compare(1.0999999999999999, 1.1, 9), 0);
    assert_true(bms_number_compare(1.0999999994, 1.1, 9) < 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_and_decimals_are_read),
        cmocka_unit_test(every_space_can_separate_thousands),
        cmocka_unit_test(groups_that_are_not_thousands_are_refused),
        cmocka_unit_test(the_other_separator_groups_thousands),
        cmocka_unit_test(one_lone_separator_and_three_digits_is_never_guessed),
        cmocka_unit_test(otherwise_a_lone_separator_is_a_decimal_mark),
        cmocka_unit_test(signs_are_read),
        cmocka_unit_test(a_zero_has_no_sign),
        cmocka_unit_test(kroner_are_read),
        cmocka_unit_test(per_cent_is_recognised),
        cmocka_unit_test(blank_is_blank),
        cmocka_unit_test(invisible_marks_are_not_read),
        cmocka_unit_test(any_space_may_be_between_thousands),
        cmocka_unit_test(a_text_longer_than_any_number_is_none),
        cmocka_unit_test(dashes_and_words_for_nothing_are_no_number),
        cmocka_unit_test(anything_left_over_is_refused),
        cmocka_unit_test(no_leading_part_is_ever_taken),
        cmocka_unit_test(a_number_too_long_to_be_one_is_refused),
        cmocka_unit_test(every_number_shown_is_read_back),
        cmocka_unit_test(rounding_is_half_away_from_zero_as_spreadsheets_do),
        cmocka_unit_test(every_thousandth_is_rounded_exactly),
        cmocka_unit_test(numbers_are_compared_as_they_are_rounded),
        cmocka_unit_test(the_shortest_decimal_is_written),
        cmocka_unit_test(data_for_others_has_an_exponent_where_c_has_one),
        cmocka_unit_test(what_is_exported_is_as_printf_has_it),
        cmocka_unit_test(every_double_reads_back),
        cmocka_unit_test(numbers_are_shown_as_the_reader_writes_them),
        cmocka_unit_test(the_locale_of_the_program_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
