/** Earlier results beside the questions of a form, and the unit's actions. */
#include "tests/unit/examples/lia.h"
#include "tests/unit/place.h"

#include "core/base/sha256.h"
#include "core/make/form.h"

#define test lia_test

/** The form of a unit for the second tertial; `history` NULL: without a past. */
static bms_form form_of(struct lia *lia, int unit, bms_history *history) {
    const bms_form_request request = {
        .definition = &lia->definition, .key = lia->key, .unit = unit, .period = T2, .language = "nb"};
    const bms_form_past past = {.history = history};
    bms_form form;
    assert_int_equal(bms_form_make(lia->arena, &request, history ? &past : NULL, &form, NULL), BMS_OK);
    return form;
}

static void planned_actions_of_the_unit_are_shown(void **state) {
    struct lia *lia = *state;
    bms_planned_action actions[] = {
        {.number = "1", .unit = LIA, .indicator = SYK, .focus_area = BMS_NONE, .text = "Vikarpool"},
        {.number = "2", .unit = LUND, .indicator = BMS_NONE, .focus_area = BMS_NONE, .text = "Annet"},
        {.number = "3", .unit = LIA, .indicator = BMS_NONE, .focus_area = 1, .text = "Kurs"}};
    for (size_t i = 0; i < COUNT(actions); i++)
        actions[i].criterion = actions[i].scorecard = BMS_NONE;
    lia->definition.actions = actions;
    lia->definition.n_actions = COUNT(actions);
    bms_form form = form_of(lia, LIA, NULL);
    assert_int_equal(form.n_actions, 2);
    assert_string_equal(form.actions[0].linked_to, "Sykefravær (SYK)");
    assert_string_equal(form.actions[1].linked_to, "Brukere (BRU)");
    assert_string_equal(form.actions[1].text, "Kurs");
}

/** Add an accepted return in the open run. @param file  its name, and what it holds */
static void add_accepted(bms_history *history, const char *file, const bms_checked_return *said) {
    char sha256[BMS_SHA256_TEXT];
    bms_sha256(file, strlen(file), sha256);
    const bms_receipt receipt = {file, sha256, strlen(file), said->unit, said->period, BMS_ACCEPTED, NULL, 0};
    int64_t id = 0;
    int revision = 0;
    assert_int_equal(bms_history_add_receipt(history, &receipt, &id, NULL), BMS_OK);
    assert_int_equal(bms_history_add_return(history, id, said, file, strlen(file), &revision, NULL), BMS_OK);
}

/** A history with Lia's answers for the first tertial of 2026: 70 of 1000 days, and no count of falls.
 * @param n_actions  1: the planned one alone; 2: one of its own as well */
static bms_history *history_with_actions(char folder[PLACE_PATH], size_t n_actions) {
    bms_history *history = NULL;
    bms_entry entries[] = {
        {.indicator = "SYK",
         .period = "2026-T1",
         .answer = {BMS_REPORTED, {true, 70}, {true, 1000}},
         .comment = ""},
        {.indicator = "FALL", .period = "2026-T1", .answer = {.state = BMS_MISSING}, .comment = ""}};
    bms_entry_action action = {"1", "SYK", "Vikarpool", "Kari", "2026-12-01", "i gang", "C4"};
    bms_entry_action own = {"", "", "Nytt kurs", "Ola", "før jul", "", "C5"};
    bms_entry_action actions[] = {action, own};
    bms_checked_return said = {.unit = "LIA",
                               .period = "2026-T1",
                               .definition = "3",
                               .sheet = "Skjema",
                               .finished = true,
                               .signed_by = "Kari",
                               .signed_on = "2026-05-10",
                               .entries = entries,
                               .n_entries = 2,
                               .actions = actions,
                               .n_actions = n_actions,
                               .inputs_sha256 = "abc"};
    char path[PLACE_PATH + 8];
    place_make(folder);
    (void)snprintf(path, sizeof path, "%s/bms.db", folder);
    assert_int_equal(bms_history_create(path, "nb", 0, NULL), BMS_OK);
    assert_int_equal(bms_history_open(&history, path, "nb", NULL, NULL, NULL), BMS_OK);
    assert_int_equal(bms_history_begin(history, "collect", 0, NULL), BMS_OK);
    add_accepted(history, "a.xlsx", &said);
    assert_int_equal(bms_history_commit(history, NULL), BMS_OK);
    return history;
}

static bms_history *known_history(char folder[PLACE_PATH]) {
    return history_with_actions(folder, 2);
}

/** Add a return of Lia's for the first tertial of 2025, with the actions as they were then. */
static void add_older_return(bms_history *history) {
    bms_entry_action actions[] = {{"1", "SYK", "Vikarpool", "Kari", "2025-12-01", "ikke begynt", "C4"},
                                  {"", "", "Gammelt kurs", "Ola", "", "", "C5"}};
    bms_checked_return said = {.unit = "LIA",
                               .period = "2025-T1",
                               .definition = "3",
                               .sheet = "Skjema",
                               .finished = true,
                               .signed_by = "Kari",
                               .signed_on = "2025-05-10",
                               .actions = actions,
                               .n_actions = COUNT(actions),
                               .inputs_sha256 = "abd"};
    assert_int_equal(bms_history_begin(history, "collect", 0, NULL), BMS_OK);
    add_accepted(history, "old.xlsx", &said);
    assert_int_equal(bms_history_commit(history, NULL), BMS_OK);
}

/** Lia's newest return has a planned action and none of its own; an older one has both, as they were. */
static void an_older_return_does_not_undo_what_a_newer_says_of_a_planned_action(void **state) {
    struct lia *lia = *state;
    char folder[PLACE_PATH];
    bms_history *history = history_with_actions(folder, 1);
    bms_planned_action planned[] = {
        {.number = "1", .unit = LIA, .indicator = SYK, .text = "Vikarpool", .status = "ikke begynt"},
        {.number = "2", .unit = LIA, .indicator = SYK, .text = "Kurs", .status = "i gang"}};
    for (size_t i = 0; i < COUNT(planned); i++)
        planned[i].focus_area = planned[i].criterion = planned[i].scorecard = BMS_NONE;
    lia->definition.actions = planned;
    lia->definition.n_actions = COUNT(planned);
    add_older_return(history);
    bms_form form = form_of(lia, LIA, history);
    assert_int_equal(form.n_actions, 3);
    assert_string_equal(form.actions[0].status, "i gang");
    assert_int_equal(form.actions[0].due, bms_day_of(2026, 12, 1));
    assert_string_equal(form.actions[2].text, "Gammelt kurs");
    bms_history_close(history);
    place_remove(folder);
}

static void earlier_results_are_shown_beside_the_question(void **state) {
    struct lia *lia = *state;
    char folder[PLACE_PATH];
    bms_history *history = known_history(folder);
    bms_planned_action planned = {.number = "1",
                                  .unit = LIA,
                                  .indicator = SYK,
                                  .focus_area = BMS_NONE,
                                  .criterion = BMS_NONE,
                                  .scorecard = BMS_NONE,
                                  .text = "Vikarpool",
                                  .status = "ikke begynt"};
    lia->definition.actions = &planned;
    lia->definition.n_actions = 1;
    bms_form form = form_of(lia, LIA, history);
    assert_true(form.views[SYK].last.known);
    assert_string_equal(form.views[SYK].last.period_name, "1. tertial 2026");
    assert_close(form.views[SYK].last.result.value, 7);
    assert_true(form.views[FALL].last.known);
    assert_int_equal(form.views[FALL].last.answer.state, BMS_MISSING);
    assert_false(form.views[KLAGER].last.known); /* never answered */
    assert_false(form.views[SYK].year_before.known);
    assert_int_equal(form.views[SYK].last.whose, BMS_EARLIER_OWN);
    assert_string_equal(form.past, "");
    assert_int_equal(form.n_actions, 2);
    assert_string_equal(form.actions[0].status, "i gang");
    assert_int_equal(form.actions[0].due, bms_day_of(2026, 12, 1));
    assert_string_equal(form.actions[1].text, "Nytt kurs");
    assert_int_equal(form.actions[1].due, BMS_NO_DAY);
    bms_history_close(history);
    place_remove(folder);
}

/** Add another unit's sick leave for the first tertial of 2026. */
static void add_answer(bms_history *history, const char *unit, double n, double d) {
    bms_entry entry = {.indicator = "SYK",
                       .period = "2026-T1",
                       .answer = {BMS_REPORTED, {true, n}, {true, d}},
                       .comment = ""};
    bms_checked_return said = {.unit = unit,
                               .period = "2026-T1",
                               .definition = "3",
                               .sheet = "Skjema",
                               .finished = true,
                               .signed_by = "Kari",
                               .signed_on = "2026-05-10",
                               .entries = &entry,
                               .n_entries = 1};
    assert_int_equal(bms_history_begin(history, "collect", 0, NULL), BMS_OK);
    add_accepted(history, unit, &said);
    assert_int_equal(bms_history_commit(history, NULL), BMS_OK);
}

/** A unit begins or ends on the first of May 2026. */
static void begins(struct lia *lia, int unit, int *predecessors, size_t n) {
    lia->units[unit].from = bms_day_of(2026, 5, 1);
    lia->units[unit].to = BMS_NO_DAY;
    lia->units[unit].predecessors = predecessors;
    lia->units[unit].n_predecessors = n;
    lia->duty[unit] = BMS_REQUIRED;
}

static void ends(struct lia *lia, int unit) {
    lia->units[unit].from = BMS_NO_DAY;
    lia->units[unit].to = bms_day_of(2026, 4, 30);
}

static void before_a_merger_the_sum_of_both_is_shown(void **state) {
    struct lia *lia = *state;
    int predecessors[] = {LIA, CLOSED};
    char folder[PLACE_PATH];
    bms_history *history = known_history(folder);
    ends(lia, LIA);
    ends(lia, CLOSED);
    begins(lia, LUND, predecessors, 2);
    bms_form form = form_of(lia, LUND, history);
    assert_true(form.views[SYK].last.known); /* one of them did not answer: the sum is missing */
    assert_int_equal(form.views[SYK].last.answer.state, BMS_MISSING);
    add_answer(history, lia->units[CLOSED].code, 20, 500);
    form = form_of(lia, LUND, history);
    assert_close(form.views[SYK].last.result.value, 6); /* 90 of 1500 */
    assert_int_equal(form.views[SYK].last.whose, BMS_EARLIER_PREDECESSORS);
    assert_int_equal(form.views[SYK].last.n_units, 2);
    assert_false(form.views[KLAGER].last.known);
    assert_string_equal(form.past, "Tallene for 1. tertial 2026 er Lia sykehjem og Gamlehjemmet til sammen.");
    bms_history_close(history);
    place_remove(folder);
}

static void after_a_split_the_shared_past_is_marked_as_shared(void **state) {
    struct lia *lia = *state;
    int predecessors[] = {LIA};
    char folder[PLACE_PATH];
    bms_history *history = known_history(folder);
    ends(lia, LIA);
    begins(lia, CLOSED, predecessors, 1);
    begins(lia, LUND, predecessors, 1);
    bms_form form = form_of(lia, LUND, history);
    assert_close(form.views[SYK].last.result.value, 7);
    assert_int_equal(form.views[SYK].last.whose, BMS_EARLIER_SHARED);
    assert_string_equal(form.past,
                        "Tallene for 1. tertial 2026 er fra før delingen og er felles med Gamlehjemmet.");
    bms_history_close(history);
    place_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        test(planned_actions_of_the_unit_are_shown),
        test(an_older_return_does_not_undo_what_a_newer_says_of_a_planned_action),
        test(earlier_results_are_shown_beside_the_question),
        test(before_a_merger_the_sum_of_both_is_shown),
        test(after_a_split_the_shared_past_is_marked_as_shared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
