/** What is wanted of a workbook, and what reading it may cost. */
#include "tests/unit/xlsx/read/made_workbook.h"

#include "core/base/budget.h"

/** A workbook that a test holds open, with what was wanted of it. */
struct opened {
    struct bytes bytes;
    bms_workbook *workbook;
    bms_arena *arena;
    bms_error error;
    enum bms_status status;
};

static struct opened open_wanted(const struct book *book, const bms_wanted *wanted) {
    struct opened opened = {.bytes = make_book(book), .arena = bms_arena_new()};
    const bms_source source = {.name = "skjema.xlsx", .bytes = opened.bytes.at, .size = opened.bytes.size};
    opened.status = bms_workbook_open(&opened.workbook, &source, wanted, "en", &opened.error);
    return opened;
}

static const bms_sheet *load(struct opened *opened) {
    const bms_sheet *sheet = NULL;
    if (!opened->status)
        opened->status = bms_sheet_load(&sheet, opened->workbook, 0, opened->arena, &opened->error);
    return sheet;
}

static void close_book(struct opened *opened) {
    bms_workbook_free(opened->workbook);
    bms_arena_free(opened->arena);
    free(opened->bytes.at);
}

static const struct book formulas = {
    .rows = "<row r='1'><c r='A1'><f t='shared' si='0'>B1</f><v>1</v></c></row>"
            "<row r='2'><c r='A2'><f t='shared' si='0'/><v>2</v></c></row>"
            "<row r='3'><c r='A3'><f t='array' ref='A3:A4'>B1</f><v>3</v></c></row>"
            "<row r='4'><c r='A4'><v>4</v></c></row>"};

static void without_formulas_it_is_still_known_which_cells_have_one(void **state) {
    (void)state;
    struct opened book = open_wanted(&formulas, &(bms_wanted){0});
    const bms_sheet *sheet = load(&book);
    assert_non_null(sheet);
    assert_int_equal(sheet->n_cells, 4);
    for (size_t i = 0; i < sheet->n_cells; i++) {
        assert_true(sheet->cells[i].has_formula && sheet->cells[i].has_result);
        assert_null(sheet->cells[i].formula);
    }
    close_book(&book);
}

static void without_formats_it_is_still_known_what_they_say(void **state) {
    (void)state;
    struct opened book = open_wanted(
        &(struct book){.formats = "<numFmts><numFmt numFmtId='200' formatCode='dd.mm.yy'/></numFmts>"
                                  "<cellXfs><xf/><xf numFmtId='200'/><xf numFmtId='9'/></cellXfs>",
                       .rows = "<row><c s='1'><v>1</v></c><c s='2'><v>2</v></c></row>"},
        &(bms_wanted){0});
    const bms_sheet *sheet = load(&book);
    assert_non_null(sheet);
    assert_true(sheet->cells[0].is_date);
    assert_true(sheet->cells[1].is_per_cent);
    assert_null(sheet->cells[0].number_format);
    assert_null(sheet->cells[1].number_format);
    close_book(&book);
}

static bool count(void *context, const bms_cell *cell) {
    (void)cell;
    ++*(size_t *)context;
    return true;
}

static void cells_outside_are_delivered_but_not_kept(void **state) {
    (void)state;
    struct opened book = open_wanted(
        &(struct book){
            .rows = "<row r='1'><c r='A1'><v>1</v></c><c r='C1'><v>2</v></c></row>"
                    "<row r='2'><c r='B2'><v>3</v></c></row>"
                    "<row r='1048576'><c r='A1048576'><v>4</v></c><c r='XFD1048576'><v>5</v></c></row>"},
        &(bms_wanted){.rows = 2, .columns = 2});
    size_t n = 0;
    const bms_sheet *sheet = load(&book);
    assert_non_null(sheet);
    assert_int_equal(sheet->n_cells, 2);
    assert_int_equal(sheet->info.rows_used, 2);
    assert_int_equal(sheet->info.columns_used, 2);
    assert_non_null(bms_sheet_find(sheet, 1, 1));
    assert_int_equal(bms_workbook_read(book.workbook, 0, count, &n, NULL, NULL), BMS_OK);
    assert_int_equal(n, 5);
    close_book(&book);
}

static void more_merged_ranges_than_wanted_are_said(void **state) {
    (void)state;
    static const char merges[] = "<mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='A2:B2'/></mergeCells>";
    for (size_t most = 1; most <= 2; most++) {
        struct opened book = open_wanted(&(struct book){.after = merges}, &(bms_wanted){.merged = most});
        const bms_sheet *sheet = load(&book);
        assert_non_null(sheet);
        assert_int_equal(sheet->info.n_merged, most);
        assert_int_equal(sheet->info.more_merged, most < 2);
        close_book(&book);
    }
}

/** Read a book with a budget. @return whether it was enough; all of it is given back either way */
static bool is_enough(const struct book *book, size_t memory, uint64_t work) {
    bms_budget budget = {.memory = memory, .work = work};
    struct opened opened =
        open_wanted(book, &(bms_wanted){.formulas = true, .formats = true, .budget = &budget});
    bms_arena_set_budget(opened.arena, &budget);
    const bool enough = load(&opened);
    assert_int_equal(opened.status, enough ? BMS_OK : BMS_NO_MEMORY);
    assert_int_equal(budget.exceeded, !enough);
    assert_true(budget.held <= memory);
    close_book(&opened);
    assert_int_equal(budget.held, 0);
    return enough;
}

/** `n` times a text. */
static char *repeat(const char *text, size_t n) {
    struct bytes bytes = {0};
    put(&bytes, "", 0);
    for (size_t i = 0; i < n; i++)
        put_text(&bytes, text);
    return (char *)bytes.at;
}

enum { MEMORY = 1 << 20, WORK = 1 << 20, MANY = 20000 };

static void whatever_is_kept_is_counted(void **state) {
    (void)state;
    char *items = repeat("<si><t>a text of a cell that is kept in memory</t></si>", MANY);
    char *xfs = repeat("<xf/>", 3 * MANY);
    char *styles = join("<cellXfs>", xfs, "</cellXfs>");
    char *cells = repeat("<row><c><v>1</v></c></row>", MANY);
    char *shared =
        repeat("<row><c><f t='shared' si='1'>A1+A2+A3+A4+A5+A6+A7+A8+A9+A10+A11+A12</f></c></row>", MANY);
    const struct book books[] = {{.items = items, .rows = "<row><c t='s'><v>0</v></c></row>"},
                                 {.formats = styles},
                                 {.rows = cells},
                                 {.rows = shared}};
    for (size_t i = 0; i < sizeof books / sizeof *books; i++) {
        assert_false(is_enough(&books[i], MEMORY, UINT64_MAX));
        assert_true(is_enough(&books[i], 16 * MEMORY, UINT64_MAX));
    }
    free(items);
    free(xfs);
    free(styles);
    free(cells);
    free(shared);
}

static void whatever_is_gone_through_is_counted(void **state) {
    (void)state;
    char *cells = repeat("<c/>", 5 * MANY);
    char *row = join("<row>", cells, "</row>");
    free(cells);
    cells = repeat("<c/>", 16000);
    row[strlen("<row>") + strlen(cells)] = '\0'; /* no more than a row can have */
    char *one = join(row, "</row>", "");
    char *rows = repeat(one, 6);
    assert_false(is_enough(&(struct book){.rows = rows}, 16 * MEMORY, WORK));
    assert_true(is_enough(&(struct book){.rows = rows}, 16 * MEMORY, 4 * WORK));
    free(cells);
    free(row);
    free(one);
    free(rows);
}

static void a_shared_text_is_gone_through_in_each_cell_that_has_it(void **state) {
    (void)state;
    char *text = repeat("a", 10000);
    char *items = join("<si><t>", text, "</t></si>");
    char *cells = repeat("<c t='s'><v>0</v></c>", 500);
    char *rows = join("<row>", cells, "</row>");
    const struct book book = {.items = items, .rows = rows};
    assert_false(is_enough(&book, MEMORY, WORK));
    assert_true(is_enough(&book, MEMORY, 6 * WORK));
    free(text);
    free(items);
    free(cells);
    free(rows);
}

static void a_part_with_too_many_names_is_refused_whoever_reads_it(void **state) {
    (void)state;
    struct bytes names = {0};
    put(&names, "", 0);
    for (int i = 0; i < 200000; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "<e%d/>", i);
        put_text(&names, name);
    }
    assert_refused(&(struct book){.after = (char *)names.at}, "more different names");
    free(names.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_formulas_it_is_still_known_which_cells_have_one),
        cmocka_unit_test(without_formats_it_is_still_known_what_they_say),
        cmocka_unit_test(cells_outside_are_delivered_but_not_kept),
        cmocka_unit_test(more_merged_ranges_than_wanted_are_said),
        cmocka_unit_test(whatever_is_kept_is_counted),
        cmocka_unit_test(whatever_is_gone_through_is_counted),
        cmocka_unit_test(a_shared_text_is_gone_through_in_each_cell_that_has_it),
        cmocka_unit_test(a_part_with_too_many_names_is_refused_whoever_reads_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
