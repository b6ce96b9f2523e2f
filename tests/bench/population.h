/**
 * A made-up municipality for measuring the checks: 400 units in 8 peer groups, 20 indicators of all kinds and
 * bases, 8 tertials.
 *
 * Each unit and indicator has a base between 5 and 2 000 (evenly on a logarithmic scale), and a level drawn
 * from a normal distribution around that of its group with 15 % relative spread; from period to period both
 * move by another 5 %. 5 % is missing. Nothing here knows what the checks look for.
 */
#ifndef BMS_BENCH_POPULATION_H
#define BMS_BENCH_POPULATION_H

#include "core/definition/definition.h"

#include <stdint.h>

enum { UNITS = 400, GROUPS = 8, PERIODS = 8, INDICATORS = 20 };

typedef struct town {
    uint64_t seed;
    uint64_t random; /* state */
    bms_unit units[UNITS];
    char unit_codes[UNITS][8];
    bms_indicator indicators[INDICATORS];
    char indicator_codes[INDICATORS][8];
    bms_calendar_period calendar[PERIODS];
    bms_placement placements[INDICATORS];
    bms_scorecard scorecard;
    bms_focus_area focus_area;
    bms_criterion criterion;
    enum bms_duty duty[UNITS];
    bms_measuring_point points[PERIODS * INDICATORS];
    bms_definition definition;
    bms_values answers[PERIODS][UNITS][INDICATORS];
} town;

/** Draw a population; the same seed gives the same one. */
void population_draw(town *population, uint64_t seed);

/** @return evenly from 0 to 1 (not included); from 0 to n − 1; normal with mean 0 and spread 1. */
double population_even(town *population);
size_t population_pick(town *population, size_t n);
double population_normal(town *population);

#endif
