#include "command.h"
#include "returns.h"

static enum bms_status collect(struct session *session, const struct arguments *arguments) {
    return returns_run(session, arguments, bms_collect, true);
}

const struct command command_collect = {
    .name = "collect",
    .usage = TEXT("[PERIOD|FILE|FOLDER]…"),
    .summary = TEXT("check returns and take in those that hold up"),
    .details = TEXT(
        "A period means the folder returns/PERIOD beside the history; nothing given means the folder "
        "returns.\nA return is taken in whole or not at all. The files stay where they are, as they are.\n"
        "A corrected file becomes the unit's next submission; the earlier ones are kept."),
    .options = returns_options,
    .most_operands = ANY_NUMBER,
    .function = collect,
};
