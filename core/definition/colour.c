/** Decides the colour of a result, and has the words for it (see colour.h). Limits are found in limits.c. */
#include "core/definition/colour.h"

#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/base/text.h"

#include <math.h>
#include <string.h>

enum { COMPARED_DECIMALS = 9 };

static const char *const betters[] = {[BMS_UP] = "up", [BMS_DOWN] = "down", [BMS_BAND] = "band"};

const char *bms_better_name(enum bms_better better) {
    return betters[better];
}

bool bms_better_parse(const char *name, enum bms_better *out) {
    for (int better = BMS_UP; name && better <= BMS_BAND; better++) {
        if (strcmp(name, betters[better]) == 0) {
            *out = (enum bms_better)better;
            return true;
        }
    }
    return false;
}

/* Words. */

/** The names of a colour. */
struct called {
    const char *name; /* stable: what JSON says */
    const char *shape;
    const char *word; /* English, as inside a sentence */
};

static const struct called colours[] = {
    [BMS_NO_COLOUR] = {NULL, "○", BMS_TEXT("without colour")},
    [BMS_GREEN] = {"green", "●", BMS_TEXT("on target")},
    [BMS_YELLOW] = {"yellow", "▲", BMS_TEXT("near target")},
    [BMS_RED] = {"red", "■", BMS_TEXT("far from target")},
};

const char *bms_colour_name(enum bms_colour colour) {
    return colours[colour].name;
}

const char *bms_colour_shape(enum bms_colour colour) {
    return colours[colour].shape;
}

const char *bms_colour_word(enum bms_colour colour) {
    return colours[colour].word;
}

const char *bms_colour_mark(bms_arena *arena, enum bms_colour colour, const char *text) {
    return bms_arena_format(arena, "%s %s", colours[colour].shape, text);
}

const char *bms_colour_title(bms_arena *arena, const char *language, enum bms_colour colour) {
    return bms_text_capital(arena, bms_tr(language, colours[colour].word));
}

const char *bms_colour_legend(bms_arena *arena, const char *language) {
    static const enum bms_colour order[] = {BMS_GREEN, BMS_YELLOW, BMS_RED, BMS_NO_COLOUR};
    const char *legend = "";
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const char *one = bms_colour_mark(arena, order[i], bms_tr(language, colours[order[i]].word));
        legend = bms_arena_format(arena, "%s%s%s", legend, i > 0 ? "  " : "", one);
    }
    return legend;
}

enum bms_why bms_why_of_state(enum bms_state state) {
    switch (state) {
    case BMS_REPORTED:
        return BMS_HAS_COLOUR;
    case BMS_MISSING:
        return BMS_WHY_MISSING;
    case BMS_NOT_APPLICABLE:
        return BMS_WHY_NOT_APPLICABLE;
    case BMS_EMPTY_BASE:
        break;
    }
    return BMS_WHY_NOBODY;
}

const char *bms_why_word(enum bms_why why) {
    static const char *const words[] = {[BMS_HAS_COLOUR] = "",
                                        [BMS_WHY_MISSING] = BMS_TEXT("missing"),
                                        [BMS_WHY_NOT_APPLICABLE] = BMS_TEXT("not relevant"),
                                        [BMS_WHY_NOBODY] = BMS_TEXT("nobody to measure"),
                                        [BMS_WHY_NO_TARGET] = BMS_TEXT("without target"),
                                        [BMS_WHY_DIFFERENT_TARGETS] = BMS_TEXT("different targets"),
                                        [BMS_WHY_TOO_FEW] = BMS_TEXT("too few answers"),
                                        [BMS_WHY_NOT_TOGETHER] = BMS_TEXT("not together"),
                                        [BMS_WHY_PART_MISSING] = BMS_TEXT("figures missing"),
                                        [BMS_WHY_NO_PER_CENT] = BMS_TEXT("without per cent"),
                                        [BMS_WHY_YEAR_NOT_OVER] = BMS_TEXT("year not over")};
    return words[why];
}

const char *bms_why_title(bms_arena *arena, const char *language, enum bms_why why) {
    return why == BMS_HAS_COLOUR ? "" : bms_text_capital(arena, bms_tr(language, bms_why_word(why)));
}

const char *bms_status_text(bms_arena *arena, const char *language, enum bms_colour colour,
                            enum bms_why why) {
    if (colour != BMS_NO_COLOUR)
        return bms_colour_mark(arena, colour, bms_colour_title(arena, language, colour));
    return bms_colour_mark(arena, colour, bms_why_title(arena, language, why));
}

/* Limits. */

/** Compare with a limit, rounded as in the formulas of the workbooks. */
static int compare(double value, double limit) {
    return bms_number_compare(value, limit, COMPARED_DECIMALS);
}

static bool same_number(double a, double b) {
    return !(a < b || a > b);
}

bool bms_limits_same(const bms_limits *a, const bms_limits *b) {
    if (!a->known || !b->known)
        return a->known == b->known;
    return a->better == b->better && same_number(a->green, b->green) && same_number(a->red, b->red) &&
           same_number(a->green_to, b->green_to) && same_number(a->red_to, b->red_to);
}

bool bms_limits_are_zero(const bms_limits *limits) {
    return limits->known && limits->better == BMS_DOWN && same_number(limits->green, 0) &&
           same_number(limits->red, 0);
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

/** @return whether rounding to so many decimals could move the value onto or across a limit. */
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
    for (int shown = decimals; shown < decimals + BMS_FURTHER_DECIMALS; shown++) {
        bms_number rounded = {true, bms_number_round(result.value, shown)};
        if (bms_colour_of(limits, rounded) == colour)
            return shown;
    }
    return decimals + BMS_FURTHER_DECIMALS;
}
