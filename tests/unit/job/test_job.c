/** What every verb begins and ends with: after running out of memory nothing is stored or renamed. */
#define _XOPEN_SOURCE 700 /* mkdtemp, nftw */

#include "tests/unit/examples/municipality.h"

#include "core/job/written.h"

/** A job with a run open in which a period is closed. */
static void begin_closing(struct municipality *place, bms_job *job) {
    assert_int_equal(bms_job_begin(job, place->b, NULL, &place->error), BMS_OK);
    assert_int_equal(bms_job_open_defined(job, &place->error), BMS_OK);
    assert_int_equal(bms_history_begin(job->history, "close", job->now, &place->error), BMS_OK);
    assert_int_equal(bms_history_close_period(job->history, "2026-T2", "Ida", &place->error), BMS_OK);
}

/** @return whether another connection sees the period as closed. */
static bool is_closed(struct municipality *place) {
    bms_history *history = NULL;
    int64_t at = 0;
    assert_int_equal(bms_history_open(&history, inside(place, "bms.db"), "en", NULL, NULL, NULL), BMS_OK);
    assert_int_equal(bms_history_closed_at(history, "2026-T2", &at, NULL), BMS_OK);
    bms_history_close(history);
    return at != 0;
}

static void a_run_is_committed_when_memory_sufficed(void **state) {
    struct municipality *place = *state;
    bms_job job;
    begin_closing(place, &job);
    assert_int_equal(bms_job_commit(&job, &place->error), BMS_OK);
    bms_job_end(&job);
    assert_true(is_closed(place));
}

static void a_run_is_rolled_back_when_memory_ran_out(void **state) {
    struct municipality *place = *state;
    bms_job job;
    begin_closing(place, &job);
    bms_arena_fail(job.arena);
    assert_int_equal(bms_job_commit(&job, &place->error), BMS_NO_MEMORY);
    assert_int_equal(place->error.code, BMS_NO_MEMORY);
    assert_int_equal(bms_history_begin(job.history, "close", job.now, NULL), BMS_OK); /* it has ended */
    bms_job_end(&job);
    assert_false(is_closed(place));
}

static void a_run_that_added_nothing_or_failed_is_not_kept(void **state) {
    struct municipality *place = *state;
    bms_job job;
    begin_closing(place, &job);
    assert_int_equal(bms_job_end_run(&job, false, BMS_OK, &place->error), BMS_OK);
    bms_job_end(&job);
    assert_false(is_closed(place));
    begin_closing(place, &job);
    assert_int_equal(bms_job_end_run(&job, true, BMS_CANCELLED, &place->error), BMS_CANCELLED);
    bms_job_end(&job);
    assert_false(is_closed(place));
}

/** A workbook under its temporary name. */
static bms_written *add_workbook(struct municipality *place, bms_written_set *set) {
    bms_written *written = bms_written_add(set, "", "Skjema.xlsx", "1103");
    assert_non_null(written);
    put(place, "Skjema.xlsx.new", "new");
    return written;
}

static void a_file_gets_its_name_last(void **state) {
    struct municipality *place = *state;
    bms_job job;
    bms_written_set set = {.job = &job};
    assert_int_equal(bms_job_begin(&job, place->b, NULL, &place->error), BMS_OK);
    bms_written *written = add_workbook(place, &set);
    assert_int_equal(bms_written_hash(&set, written, &place->error), BMS_OK);
    assert_false(bms_written_lies_there(&set, written));
    assert_int_equal(bms_written_place(&set, written, &place->error), BMS_OK);
    bms_written_clear(&set);
    assert_true(bms_written_lies_there(&set, written));
    assert_string_equal(content(place, "Skjema.xlsx"), "new");
    bms_job_end(&job);
}

static void no_file_is_renamed_when_memory_ran_out(void **state) {
    struct municipality *place = *state;
    bms_job job;
    bms_written_set set = {.job = &job};
    put(place, "Skjema.xlsx", "old");
    assert_int_equal(bms_job_begin(&job, place->b, NULL, &place->error), BMS_OK);
    bms_written *written = add_workbook(place, &set);
    bms_arena_fail(job.arena);
    assert_int_equal(bms_written_place(&set, written, &place->error), BMS_NO_MEMORY);
    bms_written_clear(&set);
    assert_string_equal(content(place, "Skjema.xlsx"), "old");
    assert_int_equal(bms_platform_path_kind(inside(place, "Skjema.xlsx.new")), BMS_PATH_MISSING);
    bms_job_end(&job);
}

static void a_run_has_a_number(void **state) {
    (void)state;
    int64_t run = 0;
    assert_true(bms_run_number("12", &run));
    assert_int_equal(run, 12);
    assert_false(bms_run_number("", &run));
    assert_false(bms_run_number("2026-09-30", &run));
    assert_false(bms_run_number("1234567890123456", &run));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, municipality_begin_loaded, municipality_end)
    const struct CMUnitTest tests[] = {
        TEST(a_run_is_committed_when_memory_sufficed),        TEST(a_run_is_rolled_back_when_memory_ran_out),
        TEST(a_run_that_added_nothing_or_failed_is_not_kept), TEST(a_file_gets_its_name_last),
        TEST(no_file_is_renamed_when_memory_ran_out),         cmocka_unit_test(a_run_has_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
