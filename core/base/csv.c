/**
 * Writing comma-separated values (see csv.h): the one place that keeps a text from becoming a formula.
 */
#include "core/base/csv.h"

#include "core/base/number.h"

#include <math.h>
#include <string.h>

static void begin_field(bms_csv *csv) {
    if (!csv->begun && csv->excel)
        bms_sink_text(&csv->sink, "\xEF\xBB\xBF"); /* so that a spreadsheet takes it as UTF-8 */
    if (csv->in_row)
        bms_sink_text(&csv->sink, csv->excel ? ";" : ",");
    csv->begun = csv->in_row = true;
}

static void write_quoted(const bms_sink *sink, const char *text, bool formula) {
    bms_sink_text(sink, formula ? "\"'" : "\"");
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
        sink->write(sink->context, text, (size_t)(quote - text));
        bms_sink_text(sink, "\"\"");
    }
    bms_sink_text(sink, text);
    bms_sink_text(sink, "\"");
}

void bms_csv_text(bms_csv *csv, const char *text) {
    const char *const shown = text ? text : "";
    const bool formula = *shown && strchr("=+-@\t\r\n", *shown);
    begin_field(csv);
    if (csv->quoted || formula || strpbrk(shown, "\",;\r\n\t ")) {
        write_quoted(&csv->sink, shown, formula);
    } else {
        bms_sink_text(&csv->sink, shown);
    }
}

void bms_csv_number(bms_csv *csv, double value) {
    char digits[32] = "";
    begin_field(csv);
    if (isfinite(value))
        bms_number_exported(value, csv->excel ? ',' : '.', digits);
    bms_sink_text(&csv->sink, digits);
}

void bms_csv_end_row(bms_csv *csv) {
    bms_sink_text(&csv->sink, "\r\n");
    csv->in_row = false;
}
