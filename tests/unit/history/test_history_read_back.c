/** What a run stores is read back before its commit: whatever changes it on the way is stopped. The triggers
 * here stand for that, on the connection itself, so that no look at the file's schema finds them. */
#include "tests/unit/history/history_place.h"

static void disturb(struct place *place, const char *trigger) {
    assert_int_equal(bms_history_execute(place->history, trigger, &place->error), BMS_OK);
}

/** Add a return of A1 with two entries. */
static enum bms_status add(struct place *place, const char *bytes) {
    char sha256[65];
    bms_sha256(bytes, strlen(bytes), sha256);
    bms_entry entries[] = {place_entry("SYK", "2026-T2", 12.5, 200), place_entry("RES", "2026-T2", 7, 9)};
    entries[1].comment = "as agreed";
    bms_entry_action actions[] = {{.linked_to = "SYK", .text = "Call", .cell = "C4"},
                                  {.linked_to = "RES", .text = "Write", .cell = "C5"}};
    bms_checked_return said = place_checked("A1", "2026-T2", entries, 2, bytes);
    said.actions = actions;
    said.n_actions = 2;
    const bms_receipt receipt = {.file = "a.xlsx",
                                 .sha256 = sha256,
                                 .size = strlen(bytes),
                                 .unit = "A1",
                                 .period = "2026-T2",
                                 .outcome = BMS_ACCEPTED};
    int64_t id = 0;
    int revision = 0;
    assert_int_equal(bms_history_add_receipt(place->history, &receipt, &id, &place->error), BMS_OK);
    return bms_history_add_return(place->history, id, &said, bytes, strlen(bytes), &revision, &place->error);
}

static void assert_says(const struct place *place, const char *part) {
    if (!strstr(place->error.message, part))
        fail_msg("'%s' is not in: %s", part, place->error.message);
}

/** What a trigger does to a return that is being stored is found at once. */
static void assert_stopped_at_once(struct place *place, const char *trigger) {
    place_begin(place);
    disturb(place, trigger);
    assert_int_equal(add(place, "one"), BMS_HISTORY_DAMAGED);
    assert_string_equal(place->error.where, place->path);
    bms_history_roll_back(place->history);
}

/* Instead of the row that was asked for another is stored. */
#define INSTEAD_OF_SYK(values)                                                                               \
    "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.entries WHEN NEW.numerator = 12.5 BEGIN "                  \
    "INSERT INTO entries VALUES (NEW.return, NEW.indicator, NEW.period, NEW.position, " values "); "         \
    "SELECT raise(IGNORE); END"

static void a_number_that_is_changed_is_named(void **state) {
    struct place *place = *state;
    assert_stopped_at_once(place,
                           INSTEAD_OF_SYK("NEW.state, NEW.required, 1, NEW.denominator, NEW.numerator_cell, "
                                          "NEW.denominator_cell, NEW.reason, NEW.comment"));
    assert_says(place, "A1, SYK, 2026-T2 (C5)");
    assert_says(place, "12.5");
    assert_says(place, "1 was");
}

static void a_denominator_that_is_lost_is_named(void **state) {
    struct place *place = *state;
    assert_stopped_at_once(
        place, "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.entries WHEN NEW.denominator = 200 BEGIN INSERT "
               "INTO entries VALUES (NEW.return, NEW.indicator, NEW.period, NEW.position, NEW.state, "
               "NEW.required, NEW.numerator, NULL, NEW.numerator_cell, NEW.denominator_cell, NEW.reason, "
               "NEW.comment); SELECT raise(IGNORE); END");
    assert_says(place, "A1, SYK, 2026-T2 (E5)");
    assert_says(place, "no number");
}

static void a_number_that_goes_astray_is_named(void **state) {
    struct place *place = *state;
    assert_stopped_at_once(place,
                           "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.entries WHEN NEW.position = 1 "
                           "BEGIN SELECT raise(IGNORE); END");
    assert_says(place, "A1, RES, 2026-T2");
}

static void a_state_that_is_changed_is_named(void **state) {
    struct place *place = *state;
    assert_stopped_at_once(
        place, "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.entries WHEN NEW.state = 0 BEGIN INSERT "
               "INTO entries VALUES (NEW.return, NEW.indicator, NEW.period, NEW.position, 2, NEW.required, "
               "NEW.numerator, NEW.denominator, NEW.numerator_cell, NEW.denominator_cell, NEW.reason, "
               "NEW.comment); SELECT raise(IGNORE); END");
    assert_says(place, "A1, SYK, 2026-T2");
}

static void a_cell_or_comment_that_is_changed_is_found(void **state) {
    struct place *place = *state;
    static const char *const changed[] = {
        "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.entries WHEN NEW.numerator_cell = 'C5' BEGIN INSERT "
        "INTO entries VALUES (NEW.return, NEW.indicator, NEW.period, NEW.position, NEW.state, NEW.required, "
        "NEW.numerator, NEW.denominator, 'C6', NEW.denominator_cell, NEW.reason, NEW.comment); "
        "SELECT raise(IGNORE); END",
        "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.entries WHEN NEW.comment = 'as agreed' BEGIN INSERT "
        "INTO entries VALUES (NEW.return, NEW.indicator, NEW.period, NEW.position, NEW.state, NEW.required, "
        "NEW.numerator, NEW.denominator, NEW.numerator_cell, NEW.denominator_cell, NEW.reason, NULL); "
        "SELECT raise(IGNORE); END",
        "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.entries WHEN NEW.reason IS NULL BEGIN INSERT "
        "INTO entries VALUES (NEW.return, NEW.indicator, NEW.period, NEW.position, NEW.state, NEW.required, "
        "NEW.numerator, NEW.denominator, NEW.numerator_cell, NEW.denominator_cell, 'comes_later', "
        "NEW.comment); SELECT raise(IGNORE); END"};
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++) {
        assert_stopped_at_once(place, changed[i]);
        bms_error_clear(&place->error);
        disturb(place, "DROP TRIGGER IF EXISTS zz");
    }
}

static void a_number_that_nobody_sent_is_named(void **state) {
    struct place *place = *state;
    assert_stopped_at_once(
        place, "CREATE TEMP TRIGGER zz AFTER INSERT ON main.entries WHEN NEW.position = 1 BEGIN "
               "INSERT INTO indicators (code) VALUES ('ODD'); "
               "INSERT INTO entries VALUES (NEW.return, last_insert_rowid(), NEW.period, 9, 0, 1, "
               "5, 6, NULL, NULL, NULL, NULL); END");
    assert_says(place, "A1, ODD, 2026-T2");
}

static void a_return_stored_as_another_units_is_named(void **state) {
    struct place *place = *state;
    assert_stopped_at_once(
        place, "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.returns WHEN NEW.revision = 1 BEGIN "
               "INSERT INTO returns VALUES (NULL, NEW.receipt, NEW.unit, NEW.period, 2, NEW.definition, "
               "NEW.sheet, NEW.signed_by, NEW.signed_on, NEW.inputs_sha256); SELECT raise(IGNORE); END");
    assert_says(place, "A1, 2026-T2");
}

/* Actions */

#define INSTEAD_OF_CALL(values)                                                                              \
    "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.actions WHEN (NEW.number, NEW.linked_to, NEW.text, "       \
    "NEW.responsible, NEW.due, NEW.status, NEW.cell) = ('', 'SYK', 'Call', '', '', '', 'C4') BEGIN "         \
    "INSERT INTO actions VALUES (NEW.return, NEW.position, " values "); SELECT raise(IGNORE); END"

static void an_action_that_is_changed_is_found(void **state) {
    struct place *place = *state;
    static const char *const changed[] = {
        INSTEAD_OF_CALL("'7', NEW.linked_to, NEW.text, NEW.responsible, NEW.due, NEW.status, NEW.cell"),
        INSTEAD_OF_CALL("NEW.number, 'RES', NEW.text, NEW.responsible, NEW.due, NEW.status, NEW.cell"),
        INSTEAD_OF_CALL("NEW.number, NEW.linked_to, 'Wait', NEW.responsible, NEW.due, NEW.status, NEW.cell"),
        INSTEAD_OF_CALL("NEW.number, NEW.linked_to, NEW.text, 'Ida', NEW.due, NEW.status, NEW.cell"),
        INSTEAD_OF_CALL("NEW.number, NEW.linked_to, NEW.text, NEW.responsible, '2', NEW.status, NEW.cell"),
        INSTEAD_OF_CALL("NEW.number, NEW.linked_to, NEW.text, NEW.responsible, NEW.due, 'done', NEW.cell"),
        INSTEAD_OF_CALL("NEW.number, NEW.linked_to, NEW.text, NEW.responsible, NEW.due, NEW.status, 'C9'")};
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++) {
        assert_stopped_at_once(place, changed[i]);
        assert_says(place, "A1, 2026-T2, actions:");
        bms_error_clear(&place->error);
        disturb(place, "DROP TRIGGER IF EXISTS zz");
    }
}

static void an_action_that_goes_astray_is_found(void **state) {
    struct place *place = *state;
    assert_stopped_at_once(place,
                           "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.actions WHEN NEW.position = 1 "
                           "BEGIN SELECT raise(IGNORE); END");
    assert_says(place, "A1, 2026-T2, actions:");
}

/* The file that came */

static void assert_file_stops_the_commit(struct place *place, const char *trigger) {
    place_begin(place);
    disturb(place, trigger);
    assert_int_equal(add(place, "one"), BMS_OK);
    assert_int_equal(bms_history_commit(place->history, &place->error), BMS_HISTORY_DAMAGED);
    assert_says(place, "A1, 2026-T2, the file:");
}

static void a_file_that_is_changed_stops_the_commit(void **state) {
    assert_file_stops_the_commit(*state, "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.originals WHEN "
                                         "NEW.bytes <> x'00' BEGIN INSERT INTO originals (sha256, bytes) "
                                         "VALUES (NEW.sha256, x'00'); SELECT raise(IGNORE); END");
}

static void a_file_that_is_emptied_stops_the_commit(void **state) {
    assert_file_stops_the_commit(*state, "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.originals WHEN "
                                         "length(NEW.bytes) > 0 BEGIN INSERT INTO originals (sha256, bytes) "
                                         "VALUES (NEW.sha256, x''); SELECT raise(IGNORE); END");
}

static void a_file_that_goes_astray_stops_the_commit(void **state) {
    assert_file_stops_the_commit(*state, "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.originals "
                                         "BEGIN SELECT raise(IGNORE); END");
}

/* After it was read back, before the commit */

static void an_action_added_behind_ones_back_stops_the_commit(void **state) {
    struct place *place = *state;
    place_begin(place);
    assert_int_equal(add(place, "one"), BMS_OK);
    disturb(place, "CREATE TEMP TRIGGER zz AFTER INSERT ON main.run_hashes BEGIN INSERT INTO actions SELECT "
                   "return, 9, number, linked_to, text, responsible, due, status, cell FROM actions LIMIT 1; "
                   "END");
    assert_int_equal(bms_history_commit(place->history, &place->error), BMS_HISTORY_DAMAGED);
    assert_says(place, "A1, 2026-T2");
}

static void a_return_added_behind_ones_back_stops_the_commit(void **state) {
    struct place *place = *state;
    place_begin(place);
    assert_int_equal(add(place, "one"), BMS_OK);
    disturb(place,
            "CREATE TEMP TRIGGER zz AFTER INSERT ON main.written_files BEGIN "
            "INSERT INTO receipts (run, file, sha256, size, unit, period, outcome) SELECT run, file, 'x', "
            "size, unit, period, outcome FROM receipts; "
            "INSERT INTO returns (receipt, unit, period, revision, definition, sheet, signed_by, signed_on, "
            "inputs_sha256) SELECT (SELECT max(id) FROM receipts), unit, period, 2, definition, sheet, "
            "signed_by, signed_on, inputs_sha256 FROM returns; END");
    assert_int_equal(bms_history_add_written(place->history, "w.xlsx", "y", &place->error), BMS_OK);
    assert_int_equal(bms_history_commit(place->history, &place->error), BMS_HISTORY_DAMAGED);
    assert_says(place, "A1, 2026-T2");
    assert_string_equal(place->error.where, place->path);
}

static void a_number_added_behind_ones_back_stops_the_commit(void **state) {
    struct place *place = *state;
    place_begin(place);
    assert_int_equal(add(place, "one"), BMS_OK);
    /* The very last thing that is stored is the hash of the run. */
    disturb(place, "CREATE TEMP TRIGGER zz AFTER INSERT ON main.run_hashes BEGIN "
                   "INSERT INTO indicators (code) VALUES ('ODD'); "
                   "INSERT INTO entries SELECT return, (SELECT max(id) FROM indicators), period, 9, state, "
                   "required, numerator, denominator, NULL, NULL, NULL, NULL FROM entries LIMIT 1; END");
    assert_int_equal(bms_history_commit(place->history, &place->error), BMS_HISTORY_DAMAGED);
    assert_says(place, "A1, 2026-T2");
    disturb(place, "DROP TRIGGER IF EXISTS zz");
    place_begin(place);
    assert_int_equal(add(place, "one"), BMS_OK); /* nothing was left of the run that was stopped */
    place_commit(place);
}

/* Amendments */

static void an_amended_number_that_is_changed_is_named(void **state) {
    struct place *place = *state;
    int revision = 0;
    place_begin(place);
    assert_int_equal(add(place, "one"), BMS_OK);
    place_commit(place);
    place_begin(place);
    disturb(place, "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.entries WHEN NEW.numerator = 44 BEGIN "
                   "INSERT INTO entries VALUES (NEW.return, NEW.indicator, NEW.period, NEW.position, "
                   "NEW.state, NEW.required, 4, NEW.denominator, NEW.numerator_cell, NEW.denominator_cell, "
                   "NEW.reason, NEW.comment); SELECT raise(IGNORE); END");
    assert_int_equal(place_correct(place, place->history, 44, &revision), BMS_HISTORY_DAMAGED);
    assert_says(place, "A1, SYK, 2026-T2");
}

static void a_number_that_an_amendment_carries_over_wrongly_is_named(void **state) {
    struct place *place = *state;
    int revision = 0;
    place_begin(place);
    assert_int_equal(add(place, "one"), BMS_OK);
    place_commit(place);
    place_begin(place);
    disturb(place, "CREATE TEMP TRIGGER zz BEFORE INSERT ON main.entries WHEN NEW.numerator = 7 BEGIN "
                   "INSERT INTO entries VALUES (NEW.return, NEW.indicator, NEW.period, NEW.position, "
                   "NEW.state, NEW.required, 8, NEW.denominator, NEW.numerator_cell, NEW.denominator_cell, "
                   "NEW.reason, NEW.comment); SELECT raise(IGNORE); END");
    assert_int_equal(place_correct(place, place->history, 44, &revision), BMS_HISTORY_DAMAGED);
    assert_says(place, "A1, RES, 2026-T2");
}

static void an_action_that_an_amendment_carries_over_wrongly_is_found(void **state) {
    struct place *place = *state;
    int revision = 0;
    place_begin(place);
    assert_int_equal(add(place, "one"), BMS_OK);
    place_commit(place);
    place_begin(place);
    disturb(place, INSTEAD_OF_CALL("NEW.number, 'RES', NEW.text, NEW.responsible, NEW.due, NEW.status, "
                                   "NEW.cell"));
    assert_int_equal(place_correct(place, place->history, 44, &revision), BMS_HISTORY_DAMAGED);
    assert_says(place, "A1, 2026-T2, actions:");
}

static void what_is_stored_as_it_was_read_is_committed(void **state) {
    struct place *place = *state;
    int revision = 0;
    place_begin(place);
    assert_int_equal(add(place, "one"), BMS_OK);
    assert_int_equal(place_correct(place, place->history, -0.0, &revision), BMS_OK);
    assert_int_equal(add(place, "two"), BMS_OK);
    place_commit(place);
    place_begin(place);
    assert_int_equal(place_correct(place, place->history, 44, &revision), BMS_OK);
    assert_int_equal(revision, 4);
    place_commit(place);
}

static void it_is_said_in_the_users_language(void **state) {
    struct place *place = *state;
    bms_history_close(place->history);
    assert_int_equal(bms_history_open(&place->history, place->path, "nb", NULL, NULL, &place->error), BMS_OK);
    assert_stopped_at_once(place,
                           INSTEAD_OF_SYK("NEW.state, NEW.required, 1, NEW.denominator, NEW.numerator_cell, "
                                          "NEW.denominator_cell, NEW.reason, NEW.comment"));
    assert_says(place, "12,5");
    assert_says(place, "Ingenting er lagret");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, place_set_up, place_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_number_that_is_changed_is_named),
        TEST(a_denominator_that_is_lost_is_named),
        TEST(a_number_that_goes_astray_is_named),
        TEST(a_state_that_is_changed_is_named),
        TEST(a_cell_or_comment_that_is_changed_is_found),
        TEST(a_number_that_nobody_sent_is_named),
        TEST(a_return_stored_as_another_units_is_named),
        TEST(an_action_that_is_changed_is_found),
        TEST(an_action_that_goes_astray_is_found),
        TEST(a_file_that_is_changed_stops_the_commit),
        TEST(a_file_that_is_emptied_stops_the_commit),
        TEST(a_file_that_goes_astray_stops_the_commit),
        TEST(an_action_added_behind_ones_back_stops_the_commit),
        TEST(a_return_added_behind_ones_back_stops_the_commit),
        TEST(a_number_added_behind_ones_back_stops_the_commit),
        TEST(an_amended_number_that_is_changed_is_named),
        TEST(a_number_that_an_amendment_carries_over_wrongly_is_named),
        TEST(an_action_that_an_amendment_carries_over_wrongly_is_found),
        TEST(what_is_stored_as_it_was_read_is_committed),
        TEST(it_is_said_in_the_users_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
