/* Recognising personal numbers by their date and control digits (see personal_number.h). */
#include "core/base/personal_number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS = 11 };

static bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/** @return the bytes of a separator at the beginning of the text; 0 where there is none. */
static size_t separator(const char *text) {
    static const char *const separators[] = {" ",      ".",      "-",      "\u00A0", "\u2007", "\u2009",
                                             "\u202F", "\u2010", "\u2011", "\u2013", "\u2212"};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        if (strncmp(text, separators[i], strlen(separators[i])) == 0)
            return strlen(separators[i]);
    }
    return 0;
}

/** A day + 40 is that of a D-nummer, a month + 40 or + 80 that of a person made for tests. */
static bool is_date(const int *digits) {
    static const int longest[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int day = (digits[0] * 10 + digits[1]) % 40;
    const int month = (digits[2] * 10 + digits[3]) % 40;
    return digits[0] < 8 && month >= 1 && month <= 12 && day >= 1 && day <= longest[month - 1];
}

/** @return whether the digit after the first `n` is their control digit. */
static bool is_control(const int *digits, const int *weights, size_t n) {
    int sum = digits[n];
    for (size_t i = 0; i < n; i++)
        sum += digits[i] * weights[i];
    return sum % 11 == 0;
}

static bool is_personal(const int *digits) {
    static const int first[] = {3, 7, 6, 1, 8, 9, 4, 5, 2};
    static const int second[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    return is_date(digits) && is_control(digits, first, 9) && is_control(digits, second, 10);
}

/** @return the bytes of the personal number at the beginning of the text; 0 where there is none. */
static size_t length_of(const char *text) {
    int digits[DIGITS];
    size_t at = 0;
    for (size_t n = 0; n < DIGITS; n++) {
        if (n == 2 || n == 4 || n == 6 || n == 9)
            at += separator(text + at);
        if (!is_digit(text[at]))
            return 0;
        digits[n] = text[at++] - '0';
    }
    return !is_digit(text[at]) && is_personal(digits) ? at : 0;
}

/** @return where the first personal number begins, NULL where there is none. @param[out] length  its bytes */
static const char *find(const char *text, size_t *length) {
    bool inside = false; /* a run of digits that began before */
    for (; *text; text++) {
        *length = inside ? 0 : length_of(text);
        if (*length > 0)
            return text;
        inside = is_digit(*text);
    }
    return NULL;
}

bool bms_personal_number_in(const char *text) {
    size_t length;
    return find(text, &length);
}

bool bms_personal_number_is(double number) {
    char text[32];
    if (!(number >= 1e9 && number < 1e11) || number != floor(number))
        return false;
    (void)snprintf(text, sizeof text, "%011.0f", number);
    return bms_personal_number_in(text);
}

const char *bms_personal_number_hide(bms_arena *arena, const char *text) {
    size_t length = 0;
    const char *found = text ? find(text, &length) : NULL;
    if (!found)
        return text;
    const char *hidden = bms_arena_text(arena, "");
    for (; found; found = find(text, &length)) {
        hidden = bms_arena_format(arena, "%s%.*s%s", hidden, (int)(found - text), text, BMS_HIDDEN_NUMBER);
        text = found + length;
    }
    return bms_arena_format(arena, "%s%s", hidden, text);
}
