/**
 * Corrections of what is held back (see corrections.h): each file is read again in its unit's language, and
 * with the texts that the unit itself may be told.
 *
 * They are made on a line (see core/job/line.h): reading and writing are done by all processors, what asks
 * the history by the calling thread, in order of path.
 */
#include "core/verbs/collect/corrections.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/job/line.h"
#include "core/make/correction.h"
#include "core/workbooks.h"

#include <stdlib.h>
#include <string.h>

/** All corrections of a run. */
struct correcting {
    const bms_job *job;
    const bms_return_record **records; /* those to be corrected, in order of path */
    size_t n;
    bms_written_set *set;
    bms_form_past past;
    int64_t made_at;
    bool *added;
};

/** The correction of one file while it is made. */
struct making {
    const bms_return_record *record;
    int unit;
    int period;
    const char *language;
    bool as_it_was; /* the file has been read again, and is the one that is held back */
    bms_open_return opened;
    bms_form form;
    bms_correction_book book;
    size_t place;          /* among the files */
    const char *temporary; /* NULL: there is none to write */
    char sha256[65];
};

/* The stages of a correction: the first, third and fifth use the history. */

static enum bms_status find(void *context, bms_line_item *item, int worker, bms_error *error) {
    const struct correcting *correcting = context;
    const bms_job *job = correcting->job;
    struct making *making = item->state;
    (void)worker;
    (void)error;
    making->record = correcting->records[item->index];
    making->unit = bms_definition_unit(job->definition, making->record->unit);
    making->period = bms_definition_period(job->definition, making->record->period);
    if (making->unit != BMS_NONE)
        making->language = bms_job_language_of(job, making->unit);
    return BMS_OK;
}

/** Read the file again. */
static enum bms_status read_again(void *context, bms_line_item *item, int worker, bms_error *error) {
    const struct correcting *correcting = context;
    struct making *making = item->state;
    (void)worker;
    if (making->unit == BMS_NONE || making->period == BMS_NONE)
        return BMS_OK;
    bms_job job = *correcting->job; /* in another language; not to be ended */
    job.language = making->language;
    job.to_unit = true;
    enum bms_status status = bms_return_open(&job, making->record->file, item->arena, &making->opened, error);
    if (status != BMS_OK)
        return status;
    making->as_it_was = strcmp(making->opened.sha256, making->record->sha256) == 0;
    bms_return_close(&making->opened);
    return BMS_OK;
}

static enum bms_status add_file(const struct correcting *correcting, struct making *making,
                                bms_error *error) {
    const bms_job *job = correcting->job;
    const bms_unit *unit = &job->definition->units[making->unit];
    const char *folder = bms_arena_format(job->arena, "corrections/%s", making->record->period);
    enum bms_status status = bms_written_folder(correcting->set, folder, error);
    if (status != BMS_OK)
        return status;
    making->place = correcting->set->n;
    const bms_written *written = bms_written_add(
        correcting->set, folder, bms_text_file_name(job->arena, unit->code, unit->name), unit->code);
    if (!written)
        return bms_error_no_memory(error);
    making->temporary = written->temporary;
    return BMS_OK;
}

/** Make the form again, with what is wrong in it. */
static enum bms_status put_together(void *context, bms_line_item *item, int worker, bms_error *error) {
    const struct correcting *correcting = context;
    const bms_job *job = correcting->job;
    struct making *making = item->state;
    (void)worker;
    if (!making->as_it_was)
        return BMS_OK;
    const bms_form_request request = {.definition = job->definition,
                                      .key = bms_history_seal_key(job->history),
                                      .unit = making->unit,
                                      .period = making->period,
                                      .language = making->language,
                                      .made_at = correcting->made_at};
    const bms_held_return held = {.file = bms_sources_base_name(making->record->file->name),
                                  .sent = &making->opened.raw,
                                  .findings = making->opened.findings.items,
                                  .n_findings = making->opened.findings.n};
    enum bms_status status = bms_correction_make(item->arena, &request, &correcting->past, &held,
                                                 &making->form, &making->book, error);
    return status == BMS_OK && making->form.n_questions > 0 ? add_file(correcting, making, error) : status;
}

/** Write the workbook under its temporary name. */
static enum bms_status write(void *context, bms_line_item *item, int worker, bms_error *error) {
    const struct correcting *correcting = context;
    struct making *making = item->state;
    (void)worker;
    if (!making->temporary)
        return BMS_OK;
    enum bms_status status = bms_workbooks_write_correction(&making->book, making->temporary, error);
    return status == BMS_OK ? bms_written_hash(correcting->job, making->temporary, making->sha256, error)
                            : status;
}

/** Decide whether the correction may replace what is there, and record it. */
static enum bms_status record(void *context, bms_line_item *item, int worker, bms_error *error) {
    const struct correcting *correcting = context;
    const struct making *making = item->state;
    (void)worker;
    if (!making->temporary)
        return BMS_OK;
    bms_written *written = &correcting->set->items[making->place];
    memcpy(written->sha256, making->sha256, sizeof written->sha256);
    enum bms_status status = bms_written_decide(correcting->set, written, error);
    if (status != BMS_OK || !bms_written_is_new(written))
        return status;
    *correcting->added = true;
    return bms_written_record(correcting->set, written, error);
}

/* All of them */

/** @return whether the unit gets a correction of this file. */
static bool is_to_be_corrected(const bms_return_record *record) {
    return (record->outcome == BMS_HELD || record->release) && record->unit && record->period &&
           bms_correction_helps(record->findings, record->n_findings) && !record->outdated &&
           !record->replaced;
}

static enum bms_status pick(struct correcting *correcting, const bms_returns *returns, bms_error *error) {
    correcting->records =
        bms_arena_alloc(correcting->job->arena, returns->n * sizeof(const bms_return_record *));
    if (!correcting->records)
        return bms_error_no_memory(error);
    for (size_t i = 0; i < returns->n; i++) {
        if (is_to_be_corrected(&returns->records[i]))
            correcting->records[correcting->n++] = &returns->records[i];
    }
    return BMS_OK;
}

static int by_unit_and_period(const void *left, const void *right) {
    const bms_return_record *a = *(const bms_return_record *const *)left;
    const bms_return_record *b = *(const bms_return_record *const *)right;
    int order = bms_code_compare(a->unit, b->unit);
    return order != 0 ? order : bms_code_compare(a->period, b->period);
}

/** @param[out] twice  two files of a unit and period are to be corrected: both write the same workbook */
static enum bms_status find_twice(const struct correcting *correcting, bool *twice, bms_error *error) {
    size_t size = correcting->n * sizeof(void *);
    const bms_return_record **sorted = malloc(size);
    *twice = false;
    if (!sorted)
        return bms_error_no_memory(error);
    memcpy(sorted, correcting->records, size);
    qsort(sorted, correcting->n, sizeof(void *), by_unit_and_period);
    for (size_t i = 1; i < correcting->n; i++)
        *twice = *twice || by_unit_and_period(&sorted[i - 1], &sorted[i]) == 0;
    free(sorted);
    return BMS_OK;
}

static enum bms_status prepare(struct correcting *correcting, bms_error *error) {
    const bms_job *job = correcting->job;
    correcting->past =
        (bms_form_past){.history = job->history,
                        .definitions = bms_past_definitions_new(job->arena, job->definition, job->history)};
    if (!correcting->past.definitions)
        return bms_error_no_memory(error);
    return bms_history_definition_time(job->history, job->definition->version, &correcting->made_at, error);
}

enum bms_status bms_corrections_make(const bms_returns *returns, bms_written_set *set, bool *added,
                                     bms_error *error) {
    static bms_line_stage *const stages[] = {find, read_again, put_together, write, record};
    struct correcting correcting = {.job = returns->job, .set = set, .added = added};
    bool twice = false;
    enum bms_status status = pick(&correcting, returns, error);
    if (status != BMS_OK || correcting.n == 0)
        return status;
    status = find_twice(&correcting, &twice, error);
    if (status == BMS_OK)
        status = prepare(&correcting, error);
    const bms_line line = {.context = &correcting,
                           .n = correcting.n,
                           .state_size = sizeof(struct making),
                           .stages = stages,
                           .n_stages = sizeof stages / sizeof stages[0]};
    return status == BMS_OK ? bms_line_run(&line, twice ? 1 : returns->threads, error) : status;
}
