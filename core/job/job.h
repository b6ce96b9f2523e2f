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
    int64_t now;
    bms_arena *arena; /* for what lives as long as the job */
    bms_history *history;
    bms_definition *definition; /* NULL: none at hand */
    bms_before *before;         /* what is known from before; NULL until returns are read with a history */
    bms_decisions *decisions;   /* what the coordinator has decided; likewise */
    const char *folder;         /* where the history lies, with a closing '/'; "" is the current folder */
    const bms_listener *listener;
    size_t done; /* how far, for on_progress while waiting */
    void *numbers;
} bms_job;

/** Begin: clears the error, settles how this thread reads numbers. Always end with bms_job_end, also when
 * this fails. */
enum bms_status bms_job_begin(bms_job *job, bms *b, const bms_listener *listener, bms_error *error);

/** Give back what the job holds; a run that is open is rolled back. */
void bms_job_end(bms_job *job);

/**
 * Commit the run that is open, unless something that went into it could not be had for want of memory: a text
 * that is missing reads as "" and must not be stored. Ends the run, also when it fails (then as rolled back).
 */
enum bms_status bms_job_commit(bms_job *job, bms_error *error);

/** End the run: commit it when all went well and something was added, else roll it back. @param status  how
 * it went so far */
enum bms_status bms_job_end_run(bms_job *job, bool added, enum bms_status status, bms_error *error);

/** Open the history; while it is locked the listener's on_progress is called and may cancel. */
enum bms_status bms_job_open(bms_job *job, bms_error *error);

/** Load the newest definition that the history shows; NULL when it has none. */
enum bms_status bms_job_load_definition(bms_job *job, bms_definition **out, bms_error *error);

/** Open the history and load the newest definition. @return BMS_USAGE when `bms setup` has not been run yet
 */
enum bms_status bms_job_open_defined(bms_job *job, bms_error *error);

/** Open the history and load the newest definition, as far as they are there. */
enum bms_status bms_job_open_if_any(bms_job *job, bms_error *error);

/** Report something about the history itself. @param place, value  what fills the rule's message */
void bms_job_notice(const bms_job *job, enum bms_run_rule rule, const char *place, const char *value);

/** Warn when the history lies where a cloud service synchronises. */
void bms_job_warn_of_cloud(const bms_job *job);

/** Report how far the job is. @return BMS_OK, or BMS_CANCELLED when the listener says stop */
enum bms_status bms_job_progress(bms_job *job, size_t done, size_t total, bms_error *error);

/** Report a file to the listener. @param unit  whose it is; NULL: of no one unit */
void bms_job_report_file(const bms_job *job, const char *path, enum bms_file_action action, const char *unit);

/** Report a finding to the listener. */
void bms_job_report_finding(const bms_job *job, const bms_finding *finding);

/** Say that the listener said stop. @return BMS_CANCELLED */
enum bms_status bms_job_cancelled(const bms_job *job, bms_error *error);

/** @return `folder/name` beside the history. */
const char *bms_job_path(const bms_job *job, const char *name);

/** Find a unit, an indicator or a period that has a form; what is not known is BMS_USAGE with those that are
 * nearest. */
enum bms_status bms_job_unit(const bms_job *job, const char *code, int *unit, bms_error *error);
enum bms_status bms_job_indicator(const bms_job *job, const char *code, int *indicator, bms_error *error);
enum bms_status bms_job_form_period(const bms_job *job, const char *code, int *period, bms_error *error);

/** Fail because there is nothing to write. @param unit  NULL: any @return BMS_USAGE */
enum bms_status bms_job_asked_for_nothing(const bms_job *job, const char *unit, const char *period,
                                          bms_error *error);

/** @param given  NULL or blank: the one who is logged on @param[out] who  in the job's arena */
enum bms_status bms_job_who(const bms_job *job, const char *given, const char **who, bms_error *error);

/** @return a moment as 2026-09-15T10:00:00Z. */
const char *bms_job_moment(bms_arena *arena, int64_t seconds);

/** @return the language of a unit's workbooks: its own, the municipality's, or that of the job. */
const char *bms_job_language_of(const bms_job *job, int unit);

/** Fail with a message made by bms_message; "" says that memory is out. @return `status`, or BMS_NO_MEMORY
 */
enum bms_status bms_job_fail(bms_error *error, enum bms_status status, const char *where,
                             const char *message);

#endif
