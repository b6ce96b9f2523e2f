/**
 * A set of returns being checked: what check and collect share.
 *
 * Each file is read and checked by itself, by as many threads as there are processors, and gets a small
 * record in memory; its content is parked in a temporary file when it is to be stored. Where a number has
 * nothing earlier to be compared with, as in the first period, the file is read once more when all others
 * have been, and compared with what its peers have sent. Its outcome may then depend on the other files and
 * on the history (bms_returns_settle). Records are in order of path, so the outcome does not depend on the
 * number of threads.
 */
#ifndef BMS_VERBS_COLLECT_RETURNS_H
#define BMS_VERBS_COLLECT_RETURNS_H

#include "core/bms.h"
#include "core/check/check.h"
#include "core/job/job.h"
#include "core/verbs/collect/parked.h"
#include "core/verbs/collect/sources.h"

/** One file, read. All but `owned` lives in the arena it was opened with. */
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
 * Changes nothing in the job, so that several threads can do it at the same time, each with its own arena.
 */
enum bms_status bms_return_open(const bms_job *job, const bms_return_file *file, bms_arena *arena,
                                bms_open_return *out, bms_error *error);

/** Read a file's bytes and their hash only. @return BMS_OK, BMS_INPUT, BMS_NO_MEMORY */
enum bms_status bms_return_load(const bms_job *job, const bms_return_file *file, bms_open_return *out,
                                bms_error *error);

void bms_return_close(bms_open_return *opened);

/** The outcome of a file. Texts live in the job's arena. */
typedef struct bms_return_record {
    const bms_return_file *file;
    bool waits;         /* to be read, or read again */
    const char *unit;   /* NULL when not known */
    const char *period; /* likewise */
    const bms_finding *findings;
    size_t n_findings;
    bool without_peers; /* read again when it is known what others have sent */
    size_t size;
    char sha256[65];
    char inputs_sha256[65];
    char numbers_sha256[65];
    enum bms_outcome outcome;
    int revision;
    const bms_release *release; /* by which it is accepted without its errors; NULL */
    bool chosen;                /* by the coordinator, in this run */
    bool set_aside;             /* because another was chosen */
    bool held_before;           /* in an earlier run */
    bool superseded;            /* seen in an earlier run, and another has been accepted since */
    bool outdated;              /* held in an earlier run, and there is a newer one */
    bool replaced;              /* superseded, set aside, or outdated by one that is accepted now */
    long parked_at;             /* place in the temporary file; -1: none */
} bms_return_record;

typedef struct bms_returns {
    bms_job *job;
    bms_return_record *records;
    size_t n;
    size_t steps; /* the total for on_progress */
    bool to_be_stored;
    int threads; /* that may read; 1 where reading looks things up in the history */
    bms_parked parked;
} bms_returns;

/** Find the files, read and check each by itself. End with bms_returns_dispose, also when this fails. */
enum bms_status bms_returns_read(bms_returns *returns, bms_job *job, const bms_source *sources, size_t n,
                                 const bms_collect_options *options, bool to_be_stored, bms_error *error);
void bms_returns_dispose(bms_returns *returns);

/**
 * Open a file again to store it: its bytes as they are now and its parked content. Where nothing is parked,
 * or the bytes have changed, it is read again.
 */
enum bms_status bms_return_reopen(bms_returns *returns, const bms_return_record *record, bms_arena *arena,
                                  bms_open_return *out, bms_error *error);

/** Let the files' outcomes depend on each other and on the history (when there is one). */
enum bms_status bms_returns_settle(bms_returns *returns, bms_error *error);

/** Add a finding to a record, and change its outcome. */
enum bms_status bms_return_change(const bms_job *job, bms_return_record *record, enum bms_outcome outcome,
                                  bms_finding finding, bms_error *error);

/** Deliver the rows, in order of path, and count the outcomes. */
void bms_returns_deliver(const bms_returns *returns, bms_counts *counts);

#endif
