/** What single cells of a return mean (see return.h). What is wrong with them is decided in core/check. */
#include "core/form/return.h"

#include <math.h>
#include <string.h>

bool bms_raw_day(const bms_raw_cell *cell, bms_day *out) {
    enum { FIRST_YEAR = 2000, LAST_YEAR = 2099 };
    *out = cell->day;
    switch (cell->kind) {
    case BMS_RAW_DATE:
        return cell->day != BMS_NO_DAY;
    case BMS_RAW_NUMBER:
        return cell->day >= bms_day_of(FIRST_YEAR, 1, 1) && cell->day <= bms_day_of(LAST_YEAR, 12, 31) &&
               floor(cell->number) == cell->number;
    case BMS_RAW_TEXT:
        return cell->text && bms_day_read(cell->text, out);
    case BMS_RAW_BLANK:
    case BMS_RAW_PER_CENT:
    case BMS_RAW_BOOLEAN:
    case BMS_RAW_ERROR:
    case BMS_RAW_NO_RESULT:
        break;
    }
    return false;
}

bool bms_raw_same(const bms_raw_cell *a, const bms_raw_cell *b) {
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case BMS_RAW_BLANK:
    case BMS_RAW_NO_RESULT:
        return true;
    case BMS_RAW_NUMBER:
    case BMS_RAW_PER_CENT:
    case BMS_RAW_BOOLEAN:
        return a->number == b->number;
    case BMS_RAW_DATE:
        return a->day == b->day;
    case BMS_RAW_TEXT:
    case BMS_RAW_ERROR:
        break;
    }
    return strcmp(a->text ? a->text : "", b->text ? b->text : "") == 0;
}
