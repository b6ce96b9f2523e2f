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
#include "core/base/sha256.h"
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

struct reporting {
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

static const char *language_of(const struct reporting *reporting, const bms_unit *unit) {
    const char *municipality = reporting->job->definition->municipality.language;
    if (unit->language != NULL && *unit->language != '\0') {
        return unit->language;
    }
    return municipality != NULL && *municipality != '\0' ? municipality : reporting->job->language;
}

static struct made *add(struct reporting *reporting, const bms_unit *unit) {
    bms_arena *arena = reporting->job->arena;
    struct made *made =
        bms_arena_grow(arena, &reporting->made, &reporting->n, &reporting->capacity, sizeof *made);
    if (!made)
        return NULL;
    const char *file = bms_text_file_name(arena, unit->code, unit->name);
    made->unit = unit->code;
    made->path = bms_job_path(reporting->job, bms_arena_format(arena, "%s/%s", reporting->folder, file));
    made->temporary = bms_arena_format(arena, "%s.new", made->path);
    return bms_arena_failed(arena) ? NULL : made;
}

/** Build an edition with what it says otherwise than the one before, and write it. @param[out] overdue
 * actions by now */
static enum bms_status write_edition(struct reporting *reporting, int index, const bms_edition *edition,
                                     struct made *made, bool *overdue_by_now, bms_error *error) {
    const bms_job *job = reporting->job;
    const bms_unit *unit = &job->definition->units[index];
    bms_report_model model;
    char hash[65];
    int64_t rests_on = 0;
    const bms_report_run run = {
        .figures = reporting->run.figures, .made_at = edition->made_at, .history = hash};
    bms_arena_reset(reporting->arena);
    enum bms_status status = bms_history_hash_before(
        job->history, edition->run > 0 ? edition->run : INT64_MAX, &rests_on, hash, error);
    if (status != BMS_OK) {
        return status;
    }
    status = bms_report_build(reporting->arena, &run, index, edition->number, language_of(reporting, unit),
                              &model, error);
    if (status == BMS_OK) {
        status = bms_report_past_compare(&reporting->past, job, reporting->arena, &model, error);
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
static enum bms_status make_one(struct reporting *reporting, int index, bms_error *error) {
    const bms_job *job = reporting->job;
    const bms_unit *unit = &job->definition->units[index];
    const char *period = job->definition->calendar[reporting->period].period.code;
    bms_edition edition;
    bool overdue = false;
    struct made *made = add(reporting, unit);
    if (!made)
        return bms_error_no_memory(error);
    enum bms_status status =
        bms_history_find_edition(job->history, unit->code, period, INT_MAX, &edition, error);
    if (status == BMS_OK && edition.number > 0) {
        status = write_edition(reporting, index, &edition, made, &overdue, error);
        if (status != BMS_OK || (!overdue && strcmp(made->sha256, edition.sha256) == 0)) {
            made->unchanged = status == BMS_OK && lies_there(made, job->language);
            return status;
        }
    }
    if (status == BMS_OK) {
        edition = (bms_edition){.number = edition.number + 1, .made_at = job->now};
        status = write_edition(reporting, index, &edition, made, &overdue, error);
    }
    if (status == BMS_OK && counts_editions(job)) {
        reporting->added = true;
        status =
            bms_history_add_edition(job->history, unit->code, period, edition.number, made->sha256, error);
    }
    return status;
}

static enum bms_status make_all(struct reporting *reporting, int unit, bms_error *error) {
    enum bms_status status = BMS_OK;
    size_t first = unit == BMS_NONE ? 0 : (size_t)unit;
    size_t end = unit == BMS_NONE ? reporting->job->definition->n_units : first + 1;
    for (size_t i = first; status == BMS_OK && i < end; i++) {
        if (bms_report_wanted(reporting->run.figures, (int)i)) {
            status = make_one(reporting, (int)i, error);
        }
        if (status == BMS_OK) {
            status = bms_job_progress(reporting->job, i + 1 - first, end - first, error);
        }
    }
    return status;
}

/** Names first, then the commit: an edition that was counted lies there. */
static enum bms_status put_in_place(struct reporting *reporting, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < reporting->n; i++) {
        struct made *made = &reporting->made[i];
        if (made->unchanged) {
            continue;
        }
        status = bms_platform_rename(made->temporary, made->path, reporting->job->language, error);
        made->done = status == BMS_OK;
    }
    if (status == BMS_OK && reporting->added) {
        return bms_history_commit(reporting->job->history, error);
    }
    bms_history_roll_back(reporting->job->history);
    return status;
}

static void deliver(const struct reporting *reporting) {
    const bms_listener *listener = reporting->job->listener;
    for (size_t i = 0; listener != NULL && listener->on_file != NULL && i < reporting->n; i++) {
        const struct made *made = &reporting->made[i];
        const bms_file_row row = {.path = made->path,
                                  .action = made->unchanged ? BMS_FILE_UNCHANGED : BMS_FILE_WRITTEN,
                                  .unit = made->unit};
        listener->on_file(listener->context, &row);
    }
}

static void clear_away(const struct reporting *reporting) {
    for (size_t i = 0; i < reporting->n; i++) {
        if (!reporting->made[i].done && reporting->made[i].temporary != NULL) {
            bms_platform_remove(reporting->made[i].temporary);
        }
    }
}

static enum bms_status fetch(struct reporting *reporting, bms_error *error) {
    const bms_job *job = reporting->job;
    bms_figures *figures = NULL;
    enum bms_status status = bms_figures_new(job->arena, job->definition, reporting->period, &figures, error);
    if (status == BMS_OK) {
        status = bms_figures_load(figures, job->history, error);
    }
    reporting->run = (bms_report_run){.figures = figures, .made_at = job->now};
    return status;
}

static enum bms_status prepare(struct reporting *reporting, const char *period, const char *unit_code,
                               int *unit, bms_error *error) {
    bms_job *job = reporting->job;
    enum bms_status status = bms_job_open_defined(job, error);
    if (status == BMS_OK) {
        status = bms_job_form_period(job, period, &reporting->period, error);
    }
    if (status == BMS_OK && unit_code != NULL) {
        status = bms_job_unit(job, unit_code, unit, error);
    }
    if (status != BMS_OK) {
        return status;
    }
    const char *code = job->definition->calendar[reporting->period].period.code;
    reporting->folder =
        bms_arena_format(job->arena, "reports/%s%s%s%s", code, job->b->as_of ? "/as-of-" : "",
                         job->b->as_of ? job->b->as_of : "", job->b->limits_of_today ? "/limits-now" : "");
    reporting->arena = bms_arena_new();
    const char *folder = reporting->folder == NULL ? NULL : bms_job_path(job, reporting->folder);
    if (folder == NULL || reporting->arena == NULL) {
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
    struct reporting reporting = {.job = &job};
    int index = BMS_NONE;
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK) {
        status = prepare(&reporting, period, unit, &index, error);
    }
    if (status == BMS_OK) {
        status = fetch(&reporting, error);
    }
    if (status == BMS_OK) {
        status = make_all(&reporting, index, error);
    }
    if (status == BMS_OK && reporting.n == 0) {
        const char *text = bms_tr(job.language, BMS_TEXT("{unit} is asked for nothing in {period}."));
        status = bms_job_fail(
            error, BMS_USAGE, NULL,
            bms_message(job.arena, text, "unit", unit == NULL ? "–" : unit, "period", period, NULL));
    }
    if (status == BMS_OK) {
        status = put_in_place(&reporting, error);
    }
    if (status == BMS_OK) {
        deliver(&reporting);
    }
    clear_away(&reporting);
    bms_arena_free(reporting.arena);
    bms_job_end(&job);
    return status;
}
