/** The formulas of a form are within the limits of spreadsheet programs, whatever the setup says. */
#include "xlsx/layout/form/formula.h"

#include "tests/unit/close.h"

#include <stdio.h>
#include <string.h>

/* Characters, in Excel; a correction puts a formula inside another. */
enum { MOST_TEXT = 255, MOST_FORMULA = 8192, ROUND_IT = 1000 };

/** @return the longest text between quotes. */
static size_t longest_text(const char *formula) {
    size_t longest = 0;
    size_t length = 0;
    bool inside = false;
    for (; *formula; formula++) {
        if (*formula == '"')
            inside = !inside;
        length = *formula == '"' ? 0 : length + 1;
        longest = inside && length > longest ? length : longest;
    }
    return longest;
}

static void a_long_text_is_put_together_of_pieces(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    char text[1001] = "";
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\u00E5", 3);
    const char *formula = bms_formula_text(arena, text);
    assert_true(longest_text(formula) <= MOST_TEXT);
    assert_null(strstr(formula, "\xC3\"")); /* no character is divided */
    assert_non_null(strstr(formula, "\u00E5\"&\"\u00E5"));
    assert_string_equal(bms_formula_text(arena, "si \"ja\""), "\"si \"\"ja\"\"\"");
    bms_arena_free(arena);
}

static void put_cells(bms_form_cells *cells, char *name) {
    *cells = (bms_form_cells){.numerator = "C100",
                              .denominator = "E100",
                              .result = "G100",
                              .reason = "I100",
                              .comment = "J100",
                              .actions = "'Tiltak'!$B$8:$B$1007",
                              .link = name};
    for (int n = 0; n < 2; n++) {
        (void)snprintf(cells->whole[n], sizeof cells->whole[n], "C200");
        cells->whole_name[n] = name;
        cells->n_parts[n] = BMS_MOST_PARTS;
        for (size_t i = 0; i < BMS_MOST_PARTS; i++)
            (void)snprintf(cells->parts[n][i].cell, sizeof cells->parts[n][i].cell, "E1%02zu", i);
    }
}

static void a_status_with_the_most_parts_is_a_formula_still(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    char name[301] = "";
    bms_form_cells cells;
    memset(name, 'n', sizeof name - 1);
    put_cells(&cells, name);
    bms_question question = {.indicator = "SYK",
                             .name = name,
                             .required = true,
                             .must_answer = true,
                             .when_red = BMS_RED_IS_HELD,
                             .kind = BMS_SHARE,
                             .factor = 100,
                             .decimals = 1,
                             .limits = {true, BMS_BAND, 12.345678, 12.345678, 98.765432, 98.765432}};
    question.numerator = (bms_question_number){
        .least = {true, -123456.789}, .most = {true, 123456.789}, .whole = true, .parts_are_all = true};
    question.denominator = question.numerator;
    const char *formula = bms_form_status_formula(arena, &question, &cells, "nb");
    assert_false(bms_arena_failed(arena));
    assert_true(strlen(formula) < MOST_FORMULA - ROUND_IT);
    assert_true(longest_text(formula) <= MOST_TEXT);
    bms_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_text_is_put_together_of_pieces),
        cmocka_unit_test(a_status_with_the_most_parts_is_a_formula_still),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
