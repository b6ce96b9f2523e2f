/**
 * Adds up over units (see rollup.h). The caller decides which units are added; which limits the sum
 * takes is in assessment.c.
 */
#include "core/definition/rollup.h"

#include "core/base/number.h"

#include <math.h>

/** Below this part of Σ|d| a deviation in per cent of Σd means nothing: surpluses and deficits cancel out. */
static const double least_base = 0.1;

/** The sums over the units that have reported. */
struct sums {
    double numerators;
    double denominators;
    double absolute_denominators;
    double weighted; /* Σ mean · how many answers it is of */
    double results;
    double lowest;
    double highest;
    size_t n_results;
};

static void add_result(struct sums *sums, double result) {
    sums->lowest = sums->n_results == 0 ? result : fmin(sums->lowest, result);
    sums->highest = sums->n_results == 0 ? result : fmax(sums->highest, result);
    sums->results += result;
    sums->n_results++;
}

static void add_reported(struct sums *sums, const bms_indicator *indicator, const bms_values *answer) {
    double n = answer->numerator.known ? answer->numerator.value : 0.0;
    double d = answer->denominator.known ? answer->denominator.value : 0.0;
    sums->numerators += n;
    sums->denominators += d;
    sums->absolute_denominators += fabs(d);
    sums->weighted += n * d;
    bms_number result = bms_result(indicator->kind, indicator->factor, answer);
    if (result.known)
        add_result(sums, result.value);
}

static void count_part(bms_rolled *out, const bms_part *part) {
    if (part->voluntary) {
        out->open++;
        return;
    }
    out->planned++;
    switch (part->answer.state) {
    case BMS_REPORTED:
        out->reported++;
        break;
    case BMS_MISSING:
        out->missing++;
        break;
    case BMS_NOT_APPLICABLE:
        out->not_applicable++;
        break;
    case BMS_EMPTY_BASE:
        out->empty_base++;
        break;
    }
}

static enum bms_state state_of(const bms_rolled *rolled) {
    if (rolled->reported > 0)
        return BMS_REPORTED;
    if (rolled->missing > 0)
        return BMS_MISSING;
    return rolled->empty_base > 0 ? BMS_EMPTY_BASE : BMS_NOT_APPLICABLE;
}

static void measure_coverage(bms_rolled *out, double least) {
    size_t wanted = out->planned - out->not_applicable;
    out->coverage = wanted == 0 ? 1.0 : (double)(out->reported + out->empty_base) / (double)wanted;
    out->covered = bms_number_compare(out->coverage, least, 9) >= 0;
}

static bms_number number(double value) {
    return (bms_number){isfinite(value), isfinite(value) ? value : 0.0};
}

static const bms_number unknown = {false, 0.0};

/** The numbers of several units together. */
static void put_numbers(bms_rolled *out, const bms_kind_traits *kind, const struct sums *sums) {
    bms_values *answer = &out->answer;
    answer->numerator = number(kind->on_a_scale ? sums->weighted / sums->denominators : sums->numerators);
    if (kind->has_denominator)
        answer->denominator = number(sums->denominators);
    if (kind->yes_or_no)
        answer->denominator = number((double)out->reported);
}

/** The result by the kind's own rule. */
static bms_number result_of_kind(const bms_indicator *indicator, const bms_rolled *rolled,
                                 const struct sums *sums) {
    const bms_kind_traits *kind = bms_kind_of(indicator->kind);
    if (kind->yes_or_no)
        return number(kind->result(indicator->factor, sums->numerators, (double)rolled->reported));
    if (kind->net && fabs(sums->denominators) < least_base * sums->absolute_denominators)
        return unknown;
    return bms_result(indicator->kind, indicator->factor, &rolled->answer);
}

/** The result by the definition's rule instead, from the units' own results. */
static bms_number result_of_rule(const bms_indicator *indicator, const struct sums *sums) {
    if (sums->n_results == 0)
        return unknown;
    switch (indicator->rollup) {
    case BMS_ROLLUP_SUM:
        return number(sums->results);
    case BMS_ROLLUP_MEAN:
        return number(sums->results / (double)sums->n_results);
    case BMS_ROLLUP_MAX:
        return number(sums->highest);
    case BMS_ROLLUP_MIN:
        return number(sums->lowest);
    case BMS_ROLLUP_WORST:
        if (indicator->better == BMS_BAND)
            return unknown;
        return number(indicator->better == BMS_UP ? sums->lowest : sums->highest);
    case BMS_ROLLUP_OF_KIND:
    case BMS_ROLLUP_NONE:
        break;
    }
    return unknown;
}

bms_rolled bms_roll_up(const bms_indicator *indicator, const bms_part *parts, size_t n) {
    bms_rolled out = {0};
    struct sums sums = {0};
    for (size_t i = 0; i < n; i++) {
        count_part(&out, &parts[i]);
        if (parts[i].answer.state == BMS_REPORTED)
            add_reported(&sums, indicator, &parts[i].answer);
    }
    out.answer.state = state_of(&out);
    measure_coverage(&out, indicator->least_coverage);
    if (out.reported == 0 || indicator->rollup == BMS_ROLLUP_NONE)
        return out;
    put_numbers(&out, bms_kind_of(indicator->kind), &sums);
    out.by_rule = indicator->rollup != BMS_ROLLUP_OF_KIND;
    out.result = out.by_rule ? result_of_rule(indicator, &sums) : result_of_kind(indicator, &out, &sums);
    return out;
}

bool bms_rolls_up_to_sum(const bms_indicator *indicator, enum bms_rollup_rule rule) {
    return rule == BMS_ROLLUP_SUM ||
           (rule == BMS_ROLLUP_OF_KIND && bms_kind_of(indicator->kind)->result_is_amount);
}

bool bms_is_never_negative(const bms_indicator *indicator) {
    return !bms_kind_of(indicator->kind)->net && indicator->numerator.least.known &&
           indicator->numerator.least.value >= 0;
}

/** A single answer rolls up to exactly itself. */
static bms_rolled alone(const bms_indicator *indicator, const bms_values *answer) {
    bool counted = answer->state == BMS_REPORTED || answer->state == BMS_EMPTY_BASE;
    bool planned = answer->state != BMS_NOT_APPLICABLE;
    return (bms_rolled){.answer = *answer,
                        .result = bms_result(indicator->kind, indicator->factor, answer),
                        .planned = 1,
                        .reported = answer->state == BMS_REPORTED,
                        .empty_base = answer->state == BMS_EMPTY_BASE,
                        .not_applicable = answer->state == BMS_NOT_APPLICABLE,
                        .missing = answer->state == BMS_MISSING,
                        .coverage = counted || !planned ? 1 : 0,
                        .covered = counted || !planned};
}

bms_rolled bms_roll_up_as_one(const bms_indicator *indicator, const bms_part *parts, size_t n) {
    bms_indicator plain = *indicator;
    if (n == 1 && !parts[0].voluntary)
        return alone(indicator, &parts[0].answer);
    plain.rollup = BMS_ROLLUP_OF_KIND;
    bms_rolled rolled = bms_roll_up(&plain, parts, n);
    if (rolled.missing > 0 || rolled.planned == 0) {
        rolled.answer = (bms_values){.state = BMS_MISSING};
        rolled.result = unknown;
    }
    return rolled;
}
