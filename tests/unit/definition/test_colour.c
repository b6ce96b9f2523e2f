/** Colours by their limits, and the words for them. */
#include "tests/unit/close.h"

#include "core/definition/colour.h"

#include <string.h>

static bms_number number(double value) {
    return (bms_number){true, value};
}

static enum bms_colour colour(enum bms_better better, double green, double red, double result) {
    bms_limits limits = {.known = true, .better = better, .green = green, .red = red};
    return bms_colour_of(&limits, number(result));
}

static void a_value_on_a_limit_takes_the_better_colour(void **state) {
    (void)state;
    assert_int_equal(colour(BMS_UP, 5, 4, 5), BMS_GREEN);
    assert_int_equal(colour(BMS_UP, 5, 4, 4.99), BMS_YELLOW);
    assert_int_equal(colour(BMS_UP, 5, 4, 4), BMS_YELLOW);
    assert_int_equal(colour(BMS_UP, 5, 4, 3.99), BMS_RED);
    assert_int_equal(colour(BMS_DOWN, 7.5, 9.5, 7.5), BMS_GREEN);
    assert_int_equal(colour(BMS_DOWN, 7.5, 9.5, 9.5), BMS_YELLOW);
    assert_int_equal(colour(BMS_DOWN, 7.5, 9.5, 9.51), BMS_RED);
}

static void equal_limits_leave_no_yellow(void **state) {
    (void)state;
    assert_int_equal(colour(BMS_DOWN, 0, 0, 0), BMS_GREEN);
    assert_int_equal(colour(BMS_DOWN, 0, 0, 0.001), BMS_RED);
    assert_int_equal(colour(BMS_UP, 3, 3, 2.999), BMS_RED);
}

static void a_band_is_red_on_both_sides(void **state) {
    (void)state;
    bms_limits limits = {
        .known = true, .better = BMS_BAND, .red = -2, .green = -1, .green_to = 1, .red_to = 2};
    static const double values[] = {-2.1, -2, -1, 0, 1, 1.5, 2, 2.1};
    static const enum bms_colour colours[] = {BMS_RED,   BMS_YELLOW, BMS_GREEN,  BMS_GREEN,
                                              BMS_GREEN, BMS_YELLOW, BMS_YELLOW, BMS_RED};
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(bms_colour_of(&limits, number(values[i])), colours[i]);
}

static void colours_are_decided_on_nine_decimals(void **state) {
    (void)state;
    assert_int_equal(colour(BMS_UP, 1.1, 1.0, 1.0999999999999999), BMS_GREEN);
    assert_int_equal(colour(BMS_UP, 1.1, 1.0, 1.099999999), BMS_YELLOW);
    assert_int_equal(colour(BMS_UP, 1.1, 1.0, 1.0999999996), BMS_GREEN);
}

static void no_target_or_no_result_gives_no_colour(void **state) {
    (void)state;
    bms_limits limits = {.known = true, .better = BMS_UP, .green = 1, .red = 1};
    assert_int_equal(bms_colour_of(&limits, (bms_number){false, 0}), BMS_NO_COLOUR);
    limits.known = false;
    assert_int_equal(bms_colour_of(&limits, number(3)), BMS_NO_COLOUR);
    assert_null(bms_colour_name(BMS_NO_COLOUR));
}

static void more_decimals_are_shown_where_rounding_would_contradict_the_colour(void **state) {
    (void)state;
    bms_limits limits = {.known = true, .better = BMS_UP, .green = 5, .red = 4};
    assert_int_equal(bms_shown_decimals(&limits, number(4.6), 1), 1);
    assert_int_equal(bms_shown_decimals(&limits, number(4.96), 1), 2);
    assert_int_equal(bms_shown_decimals(&limits, number(4.996), 1), 3);
    assert_int_equal(bms_shown_decimals(&limits, number(4.9996), 1), 4);
    assert_int_equal(bms_shown_decimals(&limits, number(4.99999), 1), 4);
    limits.known = false;
    assert_int_equal(bms_shown_decimals(&limits, number(4.96), 1), 1);
}

static void names_of_better_are_read_back(void **state) {
    (void)state;
    enum bms_better better;
    for (int i = BMS_UP; i <= BMS_BAND; i++) {
        assert_true(bms_better_parse(bms_better_name((enum bms_better)i), &better));
        assert_int_equal(better, i);
    }
    assert_false(bms_better_parse("high", &better));
    assert_false(bms_better_parse(NULL, &better));
}

static void every_colour_has_a_shape_and_a_word_of_its_own(void **state) {
    (void)state;
    for (int i = BMS_NO_COLOUR; i <= BMS_RED; i++) {
        for (int j = BMS_NO_COLOUR; j < i; j++) {
            assert_string_not_equal(bms_colour_shape((enum bms_colour)i),
                                    bms_colour_shape((enum bms_colour)j));
            assert_string_not_equal(bms_colour_word((enum bms_colour)i), bms_colour_word((enum bms_colour)j));
        }
    }
}

static void every_status_has_a_shape_and_a_word_of_its_own(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    const struct {
        enum bms_colour colour;
        enum bms_why why;
        const char *text;
    } cases[] = {{BMS_GREEN, BMS_HAS_COLOUR, "● Når målet"},
                 {BMS_YELLOW, BMS_HAS_COLOUR, "▲ Nær målet"},
                 {BMS_RED, BMS_HAS_COLOUR, "■ Langt fra målet"},
                 {BMS_NO_COLOUR, BMS_WHY_NO_TARGET, "○ Uten mål"},
                 {BMS_NO_COLOUR, BMS_WHY_DIFFERENT_TARGETS, "○ Ulike mål"},
                 {BMS_NO_COLOUR, BMS_WHY_TOO_FEW, "○ For få svar"},
                 {BMS_NO_COLOUR, BMS_WHY_NOT_TOGETHER, "○ Samles ikke"},
                 {BMS_NO_COLOUR, BMS_WHY_PART_MISSING, "○ Tall mangler"},
                 {BMS_NO_COLOUR, BMS_WHY_NO_PER_CENT, "○ Uten prosent"},
                 {BMS_NO_COLOUR, BMS_WHY_YEAR_NOT_OVER, "○ Året pågår"},
                 {BMS_NO_COLOUR, bms_why_of_state(BMS_MISSING), "○ Mangler"},
                 {BMS_NO_COLOUR, bms_why_of_state(BMS_NOT_APPLICABLE), "○ Ikke aktuelt"},
                 {BMS_NO_COLOUR, bms_why_of_state(BMS_EMPTY_BASE), "○ Ingen å måle"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(bms_status_text(arena, "nb", cases[i].colour, cases[i].why), cases[i].text);
    bms_arena_free(arena);
}

static void the_legend_says_what_all_shapes_mean(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    assert_string_equal(bms_colour_legend(arena, "nb"),
                        "● når målet  ▲ nær målet  ■ langt fra målet  ○ uten farge");
    assert_string_equal(bms_colour_legend(arena, "en"),
                        "● on target  ▲ near target  ■ far from target  ○ without colour");
    assert_string_equal(bms_colour_title(arena, "nb", BMS_NO_COLOUR), "Uten farge");
    assert_string_equal(bms_colour_mark(arena, BMS_RED, "Gjenstår"), "■ Gjenstår");
    bms_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_on_a_limit_takes_the_better_colour),
        cmocka_unit_test(equal_limits_leave_no_yellow),
        cmocka_unit_test(a_band_is_red_on_both_sides),
        cmocka_unit_test(colours_are_decided_on_nine_decimals),
        cmocka_unit_test(no_target_or_no_result_gives_no_colour),
        cmocka_unit_test(more_decimals_are_shown_where_rounding_would_contradict_the_colour),
        cmocka_unit_test(names_of_better_are_read_back),
        cmocka_unit_test(every_colour_has_a_shape_and_a_word_of_its_own),
        cmocka_unit_test(every_status_has_a_shape_and_a_word_of_its_own),
        cmocka_unit_test(the_legend_says_what_all_shapes_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
