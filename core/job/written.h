/**
 * Workbooks written under a temporary name and renamed last.
 *
 * The order is the same for all: every file is complete under its temporary name, then the run is committed,
 * then the files get their names. Until the commit a failure leaves all as it was; after it nothing fails any
 * more: a file that cannot be replaced, mostly because it is open in a spreadsheet program, is reported and
 * stays as it is, the others go on, and the next run writes it.
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
    bool recorded;       /* the history has recorded these bytes already */
    bool done;           /* it has its name */
    bool waits;          /* its temporary file stays, and gets its name in the next run (leftovers.h) */
    const char *problem; /* why what is there cannot be replaced; NULL */
} bms_written;

typedef struct bms_written_set {
    bms_job *job;
    bool force; /* replace also what somebody has begun on */
    bms_written *items;
    size_t n;
    size_t capacity;
    const char **folders; /* made for them, those above first */
    size_t n_folders;
    size_t folder_capacity;
} bms_written_set;

/** Make a folder beside the history, removed again by bms_written_clear if nothing comes into it.
 * @param folder  as "forms/2026-T1" */
enum bms_status bms_written_folder(bms_written_set *set, const char *folder, bms_error *error);

/** As bms_written_folder, for a unit's form or report: one that is not in the unit's language goes to a
 * folder of that language below the others'. @param folder  the others' @param[out] out  in the job's arena
 */
enum bms_status bms_written_folder_for(bms_written_set *set, const char *folder, int unit, const char **out,
                                       bms_error *error);

/** Add a file, to be written to `temporary`. @param folder  beside the history; "": the same folder
 * @return NULL when memory is out */
bms_written *bms_written_add(bms_written_set *set, const char *folder, const char *file, const char *unit);

/** Take the hash of a file; on any thread. @param[out] sha256  in hexadecimal */
enum bms_status bms_written_hash(const bms_job *job, const char *path, char sha256[65], bms_error *error);

/** @return whether the file at a path has these bytes already; on any thread. */
bool bms_written_lies_there(const bms_job *job, const char *path, const char *sha256);

/** The temporary file is complete: take its hash, and decide whether it may replace what is there. */
enum bms_status bms_written_made(const bms_written_set *set, bms_written *written, bms_error *error);

/** As bms_written_made, where its hash has been taken. */
enum bms_status bms_written_decide(const bms_written_set *set, bms_written *written, bms_error *error);

/** @return whether it must be recorded. */
bool bms_written_is_new(const bms_written *written);

/** Record it, in the open run. */
enum bms_status bms_written_record(bms_written_set *set, bms_written *written, bms_error *error);

/** After the commit: rename it, if it is to be written. Where that fails it stays for the next run. */
void bms_written_place(bms_written_set *set, bms_written *written);

/** After the commit: rename all that are to be written. */
void bms_written_place_all(bms_written_set *set);

/** After the commit: it could not be renamed. One that is recorded waits for the next run. */
void bms_written_wait(const bms_written_set *set, bms_written *written, const bms_error *why);

/** @return the name that a workbook of the coordinator gets when what was written in it has been stored.
 * @param name  ends in ".xlsx" */
const char *bms_written_aside(bms_arena *arena, const char *name);

/** Report all to the listener, and what could not be replaced as findings. */
void bms_written_deliver(const bms_written_set *set);

/** Remove the temporary files that were not renamed, and folders in which nothing is. */
void bms_written_clear(const bms_written_set *set);

#endif
