/** Texts compared, trimmed and made into file names, whatever their alphabet. */
#include "tests/unit/close.h"

#include "core/base/text.h"

#include <string.h>

static void headings_are_the_same_whatever_their_case_and_composition(void **state) {
    (void)state;
    assert_true(bms_text_same("Garderåsen", "GARDERÅSEN"));
    assert_true(bms_text_same("Garder\u00E5sen", "Gardera\u030Asen"));
    assert_true(bms_text_same(" Tall 1\u00A0(teller) ", "tall  1 (TELLER)"));
    assert_true(bms_text_same("Spørs\u00ADmål", "spørsmål"));
    assert_false(bms_text_same("Frogner sykehjem 1. etg", "Frogner sykehjem 2. etg"));
    assert_false(bms_text_same("a", "å"));
    assert_false(bms_text_same("Eining 1", "eining 12"));
    assert_true(bms_text_same("Enhet 1 a\u030A", "enhet 1\u00A0\u00E5"));
    assert_true(bms_text_same("Ma\u00ADl", "mal"));
    assert_true(bms_text_same("kast", "\u212Aast")); /* the sign of kelvin */
    assert_false(bms_text_same("ba", "ca\u030A"));
    assert_true(bms_text_same("", "  "));
}

static void long_texts_are_compared_too(void **state) {
    (void)state;
    char a[2000];
    char b[2000];
    memset(a, 'x', sizeof a);
    memset(b, 'X', sizeof b);
    a[sizeof a - 1] = b[sizeof b - 1] = '\0';
    assert_true(bms_text_same(a, b));
    b[1998] = 'y';
    assert_false(bms_text_same(a, b));
}

static void a_text_that_is_not_utf8_is_left_as_it_is(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    assert_string_equal(bms_text_fold(arena, "\xC3(x"), "\xC3(x");
    bms_arena_free(arena);
}

static void a_text_is_never_cut_inside_a_character(void **state) {
    (void)state;
    assert_int_equal(bms_text_fit("Lia", 10), 3);
    assert_int_equal(bms_text_fit("Lia", 3), 3);
    assert_int_equal(bms_text_fit("Lia", 2), 2);
    assert_int_equal(bms_text_fit("\xC3\xA5s", 2), 2);
    assert_int_equal(bms_text_fit("b\xC3\xA5", 2), 1);
    assert_int_equal(bms_text_fit("b\xE2\x82\xAC", 3), 1);
    assert_int_equal(bms_text_fit("\x80\x80\x80", 2), 2); /* no UTF-8: something must be cut off */
    assert_int_equal(bms_text_fit("", 2), 0);
}

static void all_kinds_of_white_space_are_trimmed(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    assert_string_equal(bms_text_trim(arena, "\u00A0\t Lia \u202F\u200B\n"), "Lia");
    assert_string_equal(bms_text_trim(arena, "\u200E\u202A Lia\u202C\u00AD"), "Lia");
    assert_string_equal(bms_text_trim(arena, " \u3000 "), "");
    assert_string_equal(bms_text_trim(arena, "a b"), "a b");
    assert_true(bms_text_blank(NULL) && bms_text_blank("") && bms_text_blank(" \t\n"));
    assert_false(bms_text_blank(" a"));
    bms_arena_free(arena);
}

static void codes_are_short_ascii(void **state) {
    (void)state;
    assert_true(bms_code_valid("0310"));
    assert_true(bms_code_valid("a-B_3.x"));
    assert_true(bms_code_valid("12345678901234567890"));
    assert_false(bms_code_valid("123456789012345678901"));
    assert_false(bms_code_valid(""));
    assert_false(bms_code_valid("æ"));
    assert_false(bms_code_valid("a b"));
    assert_int_equal(bms_code_compare("Ab", "aB"), 0);
    assert_true(bms_code_compare("0310", "310") != 0);
    assert_true(bms_code_compare("a", "b") < 0);
    assert_true(bms_code_compare("ab", "a") > 0);
}

static void only_one_plain_address_is_an_address(void **state) {
    (void)state;
    assert_true(bms_email_valid("kari.nordmann@eksempel.example"));
    static const char *const none[] = {"",
                                       "kari",
                                       "@eksempel.example",
                                       "kari@",
                                       "kari@eksempel",
                                       "kari@.no",
                                       "kari@eksempel.",
                                       "kari@@eksempel.example",
                                       "a@b.example, c@d.example",
                                       "Kari <kari@eksempel.example>",
                                       "\"kari\"@eksempel.example",
                                       "a@b.example\r\nBcc: c@d.example",
                                       "kari nordmann@eksempel.example",
                                       "[kari]@eksempel.example",
                                       "kåre@eksempel.example",
                                       "kare@blåbær.example"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_false(bms_email_valid(none[i]));
}

static void file_names_are_ascii_and_short(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        {"0310", "Garderåsen barnehage", "0310-Garderasen_barnehage.xlsx"},
        {"B1", "Kjøkkentjeneste – institusjon", "B1-Kjokkentjeneste_institusjon.xlsx"},
        {"X", "  Ærlig/\\:*? talt! ", "X-Aerlig_talt.xlsx"},
        {"X", "", "X-.xlsx"},
        {"-X", "a", "_-X-a.xlsx"},
        {".X", "a", "_.X-a.xlsx"},
        {"NUL.1", "a", "_NUL.1-a.xlsx"},
        {"com1.x", "a", "_com1.x-a.xlsx"},
        {"CON", "a", "CON-a.xlsx"},
    };
    bms_arena *arena = bms_arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(bms_text_file_name(arena, cases[i][0], cases[i][1]), cases[i][2]);
    const char *longest =
        bms_text_file_name(arena, "12345678901234567890",
                           "Interkommunal barneverntjeneste for alle kommunene i regionen og noen til");
    assert_true(strlen(longest) <= 80);
    assert_string_equal(longest + strlen(longest) - 5, ".xlsx");
    bms_arena_free(arena);
}

static void no_two_codes_share_a_file_name(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    assert_string_not_equal(bms_text_file_name(arena, "A", "b c"), bms_text_file_name(arena, "A-b", "c"));
    assert_string_not_equal(bms_text_file_name(arena, "A", "b-c"), bms_text_file_name(arena, "A-b", "c"));
    bms_arena_free(arena);
}

static void a_text_begins_with_a_capital(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    assert_string_equal(bms_text_capital(arena, "når målet"), "Når målet");
    assert_string_equal(bms_text_capital(arena, "åpent"), "Åpent");
    assert_string_equal(bms_text_capital(arena, "Mål"), "Mål");
    assert_string_equal(bms_text_capital(arena, "1 av 2"), "1 av 2");
    assert_string_equal(bms_text_capital(arena, ""), "");
    bms_arena_free(arena);
}

static void near_names_are_near(void **state) {
    (void)state;
    assert_int_equal(bms_text_distance("Lia", "lia"), 0);
    assert_int_equal(bms_text_distance("sykehjem 1. etg", "sykehjem 2. etg"), 1);
    assert_int_equal(bms_text_distance("", "æøå"), 3);
    assert_int_equal(bms_text_distance("0310", "310"), 1);
    assert_int_equal(bms_text_distance("kitten", "sitting"), 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_are_the_same_whatever_their_case_and_composition),
        cmocka_unit_test(long_texts_are_compared_too),
        cmocka_unit_test(a_text_that_is_not_utf8_is_left_as_it_is),
        cmocka_unit_test(a_text_is_never_cut_inside_a_character),
        cmocka_unit_test(all_kinds_of_white_space_are_trimmed),
        cmocka_unit_test(codes_are_short_ascii),
        cmocka_unit_test(only_one_plain_address_is_an_address),
        cmocka_unit_test(file_names_are_ascii_and_short),
        cmocka_unit_test(no_two_codes_share_a_file_name),
        cmocka_unit_test(a_text_begins_with_a_capital),
        cmocka_unit_test(near_names_are_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
