/** The palette can be read by everyone, and texts are measured as they are shown. */
#include "core/base/catalogue.h"
#include "xlsx/write/style.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static double channel(bms_ink ink, int shift) {
    const double c = ((ink >> shift) & 0xFF) / 255.0;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(bms_ink ink) {
    return 0.2126 * channel(ink, 16) + 0.7152 * channel(ink, 8) + 0.0722 * channel(ink, 0);
}

/** Contrast as WCAG 2 defines it. */
static double contrast(bms_ink a, bms_ink b) {
    const double one = luminance(a) + 0.05;
    const double other = luminance(b) + 0.05;
    return one > other ? one / other : other / one;
}

static void every_text_has_enough_contrast_on_its_fill(void **state) {
    (void)state;
    static const struct {
        bms_ink text;
        bms_ink fill;
    } pairs[] = {{BMS_BLACK, BMS_WHITE},          {BMS_GREY_TEXT, BMS_WHITE},  {BMS_GREY_TEXT, BMS_GREY_FILL},
                 {BMS_GREY_TEXT, BMS_GREY_PALE},  {BMS_WHITE, BMS_NAVY},       {BMS_NAVY, BMS_BLUE_PALE},
                 {BMS_BLACK, BMS_INPUT_FILL},     {BMS_BLACK, BMS_INPUT_PALE}, {BMS_LINK_BLUE, BMS_WHITE},
                 {BMS_ALARM_TEXT, BMS_ALARM_FILL}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_true(contrast(pairs[i].text, pairs[i].fill) >= 4.5);
    for (int colour = BMS_NO_COLOUR; colour <= BMS_RED; colour++) {
        const bms_look *look = bms_look_of((enum bms_colour)colour);
        assert_true(contrast(look->ink, look->fill) >= 4.5);
        assert_true(contrast(look->strong, BMS_WHITE) >= 4.5);
    }
}

static void the_border_of_an_input_stands_out_from_the_paper(void **state) {
    (void)state;
    assert_true(contrast(BMS_INPUT_LINE, BMS_WHITE) >= 3.0);
    assert_true(contrast(BMS_INPUT_LINE, BMS_INPUT_FILL) >= 3.0);
}

static void what_is_rounded_to_zero_has_no_minus(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    static const char format[] = "#,##0.0\" %\"";
    static const char unsigned_format[] = "#,##0.0\" %\";#,##0.0\" %\"";
    assert_string_equal(bms_number_format_for(arena, format, 1, -0.04), unsigned_format);
    assert_string_equal(bms_number_format_for(arena, format, 1, -0.0499999), unsigned_format);
    /* -0.1, half away from zero; with the sign that texts have */
    static const char signed_format[] = "#,##0.0\" %\";\"\u2212\"#,##0.0\" %\"";
    assert_string_equal(bms_number_format_for(arena, format, 1, -0.05), signed_format);
    assert_string_equal(bms_number_format_for(arena, format, 2, -0.04), signed_format);
    assert_string_equal(bms_number_format_for(arena, format, 1, 0.04), format);
    assert_string_equal(bms_number_format_for(arena, format, 1, 0.0), format);
    bms_arena_free(arena);
}

static void number_formats_have_the_decimals_asked_for(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    assert_string_equal(bms_number_format(0), "#,##0");
    assert_string_equal(bms_number_format(2), "#,##0.00");
    assert_string_equal(bms_number_format(-1), "#,##0");
    assert_string_equal(bms_number_format(99), "#,##0.000000000");
    assert_string_equal(bms_number_format_with(arena, 1, " %"), "#,##0.0\" %\"");
    assert_string_equal(bms_number_format_with(arena, 0, " \"x\""), "#,##0\" 'x'\"");
    bms_arena_free(arena);
}

static void longer_texts_are_wider_and_take_more_lines(void **state) {
    (void)state;
    assert_true(bms_text_width("iiii", false) < bms_text_width("mmmm", false));
    assert_true(bms_text_width("Mål", false) < bms_text_width("Mål", true));
    assert_true(fabs(bms_text_width("ab\nabcd\na", false) - bms_text_width("abcd", false)) < 1e-9);
    assert_int_equal(bms_text_lines("", 10, 0, false), 1);
    assert_int_equal(bms_text_lines("kort", 10, 0, false), 1);
    assert_int_equal(bms_text_lines("to\nlinjer", 20, 0, false), 2);
    assert_int_equal(bms_text_lines("Hvor mange dagsverk gikk tapt?", 12, 0, false), 3);
    assert_int_equal(bms_text_lines("Hvor mange dagsverk gikk tapt?", 12, 20, false), 5);
    assert_true(bms_text_lines("etordutenmellomromsomerlengreennlinjen", 8, 0, false) >= 4);
}

static void a_line_is_higher_than_its_letters(void **state) {
    (void)state;
    assert_true(bms_line_height(1, 0) > BMS_USUAL_SIZE);
    assert_true(bms_line_height(2, 20) > 40);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_has_enough_contrast_on_its_fill),
        cmocka_unit_test(the_border_of_an_input_stands_out_from_the_paper),
        cmocka_unit_test(what_is_rounded_to_zero_has_no_minus),
        cmocka_unit_test(number_formats_have_the_decimals_asked_for),
        cmocka_unit_test(longer_texts_are_wider_and_take_more_lines),
        cmocka_unit_test(a_line_is_higher_than_its_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
