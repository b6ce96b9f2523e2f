/**
 * The report model: everything a report shows, worked out before a workbook is opened.
 */
#ifndef BMS_REPORT_H
#define BMS_REPORT_H

#include "core/arena.h"
#include "core/bms.h"
#include "core/definition.h"
#include "core/rollup.h"

typedef struct bms_report_model bms_report_model;

#endif
