/* Filling the table of earlier answers (core/check/before.h) from the history. */
#include "core/check/before.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/history/history.h"
#include "core/history/past_definitions.h"

#include <stdlib.h>

struct fetching {
    bms_before *before;
    const bms_definition *definition;
    struct bms_history *history; /* for what is looked up when it is asked for */
    int period;
    int last_unit; /* entries come unit by unit */
    bms_past_definitions *definitions;
    enum bms_status status; /* of the latest entry */
    bms_error *error;
};

static bool take(void *context, const bms_stored_entry *stored) {
    struct fetching *fetching = context;
    const bms_definition *definition = fetching->definition;
    int last = fetching->last_unit;
    if (last == BMS_NONE || bms_code_compare(definition->units[last].code, stored->unit) != 0)
        fetching->last_unit = bms_definition_unit(definition, stored->unit);
    int indicator = bms_definition_indicator(definition, stored->entry.indicator);
    if (fetching->last_unit == BMS_NONE || indicator == BMS_NONE)
        return true;
    const bms_indicator *measured = NULL;
    fetching->status = bms_past_definitions_find(fetching->definitions, stored->definition, indicator,
                                                 &measured, fetching->error);
    if (fetching->status != BMS_OK)
        return false;
    if (measured != &definition->indicators[indicator])
        return true; /* the indicator measured something else then */
    if (!bms_before_add(fetching->before, fetching->last_unit, indicator, fetching->period,
                        &stored->entry.answer))
        fetching->status = bms_error_no_memory(fetching->error);
    return fetching->status == BMS_OK;
}

/**
 * Mark the measured periods to fetch: of each indicator the latest ones asked for up to the form, and the
 * form's own. Points are in the order of their forms.
 */
static void mark_wanted(const bms_definition *definition, int form, size_t *kept, bool *wanted) {
    for (size_t i = definition->n_points; i-- > 0;) {
        const bms_measuring_point *point = &definition->points[i];
        if (form != BMS_NONE && !bms_definition_is_by(definition, point->form, form))
            continue;
        if (form == BMS_NONE || kept[point->indicator]++ <= BMS_MOST_EARLIER)
            wanted[point->period] = true;
    }
}

static enum bms_status fetch(struct fetching *fetching, struct bms_history *history, const bool *wanted,
                             bms_error *error) {
    const bms_definition *definition = fetching->definition;
    enum bms_status status = BMS_OK;
    for (size_t p = 0; p < definition->n_calendar && status == BMS_OK; p++) {
        bms_entry_filter filter = {.period = definition->calendar[p].period.code};
        fetching->period = (int)p;
        if (wanted[p])
            status = bms_history_each_entry(history, &filter, take, fetching, error);
        status = status == BMS_OK ? fetching->status : status;
    }
    return status;
}

/** Fetch what the checks ask for (see bms_before_source). */
static enum bms_status look_up(void *context, int unit, int indicator, int period, bms_error *error) {
    struct fetching *fetching = context;
    const bms_definition *definition = fetching->definition;
    const bms_entry_filter filter = {
        .unit = unit == BMS_NONE ? NULL : definition->units[unit].code,
        .indicator = indicator == BMS_NONE ? NULL : definition->indicators[indicator].code,
        .period = definition->calendar[period].period.code};
    fetching->period = period;
    fetching->status = BMS_OK;
    fetching->error = error;
    enum bms_status status = bms_history_each_entry(fetching->history, &filter, take, fetching, error);
    return status == BMS_OK ? fetching->status : status;
}

enum bms_status bms_before_look_up(bms_before *before, bms_arena *arena, const bms_definition *definition,
                                   struct bms_history *history, bms_error *error) {
    struct fetching *fetching = bms_arena_alloc(arena, sizeof *fetching);
    if (!fetching)
        return bms_error_no_memory(error);
    *fetching = (struct fetching){.before = before,
                                  .definition = definition,
                                  .history = history,
                                  .last_unit = BMS_NONE,
                                  .definitions = bms_past_definitions_new(arena, definition, history)};
    if (!fetching->definitions || !bms_before_ask(before, (bms_before_source){fetching, look_up}))
        return bms_error_no_memory(error);
    return BMS_OK;
}

enum bms_status bms_before_load(bms_before *before, const bms_definition *definition,
                                struct bms_history *history, int form, bms_error *error) {
    struct fetching fetching = {.before = before, .definition = definition, .last_unit = BMS_NONE};
    size_t *kept = calloc(definition->n_indicators + 1, sizeof *kept);
    bool *wanted = calloc(definition->n_calendar + 1, sizeof *wanted);
    bms_arena *arena = bms_arena_new();
    enum bms_status status = BMS_NO_MEMORY;
    fetching.error = error;
    fetching.definitions = arena ? bms_past_definitions_new(arena, definition, history) : NULL;
    if (kept && wanted && fetching.definitions) {
        mark_wanted(definition, form, kept, wanted);
        status = fetch(&fetching, history, wanted, error);
    } else {
        (void)bms_error_no_memory(error);
    }
    if (status == BMS_OK && !bms_before_finish(before))
        status = bms_error_no_memory(error);
    bms_arena_free(arena);
    free(kept);
    free(wanted);
    return status;
}
