/**
 * Comma-separated values (RFC 4180), in two dialects: for other programs, and for a double click in a
 * Norwegian Excel.
 *
 * A text that a spreadsheet program would take for a formula (`=`, `+`, `-`, `@`, tab, return or newline
 * first) gets an apostrophe in front. Numbers are written as numbers and never changed.
 */
#ifndef BMS_BASE_CSV_H
#define BMS_BASE_CSV_H

#include "core/base/sink.h"

/** Start with the sink set, the dialect as wanted and the rest 0. */
typedef struct bms_csv {
    bms_sink sink;
    bool excel;  /* semicolons, decimal comma and a byte order mark; else commas and decimal point */
    bool quoted; /* quote every text, not only those that need it */
    bool begun;
    bool in_row;
} bms_csv;

/** The next field. NULL is empty. */
void bms_csv_text(bms_csv *csv, const char *text);

/** The next field; a number that is not finite is empty. */
void bms_csv_number(bms_csv *csv, double value);

void bms_csv_end_row(bms_csv *csv);

#endif
