/** cells: any workbook as the reader sees it, as JSON or as lines with tabs between. */
#include "core/call/calling.h"

#include <string.h>

struct view {
    bms_json *json;
    bool details;
};

static const char *kind_letter(enum bms_cell_kind kind) {
    static const char *const letters[] = {[BMS_CELL_BLANK] = "-",
                                          [BMS_CELL_NUMBER] = "n",
                                          [BMS_CELL_TEXT] = "s",
                                          [BMS_CELL_BOOLEAN] = "b",
                                          [BMS_CELL_ERROR] = "e"};
    return letters[kind];
}

static void write_value(bms_json *json, const bms_cell_row *cell) {
    switch (cell->kind) {
    case BMS_CELL_NUMBER:
        bms_json_number(json, cell->number);
        break;
    case BMS_CELL_BOOLEAN:
        bms_json_boolean(json, cell->number != 0);
        break;
    case BMS_CELL_TEXT:
    case BMS_CELL_ERROR:
        bms_json_text(json, cell->text);
        break;
    default:
        bms_json_null(json);
    }
}

static bool is_empty_text(const bms_cell_row *cell) {
    return cell->kind == BMS_CELL_TEXT && !(cell->text && *cell->text);
}

/* As lines: sheets and names come before the cells, in the same columns */

/** Write a text with spaces for tabs and line ends, which would look like columns and lines. */
static void write_plain(const bms_sink *sink, const char *text) {
    while (*text) {
        size_t plain = 0;
        while ((unsigned char)text[plain] >= 0x20)
            plain++;
        sink->write(sink->context, text, plain);
        text += plain;
        if (*text) {
            bms_sink_text(sink, " ");
            text++;
        }
    }
}

static void begin_line(const bms_sink *sink, const char *sheet, const char *address, const char *kind) {
    write_plain(sink, sheet ? sheet : "");
    bms_sink_text(sink, "\t");
    bms_sink_text(sink, address ? address : "");
    bms_sink_text(sink, "\t");
    bms_sink_text(sink, kind);
    bms_sink_text(sink, "\t");
}

/** Write a JSON text outside any document. */
static void write_text_alone(const bms_sink *sink, const char *before, const char *text) {
    bms_json alone = {.sink = *sink};
    bms_sink_text(sink, before);
    bms_json_text(&alone, text);
}

static void write_boolean_alone(const bms_sink *sink, bool value) {
    bms_sink_text(sink, value ? "\ttrue" : "\tfalse");
}

/** The columns that come with `details`. */
static void write_details(const bms_sink *sink, const bms_cell_row *cell) {
    write_text_alone(sink, "\t", cell->number_format);
    write_text_alone(sink, "\t", cell->formula);
    write_boolean_alone(sink, cell->has_result);
    write_boolean_alone(sink, cell->hidden);
    write_text_alone(sink, "\t", cell->merged);
    write_boolean_alone(sink, cell->date);
    write_boolean_alone(sink, cell->per_cent);
}

static void on_cell_line(void *context, const bms_cell_row *cell) {
    const struct view *view = context;
    const bms_sink *sink = &view->json->sink;
    bms_json alone = {.sink = *sink};
    if (is_empty_text(cell))
        return;
    begin_line(sink, cell->sheet, cell->address, kind_letter(cell->kind));
    write_value(&alone, cell);
    if (view->details)
        write_details(sink, cell);
    bms_sink_text(sink, "\n");
}

/** Write a line for the workbook, a sheet or a name. */
static void write_listed(const struct view *view, const char *sheet, const char *address, const char *kind,
                         const char *value, const char *formula, bool hidden) {
    const bms_sink *sink = &view->json->sink;
    const bms_cell_row columns = {.formula = formula, .hidden = hidden};
    begin_line(sink, sheet, address, kind);
    write_text_alone(sink, "", value);
    write_details(sink, &columns);
    bms_sink_text(sink, "\n");
}

static void on_book_line(void *context, bool date_1904) {
    write_listed(context, NULL, NULL, "epoch", date_1904 ? "1904" : "1900", NULL, false);
}

static void on_sheet_line(void *context, const bms_sheet_row *sheet) {
    write_listed(context, sheet->name, NULL, "sheet", sheet->visibility, NULL,
                 strcmp(sheet->visibility, "visible") != 0);
}

static void on_name_line(void *context, const bms_name_row *name) {
    const char *range = name->range;
    if (name->scope && range && strcmp(name->scope, name->sheet) != 0)
        range = NULL; /* the line's sheet is its scope, so the range would be read as of that sheet */
    write_listed(context, name->scope ? name->scope : name->sheet, range, name->scope ? "local name" : "name",
                 name->name, name->refers_to, name->hidden);
}

static enum bms_status answer_lines(bms_calling *calling, struct view *view) {
    const bms_contents_listener listener = {
        .context = view, .on_book = on_book_line, .on_sheet = on_sheet_line, .on_name = on_name_line};
    enum bms_status status = BMS_OK;
    if (view->details)
        status = bms_contents(calling->b, calling->sources, &listener, calling->error);
    if (status == BMS_OK)
        status = bms_cells(calling->b, calling->sources, view->details, on_cell_line, view, calling->error);
    return status;
}

/* As JSON: sheets and names have their own lists */

static void on_cell(void *context, const bms_cell_row *cell) {
    const struct view *view = context;
    bms_json *json = view->json;
    if (is_empty_text(cell))
        return;
    bms_json_open(json, '{');
    bms_json_text_member(json, "sheet", cell->sheet);
    bms_json_text_member(json, "address", cell->address);
    bms_json_text_member(json, "kind", kind_letter(cell->kind));
    bms_json_key(json, "value");
    write_value(json, cell);
    if (view->details) {
        bms_json_text_member(json, "number_format", cell->number_format);
        bms_json_text_member(json, "formula", cell->formula);
        bms_json_boolean_member(json, "has_result", cell->has_result);
        bms_json_boolean_member(json, "hidden", cell->hidden);
        bms_json_text_member(json, "merged", cell->merged);
        bms_json_boolean_member(json, "date", cell->date);
        bms_json_boolean_member(json, "per_cent", cell->per_cent);
    }
    bms_json_close(json, '}');
}

static void on_book(void *context, bool date_1904) {
    bms_json_count_member(context, "epoch", date_1904 ? 1904 : 1900);
}

static void on_sheet(void *context, const bms_sheet_row *sheet) {
    bms_json *json = context;
    bms_json_open(json, '{');
    bms_json_text_member(json, "name", sheet->name);
    bms_json_text_member(json, "visibility", sheet->visibility);
    bms_json_text_member(json, "kind", sheet->kind);
    bms_json_close(json, '}');
}

static void on_name(void *context, const bms_name_row *name) {
    bms_json *json = context;
    bms_json_open(json, '{');
    bms_json_text_member(json, "name", name->name);
    bms_json_text_member(json, "scope", name->scope);
    bms_json_text_member(json, "refers_to", name->refers_to);
    bms_json_text_member(json, "sheet", name->sheet);
    bms_json_text_member(json, "range", name->range);
    bms_json_boolean_member(json, "hidden", name->hidden);
    bms_json_close(json, '}');
}

/** Write one of the lists. */
static enum bms_status list(bms_calling *calling, const char *key, bms_contents_listener listener) {
    listener.context = &calling->json;
    bms_json_open_list(&calling->json, key);
    enum bms_status status = bms_contents(calling->b, calling->sources, &listener, calling->error);
    bms_json_close(&calling->json, ']');
    return status;
}

static enum bms_status list_all(bms_calling *calling) {
    const bms_contents_listener book = {.context = &calling->json, .on_book = on_book};
    enum bms_status status = bms_contents(calling->b, calling->sources, &book, calling->error);
    if (status == BMS_OK)
        status = list(calling, "sheets", (bms_contents_listener){.on_sheet = on_sheet});
    if (status == BMS_OK)
        status = list(calling, "names", (bms_contents_listener){.on_name = on_name});
    return status;
}

static enum bms_status answer_json(bms_calling *calling, struct view *view) {
    bms_json *json = &calling->json;
    enum bms_status status = BMS_OK;
    bms_json_open(json, '{');
    if (view->details)
        status = list_all(calling);
    bms_json_open_list(json, "cells");
    if (status == BMS_OK)
        status = bms_cells(calling->b, calling->sources, view->details, on_cell, view, calling->error);
    bms_json_close(json, ']');
    bms_json_close(json, '}');
    return status;
}

enum bms_status bms_call_cells(bms_calling *calling) {
    const char *format = bms_request_text(&calling->request, "format");
    struct view view = {.json = &calling->json, .details = bms_request_flag(&calling->request, "details")};
    if (!format || strcmp(format, "json") == 0)
        return answer_json(calling, &view);
    if (strcmp(format, "tsv") == 0)
        return answer_lines(calling, &view);
    return bms_request_refuse(&calling->request, "format", "json, tsv", calling->error);
}
