/**
 * Days since 1970, and periods by their codes (see period.h). Named periods, which have their own dates, are
 * in the definition.
 */
#include "core/base/period.h"

#include "core/base/catalogue.h"
#include "core/base/language.h"
#include "core/base/platform.h"
#include "core/base/text.h"

#include <stdio.h>
#include <string.h>

/* A civil calendar in days, after Howard Hinnant's `days_from_civil`: years begin in March, so that the leap
 * day is the last of its year. */
enum { DAYS_TO_EPOCH = 719468, DAYS_IN_ERA = 146097, YEARS_IN_ERA = 400 };

bms_day bms_day_of(int year, int month, int day) {
    int shifted = month <= 2 ? year - 1 : year;
    int era = (shifted >= 0 ? shifted : shifted - (YEARS_IN_ERA - 1)) / YEARS_IN_ERA;
    int year_of_era = shifted - era * YEARS_IN_ERA;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_IN_ERA + day_of_era - DAYS_TO_EPOCH;
}

void bms_day_parts(bms_day day, int *year, int *month, int *day_of_month) {
    int shifted = day + DAYS_TO_EPOCH;
    int era = (shifted >= 0 ? shifted : shifted - (DAYS_IN_ERA - 1)) / DAYS_IN_ERA;
    int day_of_era = shifted - era * DAYS_IN_ERA;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    *month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    *year = year_of_era + era * YEARS_IN_ERA + (*month <= 2 ? 1 : 0);
}

bms_day bms_day_of_time(int64_t seconds) {
    const int64_t day = 86400;
    return (bms_day)((seconds >= 0 ? seconds : seconds - (day - 1)) / day);
}

bms_day bms_day_here(int64_t moment) {
    return bms_day_of_time(bms_platform_local(moment));
}

int64_t bms_day_end_here(bms_day day) {
    const int64_t last = ((int64_t)day + 1) * 86400 - 1;
    int64_t moment = last - (bms_platform_local(last) - last);
    return moment + last - bms_platform_local(moment); /* where the clock is changed between the two */
}

/** Read between `least` and `most` digits, and no more. @return what follows, or NULL */
static const char *read_digits(const char *text, int least, int most, int *out) {
    int count = 0;
    *out = 0;
    while (text[count] >= '0' && text[count] <= '9') {
        if (count == most)
            return NULL;
        *out = *out * 10 + (text[count] - '0');
        count++;
    }
    return count >= least ? text + count : NULL;
}

static const char *read_mark(const char *text, char mark) {
    return text && *text == mark ? text + 1 : NULL;
}

static const char *const month_names[] = {
    BMS_TEXT("January"),   BMS_TEXT("February"), BMS_TEXT("March"),    BMS_TEXT("April"),
    BMS_TEXT("May"),       BMS_TEXT("June"),     BMS_TEXT("July"),     BMS_TEXT("August"),
    BMS_TEXT("September"), BMS_TEXT("October"),  BMS_TEXT("November"), BMS_TEXT("December"),
};

/** @return whether the day exists. */
static bool make_day(int year, int month, int day, bms_day *out) {
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    bms_day made = bms_day_of(year, month, day);
    int same_year;
    int same_month;
    int same_day;
    bms_day_parts(made, &same_year, &same_month, &same_day);
    if (same_day != day)
        return false;
    *out = made;
    return true;
}

bool bms_day_parse(const char *text, bms_day *out) {
    int first;
    int month;
    int last;
    const char *rest = text ? read_digits(text, 1, 4, &first) : NULL;
    if (!rest)
        return false;
    bool iso = *rest == '-';
    if (iso && rest - text != 4)
        return false;
    char mark = iso ? '-' : '.';
    int least = iso ? 2 : 1;
    rest = read_mark(rest, mark);
    rest = rest ? read_digits(rest, least, 2, &month) : NULL;
    rest = read_mark(rest, mark);
    rest = rest ? read_digits(rest, iso ? 2 : 4, iso ? 2 : 4, &last) : NULL;
    if (!rest || *rest != '\0')
        return false;
    return iso ? make_day(first, month, last, out) : make_day(last, month, first, out);
}

/** @return whether the word of so many letters is how a name begins. */
static bool begins_name(const char *word, size_t length, const char *name) {
    for (size_t i = 0; i < length; i++) {
        if (bms_text_lower(word[i]) != bms_text_lower(name[i]))
            return false;
    }
    return true;
}

/** @return the month, from 1, whose name in one of the languages begins with the word; 0: none. */
static int month_of(const char *word, size_t length) {
    enum { LETTERS_ENOUGH = 3 };
    for (int month = 0; length >= LETTERS_ENOUGH && month < 12; month++) {
        for (size_t i = 0; bms_language_at(i); i++) {
            if (begins_name(word, length, bms_tr(bms_language_at(i)->code, month_names[month])))
                return month + 1;
        }
    }
    return 0;
}

/** Read the next number or month of a date. @return what follows, or NULL */
static const char *read_date_part(const char *text, int *out, int *digits) {
    const char *end = read_digits(text, 1, 4, out);
    *digits = end ? (int)(end - text) : 0;
    if (end || (*text >= '0' && *text <= '9'))
        return end;
    size_t length = strcspn(text, " .,-/0123456789");
    *out = month_of(text, length);
    return *out > 0 ? text + length : NULL;
}

/** Read three parts with marks between them. @return whether that is all there is */
static bool read_date_parts(const char *text, int parts[3], int digits[3]) {
    for (int i = 0; i < 3; i++) {
        const char *marks = i == 0 ? "" : " .,/-";
        size_t between = strspn(text, marks);
        if (i > 0 && between == 0 && digits[i - 1] > 0 && *text >= '0' && *text <= '9')
            return false;
        text = read_date_part(text + between, &parts[i], &digits[i]);
        if (!text)
            return false;
    }
    return *text == '\0';
}

bool bms_day_read(const char *text, bms_day *out) {
    enum { LONGEST = 80, THIS_CENTURY = 2000 };
    char seen[LONGEST + 1];
    int parts[3];
    int digits[3];
    size_t length = 0;
    const char *trimmed = bms_text_trimmed(text, &length);
    if (length > LONGEST)
        return false;
    seen[bms_text_seen(trimmed, length, seen)] = '\0';
    if (bms_day_parse(seen, out))
        return true;
    if (!read_date_parts(seen, parts, digits))
        return false;
    if (digits[0] == 4 && digits[1] > 0 && digits[1] <= 2 && digits[2] > 0 && digits[2] <= 2)
        return make_day(parts[0], parts[1], parts[2], out);
    if (digits[0] == 0 || digits[0] > 2 || digits[1] > 2 || (digits[2] != 2 && digits[2] != 4))
        return false;
    return make_day(parts[2] + (digits[2] == 2 ? THIS_CENTURY : 0), parts[1], parts[0], out);
}

const char *bms_day_iso(bms_arena *arena, bms_day day) {
    int year;
    int month;
    int day_of_month;
    bms_day_parts(day, &year, &month, &day_of_month);
    return bms_arena_format(arena, "%04d-%02d-%02d", year, month, day_of_month);
}

const char *bms_day_text(bms_arena *arena, bms_day day, const char *language) {
    if (bms_language_of(language)->iso_days)
        return bms_day_iso(arena, day);
    int year;
    int month;
    int day_of_month;
    bms_day_parts(day, &year, &month, &day_of_month);
    return bms_arena_format(arena, "%02d.%02d.%04d", day_of_month, month, year);
}

/** The regular parts of a year. `letter` 0 stands for months, written with two digits. */
static const struct division {
    char letter;
    int parts;
    const char *name; /* NULL: named by its months */
} divisions[] = {
    {'H', 2, BMS_TEXT("Half-year {n}, {year}")},
    {'T', 3, BMS_TEXT("Tertial {n}, {year}")},
    {'Q', 4, BMS_TEXT("Quarter {n}, {year}")},
    {'B', 6, NULL},
    {'\0', 12, NULL},
};
enum { N_DIVISIONS = sizeof divisions / sizeof *divisions };

/** A regular code taken apart; `division` NULL is a whole year. */
struct regular {
    int year;
    const struct division *division;
    int part; /* from 1 */
};

static char upper(char letter) {
    return letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
}

static bool take_apart(const char *code, struct regular *out) {
    const char *rest = code ? read_digits(code, 4, 4, &out->year) : NULL;
    if (!rest || out->year < 1)
        return false;
    out->division = NULL;
    out->part = 1;
    if (*rest == '\0')
        return true;
    rest = read_mark(rest, '-');
    for (size_t i = 0; rest && i < N_DIVISIONS; i++) {
        char letter = divisions[i].letter;
        if (letter && upper(*rest) != letter)
            continue;
        int digits = letter ? 1 : 2;
        const char *end = read_digits(letter ? rest + 1 : rest, digits, digits, &out->part);
        out->division = &divisions[i];
        return end && *end == '\0' && out->part >= 1 && out->part <= divisions[i].parts;
    }
    return false;
}

static void put_together(const struct regular *regular, bms_period *out) {
    int months = 12;
    if (!regular->division) {
        (void)snprintf(out->code, sizeof out->code, "%04d", regular->year);
    } else if (regular->division->letter) {
        (void)snprintf(out->code, sizeof out->code, "%04d-%c%d", regular->year, regular->division->letter,
                       regular->part);
    } else {
        (void)snprintf(out->code, sizeof out->code, "%04d-%02d", regular->year, regular->part);
    }
    if (regular->division)
        months = 12 / regular->division->parts;
    int first = (regular->part - 1) * months + 1;
    int after = first + months;
    out->from = bms_day_of(regular->year, first, 1);
    out->to = (after > 12 ? bms_day_of(regular->year + 1, 1, 1) : bms_day_of(regular->year, after, 1)) - 1;
}

bool bms_period_parse(const char *code, bms_period *out) {
    struct regular regular;
    if (!take_apart(code, &regular))
        return false;
    put_together(&regular, out);
    return true;
}

int bms_period_compare(const bms_period *a, const bms_period *b) {
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return strcmp(a->code, b->code);
}

const char *bms_period_name(bms_arena *arena, const bms_period *period, const char *language) {
    struct regular regular;
    if (!take_apart(period->code, &regular) || !regular.division)
        return bms_arena_text(arena, period->code);
    const struct division *division = regular.division;
    if (division->name) {
        const char *year = bms_arena_format(arena, "%04d", regular.year);
        const char *n = bms_arena_format(arena, "%d", regular.part);
        return bms_message(arena, bms_tr(language, division->name), "n", n, "year", year, NULL);
    }
    int months = 12 / division->parts;
    int before = (regular.part - 1) * months;
    const char *first = bms_tr(language, month_names[before]);
    const char *last = bms_tr(language, month_names[before + months - 1]);
    if (months == 1)
        return bms_arena_format(arena, "%s %04d", first, regular.year);
    return bms_arena_format(arena, "%s–%s %04d", first, last, regular.year);
}

const char *bms_period_dates(bms_arena *arena, bms_day from, bms_day to, const char *language) {
    int first[3];
    int last[3];
    if (bms_language_of(language)->iso_days) {
        const char *day = bms_day_iso(arena, from);
        return from == to ? day : bms_arena_format(arena, "%s–%s", day, bms_day_iso(arena, to));
    }
    bms_day_parts(from, &first[0], &first[1], &first[2]);
    bms_day_parts(to, &last[0], &last[1], &last[2]);
    if (from == to)
        return bms_arena_format(arena, "%02d.%02d", last[2], last[1]);
    if (first[0] != last[0]) {
        return bms_arena_format(arena, "%02d.%02d.%04d–%02d.%02d.%04d", first[2], first[1], first[0], last[2],
                                last[1], last[0]);
    }
    return bms_arena_format(arena, "%02d.%02d–%02d.%02d", first[2], first[1], last[2], last[1]);
}
