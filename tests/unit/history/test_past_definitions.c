/** What breaks a series and what does not: another question, kind, factor, basis or unit of measure. */
#include "core/history/past_definitions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** Sick leave, and short sick leave that uses the same denominator. Invented. */
struct made {
    bms_indicator indicators[2];
    bms_definition definition;
};

static void make(struct made *made) {
    *made = (struct made){0};
    for (int i = 0; i < 2; i++) {
        made->indicators[i] = (bms_indicator){
            .code = i == 0 ? "SYK" : "KORT",
            .name = "Sykefravær",
            .kind = BMS_SHARE,
            .factor = 100,
            .basis = BMS_IN_PERIOD,
            .guidance = "",
            .numerator = {.question = "Tapte dagsverk?",
                          .unit_of_measure = "dagsverk",
                          .same_as = {.indicator = BMS_NONE}},
            .denominator = {.question = i == 0 ? "Avtalte dagsverk?" : "",
                            .unit_of_measure = i == 0 ? "dagsverk" : "",
                            .same_as = {.indicator = i == 0 ? BMS_NONE : 0, .which = BMS_DENOMINATOR}}};
    }
    made->definition = (bms_definition){.indicators = made->indicators, .n_indicators = 2};
}

static void another_name_guidance_or_number_of_decimals_is_no_break(void **state) {
    (void)state;
    struct made a, b;
    make(&a);
    make(&b);
    b.indicators[0].name = "Sjukefråvær";
    b.indicators[0].guidance = "Slik teller du";
    b.indicators[0].decimals = 3;
    assert_true(bms_indicators_measure_the_same(&a.definition, 0, &b.definition, 0));
}

static void another_question_kind_factor_basis_or_unit_of_measure_is_a_break(void **state) {
    (void)state;
    for (int what = 0; what < 5; what++) {
        struct made a, b;
        make(&a);
        make(&b);
        bms_indicator *changed = &b.indicators[0];
        changed->numerator.question = what == 0 ? "Tapte timer?" : changed->numerator.question;
        changed->kind = what == 1 ? BMS_RATE : changed->kind;
        changed->factor = what == 2 ? 1000 : changed->factor;
        changed->basis = what == 3 ? BMS_YEAR_TO_DATE : changed->basis;
        changed->denominator.unit_of_measure = what == 4 ? "timer" : changed->denominator.unit_of_measure;
        assert_false(bms_indicators_measure_the_same(&a.definition, 0, &b.definition, 0));
    }
}

static void a_number_asked_elsewhere_changes_with_the_question_there(void **state) {
    (void)state;
    struct made a, b;
    make(&a);
    make(&b);
    assert_true(bms_indicators_measure_the_same(&a.definition, 1, &b.definition, 1));
    b.indicators[0].denominator.question = "Mulige dagsverk?";
    assert_false(bms_indicators_measure_the_same(&a.definition, 1, &b.definition, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_name_guidance_or_number_of_decimals_is_no_break),
        cmocka_unit_test(another_question_kind_factor_basis_or_unit_of_measure_is_a_break),
        cmocka_unit_test(a_number_asked_elsewhere_changes_with_the_question_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
