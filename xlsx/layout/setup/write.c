/**
 * Writes a setup as a workbook to fill in (bms_workbooks_write_setup): what to do on the first sheet, then a
 * sheet for each kind of fact, with notes on the headings and lists to choose from. The lists are on a hidden
 * sheet, or are the codes of another sheet.
 */
#include "xlsx/layout/setup/layout.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "core/workbooks.h"
#include "xlsx/layout/finish.h"

#include <string.h>

/* Rows of each sheet; the sheet's purpose is above the headings. */
enum { HELP_ROW = 0, HEADING_ROW = 1, FIRST_ROW = 2, SPARE_ROWS = 60, LIST_ROWS = 2000 };

/** Room for the button that a filter puts on a heading, in the unit of column widths. */
enum { FILTER_BUTTON = 4 };

static const char *heading_text(const struct setup_layout *layout, const bms_setup_column *column) {
    return bms_tr(layout->language, column->heading);
}

/**
 * Text is kept as text, so that the code 2026-09 does not become a date. Spare rows have no borders: they
 * would be printed.
 */
static bms_style cell_style(const bms_setup_column *column, bool spare) {
    bms_style style = {
        .edges = spare ? BMS_EDGES_NONE : BMS_EDGES_THIN, .unlocked = true, .rise = BMS_RISE_TOP};
    if (!column) {
        style.align = BMS_ALIGN_CENTRE;
        style.number_format = "@";
    } else if (column->type == BMS_COLUMN_NUMBER) {
        style.align = BMS_ALIGN_RIGHT;
    } else if (column->type != BMS_COLUMN_DATE) {
        style.number_format = "@";
        style.wrap = column->type == BMS_COLUMN_TEXT;
    }
    return style;
}

static void write_heading(bms_page *page, uint32_t column, const char *heading, bool needed,
                          const char *note) {
    const bms_style style = {.bold = true,
                             .wrap = true,
                             .edges = BMS_EDGES_THIN,
                             .rise = BMS_RISE_MIDDLE,
                             .ink = needed ? BMS_WHITE : BMS_NAVY,
                             .fill = needed ? BMS_NAVY : BMS_BLUE_PALE};
    bms_page_text(page, HEADING_ROW, column, &style, heading);
    if (note)
        bms_page_note(page, HEADING_ROW, column, note);
}

/** Where a cell is written, and whether in a spare row. */
struct place {
    bms_page *page;
    uint32_t row;
    uint32_t column;
    bool spare;
};

static void write_cell(const struct setup_layout *layout, struct place at, const bms_setup_column *schema,
                       const char *text) {
    bms_style style = cell_style(schema, at.spare);
    double number;
    bms_day day;
    if (text[0] == '\0') {
        bms_page_blank(at.page, at.row, at.column, &style);
    } else if (schema && schema->type == BMS_COLUMN_NUMBER &&
               bms_number_read(text, &number) == BMS_READ_NUMBER) {
        bms_page_number(at.page, at.row, at.column, &style, number);
    } else if (schema && schema->type == BMS_COLUMN_DATE && bms_day_parse(text, &day)) {
        bms_page_day(at.page, at.row, at.column, &style, day);
    } else if (schema && schema->type == BMS_COLUMN_CHOICE) {
        int choice = bms_setup_recognise_choice(schema, text);
        char word[BMS_SETUP_WORD_SIZE];
        bms_page_text(at.page, at.row, at.column, &style,
                      choice < 0 ? text : bms_setup_choice(schema, (size_t)choice, layout->language, word));
    } else {
        bms_page_text(at.page, at.row, at.column, &style, text);
    }
}

static void write_row(const struct setup_layout *layout, bms_page *page, enum bms_setup_sheet sheet,
                      size_t index) {
    const bms_setup_schema *schema = bms_setup_schema_of(sheet);
    const bms_setup_table *table = &layout->setup->tables[sheet];
    const bms_setup_row blank = {0};
    struct place at = {page, FIRST_ROW + (uint32_t)index, 0, index >= table->n_rows};
    const bms_setup_row *row = at.spare ? &blank : &table->rows[index];
    int lines = 1;
    for (; at.column < schema->n_columns; at.column++) {
        const bms_setup_column *column = &schema->columns[at.column];
        const bms_setup_cell *cell = bms_setup_find(row, column->key);
        write_cell(layout, at, column, cell ? cell->text : "");
        int taken = cell ? bms_text_lines(cell->text, column->width, 0, false) : 1;
        lines = column->type == BMS_COLUMN_TEXT && taken > lines ? taken : lines;
    }
    for (size_t i = 0; i < table->n_further; i++, at.column++) {
        const bms_setup_cell *cell = bms_setup_find(row, table->further[i]);
        write_cell(layout, at, NULL, cell ? cell->text : "");
    }
    if (lines > 1)
        bms_page_height(page, at.row, bms_line_height(lines, 0));
}

/** Offer a list for the cells of a column, or show what is expected in them. */
static void guide_column(struct setup_layout *layout, bms_page *page, enum bms_setup_sheet sheet,
                         uint32_t index) {
    const bms_setup_column *column = &bms_setup_schema_of(sheet)->columns[index];
    bms_range cells = bms_range_of(FIRST_ROW, index, FIRST_ROW + LIST_ROWS - 1, index);
    const bms_page_prompt choice = {
        .refusal = bms_tr(layout->language, BMS_TEXT("Choose from the list (Alt and arrow down).")),
        .strict = true};
    const bms_page_prompt code = {
        .refusal = bms_tr(layout->language, BMS_TEXT("This code is not in the list. Keep it anyway?"))};
    const bms_page_prompt date = {.refusal =
                                      bms_tr(layout->language, BMS_TEXT("Write a date, as 2026-12-31."))};
    if (column->type == BMS_COLUMN_CHOICE) {
        bms_page_choose(page, cells, setup_choice_list(layout, column), &choice);
    } else if (column->type == BMS_COLUMN_REFERENCE && !column->several) {
        bms_page_choose(page, cells,
                        bms_page_reference(layout->pages[column->refers_to],
                                           bms_range_of(FIRST_ROW, 0, FIRST_ROW + LIST_ROWS - 1, 0)),
                        &code);
    } else if (column->type == BMS_COLUMN_DATE) {
        bms_page_take_days(page, cells, &date);
    }
}

static void write_headings(struct setup_layout *layout, bms_page *page, enum bms_setup_sheet sheet) {
    const bms_setup_schema *schema = bms_setup_schema_of(sheet);
    const bms_setup_table *table = &layout->setup->tables[sheet];
    for (uint32_t i = 0; i < schema->n_columns; i++) {
        const bms_setup_column *column = &schema->columns[i];
        const char *help = bms_setup_help(bms_book_arena(layout->book), column, layout->language);
        write_heading(page, i, heading_text(layout, column), column->required, help);
        bms_page_width(page, i, column->width);
        guide_column(layout, page, sheet, i);
    }
    bms_page_height(page, HEADING_ROW, bms_line_height(2, 0));
    const char *marks = bms_tr(
        layout->language, BMS_TEXT("x: the units of the group must answer. f: they may. Blank: they are not "
                                   "asked. A column may also be called All."));
    for (uint32_t i = 0; i < table->n_further; i++) {
        uint32_t at = (uint32_t)schema->n_columns + i;
        write_heading(page, at, table->further[i], false, marks);
        bms_page_width(page, at, bms_text_width(table->further[i], true) + FILTER_BUTTON);
        const bms_page_prompt prompt = {.refusal = marks, .strict = true};
        bms_page_choose(page, bms_range_of(FIRST_ROW, at, FIRST_ROW + LIST_ROWS - 1, at),
                        setup_mark_list(layout), &prompt);
    }
}

static void write_sheet(struct setup_layout *layout, enum bms_setup_sheet sheet) {
    const bms_setup_schema *schema = bms_setup_schema_of(sheet);
    const bms_setup_table *table = &layout->setup->tables[sheet];
    bms_page *page = layout->pages[sheet];
    const bms_style help = {.italic = true, .ink = BMS_GREY_TEXT};
    bms_page_text(page, HELP_ROW, 0, &help, bms_tr(layout->language, schema->help));
    write_headings(layout, page, sheet);
    size_t spare = sheet == BMS_SHEET_MUNICIPALITY ? 0 : SPARE_ROWS;
    for (size_t i = 0; i < table->n_rows + spare; i++)
        write_row(layout, page, sheet, i);
    /* Code and name stay in view while the rest is scrolled. */
    uint32_t kept = schema->columns[0].type == BMS_COLUMN_CODE ? 2 : 1;
    bms_page_freeze(page, FIRST_ROW, kept);
    uint32_t columns = (uint32_t)(schema->n_columns + table->n_further);
    bms_page_filter(
        page, bms_range_of(HEADING_ROW, 0, HEADING_ROW + (uint32_t)(table->n_rows + spare), columns - 1));
    bms_page_paper_set(page, &(bms_page_paper){.landscape = true,
                                               .repeat = true,
                                               .repeat_from = HEADING_ROW,
                                               .repeat_to = HEADING_ROW,
                                               .header = bms_tr(layout->language, schema->name),
                                               .page_numbers = bms_tr(layout->language,
                                                                      BMS_TEXT("Page {page} of {pages}"))});
}

/** @return a fact of the municipality's sheet as written there, or "". */
static const char *fact(const bms_setup_book *setup, int wanted) {
    const bms_setup_table *table = &setup->tables[BMS_SHEET_MUNICIPALITY];
    const bms_setup_column *column = bms_setup_column_of(BMS_SHEET_MUNICIPALITY, "fact");
    for (size_t i = 0; i < table->n_rows; i++) {
        const bms_setup_cell *name = bms_setup_find(&table->rows[i], "fact");
        const bms_setup_cell *value = bms_setup_find(&table->rows[i], "value");
        if (name && value && bms_setup_recognise_choice(column, name->text) == wanted)
            return value->text;
    }
    return "";
}

enum bms_status bms_workbooks_write_setup(const bms_setup_book *setup, const char *language, int64_t made_at,
                                          const char *path, bms_error *error) {
    struct setup_layout layout = {.setup = setup, .language = language, .municipality = fact(setup, 0)};
    layout.book =
        bms_book_new(&(bms_book_about){.title = bms_tr(language, BMS_TEXT("Setup of the scorecard")),
                                       .author = layout.municipality,
                                       .language = language,
                                       .made_at = made_at});
    bms_page *guide = bms_book_add_page(layout.book, bms_tr(language, BMS_TEXT("Start here")));
    for (int i = 0; i < BMS_N_SETUP_SHEETS; i++) {
        const char *name = bms_setup_schema_of((enum bms_setup_sheet)i)->name;
        layout.pages[i] = bms_book_add_page(layout.book, bms_tr(language, name));
    }
    layout.lists = bms_book_add_page(layout.book, bms_tr(language, BMS_TEXT("Lists")));
    bms_page_hide(layout.lists);
    setup_write_guide(&layout, guide);
    for (int i = 0; layout.book && i < BMS_N_SETUP_SHEETS; i++)
        write_sheet(&layout, (enum bms_setup_sheet)i);
    bms_page_open_at(guide, 0, 0);
    if (layout.book && bms_arena_failed(bms_book_arena(layout.book)))
        bms_book_no_memory(layout.book);
    return bms_finish_book(layout.book, path, language, error);
}
