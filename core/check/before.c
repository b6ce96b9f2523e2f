/*
 * Earlier answers and how much they vary (see before.h): one table of answers, medians and spreads. Which
 * difference is worth a finding is decided in comparison.c.
 */
#include "core/check/before.h"

#include "core/base/error.h"
#include "core/definition/past.h"
#include "core/definition/succession.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The first factor turns the median distance to the median into a standard deviation. A few values are closer
 * to their own median than to the true one; the second makes up for that. */
static const double normal_spread = 1.4826;
static const double few_values = 1.15;

/* No unit is taken to vary less than this share of its own size. */
static const double least_spread = 0.03;

struct bms_before {
    bms_arena *arena;
    const bms_definition *definition;
    bms_values **answers; /* by indicator and calendar period: of each unit; NULL when nobody has answered */
    bms_values **sent;    /* the same for what was sent in the run being checked */
    int *group;           /* of each unit: the first unit of its group */
    double *usual;        /* by indicator and group: spread as a share of the size */
    bool *succession;     /* of each unit: whether it has predecessors or successors */
};

/* Medians */

static int by_value(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

double bms_median_of(double *values, size_t n) {
    qsort(values, n, sizeof *values, by_value);
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

double bms_spread_of(double *values, size_t n, double centre) {
    for (size_t i = 0; i < n; i++)
        values[i] = fabs(values[i] - centre);
    return normal_spread * bms_median_of(values, n);
}

/* The table */

static int group_of(const bms_definition *definition, size_t unit) {
    size_t first = 0;
    while (first < unit && strcmp(definition->units[first].group, definition->units[unit].group) != 0)
        first++;
    return (int)first;
}

enum bms_status bms_before_new(bms_arena *arena, const bms_definition *definition, bms_before **out,
                               bms_error *error) {
    bms_before *before = bms_arena_alloc(arena, sizeof *before);
    *out = before;
    if (!before)
        return bms_error_no_memory(error);
    size_t n = definition->n_units;
    before->arena = arena;
    before->definition = definition;
    size_t places = definition->n_indicators * definition->n_calendar;
    before->answers = bms_arena_alloc(arena, places * sizeof(bms_values *));
    before->sent = bms_arena_alloc(arena, places * sizeof(bms_values *));
    before->group = bms_arena_alloc(arena, n * sizeof *before->group);
    before->usual = bms_arena_alloc(arena, definition->n_indicators * n * sizeof *before->usual);
    before->succession = bms_arena_alloc(arena, n * sizeof *before->succession);
    if (!before->answers || !before->sent || !before->group || !before->usual || !before->succession)
        return bms_error_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        before->group[i] = group_of(definition, i);
        before->succession[i] = bms_succession_any(definition, (int)i);
    }
    return BMS_OK;
}

static size_t place_of(const bms_before *before, int indicator, int period) {
    return (size_t)indicator * before->definition->n_calendar + (size_t)period;
}

static bool add(const bms_before *before, bms_values **answers, int unit, const bms_values *answer) {
    size_t n = before->definition->n_units;
    if (!*answers) {
        *answers = bms_arena_alloc(before->arena, n * sizeof **answers);
        for (size_t i = 0; *answers && i < n; i++)
            (*answers)[i].state = BMS_MISSING;
    }
    if (!*answers)
        return false;
    (*answers)[unit] = *answer;
    return true;
}

bool bms_before_add(bms_before *before, int unit, int indicator, int period, const bms_values *answer) {
    return add(before, &before->answers[place_of(before, indicator, period)], unit, answer);
}

bool bms_before_add_sent(bms_before *before, int unit, int indicator, int period, const bms_values *answer) {
    return add(before, &before->sent[place_of(before, indicator, period)], unit, answer);
}

static const bms_values *answer_in(const bms_values *answers, int unit) {
    return answers && answers[unit].state != BMS_MISSING ? &answers[unit] : NULL;
}

const bms_values *bms_before_answer(const bms_before *before, int unit, int indicator, int period) {
    return answer_in(before->answers[place_of(before, indicator, period)], unit);
}

/* A unit's past */

/** Add up what the units of a past have answered. @return false when memory is out */
static bool add_up(const bms_before *before, bms_arena *arena, int indicator, int period,
                   const bms_past *past, bms_values *out) {
    bms_part *parts = bms_past_parts(arena, past);
    for (size_t i = 0; parts && i < past->n; i++) {
        const bms_values *answer = bms_before_answer(before, past->units[i], indicator, period);
        parts[i].answer = answer ? *answer : parts[i].answer;
    }
    if (!parts)
        return false;
    *out = bms_roll_up_as_one(&before->definition->indicators[indicator], parts, past->n).answer;
    return true;
}

/** @return where an indicator was asked for; today's plan may no longer have that point. */
static bms_measuring_point point_of(const bms_definition *definition, int indicator, int period) {
    int point = bms_definition_point(definition, indicator, period);
    return point == BMS_NONE ? (bms_measuring_point){.indicator = indicator, .period = period, .form = period}
                             : definition->points[point];
}

bool bms_before_past(const bms_before *before, bms_arena *arena, int unit, int indicator, int period,
                     int seen_from, bms_past_answer *out) {
    const bms_definition *definition = before->definition;
    bms_past past;
    *out = (bms_past_answer){.answer = {.state = BMS_MISSING}};
    if (!before->answers[place_of(before, indicator, period)])
        return true;
    if (!before->succession[unit]) {
        const bms_values *own = bms_before_answer(before, unit, indicator, period);
        out->known = own;
        out->answer = own ? *own : out->answer;
        return true;
    }
    if (!bms_past_room(arena, definition, &past))
        return false;
    const bms_measuring_point then = point_of(definition, indicator, period);
    const bms_measuring_point now = point_of(definition, indicator, seen_from);
    bms_past_find(&(bms_past_question){.definition = definition,
                                       .unit = unit,
                                       .point = &then,
                                       .seen_from = bms_definition_day_of(definition, &now)},
                  &past);
    if (past.n_others > 0)
        return true;
    if (past.n != 1 || past.units[0] != unit) {
        out->units = past.units;
        out->n_units = past.n;
    }
    bool whole = add_up(before, arena, indicator, period, &past, &out->answer);
    out->known = out->answer.state != BMS_MISSING;
    return whole;
}

/* Values over time */

/** @return the days a period covers, for an amount that grows with time; else 1. */
static double span_of(const bms_definition *definition, int indicator, int period,
                      enum bms_followed followed) {
    const bms_indicator *asked = &definition->indicators[indicator];
    const bms_kind_traits *kind = bms_kind_of(asked->kind);
    bool grows = followed == BMS_FOLLOW_RESULT ? kind->result_is_amount : kind->adds_up;
    int days = grows ? bms_basis_days(asked->basis, &definition->calendar[period].period) : 0;
    return days > 0 ? days : 1.0;
}

static bms_number followed_of(const bms_indicator *indicator, const bms_values *answer,
                              enum bms_followed followed) {
    const bms_number none = {false, 0.0};
    if (answer->state != BMS_REPORTED)
        return none;
    switch (followed) {
    case BMS_FOLLOW_NUMERATOR:
        return answer->numerator;
    case BMS_FOLLOW_DENOMINATOR:
        return answer->denominator;
    case BMS_FOLLOW_RESULT:
        break;
    }
    return bms_result(indicator->kind, indicator->factor, answer);
}

/** Collect the latest earlier values, oldest first. @return false when memory is out */
static bool gather(const bms_before *before, bms_arena *arena, int unit, int indicator, int period,
                   enum bms_followed followed, bms_course *out) {
    const bms_definition *definition = before->definition;
    double span = span_of(definition, indicator, period, followed);
    out->n = 0;
    for (int p = period - 1; p >= 0 && out->n < BMS_MOST_EARLIER; p--) {
        bms_past_answer past;
        if (bms_definition_is_by(definition, period, p))
            continue; /* it ends on the same day: a part of this one, or the other way round */
        if (!bms_before_past(before, arena, unit, indicator, p, period, &past))
            return false;
        if (!past.known)
            continue;
        bms_number value = followed_of(&definition->indicators[indicator], &past.answer, followed);
        if (!value.known)
            continue;
        if (out->n == 0) {
            out->units = past.units;
            out->n_units = past.n_units;
        }
        out->values[out->n++] = value.value * span / span_of(definition, indicator, p, followed);
    }
    for (size_t i = 0; i < out->n / 2; i++) {
        double moved = out->values[i];
        out->values[i] = out->values[out->n - 1 - i];
        out->values[out->n - 1 - i] = moved;
    }
    return true;
}

/** @return the size that a spread is a share of; a deviation is in per cent already, and may be around 0. */
static double size_of(const bms_indicator *indicator, double median) {
    return bms_kind_of(indicator->kind)->difference ? 100.0 : fabs(median);
}

bool bms_before_course(const bms_before *before, bms_arena *arena, int unit, int indicator, int period,
                       enum bms_followed followed, bms_course *out) {
    const bms_definition *definition = before->definition;
    double values[BMS_MOST_EARLIER];
    *out = (bms_course){.n = 0};
    if (!gather(before, arena, unit, indicator, period, followed, out))
        return false;
    if (out->n == 0)
        return true;
    memcpy(values, out->values, sizeof values);
    out->median = bms_median_of(values, out->n);
    out->own = few_values * bms_spread_of(values, out->n, out->median);
    double size = followed == BMS_FOLLOW_RESULT ? size_of(&definition->indicators[indicator], out->median)
                                                : fabs(out->median);
    double usual = before->usual[(size_t)indicator * definition->n_units + (size_t)before->group[unit]];
    out->usual = size * fmax(usual, least_spread);
    out->spread = fmax(out->own, out->usual);
    return true;
}

/* How much a group's units vary */

/** Add a unit's distances to its own median, as shares of its size. @return false when memory is out */
static bool add_distances(const bms_before *before, int unit, int indicator, double *pool, size_t *n) {
    bms_course course;
    double values[BMS_MOST_EARLIER];
    int last = (int)before->definition->n_calendar - 1;
    if (!gather(before, before->arena, unit, indicator, last, BMS_FOLLOW_RESULT, &course))
        return false;
    if (course.n < BMS_ENOUGH_EARLIER)
        return true;
    memcpy(values, course.values, sizeof values);
    double median = bms_median_of(values, course.n);
    double size = size_of(&before->definition->indicators[indicator], median);
    for (size_t i = 0; size > 0.0 && i < course.n; i++)
        pool[(*n)++] = fabs(course.values[i] - median) / size;
    return true;
}

bool bms_before_finish(bms_before *before) {
    const bms_definition *definition = before->definition;
    double *pool = malloc((definition->n_units * BMS_MOST_EARLIER + 1) * sizeof *pool);
    if (!pool)
        return false;
    bool whole = true;
    for (size_t i = 0; i < definition->n_indicators; i++) {
        for (size_t g = 0; g < definition->n_units; g++) {
            size_t n = 0;
            for (size_t u = g; before->group[g] == (int)g && u < definition->n_units; u++) {
                if (before->group[u] == (int)g)
                    whole = add_distances(before, (int)u, (int)i, pool, &n) && whole;
            }
            double *usual = &before->usual[i * definition->n_units + g];
            if (n > 0)
                *usual = few_values * normal_spread * bms_median_of(pool, n);
        }
    }
    free(pool);
    return whole;
}

/* Peers */

/** @return how many of the unit's peers have this value in a period. */
static size_t values_of_peers(const bms_before *before, int unit, int indicator, int period,
                              enum bms_followed followed, double *out) {
    const bms_definition *definition = before->definition;
    size_t place = place_of(before, indicator, period);
    size_t n = 0;
    for (size_t u = 0; u < definition->n_units; u++) {
        if ((int)u == unit || before->group[u] != before->group[unit])
            continue;
        const bms_values *answer = answer_in(before->answers[place], (int)u);
        if (!answer)
            answer = answer_in(before->sent[place], (int)u);
        bms_number value = answer ? followed_of(&definition->indicators[indicator], answer, followed)
                                  : (bms_number){false, 0.0};
        if (value.known)
            out[n++] = value.value;
    }
    return n;
}

bool bms_before_peers(const bms_before *before, bms_arena *arena, int unit, int indicator, int period,
                      enum bms_followed followed, size_t enough, bms_standing *out) {
    const bms_definition *definition = before->definition;
    *out = (bms_standing){.period = BMS_NONE};
    if (*definition->units[unit].group == '\0')
        return true;
    double *values = bms_arena_alloc(arena, definition->n_units * sizeof *values);
    double span = span_of(definition, indicator, period, followed);
    for (int p = period; values && out->n == 0 && p >= 0; p--) {
        bool earlier = p == period || !bms_definition_is_by(definition, period, p);
        size_t place = place_of(before, indicator, p);
        if (!earlier || (!before->answers[place] && !before->sent[place]))
            continue;
        size_t n = values_of_peers(before, unit, indicator, p, followed, values);
        if (n < enough)
            continue;
        for (size_t i = 0; i < n; i++)
            values[i] *= span / span_of(definition, indicator, p, followed);
        *out = (bms_standing){.n = n, .values = values, .period = p, .median = bms_median_of(values, n)};
        out->lowest = values[0];
        out->highest = values[n - 1];
    }
    return values;
}
