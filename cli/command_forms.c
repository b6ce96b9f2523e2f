/** bms forms: the forms of a period. Written workbooks are shown by written.c. */
#include "command.h"
#include "written.h"

#include <string.h>

static enum bms_status forms(struct session *session, const struct arguments *arguments) {
    const char *period = arguments_operand(arguments, 0);
    struct written written;
    bms_listener listener = written_begin(&written, session);
    enum bms_status status = bms_forms(session->library, period, arguments_value(arguments, "unit"),
                                       arguments_has(arguments, "force"), &listener, &session->error);
    written_end(&written);
    written_say_counts(&written);
    const char *shown = strrchr(written.folder, '/'); /* the code as the setup spells it */
    session_advise(
        session,
        "Next: send each unit its form. Put what comes back in the folder returns/{period} and run bms "
        "collect {period}.",
        "period", shown ? shown + 1 : period, NULL);
    return status;
}

static const struct option options[] = {
    {"unit", TEXT("CODE"), TEXT("only this unit's")},
    {"force", NULL, TEXT("replace also forms that were changed after bms wrote them")},
    OPTION_THREADS,
    {NULL, NULL, NULL}};

const struct command command_forms = {
    .name = "forms",
    .usage = TEXT("PERIOD [--unit CODE] [--force]"),
    .summary = TEXT("write the forms for a period"),
    .details = TEXT(
        "One workbook per unit in the folder forms/PERIOD beside the history, with what that unit is "
        "asked\nfor. PERIOD is a code: 2026, 2026-H1, 2026-T2, 2026-Q3, 2026-B4, 2026-09. With --lang, those "
        "that\nare not in the unit's language are in forms/PERIOD/LANGUAGE, and as good as the others."),
    .options = options,
    .operands = {"period"},
    .least_operands = 1,
    .most_operands = 1,
    .function = forms,
};
