/** Memory runs out while a report is written: each time a clean error and no file. */
#include "core/workbooks.h"
#include "tests/unit/failing_memory.h"

#include "tests/unit/examples/report_example.h"

static const char path[] = "test_report_write_memory.xlsx";

static enum bms_status write_with(const bms_report_model *model, size_t allocations) {
    bms_error error = {0};
    left = allocations;
    enum bms_status status = bms_workbooks_write_report(model, path, &error);
    left = SIZE_MAX;
    assert_int_equal(error.code, status);
    return status;
}

static void a_report_is_written_whole_or_not_at_all(void **state) {
    (void)state;
    example town;
    bms_report_model model;
    bms_arena *arena = bms_arena_new();
    example_init(&town, arena);
    const bms_report_run run = {.figures = example_figures(&town),
                                .made_at = 86400LL * bms_day_of(2026, 9, 22)};
    assert_int_equal(bms_report_build(arena, &run, EXAMPLE_FIRST_UNIT, 1, "nb", &model, NULL), BMS_OK);
    size_t failures = 0;
    (void)remove(path);
    while (write_with(&model, failures) != BMS_OK) {
        FILE *file = fopen(path, "rb");
        assert_null(file);
        assert_true(++failures < 100000);
    }
    print_message("%zu allocations failed one after the other\n", failures);
    assert_true(failures > 100);
    (void)remove(path);
    bms_arena_free(arena);
}

int main(void) {
    left = SIZE_MAX;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_written_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
