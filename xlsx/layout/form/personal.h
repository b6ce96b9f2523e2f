/**
 * Personal numbers in a workbook that came back: hidden before anything of it is used; for return_read.c.
 */
#ifndef BMS_XLSX_LAYOUT_FORM_PERSONAL_H
#define BMS_XLSX_LAYOUT_FORM_PERSONAL_H

#include "core/form/return.h"
#include "xlsx/layout/form/return_sheets.h"

/** A file with more personal numbers than these has the first of them named. */
enum { BMS_MOST_PERSONAL = 1000 };

/** Note where a cell holds a personal number. @param sheet  its name, as shown @return false: no memory */
bool bms_note_personal(bms_arena *arena, bms_looked_at *looked_at, const char *sheet, const bms_cell *cell);

/** @return a sheet's name, with a personal number in it hidden; lives in the arena. */
const char *bms_personal_shown_name(bms_arena *arena, const bms_workbook *workbook, size_t index);

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
