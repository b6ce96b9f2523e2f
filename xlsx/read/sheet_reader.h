/**
 * Reading the cells of one worksheet part, one by one: positions, kinds, values and formulas.
 */
#ifndef BMS_XLSX_READ_SHEET_READER_H
#define BMS_XLSX_READ_SHEET_READER_H

#include "xlsx/read/cell_styles.h"
#include "xlsx/read/package.h"
#include "xlsx/read/shared_strings.h"
#include "xlsx/read/workbook.h"

/** What a sheet is read with, all borrowed. */
typedef struct bms_sheet_source {
    bms_package *package;
    size_t member;
    const char *sheet; /* its name, for messages */
    const bms_cell_styles *styles;
    const bms_shared_strings *strings;
    bool date_1904;
    bool formulas;      /* their texts are wanted */
    size_t most_merged; /* ranges that are kept; 0: all */
    bool hidden;        /* the sheet, and so its cells */
} bms_sheet_source;

/** Where the cells and details go. */
typedef struct bms_sheet_sink {
    bool (*on_cell)(void *context, const bms_cell *cell); /* may be NULL */
    void *context;
    bms_arena *arena;     /* for what `info` points to; NULL with it */
    bms_sheet_info *info; /* may be NULL */
} bms_sheet_sink;

/** Read a sheet to its end, or until on_cell returns false. @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY */
enum bms_status bms_sheet_reader_run(const bms_sheet_source *source, const bms_sheet_sink *sink,
                                     const bms_reading *reading);

#endif
