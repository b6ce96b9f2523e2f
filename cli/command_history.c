#include "command.h"
#include "measurement.h"
#include "number.h"
#include "table.h"

#include <string.h>

struct view {
    struct session *session;
    struct json json;
    struct table table;
};

static const char *state_label(enum bms_state state) {
    switch (state) {
    case BMS_REPORTED:
        return TEXT("reported");
    case BMS_NOT_APPLICABLE:
        return TEXT("not applicable");
    case BMS_EMPTY_BASE:
        return TEXT("nobody to measure (0 of 0)");
    default:
        return TEXT("missing");
    }
}

static const char *colour_label(enum bms_colour colour) {
    switch (colour) {
    case BMS_GREEN:
        return TEXT("● reaches the target");
    case BMS_YELLOW:
        return TEXT("▲ near the target");
    case BMS_RED:
        return TEXT("■ far from the target");
    default:
        return "";
    }
}

static enum colour terminal_colour(enum bms_colour colour) {
    static const enum colour colours[] = {[BMS_NO_COLOUR] = COLOUR_NONE,
                                          [BMS_GREEN] = COLOUR_GREEN,
                                          [BMS_YELLOW] = COLOUR_YELLOW,
                                          [BMS_RED] = COLOUR_RED};
    return colours[colour];
}

static void add_number(struct view *view, bms_number number) {
    char digits[NUMBER_SIZE];
    table_add(&view->table, session_number(view->session, number, digits), COLOUR_NONE);
}

static void add_row(struct view *view, const bms_measurement *row) {
    const struct session *session = view->session;
    struct table *table = &view->table;
    bool told = row->status != BMS_NO_COLOUR || row->state != BMS_REPORTED;
    const char *label = row->state == BMS_REPORTED ? colour_label(row->status) : state_label(row->state);
    char digits[NUMBER_SIZE];
    table_add(table, row->unit, COLOUR_NONE);
    table_add(table, row->indicator, COLOUR_NONE);
    table_add(table, row->period, COLOUR_NONE);
    table_add(table, row->revision > 0 ? number_count((size_t)row->revision, digits) : "–", COLOUR_NONE);
    add_number(view, row->numerator);
    add_number(view, row->denominator);
    add_number(view, row->result);
    table_add(table, told ? translated(session, label) : "", terminal_colour(row->status));
    table_add(table, row->file, COLOUR_NONE);
    table_add(table, row->cell, COLOUR_NONE);
}

static void on_measurement(void *context, const bms_measurement *row) {
    struct view *view = context;
    if (view->session->json) {
        measurement_write_json(&view->json, row, false);
    } else {
        add_row(view, row);
    }
}

static enum bms_status history(struct session *session, const struct arguments *arguments) {
    const struct table_column columns[] = {
        {translated(session, TEXT("Unit")), false},    {translated(session, TEXT("Indicator")), false},
        {translated(session, TEXT("Period")), false},  {translated(session, TEXT("Submission")), true},
        {translated(session, TEXT("Number 1")), true}, {translated(session, TEXT("Number 2")), true},
        {translated(session, TEXT("Result")), true},   {translated(session, TEXT("Status")), false},
        {translated(session, TEXT("File")), false},    {translated(session, TEXT("Cell")), false}};
    struct view view = {.session = session,
                        .json = {.output = &session->out},
                        .table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns}};
    if (session->json) {
        json_open(&view.json, '{');
        json_key(&view.json, "measurements");
        json_open(&view.json, '[');
    }
    enum bms_status status =
        bms_measurements(session->library, arguments_operand(arguments, 0), arguments_operand(arguments, 1),
                         arguments_has(arguments, "all"), on_measurement, &view, &session->error);
    if (session->json) {
        json_close(&view.json, ']');
        json_close(&view.json, '}');
    } else if (view.table.n_cells > 0) {
        table_write(&view.table, &session->out);
    } else {
        session_say(session, "Nothing is planned or stored for this.", NULL);
    }
    table_dispose(&view.table);
    return status;
}

static const struct option options[] = {
    {"all", NULL, TEXT("every submission, not only the one that counts")},
    {"as-of", TEXT("DATE|RUN"), TEXT("what was known then; a date means its end (UTC)")},
    {NULL, NULL, NULL}};

const struct command command_history = {
    .name = "history",
    .usage = TEXT("[UNIT [INDICATOR]] [--all]"),
    .summary = TEXT("what is stored, submission by submission"),
    .details = TEXT("Planned measurements that nobody has delivered are listed too, as missing."),
    .options = options,
    .most_operands = 2,
    .function = history,
};
