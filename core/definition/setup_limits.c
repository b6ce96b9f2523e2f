/** The limits of a setup (see setup_limits.h). */
#include "core/definition/setup_limits.h"

#include "core/definition/setup_mistakes.h"

#include <string.h>

static size_t characters_in(const char *text) {
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

/** @return how many characters a cell of the column may have; 0: as many as a cell can hold. */
static size_t longest(const bms_setup_column *column) {
    static const char *const prose[] = {"goal",    "question_1", "question_2", "guidance", "source",
                                        "decided", "text",       "effect",     "audience"};
    static const char *const lists[] = {"same_as", "part_of", "usual", "periods", "form", "exceptions"};
    if (!column || column->type != BMS_COLUMN_TEXT)
        return 0;
    for (size_t i = 0; i < sizeof prose / sizeof *prose; i++) {
        if (strcmp(column->key, prose[i]) == 0)
            return BMS_LONGEST_PROSE;
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (strcmp(column->key, lists[i]) == 0)
            return 0;
    }
    return BMS_LONGEST_NAME;
}

static void check_cell(bms_arena *arena, const bms_setup_book *setup, bms_setup_place place, const char *text,
                       bms_findings *findings) {
    const size_t most = longest(bms_setup_column_of(place.sheet, place.column));
    const size_t n = most > 0 ? characters_in(text) : 0;
    if (n > most) {
        bms_setup_mistake_add(findings, setup, BMS_MISTAKE_TOO_LONG, place, bms_arena_format(arena, "%zu", n),
                              bms_arena_format(arena, "%zu", most));
    }
}

static void check_texts(bms_arena *arena, const bms_setup_book *setup, bms_findings *findings) {
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++) {
        const bms_setup_table *table = &setup->tables[sheet];
        for (size_t r = 0; r < table->n_rows; r++) {
            const bms_setup_row *row = &table->rows[r];
            for (size_t c = 0; c < row->n_cells; c++) {
                const bms_setup_place place = {(enum bms_setup_sheet)sheet, row, row->cells[c].column};
                check_cell(arena, setup, place, row->cells[c].text, findings);
            }
        }
    }
}

/** Report the first unit that lies too deep: those below it do too. */
static void check_levels(bms_arena *arena, const bms_setup_book *setup, const bms_definition *definition,
                         bms_findings *findings) {
    for (size_t i = 0; i < definition->n_units; i++) {
        int levels = 1;
        for (int unit = definition->units[i].parent; unit != BMS_NONE && levels <= BMS_MOST_LEVELS; levels++)
            unit = definition->units[unit].parent;
        if (levels <= BMS_MOST_LEVELS)
            continue;
        const char *code = definition->units[i].code;
        const bms_setup_place place = {BMS_SHEET_UNITS, bms_setup_unit_row(setup, code), "parent"};
        bms_setup_mistake_add(findings, setup, BMS_MISTAKE_TOO_DEEP, place, code,
                              bms_arena_format(arena, "%d", (int)BMS_MOST_LEVELS));
        return;
    }
}

void bms_setup_limits_check(bms_arena *arena, const bms_setup_book *setup, const bms_definition *definition,
                            bms_findings *findings) {
    check_texts(arena, setup, findings);
    check_levels(arena, setup, definition, findings);
}
