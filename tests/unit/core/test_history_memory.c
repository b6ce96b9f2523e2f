/** Memory may run out at allocation 1, 2, 3 … 16 of SQLite's and ever more thinly after: a run is then whole
 * or absent, and verifies. */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include "history_place.h"

#include "core/history_integrity.h"

#include <sqlite3.h>

static sqlite3_mem_methods usual;
static long left = -1; /* allocations that still succeed; −1: all */

static int may_allocate(void) {
    if (left > 0)
        left--;
    return left != 0;
}

static void *allocate(int size) {
    return may_allocate() ? usual.xMalloc(size) : NULL;
}

static void *reallocate(void *old, int size) {
    return may_allocate() ? usual.xRealloc(old, size) : NULL;
}

static bool on_entry(void *context, const bms_stored_entry *stored) {
    ++*(int *)context;
    return *stored->unit != '\0';
}

/** Open, store a receipt in a run, commit, and ask. @return how it ended */
static enum bms_status work(struct place *place) {
    bms_history *history = NULL;
    const bms_receipt receipt = {
        .file = "h.xlsx", .sha256 = "abc", .size = 3, .unit = "A2", .period = "2026-T2", .outcome = BMS_HELD};
    const bms_entry_filter everything = {.all_revisions = true};
    int n = 0;
    enum bms_status status = bms_history_open(&history, place->path, "en", NULL, NULL, &place->error);
    if (status == BMS_OK)
        status = bms_history_begin(history, "collect", NOON, &place->error);
    if (status == BMS_OK)
        status = bms_history_add_receipt(history, &receipt, NULL, &place->error);
    if (status == BMS_OK)
        status = bms_history_commit(history, &place->error);
    if (status == BMS_OK)
        status = bms_history_each_entry(history, &everything, on_entry, &n, &place->error);
    bms_history_close(history);
    return status;
}

static void a_run_is_whole_or_absent_whenever_memory_runs_out(void **state) {
    struct place *place = *state;
    bms_verification out;
    place_begin(place);
    (void)place_add(place, "A1", "2026-T2", "one", 10);
    place_commit(place);
    long at = 1;
    for (enum bms_status status = BMS_NO_MEMORY; status != BMS_OK; at += 1 + at / 16) {
        left = at;
        status = work(place);
        left = -1;
        if (status != BMS_OK && status != BMS_NO_MEMORY)
            fail_msg("allocation %ld: %s: %s", at, bms_status_name(status), place->error.message);
        assert_true(at < 2000000);
    }
    assert_true(at > 50);
    assert_int_equal(bms_history_verify(place->history, NULL, (bms_difference_listener){0}, &out, NULL),
                     BMS_OK);
    assert_int_equal(out.differences, 0);
    assert_true(out.runs >= 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        a_run_is_whole_or_absent_whenever_memory_runs_out, place_set_up, place_tear_down)};
    sqlite3_mem_methods failing;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual) != SQLITE_OK)
        return 1;
    failing = usual;
    failing.xMalloc = allocate;
    failing.xRealloc = reallocate;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) != SQLITE_OK ||
        sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
