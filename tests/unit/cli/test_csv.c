/* CSV that other programs read, that a Norwegian Excel opens, and that runs nothing. */
#include "csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_row(bool excel, void (*write)(struct csv *csv), const char *expected) {
    struct output output = {0};
    struct csv csv = {.output = &output, .excel = excel};
    write(&csv);
    csv_end_row(&csv);
    output_bytes(&output, "", 1);
    assert_string_equal(output.bytes, expected);
    output_discard(&output);
}

static void mixed(struct csv *csv) {
    csv_text(csv, "Garderåsen");
    csv_number(csv, -8.1);
    csv_text(csv, NULL);
    csv_text(csv, "sa \"nei\", gikk; kom\nigjen");
    csv_count(csv, 3);
}

static void other_programs_get_commas_and_points(void **state) {
    (void)state;
    assert_row(false, mixed, "Garderåsen,-8.1,,\"sa \"\"nei\"\", gikk; kom\nigjen\",3\r\n");
}

static void excel_gets_semicolons_decimal_comma_and_a_mark_that_it_is_utf8(void **state) {
    (void)state;
    assert_row(true, mixed, "\xEF\xBB\xBFGarderåsen;-8,1;;\"sa \"\"nei\"\", gikk; kom\nigjen\";3\r\n");
}

static void formulas(struct csv *csv) {
    csv_text(csv, "=1+1");
    csv_text(csv, "+47");
    csv_text(csv, "-nei");
    csv_text(csv, "@SUM(A1)");
    csv_text(csv, "\t=1");
    csv_text(csv, "a=1");
}

static void a_text_never_becomes_a_formula(void **state) {
    (void)state;
    assert_row(false, formulas, "\"'=1+1\",\"'+47\",\"'-nei\",\"'@SUM(A1)\",\"'\t=1\",a=1\r\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_programs_get_commas_and_points),
        cmocka_unit_test(excel_gets_semicolons_decimal_comma_and_a_mark_that_it_is_utf8),
        cmocka_unit_test(a_text_never_becomes_a_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
