/* How the coordinator's decisions change the outcome of the checks. All names and values are invented. */
#include "tests/unit/examples/lia.h"

static const bms_decided kari = {.by = "Kari Prøve", .reason = "telledagen var en annen"};

/** Accept a finding in Lia's form of the second tertial. */
static void accept(struct lia *lia, bms_decisions *decisions, const char *rule, const char *indicator,
                   const char *about) {
    *decisions = (bms_decisions){.arena = lia->arena};
    const bms_acceptance acceptance = {.rule = rule,
                                       .unit = lia->form.identity.unit,
                                       .period = "2026-T2",
                                       .indicator = indicator,
                                       .about = about,
                                       .decided = kari};
    bms_decisions_accept(decisions, &acceptance);
    lia->context.decisions = decisions;
}

static void release(struct lia *lia, bms_decisions *decisions, const char *sha256) {
    *decisions = (bms_decisions){.arena = lia->arena};
    const bms_release rest = {.unit = lia->form.identity.unit, .sha256 = sha256, .decided = kari};
    bms_decisions_release(decisions, &rest);
    lia->context.decisions = decisions;
    lia->context.sha256 = "abc";
}

static void an_accepted_error_is_for_information_and_says_who_and_why(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    lia_pair(lia, FALL, 12, 2400);
    lia_type(lia_at(lia, KLAGER, BMS_NUMERATOR), -2);
    accept(lia, &decisions, "negative", "KLAGER", "-2/-");
    const bms_finding *finding = lia_finds(lia, "negative", BMS_INFO, "C12");
    assert_true(finding->accepted);
    assert_string_equal(finding->about, "-2/-");
    assert_string_equal(finding->fix, "Godtatt av Kari Prøve: telledagen var en annen");
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
    assert_close(lia_entry(lia, KLAGER)->answer.numerator.value, -2);
}

static void a_part_above_its_whole_that_is_accepted_is_reported_once(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    lia_pair(lia, SYK, 1008, 84);
    accept(lia, &decisions, "part_above_whole", "SYK", "1008/84");
    lia_finds(lia, "part_above_whole", BMS_INFO, "C6");
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
    assert_int_equal(lia_entry(lia, SYK)->answer.state, BMS_REPORTED);
}

static void an_acceptance_holds_for_its_numbers_only(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    lia_pair(lia, SYK, 1009, 84);
    accept(lia, &decisions, "part_above_whole", "SYK", "1008/84");
    const bms_finding *finding = lia_finds(lia, "part_above_whole", BMS_ERROR, "C6");
    assert_non_null(strstr(finding->fix, "Det Kari Prøve godtok før, gjaldt andre tall."));
    assert_int_equal(lia->checked.outcome, BMS_HELD);
}

static void the_latest_of_several_outdated_acceptances_is_named(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    lia_pair(lia, SYK, 1009, 84);
    accept(lia, &decisions, "part_above_whole", "SYK", "1007/84");
    bms_acceptance later = decisions.acceptances[0];
    later.about = "1008/84";
    later.decided.by = "Ola Prøve";
    bms_decisions_accept(&decisions, &later);
    const bms_finding *finding = lia_finds(lia, "part_above_whole", BMS_ERROR, "C6");
    assert_non_null(strstr(finding->fix, "Det Ola Prøve godtok før, gjaldt andre tall."));
}

static void an_acceptance_covers_all_numbers_of_the_finding(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    lia_type(lia_at(lia, KORT, BMS_NUMERATOR), 90); /* of 84 */
    accept(lia, &decisions, "part_above_total", "KORT", "90/1008 84/1008");
    lia_finds(lia, "part_above_total", BMS_INFO, "C7");
    lia_type(lia_at(lia, SYK, BMS_NUMERATOR), 80);
    lia_finds(lia, "part_above_total", BMS_ERROR, "C7");
}

static void another_rule_unit_period_or_indicator_is_not_accepted(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    lia_pair(lia, SYK, 1008, 84);
    accept(lia, &decisions, "swapped", "SYK", NULL);
    lia_finds(lia, "part_above_whole", BMS_ERROR, "C6");
    accept(lia, &decisions, "part_above_whole", "KORT", NULL);
    lia_finds(lia, "part_above_whole", BMS_ERROR, "C6");
    accept(lia, &decisions, "part_above_whole", "SYK", NULL);
    decisions.acceptances[0].unit = "LUND";
    lia_finds(lia, "part_above_whole", BMS_ERROR, "C6");
    decisions.acceptances[0].unit = "lia"; /* codes are compared without case */
    lia_finds(lia, "part_above_whole", BMS_INFO, "C6");
    decisions.acceptances[0].period = "2026-T1";
    lia_finds(lia, "part_above_whole", BMS_ERROR, "C6");
}

static void what_has_no_number_cannot_be_accepted(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    bool known = false;
    lia_write(lia_at(lia, KLAGER, BMS_NUMERATOR), "29 000 ca");
    accept(lia, &decisions, "not_a_number", "KLAGER", NULL);
    const bms_finding *finding = lia_finds(lia, "not_a_number", BMS_ERROR, "C12");
    assert_null(finding->about);
    assert_false(bms_check_can_accept("not_a_number", &known));
    assert_true(known);
    assert_true(bms_check_can_accept("part_above_whole", &known));
    assert_false(bms_check_can_accept("no such rule", &known));
    assert_false(known);
}

static void a_reason_that_is_accepted_is_part_of_what_was_accepted(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    lia_write(lia_at(lia, SYK, BMS_NUMERATOR), NULL);
    lia_write(lia_at(lia, SYK, BMS_DENOMINATOR), NULL);
    lia_write(lia_at(lia, KORT, BMS_NUMERATOR), NULL);
    lia_write(&lia->rows[SYK].reason, "Ikke aktuelt");
    lia_write(&lia->rows[KORT].reason, "Ikke aktuelt");
    accept(lia, &decisions, "must_be_answered", "SYK", "-/-/not_relevant");
    lia_finds(lia, "must_be_answered", BMS_INFO, lia->rows[SYK].reason.address);
    assert_int_equal(lia_entry(lia, SYK)->answer.state, BMS_NOT_APPLICABLE);
}

static void the_rest_is_released_without_what_is_wrong(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    lia_write(lia_at(lia, KLAGER, BMS_NUMERATOR), "29 000 ca");
    lia_write(&lia->rows[KLAGER].comment, "teller opp på nytt");
    release(lia, &decisions, NULL);
    lia_finds(lia, "not_a_number", BMS_ERROR, "C12"); /* it must still be put right */
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
    assert_ptr_equal(lia->checked.release, &decisions.releases[0]);
    const bms_entry *left_out = lia_entry(lia, KLAGER);
    assert_int_equal(left_out->answer.state, BMS_MISSING);
    assert_int_equal(left_out->reason, BMS_TO_BE_CLARIFIED);
    assert_string_equal(left_out->comment, "teller opp på nytt");
    assert_int_equal(lia_entry(lia, SYK)->answer.state, BMS_REPORTED);
    assert_int_equal(lia_entry(lia, SYK)->reason, BMS_NO_REASON);
}

static void what_rests_on_the_same_numbers_is_left_out_with_it(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    lia_pair(lia, SYK, 1008, 84); /* 84 is the whole of KORT too */
    release(lia, &decisions, NULL);
    lia_finds(lia, "part_above_whole", BMS_ERROR, "C6");
    assert_int_equal(lia_entry(lia, SYK)->reason, BMS_TO_BE_CLARIFIED);
    assert_int_equal(lia_entry(lia, KORT)->reason, BMS_TO_BE_CLARIFIED);
    assert_int_equal(lia_entry(lia, FALL)->answer.state, BMS_REPORTED);
}

static void both_sides_of_a_disagreement_are_left_out(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    lia_type(lia_at(lia, KORT, BMS_NUMERATOR), 90); /* of 84: one of the two is wrong */
    release(lia, &decisions, NULL);
    lia_finds(lia, "part_above_total", BMS_ERROR, "C7");
    assert_int_equal(lia_entry(lia, KORT)->reason, BMS_TO_BE_CLARIFIED);
    assert_int_equal(lia_entry(lia, SYK)->reason, BMS_TO_BE_CLARIFIED);
}

static void a_form_that_is_wrong_as_a_whole_cannot_be_released(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    lia->raw.headings_known = false;
    release(lia, &decisions, NULL);
    lia_finds(lia, "heading_missing", BMS_ERROR, NULL);
    assert_int_equal(lia->checked.outcome, BMS_HELD);
    assert_null(lia->checked.release);
}

static void parts_that_do_not_add_up_are_left_out_with_the_whole(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    lia->indicators[SYK].numerator.parts_are_all = true;
    lia->indicators[KLAGER].numerator.part_of = (bms_number_ref){SYK, BMS_NUMERATOR};
    lia_form(lia, LIA, T2, "nb");
    lia_answers(lia);
    release(lia, &decisions, NULL);
    lia_check(lia); /* 20 and 4 of 84 */
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
    assert_int_equal(lia_entry(lia, SYK)->answer.state, BMS_MISSING);
    assert_int_equal(lia_entry(lia, KORT)->answer.state, BMS_MISSING);
    assert_int_equal(lia_entry(lia, KLAGER)->answer.state, BMS_MISSING);
    assert_int_equal(lia_entry(lia, FALL)->answer.state, BMS_REPORTED);
}

static void a_release_covers_its_own_file_only(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    lia_type(lia_at(lia, KLAGER, BMS_NUMERATOR), -2);
    release(lia, &decisions, "another");
    lia_finds(lia, "negative", BMS_ERROR, "C12");
    assert_int_equal(lia->checked.outcome, BMS_HELD);
    release(lia, &decisions, "abc");
    lia_check(lia);
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
}

static void what_holds_up_needs_no_release(void **state) {
    struct lia *lia = *state;
    bms_decisions decisions;
    release(lia, &decisions, NULL);
    lia_finds_nothing(lia);
    assert_null(lia->checked.release);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lia_test(an_accepted_error_is_for_information_and_says_who_and_why),
        lia_test(a_part_above_its_whole_that_is_accepted_is_reported_once),
        lia_test(an_acceptance_holds_for_its_numbers_only),
        lia_test(the_latest_of_several_outdated_acceptances_is_named),
        lia_test(an_acceptance_covers_all_numbers_of_the_finding),
        lia_test(another_rule_unit_period_or_indicator_is_not_accepted),
        lia_test(what_has_no_number_cannot_be_accepted),
        lia_test(a_reason_that_is_accepted_is_part_of_what_was_accepted),
        lia_test(the_rest_is_released_without_what_is_wrong),
        lia_test(what_rests_on_the_same_numbers_is_left_out_with_it),
        lia_test(both_sides_of_a_disagreement_are_left_out),
        lia_test(a_form_that_is_wrong_as_a_whole_cannot_be_released),
        lia_test(parts_that_do_not_add_up_are_left_out_with_the_whole),
        lia_test(a_release_covers_its_own_file_only),
        lia_test(what_holds_up_needs_no_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
