/** Verifying: every change in the history's file is found; then redacting, copying and upgrading. */
#define _XOPEN_SOURCE 700 /* stat, utime */

#include "tests/unit/history/history_dump.h"
#include "tests/unit/history/history_filled.h"

#include "core/history/chain.h"
#include "core/history/integrity.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <time.h>
#include <utime.h>

static void a_history_that_is_whole_verifies(void **state) {
    struct place *place = *state;
    bms_verification out;
    fill(place);
    struct heard heard = verify(place, NULL, &out);
    assert_string_equal(heard.all, "");
    assert_int_equal(out.runs, 3);
    assert_int_equal(out.differences, 0);
    int64_t run = 0;
    char hash[65];
    assert_int_equal(bms_history_newest_hash(place->history, &run, hash, NULL), BMS_OK);
    assert_int_equal(run, 3);
    assert_string_equal(hash, out.hash);
}

static void a_printed_hash_is_found_again_with_its_run(void **state) {
    struct place *place = *state;
    bms_verification out;
    int64_t run = 0;
    char hash[65];
    fill(place);
    assert_int_equal(bms_history_hash_before(place->history, 2, &run, hash, NULL), BMS_OK);
    hash[12] = '\0';
    assert_int_equal(verify(place, hash, &out).n, 0);
    assert_int_equal(out.run_of_hash, 1);
    assert_int_equal(verify(place, "0123456789ab", &out).n, 1);
    assert_int_equal(out.run_of_hash, 0);
}

/** Change a column in the first row of a table. @return false when every row was NULL or STRICT refused */
static bool change(struct place *place, const char *table, const char *column) {
    const char *sql =
        bms_arena_format(place->arena,
                         "UPDATE \"%s\" SET \"%s\" = CASE typeof(\"%s\") WHEN 'integer' THEN \"%s\" + 1000 "
                         "WHEN 'real' THEN \"%s\" + 0.5 "
                         "WHEN 'text' THEN \"%s\" || 'x' WHEN 'blob' THEN CAST(\"%s\" || x'00' AS BLOB) END "
                         "WHERE \"%s\" IS NOT NULL",
                         table, column, column, column, column, column, column, column);
    run_sql(place, sql);
    return sqlite3_changes(place->history->database) > 0;
}

static void a_change_in_any_column_of_any_table_is_found(void **state) {
    struct place *place = *state;
    const char *tables[64];
    const char *columns[32];
    size_t tried = 0;
    bms_verification out;
    fill(place);
    drop_triggers(place);
    size_t n = names(place, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
                     tables, 64);
    size_t without = verify(place, NULL, &out).n; /* the triggers that are gone */
    assert_true(without > 40);
    for (size_t t = 0; t < n; t++) {
        size_t m = names(
            place, bms_arena_format(place->arena, "SELECT name FROM pragma_table_info('%s')", tables[t]),
            columns, 32);
        for (size_t c = 0; c < m; c++) {
            run_sql(place, "BEGIN");
            if (!change(place, tables[t], columns[c])) {
                run_sql(place, "ROLLBACK");
                fail_msg("%s.%s is empty", tables[t], columns[c]);
            }
            tried++;
            run_sql(place, "COMMIT");
            struct heard heard = verify(place, NULL, &out);
            if (heard.n <= without)
                fail_msg("%s.%s was changed and not found", tables[t], columns[c]);
            /* Restored from the copy. */
            assert_int_equal(bms_history_execute(place->history, "BEGIN", NULL), BMS_OK);
            run_sql(
                place,
                bms_arena_format(
                    place->arena,
                    "UPDATE \"%s\" SET \"%s\" = CASE typeof(\"%s\") WHEN 'integer' THEN \"%s\" - 1000 WHEN "
                    "'real' THEN \"%s\" - 0.5 WHEN 'text' THEN substr(\"%s\", 1, length(\"%s\") - 1) WHEN "
                    "'blob' THEN substr(\"%s\", 1, length(\"%s\") - 1) END WHERE \"%s\" IS NOT NULL",
                    tables[t], columns[c], columns[c], columns[c], columns[c], columns[c], columns[c],
                    columns[c], columns[c], columns[c]));
            run_sql(place, "COMMIT");
        }
    }
    assert_true(tried > 110);
    assert_int_equal(verify(place, NULL, &out).n, without);
}

static void a_difference_is_reported_with_run_table_and_row(void **state) {
    struct place *place = *state;
    bms_verification out;
    fill(place);
    run_sql(
        place,
        "DROP TRIGGER entries_stay; UPDATE entries SET numerator = 12 WHERE return = 2 AND indicator = 1");
    struct heard heard = verify(place, NULL, &out);
    assert_non_null(strstr(heard.all, "[entries_stay trigger]"));
    assert_non_null(strstr(heard.all, "[entries 2 1 1]"));
    assert_int_equal(heard.n, 3); /* the guard, the row and the run's hash, and not every run after it */
}

static void removed_and_added_rows_are_found(void **state) {
    struct place *place = *state;
    static const char *const done[][2] = {
        {"DROP TRIGGER actions_remain; DELETE FROM actions WHERE return = 1", "[actions ]"},
        {"INSERT INTO actions VALUES (1, 9, '', '', 'slipped in', '', '', '', 'C9')", "[actions 1 9]"},
        {"INSERT INTO units VALUES (99, 'Z9')", "[units 99]"},
        {"INSERT INTO runs VALUES (99, 'collect', 0, 'x', NULL, NULL)", "[run_hashes ]"},
        {"DELETE FROM measured_in", "[measured_in 1 1]"},
    };
    bms_verification out;
    fill(place);
    for (size_t i = 0; i < sizeof done / sizeof done[0]; i++) {
        run_sql(place, done[i][0]);
        struct heard heard = verify(place, NULL, &out);
        if (!strstr(heard.all, done[i][1]))
            fail_msg("%s\nnot found: %s", done[i][0], heard.all);
    }
}

static void a_changed_original_is_found(void **state) {
    struct place *place = *state;
    bms_verification out;
    fill(place);
    run_sql(place, "DROP TRIGGER originals_stay; UPDATE originals SET bytes = x'00' WHERE id = 1");
    struct heard heard = verify(place, NULL, &out);
    assert_non_null(strstr(heard.all, "[originals 1]"));
}

/* What may be blanked, and how narrowly */

static void redact(struct place *place, enum bms_redacted what, size_t expected) {
    const bms_redaction redaction = {
        .unit = "A1", .period = "2026-T2", .what = what, .made_by = "Per", .reason = "A name came in"};
    size_t n = 0;
    place_begin(place);
    assert_int_equal(bms_history_redact(place->history, &redaction, NULL, &n, &place->error), BMS_OK);
    assert_int_equal(n, expected);
    place_commit(place);
}

static void what_is_blanked_on_record_is_gone_and_the_chain_holds(void **state) {
    struct place *place = *state;
    bms_verification out;
    const char *left[8];
    fill(place);
    redact(place, BMS_REDACT_SIGNATURE, 1); /* the other was blanked by fill */
    redact(place, BMS_REDACT_ACTIONS, 2);
    redact(place, BMS_REDACT_ORIGINAL, 2);
    assert_int_equal(names(place, "SELECT signed_by FROM returns WHERE signed_by <> ''", left, 8), 0);
    assert_int_equal(names(place, "SELECT text FROM actions WHERE text <> ''", left, 8), 0);
    assert_int_equal(names(place, "SELECT id FROM originals WHERE length(bytes) > 0", left, 8), 0);
    assert_int_equal(
        names(place, "SELECT old_sha256 FROM redacted_values WHERE length(old_sha256) = 64", left, 8), 6);
    struct heard heard = verify(place, NULL, &out);
    assert_string_equal(heard.all, "");
    assert_int_equal(out.runs, 6);
}

static void nothing_is_blanked_without_a_record_in_the_open_run(void **state) {
    struct place *place = *state;
    static const char *const attempts[] = {
        "UPDATE returns SET signed_by = ''",
        "UPDATE actions SET text = ''",
        "UPDATE originals SET bytes = x''",
        "UPDATE entries SET comment = ''",
        "UPDATE receipts SET file = ''",
        "UPDATE findings SET message = ''",
        "UPDATE findings SET fix = ''",
        "UPDATE corrections SET reason = ''",
        "UPDATE corrections SET made_by = ''",
        "UPDATE setup_cells SET text = ''",
        /* recorded, but in an earlier run */
        "UPDATE returns SET signed_by = '' WHERE id = 1",
        "UPDATE returns SET signed_by = 'Ola' WHERE id = 1",
    };
    static const char *const too_much[] = {
        "UPDATE receipts SET file = '' WHERE id = 1",
        "UPDATE receipts SET file = 'other.xlsx' WHERE id = 2",
        "UPDATE receipts SET file = '', outcome = 'accepted' WHERE id = 2",
        "UPDATE findings SET message = 'other' WHERE receipt = 2",
        "UPDATE findings SET message = '', fix = '' WHERE receipt = 2",
        "UPDATE findings SET message = '', severity = 'info' WHERE receipt = 2",
        "UPDATE corrections SET reason = 'other' WHERE return = 2",
        "UPDATE corrections SET reason = '', made_by = '' WHERE return = 2",
        "UPDATE corrections SET reason = '', period = 9 WHERE return = 2",
        "UPDATE setup_cells SET text = 'other'",
        "UPDATE setup_cells SET text = '', column_key = 'name'",
    };
    fill(place);
    place_begin(place);
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
        if (bms_history_execute(place->history, attempts[i], NULL) == BMS_OK)
            fail_msg("allowed: %s", attempts[i]);
    }
    run_sql(place, "INSERT INTO redactions VALUES (9, 4, 'x', 'y');"
                   "INSERT INTO redacted_values VALUES (9, 4, 'returns', '2', 'signed_by', 'x');"
                   "INSERT INTO redacted_values VALUES (9, 4, 'receipts', '2', 'file', 'x');"
                   "INSERT INTO redacted_values VALUES (9, 4, 'findings', '2 0', 'message', 'x');"
                   "INSERT INTO redacted_values VALUES (9, 4, 'corrections', '2', 'reason', 'x');"
                   "INSERT INTO redacted_values VALUES (9, 4, 'setup_cells', '1 0 4 1', 'text', 'x')");
    for (size_t i = 0; i < sizeof too_much / sizeof too_much[0]; i++) {
        if (bms_history_execute(place->history, too_much[i], NULL) == BMS_OK)
            fail_msg("allowed: %s", too_much[i]);
    }
    assert_int_not_equal(bms_history_execute(place->history,
                                             "UPDATE returns SET signed_by = '', revision = 9 WHERE id = 2",
                                             NULL),
                         BMS_OK);
    assert_int_not_equal(bms_history_execute(place->history,
                                             "UPDATE returns SET rowid = 9, signed_by = '' WHERE id = 2",
                                             NULL),
                         BMS_OK);
    assert_int_not_equal(
        bms_history_execute(place->history, "UPDATE returns SET signed_by = 'Ola' WHERE id = 2", NULL),
        BMS_OK);
    assert_int_equal(
        bms_history_execute(place->history, "UPDATE returns SET signed_by = '' WHERE id = 2", NULL), BMS_OK);
    bms_history_roll_back(place->history);
}

/* Copies */

static void a_copy_is_a_whole_history_also_while_another_writes(void **state) {
    struct place *place = *state;
    const char *copy = bms_arena_format(place->arena, "%s/copy.db", place->folder);
    bms_verification out;
    bms_history *second = NULL;
    fill(place);
    assert_int_equal(bms_history_open(&second, place->path, "en", NULL, NULL, NULL), BMS_OK);
    place_begin(place);
    (void)place_add(place, "A1", "2026-T2", "three", 12);
    assert_int_equal(bms_history_back_up(second, copy, &place->error), BMS_OK);
    bms_history_roll_back(place->history);
    bms_history_close(second);
    struct place of_copy = *place;
    (void)snprintf(of_copy.path, sizeof of_copy.path, "%s", copy);
    assert_string_equal(verify(&of_copy, NULL, &out).all, "");
    assert_int_equal(out.runs, 3);
    (void)remove(copy);
}

static void the_three_last_copies_are_kept(void **state) {
    struct place *place = *state;
    for (int i = 0; i < 5; i++) {
        place_begin(place);
        place_commit(place);
        assert_int_equal(bms_history_rotate_backup(place->history, &place->error), BMS_OK);
    }
    for (int i = 1; i <= 4; i++) {
        struct place copy = *place;
        (void)snprintf(copy.path, sizeof copy.path, "%s/bms.db.backup-%d", place->folder, i);
        bms_verification out = {0};
        if (i == 4) {
            assert_int_equal(bms_platform_path_kind(copy.path), BMS_PATH_MISSING);
            continue;
        }
        assert_int_equal(verify(&copy, NULL, &out).n, 0);
        assert_int_equal(out.runs, 6 - i);
        (void)remove(copy.path);
    }
}

static int64_t inode_of(const char *path) {
    struct stat found;
    return stat(path, &found) == 0 ? (int64_t)found.st_ino : 0;
}

/** Set the age of a copy in seconds. */
static void make_older(const char *path, int64_t seconds) {
    const struct utimbuf times = {time(NULL) - seconds, time(NULL) - seconds};
    assert_int_equal(utime(path, &times), 0);
}

static void a_large_history_is_copied_once_a_day(void **state) {
    struct place *place = *state;
    const char *newest = bms_arena_format(place->arena, "%s.backup-1", place->path);
    const char *older = bms_arena_format(place->arena, "%s.backup-2", place->path);
    place_begin(place);
    run_sql(place, bms_arena_format(place->arena, "INSERT INTO originals VALUES (1, 'large', zeroblob(%d))",
                                    BMS_COPY_CHEAP));
    place_commit(place);
    assert_int_equal(bms_history_rotate_backup(place->history, &place->error), BMS_OK);
    int64_t first = inode_of(newest);
    assert_int_not_equal(first, 0);
    make_older(newest, BMS_COPY_AGE - 60);
    assert_int_equal(bms_history_rotate_backup(place->history, &place->error), BMS_OK);
    assert_int_equal(inode_of(newest), first);
    make_older(newest, BMS_COPY_AGE + 60);
    assert_int_equal(bms_history_rotate_backup(place->history, &place->error), BMS_OK);
    assert_int_equal(inode_of(older), first);
    make_older(newest, -86400); /* the clock was set back since */
    assert_int_equal(bms_history_rotate_backup(place->history, &place->error), BMS_OK);
    assert_int_equal(bms_platform_path_kind(bms_arena_format(place->arena, "%s.backup-3", place->path)),
                     BMS_PATH_FILE);
    for (int i = 1; i <= 3; i++)
        (void)remove(bms_arena_format(place->arena, "%s.backup-%d", place->path, i));
}

/* An older history */

static bool count_entry(void *context, const bms_stored_entry *stored) {
    ++*(int *)context;
    return *stored->unit != '\0';
}

static void assert_version(const char *path, int expected) {
    sqlite3 *database = NULL;
    sqlite3_stmt *version = NULL;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database, "PRAGMA user_version", -1, &version, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(version), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(version, 0), expected);
    (void)sqlite3_finalize(version);
    (void)sqlite3_close(database);
}

/** Open a history that is kept as text. */
static void upgrade(struct place *place, int version) {
    char name[40];
    bms_verification out;
    int n = 0;
    const bms_entry_filter everything = {.all_revisions = true};
    const char *left[8];
    (void)snprintf(name, sizeof name, "history_version_%d.sql", version);
    history_dump_read(place, name);
    assert_int_equal(bms_history_open(&place->history, place->path, "en", NULL, NULL, &place->error), BMS_OK);
    const char *before = bms_history_upgrade_backup(place->history);
    assert_non_null(before);
    assert_int_equal(bms_history_each_entry(place->history, &everything, count_entry, &n, &place->error),
                     BMS_OK);
    assert_int_equal(n, 3);
    assert_int_equal(names(place, "SELECT signed_by FROM returns", left, 8), 2);
    assert_int_equal(names(place, "SELECT id FROM originals", left, 8), 2);
    assert_int_equal(names(place, "SELECT text FROM setup_cells WHERE text = 'A1'", left, 8), 1);
    assert_int_equal(names(place, "SELECT cell FROM actions", left, 8), version == 1 ? 1 : 2);
    assert_string_equal(verify(place, NULL, &out).all, "");
    assert_version(place->path, BMS_HISTORY_VERSION);
    assert_version(before, version); /* the copy is the old one, untouched */
    (void)remove(before);
}

static void a_history_of_the_first_version_is_upgraded_with_nothing_lost(void **state) {
    upgrade(*state, 1);
}

static void a_plan_that_the_first_program_accepted_keeps_what_its_stars_meant(void **state) {
    struct place *place = *state;
    bms_setup_book book;
    int version = 0;
    upgrade(place, 1);
    assert_int_equal(bms_history_load_setup(place->history, place->arena, 0, &book, &version, &place->error),
                     BMS_OK);
    assert_int_equal(version, 1);
    assert_true(book.stars_match_all);
}

/** Assert that a hash printed by the earlier version is still the run's. */
static void assert_hash_still_known(struct place *place, const char *printed, int64_t run) {
    bms_verification out;
    assert_int_equal(verify(place, printed, &out).n, 0);
    assert_int_equal(out.run_of_hash, run);
}

static void a_history_of_the_second_version_keeps_its_chain(void **state) {
    struct place *place = *state;
    upgrade(place, 2);
    assert_hash_still_known(place, "5ac1a1870e7460da", 3);
}

static void a_history_of_the_third_version_keeps_its_chain_and_amendments(void **state) {
    struct place *place = *state;
    const char *left[8];
    upgrade(place, 3);
    assert_hash_still_known(place, "721d74ea379db041", 3);
    assert_int_equal(names(place, "SELECT reason FROM corrections WHERE made_by = 'Per'", left, 8), 1);
    assert_int_equal(names(place, "SELECT made_by FROM closings", left, 8), 1);
}

static void a_history_of_the_fourth_version_keeps_its_editions(void **state) {
    struct place *place = *state;
    bms_edition edition;
    upgrade(place, 4);
    assert_hash_still_known(place, "5661a6ce1c008ea0", 4);
    assert_int_equal(bms_history_find_edition(place->history, "A1", "2026-T2", 9, &edition, NULL), BMS_OK);
    assert_int_equal(edition.number, 2);
    assert_string_equal(edition.program, "0.1.0");
    assert_string_equal(edition.said, ""); /* what it said was not kept then */
}

static void a_history_of_the_fifth_version_keeps_what_its_editions_said(void **state) {
    struct place *place = *state;
    bms_edition edition;
    const char *left[8];
    upgrade(place, 5);
    assert_hash_still_known(place, "4554ae4c11ada45a", 5);
    assert_int_equal(bms_history_find_edition(place->history, "A1", "2026-T2", 9, &edition, NULL), BMS_OK);
    assert_int_equal(edition.number, 3);
    assert_int_equal(names(place, "SELECT indicator FROM edition_figures", left, 8), 2);
    assert_int_equal(names(place, "SELECT id FROM runs WHERE coalesce(account, machine) IS NULL", left, 8),
                     5);
}

static void a_run_says_by_which_account_and_where_it_was_made(void **state) {
    struct place *place = *state;
    char account[BMS_PLATFORM_NAME];
    char machine[BMS_PLATFORM_NAME];
    const char *kept[8];
    assert_int_equal(bms_platform_account(account, sizeof account), BMS_OK);
    bms_platform_machine(machine, sizeof machine);
    assert_true(strlen(machine) > 0);
    place_begin(place);
    place_commit(place);
    assert_int_equal(names(place, "SELECT coalesce(account, ''), machine FROM runs", kept, 8), 1);
    assert_string_equal(kept[0], account);
    assert_int_equal(names(place, "SELECT machine FROM runs", kept, 8), 1);
    assert_string_equal(kept[0], machine);
}

static void an_id_below_one_is_refused(void **state) {
    struct place *place = *state;
    const char *tables[64];
    fill(place);
    run_sql(place, "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
    size_t n = names(place,
                     "SELECT t.name || ' SET ' || c.name FROM sqlite_schema AS t, pragma_table_info(t.name) "
                     "AS c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' "
                     "AND t.name NOT IN ('origin', 'units', 'indicators', 'periods') "
                     "AND (c.name IN ('id', 'run') OR (c.name = 'version' AND c.pk))",
                     tables, 64);
    assert_true(n > 30);
    for (size_t i = 0; i < n; i++) {
        for (int id = -1; id <= 0; id++) {
            char table[64];
            (void)snprintf(table, sizeof table, "%.*s", (int)strcspn(tables[i], " "), tables[i]);
            /* A copy of a row with the id in question, put back as a new one. */
            const char *sql = bms_arena_format(
                place->arena,
                "CREATE TEMP TABLE copied AS SELECT * FROM main.%s LIMIT 1; UPDATE copied SET %s = %d;"
                "INSERT INTO main.%s SELECT * FROM copied",
                table, tables[i] + strlen(table) + 5, id, table);
            assert_int_not_equal(bms_history_execute(place->history, sql, &place->error), BMS_OK);
            if (!strstr(place->error.message, "ids are positive") && !strstr(place->error.message, "UNIQUE"))
                fail_msg("%s = %d: %s", tables[i], id, place->error.message);
            run_sql(place, "DROP TABLE temp.copied");
        }
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_history_that_is_whole_verifies),
        TEST(a_printed_hash_is_found_again_with_its_run),
        TEST(a_change_in_any_column_of_any_table_is_found),
        TEST(a_difference_is_reported_with_run_table_and_row),
        TEST(removed_and_added_rows_are_found),
        TEST(a_changed_original_is_found),
        TEST(what_is_blanked_on_record_is_gone_and_the_chain_holds),
        TEST(nothing_is_blanked_without_a_record_in_the_open_run),
        TEST(a_copy_is_a_whole_history_also_while_another_writes),
        TEST(the_three_last_copies_are_kept),
        TEST(a_large_history_is_copied_once_a_day),
        TEST(a_history_of_the_first_version_is_upgraded_with_nothing_lost),
        TEST(a_plan_that_the_first_program_accepted_keeps_what_its_stars_meant),
        TEST(a_history_of_the_second_version_keeps_its_chain),
        TEST(a_history_of_the_third_version_keeps_its_chain_and_amendments),
        TEST(a_history_of_the_fourth_version_keeps_its_editions),
        TEST(a_history_of_the_fifth_version_keeps_what_its_editions_said),
        TEST(a_run_says_by_which_account_and_where_it_was_made),
        TEST(an_id_below_one_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
