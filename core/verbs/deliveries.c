/** bms_deliveries: who has delivered a period's form, who has not, what is held and why. */
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/definition/definition.h"
#include "core/job/job.h"

#include <string.h>

struct counting {
    bms_job *job;
    int period;
    bms_delivery *rows; /* by unit of the definition */
    int last_unit;      /* entries come unit by unit … */
    int last_period;    /* … and nearly all of one measured period */
};

/** @return the day a form is sent; without one, the period's last. */
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

static enum bms_status choose_period(struct counting *counting, const char *code, bms_error *error) {
    if (!code) {
        counting->period = latest_form(counting->job);
        if (counting->period != BMS_NONE)
            return BMS_OK;
    }
    return bms_job_form_period(counting->job, code, &counting->period, error);
}

/** @return whether this form asks the unit for it, and whether it must answer. */
static enum bms_duty duty(const struct counting *counting, const bms_measuring_point *point, int unit) {
    return point->form == counting->period ? bms_definition_duty(counting->job->definition, point, unit)
                                           : BMS_NOT_ASKED;
}

static void count_required(struct counting *counting) {
    const bms_definition *definition = counting->job->definition;
    for (size_t i = 0; i < definition->n_points; i++) {
        if (definition->points[i].form != counting->period)
            continue;
        for (size_t unit = 0; unit < definition->n_units; unit++) {
            counting->rows[unit].expected +=
                duty(counting, &definition->points[i], (int)unit) == BMS_REQUIRED;
        }
    }
}

static int unit_of(struct counting *counting, const char *code) {
    const bms_definition *definition = counting->job->definition;
    if (counting->last_unit == BMS_NONE ||
        bms_code_compare(definition->units[counting->last_unit].code, code) != 0)
        counting->last_unit = bms_definition_unit(definition, code);
    return counting->last_unit;
}

static int period_of(struct counting *counting, const char *code) {
    const bms_definition *definition = counting->job->definition;
    if (counting->last_period == BMS_NONE ||
        bms_code_compare(definition->calendar[counting->last_period].period.code, code) != 0)
        counting->last_period = bms_definition_period(definition, code);
    return counting->last_period;
}

static bool count_entry(void *context, const bms_stored_entry *stored) {
    struct counting *counting = context;
    const bms_definition *definition = counting->job->definition;
    int unit = unit_of(counting, stored->unit);
    if (unit == BMS_NONE)
        return true;
    bms_delivery *row = &counting->rows[unit];
    row->revision = stored->revision;
    row->to_clarify += stored->entry.reason == BMS_TO_BE_CLARIFIED;
    row->late = row->late || stored->origin.late;
    int point =
        bms_definition_point(definition, bms_definition_indicator(definition, stored->entry.indicator),
                             period_of(counting, stored->entry.period));
    if (point == BMS_NONE || stored->entry.answer.state == BMS_MISSING)
        return true;
    enum bms_duty how = duty(counting, &definition->points[point], unit);
    row->reported += how != BMS_NOT_ASKED;
    /* What is optional counts once it is answered; left unanswered it is not missing. */
    row->expected += how == BMS_OPTIONAL;
    return true;
}

static bool count_receipt(void *context, const bms_stored_receipt *receipt) {
    struct counting *counting = context;
    bms_arena *arena = counting->job->arena;
    int unit = receipt->unit ? bms_definition_unit(counting->job->definition, receipt->unit) : BMS_NONE;
    bool waits = receipt->outcome == BMS_HELD || receipt->outcome == BMS_UNFINISHED;
    if (unit == BMS_NONE || !waits || receipt->superseded)
        return true;
    bms_delivery *row = &counting->rows[unit];
    row->held += receipt->outcome == BMS_HELD;
    row->unfinished += receipt->outcome == BMS_UNFINISHED;
    /* A held file explains more than an unfinished one. */
    if (!row->file || (receipt->outcome == BMS_HELD && !row->why)) {
        row->file = bms_arena_text(arena, receipt->file);
        row->why = bms_arena_text(arena, receipt->why);
    }
    return !bms_arena_failed(arena);
}

static enum bms_status count(struct counting *counting, bms_error *error) {
    bms_job *job = counting->job;
    const char *period = job->definition->calendar[counting->period].period.code;
    const bms_entry_filter filter = {.form_period = period};
    counting->rows = bms_arena_alloc(job->arena, job->definition->n_units * sizeof *counting->rows);
    if (!counting->rows)
        return bms_error_no_memory(error);
    count_required(counting);
    enum bms_status status = bms_history_each_entry(job->history, &filter, count_entry, counting, error);
    if (status == BMS_OK)
        status = bms_history_each_receipt(job->history, period, count_receipt, counting, error);
    return status;
}

/** Deliver the units that are asked for something or have sent something. */
static void deliver(struct counting *counting, void (*on_delivery)(void *context, const bms_delivery *row),
                    void *context) {
    const bms_definition *definition = counting->job->definition;
    for (size_t unit = 0; unit < definition->n_units; unit++) {
        bms_delivery *row = &counting->rows[unit];
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
    struct counting counting = {.job = &job, .last_unit = BMS_NONE, .last_period = BMS_NONE};
    const char *name = "";
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_job_open_defined(&job, error);
    if (status == BMS_OK)
        status = choose_period(&counting, period, error);
    if (status == BMS_OK)
        status = count(&counting, error);
    if (status == BMS_OK) {
        name = bms_definition_period_name(job.definition, counting.period, job.arena, job.language);
        status = bms_error_of_arena(status, job.arena, error);
    }
    if (status == BMS_OK && on_period)
        on_period(context, job.definition->calendar[counting.period].period.code, name);
    if (status == BMS_OK && on_delivery)
        deliver(&counting, on_delivery, context);
    bms_job_end(&job);
    return status;
}
