/**
 * What a command is. One file a command; commands.c lists them.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "arguments.h"
#include "session.h"

/** Marks a text in a table for translation; it is looked up with translated() where it is shown. */
#define TEXT(text) text

struct command {
    const char *name;
    const char *usage;   /* what follows the name: "PERIOD [--unit CODE]" */
    const char *summary; /* one line, English */
    const char *details; /* some lines for its own help, English */
    const struct option *options;
    const char *operands[3]; /* their names in a request; NULL: a workbook, which is attached */
    size_t least_operands;
    size_t most_operands;
    bool stores; /* it changes the history or writes files */
    /** @return the library's status; session->error is filled on failure */
    enum bms_status (*function)(struct session *session, const struct arguments *arguments);
    /** The same with --json; NULL where the operands and options can go into a request as they are. */
    enum bms_status (*answer)(struct session *session, const struct arguments *arguments);
};

/** For the most operands of a command that takes any number. */
#define ANY_NUMBER SIZE_MAX

/** All commands, in the order of the help, ended by NULL. */
extern const struct command *const commands[];

/** @return the command of that name, or NULL. */
const struct command *command_find(const char *name);

/** @return the command with the most similar name, or NULL when none is similar. */
const struct command *command_nearest(const char *name);

/** Options of several commands, as rows of their tables. They are set on the handle and are no part of a
 * request. */
#define OPTION_LIMITS                                                                                        \
    { "limits", "then|now", TEXT("which targets colour earlier periods (those in force then)") }
#define OPTION_THREADS                                                                                       \
    { "threads", "N", TEXT("how many workbooks are written at a time; one for each processor unless given") }
#define OPTION_AS_OF                                                                                         \
    { "as-of", TEXT("DATE|RUN"), TEXT("show what was known then; a date means its end (UTC)") }

/** The options that every command has. */
extern const struct option global_options[];

extern const struct command command_init, command_setup, command_forms, command_check, command_collect,
    command_status, command_remind, command_report, command_history, command_explain, command_export,
    command_cells, command_correct, command_close, command_verify, command_backup, command_redact;

#endif
