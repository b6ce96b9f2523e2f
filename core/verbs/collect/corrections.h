/**
 * Corrections of what collect holds back: one workbook a unit and period, in the folder corrections/PERIOD.
 */
#ifndef BMS_VERBS_COLLECT_CORRECTIONS_H
#define BMS_VERBS_COLLECT_CORRECTIONS_H

#include "core/job/written.h"
#include "core/verbs/collect/returns.h"

/**
 * Write the corrections under their temporary names, and record them in the open run. They are renamed after
 * the commit (bms_written_place_all).
 *
 * @param[out] added  set when something was recorded
 */
enum bms_status bms_corrections_make(const bms_returns *returns, bms_written_set *set, bool *added,
                                     bms_error *error);

#endif
