/**
 * Which files a source leads to: a file, a folder and those right below it, a period's folder of returns, or
 * bytes.
 *
 * Lock and system files are kept in the list, marked, so that they can be reported; nothing is opened here.
 */
#ifndef BMS_VERBS_COLLECT_SOURCES_H
#define BMS_VERBS_COLLECT_SOURCES_H

#include "core/bms.h"
#include "core/job/job.h"

/** A file that may be a return. */
typedef struct bms_return_file {
    const char *name;  /* the path, or the name given with bytes; a personal number in it is hidden */
    const char *path;  /* the path as it is */
    const void *bytes; /* NULL: they are at the path */
    size_t size;
    const char *period; /* the period whose folder it was reached through; NULL: none */
    bool skipped;       /* a lock or system file */
    uint64_t work;      /* its share of what a file with others in it may cost; 0: it is a file of its own */
} bms_return_file;

/**
 * Resolve sources to files, each once, in order of their paths. No sources: the folder `returns` beside the
 * history.
 *
 * @param[out] files  in the job's arena
 * @return BMS_OK; BMS_USAGE for a period without forms; BMS_INPUT for what is missing and a folder without
 * workbooks
 */
enum bms_status bms_sources_find(const bms_job *job, const bms_source *sources, size_t n,
                                 bms_return_file **files, size_t *n_files, bms_error *error);

/** @return whether a file of that name is a lock file of a spreadsheet program, or one that systems leave in
 * folders. */
bool bms_sources_is_system(const char *name);

/** @return the last part of a path. */
const char *bms_sources_base_name(const char *path);

#endif
