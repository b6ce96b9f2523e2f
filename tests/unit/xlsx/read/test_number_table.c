/** The table of what a file numbers itself: right, and no dearer for numbers that were chosen to harm. */
#include "xlsx/read/number_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void a_number_that_was_not_put_has_no_value(void **state) {
    (void)state;
    bms_number_table table = {0};
    assert_int_equal(bms_number_table_get(&table, 0), BMS_NO_VALUE);
    assert_true(bms_number_table_put(&table, 7, 1));
    assert_int_equal(bms_number_table_get(&table, 6), BMS_NO_VALUE);
    assert_int_equal(bms_number_table_get(&table, 7 + (1U << 28)), BMS_NO_VALUE);
    bms_number_table_dispose(&table);
}

static void each_number_has_its_last_value(void **state) {
    (void)state;
    static const uint32_t numbers[] = {0, 1, 15, 16, 255, 65536, UINT32_MAX, UINT32_MAX - 1, 1U << 31};
    enum { N = sizeof numbers / sizeof *numbers };
    bms_number_table table = {0};
    for (uint32_t i = 0; i < N; i++) {
        assert_true(bms_number_table_put(&table, numbers[i], 99));
        assert_true(bms_number_table_put(&table, numbers[i], i));
    }
    for (uint32_t i = 0; i < N; i++)
        assert_int_equal(bms_number_table_get(&table, numbers[i]), i);
    bms_number_table_dispose(&table);
}

/** Numbers that differ in one end only are what collides in a hash table; here they only share branches. */
static void numbers_that_would_collide_take_no_more_room(void **state) {
    (void)state;
    enum { N = 4096, MOST_NODES = N / 2 + 8 };
    for (int shift = 0; shift <= 20; shift += 4) {
        bms_number_table table = {0};
        for (uint32_t i = 0; i < N; i++)
            assert_true(bms_number_table_put(&table, i << shift, i));
        for (uint32_t i = 0; i < N; i++)
            assert_int_equal(bms_number_table_get(&table, i << shift), i);
        assert_true(table.count <= (shift == 0 ? MOST_NODES : N * 6 + 8));
        bms_number_table_dispose(&table);
    }
}

static void it_keeps_to_its_budget(void **state) {
    (void)state;
    bms_budget budget = {.memory = 100000};
    bms_number_table table = {.budget = &budget};
    uint32_t n = 0;
    while (bms_number_table_put(&table, n << 16, n))
        n++;
    assert_true(n > 100 && n < 100000 / 64);
    assert_true(budget.exceeded);
    assert_int_equal(bms_number_table_get(&table, 5U << 16), 5);
    bms_number_table_dispose(&table);
    assert_int_equal(budget.held, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_that_was_not_put_has_no_value),
        cmocka_unit_test(each_number_has_its_last_value),
        cmocka_unit_test(numbers_that_would_collide_take_no_more_room),
        cmocka_unit_test(it_keeps_to_its_budget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
