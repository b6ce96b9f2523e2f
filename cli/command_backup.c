/** bms backup: a copy of the history, made while others use it. */
#include "command.h"

static enum bms_status backup(struct session *session, const struct arguments *arguments) {
    const char *path = arguments_operand(arguments, 0);
    enum bms_status status = bms_backup(session->library, path, &session->error);
    if (!session->quiet)
        session_say(session, "The history was copied to {path}.", "path", path, NULL);
    return status;
}

static const struct option options[] = {{NULL, NULL, NULL}};

const struct command command_backup = {
    .name = "backup",
    .usage = TEXT("FILE"),
    .summary = TEXT("copy the history, also while others use it"),
    .details =
        TEXT("The copy is a complete history: bms --db FILE works on it. An earlier copy is replaced.\nbms "
             "collect itself keeps the last three copies beside the history: bms.db.backup-1, the\nnewest, "
             "to bms.db.backup-3. It makes one each time; of a history over 64 MB, one a day."),
    .options = options,
    .operands = {"file"},
    .least_operands = 1,
    .most_operands = 1,
    .stores = true,
    .function = backup,
};
