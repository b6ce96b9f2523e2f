/**
 * Days as spreadsheets number them.
 */
#ifndef BMS_SERIAL_H
#define BMS_SERIAL_H

#include "core/period.h"

#include <stdbool.h>

/**
 * @param serial     a cell's number that is shown as a date; a time of day in it is left out
 * @param from_1904  the workbook counts from 1904 (bms_workbook_date_1904)
 * @return the day; BMS_NO_DAY for what no spreadsheet shows as a day (negative, beyond the year 9999, and the
 * 29 February 1900 that Excel has and no calendar)
 */
bms_day bms_serial_day(double serial, bool from_1904);

#endif
