/**
 * Where the next cell is: rows and cells may leave their position out, and none may hold something twice.
 *
 * An empty one beside one that holds something is harmless: it is unclear nowhere which of them counts.
 */
#ifndef BMS_XLSX_READ_POSITION_H
#define BMS_XLSX_READ_POSITION_H

#include "xlsx/cell/address.h"

/** What became of a step. */
enum bms_step {
    BMS_STEP_FINE,
    BMS_STEP_IMPOSSIBLE, /* no such place in a sheet */
    BMS_STEP_DISAGREES,  /* the cell's address names another row than the one it is in */
    BMS_STEP_TWICE       /* there was one that holds something at this place before */
};

/** Start zeroed. */
typedef struct bms_position {
    uint32_t row; /* last entered */
    uint32_t column;
    uint32_t next_row;
    uint32_t next_column;
    bool implied;     /* the row was given no number and has had no cell yet */
    bool used_before; /* the row held something, then came others */
    uint8_t rows_used[BMS_MAX_ROWS / 8];
    uint8_t columns_used[BMS_MAX_COLUMNS / 8]; /* of this row */
} bms_position;

/**
 * Enter a row.
 *
 * @param number  as stored, from 1; NULL: from its first cell's address, else the one after the last
 */
enum bms_step bms_position_enter_row(bms_position *position, const char *number);

/** Enter a cell of the row. @param address as stored; NULL: the one after the last */
enum bms_step bms_position_enter_cell(bms_position *position, const char *address);

/** Note that the cell entered last holds something. */
enum bms_step bms_position_use_cell(bms_position *position);

#endif
