/* JSON is well formed whatever is written into it. */
#include "json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void assert_written(struct output *output, const char *expected) {
    output_bytes(output, "", 1);
    assert_false(output->failed);
    assert_string_equal(output->bytes, expected);
    output_discard(output);
}

static void commas_stand_between_and_nowhere_else(void **state) {
    (void)state;
    struct output output = {0};
    struct json json = {.output = &output};
    json_open(&json, '{');
    json_key(&json, "returns");
    json_open(&json, '[');
    json_open(&json, '{');
    json_text_member(&json, "file", "a.xlsx");
    json_text_member(&json, "unit", "A");
    json_close(&json, '}');
    json_open(&json, '{');
    json_close(&json, '}');
    json_close(&json, ']');
    json_count_member(&json, "accepted", 2);
    json_close(&json, '}');
    assert_written(&output, "{\"returns\":[{\"file\":\"a.xlsx\",\"unit\":\"A\"},{}],\"accepted\":2}");
}

static void an_absent_text_is_null(void **state) {
    (void)state;
    struct output output = {0};
    struct json json = {.output = &output};
    json_text(&json, NULL);
    assert_written(&output, "null");
}

static void text_is_escaped(void **state) {
    (void)state;
    struct output output = {0};
    struct json json = {.output = &output};
    json_text(&json, "«Å» \"a\\b\"\n\r\t\b\f\x01\x1f\x7f/");
    assert_written(&output, "\"«Å» \\\"a\\\\b\\\"\\n\\r\\t\\b\\f\\u0001\\u001f\x7f/\"");
}

static void bytes_that_are_no_characters_are_replaced(void **state) {
    (void)state;
    struct output output = {0};
    struct json json = {.output = &output};
    /* Latin-1, an overlong slash, half a surrogate pair, a character cut short */
    json_text(&json, "r\xE5"
                     "dmann \xC0\xAF \xED\xA0\x80 \xE2\x82");
    assert_written(&output, "\"r�dmann �� � �\"");
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
        struct output output = {0};
        struct json json = {.output = &output};
        json_number(&json, cases[i].value);
        assert_written(&output, cases[i].text);
    }
}

static void what_is_no_number_is_null(void **state) {
    (void)state;
    struct output output = {0};
    struct json json = {.output = &output};
    json_open(&json, '[');
    json_number(&json, NAN);
    json_number(&json, -INFINITY);
    json_close(&json, ']');
    assert_written(&output, "[null,null]");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_stand_between_and_nowhere_else),
        cmocka_unit_test(an_absent_text_is_null),
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(bytes_that_are_no_characters_are_replaced),
        cmocka_unit_test(numbers_are_the_shortest_that_read_back),
        cmocka_unit_test(what_is_no_number_is_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
