/**
 * bms – the command. Reads the arguments, runs one command over the library, and says how it ended.
 */
#include "call.h"
#include "command.h"
#include "help.h"
#include "number.h"
#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_FOR_A_SHORT_ANSWER = 1 << 16 };

static const struct option *options_of(const char *name) {
    static const struct option none[] = {{NULL, NULL, NULL}};
    if (strcmp(name, "help") == 0)
        return none;
    const struct command *command = command_find(name);
    return command ? command->options : NULL;
}

static enum bms_status refuse_command(struct session *session, const char *name) {
    const struct command *nearest = command_nearest(name);
    struct output message = {0};
    output_message(&message, translated(session, TEXT("There is no command {name}.")), "name", name, NULL);
    output_text(&message, " ");
    if (nearest) {
        output_message(&message, translated(session, TEXT("Did you mean bms {nearest}?")), "nearest",
                       nearest->name, NULL);
    } else {
        output_text(&message, translated(session, TEXT("bms --help lists them.")));
    }
    output_bytes(&message, "", 1);
    enum bms_status status = message.failed ? BMS_NO_MEMORY : session_refuse(session, message.bytes, name);
    output_discard(&message);
    return status;
}

static enum bms_status refuse_arguments(struct session *session, enum argument_fault fault,
                                        const char *at_fault) {
    const char *message = "";
    switch (fault) {
    case ARGUMENTS_NO_MEMORY:
        return BMS_NO_MEMORY;
    case ARGUMENTS_UNKNOWN_COMMAND:
        return refuse_command(session, at_fault);
    case ARGUMENTS_UNKNOWN_OPTION:
        message = TEXT("There is no such option. --help lists the options.");
        break;
    case ARGUMENTS_VALUE_MISSING:
        message = TEXT("The option needs a value after it.");
        break;
    default:
        message = TEXT("The option takes no value.");
    }
    return session_refuse(session, translated(session, message), at_fault);
}

/** Notices about the history go to standard error at once: they are not data. */
static void on_notice(void *context, const bms_finding *notice) {
    struct session *session = context;
    if (!session->quiet || notice->severity >= BMS_WARNING) {
        session_end_progress(session);
        output_message(&session->notes, "{message}\n", "message", notice->message, NULL);
    }
}

static int64_t fixed_time(void *context) {
    const struct session *session = context;
    return session->time;
}

/**
 * Take the time of the run from SOURCE_DATE_EPOCH, in seconds since 1970, where it is set: the usual way to
 * make the same files again (reproducible-builds.org).
 */
static enum bms_status set_time(struct session *session) {
    static const int64_t latest = 253402300799; /* the last second of the year 9999 */
    const char *text = terminal_given_time();
    if (!text || *text == '\0')
        return BMS_OK;
    char *end = NULL;
    session->time = strtoll(text, &end, 10);
    if (*end != '\0' || session->time < 0 || session->time > latest) {
        return session_refuse(
            session, translated(session, TEXT("SOURCE_DATE_EPOCH is not a number of seconds.")), text);
    }
    bms_set_clock(session->library, fixed_time, session);
    return BMS_OK;
}

static enum bms_status set_threads(struct session *session, const struct arguments *arguments) {
    const char *text = arguments_value(arguments, "threads");
    int threads = 0;
    if (text && !number_read(text, 99, &threads)) {
        return session_refuse(session, translated(session, TEXT("--threads takes a number from 1 to 99.")),
                              text);
    }
    bms_set_threads(session->library, threads);
    return BMS_OK;
}

static enum bms_status prepare(struct session *session, const struct arguments *arguments) {
    const char *language = arguments_value(arguments, "lang");
    const char *history = arguments_value(arguments, "db");
    enum bms_status status = BMS_OK;
    bms_set_notices(session->library, on_notice, session);
    if (language)
        status = bms_set_language(session->library, language, &session->error);
    if (language && !status)
        status = bms_set_workbook_language(session->library, language, &session->error);
    if (!status)
        status = set_time(session);
    if (!status && history)
        status = bms_set_history(session->library, history, &session->error);
    if (!status && arguments_value(arguments, "as-of"))
        status = bms_set_as_of(session->library, arguments_value(arguments, "as-of"), &session->error);
    const char *limits = arguments_value(arguments, "limits");
    if (!status && limits && strcmp(limits, "then") != 0 && strcmp(limits, "now") != 0)
        status = session_refuse(session, translated(session, TEXT("--limits takes then or now.")), limits);
    bms_set_limits_of_today(session->library, limits && strcmp(limits, "now") == 0);
    return status == BMS_OK ? set_threads(session, arguments) : status;
}

static enum bms_status run_command(struct session *session, const struct arguments *arguments) {
    const struct command *command = command_find(arguments->command);
    if (arguments_has(arguments, "help")) {
        help_write_command(session, command);
        return BMS_OK;
    }
    if (arguments->n_operands < command->least_operands) {
        return session_refuse(session, translated(session, TEXT("Something is missing after the command.")),
                              translated(session, command->usage));
    }
    if (arguments->n_operands > command->most_operands) {
        return session_refuse(session, translated(session, TEXT("The command takes no more arguments.")),
                              arguments->operands[command->most_operands]);
    }
    session->stores = command->stores;
    if (!session->json)
        return command->function(session, arguments);
    return (command->answer ? command->answer : call_command)(session, arguments);
}

static enum bms_status run_help(struct session *session, const struct arguments *arguments) {
    const char *name = arguments_operand(arguments, 0);
    const struct command *command = name ? command_find(name) : NULL;
    if (name && !command)
        return refuse_command(session, name);
    if (command) {
        help_write_command(session, command);
    } else {
        help_write(session);
    }
    return BMS_OK;
}

static enum bms_status run(struct session *session, const struct arguments *arguments,
                           enum argument_fault fault) {
    if (!output_reserve(&session->out, ROOM_FOR_A_SHORT_ANSWER))
        return BMS_NO_MEMORY;
    enum bms_status status = bms_new(&session->library, &session->error);
    if (!status)
        status = prepare(session, arguments);
    if (status)
        return status;
    if (fault)
        return refuse_arguments(session, fault, arguments->at_fault);
    if (arguments_has(arguments, "version")) {
        output_message(&session->out, "bms {version}\n", "version", bms_version(), NULL);
        return BMS_OK;
    }
    if (!arguments->command || strcmp(arguments->command, "help") == 0)
        return run_help(session, arguments);
    return run_command(session, arguments);
}

/** Write the message, and the place when the message does not name it. */
static void write_error_text(struct session *session) {
    const bms_error *error = &session->error;
    bool named = !*error->where || strstr(error->message, error->where);
    output_message(&session->notes, named ? "bms: {message}\n" : "bms: {where}: {message}\n", "where",
                   error->where, "message", error->message, NULL);
}

static void fail(struct session *session, enum bms_status status) {
    if (!*session->error.message) {
        const char *message =
            status == BMS_NO_MEMORY ? TEXT("There is not enough memory.") : bms_status_name(status);
        (void)snprintf(session->error.message, sizeof session->error.message, "%s",
                       translated(session, message));
    }
    session->error.code = status;
    output_discard(&session->out);
    if (session->json) {
        bms_answer answer = {0};
        bms_answer_error(&answer, &session->error);
        output_text(&session->out, answer.text);
        bms_answer_free(&answer);
    }
    write_error_text(session);
}

/** What a command has stored stands when there was no room to tell all of it: a failure would say that
 * nothing was done. */
static void tell_of_the_rest(struct session *session) {
    session->out.failed = false;
    output_message(
        &session->notes, "bms: {message}\n", "message",
        translated(session, TEXT("It is done, but there was not enough memory to tell all about it.")), NULL);
}

/** Deliver the output. @return the final status */
static enum bms_status finish(struct session *session, enum bms_status status) {
    session_end_progress(session);
    if (status == BMS_OK && session->out.failed && session->stores) {
        tell_of_the_rest(session);
    } else if (status == BMS_OK && session->out.failed) {
        status = BMS_NO_MEMORY;
    }
    if (status)
        fail(session, status);
    output_text(&session->out, session->json ? "\n" : "");
    if (!output_deliver(&session->out, stdout)) {
        status = BMS_NOT_WRITABLE;
        output_message(&session->notes, "bms: {message}\n", "message",
                       translated(session, TEXT("Could not write to standard output.")), NULL);
    }
    if (status == BMS_OK)
        (void)output_deliver(&session->advice, stderr);
    return status;
}

int main(int argc, char **argv) {
    struct arguments arguments;
    enum argument_fault fault =
        arguments_read(&arguments, argc, (const char *const *)argv, global_options, options_of);
    struct session session = {.quiet = arguments_has(&arguments, "quiet"),
                              .json = arguments_has(&arguments, "json"),
                              .out = {.guarded = true, .coloured = terminal_shows_colours(stdout)},
                              .notes = {.direct = stderr, .guarded = true},
                              .advice = {.guarded = true},
                              .shows_progress = terminal_is(stderr)};
    terminal_watch_interrupt();
    enum bms_status status = finish(&session, run(&session, &arguments, fault));
    int code = session_exit_code(&session, status);
    output_discard(&session.out);
    output_discard(&session.advice);
    bms_free(session.library);
    arguments_dispose(&arguments);
    return code;
}
