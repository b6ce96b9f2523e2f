#include "command.h"

struct view {
    struct output *out;
    struct json json;
    bool in_json;
    bool details;
};

/** A tab or a line end inside a sheet's name would make a column or a line of its own. */
static void write_plain(struct output *out, const char *text) {
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        output_bytes(out, byte < 0x20 ? " " : text, 1);
    }
}

static void write_json_value(struct json *json, const bms_cell_row *cell) {
    switch (cell->kind) {
    case BMS_CELL_NUMBER:
        json_number(json, cell->number);
        break;
    case BMS_CELL_BOOLEAN:
        json_boolean(json, cell->number != 0);
        break;
    case BMS_CELL_TEXT:
    case BMS_CELL_ERROR:
        json_text(json, cell->text);
        break;
    default:
        json_null(json);
    }
}

/** The value alone, outside any document. */
static void write_value(struct output *out, const bms_cell_row *cell) {
    struct json json = {.output = out};
    write_json_value(&json, cell);
}

static const char *kind_letter(enum bms_cell_kind kind) {
    static const char *const letters[] = {[BMS_CELL_BLANK] = "-",
                                          [BMS_CELL_NUMBER] = "n",
                                          [BMS_CELL_TEXT] = "s",
                                          [BMS_CELL_BOOLEAN] = "b",
                                          [BMS_CELL_ERROR] = "e"};
    return letters[kind];
}

static void write_optional(struct output *out, const char *text) {
    struct json json = {.output = out};
    output_text(out, "\t");
    json_text(&json, text);
}

static void write_details(struct output *out, const bms_cell_row *cell) {
    write_optional(out, cell->number_format);
    write_optional(out, cell->formula);
    output_text(out, cell->has_result ? "\ttrue" : "\tfalse");
    output_text(out, cell->hidden ? "\ttrue" : "\tfalse");
    write_optional(out, cell->merged);
}

static void write_line(const struct view *view, const bms_cell_row *cell) {
    struct output *out = view->out;
    write_plain(out, cell->sheet);
    output_message(out, "\t{address}\t{kind}\t", "address", cell->address, "kind", kind_letter(cell->kind),
                   NULL);
    write_value(out, cell);
    if (view->details) {
        write_details(out, cell);
    }
    output_text(out, "\n");
}

static void write_json(struct view *view, const bms_cell_row *cell) {
    struct json *json = &view->json;
    json_open(json, '{');
    json_text_member(json, "sheet", cell->sheet);
    json_text_member(json, "address", cell->address);
    json_text_member(json, "kind", kind_letter(cell->kind));
    json_key(json, "value");
    write_json_value(json, cell);
    if (view->details) {
        json_text_member(json, "number_format", cell->number_format);
        json_text_member(json, "formula", cell->formula);
        json_boolean_member(json, "has_result", cell->has_result);
        json_boolean_member(json, "hidden", cell->hidden);
        json_text_member(json, "merged", cell->merged);
    }
    json_close(json, '}');
}

static void on_cell(void *context, const bms_cell_row *cell) {
    struct view *view = context;
    bool empty_text = cell->kind == BMS_CELL_TEXT && !(cell->text && *cell->text);
    if (empty_text) {
        return;
    }
    if (view->in_json) {
        write_json(view, cell);
    } else {
        write_line(view, cell);
    }
}

static enum bms_status cells(struct session *session, const struct arguments *arguments) {
    struct view view = {.out = &session->out,
                        .json = {.output = &session->out},
                        .in_json = session->json,
                        .details = arguments_has(arguments, "details")};
    bms_source workbook = {.name = arguments_operand(arguments, 0)};
    if (view.in_json) {
        json_open(&view.json, '{');
        json_key(&view.json, "cells");
        json_open(&view.json, '[');
    }
    enum bms_status status =
        bms_cells(session->library, &workbook, view.details, on_cell, &view, &session->error);
    if (view.in_json) {
        json_close(&view.json, ']');
        json_close(&view.json, '}');
    }
    return status;
}

static const struct option options[] = {{"details", NULL,
                                         TEXT("also number format, formula, whether it had a result, hidden, "
                                              "merged range; formulas without a result too")},
                                        {NULL, NULL, NULL}};

const struct command command_cells = {
    .name = "cells",
    .usage = TEXT("FILE [--details]"),
    .summary = TEXT("every cell of a workbook as bms reads it"),
    .details = TEXT(
        "A line for each cell: sheet, address, kind and value, with tabs between. The kinds are n number\n"
        "(a date is its serial number), s text, b true or false, e error, and with --details - for a\n"
        "formula without a result. The value is written as JSON."),
    .options = options,
    .least_operands = 1,
    .most_operands = 1,
    .function = cells,
};
