/** Prints what a return holds, one fact a line, for tests: read_return FILE */
#include "core/base/number.h"
#include "core/workbooks.h"

#include <stdio.h>
#include <string.h>

static void print_cell(const char *place, const bms_raw_cell *cell) {
    static const char *const kinds[] = {"blank", "number",  "per_cent", "date",
                                        "text",  "boolean", "error",    "no_result"};
    char number[32] = "";
    if (cell->kind == BMS_RAW_NUMBER || cell->kind == BMS_RAW_PER_CENT || cell->kind == BMS_RAW_BOOLEAN)
        bms_number_shortest(cell->number, number);
    if (cell->kind == BMS_RAW_DATE)
        (void)snprintf(number, sizeof number, "%d", (int)cell->day);
    printf("%s\t%s\t%s\t%s%s\t%s%s%s\n", place, cell->address, kinds[cell->kind], number,
           cell->text ? cell->text : "", cell->formula ? "f" : "", cell->hidden ? "h" : "",
           *cell->merged ? "m" : "");
}

static void print_identity(const char *which, const bms_identity *identity) {
    printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", which, identity->municipality, identity->unit, identity->period,
           identity->definition, identity->title, identity->seal);
}

static void print_row(const bms_raw_row *row) {
    char place[64];
    const struct {
        const char *name;
        const bms_raw_cell *cell;
    } cells[] = {{"1", &row->numerator},
                 {"2", &row->denominator},
                 {"result", &row->result},
                 {"reason", &row->reason},
                 {"comment", &row->comment}};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        (void)snprintf(place, sizeof place, "%s.%s", row->indicator, cells[i].name);
        print_cell(place, cells[i].cell);
    }
}

/** The colour that the library gives the numbers of a row, where both are numbers. */
static void print_colour(const bms_raw_return *raw, const bms_raw_row *row) {
    for (size_t i = 0; i < raw->n_questions; i++) {
        const bms_question *question = &raw->questions[i];
        const bms_number n = {row->numerator.kind == BMS_RAW_NUMBER, row->numerator.number};
        const bms_number d = {row->denominator.kind == BMS_RAW_NUMBER, row->denominator.number};
        if (strcmp(question->indicator, row->indicator) != 0)
            continue;
        const bms_values answer = {bms_values_state(question->kind, n, d), n, d};
        const bms_number result = bms_result(question->kind, question->factor, &answer);
        const char *colour = bms_colour_name(bms_colour_of(&question->limits, result));
        printf("%s.colour\t%s\n", row->indicator, colour ? colour : "");
    }
}

static void print_action(const bms_raw_action *action) {
    print_cell("action.number", &action->number);
    print_cell("action.linked", &action->linked_to);
    print_cell("action.text", &action->text);
    print_cell("action.responsible", &action->responsible);
    print_cell("action.due", &action->due);
    print_cell("action.status", &action->status);
}

static void print_return(const bms_raw_return *raw) {
    static const char *const recognitions[] = {"not_ours", "hidden_lost", "visible_lost", "both"};
    printf("recognition\t%s\n", recognitions[raw->recognition]);
    print_identity("hidden", &raw->hidden);
    print_identity("visible", &raw->visible);
    printf("sheet\t%s\n", raw->sheet ? raw->sheet : "");
    printf("missing_heading\t%s\n", raw->missing_heading ? raw->missing_heading : "");
    printf("questions\t%zu\n", raw->n_questions);
    for (size_t i = 0; i < raw->n_rows; i++) {
        print_row(&raw->rows[i]);
        print_colour(raw, &raw->rows[i]);
    }
    print_cell("signed_by", &raw->signed_by);
    print_cell("signed_on", &raw->signed_on);
    for (size_t i = 0; i < raw->n_actions; i++)
        print_action(&raw->actions[i]);
}

int main(int count, char **arguments) {
    bms_arena *arena = bms_arena_new();
    bms_raw_return raw;
    bms_error error = {0};
    if (count != 2 || !arena)
        return 2;
    const bms_source source = {.name = arguments[1]};
    enum bms_status status = bms_workbooks_read_return(arena, &source, 0, "nb", &raw, &error);
    if (status == BMS_OK)
        print_return(&raw);
    else
        (void)fprintf(stderr, "%s: %s\n", error.where, error.message);
    bms_arena_free(arena);
    return status == BMS_OK ? 0 : 1;
}
