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
    if (out.unit != BMS_NONE && out.point != BMS_NONE)
        out.limits = bms_limits_for(definition, &definition->points[out.point], out.unit, false, &out.source);
    bms_evaluate_as_then(&out, &definition->indicators[out.indicator], answer);
    return out;
}

void bms_evaluate_as_then(bms_evaluation *evaluation, const bms_indicator *then, const bms_values *answer) {
    evaluation->result = bms_result(then->kind, then->factor, answer);
    evaluation->colour = bms_colour_of(&evaluation->limits, evaluation->result);
}
