/**
 * One number of all units in one period, sorted within each peer group, to be seen without one of the units.
 *
 * Sorted once and then looked up: where each unit's number is compared with those of its peers, sorting the
 * peers each time would cost the square of their number. Medians and spreads of such a list are found by
 * bisection, and are exactly what sorting would give.
 */
#ifndef BMS_CHECK_RANKING_H
#define BMS_CHECK_RANKING_H

#include <stdbool.h>
#include <stddef.h>

/** Turns the median distance to the median into a standard deviation. */
extern const double bms_normal_spread;

/** A unit's value. */
typedef struct bms_ranked {
    double value;
    int unit;
    int group;
} bms_ranked;

typedef struct bms_ranking bms_ranking;

/**
 * Sort values by group.
 *
 * @param values  of `n` units, each once, in any order; copied
 * @return NULL when memory is out; free it with bms_ranking_free
 */
bms_ranking *bms_ranking_new(const bms_ranked *values, size_t n);
void bms_ranking_free(bms_ranking *ranking);

/** A group's values, or their sizes, from the lowest to the highest. Borrows the ranking. */
typedef struct bms_sorted {
    const bms_ranked *items;
    size_t n;        /* how many are seen */
    size_t left_out; /* the place of the one that is not; SIZE_MAX for none */
    double scale;    /* what each is multiplied by; above 0 */
} bms_sorted;

/** @return the values of a unit's group without its own; `own.value` is NAN where it has none. */
bms_sorted bms_ranking_values(const bms_ranking *ranking, bms_ranked own, double scale);

/** @return likewise how far they are from 0, without those that are 0. */
bms_sorted bms_ranking_sizes(const bms_ranking *ranking, bms_ranked own, double scale);

/** What to see the values as: a function that never falls. `of` NULL: as they are. */
typedef struct bms_seen_as {
    double (*of)(const void *context, double value);
    const void *context;
} bms_seen_as;

/** @return the value at a place, from 0. */
double bms_sorted_at(const bms_sorted *sorted, size_t place, bms_seen_as as);

/** @return how many values are below a limit. */
size_t bms_sorted_below(const bms_sorted *sorted, double limit, bms_seen_as as);

/** @return what bms_median_of gives; there is at least one value. */
double bms_sorted_median(const bms_sorted *sorted, bms_seen_as as);

/** @return what bms_spread_of gives; there is at least one value. */
double bms_sorted_spread(const bms_sorted *sorted, double centre, bms_seen_as as);

/** @return the median; sorts `values`. `n` is at least 1. */
double bms_median_of(double *values, size_t n);

/** @return the median distance to `centre` as a standard deviation; overwrites `values`. */
double bms_spread_of(double *values, size_t n, double centre);

#endif
