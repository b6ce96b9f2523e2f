/** Finds the limits in force (bms_limits_for): whose target, from when, relative to which reference. */
#include "core/definition/definition.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** How near a target is to the unit: 3 its own, 2 its peer group's, 1 that for all, 0 none of these. */
static int nearness(const bms_definition *definition, const bms_target *target, int unit, bool as_parent) {
    switch (target->scope) {
    case BMS_FOR_UNIT:
        return target->unit == unit ? 3 : 0;
    case BMS_FOR_GROUP:
        return !as_parent && strcmp(target->group, definition->units[unit].group) == 0 ? 2 : 0;
    case BMS_FOR_ALL:
        return 1;
    }
    return 0;
}

static const bms_target *target_in_force(const bms_definition *definition, const bms_measuring_point *point,
                                         int unit, bool as_parent) {
    bms_day end = definition->limits_of_today ? INT32_MAX : definition->calendar[point->period].period.to;
    const bms_target *found = NULL;
    int found_nearness = 0;
    for (size_t i = 0; i < definition->n_targets; i++) {
        const bms_target *target = &definition->targets[i];
        if (target->indicator != point->indicator || (target->from != BMS_NO_DAY && target->from > end))
            continue;
        int near = nearness(definition, target, unit, as_parent);
        /* BMS_NO_DAY is before every day, so anything dated replaces 'always'. */
        if (near > found_nearness || (near > 0 && near == found_nearness && target->from > found->from)) {
            found = target;
            found_nearness = near;
        }
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

bms_limits bms_limits_for(const bms_definition *definition, const bms_measuring_point *point, int unit,
                          bool as_parent, bms_limits_source *source) {
    bms_limits_source none = {0};
    bms_limits_source *from = source ? source : &none;
    *from = none;
    bms_limits limits = {.known = false, .better = definition->indicators[point->indicator].better};
    const bms_target *target = target_in_force(definition, point, unit, as_parent);
    from->target = target;
    if (!target)
        return limits;
    if (target->series[0] == '\0')
        return target->limits;
    const char *group = as_parent ? "" : definition->units[unit].group;
    bms_day day = definition->limits_of_today ? INT32_MAX : definition->calendar[point->form].period.to;
    from->reference = latest_known(definition, target->series, group, day);
    return from->reference ? relative_limits(target, from->reference->value) : limits;
}
