/**
 * bms_forms: one workbook a unit, for a period.
 *
 * All are made under temporary names first and given their names last, so that a full disk leaves the folder
 * as it was. A form on disk is replaced only when it is, byte for byte, what was recorded when it was
 * written: nobody has begun on it.
 */
#include "core/catalogue.h"
#include "core/error.h"
#include "core/form.h"
#include "core/handle.h"
#include "core/platform.h"
#include "core/text.h"
#include "core/workbooks.h"

#include <stdlib.h>
#include <string.h>

/** What is to become of one form. */
struct made {
    const char *path;      /* where it goes */
    const char *name;      /* the same from the history's folder: what is recorded */
    const char *temporary; /* where it lies now; NULL: nowhere */
    const char *unit;
    char sha256[65];
    enum bms_file_action action;
    bool recorded; /* the history knows already that this was written */
    bool done;
};

struct work {
    bms_job *job;
    int period;
    const char *folder;     /* forms/2026-T1 */
    const char *new_folder; /* its path, when it was not there before */
    bool force;
    int64_t made_at;
    bms_arena *arena; /* for one form at a time */
    struct made *made;
    size_t n;
    size_t capacity;
};

static enum bms_status hash_file(const char *path, const char *language, char out[65], bms_error *error) {
    unsigned char *bytes = NULL;
    size_t size = 0;
    enum bms_status status = bms_platform_read_file(path, language, &bytes, &size, error);
    if (status == BMS_OK)
        bms_sha256(bytes, size, out);
    free(bytes);
    return status;
}

/** Decide between what lies at the path, what was recorded of it, and what has been made now. */
static enum bms_status decide(const struct work *work, struct made *made, bms_error *error) {
    char on_disk[65];
    bool known = false;
    bool ours = false;
    enum bms_status status = bms_history_find_written(work->job->history, made->name, made->sha256, &known,
                                                      &made->recorded, error);
    made->action = BMS_FILE_WRITTEN;
    if (status != BMS_OK || bms_platform_path_kind(made->path) == BMS_PATH_MISSING)
        return status;
    status = hash_file(made->path, work->job->language, on_disk, error);
    if (status == BMS_OK)
        status = bms_history_find_written(work->job->history, made->name, on_disk, &known, &ours, error);
    if (status != BMS_OK)
        return status;
    if (strcmp(on_disk, made->sha256) == 0) {
        made->action = BMS_FILE_UNCHANGED;
    } else if (!ours && !work->force) {
        made->action = BMS_FILE_KEPT;
    }
    return BMS_OK;
}

static struct made *add(struct work *work, const bms_unit *unit) {
    bms_arena *arena = work->job->arena;
    struct made *grown = bms_arena_grow(arena, work->made, work->n, &work->capacity, sizeof *work->made);
    char *file = bms_text_file_name(arena, unit->code, unit->name);
    if (!grown || !file)
        return NULL;
    work->made = grown;
    struct made *made = &grown[work->n++];
    made->unit = unit->code;
    made->name = bms_arena_format(arena, "%s/%s", work->folder, file);
    made->path = made->name ? bms_job_path(work->job, made->name) : NULL;
    made->temporary = made->path ? bms_arena_format(arena, "%s.new", made->path) : NULL;
    return made->temporary ? made : NULL;
}

static const char *language_of(const struct work *work, const bms_unit *unit) {
    const char *municipality = work->job->definition->municipality.language;
    if (unit->language && *unit->language)
        return unit->language;
    return municipality && *municipality ? municipality : work->job->language;
}

/** Make the form of one unit under its temporary name; a unit that is asked for nothing gets none. */
static enum bms_status make_one(struct work *work, int index, bms_error *error) {
    const bms_job *job = work->job;
    const bms_unit *unit = &job->definition->units[index];
    bms_form form = {0};
    bms_arena_reset(work->arena);
    enum bms_status status =
        bms_form_make(work->arena, job->definition, job->history, bms_history_seal_key(job->history), index,
                      work->period, language_of(work, unit), work->made_at, &form, error);
    if (status != BMS_OK || form.n_questions == 0)
        return status;
    struct made *made = add(work, unit);
    if (!made)
        return bms_error_no_memory(error);
    status = bms_workbooks_write_form(&form, made->temporary, error);
    if (status == BMS_OK)
        status = hash_file(made->temporary, job->language, made->sha256, error);
    if (status == BMS_OK)
        status = decide(work, made, error);
    if (status == BMS_OK && made->action != BMS_FILE_WRITTEN) {
        bms_platform_remove(made->temporary);
        made->done = true;
    }
    return status;
}

static enum bms_status make_all(struct work *work, int unit, bms_error *error) {
    enum bms_status status = BMS_OK;
    size_t first = unit == BMS_NONE ? 0 : (size_t)unit;
    size_t end = unit == BMS_NONE ? work->job->definition->n_units : first + 1;
    for (size_t i = first; status == BMS_OK && i < end; i++) {
        status = make_one(work, (int)i, error);
        if (status == BMS_OK)
            status = bms_job_progress(work->job, i + 1 - first, end - first, error);
    }
    return status;
}

/** End the run: what was recorded is kept, also when naming failed halfway; a run that recorded nothing is
 * not. */
static enum bms_status end_run(bms_history *history, size_t recorded, enum bms_status recording,
                               bms_error *error) {
    if (recording == BMS_OK && recorded > 0)
        return bms_history_commit(history, error);
    bms_history_roll_back(history);
    return recording;
}

/** Give the forms their names, and record what was written. */
static enum bms_status put_in_place(struct work *work, bms_error *error) {
    bms_job *job = work->job;
    size_t recorded = 0;
    enum bms_status recording = bms_history_begin(job->history, "forms", job->now, error);
    enum bms_status status = recording;
    for (size_t i = 0; status == BMS_OK && i < work->n; i++) {
        struct made *made = &work->made[i];
        if (made->action == BMS_FILE_WRITTEN)
            status = bms_platform_rename(made->temporary, made->path, job->language, error);
        made->done = status == BMS_OK;
        if (made->done && made->action != BMS_FILE_KEPT && !made->recorded) {
            recording = status = bms_history_add_written(job->history, made->name, made->sha256, error);
            recorded++;
        }
    }
    recording = end_run(job->history, recorded, recording, error);
    return status == BMS_OK ? recording : status;
}

static void deliver(const struct work *work) {
    const bms_listener *listener = work->job->listener;
    for (size_t i = 0; listener && listener->on_file && i < work->n; i++) {
        const struct made *made = &work->made[i];
        const bms_file_row row = {.path = made->path, .action = made->action, .unit = made->unit};
        listener->on_file(listener->context, &row);
    }
}

/** Clear away what did not get its name. */
static void clear_away(const struct work *work) {
    for (size_t i = 0; i < work->n; i++) {
        if (!work->made[i].done && work->made[i].temporary)
            bms_platform_remove(work->made[i].temporary);
    }
    if (work->new_folder)
        bms_platform_remove(work->new_folder); /* it stays when there is a form in it */
}

static enum bms_status prepare(struct work *work, const char *period, const char *unit_code, int *unit,
                               bms_error *error) {
    bms_job *job = work->job;
    *unit = BMS_NONE;
    enum bms_status status = bms_job_open_defined(job, error);
    if (status == BMS_OK)
        status = bms_job_form_period(job, period, &work->period, error);
    if (status == BMS_OK && unit_code)
        status = bms_job_unit(job, unit_code, unit, error);
    if (status == BMS_OK)
        status = bms_history_definition_time(job->history, job->definition->version, &work->made_at, error);
    if (status != BMS_OK)
        return status;
    work->folder =
        bms_arena_format(job->arena, "forms/%s", job->definition->calendar[work->period].period.code);
    work->arena = bms_arena_new();
    const char *folder = work->folder ? bms_job_path(job, work->folder) : NULL;
    if (!folder || !work->arena)
        return bms_error_no_memory(error);
    if (bms_platform_path_kind(folder) == BMS_PATH_MISSING)
        work->new_folder = folder;
    return bms_platform_make_folder(folder, job->language, error);
}

enum bms_status bms_forms(bms *b, const char *period, const char *unit, bool force,
                          const bms_listener *listener, bms_error *error) {
    bms_job job;
    struct work work = {.job = &job, .force = force};
    int index = BMS_NONE;
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK)
        status = prepare(&work, period, unit, &index, error);
    if (status == BMS_OK)
        status = make_all(&work, index, error);
    if (status == BMS_OK && work.n == 0) {
        status = bms_job_fail(
            error, BMS_USAGE, NULL,
            bms_message(job.arena, bms_tr(job.language, BMS_TEXT("{unit} is asked for nothing in {period}.")),
                        "unit", unit ? unit : "–", "period", period, NULL));
    }
    if (status == BMS_OK)
        status = put_in_place(&work, error);
    if (status == BMS_OK)
        deliver(&work);
    clear_away(&work);
    bms_arena_free(work.arena);
    bms_job_end(&job);
    return status;
}
