/**
 * What --json prints: the answer of the library's verb to a request made from the command line.
 */
#ifndef CLI_CALL_H
#define CLI_CALL_H

#include "arguments.h"
#include "session.h"

/** A request being written. Start with {0}; call_verb frees it. */
struct request {
    struct output text;
    bool begun;
};

/** Add a member; what is NULL, false, 0 or empty is left out. */
void request_text(struct request *request, const char *name, const char *value);
void request_flag(struct request *request, const char *name, bool value);
void request_number(struct request *request, const char *name, int value);
void request_texts(struct request *request, const char *name, const char *const *values, size_t n);
void request_accepted(struct request *request, const char *name, const bms_accepting *accepted, size_t n);

/** Call the verb with the request and write its answer on standard output. @param attached  `n` workbooks */
enum bms_status call_verb(struct session *session, const char *verb, struct request *request,
                          const bms_source *attached, size_t n);

/** Call the verb that is named as the command, with its operands and options as they are. */
enum bms_status call_command(struct session *session, const struct arguments *arguments);

#endif
