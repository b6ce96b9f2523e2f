/*
 * Rules about how large a number is: about a power of ten from what it should be, or far outside its usual
 * size.
 *
 * What it should be is known from the unit's own earlier values; else from the setup's usual size, from the
 * unit's budget for the whole year, or from the numbers of its peers. The fewer there are to compare with,
 * the farther away a number must be: one earlier value is enough for a hundred times, not for ten. The limits
 * were set on made-up populations (tests/bench/bench_checks.c).
 */
#include "core/check/checking.h"

#include <math.h>
#include <string.h>

enum { ENOUGH_PEERS = 4, MANY_PEERS = 12 };

/* Five to twenty times as much is taken for a factor of ten, and 50 times or more for 100, 1 000 … */
static const double within_factor = 2.0;
static const double least_factor = 5.0;
static const double surely_a_factor = 50.0;

/* A number must be at least this many times outside the range of its peers to be a power of ten too large. */
static const double least_gap = 2.0;

/* A number is asked about when it is this many times outside its usual size. */
static const double well_outside = 2.0;

/* With few earlier values, ten times must be nearly that. */
static const double near_factor = 1.3;
static const double most_powers = 6.0;

/* Counted things must differ by more than chance: in spreads of the square root. */
static const double far_from_own = 5.0;

/* The few earlier values of a unit are steady when the largest is at most this many times the smallest. */
static const double steady = 1.5;

/* What a number is compared with. `usual` is a single size, or lies between `lowest` and `highest`. */
typedef struct bms_size_factor {
    enum bms_which which;
    double times; /* 10, 100, 1 000 … */
    double ratio; /* how many times more, or less, it really is */
    bool above;
    double usual;
    double lowest;
    double highest;
    const bms_found_number *year; /* the budget for the whole year */
} bms_size_factor;

static enum bms_followed followed_as(enum bms_which which) {
    return which == BMS_NUMERATOR ? BMS_FOLLOW_NUMERATOR : BMS_FOLLOW_DENOMINATOR;
}

/** @return whether a size is about a power of ten from another; only the size counts, not the sign. */
static bool is_factor(double value, double usual, bms_size_factor *out) {
    if (fabs(value) <= 0.0 || fabs(usual) <= 0.0)
        return false;
    double ratio = fabs(value) / fabs(usual);
    out->above = ratio > 1.0;
    out->ratio = out->above ? ratio : 1.0 / ratio;
    out->times = pow(10.0, fmin(most_powers, fmax(1.0, round(log10(out->ratio)))));
    out->usual = usual;
    return out->ratio >= surely_a_factor ||
           (out->ratio > least_factor && out->ratio < out->times * within_factor);
}

/** @return whether chance may explain the difference between two counts. */
static bool by_chance(const bms_found_number *number, double usual) {
    double counted = 2.0 * fabs(sqrt(fabs(number->value)) - sqrt(fabs(usual)));
    return number->asked->whole && counted < far_from_own;
}

/** @return the number to write instead. */
static double meant(const bms_found_number *number, const bms_size_factor *factor) {
    return factor->above ? number->value / factor->times : number->value * factor->times;
}

/* The unit's own earlier values */

static bool is_steady(const bms_course *course) {
    double least = HUGE_VAL;
    double most = 0.0;
    for (size_t i = 0; i < course->n; i++) {
        least = fmin(least, fabs(course->values[i]));
        most = fmax(most, fabs(course->values[i]));
    }
    return course->n > 1 && most <= steady * least;
}

/** @return whether the question's other number is as many times more, or less, than before. */
static bool other_too(const bms_subject *subject, const bms_verdict *verdict, const bms_size_factor *factor) {
    enum bms_which other = factor->which == BMS_NUMERATOR ? BMS_DENOMINATOR : BMS_NUMERATOR;
    const bms_found_number *number = bms_subject_number(subject, other);
    bms_course course;
    bms_size_factor same;
    return number->own && bms_found_given(number) &&
           bms_checking_course(verdict->checking, subject->answer, followed_as(other), &course) &&
           is_factor(number->value, course.median, &same) && same.above == factor->above &&
           fabs(same.times - factor->times) < 1.0 && !by_chance(number, course.median);
}

static bool differs_from_own(const bms_subject *subject, const bms_verdict *verdict, const bms_course *course,
                             bms_size_factor *factor) {
    const bms_found_number *number = bms_subject_number(subject, factor->which);
    if (!is_factor(number->value, course->median, factor) || by_chance(number, course->median))
        return false;
    if (course->n >= BMS_ENOUGH_EARLIER) {
        return fabs(fabs(number->value) - fabs(course->median)) >=
               2.0 * bms_checking_spread(verdict->checking, subject->answer, followed_as(factor->which),
                                         course);
    }
    if (factor->ratio >= surely_a_factor)
        return true;
    bool near = factor->ratio < factor->times * near_factor && factor->ratio > factor->times / near_factor;
    return near && (is_steady(course) || other_too(subject, verdict, factor));
}

/** @return whether the number has earlier values, so that nothing else is compared with. */
static bool has_earlier(const bms_subject *subject, const bms_verdict *verdict, enum bms_which which) {
    bms_course course;
    return bms_checking_course(verdict->checking, subject->answer, followed_as(which), &course) &&
           fabs(course.median) > 0.0;
}

/** A way to find out that a number is a power of ten from what it should be; `which` of `out` is set. */
typedef bool find_factor(const bms_subject *subject, bms_verdict *verdict, bms_size_factor *out);

/** Find the first of the question's own numbers for which this holds. */
static bool first_number(const bms_subject *subject, bms_verdict *verdict, find_factor *find,
                         bms_size_factor *out) {
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        const bms_found_number *number = bms_subject_number(subject, (enum bms_which)which);
        *out = (bms_size_factor){.which = (enum bms_which)which};
        if (number->own && bms_found_given(number) && find(subject, verdict, out))
            return true;
    }
    return false;
}

static bool find_by_own(const bms_subject *subject, bms_verdict *verdict, bms_size_factor *out) {
    bms_course course;
    if (!bms_checking_course(verdict->checking, subject->answer, followed_as(out->which), &course) ||
        !differs_from_own(subject, verdict, &course, out))
        return false;
    bms_verdict_past(verdict, course.units, course.n_units);
    return true;
}

/* Texts */

/** @return how many times as much, as people say it: the power of ten where it is near that. */
static double times_said(const bms_size_factor *factor) {
    if (factor->ratio > factor->times / within_factor && factor->ratio < factor->times * within_factor)
        return factor->times;
    double digit = pow(10.0, floor(log10(factor->ratio)));
    return round(factor->ratio / digit) * digit;
}

/** Ask for the number that may have been meant. */
static void ask(bms_verdict *verdict, const bms_found_number *number, const bms_size_factor *factor) {
    bms_checking *checking = verdict->checking;
    const char *language = checking->context->language;
    const char *measure = number->asked->unit_of_measure;
    bool kroner = bms_kroner_of(measure) > 0.0 && factor->times > 999.0;
    const char *text = kroner ? BMS_TEXT("Kroner or thousand kroner? Write it in {measure}: {meant}.")
                              : BMS_TEXT("Should it be {meant}?");
    const char *instead =
        bms_number_plain(checking->arena, bms_rounded_for_size(meant(number, factor)), language);
    bms_verdict_text(
        verdict, "ask",
        bms_message(checking->arena, bms_tr(language, text), "measure", measure, "meant", instead, NULL));
}

static bool say_factor(const bms_subject *subject, bms_verdict *verdict, const bms_size_factor *factor) {
    const bms_found_number *number = bms_subject_number(subject, factor->which);
    bms_verdict_point(verdict, subject, factor->which);
    bms_verdict_number(verdict, "value", number->value);
    bms_verdict_number(verdict, "usual", bms_rounded_for_size(factor->usual));
    bms_verdict_number(verdict, "times", times_said(factor));
    bms_verdict_number(verdict, "meant", bms_rounded_for_size(meant(number, factor)));
    bms_verdict_text(verdict, "measure", number->asked->unit_of_measure);
    ask(verdict, number, factor);
    return true;
}

static const char *size_text(const bms_checking *checking, double value) {
    return bms_number_plain(checking->arena, bms_rounded_for_size(value), checking->context->language);
}

static void say_range(bms_verdict *verdict, double lowest, double highest) {
    bms_verdict_text(verdict, "lowest", size_text(verdict->checking, lowest));
    bms_verdict_text(verdict, "highest", size_text(verdict->checking, highest));
}

bool bms_rule_kroner(const bms_subject *subject, bms_verdict *verdict) {
    bms_size_factor factor;
    return first_number(subject, verdict, find_by_own, &factor) && factor.times > 999.0 &&
           bms_kroner_of(bms_subject_number(subject, factor.which)->asked->unit_of_measure) > 0.0 &&
           say_factor(subject, verdict, &factor);
}

bool bms_rule_factor_above(const bms_subject *subject, bms_verdict *verdict) {
    bms_size_factor factor;
    return first_number(subject, verdict, find_by_own, &factor) && factor.above &&
           say_factor(subject, verdict, &factor);
}

bool bms_rule_factor_below(const bms_subject *subject, bms_verdict *verdict) {
    bms_size_factor factor;
    return first_number(subject, verdict, find_by_own, &factor) && say_factor(subject, verdict, &factor);
}

bool bms_rule_too_many_digits(const bms_subject *subject, bms_verdict *verdict) {
    bms_size_factor factor;
    const bms_found_number *n = bms_subject_number(subject, BMS_NUMERATOR);
    const bms_found_number *d = bms_subject_number(subject, BMS_DENOMINATOR);
    if (!bms_kind_of(subject->answer->question->kind)->part_of_whole || !bms_found_given(n) ||
        !bms_found_given(d) || bms_number_compare(n->value, d->value, 9) <= 0 ||
        !first_number(subject, verdict, find_by_own, &factor))
        return false;
    bms_verdict_number(verdict, "n", n->value);
    bms_verdict_number(verdict, "d", d->value);
    bms_verdict_cell(verdict, "cell_n", n);
    bms_verdict_cell(verdict, "cell_d", d);
    return say_factor(subject, verdict, &factor);
}

/* The usual size, as the setup says it */

/** @return whether a number is far outside its usual size, where the unit has few earlier values of its own.
 */
static bool is_unusual(const bms_subject *subject, const bms_verdict *verdict, enum bms_which which) {
    const bms_found_number *number = bms_subject_number(subject, which);
    double from = number->asked->usual_from.value;
    double to = number->asked->usual_to.value;
    bms_course course;
    if (!number->asked->usual_from.known ||
        (bms_checking_course(verdict->checking, subject->answer, followed_as(which), &course) &&
         course.n >= BMS_ENOUGH_EARLIER))
        return false;
    if (from > 0.0)
        return number->value < from / well_outside || number->value > to * well_outside;
    return number->value < from - (to - from) || number->value > to + (to - from);
}

static bool find_by_usual(const bms_subject *subject, bms_verdict *verdict, bms_size_factor *out) {
    const bms_found_number *number = bms_subject_number(subject, out->which);
    out->lowest = number->asked->usual_from.value;
    out->highest = number->asked->usual_to.value;
    if (!is_unusual(subject, verdict, out->which) || out->lowest <= 0.0 || number->value <= 0.0)
        return false;
    out->above = number->value > out->highest;
    out->ratio = out->above ? number->value / out->highest : out->lowest / number->value;
    for (out->times = 1000.0; out->times > 9.0; out->times /= 10.0) {
        if (meant(number, out) >= out->lowest && meant(number, out) <= out->highest)
            return true;
    }
    return false;
}

bool bms_rule_factor_of_usual(const bms_subject *subject, bms_verdict *verdict) {
    bms_size_factor factor;
    if (!first_number(subject, verdict, find_by_usual, &factor))
        return false;
    say_range(verdict, factor.lowest, factor.highest);
    return say_factor(subject, verdict, &factor);
}

bool bms_rule_unusual_size(const bms_subject *subject, bms_verdict *verdict) {
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        const bms_found_number *number = bms_subject_number(subject, (enum bms_which)which);
        if (!number->own || !bms_found_given(number) || !is_unusual(subject, verdict, (enum bms_which)which))
            continue;
        bms_verdict_point(verdict, subject, (enum bms_which)which);
        bms_verdict_number(verdict, "value", number->value);
        say_range(verdict, number->asked->usual_from.value, number->asked->usual_to.value);
        return true;
    }
    return false;
}

/* The whole year's budget */

/** @return the unit's budget for the year that the question is about, in kroner; 0 where it is not known. */
static double budget_of_year(const bms_checking *checking, const bms_found_answer *answer) {
    for (size_t i = 0; i < checking->n_questions; i++) {
        const bms_found_answer *other = &checking->answers[i];
        const bms_found_number *budget = &other->numbers[BMS_DENOMINATOR];
        const bms_question *question = other->question;
        if (other != answer && bms_kind_of(question->kind)->difference &&
            bms_basis_of(question->basis)->whole_year && bms_found_given(budget) && !other->doubted &&
            strncmp(question->period, answer->question->period, strlen("2026")) == 0)
            return fabs(budget->value) * bms_kroner_of(budget->asked->unit_of_measure);
    }
    return 0.0;
}

static bool find_by_year(const bms_subject *subject, bms_verdict *verdict, bms_size_factor *out) {
    const bms_found_number *number = bms_subject_number(subject, out->which);
    const bms_checking *checking = verdict->checking;
    double one = bms_kroner_of(number->asked->unit_of_measure);
    double parts = bms_checking_parts_of_year(checking, subject->answer);
    if (!bms_kind_of(subject->answer->question->kind)->difference || one <= 0.0 || parts <= 0.0 ||
        has_earlier(subject, verdict, out->which))
        return false;
    double year = budget_of_year(checking, subject->answer) / one;
    out->highest = year;
    return is_factor(number->value, year / parts, out) && out->ratio >= surely_a_factor;
}

bool bms_rule_factor_of_year(const bms_subject *subject, bms_verdict *verdict) {
    bms_size_factor factor;
    if (!first_number(subject, verdict, find_by_year, &factor))
        return false;
    bms_verdict_number(verdict, "year", bms_rounded_for_size(factor.highest));
    return say_factor(subject, verdict, &factor);
}

/* Peers */

static double logarithm(const void *context, double size) {
    (void)context;
    return log(size);
}

/**
 * Find the range of the peers' sizes, without those far from the others: their own numbers may be wrong.
 * @return how many there are
 */
static size_t range_of(const bms_standing *standing, double *lowest, double *highest) {
    const bms_sorted *sizes = &standing->sizes;
    const bms_seen_as as = {logarithm, NULL};
    if (sizes->n < ENOUGH_PEERS)
        return 0;
    double centre = bms_sorted_median(sizes, as);
    double reach = fmax(log(3.0), 6.0 * bms_sorted_spread(sizes, centre, as));
    size_t first = bms_sorted_below(sizes, centre - reach, as);
    size_t last = bms_sorted_below(sizes, nextafter(centre + reach, HUGE_VAL), as);
    *lowest = exp(bms_sorted_at(sizes, first, as));
    *highest = exp(bms_sorted_at(sizes, last - 1, as));
    return last - first;
}

/**
 * @return how many times outside the peers' range a number must be. Where peers are of very different sizes,
 * or few, a unit may well be ten times larger than all others.
 */
static double gap_needed(double times, double lowest, double highest, size_t n) {
    double width = highest / lowest;
    if (times < 11.0)
        return n < MANY_PEERS ? HUGE_VAL : fmax(4.0, width);
    if (times < 101.0)
        return n < MANY_PEERS ? 60.0 : fmax(5.0, fmin(width, 50.0));
    return n < MANY_PEERS ? 10.0 : least_gap;
}

/** @return whether a number is outside the range and would be inside it as `times` less or more. */
static bool would_fit(double value, double times, double lowest, double highest, size_t n) {
    double room = times < 101.0 ? 1.5 : 3.0;
    bool above = value > highest;
    double outside = above ? value / highest : lowest / value;
    double instead = above ? value / times : value * times;
    return outside >= gap_needed(times, lowest, highest, n) && instead >= lowest / room &&
           instead <= highest * room;
}

/** @return whether the two numbers are as many times from the ratio that peers usually have. */
static bool ratio_is_off(const bms_subject *subject, const bms_verdict *verdict, double times) {
    const bms_question *question = subject->answer->question;
    const bms_kind_traits *kind = bms_kind_of(question->kind);
    bms_standing results;
    if (!kind->ratio ||
        !bms_checking_peers(verdict->checking, subject->answer, BMS_FOLLOW_RESULT, ENOUGH_PEERS, &results))
        return false;
    double usual = kind->ratio(question->factor, results.median);
    double here = bms_subject_number(subject, BMS_NUMERATOR)->value /
                  bms_subject_number(subject, BMS_DENOMINATOR)->value;
    return fabs(usual) > 0.0 && fabs(log10(fabs(here / usual))) > log10(times) - 0.5;
}

/**
 * @return whether the question's other number agrees that this one is wrong: a small unit has two small
 * numbers in the usual ratio, a wrong number is wrong by itself or in both. True where there is no other.
 */
static bool other_agrees(const bms_subject *subject, const bms_verdict *verdict,
                         const bms_size_factor *factor) {
    enum bms_which which = factor->which == BMS_NUMERATOR ? BMS_DENOMINATOR : BMS_NUMERATOR;
    const bms_found_number *other = bms_subject_number(subject, which);
    bms_standing standing;
    double lowest;
    double highest;
    if (!bms_found_given(other) || fabs(other->value) <= 0.0 ||
        bms_kind_of(subject->answer->question->kind)->on_a_scale)
        return true;
    if (ratio_is_off(subject, verdict, factor->times))
        return true;
    return bms_checking_peers(verdict->checking, subject->answer, followed_as(which), ENOUGH_PEERS,
                              &standing) &&
           range_of(&standing, &lowest, &highest) >= ENOUGH_PEERS &&
           (factor->above ? fabs(other->value) > highest : fabs(other->value) < lowest);
}

/** Find the largest power of ten that would bring a number into the peers' range. */
static bool fits_when_divided(double value, size_t n, bms_size_factor *out) {
    for (out->times = 1000.0; out->times > 9.0; out->times /= 10.0) {
        if (would_fit(value, out->times, out->lowest, out->highest, n))
            return true;
    }
    return false;
}

/** @return whether a size is so near the middle of its peers that no gap can be needed, as nearly all are. */
static bool is_near_the_middle(double value, const bms_standing *standing) {
    return standing->lowest > 0.0 && value > standing->median / least_gap &&
           value < standing->median * least_gap;
}

static bool find_by_peers(const bms_subject *subject, bms_verdict *verdict, bms_size_factor *out) {
    const bms_found_number *number = bms_subject_number(subject, out->which);
    double value = fabs(number->value);
    bms_standing standing;
    if (has_earlier(subject, verdict, out->which) || value <= 0.0 ||
        (bms_kind_of(subject->answer->question->kind)->on_a_scale && out->which == BMS_NUMERATOR) ||
        !bms_checking_peers(verdict->checking, subject->answer, followed_as(out->which), ENOUGH_PEERS,
                            &standing) ||
        is_near_the_middle(value, &standing))
        return false;
    size_t n = range_of(&standing, &out->lowest, &out->highest);
    if (n < ENOUGH_PEERS || (value >= out->lowest && value <= out->highest))
        return false;
    out->above = value > out->highest;
    double nearest = out->above ? out->highest : out->lowest;
    out->ratio = out->above ? value / nearest : nearest / value;
    return !by_chance(number, nearest) && fits_when_divided(value, n, out) &&
           other_agrees(subject, verdict, out);
}

bool bms_rule_factor_of_peers(const bms_subject *subject, bms_verdict *verdict) {
    bms_size_factor factor;
    const bms_checking *checking = verdict->checking;
    if (!first_number(subject, verdict, find_by_peers, &factor))
        return false;
    bms_verdict_text(verdict, "group", checking->context->definition->units[checking->unit].group);
    bms_verdict_of_others(verdict, "lowest", size_text(checking, factor.lowest));
    bms_verdict_of_others(verdict, "highest", size_text(checking, factor.highest));
    return say_factor(subject, verdict, &factor);
}
