/** What another program has put into the history's file is named and refused, and can be taken out on record.
 */

#include "tests/unit/history/history_dump.h"
#include "tests/unit/history/history_filled.h"

#include "core/history/schema.h"

static void each_version_has_the_schema_that_its_hash_is_of(void **state) {
    (void)state;
    for (int version = 1; version <= BMS_HISTORY_VERSION; version++) {
        char path[] = "x";
        bms_history history = {.path = path, .language = "en"};
        char sha256[BMS_SHA256_TEXT];
        bool own = false;
        assert_int_equal(bms_schema_make(version, &history.database), SQLITE_OK);
        assert_int_equal(bms_schema_hash(&history, sha256, NULL), BMS_OK);
        assert_int_equal(bms_schema_is_own(&history, version, &own, NULL), BMS_OK);
        bms_history_drop_statements(&history);
        assert_int_equal(sqlite3_close(history.database), SQLITE_OK);
        if (!own)
            fail_msg("the hash of version %d is now %s", version, sha256);
    }
}

/** Run SQL on the file as another program does, with the history closed. */
static void meddle(struct place *place, const char *sql) {
    sqlite3 *database = NULL;
    char *message = NULL;
    bms_history_close(place->history);
    place->history = NULL;
    assert_int_equal(sqlite3_open(place->path, &database), SQLITE_OK);
    if (sqlite3_exec(database, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s\n%s", message, sql);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

static enum bms_status reopen(struct place *place) {
    bms_error_clear(&place->error);
    return bms_history_open(&place->history, place->path, "en", NULL, NULL, &place->error);
}

static void on_removed(void *context, const bms_removed *removed) {
    char *all = context;
    size_t used = strlen(all);
    (void)snprintf(all + used, 1024 - used, "[%s%s %s]", removed->put_back ? "back " : "", removed->type,
                   removed->name);
}

/** Take out what is foreign. @param[out] all  what was taken out */
static enum bms_status take_out(struct place *place, char all[1024]) {
    bms_history *history = NULL;
    const bms_removal_listener listener = {on_removed, all};
    all[0] = '\0';
    bms_error_clear(&place->error);
    enum bms_status status =
        bms_history_open_as_it_is(&history, place->path, "en", NULL, NULL, &place->error);
    if (status == BMS_OK)
        status = bms_history_remove_foreign(history, NOON, listener, &place->error);
    bms_history_close(history);
    return status;
}

static void restore(struct place *place, const char *copy) {
    unsigned char *bytes = NULL;
    size_t size = 0;
    bms_history_close(place->history);
    place->history = NULL;
    assert_int_equal(bms_platform_read_file(copy, "en", &bytes, &size, &place->error), BMS_OK);
    assert_int_equal(bms_platform_write_file(place->path, "en", bytes, size, &place->error), BMS_OK);
    free(bytes);
}

static const struct attack {
    const char *sql;
    const char *named;    /* in the refusal */
    const char *reported; /* by verify */
    const char *removed;
} attacks[] = {
    {"CREATE TRIGGER cheat AFTER INSERT ON entries BEGIN UPDATE measured_in SET period = period; END",
     "trigger cheat", "[cheat trigger] ", "[trigger cheat]"},
    {"CREATE TRIGGER \"it's \"\"odd\"\"\" INSTEAD OF INSERT ON current_returns BEGIN SELECT 1; END",
     "trigger it's \"odd\"", "[it's \"odd\" trigger] ", "[trigger it's \"odd\"]"},
    {"CREATE VIEW seen AS SELECT * FROM entries", "view seen", "[seen view] ", "[view seen]"},
    {"CREATE TABLE other (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT UNIQUE REFERENCES nowhere (x)); "
     "INSERT INTO other VALUES (1, 'b')",
     "table other", "[other table] ", "[index sqlite_autoindex_other_1][table other]"},
    {"CREATE UNIQUE INDEX one ON receipts (id, run)", "index one", "[one index] ", "[index one]"},
    {"DROP TRIGGER entries_stay", "trigger entries_stay", "[entries_stay trigger] ",
     "[back trigger entries_stay]"},
    {"DROP TRIGGER runs_positive; CREATE TRIGGER runs_positive AFTER INSERT ON runs BEGIN SELECT 1; END",
     "trigger runs_positive", "[runs_positive trigger] ", "[back trigger runs_positive]"},
    {"DROP VIEW current_returns; CREATE VIEW current_returns AS SELECT * FROM returns",
     "view current_returns", "[current_returns view] ", "[back view current_returns]"},
    {"DROP INDEX returns_of_unit", "index returns_of_unit", "[returns_of_unit index] ",
     "[back index returns_of_unit]"},
    {"PRAGMA user_version = 3", "number user_version", "[user_version number] ",
     "[back number user_version]"},
    {"PRAGMA user_version = 0", "number user_version", "[user_version number] ",
     "[back number user_version]"},
    {"PRAGMA application_id = 7", "number application_id", "[application_id number] ",
     "[back number application_id]"},
    {"ALTER TABLE entries ADD COLUMN more TEXT", "table entries", "[entries table] ", "[back table entries]"},
    {"ALTER TABLE runs ADD COLUMN more TEXT; PRAGMA user_version = 2", "table runs", "[user_version number] ",
     "[back number user_version]"},
    {"CREATE VIEW v AS SELECT 1; PRAGMA user_version = 2", "view v, number user_version", "[v view] ",
     "[view v][back number user_version]"},
};

static void what_another_program_put_there_is_named_refused_and_taken_out(void **state) {
    struct place *place = *state;
    const char *copy = bms_arena_format(place->arena, "%s.whole", place->path);
    const char *left[8];
    bms_verification out;
    char all[1024];
    fill(place);
    assert_int_equal(bms_history_back_up(place->history, copy, &place->error), BMS_OK);
    for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++) {
        const struct attack *attack = &attacks[i];
        meddle(place, attack->sql);
        assert_int_equal(reopen(place), BMS_HISTORY_DAMAGED);
        if (!strstr(place->error.message, attack->named))
            fail_msg("%s\nsays: %s", attack->sql, place->error.message);
        if (!strstr(verify(place, NULL, &out).all, attack->reported))
            fail_msg("%s\nreports: %s", attack->sql, verify(place, NULL, &out).all);
        if (take_out(place, all) != BMS_OK)
            fail_msg("%s\n%s", attack->sql, place->error.message);
        if (!strstr(all, attack->removed))
            fail_msg("%s\ntook out: %s", attack->sql, all);
        assert_int_equal(reopen(place), BMS_OK);
        assert_string_equal(verify(place, NULL, &out).all, "");
        assert_int_equal(out.runs, 4);
        assert_true(names(place, "SELECT name FROM removed_objects WHERE run = 4", left, 8) > 0);
        const char *kept = bms_arena_format(place->arena, "%s.before-removal-1", place->path);
        assert_int_equal(bms_platform_path_kind(kept), BMS_PATH_FILE);
        assert_int_equal(remove(kept), 0);
        restore(place, copy);
    }
    (void)remove(copy);
}

static void what_cannot_be_put_right_is_said_and_the_file_stays(void **state) {
    struct place *place = *state;
    static const char *const done[][2] = {
        {"DROP TABLE actions", "[actions table] "},
        {"ALTER TABLE actions RENAME TO acts", "[actions table] "},
        {"ALTER TABLE actions RENAME COLUMN due TO done", "[actions table] "},
        {"DROP TABLE origin", "[origin table] "},
        {"DROP TABLE restored_backups; PRAGMA user_version = 5", "[removed_objects table] "},
        {"DROP TABLE redacted_values", "[redacted_values table] "},
    };
    const char *copy = bms_arena_format(place->arena, "%s.whole", place->path);
    bms_verification out;
    char all[1024];
    fill(place);
    assert_int_equal(bms_history_back_up(place->history, copy, &place->error), BMS_OK);
    for (size_t i = 0; i < sizeof done / sizeof done[0]; i++) {
        meddle(place, done[i][0]);
        assert_int_equal(reopen(place), BMS_HISTORY_DAMAGED);
        assert_non_null(strstr(place->error.message, "restore a backup copy"));
        if (!strstr(verify(place, NULL, &out).all, done[i][1]))
            fail_msg("%s\nreports: %s", done[i][0], verify(place, NULL, &out).all);
        assert_int_equal(take_out(place, all), BMS_HISTORY_DAMAGED);
        assert_string_equal(all, "");
        assert_non_null(strstr(place->error.message, "restore a backup copy"));
        assert_int_equal(
            bms_platform_path_kind(bms_arena_format(place->arena, "%s.before-removal-1", place->path)),
            BMS_PATH_MISSING);
        restore(place, copy);
    }
    (void)remove(copy);
}

static const char *copy_path(const struct place *place, int i) {
    return bms_arena_format(place->arena, "%s.before-removal-%d", place->path, i);
}

static void earlier_copies_stay_when_it_cannot_be_put_right(void **state) {
    struct place *place = *state;
    char all[1024];
    fill(place);
    for (int i = 1; i <= BMS_REMOVAL_COPIES; i++)
        assert_int_equal(bms_platform_write_file(copy_path(place, i), "en", "earlier", 7, &place->error),
                         BMS_OK);
    meddle(place, "DROP TABLE actions");
    assert_int_equal(take_out(place, all), BMS_HISTORY_DAMAGED);
    for (int i = 1; i <= BMS_REMOVAL_COPIES; i++) {
        char text[8] = "";
        assert_true(bms_platform_read_start(copy_path(place, i), text, 7));
        assert_string_equal(text, "earlier");
        assert_false(bms_platform_read_start(copy_path(place, i), text, 8));
        (void)remove(copy_path(place, i));
    }
}

static void the_copy_of_a_run_that_was_killed_is_taken(void **state) {
    struct place *place = *state;
    char all[1024];
    fill(place);
    meddle(place, "CREATE VIEW odd AS SELECT 1");
    bms_history *killed = NULL;
    assert_int_equal(bms_history_open_as_it_is(&killed, place->path, "en", NULL, NULL, &place->error),
                     BMS_OK);
    assert_int_equal(bms_history_back_up(killed, copy_path(place, 1), &place->error), BMS_OK);
    bms_history_close(killed);
    assert_int_equal(take_out(place, all), BMS_OK);
    assert_int_equal(bms_platform_path_kind(copy_path(place, 1)), BMS_PATH_FILE);
    assert_int_equal(bms_platform_path_kind(copy_path(place, 2)), BMS_PATH_MISSING);
    (void)remove(copy_path(place, 1));
}

static void statistics_are_no_concern(void **state) {
    struct place *place = *state;
    bms_verification out;
    fill(place);
    meddle(place, "ANALYZE");
    assert_int_equal(reopen(place), BMS_OK);
    assert_string_equal(verify(place, NULL, &out).all, "");
}

static void an_older_history_with_what_is_foreign_is_refused_before_it_is_upgraded(void **state) {
    struct place *place = *state;
    bms_verification out;
    char all[1024];
    const char *left[8];
    history_dump_read(place, "history_version_4.sql");
    meddle(place, "CREATE TRIGGER cheat AFTER INSERT ON runs BEGIN UPDATE measured_in SET period = 9; END");
    assert_int_equal(reopen(place), BMS_HISTORY_DAMAGED);
    assert_non_null(strstr(place->error.message, "trigger cheat"));
    const char *upgraded =
        bms_arena_format(place->arena, "%s.before-%d", place->path, (int)BMS_HISTORY_VERSION);
    assert_int_equal(bms_platform_path_kind(upgraded), BMS_PATH_MISSING);
    assert_string_equal(verify(place, NULL, &out).all, "[cheat trigger] ");
    assert_int_equal(take_out(place, all), BMS_OK);
    assert_string_equal(all, "[trigger cheat]");
    assert_int_equal(reopen(place), BMS_OK);
    assert_string_equal(verify(place, "5661a6ce1c008ea0", &out).all, "");
    assert_int_equal(out.run_of_hash, 4);
    assert_int_equal(names(place, "SELECT run FROM removed_objects WHERE type = 'trigger'", left, 8), 1);
    assert_string_equal(left[0], "5");
    (void)remove(bms_arena_format(place->arena, "%s.before-removal-1", place->path));
}

static void a_file_in_wal_mode_is_turned_back(void **state) {
    struct place *place = *state;
    bms_verification out;
    unsigned char head[20];
    fill(place);
    meddle(place, "PRAGMA journal_mode = wal");
    assert_true(bms_platform_read_start(place->path, head, sizeof head));
    assert_int_equal(head[18], 2);
    assert_int_equal(reopen(place), BMS_OK);
    assert_string_equal(verify(place, NULL, &out).all, "");
    assert_true(bms_platform_read_start(place->path, head, sizeof head));
    assert_int_equal(head[18], 1);
}

static void a_file_that_another_program_keeps_in_wal_mode_is_left_alone(void **state) {
    struct place *place = *state;
    sqlite3 *other = NULL;
    fill(place);
    bms_history_close(place->history);
    place->history = NULL;
    assert_int_equal(sqlite3_open(place->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other,
                                  "PRAGMA journal_mode = wal; CREATE TEMP TABLE x (y); SELECT * FROM runs",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(reopen(place), BMS_HISTORY_LOCKED);
    assert_non_null(strstr(place->error.message, "WAL"));
    assert_int_equal(sqlite3_close(other), SQLITE_OK);
    assert_int_equal(reopen(place), BMS_OK);
}

static void another_programs_file_is_no_history_whatever_its_numbers(void **state) {
    struct place *place = *state;
    sqlite3 *other = NULL;
    bms_history_close(place->history);
    place->history = NULL;
    for (int version = 0; version <= 7; version++) {
        (void)remove(place->path);
        assert_int_equal(sqlite3_open(place->path, &other), SQLITE_OK);
        const char *sql =
            bms_arena_format(place->arena, "CREATE TABLE runs (id); PRAGMA user_version = %d", version);
        assert_int_equal(sqlite3_exec(other, sql, NULL, NULL, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_close(other), SQLITE_OK);
        assert_int_equal(reopen(place), BMS_HISTORY_DAMAGED);
        assert_non_null(strstr(place->error.message, "not a history made by bms"));
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(each_version_has_the_schema_that_its_hash_is_of),
        TEST(what_another_program_put_there_is_named_refused_and_taken_out),
        TEST(what_cannot_be_put_right_is_said_and_the_file_stays),
        TEST(earlier_copies_stay_when_it_cannot_be_put_right),
        TEST(the_copy_of_a_run_that_was_killed_is_taken),
        TEST(statistics_are_no_concern),
        TEST(an_older_history_with_what_is_foreign_is_refused_before_it_is_upgraded),
        TEST(a_file_in_wal_mode_is_turned_back),
        TEST(a_file_that_another_program_keeps_in_wal_mode_is_left_alone),
        TEST(another_programs_file_is_no_history_whatever_its_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
