/**
 * A form while it is laid out; shared by the files of this folder that write its sheets, and no one else.
 */
#ifndef BMS_XLSX_LAYOUT_FORM_LAYOUT_H
#define BMS_XLSX_LAYOUT_FORM_LAYOUT_H

#include "core/make/correction.h"
#include "xlsx/layout/form/formula.h"
#include "xlsx/layout/form/sheet.h"
#include "xlsx/write/book.h"

typedef struct bms_form_layout {
    const bms_form *form;
    const bms_correction_book *correction; /* what it was filled in with before; NULL: a fresh form */
    bms_book *book;
    const char *language;
    bms_arena *arena;   /* the book's */
    bms_page *findings; /* the first sheet of a correction; NULL */
    bms_page *page;     /* the form itself */
    bms_page *actions;
    bms_page *guide;
    bms_page *hidden;
    uint32_t *rows;        /* of each question, on the form */
    const char **statuses; /* … what its status shows when the file is opened */
    uint32_t first_row;
    uint32_t end_row;    /* after the last question */
    const char *reasons; /* as the next three: lists to choose from, as references */
    const char *links;
    const char *action_statuses;
    const char *yes_no;
    const char *action_links; /* the column of what actions are linked to, as a reference */
} bms_form_layout;

/** How cells to fill in look: strong yellow for what is asked for, pale for what may be added. */
extern const bms_style bms_form_input;
extern const bms_style bms_form_extra;

/** @return a translated text of the form. */
const char *bms_form_tr(const bms_form_layout *layout, const char *text);

/** @return whether a number is asked for in another row of this form. @param[out] question which row's */
bool bms_form_is_fetched(const bms_form_layout *layout, const bms_question_number *number, size_t *question);

/** Write the headings, the questions and their focus areas, from `first_row`; sets `end_row`. */
void bms_form_write_rows(bms_form_layout *layout);

/** Write a cell to fill in, with what was sent in it. */
void bms_form_put_input(const bms_form_layout *layout, uint32_t row, uint32_t column, const bms_style *style,
                        const bms_raw_cell *sent);

/** @return what was sent in a cell as text; NULL for a blank and for a number. */
const char *bms_form_sent_text(const bms_form_layout *layout, const bms_raw_cell *sent);

/** @return what was sent in a number's cell, wherever it was asked for; NULL: nothing. */
const bms_raw_cell *bms_form_sent_cell(const bms_form_layout *layout, size_t i, enum bms_which which);

/** @return what the formulas of result and status give for what was sent. */
bms_number bms_form_live_result(const bms_form_layout *layout, size_t i);
const char *bms_form_live_status(const bms_form_layout *layout, size_t i);

/** @return the row of a question as it was sent; NULL in a fresh form, or when it was missing. */
const bms_raw_row *bms_form_sent_row(const bms_form_layout *layout, size_t question);

/** @return the part of a formula that is true while nothing about what holds a question back was changed; "":
 * nothing holds it back. */
const char *bms_form_still_wrong(const bms_form_layout *layout, size_t question);

/** Find the cells of a question. */
void bms_form_find_cells(const bms_form_layout *layout, size_t i, bms_form_cells *cells);

/** @return what an action is linked to as the list spells it; as it is, where this form does not ask it. */
const char *bms_form_action_link(const bms_form_layout *layout, const char *linked_to);

/** Mark the cells with findings; to be called before other conditions for them, as the first one wins. */
void bms_form_mark_findings(bms_form_layout *layout);

/** Write the first sheet of a correction. */
void bms_form_write_findings(bms_form_layout *layout);

/** Write the action sheet; sets `action_links`. */
void bms_form_write_actions(bms_form_layout *layout);

/** Write the guide. */
void bms_form_write_guide(bms_form_layout *layout);

#endif
