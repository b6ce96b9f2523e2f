/**
 * The first sheet of a report: its columns, and what is beside the scorecard. For front.c and beside.c only.
 */
#ifndef BMS_XLSX_LAYOUT_REPORT_FRONT_H
#define BMS_XLSX_LAYOUT_REPORT_FRONT_H

#include "xlsx/layout/report/sheets.h"

enum {
    BMS_FRONT_NAME,
    BMS_FRONT_SO_FAR,
    BMS_FRONT_PERIOD,
    BMS_FRONT_YEAR_BEFORE,
    BMS_FRONT_CHANGE,
    BMS_FRONT_TARGET,
    BMS_FRONT_STATUS,
    BMS_FRONT_SPREAD, /* for a unit: the course over time */
    BMS_FRONT_GAP,
    BMS_FRONT_BESIDE,
    BMS_FRONT_VALUE,
    BMS_FRONT_MORE,
    BMS_FRONT_COLUMNS
};

/**
 * Write what needs a decision: what is red, who has not delivered or what is missing, what is being done.
 *
 * @param first  the row to begin on
 * @param room   rows the scorecard takes; more are used only when that is very few
 * @return the row after the last one
 */
uint32_t bms_report_beside(const bms_report_book *report, bms_page *page, uint32_t first, uint32_t room);

#endif
