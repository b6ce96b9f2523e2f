/**
 * Where the next cell is: rows and cells may leave their position out, and none may stand twice.
 */
#ifndef BMS_XLSX_READ_POSITION_H
#define BMS_XLSX_READ_POSITION_H

#include "xlsx/cell/address.h"

/** What became of a step. */
enum bms_step {
    BMS_STEP_FINE,
    BMS_STEP_IMPOSSIBLE, /* no such place in a sheet */
    BMS_STEP_DISAGREES,  /* the cell's address is of another row than it stands in */
    BMS_STEP_TWICE       /* the place has been passed already */
};

/** Start zeroed. */
typedef struct bms_position {
    uint32_t row; /* the row and the cell last entered */
    uint32_t column;
    uint32_t next_row;
    uint32_t next_column;
    bool implied; /* the row was given no number and has had no cell yet */
    uint8_t rows_seen[BMS_MAX_ROWS / 8];
    uint8_t columns_seen[BMS_MAX_COLUMNS / 8]; /* of this row */
} bms_position;

/**
 * Enter a row.
 *
 * @param number  as stored, from 1; NULL: the one that its first cell's address says, else the one after the
 * last
 */
enum bms_step bms_position_enter_row(bms_position *position, const char *number);

/** Enter a cell of the row. @param address as stored; NULL: the one after the last */
enum bms_step bms_position_enter_cell(bms_position *position, const char *address);

#endif
