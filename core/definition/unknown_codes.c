/**
 * Codes that are written but do not exist (bms_reading_unknown): a code that is wrong in one place is written
 * right in many others, and all of these are one mistake.
 */
#include "core/definition/reading.h"

#include "core/base/catalogue.h"
#include "core/base/text.h"

#include <string.h>

struct bms_unknown_code {
    enum bms_setup_sheet other; /* where it should be */
    const char *code;
    size_t finding;   /* the one that reports it */
    const char *also; /* the first other places: "Mål!A3, Plassering!C8" */
    size_t n_also;
};

enum { MOST_PLACES = 5 };

static struct bms_unknown_code *known_already(const bms_reading *reading, enum bms_setup_sheet other,
                                              const char *code) {
    for (size_t i = 0; i < reading->n_unknown; i++) {
        struct bms_unknown_code *unknown = &reading->unknown[i];
        if (unknown->other == other && bms_code_compare(unknown->code, code) == 0)
            return unknown;
    }
    return NULL;
}

static void add_place(bms_reading_row row, const char *column, struct bms_unknown_code *unknown) {
    bms_reading *reading = row.reading;
    char address[16];
    if (unknown->n_also++ >= MOST_PLACES)
        return;
    bms_setup_address(reading->setup, (bms_setup_place){row.sheet, row.row, column}, address);
    unknown->also = bms_arena_format(reading->findings->arena, "%s%s%s!%s", unknown->also,
                                     unknown->n_also > 1 ? ", " : "",
                                     bms_reading_sheet_name(reading, row.sheet), address);
}

void bms_reading_unknown(bms_reading_row row, const char *column, enum bms_mistake mistake,
                         enum bms_setup_sheet other, const char *code) {
    bms_reading *reading = row.reading;
    reading->plan_unclear = reading->plan_unclear || row.sheet == BMS_SHEET_PLAN;
    struct bms_unknown_code *unknown = known_already(reading, other, code);
    if (unknown) {
        add_place(row, column, unknown);
        return;
    }
    unknown = bms_arena_grow(reading->arena, &reading->unknown, &reading->n_unknown,
                             &reading->unknown_capacity, sizeof *unknown);
    if (!unknown)
        return;
    *unknown = (struct bms_unknown_code){other, code, reading->findings->n, "", 0};
    bms_reading_mistake(row, column, mistake, code, bms_reading_sheet_name(reading, other));
}

static size_t n_unknown_of(const bms_reading *reading, enum bms_setup_sheet sheet) {
    size_t n = 0;
    for (size_t i = 0; i < reading->n_unknown; i++)
        n += reading->unknown[i].other == sheet;
    return n;
}

bool bms_reading_has_unknown(const bms_reading *reading, enum bms_setup_sheet other) {
    return n_unknown_of(reading, other) > 0;
}

/** @return whether an unknown code is that of a row whose code cannot be read: written almost so, or in
 * several places, which agree that there is one. */
static bool is_of_a_bad_code(const bms_reading *reading, const struct bms_unknown_code *unknown) {
    const bms_setup_table *table = &reading->setup->tables[unknown->other];
    for (size_t i = 0; i < table->n_rows; i++) {
        const bms_setup_cell *cell = bms_setup_find(&table->rows[i], "code");
        if (cell && !bms_code_valid(cell->text) && bms_text_almost(cell->text, unknown->code))
            return true;
    }
    return unknown->n_also > 0 || strchr(unknown->code, '*');
}

/** @return whether the sheet that lacks the code explains it: itself unclear or missing, or with as many
 * codes that cannot be read as are unknown. */
static bool follows_from_sheet(const bms_reading *reading, const struct bms_unknown_code *unknown) {
    const enum bms_setup_sheet sheet = unknown->other;
    const bms_setup_table *table = &reading->setup->tables[sheet];
    return table->unclear || 2 * reading->bad_codes[sheet] > table->n_rows ||
           (table->n_rows == 0 && bms_setup_schema_of(sheet)->required) ||
           (n_unknown_of(reading, sheet) <= reading->bad_codes[sheet] && is_of_a_bad_code(reading, unknown));
}

/** @return the one code of the sheet that differs from an unknown one by a character, with its cell; or NULL.
 */
static const char *meant(bms_reading *reading, const struct bms_unknown_code *unknown) {
    const bms_setup_table *table = &reading->setup->tables[unknown->other];
    const char *found = NULL;
    for (size_t i = 0; i < table->n_rows; i++) {
        const bms_setup_cell *cell = bms_setup_find(&table->rows[i], "code");
        if (!cell || !bms_text_almost(cell->text, unknown->code))
            continue;
        if (found)
            return NULL;
        found = bms_arena_format(reading->findings->arena, "%s (%s!%s)", cell->text,
                                 bms_reading_sheet_name(reading, unknown->other),
                                 bms_reading_address(reading, unknown->other, i, "code"));
    }
    return found;
}

/** Add to what should be done which code was meant, and where else the unknown one is. */
static void complete(bms_reading *reading, const struct bms_unknown_code *unknown) {
    bms_arena *arena = reading->findings->arena;
    const char *language = reading->findings->language;
    bms_finding *finding = &reading->findings->items[unknown->finding];
    const char *code = meant(reading, unknown);
    if (code) {
        finding->fix = bms_message(arena, bms_tr(language, BMS_TEXT("Did you mean {code}? {fix}")), "code",
                                   code, "fix", finding->fix, NULL);
    }
    if (unknown->n_also == 0)
        return;
    const char *more = unknown->n_also > MOST_PLACES ? " …" : "";
    finding->message =
        bms_message(arena, bms_tr(language, BMS_TEXT("{message} It is also in {places}.")), "message",
                    finding->message, "places", bms_arena_format(arena, "%s%s", unknown->also, more), NULL);
}

void bms_reading_settle_unknown(bms_reading *reading) {
    bms_findings *findings = reading->findings;
    size_t removed = 0;
    for (size_t i = 0; i < reading->n_unknown && !bms_arena_failed(findings->arena); i++) {
        struct bms_unknown_code *unknown = &reading->unknown[i];
        unknown->finding -= removed;
        if (!follows_from_sheet(reading, unknown)) {
            complete(reading, unknown);
            continue;
        }
        findings->n--;
        memmove(&findings->items[unknown->finding], &findings->items[unknown->finding + 1],
                (findings->n - unknown->finding) * sizeof *findings->items);
        removed++;
    }
}
