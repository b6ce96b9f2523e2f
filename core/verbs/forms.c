/**
 * bms_forms: one workbook a unit, for a period.
 *
 * All are written under temporary names, recorded, and renamed after the commit (see core/job/written.h).
 */
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/history/past_definitions.h"
#include "core/job/at_hand.h"
#include "core/job/leftovers.h"
#include "core/job/line.h"
#include "core/job/written.h"
#include "core/make/form.h"
#include "core/workbooks.h"

#include <string.h>

struct writing {
    bms_job *job;
    int period;
    const char *folder; /* forms/2026-T1 */
    int64_t made_at;
    size_t first; /* the first unit, of … */
    size_t n;     /* … so many */
    bms_form_past past;
    bms_written_set files;
};

/** A form while it is made. */
struct making {
    bms_form form;
    size_t place;          /* among the files */
    const char *temporary; /* NULL: the unit is asked for nothing */
    char sha256[65];
};

/** Put the form together, with the unit's earlier results from the history. */
static enum bms_status put_together(void *context, bms_line_item *item, int worker, bms_error *error) {
    struct writing *writing = context;
    struct making *making = item->state;
    const bms_job *job = writing->job;
    int index = (int)(writing->first + item->index);
    const bms_unit *unit = &job->definition->units[index];
    (void)worker;
    const bms_form_request request = {.definition = job->definition,
                                      .key = bms_history_seal_key(job->history),
                                      .unit = index,
                                      .period = writing->period,
                                      .language = bms_job_chosen_language(job, index),
                                      .made_at = writing->made_at};
    enum bms_status status = bms_form_make(item->arena, &request, &writing->past, &making->form, error);
    if (status != BMS_OK || making->form.n_questions == 0)
        return status;
    const char *folder = NULL;
    status = bms_written_folder_for(&writing->files, writing->folder, index, &folder, error);
    if (status != BMS_OK)
        return status;
    making->place = writing->files.n;
    const bms_written *written = bms_written_add(
        &writing->files, folder, bms_text_file_name(job->arena, unit->code, unit->name), unit->code);
    if (!written)
        return bms_error_no_memory(error);
    making->temporary = written->temporary;
    return BMS_OK;
}

/** Write the workbook under its temporary name. */
static enum bms_status write(void *context, bms_line_item *item, int worker, bms_error *error) {
    const struct writing *writing = context;
    struct making *making = item->state;
    (void)worker;
    if (!making->temporary)
        return BMS_OK;
    enum bms_status status = bms_workbooks_write_form(&making->form, making->temporary, error);
    return status == BMS_OK ? bms_written_hash(writing->job, making->temporary, making->sha256, error)
                            : status;
}

/** Decide whether the form may replace what is there. */
static enum bms_status decide(void *context, bms_line_item *item, int worker, bms_error *error) {
    struct writing *writing = context;
    const struct making *making = item->state;
    enum bms_status status = BMS_OK;
    (void)worker;
    if (making->temporary) {
        bms_written *written = &writing->files.items[making->place];
        memcpy(written->sha256, making->sha256, sizeof written->sha256);
        status = bms_written_decide(&writing->files, written, error);
    }
    return status == BMS_OK ? bms_job_progress(writing->job, item->index + 1, writing->n, error) : status;
}

static enum bms_status make_all(struct writing *writing, int unit, bms_error *error) {
    static bms_line_stage *const stages[] = {put_together, write, decide};
    bms_job *job = writing->job;
    bms_past_definitions *pasts = bms_past_definitions_new(job->arena, job->definition, job->history);
    if (!pasts)
        return bms_error_no_memory(error);
    writing->past = (bms_form_past){.history = job->history, .definitions = pasts};
    writing->first = unit == BMS_NONE ? 0 : (size_t)unit;
    writing->n = unit == BMS_NONE ? job->definition->n_units : 1;
    const bms_line line = {.context = writing,
                           .n = writing->n,
                           .state_size = sizeof(struct making),
                           .stages = stages,
                           .n_stages = sizeof stages / sizeof stages[0]};
    return bms_line_run(&line, bms_job_threads(job), error);
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
        status = bms_job_period(job, period, BMS_TO_SEND, &writing->period, error);
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
    bms_leftovers_claim(job);
    return bms_written_folder(&writing->files, writing->folder, error);
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
    if (status == BMS_OK && writing.files.n == 0) {
        status = bms_job_asked_for_nothing(&job, unit, job.definition->calendar[writing.period].period.code,
                                           error);
    }
    if (status == BMS_OK)
        status = put_in_place(&writing, error);
    if (status == BMS_OK)
        bms_written_deliver(&writing.files);
    bms_written_clear(&writing.files);
    bms_job_end(&job);
    return status;
}
