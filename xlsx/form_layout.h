/**
 * A form while it is laid out; shared by the files that write its sheets (form_write.c, form_rows.c,
 * form_actions.c, form_guide.c) and no one else.
 */
#ifndef BMS_FORM_LAYOUT_H
#define BMS_FORM_LAYOUT_H

#include "xlsx/book.h"
#include "xlsx/form_sheet.h"

typedef struct bms_form_layout {
    const bms_form *form;
    bms_book *book;
    const char *language;
    bms_arena *arena; /* the book's */
    bms_page *page;   /* the form itself */
    bms_page *actions;
    bms_page *guide;
    bms_page *hidden;
    uint32_t *rows; /* of each question, on the form */
    uint32_t first_row;
    uint32_t end_row;    /* after the last question */
    const char *reasons; /* lists to choose from, as references */
    const char *links;
    const char *action_statuses;
    const char *yes_no;
    const char *action_links; /* where actions say what they are linked to */
} bms_form_layout;

/** How cells to fill in look: strong yellow for what is asked for, pale for what may be added. */
extern const bms_style bms_form_input;
extern const bms_style bms_form_extra;

/** @return a translated text of the form. */
const char *bms_form_tr(const bms_form_layout *layout, const char *text);

/** @return a text that was just made; "" when it is NULL, and the book remembers that memory was out. */
const char *bms_form_made(const bms_form_layout *layout, const char *text);

/** @return whether one of the question's numbers is asked for in another row of this form, and which that is.
 */
bool bms_form_is_fetched(const bms_form_layout *layout, const bms_question_number *number, size_t *question);

/** Write the headings, the questions and their focus areas, from `first_row`; sets `end_row`. */
void bms_form_write_rows(bms_form_layout *layout);

/** Write the action sheet, and say where its links stand. */
void bms_form_write_actions(bms_form_layout *layout);

/** Write the guide. */
void bms_form_write_guide(bms_form_layout *layout);

#endif
