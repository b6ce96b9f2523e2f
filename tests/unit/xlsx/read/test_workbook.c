/** What a workbook holds besides its cells: sheets, names, hidden and merged cells; and a sheet in memory. */
#include "tests/unit/xlsx/read/made_workbook.h"

/** A workbook that a test holds open. */
struct opened {
    struct bytes bytes;
    bms_workbook *workbook;
    bms_arena *arena;
};

static struct opened open_book(const struct book *book) {
    struct opened opened = {make_book(book), NULL, bms_arena_new()};
    bms_error error = {0};
    const bms_source source = {.name = "skjema.xlsx", .bytes = opened.bytes.at, .size = opened.bytes.size};
    assert_int_equal(bms_workbook_open(&opened.workbook, &source, NULL, "en", &error), BMS_OK);
    return opened;
}

static void close_book(struct opened *opened) {
    bms_workbook_free(opened->workbook);
    bms_arena_free(opened->arena);
    free(opened->bytes.at);
}

static const bms_sheet *load(struct opened *opened, size_t index) {
    const bms_sheet *sheet = NULL;
    bms_error error = {0};
    assert_int_equal(bms_sheet_load(&sheet, opened->workbook, index, opened->arena, &error), BMS_OK);
    return sheet;
}

#define THREE_LINKS                                                                                          \
    "<Relationships xmlns='" PACKAGE_LINKS "'><Relationship Id='a' Type='" LINKS                             \
    "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='b' Type='" LINKS                          \
    "/chartsheet' Target='chart.xml'/><Relationship Id='c' "                                                 \
    "Type='http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet' "                            \
    "Target='macro.xml'/></Relationships>"

static const struct member chart_and_macros[] = {
    {.name = "xl/chart.xml", .content = "<chartsheet xmlns='" MAIN "'/>"},
    {.name = "xl/macro.xml",
     .content = "<m:macrosheet xmlns='" MAIN
                "' xmlns:m='http://schemas.microsoft.com/office/excel/2006/main'><sheetData><row><c "
                "t='str'><f>ALERT(1)</f><v>x</v></c></row></sheetData></m:macrosheet>"},
};

static void sheets_are_listed_in_order_with_kind_and_visibility(void **state) {
    (void)state;
    struct opened book = open_book(&(struct book){
        .sheets =
            "<sheet name='Veiledning' r:id='b' state='hidden'/><sheet name='&lt;Æ&gt; _x0041_' r:id='a'/>"
            "<sheet name='M' r:id='c' state='veryHidden'/>",
        .links = THREE_LINKS,
        .rows = "<row><c><v>1</v></c></row>",
        .more = chart_and_macros,
        .n_more = 2});
    assert_int_equal(bms_workbook_sheet_count(book.workbook), 3);
    const bms_sheet_entry *sheet = bms_workbook_sheet(book.workbook, 0);
    assert_string_equal(sheet->name, "Veiledning");
    assert_int_equal(sheet->kind, BMS_CHART_SHEET);
    assert_int_equal(sheet->visibility, BMS_SHEET_HIDDEN);
    sheet = bms_workbook_sheet(book.workbook, 1);
    assert_string_equal(sheet->name, "<Æ> A");
    assert_int_equal(sheet->kind, BMS_WORKSHEET);
    assert_int_equal(sheet->visibility, BMS_SHEET_VISIBLE);
    sheet = bms_workbook_sheet(book.workbook, 2);
    assert_int_equal(sheet->kind, BMS_MACRO_SHEET);
    assert_int_equal(sheet->visibility, BMS_SHEET_VERY_HIDDEN);

    assert_int_equal(load(&book, 0)->n_cells, 0);
    assert_int_equal(load(&book, 1)->n_cells, 1);
    assert_int_equal(load(&book, 2)->n_cells, 1);
    close_book(&book);
}

/** Excel lists the modules of Excel 5 among the sheets, with an empty relationship: they have no part. */
static void a_module_is_a_sheet_without_cells(void **state) {
    (void)state;
    struct opened book = open_book(&(struct book){
        .sheets = "<sheet name='Form' r:id='rId1'/><sheet name='Module1' state='veryHidden' r:id=''/>",
        .rows = "<row><c><v>1</v></c></row>"});
    assert_int_equal(bms_workbook_sheet_count(book.workbook), 2);
    const bms_sheet_entry *sheet = bms_workbook_sheet(book.workbook, 1);
    assert_string_equal(sheet->name, "Module1");
    assert_int_equal(sheet->kind, BMS_MODULE_SHEET);
    assert_int_equal(load(&book, 0)->n_cells, 1);
    assert_int_equal(load(&book, 1)->n_cells, 0);
    close_book(&book);
}

/** A part that begins as a chart or a dialog has no cells, whatever its relationship says. */
static void a_chart_or_a_dialog_has_no_cells(void **state) {
    (void)state;
    assert_cells(&(struct book){.sheet = "<chartsheet xmlns='" MAIN "'><sheetViews/></chartsheet>"}, "");
    assert_cells(&(struct book){.sheet = "<dialogsheet xmlns='" MAIN "'><sheetViews/></dialogsheet>"}, "");
    assert_refused(&(struct book){.sheet = "<chartsheet xmlns='" MAIN "'><sheetViews/>"}, "cut off");
}

static void two_sheets_of_one_name_are_refused_by_name(void **state) {
    (void)state;
    assert_refused(
        &(struct book){.sheets = "<sheet name='Skjema' r:id='rId1'/><sheet name='skjema' r:id='rId1'/>"},
        "“skjema”");
}

static void a_workbook_without_sheets_is_refused(void **state) {
    (void)state;
    assert_refused(&(struct book){.sheets = ""}, "no sheets");
}

static void names_are_resolved_where_they_are_simple(void **state) {
    (void)state;
    struct opened book = open_book(&(struct book){
        .sheets = "<sheet name=\"Bob's\" r:id='rId1'/>",
        .names = "<definedNames><definedName name='one'>'Bob''s'!$C$5</definedName><definedName name='range' "
                 "localSheetId='0' "
                 "hidden='1'>'bob''s'!$A$1:$B$3</definedName><definedName "
                 "name='columns'>'Bob''s'!$A:$B</definedName>"
                 "<definedName name='formula'>SUM('Bob''s'!$A$1)</definedName><definedName "
                 "name='gone'>#REF!</definedName>"
                 "<definedName name='other'>Sheet9!A1</definedName><definedName "
                 "name='two'>'Bob''s'!$A$1,'Bob''s'!$B$1"
                 "</definedName><definedName name='constant'>0.2</definedName></definedNames>"});
    size_t n = 0;
    assert_non_null(bms_workbook_names(book.workbook, &n));
    assert_int_equal(n, 8);
    const bms_defined_name *name = bms_workbook_find_name(book.workbook, "ONE", BMS_NO_SHEET);
    assert_int_equal(name->sheet, 0);
    assert_int_equal(name->range.first_row, 4);
    assert_int_equal(name->range.last_column, 2);
    assert_string_equal(name->refers_to, "'Bob''s'!$C$5");
    assert_null(bms_workbook_find_name(book.workbook, "range", BMS_NO_SHEET));
    name = bms_workbook_find_name(book.workbook, "range", 0);
    assert_true(name->hidden && name->scope == 0 && name->sheet == 0);
    assert_int_equal(name->range.last_row, 2);
    name = bms_workbook_find_name(book.workbook, "columns", BMS_NO_SHEET);
    assert_int_equal(name->range.last_row, BMS_MAX_ROWS - 1);
    const char *others[] = {"formula", "gone", "other", "two", "constant"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_true(bms_workbook_find_name(book.workbook, others[i], BMS_NO_SHEET)->sheet == BMS_NO_SHEET);
    close_book(&book);
}

static void hidden_rows_and_columns_mark_their_cells(void **state) {
    (void)state;
    assert_details(
        &(struct book){.before = "<cols><col min='2' max='3' hidden='1'/><col min='5' max='5' width='0'/>"
                                 "<col min='7' max='16384' width='9'/></cols>",
                       .rows = "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c><c r='C1'><v>3</v></c>"
                               "<c r='D1'><v>4</v></c><c r='E1'><v>5</v></c><c r='G1'><v>7</v></c></row>"
                               "<row r='2' hidden='1'><c r='A2'><v>6</v></c></row>"
                               "<row r='3' ht='0'><c r='A3'><v>6</v></c></row>"
                               "<row r='4' hidden='0' ht='15'><c r='A4'><v>7</v></c></row>"},
        "A1 n 1; B1 n 2 hidden; C1 n 3 hidden; D1 n 4; E1 n 5 hidden; G1 n 7; A2 n 6 hidden; A3 n 6 hidden; "
        "A4 n 7");
}

static void a_hidden_sheet_hides_its_cells(void **state) {
    (void)state;
    assert_details(&(struct book){.sheets = "<sheet name='S' r:id='rId1' state='hidden'/>",
                                  .rows = "<row><c><v>1</v></c></row>"},
                   "A1 n 1 hidden");
}

static void a_loaded_sheet_is_looked_up_by_row_and_column(void **state) {
    (void)state;
    struct opened book = open_book(&(struct book){
        .rows = "<row r='5'><c r='C5' t='s'><v>0</v></c><c r='B5' t='s'><v>0</v></c></row><row r='2'><c "
                "r='A2'><f>1+1</f><v>2</v>"
                "</c><c r='D2' s='1'/></row>",
        .after = "<mergeCells count='2'><mergeCell ref='B5:C6'/><mergeCell ref='A9:A9'/></mergeCells>",
        .items = "<si><t>tekst</t></si>"});
    const bms_sheet *sheet = load(&book, 0);
    bms_workbook_free(book.workbook); /* the sheet outlives it */
    book.workbook = NULL;
    assert_int_equal(sheet->n_cells, 3);
    assert_int_equal(sheet->info.rows_used, 5);
    assert_int_equal(sheet->info.columns_used, 3);
    assert_string_equal(sheet->name, "Form");
    assert_string_equal(bms_sheet_find(sheet, 4, 1)->text, "tekst");
    assert_ptr_equal(bms_sheet_find(sheet, 4, 1)->text, bms_sheet_find(sheet, 4, 2)->text);
    assert_string_equal(bms_sheet_find(sheet, 1, 0)->formula, "1+1");
    assert_null(bms_sheet_find(sheet, 1, 3));
    assert_null(bms_sheet_find(sheet, 0, 0));
    assert_null(bms_sheet_find(sheet, 1000000, 0));
    assert_int_equal(bms_sheet_merged_at(sheet, 5, 2)->first_row, 4);
    assert_null(bms_sheet_merged_at(sheet, 3, 1));

    close_book(&book);
}

static void merged_cells_that_are_no_range_are_refused(void **state) {
    (void)state;
    assert_refused(&(struct book){.after = "<mergeCells><mergeCell ref='A1:XFE9'/></mergeCells>"},
                   "merged cells at “A1:XFE9”");
    assert_refused(&(struct book){.after = "<mergeCells><mergeCell/></mergeCells>"}, "merged cells");
}

static bool stop_at_second(void *context, const bms_cell *cell) {
    int *n = context;
    (void)cell;
    return ++*n < 2;
}

static void a_callback_may_stop_the_reading(void **state) {
    (void)state;
    struct opened book =
        open_book(&(struct book){.rows = "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>"});
    int n = 0;
    assert_int_equal(bms_workbook_read(book.workbook, 0, stop_at_second, &n, NULL, NULL), BMS_OK);
    assert_int_equal(n, 2);
    close_book(&book);
}

static void a_sheet_can_be_read_more_than_once(void **state) {
    (void)state;
    struct opened book =
        open_book(&(struct book){.rows = "<row><c t='s'><v>0</v></c></row>", .items = "<si><t>a</t></si>"});
    for (int i = 0; i < 3; i++)
        assert_int_equal(load(&book, 0)->n_cells, 1);
    close_book(&book);
}

static void a_path_that_is_not_there_is_named(void **state) {
    (void)state;
    bms_workbook *workbook = NULL;
    bms_error error = {0};
    const bms_source source = {.name = "/no/such/skjema.xlsx"};
    assert_int_equal(bms_workbook_open(&workbook, &source, NULL, "en", &error), BMS_INPUT);
    assert_null(workbook);
    assert_non_null(strstr(error.message, "/no/such/skjema.xlsx"));
}

static void the_error_may_be_null(void **state) {
    (void)state;
    bms_workbook *workbook = NULL;
    const bms_source source = {.name = "x", .bytes = "", .size = 0};
    assert_int_equal(bms_workbook_open(&workbook, &source, NULL, "en", NULL), BMS_INPUT);
    bms_workbook_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_are_listed_in_order_with_kind_and_visibility),
        cmocka_unit_test(a_module_is_a_sheet_without_cells),
        cmocka_unit_test(a_chart_or_a_dialog_has_no_cells),
        cmocka_unit_test(a_workbook_without_sheets_is_refused),
        cmocka_unit_test(two_sheets_of_one_name_are_refused_by_name),
        cmocka_unit_test(names_are_resolved_where_they_are_simple),
        cmocka_unit_test(hidden_rows_and_columns_mark_their_cells),
        cmocka_unit_test(a_hidden_sheet_hides_its_cells),
        cmocka_unit_test(a_loaded_sheet_is_looked_up_by_row_and_column),
        cmocka_unit_test(merged_cells_that_are_no_range_are_refused),
        cmocka_unit_test(a_callback_may_stop_the_reading),
        cmocka_unit_test(a_sheet_can_be_read_more_than_once),
        cmocka_unit_test(a_path_that_is_not_there_is_named),
        cmocka_unit_test(the_error_may_be_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
