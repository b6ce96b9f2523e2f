/**
 * One run of the command: the library's handle, where text goes, and how it ended.
 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "output.h"

#include <bms.h>

struct session {
    bms *library;
    bool quiet;
    bool json;
    bool wrong;           /* something was found that must be mended: exit code 1 */
    struct output out;    /* standard output, delivered when all went well */
    struct output notes;  /* standard error, at once */
    struct output advice; /* standard error, after what was found */
    bool shows_progress;  /* standard error is a terminal */
    bool progress_shown;  /* a line of progress stands there now */
    bool told_of_waiting;
    bms_error error;
};

/** Exit codes; 0 is fine. */
enum exit_code { EXIT_FOUND = 1, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_HISTORY = 4, EXIT_OTHER = 5 };

/** @return the exit code for how the library's call ended. */
int session_exit_code(const struct session *session, enum bms_status status);

/** @return `text` in the session's language. */
const char *translated(const struct session *session, const char *text);

/** Refuse the call. @param message translated  @param where what it is about, or "" @return BMS_USAGE */
enum bms_status session_refuse(struct session *session, const char *message, const char *where);

/** Shows progress, says when it waits, and stops the library when the user interrupts. For
 * bms_listener.on_progress. */
bool session_progress(void *session, size_t done, size_t total);

/** Take the line of progress away. */
void session_end_progress(struct session *session);

/**
 * Say something on standard output, translated and with its places filled as by output_message; a line end
 * follows.
 */
void session_say(struct session *session, const char *text, ...) __attribute__((sentinel));

/** Say what to do next, on standard error; nothing with --quiet. */
void session_advise(struct session *session, const char *text, ...) __attribute__((sentinel));

/** @return the number for people, in `out`; "–" when it is not known. */
const char *session_number(const struct session *session, bms_number number, char *out);

#endif
