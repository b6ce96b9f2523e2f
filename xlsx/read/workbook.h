/**
 * Reading any .xlsx or .xlsm into typed cells.
 *
 * Knows nothing of scorecards: it opens a workbook from a path or from bytes, lists its sheets and defined
 * names, and delivers the cells of a sheet one by one (bms_workbook_read) or as a small table in memory
 * (bms_sheet_load). Nothing is guessed: what is damaged, hostile or not a workbook is refused with a message
 * that names the file and the cause. Nothing is extracted, executed or fetched. The format is described in
 * ECMA-376 part 1, chapter 18; how much is accepted at most is in reading_limits.h.
 *
 * A workbook is used by one thread at a time; any number of workbooks can be read at once.
 *
 *     static bool show(void *context, const bms_cell *cell) {
 *         if (cell->kind == BMS_CELL_NUMBER) printf("%u,%u: %g\n", cell->row, cell->column, cell->number);
 *         return true;
 *     }
 *
 *     bms_workbook *book = NULL;
 *     bms_error error = {0};
 *     bms_source source = {.name = "form.xlsx"};
 *     enum bms_status status = bms_workbook_open(&book, &source, NULL, "en", &error);
 *     for (size_t i = 0; !status && i < bms_workbook_sheet_count(book); i++)
 *         status = bms_workbook_read(book, i, show, NULL, NULL, &error);
 *     if (status) fprintf(stderr, "%s\n", error.message);
 *     bms_workbook_free(book);
 */
#ifndef BMS_XLSX_READ_WORKBOOK_H
#define BMS_XLSX_READ_WORKBOOK_H

#include "core/base/arena.h"
#include "core/bms.h"
#include "xlsx/cell/address.h"

/** An opened workbook. */
typedef struct bms_workbook bms_workbook;

enum bms_visibility { BMS_SHEET_VISIBLE, BMS_SHEET_HIDDEN, BMS_SHEET_VERY_HIDDEN };

enum bms_sheet_kind {
    BMS_WORKSHEET,
    BMS_CHART_SHEET,  /* holds a chart and no cells */
    BMS_DIALOG_SHEET, /* Excel 5; no cells */
    BMS_MACRO_SHEET,  /* Excel 4 macros; the cells are read, nothing is run */
    BMS_MODULE_SHEET  /* Visual Basic of Excel 5, listed with an empty relationship; no part and no cells */
};

/** A sheet as the workbook lists it. */
typedef struct bms_sheet_entry {
    const char *name;
    enum bms_visibility visibility;
    enum bms_sheet_kind kind;
} bms_sheet_entry;

/** Stands where a defined name has no sheet. */
#define BMS_NO_SHEET SIZE_MAX

/** A defined name. */
typedef struct bms_defined_name {
    const char *name;
    const char *refers_to; /* as stored: "Form!$C$5", a formula, a constant */
    size_t scope;          /* the sheet it belongs to; BMS_NO_SHEET: the whole workbook */
    bool hidden;
    size_t sheet;    /* where it refers to when that is one range of one sheet here; else BMS_NO_SHEET */
    bms_range range; /* only with `sheet` */
} bms_defined_name;

/** A cell that holds something. Texts live until the callback returns, or as long as the loaded sheet. */
typedef struct bms_cell {
    uint32_t row;    /* from 0 */
    uint32_t column; /* from 0 */
    /** BMS_CELL_BLANK only for a formula without a cached result. */
    enum bms_cell_kind kind;
    double number;       /* a number, a date's serial in the workbook's own epoch, 0 and 1 for a boolean */
    const char *text;    /* a text (may be ""), or an error's name ("#DIV/0!"); NULL for other kinds */
    const char *formula; /* without the leading "="; NULL: none stored (see has_formula) */
    const char *number_format; /* as "0.0%"; NULL: General */
    uint32_t shared_text;      /* the same number above 0 is the same text; 0: not known */
    bool has_formula; /* also where an array formula or a data table of another cell covers this one */
    bool has_result;  /* a formula with a cached result */
    bool is_date;     /* a number that is shown as a date or a time */
    bool is_per_cent; /* the number format shows per cent, whatever the cell holds */
    bool hidden;      /* its row, its column or its sheet is */
} bms_cell;

/** What a sheet holds besides its cells. The array lives in the arena of the details. */
typedef struct bms_sheet_info {
    const bms_range *merged;
    size_t n_merged;
    uint32_t rows_used;    /* one more than the last row with a cell that holds something; 0: none */
    uint32_t columns_used; /* likewise */
    bool more_merged;      /* there are more than were wanted */
} bms_sheet_info;

/**
 * What is wanted of a workbook. What is not wanted is checked like the rest, but costs no memory.
 *
 * Where a budget runs out, reading fails with BMS_NO_MEMORY and the budget says `exceeded`; whoever gave it
 * turns that into a finding.
 */
typedef struct bms_wanted {
    bool formulas;      /* their texts; without, only whether a cell has one */
    bool formats;       /* number formats; without, only what they say of dates and per cent */
    uint32_t rows;      /* kept of a loaded sheet; 0: all. Cells below are left out, as are those to the */
    uint32_t columns;   /* right of so many columns */
    size_t merged;      /* most merged ranges of a sheet; 0: any number */
    bms_budget *budget; /* NULL: none. Lives as long as the workbook */
} bms_wanted;

/** A whole sheet in memory, for looking cells up. All of it lives in the arena it was loaded into. */
typedef struct bms_sheet {
    const char *name;
    enum bms_visibility visibility;
    enum bms_sheet_kind kind;
    const bms_cell *cells; /* by row, then column */
    size_t n_cells;
    bms_sheet_info info;
} bms_sheet;

/**
 * Open a workbook.
 *
 * Structure and styles are read and checked here, the cells of a sheet when they are asked for.
 *
 * @param[out] out       the workbook; free with bms_workbook_free
 * @param      source    a path, or bytes with a name for messages, kept by the caller until bms_workbook_free
 * @param      wanted    NULL: everything, whatever it costs
 * @param      language  of messages
 * @param      error     filled on failure; may be NULL
 * @return BMS_OK, BMS_INPUT for what is missing, damaged, hostile or no workbook, or BMS_NO_MEMORY
 */
enum bms_status bms_workbook_open(bms_workbook **out, const bms_source *source, const bms_wanted *wanted,
                                  const char *language, bms_error *error);

/** Free the workbook; NULL is legal. */
void bms_workbook_free(bms_workbook *workbook);

/** @return what was wanted when it was opened. */
const bms_wanted *bms_workbook_wanted(const bms_workbook *workbook);

/** @return how many sheets there are. */
size_t bms_workbook_sheet_count(const bms_workbook *workbook);

/** @return sheet `index` in the workbook's order, counted from 0; lives as long as the workbook. */
const bms_sheet_entry *bms_workbook_sheet(const bms_workbook *workbook, size_t index);

/** @return the defined names and in `count` how many; lives as long as the workbook. */
const bms_defined_name *bms_workbook_names(const bms_workbook *workbook, size_t *count);

/**
 * Find a defined name (case of A–Z ignored).
 *
 * @param scope  the sheet it belongs to; BMS_NO_SHEET: the whole workbook
 * @return the name, or NULL; lives as long as the workbook
 */
const bms_defined_name *bms_workbook_find_name(const bms_workbook *workbook, const char *name, size_t scope);

/** @return whether dates count from 1904 and not from 1900. */
bool bms_workbook_date_1904(const bms_workbook *workbook);

/** Where bms_workbook_read puts what a sheet holds besides its cells. */
typedef struct bms_sheet_details {
    bms_arena *arena;    /* in: for the array */
    bms_sheet_info info; /* out */
} bms_sheet_details;

/**
 * Deliver every cell that holds something, in the file's order (rows downwards in all but odd files).
 *
 * Do not use what was delivered before an error: a sheet is whole only when this returned BMS_OK. Merged
 * ranges come after the cells in the file; to have them with the cells, read twice (the first time with
 * `on_cell` NULL) or load the sheet. Memory does not grow with the sheet.
 *
 * @param index    the sheet; one without cells delivers none
 * @param on_cell  returns false to stop (the result is then BMS_OK, the rest unchecked); NULL: only check
 * @param details  filled at the end; may be NULL
 * @param error    filled on failure; may be NULL
 * @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY
 */
enum bms_status bms_workbook_read(bms_workbook *workbook, size_t index,
                                  bool (*on_cell)(void *context, const bms_cell *cell), void *context,
                                  bms_sheet_details *details, bms_error *error);

/** A sheet being loaded cell by cell, by one who looks at the cells while they come. */
typedef struct bms_sheet_loader bms_sheet_loader;

/** @param arena  for all that is kept @return a loader to end with bms_sheet_loader_end, or NULL: no memory
 */
bms_sheet_loader *bms_sheet_loader_begin(bms_workbook *workbook, size_t index, bms_arena *arena);

/** Keep a cell, if it is one of the rows and columns wanted. @return false when memory or the budget is out
 */
bool bms_sheet_loader_keep(bms_sheet_loader *loader, const bms_cell *cell);

/** Keep nothing of what has come so far, nor of what is still to come. */
void bms_sheet_loader_forget(bms_sheet_loader *loader);

/**
 * End loading, whether it went well or not.
 *
 * @param info  of the sheet when it was read to its end; NULL: something failed
 * @return the sheet, in the arena; NULL without `info`, when it was forgotten, or when memory is out
 */
const bms_sheet *bms_sheet_loader_end(bms_sheet_loader *loader, const bms_sheet_info *info);

/**
 * Load a whole sheet for looking cells up.
 *
 * @param[out] out  the sheet; it and all it points to live in `arena` and outlive the workbook
 * @param error     filled on failure; may be NULL
 * @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY
 */
enum bms_status bms_sheet_load(const bms_sheet **out, bms_workbook *workbook, size_t index, bms_arena *arena,
                               bms_error *error);

/** @return the cell there, or NULL when it holds nothing. */
const bms_cell *bms_sheet_find(const bms_sheet *sheet, uint32_t row, uint32_t column);

/** @return the merged range the cell is in, or NULL. */
const bms_range *bms_sheet_merged_at(const bms_sheet *sheet, uint32_t row, uint32_t column);

#endif
