/** bms_redact and bms_redactions: blank what must not be kept, and record that it was blanked. */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/personal_number.h"
#include "core/definition/definition.h"
#include "core/history/integrity.h"
#include "core/job/job.h"
#include "core/job/leftovers.h"
#include "core/verbs/traces.h"

static bool is_empty(const char *text) {
    return !text || !*text;
}

static enum bms_status check(const bms_job *job, const bms_redaction *redaction, bms_error *error) {
    bool complete = redaction->what == BMS_REDACT_SETUP
                        ? !is_empty(redaction->text)
                        : !is_empty(redaction->unit) && !is_empty(redaction->period);
    if (complete && !is_empty(redaction->made_by) && !is_empty(redaction->reason))
        return BMS_OK;
    const char *text = redaction->what == BMS_REDACT_SETUP
                           ? BMS_TEXT("Give the text, who removes it and why.")
                           : BMS_TEXT("Give the unit, the period, who removes it and why.");
    return bms_error_set(error, BMS_USAGE, NULL, bms_tr(job->language, text));
}

/** @param[out] sound  whether the version can be read without errors */
static enum bms_status understand(const bms_job *job, bms_arena *arena, int version, bool *sound,
                                  bms_error *error) {
    bms_setup_book book;
    bms_definition definition;
    bms_findings findings = {.arena = arena, .language = job->language};
    int found = 0;
    enum bms_status status = bms_history_load_setup(job->history, arena, version, &book, &found, error);
    if (status == BMS_OK && found == version)
        status = bms_definition_read(arena, &book, "", &definition, &findings, error);
    status = bms_error_of_arena(status, arena, error);
    *sound = bms_findings_count(&findings, BMS_ERROR) == 0;
    return status;
}

/** Which setups can be read without errors. */
struct setups {
    int newest;
    bool *sound; /* by version, from 1 */
};

static enum bms_status understand_all(const bms_job *job, struct setups *out, bms_error *error) {
    enum bms_status status = bms_history_newest_definition(job->history, &out->newest, error);
    if (status != BMS_OK)
        return status;
    bms_arena *arena = bms_arena_new();
    bool *sound = bms_arena_alloc(job->arena, ((size_t)out->newest + 1) * sizeof *sound);
    if (!arena || !sound) {
        bms_arena_free(arena);
        return bms_error_no_memory(error);
    }
    for (int version = 1; status == BMS_OK && version <= out->newest; version++) {
        bms_arena_reset(arena);
        status = understand(job, arena, version, &sound[version], error);
    }
    bms_arena_free(arena);
    out->sound = sound;
    return status;
}

/** Old periods are shown by old setups: one that could be read before must still be readable. */
static enum bms_status check_setups(const bms_job *job, const struct setups *before, bms_error *error) {
    struct setups now = {0};
    enum bms_status status = understand_all(job, &now, error);
    for (int version = 1; status == BMS_OK && version <= now.newest && version <= before->newest; version++) {
        if (before->sound[version] && !now.sound[version]) {
            status = bms_error_set(
                error, BMS_USAGE, NULL,
                bms_tr(job->language,
                       BMS_TEXT("A setup cannot be read without that text. Nothing was removed.")));
        }
    }
    return status;
}

/** Nothing is left to blank: it was blanked before, or there never was such a thing. */
static enum bms_status look_before(const bms_job *job, const bms_redaction *redaction, bms_blanked *blanked,
                                   bool *before, bms_error *error) {
    enum bms_status status = bms_history_redacted_before(job->history, redaction, blanked, before, error);
    status = bms_error_of_arena(status, job->arena, error);
    if (status != BMS_OK || *before)
        return status;
    const char *text =
        redaction->what == BMS_REDACT_SETUP
            ? BMS_TEXT("No cell of a setup that may be left blank holds that text.")
            : BMS_TEXT("There is nothing to remove: there is no such return, or it is already empty.");
    return bms_error_set(error, BMS_USAGE, redaction->unit, bms_tr(job->language, text));
}

/** @param[out] n  how many places; 0 when it was blanked before */
static enum bms_status blank(bms_job *job, const bms_redaction *redaction, bms_blanked *blanked, size_t *n,
                             bms_error *error) {
    bms_redaction kept = *redaction;
    kept.reason = bms_personal_number_hide(job->arena, redaction->reason); /* it stays */
    struct setups setups = {0};
    bool before = false;
    enum bms_status status = bms_history_begin(job->history, "redact", job->now, error);
    if (status == BMS_OK && redaction->what == BMS_REDACT_SETUP)
        status = understand_all(job, &setups, error);
    if (status == BMS_OK)
        status = bms_history_redact(job->history, &kept, blanked, n, error);
    if (status == BMS_OK && *n == 0)
        status = look_before(job, &kept, blanked, &before, error);
    if (status == BMS_OK && redaction->what == BMS_REDACT_SETUP)
        status = check_setups(job, &setups, error);
    return bms_job_end_run(job, !before, status, error);
}

static void warn(const bms_job *job, const bms_redaction *redaction, bms_finding finding) {
    finding.file = job->b->history;
    finding.unit = redaction->unit;
    if (*finding.message && *finding.fix)
        bms_job_report_finding(job, &finding);
}

/** Rewrite the file. A failure is only reported: the text is blanked already. */
static void rewrite(const bms_job *job, const bms_redaction *redaction) {
    bms_error failed = {0};
    if (bms_history_rewrite(job->history, &failed) == BMS_OK)
        return;
    const bms_text_place why = {"why", failed.message};
    warn(job, redaction, bms_run_finding(job->arena, job->language, BMS_RULE_NOT_REWRITTEN, &why, 1));
}

static bms_finding about(const bms_job *job, enum bms_run_rule rule, const char *files) {
    return bms_run_finding(job->arena, job->language, rule, &(bms_text_place){"files", files}, 1);
}

static void report(const bms_job *job, const bms_redaction *redaction, enum bms_run_rule rule,
                   const char *files) {
    warn(job, redaction, about(job, rule, files));
}

/** @return two lists of files in one. */
static const char *listed(const bms_job *job, const char *files, const char *others) {
    return bms_arena_format(job->arena, "%s%s%s", files, *files && *others ? ", " : "", others);
}

/** What is said where memory is out for looking into other files. It is made before anything is blanked. */
struct unsure {
    bms_finding copies; /* the copies of the history may hold it too */
    bms_finding others;
};

static enum bms_status prepare_unsure(const bms_job *job, struct unsure *out, bms_error *error) {
    const char *others = "corrections, forms, reminders, reports, Mottak";
    const char *copies = bms_history_copies(job->history, job->arena);
    out->copies = about(job, BMS_RULE_COPIES_REMAIN, listed(job, copies, others));
    out->others = about(job, BMS_RULE_COPIES_REMAIN, others);
    return bms_error_of_arena(BMS_OK, job->arena, error);
}

/** The copies made earlier still hold it: replace them. @param[out] left  those that may hold it still
 * @return whether they were replaced */
static bool renew_copies(const bms_job *job, const bms_redaction *redaction, const char **left) {
    if (bms_history_renew_copies(job->history, job->arena, left, NULL) != BMS_OK)
        return false;
    if (**left)
        report(job, redaction, BMS_RULE_COPIES_RENEWED, *left);
    *left = "";
    return true;
}

/** Remove the files that can be written again, and report them. What is said of them is made first: when
 * memory runs out nothing is gone unsaid. @param[out] left  those that could not be removed */
static enum bms_status remove_ours(const bms_job *job, const bms_redaction *redaction,
                                   const bms_traces *traces, const char **left, bms_error *error) {
    bms_finding gone = about(job, BMS_RULE_REBUILT_REMOVED, bms_traces_list(job, traces, true));
    enum bms_status status = bms_error_of_arena(BMS_OK, job->arena, error);
    *left = "";
    if (status != BMS_OK)
        return status;
    const size_t still = bms_traces_remove(traces);
    if (still > 0) {
        *left = bms_traces_list(job, traces, true);
        gone = about(job, BMS_RULE_REBUILT_REMOVED, bms_traces_list(job, traces, false));
    }
    if (still < traces->n)
        warn(job, redaction, gone);
    return bms_error_of_arena(BMS_OK, job->arena, error);
}

/** What is blanked in the history may still be in other files: remove it from what is ours, name the rest.
 * @param copies  those that may hold it still */
static enum bms_status follow(bms_job *job, const bms_redaction *redaction, const bms_blanked *blanked,
                              const char *copies, bms_error *error) {
    bms_traces traces;
    const char *unfinished = "";
    const char *ours = "";
    enum bms_status status = bms_leftovers_forget(job, &unfinished, error);
    if (status == BMS_OK)
        status = bms_traces_find(job, redaction, blanked, &traces, error);
    if (status == BMS_OK)
        status = remove_ours(job, redaction, &traces, &ours, error);
    if (status != BMS_OK)
        return status;
    const char *left = listed(job, listed(job, listed(job, copies, ours), traces.left), unfinished);
    if (*left)
        report(job, redaction, BMS_RULE_COPIES_REMAIN, left);
    report(job, redaction, BMS_RULE_COPIES_ELSEWHERE, "");
    return BMS_OK;
}

/** The text is blanked in the history: what fails from here on is reported, also when memory is out. */
static void follow_or_say(bms_job *job, const bms_redaction *redaction, const bms_blanked *blanked,
                          const struct unsure *unsure) {
    const char *copies = "";
    const bool renewed = renew_copies(job, redaction, &copies);
    if (follow(job, redaction, blanked, copies, NULL) != BMS_OK)
        warn(job, redaction, renewed ? unsure->others : unsure->copies);
}

enum bms_status bms_redact(bms *b, const bms_redaction *redaction, const bms_listener *listener, size_t *n,
                           bms_error *error) {
    bms_job job;
    *n = 0;
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    bms_blanked blanked = {.arena = job.arena};
    struct unsure unsure;
    if (status == BMS_OK)
        status = check(&job, redaction, error);
    if (status == BMS_OK)
        status = bms_job_open(&job, error);
    if (status == BMS_OK)
        bms_leftovers_claim(&job);
    if (status == BMS_OK)
        status = bms_history_erase_deleted(job.history, error);
    if (status == BMS_OK)
        status = prepare_unsure(&job, &unsure, error);
    if (status == BMS_OK)
        status = blank(&job, redaction, &blanked, n, error);
    if (status == BMS_OK && *n == 0)
        report(&job, redaction, BMS_RULE_REMOVED_BEFORE, "");
    if (status == BMS_OK) {
        rewrite(&job, redaction);
        follow_or_say(&job, redaction, &blanked, &unsure);
    }
    bms_job_end(&job);
    return status;
}

enum bms_status bms_redactions(bms *b, void (*on_redaction)(void *context, const bms_redacted_places *row),
                               void *context, bms_error *error) {
    bms_job job;
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_job_open_as_it_is(&job, error);
    if (status == BMS_OK && !bms_history_is_foreign(job.history))
        status = bms_history_each_redaction(job.history, on_redaction, context, error);
    bms_job_end(&job);
    return status;
}
