/** Mottak: written by one collect, read by the next; its decisions are stored all or none. */

#include "tests/unit/examples/municipality.h"

#define ENG "unit 1103\nperiod 2026-T2\nsigned Kari\n"
#define MOTTAK "Mottak 2026-T2.xlsx"
#define WRONG ENG "SYK 200 148\nKORT 3\n"

/** Write in the first row of a Mottak that has the text: accept|reason|use|release. */
static void decide(struct municipality *place, const char *row, const char *written) {
    const char *text = content(place, MOTTAK);
    const char *line = strstr(text, row);
    assert_non_null(line);
    const char *keys_end = line;
    for (int bars = 0; bars < 5; keys_end++)
        bars += *keys_end == '|';
    const char *line_end = keys_end + strcspn(keys_end, "\n");
    put(place, MOTTAK,
        bms_arena_format(place->made->arena, "%.*s%s|%s", (int)(keys_end - text), text, written, line_end));
}

static bool outcome_is(const struct municipality *place, const char *file, const char *outcome) {
    for (size_t i = 0; i < place->rows.n; i++) {
        if (strncmp(place->rows.lines[i], file, strlen(file)) == 0)
            return strstr(place->rows.lines[i], outcome);
    }
    return false;
}

/** @return whether a file is held because there is another. */
static bool found(const struct municipality *place, const char *file) {
    for (size_t i = 0; i < place->findings.n; i++) {
        if (strstr(place->findings.lines[i], "two_files") && strstr(place->findings.lines[i], file))
            return true;
    }
    return false;
}

static bms_decisions stored_decisions(struct municipality *place) {
    bms_history *history = NULL;
    bms_decisions decisions = {.arena = place->made->arena};
    assert_int_equal(bms_history_open(&history, inside(place, "bms.db"), "en", NULL, NULL, &place->error),
                     BMS_OK);
    assert_int_equal(bms_history_load_decisions(history, &decisions, &place->error), BMS_OK);
    bms_history_close(history);
    return decisions;
}

static void it_is_written_beside_the_history(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", WRONG);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(place->intakes.n, 1);
    assert_string_equal(place->intakes.lines[0], MOTTAK " written -");
    assert_non_null(strstr(content(place, MOTTAK), "|part_above_whole|SYK|200/148|"));
}

static void without_corrections_there_is_none(void **state) {
    struct municipality *place = *state;
    const bms_collect_options options = {.no_corrections = true};
    const bms_source source = {.name = "2026-T2"};
    put(place, "returns/2026-T2/eng.xlsx", WRONG);
    assert_int_equal(
        bms_collect(place->b, &source, 1, &options, &place->listener, &place->counts, &place->error), BMS_OK);
    assert_int_equal(bms_platform_path_kind(inside(place, MOTTAK)), BMS_PATH_MISSING);
}

static void a_return_whose_finding_is_accepted_there_is_accepted(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", WRONG);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    decide(place, "1103|", "Ja|agreed||");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_true(outcome_is(place, "eng.xlsx", "accepted 1"));
    assert_non_null(strstr(content(place, MOTTAK), "agreed")); /* what was done */
    assert_int_equal(bms_platform_path_kind(inside(place, "Mottak 2026-T2 (forrige).xlsx")), BMS_PATH_FILE);
}

static void a_full_disk_leaves_everything_as_it_was_and_the_decisions_in_place(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", WRONG);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    decide(place, "1103|", "Ja|agreed||");
    const char *before = content(place, MOTTAK);
    fake.writes_until_full = 1;
    assert_int_equal(collect(place, "2026-T2"), BMS_NOT_WRITABLE);
    assert_string_equal(content(place, MOTTAK), before);
    fake.writes_until_full = 0;
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_true(outcome_is(place, "eng.xlsx", "accepted 1"));
}

static void a_cancel_leaves_it_as_it_was(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", WRONG);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    decide(place, "1103|", "Ja|agreed||");
    const char *before = content(place, MOTTAK);
    place->stop_after = 2;
    assert_int_equal(collect(place, "2026-T2"), BMS_CANCELLED);
    place->stop_after = 0;
    assert_string_equal(content(place, MOTTAK), before);
}

static void decisions_on_one_period_wait_while_another_is_collected(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", WRONG);
    put(place, "returns/2026-T1/eng.xlsx", "unit 1103\nperiod 2026-T1\nsigned Kari\nSYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    decide(place, "1103|", "Ja|agreed||");
    const char *before = content(place, MOTTAK);
    assert_int_equal(collect(place, "2026-T1"), BMS_OK);
    assert_string_equal(content(place, MOTTAK), before);
    for (size_t i = 0; i < place->findings.n; i++)
        assert_null(strstr(place->findings.lines[i], "decision_not_used"));
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_true(outcome_is(place, "eng.xlsx", "accepted 1"));
}

static void a_file_that_came_after_the_choice_is_not_set_aside_by_it(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 13 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    decide(place, "1103|", "||Ja|"); /* one of the two … */
    put(place, "returns/2026-T2/c.xlsx", ENG "SYK 14 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_true(outcome_is(place, "c.xlsx", "held")); /* … but this one was not seen then: choose again */
    assert_true(found(place, "c.xlsx"));
    assert_int_equal(place->counts.accepted, 0);
    assert_non_null(strstr(content(place, MOTTAK), "|two_files|"));
}

static void two_files_of_one_unit_cannot_both_be_chosen(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 13 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    decide(place, "1103|", "||Ja|");
    const char *second = strstr(strstr(content(place, MOTTAK), "1103|") + 1, "1103|");
    decide(place, bms_arena_format(place->made->arena, "%.40s", second), "||Ja|");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_true(found(place, "a.xlsx") && found(place, "b.xlsx"));
    size_t refused = 0;
    for (size_t i = 0; i < place->findings.n; i++)
        refused += strstr(place->findings.lines[i], "decision_not_used") ? 1 : 0;
    assert_int_equal(refused, 2);
    const bms_decisions decisions = stored_decisions(place);
    assert_int_equal(decisions.n_set_aside, 0);
}

static void two_files_of_one_unit_cannot_both_be_named(void **state) {
    struct municipality *place = *state;
    const char *const use[] = {"a.xlsx", "b.xlsx"};
    const bms_collect_options options = {.use = use, .n_use = 2};
    const bms_source source = {.name = "2026-T2"};
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 13 148\nKORT 3\n");
    assert_int_equal(
        bms_collect(place->b, &source, 1, &options, &place->listener, &place->counts, &place->error),
        BMS_USAGE);
    assert_int_equal(stored_decisions(place).n_set_aside, 0);
}

static void what_is_neither_yes_nor_no_is_reported(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", WRONG);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    decide(place, "1103|", "kanskje|agreed||");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_true(outcome_is(place, "eng.xlsx", "held"));
    assert_non_null(strstr(content(place, MOTTAK), "kanskje|agreed|"));
}

static void a_second_acceptance_of_the_same_is_not_stored_again(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", WRONG);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    decide(place, "1103|", "Ja|agreed||");
    const char *decided = content(place, MOTTAK);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    put(place, MOTTAK, decided); /* as after a crash between the commit and the new workbook */
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(stored_decisions(place).n_acceptances, 1);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, municipality_begin_loaded, municipality_end)
    const struct CMUnitTest tests[] = {
        TEST(it_is_written_beside_the_history),
        TEST(without_corrections_there_is_none),
        TEST(a_return_whose_finding_is_accepted_there_is_accepted),
        TEST(a_full_disk_leaves_everything_as_it_was_and_the_decisions_in_place),
        TEST(a_cancel_leaves_it_as_it_was),
        TEST(decisions_on_one_period_wait_while_another_is_collected),
        TEST(a_file_that_came_after_the_choice_is_not_set_aside_by_it),
        TEST(two_files_of_one_unit_cannot_both_be_chosen),
        TEST(two_files_of_one_unit_cannot_both_be_named),
        TEST(what_is_neither_yes_nor_no_is_reported),
        TEST(a_second_acceptance_of_the_same_is_not_stored_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
