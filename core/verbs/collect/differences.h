/**
 * The cells in which two returns of one unit and period differ.
 */
#ifndef BMS_VERBS_COLLECT_DIFFERENCES_H
#define BMS_VERBS_COLLECT_DIFFERENCES_H

#include "core/job/job.h"
#include "core/verbs/collect/sources.h"

typedef struct bms_differences {
    const char *sheet; /* of the first file; NULL when nothing was found to differ */
    const char *first; /* the first cell that differs, in the first file */
    const char *cells; /* "C8, E8"; NULL when nothing was found to differ */
} bms_differences;

/** Read both files and compare what was filled in. @param[out] out in the job's arena */
enum bms_status bms_differences_find(const bms_job *job, const bms_return_file *a, const bms_return_file *b,
                                     bms_differences *out, bms_error *error);

#endif
