/** The cells of a stored setup that no workbook has (see accepted.h). */
#include "core/definition/accepted.h"

#include "core/definition/effects.h"
#include "core/definition/series.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT "corrected"
#define WORDS "series_since"

/** Beyond the last column of any workbook. */
enum { COLUMN = 16384 };

bms_day bms_accepted_limit(const bms_setup_row *row) {
    const bms_setup_cell *cell = bms_setup_find(row, LIMIT);
    bms_day day = BMS_NO_DAY;
    return cell && bms_day_parse(cell->text, &day) ? day : BMS_NO_DAY;
}

int bms_accepted_words(const bms_setup_row *row) {
    const bms_setup_cell *cell = bms_setup_find(row, WORDS);
    long version = cell ? strtol(cell->text, NULL, 10) : 0;
    return version > 0 && version < INT_MAX ? (int)version : 0;
}

/** Write a cell at the end of a row, instead of one that is there. */
static void write(bms_arena *arena, bms_setup_row *row, const char *key, const char *text) {
    bms_setup_cell *cells = bms_arena_alloc(arena, (row->n_cells + 1) * sizeof *cells);
    size_t n = 0;
    if (!cells)
        return;
    for (size_t i = 0; i < row->n_cells; i++) {
        if (strcmp(row->cells[i].column, key) != 0)
            cells[n++] = row->cells[i];
    }
    cells[n++] =
        (bms_setup_cell){.column = key, .text = text, .row_index = row->row_index, .column_index = COLUMN};
    row->cells = cells;
    row->n_cells = n;
}

void bms_accept_limit(bms_arena *arena, bms_setup_book *book, int target, bms_day day) {
    write(arena, &book->tables[BMS_SHEET_TARGETS].rows[target], LIMIT, bms_day_iso(arena, day));
}

void bms_accept_words(bms_arena *arena, bms_setup_book *book, int indicator, int version) {
    write(arena, &book->tables[BMS_SHEET_INDICATORS].rows[indicator], WORDS,
          bms_arena_format(arena, "%d", version));
}

void bms_accepted_carry(bms_arena *arena, const bms_definition *before, bms_definition *now,
                        bms_setup_book *book) {
    for (size_t i = 0; i < before->n_targets; i++) {
        int there =
            before->targets[i].corrected != BMS_NO_DAY ? bms_target_in(now, before, (int)i) : BMS_NONE;
        if (there == BMS_NONE || !bms_target_says_the_same(&before->targets[i], &now->targets[there]))
            continue;
        now->targets[there].corrected = before->targets[i].corrected;
        bms_accept_limit(arena, book, there, before->targets[i].corrected);
    }
    for (size_t i = 0; i < before->n_indicators; i++) {
        int since = before->indicators[i].series_since;
        int there = since > 0 ? bms_definition_indicator(now, before->indicators[i].code) : BMS_NONE;
        if (there == BMS_NONE || !bms_indicators_measure_the_same(before, (int)i, now, there))
            continue;
        now->indicators[there].series_since = since;
        bms_accept_words(arena, book, there, since);
    }
}
