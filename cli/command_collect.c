/** bms collect: check returns and store those that are accepted. Files are shown by returns.c. */
#include "command.h"
#include "decisions.h"
#include "returns.h"

static enum bms_status collect(struct session *session, const struct arguments *arguments) {
    return returns_run(session, arguments, true);
}

static const struct option options[] = {
    RETURNS_THREADS,
    DECISION_OPTIONS,
    {"no-corrections", NULL, TEXT("write no workbooks for the units to correct, and no Mottak")},
    {NULL, NULL, NULL}};

const struct command command_collect = {
    .name = "collect",
    .usage =
        TEXT("[PERIOD|FILE|FOLDER]… [--accept RULE:UNIT:INDICATOR --reason TEXT] [--use FILE] [--partial "
             "UNIT]"),
    .summary = TEXT("check returns and take in those that hold up"),
    .details = TEXT(
        "A period means the folder returns/PERIOD beside the history; nothing given means the folder "
        "returns.\nA return is taken in whole or not at all. The files stay where they are, as they are.\n"
        "For each return that is held back, a workbook to correct is written to corrections/PERIOD: send\n"
        "it to the unit.\nA corrected file becomes the unit's next submission; the earlier ones are kept.\n"
        "For the coordinator, Mottak PERIOD.xlsx is written beside the history: what came in, with yellow\n"
        "cells to decide in. Fill it in, save, and collect again: what was decided is done, and kept with\n"
        "who decided it, when and why. The options --accept, --use and --partial do the same."),
    .options = options,
    .most_operands = ANY_NUMBER,
    .function = collect,
    .answer = collect,
};
