/** Files, folders and the thread's locale, as every system gives them. */
#include "tests/unit/place.h"

#include <locale.h>

/* The largest piece of memory that our own code asked for (tests/CMakeLists.txt puts this in place of
 * malloc). */

static size_t largest;

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);

void *__wrap_malloc(size_t size) {
    largest = size > largest ? size : largest;
    return __real_malloc(size);
}

/** A folder of its own for each test. */
static int make_place(void **state) {
    *state = calloc(1, PLACE_PATH);
    place_make(*state);
    return 0;
}

static int remove_place(void **state) {
    place_remove(*state);
    free(*state);
    return 0;
}

/** A path in the test's folder, in `path`, which is returned. */
static const char *inside(const char *folder, const char *name, char path[256]) {
    (void)snprintf(path, 256, "%s/%s", folder, name);
    return path;
}

static void a_file_is_written_whole_and_read_back(void **state) {
    enum { SIZE = 300000 };
    char path[256];
    bms_error error = {0};
    char *big = malloc(SIZE);
    memset(big, 'x', SIZE);
    inside(*state, "a.bin", path);
    assert_int_equal(bms_platform_write_file(path, "nb", "first", 5, &error), BMS_OK);
    assert_int_equal(bms_platform_write_file(path, "nb", big, SIZE, &error), BMS_OK);
    unsigned char *bytes;
    size_t size;
    assert_int_equal(bms_platform_read_file(path, "nb", &bytes, &size, &error), BMS_OK);
    assert_int_equal(size, SIZE);
    assert_memory_equal(bytes, big, size);
    free(bytes);
    free(big);
}

static void nothing_temporary_is_left_beside_a_written_file(void **state) {
    char path[256];
    bms_error error = {0};
    assert_int_equal(bms_platform_write_file(inside(*state, "a", path), "nb", "x", 1, &error), BMS_OK);
    bms_arena *arena = bms_arena_new();
    const char **names;
    size_t n;
    assert_int_equal(bms_platform_list_folder(arena, *state, "nb", &names, &n, &error), BMS_OK);
    assert_int_equal(n, 1);
    assert_string_equal(names[0], "a");
    bms_arena_free(arena);
}

static void an_empty_file_is_read(void **state) {
    char path[256];
    bms_error error = {0};
    assert_int_equal(bms_platform_write_file(inside(*state, "empty", path), "nb", "", 0, &error), BMS_OK);
    unsigned char *bytes;
    size_t size = 1;
    assert_int_equal(bms_platform_read_file(path, "nb", &bytes, &size, &error), BMS_OK);
    assert_int_equal(size, 0);
    free(bytes);
}

static void a_file_larger_than_any_workbook_is_not_read(void **state) {
    char path[256];
    bms_error error = {0};
    FILE *file = fopen(inside(*state, "large", path), "wb");
    assert_non_null(file);
    assert_int_equal(fseek(file, (long)BMS_LARGEST_FILE, SEEK_SET), 0); /* a hole: nothing is on the disk */
    assert_int_equal(fputc('x', file), 'x');
    assert_int_equal(fclose(file), 0);
    unsigned char *bytes;
    size_t size;
    largest = 0;
    assert_int_equal(bms_platform_read_file(path, "en", &bytes, &size, &error), BMS_INPUT);
    assert_non_null(strstr(error.message, "larger than any workbook"));
    assert_null(bytes);
    assert_in_range(largest, 1, 1 << 16); /* the message */
}

static void the_start_of_a_file_is_read_only_when_it_is_long_enough(void **state) {
    char path[256];
    char start[4] = "";
    assert_false(bms_platform_read_start(inside(*state, "a", path), start, 3));
    assert_int_equal(bms_platform_write_file(path, "en", "abcd", 4, NULL), BMS_OK);
    assert_true(bms_platform_read_start(path, start, 3));
    assert_string_equal(start, "abc");
    assert_false(bms_platform_read_start(path, start, 5));
}

static void a_scratch_file_keeps_what_is_written_until_it_is_closed(void **state) {
    (void)state;
    char read[8] = "";
    FILE *file = bms_platform_scratch_file();
    assert_non_null(file);
    assert_int_equal(fwrite("a\nb", 1, 3, file), 3); /* as bytes: no line ends are changed */
    assert_int_equal(fseek(file, 0, SEEK_SET), 0);
    assert_int_equal(fread(read, 1, sizeof read, file), 3);
    assert_string_equal(read, "a\nb");
    assert_int_equal(fclose(file), 0);
}

static void a_missing_file_says_so_with_its_path(void **state) {
    char path[256];
    bms_error error = {0};
    unsigned char *bytes;
    size_t size;
    assert_int_equal(bms_platform_read_file(inside(*state, "none", path), "nb", &bytes, &size, &error),
                     BMS_INPUT);
    assert_string_equal(error.where, path);
    assert_non_null(strstr(error.message, "finnes ikke"));
    assert_int_equal(bms_platform_read_file(*state, "nb", &bytes, &size, NULL), BMS_INPUT);
}

static void what_cannot_be_written_is_reported(void **state) {
    char path[256];
    bms_error error = {0};
    inside(*state, "no/such/folder.xlsx", path);
    assert_int_equal(bms_platform_write_file(path, "en", "x", 1, &error), BMS_NOT_WRITABLE);
    assert_string_equal(error.where, path);
    assert_non_null(strstr(error.message, "its folder does not exist"));
}

static void folders_are_made_with_those_above(void **state) {
    bms_error error = {0};
    char path[256];
    inside(*state, "a/b/c", path);
    assert_int_equal(bms_platform_make_folder(path, "nb", &error), BMS_OK);
    assert_int_equal(bms_platform_path_kind(path), BMS_PATH_FOLDER);
    assert_int_equal(bms_platform_make_folder(path, "nb", &error), BMS_OK);
    assert_int_equal(bms_platform_write_file(inside(*state, "a/file", path), "nb", "x", 1, &error), BMS_OK);
    assert_int_equal(bms_platform_path_kind(path), BMS_PATH_FILE);
    inside(*state, "a/file/d", path);
    assert_int_equal(bms_platform_make_folder(path, "nb", &error), BMS_NOT_WRITABLE);
}

static void names_come_sorted(void **state) {
    char path[256];
    bms_error error = {0};
    static const char *const files[] = {"b", "a", "Z", "æ"};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(bms_platform_write_file(inside(*state, files[i], path), "nb", "x", 1, &error),
                         BMS_OK);
    bms_arena *arena = bms_arena_new();
    const char **names;
    size_t n;
    assert_int_equal(bms_platform_list_folder(arena, *state, "nb", &names, &n, &error), BMS_OK);
    assert_int_equal(n, 4);
    assert_string_equal(names[0], "Z");
    assert_string_equal(names[3], "æ");
    inside(*state, "none", path);
    assert_int_equal(bms_platform_list_folder(arena, path, "nb", &names, &n, &error), BMS_INPUT);
    bms_arena_free(arena);
}

static void numbers_have_a_point_in_any_locale(void **state) {
    (void)state;
    static const char *const locales[] = {"nb_NO.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8"};
    for (size_t i = 0; i < 3; i++)
        if (setlocale(LC_ALL, locales[i]))
            break;
    void *before = bms_platform_numbers_begin();
    char text[16];
    (void)snprintf(text, sizeof text, "%.1f", 1.5);
    assert_string_equal(text, "1.5");
    bms_platform_numbers_end(before);
    bms_platform_numbers_end(NULL);
    (void)setlocale(LC_ALL, "C");
}

#define test_in_place(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void) {
    const struct CMUnitTest tests[] = {
        test_in_place(a_file_is_written_whole_and_read_back),
        test_in_place(nothing_temporary_is_left_beside_a_written_file),
        test_in_place(an_empty_file_is_read),
        test_in_place(a_file_larger_than_any_workbook_is_not_read),
        test_in_place(the_start_of_a_file_is_read_only_when_it_is_long_enough),
        cmocka_unit_test(a_scratch_file_keeps_what_is_written_until_it_is_closed),
        test_in_place(a_missing_file_says_so_with_its_path),
        test_in_place(what_cannot_be_written_is_reported),
        test_in_place(folders_are_made_with_those_above),
        test_in_place(names_come_sorted),
        cmocka_unit_test(numbers_have_a_point_in_any_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
