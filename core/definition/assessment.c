/** Judges figures (see assessment.h): whose limits they take, and which colours are certain. */
#include "core/definition/assessment.h"

#include "core/definition/limits.h"

#include <string.h>

/* What the figure is. */

/** How a value over several units compares with a unit's own. */
enum size { OWN_SIZE, SHARE_OF_UNITS, SUM };

static bool of_several(const bms_assessed *figure) {
    for (size_t i = 1; i < figure->n; i++) {
        if (figure->parts[i].unit != figure->parts[0].unit)
            return true;
    }
    return false;
}

/** @return how several units are rolled up: predecessors always by the kind. */
static enum bms_rollup_rule rule_of(const bms_assessed *figure) {
    return figure->below ? figure->indicator->rollup : BMS_ROLLUP_OF_KIND;
}

static enum size size_of(const bms_assessed *figure) {
    if (!of_several(figure))
        return OWN_SIZE;
    if (bms_rolls_up_to_sum(figure->indicator, rule_of(figure)))
        return SUM;
    bool share = rule_of(figure) == BMS_ROLLUP_OF_KIND || rule_of(figure) == BMS_ROLLUP_MEAN;
    return share && bms_kind_of(figure->indicator->kind)->yes_or_no ? SHARE_OF_UNITS : OWN_SIZE;
}

static bool is_count(const bms_assessed *figure) {
    return bms_kind_of(figure->indicator->kind)->result_is_amount;
}

static const bms_period *measured_period(const bms_assessed *figure) {
    return &figure->definition->calendar[figure->point->period].period;
}

static bool at_new_year(bms_day day, int month, int of_month) {
    int found[3];
    bms_day_parts(day, &found[0], &found[1], &found[2]);
    return found[1] == month && found[2] == of_month;
}

static bool year_is_over(const bms_assessed *figure) {
    return at_new_year(measured_period(figure)->to, 12, 31);
}

/** @return whether the latest measurement alone is about a whole year. */
static bool covers_year(const bms_assessed *figure) {
    bms_day first = bms_basis_first_day(figure->indicator->basis, measured_period(figure));
    return bms_basis_of(figure->indicator->basis)->whole_year ||
           (year_is_over(figure) && at_new_year(first, 1, 1) && measured_period(figure)->to - first < 366);
}

/** @return whether it is a count added up over the year's periods. */
static bool is_year_sum(const bms_assessed *figure) {
    return figure->so_far && is_count(figure) && !covers_year(figure);
}

/** @return whether it is a count that grows until the year is over. */
static bool grows(const bms_assessed *figure) {
    bool to_date = bms_basis_of(figure->indicator->basis)->to_date;
    return is_count(figure) && (is_year_sum(figure) || to_date) && !year_is_over(figure);
}

/* Limits. */

/** Limits that were found, or why there are none. */
struct found {
    bms_limits limits;
    bms_limits_source source;
    bool different; /* the units have different ones */
    bool of_year;
};

/** Fet's 0*: no unit may have any. It then holds for any sum of them. */
static bool is_zero(const bms_indicator *indicator, const bms_limits *limits) {
    return bms_limits_are_zero(limits) && bms_is_never_negative(indicator);
}

static bool counted(const bms_part *part) {
    return !part->voluntary && part->answer.state != BMS_NOT_APPLICABLE;
}

/** @return the group that all counted units are in; "" when there is none. */
static const char *group_of_all(const bms_assessed *figure) {
    const char *group = NULL;
    for (size_t i = 0; i < figure->n; i++) {
        if (!counted(&figure->parts[i]))
            continue;
        const char *own = figure->definition->units[figure->parts[i].unit].group;
        if (group && own != group && strcmp(own, group) != 0)
            return "";
        group = own;
    }
    return group ? group : "";
}

/** Find the limits that all counted units have, each for its own value. */
static struct found in_common(const bms_assessed *figure, enum bms_applies applies) {
    struct found found = {0};
    bool first = true;
    for (size_t i = 0; i < figure->n; i++) {
        if (!counted(&figure->parts[i]))
            continue;
        bms_limits_source source;
        bms_limits limits =
            bms_limits_of_unit(figure->definition, figure->point, figure->parts[i].unit, applies, &source);
        if (!first && !bms_limits_same(&limits, &found.limits))
            return (struct found){.different = true};
        found = (struct found){.limits = limits, .source = first ? source : found.source};
        first = false;
    }
    return found;
}

static struct found of_target(const bms_assessed *figure, const bms_target *target, const char *group) {
    struct found found = {0};
    found.limits = bms_limits_of_target(figure->definition, figure->point, target, group, &found.source);
    return found;
}

/** @return the target for these units together: the parent's own, or one for all or a group of them. */
static const bms_target *target_together(const bms_assessed *figure, enum bms_applies applies) {
    const bms_definition *definition = figure->definition;
    const bms_measuring_point *point = figure->point;
    bool a_year = applies == BMS_A_YEAR;
    bool top = bms_unit_parent_on(&definition->units[figure->unit],
                                  bms_definition_day_of(definition, point)) == BMS_NONE;
    const bms_target *target =
        a_year ? NULL : bms_target_for_unit(definition, point, figure->unit, BMS_TOGETHER);
    if (!target)
        target = bms_target_for_unit(definition, point, figure->unit, applies);
    bool sum = bms_rolls_up_to_sum(figure->indicator, rule_of(figure)); /* also where one unit alone counts */
    if (target || a_year || !figure->below || (sum && !top))
        return target;
    target = bms_target_for_group(definition, point, group_of_all(figure), BMS_TOGETHER);
    return target ? target : bms_target_for_group(definition, point, "", BMS_TOGETHER);
}

/** Find the limits of several units together. */
static struct found over_units(const bms_assessed *figure, enum bms_applies applies) {
    const bms_target *target = target_together(figure, applies);
    if (target)
        return of_target(figure, target, "");
    struct found found = {0};
    if (size_of(figure) == SHARE_OF_UNITS)
        return found;
    target = bms_target_for_group(figure->definition, figure->point, "", applies);
    if (target)
        found = of_target(figure, target, "");
    if (!found.limits.known)
        found = in_common(figure, applies);
    bool fits = size_of(figure) == OWN_SIZE || is_zero(figure->indicator, &found.limits);
    return fits ? found : (struct found){0};
}

/** @return whether it is of others than the unit itself, or of several that cannot be judged as one. */
static bool is_over_units(const bms_assessed *figure) {
    if (!figure->below)
        return size_of(figure) != OWN_SIZE;
    for (size_t i = 0; i < figure->n; i++) {
        if (figure->parts[i].unit != figure->unit)
            return true;
    }
    return false;
}

static struct found find_for(const bms_assessed *figure, enum bms_applies applies) {
    if (is_over_units(figure))
        return over_units(figure, applies);
    struct found found = {0};
    found.limits =
        bms_limits_of_unit(figure->definition, figure->point, figure->unit, applies, &found.source);
    return found;
}

static struct found find_of_year(const bms_assessed *figure) {
    struct found found = find_for(figure, BMS_A_YEAR);
    found.of_year = true;
    return found;
}

static bool is_found(const struct found *found) {
    return found->limits.known || found->source.target;
}

/** Find the limits of a year's sum: those for a year, or 0 in every period. */
static struct found find_of_year_sum(const bms_assessed *figure) {
    struct found found = find_of_year(figure);
    if (is_found(&found))
        return found;
    found = find_for(figure, BMS_ONE_UNIT);
    return is_zero(figure->indicator, &found.limits) ? found : (struct found){0};
}

static struct found search(const bms_assessed *figure) {
    if (is_year_sum(figure))
        return find_of_year_sum(figure);
    struct found found = figure->so_far ? find_of_year(figure) : (struct found){0};
    if (is_found(&found))
        return found;
    found = find_for(figure, BMS_ONE_UNIT);
    bool year = covers_year(figure) || bms_basis_of(figure->indicator->basis)->to_date;
    if (is_found(&found) || found.different || !year)
        return found;
    return find_of_year(figure);
}

static struct found find_limits(const bms_assessed *figure) {
    struct found found = search(figure);
    if (!found.limits.known)
        found.limits.better = figure->definition->indicators[figure->point->indicator].better;
    return found;
}

/* Certainty. */

/** Which way the parts that are missing can still move a figure. */
struct open {
    bool up;
    bool down;
};

static void move(struct open *open, bool up, bool down) {
    open->up = open->up || up;
    open->down = open->down || down;
}

/** What missing units can do to a sum, a largest or a smallest; ratios and means go by coverage. */
static struct open missing_units(const bms_assessed *figure) {
    const bms_indicator *indicator = figure->indicator;
    struct open open = {0};
    if (figure->rolled->missing + figure->rolled->open == 0)
        return open;
    bool lowest_is_worst = indicator->better == BMS_UP;
    bool sum = is_year_sum(figure) || size_of(figure) == SUM;
    if (sum)
        move(&open, true, !bms_is_never_negative(indicator));
    if (!of_several(figure))
        return open;
    switch (rule_of(figure)) {
    case BMS_ROLLUP_MAX:
        move(&open, true, false);
        break;
    case BMS_ROLLUP_MIN:
        move(&open, false, true);
        break;
    case BMS_ROLLUP_WORST:
        move(&open, !lowest_is_worst, lowest_is_worst);
        break;
    case BMS_ROLLUP_OF_KIND:
    case BMS_ROLLUP_SUM:
    case BMS_ROLLUP_MEAN:
    case BMS_ROLLUP_NONE:
        break;
    }
    return open;
}

/** What the rest of the year can do to a count that is measured against a year's limit. */
static struct open rest_of_year(const bms_assessed *figure, const struct found *found) {
    bool growing = found->of_year && grows(figure);
    return (struct open){growing, growing && !bms_is_never_negative(figure->indicator)};
}

/** @return whether no missing part can give the result another colour. */
static bool is_certain(const bms_limits *limits, bms_number result, struct open open) {
    enum bms_colour colour = bms_colour_of(limits, result);
    enum bms_colour of_more = limits->better == BMS_UP ? BMS_GREEN : BMS_RED;
    enum bms_colour of_less = limits->better == BMS_DOWN ? BMS_GREEN : BMS_RED;
    bool band = limits->better == BMS_BAND;
    bool stays_above = colour == of_more && (!band || result.value > limits->green_to);
    bool stays_below = colour == of_less && (!band || result.value < limits->green);
    return (!open.up || stays_above) && (!open.down || stays_below);
}

/* Why there is no colour. */

static enum bms_why why_no_result(const bms_assessed *figure) {
    const bms_rolled *rolled = figure->rolled;
    bool no_worst = rule_of(figure) == BMS_ROLLUP_WORST && figure->indicator->better == BMS_BAND;
    if (rolled->answer.state != BMS_REPORTED)
        return bms_why_of_state(rolled->answer.state);
    if (rolled->result.known)
        return BMS_HAS_COLOUR;
    return rule_of(figure) == BMS_ROLLUP_NONE || no_worst ? BMS_WHY_NOT_TOGETHER : BMS_WHY_NO_PER_CENT;
}

static enum bms_why why_none(const bms_assessed *figure, const struct found *found) {
    enum bms_why why = why_no_result(figure);
    if (why != BMS_HAS_COLOUR)
        return why;
    if (!found->limits.known)
        return found->different ? BMS_WHY_DIFFERENT_TARGETS : BMS_WHY_NO_TARGET;
    if (!figure->rolled->covered || !figure->latest->covered)
        return figure->below ? BMS_WHY_TOO_FEW : BMS_WHY_PART_MISSING;
    if (!is_certain(&found->limits, figure->rolled->result, missing_units(figure)))
        return BMS_WHY_PART_MISSING;
    if (!is_certain(&found->limits, figure->rolled->result, rest_of_year(figure, found)))
        return BMS_WHY_YEAR_NOT_OVER;
    return BMS_HAS_COLOUR;
}

bms_assessment bms_assess(const bms_assessed *figure) {
    struct found found = find_limits(figure);
    bms_assessment out = {.limits = found.limits, .source = found.source, .why = why_none(figure, &found)};
    if (out.why == BMS_HAS_COLOUR)
        out.colour = bms_colour_of(&out.limits, figure->rolled->result);
    return out;
}

bms_assessment bms_assess_answer(const bms_definition *definition, const bms_measuring_point *point, int unit,
                                 const bms_indicator *measured, const bms_values *answer) {
    const bms_part part = {.unit = unit, .answer = *answer};
    const bms_rolled rolled = bms_roll_up_as_one(measured, &part, 1);
    return bms_assess(&(bms_assessed){.definition = definition,
                                      .point = point,
                                      .indicator = measured,
                                      .unit = unit,
                                      .parts = &part,
                                      .n = 1,
                                      .rolled = &rolled,
                                      .latest = &rolled});
}

bms_limits bms_assessed_limits(const bms_assessed *figure, bms_limits_source *source) {
    struct found found = find_limits(figure);
    if (source)
        *source = found.source;
    return found.limits;
}

bms_limits bms_limits_for(const bms_definition *definition, const bms_measuring_point *point, int unit,
                          bms_limits_source *source) {
    const bms_values unanswered = {.state = BMS_MISSING};
    const bms_indicator *indicator = &definition->indicators[point->indicator];
    const bms_part part = {.unit = unit, .answer = unanswered};
    const bms_assessed figure = {.definition = definition,
                                 .point = point,
                                 .indicator = indicator,
                                 .unit = unit,
                                 .parts = &part,
                                 .n = 1};
    struct found found = find_limits(&figure);
    if (source)
        *source = found.source;
    if (found.of_year && grows(&figure)) /* a form cannot say that the year is not over */
        found.limits.known = false;
    return found.limits;
}
