/** The list of languages, and that everything takes its languages from it. */
#include "tests/unit/close.h"

#include "core/base/language.h"
#include "core/bms.h"

#include <string.h>

static void a_language_is_found_by_its_code(void **state) {
    (void)state;
    for (size_t i = 0; bms_language_at(i); i++) {
        assert_int_equal(strlen(bms_language_at(i)->code), 2);
        assert_ptr_equal(bms_language_find(bms_language_at(i)->code), bms_language_at(i));
    }
    assert_null(bms_language_find("sv"));
    assert_null(bms_language_find(NULL));
}

static void bokmaal_is_the_default(void **state) {
    (void)state;
    assert_string_equal(bms_language_of("sv")->code, "nb");
    assert_string_equal(bms_language_of(NULL)->code, "nb");
    assert_string_equal(bms_language_of("en")->code, "en");
}

static void each_language_has_a_name_to_be_chosen_by(void **state) {
    (void)state;
    size_t names = 1;
    for (const char *bar = strchr(BMS_LANGUAGE_NAMES, '|'); bar; bar = strchr(bar + 1, '|'))
        names++;
    assert_non_null(bms_language_at(names - 1));
    assert_null(bms_language_at(names));
}

static void a_language_whose_texts_another_uses_is_in_the_list(void **state) {
    (void)state;
    assert_string_equal(bms_language_find("nn")->next, "nb");
    for (size_t i = 0; bms_language_at(i); i++) {
        const bms_language *language = bms_language_at(i);
        assert_true(!language->next || bms_language_find(language->next));
    }
}

static void a_handle_takes_each_language_and_no_other(void **state) {
    (void)state;
    bms *b = NULL;
    bms_error error = {0};
    assert_int_equal(bms_new(&b, &error), BMS_OK);
    assert_int_equal(bms_decimal_mark(b), ',');
    assert_int_equal(bms_set_language(b, NULL, &error), BMS_USAGE);
    assert_int_equal(bms_set_language(b, "sv", &error), BMS_USAGE);
    for (size_t i = 0; bms_language_at(i); i++) {
        assert_non_null(strstr(error.message, bms_language_at(i)->code)); /* those there are */
        assert_int_equal(bms_set_language(b, bms_language_at(i)->code, &(bms_error){0}), BMS_OK);
    }
    assert_int_equal(bms_set_language(b, "en", &error), BMS_OK);
    assert_int_equal(bms_decimal_mark(b), '.');
    bms_free(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_language_is_found_by_its_code),
        cmocka_unit_test(bokmaal_is_the_default),
        cmocka_unit_test(each_language_has_a_name_to_be_chosen_by),
        cmocka_unit_test(a_language_whose_texts_another_uses_is_in_the_list),
        cmocka_unit_test(a_handle_takes_each_language_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
