/**
 * Makes a workbook, names its sheets and writes the file (see book.h). Cells are in page.c, the rest of a
 * sheet in page_setup.c.
 */
#include "xlsx/write/book_inside.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/language.h"
#include "core/base/platform.h"
#include "core/base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* libxlsxwriter wants a name when the workbook is made; the real one is given when it is closed. */
static const char no_path_yet[] = "";

/* Bytes for what every workbook has besides its sheets. */
enum { SMALLEST_ROOM = 65536 };

/* What libxlsxwriter asks for at most in one call for a cell, a format or a sheet, and when it puts the file
 * together, sheets being written to disk. */
enum { ROOM_FOR_A_CALL = 192 << 10, ROOM_TO_CLOSE = 6 << 20 };

/** @return whether there is this much memory now; else the book has failed. */
static bool has_memory(bms_book *book, size_t size) {
    void *volatile room = malloc(size); /* volatile: a compiler may leave out what is only freed again */
    const bool enough = room;
    free(room);
    if (!enough)
        bms_book_no_memory(book);
    return enough;
}

bool bms_book_ready(bms_book *book) {
    return book && book->failed == BMS_OK && !bms_arena_failed(book->arena) &&
           has_memory(book, ROOM_FOR_A_CALL);
}

static void set_about(bms_book *book, const bms_book_about *about) {
    lxw_doc_properties properties = {0};
    properties.title = bms_book_writable(book, bms_book_cut(book, about->title ? about->title : "", 255));
    properties.author = bms_book_writable(book, bms_book_cut(book, about->author ? about->author : "", 255));
    properties.created = (time_t)about->made_at;
    if (!bms_arena_failed(book->arena))
        bms_book_check(book, workbook_set_properties(book->workbook, &properties), "properties");
}

/** Column widths are counted in digits of the workbook's own font, which is that of the first format. */
static void set_usual_font(bms_book *book) {
    lxw_format *first = STAILQ_FIRST(book->workbook->formats);
    if (!first)
        return;
    format_set_font_name(first, BMS_FONT);
    format_set_font_size(first, BMS_USUAL_SIZE);
}

bms_book *bms_book_new(const bms_book_about *about) {
    bms_arena *arena = bms_arena_new();
    if (!arena)
        return NULL;
    bms_book *book = bms_arena_alloc(arena, sizeof *book);
    if (book) {
        book->arena = arena;
        book->last_page = &book->pages;
        book->language = bms_language_of(about->language)->code;
        book->workbook = bms_book_ready(book) ? workbook_new(no_path_yet) : NULL;
    }
    if (!book || !book->workbook) {
        bms_book_discard(book);
        if (!book)
            bms_arena_free(arena);
        return NULL;
    }
    set_usual_font(book);
    set_about(book, about);
    return book;
}

void bms_book_discard(bms_book *book) {
    if (!book)
        return;
    if (book->workbook)
        lxw_workbook_free(book->workbook);
    bms_arena_free(book->arena); /* the book itself is in it */
}

bms_arena *bms_book_arena(bms_book *book) {
    return book ? book->arena : NULL;
}

void bms_book_fail(bms_book *book, enum bms_status status, const char *what) {
    if (book->failed != BMS_OK)
        return;
    book->failed = status;
    book->what = what;
}

void bms_book_no_memory(bms_book *book) {
    if (book)
        bms_book_fail(book, BMS_NO_MEMORY, NULL);
}

void bms_book_check(bms_book *book, lxw_error answer, const char *what) {
    if (answer == LXW_ERROR_MEMORY_MALLOC_FAILED) {
        bms_book_no_memory(book);
    } else if (answer == LXW_ERROR_CREATING_TMPFILE) {
        bms_book_fail(book, BMS_NOT_WRITABLE, what);
    } else if (answer != LXW_NO_ERROR) {
        bms_book_fail(book, BMS_INTERNAL, what);
    }
}

/** Copy a name so that the format allows it. */
static void allowed_name(const char *name, size_t most, char out[BMS_NAME_SIZE]) {
    size_t characters = 0;
    size_t at = 0;
    for (const char *c = name; *c; c++) {
        const bool starts = ((unsigned char)*c & 0xC0) != 0x80;
        if (starts && characters++ == most)
            break;
        if (at + 5 >= BMS_NAME_SIZE && starts)
            break;
        out[at++] = strchr("[]:*?/\\", *c) || (unsigned char)*c < ' ' ? ' ' : *c;
    }
    while (at > 0 && (out[at - 1] == '\'' || out[at - 1] == ' '))
        at--;
    out[at] = '\0';
    if (out[0] == '\'')
        out[0] = ' ';
    if (at == 0)
        memcpy(out, "1", 2);
}

static bool name_is_taken(const bms_book *book, const char *name) {
    for (const bms_page *page = book->pages; page; page = page->next) {
        if (bms_text_same(page->name, name))
            return true;
    }
    return false;
}

static void choose_name(bms_book *book, const char *wanted, char out[BMS_NAME_SIZE]) {
    const char *clean = bms_book_cut(book, wanted, 200);
    allowed_name(clean, 31, out);
    for (int n = 2; name_is_taken(book, out); n++) {
        char shorter[BMS_NAME_SIZE];
        allowed_name(clean, 25, shorter);
        const char *numbered = bms_arena_format(book->arena, "%s (%d)", shorter, n);
        memcpy(out, numbered, strlen(numbered) + 1);
    }
}

/** @return `'name'!` with quotes inside doubled. */
static const char *quoted_name(bms_arena *arena, const char *name) {
    char *quoted = bms_arena_alloc(arena, strlen(name) * 2 + 4);
    if (!quoted)
        return "";
    char *end = quoted;
    *end++ = '\'';
    for (; *name; name++) {
        if (*name == '\'')
            *end++ = '\'';
        *end++ = *name;
    }
    memcpy(end, "'!", 3);
    return quoted;
}

bms_page *bms_book_add_page(bms_book *book, const char *name) {
    bms_page *page = bms_book_ready(book) ? bms_arena_alloc(book->arena, sizeof *page) : NULL;
    if (!page)
        return NULL;
    page->book = book;
    choose_name(book, name, page->name);
    page->quoted = quoted_name(book->arena, page->name);
    page->sheet = bms_arena_failed(book->arena) ? NULL : workbook_add_worksheet(book->workbook, page->name);
    if (!page->sheet) {
        bms_book_no_memory(book);
        return NULL;
    }
    worksheet_set_paper(page->sheet, 9); /* A4 */
    worksheet_fit_to_pages(page->sheet, 1, 0);
    *book->last_page = page;
    book->last_page = &page->next;
    return page;
}

static void set_columns(bms_page *page) {
    for (size_t i = 0; i < page->n_columns; i++) {
        const bms_page_column *column = &page->columns[i];
        if (column->width <= 0 && !column->hidden)
            continue;
        double width = column->width > 0 ? column->width : LXW_DEF_COL_WIDTH;
        lxw_row_col_options options = {.hidden = column->hidden};
        lxw_error answer =
            worksheet_set_column_opt(page->sheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL, &options);
        bms_book_check(page->book, answer, "column width");
    }
}

static void set_heights(bms_page *page) {
    for (size_t row = 0; row < page->n_heights; row++) {
        if (page->heights[row] > 0) {
            bms_book_check(
                page->book,
                worksheet_set_row(page->sheet, (lxw_row_t)row, fmin(page->heights[row], 409), NULL),
                "row height");
        }
    }
}

static enum bms_status fail_to_write(const bms_book *book, const char *path, bms_error *error) {
    return bms_error_set(error, BMS_NOT_WRITABLE, path,
                         bms_tr(book->language, BMS_TEXT("The file cannot be written. Is the disk full?")));
}

static enum bms_status report_failure(const bms_book *book, const char *path, bms_error *error) {
    if (book->failed == BMS_NO_MEMORY)
        return bms_error_no_memory(error);
    if (book->failed == BMS_NOT_WRITABLE)
        return fail_to_write(book, path, error);
    const char *message =
        bms_message(book->arena, bms_tr(book->language, BMS_TEXT("The workbook could not be made ({what}).")),
                    "what", book->what ? book->what : "?", NULL);
    bms_error_set(error, book->failed, path, message);
    return bms_error_of_arena(book->failed, book->arena, error);
}

/** Let libxlsxwriter write to `temporary`. It frees its workbook whatever happens. */
static enum bms_status assemble(bms_book *book, const char *temporary) {
    char *name = malloc(strlen(temporary) + 1);
    if (!name)
        return BMS_NO_MEMORY;
    memcpy(name, temporary, strlen(temporary) + 1);
    free(book->workbook->filename);
    book->workbook->filename = name;
    lxw_workbook *workbook = book->workbook;
    const int64_t date = (int64_t)workbook->properties->created;
    book->workbook = NULL;
    void *numbers = bms_platform_numbers_begin(); /* a decimal comma would break the file */
    bms_platform_date_begin(date);
    lxw_error answer = workbook_close(workbook);
    bms_platform_date_end();
    bms_platform_numbers_end(numbers);
    if (answer == LXW_NO_ERROR)
        return BMS_OK;
    return answer == LXW_ERROR_MEMORY_MALLOC_FAILED ? BMS_NO_MEMORY : BMS_NOT_WRITABLE;
}

/** The folder of a path, for libxlsxwriter's temporary files when the system has no room elsewhere. */
static char *folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + (slash == path) : 1;
    char *folder = malloc(length + 1);
    if (!folder)
        return NULL;
    memcpy(folder, slash ? path : ".", length);
    folder[length] = '\0';
    return folder;
}

/**
 * Where sheets are put together before they are packed. libxlsxwriter does not report when that disk is full,
 * and prints when it cannot write there, so the room is tried first.
 */
static bool choose_scratch(bms_book *book, const char *path) {
    char *folder = bms_platform_scratch_folder(book->room);
    if (!folder)
        folder = folder_of(path);
    book->workbook->options.tmpdir = folder; /* libxlsxwriter frees it */
    return folder;
}

static enum bms_status write_file(bms_book *book, const char *path, bms_error *error) {
    char *temporary = NULL;
    enum bms_status status =
        bms_platform_temporary(path, 2 * book->room + SMALLEST_ROOM, book->language, &temporary, error);
    if (status != BMS_OK)
        return status;
    const bool possible = choose_scratch(book, path) && has_memory(book, ROOM_TO_CLOSE);
    status = possible ? assemble(book, temporary) : BMS_NO_MEMORY;
    if (status == BMS_OK) {
        status = bms_platform_rename(temporary, path, book->language, error);
    } else if (status == BMS_NO_MEMORY) {
        bms_error_no_memory(error);
    } else {
        (void)fail_to_write(book, path, error);
    }
    if (status != BMS_OK)
        bms_platform_remove(temporary);
    free(temporary);
    return status;
}

enum bms_status bms_book_close(bms_book *book, const char *path, bms_error *error) {
    if (!book)
        return bms_error_no_memory(error);
    for (bms_page *page = book->pages; page && bms_book_ready(book); page = page->next) {
        set_columns(page);
        set_heights(page);
    }
    if (bms_arena_failed(book->arena))
        bms_book_no_memory(book);
    enum bms_status status =
        book->failed != BMS_OK ? report_failure(book, path, error) : write_file(book, path, error);
    bms_book_discard(book);
    return status;
}
