/*
 * Rules about the form's table: its sheet, its headings, and one row for each question in the form's order.
 */
#include "core/base/text.h"
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

/* Other sheets with the form's table */

static bool is_answered(const bms_raw_cell *cell) {
    return cell->kind != BMS_RAW_BLANK && !cell->formula;
}

static bool is_filled(const bms_raw_copy *copy) {
    for (size_t i = 0; i < copy->n_rows; i++) {
        if (is_answered(&copy->rows[i].numerator) || is_answered(&copy->rows[i].denominator))
            return true;
    }
    return false;
}

static bool differs(const char *a, const char *b) {
    return *a != '\0' && *b != '\0' && !bms_text_same(a, b);
}

/** @return whether it is the form of another unit or period. */
static bool is_other_form(const bms_checking *checking, const bms_raw_copy *copy) {
    return differs(copy->visible.unit, checking->identity.unit) ||
           differs(copy->visible.period, checking->identity.period);
}

static const bms_raw_row *row_of(const bms_raw_return *raw, const char *indicator) {
    for (size_t i = 0; i < raw->n_rows; i++) {
        if (bms_code_compare(raw->rows[i].indicator, indicator) == 0)
            return &raw->rows[i];
    }
    return NULL;
}

/** @return the addresses of the cells in which a copy says something else; what it leaves blank is no answer.
 */
static const char *list_differences(bms_checking *checking, const bms_raw_copy *copy, const char **first) {
    const char *list = "";
    for (size_t i = 0; i < copy->n_rows; i++) {
        const bms_raw_row *other = &copy->rows[i];
        const bms_raw_row *row = row_of(checking->raw, other->indicator);
        if (!row)
            continue;
        const bms_raw_cell *pairs[][2] = {{&row->numerator, &other->numerator},
                                          {&row->denominator, &other->denominator},
                                          {&row->reason, &other->reason},
                                          {&row->comment, &other->comment}};
        for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
            if (pairs[p][1]->kind == BMS_RAW_BLANK || bms_raw_same(pairs[p][0], pairs[p][1]))
                continue;
            *first = *list ? *first : pairs[p][0]->address;
            list = bms_arena_format(checking->arena, "%s%s%s", list, *list ? ", " : "", pairs[p][0]->address);
        }
    }
    return list;
}

bool bms_rule_form_twice(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    bms_checking *checking = verdict->checking;
    const bms_raw_return *raw = checking->raw;
    for (size_t i = 0; i < raw->n_copies; i++) {
        const bms_raw_copy *copy = &raw->copies[i];
        const char *cells =
            is_other_form(checking, copy) ? "" : list_differences(checking, copy, &verdict->cell);
        if (*cells == '\0')
            continue;
        bms_verdict_text(verdict, "sheet", raw->sheet);
        bms_verdict_text(verdict, "other", copy->sheet);
        bms_verdict_text(verdict, "cells", cells);
        return true;
    }
    return false;
}

bool bms_rule_other_form(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    bms_checking *checking = verdict->checking;
    const char *list = "";
    const char *sheets = "";
    for (size_t i = 0; i < checking->raw->n_copies; i++) {
        const bms_raw_copy *copy = &checking->raw->copies[i];
        if (!is_other_form(checking, copy) || !is_filled(copy))
            continue;
        list = bms_arena_format(checking->arena, "%s%s%s (%s, %s)", list, *list ? "; " : "", copy->sheet,
                                copy->visible.unit, bms_checking_period_name(checking, copy->visible.period));
        sheets = bms_arena_format(checking->arena, "%s%s%s", sheets, *sheets ? "; " : "", copy->sheet);
    }
    if (*list == '\0')
        return false;
    bms_verdict_of_others(verdict, "list", list);
    bms_verdict_text(verdict, "sheets", sheets);
    return true;
}

/* Rows */

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
