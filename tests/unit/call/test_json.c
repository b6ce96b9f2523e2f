/** JSON is well formed whatever is written into it. */
#include "core/call/json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void assert_written(bms_kept *kept, const char *expected) {
    assert_false(kept->failed);
    assert_string_equal(kept->text, expected);
    bms_kept_free(kept);
}

static void commas_stand_between_and_nowhere_else(void **state) {
    (void)state;
    bms_kept kept = {0};
    bms_json json = {.sink = bms_sink_keep(&kept)};
    bms_json_open(&json, '{');
    bms_json_key(&json, "returns");
    bms_json_open(&json, '[');
    bms_json_open(&json, '{');
    bms_json_text_member(&json, "file", "a.xlsx");
    bms_json_text_member(&json, "unit", "A");
    bms_json_close(&json, '}');
    bms_json_open(&json, '{');
    bms_json_close(&json, '}');
    bms_json_close(&json, ']');
    bms_json_count_member(&json, "accepted", 2);
    bms_json_close(&json, '}');
    assert_written(&kept, "{\"returns\":[{\"file\":\"a.xlsx\",\"unit\":\"A\"},{}],\"accepted\":2}");
}

static void an_absent_text_is_null(void **state) {
    (void)state;
    bms_kept kept = {0};
    bms_json json = {.sink = bms_sink_keep(&kept)};
    bms_json_text(&json, NULL);
    assert_written(&kept, "null");
}

static void text_is_escaped(void **state) {
    (void)state;
    bms_kept kept = {0};
    bms_json json = {.sink = bms_sink_keep(&kept)};
    bms_json_text(&json, "«Å» \"a\\b\"\n\r\t\b\f\x01\x1f\x7f/");
    assert_written(&kept, "\"«Å» \\\"a\\\\b\\\"\\n\\r\\t\\b\\f\\u0001\\u001f\\u007f/\"");
}

static void bytes_that_are_not_utf8_are_replaced(void **state) {
    (void)state;
    bms_kept kept = {0};
    bms_json json = {.sink = bms_sink_keep(&kept)};
    /* Latin-1, an overlong slash, half a surrogate pair, a character cut short */
    bms_json_text(&json, "r\xE5"
                         "dmann \xC0\xAF \xED\xA0\x80 \xE2\x82");
    assert_written(&kept, "\"r�dmann � � �\"");
}

static void what_steers_a_terminal_is_escaped(void **state) {
    (void)state;
    bms_kept kept = {0};
    bms_json json = {.sink = bms_sink_keep(&kept)};
    bms_json_text(&json, "a\xC2\x9B"
                         "31m\xE2\x80\xAE\xE2\x81\xA6\xD8\x9C\xE2\x80\xA8é\xC2\xA0");
    assert_written(&kept, "\"a\\u009b31m\\u202e\\u2066\\u061c\\u2028é\xC2\xA0\"");
}

static void numbers_are_the_shortest_that_read_back(void **state) {
    (void)state;
    const struct {
        double value;
        const char *text;
    } cases[] = {{0.1, "0.1"},
                 {1.0 / 3, "0.3333333333333333"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {5214, "5214"},
                 {-12.5, "-12.5"},
                 {1e22, "1e+22"},
                 {46000.75, "46000.75"},
                 {5e-324, "5e-324"},
                 {1.7976931348623157e308, "1.7976931348623157e+308"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bms_kept kept = {0};
        bms_json json = {.sink = bms_sink_keep(&kept)};
        bms_json_number(&json, cases[i].value);
        assert_written(&kept, cases[i].text);
    }
}

static void a_value_that_is_json_already_is_inserted(void **state) {
    (void)state;
    bms_kept list = {0};
    bms_kept kept = {0};
    bms_json first = {.sink = bms_sink_keep(&list)};
    bms_json json = {.sink = bms_sink_keep(&kept)};
    bms_json_open(&first, '[');
    bms_json_text(&first, "a");
    bms_json_close(&first, ']');
    bms_json_open(&json, '{');
    bms_json_ordinal_member(&json, "revision", 0);
    bms_json_key(&json, "files");
    bms_json_written(&json, &list);
    bms_json_ordinal_member(&json, "run", 3);
    bms_json_close(&json, '}');
    assert_written(&kept, "{\"revision\":null,\"files\":[\"a\"],\"run\":3}");
    bms_kept_free(&list);
}

static void what_is_not_finite_is_null(void **state) {
    (void)state;
    bms_kept kept = {0};
    bms_json json = {.sink = bms_sink_keep(&kept)};
    bms_json_open(&json, '[');
    bms_json_number(&json, NAN);
    bms_json_number(&json, -INFINITY);
    bms_json_close(&json, ']');
    assert_written(&kept, "[null,null]");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_stand_between_and_nowhere_else),
        cmocka_unit_test(an_absent_text_is_null),
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(bytes_that_are_not_utf8_are_replaced),
        cmocka_unit_test(what_steers_a_terminal_is_escaped),
        cmocka_unit_test(numbers_are_the_shortest_that_read_back),
        cmocka_unit_test(a_value_that_is_json_already_is_inserted),
        cmocka_unit_test(what_is_not_finite_is_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
