/**
 * What is measured: an answer's two numbers, its state and its result by the indicator's kind. Pure
 * functions, no workbooks, no history. Includes the kinds, the bases and the colours.
 */
#ifndef BMS_DEFINITION_MEASURE_H
#define BMS_DEFINITION_MEASURE_H

#include "core/bms.h"
#include "core/definition/basis.h"
#include "core/definition/colour.h"
#include "core/definition/kind.h"

/** How units are rolled up; BMS_ROLLUP_OF_KIND unless the definition overrides it. */
enum bms_rollup_rule {
    BMS_ROLLUP_OF_KIND,
    BMS_ROLLUP_SUM,
    BMS_ROLLUP_MEAN,
    BMS_ROLLUP_MAX,
    BMS_ROLLUP_MIN,
    BMS_ROLLUP_WORST,
    BMS_ROLLUP_NONE
};

/** The answer of one unit, or of several together. For a mean: the mean, and how many answers it is of. */
typedef struct bms_values {
    enum bms_state state;
    bms_number numerator;
    bms_number denominator;
} bms_values;

/**
 * The state of an answer by its numbers: 0 of 0, and a mean of nobody, is an empty base; with all its numbers
 * it is reported; else missing.
 */
enum bms_state bms_values_state(enum bms_kind kind, bms_number numerator, bms_number denominator);

/** @return the result of an answer; not known unless it is reported, and not for a denominator of 0. */
bms_number bms_result(enum bms_kind kind, double factor, const bms_values *answer);

/**
 * @param unit_of_measure  `1000 kr`, `tusen kroner`, `kr` … in any case and spacing; may be NULL
 * @return how many kroner one such unit is; 0 when it is not money
 */
double bms_kroner_of(const char *unit_of_measure);

#endif
