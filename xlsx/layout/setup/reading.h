/**
 * What the files that read a setup workbook share: a sheet while it is read.
 */
#ifndef BMS_XLSX_LAYOUT_SETUP_READING_H
#define BMS_XLSX_LAYOUT_SETUP_READING_H

#include "core/definition/setup_mistakes.h"
#include "xlsx/read/workbook.h"

/** How far down the heading row is searched: there may be a title and some lines of explanation above it. */
enum { SETUP_HEADING_ROWS = 20 };

/** One sheet being read. */
struct setup_reading {
    bms_arena *arena;
    bms_findings *findings;
    const bms_sheet *cells;
    enum bms_setup_sheet kind;
    const bms_setup_schema *schema;
    bms_setup_table *table;
    bool date_1904;
    uint32_t n_columns;      /* of the sheet */
    const char **column_key; /* by column of the sheet; NULL: no heading, or an unknown one */
};

/** @return a cell's text as people see it, trimmed; "" for a blank one. */
const char *setup_text_of(const struct setup_reading *reading, const bms_cell *cell);

/** Add a mistake in a cell of the sheet. */
void setup_mistake(struct setup_reading *reading, enum bms_mistake mistake, uint32_t row, uint32_t column,
                   const char *value, const char *other);

/**
 * Find out which sheet of the setup each sheet of the workbook is: by its name in any language, or, with a
 * mistake, by a name or headings that are almost those of one that is missing.
 *
 * @param[out] kinds  one for each sheet, in the arena: BMS_N_SETUP_SHEETS where it is none
 * @return BMS_OK or BMS_NO_MEMORY
 */
enum bms_status setup_find_sheets(bms_arena *arena, bms_workbook *workbook, bms_findings *findings,
                                  enum bms_setup_sheet **kinds, bms_error *error);

/**
 * Find the headings of a sheet, and with them the columns: `column_key`, and the table's heading row and
 * columns. What is wrong with them is reported here; a heading that is almost the right one is read as that,
 * so that nothing else follows from it.
 */
void setup_read_headings(struct setup_reading *reading);

#endif
