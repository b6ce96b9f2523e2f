/**
 * Counts rows and cells that leave their position out (see position.h), and refuses those that hold something
 * twice.
 */
#include "xlsx/read/position.h"

#include "xlsx/read/stored_number.h"

#include <string.h>

/** @return whether the bit was set before */
static bool set_bit(uint8_t *bits, uint32_t index) {
    uint8_t bit = (uint8_t)(1U << (index & 7));
    bool before = bits[index / 8] & bit;
    bits[index / 8] |= bit;
    return before;
}

static bool has_bit(const uint8_t *bits, uint32_t index) {
    return bits[index / 8] >> (index & 7) & 1;
}

enum bms_step bms_position_enter_row(bms_position *position, const char *number) {
    uint32_t row = position->next_row;
    if (number) {
        uint64_t stored = 0;
        if (!bms_stored_count_read(number, strlen(number), BMS_MAX_ROWS, &stored) || stored == 0)
            return BMS_STEP_IMPOSSIBLE;
        row = (uint32_t)stored - 1;
    }
    if (row >= BMS_MAX_ROWS)
        return BMS_STEP_IMPOSSIBLE;
    bool goes_on = position->next_row > 0 && row == position->row; /* a row in two adjacent pieces */
    if (!goes_on) {
        memset(position->columns_used, 0, sizeof position->columns_used);
        position->next_column = 0;
        position->used_before = number && has_bit(position->rows_used, row);
    }
    position->row = row;
    position->next_row = row + 1;
    position->implied = !number;
    return BMS_STEP_FINE;
}

/** The first cell of a row without a number decides which row it is. */
static void settle_row(bms_position *position, uint32_t row) {
    position->implied = false;
    position->row = row;
    position->next_row = row + 1;
    position->used_before = has_bit(position->rows_used, row);
}

enum bms_step bms_position_enter_cell(bms_position *position, const char *address) {
    uint32_t column = position->next_column;
    uint32_t row = position->row;
    if (address && !bms_address_read(address, strlen(address), &row, &column))
        return BMS_STEP_IMPOSSIBLE;
    if (column >= BMS_MAX_COLUMNS)
        return BMS_STEP_IMPOSSIBLE;
    if (position->implied)
        settle_row(position, row);
    if (row != position->row)
        return BMS_STEP_DISAGREES;
    position->column = column;
    position->next_column = column + 1;
    return BMS_STEP_FINE;
}

enum bms_step bms_position_use_cell(bms_position *position) {
    if (position->used_before || set_bit(position->columns_used, position->column))
        return BMS_STEP_TWICE;
    (void)set_bit(position->rows_used, position->row);
    return BMS_STEP_FINE;
}
