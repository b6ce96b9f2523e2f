/**
 * Follows mergers, splits and moves back in time (see succession.h). Only units are found here, no numbers.
 */
#include "core/definition/succession.h"

#include "core/base/catalogue.h"

/* More generations than this are a circle. */
enum { MOST_GENERATIONS = 8 };

/** A list of units, each once. */
struct list {
    int *units;
    size_t n;
};

static bool holds(const struct list *list, int unit) {
    for (size_t i = 0; i < list->n; i++) {
        if (list->units[i] == unit)
            return true;
    }
    return false;
}

static void add(struct list *list, int unit) {
    if (!holds(list, unit))
        list->units[list->n++] = unit;
}

static bms_day day_before(bms_day day) {
    return day == BMS_NO_DAY ? BMS_NO_DAY : day - 1;
}

static bool replaces(const bms_unit *unit, int other) {
    for (size_t i = 0; i < unit->n_predecessors; i++) {
        if (unit->predecessors[i] == other)
            return true;
    }
    return false;
}

/* Forward: the units that took over from a unit */

/** The time span of a question: from a day to when it is seen. */
struct span {
    const bms_definition *definition;
    bms_day day;
    bms_day seen_from;
};

/** @return whether `next` has taken over from `unit`, or from a part of it, in that time. */
static bool has_taken_over(const struct span *span, int unit, int next) {
    const bms_unit *heir = &span->definition->units[next];
    if (!replaces(heir, unit) || (heir->from != BMS_NO_DAY && heir->from > span->seen_from))
        return false;
    /* While both go on, only a unit that began after the day can be a part of what existed on it. */
    bool goes_on = bms_unit_valid(&span->definition->units[unit], span->seen_from);
    return !goes_on || (heir->from != BMS_NO_DAY && heir->from > span->day);
}

/** Add the units that have what a unit had; `but` is not followed further. */
static void add_heirs(const struct span *span, int unit, int but, int generation, struct list *out) {
    bool anyone = bms_unit_valid(&span->definition->units[unit], span->seen_from);
    if (anyone)
        add(out, unit);
    for (size_t i = 0; i < span->definition->n_units && generation > 0; i++) {
        int next = (int)i;
        if (!has_taken_over(span, unit, next))
            continue;
        anyone = true;
        if (next == but) {
            add(out, next);
        } else {
            add_heirs(span, next, but, generation - 1, out);
        }
    }
    if (!anyone)
        add(out, unit); /* closed, and nobody took over */
}

/** @return whether all that `other` had has become the unit's. */
static bool all_went_to(const struct span *span, int other, int unit) {
    for (size_t i = 0; i < span->definition->n_units; i++) {
        if ((int)i != unit && has_taken_over(span, other, (int)i))
            return false;
    }
    return has_taken_over(span, other, unit);
}

/* Backward: what a unit is made of */

static void add_past(const struct span *span, int unit, int generation, struct list *out) {
    const bms_unit *one = &span->definition->units[unit];
    bool there = bms_unit_valid(one, span->day);
    if (there)
        add(out, unit);
    if (generation == 0 || (!there && (one->from == BMS_NO_DAY || one->from <= span->day)))
        return;
    for (size_t i = 0; i < one->n_predecessors; i++) {
        int before = one->predecessors[i];
        const bms_unit *other = &span->definition->units[before];
        bool taken_in = other->to != BMS_NO_DAY && other->to < span->seen_from && other->to >= span->day &&
                        all_went_to(span, before, unit);
        if (!there || taken_in)
            add_past(span, before, generation - 1, out);
    }
}

size_t bms_succession_past(const bms_definition *definition, int unit, bms_day day, bms_day seen_from,
                           int *units) {
    const struct span span = {definition, day, seen_from};
    struct list out = {.units = units};
    add_past(&span, unit, MOST_GENERATIONS, &out);
    return out.n;
}

static bool is_ancestor(const bms_ancestor *known, size_t n, int unit) {
    for (size_t i = 0; i < n; i++) {
        if (known[i].unit == unit)
            return true;
    }
    return false;
}

size_t bms_succession_ancestors(const bms_definition *definition, int unit, bms_ancestor *out) {
    size_t n = 0;
    size_t done = 0;
    for (int next = unit; next != BMS_NONE; next = done < n ? out[done++].unit : BMS_NONE) {
        const bms_unit *later = &definition->units[next];
        for (size_t i = 0; i < later->n_predecessors; i++) {
            int before = later->predecessors[i];
            bms_day to = definition->units[before].to;
            if (to == BMS_NO_DAY)
                to = day_before(later->from);
            if (before != unit && !is_ancestor(out, n, before))
                out[n++] = (bms_ancestor){before, to};
        }
    }
    return n;
}

size_t bms_succession_shared(const bms_definition *definition, int unit, bms_day day, bms_day seen_from,
                             const int *past, size_t n, int *others) {
    const struct span span = {definition, day, seen_from};
    struct list out = {.units = others};
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        add_heirs(&span, past[i], unit, MOST_GENERATIONS, &out);
    for (size_t i = 0; i < out.n; i++) {
        if (others[i] != unit)
            others[kept++] = others[i];
    }
    return kept;
}

/** Find the first that took over from a unit by a day, or BMS_NONE. @return how many did */
static size_t find_next(const bms_definition *definition, int unit, bms_day day, int *first) {
    size_t n = 0;
    *first = BMS_NONE;
    for (size_t i = definition->n_units; i-- > 0;) {
        if (replaces(&definition->units[i], unit) && definition->units[i].from <= day) {
            *first = (int)i;
            n++;
        }
    }
    return n;
}

int bms_succession_heir(const bms_definition *definition, int unit, bms_day day) {
    for (int i = 0; i < MOST_GENERATIONS; i++) {
        bms_day to = definition->units[unit].to;
        int next = BMS_NONE;
        if (to == BMS_NO_DAY || to >= day || find_next(definition, unit, day, &next) == 0)
            break;
        unit = next;
    }
    return unit;
}

int bms_succession_only_heir(const bms_definition *definition, int unit, bms_day day) {
    for (int i = 0; i < MOST_GENERATIONS; i++) {
        if (bms_unit_valid(&definition->units[unit], day))
            return unit;
        if (find_next(definition, unit, day, &unit) != 1)
            return BMS_NONE;
    }
    return BMS_NONE;
}

bool bms_succession_any(const bms_definition *definition, int unit) {
    bool any = definition->units[unit].n_predecessors > 0;
    for (size_t i = 0; i < definition->n_units && !any; i++)
        any = replaces(&definition->units[i], unit);
    return any;
}

/** @return the later of two days before `seen_from`. */
static bms_day later(bms_day latest, bms_day day, bms_day seen_from) {
    return day != BMS_NO_DAY && day < seen_from && day > latest ? day : latest;
}

bms_day bms_succession_day(const bms_definition *definition, int unit, bms_day seen_from) {
    const bms_unit *one = &definition->units[unit];
    bms_day latest = BMS_NO_DAY;
    if (one->n_predecessors > 0)
        latest = later(latest, day_before(one->from), seen_from);
    for (size_t i = 0; i < one->n_predecessors; i++)
        latest = later(latest, definition->units[one->predecessors[i]].to, seen_from);
    for (size_t i = 0; i < definition->n_units; i++) {
        const bms_unit *other = &definition->units[i];
        if (replaces(other, unit) && (one->to == BMS_NO_DAY || other->from <= one->to))
            latest = later(latest, day_before(other->from), seen_from);
    }
    return latest;
}

/* The tree */

size_t bms_succession_below(const bms_definition *definition, int unit, bms_day day, bms_day seen_from,
                            int *units) {
    struct list out = {.units = units};
    out.n = bms_succession_past(definition, unit, day, seen_from, units);
    add(&out, unit);
    size_t n_roots = out.n;
    for (size_t u = 0; u < definition->n_units; u++) {
        for (size_t r = 0; r < n_roots; r++) {
            if (bms_unit_is_below_on(definition, (int)u, units[r], day)) {
                add(&out, (int)u);
                break;
            }
        }
    }
    return out.n;
}

const char *bms_succession_text(bms_arena *arena, const bms_definition *definition, const char *language,
                                const char *periods, bool shared, const int *units, size_t n) {
    const char *text = shared
                           ? BMS_TEXT("Figures for {periods} are from before the split, shared with {units}.")
                       : n == 1 ? BMS_TEXT("Figures for {periods} are from {units}.")
                                : BMS_TEXT("Figures for {periods} are {units} added together.");
    const char *names = bms_definition_unit_names(definition, units, n, arena, language);
    return bms_message(arena, bms_tr(language, text), "periods", periods, "units", names, NULL);
}
