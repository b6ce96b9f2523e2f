/**
 * A return as it came: the contents of its cells, with addresses, before anything is checked.
 *
 * Made by xlsx from a workbook; judged in core/check. Pure data: nothing here decides whether a value is
 * right.
 */
#ifndef BMS_FORM_RETURN_H
#define BMS_FORM_RETURN_H

#include "core/base/arena.h"
#include "core/bms.h"
#include "core/form/form.h"

enum bms_raw_kind {
    BMS_RAW_BLANK,
    BMS_RAW_NUMBER,
    BMS_RAW_PER_CENT, /* a number shown as per cent; `number` as stored: 0.85 */
    BMS_RAW_DATE,     /* a number shown as a date; `day` says which */
    BMS_RAW_TEXT,
    BMS_RAW_BOOLEAN,
    BMS_RAW_ERROR,    /* #DIV/0! …; its name in `text` */
    BMS_RAW_NO_RESULT /* a formula that was never computed */
};

/** The contents of one cell. */
typedef struct bms_raw_cell {
    enum bms_raw_kind kind;
    double number;
    bms_day day;      /* of a date; of a number, what it would be as one: a format can be lost */
    const char *text; /* as the user sees it; NULL where there is none */
    bool formula;
    bool hidden;      /* in a hidden row or column */
    char merged[32];  /* the range it is merged into, "C8:C9"; "" when it is not */
    char address[16]; /* "" when the return has no such cell */
} bms_raw_cell;

/** A cell anywhere in the workbook. */
typedef struct bms_raw_place {
    const char *sheet;
    char address[16];
} bms_raw_place;

/**
 * Find out which day is meant where a date belongs: a date, a text that is read as one (bms_day_read), or a
 * number that has lost its format and lies in this century.
 *
 * @return whether it is one
 */
bool bms_raw_day(const bms_raw_cell *cell, bms_day *out);

/** @return whether two cells hold the same. */
bool bms_raw_same(const bms_raw_cell *a, const bms_raw_cell *b);

/** One row of the form's table as it came back. */
typedef struct bms_raw_row {
    const char *indicator; /* the code in the row, trimmed */
    char code_address[16];
    bms_raw_cell numerator;
    bms_raw_cell denominator;
    bms_raw_cell result;
    bms_raw_cell reason;
    bms_raw_cell comment;
} bms_raw_row;

/** One row of the action sheet; only rows with a text. */
typedef struct bms_raw_action {
    bms_raw_cell number;
    bms_raw_cell linked_to;
    bms_raw_cell text;
    bms_raw_cell responsible;
    bms_raw_cell due;
    bms_raw_cell status;
} bms_raw_action;

/** Whether a workbook is a return of ours, and by what it was recognised. */
enum bms_recognition {
    BMS_NOT_OURS,             /* neither identity nor visible line: some other workbook */
    BMS_HIDDEN_IDENTITY_LOST, /* only the visible line is left; no questions */
    BMS_VISIBLE_IDENTITY_LOST,
    BMS_BOTH_IDENTITIES
};

/** Another sheet with the form's table in the same workbook: it is not read, only compared. */
typedef struct bms_raw_copy {
    const char *sheet;
    bms_identity visible; /* from its visible line; all "" without one */
    const bms_raw_row *rows;
    size_t n_rows;
} bms_raw_copy;

typedef struct bms_raw_return {
    enum bms_recognition recognition;
    bms_identity hidden;  /* from the hidden sheet; all "" when lost */
    bms_identity visible; /* from the visible line and the title; all "" when lost */
    char visible_address[16];
    char title_address[16];
    const bms_question *questions; /* as the hidden sheet carries them */
    size_t n_questions;
    const char *sheet;           /* the form's sheet, as it is called now; NULL when no sheet has the table */
    bool headings_known;         /* all required columns were found */
    const char *missing_heading; /* the first that was not; NULL */
    bool columns_moved;          /* they are not where they were in the form that was sent out */
    bool rows_inserted;          /* between the questions' */
    const bms_raw_row *rows;
    size_t n_rows;
    const bms_raw_copy *copies;
    size_t n_copies;
    bms_raw_cell signed_by;
    bms_raw_cell signed_on;
    const char *action_sheet; /* NULL when there is none */
    const bms_raw_action *actions;
    size_t n_actions;
    const bms_raw_place
        *personal; /* where personal numbers were; in all texts here they are hidden already */
    size_t n_personal;
} bms_raw_return;

#endif
