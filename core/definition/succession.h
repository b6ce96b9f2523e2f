/**
 * Which units a unit's past is made of: those it took over from, those before them, and the tree of an
 * earlier day.
 *
 * Units are merged, split, moved and closed. Before it existed, a unit's numbers are those of the units it
 * took over from; which units are below it follows the tree of the day in question. Only units are found
 * here; the caller adds up the numbers. Pure functions that allocate nothing: every list goes into an array
 * of the caller's with room for all units of the definition.
 *
 * A past is *seen from* a later day: a unit that took over another and continued has both pasts from then on,
 * and a split makes a past shared only once it has happened.
 */
#ifndef BMS_DEFINITION_SUCCESSION_H
#define BMS_DEFINITION_SUCCESSION_H

#include "core/definition/definition.h"

/**
 * Find the units whose numbers of a day count as a unit's.
 *
 * @param[out] units  the unit itself if it existed then; and those it took over from, back to that day; each
 *                    once, however many ways lead to it
 * @return how many; 0 when none existed
 */
size_t bms_succession_past(const bms_definition *definition, int unit, bms_day day, bms_day seen_from,
                           int *units);

/**
 * Find the other units that took over from the units of a unit's past.
 *
 * @param      past    the units of its past, from bms_succession_past with the same days
 * @param[out] others  as of the day it is seen from; units that have merged with it again do not count
 * @return how many; 0: the past is this unit's alone, and can be compared with
 */
size_t bms_succession_shared(const bms_definition *definition, int unit, bms_day day, bms_day seen_from,
                             const int *past, size_t n, int *others);

/**
 * Find the units that a roll-up of a day is made of: the past of a unit, the units below that then, and those
 * below the unit now that were not elsewhere.
 *
 * @param[out] units  in no order, each once
 */
size_t bms_succession_below(const bms_definition *definition, int unit, bms_day day, bms_day seen_from,
                            int *units);

/** A unit that another took over from, directly or through others. */
typedef struct bms_ancestor {
    int unit;
    bms_day to; /* the last day on which it was a part of that one's past; BMS_NO_DAY: not known */
} bms_ancestor;

/** Find all that a unit took over from, each once. @param[out] out room for all units. @return how many */
size_t bms_succession_ancestors(const bms_definition *definition, int unit, bms_ancestor *out);

/**
 * @return the last day before a unit got its present extent, when it took over from others or others from it;
 * BMS_NO_DAY when that has not happened by `seen_from`
 */
bms_day bms_succession_day(const bms_definition *definition, int unit, bms_day seen_from);

/**
 * A sentence on whose numbers those of some periods are: "Figures of 3rd tertial 2025 are Lia and Lund
 * together."
 *
 * @param periods  their names
 * @param units    the predecessors or, where the past is shared, the units it is shared with
 */
const char *bms_succession_text(bms_arena *arena, const bms_definition *definition, const char *language,
                                const char *periods, bool shared, const int *units, size_t n);

/** @return the unit that has taken over from a closed one by a day, followed to the last; the unit itself
 * where it goes on, or nobody took over. */
int bms_succession_heir(const bms_definition *definition, int unit, bms_day day);

/** @return the same where it is there on the day, and nobody else on the way took over too; else BMS_NONE. */
int bms_succession_only_heir(const bms_definition *definition, int unit, bms_day day);

/** @return whether the unit took over from any other, or any other from it. */
bool bms_succession_any(const bms_definition *definition, int unit);

#endif
