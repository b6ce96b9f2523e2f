/** Memory that runs out during a question to the history: each time a clean error, and nothing incomplete. */
#define _XOPEN_SOURCE 700 /* mkdtemp, nftw */

#include "tests/unit/failing_memory.h"

#include "tests/unit/examples/answers.h"

static void on_measurement(void *context, const bms_measurement *row) {
    (void)snprintf(next_row(&((struct municipality *)context)->rows), 400, "%s %s %s %d %s %s %s", row->unit,
                   row->indicator, row->period, row->revision, row->file ? row->file : "-",
                   row->cell ? row->cell : "-", row->received ? row->received : "-");
}

static enum bms_status ask_measurements(struct municipality *place) {
    return bms_measurements(place->b, "1103", NULL, true, on_measurement, place, &place->error);
}

static enum bms_status ask_explanation(struct municipality *place) {
    return bms_explain(place->b, "1103", "SYK", "2026-T2", on_fact, place, &place->error);
}

static enum bms_status ask_explanation_of_a_parent(struct municipality *place) {
    return bms_explain(place->b, "1100", "SYK", "2026-T2", on_fact, place, &place->error);
}

static void on_change(void *context, const bms_cell_change *change) {
    (void)snprintf(next_row(&((struct municipality *)context)->rows), 400, "%s %s %s %s %s",
                   change->indicator, change->what, change->was, change->became,
                   change->cell ? change->cell : "-");
}

static enum bms_status ask_changes(struct municipality *place) {
    return bms_changes(place->b, "1103", "SYK", on_change, place, &place->error);
}

static void on_witness(void *context, const bms_witness *witness) {
    (void)snprintf(next_row(&((struct municipality *)context)->rows), 400, "%s %zu %s %lld %s", witness->file,
                   witness->n_files, witness->hash, (long long)witness->run,
                   witness->acknowledged_by ? witness->acknowledged_by : "-");
}

static enum bms_status ask_witnesses(struct municipality *place) {
    size_t unknown = 0;
    enum bms_status status = bms_witnesses(place->b, on_witness, place, &unknown, &place->error);
    assert_int_equal(unknown, status == BMS_OK ? 2 : unknown);
    return status;
}

/**
 * Ask with one allocation more each time: what is delivered before a failure must begin what succeeds in the
 * end.
 *
 * @param allocations  of the first time; that many go to opening the history, the same for every question
 */
static void survive(struct municipality *place, size_t allocations,
                    enum bms_status (*ask)(struct municipality *place)) {
    forget(place);
    assert_int_equal(ask(place), BMS_OK);
    const struct delivered expected = place->rows;
    enum bms_status status = BMS_NO_MEMORY;
    size_t failures = 0;
    for (; status != BMS_OK; failures++) {
        forget(place);
        left = allocations++;
        status = ask(place);
        left = SIZE_MAX;
        assert_true(status == BMS_OK || status == BMS_NO_MEMORY);
        assert_int_equal(place->error.code, status);
        for (size_t i = 0; i < place->rows.n; i++)
            assert_string_equal(place->rows.lines[i], expected.lines[i]);
    }
    assert_int_equal(place->rows.n, expected.n);
    print_message("%zu allocations failed one after the other\n", failures);
    assert_true(failures > 50);
}

static void measurements_explanations_and_changes(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 14 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    survive(place, 0, ask_measurements);
    survive(place, 600, ask_explanation);
    survive(place, 600, ask_explanation_of_a_parent);
    survive(place, 600, ask_changes);
}

static void files_beside_the_history(void **state) {
    struct municipality *place = *state;
    collect_all(place); /* makes a copy beside it */
    put(place, "reports/2026-T2/a.xlsx", "printed 0123456789abcdef");
    put(place, "reports/2026-T2/b.xlsx", "printed 0123456789abcdef");
    put(place, "reports/2026-T2/c.xlsx", "a letter");
    put(place, "reports/2026-T2/nn/a.xlsx", "printed ba9876543210");
    survive(place, 0, ask_witnesses);
    assert_int_equal(place->rows.n, 3);
    assert_string_equal(place->rows.lines[1], "reports/2026-T2 2 0123456789ab 0 -");
    assert_string_equal(place->rows.lines[2], "reports/2026-T2/nn 1 ba9876543210 0 -");
}

static int begin(void **state) {
    left = SIZE_MAX;
    return municipality_begin_loaded(state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(measurements_explanations_and_changes, begin, municipality_end),
        cmocka_unit_test_setup_teardown(files_beside_the_history, begin, municipality_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
