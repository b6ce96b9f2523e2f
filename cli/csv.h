/**
 * Comma-separated values (RFC 4180), in two dialects: for other programs, and for a double click in a
 * Norwegian Excel.
 *
 * A text that a spreadsheet program would take for a formula (`=`, `+`, `-`, `@`, tab or return first) gets
 * an apostrophe in front. Numbers are written as numbers and never changed.
 */
#ifndef CLI_CSV_H
#define CLI_CSV_H

#include "output.h"

/** Start with the output set and the rest 0. */
struct csv {
    struct output *output;
    bool excel; /* semicolons, decimal comma and a byte order mark; else commas and decimal point */
    bool begun;
    bool in_row;
};

/** The next field. NULL is empty. */
void csv_text(struct csv *csv, const char *text);
void csv_number(struct csv *csv, double value);
void csv_count(struct csv *csv, size_t value);

void csv_end_row(struct csv *csv);

#endif
