/**
 * Stores a setup workbook past the checks, as a program without them did: store_setup HISTORY WORKBOOK
 *
 * For tests that a stored setup is understood as when it was accepted, whatever is a mistake by now.
 */
#include "core/history/history.h"
#include "core/workbooks.h"

#include <stdio.h>

static enum bms_status store(bms_arena *arena, const char *history_path, const char *workbook,
                             bms_error *error) {
    bms_setup_book *book = bms_arena_alloc(arena, sizeof *book);
    bms_findings findings = {.arena = arena, .language = "en"};
    const bms_source source = {.name = workbook};
    bms_history *history = NULL;
    int version = 0;
    bool added = false;
    enum bms_status status = bms_workbooks_read_setup(arena, &source, book, &findings, error);
    if (status == BMS_OK)
        status = bms_history_open(&history, history_path, "en", NULL, NULL, error);
    if (status == BMS_OK)
        status = bms_history_begin(history, "setup", 1767225600, error);
    if (status == BMS_OK)
        status = bms_history_add_definition(history, book, workbook, &version, &added, error);
    if (status == BMS_OK)
        status = bms_history_commit(history, error);
    bms_history_close(history);
    return status;
}

int main(int count, char **arguments) {
    if (count < 3)
        return 2;
    bms_arena *arena = bms_arena_new();
    bms_error error = {0};
    enum bms_status status = store(arena, arguments[1], arguments[2], &error);
    if (status != BMS_OK)
        (void)fprintf(stderr, "%s: %s\n", error.where, error.message);
    bms_arena_free(arena);
    return status == BMS_OK ? 0 : 1;
}
