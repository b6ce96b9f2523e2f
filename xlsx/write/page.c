/** Writes the cells of a sheet (see book.h), with estimates of the space they need. */
#include "xlsx/write/book_inside.h"

#include "core/base/language.h"
#include "core/base/text.h"

#include <math.h>
#include <string.h>

/* Bytes a cell takes as XML, about twice the usual. */
enum { CELL_ROOM = 96, TEXT_ROOM = 48 };

bool bms_page_ready(const bms_page *page) {
    return page && bms_book_ready(page->book);
}

bms_page_column *bms_page_column_at(bms_page *page, uint32_t column) {
    while (page->n_columns <= column) {
        if (!bms_arena_grow(page->book->arena, &page->columns, &page->n_columns, &page->columns_capacity,
                            sizeof *page->columns))
            return NULL;
    }
    return &page->columns[column];
}

const char *bms_page_reference(bms_page *page, bms_range range) {
    if (!bms_page_ready(page))
        return "";
    char first[LXW_MAX_CELL_NAME_LENGTH];
    char last[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell_abs(first, range.first_row, (lxw_col_t)range.first_column, 1, 1);
    lxw_rowcol_to_cell_abs(last, range.last_row, (lxw_col_t)range.last_column, 1, 1);
    const bool one = strcmp(first, last) == 0;
    return bms_arena_format(page->book->arena, "%s%s%s%s", page->quoted, first, one ? "" : ":",
                            one ? "" : last);
}

void bms_page_define_name(bms_page *page, const char *name, bms_range range) {
    if (!bms_page_ready(page))
        return;
    const char *formula = bms_arena_format(page->book->arena, "=%s", bms_page_reference(page, range));
    if (bms_page_ready(page))
        bms_book_check(page->book, workbook_define_name(page->book->workbook, name, formula), name);
}

/** Space above and below a text, in points. */
enum { ROW_PADDING = 4 };

/** @return how wide columns `first` to `last` are together. */
static double width_of(const bms_page *page, uint32_t first, uint32_t last) {
    double width = 0;
    for (uint32_t column = first; column <= last; column++) {
        const double own = column < page->n_columns ? page->columns[column].width : 0;
        width += (own > 0 ? own : LXW_DEF_COL_WIDTH) + (column > first ? 0.7 : 0); /* and its 5 pixels */
    }
    return width;
}

/** Make the row high enough for a text in columns `first` to `last`: all lines of a wrapped one. */
static void note_height(bms_page *page, uint32_t row, uint32_t first, uint32_t last, const bms_style *style,
                        const char *text) {
    if (page->least_height <= 0 || !style || (!style->wrap && style->size <= BMS_USUAL_SIZE))
        return;
    const int lines = style->wrap ? bms_text_lines(text, width_of(page, first, last) - style->indent,
                                                   style->size, style->bold)
                                  : 1;
    const double least = style->wrap ? page->least_height : 0;
    double *height = bms_page_height_at(page, row);
    if (height && *height >= 0)
        *height = fmax(*height, fmax(least, bms_line_height(lines, style->size) + ROW_PADDING));
}

void bms_page_blank(bms_page *page, uint32_t row, uint32_t column, const bms_style *style) {
    if (!bms_page_ready(page) || !style)
        return;
    lxw_format *format = bms_book_format(page->book, style);
    page->book->room += CELL_ROOM;
    bms_book_check(page->book, worksheet_write_blank(page->sheet, row, (lxw_col_t)column, format), "cell");
}

void bms_page_text(bms_page *page, uint32_t row, uint32_t column, const bms_style *style, const char *text) {
    if (!text || !*text) {
        bms_page_blank(page, row, column, style);
        return;
    }
    if (!bms_page_ready(page))
        return;
    lxw_format *format = bms_book_format(page->book, style);
    text = bms_book_clean_text(page->book, text);
    note_height(page, row, column, column, style, text);
    page->book->room += CELL_ROOM + TEXT_ROOM + strlen(text) * 2;
    bms_book_check(page->book, worksheet_write_string(page->sheet, row, (lxw_col_t)column, text, format),
                   "text");
}

void bms_page_number(bms_page *page, uint32_t row, uint32_t column, const bms_style *style, double value) {
    if (!isfinite(value)) {
        bms_page_blank(page, row, column, style);
        return;
    }
    if (!bms_page_ready(page))
        return;
    lxw_format *format = bms_book_format(page->book, style);

    page->book->room += CELL_ROOM;
    bms_book_check(page->book, worksheet_write_number(page->sheet, row, (lxw_col_t)column, value, format),
                   "number");
}

void bms_page_day(bms_page *page, uint32_t row, uint32_t column, const bms_style *style, bms_day day) {
    if (!bms_page_ready(page))
        return;
    bms_style dated = style ? *style : (bms_style){0};
    if (!dated.number_format)
        dated.number_format = bms_language_of(page->book->language)->iso_days ? "yyyy-mm-dd" : "dd.mm.yyyy";
    if (day == BMS_NO_DAY) {
        bms_page_blank(page, row, column, &dated);
        return;
    }
    const bms_day first = bms_day_of(1899, 12, 30); /* day 0 of the format, from March 1900 on */

    bms_page_number(page, row, column, &dated, day - first);
}

void bms_page_formula_number(bms_page *page, uint32_t row, uint32_t column, const bms_style *style,
                             const char *formula, double result) {
    if (!bms_page_ready(page))
        return;
    if (!isfinite(result)) {
        bms_book_fail(page->book, BMS_INTERNAL, formula);
        return;
    }
    lxw_format *format = bms_book_format(page->book, style);

    page->book->room += CELL_ROOM + strlen(formula) * 2;
    bms_book_check(page->book,
                   worksheet_write_formula_num(page->sheet, row, (lxw_col_t)column, formula, format, result),
                   formula);
}

void bms_page_formula_text(bms_page *page, uint32_t row, uint32_t column, const bms_style *style,
                           const char *formula, const char *result) {
    if (!bms_page_ready(page))
        return;
    lxw_format *format = bms_book_format(page->book, style);
    result = bms_book_clean_text(page->book, result);

    page->book->room += CELL_ROOM + (strlen(formula) + strlen(result)) * 2;
    bms_book_check(page->book,
                   worksheet_write_formula_str(page->sheet, row, (lxw_col_t)column, formula, format, result),
                   formula);
}

void bms_page_merged(bms_page *page, bms_range range, const bms_style *style, const char *text) {
    if (!bms_page_ready(page))
        return;
    bms_style joined = style ? *style : (bms_style){0};
    const bool one = range.first_row == range.last_row && range.first_column == range.last_column;
    if (!one) {
        lxw_format *format = bms_book_format(page->book, &joined);
        page->book->room += (uint64_t)CELL_ROOM * (range.last_row - range.first_row + 1) *
                            (range.last_column - range.first_column + 1);
        bms_book_check(page->book,
                       worksheet_merge_range(page->sheet, range.first_row, (lxw_col_t)range.first_column,
                                             range.last_row, (lxw_col_t)range.last_column, "", format),
                       "merged cells");
        if (!text || !*text)
            return;
    }
    const double least = page->least_height;
    if (range.first_row == range.last_row)
        note_height(page, range.first_row, range.first_column, range.last_column, &joined, text);
    page->least_height = 0; /* counted already, with the width of all columns */
    bms_page_text(page, range.first_row, range.first_column, &joined, text);
    page->least_height = least;
}

void bms_page_link(bms_page *page, uint32_t row, uint32_t column, const bms_style *style, const char *text,
                   bms_link_target to) {
    if (!bms_page_ready(page) || !to.page)
        return;
    bms_style linked = style ? *style : (bms_style){.ink = BMS_LINK_BLUE, .underline = true};
    char address[BMS_ADDRESS_SIZE];
    lxw_rowcol_to_cell(address, to.row, (lxw_col_t)to.column);
    const char *url = bms_arena_format(page->book->arena, "internal:%s%s", to.page->quoted, address);
    lxw_format *format = bms_book_format(page->book, &linked);
    const char *clean = bms_book_clean_text(page->book, text && *text ? text : " ");
    if (!bms_page_ready(page))
        return;

    page->book->room += (size_t)CELL_ROOM * 3 + strlen(clean) * 2;
    bms_book_check(page->book,
                   worksheet_write_url_opt(page->sheet, row, (lxw_col_t)column, url, format, clean, NULL),
                   "link");
}

void bms_page_note(bms_page *page, uint32_t row, uint32_t column, const char *text) {
    if (!bms_page_ready(page) || !text || !*text)
        return;
    static char font[] = BMS_FONT;
    const char *clean = bms_book_cut(page->book, text, 8000);
    const int lines = bms_text_lines(clean, 40, 9, false);
    lxw_comment_options options = {.width = 300,
                                   .height = (uint16_t)(24 + 16 * (lines > 40 ? 40 : lines)),
                                   .font_name = font,
                                   .font_size = 10};
    page->book->room += 2048 + strlen(clean) * 2;
    bms_book_check(page->book,
                   worksheet_write_comment_opt(page->sheet, row, (lxw_col_t)column, clean, &options), "note");
}
