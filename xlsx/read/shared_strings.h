/**
 * The texts that cells refer to by number: the shared strings of a workbook, kept in one piece of memory.
 */
#ifndef BMS_XLSX_READ_SHARED_STRINGS_H
#define BMS_XLSX_READ_SHARED_STRINGS_H

#include "xlsx/read/package.h"
#include "xlsx/read/text_buffer.h"

#include <stdint.h>

/** Start with {0}, or with a budget in `texts`. */
typedef struct bms_shared_strings {
    bms_text_buffer texts; /* one after the other, each ended by zero */
    uint32_t *starts;
    size_t count;
    size_t capacity;
} bms_shared_strings;

/** Read the shared strings part. @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY */
enum bms_status bms_shared_strings_read(bms_shared_strings *out, bms_package *package, size_t member,
                                        const bms_reading *reading);

void bms_shared_strings_dispose(bms_shared_strings *strings);

/** @return how many bytes text number `index` has, without its final zero; 0 when there is none. */
size_t bms_shared_strings_length(const bms_shared_strings *strings, uint64_t index);

/** @return text number `index`, or NULL when there is none; lives as long as the strings. */
const char *bms_shared_strings_get(const bms_shared_strings *strings, uint64_t index);

#endif
