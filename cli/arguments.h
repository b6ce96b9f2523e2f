/**
 * Reading a command line: a command, its options and its operands.
 *
 * `--name`, `--name=value` and `--name value`; options stand anywhere, `--` ends them, `-h` is `--help`. What
 * options there are is given by tables, so that help and reading cannot disagree.
 */
#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

/** A table of options ends with a NULL name. */
struct option {
    const char *name;  /* "lang" */
    const char *value; /* the name of its value in the help; NULL: it takes none */
    const char *help;  /* English; translated where it is shown */
};

enum argument_fault {
    ARGUMENTS_FINE,
    ARGUMENTS_UNKNOWN_COMMAND,
    ARGUMENTS_UNKNOWN_OPTION,
    ARGUMENTS_VALUE_MISSING,
    ARGUMENTS_VALUE_UNWANTED,
    ARGUMENTS_NO_MEMORY
};

struct given_option {
    const char *name;
    const char *value; /* "" when it takes none */
};

/** What was given. The texts are the program's arguments themselves. */
struct arguments {
    const char *command; /* NULL: none */
    const char **operands;
    size_t n_operands;
    struct given_option *given; /* in order; the last of a name counts */
    size_t n_given;
    const char *at_fault; /* the argument that could not be understood */
};

/**
 * Read the arguments.
 *
 * @param global      options that every command has
 * @param of_command  gives a command's own options, or NULL when there is no such command
 * @param[out] out    filled as far as possible also on a fault, so that --lang and --json are known;
 *                    free with arguments_dispose
 */
enum argument_fault arguments_read(struct arguments *out, int argc, const char *const *argv,
                                   const struct option *global,
                                   const struct option *(*of_command)(const char *command));

void arguments_dispose(struct arguments *arguments);

/** @return the option's value ("" when it takes none), or NULL when it was not given. */
const char *arguments_value(const struct arguments *arguments, const char *name);

/** Gather the values of an option that may be repeated. @param out  room for `n_given` @return how many */
size_t arguments_values(const struct arguments *arguments, const char *name, const char **out);

/** @return whether the option was given. */
bool arguments_has(const struct arguments *arguments, const char *name);

/** @return the operand, or NULL when there are fewer. */
const char *arguments_operand(const struct arguments *arguments, size_t index);

#endif
