/** A small, sound setup in memory, to be changed by one thing at a time. All names and numbers are invented.
 */
#ifndef MADE_SETUP_H
#define MADE_SETUP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/definition/definition.h"
#include "core/definition/setup.h"

#include <stdio.h>
#include <string.h>

struct made {
    bms_arena *arena;
    bms_setup_book book;
    bms_definition definition;
    bms_findings findings;
};

static const char *const made_rows[BMS_N_SETUP_SHEETS] = {
    [BMS_SHEET_MUNICIPALITY] = "fact=Kommunens navn;value=Eksempel kommune\n"
                               "fact=Kommunenummer;value=0999\n",
    [BMS_SHEET_UNITS] = "code=1000;name=Eksempel kommune\n"
                        "code=1100;name=Oppvekst;parent=1000\n"
                        "code=1101;name=Lia barnehage;parent=1100;group=barnehage\n"
                        "code=1102;name=Fjell skole;parent=1100;group=skole\n"
                        "code=1103;name=Eng barnehage;parent=1100;group=barnehage\n",
    [BMS_SHEET_SCORECARDS] = "code=ADM;name=Administrativt kort\n"
                             "code=POL;name=Politisk kort\n",
    [BMS_SHEET_FOCUS_AREAS] = "code=ORG;scorecard=ADM;name=Organisasjon\n"
                              "code=BRU;scorecard=POL;name=Brukere\n",
    [BMS_SHEET_CRITERIA] = "code=MILJO1;focus_area=ORG;name=Godt arbeidsmiljø\n"
                           "code=KVAL1;focus_area=BRU;name=God kvalitet\n",
    [BMS_SHEET_INDICATORS] =
        "code=SYK;name=Sykefravær;kind=andel;question_1=Tapte dagsverk {dates}?;measure_1=dagsverk;"
        "question_2=Avtalte dagsverk {dates}?;measure_2=dagsverk;basis=perioden;better=lavt\n"
        "code=KORT;name=Korttidsfravær;kind=andel;question_1=Korte fravær {dates}?;measure_1=dagsverk;"
        "basis=perioden;better=lavt;same_as=2 = SYK 2;part_of=1 = SYK 1\n"
        "code=BRUK;name=Brukertilfredshet;kind=gjennomsnitt;question_1=Snitt?;question_2=Hvor mange svarte?;"
        "measure_2=personer;basis=på dato;better=høyt;least_1=1;most_1=6\n"
        "code=SVAR;name=Svarprosent;kind=andel;question_2=Hvor mange ble spurt?;measure_2=personer;"
        "basis=på dato;better=høyt;same_as=1 = BRUK 2;about_persons=ja\n"
        "code=FALL;name=Fall;kind=rate;question_1=Fall?;question_2=Døgn?;factor=1000;basis=perioden;better="
        "lavt\n"
        "code=KLAGER;name=Klager;kind=antall;question_1=Klager {dates}?;measure_1=saker;basis=hittil i år;"
        "better=innenfor\n"
        "code=VERN;name=Vernerunde;kind=ja/nei;question_1=Gjennomført i {year}?;basis=hittil i "
        "år;better=høyt\n"
        "code=BUD;name=Budsjettavvik;kind=avvik;question_1=Regnskap?;question_2=Budsjett?;basis=hittil i år;"
        "better=lavt\n",
    [BMS_SHEET_PLACEMENTS] = "scorecard=ADM;criterion=MILJO1;indicator=SYK;order=2\n"
                             "scorecard=ADM;criterion=MILJO1;indicator=KORT;order=3\n"
                             "scorecard=POL;criterion=KVAL1;indicator=BRUK;order=1\n"
                             "scorecard=POL;criterion=KVAL1;indicator=SVAR;order=2\n"
                             "scorecard=ADM;criterion=MILJO1;indicator=FALL;order=1\n"
                             "scorecard=ADM;criterion=MILJO1;indicator=KLAGER\n"
                             "scorecard=ADM;criterion=MILJO1;indicator=VERN;order=5\n"
                             "scorecard=ADM;criterion=MILJO1;indicator=BUD;order=4\n",
    [BMS_SHEET_TARGETS] = "indicator=SYK;scope=alle;green=-1;red=1;series=PAI;way=prosentpoeng\n"
                          "indicator=BRUK;scope=alle;green=5;red=4\n"
                          "indicator=BRUK;scope=skole;green=4.8;red=4\n"
                          "indicator=BRUK;scope=1101;green=5.2;red=4.5\n"
                          "indicator=BRUK;scope=alle;green=5.1;red=4;from=2026-01-01\n"
                          "indicator=KLAGER;green=1–4;red=0–6\n"
                          "indicator=BUD;green=0\n"
                          "indicator=KLAGER;green=1–12;red=0–18;applies_for=samlet\n",
    [BMS_SHEET_CALENDAR] = "code=2025-T3\n"
                           "code=2026-T1;sent=2026-05-01;due=2026-05-15;closes=2026-06-01\n"
                           "code=2026-T2\n"
                           "code=2026-T3\n"
                           "code=2026-BU;name=Brukerundersøkelse 2026;from=2026-03-01;to=2026-03-31\n"
                           "code=2025-BU;from=2025-03-01;to=2025-03-31\n"
                           "code=2025-T1\n",
    [BMS_SHEET_PLAN] = "indicator=SYK;periods=*-T*;barnehage=x;skole=x\n"
                       "indicator=KORT;periods=*-T*;barnehage=x;skole=f\n"
                       "indicator=BRUK;periods=*-BU;form=*-T1;Alle=x;exceptions=uten 1000, 1100\n"
                       "indicator=SVAR;periods=*-BU;form=*-T1;Alle=f;exceptions=uten 1000, 1100\n"
                       "indicator=FALL;periods=2026-T1, 2026-T2;skole=x;exceptions=med 1101\n"
                       "indicator=KLAGER;periods=2026-T1;skole=x\n"
                       "indicator=VERN;periods=2026-T1;skole=x\n"
                       "indicator=BUD;periods=2026-T1;skole=x\n",
    [BMS_SHEET_REFERENCES] = "series=PAI;period=2025;value=9.1;published=2026-03-01\n"
                             "series=PAI;period=2025;group=skole;value=7;published=2026-06-01\n"
                             "series=PAI;period=2026-Q1;value=9.5;published=2026-06-15\n",
    [BMS_SHEET_ACTIONS] = "number=1;unit=1101;linked_to=SYK;text=Oppfølging;due=2026-12-01\n"
                          "number=2;unit=1101;linked_to=ORG;text=Opplæring\n",
};

static const char *const made_groups[] = {"barnehage", "skole", "Alle"};

static inline uint32_t made_column_index(enum bms_setup_sheet sheet, const char *column) {
    const bms_setup_column *found = bms_setup_column_of(sheet, column);
    if (found)
        return (uint32_t)(found - bms_setup_schema_of(sheet)->columns);
    for (size_t i = 0; i < 3; i++)
        if (strcmp(made_groups[i], column) == 0)
            return (uint32_t)(bms_setup_schema_of(sheet)->n_columns + i);
    return (uint32_t)(bms_setup_schema_of(sheet)->n_columns + 3);
}

/** Write a cell; NULL empties it. Rows count from 0; the one after the last is made. */
static inline void made_set(struct made *made, enum bms_setup_sheet sheet, size_t row_number,
                            const char *column, const char *text) {
    bms_setup_table *table = &made->book.tables[sheet];
    if (row_number == table->n_rows) {
        bms_setup_row *rows = bms_arena_alloc(made->arena, (table->n_rows + 1) * sizeof *rows);
        if (table->n_rows > 0)
            memcpy(rows, table->rows, table->n_rows * sizeof *rows);
        table->rows = rows;
        table->rows[table->n_rows++].row_index = (uint32_t)row_number + 1;
    }
    bms_setup_row *row = &table->rows[row_number];
    bms_setup_cell *cells = bms_arena_alloc(made->arena, (row->n_cells + 1) * sizeof *cells);
    size_t n = 0;
    for (size_t i = 0; i < row->n_cells; i++)
        if (strcmp(row->cells[i].column, column) != 0)
            cells[n++] = row->cells[i];
    if (text)
        cells[n++] = (bms_setup_cell){.column = column,
                                      .text = text,
                                      .row_index = row->row_index,
                                      .column_index = made_column_index(sheet, column)};
    row->cells = cells;
    row->n_cells = n;
}

/** @return the text up to `end` (or its end) in the arena; `text` goes on behind it. */
static inline const char *made_piece(struct made *made, const char **text, char end) {
    const char *stop = strchr(*text, end);
    size_t length = stop ? (size_t)(stop - *text) : strlen(*text);
    const char *piece = bms_arena_copy(made->arena, *text, length);
    *text += stop ? length + 1 : length;
    return piece;
}

/** Write cells given as "code=1101;name=Lia barnehage". */
static inline void made_cells(struct made *made, enum bms_setup_sheet sheet, size_t row, const char *text) {
    while (*text != '\0') {
        const char *cell = made_piece(made, &text, ';');
        const char *column = made_piece(made, &cell, '=');
        made_set(made, sheet, row, column, cell);
    }
}

static inline void made_sheet(struct made *made, enum bms_setup_sheet sheet) {
    const char *text = made_rows[sheet];
    for (size_t row = 0; *text != '\0'; row++)
        made_cells(made, sheet, row, made_piece(made, &text, '\n'));
}

static inline int made_begin(void **state) {
    struct made *made = test_calloc(1, sizeof *made);
    made->arena = bms_arena_new();
    made->findings = (bms_findings){.arena = made->arena, .language = "en"};
    for (int i = 0; i < BMS_N_SETUP_SHEETS; i++) {
        made->book.tables[i].sheet_name = bms_setup_schema_of((enum bms_setup_sheet)i)->name;
        made_sheet(made, (enum bms_setup_sheet)i);
    }
    made->book.tables[BMS_SHEET_PLAN].further = (const char **)(uintptr_t)made_groups;
    made->book.tables[BMS_SHEET_PLAN].n_further = 3;
    *state = made;
    return 0;
}

static inline int made_end(void **state) {
    struct made *made = *state;
    bms_arena_free(made->arena);
    test_free(made);
    return 0;
}

static inline void made_read(struct made *made) {
    bms_error error = {0};
    assert_int_equal(bms_definition_read(made->arena, &made->book, "oppsett.xlsx", &made->definition,
                                         &made->findings, &error),
                     BMS_OK);
}

#endif
