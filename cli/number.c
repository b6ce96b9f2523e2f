/** Numbers printed with a given decimal mark (see number.h), whatever the locale. */
#include "number.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/** Replace the locale's decimal mark: all of a printed number that is no digit, sign or exponent. */
static void set_point(char *digits, char point) {
    size_t plain = strspn(digits, "0123456789+-e");
    size_t mark = strcspn(digits + plain, "0123456789+-e");
    if (mark > 0) {
        char *after = digits + plain + mark;
        digits[plain] = point;
        memmove(digits + plain + 1, after, strlen(after) + 1);
    }
}

void number_rounded(double value, char point, char out[NUMBER_SIZE]) {
    const bool sensible = fabs(value) < 1e12; /* beyond it, fifteen digits have no room for two decimals */
    (void)snprintf(out, NUMBER_SIZE, "%.15g", sensible ? round(value * 100) / 100 + 0.0 : value);
    set_point(out, point);
}

bool number_read(const char *text, int most, int *out) {
    *out = 0;
    for (; *text >= '0' && *text <= '9' && *out <= most; text++)
        *out = *out * 10 + (*text - '0');
    return *text == '\0' && *out >= 1 && *out <= most;
}

const char *number_count(size_t count, char out[NUMBER_SIZE]) {
    (void)snprintf(out, NUMBER_SIZE, "%zu", count);
    return out;
}
