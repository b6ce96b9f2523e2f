/** Earlier editions of reports (see report_past.h): the history is limited to an edition's run and read
 * again. */
#include "core/verbs/report_past.h"

#include "core/base/error.h"

struct bms_report_past {
    int64_t run;
    bms_report_figures_said *said;    /* by unit of `definition`, fetched when they are needed */
    const bms_definition *definition; /* NULL: there was none */
    bms_figures *figures;             /* NULL: it did not have the period */
    bms_report_past *next;
};

/** @param only  the code of the unit that gets a report; NULL: all */
static enum bms_status fetch(bms_report_past *past, const bms_job *job, const char *only, const char *period,
                             bms_day made_on, bms_error *error) {
    bms_job then = *job;
    bms_definition *definition = NULL;
    enum bms_status status = bms_job_load_definition(&then, &definition, error);
    int form = status == BMS_OK && definition ? bms_definition_period(definition, period) : BMS_NONE;
    past->definition = definition;
    if (status != BMS_OK || form == BMS_NONE)
        return status;
    int unit = only ? bms_definition_unit(definition, only) : BMS_NONE;
    if (only && unit == BMS_NONE)
        return BMS_OK; /* there is nothing to compare with */
    status = bms_figures_new(job->arena, definition, form, made_on, unit, &past->figures, error);
    return status == BMS_OK ? bms_figures_load(past->figures, job->history, error) : status;
}

static enum bms_status past_of(bms_report_past **list, const bms_job *job, const char *only,
                               const bms_edition *edition, const char *period, bms_report_past **out,
                               bms_error *error) {
    int64_t run = edition->run;
    for (*out = *list; *out; *out = (*out)->next) {
        if ((*out)->run == run)
            return BMS_OK;
    }
    bms_report_past *past = bms_arena_alloc(job->arena, sizeof *past);
    if (!past)
        return bms_error_no_memory(error);
    *past = (bms_report_past){.run = run, .next = *list};
    int64_t limit = bms_history_limited_to(job->history);
    enum bms_status status = bms_history_limit(job->history, run, error);
    if (status == BMS_OK)
        status = fetch(past, job, only, period, bms_day_here(edition->made_at), error);
    enum bms_status restored = bms_history_limit(job->history, limit, status == BMS_OK ? error : NULL);
    *list = past;
    *out = past;
    return status == BMS_OK ? restored : status;
}

/* What the units' editions said */

struct fetching {
    bms_arena *arena;
    bms_report_figures_said *list;
    bms_said *rows;
    size_t capacity;
};

static const char *kept(bms_arena *arena, const char *text) {
    return text ? bms_arena_text(arena, text) : NULL;
}

static bool take_figure(void *context, const bms_said *figure) {
    struct fetching *fetching = context;
    bms_said *added = bms_arena_grow(fetching->arena, &fetching->rows, &fetching->list->n,
                                     &fetching->capacity, sizeof *added);
    if (!added)
        return false;
    *added = *figure;
    added->indicator = kept(fetching->arena, figure->indicator);
    added->period = kept(fetching->arena, figure->period);
    added->why = kept(fetching->arena, figure->why);
    added->compared = kept(fetching->arena, figure->compared);
    return !bms_arena_failed(fetching->arena);
}

/** Fetch what the newest edition of a unit's report said at the past's run; once for all reports. */
static enum bms_status fetch_said(bms_report_past *past, const bms_job *job, int unit, const char *period,
                                  bms_error *error) {
    bms_report_figures_said *list = &past->said[unit];
    struct fetching fetching = {.arena = job->arena, .list = list};
    if (list->unit)
        return BMS_OK;
    list->unit = past->definition->units[unit].code;
    enum bms_status status =
        bms_history_each_said(job->history, list->unit, period, past->run, take_figure, &fetching, error);
    list->figures = fetching.rows;
    return bms_error_of_arena(status, job->arena, error);
}

/** Fetch it for a report's unit and those below it. @param[out] before  gets the lists, in `arena` */
static enum bms_status fetch_all_said(bms_report_past *past, const bms_job *job, bms_arena *arena, int unit,
                                      const char *period, bms_report_before *before, bms_error *error) {
    const int *units;
    size_t n = bms_figures_below(past->figures, unit, &units);
    bms_report_figures_said *lists = bms_arena_alloc(arena, n * sizeof *lists);
    if (!past->said)
        past->said = bms_arena_alloc(job->arena, past->definition->n_units * sizeof *past->said);
    if (!lists || !past->said)
        return bms_error_no_memory(error);
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < n; i++) {
        status = fetch_said(past, job, units[i], period, error);
        lists[i] = past->said[units[i]];
    }
    before->said = lists;
    before->n_said = n;
    return status;
}

/** Find the unit as it was then, and what its report and those below it said. */
static enum bms_status find_said(bms_report_past *past, const bms_job *job, bms_arena *arena,
                                 const bms_report_model *model, bms_report_previous *out, bms_error *error) {
    const char *unit = model->definition->units[model->unit].code;
    const char *period = model->definition->calendar[model->form].period.code;
    out->unit = bms_definition_unit(past->definition, unit);
    if (out->unit == BMS_NONE)
        return BMS_OK;
    out->figures = past->figures;
    out->before = (bms_report_before){.program = bms_arena_text(arena, out->edition.program),
                                      .kept = out->edition.said[0] != '\0'};
    return fetch_all_said(past, job, arena, out->unit, period, &out->before, error);
}

enum bms_status bms_report_past_find(bms_report_past **list, const bms_job *job, bms_arena *arena, bool alone,
                                     const bms_report_model *model, bms_report_previous *out,
                                     bms_error *error) {
    const char *unit = model->definition->units[model->unit].code;
    const char *period = model->definition->calendar[model->form].period.code;
    bms_report_past *past = NULL;
    *out = (bms_report_previous){.unit = BMS_NONE};
    enum bms_status status =
        bms_history_find_edition(job->history, unit, period, model->edition - 1, &out->edition, error);
    if (status != BMS_OK || out->edition.number == 0)
        return status;
    status = past_of(list, job, alone ? unit : NULL, &out->edition, period, &past, error);
    return status == BMS_OK && past->figures ? find_said(past, job, arena, model, out, error) : status;
}

enum bms_status bms_report_past_compare(bms_report_previous *previous, bms_arena *arena,
                                        const bms_figures *figures, bms_report_model *model,
                                        bms_error *error) {
    bms_report_model *then = bms_arena_alloc(arena, sizeof *then);
    if (!then)
        return bms_error_no_memory(error);
    const bms_report_run run = {.figures = figures, .made_at = previous->edition.made_at};
    previous->before.then = then;
    enum bms_status status =
        bms_report_build(arena, &run, previous->unit, previous->edition.number, model->language, then, error);
    return status == BMS_OK ? bms_report_compare(arena, &previous->before, model, error) : status;
}
