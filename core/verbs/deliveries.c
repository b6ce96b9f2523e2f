/** bms_deliveries: who has delivered a period's form, who has not, what is held and why. */
#include "core/base/error.h"
#include "core/history/delivered.h"
#include "core/job/job.h"

/** @return the day a form is sent; without one, the period's last. */
static bms_day begins(const bms_calendar_period *entry) {
    return entry->sent != BMS_NO_DAY ? entry->sent : entry->period.to;
}

/** The latest form that has been sent, or the first of all. */
static int latest_form(const bms_job *job) {
    const bms_definition *definition = job->definition;
    bms_day today = bms_day_here(job->now);
    int first = BMS_NONE;
    int latest = BMS_NONE;
    for (size_t i = 0; i < definition->n_calendar; i++) {
        if (!bms_definition_has_form(definition, (int)i))
            continue;
        if (first == BMS_NONE)
            first = (int)i;
        if (begins(&definition->calendar[i]) <= today)
            latest = (int)i;
    }
    return latest != BMS_NONE ? latest : first;
}

static enum bms_status choose_period(const bms_job *job, const char *code, int *period, bms_error *error) {
    *period = code ? BMS_NONE : latest_form(job);
    return *period != BMS_NONE ? BMS_OK : bms_job_form_period(job, code, period, error);
}

/** Deliver the units that are asked for something or have sent something. */
static void deliver(const bms_delivered *delivered, size_t n_units,
                    void (*on_delivery)(void *context, const bms_delivery *row), void *context) {
    for (size_t unit = 0; unit < n_units; unit++) {
        const bms_delivery row = bms_delivered_of(delivered, (int)unit);
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
        deliver(delivered, job.definition->n_units, on_delivery, context);
    bms_job_end(&job);
    return status;
}
