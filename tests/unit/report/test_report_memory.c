/* Memory that runs out while a report is built: an error, never half a report. */
#include "tests/unit/failing_memory.h"

#include "core/report/changes.h"
#include "core/report/said.h"
#include "tests/unit/examples/report_example.h"

static bms_arena *whole;
static example town;

static int begin(void **state) {
    (void)state;
    left = SIZE_MAX;
    whole = bms_arena_new();
    example_init(&town, whole);
    return 0;
}

static int end(void **state) {
    (void)state;
    bms_arena_free(whole);
    return 0;
}

/** Compare the report with an edition that said the same, but another colour of its first figure. */
static enum bms_status compare(bms_arena *arena, const bms_edition_said *said, bms_report_model *model,
                               bms_report_model *then, bms_error *error) {
    static bms_said rows[1000];
    assert_in_range(said->n_figures, 1, sizeof rows / sizeof *rows);
    memcpy(rows, said->figures, said->n_figures * sizeof *rows);
    rows[0].colour = rows[0].colour == BMS_RED ? BMS_GREEN : BMS_RED;
    const bms_report_figures_said list = {model->definition->units[model->unit].code, rows, said->n_figures};
    const bms_report_before before = {
        .then = then, .program = "0.1.0", .kept = true, .said = &list, .n_said = 1};
    *then = *model;
    enum bms_status status = bms_report_compare(arena, &before, model, error);
    assert_int_equal(model->n_changes, status == BMS_OK ? 1 : model->n_changes);
    return status;
}

/** Build a report, with what it says and what has changed since the edition before. */
static enum bms_status build(const bms_figures *figures, int unit, size_t allocations, bms_report_model *out,
                             bms_arena **arena) {
    bms_error error = {0};
    bms_edition_said said;
    bms_report_model then;
    const bms_report_run run = {.figures = figures, .made_at = 86400LL * bms_day_of(2026, 9, 22)};
    *arena = bms_arena_new();
    left = allocations;
    enum bms_status status = bms_report_build(*arena, &run, unit, 1, "nb", out, &error);
    if (status == BMS_OK)
        status = bms_report_said(*arena, out, &said, &error);
    if (status == BMS_OK)
        status = compare(*arena, &said, out, &then, &error);
    left = SIZE_MAX;
    assert_int_equal(error.code, status);
    return status;
}

/** Build with one allocation more each time, until nothing fails. */
static void survive(int unit) {
    const bms_figures *figures = example_figures(&town);
    enum bms_status status = BMS_NO_MEMORY;
    assert_non_null(figures);
    for (size_t allocations = 0; status != BMS_OK; allocations++) {
        bms_report_model model;
        bms_arena *arena = NULL;
        status = build(figures, unit, allocations, &model, &arena);
        assert_true(status == BMS_OK || status == BMS_NO_MEMORY);
        assert_true(allocations < 20000);
        bms_arena_free(arena);
    }
}

static void a_units_report(void **state) {
    (void)state;
    survive(EXAMPLE_FIRST_UNIT);
}

static void a_leaders_report(void **state) {
    (void)state;
    survive(EXAMPLE_SECTORS + 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_units_report, begin, end),
        cmocka_unit_test_setup_teardown(a_leaders_report, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
