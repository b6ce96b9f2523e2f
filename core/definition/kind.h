/**
 * The kinds of indicator: what the two numbers mean, how the result is made of them, and what follows
 * (design, 'What a measurement is'; for the effect of chance, statistics, 'Change').
 *
 * A kind is one row of the table in kind.c, with its arithmetic there, and one formula for the workbooks
 * (xlsx/layout/result_formula.c). All other code asks for the property that matters, never for the kind
 * itself: test_layers.py checks that. test_kind.c checks that the properties agree with the arithmetic.
 */
#ifndef BMS_DEFINITION_KIND_H
#define BMS_DEFINITION_KIND_H

#include <stdbool.h>
#include <stddef.h>

/** In the order in which the setup offers them. */
enum bms_kind { BMS_SHARE, BMS_RATE, BMS_MEAN, BMS_DEVIATION, BMS_COUNT, BMS_YESNO, BMS_N_KINDS };

/** How chance alone changes a result, where whole things are counted. */
enum bms_chance {
    BMS_CHANCE_NONE,
    BMS_CHANCE_OF_PARTS,  /* each of number 2 is counted or not: binomial */
    BMS_CHANCE_OF_EVENTS, /* events, more of them where number 2 is larger: Poisson */
    BMS_CHANCE_OF_COUNT,  /* events alone: Poisson */
    BMS_CHANCE_OF_MEAN    /* answers on a scale, number 2 of them */
};

/** The words for number 1 being above, below or at number 2, which says what it should be. */
typedef struct bms_kind_difference {
    const char *none;
    const char *amount_above; /* with the place {amount} */
    const char *amount_below;
    const char *above; /* before an amount */
    const char *below;
} bms_kind_difference;

/** All properties of a kind. Texts are English, for bms_tr. */
typedef struct bms_kind_traits {
    const char *name;        /* stable: what the history and a form store */
    const char *choice;      /* as the setup offers it */
    const char *help;        /* the setup's sentence about it */
    const char *meaning;     /* what its numbers are, in an explanation */
    const char *working;     /* how a result was worked out: {factor} {n} {d} {amount} {result} */
    const char *calculation; /* the same for the unit that fills in a form, with the place {factor} */

    /** @return the result; not finite where number 2 is 0 and divides. `d` is 1 for a kind without it. */
    double (*result)(double factor, double n, double d);
    /** @return number 1 divided by number 2, from the result; NULL: it cannot be found from it. */
    double (*ratio)(double factor, double result);
    double factor;                         /* of the result, unless the setup may declare another */
    const char *unit_of_result;            /* unless the setup says another; NULL: number 1's own */
    const bms_kind_difference *difference; /* the result is how far number 1 is from number 2, in per cent;
                                            * the amount is shown too. NULL: it is not */
    int decimals;                          /* of the result, unless the setup says another */
    enum bms_chance chance;
    int persons; /* which number is that of persons, where it is about persons; 0: neither */

    bool has_denominator;
    bool part_of_whole;    /* number 1 is a part of number 2 and cannot be larger */
    bool zero_with_whole;  /* number 1 can only be 0 where number 2 is */
    bool on_a_scale;       /* number 1 is a mean on a scale, number 2 how many answers it is of */
    bool yes_or_no;        /* number 1 is 1 or 0; over units, those that said yes of those that answered */
    bool net;              /* income less expense: both numbers may be negative */
    bool adds_up;          /* numbers of a year's parts add up to the year's: they grow with time */
    bool result_is_amount; /* so does the result; it is larger for a larger unit */
    bool factor_declared;  /* the setup may declare the factor */
} bms_kind_traits;

/** @return the row of a kind; lives as long as the program. */
const bms_kind_traits *bms_kind_of(enum bms_kind kind);

/** @return "share", "rate" …; and the way back, false for any other text. */
const char *bms_kind_name(enum bms_kind kind);
bool bms_kind_parse(const char *name, enum bms_kind *out);

/** @return the setup's choice number `index`, and the sentence about it; NULL after the last. */
const char *bms_kind_choice(size_t index);
const char *bms_kind_help(size_t index);

#endif
