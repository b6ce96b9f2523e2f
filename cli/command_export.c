#include "command.h"
#include "measurement.h"
#include "written.h"

#include <string.h>

struct view {
    struct json json;
    struct csv csv;
};

static void on_json(void *context, const bms_measurement *row) {
    struct view *view = context;
    measurement_write_json(&view->json, row, true);
}

static void on_csv(void *context, const bms_measurement *row) {
    struct view *view = context;
    measurement_write_csv(&view->csv, row);
}

static enum bms_status export_json(struct session *session) {
    struct view view = {.json = {.output = &session->out}};
    json_open(&view.json, '{');
    json_key(&view.json, "measurements");
    json_open(&view.json, '[');
    enum bms_status status =
        bms_measurements(session->library, NULL, NULL, true, on_json, &view, &session->error);
    json_close(&view.json, ']');
    json_close(&view.json, '}');
    return status;
}

static enum bms_status export_csv(struct session *session, bool excel) {
    struct view view = {.csv = {.output = &session->out, .excel = excel}};
    measurement_write_csv_heading(&view.csv);
    return bms_measurements(session->library, NULL, NULL, true, on_csv, &view, &session->error);
}

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
    bool json = session->json || (format && strcmp(format, "json") == 0);
    if (format && strcmp(format, "csv") != 0 && strcmp(format, "json") != 0) {
        return session_refuse(session, translated(session, TEXT("The formats are csv and json.")), format);
    }
    if (arguments_value(arguments, "originals")) {
        return export_originals(session, arguments_value(arguments, "originals"));
    }
    return json ? export_json(session) : export_csv(session, arguments_has(arguments, "excel"));
}

static const struct option options[] = {
    {"format", "csv|json", TEXT("csv unless given")},
    {"excel", NULL, TEXT("csv with semicolons and decimal comma, for a double click in a Norwegian Excel")},
    {"originals", TEXT("FOLDER"),
     TEXT("the accepted files themselves instead, as FOLDER/PERIOD/UNIT-NUMBER.xlsx")},
    {"limits", "then|now", TEXT("by which targets old periods are coloured (those of then)")},
    {"as-of", TEXT("DATE|RUN"), TEXT("what was known then; a date means its end (UTC)")},
    {NULL, NULL, NULL}};

const struct command command_export = {
    .name = "export",
    .usage = TEXT("[--format csv|json] [--excel] [--originals FOLDER]"),
    .summary = TEXT("everything that is stored, for other tools"),
    .details = TEXT(
        "Every submission of every measurement, with planned ones that are missing.\n"
        "The csv has commas, a decimal point and UTF-8 (RFC 4180); with --excel semicolons, a decimal comma\n"
        "and a byte order mark, so that a Norwegian Excel opens it right with a double click.\n"
        "A text that Excel would take for a formula gets an apostrophe in front."),
    .options = options,
    .function = export_all,
};
