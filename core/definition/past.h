/**
 * The past of a unit: whose answers count as its own at a measuring point, seen from a later day.
 *
 * Forms, checks, reports and explanations all compare a unit with its past; they ask here, so that they
 * choose the same units. Which units follow one another is in succession.h; here the measuring point decides
 * the day, and a past shared after a split is counted once. The caller fetches the answers and puts them into
 * parts, which bms_roll_up_as_one adds up.
 */
#ifndef BMS_DEFINITION_PAST_H
#define BMS_DEFINITION_PAST_H

#include "core/definition/rollup.h"

/** Whose past, at which measuring point, and seen from which day. */
typedef struct bms_past_question {
    const bms_definition *definition;
    int unit;
    const bms_measuring_point *point;
    bms_day seen_from;
    const int *together; /* units that are added up with it: a past shared with only these is counted as the
                            first one's */
    size_t n_together;
} bms_past_question;

typedef struct bms_past {
    int *units; /* whose answers together are its past: its own where the unit existed */
    size_t n;
    int *others; /* units outside `together` that also took over from these: then the unit's share is unknown
                  */
    size_t n_others;
} bms_past;

/** Get room for any past. @return false when memory ran out */
bool bms_past_room(bms_arena *arena, const bms_definition *definition, bms_past *out);

/** Find a past. @param[out] out  has room (bms_past_room) */
void bms_past_find(const bms_past_question *question, bms_past *out);

/**
 * Find the indicator's measuring point before the question's own at which the unit, or one it took over from,
 * was asked.
 *
 * @param[out] past  whose answers are the unit's there; has room
 * @return BMS_NONE when there is none
 */
int bms_past_previous_point(const bms_past_question *question, bms_past *past);

/**
 * Find the units that a roll-up over a unit is made of: its past, and those below it then (succession.h).
 *
 * @param[out] units  room for all units of the definition
 * @return how many
 */
size_t bms_past_below(const bms_past_question *question, int *units);

/** @return whether a unit's answers are part of the past. */
bool bms_past_holds(const bms_past *past, int unit);

/** @return a part for each of its units, with a missing answer to begin with; NULL when memory ran out. */
bms_part *bms_past_parts(bms_arena *arena, const bms_past *past);

#endif
