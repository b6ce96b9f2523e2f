/*
 * Memory that runs out at the first, second, third … allocation: an error each time, never other findings.
 */
#include "tests/unit/examples/lia.h"
#include "tests/unit/failing_memory.h"

/** Check with so many allocations. @param[out] found  the number of findings */
static enum bms_status check_with(struct lia *lia, size_t allocations, size_t *found,
                                  enum bms_outcome *outcome) {
    bms_error error = {0};
    left = allocations;
    bms_arena *arena = bms_arena_new();
    enum bms_status status = BMS_NO_MEMORY;
    bms_findings findings = {.arena = arena, .language = "nb"};
    bms_checked_return checked;
    if (arena)
        status = bms_check_return(arena, &lia->raw, &lia->context, &checked, &findings, &error);
    left = SIZE_MAX;
    *found = findings.n;
    *outcome = status == BMS_OK ? checked.outcome : BMS_UNREADABLE;
    if (arena && status != BMS_OK)
        assert_int_equal(error.code, BMS_NO_MEMORY);
    bms_arena_free(arena);
    return status;
}

/** The whole check with one allocation more each time, until nothing fails. */
static void survive(struct lia *lia) {
    size_t expected;
    enum bms_outcome outcome;
    assert_int_equal(check_with(lia, SIZE_MAX, &expected, &outcome), BMS_OK);
    enum bms_status status = BMS_NO_MEMORY;
    for (size_t allocations = 0; status != BMS_OK; allocations++) {
        size_t found;
        enum bms_outcome became;
        status = check_with(lia, allocations, &found, &became);
        assert_true(allocations < 10000);
        if (status != BMS_OK)
            assert_int_equal(status, BMS_NO_MEMORY);
        else
            assert_true(found == expected && became == outcome);
    }
}

static void a_clean_return(void **state) {
    survive(*state);
}

static void a_return_with_many_findings(void **state) {
    struct lia *lia = *state;
    for (int i = 0; i < N_INDICATORS; i++) {
        lia_write(lia_at(lia, i, BMS_NUMERATOR), "29 000 ca");
        lia_write(&lia->rows[i].comment, "En lang kommentar som tar plass, og som også skal bli med videre.");
    }
    survive(lia);
}

static void a_return_whose_hidden_sheet_is_lost(void **state) {
    struct lia *lia = *state;
    lia->raw.recognition = BMS_HIDDEN_IDENTITY_LOST;
    lia->raw.n_questions = 0;
    survive(lia);
}

static void a_return_of_an_older_definition(void **state) {
    struct lia *lia = *state;
    lia->definition.version = 4;
    lia->indicators[FALL].factor = 100;
    survive(lia);
}

static void a_return_of_an_unknown_unit(void **state) {
    struct lia *lia = *state;
    lia->raw.hidden.unit = lia->raw.visible.unit = "LIAA";
    survive(lia);
}

static void a_return_of_a_unit_that_took_over_from_two(void **state) {
    struct lia *lia = *state;
    static int predecessors[] = {LUND, CLOSED};
    lia->units[LUND].to = lia->units[CLOSED].to = bms_day_of(2026, 4, 30);
    lia->units[LIA].from = bms_day_of(2026, 5, 1);
    lia->units[LIA].predecessors = predecessors;
    lia->units[LIA].n_predecessors = 2;
    bms_before *before = lia_remembers(lia);
    for (int i = 0; i < 2; i++) {
        const bms_values answer = {BMS_REPORTED, {true, 9000}, {true, 9000}};
        assert_true(bms_before_add(before, predecessors[i], BUDSJ, T1, &answer));
    }
    assert_true(bms_before_finish(before));
    lia_finds(lia, "year_to_date_lower", BMS_WARNING, "C8");
    survive(lia);
}

static int begin(void **state) {
    left = SIZE_MAX;
    return lia_begin(state);
}

#define test(name) cmocka_unit_test_setup_teardown(name, begin, lia_end)

int main(void) {
    left = SIZE_MAX;
    const struct CMUnitTest tests[] = {
        test(a_clean_return),
        test(a_return_with_many_findings),
        test(a_return_whose_hidden_sheet_is_lost),
        test(a_return_of_an_older_definition),
        test(a_return_of_an_unknown_unit),
        test(a_return_of_a_unit_that_took_over_from_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
