/** What every command needs: messages, progress, refusals and the exit code (see session.h). */
#include "session.h"

#include "number.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

int session_exit_code(const struct session *session, enum bms_status status) {
    switch (status) {
    case BMS_OK:
        return session->wrong ? EXIT_FOUND : 0;
    case BMS_USAGE:
        return EXIT_USAGE;
    case BMS_INPUT:
        return EXIT_INPUT;
    case BMS_HISTORY_MISSING:
    case BMS_HISTORY_LOCKED:
    case BMS_HISTORY_NEWER:
    case BMS_HISTORY_DAMAGED:
        return EXIT_HISTORY;
    default:
        return EXIT_OTHER;
    }
}

const char *translated(const struct session *session, const char *text) {
    return session->library ? bms_translate(session->library, text) : text;
}

static void set_text(char *out, size_t size, const char *text) {
    size_t length = strlen(text);
    length = length < size ? length : size - 1;
    memcpy(out, text, length);
    out[length] = '\0';
}

enum bms_status session_refuse(struct session *session, const char *message, const char *where) {
    session->error.code = BMS_USAGE;
    set_text(session->error.message, sizeof session->error.message, message);
    set_text(session->error.where, sizeof session->error.where, where);
    return BMS_USAGE;
}

static void show_waiting(struct session *session) {
    if (!session->waiting_reported) {
        session_end_progress(session);
        output_message(&session->notes, "{text}\n", "text",
                       translated(session, "Another program is using the history; waiting until it is done."),
                       NULL);
        session->waiting_reported = true;
    }
}

static void show_progress(struct session *session, size_t done, size_t total) {
    char line[64];
    (void)snprintf(line, sizeof line, "\r%zu/%zu ", done, total);
    output_steer(&session->notes, line);
    session->progress_shown = true;
}

bool session_progress(void *context, size_t done, size_t total) {
    struct session *session = context;
    if (total == 0) {
        show_waiting(session);
    } else if (session->shows_progress && !session->quiet) {
        show_progress(session, done, total);
    }
    return !terminal_interrupted();
}

void session_end_progress(struct session *session) {
    if (session->progress_shown) {
        output_steer(&session->notes, "\r\033[K");
        session->progress_shown = false;
    }
}

void session_say(struct session *session, const char *text, ...) {
    va_list pairs;
    va_start(pairs, text);
    output_message_list(&session->out, translated(session, text), pairs);
    va_end(pairs);
    output_text(&session->out, "\n");
}

void session_advise(struct session *session, const char *text, ...) {
    if (session->quiet)
        return;
    va_list pairs;
    va_start(pairs, text);
    output_message_list(&session->advice, translated(session, text), pairs);
    va_end(pairs);
    output_text(&session->advice, "\n");
}

bool session_can_ask(const struct session *session) {
    return !session->json && terminal_can_ask();
}

bool session_ask(struct session *session, const char *text, ...) {
    char answer[32];
    va_list pairs;
    session_end_progress(session);
    if (!output_deliver(&session->out, stdout))
        return false;
    (void)fflush(stdout);
    output_discard(&session->out);
    va_start(pairs, text);
    output_message_list(&session->notes, translated(session, text), pairs);
    va_end(pairs);
    output_text(&session->notes, " ");
    return terminal_answer(answer, sizeof answer) && *answer && strchr("jJyY", *answer);
}

const char *session_number(const struct session *session, bms_number number, char *out) {
    if (!number.known)
        return "–";
    number_rounded(number.value, bms_decimal_mark(session->library), out);
    return out;
}
