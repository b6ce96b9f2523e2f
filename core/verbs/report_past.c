/** Earlier editions of reports (see report_past.h): the history is limited to an edition's run and read
 * again. */
#include "core/verbs/report_past.h"

#include "core/base/error.h"
#include "core/report/changes.h"

struct bms_report_past {
    int64_t run;
    const bms_definition *definition; /* NULL: there was none */
    bms_figures *figures;             /* NULL: it did not have the period */
    bms_report_past *next;
};

static enum bms_status fetch(bms_report_past *past, const bms_job *job, const char *period, bms_day made_on,
                             bms_error *error) {
    bms_job then = *job;
    bms_definition *definition = NULL;
    enum bms_status status = bms_job_load_definition(&then, &definition, error);
    int form = status == BMS_OK && definition ? bms_definition_period(definition, period) : BMS_NONE;
    past->definition = definition;
    if (status != BMS_OK || form == BMS_NONE)
        return status;
    status = bms_figures_new(job->arena, definition, form, made_on, &past->figures, error);
    return status == BMS_OK ? bms_figures_load(past->figures, job->history, error) : status;
}

static enum bms_status past_of(bms_report_past **list, const bms_job *job, const bms_edition *edition,
                               const char *period, bms_report_past **out, bms_error *error) {
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
        status = fetch(past, job, period, bms_day_of_time(edition->made_at), error);
    enum bms_status restored = bms_history_limit(job->history, limit, status == BMS_OK ? error : NULL);
    *list = past;
    *out = past;
    return status == BMS_OK ? restored : status;
}

enum bms_status bms_report_past_compare(bms_report_past **list, const bms_job *job, bms_arena *arena,
                                        bms_report_model *model, bms_error *error) {
    const char *unit = model->definition->units[model->unit].code;
    const char *period = model->definition->calendar[model->form].period.code;
    bms_edition before;
    bms_report_past *past = NULL;
    enum bms_status status =
        bms_history_find_edition(job->history, unit, period, model->edition - 1, &before, error);
    if (status != BMS_OK || before.number == 0)
        return status;
    status = past_of(list, job, &before, period, &past, error);
    int index = status == BMS_OK && past->figures ? bms_definition_unit(past->definition, unit) : BMS_NONE;
    bms_report_model *then = bms_arena_alloc(arena, sizeof *then);
    if (status != BMS_OK || index == BMS_NONE)
        return status;
    if (!then)
        return bms_error_no_memory(error);
    const bms_report_run run = {.figures = past->figures, .made_at = before.made_at};
    status = bms_report_build(arena, &run, index, before.number, model->language, then, error);
    return status == BMS_OK ? bms_report_compare(arena, then, model, error) : status;
}
