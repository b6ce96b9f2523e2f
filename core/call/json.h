/**
 * Writing one JSON document (RFC 8259), piece by piece.
 *
 * Commas and nesting are kept here, so that what is written is always well formed as long as what is opened
 * is closed. Text that is not valid UTF-8 (a file name can be) comes out with U+FFFD for the bad bytes, and
 * what bms_is_control names comes out escaped, so that a document can be shown on a terminal.
 */
#ifndef BMS_CALL_JSON_H
#define BMS_CALL_JSON_H

#include "core/base/sink.h"

enum { BMS_JSON_DEPTH = 16 };

/** Start with the sink set and the rest 0. */
typedef struct bms_json {
    bms_sink sink;
    int depth;
    bool filled[BMS_JSON_DEPTH]; /* a value has been written at this depth */
    bool after_key;
} bms_json;

void bms_json_open(bms_json *json, char bracket);  /**< `{` or `[` */
void bms_json_close(bms_json *json, char bracket); /**< `}` or `]` */

/** The name of the member whose value comes next. */
void bms_json_key(bms_json *json, const char *key);

/** The name of a member whose value is a list; `[`. */
void bms_json_open_list(bms_json *json, const char *key);

void bms_json_null(bms_json *json);
void bms_json_boolean(bms_json *json, bool value);
void bms_json_count(bms_json *json, size_t value);

/** A text; NULL is null. */
void bms_json_text(bms_json *json, const char *text);

/** The shortest decimal that reads back as the same number; what is not finite is null. */
void bms_json_number(bms_json *json, double value);

/** A value that is JSON already. */
void bms_json_written(bms_json *json, const bms_kept *value);

/** A member with its value. */
void bms_json_text_member(bms_json *json, const char *key, const char *text);
void bms_json_boolean_member(bms_json *json, const char *key, bool value);
void bms_json_count_member(bms_json *json, const char *key, size_t value);

/** A member with a number from 1; 0 is null. */
void bms_json_ordinal_member(bms_json *json, const char *key, size_t value);

#endif
