/**
 * Earlier editions of reports, built again from what was known when they were made, for comparison.
 */
#ifndef BMS_VERBS_REPORT_PAST_H
#define BMS_VERBS_REPORT_PAST_H

#include "core/job/job.h"
#include "core/report/changes.h"

/** What was known after one run. A list, in the job's arena; begin with NULL. */
typedef struct bms_report_past bms_report_past;

/** What a report is compared with. */
typedef struct bms_report_previous {
    const bms_figures *figures; /* what was known then; NULL: there is no previous edition */
    int unit;                   /* in the definition of then */
    bms_edition edition;
    bms_report_before before; /* all but `then` */
} bms_report_previous;

/**
 * Find the previous edition of a report, and what it said.
 *
 * @param list      what was fetched for other reports; grows
 * @param arena     for what is only of this report
 * @param alone     the run makes no other report
 * @param[out] out  must live until the report is written, and so must `arena`
 */
enum bms_status bms_report_past_find(bms_report_past **list, const bms_job *job, bms_arena *arena, bool alone,
                                     const bms_report_model *model, bms_report_previous *out,
                                     bms_error *error);

/**
 * Add to a report what has changed since its previous edition; nothing when there is none. The history is not
 * used.
 *
 * @param arena    where the previous edition is built
 * @param figures  those of `previous`, or a share of them
 */
enum bms_status bms_report_past_compare(bms_report_previous *previous, bms_arena *arena,
                                        const bms_figures *figures, bms_report_model *model,
                                        bms_error *error);

#endif
