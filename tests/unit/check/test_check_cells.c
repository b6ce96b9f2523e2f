/* Rules about the content of one cell, and a return without findings. All values are invented. */
#include "tests/unit/examples/lia.h"

#include "core/check/checking.h"

static bms_raw_cell *syk_1(struct lia *lia) {
    return lia_at(lia, SYK, BMS_NUMERATOR);
}

static void nothing_is_found_in_a_clean_return(void **state) {
    struct lia *lia = *state;
    lia_finds_nothing(lia);
    assert_int_equal(lia->checked.n_entries, N_INDICATORS);
    for (int i = 0; i < N_INDICATORS; i++)
        assert_int_equal(lia_entry(lia, i)->answer.state, BMS_REPORTED);
    assert_close(lia_entry(lia, SYK)->answer.numerator.value, 84);
    assert_string_equal(lia_entry(lia, SYK)->numerator_cell, "C6");
    assert_string_equal(lia_entry(lia, SYK)->denominator_cell, "E6");
    assert_string_equal(lia_entry(lia, SYK)->period, "2026-T2");
    assert_true(lia_entry(lia, SYK)->required);
    assert_string_equal(lia->checked.unit, "LIA");
    assert_string_equal(lia->checked.period, "2026-T2");
    assert_string_equal(lia->checked.definition, "3");
    assert_string_equal(lia->checked.signed_by, "Kari Eksempel");
    assert_string_equal(lia->checked.signed_on, "2026-09-10");
}

static void merged_cells_hold_a_return_back(void **state) {
    struct lia *lia = *state;
    memcpy(syk_1(lia)->merged, "C6:C7", sizeof "C6:C7");
    memcpy(lia_at(lia, KORT, BMS_NUMERATOR)->merged, "C6:C7",
           sizeof "C6:C7"); /* the same range: reported once */
    const bms_finding *finding = lia_finds(lia, "merged_cells", BMS_ERROR, "C6");
    assert_string_equal(finding->message, "C6:C7 er slått sammen til én celle.");
    assert_int_equal(lia_entry(lia, KORT)->answer.state, BMS_MISSING);
}

static void an_error_value_is_never_zero(void **state) {
    struct lia *lia = *state;
    *syk_1(lia) = lia_cell('C', 6);
    syk_1(lia)->kind = BMS_RAW_ERROR;
    syk_1(lia)->text = "#DIV/0!";
    const bms_finding *finding = lia_finds(lia, "error_value", BMS_ERROR, "C6");
    assert_string_equal(finding->message,
                        "C6 (Sykefravær) viser #DIV/0!. Det er en formelfeil, ikke et tall.");
    assert_string_equal(finding->sheet, "Skjema");
    assert_string_equal(finding->unit, "LIA");
    assert_string_equal(finding->indicator, "SYK");
    assert_string_equal(finding->file, "LIA-Lia_sykehjem.xlsx");
    assert_int_equal(lia_entry(lia, SYK)->answer.state, BMS_MISSING);
}

static void a_formula_that_was_not_worked_out_is_no_number(void **state) {
    struct lia *lia = *state;
    syk_1(lia)->kind = BMS_RAW_NO_RESULT;
    syk_1(lia)->formula = true;
    lia_finds(lia, "no_result", BMS_ERROR, "C6");
}

static void a_formula_with_a_result_is_a_number(void **state) {
    struct lia *lia = *state;
    syk_1(lia)->formula = true;
    lia_finds_nothing(lia);
}

static void a_date_is_no_number(void **state) {
    struct lia *lia = *state;
    bms_raw_cell *cell = lia_at(lia, TILFR, BMS_NUMERATOR);
    cell->kind = BMS_RAW_DATE;
    cell->day = bms_day_of(2026, 4, 3);
    const bms_finding *finding = lia_finds(lia, "date_for_number", BMS_ERROR, "C9");
    assert_string_equal(finding->message, "I C9 (Brukertilfredshet) står datoen 03.04.2026.");
    assert_string_equal(finding->fix, "Mente du 3,4? Skriv tallet på nytt, med komma.");
    cell->day = bms_day_of(2026, 11, 3);
    finding = lia_finds(lia, "date_for_number", BMS_ERROR, "C9");
    assert_string_equal(finding->fix, "Mente du 3,11? Skriv tallet på nytt, med komma.");
}

static void per_cent_is_no_number(void **state) {
    struct lia *lia = *state;
    syk_1(lia)->kind = BMS_RAW_PER_CENT;
    syk_1(lia)->number = 0.85;
    const bms_finding *finding = lia_finds(lia, "per_cent_for_number", BMS_ERROR, "C6");
    assert_string_equal(finding->message,
                        "I C6 (Sykefravær) står 85 %. Her skal selve tallet stå, ikke prosent.");
    assert_string_equal(finding->fix,
                        "Skriv tallet det spørres om: Hvor mange dagsverk gikk tapt 01.05–31.08?");
    lia_write(syk_1(lia), "85 %");
    lia_finds(lia, "per_cent_for_number", BMS_ERROR, "C6");
}

static void an_ambiguous_number_is_asked_about(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, SYK, BMS_DENOMINATOR), "1.008");
    const bms_finding *finding = lia_finds(lia, "ambiguous_number", BMS_ERROR, "E6");
    assert_string_equal(finding->message,
                        "I E6 (Sykefravær) står «1.008». Det kan bety 1\u00A0008 eller 1,008.");
    assert_string_equal(finding->fix, "Skriv tallet på nytt, uten punktum eller komma mellom tusenene.");
}

static void the_leading_part_of_a_text_is_not_taken(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, BUDSJ, BMS_NUMERATOR), "29 000 ca");
    const bms_finding *finding = lia_finds(lia, "not_a_number", BMS_ERROR, "C8");
    assert_string_equal(finding->message,
                        "I C8 (Budsjettavvik) står «29 000 ca». Det kan ikke leses som et tall.");
}

static void true_and_false_are_no_numbers(void **state) {
    struct lia *lia = *state;
    syk_1(lia)->kind = BMS_RAW_BOOLEAN;
    syk_1(lia)->number = 1;
    const bms_finding *finding = lia_finds(lia, "not_a_number", BMS_ERROR, "C6");
    assert_string_equal(finding->message, "I C6 (Sykefravær) står «SANN». Det kan ikke leses som et tall.");
}

static void a_negative_number_is_refused_where_not_declared(void **state) {
    struct lia *lia = *state;
    lia_type(lia_at(lia, KLAGER, BMS_NUMERATOR), -4);
    lia_finds(lia, "negative", BMS_ERROR, "C12");
}

static void net_figures_may_be_negative(void **state) {
    struct lia *lia = *state;
    lia_pair(lia, BUDSJ, -5214, -5000);
    lia_finds_nothing(lia);
}

static void a_mean_outside_its_scale_is_refused(void **state) {
    struct lia *lia = *state;
    lia_type(lia_at(lia, TILFR, BMS_NUMERATOR), 46);
    const bms_finding *finding = lia_finds(lia, "outside_range", BMS_ERROR, "C9");
    assert_string_equal(finding->message,
                        "I C9 (Brukertilfredshet) står 46. Svaret skal ligge mellom 1 og 6.");
    lia_type(lia_at(lia, TILFR, BMS_NUMERATOR), 0.9);
    lia_finds(lia, "outside_range", BMS_ERROR, "C9");
}

static void the_ends_of_a_scale_are_on_it(void **state) {
    struct lia *lia = *state;
    lia_type(lia_at(lia, TILFR, BMS_NUMERATOR), 6);
    lia_finds_nothing(lia);
    lia_type(lia_at(lia, TILFR, BMS_NUMERATOR), 1);
    lia_finds_nothing(lia);
}

/** Ranges are under the seal, so a new form is made after each change. */
static void ask_again(struct lia *lia) {
    lia_form(lia, LIA, T2, "nb");
    lia_answers(lia);
}

static void a_number_below_or_above_its_range_is_refused(void **state) {
    struct lia *lia = *state;
    lia->indicators[KLAGER].numerator.least = (bms_number){true, 5};
    ask_again(lia);
    const bms_finding *finding = lia_finds(lia, "outside_range", BMS_ERROR, "C12");
    assert_string_equal(finding->message, "I C12 (Klager) står 4. Svaret skal være minst 5.");
    lia->indicators[KLAGER].numerator.least = (bms_number){false, 0};
    lia->indicators[KLAGER].numerator.most = (bms_number){true, 3};
    ask_again(lia);
    finding = lia_finds(lia, "outside_range", BMS_ERROR, "C12");
    assert_string_equal(finding->message, "I C12 (Klager) står 4. Svaret skal være høyst 3.");
}

static void a_number_as_text_is_taken_and_pointed_out(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, SYK, BMS_DENOMINATOR), "1\u00A0008,0");
    lia_finds(lia, "text_number", BMS_WARNING, "E6");
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
    assert_close(lia_entry(lia, SYK)->answer.denominator.value, 1008);
}

static void decimals_are_pointed_out_where_wholes_are_counted(void **state) {
    struct lia *lia = *state;
    lia_type(lia_at(lia, KLAGER, BMS_NUMERATOR), 4.5);
    lia_finds(lia, "decimals", BMS_WARNING, "C12");
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
}

static void working_days_may_have_decimals(void **state) {
    struct lia *lia = *state;
    lia_type(syk_1(lia), 84.5);
    lia_finds_nothing(lia);
}

static void a_hidden_value_is_read_and_pointed_out(void **state) {
    struct lia *lia = *state;
    syk_1(lia)->hidden = true;
    lia_finds(lia, "hidden_value", BMS_WARNING, "C6");
    assert_close(lia_entry(lia, SYK)->answer.numerator.value, 84);
}

static void yes_and_no_are_understood(void **state) {
    struct lia *lia = *state;
    static const struct {
        const char *text;
        double value;
    } words[] = {{"Ja", 1}, {"nei", 0}, {"JA ", 1}, {"Yes", 1}, {"no", 0}, {"1", 1}, {"0", 0}};
    for (size_t i = 0; i < COUNT(words); i++) {
        lia_write(lia_at(lia, VERN, BMS_NUMERATOR), words[i].text);
        lia_finds_nothing(lia);
        assert_close(lia_entry(lia, VERN)->answer.numerator.value, words[i].value);
    }
    lia_type(lia_at(lia, VERN, BMS_NUMERATOR), 0);
    lia_finds_nothing(lia);
    lia_at(lia, VERN, BMS_NUMERATOR)->kind = BMS_RAW_BOOLEAN;
    lia_finds_nothing(lia);
}

static void what_is_neither_yes_nor_no_is_refused(void **state) {
    struct lia *lia = *state;
    static const char *const texts[] = {"kanskje", "2", "0,5", "-1", "x"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        lia_write(lia_at(lia, VERN, BMS_NUMERATOR), texts[i]);
        lia_finds(lia, "not_yes_or_no", BMS_ERROR, "C13");
    }
    lia_type(lia_at(lia, VERN, BMS_NUMERATOR), 3);
    lia_finds(lia, "not_yes_or_no", BMS_ERROR, "C13");
}

static void white_space_is_blank(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, KLAGER, BMS_NUMERATOR), " \u00A0 ");
    lia_finds(lia, "required_missing", BMS_WARNING, "C12");
}

static void every_kind_of_bad_cell_is_reported_by_one_rule(void **state) {
    struct lia *lia = *state;
    static const enum bms_raw_kind kinds[] = {BMS_RAW_PER_CENT, BMS_RAW_DATE, BMS_RAW_BOOLEAN, BMS_RAW_ERROR,
                                              BMS_RAW_NO_RESULT};
    for (int indicator = 0; indicator < N_INDICATORS; indicator++) {
        if (indicator == SVAR || indicator == VERN)
            continue;
        for (size_t i = 0; i < COUNT(kinds); i++) {
            lia_answers(lia);
            lia_at(lia, indicator, BMS_NUMERATOR)->kind = kinds[i];
            lia_check(lia);
            assert_int_equal(lia->findings.n, 1);
            assert_int_equal(lia->checked.outcome, BMS_HELD);
        }
    }
}

static void a_value_in_the_locked_cell_of_a_shared_number_does_not_count_and_is_said(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, KORT, BMS_DENOMINATOR), "tull");
    lia_finds(lia, "typed_over", BMS_WARNING, "E7");
    lia_write(lia_at(lia, KORT, BMS_DENOMINATOR), NULL);
    lia_type(lia_at(lia, SVAR, BMS_NUMERATOR), 999);
    lia_finds(lia, "typed_over", BMS_WARNING, "C10");
    assert_close(lia_entry(lia, KORT)->answer.denominator.value, 1008);
    assert_string_equal(lia_entry(lia, KORT)->denominator_cell, "E6");
    assert_close(lia_entry(lia, SVAR)->answer.numerator.value, 23);
}

static void a_spoiled_shared_number_is_reported_once(void **state) {
    struct lia *lia = *state;
    lia_write(lia_at(lia, SYK, BMS_DENOMINATOR), "mange");
    lia_finds(lia, "not_a_number", BMS_ERROR, "E6");
    assert_int_equal(lia_entry(lia, KORT)->answer.state, BMS_MISSING);
}

static void the_rules_are_in_the_order_of_what_they_look_at(void **state) {
    (void)state;
    size_t n;
    const bms_rule *rules = bms_check_rules(&n);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            assert_true(rules[i].looks_at >= rules[i - 1].looks_at);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lia_test(nothing_is_found_in_a_clean_return),
        lia_test(merged_cells_hold_a_return_back),
        lia_test(an_error_value_is_never_zero),
        lia_test(a_formula_that_was_not_worked_out_is_no_number),
        lia_test(a_formula_with_a_result_is_a_number),
        lia_test(a_date_is_no_number),
        lia_test(per_cent_is_no_number),
        lia_test(an_ambiguous_number_is_asked_about),
        lia_test(the_leading_part_of_a_text_is_not_taken),
        lia_test(true_and_false_are_no_numbers),
        lia_test(a_negative_number_is_refused_where_not_declared),
        lia_test(net_figures_may_be_negative),
        lia_test(a_mean_outside_its_scale_is_refused),
        lia_test(the_ends_of_a_scale_are_on_it),
        lia_test(a_number_below_or_above_its_range_is_refused),
        lia_test(a_number_as_text_is_taken_and_pointed_out),
        lia_test(decimals_are_pointed_out_where_wholes_are_counted),
        lia_test(working_days_may_have_decimals),
        lia_test(a_hidden_value_is_read_and_pointed_out),
        lia_test(yes_and_no_are_understood),
        lia_test(what_is_neither_yes_nor_no_is_refused),
        lia_test(white_space_is_blank),
        lia_test(every_kind_of_bad_cell_is_reported_by_one_rule),
        lia_test(a_value_in_the_locked_cell_of_a_shared_number_does_not_count_and_is_said),
        lia_test(a_spoiled_shared_number_is_reported_once),
        cmocka_unit_test(the_rules_are_in_the_order_of_what_they_look_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
