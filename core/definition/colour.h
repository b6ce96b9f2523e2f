/**
 * Limits and colours: which colour a result has, what a colour is called, and how a status is said.
 *
 * Everything that shows a colour takes its shape and its words from here. A colour never stands alone.
 */
#ifndef BMS_DEFINITION_COLOUR_H
#define BMS_DEFINITION_COLOUR_H

#include "core/base/arena.h"
#include "core/bms.h"

enum bms_better { BMS_UP, BMS_DOWN, BMS_BAND };

/** @return "up", "down", "band" and back (false when it is none of them). */
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

/** The colour of a result by its limits, decided on the result rounded to nine decimals. */
enum bms_colour bms_colour_of(const bms_limits *limits, bms_number result);

/**
 * How many decimals to show: `decimals`, or up to three more where the rounded result would get another
 * colour than the result itself.
 */
int bms_shown_decimals(const bms_limits *limits, bms_number result, int decimals);

/** @return a text behind a colour's shape: "● Endret"; "" when memory is out. */
const char *bms_colour_mark(bms_arena *arena, enum bms_colour colour, const char *text);

/** @return a colour's word as a text that begins with it: "Når målet"; "" when memory is out. */
const char *bms_colour_title(bms_arena *arena, const char *language, enum bms_colour colour);

/** @return what the shapes mean: "● når målet  ▲ nær målet  ■ langt fra målet  ○ uten farge"; "" when memory
 * is out. */
const char *bms_colour_legend(bms_arena *arena, const char *language);

/** @return a status as every workbook says it: "● Når målet", "○ Mangler", "○ Ikke aktuelt", "○ Ingen å
 * måle", "○ Uten mål"; "" when memory is out. */
const char *bms_status_text(bms_arena *arena, const char *language, enum bms_state state,
                            enum bms_colour colour);

#endif
