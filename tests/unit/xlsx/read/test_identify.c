/** Files that are no .xlsx: the message says what each is, by its content and not by its name. */
#include "tests/unit/xlsx/read/made_workbook.h"

#include <uchar.h>

static void assert_identified(const void *bytes, size_t size, const char *what) {
    struct bytes copy = {0};
    put(&copy, bytes, size);
    assert_bytes_refused(&copy, what);
    free(copy.at);
}

static void assert_text_identified(const char *text, const char *what) {
    assert_identified(text, strlen(text), what);
}

static void empty_files_and_files_of_zeros_are_identified(void **state) {
    (void)state;
    static const unsigned char zeros[5000];
    assert_identified("", 0, "the file is empty");
    assert_identified(zeros, sizeof zeros, "nothing but zeros");
}

static void documents_of_other_kinds_are_identified(void **state) {
    (void)state;
    assert_text_identified("%PDF-1.7\n%\xE2\xE3", "PDF");
    assert_text_identified("{\\rtf1\\ansi}", "RTF");
    assert_text_identified("\x89PNG\r\n\x1A\n", "picture");
    assert_text_identified("\xFF\xD8\xFF\xE0", "picture");
    assert_text_identified("7z\xBC\xAF\x27\x1C", "archive");
    assert_text_identified("<!DOCTYPE html>\n<HTML><body>", "web page");
    assert_text_identified("<table><tr><td>1</td></tr></table>", "web page");
    assert_text_identified(
        "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
        "Excel 2003 XML");
    assert_text_identified("<?xml version='1.0'?><a/>", "XML file");
    assert_text_identified("a;b;c\n1;2;3\n", "CSV");
    assert_text_identified("enhet,tall\n\xC3\xA6,1\n", "CSV");
    assert_identified("\xFF\xFE\x61\x00", 4, "CSV");
    assert_identified("\x01\x02\x03\x04\x05", 5, "not a workbook");
    assert_identified("\x09\x08\x10\x00\x00\x06", 6, "old Excel workbook");
}

static void pictures_of_all_kinds_are_identified(void **state) {
    (void)state;
#define REST "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
    assert_identified("GIF89a" REST, 26, "picture");
    assert_identified("RIFF\x10\0\0\0WEBPVP8 " REST, 36, "picture");
    assert_identified("\0\0\0\x18"
                      "ftypheic" REST,
                      32, "picture");
    assert_identified("\0\0\0\x18"
                      "ftypmif1" REST,
                      32, "picture");
    assert_identified("\0\0\0\x18"
                      "ftypavif" REST,
                      32, "picture");
    assert_identified("II*\0\x08\0\0\0" REST, 28, "picture");
    assert_identified("MM\0*\0\0\0\x08" REST, 28, "picture");
    assert_identified("BM\x36\x10\0\0\0\0\0\0\x36\0\0\0" REST, 34, "picture");
    assert_text_identified("BMI;tall;teller;nevner;enhet\n1;2;3;4;5\n", "CSV");
}

static void a_page_for_signing_in_is_no_other_page(void **state) {
    (void)state;
    assert_text_identified("<!DOCTYPE html><html><head><title>Logg inn</title></head></html>", "signing in");
    assert_text_identified("<html><form><input name=p type=\"password\"></form></html>", "signing in");
    assert_text_identified("<html><script src='https://LOGIN.microsoftonline.com/x'></script></html>",
                           "signing in");
    assert_text_identified("<html><body>Passord er ikke det samme som type</body></html>", "web page");
    assert_text_identified("passord;type=password\n", "CSV");
}

static void text_in_two_bytes_a_letter_is_text(void **state) {
    (void)state;
    static const char16_t little[] = u"Kode\tTall\nLIA\t1\n";
    static const char16_t page[] = u"<html><table><tr>";
    unsigned char big[sizeof little];
    for (size_t i = 0; i < sizeof little; i++)
        big[i] = ((const unsigned char *)little)[i ^ 1];
    assert_identified(little, sizeof little - 2, "CSV");
    assert_identified(big, sizeof big - 2, "CSV");
    assert_identified(page, sizeof page - 2, "web page");
}

static void a_mail_without_a_workbook_is_identified(void **state) {
    (void)state;
    assert_text_identified("From: a@b.no\r\nTo: c@d.no\r\nSubject: Skjema\r\n\r\nHei",
                           "saved mail in which no workbook");
}

static void lock_files_and_links_are_identified(void **state) {
    (void)state;
    char lock[165];
    memset(lock, ' ', sizeof lock);
    lock[0] = 11;
    memcpy(lock + 1, "Kari Nordma", 11);
    assert_identified(lock, sizeof lock, "lock file");
    assert_text_identified(",kari,pc17,31.08.2026 12:00,file:///home/kari/.config/libreoffice/4;",
                           "lock file");
    assert_text_identified("[InternetShortcut]\r\nURL=https://x", "only a link");
    assert_text_identified("{\"url\":\"https://docs.google.com/open?id=1\",\"doc_id\":\"1\"}", "only a link");
    assert_text_identified("bplist00\xD4\x01", "only a link");
    assert_identified("\x00\x05\x16\x07\x00\x02", 6, "macOS");
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

static void assert_compound_identified(const char *name, const char *what) {
    for (int far = 0; far < 2; far++) {
        struct bytes bytes = make_compound(name, far);
        assert_bytes_refused(&bytes, what);
        free(bytes.at);
    }
}

static void an_ole2_container_is_identified_by_its_directory(void **state) {
    (void)state;
    assert_compound_identified("EncryptedPackage", "password or a sensitivity label");
    assert_compound_identified("\006DataSpaces", "password or a sensitivity label");
    assert_compound_identified("Workbook", "old Excel workbook (.xls)");
    assert_compound_identified("Book", "old Excel workbook (.xls)");
    assert_compound_identified("WordDocument", "old Office document");
    assert_compound_identified("__properties_version1.0", "the form is an attachment in it");
    assert_compound_identified("Something", "OLE2");
    assert_identified("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "OLE2");
}

static void zip_files_that_are_no_workbooks_are_identified(void **state) {
    (void)state;
    const struct {
        const char *name, *content, *what;
    } files[] = {
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet", ".ods"},
        {"mimetype", "application/vnd.oasis.opendocument.text", "OpenDocument file"},
        {"Index/Document.iwa", "x", "Numbers, Pages or Keynote"},
        {"Index/Document.iwa", "x\x0A\x08\x01\x12\x05\x08\x90\x4E\x12", "Apple Pages document"},
        {"photo.jpg", "x", "zip file in which no workbook was found"},
        {"xl/workbook.xml", "x", "[Content_Types].xml is missing"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const struct member member = {.name = files[i].name, .content = files[i].content};
        struct bytes bytes = make_zip(&member, 1);
        assert_bytes_refused(&bytes, files[i].what);
        free(bytes.at);
    }
}

static void the_programs_of_apple_are_told_apart(void **state) {
    (void)state;
    static const char *const more[][2] = {{"Index/Slide-1.iwa", "Apple Keynote presentation"},
                                          {"Index/TemplateSlide-2.iwa", "Apple Keynote presentation"},
                                          {"Index/Tables/DataList.iwa", "Apple Numbers"},
                                          {"Index/CalculationEngine-1.iwa", "Apple Numbers"}};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        const struct member members[] = {{.name = "Index/Document.iwa", .content = "x"},
                                         {.name = more[i][0], .content = "x"}};
        struct bytes bytes = make_zip(members, 2);
        assert_bytes_refused(&bytes, more[i][1]);
        free(bytes.at);
    }
}

static void office_files_of_other_kinds_are_identified(void **state) {
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
        cmocka_unit_test(empty_files_and_files_of_zeros_are_identified),
        cmocka_unit_test(documents_of_other_kinds_are_identified),
        cmocka_unit_test(pictures_of_all_kinds_are_identified),
        cmocka_unit_test(a_page_for_signing_in_is_no_other_page),
        cmocka_unit_test(text_in_two_bytes_a_letter_is_text),
        cmocka_unit_test(a_mail_without_a_workbook_is_identified),
        cmocka_unit_test(the_programs_of_apple_are_told_apart),
        cmocka_unit_test(lock_files_and_links_are_identified),
        cmocka_unit_test(an_ole2_container_is_identified_by_its_directory),
        cmocka_unit_test(zip_files_that_are_no_workbooks_are_identified),
        cmocka_unit_test(office_files_of_other_kinds_are_identified),
        cmocka_unit_test(a_workbook_with_macros_is_read_as_any_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
