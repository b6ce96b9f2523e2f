/**
 * Where things are in a Mottak; shared by writing and reading.
 */
#ifndef BMS_XLSX_LAYOUT_INTAKE_LAYOUT_H
#define BMS_XLSX_LAYOUT_INTAKE_LAYOUT_H

#include "core/base/catalogue.h"

enum bms_intake_column {
    BMS_INTAKE_UNIT,
    BMS_INTAKE_FILE,
    BMS_INTAKE_STATE,
    BMS_INTAKE_SEVERITY,
    BMS_INTAKE_INDICATOR,
    BMS_INTAKE_CELL,
    BMS_INTAKE_WRONG,
    BMS_INTAKE_FIX,
    BMS_INTAKE_ACCEPT,
    BMS_INTAKE_REASON,
    BMS_INTAKE_USE,
    BMS_INTAKE_RELEASE,
    BMS_INTAKE_DONE,
    BMS_INTAKE_KEY, /* hidden: identifies the row when it is read */
    BMS_INTAKE_COLUMNS
};

/** Headings of the coordinator's columns, English; recognised in any of the languages. */
#define BMS_INTAKE_ACCEPT_HEADING BMS_TEXT("Accept?")
#define BMS_INTAKE_REASON_HEADING BMS_TEXT("Your reason")
#define BMS_INTAKE_USE_HEADING BMS_TEXT("Use this file")
#define BMS_INTAKE_RELEASE_HEADING BMS_TEXT("Release the rest")

/** Heading of the hidden column, never translated; its cells hold a bms_intake_key, `|` between its parts. */
#define BMS_INTAKE_KEY_HEADING "bms_key"
#define BMS_INTAKE_KEY_PARTS 5

/** First cell of the hidden sheet; the period's code is below it, then the list of answers. */
#define BMS_INTAKE_MARK "bms intake"

/** The name of the cell for who decides. */
#define BMS_INTAKE_DECIDED_BY "bms_decided_by"

#endif
