/** The zip directory: what real programs write is read, what contradicts itself is refused. */
#include "tests/unit/xlsx/read/made_workbook.h"

#define SHEET "xl/worksheets/sheet1.xml"
#define CELLS "<worksheet xmlns='" MAIN "'><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>"

/** A workbook whose sheet is this member. */
static struct bytes book_with(struct member sheet) {
    if (!sheet.name)
        sheet.name = SHEET;
    if (!sheet.content)
        sheet.content = CELLS;
    return make_book(&(struct book){.sheet = "", .more = &sheet, .n_more = 1});
}

static void assert_read(struct bytes bytes) {
    assert_bytes_give(&bytes, "A1 n 7", false);
    free(bytes.at);
}

static void assert_not_read(struct bytes bytes, const char *cause) {
    assert_bytes_refused(&bytes, cause);
    free(bytes.at);
}

static void sizes_may_come_after_the_bytes(void **state) {
    (void)state;
    assert_read(book_with((struct member){.sizes_behind = true}));
    assert_not_read(book_with((struct member){.sizes_behind = true, .spoil_crc = 1}), "checksum");
}

static void sizes_and_places_may_have_64_bits(void **state) {
    (void)state;
    assert_read(book_with((struct member){.wide = true}));
    assert_read(book_with((struct member){.wide = true, .sizes_behind = true}));
    assert_not_read(book_with((struct member){.wide = true, .claim_size = UINT64_C(1) << 40}),
                    "unpacks to more");
}

static void the_directory_may_have_64_bits(void **state) {
    (void)state;
    const struct member members[] = {
        {.name = "[Content_Types].xml", .content = usual_types, .wide = true},
        {.name = "xl/workbook.xml",
         .content = "<workbook xmlns='" MAIN "' xmlns:r='" LINKS
                    "'><sheets><sheet name='S' r:id='rId1'/></sheets></workbook>"},
        {.name = "xl/_rels/workbook.xml.rels", .content = usual_links, .sizes_behind = true},
        {.name = SHEET, .content = CELLS, .wide = true},
    };
    assert_read(make_zip_with(members, sizeof members / sizeof *members, put_wide_end));
}

static void a_comment_or_bytes_after_the_end_are_ignored(void **state) {
    (void)state;
    struct bytes commented = book_with((struct member){0});
    static const char comment[] = "a comment, with PK\5\6 in it that is no end";
    commented.at[commented.size - 2] = sizeof comment - 1;
    put(&commented, comment, sizeof comment - 1);
    assert_read(commented);
    struct bytes longer = book_with((struct member){0});
    put(&longer, "\r\n\0\0", 4);
    assert_read(longer);
}

static void a_file_without_an_end_is_refused(void **state) {
    (void)state;
    struct bytes bytes = book_with((struct member){0});
    bytes.size -= 22;
    assert_not_read(bytes, "zip directory");
}

/** @param at  the byte of the end record to change, counted from the end */
static void assert_end_refused(size_t at, unsigned char value) {
    struct bytes bytes = book_with((struct member){0});
    bytes.at[bytes.size - at] = value;
    assert_not_read(bytes, "zip directory");
}

static void an_end_that_miscounts_or_misplaces_the_directory_is_refused(void **state) {
    (void)state;
    assert_end_refused(12, 3);   /* fewer members than there are */
    assert_end_refused(12, 200); /* more */
    assert_end_refused(6, 1);    /* another start */
    assert_end_refused(9, 0x7F); /* longer than the file */
    assert_end_refused(3, 0x7F); /* starts after the end */
}

static void a_member_with_another_name_before_its_bytes_is_refused(void **state) {
    (void)state;
    assert_not_read(book_with((struct member){.called = "xl/worksheets/sheet2.xml"}), "cannot be unpacked");
    assert_not_read(book_with((struct member){.called = "xl/other.xml"}), "cannot be unpacked");
    assert_read(book_with((struct member){.called = "xl\\worksheets\\sheet1.xml"}));
}

static void a_member_that_is_not_read_may_be_damaged(void **state) {
    (void)state;
    const struct member more = {.name = "docProps/app.xml", .content = "x", .called = "y"};
    assert_cells(&(struct book){.rows = "<row><c><v>7</v></c></row>", .more = &more, .n_more = 1}, "A1 n 7");
}

static void a_folder_may_be_listed_twice(void **state) {
    (void)state;
    const struct member folders[] = {{.name = "xl/", .content = ""}, {.name = "xl/", .content = ""}};
    assert_cells(&(struct book){.rows = "<row><c><v>7</v></c></row>", .more = folders, .n_more = 2},
                 "A1 n 7");
}

static void names_that_are_not_utf_8_are_told_apart(void **state) {
    (void)state;
    const struct member more[] = {{.name = "bl\x86.xml", .content = "x"},
                                  {.name = "bl\x8F.xml", .content = "x"},
                                  {.name = "xl/\x01workbook.xml", .content = "x"}};
    assert_cells(&(struct book){.rows = "<row><c><v>7</v></c></row>", .more = more, .n_more = 3}, "A1 n 7");
    const struct member twice[] = {{.name = "bl\x86.xml", .content = "x"},
                                   {.name = "bl\x86.xml", .content = "x"}};
    assert_refused(&(struct book){.more = twice, .n_more = 2}, "bl%86.xml is in the file twice");
}

static void a_dot_and_a_slash_before_names_are_ignored(void **state) {
    (void)state;
    const struct member sheet = {.name = "./.\\/xl/worksheets/sheet1.xml",
                                 .content =
                                     "<worksheet xmlns='" MAIN
                                     "'><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>"};
    assert_cells(&(struct book){.sheet = "", .more = &sheet, .n_more = 1}, "A1 n 7");
    assert_refused(&(struct book){.more = &sheet, .n_more = 1},
                   "xl/worksheets/sheet1.xml is in the file twice");
}

static void members_unpacking_to_too_much_together_are_refused(void **state) {
    (void)state;
    enum { PARTS = 3 };
    static const char *const names[PARTS] = {"a", "b", "c"};
    struct member parts[PARTS];
    /* each within the limits of one part; the sum of what they claim is refused before they are unpacked */
    size_t packed = (size_t)7 << 20;
    char *content = calloc(1, packed);
    assert_non_null(content);
    for (int i = 0; i < PARTS; i++)
        parts[i] = (struct member){.name = names[i],
                                   .content = content,
                                   .size = packed,
                                   .method = 8,
                                   .claim_size = UINT64_C(1600) << 20};
    assert_refused(&(struct book){.more = parts, .n_more = PARTS}, "c unpacks to more");
    assert_cells(&(struct book){.rows = "<row><c><v>7</v></c></row>", .more = parts, .n_more = 2}, "A1 n 7");
    free(content);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_may_come_after_the_bytes),
        cmocka_unit_test(sizes_and_places_may_have_64_bits),
        cmocka_unit_test(the_directory_may_have_64_bits),
        cmocka_unit_test(a_comment_or_bytes_after_the_end_are_ignored),
        cmocka_unit_test(a_file_without_an_end_is_refused),
        cmocka_unit_test(an_end_that_miscounts_or_misplaces_the_directory_is_refused),
        cmocka_unit_test(a_member_with_another_name_before_its_bytes_is_refused),
        cmocka_unit_test(a_member_that_is_not_read_may_be_damaged),
        cmocka_unit_test(a_folder_may_be_listed_twice),
        cmocka_unit_test(names_that_are_not_utf_8_are_told_apart),
        cmocka_unit_test(a_dot_and_a_slash_before_names_are_ignored),
        cmocka_unit_test(members_unpacking_to_too_much_together_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
