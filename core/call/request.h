/**
 * The request of a call: a JSON object whose members the verb lists.
 *
 * It is read and judged as a whole before anything is done. A member that is unknown, of the wrong type or
 * given twice is refused, so that a typing error never asks for something else. A member that is null counts
 * as left out.
 */
#ifndef BMS_CALL_REQUEST_H
#define BMS_CALL_REQUEST_H

#include "core/base/arena.h"
#include "core/bms.h"

enum bms_member_kind {
    BMS_MEMBER_TEXT,
    BMS_MEMBER_NEEDED,  /* a text that must be there */
    BMS_MEMBER_FLAG,    /* true or false */
    BMS_MEMBER_NUMBER,  /* whole, from 1 */
    BMS_MEMBER_TEXTS,   /* a list of texts */
    BMS_MEMBER_FINDINGS /* a list of objects with rule, unit and indicator */
};

typedef struct bms_member {
    const char *name; /* NULL ends a list */
    enum bms_member_kind kind;
} bms_member;

/** Start with all but the last set; the arena is for messages and lists, and must outlive the request. */
typedef struct bms_request {
    const char *verb; /* its name, for messages */
    const bms_member *members;
    bms_arena *arena;
    const char *language;
    struct json_t *root; /* the parsed object, which owns the texts */
} bms_request;

/**
 * Read a request. Give it back with bms_request_dispose, whatever is returned.
 *
 * @param text  NULL is an empty object
 * @return BMS_OK, BMS_USAGE (the error's where names the member), BMS_NO_MEMORY
 */
enum bms_status bms_request_read(bms_request *request, const char *text, bms_error *error);

/** Refuse a member's value. @param must_be  what it must be, translated @return BMS_USAGE */
enum bms_status bms_request_refuse(const bms_request *request, const char *member, const char *must_be,
                                   bms_error *error);

void bms_request_dispose(bms_request *request);

/** @return the text, or NULL when it is left out. */
const char *bms_request_text(const bms_request *request, const char *name);

/** @return whether it is true. */
bool bms_request_flag(const bms_request *request, const char *name);

/** @return the number, or 0 when it is left out. */
int bms_request_number(const bms_request *request, const char *name);

/** @return the list; NULL when memory is out, which the arena remembers. @param[out] n  0 when left out */
const char **bms_request_texts(const bms_request *request, const char *name, size_t *n);
bms_accepting *bms_request_findings(const bms_request *request, const char *name, size_t *n);

#endif
