/* Rules about identity, seal, period and the form's table. All names and values are invented. */
#include "tests/unit/examples/lia.h"

static void a_strange_workbook_is_one_finding(void **state) {
    struct lia *lia = *state;
    lia->raw = (bms_raw_return){.recognition = BMS_NOT_OURS};
    lia_finds(lia, "not_ours", BMS_FATAL, NULL);
    assert_int_equal(lia->checked.outcome, BMS_UNREADABLE);
    assert_null(lia->checked.unit);
    assert_null(lia->checked.period);
}

static void seal_again(struct lia *lia, bms_identity identity) {
    static char seal[BMS_SEAL_SIZE];
    assert_int_equal(bms_seal(lia->key, &identity, lia->raw.questions, lia->raw.n_questions, seal), BMS_OK);
    identity.seal = seal;
    lia->raw.hidden = lia->raw.visible = identity;
}

static void an_edited_visible_line_is_fatal(void **state) {
    struct lia *lia = *state;
    lia->raw.visible.unit = "LUND";
    const bms_finding *finding = lia_finds(lia, "identity_edited", BMS_FATAL, "A20");
    assert_string_equal(finding->message,
                        "Opplysninger i skjemaet er endret: Enhet sier «LUND», men skal si «LIA».");
    assert_int_equal(lia->checked.outcome, BMS_UNREADABLE);
    assert_null(lia->checked.unit);
    lia->raw.visible = lia->form.identity;
    lia->raw.visible.period = "2026-T3";
    lia_finds(lia, "identity_edited", BMS_FATAL, "A20");
}

static void an_edited_title_is_fatal(void **state) {
    struct lia *lia = *state;
    lia->raw.visible.title = "Lund sykehjem – 2. tertial 2026";
    lia_finds(lia, "identity_edited", BMS_FATAL, "A1");
}

static void what_was_edited_is_named(void **state) {
    struct lia *lia = *state;
    const char **const edited[] = {&lia->raw.visible.municipality, &lia->raw.visible.definition,
                                   &lia->raw.visible.seal};
    static const char *const names[] = {"Kommune sier «77», men", "Versjon sier «77», men",
                                        "Kontrollkode sier «77», men"};
    for (size_t i = 0; i < COUNT(edited); i++) {
        lia->raw.visible = lia->form.identity;
        *edited[i] = "77";
        const bms_finding *finding = lia_finds(lia, "identity_edited", BMS_FATAL, "A20");
        assert_non_null(strstr(finding->message, names[i]));
    }
    lia->raw.visible = lia->form.identity;
    lia->raw.visible.unit = "LUND";
    lia->raw.visible.period = "2026-T3";
    const bms_finding *finding = lia_finds(lia, "identity_edited", BMS_FATAL, "A20");
    assert_string_equal(
        finding->message,
        "Opplysninger i skjemaet er endret: Enhet sier «LUND», men skal si «LIA»; Periode sier "
        "«2026-T3», men skal si «2026-T2».");
}

/** To a spreadsheet 0999 is the number 999. */
static void zeros_lost_in_front_of_a_code_are_not_an_edit(void **state) {
    struct lia *lia = *state;
    lia->definition.municipality.number = "0999";
    bms_identity identity = lia->form.identity;
    identity.municipality = "0999";
    seal_again(lia, identity);
    lia_finds_nothing(lia);
    lia->raw.visible.municipality = "999";
    lia_finds_nothing(lia);
    lia->raw.visible.municipality = "0999";
    lia->raw.hidden.municipality = "999";
    lia_finds_nothing(lia);
    lia->raw.visible.municipality = "999";
    lia_finds_nothing(lia);
    lia->raw.visible.municipality = "1999";
    lia_finds(lia, "identity_edited", BMS_FATAL, "A20");
}

static void a_change_of_case_or_spaces_is_not_an_edit(void **state) {
    struct lia *lia = *state;
    lia->raw.visible.unit = " lia";
    lia->raw.visible.title = "LIA SYKEHJEM –  2. tertial 2026";
    lia_finds_nothing(lia);
}

static void a_form_of_another_municipality_is_fatal(void **state) {
    struct lia *lia = *state;
    lia->raw.hidden.municipality = lia->raw.visible.municipality = "9998";
    lia_finds(lia, "wrong_municipality", BMS_FATAL, NULL);
    assert_null(lia->checked.unit);
}

static void a_form_under_an_earlier_number_is_our_own(void **state) {
    struct lia *lia = *state;
    const bms_earlier_text earlier[] = {{bms_day_of(2019, 12, 31), "0998"},
                                        {bms_day_of(2023, 12, 31), "3099"}};
    bms_identity identity = lia->form.identity;
    lia->definition.municipality.earlier_numbers = earlier;
    lia->definition.municipality.n_earlier_numbers = COUNT(earlier);
    identity.municipality = "3099";
    seal_again(lia, identity);
    lia_finds_nothing(lia);
    identity.municipality = "0998";
    seal_again(lia, identity);
    lia->raw.hidden.municipality = "998"; /* as a spreadsheet makes it */
    lia_finds_nothing(lia);
    identity.municipality = "3098";
    seal_again(lia, identity);
    lia_finds(lia, "wrong_municipality", BMS_FATAL, NULL);
}

static void an_unknown_unit_is_fatal_and_the_nearest_is_named(void **state) {
    struct lia *lia = *state;
    lia->raw.hidden.unit = lia->raw.visible.unit = "LIAA";
    lia->raw.hidden.title = lia->raw.visible.title = "Lia bolig – 2. tertial 2026";
    const bms_finding *finding = lia_finds(lia, "unknown_unit", BMS_FATAL, "A20");
    assert_string_equal(finding->message, "Det finnes ingen enhet med koden LIAA.");
    assert_non_null(strstr(finding->fix, "LIA Lia sykehjem"));
}

static void a_changed_question_breaks_the_seal(void **state) {
    struct lia *lia = *state;
    bms_question questions[N_INDICATORS];
    memcpy(questions, lia->form.questions, sizeof questions);
    questions[SYK].numerator.text = "Hvor mange dager var dere borte?";
    lia->raw.questions = questions;
    lia_finds(lia, "seal_invalid", BMS_FATAL, NULL);
}

static void a_missing_or_foreign_seal_is_fatal(void **state) {
    struct lia *lia = *state;
    lia->raw.hidden.seal = lia->raw.visible.seal = "";
    lia_check(lia);
    assert_string_equal(lia->findings.items[0].rule, "seal_invalid");
    lia->raw.hidden.seal = lia->raw.visible.seal = "0123456789abcdef0123456789abcdef";
    lia_finds(lia, "seal_invalid", BMS_FATAL, NULL);
}

static void without_the_key_the_seal_is_not_verified(void **state) {
    struct lia *lia = *state;
    lia->context.seal_key = NULL;
    lia->context.definition = NULL;
    lia_finds(lia, "seal_not_verified", BMS_INFO, NULL);
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
    assert_close(lia_entry(lia, SYK)->answer.numerator.value, 84);
    assert_string_equal(lia->checked.unit, "LIA");
}

static void a_form_reached_through_another_period_is_held_back(void **state) {
    struct lia *lia = *state;
    lia->context.expected_period = "2026-T1";
    const bms_finding *finding = lia_finds(lia, "wrong_period", BMS_ERROR, "A1");
    assert_string_equal(finding->message,
                        "Dette er skjemaet for 2. tertial 2026. Nå gjelder 1. tertial 2026.");
    assert_int_equal(lia->checked.outcome, BMS_HELD);
    lia->context.expected_period = "2026-t2";
    lia_finds_nothing(lia);
    lia->context.expected_period = NULL;
    lia_finds_nothing(lia);
}

static void a_period_in_which_nothing_is_planned_is_held_back(void **state) {
    struct lia *lia = *state;
    lia->context.expected_period = NULL;
    bms_identity identity = lia->form.identity;
    identity.period = "2026";
    seal_again(lia, identity);
    lia_finds(lia, "wrong_period", BMS_ERROR, "A1");
    identity.period = "2031-T1";
    seal_again(lia, identity);
    const bms_finding *finding = lia_finds(lia, "wrong_period", BMS_ERROR, "A1");
    assert_string_equal(finding->message,
                        "Dette er skjemaet for 1. tertial 2031. For den perioden skal ingenting "
                        "rapporteres.");
}

static void an_older_form_is_fine_while_the_questions_mean_the_same(void **state) {
    struct lia *lia = *state;
    lia->definition.version = 4;
    lia->indicators[SYK].name = "Sjukefråvær";
    lia->indicators[SYK].numerator.question = "Kor mange dagsverk gjekk tapt?";
    lia->target.limits.green = 7;
    lia_finds_nothing(lia);
    assert_string_equal(lia->checked.definition, "3");
}

static void an_older_form_with_questions_that_changed_is_held_back(void **state) {
    struct lia *lia = *state;
    lia->definition.version = 4;
    lia->indicators[FALL].factor = 100;
    lia->indicators[KLAGER].basis = BMS_YEAR_TO_DATE;
    const bms_finding *finding = lia_finds(lia, "older_definition", BMS_ERROR, NULL);
    assert_string_equal(finding->message,
                        "Skjemaet er laget før disse spørsmålene ble endret: Fall, Klager.");
    lia->indicators[FALL].factor = 1000;
    lia->indicators[KLAGER].basis = BMS_IN_PERIOD;
    lia->indicators[BUDSJ].numerator.unit_of_measure = "kr";
    lia_finds(lia, "older_definition", BMS_ERROR, NULL);
}

static void a_lost_visible_line_is_pointed_out(void **state) {
    struct lia *lia = *state;
    static const bms_identity nobody = {"", "", "", "", "", ""};
    lia->raw.recognition = BMS_VISIBLE_IDENTITY_LOST;
    lia->raw.visible = nobody;
    lia_finds(lia, "visible_identity_lost", BMS_WARNING, NULL);
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
    lia->raw.recognition = BMS_BOTH_IDENTITIES;
    lia->raw.visible = lia->form.identity;
    lia->raw.visible.title = "";
    lia_finds(lia, "visible_identity_lost", BMS_WARNING, NULL);
}

static void lose_hidden(struct lia *lia) {
    static const bms_identity nobody = {"", "", "", "", "", ""};
    lia->raw.recognition = BMS_HIDDEN_IDENTITY_LOST;
    lia->raw.hidden = nobody;
    lia->raw.questions = NULL;
    lia->raw.n_questions = 0;
}

static void a_lost_hidden_sheet_is_made_again_from_the_definition(void **state) {
    struct lia *lia = *state;
    lose_hidden(lia);
    lia_finds(lia, "hidden_identity_lost", BMS_WARNING, NULL);
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
    assert_int_equal(lia->checked.n_entries, N_INDICATORS);
    assert_close(lia_entry(lia, KORT)->answer.denominator.value, 1008);
}

static void a_form_in_another_language_is_made_again_too(void **state) {
    struct lia *lia = *state;
    lia_form(lia, LIA, T2, "en");
    lia_answers(lia);
    lose_hidden(lia);
    lia_finds(lia, "hidden_identity_lost", BMS_WARNING, NULL);
}

static void a_lost_hidden_sheet_that_cannot_be_made_again_is_fatal(void **state) {
    struct lia *lia = *state;
    lose_hidden(lia);
    lia->raw.visible.seal = "0123456789abcdef0123456789abcdef";
    lia_finds(lia, "identity_lost", BMS_FATAL, NULL);
    lia->raw.visible = lia->form.identity;
    lia->raw.visible.definition = "2";
    lia_finds(lia, "identity_lost", BMS_FATAL, NULL);
    lia->raw.visible = lia->form.identity;
    lia->context.definition = NULL;
    lia->context.seal_key = NULL;
    lia_finds(lia, "identity_lost", BMS_FATAL, NULL);
}

static void a_return_without_its_table_is_held_back(void **state) {
    struct lia *lia = *state;
    lia->raw.sheet = NULL;
    lia->raw.n_rows = 0;
    lia_finds(lia, "table_missing", BMS_ERROR, NULL);
}

static void a_missing_heading_is_named(void **state) {
    struct lia *lia = *state;
    lia->raw.headings_known = false;
    lia->raw.missing_heading = "Tall 2 (nevner)";
    lia->raw.n_rows = 0;
    const bms_finding *finding = lia_finds(lia, "heading_missing", BMS_ERROR, NULL);
    assert_string_equal(finding->message, "Kolonnen «Tall 2 (nevner)» finnes ikke.");
}

static void an_overtyped_code_is_named_with_what_was_expected(void **state) {
    struct lia *lia = *state;
    lia->rows[FALL].indicator = "FALLL";
    const bms_finding *finding = lia_finds(lia, "code_overtyped", BMS_ERROR, "K11");
    assert_string_equal(finding->message, "I K11 står «FALLL». Koden for Fall er FALL.");
    assert_string_equal(finding->indicator, "FALL");
}

static void codes_are_the_same_in_any_case_and_order(void **state) {
    struct lia *lia = *state;
    bms_raw_row first = lia->rows[SYK];
    lia->rows[SYK] = lia->rows[VERN];
    lia->rows[VERN] = first;
    lia->rows[VERN].indicator = "syk";
    lia_finds(lia, "rows_moved", BMS_WARNING, "K7");
    assert_close(lia_entry(lia, SYK)->answer.numerator.value, 84);
}

static void a_missing_row_is_named(void **state) {
    struct lia *lia = *state;
    lia->raw.n_rows--;
    lia_finds(lia, "code_missing", BMS_ERROR, NULL);
}

static void a_code_in_two_rows_is_held_back(void **state) {
    struct lia *lia = *state;
    lia->rows[N_INDICATORS] = lia_row("SYK", 14);
    lia->raw.n_rows++;
    lia_finds(lia, "code_twice", BMS_ERROR, "K14");
}

static void rows_nobody_asked_for_are_pointed_out(void **state) {
    struct lia *lia = *state;
    lia->rows[N_INDICATORS] = lia_row("EGEN", 14);
    lia->raw.n_rows++;
    const bms_finding *finding = lia_finds(lia, "row_not_asked_for", BMS_WARNING, "K14");
    assert_string_equal(finding->message,
                        "Disse radene hører ikke til skjemaet og er ikke lest: EGEN (K14).");
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
}

static void messages_come_in_the_language_asked_for(void **state) {
    struct lia *lia = *state;
    lia->context.language = "en";
    lia->rows[FALL].indicator = "FALLL";
    const bms_finding *finding = lia_finds(lia, "code_overtyped", BMS_ERROR, "K11");
    assert_string_equal(finding->fix, "Write FALL there again.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lia_test(a_strange_workbook_is_one_finding),
        lia_test(an_edited_visible_line_is_fatal),
        lia_test(an_edited_title_is_fatal),
        lia_test(what_was_edited_is_named),
        lia_test(zeros_lost_in_front_of_a_code_are_not_an_edit),
        lia_test(a_change_of_case_or_spaces_is_not_an_edit),
        lia_test(a_form_of_another_municipality_is_fatal),
        lia_test(a_form_under_an_earlier_number_is_our_own),
        lia_test(an_unknown_unit_is_fatal_and_the_nearest_is_named),
        lia_test(a_changed_question_breaks_the_seal),
        lia_test(a_missing_or_foreign_seal_is_fatal),
        lia_test(without_the_key_the_seal_is_not_verified),
        lia_test(a_form_reached_through_another_period_is_held_back),
        lia_test(a_period_in_which_nothing_is_planned_is_held_back),
        lia_test(an_older_form_is_fine_while_the_questions_mean_the_same),
        lia_test(an_older_form_with_questions_that_changed_is_held_back),
        lia_test(a_lost_visible_line_is_pointed_out),
        lia_test(a_lost_hidden_sheet_is_made_again_from_the_definition),
        lia_test(a_form_in_another_language_is_made_again_too),
        lia_test(a_lost_hidden_sheet_that_cannot_be_made_again_is_fatal),
        lia_test(a_return_without_its_table_is_held_back),
        lia_test(a_missing_heading_is_named),
        lia_test(an_overtyped_code_is_named_with_what_was_expected),
        lia_test(codes_are_the_same_in_any_case_and_order),
        lia_test(a_missing_row_is_named),
        lia_test(a_code_in_two_rows_is_held_back),
        lia_test(rows_nobody_asked_for_are_pointed_out),
        lia_test(messages_come_in_the_language_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
