/**
 * What earlier runs left under temporary names, because they were killed or a file was open elsewhere.
 *
 * Complete workbooks that the history has recorded get their names now; all else is removed, since the verbs
 * write it anew. See core/base/claim.h for when nobody can be writing them.
 */
#ifndef BMS_JOB_LEFTOVERS_H
#define BMS_JOB_LEFTOVERS_H

#include "core/job/job.h"

/** Begin to write, with the history open: the claim of the job, ended by bms_job_end. Clears away what was
 * left. Never fails: without a claim all goes on as usual. */
void bms_leftovers_claim(bms_job *job);

/**
 * Remove all temporary files beside the history, also workbooks that wait for their names: they may hold what
 * is to be forgotten.
 *
 * @param[out] left  those that could not be removed or are being written, with ", " between; "" for none
 * @return BMS_OK or BMS_NO_MEMORY
 */
enum bms_status bms_leftovers_forget(bms_job *job, const char **left, bms_error *error);

#endif
