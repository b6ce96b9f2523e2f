/**
 * Earlier editions of reports, built again from what was known when they were made, for comparison.
 */
#ifndef BMS_VERBS_REPORT_PAST_H
#define BMS_VERBS_REPORT_PAST_H

#include "core/job/job.h"
#include "core/report/report.h"

/** What was known after one run. A list, in the job's arena; begin with NULL. */
typedef struct bms_report_past bms_report_past;

/**
 * Add to a report what has changed since its previous edition; nothing when there is none.
 *
 * @param list   what was fetched for other reports; grows
 * @param arena  where the previous edition is built
 * @param alone  the run makes no other report
 */
enum bms_status bms_report_past_compare(bms_report_past **list, const bms_job *job, bms_arena *arena,
                                        bool alone, bms_report_model *model, bms_error *error);

#endif
