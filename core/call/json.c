/** Writing JSON (see json.h). Nothing is buffered: each call writes to the sink. */
#include "core/call/json.h"

#include "core/base/number.h"
#include "core/bms.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <utf8proc.h>

/** @return the short escape of a byte, as "\\n", or NULL when it has none. */
static const char *short_escape(char byte) {
    switch (byte) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    default:
        return NULL;
    }
}

static void write_escaped(const bms_sink *sink, utf8proc_int32_t character) {
    const char *escape = character < 0x80 ? short_escape((char)character) : NULL;
    char code[8];
    (void)snprintf(code, sizeof code, "\\u%04x", (unsigned)character & 0xFFFF);
    bms_sink_text(sink, escape ? escape : code);
}

/** Read the first character of a text. @return its bytes; 0 or less at the end and where it is no UTF-8 */
static utf8proc_ssize_t read_character(const char *text, utf8proc_int32_t *character) {
    *character = 0;
    return *text ? utf8proc_iterate((const utf8proc_uint8_t *)text, -1, character) : 0;
}

/** @return how many bytes at the beginning of a text can stand in JSON as they are. */
static size_t plain_length(const char *text) {
    size_t length = 0;
    for (;;) {
        utf8proc_int32_t character;
        utf8proc_ssize_t size = read_character(text + length, &character);
        if (size <= 0 || bms_is_control((uint32_t)character) || (size == 1 && short_escape((char)character)))
            return length;
        length += (size_t)size;
    }
}

/** @return the bytes that one U+FFFD replaces: a bad byte and the continuation bytes after it. */
static size_t bad_length(const char *text) {
    size_t length = 1;
    while (((unsigned char)text[length] & 0xC0) == 0x80)
        length++;
    return length;
}

/** Write the first character of a text that cannot stand in JSON as it is. @return its bytes */
static size_t write_replaced(const bms_sink *sink, const char *text) {
    utf8proc_int32_t character;
    utf8proc_ssize_t size = read_character(text, &character);
    if (size > 0) {
        write_escaped(sink, character);
        return (size_t)size;
    }
    bms_sink_text(sink, "\xEF\xBF\xBD");
    return bad_length(text);
}

static void write_text(const bms_sink *sink, const char *text) {
    bms_sink_text(sink, "\"");
    while (*text) {
        size_t length = plain_length(text);
        if (length > 0) {
            sink->write(sink->context, text, length);
        } else {
            length = write_replaced(sink, text);
        }
        text += length;
    }
    bms_sink_text(sink, "\"");
}

static void comma(bms_json *json) {
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->filled[json->depth])
        bms_sink_text(&json->sink, ",");
    json->filled[json->depth] = true;
}

void bms_json_open(bms_json *json, char bracket) {
    assert(json->depth + 1 < BMS_JSON_DEPTH);
    comma(json);
    json->sink.write(json->sink.context, &bracket, 1);
    json->filled[++json->depth] = false;
}

void bms_json_close(bms_json *json, char bracket) {
    assert(json->depth > 0);
    json->depth--;
    json->sink.write(json->sink.context, &bracket, 1);
}

void bms_json_key(bms_json *json, const char *key) {
    comma(json);
    write_text(&json->sink, key);
    bms_sink_text(&json->sink, ":");
    json->after_key = true;
}

void bms_json_open_list(bms_json *json, const char *key) {
    bms_json_key(json, key);
    bms_json_open(json, '[');
}

void bms_json_null(bms_json *json) {
    comma(json);
    bms_sink_text(&json->sink, "null");
}

void bms_json_boolean(bms_json *json, bool value) {
    comma(json);
    bms_sink_text(&json->sink, value ? "true" : "false");
}

void bms_json_count(bms_json *json, size_t value) {
    char digits[32];
    (void)snprintf(digits, sizeof digits, "%zu", value);
    comma(json);
    bms_sink_text(&json->sink, digits);
}

void bms_json_text(bms_json *json, const char *text) {
    if (!text) {
        bms_json_null(json);
        return;
    }
    comma(json);
    write_text(&json->sink, text);
}

void bms_json_number(bms_json *json, double value) {
    char digits[32] = "null";
    if (isfinite(value))
        bms_number_exported(value, '.', digits);
    comma(json);
    bms_sink_text(&json->sink, digits);
}

void bms_json_written(bms_json *json, const bms_kept *value) {
    comma(json);
    json->sink.write(json->sink.context, value->text, value->size);
}

void bms_json_text_member(bms_json *json, const char *key, const char *text) {
    bms_json_key(json, key);
    bms_json_text(json, text);
}

void bms_json_boolean_member(bms_json *json, const char *key, bool value) {
    bms_json_key(json, key);
    bms_json_boolean(json, value);
}

void bms_json_count_member(bms_json *json, const char *key, size_t value) {
    bms_json_key(json, key);
    bms_json_count(json, value);
}

void bms_json_ordinal_member(bms_json *json, const char *key, size_t value) {
    bms_json_key(json, key);
    if (value > 0) {
        bms_json_count(json, value);
    } else {
        bms_json_null(json);
    }
}
