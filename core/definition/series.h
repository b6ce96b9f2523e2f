/**
 * Whether an indicator measures the same in two definitions: what is a break in its series.
 *
 * Another question, kind, factor, basis, scale or unit of measure is another measure; another name, guidance,
 * target or number of decimals is not. A question that is only put in other words is the same measure where
 * the coordinator has said so (`series_since` of the indicator).
 */
#ifndef BMS_DEFINITION_SERIES_H
#define BMS_DEFINITION_SERIES_H

#include "core/definition/definition.h"

/** What differs in how an indicator is measured; the texts by enum bms_which. */
typedef struct bms_measure_difference {
    bool kind, basis, factor, scale;
    bool question[2];
    bool unit_of_measure[2];
} bms_measure_difference;

/** @return what differs between an indicator in one definition and in another. A number that is asked for
 * elsewhere has the question it is typed under. */
bms_measure_difference bms_measure_compare(const bms_definition *a, int indicator_a, const bms_definition *b,
                                           int indicator_b);

/** @return whether nothing but words differs: questions and units of measure. */
bool bms_measure_differs_in_words_only(const bms_measure_difference *difference);

/** @return whether an indicator measures the same in two definitions. */
bool bms_indicators_measure_the_same(const bms_definition *a, int indicator_a, const bms_definition *b,
                                     int indicator_b);

#endif
