/* Sorted lists of peers: whatever is asked of them is what sorting the others would have given. */
#include "tests/unit/close.h"

#include "core/check/ranking.h"

#include <stdlib.h>

enum { N = 60, GROUPS = 4, TRIES = 20 };

/** A unit's value and group. */
struct given {
    double value;
    int group;
};

static struct given values[N];
static int groups[N];

static double value_of(const void *context, size_t column, int unit) {
    return ((const struct given *)context)[column + (size_t)unit].value;
}

static bms_ranking *rank_all(void) {
    const bms_ranked_by by = {value_of, values, 0, groups};
    int units[N];
    for (int i = 0; i < N; i++) {
        units[i] = i;
        groups[i] = values[i].group;
    }
    return bms_ranking_new(by, units, N);
}

/** Values with many that are equal, some of them 0 and some below it; the last group has one unit. */
static void draw(unsigned seed) {
    srand(seed);
    for (int i = 0; i < N; i++)
        values[i] = (struct given){(rand() % 21 - 6) / 7.0, i == N - 1 ? GROUPS - 1 : rand() % (GROUPS - 1)};
}

/** The values of a unit's peers as they come. @return how many */
static size_t others(int unit, double scale, bool size, double *out) {
    size_t n = 0;
    for (int i = 0; i < N; i++) {
        double value = size ? fabs(values[i].value) : values[i].value;
        if (i != unit && values[i].group == values[unit].group && (!size || value > 0.0))
            out[n++] = value * scale;
    }
    return n;
}

static double steeply(const void *context, double value) {
    return *(const double *)context * value * fabs(value);
}

/** Compare what a list gives with the same from a sorted array. */
static void compare(const bms_sorted *sorted, double *array, size_t n, bms_seen_as as) {
    assert_int_equal(sorted->n, n);
    if (n == 0)
        return;
    for (size_t i = 0; i < n; i++)
        array[i] = as.of ? as.of(as.context, array[i]) : array[i];
    double median = bms_median_of(array, n);
    assert_true(bms_sorted_median(sorted, as) == median);
    for (size_t i = 0; i < n; i++)
        assert_true(bms_sorted_at(sorted, i, as) == array[i]);
    for (double limit = -3.0; limit < 3.0; limit += 0.25) {
        size_t below = 0;
        while (below < n && array[below] < limit)
            below++;
        assert_int_equal(bms_sorted_below(sorted, limit, as), below);
    }
    assert_true(bms_sorted_spread(sorted, median, as) == bms_spread_of(array, n, median));
}

static void a_list_without_one_is_as_if_the_others_were_sorted(void **state) {
    (void)state;
    static const double scales[] = {1.0, 1.0 / 3.0};
    const double factor = 0.7;
    const bms_seen_as seen_as[] = {{NULL, NULL}, {steeply, &factor}};
    for (unsigned seed = 0; seed < TRIES; seed++) {
        draw(seed);
        bms_ranking *ranking = rank_all();
        assert_non_null(ranking);
        for (int i = 0; i < 4 * N; i++) {
            double array[N];
            const int unit = i / 4;
            double scale = scales[i % 2];
            bms_sorted sorted = bms_ranking_values(ranking, unit, true, scale);
            compare(&sorted, array, others(unit, scale, false, array), seen_as[i / 2 % 2]);
            sorted = bms_ranking_sizes(ranking, unit, true, scale);
            compare(&sorted, array, others(unit, scale, true, array), seen_as[i / 2 % 2]);
        }
        bms_ranking_free(ranking);
    }
}

static void a_unit_without_a_value_sees_all_of_its_group(void **state) {
    (void)state;
    static const struct given some[] = {{3, 0}, {1, 0}, {2, 7}, {0, 0}, {0, 7}, {0, 5}};
    static const int of[] = {0, 0, 7, 0, 7, 5};
    static const int with_value[] = {0, 1, 2};
    bms_ranking *ranking = bms_ranking_new((bms_ranked_by){value_of, some, 0, of}, with_value, 3);
    assert_non_null(ranking);
    assert_int_equal(bms_ranking_values(ranking, 3, false, 1.0).n, 2);
    assert_int_equal(bms_ranking_values(ranking, 4, false, 1.0).n, 1);
    assert_int_equal(bms_ranking_values(ranking, 5, false, 1.0).n, 0);
    bms_ranking_free(ranking);
    bms_ranking_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_without_one_is_as_if_the_others_were_sorted),
        cmocka_unit_test(a_unit_without_a_value_sees_all_of_its_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
