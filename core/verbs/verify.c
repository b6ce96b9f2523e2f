/** bms_verify and bms_newest_hash: is the history what was stored? */
#include "core/history/integrity.h"
#include "core/job/job.h"

enum bms_status bms_verify(bms *b, const char *hash,
                           void (*on_difference)(void *context, const bms_difference *difference),
                           void *context, bms_verification *out, bms_error *error) {
    bms_job job;
    *out = (bms_verification){0};
    const bms_difference_listener listener = {on_difference, context};
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_job_open(&job, error);
    if (status == BMS_OK)
        status = bms_history_verify(job.history, hash, listener, out, error);
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
