/*
 * Comparing the same units at two times (see figures.h): a comparison of all that answered now with all that
 * answered then would show who is missing, not what has changed.
 */
#include "core/report/table.h"

enum { THEN, NOW, TIMES };

/** Room for one comparison. The arrays are by unit. */
struct bms_pairing {
    int *units;  /* those now below the unit that is reported on */
    int *first;  /* of the units that share a past; itself where nobody does */
    int *head;   /* of the chain of those that share a past, by the first of them; places in `now` */
    int *next;   /* in that chain, by place in `now` */
    int *seen;   /* in which count a unit was counted last */
    int *own;    /* the units of a past */
    int *others; /* those that share it */
    bms_part *parts[TIMES];
    bool anyone_follows; /* some unit took over from another: else every unit is its own past */
};

/** What is compared. */
struct comparing {
    const bms_figures *figures;
    struct bms_pairing *room;
    const struct bms_slot *slots[TIMES][BMS_KEPT_POINTS];
    size_t n_slots;
    struct bms_units now;
    size_t n[TIMES]; /* parts */
    int counts;
};

/** The answers of units that share a past, at one time. */
struct answers {
    size_t asked;
    size_t answered; /* with numbers, or with nobody to measure */
    size_t reported;
};

struct bms_pairing *bms_figures_pairing_new(const bms_figures *figures) {
    const bms_definition *definition = figures->definition;
    bms_arena *arena = figures->arena;
    size_t n_units = definition->n_units;
    struct bms_pairing *room = bms_arena_alloc(arena, sizeof *room);
    if (!room)
        return NULL;
    for (size_t u = 0; u < n_units; u++)
        room->anyone_follows = room->anyone_follows || definition->units[u].n_predecessors > 0;
    int **arrays[] = {&room->units, &room->first, &room->seen,  &room->head,
                      &room->next,  &room->own,   &room->others};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        *arrays[i] = bms_arena_alloc(arena, n_units * sizeof(int));
    for (int time = THEN; time <= NOW; time++) {
        room->parts[time] =
            bms_arena_alloc(arena, figures->n_kept * figures->most_in_a_year * sizeof(bms_part));
    }
    return room;
}

/* Who shares a past. */

static int first_of(const struct bms_pairing *room, int unit) {
    while (room->first[unit] != unit)
        unit = room->first[unit];
    return unit;
}

/** Join a unit with all that it shares its past at a slot with. */
static void join_past(const struct comparing *comparing, const struct bms_slot *slot, int unit) {
    const struct bms_pairing *room = comparing->room;
    const struct bms_units past = bms_figures_at(comparing->figures, slot, unit, true, room->own);
    for (size_t i = 0; i < past.n; i++) {
        int one = first_of(room, unit);
        int other = first_of(room, past.units[i]);
        room->first[one > other ? one : other] = one > other ? other : one;
    }
}

static void join_pasts(const struct comparing *comparing) {
    for (size_t u = 0; u < comparing->figures->definition->n_units; u++) {
        comparing->room->first[u] = (int)u;
        comparing->room->seen[u] = 0;
        comparing->room->head[u] = BMS_NONE;
    }
    for (size_t i = 0; comparing->room->anyone_follows && i < comparing->now.n; i++) {
        for (size_t s = 0; s < comparing->n_slots; s++) {
            for (int time = THEN; time <= NOW; time++)
                join_past(comparing, comparing->slots[time][s], comparing->now.units[i]);
        }
    }
    for (size_t i = comparing->now.n; i-- > 0;) {
        int *head = &comparing->room->head[first_of(comparing->room, comparing->now.units[i])];
        comparing->room->next[i] = *head;
        *head = (int)i;
    }
}

/** @return whether a part of a unit's past went to somebody who is not compared: its share is not known. */
static bool is_shared_outside(const struct comparing *comparing, const struct bms_slot *slot, int unit) {
    const bms_definition *definition = comparing->figures->definition;
    bms_past past = {.units = comparing->room->own, .others = comparing->room->others};
    bms_past_find(&(bms_past_question){.definition = definition,
                                       .unit = unit,
                                       .point = &definition->points[slot->point],
                                       .seen_from = definition->calendar[comparing->figures->form].period.to,
                                       .together = comparing->now.units,
                                       .n_together = comparing->now.n},
                  &past);
    return past.n_others > 0;
}

/* Gathering. */

static void add_answer(struct comparing *comparing, int time, int unit, const bms_unit_answer *answer,
                       struct answers *out) {
    enum bms_state state = answer->answer.state;
    if (!answer->counts || state == BMS_NOT_APPLICABLE)
        return;
    out->asked++;
    out->reported += state == BMS_REPORTED;
    if (state == BMS_MISSING)
        return;
    out->answered++;
    comparing->room->parts[time][comparing->n[time]++] = (bms_part){.unit = unit, .answer = answer->answer};
}

/** Gather what the units that share a past answered at a slot, each once. */
static struct answers gather(struct comparing *comparing, int time, const struct bms_slot *slot, int first) {
    const struct bms_pairing *room = comparing->room;
    struct answers out = {0};
    int count = ++comparing->counts;
    for (int i = room->head[first]; i != BMS_NONE; i = room->next[i]) {
        const struct bms_units past =
            bms_figures_at(comparing->figures, slot, comparing->now.units[i], true, room->own);
        for (size_t p = 0; p < past.n; p++) {
            int unit = past.units[p];
            if (room->seen[unit] != count) {
                add_answer(comparing, time, unit, bms_figures_answer_at(comparing->figures, slot, unit),
                           &out);
            }
            room->seen[unit] = count;
        }
    }
    return out;
}

/** @return whether the units that share a past answered both times, the same parts of the year. */
static bool gather_both(struct comparing *comparing, int first) {
    size_t reported[TIMES] = {0};
    size_t parts = 0;
    for (size_t s = 0; s < comparing->n_slots; s++) {
        struct answers answers[TIMES];
        for (int time = THEN; time <= NOW; time++) {
            answers[time] = gather(comparing, time, comparing->slots[time][s], first);
            reported[time] += answers[time].reported;
            if (answers[time].answered > 0 && answers[time].answered < answers[time].asked)
                return false;
        }
        if ((answers[THEN].answered > 0) != (answers[NOW].answered > 0))
            return false;
        parts += answers[NOW].answered > 0;
    }
    return parts > 0 && (reported[THEN] > 0) == (reported[NOW] > 0);
}

static bool is_whole_past(const struct comparing *comparing, int first) {
    if (!comparing->room->anyone_follows)
        return true;
    for (int i = comparing->room->head[first]; i != BMS_NONE; i = comparing->room->next[i]) {
        int unit = comparing->now.units[i];
        for (size_t s = 0; s < comparing->n_slots; s++) {
            if (is_shared_outside(comparing, comparing->slots[THEN][s], unit) ||
                is_shared_outside(comparing, comparing->slots[NOW][s], unit))
                return false;
        }
    }
    return true;
}

/** @return how many of the units that share a past are asked now. */
static size_t asked_now(const struct comparing *comparing, int first) {
    size_t n = 0;
    for (int i = comparing->room->head[first]; i != BMS_NONE; i = comparing->room->next[i]) {
        int unit = comparing->now.units[i];
        n += bms_figures_answer_at(comparing->figures, comparing->slots[NOW][0], unit)->counts;
    }
    return n;
}

static size_t add_all(struct comparing *comparing) {
    size_t n = 0;
    for (size_t u = 0; u < comparing->figures->definition->n_units; u++) {
        size_t before[TIMES] = {comparing->n[THEN], comparing->n[NOW]};
        size_t asked = first_of(comparing->room, (int)u) == (int)u ? asked_now(comparing, (int)u) : 0;
        if (asked == 0)
            continue;
        if (gather_both(comparing, (int)u) && is_whole_past(comparing, (int)u)) {
            n += asked;
        } else {
            comparing->n[THEN] = before[THEN];
            comparing->n[NOW] = before[NOW];
        }
    }
    return n;
}

/* Comparing. */

/** @return whether both years have the same parts so far. */
static bool same_parts(const struct comparing *comparing, size_t n_then) {
    const bms_definition *definition = comparing->figures->definition;
    bool same = comparing->n_slots == n_then;
    for (size_t i = 0; same && i < n_then; i++) {
        same = bms_definition_point_year_before(definition, comparing->slots[NOW][i]->point) ==
               comparing->slots[THEN][i]->point;
    }
    return same;
}

/** Find the slots to compare. @return false where the years have not the same parts. */
static bool find_slots(struct comparing *comparing, const struct bms_slot *then, const struct bms_slot *now,
                       enum bms_reach reach) {
    comparing->slots[THEN][0] = then;
    comparing->slots[NOW][0] = now;
    comparing->n_slots = 1;
    if (bms_figures_reach(comparing->figures, now, reach) == BMS_AT_POINT)
        return true;
    comparing->n_slots = bms_figures_year(comparing->figures, now, comparing->slots[NOW]);
    return same_parts(comparing, bms_figures_year(comparing->figures, then, comparing->slots[THEN]));
}

bms_same_units bms_figures_same_units(const bms_figures *figures, int then, int now, int unit,
                                      enum bms_reach reach) {
    const struct bms_slot *slots[TIMES] = {then == BMS_NONE ? NULL : figures->of_point[then],
                                           now == BMS_NONE ? NULL : figures->of_point[now]};
    struct comparing comparing = {.figures = figures, .room = figures->pairing};
    bms_same_units out = {0};
    if (!slots[THEN] || !slots[NOW] || !find_slots(&comparing, slots[THEN], slots[NOW], reach))
        return out;
    comparing.now = bms_figures_at(figures, slots[NOW], unit, false, comparing.room->units);
    join_pasts(&comparing);
    out.n = add_all(&comparing);
    if (out.n == 0)
        return out;
    bool year = comparing.n_slots > 1;
    out.then = bms_figures_roll_parts(figures, slots[THEN], comparing.room->parts[THEN], &comparing.n[THEN],
                                      unit, false, year);
    out.now = bms_figures_roll_parts(figures, slots[NOW], comparing.room->parts[NOW], &comparing.n[NOW], unit,
                                     false, year);
    return out;
}
