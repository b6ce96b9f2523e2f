/**
 * How much of a workbook is read, by what it is: its budget, and what is wanted of it (bms_wanted).
 *
 *     bms_allowance allowance;
 *     bms_allowance_begin(&allowance, &bms_form_allowance, arena);
 *     status = bms_workbook_open(&workbook, source, &allowance.wanted, language, error);
 *     …
 *     bms_workbook_free(workbook);
 *     status = bms_allowance_end(&allowance, status, source, language, error);
 */
#ifndef BMS_XLSX_LAYOUT_ALLOWANCE_H
#define BMS_XLSX_LAYOUT_ALLOWANCE_H

#include "xlsx/read/workbook.h"

/** What one kind of workbook may cost. */
typedef struct bms_allowance_kind {
    bms_budget budget;
    bms_wanted wanted;
    uint64_t file;        /* most bytes of the file */
    const char *too_much; /* message, English: what is wrong with a file beyond it, and what to do */
} bms_allowance_kind;

/**
 * A form that came back, from anyone: what a form can hold, with a margin. At most 64 MB and a second of
 * processor time, all told.
 */
extern const bms_allowance_kind bms_form_allowance;

/** The coordinator's own workbooks (setup, Mottak): as large as they are for the largest municipalities. */
extern const bms_allowance_kind bms_own_allowance;

/** Any workbook whose cells are listed one by one: only what is kept beside the cells is counted. */
extern const bms_allowance_kind bms_cells_allowance;

/** A workbook being read within its allowance. */
typedef struct bms_allowance {
    const bms_allowance_kind *kind;
    bms_arena *arena;
    bms_budget budget;
    bms_wanted wanted;
} bms_allowance;

/** Begin; what is handed out by the arena (may be NULL) counts until the end. */
void bms_allowance_begin(bms_allowance *allowance, const bms_allowance_kind *kind, bms_arena *arena);

/** @return BMS_OK, or BMS_INPUT for a file that is larger than this kind may be */
enum bms_status bms_allowance_check_file(const bms_allowance *allowance, const bms_source *source,
                                         const char *language, bms_error *error);

/**
 * End, when the workbook has been freed.
 *
 * @param status  of the reading
 * @return `status`; BMS_INPUT with the kind's own message where the budget was exceeded, BMS_NO_MEMORY where
 * memory ran out
 */
enum bms_status bms_allowance_end(bms_allowance *allowance, enum bms_status status, const bms_source *source,
                                  const char *language, bms_error *error);

#endif
