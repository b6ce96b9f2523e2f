/** Who writes beside a history, and which temporary files are surely ours. */
#define _XOPEN_SOURCE 700 /* mkdtemp, nftw */

#include "core/base/claim.h"

#include "core/base/platform.h"
#include "tests/unit/place.h"

static const char *inside(char *folder, const char *name) {
    static char path[PLACE_PATH + 64];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(char *folder, const char *name) {
    assert_int_equal(bms_platform_write_file(inside(folder, name), "en", "x", 1, NULL), BMS_OK);
}

static bool is_there(char *folder, const char *name) {
    return bms_platform_path_kind(inside(folder, name)) != BMS_PATH_MISSING;
}

static void only_names_that_are_surely_ours_are_leftovers(void **state) {
    (void)state;
    assert_int_equal(bms_leftover_of("LIA.xlsx.bms-4711-0.tmp"), strlen("LIA.xlsx"));
    assert_int_equal(bms_leftover_of("kopi.db.bms-4711-12.tmp-journal"), strlen("kopi.db"));
    assert_int_equal(bms_leftover_of("bms.db.backup-new.4711-0.tmp"), strlen("bms.db.backup-new"));
    assert_int_equal(bms_leftover_of("bms.db.before-4.4711-0.tmp"), strlen("bms.db.before-4"));
    assert_int_equal(bms_leftover_of("LIA.xlsx.new.4711-0.tmp"), strlen("LIA.xlsx.new"));
    static const char *const others[] = {"LIA.xlsx",
                                         "bms.db.backup-1",
                                         "bms.db-journal",
                                         "report.2026-1.tmp",
                                         "LIA.xlsx.bms-.tmp",
                                         "LIA.xlsx.bms-1-.tmp",
                                         "LIA.xlsx.bms--1.tmp",
                                         "LIA.xlsx.bms-1-2.tmp.xlsx",
                                         ".bms-1-2.tmp",
                                         "bms.db.before-.1-2.tmp",
                                         "LIA.xlsx.new",
                                         "x.bms-1-2.TMP",
                                         "",
                                         ".tmp",
                                         "-journal"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (bms_leftover_of(others[i]) != 0)
            fail_msg("%s is taken for ours", others[i]);
    }
}

static void the_file_in_use_goes_with_the_last_who_writes(void **state) {
    char *folder = *state;
    bms_claim *first = bms_claim_begin(inside(folder, "bms.db"));
    assert_non_null(first);
    assert_true(bms_claim_is_alone(first));
    assert_false(bms_claim_follows_a_crash(first));
    bms_claim_share(first, true);
    bms_claim *second = bms_claim_begin(inside(folder, "bms.db"));
    assert_non_null(second);
    assert_false(bms_claim_is_alone(second));
    assert_false(bms_claim_be_alone(first));
    bms_claim_end(first);
    assert_true(is_there(folder, "bms.db.in-use"));
    bms_claim_end(second);
    assert_false(is_there(folder, "bms.db.in-use"));
    bms_claim_end(NULL);
}

static void who_could_not_be_alone_still_has_a_claim(void **state) {
    char *folder = *state;
    bms_claim *first = bms_claim_begin(inside(folder, "bms.db"));
    bms_claim_share(first, true);
    bms_claim *second = bms_claim_begin(inside(folder, "bms.db"));
    assert_false(bms_claim_be_alone(second));
    bms_claim_end(first);
    bms_claim *third = bms_claim_begin(inside(folder, "bms.db"));
    assert_false(bms_claim_is_alone(third));
    bms_claim_end(third);
    assert_true(is_there(folder, "bms.db.in-use"));
    bms_claim_end(second);
    assert_false(is_there(folder, "bms.db.in-use"));
}

static void what_one_leaves_the_next_one_knows_of(void **state) {
    char *folder = *state;
    bms_arena *arena = bms_arena_new();
    bms_claim *claim = bms_claim_begin(inside(folder, "bms.db"));
    bms_claim_share(claim, true);
    bms_claim_note(claim, "/elsewhere/kopi.db");
    bms_claim_leave(claim);
    bms_claim_end(claim);
    assert_true(is_there(folder, "bms.db.in-use"));
    claim = bms_claim_begin(inside(folder, "bms.db"));
    assert_true(bms_claim_follows_a_crash(claim));
    assert_non_null(strstr(bms_claim_noted(claim, arena), "/elsewhere/kopi.db\n"));
    bms_claim_share(claim, true);
    bms_claim_end(claim);
    assert_false(is_there(folder, "bms.db.in-use"));
    bms_arena_free(arena);
}

static void only_leftovers_are_removed(void **state) {
    char *folder = *state;
    bms_arena *arena = bms_arena_new();
    put(folder, "a.db.bms-1-0.tmp");
    put(folder, "a.db.bms-1-0.tmp-journal");
    put(folder, "b.db.bms-1-0.tmp");
    put(folder, "a.db");
    bms_leftovers_remove(arena, folder, "a.db");
    assert_false(is_there(folder, "a.db.bms-1-0.tmp") || is_there(folder, "a.db.bms-1-0.tmp-journal"));
    assert_true(is_there(folder, "b.db.bms-1-0.tmp") && is_there(folder, "a.db"));
    bms_leftovers_remove(arena, folder, NULL);
    assert_false(is_there(folder, "b.db.bms-1-0.tmp"));
    assert_true(is_there(folder, "a.db"));
    bms_arena_free(arena);
}

static int begin(void **state) {
    char *folder = calloc(1, PLACE_PATH);
    if (!folder)
        return 1;
    place_make(folder);
    *state = folder;
    return 0;
}

static int end(void **state) {
    place_remove(*state);
    free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_names_that_are_surely_ours_are_leftovers),
        cmocka_unit_test_setup_teardown(the_file_in_use_goes_with_the_last_who_writes, begin, end),
        cmocka_unit_test_setup_teardown(who_could_not_be_alone_still_has_a_claim, begin, end),
        cmocka_unit_test_setup_teardown(what_one_leaves_the_next_one_knows_of, begin, end),
        cmocka_unit_test_setup_teardown(only_leftovers_are_removed, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
