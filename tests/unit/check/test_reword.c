/** Stored findings in another language: every text of every rule, from and to every language. */
#include "core/check/reword.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/catalogue.h"
#include "core/base/language.h"
#include "core/check/checking.h"

#include <string.h>

static const bms_text_place values[] = {{"name", "Sykefravær"}, {"list", "SYK, KORT"}, {"result", "81 %"},
                                        {"cell", "C8"},         {"value", "29"},       {"who", "Kari Prøve"},
                                        {"file", "a (2).xlsx"}, {"period", "2026-T2"}, {"unit", "Lia"},
                                        {"group", "skole"},     {"n", "10"},           {"d", "7"},
                                        {"text", "ca. 5"},      {"other", "Fjell"},    {"before", "6"}};

static const char *said(bms_arena *arena, const char *language, const char *text) {
    return bms_message_of(arena, bms_tr(language, text), values, sizeof values / sizeof *values);
}

static void assert_reworded(const char *rule, const char *text) {
    for (size_t from = 0; text && bms_language_at(from); from++) {
        for (size_t to = 0; bms_language_at(to); to++) {
            bms_arena *arena = bms_arena_new();
            const char *there = bms_language_at(to)->code;
            const char *stored = said(arena, bms_language_at(from)->code, text);
            assert_string_equal(bms_finding_in(arena, rule, stored, there), said(arena, there, text));
            assert_string_equal(bms_finding_in(arena, NULL, stored, there), said(arena, there, text));
            bms_arena_free(arena);
        }
    }
}

static void every_text_of_every_rule_is_said_in_every_language(void **state) {
    (void)state;
    size_t n;
    const bms_rule *rules = bms_check_rules(&n);
    for (size_t i = 0; i < n; i++) {
        assert_reworded(rules[i].id, rules[i].message);
        assert_reworded(rules[i].id, rules[i].fix);
        assert_reworded(rules[i].id, rules[i].message_to_unit);
        assert_reworded(rules[i].id, rules[i].fix_to_unit);
    }
}

static void who_accepted_a_finding_is_said_in_every_language(void **state) {
    (void)state;
    assert_reworded("part_above_whole", BMS_ACCEPTED_BY);
}

static void numbers_are_written_as_the_language_does(void **state) {
    (void)state;
    static const char *const same[][2] = {{"8.1 %", "8,1 %"},
                                          {"-0.5", "-0,5"},
                                          {"29,000", "29\u00A0000"},
                                          {"1,234,567.25 kr", "1\u00A0234\u00A0567,25 kr"},
                                          {"12", "12"},
                                          {"2026-09-15", "2026-09-15"},
                                          {"1.2.3", "1.2.3"},
                                          {"C8, E8", "C8, E8"}};
    bms_arena *arena = bms_arena_new();
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        const bms_text_place english = {"list", same[i][0]};
        const bms_text_place norwegian = {"list", same[i][1]};
        const char *text = "Not answered: {list}.";
        const char *in_nb = bms_message_of(arena, bms_tr("nb", text), &norwegian, 1);
        const char *in_en = bms_message_of(arena, text, &english, 1);
        assert_string_equal(bms_finding_in(arena, "required_missing", in_en, "nb"), in_nb);
        assert_string_equal(bms_finding_in(arena, "required_missing", in_nb, "en"), in_en);
    }
    bms_arena_free(arena);
}

static void what_no_rule_says_stays(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    assert_null(bms_finding_in(arena, NULL, NULL, "en"));
    assert_string_equal(bms_finding_in(arena, NULL, "", "en"), "");
    assert_string_equal(bms_finding_in(arena, NULL, "Noe en eldre utgave sa.", "en"),
                        "Noe en eldre utgave sa.");
    assert_string_equal(bms_finding_in(arena, "no_such_rule", "Les a.xlsx.", "en"), "Les a.xlsx.");
    bms_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_of_every_rule_is_said_in_every_language),
        cmocka_unit_test(who_accepted_a_finding_is_said_in_every_language),
        cmocka_unit_test(numbers_are_written_as_the_language_does),
        cmocka_unit_test(what_no_rule_says_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
