/**
 * bms_verify, bms_remove_foreign, bms_newest_hash, bms_witnesses and bms_acknowledge: is the history what was
 * stored, all of it and nothing else?
 */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/history/beside.h"
#include "core/history/integrity.h"
#include "core/job/job.h"
#include "core/verbs/witnesses.h"

enum bms_status bms_verify(bms *b, const char *hash,
                           void (*on_difference)(void *context, const bms_difference *difference),
                           void *context, bms_verification *out, bms_error *error) {
    bms_job job;
    *out = (bms_verification){0};
    const bms_difference_listener listener = {on_difference, context};
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_job_open_as_it_is(&job, error);
    if (status == BMS_OK)
        status = bms_history_verify(job.history, hash, listener, out, error);
    bms_job_end(&job);
    return status;
}

enum bms_status bms_remove_foreign(bms *b, void (*on_removed)(void *context, const bms_removed *removed),
                                   void *context, bms_error *error) {
    bms_job job;
    const bms_removal_listener listener = {on_removed, context};
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_job_open_as_it_is(&job, error);
    if (status == BMS_OK)
        status = bms_history_remove_foreign(job.history, job.now, listener, error);
    bms_job_end(&job);
    return status;
}

enum bms_status bms_newest_hash(bms *b, int64_t *run, char hash[65], bms_error *error) {
    bms_job job;
    *run = 0;
    hash[0] = '\0';
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_job_open(&job, error);
    if (status == BMS_OK)
        status = bms_history_newest_hash(job.history, run, hash, error);
    bms_job_end(&job);
    return status;
}

/* Files beside the history */

/** Find the files beside the open history, with its definition where it has one. */
static enum bms_status gather(bms_job *job, bms_witnesses_found *found, bms_error *error) {
    enum bms_status status = bms_job_load_definition(job, &job->definition, error);
    if (status == BMS_HISTORY_DAMAGED) { /* a setup that is not understood can still be as it was stored */
        job->definition = NULL;
        bms_error_clear(error);
        status = BMS_OK;
    }
    return status == BMS_OK ? bms_witnesses_gather(job, found, error) : status;
}

enum bms_status bms_witnesses(bms *b, void (*on_witness)(void *context, const bms_witness *witness),
                              void *context, size_t *unknown, bms_error *error) {
    bms_job job;
    bms_witnesses_found found = {0};
    *unknown = 0;
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_job_open_as_it_is(&job, error);
    /* Where the file holds what is foreign, that comes first. */
    bool readable = status == BMS_OK && !bms_history_is_foreign(job.history);
    if (readable)
        status = gather(&job, &found, error);
    if (readable && status == BMS_OK)
        status = bms_witnesses_judge(&job, &found, unknown, error);
    for (size_t i = 0; status == BMS_OK && on_witness && i < found.n; i++)
        on_witness(context, &found.items[i].witness);
    bms_job_end(&job);
    return status;
}

/** Record each unknown hash once. */
static enum bms_status record(bms_job *job, const bms_witnesses_found *found, const char *who,
                              const char *reason, size_t *n, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < found->n; i++) {
        const bms_witness *witness = &found->items[i].witness;
        const char *by = NULL;
        const char *why = NULL;
        if (witness->run != 0)
            continue;
        status = bms_history_find_restored(job->history, witness->hash, job->arena, &by, &why, error);
        if (status != BMS_OK || by)
            continue;
        status = bms_history_add_restored(job->history, witness->hash, who, reason, error);
        (*n)++;
    }
    return status;
}

/** What a file knows that cannot be read would be left out, and come up again the next time. */
static enum bms_status refuse_unread(const bms_job *job, const bms_witnesses_found *found, bms_error *error) {
    if (!found->unread)
        return BMS_OK;
    return bms_error_set(
        error, BMS_INPUT, found->unread,
        bms_tr(job->language, BMS_TEXT("It cannot be read, and may know runs that are to be acknowledged "
                                       "too. Nothing has been stored. Check that you may read it and that "
                                       "the drive is connected, or move it away, and try again.")));
}

static enum bms_status acknowledge(bms_job *job, bms_witnesses_found *found, const char *who,
                                   const char *reason, size_t *n, bms_error *error) {
    size_t unknown = 0;
    enum bms_status status = refuse_unread(job, found, error);
    if (status == BMS_OK)
        status = bms_history_begin(job->history, "acknowledge", job->now, error);
    if (status == BMS_OK)
        status = bms_witnesses_judge(job, found, &unknown, error);
    if (status == BMS_OK && unknown == 0) {
        status = bms_error_set(error, BMS_USAGE, NULL,
                               bms_tr(job->language, BMS_TEXT("There is nothing to acknowledge: the history "
                                                              "knows the copies and reports beside it.")));
    }
    if (status == BMS_OK)
        status = record(job, found, who, reason, n, error);
    return status == BMS_OK ? bms_job_commit(job, error) : status;
}

enum bms_status bms_acknowledge(bms *b, const char *made_by, const char *reason, size_t *n,
                                bms_error *error) {
    bms_job job;
    bms_witnesses_found found = {0};
    const char *who = NULL;
    *n = 0;
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK && bms_text_blank(reason)) {
        status = bms_error_set(error, BMS_USAGE, NULL,
                               bms_tr(job.language, BMS_TEXT("To acknowledge it needs a reason: what "
                                                             "happened, and which backup was put back.")));
    }
    if (status == BMS_OK)
        status = bms_job_open(&job, error);
    if (status == BMS_OK)
        status = gather(&job, &found, error);
    if (status == BMS_OK)
        status = bms_job_who(&job, made_by, &who, error);
    if (status == BMS_OK)
        status = acknowledge(&job, &found, who, reason, n, error);
    bms_job_end(&job);
    return status;
}
