/** Reporting where a number and its colour come from (see explaining.h). The wording is in words.c. */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/definition/evaluation.h"
#include "core/verbs/explain/explaining.h"

#include <stdio.h>
#include <string.h>

/** Report a fact; not an empty one, and none once memory is out, which would leave its text incomplete. */
static void report(bms_explaining *explaining, const char *key, const char *label, const char *text) {
    if (*text == '\0' || bms_arena_failed(explaining->job->arena))
        return;
    const bms_fact fact = {.key = key, .label = bms_tr(explaining->job->language, label), .text = text};
    explaining->on_fact(explaining->context, &fact);
}

static void report_who_and_when(bms_explaining *explaining) {
    bms_job *job = explaining->job;
    const bms_unit *unit = &explaining->definition->units[explaining->unit];
    const char *name = bms_definition_period_name(
        explaining->definition, bms_explaining_point(explaining)->period, job->arena, job->language);
    const bms_period *period = &bms_explaining_period(explaining)->period;
    const bms_day first = bms_basis_first_day(explaining->indicator->basis, period);
    const char *dates = bms_period_dates(job->arena, first, period->to, job->language);
    report(explaining, "unit", BMS_TEXT("Unit"),
           bms_arena_format(job->arena, "%s (%s)", unit->name, unit->code));
    report(explaining, "indicator", BMS_TEXT("Indicator"),
           bms_arena_format(job->arena, "%s (%s)", explaining->indicator->name, explaining->indicator->code));
    report(explaining, "period", BMS_TEXT("Period"), bms_arena_format(job->arena, "%s (%s)", name, dates));
    report(explaining, "past", BMS_TEXT("Before the unit existed"), explaining->past);
}

/** @return whether it is of other units than one. */
static bool is_of_several(const bms_explaining *explaining) {
    return explaining->n != 1 || explaining->answers[0].unit != explaining->unit;
}

/** "held back until it is put right: file: why" */
static const char *held_text(bms_explaining *explaining, const bms_explained *answer) {
    return bms_message(
        explaining->job->arena,
        bms_tr(explaining->job->language, BMS_TEXT("held back until it is put right ({file}): {why}")),
        "file", answer->held_back, "why", answer->why_held, NULL);
}

static const char *state_text(bms_explaining *explaining, enum bms_state state) {
    bool held = !is_of_several(explaining) && state == BMS_MISSING && explaining->answers[0].held_back;
    return held ? held_text(explaining, &explaining->answers[0])
                : bms_explain_state(&explaining->words, state);
}

/** How the result was worked out; why there is none is said too. */
static const char *working(bms_explaining *explaining, const bms_rolled *rolled, const char *result) {
    const bms_indicator *indicator = explaining->held.indicator;
    if (rolled->answer.state != BMS_REPORTED && indicator->rollup != BMS_ROLLUP_NONE)
        return "";
    if (is_of_several(explaining)) {
        return bms_explain_rollup(&explaining->words, indicator,
                                  explaining->as_one ? BMS_ROLLUP_OF_KIND : indicator->rollup, rolled,
                                  explaining->parts, explaining->n_parts, result);
    }
    return rolled->result.known ? bms_explain_formula(&explaining->words, indicator, &rolled->answer, result)
                                : "";
}

static void report_result(bms_explaining *explaining, const bms_rolled *rolled, const bms_assessment *found) {
    const bms_explain_words *words = &explaining->words;
    const bms_indicator *indicator = explaining->held.indicator;
    const char *text = bms_explain_result(words, indicator, &found->limits, rolled->result);
    bool reported = rolled->answer.state == BMS_REPORTED;
    if (reported) {
        report(explaining, "result", BMS_TEXT("Result"), text);
        report(explaining, "status", BMS_TEXT("Status"),
               bms_explain_colour(words, found->colour, found->why));
    } else {
        report(explaining, "state", BMS_TEXT("Result"), state_text(explaining, rolled->answer.state));
    }
    report(explaining, "kind", BMS_TEXT("Kind"), bms_explain_kind(words, indicator->kind));
    report(explaining, "formula", BMS_TEXT("Calculation"), working(explaining, rolled, text));
    report(explaining, "basis", BMS_TEXT("Basis of the numbers"), bms_explain_basis(words, indicator->basis));
}

static void report_target(bms_explaining *explaining, const bms_assessment *found) {
    const bms_explain_words *words = &explaining->words;
    const char *target = found->why == BMS_WHY_DIFFERENT_TARGETS
                             ? bms_tr(words->language, BMS_TEXT("the units have different targets"))
                             : bms_explain_limits(words, explaining->held.indicator, &found->limits);
    report(explaining, "target", BMS_TEXT("Target"), target);
    report(explaining, "target_source", BMS_TEXT("The target applies"),
           bms_explain_target_source(words, explaining->definition, &found->source));
}

/** Report a number: value, question, and the indicator that asks for it when it is another. */
static void report_number(bms_explaining *explaining, const char *key, const char *label,
                          const bms_asked_number *asked, bms_number number) {
    bms_arena *arena = explaining->job->arena;
    const char *value = bms_explain_number(&explaining->words, asked, number);
    const char *question = bms_question_text(arena, asked->question, explaining->held.indicator->basis,
                                             &bms_explaining_period(explaining)->period);
    report(explaining, key, label, *question ? bms_arena_format(arena, "%s – %s", value, question) : value);
    if (asked->same_as.indicator != BMS_NONE) {
        report(explaining, "asked_in", BMS_TEXT("Asked for in"),
               explaining->held.definition->indicators[asked->same_as.indicator].name);
    }
}

static void report_numbers(bms_explaining *explaining, const bms_values *answer) {
    report_number(explaining, "numerator", BMS_TEXT("Number 1"), &explaining->held.indicator->numerator,
                  answer->numerator);
    if (bms_kind_of(explaining->held.indicator->kind)->has_denominator) {
        report_number(explaining, "denominator", BMS_TEXT("Number 2"),
                      &explaining->held.indicator->denominator, answer->denominator);
    }
}

static const char *address(bms_explaining *explaining, const bms_stored_entry *stored, const char *cell) {
    return *cell ? bms_arena_format(explaining->job->arena, "%s!%s", stored->sheet, cell) : "";
}

static const char *number_text(bms_explaining *explaining, int number) {
    return bms_arena_format(explaining->job->arena, "%d", number);
}

/** Who signed, and the day as the language writes it; a day that cannot be read stands as it is. */
static const char *signature(bms_explaining *explaining, const bms_stored_entry *stored) {
    bms_arena *arena = explaining->job->arena;
    bms_day day;
    if (*stored->signed_on == '\0')
        return stored->signed_by;
    const char *when = bms_day_parse(stored->signed_on, &day)
                           ? bms_day_text(arena, day, explaining->job->language)
                           : stored->signed_on;
    return bms_arena_format(arena, "%s, %s", *stored->signed_by ? stored->signed_by : "–", when);
}

static void report_origin(bms_explaining *explaining, const bms_stored_entry *stored) {
    report(explaining, "numerator_cell", BMS_TEXT("Cell of number 1"),
           address(explaining, stored, stored->entry.numerator_cell));
    report(explaining, "denominator_cell", BMS_TEXT("Cell of number 2"),
           address(explaining, stored, stored->entry.denominator_cell));
    report(explaining, "reason", BMS_TEXT("Reason"),
           bms_tr(explaining->job->language, bms_reason_text(stored->entry.reason)));
    report(explaining, "comment", BMS_TEXT("Comment"), stored->entry.comment);
    report(explaining, "file", BMS_TEXT("File"), stored->file);
    report(explaining, "sha256", BMS_TEXT("SHA-256 of the file"), stored->sha256);
    report(explaining, "form_period", BMS_TEXT("Form"), stored->form_period);
    report(explaining, "revision", BMS_TEXT("Return no."), number_text(explaining, stored->revision));
    report(explaining, "signed_by", BMS_TEXT("Signed by"), signature(explaining, stored));
    report(explaining, "received", BMS_TEXT("Received"),
           bms_explain_moment(&explaining->words, stored->received_at));
    report(explaining, "corrected_by", BMS_TEXT("Corrected by"), stored->origin.amended_by);
    report(explaining, "correction", BMS_TEXT("Why it was corrected"), stored->origin.amendment);
    report(explaining, "accepted_by", BMS_TEXT("Accepted by"), stored->origin.accepted_by);
    report(explaining, "acceptance", BMS_TEXT("Why it was accepted"), stored->origin.acceptance);
    report(explaining, "released_by", BMS_TEXT("Left for clarification by"), stored->origin.released_by);
    report(explaining, "release", BMS_TEXT("Why it was left for clarification"), stored->origin.release);
    report(explaining, "chosen_by", BMS_TEXT("File chosen by"), stored->origin.chosen_by);
    report(explaining, "choice", BMS_TEXT("Why it was chosen"), stored->origin.choice);
    if (stored->origin.late) {
        report(explaining, "late", BMS_TEXT("Late"),
               bms_tr(explaining->job->language, BMS_TEXT("came after the period was closed")));
    }
}

/** "12 / 148 → 8,1 %" of a ratio, the formula of other kinds, or the state in words. */
static const char *in_short(bms_explaining *explaining, const bms_explained *given) {
    const bms_limits none = {0};
    const bms_indicator *indicator = given->held.indicator;
    const bms_values *answer = &given->stored.entry.answer;
    bms_number result = bms_result(indicator->kind, indicator->factor, answer);
    const char *text = bms_explain_result(&explaining->words, indicator, &none, result);
    if (answer->state == BMS_MISSING && given->held_back)
        return held_text(explaining, given);
    if (answer->state != BMS_REPORTED)
        return bms_explain_state(&explaining->words, answer->state);
    if (!answer->denominator.known || !result.known)
        return text;
    if (!bms_kind_of(indicator->kind)->zero_with_whole)
        return bms_explain_formula(&explaining->words, indicator, answer, text);
    const char *n =
        bms_number_plain(explaining->job->arena, answer->numerator.value, explaining->job->language);
    const char *d =
        bms_number_plain(explaining->job->arena, answer->denominator.value, explaining->job->language);
    return bms_arena_format(explaining->job->arena, "%s / %s → %s", n, d, text);
}

/** Report what the unit sent before: a line for each revision. */
static void report_earlier(bms_explaining *explaining) {
    for (size_t i = 0; i < explaining->n_earlier; i++) {
        const bms_stored_entry *stored = &explaining->earlier[i].stored;
        const char *text = in_short(explaining, &explaining->earlier[i]);
        const char *when = bms_explain_moment(&explaining->words, stored->received_at);
        report(explaining, "earlier", BMS_TEXT("Earlier return"),
               bms_arena_format(explaining->job->arena, "%d: %s (%s, %s)", stored->revision, text,
                                stored->file, when));
    }
}

/* What held, and since when */

static const char *version_text(bms_explaining *explaining, int version) {
    int64_t loaded_at = 0;
    if (explaining->status == BMS_OK) {
        explaining->status =
            bms_history_definition_time(explaining->job->history, version, &loaded_at, explaining->error);
    }
    return explaining->status == BMS_OK ? bms_explain_version(&explaining->words, version, loaded_at) : "";
}

static const char *measured_since(bms_explaining *explaining, int version) {
    int since = version;
    if (explaining->status == BMS_OK) {
        explaining->status = bms_held_measured_since(explaining->pasts, version, explaining->indicator->code,
                                                     &since, explaining->error);
    }
    return version_text(explaining, since);
}

/** Report the form's definition, since when it measured this, and whether today's measures something else. */
static void report_definition(bms_explaining *explaining) {
    int version = explaining->held.version > 0 ? explaining->held.version : explaining->definition->version;
    report(explaining, "definition", BMS_TEXT("Definition"), version_text(explaining, version));
    report(explaining, "measured_since", BMS_TEXT("Measured this way since"),
           measured_since(explaining, version));
    if (explaining->held.broken) {
        const char *since = measured_since(explaining, explaining->definition->version);
        report(explaining, "measured_now", BMS_TEXT("Measured now"),
               bms_message(explaining->job->arena,
                           bms_tr(explaining->job->language, BMS_TEXT("something else, since {version}")),
                           "version", since, NULL));
    }
    if (explaining->definition->version != explaining->today) {
        const char *last = version_text(explaining, explaining->definition->version);
        report(explaining, "not_today", BMS_TEXT("Today"),
               bms_message(
                   explaining->job->arena,
                   bms_tr(explaining->job->language, BMS_TEXT("no longer in the setup; last in {version}")),
                   "version", last, NULL));
    }
}

/** Report since which version the target is what it is, and what it was when the form was made. */
static void report_target_versions(bms_explaining *explaining, const bms_assessed *figure,
                                   const bms_limits *limits) {
    const bms_held_target target = {
        .unit = explaining->definition->units[explaining->unit].code,
        .indicator = explaining->indicator->code,
        .period = bms_explaining_period(explaining)->period.code,
        .of = figure,
        .room = bms_arena_alloc(explaining->job->arena, figure->n * sizeof *target.room)};
    if (!target.room)
        return;
    int since = explaining->definition->version;
    bms_limits then = *limits;
    bool there = false;
    if (explaining->status == BMS_OK) {
        explaining->status = bms_held_target_since(explaining->pasts, explaining->definition->version,
                                                   &target, &since, explaining->error);
    }
    if (limits->known) {
        report(explaining, "target_since", BMS_TEXT("Version of the target"),
               version_text(explaining, since));
    }
    if (explaining->status == BMS_OK && explaining->held.version > 0) {
        explaining->status = bms_held_limits(explaining->pasts, explaining->held.version, &target, &then,
                                             &there, explaining->error);
    }
    if (explaining->status == BMS_OK && there && !bms_limits_same(limits, &then)) {
        report(explaining, "target_of_form", BMS_TEXT("Target when the form was made"),
               bms_explain_limits(&explaining->words, explaining->held.indicator, &then));
    }
}

/** @return who stored it, as the system knew them, whatever name was typed; "" when it is not known. */
static const char *stored_by(bms_explaining *explaining, int64_t run) {
    bms_job *job = explaining->job;
    const char *account = "";
    const char *machine = "";
    if (explaining->status == BMS_OK) {
        explaining->status =
            bms_history_run_system(job->history, run, job->arena, &account, &machine, explaining->error);
    }
    if (!*account || !*machine)
        return account;
    return bms_message(job->arena, bms_tr(job->language, BMS_TEXT("{account} on the machine {machine}")),
                       "account", account, "machine", machine, NULL);
}

/** Report the run that stored it, the version of the program that checked it, and who ran it where. */
static void report_run(bms_explaining *explaining, const bms_stored_entry *stored) {
    const char *program = "";
    if (explaining->status == BMS_OK) {
        explaining->status = bms_history_run_program(explaining->job->history, stored->run,
                                                     explaining->job->arena, &program, explaining->error);
    }
    report(explaining, "run", BMS_TEXT("Checked and stored in run"),
           bms_arena_format(explaining->job->arena, "%lld (bms %s)", (long long)stored->run, program));
    report(explaining, "stored_by", BMS_TEXT("Stored by"), stored_by(explaining, stored->run));
}

static bms_assessed figure_of(const bms_explaining *explaining, const bms_rolled *rolled, bool below) {
    return (bms_assessed){.definition = explaining->definition,
                          .point = bms_explaining_point(explaining),
                          .indicator = explaining->held.indicator,
                          .unit = explaining->unit,
                          .below = below,
                          .parts = explaining->parts,
                          .n = explaining->n_parts,
                          .rolled = rolled,
                          .latest = rolled};
}

static const char *coverage(bms_explaining *explaining, const bms_rolled *rolled) {
    bms_arena *arena = explaining->job->arena;
    char answered[24];
    char planned[24];
    (void)snprintf(answered, sizeof answered, "%zu", rolled->reported + rolled->empty_base);
    (void)snprintf(planned, sizeof planned, "%zu", rolled->planned - rolled->not_applicable);
    const char *per_cent = bms_number_text(arena, 100 * rolled->coverage, 0, explaining->job->language);
    const char *least = bms_number_text(arena, 100 * explaining->held.indicator->least_coverage, 0,
                                        explaining->job->language);
    const char *text =
        rolled->covered
            ? BMS_TEXT("{answered} of {planned} units ({per_cent} %)")
            : BMS_TEXT("{answered} of {planned} units ({per_cent} %); under {least} % gives no colour");
    return bms_message(arena, bms_tr(explaining->job->language, text), "answered", answered, "planned",
                       planned, "per_cent", per_cent, "least", least, NULL);
}

/** Report the result and its target, with what is said of several units between them. */
static void report_figure(bms_explaining *explaining, const bms_rolled *rolled, bool below) {
    const bms_assessed figure = figure_of(explaining, rolled, below);
    const bms_assessment found = bms_assess(&figure);
    bool numbers = !below || explaining->held.indicator->rollup == BMS_ROLLUP_OF_KIND;
    report_result(explaining, rolled, &found);
    report(explaining, "so_far", BMS_TEXT("Year to date"), explaining->so_far);
    report(explaining, "counted_too", BMS_TEXT("Counted too"), explaining->closed);
    if (is_of_several(explaining))
        report(explaining, "coverage", BMS_TEXT("Rests on"), coverage(explaining, rolled));
    if (numbers)
        report_numbers(explaining, &rolled->answer);
    report_target(explaining, &found);
    report_target_versions(explaining, &figure, &found.limits);
    report_definition(explaining);
}

static void explain_unit(bms_explaining *explaining) {
    const bms_stored_entry *stored = &explaining->answers[0].stored;
    const bms_part part = {.unit = explaining->unit, .answer = stored->entry.answer};
    const bms_rolled rolled = bms_roll_up_as_one(explaining->held.indicator, &part, 1);
    report_figure(explaining, &rolled, false);
    if (stored->revision > 0) {
        report_origin(explaining, stored);
        report_run(explaining, stored);
    }
    report_earlier(explaining);
}

static void report_parts(bms_explaining *explaining) {
    for (size_t i = 0; i < explaining->n; i++) {
        const bms_explained *answer = &explaining->answers[i];
        const bms_unit *unit = &explaining->definition->units[answer->unit];
        const bms_stored_entry *stored = &answer->stored;
        const char *text = in_short(explaining, answer);
        if (stored->revision > 0 && *stored->entry.numerator_cell) {
            const char *second = stored->entry.denominator_cell;
            text = bms_arena_format(explaining->job->arena, "%s (%s, %s!%s%s%s)", text, stored->file,
                                    stored->sheet, stored->entry.numerator_cell, *second ? ", " : "", second);
        }
        report(explaining, "part", unit->name, text);
    }
}

/**
 * Later periods of a unit that has merged with others since are compared with all of them together: report
 * that sum and its parts.
 */
static enum bms_status report_together(bms_explaining *explaining, bms_error *error) {
    bms_arena *arena = explaining->job->arena;
    const bms_past_question question = bms_explaining_past(explaining, BMS_LATEST_DAY);
    bms_explaining both = *explaining;
    bms_past past;
    if (!bms_past_room(arena, explaining->definition, &past))
        return bms_error_no_memory(error);
    bms_past_find(&question, &past);
    past.n_others = 0; /* what is shared with other units belongs to their own past */
    if (past.n < 2)
        return BMS_OK;
    both.answers = bms_arena_alloc(arena, past.n * sizeof *both.answers);
    both.parts = bms_past_parts(arena, &past);
    if (!both.answers || !both.parts)
        return bms_error_no_memory(error);
    both.n = past.n;
    for (size_t i = 0; i < both.n; i++)
        both.answers[i] = bms_explaining_nothing(explaining, past.units[i]);
    enum bms_status status = bms_explaining_load(&both, error);
    if (status != BMS_OK || both.n < 2)
        return status;
    bms_explained together = bms_explaining_nothing(explaining, explaining->unit);
    together.held = explaining->held;
    together.stored.entry.answer = bms_roll_up_as_one(explaining->held.indicator, both.parts, both.n).answer;
    report(explaining, "together", BMS_TEXT("Later compared with"),
           bms_arena_format(arena, "%s %s", bms_explaining_whose(explaining, &past),
                            in_short(explaining, &together)));
    report_parts(&both);
    return BMS_OK;
}

static void explain_parent(bms_explaining *explaining) {
    const bms_indicator *indicator = explaining->held.indicator;
    bms_rolled rolled = explaining->as_one
                            ? bms_roll_up_as_one(indicator, explaining->parts, explaining->n_parts)
                            : bms_roll_up(indicator, explaining->parts, explaining->n_parts);
    report_figure(explaining, &rolled, !explaining->as_one);
    report_parts(explaining);
}

enum bms_status bms_explaining_report(bms_explaining *explaining, bms_error *error) {
    enum bms_status status = BMS_OK;
    report_who_and_when(explaining);
    if (!is_of_several(explaining)) {
        explain_unit(explaining);
        status = report_together(explaining, error);
    } else {
        explain_parent(explaining);
    }
    return bms_error_of_arena(status == BMS_OK ? explaining->status : status, explaining->job->arena, error);
}
