/**
 * bms_explain: where a number and its colour come from.
 *
 * From the result down: the formula, the numbers and the questions they answer, the target, and the file,
 * sheet and cell they come from. For a parent unit, or for the predecessors of a unit before its time: the
 * sum, its coverage and each part. Kind, factor and questions are those of the definition that the form was
 * made from; the limits are those of the period, or those of today, as in the reports.
 */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/definition/evaluation.h"
#include "core/definition/succession.h"
#include "core/verbs/explain/explaining.h"
#include "core/verbs/explain_year.h"

#include <string.h>

/* Finding the measurement */

static enum bms_status unknown_period(bms_explaining *explaining, int indicator, const char *code,
                                      bms_error *error) {
    const bms_job *job = explaining->job;
    const char *known = "";
    for (size_t i = 0; i < explaining->definition->n_points; i++) {
        const bms_measuring_point *point = &explaining->definition->points[i];
        if (point->indicator == indicator) {
            known = bms_arena_format(job->arena, "%s%s%s", known, *known ? ", " : "",
                                     explaining->definition->calendar[point->period].period.code);
        }
    }
    return bms_job_fail(
        error, BMS_USAGE, NULL,
        bms_message(job->arena,
                    bms_tr(job->language, BMS_TEXT("{indicator} is not measured in {period}. It is measured "
                                                   "in: {known}.")),
                    "indicator", explaining->definition->indicators[indicator].name, "period",
                    *code ? code : "–", "known", *known ? known : "–", NULL));
}

/** Find it in a definition. @return whether it is measured there */
static bool find_in(bms_explaining *explaining, const bms_definition *definition,
                    const bms_held_target *asked) {
    int indicator = bms_definition_indicator(definition, asked->indicator);
    int measured = bms_definition_period(definition, asked->period);
    explaining->definition = definition;
    explaining->unit = bms_definition_unit(definition, asked->unit);
    explaining->point = bms_definition_point(definition, indicator, measured);
    if (indicator == BMS_NONE || explaining->unit == BMS_NONE || explaining->point == BMS_NONE)
        return false;
    explaining->indicator = &definition->indicators[indicator];
    return true;
}

/** Fail with what is unknown, and what today's definition has instead. */
static enum bms_status not_found(bms_explaining *explaining, const bms_held_target *asked, bms_error *error) {
    int indicator = BMS_NONE;
    enum bms_status status = bms_job_unit(explaining->job, asked->unit, &explaining->unit, error);
    if (status == BMS_OK)
        status = bms_job_indicator(explaining->job, asked->indicator, &indicator, error);
    (void)find_in(explaining, explaining->job->definition, asked);
    return status == BMS_OK ? unknown_period(explaining, indicator, asked->period, error) : status;
}

static enum bms_status begin_pasts(bms_explaining *explaining, const bms_definition *today,
                                   bms_error *error) {
    explaining->pasts = bms_past_definitions_new(explaining->job->arena, today, explaining->job->history);
    return explaining->pasts ? BMS_OK : bms_error_no_memory(error);
}

/** Find it in today's definition, or in the last that had it. */
static enum bms_status find(bms_explaining *explaining, const char *unit, const char *indicator,
                            const char *period, bms_error *error) {
    const bms_definition *today = explaining->job->definition;
    const bms_definition *last = NULL;
    const bms_held_target asked = {
        .unit = unit ? unit : "", .indicator = indicator ? indicator : "", .period = period ? period : ""};
    explaining->today = today->version;
    enum bms_status status = begin_pasts(explaining, today, error);
    if (status != BMS_OK || find_in(explaining, today, &asked))
        return status;
    status = bms_held_last_asked(explaining->pasts, today->version, &asked, &last, error);
    if (status != BMS_OK)
        return status;
    return last && find_in(explaining, last, &asked) ? begin_pasts(explaining, last, error)
                                                     : not_found(explaining, &asked, error);
}

bms_explained bms_explaining_nothing(const bms_explaining *explaining, int unit) {
    return (bms_explained){
        .unit = unit,
        .stored = {.entry = {.answer = {.state = BMS_MISSING}, .comment = ""}},
        .held = {.definition = explaining->definition, .indicator = explaining->indicator}};
}

/** @return `day`, or a day of the unit's own time when it does not exist on `day`. */
static bms_day seen_from(const bms_explaining *explaining, bms_day day) {
    const bms_unit *unit = &explaining->definition->units[explaining->unit];
    if (bms_unit_valid(unit, day))
        return day;
    return unit->to == BMS_NO_DAY ? BMS_LATEST_DAY : unit->to;
}

bms_past_question bms_explaining_past(const bms_explaining *explaining, bms_day seen_from) {
    return (bms_past_question){.definition = explaining->definition,
                               .unit = explaining->unit,
                               .point = bms_explaining_point(explaining),
                               .seen_from = seen_from};
}

const char *bms_explaining_whose(const bms_explaining *explaining, const bms_past *past) {
    const bms_job *job = explaining->job;
    const char *name = bms_definition_period_name(
        explaining->definition, bms_explaining_point(explaining)->period, job->arena, job->language);
    bool shared = past->n_others > 0;
    return bms_succession_text(job->arena, explaining->definition, job->language, name, shared,
                               shared ? past->others : past->units, shared ? past->n_others : past->n);
}

/** Note which units the unit consisted of then. */
static void note_past(bms_explaining *explaining, const bms_past_question *question, bms_past *past) {
    bms_past_find(question, past);
    explaining->past =
        past->n > 0 && past->units[0] != explaining->unit ? bms_explaining_whose(explaining, past) : "";
    explaining->as_one = true;
    for (size_t i = 0; i < explaining->n; i++)
        explaining->as_one = explaining->as_one && bms_past_holds(past, explaining->answers[i].unit);
}

/** Mark the units whose answers count: the unit and those below it then; before its time its predecessors. */
static void mark_counted(const bms_past_question *question, int *room, bool *counted) {
    size_t n = bms_past_below(question, room);
    for (size_t i = 0; i < n; i++)
        counted[room[i]] = true;
}

/** List the units whose answers count and are planned. */
static enum bms_status list_parts(bms_explaining *explaining, bms_error *error) {
    const bms_definition *definition = explaining->definition;
    bms_arena *arena = explaining->job->arena;
    const bms_measuring_point *point = bms_explaining_point(explaining);
    const bms_past_question question =
        bms_explaining_past(explaining, seen_from(explaining, bms_definition_day_of(definition, point)));
    bms_past past;
    bool *counted = bms_arena_alloc(arena, definition->n_units * sizeof *counted);
    explaining->answers = bms_arena_alloc(arena, definition->n_units * sizeof *explaining->answers);
    explaining->parts = bms_arena_alloc(arena, definition->n_units * sizeof *explaining->parts);
    if (!bms_past_room(arena, definition, &past) || !counted || !explaining->answers || !explaining->parts)
        return bms_error_no_memory(error);
    mark_counted(&question, past.units, counted);
    for (size_t unit = 0; unit < definition->n_units; unit++) {
        if (counted[unit] && bms_definition_duty(definition, point, (int)unit) != BMS_NOT_ASKED)
            explaining->answers[explaining->n++] = bms_explaining_nothing(explaining, (int)unit);
    }
    note_past(explaining, &question, &past);
    if (explaining->n > 0)
        return BMS_OK;
    return bms_job_fail(error, BMS_USAGE, NULL,
                        bms_message(arena,
                                    bms_tr(explaining->job->language,
                                           BMS_TEXT("{unit} is not asked for {indicator} in {period}.")),
                                    "unit", definition->units[explaining->unit].name, "indicator",
                                    explaining->indicator->name, "period",
                                    bms_explaining_period(explaining)->period.code, NULL));
}

static bms_explained explained(bms_arena *arena, int unit, const bms_stored_entry *stored,
                               const bms_held *held) {
    return (bms_explained){.unit = unit, .stored = bms_stored_entry_copy(arena, stored, NULL), .held = *held};
}

static bool take_entry(void *context, const bms_stored_entry *stored) {
    bms_explaining *explaining = context;
    bms_arena *arena = explaining->job->arena;
    int unit = bms_definition_unit(explaining->definition, stored->unit);
    bms_held held;
    explaining->status = bms_held_find(explaining->pasts, explaining->definition, stored->definition,
                                       bms_explaining_point(explaining)->indicator, &held, explaining->error);
    if (explaining->status != BMS_OK)
        return false;
    for (size_t i = 0; unit != BMS_NONE && stored->current && i < explaining->n; i++) {
        if (explaining->answers[i].unit == unit)
            explaining->answers[i] = explained(arena, unit, stored, &held);
    }
    if (unit == explaining->unit && !stored->current) {
        bms_explained *earlier = bms_arena_grow(arena, &explaining->earlier, &explaining->n_earlier,
                                                &explaining->capacity, sizeof *earlier);
        if (earlier)
            *earlier = explained(arena, unit, stored, &held);
    }
    return !bms_arena_failed(arena);
}

/** Make the parts of the roll-up, and drop optional answers that have not come, unless there is only one. */
static void drop_unanswered(bms_explaining *explaining) {
    const bms_definition *definition = explaining->definition;
    size_t kept = 0;
    explaining->n_parts = explaining->n;
    for (size_t i = 0; i < explaining->n; i++) {
        const bms_explained *answer = &explaining->answers[i];
        bool counts =
            bms_definition_duty(definition, bms_explaining_point(explaining), answer->unit) == BMS_REQUIRED ||
            answer->stored.entry.answer.state != BMS_MISSING || explaining->n == 1;
        explaining->parts[i] =
            (bms_part){.unit = answer->unit, .answer = answer->stored.entry.answer, .voluntary = !counts};
        if (counts)
            explaining->answers[kept++] = *answer;
    }
    explaining->n = kept;
}

static bool take_receipt(void *context, const bms_stored_receipt *receipt) {
    bms_explaining *explaining = context;
    bms_arena *arena = explaining->job->arena;
    int unit = receipt->unit ? bms_definition_unit(explaining->definition, receipt->unit) : BMS_NONE;
    for (size_t i = 0; i < explaining->n && unit != BMS_NONE; i++) {
        bms_explained *answer = &explaining->answers[i];
        if (answer->unit != unit || receipt->outcome != BMS_HELD || receipt->superseded)
            continue;
        answer->held_back = bms_arena_text(arena, receipt->file);
        answer->why_held = receipt->why ? bms_arena_text(arena, receipt->why) : "";
    }
    return !bms_arena_failed(arena);
}

/** Find the files of the form that hold a number back. */
static enum bms_status find_held_back(bms_explaining *explaining, bms_error *error) {
    int form = bms_explaining_point(explaining)->form;
    return bms_history_each_receipt(explaining->job->history,
                                    explaining->definition->calendar[form].period.code, take_receipt,
                                    explaining, error);
}

/** Choose the definition for the sum: today's when any answer measures the same, as in the reports. */
static void choose_held(bms_explaining *explaining) {
    bool found = false;
    explaining->held = (bms_held){.definition = explaining->definition, .indicator = explaining->indicator};
    for (size_t i = 0; i < explaining->n; i++) {
        const bms_explained *answer = &explaining->answers[i];
        if (answer->stored.revision > 0 && (!found || (explaining->held.broken && !answer->held.broken))) {
            explaining->held = answer->held;
            found = true;
        }
    }
}

enum bms_status bms_explaining_load(bms_explaining *explaining, bms_error *error) {
    const bms_entry_filter filter = {.indicator = explaining->indicator->code,
                                     .period = bms_explaining_period(explaining)->period.code,
                                     .all_revisions = true};
    explaining->error = error;
    enum bms_status status =
        bms_history_each_entry(explaining->job->history, &filter, take_entry, explaining, error);
    status = status == BMS_OK ? explaining->status : status;
    if (status == BMS_OK)
        status = find_held_back(explaining, error);
    drop_unanswered(explaining);
    choose_held(explaining);
    return bms_error_of_arena(status, explaining->job->arena, error);
}

enum bms_status bms_explain(bms *b, const char *unit, const char *indicator, const char *period,
                            void (*on_fact)(void *context, const bms_fact *fact), void *context,
                            bms_error *error) {
    bms_job job;
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    bms_explaining explaining = {
        .job = &job, .words = {job.arena, job.language}, .on_fact = on_fact, .context = context};
    if (status == BMS_OK)
        status = bms_job_open_defined(&job, error);
    if (status == BMS_OK)
        status = find(&explaining, unit, indicator, period, error);
    if (status == BMS_OK)
        status = list_parts(&explaining, error);
    if (status == BMS_OK)
        status = bms_explaining_load(&explaining, error);
    if (status == BMS_OK)
        status = bms_explain_closed(&explaining, error);
    if (status == BMS_OK)
        status = bms_explain_year(&explaining, &explaining.so_far, error);
    if (status == BMS_OK)
        status = bms_explaining_report(&explaining, error);
    bms_job_end(&job);
    return status;
}
