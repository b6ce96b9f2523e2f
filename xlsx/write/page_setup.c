/** Sets up a sheet (see book.h): columns, rows, paper, protection, what cells take, conditional formats. */
#include "xlsx/write/book_inside.h"

#include <assert.h>
#include <string.h>

/* Excel's limits; libxlsxwriter prints when they are exceeded. */
enum { LONGEST_PROMPT_TITLE = 32, LONGEST_PROMPT = 255, LONGEST_HEADER = 200 };

void bms_page_width(bms_page *page, uint32_t column, double width) {
    bms_page_column *settings = bms_page_ready(page) ? bms_page_column_at(page, column) : NULL;
    if (settings)
        settings->width = width;
}

void bms_page_hide_column(bms_page *page, uint32_t column) {
    bms_page_column *settings = bms_page_ready(page) ? bms_page_column_at(page, column) : NULL;
    if (settings)
        settings->hidden = true;
}

double *bms_page_height_at(bms_page *page, uint32_t row) {
    while (page->n_heights <= row) {
        if (!bms_arena_grow(page->book->arena, &page->heights, &page->n_heights, &page->heights_capacity,
                            sizeof *page->heights))
            return NULL;
    }
    return &page->heights[row];
}

void bms_page_height(bms_page *page, uint32_t row, double points) {
    double *height = bms_page_ready(page) ? bms_page_height_at(page, row) : NULL;
    if (!height)
        return;
    *height = -1;
    bms_book_check(page->book, worksheet_set_row(page->sheet, row, points, NULL), "row height");
}

void bms_page_fit_heights(bms_page *page, double least) {
    if (bms_page_ready(page))
        page->least_height = least > 1 ? least : 1;
}

void bms_page_freeze(bms_page *page, uint32_t row, uint32_t column) {
    if (bms_page_ready(page))
        worksheet_freeze_panes(page->sheet, row, (lxw_col_t)column);
}

void bms_page_plain(bms_page *page) {
    if (bms_page_ready(page))
        worksheet_gridlines(page->sheet, LXW_HIDE_ALL_GRIDLINES);
}

void bms_page_hide(bms_page *page) {
    if (bms_page_ready(page))
        worksheet_hide(page->sheet);
}

void bms_page_open_at(bms_page *page, uint32_t row, uint32_t column) {
    if (!bms_page_ready(page))
        return;
    worksheet_activate(page->sheet);
    worksheet_set_selection(page->sheet, row, (lxw_col_t)column, row, (lxw_col_t)column);
}

void bms_page_tab_colour(bms_page *page, bms_ink colour) {
    if (bms_page_ready(page))
        worksheet_set_tab_color(page->sheet, colour & 0xFFFFFFU);
}

void bms_page_protect(bms_page *page) {
    if (!bms_page_ready(page))
        return;
    lxw_protection allowed = {.format_columns = 1, .format_rows = 1};
    worksheet_protect(page->sheet, NULL, &allowed);
}

void bms_page_filter(bms_page *page, bms_range range) {
    if (bms_page_ready(page)) {
        bms_book_check(page->book,
                       worksheet_autofilter(page->sheet, range.first_row, (lxw_col_t)range.first_column,
                                            range.last_row, (lxw_col_t)range.last_column),
                       "filter");
    }
}

static void append(char **end, const char *text, size_t length) {
    memcpy(*end, text, length);
    *end += length;
}

/** Replace every `from` in a text. */
static const char *replace(bms_arena *arena, const char *text, const char *from, const char *to) {
    size_t count = 0;
    for (const char *at = strstr(text, from); at; at = strstr(at + strlen(from), from))
        count++;
    char *out = bms_arena_alloc(arena, strlen(text) + count * strlen(to) + 1);
    if (!out)
        return "";
    char *end = out;
    for (const char *at = strstr(text, from); at; at = strstr(text, from)) {
        append(&end, text, (size_t)(at - text));
        append(&end, to, strlen(to));
        text = at + strlen(from);
    }
    append(&end, text, strlen(text));
    return out;
}

/** A text for header or footer, where `&` would begin a code. */
static const char *paper_text(bms_book *book, const char *text, size_t most) {
    if (!text || !*text)
        return "";
    return replace(book->arena, bms_book_cut(book, text, most), "&", "&&");
}

static void set_header(bms_page *page, const char *text) {
    const char *left = paper_text(page->book, text, LONGEST_HEADER / 2);
    const char *header = bms_arena_format(page->book->arena, "&L&9%s", left);
    if (*left && bms_page_ready(page))
        bms_book_check(page->book, worksheet_set_header(page->sheet, header), "header");
}

static void set_footer(bms_page *page, const bms_page_paper *paper) {
    bms_arena *arena = page->book->arena;
    const char *left = paper_text(page->book, paper->footer, LONGEST_HEADER / 2);
    const char *right = paper_text(page->book, paper->page_numbers, LONGEST_HEADER / 4);
    right = replace(arena, replace(arena, right, "{page}", "&P"), "{pages}", "&N");
    const char *footer = bms_arena_format(arena, "&L&9%s&R&9%s", left, right);
    if ((*left || *right) && bms_page_ready(page))
        bms_book_check(page->book, worksheet_set_footer(page->sheet, footer), "footer");
}

void bms_page_paper_set(bms_page *page, const bms_page_paper *paper) {
    if (!bms_page_ready(page))
        return;
    if (paper->landscape)
        worksheet_set_landscape(page->sheet);
    worksheet_fit_to_pages(page->sheet, 1, paper->one_page ? 1 : 0);
    worksheet_set_margins(page->sheet, 0.4, 0.4, 0.6, 0.6); /* inches */
    if (paper->repeat) {
        bms_book_check(page->book, worksheet_repeat_rows(page->sheet, paper->repeat_from, paper->repeat_to),
                       "repeated rows");
    }
    set_header(page, paper->header);
    set_footer(page, paper);
}

static char *prompt_text(bms_book *book, const char *text, size_t most) {
    return text && *text ? bms_book_writable(book, bms_book_cut(book, text, most)) : NULL;
}

static void add_validation(bms_page *page, bms_range range, lxw_data_validation *validation,
                           const bms_page_prompt *prompt) {
    static const bms_page_prompt none = {0};
    if (!prompt)
        prompt = &none;
    validation->input_title = prompt_text(page->book, prompt->title, LONGEST_PROMPT_TITLE);
    validation->input_message = prompt_text(page->book, prompt->message, LONGEST_PROMPT);
    validation->error_message = prompt_text(page->book, prompt->refusal, LONGEST_PROMPT);
    validation->error_type =
        prompt->strict ? LXW_VALIDATION_ERROR_TYPE_STOP : LXW_VALIDATION_ERROR_TYPE_WARNING;
    page->book->room += 2048;
    if (!bms_page_ready(page))
        return;
    bms_book_check(page->book,
                   worksheet_data_validation_range(page->sheet, range.first_row,
                                                   (lxw_col_t)range.first_column, range.last_row,
                                                   (lxw_col_t)range.last_column, validation),
                   "choice");
}

/**
 * libxlsxwriter 1.1.4 copies the formula of a list twice and leaks one copy, so the validation is added as
 * another kind and made a list afterwards.
 */
static void make_last_a_list(lxw_worksheet *sheet) {
    lxw_data_val_obj *each = NULL;
    lxw_data_val_obj *last = NULL;
    STAILQ_FOREACH(each, sheet->data_validations, list_pointers)
    last = each;
    if (last)
        last->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
}

void bms_page_choose(bms_page *page, bms_range range, const char *list, const bms_page_prompt *prompt) {
    if (!bms_page_ready(page))
        return;
    const char *formula = bms_arena_format(page->book->arena, "=%s", list);
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA,
                                      .value_formula = bms_book_writable(page->book, formula)};
    add_validation(page, range, &validation, prompt);
    if (bms_page_ready(page))
        make_last_a_list(page->sheet);
}

void bms_page_take_numbers(bms_page *page, bms_range range, const bms_page_prompt *prompt) {
    if (!bms_page_ready(page))
        return;
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_DECIMAL,
                                      .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
                                      .minimum_number = -1e15,
                                      .maximum_number = 1e15};
    add_validation(page, range, &validation, prompt);
}

void bms_page_take_days(bms_page *page, bms_range range, const bms_page_prompt *prompt) {
    if (!bms_page_ready(page))
        return;
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_DATE,
                                      .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
                                      .minimum_datetime = {.year = 2000, .month = 1, .day = 1},
                                      .maximum_datetime = {.year = 2199, .month = 12, .day = 31}};
    add_validation(page, range, &validation, prompt);
}

void bms_page_take_any(bms_page *page, bms_range range, const bms_page_prompt *prompt) {
    if (!bms_page_ready(page))
        return;
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_ANY};
    add_validation(page, range, &validation, prompt);
}

/** The ranges as the format lists them: "C8 C10:C12"; NULL when memory ran out. */
static char *range_list(bms_arena *arena, const bms_range *ranges, size_t n) {
    char *list = bms_arena_alloc(arena, n * BMS_RANGE_SIZE + 1);
    char *end = list;
    for (size_t i = 0; list && i < n; i++) {
        if (i > 0)
            *end++ = ' ';
        end += strlen(bms_range_write(&ranges[i], end));
    }
    return list;
}

void bms_page_when_apart(bms_page *page, const bms_range *ranges, size_t n, const char *formula,
                         const bms_style *style) {
    if (!bms_page_ready(page) || n == 0)
        return;
    assert(n <= BMS_MOST_RANGES);
    lxw_conditional_format condition = {.type = LXW_CONDITIONAL_TYPE_FORMULA,
                                        .value_string = bms_book_writable(page->book, formula)};
    condition.format = bms_book_condition(page->book, style);
    condition.stop_if_true =
        style->fill || style->ink; /* one with a number format alone lets others colour */
    condition.multi_range = n > 1 ? range_list(page->book->arena, ranges, n) : NULL;
    if (!bms_page_ready(page))
        return;
    page->book->room += 512 + strlen(formula) * 2 + n * BMS_RANGE_SIZE;
    bms_book_check(page->book,
                   worksheet_conditional_format_range(page->sheet, ranges[0].first_row,
                                                      (lxw_col_t)ranges[0].first_column, ranges[0].last_row,
                                                      (lxw_col_t)ranges[0].last_column, &condition),
                   formula);
}

void bms_page_when(bms_page *page, bms_range range, const char *formula, const bms_style *style) {
    bms_page_when_apart(page, &range, 1, formula, style);
}
