/**
 * Personal numbers in a workbook that came back: hidden before anything of it is used; for return_read.c.
 */
#ifndef BMS_XLSX_LAYOUT_FORM_PERSONAL_H
#define BMS_XLSX_LAYOUT_FORM_PERSONAL_H

#include "core/form/return.h"
#include "xlsx/layout/form/return_sheets.h"

/**
 * Hide every personal number in the sheets that were found, and note where there are any, on other sheets
 * too. The hidden sheet is ours and is left alone.
 *
 * @param[in,out] found  its sheets are replaced by copies where something is hidden in them
 * @param[out]    out    `personal` and `n_personal`
 * @return BMS_OK, BMS_INPUT for a damaged sheet, BMS_NO_MEMORY
 */
enum bms_status bms_return_hide_personal(bms_arena *arena, bms_workbook *workbook, bms_found_sheets *found,
                                         bms_raw_return *out, bms_error *error);

#endif
