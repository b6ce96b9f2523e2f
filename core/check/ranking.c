/** Sorted values of peers (see ranking.h), each list twice: by value and by size. */
#include "core/check/ranking.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

const double bms_normal_spread = 1.4826;

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
    return bms_normal_spread * bms_median_of(values, n);
}

struct bms_ranking {
    bms_ranked_by by;
    size_t n_values;
    size_t n_sizes;
    const int *sizes; /* the units whose value is not 0, by size; behind the values */
    int values[];
};

/** A unit with its value, while they are sorted. */
struct ranked {
    double value;
    int unit;
    int group;
};

/** By group, then value; equal values by unit, so that a unit's place can be found. */
static int compare(const struct ranked *a, const struct ranked *b) {
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    int order = (a->value > b->value) - (a->value < b->value);
    return order != 0 ? order : a->unit - b->unit;
}

static int by_group_and_value(const void *left, const void *right) {
    return compare(left, right);
}

static struct ranked ranked_of(const bms_ranking *ranking, int unit, bool size) {
    double value = ranking->by.value_of(ranking->by.context, ranking->by.column, unit);
    return (struct ranked){size ? fabs(value) : value, unit, ranking->by.groups[unit]};
}

/** Sort units by value or size; 0 is no size. @return how many there are in `out` */
static size_t sort(const bms_ranking *ranking, const int *units, size_t n, bool size, struct ranked *room,
                   int *out) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        room[kept] = ranked_of(ranking, units[i], size);
        kept += !size || room[kept].value > 0.0;
    }
    qsort(room, kept, sizeof *room, by_group_and_value);
    for (size_t i = 0; i < kept; i++)
        out[i] = room[i].unit;
    return kept;
}

bms_ranking *bms_ranking_new(bms_ranked_by by, const int *units, size_t n) {
    struct ranked *room = malloc((n + 1) * sizeof *room);
    bms_ranking *ranking = malloc(sizeof *ranking + 2 * n * sizeof *units);
    if (room && ranking) {
        *ranking = (bms_ranking){.by = by, .sizes = ranking->values + n};
        ranking->n_values = sort(ranking, units, n, false, room, ranking->values);
        ranking->n_sizes = sort(ranking, units, n, true, room, ranking->values + n);
    } else {
        free(ranking);
        ranking = NULL;
    }
    free(room);
    return ranking;
}

void bms_ranking_free(bms_ranking *ranking) {
    free(ranking);
}

/** @return the first place that does not come before a unit with this group and value. */
static size_t place_of(const bms_ranking *ranking, const int *units, size_t n, bool size,
                       const struct ranked *sought) {
    size_t low = 0;
    while (low < n) {
        size_t middle = low + (n - low) / 2;
        const struct ranked there = ranked_of(ranking, units[middle], size);
        if (compare(&there, sought) < 0) {
            low = middle + 1;
        } else {
            n = middle;
        }
    }
    return low;
}

/** @return the part of a list that is a unit's group, without its own value if that is there. */
static bms_sorted part_of(const bms_ranking *ranking, bool size, int unit, bool has_value, double scale) {
    const int *units = size ? ranking->sizes : ranking->values;
    const size_t n = size ? ranking->n_sizes : ranking->n_values;
    struct ranked before = {-HUGE_VAL, -1, ranking->by.groups[unit]};
    struct ranked after = {-HUGE_VAL, -1, ranking->by.groups[unit] + 1};
    size_t from = place_of(ranking, units, n, size, &before);
    size_t to = place_of(ranking, units, n, size, &after);
    bms_sorted sorted = {.ranking = ranking,
                         .units = units + from,
                         .size = size,
                         .n = to - from,
                         .left_out = SIZE_MAX,
                         .scale = scale};
    if (!has_value)
        return sorted;
    const struct ranked own = ranked_of(ranking, unit, size);
    size_t place = place_of(ranking, sorted.units, sorted.n, size, &own);
    if (place < sorted.n && sorted.units[place] == unit) {
        sorted.left_out = place;
        sorted.n--;
    }
    return sorted;
}

bms_sorted bms_ranking_values(const bms_ranking *ranking, int unit, bool has_value, double scale) {
    return part_of(ranking, false, unit, has_value, scale);
}

bms_sorted bms_ranking_sizes(const bms_ranking *ranking, int unit, bool has_value, double scale) {
    return part_of(ranking, true, unit, has_value, scale);
}

double bms_sorted_at(const bms_sorted *sorted, size_t place, bms_seen_as as) {
    const int unit = sorted->units[place + (place >= sorted->left_out)];
    double value = ranked_of(sorted->ranking, unit, sorted->size).value * sorted->scale;
    return as.of ? as.of(as.context, value) : value;
}

size_t bms_sorted_below(const bms_sorted *sorted, double limit, bms_seen_as as) {
    size_t low = 0;
    size_t high = sorted->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bms_sorted_at(sorted, middle, as) < limit) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

double bms_sorted_median(const bms_sorted *sorted, bms_seen_as as) {
    size_t half = sorted->n / 2;
    double upper = bms_sorted_at(sorted, half, as);
    return sorted->n % 2 == 1 ? upper : (bms_sorted_at(sorted, half - 1, as) + upper) / 2;
}

/** The distances to a centre: of the values below it, and of the others, each side sorted from within. */
struct sides {
    const bms_sorted *sorted;
    bms_seen_as as;
    double centre;
    size_t below; /* how many values are */
};

/** @return the distance of a value below the centre, 0 for the nearest; infinite beyond the last. */
static double distance_below(const struct sides *sides, size_t place) {
    return place < sides->below
               ? fabs(bms_sorted_at(sides->sorted, sides->below - 1 - place, sides->as) - sides->centre)
               : HUGE_VAL;
}

static double distance_above(const struct sides *sides, size_t place) {
    return place < sides->sorted->n - sides->below
               ? fabs(bms_sorted_at(sides->sorted, sides->below + place, sides->as) - sides->centre)
               : HUGE_VAL;
}

/** @return the distance at a place, from 0, among all of them sorted. */
static double distance_at(const struct sides *sides, size_t place) {
    size_t most = place < sides->below ? place : sides->below;
    size_t low = place > sides->sorted->n - sides->below ? place - (sides->sorted->n - sides->below) : 0;
    while (low < most) { /* how many of the nearer ones are below the centre */
        size_t taken = low + (most - low) / 2;
        if (distance_below(sides, taken) < distance_above(sides, place - taken - 1)) {
            low = taken + 1;
        } else {
            most = taken;
        }
    }
    return fmin(distance_below(sides, low), distance_above(sides, place - low));
}

double bms_sorted_spread(const bms_sorted *sorted, double centre, bms_seen_as as) {
    const struct sides sides = {sorted, as, centre, bms_sorted_below(sorted, centre, as)};
    size_t half = sorted->n / 2;
    double upper = distance_at(&sides, half);
    return bms_normal_spread * (sorted->n % 2 == 1 ? upper : (distance_at(&sides, half - 1) + upper) / 2);
}
