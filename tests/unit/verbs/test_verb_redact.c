/** Removing (invented) personal data: on record, from every version and from the bytes of the file. */

#include "tests/unit/examples/answers.h"

#include "core/history/integrity.h"

#define LEADER "Mona Dahlsrud"
#define ADDRESS "mona.dahlsrud@example.org"
#define TYPED "GerdaFjellvik"

/** @return whether the bytes of a file contain a text. */
static bool stands_in(const struct municipality *place, const char *name, const char *text) {
    unsigned char *bytes = NULL;
    size_t size = 0;
    size_t length = strlen(text);
    bool found = false;
    bms_error error = {0};
    assert_int_equal(bms_platform_read_file(inside(place, name), "en", &bytes, &size, &error), BMS_OK);
    for (size_t i = 0; i + length <= size && !found; i++)
        found = memcmp(bytes + i, text, length) == 0;
    free(bytes);
    return found;
}

/** Load a setup that names a leader twice, and collect a return that is held for what was typed in it. */
static void fill(struct municipality *place) {
    made_set(place->made, BMS_SHEET_UNITS, 4, "leader", LEADER);
    made_set(place->made, BMS_SHEET_UNITS, 4, "email", ADDRESS);
    load_setup(place);
    made_set(place->made, BMS_SHEET_UNITS, 3, "deputy", LEADER " (vikar)");
    load_setup(place);
    collect_all(place);
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK " TYPED " 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(place->counts.held, 1);
}

static enum bms_status redact(struct municipality *place, bms_redaction redaction, size_t *n) {
    redaction.made_by = "Ida";
    redaction.reason = "asked for by the one it concerns";
    forget(place);
    return bms_redact(place->b, &redaction, &place->listener, n, &place->error);
}

static void on_difference(void *context, const bms_difference *difference) {
    (void)snprintf(next_row(&((struct municipality *)context)->rows), 400, "%s %s %s", difference->table,
                   difference->row, difference->message);
}

static void assert_verifies(struct municipality *place) {
    bms_verification out;
    forget(place);
    assert_int_equal(bms_verify(place->b, NULL, on_difference, place, &out, &place->error), BMS_OK);
    if (out.differences > 0)
        fail_msg("%s", place->rows.lines[0]);
}

static void on_redaction(void *context, const bms_redacted_places *row) {
    (void)snprintf(next_row(&((struct municipality *)context)->rows), 400, "%s.%s %zu %s: %s", row->table,
                   row->field, row->n, row->made_by, row->reason);
}

static void what_findings_quote_is_gone_from_the_file_and_the_chain_holds(void **state) {
    struct municipality *place = *state;
    size_t n = 0;
    fill(place);
    assert_true(stands_in(place, "bms.db", TYPED));
    const bms_redaction findings = {.unit = "1103", .period = "2026-T2", .what = BMS_REDACT_FINDINGS};
    assert_int_equal(redact(place, findings, &n), BMS_OK);
    assert_true(n >= 2);
    assert_false(stands_in(place, "bms.db", TYPED));
    assert_verifies(place);
    assert_int_equal(redact(place, findings, &n), BMS_OK); /* nothing is left: it was removed before */
    assert_int_equal(n, 0);
}

static void a_leader_is_removed_from_every_setup_that_was_loaded(void **state) {
    struct municipality *place = *state;
    size_t n = 0;
    fill(place);
    assert_int_equal(redact(place, (bms_redaction){.text = LEADER, .what = BMS_REDACT_SETUP}, &n), BMS_OK);
    assert_int_equal(n, 3);
    assert_int_equal(redact(place, (bms_redaction){.text = ADDRESS, .what = BMS_REDACT_SETUP}, &n), BMS_OK);
    assert_int_equal(n, 2);
    assert_false(stands_in(place, "bms.db", LEADER));
    assert_false(stands_in(place, "bms.db", ADDRESS));
    assert_verifies(place);
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK); /* and the setup still works */
    ASSERT_SAID(place, "unit: Eng barnehage (1103)");
}

static void what_a_setup_needs_cannot_be_removed(void **state) {
    struct municipality *place = *state;
    size_t n = 0;
    fill(place);
    assert_int_equal(redact(place, (bms_redaction){.text = "Eksempel kommune", .what = BMS_REDACT_SETUP}, &n),
                     BMS_USAGE);
    assert_int_equal(redact(place, (bms_redaction){.text = "1103", .what = BMS_REDACT_SETUP}, &n), BMS_USAGE);
    assert_int_equal(redact(place, (bms_redaction){.text = "", .what = BMS_REDACT_SETUP}, &n), BMS_USAGE);
    assert_true(stands_in(place, "bms.db", "Eksempel kommune"));
    assert_verifies(place);
}

static void a_setup_that_was_unreadable_before_does_not_stop_a_redaction(void **state) {
    struct municipality *place = *state;
    const bms_setup_book nothing = {0};
    bms_history *history = NULL;
    bool added = false;
    int version = 0;
    size_t n = 0;
    fill(place);
    assert_int_equal(bms_history_open(&history, inside(place, "bms.db"), "en", NULL, NULL, NULL), BMS_OK);
    assert_int_equal(bms_history_begin(history, "setup", place->now, NULL), BMS_OK);
    assert_int_equal(bms_history_add_definition(history, &nothing, "empty.xlsx", &version, &added, NULL),
                     BMS_OK);
    assert_int_equal(bms_history_commit(history, NULL), BMS_OK);
    bms_history_close(history);
    assert_int_equal(redact(place, (bms_redaction){.text = LEADER, .what = BMS_REDACT_SETUP}, &n), BMS_OK);
    assert_int_equal(n, 3);
}

static void file_names_and_corrections_are_removed_too(void **state) {
    struct municipality *place = *state;
    size_t n = 0;
    collect_all(place);
    put(place, "returns/2026-T2/" TYPED ".xlsx", ENG "SYK 13 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    const bms_redaction file = {.unit = "1103", .period = "2026-T2", .what = BMS_REDACT_FILE};
    assert_true(stands_in(place, "bms.db", TYPED));
    assert_int_equal(redact(place, file, &n), BMS_OK);
    assert_int_equal(n, 3); /* two files, and that the first was met again */
    assert_false(stands_in(place, "bms.db", TYPED));
    assert_verifies(place);
}

static void what_was_removed_is_reported_with_who_and_why(void **state) {
    struct municipality *place = *state;
    size_t n = 0;
    fill(place);
    const bms_redaction setup = {.text = LEADER, .what = BMS_REDACT_SETUP};
    assert_int_equal(redact(place, setup, &n), BMS_OK);
    const bms_redaction signature = {.unit = "1103", .period = "2026-T2", .what = BMS_REDACT_SIGNATURE};
    assert_int_equal(redact(place, signature, &n), BMS_OK);
    forget(place);
    assert_int_equal(bms_redactions(place->b, on_redaction, place, &place->error), BMS_OK);
    assert_int_equal(place->rows.n, 3); /* a signature is in the original too */
    assert_string_equal(place->rows.lines[0], "setup_cells.text 3 Ida: asked for by the one it concerns");
    assert_string_equal(place->rows.lines[1], "originals.bytes 1 Ida: asked for by the one it concerns");
    assert_string_equal(place->rows.lines[2], "returns.signed_by 1 Ida: asked for by the one it concerns");
}

/** @return whether a finding begins with a rule and has a text. */
static bool is_reported(const struct municipality *place, const char *rule, const char *text) {
    for (size_t i = 0; i < place->findings.n; i++) {
        const char *line = place->findings.lines[i];
        if (strncmp(line, rule, strlen(rule)) == 0 && strstr(line, text))
            return true;
    }
    return false;
}

static void the_copies_beside_the_history_are_replaced_and_what_is_left_is_named(void **state) {
    struct municipality *place = *state;
    size_t n = 0;
    fill(place);
    assert_true(stands_in(place, "bms.db.backup-2", LEADER));
    assert_int_equal(redact(place, (bms_redaction){.text = LEADER, .what = BMS_REDACT_SETUP}, &n), BMS_OK);
    assert_false(stands_in(place, "bms.db.backup-1", LEADER));
    assert_int_equal(bms_platform_path_kind(inside(place, "bms.db.backup-2")), BMS_PATH_MISSING);
    assert_true(is_reported(place, "copies_renewed ", "bms.db.backup-2"));
    assert_true(is_reported(place, "copies_remain ", "e-mail"));
    assert_false(is_reported(place, "not_rewritten", ""));
}

static void a_text_is_removed_with_its_original_and_what_was_made_of_it(void **state) {
    struct municipality *place = *state;
    size_t n = 0;
    fill(place);
    assert_int_equal(bms_platform_path_kind(inside(place, "corrections/2026-T2/1103-Eng_barnehage.xlsx")),
                     BMS_PATH_FILE);
    put(place, "corrections/2026-T2/1103-B-Eng_skole.xlsx", "unit 1103-B\n");
    put(place, "reminders/2026-T2/_1103-Eng_barnehage.eml", "Hei");
    const bms_redaction signature = {.unit = "1103", .period = "2026-T2", .what = BMS_REDACT_SIGNATURE};
    assert_int_equal(redact(place, signature, &n), BMS_OK);
    assert_int_equal(bms_platform_path_kind(inside(place, "corrections/2026-T2/1103-B-Eng_skole.xlsx")),
                     BMS_PATH_FILE); /* of the unit 1103-B */
    assert_true(is_reported(place, "rebuilt_removed ", "reminders/2026-T2/_1103-Eng_barnehage.eml"));
    assert_int_equal(bms_platform_path_kind(inside(place, "corrections/2026-T2/1103-Eng_barnehage.xlsx")),
                     BMS_PATH_MISSING);
    assert_true(is_reported(place, "rebuilt_removed ", "corrections/2026-T2/1103-Eng_barnehage.xlsx"));
    assert_true(is_reported(place, "copies_remain ", "returns/2026-T2/"));
    assert_int_equal(bms_platform_path_kind(inside(place, "returns/2026-T2/eng.xlsx")), BMS_PATH_FILE);
    assert_verifies(place);
}

static void what_was_removed_before_is_looked_for_again(void **state) {
    struct municipality *place = *state;
    size_t n = 0;
    fill(place);
    const bms_redaction signature = {.unit = "1103", .period = "2026-T2", .what = BMS_REDACT_SIGNATURE};
    assert_int_equal(redact(place, signature, &n), BMS_OK);
    put(place, "reminders/2026-T2/1103-Eng_barnehage.eml", "Hei"); /* as if that run had been killed */
    put(place, "bms.db.backup-2", "older");
    assert_int_equal(redact(place, signature, &n), BMS_OK);
    assert_int_equal(n, 0);
    assert_true(is_reported(place, "removed_before ", "once more"));
    assert_int_equal(bms_platform_path_kind(inside(place, "reminders/2026-T2/1103-Eng_barnehage.eml")),
                     BMS_PATH_MISSING);
    assert_int_equal(bms_platform_path_kind(inside(place, "bms.db.backup-2")), BMS_PATH_MISSING);
    const bms_redaction never = {.unit = "1103", .period = "2026-T1", .what = BMS_REDACT_SIGNATURE};
    assert_int_equal(redact(place, never, &n), BMS_USAGE);
    const bms_redaction leader = {.text = LEADER, .what = BMS_REDACT_SETUP};
    assert_int_equal(redact(place, leader, &n), BMS_OK);
    assert_int_equal(redact(place, leader, &n), BMS_OK);
    assert_true(is_reported(place, "removed_before ", "once more"));
    assert_verifies(place);
}

static void a_zip_file_with_the_return_in_it_is_named(void **state) {
    struct municipality *place = *state;
    size_t n = 0;
    fill(place);
    put(place, "returns/2026-T2/barnehagene.zip", "holds eng.xlsx\n" ENG "SYK " TYPED " 148\nKORT 3\n");
    put(place, "returns/2026-T2/other.zip", "holds eng.xlsx\n" ENG "SYK 13 148\nKORT 3\n");
    const bms_redaction signature = {.unit = "1103", .period = "2026-T2", .what = BMS_REDACT_SIGNATURE};
    assert_int_equal(redact(place, signature, &n), BMS_OK);
    assert_true(is_reported(place, "copies_remain ", "returns/2026-T2/barnehagene.zip"));
    assert_false(is_reported(place, "copies_remain ", "other.zip"));
    assert_int_equal(bms_platform_path_kind(inside(place, "returns/2026-T2/barnehagene.zip")), BMS_PATH_FILE);
}

static void an_original_that_was_removed_is_reported(void **state) {
    struct municipality *place = *state;
    size_t n = 0;
    collect_all(place);
    const bms_redaction original = {.unit = "1103", .period = "2026-T2", .what = BMS_REDACT_ORIGINAL};
    assert_int_equal(redact(place, original, &n), BMS_OK);
    forget(place);
    assert_int_equal(bms_originals(place->b, inside(place, "out"), &place->listener, &place->error), BMS_OK);
    assert_int_equal(place->findings.n, 1);
    assert_string_equal(
        place->findings.lines[0],
        "redacted - The file has been removed from the history, and the removal is recorded.");
    assert_int_equal(place->rows.n, 1);
    assert_string_equal(place->rows.lines[0], "1101-1.xlsx written");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, municipality_begin_loaded, municipality_end)
    const struct CMUnitTest tests[] = {
        TEST(what_findings_quote_is_gone_from_the_file_and_the_chain_holds),
        TEST(a_leader_is_removed_from_every_setup_that_was_loaded),
        TEST(what_a_setup_needs_cannot_be_removed),
        TEST(a_setup_that_was_unreadable_before_does_not_stop_a_redaction),
        TEST(file_names_and_corrections_are_removed_too),
        TEST(what_was_removed_is_reported_with_who_and_why),
        TEST(the_copies_beside_the_history_are_replaced_and_what_is_left_is_named),
        TEST(what_was_removed_before_is_looked_for_again),
        TEST(a_zip_file_with_the_return_in_it_is_named),
        TEST(a_text_is_removed_with_its_original_and_what_was_made_of_it),
        TEST(an_original_that_was_removed_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
