/* Rules between questions of one return, and about shown results. All values are invented. */
#include "tests/unit/examples/lia.h"

#include "core/check/checking.h"

/** Make Lia's form again after a change of the definition. */
static void remake_form(struct lia *lia) {
    lia_form(lia, LIA, T2, "nb");
    lia_answers(lia);
}

static void the_same_question_with_two_answers_is_asked_about_and_accepted(void **state) {
    struct lia *lia = *state;
    lia->indicators[FALL].denominator.question = "Hvor mange fikk undersøkelsen?";
    lia->indicators[FALL].denominator.unit_of_measure = "brukere";
    remake_form(lia);
    lia_pair(lia, FALL, 12, 41);
    const bms_finding *finding = lia_finds(lia, "common_base", BMS_WARNING, "E11");
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
    assert_string_equal(finding->message, "Fall: I E11 står 41, men i E10, ved Svarprosent, står 40. "
                                          "Spørsmålet er det samme: Hvor mange fikk undersøkelsen?");
    lia_pair(lia, FALL, 12, 40);
    lia_finds_nothing(lia);
}

static void a_form_signed_by_the_leader_of_another_unit_says_so(void **state) {
    struct lia *lia = *state;
    lia->units[LIA].leader = "Kari Eksempel";
    lia->units[LUND].leader = "Ola Prøve";
    lia_finds_nothing(lia);
    lia_write(&lia->raw.signed_by, "ola  prøve");
    const bms_finding *finding = lia_finds(lia, "signed_by_other", BMS_WARNING, "C16");
    assert_string_equal(finding->message, "Skjemaet er signert av ola  prøve, som leder Lund sykehjem.");
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
}

static void those_who_lead_the_unit_or_above_it_and_deputies_may_sign(void **state) {
    struct lia *lia = *state;
    lia_write(&lia->raw.signed_by, "Ola Prøve");
    lia->units[LUND].leader = lia->units[LIA].leader = "Ola Prøve";
    lia_finds_nothing(lia);
    lia->units[LIA].leader = "Kari Eksempel";
    lia->units[LIA].deputy = "Ola Prøve";
    lia_finds_nothing(lia);
    lia->units[LIA].deputy = "";
    lia->units[TOP].leader = "Ola Prøve";
    lia_finds_nothing(lia);
    lia->units[TOP].leader = "";
    lia->units[LUND].to = bms_day_of(2025, 12, 31); /* he leads it no more */
    lia_finds_nothing(lia);
}

static void what_is_signed_before_the_period_is_over_is_preliminary(void **state) {
    struct lia *lia = *state;
    lia->raw.signed_on.day = bms_day_of(2026, 8, 31); /* its last day */
    lia_finds_nothing(lia);
    lia->raw.signed_on.day = bms_day_of(2026, 8, 30);
    const bms_finding *finding = lia_finds(lia, "signed_early", BMS_INFO, "E16");
    assert_string_equal(finding->message,
                        "Signert 30.08.2026, før perioden var over (31.08.2026): tallene er foreløpige.");
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
}

static void parts_may_not_add_up_to_more_than_the_whole(void **state) {
    struct lia *lia = *state;
    lia->indicators[KLAGER].numerator.part_of = (bms_number_ref){SYK, BMS_NUMERATOR};
    remake_form(lia);
    lia_type(lia_at(lia, KORT, BMS_NUMERATOR), 50);
    lia_type(lia_at(lia, KLAGER, BMS_NUMERATOR), 40);
    const bms_finding *finding = lia_finds(lia, "parts_above_total", BMS_ERROR, "C6");
    assert_string_equal(
        finding->message,
        "Sykefravær: Delene (C7, C12) blir til sammen 90. Det er mer enn alt i alt, 84 (C6).");
    lia_type(lia_at(lia, KLAGER, BMS_NUMERATOR), 34);
    lia_finds_nothing(lia);
}

/** The absence is divided into short absence, and complaints in place of the rest. */
static void divide_completely(struct lia *lia, bool whole) {
    lia->indicators[SYK].numerator.parts_are_all = true;
    lia->indicators[KLAGER].numerator.part_of = (bms_number_ref){SYK, BMS_NUMERATOR};
    lia->indicators[SYK].numerator.whole = lia->indicators[KORT].numerator.whole = whole;
    lia->indicators[KLAGER].numerator.whole = whole;
    remake_form(lia);
}

static void type_parts(struct lia *lia, double part, double rest, double whole) {
    lia_type(lia_at(lia, KORT, BMS_NUMERATOR), part);
    lia_type(lia_at(lia, KLAGER, BMS_NUMERATOR), rest);
    lia_type(lia_at(lia, SYK, BMS_NUMERATOR), whole);
}

static void parts_declared_to_be_all_must_add_up_to_the_whole(void **state) {
    struct lia *lia = *state;
    divide_completely(lia, true);
    type_parts(lia, 50, 34, 84);
    lia_finds_nothing(lia);
    type_parts(lia, 50, 33, 84);
    const bms_finding *finding = lia_finds(lia, "parts_below_total", BMS_ERROR, "C6");
    assert_string_equal(finding->message,
                        "Sykefravær: Delene (C7, C12) blir til sammen 83, men skal bli 84 (C6).");
    type_parts(lia, 50, 35, 84);
    (void)lia_finds(lia, "parts_above_total", BMS_ERROR, "C6");
}

static void amounts_may_be_rounded_one_by_one(void **state) {
    struct lia *lia = *state;
    divide_completely(lia, false);
    type_parts(lia, 50.3, 33.8, 84.2); /* 50.34 and 33.84 of 84.18 */
    lia_finds_nothing(lia);
    type_parts(lia, 50.4, 33.9, 84.2); /* 50.36 and 33.86 of 84.22 */
    lia_finds_nothing(lia);
    type_parts(lia, 50.3, 33.7, 84.2);
    (void)lia_finds(lia, "parts_below_total", BMS_ERROR, "C6");
    type_parts(lia, 50.5, 33.9, 84.2);
    (void)lia_finds(lia, "parts_above_total", BMS_ERROR, "C6");
    type_parts(lia, 50.3, 33.6, 84);
    lia_finds_nothing(lia);
    type_parts(lia, 50, 33, 84); /* none has a decimal: none is rounded */
    (void)lia_finds(lia, "parts_below_total", BMS_ERROR, "C6");
}

static void parts_are_not_added_up_before_all_are_there(void **state) {
    struct lia *lia = *state;
    divide_completely(lia, true);
    type_parts(lia, 50, 0, 84);
    lia_write(lia_at(lia, KLAGER, BMS_NUMERATOR), NULL);
    lia_write(&lia->rows[KLAGER].reason, "Kommer senere");
    lia_finds_nothing(lia);
    lia_write(&lia->rows[KLAGER].reason, NULL);
    lia_write(lia_at(lia, KLAGER, BMS_NUMERATOR), "30 ca");
    (void)lia_finds(lia, "not_a_number", BMS_ERROR, "C12");
}

/** Give Lia five earlier periods whose parts add up to the whole, in the last one but for `missing`. */
static void remember_parts(struct lia *lia, bms_calendar_period *calendar, double missing) {
    static const int indicators[] = {SYK, KORT, KLAGER};
    static const double values[] = {84, 50, 34};
    for (int p = 0; p < 6; p++) {
        char code[16];
        calendar[p] = lia->calendar[T2];
        (void)snprintf(code, sizeof code, "%d-T%d", 2024 + (p + 2) / 3, (p + 2) % 3 + 1);
        assert_true(bms_period_parse(code, &calendar[p].period));
    }
    lia->definition.calendar = calendar;
    lia->definition.n_calendar = 6;
    for (size_t i = 0; i < COUNT(lia->points); i++)
        lia->points[i].period = lia->points[i].form = i < 2 * N_INDICATORS ? (int)i / N_INDICATORS : 5;
    bms_before *before = lia_remembers(lia);
    for (int p = 0; p < 5; p++) {
        for (size_t i = 0; i < COUNT(indicators); i++) {
            double value = values[i] - (i == 2 && p == 4 ? missing : 0);
            const bms_values answer = {BMS_REPORTED, {true, value}, {indicators[i] != KLAGER, 1008}};
            assert_true(bms_before_add(before, LIA, indicators[i], p, &answer));
        }
    }
    assert_true(bms_before_finish(before));
}

static void parts_that_always_added_up_must_do_so_again(void **state) {
    struct lia *lia = *state;
    bms_calendar_period calendar[6];
    lia->indicators[KLAGER].numerator.part_of = (bms_number_ref){SYK, BMS_NUMERATOR};
    remake_form(lia);
    remember_parts(lia, calendar, 0);
    lia_type(lia_at(lia, KORT, BMS_NUMERATOR), 50);
    lia_type(lia_at(lia, KLAGER, BMS_NUMERATOR), 33);
    lia_finds(lia, "parts_below_total", BMS_ERROR, "C6");
    lia_type(lia_at(lia, KLAGER, BMS_NUMERATOR), 34);
    lia_finds_nothing(lia);
    remember_parts(lia, calendar, 1); /* they once did not add up: they need not */
    lia_type(lia_at(lia, KLAGER, BMS_NUMERATOR), 33);
    lia_finds_nothing(lia);
}

static void every_rule_speaks_bokmal_and_nynorsk(void **state) {
    (void)state;
    size_t n;
    const bms_rule *rules = bms_check_rules(&n);
    for (size_t i = 0; i < n; i++) {
        const char *const texts[] = {rules[i].message, rules[i].fix};
        for (size_t t = 0; t < COUNT(texts); t++) {
            if (!texts[t] || !strchr(texts[t], ' '))
                continue; /* nothing but what fills it */
            if (strcmp(bms_tr("nb", texts[t]), texts[t]) == 0 ||
                strcmp(bms_tr("nn", texts[t]), texts[t]) == 0)
                fail_msg("%s is not translated: %s", rules[i].id, texts[t]);
        }
    }
}

static void reminders_may_quote_what_holds_a_return_back(void **state) {
    (void)state;
    size_t n;
    const bms_rule *rules = bms_check_rules(&n);
    for (size_t i = 0; i < n; i++) {
        if (rules[i].severity >= BMS_ERROR && rules[i].message_to_unit)
            fail_msg("%s is quoted as the coordinator is told it", rules[i].id);
    }
}

static void red_asks_for_an_action_or_a_comment(void **state) {
    struct lia *lia = *state;
    lia->indicators[SYK].when_red = BMS_RED_IS_WARNED;
    remake_form(lia);
    lia_finds_nothing(lia);
    lia_type(lia_at(lia, SYK, BMS_NUMERATOR), 104.832);
    const bms_finding *finding = lia_finds(lia, "red_without_action", BMS_WARNING, "J6");
    assert_string_equal(finding->message, "Sykefravær er 10,4 %, forbi rød grense 9,5 %, uten tiltak "
                                          "eller kommentar.");
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
    bms_raw_action action = {.linked_to = {.kind = BMS_RAW_TEXT, .text = "SYK"},
                             .text = {.kind = BMS_RAW_TEXT, .text = "Samtaler"}};
    lia->raw.actions = &action;
    lia->raw.n_actions = 1;
    static const char *const links[] = {"SYK", "syk", "Sykefravær", "Sykefravær (SYK)", "Sjukefråvær (syk) "};
    for (size_t i = 0; i < COUNT(links); i++) {
        action.linked_to.text = links[i];
        lia_finds_nothing(lia);
        assert_string_equal(lia->checked.actions[0].linked_to, "SYK");
    }
    static const char *const others[] = {"Medarbeidere", "SYK 2", "(SYK) og mer", "Fall (FALL)"};
    for (size_t i = 0; i < COUNT(others); i++) {
        action.linked_to.text = others[i];
        lia_finds(lia, "red_without_action", BMS_WARNING, "J6");
    }
    lia->raw.n_actions = 0;
    lia_write(&lia->rows[SYK].comment, "Influensa");
    lia_finds_nothing(lia);
}

static void red_holds_the_return_where_the_setup_says_must(void **state) {
    struct lia *lia = *state;
    lia->indicators[SYK].when_red = BMS_RED_IS_HELD;
    remake_form(lia);
    lia_type(lia_at(lia, SYK, BMS_NUMERATOR), 104.832);
    const bms_finding *finding = lia_finds(lia, "red_without_action", BMS_ERROR, "J6");
    assert_string_equal(finding->message, "Sykefravær er 10,4 %, forbi rød grense 9,5 %, uten tiltak "
                                          "eller kommentar. Ett av dem må være med.");
    assert_int_equal(lia->checked.outcome, BMS_HELD);
    lia_write(&lia->rows[SYK].comment, "Influensa");
    lia_finds_nothing(lia);
}

static void red_gives_no_finding_where_the_setup_does_not_ask(void **state) {
    struct lia *lia = *state;
    lia_type(lia_at(lia, SYK, BMS_NUMERATOR), 104.832);
    lia_finds_nothing(lia);
}

static void shown_results_that_differ_are_reported_once(void **state) {
    struct lia *lia = *state;
    lia_type(&lia->rows[SYK].result, 100.0 * 84 / 1008);
    lia->rows[SYK].result.formula = true;
    lia->rows[FALL].result.kind =
        BMS_RAW_NO_RESULT; /* not worked out by the program that saved it: no finding */
    lia_finds_nothing(lia);
    lia_type(&lia->rows[SYK].result, 7);
    lia_type(&lia->rows[BUDSJ].result, 0);
    const bms_finding *finding = lia_finds(lia, "result_differs", BMS_WARNING, "F6");
    assert_non_null(strstr(finding->message, "Sykefravær (F6: 7), Budsjettavvik (F8: 0)"));
    assert_close(lia_entry(lia, SYK)->answer.numerator.value, 84);
}

static void a_result_typed_as_it_is_displayed_is_the_same(void **state) {
    struct lia *lia = *state;
    lia_pair(lia, SYK, 84, 1009); /* 8,325… */
    lia_type(&lia->rows[SYK].result, 8.3);
    lia_finds_nothing(lia);
    lia_type(&lia->rows[SYK].result, 8.325); /* with more decimals, as near a limit */
    lia_finds_nothing(lia);
    lia_type(&lia->rows[SYK].result, 8.4);
    (void)lia_finds(lia, "result_differs", BMS_WARNING, "F6");
    lia_type(&lia->rows[SYK].result, 8);
    (void)lia_finds(lia, "result_differs", BMS_WARNING, "F6");
}

static void sorted_rows_are_read_and_reported(void **state) {
    struct lia *lia = *state;
    bms_raw_row moved = lia->rows[SYK];
    lia->rows[SYK] = lia->rows[FALL];
    lia->rows[FALL] = moved;
    (void)lia_finds(lia, "rows_moved", BMS_WARNING, "K7");
    assert_close(lia_entry(lia, SYK)->answer.denominator.value, 1008);
}

static void inserted_rows_and_columns_are_reported(void **state) {
    struct lia *lia = *state;
    lia->raw.rows_inserted = true;
    (void)lia_finds(lia, "rows_moved", BMS_WARNING, NULL);
    lia->raw.rows_inserted = false;
    lia->raw.columns_moved = true;
    (void)lia_finds(lia, "columns_moved", BMS_WARNING, NULL);
}

/** A return in which nearly everything is wrong: each fault is reported once. */
static void a_badly_broken_return_gets_a_handful_of_messages(void **state) {
    struct lia *lia = *state;
    static const char *const expected[][2] = {
        {"rows_moved", "K13"},      /* sorted */
        {"part_above_whole", "C6"}, /* swapped; the short absence, on the same base, is not reported too */
        {"not_a_number", "C8"},     /* "5214 ca" */
        {"date_for_number", "C9"},  /* 4.6 became a date; the response rate is not affected */
        {"error_value", "E11"},     /* #DIV/0! */
        {"no_reason", "C12"},       /* "ingen" */
    };
    lia_pair(lia, SYK, 1008, 84);
    lia_write(lia_at(lia, BUDSJ, BMS_NUMERATOR), "5214 ca");
    lia_at(lia, TILFR, BMS_NUMERATOR)->kind = BMS_RAW_DATE;
    lia_at(lia, TILFR, BMS_NUMERATOR)->day = bms_day_of(2026, 6, 4);
    lia_write(lia_at(lia, FALL, BMS_DENOMINATOR), "#DIV/0!");
    lia_at(lia, FALL, BMS_DENOMINATOR)->kind = BMS_RAW_ERROR;
    lia_write(lia_at(lia, KLAGER, BMS_NUMERATOR), "ingen");
    bms_raw_row last = lia->rows[VERN];
    memmove(&lia->rows[1], &lia->rows[0], VERN * sizeof *lia->rows);
    lia->rows[0] = last;
    lia_check(lia);
    if (lia->findings.n != COUNT(expected))
        lia_print(lia);
    assert_int_equal(lia->findings.n, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_string_equal(lia->findings.items[i].rule, expected[i][0]);
        assert_string_equal(lia->findings.items[i].cell, expected[i][1]);
    }
    assert_int_equal(lia->checked.outcome, BMS_HELD);
}

static void similar_codes_are_distinguished_by_the_title(void **state) {
    struct lia *lia = *state;
    lia->units[LIA].name = "Frogner sykehjem 1. etg";
    lia->units[LUND].name = "Frogner sykehjem 2. etg";
    lia->units[LIA].code = "F1";
    lia->units[LUND].code = "F2";
    lia->raw.hidden.unit = lia->raw.visible.unit = "FX";
    lia->raw.hidden.title = lia->raw.visible.title = "Frogner sykehjem 2. etg – 2. tertial 2026";
    const bms_finding *finding = lia_finds(lia, "unknown_unit", BMS_FATAL, "A20");
    assert_string_equal(finding->message,
                        "Det finnes ingen enhet med koden FX. Frogner sykehjem 2. etg har koden F2.");
}

static void an_older_form_without_a_new_question_is_mapped(void **state) {
    struct lia *lia = *state;
    lia->definition.version = 4;
    lia_finds_nothing(lia); /* nothing this form asks has changed */
    lia->raw.n_questions = lia->form.n_questions - 1;
    assert_int_equal(bms_seal(lia->key, &lia->raw.hidden, lia->raw.questions, lia->raw.n_questions,
                              (char *)(uintptr_t)lia->raw.hidden.seal),
                     BMS_OK);
    lia->raw.n_rows--;
    const bms_finding *finding = lia_finds(lia, "older_form", BMS_WARNING, NULL);
    assert_non_null(strstr(finding->message, "Vernerunde"));
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lia_test(the_same_question_with_two_answers_is_asked_about_and_accepted),
        lia_test(what_is_signed_before_the_period_is_over_is_preliminary),
        lia_test(parts_may_not_add_up_to_more_than_the_whole),
        lia_test(parts_that_always_added_up_must_do_so_again),
        lia_test(a_form_signed_by_the_leader_of_another_unit_says_so),
        lia_test(those_who_lead_the_unit_or_above_it_and_deputies_may_sign),
        cmocka_unit_test(every_rule_speaks_bokmal_and_nynorsk),
        cmocka_unit_test(reminders_may_quote_what_holds_a_return_back),
        lia_test(red_asks_for_an_action_or_a_comment),
        lia_test(red_holds_the_return_where_the_setup_says_must),
        lia_test(red_gives_no_finding_where_the_setup_does_not_ask),
        lia_test(parts_declared_to_be_all_must_add_up_to_the_whole),
        lia_test(amounts_may_be_rounded_one_by_one),
        lia_test(parts_are_not_added_up_before_all_are_there),
        lia_test(shown_results_that_differ_are_reported_once),
        lia_test(a_result_typed_as_it_is_displayed_is_the_same),
        lia_test(sorted_rows_are_read_and_reported),
        lia_test(inserted_rows_and_columns_are_reported),
        lia_test(a_badly_broken_return_gets_a_handful_of_messages),
        lia_test(similar_codes_are_distinguished_by_the_title),
        lia_test(an_older_form_without_a_new_question_is_mapped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
