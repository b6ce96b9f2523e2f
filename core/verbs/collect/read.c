/**
 * Reading all returns, by several threads (see returns.h).
 *
 * Each worker takes the next file, reads it into its own arena and, with the lock, adds its record. The
 * calling thread only reports progress; the workers share memory and the temporary file, never the history. A
 * few files of any period are read by the calling thread alone, which looks up what they are compared with.
 */
#include "core/verbs/collect/returns.h"

#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/verbs/collect/unpack.h"

#include <string.h>

static bms_finding keep_finding(bms_arena *arena, const bms_return_file *file, const bms_finding *found) {
    bms_finding kept = *found;
    kept.file = file->name;
    kept.rule = bms_arena_text(arena, found->rule);
    kept.sheet = bms_arena_text(arena, found->sheet);
    kept.cell = bms_arena_text(arena, found->cell);
    kept.unit = bms_arena_text(arena, found->unit);
    kept.indicator = bms_arena_text(arena, found->indicator);
    kept.message = bms_arena_text(arena, found->message);
    kept.fix = bms_arena_text(arena, found->fix);
    kept.about = bms_arena_text(arena, found->about);
    return kept;
}

/** Keep the answers that peers may be compared with; a form that is not finished has none. */
static enum bms_status keep_sent(const bms_job *job, const bms_checked_return *checked, size_t file,
                                 bms_error *error) {
    int unit = job->before && checked->unit ? bms_definition_unit(job->definition, checked->unit) : BMS_NONE;
    if (unit == BMS_NONE || (checked->outcome != BMS_ACCEPTED && checked->outcome != BMS_HELD))
        return BMS_OK;
    for (size_t i = 0; i < checked->n_entries; i++) {
        const bms_entry *entry = &checked->entries[i];
        int indicator = bms_definition_indicator(job->definition, entry->indicator);
        int period = bms_definition_period(job->definition, entry->period);
        if (indicator != BMS_NONE && period != BMS_NONE && entry->answer.state == BMS_REPORTED &&
            !bms_before_add_sent(job->before, unit, indicator, period, &entry->answer, file))
            return bms_error_no_memory(error);
    }
    return BMS_OK;
}

/** Copy into the record what is needed of an opened return until it is stored. */
static enum bms_status keep(const bms_job *job, const bms_open_return *opened, bms_return_record *record,
                            bms_error *error) {
    const bms_findings *findings = &opened->findings;
    bms_finding *kept = bms_arena_alloc(job->arena, findings->n * sizeof *kept);
    if (!kept)
        return bms_error_no_memory(error);
    for (size_t i = 0; i < findings->n; i++)
        kept[i] = keep_finding(job->arena, record->file, &findings->items[i]);
    record->findings = kept;
    record->n_findings = findings->n;
    record->unit = bms_arena_text(job->arena, opened->checked.unit);
    record->period = bms_arena_text(job->arena, opened->checked.period);
    record->size = opened->size;
    record->outcome = opened->checked.outcome;
    record->release = opened->checked.release;
    memcpy(record->sha256, opened->sha256, sizeof record->sha256);
    memcpy(record->inputs_sha256, opened->checked.inputs_sha256, sizeof record->inputs_sha256);
    memcpy(record->numbers_sha256, opened->checked.numbers_sha256, sizeof record->numbers_sha256);
    record->without_peers = opened->checked.without_peers;
    return bms_error_of_arena(BMS_OK, job->arena, error);
}

/** What the workers share; all of it under the crew's lock once they have begun. */
struct reading {
    bms_returns *returns;
    bms_crew *crew; /* NULL: the calling thread reads alone */
    bool again;     /* they have been read before */
    size_t next;
    size_t before; /* how many were read earlier */
    size_t done;
    size_t n;               /* how many wait to be read */
    enum bms_status status; /* the first failure, or a cancel; no file is begun after it */
    bms_error *error;
};

static void lock(const struct reading *reading) {
    if (reading->crew)
        bms_platform_crew_lock(reading->crew);
}

static void unlock(const struct reading *reading) {
    if (reading->crew)
        bms_platform_crew_unlock(reading->crew);
}

/** Fill the record of an opened file, and park what is to be stored. */
static enum bms_status leave(struct reading *reading, const bms_open_return *opened,
                             bms_return_record *record) {
    bms_returns *returns = reading->returns;
    enum bms_status status = keep(returns->job, opened, record, reading->error);
    if (status == BMS_OK && !reading->again) {
        status =
            keep_sent(returns->job, &opened->checked, (size_t)(record - returns->records), reading->error);
    }
    if (status == BMS_OK && returns->to_be_stored && record->outcome == BMS_ACCEPTED)
        record->parked_at = bms_parked_add(&returns->parked, &opened->checked);
    return status;
}

static void read_one(struct reading *reading, bms_arena *arena, bms_return_record *record) {
    bms_open_return opened = {0};
    bms_error error = {0};
    enum bms_status status = BMS_OK;
    record->outcome = BMS_SKIPPED;
    record->parked_at = -1;
    bms_arena_reset(arena);
    if (!record->file->skipped)
        status = bms_return_open(reading->returns->job, record->file, arena, &opened, &error);
    lock(reading);
    if (status != BMS_OK) {
        status = bms_error_set(reading->error, status, error.where, error.message);
    } else if (!record->file->skipped) {
        status = leave(reading, &opened, record);
    }
    if (reading->status == BMS_OK)
        reading->status = status;
    record->waits = false;
    reading->done++;
    unlock(reading);
    bms_return_close(&opened);
}

/** Take the next file. @return NULL when there is none, or after a failure */
static bms_return_record *take_next(struct reading *reading) {
    lock(reading);
    const bms_returns *returns = reading->returns;
    while (reading->next < returns->n && !returns->records[reading->next].waits)
        reading->next++;
    bool more = reading->status == BMS_OK && reading->next < returns->n;
    bms_return_record *record = more ? &returns->records[reading->next++] : NULL;
    unlock(reading);
    return record;
}

static void work(void *context) {
    struct reading *reading = context;
    void *numbers = bms_platform_numbers_begin();
    bms_arena *arena = bms_arena_new();
    if (arena) {
        for (bms_return_record *record = take_next(reading); record; record = take_next(reading)) {
            read_one(reading, arena, record);
            bms_platform_crew_wake(reading->crew);
        }
    }
    lock(reading);
    if (!arena)
        reading->status = bms_error_no_memory(reading->error);
    unlock(reading);
    bms_platform_crew_wake(reading->crew);
    bms_arena_free(arena);
    bms_platform_numbers_end(numbers);
}

/** Report progress; reading some again is no step further, but can be cancelled. */
static enum bms_status progress(const struct reading *reading, size_t done, bms_error *error) {
    const bms_returns *returns = reading->returns;
    return bms_job_progress(returns->job, reading->again ? returns->n : reading->before + done,
                            returns->steps, error);
}

/** Report progress as the workers finish files; the listener may cancel. */
static void follow(struct reading *reading) {
    size_t reported = 0;
    lock(reading);
    while (reading->status == BMS_OK && reported < reading->n) {
        while (reading->status == BMS_OK && reading->done == reported)
            bms_platform_crew_wait(reading->crew);
        reported++;
        unlock(reading);
        enum bms_status status = progress(reading, reported, NULL);
        lock(reading);
        if (reading->status == BMS_OK)
            reading->status = status;
    }
    unlock(reading);
}

static enum bms_status read_alone(struct reading *reading) {
    bms_arena *arena = bms_arena_new();
    if (!arena)
        return bms_error_no_memory(reading->error);
    for (bms_return_record *record = take_next(reading); record; record = take_next(reading)) {
        read_one(reading, arena, record);
        if (reading->status == BMS_OK)
            reading->status = progress(reading, reading->done, reading->error);
    }
    bms_arena_free(arena);
    return reading->status;
}

static enum bms_status read_them(struct reading *reading, int threads) {
    if ((size_t)threads > reading->n)
        threads = (int)reading->n;
    if (threads < 2 || bms_platform_crew_begin(&reading->crew, threads, work, reading) == 0)
        return read_alone(reading);
    follow(reading);
    bms_platform_crew_end(reading->crew);
    if (reading->status == BMS_CANCELLED)
        (void)bms_job_cancelled(reading->returns->job, reading->error);
    return reading->status;
}

/** Read all files, and then those that are inside others. */
static enum bms_status read_each(bms_returns *returns, int threads, bms_error *error) {
    struct reading files = {.returns = returns, .error = error, .n = returns->n};
    struct reading enclosed = {.returns = returns, .error = error};
    returns->steps = returns->to_be_stored ? 2 * returns->n : returns->n;
    enum bms_status status = read_them(&files, threads);
    if (status == BMS_OK)
        status = bms_returns_unpack(returns, &enclosed.n, error);
    if (status != BMS_OK || enclosed.n == 0)
        return status;
    returns->steps = returns->to_be_stored ? 2 * returns->n : returns->n;
    enclosed.before = returns->n - enclosed.n;
    return read_them(&enclosed, threads);
}

/** Read all; then, with what everyone has sent, those again that had no peers to be compared with. */
static enum bms_status read_all(bms_returns *returns, int threads, bms_error *error) {
    struct reading again = {.returns = returns, .error = error, .again = true};
    enum bms_status status = read_each(returns, threads, error);
    for (size_t i = 0; status == BMS_OK && i < returns->n; i++) {
        returns->records[i].waits = returns->records[i].without_peers;
        again.n += returns->records[i].waits;
    }
    if (status != BMS_OK || again.n == 0 || returns->n < 2)
        return status;
    bms_before_show_sent(returns->job->before);
    return read_them(&again, threads);
}

/** @return the form period through which all the files were reached, or BMS_NONE. */
static int period_of_all(const bms_job *job, const bms_return_file *files, size_t n) {
    for (size_t i = 1; i < n; i++) {
        if (!files[i].period || !files[0].period || strcmp(files[i].period, files[0].period) != 0)
            return BMS_NONE;
    }
    return n > 0 && files[0].period ? bms_definition_period(job->definition, files[0].period) : BMS_NONE;
}

/**
 * A few files that were not reached through a period can be of any: for these only what they are compared
 * with is looked up, as loading all periods takes longer the older the history is.
 */
static bool are_few(const bms_job *job, const bms_return_file *files, size_t n) {
    enum { FEW = 8 };
    return n <= FEW && period_of_all(job, files, n) == BMS_NONE;
}

/** Load earlier values, once for all files, and then only read them; or look them up as they are asked for.
 * @param[in,out] threads  1 where they are looked up, as only one may use the history */
static enum bms_status look_back(bms_job *job, const bms_return_file *files, size_t n, int *threads,
                                 bms_error *error) {
    if (!job->history || !job->definition || n == 0)
        return BMS_OK;
    enum bms_status status = bms_before_new(job->arena, job->definition, &job->before, error);
    if (status != BMS_OK)
        return status;
    if (!are_few(job, files, n)) {
        return bms_before_load(job->before, job->definition, job->history, period_of_all(job, files, n),
                               error);
    }
    *threads = 1;
    return bms_before_look_up(job->before, job->arena, job->definition, job->history, error);
}

enum bms_status bms_returns_read(bms_returns *returns, bms_job *job, const bms_source *sources, size_t n,
                                 const bms_collect_options *options, bool to_be_stored, bms_error *error) {
    bms_return_file *files = NULL;
    int threads = options && options->threads > 0 ? options->threads : bms_job_threads(job);
    *returns = (bms_returns){.job = job, .to_be_stored = to_be_stored};
    enum bms_status status = bms_sources_find(job, sources, n, &files, &returns->n, error);
    if (status != BMS_OK)
        return status;
    status = look_back(job, files, returns->n, &threads, error);
    if (status != BMS_OK)
        return status;
    returns->threads = threads;
    returns->records = bms_arena_alloc(job->arena, returns->n * sizeof *returns->records);
    if (!returns->records)
        return bms_error_no_memory(error);
    for (size_t i = 0; i < returns->n; i++)
        returns->records[i] = (bms_return_record){.file = &files[i], .waits = true};
    if (to_be_stored)
        bms_parked_init(&returns->parked);
    return read_all(returns, threads, error);
}

void bms_returns_dispose(bms_returns *returns) {
    bms_parked_dispose(&returns->parked);
    if (returns->job)
        bms_before_dispose(returns->job->before);
}

enum bms_status bms_return_reopen(bms_returns *returns, const bms_return_record *record, bms_arena *arena,
                                  bms_open_return *out, bms_error *error) {
    bms_error cause = {0};
    enum bms_status status = BMS_INPUT;
    if (record->parked_at >= 0)
        status = bms_return_load(returns->job, record->file, out, &cause);
    if (status == BMS_OK && strcmp(out->sha256, record->sha256) == 0) {
        status = bms_parked_load(&returns->parked, record->parked_at, arena, &out->checked);
        out->checked.release = record->release;
        if (status == BMS_OK)
            return BMS_OK;
    }
    if (record->parked_at >= 0)
        bms_return_close(out);
    if (status == BMS_NO_MEMORY)
        return bms_error_no_memory(error);
    return bms_return_open(returns->job, record->file, arena, out, error);
}
