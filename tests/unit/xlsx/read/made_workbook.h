/**
 * Workbooks made from bytes, for tests of the reader: a zip container with stored members, and the parts of a
 * small workbook, any of which can be replaced.
 */
#ifndef BMS_MADE_WORKBOOK_H
#define BMS_MADE_WORKBOOK_H

#include "tests/unit/xlsx/read/made_zip.h"

#include "core/base/number.h"
#include "xlsx/read/workbook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define LINKS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE_LINKS "http://schemas.openxmlformats.org/package/2006/relationships"
#define CONTENT_TYPES "http://schemas.openxmlformats.org/package/2006/content-types"

/** A small workbook of one sheet. NULL gives the usual part, "" leaves it out. */
struct book {
    const char *rows;   /* inside <sheetData> */
    const char *before; /* inside <worksheet>, before the rows */
    const char *after;  /* and after them */
    const char *sheet;  /* the whole part, instead of these */
    size_t sheet_size;  /* where the part is not text */
    const char *items;  /* inside <sst> */
    const char *strings;
    const char *formats; /* inside <styleSheet> */
    const char *styles;
    const char *names; /* inside <workbook>, after the sheets */
    const char *sheets;
    const char *properties; /* inside <workbook>, before the sheets */
    const char *workbook;
    const char *links; /* of the workbook */
    const char *root_links;
    const char *types;
    const struct member *more;
    size_t n_more;
};

enum { MOST_MEMBERS = 24 };

static inline char *join(const char *a, const char *b, const char *c) {
    size_t size = strlen(a) + strlen(b) + strlen(c) + 1;
    char *text = malloc(size);
    assert_non_null(text);
    (void)snprintf(text, size, "%s%s%s", a, b, c);
    return text;
}

static inline const char *text_or(const char *text, const char *usual) {
    return text ? text : usual;
}

static inline char *make_sheet(const struct book *book) {
    char *before = join("<worksheet xmlns='" MAIN "'>", text_or(book->before, ""), "<sheetData>");
    char *after = join("</sheetData>", text_or(book->after, ""), "</worksheet>");
    char *sheet = join(before, text_or(book->rows, ""), after);
    free(before);
    free(after);
    return sheet;
}

static inline char *make_workbook_part(const struct book *book) {
    char *properties =
        join("<workbook xmlns='" MAIN "' xmlns:r='" LINKS "'>", text_or(book->properties, ""), "<sheets>");
    char *names = join("</sheets>", text_or(book->names, ""), "</workbook>");
    char *part =
        join(properties, text_or(book->sheets, "<sheet name='Form' sheetId='1' r:id='rId1'/>"), names);
    free(properties);
    free(names);
    return part;
}

#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."
static const char usual_types[] =
    "<Types xmlns='" CONTENT_TYPES "'><Default Extension='rels' ContentType='application/xml'/>"
    "<Override PartName='/xl/workbook.xml' ContentType='" TYPE "sheet.main+xml'/>"
    "<Override PartName='/xl/worksheets/sheet1.xml' ContentType='" TYPE "worksheet+xml'/></Types>";
static const char usual_root_links[] =
    "<Relationships xmlns='" PACKAGE_LINKS "'><Relationship Id='rId1' Type='" LINKS
    "/officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char usual_links[] =
    "<Relationships xmlns='" PACKAGE_LINKS "'>"
    "<Relationship Id='rId1' Type='" LINKS "/worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='rId2' Type='" LINKS "/sharedStrings' Target='sharedStrings.xml'/>"
    "<Relationship Id='rId3' Type='" LINKS "/styles' Target='styles.xml'/></Relationships>";

/** The bytes of the workbook; free them. */
static inline struct bytes make_book(const struct book *book) {
    char *sheet = make_sheet(book);
    char *strings = join("<sst xmlns='" MAIN "'>", text_or(book->items, ""), "</sst>");
    char *styles = join("<styleSheet xmlns='" MAIN "'>", text_or(book->formats, ""), "</styleSheet>");
    char *workbook = make_workbook_part(book);
    const struct member usual[] = {
        {.name = "[Content_Types].xml", .content = text_or(book->types, usual_types)},
        {.name = "_rels/.rels", .content = text_or(book->root_links, usual_root_links)},
        {.name = "xl/workbook.xml", .content = text_or(book->workbook, workbook)},
        {.name = "xl/_rels/workbook.xml.rels", .content = text_or(book->links, usual_links)},
        {.name = "xl/worksheets/sheet1.xml",
         .content = text_or(book->sheet, sheet),
         .size = book->sheet_size},
        {.name = "xl/sharedStrings.xml", .content = text_or(book->strings, strings)},
        {.name = "xl/styles.xml", .content = text_or(book->styles, styles)},
    };
    struct member members[MOST_MEMBERS];
    size_t n = 0;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (usual[i].size > 0 || *(const char *)usual[i].content)
            members[n++] = usual[i];
    for (size_t i = 0; i < book->n_more; i++)
        members[n++] = book->more[i];
    struct bytes out = make_zip(members, n);
    free(sheet);
    free(strings);
    free(styles);
    free(workbook);
    return out;
}

/** The cells of a sheet as text: "A1 n 1; B1 s text; …". */
struct dump {
    struct bytes text;
    bool details;
};

static inline void put_text(struct bytes *bytes, const char *text) {
    put(bytes, text, strlen(text));
}

static inline void put_details(struct bytes *out, const bms_cell *cell) {
    if (cell->has_formula) {
        put_text(out, " =");
        put_text(out, cell->formula ? cell->formula : "?");
    }
    if (cell->has_formula && !cell->has_result)
        put_text(out, " no-result");
    if (cell->number_format) {
        put_text(out, " [");
        put_text(out, cell->number_format);
        put_text(out, "]");
    }
    put_text(out, cell->is_date ? " date" : "");
    put_text(out, cell->is_per_cent ? " per-cent" : "");
    put_text(out, cell->hidden ? " hidden" : "");
}

static inline bool dump_cell(void *context, const bms_cell *cell) {
    struct dump *dump = context;
    char address[BMS_ADDRESS_SIZE];
    char number[32] = "";
    if (cell->kind == BMS_CELL_NUMBER || cell->kind == BMS_CELL_BOOLEAN)
        bms_number_shortest(cell->number, number);
    put_text(&dump->text, dump->text.size > 0 ? "; " : "");
    put_text(&dump->text, bms_address_write(cell->row, cell->column, address));
    put(&dump->text, (const char[]){' ', "?nsbe"[cell->kind], ' '}, cell->kind == BMS_CELL_BLANK ? 2 : 3);
    put_text(&dump->text, cell->text ? cell->text : number);
    if (dump->details)
        put_details(&dump->text, cell);
    return true;
}

/** Open the bytes and dump all sheets. @return the status; the text is freed by the caller */
static inline enum bms_status dump_bytes(const struct bytes *bytes, struct dump *dump, bms_error *error) {
    bms_workbook *workbook = NULL;
    const bms_source source = {.name = "skjema.xlsx", .bytes = bytes->at, .size = bytes->size};
    enum bms_status status = bms_workbook_open(&workbook, &source, NULL, "en", error);
    put(&dump->text, "", 0);
    for (size_t i = 0; !status && i < bms_workbook_sheet_count(workbook); i++)
        status = bms_workbook_read(workbook, i, dump_cell, dump, NULL, error);
    bms_workbook_free(workbook);
    return status;
}

static inline void assert_bytes_give(const struct bytes *bytes, const char *expected, bool details) {
    struct dump dump = {.details = details};
    bms_error error = {0};
    enum bms_status status = dump_bytes(bytes, &dump, &error);
    assert_string_equal(error.message, "");
    assert_int_equal(status, BMS_OK);
    assert_string_equal((char *)dump.text.at, expected);
    free(dump.text.at);
}

/** The workbook has exactly these cells. */
static inline void assert_cells(const struct book *book, const char *expected) {
    struct bytes bytes = make_book(book);
    assert_bytes_give(&bytes, expected, false);
    free(bytes.at);
}

/** The same with formulas, number formats and whether they are hidden. */
static inline void assert_details(const struct book *book, const char *expected) {
    struct bytes bytes = make_book(book);
    assert_bytes_give(&bytes, expected, true);
    free(bytes.at);
}

/** The bytes are refused with a message that names the file and contains `cause`. */
static inline void assert_bytes_refused(const struct bytes *bytes, const char *cause) {
    struct dump dump = {0};
    bms_error error = {0};
    enum bms_status status = dump_bytes(bytes, &dump, &error);
    free(dump.text.at);
    assert_int_equal(status, BMS_INPUT);
    assert_int_equal(error.code, BMS_INPUT);
    if (!strstr(error.message, "skjema.xlsx") || !strstr(error.message, cause))
        fail_msg("“%s” should name the file and “%s”", error.message, cause);
}

static inline void assert_refused(const struct book *book, const char *cause) {
    struct bytes bytes = make_book(book);
    assert_bytes_refused(&bytes, cause);
    free(bytes.at);
}

#endif
