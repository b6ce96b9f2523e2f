/** Which numbers are dates and which are per cent. */
#include "tests/unit/xlsx/read/made_workbook.h"

#include "xlsx/cell/number_format.h"

static void built_in_formats_are_known_by_their_number(void **state) {
    (void)state;
    for (uint32_t id = 0; id < 200; id++) {
        bool date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
                    (id >= 50 && id <= 58) || (id >= 71 && id <= 81);
        assert_int_equal(bms_number_format_builtin_is_date(id), date);
        const char *text = bms_number_format_builtin(id);
        if (text)
            assert_int_equal(bms_number_format_is_date(text), date);
    }
    assert_null(bms_number_format_builtin(0));
    assert_string_equal(bms_number_format_builtin(10), "0.00%");
}

static void custom_formats_are_dates_by_their_codes(void **state) {
    (void)state;
    const char *dates[] = {"yyyy-mm-dd",
                           "dd.mm.yyyy",
                           "[$-414]d. mmmm yyyy;@",
                           "[h]:mm",
                           "[mm]:ss",
                           "[SS]",
                           "h:mm AM/PM",
                           "mm/yy",
                           "General;yyyy",
                           "\"d\" d",
                           "[Red]dd",
                           "yyyy\\-mm",
                           "[$-F800]dddd\\, mmmm dd"};
    const char *numbers[] = {"0",
                             "General",
                             "0.0",
                             "#,##0.00",
                             "0\\d",
                             "0\"dager\"",
                             "[Red]0",
                             "[Magenta]0",
                             "0_d",
                             "* 0*d",
                             "[$kr-414] #,##0",
                             "0.00E+00",
                             "@",
                             "\"yyyy\"0",
                             "[<1]0;[>=100]#",
                             "[$-409]0",
                             "[Color 12]0;[Red]-0",
                             "# ?/?",
                             "\"",
                             "\\",
                             "[",
                             ""};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (!bms_number_format_is_date(dates[i]))
            fail_msg("%s shows a date", dates[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (bms_number_format_is_date(numbers[i]))
            fail_msg("%s shows no date", numbers[i]);
}

static void per_cent_is_a_sign_that_is_not_quoted(void **state) {
    (void)state;
    assert_true(bms_number_format_is_per_cent("0%"));
    assert_true(bms_number_format_is_per_cent("0.0 %;[Red]-0.0 %"));
    assert_false(bms_number_format_is_per_cent("0\\%"));
    assert_false(bms_number_format_is_per_cent("0\"%\""));
    assert_false(bms_number_format_is_per_cent("0_%"));
    assert_false(bms_number_format_is_per_cent("0"));
}

#define XFS                                                                                                  \
    "<numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy'/><numFmt numFmtId='165' formatCode='0\\%'/>"    \
    "<numFmt numFmtId='166' formatCode='&quot;d&quot;0'/></numFmts><cellStyleXfs><xf "                       \
    "numFmtId='14'/></cellStyleXfs>"                                                                         \
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='9'/><xf "               \
    "numFmtId='165'/>"                                                                                       \
    "<xf numFmtId='166'/></cellXfs><dxfs><dxf><numFmt numFmtId='9' formatCode='0.000'/></dxf></dxfs>"

static void cells_carry_their_formats(void **state) {
    (void)state;
    assert_details(
        &(struct book){
            .rows = "<row><c><v>1</v></c><c s='1'><v>2</v></c><c s='2'><v>3</v></c><c s='3'><v>0.85</v></c>"
                    "<c s='4'><v>5</v></c><c s='5'><v>6</v></c></row>",
            .formats = XFS},
        "A1 n 1; B1 n 2 [m/d/yyyy] date; C1 n 3 [dd/mm/yyyy] date; D1 n 0.85 [0%] per-cent; E1 n 5 [0\\%]; "
        "F1 n 6 [\"d\"0]");
}

static void text_in_a_date_format_is_no_date_but_per_cent_is_marked_on_any_cell(void **state) {
    (void)state;
    assert_details(
        &(struct book){.rows = "<row><c s='1' t='str'><v>3</v></c><c s='3' t='str'><v>85</v></c></row>",
                       .formats = XFS},
        "A1 s 3 [m/d/yyyy]; B1 s 85 [0%] per-cent");
}

static void a_style_that_is_missing_is_general(void **state) {
    (void)state;
    const char *rows = "<row><c s='99'><v>1</v></c><c s=''><v>2</v></c></row>";
    assert_details(&(struct book){.rows = rows, .formats = XFS}, "A1 n 1; B1 n 2");
    assert_details(&(struct book){.rows = rows, .styles = ""}, "A1 n 1; B1 n 2");
}

static void a_file_may_redefine_a_built_in_format(void **state) {
    (void)state;
    assert_details(
        &(struct book){.rows = "<row><c s='0'><v>1</v></c></row>",
                       .formats = "<numFmts><numFmt numFmtId='14' formatCode='0.0%'/></numFmts><cellXfs><xf "
                                  "numFmtId='14'/></cellXfs>"},
        "A1 n 1 [0.0%] per-cent");
}

static void dates_count_from_the_workbooks_own_epoch(void **state) {
    (void)state;
    const char *rows =
        "<row><c t='d'><v>1904-01-02</v></c><c t='d'><v>2026-08-31</v></c><c><v>3</v></c></row>";
    assert_cells(&(struct book){.rows = rows}, "A1 n 1463; B1 n 46265; C1 n 3");
    assert_cells(&(struct book){.rows = rows, .properties = "<workbookPr date1904='1'/>"},
                 "A1 n 1; B1 n 44803; C1 n 3");
    assert_cells(&(struct book){.rows = rows, .properties = "<workbookPr date1904='true'/>"},
                 "A1 n 1; B1 n 44803; C1 n 3");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_formats_are_known_by_their_number),
        cmocka_unit_test(custom_formats_are_dates_by_their_codes),
        cmocka_unit_test(per_cent_is_a_sign_that_is_not_quoted),
        cmocka_unit_test(cells_carry_their_formats),
        cmocka_unit_test(text_in_a_date_format_is_no_date_but_per_cent_is_marked_on_any_cell),
        cmocka_unit_test(a_style_that_is_missing_is_general),
        cmocka_unit_test(a_file_may_redefine_a_built_in_format),
        cmocka_unit_test(dates_count_from_the_workbooks_own_epoch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
