/**
 * Limits and colours: which colour a result has, and the words for a colour and a status.
 *
 * Everything that shows a colour takes its shape and its words from here. A colour is never shown alone.
 */
#ifndef BMS_DEFINITION_COLOUR_H
#define BMS_DEFINITION_COLOUR_H

#include "core/base/arena.h"
#include "core/bms.h"

/** Why a figure has no colour; the words are in bms_status_text. */
enum bms_why {
    BMS_HAS_COLOUR,
    BMS_WHY_MISSING,
    BMS_WHY_NOT_APPLICABLE,
    BMS_WHY_NOBODY,            /* to measure: 0 of 0 */
    BMS_WHY_NO_TARGET,         /* that it can be measured against */
    BMS_WHY_DIFFERENT_TARGETS, /* the units below have */
    BMS_WHY_TOO_FEW,           /* answers */
    BMS_WHY_NOT_TOGETHER,      /* the units are not added up */
    BMS_WHY_PART_MISSING,      /* which could give another colour */
    BMS_WHY_NO_PER_CENT,       /* the budgets cancel out, or are 0 */
    BMS_WHY_YEAR_NOT_OVER      /* and the rest of it could give another colour */
};

enum bms_better { BMS_UP, BMS_DOWN, BMS_BAND };

/** @return "up", "down" or "band"; and the way back, false for any other text. */
const char *bms_better_name(enum bms_better better);
bool bms_better_parse(const char *name, enum bms_better *out);

/**
 * The limits in force for one unit and one period, references already resolved.
 * up/down: green from `green`, red beyond `red`. band: green from `green` to `green_to`, red below `red` and
 * above `red_to`. A value exactly on a limit takes the better colour.
 */
typedef struct bms_limits {
    bool known; /* false: no target, no colour */
    enum bms_better better;
    double green;
    double red;
    double green_to;
    double red_to;
} bms_limits;

/** @return whether two limits are the same. */
bool bms_limits_same(const bms_limits *a, const bms_limits *b);

/** @return whether they are Fet's 0*: green at 0, red above. */
bool bms_limits_are_zero(const bms_limits *limits);

/** The colour of a result by its limits, decided on the result rounded to nine decimals. */
enum bms_colour bms_colour_of(const bms_limits *limits, bms_number result);

/** How many more decimals than an indicator has are shown at most. */
enum { BMS_FURTHER_DECIMALS = 3 };

/**
 * How many decimals to show: `decimals`, or up to three more where the rounded result would get another
 * colour than the result itself.
 */
int bms_shown_decimals(const bms_limits *limits, bms_number result, int decimals);

/** @return a text after a colour's shape: "● Endret"; "" when memory ran out. */
const char *bms_colour_mark(bms_arena *arena, enum bms_colour colour, const char *text);

/** @return a colour's word with a capital letter: "Når målet"; "" when memory ran out. */
const char *bms_colour_title(bms_arena *arena, const char *language, enum bms_colour colour);

/** @return the legend: "● når målet  ▲ nær målet  ■ langt fra målet  ○ uten farge"; "": out of memory. */
const char *bms_colour_legend(bms_arena *arena, const char *language);

/** @return why an answer in a state has no colour; BMS_HAS_COLOUR for a reported one. */
enum bms_why bms_why_of_state(enum bms_state state);

/** @return why there is no colour, as inside a sentence: "uten mål"; English, "" where there is one. */
const char *bms_why_word(enum bms_why why);

/** @return the same with a capital letter: "Uten mål"; "" when memory ran out. */
const char *bms_why_title(bms_arena *arena, const char *language, enum bms_why why);

/** @return a status as in every workbook: "● Når målet", "○ Mangler", "○ Uten mål"; "": out of memory. */
const char *bms_status_text(bms_arena *arena, const char *language, enum bms_colour colour, enum bms_why why);

#endif
