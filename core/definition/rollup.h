/**
 * One result for many units (design, 'Roll-up').
 */
#ifndef BMS_DEFINITION_ROLLUP_H
#define BMS_DEFINITION_ROLLUP_H

#include "core/definition/definition.h"

/** One planned unit's answer in a roll-up. */
typedef struct bms_part {
    int unit;
    bms_values answer;
    bool voluntary; /* need not answer, and has not: not planned, but not in it either */
} bms_part;

typedef struct bms_rolled {
    bms_values answer; /* sums (for a mean: the mean, and how many answers it is of), and the state */
    bms_number result;
    size_t planned;
    size_t reported;
    size_t empty_base;
    size_t not_applicable;
    size_t missing;
    size_t open; /* voluntary ones that have not come; of a count's year by another rule, missing periods */
    double
        coverage; /* 0–1: (reported + empty base) / (planned − not applicable); 1 when nothing is planned */
    bool by_rule; /* the result is the definition's own roll-up of units' results, not what the sums give */
    bool covered; /* coverage reaches the definition's least; below it there is no colour */
} bms_rolled;

/**
 * Roll one indicator up over the planned units.
 *
 * @param indicator  kind, factor, roll-up rule and least coverage
 * @param parts      the planned units' answers, any order
 *
 * Shares and rates are Σn/Σd, never the mean of the units' results. A deviation has no per cent where |Σd| is
 * less than a tenth of Σ|d|. For yes/no the numbers are how many said yes and how many have reported. Where
 * the definition overrides the kind, the result is made of the units' own results; a band has no worst one.
 */
bms_rolled bms_roll_up(const bms_indicator *indicator, const bms_part *parts, size_t n);

/** @return whether several units give a sum, which is larger than their own values. */
bool bms_rolls_up_to_sum(const bms_indicator *indicator, enum bms_rollup_rule rule);

/** @return whether its values cannot be negative, so that a sum of them only grows. */
bool bms_is_never_negative(const bms_indicator *indicator);

/**
 * Roll up units that have become one: their numbers together by the kind's own rule, whatever roll-up the
 * definition has. If any of them is missing, all is: a part is not the whole. One alone is exactly itself.
 *
 * @param n  0: missing, and planned is 0
 */
bms_rolled bms_roll_up_as_one(const bms_indicator *indicator, const bms_part *parts, size_t n);

#endif
