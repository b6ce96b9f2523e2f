/* Copies of stored entries. All names and values are invented. */
#include "tests/unit/close.h"

#include "core/history/history.h"

#include <string.h>

static void a_kept_entry_is_an_independent_copy(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    char file[] = "lia.xlsx";
    char reason[] = "talt om igjen";
    const bms_stored_entry stored = {
        .revision = 2, .file = file, .origin.amendment = reason, .origin.late = true};
    const bms_stored_entry kept = bms_stored_entry_copy(arena, &stored, NULL);
    memset(file, 'x', sizeof file - 1);
    memset(reason, 'x', sizeof reason - 1);
    assert_string_equal(kept.file, "lia.xlsx");
    assert_string_equal(kept.origin.amendment, "talt om igjen");
    assert_string_equal(kept.origin.choice, ""); /* there was none */
    assert_true(kept.origin.late && kept.revision == 2);
    bms_arena_free(arena);
}

static void equal_texts_are_shared_between_kept_entries(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    const bms_stored_entry first = {.file = "lia.xlsx", .signed_by = "Kari"};
    const bms_stored_entry second = {.file = "lia.xlsx", .signed_by = "Ola"};
    const bms_stored_entry kept = bms_stored_entry_copy(arena, &first, NULL);
    const bms_stored_entry like = bms_stored_entry_copy(arena, &second, &kept);
    assert_ptr_equal(like.file, kept.file);
    assert_string_equal(like.signed_by, "Ola");
    bms_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kept_entry_is_an_independent_copy),
        cmocka_unit_test(equal_texts_are_shared_between_kept_entries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
