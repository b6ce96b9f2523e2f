/**
 * One run of the command: the library's handle, where text goes, and how it ended.
 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "output.h"

#include <bms.h>

struct session {
    bms *library;
    int64_t time; /* of the run, where the environment sets it */
    bool quiet;
    bool json;
    bool wrong;           /* something must be corrected: exit code 1 */
    bool stores;          /* the command has done what stands also when it cannot be shown */
    struct output out;    /* standard output, delivered when all went well */
    struct output notes;  /* standard error, at once */
    struct output advice; /* standard error, after what was found */
    bool shows_progress;  /* standard error is a terminal */
    bool progress_shown;  /* a line of progress is on the terminal */
    bool waiting_reported;
    bms_error error;
};

/** Exit codes; 0 is fine. */
enum exit_code { EXIT_FOUND = 1, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_HISTORY = 4, EXIT_OTHER = 5 };

/** @return the exit code for a status. */
int session_exit_code(const struct session *session, enum bms_status status);

/** @return `text` in the session's language. */
const char *translated(const struct session *session, const char *text);

/** Refuse the command line. @param message  translated @param where  the argument, or "" @return BMS_USAGE */
enum bms_status session_refuse(struct session *session, const char *message, const char *where);

/** For bms_listener.on_progress: show progress or waiting; cancel when the user interrupts. */
bool session_progress(void *session, size_t done, size_t total);

/** Clear the line of progress. */
void session_end_progress(struct session *session);

/**
 * Write a line on standard output, translated and with its places filled as by output_message.
 */
void session_say(struct session *session, const char *text, ...) __attribute__((sentinel));

/** Write a line of advice on standard error; nothing with --quiet. */
void session_advise(struct session *session, const char *text, ...) __attribute__((sentinel));

/** @return whether a question can be asked. */
bool session_can_ask(const struct session *session);

/**
 * Show what was said so far, and ask a question that is answered with yes or no.
 *
 * @param text  translated by the function, its places filled as by output_message
 * @return whether the answer is yes
 */
bool session_ask(struct session *session, const char *text, ...) __attribute__((sentinel));

/** @return the number for people, in `out`; "–" when it is not known. */
const char *session_number(const struct session *session, bms_number number, char *out);

#endif
