/** Memory that runs out at any allocation: at 1, 2, 3 … of our own until nothing fails, and at 1, 2, 3 … 16
 * of SQLite's and more thinly after. The work is then stored whole or not at all, and the history verifies.
 */

#include "tests/unit/failing_memory.h"
#include "tests/unit/history/history_dump.h"

#include "core/history/beside.h"
#include "core/history/integrity.h"

#include <sqlite3.h>

void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_realloc(void *old, size_t size) {
    return may_allocate() ? __real_realloc(old, size) : NULL;
}

static sqlite3_mem_methods usual;
static size_t left_for_sqlite = SIZE_MAX;

static int sqlite_may_allocate(void) {
    if (left_for_sqlite == SIZE_MAX)
        return 1;
    if (left_for_sqlite == 0)
        return 0;
    left_for_sqlite--;
    return 1;
}

static void *allocate(int size) {
    return sqlite_may_allocate() ? usual.xMalloc(size) : NULL;
}

static void *reallocate(void *old, int size) {
    return sqlite_may_allocate() ? usual.xRealloc(old, size) : NULL;
}

/* Work done while memory is short, each with a history of its own that was opened before. */

typedef enum bms_status work(struct place *place, bms_history *history);

static bms_setup_cell cells[] = {{.column = "code", .text = "A1", .row_index = 1},
                                 {.column = "name", .text = "Lia", .row_index = 1, .column_index = 1},
                                 {.column = "leader", .text = "Kari", .row_index = 1, .column_index = 4}};
static bms_setup_row rows[] = {{cells, 3, 1}};
static const char *further[] = {"barnehage"};

/** A setup that differs each time, so that it is stored. */
static bms_setup_book setup_of(const char *name) {
    bms_setup_book book = {0};
    cells[1].text = name;
    book.tables[BMS_SHEET_UNITS] = (bms_setup_table){.sheet_name = "Enheter", .rows = rows, .n_rows = 1};
    book.tables[BMS_SHEET_PLAN] = (bms_setup_table){.sheet_name = "Plan", .further = further, .n_further = 1};
    return book;
}

static enum bms_status store_return(struct place *place, bms_history *history, int *revision) {
    const bms_finding findings[] = {{.rule = "r",
                                     .severity = BMS_WARNING,
                                     .sheet = "S",
                                     .cell = "C5",
                                     .unit = "A1",
                                     .indicator = "SYK",
                                     .message = "odd",
                                     .fix = "look"},
                                    {.rule = "q", .severity = BMS_INFO, .message = "worth knowing"}};
    char sha256[BMS_SHA256_TEXT];
    bms_sha256("new", 3, sha256);
    const bms_receipt receipt = {.file = "b.xlsx",
                                 .sha256 = sha256,
                                 .size = 3,
                                 .unit = "A1",
                                 .period = "2026-T2",
                                 .outcome = BMS_ACCEPTED,
                                 .findings = findings,
                                 .n_findings = 2};
    bms_entry entries[] = {place_entry("SYK", "2026-T2", 1, 2), place_entry("NEW", "2026-T1", 3, 4)};
    entries[1].comment = "also this";
    bms_entry_action actions[] = {{.number = "", .linked_to = "SYK", .text = "Call", .cell = "C4"}};
    bms_checked_return checked = place_checked("A1", "2026-T2", entries, 2, "inputs");
    checked.actions = actions;
    checked.n_actions = 1;
    int64_t id = 0;
    enum bms_status status = bms_history_add_receipt(history, &receipt, &id, &place->error);
    return status == BMS_OK ? bms_history_add_return(history, id, &checked, "new", 3, revision, &place->error)
                            : status;
}

static enum bms_status store_everything(struct place *place, bms_history *history) {
    bms_setup_book book = setup_of("Fjell");
    int version = 0;
    int revision = 0;
    bool added = false;
    bms_error *error = &place->error;
    const bms_said figure = {.indicator = "SYK", .period = "2026-T2", .answer.state = BMS_MISSING};
    const bms_edition_said said = {"nb", "hash", &figure, 1};
    enum bms_status status = bms_history_begin(history, "collect", NOON, error);
    if (status == BMS_OK)
        status = bms_history_add_definition(history, &book, "setup.xlsx", &version, &added, error);
    if (status == BMS_OK)
        status = store_return(place, history, &revision);
    if (status == BMS_OK)
        status = place_correct(place, history, 5, &revision);
    if (status == BMS_OK)
        status = bms_history_add_written(history, "forms/a.xlsx", "1", error);
    if (status == BMS_OK)
        status = bms_history_add_edition(history, "A1", "2026-T2", 1, "x", error);
    if (status == BMS_OK)
        status = bms_history_add_said(history, "A1", "2026-T2", 1, &said, error);
    if (status == BMS_OK)
        status = bms_history_close_period(history, "2026-T2", "Ida", error);
    return status == BMS_OK ? bms_history_commit(history, error) : status;
}

static bool on_entry(void *context, const bms_stored_entry *stored) {
    ++*(int *)context;
    return *stored->unit != '\0';
}

static bool on_action(void *context, const bms_stored_action *stored) {
    ++*(int *)context;
    return *stored->unit != '\0';
}

static bool on_receipt(void *context, const bms_stored_receipt *stored) {
    ++*(int *)context;
    return *stored->file != '\0';
}

static bool on_original(void *context, const bms_stored_original *stored) {
    ++*(int *)context;
    return *stored->unit != '\0';
}

static bool on_said(void *context, const bms_said *said) {
    ++*(int *)context;
    return *said->indicator != '\0';
}

/** Open the history with memory short from the start. */
static enum bms_status open_and_read(struct place *place, bms_history *unused) {
    bms_history *history = NULL;
    const bms_entry_filter everything = {.all_revisions = true};
    const bms_entry_filter one = {.unit = "A1", .indicator = "SYK", .form_period = "2026-T2"};
    bms_setup_book book;
    bms_known_return known;
    bms_edition edition;
    const char *program;
    const char *account = "";
    const char *machine = "";
    bms_error *error = &place->error;
    int version = 0;
    int n = 0;
    (void)unused;
    bms_arena *arena = bms_arena_new();
    enum bms_status status =
        arena ? bms_history_open(&history, place->path, "en", NULL, NULL, error) : bms_error_no_memory(error);
    if (status == BMS_OK)
        status = bms_history_each_entry(history, &everything, on_entry, &n, error);
    if (status == BMS_OK)
        status = bms_history_each_entry(history, &one, on_entry, &n, error);
    if (status == BMS_OK)
        status = bms_history_each_action(history, NULL, "2026-T2", on_action, &n, error);
    if (status == BMS_OK)
        status = bms_history_each_receipt(history, "2026-T2", on_receipt, &n, error);
    if (status == BMS_OK)
        status = bms_history_each_original(history, on_original, &n, error);
    if (status == BMS_OK)
        status = bms_history_find_return(history, "A1", "2026-T2", "1", "2", &known, error);
    if (status == BMS_OK)
        status = bms_history_find_edition(history, "A1", "2026-T2", 9, &edition, error);
    if (status == BMS_OK)
        status = bms_history_each_said(history, "A1", "2026-T2", edition.run, on_said, &n, error);
    if (status == BMS_OK)
        status = bms_history_run_program(history, 1, arena, &program, error);
    if (status == BMS_OK)
        status = bms_history_run_system(history, 1, arena, &account, &machine, error);
    if (status == BMS_OK)
        status = bms_history_load_setup(history, arena, 0, &book, &version, error);
    if (status == BMS_OK && (version != 1 || n != 5))
        fail_msg("version %d, %d rows", version, n);
    bms_history_close(history);
    bms_arena_free(arena);
    return status;
}

static enum bms_status look_back(struct place *place, bms_history *history) {
    const bms_entry_filter everything = {.all_revisions = true};
    int n = 0;
    enum bms_status status = bms_history_limit(history, 1, &place->error);
    if (status == BMS_OK)
        status = bms_history_each_entry(history, &everything, on_entry, &n, &place->error);
    return status == BMS_OK ? bms_history_limit(history, BMS_ALL_RUNS, &place->error) : status;
}

static void on_difference(void *context, const bms_difference *difference) {
    (void)context;
    fail_msg("%s %s: %s", difference->table, difference->row, difference->message);
}

static enum bms_status verify(struct place *place, bms_history *history) {
    bms_verification out;
    const bms_difference_listener listener = {on_difference, NULL};
    return bms_history_verify(history, NULL, listener, &out, &place->error);
}

static enum bms_status redact(struct place *place, bms_history *history) {
    size_t n = 0;
    enum bms_status status = bms_history_begin(history, "redact", NOON, &place->error);
    for (int what = BMS_REDACT_COMMENT; status == BMS_OK && what <= BMS_REDACT_SETUP; what++) {
        const bms_redaction redaction = {.unit = "A1",
                                         .period = "2026-T2",
                                         .text = "Kari",
                                         .what = what,
                                         .made_by = "Ida",
                                         .reason = "by mistake"};
        status = bms_history_redact(history, &redaction, NULL, &n, &place->error);
    }
    if (status == BMS_OK)
        status = bms_history_commit(history, &place->error);
    return status == BMS_OK ? bms_history_rewrite(history, &place->error) : status;
}

/** Acknowledge that an older copy was put back, and ask who has. */
static enum bms_status acknowledge(struct place *place, bms_history *history) {
    const char *by = NULL;
    const char *why = NULL;
    int64_t run = 0;
    bool is_copy = false;
    bool unread = false;
    char sha256[65];
    enum bms_status status =
        bms_history_look_into(history, place->path, &is_copy, &unread, sha256, &place->error);
    if (status == BMS_OK)
        status = bms_history_begin(history, "acknowledge", NOON, &place->error);
    if (status == BMS_OK)
        status = bms_history_run_of_hash(history, sha256, &run, &place->error);
    if (status == BMS_OK)
        assert_true(is_copy && run > 0);
    if (status == BMS_OK)
        status = bms_history_add_restored(history, "0123456789ab", "Ida", "the disk broke", &place->error);
    if (status == BMS_OK) {
        bms_arena_reset(place->arena);
        status =
            bms_history_find_restored(history, "0123456789abcdef", place->arena, &by, &why, &place->error);
    }
    if (status == BMS_OK)
        assert_string_equal(by, "Ida");
    return status == BMS_OK ? bms_history_commit(history, &place->error) : status;
}

static enum bms_status copy(struct place *place, bms_history *history) {
    return bms_history_rotate_backup(history, &place->error);
}

/* Until nothing fails */

static enum bms_status attempt(struct place *place, work *job, size_t ours, size_t of_sqlite) {
    bms_history *history = NULL;
    bms_error_clear(&place->error);
    assert_int_equal(bms_history_open(&history, place->path, "en", NULL, NULL, &place->error), BMS_OK);
    left = ours;
    left_for_sqlite = of_sqlite;
    enum bms_status status = job(place, history);
    left = SIZE_MAX;
    left_for_sqlite = SIZE_MAX;
    bms_history_close(history);
    if (status != BMS_OK) {
        if (status != BMS_NO_MEMORY)
            fail_msg("allocation %zu of ours, %zu of SQLite's: %s: %s", ours, of_sqlite,
                     bms_status_name(status), place->error.message);
        assert_int_equal(place->error.code, BMS_NO_MEMORY);
    }
    return status;
}

static int64_t runs_of(struct place *place) {
    int64_t run = 0;
    char sha256[65];
    assert_int_equal(bms_history_newest_hash(place->history, &run, sha256, NULL), BMS_OK);
    return run;
}

/** Do it with one allocation more each time. @param adds  how many runs it adds when it succeeds */
static void survive(struct place *place, work *job, int64_t adds) {
    size_t files = place_count(place->folder);
    int64_t before = runs_of(place);
    size_t at = 0;
    for (enum bms_status status = BMS_NO_MEMORY; status != BMS_OK; at++) {
        status = attempt(place, job, at, SIZE_MAX);
        assert_int_equal(runs_of(place), status == BMS_OK ? before + adds : before);
        if (status != BMS_OK)
            assert_int_equal(place_count(place->folder), files);
        assert_true(at < 5000);
    }
    assert_true(at > 1);
    assert_int_equal(verify(place, place->history), BMS_OK);
}

static void survive_sqlite(struct place *place, work *job, int64_t adds) {
    int64_t before = runs_of(place);
    size_t at = 0;
    for (enum bms_status status = BMS_NO_MEMORY; status != BMS_OK; at += 1 + at / 16) {
        status = attempt(place, job, SIZE_MAX, at);
        assert_int_equal(runs_of(place), status == BMS_OK ? before + adds : before);
        assert_true(at < 2000000);
    }
    assert_true(at > 10);
    assert_int_equal(verify(place, place->history), BMS_OK);
}

/** Add a return and a setup beforehand. */
static void fill(struct place *place) {
    bms_setup_book book = setup_of("Lia");
    int version = 0;
    bool added = false;
    place_begin(place);
    (void)place_add(place, "A1", "2026-T2", "one", 10);
    assert_int_equal(bms_history_add_definition(place->history, &book, "setup.xlsx", &version, &added, NULL),
                     BMS_OK);
    place_commit(place);
}

#define SURVIVES(name, job, adds)                                                                            \
    static void name(void **state) {                                                                         \
        fill(*state);                                                                                        \
        survive(*state, job, adds);                                                                          \
    }                                                                                                        \
    static void name##_also_in_sqlite(void **state) {                                                        \
        fill(*state);                                                                                        \
        survive_sqlite(*state, job, adds);                                                                   \
    }

SURVIVES(a_run_with_everything_is_whole_or_absent, store_everything, 1)
SURVIVES(opening_and_reading_ends_cleanly, open_and_read, 0)
SURVIVES(an_acknowledgement_is_whole_or_absent, acknowledge, 1)
SURVIVES(verifying_never_tells_a_difference_that_is_none, verify, 0)

static void looking_back_ends_cleanly_in_sqlite(void **state) { /* only SQLite allocates */
    fill(*state);
    survive_sqlite(*state, look_back, 0);
}

/* Rewriting the file after the commit may fail; the run is stored all the same. */
static void what_is_blanked_is_blanked_whole_or_not_at_all(void **state) {
    struct place *place = *state;
    int64_t before = 0;
    enum bms_status status = BMS_NO_MEMORY;
    fill(place);
    before = runs_of(place);
    for (size_t at = 0; status != BMS_OK; at++) {
        status = attempt(place, redact, at, SIZE_MAX);
        assert_int_equal(runs_of(place), status == BMS_OK ? before + 1 : before);
        assert_true(at < 5000);
    }
    assert_int_equal(verify(place, place->history), BMS_OK);
}

static void remove_copies(const struct place *place) {
    for (int i = 1; i <= 3; i++)
        (void)remove(bms_arena_format(place->arena, "%s.backup-%d", place->path, i));
}

static void a_copy_is_whole_or_absent(void **state) {
    struct place *place = *state;
    fill(place);
    survive(place, copy, 0);
    assert_int_equal(bms_platform_path_kind(bms_arena_format(place->arena, "%s.backup-1", place->path)),
                     BMS_PATH_FILE);
    remove_copies(place);
}

static void a_copy_is_whole_or_absent_also_in_sqlite(void **state) {
    struct place *place = *state;
    fill(place);
    survive_sqlite(place, copy, 0);
    remove_copies(place);
}

/** @return the version of the history's schema. */
static int version_of(const struct place *place) {
    sqlite3 *other = NULL;
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_open(place->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(other, "PRAGMA user_version", -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    const int version = sqlite3_column_int(row, 0);
    (void)sqlite3_finalize(row);
    (void)sqlite3_close(other);
    return version;
}

/** @return whether the history, opened for it alone, is as it was stored. */
static enum bms_status verify_anew(struct place *place) {
    bms_history *history = NULL;
    enum bms_status status = bms_history_open(&history, place->path, "en", NULL, NULL, &place->error);
    if (status == BMS_OK)
        status = verify(place, history);
    bms_history_close(history);
    return status;
}

/** Upgrade an older history: it is brought to this version, or stays as it was. */
static void an_upgrade_is_whole_or_absent(void **state) {
    struct place *place = *state;
    const char *back = bms_arena_format(place->arena, "%s.before-%d", place->path, BMS_HISTORY_VERSION);
    history_dump_read(place, "history_version_4.sql");
    enum bms_status status = BMS_NO_MEMORY;
    for (size_t at = 0; status != BMS_OK; at++) {
        bms_error_clear(&place->error);
        left = at;
        status = bms_history_open(&place->history, place->path, "en", NULL, NULL, &place->error);
        left = SIZE_MAX;
        if (status != BMS_OK) {
            assert_int_equal(status, BMS_NO_MEMORY);
            assert_true(version_of(place) == 4 || verify_anew(place) == BMS_OK);
        }
        assert_true(at < 5000);
    }
    assert_int_equal(verify(place, place->history), BMS_OK);
    (void)remove(back);
}

static enum bms_status take_out(struct place *place) {
    bms_history *history = NULL;
    enum bms_status status =
        bms_history_open_as_it_is(&history, place->path, "en", NULL, NULL, &place->error);
    if (status == BMS_OK)
        status = bms_history_remove_foreign(history, NOON, (bms_removal_listener){0}, &place->error);
    bms_history_close(history);
    return status;
}

/** Take out what is foreign with more and more memory: all of it is taken out, or the file is as it was. */
static void take_out_until_it_succeeds(struct place *place, bool of_sqlite) {
    sqlite3 *other = NULL;
    fill(place);
    bms_history_close(place->history);
    place->history = NULL;
    assert_int_equal(sqlite3_open(place->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other,
                                  "CREATE TRIGGER cheat AFTER INSERT ON runs BEGIN SELECT 1; END;"
                                  "ALTER TABLE runs ADD COLUMN more TEXT; DROP INDEX returns_of_unit;"
                                  "PRAGMA user_version = 2",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_close(other), SQLITE_OK);
    size_t files = place_count(place->folder);
    enum bms_status status = BMS_NO_MEMORY;
    for (size_t at = 0; status != BMS_OK; at += 1 + at / 12) {
        bms_error_clear(&place->error);
        *(of_sqlite ? &left_for_sqlite : &left) = at;
        status = take_out(place);
        left = SIZE_MAX;
        left_for_sqlite = SIZE_MAX;
        if (status != BMS_OK && status != BMS_NO_MEMORY)
            fail_msg("allocation %zu: %s", at, place->error.message);
        if (status != BMS_OK)
            assert_int_equal(place_count(place->folder), files);
    }
    assert_int_equal(bms_history_open(&place->history, place->path, "en", NULL, NULL, &place->error), BMS_OK);
    assert_int_equal(verify(place, place->history), BMS_OK);
    (void)remove(bms_arena_format(place->arena, "%s.before-removal-1", place->path));
}

static void taking_out_what_is_foreign_is_whole_or_absent(void **state) {
    take_out_until_it_succeeds(*state, false);
}

static void taking_out_what_is_foreign_is_whole_or_absent_also_in_sqlite(void **state) {
    take_out_until_it_succeeds(*state, true);
}

static int begin(void **state) {
    left = SIZE_MAX;
    left_for_sqlite = SIZE_MAX;
    return place_set_up(state);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, place_tear_down)
    left = SIZE_MAX;
    const struct CMUnitTest tests[] = {
        TEST(a_run_with_everything_is_whole_or_absent),
        TEST(a_run_with_everything_is_whole_or_absent_also_in_sqlite),
        TEST(opening_and_reading_ends_cleanly),
        TEST(opening_and_reading_ends_cleanly_also_in_sqlite),
        TEST(looking_back_ends_cleanly_in_sqlite),
        TEST(an_acknowledgement_is_whole_or_absent),
        TEST(an_acknowledgement_is_whole_or_absent_also_in_sqlite),
        TEST(verifying_never_tells_a_difference_that_is_none),
        TEST(verifying_never_tells_a_difference_that_is_none_also_in_sqlite),
        TEST(what_is_blanked_is_blanked_whole_or_not_at_all),
        TEST(a_copy_is_whole_or_absent),
        TEST(a_copy_is_whole_or_absent_also_in_sqlite),
        TEST(an_upgrade_is_whole_or_absent),
        TEST(taking_out_what_is_foreign_is_whole_or_absent),
        TEST(taking_out_what_is_foreign_is_whole_or_absent_also_in_sqlite),
    };
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
