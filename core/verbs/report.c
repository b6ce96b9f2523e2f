/**
 * bms_report: a workbook for every unit, every leader and the municipality, for a period.
 *
 * The answers are fetched once for all reports. The workbooks are written under temporary names and renamed
 * last, before the commit of the run that counts their editions: an earlier failure leaves folder and history
 * as they were. A report that says the same as its last edition is that edition; with nothing new there is no
 * run. Reports as of an earlier date go to a folder of their own and count no editions.
 */
#include "core/report/report.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/text.h"
#include "core/job/written.h"
#include "core/verbs/report_past.h"
#include "core/workbooks.h"

#include <limits.h>
#include <string.h>

struct reporting {
    bms_job *job;
    int period;
    const char *folder; /* reports/2026-T1 */
    bms_report_run run;
    bms_arena *arena; /* for one report at a time */
    bms_written_set files;
    bool added; /* an edition */
    bms_report_past *past;
};

/** Only today's report, by the limits of the period, is an edition. */
static bool counts_editions(const bms_job *job) {
    return !job->b->as_of && !job->b->limits_of_today;
}

/** @return whether an action has become overdue since the report was made. */
static bool is_overdue_by_now(const bms_report_model *model, bms_day today) {
    for (size_t i = 0; i < model->n_actions; i++) {
        const bms_report_action *action = &model->actions[i];
        if (bms_report_action_is_overdue(action, today) != action->overdue)
            return true;
    }
    return false;
}

/** Build an edition, with what has changed since the one before, and write it. */
static enum bms_status write_edition(struct reporting *reporting, int index, const bms_edition *edition,
                                     bms_written *written, bool *overdue_by_now, bms_error *error) {
    const bms_job *job = reporting->job;
    bms_report_model model = {0};
    char hash[65];
    int64_t rests_on = 0;
    const bms_report_run run = {
        .figures = reporting->run.figures, .made_at = edition->made_at, .history = hash};
    bms_arena_reset(reporting->arena);
    enum bms_status status = bms_history_hash_before(
        job->history, edition->run > 0 ? edition->run : INT64_MAX, &rests_on, hash, error);
    if (status == BMS_OK) {
        status = bms_report_build(reporting->arena, &run, index, edition->number,
                                  bms_job_language_of(job, index), &model, error);
    }
    if (status == BMS_OK)
        status = bms_report_past_compare(&reporting->past, job, reporting->arena, &model, error);
    status = bms_error_of_arena(status, reporting->arena, error);
    if (status == BMS_OK)
        status = bms_workbooks_write_report(&model, written->temporary, error);
    *overdue_by_now = status == BMS_OK && is_overdue_by_now(&model, bms_day_of_time(job->now));
    return status == BMS_OK ? bms_written_hash(&reporting->files, written, error) : status;
}

/** Write the last edition again when it would say the same; else the next. */
static enum bms_status make_one(struct reporting *reporting, int index, bms_error *error) {
    const bms_job *job = reporting->job;
    const bms_unit *unit = &job->definition->units[index];
    const char *period = job->definition->calendar[reporting->period].period.code;
    bms_edition edition;
    bool overdue = false;
    bms_written *written =
        bms_written_add(&reporting->files, reporting->folder,
                        bms_text_file_name(job->arena, unit->code, unit->name), unit->code);
    if (!written)
        return bms_error_no_memory(error);
    enum bms_status status =
        bms_history_find_edition(job->history, unit->code, period, INT_MAX, &edition, error);
    if (status == BMS_OK && edition.number > 0) {
        status = write_edition(reporting, index, &edition, written, &overdue, error);
        if (status == BMS_OK && !overdue && strcmp(written->sha256, edition.sha256) == 0) {
            if (bms_written_lies_there(&reporting->files, written))
                written->action = BMS_FILE_UNCHANGED;
            return BMS_OK;
        }
    }
    if (status == BMS_OK) {
        edition = (bms_edition){.number = edition.number + 1, .made_at = job->now};
        status = write_edition(reporting, index, &edition, written, &overdue, error);
    }
    if (status == BMS_OK && counts_editions(job)) {
        reporting->added = true;
        status =
            bms_history_add_edition(job->history, unit->code, period, edition.number, written->sha256, error);
    }
    return status;
}

static enum bms_status make_all(struct reporting *reporting, int unit, bms_error *error) {
    enum bms_status status = BMS_OK;
    size_t first = unit == BMS_NONE ? 0 : (size_t)unit;
    size_t end = unit == BMS_NONE ? reporting->job->definition->n_units : first + 1;
    for (size_t i = first; status == BMS_OK && i < end; i++) {
        if (bms_report_wanted(reporting->run.figures, (int)i))
            status = make_one(reporting, (int)i, error);
        if (status == BMS_OK)
            status = bms_job_progress(reporting->job, i + 1 - first, end - first, error);
    }
    return status;
}

/** Rename first, then commit, so that every edition that is counted has its file. */
static enum bms_status put_in_place(struct reporting *reporting, bms_error *error) {
    enum bms_status status = bms_written_place_all(&reporting->files, error);
    return bms_job_end_run(reporting->job, reporting->added, status, error);
}

static enum bms_status fetch(struct reporting *reporting, bms_error *error) {
    const bms_job *job = reporting->job;
    bms_figures *figures = NULL;
    enum bms_status status = bms_figures_new(job->arena, job->definition, reporting->period,
                                             bms_day_of_time(job->now), &figures, error);
    if (status == BMS_OK)
        status = bms_figures_load(figures, job->history, error);
    reporting->run = (bms_report_run){.figures = figures, .made_at = job->now};
    return status;
}

static enum bms_status prepare(struct reporting *reporting, const char *period, const char *unit_code,
                               int *unit, bms_error *error) {
    bms_job *job = reporting->job;
    enum bms_status status = bms_job_open_defined(job, error);
    if (status == BMS_OK)
        status = bms_job_form_period(job, period, &reporting->period, error);
    if (status == BMS_OK && unit_code)
        status = bms_job_unit(job, unit_code, unit, error);
    if (status != BMS_OK)
        return status;
    const char *code = job->definition->calendar[reporting->period].period.code;
    reporting->folder =
        bms_arena_format(job->arena, "reports/%s%s%s%s", code, job->b->as_of ? "/as-of-" : "",
                         job->b->as_of ? job->b->as_of : "", job->b->limits_of_today ? "/limits-now" : "");
    const char *folder = bms_job_path(job, reporting->folder);
    reporting->arena = bms_arena_new();
    if (!reporting->arena)
        return bms_error_no_memory(error);
    status = bms_error_of_arena(status, job->arena, error);
    if (status == BMS_OK)
        status = bms_platform_make_folder(folder, job->language, error);
    if (status == BMS_OK && counts_editions(job))
        status = bms_history_begin(job->history, "report", job->now, error);
    return status;
}

enum bms_status bms_report(bms *b, const char *period, const char *unit, const bms_listener *listener,
                           bms_error *error) {
    bms_job job;
    struct reporting reporting = {.job = &job, .files = {.job = &job}};
    int index = BMS_NONE;
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK)
        status = prepare(&reporting, period, unit, &index, error);
    if (status == BMS_OK)
        status = fetch(&reporting, error);
    if (status == BMS_OK)
        status = make_all(&reporting, index, error);
    if (status == BMS_OK && reporting.files.n == 0)
        status = bms_job_asked_for_nothing(&job, unit, period, error);
    if (status == BMS_OK)
        status = put_in_place(&reporting, error);
    if (status == BMS_OK)
        bms_written_deliver(&reporting.files);
    bms_written_clear(&reporting.files);
    bms_arena_free(reporting.arena);
    bms_job_end(&job);
    return status;
}
