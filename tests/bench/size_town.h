/**
 * A made-up municipality for measuring how the history scales with time: units in departments, indicators
 * measured every month, and the units' answers. All of it is invented.
 */
#ifndef BMS_BENCH_SIZE_TOWN_H
#define BMS_BENCH_SIZE_TOWN_H

#include "core/history/history.h"

enum { SIZE_MONTHS_OF_YEAR = 12, SIZE_MOST_INDICATORS = 64, SIZE_TOP = 1000 /* code of the municipality */ };

typedef struct size_town {
    int units;       /* that answer */
    int indicators;  /* at most SIZE_MOST_INDICATORS */
    size_t original; /* bytes of each return's file; 0: a few */
} size_town;

/** A month counted from January 2001, as 2001-01. */
void size_period(int month, char out[16]);

/** The code of a unit, from 0. */
void size_unit(int unit, char out[16]);

/** The setup with its first `months` measuring points, as text that make_setup reads. Freed with free(). */
char *size_setup_text(const size_town *town, int months);

/** Load the setup with its first `months` measuring points into the history, in one run. */
void size_define(bms_history *history, const size_town *town, int months);

/** Every unit's return for the months from `from` to before `to`: a run a month. */
void size_fill(bms_history *history, const size_town *town, int from, int to);

/** End the program with the message when something went wrong. */
void size_must(enum bms_status status, const bms_error *error);

#endif
