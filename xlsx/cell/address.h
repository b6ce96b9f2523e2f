/**
 * Where a cell is: "C5" and row 4, column 2; "A1:C5" and a range.
 *
 * Rows and columns count from 0 everywhere in the program; only text shown to people counts from 1.
 */
#ifndef BMS_XLSX_CELL_ADDRESS_H
#define BMS_XLSX_CELL_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The largest sheet of the format (ECMA-376 part 1, 18.3.1.73 and 18.3.1.13). */
enum { BMS_MAX_ROWS = 1048576, BMS_MAX_COLUMNS = 16384 };

/** Room for any address or any range with its final zero: "$XFD$1048576:$XFD$1048576". */
enum { BMS_ADDRESS_SIZE = 16, BMS_RANGE_SIZE = 32 };

/** A rectangle of cells, both corners included. */
typedef struct bms_range {
    uint32_t first_row;
    uint32_t first_column;
    uint32_t last_row;
    uint32_t last_column;
} bms_range;

/** Write the address of a cell, as "C5". @param[out] out room for BMS_ADDRESS_SIZE bytes. @return `out` */
char *bms_address_write(uint32_t row, uint32_t column, char *out);

/** Write a range, as "A1:C5" or, for one cell, "A1". @param[out] out BMS_RANGE_SIZE bytes. @return `out` */
char *bms_range_write(const bms_range *range, char *out);

/**
 * Read an address as a cell of a sheet carries it: letters, then digits, nothing else ("C5"; no `$`).
 *
 * @param text, length  need not be ended by zero
 * @return whether it is an address of a sheet
 */
bool bms_address_read(const char *text, size_t length, uint32_t *row, uint32_t *column);

/**
 * Read a range: "A1", "A1:C5", "$A$1:$C$5", whole columns "A:C", whole rows "2:4". Corners in any order.
 *
 * @return whether it is a range of a sheet; `out` is untouched if not
 */
bool bms_range_read(const char *text, size_t length, bms_range *out);

/** @return whether the cell is in the range. */
bool bms_range_holds(const bms_range *range, uint32_t row, uint32_t column);

#endif
