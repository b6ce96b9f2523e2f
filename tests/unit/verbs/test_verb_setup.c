/** Renewing a setup when there are numbers: what needs a yes, and going back. All of it is invented. */

#include "tests/unit/examples/municipality.h"

#define LIA "unit 1101\nperiod 2026-T2\nsigned Kari\nSYK 12 148\nKORT 3\n"
enum { FALL = 4, BRUK_ALL = 1, LIA_ROW = 2, ENG_ROW = 4 };

struct asked {
    bool answer;
    size_t n;
};

static bool confirm(void *context, size_t n) {
    struct asked *asked = context;
    asked->n = n;
    return asked->answer;
}

/** A municipality where one unit has answered. */
static int begin(void **state) {
    if (municipality_begin_loaded(state) != 0)
        return -1;
    struct municipality *place = *state;
    place->now = 1789000000; /* 2026-09-10 */
    put(place, "returns/2026-T2/lia.xlsx", LIA);
    if (collect(place, "2026-T2") != BMS_OK || place->counts.accepted != 1)
        return -1;
    forget(place);
    return 0;
}

static bms_setup_result renew(struct municipality *place, const bms_setup_options *options) {
    const bms_source workbook = {.name = inside(place, "setup.xlsx")};
    bms_setup_result result;
    forget(place);
    assert_int_equal(bms_setup(place->b, options && options->undo ? NULL : &workbook, options,
                               &place->listener, &result, &place->error),
                     BMS_OK);
    return result;
}

static bool found(const struct municipality *place, const char *rule) {
    for (size_t i = 0; i < place->findings.n; i++) {
        if (strncmp(place->findings.lines[i], rule, strlen(rule)) == 0)
            return true;
    }
    return false;
}

static void the_same_setup_is_not_stored_again(void **state) {
    bms_setup_result result = renew(*state, NULL);
    assert_int_equal(result.version, 1);
    assert_false(result.added);
}

static void a_broken_series_is_stored_only_with_a_yes(void **state) {
    struct municipality *place = *state;
    made_set(place->made, BMS_SHEET_INDICATORS, 0, "question_1", "Tapte timer?");
    bms_setup_result result = renew(place, NULL);
    assert_int_equal(result.mistakes, 0);
    assert_int_equal(result.needs_yes, 1);
    assert_int_equal(result.version, 0);
    assert_true(found(place, "question_changed"));
    result = renew(place, &(bms_setup_options){.yes = true});
    assert_int_equal(result.needs_yes, 0);
    assert_int_equal(result.version, 2);
    assert_true(result.added);
    assert_true(found(place, "question_changed"));
}

static void one_yes_is_asked_for_all_and_no_is_no(void **state) {
    struct municipality *place = *state;
    struct asked asked = {.answer = false};
    made_set(place->made, BMS_SHEET_INDICATORS, 0, "question_2", "Avtalte timer?");
    bms_setup_options options = {.confirm = confirm, .context = &asked};
    bms_setup_result result = renew(place, &options);
    assert_int_equal(asked.n, 2); /* SYK, and KORT that has its number 2 */
    assert_int_equal(result.needs_yes, 2);
    asked.answer = true;
    result = renew(place, &options);
    assert_int_equal(result.needs_yes, 0);
    assert_int_equal(result.version, 2);
}

static void without_numbers_nothing_is_asked(void **state) {
    struct municipality *place = *state;
    made_set(place->made, BMS_SHEET_INDICATORS, 0, "question_1", "Tapte timer?");
    made_set(place->made, BMS_SHEET_TARGETS, BRUK_ALL, "green", "5.5");
    place->made->book.tables[BMS_SHEET_UNITS].n_rows--;
    bms_setup_result result = renew(place, NULL);
    assert_int_equal(result.needs_yes, 0);
    assert_int_equal(result.version, 2);
}

static void a_limit_for_periods_without_numbers_is_not_asked_about(void **state) {
    struct municipality *place = *state;
    made_set(place->made, BMS_SHEET_TARGETS, BRUK_ALL, "green", "5.5"); /* nobody has answered BRUK */
    assert_int_equal(renew(place, NULL).version, 2);
}

static void
a_limit_put_right_for_all_periods_is_kept_on_record_and_loading_again_changes_nothing(void **state) {
    struct municipality *place = *state;
    bms_history *history = NULL;
    bms_setup_book book;
    int version = 0;
    made_set(place->made, BMS_SHEET_TARGETS, 0, "red", "2"); /* SYK */
    assert_int_equal(renew(place, NULL).needs_yes, 1);
    assert_true(found(place, "limit_changed"));
    assert_int_equal(renew(place, &(bms_setup_options){.yes = true}).version, 2);
    assert_false(renew(place, NULL).added);
    assert_int_equal(bms_history_open(&history, inside(place, "bms.db"), "en", NULL, NULL, &place->error),
                     BMS_OK);
    assert_int_equal(bms_history_load_setup(history, place->made->arena, 0, &book, &version, &place->error),
                     BMS_OK);
    assert_string_equal(bms_setup_find(&book.tables[BMS_SHEET_TARGETS].rows[0], "corrected")->text,
                        "2026-09-10");
    bms_history_close(history);
}

static void a_question_in_other_words_goes_on_also_past_later_setups(void **state) {
    struct municipality *place = *state;
    static const char *const codes[] = {"SYK"};
    made_set(place->made, BMS_SHEET_INDICATORS, 0, "question_1", "Hvor mange dagsverk gikk tapt?");
    const bms_setup_options reworded = {.reworded = codes, .n_reworded = 1};
    assert_int_equal(renew(place, &reworded).version, 2);
    made_set(place->made, BMS_SHEET_UNITS, LIA_ROW, "name", "Lia");
    assert_int_equal(renew(place, NULL).version, 3);
    made_set(place->made, BMS_SHEET_INDICATORS, 0, "question_1", "Hvor mange dagsverk er tapt?");
    assert_int_equal(renew(place, NULL).needs_yes, 1);
    assert_int_equal(renew(place, &reworded).version, 4);
    made_set(place->made, BMS_SHEET_UNITS, LIA_ROW, "name", "Lia barnehage");
    bms_history *history = NULL;
    bms_setup_book book;
    int version = 0;
    assert_int_equal(bms_history_open(&history, inside(place, "bms.db"), "en", NULL, NULL, &place->error),
                     BMS_OK);
    assert_int_equal(bms_history_load_setup(history, place->made->arena, 0, &book, &version, &place->error),
                     BMS_OK);
    assert_string_equal(bms_setup_find(&book.tables[BMS_SHEET_INDICATORS].rows[0], "series_since")->text,
                        "1");
    bms_history_close(history);
}

static void other_words_are_said_of_an_indicator_that_is_there(void **state) {
    struct municipality *place = *state;
    static const char *const codes[] = {"SYKK"};
    const bms_source workbook = {.name = inside(place, "setup.xlsx")};
    bms_setup_result result;
    assert_int_equal(bms_setup(place->b, &workbook, &(bms_setup_options){.reworded = codes, .n_reworded = 1},
                               NULL, &result, &place->error),
                     BMS_USAGE);
    assert_non_null(strstr(place->error.message, "SYKK"));
}

static const char *name_of_lia(struct municipality *place) {
    bms_history *history = NULL;
    bms_setup_book book;
    int version = 0;
    assert_int_equal(bms_history_open(&history, inside(place, "bms.db"), "en", NULL, NULL, &place->error),
                     BMS_OK);
    assert_int_equal(bms_history_load_setup(history, place->made->arena, 0, &book, &version, &place->error),
                     BMS_OK);
    bms_history_close(history);
    return bms_setup_find(&book.tables[BMS_SHEET_UNITS].rows[LIA_ROW], "name")->text;
}

static void each_undo_goes_one_version_further_back(void **state) {
    struct municipality *place = *state;
    const bms_setup_options undo = {.undo = true};
    made_set(place->made, BMS_SHEET_UNITS, LIA_ROW, "name", "Lia to");
    assert_int_equal(renew(place, NULL).version, 2);
    made_set(place->made, BMS_SHEET_UNITS, LIA_ROW, "name", "Lia tre");
    assert_int_equal(renew(place, NULL).version, 3);
    bms_setup_result result = renew(place, &undo);
    assert_int_equal(result.undone, 2);
    assert_int_equal(result.version, 4);
    assert_string_equal(name_of_lia(place), "Lia to");
    result = renew(place, &undo);
    assert_int_equal(result.undone, 1);
    assert_string_equal(name_of_lia(place), "Lia barnehage");
    bms_setup_result none;
    assert_int_equal(bms_setup(place->b, NULL, &undo, NULL, &none, &place->error), BMS_USAGE);
    assert_int_equal(renew(place, NULL).version, 6); /* the workbook still says Lia tre */
    assert_int_equal(renew(place, &undo).undone, 5);
}

static void an_undo_asks_as_a_workbook_does(void **state) {
    struct municipality *place = *state;
    made_set(place->made, BMS_SHEET_INDICATORS, 0, "question_1", "Tapte timer?");
    assert_int_equal(renew(place, &(bms_setup_options){.yes = true}).version, 2);
    assert_int_equal(renew(place, &(bms_setup_options){.undo = true}).needs_yes, 1);
    assert_int_equal(renew(place, &(bms_setup_options){.undo = true, .yes = true}).version, 3);
}

static void what_is_gone_while_it_has_numbers_needs_a_yes(void **state) {
    struct municipality *place = *state;
    made_set(place->made, BMS_SHEET_UNITS, LIA_ROW, "code", "1109");
    made_set(place->made, BMS_SHEET_TARGETS, 3, "scope", "1109");
    made_set(place->made, BMS_SHEET_PLAN, 4, "exceptions", "med 1109");
    made_set(place->made, BMS_SHEET_ACTIONS, 0, "unit", "1109");
    made_set(place->made, BMS_SHEET_ACTIONS, 1, "unit", "1109");
    assert_int_equal(renew(place, NULL).needs_yes, 1);
    assert_true(found(place, "unit_gone"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, municipality_end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_same_setup_is_not_stored_again),
        TEST(a_broken_series_is_stored_only_with_a_yes),
        TEST(one_yes_is_asked_for_all_and_no_is_no),
        cmocka_unit_test_setup_teardown(without_numbers_nothing_is_asked, municipality_begin_loaded,
                                        municipality_end),
        TEST(a_limit_for_periods_without_numbers_is_not_asked_about),
        TEST(a_limit_put_right_for_all_periods_is_kept_on_record_and_loading_again_changes_nothing),
        TEST(a_question_in_other_words_goes_on_also_past_later_setups),
        TEST(other_words_are_said_of_an_indicator_that_is_there),
        TEST(each_undo_goes_one_version_further_back),
        TEST(an_undo_asks_as_a_workbook_does),
        TEST(what_is_gone_while_it_has_numbers_needs_a_yes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
