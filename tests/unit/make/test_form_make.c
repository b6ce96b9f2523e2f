#define _DEFAULT_SOURCE

#include "tests/unit/examples/lia.h"

#include "core/history/history.h"

#define test lia_test

static void a_form_asks_for_each_indicator_once_in_the_scorecard_s_order(void **state) {
    const struct lia *lia = *state;
    static const char *const codes[] = {"SYK", "KORT", "BUDSJ", "TILFR", "SVAR", "FALL", "KLAGER", "VERN"};
    assert_int_equal(lia->form.n_questions, COUNT(codes));
    for (size_t i = 0; i < COUNT(codes); i++)
        assert_string_equal(lia->form.questions[i].indicator, codes[i]);
    assert_string_equal(lia->form.views[0].focus_area, "Medarbeidere");
    assert_string_equal(lia->form.views[2].focus_area, "Brukere");
}

static void a_form_says_whom_it_is_for(void **state) {
    const struct lia *lia = *state;
    const bms_identity *identity = &lia->form.identity;
    assert_string_equal(identity->municipality, "9999");
    assert_string_equal(identity->unit, "LIA");
    assert_string_equal(identity->period, "2026-T2");
    assert_string_equal(identity->definition, "3");
    assert_string_equal(identity->title, "Lia sykehjem – 2. tertial 2026");
    assert_string_equal(lia->form.unit_name, "Lia sykehjem");
    assert_string_equal(lia->form.period_name, "2. tertial 2026");
    assert_int_equal(lia->form.due, bms_day_of(2026, 9, 15));
    char seal[BMS_SEAL_SIZE];
    assert_int_equal(bms_seal(lia->key, identity, lia->form.questions, lia->form.n_questions, seal), BMS_OK);
    assert_string_equal(identity->seal, seal);
}

static void questions_carry_their_dates(void **state) {
    const struct lia *lia = *state;
    assert_string_equal(lia->form.questions[SYK].numerator.text,
                        "Hvor mange dagsverk gikk tapt 01.05–31.08?");
    assert_string_equal(lia->form.questions[BUDSJ].numerator.text, "Hva er netto regnskap 01.01–31.08?");
    assert_string_equal(lia->form.questions[VERN].numerator.text, "Er vernerunden gjennomført i 2026?");
    assert_string_equal(lia->form.questions[KLAGER].denominator.text, "");
}

static void a_shared_number_points_at_where_it_is_typed(void **state) {
    const struct lia *lia = *state;
    const bms_question *questions = lia->form.questions;
    assert_string_equal(questions[KORT].denominator.same_as_indicator, "SYK");
    assert_int_equal(questions[KORT].denominator.same_as_number, BMS_DENOMINATOR);
    assert_string_equal(questions[KORT].denominator.text, "Hvor mange dagsverk var avtalt 01.05–31.08?");
    assert_string_equal(questions[SVAR].numerator.same_as_indicator, "TILFR");
    assert_int_equal(questions[SVAR].numerator.same_as_number, BMS_DENOMINATOR);
    assert_string_equal(questions[TILFR].denominator.same_as_indicator, "");
    assert_string_equal(questions[KORT].numerator.part_of_indicator, "SYK");
}

static void make(struct lia *lia, int unit, int period) {
    assert_int_equal(
        bms_form_make(lia->arena, &lia->definition, NULL, lia->key, unit, period, "nb", 0, &lia->form, NULL),
        BMS_OK);
}

/** Take one indicator out of the plan. */
static void leave_out(struct lia *lia, int indicator) {
    size_t n = 0;
    for (size_t i = 0; i < lia->definition.n_points; i++)
        if (lia->points[i].indicator != indicator)
            lia->points[n++] = lia->points[i];
    lia->definition.n_points = n;
}

static void a_shared_number_is_asked_where_its_first_is_not_asked(void **state) {
    struct lia *lia = *state;
    leave_out(lia, TILFR);
    make(lia, LIA, T2);
    assert_string_equal(lia->form.questions[3].indicator, "SVAR");
    assert_string_equal(lia->form.questions[3].numerator.same_as_indicator, "");
    assert_string_equal(lia->form.questions[3].numerator.text, "Hvor mange svarte?");
}

static void two_that_share_an_absent_number_ask_for_it_once(void **state) {
    struct lia *lia = *state;
    lia->indicators[FALL].denominator.same_as = (bms_number_ref){SYK, BMS_DENOMINATOR};
    leave_out(lia, SYK);
    make(lia, LIA, T2);
    assert_string_equal(lia->form.questions[0].indicator, "KORT");
    assert_string_equal(lia->form.questions[0].denominator.same_as_indicator, "");
    assert_string_equal(lia->form.questions[4].indicator, "FALL");
    assert_string_equal(lia->form.questions[4].denominator.same_as_indicator, "KORT");
}

static void the_same_number_of_another_period_is_another_number(void **state) {
    struct lia *lia = *state;
    for (size_t i = 0; i < lia->definition.n_points; i++)
        if (lia->points[i].indicator == KORT && lia->points[i].period == T2)
            lia->points[i].period = Y_2026;
    make(lia, LIA, T2);
    assert_string_equal(lia->form.questions[KORT].denominator.same_as_indicator, "");
    assert_string_equal(lia->form.questions[KORT].numerator.part_of_indicator, "");
}

static void parts_are_all_only_where_all_of_them_are_asked(void **state) {
    struct lia *lia = *state;
    lia->indicators[SYK].numerator.parts_are_all = true;
    lia->indicators[KLAGER].numerator.part_of = (bms_number_ref){SYK, BMS_NUMERATOR};
    make(lia, LIA, T2);
    assert_true(lia->form.questions[SYK].numerator.parts_are_all);
    assert_false(lia->form.questions[SYK].denominator.parts_are_all);
    leave_out(lia, KLAGER);
    make(lia, LIA, T2);
    assert_false(lia->form.questions[SYK].numerator.parts_are_all);
}

static void a_unit_that_is_not_asked_gets_no_questions(void **state) {
    struct lia *lia = *state;
    make(lia, TOP, T2);
    assert_int_equal(lia->form.n_questions, 0);
    make(lia, CLOSED, T2);
    assert_int_equal(lia->form.n_questions, 0);
    make(lia, LIA, Y_2026);
    assert_int_equal(lia->form.n_questions, 0);
}

static void duty_and_limits_come_along(void **state) {
    struct lia *lia = *state;
    assert_true(lia->form.questions[SYK].required);
    assert_true(lia->form.questions[SYK].must_answer);
    assert_true(lia->form.questions[SYK].limits.known);
    assert_close(lia->form.questions[SYK].limits.red, 9.5);
    assert_false(lia->form.questions[FALL].limits.known);
    lia->duty[LIA] = BMS_OPTIONAL;
    make(lia, LIA, T2);
    assert_false(lia->form.questions[SYK].required);
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
    make(lia, LIA, T2);
    assert_int_equal(lia->form.n_actions, 2);
    assert_string_equal(lia->form.actions[0].linked_to, "SYK");
    assert_string_equal(lia->form.actions[1].linked_to, "BRU");
    assert_string_equal(lia->form.actions[1].text, "Kurs");
}

/** A history in which Lia has answered for the first tertial of 2026: 70 of 1000 days, and no count of falls.
 */
static bms_history *known_history(char folder[32], char path[64]) {
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
                               .n_actions = 2,
                               .inputs_sha256 = "abc"};
    bms_receipt receipt = {"a.xlsx", "def", 1, "LIA", "2026-T1", BMS_ACCEPTED, NULL, 0};
    int64_t id = 0;
    int revision = 0;
    strcpy(folder, "/tmp/bms-form-XXXXXX");
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, 64, "%s/bms.db", folder);
    assert_int_equal(bms_history_create(path, "nb", 0, NULL), BMS_OK);
    assert_int_equal(bms_history_open(&history, path, "nb", NULL, NULL, NULL), BMS_OK);
    assert_int_equal(bms_history_begin(history, "collect", 0, NULL), BMS_OK);
    assert_int_equal(bms_history_add_receipt(history, &receipt, &id, NULL), BMS_OK);
    assert_int_equal(bms_history_add_return(history, id, &said, "x", 1, &revision, NULL), BMS_OK);
    assert_int_equal(bms_history_commit(history, NULL), BMS_OK);
    return history;
}

static void what_is_known_from_before_stands_beside_the_question(void **state) {
    struct lia *lia = *state;
    char folder[32];
    char path[64];
    bms_history *history = known_history(folder, path);
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
    const bms_form_past past = {.history = history};
    bms_form form;
    assert_int_equal(
        bms_form_make(lia->arena, &lia->definition, &past, lia->key, LIA, T2, "nb", 0, &form, NULL), BMS_OK);
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
    (void)remove(path);
    (void)remove(folder);
}

/** One more unit's sick leave for the first tertial of 2026. */
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
    bms_receipt receipt = {unit, unit, 1, unit, "2026-T1", BMS_ACCEPTED, NULL, 0};
    int64_t id = 0;
    int revision = 0;
    assert_int_equal(bms_history_begin(history, "collect", 0, NULL), BMS_OK);
    assert_int_equal(bms_history_add_receipt(history, &receipt, &id, NULL), BMS_OK);
    assert_int_equal(bms_history_add_return(history, id, &said, "x", 1, &revision, NULL), BMS_OK);
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

/** The form of Lund for the second tertial. */
static bms_form form_of_lund(struct lia *lia, bms_history *history) {
    const bms_form_past past = {.history = history};
    bms_form form;
    assert_int_equal(
        bms_form_make(lia->arena, &lia->definition, &past, lia->key, LUND, T2, "nb", 0, &form, NULL), BMS_OK);
    return form;
}

static void before_a_merger_stands_what_both_had_together(void **state) {
    struct lia *lia = *state;
    int predecessors[] = {LIA, CLOSED};
    char folder[32];
    char path[64];
    bms_history *history = known_history(folder, path);
    ends(lia, LIA);
    ends(lia, CLOSED);
    begins(lia, LUND, predecessors, 2);
    bms_form form = form_of_lund(lia, history);
    assert_true(form.views[SYK].last.known); /* of one of them nothing came: the sum is missing */
    assert_int_equal(form.views[SYK].last.answer.state, BMS_MISSING);
    add_answer(history, lia->units[CLOSED].code, 20, 500);
    form = form_of_lund(lia, history);
    assert_close(form.views[SYK].last.result.value, 6); /* 90 of 1500 */
    assert_int_equal(form.views[SYK].last.whose, BMS_EARLIER_PREDECESSORS);
    assert_int_equal(form.views[SYK].last.n_units, 2);
    assert_false(form.views[KLAGER].last.known);
    assert_string_equal(form.past, "Tallene for 1. tertial 2026 er Lia sykehjem og Gamlehjemmet til sammen.");
    bms_history_close(history);
    (void)remove(path);
    (void)remove(folder);
}

static void after_a_split_the_common_past_is_said_to_be_common(void **state) {
    struct lia *lia = *state;
    int predecessors[] = {LIA};
    char folder[32];
    char path[64];
    bms_history *history = known_history(folder, path);
    ends(lia, LIA);
    begins(lia, CLOSED, predecessors, 1);
    begins(lia, LUND, predecessors, 1);
    bms_form form = form_of_lund(lia, history);
    assert_close(form.views[SYK].last.result.value, 7);
    assert_int_equal(form.views[SYK].last.whose, BMS_EARLIER_SHARED);
    assert_string_equal(form.past,
                        "Tallene for 1. tertial 2026 er fra før delingen og er felles med Gamlehjemmet.");
    bms_history_close(history);
    (void)remove(path);
    (void)remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        test(a_form_asks_for_each_indicator_once_in_the_scorecard_s_order),
        test(a_form_says_whom_it_is_for),
        test(questions_carry_their_dates),
        test(a_shared_number_points_at_where_it_is_typed),
        test(a_shared_number_is_asked_where_its_first_is_not_asked),
        test(two_that_share_an_absent_number_ask_for_it_once),
        test(the_same_number_of_another_period_is_another_number),
        test(parts_are_all_only_where_all_of_them_are_asked),
        test(a_unit_that_is_not_asked_gets_no_questions),
        test(duty_and_limits_come_along),
        test(planned_actions_of_the_unit_are_shown),
        test(what_is_known_from_before_stands_beside_the_question),
        test(before_a_merger_stands_what_both_had_together),
        test(after_a_split_the_common_past_is_said_to_be_common),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
