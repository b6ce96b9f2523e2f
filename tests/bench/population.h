/**
 * A made-up municipality for measuring the checks: 400 units in 20 indicators of all kinds and
 * bases, 8 tertials.
 *
 * Each unit and indicator has a base between 5 and 2 000 (evenly on a logarithmic scale; the budgets of a
 * unit have one), and a level drawn around that of its group; from period to period both move by 5 %. How
 * many groups there are, and how widely the units of one are spread, is the population's shape. 5 % is
 * missing. Nothing here knows what the checks look for.
 */
#ifndef BMS_BENCH_POPULATION_H
#define BMS_BENCH_POPULATION_H

#include "core/definition/definition.h"

#include <stdint.h>

enum { UNITS = 400, MOST_GROUPS = 100, PERIODS = 8, INDICATORS = 20 };

/** How like the units are. */
typedef struct population_shape {
    int groups;
    double spread; /* of levels within a group, on a logarithmic scale: 0.15 is about 15 % */
} population_shape;

typedef struct town {
    uint64_t seed;
    uint64_t random; /* state */
    population_shape shape;
    char groups[MOST_GROUPS][8];
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
    double budgets[UNITS]; /* of a tertial: all accounts of a unit are against one budget; 0: not drawn yet */
    bms_values answers[PERIODS][UNITS][INDICATORS];
} town;

/** Draw a population; the same seed gives the same one. */
void population_draw(town *population, uint64_t seed, population_shape shape);

/** @return evenly from 0 to 1 (not included); from 0 to n − 1; normal with mean 0 and spread 1. */
double population_even(town *population);
size_t population_pick(town *population, size_t n);
double population_normal(town *population);

#endif
