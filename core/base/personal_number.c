/* Recognising personal numbers by their date and control digits (see personal_number.h). */
#include "core/base/personal_number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

/* More separators than " - " do not divide a number. */
enum { DIGITS = 11, MOST_SEPARATORS = 3 };

/** What a character can be in a number. */
enum sort { OTHER, DIGIT, SEPARATOR, UNSEEN };

static enum sort sort_of(utf8proc_int32_t c) {
    enum { MINUS = 0x2212 };
    if (c >= '0' && c <= '9')
        return DIGIT;
    if (c == '.' || c == MINUS || (c >= '\t' && c <= '\r'))
        return SEPARATOR;
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_PD:
        return SEPARATOR;
    case UTF8PROC_CATEGORY_CF:
        return UNSEEN;
    default:
        return OTHER;
    }
}

/** @return what the first character is; the end of the text is OTHER. @param[out] length  its bytes */
static enum sort sort_at(const char *text, size_t *length) {
    utf8proc_int32_t c;
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
    *length = used > 0 ? (size_t)used : 1;
    return used > 0 ? sort_of(c) : OTHER;
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

/** @return whether people divide a number after so many digits. */
static bool is_divided_after(size_t n) {
    return n == 2 || n == 4 || n == 6 || n == 9;
}

/** @return the bytes of the personal number that begins with this digit; 0 where none does. */
static size_t length_of(const char *text) {
    int digits[DIGITS];
    size_t n = 0;
    size_t separators = 0;
    size_t end = 0;
    size_t length;
    enum sort sort;
    for (size_t at = 0;; at += length) {
        sort = sort_at(text + at, &length);
        if (sort == DIGIT && n < DIGITS) {
            digits[n++] = text[at] - '0';
            separators = 0;
            end = at + 1;
        } else if (sort == SEPARATOR && is_divided_after(n) && separators < MOST_SEPARATORS) {
            separators++;
        } else if (sort != UNSEEN) {
            break;
        }
    }
    return n == DIGITS && sort != DIGIT && is_personal(digits) ? end : 0;
}

/** @return where the first personal number begins, NULL where there is none. @param[out] length  its bytes */
static const char *find(const char *text, size_t *length) {
    bool inside = false; /* a run of digits that began before */
    for (size_t size; *text; text += size) {
        enum sort sort = sort_at(text, &size);
        *length = sort == DIGIT && !inside ? length_of(text) : 0;
        if (*length > 0)
            return text;
        inside = sort == DIGIT || (inside && sort == UNSEEN);
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

static size_t count(const char *text) {
    size_t n = 0;
    size_t length;
    while ((text = find(text, &length))) {
        text += length;
        n++;
    }
    return n;
}

/** @return the end of what was put. */
static char *put(char *to, const char *from, size_t length) {
    memcpy(to, from, length);
    return to + length;
}

const char *bms_personal_number_hide(bms_arena *arena, const char *text) {
    const size_t n = text ? count(text) : 0;
    if (n == 0)
        return text;
    char *hidden = bms_arena_alloc(arena, strlen(text) + n * strlen(BMS_HIDDEN_NUMBER) + 1);
    if (!hidden)
        return "";
    char *to = hidden;
    size_t length;
    for (const char *found; (found = find(text, &length)); text = found + length) {
        to = put(to, text, (size_t)(found - text));
        to = put(to, BMS_HIDDEN_NUMBER, strlen(BMS_HIDDEN_NUMBER));
    }
    (void)snprintf(to, strlen(text) + 1, "%s", text);
    return hidden;
}
