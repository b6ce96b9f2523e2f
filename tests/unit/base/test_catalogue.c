/** Texts in every language, plurals, and places filled by name. */
#include "tests/unit/close.h"

#include "core/base/catalogue.h"

static void texts_come_in_the_language_asked_for(void **state) {
    (void)state;
    assert_string_equal(bms_tr("nb", "January"), "januar");
    assert_string_equal(bms_tr("nn", "January"), "januar");
    assert_string_equal(bms_tr("en", "January"), "January");
}

static void an_unknown_text_or_language_gives_the_text_itself(void **state) {
    (void)state;
    assert_string_equal(bms_tr("nb", "No such text"), "No such text");
    assert_string_equal(bms_tr("nb", ""), "");
    assert_string_equal(bms_tr(NULL, "January"), "January");
}

static void a_plural_without_translation_is_english(void **state) {
    (void)state;
    assert_string_equal(bms_tr_plural("en", "one cow", "{n} cows", 1), "one cow");
    assert_string_equal(bms_tr_plural("nb", "one cow", "{n} cows", 2), "{n} cows");
    assert_string_equal(bms_tr_plural("nb", "one cow", "{n} cows", 0), "{n} cows");
}

static void a_plural_follows_the_number(void **state) {
    (void)state;
    const char *one = "{n} of {count} unit";
    const char *other = "{n} of {count} units";
    assert_string_equal(bms_tr_plural("nb", one, other, 1), "{n} av {count} enhet");
    assert_string_equal(bms_tr_plural("nb", one, other, 3), "{n} av {count} enheter");
    assert_string_equal(bms_tr_plural("en", one, other, 3), other);
}

static void reports_and_messages_are_in_nynorsk_too(void **state) {
    (void)state;
    assert_string_equal(bms_tr("nn", "Follows from the units' numbers."), "Følgjer av tala frå einingane.");
    assert_string_equal(bms_tr("nn", "Next: bms report {period} writes the reports again."),
                        "Neste: bms report {period} skriv rapportane på nytt.");
}

static void a_text_is_recognised_in_every_language(void **state) {
    (void)state;
    assert_true(bms_says("ja", "yes"));
    assert_true(bms_says(" JA ", "yes"));
    assert_true(bms_says("Yes", "yes"));
    assert_false(bms_says("nei", "yes"));
    assert_false(bms_says("", "yes"));
}

/** They stand in setups and in Mottak that are given out. */
static void a_text_is_recognised_by_what_it_was_called_before(void **state) {
    (void)state;
    assert_true(bms_says("Slipp resten til", "Release the rest"));
    assert_true(bms_says("slepp resten til", "Release the rest"));
    assert_true(bms_says("Samles opp", "Units together"));
    assert_true(bms_says("Samlast opp", "Units together"));
    assert_true(bms_says("Delene er alt", "Parts make up the whole"));
    assert_true(bms_says("Delane er alt", "Parts make up the whole"));
    assert_false(bms_says("Samles opp", "Parts make up the whole"));
    assert_string_equal(bms_tr("nb", "Release the rest"), "Ta inn resten");
    assert_string_equal(bms_tr("nb", "Units together"), "Slås sammen");
    assert_string_equal(bms_tr("nb", "Parts make up the whole"), "Delene utgjør helheten");
}

static void places_are_filled_by_name(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    char *none = NULL;
    assert_string_equal(bms_message(arena, "{n} of {d} had {x}", "d", "10", "n", "7", "x", "food", none),
                        "7 of 10 had food");
    assert_string_equal(bms_message(arena, "{n} and {n}", "n", "{n}", none), "{n} and {n}");
    assert_string_equal(bms_message(arena, "{unknown} {n", "n", "7", none), "{unknown} {n");
    assert_string_equal(bms_message(arena, "{", none), "{");
    assert_string_equal(bms_message(arena, "", none), "");
    assert_string_equal(bms_message(arena, "{{n}}", "n", "7", none), "{7}");
    bms_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_come_in_the_language_asked_for),
        cmocka_unit_test(an_unknown_text_or_language_gives_the_text_itself),
        cmocka_unit_test(a_plural_without_translation_is_english),
        cmocka_unit_test(a_plural_follows_the_number),
        cmocka_unit_test(reports_and_messages_are_in_nynorsk_too),
        cmocka_unit_test(a_text_is_recognised_in_every_language),
        cmocka_unit_test(a_text_is_recognised_by_what_it_was_called_before),
        cmocka_unit_test(places_are_filled_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
