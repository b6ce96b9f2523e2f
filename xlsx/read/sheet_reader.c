/**
 * Goes through a worksheet part element by element (see sheet_reader.h): where each cell is and what it
 * holds. What is not about cells is skipped.
 */
#include "xlsx/read/sheet_reader.h"

#include "core/base/catalogue.h"
#include "xlsx/read/cell_value.h"
#include "xlsx/read/formula.h"
#include "xlsx/read/position.h"
#include "xlsx/read/reading_limits.h"
#include "xlsx/read/stored_number.h"

#include <stdlib.h>
#include <string.h>

/** Where in the part the parser is. */
enum place {
    OUTSIDE,
    SHEET,
    COLUMNS,
    ROWS,
    ROW,
    CELL,
    VALUE,
    FORMULA,
    INLINE,
    INLINE_TEXT,
    RUN,
    RUN_TEXT,
    MERGES
};

static const enum place parents[] = {
    [OUTSIDE] = OUTSIDE, [SHEET] = OUTSIDE, [COLUMNS] = SHEET, [ROWS] = SHEET,  [ROW] = ROWS,
    [CELL] = ROW,        [VALUE] = CELL,    [FORMULA] = CELL,  [INLINE] = CELL, [INLINE_TEXT] = INLINE,
    [RUN] = INLINE,      [RUN_TEXT] = RUN,  [MERGES] = SHEET,
};

/** One sheet being read. */
struct reader {
    const bms_sheet_source *source;
    const bms_sheet_sink *sink;
    const bms_reading *reading;
    enum bms_status status;
    enum place place;
    uint64_t n_cells;
    bool row_hidden;
    uint64_t style; /* of the cell being read */
    bms_stored_cell cell;
    bms_stored_formula formula;
    bms_formulas formulas;
    bms_range *merged;
    size_t n_merged;
    size_t merged_capacity;
    bool more_merged;
    uint32_t rows_used;
    uint32_t columns_used;
    bms_position position;
    bool columns_hidden[BMS_MAX_COLUMNS];
};

static enum bms_xml_next fail(struct reader *reader, enum bms_status status) {
    reader->status = status;
    return BMS_XML_STOP;
}

static enum bms_xml_next out_of_memory(struct reader *reader) {
    return fail(reader, bms_fault_no_memory(reader->reading));
}

static enum bms_xml_next refuse(struct reader *reader, const char *text, const char *cell,
                                const char *value) {
    const bms_fault_place place = {.part = bms_package_name(reader->source->package, reader->source->member),
                                   .sheet = reader->source->sheet,
                                   .cell = cell,
                                   .value = value};
    return fail(reader, bms_fault(reader->reading, text, &place));
}

static enum bms_xml_next enter(struct reader *reader, enum place place) {
    reader->place = place;
    return BMS_XML_GO_ON;
}

static bool is_zero(const char *number) {
    double value = 1;
    return number && bms_stored_number_read(number, strlen(number), &value) && value <= 0;
}

/* Columns and merged ranges */

static bool read_column_number(const char *text, uint64_t *out) {
    return text && bms_stored_count_read(text, strlen(text), UINT32_MAX, out) && *out > 0;
}

static enum bms_xml_next hide_columns(struct reader *reader, const bms_xml_attributes *attributes) {
    uint64_t first = 0;
    uint64_t last = 0;
    if (!read_column_number(bms_xml_attribute(attributes, "min"), &first) || first > BMS_MAX_COLUMNS)
        return BMS_XML_SKIP;
    if (!read_column_number(bms_xml_attribute(attributes, "max"), &last) || last < first)
        last = first;
    if (last > BMS_MAX_COLUMNS)
        last = BMS_MAX_COLUMNS;
    bool hidden = bms_xml_true(bms_xml_attribute(attributes, "hidden")) ||
                  is_zero(bms_xml_attribute(attributes, "width"));
    if (hidden)
        memset(reader->columns_hidden + first - 1, true, last - first + 1);
    return BMS_XML_SKIP;
}

static enum bms_xml_next add_merged(struct reader *reader, const bms_xml_attributes *attributes) {
    const char *reference = bms_xml_attribute(attributes, "ref");
    bms_range range;
    if (!reference || !bms_range_read(reference, strlen(reference), &range)) {
        return refuse(reader,
                      BMS_TEXT("{file}: sheet “{sheet}” has merged cells at “{value}”, which is not a range "
                               "of cells; the file is damaged"),
                      NULL, reference);
    }
    if (!reader->sink->info)
        return BMS_XML_SKIP;
    if (reader->source->most_merged > 0 && reader->n_merged == reader->source->most_merged) {
        reader->more_merged = true;
        return BMS_XML_SKIP;
    }
    bms_range *added = bms_arena_grow(reader->sink->arena, &reader->merged, &reader->n_merged,
                                      &reader->merged_capacity, sizeof *added);
    if (!added)
        return out_of_memory(reader);
    *added = range;
    return BMS_XML_SKIP;
}

/* Rows and cells */

static enum bms_xml_next refuse_step(struct reader *reader, enum bms_step step, const char *address) {
    switch (step) {
    case BMS_STEP_DISAGREES:
        return refuse(
            reader,
            BMS_TEXT("{file}: sheet “{sheet}” has cell {value} in the wrong row; the file is damaged"), NULL,
            address);
    case BMS_STEP_TWICE:
        return refuse(reader,
                      BMS_TEXT("{file}: sheet “{sheet}” has {value} twice, and it is unclear which one "
                               "counts; the file is damaged"),
                      NULL, address);
    case BMS_STEP_IMPOSSIBLE:
    case BMS_STEP_FINE:
    default:
        return refuse(reader,
                      BMS_TEXT("{file}: sheet “{sheet}” has something at “{value}”, which is not an address "
                               "in a sheet; the file is damaged"),
                      NULL, address);
    }
}

static enum bms_xml_next start_row(struct reader *reader, const bms_xml_attributes *attributes) {
    const char *number = NULL;
    const char *value;
    size_t position = 0;
    reader->row_hidden = false;
    for (const char *name; (name = bms_xml_next_attribute(attributes, &position, &value));) {
        if (strcmp(name, "r") == 0) {
            number = value;
        } else if (strcmp(name, "hidden") == 0) {
            reader->row_hidden = reader->row_hidden || bms_xml_true(value);
        } else if (strcmp(name, "ht") == 0) {
            reader->row_hidden = reader->row_hidden || is_zero(value);
        }
    }
    enum bms_step step = bms_position_enter_row(&reader->position, number);
    if (step != BMS_STEP_FINE)
        return refuse_step(reader, step, number ? number : "");
    return enter(reader, ROW);
}

static enum bms_xml_next start_cell(struct reader *reader, const bms_xml_attributes *attributes) {
    const char *address = NULL;
    const char *type = NULL;
    const char *value;
    size_t position = 0;
    reader->style = 0;
    for (const char *name; (name = bms_xml_next_attribute(attributes, &position, &value));) {
        if (strcmp(name, "r") == 0) {
            address = value;
        } else if (strcmp(name, "t") == 0) {
            type = value;
        } else if (strcmp(name, "s") == 0 &&
                   !bms_stored_count_read(value, strlen(value), UINT32_MAX, &reader->style)) {
            reader->style = 0;
        }
    }
    enum bms_step step = bms_position_enter_cell(&reader->position, address);
    if (step != BMS_STEP_FINE)
        return refuse_step(reader, step, address ? address : "");
    if (++reader->n_cells > BMS_LIMIT_CELLS) {
        return refuse(reader, BMS_TEXT("{file}: sheet “{sheet}” has more cells than any sheet needs"), NULL,
                      NULL);
    }
    bms_stored_cell *cell = &reader->cell;
    cell->type = bms_cell_type_read(type);
    cell->has_value = false;
    cell->has_inline = false;
    bms_text_buffer_clear(&cell->value);
    bms_text_buffer_clear(&cell->inline_text);
    bms_formula_clear(&reader->formula);
    return enter(reader, CELL);
}

static enum bms_xml_next refuse_second(struct reader *reader) {
    char address[BMS_ADDRESS_SIZE];
    bms_address_write(reader->position.row, reader->position.column, address);
    return refuse(reader,
                  BMS_TEXT("{file}: cell {cell} of sheet “{sheet}” holds more than one value or formula, and "
                           "it is unclear which one counts; the file is damaged"),
                  address, NULL);
}

/** Start an element that a cell has only one of. @param[in,out] present whether there was one before */
static enum bms_xml_next start_once(struct reader *reader, bool *present, enum place place) {
    if (*present)
        return refuse_second(reader);
    *present = true;
    return enter(reader, place);
}

static enum bms_xml_next start_in_cell(struct reader *reader, const char *name,
                                       const bms_xml_attributes *attributes) {
    if (strcmp(name, "v") == 0)
        return start_once(reader, &reader->cell.has_value, VALUE);
    if (strcmp(name, "is") == 0)
        return start_once(reader, &reader->cell.has_inline, INLINE);
    if (strcmp(name, "f") != 0)
        return BMS_XML_SKIP;
    enum bms_xml_next next = start_once(reader, &reader->formula.present, FORMULA);
    if (next == BMS_XML_GO_ON)
        bms_formula_start(&reader->formula, attributes);
    return next;
}

/** Fill in what is known about the cell besides its value. */
static void describe_cell(struct reader *reader, bms_cell *cell) {
    const bms_cell_style *style = bms_cell_styles_get(reader->source->styles, reader->style);
    uint32_t column = reader->position.column;
    cell->row = reader->position.row;
    cell->column = column;
    cell->number_format = style->number_format;
    cell->is_per_cent = style->is_per_cent;
    cell->hidden = reader->source->hidden || reader->row_hidden || reader->columns_hidden[column];
}

static void use(struct reader *reader, const bms_cell *cell) {
    if (cell->row >= reader->rows_used)
        reader->rows_used = cell->row + 1;
    if (cell->column >= reader->columns_used)
        reader->columns_used = cell->column + 1;
}

static enum bms_xml_next end_cell(struct reader *reader) {
    reader->place = ROW;
    if (!reader->cell.has_value && !reader->cell.has_inline && !reader->formula.present &&
        !reader->formulas.covered.until)
        return BMS_XML_GO_ON;
    bms_cell cell = {0};
    describe_cell(reader, &cell);
    enum bms_status status = bms_cell_value_read(&cell, &reader->cell, reader->source, reader->reading);
    if (!status) {
        status = bms_formulas_resolve(&reader->formulas, &reader->formula, &cell, reader->source->sheet,
                                      reader->reading);
    }
    if (status)
        return fail(reader, status);
    cell.has_result = cell.has_formula && cell.kind != BMS_CELL_BLANK;
    if (cell.kind == BMS_CELL_NUMBER && !cell.is_date)
        cell.is_date = bms_cell_styles_get(reader->source->styles, reader->style)->is_date;
    if (cell.kind == BMS_CELL_BLANK && !cell.has_formula)
        return BMS_XML_GO_ON;
    if (bms_position_use_cell(&reader->position) != BMS_STEP_FINE) {
        char address[BMS_ADDRESS_SIZE];
        return refuse_step(reader, BMS_STEP_TWICE, bms_address_write(cell.row, cell.column, address));
    }
    use(reader, &cell);
    bool go_on = !reader->sink->on_cell || reader->sink->on_cell(reader->sink->context, &cell);
    return go_on ? BMS_XML_GO_ON : BMS_XML_STOP;
}

/* What the parser reports */

static enum bms_xml_next start_sheet(struct reader *reader, enum bms_xml_space space, const char *name) {
    if ((space == BMS_XML_MAIN && strcmp(name, "worksheet") == 0) ||
        (space == BMS_XML_MACRO_SHEET && strcmp(name, "macrosheet") == 0))
        return enter(reader, SHEET);
    if (space == BMS_XML_MAIN && (strcmp(name, "chartsheet") == 0 || strcmp(name, "dialogsheet") == 0))
        return BMS_XML_SKIP; /* has no cells, though its relationship says worksheet */
    return refuse(
        reader,
        BMS_TEXT("{file}: {part} does not hold what its name says; the file is damaged or not a workbook"),
        NULL, NULL);
}

static enum bms_xml_next start_in_sheet(struct reader *reader, const char *name) {
    if (strcmp(name, "sheetData") == 0)
        return enter(reader, ROWS);
    if (strcmp(name, "cols") == 0)
        return enter(reader, COLUMNS);
    if (strcmp(name, "mergeCells") == 0)
        return enter(reader, MERGES);
    return BMS_XML_SKIP;
}

static enum bms_xml_next on_start(void *context, enum bms_xml_space space, const char *name,
                                  const bms_xml_attributes *attributes) {
    struct reader *reader = context;
    if (reader->place == OUTSIDE)
        return start_sheet(reader, space, name);
    if (space != BMS_XML_MAIN)
        return BMS_XML_SKIP;
    switch (reader->place) {
    case ROW:
        return strcmp(name, "c") == 0 ? start_cell(reader, attributes) : BMS_XML_SKIP;
    case CELL:
        return start_in_cell(reader, name, attributes);
    case ROWS:
        return strcmp(name, "row") == 0 ? start_row(reader, attributes) : BMS_XML_SKIP;
    case SHEET:
        return start_in_sheet(reader, name);
    case COLUMNS:
        return strcmp(name, "col") == 0 ? hide_columns(reader, attributes) : BMS_XML_SKIP;
    case MERGES:
        return strcmp(name, "mergeCell") == 0 ? add_merged(reader, attributes) : BMS_XML_SKIP;
    case INLINE:
        if (strcmp(name, "r") == 0)
            return enter(reader, RUN);
        return strcmp(name, "t") == 0 ? enter(reader, INLINE_TEXT) : BMS_XML_SKIP;
    case RUN:
        return strcmp(name, "t") == 0 ? enter(reader, RUN_TEXT) : BMS_XML_SKIP;
    case VALUE: /* the text before and after it would become one number */
        return refuse_second(reader);
    default:
        return BMS_XML_SKIP;
    }
}

static enum bms_xml_next on_end(void *context) {
    struct reader *reader = context;
    if (reader->place == CELL)
        return end_cell(reader);
    return enter(reader, parents[reader->place]);
}

static bms_text_buffer *buffer_of(struct reader *reader) {
    switch (reader->place) {
    case VALUE:
        return &reader->cell.value;
    case FORMULA:
        return &reader->formula.text;
    case INLINE_TEXT:
    case RUN_TEXT:
        return &reader->cell.inline_text;
    default:
        return NULL;
    }
}

static enum bms_xml_next on_text(void *context, const char *text, size_t length) {
    struct reader *reader = context;
    bms_text_buffer *buffer = buffer_of(reader);
    if (!buffer)
        return BMS_XML_GO_ON;
    if (buffer->length + length > BMS_LIMIT_TEXT) {
        char address[BMS_ADDRESS_SIZE];
        bms_address_write(reader->position.row, reader->position.column, address);
        return refuse(reader,
                      BMS_TEXT("{file}: cell {cell} of sheet “{sheet}” holds a text longer than any cell "
                               "can; the file is damaged or malicious"),
                      address, NULL);
    }
    return bms_text_buffer_add(buffer, text, length) ? BMS_XML_GO_ON : out_of_memory(reader);
}

static void give_info(const struct reader *reader) {
    if (!reader->sink->info)
        return;
    *reader->sink->info = (bms_sheet_info){.merged = reader->merged,
                                           .n_merged = reader->n_merged,
                                           .more_merged = reader->more_merged,
                                           .rows_used = reader->rows_used,
                                           .columns_used = reader->columns_used};
}

enum bms_status bms_sheet_reader_run(const bms_sheet_source *source, const bms_sheet_sink *sink,
                                     const bms_reading *reading) {
    struct reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return bms_fault_no_memory(reading);
    reader->source = source;
    reader->sink = sink;
    reader->reading = reading;
    reader->formulas.texts = source->formulas;
    reader->formulas.budget = reading->budget;
    const bms_xml_handler handler = {reader, on_start, on_end, on_text};
    enum bms_status status = bms_package_parse(source->package, source->member, &handler, reading);
    if (!status)
        status = reader->status;
    if (!status)
        give_info(reader);
    bms_text_buffer_dispose(&reader->cell.value);
    bms_text_buffer_dispose(&reader->cell.inline_text);
    bms_formula_dispose(&reader->formula);
    bms_formulas_dispose(&reader->formulas);
    free(reader);
    return status;
}
