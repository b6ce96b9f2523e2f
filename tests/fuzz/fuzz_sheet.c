/**
 * Fuzz target: one part of an otherwise sound workbook. The first byte says which: the sheet, the shared
 * strings, the styles, the workbook part, its relationships. The container is made around it, so that its
 * checksums are right.
 */
#include "tests/unit/xlsx/read/made_zip.h"

#include "xlsx/read/workbook.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define LINKS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"

/** The parts of a small workbook; the first five can be replaced. */
static const struct member usual[] = {
    {.name = "xl/worksheets/sheet1.xml",
     .content = "<worksheet xmlns='" MAIN
                "'><sheetData><row><c t='s' s='1'><v>0</v></c></row></sheetData></worksheet>"},
    {.name = "xl/sharedStrings.xml", .content = "<sst xmlns='" MAIN "'><si><t>a</t></si></sst>"},
    {.name = "xl/styles.xml",
     .content = "<styleSheet xmlns='" MAIN "'><cellXfs><xf/><xf numFmtId='14'/></cellXfs></styleSheet>"},
    {.name = "xl/workbook.xml",
     .content = "<workbook xmlns='" MAIN "' xmlns:r='" LINKS
                "'><sheets><sheet name='S' r:id='rId1'/></sheets></workbook>"},
    {.name = "xl/_rels/workbook.xml.rels",
     .content = "<Relationships xmlns='" PACKAGE "relationships'><Relationship Id='rId1' Type='" LINKS
                "/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"},
    {.name = "[Content_Types].xml",
     .content =
         "<Types xmlns='" PACKAGE "content-types'><Override PartName='/xl/workbook.xml' "
         "ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/"
         "><Override "
         "PartName='/xl/sharedStrings.xml' "
         "ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml'/"
         "><Override "
         "PartName='/xl/styles.xml' "
         "ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml'/></Types>"},
};

enum { PARTS = sizeof usual / sizeof *usual, REPLACEABLE = 5 };

static bool take(void *context, const bms_cell *cell) {
    uint64_t *cells = context;
    return ++*cells < 1000000 && cell->row < BMS_MAX_ROWS;
}

static void read_all(const struct bytes *file) {
    bms_workbook *workbook = NULL;
    bms_error error = {0};
    uint64_t cells = 0;
    const bms_source source = {.name = "fuzz", .bytes = file->at, .size = file->size};
    if (bms_workbook_open(&workbook, &source, NULL, "nn", &error) == BMS_OK) {
        bms_arena *arena = bms_arena_new();
        const bms_sheet *sheet = NULL;
        if (bms_workbook_read(workbook, 0, take, &cells, NULL, &error) == BMS_OK && cells < 10000 &&
            bms_sheet_load(&sheet, workbook, 0, arena, &error) != BMS_OK)
            abort(); /* what can be read once can be read again */
        bms_arena_free(arena);
    }
    bms_workbook_free(workbook);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (size < 2)
        return 0;
    struct member members[PARTS];
    memcpy(members, usual, sizeof usual);
    struct member *replaced = &members[bytes[0] % REPLACEABLE];
    replaced->content = bytes + 1;
    replaced->size = size - 1;
    struct bytes file = make_zip(members, PARTS);
    read_all(&file);
    free(file.at);
    return 0;
}
