/**
 * One mistake in one return, as units make them; for bench_checks.c. Knows nothing about the rules that look
 * for it.
 */
#ifndef BMS_BENCH_PLANT_H
#define BMS_BENCH_PLANT_H

#include "tests/bench/population.h"

#include "core/form/return.h"

enum planted {
    PLANT_SWAP_SHARE, /* breaks n <= d */
    PLANT_SWAP_RATE,  /* does not */
    PLANT_SWAP_MEAN,
    PLANT_SWAP_DEVIATION,
    PLANT_FACTOR,   /* 10, 100 or 1 000 times */
    PLANT_FRACTION, /* a tenth, a hundredth or a thousandth */
    PLANT_THOUSAND, /* both numbers 1 000 times: kroner for thousand kroner */
    PLANT_THOUSANDTH,
    PLANT_HUNDRED,
    PLANT_TEN,
    PLANT_THOUSAND_ONCE, /* only one of the numbers */
    PLANT_BASE,
    PLANT_TEXT,
    PLANT_NO_NUMBER, /* a text that is no number */
    PLANT_DATE,
    PLANT_BUDGET,
    PLANT_OTHERS,
    N_PLANTED
};

/** Where it was put. */
typedef struct planted_at {
    int indicator; /* -1: the whole return */
    enum bms_which which;
    double value; /* the number that the text means */
} planted_at;

/** @return the name of the mistake. */
const char *plant_name(enum planted planted);

/**
 * Spoil a return.
 *
 * @param rows  as the unit filled them in, one an indicator
 * @return false when the unit has nothing to make this mistake with in this period
 */
bool plant(town *population, enum planted planted, int unit, int period, bms_raw_row rows[INDICATORS],
           planted_at *out);

/** Put an answer in a row, or the reason why there is none. */
void plant_answer(bms_raw_row *row, const bms_values *answer);

#endif
