/** Sheets, columns and words of a setup, in three languages. */
#include "tests/unit/close.h"

#include "core/base/catalogue.h"
#include "core/base/text.h"
#include "core/definition/setup.h"

#include <string.h>

static void sheets_and_columns_are_recognised_in_any_language_and_case(void **state) {
    (void)state;
    enum bms_setup_sheet sheet;
    assert_true(bms_setup_recognise_sheet("hvem MÅLER hva", &sheet));
    assert_int_equal(sheet, BMS_SHEET_PLAN);
    assert_true(bms_setup_recognise_sheet("Units", &sheet));
    assert_int_equal(sheet, BMS_SHEET_UNITS);
    assert_false(bms_setup_recognise_sheet("Ark1", &sheet));
    assert_string_equal(bms_setup_recognise_column(BMS_SHEET_UNITS, "  hører   under ")->key, "parent");
    assert_string_equal(bms_setup_recognise_column(BMS_SHEET_INDICATORS, "Tall 1 – spørsmål")->key,
                        "question_1");
    assert_null(bms_setup_recognise_column(BMS_SHEET_UNITS, "Merknad"));
}

static void no_two_headings_of_a_sheet_are_the_same_in_any_language(void **state) {
    (void)state;
    static const char *const languages[] = {"nb", "nn", "en"};
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++) {
        const bms_setup_schema *schema = bms_setup_schema_of((enum bms_setup_sheet)sheet);
        for (size_t column = 0; column < schema->n_columns; column++)
            for (size_t i = 0; i < 3; i++) {
                const char *heading = bms_tr(languages[i], schema->columns[column].heading);
                assert_ptr_equal(bms_setup_recognise_column((enum bms_setup_sheet)sheet, heading),
                                 &schema->columns[column]);
            }
    }
}

static void no_two_sheets_have_the_same_name_in_any_language(void **state) {
    (void)state;
    static const char *const languages[] = {"nb", "nn", "en"};
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++)
        for (size_t i = 0; i < 3; i++) {
            enum bms_setup_sheet found;
            const char *name = bms_tr(languages[i], bms_setup_schema_of((enum bms_setup_sheet)sheet)->name);
            assert_true(bms_setup_recognise_sheet(name, &found));
            assert_int_equal(found, sheet);
        }
}

static void no_choice_of_a_column_means_two_things(void **state) {
    (void)state;
    static const char *const languages[] = {"nb", "nn", "en"};
    char word[BMS_SETUP_WORD_SIZE];
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++) {
        const bms_setup_schema *schema = bms_setup_schema_of((enum bms_setup_sheet)sheet);
        for (size_t column = 0; column < schema->n_columns; column++)
            for (size_t i = 0; i < 3; i++)
                for (size_t choice = 0;; choice++) {
                    const char *text = bms_setup_choice(&schema->columns[column], choice, languages[i], word);
                    if (!text)
                        break;
                    assert_int_equal(bms_setup_recognise_choice(&schema->columns[column], text), choice);
                }
    }
}

static void the_words_are_those_of_the_coordinators(void **state) {
    (void)state;
    static const char *const sheets[] = {
        "Kommune",    "Enheter", "Styringskort", "Fokusområder",   "Suksesskriterier", "Indikatorer",
        "Plassering", "Mål",     "Målepunkt",    "Hvem måler hva", "Referansetall",    "Tiltak"};
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++)
        assert_string_equal(bms_tr("nb", bms_setup_schema_of((enum bms_setup_sheet)sheet)->name),
                            sheets[sheet]);
    static const char *const kinds[] = {"andel", "rate", "gjennomsnitt", "avvik", "antall", "ja/nei"};
    char word[BMS_SETUP_WORD_SIZE];
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(
            bms_setup_choice(bms_setup_column_of(BMS_SHEET_INDICATORS, "kind"), i, "nb", word), kinds[i]);
}

static void a_number_with_three_decimals_cannot_be_taken_for_thousands(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    assert_string_equal(bms_setup_number_text(arena, 7.5), "7.5");
    assert_string_equal(bms_setup_number_text(arena, 1234), "1234");
    assert_string_equal(bms_setup_number_text(arena, 1.234), "1.2340");
    assert_string_equal(bms_setup_number_text(arena, -0.125), "-0.1250");
    assert_string_equal(bms_setup_number_text(arena, 0.1234), "0.1234");
    bms_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_and_columns_are_recognised_in_any_language_and_case),
        cmocka_unit_test(no_two_headings_of_a_sheet_are_the_same_in_any_language),
        cmocka_unit_test(no_two_sheets_have_the_same_name_in_any_language),
        cmocka_unit_test(no_choice_of_a_column_means_two_things),
        cmocka_unit_test(the_words_are_those_of_the_coordinators),
        cmocka_unit_test(a_number_with_three_decimals_cannot_be_taken_for_thousands),
    };
    return cmocka_run_group_tests_name("setup", tests, NULL, NULL);
}
