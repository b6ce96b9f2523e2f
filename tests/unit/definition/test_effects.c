/** What a renewed setup does to numbers that are there. All names and numbers are invented. */
#include "tests/unit/examples/made_setup.h"

#include "core/definition/accepted.h"
#include "core/definition/effects.h"

/** The made setup as it was, and as it is renewed. */
struct renewed {
    struct made *before;
    struct made *now;
    bms_effects effects;
};

static int begin(void **state) {
    struct renewed *renewed = test_calloc(1, sizeof *renewed);
    void *before = NULL;
    void *now = NULL;
    if (made_begin(&before) != 0 || made_begin(&now) != 0)
        return -1;
    renewed->before = before;
    renewed->now = now;
    *state = renewed;
    return 0;
}

static int end(void **state) {
    struct renewed *renewed = *state;
    void *before = renewed->before;
    void *now = renewed->now;
    (void)made_end(&before);
    (void)made_end(&now);
    test_free(renewed);
    return 0;
}

static void change(struct renewed *renewed, enum bms_setup_sheet sheet, size_t row, const char *column,
                   const char *text) {
    made_set(renewed->now, sheet, row, column, text);
}

static void compare(struct renewed *renewed) {
    made_read(renewed->before);
    made_read(renewed->now);
    renewed->before->definition.version = 1;
    assert_int_equal(bms_findings_count(&renewed->before->findings, BMS_ERROR), 0);
    assert_int_equal(bms_findings_count(&renewed->now->findings, BMS_ERROR), 0);
    bms_effects_find(renewed->now->arena, &renewed->before->definition, &renewed->now->definition,
                     &renewed->effects);
}

/** @return the only effect of that kind. */
static const bms_effect *only(const struct renewed *renewed, enum bms_effect_kind kind) {
    const bms_effect *found = NULL;
    for (size_t i = 0; i < renewed->effects.n; i++) {
        if (renewed->effects.items[i].kind != kind)
            continue;
        assert_null(found);
        found = &renewed->effects.items[i];
    }
    assert_non_null(found);
    return found;
}

static bool needs_yes(const struct renewed *renewed, const bms_effect *effect) {
    return bms_effect_needs_yes(&renewed->effects, effect);
}

static void the_same_setup_has_no_effects(void **state) {
    struct renewed *renewed = *state;
    compare(renewed);
    assert_int_equal(renewed->effects.n, 0);
    bms_effects_count(&renewed->effects, "1101", "SYK", "2026-T1");
    assert_int_equal(renewed->effects.numbers, 1);
}

static void codes_in_another_case_are_the_same(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_UNITS, 0, "code", "1000");
    change(renewed, BMS_SHEET_INDICATORS, 4, "code", "fall");
    change(renewed, BMS_SHEET_PLACEMENTS, 4, "indicator", "fall");
    change(renewed, BMS_SHEET_PLAN, 4, "indicator", "Fall");
    compare(renewed);
    assert_int_equal(renewed->effects.n, 0);
}

static void another_question_breaks_the_series_of_those_with_numbers(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_INDICATORS, 4, "question_1", "Fall og nestenfall?");
    compare(renewed);
    const bms_effect *effect = only(renewed, BMS_EFFECT_MEASURED_ANEW);
    assert_true(effect->difference.question[BMS_NUMERATOR]);
    assert_false(effect->difference.question[BMS_DENOMINATOR]);
    assert_true(bms_measure_differs_in_words_only(&effect->difference));
    assert_false(needs_yes(renewed, effect));
    bms_effects_count(&renewed->effects, "1102", "SYK", "2026-T1");
    assert_false(needs_yes(renewed, effect));
    bms_effects_count(&renewed->effects, "1102", "fall", "2026-t1");
    assert_true(needs_yes(renewed, effect));
    assert_int_equal(effect->numbers, 1);
}

static void a_number_that_is_fetched_breaks_with_the_question_it_is_asked_under(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_INDICATORS, 0, "question_2", "Avtalte timer {dates}?");
    compare(renewed);
    assert_int_equal(renewed->effects.n, 2); /* of SYK, and of KORT, which has its number 2 */
    assert_true(renewed->effects.items[1].difference.question[BMS_DENOMINATOR]);
}

static void kind_factor_basis_and_scale_are_more_than_words(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_INDICATORS, 4, "factor", "100");
    compare(renewed);
    const bms_effect *effect = only(renewed, BMS_EFFECT_MEASURED_ANEW);
    assert_true(effect->difference.factor);
    assert_false(bms_measure_differs_in_words_only(&effect->difference));
}

static void another_scale_breaks_a_mean_but_another_range_no_count(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_INDICATORS, 2, "most_1", "7");
    change(renewed, BMS_SHEET_INDICATORS, 5, "most_1", "500");
    compare(renewed);
    const bms_effect *effect = only(renewed, BMS_EFFECT_MEASURED_ANEW);
    assert_int_equal(effect->indicator, 2);
    assert_true(effect->difference.scale);
}

static void what_is_best_concerns_all_numbers_and_not_its_limits_one_by_one(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_INDICATORS, 7, "better", "høyt");
    compare(renewed);
    assert_int_equal(renewed->effects.n, 1);
    (void)only(renewed, BMS_EFFECT_TURNED);
}

static void a_limit_without_a_new_date_concerns_the_periods_it_held_for(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_TARGETS, 4, "green", "5.3"); /* BRUK, all, from 2026-01-01 */
    compare(renewed);
    const bms_effect *effect = only(renewed, BMS_EFFECT_LIMIT_CHANGED);
    assert_int_equal(effect->row, 4);
    bms_effects_count(&renewed->effects, "1101", "BRUK", "2025-BU"); /* ends before */
    assert_false(needs_yes(renewed, effect));
    bms_effects_count(&renewed->effects, "1101", "BRUK", "2026-BU");
    assert_true(needs_yes(renewed, effect));
}

static void a_period_that_ends_on_the_limits_first_day_is_concerned(void **state) {
    struct renewed *renewed = *state;
    made_set(renewed->before, BMS_SHEET_TARGETS, 4, "from", "2026-03-31");
    change(renewed, BMS_SHEET_TARGETS, 4, "from", "2026-03-31");
    change(renewed, BMS_SHEET_TARGETS, 4, "red", "3");
    compare(renewed);
    bms_effects_count(&renewed->effects, "1101", "BRUK", "2026-BU");
    assert_int_equal(only(renewed, BMS_EFFECT_LIMIT_CHANGED)->numbers, 1);
}

static void a_limit_with_a_new_date_has_no_effect(void **state) {
    struct renewed *renewed = *state;
    made_cells(renewed->now, BMS_SHEET_TARGETS, 8,
               "indicator=BRUK;scope=alle;green=5.5;red=4;from=2027-01-01");
    compare(renewed);
    assert_int_equal(renewed->effects.n, 0);
}

static void a_date_written_in_the_row_of_the_old_limit_makes_that_one_gone(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_TARGETS, 1, "from", "2027-01-01");
    change(renewed, BMS_SHEET_TARGETS, 1, "green", "5.5");
    compare(renewed);
    assert_int_equal(only(renewed, BMS_EFFECT_LIMIT_GONE)->target, 1);
}

static void a_groups_limit_concerns_its_units_and_a_parents_all_below(void **state) {
    struct renewed *renewed = *state;
    made_set(renewed->before, BMS_SHEET_TARGETS, 3, "scope", "1100");
    change(renewed, BMS_SHEET_TARGETS, 3, "scope", "1100");
    change(renewed, BMS_SHEET_TARGETS, 2, "green", "4.9"); /* skole */
    change(renewed, BMS_SHEET_TARGETS, 3, "green", "5.3"); /* 1100 */
    compare(renewed);
    bms_effects_count(&renewed->effects, "1101", "BRUK", "2026-BU"); /* barnehage below 1100 */
    bms_effects_count(&renewed->effects, "1102", "BRUK", "2026-BU"); /* skole below 1100 */
    assert_int_equal(renewed->effects.n, 2);
    assert_int_equal(renewed->effects.items[0].numbers, 1);
    assert_int_equal(renewed->effects.items[1].numbers, 2);
}

static void an_indicator_a_unit_and_a_period_that_are_gone_are_said_once_each(void **state) {
    struct renewed *renewed = *state;
    renewed->now->book.tables[BMS_SHEET_INDICATORS].n_rows--; /* BUD */
    renewed->now->book.tables[BMS_SHEET_PLACEMENTS].n_rows--;
    renewed->now->book.tables[BMS_SHEET_PLAN].n_rows--;
    change(renewed, BMS_SHEET_TARGETS, 6, "indicator", "FALL");
    renewed->now->book.tables[BMS_SHEET_UNITS].n_rows--;       /* 1103 */
    change(renewed, BMS_SHEET_CALENDAR, 0, "code", "2024-T3"); /* was 2025-T3 */
    compare(renewed);
    assert_int_equal(only(renewed, BMS_EFFECT_INDICATOR_GONE)->planned, 1); /* 1102 in 2026-T1 */
    /* SYK and KORT in five tertials, BRUK and SVAR in two surveys */
    assert_int_equal(only(renewed, BMS_EFFECT_UNIT_GONE)->planned, 14);
    assert_int_equal(only(renewed, BMS_EFFECT_PERIOD_GONE)->planned, 4); /* 1101 and 1102, SYK and KORT */
    assert_int_equal(renewed->effects.n, 3);
}

static void fewer_planned_are_told_by_group_where_a_column_is_emptied(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_PLAN, 0, "barnehage", NULL);
    change(renewed, BMS_SHEET_PLAN, 1, "barnehage", NULL);
    compare(renewed);
    const bms_effect *effect = only(renewed, BMS_EFFECT_FEWER_PLANNED);
    assert_non_null(effect->group);
    assert_string_equal(effect->group, "barnehage");
    assert_int_equal(effect->planned, 20); /* two units, two indicators, five tertials */
    assert_false(needs_yes(renewed, effect));
    bms_effects_count(&renewed->effects, "1102", "SYK", "2026-T1"); /* there are numbers, none of these */
    assert_true(needs_yes(renewed, effect));
    assert_int_equal(effect->numbers, 0);
    bms_effects_count(&renewed->effects, "1101", "SYK", "2026-T1");
    bms_effects_count(&renewed->effects, "1101", "BRUK", "2026-BU"); /* still planned */
    assert_int_equal(effect->numbers, 1);
}

static void fewer_planned_are_told_by_indicator_where_one_row_is_changed(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_PLAN, 2, "periods", "2026-BU"); /* was *-BU: 2025 too */
    change(renewed, BMS_SHEET_PLAN, 2, "form", "2026-T1");
    change(renewed, BMS_SHEET_INDICATORS, 3, "same_as", NULL);
    change(renewed, BMS_SHEET_INDICATORS, 3, "question_1", "Hvor mange svarte?");
    compare(renewed);
    assert_int_equal(only(renewed, BMS_EFFECT_FEWER_PLANNED)->indicator, 2);
    assert_int_equal(only(renewed, BMS_EFFECT_FEWER_PLANNED)->planned, 3);
}

static void what_ends_by_a_date_is_not_dropped_and_what_may_be_left_out_is_still_planned(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_UNITS, 4, "to", "2026-04-30");
    change(renewed, BMS_SHEET_PLAN, 0, "skole", "f");
    compare(renewed);
    assert_int_equal(renewed->effects.n, 0);
}

static void a_unit_moved_without_a_date_needs_no_yes(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_UNITS, 4, "parent", "1000");
    compare(renewed);
    bms_effects_count(&renewed->effects, "1103", "SYK", "2026-T1");
    const bms_effect *effect = only(renewed, BMS_EFFECT_UNIT_MOVED);
    assert_int_equal(effect->numbers, 1);
    assert_false(needs_yes(renewed, effect));
}

/* What was said yes to */

static void a_yes_to_a_limit_is_carried_as_long_as_the_limit_is_the_same(void **state) {
    struct renewed *renewed = *state;
    bms_accept_limit(renewed->before->arena, &renewed->before->book, 1, bms_day_of(2026, 5, 10));
    bms_accept_limit(renewed->before->arena, &renewed->before->book, 2, bms_day_of(2026, 5, 10));
    change(renewed, BMS_SHEET_TARGETS, 2, "green", "4.9");
    compare(renewed);
    assert_int_equal(renewed->before->definition.targets[1].corrected, bms_day_of(2026, 5, 10));
    bms_accepted_carry(renewed->now->arena, &renewed->before->definition, &renewed->now->definition,
                       &renewed->now->book);
    made_read(renewed->now);
    assert_int_equal(renewed->now->definition.targets[1].corrected, bms_day_of(2026, 5, 10));
    assert_int_equal(renewed->now->definition.targets[2].corrected, BMS_NO_DAY);
}

static void words_that_ask_for_the_same_do_not_break_the_series(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_INDICATORS, 4, "question_1", "Hvor mange fall?");
    bms_accept_words(renewed->now->arena, &renewed->now->book, 4, 1);
    compare(renewed);
    assert_int_equal(renewed->effects.n, 0);
    renewed->now->definition.indicators[4].series_since = 2; /* said of words after these */
    assert_false(
        bms_indicators_measure_the_same(&renewed->before->definition, 4, &renewed->now->definition, 4));
    assert_false(
        bms_indicators_measure_the_same(&renewed->now->definition, 4, &renewed->before->definition, 4));
}

static void a_factor_is_no_matter_of_words(void **state) {
    struct renewed *renewed = *state;
    change(renewed, BMS_SHEET_INDICATORS, 4, "factor", "100");
    bms_accept_words(renewed->now->arena, &renewed->now->book, 4, 1);
    compare(renewed);
    (void)only(renewed, BMS_EFFECT_MEASURED_ANEW);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_same_setup_has_no_effects),
        TEST(codes_in_another_case_are_the_same),
        TEST(another_question_breaks_the_series_of_those_with_numbers),
        TEST(a_number_that_is_fetched_breaks_with_the_question_it_is_asked_under),
        TEST(kind_factor_basis_and_scale_are_more_than_words),
        TEST(another_scale_breaks_a_mean_but_another_range_no_count),
        TEST(what_is_best_concerns_all_numbers_and_not_its_limits_one_by_one),
        TEST(a_limit_without_a_new_date_concerns_the_periods_it_held_for),
        TEST(a_period_that_ends_on_the_limits_first_day_is_concerned),
        TEST(a_limit_with_a_new_date_has_no_effect),
        TEST(a_date_written_in_the_row_of_the_old_limit_makes_that_one_gone),
        TEST(a_groups_limit_concerns_its_units_and_a_parents_all_below),
        TEST(an_indicator_a_unit_and_a_period_that_are_gone_are_said_once_each),
        TEST(fewer_planned_are_told_by_group_where_a_column_is_emptied),
        TEST(fewer_planned_are_told_by_indicator_where_one_row_is_changed),
        TEST(what_ends_by_a_date_is_not_dropped_and_what_may_be_left_out_is_still_planned),
        TEST(a_unit_moved_without_a_date_needs_no_yes),
        TEST(a_yes_to_a_limit_is_carried_as_long_as_the_limit_is_the_same),
        TEST(words_that_ask_for_the_same_do_not_break_the_series),
        TEST(a_factor_is_no_matter_of_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
