/** Starting, loading a setup, and writing forms without ever losing what somebody has begun on. */

#include "tests/unit/examples/municipality.h"

static enum bms_status forms(struct municipality *place, const char *unit, bool force) {
    forget(place);
    return bms_forms(place->b, "2026-T2", unit, force, &place->listener, &place->error);
}

static const char *action_of(const struct municipality *place, const char *unit) {
    for (size_t i = 0; i < place->rows.n; i++) {
        if (strncmp(place->rows.lines[i], unit, strlen(unit)) == 0)
            return strchr(place->rows.lines[i], ' ') + 1;
    }
    return "none";
}

static size_t files_in(const struct municipality *place, const char *folder) {
    const char **names = NULL;
    size_t n = 0;
    bms_error error = {0};
    (void)bms_platform_list_folder(place->made->arena, inside(place, folder), "en", &names, &n, &error);
    return n;
}

static void init_makes_a_setup_and_an_empty_history(void **state) {
    struct municipality *place = *state;
    assert_string_equal(content(place, "setup.xlsx"), "a setup");
    assert_int_equal(bms_platform_path_kind(inside(place, "bms.db")), BMS_PATH_FILE);
    assert_string_equal(bms_template_names()[0], "invented");
    assert_null(bms_template_names()[1]);
}

static void init_never_overwrites(void **state) {
    struct municipality *place = *state;
    put(place, "setup.xlsx", "months of work");
    assert_int_equal(bms_init(place->b, "invented", place->folder, NULL, &place->error), BMS_USAGE);
    assert_string_equal(place->error.where, inside(place, "bms.db"));
    assert_int_equal(remove(inside(place, "bms.db")), 0);
    assert_int_equal(bms_init(place->b, "invented", place->folder, NULL, &place->error), BMS_USAGE);
    assert_string_equal(place->error.where, inside(place, "setup.xlsx"));
    assert_string_equal(content(place, "setup.xlsx"), "months of work");
    assert_int_equal(bms_platform_path_kind(inside(place, "bms.db")), BMS_PATH_MISSING);
}

static void init_names_the_templates_there_are(void **state) {
    struct municipality *place = *state;
    assert_int_equal(bms_init(place->b, "other", inside(place, "new"), NULL, &place->error), BMS_USAGE);
    assert_non_null(strstr(place->error.message, "invented"));
    assert_int_equal(bms_platform_path_kind(inside(place, "new")), BMS_PATH_MISSING);
}

static void nothing_can_be_done_before_the_setup_is_loaded(void **state) {
    struct municipality *place = *state;
    assert_int_equal(forms(place, NULL, false), BMS_USAGE);
    assert_non_null(strstr(place->error.message, "bms setup"));
}

static void mistakes_in_a_setup_are_all_reported_and_nothing_is_stored(void **state) {
    struct municipality *place = *state;
    const bms_source workbook = {.name = inside(place, "setup.xlsx")};
    bms_setup_result result;
    made_set(place->made, BMS_SHEET_UNITS, 3, "code", "1101");
    made_set(place->made, BMS_SHEET_UNITS, 4, "parent", "9999");
    assert_int_equal(bms_setup(place->b, &workbook, NULL, &place->listener, &result, &place->error), BMS_OK);
    assert_true(result.mistakes >= 2);
    assert_true(place->findings.n >= 2);
    assert_int_equal(forms(place, NULL, false), BMS_USAGE);
}

static void a_missing_setup_workbook_is_no_finding_but_a_failure(void **state) {
    struct municipality *place = *state;
    const bms_source workbook = {.name = inside(place, "nothing.xlsx")};
    bms_setup_result result;
    assert_int_equal(bms_setup(place->b, &workbook, NULL, &place->listener, &result, &place->error),
                     BMS_INPUT);
}

static void every_unit_that_is_asked_gets_a_form(void **state) {
    struct municipality *place = *state;
    load_setup(place);
    assert_int_equal(forms(place, NULL, false), BMS_OK);
    assert_int_equal(place->rows.n, 3);
    assert_string_equal(action_of(place, "1101"), "written");
    assert_string_equal(action_of(place, "1102"), "written");
    assert_string_equal(action_of(place, "1103"), "written");
    assert_int_equal(files_in(place, "forms/2026-T2"), 3);
}

static void one_units_form_can_be_asked_for(void **state) {
    struct municipality *place = *state;
    load_setup(place);
    assert_int_equal(forms(place, "1102", false), BMS_OK);
    assert_int_equal(place->rows.n, 1);
    assert_int_equal(files_in(place, "forms/2026-T2"), 1);
    assert_int_equal(forms(place, "1100", false), BMS_USAGE);
    assert_int_equal(forms(place, "1109", false), BMS_USAGE);
    assert_non_null(strstr(place->error.message, "110"));
}

static void forms_written_again_are_unchanged(void **state) {
    struct municipality *place = *state;
    load_setup(place);
    assert_int_equal(forms(place, NULL, false), BMS_OK);
    place->now += 3600;
    assert_int_equal(forms(place, NULL, false), BMS_OK);
    assert_string_equal(action_of(place, "1101"), "unchanged");
    assert_int_equal(files_in(place, "forms/2026-T2"), 3);
}

static void a_form_that_somebody_has_begun_on_is_kept(void **state) {
    struct municipality *place = *state;
    load_setup(place);
    assert_int_equal(forms(place, "1103", false), BMS_OK);
    const char *name = bms_arena_format(place->made->arena, "forms/2026-T2/%s", place->rows.lines[0]);
    *strchr(name, ' ') = '\0';
    put(place, name, "half filled in");
    assert_int_equal(forms(place, NULL, false), BMS_OK);
    assert_string_equal(action_of(place, "1103"), "kept");
    assert_string_equal(action_of(place, "1101"), "written");
    assert_string_equal(content(place, name), "half filled in");
    assert_int_equal(forms(place, NULL, true), BMS_OK);
    assert_string_equal(action_of(place, "1103"), "written");
    assert_string_equal(action_of(place, "1101"), "unchanged");
    assert_int_equal(files_in(place, "forms/2026-T2"), 3);
}

static void a_form_nobody_has_touched_follows_a_new_setup(void **state) {
    struct municipality *place = *state;
    load_setup(place);
    assert_int_equal(forms(place, "1103", false), BMS_OK);
    made_set(place->made, BMS_SHEET_INDICATORS, 0, "name", "Sykefravær i alt");
    load_setup(place);
    assert_int_equal(forms(place, "1103", false), BMS_OK);
    assert_string_equal(action_of(place, "1103"), "written");
}

static void a_file_of_the_same_name_that_is_not_ours_is_kept(void **state) {
    struct municipality *place = *state;
    load_setup(place);
    put(place, "forms/2026-T2/1103-Eng_barnehage.xlsx", "something else");
    assert_int_equal(forms(place, NULL, false), BMS_OK);
    assert_string_equal(action_of(place, "1103"), "kept");
    assert_string_equal(content(place, "forms/2026-T2/1103-Eng_barnehage.xlsx"), "something else");
}

static void a_full_disk_leaves_the_folder_as_it_was(void **state) {
    struct municipality *place = *state;
    load_setup(place);
    for (int writes = 1; writes <= 3; writes++) {
        fake.writes_until_full = writes;
        assert_int_equal(forms(place, NULL, false), BMS_NOT_WRITABLE);
        assert_int_equal(place->rows.n, 0);
        assert_int_equal(bms_platform_path_kind(inside(place, "forms/2026-T2")), BMS_PATH_MISSING);
    }
}

static void a_cancelled_run_leaves_the_folder_as_it_was(void **state) {
    struct municipality *place = *state;
    load_setup(place);
    place->stop_after = 4;
    assert_int_equal(forms(place, NULL, false), BMS_CANCELLED);
    assert_int_equal(files_in(place, "forms/2026-T2"), 0);
}

static void a_period_without_forms_names_those_with(void **state) {
    struct municipality *place = *state;
    load_setup(place);
    assert_int_equal(bms_forms(place->b, "2029-T1", NULL, false, NULL, &place->error), BMS_USAGE);
    assert_non_null(strstr(place->error.message, "2026-T1, 2026-T2"));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, municipality_begin, municipality_end)
    const struct CMUnitTest tests[] = {
        TEST(init_makes_a_setup_and_an_empty_history),
        TEST(init_never_overwrites),
        TEST(init_names_the_templates_there_are),
        TEST(nothing_can_be_done_before_the_setup_is_loaded),
        TEST(mistakes_in_a_setup_are_all_reported_and_nothing_is_stored),
        TEST(a_missing_setup_workbook_is_no_finding_but_a_failure),
        TEST(every_unit_that_is_asked_gets_a_form),
        TEST(one_units_form_can_be_asked_for),
        TEST(forms_written_again_are_unchanged),
        TEST(a_form_that_somebody_has_begun_on_is_kept),
        TEST(a_form_nobody_has_touched_follows_a_new_setup),
        TEST(a_file_of_the_same_name_that_is_not_ours_is_kept),
        TEST(a_full_disk_leaves_the_folder_as_it_was),
        TEST(a_cancelled_run_leaves_the_folder_as_it_was),
        TEST(a_period_without_forms_names_those_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
