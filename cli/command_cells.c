#include "command.h"

#include <string.h>

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
    output_text(out, cell->date ? "\ttrue" : "\tfalse");
    output_text(out, cell->per_cent ? "\ttrue" : "\tfalse");
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
        json_boolean_member(json, "date", cell->date);
        json_boolean_member(json, "per_cent", cell->per_cent);
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

/* What the workbook lists: lines of the same columns in front of the cells, or lists of their own in JSON. */

/** A line of the columns that cells have. @param hidden, formula  where there are such */
static void write_listed(const struct view *view, const char *sheet, const char *address, const char *kind,
                         const char *value, const char *formula, bool hidden) {
    struct output *out = view->out;
    struct json json = {.output = out};
    write_plain(out, sheet ? sheet : "");
    output_message(out, "\t{address}\t{kind}\t", "address", address ? address : "", "kind", kind, NULL);
    json_text(&json, value);
    write_optional(out, NULL);
    write_optional(out, formula);
    output_text(out, hidden ? "\tfalse\ttrue" : "\tfalse\tfalse");
    write_optional(out, NULL);
    output_text(out, "\tfalse\tfalse\n");
}

static void on_book(void *context, bool date_1904) {
    struct view *view = context;
    if (view->in_json) {
        json_key(&view->json, "epoch");
        json_count(&view->json, date_1904 ? 1904 : 1900);
    } else {
        write_listed(view, NULL, NULL, "epoch", date_1904 ? "1904" : "1900", NULL, false);
    }
}

static void on_sheet_line(void *context, const bms_sheet_row *sheet) {
    const struct view *view = context;
    write_listed(view, sheet->name, NULL, "sheet", sheet->visibility, NULL,
                 strcmp(sheet->visibility, "visible") != 0);
}

static void on_name_line(void *context, const bms_name_row *name) {
    const struct view *view = context;
    const char *range = name->range;
    if (name->scope && range && strcmp(name->scope, name->sheet) != 0)
        range = NULL; /* the line's sheet is the one that the name belongs to */
    write_listed(view, name->scope ? name->scope : name->sheet, range, name->scope ? "local name" : "name",
                 name->name, name->refers_to, name->hidden);
}

static void on_sheet_json(void *context, const bms_sheet_row *sheet) {
    struct json *json = &((struct view *)context)->json;
    json_open(json, '{');
    json_text_member(json, "name", sheet->name);
    json_text_member(json, "visibility", sheet->visibility);
    json_text_member(json, "kind", sheet->kind);
    json_close(json, '}');
}

static void on_name_json(void *context, const bms_name_row *name) {
    struct json *json = &((struct view *)context)->json;
    json_open(json, '{');
    json_text_member(json, "name", name->name);
    json_text_member(json, "scope", name->scope);
    json_text_member(json, "refers_to", name->refers_to);
    json_text_member(json, "sheet", name->sheet);
    json_text_member(json, "range", name->range);
    json_boolean_member(json, "hidden", name->hidden);
    json_close(json, '}');
}

/** One pass over what the workbook lists, its rows in an array of their own in JSON. */
static enum bms_status list(struct session *session, const bms_source *workbook, struct view *view,
                            const char *key, bms_contents_listener listener) {
    listener.context = view;
    if (view->in_json && key) {
        json_key(&view->json, key);
        json_open(&view->json, '[');
    }
    enum bms_status status = bms_contents(session->library, workbook, &listener, &session->error);
    if (view->in_json && key)
        json_close(&view->json, ']');
    return status;
}

static enum bms_status list_all(struct session *session, const bms_source *workbook, struct view *view) {
    if (!view->in_json) {
        return list(
            session, workbook, view, NULL,
            (bms_contents_listener){.on_book = on_book, .on_sheet = on_sheet_line, .on_name = on_name_line});
    }
    enum bms_status status = list(session, workbook, view, NULL, (bms_contents_listener){.on_book = on_book});
    if (status == BMS_OK)
        status = list(session, workbook, view, "sheets", (bms_contents_listener){.on_sheet = on_sheet_json});
    if (status == BMS_OK)
        status = list(session, workbook, view, "names", (bms_contents_listener){.on_name = on_name_json});
    return status;
}

static enum bms_status cells(struct session *session, const struct arguments *arguments) {
    struct view view = {.out = &session->out,
                        .json = {.output = &session->out},
                        .in_json = session->json,
                        .details = arguments_has(arguments, "details")};
    bms_source workbook = {.name = arguments_operand(arguments, 0)};
    enum bms_status status = BMS_OK;
    if (view.in_json)
        json_open(&view.json, '{');
    if (view.details)
        status = list_all(session, &workbook, &view);
    if (view.in_json) {
        json_key(&view.json, "cells");
        json_open(&view.json, '[');
    }
    if (status == BMS_OK)
        status = bms_cells(session->library, &workbook, view.details, on_cell, &view, &session->error);
    if (view.in_json) {
        json_close(&view.json, ']');
        json_close(&view.json, '}');
    }
    return status;
}

static const struct option options[] = {
    {"details", NULL, TEXT("also what is known of each cell, formulas without a result, sheets and names")},
    {NULL, NULL, NULL}};

const struct command command_cells = {
    .name = "cells",
    .usage = TEXT("FILE [--details]"),
    .summary = TEXT("every cell of a workbook as bms reads it"),
    .details = TEXT(
        "A line for each cell: sheet, address, kind and value, with tabs between. The kinds are n number\n"
        "(a date is its serial number), s text, b true or false, e error, and with --details - for a\n"
        "formula without a result. The value is written as JSON.\n\n"
        "--details adds number format, formula, whether it has a result, whether the cell is hidden, the\n"
        "merged range, whether it is a date, whether it is shown in per cent. In front of the cells it puts\n"
        "lines of other kinds: epoch (the year from which dates are counted), sheet (visible, hidden or\n"
        "veryHidden), name and local name (a defined name, of the workbook or of one sheet: where it refers\n"
        "to, and as a formula what is stored)."),
    .options = options,
    .least_operands = 1,
    .most_operands = 1,
    .function = cells,
};
