/** Reading cells: their kinds, texts and positions. */
#include "tests/unit/xlsx/read/made_workbook.h"

#define ROW1(cells) "<row r='1'>" cells "</row>"

static void numbers_are_read_exactly_as_stored(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = ROW1("<c r='A1'><v>0.1</v></c><c r='B1' t='n'><v>-12.50</v></c>"
                                             "<c r='C1'><v>1E-3</v></c><c r='D1'><v> 42\n</v></c>"
                                             "<c r='E1' t=''><v>1.7976931348623157e308</v></c>")},
                 "A1 n 0.1; B1 n -12.5; C1 n 0.001; D1 n 42; E1 n 1.7976931348623157e+308");
}

static void text_where_a_number_is_promised_is_refused(void **state) {
    (void)state;
    assert_refused(&(struct book){.rows = ROW1("<c r='A1'><v>1234,5</v></c>")},
                   "A1 of sheet “Form” holds “1234,5”");
    assert_refused(&(struct book){.rows = ROW1("<c r='B1' t='n'><v>29 000 ca</v></c>")}, "not a number");
    assert_refused(&(struct book){.rows = ROW1("<c r='B1'><v>NaN</v></c>")}, "not a number");
    assert_refused(&(struct book){.rows = ROW1("<c r='B1'><v>1e999</v></c>")}, "not a number");
    assert_refused(&(struct book){.rows = ROW1("<c r='B1'><v>0x10</v></c>")}, "not a number");
}

static void shared_strings_are_found_by_number(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = ROW1("<c r='A1' t='s'><v>1</v></c><c r='B1' t='s'><v>0</v></c>"),
                                .items = "<si><t>first</t></si><si><t>second</t></si>"},
                 "A1 s second; B1 s first");
}

static void a_shared_string_that_is_missing_is_refused(void **state) {
    (void)state;
    const char *rows = ROW1("<c r='A1' t='s'><v>1</v></c>");
    assert_refused(&(struct book){.rows = rows, .items = "<si><t>only</t></si>"}, "refers to text number 1");
    assert_refused(&(struct book){.rows = ROW1("<c r='A1' t='s'><v>-1</v></c>")}, "refers to text number");
    assert_refused(&(struct book){.rows = rows, .strings = ""}, "refers to text number 1");
}

static void a_missing_shared_strings_part_is_accepted_when_nothing_needs_it(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = ROW1("<c r='A1'><v>1</v></c>"), .strings = ""}, "A1 n 1");
}

static void a_formulas_text_and_inline_text_are_text(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = ROW1("<c r='A1' t='str'><v>from a formula</v></c>"
                                             "<c r='B1' t='inlineStr'><is><t>inline</t></is></c>"
                                             "<c r='C1' t='inlineStr'><v>in the wrong element</v></c>"
                                             "<c r='D1'><is><t>without its type</t></is></c>")},
                 "A1 s from a formula; B1 s inline; C1 s in the wrong element; D1 s without its type");
}

static void booleans_and_errors_are_kinds_of_their_own(void **state) {
    (void)state;
    assert_cells(
        &(struct book){.rows = ROW1("<c r='A1' t='b'><v>1</v></c><c r='B1' t='b'><v>false</v></c>"
                                    "<c r='C1' t='e'><v>#DIV/0!</v></c><c r='D1' t='e'><v>#N/A</v></c>")},
        "A1 b 1; B1 b 0; C1 e #DIV/0!; D1 e #N/A");
    assert_refused(&(struct book){.rows = ROW1("<c r='A1' t='b'><v>2</v></c>")}, "neither true nor false");
}

static void dates_in_words_become_serials(void **state) {
    (void)state;
    const char *rows =
        ROW1("<c r='A1' t='d'><v>2026-08-31</v></c><c r='B1' t='d'><v>2026-08-31T12:00:00Z</v></c>"
             "<c r='C1' t='d'><v>06:00:00</v></c><c r='D1' t='d'><v>1900-01-01</v></c>");
    assert_details(&(struct book){.rows = rows},
                   "A1 n 46265 date; B1 n 46265.5 date; C1 n 0.25 date; D1 n 1 date");
    assert_refused(&(struct book){.rows = ROW1("<c r='A1' t='d'><v>2026-02-29</v></c>")}, "not a date");
    assert_refused(&(struct book){.rows = ROW1("<c r='A1' t='d'><v>31.08.2026</v></c>")}, "not a date");
}

static void a_type_the_format_does_not_have_is_refused(void **state) {
    (void)state;
    assert_refused(&(struct book){.rows = ROW1("<c r='A1' t='x'><v>1</v></c>")}, "type");
}

static void runs_of_rich_text_are_joined_and_phonetic_runs_left_out(void **state) {
    (void)state;
    assert_cells(
        &(struct book){
            .rows = ROW1(
                "<c r='A1' t='s'><v>0</v></c>"
                "<c r='B1' t='inlineStr'><is><r><t>in</t></r><r><rPr><b/></rPr><t>line</t></r></is></c>"),
            .items =
                "<si><t>plain </t><r><t>then </t></r><r><rPr><i/></rPr><t xml:space='preserve'>runs</t></r>"
                "<rPh sb='0' eb='1'><t>PHONETIC</t></rPh><phoneticPr fontId='1'/></si>"},
        "A1 s plain then runs; B1 s inline");
}

static void white_space_of_texts_is_kept(void **state) {
    (void)state;
    assert_cells(
        &(struct book){.rows = ROW1("<c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>"),
                       .items = "<si><t xml:space='preserve'>  a </t></si>\n <si>\n <t>b\tc\n</t> </si>"},
        "A1 s   a ; B1 s b\tc\n");
}

static void escapes_of_the_format_are_undone(void **state) {
    (void)state;
    assert_cells(
        &(struct book){.rows = ROW1("<c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>"
                                    "<c r='C1' t='str'><v>_x00e6_</v></c><c r='D1' t='s'><v>2</v></c>"),
                       .items =
                           "<si><t>a_x0009_b</t></si><si><t>_x005F_x0041_ _x004_ _xZZZZ_ _x0000_</t></si>"
                           "<si><t>_xD83D__xDE00_ _xD83D_</t></si>"},
        "A1 s a\tb; B1 s _x0041_ _x004_ _xZZZZ_ _x0000_; C1 s æ; D1 s \xF0\x9F\x98\x80 \xEF\xBF\xBD");
}

static void line_breaks_of_texts_are_kept(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = ROW1("<c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>"
                                             "<c r='C1' t='s'><v>2</v></c><c r='D1' t='s'><v>3</v></c>"),
                                .items = "<si><t>a\r\nb</t></si><si><t>a_x000D_\nb</t></si>"
                                         "<si><t>a_x000D_\r\nb</t></si><si><t>a&#10;b</t></si>"},
                 "A1 s a\r\nb; B1 s a\r\nb; C1 s a\r\nb; D1 s a\nb");
}

/** XML turns a lone carriage return into a line feed; one written as a reference stays. */
static void a_carriage_return_alone_is_one_line_break(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = ROW1("<c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>"
                                             "<c r='C1' t='s'><v>2</v></c>"),
                                .items = "<si><t>a\rb\r\r\nc</t></si><si><t>a&#13;b</t></si>"
                                         "<si><t><![CDATA[a\rb\r\nc]]></t></si>"},
                 "A1 s a\nb\n\r\nc; B1 s a\rb; C1 s a\nb\r\nc");
}

static void references_and_character_data_sections_are_text(void **state) {
    (void)state;
    assert_cells(
        &(struct book){.rows = ROW1("<c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>"),
                       .items =
                           "<si><t>&lt;&amp;&#248;&#xE5;&quot;</t></si><si><t><![CDATA[<b>&amp;]]></t></si>"},
        "A1 s <&øå\"; B1 s <b>&amp;");
}

static void cells_without_a_value_are_left_out(void **state) {
    (void)state;
    assert_cells(
        &(struct book){.rows = ROW1("<c r='A1'/><c r='B1' s='3'></c><c r='C1'><v/></c><c r='D1'><v></v></c>"
                                    "<c r='E1' t='s'><v/></c><c r='F1'><v>1</v></c>")},
        "F1 n 1");
}

static void an_empty_text_is_delivered_as_such(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = ROW1("<c r='A1' t='s'><v>0</v></c><c r='B1' t='str'><v/></c>"),
                                .items = "<si/>"},
                 "A1 s ; B1 s ");
}

static void positions_may_be_left_out(void **state) {
    (void)state;
    assert_cells(
        &(struct book){
            .rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row r='4'><c r='C4'><v>3</v></c><c><v>4</v>"
                    "</c></row><row><c><v>5</v></c></row>"},
        "A1 n 1; B1 n 2; C4 n 3; D4 n 4; A5 n 5");
}

/** A row without a number is the next one, unless the addresses of its cells name another. */
static void a_row_without_a_number_is_placed_by_its_cells(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = "<row><c r='A1'><v>1</v></c></row>"
                                        "<row><c r='B5'><v>2</v></c><c><v>3</v></c></row>"
                                        "<row/><row><c><v>4</v></c></row><row><c r='A3'><v>5</v></c></row>"},
                 "A1 n 1; B5 n 2; C5 n 3; A7 n 4; A3 n 5");
    assert_refused(&(struct book){.rows = "<row><c r='A5'><v>1</v></c><c r='B6'><v>2</v></c></row>"},
                   "B6 in the wrong row");
    assert_refused(&(struct book){.rows = "<row><c><v>1</v></c><c r='B2'><v>2</v></c></row>"},
                   "B2 in the wrong row");
    assert_refused(
        &(struct book){.rows =
                           "<row r='5'><c><v>1</v></c></row><row r='6'/><row><c r='A5'><v>1</v></c></row>"},
        "twice");
}

static void a_cell_whose_address_disagrees_with_its_row_is_refused(void **state) {
    (void)state;
    assert_refused(&(struct book){.rows = "<row r='2'><c r='A3'><v>1</v></c></row>"}, "A3 in the wrong row");
}

static void a_cell_with_two_values_is_refused(void **state) {
    (void)state;
    assert_refused(&(struct book){.rows = ROW1("<c r='A1'><v>1</v><v>2</v></c>")}, "A1");
    assert_refused(&(struct book){.rows = ROW1("<c r='A1'><v/><v>2</v></c>")}, "more than one value");
    assert_refused(&(struct book){.rows = ROW1("<c r='A1'><v>1<v>2</v>3</v></c>")}, "more than one value");
    assert_refused(&(struct book){.rows = ROW1("<c r='A1'><v>1<b/>2</v></c>")}, "more than one value");
    assert_refused(
        &(struct book){.rows = ROW1("<c r='B1' t='inlineStr'><is><t>a</t></is><is><t>b</t></is></c>")}, "B1");
    assert_refused(&(struct book){.rows = ROW1("<c r='C1'><f>1+1</f><f>2+2</f><v>2</v></c>")}, "C1");
}

static void impossible_addresses_are_refused(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"},
                 "XFD1048576 n 1");
    assert_refused(&(struct book){.rows = ROW1("<c r='XFE1'><v>1</v></c>")}, "not an address");
    assert_refused(&(struct book){.rows = ROW1("<c r='XFD1'/><c><v>1</v></c>")}, "not an address");
    assert_refused(&(struct book){.rows = "<row r='1048577'/>"}, "1048577");
    assert_refused(&(struct book){.rows = "<row r='1048576'/><row/>"}, "not an address");
    assert_refused(&(struct book){.rows = "<row r='0'/>"}, "not an address");
    assert_refused(&(struct book){.rows = "<row r='-1'/>"}, "not an address");
    assert_refused(&(struct book){.rows = ROW1("<c r='1A'/>")}, "not an address");
    assert_refused(&(struct book){.rows = ROW1("<c r='A99999999999999999999'/>")}, "not an address");
}

static void a_place_that_occurs_twice_is_refused(void **state) {
    (void)state;
    assert_refused(&(struct book){.rows = ROW1("<c r='A1'><v>1</v></c><c r='A1'><v>2</v></c>")}, "twice");
    assert_refused(
        &(struct book){.rows = ROW1("<c r='A1'><v>1</v></c>") "<row r='2'/>" ROW1("<c r='B1'><v>2</v></c>")},
        "twice");
    assert_refused(&(struct book){.rows = ROW1("<c r='B1'><v>1</v></c>") ROW1("<c r='B1'><v>2</v></c>")},
                   "twice");
    assert_refused(&(struct book){.rows = ROW1("<c r='A1'><f>1+1</f></c><c r='A1'><v>2</v></c>")},
                   "A1 twice");
}

static void an_empty_cell_or_row_beside_one_of_the_same_place_is_harmless(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = ROW1("<c r='A1'><v>1</v></c><c r='A1' s='0'/>")}, "A1 n 1");
    assert_cells(&(struct book){.rows = ROW1("<c r='A1'/><c r='A1'><v>2</v></c><c r='A1'><v/></c>")},
                 "A1 n 2");
    assert_cells(
        &(struct book){.rows = ROW1("<c r='A1'><v>1</v></c>") "<row r='2'/><row r='1'><c r='B1'/></row>"},
        "A1 n 1");
    assert_cells(&(struct book){.rows = "<row r='1'/><row r='2'/>" ROW1("<c r='A1'><v>1</v></c>")}, "A1 n 1");
}

static void rows_and_cells_may_come_in_any_order(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = "<row r='3'><c r='B3'><v>1</v></c><c r='A3'><v>2</v></c></row>" ROW1(
                                    "<c r='A1'><v>3</v></c>")},
                 "B3 n 1; A3 n 2; A1 n 3");
    assert_cells(&(struct book){.rows = ROW1("<c r='A1'><v>1</v></c>") ROW1("<c r='B1'><v>2</v></c>")},
                 "A1 n 1; B1 n 2");
}

static void extensions_inside_cells_are_skipped(void **state) {
    (void)state;
    assert_cells(&(struct book){.rows = ROW1("<c r='A1'><v>1</v><extLst><ext><v>9</v></ext></extLst></c>"
                                             "<x:c xmlns:x='urn:other' r='B1'><x:v>2</x:v></x:c>")},
                 "A1 n 1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_exactly_as_stored),
        cmocka_unit_test(text_where_a_number_is_promised_is_refused),
        cmocka_unit_test(shared_strings_are_found_by_number),
        cmocka_unit_test(a_shared_string_that_is_missing_is_refused),
        cmocka_unit_test(a_missing_shared_strings_part_is_accepted_when_nothing_needs_it),
        cmocka_unit_test(a_formulas_text_and_inline_text_are_text),
        cmocka_unit_test(booleans_and_errors_are_kinds_of_their_own),
        cmocka_unit_test(dates_in_words_become_serials),
        cmocka_unit_test(a_type_the_format_does_not_have_is_refused),
        cmocka_unit_test(runs_of_rich_text_are_joined_and_phonetic_runs_left_out),
        cmocka_unit_test(white_space_of_texts_is_kept),
        cmocka_unit_test(escapes_of_the_format_are_undone),
        cmocka_unit_test(line_breaks_of_texts_are_kept),
        cmocka_unit_test(a_carriage_return_alone_is_one_line_break),
        cmocka_unit_test(references_and_character_data_sections_are_text),
        cmocka_unit_test(cells_without_a_value_are_left_out),
        cmocka_unit_test(an_empty_text_is_delivered_as_such),
        cmocka_unit_test(positions_may_be_left_out),
        cmocka_unit_test(a_row_without_a_number_is_placed_by_its_cells),
        cmocka_unit_test(a_cell_with_two_values_is_refused),
        cmocka_unit_test(a_cell_whose_address_disagrees_with_its_row_is_refused),
        cmocka_unit_test(impossible_addresses_are_refused),
        cmocka_unit_test(a_place_that_occurs_twice_is_refused),
        cmocka_unit_test(an_empty_cell_or_row_beside_one_of_the_same_place_is_harmless),
        cmocka_unit_test(rows_and_cells_may_come_in_any_order),
        cmocka_unit_test(extensions_inside_cells_are_skipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
