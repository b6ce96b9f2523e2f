/**
 * Whether a result has changed, or is about as before (statistics, 'Change').
 *
 * A pure function of two results. Which two are compared is for comparison.c.
 */
#ifndef BMS_REPORT_CHANGE_H
#define BMS_REPORT_CHANGE_H

#include "core/definition/rollup.h"

/**
 * @param indicator  kind, which numbers are whole, decimals as shown, and least change
 * @param then,now   both with a known result
 *
 * For whole persons and cases, what chance alone gives at 95 % is no change: a two-proportion test for
 * shares and for units that said yes, the square root of the sum for counts. For all else it begins at the
 * indicator's least change: 1 per cent of the value before and at least one shown step, unless the setup
 * says otherwise. What is equal as shown never changed.
 */
bool bms_change_is_clear(const bms_indicator *indicator, const bms_rolled *then, const bms_rolled *now);

#endif
