/**
 * The number formats of a workbook's styles, which say what a number is.
 */
#ifndef BMS_XLSX_READ_CELL_STYLES_H
#define BMS_XLSX_READ_CELL_STYLES_H

#include "core/base/arena.h"
#include "xlsx/read/package.h"

#include <stdbool.h>
#include <stdint.h>

/** What a cell's style says. */
typedef struct bms_cell_style {
    const char *number_format; /* NULL: General, or not kept */
    bool is_date;
    bool is_per_cent;
} bms_cell_style;

typedef struct bms_cell_styles {
    bms_cell_style *items; /* by the number that cells refer to */
    size_t count;
    size_t capacity;
} bms_cell_styles;

/**
 * Read the styles part.
 *
 * @param formats  whether the number formats themselves are kept, and not only what they say
 * @param arena    where the styles live
 * @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY
 */
enum bms_status bms_cell_styles_read(bms_cell_styles *out, bms_package *package, size_t member, bool formats,
                                     bms_arena *arena, const bms_reading *reading);

/** @return the style with that number; General for one that does not exist. */
const bms_cell_style *bms_cell_styles_get(const bms_cell_styles *styles, uint64_t index);

#endif
