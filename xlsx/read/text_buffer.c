/** A growing text, and the escapes _xHHHH_ that spreadsheet programs put into texts (see text_buffer.h). */
#include "xlsx/read/text_buffer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { ESCAPE = 7 }; /* bytes of _xHHHH_ */

void bms_text_buffer_dispose(bms_text_buffer *buffer) {
    free(buffer->text);
    bms_budget_give_back(buffer->budget, buffer->capacity);
    *buffer = (bms_text_buffer){.budget = buffer->budget};
}

void bms_text_buffer_clear(bms_text_buffer *buffer) {
    buffer->length = 0;
    if (buffer->text)
        buffer->text[0] = '\0';
}

bool bms_text_buffer_reserve(bms_text_buffer *buffer, size_t length) {
    if (length > SIZE_MAX / 4 - buffer->length)
        return false;
    size_t needed = buffer->length + length + 1;
    if (needed <= buffer->capacity)
        return true;
    size_t capacity = buffer->capacity < 64 ? 64 : buffer->capacity + buffer->capacity / 2;
    if (capacity < needed)
        capacity = needed;
    if (!bms_budget_take(buffer->budget, capacity))
        return false;
    char *moved = realloc(buffer->text, capacity);
    bms_budget_give_back(buffer->budget, moved ? buffer->capacity : capacity);
    if (!moved)
        return false;
    buffer->text = moved;
    buffer->capacity = capacity;
    return true;
}

bool bms_text_buffer_add(bms_text_buffer *buffer, const char *text, size_t length) {
    if (!bms_text_buffer_reserve(buffer, length))
        return false;
    if (length > 0)
        memcpy(buffer->text + buffer->length, text, length);
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
    return true;
}

const char *bms_text_buffer_get(const bms_text_buffer *buffer) {
    return buffer->text ? buffer->text : "";
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

/** @return the code of the escape that starts at `text`, or -1 when none does. */
static int32_t escape_at(const char *text, const char *end) {
    if (end - text < ESCAPE || text[0] != '_' || text[1] != 'x' || text[6] != '_')
        return -1;
    int32_t code = 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(text[i]);
        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code == 0 ? -1 : code;
}

/** Join a pair of surrogates; one alone becomes U+FFFD. @param[in,out] from moved past the second escape */
static uint32_t join_surrogates(int32_t code, const char **from, const char *end) {
    if (code < 0xD800 || code > 0xDFFF)
        return (uint32_t)code;
    int32_t low = code < 0xDC00 ? escape_at(*from, end) : -1;
    if (low < 0xDC00 || low > 0xDFFF)
        return 0xFFFD;
    *from += ESCAPE;
    return 0x10000 + ((uint32_t)(code - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
}

size_t bms_text_unescape(char *text, size_t length) {
    const char *end = text + length;
    const char *from = memchr(text, '_', length);
    if (!from)
        return length;
    char *to = text + (from - text);
    while (from < end) {
        int32_t code = escape_at(from, end);
        if (code < 0) {
            *to++ = *from++;
            continue;
        }
        from += ESCAPE;
        if (code == '\r' && from < end && *from == '\r')
            continue; /* Excel escapes the CR of CR LF, and then writes the LF as CR LF */
        to +=
            utf8proc_encode_char((utf8proc_int32_t)join_surrogates(code, &from, end), (utf8proc_uint8_t *)to);
    }
    *to = '\0';
    return (size_t)(to - text);
}
