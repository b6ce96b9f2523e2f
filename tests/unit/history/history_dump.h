/** Histories of earlier versions, kept as SQL text. */
#ifndef HISTORY_DUMP_H
#define HISTORY_DUMP_H

#include "tests/unit/history/history_place.h"

#include <sqlite3.h>

/** Replace the place's history by one from a file of SQL beside the tests; it is left closed. */
static inline void history_dump_read(struct place *place, const char *name) {
    const char *path = bms_arena_format(place->arena, "%s/tests/unit/history/%s", BMS_SOURCE_DIR, name);
    char *sql = calloc(1, 1 << 20);
    FILE *file = fopen(path, "rb");
    sqlite3 *database = NULL;
    assert_non_null(sql);
    assert_non_null(file);
    assert_true(fread(sql, 1, (1 << 20) - 1, file) > 0);
    assert_int_equal(fclose(file), 0);
    bms_history_close(place->history);
    place->history = NULL;
    assert_int_equal(remove(place->path), 0);
    assert_int_equal(sqlite3_open(place->path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    free(sql);
}

#endif
