/** Delivers every cell of any workbook (bms_workbooks_each_cell), not only of ours. */
#include "core/base/error.h"
#include "core/workbooks.h"
#include "xlsx/layout/allowance.h"
#include "xlsx/read/workbook.h"

#include <stdlib.h>
#include <string.h>

/** Merged ranges, kept so that the one that holds a cell is found without looking at all of them. */
struct merges {
    bms_range *ranges; /* by first row and column */
    size_t n;
    size_t next;  /* the first that begins below the current row */
    size_t *open; /* indexes of those begun, by column and without overlaps; some may have ended */
    size_t n_open;
    uint32_t row;
};

/** One sheet being delivered. */
struct delivery {
    const char *sheet;
    bool details;
    void (*on_cell)(void *context, const bms_cell_row *cell);
    void *context;
    struct merges merges;
};

static int compare_beginnings(const void *a, const void *b) {
    const bms_range *one = a;
    const bms_range *other = b;
    if (one->first_row != other->first_row)
        return one->first_row > other->first_row ? 1 : -1;
    return (one->first_column > other->first_column) - (one->first_column < other->first_column);
}

static bool take_merges(bms_arena *arena, const bms_sheet_info *info, struct merges *out) {
    *out = (struct merges){.n = info->n_merged};
    if (info->n_merged == 0)
        return true;
    out->ranges = bms_arena_alloc(arena, info->n_merged * sizeof *out->ranges);
    out->open = bms_arena_alloc(arena, info->n_merged * sizeof *out->open);
    if (!out->ranges || !out->open)
        return false;
    memcpy(out->ranges, info->merged, info->n_merged * sizeof *out->ranges);
    qsort(out->ranges, out->n, sizeof *out->ranges, compare_beginnings);
    return true;
}

/** @return the place of the first begun range that does not end left of a column. */
static size_t place_of(const struct merges *merges, uint32_t column) {
    size_t from = 0;
    size_t to = merges->n_open;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (merges->ranges[merges->open[middle]].last_column < column) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

/** Begin a range in the place of those that have ended; one that overlaps another is no merged range. */
static void begin(struct merges *merges, size_t index) {
    const bms_range *range = &merges->ranges[index];
    const size_t place = place_of(merges, range->first_column);
    size_t after = place;
    for (; after < merges->n_open; after++) {
        const bms_range *other = &merges->ranges[merges->open[after]];
        if (other->first_column > range->last_column)
            break;
        if (other->last_row >= range->first_row)
            return;
    }
    memmove(&merges->open[place + 1], &merges->open[after], (merges->n_open - after) * sizeof *merges->open);
    merges->n_open += place + 1 - after;
    merges->open[place] = index;
}

/** Go on to another row; in odd files also upwards. */
static void move_to_row(struct merges *merges, uint32_t row) {
    if (row < merges->row)
        merges->next = merges->n_open = 0;
    merges->row = row;
    for (; merges->next < merges->n && merges->ranges[merges->next].first_row <= row; merges->next++)
        begin(merges, merges->next);
}

/** @return the merged range a cell is in, written to `room`; NULL when there is none. */
static const char *merged_range(struct merges *merges, const bms_cell *cell, char *room) {
    if (merges->n == 0)
        return NULL;
    if (cell->row != merges->row || merges->next == 0)
        move_to_row(merges, cell->row);
    const size_t place = place_of(merges, cell->column);
    if (place == merges->n_open)
        return NULL;
    const bms_range *range = &merges->ranges[merges->open[place]];
    return bms_range_holds(range, cell->row, cell->column) ? bms_range_write(range, room) : NULL;
}

static bool deliver(void *context, const bms_cell *cell) {
    struct delivery *delivery = context;
    const bool empty = cell->kind == BMS_CELL_BLANK || (cell->kind == BMS_CELL_TEXT && !*cell->text);
    if (empty && !(delivery->details && cell->has_formula))
        return true;
    char address[BMS_ADDRESS_SIZE];
    char range[BMS_RANGE_SIZE];
    const bms_cell_row row = {.sheet = delivery->sheet,
                              .address = bms_address_write(cell->row, cell->column, address),
                              .kind = cell->kind,
                              .number = cell->number,
                              .text = cell->text,
                              .number_format = cell->number_format,
                              .formula = cell->formula,
                              .has_result = cell->has_result,
                              .date = cell->is_date,
                              .per_cent = cell->is_per_cent,
                              .hidden = cell->hidden,
                              .merged = merged_range(&delivery->merges, cell, range)};
    delivery->on_cell(delivery->context, &row);
    return true;
}

/** Reads the sheet twice: merged ranges come after the cells, and of a damaged sheet nothing is delivered. No
 * cell is kept. */
static enum bms_status deliver_sheet(bms_workbook *workbook, size_t index, struct delivery *delivery,
                                     bms_error *error) {
    bms_sheet_details details = {.arena = bms_arena_new()};
    if (!details.arena)
        return bms_error_no_memory(error);
    bms_arena_set_budget(details.arena, bms_workbook_wanted(workbook)->budget);
    delivery->sheet = bms_workbook_sheet(workbook, index)->name;
    enum bms_status status = bms_workbook_read(workbook, index, NULL, NULL, &details, error);
    if (status == BMS_OK && !take_merges(details.arena, &details.info, &delivery->merges))
        status = bms_error_no_memory(error);
    if (status == BMS_OK)
        status = bms_workbook_read(workbook, index, deliver, delivery, NULL, error);
    bms_arena_free(details.arena);
    return status;
}

enum bms_status bms_workbooks_each_cell(const bms_source *source, const char *language, bool details,
                                        void (*on_cell)(void *context, const bms_cell_row *cell),
                                        void *context, bms_error *error) {
    bms_workbook *workbook = NULL;
    struct delivery delivery = {.details = details, .on_cell = on_cell, .context = context};
    bms_allowance allowance;
    bms_allowance_begin(&allowance, &bms_cells_allowance, NULL);
    allowance.wanted.formulas = allowance.wanted.formats = details;
    enum bms_status status = bms_workbook_open(&workbook, source, &allowance.wanted, language, error);
    for (size_t i = 0; status == BMS_OK && i < bms_workbook_sheet_count(workbook); i++)
        status = deliver_sheet(workbook, i, &delivery, error);
    bms_workbook_free(workbook);
    return bms_allowance_end(&allowance, status, source, language, error);
}
