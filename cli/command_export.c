/** bms export: everything that is stored, as CSV or JSON, or the accepted files themselves. */
#include "call.h"
#include "command.h"
#include "terminal.h"
#include "written.h"

#include <string.h>

static enum bms_status export_originals(struct session *session, const char *folder) {
    struct written written;
    bms_listener listener = written_begin(&written, session);
    enum bms_status status = bms_originals(session->library, folder, &listener, &session->error);
    written_end(&written);
    written_say_counts(&written);
    return status;
}

static enum bms_status export_all(struct session *session, const struct arguments *arguments) {
    const char *format = arguments_value(arguments, "format");
    const char *originals = arguments_value(arguments, "originals");
    const bool json = session->json || (format && strcmp(format, "json") == 0);
    const char *data = arguments_has(arguments, "excel") ? "excel" : "csv";
    struct request request = {0};
    if (format && strcmp(format, "csv") != 0 && strcmp(format, "json") != 0)
        return session_refuse(session, translated(session, TEXT("The formats are csv and json.")), format);
    if (originals && !session->json)
        return export_originals(session, originals);
    /* In a file, csv is data for other programs: every byte of a text. On a terminal it is seen. */
    session->out.guarded = json || terminal_is(stdout);
    request_text(&request, "originals", originals);
    request_text(&request, "format", json ? "json" : data);
    return call_verb(session, "export", &request, NULL, 0);
}

static const struct option options[] = {
    {"format", "csv|json", TEXT("csv unless given")},
    {"excel", NULL, TEXT("csv with semicolons and decimal comma, for opening in a Norwegian Excel")},
    {"originals", TEXT("FOLDER"),
     TEXT("the accepted files themselves instead, as FOLDER/PERIOD/UNIT-NUMBER.xlsx")},
    OPTION_LIMITS,
    OPTION_AS_OF,
    {NULL, NULL, NULL}};

const struct command command_export = {
    .name = "export",
    .usage = TEXT("[--format csv|json] [--excel] [--originals FOLDER]"),
    .summary = TEXT("everything that is stored, for other tools"),
    .details = TEXT(
        "Every submission of every measurement, with planned ones that are missing.\n"
        "The csv has commas, a decimal point and UTF-8 (RFC 4180); with --excel semicolons, a decimal comma\n"
        "and a byte order mark, so that a Norwegian Excel opens it right with a double click.\n"
        "A text that Excel would take for a formula gets an apostrophe in front.\n"
        "In a file, a text keeps every character; on a terminal those that would steer it are replaced."),
    .options = options,
    .function = export_all,
    .answer = export_all,
};
