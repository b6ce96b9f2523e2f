/** Reading a command line (see arguments.h). What options mean is up to the commands. */
#include "arguments.h"

#include <stdlib.h>
#include <string.h>

struct reading {
    struct arguments *out;
    const char *const *next; /* what has not been read, ended by NULL */
    const struct option *global;
    const struct option *own; /* the command's; NULL until it is known */
    const struct option *(*of_command)(const char *command);
};

static const struct option *find_option(const struct option *options, const char *name, size_t length) {
    for (; options && options->name; options++) {
        if (strlen(options->name) == length && memcmp(options->name, name, length) == 0)
            return options;
    }
    return NULL;
}

static void add_given(struct arguments *out, const struct option *option, const char *value) {
    out->given[out->n_given++] = (struct given_option){.name = option->name, .value = value};
}

static enum argument_fault read_option(struct reading *reading, const char *argument) {
    const char *name = strcmp(argument, "-h") == 0 ? "help" : argument + 2;
    const char *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    const struct option *option = find_option(reading->global, name, length);
    if (!option)
        option = find_option(reading->own, name, length);
    reading->out->at_fault = argument;
    if (!option || (argument[1] != '-' && strcmp(argument, "-h") != 0))
        return ARGUMENTS_UNKNOWN_OPTION;
    if (!option->value) {
        add_given(reading->out, option, "");
        return equals ? ARGUMENTS_VALUE_UNWANTED : ARGUMENTS_FINE;
    }
    const char *value = equals ? equals + 1 : *reading->next;
    if (!value)
        return ARGUMENTS_VALUE_MISSING;
    reading->next += equals ? 0 : 1;
    add_given(reading->out, option, value);
    return ARGUMENTS_FINE;
}

static enum argument_fault read_operand(struct reading *reading, const char *argument) {
    if (reading->out->command) {
        reading->out->operands[reading->out->n_operands++] = argument;
        return ARGUMENTS_FINE;
    }
    reading->out->command = argument;
    reading->own = reading->of_command(argument);
    reading->out->at_fault = argument;
    return reading->own ? ARGUMENTS_FINE : ARGUMENTS_UNKNOWN_COMMAND;
}

enum argument_fault arguments_read(struct arguments *out, int argc, const char *const *argv,
                                   const struct option *global,
                                   const struct option *(*of_command)(const char *command)) {
    size_t most = argc > 0 ? (size_t)argc : 1;
    *out = (struct arguments){.operands = calloc(most, sizeof *out->operands),
                              .given = calloc(most, sizeof *out->given)};
    if (!out->operands || !out->given)
        return ARGUMENTS_NO_MEMORY;
    struct reading reading = {
        .out = out, .next = argv + (argc > 0 ? 1 : 0), .global = global, .of_command = of_command};
    enum argument_fault first = ARGUMENTS_FINE;
    const char *at_fault = NULL;
    bool options_ended = false;
    while (*reading.next) {
        const char *argument = *reading.next++;
        enum argument_fault fault = ARGUMENTS_FINE;
        if (!options_ended && strcmp(argument, "--") == 0) {
            options_ended = true;
        } else if (!options_ended && argument[0] == '-' && argument[1]) {
            fault = read_option(&reading, argument);
        } else {
            fault = read_operand(&reading, argument);
        }
        if (fault && !first) {
            first = fault;
            at_fault = out->at_fault;
        }
    }
    out->at_fault = at_fault;
    return first;
}

void arguments_dispose(struct arguments *arguments) {
    free(arguments->operands);
    free(arguments->given);
    *arguments = (struct arguments){0};
}

const char *arguments_value(const struct arguments *arguments, const char *name) {
    for (size_t i = arguments->n_given; i > 0; i--) {
        if (strcmp(arguments->given[i - 1].name, name) == 0)
            return arguments->given[i - 1].value;
    }
    return NULL;
}

bool arguments_has(const struct arguments *arguments, const char *name) {
    return arguments_value(arguments, name);
}

const char *arguments_operand(const struct arguments *arguments, size_t index) {
    return index < arguments->n_operands ? arguments->operands[index] : NULL;
}

size_t arguments_values(const struct arguments *arguments, const char *name, const char **out) {
    size_t n = 0;
    for (size_t i = 0; i < arguments->n_given; i++) {
        if (strcmp(arguments->given[i].name, name) == 0)
            out[n++] = arguments->given[i].value;
    }
    return n;
}
