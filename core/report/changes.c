/* Comparing an edition of a report with the one before (see changes.h). */
#include "core/report/changes.h"

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "core/report/said.h"

#include <string.h>

/** Both editions, and the list of changes. */
struct comparing {
    bms_arena *arena;
    const bms_report_before *before;
    bms_report_model *now;
    bms_report_change *changes;
    size_t n;
    size_t capacity;
};

/** A figure in the edition before. */
struct earlier {
    const bms_figure *said; /* NULL: it was not kept, and `then` stands for it */
    const bms_figure *then; /* worked out again */
};

static bool same_numbers(const bms_figure *a, const bms_figure *b) {
    return a->rolled.answer.state == b->rolled.answer.state &&
           bms_number_same(a->rolled.answer.numerator, b->rolled.answer.numerator) &&
           bms_number_same(a->rolled.answer.denominator, b->rolled.answer.denominator);
}

static bool same_period(const bms_figure *a, const bms_figure *b) {
    return bms_code_compare(a->period_code, b->period_code) == 0;
}

static bool same_figure(const bms_figure *a, const bms_figure *b) {
    return a->there == b->there &&
           (!a->there || (same_period(a, b) && same_numbers(a, b) &&
                          bms_number_same(a->rolled.result, b->rolled.result) && a->colour == b->colour));
}

/* What was said */

static const bms_report_figures_said *said_of(const struct comparing *comparing, const char *unit) {
    for (size_t i = 0; i < comparing->before->n_said; i++) {
        if (bms_code_compare(comparing->before->said[i].unit, unit) == 0)
            return &comparing->before->said[i];
    }
    return NULL;
}

static const bms_said *find_said(const bms_report_figures_said *list, const char *indicator,
                                 enum bms_said_role role) {
    for (size_t i = 0; list && i < list->n; i++) {
        if (list->figures[i].role == role && bms_code_compare(list->figures[i].indicator, indicator) == 0)
            return &list->figures[i];
    }
    return NULL;
}

/** @return a figure of the report's own unit in the edition before. */
static struct earlier earlier_of(const struct comparing *comparing, const bms_report_indicator *row,
                                 enum bms_said_role role, const bms_figure *then) {
    struct earlier earlier = {.then = then};
    if (!comparing->before->kept)
        return earlier;
    bms_figure *figure = bms_arena_alloc(comparing->arena, sizeof *figure);
    const char *unit = comparing->now->definition->units[comparing->now->unit].code;
    const bms_report_figures_said *list = said_of(comparing, unit);
    const bms_said *said = find_said(list, row->indicator->code, role);
    /* The two are kept once where they are one. */
    if (!said && role == BMS_SAID_SO_FAR)
        said = find_said(list, row->indicator->code, BMS_SAID_NOW);
    if (!figure)
        return earlier;
    *figure = said ? bms_report_figure_said(said, then) : (bms_figure){.period_name = "", .period_code = ""};
    earlier.said = figure;
    return earlier;
}

/** @return a unit's own answer in the edition before. What its own edition says may be older than that: it
 * stands where the numbers are those known then. */
static struct earlier answer_before(const struct comparing *comparing, const char *indicator,
                                    const char *unit, const bms_figure *then) {
    struct earlier earlier = {.then = then};
    const bms_report_figures_said *list = said_of(comparing, unit);
    const bms_said *said = find_said(list, indicator, BMS_SAID_OWN);
    said = said ? said : find_said(list, indicator, BMS_SAID_NOW);
    bms_figure *figure = said ? bms_arena_alloc(comparing->arena, sizeof *figure) : NULL;
    if (!figure)
        return earlier;
    *figure = bms_report_figure_said(said, then);
    if (same_period(figure, then) && same_numbers(figure, then))
        earlier.said = figure;
    return earlier;
}

/* What changed, and why */

static enum bms_change_cause cause_of(const bms_report_answer *was, const bms_report_answer *became) {
    const bms_stored_entry *source = became->source;
    if (same_numbers(&was->now, &became->now))
        return BMS_CHANGED_BY_DEFINITION;
    if (!source)
        return BMS_CHANGED_OTHERWISE;
    if (source->origin.amended_by[0] != '\0')
        return BMS_CHANGED_BY_AMENDMENT;
    return was->source ? BMS_CHANGED_BY_NEW_RETURN : BMS_CHANGED_BY_FIRST_RETURN;
}

/** Add what is another than it was. @param change  indicator, unit, cause and source */
static bms_report_change *compare(struct comparing *comparing, struct earlier earlier,
                                  const bms_figure *became, bms_report_change change) {
    const bms_figure *was = earlier.said ? earlier.said : earlier.then;
    if (!was || !was->there || !became->there || same_figure(was, became))
        return NULL;
    bool worked_out_otherwise = earlier.said && earlier.then && same_figure(earlier.then, became);
    bool later = !same_period(was, became);
    if (later && !earlier.said)
        return NULL; /* the later measurement is no change of the earlier one */
    bms_report_change *added = bms_arena_grow(comparing->arena, &comparing->changes, &comparing->n,
                                              &comparing->capacity, sizeof *added);
    if (!added)
        return NULL;
    *added = change;
    added->was = was;
    added->became = became;
    if (worked_out_otherwise) {
        added->cause = BMS_CHANGED_BY_RULES;
    } else if (later) {
        added->cause = BMS_CHANGED_LATER;
    }
    added->came_in = added->cause != BMS_CHANGED_BY_RULES && became->rolled.answer.state != BMS_MISSING &&
                     (added->cause == BMS_CHANGED_LATER || was->rolled.answer.state == BMS_MISSING);
    added->colour_changed = was->colour != became->colour;
    return added;
}

static void compare_role(struct comparing *comparing, size_t indicator, enum bms_said_role role,
                         const bms_figure *then, const bms_figure *became) {
    const bms_report_indicator *row = &comparing->now->indicators[indicator];
    struct earlier earlier = earlier_of(comparing, row, role, then);
    const bms_figure *was = earlier.said ? earlier.said : then;
    if (!was || !same_period(was, became))
        return; /* another measuring point is the last one now */
    (void)compare(comparing, earlier, became,
                  (bms_report_change){
                      .indicator = indicator, .unit = comparing->now->unit, .cause = BMS_CHANGED_EARLIER});
}

/** The year so far, where the measurement itself stands as it was: else it follows. */
static void compare_year(struct comparing *comparing, size_t indicator, const bms_report_indicator *was) {
    compare_role(comparing, indicator, BMS_SAID_SO_FAR, was ? &was->so_far : NULL,
                 &comparing->now->indicators[indicator].so_far);
}

static const bms_report_answer *answer_of(const struct comparing *comparing, const bms_report_indicator *row,
                                          const char *unit) {
    for (size_t i = 0; i < row->n_answers; i++) {
        const bms_definition *definition = comparing->before->then->definition;
        if (bms_code_compare(definition->units[row->answers[i].unit].code, unit) == 0)
            return &row->answers[i];
    }
    return NULL;
}

static void compare_answers(struct comparing *comparing, size_t indicator, const bms_report_indicator *was) {
    const bms_report_indicator *row = &comparing->now->indicators[indicator];
    for (size_t i = 0; i < row->n_answers; i++) {
        const bms_report_answer *became = &row->answers[i];
        const char *unit = comparing->now->definition->units[became->unit].code;
        const bms_report_answer *before = answer_of(comparing, was, unit);
        if (!before || !same_period(&before->now, &became->now))
            continue;
        bms_report_change change = {.indicator = indicator,
                                    .unit = became->unit,
                                    .cause = cause_of(before, became),
                                    .source = became->source};
        if (compare(comparing, answer_before(comparing, row->indicator->code, unit, &before->now),
                    &became->now, change) ||
            !bms_report_shows_year(row))
            continue;
        change.cause = BMS_CHANGED_EARLIER;
        change.source = NULL;
        (void)compare(comparing, (struct earlier){.then = &before->so_far}, &became->so_far, change);
    }
}

/** @return whether something of the units' has changed from `first` on, and all of it has come in since. */
static bool all_came_in(const struct comparing *comparing, size_t first) {
    for (size_t i = first; i < comparing->n; i++) {
        if (!comparing->changes[i].came_in)
            return false;
    }
    return comparing->n > first;
}

/** A roll-up, and after it the units' own answers: it is new where they are. */
static void compare_rolled(struct comparing *comparing, size_t indicator, const bms_report_indicator *was) {
    const bms_report_indicator *row = &comparing->now->indicators[indicator];
    struct earlier earlier = earlier_of(comparing, row, BMS_SAID_NOW, was ? &was->now : NULL);
    const bms_report_change rolled = {
        .indicator = indicator, .unit = comparing->now->unit, .cause = BMS_CHANGED_BY_UNITS};
    const size_t at = comparing->n;
    bool added = compare(comparing, earlier, &row->now, rolled);
    if (!added)
        compare_year(comparing, indicator, was);
    if (was)
        compare_answers(comparing, indicator, was);
    if (added && comparing->changes[at].cause == BMS_CHANGED_BY_UNITS)
        comparing->changes[at].came_in = comparing->changes[at].came_in || all_came_in(comparing, at + 1);
}

/** A unit's own report: one answer, with its origin. */
static void compare_own(struct comparing *comparing, size_t indicator, const bms_report_indicator *was) {
    const bms_report_indicator *row = &comparing->now->indicators[indicator];
    const bms_report_answer *before = was ? was->own : NULL;
    bms_report_change change = {
        .indicator = indicator, .unit = comparing->now->unit, .cause = BMS_CHANGED_OTHERWISE};
    if (row->own) {
        change.cause = before ? cause_of(before, row->own) : BMS_CHANGED_OTHERWISE;
        change.source = row->own->source;
    }
    if (!compare(comparing, earlier_of(comparing, row, BMS_SAID_NOW, was ? &was->now : NULL), &row->now,
                 change))
        compare_year(comparing, indicator, was);
}

static const bms_report_indicator *row_before(const struct comparing *comparing, const char *indicator) {
    for (size_t i = 0; i < comparing->before->then->n_indicators; i++) {
        const bms_report_indicator *row = &comparing->before->then->indicators[i];
        if (bms_code_compare(row->indicator->code, indicator) == 0)
            return row;
    }
    return NULL;
}

/** @return whether what was said was not right, or no longer is, because of the numbers. */
static bool is_correction(const bms_report_change *change) {
    return !change->came_in && change->cause != BMS_CHANGED_LATER && change->cause != BMS_CHANGED_BY_RULES &&
           change->cause != BMS_CHANGED_BY_DEFINITION;
}

static void count(bms_report_model *now) {
    for (size_t i = 0; i < now->n_changes; i++) {
        const bms_report_change *change = &now->changes[i];
        now->n_colours_changed += change->colour_changed;
        now->n_came_in += change->came_in;
        now->n_by_rules += change->cause == BMS_CHANGED_BY_RULES;
        now->n_by_setup += change->cause == BMS_CHANGED_BY_DEFINITION;
        now->n_corrected += is_correction(change);
    }
}

enum bms_status bms_report_compare(bms_arena *arena, const bms_report_before *before, bms_report_model *now,
                                   bms_error *error) {
    struct comparing comparing = {.arena = arena, .before = before, .now = now};
    for (size_t i = 0; i < now->n_indicators; i++) {
        const bms_report_indicator *row = &now->indicators[i];
        const bms_report_indicator *was = row_before(&comparing, row->indicator->code);
        if (now->kind == BMS_REPORT_UNIT) {
            compare_own(&comparing, i, was);
        } else {
            compare_rolled(&comparing, i, was);
        }
        compare_role(&comparing, i, BMS_SAID_LAST, was ? &was->last : NULL, &row->last);
        compare_role(&comparing, i, BMS_SAID_YEAR_BEFORE, was ? &was->year_before : NULL, &row->year_before);
    }
    now->previous_edition = before->then->edition;
    now->previous_made_at = before->then->made_at;
    now->previous_program = before->program;
    now->previous_kept = before->kept;
    now->changes = comparing.changes;
    now->n_changes = comparing.n;
    count(now);
    return bms_error_of_arena(BMS_OK, arena, error);
}
