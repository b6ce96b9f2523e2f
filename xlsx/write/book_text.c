/** Makes texts such as the format can hold them: valid, without control characters, not too long. */
#include "xlsx/write/book_inside.h"

#include <string.h>
#include <utf8proc.h>

/** @return how many bytes the UTF-8 character at `text` has; 0 for one that XML cannot hold. */
static size_t character_size(const unsigned char *text) {
    utf8proc_int32_t code = 0;
    utf8proc_ssize_t size = utf8proc_iterate(text, -1, &code);
    return size < 0 || code == 0xFFFE || code == 0xFFFF ? 0 : (size_t)size;
}

static bool is_hex(unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/** Whether a spreadsheet program would read the text here as an escaped character: _x0041_ */
static bool looks_escaped(const unsigned char *text) {
    return text[0] == '_' && text[1] == 'x' && is_hex(text[2]) && is_hex(text[3]) && is_hex(text[4]) &&
           is_hex(text[5]) && text[6] == '_';
}

static bool is_control(unsigned char c) {
    return (c < ' ' && c != '\n' && c != '\t') || c == 0x7F;
}

/** @return how many bytes can stay as they are, and in `characters` how many characters they are. */
static size_t clean_span(const unsigned char *text, size_t most, size_t *characters) {
    size_t at = 0;
    *characters = 0;
    while (text[at] && *characters < most && !is_control(text[at]) && !looks_escaped(text + at)) {
        size_t size = character_size(text + at);
        if (size == 0)
            break;
        at += size;
        ++*characters;
    }
    return at;
}

/** Write a replacement for the bytes at `from` to `to`. @return how many bytes were read */
static size_t replace_one(const unsigned char *from, char **to) {
    if (looks_escaped(from)) {
        memcpy(*to, "_x005F_", 7);
        *to += 7;
        return 1;
    }
    if (from[0] == '\r') {
        *(*to)++ = '\n';
        return from[1] == '\n' ? 2 : 1;
    }
    if (is_control(from[0])) {
        *(*to)++ = ' ';
        return 1;
    }
    memcpy(*to, "\xEF\xBF\xBD", 3); /* not UTF-8: the replacement character */
    *to += 3;
    return 1;
}

static const char *rewrite(bms_book *book, const unsigned char *text, size_t most) {
    char *clean = bms_arena_alloc(book->arena, strlen((const char *)text) * 7 + 1);
    if (!clean)
        return "";
    char *end = clean;
    while (*text && most > 0) {
        size_t characters = 0;
        size_t span = clean_span(text, most, &characters);
        memcpy(end, text, span);
        end += span;
        text += span;
        most -= characters;
        if (*text && most > 0) {
            text += replace_one(text, &end);
            most -= most > 7 ? 7 : most;
        }
    }
    *end = '\0';
    return clean;
}

const char *bms_book_cut(bms_book *book, const char *text, size_t n) {
    size_t characters = 0;
    size_t span = clean_span((const unsigned char *)text, n, &characters);
    return text[span] ? rewrite(book, (const unsigned char *)text, n) : text;
}

const char *bms_book_clean_text(bms_book *book, const char *text) {
    return bms_book_cut(book, text, BMS_LONGEST_TEXT);
}

char *bms_book_writable(bms_book *book, const char *text) {
    return bms_arena_buffer(book->arena, text, strlen(text));
}
