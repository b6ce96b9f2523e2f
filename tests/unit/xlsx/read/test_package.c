/** The zip container: what is refused in it, and how its members are found. */
#include "tests/unit/xlsx/read/made_workbook.h"

static void refuse_with(const struct member *more, const char *cause) {
    assert_refused(&(struct book){.more = more, .n_more = 1}, cause);
}

static void a_name_that_occurs_twice_is_refused(void **state) {
    (void)state;
    refuse_with(&(struct member){.name = "xl/workbook.xml", .content = "x"}, "twice");
    refuse_with(&(struct member){.name = "xl\\workbook.xml", .content = "x"}, "twice");
    refuse_with(&(struct member){.name = "/xl/workbook.xml", .content = "x"}, "twice");
}

static void an_encrypted_member_is_refused(void **state) {
    (void)state;
    refuse_with(&(struct member){.name = "secret.xml", .content = "x", .flags = 1}, "encrypted");
}

static void other_packings_than_stored_and_deflate_are_refused(void **state) {
    (void)state;
    refuse_with(&(struct member){.name = "a.xml", .content = "x", .method = 12}, "packed in a way");
    refuse_with(&(struct member){.name = "a.xml", .content = "x", .method = 9}, "packed in a way");
}

/** A deflate stream of one stored block. */
static const unsigned char deflated[] = {1, 5, 0, 0xFA, 0xFF, '<', 'a', '/', '>', '\n'};

static void a_part_that_would_unpack_to_too_much_is_refused(void **state) {
    (void)state;
    const struct member big = {.name = "big.xml",
                               .content = deflated,
                               .size = sizeof deflated,
                               .method = 8,
                               .claim_size = UINT32_C(0x80000001)};
    const struct member dense = {.name = "dense.xml",
                                 .content = deflated,
                                 .size = sizeof deflated,
                                 .method = 8,
                                 .claim_size = 65 << 20};
    refuse_with(&big, "unpacks to more");
    refuse_with(&dense, "unpacks to more");
    struct member three[3] = {{.content = deflated, .size = sizeof deflated, .method = 8}};
    const char *names[] = {"a", "b", "c"};
    for (int i = 0; i < 3; i++) {
        three[i] = three[0];
        three[i].name = names[i];
        three[i].claim_size = 60 << 20; /* small enough one by one */
    }
    assert_cells(&(struct book){.rows = "<row><c><v>1</v></c></row>", .more = three, .n_more = 3}, "A1 n 1");
}

/** A sheet given as the only copy, with a header of its own. */
static void assert_sheet_refused(struct member sheet, const char *cause) {
    char *content = join("<worksheet xmlns='" MAIN "'><sheetData><row><c><v>1</v></c></row>", "</sheetData>",
                         "</worksheet>");
    sheet.name = "xl/worksheets/sheet1.xml";
    if (!sheet.content)
        sheet.content = content;
    assert_refused(&(struct book){.sheet = "", .more = &sheet, .n_more = 1}, cause);
    free(content);
}

static void a_wrong_checksum_is_refused(void **state) {
    (void)state;
    assert_sheet_refused((struct member){.spoil_crc = 1}, "checksum is wrong");
}

static void a_part_of_another_size_than_claimed_is_refused(void **state) {
    (void)state;
    assert_sheet_refused((struct member){.claim_size = 7}, "damaged");
    assert_sheet_refused((struct member){.claim_size = 7000}, "damaged");
    assert_sheet_refused(
        (struct member){.content = deflated, .size = sizeof deflated, .method = 8, .claim_size = 2},
        "damaged");
    assert_sheet_refused(
        (struct member){.content = deflated, .size = sizeof deflated, .method = 8, .claim_size = 6},
        "damaged");
}

static void a_part_that_cannot_be_unpacked_is_refused(void **state) {
    (void)state;
    assert_sheet_refused((struct member){.content = "\xFF\xFF\xFF", .method = 8}, "cannot be unpacked");
}

static void a_file_cut_anywhere_is_refused(void **state) {
    (void)state;
    struct bytes whole = make_book(&(struct book){.rows = "<row><c><v>1</v></c></row>"});
    for (size_t size = 4; size < whole.size; size += 7) {
        struct bytes cut = {whole.at, size, size};
        assert_bytes_refused(&cut, "");
    }
    free(whole.at);
}

static void a_byte_changed_anywhere_never_gives_other_cells(void **state) {
    (void)state;
    struct bytes whole = make_book(&(struct book){.rows = "<row><c><v>1234</v></c></row>"});
    for (size_t i = 0; i < whole.size; i++) {
        struct dump dump = {0};
        whole.at[i] ^= 0x10;
        if (dump_bytes(&whole, &dump, NULL) == BMS_OK && strcmp((char *)dump.text.at, "A1 n 1234") != 0)
            fail_msg("byte %zu changed, and the cells were “%s”", i, (char *)dump.text.at);
        free(dump.text.at);
        whole.at[i] ^= 0x10;
    }
    free(whole.at);
}

static const char moved_links[] =
    "<Relationships xmlns='" PACKAGE_LINKS "'>"
    "<Relationship Id='rId1' Type='" LINKS "/worksheet' Target='%s'/></Relationships>";

/** The sheet is at `name` in the container, and the workbook's relationship says `target`. */
static void assert_found(const char *name, const char *target) {
    char links[1024];
    (void)snprintf(links, sizeof links, moved_links, target);
    const struct member sheet = {.name = name,
                                 .content = "<worksheet xmlns='" MAIN
                                            "'><sheetData><row><c><v>7</v></c></row></sheetData>"
                                            "</worksheet>"};
    assert_cells(&(struct book){.sheet = "", .links = links, .more = &sheet, .n_more = 1}, "A1 n 7");
}

static void parts_are_found_wherever_relationships_lead(void **state) {
    (void)state;
    assert_found("xl/worksheets/sheet1.xml", "worksheets/sheet1.xml");
    assert_found("xl/worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml");
    assert_found("xl/sheets/one.xml", "./sheets/../sheets/one.xml");
    assert_found("other/one.xml", "../other/one.xml");
    assert_found("one.xml", "../../one.xml");
    assert_found("xl/Worksheets/Sheet1.XML", "worksheets/sheet1.xml");
    assert_found("xl\\worksheets\\sheet1.xml", "worksheets/sheet1.xml");
    assert_found("/xl/worksheets/sheet1.xml", "worksheets\\sheet1.xml");
    assert_found("xl/my sheet.xml", "my%20sheet.xml");
}

static void a_target_that_counts_from_the_top_is_found_where_nothing_else_is_meant(void **state) {
    (void)state;
    assert_found("xl/worksheets/one.xml", "xl/worksheets/one.xml");
    char links[1024];
    (void)snprintf(links, sizeof links, moved_links, "xl/worksheets/one.xml");
    const struct member sheets[] = {{.name = "xl/worksheets/one.xml", .content = "<worksheet/>"},
                                    {.name = "xl/xl/worksheets/one.xml",
                                     .content = "<worksheet xmlns='" MAIN
                                                "'><sheetData><row><c><v>7</v></c></row></sheetData>"
                                                "</worksheet>"}};
    assert_cells(&(struct book){.sheet = "", .links = links, .more = sheets, .n_more = 2}, "A1 n 7");
    const struct member elsewhere = {.name = "worksheets/one.xml", .content = "<worksheet/>"};
    (void)snprintf(links, sizeof links, moved_links, "../x/worksheets/one.xml");
    assert_refused(&(struct book){.sheet = "", .links = links, .more = &elsewhere, .n_more = 1},
                   "are missing");
}

static void of_two_names_that_differ_in_case_the_exact_one_is_read(void **state) {
    (void)state;
    const struct member sheets[] = {
        {.name = "xl/worksheets/SHEET1.xml", .content = "<worksheet/>"},
        {.name = "xl/worksheets/Sheet1.xml", .content = "<worksheet/>"},
    };
    assert_cells(&(struct book){.rows = "<row><c><v>7</v></c></row>", .more = sheets, .n_more = 2}, "A1 n 7");
}

static void the_workbook_may_be_anywhere(void **state) {
    (void)state;
    const struct member members[] = {
        {.name = "[Content_Types].xml",
         .content = "<Types xmlns='" CONTENT_TYPES "'><Default Extension='xml' ContentType='" TYPE
                    "sheet.main+xml'/></Types>"},
        {.name = "_rels/.rels",
         .content = "<Relationships xmlns='" PACKAGE_LINKS "'><Relationship Id='a' Type='" LINKS
                    "/officeDocument' Target='/book.xml'/></Relationships>"},
        {.name = "book.xml",
         .content = "<workbook xmlns='" MAIN "' xmlns:r='" LINKS
                    "'><sheets><sheet name='S' r:id='x'/></sheets></workbook>"},
        {.name = "_rels/book.xml.rels",
         .content = "<Relationships xmlns='" PACKAGE_LINKS "'><Relationship Id='x' Type='" LINKS
                    "/worksheet' Target='s.xml'/></Relationships>"},
        {.name = "s.xml",
         .content =
             "<worksheet xmlns='" MAIN "'><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>"},
    };
    struct bytes bytes = make_zip(members, sizeof members / sizeof *members);
    assert_bytes_give(&bytes, "A1 n 7", false);
    free(bytes.at);
}

static void without_relationships_the_content_types_lead_to_the_workbook(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = "<row><c><v>7</v></c></row>", .root_links = ""}, "A1 n 7");
}

static void a_sheet_whose_part_is_missing_is_refused(void **state) {
    (void)state;
    assert_refused(&(struct book){.sheet = ""}, "contents of sheet “Form” are missing");
    assert_refused(&(struct book){.links = ""}, "contents of sheet “Form” are missing");
    assert_refused(&(struct book){.sheets = "<sheet name='Form'/>"}, "contents of sheet “Form” are missing");
    assert_refused(&(struct book){.sheets = "<sheet name='Form' r:id='rId9'/>"},
                   "contents of sheet “Form” are missing");
    char outside[1024];
    (void)snprintf(outside, sizeof outside, moved_links,
                   "http://example.org/sheet1.xml' TargetMode='External");
    assert_refused(&(struct book){.links = outside}, "contents of sheet “Form” are missing");
}

static void a_zip_file_without_content_types_is_no_workbook(void **state) {
    (void)state;
    assert_refused(&(struct book){.types = ""}, "[Content_Types].xml is missing");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_that_occurs_twice_is_refused),
        cmocka_unit_test(an_encrypted_member_is_refused),
        cmocka_unit_test(other_packings_than_stored_and_deflate_are_refused),
        cmocka_unit_test(a_part_that_would_unpack_to_too_much_is_refused),
        cmocka_unit_test(a_wrong_checksum_is_refused),
        cmocka_unit_test(a_part_of_another_size_than_claimed_is_refused),
        cmocka_unit_test(a_part_that_cannot_be_unpacked_is_refused),
        cmocka_unit_test(a_file_cut_anywhere_is_refused),
        cmocka_unit_test(a_byte_changed_anywhere_never_gives_other_cells),
        cmocka_unit_test(parts_are_found_wherever_relationships_lead),
        cmocka_unit_test(a_target_that_counts_from_the_top_is_found_where_nothing_else_is_meant),
        cmocka_unit_test(of_two_names_that_differ_in_case_the_exact_one_is_read),
        cmocka_unit_test(the_workbook_may_be_anywhere),
        cmocka_unit_test(without_relationships_the_content_types_lead_to_the_workbook),
        cmocka_unit_test(a_sheet_whose_part_is_missing_is_refused),
        cmocka_unit_test(a_zip_file_without_content_types_is_no_workbook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
