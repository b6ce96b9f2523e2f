/**
 * A text that grows while a part is read; its memory is used again for the next text.
 */
#ifndef BMS_XLSX_READ_TEXT_BUFFER_H
#define BMS_XLSX_READ_TEXT_BUFFER_H

#include "core/base/budget.h"

#include <stdbool.h>
#include <stddef.h>

/** Start with {0}, or with a budget for its memory. */
typedef struct bms_text_buffer {
    char *text; /* ended by zero once something was added; NULL before */
    size_t length;
    size_t capacity;
    bms_budget *budget; /* NULL: none */
} bms_text_buffer;

/** Free the memory. */
void bms_text_buffer_dispose(bms_text_buffer *buffer);

/** Start over, keeping the memory. */
void bms_text_buffer_clear(bms_text_buffer *buffer);

/** Make room for `length` more bytes and a final zero. @return false when memory or the budget ran out */
bool bms_text_buffer_reserve(bms_text_buffer *buffer, size_t length);

/** @return false when memory or the budget ran out */
bool bms_text_buffer_add(bms_text_buffer *buffer, const char *text, size_t length);

/** @return the text, "" when nothing was added; borrowed until the buffer changes. */
const char *bms_text_buffer_get(const bms_text_buffer *buffer);

/**
 * Undo the escapes of the format's texts (ECMA-376 part 1, 22.9.2.19): `_x000D_` is the character U+000D,
 * `_x005F_` an underscore that would otherwise start an escape. `_x0000_` stays as it is: no text of the
 * format can hold that character.
 *
 * @param text    changed in place; never gets longer
 * @return the new length; a final zero is written there
 */
size_t bms_text_unescape(char *text, size_t length);

#endif
