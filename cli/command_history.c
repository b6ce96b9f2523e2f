/** bms history: what is stored, revision by revision, and what was changed between revisions. */
#include "command.h"
#include "number.h"
#include "table.h"

#include <stdio.h>
#include <string.h>

struct view {
    struct session *session;
    struct table table;
    bool past; /* rows of predecessors were shown */
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

/** Add the unit's code; for a predecessor's row both: `NYE ← LIA (shared with BERG)`. */
static void add_unit(struct view *view, const bms_measurement *row) {
    char both[256];
    if (!row->past_of) {
        table_add(&view->table, row->unit, COLOUR_NONE);
        return;
    }
    view->past = true;
    if (row->shared_with) {
        (void)snprintf(both, sizeof both, "%s ← %s (%s %s)", row->past_of, row->unit,
                       translated(view->session, TEXT("shared with")), row->shared_with);
    } else {
        (void)snprintf(both, sizeof both, "%s ← %s", row->past_of, row->unit);
    }
    table_add(&view->table, both, COLOUR_NONE);
}

/** Add shape and word of the colour, `▲ near target`; without a reported number the state. */
static void add_status(struct view *view, const bms_measurement *row) {
    char text[128] = "";
    if (row->state != BMS_REPORTED) {
        (void)snprintf(text, sizeof text, "%s", translated(view->session, state_label(row->state)));
    } else if (row->status != BMS_NO_COLOUR) {
        (void)snprintf(text, sizeof text, "%s %s", bms_colour_shape(row->status),
                       translated(view->session, bms_colour_word(row->status)));
    }
    table_add(&view->table, text, terminal_colour(row->status));
}

static void add_row(struct view *view, const bms_measurement *row) {
    struct table *table = &view->table;
    char digits[NUMBER_SIZE];
    add_unit(view, row);
    table_add(table, row->indicator, COLOUR_NONE);
    table_add(table, row->period, COLOUR_NONE);
    table_add(table, row->revision > 0 ? number_count((size_t)row->revision, digits) : "–", COLOUR_NONE);
    add_number(view, row->numerator);
    add_number(view, row->denominator);
    add_number(view, row->result);
    add_status(view, row);
    table_add(table, row->file, COLOUR_NONE);
    table_add(table, row->cell, COLOUR_NONE);
}

static void on_measurement(void *context, const bms_measurement *row) {
    add_row(context, row);
}

/* What was changed */

static const char *what_label(const char *what) {
    static const char *const labels[][2] = {{"numerator", TEXT("number 1")},
                                            {"denominator", TEXT("number 2")},
                                            {"state", TEXT("state")},
                                            {"comment", TEXT("comment")}};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (strcmp(labels[i][0], what) == 0)
            return labels[i][1];
    }
    return what;
}

static void on_change(void *context, const bms_cell_change *change) {
    struct view *view = context;
    const char *const was = *change->was ? change->was : "–";
    const char *const became = *change->became ? change->became : "–";
    char digits[NUMBER_SIZE];
    table_add(&view->table, change->indicator, COLOUR_NONE);
    table_add(&view->table, change->period, COLOUR_NONE);
    table_add(&view->table, number_count((size_t)change->revision, digits), COLOUR_NONE);
    table_add(&view->table, translated(view->session, what_label(change->what)), COLOUR_NONE);
    table_add(&view->table, was, COLOUR_DIM);
    table_add(&view->table, became, COLOUR_NONE);
    table_add(&view->table, change->by, COLOUR_NONE);
    table_add(&view->table, change->moment, COLOUR_NONE);
    table_add(&view->table, change->amendment, COLOUR_NONE);
}

static enum bms_status changes(struct view *view, const struct arguments *arguments) {
    struct session *session = view->session;
    const struct table_column columns[] = {
        {translated(session, TEXT("Indicator")), false}, {translated(session, TEXT("Period")), false},
        {translated(session, TEXT("Submission")), true}, {translated(session, TEXT("Changed")), false},
        {translated(session, TEXT("Was")), true},        {translated(session, TEXT("Became")), true},
        {translated(session, TEXT("By")), false},        {translated(session, TEXT("When")), false},
        {translated(session, TEXT("Why")), false}};
    view->table = (struct table){.columns = columns, .n_columns = sizeof columns / sizeof *columns};
    enum bms_status status = bms_changes(session->library, arguments_operand(arguments, 0),
                                         arguments_operand(arguments, 1), on_change, view, &session->error);
    if (status == BMS_OK && view->table.n_cells > 0) {
        session_say(session, "\nChanged between submissions:", NULL);
        table_write(&view->table, &session->out);
    }
    return status;
}

static enum bms_status history(struct session *session, const struct arguments *arguments) {
    const struct table_column columns[] = {
        {translated(session, TEXT("Unit")), false},    {translated(session, TEXT("Indicator")), false},
        {translated(session, TEXT("Period")), false},  {translated(session, TEXT("Submission")), true},
        {translated(session, TEXT("Number 1")), true}, {translated(session, TEXT("Number 2")), true},
        {translated(session, TEXT("Result")), true},   {translated(session, TEXT("Status")), false},
        {translated(session, TEXT("File")), false},    {translated(session, TEXT("Cell")), false}};
    struct view view = {.session = session,
                        .table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns}};
    enum bms_status status =
        bms_measurements(session->library, arguments_operand(arguments, 0), arguments_operand(arguments, 1),
                         arguments_has(arguments, "all"), on_measurement, &view, &session->error);
    if (view.table.n_cells > 0) {
        table_write(&view.table, &session->out);
    } else {
        session_say(session, "Nothing is planned or stored here.", NULL);
    }
    if (view.past)
        session_say(session, "Rows marked ← belong to units that it took over from.", NULL);
    table_dispose(&view.table);
    if (status == BMS_OK && arguments_operand(arguments, 0)) {
        status = changes(&view, arguments);
        table_dispose(&view.table);
    }
    return status;
}

static const struct option options[] = {
    {"all", NULL, TEXT("every submission, not only the current one")},
    {"changes", NULL, TEXT("with --json: also what changed between submissions")},
    OPTION_LIMITS,
    OPTION_AS_OF,
    {NULL, NULL, NULL}};

const struct command command_history = {
    .name = "history",
    .usage = TEXT("[UNIT [INDICATOR]] [--all]"),
    .summary = TEXT("show what is stored, submission by submission"),
    .details = TEXT("Planned measurements that nobody has delivered are listed too, as missing."),
    .options = options,
    .operands = {"unit", "indicator"},
    .most_operands = 2,
    .function = history,
};
