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
static bms_written *add_workbook(bms_written_set *set) {
    bms_written *written = bms_written_add(set, "", "Skjema.xlsx", "1103");
    assert_non_null(written);
    assert_int_equal(bms_platform_write_file(written->temporary, "en", "new", 3, NULL), BMS_OK);
    return written;
}

static void a_file_gets_its_name_last(void **state) {
    struct municipality *place = *state;
    bms_job job;
    bms_written_set set = {.job = &job};
    assert_int_equal(bms_job_begin(&job, place->b, NULL, &place->error), BMS_OK);
    bms_written *written = add_workbook(&set);
    assert_int_equal(bms_written_hash(&job, written->temporary, written->sha256, &place->error), BMS_OK);
    assert_false(bms_written_lies_there(&job, written->path, written->sha256));
    bms_written_place(&set, written);
    bms_written_clear(&set);
    assert_true(bms_written_lies_there(&job, written->path, written->sha256));
    assert_string_equal(content(place, "Skjema.xlsx"), "new");
    bms_job_end(&job);
}

static void a_file_gets_its_name_also_when_memory_runs_out_after_the_commit(void **state) {
    struct municipality *place = *state;
    bms_job job;
    bms_written_set set = {.job = &job};
    put(place, "Skjema.xlsx", "old");
    assert_int_equal(bms_job_begin(&job, place->b, NULL, &place->error), BMS_OK);
    bms_written *written = add_workbook(&set);
    bms_arena_fail(job.arena);
    bms_written_place(&set, written);
    bms_written_clear(&set);
    assert_string_equal(content(place, "Skjema.xlsx"), "new");
    bms_job_end(&job);
}

static void nothing_is_given_a_name_when_memory_ran_out_before(void **state) {
    struct municipality *place = *state;
    bms_job job;
    assert_int_equal(bms_job_begin(&job, place->b, NULL, &place->error), BMS_OK);
    assert_int_equal(bms_job_open(&job, &place->error), BMS_OK);
    bms_arena_fail(job.arena);
    assert_int_equal(bms_job_end_run(&job, false, BMS_OK, &place->error), BMS_NO_MEMORY);
    bms_job_end(&job);
}

/** Something that a file cannot replace. */
static void put_in_the_way(const struct municipality *place, const char *name) {
    (void)remove(inside(place, name));
    put(place, bms_arena_format(place->made->arena, "%s/inside.txt", name), "in the way");
}

static void a_file_that_cannot_be_replaced_is_reported_and_the_others_go_on(void **state) {
    struct municipality *place = *state;
    bms_job job;
    bms_written_set set = {.job = &job};
    assert_int_equal(bms_job_begin(&job, place->b, &place->listener, &place->error), BMS_OK);
    (void)add_workbook(&set);
    bms_written *other = bms_written_add(&set, "", "Annet.xlsx", NULL);
    assert_non_null(other);
    put(place, other->name, "old");
    assert_int_equal(bms_platform_write_file(other->temporary, "en", "other", 5, NULL), BMS_OK);
    put_in_the_way(place, "Skjema.xlsx");
    bms_written_place_all(&set);
    forget(place);
    bms_written_deliver(&set);
    bms_written_clear(&set);
    assert_string_equal(place->rows.lines[0], "Skjema.xlsx not replaced");
    assert_string_equal(place->rows.lines[1], "Annet.xlsx written");
    assert_int_equal(place->findings.n, 1);
    assert_non_null(strstr(place->findings.lines[0], "not_replaced"));
    assert_non_null(strstr(place->findings.lines[0], "Skjema.xlsx"));
    assert_string_equal(content(place, "Annet.xlsx"), "other");
    assert_string_equal(content(place, "Skjema.xlsx/inside.txt"), "in the way");
    bms_job_end(&job);
}

static void a_file_that_cannot_be_read_is_not_replaced(void **state) {
    struct municipality *place = *state;
    bms_job job;
    bms_written_set set = {.job = &job};
    assert_int_equal(bms_job_begin(&job, place->b, NULL, &place->error), BMS_OK);
    assert_int_equal(bms_job_open_defined(&job, &place->error), BMS_OK);
    bms_written *written = add_workbook(&set);
    put_in_the_way(place, "Skjema.xlsx");
    assert_int_equal(bms_written_made(&set, written, &place->error), BMS_OK);
    assert_int_equal(written->action, BMS_FILE_NOT_REPLACED);
    assert_false(bms_written_is_new(written));
    bms_job_end(&job);
}

static void folders_made_for_nothing_are_removed_and_others_stay(void **state) {
    struct municipality *place = *state;
    bms_job job;
    bms_written_set set = {.job = &job};
    put(place, "kept/one.txt", "1");
    assert_int_equal(bms_job_begin(&job, place->b, NULL, &place->error), BMS_OK);
    assert_int_equal(bms_written_folder(&set, "kept/a/b", &place->error), BMS_OK);
    assert_int_equal(bms_written_folder(&set, "made/a", &place->error), BMS_OK);
    put(place, "made/one.txt", "1");
    assert_int_equal(bms_platform_path_kind(inside(place, "kept/a/b")), BMS_PATH_FOLDER);
    bms_written_clear(&set);
    assert_int_equal(bms_platform_path_kind(inside(place, "kept/a")), BMS_PATH_MISSING);
    assert_int_equal(bms_platform_path_kind(inside(place, "made/a")), BMS_PATH_MISSING);
    assert_string_equal(content(place, "kept/one.txt"), "1");
    assert_string_equal(content(place, "made/one.txt"), "1");
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
        TEST(a_run_is_committed_when_memory_sufficed),
        TEST(a_run_is_rolled_back_when_memory_ran_out),
        TEST(a_run_that_added_nothing_or_failed_is_not_kept),
        TEST(a_file_gets_its_name_last),
        TEST(a_file_gets_its_name_also_when_memory_runs_out_after_the_commit),
        TEST(nothing_is_given_a_name_when_memory_ran_out_before),
        TEST(a_file_that_cannot_be_replaced_is_reported_and_the_others_go_on),
        TEST(a_file_that_cannot_be_read_is_not_replaced),
        TEST(folders_made_for_nothing_are_removed_and_others_stay),
        cmocka_unit_test(a_run_has_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
