/** Finds the targets in force (see limits.h): from when, and relative to which reference. */
#include "core/definition/limits.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** @return whether a target holds at a measuring point, and is for this. */
static bool concerns_point(const bms_definition *definition, const bms_measuring_point *point,
                           const bms_target *target, enum bms_applies applies) {
    bms_day end = definition->limits_of_today ? INT32_MAX : definition->calendar[point->period].period.to;
    return target->indicator == point->indicator && target->applies == applies &&
           (target->from == BMS_NO_DAY || target->from <= end);
}

/** @return the newer of two targets; BMS_NO_DAY is before every day, so anything dated replaces 'always'. */
static const bms_target *newest(const bms_target *found, const bms_target *target) {
    return !found || target->from > found->from ? target : found;
}

const bms_target *bms_target_for_unit(const bms_definition *definition, const bms_measuring_point *point,
                                      int unit, enum bms_applies applies) {
    const bms_target *found = NULL;
    for (size_t i = 0; i < definition->n_targets; i++) {
        const bms_target *target = &definition->targets[i];
        if (target->scope == BMS_FOR_UNIT && target->unit == unit &&
            concerns_point(definition, point, target, applies))
            found = newest(found, target);
    }
    return found;
}

const bms_target *bms_target_for_group(const bms_definition *definition, const bms_measuring_point *point,
                                       const char *group, enum bms_applies applies) {
    enum bms_scope scope = *group == '\0' ? BMS_FOR_ALL : BMS_FOR_GROUP;
    const bms_target *found = NULL;
    for (size_t i = 0; i < definition->n_targets; i++) {
        const bms_target *target = &definition->targets[i];
        if (target->scope == scope && strcmp(target->group, group) == 0 &&
            concerns_point(definition, point, target, applies))
            found = newest(found, target);
    }
    return found;
}

/** @return whether the value is for this group. @param[out] own it is for this group alone, not for all */
static bool concerns(const bms_reference_value *value, const char *group, bool *own) {
    *own = value->group[0] != '\0';
    return !*own || strcmp(value->group, group) == 0;
}

/** @return whether `a` is newer: of a later period, or of the same one and published later. */
static bool newer(const bms_reference_value *a, const bms_reference_value *b) {
    int order = bms_period_compare(&a->period, &b->period);
    return order > 0 || (order == 0 && a->published > b->published);
}

static const bms_reference_value *latest_known(const bms_definition *definition, const char *series,
                                               const char *group, bms_day day) {
    const bms_reference_value *found = NULL;
    bool found_own = false;
    for (size_t i = 0; i < definition->n_references; i++) {
        const bms_reference_value *value = &definition->references[i];
        bms_day known = value->published == BMS_NO_DAY ? value->period.to : value->published;
        bool own = false;
        if (known > day || strcmp(value->series, series) != 0 || !concerns(value, group, &own))
            continue;
        if (!found || (own && !found_own) || (own == found_own && newer(value, found))) {
            found = value;
            found_own = own;
        }
    }
    return found;
}

static double shifted(double value, double offset, enum bms_offset way) {
    /* Per cent of the size: 10 per cent below −20 is −22. Nine decimals: 9.1 − 1 is 8.1, not 8.0999…96. */
    double limit = way == BMS_PER_CENT ? value + fabs(value) * offset / 100 : value + offset;
    return round(limit * 1e9) / 1e9;
}

static bms_limits relative_limits(const bms_target *target, double value) {
    bms_limits limits = target->limits;
    limits.green = shifted(value, limits.green, target->offset);
    limits.red = shifted(value, limits.red, target->offset);
    limits.green_to = shifted(value, limits.green_to, target->offset);
    limits.red_to = shifted(value, limits.red_to, target->offset);
    return limits;
}

bms_limits bms_limits_of_target(const bms_definition *definition, const bms_measuring_point *point,
                                const bms_target *target, const char *group, bms_limits_source *source) {
    const bms_limits none = {.known = false, .better = definition->indicators[point->indicator].better};
    *source = (bms_limits_source){.target = target};
    if (!target)
        return none;
    if (target->series[0] == '\0')
        return target->limits;
    bms_day day = definition->limits_of_today ? INT32_MAX : definition->calendar[point->form].period.to;
    source->reference = latest_known(definition, target->series, group, day);
    return source->reference ? relative_limits(target, source->reference->value) : none;
}

static bool is_parent_on(const bms_definition *definition, int unit, bms_day day) {
    for (size_t i = 0; i < definition->n_units; i++) {
        if (bms_unit_parent_on(&definition->units[i], day) == unit)
            return true;
    }
    return false;
}

/** @return whether a unit below it is asked at the measuring point. */
static bool anyone_below(const bms_definition *definition, const bms_measuring_point *point, int unit) {
    bms_day day = bms_definition_day_of(definition, point);
    if (!is_parent_on(definition, unit, day))
        return false;
    for (size_t i = 0; i < definition->n_units; i++) {
        if ((int)i != unit && bms_definition_duty(definition, point, (int)i) != BMS_NOT_ASKED &&
            bms_unit_is_below_on(definition, (int)i, unit, day))
            return true;
    }
    return false;
}

bms_limits bms_limits_of_unit(const bms_definition *definition, const bms_measuring_point *point, int unit,
                              enum bms_applies applies, bms_limits_source *source) {
    const char *group = definition->units[unit].group;
    const bms_target *target = bms_target_for_unit(definition, point, unit, applies);
    if (target && anyone_below(definition, point, unit))
        target = NULL;
    if (!target && *group != '\0')
        target = bms_target_for_group(definition, point, group, applies);
    if (!target)
        target = bms_target_for_group(definition, point, "", applies);
    return bms_limits_of_target(definition, point, target, group, source);
}
