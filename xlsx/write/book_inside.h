/**
 * What the files of this room share; for no one else.
 */
#ifndef BMS_XLSX_WRITE_BOOK_INSIDE_H
#define BMS_XLSX_WRITE_BOOK_INSIDE_H

#include "xlsx/write/book.h"

#include <xlsxwriter.h>

enum { BMS_NAME_SIZE = 31 * 4 + 1, BMS_LONGEST_TEXT = 32767 };

/** A style that has been made, in a chain of those with the same hash. */
typedef struct bms_made_style {
    struct bms_made_style *next;
    bms_style style; /* its number format is the book's own copy */
    bool bare;       /* for a condition: only what the style sets */
    lxw_format *format;
} bms_made_style;

enum { BMS_STYLE_CHAINS = 128 };

/** A column as it will be written. */
typedef struct bms_page_column {
    double width; /* 0: the default */
    bool hidden;
} bms_page_column;

struct bms_page {
    struct bms_page *next;
    bms_book *book;
    lxw_worksheet *sheet;
    char name[BMS_NAME_SIZE];
    const char *quoted; /* 'Skjema'! */
    bms_page_column *columns;
    size_t n_columns;
    size_t columns_capacity;
    double *heights; /* of rows; 0: the default, below 0: already set */
    size_t n_heights;
    size_t heights_capacity;
    double least_height; /* above 0: rows fit their wrapped texts */
};

struct bms_book {
    bms_arena *arena;
    lxw_workbook *workbook;
    const char *language;
    bms_page *pages;
    bms_page **last_page;
    bms_made_style *styles[BMS_STYLE_CHAINS];
    bms_made_style *last_style;
    enum bms_status failed; /* the first thing that went wrong */
    const char *what;       /* which call failed, for BMS_INTERNAL */
    uint64_t room;          /* bytes that the sheets take at most as XML */
};

/** @return the format of a style (NULL: the usual one); NULL when memory ran out. */
lxw_format *bms_book_format(bms_book *book, const bms_style *style);

/** @return the format of a condition, only with what the style sets; NULL when memory ran out. */
lxw_format *bms_book_condition(bms_book *book, const bms_style *style);

/** Remember a failure unless there is one already. */
void bms_book_fail(bms_book *book, enum bms_status status, const char *what);

/** Remember a failure that libxlsxwriter returned. */
void bms_book_check(bms_book *book, lxw_error answer, const char *what);

/**
 * @return whether the book can be written to: nothing has failed, and there is memory for the next call.
 *
 * libxlsxwriter does not always look whether it got the memory it asked for, and goes on with NULL. So it is
 * called only when there is enough.
 */
bool bms_book_ready(bms_book *book);

/** @return whether the page can be written to: it exists, and the book is ready. */
bool bms_page_ready(const bms_page *page);

/**
 * A text as the format can hold it: valid UTF-8 without control characters, `_x0041_` kept as it is, at most
 * 32 767 characters; `text` itself where it already is.
 */
const char *bms_book_clean_text(bms_book *book, const char *text);

/** @return at most `n` characters of a text. */
const char *bms_book_cut(bms_book *book, const char *text, size_t n);

/** @return a copy for libxlsxwriter, which takes many texts without const; NULL when memory ran out. */
char *bms_book_writable(bms_book *book, const char *text);

/** @return the column's settings, or NULL when memory ran out. */
bms_page_column *bms_page_column_at(bms_page *page, uint32_t column);

/** @return the height kept for a row, or NULL when memory ran out. */
double *bms_page_height_at(bms_page *page, uint32_t row);

#endif
