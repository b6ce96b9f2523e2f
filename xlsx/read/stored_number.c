/**
 * Reads stored numbers exactly, under any locale (see stored_number.h): by itself where the digits are few,
 * else with strtod.
 */
#include "xlsx/read/stored_number.h"

#include "xlsx/read/reading_limits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** A text without the white space around it. */
struct span {
    const char *at;
    const char *end;
};

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct span trim(const char *text, size_t length) {
    struct span span = {text, text + length};
    while (span.at < span.end && is_space(*span.at))
        span.at++;
    while (span.at < span.end && is_space(span.end[-1]))
        span.end--;
    return span;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/** A decimal taken apart: digits without their point, times a power of ten. */
struct decimal {
    bool negative;
    char digits[BMS_LIMIT_NUMBER + 16]; /* room for "e-12345" after them */
    size_t n_digits;
    long exponent;
};

static bool read_digits(struct span *span, struct decimal *out, bool behind_point) {
    const char *start = span->at;
    for (; span->at < span->end && is_digit(*span->at); span->at++) {
        if (out->n_digits > 0 || *span->at != '0')
            out->digits[out->n_digits++] = *span->at;
        out->exponent -= behind_point;
    }
    return span->at > start;
}

static bool read_exponent(struct span *span, struct decimal *out) {
    if (span->at == span->end || (*span->at != 'e' && *span->at != 'E'))
        return true;
    span->at++;
    bool negative = span->at < span->end && *span->at == '-';
    if (span->at < span->end && (*span->at == '-' || *span->at == '+'))
        span->at++;
    long value = 0;
    const char *start = span->at;
    for (; span->at < span->end && is_digit(*span->at); span->at++) {
        if (value < 100000)
            value = value * 10 + (*span->at - '0');
    }
    out->exponent += negative ? -value : value;
    return span->at > start;
}

static bool take_apart(struct span span, struct decimal *out) {
    if (span.end - span.at > BMS_LIMIT_NUMBER)
        return false;
    out->negative = span.at < span.end && *span.at == '-';
    if (span.at < span.end && (*span.at == '-' || *span.at == '+'))
        span.at++;
    bool any = read_digits(&span, out, false);
    if (span.at < span.end && *span.at == '.') {
        span.at++;
        any = read_digits(&span, out, true) || any;
    }
    return any && read_exponent(&span, out) && span.at == span.end;
}

static const double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/** Where both parts are exact in a double, one multiplication or division rounds correctly. */
static bool join_exactly(const struct decimal *decimal, double *out) {
    enum { EXACT_DIGITS = 15, EXACT_POWER = 22 };
    if (decimal->n_digits > EXACT_DIGITS || decimal->exponent > EXACT_POWER ||
        decimal->exponent < -EXACT_POWER)
        return false;
    int64_t whole = 0;
    for (size_t i = 0; i < decimal->n_digits; i++)
        whole = whole * 10 + (decimal->digits[i] - '0');
    if (decimal->exponent < 0) {
        *out = (double)whole / powers_of_ten[-decimal->exponent];
    } else {
        *out = (double)whole * powers_of_ten[decimal->exponent];
    }
    return true;
}

static void write_exponent(char *to, long exponent) {
    *to++ = 'e';
    if (exponent < 0)
        *to++ = '-';
    unsigned long rest = (unsigned long)labs(exponent);
    char reversed[24];
    int n = 0;
    do {
        reversed[n++] = (char)('0' + rest % 10);
    } while ((rest /= 10) > 0);
    while (n > 0)
        *to++ = reversed[--n];
    *to = '\0';
}

/** strtod rounds correctly; in a text without a point locales do not differ. */
static double join_with_strtod(struct decimal *decimal) {
    write_exponent(decimal->digits + decimal->n_digits, decimal->exponent);
    return strtod(decimal->digits, NULL);
}

bool bms_stored_number_read(const char *text, size_t length, double *out) {
    struct decimal decimal;
    decimal.n_digits = 0;
    decimal.exponent = 0;
    if (!take_apart(trim(text, length), &decimal))
        return false;
    double value = 0;
    if (decimal.n_digits > 0 && !join_exactly(&decimal, &value))
        value = join_with_strtod(&decimal);
    if (!isfinite(value))
        return false;
    *out = decimal.negative ? -value : value;
    return true;
}

bool bms_stored_count_read(const char *text, size_t length, uint64_t largest, uint64_t *out) {
    struct span span = trim(text, length);
    if (span.at == span.end)
        return false;
    uint64_t value = 0;
    for (; span.at < span.end; span.at++) {
        if (!is_digit(*span.at) || value > (UINT64_MAX - 9) / 10)
            return false;
        value = value * 10 + (uint64_t)(*span.at - '0');
    }
    *out = value;
    return value <= largest;
}

/** Read exactly `n` digits. */
static bool read_fixed(struct span *span, int n, int *out) {
    *out = 0;
    for (int i = 0; i < n; i++, span->at++) {
        if (span->at == span->end || !is_digit(*span->at))
            return false;
        *out = *out * 10 + (*span->at - '0');
    }
    return true;
}

static bool take(struct span *span, char c) {
    if (span->at == span->end || *span->at != c)
        return false;
    span->at++;
    return true;
}

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/** Days from 0000-03-01; the calendar is Gregorian throughout, as in spreadsheets. */
static int64_t days_of(int year, int month, int day) {
    int64_t y = month > 2 ? year : year - 1;
    int64_t m = month > 2 ? month - 3 : month + 9;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
}

static bool read_day(struct span *span, bool from_1904, int64_t *serial) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year;
    int month;
    int day;
    if (!read_fixed(span, 4, &year) || !take(span, '-') || !read_fixed(span, 2, &month) || !take(span, '-') ||
        !read_fixed(span, 2, &day))
        return false;
    if (year < 1 || month < 1 || month > 12 || day < 1 ||
        day > lengths[month - 1] + (month == 2 && is_leap(year)))
        return false;
    *serial = days_of(year, month, day) - (from_1904 ? days_of(1904, 1, 1) : days_of(1899, 12, 30));
    if (!from_1904 && *serial > 0 && *serial <= 60)
        --*serial; /* spreadsheets have a 29 February 1900 */
    return true;
}

/** Read a time of day as seconds, fractions included. */
static bool read_time(struct span *span, double *seconds) {
    int hour;
    int minute;
    int second = 0;
    if (!read_fixed(span, 2, &hour) || !take(span, ':') || !read_fixed(span, 2, &minute))
        return false;
    if (take(span, ':') && !read_fixed(span, 2, &second))
        return false;
    double fraction = 0;
    if (take(span, '.') || take(span, ',')) {
        const char *start = span->at;
        double unit = 1;
        for (; span->at < span->end && is_digit(*span->at); span->at++)
            fraction += (*span->at - '0') / (unit *= 10);
        if (span->at == start)
            return false;
    }
    *seconds = hour * 3600.0 + minute * 60.0 + second + fraction;
    return hour <= 24 && minute < 60 && second <= 60;
}

static bool skip_zone(struct span *span) {
    int ignored;
    if (take(span, 'Z') || span->at == span->end)
        return true;
    if (!take(span, '+') && !take(span, '-'))
        return false;
    if (!read_fixed(span, 2, &ignored))
        return false;
    (void)take(span, ':');
    return span->at == span->end || read_fixed(span, 2, &ignored);
}

/** A part of a duration that is a fixed time. Years and months are of no certain length. */
struct duration_part {
    char letter;
    double seconds;
};

static bool read_amount(struct span *span, double *out) {
    const char *start = span->at;
    while (span->at < span->end && (is_digit(*span->at) || *span->at == '.'))
        span->at++;
    return is_digit(*start) && bms_stored_number_read(start, (size_t)(span->at - start), out);
}

/** Read parts such as 11M, each letter at most once and in this order. @return false: something else follows
 */
static bool read_parts(struct span *span, const struct duration_part *parts, size_t n, double *seconds) {
    for (size_t next = 0; span->at < span->end && *span->at != 'T';) {
        double amount;
        if (!read_amount(span, &amount) || span->at == span->end)
            return false;
        while (next < n && parts[next].letter != *span->at)
            next++;
        if (next == n || (parts[next].seconds == 0.0 && amount != 0.0))
            return false;
        *seconds += amount * parts[next++].seconds;
        span->at++;
    }
    return true;
}

/** Read a duration behind its P. */
static bool read_duration(struct span *span, double *seconds) {
    static const struct duration_part days[] = {{'Y', 0}, {'M', 0}, {'W', 604800}, {'D', 86400}};
    static const struct duration_part times[] = {{'H', 3600}, {'M', 60}, {'S', 1}};
    *seconds = 0;
    const char *start = span->at;
    if (!read_parts(span, days, sizeof days / sizeof *days, seconds))
        return false;
    if (!take(span, 'T'))
        return span->at > start;
    start = span->at;
    return read_parts(span, times, sizeof times / sizeof *times, seconds) && span->at > start &&
           span->at == span->end;
}

/** Read a day, a time of day or both. */
static bool read_moment(struct span *span, bool from_1904, double *seconds) {
    int64_t days = 0;
    bool has_day = span->end - span->at > 4 && span->at[4] == '-';
    if (has_day && !read_day(span, from_1904, &days))
        return false;
    bool has_time = take(span, 'T') || !has_day || (span->at < span->end && take(span, ' '));
    if (has_time && !read_time(span, seconds))
        return false;
    if (!skip_zone(span) || span->at != span->end)
        return false;
    *seconds += (double)days * 86400.0;
    return true;
}

bool bms_stored_date_read(const char *text, size_t length, bool from_1904, double *out) {
    struct span span = trim(text, length);
    struct span rest = span;
    double seconds = 0;
    bool negative = take(&rest, '-');
    if (take(&rest, 'P')) {
        if (!read_duration(&rest, &seconds))
            return false;
        seconds = negative && seconds > 0 ? -seconds : seconds;
    } else if (!read_moment(&span, from_1904, &seconds)) {
        return false;
    }
    *out = seconds / 86400.0;
    return true;
}
