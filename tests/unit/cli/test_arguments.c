/** Command lines are read the way people are used to. */
#include "arguments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static const struct option global[] = {
    {"db", "FILE", ""}, {"json", NULL, ""}, {"help", NULL, ""}, {NULL, NULL, NULL}};
static const struct option of_forms[] = {{"unit", "CODE", ""}, {"force", NULL, ""}, {NULL, NULL, NULL}};

static const struct option *options_of(const char *command) {
    return strcmp(command, "forms") == 0 ? of_forms : NULL;
}

/** Reads the words of a line after the program's name. */
static enum argument_fault read_line(struct arguments *out, const char *const words[], int n) {
    const char *argv[16] = {"bms"};
    memcpy(argv + 1, words, (size_t)n * sizeof *words);
    return arguments_read(out, n + 1, argv, global, options_of);
}

#define READ(out, ...)                                                                                       \
    read_line(out, (const char *[]){__VA_ARGS__}, (int)(sizeof(const char *[]){__VA_ARGS__} / sizeof(char *)))

static void options_stand_anywhere_with_either_way_to_give_a_value(void **state) {
    (void)state;
    struct arguments a;
    assert_int_equal(READ(&a, "--db", "x.db", "forms", "--unit=A", "2026-T1", "--force", "--json"),
                     ARGUMENTS_FINE);
    assert_string_equal(a.command, "forms");
    assert_string_equal(arguments_value(&a, "db"), "x.db");
    assert_string_equal(arguments_value(&a, "unit"), "A");
    assert_true(arguments_has(&a, "force") && arguments_has(&a, "json"));
    assert_false(arguments_has(&a, "help"));
    assert_int_equal(a.n_operands, 1);
    assert_string_equal(arguments_operand(&a, 0), "2026-T1");
    assert_null(arguments_operand(&a, 1));
    arguments_dispose(&a);
}

static void two_dashes_end_the_options(void **state) {
    (void)state;
    struct arguments a;
    assert_int_equal(READ(&a, "forms", "--", "--unit", "-x"), ARGUMENTS_FINE);
    assert_int_equal(a.n_operands, 2);
    assert_string_equal(arguments_operand(&a, 0), "--unit");
    assert_string_equal(arguments_operand(&a, 1), "-x");
    arguments_dispose(&a);
}

static void the_last_of_an_option_counts_and_a_value_may_be_empty(void **state) {
    (void)state;
    struct arguments a;
    assert_int_equal(READ(&a, "forms", "--unit", "A", "--unit="), ARGUMENTS_FINE);
    assert_string_equal(arguments_value(&a, "unit"), "");
    arguments_dispose(&a);
}

static void a_fault_names_the_argument_and_what_follows_is_still_read(void **state) {
    (void)state;
    struct arguments a;
    assert_int_equal(READ(&a, "forms", "--untt=A", "--json"), ARGUMENTS_UNKNOWN_OPTION);
    assert_string_equal(a.at_fault, "--untt=A");
    assert_true(arguments_has(&a, "json"));
    arguments_dispose(&a);
    assert_int_equal(READ(&a, "form", "--json"), ARGUMENTS_UNKNOWN_COMMAND);
    assert_string_equal(a.at_fault, "form");
    assert_true(arguments_has(&a, "json"));
    arguments_dispose(&a);
    assert_int_equal(READ(&a, "forms", "--unit"), ARGUMENTS_VALUE_MISSING);
    assert_string_equal(a.at_fault, "--unit");
    arguments_dispose(&a);
    assert_int_equal(READ(&a, "forms", "--force=yes"), ARGUMENTS_VALUE_UNWANTED);
    arguments_dispose(&a);
    assert_int_equal(READ(&a, "forms", "-f"), ARGUMENTS_UNKNOWN_OPTION);
    arguments_dispose(&a);
}

static void an_option_of_one_command_is_not_one_of_all(void **state) {
    (void)state;
    struct arguments a;
    assert_int_equal(READ(&a, "--unit", "A", "forms"), ARGUMENTS_UNKNOWN_OPTION);
    arguments_dispose(&a);
}

static void short_h_is_help_and_a_lone_dash_is_an_operand(void **state) {
    (void)state;
    struct arguments a;
    assert_int_equal(READ(&a, "forms", "-h", "-"), ARGUMENTS_FINE);
    assert_true(arguments_has(&a, "help"));
    assert_string_equal(arguments_operand(&a, 0), "-");
    arguments_dispose(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_stand_anywhere_with_either_way_to_give_a_value),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(the_last_of_an_option_counts_and_a_value_may_be_empty),
        cmocka_unit_test(a_fault_names_the_argument_and_what_follows_is_still_read),
        cmocka_unit_test(an_option_of_one_command_is_not_one_of_all),
        cmocka_unit_test(short_h_is_help_and_a_lone_dash_is_an_operand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
