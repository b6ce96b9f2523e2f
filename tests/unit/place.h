/** A folder of a test's own, by the platform layer alone: with cmocka, what is wrong with it fails the test.
 */
#ifndef TEST_PLACE_H
#define TEST_PLACE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/platform.h"

#include <stdlib.h>
#include <string.h>

enum { PLACE_PATH = 256 };

/** Make an empty folder that nobody else has. @param[out] folder  its path */
static inline void place_make(char folder[PLACE_PATH]) {
    char *scratch = bms_platform_scratch_folder(0);
    char *name = NULL;
    assert_non_null(scratch);
    (void)snprintf(folder, PLACE_PATH, "%s/bms-test", scratch);
    assert_int_equal(bms_platform_temporary(folder, 0, "en", &name, NULL), BMS_OK);
    (void)snprintf(folder, PLACE_PATH, "%s", name);
    bms_platform_remove(name); /* a file, whose name is ours now */
    assert_int_equal(bms_platform_make_folder(folder, "en", NULL), BMS_OK);
    free(name);
    free(scratch);
}

/** @return how many files and folders lie in a folder. */
static inline size_t place_count(const char *folder) {
    bms_arena *arena = bms_arena_new();
    const char **names = NULL;
    size_t n = 0;
    assert_int_equal(bms_platform_list_folder(arena, folder, "en", &names, &n, NULL), BMS_OK);
    bms_arena_free(arena);
    return n;
}

/** Remove a folder and all that is in it. */
static inline void place_remove(const char *folder) {
    bms_arena *arena = bms_arena_new();
    const char **names = NULL;
    size_t n = 0;
    if (bms_platform_path_kind(folder) == BMS_PATH_FOLDER)
        (void)bms_platform_list_folder(arena, folder, "en", &names, &n, NULL);
    for (size_t i = 0; i < n; i++)
        place_remove(bms_arena_format(arena, "%s/%s", folder, names[i]));
    bms_platform_remove(folder);
    bms_arena_free(arena);
}

#endif
