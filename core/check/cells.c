/*
 * Rules about the content of one cell where a number belongs. What the numbers mean together is in answer.c.
 */
#include "core/check/checking.h"

#include <math.h>
#include <string.h>

/** Point at the cell, say whose it is, and fill in its content. */
static bool say(const bms_subject *subject, bms_verdict *verdict) {
    const bms_raw_cell *cell = subject->number->cell;
    verdict->cell = cell->address;
    bms_verdict_text(verdict, "cell",
                     bms_arena_format(verdict->checking->arena, "%s (%s)", cell->address,
                                      subject->answer->question->name));
    bms_verdict_text(verdict, "text", bms_raw_text(verdict->checking, cell));
    bms_verdict_text(verdict, "question", subject->number->asked->text);
    return true;
}

static bool is_kind(const bms_subject *subject, enum bms_raw_kind kind) {
    return subject->number->cell && subject->number->cell->kind == kind;
}

/** @return whether it is a text that for this reason cannot be read as a number. */
static bool is_bad_text(const bms_subject *subject, enum bms_number_reading reading) {
    return is_kind(subject, BMS_RAW_TEXT) && subject->number->content == BMS_CONTENT_BAD &&
           subject->number->reading == reading;
}

/** @return the first number in this range of merged cells: the range is reported once, there. */
static const bms_raw_cell *first_merged(const bms_checking *checking, const char *range) {
    for (size_t i = 0; i < checking->n_questions; i++) {
        for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
            const bms_found_number *number = &checking->answers[i].numbers[which];
            if (number->own && number->cell && strcmp(number->cell->merged, range) == 0)
                return number->cell;
        }
    }
    return NULL;
}

bool bms_rule_merged_cells(const bms_subject *subject, bms_verdict *verdict) {
    const bms_raw_cell *cell = subject->number->cell;
    if (!cell || *cell->merged == '\0')
        return false;
    const bms_raw_cell *first = first_merged(verdict->checking, cell->merged);
    verdict->cell = first ? first->address : cell->address;
    bms_verdict_text(verdict, "cells", cell->merged);
    return true;
}

bool bms_rule_error_value(const bms_subject *subject, bms_verdict *verdict) {
    return is_kind(subject, BMS_RAW_ERROR) && say(subject, verdict);
}

bool bms_rule_no_result(const bms_subject *subject, bms_verdict *verdict) {
    return is_kind(subject, BMS_RAW_NO_RESULT) && say(subject, verdict);
}

bool bms_rule_date_for_number(const bms_subject *subject, bms_verdict *verdict) {
    if (!is_kind(subject, BMS_RAW_DATE))
        return false;
    int year;
    int month;
    int day;
    bms_day_parts(subject->number->cell->day, &year, &month, &day);
    /* 3.4 or 3,4 became 3 April: the decimal number was probably meant. */
    int decimals = month < 10 ? 1 : 2;
    bms_verdict_rounded(verdict, "meant", day + month / (decimals == 1 ? 10.0 : 100.0), decimals);
    return say(subject, verdict);
}

bool bms_rule_per_cent_for_number(const bms_subject *subject, bms_verdict *verdict) {
    return (is_kind(subject, BMS_RAW_PER_CENT) || is_bad_text(subject, BMS_READ_PER_CENT)) &&
           say(subject, verdict);
}

bool bms_rule_ambiguous_number(const bms_subject *subject, bms_verdict *verdict) {
    if (!is_bad_text(subject, BMS_READ_AMBIGUOUS))
        return false;
    bms_verdict_rounded(verdict, "decimal", subject->number->value, 3);
    bms_verdict_rounded(verdict, "thousands", subject->number->value * 1000.0, 0);
    return say(subject, verdict);
}

bool bms_rule_not_yes_or_no(const bms_subject *subject, bms_verdict *verdict) {
    if (!bms_kind_of(subject->answer->question->kind)->yes_or_no ||
        subject->number->content == BMS_CONTENT_BLANK || subject->number->content == BMS_CONTENT_DASH)
        return false;
    double value = subject->number->value;
    bool one_or_zero =
        bms_found_given(subject->number) && (bms_number_equal(value, 0) || bms_number_equal(value, 1));
    return !one_or_zero && say(subject, verdict);
}

bool bms_rule_not_a_number(const bms_subject *subject, bms_verdict *verdict) {
    return subject->number->content == BMS_CONTENT_BAD && say(subject, verdict);
}

/** @return whether the smallest valid number is 0: a negative one then has its own rule. */
static bool starts_at_zero(const bms_question_number *asked) {
    return asked->least.known && bms_number_equal(asked->least.value, 0);
}

bool bms_rule_negative(const bms_subject *subject, bms_verdict *verdict) {
    if (!bms_found_given(subject->number) || subject->number->value >= 0.0 ||
        !starts_at_zero(subject->number->asked))
        return false;
    bms_verdict_number(verdict, "value", subject->number->value);
    return say(subject, verdict);
}

static bool is_below(const bms_found_number *number) {
    return number->asked->least.known && bms_number_compare(number->value, number->asked->least.value, 9) < 0;
}

static bool is_above(const bms_found_number *number) {
    return number->asked->most.known && bms_number_compare(number->value, number->asked->most.value, 9) > 0;
}

bool bms_rule_outside_scale(const bms_subject *subject, bms_verdict *verdict) {
    const bms_question_number *asked = subject->number->asked;
    if (!bms_found_given(subject->number) || !asked->least.known || !asked->most.known ||
        (!is_below(subject->number) && !is_above(subject->number)))
        return false;
    bms_verdict_number(verdict, "value", subject->number->value);
    bms_verdict_number(verdict, "least", asked->least.value);
    bms_verdict_number(verdict, "most", asked->most.value);
    return say(subject, verdict);
}

bool bms_rule_below_least(const bms_subject *subject, bms_verdict *verdict) {
    if (!bms_found_given(subject->number) || !is_below(subject->number))
        return false;
    bms_verdict_number(verdict, "value", subject->number->value);
    bms_verdict_number(verdict, "least", subject->number->asked->least.value);
    return say(subject, verdict);
}

bool bms_rule_above_most(const bms_subject *subject, bms_verdict *verdict) {
    if (!bms_found_given(subject->number) || !is_above(subject->number))
        return false;
    bms_verdict_number(verdict, "value", subject->number->value);
    bms_verdict_number(verdict, "most", subject->number->asked->most.value);
    return say(subject, verdict);
}

bool bms_rule_text_number(const bms_subject *subject, bms_verdict *verdict) {
    if (!bms_found_given(subject->number) || !is_kind(subject, BMS_RAW_TEXT) ||
        bms_kind_of(subject->answer->question->kind)->yes_or_no)
        return false;
    bms_verdict_number(verdict, "value", subject->number->value);
    return say(subject, verdict);
}

bool bms_rule_decimals(const bms_subject *subject, bms_verdict *verdict) {
    double value = subject->number->value;
    if (!bms_found_given(subject->number) || !subject->number->asked->whole ||
        bms_number_equal(value, round(value)))
        return false;
    bms_verdict_number(verdict, "value", value);
    return say(subject, verdict);
}

bool bms_rule_hidden_value(const bms_subject *subject, bms_verdict *verdict) {
    return subject->number->cell && subject->number->cell->hidden && bms_found_given(subject->number) &&
           say(subject, verdict);
}

bool bms_rule_personal_number(const bms_subject *subject, bms_verdict *verdict) {
    const bms_checking *checking = verdict->checking;
    const bms_raw_place *place = subject->place;
    const char *text = place->address;
    if (!checking->raw->sheet || strcmp(place->sheet, checking->raw->sheet) != 0) {
        text = bms_message(checking->arena,
                           bms_tr(checking->context->language, BMS_TEXT("{cell} in the sheet “{sheet}”")),
                           "cell", place->address, "sheet", place->sheet, NULL);
    }
    verdict->cell = place->address;
    verdict->sheet = place->sheet;
    bms_verdict_text(verdict, "cell", text);
    return true;
}
