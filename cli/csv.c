#include "csv.h"

#include "number.h"

#include <math.h>
#include <string.h>

static void begin_field(struct csv *csv) {
    if (!csv->begun && csv->excel) {
        output_text(csv->output, "\xEF\xBB\xBF");
    }
    csv->begun = true;
    if (csv->in_row) {
        output_text(csv->output, csv->excel ? ";" : ",");
    }
    csv->in_row = true;
}

static void write_quoted(struct output *output, const char *text, bool formula) {
    output_text(output, formula ? "\"'" : "\"");
    for (const char *p = text; *p; p++) {
        output_text(output, *p == '"' ? "\"" : "");
        output_bytes(output, p, 1);
    }
    output_text(output, "\"");
}

void csv_text(struct csv *csv, const char *text) {
    begin_field(csv);
    if (!text || !*text) {
        return;
    }
    bool formula = strchr("=+-@\t\r", text[0]) != NULL;
    if (formula || strpbrk(text, "\",;\r\n\t ")) {
        write_quoted(csv->output, text, formula);
    } else {
        output_text(csv->output, text);
    }
}

void csv_number(struct csv *csv, double value) {
    begin_field(csv);
    char digits[NUMBER_SIZE] = "";
    if (isfinite(value)) {
        number_shortest(value, csv->excel ? ',' : '.', digits);
    }
    output_text(csv->output, digits);
}

void csv_count(struct csv *csv, size_t value) {
    begin_field(csv);
    char digits[NUMBER_SIZE];
    output_text(csv->output, number_count(value, digits));
}

void csv_end_row(struct csv *csv) {
    output_text(csv->output, "\r\n");
    csv->in_row = false;
}
