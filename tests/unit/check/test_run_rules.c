/** Rules about files and runs: how serious what they find is, and its texts. */
#include "core/check/run_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_severity(const enum bms_run_rule *which, size_t n, enum bms_severity severity) {
    bms_arena *arena = bms_arena_new();
    for (size_t i = 0; i < n; i++) {
        const bms_finding finding = bms_run_finding(arena, "en", which[i], NULL, 0);
        if (finding.severity != severity)
            fail_msg("%s has severity %d", finding.rule, (int)finding.severity);
    }
    bms_arena_free(arena);
}
#define ASSERT_SEVERITY(severity, ...)                                                                       \
    assert_severity((const enum bms_run_rule[]){__VA_ARGS__},                                                \
                    sizeof((const enum bms_run_rule[]){__VA_ARGS__}) / sizeof(enum bms_run_rule), severity)

static void what_holds_a_file_back_is_an_error(void **state) {
    (void)state;
    ASSERT_SEVERITY(BMS_FATAL, BMS_RULE_UNREADABLE);
    ASSERT_SEVERITY(BMS_ERROR, BMS_RULE_CHANGED_MEANWHILE, BMS_RULE_TWO_FILES, BMS_RULE_TWO_FILES_ALIKE,
                    BMS_RULE_OUTDATED);
}

static void what_nobody_needs_to_do_anything_about_is_for_information(void **state) {
    (void)state;
    ASSERT_SEVERITY(BMS_INFO, BMS_RULE_DUPLICATE_OF_ACCEPTED, BMS_RULE_DUPLICATE_OF_FILE,
                    BMS_RULE_CHOSEN_INSTEAD, BMS_RULE_LATE, BMS_RULE_REDACTED, BMS_RULE_REMOVED_BEFORE,
                    BMS_RULE_UPGRADED, BMS_RULE_OTHER_PROGRAM, BMS_RULE_READING, BMS_RULE_PERIOD_TO_SEND,
                    BMS_RULE_PERIOD_OVERDUE, BMS_RULE_PERIOD_SENT_LAST);
}

static void what_the_coordinator_should_look_at_is_a_warning(void **state) {
    (void)state;
    ASSERT_SEVERITY(BMS_WARNING, BMS_RULE_REPLACES_AMENDMENT, BMS_RULE_DECISION_NOT_USED,
                    BMS_RULE_NUMBERS_OF_OTHER, BMS_RULE_BAD_EMAIL, BMS_RULE_COPIES_REMAIN,
                    BMS_RULE_COPIES_ELSEWHERE, BMS_RULE_NOT_REWRITTEN, BMS_RULE_NO_COPY,
                    BMS_RULE_SYNCHRONISED, BMS_RULE_NOT_REPLACED, BMS_RULE_OPEN_FOLDER);
}

static void two_files_are_the_same_rule_whether_they_differ_in_cells_or_not(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    const bms_text_place places[] = {
        {"unit", "Lia"}, {"file", "a.xlsx"}, {"other", "b.xlsx"}, {"cells", "C6"}};
    const bms_finding differ = bms_run_finding(arena, "en", BMS_RULE_TWO_FILES, places, 4);
    const bms_finding alike = bms_run_finding(arena, "en", BMS_RULE_TWO_FILES_ALIKE, places, 3);
    assert_string_equal(differ.rule, alike.rule);
    assert_string_equal(differ.message,
                        "Two different forms from Lia: “a.xlsx” and “b.xlsx”. They differ in C6.");
    assert_string_equal(alike.message, "Two different forms from Lia: “a.xlsx” and “b.xlsx”.");
    bms_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_holds_a_file_back_is_an_error),
        cmocka_unit_test(what_nobody_needs_to_do_anything_about_is_for_information),
        cmocka_unit_test(what_the_coordinator_should_look_at_is_a_warning),
        cmocka_unit_test(two_files_are_the_same_rule_whether_they_differ_in_cells_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
