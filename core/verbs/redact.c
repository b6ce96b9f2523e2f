/** bms_redact: blank what must not stay, on record. */
#include "core/catalogue.h"
#include "core/error.h"
#include "core/handle.h"
#include "core/history_integrity.h"

static bool is_empty(const char *text) {
    return !text || !*text;
}

static enum bms_status check(const bms_job *job, const bms_redaction *redaction, bms_error *error) {
    if (!is_empty(redaction->unit) && !is_empty(redaction->period) && !is_empty(redaction->made_by) &&
        !is_empty(redaction->reason))
        return BMS_OK;
    return bms_error_set(
        error, BMS_USAGE, NULL,
        bms_tr(job->language, BMS_TEXT("Say whose return, of which period, who removes it and "
                                       "why.")));
}

static enum bms_status blank(bms_job *job, const bms_redaction *redaction, size_t *n, bms_error *error) {
    enum bms_status status = bms_history_begin(job->history, "redact", job->now, error);
    if (status == BMS_OK)
        status = bms_history_redact(job->history, redaction, n, error);
    if (status == BMS_OK && *n == 0) {
        status =
            bms_error_set(error, BMS_USAGE, redaction->unit,
                          bms_tr(job->language, BMS_TEXT("There is nothing to remove: no such return, or "
                                                         "it is empty already.")));
    }
    return status == BMS_OK ? bms_history_commit(job->history, error) : status;
}

/** What the history no longer says may still be said elsewhere. */
static void warn_of_copies(const bms_listener *listener, const bms_job *job, const bms_redaction *redaction) {
    const bms_finding finding = {
        .rule = "copies_remain",
        .severity = BMS_WARNING,
        .file = job->b->history,
        .unit = redaction->unit,
        .message =
            redaction->what == BMS_REDACT_ORIGINAL
                ? bms_tr(job->language, BMS_TEXT("It may still stand in the returns' folder, in reports "
                                                 "and in backup copies of the history."))
                : bms_tr(job->language,
                         BMS_TEXT("It may still stand in the original file kept in the history, in the "
                                  "returns' folder, in reports and in backup copies.")),
        .fix = bms_tr(job->language, BMS_TEXT("Remove it there too."))};
    if (listener && listener->on_finding)
        listener->on_finding(listener->context, &finding);
}

enum bms_status bms_redact(bms *b, const bms_redaction *redaction, const bms_listener *listener, size_t *n,
                           bms_error *error) {
    bms_job job;
    *n = 0;
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK)
        status = check(&job, redaction, error);
    if (status == BMS_OK)
        status = bms_job_open(&job, error);
    if (status == BMS_OK)
        status = bms_history_erase_deleted(job.history, error);
    if (status == BMS_OK)
        status = blank(&job, redaction, n, error);
    if (status == BMS_OK)
        warn_of_copies(listener, &job, redaction);
    bms_job_end(&job);
    return status;
}
