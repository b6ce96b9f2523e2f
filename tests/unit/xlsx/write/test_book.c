/** Writing workbooks: what is written is what our reader reads. */
#include "core/base/error.h"
#include "core/base/platform.h"
#include "xlsx/read/package.h"
#include "xlsx/read/workbook.h"
#include "xlsx/write/book.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char path[] = "test_book.xlsx";

/** A workbook to write in, and the same read back. */
struct fixture {
    bms_book *book;
    bms_page *page;
    bms_arena *arena;
    bms_workbook *workbook;
    const bms_sheet *sheet;
};

static int set_up(void **state) {
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->book =
        bms_book_new(&(bms_book_about){.title = "Prøve", .language = "nb", .made_at = 1788220800});
    fixture->page = bms_book_add_page(fixture->book, "Ark");
    fixture->arena = bms_arena_new();
    *state = fixture;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    bms_book_discard(fixture->book);
    bms_workbook_free(fixture->workbook);
    bms_arena_free(fixture->arena);
    free(fixture);
    (void)remove(path);
    return 0;
}

static void close_and_read(struct fixture *fixture) {
    bms_error error = {0};
    const bms_source source = {.name = path};
    assert_int_equal(bms_book_close(fixture->book, path, &error), BMS_OK);
    fixture->book = NULL;
    assert_int_equal(bms_workbook_open(&fixture->workbook, &source, NULL, "nb", &error), BMS_OK);
    assert_int_equal(bms_sheet_load(&fixture->sheet, fixture->workbook, 0, fixture->arena, &error), BMS_OK);
}

static const bms_cell *cell_at(const struct fixture *fixture, uint32_t row, uint32_t column) {
    const bms_cell *cell = bms_sheet_find(fixture->sheet, row, column);
    assert_non_null(cell);
    return cell;
}

static void text_is_text_whatever_it_begins_with(void **state) {
    struct fixture *fixture = *state;
    static const char *const texts[] = {
        "=1+1",    "+47 12",  "-5",           "@navn",  "{=1}",          "http://eksempel.no",
        "  rom  ", "_x0041_", "linje\nlinje", "\"<&>'", "blåbærsyltetøy"};
    enum { N = sizeof texts / sizeof *texts };
    for (uint32_t i = 0; i < N; i++)
        bms_page_text(fixture->page, i, 0, NULL, texts[i]);
    close_and_read(fixture);
    for (uint32_t i = 0; i < N; i++) {
        assert_int_equal(cell_at(fixture, i, 0)->kind, BMS_CELL_TEXT);
        assert_string_equal(cell_at(fixture, i, 0)->text, texts[i]);
        assert_false(cell_at(fixture, i, 0)->has_formula);
    }
}

static void what_the_format_cannot_hold_is_replaced_not_written(void **state) {
    struct fixture *fixture = *state;
    bms_page_text(fixture->page, 0, 0, NULL,
                  "a\x01\x0B"
                  "b\r\nc\rd");
    bms_page_text(fixture->page, 1, 0, NULL, "gyldig \xC3\xA5, ugyldig \xFF og \xED\xA0\x80");
    char *long_text = malloc(70001);
    memset(long_text, 'x', 70000);
    long_text[70000] = '\0';
    bms_page_text(fixture->page, 2, 0, NULL, long_text);
    free(long_text);
    bms_page_text(fixture->page, 3, 0, NULL, "for lang \xC0\xAF, ingen \xEF\xBF\xBE, 😀, avkuttet \xE2\x82");
    close_and_read(fixture);
    assert_string_equal(cell_at(fixture, 0, 0)->text, "a  b\nc\nd");
    assert_string_equal(cell_at(fixture, 1, 0)->text,
                        "gyldig å, ugyldig \xEF\xBF\xBD og \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_int_equal(strlen(cell_at(fixture, 2, 0)->text), 32767);
    assert_string_equal(cell_at(fixture, 3, 0)->text, "for lang ��, ingen ���, 😀, avkuttet ��");
}

static void numbers_that_are_not_finite_leave_the_cell_empty(void **state) {
    struct fixture *fixture = *state;
    bms_page_number(fixture->page, 0, 0, NULL, NAN);
    bms_page_number(fixture->page, 0, 1, NULL, INFINITY);
    bms_page_number(fixture->page, 0, 2, NULL, 0.25);
    close_and_read(fixture);
    assert_null(bms_sheet_find(fixture->sheet, 0, 0));
    assert_null(bms_sheet_find(fixture->sheet, 0, 1));
    assert_true(cell_at(fixture, 0, 2)->number == 0.25);
}

static void a_formula_carries_its_result(void **state) {
    struct fixture *fixture = *state;
    bms_page_formula_number(fixture->page, 0, 0, NULL, "=1+1", 2);
    bms_page_formula_text(fixture->page, 0, 1, NULL, "=IF(A1=2,\"● ja\",\"nei\")", "● ja");
    bms_page_formula_text(fixture->page, 0, 2, NULL, "=\"\"", "");
    close_and_read(fixture);
    assert_true(cell_at(fixture, 0, 0)->has_formula && cell_at(fixture, 0, 0)->has_result);
    assert_true(cell_at(fixture, 0, 0)->number == 2);
    assert_string_equal(cell_at(fixture, 0, 1)->text, "● ja");
    assert_string_equal(cell_at(fixture, 0, 2)->text, "");
}

static void a_formula_without_a_finite_result_is_our_mistake(void **state) {
    struct fixture *fixture = *state;
    bms_error error = {0};
    bms_page_formula_number(fixture->page, 0, 0, NULL, "=1/0", INFINITY);
    assert_int_equal(bms_book_close(fixture->book, path, &error), BMS_INTERNAL);
    fixture->book = NULL;
    assert_null(fopen(path, "rb"));
}

static void sheet_names_are_made_valid_and_unique(void **state) {
    struct fixture *fixture = *state;
    static const struct {
        const char *wanted;
        const char *got;
    } cases[] = {{"ark", "ark (2)"},
                 {"Lønn/HR: [2026]*?\\", "Lønn HR   2026"},
                 {"'sitat'", " sitat"},
                 {"Et navn som er mye lengre enn det et ark kan hete", "Et navn som er mye lengre enn d"},
                 {"Et navn som er mye lengre enn det et annet ark kan hete", "Et navn som er mye lengre (2)"},
                 {"", "1"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        bms_book_add_page(fixture->book, cases[i].wanted);
    close_and_read(fixture);
    assert_int_equal(bms_workbook_sheet_count(fixture->workbook), 1 + sizeof cases / sizeof *cases);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(bms_workbook_sheet(fixture->workbook, i + 1)->name, cases[i].got);
}

static void references_quote_the_name_of_the_sheet(void **state) {
    struct fixture *fixture = *state;
    bms_page *page = bms_book_add_page(fixture->book, "Ola's ark");
    assert_string_equal(bms_page_reference(page, bms_range_of(0, 0, 4, 1)), "'Ola''s ark'!$A$1:$B$5");
    assert_string_equal(bms_page_reference(page, bms_range_of(2, 27, 2, 27)), "'Ola''s ark'!$AB$3");
}

static void defined_names_hidden_sheets_and_days_are_there(void **state) {
    struct fixture *fixture = *state;
    bms_page *hidden = bms_book_add_page(fixture->book, "Skjult");
    bms_page_hide(hidden);
    bms_page_define_name(fixture->page, "bms_her", bms_range_of(1, 2, 1, 2));
    bms_page_day(fixture->page, 0, 0, NULL, bms_day_of(2026, 9, 15));
    bms_page_day(fixture->page, 0, 1, NULL, BMS_NO_DAY);
    close_and_read(fixture);
    const bms_defined_name *name = bms_workbook_find_name(fixture->workbook, "bms_her", BMS_NO_SHEET);
    assert_non_null(name);
    assert_int_equal(name->range.first_row, 1);
    assert_int_equal(name->range.first_column, 2);
    assert_int_equal(bms_workbook_sheet(fixture->workbook, 1)->visibility, BMS_SHEET_HIDDEN);
    assert_true(cell_at(fixture, 0, 0)->is_date);
    assert_true(cell_at(fixture, 0, 0)->number == 46280);
    assert_null(bms_sheet_find(fixture->sheet, 0, 1));
}

/** The XML of the first sheet in the file. */
static const char *first_sheet(struct fixture *fixture) {
    enum { ROOM = 8192 };
    const bms_reading reading = {.file = path, .language = "nb"};
    unsigned char *bytes = NULL;
    size_t size = 0;
    size_t length = 0;
    bms_package *package = NULL;
    char *xml = bms_arena_alloc(fixture->arena, ROOM + 1);
    assert_int_equal(bms_platform_read_file(path, "nb", &bytes, &size, NULL), BMS_OK);
    assert_int_equal(bms_package_open(&package, bytes, size, &reading), BMS_OK);
    size_t member = bms_package_find(package, "xl/worksheets/sheet1.xml");
    assert_int_equal(bms_package_peek(package, member, xml, ROOM, &length, &reading), BMS_OK);
    assert_true(length < ROOM);
    bms_package_free(package);
    free(bytes);
    return xml;
}

static void an_ampersand_is_printed_as_itself(void **state) {
    struct fixture *fixture = *state;
    const bms_page_paper paper = {
        .header = "Plan & bygg", .footer = "Kultur & fritid", .page_numbers = "side {page} av {pages}"};
    bms_page_paper_set(fixture->page, &paper);
    close_and_read(fixture);
    const char *xml = first_sheet(fixture);
    assert_non_null(strstr(xml, "<oddHeader>&amp;L&amp;9Plan &amp;&amp; bygg</oddHeader>"));
    assert_non_null(strstr(xml, "<oddFooter>&amp;L&amp;9Kultur &amp;&amp; fritid&amp;R&amp;9side &amp;P av "
                                "&amp;N</oddFooter>"));
}

static void texts_longer_than_a_validation_holds_are_cut(void **state) {
    struct fixture *fixture = *state;
    char message[600];
    memset(message, 'm', sizeof message - 1);
    message[sizeof message - 1] = '\0';
    bms_page_choose(fixture->page, bms_range_of(0, 0, 99, 0),
                    bms_page_reference(fixture->page, bms_range_of(0, 1, 99, 1)),
                    &(bms_page_prompt){.title = message, .message = message, .refusal = message});
    bms_page_take_numbers(fixture->page, bms_range_of(0, 2, 0, 2), NULL);
    bms_page_note(fixture->page, 0, 0, message);
    bms_page_paper_set(fixture->page,
                       &(bms_page_paper){.header = message, .footer = message, .page_numbers = message});
    close_and_read(fixture);
}

static void a_single_merged_cell_is_only_written(void **state) {
    struct fixture *fixture = *state;
    bms_page_merged(fixture->page, bms_range_of(0, 0, 0, 0), NULL, "én");
    bms_page_merged(fixture->page, bms_range_of(1, 0, 1, 3), NULL, "flere");
    close_and_read(fixture);
    assert_string_equal(cell_at(fixture, 0, 0)->text, "én");
    assert_string_equal(cell_at(fixture, 1, 0)->text, "flere");
    assert_int_equal(fixture->sheet->info.n_merged, 1);
}

static void a_missing_folder_is_reported_and_not_printed(void **state) {
    struct fixture *fixture = *state;
    bms_error error = {0};
    assert_int_equal(bms_book_close(fixture->book, "finnes/ikke/bok.xlsx", &error), BMS_NOT_WRITABLE);
    fixture->book = NULL;
    assert_string_equal(error.where, "finnes/ikke/bok.xlsx");
    assert_string_not_equal(error.message, "");
}

static void nothing_is_written_for_a_workbook_that_ran_out_of_memory(void **state) {
    struct fixture *fixture = *state;
    bms_error error = {0};
    bms_book_no_memory(fixture->book);
    bms_page_text(fixture->page, 0, 0, NULL, "uten virkning");
    assert_null(bms_book_add_page(fixture->book, "Ark 2"));
    bms_page_text(NULL, 0, 0, NULL, "uten virkning");
    assert_int_equal(bms_book_close(fixture->book, path, &error), BMS_NO_MEMORY);
    fixture->book = NULL;
    assert_int_equal(bms_book_close(NULL, path, NULL), BMS_NO_MEMORY);
    assert_null(fopen(path, "rb"));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(text_is_text_whatever_it_begins_with),
        TEST(what_the_format_cannot_hold_is_replaced_not_written),
        TEST(numbers_that_are_not_finite_leave_the_cell_empty),
        TEST(a_formula_carries_its_result),
        TEST(a_formula_without_a_finite_result_is_our_mistake),
        TEST(sheet_names_are_made_valid_and_unique),
        TEST(references_quote_the_name_of_the_sheet),
        TEST(defined_names_hidden_sheets_and_days_are_there),
        TEST(an_ampersand_is_printed_as_itself),
        TEST(texts_longer_than_a_validation_holds_are_cut),
        TEST(a_single_merged_cell_is_only_written),
        TEST(a_missing_folder_is_reported_and_not_printed),
        TEST(nothing_is_written_for_a_workbook_that_ran_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
