/**
 * What every verb begins and ends with.
 *
 * A job is one verb at work: the thread's numbers with a decimal point, an arena, the history and the
 * definition while it needs them.
 */
#ifndef BMS_JOB_JOB_H
#define BMS_JOB_JOB_H

#include "core/base/arena.h"
#include "core/bms.h"
#include "core/check/before.h"
#include "core/check/run_rules.h"
#include "core/definition/definition.h"
#include "core/history/history.h"
#include "core/job/handle.h"

typedef struct bms_job {
    const bms *b;
    const char *language;
    bool to_unit; /* findings are worded for the unit itself, not for the coordinator */
    int64_t now;
    bms_arena *arena; /* for what lives as long as the job */
    bms_history *history;
    bms_definition *definition; /* NULL: none at hand */
    bms_before *before;       /* earlier values, for the checks; NULL until returns are read with a history */
    bms_decisions *decisions; /* of the coordinator; likewise */
    struct bms_claim *claim;  /* while it writes (leftovers.h); NULL */
    const char *folder;       /* of the history, with a closing '/'; "": the current folder */
    const bms_listener *listener;
    const char
        *recorded_by; /* as of an earlier run: the version of bms that wrote it, where it is another; "" */
    void *numbers;
} bms_job;

/** Begin: clear the error, set the thread's decimal point. End with bms_job_end, also on failure. */
enum bms_status bms_job_begin(bms_job *job, bms *b, const bms_listener *listener, bms_error *error);

/** Free what the job holds; an open run is rolled back. */
void bms_job_end(bms_job *job);

/**
 * Commit the open run, unless memory ran out: a text that failed is "" and must not be stored. Rolls back on
 * failure.
 */
enum bms_status bms_job_commit(bms_job *job, bms_error *error);

/** Commit the open run when `status` is BMS_OK and something was added, else roll it back. */
enum bms_status bms_job_end_run(bms_job *job, bool added, enum bms_status status, bms_error *error);

/** Open the history; while it is locked the listener's on_progress is called and may cancel. */
enum bms_status bms_job_open(bms_job *job, bms_error *error);

/** Open the history also where its file holds what is not its own (bms_history_open_as_it_is). */
enum bms_status bms_job_open_as_it_is(bms_job *job, bms_error *error);

/** Load the newest definition of the history, as limited. @param[out] out  NULL when it has none */
enum bms_status bms_job_load_definition(bms_job *job, bms_definition **out, bms_error *error);

/** Open the history and load the newest definition. @return BMS_USAGE when no setup has been loaded */
enum bms_status bms_job_open_defined(bms_job *job, bms_error *error);

/** Open the history and load the newest definition, if they exist. */
enum bms_status bms_job_open_if_any(bms_job *job, bms_error *error);

/** Report something about the history itself, or what was taken where the call names nothing. @param places
 * what fills the rule's message */
void bms_job_notice(const bms_job *job, enum bms_run_rule rule, const bms_text_place *places, size_t n);

/** Warn when the history is in a folder that a cloud service synchronises. */
void bms_job_warn_of_cloud(const bms_job *job);

/** Report progress. @return BMS_OK, or BMS_CANCELLED when the listener cancels */
enum bms_status bms_job_progress(bms_job *job, size_t done, size_t total, bms_error *error);

/** Report a file to the listener. @param unit  its code; NULL for a file of no single unit */
void bms_job_report_file(const bms_job *job, const char *path, enum bms_file_action action, const char *unit);

/** Report a finding to the listener. */
void bms_job_report_finding(const bms_job *job, const bms_finding *finding);

/** Fail because the listener has cancelled. @return BMS_CANCELLED */
enum bms_status bms_job_cancelled(const bms_job *job, bms_error *error);

/** @return `folder/name` beside the history. */
const char *bms_job_path(const bms_job *job, const char *name);

/** Find a unit, an indicator or a period with a form. @return BMS_USAGE, with the nearest, for none */
enum bms_status bms_job_unit(const bms_job *job, const char *code, int *unit, bms_error *error);
enum bms_status bms_job_indicator(const bms_job *job, const char *code, int *indicator, bms_error *error);
enum bms_status bms_job_form_period(const bms_job *job, const char *code, int *period, bms_error *error);

/** @return the codes of all periods that have a form, as "2026-T1, 2026-T2". */
const char *bms_job_form_periods(const bms_job *job);

/** Fail because there is nothing to write. @param unit  NULL: any @return BMS_USAGE */
enum bms_status bms_job_asked_for_nothing(const bms_job *job, const char *unit, const char *period,
                                          bms_error *error);

/** @param given  NULL or blank: the user who is logged on @param[out] who  in the job's arena */
enum bms_status bms_job_who(const bms_job *job, const char *given, const char **who, bms_error *error);

/** @return how many threads work at a time: as many as was set, or as there are processors. */
int bms_job_threads(const bms_job *job);

/** @return a moment as 2026-09-15T10:00:00Z. */
const char *bms_job_moment(bms_arena *arena, int64_t seconds);

/** @return the language of a unit's workbooks: its own, the municipality's, or that of the job. */
const char *bms_job_language_of(const bms_job *job, int unit);

/** @return the language of a unit's form or report: the one that was chosen for all, or the unit's. */
const char *bms_job_chosen_language(const bms_job *job, int unit);

/** Fail with a message of bms_message; "" means out of memory. @return `status`, or BMS_NO_MEMORY */
enum bms_status bms_job_fail(bms_error *error, enum bms_status status, const char *where,
                             const char *message);

#endif
