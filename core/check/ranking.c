/** Sorted values of peers (see ranking.h), each list twice: by value and by size. */
#include "core/check/ranking.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
    size_t n_values;
    size_t n_sizes;
    bms_ranked *sizes; /* behind the values */
    bms_ranked values[];
};

/** By group, then value; equal values by unit, so that a unit's place can be found. */
static int by_group_and_value(const void *left, const void *right) {
    const bms_ranked *a = left;
    const bms_ranked *b = right;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    int order = (a->value > b->value) - (a->value < b->value);
    return order != 0 ? order : a->unit - b->unit;
}

bms_ranking *bms_ranking_new(const bms_ranked *values, size_t n) {
    bms_ranking *ranking = malloc(sizeof *ranking + 2 * n * sizeof *values);
    if (!ranking)
        return NULL;
    *ranking = (bms_ranking){.n_values = n, .sizes = ranking->values + n};
    for (size_t i = 0; i < n; i++) {
        bms_ranked size = values[i];
        ranking->values[i] = values[i];
        size.value = fabs(size.value);
        if (size.value > 0.0)
            ranking->sizes[ranking->n_sizes++] = size;
    }
    qsort(ranking->values, n, sizeof *values, by_group_and_value);
    qsort(ranking->sizes, ranking->n_sizes, sizeof *values, by_group_and_value);
    return ranking;
}

void bms_ranking_free(bms_ranking *ranking) {
    free(ranking);
}

/** @return the first place that does not come before a group. */
static size_t start_of(const bms_ranked *items, size_t n, int group) {
    size_t low = 0;
    while (low < n) {
        size_t middle = low + (n - low) / 2;
        if (items[middle].group < group) {
            low = middle + 1;
        } else {
            n = middle;
        }
    }
    return low;
}

/** @return the group's part of a list, without a unit whose value is the one given, if it is there. */
static bms_sorted part_of(const bms_ranked *items, size_t n, const bms_ranked *own, double scale) {
    size_t from = start_of(items, n, own->group);
    size_t to = start_of(items, n, own->group + 1);
    bms_sorted sorted = {.items = items + from, .n = to - from, .left_out = SIZE_MAX, .scale = scale};
    const bms_ranked *found = sorted.n > 0 && !isnan(own->value)
                                  ? bsearch(own, sorted.items, sorted.n, sizeof *items, by_group_and_value)
                                  : NULL;
    if (found) {
        sorted.left_out = (size_t)(found - sorted.items);
        sorted.n--;
    }
    return sorted;
}

bms_sorted bms_ranking_values(const bms_ranking *ranking, bms_ranked own, double scale) {
    return part_of(ranking->values, ranking->n_values, &own, scale);
}

bms_sorted bms_ranking_sizes(const bms_ranking *ranking, bms_ranked own, double scale) {
    own.value = fabs(own.value);
    return part_of(ranking->sizes, ranking->n_sizes, &own, scale);
}

double bms_sorted_at(const bms_sorted *sorted, size_t place, bms_seen_as as) {
    double value = sorted->items[place + (place >= sorted->left_out)].value * sorted->scale;
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
