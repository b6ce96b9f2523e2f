/**
 * Writing one JSON document (RFC 8259), piece by piece.
 *
 * Commas and nesting are kept here, so that what is written is always well formed as long as what is opened
 * is closed. Text that is not valid UTF-8 (a file name can be) comes out with U+FFFD for the bad bytes.
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include "output.h"

enum { JSON_DEPTH = 16 };

/** Start with the output set and the rest 0. */
struct json {
    struct output *output;
    int depth;
    bool filled[JSON_DEPTH]; /* something stands before, at this depth */
    bool after_key;
};

void json_open(struct json *json, char bracket);  /**< `{` or `[` */
void json_close(struct json *json, char bracket); /**< `}` or `]` */

/** The name of the member whose value comes next. */
void json_key(struct json *json, const char *key);

void json_null(struct json *json);
void json_boolean(struct json *json, bool value);
void json_count(struct json *json, size_t value);

/** A text; NULL is null. */
void json_text(struct json *json, const char *text);

/** The shortest decimal that reads back as the same number; what is not finite is null. */
void json_number(struct json *json, double value);

/** A member with its value. */
void json_text_member(struct json *json, const char *key, const char *text);
void json_boolean_member(struct json *json, const char *key, bool value);
void json_count_member(struct json *json, const char *key, size_t value);

#endif
