/** bms_deliveries: who has delivered a period's form, who has not, what is held and why. */
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/definition/definition.h"
#include "core/job/job.h"

#include <string.h>

struct work {
    bms_job *job;
    int period;
    bms_delivery *rows; /* by unit of the definition */
    int last_unit;      /* entries come unit by unit … */
    int last_period;    /* … and nearly all of one measured period */
    bool out_of_memory;
};

/** From when a form's deadline runs: the day it is sent, or where none is given the period's last. */
static bms_day begins(const bms_calendar_period *entry) {
    return entry->sent != BMS_NO_DAY ? entry->sent : entry->period.to;
}

/** The latest form that has been sent, or the first of all. */
static int latest_form(const bms_job *job) {
    const bms_definition *definition = job->definition;
    bms_day today = bms_day_of_time(job->now);
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

static enum bms_status choose_period(struct work *work, const char *code, bms_error *error) {
    if (!code) {
        work->period = latest_form(work->job);
        if (work->period != BMS_NONE)
            return BMS_OK;
    }
    return bms_job_form_period(work->job, code, &work->period, error);
}

/** How the form asks the unit for this. */
static enum bms_duty duty(const struct work *work, const bms_measuring_point *point, int unit) {
    return point->form == work->period ? bms_definition_duty(work->job->definition, point, unit)
                                       : BMS_NOT_ASKED;
}

static void count_required(struct work *work) {
    const bms_definition *definition = work->job->definition;
    for (size_t i = 0; i < definition->n_points; i++) {
        if (definition->points[i].form != work->period)
            continue;
        for (size_t unit = 0; unit < definition->n_units; unit++) {
            work->rows[unit].expected += duty(work, &definition->points[i], (int)unit) == BMS_REQUIRED;
        }
    }
}

static int unit_of(struct work *work, const char *code) {
    const bms_definition *definition = work->job->definition;
    if (work->last_unit == BMS_NONE || bms_code_compare(definition->units[work->last_unit].code, code) != 0)
        work->last_unit = bms_definition_unit(definition, code);
    return work->last_unit;
}

static int period_of(struct work *work, const char *code) {
    const bms_definition *definition = work->job->definition;
    if (work->last_period == BMS_NONE ||
        bms_code_compare(definition->calendar[work->last_period].period.code, code) != 0)
        work->last_period = bms_definition_period(definition, code);
    return work->last_period;
}

static bool count_entry(void *context, const bms_stored_entry *stored) {
    struct work *work = context;
    const bms_definition *definition = work->job->definition;
    int unit = unit_of(work, stored->unit);
    if (unit == BMS_NONE)
        return true;
    bms_delivery *row = &work->rows[unit];
    row->revision = stored->revision;
    row->to_clarify += stored->entry.reason == BMS_TO_BE_CLARIFIED;
    row->late = row->late || stored->late;
    int point =
        bms_definition_point(definition, bms_definition_indicator(definition, stored->entry.indicator),
                             period_of(work, stored->entry.period));
    if (point == BMS_NONE || stored->entry.answer.state == BMS_MISSING)
        return true;
    enum bms_duty how = duty(work, &definition->points[point], unit);
    row->reported += how != BMS_NOT_ASKED;
    /* What need not be answered is counted once it has been: not to answer it is no lack. */
    row->expected += how == BMS_OPTIONAL;
    return true;
}

static bool count_receipt(void *context, const bms_stored_receipt *receipt) {
    struct work *work = context;
    bms_arena *arena = work->job->arena;
    int unit = receipt->unit ? bms_definition_unit(work->job->definition, receipt->unit) : BMS_NONE;
    bool waits = receipt->outcome == BMS_HELD || receipt->outcome == BMS_UNFINISHED;
    if (unit == BMS_NONE || !waits || receipt->superseded)
        return true;
    bms_delivery *row = &work->rows[unit];
    row->held += receipt->outcome == BMS_HELD;
    row->unfinished += receipt->outcome == BMS_UNFINISHED;
    /* What is held says more than what is merely begun. */
    if (!row->file || (receipt->outcome == BMS_HELD && !row->why)) {
        row->file = bms_arena_text(arena, receipt->file);
        row->why = bms_arena_text(arena, receipt->why);
        work->out_of_memory = work->out_of_memory || !row->file || (receipt->why && !row->why);
    }
    return !work->out_of_memory;
}

static enum bms_status count(struct work *work, bms_error *error) {
    bms_job *job = work->job;
    const char *period = job->definition->calendar[work->period].period.code;
    const bms_entry_filter filter = {.form_period = period};
    work->rows = bms_arena_alloc(job->arena, job->definition->n_units * sizeof *work->rows);
    if (!work->rows)
        return bms_error_no_memory(error);
    count_required(work);
    enum bms_status status = bms_history_each_entry(job->history, &filter, count_entry, work, error);
    if (status == BMS_OK)
        status = bms_history_each_receipt(job->history, period, count_receipt, work, error);
    if (status == BMS_OK && work->out_of_memory)
        status = bms_error_no_memory(error);
    return status;
}

/** Units that are asked for something, or have sent something all the same. */
static void deliver(struct work *work, void (*on_delivery)(void *context, const bms_delivery *row),
                    void *context) {
    const bms_definition *definition = work->job->definition;
    for (size_t unit = 0; unit < definition->n_units; unit++) {
        bms_delivery *row = &work->rows[unit];
        row->unit = definition->units[unit].code;
        row->name = definition->units[unit].name;
        row->missing = row->expected - row->reported;
        if (row->expected > 0 || row->revision > 0 || row->held > 0 || row->unfinished > 0)
            on_delivery(context, row);
    }
}

enum bms_status bms_deliveries(bms *b, const char *period,
                               void (*on_period)(void *context, const char *period, const char *name),
                               void (*on_delivery)(void *context, const bms_delivery *row), void *context,
                               bms_error *error) {
    bms_job job;
    struct work work = {.job = &job, .last_unit = BMS_NONE, .last_period = BMS_NONE};
    const char *name = NULL;
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_job_open_defined(&job, error);
    if (status == BMS_OK)
        status = choose_period(&work, period, error);
    if (status == BMS_OK)
        status = count(&work, error);
    if (status == BMS_OK) {
        name = bms_definition_period_name(job.definition, work.period, job.arena, job.language);
        if (!name)
            status = bms_error_no_memory(error);
    }
    if (status == BMS_OK && on_period)
        on_period(context, job.definition->calendar[work.period].period.code, name);
    if (status == BMS_OK && on_delivery)
        deliver(&work, on_delivery, context);
    bms_job_end(&job);
    return status;
}
