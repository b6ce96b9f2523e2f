/** bms cells: any workbook as the reader sees it, one cell a line or as JSON. */
#include "call.h"
#include "command.h"

static enum bms_status cells(struct session *session, const struct arguments *arguments) {
    const bms_source workbook = {.name = arguments_operand(arguments, 0)};
    struct request request = {0};
    request_text(&request, "format", "tsv");
    request_flag(&request, "details", arguments_has(arguments, "details"));
    return call_verb(session, "cells", &request, &workbook, 1);
}

static const struct option options[] = {
    {"details", NULL, TEXT("also number formats and formulas, formulas without a result, sheets and names")},
    {NULL, NULL, NULL}};

const struct command command_cells = {
    .name = "cells",
    .usage = TEXT("FILE [--details]"),
    .summary = TEXT("every cell of a workbook as bms reads it"),
    .details = TEXT(
        "A line for each cell: sheet, address, kind and value, with tabs between. The kinds are n number\n"
        "(a date is its serial number), s text, b true or false, e error, and with --details - for a\n"
        "formula without a result. The value is written as JSON.\n\n"
        "--details adds number format, formula, whether it has a result, whether the cell is hidden, the\n"
        "merged range, whether it is a date, whether it is shown in per cent. In front of the cells it puts\n"
        "lines of other kinds: epoch (the year from which dates are counted), sheet (visible, hidden or\n"
        "veryHidden), name and local name (a defined name, of the workbook or of one sheet: where it refers\n"
        "to, and as a formula what is stored)."),
    .options = options,
    .least_operands = 1,
    .most_operands = 1,
    .function = cells,
};
