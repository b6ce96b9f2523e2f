/**
 * The basis of an indicator, which is the time its numbers are about (design, 'What a measurement is'): one
 * row of a table, as for the kinds (kind.h).
 */
#ifndef BMS_DEFINITION_BASIS_H
#define BMS_DEFINITION_BASIS_H

#include "core/base/period.h"

#include <stdbool.h>
#include <stddef.h>

/** In the order in which the setup offers them. */
enum bms_basis { BMS_IN_PERIOD, BMS_YEAR_TO_DATE, BMS_AS_OF, BMS_FORECAST, BMS_N_BASES };

/** All properties of a basis. Texts are English, for bms_tr. */
typedef struct bms_basis_traits {
    const char *name;        /* stable: what the history and a form store */
    const char *choice;      /* as the setup offers it */
    const char *help;        /* the setup's sentence about it */
    const char *shown;       /* in a report, after the period's name */
    const char *meaning;     /* in an explanation */
    const char *instruction; /* for the unit that fills in a form */

    bool adds_up;    /* the year so far is the sum of its periods; otherwise the latest replaces */
    bool to_date;    /* counted from 1 January, and growing until the year ends */
    bool whole_year; /* a forecast of what the year will be: earlier ones of the year are earlier forecasts */
    bool over_days;  /* about several days: amounts are larger over more days */
} bms_basis_traits;

/** @return the row of a basis; lives as long as the program. */
const bms_basis_traits *bms_basis_of(enum bms_basis basis);

/** @return "period", "year_to_date", "as_of" or "forecast"; and the way back, false for any other text. */
const char *bms_basis_name(enum bms_basis basis);
bool bms_basis_parse(const char *name, enum bms_basis *out);

/** @return the setup's choice number `index`, and the sentence about it; NULL after the last. */
const char *bms_basis_choice(size_t index);
const char *bms_basis_help(size_t index);

/** @return the first day that the numbers of a period are about. */
bms_day bms_basis_first_day(enum bms_basis basis, const bms_period *period);

/** @return over how many days the numbers of a period have grown; 0 where they do not grow with time. */
int bms_basis_days(enum bms_basis basis, const bms_period *period);

#endif
