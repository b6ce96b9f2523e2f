/* What is known from before, fetched from the history: a query a measured period. */
#include "core/before.h"
#include "core/error.h"
#include "core/history.h"
#include "core/text.h"

struct fetching {
    bms_before *before;
    const bms_definition *definition;
    int period;
    int last_unit; /* entries come unit by unit */
    bool out_of_memory;
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
    fetching->out_of_memory = !bms_before_add(fetching->before, fetching->last_unit, indicator,
                                              fetching->period, &stored->entry.answer);
    return !fetching->out_of_memory;
}

/** @return whether anything measured in the period is asked for by a form up to this one. */
static bool is_measured(const bms_definition *definition, int period, int form) {
    for (size_t i = 0; i < definition->n_points; i++) {
        if (definition->points[i].period == period &&
            (form == BMS_NONE || definition->points[i].form <= form))
            return true;
    }
    return false;
}

enum bms_status bms_before_load(bms_before *before, const bms_definition *definition,
                                struct bms_history *history, int form, bms_error *error) {
    struct fetching fetching = {.before = before, .definition = definition, .last_unit = BMS_NONE};
    enum bms_status status = BMS_OK;
    for (size_t p = 0; p < definition->n_calendar && status == BMS_OK && !fetching.out_of_memory; p++) {
        bms_entry_filter filter = {.period = definition->calendar[p].period.code};
        fetching.period = (int)p;
        if (is_measured(definition, (int)p, form))
            status = bms_history_each_entry(history, &filter, take, &fetching, error);
    }
    if (status == BMS_OK && (fetching.out_of_memory || !bms_before_finish(before)))
        status = bms_error_no_memory(error);
    return status;
}
