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

bool bms_form_is_wrong(const bms_form_layout *layout, size_t question) {
    const bms_correction_book *correction = layout->correction;
    for (size_t i = 0; correction && i < correction->n_findings; i++) {
        const bms_finding *finding = &correction->findings[i];
        if (finding->indicator && finding->severity >= BMS_ERROR &&
            bms_code_compare(finding->indicator, layout->form->questions[question].indicator) == 0)
            return true;
    }
    return false;
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

bms_number bms_form_sent_number(const bms_form_layout *layout, size_t i, enum bms_which which) {
    const bms_question *question = &layout->form->questions[i];
    size_t source = 0;
    const bms_question_number *number =
        which == BMS_NUMERATOR ? &question->numerator : &question->denominator;
    if (bms_form_is_fetched(layout, number, &source)) {
        i = source;
        which = number->same_as_number;
    }
    const bms_raw_row *sent = bms_form_sent_row(layout, i);
    const bms_raw_cell *cell = !sent ? NULL : which == BMS_NUMERATOR ? &sent->numerator : &sent->denominator;
    return cell && cell->kind == BMS_RAW_NUMBER ? (bms_number){true, cell->number} : (bms_number){false, 0};
}

static const char *status_text(const bms_form_layout *layout, const bms_question *question,
                               enum bms_state state, bms_number result) {
    enum bms_why why = bms_why_of_state(state);
    if (why == BMS_HAS_COLOUR)
        why = result.known ? BMS_WHY_NO_TARGET : BMS_WHY_NO_PER_CENT;
    return bms_status_text(layout->arena, layout->language, bms_colour_of(&question->limits, result), why);
}

bms_number bms_form_sent_result(const bms_form_layout *layout, size_t i, const char **status) {
    const bms_question *question = &layout->form->questions[i];
    const bms_raw_row *sent = bms_form_sent_row(layout, i);
    bms_values answer = {BMS_MISSING, bms_form_sent_number(layout, i, BMS_NUMERATOR),
                         bms_form_sent_number(layout, i, BMS_DENOMINATOR)};
    answer.state = bms_values_state(question->kind, answer.numerator, answer.denominator);
    const bms_number result = bms_result(question->kind, question->factor, &answer);
    if (bms_form_is_wrong(layout, i)) {
        *status = bms_arena_format(layout->arena, "%s: %s", bms_form_check_word(layout->language),
                                   bms_form_tr(layout, BMS_TEXT("see the sheet «Correct this»")));
    } else if (answer.state != BMS_MISSING) {
        *status = status_text(layout, question, answer.state, result);
    } else if (sent && sent->reason.kind == BMS_RAW_TEXT) {
        *status = bms_colour_mark(layout->arena, BMS_NO_COLOUR, sent->reason.text);
    }
    return result;
}
