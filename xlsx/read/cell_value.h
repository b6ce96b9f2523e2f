/**
 * From the type and text of a stored cell to its kind and value.
 */
#ifndef BMS_XLSX_READ_CELL_VALUE_H
#define BMS_XLSX_READ_CELL_VALUE_H

#include "xlsx/read/sheet_reader.h"
#include "xlsx/read/text_buffer.h"

/** The types of ECMA-376 part 1, 18.18.11. */
enum bms_cell_type {
    BMS_TYPE_NUMBER,
    BMS_TYPE_SHARED,
    BMS_TYPE_FORMULA_TEXT,
    BMS_TYPE_INLINE,
    BMS_TYPE_BOOLEAN,
    BMS_TYPE_ERROR,
    BMS_TYPE_DATE,
    BMS_TYPE_UNKNOWN
};

/** A cell as stored in the file. */
typedef struct bms_stored_cell {
    enum bms_cell_type type;
    bool has_value;  /* there is a <v>, maybe empty */
    bool has_inline; /* there is an <is> */
    bms_text_buffer value;
    bms_text_buffer inline_text;
} bms_stored_cell;

/** @return the type with those letters; NULL and "" are numbers. */
enum bms_cell_type bms_cell_type_read(const char *letters);

/**
 * Find out what the cell holds.
 *
 * @param[in,out] cell    gets kind, number, text and shared_text; its row and column are used in messages
 * @param         stored  texts in it are changed in place and borrowed by `cell`
 * @return BMS_OK, BMS_INPUT when the text is not what the type says, BMS_NO_MEMORY beyond the budget
 */
enum bms_status bms_cell_value_read(bms_cell *cell, bms_stored_cell *stored, const bms_sheet_source *source,
                                    const bms_reading *reading);

#endif
