/**
 * Which units a unit's past is made of: those it took over from, those before them, and the tree as it stood
 * on an earlier day.
 *
 * Units are merged, split, moved and closed. Before its time a unit's numbers are those of the units it took
 * over from; what lies below a unit follows the tree of the day asked about. Here only units are found; the
 * numbers are added up by those who ask. Pure, and without memory of its own: every list goes into an array
 * of the caller's with room for all units of the definition.
 *
 * A past is *seen from* a later day: a unit that took in another while it went on has both from then on, and
 * a split shares what was before it only once it has happened.
 */
#ifndef BMS_DEFINITION_SUCCESSION_H
#define BMS_DEFINITION_SUCCESSION_H

#include "core/definition/definition.h"

/**
 * Find the units whose own numbers of a day are a unit's.
 *
 * @param[out] units  the unit itself where it was there; those it took over from, back to the ones of that
 *                    day; each once, however many ways lead to it
 * @return how many; 0 when nothing was there
 */
size_t bms_succession_past(const bms_definition *definition, int unit, bms_day day, bms_day seen_from,
                           int *units);

/**
 * Find the others that came from what a unit's past is made of.
 *
 * @param      past    the units of its past, from bms_succession_past with the same days
 * @param[out] others  units as they are when it is seen; such as have merged with it again are none
 * @return how many; 0: the past is this unit's alone, and may be compared with
 */
size_t bms_succession_shared(const bms_definition *definition, int unit, bms_day day, bms_day seen_from,
                             const int *past, size_t n, int *others);

/**
 * Find the units that a roll-up of a day rests on: the past of a unit, what lay below it then, and what lies
 * below the unit now without having been elsewhere.
 *
 * @param[out] units  in no order, each once
 */
size_t bms_succession_below(const bms_definition *definition, int unit, bms_day day, bms_day seen_from,
                            int *units);

/** A unit that another has come from, directly or through others. */
typedef struct bms_ancestor {
    int unit;
    bms_day to; /* the last day on which it was a part of that one's past; BMS_NO_DAY: not known */
} bms_ancestor;

/** Find all that a unit has come from, each once. @param[out] out  room for all units. @return how many */
size_t bms_succession_ancestors(const bms_definition *definition, int unit, bms_ancestor *out);

/**
 * @return the last day on which a unit was not yet what it is: others have taken over from it or it from
 * others since; BMS_NO_DAY when that never happened up to `seen_from`
 */
bms_day bms_succession_day(const bms_definition *definition, int unit, bms_day seen_from);

/**
 * Say whose numbers some periods' are: "Figures of 3rd tertial 2025 are Lia and Lund together."
 *
 * @param periods  what they are called
 * @param units    predecessors, or where it is shared whom it is shared with
 */
const char *bms_succession_text(bms_arena *arena, const bms_definition *definition, const char *language,
                                const char *periods, bool shared, const int *units, size_t n);

/** @return whether the unit took over from any other, or any other from it. */
bool bms_succession_any(const bms_definition *definition, int unit);

#endif
