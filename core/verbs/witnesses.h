/**
 * The files beside the history that have a hash of it: copies of it, and reports that print it.
 *
 * A file that is itself a copy has none: what lies there tells of the history that it is a copy of.
 */
#ifndef BMS_VERBS_WITNESSES_H
#define BMS_VERBS_WITNESSES_H

#include "core/job/job.h"

typedef struct bms_found_witness {
    bms_witness witness;
    bool of_another; /* it names another municipality: it counts only where its hash is known */
} bms_found_witness;

/** The witnesses, in the job's arena. */
typedef struct bms_witnesses_found {
    bms_found_witness *items; /* copies, then reports, by name; of reports in one folder one for each hash */
    size_t n;
    size_t capacity;
    const char *unread; /* the first file or folder that could not be read, and may have a hash too; NULL */
} bms_witnesses_found;

/**
 * Find the files and read their hashes. What the history knows of them is not filled in; do that afterwards,
 * so that a run committed meanwhile is known.
 *
 * @return BMS_OK, also where a file could not be read; BMS_NO_MEMORY; or why the history could not be read
 */
enum bms_status bms_witnesses_gather(bms_job *job, bms_witnesses_found *out, bms_error *error);

/**
 * Fill in what the history knows of the hashes, and leave out the reports of other municipalities.
 *
 * @param[out] unknown  how many have a hash that the history has not and nobody has acknowledged
 */
enum bms_status bms_witnesses_judge(bms_job *job, bms_witnesses_found *found, size_t *unknown,
                                    bms_error *error);

#endif
