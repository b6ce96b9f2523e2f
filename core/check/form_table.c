/*
 * Rules about the form's table: its sheet, its headings, and one row for each question in the form's order.
 */
#include "core/check/checking.h"

bool bms_rule_table_missing(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    return !verdict->checking->raw->sheet;
}

bool bms_rule_heading_missing(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    const bms_raw_return *raw = verdict->checking->raw;
    if (raw->headings_known)
        return false;
    bms_verdict_text(verdict, "heading", raw->missing_heading ? raw->missing_heading : "");
    return true;
}

/** @return whether a row was matched with a question although its code is another. */
static bool is_renamed(const bms_checking *checking, const bms_raw_row *row) {
    for (size_t i = 0; i < checking->n_questions; i++) {
        if (checking->answers[i].renamed == row)
            return true;
    }
    return false;
}

/** @return whether no question has the row's code. */
static bool has_unknown_code(const bms_checking *checking, const bms_raw_row *row) {
    return row->indicator && *row->indicator != '\0' && !bms_checking_answer(checking, row->indicator) &&
           !is_renamed(checking, row);
}

bool bms_rule_row_not_asked_for(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    bms_checking *checking = verdict->checking;
    const char *list = "";
    for (size_t i = 0; i < checking->raw->n_rows; i++) {
        const bms_raw_row *row = &checking->raw->rows[i];
        if (!has_unknown_code(checking, row))
            continue;
        if (*list == '\0')
            verdict->cell = row->code_address;
        list = bms_arena_format(checking->arena, "%s%s%s (%s)", list, *list ? ", " : "", row->indicator,
                                row->code_address);
    }
    if (*list == '\0')
        return false;
    bms_verdict_text(verdict, "codes", list);
    return true;
}

bool bms_rule_code_overtyped(const bms_subject *subject, bms_verdict *verdict) {
    const bms_found_answer *answer = subject->answer;
    if (!answer->renamed)
        return false;
    verdict->cell = answer->renamed->code_address;
    bms_verdict_text(verdict, "cell", verdict->cell);
    bms_verdict_text(verdict, "found", answer->renamed->indicator);
    bms_verdict_text(verdict, "expected", answer->question->indicator);
    return true;
}

bool bms_rule_code_missing(const bms_subject *subject, bms_verdict *verdict) {
    if (subject->answer->row)
        return false;
    bms_verdict_text(verdict, "expected", subject->answer->question->indicator);
    return true;
}

bool bms_rule_code_twice(const bms_subject *subject, bms_verdict *verdict) {
    const bms_found_answer *answer = subject->answer;
    if (!answer->twin)
        return false;
    verdict->cell = answer->twin->code_address;
    bms_verdict_text(verdict, "code", answer->question->indicator);
    bms_verdict_text(verdict, "first", answer->row->code_address);
    bms_verdict_text(verdict, "second", answer->twin->code_address);
    return true;
}

/** @return the first row that comes before the row of an earlier question; NULL when the order is kept. */
static const bms_raw_row *first_out_of_order(const bms_checking *checking) {
    const bms_raw_row *last = NULL;
    for (size_t i = 0; i < checking->n_questions; i++) {
        const bms_raw_row *row = checking->answers[i].row;
        if (row && last && row < last)
            return row;
        last = row ? row : last;
    }
    return NULL;
}

/** @return whether there are extra rows that have findings of their own. */
static bool has_more_rows(const bms_checking *checking) {
    for (size_t i = 0; i < checking->raw->n_rows; i++) {
        if (has_unknown_code(checking, &checking->raw->rows[i]))
            return true;
    }
    for (size_t i = 0; i < checking->n_questions; i++) {
        if (checking->answers[i].twin)
            return true;
    }
    return false;
}

bool bms_rule_rows_moved(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    const bms_checking *checking = verdict->checking;
    const bms_raw_row *moved = first_out_of_order(checking);
    if (!moved && (!checking->raw->rows_inserted || has_more_rows(checking)))
        return false;
    verdict->cell = moved ? moved->code_address : NULL;
    return true;
}

bool bms_rule_columns_moved(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    return verdict->checking->raw->columns_moved;
}
