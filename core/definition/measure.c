/**
 * Kinds, states, results, limits and colours of one measurement (see measure.h). How several become one is
 * in rollup.c.
 */
#include "core/definition/measure.h"

#include "core/base/number.h"

#include <math.h>
#include <string.h>

enum { COMPARED_DECIMALS = 9, FURTHER_DECIMALS = 3 };

static const char *const kind_names[] = {"share", "rate", "mean", "deviation", "count", "yesno"};
static const char *const basis_names[] = {"period", "year_to_date", "as_of", "forecast"};
static const char *const better_names[] = {"up", "down", "band"};

/** @return the place of a name in a list, or -1. */
static int place_of(const char *name, const char *const *names, size_t n) {
    for (size_t i = 0; name && i < n; i++) {
        if (strcmp(name, names[i]) == 0)
            return (int)i;
    }
    return -1;
}

const char *bms_kind_name(enum bms_kind kind) {
    return kind_names[kind];
}

bool bms_kind_parse(const char *name, enum bms_kind *out) {
    int place = place_of(name, kind_names, sizeof kind_names / sizeof *kind_names);
    if (place >= 0)
        *out = (enum bms_kind)place;
    return place >= 0;
}

const char *bms_basis_name(enum bms_basis basis) {
    return basis_names[basis];
}

bool bms_basis_parse(const char *name, enum bms_basis *out) {
    int place = place_of(name, basis_names, sizeof basis_names / sizeof *basis_names);
    if (place >= 0)
        *out = (enum bms_basis)place;
    return place >= 0;
}

const char *bms_better_name(enum bms_better better) {
    return better_names[better];
}

bool bms_better_parse(const char *name, enum bms_better *out) {
    int place = place_of(name, better_names, sizeof better_names / sizeof *better_names);
    if (place >= 0)
        *out = (enum bms_better)place;
    return place >= 0;
}

const char *bms_state_name(enum bms_state state) {
    switch (state) {
    case BMS_REPORTED:
        return "reported";
    case BMS_MISSING:
        return "missing";
    case BMS_NOT_APPLICABLE:
        return "not_applicable";
    case BMS_EMPTY_BASE:
        break;
    }
    return "empty_base";
}

const char *bms_colour_name(enum bms_colour colour) {
    switch (colour) {
    case BMS_GREEN:
        return "green";
    case BMS_YELLOW:
        return "yellow";
    case BMS_RED:
        return "red";
    case BMS_NO_COLOUR:
        break;
    }
    return NULL;
}

bool bms_kind_has_denominator(enum bms_kind kind) {
    return kind != BMS_COUNT && kind != BMS_YESNO;
}

static bool is_zero(bms_number number) {
    return number.known && number.value == 0.0;
}

enum bms_state bms_answer_state(enum bms_kind kind, bms_number numerator, bms_number denominator) {
    if (!bms_kind_has_denominator(kind))
        return numerator.known ? BMS_REPORTED : BMS_MISSING;
    if (is_zero(denominator) && (kind == BMS_MEAN || is_zero(numerator)))
        return BMS_EMPTY_BASE;
    return numerator.known && denominator.known ? BMS_REPORTED : BMS_MISSING;
}

/** The result of given numbers; not finite when a denominator of 0 leaves it undefined. */
static double work_out(enum bms_kind kind, double factor, double n, double d) {
    switch (kind) {
    case BMS_SHARE:
        return 100.0 * n / d;
    case BMS_RATE:
        return factor * n / d;
    case BMS_DEVIATION:
        return 100.0 * (n - d) / fabs(d);
    case BMS_YESNO:
        return 100.0 * n;
    case BMS_MEAN:
    case BMS_COUNT:
        break;
    }
    return n;
}

bms_number bms_result(enum bms_kind kind, double factor, const bms_answer *answer) {
    const bms_number none = {false, 0.0};
    if (answer->state != BMS_REPORTED || !answer->numerator.known)
        return none;
    if (bms_kind_has_denominator(kind) && (!answer->denominator.known || answer->denominator.value == 0.0))
        return none;
    double result = work_out(kind, factor, answer->numerator.value, answer->denominator.value);
    return isfinite(result) ? (bms_number){true, result} : none;
}

/** On which side of a limit: rounded alike here and in the formulas of the workbooks. */
static int compare(double value, double limit) {
    return bms_number_compare(value, limit, COMPARED_DECIMALS);
}

enum bms_colour bms_colour_of(const bms_limits *limits, bms_number result) {
    if (!limits->known || !result.known)
        return BMS_NO_COLOUR;
    double value = result.value;
    bool is_green = false;
    bool is_red = false;
    switch (limits->better) {
    case BMS_UP:
        is_green = compare(value, limits->green) >= 0;
        is_red = compare(value, limits->red) < 0;
        break;
    case BMS_DOWN:
        is_green = compare(value, limits->green) <= 0;
        is_red = compare(value, limits->red) > 0;
        break;
    case BMS_BAND:
        is_green = compare(value, limits->green) >= 0 && compare(value, limits->green_to) <= 0;
        is_red = compare(value, limits->red) < 0 || compare(value, limits->red_to) > 0;
        break;
    }
    if (is_green)
        return BMS_GREEN;
    return is_red ? BMS_RED : BMS_YELLOW;
}

/** @return whether rounding to so many decimals could carry the value to or over a limit. */
static bool is_near_a_limit(const bms_limits *limits, double value, int decimals) {
    double reach = pow(10, -decimals);
    bool near = fabs(value - limits->green) <= reach || fabs(value - limits->red) <= reach;
    if (limits->better == BMS_BAND)
        near = near || fabs(value - limits->green_to) <= reach || fabs(value - limits->red_to) <= reach;
    return near;
}

int bms_shown_decimals(const bms_limits *limits, bms_number result, int decimals) {
    enum bms_colour colour = bms_colour_of(limits, result);
    if (colour == BMS_NO_COLOUR || !is_near_a_limit(limits, result.value, decimals))
        return decimals;
    for (int shown = decimals; shown < decimals + FURTHER_DECIMALS; shown++) {
        bms_number rounded = {true, bms_number_round(result.value, shown)};
        if (bms_colour_of(limits, rounded) == colour)
            return shown;
    }
    return decimals + FURTHER_DECIMALS;
}
