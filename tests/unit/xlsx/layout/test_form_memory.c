/**
 * Memory runs out at the first, second, third … allocation while a form is written or a return is read: each
 * time a clean error, never an incomplete form or a different return.
 */
#include "core/workbooks.h"
#include "tests/unit/failing_memory.h"
#include "tests/unit/xlsx/layout/example_form.h"

#include <stdlib.h>
#include <string.h>

static const char path[] = "test_form_memory.xlsx";

enum { MOST_ALLOCATIONS = 100000 };

static enum bms_status write_with(size_t allocations) {
    const bms_form form = example_form("nb");
    bms_error error = {0};
    left = allocations;
    enum bms_status status = bms_workbooks_write_form(&form, path, &error);
    left = SIZE_MAX;
    if (status != BMS_OK)
        assert_int_equal(error.code, status);
    return status;
}

static void a_form_is_written_whole_or_not_at_all(void **state) {
    (void)state;
    size_t failures = 0;
    (void)remove(path);
    while (write_with(failures) != BMS_OK) {
        FILE *file = fopen(path, "rb");
        assert_null(file);
        assert_true(++failures < MOST_ALLOCATIONS);
    }
    print_message("%zu allocations failed one after the other\n", failures);
    assert_true(failures > 100);
}

/** A return as one text, for comparing: every text and number in it. */
static void describe(const bms_raw_return *raw, char out[4096]) {
    size_t used =
        (size_t)snprintf(out, 4096, "%d %s %s %s %s %s %zu %s %s %zu", (int)raw->recognition,
                         raw->hidden.unit, raw->visible.unit, raw->visible.title, raw->visible.seal,
                         raw->hidden.seal, raw->n_questions, raw->sheet, raw->action_sheet, raw->n_actions);
    used +=
        (size_t)snprintf(out + used, 4096 - used, " %s %s", raw->signed_by.address, raw->signed_on.address);
    for (size_t i = 0; i < raw->n_rows; i++)
        used += (size_t)snprintf(out + used, 4096 - used, " %s %s %d %s", raw->rows[i].indicator,
                                 raw->rows[i].numerator.address, (int)raw->rows[i].numerator.kind,
                                 raw->questions[i].numerator.text);
}

static enum bms_status read_with(size_t allocations, char out[4096]) {
    const bms_source source = {.name = path};
    bms_raw_return raw;
    bms_error error = {0};
    left = allocations;
    bms_arena *arena = bms_arena_new();
    enum bms_status status = BMS_NO_MEMORY;
    if (arena)
        status = bms_workbooks_read_return(arena, &source, 0, "nb", &raw, &error);
    left = SIZE_MAX;
    if (status == BMS_OK)
        describe(&raw, out);
    else if (status != BMS_NO_MEMORY)
        fail_msg("%zu allocations: %s", allocations, error.message);
    bms_arena_free(arena);
    return status;
}

static void a_return_is_read_whole_or_not_at_all(void **state) {
    (void)state;
    char expected[4096] = "";
    char got[4096] = "";
    assert_int_equal(write_with(SIZE_MAX), BMS_OK);
    assert_int_equal(read_with(SIZE_MAX, expected), BMS_OK);
    size_t failures = 0;
    while (read_with(failures, got) != BMS_OK)
        assert_true(++failures < MOST_ALLOCATIONS);
    assert_string_equal(got, expected);
    print_message("%zu allocations failed one after the other\n", failures);
    assert_true(failures > 100);
    (void)remove(path);
}

int main(void) {
    left = SIZE_MAX;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_is_written_whole_or_not_at_all),
        cmocka_unit_test(a_return_is_read_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
