/* Fetching what the reports of a run need from the history: one query for each measured period, the receipts,
 * and the actions. */
#include "core/base/error.h"
#include "core/history/past_definitions.h"
#include "core/report/table.h"

struct fetching {
    bms_figures *figures;
    bms_past_definitions *definitions;
    enum bms_status status; /* of the latest entry */
    bms_error *error;
};

static bool take_entry(void *context, const bms_stored_entry *entry) {
    struct fetching *f = context;
    int indicator = bms_definition_indicator(f->figures->definition, entry->entry.indicator);
    const bms_indicator *measured = NULL;
    if (indicator != BMS_NONE) {
        f->status =
            bms_past_definitions_find(f->definitions, entry->definition, indicator, &measured, f->error);
    }
    if (f->status != BMS_OK)
        return false;
    bms_figures_add_measured(f->figures, entry, measured);
    return !bms_arena_failed(f->figures->arena);
}

static bool take_receipt(void *context, const bms_stored_receipt *receipt) {
    struct fetching *f = context;
    bms_figures_add_receipt(f->figures, receipt);
    return !bms_arena_failed(f->figures->arena);
}

static bool take_action(void *context, const bms_stored_action *action) {
    struct fetching *f = context;
    bms_figures_add_action(f->figures, action);
    return !bms_arena_failed(f->figures->arena);
}

static bool period_is_kept(const bms_figures *figures, size_t period) {
    const bms_definition *definition = figures->definition;
    for (size_t i = 0; i < definition->n_indicators; i++) {
        if (figures->of_period[i * definition->n_calendar + period])
            return true;
    }
    return false;
}

static bool all_are_kept(const bms_figures *figures) {
    return figures->n_kept == figures->definition->n_units;
}

/** Load the answers for a measured period. @param indicator  BMS_NONE: to all indicators */
static enum bms_status load_period(struct fetching *f, bms_history *history, int period, int indicator,
                                   bms_error *error) {
    const bms_figures *figures = f->figures;
    const bms_definition *definition = figures->definition;
    bms_entry_filter filter = {.indicator =
                                   indicator == BMS_NONE ? NULL : definition->indicators[indicator].code,
                               .period = definition->calendar[period].period.code};
    if (all_are_kept(figures)) {
        enum bms_status status = bms_history_each_entry(history, &filter, take_entry, f, error);
        return status == BMS_OK ? f->status : status;
    }
    enum bms_status status =
        bms_figures_load_arrivals(f->figures, f->definitions, history, period, indicator, error);
    for (size_t i = 0; i < figures->n_kept && status == BMS_OK; i++) {
        filter.unit = definition->units[figures->kept[i]].code;
        status = bms_history_each_entry(history, &filter, take_entry, f, error);
        status = status == BMS_OK ? f->status : status;
    }
    return status;
}

static enum bms_status load_entries(struct fetching *f, bms_history *history, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t p = f->figures->definition->n_calendar; p-- > 0 && status == BMS_OK;) {
        if (period_is_kept(f->figures, p))
            status = load_period(f, history, (int)p, BMS_NONE, error);
    }
    return status;
}

static enum bms_status load_actions_of(struct fetching *f, bms_history *history, int form, bms_error *error) {
    const bms_figures *figures = f->figures;
    const char *code = figures->definition->calendar[form].period.code;
    enum bms_status status = BMS_OK;
    if (all_are_kept(figures))
        return bms_history_each_action(history, NULL, code, take_action, f, error);
    for (size_t i = 0; i < figures->n_kept && status == BMS_OK; i++) {
        const char *unit = figures->definition->units[figures->kept[i]].code;
        status = bms_history_each_action(history, unit, code, take_action, f, error);
    }
    return status;
}

/** Actions are carried from form to form: load this form's, then two years of them, newest form first. */
static enum bms_status load_actions(struct fetching *f, bms_history *history, bms_error *error) {
    const bms_definition *definition = f->figures->definition;
    int form = f->figures->form;
    enum bms_status status = load_actions_of(f, history, form, error);
    int oldest = form - BMS_KEPT_POINTS;
    for (int p = (int)definition->n_calendar - 1; p >= 0 && p > oldest && status == BMS_OK; p--) {
        if (p != form && bms_definition_is_by(definition, p, form) && bms_definition_has_form(definition, p))
            status = load_actions_of(f, history, p, error);
    }
    return status;
}

static struct fetching begin(bms_figures *figures, bms_history *history, bms_error *error) {
    return (struct fetching){.figures = figures,
                             .definitions =
                                 bms_past_definitions_new(figures->arena, figures->definition, history),
                             .error = error};
}

enum bms_status bms_figures_load_indicator(bms_figures *figures, bms_history *history, int indicator,
                                           bms_error *error) {
    struct fetching f = begin(figures, history, error);
    if (!f.definitions)
        return bms_error_no_memory(error);
    const bms_definition *definition = figures->definition;
    enum bms_status status = BMS_OK;
    for (size_t p = definition->n_calendar; p-- > 0 && status == BMS_OK;) {
        if (figures->of_period[(size_t)indicator * definition->n_calendar + p])
            status = load_period(&f, history, (int)p, indicator, error);
    }
    return bms_error_of_arena(status, figures->arena, error);
}

enum bms_status bms_figures_load(bms_figures *figures, bms_history *history, bms_error *error) {
    struct fetching f = begin(figures, history, error);
    if (!f.definitions)
        return bms_error_no_memory(error);
    const char *form = figures->definition->calendar[figures->form].period.code;
    enum bms_status status = load_entries(&f, history, error);
    if (status == BMS_OK)
        status = bms_history_each_receipt(history, form, take_receipt, &f, error);
    if (status == BMS_OK)
        status = load_actions(&f, history, error);
    return bms_error_of_arena(status, figures->arena, error);
}
