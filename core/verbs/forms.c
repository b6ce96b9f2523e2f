/**
 * bms_forms: one workbook a unit, for a period.
 *
 * All are written under temporary names, recorded, and renamed after the commit (see core/job/written.h).
 */
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/history/past_definitions.h"
#include "core/job/job.h"
#include "core/job/written.h"
#include "core/make/form.h"
#include "core/workbooks.h"

struct writing {
    bms_job *job;
    int period;
    const char *folder; /* forms/2026-T1 */
    int64_t made_at;
    bms_arena *arena; /* for one form at a time */
    bms_form_past past;
    bms_written_set files;
};

/** Write the form of one unit under its temporary name; none when nothing is asked. */
static enum bms_status make_one(struct writing *writing, int index, bms_error *error) {
    const bms_job *job = writing->job;
    const bms_unit *unit = &job->definition->units[index];
    bms_form form = {0};
    bms_arena_reset(writing->arena);
    const bms_form_request request = {.definition = job->definition,
                                      .key = bms_history_seal_key(job->history),
                                      .unit = index,
                                      .period = writing->period,
                                      .language = bms_job_language_of(job, index),
                                      .made_at = writing->made_at};
    enum bms_status status = bms_form_make(writing->arena, &request, &writing->past, &form, error);
    if (status != BMS_OK || form.n_questions == 0)
        return status;
    bms_written *written = bms_written_add(
        &writing->files, writing->folder, bms_text_file_name(job->arena, unit->code, unit->name), unit->code);
    if (!written)
        return bms_error_no_memory(error);
    status = bms_workbooks_write_form(&form, written->temporary, error);
    return status == BMS_OK ? bms_written_made(&writing->files, written, error) : status;
}

static enum bms_status make_all(struct writing *writing, int unit, bms_error *error) {
    bms_job *job = writing->job;
    bms_past_definitions *pasts = bms_past_definitions_new(job->arena, job->definition, job->history);
    enum bms_status status = pasts ? BMS_OK : bms_error_no_memory(error);
    writing->past = (bms_form_past){.history = job->history, .definitions = pasts};
    size_t first = unit == BMS_NONE ? 0 : (size_t)unit;
    size_t end = unit == BMS_NONE ? writing->job->definition->n_units : first + 1;
    for (size_t i = first; status == BMS_OK && i < end; i++) {
        status = make_one(writing, (int)i, error);
        if (status == BMS_OK)
            status = bms_job_progress(writing->job, i + 1 - first, end - first, error);
    }
    return status;
}

/** Record the forms in one run, then give them their names. */
static enum bms_status put_in_place(struct writing *writing, bms_error *error) {
    bms_job *job = writing->job;
    bool added = false;
    enum bms_status status = bms_history_begin(job->history, "forms", job->now, error);
    for (size_t i = 0; status == BMS_OK && i < writing->files.n; i++) {
        bms_written *written = &writing->files.items[i];
        if (!bms_written_is_new(written))
            continue;
        added = true;
        status = bms_written_record(&writing->files, written, error);
    }
    status = bms_job_end_run(job, added, status, error);
    if (status == BMS_OK)
        bms_written_place_all(&writing->files);
    return status;
}

static enum bms_status prepare(struct writing *writing, const char *period, const char *unit_code, int *unit,
                               bms_error *error) {
    bms_job *job = writing->job;
    *unit = BMS_NONE;
    enum bms_status status = bms_job_open_defined(job, error);
    if (status == BMS_OK)
        status = bms_job_form_period(job, period, &writing->period, error);
    if (status == BMS_OK && unit_code)
        status = bms_job_unit(job, unit_code, unit, error);
    if (status == BMS_OK) {
        status =
            bms_history_definition_time(job->history, job->definition->version, &writing->made_at, error);
    }
    if (status != BMS_OK)
        return status;
    writing->folder =
        bms_arena_format(job->arena, "forms/%s", job->definition->calendar[writing->period].period.code);
    writing->arena = bms_arena_new();
    return writing->arena ? bms_written_folder(&writing->files, writing->folder, error)
                          : bms_error_no_memory(error);
}

enum bms_status bms_forms(bms *b, const char *period, const char *unit, bool force,
                          const bms_listener *listener, bms_error *error) {
    bms_job job;
    struct writing writing = {.job = &job, .files = {.job = &job, .force = force}};
    int index = BMS_NONE;
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK)
        status = prepare(&writing, period, unit, &index, error);
    if (status == BMS_OK)
        status = make_all(&writing, index, error);
    if (status == BMS_OK && writing.files.n == 0)
        status = bms_job_asked_for_nothing(&job, unit, period, error);
    if (status == BMS_OK)
        status = put_in_place(&writing, error);
    if (status == BMS_OK)
        bms_written_deliver(&writing.files);
    bms_written_clear(&writing.files);
    bms_arena_free(writing.arena);
    bms_job_end(&job);
    return status;
}
