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
        TEXT("A period means the folder returns/PERIOD beside the history; nothing given means the folder "
             "returns.\nWithout a history every check is done that the form itself has what is needed for."),
    .options = returns_options,
    .most_operands = ANY_NUMBER,
    .function = check,
    .answer = check,
};
