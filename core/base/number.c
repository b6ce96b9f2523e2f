/**
 * Numbers as people type and read them (see number.h). Decimals are handled as digits, since a double cannot
 * hold 0,1: rounding is then as on paper. Nothing depends on the locale.
 */
#include "core/base/number.h"

#include "core/base/catalogue.h"
#include "core/base/language.h"
#include "core/base/text.h"

#include <ctype.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* No number is longer, in bytes, with any marks in it. */
enum { LONGEST_NUMBER = 400 };

enum { MOST_DIGITS = 40, MOST_GROUPS = 16, SIGNIFICANT = 15, PLAIN_DECIMALS = 6 };

/* Reading */

/** The part of a text that is not read yet. */
struct span {
    const char *at;
    const char *end;
};

/** The space between groups of digits, as bms_text_seen writes all of them. */
static const char *const group_spaces[] = {" ", NULL};
static const char *const minus_signs[] = {"-", "\u2212", NULL};
static const char *const dashes[] = {"-",      "\u2010", "\u2011", "\u2012", "\u2013",
                                     "\u2014", "\u2015", "\u2212", NULL};
static const char *const currencies[] = {"kr.", "kr", "nok", NULL};
static const char *const per_cents[] = {"%", "prosent", "per cent", "pst.", "pst", NULL};
static const char *const no_decimals[] = {",-",      ",\u2013", ",\u2014", ",\u2212", ".-",
                                          ".\u2013", ".\u2014", ".\u2212", NULL};

/** Words and signs that are an answer, but not a number. */
static const char *const instead_of_number[] = {
    ":",   "\u2026", ".",   "..",           "...",           "ingen",          "i/a",  "i.a.", "i.a",
    "n/a", "n.a.",   "n.a", "ikke aktuelt", "ikkje aktuelt", "not applicable", "none", NULL};

static bool same_letters(const char *a, const char *b, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (bms_text_lower(a[i]) != bms_text_lower(b[i]))
            return false;
    }
    return true;
}

/** Take one of the words off the front. @return whether one was there */
static bool take_front(struct span *span, const char *const *words) {
    for (; *words; words++) {
        size_t length = strlen(*words);
        if ((size_t)(span->end - span->at) >= length && same_letters(span->at, *words, length)) {
            span->at += length;
            return true;
        }
    }
    return false;
}

/** Take one of the words off the end. @return whether one was there */
static bool take_end(struct span *span, const char *const *words) {
    for (; *words; words++) {
        size_t length = strlen(*words);
        if ((size_t)(span->end - span->at) >= length && same_letters(span->end - length, *words, length)) {
            span->end -= length;
            return true;
        }
    }
    return false;
}

static void skip_spaces(struct span *span) {
    while (take_front(span, group_spaces)) {
    }
    while (take_end(span, group_spaces)) {
    }
}

static bool is_instead_of_number(struct span span) {
    struct span rest = span;
    while (take_front(&rest, dashes)) {
    }
    if (rest.at == rest.end)
        return true;
    for (const char *const *word = instead_of_number; *word; word++) {
        size_t length = strlen(*word);
        if ((size_t)(span.end - span.at) == length && same_letters(span.at, *word, length))
            return true;
    }
    return false;
}

enum separator { NO_SEPARATOR, BY_SPACE, BY_POINT, BY_COMMA };

/** Digits in groups, and the separator before each group but the first. */
struct groups {
    char digits[MOST_DIGITS + 1];
    size_t n_digits;
    size_t lengths[MOST_GROUPS];
    enum separator separators[MOST_GROUPS];
    size_t n;
};

static enum separator take_separator(struct span *span) {
    static const char *const point[] = {".", NULL};
    static const char *const comma[] = {",", NULL};
    if (take_front(span, group_spaces))
        return BY_SPACE;
    if (take_front(span, point))
        return BY_POINT;
    return take_front(span, comma) ? BY_COMMA : NO_SEPARATOR;
}

/** Take a text apart that consists of digits and single separators. @return false when it does not */
static bool take_groups(struct span span, struct groups *out) {
    memset(out, 0, sizeof *out);
    for (;;) {
        size_t length = 0;
        for (; span.at < span.end && *span.at >= '0' && *span.at <= '9'; span.at++, length++) {
            if (out->n_digits == MOST_DIGITS)
                return false;
            out->digits[out->n_digits++] = *span.at;
        }
        bool empty_allowed = out->n == 0; /* ",5" */
        if (length == 0 && !empty_allowed)
            return false;
        out->lengths[out->n++] = length;
        if (span.at == span.end)
            return out->n_digits > 0;
        enum separator separator = take_separator(&span);
        if (separator == NO_SEPARATOR || out->n == MOST_GROUPS)
            return false;
        out->separators[out->n] = separator;
    }
}

/** @return whether the first `n` groups are thousands: one to three digits, then always three, one kind of
 * separator. */
static bool are_thousands(const struct groups *groups, size_t n) {
    if (n == 1)
        return groups->lengths[0] > 0;
    if (groups->lengths[0] < 1 || groups->lengths[0] > 3 || groups->digits[0] == '0')
        return false;
    for (size_t i = 1; i < n; i++) {
        if (groups->lengths[i] != 3 || groups->separators[i] != groups->separators[1])
            return false;
    }
    return true;
}

/** @return digits times ten to the power `exponent`; there is no decimal mark for the locale to change. */
static double value_of(const char *digits, int exponent) {
    char text[MOST_DIGITS + 16];
    (void)snprintf(text, sizeof text, "%se%d", digits, exponent);
    return strtod(text, NULL);
}

/** Decide what the separators mean. `whole`: the text ended in ",-", so there are no decimals. */
static enum bms_number_reading understand(const struct groups *groups, bool whole, double *value) {
    size_t n = groups->n;
    enum separator last = groups->separators[n - 1];
    bool mark = n > 1 && (last == BY_POINT || last == BY_COMMA);
    bool repeated = n > 2 && groups->separators[n - 2] == last;
    if (whole && last == BY_COMMA)
        return BMS_READ_OTHER;
    if (!mark || repeated || whole) {
        if (!are_thousands(groups, n))
            return BMS_READ_OTHER;
        *value = value_of(groups->digits, 0);
        return BMS_READ_NUMBER;
    }
    if (n > 2 && !are_thousands(groups, n - 1))
        return BMS_READ_OTHER;
    *value = value_of(groups->digits, -(int)groups->lengths[n - 1]);
    return n == 2 && groups->lengths[1] == 3 ? BMS_READ_AMBIGUOUS : BMS_READ_NUMBER;
}

/** Take sign and currency off the front, in either order, each at most once. */
static void take_sign_and_currency(struct span *span, bool *negative, bool *currency) {
    static const char *const plus_sign[] = {"+", NULL};
    bool sign = false;
    for (bool more = true; more;) {
        skip_spaces(span);
        more = false;
        if (!sign && take_front(span, minus_signs)) {
            sign = more = *negative = true;
        } else if (!sign && take_front(span, plus_sign)) {
            sign = more = true;
        } else if (!*currency && take_front(span, currencies)) {
            *currency = more = true;
        }
    }
}

enum bms_number_reading bms_number_read(const char *text, double *value) {
    char seen[LONGEST_NUMBER];
    *value = 0.0;
    size_t length;
    const char *trimmed = bms_text_trimmed(text, &length);
    if (length == 0)
        return BMS_READ_BLANK;
    if (length > sizeof seen && is_instead_of_number((struct span){trimmed, trimmed + length}))
        return BMS_READ_DASH;
    if (length > sizeof seen)
        return BMS_READ_OTHER;
    struct span span = {seen, seen + bms_text_seen(trimmed, length, seen)};
    if (is_instead_of_number(span))
        return BMS_READ_DASH;
    bool per_cent = take_end(&span, per_cents);
    skip_spaces(&span);
    bool currency = take_end(&span, currencies);
    skip_spaces(&span);
    bool whole = take_end(&span, no_decimals);
    bool negative = false;
    take_sign_and_currency(&span, &negative, &currency);
    if (per_cent && (currency || whole))
        return BMS_READ_OTHER;
    struct groups groups;
    if (!take_groups(span, &groups))
        return BMS_READ_OTHER;
    enum bms_number_reading reading = understand(&groups, whole, value);
    if (negative && *value != 0.0)
        *value = -*value;
    if (per_cent && (reading == BMS_READ_NUMBER || reading == BMS_READ_AMBIGUOUS))
        return BMS_READ_PER_CENT;
    return reading;
}

/* Writing */

/** A decimal number taken apart: 0.ddd… times ten to the power `exponent`. */
struct decimal {
    bool negative;
    char digits[32]; /* without zeros at the end; "" is zero */
    int n;
    int exponent;
};

/** Take a finite value apart, to `significant` digits; the locale's decimal mark is skipped. */
static struct decimal take_value_apart(double value, int significant) {
    struct decimal out = {.negative = signbit(value) != 0};
    char text[64];
    (void)snprintf(text, sizeof text, "%.*e", significant - 1, fabs(value));
    const char *at = text;
    for (; *at && *at != 'e'; at++) {
        if (*at >= '0' && *at <= '9')
            out.digits[out.n++] = *at;
    }
    out.exponent = (int)strtol(*at ? at + 1 : "0", NULL, 10) + 1;
    while (out.n > 0 && out.digits[out.n - 1] == '0')
        out.n--;
    out.digits[out.n] = '\0';
    if (out.n == 0) {
        out.negative = false;
        out.exponent = 0;
    }
    return out;
}

static double decimal_value(const struct decimal *decimal) {
    double value = decimal->n == 0 ? 0.0 : value_of(decimal->digits, decimal->exponent - decimal->n);
    return decimal->negative ? -value : value;
}

/** Round half away from zero to so many decimals. */
static void round_decimal(struct decimal *decimal, int decimals) {
    long kept = (long)decimal->exponent + decimals;
    if (kept >= decimal->n)
        return;
    bool up = kept >= 0 && decimal->digits[kept] >= '5';
    decimal->n = kept > 0 ? (int)kept : 0;
    while (up && decimal->n > 0 && decimal->digits[decimal->n - 1] == '9')
        decimal->n--;
    if (up && decimal->n > 0) {
        decimal->digits[decimal->n - 1]++;
    } else if (up) {
        /* 9.99 became 10.0, or 0.5 became 1: one digit, one place further up. */
        decimal->digits[0] = '1';
        decimal->n = 1;
        decimal->exponent++;
    }
    while (decimal->n > 0 && decimal->digits[decimal->n - 1] == '0')
        decimal->n--;
    decimal->digits[decimal->n] = '\0';
    if (decimal->n == 0) {
        decimal->negative = false;
        decimal->exponent = 0;
    }
}

/**
 * Round by arithmetic where the value is far enough from a half that its last digits cannot matter; that is
 * nearly always, and a hundred times faster.
 *
 * @return false where digits must decide
 */
static bool round_plainly(double value, int decimals, double *out) {
    static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    enum { MOST_DECIMALS = sizeof powers / sizeof *powers - 1 };
    const double most = 1e12;     /* so that all digits are well within the fifteen that count */
    const double too_near = 0.01; /* the fifteenth digit is worth at most this much below 1e12 */
    if (decimals < 0 || decimals > MOST_DECIMALS || !(fabs(value) * powers[decimals] < most))
        return false;
    double scaled = fabs(value) * powers[decimals];
    double whole = floor(scaled);
    double rest = scaled - whole;
    if (fabs(rest - 0.5) < too_near)
        return false;
    double rounded = (rest > 0.5 ? whole + 1 : whole) / powers[decimals];
    *out = value < 0 && rounded > 0 ? -rounded : rounded;
    return true;
}

double bms_number_round(double value, int decimals) {
    double plain;
    if (!isfinite(value))
        return value;
    if (round_plainly(value, decimals, &plain))
        return plain;
    struct decimal decimal = take_value_apart(value, SIGNIFICANT);
    round_decimal(&decimal, decimals);
    return decimal_value(&decimal);
}

int bms_number_compare(double a, double b, int decimals) {
    /* Each number moves by half a unit of the last decimal and half a unit of the fifteenth digit at most. */
    double reach = 2 * pow(10, -decimals) + 1e-13 * (fabs(a) + fabs(b));
    if (fabs(a - b) <= reach) {
        a = bms_number_round(a, decimals);
        b = bms_number_round(b, decimals);
    }
    return (a > b) - (a < b);
}

bool bms_number_equal(double a, double b) {
    enum { COMPARED_DECIMALS = 9 };
    return bms_number_compare(a, b, COMPARED_DECIMALS) == 0;
}

bool bms_number_same(bms_number a, bms_number b) {
    return a.known == b.known && (!a.known || bms_number_equal(a.value, b.value));
}

/** Take a whole number apart whose digits are all exact; most numbers are, and it is ten times faster.
 * @return whether it is one */
static bool take_whole_apart(double value, struct decimal *out) {
    const double most = 1e15; /* SIGNIFICANT digits */
    double size = fabs(value);
    if (!(size < most) || floor(size) < size)
        return false;
    int64_t left = (int64_t)size;
    *out = (struct decimal){.negative = value < 0};
    for (int64_t rest = left; rest > 0; rest /= 10)
        out->exponent++;
    for (int i = out->exponent - 1; i >= 0; i--, left /= 10)
        out->digits[i] = (char)('0' + left % 10);
    for (out->n = out->exponent; out->n > 0 && out->digits[out->n - 1] == '0';)
        out->digits[--out->n] = '\0';
    return true;
}

/** The fewest digits that read back as the same double. */
static struct decimal shortest(double value) {
    struct decimal decimal;
    if (take_whole_apart(value, &decimal))
        return decimal;
    /* Below the normal range there are fewer digits to tell apart, so fewer may do. */
    int first = fabs(value) < DBL_MIN ? 1 : SIGNIFICANT;
    for (int digits = first; digits <= DBL_DECIMAL_DIG; digits++) {
        decimal = take_value_apart(value, digits);
        double back = decimal_value(&decimal);
        if (!(back < value) && !(back > value))
            break;
    }
    return decimal;
}

/** A growing text in a buffer that is large enough. */
struct writer {
    char *out;
    size_t used;
};

static void put(struct writer *writer, const char *text, size_t length) {
    memcpy(writer->out + writer->used, text, length);
    writer->used += length;
    writer->out[writer->used] = '\0';
}

static void put_zeros(struct writer *writer, int n) {
    for (int i = 0; i < n; i++)
        put(writer, "0", 1);
}

/** One digit before the mark, and a power of ten. */
static void put_with_exponent(struct writer *writer, const struct decimal *decimal, char mark) {
    char exponent[16];
    int length = snprintf(exponent, sizeof exponent, "e%+03d", decimal->exponent - 1);
    put(writer, decimal->digits, 1);
    if (decimal->n > 1)
        put(writer, &mark, 1);
    put(writer, decimal->digits + 1, (size_t)decimal->n - 1);
    put(writer, exponent, (size_t)length);
}

static void put_plainly(struct writer *writer, const struct decimal *decimal, char mark) {
    int e = decimal->exponent;
    int before = e < decimal->n ? e : decimal->n; /* digits before the mark */
    if (e <= 0) {
        put(writer, "0", 1);
        put(writer, &mark, 1);
        put_zeros(writer, -e);
        put(writer, decimal->digits, (size_t)decimal->n);
        return;
    }
    put(writer, decimal->digits, (size_t)before);
    put_zeros(writer, e - before);
    if (decimal->n > before)
        put(writer, &mark, 1);
    put(writer, decimal->digits + before, (size_t)(decimal->n - before));
}

/** Write a number, with an exponent beyond these powers of ten. */
static void put_decimal(char *out, const struct decimal *decimal, int smallest, int largest, char mark) {
    struct writer writer = {out, 0};
    if (decimal->negative)
        put(&writer, "-", 1);
    if (decimal->n == 0) {
        put(&writer, "0", 1);
    } else if (decimal->exponent > largest || decimal->exponent < smallest) {
        put_with_exponent(&writer, decimal, mark);
    } else {
        put_plainly(&writer, decimal, mark);
    }
}

void bms_number_shortest(double value, char out[32]) {
    enum { SMALLEST = -4, LARGEST = 21 }; /* beyond these an exponent is shorter */
    const struct decimal decimal = shortest(value);
    put_decimal(out, &decimal, SMALLEST, LARGEST, '.');
}

void bms_number_exported(double value, char mark, char out[32]) {
    enum { SMALLEST = -3 }; /* as C's %.15g, %.16g or %.17g */
    const struct decimal decimal = shortest(value);
    put_decimal(out, &decimal, SMALLEST, decimal.n > SIGNIFICANT ? decimal.n : SIGNIFICANT, mark);
}

/** The digit at a place: 0 is the units, 1 the tens, -1 the tenths. */
static char digit_at(const struct decimal *decimal, int place) {
    int index = decimal->exponent - 1 - place;
    return index >= 0 && index < decimal->n ? decimal->digits[index] : '0';
}

/** Write a rounded decimal with exactly so many decimals. */
static const char *write_decimal(bms_arena *arena, const struct decimal *decimal, int decimals,
                                 const char *language) {
    const char *group = bms_language_of(language)->group_mark;
    const char *mark = &bms_language_of(language)->decimal_mark;
    int whole = decimal->exponent > 1 ? decimal->exponent : 1;
    struct writer writer = {bms_arena_alloc(arena, (size_t)whole * 3 + (size_t)decimals + 8), 0};
    if (!writer.out)
        return "";
    if (decimal->negative)
        put(&writer, "\u2212", strlen("\u2212"));
    for (int place = whole - 1; place >= -decimals; place--) {
        char digit = digit_at(decimal, place);
        if (place == -1)
            put(&writer, mark, 1);
        put(&writer, &digit, 1);
        if (place > 0 && place % 3 == 0)
            put(&writer, group, strlen(group));
    }
    return writer.out;
}

const char *bms_number_text(bms_arena *arena, double value, int decimals, const char *language) {
    struct decimal decimal = take_value_apart(value, SIGNIFICANT);
    round_decimal(&decimal, decimals);
    return write_decimal(arena, &decimal, decimals > 0 ? decimals : 0, language);
}

const char *bms_number_plain(bms_arena *arena, double value, const char *language) {
    struct decimal decimal = take_value_apart(value, SIGNIFICANT);
    round_decimal(&decimal, PLAIN_DECIMALS);
    int decimals = decimal.n > decimal.exponent ? decimal.n - decimal.exponent : 0;
    return write_decimal(arena, &decimal, decimals, language);
}

const char *bms_number_unit(bms_arena *arena, const char *unit, const char *language) {
    if (!unit || !isdigit((unsigned char)*unit))
        return unit ? unit : "";
    return bms_message(arena, bms_tr(language, BMS_TEXT("(in {unit})")), "unit", unit, NULL);
}

const char *bms_number_with_unit(bms_arena *arena, const char *number, const char *unit,
                                 const char *language) {
    const char *after = bms_number_unit(arena, unit, language);
    return *after == '\0' ? number : bms_arena_format(arena, "%s\u00A0%s", number, after);
}
