/** Hides personal numbers in a return while it is read (see personal.h). */
#include "xlsx/layout/form/personal.h"

#include "core/base/error.h"
#include "core/base/findings.h"
#include "core/base/personal_number.h"

#include <string.h>

static bool holds_one(const bms_cell *cell) {
    return cell->text ? bms_personal_number_in(cell->text)
                      : cell->kind == BMS_CELL_NUMBER && bms_personal_number_is(cell->number);
}

bool bms_note_personal(bms_arena *arena, bms_looked_at *looked_at, const char *sheet, const bms_cell *cell) {
    if (looked_at->n == BMS_MOST_PERSONAL || !holds_one(cell))
        return true;
    bms_raw_place *place =
        bms_arena_grow(arena, &looked_at->places, &looked_at->n, &looked_at->capacity, sizeof *place);
    if (!place)
        return false;
    place->sheet = sheet;
    bms_cell_address(cell->row, cell->column, place->address);
    return true;
}

const char *bms_personal_shown_name(bms_arena *arena, const bms_workbook *workbook, size_t index) {
    return bms_personal_number_hide(arena, bms_arena_text(arena, bms_workbook_sheet(workbook, index)->name));
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

/** A sheet that is none of ours, whose first rows only have been looked at. */
struct rest {
    bms_arena *arena;
    bms_looked_at *looked_at;
    const char *sheet;
};

static bool look_at_rest(void *context, const bms_cell *cell) {
    const struct rest *rest = context;
    return bms_note_personal(rest->arena, rest->looked_at, rest->sheet, cell);
}

static enum bms_status look_at_whole(bms_arena *arena, bms_workbook *workbook, size_t index,
                                     bms_looked_at *looked_at, bms_error *error) {
    struct rest rest = {arena, looked_at, bms_personal_shown_name(arena, workbook, index)};
    looked_at->n = 0;
    return bms_workbook_read(workbook, index, look_at_rest, &rest, NULL, error);
}

/** Add the places of one sheet to those of the whole return. */
static bool add_places(bms_arena *arena, const bms_looked_at *looked_at, bms_raw_place **places,
                       size_t *capacity, bms_raw_return *out) {
    for (size_t i = 0; i < looked_at->n && out->n_personal < BMS_MOST_PERSONAL; i++) {
        bms_raw_place *added = bms_arena_grow(arena, places, &out->n_personal, capacity, sizeof *added);
        if (!added)
            return false;
        *added = looked_at->places[i];
    }
    out->personal = *places;
    return true;
}

enum bms_status bms_return_hide_personal(bms_arena *arena, bms_workbook *workbook, bms_found_sheets *found,
                                         bms_raw_return *out, bms_error *error) {
    enum bms_status status = BMS_OK;
    bms_raw_place *places = NULL;
    size_t capacity = 0;
    if (!found->form.sheet && !found->hidden)
        return BMS_OK; /* no return of ours: nothing of it is used */
    for (size_t i = 0; status == BMS_OK && i < bms_workbook_sheet_count(workbook); i++) {
        bms_looked_at *looked_at = &found->looked_at[i];
        const bms_sheet **loaded = loaded_at(found, i);
        if (looked_at->ours)
            continue;
        if (!looked_at->whole)
            status = look_at_whole(arena, workbook, i, looked_at, error);
        if (loaded && (looked_at->n > 0 || bms_personal_number_in((*loaded)->name)))
            *loaded = hidden_copy(arena, *loaded);
        if ((loaded && !*loaded) || !add_places(arena, looked_at, &places, &capacity, out))
            status = bms_error_no_memory(error);
    }
    return bms_error_of_arena(status, arena, error);
}
