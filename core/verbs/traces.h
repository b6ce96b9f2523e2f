/**
 * Files beside the history that still hold what was blanked in it: what the program wrote itself and can
 * write again can be removed, the rest is named.
 */
#ifndef BMS_VERBS_TRACES_H
#define BMS_VERBS_TRACES_H

#include "core/history/integrity.h"
#include "core/job/job.h"

typedef struct bms_traces {
    const char **ours; /* paths of what the program can write again: to be removed */
    size_t n;
    const char *left; /* the rest, relative to the history's folder, with ", " between; "" for none */
} bms_traces;

/**
 * Look through corrections, reports, reminders, forms, returns (also in zip files and saved mails), Mottak
 * and other workbooks beside the history. Ours is what holds it in corrections, reports and reminders,
 * whoever wrote in it since; returns, and a form or Mottak that somebody has changed, never are.
 *
 * @param blanked  the texts
 * @return BMS_OK, also where a file could not be read; or BMS_NO_MEMORY, or why the history could not be read
 */
enum bms_status bms_traces_find(const bms_job *job, const bms_redaction *redaction,
                                const bms_blanked *blanked, bms_traces *out, bms_error *error);

/** Remove what is ours; needs no memory. @return how many could not be removed */
size_t bms_traces_remove(const bms_traces *traces);

/** @return those of ours that are still there, or those that are gone; a list as `left` is. */
const char *bms_traces_list(const bms_job *job, const bms_traces *traces, bool there);

#endif
