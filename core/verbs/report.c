/**
 * bms_report: a workbook for every unit, every leader and the municipality, for a period.
 *
 * The answers are fetched once for all reports. The workbooks are written under temporary names, their
 * editions are counted, and they are renamed after the commit (see core/job/written.h). A report that says
 * the same as its last edition is that edition, whatever the bytes of its workbook; with nothing new there is
 * no run. Reports as of an earlier date go to a folder of their own and count no editions.
 */
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/job/written.h"
#include "core/report/said.h"
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
    bool alone; /* one report, asked for by the unit's code */
    bms_report_past *past;
};

/** Only today's report, by the limits of the period, is an edition. */
static bool counts_editions(const bms_job *job) {
    return !job->b->as_of && !job->b->limits_of_today;
}

/** A report while it is made: as the last edition, where that said the same, or as the next. */
struct making {
    bms_edition edition; /* the last one; number 0: none */
    bms_report_model model;
    bms_edition_said said;
    bool again;       /* the last edition said the same */
    bool no_edition;  /* it is in another language than the unit's */
    char history[65]; /* the hash of what it rests on */
};

/** Build the report, and find out whether the last edition said the same. */
static enum bms_status build(struct reporting *reporting, int unit, struct making *making, bms_error *error) {
    const bms_job *job = reporting->job;
    const bms_definition *definition = job->definition;
    bms_edition *last = &making->edition;
    const char *asked = job->b->report_language;
    const char *language = *asked ? asked : bms_job_language_of(job, unit);
    int64_t rests_on = 0;
    enum bms_status status =
        bms_history_find_edition(job->history, definition->units[unit].code,
                                 definition->calendar[reporting->period].period.code, INT_MAX, last, error);
    if (status == BMS_OK) {
        status = bms_report_build(reporting->arena, &reporting->run, unit, last->number + 1, language,
                                  &making->model, error);
    }
    if (status == BMS_OK)
        status = bms_report_said(reporting->arena, &making->model, &making->said, error);
    if (status != BMS_OK)
        return status;
    making->no_edition = strcmp(language, bms_job_language_of(job, unit)) != 0;
    making->again = last->number > 0 && strcmp(making->said.sha256, last->said) == 0;
    making->model.history = making->history;
    if (making->again) {
        making->model.edition = last->number;
        making->model.made_at = last->made_at;
    }
    return bms_history_hash_before(job->history, making->again ? last->run : INT64_MAX, &rests_on,
                                   making->history, error);
}

/** Write the report with what has changed since the edition before. */
static enum bms_status write(struct reporting *reporting, struct making *making, bms_written *written,
                             bms_error *error) {
    enum bms_status status = bms_report_past_compare(&reporting->past, reporting->job, reporting->arena,
                                                     reporting->alone, &making->model, error);
    status = bms_error_of_arena(status, reporting->arena, error);
    if (status == BMS_OK)
        status = bms_workbooks_write_report(&making->model, written->temporary, error);
    if (status == BMS_OK)
        status = bms_written_hash(&reporting->files, written, error);
    if (status == BMS_OK && making->again && bms_written_lies_there(&reporting->files, written))
        written->action = BMS_FILE_UNCHANGED;
    return status;
}

static enum bms_status add_edition(struct reporting *reporting, const struct making *making,
                                   const bms_written *written, bms_error *error) {
    const bms_definition *definition = reporting->job->definition;
    bms_history *history = reporting->job->history;
    const char *unit = definition->units[making->model.unit].code;
    const char *period = definition->calendar[reporting->period].period.code;
    reporting->added = true;
    enum bms_status status =
        bms_history_add_edition(history, unit, period, making->model.edition, written->sha256, error);
    return status == BMS_OK
               ? bms_history_add_said(history, unit, period, making->model.edition, &making->said, error)
               : status;
}

/** Find the report's folder; a language that is not the unit's has its own. */
static enum bms_status find_folder(struct reporting *reporting, const struct making *making,
                                   const char **folder, bms_error *error) {
    const bms_job *job = reporting->job;
    *folder = reporting->folder;
    if (!making->no_edition)
        return BMS_OK;
    *folder = bms_arena_format(job->arena, "%s/%s", reporting->folder, making->model.language);
    return bms_written_folder(&reporting->files, *folder, error);
}

/** Write the last edition again when it said the same; else the next. */
static enum bms_status make_one(struct reporting *reporting, int index, bms_error *error) {
    const bms_job *job = reporting->job;
    const bms_unit *unit = &job->definition->units[index];
    struct making making = {.history = ""};
    const char *folder = "";
    bms_written *written = NULL;
    bms_arena_reset(reporting->arena);
    enum bms_status status = build(reporting, index, &making, error);
    if (status == BMS_OK)
        status = find_folder(reporting, &making, &folder, error);
    if (status != BMS_OK)
        return status;
    written = bms_written_add(&reporting->files, folder,
                              bms_text_file_name(job->arena, unit->code, unit->name), unit->code);
    if (!written)
        return bms_error_no_memory(error);
    status = write(reporting, &making, written, error);
    if (status == BMS_OK && counts_editions(job) && !making.again && !making.no_edition)
        status = add_edition(reporting, &making, written, error);
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

/** Commit the editions, then give the reports their names. */
static enum bms_status put_in_place(struct reporting *reporting, bms_error *error) {
    enum bms_status status = bms_job_end_run(reporting->job, reporting->added, BMS_OK, error);
    if (status == BMS_OK)
        bms_written_place_all(&reporting->files);
    return status;
}

/** @param unit  the one that gets a report; BMS_NONE: all */
static enum bms_status fetch(struct reporting *reporting, int unit, bms_error *error) {
    const bms_job *job = reporting->job;
    bms_figures *figures = NULL;
    reporting->alone = unit != BMS_NONE;
    enum bms_status status = bms_figures_new(job->arena, job->definition, reporting->period,
                                             bms_day_here(job->now), unit, &figures, error);
    if (status == BMS_OK)
        status = bms_figures_load(figures, job->history, error);
    reporting->run =
        (bms_report_run){.figures = figures, .made_at = job->now, .recorded_by = job->recorded_by};
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
    reporting->arena = bms_arena_new();
    if (!reporting->arena)
        return bms_error_no_memory(error);
    status = bms_written_folder(&reporting->files, reporting->folder, error);
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
        status = fetch(&reporting, index, error);
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
