/* Comparing an edition of a report with the one before (see changes.h). */
#include "core/report/changes.h"

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/text.h"

#include <string.h>

/** Both editions, and the list of changes. */
struct comparing {
    bms_arena *arena;
    const bms_report_model *before;
    bms_report_model *now;
    bms_report_change *changes;
    size_t n;
    size_t capacity;
};

static bool same_figure(const bms_figure *a, const bms_figure *b) {
    return a->there == b->there &&
           (!a->there || (a->rolled.answer.state == b->rolled.answer.state &&
                          bms_number_same(a->rolled.answer.numerator, b->rolled.answer.numerator) &&
                          bms_number_same(a->rolled.answer.denominator, b->rolled.answer.denominator) &&
                          bms_number_same(a->rolled.result, b->rolled.result) && a->colour == b->colour));
}

/** @return whether both editions have a figure for the same period: only then can it have changed. */
static bool both_measured(const bms_figure *was, const bms_figure *became) {
    return was->there && became->there && bms_code_compare(was->period_code, became->period_code) == 0;
}

static enum bms_change_cause cause_of(const bms_report_answer *was, const bms_report_answer *became) {
    const bms_stored_entry *source = became->source;
    bool same_numbers =
        bms_number_same(was->now.rolled.answer.numerator, became->now.rolled.answer.numerator) &&
        bms_number_same(was->now.rolled.answer.denominator, became->now.rolled.answer.denominator) &&
        was->now.rolled.answer.state == became->now.rolled.answer.state;
    if (same_numbers)
        return BMS_CHANGED_BY_DEFINITION;
    if (!source)
        return BMS_CHANGED_OTHERWISE;
    if (source->origin.amended_by[0] != '\0')
        return BMS_CHANGED_BY_AMENDMENT;
    return was->source ? BMS_CHANGED_BY_NEW_RETURN : BMS_CHANGED_BY_FIRST_RETURN;
}

static void add(struct comparing *comparing, bms_report_change change) {
    bms_report_change *added = bms_arena_grow(comparing->arena, &comparing->changes, &comparing->n,
                                              &comparing->capacity, sizeof *added);
    if (!added)
        return;
    *added = change;
    added->colour_changed = change.was->colour != change.became->colour;
}

static void compare_rolled(struct comparing *comparing, size_t indicator, const bms_figure *was,
                           const bms_figure *became, enum bms_change_cause cause) {
    if (both_measured(was, became) && !same_figure(was, became)) {
        add(comparing, (bms_report_change){.indicator = indicator,
                                           .unit = comparing->now->unit,
                                           .was = was,
                                           .became = became,
                                           .cause = cause});
    }
}

static const bms_report_answer *answer_of(const struct comparing *comparing, const bms_report_indicator *row,
                                          const char *unit) {
    for (size_t i = 0; i < row->n_answers; i++) {
        if (bms_code_compare(comparing->before->definition->units[row->answers[i].unit].code, unit) == 0)
            return &row->answers[i];
    }
    return NULL;
}

static void compare_answers(struct comparing *comparing, size_t indicator, const bms_report_indicator *was) {
    const bms_report_indicator *row = &comparing->now->indicators[indicator];
    for (size_t i = 0; i < row->n_answers; i++) {
        const bms_report_answer *became = &row->answers[i];
        const bms_report_answer *before =
            answer_of(comparing, was, comparing->now->definition->units[became->unit].code);
        if (!before || !both_measured(&before->now, &became->now) || same_figure(&before->now, &became->now))
            continue;
        add(comparing, (bms_report_change){.indicator = indicator,
                                           .unit = became->unit,
                                           .was = &before->now,
                                           .became = &became->now,
                                           .cause = cause_of(before, became),
                                           .source = became->source});
    }
}

static const bms_report_indicator *row_before(const struct comparing *comparing, const char *indicator) {
    for (size_t i = 0; i < comparing->before->n_indicators; i++) {
        const bms_report_indicator *row = &comparing->before->indicators[i];
        if (bms_code_compare(row->indicator->code, indicator) == 0)
            return row;
    }
    return NULL;
}

enum bms_status bms_report_compare(bms_arena *arena, const bms_report_model *before, bms_report_model *now,
                                   bms_error *error) {
    struct comparing comparing = {.arena = arena, .before = before, .now = now};
    bool parent = now->kind != BMS_REPORT_UNIT;
    for (size_t i = 0; i < now->n_indicators; i++) {
        const bms_report_indicator *row = &now->indicators[i];
        const bms_report_indicator *was = row_before(&comparing, row->indicator->code);
        if (!was)
            continue;
        if (parent)
            compare_rolled(&comparing, i, &was->now, &row->now, BMS_CHANGED_BY_UNITS);
        compare_answers(&comparing, i, was);
        compare_rolled(&comparing, i, &was->last, &row->last, BMS_CHANGED_EARLIER);
        compare_rolled(&comparing, i, &was->year_before, &row->year_before, BMS_CHANGED_EARLIER);
    }
    now->previous_edition = before->edition;
    now->previous_made_at = before->made_at;
    now->changes = comparing.changes;
    now->n_changes = comparing.n;
    for (size_t i = 0; i < comparing.n; i++)
        now->n_colours_changed += comparing.changes[i].colour_changed;
    return bms_error_of_arena(BMS_OK, arena, error);
}
