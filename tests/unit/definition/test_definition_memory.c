/**
 * Memory runs out at the first, second, third … allocation while a setup is read: each time a clean error,
 * never a mistake that is not there.
 */
#include "tests/unit/examples/made_setup.h"
#include "tests/unit/failing_memory.h"

static enum bms_status read_with(const struct made *made, size_t allocations, size_t *found) {
    bms_error error = {0};
    bms_definition definition;
    left = allocations;
    bms_arena *arena = bms_arena_new();
    bms_findings findings = {.arena = arena, .language = "nb"};
    enum bms_status status = BMS_NO_MEMORY;
    if (arena)
        status = bms_definition_read(arena, &made->book, "oppsett.xlsx", &definition, &findings, &error);
    left = SIZE_MAX;
    *found = findings.n;
    if (arena && status != BMS_OK)
        assert_int_equal(error.code, BMS_NO_MEMORY);
    bms_arena_free(arena);
    return status;
}

static void survive(const struct made *made) {
    size_t expected;
    assert_int_equal(read_with(made, SIZE_MAX, &expected), BMS_OK);
    enum bms_status status = BMS_NO_MEMORY;
    for (size_t allocations = 0; status != BMS_OK; allocations++) {
        size_t found;
        status = read_with(made, allocations, &found);
        assert_true(allocations < 10000);
        if (status == BMS_OK)
            assert_int_equal(found, expected);
        else
            assert_int_equal(status, BMS_NO_MEMORY);
    }
}

static void a_sound_setup(void **state) {
    survive(*state);
}

static void a_setup_with_many_mistakes(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_UNITS, 1, "parent", "1101");
    made_set(made, BMS_SHEET_UNITS, 4, "name", "LIA BARNEHAGE");
    made_set(made, BMS_SHEET_UNITS, 4, "replaces", "1102, 1900");
    made_set(made, BMS_SHEET_INDICATORS, 0, "same_as", "2 = KORT 2");
    made_set(made, BMS_SHEET_INDICATORS, 0, "decimals", "7");
    made_set(made, BMS_SHEET_INDICATORS, 1, "same_as", "2 = SYK 2, tull");
    made_set(made, BMS_SHEET_TARGETS, 0, "way", NULL);
    made_set(made, BMS_SHEET_TARGETS, 5, "red", "2–6");
    made_set(made, BMS_SHEET_CALENDAR, 1, "closes", "2026-05-10");
    made_set(made, BMS_SHEET_PLAN, 0, "periods", "*-T*, 2027-T1");
    made_set(made, BMS_SHEET_PLAN, 4, "exceptions", "med 1900");
    made_set(made, BMS_SHEET_ACTIONS, 0, "unit", "1900");
    survive(made);
}

static void a_setup_with_a_moved_unit(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_UNITS, 4, "to", "2026-04-30");
    made_set(made, BMS_SHEET_UNITS, 4, "replaces", "1102");
    made_set(made, BMS_SHEET_UNITS, 5, "code", "1103");
    made_cells(made, BMS_SHEET_UNITS, 5, "name=Eng oppvekst;parent=1000;from=2026-05-01;replaces=1101");
    survive(made);
}

int main(void) {
    left = SIZE_MAX;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sound_setup, made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_setup_with_many_mistakes, made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_setup_with_a_moved_unit, made_begin, made_end),
    };
    return cmocka_run_group_tests_name("definition memory", tests, NULL, NULL);
}
