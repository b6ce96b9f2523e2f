/** bms_check: check returns as collect does, and store nothing. */
#include "core/base/error.h"
#include "core/job/job.h"
#include "core/verbs/collect/decide.h"
#include "core/verbs/collect/returns.h"

enum bms_status bms_check(bms *b, const bms_source *sources, size_t n, const bms_collect_options *options,
                          const bms_listener *listener, bms_counts *counts, bms_error *error) {
    bms_job job;
    bms_returns returns = {0};
    bms_decisions decisions;
    *counts = (bms_counts){0};
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK)
        status = bms_job_open_if_any(&job, error);
    if (status == BMS_OK)
        status = bms_decide_recall(&job, &decisions, error);
    if (status == BMS_OK)
        status = bms_returns_read(&returns, &job, sources, n, options, false, error);
    if (status == BMS_OK)
        status = bms_returns_settle(&returns, error);
    if (status == BMS_OK)
        status = bms_error_of_arena(status, job.arena, error);
    if (status == BMS_OK)
        bms_returns_deliver(&returns, counts);
    bms_returns_dispose(&returns);
    bms_job_end(&job);
    return status;
}
