/** bms init: a new folder with a setup and an empty history. */
#include "command.h"
#include "written.h"

static enum bms_status init(struct session *session, const struct arguments *arguments) {
    const char *named = arguments_operand(arguments, 0);
    const char *folder = named ? named : ".";
    struct written written;
    bms_listener listener = written_begin(&written, session);
    enum bms_status status = bms_init(session->library, arguments_value(arguments, "template"), folder,
                                      &listener, &session->error);
    written_end(&written);
    if (!session->quiet) {
        session_say(session, "{folder} now has a setup workbook and an empty history.", "folder", folder,
                    NULL);
    }
    session_advise(session,
                   "Next: open the setup workbook in {folder}, adapt it to your municipality, and load it "
                   "with bms setup.",
                   "folder", folder, NULL);
    return status;
}

static const struct option options[] = {
    {"template", TEXT("NAME"),
     TEXT("what to start from: fet (Fet's scorecard of 2006 in an invented municipality)")},
    {NULL, NULL, NULL}};

const struct command command_init = {
    .name = "init",
    .usage = TEXT("[--template NAME] [FOLDER]"),
    .summary = TEXT("make a folder with a setup workbook and an empty history"),
    .details = TEXT(
        "The folder is made if it does not exist. It must not already hold a history or a setup workbook.\n"
        "What bms writes takes the folder's rights: in a group's folder the others of the group can take "
        "over;\n"
        "nobody else can read it. If everybody can look into the folder, that is said."),
    .options = options,
    .operands = {"folder"},
    .most_operands = 1,
    .stores = true,
    .function = init,
};
