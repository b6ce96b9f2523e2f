/** What held when a number was reported (see held.h): the stored definitions are read backwards from the
 * newest. */
#include "core/verbs/explain/held.h"

enum bms_status bms_held_find(bms_past_definitions *pasts, const bms_definition *today, const char *version,
                              int indicator, bms_held *out, bms_error *error) {
    const bms_definition *then = NULL;
    *out = (bms_held){.version = bms_past_definitions_number(version),
                      .definition = today,
                      .indicator = &today->indicators[indicator]};
    if (out->version == 0)
        return BMS_OK;
    enum bms_status status = bms_past_definitions_of_version(pasts, out->version, &then, error);
    if (status != BMS_OK)
        return status;
    int index = then ? bms_definition_indicator(then, out->indicator->code) : BMS_NONE;
    if (index == BMS_NONE) {
        out->version = 0;
    } else if (!bms_indicators_measure_the_same(today, indicator, then, index)) {
        out->definition = then;
        out->indicator = &then->indicators[index];
        out->broken = true;
    }
    return BMS_OK;
}

enum bms_status bms_held_measured_since(bms_past_definitions *pasts, int version, const char *indicator,
                                        int *since, bms_error *error) {
    const bms_definition *newest = NULL;
    enum bms_status status = bms_past_definitions_of_version(pasts, version, &newest, error);
    int of_newest = newest ? bms_definition_indicator(newest, indicator) : BMS_NONE;
    bool same = of_newest != BMS_NONE;
    *since = version;
    for (int older = version - 1; status == BMS_OK && same && older > 0; older--) {
        const bms_definition *then = NULL;
        status = bms_past_definitions_of_version(pasts, older, &then, error);
        int index = status == BMS_OK && then ? bms_definition_indicator(then, indicator) : BMS_NONE;
        same = index != BMS_NONE && bms_indicators_measure_the_same(newest, of_newest, then, index);
        if (same)
            *since = older;
    }
    return status;
}

/* Targets */

/** @return the measuring point where a definition asks a unit for it, or BMS_NONE. */
static int point_of(const bms_definition *definition, const bms_held_target *target, int *unit) {
    int indicator = bms_definition_indicator(definition, target->indicator);
    int period = bms_definition_period(definition, target->period);
    *unit = bms_definition_unit(definition, target->unit);
    return *unit == BMS_NONE || indicator == BMS_NONE || period == BMS_NONE
               ? BMS_NONE
               : bms_definition_point(definition, indicator, period);
}

/** @return the limits that the same figure takes by another version of the definition. */
static bms_limits limits_by(const bms_definition *definition, const bms_measuring_point *point, int unit,
                            const bms_held_target *target) {
    bms_assessed figure = *target->of;
    figure.definition = definition;
    figure.point = point;
    figure.indicator = &definition->indicators[point->indicator];
    figure.unit = unit;
    figure.parts = target->room;
    figure.n = 0;
    for (size_t i = 0; i < target->of->n; i++) {
        bms_part part = target->of->parts[i];
        part.unit = bms_definition_unit(definition, target->of->definition->units[part.unit].code);
        if (part.unit != BMS_NONE)
            target->room[figure.n++] = part;
    }
    return bms_assessed_limits(&figure, NULL);
}

enum bms_status bms_held_limits(bms_past_definitions *pasts, int version, const bms_held_target *target,
                                bms_limits *out, bool *there, bms_error *error) {
    const bms_definition *definition = NULL;
    int unit = BMS_NONE;
    *out = (bms_limits){0};
    *there = false;
    enum bms_status status = bms_past_definitions_of_version(pasts, version, &definition, error);
    int point = status == BMS_OK && definition ? point_of(definition, target, &unit) : BMS_NONE;
    if (point == BMS_NONE)
        return status;
    *out = limits_by(definition, &definition->points[point], unit, target);
    *there = true;
    return BMS_OK;
}

enum bms_status bms_held_target_since(bms_past_definitions *pasts, int version, const bms_held_target *target,
                                      int *since, bms_error *error) {
    bms_limits newest;
    bool same = false;
    *since = version;
    enum bms_status status = bms_held_limits(pasts, version, target, &newest, &same, error);
    for (int older = version - 1; status == BMS_OK && same && older > 0; older--) {
        bms_limits then;
        status = bms_held_limits(pasts, older, target, &then, &same, error);
        same = same && bms_limits_same(&newest, &then);
        if (same)
            *since = older;
    }
    return status;
}

enum bms_status bms_held_last_asked(bms_past_definitions *pasts, int before, const bms_held_target *target,
                                    const bms_definition **out, bms_error *error) {
    enum bms_status status = BMS_OK;
    *out = NULL;
    for (int version = before - 1; status == BMS_OK && !*out && version > 0; version--) {
        const bms_definition *definition = NULL;
        int unit = BMS_NONE;
        status = bms_past_definitions_of_version(pasts, version, &definition, error);
        if (status == BMS_OK && definition && point_of(definition, target, &unit) != BMS_NONE)
            *out = definition;
    }
    return status;
}
