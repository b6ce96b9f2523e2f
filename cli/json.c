#include "json.h"

#include "number.h"
#include "utf8.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

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

static void write_character(struct output *output, const char *text, size_t length) {
    const char *escape = short_escape(text[0]);
    if (escape) {
        output_text(output, escape);
    } else if ((unsigned char)text[0] < 0x20) {
        char code[8];
        (void)snprintf(code, sizeof code, "\\u%04x", (unsigned)text[0]);
        output_text(output, code);
    } else {
        output_bytes(output, text, length);
    }
}

static void write_text(struct output *output, const char *text) {
    output_text(output, "\"");
    while (*text) {
        uint32_t character;
        size_t length = utf8_next(text, &character);
        if (character == UTF8_BAD) {
            output_text(output, "\xEF\xBF\xBD");
        } else {
            write_character(output, text, length);
        }
        text += length;
    }
    output_text(output, "\"");
}

static void comma(struct json *json) {
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->filled[json->depth]) {
        output_text(json->output, ",");
    }
    json->filled[json->depth] = true;
}

void json_open(struct json *json, char bracket) {
    assert(json->depth + 1 < JSON_DEPTH);
    comma(json);
    output_bytes(json->output, &bracket, 1);
    json->filled[++json->depth] = false;
}

void json_close(struct json *json, char bracket) {
    assert(json->depth > 0);
    json->depth--;
    output_bytes(json->output, &bracket, 1);
}

void json_key(struct json *json, const char *key) {
    comma(json);
    write_text(json->output, key);
    output_text(json->output, ":");
    json->after_key = true;
}

void json_null(struct json *json) {
    comma(json);
    output_text(json->output, "null");
}

void json_boolean(struct json *json, bool value) {
    comma(json);
    output_text(json->output, value ? "true" : "false");
}

void json_count(struct json *json, size_t value) {
    comma(json);
    char digits[NUMBER_SIZE];
    output_text(json->output, number_count(value, digits));
}

void json_text(struct json *json, const char *text) {
    if (!text) {
        json_null(json);
        return;
    }
    comma(json);
    write_text(json->output, text);
}

void json_number(struct json *json, double value) {
    char digits[NUMBER_SIZE] = "null";
    comma(json);
    if (isfinite(value)) {
        number_shortest(value, '.', digits);
    }
    output_text(json->output, digits);
}

void json_text_member(struct json *json, const char *key, const char *text) {
    json_key(json, key);
    json_text(json, text);
}

void json_count_member(struct json *json, const char *key, size_t value) {
    json_key(json, key);
    json_count(json, value);
}

void json_boolean_member(struct json *json, const char *key, bool value) {
    json_key(json, key);
    json_boolean(json, value);
}
