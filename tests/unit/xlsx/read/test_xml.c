/** The XML of the parts: namespaces, encodings, and what is refused in it. */
#include "tests/unit/xlsx/read/made_workbook.h"

#define STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define STRICT_LINKS "http://purl.oclc.org/ooxml/officeDocument/relationships"

static void any_prefix_is_read(void **state) {
    (void)state;
    assert_cells(
        &(struct book){
            .sheet = "<x:worksheet xmlns:x='" MAIN "'><x:sheetData><x:row r='1'><x:c r='A1' t='s'><x:v>0"
                     "</x:v></x:c><x:c r='B1' t='inlineStr'><x:is><x:r><x:t>b</x:t></x:r></x:is></x:c>"
                     "</x:row></x:sheetData></x:worksheet>",
            .strings = "<ss:sst xmlns:ss='" MAIN "'><ss:si><ss:t>a</ss:t></ss:si></ss:sst>",
            .workbook = "<w:workbook xmlns:w='" MAIN "' xmlns:rel='" LINKS "'><w:sheets><w:sheet name='S' "
                        "rel:id='rId1'/></w:sheets></w:workbook>",
            .styles = "<q:styleSheet xmlns:q='" MAIN "'/>"},
        "A1 s a; B1 s b");
}

static void the_strict_namespaces_are_read(void **state) {
    (void)state;
    assert_cells(
        &(struct book){
            .sheet = "<worksheet xmlns='" STRICT
                     "'><sheetData><row><c t='s'><v>0</v></c></row></sheetData></worksheet>",
            .strings = "<sst xmlns='" STRICT "'><si><t>a</t></si></sst>",
            .workbook = "<workbook xmlns='" STRICT "' xmlns:r='" STRICT_LINKS
                        "' conformance='strict'><sheets><sheet name='S' r:id='rId1'/></sheets></workbook>",
            .root_links =
                "<Relationships xmlns='" PACKAGE_LINKS "'><Relationship Id='rId1' Type='" STRICT_LINKS
                "/officeDocument' Target='xl/workbook.xml'/></Relationships>",
            .links = "<Relationships xmlns='" PACKAGE_LINKS "'><Relationship Id='rId1' Type='" STRICT_LINKS
                     "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='" STRICT_LINKS
                     "/sharedStrings' Target='sharedStrings.xml'/></Relationships>"},
        "A1 s a");
}

static void another_namespace_is_refused(void **state) {
    (void)state;
    assert_refused(&(struct book){.sheet = "<worksheet><sheetData/></worksheet>"},
                   "does not hold what its name says");
    assert_refused(&(struct book){.sheet = "<html xmlns='" MAIN "'/>"}, "does not hold what its name says");
    assert_refused(&(struct book){.strings = "<sst/>"}, "xl/sharedStrings.xml does not hold");
    assert_refused(&(struct book){.styles = "<styles/>"}, "xl/styles.xml does not hold");
    assert_refused(&(struct book){.workbook = "<workbook/>"}, "xl/workbook.xml does not hold");
    assert_refused(&(struct book){.types = "<Types/>"}, "[Content_Types].xml does not hold");
    assert_refused(&(struct book){.links = "<Relationships/>"}, "xl/_rels/workbook.xml.rels does not hold");
}

static void a_byte_order_mark_is_accepted(void **state) {
    (void)state;
    assert_cells(
        &(struct book){.sheet =
                           "\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?><worksheet xmlns='" MAIN
                           "'><sheetData><row><c t='str'><v>\xC3\xA6</v></c></row></sheetData></worksheet>"},
        "A1 s æ");
}

/** ASCII as UTF-16 with a byte order mark. */
static struct bytes widen(const char *text, bool big_endian) {
    struct bytes out = {0};
    put(&out, big_endian ? "\xFE\xFF" : "\xFF\xFE", 2);
    for (; *text; text++)
        put(&out, (const char[]){big_endian ? 0 : *text, big_endian ? *text : 0}, 2);
    return out;
}

static void utf_16_is_read(void **state) {
    (void)state;
    const char *text = "<?xml version='1.0' encoding='UTF-16'?><worksheet xmlns='" MAIN
                       "'><sheetData><row><c t='str'><v>a\r\nb&#230;</v></c></row></sheetData></worksheet>";
    for (int big_endian = 0; big_endian < 2; big_endian++) {
        struct bytes sheet = widen(text, big_endian);
        assert_cells(&(struct book){.sheet = (char *)sheet.at, .sheet_size = sheet.size}, "A1 s a\r\nbæ");
        free(sheet.at);
    }
}

static void a_sheet_cut_in_half_is_refused(void **state) {
    (void)state;
    const char *whole =
        "<worksheet xmlns='" MAIN "'><sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c r='A2'>"
        "<v>2</v></c></row></sheetData></worksheet>";
    for (size_t size = 1; size < strlen(whole); size++)
        assert_refused(&(struct book){.sheet = whole, .sheet_size = size}, "xl/worksheets/sheet1.xml");
}

static void an_empty_part_is_refused(void **state) {
    (void)state;
    const struct member empty = {.name = "xl/worksheets/sheet1.xml", .content = ""};
    assert_refused(&(struct book){.sheet = "", .more = &empty, .n_more = 1}, "cut off");
}

static void malformed_xml_is_refused(void **state) {
    (void)state;
    assert_refused(&(struct book){.rows = "<row></c>"}, "not well-formed XML");
    assert_refused(&(struct book){.rows = "<row r=1/>"}, "not well-formed XML");
    assert_refused(&(struct book){.rows = "<row><c><v>&nbsp;</v></c></row>"}, "not well-formed XML");
    assert_refused(&(struct book){.rows = "<row><c><v>\x01</v></c></row>"}, "not well-formed XML");
    assert_refused(&(struct book){.rows = "<row><c t='str'><v>\xC3</v></c></row>"}, "not well-formed XML");
    assert_refused(&(struct book){.rows = "<x:row/>"}, "not well-formed XML");
    assert_refused(&(struct book){.styles = "<styleSheet xmlns='" MAIN "'>"}, "xl/styles.xml is cut off");
    assert_refused(&(struct book){.strings = "<sst xmlns='" MAIN "'><si><t>a"},
                   "xl/sharedStrings.xml is cut off");
}

static void a_document_type_is_refused_in_every_part(void **state) {
    (void)state;
#define DOCTYPE "<!DOCTYPE x [<!ENTITY a 'b'>]>"
    assert_refused(&(struct book){.sheet = DOCTYPE "<worksheet xmlns='" MAIN "'/>"}, "DOCTYPE");
    assert_refused(&(struct book){.strings = DOCTYPE "<sst xmlns='" MAIN "'/>"}, "DOCTYPE");
    assert_refused(
        &(struct book){.styles = "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><styleSheet xmlns='" MAIN "'/>"},
        "DOCTYPE");
    assert_refused(&(struct book){.workbook = DOCTYPE "<workbook xmlns='" MAIN "'/>"}, "DOCTYPE");
    assert_refused(&(struct book){.types = DOCTYPE "<Types/>"}, "DOCTYPE");
    assert_refused(&(struct book){.root_links = DOCTYPE "<Relationships/>"}, "DOCTYPE");
}

static void nesting_beyond_the_limit_is_refused(void **state) {
    (void)state;
    enum { DEEP = 200 };
    struct bytes rows = {0};
    for (int i = 0; i < DEEP; i++)
        put(&rows, "<a>", 3);
    for (int i = 0; i < DEEP; i++)
        put(&rows, "</a>", 4);
    assert_refused(&(struct book){.rows = (char *)rows.at}, "nests its elements deeper");
    free(rows.at);
}

static void a_tag_beyond_the_limit_is_refused(void **state) {
    (void)state;
    enum { LONG = 2 << 20 };
    struct bytes rows = {0};
    put_text(&rows, "<row a='");
    for (int i = 0; i < LONG; i += 8)
        put(&rows, "aaaaaaaa", 8);
    put_text(&rows, "'/>");
    assert_refused(&(struct book){.rows = (char *)rows.at}, "a tag longer than");
    free(rows.at);
}

static void a_text_beyond_the_limit_is_refused(void **state) {
    (void)state;
    enum { LONG = 2 << 20 };
    struct bytes text = {0};
    put_text(&text, "<row><c t='str'><v>");
    for (int i = 0; i < LONG; i += 8)
        put(&text, "aaaaaaaa", 8);
    put_text(&text, "</v></c></row>");
    assert_refused(&(struct book){.rows = (char *)text.at}, "cell A1 of sheet “Form” holds a text longer");
    free(text.at);
}

#define ALTERNATIVES "http://schemas.openxmlformats.org/markup-compatibility/2006"

static void of_alternative_contents_the_fallback_is_read(void **state) {
    (void)state;
    assert_cells(
        &(struct book){
            .sheet =
                "<worksheet xmlns='" MAIN "' xmlns:mc='" ALTERNATIVES
                "' xmlns:n='urn:new'><mc:AlternateContent><mc:Choice Requires='n'><sheetData><row><c><v>1"
                "</v></c></row></sheetData></mc:Choice><mc:Fallback><sheetData><row><c><v>2</v></c>"
                "</row></sheetData></mc:Fallback></mc:AlternateContent></worksheet>"},
        "A1 n 2");
}

static void comments_and_instructions_are_skipped(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = "<!-- <row/> --><row><?app x?><c><v>1<!-- 2 -->3</v></c></row>"},
                 "A1 n 13");
}

/** A workbook whose sheet begins with that declaration and has these bytes as a text. */
static struct bytes sheet_in(const char *declaration, const char *text) {
    char *before = join(declaration, "<worksheet xmlns='" MAIN "'><sheetData><row><c t='str'><v>", text);
    char *sheet = join(before, "</v></c></row></sheetData></worksheet>", "");
    struct bytes bytes = make_book(&(struct book){.sheet = sheet});
    free(before);
    free(sheet);
    return bytes;
}

static void assert_text_in(const char *declaration, const char *text, const char *expected) {
    struct bytes bytes = sheet_in(declaration, text);
    assert_bytes_give(&bytes, expected, false);
    free(bytes.at);
}

static void other_encodings_are_read_where_they_are_declared(void **state) {
    (void)state;
    assert_text_in("<?xml version='1.0' encoding='ISO-8859-1' standalone='no'?>\n", "bl\xE5", "A1 s blå");
    assert_text_in("<?xml version='1.0' encoding='Windows-1252'?>", "\x80 bl\xE5", "A1 s € blå");
    assert_text_in("<?xml version='1.0' encoding='utf8'?>", "€ blå 😀", "A1 s € blå 😀");
    assert_text_in("\xEF\xBB\xBF<?xml version=\"1.0\" encoding = \"UTF8\" ?>", "€ blå 😀", "A1 s € blå 😀");
}

static void bytes_that_an_encoding_does_not_have_are_refused(void **state) {
    (void)state;
    static const char *const broken[] = {"\xE5", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct bytes bytes = sheet_in("", broken[i]);
        assert_bytes_refused(&bytes, "not well-formed");
        free(bytes.at);
    }
    struct bytes cut = sheet_in("<?xml version='1.0' encoding='utf8'?>", "\xE5");
    assert_bytes_refused(&cut, "not well-formed");
    free(cut.at);
    struct bytes unknown = sheet_in("<?xml version='1.0' encoding='EBCDIC-NO'?>", "x");
    assert_bytes_refused(&unknown, "character encoding");
    free(unknown.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_prefix_is_read),
        cmocka_unit_test(the_strict_namespaces_are_read),
        cmocka_unit_test(another_namespace_is_refused),
        cmocka_unit_test(a_byte_order_mark_is_accepted),
        cmocka_unit_test(utf_16_is_read),
        cmocka_unit_test(a_sheet_cut_in_half_is_refused),
        cmocka_unit_test(an_empty_part_is_refused),
        cmocka_unit_test(malformed_xml_is_refused),
        cmocka_unit_test(a_document_type_is_refused_in_every_part),
        cmocka_unit_test(nesting_beyond_the_limit_is_refused),
        cmocka_unit_test(a_tag_beyond_the_limit_is_refused),
        cmocka_unit_test(a_text_beyond_the_limit_is_refused),
        cmocka_unit_test(of_alternative_contents_the_fallback_is_read),
        cmocka_unit_test(other_encodings_are_read_where_they_are_declared),
        cmocka_unit_test(bytes_that_an_encoding_does_not_have_are_refused),
        cmocka_unit_test(comments_and_instructions_are_skipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
