/*
 * Rules that compare the numbers with earlier values of the unit, or else of its peers.
 *
 * A unit with four earlier values is compared with their median. Differences are measured in spreads: the
 * median distance to that median, or what is usual in the peer group if that is more. Chance alone must not
 * explain the difference. The limits below were set on a made-up population (tests/bench/bench_checks.c).
 * How large a single number is, and the powers of ten, are in size.c.
 */
#include "core/check/checking.h"

#include <math.h>
#include <string.h>

enum { ENOUGH_PEERS = 5, MOST_SHOWN = 4 };

/* This many spreads away from earlier values is worth a look. */
static const double far_from_own = 5.0;
static const double far_from_peers = 6.0;

/* The spread of few peers is uncertain, and so is their range: by this much of what they show. */
static const double few_peers = 4.0;
static const double well_outside_peers = 0.25;

/* Swapped numbers are each about as large as the other used to be: within this factor. */
static const double about_as_large = 2.0;

/* Swapped numbers must fit, and fit this much better than the numbers as written (in squared spreads). */
static const double far_as_written = 1.5;
static const double near_as_swapped = 3.5;
static const double much_better = 1.5;

/* The whole year's budget is at most this far from what a year should be, as a logarithm. */
static const double near_the_year = 0.35;

/* With few earlier values, a unit's ratio is taken to vary by at least this much. */
static const double few_spread = 0.2;

/* A few values are a poor measure of how much a unit varies: its own spread is used only where it is this
 * many times the usual one. */
static const double clearly_more = 2.0;

void bms_verdict_cell(bms_verdict *verdict, const char *place, const bms_found_number *number) {
    bms_verdict_text(verdict, place, number->cell ? number->cell->address : "");
}

void bms_verdict_point(bms_verdict *verdict, const bms_subject *subject, enum bms_which which) {
    const bms_found_number *number = bms_subject_number(subject, which);
    if (!number->own)
        number = bms_subject_number(subject, which == BMS_NUMERATOR ? BMS_DENOMINATOR : BMS_NUMERATOR);
    verdict->cell = number->cell ? number->cell->address : "";
    bms_verdict_text(verdict, "cell", verdict->cell);
}

/** @return whether the table of earlier answers has a place for the question. */
static bool has_place(const bms_checking *checking, const bms_found_answer *answer) {
    return checking->context->before && checking->context->definition && checking->unit != BMS_NONE &&
           answer->indicator != BMS_NONE && answer->period != BMS_NONE;
}

bool bms_checking_course(bms_checking *checking, const bms_found_answer *answer, enum bms_followed followed,
                         bms_course *out) {
    *out = (bms_course){.n = 0};
    if (has_place(checking, answer) &&
        !bms_before_course(checking->context->before, checking->arena, checking->unit, answer->indicator,
                           answer->period, followed, out))
        bms_arena_fail(checking->arena);
    return out->n > 0;
}

/** @return how much the values of a course usually vary in the unit's group, or else at least. */
static double usual_spread(bms_checking *checking, const bms_found_answer *answer, enum bms_followed followed,
                           const bms_course *course) {
    double usual = course->least;
    if (!bms_before_usual(checking->context->before, checking->unit, answer->indicator, course, followed,
                          &usual))
        bms_arena_fail(checking->arena);
    return usual;
}

double bms_checking_spread(bms_checking *checking, const bms_found_answer *answer, enum bms_followed followed,
                           const bms_course *course) {
    return fmax(course->own, usual_spread(checking, answer, followed, course));
}

void bms_verdict_past(bms_verdict *verdict, const int *units, size_t n) {
    bms_checking *checking = verdict->checking;
    if (!units || verdict->note)
        return;
    const char *language = checking->context->language;
    const char *text = bms_tr_plural(language, BMS_TEXT("The earlier figures are those of {units}."),
                                     BMS_TEXT("What was before is {units} together."), n);
    const char *names =
        bms_definition_unit_names(checking->context->definition, units, n, checking->arena, language);
    verdict->note = bms_message(checking->arena, text, "units", names, NULL);
}

/** Find the earlier values, and note whose they are. @return false where there are none */
static bool known(const bms_subject *subject, bms_verdict *verdict, enum bms_followed followed,
                  bms_course *out) {
    bool any = bms_checking_course(verdict->checking, subject->answer, followed, out);
    bms_verdict_past(verdict, out->units, out->n_units);
    return any;
}

static bool enough(const bms_subject *subject, bms_verdict *verdict, enum bms_followed followed,
                   bms_course *out) {
    return known(subject, verdict, followed, out) && out->n >= BMS_ENOUGH_EARLIER;
}

bool bms_checking_peers(bms_checking *checking, const bms_found_answer *answer, enum bms_followed followed,
                        size_t enough, bms_standing *out) {
    *out = (bms_standing){.n = 0};
    if (!has_place(checking, answer) || *checking->context->definition->units[checking->unit].group == '\0')
        return false;
    if (!bms_before_peers(checking->context->before, checking->unit, answer->indicator, answer->period,
                          followed, enough, out))
        bms_arena_fail(checking->arena);
    checking->out->without_peers = checking->out->without_peers || out->n == 0;
    return out->n > 0;
}

/* Chance */

/** @return the spread that chance alone gives a result usually at `usual`; 0 where nothing is counted. */
static double chance(const bms_question *question, const bms_values *answer, double usual) {
    double d = answer->denominator.value;
    switch (bms_kind_of(question->kind)->chance) {
    case BMS_CHANCE_OF_PARTS: {
        double p = (usual / 100.0 * d + 1.0) / (d + 2.0);
        return question->numerator.whole && d > 0.0 ? 100.0 * sqrt(p * (1.0 - p) / d) : 0.0;
    }
    case BMS_CHANCE_OF_EVENTS: {
        double expected = fabs(usual) * d / question->factor;
        return question->numerator.whole && d > 0.0 ? question->factor * sqrt(expected + 1.0) / d : 0.0;
    }
    case BMS_CHANCE_OF_MEAN: {
        double range = question->numerator.most.value - question->numerator.least.value;
        return question->numerator.most.known && d > 0.0 ? range / 5.0 / sqrt(d) : 0.0;
    }
    case BMS_CHANCE_OF_COUNT:
        return question->numerator.whole ? sqrt(fabs(usual) + 1.0) : 0.0;
    case BMS_CHANCE_NONE:
        break;
    }
    return 0.0;
}

/**
 * @return how far from `usual` a result is, in spreads of chance, on a scale where these are the same for
 * small and large counts; infinite where nothing is counted
 */
static double beyond_chance(const bms_question *question, const bms_values *answer, double usual) {
    double n = answer->numerator.value;
    double d = answer->denominator.value;
    enum bms_chance by = bms_kind_of(question->kind)->chance;
    if (!question->numerator.whole && by != BMS_CHANCE_OF_MEAN)
        return HUGE_VAL;
    if (by == BMS_CHANCE_OF_PARTS && d > 0.0) {
        double p = fmin(1.0, fmax(0.0, usual / 100.0));
        return 2.0 * sqrt(d) * fabs(asin(sqrt(fmin(1.0, fmax(0.0, n / d)))) - asin(sqrt(p)));
    }
    if (by == BMS_CHANCE_OF_EVENTS)
        return 2.0 * fabs(sqrt(fmax(0.0, n)) - sqrt(fabs(usual) * d / question->factor));
    if (by == BMS_CHANCE_OF_COUNT)
        return 2.0 * fabs(sqrt(fmax(0.0, n)) - sqrt(fmax(0.0, usual)));
    double by_chance = chance(question, answer, usual);
    return by_chance > 0.0 ? fabs(n - usual) / by_chance : HUGE_VAL;
}

/* Texts */

double bms_rounded_for_size(double value) {
    int digits = value != 0.0 ? (int)floor(log10(fabs(value))) : 0;
    return bms_number_round(value, digits >= 1 ? 0 : 2 - digits);
}

static const char *list_of(bms_checking *checking, const double *values, size_t n, int decimals,
                           const char *measure) {
    const char *list = "";
    for (size_t i = n > MOST_SHOWN ? n - MOST_SHOWN : 0; i < n; i++) {
        const char *value =
            bms_number_text(checking->arena, values[i], decimals, checking->context->language);
        list = bms_arena_format(checking->arena, "%s%s%s", list, *list ? "; " : "", value);
    }
    const char *unit = bms_number_unit(checking->arena, measure, checking->context->language);
    return *unit ? bms_arena_format(checking->arena, "%s %s", list, unit) : list;
}

static const char *result_text(bms_checking *checking, const bms_question *question, double value) {
    return list_of(checking, &value, 1, question->decimals, question->unit_of_result);
}

static void say_result(bms_verdict *verdict, const bms_question *question, const char *place, double value) {
    bms_verdict_text(verdict, place, result_text(verdict->checking, question, value));
}

/* The whole year's budget */

double bms_checking_parts_of_year(const bms_checking *checking, const bms_found_answer *answer) {
    const bms_question *question = answer->question;
    bms_period period;
    if (answer->period != BMS_NONE) {
        period = checking->context->definition->calendar[answer->period].period;
    } else if (!bms_period_parse(question->period, &period)) {
        return 0.0;
    }
    int year;
    int month;
    int day;
    bms_day_parts(period.to, &year, &month, &day);
    int days = bms_basis_days(question->basis, &period);
    double times = days > 0 ? (double)(bms_day_of(year + 1, 1, 1) - bms_day_of(year, 1, 1)) / days : 0.0;
    return times > 1.1 ? times : 0.0;
}

/** @return a distance in squared spreads. */
static double squared(double distance, double spread) {
    return distance * distance / (spread * spread);
}

bool bms_rule_budget_of_year(const bms_subject *subject, bms_verdict *verdict) {
    const bms_found_number *n = bms_subject_number(subject, BMS_NUMERATOR);
    const bms_found_number *d = bms_subject_number(subject, BMS_DENOMINATOR);
    double times = bms_checking_parts_of_year(verdict->checking, subject->answer);
    if (!bms_kind_of(subject->answer->question->kind)->difference || times <= 0.0 || !bms_found_given(n) ||
        !bms_found_given(d) || n->value * d->value <= 0.0)
        return false;
    bms_course course;
    bool varies = enough(subject, verdict, BMS_FOLLOW_RESULT, &course) && course.median > -90.0;
    double usual = varies ? 1.0 / (1.0 + course.median / 100.0) : 1.0; /* budget by accounts */
    double as_written = log(d->value / n->value / usual);
    double as_year = as_written - log(times);
    if ((!varies && times < 2.0) || fabs(as_year) > near_the_year)
        return false;
    double spread = 0.1;
    if (varies) {
        spread =
            fmax(bms_checking_spread(verdict->checking, subject->answer, BMS_FOLLOW_RESULT, &course) / 100.0,
                 0.03);
    }
    if (fabs(as_year) > near_as_swapped * spread ||
        squared(as_written, spread) - squared(as_year, spread) < much_better)
        return false;
    bms_verdict_point(verdict, subject, BMS_DENOMINATOR);
    bms_verdict_number(verdict, "d", d->value);
    bms_verdict_number(verdict, "n", n->value);
    bms_verdict_cell(verdict, "cell_d", d);
    bms_verdict_cell(verdict, "cell_n", n);
    bms_verdict_rounded(verdict, "times", d->value / n->value, 1);
    return true;
}

/* Swapped numbers */

/** @return the usual ratio of number 1 to number 2, from the usual result; 0 where that does not give it. */
static double ratio_of(const bms_question *question, const bms_course *n, const bms_course *d,
                       double result) {
    const bms_kind_traits *kind = bms_kind_of(question->kind);
    return kind->ratio ? kind->ratio(question->factor, result) : n->median / d->median;
}

/** @return whether the numbers as written have their usual ratio. */
static bool is_as_usual(const bms_values *answer, double ratio, double spread) {
    double written = log(answer->numerator.value / answer->denominator.value);
    return fabs(written - ratio) < far_as_written * spread;
}

/** Find the usual ratio of the two numbers, as a logarithm with its spread. @return false where the numbers
 * are too few, as usual, or not each about what the other used to be */
static bool usual_ratio(const bms_subject *subject, bms_verdict *verdict, double *ratio, double *spread) {
    bms_course n;
    bms_course d;
    bms_course result;
    const bms_question *question = subject->answer->question;
    const bms_values *answer = &subject->answer->answer;
    if (!known(subject, verdict, BMS_FOLLOW_NUMERATOR, &n) ||
        !known(subject, verdict, BMS_FOLLOW_DENOMINATOR, &d) ||
        !known(subject, verdict, BMS_FOLLOW_RESULT, &result) || n.median <= 0.0 || d.median <= 0.0)
        return false;
    double times = ratio_of(question, &n, &d, result.median);
    double size = bms_kind_of(question->kind)->difference ? 100.0 : fabs(result.median);
    if (size <= 0.0 || times <= 0.0)
        return false;
    const bms_values before = {.denominator = {true, d.median}};
    const double by_chance = chance(question, &before, result.median);
    const double few = result.n < BMS_ENOUGH_EARLIER ? few_spread : 0.0;
    const double at_least = fmax(result.least, result.own / clearly_more);
    *ratio = log(times);
    double swapped_n = fabs(log(answer->denominator.value / n.median));
    double swapped_d = fabs(log(answer->numerator.value / d.median));
    if (swapped_n >= log(about_as_large) || swapped_d >= log(about_as_large) ||
        is_as_usual(answer, *ratio, fmax(fmax(at_least, by_chance) / size, few)))
        return false; /* as nearly all are, without a look at the group */
    double usual = usual_spread(verdict->checking, subject->answer, BMS_FOLLOW_RESULT, &result);
    double varies = result.own > clearly_more * usual ? result.own : usual;
    *spread = fmax(fmax(varies, by_chance) / size, few);
    return true;
}

bool bms_rule_swapped_before(const bms_subject *subject, bms_verdict *verdict) {
    const bms_values *answer = &subject->answer->answer;
    double ratio;
    double spread;
    if (answer->state != BMS_REPORTED || !answer->denominator.known || answer->numerator.value <= 0.0 ||
        answer->denominator.value <= 0.0 || !usual_ratio(subject, verdict, &ratio, &spread))
        return false;
    double written = log(answer->numerator.value / answer->denominator.value);
    double as_written = written - ratio;
    double as_swapped = -written - ratio;
    if (is_as_usual(answer, ratio, spread) || fabs(as_swapped) > near_as_swapped * spread ||
        squared(as_written, spread) - squared(as_swapped, spread) < much_better)
        return false;
    bms_course n;
    bms_course d;
    (void)known(subject, verdict, BMS_FOLLOW_NUMERATOR, &n);
    (void)known(subject, verdict, BMS_FOLLOW_DENOMINATOR, &d);
    bms_verdict_point(verdict, subject, BMS_NUMERATOR);
    bms_verdict_number(verdict, "n", answer->numerator.value);
    bms_verdict_number(verdict, "d", answer->denominator.value);
    bms_verdict_cell(verdict, "cell_n", bms_subject_number(subject, BMS_NUMERATOR));
    bms_verdict_cell(verdict, "cell_d", bms_subject_number(subject, BMS_DENOMINATOR));
    bms_verdict_number(verdict, "usual_n", bms_rounded_for_size(n.median));
    bms_verdict_number(verdict, "usual_d", bms_rounded_for_size(d.median));
    return true;
}

/** @return whether each number is about as large as the other used to be, as far as that is known. */
static bool sizes_fit_swapped(bms_checking *checking, const bms_found_answer *answer) {
    bms_course n;
    bms_course d;
    if (!bms_checking_course(checking, answer, BMS_FOLLOW_NUMERATOR, &n) ||
        !bms_checking_course(checking, answer, BMS_FOLLOW_DENOMINATOR, &d) || n.median <= 0.0 ||
        d.median <= 0.0)
        return true;
    double as_n = answer->numbers[BMS_DENOMINATOR].value / n.median;
    double as_d = answer->numbers[BMS_NUMERATOR].value / d.median;
    return fmax(as_n, 1.0 / as_n) < 3.0 && fmax(as_d, 1.0 / as_d) < 3.0;
}

bool bms_checking_swapped_fits(bms_checking *checking, const bms_found_answer *answer,
                               enum bms_compared *with, double *usual) {
    bms_course course;
    bms_standing standing;
    double n = answer->numbers[BMS_NUMERATOR].value;
    double d = answer->numbers[BMS_DENOMINATOR].value;
    *with = BMS_COMPARED_WITH_NOTHING;
    if (bms_checking_course(checking, answer, BMS_FOLLOW_RESULT, &course)) {
        *with = BMS_COMPARED_WITH_EARLIER;
        *usual = course.median;
    } else if (bms_checking_peers(checking, answer, BMS_FOLLOW_RESULT, ENOUGH_PEERS, &standing)) {
        *with = BMS_COMPARED_WITH_PEERS;
        *usual = standing.median;
    }
    double swapped = n > 0.0 ? 100.0 * d / n : 0.0;
    return *with != BMS_COMPARED_WITH_NOTHING && fabs(swapped - *usual) <= fmax(10.0, 0.25 * fabs(*usual)) &&
           sizes_fit_swapped(checking, answer);
}

/* Year to date */

/** Find the latest earlier answer of the same year. @return false when there is none */
static bool earlier_this_year(bms_checking *checking, const bms_found_answer *answer, int *period,
                              bms_past_answer *out) {
    const bms_definition *definition = checking->context->definition;
    int year;
    int other;
    int month;
    int day;
    bms_day_parts(definition->calendar[answer->period].period.to, &year, &month, &day);
    for (*period = answer->period - 1; *period >= 0; (*period)--) {
        bms_day_parts(definition->calendar[*period].period.to, &other, &month, &day);
        if (other != year)
            return false;
        if (!bms_before_past(checking->context->before, checking->arena, checking->unit, answer->indicator,
                             *period, answer->period, out))
            bms_arena_fail(checking->arena);
        if (out->known && out->answer.state == BMS_REPORTED)
            return true;
    }
    return false;
}

bool bms_rule_year_to_date_lower(const bms_subject *subject, bms_verdict *verdict) {
    bms_checking *checking = verdict->checking;
    const bms_question *question = subject->answer->question;
    int period;
    if (!bms_basis_of(question->basis)->to_date || !bms_kind_of(question->kind)->adds_up ||
        !has_place(checking, subject->answer))
        return false;
    bms_past_answer before;
    bool any = earlier_this_year(checking, subject->answer, &period, &before);
    for (int which = BMS_NUMERATOR; any && which <= BMS_DENOMINATOR; which++) {
        const bms_found_number *number = bms_subject_number(subject, which);
        bms_number then = which == BMS_NUMERATOR ? before.answer.numerator : before.answer.denominator;
        if (!number->own || !bms_found_given(number) || !then.known || then.value < 0.0 ||
            bms_number_compare(number->value, then.value, 9) >= 0)
            continue;
        bms_verdict_point(verdict, subject, (enum bms_which)which);
        bms_verdict_number(verdict, "value", number->value);
        bms_verdict_number(verdict, "before", then.value);
        bms_verdict_past(verdict, before.units, before.n_units);
        bms_verdict_text(verdict, "question", number->asked->text);
        bms_verdict_text(
            verdict, "period",
            bms_checking_period_name(checking, checking->context->definition->calendar[period].period.code));
        return true;
    }
    return false;
}

/* Jumps */

/** @return whether a value is within the range of the unit's earlier ones. */
static bool is_within(const bms_course *course, double value) {
    double lowest = course->values[0];
    double highest = course->values[0];
    for (size_t i = 1; i < course->n; i++) {
        lowest = fmin(lowest, course->values[i]);
        highest = fmax(highest, course->values[i]);
    }
    return value >= lowest && value <= highest;
}

bool bms_rule_jump(const bms_subject *subject, bms_verdict *verdict) {
    const bms_question *question = subject->answer->question;
    const bms_values *answer = &subject->answer->answer;
    bms_number result = bms_result(question->kind, question->factor, answer);
    bms_course course;
    if (!result.known || bms_kind_of(question->kind)->yes_or_no ||
        !enough(subject, verdict, BMS_FOLLOW_RESULT, &course))
        return false;
    double distance = fabs(result.value - course.median);
    if (is_within(&course, result.value) || distance <= far_from_own * fmax(course.own, course.least) ||
        beyond_chance(question, answer, course.median) <= far_from_own ||
        distance <= far_from_own *
                        bms_checking_spread(verdict->checking, subject->answer, BMS_FOLLOW_RESULT, &course))
        return false;
    bms_verdict_point(verdict, subject, BMS_NUMERATOR);
    say_result(verdict, question, "result", result.value);
    bms_verdict_text(
        verdict, "list",
        list_of(verdict->checking, course.values, course.n, question->decimals, question->unit_of_result));
    return true;
}

/**
 * @return a result on a scale where units of a group differ about evenly in both directions: log-odds for a
 * part of a whole, a logarithm for another ratio, itself for a mean and for a deviation
 */
static double on_even_scale(const bms_kind_traits *kind, double result, double usual) {
    if (kind->part_of_whole) {
        double p = fmin(0.995, fmax(0.005, result / 100.0));
        return log(p / (1.0 - p));
    }
    if (kind->on_a_scale || kind->difference)
        return result;
    double least = 0.05 * fabs(usual);
    return log(fmax(result, least > 0.0 ? least : 1e-9));
}

/** @return the least spread on that scale: no group is taken to vary less. */
static double least_on_even_scale(const bms_kind_traits *kind, double usual) {
    if (kind->difference)
        return 3.0;
    return kind->on_a_scale ? 0.03 * fabs(usual) : 0.05;
}

/** The scale on which the results of a group are compared. */
struct even_scale {
    const bms_kind_traits *kind;
    double usual;
};

static double evenly(const void *context, double result) {
    const struct even_scale *scale = context;
    return on_even_scale(scale->kind, result, scale->usual);
}

/**
 * @return whether a result is far from those of the peers, in their own spreads, and well outside their
 * range: a few values are a poor measure of both
 */
static bool is_unlike(const bms_question *question, double result, const bms_standing *standing) {
    const struct even_scale scale = {bms_kind_of(question->kind), standing->median};
    const bms_seen_as as = {evenly, &scale};
    double here = evenly(&scale, result);
    double lowest = evenly(&scale, standing->lowest);
    double highest = evenly(&scale, standing->highest);
    double outside = fmax(here - highest, lowest - here);
    if (outside <= 0.0)
        return false; /* as nearly all are, without a look at the spread */
    double few = few_peers / (double)standing->n;
    double centre = bms_sorted_median(&standing->values, as);
    double spread = bms_sorted_spread(&standing->values, centre, as) * (1.0 + few);
    return fabs(here - centre) >
               far_from_peers * fmax(spread, least_on_even_scale(scale.kind, scale.usual)) &&
           outside > (well_outside_peers + few) * (highest - lowest);
}

bool bms_rule_unlike_peers(const bms_subject *subject, bms_verdict *verdict) {
    bms_checking *checking = verdict->checking;
    const bms_question *question = subject->answer->question;
    const bms_values *answer = &subject->answer->answer;
    bms_number result = bms_result(question->kind, question->factor, answer);
    bms_course course;
    bms_standing standing;
    const bms_kind_traits *kind = bms_kind_of(question->kind);
    if (!result.known || kind->yes_or_no || kind->result_is_amount ||
        enough(subject, verdict, BMS_FOLLOW_RESULT, &course) ||
        !bms_checking_peers(checking, subject->answer, BMS_FOLLOW_RESULT, ENOUGH_PEERS, &standing))
        return false;
    if (!is_unlike(question, result.value, &standing) ||
        beyond_chance(question, answer, standing.median) <= far_from_peers)
        return false;
    bms_verdict_point(verdict, subject, BMS_NUMERATOR);
    say_result(verdict, question, "result", result.value);
    bms_verdict_of_others(verdict, "lowest", result_text(checking, question, standing.lowest));
    bms_verdict_of_others(verdict, "highest", result_text(checking, question, standing.highest));
    bms_verdict_text(verdict, "group", checking->context->definition->units[checking->unit].group);
    return true;
}
