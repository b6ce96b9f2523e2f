/** A number is explained by the definition it was reported by, not by today's. */

#include "tests/unit/examples/answers.h"

enum { LATER = 1789545600 /* 2026-09-16 08:00 UTC */ };

static bool said_of(const struct municipality *place, const char *key) {
    size_t length = strlen(key);
    for (size_t i = 0; i < place->rows.n; i++) {
        if (strncmp(place->rows.lines[i], key, length) == 0 && place->rows.lines[i][length] == ':')
            return true;
    }
    return false;
}

/** Change the indicator SYK, and load the setup again a day later. */
static void change(struct municipality *place, const char *column, const char *text) {
    place->now = LATER;
    made_set(place->made, BMS_SHEET_INDICATORS, 0, column, text);
    load_setup(place);
}

/** … so that it gives another result. */
static void make_it_a_rate(struct municipality *place) {
    made_set(place->made, BMS_SHEET_INDICATORS, 0, "factor", "1000");
    made_set(place->made, BMS_SHEET_TARGETS, 0, "way", "tall");
    change(place, "kind", "rate");
}

static void the_definition_is_that_of_the_form(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    change(place, "name", "Fravær");
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "definition: version 1, loaded 2026-05-10 08:00");
    ASSERT_SAID(place, "measured_since: version 1, loaded 2026-05-10 08:00");
    ASSERT_SAID(place, "indicator: Fravær (SYK)");
    assert_false(said_of(place, "measured_now"));
}

static void another_kind_and_question_today_do_not_change_what_was_answered(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    made_set(place->made, BMS_SHEET_INDICATORS, 0, "question_1", "Timer borte {dates}?");
    make_it_a_rate(place);
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "kind: share: number 1 is a part of number 2");
    ASSERT_SAID(place, "result: 8.1\u00A0%");
    ASSERT_SAID(place, "formula: 100 × 12 / 148 = 8.1\u00A0%");
    ASSERT_SAID(place, "numerator: 12\u00A0dagsverk – Tapte dagsverk 01.05–31.08?");
    ASSERT_SAID(place, "definition: version 1, loaded 2026-05-10 08:00");
    ASSERT_SAID(place, "measured_now: something else, since version 2, loaded 2026-09-16 08:00");
}

static void earlier_returns_are_worked_out_as_they_were(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    make_it_a_rate(place);
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 14 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "definition: version 2, loaded 2026-09-16 08:00");
    ASSERT_SAID(place, "formula: 1,000 × 14 / 148 = 94.6");
    bool earlier = false;
    for (size_t i = 0; i < place->rows.n; i++)
        earlier = earlier || strstr(place->rows.lines[i], "earlier: 1: 12 / 148 → 8.1\u00A0%");
    assert_true(earlier);
}

static void a_target_that_was_different_when_the_form_was_made_is_reported(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    place->now = LATER;
    made_set(place->made, BMS_SHEET_TARGETS, 0, "red", "2");
    load_setup(place);
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "target: green up to 8.5\u00A0%, red above 11.5\u00A0%");
    ASSERT_SAID(place, "target_since: version 2, loaded 2026-09-16 08:00");
    ASSERT_SAID(place, "target_of_form: green up to 8.5\u00A0%, red above 10.5\u00A0%");
}

static void an_unchanged_target_is_reported_with_its_first_version(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    change(place, "name", "Fravær");
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "target_since: version 1, loaded 2026-05-10 08:00");
    assert_false(said_of(place, "target_of_form"));
}

static void the_limits_are_those_of_then_or_of_now_as_asked(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    place->now = LATER;
    size_t row = place->made->book.tables[BMS_SHEET_TARGETS].n_rows;
    made_cells(place->made, BMS_SHEET_TARGETS, row, "indicator=SYK;scope=alle;green=2;red=3;from=2027-01-01");
    load_setup(place);
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "target: green up to 8.5\u00A0%, red above 10.5\u00A0%");
    ASSERT_SAID(place, "status: ● on target");
    bms_set_limits_of_today(place->b, true);
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "target: green up to 2\u00A0%, red above 3\u00A0%");
    ASSERT_SAID(place, "status: ■ far from target");
    ASSERT_SAID(place, "target_since: version 2, loaded 2026-09-16 08:00");
}

static void what_is_no_longer_in_the_setup_is_explained_by_the_last_setup_that_had_it(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    place->now = LATER;
    place->made->book.tables[BMS_SHEET_UNITS].n_rows--;
    load_setup(place);
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "unit: Eng barnehage (1103)");
    ASSERT_SAID(place, "formula: 100 × 12 / 148 = 8.1\u00A0%");
    ASSERT_SAID(place, "not_today: no longer in the setup; last in version 1, loaded 2026-05-10 08:00");
}

static void the_run_that_stored_it_and_the_program_that_checked_it_are_reported(void **state) {
    struct municipality *place = *state;
    char line[64];
    collect_all(place);
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    (void)snprintf(line, sizeof line, "run: 2 (bms %s)", bms_version());
    ASSERT_SAID(place, line);
}

static void a_sum_of_answers_to_an_earlier_question_is_made_as_it_was_then(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    make_it_a_rate(place);
    assert_int_equal(explain(place, "1100", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "formula: 100 × 22 / 248 = 8.9\u00A0%");
    ASSERT_SAID(place, "definition: version 1, loaded 2026-05-10 08:00");
}

static void on_change(void *context, const bms_cell_change *change) {
    (void)snprintf(next_row(&((struct municipality *)context)->rows), 400, "%s: %s → %s, %s", change->what,
                   change->was, change->became, change->moment);
}

static void days_and_moments_are_written_as_the_language_does(void **state) {
    struct municipality *place = *state;
    const bms_amendment_request request = {.unit = "1103",
                                           .indicator = "SYK",
                                           .period = "2026-T2",
                                           .numerator = "14",
                                           .reason = "x",
                                           .by = "Ida"};
    int revision = 0;
    size_t mistakes = 0;
    collect_all(place);
    place->now = LATER;
    assert_int_equal(bms_amend(place->b, &request, NULL, &revision, &mistakes, &place->error), BMS_OK);
    assert_int_equal(bms_set_language(place->b, "nb", &place->error), BMS_OK);
    assert_int_equal(explain(place, "1103", "SYK", "2026-T2"), BMS_OK);
    ASSERT_SAID(place, "signed_by: Ida, 16.09.2026");
    forget(place);
    assert_int_equal(bms_changes(place->b, "1103", "SYK", on_change, place, &place->error), BMS_OK);
    assert_string_equal(place->rows.lines[0], "numerator: 12 → 14, 16.09.2026 08:00");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, municipality_begin_loaded, municipality_end)
    const struct CMUnitTest tests[] = {
        TEST(the_definition_is_that_of_the_form),
        TEST(another_kind_and_question_today_do_not_change_what_was_answered),
        TEST(earlier_returns_are_worked_out_as_they_were),
        TEST(a_target_that_was_different_when_the_form_was_made_is_reported),
        TEST(an_unchanged_target_is_reported_with_its_first_version),
        TEST(the_limits_are_those_of_then_or_of_now_as_asked),
        TEST(what_is_no_longer_in_the_setup_is_explained_by_the_last_setup_that_had_it),
        TEST(the_run_that_stored_it_and_the_program_that_checked_it_are_reported),
        TEST(a_sum_of_answers_to_an_earlier_question_is_made_as_it_was_then),
        TEST(days_and_moments_are_written_as_the_language_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
