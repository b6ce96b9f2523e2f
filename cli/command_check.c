/** bms check: check returns and store nothing. Files are shown by returns.c. */
#include "command.h"
#include "returns.h"

static enum bms_status check(struct session *session, const struct arguments *arguments) {
    return returns_run(session, arguments, false);
}

const struct command command_check = {
    .name = "check",
    .usage = TEXT("[PERIOD|FILE|FOLDER]…"),
    .summary = TEXT("check returns; store nothing"),
    .details =
        TEXT("A period means the folder returns/PERIOD beside the history; without an argument, the folder "
             "returns.\nWithout a history, all checks are done that need only the form itself."),
    .options = returns_options,
    .most_operands = ANY_NUMBER,
    .function = check,
    .answer = check,
};
