/** bms_setup: load or renew the definition from a setup workbook. */
#include "core/definition.h"
#include "core/error.h"
#include "core/findings.h"
#include "core/handle.h"
#include "core/workbooks.h"

/** Store a sound setup, unless the newest stored one says the same. */
static enum bms_status store(bms_job *job, const bms_setup_book *book, const char *file, bms_error *error) {
    int version = 0;
    bool added = false;
    enum bms_status status = bms_history_begin(job->history, "setup", job->now, error);
    if (status == BMS_OK)
        status = bms_history_add_definition(job->history, book, file, &version, &added, error);
    if (status != BMS_OK)
        return status;
    if (added)
        return bms_history_commit(job->history, error);
    bms_history_roll_back(job->history);
    return BMS_OK;
}

static enum bms_status read(bms_job *job, const bms_source *workbook, bms_setup_book *book,
                            bms_findings *findings, bms_error *error) {
    bms_definition definition = {0};
    enum bms_status status = bms_workbooks_read_setup(job->arena, workbook, book, findings, error);
    if (status == BMS_OK)
        status = bms_definition_read(job->arena, book, workbook->name, &definition, findings, error);
    if (status == BMS_OK && findings->out_of_memory)
        status = bms_error_no_memory(error);
    return status;
}

enum bms_status bms_setup(bms *b, const bms_source *workbook, const bms_listener *listener, size_t *mistakes,
                          bms_error *error) {
    bms_job job;
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    bms_findings findings = {.arena = job.arena, .language = job.language, .file = workbook->name};
    bms_setup_book *book = NULL;
    *mistakes = 0;
    if (status == BMS_OK)
        book = bms_arena_alloc(job.arena, sizeof *book);
    if (status == BMS_OK && !book)
        status = bms_error_no_memory(error);
    if (status == BMS_OK)
        status = bms_job_open(&job, error);
    if (status == BMS_OK)
        status = read(&job, workbook, book, &findings, error);
    if (status == BMS_OK)
        *mistakes = bms_findings_count(&findings, BMS_SEVERE);
    if (status == BMS_OK && *mistakes == 0)
        status = store(&job, book, workbook->name, error);
    if (status == BMS_OK)
        bms_job_warn_of_cloud(&job);
    if (status == BMS_OK)
        bms_findings_deliver(&findings, listener);
    bms_job_end(&job);
    return status;
}
