/** bms_close: close a period. Returns that come later are still accepted, but marked late. */
#include "core/base/catalogue.h"
#include "core/job/at_hand.h"

static enum bms_status refuse_closed(const bms_job *job, const char *period, int64_t at, bms_error *error) {
    const char *day = bms_day_text(job->arena, bms_day_here(at), job->language);
    const char *text = bms_tr(job->language, BMS_TEXT("{period} was closed {day}."));
    return bms_job_fail(error, BMS_USAGE, NULL,
                        bms_message(job->arena, text, "period", period, "day", day, NULL));
}

static enum bms_status close_period(bms_job *job, const char *period, const char *by, bms_error *error) {
    int64_t at = 0;
    enum bms_status status = bms_history_begin(job->history, "close", job->now, error);
    if (status == BMS_OK)
        status = bms_history_closed_at(job->history, period, &at, error);
    if (status == BMS_OK && at != 0)
        status = refuse_closed(job, period, at, error);
    if (status == BMS_OK)
        status = bms_history_close_period(job->history, period, by, error);
    return status == BMS_OK ? bms_job_commit(job, error) : status;
}

enum bms_status bms_close(bms *b, const char *period, const char *by, bms_error *error) {
    bms_job job;
    int index = BMS_NONE;
    const char *who = NULL;
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_job_open_defined(&job, error);
    if (status == BMS_OK)
        status = bms_job_period(&job, period, BMS_NOT_CHOSEN, &index, error);
    if (status == BMS_OK)
        status = bms_job_who(&job, by, &who, error);
    if (status == BMS_OK)
        status = close_period(&job, job.definition->calendar[index].period.code, who, error);
    bms_job_end(&job);
    return status;
}
