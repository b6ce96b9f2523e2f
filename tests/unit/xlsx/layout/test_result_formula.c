/** The formula of a result, in forms and in reports, agrees with the library's own arithmetic. */
#include "tests/unit/close.h"

#include "core/definition/measure.h"
#include "xlsx/layout/result_formula.h"

#include <stdlib.h>
#include <string.h>

/* The little of a spreadsheet that these formulas need: + - * / ABS and brackets. */

static double sum(const char **at);

static double factor(const char **at) {
    bool absolute = strncmp(*at, "ABS", 3) == 0;
    *at += absolute ? 3 : 0;
    if (**at != '(') {
        char *end;
        double value = strtod(*at, &end);
        assert_true(end > *at);
        *at = end;
        return value;
    }
    (*at)++;
    double value = sum(at);
    assert_int_equal(*(*at)++, ')');
    return absolute ? fabs(value) : value;
}

static double product(const char **at) {
    double value = factor(at);
    while (**at == '*' || **at == '/') {
        bool times = *(*at)++ == '*';
        double other = factor(at);
        value = times ? value * other : value / other;
    }
    return value;
}

static double sum(const char **at) {
    double value = product(at);
    while (**at == '+' || **at == '-') {
        bool plus = *(*at)++ == '+';
        double other = product(at);
        value = plus ? value + other : value - other;
    }
    return value;
}

static void every_kind_has_the_formula_of_its_arithmetic(void **state) {
    (void)state;
    static const double pairs[][2] = {{1, 4}, {30, 120}, {5214, 5000}, {-90, -100}, {0, 7}};
    bms_arena *arena = bms_arena_new();
    for (int i = 0; i < BMS_N_KINDS; i++) {
        const bms_kind_traits *kind = bms_kind_of((enum bms_kind)i);
        for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
            const char *n = bms_arena_format(arena, "(%g)", pairs[p][0]);
            const char *d = bms_arena_format(arena, "(%g)", pairs[p][1]);
            const char *formula = bms_result_formula(arena, (enum bms_kind)i, 1000, n, d);
            assert_close(sum(&formula), kind->result(1000, pairs[p][0], pairs[p][1]));
            assert_string_equal(formula, ""); /* all of it was understood: no place is left */
        }
    }
    bms_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_the_formula_of_its_arithmetic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
