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
    {"no-corrections", NULL, TEXT("write no corrections for the units, and no Mottak")},
    {NULL, NULL, NULL}};

const struct command command_collect = {
    .name = "collect",
    .usage =
        TEXT("[PERIOD|FILE|FOLDER]… [--accept RULE:UNIT:INDICATOR --reason TEXT] [--use FILE] [--partial "
             "UNIT]"),
    .summary = TEXT("check returns and take in those that are in order"),
    .details = TEXT(
        "A period means the folder returns/PERIOD beside the history; without an argument, the folder "
        "returns.\nA return is taken in whole or not at all. The files are never moved or changed.\nFor each "
        "return that is held back, a workbook to correct is written to corrections/PERIOD: send\nit to the "
        "unit.\nA corrected file becomes the unit's next submission; the earlier ones are kept.\nFor the "
        "coordinator, Mottak PERIOD.xlsx is written beside the history: what was received, with\nyellow "
        "cells for decisions. Fill it in, save, and collect again: the decisions are carried out "
        "and\nrecorded with who, when and why. The options --accept, --use and --partial do the same."),
    .options = options,
    .most_operands = ANY_NUMBER,
    .stores = true,
    .function = collect,
    .answer = collect,
};
