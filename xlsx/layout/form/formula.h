/**
 * The formulas that show result and status while a unit types.
 *
 * They use functions that every spreadsheet program has, and decide colours as core/definition/colour.c
 * does, on the result rounded to nine decimals. The words they show are those of all workbooks (colour.h).
 * Remarks begin with the word for "Check", by which the sheet's colours and the counter recognise them.
 */
#ifndef BMS_XLSX_LAYOUT_FORM_FORMULA_H
#define BMS_XLSX_LAYOUT_FORM_FORMULA_H

#include "core/form/form.h"
#include "xlsx/cell/address.h"

/* What a status remarks, after the word for "Check"; and what a red one asks for. */
#define BMS_REMARK_MUST_ANSWER BMS_TEXT("everyone must answer this")
#define BMS_REMARK_NOT_A_NUMBER BMS_TEXT("number {n} is not a number")
#define BMS_REMARK_MEAN_OF_NOBODY BMS_TEXT("a mean, but nobody behind it")
#define BMS_REMARK_MISSING BMS_TEXT("number {n} is missing")
#define BMS_REMARK_BOTH BMS_TEXT("both a number and «Not ready?»")
#define BMS_REMARK_BELOW BMS_TEXT("number {n} is below {limit}")
#define BMS_REMARK_ABOVE BMS_TEXT("number {n} is above {limit}")
#define BMS_REMARK_DECIMALS BMS_TEXT("number {n} must be without decimals")
#define BMS_REMARK_ABOVE_WHOLE BMS_TEXT("number {n} is larger than all of {whole}")
#define BMS_REMARK_NOT_THE_SUM BMS_TEXT("number {n} is not the sum of {cells}")
#define BMS_REMARK_BELOW_PARTS BMS_TEXT("number {n} is less than {cells}")
#define BMS_REMARK_PART_OF_NOTHING BMS_TEXT("number 2 is 0, but number 1 is not")
#define BMS_REMARK_SWAPPED BMS_TEXT("number 1 is larger than number 2")
#define BMS_REMARK_YES_OR_NO BMS_TEXT("answer yes or no")
#define BMS_MAY_ACT_WORDS BMS_TEXT("Write an action or a comment")

/** A whole with more parts is added up only when the return is checked. */
enum { BMS_MOST_PARTS = 12 };

/** A number that is a part of another: its cell, its question in the form, and which of its numbers. */
typedef struct bms_form_part {
    char cell[BMS_ADDRESS_SIZE];
    size_t question;
    enum bms_which which;
} bms_form_part;

/** Where a question's cells are. */
typedef struct bms_form_cells {
    char numerator[BMS_ADDRESS_SIZE];
    char denominator[BMS_ADDRESS_SIZE];
    char result[BMS_ADDRESS_SIZE];
    char reason[BMS_ADDRESS_SIZE];
    char comment[BMS_ADDRESS_SIZE];
    bool fetched[2];                 /* number 1, number 2: asked for in another row */
    char whole[2][BMS_ADDRESS_SIZE]; /* the number that it is a part of; "" when none, or not in this form */
    const char *whole_name[2];       /* the indicator it belongs to */
    bms_form_part parts[2][BMS_MOST_PARTS]; /* the numbers that are parts of it */
    size_t n_parts[2];
    const char *actions; /* the action sheet's column of links, as a reference */
    const char *link;    /* how this question is spelled there */
} bms_form_cells;

/** @return the formula of the result; it gives an empty text where there is no number. */
const char *bms_form_result_formula(bms_arena *arena, const bms_question *question,
                                    const bms_form_cells *cells, const char *language);

/** @return the formula of the status. */
const char *bms_form_status_formula(bms_arena *arena, const bms_question *question,
                                    const bms_form_cells *cells, const char *language);

/** @return the formula that is true where rounding would change the result's colour; "" without limits. */
const char *bms_form_contradiction_formula(bms_arena *arena, const bms_question *question,
                                           const bms_form_cells *cells);

/** @return what the status shows while nothing is filled in. */
const char *bms_form_status_when_empty(bms_arena *arena, const bms_question *question, const char *language);

/** @return what a red status says as long as it holds the return back: an action or a comment is required. */
const char *bms_form_must_act_words(const char *language);

/** @return the word that begins every live remark. */
const char *bms_form_check_word(const char *language);

/** @return a text in quotes, for use in a formula. */
const char *bms_formula_text(bms_arena *arena, const char *text);

#endif
