/**
 * The workbook part: which sheets there are, in which order, and the defined names.
 */
#ifndef BMS_XLSX_READ_WORKBOOK_PART_H
#define BMS_XLSX_READ_WORKBOOK_PART_H

#include "xlsx/read/package.h"
#include "xlsx/read/workbook.h"

/** A sheet as the workbook part lists it. */
typedef struct bms_listed_sheet {
    const char *name;
    const char *relationship; /* NULL: none given */
    enum bms_visibility visibility;
} bms_listed_sheet;

/** What the part says. */
typedef struct bms_workbook_part {
    bms_listed_sheet *sheets;
    size_t n_sheets;
    size_t sheets_capacity;
    const bms_listed_sheet **by_name; /* the sheets, case of A–Z ignored */
    bms_defined_name *names;
    size_t n_names;
    size_t names_capacity;
    bool date_1904;
} bms_workbook_part;

/** Read the part. @param arena where all of it lives @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY */
enum bms_status bms_workbook_part_read(bms_workbook_part *out, bms_package *package, size_t member,
                                       bms_arena *arena, const bms_reading *reading);

/** @return whether two names are the same, case of A–Z ignored; `a` is `length` bytes long. */
bool bms_workbook_part_same_name(const char *a, size_t length, const char *b);

#endif
