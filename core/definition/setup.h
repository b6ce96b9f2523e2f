/**
 * A setup as it was written: sheets, rows and cells, before it becomes a definition.
 *
 * It comes in the same form from a setup workbook, from a template's text and from the history, so one place
 * interprets it (read.c), and every mistake can name its sheet and cell. This module knows which sheets and
 * columns there are and their names, not what they mean.
 */
#ifndef BMS_DEFINITION_SETUP_H
#define BMS_DEFINITION_SETUP_H

#include "core/base/arena.h"
#include "core/base/findings.h"
#include "core/bms.h"

#include <stddef.h>
#include <stdint.h>

enum bms_setup_sheet {
    BMS_SHEET_MUNICIPALITY,
    BMS_SHEET_UNITS,
    BMS_SHEET_SCORECARDS,
    BMS_SHEET_FOCUS_AREAS,
    BMS_SHEET_CRITERIA,
    BMS_SHEET_INDICATORS,
    BMS_SHEET_PLACEMENTS,
    BMS_SHEET_TARGETS,
    BMS_SHEET_CALENDAR,
    BMS_SHEET_PLAN,
    BMS_SHEET_REFERENCES,
    BMS_SHEET_ACTIONS,
    BMS_N_SETUP_SHEETS
};

/** What a column holds. */
enum bms_setup_type {
    BMS_COLUMN_TEXT,
    BMS_COLUMN_CODE,      /* names the row; unique in its sheet, written as text: 0310 keeps its zero */
    BMS_COLUMN_REFERENCE, /* a code, or several, of the sheet in `refers_to` */
    BMS_COLUMN_CHOICE,    /* one of `choices` */
    BMS_COLUMN_NUMBER,
    BMS_COLUMN_DATE
};

/** A column of a setup sheet. */
typedef struct bms_setup_column {
    const char *key;     /* stable: "code", "parent"; stored in the history */
    const char *heading; /* English, for bms_tr; any language is recognised */
    enum bms_setup_type type;
    bool required;       /* no row can be understood without it */
    bool needed;         /* the sheet must have the column, though a cell of it may be blank */
    double width;        /* characters, for writing */
    const char *choices; /* English words separated by '|'; translated one by one */
    const char *(*choice)(size_t index);      /* instead of them: the words of a table, NULL after the last */
    enum bms_setup_sheet refers_to;           /* of BMS_COLUMN_REFERENCE */
    bool several;                             /* it may hold several codes, separated by commas */
    const char *help;                         /* shown as a note on the heading; English; NULL: none */
    const char *(*choice_help)(size_t index); /* instead of it: a sentence about each choice */
} bms_setup_column;

typedef struct bms_setup_schema {
    const char *key;  /* "units" */
    const char *name; /* of the sheet, English */
    const bms_setup_column *columns;
    size_t n_columns;
    bool further_columns; /* the plan: one column a peer group, after those above */
    bool required;        /* nothing can be measured without it: it may be neither missing nor empty */
    const char *help;     /* what the sheet is for, in a sentence; English */
} bms_setup_schema;

/** @return the schema of a sheet; lives as long as the program. */
const bms_setup_schema *bms_setup_schema_of(enum bms_setup_sheet sheet);

/**
 * One filled-in cell, as text that bms_number_read and bms_day_parse read unambiguously: dates as 2026-09-15,
 * numbers as from bms_setup_number_text, per cent cells as `50 %`.
 */
typedef struct bms_setup_cell {
    const char *column; /* the schema's key, or for a further column its heading, as written */
    const char *text;   /* trimmed; "" only of an unreadable one */
    bool unreadable;    /* an error, or a code that became a date: reported where it was read */
    uint32_t row_index; /* its place in the workbook, from 0, for messages */
    uint32_t column_index;
} bms_setup_cell;

typedef struct bms_setup_row {
    bms_setup_cell *cells;
    size_t n_cells;
    uint32_t row_index;
} bms_setup_row;

/** Find a sheet by its name in any of the languages and any case. @return whether there is one */
bool bms_setup_recognise_sheet(const char *name, enum bms_setup_sheet *out);

/** @return the sheet's column with this heading in any of the languages, regardless of case, or NULL. */
const bms_setup_column *bms_setup_recognise_column(enum bms_setup_sheet sheet, const char *heading);

/** @return the sheet's column with this key, or NULL. */
const bms_setup_column *bms_setup_column_of(enum bms_setup_sheet sheet, const char *key);

enum { BMS_SETUP_WORD_SIZE = 64 };

/** @return a column's choice number `index` in a language (maybe written to `word`), NULL after the last. */
const char *bms_setup_choice(const bms_setup_column *column, size_t index, const char *language,
                             char word[BMS_SETUP_WORD_SIZE]);

/** @return a column's help in a language, NULL when it has none. */
const char *bms_setup_help(bms_arena *arena, const bms_setup_column *column, const char *language);

/** @return a column's choices in a language, as "share, rate, mean". */
const char *bms_setup_choices(bms_arena *arena, const bms_setup_column *column, const char *language);

/** @return which of a column's choices the text is, in any of the languages and any case; -1: none. */
int bms_setup_recognise_choice(const bms_setup_column *column, const char *text);

#define BMS_NO_COLUMN UINT32_MAX

typedef struct bms_setup_table {
    const char *sheet_name; /* in the workbook; NULL: the workbook has no such sheet */
    bms_setup_row *rows;    /* rows that hold something, in order */
    size_t n_rows;
    uint32_t heading_row;
    const uint32_t
        *columns;         /* where each of the schema's columns is, BMS_NO_COLUMN: missing; NULL: in order */
    const char **further; /* headings of further columns, in order */
    size_t n_further;
    const uint32_t *further_at; /* where each of them is; NULL: not known */
    bool unclear; /* its headings are wrong, and that is reported: what follows from it is not */
} bms_setup_table;

typedef struct bms_setup_book {
    bms_setup_table tables[BMS_N_SETUP_SHEETS];
    bool stars_match_all; /* a * in the plan catches named periods too, as until version 0.2.0 */
} bms_setup_book;

/** @return a row's cell by column key, or NULL when it is blank. */
const bms_setup_cell *bms_setup_find(const bms_setup_row *row, const char *column);

/** @return the last row of a unit, which says where it ends up; NULL when it has none. */
const bms_setup_row *bms_setup_unit_row(const bms_setup_book *book, const char *code);

/** @return a number as text for a setup cell: `7.5`, and `1.2340` since 1.234 could be read as 1 234. */
const char *bms_setup_number_text(bms_arena *arena, double value);

struct bms_definition;

/**
 * Make a definition of a setup, reporting all mistakes at once.
 *
 * @param[out] out       the definition, in `arena`; complete only if no severe finding was added
 * @param      file      the workbook's name, for findings
 * @param      findings  mistakes are added: rule, sheet, cell, message, fix; in the language of the findings
 * @return BMS_OK (mistakes or not) or BMS_NO_MEMORY
 */
enum bms_status bms_definition_read(bms_arena *arena, const bms_setup_book *setup, const char *file,
                                    struct bms_definition *out, bms_findings *findings, bms_error *error);

#endif
