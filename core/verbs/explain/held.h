/**
 * What held when a number was reported: the definition that its form was made from, and since when.
 *
 * Everything is read from the stored versions of the definition; nothing is reported here.
 */
#ifndef BMS_VERBS_EXPLAIN_HELD_H
#define BMS_VERBS_EXPLAIN_HELD_H

#include "core/definition/assessment.h"
#include "core/history/past_definitions.h"

typedef struct bms_held {
    int version;                      /* of the form's definition; 0: not known, and today's is taken */
    const bms_definition *definition; /* that `indicator` is in */
    const bms_indicator *indicator;   /* today's own where it measures the same: names may be newer */
    bool broken;                      /* something else is measured today */
} bms_held;

/**
 * Find what held for an answer.
 *
 * @param version    of the definition its form was made from, as stored
 * @param indicator  index into today's definition
 */
enum bms_status bms_held_find(bms_past_definitions *pasts, const bms_definition *today, const char *version,
                              int indicator, bms_held *out, bms_error *error);

/** @param[out] since  the oldest version from which, up to `version`, an indicator measured the same */
enum bms_status bms_held_measured_since(bms_past_definitions *pasts, int version, const char *indicator,
                                        int *since, bms_error *error);

/** Which target: unit, indicator and period, and for the limits of a figure what it is made of. */
typedef struct bms_held_target {
    const char *unit;
    const char *indicator;
    const char *period;     /* measured */
    const bms_assessed *of; /* the figure */
    bms_part *room;         /* for as many parts */
} bms_held_target;

/** The limits by a version of the definition. @param[out] there  false: that version does not ask for it */
enum bms_status bms_held_limits(bms_past_definitions *pasts, int version, const bms_held_target *target,
                                bms_limits *out, bool *there, bms_error *error);

/** @param[out] since  the oldest version from which, up to `version`, the limits were the same */
enum bms_status bms_held_target_since(bms_past_definitions *pasts, int version, const bms_held_target *target,
                                      int *since, bms_error *error);

/** The newest version before today's that asks for it. @param[out] out  NULL when none does */
enum bms_status bms_held_last_asked(bms_past_definitions *pasts, int before, const bms_held_target *target,
                                    const bms_definition **out, bms_error *error);

#endif
