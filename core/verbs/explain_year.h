/**
 * The year so far in an explanation, as the reports have it.
 */
#ifndef BMS_VERBS_EXPLAIN_YEAR_H
#define BMS_VERBS_EXPLAIN_YEAR_H

#include "core/verbs/explain/explaining.h"

/**
 * Put what the year adds up to, and how it is judged, into words.
 *
 * @param[out] out  "8 stk = 4 + 4; ingen farge: uten mål"; "" where the measuring point is the year's first,
 * or its periods do not add up
 */
enum bms_status bms_explain_year(const bms_explaining *explaining, const char **out, bms_error *error);

/** Add the last year to date of units that were closed in the year to the parts of a roll-up, as in the
 * reports, and note them in `closed`. */
enum bms_status bms_explain_closed(bms_explaining *explaining, bms_error *error);

#endif
