/** Memory: every allocation may fail, and none is lost; a large sheet takes no more than a small one. */
#include "made_workbook.h"

#include <sys/resource.h>

/* The linker puts these in the place of our own code's calls. Those inside libzip 1.7.3 are not touched: it
 * ends cleanly when memory is out, but at times says that the file is damaged. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *old);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *old);

static unsigned long fail_at; /* the allocation that fails; 0: none does */
static bool fail_on;          /* and all after it */
static unsigned long calls;
static long live; /* allocations not given back */

static bool fails(void) {
    if (fail_at == 0)
        return false;
    calls++;
    return fail_on ? calls >= fail_at : calls == fail_at;
}

static void *counted(void *made) {
    live += made != NULL;
    return made;
}

void *__wrap_malloc(size_t size) {
    return fails() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t n, size_t size) {
    return fails() ? NULL : counted(__real_calloc(n, size));
}

void *__wrap_realloc(void *old, size_t size) {
    if (fails())
        return NULL;
    void *made = __real_realloc(old, size);
    return old ? made : counted(made);
}

void __wrap_free(void *old) {
    live -= old != NULL;
    __real_free(old);
}

static bool count_cell(void *context, const bms_cell *cell) {
    (void)cell;
    ++*(size_t *)context;
    return true;
}

/** Open, list, read and load: all that a user of the reader does. Gives all memory back. */
static enum bms_status read_whole(const struct bytes *bytes, size_t *n_cells, bms_error *error) {
    bms_workbook *workbook = NULL;
    const bms_sheet *sheet = NULL;
    const bms_source source = {.name = "skjema.xlsx", .bytes = bytes->at, .size = bytes->size};
    long before = live;
    *n_cells = 0;
    enum bms_status status = bms_workbook_open(&workbook, &source, "nb", error);
    if (!status)
        status = bms_workbook_read(workbook, 0, count_cell, n_cells, NULL, error);
    bms_arena *arena = status ? NULL : bms_arena_new();
    if (!status)
        status = arena ? bms_sheet_load(&sheet, workbook, 0, arena, error) : BMS_NO_MEMORY;
    bool same = status || sheet->n_cells == *n_cells;
    bms_arena_free(arena);
    bms_workbook_free(workbook);
    fail_at = 0;
    assert_true(same);
    if (live != before)
        fail_msg("%ld allocations were not given back", live - before);
    return status;
}

static struct bytes make_rich_book(void) {
    return make_book(&(struct book){
        .before = "<cols><col min='2' max='2' hidden='1'/></cols>",
        .rows =
            "<row><c t='s'><v>0</v></c><c t='str'><v>text</v></c><c "
            "t='inlineStr'><is><t>inline</t></is></c><c s='1'><v>1</v>"
            "</c></row><row r='2'><c r='A2'><f t='shared' ref='A2:A3' si='0'>B2</f><v>1</v></c><c r='C2'><f "
            "t='array' "
            "ref='C2:C3'>B2:B3</f><v>1</v></c></row><row r='3'><c r='A3'><f t='shared' si='0'/></c></row>",
        .after = "<mergeCells><mergeCell ref='A5:B6'/></mergeCells>",
        .items = "<si><t>shared</t></si>",
        .formats = "<numFmts><numFmt numFmtId='164' formatCode='0.0'/></numFmts><cellXfs><xf/><xf "
                   "numFmtId='164'/></cellXfs>",
        .names = "<definedNames><definedName name='n'>Form!$A$1</definedName></definedNames>"});
}

static void each_allocation_may_fail_and_the_reading_ends_cleanly(void **state) {
    (void)state;
    fail_on = true;
    struct bytes bytes = make_rich_book();
    enum bms_status status = BMS_NO_MEMORY;
    size_t n_cells = 0;
    unsigned long failures = 0;
    while (status) {
        bms_error error = {0};
        calls = 0;
        fail_at = failures + 1;
        status = read_whole(&bytes, &n_cells, &error);
        if (status) {
            failures++;
            if (status != BMS_NO_MEMORY)
                fail_msg("allocation %lu: %s", failures, error.message);
        }
        assert_true(failures < 100000);
    }
    assert_int_equal(n_cells, 7);
    print_message("%lu allocations failed one after the other\n", failures);
    free(bytes.at);
}

static void one_failed_allocation_is_never_taken_for_an_answer(void **state) {
    (void)state;
    fail_on = false;
    struct bytes bytes = make_rich_book();
    for (unsigned long at = 1; at < 400; at++) {
        size_t n_cells = 0;
        calls = 0;
        fail_at = at;
        bms_error error = {0};
        enum bms_status status = read_whole(&bytes, &n_cells, &error);
        if (status != BMS_NO_MEMORY && (status != BMS_OK || n_cells != 7))
            fail_msg("allocation %lu: status %d, %zu cells, %s", at, (int)status, n_cells, error.message);
    }
    free(bytes.at);
}

static long peak_kilobytes(void) {
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

static void a_million_styled_rows_without_cells_take_no_memory(void **state) {
    (void)state;
    struct bytes rows = {0};
    for (int i = 0; i < BMS_MAX_ROWS; i++)
        put_text(&rows, "<row s='1'/>");
    struct bytes bytes = make_book(&(struct book){.rows = (char *)rows.at});
    free(rows.at);
    size_t n_cells = 0;
    bms_error error = {0};
    long before = peak_kilobytes();
    assert_int_equal(read_whole(&bytes, &n_cells, &error), BMS_OK);
    assert_int_equal(n_cells, 0);
    assert_true(peak_kilobytes() - before < 4000);
    free(bytes.at);
}

static void a_million_cells_take_no_memory_while_they_stream_by(void **state) {
    (void)state;
    struct bytes rows = {0};
    for (int i = 0; i < 100000; i++) {
        put_text(&rows, "<row>");
        for (int j = 0; j < 10; j++)
            put_text(&rows, "<c t='s'><v>0</v></c>");
        put_text(&rows, "</row>");
    }
    struct bytes bytes =
        make_book(&(struct book){.rows = (char *)rows.at, .items = "<si><t>one text</t></si>"});
    free(rows.at);
    bms_workbook *workbook = NULL;
    const bms_source source = {.name = "skjema.xlsx", .bytes = bytes.at, .size = bytes.size};
    size_t n_cells = 0;
    long before = peak_kilobytes();
    assert_int_equal(bms_workbook_open(&workbook, &source, "en", NULL), BMS_OK);
    assert_int_equal(bms_workbook_read(workbook, 0, count_cell, &n_cells, NULL, NULL), BMS_OK);
    bms_workbook_free(workbook);
    assert_int_equal(n_cells, 1000000);
    assert_true(peak_kilobytes() - before < 4000);
    free(bytes.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_allocation_may_fail_and_the_reading_ends_cleanly),
        cmocka_unit_test(one_failed_allocation_is_never_taken_for_an_answer),
        cmocka_unit_test(a_million_styled_rows_without_cells_take_no_memory),
        cmocka_unit_test(a_million_cells_take_no_memory_while_they_stream_by),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
