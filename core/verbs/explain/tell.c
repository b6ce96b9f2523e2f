/** Telling where a number and its colour come from (see explaining.h). */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/definition/evaluation.h"
#include "core/definition/succession.h"
#include "core/verbs/explain/explaining.h"

#include <stdio.h>
#include <string.h>

/** Tell a fact; nothing is said of an empty one, and NULL is memory out. */
static void tell(bms_explaining *work, const char *key, const char *label, const char *text) {
    if (!label || !text)
        work->out_of_memory = true;
    if (work->out_of_memory || !*text)
        return;
    const bms_fact fact = {.key = key, .label = bms_tr(work->job->language, label), .text = text};
    work->on_fact(work->context, &fact);
}

static void tell_who_and_when(bms_explaining *work) {
    bms_job *job = work->job;
    const bms_unit *unit = &work->definition->units[work->unit];
    const char *name = bms_definition_period_name(work->definition, bms_explaining_point(work)->period,
                                                  job->arena, job->language);
    const char *dates = bms_period_dates(job->arena, &bms_explaining_period(work)->period,
                                         work->indicator->basis == BMS_YEAR_TO_DATE);
    tell(work, "unit", BMS_TEXT("Unit"), bms_arena_format(job->arena, "%s (%s)", unit->name, unit->code));
    tell(work, "indicator", BMS_TEXT("Indicator"),
         bms_arena_format(job->arena, "%s (%s)", work->indicator->name, work->indicator->code));
    tell(work, "period", BMS_TEXT("Period"),
         name && dates ? bms_arena_format(job->arena, "%s (%s)", name, dates) : NULL);
    tell(work, "past", BMS_TEXT("Before its time"), work->past);
}

static void tell_result(bms_explaining *work, const bms_answer *answer, const bms_limits *limits,
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

static void tell_target(bms_explaining *work, const bms_limits *limits, const bms_limits_source *source) {
    tell(work, "target", BMS_TEXT("Target"), bms_explain_limits(&work->words, work->held.indicator, limits));
    tell(work, "target_source", BMS_TEXT("The target holds"),
         bms_explain_target_source(&work->words, work->definition, source));
}

/** One of the numbers: its value, the question it answers, and where it is asked when that is elsewhere. */
static void tell_number(bms_explaining *work, const char *key, const char *label,
                        const bms_asked_number *asked, bms_number number) {
    bms_arena *arena = work->job->arena;
    const char *value = bms_explain_number(&work->words, asked, number);
    const char *question = bms_question_text(arena, asked->question, work->held.indicator->basis,
                                             &bms_explaining_period(work)->period);
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

static void tell_numbers(bms_explaining *work, const bms_answer *answer) {
    tell_number(work, "numerator", BMS_TEXT("Number 1"), &work->held.indicator->numerator, answer->numerator);
    if (bms_kind_has_denominator(work->held.indicator->kind)) {
        tell_number(work, "denominator", BMS_TEXT("Number 2"), &work->held.indicator->denominator,
                    answer->denominator);
    }
}

static const char *address(bms_explaining *work, const bms_stored_entry *stored, const char *cell) {
    return *cell ? bms_arena_format(work->job->arena, "%s!%s", stored->sheet, cell) : "";
}

static const char *number_text(bms_explaining *work, int number) {
    return bms_arena_format(work->job->arena, "%d", number);
}

static void tell_origin(bms_explaining *work, const bms_stored_entry *stored) {
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
    tell(work, "corrected_by", BMS_TEXT("Corrected by"), stored->amended_by);
    tell(work, "correction", BMS_TEXT("Why it was corrected"), stored->amendment);
    tell(work, "accepted_by", BMS_TEXT("Accepted by"), stored->accepted_by);
    tell(work, "acceptance", BMS_TEXT("Why it was accepted"), stored->acceptance);
    tell(work, "released_by", BMS_TEXT("Left to be clarified by"), stored->released_by);
    tell(work, "release", BMS_TEXT("Why it is to be clarified"), stored->release);
    tell(work, "chosen_by", BMS_TEXT("File chosen by"), stored->chosen_by);
    tell(work, "choice", BMS_TEXT("Why it was chosen"), stored->choice);
    if (stored->late) {
        tell(work, "late", BMS_TEXT("Late"),
             bms_tr(work->job->language, BMS_TEXT("came after the period was closed")));
    }
}

/** "12 / 148 = 8,1 %", or the state in words. */
static const char *in_short(bms_explaining *work, const bms_explained *given) {
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
static void tell_earlier(bms_explaining *work) {
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

static const char *version_text(bms_explaining *work, int version) {
    int64_t loaded_at = 0;
    if (work->status == BMS_OK)
        work->status = bms_history_definition_time(work->job->history, version, &loaded_at, work->error);
    return work->status == BMS_OK ? bms_explain_version(&work->words, version, loaded_at) : "";
}

static const char *measured_since(bms_explaining *work, int version) {
    int since = version;
    if (work->status == BMS_OK) {
        work->status =
            bms_held_measured_since(work->measures, version, work->indicator->code, &since, work->error);
    }
    return version_text(work, since);
}

/** The form's definition, since when it measured this, and whether something else is measured today. */
static void tell_definition(bms_explaining *work) {
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
static void tell_target_versions(bms_explaining *work, const bms_limits *limits, bool as_parent) {
    const bms_held_target target = {.unit = work->definition->units[work->unit].code,
                                    .indicator = work->indicator->code,
                                    .period = bms_explaining_period(work)->period.code,
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
static void tell_run(bms_explaining *work, const bms_stored_entry *stored) {
    const char *program = "";
    if (work->status == BMS_OK) {
        work->status =
            bms_history_run_program(work->job->history, stored->run, work->job->arena, &program, work->error);
    }
    tell(work, "run", BMS_TEXT("Checked and stored in run"),
         bms_arena_format(work->job->arena, "%lld (bms %s)", (long long)stored->run, program));
}

static void explain_unit(bms_explaining *work) {
    const bms_stored_entry *stored = &work->answers[0].stored;
    const bms_answer *answer = &stored->entry.answer;
    const bms_definition *definition = work->definition;
    bms_evaluation measured =
        bms_evaluate(definition, definition->units[work->answers[0].unit].code, work->indicator->code,
                     bms_explaining_period(work)->period.code, answer);
    bms_evaluate_as_then(&measured, work->held.indicator, answer);
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

static void tell_parts(bms_explaining *work) {
    for (size_t i = 0; i < work->n; i++) {
        const bms_explained *answer = &work->answers[i];
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
static enum bms_status tell_together(bms_explaining *work, bms_error *error) {
    const bms_job *job = work->job;
    const bms_definition *definition = work->definition;
    bms_day day = bms_definition_day_of(definition, bms_explaining_point(work));
    bms_explaining both = *work;
    int *units = bms_arena_alloc(job->arena, definition->n_units * sizeof *units);
    both.answers = bms_arena_alloc(job->arena, definition->n_units * sizeof *both.answers);
    both.parts = bms_arena_alloc(job->arena, definition->n_units * sizeof *both.parts);
    if (!units || !both.answers || !both.parts)
        return bms_error_no_memory(error);
    both.n = bms_succession_past(definition, work->unit, day, BMS_LATEST_DAY, units);
    for (size_t i = 0; i < both.n; i++)
        both.answers[i] = bms_explaining_nothing(work, units[i]);
    enum bms_status status = both.n > 1 ? bms_explaining_load(&both, error) : BMS_OK;
    if (status != BMS_OK || both.n < 2)
        return status;
    const char *name =
        bms_definition_period_name(definition, bms_explaining_point(work)->period, job->arena, job->language);
    const char *whose =
        bms_succession_text(job->arena, definition, job->language, name, false, units, both.n);
    bms_explained together = bms_explaining_nothing(work, work->unit);
    together.held = work->held;
    together.stored.entry.answer = bms_roll_up_as_one(work->held.indicator, both.parts, both.n).answer;
    const char *sum = in_short(work, &together);
    tell(work, "together", BMS_TEXT("Later compared with"),
         whose && sum ? bms_arena_format(job->arena, "%s %s", whose, sum) : NULL);
    tell_parts(&both);
    work->out_of_memory = work->out_of_memory || both.out_of_memory;
    return BMS_OK;
}

static const char *coverage(bms_explaining *work, const bms_rolled *rolled) {
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

static void explain_parent(bms_explaining *work) {
    bms_limits_source source = {0};
    bms_rolled rolled = work->as_one ? bms_roll_up_as_one(work->held.indicator, work->parts, work->n)
                                     : bms_roll_up(work->held.indicator, work->parts, work->n);
    bms_limits limits =
        bms_limits_for(work->definition, bms_explaining_point(work), work->unit, !work->as_one, &source);
    enum bms_colour colour = rolled.covered ? bms_colour_of(&limits, rolled.result) : BMS_NO_COLOUR;
    tell_result(work, &rolled.answer, &limits, rolled.result, colour);
    tell(work, "coverage", BMS_TEXT("Rests on"), coverage(work, &rolled));
    tell_numbers(work, &rolled.answer);
    tell_target(work, &limits, &source);
    tell_target_versions(work, &limits, true);
    tell_definition(work);
    tell_parts(work);
}

enum bms_status bms_explaining_tell(bms_explaining *work, bms_error *error) {
    enum bms_status status = BMS_OK;
    tell_who_and_when(work);
    if (work->n == 1 && work->answers[0].unit == work->unit) {
        explain_unit(work);
        status = tell_together(work, error);
    } else {
        explain_parent(work);
    }
    return status == BMS_OK ? work->status : status;
}
