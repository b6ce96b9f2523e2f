/** A call that runs out of memory anywhere fails, and never answers in part. */
#define _XOPEN_SOURCE 700 /* mkdtemp, nftw */

#include "tests/unit/failing_memory.h"

#include "tests/unit/examples/municipality.h"

void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_realloc(void *old, size_t size) {
    return may_allocate() ? __real_realloc(old, size) : NULL;
}

/** @return whether all files have come back that were to. */
static bool has_all_files(const bms_answer *answer, const bms_answer *whole) {
    bool all = answer->n_files == whole->n_files;
    for (size_t i = 0; all && i < answer->n_files; i++)
        all = answer->files[i].bytes;
    return all;
}

/** Call with room for 0, 1, 2 … allocations until there is enough. Files that do not come back because memory
 * is out after all is done are no failure. */
static void assert_whole(struct municipality *place, const char *verb, const char *request,
                         const bms_source *attached, size_t n, enum bms_status expected) {
    bms_answer whole;
    bms_answer answer;
    assert_int_equal(bms_call(place->b, verb, request, attached, n, NULL, &whole, NULL), expected);
    enum bms_status status = BMS_NO_MEMORY;
    bool complete = false;
    for (size_t room = 0; !complete; room++) {
        bms_error error;
        left = room;
        status = bms_call(place->b, verb, request, attached, n, NULL, &answer, &error);
        left = SIZE_MAX;
        assert_true(room < 20000);
        assert_int_equal(error.code, status);
        if (status == BMS_NO_MEMORY) {
            assert_int_equal(answer.n_files, 0);
            assert_true(!answer.text || strstr(answer.text, "{\"error\":{\"code\":\"no_memory\""));
            bms_answer_free(&answer);
            continue;
        }
        /* What is stored is no failure any more: the answer says that it is not the whole. */
        const bool cut = answer.text && strstr(answer.text, "\"incomplete\":true");
        complete = !cut && (has_all_files(&answer, &whole) || expected != BMS_OK);
        assert_true(!answer.text || cut || strcmp(answer.text, whole.text) == 0);
        if (!complete)
            bms_answer_free(&answer);
    }
    assert_int_equal(status, expected);
    assert_true(answer.text || expected != BMS_OK);
    assert_int_equal(answer.n_files, whole.n_files);
    bms_answer_free(&answer);
    bms_answer_free(&whole);
}

static void a_refusal(void **state) {
    assert_whole(*state, "shred", "{}", NULL, 0, BMS_USAGE);
    assert_whole(*state, "forms", "{\"periods\":1}", NULL, 0, BMS_USAGE);
    assert_whole(*state, "forms", "{\"period\":1}", NULL, 0, BMS_USAGE);
    assert_whole(*state, "forms", "{", NULL, 0, BMS_USAGE);
    assert_whole(*state, "redact", "{}", NULL, 0, BMS_USAGE);
}

static void an_answer_that_is_streamed(void **state) {
    const bms_source book = {.name = "book", .bytes = "a", .size = 1};
    assert_whole(*state, "cells", "{\"details\":true}", &book, 1, BMS_OK);
    assert_whole(*state, "cells", "{\"file\":\"book\",\"format\":\"tsv\"}", NULL, 0, BMS_OK);
}

static void an_answer_with_files_as_bytes(void **state) {
    assert_whole(*state, "forms", "{\"period\":\"2026-T2\",\"unit\":\"1101\",\"bytes\":true}", NULL, 0,
                 BMS_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, municipality_begin_loaded, municipality_end)

int main(void) {
    left = SIZE_MAX;
    const struct CMUnitTest tests[] = {
        TEST(a_refusal),
        TEST(an_answer_that_is_streamed),
        TEST(an_answer_with_files_as_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
