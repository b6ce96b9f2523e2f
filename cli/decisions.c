/**
 * Reading the coordinator's decisions from the options of collect (see decisions.h). The library carries them
 * out.
 */
#include "decisions.h"

#include "command.h"

#include <stdlib.h>
#include <string.h>

/** Cut RULE:UNIT:INDICATOR at its colons. @return whether it has three parts */
static bool cut(char *text, bms_accepting *out) {
    char *unit = strchr(text, ':');
    char *indicator = unit ? strchr(unit + 1, ':') : NULL;
    if (!indicator || unit == text || indicator == unit + 1 || indicator[1] == '\0')
        return false;
    *unit = *indicator = '\0';
    *out = (bms_accepting){.rule = text, .unit = unit + 1, .indicator = indicator + 1};
    return true;
}

static enum bms_status read_accepted(struct decisions *decisions, struct session *session,
                                     const char *const *values, size_t n) {
    size_t size = 1;
    for (size_t i = 0; i < n; i++)
        size += strlen(values[i]) + 1;
    decisions->parts = calloc(size, 1);
    decisions->accept = calloc(n + 1, sizeof *decisions->accept);
    if (!decisions->parts || !decisions->accept)
        return BMS_NO_MEMORY;
    char *next = decisions->parts;
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(values[i]);
        memcpy(next, values[i], length);
        if (!cut(next, &decisions->accept[i])) {
            return session_refuse(
                session, translated(session, TEXT("--accept takes RULE:UNIT:INDICATOR, as jump:1101:SYK.")),
                values[i]);
        }
        next += length + 1;
    }
    return BMS_OK;
}

enum bms_status decisions_read(struct decisions *decisions, struct session *session,
                               const struct arguments *arguments, bms_collect_options *options) {
    const char **accepted = calloc(arguments->n_given + 1, sizeof *accepted);
    *decisions = (struct decisions){.use = calloc(arguments->n_given + 1, sizeof *decisions->use),
                                    .partial = calloc(arguments->n_given + 1, sizeof *decisions->partial)};
    enum bms_status status = BMS_NO_MEMORY;
    if (accepted && decisions->use && decisions->partial) {
        options->n_accept = arguments_values(arguments, "accept", accepted);
        options->n_use = arguments_values(arguments, "use", decisions->use);
        options->n_partial = arguments_values(arguments, "partial", decisions->partial);
        status = read_accepted(decisions, session, accepted, options->n_accept);
    }
    options->accept = decisions->accept;
    options->use = decisions->use;
    options->partial = decisions->partial;
    options->reason = arguments_value(arguments, "reason");
    options->by = arguments_value(arguments, "by");
    free(accepted);
    return status;
}

void decisions_dispose(struct decisions *decisions) {
    free(decisions->parts);
    free(decisions->accept);
    free(decisions->use);
    free(decisions->partial);
    *decisions = (struct decisions){0};
}
