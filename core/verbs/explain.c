/**
 * bms_explain: where a number and its colour come from.
 *
 * From the result down: how it was worked out, the numbers and the questions they answer, the target, and the
 * file, sheet and cell they stood in. Of a unit with others below it, or before its time of those it took
 * over from: the sum, how many it rests on, and each part. Kind, factor and questions are those of the
 * definition the form was made from; the limits those that held in the period, or hold now, as in the
 * reports.
 */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/definition/evaluation.h"
#include "core/definition/succession.h"
#include "core/verbs/explain/explaining.h"

#include <stdio.h>
#include <string.h>

/* Finding what is asked about */

static enum bms_status unknown_period(bms_explaining *work, int indicator, const char *code,
                                      bms_error *error) {
    const bms_job *job = work->job;
    const char *known = "";
    for (size_t i = 0; known && i < work->definition->n_points; i++) {
        const bms_measuring_point *point = &work->definition->points[i];
        if (point->indicator == indicator) {
            known = bms_arena_format(job->arena, "%s%s%s", known, *known ? ", " : "",
                                     work->definition->calendar[point->period].period.code);
        }
    }
    if (!known)
        return bms_error_no_memory(error);
    return bms_job_fail(
        error, BMS_USAGE, NULL,
        bms_message(job->arena,
                    bms_tr(job->language, BMS_TEXT("{indicator} is not measured in {period}. It is measured "
                                                   "in: {known}.")),
                    "indicator", work->definition->indicators[indicator].name, "period", *code ? code : "–",
                    "known", *known ? known : "–", NULL));
}

/** Find it in a definition. @return whether it is measured there */
static bool find_in(bms_explaining *work, const bms_definition *definition, const bms_held_target *asked) {
    int indicator = bms_definition_indicator(definition, asked->indicator);
    int measured = bms_definition_period(definition, asked->period);
    work->definition = definition;
    work->unit = bms_definition_unit(definition, asked->unit);
    work->point = bms_definition_point(definition, indicator, measured);
    if (indicator == BMS_NONE || work->unit == BMS_NONE || work->point == BMS_NONE)
        return false;
    work->indicator = &definition->indicators[indicator];
    return true;
}

/** What cannot be found is a mistake of the one who asks, told by what today's definition knows. */
static enum bms_status not_found(bms_explaining *work, const bms_held_target *asked, bms_error *error) {
    int indicator = BMS_NONE;
    enum bms_status status = bms_job_unit(work->job, asked->unit, &work->unit, error);
    if (status == BMS_OK)
        status = bms_job_indicator(work->job, asked->indicator, &indicator, error);
    (void)find_in(work, work->job->definition, asked);
    return status == BMS_OK ? unknown_period(work, indicator, asked->period, error) : status;
}

static enum bms_status begin_measures(bms_explaining *work, const bms_definition *today, bms_error *error) {
    work->measures = bms_past_definitions_new(work->job->arena, today, work->job->history);
    return work->measures ? BMS_OK : bms_error_no_memory(error);
}

/** Find it in today's definition, or in the last that had it. */
static enum bms_status find(bms_explaining *work, const char *unit, const char *indicator, const char *period,
                            bms_error *error) {
    const bms_definition *today = work->job->definition;
    const bms_definition *last = NULL;
    const bms_held_target asked = {
        .unit = unit ? unit : "", .indicator = indicator ? indicator : "", .period = period ? period : ""};
    work->today = today->version;
    enum bms_status status = begin_measures(work, today, error);
    if (status != BMS_OK || find_in(work, today, &asked))
        return status;
    status = bms_held_last_asked(work->measures, today->version, &asked, &last, error);
    if (status != BMS_OK)
        return status;
    return last && find_in(work, last, &asked) ? begin_measures(work, last, error)
                                               : not_found(work, &asked, error);
}

bms_explained bms_explaining_nothing(const bms_explaining *work, int unit) {
    return (bms_explained){.unit = unit,
                           .stored = {.entry = {.answer = {.state = BMS_MISSING}, .comment = ""}},
                           .held = {.definition = work->definition, .indicator = work->indicator}};
}

/** @return whether a unit is among those found. */
static bool is_among(const int *units, size_t n, int unit) {
    for (size_t i = 0; i < n; i++) {
        if (units[i] == unit)
            return true;
    }
    return false;
}

/** From when a unit is looked back at: its own time, for what was before that. */
static bms_day seen_from(const bms_explaining *work, bms_day day) {
    const bms_unit *unit = &work->definition->units[work->unit];
    if (bms_unit_valid(unit, day))
        return day;
    return unit->to == BMS_NO_DAY ? BMS_LATEST_DAY : unit->to;
}

/** Note what the unit was made of on that day. @param units, others  room for all units */
static void find_past(bms_explaining *work, bms_day day, int *units, int *others) {
    const bms_job *job = work->job;
    const bms_definition *definition = work->definition;
    const char *name =
        bms_definition_period_name(definition, bms_explaining_point(work)->period, job->arena, job->language);
    size_t n = bms_succession_past(definition, work->unit, day, seen_from(work, day), units);
    size_t n_others =
        bms_succession_shared(definition, work->unit, day, seen_from(work, day), units, n, others);
    work->past = "";
    if (n > 0 && units[0] != work->unit) {
        work->past = bms_succession_text(job->arena, definition, job->language, name, n_others > 0,
                                         n_others > 0 ? others : units, n_others > 0 ? n_others : n);
    }
    work->as_one = true;
    for (size_t i = 0; i < work->n; i++)
        work->as_one = work->as_one && is_among(units, n, work->answers[i].unit);
    work->out_of_memory = work->out_of_memory || !name || !work->past;
}

/**
 * The units whose answers count: the one asked about and those that lay below it then, before its time those
 * it took over from; as far as they are planned.
 */
static enum bms_status list_parts(bms_explaining *work, bms_error *error) {
    const bms_definition *definition = work->definition;
    size_t size = definition->n_units * sizeof(int);
    bms_day day = bms_definition_day_of(definition, bms_explaining_point(work));
    int *units = bms_arena_alloc(work->job->arena, size);
    int *others = bms_arena_alloc(work->job->arena, size);
    work->answers = bms_arena_alloc(work->job->arena, definition->n_units * sizeof *work->answers);
    work->parts = bms_arena_alloc(work->job->arena, definition->n_units * sizeof *work->parts);
    if (!work->answers || !work->parts || !units || !others)
        return bms_error_no_memory(error);
    size_t n = bms_succession_below(definition, work->unit, day, seen_from(work, day), units);
    for (size_t unit = 0; unit < definition->n_units; unit++) {
        if (is_among(units, n, (int)unit) &&
            bms_definition_duty(definition, bms_explaining_point(work), (int)unit) != BMS_NOT_ASKED) {
            work->answers[work->n++] = bms_explaining_nothing(work, (int)unit);
        }
    }
    find_past(work, day, units, others);
    if (work->n > 0)
        return BMS_OK;
    return bms_job_fail(
        error, BMS_USAGE, NULL,
        bms_message(work->job->arena,
                    bms_tr(work->job->language, BMS_TEXT("{unit} is not asked for {indicator} in {period}.")),
                    "unit", definition->units[work->unit].name, "indicator", work->indicator->name, "period",
                    bms_explaining_period(work)->period.code, NULL));
}

static const char *copy(bms_explaining *work, const char *text) {
    const char *kept = bms_arena_text(work->job->arena, text);
    work->out_of_memory = work->out_of_memory || (text && !kept);
    return kept;
}

static bms_stored_entry keep(bms_explaining *work, const bms_stored_entry *stored) {
    bms_stored_entry kept = *stored;
    kept.unit = copy(work, stored->unit);
    kept.form_period = copy(work, stored->form_period);
    kept.entry.indicator = work->indicator->code;
    kept.entry.period = bms_explaining_period(work)->period.code;
    kept.entry.comment = copy(work, stored->entry.comment);
    kept.sheet = copy(work, stored->sheet);
    kept.file = copy(work, stored->file);
    kept.sha256 = copy(work, stored->sha256);
    kept.definition = copy(work, stored->definition);
    kept.signed_by = copy(work, stored->signed_by);
    kept.signed_on = copy(work, stored->signed_on);
    kept.amended_by = copy(work, stored->amended_by);
    kept.amendment = copy(work, stored->amendment);
    kept.accepted_by = copy(work, stored->accepted_by);
    kept.acceptance = copy(work, stored->acceptance);
    kept.released_by = copy(work, stored->released_by);
    kept.release = copy(work, stored->release);
    kept.chosen_by = copy(work, stored->chosen_by);
    kept.choice = copy(work, stored->choice);
    return kept;
}

static bool take_entry(void *context, const bms_stored_entry *stored) {
    bms_explaining *work = context;
    int unit = bms_definition_unit(work->definition, stored->unit);
    bms_held held;
    work->status = bms_held_find(work->measures, work->definition, stored->definition,
                                 bms_explaining_point(work)->indicator, &held, work->error);
    if (work->status != BMS_OK)
        return false;
    for (size_t i = 0; unit != BMS_NONE && stored->current && i < work->n; i++) {
        if (work->answers[i].unit == unit)
            work->answers[i] = (bms_explained){unit, keep(work, stored), held};
    }
    if (unit == work->unit && !stored->current) {
        bms_explained *earlier = bms_arena_grow(work->job->arena, &work->earlier, &work->n_earlier,
                                                &work->capacity, sizeof *earlier);
        if (!earlier)
            return false;
        *earlier = (bms_explained){unit, keep(work, stored), held};
    }
    return !work->out_of_memory;
}

/** Of the units below, one that need not answer counts only when it has. */
static void drop_unanswered(bms_explaining *work) {
    const bms_definition *definition = work->definition;
    size_t kept = 0;
    for (size_t i = 0; i < work->n; i++) {
        const bms_explained *answer = &work->answers[i];
        bool counts =
            bms_definition_duty(definition, bms_explaining_point(work), answer->unit) == BMS_REQUIRED ||
            answer->stored.entry.answer.state != BMS_MISSING;
        if (counts || work->n == 1)
            work->answers[kept++] = *answer;
    }
    work->n = kept;
}

/** What held for all: what is measured today where anyone answered that, as in the reports. */
static void choose_held(bms_explaining *work) {
    bool found = false;
    work->held = (bms_held){.definition = work->definition, .indicator = work->indicator};
    for (size_t i = 0; i < work->n; i++) {
        const bms_explained *answer = &work->answers[i];
        if (answer->stored.revision > 0 && (!found || (work->held.broken && !answer->held.broken))) {
            work->held = answer->held;
            found = true;
        }
    }
}

enum bms_status bms_explaining_load(bms_explaining *work, bms_error *error) {
    const bms_entry_filter filter = {.indicator = work->indicator->code,
                                     .period = bms_explaining_period(work)->period.code,
                                     .all_revisions = true};
    work->error = error;
    enum bms_status status = bms_history_each_entry(work->job->history, &filter, take_entry, work, error);
    status = status == BMS_OK ? work->status : status;
    drop_unanswered(work);
    choose_held(work);
    for (size_t i = 0; i < work->n; i++)
        work->parts[i] = (bms_part){work->answers[i].unit, work->answers[i].stored.entry.answer};
    return status == BMS_OK && work->out_of_memory ? bms_error_no_memory(error) : status;
}

enum bms_status bms_explain(bms *b, const char *unit, const char *indicator, const char *period,
                            void (*on_fact)(void *context, const bms_fact *fact), void *context,
                            bms_error *error) {
    bms_job job;
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    bms_explaining work = {
        .job = &job, .words = {job.arena, job.language}, .on_fact = on_fact, .context = context};
    if (status == BMS_OK)
        status = bms_job_open_defined(&job, error);
    if (status == BMS_OK)
        status = find(&work, unit, indicator, period, error);
    if (status == BMS_OK)
        status = list_parts(&work, error);
    if (status == BMS_OK)
        status = bms_explaining_load(&work, error);
    if (status == BMS_OK) {
        status = bms_explaining_tell(&work, error);
        if (status == BMS_OK && work.out_of_memory)
            status = bms_error_no_memory(error);
    }
    bms_job_end(&job);
    return status;
}
