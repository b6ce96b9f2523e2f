/** bms status: who has delivered, who has not, and what is held back. */
#include "command.h"
#include "number.h"
#include "table.h"

struct view {
    struct session *session;
    struct table table;
    size_t units, delivered, held, unfinished;
};

static void begin(void *context, const char *period, const char *name) {
    struct view *view = context;
    session_say(view->session, "{name} ({period})", "name", name, "period", period, NULL);
    output_text(&view->session->out, "\n");
}

static enum colour stage_colour(const bms_delivery *row) {
    if (row->held > 0)
        return COLOUR_RED;
    return row->revision > 0 && row->missing == 0 ? COLOUR_GREEN : COLOUR_YELLOW;
}

static void add_row(struct view *view, const bms_delivery *row) {
    struct table *table = &view->table;
    table_add(table, row->unit, COLOUR_NONE);
    table_add(table, row->name, COLOUR_NONE);
    table_add_count(table, (size_t)row->expected);
    table_add_count(table, (size_t)row->reported);
    table_add_count(table, (size_t)row->missing);
    table_add(table, translated(view->session, bms_delivery_stage_word(row->stage)), stage_colour(row));
    table_add(table, row->why ? row->why : row->file ? row->file : row->awaited, COLOUR_NONE);
}

static void on_delivery(void *context, const bms_delivery *row) {
    struct view *view = context;
    view->units++;
    view->delivered += row->revision > 0 ? 1 : 0;
    view->held += row->held > 0 ? 1 : 0;
    view->unfinished += row->unfinished > 0 && row->revision == 0 ? 1 : 0;
    add_row(view, row);
}

static void write_text(struct view *view) {
    char units[NUMBER_SIZE];
    char delivered[NUMBER_SIZE];
    char held[NUMBER_SIZE];
    table_write(&view->table, &view->session->out);
    output_text(&view->session->out, "\n");
    session_say(view->session, "{delivered} of {units} have delivered. Held back: {held}.", "delivered",
                number_count(view->delivered, delivered), "units", number_count(view->units, units), "held",
                number_count(view->held, held), NULL);
}

static enum bms_status status(struct session *session, const struct arguments *arguments) {
    const struct table_column columns[] = {
        {translated(session, TEXT("Code")), false},       {translated(session, TEXT("Unit")), false},
        {translated(session, TEXT("Asked for")), true},   {translated(session, TEXT("Answered")), true},
        {translated(session, TEXT("Missing")), true},     {translated(session, TEXT("Delivery")), false},
        {translated(session, TEXT("Explanation")), false}};
    struct view view = {.session = session,
                        .table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns}};
    enum bms_status ended = bms_deliveries(session->library, arguments_operand(arguments, 0), begin,
                                           on_delivery, &view, &session->error);
    if (ended == BMS_OK)
        write_text(&view);
    table_dispose(&view.table);
    return ended;
}

static const struct option options[] = {OPTION_AS_OF, {NULL, NULL, NULL}};

const struct command command_status = {
    .name = "status",
    .usage = TEXT("[PERIOD]"),
    .summary = TEXT("show who has delivered, who has not, what is held back and why"),
    .details = TEXT("Without a period: the latest period that forms have been sent out for."),
    .options = options,
    .operands = {"period"},
    .most_operands = 1,
    .function = status,
};
