/** Checked returns in their temporary file: read back as they were written, or memory is out. */
#include "tests/unit/failing_memory.h"

#include "core/verbs/collect/parked.h"

#include <string.h>

static bms_entry entries[] = {{.indicator = "SYK",
                               .period = "2026-T2",
                               .answer = {BMS_REPORTED, {true, 12.25}, {true, 148}},
                               .comment = "som før",
                               .numerator_cell = "C5",
                               .denominator_cell = "E5",
                               .required = true},
                              {.indicator = "KORT",
                               .period = "2026-T1",
                               .answer = {.state = BMS_MISSING},
                               .reason = BMS_COMES_LATER,
                               .comment = ""}};

static bms_entry_action actions[] = {{.number = "1",
                                      .linked_to = "SYK",
                                      .text = "Oppfølging",
                                      .responsible = "Kari",
                                      .due = "2026-12-01",
                                      .status = "I gang",
                                      .cell = "B4"}};

static const bms_checked_return full = {.unit = "1103",
                                        .period = "2026-T2",
                                        .definition = "7",
                                        .sheet = "Skjema",
                                        .finished = true,
                                        .signed_by = "Ola",
                                        .signed_on = "2026-09-15",
                                        .entries = entries,
                                        .n_entries = 2,
                                        .actions = actions,
                                        .n_actions = 1,
                                        .numbers_sha256 = "aa",
                                        .inputs_sha256 = "bb",
                                        .outcome = BMS_ACCEPTED};

/* A file without an identity: little more than the outcome. */
static const bms_checked_return bare = {
    .definition = "", .signed_by = "", .signed_on = "", .outcome = BMS_HELD};

static void assert_text(const char *text, const char *expected) {
    if (!expected)
        assert_null(text);
    else
        assert_string_equal(text, expected);
}

static void assert_same_number(bms_number number, bms_number expected) {
    assert_int_equal(number.known, expected.known);
    assert_true(number.value == expected.value);
}

static void assert_same_entry(const bms_entry *entry, const bms_entry *expected) {
    assert_text(entry->indicator, expected->indicator);
    assert_text(entry->period, expected->period);
    assert_int_equal(entry->answer.state, expected->answer.state);
    assert_same_number(entry->answer.numerator, expected->answer.numerator);
    assert_same_number(entry->answer.denominator, expected->answer.denominator);
    assert_int_equal(entry->reason, expected->reason);
    assert_text(entry->comment, expected->comment);
    assert_text(entry->numerator_cell, expected->numerator_cell);
    assert_text(entry->denominator_cell, expected->denominator_cell);
    assert_int_equal(entry->required, expected->required);
}

static void assert_same_action(const bms_entry_action *action, const bms_entry_action *expected) {
    assert_text(action->number, expected->number);
    assert_text(action->linked_to, expected->linked_to);
    assert_text(action->text, expected->text);
    assert_text(action->responsible, expected->responsible);
    assert_text(action->due, expected->due);
    assert_text(action->status, expected->status);
    assert_text(action->cell, expected->cell);
}

static void assert_same(const bms_checked_return *checked, const bms_checked_return *expected) {
    assert_text(checked->unit, expected->unit);
    assert_text(checked->period, expected->period);
    assert_text(checked->definition, expected->definition);
    assert_text(checked->sheet, expected->sheet);
    assert_int_equal(checked->finished, expected->finished);
    assert_text(checked->signed_by, expected->signed_by);
    assert_text(checked->signed_on, expected->signed_on);
    assert_text(checked->numbers_sha256, expected->numbers_sha256);
    assert_text(checked->inputs_sha256, expected->inputs_sha256);
    assert_int_equal(checked->outcome, expected->outcome);
    assert_int_equal(checked->n_entries, expected->n_entries);
    assert_int_equal(checked->n_actions, expected->n_actions);
    for (size_t i = 0; i < expected->n_entries; i++)
        assert_same_entry(&checked->entries[i], &expected->entries[i]);
    for (size_t i = 0; i < expected->n_actions; i++)
        assert_same_action(&checked->actions[i], &expected->actions[i]);
}

/** Two returns in the file, and an arena to read them into. */
struct shelf {
    bms_parked parked;
    bms_arena *arena;
    long at[2];
};

static int begin(void **state) {
    static struct shelf shelf;
    left = SIZE_MAX;
    shelf.arena = bms_arena_new();
    bms_parked_init(&shelf.parked);
    shelf.at[0] = bms_parked_add(&shelf.parked, &full);
    shelf.at[1] = bms_parked_add(&shelf.parked, &bare);
    *state = &shelf;
    return shelf.at[0] < 0 || shelf.at[1] < 0;
}

static int end(void **state) {
    struct shelf *shelf = *state;
    bms_parked_dispose(&shelf->parked);
    bms_arena_free(shelf->arena);
    return 0;
}

static void what_is_read_back_is_what_was_written(void **state) {
    struct shelf *shelf = *state;
    bms_checked_return out;
    assert_int_equal(bms_parked_load(&shelf->parked, shelf->at[1], shelf->arena, &out), BMS_OK);
    assert_same(&out, &bare);
    assert_int_equal(bms_parked_load(&shelf->parked, shelf->at[0], shelf->arena, &out), BMS_OK);
    assert_same(&out, &full);
    assert_ptr_not_equal(out.entries, full.entries);
}

static void it_can_be_added_to_after_something_was_read(void **state) {
    struct shelf *shelf = *state;
    bms_checked_return out;
    assert_int_equal(bms_parked_load(&shelf->parked, shelf->at[0], shelf->arena, &out), BMS_OK);
    long again = bms_parked_add(&shelf->parked, &full);
    assert_true(again > shelf->at[1]);
    assert_int_equal(bms_parked_load(&shelf->parked, shelf->at[1], shelf->arena, &out), BMS_OK);
    assert_same(&out, &bare);
}

static void where_nothing_was_written_nothing_can_be_read(void **state) {
    struct shelf *shelf = *state;
    bms_checked_return out;
    assert_int_equal(bms_parked_load(&shelf->parked, -1, shelf->arena, &out), BMS_INPUT);
    assert_int_equal(bms_parked_load(&shelf->parked, shelf->parked.end, shelf->arena, &out), BMS_INPUT);
}

static void memory_that_runs_out_is_reported(void **state) {
    struct shelf *shelf = *state;
    bms_checked_return out;
    enum bms_status status = BMS_NO_MEMORY;
    for (size_t allocations = 0; status != BMS_OK; allocations++) {
        assert_true(allocations < 1000);
        bms_arena_reset(shelf->arena);
        left = allocations;
        status = bms_parked_load(&shelf->parked, shelf->at[0], shelf->arena, &out);
        left = SIZE_MAX;
        if (status != BMS_OK)
            assert_int_equal(status, BMS_NO_MEMORY);
    }
    assert_same(&out, &full);
}

int main(void) {
    left = SIZE_MAX;
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(what_is_read_back_is_what_was_written),
        TEST(it_can_be_added_to_after_something_was_read),
        TEST(where_nothing_was_written_nothing_can_be_read),
        TEST(memory_that_runs_out_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
