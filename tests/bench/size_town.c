/** Fills a history with a town that grows old (see size_town.h): its setup as text, then its answers. */
#include "tests/bench/size_town.h"

#include "core/base/sha256.h"
#include "templates/setup_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_YEAR = 2001,
    DEPARTMENTS = 10,
    BEGAN = 978307200 /* 2001-01-01 */,
    MONTH = 2629800 /* seconds */
};

void size_must(enum bms_status status, const bms_error *error) {
    if (status == BMS_OK)
        return;
    (void)fprintf(stderr, "%s\n", error->message);
    exit(1);
}

void size_period(int month, char out[16]) {
    (void)snprintf(out, 16, "%d-%02d", FIRST_YEAR + month / SIZE_MONTHS_OF_YEAR,
                   month % SIZE_MONTHS_OF_YEAR + 1);
}

void size_unit(int unit, char out[16]) {
    (void)snprintf(out, 16, "E%04d", unit);
}

/* The setup, as text */

struct text {
    char *characters;
    size_t length;
    size_t capacity;
};

static void say(struct text *text, const char *format, ...) {
    va_list arguments;
    if (text->capacity - text->length < 1024) {
        text->capacity = 2 * text->capacity + 4096;
        text->characters = realloc(text->characters, text->capacity);
        if (!text->characters)
            exit(1);
    }
    va_start(arguments, format);
    text->length +=
        (size_t)vsnprintf(text->characters + text->length, text->capacity - text->length, format, arguments);
    va_end(arguments);
}

static void say_units(struct text *text, const size_town *town) {
    char code[16];
    say(text,
        "\n## Enheter\n\n| Kode | Navn | Hører under | Gruppe |\n|--|--|--|--|\n| %d | Eksempel | | |\n",
        SIZE_TOP);
    for (int i = 0; i < DEPARTMENTS; i++)
        say(text, "| %d | Etat %d | %d | |\n", SIZE_TOP + 1 + i, i, SIZE_TOP);
    for (int i = 0; i < town->units; i++) {
        size_unit(i, code);
        say(text, "| %s | Enhet %d | %d | enhet |\n", code, i, SIZE_TOP + 1 + i % DEPARTMENTS);
    }
}

static void say_indicators(struct text *text, const size_town *town) {
    say(text,
        "\n## Styringskort\n\n| Kode | Navn |\n|--|--|\n| ADM | Kort |\n"
        "\n## Fokusområder\n\n| Kode | Styringskort | Fokusområde |\n|--|--|--|\n| F | ADM | Alt |\n"
        "\n## Suksesskriterier\n\n| Kode | Fokusområde | Suksesskriterium |\n|--|--|--|\n| K | F | Bra |\n"
        "\n## Indikatorer\n");
    for (int i = 0; i < town->indicators; i++) {
        say(text,
            "\n### I%02d\nNavn: Indikator %d\nType: andel\nTall 1 – spørsmål: Hvor mange {dates}?\nBenevning "
            "1: dager\n"
            "Tall 2 – spørsmål: Av hvor mange {dates}?\nBenevning 2: dager\nTallgrunnlag: perioden\nBest "
            "når: lavt\n",
            i, i);
    }
    say(text, "\n## Plassering\n\n| Styringskort | Suksesskriterium | Indikator |\n|--|--|--|\n");
    for (int i = 0; i < town->indicators; i++)
        say(text, "| ADM | K | I%02d |\n", i);
    say(text, "\n## Mål\n\n| Indikator | Gjelder | Grønn grense | Rød grense |\n|--|--|--|--|\n");
    for (int i = 0; i < town->indicators; i++)
        say(text, "| I%02d | alle | 20 | 40 |\n", i);
}

static void say_plan(struct text *text, const size_town *town, int months) {
    char period[16];
    say(text, "\n## Målepunkt\n\n| Kode |\n|--|\n");
    for (int month = 0; month < months; month++) {
        size_period(month, period);
        say(text, "| %s |\n", period);
    }
    say(text, "\n## Hvem måler hva\n\n| Indikator | Målepunkt | enhet |\n|--|--|--|\n");
    for (int i = 0; i < town->indicators; i++)
        say(text, "| I%02d | * | x |\n", i);
}

/** In the text a record's cells are on lines of their own; in a workbook they share a row. */
static void put_in_rows(bms_setup_book *book) {
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++) {
        for (size_t r = 0; r < book->tables[sheet].n_rows; r++) {
            bms_setup_row *row = &book->tables[sheet].rows[r];
            row->row_index = (uint32_t)r + 1;
            for (size_t c = 0; c < row->n_cells; c++)
                row->cells[c].row_index = row->row_index;
        }
    }
}

char *size_setup_text(const size_town *town, int months) {
    struct text text = {0};
    say(&text, "# Oppdiktet\n\n## Kommune\n\n| Opplysning | Verdi |\n|--|--|\n| Kommunens navn | Eksempel |\n"
               "| Kommunenummer | 0999 |\n");
    say_units(&text, town);
    say_indicators(&text, town);
    say_plan(&text, town, months);
    return text.characters;
}

void size_define(bms_history *history, const size_town *town, int months) {
    char *text = size_setup_text(town, months);
    bms_setup_book book;
    bms_setup_text_error where = {0};
    bms_error error = {0};
    bms_arena *arena = bms_arena_new();
    int version = 0;
    bool added = false;
    if (!arena || !bms_setup_text_read(arena, text, &book, &where)) {
        (void)fprintf(stderr, "line %u: %s\n", where.line, where.message ? where.message : "");
        exit(1);
    }
    put_in_rows(&book);
    size_must(bms_history_begin(history, "setup", BEGAN + (int64_t)months * MONTH, &error), &error);
    size_must(bms_history_add_definition(history, &book, "setup.xlsx", &version, &added, &error), &error);
    size_must(bms_history_commit(history, &error), &error);
    bms_arena_free(arena);
    free(text);
}

/* The answers */

static void add_return(bms_history *history, const size_town *town, int month, int unit,
                       unsigned char *original) {
    bms_error error = {0};
    char period[16];
    char code[16];
    char label[40];
    char indicators[SIZE_MOST_INDICATORS][16];
    bms_entry entries[SIZE_MOST_INDICATORS];
    char sha256[65];
    int revision = 0;
    int64_t id = 0;
    size_period(month, period);
    size_unit(unit, code);
    for (int i = 0; i < town->indicators; i++) {
        (void)snprintf(indicators[i], sizeof indicators[i], "I%02d", i);
        entries[i] = (bms_entry){.indicator = indicators[i],
                                 .period = period,
                                 .answer = {BMS_REPORTED, {true, 10 + (unit + month + i) % 50}, {true, 100}},
                                 .comment = "",
                                 .numerator_cell = "C5",
                                 .denominator_cell = "E5",
                                 .required = true};
    }
    const size_t length = (size_t)snprintf(label, sizeof label, "%d %d", month, unit);
    const size_t size = town->original > 0 ? town->original : length;
    memcpy(original, label, length + 1);
    bms_sha256(original, size, sha256);
    bms_checked_return checked = {.unit = code,
                                  .period = period,
                                  .definition = "1",
                                  .sheet = "Skjema",
                                  .finished = true,
                                  .signed_by = "Per Prøve",
                                  .signed_on = "2026-01-15",
                                  .entries = entries,
                                  .n_entries = (size_t)town->indicators,
                                  .outcome = BMS_ACCEPTED};
    memcpy(checked.inputs_sha256, sha256, sizeof sha256);
    const bms_receipt receipt = {.file = "returns/skjema.xlsx",
                                 .sha256 = sha256,
                                 .size = size,
                                 .unit = code,
                                 .period = period,
                                 .outcome = BMS_ACCEPTED};
    size_must(bms_history_add_receipt(history, &receipt, &id, &error), &error);
    size_must(bms_history_add_return(history, id, &checked, original, size, &revision, &error), &error);
}

void size_fill(bms_history *history, const size_town *town, int from, int to) {
    bms_error error = {0};
    unsigned char *original = calloc(1, town->original + 64);
    if (!original)
        exit(1);
    for (int month = from; month < to; month++) {
        size_must(bms_history_begin(history, "collect", BEGAN + (month + 1LL) * MONTH, &error), &error);
        for (int unit = 0; unit < town->units; unit++)
            add_return(history, town, month, unit, original);
        size_must(bms_history_commit(history, &error), &error);
    }
    free(original);
}
