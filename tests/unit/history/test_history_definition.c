/** Definitions in the history: the setup comes back cell by cell, and only a changed one is a new version. */

#include "tests/unit/examples/made_setup.h"
#include "tests/unit/history/history_place.h"

struct both {
    struct place *place;
    struct made *made;
};

static int set_up(void **state) {
    struct both *both = calloc(1, sizeof *both);
    void *place = NULL;
    void *made = NULL;
    if (!both || place_set_up(&place) != 0 || made_begin(&made) != 0)
        return -1;
    both->place = place;
    both->made = made;
    *state = both;
    return 0;
}

static int tear_down(void **state) {
    struct both *both = *state;
    void *place = both->place;
    void *made = both->made;
    (void)place_tear_down(&place);
    (void)made_end(&made);
    free(both);
    return 0;
}

static int store(struct both *both, bool *added) {
    int version = 0;
    place_begin(both->place);
    assert_int_equal(bms_history_add_definition(both->place->history, &both->made->book, "oppsett.xlsx",
                                                &version, added, &both->place->error),
                     BMS_OK);
    place_commit(both->place);
    return version;
}

static bms_setup_book load(struct both *both, int version, int expected) {
    bms_setup_book book;
    int found = -1;
    assert_int_equal(bms_history_load_setup(both->place->history, both->place->arena, version, &book, &found,
                                            &both->place->error),
                     BMS_OK);
    assert_int_equal(found, expected);
    return book;
}

static void assert_same_cells(const bms_setup_row *a, const bms_setup_row *b) {
    assert_int_equal(a->row_index, b->row_index);
    assert_int_equal(a->n_cells, b->n_cells);
    for (size_t i = 0; i < a->n_cells; i++) {
        const bms_setup_cell *cell = bms_setup_find(b, a->cells[i].column);
        assert_non_null(cell);
        assert_string_equal(a->cells[i].text, cell->text);
        assert_int_equal(a->cells[i].row_index, cell->row_index);
        assert_int_equal(a->cells[i].column_index, cell->column_index);
    }
}

static void a_setup_comes_back_cell_by_cell(void **state) {
    struct both *both = *state;
    bool added = false;
    assert_int_equal(store(both, &added), 1);
    assert_true(added);
    bms_setup_book book = load(both, 0, 1);
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++) {
        const bms_setup_table *given = &both->made->book.tables[sheet];
        const bms_setup_table *found = &book.tables[sheet];
        assert_string_equal(given->sheet_name, found->sheet_name);
        assert_int_equal(given->n_rows, found->n_rows);
        assert_int_equal(given->n_further, found->n_further);
        for (size_t i = 0; i < given->n_further; i++)
            assert_string_equal(given->further[i], found->further[i]);
        for (size_t i = 0; i < given->n_rows; i++)
            assert_same_cells(&given->rows[i], &found->rows[i]);
    }
}

static void a_stored_setup_is_understood_as_the_workbook_was(void **state) {
    struct both *both = *state;
    bool added = false;
    made_read(both->made);
    (void)store(both, &added);
    struct made again = {.arena = both->place->arena,
                         .book = load(both, 0, 1),
                         .findings = {.arena = both->place->arena, .language = "en"}};
    assert_false(again.book.stars_match_all);
    made_read(&again);
    assert_int_equal(bms_findings_count(&again.findings, BMS_INFO),
                     bms_findings_count(&both->made->findings, BMS_INFO));
    assert_int_equal(again.definition.n_units, both->made->definition.n_units);
    assert_int_equal(again.definition.n_points, both->made->definition.n_points);
    assert_int_equal(again.definition.n_targets, both->made->definition.n_targets);
    for (size_t i = 0; i < again.definition.n_points; i++)
        assert_memory_equal(again.definition.points[i].duty, both->made->definition.points[i].duty,
                            again.definition.n_units * sizeof(enum bms_duty));
}

static void where_columns_and_headings_stood_is_kept(void **state) {
    struct both *both = *state;
    bms_setup_table *units = &both->made->book.tables[BMS_SHEET_UNITS];
    size_t n = bms_setup_schema_of(BMS_SHEET_UNITS)->n_columns;
    uint32_t *columns = bms_arena_alloc(both->made->arena, n * sizeof *columns);
    bool added = false;
    for (size_t i = 0; i < n; i++)
        columns[i] = i == 2 ? BMS_NO_COLUMN : (uint32_t)(n - i);
    units->columns = columns;
    units->heading_row = 3;
    (void)store(both, &added);
    bms_setup_book book = load(both, 0, 1);
    assert_int_equal(book.tables[BMS_SHEET_UNITS].heading_row, 3);
    assert_memory_equal(book.tables[BMS_SHEET_UNITS].columns, columns, n * sizeof *columns);
    assert_null(book.tables[BMS_SHEET_PLAN].columns);
}

static void a_sheet_that_was_absent_stays_absent(void **state) {
    struct both *both = *state;
    bool added = false;
    both->made->book.tables[BMS_SHEET_ACTIONS] = (bms_setup_table){0};
    (void)store(both, &added);
    bms_setup_book book = load(both, 0, 1);
    assert_null(book.tables[BMS_SHEET_ACTIONS].sheet_name);
}

static void the_same_setup_twice_is_one_version(void **state) {
    struct both *both = *state;
    bool added = false;
    assert_int_equal(store(both, &added), 1);
    assert_int_equal(store(both, &added), 1);
    assert_false(added);
}

static void moving_a_row_is_no_new_version(void **state) {
    struct both *both = *state;
    bms_setup_table *units = &both->made->book.tables[BMS_SHEET_UNITS];
    bms_setup_row *last = &units->rows[units->n_rows - 1];
    bool added = false;
    assert_int_equal(store(both, &added), 1);
    last->row_index += 5;
    for (size_t i = 0; i < last->n_cells; i++)
        last->cells[i].row_index += 5;
    assert_int_equal(store(both, &added), 1);
    assert_false(added);
}

static void a_changed_setup_is_a_new_version_and_the_old_stays(void **state) {
    struct both *both = *state;
    bool added = false;
    int64_t at = 0;
    (void)store(both, &added);
    made_set(both->made, BMS_SHEET_UNITS, 2, "name", "Lia og Eng barnehage");
    assert_int_equal(store(both, &added), 2);
    assert_true(added);
    bms_setup_book newest = load(both, 0, 2);
    bms_setup_book first = load(both, 1, 1);
    assert_string_equal(bms_setup_find(&newest.tables[BMS_SHEET_UNITS].rows[2], "name")->text,
                        "Lia og Eng barnehage");
    assert_string_equal(bms_setup_find(&first.tables[BMS_SHEET_UNITS].rows[2], "name")->text,
                        "Lia barnehage");
    assert_int_equal(bms_history_definition_time(both->place->history, 2, &at, NULL), BMS_OK);
    assert_int_equal(at, NOON);
}

static void an_empty_history_has_no_setup(void **state) {
    struct both *both = *state;
    bms_setup_book book = load(both, 0, 0);
    assert_null(book.tables[BMS_SHEET_UNITS].sheet_name);
    (void)load(both, 7, 0);
}

static void a_definition_that_is_rolled_back_is_gone(void **state) {
    struct both *both = *state;
    int version = 0;
    bool added = false;
    place_begin(both->place);
    assert_int_equal(
        bms_history_add_definition(both->place->history, &both->made->book, "a", &version, &added, NULL),
        BMS_OK);
    bms_history_roll_back(both->place->history);
    (void)load(both, 0, 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_setup_comes_back_cell_by_cell),
        TEST(a_stored_setup_is_understood_as_the_workbook_was),
        TEST(where_columns_and_headings_stood_is_kept),
        TEST(a_sheet_that_was_absent_stays_absent),
        TEST(the_same_setup_twice_is_one_version),
        TEST(moving_a_row_is_no_new_version),
        TEST(a_changed_setup_is_a_new_version_and_the_old_stays),
        TEST(an_empty_history_has_no_setup),
        TEST(a_definition_that_is_rolled_back_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
