/** Formulas: whether a cell has one, what it is, and whether it has a result. */
#include "tests/unit/xlsx/read/made_workbook.h"

#include "xlsx/read/formula.h"

static void a_formula_is_read_with_its_result(void **state) {
    (void)state;
    assert_details(
        &(struct book){
            .rows =
                "<row><c><f>B1*2</f><v>4</v></c><c><v>2</v></c><c t='str'><f>\"a\"&amp;B1</f><v>a2</v></c>"
                "<c t='e'><f>1/0</f><v>#DIV/0!</v></c><c t='b'><f>TRUE()</f><v>1</v></c></row>"},
        "A1 n 4 =B1*2; B1 n 2; C1 s a2 =\"a\"&B1; D1 e #DIV/0! =1/0; E1 b 1 =TRUE()");
}

static void a_formula_without_a_result_is_neither_blank_nor_a_value(void **state) {
    (void)state;
    assert_details(
        &(struct book){
            .rows = "<row><c><f>1+1</f></c><c><f>1+1</f><v/></c><c t='str'><f>A1</f></c><c t='str'><f>A1</f>"
                    "<v></v></c></row>"},
        "A1 ? =1+1 no-result; B1 ? =1+1 no-result; C1 ? =A1 no-result; D1 s  =A1");
}

static void an_empty_formula_is_no_formula(void **state) {
    (void)state;
    assert_details(&(struct book){.rows = "<row><c><f/><v>1</v></c><c><f/></c></row>"}, "A1 n 1");
}

static void shared_formulas_are_written_out_for_each_cell(void **state) {
    (void)state;
    assert_details(
        &(struct book){
            .rows = "<row r='1'><c r='B1'><f t='shared' ref='B1:B3' si='0'>A1+$A$1</f><v>2</v></c></row>"
                    "<row r='2'><c r='B2'><f t='shared' si='0'/><v>3</v></c></row>"
                    "<row r='3'><c r='B3'><f t='shared' si='0'/></c><c r='C3'><f t='shared' si='7'/><v>1</v>"
                    "</c></row>"},
        "B1 n 2 =A1+$A$1; B2 n 3 =A2+$A$1; B3 ? =A3+$A$1 no-result; C3 n 1 =?");
}

static void an_array_formula_covers_all_its_cells(void **state) {
    (void)state;
    assert_details(
        &(struct book){
            .rows =
                "<row r='1'><c r='A1'><f t='array' ref='A1:B2'>C1:D2*2</f><v>1</v></c><c r='B1'><v>2</v></c>"
                "<c r='C1'><v>3</v></c></row><row r='2'><c r='A2'><v>4</v></c></row>"
                "<row r='3'><c r='A3'><v>5</v></c></row>"},
        "A1 n 1 =C1:D2*2; B1 n 2 =?; C1 n 3; A2 n 4 =?; A3 n 5");
}

static void array_formulas_beside_and_below_each_other_cover_their_own_cells(void **state) {
    (void)state;
    assert_details(
        &(struct book){.rows = "<row r='1'><c r='A1'><f t='array' ref='A1:A2'>1</f><v>1</v></c>"
                               "<c r='B1'><f t='array' ref='B1:D1'>2</f><v>2</v></c><c r='C1'><v>3</v></c>"
                               "<c r='E1'><v>4</v></c></row>"
                               "<row r='2'><c r='A2'><v>5</v></c><c r='B2'><v>6</v></c><c r='C2'>"
                               "<f t='array' ref='C2:C9'>3</f><v>7</v></c></row>"
                               "<row r='3'><c r='A3'><v>8</v></c><c r='C3'><v>9</v></c></row>"},
        "A1 n 1 =1; B1 n 2 =2; C1 n 3 =?; E1 n 4; A2 n 5 =?; B2 n 6; C2 n 7 =3; A3 n 8; C3 n 9 =?");
}

/** Thousands of them make no cell below dearer, so their number needs no limit. */
static void many_array_formulas_are_read(void **state) {
    (void)state;
    struct bytes row = {0};
    put_text(&row, "<row>");
    for (int i = 0; i < 5000; i++)
        put_text(&row, "<c><f t='array' ref='A1:A2'>1</f></c>");
    put_text(&row, "</row>");
    struct bytes bytes = make_book(&(struct book){.rows = (char *)row.at});
    struct dump dump = {0};
    assert_int_equal(dump_bytes(&bytes, &dump, NULL), BMS_OK);
    free(dump.text.at);
    free(bytes.at);
    free(row.at);
}

static void a_data_table_covers_all_its_cells(void **state) {
    (void)state;
    assert_details(
        &(struct book){
            .rows = "<row r='1'><c r='A1'><f t='dataTable' ref='A1:A2' dt2D='0' r1='C1'/><v>1</v></c></row>"
                    "<row r='2'><c r='A2'><v>2</v></c></row>"},
        "A1 n 1 =?; A2 n 2 =?");
}

static void assert_moved(const char *formula, int rows, int columns, const char *expected) {
    bms_text_buffer out = {0};
    assert_true(bms_formula_move(&out, formula, rows, columns));
    assert_string_equal(bms_text_buffer_get(&out), expected);
    bms_text_buffer_dispose(&out);
}

static void relative_references_move_and_others_stay(void **state) {
    (void)state;
    assert_moved("A1+$B1+C$1+$D$1", 2, 1, "B3+$B3+D$1+$D$1");
    assert_moved("SUM(A1:B2)", 1, 1, "SUM(B2:C3)");
    assert_moved("A:A+$B:C+2:3+$2:3", 1, 1, "B:B+$B:D+3:4+$2:4");
    assert_moved("Sheet1!A1+'A1 x'!B2+'it''s A1'!C3", 1, 0, "Sheet1!A2+'A1 x'!B3+'it''s A1'!C4");
    assert_moved("\"A1 \"\"B2\"\"\"&A1", 1, 0, "\"A1 \"\"B2\"\"\"&A2");
    assert_moved("LOG10(A1)+ATAN2(B1,C1)", 1, 0, "LOG10(A2)+ATAN2(B2,C2)");
    assert_moved("Table1[A1]+[1]Sheet!A1+T[[#This Row],[A1]]", 1, 0,
                 "Table1[A1]+[1]Sheet!A2+T[[#This Row],[A1]]");
    assert_moved("tax_2026+A1.x+_A1+åA1+A1B2", 1, 0, "tax_2026+A1.x+_A1+åA1+A1B2");
    assert_moved("1.5E+3*A1+2", 1, 0, "1.5E+3*A2+2");
    assert_moved("XFD1048576+A1", 1, 1, "A1+B2");
    assert_moved("B2", -2, -2, "XFD1048576");
    assert_moved("XFE1+A1048577+A0", 1, 1, "XFE1+A1048577+A0");
    assert_moved("", 1, 1, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_formula_is_read_with_its_result),
        cmocka_unit_test(a_formula_without_a_result_is_neither_blank_nor_a_value),
        cmocka_unit_test(an_empty_formula_is_no_formula),
        cmocka_unit_test(shared_formulas_are_written_out_for_each_cell),
        cmocka_unit_test(an_array_formula_covers_all_its_cells),
        cmocka_unit_test(array_formulas_beside_and_below_each_other_cover_their_own_cells),
        cmocka_unit_test(many_array_formulas_are_read),
        cmocka_unit_test(a_data_table_covers_all_its_cells),
        cmocka_unit_test(relative_references_move_and_others_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
