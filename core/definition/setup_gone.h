/**
 * What the last accepted setup had and a new one lacks altogether: an optional sheet with rows, a column with
 * something in it. A sheet that was never there is nobody's mistake.
 *
 * What is gone from sheets that are there is seen in what it does to the numbers (effects.h).
 */
#ifndef BMS_DEFINITION_SETUP_GONE_H
#define BMS_DEFINITION_SETUP_GONE_H

#include "core/definition/setup.h"

/** @return whether `before` has rows in the sheet and `now` has none. */
bool bms_setup_sheet_gone(const bms_setup_book *before, const bms_setup_book *now,
                          enum bms_setup_sheet sheet);

/** Add what is gone to the findings; each needs a yes. */
void bms_setup_gone_check(const bms_setup_book *before, const bms_setup_book *now, bms_findings *findings);

#endif
