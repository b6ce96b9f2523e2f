/** Report workbooks, read back with the reader. The municipality and its numbers are invented. */
#include "tests/unit/close.h"

#include "core/base/platform.h"
#include "core/workbooks.h"
#include "tests/unit/examples/report_example.h"
#include "xlsx/read/workbook.h"

#include <stdlib.h>
#include <string.h>

static const char path[] = "report_under_test.xlsx";

typedef struct written {
    bms_arena *arena;
    example town;
    bms_report_model model;
    const bms_sheet **sheets;
    size_t n_sheets;
} written;

static int set_up(void **state) {
    static written w;
    w = (written){.arena = bms_arena_new()};
    assert_non_null(w.arena);
    example_init(&w.town, w.arena);
    *state = &w;
    return 0;
}

static int tear_down(void **state) {
    bms_arena_free(((written *)*state)->arena);
    bms_platform_remove(path);
    return 0;
}

static void build(written *w, int unit) {
    bms_error error = {0};
    bms_report_run run = {.figures = example_figures(&w->town), .made_at = 86400LL * bms_day_of(2026, 9, 22)};
    assert_non_null(run.figures);
    assert_int_equal(bms_report_build(w->arena, &run, unit, 2, "nb", &w->model, &error), BMS_OK);
    if (bms_workbooks_write_report(&w->model, path, &error) != BMS_OK)
        fail_msg("%s: %s", error.where, error.message);
}

static void write_report(written *w, int unit) {
    bms_error error = {0};
    bms_workbook *workbook = NULL;
    bms_source source = {.name = path};
    build(w, unit);
    assert_int_equal(bms_workbook_open(&workbook, &source, NULL, "nb", &error), BMS_OK);
    w->n_sheets = bms_workbook_sheet_count(workbook);
    w->sheets = bms_arena_alloc(w->arena, w->n_sheets * sizeof *w->sheets);
    for (size_t i = 0; i < w->n_sheets; i++)
        assert_int_equal(bms_sheet_load(&w->sheets[i], workbook, i, w->arena, &error), BMS_OK);
    bms_workbook_free(workbook);
}

static const bms_sheet *sheet_named(const written *w, const char *name) {
    for (size_t i = 0; i < w->n_sheets; i++) {
        if (strcmp(w->sheets[i]->name, name) == 0)
            return w->sheets[i];
    }
    return NULL;
}

/** @return the first cell on the sheet whose text contains this, or NULL. */
static const bms_cell *saying(const bms_sheet *sheet, const char *text) {
    for (size_t i = 0; i < sheet->n_cells; i++) {
        if (sheet->cells[i].text && strstr(sheet->cells[i].text, text))
            return &sheet->cells[i];
    }
    return NULL;
}

static const bms_report_indicator *indicator_coded(const written *w, const char *code) {
    for (size_t i = 0; i < w->model.n_indicators; i++) {
        if (strcmp(w->model.indicators[i].indicator->code, code) == 0)
            return &w->model.indicators[i];
    }
    return NULL;
}

static void the_first_sheet_of_a_leader_answers_all_four_questions_on_one_screen(void **state) {
    written *w = *state;
    write_report(w, EXAMPLE_TOP);
    const bms_sheet *front = w->sheets[0];
    assert_string_equal(front->name, "Oversikt");
    assert_non_null(saying(front, "Eksempel kommune – 2. tertial 2026"));
    assert_non_null(saying(front, "13 av 16 enheter har levert"));
    assert_non_null(saying(front, "langt fra målet"));
    assert_non_null(saying(front, "■ I enhetene: "));
    assert_non_null(saying(front, "Ikke levert: 3"));
    assert_non_null(saying(front, "Bibliotek"));
    assert_non_null(saying(front, "Dette gjøres: 5 tiltak, 2 over frist"));
    assert_non_null(saying(front, "Utgave 2, 22.09.2026"));
    assert_non_null(saying(front, "INTERN"));
    assert_non_null(saying(front, "●/▲/■: antall enheter, hver etter sin egen status."));
    assert_true(saying(front, "Dette gjøres")->row < 24); /* what a small laptop shows */
    assert_true(front->info.rows_used < 36);
    assert_true(front->info.columns_used <= 12);
}

/** @return the first row's cell that begins with the name of an indicator, not what is said beside. */
static const bms_cell *row_called(const bms_sheet *sheet, const char *name) {
    for (size_t i = 0; i < sheet->n_cells; i++) {
        const bms_cell *cell = &sheet->cells[i];
        if (cell->column == 0 && cell->text && strncmp(cell->text, name, strlen(name)) == 0)
            return cell;
    }
    return NULL;
}

static void results_are_numbers_with_shape_and_colour_in_the_format(void **state) {
    written *w = *state;
    write_report(w, EXAMPLE_TOP);
    const bms_cell *name = row_called(w->sheets[0], "Sykefravær");
    const bms_cell *so_far = bms_sheet_find(w->sheets[0], name->row, 1);
    const bms_cell *period = bms_sheet_find(w->sheets[0], name->row, 2);
    const bms_report_indicator *row = indicator_coded(w, "SYK");
    assert_int_equal(so_far->kind, BMS_CELL_NUMBER);
    assert_close(so_far->number, row->so_far.rolled.result.value);
    assert_close(period->number, row->now.rolled.result.value);
    assert_non_null(strstr(period->number_format, "▲"));
    assert_non_null(strstr(period->number_format, "0.0"));
    assert_false(period->is_per_cent); /* 8.1 is written as 8.1, not 0.081 */
}

static void every_formula_carries_its_result(void **state) {
    written *w = *state;
    size_t formulas = 0;
    write_report(w, EXAMPLE_TOP);
    for (size_t s = 0; s < w->n_sheets; s++) {
        for (size_t c = 0; c < w->sheets[s]->n_cells; c++) {
            formulas += w->sheets[s]->cells[c].has_formula;
            assert_true(!w->sheets[s]->cells[c].has_formula || w->sheets[s]->cells[c].has_result);
        }
    }
    assert_true(formulas > 100);
}

static void the_numbers_add_up_to_the_leaders_result(void **state) {
    written *w = *state;
    write_report(w, EXAMPLE_TOP);
    const bms_sheet *numbers = sheet_named(w, "Tall");
    const bms_report_indicator *row = indicator_coded(w, "SYK");
    double numerators = 0;
    double denominators = 0;
    for (uint32_t r = 4; r < numbers->info.rows_used; r++) {
        const bms_cell *name = bms_sheet_find(numbers, r, 0);
        const bms_cell *n = bms_sheet_find(numbers, r, 3);
        const bms_cell *d = bms_sheet_find(numbers, r, 4);
        if (strcmp(name->text, "Sykefravær") != 0 || !n)
            continue;
        if (!n->has_formula) {
            numerators += n->number;
            denominators += d->number;
            continue;
        }
        assert_close(n->number, numerators);
        assert_close(d->number, denominators);
        assert_close(bms_sheet_find(numbers, r, 5)->number, 100 * numerators / denominators);
        assert_close(100 * numerators / denominators, row->now.rolled.result.value);
        return;
    }
    fail_msg("no sum of Sykefravær");
}

static void every_unit_is_in_the_matrix_and_what_is_missing_is_marked(void **state) {
    written *w = *state;
    write_report(w, EXAMPLE_TOP);
    const bms_sheet *matrix = sheet_named(w, "Enheter");
    for (int u = 0; u < EXAMPLE_UNITS; u++) {
        const bms_cell *cell = saying(matrix, w->town.definition.units[u].name);
        assert_non_null(cell);
        if (u >= EXAMPLE_FIRST_UNIT && example_is_late(u))
            assert_string_equal(bms_sheet_find(matrix, cell->row, 2)->text, "mangler");
    }
    assert_string_equal(bms_sheet_find(matrix, saying(matrix, "Bibliotek")->row, 1)->text, "ikke levert");
}

static void comments_are_text_even_when_they_look_like_formulas(void **state) {
    written *w = *state;
    write_report(w, EXAMPLE_TOP);
    const bms_cell *cell = saying(sheet_named(w, "Kommentarer"), "=Tallet er foreløpig");
    assert_non_null(cell);
    assert_int_equal(cell->kind, BMS_CELL_TEXT);
    assert_false(cell->has_formula);
}

static void who_has_not_delivered_comes_first_with_the_reason(void **state) {
    written *w = *state;
    write_report(w, EXAMPLE_TOP);
    const bms_sheet *deliveries = sheet_named(w, "Levering");
    const bms_cell *held = saying(deliveries, "Bekkelunden barnehage");
    assert_true(held->row < saying(deliveries, "Solbakken barnehage")->row);
    assert_non_null(saying(deliveries, "Delen kan ikke være større enn helheten"));
}

static void a_units_report_has_its_own_card_and_nothing_of_others(void **state) {
    written *w = *state;
    write_report(w, 11);
    assert_string_equal(w->sheets[0]->name, "Oversikt");
    assert_null(sheet_named(w, "Enheter"));
    assert_null(sheet_named(w, "Levering"));
    assert_non_null(saying(w->sheets[0], "Levert: 7 av 7 svar"));
    assert_non_null(saying(w->sheets[0], "Kartlegge fallrisiko"));
    for (size_t s = 0; s < w->n_sheets; s++) {
        assert_null(saying(w->sheets[s], "Granli sykehjem 2. etasje"));
        assert_null(saying(w->sheets[s], "Bibliotek"));
    }
}

static void a_unit_that_has_not_delivered_sees_that_and_what_is_missing(void **state) {
    written *w = *state;
    write_report(w, 6);
    assert_non_null(saying(w->sheets[0], "Skjemaet er holdt tilbake"));
    assert_non_null(saying(w->sheets[0], "10 av 7 beboere"));
    assert_non_null(saying(w->sheets[0], "Mangler: 5"));
    assert_null(saying(w->sheets[0], "●/▲/■")); /* it has no lights */
}

static void the_same_report_gives_the_same_bytes(void **state) {
    written *w = *state;
    unsigned char *bytes[2];
    size_t sizes[2];
    bms_error error = {0};
    for (int i = 0; i < 2; i++) {
        example_init(&w->town, w->arena);
        build(w, EXAMPLE_TOP);
        assert_int_equal(bms_platform_read_file(path, "nb", &bytes[i], &sizes[i], &error), BMS_OK);
    }
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(bytes[0], bytes[1], sizes[0]);
    free(bytes[0]);
    free(bytes[1]);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_first_sheet_of_a_leader_answers_all_four_questions_on_one_screen),
        TEST(results_are_numbers_with_shape_and_colour_in_the_format),
        TEST(every_formula_carries_its_result),
        TEST(the_numbers_add_up_to_the_leaders_result),
        TEST(every_unit_is_in_the_matrix_and_what_is_missing_is_marked),
        TEST(comments_are_text_even_when_they_look_like_formulas),
        TEST(who_has_not_delivered_comes_first_with_the_reason),
        TEST(a_units_report_has_its_own_card_and_nothing_of_others),
        TEST(a_unit_that_has_not_delivered_sees_that_and_what_is_missing),
        TEST(the_same_report_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
