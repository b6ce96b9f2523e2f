/**
 * What is measured: an answer's two numbers, its state and its result by the indicator's kind. Pure
 * functions, no workbooks, no history. With it come the kinds, the bases and the colours.
 */
#ifndef BMS_DEFINITION_MEASURE_H
#define BMS_DEFINITION_MEASURE_H

#include "core/bms.h"
#include "core/definition/basis.h"
#include "core/definition/colour.h"
#include "core/definition/kind.h"

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

/** One unit's answer, or several units' together. For a mean the numerator is the mean, the denominator the
 * number behind it. */
typedef struct bms_values {
    enum bms_state state;
    bms_number numerator;
    bms_number denominator;
} bms_values;

/**
 * Give an answer with both numbers its state: 0 of 0, and a mean of nobody, is an empty base; what is given
 * is reported; what is not, missing.
 */
enum bms_state bms_values_state(enum bms_kind kind, bms_number numerator, bms_number denominator);

/** @return the result of an answer; not known unless reported and defined (a denominator of 0 defines none).
 */
bms_number bms_result(enum bms_kind kind, double factor, const bms_values *answer);

#endif
