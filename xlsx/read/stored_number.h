/**
 * Numbers as the format stores them: digits, a point, an exponent; the same under any locale.
 *
 * Not for what people type, see core/base/number.h.
 */
#ifndef BMS_XLSX_READ_STORED_NUMBER_H
#define BMS_XLSX_READ_STORED_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Read a whole text as a number, correctly rounded; white space is allowed. @return whether it is one */
bool bms_stored_number_read(const char *text, size_t length, double *out);

/** Read a whole text as a count from 0 to `largest`; white space is allowed. @return whether it is one */
bool bms_stored_count_read(const char *text, size_t length, uint64_t largest, uint64_t *out);

/**
 * Read a date, a time or both (ISO 8601: 2026-08-31, 2026-08-31T12:30:00.5, T12:30, with Z or an offset,
 * which are ignored) as the serial number that spreadsheets use. Days before their first, from the year 1 on,
 * have numbers below 0: that is how the strict format counts and what SheetJS writes. A duration
 * (PT0H11M0.000S, P1DT2H30M, what Excel writes for times in the strict format) is its number of days; years
 * and months in it are of no certain length and make it unreadable.
 *
 * @param from_1904  whether day 0 is in 1904
 * @return whether it is one
 */
bool bms_stored_date_read(const char *text, size_t length, bool from_1904, double *out);

#endif
