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
#include "core/job/at_hand.h"
#include "core/job/leftovers.h"
#include "core/job/line.h"
#include "core/job/written.h"
#include "core/report/said.h"
#include "core/verbs/report_past.h"
#include "core/workbooks.h"

#include <limits.h>
#include <string.h>

/** A share of a run's figures. */
struct share {
    const bms_figures *of;
    bms_figures *figures;
    struct share *next;
};

/** What a thread has for itself. */
struct worker {
    bms_arena *arena;
    struct share *shares;
};

struct reporting {
    bms_job *job;
    int period;
    const char *folder; /* reports/2026-T1 */
    bms_report_run run;
    struct worker *workers;
    int n_workers;
    size_t first; /* the first unit, of … */
    size_t n;     /* … so many */
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
    bool wanted;
    int unit;
    bms_edition edition; /* the last one; number 0: none */
    bms_report_model model;
    bms_edition_said said;
    bool again;       /* the last edition said the same */
    bool no_edition;  /* it is in another language than the unit's */
    char history[65]; /* the hash of what it rests on */
    bms_report_previous previous;
    size_t place;          /* among the files */
    const char *temporary; /* borrowed from there, like … */
    const char *path;
    char sha256[65];
    bool lies_there;
};

/** @return a share of figures for one thread, made when it is first needed; NULL when memory is out. */
static const bms_figures *share_of(struct worker *worker, const bms_figures *figures) {
    for (const struct share *share = worker->shares; share; share = share->next) {
        if (share->of == figures)
            return share->figures;
    }
    struct share *share = bms_arena_alloc(worker->arena, sizeof *share);
    if (!share)
        return NULL;
    *share = (struct share){figures, bms_figures_share(worker->arena, figures), worker->shares};
    worker->shares = share;
    return share->figures;
}

/* The stages of a report: the first, third and fifth use the history. */

static enum bms_status find_last(void *context, bms_line_item *item, int worker, bms_error *error) {
    struct reporting *reporting = context;
    struct making *making = item->state;
    const bms_job *job = reporting->job;
    (void)worker;
    making->unit = (int)(reporting->first + item->index);
    making->wanted = bms_report_wanted(reporting->run.figures, making->unit);
    if (!making->wanted)
        return BMS_OK;
    return bms_history_find_edition(job->history, job->definition->units[making->unit].code,
                                    job->definition->calendar[reporting->period].period.code, INT_MAX,
                                    &making->edition, error);
}

/** Build the report, and find out whether the last edition said the same. */
static enum bms_status build(void *context, bms_line_item *item, int worker, bms_error *error) {
    const struct reporting *reporting = context;
    struct making *making = item->state;
    const bms_job *job = reporting->job;
    const bms_edition *last = &making->edition;
    if (!making->wanted)
        return BMS_OK;
    const char *language = bms_job_chosen_language(job, making->unit);
    bms_report_run run = reporting->run;
    run.figures = share_of(&reporting->workers[worker], reporting->run.figures);
    if (!run.figures)
        return bms_error_no_memory(error);
    enum bms_status status =
        bms_report_build(item->arena, &run, making->unit, last->number + 1, language, &making->model, error);
    if (status == BMS_OK)
        status = bms_report_said(item->arena, &making->model, &making->said, error);
    if (status != BMS_OK)
        return status;
    making->no_edition = strcmp(language, bms_job_language_of(job, making->unit)) != 0;
    making->again = last->number > 0 && strcmp(making->said.sha256, last->said) == 0;
    making->model.history = making->history;
    if (making->again) {
        making->model.edition = last->number;
        making->model.made_at = last->made_at;
    }
    return BMS_OK;
}

static enum bms_status add_file(struct reporting *reporting, struct making *making, bms_error *error) {
    const bms_job *job = reporting->job;
    const bms_unit *unit = &job->definition->units[making->unit];
    const char *folder = "";
    enum bms_status status =
        bms_written_folder_for(&reporting->files, reporting->folder, making->unit, &folder, error);
    if (status != BMS_OK)
        return status;
    making->place = reporting->files.n;
    const bms_written *written = bms_written_add(
        &reporting->files, folder, bms_text_file_name(job->arena, unit->code, unit->name), unit->code);
    if (!written)
        return bms_error_no_memory(error);
    making->temporary = written->temporary;
    making->path = written->path;
    return BMS_OK;
}

/** Find what the report rests on and is compared with, and where it goes. */
static enum bms_status find_previous(void *context, bms_line_item *item, int worker, bms_error *error) {
    struct reporting *reporting = context;
    struct making *making = item->state;
    const bms_job *job = reporting->job;
    int64_t rests_on = 0;
    (void)worker;
    if (!making->wanted)
        return BMS_OK;
    enum bms_status status = bms_history_hash_before(
        job->history, making->again ? making->edition.run : INT64_MAX, &rests_on, making->history, error);
    if (status == BMS_OK) {
        status = bms_report_past_find(&reporting->past, job, item->arena, reporting->alone, &making->model,
                                      &making->previous, error);
    }
    return status == BMS_OK ? add_file(reporting, making, error) : status;
}

/** Write the report with what has changed since the edition before. */
static enum bms_status write(void *context, bms_line_item *item, int worker, bms_error *error) {
    const struct reporting *reporting = context;
    struct making *making = item->state;
    enum bms_status status = BMS_OK;
    if (!making->wanted)
        return BMS_OK;
    if (making->previous.figures) {
        const bms_figures *then = share_of(&reporting->workers[worker], making->previous.figures);
        status = then ? bms_report_past_compare(&making->previous, item->arena, then, &making->model, error)
                      : bms_error_no_memory(error);
    }
    status = bms_error_of_arena(status, item->arena, error);
    if (status == BMS_OK)
        status = bms_workbooks_write_report(&making->model, making->temporary, error);
    if (status == BMS_OK)
        status = bms_written_hash(reporting->job, making->temporary, making->sha256, error);
    making->lies_there = status == BMS_OK && making->again &&
                         bms_written_lies_there(reporting->job, making->path, making->sha256);
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

/** Count the edition, where it is a new one. */
static enum bms_status count_edition(void *context, bms_line_item *item, int worker, bms_error *error) {
    struct reporting *reporting = context;
    const struct making *making = item->state;
    enum bms_status status = BMS_OK;
    (void)worker;
    if (making->wanted) {
        bms_written *written = &reporting->files.items[making->place];
        memcpy(written->sha256, making->sha256, sizeof written->sha256);
        written->action = making->lies_there ? BMS_FILE_UNCHANGED : BMS_FILE_WRITTEN;
        if (counts_editions(reporting->job) && !making->again && !making->no_edition)
            status = add_edition(reporting, making, written, error);
    }
    return status == BMS_OK ? bms_job_progress(reporting->job, item->index + 1, reporting->n, error) : status;
}

static bool make_workers(struct reporting *reporting, int n) {
    reporting->workers = bms_arena_alloc(reporting->job->arena, (size_t)n * sizeof *reporting->workers);
    for (; reporting->workers && reporting->n_workers < n; reporting->n_workers++) {
        reporting->workers[reporting->n_workers].arena = bms_arena_new();
        if (!reporting->workers[reporting->n_workers].arena)
            return false;
    }
    return reporting->workers;
}

static enum bms_status make_all(struct reporting *reporting, int unit, bms_error *error) {
    static bms_line_stage *const stages[] = {find_last, build, find_previous, write, count_edition};
    int threads = bms_job_threads(reporting->job);
    reporting->first = unit == BMS_NONE ? 0 : (size_t)unit;
    reporting->n = unit == BMS_NONE ? reporting->job->definition->n_units : 1;
    const bms_line line = {.context = reporting,
                           .n = reporting->n,
                           .state_size = sizeof(struct making),
                           .stages = stages,
                           .n_stages = sizeof stages / sizeof stages[0]};
    return make_workers(reporting, threads) ? bms_line_run(&line, threads, error)
                                            : bms_error_no_memory(error);
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
        status = bms_job_period(job, period, BMS_ANSWERED, &reporting->period, error);
    if (status == BMS_OK && unit_code)
        status = bms_job_unit(job, unit_code, unit, error);
    if (status != BMS_OK)
        return status;
    const char *code = job->definition->calendar[reporting->period].period.code;
    reporting->folder =
        bms_arena_format(job->arena, "reports/%s%s%s%s", code, job->b->as_of ? "/as-of-" : "",
                         job->b->as_of ? job->b->as_of : "", job->b->limits_of_today ? "/limits-now" : "");
    bms_leftovers_claim(job);
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
    if (status == BMS_OK && reporting.files.n == 0) {
        status = bms_job_asked_for_nothing(&job, unit, job.definition->calendar[reporting.period].period.code,
                                           error);
    }
    if (status == BMS_OK)
        status = put_in_place(&reporting, error);
    if (status == BMS_OK)
        bms_written_deliver(&reporting.files);
    bms_written_clear(&reporting.files);
    for (int i = 0; i < reporting.n_workers; i++)
        bms_arena_free(reporting.workers[i].arena);
    bms_job_end(&job);
    return status;
}
