/** Finds the sheets of a form in one pass over their cells (see return_sheets.h); reads no answers. */
#include "xlsx/layout/form/return_sheets.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/language.h"
#include "core/base/text.h"
#include "xlsx/layout/form/personal.h"
#include "xlsx/read/fault.h"

#include <string.h>

/* A table of ours begins within these rows, and is recognised by this many of its headings. */
enum { ROWS_LOOKED_AT = 200, HEADINGS_ENOUGH = 4 };

/* Sheets with the form's table that are looked at; nobody has sent more than two. */
enum { MOST_FORMS = 4 };

/* A heading is searched for in so many texts of a workbook. Its own sheets have some hundreds. */
enum { MOST_TEXTS = 200000 };

/* No heading of ours is longer, in bytes, in any language. */
enum { LONGEST_HEADING = 80 };

/** The headings of one table, folded for comparing. */
struct headings {
    size_t n;
    const char **folded[BMS_MOST_HEADINGS]; /* in each language; ended by NULL */
};

/** What is searched for, and what the row being read has of it. */
struct search {
    bms_arena *arena;
    bms_arena *scratch; /* emptied after each sheet */
    const char *file;
    const char *language;
    bms_sheet_loader *loader; /* of the sheet being looked at */
    bms_looked_at *looked_at;
    const char *sheet;  /* its name, as it may be shown */
    uint32_t rows;      /* that are kept */
    size_t n_texts;     /* looked at, in all sheets */
    bool undecided;     /* neither a heading row has ended nor the rows looked at */
    bool out_of_memory; /* or the budget */
    bool beyond;        /* the table goes on below what is kept */
    uint32_t beyond_row, beyond_column;
    struct headings form;
    struct headings actions;
    uint32_t row;
    bms_found_table in_form; /* the row so far, as if it were the heading row */
    bms_found_table in_actions;
    bool hidden;
    bool has_form;
    bool has_actions;
};

/** @return a heading in each language, folded and ended by NULL; NULL when memory is out. */
static const char **fold(bms_arena *arena, const char *heading) {
    size_t n = 0;
    while (bms_language_at(n))
        n++;
    const char **out = bms_arena_alloc(arena, (n + 1) * sizeof *out);
    for (size_t i = 0; out && i < n; i++)
        out[i] = bms_text_fold(arena, bms_tr(bms_language_at(i)->code, heading));
    return out;
}

static void fold_headings(bms_arena *arena, struct headings *out, size_t n, const char *(*heading_of)(int)) {
    out->n = n;
    for (size_t i = 0; i < n; i++)
        out->folded[i] = fold(arena, heading_of((int)i));
}

static const char *form_heading(int column) {
    return bms_form_heading((enum bms_form_column)column);
}

static const char *action_heading(int column) {
    return bms_action_heading((enum bms_action_column)column);
}

static void forget_row(bms_found_table *table) {
    for (size_t i = 0; i < BMS_MOST_HEADINGS; i++)
        table->columns[i] = BMS_NO_COLUMN;
}

/** Note a cell that is one of the headings; of two equal ones the first counts. */
static void note_heading(const struct headings *headings, bms_found_table *table, const char *folded,
                         uint32_t column) {
    for (size_t i = 0; i < headings->n; i++) {
        for (size_t l = 0; headings->folded[i][l]; l++) {
            if (strcmp(folded, headings->folded[i][l]) != 0)
                continue;
            if (table->columns[i] == BMS_NO_COLUMN)
                table->columns[i] = column;
            return;
        }
    }
}

static size_t count_found(const struct headings *headings, const bms_found_table *table) {
    size_t found = 0;
    for (size_t i = 0; i < headings->n; i++)
        found += table->columns[i] != BMS_NO_COLUMN;
    return found;
}

/** At the end of a row, keep it if it was a heading row. */
static void end_row(struct search *search) {
    const size_t form = count_found(&search->form, &search->in_form);
    const size_t actions = count_found(&search->actions, &search->in_actions);
    search->has_form = form >= HEADINGS_ENOUGH && form >= actions;
    search->has_actions = !search->has_form && actions >= HEADINGS_ENOUGH;
    if (search->has_form || search->has_actions) {
        search->in_form.heading_row = search->row;
        search->in_actions.heading_row = search->row;
        return;
    }
    forget_row(&search->in_form);
    forget_row(&search->in_actions);
}

/** A heading is its first line; what may stand below it is a note. */
static const char *first_line(bms_arena *arena, const char *text) {
    return bms_arena_copy(arena, text, strcspn(text, "\r\n"));
}

/** Find out whether the rows so far have a heading row, now that another row begins. */
static void change_row(struct search *search, uint32_t row) {
    end_row(search);
    search->row = row;
    search->undecided = !search->has_form && !search->has_actions && row < ROWS_LOOKED_AT;
}

static void look_for_heading(struct search *search, const bms_cell *cell) {
    if (cell->kind != BMS_CELL_TEXT || !cell->text || !*cell->text || strlen(cell->text) > LONGEST_HEADING ||
        ++search->n_texts > MOST_TEXTS)
        return;
    const char *folded = bms_text_fold(search->scratch, first_line(search->scratch, cell->text));
    note_heading(&search->form, &search->in_form, folded, cell->column);
    note_heading(&search->actions, &search->in_actions, folded, cell->column);
}

static bool is_ours(const struct search *search) {
    return search->hidden || search->has_form || search->has_actions;
}

/** @return whether the cell makes its row one of the table, wherever it is. */
static bool continues_table(const struct search *search, const bms_cell *cell) {
    if (cell->kind == BMS_CELL_BLANK || (cell->kind == BMS_CELL_TEXT && bms_text_blank(cell->text)))
        return false;
    return search->hidden || (search->has_form && cell->column == search->in_form.columns[BMS_FORM_CODE]) ||
           (search->has_actions && cell->column == search->in_actions.columns[BMS_ACTION_TEXT]);
}

static bool is_below(struct search *search, const bms_cell *cell) {
    if (search->rows == 0 || cell->row < search->rows || !continues_table(search, cell))
        return false;
    search->beyond = true;
    search->beyond_row = cell->row;
    search->beyond_column = cell->column;
    return true;
}

/** @return whether the sheet is one of ours or may still become one. */
static bool look_at_cell(void *context, const bms_cell *cell) {
    struct search *search = context;
    if (cell->row == 0 && cell->column == 0 && search->undecided && bms_hidden_is_marker(cell->text)) {
        search->hidden = true;
        search->undecided = false;
    }
    if (search->undecided && cell->row != search->row)
        change_row(search, cell->row);
    if (search->undecided) {
        look_for_heading(search, cell);
    } else if (!is_ours(search)) {
        search->looked_at->whole = false;
        return false;
    }
    search->out_of_memory =
        !bms_sheet_loader_keep(search->loader, cell) ||
        (!search->hidden && !bms_note_personal(search->arena, search->looked_at, search->sheet, cell)) ||
        bms_arena_failed(search->scratch);
    return !search->out_of_memory && !is_below(search, cell);
}

static enum bms_status refuse_beyond(const struct search *search, bms_error *error) {
    char address[BMS_ADDRESS_SIZE];
    const bms_reading reading = {search->file, search->language, error, NULL};
    const bms_fault_place place = {.sheet = search->sheet,
                                   .cell =
                                       bms_address_write(search->beyond_row, search->beyond_column, address)};
    return bms_fault(&reading,
                     BMS_TEXT("{file}: the table on sheet “{sheet}” goes on at {cell}, far below any form; "
                              "delete what is below the form, save it and send it again"),
                     &place);
}

static enum bms_status refuse_merged(const struct search *search, bms_error *error) {
    const bms_reading reading = {search->file, search->language, error, NULL};
    return bms_fault(&reading,
                     BMS_TEXT("{file}: sheet “{sheet}” has more merged cells than any form; undo the merging "
                              "of cells that are not the form's, save it and send it again"),
                     &(bms_fault_place){.sheet = search->sheet});
}

static enum bms_status begin_sheet(struct search *search, bms_workbook *workbook, size_t index,
                                   bms_error *error) {
    bms_arena_reset(search->scratch);
    search->row = 0;
    search->hidden = search->has_form = search->has_actions = false;
    search->undecided = true;
    search->looked_at->whole = true;
    search->sheet = bms_personal_shown_name(search->arena, workbook, index);
    forget_row(&search->in_form);
    forget_row(&search->in_actions);
    search->loader = bms_sheet_loader_begin(workbook, index, search->arena);
    return search->loader ? BMS_OK : bms_error_no_memory(error);
}

/** @return what a sheet holds besides its cells, out of the scratch arena; NULL when memory is out. */
static const bms_sheet_info *keep_info(bms_arena *arena, bms_sheet_info *info) {
    bms_range *merged = bms_arena_alloc(arena, (info->n_merged + 1) * sizeof *merged);
    if (!merged)
        return NULL;
    if (info->n_merged > 0)
        memcpy(merged, info->merged, info->n_merged * sizeof *merged);
    info->merged = merged;
    return info;
}

/** Look at one sheet, and load it if it is one of ours. @param[out] out  NULL: it is not */
static enum bms_status look_at_sheet(struct search *search, bms_workbook *workbook, size_t index,
                                     const bms_sheet **out, bms_error *error) {
    bms_sheet_details details = {.arena = search->scratch};
    *out = NULL;
    enum bms_status status = begin_sheet(search, workbook, index, error);
    if (status != BMS_OK)
        return status;
    status = bms_workbook_read(workbook, index, look_at_cell, search, &details, error);
    if (status == BMS_OK && search->undecided)
        end_row(search);
    search->looked_at->ours = search->hidden;
    const bool loaded = status == BMS_OK && is_ours(search);
    if (!loaded)
        bms_sheet_loader_forget(search->loader);
    *out = bms_sheet_loader_end(search->loader, loaded ? keep_info(search->arena, &details.info) : NULL);
    if (status == BMS_OK && (search->out_of_memory || (loaded && !*out)))
        return bms_error_no_memory(error);
    if (status == BMS_OK && search->beyond)
        return refuse_beyond(search, error);
    return status == BMS_OK && loaded && details.info.more_merged ? refuse_merged(search, error) : status;
}

/* Which of several forms it is */

bool bms_return_take_line(bms_arena *arena, const bms_cell *cell, bms_identity *out) {
    return cell && cell->kind == BMS_CELL_TEXT && strstr(cell->text, "·") &&
           bms_identity_line_read(arena, cell->text, out);
}

const bms_cell *bms_return_find_line(bms_arena *arena, const bms_sheet *sheet, bms_identity *out) {
    for (size_t i = sheet->n_cells; i > 0; i--) {
        if (bms_return_take_line(arena, &sheet->cells[i - 1], out))
            return &sheet->cells[i - 1];
    }
    return NULL;
}

static bool has_code(const bms_found_table *table, uint32_t row) {
    const bms_cell *code = bms_sheet_find(table->sheet, row, table->columns[BMS_FORM_CODE]);
    return table->columns[BMS_FORM_CODE] == BMS_NO_COLUMN || (code && code->kind != BMS_CELL_BLANK);
}

/** @return how many number cells of the questions hold something. */
static size_t count_filled(const bms_found_table *table) {
    const uint32_t columns[] = {table->columns[BMS_FORM_NUMBER_1], table->columns[BMS_FORM_NUMBER_2]};
    size_t filled = 0;
    for (size_t i = 0; i < table->sheet->n_cells; i++) {
        const bms_cell *cell = &table->sheet->cells[i];
        const bool here = cell->column == columns[0] || cell->column == columns[1];
        filled += here && cell->row > table->heading_row && cell->kind == BMS_CELL_NUMBER &&
                  has_code(table, cell->row);
    }
    return filled;
}

static bool agrees(const char *a, const char *b) {
    return *a == '\0' || *b == '\0' || bms_text_same(a, b);
}

/** @return whether a sheet's visible line says the same unit and period as the hidden sheet. */
static bool is_own(bms_arena *arena, const bms_found_table *table, const bms_identity *hidden) {
    bms_identity line;
    return !bms_return_find_line(arena, table->sheet, &line) ||
           (agrees(line.unit, hidden->unit) && agrees(line.period, hidden->period));
}

/** @return the place among the copies of the one that is the form. */
static size_t choose(bms_arena *arena, const bms_found_sheets *found, const bms_identity *hidden) {
    size_t chosen = 0;
    bool own = false;
    size_t filled = 0;
    for (size_t i = 0; i < found->n_copies; i++) {
        const bool this_own = is_own(arena, &found->copies[i], hidden);
        const size_t this_filled = count_filled(&found->copies[i]);
        if (i > 0 && (this_own != own ? own : this_filled <= filled))
            continue;
        chosen = i;
        own = this_own;
        filled = this_filled;
    }
    return chosen;
}

/** Move the form from the copies to its place. */
static enum bms_status take_form(bms_arena *arena, bms_found_sheets *found, bms_error *error) {
    bms_identity hidden = {"", "", "", "", "", ""};
    const bms_question *questions = NULL;
    size_t n = 0;
    size_t chosen = 0;
    enum bms_status status = BMS_OK;
    if (found->n_copies > 1 && found->hidden)
        status = bms_hidden_read(arena, found->hidden, &hidden, &questions, &n, error);
    if (status != BMS_OK || found->n_copies == 0)
        return status;
    if (found->n_copies > 1)
        chosen = choose(arena, found, &hidden);
    found->form = found->copies[chosen];
    found->n_copies--;
    for (size_t i = chosen; i < found->n_copies; i++)
        found->copies[i] = found->copies[i + 1];
    return BMS_OK;
}

/** Take a sheet in which a table was found. */
static void take_sheet(const struct search *search, const bms_sheet *sheet, size_t index,
                       bms_found_sheets *out) {
    bms_found_table table = search->has_form ? search->in_form : search->in_actions;
    table.index = index;
    table.sheet = sheet;
    if (search->hidden && !out->hidden) {
        out->hidden = table.sheet;
    } else if (search->has_form && out->n_copies < MOST_FORMS) {
        out->copies[out->n_copies++] = table;
    } else if (search->has_actions && !out->actions.sheet) {
        out->actions = table;
    }
}

static enum bms_status look_at_all(struct search *search, bms_workbook *workbook, bms_found_sheets *out,
                                   bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; i < bms_workbook_sheet_count(workbook) && status == BMS_OK; i++) {
        const bms_sheet *sheet = NULL;
        search->looked_at = &out->looked_at[i];
        status = look_at_sheet(search, workbook, i, &sheet, error);
        if (status == BMS_OK && sheet)
            take_sheet(search, sheet, i, out);
    }
    return status == BMS_OK ? take_form(search->arena, out, error) : status;
}

enum bms_status bms_return_find_sheets(bms_arena *arena, bms_workbook *workbook, const char *file,
                                       const char *language, bms_found_sheets *out, bms_error *error) {
    struct search search = {.arena = arena,
                            .scratch = bms_arena_new(),
                            .file = file,
                            .language = language,
                            .rows = bms_workbook_wanted(workbook)->rows};
    *out = (bms_found_sheets){0};
    if (!search.scratch)
        return bms_error_no_memory(error);
    bms_arena_set_budget(search.scratch, bms_workbook_wanted(workbook)->budget);
    out->copies = bms_arena_alloc(arena, MOST_FORMS * sizeof *out->copies);
    out->looked_at = bms_arena_alloc(arena, bms_workbook_sheet_count(workbook) * sizeof *out->looked_at);
    fold_headings(arena, &search.form, BMS_N_FORM_COLUMNS, form_heading);
    fold_headings(arena, &search.actions, BMS_N_ACTION_COLUMNS, action_heading);
    enum bms_status status = bms_error_of_arena(BMS_OK, arena, error);
    if (status == BMS_OK)
        status = look_at_all(&search, workbook, out, error);
    status = bms_error_of_arena(status, search.scratch, error);
    bms_arena_free(search.scratch);
    return status;
}
