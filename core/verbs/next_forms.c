/** bms_next_forms: the period whose forms are to be written next. */
#include "core/base/error.h"
#include "core/job/at_hand.h"

enum bms_status bms_next_forms(bms *b, void (*on_period)(void *context, const char *period, const char *name),
                               void *context, bms_error *error) {
    bms_job job;
    int period = BMS_NONE;
    const char *name = "";
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_job_open_defined(&job, error);
    if (status == BMS_OK)
        status = bms_job_next_forms(&job, &period, error);
    if (status == BMS_OK && period != BMS_NONE) {
        name = bms_definition_period_name(job.definition, period, job.arena, job.language);
        status = bms_error_of_arena(status, job.arena, error);
    }
    if (status == BMS_OK && period != BMS_NONE)
        on_period(context, job.definition->calendar[period].period.code, name);
    bms_job_end(&job);
    return status;
}
