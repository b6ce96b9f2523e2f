/**
 * Loads a whole sheet into memory, its cells sorted by position (see workbook.h). Reading them one by one is
 * in sheet_reader.c.
 */
#include "core/base/error.h"
#include "xlsx/read/workbook.h"

#include <stdlib.h>

enum { MANY_FORMATS = 64 };

/** A sheet while it is loaded. */
struct bms_sheet_loader {
    const bms_wanted *wanted;
    const bms_sheet_entry *entry;
    bms_arena *arena;
    bool forgotten;
    bms_cell *cells;
    size_t n_cells;
    size_t capacity;
    const char **shared; /* texts already copied, by shared_text */
    size_t n_shared;
    struct {
        const char *from, *to;
    } formats[MANY_FORMATS]; /* number formats already copied */
    size_t n_formats;
    bool sorted;
};

static bool comes_before(const bms_cell *a, const bms_cell *b) {
    return a->row < b->row || (a->row == b->row && a->column < b->column);
}

static int by_position(const void *a, const void *b) {
    return comes_before(a, b) ? -1 : (int)comes_before(b, a);
}

/** Room to note the copy of one more shared text. */
static bool make_room(bms_sheet_loader *loading, size_t needed) {
    if (needed <= loading->n_shared)
        return true;
    size_t n = needed + needed / 2;
    if (!bms_budget_take(loading->wanted->budget, (n - loading->n_shared) * sizeof *loading->shared))
        return false;
    const char **moved = realloc(loading->shared, n * sizeof *moved);
    if (!moved) {
        bms_budget_give_back(loading->wanted->budget, (n - loading->n_shared) * sizeof *loading->shared);
        bms_arena_fail(loading->arena);
        return false;
    }
    for (size_t i = loading->n_shared; i < n; i++)
        moved[i] = NULL;
    loading->shared = moved;
    loading->n_shared = n;
    return true;
}

/** @return the text in the arena; one that many cells share is there once */
static const char *keep_text(bms_sheet_loader *loading, const bms_cell *cell) {
    if (cell->shared_text == 0)
        return bms_arena_text(loading->arena, cell->text);
    if (!make_room(loading, cell->shared_text))
        return NULL;
    const char **kept = &loading->shared[cell->shared_text - 1];
    if (!*kept)
        *kept = bms_arena_text(loading->arena, cell->text);
    return *kept;
}

/** @return the number format in the arena; the workbook has each once, so its address identifies it */
static const char *keep_format(bms_sheet_loader *loading, const char *format) {
    for (size_t i = 0; i < loading->n_formats; i++) {
        if (loading->formats[i].from == format)
            return loading->formats[i].to;
    }
    const char *copy = bms_arena_text(loading->arena, format);
    if (loading->n_formats < MANY_FORMATS) {
        loading->formats[loading->n_formats].from = format;
        loading->formats[loading->n_formats++].to = copy;
    }
    return copy;
}

bms_sheet_loader *bms_sheet_loader_begin(bms_workbook *workbook, size_t index, bms_arena *arena) {
    bms_sheet_loader *loading = calloc(1, sizeof *loading);
    if (!loading)
        return NULL;
    loading->wanted = bms_workbook_wanted(workbook);
    loading->entry = bms_workbook_sheet(workbook, index);
    loading->arena = arena;
    loading->sorted = true;
    return loading;
}

/** @return whether a limit that may be 0, for none, leaves it out */
static bool is_beyond(uint32_t place, uint32_t limit) {
    return limit > 0 && place >= limit;
}

bool bms_sheet_loader_keep(bms_sheet_loader *loading, const bms_cell *cell) {
    if (loading->forgotten || is_beyond(cell->row, loading->wanted->rows) ||
        is_beyond(cell->column, loading->wanted->columns))
        return true;
    bms_cell *kept =
        bms_arena_grow(loading->arena, &loading->cells, &loading->n_cells, &loading->capacity, sizeof *kept);
    if (!kept)
        return false;
    *kept = *cell;
    kept->text = keep_text(loading, cell);
    kept->formula = bms_arena_text(loading->arena, cell->formula);
    kept->number_format = keep_format(loading, cell->number_format);
    if (loading->n_cells > 1 && !comes_before(kept - 1, kept))
        loading->sorted = false;
    return !bms_arena_failed(loading->arena) && (kept->text || !cell->text);
}

void bms_sheet_loader_forget(bms_sheet_loader *loader) {
    loader->forgotten = true;
    loader->n_cells = 0;
}

static uint32_t at_most(uint32_t used, uint32_t limit) {
    return is_beyond(used, limit) ? limit : used;
}

static const bms_sheet *finish(bms_sheet_loader *loading, const bms_sheet_info *info) {
    bms_sheet *sheet = bms_arena_alloc(loading->arena, sizeof *sheet);
    const char *name = bms_arena_text(loading->arena, loading->entry->name);
    if (!sheet)
        return NULL;
    if (!loading->sorted)
        qsort(loading->cells, loading->n_cells, sizeof *loading->cells, by_position);
    *sheet = (bms_sheet){name,           loading->entry->visibility, loading->entry->kind,
                         loading->cells, loading->n_cells,           *info};
    sheet->info.rows_used = at_most(info->rows_used, loading->wanted->rows);
    sheet->info.columns_used = at_most(info->columns_used, loading->wanted->columns);
    return sheet;
}

const bms_sheet *bms_sheet_loader_end(bms_sheet_loader *loader, const bms_sheet_info *info) {
    const bms_sheet *sheet = info && !loader->forgotten ? finish(loader, info) : NULL;
    bms_budget_give_back(loader->wanted->budget, loader->n_shared * sizeof *loader->shared);
    free(loader->shared);
    free(loader);
    return sheet;
}

static bool keep_cell(void *context, const bms_cell *cell) {
    return bms_sheet_loader_keep(context, cell);
}

enum bms_status bms_sheet_load(const bms_sheet **out, bms_workbook *workbook, size_t index, bms_arena *arena,
                               bms_error *error) {
    *out = NULL;
    bms_sheet_loader *loading = bms_sheet_loader_begin(workbook, index, arena);
    if (!loading)
        return bms_error_no_memory(error);
    bms_sheet_details details = {.arena = arena};
    enum bms_status status = bms_workbook_read(workbook, index, keep_cell, loading, &details, error);
    *out = bms_sheet_loader_end(loading, status ? NULL : &details.info);
    status = bms_error_of_arena(status, arena, error);
    if (!status && !*out)
        status = bms_error_no_memory(error);
    if (status)
        *out = NULL;
    return status;
}

const bms_cell *bms_sheet_find(const bms_sheet *sheet, uint32_t row, uint32_t column) {
    const bms_cell wanted = {.row = row, .column = column};
    size_t low = 0;
    size_t high = sheet->n_cells;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (comes_before(&sheet->cells[middle], &wanted)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const bms_cell *found = low < sheet->n_cells ? &sheet->cells[low] : NULL;
    return found && !comes_before(&wanted, found) ? found : NULL;
}

const bms_range *bms_sheet_merged_at(const bms_sheet *sheet, uint32_t row, uint32_t column) {
    for (size_t i = 0; i < sheet->info.n_merged; i++) {
        if (bms_range_holds(&sheet->info.merged[i], row, column))
            return &sheet->info.merged[i];
    }
    return NULL;
}
