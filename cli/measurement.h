/**
 * A measurement as rows of tables, JSON and CSV: what history and export share.
 */
#ifndef CLI_MEASUREMENT_H
#define CLI_MEASUREMENT_H

#include "csv.h"
#include "session.h"

/** Write the members of `history --json`; `whole` also those that only `export` has. */
void measurement_write_json(struct json *json, const bms_measurement *row, bool whole);

/** Write the heading of the CSV, and a row of it. */
void measurement_write_csv_heading(struct csv *csv);
void measurement_write_csv(struct csv *csv, const bms_measurement *row);

#endif
