/**
 * What changed from one edition of a report to the next: what it was, what it became, and why.
 *
 * Both editions are models, built from what was known when each was made; nothing here reads the history.
 */
#ifndef BMS_REPORT_CHANGES_H
#define BMS_REPORT_CHANGES_H

#include "core/report/report.h"

/**
 * Compare a report with its previous edition, and put the changes into it.
 *
 * @param before  must live as long as `now`, which borrows its figures
 * @return BMS_OK or BMS_NO_MEMORY
 */
enum bms_status bms_report_compare(bms_arena *arena, const bms_report_model *before, bms_report_model *now,
                                   bms_error *error);

#endif
