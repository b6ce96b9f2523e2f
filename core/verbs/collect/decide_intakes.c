/** The Mottak workbooks (see decide.h): those that somebody wrote in are read, and new ones written. */
#include "core/verbs/collect/decide.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/sha256.h"
#include "core/workbooks.h"

#include <stdlib.h>
#include <string.h>

static const char *name_of(const bms_deciding *deciding, int period) {
    const bms_job *job = deciding->job;
    return bms_arena_format(job->arena, "Mottak %s.xlsx", job->definition->calendar[period].period.code);
}

/* Reading */

/** Whether the file is, byte for byte, what was written: then nobody has decided anything in it. What is
 * decided in it may also have been stored by a run that could not give it its other name. */
static enum bms_status is_untouched(const bms_deciding *deciding, bms_filled_intake *intake, const char *name,
                                    bool *untouched, bms_error *error) {
    bool newest = false;
    bms_history *history = deciding->job->history;
    enum bms_status status =
        bms_history_find_written(history, name, intake->sha256, untouched, &newest, error);
    return status == BMS_OK ? bms_history_find_written(history, intake->aside, intake->sha256,
                                                       &intake->carried_out, &newest, error)
                            : status;
}

static enum bms_status read_answers(bms_deciding *deciding, bms_filled_intake *intake, const void *bytes,
                                    size_t size, bms_error *error) {
    const bms_job *job = deciding->job;
    const bms_source source = {.name = intake->path, .bytes = bytes, .size = size};
    bms_error cause = {0};
    enum bms_status status =
        bms_workbooks_read_intake(job->arena, &source, job->language, &intake->answers, &cause);
    if (status == BMS_INPUT) {
        intake->answers = (bms_intake_answers){0};
        intake->unreadable = bms_message(
            job->arena,
            bms_tr(
                job->language,
                BMS_TEXT("The decisions in it could not be read, and the file is left unchanged. {cause}")),
            "cause", cause.message, NULL);
        return BMS_OK;
    }
    if (status != BMS_OK)
        return bms_error_set(error, status, cause.where, cause.message);
    intake->problems = bms_arena_alloc(job->arena, (intake->answers.n + 1) * sizeof *intake->problems);
    return intake->problems ? BMS_OK : bms_error_no_memory(error);
}

static enum bms_status read_intake(bms_deciding *deciding, bms_filled_intake *intake, const char *name,
                                   bms_error *error) {
    unsigned char *bytes = NULL;
    size_t size = 0;
    bool untouched = false;
    enum bms_status status =
        bms_platform_read_file(intake->path, deciding->job->language, &bytes, &size, error);
    if (status == BMS_OK) {
        bms_sha256(bytes, size, intake->sha256);
        status = is_untouched(deciding, intake, name, &untouched, error);
    }
    if (status == BMS_OK && !untouched) {
        status = read_answers(deciding, intake, bytes, size, error);
        deciding->n_intakes += status == BMS_OK;
    }
    free(bytes);
    return status;
}

enum bms_status bms_decide_read_intakes(bms_deciding *deciding, bms_error *error) {
    const bms_job *job = deciding->job;
    enum bms_status status = BMS_OK;
    deciding->intakes =
        bms_arena_alloc(job->arena, (job->definition->n_calendar + 1) * sizeof *deciding->intakes);
    if (!deciding->intakes)
        return bms_error_no_memory(error);
    for (size_t p = 0; status == BMS_OK && p < job->definition->n_calendar; p++) {
        const char *name = name_of(deciding, (int)p);
        bms_filled_intake *intake = &deciding->intakes[deciding->n_intakes];
        *intake = (bms_filled_intake){.period = (int)p, .path = bms_job_path(job, name)};
        intake->aside = bms_written_aside(job->arena, name);
        status = bms_error_of_arena(status, job->arena, error);
        if (status == BMS_OK && bms_platform_path_kind(intake->path) == BMS_PATH_FILE)
            status = read_intake(deciding, intake, name, error);
    }
    for (size_t i = 0; status == BMS_OK && i < deciding->n_intakes; i++) {
        if (!deciding->intakes[i].carried_out)
            status = bms_decide_take_intake(deciding, &deciding->intakes[i], error);
    }
    return status;
}

/* Writing */

static bms_filled_intake *filled(const bms_deciding *deciding, int period) {
    for (size_t i = 0; i < deciding->n_intakes; i++) {
        if (deciding->intakes[i].period == period)
            return &deciding->intakes[i];
    }
    return NULL;
}

static enum bms_status write_one(bms_deciding *deciding, int period, bms_written_set *set, bool *added,
                                 bms_error *error) {
    const bms_job *job = deciding->job;
    const bms_filled_intake *before = filled(deciding, period);
    bms_intake intake;
    int64_t made_at = 0;
    if (before && before->unreadable)
        return BMS_OK;
    enum bms_status status =
        bms_history_definition_time(job->history, job->definition->version, &made_at, error);
    const char *language = job->definition->municipality.language;
    const bms_intake_request request = {.definition = job->definition,
                                        .history = job->history,
                                        .period = period,
                                        .language = *language ? language : job->language,
                                        .made_at = made_at,
                                        .today = bms_day_here(job->now),
                                        .before = before ? &before->answers : NULL,
                                        .problems = before ? before->problems : NULL};
    if (status == BMS_OK)
        status = bms_intake_make(job->arena, &request, &intake, error);
    if (status != BMS_OK)
        return status;
    bms_written *written = bms_written_add(set, "", name_of(deciding, period), NULL);
    if (!written)
        return bms_error_no_memory(error);
    status = bms_workbooks_write_intake(&intake, written->temporary, error);
    /* It has been read: its answers are in the history or in the new one. */
    set->force = before;
    if (status == BMS_OK)
        status = bms_written_made(set, written, error);
    if (status == BMS_OK && bms_written_is_new(written)) {
        *added = true;
        status = bms_written_record(set, written, error);
    }
    if (status == BMS_OK && before && written->action == BMS_FILE_WRITTEN && !before->carried_out) {
        *added = true;
        status = bms_history_add_written(job->history, before->aside, before->sha256, error);
    }
    return status;
}

enum bms_status bms_decide_write(bms_deciding *deciding, const bms_returns *returns, bms_written_set *set,
                                 bool *added, bms_error *error) {
    const bms_job *job = deciding->job;
    enum bms_status status = BMS_OK;
    bms_decide_note_problems(deciding);
    for (size_t p = 0; status == BMS_OK && p < job->definition->n_calendar; p++) {
        if (bms_definition_has_form(job->definition, (int)p) &&
            bms_decide_concerns(deciding, returns, (int)p))
            status = write_one(deciding, (int)p, set, added, error);
    }
    return status;
}

/** Rename one that somebody wrote in, so that nothing in it is lost. */
static enum bms_status move_away(const bms_deciding *deciding, const bms_written *written, bms_error *error) {
    for (size_t i = 0; i < deciding->n_intakes; i++) {
        const bms_filled_intake *intake = &deciding->intakes[i];
        if (!intake->unreadable && strcmp(intake->path, written->path) == 0) {
            return bms_platform_rename(intake->path, bms_job_path(deciding->job, intake->aside),
                                       deciding->job->language, error);
        }
    }
    return BMS_OK;
}

/** Say which file is in the way, besides what it could not be renamed to. */
static void name_it(const bms_job *job, const bms_written *written, bms_error *why) {
    const char *message =
        bms_message(job->arena, bms_tr(job->language, BMS_TEXT("{file} could not be put aside: {why}")),
                    "file", written->name, "why", why->message, NULL);
    if (*message) {
        bms_error_clear(why);
        bms_error_set(why, BMS_NOT_WRITABLE, NULL, message);
    }
}

void bms_decide_place(const bms_deciding *deciding, bms_written_set *set) {
    for (size_t i = 0; i < set->n; i++) {
        bms_error why = {0};
        if (set->items[i].action == BMS_FILE_WRITTEN && move_away(deciding, &set->items[i], &why) != BMS_OK) {
            name_it(deciding->job, &set->items[i], &why);
            bms_written_wait(set, &set->items[i], &why);
        } else {
            bms_written_place(set, &set->items[i]);
        }
    }
}
