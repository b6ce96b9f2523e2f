/**
 * Finding the sheets of a form in a workbook that came back, whatever they are called now; for return_read.c.
 *
 * The form and the action sheet are recognised by their headings in any of the languages, the hidden one by
 * its first cell.
 */
#ifndef BMS_XLSX_LAYOUT_FORM_RETURN_SHEETS_H
#define BMS_XLSX_LAYOUT_FORM_RETURN_SHEETS_H

#include "core/form/return.h"
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

/** Personal numbers on one sheet, and whether all of it was looked at. */
typedef struct bms_looked_at {
    bms_raw_place *places; /* the first of them */
    size_t n;
    size_t capacity;
    bool whole;
    bool ours; /* the hidden sheet, which is left alone */
} bms_looked_at;

typedef struct bms_found_sheets {
    bms_found_table form;
    bms_found_table *copies; /* the other sheets with the form's table */
    size_t n_copies;
    bms_found_table actions;
    const bms_sheet *hidden;
    bms_looked_at *looked_at; /* by the sheets of the workbook */
} bms_found_sheets;

/**
 * Find and load the sheets of a form, in one pass over each; personal numbers are noted on the way.
 *
 * Where several sheets have the form's table (someone copied it, or moved another form into the file), the
 * form is one whose visible line agrees with the hidden sheet; of these the one with most numbers filled in,
 * of equals the first. The others are its copies.
 *
 * @return BMS_OK (found or not), BMS_INPUT for a damaged sheet and for a table that goes on far below any
 * form, BMS_NO_MEMORY
 */
enum bms_status bms_return_find_sheets(bms_arena *arena, bms_workbook *workbook, const char *file,
                                       const char *language, bms_found_sheets *out, bms_error *error);

/** Find the visible line of identity on a sheet: it is near the end. @return its cell, or NULL */
const bms_cell *bms_return_find_line(bms_arena *arena, const bms_sheet *sheet, bms_identity *out);

/** Read a cell as the visible line of identity. @return whether it is one; `cell` may be NULL */
bool bms_return_take_line(bms_arena *arena, const bms_cell *cell, bms_identity *out);

#endif
