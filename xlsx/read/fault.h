/**
 * Saying why a workbook cannot be read: the one place where the reader's messages are put together.
 *
 * A message always names the file, and the part, sheet and cell where they are known.
 */
#ifndef BMS_XLSX_READ_FAULT_H
#define BMS_XLSX_READ_FAULT_H

#include "core/base/budget.h"
#include "core/bms.h"

#include <stddef.h>

/** What a message needs; passed down through the whole reader. */
typedef struct bms_reading {
    const char *file;     /* the name for messages */
    const char *language; /* of the message */
    bms_error *error;     /* may be NULL */
    bms_budget *budget;   /* of the file; NULL: no limit */
} bms_reading;

/** Where in the file, and what was found there. NULL for what the message does not mention. */
typedef struct bms_fault_place {
    const char *part;  /* {part}: the member of the container */
    const char *sheet; /* {sheet} */
    const char *cell;  /* {cell} */
    const char *value; /* {value}: what was found */
} bms_fault_place;

/**
 * Refuse the file.
 *
 * @param text   English, marked with BMS_TEXT; places {file} {part} {sheet} {cell} {value}
 * @param place  may be NULL
 * @return BMS_INPUT
 */
enum bms_status bms_fault(const bms_reading *reading, const char *text, const bms_fault_place *place);

/** Report that memory or the file's budget ran out, which the budget tells apart. @return BMS_NO_MEMORY */
enum bms_status bms_fault_no_memory(const bms_reading *reading);

#endif
