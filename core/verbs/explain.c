/**
 * bms_explain: where a number and its colour come from.
 *
 * From the result down: how it was worked out, the numbers and the questions they answer, the target, and the
 * file, sheet and cell they stood in. Of a unit with others below it, or before its time of those it took
 * over from: the sum, how many it rests on, and each part. Kind, factor and questions are those of the
 * definition the form was made from; the limits those that held in the period, or hold now, as in the
 * reports.
 */
#include "core/catalogue.h"
#include "core/definition.h"
#include "core/error.h"
#include "core/handle.h"
#include "core/number.h"
#include "core/rollup.h"
#include "core/succession.h"
#include "core/verbs/explain_held.h"
#include "core/verbs/explain_words.h"
#include "core/verbs/measured.h"

#include <stdio.h>
#include <string.h>

/** An entry that outlives its query. Texts in the job's arena; revision 0: nothing has been accepted. */
struct answer {
    int unit;
    bms_stored_entry stored;
    bms_held held;
};

struct work {
    bms_job *job;
    bms_explain_words words;
    const bms_definition *definition; /* today's, or the last that asked for it */
    bms_measures *measures;
    int today; /* version of today's */
    const bms_indicator *indicator;
    bms_held held; /* for the numbers that are told */
    int unit;
    int point;
    struct answer *answers; /* of the units that are asked, in order of the definition */
    bms_part *parts;        /* the same, for the roll-up */
    size_t n;
    bool as_one;            /* the parts are what the unit is made of, not what lies below it */
    const char *past;       /* whose the numbers are, where they are from before the unit's time; "" */
    struct answer *earlier; /* older revisions of the unit's own */
    size_t n_earlier;
    size_t capacity;
    void (*on_fact)(void *context, const bms_fact *fact);
    void *context;
    enum bms_status status; /* of looking up what held */
    bms_error *error;
    bool out_of_memory;
};

static const bms_measuring_point *point_of(const struct work *work) {
    return &work->definition->points[work->point];
}

static const bms_calendar_period *measured_in(const struct work *work) {
    return &work->definition->calendar[point_of(work)->period];
}

/* Finding what is asked about */

static enum bms_status unknown_period(struct work *work, int indicator, const char *code, bms_error *error) {
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
static bool find_in(struct work *work, const bms_definition *definition, const bms_held_target *asked) {
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
static enum bms_status not_found(struct work *work, const bms_held_target *asked, bms_error *error) {
    int indicator = BMS_NONE;
    enum bms_status status = bms_job_unit(work->job, asked->unit, &work->unit, error);
    if (status == BMS_OK)
        status = bms_job_indicator(work->job, asked->indicator, &indicator, error);
    (void)find_in(work, work->job->definition, asked);
    return status == BMS_OK ? unknown_period(work, indicator, asked->period, error) : status;
}

static enum bms_status begin_measures(struct work *work, const bms_definition *today, bms_error *error) {
    work->measures = bms_measures_new(work->job->arena, today, work->job->history);
    return work->measures ? BMS_OK : bms_error_no_memory(error);
}

/** Find it in today's definition, or in the last that had it. */
static enum bms_status find(struct work *work, const char *unit, const char *indicator, const char *period,
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

static struct answer nothing_yet(const struct work *work, int unit) {
    return (struct answer){.unit = unit,
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
static bms_day seen_from(const struct work *work, bms_day day) {
    const bms_unit *unit = &work->definition->units[work->unit];
    if (bms_unit_valid(unit, day))
        return day;
    return unit->to == BMS_NO_DAY ? BMS_LATEST_DAY : unit->to;
}

/** Note what the unit was made of on that day. @param units, others  room for all units */
static void find_past(struct work *work, bms_day day, int *units, int *others) {
    const bms_job *job = work->job;
    const bms_definition *definition = work->definition;
    const char *name =
        bms_definition_period_name(definition, point_of(work)->period, job->arena, job->language);
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
static enum bms_status list_parts(struct work *work, bms_error *error) {
    const bms_definition *definition = work->definition;
    size_t size = definition->n_units * sizeof(int);
    bms_day day = bms_definition_day_of(definition, point_of(work));
    int *units = bms_arena_alloc(work->job->arena, size);
    int *others = bms_arena_alloc(work->job->arena, size);
    work->answers = bms_arena_alloc(work->job->arena, definition->n_units * sizeof *work->answers);
    work->parts = bms_arena_alloc(work->job->arena, definition->n_units * sizeof *work->parts);
    if (!work->answers || !work->parts || !units || !others)
        return bms_error_no_memory(error);
    size_t n = bms_succession_below(definition, work->unit, day, seen_from(work, day), units);
    for (size_t unit = 0; unit < definition->n_units; unit++) {
        if (is_among(units, n, (int)unit) &&
            bms_definition_duty(definition, point_of(work), (int)unit) != BMS_NOT_ASKED) {
            work->answers[work->n++] = nothing_yet(work, (int)unit);
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
                    measured_in(work)->period.code, NULL));
}

static const char *copy(struct work *work, const char *text) {
    const char *kept = bms_arena_text(work->job->arena, text);
    work->out_of_memory = work->out_of_memory || (text && !kept);
    return kept;
}

static bms_stored_entry keep(struct work *work, const bms_stored_entry *stored) {
    bms_stored_entry kept = *stored;
    kept.unit = copy(work, stored->unit);
    kept.form_period = copy(work, stored->form_period);
    kept.entry.indicator = work->indicator->code;
    kept.entry.period = measured_in(work)->period.code;
    kept.entry.comment = copy(work, stored->entry.comment);
    kept.sheet = copy(work, stored->sheet);
    kept.file = copy(work, stored->file);
    kept.sha256 = copy(work, stored->sha256);
    kept.definition = copy(work, stored->definition);
    kept.signed_by = copy(work, stored->signed_by);
    kept.signed_on = copy(work, stored->signed_on);
    kept.corrected_by = copy(work, stored->corrected_by);
    kept.correction = copy(work, stored->correction);
    kept.accepted_by = copy(work, stored->accepted_by);
    kept.acceptance = copy(work, stored->acceptance);
    kept.released_by = copy(work, stored->released_by);
    kept.release = copy(work, stored->release);
    return kept;
}

static bool take_entry(void *context, const bms_stored_entry *stored) {
    struct work *work = context;
    int unit = bms_definition_unit(work->definition, stored->unit);
    bms_held held;
    work->status = bms_held_find(work->measures, work->definition, stored->definition,
                                 point_of(work)->indicator, &held, work->error);
    if (work->status != BMS_OK)
        return false;
    for (size_t i = 0; unit != BMS_NONE && stored->current && i < work->n; i++) {
        if (work->answers[i].unit == unit)
            work->answers[i] = (struct answer){unit, keep(work, stored), held};
    }
    if (unit == work->unit && !stored->current) {
        struct answer *earlier = bms_arena_grow(work->job->arena, work->earlier, work->n_earlier,
                                                &work->capacity, sizeof *work->earlier);
        if (!earlier)
            return false;
        work->earlier = earlier;
        work->earlier[work->n_earlier++] = (struct answer){unit, keep(work, stored), held};
    }
    return !work->out_of_memory;
}

/** Of the units below, one that need not answer counts only when it has. */
static void drop_unanswered(struct work *work) {
    const bms_definition *definition = work->definition;
    size_t kept = 0;
    for (size_t i = 0; i < work->n; i++) {
        const struct answer *answer = &work->answers[i];
        bool counts = bms_definition_duty(definition, point_of(work), answer->unit) == BMS_REQUIRED ||
                      answer->stored.entry.answer.state != BMS_MISSING;
        if (counts || work->n == 1)
            work->answers[kept++] = *answer;
    }
    work->n = kept;
}

/** What held for all: what is measured today where anyone answered that, as in the reports. */
static void choose_held(struct work *work) {
    bool found = false;
    work->held = (bms_held){.definition = work->definition, .indicator = work->indicator};
    for (size_t i = 0; i < work->n; i++) {
        const struct answer *answer = &work->answers[i];
        if (answer->stored.revision > 0 && (!found || (work->held.broken && !answer->held.broken))) {
            work->held = answer->held;
            found = true;
        }
    }
}

static enum bms_status load(struct work *work, bms_error *error) {
    const bms_entry_filter filter = {
        .indicator = work->indicator->code, .period = measured_in(work)->period.code, .all_revisions = true};
    work->error = error;
    enum bms_status status = bms_history_each_entry(work->job->history, &filter, take_entry, work, error);
    status = status == BMS_OK ? work->status : status;
    drop_unanswered(work);
    choose_held(work);
    for (size_t i = 0; i < work->n; i++)
        work->parts[i] = (bms_part){work->answers[i].unit, work->answers[i].stored.entry.answer};
    return status == BMS_OK && work->out_of_memory ? bms_error_no_memory(error) : status;
}

/* Telling it */

/** Tell a fact; nothing is said of an empty one, and NULL is memory out. */
static void tell(struct work *work, const char *key, const char *label, const char *text) {
    if (!label || !text)
        work->out_of_memory = true;
    if (work->out_of_memory || !*text)
        return;
    const bms_fact fact = {.key = key, .label = bms_tr(work->job->language, label), .text = text};
    work->on_fact(work->context, &fact);
}

static void tell_who_and_when(struct work *work) {
    bms_job *job = work->job;
    const bms_unit *unit = &work->definition->units[work->unit];
    const char *name =
        bms_definition_period_name(work->definition, point_of(work)->period, job->arena, job->language);
    const char *dates =
        bms_period_dates(job->arena, &measured_in(work)->period, work->indicator->basis == BMS_YEAR_TO_DATE);
    tell(work, "unit", BMS_TEXT("Unit"), bms_arena_format(job->arena, "%s (%s)", unit->name, unit->code));
    tell(work, "indicator", BMS_TEXT("Indicator"),
         bms_arena_format(job->arena, "%s (%s)", work->indicator->name, work->indicator->code));
    tell(work, "period", BMS_TEXT("Period"),
         name && dates ? bms_arena_format(job->arena, "%s (%s)", name, dates) : NULL);
    tell(work, "past", BMS_TEXT("Before its time"), work->past);
}

static void tell_result(struct work *work, const bms_answer *answer, const bms_limits *limits,
                        bms_number result, enum bms_colour colour) {
    const char *text = bms_explain_result(&work->words, work->held.indicator, limits, result);
    if (answer->state == BMS_REPORTED) {
        tell(work, "result", BMS_TEXT("Result"), text);
    } else {
        tell(work, "state", BMS_TEXT("Result"), bms_explain_state(&work->words, answer->state));
    }
    if (answer->state == BMS_REPORTED)
        tell(work, "status", BMS_TEXT("Status"), bms_explain_colour(&work->words, colour));
    tell(work, "kind", BMS_TEXT("Kind"), bms_explain_kind(&work->words, work->held.indicator->kind));
    if (result.known) {
        tell(work, "formula", BMS_TEXT("Worked out"),
             bms_explain_formula(&work->words, work->held.indicator, answer, text));
    }
    tell(work, "basis", BMS_TEXT("Basis of the numbers"),
         bms_explain_basis(&work->words, work->held.indicator->basis));
}

static void tell_target(struct work *work, const bms_limits *limits, const bms_limits_source *source) {
    tell(work, "target", BMS_TEXT("Target"), bms_explain_limits(&work->words, work->held.indicator, limits));
    tell(work, "target_source", BMS_TEXT("The target holds"),
         bms_explain_target_source(&work->words, work->definition, source));
}

/** One of the numbers: its value, the question it answers, and where it is asked when that is elsewhere. */
static void tell_number(struct work *work, const char *key, const char *label, const bms_asked_number *asked,
                        bms_number number) {
    bms_arena *arena = work->job->arena;
    const char *value = bms_explain_number(&work->words, asked, number);
    const char *question =
        bms_question_text(arena, asked->question, work->held.indicator->basis, &measured_in(work)->period);
    if (!value || !question) {
        work->out_of_memory = true;
        return;
    }
    tell(work, key, label, *question ? bms_arena_format(arena, "%s – %s", value, question) : value);
    if (asked->same_as.indicator != BMS_NONE) {
        tell(work, "asked_in", BMS_TEXT("Asked for in"),
             work->held.definition->indicators[asked->same_as.indicator].name);
    }
}

static void tell_numbers(struct work *work, const bms_answer *answer) {
    tell_number(work, "numerator", BMS_TEXT("Number 1"), &work->held.indicator->numerator, answer->numerator);
    if (bms_kind_has_denominator(work->held.indicator->kind)) {
        tell_number(work, "denominator", BMS_TEXT("Number 2"), &work->held.indicator->denominator,
                    answer->denominator);
    }
}

static const char *address(struct work *work, const bms_stored_entry *stored, const char *cell) {
    return *cell ? bms_arena_format(work->job->arena, "%s!%s", stored->sheet, cell) : "";
}

static const char *number_text(struct work *work, int number) {
    return bms_arena_format(work->job->arena, "%d", number);
}

static void tell_origin(struct work *work, const bms_stored_entry *stored) {
    tell(work, "numerator_cell", BMS_TEXT("Cell of number 1"),
         address(work, stored, stored->entry.numerator_cell));
    tell(work, "denominator_cell", BMS_TEXT("Cell of number 2"),
         address(work, stored, stored->entry.denominator_cell));
    tell(work, "reason", BMS_TEXT("Reason"),
         bms_tr(work->job->language, bms_reason_text(stored->entry.reason)));
    tell(work, "comment", BMS_TEXT("Comment"), stored->entry.comment);
    tell(work, "file", BMS_TEXT("File"), stored->file);
    tell(work, "sha256", BMS_TEXT("SHA-256 of the file"), stored->sha256);
    tell(work, "form_period", BMS_TEXT("Form"), stored->form_period);
    tell(work, "revision", BMS_TEXT("Return no."), number_text(work, stored->revision));
    tell(work, "signed_by", BMS_TEXT("Signed by"),
         *stored->signed_on
             ? bms_arena_format(work->job->arena, "%s, %s", stored->signed_by, stored->signed_on)
             : stored->signed_by);
    tell(work, "received", BMS_TEXT("Received"), bms_explain_moment(&work->words, stored->received_at));
    tell(work, "corrected_by", BMS_TEXT("Corrected by"), stored->corrected_by);
    tell(work, "correction", BMS_TEXT("Why it was corrected"), stored->correction);
    tell(work, "accepted_by", BMS_TEXT("Accepted by"), stored->accepted_by);
    tell(work, "acceptance", BMS_TEXT("Why it was accepted"), stored->acceptance);
    tell(work, "released_by", BMS_TEXT("Left to be clarified by"), stored->released_by);
    tell(work, "release", BMS_TEXT("Why it is to be clarified"), stored->release);
    if (stored->late) {
        tell(work, "late", BMS_TEXT("Late"),
             bms_tr(work->job->language, BMS_TEXT("came after the period was closed")));
    }
}

/** "12 / 148 = 8,1 %", or the state in words. */
static const char *in_short(struct work *work, const struct answer *given) {
    const bms_limits none = {0};
    const bms_indicator *indicator = given->held.indicator;
    const bms_answer *answer = &given->stored.entry.answer;
    bms_number result = bms_result(indicator->kind, indicator->factor, answer);
    const char *text = bms_explain_result(&work->words, indicator, &none, result);
    if (answer->state != BMS_REPORTED)
        return bms_explain_state(&work->words, answer->state);
    if (!answer->denominator.known || !text)
        return text;
    const char *n = bms_number_plain(work->job->arena, answer->numerator.value, work->job->language);
    const char *d = bms_number_plain(work->job->arena, answer->denominator.value, work->job->language);
    return n && d ? bms_arena_format(work->job->arena, "%s / %s → %s", n, d, text) : NULL;
}

/** What the unit sent before this: one line a revision. */
static void tell_earlier(struct work *work) {
    for (size_t i = 0; i < work->n_earlier; i++) {
        const bms_stored_entry *stored = &work->earlier[i].stored;
        const char *text = in_short(work, &work->earlier[i]);
        const char *when = bms_explain_moment(&work->words, stored->received_at);
        tell(work, "earlier", BMS_TEXT("Earlier return"),
             text && when ? bms_arena_format(work->job->arena, "%d: %s (%s, %s)", stored->revision, text,
                                             stored->file, when)
                          : NULL);
    }
}

/* What held, and since when */

static const char *version_text(struct work *work, int version) {
    int64_t loaded_at = 0;
    if (work->status == BMS_OK)
        work->status = bms_history_definition_time(work->job->history, version, &loaded_at, work->error);
    return work->status == BMS_OK ? bms_explain_version(&work->words, version, loaded_at) : "";
}

static const char *measured_since(struct work *work, int version) {
    int since = version;
    if (work->status == BMS_OK) {
        work->status =
            bms_held_measured_since(work->measures, version, work->indicator->code, &since, work->error);
    }
    return version_text(work, since);
}

/** The form's definition, since when it measured this, and whether something else is measured today. */
static void tell_definition(struct work *work) {
    int version = work->held.version > 0 ? work->held.version : work->definition->version;
    tell(work, "definition", BMS_TEXT("Definition"), version_text(work, version));
    tell(work, "measured_since", BMS_TEXT("Measured this way since"), measured_since(work, version));
    if (work->held.broken) {
        const char *since = measured_since(work, work->definition->version);
        tell(work, "measured_now", BMS_TEXT("Measured now"),
             since ? bms_message(work->job->arena,
                                 bms_tr(work->job->language, BMS_TEXT("something else, from {version}")),
                                 "version", since, NULL)
                   : NULL);
    }
    if (work->definition->version != work->today) {
        const char *last = version_text(work, work->definition->version);
        tell(work, "not_today", BMS_TEXT("Today"),
             last ? bms_message(work->job->arena,
                                bms_tr(work->job->language,
                                       BMS_TEXT("it is no longer in the setup; last in {version}")),
                                "version", last, NULL)
                  : NULL);
    }
}

/** Since which version the target stands as it does, and what it was when the form was made. */
static void tell_target_versions(struct work *work, const bms_limits *limits, bool as_parent) {
    const bms_held_target target = {.unit = work->definition->units[work->unit].code,
                                    .indicator = work->indicator->code,
                                    .period = measured_in(work)->period.code,
                                    .as_parent = as_parent};
    int since = work->definition->version;
    bms_limits then = *limits;
    bool there = false;
    if (work->status == BMS_OK) {
        work->status =
            bms_held_target_since(work->measures, work->definition->version, &target, &since, work->error);
    }
    if (limits->known)
        tell(work, "target_since", BMS_TEXT("Version of the target"), version_text(work, since));
    if (work->status == BMS_OK && work->held.version > 0) {
        work->status =
            bms_held_limits(work->measures, work->held.version, &target, &then, &there, work->error);
    }
    if (work->status == BMS_OK && there && !bms_held_same_limits(limits, &then)) {
        tell(work, "target_of_form", BMS_TEXT("Target when the form was made"),
             bms_explain_limits(&work->words, work->held.indicator, &then));
    }
}

/** The run that stored it, and the program whose rules it was checked by. */
static void tell_run(struct work *work, const bms_stored_entry *stored) {
    const char *program = "";
    if (work->status == BMS_OK) {
        work->status =
            bms_history_run_program(work->job->history, stored->run, work->job->arena, &program, work->error);
    }
    tell(work, "run", BMS_TEXT("Checked and stored in run"),
         bms_arena_format(work->job->arena, "%lld (bms %s)", (long long)stored->run, program));
}

static void explain_unit(struct work *work) {
    const bms_stored_entry *stored = &work->answers[0].stored;
    const bms_answer *answer = &stored->entry.answer;
    const bms_definition *definition = work->definition;
    bms_measured measured = bms_measured_of(definition, definition->units[work->answers[0].unit].code,
                                            work->indicator->code, measured_in(work)->period.code, answer);
    bms_measured_then(&measured, work->held.indicator, answer);
    tell_result(work, answer, &measured.limits, measured.result, measured.colour);
    tell_numbers(work, answer);
    tell_target(work, &measured.limits, &measured.source);
    tell_target_versions(work, &measured.limits, false);
    tell_definition(work);
    if (stored->revision > 0) {
        tell_origin(work, stored);
        tell_run(work, stored);
    }
    tell_earlier(work);
}

static void tell_parts(struct work *work) {
    for (size_t i = 0; i < work->n; i++) {
        const struct answer *answer = &work->answers[i];
        const bms_unit *unit = &work->definition->units[answer->unit];
        const bms_stored_entry *stored = &answer->stored;
        const char *text = in_short(work, answer);
        if (text && stored->revision > 0 && *stored->entry.numerator_cell) {
            const char *second = stored->entry.denominator_cell;
            text = bms_arena_format(work->job->arena, "%s (%s, %s!%s%s%s)", text, stored->file, stored->sheet,
                                    stored->entry.numerator_cell, *second ? ", " : "", second);
        }
        tell(work, "part", unit->name, text);
    }
}

/**
 * A unit that has taken others in since is compared, later on, with what they all had then: tell the sum and
 * what it is made of.
 */
static enum bms_status tell_together(struct work *work, bms_error *error) {
    const bms_job *job = work->job;
    const bms_definition *definition = work->definition;
    bms_day day = bms_definition_day_of(definition, point_of(work));
    struct work both = *work;
    int *units = bms_arena_alloc(job->arena, definition->n_units * sizeof *units);
    both.answers = bms_arena_alloc(job->arena, definition->n_units * sizeof *both.answers);
    both.parts = bms_arena_alloc(job->arena, definition->n_units * sizeof *both.parts);
    if (!units || !both.answers || !both.parts)
        return bms_error_no_memory(error);
    both.n = bms_succession_past(definition, work->unit, day, BMS_LATEST_DAY, units);
    for (size_t i = 0; i < both.n; i++)
        both.answers[i] = nothing_yet(work, units[i]);
    enum bms_status status = both.n > 1 ? load(&both, error) : BMS_OK;
    if (status != BMS_OK || both.n < 2)
        return status;
    const char *name =
        bms_definition_period_name(definition, point_of(work)->period, job->arena, job->language);
    const char *whose =
        bms_succession_text(job->arena, definition, job->language, name, false, units, both.n);
    struct answer together = nothing_yet(work, work->unit);
    together.held = work->held;
    together.stored.entry.answer = bms_roll_up_as_one(work->held.indicator, both.parts, both.n).answer;
    const char *sum = in_short(work, &together);
    tell(work, "together", BMS_TEXT("Later compared with"),
         whose && sum ? bms_arena_format(job->arena, "%s %s", whose, sum) : NULL);
    tell_parts(&both);
    work->out_of_memory = work->out_of_memory || both.out_of_memory;
    return BMS_OK;
}

static const char *coverage(struct work *work, const bms_rolled *rolled) {
    bms_arena *arena = work->job->arena;
    char answered[24];
    char planned[24];
    (void)snprintf(answered, sizeof answered, "%zu", rolled->reported + rolled->empty_base);
    (void)snprintf(planned, sizeof planned, "%zu", rolled->planned - rolled->not_applicable);
    const char *per_cent = bms_number_text(arena, 100 * rolled->coverage, 0, work->job->language);
    const char *least =
        bms_number_text(arena, 100 * work->held.indicator->least_coverage, 0, work->job->language);
    if (!per_cent || !least)
        return NULL;
    const char *text =
        rolled->covered
            ? BMS_TEXT("{answered} of {planned} units ({per_cent} %)")
            : BMS_TEXT("{answered} of {planned} units ({per_cent} %); under {least} % gives no colour");
    return bms_message(arena, bms_tr(work->job->language, text), "answered", answered, "planned", planned,
                       "per_cent", per_cent, "least", least, NULL);
}

static void explain_parent(struct work *work) {
    bms_limits_source source = {0};
    bms_rolled rolled = work->as_one ? bms_roll_up_as_one(work->held.indicator, work->parts, work->n)
                                     : bms_roll_up(work->held.indicator, work->parts, work->n);
    bms_limits limits = bms_limits_for(work->definition, point_of(work), work->unit, !work->as_one, &source);
    enum bms_colour colour = rolled.covered ? bms_colour_of(&limits, rolled.result) : BMS_NO_COLOUR;
    tell_result(work, &rolled.answer, &limits, rolled.result, colour);
    tell(work, "coverage", BMS_TEXT("Rests on"), coverage(work, &rolled));
    tell_numbers(work, &rolled.answer);
    tell_target(work, &limits, &source);
    tell_target_versions(work, &limits, true);
    tell_definition(work);
    tell_parts(work);
}

enum bms_status bms_explain(bms *b, const char *unit, const char *indicator, const char *period,
                            void (*on_fact)(void *context, const bms_fact *fact), void *context,
                            bms_error *error) {
    bms_job job;
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    struct work work = {
        .job = &job, .words = {job.arena, job.language}, .on_fact = on_fact, .context = context};
    if (status == BMS_OK)
        status = bms_job_open_defined(&job, error);
    if (status == BMS_OK)
        status = find(&work, unit, indicator, period, error);
    if (status == BMS_OK)
        status = list_parts(&work, error);
    if (status == BMS_OK)
        status = load(&work, error);
    if (status == BMS_OK) {
        tell_who_and_when(&work);
        if (work.n == 1 && work.answers[0].unit == work.unit) {
            explain_unit(&work);
            status = tell_together(&work, error);
        } else {
            explain_parent(&work);
        }
        status = status == BMS_OK ? work.status : status;
        if (status == BMS_OK && work.out_of_memory)
            status = bms_error_no_memory(error);
    }
    bms_job_end(&job);
    return status;
}
