/**
 * The list of commands and of their common options (see command.h), and suggestions for a misspelt command.
 * Each command has its own file.
 */
#include "command.h"

#include <string.h>

const struct command *const commands[] = {
    &command_init,   &command_setup,   &command_forms,  &command_check,  &command_collect, &command_status,
    &command_remind, &command_correct, &command_close,  &command_report, &command_history, &command_explain,
    &command_export, &command_cells,   &command_verify, &command_backup, &command_redact,  NULL};

const struct option global_options[] = {
    {"db", TEXT("FILE"), TEXT("the history (bms.db in the current folder unless given)")},
    {"lang", "nb|nn|en",
     TEXT("language of messages, and of the forms and reports of this call (unless given: bokmål, and what "
          "the setup says)")},
    {"json", NULL, TEXT("one JSON document on standard output")},
    {"quiet", NULL, TEXT("print only what is wrong")},
    {"help", NULL, TEXT("print this text")},
    {"version", NULL, TEXT("print the version of bms")},
    {NULL, NULL, NULL}};

const struct command *command_find(const char *name) {
    for (const struct command *const *c = commands; *c; c++) {
        if (strcmp((*c)->name, name) == 0)
            return *c;
    }
    return NULL;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/** @return how many letters must be changed, added or removed; a name longer than any command is far away. */
static size_t distance(const char *a, const char *b) {
    enum { LONGEST = 31 };
    size_t row[LONGEST + 1];
    size_t n = strlen(b);
    if (n > LONGEST)
        return n;
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 1; j <= n; j++) {
            size_t changed = diagonal + (a[i] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[n];
}

const struct command *command_nearest(const char *name) {
    const struct command *nearest = NULL;
    size_t shortest = 4; /* further away than three letters is no misspelling */
    for (const struct command *const *c = commands; *c; c++) {
        size_t d = distance((*c)->name, name);
        if (d < shortest && d < strlen((*c)->name)) {
            nearest = *c;
            shortest = d;
        }
    }
    return nearest;
}
