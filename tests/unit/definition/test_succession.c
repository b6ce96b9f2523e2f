/** Which units a unit's past is made of: merged, split, moved, chained. All units are invented. */
#include "tests/unit/close.h"

#include "core/definition/succession.h"

#include <string.h>

enum { TOP, NORTH, SOUTH, A, B, C, D, E, N_UNITS };

struct town {
    bms_definition definition;
    bms_unit units[N_UNITS];
    int predecessors[N_UNITS][N_UNITS];
    bms_unit_place earlier;
    int found[N_UNITS];
    size_t n;
};

static int set_up(void **state) {
    static struct town town;
    static const char *const codes[N_UNITS] = {"TOP", "NORTH", "SOUTH", "A", "B", "C", "D", "E"};
    static const int parents[N_UNITS] = {BMS_NONE, TOP, TOP, NORTH, NORTH, NORTH, SOUTH, SOUTH};
    town = (struct town){.definition = {.units = town.units, .n_units = N_UNITS}};
    for (int u = 0; u < N_UNITS; u++) {
        town.units[u] = (bms_unit){.code = codes[u],
                                   .name = codes[u],
                                   .parent = parents[u],
                                   .group = "",
                                   .from = BMS_NO_DAY,
                                   .to = BMS_NO_DAY,
                                   .predecessors = town.predecessors[u]};
    }
    *state = &town;
    return 0;
}

/** The first day of a year. */
static bms_day year(int year) {
    return bms_day_of(year, 1, 1);
}

static void replaces(struct town *t, int unit, int other) {
    t->units[unit].predecessors[t->units[unit].n_predecessors++] = other;
}

static void begins(struct town *t, int unit, int first_year) {
    t->units[unit].from = year(first_year);
}

static void ends(struct town *t, int unit, int next_year) {
    t->units[unit].to = year(next_year) - 1;
}

/** The codes found, in the order of the definition. */
static const char *codes(struct town *t) {
    static char text[80];
    text[0] = '\0';
    for (int u = 0; u < N_UNITS; u++) {
        for (size_t i = 0; i < t->n; i++) {
            if (t->found[i] == u) {
                strcat(text, *text ? " " : "");
                strcat(text, t->units[u].code);
            }
        }
    }
    return text;
}

static const char *past(struct town *t, int unit, int of, int seen_from) {
    t->n = bms_succession_past(&t->definition, unit, year(of), year(seen_from), t->found);
    return codes(t);
}

static const char *shared(struct town *t, int unit, int of, int seen_from) {
    int units[N_UNITS];
    size_t n = bms_succession_past(&t->definition, unit, year(of), year(seen_from), units);
    t->n = bms_succession_shared(&t->definition, unit, year(of), year(seen_from), units, n, t->found);
    return codes(t);
}

static const char *below(struct town *t, int unit, int of, int seen_from) {
    t->n = bms_succession_below(&t->definition, unit, year(of), year(seen_from), t->found);
    return codes(t);
}

static void a_unit_that_always_existed_is_its_own_past(void **state) {
    struct town *t = *state;
    assert_string_equal(past(t, A, 2020, 2026), "A");
    assert_string_equal(shared(t, A, 2020, 2026), "");
    assert_false(bms_succession_any(&t->definition, A));
}

static void before_a_unit_without_predecessors_there_was_nothing(void **state) {
    struct town *t = *state;
    begins(t, A, 2025);
    assert_string_equal(past(t, A, 2024, 2026), "");
    ends(t, B, 2025);
    assert_string_equal(past(t, B, 2025, 2026), "");
}

static void merge(struct town *t, int a, int b, int into, int in) {
    ends(t, a, in);
    ends(t, b, in);
    begins(t, into, in);
    replaces(t, into, a);
    replaces(t, into, b);
}

static void a_merged_units_past_is_its_predecessors_and_not_shared(void **state) {
    struct town *t = *state;
    merge(t, A, B, C, 2025);
    assert_string_equal(past(t, C, 2024, 2026), "A B");
    assert_string_equal(shared(t, C, 2024, 2026), "");
    assert_string_equal(past(t, C, 2025, 2026), "C");
    assert_true(bms_succession_any(&t->definition, A));
    assert_true(bms_succession_any(&t->definition, C));
}

static void a_chain_of_mergers_goes_back_to_the_units_of_the_day(void **state) {
    struct town *t = *state;
    merge(t, A, B, C, 2024);
    merge(t, C, D, E, 2026);
    assert_string_equal(past(t, E, 2025, 2026), "C D");
    assert_string_equal(past(t, E, 2023, 2026), "A B D");
    assert_string_equal(shared(t, E, 2023, 2026), "");
}

static void split(struct town *t, int unit, int one, int other, int in) {
    ends(t, unit, in);
    begins(t, one, in);
    begins(t, other, in);
    replaces(t, one, unit);
    replaces(t, other, unit);
}

static void after_a_split_both_share_the_past(void **state) {
    struct town *t = *state;
    split(t, A, B, C, 2025);
    assert_string_equal(past(t, B, 2024, 2026), "A");
    assert_string_equal(shared(t, B, 2024, 2026), "C");
    assert_string_equal(shared(t, C, 2024, 2026), "B");
    assert_string_equal(shared(t, C, 2025, 2026), "");
}

static void split_and_merged_again_the_past_is_whole_and_counted_once(void **state) {
    struct town *t = *state;
    split(t, A, B, C, 2024);
    merge(t, B, C, D, 2026);
    assert_string_equal(past(t, D, 2023, 2026), "A");
    assert_string_equal(shared(t, D, 2023, 2026), "");
    assert_string_equal(past(t, D, 2025, 2026), "B C");
}

static void a_split_half_that_is_merged_with_another_shares_all_of_it(void **state) {
    struct town *t = *state;
    split(t, A, B, C, 2024);
    merge(t, C, D, E, 2026);
    assert_string_equal(past(t, E, 2023, 2026), "A D");
    assert_string_equal(shared(t, E, 2023, 2026), "B");
    assert_string_equal(shared(t, B, 2023, 2026), "E");
    assert_string_equal(shared(t, B, 2023, 2025), "C");
}

static void the_past_of_a_unit_that_goes_on_is_shared_with_its_part(void **state) {
    struct town *t = *state;
    begins(t, B, 2025);
    replaces(t, B, A);
    assert_string_equal(past(t, B, 2024, 2026), "A");
    assert_string_equal(shared(t, B, 2024, 2026), "A");
    assert_string_equal(past(t, A, 2024, 2026), "A");
    assert_string_equal(shared(t, A, 2024, 2026), "B");
    assert_string_equal(shared(t, A, 2024, 2024), "");
    assert_string_equal(shared(t, A, 2025, 2026), "");
}

static void a_unit_that_takes_over_another_has_both_pasts_from_then_on(void **state) {
    struct town *t = *state;
    ends(t, B, 2026);
    replaces(t, A, B);
    assert_string_equal(past(t, A, 2025, 2026), "A B");
    assert_string_equal(shared(t, A, 2025, 2026), "");
    assert_string_equal(past(t, A, 2025, 2025), "A");
    assert_string_equal(shared(t, B, 2025, 2025), "");
}

static void the_past_of_a_closed_half_goes_to_nobody(void **state) {
    struct town *t = *state;
    split(t, A, B, C, 2024);
    ends(t, C, 2025);
    assert_string_equal(shared(t, B, 2023, 2026), "C");
}

static void units_that_replace_each_other_end_the_search(void **state) {
    struct town *t = *state;
    begins(t, A, 2025);
    begins(t, B, 2025);
    replaces(t, A, B);
    replaces(t, B, A);
    assert_string_equal(past(t, A, 2024, 2026), "");
    assert_string_equal(shared(t, A, 2024, 2026), "");
}

static void the_tree_of_the_day_decides_what_is_below_a_unit(void **state) {
    struct town *t = *state;
    t->earlier = (bms_unit_place){.to = year(2026) - 1, .parent = SOUTH};
    t->units[A].earlier = &t->earlier;
    t->units[A].n_earlier = 1;
    assert_string_equal(below(t, NORTH, 2026, 2026), "NORTH A B C");
    assert_string_equal(below(t, NORTH, 2025, 2026), "NORTH B C");
    assert_string_equal(below(t, SOUTH, 2025, 2026), "SOUTH A D E");
    assert_string_equal(below(t, TOP, 2025, 2026), "TOP NORTH SOUTH A B C D E");
    assert_true(bms_unit_is_below_on(&t->definition, A, NORTH, BMS_LATEST_DAY));
    assert_true(bms_unit_is_below_on(&t->definition, A, SOUTH, year(2025)));
    assert_false(bms_unit_is_below_on(&t->definition, A, SOUTH, year(2026)));
}

static void a_merged_parent_has_what_was_below_both(void **state) {
    struct town *t = *state;
    /* E becomes the parent of all that was below NORTH and SOUTH; for A with a day, for B without. */
    merge(t, NORTH, SOUTH, E, 2026);
    t->units[E].parent = TOP;
    t->earlier = (bms_unit_place){.to = year(2026) - 1, .parent = NORTH};
    t->units[A].earlier = &t->earlier;
    t->units[A].n_earlier = 1;
    t->units[A].parent = t->units[B].parent = E;
    assert_string_equal(below(t, E, 2025, 2026), "NORTH SOUTH A B C D E");
    assert_string_equal(below(t, E, 2026, 2026), "A B E");
}

static void the_day_before_a_unit_got_its_extent_is_found(void **state) {
    struct town *t = *state;
    merge(t, A, B, C, 2025);
    begins(t, E, 2024);
    replaces(t, E, D); /* D goes on without what became E */
    assert_int_equal(bms_succession_day(&t->definition, A, year(2024)), BMS_NO_DAY);
    assert_int_equal(bms_succession_day(&t->definition, C, year(2026)), year(2025) - 1);
    assert_int_equal(bms_succession_day(&t->definition, D, year(2026)), year(2024) - 1);
    assert_int_equal(bms_succession_day(&t->definition, D, year(2023)), BMS_NO_DAY);
    assert_int_equal(bms_succession_day(&t->definition, NORTH, year(2026)), BMS_NO_DAY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_unit_that_always_existed_is_its_own_past, set_up),
        cmocka_unit_test_setup(before_a_unit_without_predecessors_there_was_nothing, set_up),
        cmocka_unit_test_setup(a_merged_units_past_is_its_predecessors_and_not_shared, set_up),
        cmocka_unit_test_setup(a_chain_of_mergers_goes_back_to_the_units_of_the_day, set_up),
        cmocka_unit_test_setup(after_a_split_both_share_the_past, set_up),
        cmocka_unit_test_setup(split_and_merged_again_the_past_is_whole_and_counted_once, set_up),
        cmocka_unit_test_setup(a_split_half_that_is_merged_with_another_shares_all_of_it, set_up),
        cmocka_unit_test_setup(the_past_of_a_unit_that_goes_on_is_shared_with_its_part, set_up),
        cmocka_unit_test_setup(a_unit_that_takes_over_another_has_both_pasts_from_then_on, set_up),
        cmocka_unit_test_setup(the_past_of_a_closed_half_goes_to_nobody, set_up),
        cmocka_unit_test_setup(units_that_replace_each_other_end_the_search, set_up),
        cmocka_unit_test_setup(the_tree_of_the_day_decides_what_is_below_a_unit, set_up),
        cmocka_unit_test_setup(the_day_before_a_unit_got_its_extent_is_found, set_up),
        cmocka_unit_test_setup(a_merged_parent_has_what_was_below_both, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
