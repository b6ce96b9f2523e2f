/** The seal over a form, and the reasons. All names and values are invented. */
#include "tests/unit/close.h"

#include "core/form/form.h"

#include <string.h>

static const unsigned char key[BMS_SEAL_KEY_SIZE] = {1, 2, 3};

static bms_question_number number_asked(const char *text) {
    return (bms_question_number){.text = text,
                                 .unit_of_measure = "beboere",
                                 .same_as_indicator = "",
                                 .part_of_indicator = "",
                                 .least = {true, 0},
                                 .whole = true};
}

static bms_question breakfast(void) {
    return (bms_question){.indicator = "FROKOST",
                          .name = "Frokost",
                          .period = "2026-T2",
                          .kind = BMS_SHARE,
                          .basis = BMS_AS_OF,
                          .factor = 100,
                          .decimals = 1,
                          .unit_of_result = "%",
                          .numerator = number_asked("Hvor mange fikk frokost?"),
                          .denominator = number_asked("Hvor mange bor her?"),
                          .required = true,
                          .limits = {.known = true, .better = BMS_UP, .green = 95, .red = 85}};
}

static bms_identity lia(void) {
    return (bms_identity){.municipality = "9999",
                          .unit = "LIA",
                          .period = "2026-T2",
                          .definition = "3",
                          .title = "Lia sykehjem – 2. tertial 2026",
                          .seal = ""};
}

static const char *seal_of(const bms_identity *identity, const bms_question *question) {
    static char seals[2][BMS_SEAL_SIZE];
    static int turn;
    turn = !turn;
    assert_int_equal(bms_seal(key, identity, question, 1, seals[turn]), BMS_OK);
    return seals[turn];
}

static void the_same_form_gives_the_same_seal(void **state) {
    (void)state;
    bms_identity identity = lia();
    bms_question question = breakfast();
    const char *seal = seal_of(&identity, &question);
    assert_int_equal(strlen(seal), 32);
    identity.seal = seal;
    assert_string_equal(seal, seal_of(&identity, &question));
}

static void another_key_gives_another_seal(void **state) {
    (void)state;
    static const unsigned char other[BMS_SEAL_KEY_SIZE] = {9};
    bms_identity identity = lia();
    bms_question question = breakfast();
    char seal[BMS_SEAL_SIZE];
    assert_int_equal(bms_seal(other, &identity, &question, 1, seal), BMS_OK);
    assert_string_not_equal(seal, seal_of(&identity, &question));
}

#define changed_identity(field, value)                                                                       \
    do {                                                                                                     \
        bms_identity other = identity;                                                                       \
        other.field = (value);                                                                               \
        assert_string_not_equal(seal_of(&identity, &question), seal_of(&other, &question));                  \
    } while (0)

#define changed_question(field, value)                                                                       \
    do {                                                                                                     \
        bms_question other = question;                                                                       \
        other.field = (value);                                                                               \
        assert_string_not_equal(seal_of(&identity, &question), seal_of(&identity, &other));                  \
    } while (0)

static void every_part_of_the_identity_is_sealed(void **state) {
    (void)state;
    bms_identity identity = lia();
    bms_question question = breakfast();
    changed_identity(municipality, "9998");
    changed_identity(unit, "LIB");
    changed_identity(period, "2026-T3");
    changed_identity(definition, "4");
    changed_identity(title, "Lia sykehjem – 3. tertial 2026");
}

static void every_part_of_a_question_is_sealed(void **state) {
    (void)state;
    bms_identity identity = lia();
    bms_question question = breakfast();
    changed_question(indicator, "LUNSJ");
    changed_question(name, "Lunsj");
    changed_question(period, "2026-T1");
    changed_question(kind, BMS_RATE);
    changed_question(basis, BMS_IN_PERIOD);
    changed_question(factor, 1000);
    changed_question(decimals, 2);
    changed_question(unit_of_result, "prosent");
    changed_question(numerator.text, "Hvor mange fikk lunsj?");
    changed_question(numerator.unit_of_measure, "brukere");
    changed_question(numerator.least.value, 1);
    changed_question(numerator.least.known, false);
    changed_question(numerator.most.known, true);
    changed_question(numerator.whole, false);
    changed_question(denominator.same_as_indicator, "LUNSJ");
    changed_question(denominator.part_of_indicator, "LUNSJ");
    changed_question(required, false);
    changed_question(must_answer, true);
    changed_question(when_red, BMS_RED_IS_WARNED);
    changed_question(when_red, BMS_RED_IS_HELD);
    changed_question(numerator.parts_are_all, true);
    changed_question(limits.known, false);
    changed_question(limits.better, BMS_DOWN);
    changed_question(limits.green, 96);
    changed_question(limits.red, 84);
}

static void text_moved_from_one_field_to_the_next_changes_the_seal(void **state) {
    (void)state;
    bms_identity a = lia();
    bms_identity b = lia();
    bms_question question = breakfast();
    a.unit = "LIA2";
    a.period = "026-T2";
    b.unit = "LIA";
    b.period = "2026-T2";
    assert_string_not_equal(seal_of(&a, &question), seal_of(&b, &question));
}

static void a_limit_that_a_workbook_keeps_in_16_digits_is_the_same(void **state) {
    (void)state;
    bms_identity identity = lia();
    bms_question a = breakfast();
    bms_question b = breakfast();
    a.limits.green = 7.6 - 1; /* a little less than 6.6 */
    b.limits.green = 6.6;
    assert_string_equal(seal_of(&identity, &a), seal_of(&identity, &b));
}

static void reasons_are_recognised_in_all_languages(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum bms_reason reason;
    } cases[] = {
        {"Kommer senere", BMS_COMES_LATER},        {"kommer  SENERE ", BMS_COMES_LATER},
        {"Kjem seinare", BMS_COMES_LATER},         {"Comes later", BMS_COMES_LATER},
        {"Ikke gjennomført", BMS_NOT_CARRIED_OUT}, {"Ikkje gjennomført", BMS_NOT_CARRIED_OUT},
        {"Ikke aktuelt", BMS_NOT_RELEVANT},        {"Ikkje aktuelt", BMS_NOT_RELEVANT},
        {"Ingen å måle (0 av 0)", BMS_NOBODY},     {"Nobody to measure (0 of 0)", BMS_NOBODY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum bms_reason reason = BMS_NO_REASON;
        if (!bms_reason_recognise(cases[i].text, &reason))
            fail_msg("\"%s\" was not recognised", cases[i].text);
        assert_int_equal(reason, cases[i].reason);
    }
    enum bms_reason reason;
    assert_false(bms_reason_recognise("Vet ikke", &reason));
    assert_false(bms_reason_recognise("", &reason));
}

static void reasons_decide_the_state_and_have_stable_names(void **state) {
    (void)state;
    assert_int_equal(bms_reason_state(BMS_COMES_LATER), BMS_MISSING);
    assert_int_equal(bms_reason_state(BMS_NOT_CARRIED_OUT), BMS_MISSING);
    assert_int_equal(bms_reason_state(BMS_NOT_RELEVANT), BMS_NOT_APPLICABLE);
    assert_int_equal(bms_reason_state(BMS_NOBODY), BMS_EMPTY_BASE);
    for (int i = BMS_NO_REASON; i < BMS_N_REASONS; i++) {
        enum bms_reason back;
        assert_true(bms_reason_parse(bms_reason_name((enum bms_reason)i), &back));
        assert_int_equal(back, i);
    }
    enum bms_reason none;
    assert_false(bms_reason_parse("later", &none));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_form_gives_the_same_seal),
        cmocka_unit_test(another_key_gives_another_seal),
        cmocka_unit_test(every_part_of_the_identity_is_sealed),
        cmocka_unit_test(every_part_of_a_question_is_sealed),
        cmocka_unit_test(text_moved_from_one_field_to_the_next_changes_the_seal),
        cmocka_unit_test(a_limit_that_a_workbook_keeps_in_16_digits_is_the_same),
        cmocka_unit_test(reasons_are_recognised_in_all_languages),
        cmocka_unit_test(reasons_decide_the_state_and_have_stable_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
