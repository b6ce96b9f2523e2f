/**
 * A set of returns on its way in: what check and collect share.
 *
 * Each file is read and checked by itself, by as many threads as there are processors, and leaves a small
 * record in memory; what it says is parked in a temporary file when it is to be stored. What becomes of a
 * file may then depend on the others and on the history (bms_returns_settle). Records stand in order of path,
 * so the outcome does not depend on the number of threads.
 */
#ifndef BMS_VERBS_COLLECT_RETURNS_H
#define BMS_VERBS_COLLECT_RETURNS_H

#include "core/bms.h"
#include "core/check/check.h"
#include "core/job/job.h"
#include "core/verbs/collect/parked.h"
#include "core/verbs/collect/sources.h"

/** One file open for reading. Its parts live in the arena it was opened in, but for `owned`. */
typedef struct bms_open_return {
    const void *bytes;
    size_t size;
    unsigned char *owned; /* freed by bms_return_close */
    char sha256[65];
    bms_raw_return raw;
    bms_checked_return checked;
    bms_findings findings;
} bms_open_return;

/**
 * Read and check one file. A file that cannot be read is a finding and an outcome, not a failure.
 * Uses nothing of the job that changes, so that several threads can do it at the same time, each with its own
 * arena.
 */
enum bms_status bms_return_open(const bms_job *job, const bms_return_file *file, bms_arena *arena,
                                bms_open_return *out, bms_error *error);

/** Get hold of a file's bytes and their hash, and no more. @return BMS_OK, BMS_INPUT, BMS_NO_MEMORY */
enum bms_status bms_return_load(const bms_job *job, const bms_return_file *file, bms_open_return *out,
                                bms_error *error);

void bms_return_close(bms_open_return *opened);

/** What is remembered of a file. Texts live in the job's arena. */
typedef struct bms_return_record {
    const bms_return_file *file;
    const char *unit;   /* NULL when not known */
    const char *period; /* likewise */
    const bms_finding *findings;
    size_t n_findings;
    size_t size;
    char sha256[65];
    char inputs_sha256[65];
    char numbers_sha256[65];
    enum bms_outcome outcome;
    int revision;
    const bms_release *release; /* by which it is taken in without what is wrong in it; NULL */
    bool chosen;                /* among several files of its unit, now */
    bool put_aside;             /* by a choice of another */
    bool held_before;           /* in an earlier run */
    bool set_aside;             /* … and another has been accepted since */
    long parked_at;             /* what it says, in the temporary file; -1: not there */
} bms_return_record;

typedef struct bms_returns {
    bms_job *job;
    bms_return_record *records;
    size_t n;
    size_t steps; /* for on_progress: how many there are in all */
    bool to_be_stored;
    bms_parked parked;
} bms_returns;

/** Find the files, read and check each by itself. End with bms_returns_dispose, also when this fails. */
enum bms_status bms_returns_read(bms_returns *returns, bms_job *job, const bms_source *sources, size_t n,
                                 const bms_collect_options *options, bool to_be_stored, bms_error *error);
void bms_returns_dispose(bms_returns *returns);

/**
 * Open a file again to store it: its bytes as they are now, and what it said when it was read; where that was
 * not parked, or the bytes are others, what it says now.
 */
enum bms_status bms_return_reopen(bms_returns *returns, const bms_return_record *record, bms_arena *arena,
                                  bms_open_return *out, bms_error *error);

/** Let the files' outcomes depend on each other and on the history (when there is one). */
enum bms_status bms_returns_settle(bms_returns *returns, bms_error *error);

/** Put another finding on a record, and with it another outcome. */
enum bms_status bms_return_change(const bms_job *job, bms_return_record *record, enum bms_outcome outcome,
                                  bms_finding finding, bms_error *error);

/** Deliver the rows, in order of path, and count the outcomes. */
void bms_returns_deliver(const bms_returns *returns, bms_counts *counts);

#endif
