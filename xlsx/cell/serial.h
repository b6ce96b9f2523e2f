/**
 * Days as spreadsheets number them.
 */
#ifndef BMS_XLSX_CELL_SERIAL_H
#define BMS_XLSX_CELL_SERIAL_H

#include "core/base/period.h"

#include <stdbool.h>

/**
 * @param serial     a cell's number that is shown as a date; a time of day in it is ignored
 * @param from_1904  the workbook counts from 1904 (bms_workbook_date_1904)
 * @return the day; BMS_NO_DAY for what no spreadsheet shows as one (negative, or beyond the year 9999). The
 * 29 February 1900, which only Excel has, becomes the day before 1 March
 */
bms_day bms_serial_day(double serial, bool from_1904);

#endif
