/** bms explain: where a number and its colour come from, a line for each fact. */
#include "command.h"
#include "table.h"

static void on_fact(void *context, const bms_fact *fact) {
    struct table *table = context;
    table_add(table, fact->label, COLOUR_DIM);
    table_add(table, fact->text, COLOUR_NONE);
}

static enum bms_status explain(struct session *session, const struct arguments *arguments) {
    static const struct table_column columns[] = {{NULL, false}, {NULL, false}};
    struct table table = {.columns = columns, .n_columns = 2};
    enum bms_status status =
        bms_explain(session->library, arguments_operand(arguments, 0), arguments_operand(arguments, 1),
                    arguments_operand(arguments, 2), on_fact, &table, &session->error);
    table_write(&table, &session->out);
    table_dispose(&table);
    return status;
}

static const struct option options[] = {OPTION_LIMITS, OPTION_AS_OF, {NULL, NULL, NULL}};

const struct command command_explain = {
    .name = "explain",
    .usage = TEXT("UNIT INDICATOR PERIOD"),
    .summary = TEXT("where a number and its colour come from, down to file and cell"),
    .details = TEXT("PERIOD is the period measured."),
    .options = options,
    .operands = {"unit", "indicator", "period"},
    .least_operands = 3,
    .most_operands = 3,
    .function = explain,
};
