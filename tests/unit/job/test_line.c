/** Items that pass stages: the calling thread's in order, the workers' in any, and the outcome is always the
 * same. */
#include "tests/unit/close.h"

#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/job/line.h"

#include <stdio.h>
#include <string.h>

enum { ITEMS = 200, MOST_THREADS = 8 };

struct making {
    size_t begun[ITEMS]; /* in which order the calling thread began … */
    size_t n_begun;
    size_t ended[ITEMS]; /* … and ended the items */
    size_t n_ended;
    size_t fails_at_begin;
    size_t fails_at_work;
    bool in_use[MOST_THREADS];
    bool twice; /* two used the same worker's things at a time */
};

struct item {
    size_t index;
    size_t square;
};

static enum bms_status fail_at(const bms_line_item *item, size_t index, const char *what, bms_error *error) {
    char message[40];
    if (item->index != index)
        return BMS_OK;
    (void)snprintf(message, sizeof message, "%s %zu", what, index);
    return bms_error_set(error, BMS_INPUT, "", message);
}

static enum bms_status begin(void *context, bms_line_item *item, int worker, bms_error *error) {
    struct making *making = context;
    struct item *state = item->state;
    assert_int_equal(worker, 0);
    assert_int_equal(state->square, 0);
    state->index = item->index;
    making->begun[making->n_begun++] = item->index;
    return fail_at(item, making->fails_at_begin, "begin", error);
}

static enum bms_status work(void *context, bms_line_item *item, int worker, bms_error *error) {
    struct making *making = context;
    struct item *state = item->state;
    making->twice = making->twice || making->in_use[worker];
    making->in_use[worker] = true;
    (void)bms_arena_format(item->arena, "%zu", item->index);
    for (size_t i = 0; i < (item->index % 7) * 1000; i++)
        state->square = item->index + i;
    state->square = state->index * state->index;
    making->in_use[worker] = false;
    return fail_at(item, making->fails_at_work, "work", error);
}

static enum bms_status end(void *context, bms_line_item *item, int worker, bms_error *error) {
    struct making *making = context;
    const struct item *state = item->state;
    (void)worker;
    (void)error;
    assert_int_equal(state->square, item->index * item->index);
    making->ended[making->n_ended++] = item->index;
    return BMS_OK;
}

static enum bms_status run(struct making *making, int threads, bms_error *error) {
    static bms_line_stage *const stages[] = {begin, work, end};
    const bms_line line = {
        .context = making, .n = ITEMS, .state_size = sizeof(struct item), .stages = stages, .n_stages = 3};
    return bms_line_run(&line, threads, error);
}

static const int numbers[] = {1, 2, 3, MOST_THREADS};

#define EACH(threads)                                                                                        \
    for (const int *threads = numbers; threads < numbers + sizeof numbers / sizeof numbers[0]; threads++)

static void items_begin_and_end_in_order_however_many_threads_there_are(void **state) {
    (void)state;
    EACH(threads) {
        struct making making = {.fails_at_begin = ITEMS, .fails_at_work = ITEMS};
        bms_error error = {0};
        assert_int_equal(run(&making, *threads, &error), BMS_OK);
        assert_int_equal(making.n_begun, ITEMS);
        assert_int_equal(making.n_ended, ITEMS);
        for (size_t i = 0; i < ITEMS; i++) {
            assert_int_equal(making.begun[i], i);
            assert_int_equal(making.ended[i], i);
        }
        assert_false(making.twice);
    }
}

static void the_first_item_that_fails_decides_and_those_before_it_are_finished(void **state) {
    (void)state;
    EACH(threads) {
        struct making making = {.fails_at_begin = 18, .fails_at_work = 17};
        bms_error error = {0};
        assert_int_equal(run(&making, *threads, &error), BMS_INPUT);
        assert_string_equal(error.message, "work 17");
        assert_int_equal(making.n_ended, 17);
        making = (struct making){.fails_at_begin = 5, .fails_at_work = 9};
        assert_int_equal(run(&making, *threads, &error), BMS_INPUT);
        assert_string_equal(error.message, "begin 5");
        assert_int_equal(making.n_ended, 5);
    }
}

static void a_line_without_items_is_done(void **state) {
    static bms_line_stage *const stages[] = {begin};
    const bms_line line = {.state_size = sizeof(struct item), .stages = stages, .n_stages = 1};
    (void)state;
    assert_int_equal(bms_line_run(&line, 4, NULL), BMS_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_begin_and_end_in_order_however_many_threads_there_are),
        cmocka_unit_test(the_first_item_that_fails_decides_and_those_before_it_are_finished),
        cmocka_unit_test(a_line_without_items_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
