/*
 * Rolling up the figures of a run of reports (see figures.h): a measuring point, the year so far, and the
 * growth of a year to date.
 */
#include "core/definition/past.h"
#include "core/definition/succession.h"
#include "core/report/table.h"

#include <stdlib.h>

static int year_of(bms_day day) {
    int year, month, day_of_month;
    bms_day_parts(day, &year, &month, &day_of_month);
    return year;
}

bool bms_figures_same_measure(const bms_figures *figures, int a, int b) {
    const struct bms_slot *one = a == BMS_NONE ? NULL : figures->of_point[a];
    const struct bms_slot *other = b == BMS_NONE ? NULL : figures->of_point[b];
    return !one || !other || !one->measured || !other->measured || one->measured == other->measured;
}

/** @return the indicator as it was defined when a point was measured. */
static const bms_indicator *indicator_of(const bms_figures *figures, const struct bms_slot *slot) {
    return slot->measured
               ? slot->measured
               : &figures->definition->indicators[figures->definition->points[slot->point].indicator];
}

/** @return whether a slot ends with another, and is as long as `last`, rather than that: tertials follow
 * tertials.
 */
static bool is_same_day_closer(const bms_figures *figures, const struct bms_slot *slot,
                               const struct bms_slot *other, const struct bms_slot *last) {
    const bms_definition *definition = figures->definition;
    return !bms_definition_point_is_before(definition, slot->point, other->point) &&
           bms_definition_is_closer(definition, slot->point, other->point, last->point);
}

enum bms_reach bms_figures_reach(const bms_figures *figures, const struct bms_slot *slot,
                                 enum bms_reach reach) {
    bool replaced = reach == BMS_YEAR_SO_FAR && !bms_basis_of(indicator_of(figures, slot)->basis)->adds_up;
    return replaced ? BMS_AT_POINT : reach;
}

size_t bms_figures_year(const bms_figures *figures, const struct bms_slot *last,
                        const struct bms_slot *found[BMS_KEPT_POINTS]) {
    const bms_definition *definition = figures->definition;
    const struct bms_series *series = &figures->series[definition->points[last->point].indicator];
    const bms_period *bound = &definition->calendar[last->period].period;
    int year = year_of(bound->to);
    size_t n = 0;
    found[n++] = last;
    for (size_t i = (size_t)(last - series->slots); i > 0; i--) {
        const bms_period *period = &definition->calendar[series->slots[i - 1].period].period;
        if (!bms_figures_same_measure(figures, last->point, series->slots[i - 1].point)) {
            break; /* a sum of two measures means nothing */
        }
        bool longer =
            i > 1 && is_same_day_closer(figures, &series->slots[i - 2], &series->slots[i - 1], last);
        if (!longer && period->to < bound->from && year_of(period->to) == year) {
            found[n++] = &series->slots[i - 1];
            bound = period;
        }
    }
    return n;
}

size_t bms_figures_year_points(const bms_figures *figures, int point, int found[BMS_MOST_YEAR_POINTS]) {
    const struct bms_slot *slot = point == BMS_NONE ? NULL : figures->of_point[point];
    const struct bms_slot *slots[BMS_KEPT_POINTS];
    size_t n = slot ? bms_figures_year(figures, slot, slots) : 0;
    for (size_t i = 0; i < n; i++)
        found[i] = slots[i]->point;
    return n;
}

/* The growth of a year to date. */

/**
 * Collect the answers of a unit's past at an earlier measuring point.
 *
 * @param together  units that are added up with it
 * @return false when the past is shared with other units: the unit's own part is then not known
 */
static bool gather_earlier(const bms_figures *figures, const struct bms_slot *before, int unit,
                           const struct bms_units *together, bms_part *parts, size_t *n) {
    const bms_definition *definition = figures->definition;
    bms_past past = figures->past;
    bms_past_find(&(bms_past_question){.definition = definition,
                                       .unit = unit,
                                       .point = &definition->points[before->point],
                                       .seen_from = definition->calendar[figures->form].period.to,
                                       .together = together->units,
                                       .n_together = together->n},
                  &past);
    *n = 0;
    for (size_t i = 0; i < past.n; i++) {
        const bms_unit_answer *answer = bms_figures_answer_at(figures, before, past.units[i]);
        if (answer->counts)
            parts[(*n)++] = (bms_part){.unit = past.units[i], .answer = answer->answer};
    }
    return past.n_others == 0;
}

static bms_number less(bms_number a, bms_number b) {
    return (bms_number){.known = a.known && b.known, .value = a.value - b.value};
}

/** @return how much a year to date grew since the year's previous measuring point. @param parts  room for the
 * answers of the unit's past */
static bms_values added_since(const bms_figures *figures, const struct bms_slot *slot,
                              const struct bms_slot *before, int unit, const struct bms_units *together,
                              bms_part *parts) {
    const bms_indicator *indicator = indicator_of(figures, slot);
    const bms_values *now = &bms_figures_answer_at(figures, slot, unit)->answer;
    bms_values added = {.state = BMS_MISSING};
    size_t n = 0;
    if (now->state != BMS_REPORTED || !bms_kind_of(indicator->kind)->adds_up)
        return *now;
    if (!gather_earlier(figures, before, unit, together, parts, &n))
        return added;
    if (n == 0)
        return *now;
    bms_values then = bms_roll_up_as_one(indicator, parts, n).answer;
    if (then.state == BMS_REPORTED || then.state == BMS_EMPTY_BASE) {
        added.numerator = less(now->numerator, then.numerator);
        added.denominator = less(now->denominator, then.denominator);
        added.state = bms_values_state(indicator->kind, added.numerator, added.denominator);
    }
    return added;
}

/* Units of a roll-up. */

struct bms_units bms_figures_at(const bms_figures *figures, const struct bms_slot *slot, int unit,
                                bool own_only, int *room) {
    const bms_definition *definition = figures->definition;
    if (definition->units[unit].n_predecessors == 0) {
        return (struct bms_units){slot->tree->order + slot->tree->place[unit],
                                  own_only ? 1 : slot->tree->size[unit]};
    }
    const bms_past_question question = {.definition = definition,
                                        .unit = unit,
                                        .point = &definition->points[slot->point],
                                        .seen_from = definition->calendar[figures->form].period.to};
    if (!own_only)
        return (struct bms_units){room, bms_past_below(&question, room)};
    bms_past own = {.units = room, .others = figures->past.others};
    bms_past_find(&question, &own);
    return (struct bms_units){own.units, own.n};
}

/** @return whether a unit had others below it at a slot; of one that took over, whether it has. */
static bool is_parent(const bms_figures *figures, const struct bms_slot *slot, int unit) {
    bool began = figures->definition->units[unit].n_predecessors > 0;
    return slot->tree->size[unit] > 1 || (began && figures->tree.size[unit] > 1);
}

static bool holds(const struct bms_units *list, int unit) {
    for (size_t i = 0; i < list->n; i++) {
        if (list->units[i] == unit)
            return true;
    }
    return false;
}

/**
 * Find the units of a row at an earlier slot of its year: those below on the row's own day, wherever they
 * were before; and those that the unit itself took over from.
 */
static struct bms_units units_of_year(const bms_figures *figures, const struct bms_slot *slot,
                                      const struct bms_slot *row, int unit, bool own_only) {
    const bms_definition *definition = figures->definition;
    const bms_unit *one = &definition->units[unit];
    bms_day day = bms_definition_day_of(definition, &definition->points[row->point]);
    if (slot == row || one->n_predecessors == 0)
        return bms_figures_at(figures, row, unit, own_only, figures->found);
    if (own_only || !bms_unit_valid(one, day))
        return bms_figures_at(figures, slot, unit, own_only, figures->found);
    const struct bms_units own = bms_figures_at(figures, slot, unit, true, figures->found);
    size_t n = own.n;
    for (size_t i = 0; i < row->tree->size[unit]; i++) {
        int below = row->tree->order[row->tree->place[unit] + i];
        if (!holds(&own, below))
            figures->found[n++] = below;
    }
    return (struct bms_units){figures->found, n};
}

/** Gather the answers of a slot. @param row  the slot whose day decides which units are below */
static size_t gather(const bms_figures *figures, const struct bms_slot *slot, const struct bms_slot *row,
                     const struct bms_slot *before, int unit, bool own_only, size_t n) {
    const bms_definition *definition = figures->definition;
    const bms_measuring_point *point = &definition->points[slot->point];
    const struct bms_units at = units_of_year(figures, slot, row, unit, own_only);
    for (size_t i = 0; i < at.n; i++) {
        const bms_unit_answer *answer = bms_figures_answer_at(figures, slot, at.units[i]);
        bool voluntary =
            !answer->counts && bms_definition_duty(definition, point, at.units[i]) != BMS_NOT_ASKED;
        if (!answer->counts && !voluntary)
            continue;
        bms_part *part = &figures->parts[n++];
        /* A single predecessor is the unit itself under another name. */
        *part = (bms_part){
            .unit = at.n == 1 ? unit : at.units[i], .answer = answer->answer, .voluntary = voluntary};
        if (before && !voluntary)
            part->answer = added_since(figures, slot, before, at.units[i], &at, part + 1);
    }
    return n;
}

/** @return the indicator with its kind's own roll-up: the definition's is for units, not for periods. */
static bms_indicator as_kind(const bms_indicator *indicator) {
    bms_indicator plain = *indicator;
    plain.rollup = BMS_ROLLUP_OF_KIND;
    return plain;
}

/** Give the answers of former units to the one that answers for their whole year (design, 'Roll-up'); after a
 * split the past is nobody's alone and stays by itself. */
static void give_to_heirs(const bms_figures *figures, const struct bms_slot *row, bms_part *parts, size_t n) {
    const bms_definition *definition = figures->definition;
    bms_day day = bms_definition_day_of(definition, &definition->points[row->point]);
    for (size_t i = 0; i < n; i++) {
        int unit = parts[i].unit;
        bms_day last = definition->units[unit].to;
        int heir = bms_succession_heir(definition, unit, day);
        if (heir != unit &&
            bms_succession_shared(definition, heir, last, day, &unit, 1, figures->past.others) == 0)
            parts[i].unit = heir;
    }
}

static int by_unit(const void *left, const void *right) {
    const bms_part *a = left;
    const bms_part *b = right;
    return (a->unit > b->unit) - (a->unit < b->unit);
}

/** Sort the parts by unit and make one part of each unit's year. @return how many periods are missing in it
 */
static size_t add_years(const bms_indicator *plain, bms_part *parts, size_t *n) {
    size_t done = 0;
    size_t open = 0;
    qsort(parts, *n, sizeof *parts, by_unit);
    for (size_t first = 0, end; first < *n; first = end) {
        for (end = first + 1; end < *n && parts[end].unit == parts[first].unit; end++) {
        }
        bms_rolled year = bms_roll_up(plain, parts + first, end - first);
        bool counted = year.answer.state == BMS_REPORTED && bms_kind_of(plain->kind)->result_is_amount;
        open += counted ? year.missing + year.open : 0;
        parts[done++] =
            (bms_part){.unit = parts[first].unit, .answer = year.answer, .voluntary = year.planned == 0};
    }
    *n = done;
    return open;
}

/** Roll up the year so far; where the definition overrides the roll-up, each unit's year comes first. */
static bms_rolled roll_year(const bms_indicator *indicator, bms_part *parts, size_t *n, bool one) {
    bms_indicator plain = as_kind(indicator);
    if (one || indicator->rollup == BMS_ROLLUP_OF_KIND)
        return bms_roll_up(&plain, parts, *n);
    size_t open = add_years(&plain, parts, n);
    bms_rolled rolled = bms_roll_up(indicator, parts, *n);
    rolled.open += open;
    return rolled;
}

bms_rolled bms_figures_roll_parts(const bms_figures *figures, const struct bms_slot *slot, bms_part *parts,
                                  size_t *n, int unit, bool own_only, bool year) {
    const bms_indicator *indicator = indicator_of(figures, slot);
    bool one = own_only || !is_parent(figures, slot, unit);
    if (year && !one && indicator->rollup != BMS_ROLLUP_OF_KIND)
        give_to_heirs(figures, slot, parts, *n);
    if (year)
        return roll_year(indicator, parts, n, one);
    if (one || (*n == 1 && indicator->rollup != BMS_ROLLUP_NONE))
        return bms_roll_up_as_one(indicator, parts, *n);
    return bms_roll_up(indicator, parts, *n);
}

/* Units that were closed in the year. */

/** @return whether a unit was closed in the year of a slot, before its day, and nobody took over from it. */
static bool closed_before(const bms_figures *figures, const struct bms_slot *slot, int unit) {
    const bms_definition *definition = figures->definition;
    bms_day day = bms_definition_day_of(definition, &definition->points[slot->point]);
    bms_day to = definition->units[unit].to;
    return to != BMS_NO_DAY && to < day && year_of(to) == year_of(day) &&
           bms_succession_heir(definition, unit, day) == unit;
}

/** @return the unit's latest slot in the year with an answer; without any, its latest. NULL: it was not asked
 */
static const struct bms_slot *latest_of(const bms_figures *figures, const struct bms_slot *const *year,
                                        size_t n_year, int unit) {
    const struct bms_slot *latest = NULL;
    for (size_t i = 0; i < n_year; i++) {
        const bms_unit_answer *answer = bms_figures_answer_at(figures, year[i], unit);
        if (answer->counts && answer->answer.state != BMS_MISSING)
            return year[i];
        latest = answer->counts && !latest ? year[i] : latest;
    }
    return latest;
}

size_t bms_figures_closed(const bms_figures *figures, int point, int unit, bms_closed *closed) {
    const struct bms_slot *slot = point == BMS_NONE ? NULL : figures->of_point[point];
    const struct bms_slot *year[BMS_KEPT_POINTS];
    size_t n = 0;
    if (!slot)
        return 0;
    size_t n_year = bms_figures_year(figures, slot, year);
    const struct bms_units at = bms_figures_at(figures, slot, unit, false, figures->found);
    for (size_t i = 0; n_year > 1 && i < at.n; i++) {
        const struct bms_slot *latest =
            closed_before(figures, slot, at.units[i]) ? latest_of(figures, year, n_year, at.units[i]) : NULL;
        if (latest)
            closed[n++] = (bms_closed){at.units[i], latest->point};
    }
    return n;
}

static size_t gather_closed(const bms_figures *figures, const struct bms_slot *slot, int unit, size_t n) {
    size_t n_closed = bms_figures_closed(figures, slot->point, unit, figures->closed);
    for (size_t i = 0; i < n_closed; i++) {
        const bms_closed *one = &figures->closed[i];
        figures->parts[n++] = (bms_part){
            .unit = one->unit, .answer = bms_figures_answer(figures, one->point, one->unit)->answer};
    }
    return n;
}

/** As bms_figures_roll. @param[out] n  how many parts it is made of */
static bms_rolled roll(const bms_figures *figures, const struct bms_slot *slot, int unit, bool own_only,
                       enum bms_reach reach, size_t *n) {
    const struct bms_slot *year[BMS_KEPT_POINTS];
    reach = bms_figures_reach(figures, slot, reach);
    size_t n_year = reach == BMS_AT_POINT ? 1 : bms_figures_year(figures, slot, year);
    bool whole_year = reach == BMS_YEAR_SO_FAR && n_year > 1;
    const struct bms_slot *before = reach == BMS_ADDED && n_year > 1 ? year[1] : NULL;
    *n = gather(figures, slot, slot, before, unit, own_only, 0);
    if (reach == BMS_AT_POINT && !own_only && bms_basis_of(indicator_of(figures, slot)->basis)->to_date)
        *n = gather_closed(figures, slot, unit, *n);
    for (size_t i = 1; whole_year && i < n_year; i++)
        *n = gather(figures, year[i], slot, NULL, unit, own_only, *n);
    return bms_figures_roll_parts(figures, slot, figures->parts, n, unit, own_only, whole_year);
}

bms_rolled bms_figures_roll(const bms_figures *figures, int point, int unit, bool own_only,
                            enum bms_reach reach) {
    const struct bms_slot *slot = point == BMS_NONE ? NULL : figures->of_point[point];
    size_t n = 0;
    return slot ? roll(figures, slot, unit, own_only, reach, &n)
                : (bms_rolled){.answer = {.state = BMS_MISSING}};
}

bms_assessment bms_figures_assess(const bms_figures *figures, int point, int unit, bool own_only,
                                  enum bms_reach reach, bms_rolled *rolled) {
    const struct bms_slot *slot = point == BMS_NONE ? NULL : figures->of_point[point];
    size_t n = 0;
    *rolled = (bms_rolled){.answer = {.state = BMS_MISSING}};
    if (!slot)
        return (bms_assessment){.why = BMS_WHY_MISSING};
    const bms_rolled latest = roll(figures, slot, unit, own_only, BMS_AT_POINT, &n);
    *rolled = reach == BMS_AT_POINT ? latest : roll(figures, slot, unit, own_only, reach, &n);
    const bms_indicator *indicator = indicator_of(figures, slot);
    return bms_assess(
        &(bms_assessed){.definition = figures->definition,
                        .point = &figures->definition->points[point],
                        .indicator = indicator,
                        .unit = unit,
                        .below = !own_only && is_parent(figures, slot, unit),
                        .so_far = reach == BMS_YEAR_SO_FAR && bms_basis_of(indicator->basis)->adds_up,
                        .parts = figures->parts,
                        .n = n,
                        .rolled = rolled,
                        .latest = &latest});
}
