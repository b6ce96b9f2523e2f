/**
 * Files beside the history that still hold what was blanked in it: what the program wrote itself and can
 * write again is removed, the rest is named.
 */
#ifndef BMS_VERBS_TRACES_H
#define BMS_VERBS_TRACES_H

#include "core/history/integrity.h"
#include "core/job/job.h"

/** Files relative to the history's folder, with ", " between; "" for none. */
typedef struct bms_traces {
    const char *removed;
    const char *left;
} bms_traces;

/**
 * Look through corrections, reports, reminders, forms, returns (also in zip files and saved mails), Mottak
 * and other workbooks beside the history. What holds it in corrections, reports and reminders is removed,
 * whoever wrote in it since; returns, and a form or Mottak that somebody has changed, are never touched.
 *
 * @param blanked  the texts
 * @return BMS_OK, also where a file could not be read or removed; or BMS_NO_MEMORY, or why the history could
 * not be read
 */
enum bms_status bms_traces_remove(const bms_job *job, const bms_redaction *redaction,
                                  const bms_blanked *blanked, bms_traces *out, bms_error *error);

#endif
