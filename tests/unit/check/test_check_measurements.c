/* Rules about a question's numbers together and about the return as a whole. All values are invented. */
#include "tests/unit/examples/lia.h"

static void choose(struct lia *lia, int indicator, const char *reason) {
    lia_write(&lia->rows[indicator].reason, reason);
}

static void clear(struct lia *lia, int indicator) {
    lia_write(lia_at(lia, indicator, BMS_NUMERATOR), NULL);
    lia_write(lia_at(lia, indicator, BMS_DENOMINATOR), NULL);
}

static void clear_all(struct lia *lia) {
    for (int i = 0; i < N_INDICATORS; i++)
        clear(lia, i);
}

static void a_part_above_its_whole_is_held_back_and_asked_if_swapped(void **state) {
    struct lia *lia = *state;
    lia_pair(lia, SYK, 1008, 84);
    lia_type(lia_at(lia, KORT, BMS_NUMERATOR), 20);
    const bms_finding *finding = lia_finds(lia, "part_above_whole", BMS_ERROR, "C6");
    assert_string_equal(finding->message,
                        "Sykefravær: 1\u00A0008 av 84 dagsverk (C6, E6). Delen kan ikke være "
                        "større enn helheten.");
    assert_string_equal(finding->fix,
                        "Er tallene byttet om? 84 av 1\u00A0008 gir 8,3 %. Rett og lever på nytt.");
    assert_int_equal(lia->checked.outcome, BMS_HELD);
}

static void a_part_above_a_shared_whole_is_not_asked_if_swapped(void **state) {
    struct lia *lia = *state;
    lia_type(lia_at(lia, SVAR, BMS_DENOMINATOR), 20); /* 23 answered */
    const bms_finding *finding = lia_finds(lia, "part_above_whole", BMS_ERROR, "E10");
    assert_string_equal(finding->fix, "Rett tallene og lever på nytt.");
}

static void a_part_equal_to_its_whole_is_fine(void **state) {
    struct lia *lia = *state;
    lia_type(lia_at(lia, SVAR, BMS_DENOMINATOR), 23);
    lia_finds_nothing(lia);
}

static void a_rate_and_a_deviation_may_exceed_one(void **state) {
    struct lia *lia = *state;
    lia_pair(lia, FALL, 2400, 12);
    lia_pair(lia, BUDSJ, 9000, 10);
    lia_finds_nothing(lia);
}

static void one_number_without_the_other_is_held_back(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, TILFR, BMS_NUMERATOR), NULL);
    const bms_finding *finding = lia_finds(lia, "one_of_two", BMS_ERROR, "C9");
    assert_string_equal(finding->message,
                        "Brukertilfredshet: Du har skrevet 23 i E9, men ingenting i C9. Der er "
                        "spørsmålet: Hva ble gjennomsnittet (1–6)?");
    assert_string_equal(finding->fix, "Fyll ut begge, eller velg «Kommer senere».");
}

static void a_shared_number_left_blank_is_reported_once(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, SYK, BMS_DENOMINATOR), NULL);
    lia_finds(lia, "one_of_two", BMS_ERROR, "E6");
}

static void a_question_whose_own_numbers_are_blank_is_only_missing(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, SVAR, BMS_DENOMINATOR), NULL); /* the shared 23 alone is no answer here */
    lia_finds(lia, "required_missing", BMS_WARNING, "E10");
    assert_int_equal(lia_entry(lia, SVAR)->answer.state, BMS_MISSING);
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
}

static void a_dash_beside_a_number_is_held_back(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, FALL, BMS_NUMERATOR), "–");
    const bms_finding *finding = lia_finds(lia, "one_of_two", BMS_ERROR, "C11");
    assert_non_null(strstr(finding->message, "«–»"));
}

static void a_dash_alone_asks_for_the_reason(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, KLAGER, BMS_NUMERATOR), "ingen");
    const bms_finding *finding = lia_finds(lia, "no_reason", BMS_WARNING, "C12");
    assert_string_equal(finding->fix, "Er svaret null, skriv 0. Ellers velg hvorfor under «Ikke klart?».");
    assert_int_equal(lia_entry(lia, KLAGER)->answer.state, BMS_MISSING);
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
}

static void a_dash_with_a_reason_is_fine(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, KLAGER, BMS_NUMERATOR), "-");
    choose(lia, KLAGER, "Kommer senere");
    lia_finds_nothing(lia);
    assert_int_equal(lia_entry(lia, KLAGER)->answer.state, BMS_MISSING);
    assert_int_equal(lia_entry(lia, KLAGER)->reason, BMS_COMES_LATER);
}

static void nobody_to_measure_is_an_empty_base(void **state) {
    struct lia *lia = *state;
    lia_pair(lia, FALL, 0, 0);
    lia_finds_nothing(lia);
    assert_int_equal(lia_entry(lia, FALL)->answer.state, BMS_EMPTY_BASE);
    choose(lia, FALL, "Ingen å måle (0 av 0)");
    lia_finds_nothing(lia);
    clear(lia, FALL);
    lia_finds_nothing(lia);
    assert_int_equal(lia_entry(lia, FALL)->answer.state, BMS_EMPTY_BASE);
    assert_int_equal(lia_entry(lia, FALL)->reason, BMS_NOBODY);
}

static void a_mean_of_nobody_left_blank_is_an_empty_base(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, TILFR, BMS_NUMERATOR), NULL);
    lia_type(lia_at(lia, TILFR, BMS_DENOMINATOR), 0);
    lia_finds_nothing(lia);
    assert_int_equal(lia_entry(lia, TILFR)->answer.state, BMS_EMPTY_BASE);
    assert_false(lia_entry(lia, TILFR)->answer.numerator.known);
    assert_int_equal(lia_entry(lia, SVAR)->answer.state, BMS_REPORTED); /* 0 of 40 answered */
}

static void a_mean_of_nobody_with_a_value_is_held_back(void **state) {
    struct lia *lia = *state;
    lia_type(lia_at(lia, TILFR, BMS_DENOMINATOR), 0);
    lia_finds(lia, "mean_of_nobody", BMS_ERROR, "C9");
}

static void something_of_nothing_is_held_back(void **state) {
    struct lia *lia = *state;
    lia_pair(lia, FALL, 3, 0);
    const bms_finding *finding = lia_finds(lia, "part_of_nothing", BMS_ERROR, "C11");
    assert_string_equal(finding->message,
                        "Fall: Du har skrevet 3 (C11) av 0 (E11). Når tall 2 er 0, må tall 1 også være 0.");
}

static void a_part_above_another_questions_number_is_held_back(void **state) {
    struct lia *lia = *state;
    lia_type(lia_at(lia, KORT, BMS_NUMERATOR), 90);
    const bms_finding *finding = lia_finds(lia, "part_above_total", BMS_ERROR, "C7");
    assert_string_equal(finding->message,
                        "Korttidsfravær: 90 (C7) er mer enn 84 i Sykefravær (C6), som det er en del av.");
}

static void not_relevant_where_everyone_must_answer_is_held_back(void **state) {
    struct lia *lia = *state;
    clear(lia, SYK);
    clear(lia, KORT);
    choose(lia, SYK, "Ikke aktuelt");
    choose(lia, KORT, "Ikke aktuelt");
    const bms_finding *finding = lia_finds(lia, "must_be_answered", BMS_ERROR, "I6");
    assert_string_equal(finding->message, "Sykefravær er satt til «Ikke aktuelt», men alle skal svare.");
}

static void the_reason_decides_the_state(void **state) {
    struct lia *lia = *state;
    static const struct {
        const char *reason;
        enum bms_state state;
        enum bms_reason code;
    } cases[] = {{"Ikke aktuelt", BMS_NOT_APPLICABLE, BMS_NOT_RELEVANT},
                 {"Kommer senere", BMS_MISSING, BMS_COMES_LATER},
                 {"Ikke gjennomført", BMS_MISSING, BMS_NOT_CARRIED_OUT},
                 {"not relevant", BMS_NOT_APPLICABLE, BMS_NOT_RELEVANT}};
    clear(lia, FALL);
    for (size_t i = 0; i < COUNT(cases); i++) {
        choose(lia, FALL, cases[i].reason);
        if (cases[i].code == BMS_NOT_CARRIED_OUT)
            lia_write(&lia->rows[FALL].comment, "Systemet var nede.");
        lia_finds_nothing(lia);
        assert_int_equal(lia_entry(lia, FALL)->answer.state, cases[i].state);
        assert_int_equal(lia_entry(lia, FALL)->reason, cases[i].code);
    }
}

static void not_carried_out_must_say_why(void **state) {
    struct lia *lia = *state;
    clear(lia, FALL);
    choose(lia, FALL, "Ikke gjennomført");
    const bms_finding *finding = lia_finds(lia, "not_explained", BMS_WARNING, "J11");
    assert_string_equal(finding->message,
                        "Fall er satt til «Ikke gjennomført», uten en kommentar som sier hvorfor.");
    lia_write(&lia->rows[FALL].comment, "Systemet var nede.");
    lia_finds_nothing(lia);
}

static void accounts_against_a_budget_of_zero_are_asked_about(void **state) {
    struct lia *lia = *state;
    lia_pair(lia, BUDSJ, 214, 0);
    const bms_finding *finding = lia_finds(lia, "budget_of_zero", BMS_WARNING, "C8");
    assert_string_equal(finding->message, "Budsjettavvik: 214 (C8) mot et budsjett på 0 (E8). Det gir ingen "
                                          "prosent, og ingen farge.");
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
    lia_pair(lia, BUDSJ, 0, 0);
    lia_finds_nothing(lia);
}

static void numbers_count_before_a_reason(void **state) {
    struct lia *lia = *state;
    choose(lia, FALL, "Ikke aktuelt");
    lia_finds(lia, "value_and_reason", BMS_WARNING, "I11");
    assert_int_equal(lia_entry(lia, FALL)->answer.state, BMS_REPORTED);
    assert_int_equal(lia_entry(lia, FALL)->reason, BMS_NO_REASON);
}

static void what_is_typed_over_a_fetched_number_is_not_used_and_said(void **state) {
    struct lia *lia = *state;
    bms_raw_cell *fetched = lia_at(lia, KORT, BMS_DENOMINATOR);
    lia_type(fetched, 1008);
    lia_finds_nothing(lia);
    lia_type(fetched, 1008.5);
    const bms_finding *finding = lia_finds(lia, "typed_over", BMS_WARNING, fetched->address);
    assert_non_null(strstr(finding->message, "er ikke brukt"));
    assert_true(lia_entry(lia, KORT)->answer.denominator.value == 1008);
    fetched->formula = true; /* a result of before */
    lia_finds_nothing(lia);
    fetched->formula = false;
    lia_write(fetched, "1 008");
    lia_finds_nothing(lia);
    lia_write(fetched, "se over");
    lia_finds(lia, "typed_over", BMS_WARNING, fetched->address);
    lia_write(fetched, "–");
    lia_finds_nothing(lia);
}

static void half_an_answer_with_a_reason_is_not_used(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, FALL, BMS_NUMERATOR), NULL);
    choose(lia, FALL, "Kommer senere");
    const bms_finding *finding = lia_finds(lia, "value_and_reason", BMS_WARNING, "I11");
    assert_non_null(strstr(finding->message, "ikke brukt"));
    assert_int_equal(lia_entry(lia, FALL)->answer.state, BMS_MISSING);
    assert_false(lia_entry(lia, FALL)->answer.denominator.known);
}

static void a_reason_outside_the_list_is_pointed_out(void **state) {
    struct lia *lia = *state;
    clear(lia, FALL);
    choose(lia, FALL, "Systemet er nede");
    lia_finds(lia, "unknown_reason", BMS_WARNING, "I11");
    assert_int_equal(lia_entry(lia, FALL)->answer.state, BMS_MISSING);
}

static void what_is_missing_is_listed_in_one_warning(void **state) {
    struct lia *lia = *state;
    clear(lia, FALL);
    clear(lia, KLAGER);
    clear(lia, VERN);
    const bms_finding *finding = lia_finds(lia, "required_missing", BMS_WARNING, "C11");
    assert_string_equal(finding->message, "Ikke besvart: Fall (C11), Klager (C12), Vernerunde (C13).");
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
}

static void an_optional_question_is_not_missing(void **state) {
    struct lia *lia = *state;
    lia->duty[LIA] = BMS_OPTIONAL;
    lia_form(lia, LIA, T2, "nb");
    lia_answers(lia);
    clear(lia, FALL);
    lia_finds_nothing(lia);
    assert_int_equal(lia_entry(lia, FALL)->answer.state, BMS_MISSING);
}

static void a_signed_form_with_nothing_in_it_is_one_finding(void **state) {
    struct lia *lia = *state;
    clear_all(lia);
    const bms_finding *finding = lia_finds(lia, "empty_form", BMS_ERROR, "C16");
    assert_string_equal(finding->message,
                        "Skjemaet er underskrevet av Kari Eksempel, men ingenting er fylt ut.");
    assert_int_equal(lia->checked.outcome, BMS_HELD);
}

static void an_untouched_form_is_unfinished(void **state) {
    struct lia *lia = *state;
    clear_all(lia);
    lia_write(&lia->raw.signed_by, NULL);
    lia_finds(lia, "unfinished", BMS_INFO, "C16");
    assert_int_equal(lia->checked.outcome, BMS_UNFINISHED);
    assert_false(lia->checked.finished);
}

static void a_dash_is_no_signature(void **state) {
    struct lia *lia = *state;
    lia_write(&lia->raw.signed_by, " – ");
    lia_finds(lia, "unfinished", BMS_INFO, "C16");
}

static void errors_in_an_unsigned_form_are_warnings(void **state) {
    struct lia *lia = *state;
    lia_write(&lia->raw.signed_by, NULL);
    lia_write(lia_at(lia, TILFR, BMS_NUMERATOR), NULL);
    lia_check(lia);
    assert_int_equal(lia->findings.n, 2);
    assert_string_equal(lia->findings.items[0].rule, "one_of_two");
    assert_int_equal(lia->findings.items[0].severity, BMS_WARNING);
    assert_string_equal(lia->findings.items[1].rule, "unfinished");
    assert_int_equal(lia->checked.outcome, BMS_UNFINISHED);
}

static void comments_and_actions_are_read(void **state) {
    struct lia *lia = *state;
    bms_raw_action action = {.text = lia_cell('C', 4)};
    lia_write(&action.text, "Vikarpool");
    lia_write(&action.linked_to, "SYK");
    action.due.kind = BMS_RAW_DATE;
    action.due.day = bms_day_of(2026, 12, 1);
    lia->raw.actions = &action;
    lia->raw.n_actions = 1;
    lia_write(&lia->rows[SYK].comment, "=1+1 sa hun");
    lia_finds_nothing(lia);
    assert_string_equal(lia_entry(lia, SYK)->comment, "=1+1 sa hun");
    assert_int_equal(lia->checked.n_actions, 1);
    assert_string_equal(lia->checked.actions[0].text, "Vikarpool");
    assert_string_equal(lia->checked.actions[0].due, "2026-12-01");
    assert_string_equal(lia->checked.actions[0].number, "");
    assert_string_equal(lia->checked.actions[0].cell, "C4");
    action.due = lia_cell('E', 4);
    lia_write(&action.due, "1. mars 2027");
    lia_finds_nothing(lia);
    assert_string_equal(lia->checked.actions[0].due, "2027-03-01");
    lia_type(&action.due, 46402);
    action.due.day = bms_day_of(2027, 1, 15); /* what the number is as a date */
    lia_finds_nothing(lia);
    assert_string_equal(lia->checked.actions[0].due, "2027-01-15");
    lia_write(&action.due, "før jul");
    lia->raw.action_sheet = "Tiltak";
    const bms_finding *finding = lia_finds(lia, "not_a_date", BMS_WARNING, "E4");
    assert_string_equal(finding->message,
                        "Fristen for disse tiltakene kan ikke leses som en dato: «før jul» i E4.");
    assert_string_equal(finding->sheet, "Tiltak");
    assert_string_equal(lia->checked.actions[0].due, "før jul");
}

static void the_same_inputs_give_the_same_hash(void **state) {
    struct lia *lia = *state;
    lia_finds_nothing(lia);
    char before[65];
    memcpy(before, lia->checked.inputs_sha256, sizeof before);
    assert_int_equal(strlen(before), 64);
    lia->raw.sheet = "Ark1";
    lia_at(lia, SYK, BMS_NUMERATOR)->formula = true;
    lia_write(lia_at(lia, KORT, BMS_DENOMINATOR), "1008"); /* a locked cell is no input */
    lia_finds_nothing(lia);
    assert_string_equal(before, lia->checked.inputs_sha256);
}

static void change(struct lia *lia, int what) {
    switch (what) {
    case 0:
        lia_type(lia_at(lia, SYK, BMS_NUMERATOR), 85);
        break;
    case 1:
        lia_write(&lia->rows[SYK].comment, "Influensa");
        break;
    case 2:
        lia_write(&lia->raw.signed_by, "Ola Eksempel");
        break;
    case 3:
        lia->raw.signed_on.number = 46000;
        break;
    default:
        clear(lia, VERN);
        choose(lia, VERN, "Kommer senere");
    }
}

static void every_input_changes_the_hash(void **state) {
    struct lia *lia = *state;
    lia_finds_nothing(lia);
    char before[65];
    memcpy(before, lia->checked.inputs_sha256, sizeof before);
    for (int i = 0; i < 5; i++) {
        lia_answers(lia);
        change(lia, i);
        lia_finds_nothing(lia);
        assert_string_not_equal(before, lia->checked.inputs_sha256);
    }
}

/** A return with many faults: each has one finding, and nothing else has. */
static void one_cause_is_one_finding(void **state) {
    struct lia *lia = *state;
    static const char *const expected[] = {"error_value", "not_a_number", "part_above_whole", "one_of_two",
                                           "required_missing"};
    lia_at(lia, SYK, BMS_DENOMINATOR)->kind = BMS_RAW_ERROR; /* spoils KORT too */
    lia_at(lia, SYK, BMS_DENOMINATOR)->text = "#REF!";
    lia_write(lia_at(lia, BUDSJ, BMS_NUMERATOR), "5 mill");
    lia_write(lia_at(lia, BUDSJ, BMS_DENOMINATOR), NULL); /* not 'one of two' as well */
    lia_type(lia_at(lia, SVAR, BMS_DENOMINATOR), 10);     /* 23 of 10 */
    lia_write(lia_at(lia, FALL, BMS_DENOMINATOR), NULL);
    clear(lia, KLAGER);
    lia_check(lia);
    assert_int_equal(lia->findings.n, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_string_equal(lia->findings.items[i].rule, expected[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lia_test(a_part_above_its_whole_is_held_back_and_asked_if_swapped),
        lia_test(a_part_above_a_shared_whole_is_not_asked_if_swapped),
        lia_test(a_part_equal_to_its_whole_is_fine),
        lia_test(a_rate_and_a_deviation_may_exceed_one),
        lia_test(one_number_without_the_other_is_held_back),
        lia_test(a_shared_number_left_blank_is_reported_once),
        lia_test(a_question_whose_own_numbers_are_blank_is_only_missing),
        lia_test(a_dash_beside_a_number_is_held_back),
        lia_test(a_dash_alone_asks_for_the_reason),
        lia_test(a_dash_with_a_reason_is_fine),
        lia_test(nobody_to_measure_is_an_empty_base),
        lia_test(a_mean_of_nobody_left_blank_is_an_empty_base),
        lia_test(a_mean_of_nobody_with_a_value_is_held_back),
        lia_test(something_of_nothing_is_held_back),
        lia_test(a_part_above_another_questions_number_is_held_back),
        lia_test(not_relevant_where_everyone_must_answer_is_held_back),
        lia_test(the_reason_decides_the_state),
        lia_test(not_carried_out_must_say_why),
        lia_test(accounts_against_a_budget_of_zero_are_asked_about),
        lia_test(numbers_count_before_a_reason),
        lia_test(what_is_typed_over_a_fetched_number_is_not_used_and_said),
        lia_test(half_an_answer_with_a_reason_is_not_used),
        lia_test(a_reason_outside_the_list_is_pointed_out),
        lia_test(what_is_missing_is_listed_in_one_warning),
        lia_test(an_optional_question_is_not_missing),
        lia_test(a_signed_form_with_nothing_in_it_is_one_finding),
        lia_test(an_untouched_form_is_unfinished),
        lia_test(a_dash_is_no_signature),
        lia_test(errors_in_an_unsigned_form_are_warnings),
        lia_test(comments_and_actions_are_read),
        lia_test(the_same_inputs_give_the_same_hash),
        lia_test(every_input_changes_the_hash),
        lia_test(one_cause_is_one_finding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
