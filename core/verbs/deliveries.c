/** bms_deliveries: who has delivered a period's form, who has not, what is held and why. */
#include "core/base/error.h"
#include "core/check/reword.h"
#include "core/history/delivered.h"
#include "core/job/at_hand.h"

/** The latest form that has been sent, or the first of all. */
static int latest_form(const bms_job *job) {
    int latest = bms_job_latest_sent(job->definition, bms_day_here(job->now));
    for (size_t i = 0; latest == BMS_NONE && i < job->definition->n_calendar; i++)
        latest = bms_definition_has_form(job->definition, (int)i) ? (int)i : BMS_NONE;
    return latest;
}

static enum bms_status choose_period(const bms_job *job, const char *code, int *period, bms_error *error) {
    *period = code ? BMS_NONE : latest_form(job);
    return *period != BMS_NONE ? BMS_OK : bms_job_form_period(job, code, period, error);
}

/** Deliver the units that are asked for something or have sent something. */
static void deliver(const bms_job *job, const bms_delivered *delivered,
                    void (*on_delivery)(void *context, const bms_delivery *row), void *context) {
    for (size_t unit = 0; unit < job->definition->n_units; unit++) {
        bms_delivery row = bms_delivered_of(delivered, (int)unit);
        row.why = bms_finding_in(job->arena, NULL, row.why, job->language);
        if (row.stage != BMS_STAGE_NOT_ASKED)
            on_delivery(context, &row);
    }
}

enum bms_status bms_deliveries(bms *b, const char *period,
                               void (*on_period)(void *context, const char *period, const char *name),
                               void (*on_delivery)(void *context, const bms_delivery *row), void *context,
                               bms_error *error) {
    bms_job job;
    bms_delivered *delivered = NULL;
    int form = BMS_NONE;
    const char *name = "";
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_job_open_defined(&job, error);
    if (status == BMS_OK)
        status = choose_period(&job, period, &form, error);
    if (status == BMS_OK)
        status = bms_delivered_new(job.arena, job.definition, form, &delivered, error);
    if (status == BMS_OK)
        status = bms_delivered_load(delivered, job.history, error);
    if (status == BMS_OK) {
        name = bms_definition_period_name(job.definition, form, job.arena, job.language);
        status = bms_error_of_arena(status, job.arena, error);
    }
    if (status == BMS_OK && on_period)
        on_period(context, job.definition->calendar[form].period.code, name);
    if (status == BMS_OK && on_delivery)
        deliver(&job, delivered, on_delivery, context);
    bms_job_end(&job);
    return status;
}
