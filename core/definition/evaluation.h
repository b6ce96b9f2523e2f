/**
 * A stored entry by today's definition: its place in the plan, its result and its colour.
 */
#ifndef BMS_DEFINITION_EVALUATION_H
#define BMS_DEFINITION_EVALUATION_H

#include "core/definition/assessment.h"

typedef struct bms_evaluation {
    int unit; /* as the next three, an index into the definition; BMS_NONE for what it no longer has */
    int indicator;
    int period; /* measured */
    int point;
    bms_number result;
    bms_limits limits;
    bms_limits_source source;
    enum bms_colour colour;
    enum bms_why why; /* it has no colour */
} bms_evaluation;

/** Look one answer of a unit up, and find its result and colour. */
bms_evaluation bms_evaluate(const bms_definition *definition, const char *unit, const char *indicator,
                            const char *period, const bms_values *answer);

/** Find result and colour again, by the indicator as it was when it was answered. */
void bms_evaluate_as_then(const bms_definition *definition, bms_evaluation *evaluation,
                          const bms_indicator *then, const bms_values *answer);

#endif
