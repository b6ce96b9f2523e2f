/** Works out results and colours of stored entries (see evaluation.h). */
#include "core/definition/evaluation.h"

bms_evaluation bms_evaluate(const bms_definition *definition, const char *unit, const char *indicator,
                            const char *period, const bms_values *answer) {
    bms_evaluation out = {.unit = bms_definition_unit(definition, unit),
                          .indicator = bms_definition_indicator(definition, indicator),
                          .period = bms_definition_period(definition, period),
                          .point = BMS_NONE};
    if (out.indicator == BMS_NONE)
        return out;
    if (out.period != BMS_NONE)
        out.point = bms_definition_point(definition, out.indicator, out.period);
    bms_evaluate_as_then(definition, &out, &definition->indicators[out.indicator], answer);
    return out;
}

void bms_evaluate_as_then(const bms_definition *definition, bms_evaluation *evaluation,
                          const bms_indicator *then, const bms_values *answer) {
    evaluation->result = bms_result(then->kind, then->factor, answer);
    evaluation->why = BMS_WHY_NO_TARGET;
    if (evaluation->unit == BMS_NONE || evaluation->point == BMS_NONE)
        return;
    bms_assessment found =
        bms_assess_answer(definition, &definition->points[evaluation->point], evaluation->unit, then, answer);
    evaluation->limits = found.limits;
    evaluation->source = found.source;
    evaluation->colour = found.colour;
    evaluation->why = found.why;
}
