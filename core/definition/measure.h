/**
 * What a measurement is: kinds, states, results, limits and colours. Pure functions, no workbooks, no
 * history.
 */
#ifndef BMS_DEFINITION_MEASURE_H
#define BMS_DEFINITION_MEASURE_H

#include "core/bms.h"

#include <stddef.h>

/** What the two numbers of an indicator mean (design, 'What a measurement is'). */
enum bms_kind { BMS_SHARE, BMS_RATE, BMS_MEAN, BMS_DEVIATION, BMS_COUNT, BMS_YESNO };
enum bms_basis { BMS_IN_PERIOD, BMS_YEAR_TO_DATE, BMS_AS_OF, BMS_FORECAST };
enum bms_better { BMS_UP, BMS_DOWN, BMS_BAND };

/** How units become one; BMS_ROLLUP_OF_KIND unless the definition overrides it. */
enum bms_rollup_rule {
    BMS_ROLLUP_OF_KIND,
    BMS_ROLLUP_SUM,
    BMS_ROLLUP_MEAN,
    BMS_ROLLUP_MAX,
    BMS_ROLLUP_MIN,
    BMS_ROLLUP_WORST,
    BMS_ROLLUP_NONE
};

/** @return "share", "rate" … and back (false when it is none of them). */
const char *bms_kind_name(enum bms_kind kind);
bool bms_kind_parse(const char *name, enum bms_kind *out);
const char *bms_basis_name(enum bms_basis basis); /* "period", "year_to_date", "as_of", "forecast" */
bool bms_basis_parse(const char *name, enum bms_basis *out);
const char *bms_better_name(enum bms_better better); /* "up", "down", "band" */
bool bms_better_parse(const char *name, enum bms_better *out);

/** @return whether the kind has a denominator (all but count and yesno). */
bool bms_kind_has_denominator(enum bms_kind kind);

/** One unit's answer, or several units' together. For a mean the numerator is the mean, the denominator the
 * number behind it. */
typedef struct bms_answer {
    enum bms_state state;
    bms_number numerator;
    bms_number denominator;
} bms_answer;

/**
 * The limits in force for one unit and one period, references already resolved.
 * up/down: green from `green`, red beyond `red`. band: green from `green` to `green_to`, red below `red` and
 * above `red_to`. A value exactly on a limit takes the better colour.
 */
typedef struct bms_limits {
    bool known; /* false: no target, no colour */
    enum bms_better better;
    double green;
    double red;
    double green_to;
    double red_to;
} bms_limits;

/**
 * Give an answer with both numbers its state: 0 of 0, and a mean of nobody, is an empty base; what is given
 * is reported; what is not, missing.
 */
enum bms_state bms_answer_state(enum bms_kind kind, bms_number numerator, bms_number denominator);

/** @return the result of an answer; not known unless reported and defined (a denominator of 0 defines none).
 */
bms_number bms_result(enum bms_kind kind, double factor, const bms_answer *answer);

/** The colour of a result by its limits, decided on the result rounded to nine decimals. */
enum bms_colour bms_colour_of(const bms_limits *limits, bms_number result);

/**
 * How many decimals to show: `decimals`, or up to three more where the rounded result would get another
 * colour than the result itself.
 */
int bms_shown_decimals(const bms_limits *limits, bms_number result, int decimals);

#endif
