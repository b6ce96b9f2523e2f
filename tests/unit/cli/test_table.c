/** Tables line up on the screen, whatever letters are in them. */
#include "table.h"
#include "width.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct table_column columns[] = {{"Enhet", false}, {"Mangler", true}, {"Hvorfor", false}};

static void columns_line_up_by_what_is_seen(void **state) {
    (void)state;
    struct output output = {0};
    struct table table = {.columns = columns, .n_columns = 3};
    table_add(&table, "Garderåsen", COLOUR_NONE);
    table_add_count(&table, 7);
    table_add(&table, "står tomt", COLOUR_NONE);
    table_add(&table, "Lia", COLOUR_NONE);
    table_add_count(&table, 12);
    table_add(&table, NULL, COLOUR_NONE);
    table_write(&table, &output);
    output_bytes(&output, "", 1);
    assert_string_equal(output.bytes, "Enhet       Mangler  Hvorfor\n"
                                      "Garderåsen        7  står tomt\n"
                                      "Lia              12\n");
    table_dispose(&table);
    output_discard(&output);
}

static void the_last_columns_are_left_out_when_no_row_has_anything_in_them(void **state) {
    static const char *const expected[] = {"Enhet  Mangler\nLia          1\nEng          2\n",
                                           "Enhet  Mangler  Hvorfor\nLia          1\nEng          2  syk\n"};
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct output output = {0};
        struct table table = {.columns = columns, .n_columns = 3, .n_optional = 1};
        table_add(&table, "Lia", COLOUR_NONE);
        table_add_count(&table, 1);
        table_add(&table, NULL, COLOUR_NONE);
        table_add(&table, "Eng", COLOUR_NONE);
        table_add_count(&table, 2);
        table_add(&table, i == 0 ? "" : "syk", COLOUR_NONE);
        table_write(&table, &output);
        output_bytes(&output, "", 1);
        assert_string_equal(output.bytes, expected[i]);
        table_dispose(&table);
        output_discard(&output);
    }
}

static void colour_takes_no_room_and_only_shows_on_a_terminal(void **state) {
    (void)state;
    for (int coloured = 0; coloured <= 1; coloured++) {
        struct output output = {.coloured = coloured};
        struct table table = {.columns = (const struct table_column[]){{NULL, false}, {NULL, false}},
                              .n_columns = 2};
        table_add(&table, "a", COLOUR_RED);
        table_add(&table, "b", COLOUR_NONE);
        table_add(&table, "cc", COLOUR_NONE);
        table_add(&table, "d", COLOUR_NONE);
        table_write(&table, &output);
        output_bytes(&output, "", 1);
        assert_string_equal(output.bytes, coloured ? "\033[31ma\033[0m   b\ncc  d\n" : "a   b\ncc  d\n");
        table_dispose(&table);
        output_discard(&output);
    }
}

static void width_is_counted_in_columns(void **state) {
    (void)state;
    assert_int_equal(text_width(""), 0);
    assert_int_equal(text_width("Ås"), 2);
    assert_int_equal(text_width("A\xCC\x8As"), 2); /* the ring as a combining mark */
    assert_int_equal(text_width("漢字"), 4);
    assert_int_equal(text_width("● når målet"), 11);
    assert_int_equal(text_width("\xE5"), 1); /* no character, but something is shown */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_line_up_by_what_is_seen),
        cmocka_unit_test(the_last_columns_are_left_out_when_no_row_has_anything_in_them),
        cmocka_unit_test(colour_takes_no_room_and_only_shows_on_a_terminal),
        cmocka_unit_test(width_is_counted_in_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
