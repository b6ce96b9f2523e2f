/** The history: facts come back as they were added, what is refused is not stored, and other files are
 * recognised as such. */
#include "tests/unit/history/history_place.h"

#include "core/base/platform.h"
#include "core/base/sha256.h"

#include <sys/stat.h>

static void close_history(struct place *place) {
    bms_history_close(place->history);
    place->history = NULL;
}

static enum bms_status reopen(struct place *place) {
    close_history(place);
    bms_error_clear(&place->error);
    return bms_history_open(&place->history, place->path, "en", NULL, NULL, &place->error);
}

/** How many rows a table holds. */
static int64_t count(struct place *place, const char *table) {
    const char *sql = bms_arena_format(place->arena, "SELECT count(*) FROM %s", table);
    bms_query query = bms_query_begin(place->history, sql);
    assert_true(bms_query_row(&query));
    int64_t n = bms_query_get_integer(&query, 0);
    assert_int_equal(bms_query_end(&query, &place->error), BMS_OK);
    return n;
}

/** Add a receipt of a file that was not accepted. */
static void add_receipt(struct place *place, const char *unit, const char *period, const char *bytes,
                        enum bms_outcome outcome, const char *why) {
    char sha256[65];
    bms_sha256(bytes, strlen(bytes), sha256);
    bms_finding finding = {.rule = "part_above_whole", .severity = BMS_ERROR, .message = why, .cell = "C5"};
    bms_receipt receipt = {.file = "b.xlsx",
                           .sha256 = sha256,
                           .size = strlen(bytes),
                           .unit = unit,
                           .period = period,
                           .outcome = outcome,
                           .findings = &finding,
                           .n_findings = why ? 1 : 0};
    assert_int_equal(bms_history_add_receipt(place->history, &receipt, NULL, &place->error), BMS_OK);
}

struct gathered {
    size_t n;
    char lines[16][128];
};

static bool gather_entry(void *context, const bms_stored_entry *stored) {
    struct gathered *gathered = context;
    assert_true(gathered->n < 16);
    (void)snprintf(gathered->lines[gathered->n++], 128, "%s %s %s %d%s %g/%g %s", stored->unit,
                   stored->entry.indicator, stored->entry.period, stored->revision,
                   stored->current ? "*" : "", stored->entry.answer.numerator.value,
                   stored->entry.answer.denominator.value, stored->entry.numerator_cell);
    return true;
}

static struct gathered entries_of(struct place *place, bms_entry_filter filter) {
    struct gathered gathered = {0};
    assert_int_equal(bms_history_each_entry(place->history, &filter, gather_entry, &gathered, &place->error),
                     BMS_OK);
    return gathered;
}

/* The file */

static void a_new_history_is_private_to_its_owner(void **state) {
    struct place *place = *state;
    struct stat about;
    assert_int_equal(stat(place->path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

static void each_history_has_a_seal_key_of_its_own(void **state) {
    struct place *place = *state;
    const char *other = bms_arena_format(place->arena, "%s/other.db", place->folder);
    bms_history *second = NULL;
    assert_int_equal(bms_history_create(other, "en", NOON, &place->error), BMS_OK);
    assert_int_equal(bms_history_open(&second, other, "en", NULL, NULL, &place->error), BMS_OK);
    assert_memory_not_equal(bms_history_seal_key(place->history), bms_history_seal_key(second),
                            BMS_SEAL_KEY_SIZE);
    bms_history_close(second);
    (void)remove(other);
}

static void the_seal_key_is_the_same_when_opened_again(void **state) {
    struct place *place = *state;
    unsigned char key[BMS_SEAL_KEY_SIZE];
    memcpy(key, bms_history_seal_key(place->history), sizeof key);
    assert_int_equal(reopen(place), BMS_OK);
    assert_memory_equal(bms_history_seal_key(place->history), key, sizeof key);
}

static void creating_never_replaces_a_file(void **state) {
    struct place *place = *state;
    assert_int_equal(bms_history_create(place->path, "en", NOON, &place->error), BMS_NOT_WRITABLE);
    assert_string_equal(place->error.where, place->path);
    assert_int_equal(reopen(place), BMS_OK);
}

static void creating_in_a_missing_folder_says_the_path(void **state) {
    struct place *place = *state;
    const char *path = bms_arena_format(place->arena, "%s/no/bms.db", place->folder);
    assert_int_equal(bms_history_create(path, "en", NOON, &place->error), BMS_NOT_WRITABLE);
    assert_true(strlen(place->error.message) > 0);
    assert_non_null(strstr(place->error.where, "/no"));
}

static void opening_never_makes_a_history(void **state) {
    struct place *place = *state;
    close_history(place);
    assert_int_equal(remove(place->path), 0);
    assert_int_equal(reopen(place), BMS_HISTORY_MISSING);
    assert_null(place->history);
    assert_int_equal(bms_platform_path_kind(place->path), BMS_PATH_MISSING);
    assert_string_equal(place->error.where, place->path);
}

static void overwrite(struct place *place, const char *text) {
    close_history(place);
    FILE *file = fopen(place->path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void a_file_that_is_no_database_is_damaged(void **state) {
    struct place *place = *state;
    overwrite(place,
              "This is a letter to the municipality, and rather long, so that a header could be in it.");
    assert_int_equal(reopen(place), BMS_HISTORY_DAMAGED);
    assert_string_equal(place->error.where, place->path);
}

static void an_empty_file_is_damaged(void **state) {
    struct place *place = *state;
    overwrite(place, "");
    assert_int_equal(reopen(place), BMS_HISTORY_DAMAGED);
}

static void another_programs_database_is_damaged(void **state) {
    struct place *place = *state;
    assert_int_equal(bms_history_execute(place->history, "PRAGMA application_id = 7", &place->error), BMS_OK);
    assert_int_equal(reopen(place), BMS_HISTORY_DAMAGED);
}

static void a_cut_off_history_is_damaged(void **state) {
    struct place *place = *state;
    close_history(place);
    unsigned char *bytes = NULL;
    size_t size = 0;
    assert_int_equal(bms_platform_read_file(place->path, "en", &bytes, &size, &place->error), BMS_OK);
    assert_true(size > 9000);
    assert_int_equal(bms_platform_write_file(place->path, "en", bytes, 9000, &place->error), BMS_OK);
    free(bytes);
    assert_int_equal(reopen(place), BMS_HISTORY_DAMAGED);
}

static void a_history_of_a_newer_version_is_left_alone(void **state) {
    struct place *place = *state;
    assert_int_equal(bms_history_execute(place->history, "PRAGMA user_version = 99", &place->error), BMS_OK);
    assert_int_equal(reopen(place), BMS_HISTORY_NEWER);
}

/** @return the status a second connection gets while the first has a run open. */
static enum bms_status begin_beside(struct place *place, bms_history_wait *wait, void *context) {
    bms_history *second = NULL;
    enum bms_status status = bms_history_open(&second, place->path, "en", wait, context, &place->error);
    if (status == BMS_OK)
        status = bms_history_begin(second, "collect", NOON, &place->error);
    bms_history_close(second);
    return status;
}

static void a_second_writer_gets_locked(void **state) {
    struct place *place = *state;
    place_begin(place);
    assert_int_equal(begin_beside(place, NULL, NULL), BMS_HISTORY_LOCKED);
    assert_string_equal(place->error.where, place->path);
    assert_int_equal(place_add(place, "A1", "2026-T2", "one", 10), 1);
    place_commit(place);
    bms_error_clear(&place->error);
    assert_int_equal(begin_beside(place, NULL, NULL), BMS_OK);
}

static bool stop_the_third_time(void *context) {
    int *times = context;
    return ++*times < 3;
}

static void a_waiting_writer_can_give_up(void **state) {
    struct place *place = *state;
    int times = 0;
    place_begin(place);
    assert_int_equal(begin_beside(place, stop_the_third_time, &times), BMS_CANCELLED);
    assert_int_equal(times, 3);
}

static bool let_go(void *context) {
    struct place *place = context;
    bms_history_roll_back(place->history);
    return true;
}

static void a_waiting_writer_gets_the_lock_when_it_is_free(void **state) {
    struct place *place = *state;
    place_begin(place);
    assert_int_equal(begin_beside(place, let_go, place), BMS_OK);
}

static void a_history_that_may_not_be_written_says_so(void **state) {
    struct place *place = *state;
    assert_int_equal(bms_history_execute(place->history, "PRAGMA query_only = ON", &place->error), BMS_OK);
    assert_int_equal(bms_history_begin(place->history, "collect", NOON, &place->error), BMS_NOT_WRITABLE);
    assert_string_equal(place->error.where, place->path);
}

static void a_full_disk_rolls_everything_back(void **state) {
    struct place *place = *state;
    assert_int_equal(bms_history_execute(place->history, "PRAGMA max_page_count = 1", &place->error), BMS_OK);
    size_t size = 1 << 20;
    char *large = calloc(size, 1);
    assert_non_null(large);
    memset(large, 'x', size - 1);
    bms_receipt receipt = {.file = "a.xlsx", .sha256 = "1", .unit = "A1", .period = "2026-T2"};
    bms_checked_return said = place_checked("A1", "2026-T2", NULL, 0, "x");
    int64_t id = 0;
    int revision = 0;
    place_begin(place);
    assert_int_equal(bms_history_add_receipt(place->history, &receipt, &id, &place->error), BMS_OK);
    assert_int_equal(bms_history_add_return(place->history, id, &said, large, size, &revision, &place->error),
                     BMS_NOT_WRITABLE);
    assert_string_equal(place->error.where, place->path);
    bms_history_roll_back(place->history);
    assert_int_equal(count(place, "receipts"), 0);
    free(large);
}

/* Facts */

static void every_table_of_facts_refuses_to_be_changed(void **state) {
    struct place *place = *state;
    static const char *const tables[] = {"origin",          "runs",
                                         "units",           "indicators",
                                         "periods",         "definitions",
                                         "setup_sheets",    "setup_columns",
                                         "setup_cells",     "receipts",
                                         "findings",        "returns",
                                         "entries",         "actions",
                                         "originals",       "written_files",
                                         "editions",        "edition_files",
                                         "corrections",     "carried_entries",
                                         "closings",        "run_reached",
                                         "run_hashes",      "run_parts",
                                         "redactions",      "redacted_values",
                                         "acceptances",     "choices",
                                         "set_aside",       "releases",
                                         "edition_models",  "edition_figures",
                                         "removed_objects", "restored_backups"};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        bms_query query = bms_query_begin(
            place->history,
            bms_arena_format(place->arena,
                             "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = "
                             "'%s' AND sql LIKE '%%facts are only added%%'",
                             tables[i]));
        assert_true(bms_query_row(&query));
        if (bms_query_get_integer(&query, 0) != 2)
            fail_msg("%s has not its two triggers", tables[i]);
        assert_int_equal(bms_query_end(&query, NULL), BMS_OK);
    }
    bms_query query =
        bms_query_begin(place->history, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND "
                                        "name NOT IN ('measured_in') AND name NOT LIKE 'sqlite_%'");
    assert_true(bms_query_row(&query));
    assert_int_equal(bms_query_get_integer(&query, 0), sizeof tables / sizeof tables[0]);
    assert_int_equal(bms_query_end(&query, NULL), BMS_OK);
}

static void stored_facts_can_be_neither_changed_nor_removed(void **state) {
    struct place *place = *state;
    static const char *const attempts[] = {
        "UPDATE entries SET numerator = 11",
        "DELETE FROM entries",
        "UPDATE returns SET revision = 7",
        "DELETE FROM returns",
        "UPDATE receipts SET outcome = 'held'",
        "DELETE FROM receipts",
        "UPDATE originals SET bytes = x''",
        "DELETE FROM originals",
        "UPDATE runs SET began_at = 0",
        "DELETE FROM runs",
        "UPDATE origin SET seal_key = zeroblob(32)",
        "REPLACE INTO units (id, code) VALUES (1, 'B2')",
        "INSERT OR REPLACE INTO runs (id, verb, began_at, program) VALUES (1, 'x', 0, 'x')",
    };
    place_begin(place);
    assert_int_equal(place_add(place, "A1", "2026-T2", "one", 10), 1);
    place_commit(place);
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
        if (bms_history_execute(place->history, attempts[i], NULL) == BMS_OK)
            fail_msg("allowed: %s", attempts[i]);
    }
    struct gathered all = entries_of(place, (bms_entry_filter){0});
    assert_int_equal(all.n, 1);
    assert_string_equal(all.lines[0], "A1 SYK 2026-T2 1* 10/200 C5");
}

static void facts_are_added_in_runs_only(void **state) {
    struct place *place = *state;
    bms_receipt receipt = {.file = "a.xlsx", .sha256 = "1", .outcome = BMS_HELD};
    assert_int_equal(bms_history_add_receipt(place->history, &receipt, NULL, &place->error), BMS_INTERNAL);
    assert_int_equal(count(place, "receipts"), 0);
}

static void what_is_rolled_back_leaves_nothing(void **state) {
    struct place *place = *state;
    place_begin(place);
    assert_int_equal(place_add(place, "A1", "2026-T2", "one", 10), 1);
    add_receipt(place, "A2", "2026-T2", "two", BMS_HELD, "10 of 7");
    bms_history_roll_back(place->history);
    static const char *const tables[] = {"runs",    "units",   "periods",   "receipts",   "findings",
                                         "returns", "entries", "originals", "measured_in"};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        assert_int_equal(count(place, tables[i]), 0);
}

static void what_is_not_committed_is_gone_when_closed(void **state) {
    struct place *place = *state;
    place_begin(place);
    assert_int_equal(place_add(place, "A1", "2026-T2", "one", 10), 1);
    assert_int_equal(reopen(place), BMS_OK);
    assert_int_equal(count(place, "receipts"), 0);
}

static void a_return_comes_back_as_it_was_given(void **state) {
    struct place *place = *state;
    place_begin(place);
    assert_int_equal(place_add(place, "0310", "2026-T2", "one", 0.1 + 0.2), 1);
    place_commit(place);
    assert_int_equal(reopen(place), BMS_OK);
    struct gathered all = entries_of(place, (bms_entry_filter){.unit = "0310"});
    assert_int_equal(all.n, 1);
    assert_string_equal(all.lines[0], "0310 SYK 2026-T2 1* 0.3/200 C5");
}

static bool look_closely(void *context, const bms_stored_entry *stored) {
    bool *seen = context;
    *seen = true;
    assert_int_equal(stored->entry.answer.state, BMS_NOT_APPLICABLE);
    assert_false(stored->entry.answer.numerator.known);
    assert_int_equal(stored->entry.reason, BMS_NOT_RELEVANT);
    assert_string_equal(stored->entry.comment, "=1+1");
    assert_string_equal(stored->entry.numerator_cell, "");
    assert_string_equal(stored->signed_by, "Kari");
    assert_string_equal(stored->sheet, "Skjema");
    assert_string_equal(stored->definition, "1");
    assert_int_equal(stored->received_at, NOON);
    return true;
}

static void an_answer_without_numbers_keeps_its_reason_and_comment(void **state) {
    struct place *place = *state;
    bms_entry entries[] = {{.indicator = "IP",
                            .period = "2026-T2",
                            .answer = {.state = BMS_NOT_APPLICABLE},
                            .reason = BMS_NOT_RELEVANT,
                            .comment = "=1+1"}};
    bms_checked_return said = place_checked("A1", "2026-T2", entries, 1, "x");
    char sha256[BMS_SHA256_TEXT];
    bms_sha256("x", 1, sha256);
    bms_receipt receipt = {.file = "a.xlsx", .sha256 = sha256, .unit = "A1", .period = "2026-T2"};
    int64_t id = 0;
    int revision = 0;
    bool seen = false;
    place_begin(place);
    assert_int_equal(bms_history_add_receipt(place->history, &receipt, &id, &place->error), BMS_OK);
    assert_int_equal(bms_history_add_return(place->history, id, &said, "x", 1, &revision, &place->error),
                     BMS_OK);
    place_commit(place);
    bms_entry_filter all = {0};
    assert_int_equal(bms_history_each_entry(place->history, &all, look_closely, &seen, &place->error),
                     BMS_OK);
    assert_true(seen);
}

static void a_later_return_is_the_next_revision_and_both_stay(void **state) {
    struct place *place = *state;
    place_begin(place);
    assert_int_equal(place_add(place, "A1", "2026-T2", "one", 10), 1);
    assert_int_equal(place_add(place, "a1", "2026-t2", "two", 12), 2);
    assert_int_equal(place_add(place, "A1", "2026-T1", "old", 9), 1);
    place_commit(place);
    struct gathered current = entries_of(place, (bms_entry_filter){.unit = "A1"});
    assert_int_equal(current.n, 2);
    assert_string_equal(current.lines[0], "A1 SYK 2026-T1 1* 9/200 C5");
    assert_string_equal(current.lines[1], "A1 SYK 2026-T2 2* 12/200 C5");
    struct gathered all = entries_of(place, (bms_entry_filter){.unit = "A1", .all_revisions = true});
    assert_int_equal(all.n, 3);
    assert_string_equal(all.lines[1], "A1 SYK 2026-T2 1 10/200 C5");
}

static void entries_are_found_by_unit_indicator_period_and_form(void **state) {
    struct place *place = *state;
    place_begin(place);
    (void)place_add(place, "A1", "2026-T1", "one", 1);
    (void)place_add(place, "A1", "2026-T2", "two", 2);
    (void)place_add(place, "B2", "2026-T2", "three", 3);
    place_commit(place);
    assert_int_equal(entries_of(place, (bms_entry_filter){0}).n, 3);
    assert_int_equal(entries_of(place, (bms_entry_filter){.unit = "A1"}).n, 2);
    assert_int_equal(entries_of(place, (bms_entry_filter){.period = "2026-T2"}).n, 2);
    assert_int_equal(entries_of(place, (bms_entry_filter){.form_period = "2026-T2"}).n, 2);
    assert_int_equal(entries_of(place, (bms_entry_filter){.form_period = "2026-T2", .unit = "B2"}).n, 1);
    assert_int_equal(entries_of(place, (bms_entry_filter){.indicator = "SYK", .period = "2026-T1"}).n, 1);
    assert_int_equal(entries_of(place, (bms_entry_filter){.indicator = "NOT"}).n, 0);
}

static void a_return_is_recognised_by_its_bytes_or_its_inputs(void **state) {
    struct place *place = *state;
    bms_known_return known;
    char sha256[65];
    bms_sha256("one", 3, sha256);
    place_begin(place);
    (void)place_add(place, "A1", "2026-T2", "one", 10);
    (void)place_add(place, "A1", "2026-T2", "two", 11);
    place_commit(place);
    assert_int_equal(bms_history_find_return(place->history, "A1", "2026-T2", sha256, "other", &known, NULL),
                     BMS_OK);
    assert_true(known.same);
    assert_int_equal(known.same_revision, 1);
    assert_int_equal(known.revision, 2);
    assert_int_equal(bms_history_find_return(place->history, "A1", "2026-T2", "other", "two", &known, NULL),
                     BMS_OK);
    assert_true(known.same);
    assert_int_equal(bms_history_find_return(place->history, "A1", "2026-T2", "other", "", &known, NULL),
                     BMS_OK);
    assert_false(known.same);
    assert_int_equal(bms_history_find_return(place->history, "B2", "2026-T2", sha256, "one", &known, NULL),
                     BMS_OK);
    assert_false(known.same);
    assert_int_equal(known.revision, 0);
}

static void a_held_file_is_set_aside_once_another_is_accepted(void **state) {
    struct place *place = *state;
    bms_known_return known;
    char sha256[65];
    bms_sha256("wrong", 5, sha256);
    place_begin(place);
    add_receipt(place, "A1", "2026-T2", "wrong", BMS_HELD, "10 of 7");
    place_commit(place);
    assert_int_equal(bms_history_find_return(place->history, "A1", "2026-T2", sha256, "", &known, NULL),
                     BMS_OK);
    assert_true(known.held_before);
    assert_false(known.superseded);
    place_begin(place);
    (void)place_add(place, "A1", "2026-T2", "right", 7);
    place_commit(place);
    assert_int_equal(bms_history_find_return(place->history, "A1", "2026-T2", sha256, "", &known, NULL),
                     BMS_OK);
    assert_true(known.superseded);
}

static bool gather_receipt(void *context, const bms_stored_receipt *stored) {
    struct gathered *gathered = context;
    (void)snprintf(gathered->lines[gathered->n++], 128, "%s %s %d %s%s", stored->unit ? stored->unit : "-",
                   bms_outcome_name(stored->outcome), stored->revision, stored->why ? stored->why : "",
                   stored->superseded ? " superseded" : "");
    return true;
}

static void each_content_has_one_receipt_with_its_latest_outcome(void **state) {
    struct place *place = *state;
    struct gathered gathered = {0};
    place_begin(place);
    add_receipt(place, "A1", "2026-T2", "wrong", BMS_HELD, "10 of 7");
    add_receipt(place, "A2", "2026-T2", "begun", BMS_UNFINISHED, NULL);
    (void)place_add(place, "A1", "2026-T2", "right", 7);
    add_receipt(place, "A1", "2026-T2", "right", BMS_DUPLICATE, NULL);
    add_receipt(place, "A2", "2026-T2", "begun", BMS_HELD, "no number");
    place_commit(place);
    assert_int_equal(bms_history_each_receipt(place->history, "2026-T2", gather_receipt, &gathered, NULL),
                     BMS_OK);
    assert_int_equal(gathered.n, 3);
    assert_string_equal(gathered.lines[0], "A1 held 0 10 of 7 superseded");
    assert_string_equal(gathered.lines[1], "A1 accepted 1 ");
    assert_string_equal(gathered.lines[2], "A2 held 0 no number");
}

static bool gather_action(void *context, const bms_stored_action *stored) {
    struct gathered *gathered = context;
    (void)snprintf(gathered->lines[gathered->n++], 128, "%s %s %s", stored->unit, stored->action.text,
                   stored->action.cell);
    return true;
}

static void actions_are_those_of_the_newest_return(void **state) {
    struct place *place = *state;
    struct gathered gathered = {0};
    static const char *const texts[] = {"Call the doctor", "Call again"};
    place_begin(place);
    for (int i = 0; i < 2; i++) {
        bms_entry_action action = {.number = "", .linked_to = "SYK", .text = texts[i], .cell = "C4"};
        bms_checked_return said = place_checked("A1", "2026-T2", NULL, 0, texts[i]);
        said.actions = &action;
        said.n_actions = 1;
        char sha256[BMS_SHA256_TEXT];
        bms_sha256(texts[i], strlen(texts[i]), sha256);
        bms_receipt receipt = {.file = "a.xlsx", .sha256 = sha256, .unit = "A1", .period = "2026-T2"};
        int64_t id = 0;
        int revision = 0;
        assert_int_equal(bms_history_add_receipt(place->history, &receipt, &id, NULL), BMS_OK);
        assert_int_equal(
            bms_history_add_return(place->history, id, &said, texts[i], strlen(texts[i]), &revision, NULL),
            BMS_OK);
    }
    place_commit(place);
    assert_int_equal(bms_history_each_action(place->history, NULL, "2026-T2", gather_action, &gathered, NULL),
                     BMS_OK);
    assert_int_equal(gathered.n, 1);
    assert_string_equal(gathered.lines[0], "A1 Call again C4");
}

static void the_program_knows_what_it_wrote_and_what_came_last(void **state) {
    struct place *place = *state;
    bool ours = true;
    bool newest = true;
    assert_int_equal(bms_history_find_written(place->history, "forms/a.xlsx", "1", &ours, &newest, NULL),
                     BMS_OK);
    assert_false(ours);
    place_begin(place);
    assert_int_equal(bms_history_add_written(place->history, "forms/a.xlsx", "1", NULL), BMS_OK);
    assert_int_equal(bms_history_add_written(place->history, "forms/a.xlsx", "2", NULL), BMS_OK);
    place_commit(place);
    assert_int_equal(bms_history_find_written(place->history, "forms/a.xlsx", "1", &ours, &newest, NULL),
                     BMS_OK);
    assert_true(ours);
    assert_false(newest);
    assert_int_equal(bms_history_find_written(place->history, "forms/a.xlsx", "2", &ours, &newest, NULL),
                     BMS_OK);
    assert_true(ours && newest);
    assert_int_equal(bms_history_find_written(place->history, "forms/a.xlsx", "3", &ours, &newest, NULL),
                     BMS_OK);
    assert_false(ours || newest);
}

static void editions_count_from_one_for_each_report(void **state) {
    struct place *place = *state;
    bms_edition edition;
    place_begin(place);
    assert_int_equal(bms_history_find_edition(place->history, "A1", "2026-T2", 9, &edition, NULL), BMS_OK);
    assert_int_equal(edition.number, 0);
    assert_int_equal(bms_history_add_edition(place->history, "A1", "2026-T2", 1, "one", NULL), BMS_OK);
    assert_int_equal(bms_history_add_edition(place->history, NULL, "2026-T2", 1, "all", NULL), BMS_OK);
    assert_int_equal(bms_history_add_edition(place->history, "A1", "2026-T2", 2, "two", NULL), BMS_OK);
    place_commit(place);
    assert_int_equal(bms_history_find_edition(place->history, "A1", "2026-T2", 9, &edition, NULL), BMS_OK);
    assert_int_equal(edition.number, 2);
    assert_string_equal(edition.sha256, "two");
    assert_int_equal(bms_history_find_edition(place->history, "A1", "2026-T2", 1, &edition, NULL), BMS_OK);
    assert_string_equal(edition.sha256, "one");
    assert_int_equal(bms_history_find_edition(place->history, NULL, "2026-T2", 9, &edition, NULL), BMS_OK);
    assert_string_equal(edition.sha256, "all");
}

static bool keep_figure(void *context, const bms_said *figure) {
    bms_said *kept = context;
    while (kept->indicator)
        kept++;
    *kept = *figure;
    kept->indicator = figure->role == BMS_SAID_NOW ? "now" : "other";
    assert_string_equal(figure->indicator, "SYK");
    assert_string_equal(figure->period, figure->role == BMS_SAID_NOW ? "2026-T2" : "2026-T1");
    if (figure->role == BMS_SAID_NOW)
        assert_string_equal(figure->compared, "last");
    return true;
}

static void what_an_edition_said_is_kept(void **state) {
    struct place *place = *state;
    bms_edition edition;
    bms_said kept[4] = {0};
    const bms_said figures[] = {{.indicator = "SYK",
                                 .role = BMS_SAID_NOW,
                                 .period = "2026-T2",
                                 .answer = {BMS_REPORTED, {true, 1}, {true, 3}},
                                 .result = {true, 100.0 / 3},
                                 .decimals = 1,
                                 .colour = BMS_RED,
                                 .compared = "last",
                                 .compared_from = {true, 30},
                                 .compared_to = {true, 100.0 / 3},
                                 .direction = 1,
                                 .better = -1},
                                {.indicator = "SYK",
                                 .role = BMS_SAID_LAST,
                                 .period = "2026-T1",
                                 .answer = {.state = BMS_NOT_APPLICABLE},
                                 .why = "no_target"}};
    place_begin(place);
    assert_int_equal(bms_history_add_edition(place->history, "A1", "2026-T2", 1, "one", NULL), BMS_OK);
    assert_int_equal(bms_history_add_said(place->history, "A1", "2026-T2", 1,
                                          &(bms_edition_said){"nb", "hash", figures, 2}, NULL),
                     BMS_OK);
    place_commit(place);
    assert_int_equal(bms_history_find_edition(place->history, "A1", "2026-T2", 9, &edition, NULL), BMS_OK);
    assert_string_equal(edition.said, "hash");
    assert_string_equal(edition.language, "nb");
    assert_string_equal(edition.program, bms_version());
    assert_int_equal(
        bms_history_each_said(place->history, "A1", "2026-T2", edition.run, keep_figure, kept, NULL), BMS_OK);
    assert_string_equal(kept[0].indicator, "now");
    assert_int_equal(kept[0].colour, BMS_RED);
    assert_true(kept[0].result.value > 33.33 && kept[0].result.value < 33.34);
    assert_int_equal(kept[0].better, -1);
    assert_int_equal(kept[1].answer.state, BMS_NOT_APPLICABLE);
    assert_false(kept[1].result.known);
    assert_null(kept[2].indicator);
    assert_int_equal(
        bms_history_each_said(place->history, "A1", "2026-T2", edition.run - 1, keep_figure, kept, NULL),
        BMS_OK);
    assert_null(kept[2].indicator); /* before it there was none */
    assert_int_equal(bms_history_add_edition(place->history, "A1", "2026-T2", 2, "two", NULL), BMS_INTERNAL);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_new_history_is_private_to_its_owner),
        TEST(each_history_has_a_seal_key_of_its_own),
        TEST(the_seal_key_is_the_same_when_opened_again),
        TEST(creating_never_replaces_a_file),
        TEST(creating_in_a_missing_folder_says_the_path),
        TEST(opening_never_makes_a_history),
        TEST(a_file_that_is_no_database_is_damaged),
        TEST(an_empty_file_is_damaged),
        TEST(another_programs_database_is_damaged),
        TEST(a_cut_off_history_is_damaged),
        TEST(a_history_of_a_newer_version_is_left_alone),
        TEST(a_second_writer_gets_locked),
        TEST(a_waiting_writer_can_give_up),
        TEST(a_waiting_writer_gets_the_lock_when_it_is_free),
        TEST(a_history_that_may_not_be_written_says_so),
        TEST(a_full_disk_rolls_everything_back),
        TEST(every_table_of_facts_refuses_to_be_changed),
        TEST(stored_facts_can_be_neither_changed_nor_removed),
        TEST(facts_are_added_in_runs_only),
        TEST(what_is_rolled_back_leaves_nothing),
        TEST(what_is_not_committed_is_gone_when_closed),
        TEST(a_return_comes_back_as_it_was_given),
        TEST(an_answer_without_numbers_keeps_its_reason_and_comment),
        TEST(a_later_return_is_the_next_revision_and_both_stay),
        TEST(entries_are_found_by_unit_indicator_period_and_form),
        TEST(a_return_is_recognised_by_its_bytes_or_its_inputs),
        TEST(a_held_file_is_set_aside_once_another_is_accepted),
        TEST(each_content_has_one_receipt_with_its_latest_outcome),
        TEST(actions_are_those_of_the_newest_return),
        TEST(the_program_knows_what_it_wrote_and_what_came_last),
        TEST(editions_count_from_one_for_each_report),
        TEST(what_an_edition_said_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
