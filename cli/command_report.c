/** bms report: the reports of a period. How written workbooks are shown is in written.c. */
#include "command.h"
#include "written.h"

static enum bms_status report(struct session *session, const struct arguments *arguments) {
    struct written written;
    bms_listener listener = written_begin(&written, session);
    enum bms_status status = bms_report(session->library, arguments_operand(arguments, 0),
                                        arguments_value(arguments, "unit"), &listener, &session->error);
    written_end(&written);
    written_say_counts(&written);
    return status;
}

static const struct option options[] = {{"unit", TEXT("CODE"), TEXT("only this unit's")},
                                        OPTION_LIMITS,
                                        OPTION_AS_OF,
                                        OPTION_THREADS,
                                        {NULL, NULL, NULL}};

const struct command command_report = {
    .name = "report",
    .usage = TEXT("[PERIOD] [--unit CODE]"),
    .summary = TEXT("write the reports for a period"),
    .details =
        TEXT("A workbook for each unit, for each leader (a unit and all below it) and for the whole "
             "municipality,\n"
             "in the folder reports/PERIOD beside the history. With --lang, those that are not in the "
             "unit's\nlanguage are in reports/PERIOD/LANGUAGE, and no editions.\nWithout PERIOD: the one "
             "whose forms were sent last, when somebody has answered."),
    .options = options,
    .operands = {"period"},
    .most_operands = 1,
    .stores = true,
    .function = report,
};
