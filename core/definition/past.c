/** Finds whose answers count as a unit's at a measuring point (see past.h): units only, no answers. */
#include "core/definition/past.h"

#include "core/definition/succession.h"

bool bms_past_room(bms_arena *arena, const bms_definition *definition, bms_past *out) {
    *out = (bms_past){.units = bms_arena_alloc(arena, definition->n_units * sizeof *out->units),
                      .others = bms_arena_alloc(arena, definition->n_units * sizeof *out->others)};
    return out->units && out->others;
}

static bool holds(const int *units, size_t n, int unit) {
    for (size_t i = 0; i < n; i++) {
        if (units[i] == unit)
            return true;
    }
    return false;
}

/** Keep the others that are not added up with the unit. @return how many */
static size_t keep_outsiders(const bms_past_question *question, int *others, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (!holds(question->together, question->n_together, others[i]))
            others[kept++] = others[i];
    }
    return kept;
}

/** @return whether none of the others comes before the unit. */
static bool is_first(int unit, const int *others, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (others[i] < unit)
            return false;
    }
    return true;
}

/** What the unit shares with those it is added up with is counted as the first one's. */
static void count_once(const bms_past_question *question, bms_day day, bms_past *past) {
    size_t kept = 0;
    for (size_t i = 0; i < past->n; i++) {
        int one = past->units[i];
        size_t n = bms_succession_shared(question->definition, question->unit, day, question->seen_from, &one,
                                         1, past->others);
        if (is_first(question->unit, past->others, n))
            past->units[kept++] = one;
    }
    past->n = kept;
}

static bms_day day_of(const bms_past_question *question) {
    return bms_definition_day_of(question->definition, question->point);
}

void bms_past_find(const bms_past_question *question, bms_past *out) {
    bms_day day = day_of(question);
    out->n = bms_succession_past(question->definition, question->unit, day, question->seen_from, out->units);
    size_t n = bms_succession_shared(question->definition, question->unit, day, question->seen_from,
                                     out->units, out->n, out->others);
    out->n_others = keep_outsiders(question, out->others, n);
    if (n > 0 && out->n_others == 0)
        count_once(question, day, out);
}

static bool anyone_asked(const bms_past_question *question, const bms_past *past) {
    for (size_t i = 0; i < past->n; i++) {
        if (bms_definition_duty(question->definition, question->point, past->units[i]) != BMS_NOT_ASKED)
            return true;
    }
    return false;
}

int bms_past_previous_point(const bms_past_question *question, bms_past *past) {
    const bms_definition *definition = question->definition;
    int now = (int)(question->point - definition->points);
    int found = BMS_NONE;
    bms_past_question earlier = *question;
    for (size_t p = definition->n_points; p-- > 0;) {
        earlier.point = &definition->points[p];
        if (earlier.point->indicator != question->point->indicator ||
            !bms_definition_point_is_before(definition, (int)p, now) ||
            (found != BMS_NONE && !bms_definition_is_closer(definition, (int)p, found, now)))
            continue;
        bms_past_find(&earlier, past);
        if (anyone_asked(&earlier, past))
            found = (int)p;
    }
    if (found != BMS_NONE) {
        earlier.point = &definition->points[found];
        bms_past_find(&earlier, past);
    }
    return found;
}

size_t bms_past_below(const bms_past_question *question, int *units) {
    return bms_succession_below(question->definition, question->unit, day_of(question), question->seen_from,
                                units);
}

bool bms_past_holds(const bms_past *past, int unit) {
    return holds(past->units, past->n, unit);
}

bms_part *bms_past_parts(bms_arena *arena, const bms_past *past) {
    bms_part *parts = bms_arena_alloc(arena, past->n * sizeof *parts);
    for (size_t i = 0; parts && i < past->n; i++)
        parts[i] = (bms_part){.unit = past->units[i], .answer = {.state = BMS_MISSING}};
    return parts;
}
