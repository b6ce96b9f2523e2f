/** What a form asks, whom it is for, and where a number that several indicators use is typed. */
#include "tests/unit/examples/lia.h"

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

/** That of the period's last day, so that a form written later is still that of its time. */
static void a_form_carries_the_number_of_its_time(void **state) {
    struct lia *lia = *state;
    bms_earlier_text before = {bms_day_of(2026, 8, 31), "0999"};
    bms_municipality *municipality = &lia->definition.municipality;
    municipality->earlier_numbers = municipality->earlier_names = &before;
    municipality->n_earlier_numbers = municipality->n_earlier_names = 1;
    lia_form(lia, LIA, T2, "nb");
    assert_string_equal(lia->form.identity.municipality, "0999");
    assert_string_equal(lia->form.municipality_name, "0999");
    before.to--;
    lia_form(lia, LIA, T2, "nb");
    assert_string_equal(lia->form.identity.municipality, "9999");
}

static void questions_carry_their_dates(void **state) {
    const struct lia *lia = *state;
    assert_string_equal(lia->form.questions[SYK].numerator.text,
                        "Hvor mange dagsverk gikk tapt 01.05–31.08?");
    assert_string_equal(lia->form.questions[BUDSJ].numerator.text, "Hva er netto regnskap 01.01–31.08?");
    assert_string_equal(lia->form.questions[VERN].numerator.text, "Er vernerunden gjennomført i 2026?");
    assert_string_equal(lia->form.questions[KLAGER].denominator.text, "");
}

static void a_shared_number_refers_to_where_it_is_typed(void **state) {
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

/** Remove one indicator from the plan. */
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
    lia_form(lia, LIA, T2, "nb");
    assert_string_equal(lia->form.questions[3].indicator, "SVAR");
    assert_string_equal(lia->form.questions[3].numerator.same_as_indicator, "");
    assert_string_equal(lia->form.questions[3].numerator.text, "Hvor mange svarte?");
}

static void two_that_share_an_absent_number_ask_for_it_once(void **state) {
    struct lia *lia = *state;
    lia->indicators[FALL].denominator.same_as = (bms_number_ref){SYK, BMS_DENOMINATOR};
    leave_out(lia, SYK);
    lia_form(lia, LIA, T2, "nb");
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
    lia_form(lia, LIA, T2, "nb");
    assert_string_equal(lia->form.questions[KORT].denominator.same_as_indicator, "");
    assert_string_equal(lia->form.questions[KORT].numerator.part_of_indicator, "");
}

static void parts_are_all_only_where_all_of_them_are_asked(void **state) {
    struct lia *lia = *state;
    lia->indicators[SYK].numerator.parts_are_all = true;
    lia->indicators[KLAGER].numerator.part_of = (bms_number_ref){SYK, BMS_NUMERATOR};
    lia_form(lia, LIA, T2, "nb");
    assert_true(lia->form.questions[SYK].numerator.parts_are_all);
    assert_false(lia->form.questions[SYK].denominator.parts_are_all);
    leave_out(lia, KLAGER);
    lia_form(lia, LIA, T2, "nb");
    assert_false(lia->form.questions[SYK].numerator.parts_are_all);
}

static void a_unit_that_is_not_asked_gets_no_questions(void **state) {
    struct lia *lia = *state;
    lia_form(lia, TOP, T2, "nb");
    assert_int_equal(lia->form.n_questions, 0);
    lia_form(lia, CLOSED, T2, "nb");
    assert_int_equal(lia->form.n_questions, 0);
    lia_form(lia, LIA, Y_2026, "nb");
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
    lia_form(lia, LIA, T2, "nb");
    assert_false(lia->form.questions[SYK].required);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        test(a_form_asks_for_each_indicator_once_in_the_scorecard_s_order),
        test(a_form_says_whom_it_is_for),
        test(a_form_carries_the_number_of_its_time),
        test(questions_carry_their_dates),
        test(a_shared_number_refers_to_where_it_is_typed),
        test(a_shared_number_is_asked_where_its_first_is_not_asked),
        test(two_that_share_an_absent_number_ask_for_it_once),
        test(the_same_number_of_another_period_is_another_number),
        test(parts_are_all_only_where_all_of_them_are_asked),
        test(a_unit_that_is_not_asked_gets_no_questions),
        test(duty_and_limits_come_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
