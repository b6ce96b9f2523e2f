/**
 * The past of a unit: whose answers stand for it at a measuring point, as seen from a later day.
 *
 * Forms, checks, reports and explanations all compare a unit with what it was; they ask here, so that they
 * choose the same units. Which units follow one another is in succession.h; here the measuring point decides
 * the day, and what came of a split is counted once. The answers themselves are the caller's: put into parts,
 * bms_roll_up_as_one adds them up.
 */
#ifndef BMS_DEFINITION_PAST_H
#define BMS_DEFINITION_PAST_H

#include "core/definition/rollup.h"

/** Whose past, when, and seen from when. */
typedef struct bms_past_question {
    const bms_definition *definition;
    int unit;
    const bms_measuring_point *point;
    bms_day seen_from;
    const int *together; /* units that are added up with it: what it has in common with these alone is counted
                            as the first one's */
    size_t n_together;
} bms_past_question;

typedef struct bms_past {
    int *units; /* whose answers they are together: its own where the unit was there */
    size_t n;
    int *others; /* units outside `together` that have come from them too: then nobody knows how much was the
                    unit's */
    size_t n_others;
} bms_past;

/** Get room for any past. @return false: memory is out */
bool bms_past_room(bms_arena *arena, const bms_definition *definition, bms_past *out);

/** Find a past. @param[out] out  has room (bms_past_room) */
void bms_past_find(const bms_past_question *question, bms_past *out);

/** Find the units that a roll-up over a unit rests on: its past, and what lay below it (succession.h).
 * @param[out] units  room for all units of the definition. @return how many */
size_t bms_past_below(const bms_past_question *question, int *units);

/** @return whether a unit's answers are part of it. */
bool bms_past_holds(const bms_past *past, int unit);

/** @return a part for each of its units, its answer missing until it is put in; NULL: memory is out */
bms_part *bms_past_parts(bms_arena *arena, const bms_past *past);

#endif
