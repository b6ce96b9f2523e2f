/** bms setup: load or renew the definition. Findings are shown by findings.c. */
#include "command.h"
#include "number.h"
#include "written.h"

static void advise_forms(void *context, const char *period, const char *name) {
    session_advise(context, "Next: bms forms {period} writes the forms for {name}.", "period", period, "name",
                   name, NULL);
}

static enum bms_status setup(struct session *session, const struct arguments *arguments) {
    const bms_source workbook = {.name = arguments_operand(arguments, 0)};
    size_t mistakes = 0;
    struct written written;
    bms_listener listener = written_begin(&written, session);
    enum bms_status status =
        bms_setup(session->library, workbook.name ? &workbook : NULL, &listener, &mistakes, &session->error);
    written_end(&written);
    session->wrong = session->wrong || mistakes > 0;
    char digits[NUMBER_SIZE];
    if (mistakes == 1) {
        session_say(session, "One mistake. Nothing has been stored: correct it and load the workbook again.",
                    NULL);
    } else if (mistakes > 1) {
        session_say(session,
                    "{n} mistakes. Nothing has been stored: correct them and load the workbook again.", "n",
                    number_count(mistakes, digits), NULL);
    } else if (!session->quiet) {
        session_say(session, "The definition from {file} is stored.", "file",
                    workbook.name ? workbook.name : "setup.xlsx", NULL);
        bms_error ignored = {0};
        (void)bms_next_forms(session->library, advise_forms, session, &ignored);
    }
    return status;
}

static const struct option options[] = {{NULL, NULL, NULL}};

const struct command command_setup = {
    .name = "setup",
    .usage = TEXT("[FILE]"),
    .summary = TEXT("load or renew the definition from a setup workbook"),
    .details = TEXT(
        "All mistakes in the workbook are listed at once, by sheet and cell. If there are any, nothing is\n"
        "stored. Without FILE: setup.xlsx beside the history. Names have at most 250 characters, questions "
        "and other prose 4000; units have at most 25\n"
        "levels."),
    .options = options,
    .most_operands = 1,
    .function = setup,
};
