/**
 * bms_collect: check returns and store those that are accepted.
 *
 * All files are read and checked first, without a lock. Then, in one run of the history, the outcome of each
 * is settled against the history as it is now, and the accepted ones are stored, in order of path.
 * Corrections of the held ones are written before the commit and get their names after it.
 */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/history/integrity.h"
#include "core/job/job.h"
#include "core/job/leftovers.h"
#include "core/verbs/collect/corrections.h"
#include "core/verbs/collect/decide.h"
#include "core/verbs/collect/returns.h"

#include <string.h>

static enum bms_status add_receipt(bms_job *job, const bms_return_record *record, int64_t *id,
                                   bms_error *error) {
    const bms_receipt receipt = {.file = record->file->name,
                                 .sha256 = record->sha256,
                                 .size = record->size,
                                 .unit = record->unit,
                                 .period = record->file->period ? record->file->period : record->period,
                                 .outcome = record->outcome,
                                 .findings = record->findings,
                                 .n_findings = record->n_findings};
    return bms_history_add_receipt(job->history, &receipt, id, error);
}

/** Read an accepted file again and store it; one that has changed since is held instead. */
static enum bms_status store_accepted(bms_returns *returns, bms_arena *arena, bms_return_record *record,
                                      bms_error *error) {
    bms_job *job = returns->job;
    bms_open_return opened;
    int64_t receipt = 0;
    bms_arena_reset(arena);
    enum bms_status status = bms_return_reopen(returns, record, arena, &opened, error);
    if (status != BMS_OK)
        return status;
    if (strcmp(opened.sha256, record->sha256) != 0) {
        status = bms_return_change(
            job, record, BMS_HELD,
            bms_run_finding(job->arena, job->language, BMS_RULE_CHANGED_MEANWHILE, NULL, 0), error);
    }
    if (status == BMS_OK)
        status = add_receipt(job, record, &receipt, error);
    if (status == BMS_OK && record->outcome == BMS_ACCEPTED) {
        status = bms_history_add_return(job->history, receipt, &opened.checked, opened.bytes, opened.size,
                                        &record->revision, error);
    }
    if (status == BMS_OK && record->outcome == BMS_ACCEPTED && record->release)
        status = bms_history_add_release(job->history, receipt, record->release, error);
    bms_return_close(&opened);
    return status;
}

/** Store a receipt for what was not accepted, unless the history has the same one already. */
static enum bms_status store_receipt(bms_job *job, const bms_return_record *record, bool *added,
                                     bms_error *error) {
    bool known = false;
    enum bms_status status = BMS_OK;
    if (record->outcome == BMS_DUPLICATE || record->outcome == BMS_UNFINISHED || record->replaced) {
        status = bms_history_receipt_known(job->history, record->file->name, record->sha256, record->outcome,
                                           &known, error);
    }
    if (status != BMS_OK || known)
        return status;
    *added = true;
    return add_receipt(job, record, NULL, error);
}

static enum bms_status store_all(bms_returns *returns, bool *added, bms_error *error) {
    bms_job *job = returns->job;
    bms_arena *arena = bms_arena_new();
    enum bms_status status = arena ? BMS_OK : bms_error_no_memory(error);
    for (size_t i = 0; status == BMS_OK && i < returns->n; i++) {
        bms_return_record *record = &returns->records[i];
        if (record->outcome == BMS_ACCEPTED) {
            *added = true;
            status = store_accepted(returns, arena, record, error);
        } else if (record->outcome != BMS_SKIPPED) {
            status = store_receipt(job, record, added, error);
        }
        if (status == BMS_OK)
            status = bms_job_progress(job, returns->n + i + 1, returns->steps, error);
    }
    bms_arena_free(arena);
    return status;
}

/** Somebody may have loaded another definition while the returns were checked. */
static enum bms_status make_sure_of_definition(const bms_job *job, bms_error *error) {
    int version = 0;
    enum bms_status status = bms_history_newest_definition(job->history, &version, error);
    if (status != BMS_OK || version == job->definition->version)
        return status;
    return bms_error_set(
        error, BMS_HISTORY_LOCKED, job->b->history,
        bms_tr(job->language,
               BMS_TEXT("A new setup was loaded while the returns were being read. Collect again.")));
}

/** Back up the history. A failure is only reported: the run is committed already. */
static void keep_copy(bms_job *job) {
    bms_error failed = {0};
    if (bms_history_rotate_backup(job->history, &failed) == BMS_OK)
        return;
    bms_job_notice(job, BMS_RULE_NO_COPY, &(bms_text_place){"cause", failed.message}, 1);
}

/** Settle and store in one run, which is rolled back when it adds nothing. */
static enum bms_status consolidate(bms_returns *returns, bms_deciding *deciding, bms_written_set *corrections,
                                   bms_written_set *intakes, bms_error *error) {
    bms_job *job = returns->job;
    bool added = false;
    enum bms_status status = bms_history_begin(job->history, "collect", job->now, error);
    if (status == BMS_OK)
        status = make_sure_of_definition(job, error);
    if (status == BMS_OK)
        status = bms_returns_settle(returns, error);
    if (status == BMS_OK)
        status = bms_decide_store(deciding, returns, &added, error);
    if (status == BMS_OK)
        status = store_all(returns, &added, error);
    if (status == BMS_OK && corrections)
        status = bms_corrections_make(returns, corrections, &added, error);
    if (status == BMS_OK && corrections)
        status = bms_decide_write(deciding, returns, intakes, &added, error);
    status = bms_job_end_run(job, added, status, error);
    if (status == BMS_OK && added)
        keep_copy(job);
    return status;
}

enum bms_status bms_collect(bms *b, const bms_source *sources, size_t n, const bms_collect_options *options,
                            const bms_listener *listener, bms_counts *counts, bms_error *error) {
    bms_job job;
    bms_returns returns = {0};
    bms_deciding deciding = {.job = &job};
    bms_written_set corrections = {.job = &job};
    bms_written_set intakes = {.job = &job};
    const bool corrects = !options || !options->no_corrections;
    *counts = (bms_counts){0};
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK)
        status = bms_job_open_defined(&job, error);
    if (status == BMS_OK)
        bms_leftovers_claim(&job);
    if (status == BMS_OK)
        status = bms_decide_begin(&deciding, &job, options, error);
    if (status == BMS_OK)
        status = bms_returns_read(&returns, &job, sources, n, options, true, error);
    if (status == BMS_OK)
        status = bms_decide_files(&deciding, &returns, error);
    if (status == BMS_OK)
        status = consolidate(&returns, &deciding, corrects ? &corrections : NULL, &intakes, error);
    if (status == BMS_OK) {
        bms_written_place_all(&corrections);
        bms_decide_place(&deciding, &intakes);
        bms_job_warn_of_cloud(&job);
        bms_returns_deliver(&returns, counts);
        bms_written_deliver(&corrections);
        bms_decide_deliver(&deciding);
        bms_written_deliver(&intakes);
    }
    bms_written_clear(&corrections);
    bms_written_clear(&intakes);
    bms_returns_dispose(&returns);
    bms_job_end(&job);
    return status;
}
