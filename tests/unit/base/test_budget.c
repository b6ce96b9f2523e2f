/** What one file may cost: arenas and buffers that share a budget. */
#include "core/base/arena.h"
#include "core/base/budget.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void a_budget_is_kept_to_the_byte(void **state) {
    (void)state;
    bms_budget budget = {.memory = 100, .work = 10};
    assert_true(bms_budget_take(&budget, 60));
    assert_true(bms_budget_take(&budget, 40));
    assert_false(budget.exceeded);
    assert_false(bms_budget_take(&budget, 1));
    assert_true(budget.exceeded);
    bms_budget_give_back(&budget, 60);
    assert_true(bms_budget_take(&budget, 60));
    assert_false(bms_budget_take(&budget, SIZE_MAX));
}

static void work_is_counted_and_never_given_back(void **state) {
    (void)state;
    bms_budget budget = {.memory = 100, .work = 10};
    assert_true(bms_budget_spend(&budget, 6));
    assert_true(bms_budget_spend(&budget, 4));
    assert_false(bms_budget_spend(&budget, 1));
    assert_false(bms_budget_spend(&budget, UINT64_MAX));
    assert_true(budget.exceeded);
}

static void without_a_budget_nothing_is_counted(void **state) {
    (void)state;
    assert_true(bms_budget_take(NULL, SIZE_MAX));
    assert_true(bms_budget_spend(NULL, UINT64_MAX));
    bms_budget_give_back(NULL, 1);
}

static void an_arena_fails_beyond_its_budget(void **state) {
    (void)state;
    bms_budget budget = {.memory = 1000};
    bms_arena *arena = bms_arena_new();
    bms_arena_set_budget(arena, &budget);
    assert_non_null(bms_arena_alloc(arena, 600));
    assert_null(bms_arena_alloc(arena, 600));
    assert_true(bms_arena_failed(arena));
    assert_true(budget.exceeded);
    assert_string_equal(bms_arena_format(arena, "%500s", "x"), "");
    bms_arena_free(arena);
    assert_int_equal(budget.held, 0);
}

/** What a worker read before must not decide how much its next file may hold. */
static void blocks_that_an_arena_has_kept_make_no_difference(void **state) {
    (void)state;
    for (size_t earlier = 1; earlier < 1000000; earlier *= 10) {
        bms_arena *arena = bms_arena_new();
        bms_budget budget = {.memory = 10000};
        size_t n = 0;
        for (size_t i = 0; i < earlier; i += 100)
            (void)bms_arena_alloc(arena, 100);
        bms_arena_reset(arena);
        bms_arena_set_budget(arena, &budget);
        while (bms_arena_alloc(arena, 100))
            n++;
        assert_int_equal(n, 10000 / 112);
        bms_arena_free(arena);
    }
}

static void arenas_share_a_budget_and_give_it_back(void **state) {
    (void)state;
    bms_budget budget = {.memory = 1000};
    bms_arena *one = bms_arena_new();
    bms_arena *other = bms_arena_new();
    bms_arena_set_budget(one, &budget);
    bms_arena_set_budget(other, &budget);
    assert_non_null(bms_arena_alloc(one, 800));
    assert_null(bms_arena_alloc(other, 800));
    bms_arena_reset(one);
    bms_arena_reset(other);
    assert_non_null(bms_arena_alloc(other, 800));
    bms_arena_free(one);
    bms_arena_free(other);
    assert_int_equal(budget.held, 0);
}

static void without_its_budget_an_arena_can_be_used_again(void **state) {
    (void)state;
    bms_budget budget = {.memory = 100};
    bms_arena *arena = bms_arena_new();
    bms_arena_set_budget(arena, &budget);
    assert_null(bms_arena_alloc(arena, 200));
    bms_arena_set_budget(arena, NULL);
    assert_false(bms_arena_failed(arena));
    assert_non_null(bms_arena_alloc(arena, 200));
    bms_arena_fail(arena);
    bms_arena_set_budget(arena, NULL);
    assert_true(bms_arena_failed(arena)); /* that memory was out is not forgotten */
    bms_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_budget_is_kept_to_the_byte),
        cmocka_unit_test(work_is_counted_and_never_given_back),
        cmocka_unit_test(without_a_budget_nothing_is_counted),
        cmocka_unit_test(an_arena_fails_beyond_its_budget),
        cmocka_unit_test(blocks_that_an_arena_has_kept_make_no_difference),
        cmocka_unit_test(arenas_share_a_budget_and_give_it_back),
        cmocka_unit_test(without_its_budget_an_arena_can_be_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
