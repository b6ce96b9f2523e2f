/** The limits of reading_limits.h, each just kept and just exceeded. tests/CMakeLists.txt lowers two. */
#include "tests/unit/xlsx/read/made_workbook.h"

#include "xlsx/read/reading_limits.h"

/** `n` times the same text. */
static struct bytes repeat(const char *text, size_t n) {
    struct bytes bytes = {0};
    put(&bytes, "", 0);
    for (size_t i = 0; i < n; i++)
        put_text(&bytes, text);
    return bytes;
}

/** The sheet with these rows can be read to its end, whatever is in it. */
static void assert_rows_kept(const char *rows) {
    struct bytes bytes = make_book(&(struct book){.rows = rows});
    struct dump dump = {0};
    bms_error error = {0};
    assert_int_equal(dump_bytes(&bytes, &dump, &error), BMS_OK);
    free(dump.text.at);
    free(bytes.at);
}

static void the_number_of_cells_is_limited(void **state) {
    (void)state;
    struct bytes cells = repeat("<c/>", BMS_LIMIT_CELLS - 1);
    char *kept = join("<row><c/></row><row>", (char *)cells.at, "</row>");
    char *broken = join("<row><c/><c/></row><row>", (char *)cells.at, "</row>");
    assert_rows_kept(kept);
    assert_refused(&(struct book){.rows = broken}, "more cells than any sheet needs");
    free(broken);
    free(kept);
    free(cells.at);
}

static void the_length_of_written_out_formulas_is_limited(void **state) {
    (void)state;
    enum { LENGTH = 8 }; /* of B101+C11; longer further down */
    struct bytes few = {0};
    put_text(&few, "<row r='100'><c><f t='shared' si='0'>B100+C10</f></c></row>");
    size_t n = BMS_LIMIT_WRITTEN_OUT / LENGTH;
    for (size_t i = 0; i < n; i++) {
        char row[96];
        (void)snprintf(row, sizeof row, "<row r='%zu'><c><f t='shared' si='0'/></c></row>", 101 + i);
        put_text(&few, row);
        if (i == n / 2)
            assert_rows_kept((char *)few.at);
    }
    assert_refused(&(struct book){.rows = (char *)few.at}, "shared formulas of sheet “Form” are longer");
    free(few.at);
}

static void the_number_of_sheets_is_limited(void **state) {
    (void)state;
    struct bytes sheets = {0};
    for (int i = 0; i < BMS_LIMIT_SHEETS; i++) {
        char sheet[64];
        (void)snprintf(sheet, sizeof sheet, "<sheet name='a%d' r:id='rId1'/>", i);
        put_text(&sheets, sheet);
    }
    struct bytes bytes = make_book(&(struct book){.sheets = (char *)sheets.at});
    bms_workbook *workbook = NULL;
    const bms_source source = {.name = "skjema.xlsx", .bytes = bytes.at, .size = bytes.size};
    assert_int_equal(bms_workbook_open(&workbook, &source, NULL, "en", NULL), BMS_OK);
    assert_int_equal(bms_workbook_sheet_count(workbook), BMS_LIMIT_SHEETS);
    bms_workbook_free(workbook);
    free(bytes.at);
    put_text(&sheets, "<sheet name='b' r:id='rId1'/>");
    assert_refused(&(struct book){.sheets = (char *)sheets.at}, "more sheets than any workbook");
    free(sheets.at);
}

static void the_number_of_members_is_limited(void **state) {
    (void)state;
    const size_t n = BMS_LIMIT_MEMBERS + 1;
    struct member *members = calloc(n, sizeof *members);
    char(*names)[16] = calloc(n, sizeof *names);
    assert_true(members && names);
    for (size_t i = 0; i < n; i++) {
        (void)snprintf(names[i], sizeof names[i], "%zu", i);
        members[i] = (struct member){.name = names[i], .content = "x"};
    }
    struct bytes bytes = make_zip_with(members, n - 1, put_wide_end);
    assert_bytes_refused(&bytes, "no workbook was found"); /* and not for their number */
    free(bytes.at);
    bytes = make_zip_with(members, n, put_wide_end);
    assert_bytes_refused(&bytes, "more parts than any workbook");
    free(bytes.at);
    free(names);
    free(members);
}

static void the_length_of_texts_and_names_is_limited(void **state) {
    (void)state;
    struct bytes text = repeat("a", BMS_LIMIT_TEXT);
    char *item = join("<si><t>", (char *)text.at, "</t></si>");
    char *longer = join("<si><t>", (char *)text.at, "a</t></si>");
    char *name =
        join("<definedNames><definedName name='n'>", (char *)text.at, "a</definedName></definedNames>");
    struct bytes bytes = make_book(&(struct book){.items = item, .rows = "<row><c t='s'><v>0</v></c></row>"});
    struct dump dump = {0};
    assert_int_equal(dump_bytes(&bytes, &dump, NULL), BMS_OK);
    assert_int_equal(dump.text.size, strlen("A1 s ") + BMS_LIMIT_TEXT);
    assert_refused(&(struct book){.items = longer, .rows = "<row><c t='s'><v>0</v></c></row>"},
                   "holds a text longer");
    assert_refused(&(struct book){.names = name}, "holds a text longer");
    free(dump.text.at);
    free(bytes.at);
    free(name);
    free(longer);
    free(item);
    free(text.at);
}

static void the_length_of_a_number_is_limited(void **state) {
    (void)state;
    struct bytes zeros = repeat("0", BMS_LIMIT_NUMBER - 1);
    char *kept = join("<row><c><v>", (char *)zeros.at, "7</v></c></row>");
    char *broken = join("<row><c><v>0", (char *)zeros.at, "7</v></c></row>");
    assert_cells(&(struct book){.rows = kept}, "A1 n 7");
    assert_refused(&(struct book){.rows = broken}, "which is not a number");
    free(broken);
    free(kept);
    free(zeros.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_number_of_cells_is_limited),
        cmocka_unit_test(the_length_of_written_out_formulas_is_limited),
        cmocka_unit_test(the_number_of_sheets_is_limited),
        cmocka_unit_test(the_number_of_members_is_limited),
        cmocka_unit_test(the_length_of_texts_and_names_is_limited),
        cmocka_unit_test(the_length_of_a_number_is_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
