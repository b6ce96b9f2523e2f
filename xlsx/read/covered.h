/**
 * Which cells are covered by the array formulas and data tables read so far.
 *
 * For each column the last row that is covered, kept for ranges of columns at once (a tree over the 16 384
 * columns), so that neither many formulas nor wide ones make the cells below them slower to read.
 */
#ifndef BMS_XLSX_READ_COVERED_H
#define BMS_XLSX_READ_COVERED_H

#include "xlsx/cell/address.h"

/** Start with {0}. */
typedef struct bms_covered {
    uint32_t *until;    /* by node of the tree; one more than the last row; NULL: nothing is covered */
    uint32_t until_any; /* the greatest of them */
} bms_covered;

/** Add a range whose first cell is being read. @return false when memory is out */
bool bms_covered_add(bms_covered *covered, const bms_range *range);

/**
 * @return whether a range that was added reaches the cell. Rows are read downwards; in the odd file where
 * they are not, cells above a range count as reached too
 */
bool bms_covered_reaches(const bms_covered *covered, uint32_t row, uint32_t column);

void bms_covered_dispose(bms_covered *covered);

#endif
