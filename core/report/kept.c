/*
 * Figures for the report of one unit (see figures.h): which units' answers it is made of, and, of all other
 * units, only whether and to what they have answered.
 */
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/report/table.h"

#include <string.h>

/* Which units. */

static bool was_below_a_kept_one(const bms_figures *figures, const bms_unit *unit) {
    bool below = unit->parent != BMS_NONE && figures->place[unit->parent] != BMS_NOT_KEPT;
    for (size_t i = 0; i < unit->n_earlier && !below; i++) {
        below =
            unit->earlier[i].parent != BMS_NONE && figures->place[unit->earlier[i].parent] != BMS_NOT_KEPT;
    }
    return below;
}

static bool follows_a_kept_one(const bms_figures *figures, const bms_unit *unit) {
    for (size_t i = 0; i < unit->n_predecessors; i++) {
        if (figures->place[unit->predecessors[i]] != BMS_NOT_KEPT)
            return true;
    }
    return false;
}

static bool mark(bms_figures *figures, int unit) {
    bool is_new = figures->place[unit] == BMS_NOT_KEPT;
    if (is_new) {
        figures->place[unit] = 0;
        figures->n_kept++;
    }
    return is_new;
}

/** Mark what belongs to the marked units: those that ever were below them, and all with a common past. */
static void mark_related(bms_figures *figures) {
    const bms_definition *definition = figures->definition;
    for (bool more = true; more;) {
        more = false;
        for (size_t u = 0; u < definition->n_units; u++) {
            const bms_unit *unit = &definition->units[u];
            if (was_below_a_kept_one(figures, unit) || follows_a_kept_one(figures, unit))
                more = mark(figures, (int)u) || more;
            if (figures->place[u] == BMS_NOT_KEPT)
                continue;
            for (size_t i = 0; i < unit->n_predecessors; i++)
                more = mark(figures, unit->predecessors[i]) || more;
        }
    }
}

bool bms_figures_keep(bms_figures *figures, int unit) {
    size_t n = figures->definition->n_units;
    figures->kept = bms_arena_alloc(figures->arena, n * sizeof *figures->kept);
    figures->place = bms_arena_alloc(figures->arena, n * sizeof *figures->place);
    if (!figures->kept || !figures->place)
        return false;
    for (size_t u = 0; u < n; u++)
        figures->place[u] = unit == BMS_NONE ? 0 : BMS_NOT_KEPT;
    if (unit != BMS_NONE) {
        (void)mark(figures, unit);
        mark_related(figures);
    }
    figures->n_kept = 0;
    for (size_t u = 0; u < n; u++) {
        if (figures->place[u] == BMS_NOT_KEPT)
            continue;
        figures->place[u] = figures->n_kept;
        figures->kept[figures->n_kept++] = (int)u;
    }
    return true;
}

/* What has arrived. */

enum { MOST_VERSIONS = 32 };

/** A measuring point that is waited for. */
struct awaited {
    struct bms_slot *slot;
    const bms_indicator *measured; /* by the first unit, in order of code; NULL: none has answered */
    const char *unit;              /* that unit */
    bool settled;                  /* no further answer changes anything */
};

struct arriving {
    bms_figures *figures;
    bms_past_definitions *definitions;
    int period;
    struct awaited *awaited;             /* by indicator; one without a slot is settled */
    size_t n_open;                       /* how many are not settled */
    const char *versions[MOST_VERSIONS]; /* of the definition, that the answers were given to */
    size_t n_versions;
    bool too_many;
    int last_unit;
    enum bms_status status;
    bms_error *error;
};

static bool note_version(void *context, const char *version) {
    struct arriving *arriving = context;
    if (arriving->n_versions == MOST_VERSIONS) {
        arriving->too_many = true;
        return false;
    }
    arriving->versions[arriving->n_versions++] = bms_arena_text(arriving->figures->arena, version);
    return !bms_arena_failed(arriving->figures->arena);
}

/** @return what the indicator measured in a version; NULL when that cannot be found out. */
static const bms_indicator *measured_in(struct arriving *arriving, const char *version, int indicator) {
    const bms_indicator *measured = NULL;
    if (arriving->status == BMS_OK) {
        arriving->status =
            bms_past_definitions_find(arriving->definitions, version, indicator, &measured, arriving->error);
    }
    return measured;
}

/** @return whether all answers to an indicator were given to this measure. */
static bool all_measured(struct arriving *arriving, int indicator, const bms_indicator *measured) {
    bool all = !arriving->too_many;
    for (size_t i = 0; all && i < arriving->n_versions; i++)
        all = measured_in(arriving, arriving->versions[i], indicator) == measured;
    return all;
}

static void settle(struct arriving *arriving, struct awaited *awaited) {
    awaited->settled = true;
    arriving->n_open--;
}

/** Take an answer into account; one to today's measure, or to the only one there was, settles the matter. */
static void take_measure(struct arriving *arriving, struct awaited *awaited, int indicator, const char *unit,
                         const bms_indicator *measured) {
    if (!awaited->unit || bms_code_compare(unit, awaited->unit) < 0) {
        awaited->measured = measured;
        awaited->unit = bms_arena_text(arriving->figures->arena, unit);
    }
    if (measured == &arriving->figures->definition->indicators[indicator]) {
        awaited->measured = measured;
        settle(arriving, awaited);
    } else if (all_measured(arriving, indicator, measured)) {
        settle(arriving, awaited);
    }
}

static bool take_arrival(void *context, const bms_arrival *arrival) {
    struct arriving *arriving = context;
    const bms_definition *definition = arriving->figures->definition;
    int indicator = bms_definition_indicator(definition, arrival->indicator);
    struct awaited *awaited = indicator == BMS_NONE ? NULL : &arriving->awaited[indicator];
    if (!awaited || awaited->settled)
        return true;
    int unit = arriving->last_unit;
    if (unit == BMS_NONE || bms_code_compare(definition->units[unit].code, arrival->unit) != 0)
        arriving->last_unit = unit = bms_definition_unit(definition, arrival->unit);
    if (unit == BMS_NONE ||
        bms_definition_duty(definition, &definition->points[awaited->slot->point], unit) == BMS_NOT_ASKED)
        return true;
    const bms_indicator *measured = measured_in(arriving, arrival->definition, indicator);
    if (arriving->status == BMS_OK)
        take_measure(arriving, awaited, indicator, arrival->unit, measured);
    return arriving->status == BMS_OK && arriving->n_open > 0;
}

/** Find the measuring points to ask about. @return false when memory is out */
static bool await_all(struct arriving *arriving, int only) {
    const bms_figures *figures = arriving->figures;
    const bms_definition *definition = figures->definition;
    arriving->awaited = bms_arena_alloc(figures->arena, definition->n_indicators * sizeof *arriving->awaited);
    for (size_t i = 0; arriving->awaited && i < definition->n_indicators; i++) {
        struct bms_slot *slot = figures->of_period[i * definition->n_calendar + (size_t)arriving->period];
        bool wanted = slot && (only == BMS_NONE || only == (int)i);
        arriving->awaited[i] = (struct awaited){.slot = slot, .settled = !wanted};
        arriving->n_open += wanted;
    }
    return arriving->awaited;
}

enum bms_status bms_figures_load_arrivals(bms_figures *figures, bms_past_definitions *definitions,
                                          bms_history *history, int period, int indicator, bms_error *error) {
    struct arriving arriving = {.figures = figures,
                                .definitions = definitions,
                                .period = period,
                                .last_unit = BMS_NONE,
                                .error = error};
    const char *code = figures->definition->calendar[period].period.code;
    if (!await_all(&arriving, indicator))
        return bms_error_no_memory(error);
    enum bms_status status = bms_history_each_version(history, code, note_version, &arriving, error);
    /* Read in this order, so that one measure of several versions is the same pointer in every report. */
    for (size_t i = 0; status == BMS_OK && i < arriving.n_versions && figures->definition->n_indicators > 0;
         i++)
        (void)measured_in(&arriving, arriving.versions[i], 0);
    if (status == BMS_OK && arriving.status == BMS_OK && arriving.n_open > 0)
        status = bms_history_each_arrival(history, code, take_arrival, &arriving, error);
    for (size_t i = 0; i < figures->definition->n_indicators; i++) {
        if (arriving.awaited[i].unit)
            bms_figures_note_arrival(figures, arriving.awaited[i].slot, arriving.awaited[i].measured);
    }
    status = status == BMS_OK ? arriving.status : status;
    return bms_error_of_arena(status, figures->arena, error);
}
