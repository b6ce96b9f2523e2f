/**
 * Writing a workbook: sheets, cells, and what a sheet needs to be printed, filled in and navigated.
 *
 * A thin layer over libxlsxwriter that knows nothing about scorecards. It adds what the library leaves to its
 * user: styles by value, text that is always text, names checked before the library would print about them,
 * the same bytes for the same input, and a file that appears whole or not at all.
 *
 * A layout need not check each call: the first failure is remembered (as when memory ran out in the book's
 * arena), later calls do nothing, and bms_book_close reports it. Pages are valid until then; a NULL page is
 * legal and does nothing. Rows and columns count from 0.
 *
 *     bms_book *book = bms_book_new(&(bms_book_about){.title = "Form", .language = "nb", .made_at = when});
 *     bms_page *page = bms_book_add_page(book, "Skjema");
 *     bms_page_text(page, 0, 0, &(bms_style){.bold = true}, "Hvor mange?");
 *     bms_page_number(page, 0, 1, &(bms_style){.number_format = bms_number_format(1)}, 7.5);
 *     return bms_book_close(book, "form.xlsx", error);
 */
#ifndef BMS_XLSX_WRITE_BOOK_H
#define BMS_XLSX_WRITE_BOOK_H

#include "core/base/period.h"
#include "core/bms.h"
#include "xlsx/cell/address.h"
#include "xlsx/write/style.h"

/** A workbook being written. */
typedef struct bms_book bms_book;

/** One of its sheets. */
typedef struct bms_page bms_page;

/** The properties of the file. Texts may be NULL. */
typedef struct bms_book_about {
    const char *title;
    const char *author;   /* the municipality */
    const char *language; /* of error messages */
    int64_t made_at;      /* from the data, not the clock: the same input gives the same bytes */
} bms_book_about;

/** @return a workbook without sheets, or NULL when memory ran out (bms_book_close then reports it). */
bms_book *bms_book_new(const bms_book_about *about);

/**
 * Write the file and free the workbook, whatever happens.
 *
 * @param book  NULL is legal and means that memory ran out
 * @param path  of the file; it is written under another name in the same folder and renamed when whole
 * @return BMS_OK, BMS_NOT_WRITABLE (disk full, folder missing or read-only), BMS_NO_MEMORY, or BMS_INTERNAL
 * when a layout asked for what a workbook cannot hold
 */
enum bms_status bms_book_close(bms_book *book, const char *path, bms_error *error);

/** Free the workbook without writing it; NULL is legal. */
void bms_book_discard(bms_book *book);

/** @return memory that lives until the workbook is closed; NULL for NULL. */
bms_arena *bms_book_arena(bms_book *book);

/** Record that a layout ran out of memory; bms_book_close will report it. */
void bms_book_no_memory(bms_book *book);

/**
 * Add a sheet after the others. A name that the format does not allow is made valid: forbidden characters
 * become spaces, it is cut at 31 characters, and numbered when it is taken.
 *
 * @return the page, or NULL when memory ran out
 */
bms_page *bms_book_add_page(bms_book *book, const char *name);

/**
 * @return a range of the page for formulas: `'Skjema'!$A$1:$B$2`; "" when memory ran out. Lives as long as
 * the book
 */
const char *bms_page_reference(bms_page *page, bms_range range);

/** Define a name for a range of a page, for the whole workbook. @param name letters, digits and `_` only */
void bms_page_define_name(bms_page *page, const char *name, bms_range range);

/* Cells. `style` NULL is the usual one. */

/** Write a text, as text whatever it begins with. NULL and "" give an empty cell with the style, if any. */
void bms_page_text(bms_page *page, uint32_t row, uint32_t column, const bms_style *style, const char *text);

/** Write a text and after it a note in letters of its own: size, ink, bold and italic of `note_style`. */
void bms_page_noted(bms_page *page, uint32_t row, uint32_t column, const bms_style *style, const char *text,
                    const bms_style *note_style, const char *note);

/** Write a number; one that is not finite gives an empty cell. */
void bms_page_number(bms_page *page, uint32_t row, uint32_t column, const bms_style *style, double value);

/** Write a day as a date, in the notation of the language; BMS_NO_DAY gives an empty cell. */
void bms_page_day(bms_page *page, uint32_t row, uint32_t column, const bms_style *style, bms_day day);

/** Write an empty cell with a style; without one there is nothing to write. */
void bms_page_blank(bms_page *page, uint32_t row, uint32_t column, const bms_style *style);

/** Write a formula ("=A1/B1") with its present result, a number or a text. */
void bms_page_formula_number(bms_page *page, uint32_t row, uint32_t column, const bms_style *style,
                             const char *formula, double result);
void bms_page_formula_text(bms_page *page, uint32_t row, uint32_t column, const bms_style *style,
                           const char *formula, const char *result);

/** Merge cells and write a text in them (a single cell is only written). */
void bms_page_merged(bms_page *page, bms_range range, const bms_style *style, const char *text);

/** Where a link leads: a cell of a page of this workbook. */
typedef struct bms_link_target {
    const bms_page *page;
    uint32_t row;
    uint32_t column;
} bms_link_target;

/** Write a text that leads to a cell. */
void bms_page_link(bms_page *page, uint32_t row, uint32_t column, const bms_style *style, const char *text,
                   bms_link_target to);

/** Put a note on a cell. */
void bms_page_note(bms_page *page, uint32_t row, uint32_t column, const char *text);

/* Columns and rows. */

/** Set the width of a column, in digits (7 pixels each, and 5 more). */
void bms_page_width(bms_page *page, uint32_t column, double width);

void bms_page_hide_column(bms_page *page, uint32_t column);

/** Set a height in points. */
void bms_page_height(bms_page *page, uint32_t row, double points);

/**
 * Make rows high enough for the texts written from now on. Wrapped texts are measured in the width that their
 * columns have when they are written; merged cells count as one width. Not every program does this by itself,
 * and text in rows without a height can be cut off. Rows with a height of their own keep it.
 *
 * @param least  points, the minimum for a row with a wrapped text
 */
void bms_page_fit_heights(bms_page *page, double least);

/* The sheet as a whole. */

/** Keep the rows above and the columns to the left in view. */
void bms_page_freeze(bms_page *page, uint32_t row, uint32_t column);

/** No grid lines, on screen and paper. */
void bms_page_plain(bms_page *page);

void bms_page_hide(bms_page *page);

/** Show this page, with this cell selected, when the workbook is opened. */
void bms_page_open_at(bms_page *page, uint32_t row, uint32_t column);

void bms_page_tab_colour(bms_page *page, bms_ink colour);

/** Only unlocked cells can be edited; no password; columns and rows can be resized. */
void bms_page_protect(bms_page *page);

/** Put filter buttons on a heading row. @param range heading row and the rows below it */
void bms_page_filter(bms_page *page, bms_range range);

/** How a sheet is printed: A4, always one page wide. Texts may be NULL. */
typedef struct bms_page_paper {
    bool landscape;
    bool one_page; /* one page high as well */
    bool repeat;   /* rows repeat_from to repeat_to are on top of every page */
    uint32_t repeat_from;
    uint32_t repeat_to;
    const char *header;       /* to the left */
    const char *footer;       /* to the left */
    const char *page_numbers; /* footer to the right: "Page {page} of {pages}" */
} bms_page_paper;

void bms_page_paper_set(bms_page *page, const bms_page_paper *paper);

/** What a cell shows when it is selected, and does with a wrong value. Texts may be NULL, and are cut. */
typedef struct bms_page_prompt {
    const char *title;   /* at most 32 characters */
    const char *message; /* at most 255 */
    const char *refusal; /* shown for a wrong value; at most 255 */
    bool strict;         /* refuse a wrong value; otherwise it can be kept after a warning */
} bms_page_prompt;

/** The cells take a value of a list in other cells. @param list from bms_page_reference */
void bms_page_choose(bms_page *page, bms_range range, const char *list, const bms_page_prompt *prompt);

/** The cells take numbers. */
void bms_page_take_numbers(bms_page *page, bms_range range, const bms_page_prompt *prompt);

/** The cells take dates. */
void bms_page_take_days(bms_page *page, bms_range range, const bms_page_prompt *prompt);

/** The cells take anything; only the message is shown. */
void bms_page_take_any(bms_page *page, bms_range range, const bms_page_prompt *prompt);

/**
 * Where the formula (for the range's first cell) is true, the cells get fill, ink, bold and number format of
 * the style. Earlier conditions win; one with a number format alone leaves the colours to later ones.
 */
void bms_page_when(bms_page *page, bms_range range, const char *formula, const bms_style *style);

/** The most ranges that one condition can be for. */
enum { BMS_MOST_RANGES = 100 };

/** As bms_page_when, for at most BMS_MOST_RANGES ranges; the formula is for the first cell of the first. */
void bms_page_when_apart(bms_page *page, const bms_range *ranges, size_t n, const char *formula,
                         const bms_style *style);

/** @return a range from its corners. */
static inline bms_range bms_range_of(uint32_t first_row, uint32_t first_column, uint32_t last_row,
                                     uint32_t last_column) {
    return (bms_range){first_row, first_column, last_row, last_column};
}

#endif
