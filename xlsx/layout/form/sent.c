/** Puts what the unit sent back into the form's cells (see layout.h), as it was written. */
#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "xlsx/layout/form/formula.h"
#include "xlsx/layout/form/layout.h"

#include <string.h>

/** @return whether the form asks for the indicator. */
static bool is_asked(const bms_form *form, const char *indicator) {
    for (size_t i = 0; i < form->n_questions; i++) {
        if (bms_code_compare(form->questions[i].indicator, indicator) == 0)
            return true;
    }
    return false;
}

const bms_raw_row *bms_form_sent_row(const bms_form_layout *layout, size_t question) {
    const bms_raw_return *sent = layout->correction ? layout->correction->sent : NULL;
    char place[BMS_ADDRESS_SIZE];
    for (size_t i = 0; sent && i < sent->n_rows; i++) {
        if (bms_code_compare(sent->rows[i].indicator, layout->form->questions[question].indicator) == 0)
            return &sent->rows[i];
    }
    /* Its code may have been overwritten: then it is the unknown row in the same place. */
    bms_address_write(layout->rows[question], BMS_FORM_CODE, place);
    for (size_t i = 0; sent && i < sent->n_rows; i++) {
        if (strcmp(sent->rows[i].code_address, place) == 0 &&
            !is_asked(layout->form, sent->rows[i].indicator))
            return &sent->rows[i];
    }
    return NULL;
}

const char *bms_form_sent_text(const bms_form_layout *layout, const bms_raw_cell *sent) {
    bms_arena *arena = layout->arena;
    switch (sent->kind) {
    case BMS_RAW_PER_CENT:
        return bms_arena_format(arena, "%s\u00A0%%",
                                bms_number_plain(arena, sent->number * 100, layout->language));
    case BMS_RAW_DATE:
        return bms_day_text(arena, sent->day, layout->language);
    case BMS_RAW_BOOLEAN:
        return bms_form_tr(layout, sent->number > 0 ? BMS_WORD_YES : BMS_WORD_NO);
    case BMS_RAW_TEXT:
    case BMS_RAW_ERROR:
        return sent->text;
    case BMS_RAW_NUMBER:
    case BMS_RAW_BLANK:
    case BMS_RAW_NO_RESULT:
        break;
    }
    return NULL;
}

/* Per cent and dates go back as text: with their number format, the right number would become one too. */
void bms_form_put_input(const bms_form_layout *layout, uint32_t row, uint32_t column, const bms_style *style,
                        const bms_raw_cell *sent) {
    const char *text = sent ? bms_form_sent_text(layout, sent) : NULL;
    if (sent && sent->kind == BMS_RAW_NUMBER) {
        bms_page_number(layout->page, row, column, style, sent->number);
    } else {
        bms_page_text(layout->page, row, column, style, text);
    }
}

const bms_raw_cell *bms_form_sent_cell(const bms_form_layout *layout, size_t i, enum bms_which which) {
    const bms_question *question = &layout->form->questions[i];
    size_t source = 0;
    const bms_question_number *number =
        which == BMS_NUMERATOR ? &question->numerator : &question->denominator;
    if (bms_form_is_fetched(layout, number, &source)) {
        i = source;
        which = number->same_as_number;
    }
    const bms_raw_row *sent = bms_form_sent_row(layout, i);
    return !sent ? NULL : which == BMS_NUMERATOR ? &sent->numerator : &sent->denominator;
}
