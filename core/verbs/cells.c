/** bms_cells and bms_contents: a workbook as the reader sees it. */
#include "core/job/job.h"
#include "core/workbooks.h"

enum bms_status bms_cells(bms *b, const bms_source *workbook, bool details,
                          void (*on_cell)(void *context, const bms_cell_row *cell), void *context,
                          bms_error *error) {
    bms_job job;
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_workbooks_each_cell(workbook, job.language, details, on_cell, context, error);
    bms_job_end(&job);
    return status;
}

enum bms_status bms_contents(bms *b, const bms_source *workbook, const bms_contents_listener *listener,
                             bms_error *error) {
    bms_job job;
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_workbooks_contents(workbook, job.language, listener, error);
    bms_job_end(&job);
    return status;
}
