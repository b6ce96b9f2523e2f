/**
 * Workbooks on their way to their names: made under a temporary name, given their own last.
 *
 * One that people fill in never takes the place of one that somebody has begun on: a file on disk is replaced
 * only when it is, byte for byte, what was recorded when it was written (bms_written_made). Others replace
 * what lies there (bms_written_hash alone).
 */
#ifndef BMS_JOB_WRITTEN_H
#define BMS_JOB_WRITTEN_H

#include "core/job/job.h"

/** What is to become of one file. */
typedef struct bms_written {
    const char *path;      /* where it goes */
    const char *name;      /* the same from the history's folder: what is recorded */
    const char *temporary; /* where it lies until it is in place */
    const char *unit;      /* NULL for a file of no one unit */
    char sha256[65];
    enum bms_file_action action;
    bool recorded; /* the history knows already that this was written */
    bool done;     /* it has its name */
} bms_written;

typedef struct bms_written_set {
    bms_job *job;
    bool force; /* replace also what somebody has begun on */
    bms_written *items;
    size_t n;
    size_t capacity;
} bms_written_set;

/** Make room for another, in a folder beside the history ("": where it lies itself). @return where it is to
 * be written is `temporary`; NULL when memory is out */
bms_written *bms_written_add(bms_written_set *set, const char *folder, const char *file, const char *unit);

/** The temporary file is whole: take its hash. As it stands it is to be written. */
enum bms_status bms_written_hash(const bms_written_set *set, bms_written *written, bms_error *error);

/** @return whether the file with its name is the same already. */
bool bms_written_lies_there(const bms_written_set *set, const bms_written *written);

/** The temporary file is whole: take its hash, and decide what becomes of it. */
enum bms_status bms_written_made(const bms_written_set *set, bms_written *written, bms_error *error);

/** @return whether there is something to record of it. */
bool bms_written_is_new(const bms_written *written);

/** Record that it is written, in the run that is open. */
enum bms_status bms_written_record(bms_written_set *set, bms_written *written, bms_error *error);

/** Give it its name, when it is to be written. @return BMS_NO_MEMORY when a text, its name perhaps, could not
 * be had */
enum bms_status bms_written_place(bms_written_set *set, bms_written *written, bms_error *error);

/** Report all to the listener. */
void bms_written_deliver(const bms_written_set *set);

/** Clear away what did not get its name. */
void bms_written_clear(const bms_written_set *set);

#endif
