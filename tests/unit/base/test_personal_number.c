/** Personal numbers are found in texts and hidden. All here are of people made for tests: the month is + 80
 * or + 40. */
#include "tests/unit/close.h"

#include "core/base/personal_number.h"

#include <string.h>

static void a_number_with_right_control_digits_is_found_in_a_text(void **state) {
    (void)state;
    assert_true(bms_personal_number_in("01819010001"));
    assert_true(bms_personal_number_in("Gjelder 01819010001, se vedlegg."));
    assert_true(bms_personal_number_in("f.01819010001x"));
    assert_true(bms_personal_number_in("41819010186")); /* D-nummer */
    assert_true(bms_personal_number_in("01419010029")); /* the month + 40 */
    assert_true(bms_personal_number_in("29829010036"));
}

static void it_is_found_however_it_is_divided(void **state) {
    (void)state;
    assert_true(bms_personal_number_in("018190 10001"));
    assert_true(bms_personal_number_in("018190.10001"));
    assert_true(bms_personal_number_in("018190-10001"));
    assert_true(bms_personal_number_in("018190\u00A010001"));
    assert_true(bms_personal_number_in("018190\u201310001"));
    assert_true(bms_personal_number_in("018190 100 01"));
    assert_true(bms_personal_number_in("01.81.90 10001"));
}

static void what_is_not_seen_does_not_hide_it(void **state) {
    (void)state;
    assert_true(bms_personal_number_in("018190\u200B10001")); /* zero width space */
    assert_true(
        bms_personal_number_in("0\u200D1\u00AD81\uFEFF9010001")); /* joiner, soft hyphen, mark of order */
    assert_true(bms_personal_number_in("018190\u2060 \u206010001"));
    assert_true(bms_personal_number_in("\u200E01819010001\u200E"));
    assert_false(bms_personal_number_in("1\u200B01819010001")); /* seen as a longer number */
    assert_false(bms_personal_number_in("01819010001\u200B1"));
    assert_true(bms_personal_number_in("01819010001\xE2\x80")); /* cut in a character */
}

static void any_space_or_dash_divides_it(void **state) {
    (void)state;
    assert_true(bms_personal_number_in("018190\u200310001")); /* em space */
    assert_true(bms_personal_number_in("018190\u201410001")); /* em dash */
    assert_true(bms_personal_number_in("018190\t10001"));
    assert_true(bms_personal_number_in("018190\n10001"));
    assert_true(bms_personal_number_in("018190 - 10001"));
}

static void other_numbers_are_left_alone(void **state) {
    (void)state;
    assert_false(bms_personal_number_in(""));
    assert_false(bms_personal_number_in("01819010002"));  /* the second control digit */
    assert_false(bms_personal_number_in("01819010011"));  /* the first */
    assert_false(bms_personal_number_in("31029010059"));  /* 31 February */
    assert_false(bms_personal_number_in("101819010001")); /* within a longer number */
    assert_false(bms_personal_number_in("018190100011"));
    assert_false(bms_personal_number_in("018190    10001")); /* four separators */
    assert_false(bms_personal_number_in("tlf. 22 33 44 55, 987 65 432"));
}

static void a_number_cell_may_have_lost_the_zero_in_front(void **state) {
    (void)state;
    assert_true(bms_personal_number_is(1819010001.0));
    assert_true(bms_personal_number_is(29829010036.0));
    assert_false(bms_personal_number_is(1819010002.0));
    assert_false(bms_personal_number_is(1819010001.5));
    assert_false(bms_personal_number_is(-29829010036.0));
    assert_false(bms_personal_number_is(NAN));
}

static void what_is_found_is_hidden_and_the_rest_stays(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    const char *clean = "Ingen her, 12 av 40.";
    assert_string_equal(bms_personal_number_hide(arena, "Om 018190 10001 og 41819010186."),
                        "Om " BMS_HIDDEN_NUMBER " og " BMS_HIDDEN_NUMBER ".");
    assert_string_equal(bms_personal_number_hide(arena, "Om \u200B018190\u200B10001\u200B."),
                        "Om \u200B" BMS_HIDDEN_NUMBER "\u200B.");
    assert_ptr_equal(bms_personal_number_hide(arena, clean), clean);
    bms_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_with_right_control_digits_is_found_in_a_text),
        cmocka_unit_test(it_is_found_however_it_is_divided),
        cmocka_unit_test(what_is_not_seen_does_not_hide_it),
        cmocka_unit_test(any_space_or_dash_divides_it),
        cmocka_unit_test(other_numbers_are_left_alone),
        cmocka_unit_test(a_number_cell_may_have_lost_the_zero_in_front),
        cmocka_unit_test(what_is_found_is_hidden_and_the_rest_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
