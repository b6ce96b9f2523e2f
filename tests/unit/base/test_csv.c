/** CSV that other programs read, that a Norwegian Excel opens, and that contains no formulas. */
#include "core/base/csv.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_row(bms_csv csv, void (*write)(bms_csv *csv), const char *expected) {
    bms_kept kept = {0};
    csv.sink = bms_sink_keep(&kept);
    write(&csv);
    bms_csv_end_row(&csv);
    assert_false(kept.failed);
    assert_string_equal(kept.text, expected);
    bms_kept_free(&kept);
}

static void mixed(bms_csv *csv) {
    bms_csv_text(csv, "Garderåsen");
    bms_csv_number(csv, -8.1);
    bms_csv_text(csv, NULL);
    bms_csv_text(csv, "sa \"nei\", gikk; kom\nigjen");
    bms_csv_number(csv, NAN);
}

static void other_programs_get_commas_and_points(void **state) {
    (void)state;
    assert_row((bms_csv){0}, mixed, "Garderåsen,-8.1,,\"sa \"\"nei\"\", gikk; kom\nigjen\",\r\n");
}

static void excel_gets_semicolons_decimal_comma_and_a_mark_that_it_is_utf8(void **state) {
    (void)state;
    assert_row((bms_csv){.excel = true}, mixed,
               "\xEF\xBB\xBFGarderåsen;-8,1;;\"sa \"\"nei\"\", gikk; kom\nigjen\";\r\n");
}

static void every_text_can_stand_in_quotes(void **state) {
    (void)state;
    assert_row((bms_csv){.quoted = true}, mixed,
               "\"Garderåsen\",-8.1,\"\",\"sa \"\"nei\"\", gikk; kom\nigjen\",\r\n");
}

static void awkward(bms_csv *csv) {
    bms_csv_text(csv, "kom\nigjen");
    bms_csv_text(csv, "kom\rigjen");
    bms_csv_text(csv, "a\tb");
    bms_csv_text(csv, "a b");
    bms_csv_text(csv, "a,b");
    bms_csv_text(csv, "a;b");
    bms_csv_text(csv, "\"");
}

static void a_text_that_could_be_split_stands_in_quotes(void **state) {
    (void)state;
    assert_row((bms_csv){0}, awkward,
               "\"kom\nigjen\",\"kom\rigjen\",\"a\tb\",\"a b\",\"a,b\",\"a;b\",\"\"\"\"\r\n");
}

static void formulas(bms_csv *csv) {
    bms_csv_text(csv, "=1+1");
    bms_csv_text(csv, "+47");
    bms_csv_text(csv, "-nei");
    bms_csv_text(csv, "@SUM(A1)");
    bms_csv_text(csv, "\t=1");
    bms_csv_text(csv, "\r=1");
    bms_csv_text(csv, "\n=1");
    bms_csv_text(csv, "a=1");
}

static void a_text_never_becomes_a_formula(void **state) {
    (void)state;
    assert_row((bms_csv){0}, formulas,
               "\"'=1+1\",\"'+47\",\"'-nei\",\"'@SUM(A1)\",\"'\t=1\",\"'\r=1\",\"'\n=1\",a=1\r\n");
    assert_row((bms_csv){.quoted = true}, formulas,
               "\"'=1+1\",\"'+47\",\"'-nei\",\"'@SUM(A1)\",\"'\t=1\",\"'\r=1\",\"'\n=1\",\"a=1\"\r\n");
}

static void the_mark_stands_once_and_memory_follows_the_list(void **state) {
    (void)state;
    enum { ROWS = 20000, ROW = sizeof "abc;1\r\n" - 1 };
    bms_kept kept = {0};
    bms_csv csv = {.sink = bms_sink_keep(&kept), .excel = true};
    for (int i = 0; i < ROWS; i++) {
        bms_csv_text(&csv, "abc");
        bms_csv_number(&csv, 1);
        bms_csv_end_row(&csv);
    }
    assert_int_equal(kept.size, 3 + ROWS * ROW);
    assert_in_range(kept.capacity, kept.size, 3 * kept.size);
    bms_kept_free(&kept);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_programs_get_commas_and_points),
        cmocka_unit_test(excel_gets_semicolons_decimal_comma_and_a_mark_that_it_is_utf8),
        cmocka_unit_test(every_text_can_stand_in_quotes),
        cmocka_unit_test(a_text_that_could_be_split_stands_in_quotes),
        cmocka_unit_test(a_text_never_becomes_a_formula),
        cmocka_unit_test(the_mark_stands_once_and_memory_follows_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
