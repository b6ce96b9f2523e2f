#include "utf8.h"

#include <stdbool.h>

/** How long a character is by its first byte, and the bits that byte gives. @return 0: cannot be a first byte
 */
static size_t first_byte(unsigned char byte, uint32_t *bits) {
    if (byte < 0x80) {
        *bits = byte;
        return 1;
    }
    if (byte >= 0xC2 && byte < 0xE0) {
        *bits = byte & 0x1F;
        return 2;
    }
    if (byte >= 0xE0 && byte < 0xF0) {
        *bits = byte & 0x0F;
        return 3;
    }
    if (byte >= 0xF0 && byte < 0xF5) {
        *bits = byte & 0x07;
        return 4;
    }
    return 0;
}

static bool is_character(uint32_t code, size_t length) {
    bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    return !overlong && !surrogate && code <= 0x10FFFF;
}

size_t utf8_next(const char *text, uint32_t *character) {
    uint32_t code = 0;
    size_t length = first_byte((unsigned char)text[0], &code);
    for (size_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if ((byte & 0xC0) != 0x80) {
            *character = UTF8_BAD;
            return i;
        }
        code = code << 6 | (byte & 0x3F);
    }
    bool fine = length > 0 && is_character(code, length);
    *character = fine ? code : UTF8_BAD;
    return length > 0 ? length : 1;
}

struct span {
    uint32_t first, last;
};

static bool within(const struct span *spans, size_t n, uint32_t code) {
    for (size_t i = 0; i < n; i++) {
        if (code >= spans[i].first && code <= spans[i].last) {
            return true;
        }
    }
    return false;
}

static size_t character_width(uint32_t code) {
    static const struct span nothing[] = {
        {0x300, 0x36F},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E},
        {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};
    static const struct span two[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},  {0x3041, 0xA4CF},
                                      {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},  {0xFE30, 0xFE6F},
                                      {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},  {0x1F300, 0x1F64F},
                                      {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
    if (within(nothing, sizeof nothing / sizeof *nothing, code)) {
        return 0;
    }
    return within(two, sizeof two / sizeof *two, code) ? 2 : 1;
}

size_t utf8_width(const char *text) {
    size_t width = 0;
    while (*text) {
        uint32_t code;
        text += utf8_next(text, &code);
        width += code == UTF8_BAD ? 1 : character_width(code);
    }
    return width;
}
