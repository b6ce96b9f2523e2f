/**
 * Makes the setup workbook of a template from its text, for the build:
 *
 *     make_setup templates/fet/setup.md fet.xlsx
 *
 * A mistake in the text ends the build with file and line, as a compiler's would.
 */
#include "templates/setup_text.h"

#include "core/base/platform.h"
#include "core/definition/definition.h"
#include "core/workbooks.h"

#include <stdio.h>
#include <stdlib.h>

/** 1 January 2026: the same text gives the same bytes, whenever it is built. */
enum { MADE_AT = 1767225600 };

/** @return the line that a finding is about: setup_text.c makes a cell's row its line. */
static unsigned long line_of(const bms_finding *finding) {
    const char *digits = finding->cell;
    while (digits && *digits >= 'A' && *digits <= 'Z')
        digits++;
    return digits ? strtoul(digits, NULL, 10) : 1;
}

/** Print all findings. @return whether there was any; a template must not even have warnings */
static bool complain(const bms_findings *findings, const char *path) {
    for (size_t i = 0; i < findings->n; i++) {
        const bms_finding *finding = &findings->items[i];
        (void)fprintf(stderr, "%s:%lu: error: %s: %s %s [%s]\n", path, line_of(finding), finding->sheet,
                      finding->message, finding->fix, finding->rule);
    }
    return findings->n > 0;
}

static bool make(bms_arena *arena, const char *text, const char *path, const char *workbook) {
    bms_error error = {0};
    bms_setup_text_error wrong;
    bms_definition definition;
    bms_setup_book *book = bms_arena_alloc(arena, sizeof *book);
    bms_findings findings = {.arena = arena, .language = "en"};
    if (!book)
        return false;
    if (!bms_setup_text_read(arena, text, book, &wrong)) {
        (void)fprintf(stderr, "%s:%u: error: %s\n", path, wrong.line, wrong.message);
        return false;
    }
    enum bms_status status = bms_definition_read(arena, book, path, &definition, &findings, &error);
    if (status == BMS_OK && complain(&findings, path))
        return false;
    if (status == BMS_OK)
        status = bms_workbooks_write_setup(book, definition.municipality.language, MADE_AT, workbook, &error);
    if (status != BMS_OK)
        (void)fprintf(stderr, "%s: error: %s %s\n", path, error.where, error.message);
    return status == BMS_OK;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        (void)fprintf(stderr, "usage: make_setup TEXT WORKBOOK\n");
        return 2;
    }
    bms_error error = {0};
    unsigned char *bytes = NULL;
    size_t size = 0;
    bms_arena *arena = bms_arena_new();
    bool made = false;
    if (bms_platform_read_file(argv[1], "en", &bytes, &size, &error) != BMS_OK) {
        (void)fprintf(stderr, "%s: error: %s\n", argv[1], error.message);
    } else if (arena) {
        const char *text = bms_arena_copy(arena, (const char *)bytes, size);
        made = text && make(arena, text, argv[1], argv[2]);
    }
    free(bytes);
    bms_arena_free(arena);
    return made ? 0 : 1;
}
