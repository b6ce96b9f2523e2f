/**
 * What every unit test includes: cmocka, and one way to compare doubles (cmocka 1.1.5 compares them as
 * integers).
 */
#ifndef TEST_CLOSE_H
#define TEST_CLOSE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** Fails unless the two differ by at most 1e-9, or that part of the expected value. */
#define assert_close(actual, expected) assert_close_at((actual), (expected), __FILE__, __LINE__)

static inline void assert_close_at(double actual, double expected, const char *file, int line) {
    double scale = fabs(expected) > 1.0 ? fabs(expected) : 1.0;
    if (fabs(actual - expected) <= 1e-9 * scale)
        return;
    print_error("%.17g is not %.17g\n", actual, expected);
    _fail(file, line);
}

#endif
