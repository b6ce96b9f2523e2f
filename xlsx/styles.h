/**
 * The styles of a workbook, as far as they say what a number is: its number format.
 */
#ifndef BMS_STYLES_H
#define BMS_STYLES_H

#include "core/arena.h"
#include "xlsx/package.h"

#include <stdbool.h>
#include <stdint.h>

/** What a cell's style says. */
typedef struct bms_style {
    const char *number_format; /* NULL: General */
    bool is_date;
    bool is_per_cent;
} bms_style;

typedef struct bms_styles {
    bms_style *items; /* by the number a cell carries */
    size_t count;
    size_t capacity;
} bms_styles;

/** Read the styles part. @param arena where they live @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY */
enum bms_status bms_styles_read(bms_styles *out, bms_package *package, size_t member, bms_arena *arena,
                                const bms_reading *reading);

/** @return the style with that number; General for one that does not exist. */
const bms_style *bms_styles_get(const bms_styles *styles, uint64_t index);

#endif
