/* Roll-ups of a run of reports: of a measuring point, of the year so far, and of what a year to date grew by.
 */
#include "core/report_table.h"

static int year_of(bms_day day) {
    int year, month, day_of_month;
    bms_day_parts(day, &year, &month, &day_of_month);
    return year;
}

bool bms_figures_same_measure(const bms_figures *figures, int a, int b) {
    const struct bms_slot *one = a == BMS_NONE ? NULL : figures->of_point[a];
    const struct bms_slot *other = b == BMS_NONE ? NULL : figures->of_point[b];
    return one == NULL || other == NULL || one->measured == NULL || other->measured == NULL ||
           one->measured == other->measured;
}

/** The indicator as it was measured at a point. */
static const bms_indicator *indicator_of(const bms_figures *figures, const struct bms_slot *slot) {
    return slot->measured != NULL
               ? slot->measured
               : &figures->definition->indicators[figures->definition->points[slot->point].indicator];
}

/** The slots of the year up to and with one, newest first; of overlapping periods only the newest. */
static size_t year_so_far(const bms_figures *figures, const struct bms_slot *last,
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
            break; /* a sum over two measures says nothing */
        }
        if (period->to < bound->from && year_of(period->to) == year) {
            found[n++] = &series->slots[i - 1];
            bound = period;
        }
    }
    return n;
}

static bms_number less(bms_number a, bms_number b) {
    return (bms_number){.known = a.known && b.known, .value = a.value - b.value};
}

/** What a year to date grew by since the measuring point before it in the year. */
static bms_answer added_since(const bms_indicator *indicator, const bms_answer *now,
                              const bms_unit_answer *before) {
    if (!before->counts || now->state != BMS_REPORTED || indicator->kind == BMS_MEAN ||
        indicator->kind == BMS_YESNO) {
        return *now;
    }
    bms_answer added = {.state = BMS_MISSING};
    if (before->answer.state == BMS_REPORTED || before->answer.state == BMS_EMPTY_BASE) {
        added.numerator = less(now->numerator, before->answer.numerator);
        added.denominator = less(now->denominator, before->answer.denominator);
        added.state = bms_answer_state(indicator->kind, added.numerator, added.denominator);
    }
    return added;
}

/* More generations than this are a circle. */
enum { MOST_GENERATIONS = 8 };

/** The answers of those that a unit took over from, and of those before them: their sum is the unit's past.
 */
static size_t gather_past(const bms_figures *figures, const struct bms_slot *slot, int unit, int generation,
                          bms_part *parts, size_t n, size_t most) {
    const bms_unit *taking_over = &figures->definition->units[unit];
    bms_day day = figures->definition->calendar[slot->period].period.to;
    if (generation == 0 || taking_over->from == BMS_NO_DAY || taking_over->from <= day) {
        return n;
    }
    for (size_t i = 0; i < taking_over->n_predecessors && n < most; i++) {
        int before = taking_over->predecessors[i];
        if (slot->answers[before].counts) {
            parts[n++] = (bms_part){.unit = before, .answer = slot->answers[before].answer};
        } else {
            n = gather_past(figures, slot, before, generation - 1, parts, n, most);
        }
    }
    return n;
}

bool bms_figures_inherits(const bms_figures *figures, const struct bms_slot *slot, int unit) {
    bms_part one;
    return gather_past(figures, slot, unit, MOST_GENERATIONS, &one, 0, 1) > 0;
}

static size_t gather(const bms_figures *figures, const struct bms_slot *slot, const struct bms_slot *before,
                     int unit, bool own_only, size_t n) {
    const bms_indicator *indicator = indicator_of(figures, slot);
    const int *units;
    size_t n_units = own_only ? 1 : bms_figures_below(figures, unit, &units);
    for (size_t i = 0; i < n_units; i++) {
        int u = own_only ? unit : units[i];
        const bms_unit_answer *answer = &slot->answers[u];
        if (answer->counts) {
            figures->parts[n++] = (bms_part){
                .unit = u,
                .answer = before == NULL ? answer->answer
                                         : added_since(indicator, &answer->answer, &before->answers[u])};
        } else if (n_units == 1) {
            size_t most = n + figures->definition->n_units;
            n = gather_past(figures, slot, u, MOST_GENERATIONS, figures->parts, n, most);
        }
    }
    return n;
}

/** A single answer rolls up to itself, to the last bit. */
static bms_rolled alone(const bms_indicator *indicator, const bms_answer *answer) {
    bool counted = answer->state == BMS_REPORTED || answer->state == BMS_EMPTY_BASE;
    bool planned = answer->state != BMS_NOT_APPLICABLE;
    return (bms_rolled){.answer = *answer,
                        .result = bms_result(indicator->kind, indicator->factor, answer),
                        .planned = 1,
                        .reported = answer->state == BMS_REPORTED,
                        .empty_base = answer->state == BMS_EMPTY_BASE,
                        .not_applicable = answer->state == BMS_NOT_APPLICABLE,
                        .missing = answer->state == BMS_MISSING,
                        .coverage = counted || !planned ? 1 : 0,
                        .covered = counted || !planned};
}

/** An indicator as its kind adds up, whatever the definition says of units: a unit's own periods are not
 * units. */
static bms_indicator as_kind(const bms_indicator *indicator, bool own_only) {
    bms_indicator plain = *indicator;
    plain.rollup = BMS_ROLLUP_OF_KIND;
    plain.least_coverage = own_only ? 0 : indicator->least_coverage;
    return plain;
}

/** Where the definition overrides the roll-up, each unit's year is made first; otherwise all add up at once.
 */
static bms_rolled roll_year(const bms_figures *figures, const bms_indicator *indicator,
                            const struct bms_slot *const *slots, size_t n_slots, int unit, bool own_only) {
    bms_indicator plain = as_kind(indicator, own_only);
    bool overridden = !own_only && indicator->rollup != BMS_ROLLUP_OF_KIND;
    const int *units = &unit;
    size_t n_units = overridden ? bms_figures_below(figures, unit, &units) : 1;
    size_t done = 0;
    for (size_t u = 0; u < n_units; u++) {
        size_t n = done;
        for (size_t i = 0; i < n_slots; i++) {
            n = gather(figures, slots[i], NULL, units[u], own_only || overridden, n);
        }
        if (!overridden) {
            return bms_roll_up(&plain, figures->parts, n);
        }
        if (n > done) {
            bms_rolled year = bms_roll_up(&plain, figures->parts + done, n - done);
            figures->parts[done++] = (bms_part){.unit = units[u], .answer = year.answer};
        }
    }
    return bms_roll_up(indicator, figures->parts, done);
}

bms_rolled bms_figures_roll(const bms_figures *figures, int point, int unit, bool own_only,
                            enum bms_reach reach) {
    const struct bms_slot *slot = point == BMS_NONE ? NULL : figures->of_point[point];
    if (slot == NULL) {
        return (bms_rolled){.answer = {.state = BMS_MISSING}};
    }
    const bms_indicator *indicator = indicator_of(figures, slot);
    const struct bms_slot *year[BMS_KEPT_POINTS];
    size_t n_year = reach == BMS_AT_POINT ? 1 : year_so_far(figures, slot, year);
    if (reach == BMS_YEAR_SO_FAR && n_year > 1) {
        return roll_year(figures, indicator, year, n_year, unit, own_only);
    }
    size_t n = gather(figures, slot, reach == BMS_ADDED && n_year > 1 ? year[1] : NULL, unit, own_only, 0);
    if (n > 1 && (own_only || figures->size[unit] == 1)) {
        bms_indicator plain = as_kind(indicator, false); /* units that became one: their numbers add up */
        return bms_roll_up(&plain, figures->parts, n);
    }
    bool is_alone = n == 1 && (own_only || figures->size[unit] == 1 || indicator->rollup != BMS_ROLLUP_NONE);
    return is_alone ? alone(indicator, &figures->parts[0].answer) : bms_roll_up(indicator, figures->parts, n);
}
