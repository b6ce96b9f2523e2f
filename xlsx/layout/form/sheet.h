/**
 * What writing a form and reading a return have in common.
 *
 * A form has four sheets. People see three: the form, the actions, the guide; they may be renamed and moved,
 * and are found by their column headings in any of the languages. The fourth is hidden and plain text, so
 * that it survives other programs unchanged; it is found by its first cell:
 *
 *     bms form     1                               the marker, and the version of this notation
 *     municipality 3032                            the identity: key and value, in any order
 *     unit         GARD
 *     …
 *                                                  (an empty row)
 *     indicator    name         period       …     what a question carries, by these headings
 *     SYK          Sykefravær   2026-T2      …     one row a question, every sealed field
 *
 * All values are text: numbers as their shortest decimal with a point, unknown ones empty, yes as 1 and no
 * empty. So the seal is the same after Excel, LibreOffice and openpyxl. Lists to choose from are further to
 * the right, which is not read back.
 *
 * The identity is also in one visible line of the form, "Kommune 3032 · Enhet GARD · …", and the title in
 * another. Title, line and signature cells have defined names; where these are lost, the cells are found by
 * the texts beside them.
 */
#ifndef BMS_XLSX_LAYOUT_FORM_SHEET_H
#define BMS_XLSX_LAYOUT_FORM_SHEET_H

#include "core/form/form.h"
#include "xlsx/read/workbook.h"
#include "xlsx/write/book.h"

/** The columns of the form, in the order they are written. */
enum bms_form_column {
    BMS_FORM_INDICATOR,
    BMS_FORM_QUESTION_1,
    BMS_FORM_NUMBER_1,
    BMS_FORM_QUESTION_2,
    BMS_FORM_NUMBER_2,
    BMS_FORM_RESULT,
    BMS_FORM_STATUS,
    BMS_FORM_COMPARED,
    BMS_FORM_REASON,
    BMS_FORM_COMMENT,
    BMS_FORM_CODE,
    BMS_N_FORM_COLUMNS
};

/** The columns of the action sheet. */
enum bms_action_column {
    BMS_ACTION_NUMBER,
    BMS_ACTION_LINKED,
    BMS_ACTION_TEXT,
    BMS_ACTION_RESPONSIBLE,
    BMS_ACTION_DUE,
    BMS_ACTION_STATUS,
    BMS_N_ACTION_COLUMNS
};

/** @return a heading in English, for bms_tr; different from all others of its sheet in every language. */
const char *bms_form_heading(enum bms_form_column column);
const char *bms_action_heading(enum bms_action_column column);

/* Labels that the reader looks for when a defined name is lost; English, for bms_tr. */
#define BMS_LABEL_SIGNED_BY BMS_TEXT("Completed by")
#define BMS_LABEL_SIGNED_ON BMS_TEXT("Date")

/* Words of a yes/no question. English, for bms_tr. */
#define BMS_WORD_YES BMS_TEXT("Yes")
#define BMS_WORD_NO BMS_TEXT("No")

/* Defined names of single cells of the form. */
#define BMS_NAME_TITLE "bms_title"
#define BMS_NAME_IDENTITY "bms_identity"
#define BMS_NAME_SIGNED_BY "bms_signed_by"
#define BMS_NAME_SIGNED_ON "bms_signed_on"

/** @return what an action is linked to, as the list offers it: "Sykefravær (SYK)". */
const char *bms_form_link(bms_arena *arena, const bms_question *question);

/** @return the visible line of identity. */
const char *bms_identity_line(bms_arena *arena, const bms_identity *identity, const char *language);

/**
 * Read a visible line of identity, in any language.
 *
 * @param[out] out  texts in `arena`, "" where the line lacks a part; the title is left ""
 * @return whether it is such a line
 */
bool bms_identity_line_read(bms_arena *arena, const char *line, bms_identity *out);

/** The first column of the hidden sheet with a list to choose from; the lists begin in row 0. */
enum { BMS_HIDDEN_LISTS = 60 };

/** Write the hidden sheet's identity and questions. */
void bms_hidden_write(bms_page *page, const bms_form *form);

/** @return whether a sheet's first cell holds the marker. */
bool bms_hidden_is_marker(const char *text);

/**
 * Read a hidden sheet.
 *
 * @param[out] identity   texts in `arena`, "" where the sheet lacks them
 * @param[out] questions  in `arena`; one that lacks a required field ends the list, so the seal will not fit
 * @return BMS_OK or BMS_NO_MEMORY
 */
enum bms_status bms_hidden_read(bms_arena *arena, const bms_sheet *sheet, bms_identity *identity,
                                const bms_question **questions, size_t *n, bms_error *error);

#endif
