/* A setup as text: sheets, tables, records and remarks; and what is wrong with a text, by its line. Invented
 * throughout. */
#include "tests/unit/close.h"

#include "templates/setup_text.h"

#include "core/base/platform.h"
#include "core/definition/definition.h"

#include <stdlib.h>
#include <string.h>

struct given {
    bms_arena *arena;
    bms_setup_book book;
    bms_setup_text_error error;
};

static int begin(void **state) {
    struct given *given = test_calloc(1, sizeof *given);
    given->arena = bms_arena_new();
    *state = given;
    return 0;
}

static int end(void **state) {
    struct given *given = *state;
    bms_arena_free(given->arena);
    test_free(given);
    return 0;
}

static const char *cell(const struct given *given, enum bms_setup_sheet sheet, size_t row,
                        const char *column) {
    assert_true(row < given->book.tables[sheet].n_rows);
    const bms_setup_cell *found = bms_setup_find(&given->book.tables[sheet].rows[row], column);
    return found ? found->text : "";
}

static void read_text(struct given *given, const char *text) {
    if (!bms_setup_text_read(given->arena, text, &given->book, &given->error))
        fail_msg("line %u: %s", given->error.line, given->error.message);
}

static void refused(struct given *given, const char *text, unsigned line) {
    assert_false(bms_setup_text_read(given->arena, text, &given->book, &given->error));
    assert_non_null(given->error.message);
    assert_int_equal(given->error.line, line);
}

static void a_table_gives_a_row_for_each_line(void **state) {
    struct given *given = *state;
    read_text(given, "# Tittel\nprosa: ikke lest\n\n## Enheter\n> en merknad\n"
                     "| Kode | Navn | Hører under |\n|------|:----:|---|\n| 1000 | Prøve kommune | |\n\n| "
                     "1100 | Lia | 1000 |\n");
    const bms_setup_table *table = &given->book.tables[BMS_SHEET_UNITS];
    assert_int_equal(table->n_rows, 2);
    assert_string_equal(cell(given, BMS_SHEET_UNITS, 0, "name"), "Prøve kommune");
    assert_int_equal(table->rows[0].n_cells, 2);
    assert_string_equal(cell(given, BMS_SHEET_UNITS, 1, "parent"), "1000");
    assert_int_equal(table->rows[1].row_index, 9);
}

static void a_record_gives_a_row_over_several_lines(void **state) {
    struct given *given = *state;
    read_text(
        given,
        "## Indikatorer\n\n### SYK\nNavn: Sykefravær: alle\nTall 1 – spørsmål: Hvor mange\n  dagsverk?\n"
        "Faktor: 1,234\n\n### KORT\nNavn: Korttidsfravær\n");
    assert_int_equal(given->book.tables[BMS_SHEET_INDICATORS].n_rows, 2);
    assert_string_equal(cell(given, BMS_SHEET_INDICATORS, 0, "code"), "SYK");
    assert_string_equal(cell(given, BMS_SHEET_INDICATORS, 0, "name"), "Sykefravær: alle");
    assert_string_equal(cell(given, BMS_SHEET_INDICATORS, 0, "question_1"), "Hvor mange dagsverk?");
    assert_string_equal(cell(given, BMS_SHEET_INDICATORS, 1, "code"), "KORT");
}

static void numbers_are_as_in_a_workbook(void **state) {
    struct given *given = *state;
    read_text(given, "## Mål\n| Indikator | Grønn grense | Rød grense |\n| SYK | 7,5 | 95–105 |\n");
    assert_string_equal(cell(given, BMS_SHEET_TARGETS, 0, "green"), "7.5");
    assert_string_equal(cell(given, BMS_SHEET_TARGETS, 0, "red"), "95–105");
}

static void groups_are_further_columns_of_the_plan(void **state) {
    struct given *given = *state;
    read_text(given, "## Hvem måler hva\n| Indikator | Målepunkt | skole | Alle | Unntak |\n| SYK | *-T* | x "
                     "| | uten 1101 |\n");
    const bms_setup_table *table = &given->book.tables[BMS_SHEET_PLAN];
    assert_int_equal(table->n_further, 2);
    assert_string_equal(table->further[1], "Alle");
    assert_string_equal(cell(given, BMS_SHEET_PLAN, 0, "skole"), "x");
    assert_string_equal(cell(given, BMS_SHEET_PLAN, 0, "exceptions"), "uten 1101");
}

static void what_cannot_be_understood_is_named_by_its_line(void **state) {
    struct given *given = *state;
    refused(given, "## Enheter\n| Kode | Farge |\n", 2);
    refused(given, "\n## Enhetene\n", 2);
    refused(given, "## Enheter\n\n## Units\n", 3);
    refused(given, "## Enheter\n| Kode | Navn |\n| 1000 |\n", 3);
    refused(given, "## Enheter\n| Kode | Navn |\n| 1000 | a | b |\n", 3);
    refused(given, "## Enheter\n| Kode | Navn |\n| 1000 | a\n", 3);
    refused(given, "## Indikatorer\nNavn: Sykefravær\n", 2);
    refused(given, "## Indikatorer\n### SYK\nNavn: a\nNavn: b\n", 4);
    refused(given, "## Indikatorer\n### SYK\nbare tekst\n", 3);
    refused(given, "## Indikatorer\n  innrykk\n", 2);
    refused(given, "## Indikatorer\n### \n", 2);
}

static void the_template_fet_has_what_fet_printed(void **state) {
    struct given *given = *state;
    static const struct {
        const char *indicator;
        double green;
        double red;
    } printed[] = {{"BUD", 0, 0},       {"BRUK", 5, 4},   {"MEDV", 5, 4},
                   {"INFO", 5, 4},      {"LEDE", 4.5, 4}, {"TRIV", 5, 4.5},
                   {"ORGAN", 4.5, 3.5}, {"SYK", -1, -1},  {"LAER", 4.5, 3.5}};
    unsigned char *bytes = NULL;
    size_t size = 0;
    bms_error error = {0};
    assert_int_equal(
        bms_platform_read_file(BMS_SOURCE_DIR "/templates/fet/setup.md", "en", &bytes, &size, &error),
        BMS_OK);
    const char *text = bms_arena_copy(given->arena, (const char *)bytes, size);
    free(bytes);
    read_text(given, text);
    bms_findings findings = {.arena = given->arena, .language = "en"};
    bms_definition definition;
    assert_int_equal(bms_definition_read(given->arena, &given->book, "fet", &definition, &findings, &error),
                     BMS_OK);
    assert_int_equal(findings.n, 0);
    assert_int_equal(definition.n_focus_areas, 3);
    for (size_t i = 0; i < sizeof printed / sizeof *printed; i++) {
        const bms_target *target = &definition.targets[i];
        assert_string_equal(definition.indicators[target->indicator].code, printed[i].indicator);
        assert_close(target->limits.green, printed[i].green);
        assert_close(target->limits.red, printed[i].red);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_table_gives_a_row_for_each_line),
        TEST(a_record_gives_a_row_over_several_lines),
        TEST(numbers_are_as_in_a_workbook),
        TEST(groups_are_further_columns_of_the_plan),
        TEST(what_cannot_be_understood_is_named_by_its_line),
        TEST(the_template_fet_has_what_fet_printed),
    };
    return cmocka_run_group_tests_name("setup text", tests, NULL, NULL);
}
