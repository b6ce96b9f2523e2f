/** bms_setup: load or renew the definition from a setup workbook, or make an earlier one again. */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/findings.h"
#include "core/base/text.h"
#include "core/definition/accepted.h"
#include "core/definition/definition.h"
#include "core/definition/difference.h"
#include "core/definition/effects.h"
#include "core/definition/overview.h"
#include "core/definition/setup_gone.h"
#include "core/definition/setup_mistakes.h"
#include "core/definition/setup_sense.h"
#include "core/history/past_definitions.h"
#include "core/job/job.h"
#include "core/verbs/setup_effects.h"
#include "core/workbooks.h"

/** A setup on its way into the history. */
struct renewing {
    bms_job *job;
    const bms_setup_options *options;
    const bms_source *workbook;
    const char *file; /* what the definition is stored as coming from */
    bms_setup_book *book;
    bms_definition now;     /* read from the book */
    bms_definition *before; /* NULL: there was none that can be read */
    bms_setup_book *stored; /* the newest version as it was written */
    int newest;             /* its number; 0: there is none */
    bms_effects effects;    /* when there was one */
    bms_findings findings;
    int same_as; /* the newest version, where that says the same; 0: it does not */
    bms_setup_result *result;
};

static enum bms_status fail_with(struct renewing *renewing, const char *text, const char *code,
                                 bms_error *error) {
    return bms_job_fail(
        error, BMS_USAGE, NULL,
        bms_message(renewing->job->arena, bms_tr(renewing->job->language, text), "code", code, NULL));
}

/* Reading */

static enum bms_status read_workbook(struct renewing *renewing, bms_error *error) {
    const bms_job *job = renewing->job;
    enum bms_status status =
        bms_workbooks_read_setup(job->arena, renewing->workbook, renewing->book, &renewing->findings, error);
    if (status == BMS_OK) {
        status = bms_definition_read(job->arena, renewing->book, renewing->file, &renewing->now,
                                     &renewing->findings, error);
    }
    if (status == BMS_OK) {
        bms_setup_sense_check(job->arena, renewing->book, &renewing->now, &renewing->findings);
        bms_setup_mistakes_gather(&renewing->findings);
    }
    return bms_error_of_arena(status, job->arena, error);
}

/** @return the setup beside the history, which bms_init made; reported. */
static bms_source setup_beside(const bms_job *job) {
    const bms_source beside = {.name = bms_job_path(job, "setup.xlsx")};
    bms_job_notice(job, BMS_RULE_READING, &(bms_text_place){"file", beside.name}, 1);
    return beside;
}

/** Read the version before the newest as the setup to store. */
static enum bms_status read_version_before(struct renewing *renewing, bms_error *error) {
    const bms_job *job = renewing->job;
    int found = 0;
    enum bms_status status = bms_history_version_before(job->history, &renewing->result->undone, error);
    if (status == BMS_OK && renewing->result->undone == 0)
        return fail_with(renewing, BMS_TEXT("There is no earlier setup to go back to."), "", error);
    if (status == BMS_OK) {
        status = bms_history_definition_file(job->history, job->arena, renewing->result->undone,
                                             &renewing->file, error);
    }
    if (status == BMS_OK) {
        status = bms_history_load_setup(job->history, job->arena, renewing->result->undone, renewing->book,
                                        &found, error);
    }
    bms_findings quiet = {.arena = job->arena, .language = job->language};
    if (status == BMS_OK) {
        renewing->book->stars_match_all = false; /* stored anew, it is read as today */
        status =
            bms_definition_read(job->arena, renewing->book, renewing->file, &renewing->now, &quiet, error);
    }
    if (status == BMS_OK && bms_findings_count(&quiet, BMS_ERROR) > 0)
        renewing->findings = quiet;
    return bms_error_of_arena(status, job->arena, error);
}

/** Read the newest stored setup, and what it means; one that can no longer be understood means nothing. */
static enum bms_status read_before(struct renewing *renewing, bms_error *error) {
    const bms_job *job = renewing->job;
    renewing->stored = bms_arena_alloc(job->arena, sizeof *renewing->stored);
    if (!renewing->stored)
        return bms_error_no_memory(error);
    enum bms_status status =
        bms_history_load_setup(job->history, job->arena, 0, renewing->stored, &renewing->newest, error);
    if (status == BMS_OK)
        status = bms_job_load_definition(renewing->job, &renewing->before, error);
    if (status == BMS_HISTORY_DAMAGED && !bms_arena_failed(job->arena)) {
        renewing->before = NULL;
        bms_error_clear(error);
        return BMS_OK;
    }
    return status;
}

/* Words that ask for the same as before */

/** @return the first of the versions up to `before` that measured the same as it. */
static enum bms_status find_first_version(struct renewing *renewing, int indicator, int *out,
                                          bms_error *error) {
    const bms_definition *before = renewing->before;
    bms_past_definitions *past =
        bms_past_definitions_new(renewing->job->arena, before, renewing->job->history);
    enum bms_status status = past ? BMS_OK : bms_error_no_memory(error);
    *out = before->version;
    for (int version = before->version - 1; status == BMS_OK && version > 0; version--) {
        const bms_definition *earlier = NULL;
        status = bms_past_definitions_of_version(past, version, &earlier, error);
        int there =
            earlier ? bms_definition_indicator(earlier, before->indicators[indicator].code) : BMS_NONE;
        if (there == BMS_NONE)
            continue;
        if (!bms_indicators_measure_the_same(earlier, there, before, indicator))
            break;
        *out = version;
    }
    return status;
}

static enum bms_status accept_words(struct renewing *renewing, const char *code, bms_error *error) {
    int now = bms_definition_indicator(&renewing->now, code);
    int before = renewing->before ? bms_definition_indicator(renewing->before, code) : BMS_NONE;
    if (now == BMS_NONE || before == BMS_NONE) {
        return fail_with(renewing, BMS_TEXT("There is no indicator {code} that was measured before."), code,
                         error);
    }
    int since = 0;
    enum bms_status status = find_first_version(renewing, before, &since, error);
    if (status != BMS_OK)
        return status;
    renewing->now.indicators[now].series_since = since;
    bms_accept_words(renewing->job->arena, renewing->book, now, since);
    return BMS_OK;
}

/* Comparing */

static bool take_number(void *context, const bms_number_key *key) {
    bms_effects_count(context, key->unit, key->indicator, key->period);
    return true;
}

static enum bms_status compare(struct renewing *renewing, bms_error *error) {
    bms_job *job = renewing->job;
    const bms_setup_options *options = renewing->options;
    enum bms_status status = read_before(renewing, error);
    if (status == BMS_OK && renewing->before)
        bms_accepted_carry(job->arena, renewing->before, &renewing->now, renewing->book);
    for (size_t i = 0; status == BMS_OK && i < options->n_reworded; i++)
        status = accept_words(renewing, options->reworded[i], error);
    if (status != BMS_OK || !renewing->before)
        return status;
    bms_effects_find(job->arena, renewing->before, &renewing->now, &renewing->effects);
    bms_setup_gone_check(renewing->stored, renewing->book, &renewing->findings);
    if (renewing->effects.n > 0)
        status = bms_history_each_number(job->history, take_number, &renewing->effects, error);
    if (status == BMS_OK)
        bms_setup_effects_report(&renewing->effects, renewing->book, &renewing->findings);
    return bms_error_of_arena(status, job->arena, error);
}

/* What was understood */

static void drop_change(void *context, const bms_setup_change *change) {
    (void)context;
    (void)change;
}

static void deliver_changes(struct renewing *renewing, const bms_setup_listener *listener) {
    bms_job *job = renewing->job;
    renewing->result->first = renewing->newest == 0;
    if (renewing->newest == 0)
        return;
    if (bms_setups_say_the_same(job->arena, renewing->stored, renewing->book))
        renewing->same_as = renewing->newest;
    renewing->result->changes =
        bms_setup_compare(job->arena, renewing->stored, renewing->book, job->language,
                          listener->on_change ? listener->on_change : drop_change, listener->context);
}

static enum bms_status deliver_understood(struct renewing *renewing, bms_error *error) {
    static const bms_setup_listener nobody = {0};
    const bms_setup_listener *listener =
        renewing->options->understood ? renewing->options->understood : &nobody;
    const bms_definition *now = &renewing->now;
    renewing->result->units = now->n_units;
    renewing->result->indicators = now->n_indicators;
    renewing->result->targets = now->n_targets;
    deliver_changes(renewing, listener);
    bms_overview(renewing->job->arena, now, bms_day_here(renewing->job->now), renewing->job->language,
                 listener);
    return bms_error_of_arena(BMS_OK, renewing->job->arena, error);
}

/* Storing */

/** Keep on record which limits were put right for periods that are reported. */
static void record_limits(struct renewing *renewing) {
    const bms_day today = bms_day_here(renewing->job->now);
    for (size_t i = 0; i < renewing->effects.n; i++) {
        const bms_effect *effect = &renewing->effects.items[i];
        if (effect->kind == BMS_EFFECT_LIMIT_CHANGED && effect->numbers > 0)
            bms_accept_limit(renewing->job->arena, renewing->book, effect->row, today);
    }
}

/** Refuse where somebody has loaded another setup since this one was compared. */
static enum bms_status check_newest(struct renewing *renewing, bms_error *error) {
    int newest = 0;
    enum bms_status status = bms_history_newest_definition(renewing->job->history, &newest, error);
    if (status == BMS_OK && renewing->before && newest != renewing->before->version) {
        return bms_error_set(
            error, BMS_HISTORY_LOCKED, renewing->job->b->history,
            bms_tr(renewing->job->language,
                   BMS_TEXT("Another setup was loaded while this one was compared. Load it again.")));
    }
    return status;
}

/** Store a sound setup, unless the newest stored one says the same. */
static enum bms_status store(struct renewing *renewing, bms_error *error) {
    bms_job *job = renewing->job;
    bms_setup_result *result = renewing->result;
    const char *verb =
        result->undone > 0 ? bms_arena_format(job->arena, BMS_UNDO_RUN "%d", result->undone) : "setup";
    record_limits(renewing);
    enum bms_status status = bms_history_begin(job->history, verb, job->now, error);
    if (status == BMS_OK)
        status = check_newest(renewing, error);
    if (status == BMS_OK && renewing->same_as > 0 && result->undone == 0) {
        result->version = renewing->same_as;
    } else if (status == BMS_OK) {
        status = bms_history_add_definition(job->history, renewing->book, renewing->file, &result->version,
                                            &result->added, error);
    }
    return bms_job_end_run(job, result->added, status, error);
}

/** @return whether it is to be stored: nothing needs a yes, or there is one. All findings are delivered. */
static bool is_wanted(struct renewing *renewing) {
    const bms_setup_options *options = renewing->options;
    size_t n = 0;
    for (size_t i = 0; i < renewing->findings.n; i++) {
        n += renewing->findings.items[i].needs_yes;
        if (options->yes)
            renewing->findings.items[i].needs_yes = false;
    }
    bms_findings_deliver(&renewing->findings, renewing->job->listener);
    if (n == 0 || options->yes || (options->confirm && options->confirm(options->context, n)))
        return true;
    renewing->result->needs_yes = n;
    return false;
}

static enum bms_status renew(struct renewing *renewing, bms_error *error) {
    bms_findings *findings = &renewing->findings;
    enum bms_status status =
        renewing->options->undo ? read_version_before(renewing, error) : read_workbook(renewing, error);
    if (status == BMS_OK && bms_findings_count(findings, BMS_ERROR) == 0)
        status = compare(renewing, error);
    if (status != BMS_OK)
        return status;
    renewing->result->mistakes = bms_findings_count(findings, BMS_ERROR);
    if (renewing->result->mistakes > 0) {
        bms_findings_deliver(findings, renewing->job->listener);
        return BMS_OK;
    }
    status = deliver_understood(renewing, error);
    return status == BMS_OK && is_wanted(renewing) ? store(renewing, error) : status;
}

enum bms_status bms_setup(bms *b, const bms_source *workbook, const bms_setup_options *options,
                          const bms_listener *listener, bms_setup_result *result, bms_error *error) {
    static const bms_setup_options none = {0};
    bms_job job;
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    bms_source beside = {.name = ""};
    if (status == BMS_OK && !workbook && !(options && options->undo)) {
        beside = setup_beside(&job);
        workbook = &beside;
    }
    struct renewing renewing = {.job = &job,
                                .options = options ? options : &none,
                                .workbook = workbook,
                                .file = workbook ? workbook->name : "",
                                .result = result};
    renewing.findings = (bms_findings){.arena = job.arena, .language = job.language, .file = renewing.file};
    *result = (bms_setup_result){0};
    if (status == BMS_OK)
        renewing.book = bms_arena_alloc(job.arena, sizeof *renewing.book);
    if (status == BMS_OK && !renewing.book)
        status = bms_error_no_memory(error);
    if (status == BMS_OK)
        status = bms_job_open(&job, error);
    if (status == BMS_OK)
        status = renew(&renewing, error);
    if (status == BMS_OK)
        bms_job_warn_of_cloud(&job);
    bms_job_end(&job);
    return status;
}
