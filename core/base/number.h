/**
 * Numbers as people type them and as they are shown. Independent of the program's locale.
 */
#ifndef BMS_BASE_NUMBER_H
#define BMS_BASE_NUMBER_H

#include "core/base/arena.h"
#include "core/bms.h"

#include <stdbool.h>

/** What a typed text turned out to be. What is ambiguous is never guessed. */
enum bms_number_reading {
    BMS_READ_NUMBER,
    BMS_READ_BLANK,     /* nothing, or only white space */
    BMS_READ_DASH,      /* -, –, —, :, ingen, i/a, ikke aktuelt: an answer, but not a number */
    BMS_READ_AMBIGUOUS, /* 1.234 or 1,234: thousands or decimals */
    BMS_READ_PER_CENT,  /* 85 % */
    BMS_READ_OTHER      /* no number, or something after it */
};

/**
 * Read a typed number: decimal comma or point, thousands in groups by one of Unicode's spaces or by the other
 * separator, a sign (- or U+2212), `kr` before or after, `,-` after. Invisible marks are not read: what
 * counts is what is seen.
 *
 * @param[out] value  the number; of per cent the number before the sign, of an ambiguous text its reading as
 * decimals (for asking which was meant), else 0
 */
enum bms_number_reading bms_number_read(const char *text, double *value);

/** Write the shortest decimal that reads back as the same double. `value` is finite. */
void bms_number_shortest(double value, char out[32]);

/**
 * The same digits as data for other programs (JSON, CSV): the decimal mark is `mark`, with an exponent where
 * C's `%g` has one (below 0.0001, from 1e15). `value` is finite.
 */
void bms_number_exported(double value, char mark, char out[32]);

/**
 * Round half away from zero the shortest decimal with 15 significant digits, as spreadsheets do: 1.005 to two
 * decimals is 1.01. `decimals` may be negative.
 */
double bms_number_round(double value, int decimals);

/**
 * Compare two finite numbers as rounded by bms_number_round. Numbers too far apart to round to the same are
 * compared as they are, which is faster.
 * @return below 0, 0 or above 0
 */
int bms_number_compare(double a, double b, int decimals);

/** @return whether two finite numbers are the same, as results are compared: rounded to nine decimals, so
 * that 0.1 + 0.2 is 0.3. */
bool bms_number_equal(double a, double b);

/** @return the same of numbers that may not be there. */
bool bms_number_same(bms_number a, bms_number b);

/** @return `1 234,5` with no-break spaces or `1,234.5`, as the language has it. */
const char *bms_number_text(bms_arena *arena, double value, int decimals, const char *language);

/** @return the number with the decimals it has, at most 6: `7`, `4,25`. */
const char *bms_number_plain(bms_arena *arena, double value, const char *language);

/** @return a unit of measure as it stands after a number: `%`, and `(i 1000 kr)`, which would run into it. */
const char *bms_number_unit(bms_arena *arena, const char *unit, const char *language);

/** @return a number's text with its unit of measure after a no-break space, or alone: `8,1 %`. */
const char *bms_number_with_unit(bms_arena *arena, const char *number, const char *unit,
                                 const char *language);

#endif
