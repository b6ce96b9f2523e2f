#include "measurement.h"

static void number_member(struct json *json, const char *key, bms_number number) {
    json_key(json, key);
    if (number.known) {
        json_number(json, number.value);
    } else {
        json_null(json);
    }
}

static void revision_member(struct json *json, int revision) {
    json_key(json, "revision");
    if (revision > 0) {
        json_count(json, (size_t)revision);
    } else {
        json_null(json);
    }
}

static void write_rest(struct json *json, const bms_measurement *row) {
    json_text_member(json, "unit_name", row->unit_name);
    json_text_member(json, "indicator_name", row->indicator_name);
    json_text_member(json, "form_period", row->form_period);
    json_key(json, "current");
    json_boolean(json, row->current);
    json_text_member(json, "reason", row->reason);
    json_text_member(json, "comment", row->comment);
    json_text_member(json, "signed_by", row->signed_by);
    json_text_member(json, "received", row->received);
    json_text_member(json, "sha256", row->sha256);
    json_text_member(json, "corrected_by", row->amended_by);
    json_text_member(json, "correction", row->amendment);
    json_text_member(json, "accepted_by", row->accepted_by);
    json_text_member(json, "acceptance", row->acceptance);
    json_text_member(json, "released_by", row->released_by);
    json_text_member(json, "release", row->release);
    json_key(json, "late");
    json_boolean(json, row->late);
}

void measurement_write_json(struct json *json, const bms_measurement *row, bool whole) {
    json_open(json, '{');
    json_text_member(json, "unit", row->unit);
    json_text_member(json, "indicator", row->indicator);
    json_text_member(json, "period", row->period);
    revision_member(json, row->revision);
    json_text_member(json, "state", bms_state_name(row->state));
    number_member(json, "numerator", row->numerator);
    number_member(json, "denominator", row->denominator);
    number_member(json, "result", row->result);
    json_text_member(json, "status", bms_colour_name(row->status));
    json_text_member(json, "file", row->file);
    json_text_member(json, "cell", row->cell);
    if (whole) {
        write_rest(json, row);
    }
    json_close(json, '}');
}

void measurement_write_csv_heading(struct csv *csv) {
    static const char *const headings[] = {
        "unit",       "unit_name",   "indicator",    "indicator_name", "period",      "form_period",
        "revision",   "current",     "state",        "numerator",      "denominator", "result",
        "status",     "reason",      "comment",      "signed_by",      "received",    "file",
        "cell",       "sha256",      "corrected_by", "correction",     "late",        "accepted_by",
        "acceptance", "released_by", "release"};
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        csv_text(csv, headings[i]);
    }
    csv_end_row(csv);
}

static void number_field(struct csv *csv, bms_number number) {
    if (number.known) {
        csv_number(csv, number.value);
    } else {
        csv_text(csv, NULL);
    }
}

void measurement_write_csv(struct csv *csv, const bms_measurement *row) {
    csv_text(csv, row->unit);
    csv_text(csv, row->unit_name);
    csv_text(csv, row->indicator);
    csv_text(csv, row->indicator_name);
    csv_text(csv, row->period);
    csv_text(csv, row->form_period);
    number_field(csv, (bms_number){.known = row->revision > 0, .value = row->revision});
    csv_text(csv, row->current ? "true" : "false");
    csv_text(csv, bms_state_name(row->state));
    number_field(csv, row->numerator);
    number_field(csv, row->denominator);
    number_field(csv, row->result);
    csv_text(csv, bms_colour_name(row->status));
    csv_text(csv, row->reason);
    csv_text(csv, row->comment);
    csv_text(csv, row->signed_by);
    csv_text(csv, row->received);
    csv_text(csv, row->file);
    csv_text(csv, row->cell);
    csv_text(csv, row->sha256);
    csv_text(csv, row->amended_by);
    csv_text(csv, row->amendment);
    csv_text(csv, row->late ? "true" : "false");
    csv_text(csv, row->accepted_by);
    csv_text(csv, row->acceptance);
    csv_text(csv, row->released_by);
    csv_text(csv, row->release);
    csv_end_row(csv);
}
