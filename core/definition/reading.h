/**
 * What the files that read a setup share; only for read.c and read_*.c.
 *
 * Each reader of a family of sheets makes one element of the definition for each row, also for a wrong one,
 * so that an element has the index of its row and references to it can still be checked. Typed values are
 * taken from cells here; what is wrong with one is added to the findings, and the reading goes on.
 */
#ifndef BMS_DEFINITION_READING_H
#define BMS_DEFINITION_READING_H

#include "core/definition/definition.h"
#include "core/definition/setup.h"
#include "core/definition/setup_mistakes.h"

struct bms_unknown_code;

typedef struct bms_reading {
    bms_arena *arena;
    const bms_setup_book *setup;
    bms_definition *definition;
    bms_findings *findings;
    const char **groups; /* peer groups, each in its first spelling */
    size_t n_groups;
    size_t groups_capacity;
    int *unit_of_row;      /* by row of the units: a unit that was moved has several */
    bool *unclear_numbers; /* by indicator: a number refers to another one that was not understood */
    size_t bad_codes[BMS_N_SETUP_SHEETS]; /* rows whose code cannot be read, which is reported */
    struct bms_unknown_code *unknown;     /* see bms_reading_unknown */
    size_t n_unknown;
    size_t unknown_capacity;
    bool plan_unclear; /* calendar or plan have mistakes: who is asked for what is not known */
} bms_reading;

/** A row being read. */
typedef struct bms_reading_row {
    bms_reading *reading;
    enum bms_setup_sheet sheet;
    const bms_setup_row *row;
} bms_reading_row;

/** @return row number `index` of a sheet. */
bms_reading_row bms_reading_row_at(bms_reading *reading, enum bms_setup_sheet sheet, size_t index);

/** Add a mistake in a cell of the row. */
void bms_reading_mistake(bms_reading_row row, const char *column, enum bms_mistake mistake, const char *value,
                         const char *other);

/** @return the address of a cell in a row, as `C5`. */
const char *bms_reading_address(bms_reading *reading, enum bms_setup_sheet sheet, size_t index,
                                const char *column);

/** @return whether the sheet has the column at all; if not, that is reported once and not for each row. */
bool bms_reading_has_column(bms_reading_row row, const char *column);

/** @return the cell's text, "" when blank; blank is a mistake in a required column. */
const char *bms_reading_text(bms_reading_row row, const char *column);

/** As bms_reading_text, for the code that names the row: checked, and that no row before it has the same. */
const char *bms_reading_code(bms_reading_row row, size_t index, const char *column);

/** @return a number as it could be written in the column, for what to do. */
const char *bms_reading_example(bms_reading_row row, const char *column);

/** @return the number in the cell; a per cent sign may follow it. */
bms_number bms_reading_number(bms_reading_row row, const char *column);

/** As bms_reading_number; `otherwise` when blank or wrong, and a mistake outside least–most. */
double bms_reading_number_within(bms_reading_row row, const char *column, double least, double most,
                                 double otherwise);

/** Read a text as a number, perhaps with a per cent sign; or as two, `95–105`. @return whether it is that */
bool bms_reading_is_number(bms_reading *reading, const char *text, double *out);
bool bms_reading_from_to(bms_reading *reading, const char *text, double *from, double *to);

bms_day bms_reading_date(bms_reading_row row, const char *column);

/** Read a first and a last day; a mistake when they are in the wrong order. */
void bms_reading_dates(bms_reading_row row, const char *from_column, const char *to_column, bms_day *from,
                       bms_day *to);

/** @return which of the column's choices is in the cell; `otherwise` when blank or wrong. */
int bms_reading_choice(bms_reading_row row, const char *column, int otherwise);

/** @return whether a yes/no cell says yes. */
bool bms_reading_yes(bms_reading_row row, const char *column);

/** @return the index of the code in the cell, in the column's other sheet; BMS_NONE: blank or wrong. */
int bms_reading_reference(bms_reading_row row, const char *column);

/**
 * Report a code that is not in a sheet. One code gets one finding, however often it is written; none where
 * the sheet itself, or as many of its codes, are wrong already (bms_reading_settle_unknown).
 */
void bms_reading_unknown(bms_reading_row row, const char *column, enum bms_mistake mistake,
                         enum bms_setup_sheet other, const char *code);

/** @return whether a code was unknown that should be in a sheet. */
bool bms_reading_has_unknown(const bms_reading *reading, enum bms_setup_sheet other);

/** When all is read: say of each unknown code where else it is, and what was meant; or leave it out. */
void bms_reading_settle_unknown(bms_reading *reading);

/** @return the index of the element with this code, or BMS_NONE; except for units it is the row's index. */
int bms_reading_find(const bms_reading *reading, enum bms_setup_sheet sheet, const char *code);

/** @return the name of a sheet, for messages. */
const char *bms_reading_sheet_name(const bms_reading *reading, enum bms_setup_sheet sheet);

/** @return the heading of a column, for messages. */
const char *bms_reading_heading(const bms_reading *reading, enum bms_setup_sheet sheet, const char *column);

/** @return the choices of a column, as "share, rate, mean". */
const char *bms_reading_choices(bms_reading *reading, const bms_setup_column *column);

/**
 * Take the next piece of a text whose pieces are separated by any of `separators`.
 * @return the trimmed piece in the arena, NULL after the last; empty pieces are skipped
 */
const char *bms_reading_piece(bms_reading *reading, const char **text, const char *separators);

/** @return a peer group in its first spelling, so that all use the same text; NULL: no unit is in it. */
const char *bms_reading_group(const bms_reading *reading, const char *group);

/* The families, in the order in which they are read. */
void bms_read_municipality(bms_reading *reading);
void bms_read_units(bms_reading *reading);
void bms_read_scorecards(bms_reading *reading); /* with focus areas and success criteria */
void bms_read_indicators(bms_reading *reading);
void bms_read_number_references(bms_reading *reading);
void bms_read_placements(bms_reading *reading);
void bms_read_references(bms_reading *reading);
void bms_read_targets(bms_reading *reading);
void bms_read_target_of_sum(bms_reading *reading, int indicator); /* when the plan is known */
void bms_read_calendar(bms_reading *reading);
void bms_read_plan(bms_reading *reading);
void bms_read_actions(bms_reading *reading);

/** Find what is seen only when everything is read: numbers nobody asks for, indicators nobody measures. */
void bms_read_whole(bms_reading *reading);

#endif
