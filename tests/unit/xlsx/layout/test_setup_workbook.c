/**
 * The setup workbook: what is written is read back the same, in every language; columns and sheets are found
 * wherever they are; what is odd is reported with its cell. The municipality is invented.
 */
#include "tests/unit/xlsx/read/made_workbook.h"

#include "core/base/catalogue.h"
#include "core/base/platform.h"
#include "core/workbooks.h"
#include "tests/unit/examples/made_setup.h"

static const char path[] = "setup_under_test.xlsx";

static void write_setup(struct made *made, const char *language) {
    bms_error error = {0};
    if (bms_workbooks_write_setup(&made->book, language, 1767225600, path, &error) != BMS_OK)
        fail_msg("%s: %s", error.where, error.message);
}

static void read_setup(struct made *made) {
    bms_error error = {0};
    bms_source source = {.name = path};
    enum bms_status status =
        bms_workbooks_read_setup(made->arena, &source, &made->book, &made->findings, &error);
    bms_platform_remove(path);
    if (status != BMS_OK)
        fail_msg("%s: %s", error.where, error.message);
}

static const char *cell_text(const struct made *made, enum bms_setup_sheet sheet, size_t row,
                             const char *column) {
    const bms_setup_table *table = &made->book.tables[sheet];
    assert_true(row < table->n_rows);
    const bms_setup_cell *cell = bms_setup_find(&table->rows[row], column);
    return cell ? cell->text : "";
}

static void same_tables(const struct made *a, const struct made *b) {
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++) {
        const bms_setup_table *table = &a->book.tables[sheet];
        assert_int_equal(b->book.tables[sheet].n_rows, table->n_rows);
        assert_int_equal(b->book.tables[sheet].n_further, table->n_further);
        for (size_t row = 0; row < table->n_rows; row++)
            assert_int_equal(b->book.tables[sheet].rows[row].n_cells, table->rows[row].n_cells);
    }
}

static void what_is_written_comes_back(struct made *made, const char *language) {
    struct made before = *made;
    write_setup(made, language);
    read_setup(made);
    same_tables(&before, made);
    made_read(made);
    assert_int_equal(made->findings.n, 0);
    assert_int_equal(made->definition.n_units, 5);
    assert_int_equal(made->definition.n_points, 19);
    assert_string_equal(cell_text(made, BMS_SHEET_MUNICIPALITY, 1, "value"), "0999");
    assert_string_equal(cell_text(made, BMS_SHEET_TARGETS, 2, "green"), "4.8");
    assert_string_equal(cell_text(made, BMS_SHEET_TARGETS, 5, "green"), "1–4");
    assert_string_equal(cell_text(made, BMS_SHEET_TARGETS, 4, "from"), "2026-01-01");
    assert_string_equal(cell_text(made, BMS_SHEET_PLAN, 2, "Alle"), "x");
}

static void a_setup_comes_back_in_bokmal(void **state) {
    what_is_written_comes_back(*state, "nb");
}

static void a_setup_comes_back_in_nynorsk(void **state) {
    what_is_written_comes_back(*state, "nn");
}

static void a_setup_comes_back_in_english(void **state) {
    what_is_written_comes_back(*state, "en");
    assert_string_equal(cell_text(*state, BMS_SHEET_INDICATORS, 0, "kind"), "share");
}

static void findings_name_the_cell_of_the_workbook(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_UNITS, 2, "parent", "1900");
    write_setup(made, "nb");
    read_setup(made);
    made_read(made);
    assert_int_equal(made->findings.n, 1);
    assert_string_equal(made->findings.items[0].sheet, "Enheter");
    assert_string_equal(made->findings.items[0].cell, "C5");
    assert_string_equal(made->findings.items[0].file, "oppsett.xlsx");
}

/** Read a workbook of one sheet called Enheter with these rows. */
static void read_rows(struct made *made, const char *rows, const char *formats) {
    struct book book = {
        .rows = rows, .formats = formats, .sheets = "<sheet name=\"Enheter\" sheetId=\"1\" r:id=\"rId1\"/>"};
    struct bytes bytes = make_book(&book);
    bms_error error = {0};
    bms_source source = {.name = "oppsett.xlsx", .bytes = bytes.at, .size = bytes.size};
    if (bms_workbooks_read_setup(made->arena, &source, &made->book, &made->findings, &error) != BMS_OK)
        fail_msg("%s", error.message);
    free(bytes.at);
}

#define TEXT(address, text) "<c r=\"" address "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"

static void headings_are_found_below_a_title_and_in_any_order(void **state) {
    struct made *made = *state;
    read_rows(
        made,
        "<row r=\"1\">" TEXT(
            "A1",
            "V\xC3\xA5re enheter") "</row>"
                                   "<row r=\"4\">" TEXT("B4", "NAVN") TEXT("D4", "Code") TEXT(
                                       "E4",
                                       "h\xC3\xB8rer  under") "</row>"
                                                              "<row r=\"5\">" TEXT(
                                                                  "B5",
                                                                  " Lia barnehage ") "<c "
                                                                                     "r=\"D5\"><v>1101</v></"
                                                                                     "c>" TEXT("E5",
                                                                                               "  ") "</row>",
        NULL);
    const bms_setup_table *table = &made->book.tables[BMS_SHEET_UNITS];
    assert_int_equal(made->findings.n, 0);
    assert_int_equal(table->heading_row, 3);
    assert_int_equal(table->n_rows, 1);
    assert_int_equal(table->rows[0].n_cells, 2);
    assert_string_equal(cell_text(made, BMS_SHEET_UNITS, 0, "code"), "1101");
    assert_string_equal(cell_text(made, BMS_SHEET_UNITS, 0, "name"), "Lia barnehage");
    assert_int_equal(table->columns[0], 3);
    assert_int_equal(table->columns[3], BMS_NO_COLUMN);
    assert_null(made->book.tables[BMS_SHEET_PLAN].sheet_name);
}

static void one_finding(const struct made *made, const char *rule, enum bms_severity severity,
                        const char *cell) {
    assert_int_equal(made->findings.n, 1);
    assert_string_equal(made->findings.items[0].rule, rule);
    assert_int_equal(made->findings.items[0].severity, severity);
    assert_string_equal(made->findings.items[0].cell, cell);
}

#define CODE_AND_NAME TEXT("A1", "Kode") TEXT("B1", "Navn")

static void a_heading_of_the_coordinators_own_is_mentioned_where_it_is_used(void **state) {
    struct made *made = *state;
    read_rows(
        made,
        "<row r=\"1\">" CODE_AND_NAME TEXT("C1", "Telefon") "</row><row r=\"2\">" TEXT("C2", "61") "</row>",
        NULL);
    one_finding(made, "unknown_column", BMS_INFO, "C1");
    read_rows(made, "<row r=\"1\">" CODE_AND_NAME TEXT("C1", "Telefon") "</row>", NULL);
    assert_int_equal(made->findings.n, 1);
}

static void a_heading_that_is_almost_one_of_ours_is_a_mistake_and_read_as_that(void **state) {
    struct made *made = *state;
    read_rows(
        made,
        "<row r=\"1\">" CODE_AND_NAME TEXT("C1", "Ledar") "</row><row r=\"2\">" TEXT("C2", "Kari") "</row>",
        NULL);
    one_finding(made, "almost_column", BMS_ERROR, "C1");
    assert_string_equal(made->findings.items[0].message,
                        "The heading 'Ledar' is not known, but looks like 'Leader', which is missing.");
    assert_string_equal(cell_text(made, BMS_SHEET_UNITS, 0, "leader"), "Kari");
}

static void a_column_with_contents_and_no_heading_is_a_mistake(void **state) {
    struct made *made = *state;
    read_rows(made, "<row r=\"1\">" CODE_AND_NAME "</row><row r=\"2\">" TEXT("D2", "skole") "</row>", NULL);
    one_finding(made, "column_without_heading", BMS_ERROR, "D1");
    assert_non_null(strstr(made->findings.items[0].fix, "Group"));
    assert_true(made->book.tables[BMS_SHEET_UNITS].unclear);
}

static void a_sheet_without_headings_is_one_mistake(void **state) {
    struct made *made = *state;
    read_rows(made, "<row r=\"1\">" TEXT("A1", "1101") TEXT("B1", "Lia") "</row>", NULL);
    one_finding(made, "no_headings", BMS_ERROR, "A1");
    assert_true(made->book.tables[BMS_SHEET_UNITS].unclear);
}

static void a_code_that_became_a_date_is_a_mistake_and_nothing_follows_from_it(void **state) {
    struct made *made = *state;
    read_rows(made,
              "<row r=\"1\">" CODE_AND_NAME "</row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>46024</v></c></row>",
              "<cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"16\"/></cellXfs>");
    one_finding(made, "code_became_date", BMS_ERROR, "A2");
    assert_true(made->book.tables[BMS_SHEET_UNITS].rows[0].cells[0].unreadable);
}

static void a_heading_that_occurs_twice_is_a_mistake(void **state) {
    struct made *made = *state;
    read_rows(made, "<row r=\"1\">" TEXT("A1", "Kode") TEXT("B1", "Navn") TEXT("C1", "Name") "</row>", NULL);
    one_finding(made, "column_twice", BMS_ERROR, "C1");
}

static void an_error_in_a_cell_is_a_mistake(void **state) {
    struct made *made = *state;
    read_rows(
        made,
        "<row r=\"1\">" TEXT("A1", "Kode")
            TEXT("B1", "Navn") "</row>"
                               "<row r=\"2\"><c r=\"A2\" t=\"e\"><v>#REF!</v></c>" TEXT("B2", "Lia") "</row>",
        NULL);
    one_finding(made, "error_cell", BMS_ERROR, "A2");
}

static void a_formula_that_was_never_computed_is_a_mistake(void **state) {
    struct made *made = *state;
    read_rows(
        made,
        "<row r=\"1\">" TEXT("A1", "Kode")
            TEXT("B1", "Navn") "</row>"
                               "<row r=\"2\">" TEXT("A2", "1101") "<c r=\"B2\"><f>A2&amp;\"x\"</f></c></row>",
        NULL);
    one_finding(made, "no_result", BMS_ERROR, "B2");
}

static void dates_and_per_cents_are_read_as_they_are_shown(void **state) {
    struct made *made = *state;
    read_rows(made,
              "<row r=\"1\">" TEXT("A1", "Kode") TEXT("B1", "Gjelder fra") TEXT("C1", "Gruppe")
                  TEXT("D1", "Navn") "</row>"
                                     "<row r=\"2\"><c r=\"A2\"><v>7.125</v></c><c r=\"B2\" "
                                     "s=\"1\"><v>46023</v></c><c r=\"C2\" s=\"2\"><v>0.07</v></c>"
                                     "<c r=\"D2\" t=\"b\"><v>1</v></c></row>",
              "<cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/></cellXfs>");
    assert_string_equal(cell_text(made, BMS_SHEET_UNITS, 0, "code"), "7.1250");
    assert_string_equal(cell_text(made, BMS_SHEET_UNITS, 0, "from"), "2026-01-01");
    assert_string_equal(cell_text(made, BMS_SHEET_UNITS, 0, "group"), "7 %");
    assert_string_equal(cell_text(made, BMS_SHEET_UNITS, 0, "name"), "yes");
}

static void the_first_sheet_is_the_guide_and_the_lists_are_hidden(void **state) {
    struct made *made = *state;
    bms_error error = {0};
    bms_workbook *workbook = NULL;
    bms_source source = {.name = path};
    write_setup(made, "nb");
    assert_int_equal(bms_workbook_open(&workbook, &source, NULL, "nb", &error), BMS_OK);
    size_t n = bms_workbook_sheet_count(workbook);
    assert_int_equal(n, BMS_N_SETUP_SHEETS + 2);
    assert_string_equal(bms_workbook_sheet(workbook, 0)->name, "Start her");
    assert_int_equal(bms_workbook_sheet(workbook, 0)->visibility, BMS_SHEET_VISIBLE);
    assert_int_not_equal(bms_workbook_sheet(workbook, n - 1)->visibility, BMS_SHEET_VISIBLE);
    bms_workbook_free(workbook);
    bms_platform_remove(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, made_begin, made_end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_setup_comes_back_in_bokmal),
        TEST(a_setup_comes_back_in_nynorsk),
        TEST(a_setup_comes_back_in_english),
        TEST(findings_name_the_cell_of_the_workbook),
        TEST(headings_are_found_below_a_title_and_in_any_order),
        TEST(a_heading_of_the_coordinators_own_is_mentioned_where_it_is_used),
        TEST(a_heading_that_is_almost_one_of_ours_is_a_mistake_and_read_as_that),
        TEST(a_column_with_contents_and_no_heading_is_a_mistake),
        TEST(a_sheet_without_headings_is_one_mistake),
        TEST(a_code_that_became_a_date_is_a_mistake_and_nothing_follows_from_it),
        TEST(a_heading_that_occurs_twice_is_a_mistake),
        TEST(an_error_in_a_cell_is_a_mistake),
        TEST(a_formula_that_was_never_computed_is_a_mistake),
        TEST(dates_and_per_cents_are_read_as_they_are_shown),
        TEST(the_first_sheet_is_the_guide_and_the_lists_are_hidden),
    };
    return cmocka_run_group_tests_name("setup workbook", tests, NULL, NULL);
}
