/** Draws the population (see population.h): its definition, then the answers of every unit. */
#include "tests/bench/population.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double widest_difference = 0.2; /* of means and of accounts from budgets */
static const double period_spread = 0.05;
static const double least_base = 5.0;
static const double most_base = 2000.0;
static const double part_missing = 0.05;

/** The indicators: kind, basis, the level of an average group, and whether whole things are counted. */
static const struct kind_of_indicator {
    enum bms_kind kind;
    enum bms_basis basis;
    double level; /* the ratio of the two numbers; for a mean, the mean; for a count, 1 */
    double factor;
    bool whole;
    int same_base; /* another indicator with the same base, which is typed again; -1: none */
} made[INDICATORS] = {
    {BMS_SHARE, BMS_AS_OF, 0.80, 100, true, -1},
    {BMS_SHARE, BMS_YEAR_TO_DATE, 0.70, 100, true, -1},
    {BMS_SHARE, BMS_IN_PERIOD, 0.08, 100, false, -1},
    {BMS_SHARE, BMS_AS_OF, 0.55, 100, true, 0},
    {BMS_SHARE, BMS_IN_PERIOD, 0.50, 100, true, -1},
    {BMS_SHARE, BMS_AS_OF, 0.30, 100, true, -1},
    {BMS_SHARE, BMS_IN_PERIOD, 0.03, 100, false, 2},
    {BMS_RATE, BMS_IN_PERIOD, 0.30, 1000, true, -1},
    {BMS_RATE, BMS_AS_OF, 0.20, 100, true, -1},
    {BMS_RATE, BMS_IN_PERIOD, 3.00, 1, false, -1},
    {BMS_RATE, BMS_YEAR_TO_DATE, 0.60, 1000, true, -1},
    {BMS_MEAN, BMS_AS_OF, 4.30, 1, true, -1},
    {BMS_MEAN, BMS_AS_OF, 4.00, 1, true, -1},
    {BMS_MEAN, BMS_AS_OF, 40.0, 1, true, -1},
    {BMS_DEVIATION, BMS_YEAR_TO_DATE, 1.0, 100, false, -1},
    {BMS_DEVIATION, BMS_IN_PERIOD, 1.0, 100, false, -1},
    {BMS_DEVIATION, BMS_FORECAST, 1.0, 100, false, -1},
    {BMS_COUNT, BMS_AS_OF, 1.0, 1, true, -1},
    {BMS_COUNT, BMS_YEAR_TO_DATE, 1.0, 1, true, -1},
    {BMS_YESNO, BMS_AS_OF, 0.8, 100, true, -1},
};

/* Chance */

static uint64_t next(town *population) { /* splitmix64 */
    uint64_t z = (population->random += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

double population_even(town *population) {
    return (double)(next(population) >> 11) / 9007199254740992.0;
}

size_t population_pick(town *population, size_t n) {
    return (size_t)(population_even(population) * (double)n);
}

double population_normal(town *population) {
    double radius = sqrt(-2.0 * log(1.0 - population_even(population)));
    return radius * cos(6.283185307179586 * population_even(population));
}

static double moved(town *population, double value, double spread) {
    return value * (1.0 + spread * population_normal(population));
}

/* The definition */

static bms_asked_number number(const char *question, const char *measure, bool whole) {
    return (bms_asked_number){.question = question,
                              .unit_of_measure = measure,
                              .same_as = {BMS_NONE, BMS_NUMERATOR},
                              .part_of = {BMS_NONE, BMS_NUMERATOR},
                              .least = {true, 0},
                              .whole = whole};
}

static void make_indicator(town *p, int i) {
    static char questions[INDICATORS][40];
    const struct kind_of_indicator *kind = &made[i];
    bms_indicator *out = &p->indicators[i];
    const char *measure = kind->kind == BMS_DEVIATION ? "1000 kr" : kind->whole ? "saker" : "dagsverk";
    (void)snprintf(p->indicator_codes[i], sizeof p->indicator_codes[i], "I%02d", i);
    (void)snprintf(questions[i], sizeof questions[i], "Grunnlag %d?",
                   kind->same_base < 0 ? i : kind->same_base);
    *out = (bms_indicator){.code = p->indicator_codes[i],
                           .name = p->indicator_codes[i],
                           .kind = kind->kind,
                           .numerator = number("Tall?", measure, kind->whole),
                           .denominator = number("", "", false),
                           .factor = kind->factor,
                           .decimals = 1,
                           .basis = kind->basis,
                           .unit_of_result = "",
                           .persons = {BMS_NONE, BMS_NUMERATOR},
                           .source = "",
                           .guidance = "",
                           .from = BMS_NO_DAY,
                           .least_coverage = 0.5};
    if (bms_kind_of(kind->kind)->has_denominator)
        out->denominator = number(questions[i], measure, kind->whole);
    if (kind->kind == BMS_MEAN) {
        bool points = kind->level > 6.0;
        out->numerator.whole = false;
        out->numerator.least.value = points ? 0 : 1;
        out->numerator.most = (bms_number){true, points ? 60 : 6};
    }
    if (kind->kind == BMS_YESNO)
        out->numerator.most = (bms_number){true, 1};
    p->placements[i] = (bms_placement){0, 0, i, i};
}

static void make_definition(town *p) {
    for (int g = 0; g < p->shape.groups; g++)
        (void)snprintf(p->groups[g], sizeof p->groups[g], "G%d", g % MOST_GROUPS);
    for (int u = 0; u < UNITS; u++) {
        (void)snprintf(p->unit_codes[u], sizeof p->unit_codes[u], "E%03d", u);
        p->duty[u] = BMS_REQUIRED;
        p->units[u] = (bms_unit){.code = p->unit_codes[u],
                                 .name = p->unit_codes[u],
                                 .parent = BMS_NONE,
                                 .group = p->groups[u % p->shape.groups],
                                 .language = "",
                                 .from = BMS_NO_DAY,
                                 .to = BMS_NO_DAY};
    }
    for (int i = 0; i < INDICATORS; i++)
        make_indicator(p, i);
    for (int t = 0; t < PERIODS; t++) {
        char code[BMS_CODE_SIZE];
        (void)snprintf(code, sizeof code, "%d-T%d", 2024 + t / 3, t % 3 + 1);
        p->calendar[t] =
            (bms_calendar_period){.name = "", .sent = BMS_NO_DAY, .due = BMS_NO_DAY, .closes = BMS_NO_DAY};
        if (!bms_period_parse(code, &p->calendar[t].period))
            assert(!"a tertial");
        for (int i = 0; i < INDICATORS; i++)
            p->points[(size_t)t * INDICATORS + (size_t)i] = (bms_measuring_point){i, t, t, p->duty};
    }
    p->scorecard = (bms_scorecard){.code = "ADM", .name = "ADM", .from = BMS_NO_DAY, .to = BMS_NO_DAY};
    p->focus_area = (bms_focus_area){"F", 0, "F", ""};
    p->criterion = (bms_criterion){"K", 0, "K"};
    p->definition = (bms_definition){.version = 1,
                                     .municipality = {"Eksempel", "9999", "nb", "", "", 5},
                                     .units = p->units,
                                     .n_units = UNITS,
                                     .scorecards = &p->scorecard,
                                     .n_scorecards = 1,
                                     .focus_areas = &p->focus_area,
                                     .n_focus_areas = 1,
                                     .criteria = &p->criterion,
                                     .n_criteria = 1,
                                     .indicators = p->indicators,
                                     .n_indicators = INDICATORS,
                                     .placements = p->placements,
                                     .n_placements = INDICATORS,
                                     .calendar = p->calendar,
                                     .n_calendar = PERIODS,
                                     .points = p->points,
                                     .n_points = PERIODS * INDICATORS};
}

/* The answers */

static double as_counted(double value, bool whole) {
    return whole ? round(value) : round(value * 10.0) / 10.0;
}

/** The numbers of one period alone; `base` is the unit's. */
static bms_values draw_answer(town *p, int i, double base, double level) {
    const struct kind_of_indicator *kind = &made[i];
    double d = moved(p, base, period_spread);
    double now = moved(p, level, period_spread);
    bms_values answer = {BMS_REPORTED, {true, now}, {bms_kind_of(kind->kind)->has_denominator, 0}};
    if (kind->kind == BMS_YESNO) {
        answer.numerator.value = population_even(p) < kind->level;
    } else if (kind->kind == BMS_COUNT) {
        answer.numerator.value = as_counted(d * now, kind->whole);
    } else if (kind->kind == BMS_MEAN) {
        const bms_asked_number *asked = &p->indicators[i].numerator;
        answer.numerator.value = fmin(asked->most.value, fmax(asked->least.value, as_counted(now, false)));
        answer.denominator.value = as_counted(d, true);
    } else {
        answer.denominator.value = as_counted(d, kind->whole);
        answer.numerator.value = as_counted(fmax(0.0, now) * d, kind->whole);
        if (kind->kind == BMS_SHARE)
            answer.numerator.value = fmin(answer.numerator.value, answer.denominator.value);
    }
    return answer;
}

static double draw_base(town *p, int u, int i) {
    double base = least_base * exp(population_even(p) * log(most_base / least_base));
    if (!bms_kind_of(made[i].kind)->difference)
        return base;
    if (p->budgets[u] <= 0.0)
        p->budgets[u] = base;
    return p->budgets[u] * (bms_basis_of(made[i].basis)->whole_year ? 3.0 : 1.0);
}

/** All periods of one unit and indicator. */
static void draw_course(town *p, int u, int i, double level) {
    const struct kind_of_indicator *kind = &made[i];
    double base = draw_base(p, u, i);
    bms_values sum = {BMS_MISSING, {false, 0}, {false, 0}};
    for (int t = 0; t < PERIODS; t++) {
        bms_values answer = draw_answer(p, i, base, level);
        if (kind->same_base >= 0) { /* the same base, typed again */
            double d = p->answers[t][u][kind->same_base].denominator.value;
            answer.numerator.value = fmin(d, as_counted(d * moved(p, level, period_spread), kind->whole));
            answer.denominator.value = d;
        }
        if (kind->basis == BMS_YEAR_TO_DATE && t % 3 > 0) {
            answer.numerator.value += sum.numerator.value;
            answer.denominator.value += sum.denominator.value;
        }
        sum = answer;
        p->answers[t][u][i] = answer;
    }
}

/** Called when all is drawn, so that a missing answer still has a base for others. */
static void leave_out(town *p) {
    for (int t = 0; t < PERIODS; t++) {
        for (int u = 0; u < UNITS; u++) {
            for (int i = 0; i < INDICATORS; i++) {
                if (population_even(p) < part_missing)
                    p->answers[t][u][i] = (bms_values){BMS_MISSING, {false, 0}, {false, 0}};
            }
        }
    }
}

/** A unit's level, about as far above that of its group as below. */
static double draw_level(town *p, int i, double of_group) {
    const bms_kind_traits *kind = bms_kind_of(made[i].kind);
    double spread = p->shape.spread;
    if (kind->on_a_scale || kind->difference)
        spread = fmin(spread, widest_difference);
    return of_group * exp(spread * population_normal(p));
}

void population_draw(town *p, uint64_t seed, population_shape shape) {
    memset(p, 0, sizeof *p);
    p->seed = p->random = seed;
    p->shape = shape;
    make_definition(p);
    for (int i = 0; i < INDICATORS; i++) {
        double levels[MOST_GROUPS] = {0};
        for (int g = 0; g < shape.groups; g++)
            levels[g] = made[i].level * (0.8 + 0.4 * population_even(p));
        if (made[i].kind == BMS_DEVIATION || made[i].kind == BMS_COUNT) {
            for (int g = 0; g < shape.groups; g++)
                levels[g] = made[i].level;
        }
        for (int u = 0; u < UNITS; u++)
            draw_course(p, u, i, draw_level(p, i, levels[u % shape.groups]));
    }
    leave_out(p);
}
