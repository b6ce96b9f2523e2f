/** A command's output is kept until it is complete, however long it is. */
#include "output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static void named_places_are_filled_and_unknown_ones_stay(void **state) {
    (void)state;
    struct output output = {0};
    output_message(&output, "{n} av {d}: {what} {n} {", "n", "7", "d", "10 {n}", NULL);
    output_bytes(&output, "", 1);
    assert_string_equal(output.bytes, "7 av 10 {n}: {what} 7 {");
    output_discard(&output);
}

static void much_text_comes_out_as_it_went_in(void **state) {
    (void)state;
    enum { LINES = 300000 };
    struct output output = {0};
    for (int i = 0; i < LINES; i++) {
        char line[32];
        (void)snprintf(line, sizeof line, "line %07d\n", i);
        output_text(&output, line);
    }
    assert_true(output.capacity < 4u << 20); /* it went to a file */
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_true(output_deliver(&output, file));
    rewind(file);
    for (int i = 0; i < LINES; i++) {
        char expected[32];
        char line[32];
        (void)snprintf(expected, sizeof expected, "line %07d\n", i);
        assert_non_null(fgets(line, sizeof line, file));
        assert_string_equal(line, expected);
    }
    assert_int_equal(fgetc(file), EOF);
    assert_int_equal(fclose(file), 0);
    output_discard(&output);
}

static void what_steers_a_terminal_is_shown_as_a_sign(void **state) {
    (void)state;
    const struct {
        const char *text, *as_text, *as_value;
    } cases[] = {{"plain «æ»", "plain «æ»", "plain «æ»"},
                 {"a\033[2J\x7f", "a␛[2J␡", "a␛[2J␡"},
                 {"a\tb\nc", "a\tb\nc", "a␉b␊c"},
                 {"a\r\nb\rc", "a\nb␍c", "a␊b␍c"},
                 {"\xC2\x9B\xE2\x80\xAE\xE2\x81\xA9\xD8\x9C\xE2\x80\xA8", "�����", "�����"},
                 {"\x9B"
                  "8m \xC0\x9B \xE2\x80",
                  "�8m �� ��", "�8m �� ��"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct output text = {.guarded = true};
        struct output value = {.guarded = true};
        output_text(&text, cases[i].text);
        output_message(&value, "{v}", "v", cases[i].text, NULL);
        output_bytes(&text, "|", 1);
        output_bytes(&value, "|", 1);
        assert_memory_equal(text.bytes, cases[i].as_text, text.size - 1);
        assert_memory_equal(value.bytes, cases[i].as_value, value.size - 1);
        assert_int_equal(text.size - 1, strlen(cases[i].as_text));
        assert_int_equal(value.size - 1, strlen(cases[i].as_value));
        output_discard(&text);
        output_discard(&value);
    }
}

static void a_stream_that_fails_is_reported(void **state) {
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    struct output output = {0};
    output_text(&output, "text");
    assert_false(output_deliver(&output, full));
    (void)fclose(full);
    output_discard(&output);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(named_places_are_filled_and_unknown_ones_stay),
        cmocka_unit_test(much_text_comes_out_as_it_went_in),
        cmocka_unit_test(what_steers_a_terminal_is_shown_as_a_sign),
        cmocka_unit_test(a_stream_that_fails_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
