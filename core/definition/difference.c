/** Two setups compared row by row and cell by cell (see difference.h). */
#include "core/definition/difference.h"

#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/base/period.h"
#include "core/base/text.h"
#include "core/definition/setup_mistakes.h"

#include <stdlib.h>
#include <string.h>

/** The columns that name a row of each sheet. */
static const char *const naming[BMS_N_SETUP_SHEETS][4] = {
    [BMS_SHEET_MUNICIPALITY] = {"fact", "from"},
    [BMS_SHEET_UNITS] = {"code"},
    [BMS_SHEET_SCORECARDS] = {"code"},
    [BMS_SHEET_FOCUS_AREAS] = {"code"},
    [BMS_SHEET_CRITERIA] = {"code"},
    [BMS_SHEET_INDICATORS] = {"code"},
    [BMS_SHEET_PLACEMENTS] = {"scorecard", "indicator"},
    [BMS_SHEET_TARGETS] = {"indicator", "scope", "applies_for", "from"},
    [BMS_SHEET_CALENDAR] = {"code"},
    [BMS_SHEET_PLAN] = {"indicator", "periods"},
    [BMS_SHEET_REFERENCES] = {"series", "period", "group"},
    [BMS_SHEET_ACTIONS] = {"number", "unit"},
};

/** A row by what names it. */
struct named {
    const char *key;
    const bms_setup_row *row;
    const bms_setup_row *other; /* the same in the other setup; NULL: there is none */
};

struct comparing {
    bms_arena *arena;
    const char *language;
    enum bms_setup_sheet sheet;
    const char *sheet_name;
    void (*on_change)(void *context, const bms_setup_change *change);
    void *context;
    size_t n;
};

static int compare_named(const void *a, const void *b) {
    const struct named *one = *(const struct named *const *)a;
    const struct named *other = *(const struct named *const *)b;
    int order = strcmp(one->key, other->key);
    if (order != 0)
        return order;
    return (one->row > other->row) - (one->row < other->row);
}

/** @return the text that says the same as all others of the same meaning. */
static const char *meaning(const struct comparing *comparing, const bms_setup_column *column,
                           const char *text) {
    double value = 0;
    bms_day day = BMS_NO_DAY;
    int choice =
        column && (column->choices || column->choice) ? bms_setup_recognise_choice(column, text) : -1;
    if (choice >= 0)
        return bms_arena_format(comparing->arena, "%d", choice);
    if (column && column->type == BMS_COLUMN_NUMBER && bms_number_read(text, &value) == BMS_READ_NUMBER)
        return bms_number_plain(comparing->arena, value, "en");
    if (column && column->type == BMS_COLUMN_DATE && bms_day_parse(text, &day))
        return bms_day_iso(comparing->arena, day);
    bool folded = column && (column->type == BMS_COLUMN_CODE || column->type == BMS_COLUMN_REFERENCE);
    return folded ? bms_text_fold(comparing->arena, text) : text;
}

static const bms_setup_column *column_of(const struct comparing *comparing, const char *key) {
    return bms_setup_column_of(comparing->sheet, key);
}

/** @return a cell's text as the language writes it. */
static const char *shown(const struct comparing *comparing, const bms_setup_column *column,
                         const char *text) {
    char word[BMS_SETUP_WORD_SIZE];
    double value = 0;
    bms_day day = BMS_NO_DAY;
    int choice =
        column && (column->choices || column->choice) ? bms_setup_recognise_choice(column, text) : -1;
    if (choice >= 0) {
        return bms_arena_text(comparing->arena,
                              bms_setup_choice(column, (size_t)choice, comparing->language, word));
    }
    if (column && column->type == BMS_COLUMN_NUMBER && bms_number_read(text, &value) == BMS_READ_NUMBER)
        return bms_number_plain(comparing->arena, value, comparing->language);
    if (column && column->type == BMS_COLUMN_DATE && bms_day_parse(text, &day))
        return bms_day_text(comparing->arena, day, comparing->language);
    return text;
}

static struct named *name_rows(const struct comparing *comparing, const bms_setup_table *table) {
    struct named *rows = bms_arena_alloc(comparing->arena, (table->n_rows + 1) * sizeof *rows);
    for (size_t r = 0; rows && r < table->n_rows; r++) {
        const char *key = "";
        for (size_t i = 0; i < 4 && naming[comparing->sheet][i]; i++) {
            const bms_setup_cell *cell = bms_setup_find(&table->rows[r], naming[comparing->sheet][i]);
            const char *text =
                cell ? meaning(comparing, column_of(comparing, naming[comparing->sheet][i]), cell->text) : "";
            key = bms_arena_format(comparing->arena, "%s\x1f%s", key, bms_text_fold(comparing->arena, text));
        }
        rows[r] = (struct named){.key = key, .row = &table->rows[r]};
    }
    return rows;
}

static struct named **sorted(const struct comparing *comparing, struct named *rows, size_t n) {
    struct named **order = bms_arena_alloc(comparing->arena, (n + 1) * sizeof(struct named *));
    for (size_t i = 0; order && i < n; i++)
        order[i] = &rows[i];
    if (order && n > 0)
        qsort(order, n, sizeof(struct named *), compare_named);
    return order;
}

/** Let rows that are named the same know of each other: the first of the first, and so on. */
static void match(struct named **before, size_t n_before, struct named **now, size_t n_now) {
    for (size_t b = 0, n = 0; b < n_before && n < n_now;) {
        int order = strcmp(before[b]->key, now[n]->key);
        if (order == 0) {
            before[b]->other = now[n]->row;
            now[n]->other = before[b]->row;
        }
        b += order <= 0;
        n += order >= 0;
    }
}

/** @return what a row is called: "SYK Sykefravær", or what names it, "SYK, alle". */
static const char *title(const struct comparing *comparing, const bms_setup_row *row) {
    const bms_setup_cell *name = bms_setup_find(row, "name");
    const char *text = "";
    for (size_t i = 0; i < 4 && naming[comparing->sheet][i]; i++) {
        const char *key = naming[comparing->sheet][i];
        const bms_setup_cell *cell = bms_setup_find(row, key);
        if (cell) {
            text = bms_arena_format(comparing->arena, "%s%s%s", text, *text ? ", " : "",
                                    shown(comparing, column_of(comparing, key), cell->text));
        }
    }
    return name ? bms_arena_format(comparing->arena, "%s %s", text, name->text) : text;
}

static void deliver(struct comparing *comparing, bms_setup_change change, const bms_setup_row *row) {
    change.sheet = comparing->sheet_name;
    change.row = title(comparing, row);
    comparing->n++;
    if (!bms_arena_failed(comparing->arena))
        comparing->on_change(comparing->context, &change);
}

static bool is_further(const bms_setup_table *table, const char *column) {
    for (size_t i = 0; i < table->n_further; i++) {
        if (strcmp(table->further[i], column) == 0)
            return true;
    }
    return false;
}

static void compare_cell(struct comparing *comparing, const bms_setup_row *row, const char *key,
                         const bms_setup_cell *before, const bms_setup_cell *now) {
    const bms_setup_column *column = column_of(comparing, key);
    if (before && now &&
        strcmp(meaning(comparing, column, before->text), meaning(comparing, column, now->text)) == 0)
        return;
    const bms_setup_change change = {.action = BMS_ROW_CHANGED,
                                     .column = column ? bms_tr(comparing->language, column->heading) : key,
                                     .before = before ? shown(comparing, column, before->text) : "",
                                     .after = now ? shown(comparing, column, now->text) : ""};
    deliver(comparing, change, row);
}

static void compare_rows(struct comparing *comparing, const bms_setup_table *tables[2],
                         const struct named *now) {
    const bms_setup_schema *schema = bms_setup_schema_of(comparing->sheet);
    for (size_t i = 0; i < schema->n_columns; i++) {
        const bms_setup_cell *was = bms_setup_find(now->other, schema->columns[i].key);
        const bms_setup_cell *is = bms_setup_find(now->row, schema->columns[i].key);
        if (was || is)
            compare_cell(comparing, now->row, schema->columns[i].key, was, is);
    }
    for (size_t i = 0; i < now->row->n_cells; i++) {
        const bms_setup_cell *is = &now->row->cells[i];
        if (is_further(tables[1], is->column))
            compare_cell(comparing, now->row, is->column, bms_setup_find(now->other, is->column), is);
    }
    for (size_t i = 0; i < now->other->n_cells; i++) {
        const bms_setup_cell *was = &now->other->cells[i];
        if (is_further(tables[0], was->column) && !bms_setup_find(now->row, was->column))
            compare_cell(comparing, now->row, was->column, was, NULL);
    }
}

static void compare_tables(struct comparing *comparing, const bms_setup_table *before,
                           const bms_setup_table *now) {
    struct named *was = name_rows(comparing, before);
    struct named *is = name_rows(comparing, now);
    struct named **was_sorted = was ? sorted(comparing, was, before->n_rows) : NULL;
    struct named **is_sorted = is ? sorted(comparing, is, now->n_rows) : NULL;
    if (!was_sorted || !is_sorted)
        return;
    match(was_sorted, before->n_rows, is_sorted, now->n_rows);
    for (size_t i = 0; i < now->n_rows; i++) {
        if (is[i].other) {
            compare_rows(comparing, (const bms_setup_table *[2]){before, now}, &is[i]);
        } else {
            deliver(comparing, (bms_setup_change){.action = BMS_ROW_ADDED}, is[i].row);
        }
    }
    for (size_t i = 0; i < before->n_rows; i++) {
        if (!was[i].other)
            deliver(comparing, (bms_setup_change){.action = BMS_ROW_REMOVED}, was[i].row);
    }
}

size_t bms_setup_compare(bms_arena *arena, const bms_setup_book *before, const bms_setup_book *now,
                         const char *language,
                         void (*on_change)(void *context, const bms_setup_change *change), void *context) {
    struct comparing comparing = {
        .arena = arena, .language = language, .on_change = on_change, .context = context};
    for (int i = 0; i < BMS_N_SETUP_SHEETS; i++) {
        comparing.sheet = (enum bms_setup_sheet)i;
        comparing.sheet_name = bms_setup_sheet_name(now, comparing.sheet, language);
        compare_tables(&comparing, &before->tables[i], &now->tables[i]);
    }
    return comparing.n;
}

static bool rows_say_the_same(const struct comparing *comparing, const bms_setup_row *one,
                              const bms_setup_row *other) {
    bool same = one->n_cells == other->n_cells;
    for (size_t i = 0; same && i < one->n_cells; i++) {
        const bms_setup_cell *cell = &one->cells[i];
        const bms_setup_cell *there = bms_setup_find(other, cell->column);
        const bms_setup_column *column = column_of(comparing, cell->column);
        same = there &&
               strcmp(meaning(comparing, column, cell->text), meaning(comparing, column, there->text)) == 0;
    }
    return same;
}

static bool tables_say_the_same(const struct comparing *comparing, const bms_setup_table *one,
                                const bms_setup_table *other) {
    bool same = one->n_rows == other->n_rows && one->n_further == other->n_further;
    for (size_t i = 0; same && i < one->n_further; i++)
        same = strcmp(one->further[i], other->further[i]) == 0;
    for (size_t i = 0; same && i < one->n_rows; i++)
        same = rows_say_the_same(comparing, &one->rows[i], &other->rows[i]);
    return same;
}

bool bms_setups_say_the_same(bms_arena *arena, const bms_setup_book *one, const bms_setup_book *other) {
    struct comparing comparing = {.arena = arena};
    bool same = one->stars_match_all == other->stars_match_all;
    for (int i = 0; same && i < BMS_N_SETUP_SHEETS; i++) {
        comparing.sheet = (enum bms_setup_sheet)i;
        same = tables_say_the_same(&comparing, &one->tables[i], &other->tables[i]);
    }
    return same && !bms_arena_failed(arena);
}
