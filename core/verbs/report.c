/**
 * bms_report: a workbook for every unit, every leader and the municipality, for a period.
 *
 * The answers are fetched once for all. The workbooks are made under temporary names and given their names
 * last, in the run that counts their editions: a failure before that leaves folder and history as they were.
 * A report that says what its last edition said is that edition; with nothing new there is no run. Reports of
 * the past lie in a folder of their own and count nothing.
 */
#include "core/report/report.h"
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/text.h"
#include "core/job/job.h"
#include "core/verbs/report_past.h"
#include "core/workbooks.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/** One report on its way to its name. */
struct made {
    const char *path;
    const char *temporary;
    const char *unit;
    char sha256[65];
    bool unchanged; /* it lies there already */
    bool done;
};

struct work {
    bms_job *job;
    int period;
    const char *folder; /* reports/2026-T1 */
    bms_report_run run;
    bms_arena *arena; /* for one report at a time */
    struct made *made;
    size_t n;
    size_t capacity;
    bool added; /* an edition */
    bms_report_past *past;
};

/** Looks at the past, and by limits that did not hold then, are nobody's edition. */
static bool counts_editions(const bms_job *job) {
    return job->b->as_of == NULL && !job->b->limits_of_today;
}

static enum bms_status hash_of_file(const char *path, const char *language, char out[65], bms_error *error) {
    unsigned char *bytes = NULL;
    size_t size = 0;
    enum bms_status status = bms_platform_read_file(path, language, &bytes, &size, error);
    if (status == BMS_OK) {
        bms_sha256(bytes, size, out);
    }
    free(bytes);
    return status;
}

/** @return whether the file with its name is the same already. */
static bool lies_there(const struct made *made, const char *language) {
    char sha256[65];
    return bms_platform_path_kind(made->path) == BMS_PATH_FILE &&
           hash_of_file(made->path, language, sha256, NULL) == BMS_OK && strcmp(sha256, made->sha256) == 0;
}

static const char *language_of(const struct work *work, const bms_unit *unit) {
    const char *municipality = work->job->definition->municipality.language;
    if (unit->language != NULL && *unit->language != '\0') {
        return unit->language;
    }
    return municipality != NULL && *municipality != '\0' ? municipality : work->job->language;
}

static struct made *add(struct work *work, const bms_unit *unit) {
    bms_arena *arena = work->job->arena;
    struct made *grown = bms_arena_grow(arena, work->made, work->n, &work->capacity, sizeof *work->made);
    char *file = bms_text_file_name(arena, unit->code, unit->name);
    if (grown == NULL || file == NULL) {
        return NULL;
    }
    work->made = grown;
    struct made *made = &grown[work->n++];
    const char *name = bms_arena_format(arena, "%s/%s", work->folder, file);
    made->unit = unit->code;
    made->path = name == NULL ? NULL : bms_job_path(work->job, name);
    made->temporary = made->path == NULL ? NULL : bms_arena_format(arena, "%s.new", made->path);
    return made->temporary == NULL ? NULL : made;
}

/** Build an edition with what it says otherwise than the one before, and write it. @param[out] overdue
 * actions by now */
static enum bms_status write_edition(struct work *work, int index, const bms_edition *edition,
                                     struct made *made, bool *overdue_by_now, bms_error *error) {
    const bms_job *job = work->job;
    const bms_unit *unit = &job->definition->units[index];
    bms_report_model model;
    char hash[65];
    int64_t rests_on = 0;
    const bms_report_run run = {.figures = work->run.figures, .made_at = edition->made_at, .history = hash};
    bms_arena_reset(work->arena);
    enum bms_status status = bms_history_hash_before(
        job->history, edition->run > 0 ? edition->run : INT64_MAX, &rests_on, hash, error);
    if (status != BMS_OK) {
        return status;
    }
    status =
        bms_report_build(work->arena, &run, index, edition->number, language_of(work, unit), &model, error);
    if (status == BMS_OK) {
        status = bms_report_past_compare(&work->past, job, work->arena, &model, error);
    }
    if (status == BMS_OK) {
        status = bms_workbooks_write_report(&model, made->temporary, error);
    }
    *overdue_by_now = false;
    for (size_t i = 0; status == BMS_OK && i < model.n_actions; i++) {
        const bms_report_action *action = &model.actions[i];
        bool overdue = !action->done && action->due != BMS_NO_DAY && action->due < bms_day_of_time(job->now);
        *overdue_by_now = *overdue_by_now || overdue != action->overdue;
    }
    return status == BMS_OK ? hash_of_file(made->temporary, job->language, made->sha256, error) : status;
}

/** The last edition once more when it says the same as then; else the next. */
static enum bms_status make_one(struct work *work, int index, bms_error *error) {
    const bms_job *job = work->job;
    const bms_unit *unit = &job->definition->units[index];
    const char *period = job->definition->calendar[work->period].period.code;
    bms_edition edition;
    bool overdue = false;
    struct made *made = add(work, unit);
    if (!made)
        return bms_error_no_memory(error);
    enum bms_status status =
        bms_history_find_edition(job->history, unit->code, period, INT_MAX, &edition, error);
    if (status == BMS_OK && edition.number > 0) {
        status = write_edition(work, index, &edition, made, &overdue, error);
        if (status != BMS_OK || (!overdue && strcmp(made->sha256, edition.sha256) == 0)) {
            made->unchanged = status == BMS_OK && lies_there(made, job->language);
            return status;
        }
    }
    if (status == BMS_OK) {
        edition = (bms_edition){.number = edition.number + 1, .made_at = job->now};
        status = write_edition(work, index, &edition, made, &overdue, error);
    }
    if (status == BMS_OK && counts_editions(job)) {
        work->added = true;
        status =
            bms_history_add_edition(job->history, unit->code, period, edition.number, made->sha256, error);
    }
    return status;
}

static enum bms_status make_all(struct work *work, int unit, bms_error *error) {
    enum bms_status status = BMS_OK;
    size_t first = unit == BMS_NONE ? 0 : (size_t)unit;
    size_t end = unit == BMS_NONE ? work->job->definition->n_units : first + 1;
    for (size_t i = first; status == BMS_OK && i < end; i++) {
        if (bms_report_wanted(work->run.figures, (int)i)) {
            status = make_one(work, (int)i, error);
        }
        if (status == BMS_OK) {
            status = bms_job_progress(work->job, i + 1 - first, end - first, error);
        }
    }
    return status;
}

/** Names first, then the commit: an edition that was counted lies there. */
static enum bms_status put_in_place(struct work *work, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < work->n; i++) {
        struct made *made = &work->made[i];
        if (made->unchanged) {
            continue;
        }
        status = bms_platform_rename(made->temporary, made->path, work->job->language, error);
        made->done = status == BMS_OK;
    }
    if (status == BMS_OK && work->added) {
        return bms_history_commit(work->job->history, error);
    }
    bms_history_roll_back(work->job->history);
    return status;
}

static void deliver(const struct work *work) {
    const bms_listener *listener = work->job->listener;
    for (size_t i = 0; listener != NULL && listener->on_file != NULL && i < work->n; i++) {
        const struct made *made = &work->made[i];
        const bms_file_row row = {.path = made->path,
                                  .action = made->unchanged ? BMS_FILE_UNCHANGED : BMS_FILE_WRITTEN,
                                  .unit = made->unit};
        listener->on_file(listener->context, &row);
    }
}

static void clear_away(const struct work *work) {
    for (size_t i = 0; i < work->n; i++) {
        if (!work->made[i].done && work->made[i].temporary != NULL) {
            bms_platform_remove(work->made[i].temporary);
        }
    }
}

static enum bms_status fetch(struct work *work, bms_error *error) {
    const bms_job *job = work->job;
    bms_figures *figures = NULL;
    enum bms_status status = bms_figures_new(job->arena, job->definition, work->period, &figures, error);
    if (status == BMS_OK) {
        status = bms_figures_load(figures, job->history, error);
    }
    work->run = (bms_report_run){.figures = figures, .made_at = job->now};
    return status;
}

static enum bms_status prepare(struct work *work, const char *period, const char *unit_code, int *unit,
                               bms_error *error) {
    bms_job *job = work->job;
    enum bms_status status = bms_job_open_defined(job, error);
    if (status == BMS_OK) {
        status = bms_job_form_period(job, period, &work->period, error);
    }
    if (status == BMS_OK && unit_code != NULL) {
        status = bms_job_unit(job, unit_code, unit, error);
    }
    if (status != BMS_OK) {
        return status;
    }
    const char *code = job->definition->calendar[work->period].period.code;
    work->folder =
        bms_arena_format(job->arena, "reports/%s%s%s%s", code, job->b->as_of ? "/as-of-" : "",
                         job->b->as_of ? job->b->as_of : "", job->b->limits_of_today ? "/limits-now" : "");
    work->arena = bms_arena_new();
    const char *folder = work->folder == NULL ? NULL : bms_job_path(job, work->folder);
    if (folder == NULL || work->arena == NULL) {
        return bms_error_no_memory(error);
    }
    status = bms_platform_make_folder(folder, job->language, error);
    if (status == BMS_OK && counts_editions(job)) {
        status = bms_history_begin(job->history, "report", job->now, error);
    }
    return status;
}

enum bms_status bms_report(bms *b, const char *period, const char *unit, const bms_listener *listener,
                           bms_error *error) {
    bms_job job;
    struct work work = {.job = &job};
    int index = BMS_NONE;
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK) {
        status = prepare(&work, period, unit, &index, error);
    }
    if (status == BMS_OK) {
        status = fetch(&work, error);
    }
    if (status == BMS_OK) {
        status = make_all(&work, index, error);
    }
    if (status == BMS_OK && work.n == 0) {
        const char *text = bms_tr(job.language, BMS_TEXT("{unit} is asked for nothing in {period}."));
        status = bms_job_fail(
            error, BMS_USAGE, NULL,
            bms_message(job.arena, text, "unit", unit == NULL ? "–" : unit, "period", period, NULL));
    }
    if (status == BMS_OK) {
        status = put_in_place(&work, error);
    }
    if (status == BMS_OK) {
        deliver(&work);
    }
    clear_away(&work);
    bms_arena_free(work.arena);
    bms_job_end(&job);
    return status;
}
