/** Writes cells with two kinds of letters: a text and a note after it (see book.h). */
#include "xlsx/write/book_inside.h"

#include <string.h>

void bms_page_noted(bms_page *page, uint32_t row, uint32_t column, const bms_style *style, const char *text,
                    const bms_style *note_style, const char *note) {
    if (!note || !*note || !text || !*text) {
        bms_page_text(page, row, column, style, text && *text ? text : note);
        return;
    }
    if (!bms_page_ready(page))
        return;
    char *first = bms_book_writable(page->book, bms_book_clean_text(page->book, text));
    char *second = bms_book_writable(page->book, bms_book_clean_text(page->book, note));
    if (!bms_page_ready(page))
        return;
    bms_style plain = style ? *style : (bms_style){0}; /* fill and edges are the cell's, not the letters' */
    bms_style letters = {.size = plain.size, .ink = plain.ink, .bold = plain.bold, .italic = plain.italic};
    lxw_rich_string_tuple before = {.format = bms_book_format(page->book, &letters), .string = first};
    lxw_rich_string_tuple behind = {.format = bms_book_format(page->book, note_style), .string = second};
    lxw_rich_string_tuple *both[] = {&before, &behind, NULL};
    lxw_format *format = bms_book_format(page->book, &plain);
    page->book->room += 512 + (strlen(first) + strlen(second)) * 2;
    bms_book_check(page->book, worksheet_write_rich_string(page->sheet, row, (lxw_col_t)column, both, format),
                   "text");
}
