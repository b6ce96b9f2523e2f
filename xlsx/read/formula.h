/**
 * The formulas of a sheet: shared ones written out for each cell, array formulas remembered for the cells
 * they cover. Formulas are never computed here.
 */
#ifndef BMS_XLSX_READ_FORMULA_H
#define BMS_XLSX_READ_FORMULA_H

#include "xlsx/read/covered.h"
#include "xlsx/read/fault.h"
#include "xlsx/read/number_table.h"
#include "xlsx/read/text_buffer.h"
#include "xlsx/read/workbook.h"
#include "xlsx/read/xml.h"

enum bms_formula_kind { BMS_FORMULA_PLAIN, BMS_FORMULA_SHARED, BMS_FORMULA_ARRAY, BMS_FORMULA_TABLE };

/** A cell's <f> as stored in the file. Start with {0}. */
typedef struct bms_stored_formula {
    bool present;
    enum bms_formula_kind kind;
    bool has_index; /* of the shared formula */
    uint32_t index;
    bool has_range; /* that an array formula or a data table covers */
    bms_range range;
    bms_text_buffer text;
} bms_stored_formula;

/** Start a cell without a formula, keeping the memory. */
void bms_formula_clear(bms_stored_formula *formula);

/** Start a formula from its attributes. */
void bms_formula_start(bms_stored_formula *formula, const bms_xml_attributes *attributes);

void bms_formula_dispose(bms_stored_formula *formula);

/** A shared formula, at the cell where it is given in full. */
typedef struct bms_shared_formula {
    uint32_t row;
    uint32_t column;
    size_t start; /* of its text */
} bms_shared_formula;

/** What later cells of the sheet need to know about earlier formulas. Start with {0}, `texts` and `budget`.
 */
typedef struct bms_formulas {
    bool texts;         /* wanted; without them only whether a cell has a formula */
    bms_budget *budget; /* for what is kept; NULL: none */
    bms_covered covered;
    bms_number_table places; /* in `shared`, by the number that the file gives it */
    bms_shared_formula *shared;
    size_t n_shared;
    size_t shared_capacity;
    bms_text_buffer shared_texts;
    bms_text_buffer written_out; /* the last shared formula, for its cell */
    uint64_t n_written_out;      /* bytes, in the whole sheet */
} bms_formulas;

/**
 * Find out whether a cell has a formula, and which.
 *
 * @param[in,out] cell   its row and column are set; gets has_formula and a formula borrowed from `formulas`
 *                        until the next call (none unless texts are wanted)
 * @param         sheet  for messages
 * @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY
 */
enum bms_status bms_formulas_resolve(bms_formulas *formulas, bms_stored_formula *formula, bms_cell *cell,
                                     const char *sheet, const bms_reading *reading);

void bms_formulas_dispose(bms_formulas *formulas);

/**
 * Move the relative references of a formula, as copying it from one cell to another does: "A1+$B$1" two rows
 * down is "A3+$B$1". References that would leave the sheet wrap around, as in Excel.
 *
 * @return false when memory is out
 */
bool bms_formula_move(bms_text_buffer *out, const char *formula, int64_t rows, int64_t columns);

#endif
