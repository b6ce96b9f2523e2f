/** status, history, explain and export: what is stored, and where it comes from. */
#include "core/call/calling.h"

#include "core/base/csv.h"

#include <string.h>

/* status */

static void on_period(void *context, const char *period, const char *name) {
    bms_json *json = context;
    (void)name;
    bms_json_text_member(json, "period", period);
    bms_json_open_list(json, "units");
}

static void on_delivery(void *context, const bms_delivery *row) {
    bms_json *json = context;
    bms_json_open(json, '{');
    bms_json_text_member(json, "unit", row->unit);
    bms_json_count_member(json, "expected", (size_t)row->expected);
    bms_json_count_member(json, "reported", (size_t)row->reported);
    bms_json_count_member(json, "missing", (size_t)row->missing);
    bms_json_count_member(json, "held", (size_t)row->held);
    bms_json_count_member(json, "unfinished", (size_t)row->unfinished);
    bms_json_ordinal_member(json, "revision", (size_t)row->revision);
    bms_json_close(json, '}');
}

enum bms_status bms_call_status(bms_calling *calling) {
    bms_json *json = &calling->json;
    bms_json_open(json, '{');
    enum bms_status status = bms_deliveries(calling->b, bms_request_text(&calling->request, "period"),
                                            on_period, on_delivery, json, calling->error);
    if (status != BMS_OK)
        return status;
    bms_json_close(json, ']');
    bms_json_close(json, '}');
    return BMS_OK;
}

/* A measurement */

static void number_member(bms_json *json, const char *key, bms_number number) {
    bms_json_key(json, key);
    if (number.known) {
        bms_json_number(json, number.value);
    } else {
        bms_json_null(json);
    }
}

/** The members that only `export` has. */
static void write_rest(bms_json *json, const bms_measurement *row) {
    bms_json_text_member(json, "unit_name", row->unit_name);
    bms_json_text_member(json, "indicator_name", row->indicator_name);
    bms_json_text_member(json, "form_period", row->form_period);
    bms_json_boolean_member(json, "current", row->current);
    bms_json_text_member(json, "reason", row->reason);
    bms_json_text_member(json, "comment", row->comment);
    bms_json_text_member(json, "signed_by", row->signed_by);
    bms_json_text_member(json, "received", row->received);
    bms_json_text_member(json, "sha256", row->sha256);
    bms_json_text_member(json, "corrected_by", row->amended_by);
    bms_json_text_member(json, "correction", row->amendment);
    bms_json_text_member(json, "accepted_by", row->accepted_by);
    bms_json_text_member(json, "acceptance", row->acceptance);
    bms_json_text_member(json, "released_by", row->released_by);
    bms_json_text_member(json, "release", row->release);
    bms_json_boolean_member(json, "late", row->late);
}

static void write_measurement(bms_json *json, const bms_measurement *row, bool whole) {
    bms_json_open(json, '{');
    bms_json_text_member(json, "unit", row->unit);
    bms_json_text_member(json, "indicator", row->indicator);
    bms_json_text_member(json, "period", row->period);
    bms_json_ordinal_member(json, "revision", (size_t)row->revision);
    bms_json_text_member(json, "state", bms_state_name(row->state));
    number_member(json, "numerator", row->numerator);
    number_member(json, "denominator", row->denominator);
    number_member(json, "result", row->result);
    bms_json_text_member(json, "status", bms_colour_name(row->status));
    bms_json_text_member(json, "file", row->file);
    bms_json_text_member(json, "cell", row->cell);
    if (whole)
        write_rest(json, row);
    bms_json_close(json, '}');
}

/* history */

static void on_measurement(void *context, const bms_measurement *row) {
    write_measurement(context, row, false);
}

static void on_change(void *context, const bms_cell_change *change) {
    bms_json *json = context;
    bms_json_open(json, '{');
    bms_json_text_member(json, "unit", change->unit);
    bms_json_text_member(json, "indicator", change->indicator);
    bms_json_text_member(json, "period", change->period);
    bms_json_count_member(json, "revision", (size_t)change->revision);
    bms_json_text_member(json, "what", change->what);
    bms_json_text_member(json, "was", change->was);
    bms_json_text_member(json, "became", change->became);
    bms_json_text_member(json, "file", change->file);
    bms_json_text_member(json, "cell", change->cell);
    bms_json_text_member(json, "by", change->by);
    bms_json_text_member(json, "received", change->received);
    bms_json_text_member(json, "correction", change->amendment);
    bms_json_close(json, '}');
}

enum bms_status bms_call_history(bms_calling *calling) {
    const bms_request *request = &calling->request;
    const char *unit = bms_request_text(request, "unit");
    const char *indicator = bms_request_text(request, "indicator");
    const bool with_changes = unit && bms_request_flag(request, "changes");
    bms_json *json = &calling->json;
    bms_json_open(json, '{');
    bms_json_open_list(json, "measurements");
    enum bms_status status = bms_measurements(calling->b, unit, indicator, bms_request_flag(request, "all"),
                                              on_measurement, json, calling->error);
    bms_json_close(json, ']');
    if (status == BMS_OK && with_changes) {
        bms_json_open_list(json, "changes");
        status = bms_changes(calling->b, unit, indicator, on_change, json, calling->error);
        bms_json_close(json, ']');
    }
    bms_json_close(json, '}');
    return status;
}

/* explain */

static void on_fact(void *context, const bms_fact *fact) {
    bms_json *json = context;
    bms_json_open(json, '{');
    bms_json_text_member(json, "key", fact->key);
    bms_json_text_member(json, "label", fact->label);
    bms_json_text_member(json, "text", fact->text);
    bms_json_close(json, '}');
}

enum bms_status bms_call_explain(bms_calling *calling) {
    const bms_request *request = &calling->request;
    const char *unit = bms_request_text(request, "unit");
    const char *indicator = bms_request_text(request, "indicator");
    const char *period = bms_request_text(request, "period");
    bms_json *json = &calling->json;
    bms_json_open(json, '{');
    bms_json_text_member(json, "unit", unit);
    bms_json_text_member(json, "indicator", indicator);
    bms_json_text_member(json, "period", period);
    bms_json_open_list(json, "facts");
    enum bms_status status = bms_explain(calling->b, unit, indicator, period, on_fact, json, calling->error);
    bms_json_close(json, ']');
    bms_json_close(json, '}');
    return status;
}

/* export */

static void on_exported(void *context, const bms_measurement *row) {
    write_measurement(context, row, true);
}

static enum bms_status export_json(bms_calling *calling) {
    bms_json *json = &calling->json;
    bms_json_open(json, '{');
    bms_json_open_list(json, "measurements");
    enum bms_status status =
        bms_measurements(calling->b, NULL, NULL, true, on_exported, json, calling->error);
    bms_json_close(json, ']');
    bms_json_close(json, '}');
    return status;
}

static void write_headings(bms_csv *csv) {
    static const char *const headings[] = {
        "unit",       "unit_name",   "indicator",    "indicator_name", "period",      "form_period",
        "revision",   "current",     "state",        "numerator",      "denominator", "result",
        "status",     "reason",      "comment",      "signed_by",      "received",    "file",
        "cell",       "sha256",      "corrected_by", "correction",     "late",        "accepted_by",
        "acceptance", "released_by", "release"};
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        bms_csv_text(csv, headings[i]);
    bms_csv_end_row(csv);
}

static void number_field(bms_csv *csv, bms_number number) {
    if (number.known) {
        bms_csv_number(csv, number.value);
    } else {
        bms_csv_text(csv, NULL);
    }
}

static void write_row(void *context, const bms_measurement *row) {
    bms_csv *csv = context;
    bms_csv_text(csv, row->unit);
    bms_csv_text(csv, row->unit_name);
    bms_csv_text(csv, row->indicator);
    bms_csv_text(csv, row->indicator_name);
    bms_csv_text(csv, row->period);
    bms_csv_text(csv, row->form_period);
    number_field(csv, (bms_number){.known = row->revision > 0, .value = row->revision});
    bms_csv_text(csv, row->current ? "true" : "false");
    bms_csv_text(csv, bms_state_name(row->state));
    number_field(csv, row->numerator);
    number_field(csv, row->denominator);
    number_field(csv, row->result);
    bms_csv_text(csv, bms_colour_name(row->status));
    bms_csv_text(csv, row->reason);
    bms_csv_text(csv, row->comment);
    bms_csv_text(csv, row->signed_by);
    bms_csv_text(csv, row->received);
    bms_csv_text(csv, row->file);
    bms_csv_text(csv, row->cell);
    bms_csv_text(csv, row->sha256);
    bms_csv_text(csv, row->amended_by);
    bms_csv_text(csv, row->amendment);
    bms_csv_text(csv, row->late ? "true" : "false");
    bms_csv_text(csv, row->accepted_by);
    bms_csv_text(csv, row->acceptance);
    bms_csv_text(csv, row->released_by);
    bms_csv_text(csv, row->release);
    bms_csv_end_row(csv);
}

static enum bms_status export_csv(bms_calling *calling, bool excel) {
    bms_csv csv = {.sink = calling->json.sink, .excel = excel};
    write_headings(&csv);
    return bms_measurements(calling->b, NULL, NULL, true, write_row, &csv, calling->error);
}

enum bms_status bms_call_export(bms_calling *calling) {
    const char *format = bms_request_text(&calling->request, "format");
    if (bms_request_text(&calling->request, "originals"))
        return bms_call_originals(calling);
    if (!format || strcmp(format, "json") == 0)
        return export_json(calling);
    if (strcmp(format, "csv") == 0 || strcmp(format, "excel") == 0)
        return export_csv(calling, *format == 'e');
    return bms_request_refuse(&calling->request, "format", "json, csv, excel", calling->error);
}
