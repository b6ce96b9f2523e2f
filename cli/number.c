#include "number.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The one thing in a printed number that is no digit, sign or exponent is the locale's decimal mark. */
static void set_point(char *digits, char point) {
    size_t plain = strspn(digits, "0123456789+-e");
    size_t mark = strcspn(digits + plain, "0123456789+-e");
    if (mark > 0) {
        char *after = digits + plain + mark;
        digits[plain] = point;
        memmove(digits + plain + 1, after, strlen(after) + 1);
    }
}

void number_shortest(double value, char point, char out[NUMBER_SIZE]) {
    /* Fifteen digits without the last zeros are the shortest where they are enough, but for subnormal
     * numbers. */
    for (int precision = fabs(value) < DBL_MIN ? 1 : 15; precision <= 17; precision++) {
        (void)snprintf(out, NUMBER_SIZE, "%.*g", precision, value);
        if (strtod(out, NULL) == value) {
            break;
        }
    }
    set_point(out, point);
}

void number_rounded(double value, char point, char out[NUMBER_SIZE]) {
    double rounded = round(value * 100) / 100;
    bool sensible = fabs(value) < 1e12;
    number_shortest(sensible ? rounded + 0.0 : value, point, out);
}

const char *number_count(size_t count, char out[NUMBER_SIZE]) {
    (void)snprintf(out, NUMBER_SIZE, "%zu", count);
    return out;
}
