/** Days and periods: their codes, dates, order and names. */
#include "tests/unit/close.h"

#include "core/base/period.h"

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void period_is(const char *code, const char *expected_code, bms_day from, bms_day to) {
    bms_period period;
    assert_true(bms_period_parse(code, &period));
    assert_string_equal(period.code, expected_code);
    assert_int_equal(period.from, from);
    assert_int_equal(period.to, to);
}

static void days_count_from_1970(void **state) {
    (void)state;
    assert_int_equal(bms_day_of(1970, 1, 1), 0);
    assert_int_equal(bms_day_of(1969, 12, 31), -1);
    assert_int_equal(bms_day_of(2000, 3, 1), 11017);
    assert_int_equal(bms_day_of(2026, 11, 20), 20777);
    assert_int_equal(bms_day_of_time(86399), 0);
    assert_int_equal(bms_day_of_time(-1), -1);
    for (bms_day day = -200000; day < 200000; day += 13) {
        int y;
        int m;
        int d;
        bms_day_parts(day, &y, &m, &d);
        assert_int_equal(bms_day_of(y, m, d), day);
    }
}

static void regular_periods_have_their_dates(void **state) {
    (void)state;
    period_is("2026", "2026", bms_day_of(2026, 1, 1), bms_day_of(2026, 12, 31));
    period_is("2026-H1", "2026-H1", bms_day_of(2026, 1, 1), bms_day_of(2026, 6, 30));
    period_is("2026-t2", "2026-T2", bms_day_of(2026, 5, 1), bms_day_of(2026, 8, 31));
    period_is("2026-Q3", "2026-Q3", bms_day_of(2026, 7, 1), bms_day_of(2026, 9, 30));
    period_is("2024-B1", "2024-B1", bms_day_of(2024, 1, 1), bms_day_of(2024, 2, 29));
    period_is("2026-B6", "2026-B6", bms_day_of(2026, 11, 1), bms_day_of(2026, 12, 31));
    period_is("2026-09", "2026-09", bms_day_of(2026, 9, 1), bms_day_of(2026, 9, 30));
    period_is("2026-12", "2026-12", bms_day_of(2026, 12, 1), bms_day_of(2026, 12, 31));
}

static void what_is_no_regular_period_is_refused(void **state) {
    (void)state;
    static const char *const codes[] = {"",        "26",      "2026-",   "2026-T4", "2026-T0", "2026-13",
                                        "2026-00", "2026-H3", "2026-BU", "2026-9",  "2026T1",  "2026-T1 ",
                                        "2026-T",  "x2026",   "20266",   "2026-Q12"};
    bms_period period;
    for (size_t i = 0; i < COUNT(codes); i++)
        if (bms_period_parse(codes[i], &period))
            fail_msg("\"%s\" was read as a period", codes[i]);
}

static void periods_sort_by_end_then_start(void **state) {
    (void)state;
    static const char *const order[] = {"2026-01", "2026-T1", "2026-B2", "2026",
                                        "2026-T3", "2026-12", "2027-01"};
    for (size_t i = 1; i < COUNT(order); i++) {
        bms_period a;
        bms_period b;
        assert_true(bms_period_parse(order[i - 1], &a));
        assert_true(bms_period_parse(order[i], &b));
        assert_true(bms_period_compare(&a, &b) < 0);
        assert_true(bms_period_compare(&b, &a) > 0);
        assert_int_equal(bms_period_compare(&a, &a), 0);
    }
}

static void periods_are_named_as_people_say(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    static const char *const names[][3] = {
        {"2026-T2", "2. tertial 2026", "Tertial 2, 2026"},
        {"2026-H1", "1. halvår 2026", "Half-year 1, 2026"},
        {"2026-Q3", "3. kvartal 2026", "Quarter 3, 2026"},
        {"2026-09", "september 2026", "September 2026"},
        {"2026-B4", "juli–august 2026", "July–August 2026"},
        {"2026", "2026", "2026"},
    };
    for (size_t i = 0; i < COUNT(names); i++) {
        bms_period period;
        assert_true(bms_period_parse(names[i][0], &period));
        assert_string_equal(bms_period_name(arena, &period, "nb"), names[i][1]);
        assert_string_equal(bms_period_name(arena, &period, "nn"), names[i][1]);
        assert_string_equal(bms_period_name(arena, &period, "en"), names[i][2]);
    }
    bms_period named = {"2026-BU", 0, 1};
    assert_string_equal(bms_period_name(arena, &named, "nb"), "2026-BU");
    bms_arena_free(arena);
}

static void dates_are_written_without_the_year(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    bms_period period;
    assert_true(bms_period_parse("2026-T2", &period));
    assert_string_equal(bms_period_dates(arena, period.from, period.to, "nb"), "01.05–31.08");
    assert_string_equal(bms_period_dates(arena, bms_day_of(2026, 1, 1), period.to, "nb"), "01.01–31.08");
    assert_string_equal(bms_period_dates(arena, period.from, period.to, "en"), "2026-05-01–2026-08-31");
    bms_period winter = {"WINTER", bms_day_of(2025, 12, 1), bms_day_of(2026, 2, 28)};
    assert_string_equal(bms_period_dates(arena, winter.from, winter.to, "nb"), "01.12.2025–28.02.2026");
    bms_period day = {"DAY", bms_day_of(2026, 8, 18), bms_day_of(2026, 8, 18)};
    assert_string_equal(bms_period_dates(arena, day.from, day.to, "nb"), "18.08");
    bms_arena_free(arena);
}

static void dates_are_read_and_written(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    bms_day day;
    assert_true(bms_day_parse("2026-09-15", &day));
    assert_int_equal(day, bms_day_of(2026, 9, 15));
    assert_true(bms_day_parse("15.09.2026", &day));
    assert_int_equal(day, bms_day_of(2026, 9, 15));
    assert_true(bms_day_parse("1.9.2026", &day));
    assert_int_equal(day, bms_day_of(2026, 9, 1));
    assert_string_equal(bms_day_iso(arena, day), "2026-09-01");
    assert_string_equal(bms_day_text(arena, day, "nb"), "01.09.2026");
    assert_string_equal(bms_day_text(arena, day, "en"), "2026-09-01");
    static const char *const texts[] = {
        "",           "2026-9-15",  "2026-02-30",  "29.02.2026", "31.04.2026",  "15.09.26",
        "2026-13-01", "15/09/2026", "15.09.2026 ", "0000-01-01", "15.09.20266", "26-09-15"};
    for (size_t i = 0; i < COUNT(texts); i++)
        if (bms_day_parse(texts[i], &day))
            fail_msg("\"%s\" was read as a day", texts[i]);
    assert_false(bms_day_parse(NULL, &day));
    bms_arena_free(arena);
}

static void days_are_read_as_people_write_them(void **state) {
    (void)state;
    static const char *const first_of_march[] = {
        "2027-03-01",  "1.3.2027",       "01.03.2027",   "1.3.27",     "01.03.27",     "1/3-27",
        "1/3 2027",    "1/3/2027",       "1-3-2027",     "1. 3. 2027", "1. mars 2027", "1 mars 2027",
        "1.mars 2027", "1. Mars 27",     "1. mar. 27",   "1 March 27", "1. MARS 2027", "2027/3/1",
        "2027.03.01",  "\u200E1.3.2027", " 1.3.27\u00A0"};
    for (size_t i = 0; i < sizeof first_of_march / sizeof *first_of_march; i++) {
        bms_day day = BMS_NO_DAY;
        if (!bms_day_read(first_of_march[i], &day) || day != bms_day_of(2027, 3, 1))
            fail_msg("%s is read as %d", first_of_march[i], day);
    }
    static const char *const months[] = {"jan",  "februar", "mars",  "apr", "mai",      "juni",
                                         "juli", "aug",     "sept.", "okt", "november", "desember"};
    for (int i = 0; i < 12; i++) {
        char text[32];
        bms_day day = BMS_NO_DAY;
        (void)snprintf(text, sizeof text, "24. %s 2026", months[i]);
        assert_true(bms_day_read(text, &day));
        assert_int_equal(day, bms_day_of(2026, i + 1, 24));
    }
}

static void what_cannot_be_a_day_is_none(void **state) {
    (void)state;
    static const char *const texts[] = {"",
                                        "31.02.2027",
                                        "29.2.2027",
                                        "1.13.2027",
                                        "0.3.2027",
                                        "1.3",
                                        "1. mars",
                                        "mars 2027",
                                        "1.3.027",
                                        "1.3.20270",
                                        "46402",
                                        "010327",
                                        "1.3.2027 ca",
                                        "ca 1.3.27",
                                        "1. ma 2027",
                                        "1. marsj 27",
                                        "100.3.2027",
                                        "2027/3/1-5",
                                        "1..",
                                        "fortløpende",
                                        "1mars",
                                        "mars.mars.mars",
                                        "2027-3-1x",
                                        "1.3.27 kl. 12"};
    bms_day day;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (bms_day_read(texts[i], &day))
            fail_msg("%s is no day", texts[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_read_as_people_write_them),
        cmocka_unit_test(what_cannot_be_a_day_is_none),
        cmocka_unit_test(days_count_from_1970),
        cmocka_unit_test(regular_periods_have_their_dates),
        cmocka_unit_test(what_is_no_regular_period_is_refused),
        cmocka_unit_test(periods_sort_by_end_then_start),
        cmocka_unit_test(periods_are_named_as_people_say),
        cmocka_unit_test(dates_are_written_without_the_year),
        cmocka_unit_test(dates_are_read_and_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
