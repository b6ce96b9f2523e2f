/** Corrections: written for what a unit can correct, never over what somebody has begun on. */

#include "tests/unit/examples/municipality.h"

#define ENG "unit 1103\nperiod 2026-T2\nsigned Kari\n"
#define CORRECTION "corrections/2026-T2/1103-Eng_barnehage.xlsx"

static void assert_one_file(const struct municipality *place, const char *line) {
    assert_int_equal(place->files.n, 1);
    assert_string_equal(place->files.lines[0], line);
}

static void a_held_return_gets_a_correction_that_names_it(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 200 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_one_file(place, CORRECTION " written 1103");
    assert_string_equal(content(place, CORRECTION),
                        "unit 1103\nperiod 2026-T2\nreplaces eng.xlsx\nfindings 1\nfirst part_above_whole\n");
}

static void an_accepted_return_gets_none(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(place->files.n, 0);
    assert_int_equal(bms_platform_path_kind(inside(place, "corrections")), BMS_PATH_MISSING);
}

static void what_only_the_coordinator_can_settle_gets_none(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 13 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(place->files.n, 0);
}

static void a_form_of_another_period_gets_none(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", "unit 1103\nperiod 2026-T1\nsigned Kari\nSYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(place->counts.held, 1);
    assert_int_equal(place->files.n, 0);
}

static void the_same_correction_is_left_as_it_is(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 200 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_one_file(place, CORRECTION " unchanged 1103");
}

static void a_correction_that_is_begun_on_is_kept(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 200 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    put(place, CORRECTION, "begun on");
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 300 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_one_file(place, CORRECTION " kept 1103");
    assert_string_equal(content(place, CORRECTION), "begun on");
}

static void the_correction_is_of_the_newest_file(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 200 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 300 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_one_file(place, CORRECTION " written 1103");
    assert_non_null(strstr(content(place, CORRECTION), "replaces b.xlsx"));
}

static void once_the_corrected_file_is_accepted_no_more_is_written(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 200 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 20 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(place->counts.accepted, 1);
    assert_int_equal(place->files.n, 0);
}

static void without_corrections_none_is_written(void **state) {
    struct municipality *place = *state;
    const bms_collect_options options = {.no_corrections = true};
    const bms_source from = {.name = "2026-T2"};
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 200 148\nKORT 3\n");
    assert_int_equal(bms_collect(place->b, &from, 1, &options, NULL, &place->counts, &place->error), BMS_OK);
    assert_int_equal(place->counts.held, 1);
    assert_int_equal(bms_platform_path_kind(inside(place, "corrections")), BMS_PATH_MISSING);
}

static void a_full_disk_leaves_the_history_as_it_was(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 200 148\nKORT 3\n");
    fake.writes_until_full = 1;
    assert_int_equal(collect(place, "2026-T2"), BMS_NOT_WRITABLE);
    assert_int_equal(place->rows.n, 0);
    assert_int_equal(bms_platform_path_kind(inside(place, CORRECTION)), BMS_PATH_MISSING);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_one_file(place, CORRECTION " written 1103");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, municipality_begin_loaded, municipality_end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_held_return_gets_a_correction_that_names_it),
        TEST(an_accepted_return_gets_none),
        TEST(what_only_the_coordinator_can_settle_gets_none),
        TEST(a_form_of_another_period_gets_none),
        TEST(the_same_correction_is_left_as_it_is),
        TEST(a_correction_that_is_begun_on_is_kept),
        TEST(the_correction_is_of_the_newest_file),
        TEST(once_the_corrected_file_is_accepted_no_more_is_written),
        TEST(without_corrections_none_is_written),
        TEST(a_full_disk_leaves_the_history_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
