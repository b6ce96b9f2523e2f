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

/** Where the values are: a ranking keeps only in which order the units are. */
typedef struct bms_ranked_by {
    /** @return a unit's value; it stays the same as long as the ranking is used. */
    double (*value_of)(const void *context, size_t column, int unit);
    const void *context;
    size_t column;
    const int *groups; /* by unit */
} bms_ranked_by;

typedef struct bms_ranking bms_ranking;

/**
 * Sort units by group and value.
 *
 * @param units  `n` that have a value, each once, in any order; copied
 * @return NULL when memory is out; free it with bms_ranking_free
 */
bms_ranking *bms_ranking_new(bms_ranked_by by, const int *units, size_t n);
void bms_ranking_free(bms_ranking *ranking);

/** A group's values, or their sizes, from the lowest to the highest. Borrows the ranking. */
typedef struct bms_sorted {
    const bms_ranking *ranking;
    const int *units;
    bool size;       /* how far the values are from 0 */
    size_t n;        /* how many are seen */
    size_t left_out; /* the place of the one that is not; SIZE_MAX for none */
    double scale;    /* what each is multiplied by; above 0 */
} bms_sorted;

/** @return the values of a unit's group without its own, which it need not have. */
bms_sorted bms_ranking_values(const bms_ranking *ranking, int unit, bool has_value, double scale);

/** @return likewise how far they are from 0, without those that are 0. */
bms_sorted bms_ranking_sizes(const bms_ranking *ranking, int unit, bool has_value, double scale);

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
