/** The table of kinds, and the arithmetic of their results (see kind.h). */
#include "core/definition/kind.h"

#include "core/base/catalogue.h"

#include <math.h>
#include <string.h>

/* Results, and the ratio behind them. */

static double per_cent(double factor, double n, double d) {
    (void)factor;
    return 100.0 * n / d;
}

static double times_factor(double factor, double n, double d) {
    return factor * n / d;
}

static double number_1(double factor, double n, double d) {
    (void)factor;
    (void)d;
    return n;
}

static double per_cent_from(double factor, double n, double d) {
    (void)factor;
    return 100.0 * (n - d) / fabs(d);
}

static double ratio_of_per_cent(double factor, double result) {
    (void)factor;
    return result / 100.0;
}

static double ratio_of_factor(double factor, double result) {
    return result / factor;
}

static double ratio_of_difference(double factor, double result) {
    (void)factor;
    return 1.0 + result / 100.0;
}

/* The table. */

static const bms_kind_difference against_budget = {
    .none = BMS_TEXT("on budget"),
    .amount_above = BMS_TEXT("{amount} overspent"),
    .amount_below = BMS_TEXT("{amount} underspent"),
    .above = BMS_TEXT("Overspent"),
    .below = BMS_TEXT("Underspent"),
};

static const bms_kind_traits kinds[] = {
    [BMS_SHARE] = {.name = "share",
                   .choice = BMS_TEXT("share"),
                   .help = BMS_TEXT("Share: number 1 is a part of number 2."),
                   .meaning = BMS_TEXT("share: number 1 is a part of number 2"),
                   .working = BMS_TEXT("{factor} × {n} / {d} = {result}"),
                   .calculation =
                       BMS_TEXT("The result is number 1 as a percentage of number 2. Number 1 is a part of "
                                "number 2 and cannot be larger."),
                   .result = per_cent,
                   .ratio = ratio_of_per_cent,
                   .factor = 100,
                   .unit_of_result = "%",
                   .decimals = 1,
                   .chance = BMS_CHANCE_OF_PARTS,
                   .persons = 2,
                   .has_denominator = true,
                   .part_of_whole = true,
                   .zero_with_whole = true,
                   .adds_up = true},
    [BMS_RATE] = {.name = "rate",
                  .choice = BMS_TEXT("rate"),
                  .help = BMS_TEXT("Rate: number 1 per number 2, times the factor."),
                  .meaning = BMS_TEXT("rate: number 1 per number 2, times the factor"),
                  .working = BMS_TEXT("{factor} × {n} / {d} = {result}"),
                  .calculation = BMS_TEXT("The result is number 1 divided by number 2, times {factor}."),
                  .result = times_factor,
                  .ratio = ratio_of_factor,
                  .factor = 1,
                  .unit_of_result = "",
                  .decimals = 1,
                  .chance = BMS_CHANCE_OF_EVENTS,
                  .persons = 2,
                  .has_denominator = true,
                  .zero_with_whole = true,
                  .adds_up = true,
                  .factor_declared = true},
    [BMS_MEAN] = {.name = "mean",
                  .choice = BMS_TEXT("mean"),
                  .help = BMS_TEXT("Mean: number 1 is the mean, number 2 how many are behind it."),
                  .meaning = BMS_TEXT("mean: number 1 is the mean, number 2 how many are behind it"),
                  .working = BMS_TEXT("the mean {n} itself; {d} are behind it"),
                  .calculation =
                      BMS_TEXT("The result is number 1, the mean. Number 2 says how many are behind it."),
                  .result = number_1,
                  .factor = 1,
                  .unit_of_result = "",
                  .decimals = 1,
                  .chance = BMS_CHANCE_OF_MEAN,
                  .persons = 2,
                  .has_denominator = true,
                  .on_a_scale = true},
    [BMS_DEVIATION] = {.name = "deviation",
                       .choice = BMS_TEXT("deviation"),
                       .help = BMS_TEXT("Deviation: number 1 is the accounts, number 2 the budget."),
                       .meaning = BMS_TEXT("deviation: number 1 is the accounts, number 2 the budget"),
                       .working = BMS_TEXT("100 × ({n} − {d}) / |{d}| = {result}; the amount is {amount}"),
                       .calculation = BMS_TEXT(
                           "The result is how many per cent number 1 is above (+) or below (−) number 2."),
                       .result = per_cent_from,
                       .ratio = ratio_of_difference,
                       .factor = 100,
                       .unit_of_result = "%",
                       .difference = &against_budget,
                       .decimals = 1,
                       .has_denominator = true,
                       .net = true,
                       .adds_up = true},
    [BMS_COUNT] = {.name = "count",
                   .choice = BMS_TEXT("count"),
                   .help = BMS_TEXT("Count: number 1 only."),
                   .meaning = BMS_TEXT("count: number 1 as it is"),
                   .working = BMS_TEXT("{n} gives {result}"),
                   .calculation = BMS_TEXT("The result is the number itself."),
                   .result = number_1,
                   .factor = 1,
                   .decimals = 0,
                   .chance = BMS_CHANCE_OF_COUNT,
                   .persons = 1,
                   .adds_up = true,
                   .result_is_amount = true},
    [BMS_YESNO] = {.name = "yesno",
                   .choice = BMS_TEXT("yes/no"),
                   .help = BMS_TEXT("Yes/no: number 1 is 1 or 0."),
                   .meaning = BMS_TEXT("yes or no: yes is 100, no is 0"),
                   .working = BMS_TEXT("{n} gives {result}"),
                   .calculation = BMS_TEXT("Answer yes or no."),
                   .result = per_cent,
                   .factor = 100,
                   .unit_of_result = "%",
                   .decimals = 0,
                   .yes_or_no = true},
};

_Static_assert(sizeof kinds / sizeof *kinds == BMS_N_KINDS, "a row for every kind");

const bms_kind_traits *bms_kind_of(enum bms_kind kind) {
    return &kinds[kind];
}

const char *bms_kind_name(enum bms_kind kind) {
    return kinds[kind].name;
}

bool bms_kind_parse(const char *name, enum bms_kind *out) {
    for (int kind = 0; name && kind < BMS_N_KINDS; kind++) {
        if (strcmp(name, kinds[kind].name) == 0) {
            *out = (enum bms_kind)kind;
            return true;
        }
    }
    return false;
}

const char *bms_kind_choice(size_t index) {
    return index < BMS_N_KINDS ? kinds[index].choice : NULL;
}

const char *bms_kind_help(size_t index) {
    return index < BMS_N_KINDS ? kinds[index].help : NULL;
}
