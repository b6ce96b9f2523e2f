/** What the last accepted setup had and a new one lacks altogether. Everything is invented. */
#include "core/definition/setup_gone.h"

#include "tests/unit/examples/made_setup.h"

/** The setup of before; the one that is changed is the test's own. */
static bms_setup_book before_of(const struct made *made) {
    return made->book;
}

static void nothing_is_gone_from_the_same_setup(void **state) {
    struct made *made = *state;
    const bms_setup_book before = before_of(made);
    bms_setup_gone_check(&before, &made->book, &made->findings);
    assert_int_equal(made->findings.n, 0);
}

static void a_sheet_that_had_rows_is_asked_about(void **state) {
    struct made *made = *state;
    const bms_setup_book before = before_of(made);
    made->book.tables[BMS_SHEET_TARGETS] = (bms_setup_table){0};
    bms_setup_gone_check(&before, &made->book, &made->findings);
    assert_int_equal(made->findings.n, 1);
    assert_string_equal(made->findings.items[0].rule, "sheet_gone");
    assert_true(made->findings.items[0].needs_yes);
    assert_string_equal(made->findings.items[0].message,
                        "The sheet 'Targets' had 8 rows last time and has none now.");
}

static void a_sheet_that_was_never_there_is_silence(void **state) {
    struct made *made = *state;
    made->book.tables[BMS_SHEET_TARGETS] = (bms_setup_table){0};
    const bms_setup_book before = before_of(made);
    bms_setup_gone_check(&before, &made->book, &made->findings);
    assert_int_equal(made->findings.n, 0);
}

static void a_column_that_was_used_is_asked_about(void **state) {
    struct made *made = *state;
    static const uint32_t columns[] = {0, 1, BMS_NO_COLUMN, 3, 4, 5, BMS_NO_COLUMN, 7, BMS_NO_COLUMN};
    const bms_setup_book before = before_of(made);
    made->book.tables[BMS_SHEET_TARGETS].columns = columns;
    bms_setup_gone_check(&before, &made->book, &made->findings);
    assert_int_equal(made->findings.n, 2);
    assert_string_equal(made->findings.items[0].message,
                        "The column 'Green limit' was in use last time and is gone.");
    assert_string_equal(made->findings.items[1].message,
                        "The column 'Applies for' was in use last time and is gone.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_gone_from_the_same_setup, made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_sheet_that_had_rows_is_asked_about, made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_sheet_that_was_never_there_is_silence, made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_column_that_was_used_is_asked_about, made_begin, made_end),
    };
    return cmocka_run_group_tests_name("setup gone", tests, NULL, NULL);
}
