/** bms forms: the forms of a period. Written workbooks are shown by written.c. */
#include "command.h"
#include "written.h"

#include <stdio.h>
#include <string.h>

/** The period's code as the setup spells it: the folder below forms. */
static void period_of(const char *folder, char *out, size_t size) {
    const char *at = folder;
    for (const char *next = strstr(at, "forms/"); next; next = strstr(at, "forms/"))
        at = next + strlen("forms/");
    (void)snprintf(out, size, "%.*s", (int)strcspn(at, "/"), at);
}

static enum bms_status forms(struct session *session, const struct arguments *arguments) {
    struct written written;
    bms_listener listener = written_begin(&written, session);
    enum bms_status status =
        bms_forms(session->library, arguments_operand(arguments, 0), arguments_value(arguments, "unit"),
                  arguments_has(arguments, "force"), &listener, &session->error);
    written_end(&written);
    written_say_counts(&written);
    char code[64] = "";
    period_of(written.folder, code, sizeof code);
    session_advise(
        session,
        "Next: send each unit its form. Put what comes back in the folder returns/{period} and run bms "
        "collect {period}.",
        "period", code, NULL);
    return status;
}

static const struct option options[] = {
    {"unit", TEXT("CODE"), TEXT("only this unit's")},
    {"force", NULL, TEXT("replace also forms that were changed after bms wrote them")},
    OPTION_THREADS,
    {NULL, NULL, NULL}};

const struct command command_forms = {
    .name = "forms",
    .usage = TEXT("[PERIOD] [--unit CODE] [--force]"),
    .summary = TEXT("write the forms for a period"),
    .details = TEXT(
        "One workbook per unit in the folder forms/PERIOD beside the history, with what that unit is "
        "asked\nfor. PERIOD is a code: 2026, 2026-H1, 2026-T2, 2026-Q3, 2026-B4, 2026-09. With --lang, those "
        "that\nare not in the unit's language are in forms/PERIOD/LANGUAGE, and as good as the others.\n"
        "Without PERIOD: the forms that are to be sent by now, or within 14 days, and are not written yet."),
    .options = options,
    .operands = {"period"},
    .most_operands = 1,
    .stores = true,
    .function = forms,
};
