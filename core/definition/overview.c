/** What a definition says (see overview.h). */
#include "core/definition/overview.h"

#include <string.h>

struct looking {
    bms_arena *arena;
    const bms_definition *definition;
    bms_day today;
    const char *language;
    const bms_setup_listener *listener;
    size_t *asked;  /* how many indicators each unit is asked for, by unit and form period */
    bool *measured; /* whether anybody is asked for it, by indicator */
};

static size_t *asked_at(const struct looking *looking, size_t unit, size_t period) {
    return &looking->asked[unit * looking->definition->n_calendar + period];
}

static bool count(struct looking *looking) {
    const bms_definition *definition = looking->definition;
    size_t all = definition->n_units * definition->n_calendar + 1;
    looking->asked = bms_arena_alloc(looking->arena, all * sizeof *looking->asked);
    looking->measured = bms_arena_alloc(looking->arena, (definition->n_indicators + 1) * sizeof(bool));
    if (!looking->asked || !looking->measured)
        return false;
    memset(looking->asked, 0, all * sizeof *looking->asked);
    memset(looking->measured, 0, (definition->n_indicators + 1) * sizeof(bool));
    for (size_t p = 0; p < definition->n_points; p++) {
        const bms_measuring_point *point = &definition->points[p];
        for (size_t u = 0; u < definition->n_units; u++) {
            if (bms_definition_duty(definition, point, (int)u) == BMS_NOT_ASKED)
                continue;
            ++*asked_at(looking, u, (size_t)point->form);
            looking->measured[point->indicator] = true;
        }
    }
    return true;
}

/** Deliver what a group is asked in a form, if anything. */
static void deliver_asked(const struct looking *looking, const char *group, size_t period) {
    const bms_definition *definition = looking->definition;
    bms_setup_asked row = {
        .group = group,
        .period = definition->calendar[period].period.code,
        .name = bms_definition_period_name(definition, (int)period, looking->arena, looking->language),
        .past = definition->calendar[period].period.to < looking->today};
    for (size_t u = 0; u < definition->n_units; u++) {
        size_t n = strcmp(definition->units[u].group, group) == 0 ? *asked_at(looking, u, period) : 0;
        if (n == 0)
            continue;
        row.fewest = row.units == 0 || n < row.fewest ? n : row.fewest;
        row.most = n > row.most ? n : row.most;
        row.units++;
    }
    if (row.units > 0 && looking->listener->on_asked)
        looking->listener->on_asked(looking->listener->context, &row);
}

static bool is_first_of_group(const bms_definition *definition, size_t unit) {
    for (size_t i = 0; i < unit; i++) {
        if (strcmp(definition->units[i].group, definition->units[unit].group) == 0)
            return false;
    }
    return true;
}

static void deliver_left(const struct looking *looking, enum bms_setup_left_over what, const char *code,
                         const char *name) {
    const bms_setup_left row = {.what = what, .code = code, .name = name};
    if (looking->listener->on_left)
        looking->listener->on_left(looking->listener->context, &row);
}

static bool has_units_below(const bms_definition *definition, size_t unit) {
    for (size_t i = 0; i < definition->n_units; i++) {
        if (definition->units[i].parent == (int)unit)
            return true;
    }
    return false;
}

static void look_for_silent_units(const struct looking *looking) {
    const bms_definition *definition = looking->definition;
    for (size_t u = 0; u < definition->n_units; u++) {
        const bms_unit *unit = &definition->units[u];
        size_t n = 0;
        for (size_t p = 0; p < definition->n_calendar; p++)
            n += *asked_at(looking, u, p);
        if (n == 0 && (unit->to == BMS_NO_DAY || unit->to >= looking->today) &&
            !has_units_below(definition, u))
            deliver_left(looking, BMS_UNIT_ASKED_NOTHING, unit->code, unit->name);
    }
}

static void look_for_targets(const struct looking *looking) {
    const bms_definition *definition = looking->definition;
    for (size_t i = 0; i < definition->n_indicators; i++) {
        const bms_indicator *indicator = &definition->indicators[i];
        bool has_target = false;
        bool measured = looking->measured[i];
        for (size_t t = 0; t < definition->n_targets; t++)
            has_target = has_target || definition->targets[t].indicator == (int)i;
        if (measured && !has_target)
            deliver_left(looking, BMS_INDICATOR_WITHOUT_TARGET, indicator->code, indicator->name);
        if (!measured && has_target)
            deliver_left(looking, BMS_TARGET_NOT_MEASURED, indicator->code, indicator->name);
    }
}

void bms_overview(bms_arena *arena, const bms_definition *definition, bms_day today, const char *language,
                  const bms_setup_listener *listener) {
    struct looking looking = {
        .arena = arena, .definition = definition, .today = today, .language = language, .listener = listener};
    if (!count(&looking))
        return;
    for (size_t p = 0; p < definition->n_calendar; p++) {
        for (size_t u = 0; u < definition->n_units; u++) {
            if (is_first_of_group(definition, u))
                deliver_asked(&looking, definition->units[u].group, p);
        }
    }
    look_for_silent_units(&looking);
    look_for_targets(&looking);
}
