/** Files that are no .xlsx: each is told what it is, by its content and not by its name. */
#include "tests/unit/xlsx/read/made_workbook.h"

static void assert_told(const void *bytes, size_t size, const char *what) {
    struct bytes copy = {0};
    put(&copy, bytes, size);
    assert_bytes_refused(&copy, what);
    free(copy.at);
}

static void assert_text_told(const char *text, const char *what) {
    assert_told(text, strlen(text), what);
}

static void an_empty_file_and_one_of_zeros(void **state) {
    (void)state;
    static const unsigned char zeros[5000];
    assert_told("", 0, "the file is empty");
    assert_told(zeros, sizeof zeros, "nothing but zeros");
}

static void documents_of_other_kinds(void **state) {
    (void)state;
    assert_text_told("%PDF-1.7\n%\xE2\xE3", "PDF");
    assert_text_told("{\\rtf1\\ansi}", "RTF");
    assert_text_told("\x89PNG\r\n\x1A\n", "picture");
    assert_text_told("\xFF\xD8\xFF\xE0", "picture");
    assert_text_told("7z\xBC\xAF\x27\x1C", "archive");
    assert_text_told("<!DOCTYPE html>\n<HTML><body>", "web page");
    assert_text_told("<table><tr><td>1</td></tr></table>", "web page");
    assert_text_told("<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
                     "Excel 2003 XML");
    assert_text_told("<?xml version='1.0'?><a/>", "XML file");
    assert_text_told("a;b;c\n1;2;3\n", "CSV");
    assert_text_told("enhet,tall\n\xC3\xA6,1\n", "CSV");
    assert_told("\xFF\xFE\x61\x00", 4, "CSV");
    assert_told("\x01\x02\x03\x04\x05", 5, "no workbook");
    assert_told("\x09\x08\x10\x00\x00\x06", 6, "old Excel workbook");
}

static void what_lies_beside_workbooks(void **state) {
    (void)state;
    char lock[165];
    memset(lock, ' ', sizeof lock);
    lock[0] = 11;
    memcpy(lock + 1, "Kari Nordma", 11);
    assert_told(lock, sizeof lock, "lock file");
    assert_text_told(",kari,pc17,31.08.2026 12:00,file:///home/kari/.config/libreoffice/4;", "lock file");
    assert_text_told("[InternetShortcut]\r\nURL=https://x", "only a link");
    assert_text_told("{\"url\":\"https://docs.google.com/open?id=1\",\"doc_id\":\"1\"}", "only a link");
    assert_text_told("bplist00\xD4\x01", "only a link");
    assert_told("\x00\x05\x16\x07\x00\x02", 6, "macOS");
}

enum { SECTOR = 512 };

/** An OLE2 container whose directory holds the root and one more entry. */
static struct bytes make_compound(const char *name, bool far) {
    unsigned char bytes[SECTOR * 5] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    bytes[30] = 9;
    bytes[48] = 1;                                 /* the directory begins in sector 1 */
    memset(bytes + 76, 0xFF, (size_t)SECTOR - 76); /* the FAT is sector 0 alone */
    memset(bytes + 76, 0, 4);
    unsigned char *fat = bytes + SECTOR;
    memset(fat, 0xFF, SECTOR);
    fat[4] = far ? 3 : 0xFE; /* the directory goes on in sector 3, or ends */
    fat[5] = fat[6] = fat[7] = far ? 0 : 0xFF;
    fat[12] = 0xFE;
    unsigned char *entry = bytes + (size_t)SECTOR * (far ? 4 : 2);
    for (size_t i = 0; name[i]; i++)
        entry[2 * i] = (unsigned char)name[i];
    entry[64] = (unsigned char)(2 * strlen(name) + 2);
    struct bytes out = {0};
    put(&out, bytes, sizeof bytes);
    return out;
}

static void assert_compound_told(const char *name, const char *what) {
    for (int far = 0; far < 2; far++) {
        struct bytes bytes = make_compound(name, far);
        assert_bytes_refused(&bytes, what);
        free(bytes.at);
    }
}

static void an_ole2_container_is_told_by_its_directory(void **state) {
    (void)state;
    assert_compound_told("EncryptedPackage", "password or a sensitivity label");
    assert_compound_told("\006DataSpaces", "password or a sensitivity label");
    assert_compound_told("Workbook", "old Excel workbook (.xls)");
    assert_compound_told("Book", "old Excel workbook (.xls)");
    assert_compound_told("WordDocument", "old Office document");
    assert_compound_told("Something", "OLE2");
    assert_told("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "OLE2");
}

static void zip_files_that_are_no_workbooks(void **state) {
    (void)state;
    const struct {
        const char *name, *content, *what;
    } files[] = {
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet", ".ods"},
        {"mimetype", "application/vnd.oasis.opendocument.text", "OpenDocument file"},
        {"Index/Document.iwa", "x", "Apple Numbers"},
        {"photo.jpg", "x", "zip file"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const struct member member = {.name = files[i].name, .content = files[i].content};
        struct bytes bytes = make_zip(&member, 1);
        assert_bytes_refused(&bytes, files[i].what);
        free(bytes.at);
    }
}

static void office_files_of_other_kinds(void **state) {
    (void)state;
    const struct {
        const char *type, *what;
    } kinds[] = {
        {"application/vnd.ms-excel.sheet.binary.macroEnabled.main", ".xlsb"},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "Word"},
        {"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "PowerPoint"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char types[512];
        (void)snprintf(types, sizeof types,
                       "<Types xmlns='" CONTENT_TYPES
                       "'><Override PartName='/xl/workbook.xml' ContentType='%s'/></Types>",
                       kinds[i].type);
        assert_refused(&(struct book){.types = types}, kinds[i].what);
    }
}

static void a_workbook_with_macros_is_read_as_any_other(void **state) {
    (void)state;
    assert_cells(
        &(struct book){.types =
                           "<Types xmlns='" CONTENT_TYPES "'><Override PartName='/xl/workbook.xml' "
                           "ContentType='application/vnd.ms-excel.sheet.macroEnabled.main+xml'/></Types>",
                       .rows = "<row><c><v>1</v></c></row>",
                       .more = &(struct member){.name = "xl/vbaProject.bin", .content = "\xCC\x61"},
                       .n_more = 1},
        "A1 n 1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_and_one_of_zeros),
        cmocka_unit_test(documents_of_other_kinds),
        cmocka_unit_test(what_lies_beside_workbooks),
        cmocka_unit_test(an_ole2_container_is_told_by_its_directory),
        cmocka_unit_test(zip_files_that_are_no_workbooks),
        cmocka_unit_test(office_files_of_other_kinds),
        cmocka_unit_test(a_workbook_with_macros_is_read_as_any_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
