/**
 * Which limits a figure takes, its colour by them and, where it has none, why (design, 'Whose limit is it?').
 *
 * A limit is for one unit's value in one measured period, unless its target says that it is for units
 * together or for a year. What is added up over units or over time is judged by it only where that means
 * something. Reports, explanations and the history all ask here, so that they say the same.
 */
#ifndef BMS_DEFINITION_ASSESSMENT_H
#define BMS_DEFINITION_ASSESSMENT_H

#include "core/definition/rollup.h"

/** A figure, and what it is made of. */
typedef struct bms_assessed {
    const bms_definition *definition;
    const bms_measuring_point *point; /* the latest in it */
    const bms_indicator *indicator;   /* as it was measured */
    int unit;                         /* whose figure it is */
    bool below;  /* of the units below it too; otherwise its own, or that of the units it took over from */
    bool so_far; /* of the year so far, where periods add up */
    const bms_part *parts; /* what was rolled up */
    size_t n;
    const bms_rolled *rolled;
    const bms_rolled *latest; /* of the latest measuring point alone; `rolled` itself where it is that */
} bms_assessed;

typedef struct bms_assessment {
    bms_limits limits; /* not known: it takes none */
    bms_limits_source source;
    enum bms_colour colour;
    enum bms_why why;
} bms_assessment;

/**
 * Judge a figure. What is missing is never green: below the least coverage there is no colour; with a part
 * missing, a sum, a largest or a smallest has only a colour that the missing part cannot change; and the year
 * so far has none where its latest measurement is not covered.
 */
bms_assessment bms_assess(const bms_assessed *figure);

/** @return the limits that a figure takes; `rolled` and `latest` may be NULL. @param[out] source  may be NULL
 */
bms_limits bms_assessed_limits(const bms_assessed *figure, bms_limits_source *source);

/** Judge one unit's own answer. @param measured  the indicator as it was measured */
bms_assessment bms_assess_answer(const bms_definition *definition, const bms_measuring_point *point, int unit,
                                 const bms_indicator *measured, const bms_values *answer);

#endif
