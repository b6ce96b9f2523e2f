/**
 * Finding the sheets of a form in a workbook that came back, whatever they are called now; for return_read.c.
 *
 * The form and the action sheet are recognised by their headings in any of the languages, the hidden one by
 * its first cell.
 */
#ifndef BMS_XLSX_LAYOUT_FORM_RETURN_SHEETS_H
#define BMS_XLSX_LAYOUT_FORM_RETURN_SHEETS_H

#include "xlsx/layout/form/sheet.h"

/* Stands where a heading was not found. */
#define BMS_NO_COLUMN UINT32_MAX

enum { BMS_MOST_HEADINGS = BMS_N_FORM_COLUMNS };

/** A sheet with a table of ours. */
typedef struct bms_found_table {
    const bms_sheet *sheet; /* NULL: there is none */
    size_t index;           /* of the sheet in the workbook */
    uint32_t heading_row;
    uint32_t columns[BMS_MOST_HEADINGS]; /* by enum bms_form_column or bms_action_column */
} bms_found_table;

typedef struct bms_found_sheets {
    bms_found_table form;
    bms_found_table actions;
    const bms_sheet *hidden;
} bms_found_sheets;

/**
 * Find and load the sheets of a form.
 *
 * Where several sheets have the form's table (someone copied it), the one with most numbers filled in is
 * used, of equals the first.
 *
 * @return BMS_OK (found or not), BMS_INPUT for a damaged sheet, BMS_NO_MEMORY
 */
enum bms_status bms_return_find_sheets(bms_arena *arena, bms_workbook *workbook, bms_found_sheets *out,
                                       bms_error *error);

#endif
