/** Writing the reports of a period: all of them or none, and editions that count what was written. */

#include "tests/unit/examples/municipality.h"

static enum bms_status report(struct municipality *place, const char *period, const char *unit) {
    forget(place);
    return bms_report(place->b, period, unit, &place->listener, &place->error);
}

static size_t files_in(const struct municipality *place, const char *folder) {
    const char **names = NULL;
    size_t n = 0;
    bms_error error = {0};
    (void)bms_platform_list_folder(place->made->arena, inside(place, folder), "en", &names, &n, &error);
    return n;
}

static void every_unit_every_leader_and_the_municipality_get_one(void **state) {
    struct municipality *place = *state;
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    const char *const expected[] = {"1000-Eksempel_kommune.xlsx written", "1100-Oppvekst.xlsx written",
                                    "1101-Lia_barnehage.xlsx written", "1102-Fjell_skole.xlsx written",
                                    "1103-Eng_barnehage.xlsx written"};
    assert_int_equal(place->rows.n, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(place->rows.lines[i], expected[i]);
    assert_int_equal(files_in(place, "reports/2026-T2"), 5);
}

static void what_was_collected_stands_in_the_reports(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", "unit 1103\nperiod 2026-T2\nsigned Kari\nSYK 12 200\nKORT 3\n");
    put(place, "returns/2026-T2/lia.xlsx",
        "unit 1101\nperiod 2026-T2\nsigned Ola\nSYK 28 200\nKORT 9\nFALL 0 50\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(place->counts.accepted, 2);
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    /* First on the scorecard would come the complaints, which the school was asked for in T1, before anything
     * was received: they are not there. Then the falls, 0 per 1000 at Lia; then sick leave, 6 % at Eng. */
    assert_string_equal(content(place, "reports/2026-T2/1101-Lia_barnehage.xlsx"),
                        "unit 1101 edition 1 delivered 1 of 1 first 0");
    assert_string_equal(content(place, "reports/2026-T2/1103-Eng_barnehage.xlsx"),
                        "unit 1103 edition 1 delivered 1 of 1 first 6");
    assert_string_equal(content(place, "reports/2026-T2/1100-Oppvekst.xlsx"),
                        "unit 1100 edition 1 delivered 2 of 3 first 0");
}

static const char town[] = "reports/2026-T2/1000-Eksempel_kommune.xlsx";
static const char eng[] = "reports/2026-T2/1103-Eng_barnehage.xlsx";

static void collect_eng(struct municipality *place, const char *name, const char *numbers) {
    put(place, bms_arena_format(place->made->arena, "returns/2026-T2/%s", name),
        bms_arena_format(place->made->arena, "unit 1103\nperiod 2026-T2\nsigned Kari\n%s\n", numbers));
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
}

static void what_says_the_same_is_the_same_edition(void **state) {
    struct municipality *place = *state;
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    place->now += 86400;
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    assert_int_equal(place->rows.n, 5);
    assert_string_equal(place->rows.lines[4], "1103-Eng_barnehage.xlsx unchanged");
    assert_non_null(strstr(content(place, eng), "edition 1"));
    assert_int_equal(files_in(place, "reports/2026-T2"), 5);
}

static void what_was_preliminary_is_another_edition_when_the_period_is_over(void **state) {
    struct municipality *place = *state;
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    place->now = 1789459200; /* 2026-09-15 */
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    assert_non_null(strstr(content(place, eng), "edition 2"));
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    assert_non_null(strstr(content(place, eng), "edition 2"));
}

static void in_another_language_than_the_units_it_is_no_edition(void **state) {
    struct municipality *place = *state;
    assert_int_equal(bms_set_workbook_language(place->b, "xx", &place->error), BMS_USAGE);
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    put(place, eng, "the edition");
    assert_int_equal(bms_set_workbook_language(place->b, "nn", &place->error), BMS_OK);
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    assert_string_equal(content(place, eng), "the edition");
    assert_non_null(strstr(content(place, "reports/2026-T2/nn/1103-Eng_barnehage.xlsx"), "edition 1"));
}

static void what_says_something_else_is_the_next_edition(void **state) {
    struct municipality *place = *state;
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    collect_eng(place, "eng.xlsx", "SYK 12 200\nKORT 3");
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    assert_non_null(strstr(content(place, eng), "edition 2"));
    assert_non_null(strstr(content(place, town), "edition 2"));
    assert_non_null(strstr(content(place, "reports/2026-T2/1101-Lia_barnehage.xlsx"), "edition 1"));
}

static void a_report_that_was_lost_is_written_again_as_it_was(void **state) {
    struct municipality *place = *state;
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    const char *before = content(place, eng);
    put(place, eng, "overwritten");
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    assert_string_equal(content(place, eng), before);
    assert_string_equal(place->rows.lines[4], "1103-Eng_barnehage.xlsx written");
}

static void a_report_as_of_a_run_is_the_one_that_was_written_then(void **state) {
    struct municipality *place = *state;
    collect_eng(place, "eng.xlsx", "SYK 12 200\nKORT 3");     /* run 2, after the setup */
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK); /* run 3 */
    const char *before = content(place, eng);
    place->now += 86400;
    collect_eng(place, "eng2.xlsx", "SYK 20 200\nKORT 3");    /* run 4 */
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK); /* run 5 */
    assert_non_null(strstr(content(place, eng), "edition 2"));
    assert_int_equal(bms_set_as_of(place->b, "3", &place->error), BMS_OK);
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    assert_string_equal(content(place, "reports/2026-T2/as-of-3/1103-Eng_barnehage.xlsx"), before);
    assert_non_null(strstr(content(place, eng), "edition 2"));
    assert_int_equal(bms_set_as_of(place->b, NULL, &place->error), BMS_OK);
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    assert_string_equal(place->rows.lines[4], "1103-Eng_barnehage.xlsx unchanged");
}

static void nothing_is_added_to_the_past(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", "unit 1103\nperiod 2026-T2\nsigned Kari\nSYK 12 200\nKORT 3\n");
    assert_int_equal(bms_set_as_of(place->b, "1", &place->error), BMS_OK);
    assert_int_equal(collect(place, "2026-T2"), BMS_USAGE);
    assert_int_equal(bms_set_as_of(place->b, "2", &place->error), BMS_OK);
    assert_int_equal(report(place, "2026-T2", NULL), BMS_USAGE); /* no such run */
    assert_int_equal(bms_set_as_of(place->b, "i går", &place->error), BMS_USAGE);
}

static void a_period_without_forms_is_refused_with_those_that_have_forms(void **state) {
    struct municipality *place = *state;
    assert_int_equal(report(place, "2026-Q7", NULL), BMS_USAGE);
    assert_non_null(strstr(place->error.message, "2026-T2"));
    assert_int_equal(files_in(place, "reports"), 0);
}

static void an_unknown_unit_is_refused_with_the_nearest(void **state) {
    struct municipality *place = *state;
    assert_int_equal(report(place, "2026-T2", "1104"), BMS_USAGE);
    assert_non_null(strstr(place->error.message, "110"));
}

static void a_full_disk_leaves_folder_and_editions_as_they_were(void **state) {
    struct municipality *place = *state;
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    fake.writes_until_full = 3;
    assert_int_equal(report(place, "2026-T2", NULL), BMS_NOT_WRITABLE);
    assert_int_equal(place->rows.n, 0);
    assert_int_equal(files_in(place, "reports/2026-T2"), 5);
    assert_non_null(strstr(content(place, "reports/2026-T2/1000-Eksempel_kommune.xlsx"), "edition 1"));
    collect_eng(place, "eng.xlsx", "SYK 12 200\nKORT 3");
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    assert_non_null(strstr(content(place, "reports/2026-T2/1000-Eksempel_kommune.xlsx"), "edition 2"));
}

static void a_cancelled_run_leaves_nothing_behind(void **state) {
    struct municipality *place = *state;
    place->stop_after = 3;
    assert_int_equal(report(place, "2026-T2", NULL), BMS_CANCELLED);
    assert_int_equal(files_in(place, "reports/2026-T2"), 0);
    place->stop_after = 0;
    assert_int_equal(report(place, "2026-T2", NULL), BMS_OK);
    assert_non_null(strstr(content(place, "reports/2026-T2/1000-Eksempel_kommune.xlsx"), "edition 1"));
}

static void a_folder_that_cannot_be_made_is_reported(void **state) {
    struct municipality *place = *state;
    put(place, "reports", "a file where the folder should be");
    assert_int_equal(report(place, "2026-T2", NULL), BMS_NOT_WRITABLE);
    assert_true(place->error.where[0] != '\0');
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, municipality_begin_loaded, municipality_end)
    const struct CMUnitTest tests[] = {
        TEST(every_unit_every_leader_and_the_municipality_get_one),
        TEST(what_was_collected_stands_in_the_reports),
        TEST(what_says_the_same_is_the_same_edition),
        TEST(what_was_preliminary_is_another_edition_when_the_period_is_over),
        TEST(in_another_language_than_the_units_it_is_no_edition),
        TEST(what_says_something_else_is_the_next_edition),
        TEST(a_report_that_was_lost_is_written_again_as_it_was),
        TEST(a_report_as_of_a_run_is_the_one_that_was_written_then),
        TEST(nothing_is_added_to_the_past),
        TEST(a_period_without_forms_is_refused_with_those_that_have_forms),
        TEST(an_unknown_unit_is_refused_with_the_nearest),
        TEST(a_full_disk_leaves_folder_and_editions_as_they_were),
        TEST(a_cancelled_run_leaves_nothing_behind),
        TEST(a_folder_that_cannot_be_made_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
