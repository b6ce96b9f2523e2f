#include "command.h"
#include "table.h"

struct view {
    struct session *session;
    struct json json;
    struct table table;
};

static void on_fact(void *context, const bms_fact *fact) {
    struct view *view = context;
    if (!view->session->json) {
        table_add(&view->table, fact->label, COLOUR_DIM);
        table_add(&view->table, fact->text, COLOUR_NONE);
        return;
    }
    json_open(&view->json, '{');
    json_text_member(&view->json, "key", fact->key);
    json_text_member(&view->json, "label", fact->label);
    json_text_member(&view->json, "text", fact->text);
    json_close(&view->json, '}');
}

static void begin_json(struct json *json, const struct arguments *arguments) {
    json_open(json, '{');
    json_text_member(json, "unit", arguments_operand(arguments, 0));
    json_text_member(json, "indicator", arguments_operand(arguments, 1));
    json_text_member(json, "period", arguments_operand(arguments, 2));
    json_key(json, "facts");
    json_open(json, '[');
}

static enum bms_status explain(struct session *session, const struct arguments *arguments) {
    static const struct table_column columns[] = {{NULL, false}, {NULL, false}};
    struct view view = {
        .session = session, .json = {.output = &session->out}, .table = {.columns = columns, .n_columns = 2}};
    if (session->json) {
        begin_json(&view.json, arguments);
    }
    enum bms_status status =
        bms_explain(session->library, arguments_operand(arguments, 0), arguments_operand(arguments, 1),
                    arguments_operand(arguments, 2), on_fact, &view, &session->error);
    if (session->json) {
        json_close(&view.json, ']');
        json_close(&view.json, '}');
    } else {
        table_write(&view.table, &session->out);
    }
    table_dispose(&view.table);
    return status;
}

static const struct option options[] = {
    {"limits", "then|now", TEXT("by which targets old periods are coloured (those of then)")},
    {"as-of", TEXT("DATE|RUN"), TEXT("what was known then; a date means its end (UTC)")},
    {NULL, NULL, NULL}};

const struct command command_explain = {
    .name = "explain",
    .usage = TEXT("UNIT INDICATOR PERIOD"),
    .summary = TEXT("where a number and its colour come from, down to file and cell"),
    .details = TEXT("PERIOD is the period measured."),
    .options = options,
    .least_operands = 3,
    .most_operands = 3,
    .function = explain,
};
