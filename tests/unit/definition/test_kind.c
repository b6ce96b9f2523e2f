/** Every row of the table of kinds is complete, and each property agrees with the arithmetic. */
#include "tests/unit/close.h"

#include "core/definition/rollup.h"
#include "core/definition/setup.h"

#include <string.h>

static const double a_factor = 1000;

static bms_number number(double value) {
    return (bms_number){true, value};
}

static const bms_number blank = {false, 0};

/** @return the factor that an indicator of this kind has here. */
static double factor_of(const bms_kind_traits *kind) {
    return kind->factor_declared ? a_factor : kind->factor;
}

static bms_values answer_of(int i, double n, double d) {
    return (bms_values){BMS_REPORTED, number(n),
                        bms_kind_of((enum bms_kind)i)->has_denominator ? number(d) : blank};
}

static bms_number result_of(int i, double n, double d) {
    bms_values answer = answer_of(i, n, d);
    return bms_result((enum bms_kind)i, factor_of(bms_kind_of((enum bms_kind)i)), &answer);
}

/** Two units together that answered n of d and m of e. */
static bms_rolled together(int i, double n, double d, double m, double e) {
    const bms_kind_traits *kind = bms_kind_of((enum bms_kind)i);
    bms_indicator indicator = {.code = "x", .kind = (enum bms_kind)i, .factor = factor_of(kind)};
    const bms_part parts[] = {{.unit = 0, .answer = answer_of(i, n, d)},
                              {.unit = 1, .answer = answer_of(i, m, e)}};
    return bms_roll_up(&indicator, parts, 2);
}

static void every_row_is_complete(void **state) {
    (void)state;
    for (int i = 0; i < BMS_N_KINDS; i++) {
        const bms_kind_traits *kind = bms_kind_of((enum bms_kind)i);
        const char *const texts[] = {kind->name,    kind->choice,  kind->help,
                                     kind->meaning, kind->working, kind->calculation};
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
            assert_true(texts[t] && *texts[t]);
        const bms_kind_difference *words = kind->difference;
        if (words)
            assert_true(*words->none && *words->amount_above && *words->amount_below && *words->above &&
                        *words->below);
        assert_true(kind->result);
        assert_true(kind->factor > 0);
        assert_true(kind->decimals >= 0 && kind->decimals <= 6);
        assert_true(kind->persons >= 0 && kind->persons <= (kind->has_denominator ? 2 : 1));
    }
}

static void names_and_choices_are_read_back(void **state) {
    (void)state;
    const bms_setup_column *column = bms_setup_column_of(BMS_SHEET_INDICATORS, "kind");
    enum bms_kind kind;
    char word[BMS_SETUP_WORD_SIZE];
    for (int i = 0; i < BMS_N_KINDS; i++) {
        assert_true(bms_kind_parse(bms_kind_name((enum bms_kind)i), &kind));
        assert_int_equal(kind, i);
        const char *choice = bms_setup_choice(column, (size_t)i, "nb", word);
        assert_int_equal(bms_setup_recognise_choice(column, choice), i);
    }
    assert_null(bms_setup_choice(column, BMS_N_KINDS, "nb", word));
    assert_false(bms_kind_parse("andel", &kind));
    assert_false(bms_kind_parse(NULL, &kind));
}

static void the_setup_explains_every_kind_in_one_note(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    const char *note = bms_setup_help(arena, bms_setup_column_of(BMS_SHEET_INDICATORS, "kind"), "en");
    for (int i = 0; i < BMS_N_KINDS; i++)
        assert_non_null(strstr(note, bms_kind_help((size_t)i)));
    assert_null(bms_kind_help(BMS_N_KINDS));
    bms_arena_free(arena);
}

static void number_2_is_needed_where_the_kind_has_one(void **state) {
    (void)state;
    for (int i = 0; i < BMS_N_KINDS; i++) {
        const bms_kind_traits *kind = bms_kind_of((enum bms_kind)i);
        enum bms_state state_of_one = bms_values_state((enum bms_kind)i, number(1), blank);
        assert_int_equal(state_of_one, kind->has_denominator ? BMS_MISSING : BMS_REPORTED);
        assert_int_equal(result_of(i, 1, 0).known, !kind->has_denominator);
        assert_int_equal((bool)strstr(kind->working, "{d}"), kind->has_denominator);
        bool about_two =
            kind->part_of_whole || kind->zero_with_whole || kind->on_a_scale || kind->net || kind->difference;
        assert_true(kind->has_denominator || !about_two);
        assert_false(kind->has_denominator && kind->yes_or_no);
    }
}

static void a_number_2_of_0_is_nobody(void **state) {
    (void)state;
    for (int i = 0; i < BMS_N_KINDS; i++) {
        const bms_kind_traits *kind = bms_kind_of((enum bms_kind)i);
        if (!kind->has_denominator)
            continue;
        assert_int_equal(bms_values_state((enum bms_kind)i, number(0), number(0)), BMS_EMPTY_BASE);
        enum bms_state state_of_n = bms_values_state((enum bms_kind)i, number(3), number(0));
        assert_int_equal(state_of_n, kind->on_a_scale ? BMS_EMPTY_BASE : BMS_REPORTED);
    }
}

static void a_result_made_of_a_ratio_gives_it_back(void **state) {
    (void)state;
    for (int i = 0; i < BMS_N_KINDS; i++) {
        const bms_kind_traits *kind = bms_kind_of((enum bms_kind)i);
        bool same = fabs(result_of(i, 30, 120).value - result_of(i, 3, 12).value) < 1e-9;
        assert_int_equal((bool)kind->ratio, same); /* ten times both numbers, the same result */
        for (int n = 1; kind->ratio && n < 200; n += 33)
            assert_close(kind->ratio(factor_of(kind), result_of(i, n, 60).value), n / 60.0);
    }
}

static void a_part_is_at_most_the_whole_in_per_cent(void **state) {
    (void)state;
    for (int i = 0; i < BMS_N_KINDS; i++) {
        const bms_kind_traits *kind = bms_kind_of((enum bms_kind)i);
        if (!kind->part_of_whole)
            continue;
        assert_close(result_of(i, 0, 60).value, 0);
        assert_close(result_of(i, 60, 60).value, 100);
        assert_true(kind->zero_with_whole);
    }
}

static void a_difference_is_around_0(void **state) {
    (void)state;
    for (int i = 0; i < BMS_N_KINDS; i++) {
        const bms_kind_traits *kind = bms_kind_of((enum bms_kind)i);
        assert_int_equal((bool)kind->difference, fabs(result_of(i, 60, 60).value) < 1e-9);
        if (!kind->difference)
            continue;
        assert_true(result_of(i, 61, 60).value > 0);
        assert_true(result_of(i, 59, 60).value < 0);
        assert_true(result_of(i, -59, -60).value > 0); /* also where both are negative */
    }
}

static void net_figures_may_be_negative_and_cancel_out(void **state) {
    (void)state;
    for (int i = 0; i < BMS_N_KINDS; i++) {
        const bms_kind_traits *kind = bms_kind_of((enum bms_kind)i);
        if (kind->has_denominator && !kind->on_a_scale)
            assert_int_equal(together(i, 50, 100, -50, -99).result.known, !kind->net);
    }
}

static void a_result_that_is_an_amount_grows_with_the_unit(void **state) {
    (void)state;
    for (int i = 0; i < BMS_N_KINDS; i++) {
        const bms_kind_traits *kind = bms_kind_of((enum bms_kind)i);
        double one = result_of(i, 1, 4).value;
        assert_close(together(i, 1, 4, 1, 4).result.value, kind->result_is_amount ? 2 * one : one);
        assert_true(kind->adds_up || !kind->result_is_amount);
        assert_false(kind->ratio && kind->result_is_amount);
    }
}

static void numbers_that_add_up_over_time_add_up_over_units(void **state) {
    (void)state;
    for (int i = 0; i < BMS_N_KINDS; i++) {
        const bms_kind_traits *kind = bms_kind_of((enum bms_kind)i);
        bms_values answer = together(i, 3, 10, 5, 30).answer;
        assert_int_equal(kind->on_a_scale, fabs(answer.numerator.value - 8) > 1e-9);
        assert_close(answer.numerator.value, kind->on_a_scale ? 4.5 : 8);
        assert_true(answer.denominator.known == (kind->has_denominator || kind->yes_or_no));
        if (answer.denominator.known)
            assert_close(answer.denominator.value, kind->yes_or_no ? 2 : 40);
        assert_false(kind->adds_up && (kind->on_a_scale || kind->yes_or_no));
    }
}

static void yes_is_a_hundred_and_over_units_a_share(void **state) {
    (void)state;
    for (int i = 0; i < BMS_N_KINDS; i++) {
        if (!bms_kind_of((enum bms_kind)i)->yes_or_no)
            continue;
        assert_close(result_of(i, 1, 0).value, 100);
        assert_close(result_of(i, 0, 0).value, 0);
        assert_close(together(i, 1, 0, 0, 0).result.value, 50);
    }
}

static void chance_fits_what_is_counted(void **state) {
    (void)state;
    for (int i = 0; i < BMS_N_KINDS; i++) {
        const bms_kind_traits *kind = bms_kind_of((enum bms_kind)i);
        assert_true(kind->chance != BMS_CHANCE_OF_PARTS || kind->part_of_whole);
        assert_true(kind->chance != BMS_CHANCE_OF_EVENTS || kind->ratio);
        assert_true(kind->chance != BMS_CHANCE_OF_COUNT || kind->result_is_amount);
        assert_true((kind->chance == BMS_CHANCE_OF_MEAN) == kind->on_a_scale);
    }
}

static void per_cent_is_the_unit_of_what_is_times_a_hundred(void **state) {
    (void)state;
    for (int i = 0; i < BMS_N_KINDS; i++) {
        const bms_kind_traits *kind = bms_kind_of((enum bms_kind)i);
        bool per_cent = kind->unit_of_result && strcmp(kind->unit_of_result, "%") == 0;
        assert_int_equal(per_cent, fabs(kind->factor - 100) < 1e-9);
        assert_false(kind->factor_declared && per_cent);
        double once = kind->result(kind->factor, 3, 4);
        double twice = kind->result(2 * kind->factor, 3, 4);
        assert_int_equal(kind->factor_declared, fabs(once - twice) > 1e-9);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_complete),
        cmocka_unit_test(names_and_choices_are_read_back),
        cmocka_unit_test(the_setup_explains_every_kind_in_one_note),
        cmocka_unit_test(number_2_is_needed_where_the_kind_has_one),
        cmocka_unit_test(a_number_2_of_0_is_nobody),
        cmocka_unit_test(a_result_made_of_a_ratio_gives_it_back),
        cmocka_unit_test(a_part_is_at_most_the_whole_in_per_cent),
        cmocka_unit_test(a_difference_is_around_0),
        cmocka_unit_test(net_figures_may_be_negative_and_cancel_out),
        cmocka_unit_test(a_result_that_is_an_amount_grows_with_the_unit),
        cmocka_unit_test(numbers_that_add_up_over_time_add_up_over_units),
        cmocka_unit_test(yes_is_a_hundred_and_over_units_a_share),
        cmocka_unit_test(chance_fits_what_is_counted),
        cmocka_unit_test(per_cent_is_the_unit_of_what_is_times_a_hundred),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
