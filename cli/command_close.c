/** bms close: close a period; returns that come later are marked late. */
#include "command.h"

static enum bms_status close_period(struct session *session, const struct arguments *arguments) {
    const char *period = arguments_operand(arguments, 0);
    enum bms_status status =
        bms_close(session->library, period, arguments_value(arguments, "by"), &session->error);
    if (status == BMS_OK && !session->quiet) {
        session_say(session, "{period} is closed. Later returns are taken in, and marked as late.", "period",
                    period, NULL);
    }
    return status;
}

static const struct option options[] = {
    {"by", TEXT("NAME"), TEXT("who closes it (the one who is logged on unless given)")}, {NULL, NULL, NULL}};

const struct command command_close = {
    .name = "close",
    .usage = TEXT("PERIOD [--by NAME]"),
    .summary = TEXT("close a period: later returns are taken in, and marked as late"),
    .details = TEXT("Later editions of the reports show what has changed since the one before."),
    .options = options,
    .operands = {"period"},
    .most_operands = 1,
    .stores = true,
    .function = close_period,
};
