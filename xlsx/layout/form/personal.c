/** Hides personal numbers in a return while it is read (see personal.h). */
#include "xlsx/layout/form/personal.h"

#include "core/base/error.h"
#include "core/base/findings.h"
#include "core/base/personal_number.h"

#include <string.h>

/** The places found so far, and the sheet being looked through. */
struct search {
    bms_arena *arena;
    const char *sheet;
    bms_raw_place *places;
    size_t n;
    size_t capacity;
};

static bool holds_one(const bms_cell *cell) {
    return cell->text ? bms_personal_number_in(cell->text)
                      : cell->kind == BMS_CELL_NUMBER && bms_personal_number_is(cell->number);
}

static bool note_place(void *context, const bms_cell *cell) {
    struct search *search = context;
    if (!holds_one(cell))
        return true;
    bms_raw_place *place =
        bms_arena_grow(search->arena, &search->places, &search->n, &search->capacity, sizeof *place);
    if (!place)
        return false;
    place->sheet = search->sheet;
    bms_cell_address(cell->row, cell->column, place->address);
    return true;
}

static void hide_in(bms_arena *arena, bms_cell *cell) {
    if (!holds_one(cell))
        return;
    cell->text = cell->text ? bms_personal_number_hide(arena, cell->text) : BMS_HIDDEN_NUMBER;
    cell->kind = BMS_CELL_TEXT;
    cell->number = 0;
}

/** @return a copy of the sheet, with what is to be hidden hidden; NULL when memory is out. */
static const bms_sheet *hidden_copy(bms_arena *arena, const bms_sheet *sheet) {
    bms_sheet *copy = bms_arena_alloc(arena, sizeof *copy);
    bms_cell *cells = bms_arena_alloc(arena, (sheet->n_cells + 1) * sizeof *cells);
    if (!copy || !cells)
        return NULL;
    *copy = *sheet;
    copy->name = bms_personal_number_hide(arena, sheet->name);
    copy->cells = cells;
    for (size_t i = 0; i < sheet->n_cells; i++) {
        cells[i] = sheet->cells[i];
        hide_in(arena, &cells[i]);
    }
    return copy;
}

/** Look through a sheet that is loaded, and replace it if there is something to hide. */
static enum bms_status look_through(struct search *search, const bms_sheet **sheet, bms_error *error) {
    const size_t before = search->n;
    for (size_t i = 0; i < (*sheet)->n_cells; i++)
        (void)note_place(search, &(*sheet)->cells[i]);
    if (search->n > before || bms_personal_number_in((*sheet)->name))
        *sheet = hidden_copy(search->arena, *sheet);
    return *sheet ? BMS_OK : bms_error_no_memory(error);
}

/** @return where the sheet with a table of ours is kept; NULL for any other. */
static const bms_sheet **loaded_at(bms_found_sheets *found, size_t index) {
    if (found->form.sheet && index == found->form.index)
        return &found->form.sheet;
    if (found->actions.sheet && index == found->actions.index)
        return &found->actions.sheet;
    for (size_t i = 0; i < found->n_copies; i++) {
        if (index == found->copies[i].index)
            return &found->copies[i].sheet;
    }
    return NULL;
}

enum bms_status bms_return_hide_personal(bms_arena *arena, bms_workbook *workbook, bms_found_sheets *found,
                                         bms_raw_return *out, bms_error *error) {
    struct search search = {.arena = arena};
    enum bms_status status = BMS_OK;
    if (!found->form.sheet && !found->hidden)
        return BMS_OK; /* no return of ours: nothing of it is used */
    for (size_t i = 0; status == BMS_OK && i < bms_workbook_sheet_count(workbook); i++) {
        const char *name = bms_workbook_sheet(workbook, i)->name;
        search.sheet = bms_personal_number_hide(arena, bms_arena_text(arena, name));
        const bms_sheet **loaded = loaded_at(found, i);
        if (loaded) {
            status = look_through(&search, loaded, error);
        } else if (!found->hidden || strcmp(name, found->hidden->name) != 0) {
            status = bms_workbook_read(workbook, i, note_place, &search, NULL, error);
        }
    }
    out->personal = search.places;
    out->n_personal = search.n;
    return bms_error_of_arena(status, arena, error);
}
