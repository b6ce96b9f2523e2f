/**
 * Workbooks written under a temporary name and renamed last.
 *
 * One that people fill in never replaces one that somebody has begun on: a file is replaced only when it is,
 * byte for byte, what was recorded when it was written (bms_written_made). Reports always replace what is
 * there (bms_written_hash alone).
 */
#ifndef BMS_JOB_WRITTEN_H
#define BMS_JOB_WRITTEN_H

#include "core/job/job.h"

/** One file. */
typedef struct bms_written {
    const char *path;      /* where it goes */
    const char *name;      /* relative to the history's folder, as it is recorded */
    const char *temporary; /* its path until then */
    const char *unit;      /* NULL for a file of no single unit */
    char sha256[65];
    enum bms_file_action action;
    bool recorded; /* the history has recorded these bytes already */
    bool done;     /* it has its name */
} bms_written;

typedef struct bms_written_set {
    bms_job *job;
    bool force; /* replace also what somebody has begun on */
    bms_written *items;
    size_t n;
    size_t capacity;
} bms_written_set;

/** Add a file, to be written to `temporary`. @param folder  beside the history; "": the same folder
 * @return NULL when memory is out */
bms_written *bms_written_add(bms_written_set *set, const char *folder, const char *file, const char *unit);

/** The temporary file is complete: take its hash. It will replace what is there. */
enum bms_status bms_written_hash(const bms_written_set *set, bms_written *written, bms_error *error);

/** @return whether the file at its path has the same bytes already. */
bool bms_written_lies_there(const bms_written_set *set, const bms_written *written);

/** The temporary file is complete: take its hash, and decide whether it may replace what is there. */
enum bms_status bms_written_made(const bms_written_set *set, bms_written *written, bms_error *error);

/** @return whether it must be recorded. */
bool bms_written_is_new(const bms_written *written);

/** Record it, in the open run. */
enum bms_status bms_written_record(bms_written_set *set, bms_written *written, bms_error *error);

/** Rename it, if it is to be written. @return BMS_NO_MEMORY when memory ran out: its name may be "" */
enum bms_status bms_written_place(bms_written_set *set, bms_written *written, bms_error *error);

/** Rename all that are to be written. */
enum bms_status bms_written_place_all(bms_written_set *set, bms_error *error);

/** Report all to the listener. */
void bms_written_deliver(const bms_written_set *set);

/** Remove the temporary files that were not renamed. */
void bms_written_clear(const bms_written_set *set);

#endif
