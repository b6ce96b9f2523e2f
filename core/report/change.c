/** Tells a change from chance (see change.h). */
#include "core/report/change.h"

#include "core/base/number.h"

#include <math.h>

/* Of a normal distribution, in standard deviations: 95 % are within. */
static const double within_95 = 1.959964;

static const double part_of_value = 0.01; /* the least change where the setup says none */

enum { COMPARED_DECIMALS = 9 };

/** @return of how many whole things a share is; a single unit that said yes or no is one. */
static double base_of(const bms_values *values) {
    return values->denominator.known ? values->denominator.value : 1;
}

/** @return whether two shares of whole things differ by more than chance: the test of two proportions. */
static bool shares_differ(const bms_values *then, const bms_values *now) {
    double n = base_of(then);
    double m = base_of(now);
    double together = (then->numerator.value + now->numerator.value) / (n + m);
    double by_chance = sqrt(together * (1 - together) * (1 / n + 1 / m));
    return fabs(now->numerator.value / m - then->numerator.value / n) > within_95 * by_chance;
}

static bool counts_differ(double then, double now) {
    return fabs(now - then) > within_95 * sqrt(then + now);
}

static double step_of(const bms_indicator *indicator, double then) {
    if (indicator->least_change > 0)
        return indicator->least_change;
    return fmax(fabs(then) * part_of_value, pow(10, -indicator->decimals));
}

/** @return what chance does to a result; none where it was made by a rule of the definition's. */
static enum bms_chance chance_of(const bms_indicator *indicator, const bms_rolled *then,
                                 const bms_rolled *now) {
    const bms_kind_traits *kind = bms_kind_of(indicator->kind);
    bool one = then->planned == 1 && now->planned == 1;
    if (now->by_rule)
        return BMS_CHANCE_NONE;
    if (kind->yes_or_no)
        return one ? BMS_CHANCE_NONE : BMS_CHANCE_OF_PARTS;
    bool whole = indicator->numerator.whole && (!kind->has_denominator || indicator->denominator.whole);
    return whole ? kind->chance : BMS_CHANCE_NONE;
}

bool bms_change_is_clear(const bms_indicator *indicator, const bms_rolled *then, const bms_rolled *now) {
    double before = then->result.value;
    double after = now->result.value;
    if (bms_number_compare(before, after, indicator->decimals) == 0)
        return false;
    bool reaches =
        bms_number_compare(fabs(after - before), step_of(indicator, before), COMPARED_DECIMALS) >= 0;
    enum bms_chance chance = chance_of(indicator, then, now);
    if (chance != BMS_CHANCE_OF_PARTS && chance != BMS_CHANCE_OF_COUNT)
        return reaches;
    if (indicator->least_change > 0 && !reaches)
        return false;
    return chance == BMS_CHANCE_OF_PARTS ? shares_differ(&then->answer, &now->answer)
                                         : counts_differ(before, after);
}
