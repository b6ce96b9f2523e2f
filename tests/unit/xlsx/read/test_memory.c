/** Memory: any allocation may fail, and none is leaked; a large sheet takes no more than a small one. */
#define ZLIB_CONST

#include "core/workbooks.h"
#include "tests/unit/xlsx/read/made_workbook.h"

#include <sys/resource.h>
#include <zlib.h>

/*
 * With BMS_TEST_ALL_MEMORY these replace malloc and the like for the whole program, so that allocations of
 * zlib and expat fail too; they call those of the C library. Sanitizers have their own, so there the linker
 * redirects only the calls of our own code.
 */
#ifdef BMS_TEST_ALL_MEMORY
#define OURS(name) name
#pragma GCC visibility push(default) /* so that the libraries see them */
#define THEIRS(name) __libc_##name
#else
#define OURS(name) __wrap_##name
#define THEIRS(name) __real_##name
#endif
void *THEIRS(malloc)(size_t size);
void *THEIRS(calloc)(size_t n, size_t size);
void *THEIRS(realloc)(void *old, size_t size);
void THEIRS(free)(void *old);
void *OURS(malloc)(size_t size);
void *OURS(calloc)(size_t n, size_t size);
void *OURS(realloc)(void *old, size_t size);
void OURS(free)(void *old);
#ifdef BMS_TEST_ALL_MEMORY
#pragma GCC visibility pop
#endif

static unsigned long fail_at; /* the allocation that fails; 0: none does */
static bool fail_on;          /* so do all after it */
static unsigned long calls;
static long live; /* allocations not yet freed */

static bool fails(void) {
    if (fail_at == 0)
        return false;
    calls++;
    return fail_on ? calls >= fail_at : calls == fail_at;
}

static void *counted(void *made) {
    live += made ? 1 : 0;
    return made;
}

void *OURS(malloc)(size_t size) {
    return fails() ? NULL : counted(THEIRS(malloc)(size));
}

void *OURS(calloc)(size_t n, size_t size) {
    return fails() ? NULL : counted(THEIRS(calloc)(n, size));
}

void *OURS(realloc)(void *old, size_t size) {
    if (fails())
        return NULL;
    void *made = THEIRS(realloc)(old, size);
    return old ? made : counted(made);
}

void OURS(free)(void *old) {
    live -= old ? 1 : 0;
    THEIRS(free)(old);
}

/* An arena seldom asks the system for memory, so every piece it gives can fail too. */
void *__real_bms_arena_alloc(bms_arena *arena, size_t size);
char *__real_bms_arena_buffer(bms_arena *arena, const char *text, size_t length);
const char *__real_bms_arena_copy(bms_arena *arena, const char *text, size_t length);
const char *__real_bms_arena_text(bms_arena *arena, const char *text);
void *__real_bms_arena_grow(bms_arena *arena, void *array, size_t *count, size_t *capacity, size_t size);
void *__wrap_bms_arena_alloc(bms_arena *arena, size_t size);
char *__wrap_bms_arena_buffer(bms_arena *arena, const char *text, size_t length);
const char *__wrap_bms_arena_copy(bms_arena *arena, const char *text, size_t length);
const char *__wrap_bms_arena_text(bms_arena *arena, const char *text);
void *__wrap_bms_arena_grow(bms_arena *arena, void *array, size_t *count, size_t *capacity, size_t size);

static bool fails_in(bms_arena *arena) {
    bool failed = fails();
    if (failed)
        bms_arena_fail(arena);
    return failed;
}

void *__wrap_bms_arena_alloc(bms_arena *arena, size_t size) {
    return fails_in(arena) ? NULL : __real_bms_arena_alloc(arena, size);
}

char *__wrap_bms_arena_buffer(bms_arena *arena, const char *text, size_t length) {
    return fails_in(arena) ? NULL : __real_bms_arena_buffer(arena, text, length);
}

const char *__wrap_bms_arena_copy(bms_arena *arena, const char *text, size_t length) {
    return fails_in(arena) ? "" : __real_bms_arena_copy(arena, text, length);
}

const char *__wrap_bms_arena_text(bms_arena *arena, const char *text) {
    return text && fails_in(arena) ? "" : __real_bms_arena_text(arena, text);
}

void *__wrap_bms_arena_grow(bms_arena *arena, void *array, size_t *count, size_t *capacity, size_t size) {
    return *count == *capacity && fails_in(arena)
               ? NULL
               : __real_bms_arena_grow(arena, array, count, capacity, size);
}

static bool count_cell(void *context, const bms_cell *cell) {
    (void)cell;
    ++*(size_t *)context;
    return true;
}

/** Open, list, read and load: all that a user of the reader does. Frees all memory. */
static enum bms_status read_whole(const struct bytes *bytes, size_t *n_cells, bms_error *error) {
    bms_workbook *workbook = NULL;
    const bms_sheet *sheet = NULL;
    const bms_source source = {.name = "skjema.xlsx", .bytes = bytes->at, .size = bytes->size};
    long before = live;
    *n_cells = 0;
    enum bms_status status = bms_workbook_open(&workbook, &source, NULL, "nb", error);
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

/** A deflated member with that content, long enough for zlib to need its window; the caller frees it. */
static struct member deflated(const char *name, const char *content) {
    enum { ROOM = 1 << 16 };
    size_t size = strlen(content);
    z_stream stream = {0};
    unsigned char *packed = malloc(ROOM);
    assert_non_null(packed);
    assert_int_equal(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY),
                     Z_OK);
    stream.next_in = (const Bytef *)content;
    stream.avail_in = (uInt)size;
    stream.next_out = packed;
    stream.avail_out = ROOM;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(deflateEnd(&stream), Z_OK);
    return (struct member){.name = name,
                           .content = packed,
                           .size = stream.total_out,
                           .method = 8,
                           .claim_size = size,
                           .crc = checksum((const unsigned char *)content, size)};
}

static struct bytes make_rich_book(void) {
    enum { SPACES = 200000 };
    char *spaces = malloc(SPACES + 1);
    assert_non_null(spaces);
    memset(spaces, ' ', SPACES);
    spaces[SPACES] = '\0';
    char *strings = join("<sst xmlns='" MAIN "'>", spaces, "<si><t>shared</t></si></sst>");
    struct member member = deflated("xl/sharedStrings.xml", strings);
    struct bytes bytes = make_book(&(struct book){
        .more = &member,
        .n_more = 1,
        .strings = "",
        .before = "<cols><col min='2' max='2' hidden='1'/></cols>",
        .rows =
            "<row><c t='s'><v>0</v></c><c t='str'><v>text</v></c><c "
            "t='inlineStr'><is><t>inline</t></is></c><c s='1'><v>1</v>"
            "</c></row><row r='2'><c r='A2'><f t='shared' ref='A2:A3' si='0'>B2</f><v>1</v></c><c r='C2'><f "
            "t='array' "
            "ref='C2:C3'>B2:B3</f><v>1</v></c></row><row r='3'><c r='A3'><f t='shared' si='0'/></c></row>",
        .after = "<mergeCells><mergeCell ref='A5:B6'/></mergeCells>",
        .formats = "<numFmts><numFmt numFmtId='164' formatCode='0.0'/></numFmts><cellXfs><xf/><xf "
                   "numFmtId='164'/></cellXfs>",
        .names = "<definedNames><definedName name='n'>Form!$A$1</definedName></definedNames>"});
    free((void *)(uintptr_t)member.content);
    free(strings);
    free(spaces);
    return bytes;
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

static void one_failed_allocation_never_gives_a_wrong_answer(void **state) {
    (void)state;
    fail_on = false;
    struct bytes bytes = make_rich_book();
    for (unsigned long at = 1; at == 1 || calls >= at - 1; at++) {
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

/** Unpack what is in a zip file or a mail, with one allocation more each time until nothing fails. */
static void survive_unpacking(const void *bytes, size_t size) {
    const bms_source source = {.name = "skjema.zip", .bytes = bytes, .size = size};
    enum bms_status status = BMS_NO_MEMORY;
    for (unsigned long failures = 0; status; failures++) {
        const bms_enclosed *found = NULL;
        size_t n = 0;
        bms_error error = {0};
        long before = live;
        bms_arena *arena = bms_arena_new();
        calls = 0;
        fail_at = failures + 1;
        status = bms_workbooks_unpack(arena, &source, "nb", 1 << 20, &found, &n, &error);
        fail_at = 0;
        assert_int_equal(n, status ? 0 : 1);
        if (status) {
            assert_int_equal(status, BMS_NO_MEMORY);
        } else {
            assert_string_equal(found->name, "a.xlsx");
            assert_memory_equal(found->bytes, "PK\003\004", 4);
        }
        bms_arena_free(arena);
        assert_int_equal(live, before);
        assert_true(failures < 1000);
    }
}

static void unpacking_what_is_in_a_file_ends_cleanly_too(void **state) {
    (void)state;
    static const char mail[] = "From: kari@eksempel.no\r\nTo: ola@eksempel.no\r\nSubject: Skjema\r\n"
                               "Content-Type: multipart/mixed; boundary=skille\r\n\r\n--skille\r\n"
                               "Content-Disposition: attachment; filename=\"=?UTF-8?Q?a=2Exlsx?=\"\r\n"
                               "Content-Transfer-Encoding: base64\r\n\r\nUEsDBA==\r\n--skille--\r\n";
    const struct member member = {.name = "a.xlsx", .content = "PK\003\004"};
    struct bytes zip = make_zip(&member, 1);
    fail_on = true;
    survive_unpacking(mail, sizeof mail - 1);
    survive_unpacking(zip.at, zip.size);
    free(zip.at);
}

static long peak_kilobytes(void) {
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

static void what_is_refused_while_unpacking_takes_no_memory(void **state) {
    (void)state;
    enum { CLAIMED = 32 << 20 };
    struct member member = deflated("a.xlsx", "no 32 megabytes");
    member.claim_size = CLAIMED;
    struct bytes zip = make_zip(&member, 1);
    const bms_source source = {.name = "skjema.zip", .bytes = zip.at, .size = zip.size};
    bms_arena *arena = bms_arena_new();
    const bms_enclosed *found = NULL;
    size_t n = 0;
    assert_non_null(bms_arena_alloc(arena, 1));
    long before = live;
    assert_int_equal(bms_workbooks_unpack(arena, &source, "nb", 2 * CLAIMED, &found, &n, NULL), BMS_INPUT);
    assert_int_equal(live, before); /* the arena has no block more */
    bms_arena_free(arena);
    free((void *)(uintptr_t)member.content);
    free(zip.at);
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

static void a_million_cells_read_one_by_one_take_no_memory(void **state) {
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
    assert_int_equal(bms_workbook_open(&workbook, &source, NULL, "en", NULL), BMS_OK);
    assert_int_equal(bms_workbook_read(workbook, 0, count_cell, &n_cells, NULL, NULL), BMS_OK);
    bms_workbook_free(workbook);
    assert_int_equal(n_cells, 1000000);
    assert_true(peak_kilobytes() - before < 4000);
    free(bytes.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_allocation_may_fail_and_the_reading_ends_cleanly),
        cmocka_unit_test(one_failed_allocation_never_gives_a_wrong_answer),
        cmocka_unit_test(unpacking_what_is_in_a_file_ends_cleanly_too),
        cmocka_unit_test(what_is_refused_while_unpacking_takes_no_memory),
        cmocka_unit_test(a_million_styled_rows_without_cells_take_no_memory),
        cmocka_unit_test(a_million_cells_read_one_by_one_take_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
