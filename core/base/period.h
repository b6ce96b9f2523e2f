/**
 * Days and periods: 2026, 2026-H1, 2026-T2, 2026-Q3, 2026-B4, 2026-09, and named ones with their own dates.
 */
#ifndef BMS_BASE_PERIOD_H
#define BMS_BASE_PERIOD_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/** Days since 1970-01-01. */
typedef int32_t bms_day;
#define BMS_NO_DAY INT32_MIN

enum { BMS_CODE_SIZE = 21 }; /* at most 20 bytes and a zero */

bms_day bms_day_of(int year, int month, int day);
void bms_day_parts(bms_day day, int *year, int *month, int *day_of_month);

/** @return the day of seconds since 1970-01-01, as they are counted: UTC. */
bms_day bms_day_of_time(int64_t seconds);

/** @return the day it was here at a moment, in the local time of this machine. */
bms_day bms_day_here(int64_t moment);

/** @return the last moment of a day here. */
int64_t bms_day_end_here(bms_day day);

/** Read `2026-09-15` or `15.09.2026`. @return false when it is not a date */
bool bms_day_parse(const char *text, bms_day *out);

/**
 * Read a day as people write it: what bms_day_parse reads, and `1.3.27`, `1/3-27`, `01/03/2027`, `1. mars
 * 2027`, `1 Mar 27`, `2027/3/1`. The day comes before the month, months have their name in any of the
 * languages or its first letters, a year of two digits is in this century. A day that does not exist
 * (31.02.2027) is none.
 *
 * @return false when it is not a date
 */
bool bms_day_read(const char *text, bms_day *out);

/** @return `2026-09-15`. */
const char *bms_day_iso(bms_arena *arena, bms_day day);

/** @return `15.09.2026` or `2026-09-15`, as the language has it. */
const char *bms_day_text(bms_arena *arena, bms_day day, const char *language);

typedef struct bms_period {
    char code[BMS_CODE_SIZE]; /* upper case */
    bms_day from;
    bms_day to; /* the last day, included */
} bms_period;

/** Read a regular code, in any case. @return false for a named period or nonsense */
bool bms_period_parse(const char *code, bms_period *out);

/** By end, then start, then code. */
int bms_period_compare(const bms_period *a, const bms_period *b);

/** @return `2. tertial 2026`, `september 2026`, `1. halvår 2026` …; a named period gives its code. */
const char *bms_period_name(bms_arena *arena, const bms_period *period, const char *language);

/** @return the days from one to another, `01.05–31.08`, with their years where they differ;
 * `2026-05-01–2026-08-31` in a language that writes days so. */
const char *bms_period_dates(bms_arena *arena, bms_day from, bms_day to, const char *language);

#endif
