/** The schema in core/history/sql/schema.sql is exactly what the numbered migrations lead to. */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include "tests/unit/history/history_place.h"

#include <ctype.h>
#include <sqlite3.h>

/** Make `written` (the schema file) and, attached to it, `migrated` (what the library makes). */
static sqlite3 *both(struct place *place) {
    static char sql[1 << 16];
    sqlite3 *database = NULL;
    FILE *file = fopen(BMS_SOURCE_DIR "/core/history/sql/schema.sql", "rb");
    assert_non_null(file);
    sql[fread(sql, 1, sizeof sql - 1, file)] = '\0';
    assert_true(feof(file));
    assert_int_equal(fclose(file), 0);
    assert_int_equal(sqlite3_open(":memory:", &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    const char *attach = bms_arena_format(place->arena, "ATTACH '%s' AS migrated", place->path);
    assert_int_equal(sqlite3_exec(database, attach, NULL, NULL, NULL), SQLITE_OK);
    return database;
}

/** Fail with the first row that `query` gives of the schema `one` and not of `other`; %1$s is the schema. */
static void assert_within(struct place *place, sqlite3 *database, const char *query, const char *one,
                          const char *other) {
    sqlite3_stmt *statement = NULL;
    char *sql = sqlite3_mprintf("%z EXCEPT %z", sqlite3_mprintf(query, one, one, one),
                                sqlite3_mprintf(query, other, other, other));
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    int step = sqlite3_step(statement);
    const char *row = "";
    for (int i = 0; step == SQLITE_ROW && i < sqlite3_column_count(statement); i++) {
        const char *value = (const char *)sqlite3_column_text(statement, i);
        row = bms_arena_format(place->arena, "%s | %s", row, value ? value : "NULL");
    }
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    sqlite3_free(sql);
    if (step != SQLITE_DONE)
        fail_msg("only in %s:%s", strcmp(one, "main") == 0 ? "schema.sql" : "the migrations", row);
}

static void assert_same(void **state, const char *query) {
    struct place *place = *state;
    sqlite3 *database = both(place);
    assert_within(place, database, query, "main", "migrated");
    assert_within(place, database, query, "migrated", "main");
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

static void the_tables_are_the_same_and_as_strict(void **state) {
    assert_same(state, "SELECT name, type, wr, strict FROM pragma_table_list "
                       "WHERE schema = '%s' AND name NOT LIKE 'sqlite%%'");
}

static void the_columns_are_the_same(void **state) {
    assert_same(state,
                "SELECT t.name, c.* FROM pragma_table_list AS t, pragma_table_xinfo(t.name, '%s') AS c "
                "WHERE t.schema = '%s'");
}

static void the_foreign_keys_are_the_same(void **state) {
    assert_same(state,
                "SELECT t.name, k.* FROM pragma_table_list AS t, pragma_foreign_key_list(t.name, '%s') AS k "
                "WHERE t.schema = '%s'");
}

static void the_indexes_are_the_same(void **state) {
    assert_same(state,
                "SELECT t.name, i.name, i.\"unique\", i.origin, i.partial "
                "FROM pragma_table_list AS t, pragma_index_list(t.name, '%s') AS i WHERE t.schema = '%s'");
}

static void the_columns_of_the_indexes_are_the_same(void **state) {
    assert_same(state,
                "SELECT i.name, c.* FROM pragma_table_list AS t, pragma_index_list(t.name, '%s') AS i, "
                "pragma_index_xinfo(i.name, '%s') AS c WHERE t.schema = '%s'");
}

/** The SQL without its comments and white space, so that only what SQLite obeys is left. */
static void bare(sqlite3_context *context, int n, sqlite3_value **values) {
    assert_int_equal(n, 1);
    const char *sql = (const char *)sqlite3_value_text(values[0]);
    if (!sql) /* an index that SQLite made for a key */
        return;
    char *out = sqlite3_malloc((int)strlen(sql) + 1);
    size_t used = 0;
    assert_non_null(out);
    for (bool quoted = false; *sql; sql++) {
        quoted = quoted != (*sql == '\'');
        if (!quoted && strncmp(sql, "--", 2) == 0)
            sql += strcspn(sql, "\n");
        if (quoted || !isspace((unsigned char)*sql))
            out[used++] = *sql;
    }
    out[used] = '\0';
    sqlite3_result_text(context, out, -1, sqlite3_free);
}

static void tables_triggers_views_and_indexes_are_the_same_by_name_and_by_what_they_do(void **state) {
    struct place *place = *state;
    const char *query = "SELECT type, name, tbl_name, bare(sql) FROM \"%w\".sqlite_schema";
    sqlite3 *database = both(place);
    assert_int_equal(sqlite3_create_function(database, "bare", 1, SQLITE_UTF8, NULL, bare, NULL, NULL),
                     SQLITE_OK);
    assert_within(place, database, query, "main", "migrated");
    assert_within(place, database, query, "migrated", "main");
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

static int number(sqlite3 *database, const char *pragma) {
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(database, pragma, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int out = sqlite3_column_int(statement, 0);
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    return out;
}

static void the_file_says_what_it_is_and_of_which_version(void **state) {
    sqlite3 *database = both(*state);
    assert_int_equal(number(database, "PRAGMA main.application_id"),
                     number(database, "PRAGMA migrated.application_id"));
    assert_int_equal(number(database, "PRAGMA main.user_version"),
                     number(database, "PRAGMA migrated.user_version"));
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_tables_are_the_same_and_as_strict),
        TEST(the_columns_are_the_same),
        TEST(the_foreign_keys_are_the_same),
        TEST(the_indexes_are_the_same),
        TEST(the_columns_of_the_indexes_are_the_same),
        TEST(tables_triggers_views_and_indexes_are_the_same_by_name_and_by_what_they_do),
        TEST(the_file_says_what_it_is_and_of_which_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
