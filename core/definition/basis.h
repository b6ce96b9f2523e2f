/**
 * What time an indicator's numbers are about (design, 'What a measurement is'): a row a basis, like the kinds
 * (kind.h).
 */
#ifndef BMS_DEFINITION_BASIS_H
#define BMS_DEFINITION_BASIS_H

#include "core/base/period.h"

#include <stdbool.h>
#include <stddef.h>

/** In the order in which the setup offers them. */
enum bms_basis { BMS_IN_PERIOD, BMS_YEAR_TO_DATE, BMS_AS_OF, BMS_FORECAST, BMS_N_BASES };

/** All that is to be known of a basis. Texts are English, for bms_tr. */
typedef struct bms_basis_traits {
    const char *name;        /* stable: what the history and a form store */
    const char *choice;      /* as the setup offers it */
    const char *help;        /* the sentence about it where the setup asks for the basis */
    const char *shown;       /* in a report, behind the period's name */
    const char *meaning;     /* in an explanation */
    const char *instruction; /* to who fills in a form */

    bool adds_up;   /* a year's periods together are the year so far; otherwise the latest replaces */
    bool to_date;   /* counted from 1 January, and growing until the year ends */
    bool over_days; /* what happened from a first day to a last: amounts are larger over more days */
} bms_basis_traits;

/** @return the row of a basis; lives as long as the program. */
const bms_basis_traits *bms_basis_of(enum bms_basis basis);

/** @return "period", "year_to_date", "as_of", "forecast" and back (false when it is none of them). */
const char *bms_basis_name(enum bms_basis basis);
bool bms_basis_parse(const char *name, enum bms_basis *out);

/** @return what the setup offers as choice number `index` and says of it; NULL after the last. */
const char *bms_basis_choice(size_t index);
const char *bms_basis_help(size_t index);

/** @return the first day that the numbers of a period are about. */
bms_day bms_basis_first_day(enum bms_basis basis, const bms_period *period);

/** @return over how many days the numbers of a period have grown; 0 for what does not grow with them. */
int bms_basis_days(enum bms_basis basis, const bms_period *period);

#endif
