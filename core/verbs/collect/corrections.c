/**
 * Corrections of what is held back (see corrections.h): each file is read again in its unit's language, and
 * with the texts that the unit itself may be told.
 */
#include "core/verbs/collect/corrections.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/make/correction.h"
#include "core/workbooks.h"

#include <string.h>

/** @return whether the unit gets a correction of this file. */
static bool is_to_be_corrected(const bms_return_record *record) {
    return (record->outcome == BMS_HELD || record->release) && record->unit && record->period &&
           bms_correction_helps(record->findings, record->n_findings) && !record->outdated &&
           !record->replaced;
}

/** The correction of one file, read again in the language of its unit. */
struct correcting {
    const bms_returns *returns;
    bms_written_set *set;
    bms_job job; /* a copy of the job in another language; not to be ended */
    bms_arena *arena;
    int64_t made_at;
    bms_open_return opened;
};

static enum bms_status write(struct correcting *correcting, int unit, int period,
                             const bms_return_record *record, bms_error *error) {
    const bms_definition *definition = correcting->job.definition;
    bms_form form = {0};
    bms_correction_book correction;
    const bms_form_request request = {.definition = definition,
                                      .key = bms_history_seal_key(correcting->job.history),
                                      .unit = unit,
                                      .period = period,
                                      .language = correcting->job.language,
                                      .made_at = correcting->made_at};
    const bms_form_past past = {.history = correcting->job.history};
    const bms_held_return held = {.file = bms_sources_base_name(record->file->name),
                                  .sent = &correcting->opened.raw,
                                  .findings = correcting->opened.findings.items,
                                  .n_findings = correcting->opened.findings.n};
    enum bms_status status =
        bms_correction_make(correcting->arena, &request, &past, &held, &form, &correction, error);
    if (status != BMS_OK || form.n_questions == 0)
        return status;
    const char *name = bms_arena_format(correcting->arena, "corrections/%s", record->period);
    status = bms_error_of_arena(status, correcting->arena, error);
    if (status == BMS_OK)
        status = bms_written_folder(correcting->set, name, error);
    if (status != BMS_OK)
        return status;
    const bms_unit *of = &definition->units[unit];
    bms_written *written = bms_written_add(
        correcting->set, name, bms_text_file_name(correcting->set->job->arena, of->code, of->name), of->code);
    if (!written)
        return bms_error_no_memory(error);
    status = bms_workbooks_write_correction(&correction, written->temporary, error);
    return status == BMS_OK ? bms_written_made(correcting->set, written, error) : status;
}

static enum bms_status make_one(struct correcting *correcting, const bms_return_record *record, bool *added,
                                bms_error *error) {
    const bms_job *job = correcting->returns->job;
    const int unit = bms_definition_unit(job->definition, record->unit);
    const int period = bms_definition_period(job->definition, record->period);
    const size_t before = correcting->set->n;
    if (unit == BMS_NONE || period == BMS_NONE)
        return BMS_OK;
    correcting->job = *job;
    correcting->job.language = bms_job_language_of(job, unit);
    correcting->job.to_unit = true;
    bms_arena_reset(correcting->arena);
    enum bms_status status =
        bms_return_open(&correcting->job, record->file, correcting->arena, &correcting->opened, error);
    if (status != BMS_OK)
        return status;
    if (strcmp(correcting->opened.sha256, record->sha256) == 0)
        status = write(correcting, unit, period, record, error);
    bms_return_close(&correcting->opened);
    if (status == BMS_OK && correcting->set->n > before &&
        bms_written_is_new(&correcting->set->items[before])) {
        *added = true;
        status = bms_written_record(correcting->set, &correcting->set->items[before], error);
    }
    return status;
}

enum bms_status bms_corrections_make(const bms_returns *returns, bms_written_set *set, bool *added,
                                     bms_error *error) {
    const bms_job *job = returns->job;
    struct correcting correcting = {.returns = returns, .set = set, .arena = bms_arena_new()};
    enum bms_status status = correcting.arena ? BMS_OK : bms_error_no_memory(error);
    if (status == BMS_OK) {
        status =
            bms_history_definition_time(job->history, job->definition->version, &correcting.made_at, error);
    }
    for (size_t i = 0; status == BMS_OK && i < returns->n; i++) {
        if (is_to_be_corrected(&returns->records[i]))
            status = make_one(&correcting, &returns->records[i], added, error);
    }
    bms_arena_free(correcting.arena);
    return status;
}
