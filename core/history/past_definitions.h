/**
 * What an indicator measured earlier: the same as today, or something else, which is a break in its series.
 *
 * What breaks a series is in definition/series.h. Which measure a stored answer belongs to follows from the
 * version of the definition that its form was made from.
 */
#ifndef BMS_HISTORY_PAST_DEFINITIONS_H
#define BMS_HISTORY_PAST_DEFINITIONS_H

#include "core/definition/series.h"
#include "core/history/history.h"

/** The definitions that stored answers belong to, each read once. */
typedef struct bms_past_definitions bms_past_definitions;

/** @return an empty set in the arena, or NULL when memory is out. */
bms_past_definitions *bms_past_definitions_new(bms_arena *arena, const bms_definition *now,
                                               bms_history *history);

/**
 * Find what an answer measured.
 *
 * @param      version  of the definition its form was made from, as stored; one that is not known counts as
 *                      today's
 * @param[out] out      the same pointer for the same measure; today's own when nothing has changed
 */
enum bms_status bms_past_definitions_find(bms_past_definitions *definitions, const char *version,
                                          int indicator, const bms_indicator **out, bms_error *error);

/** @return the number of a version stored with a return; 0 when it is not a number. */
int bms_past_definitions_number(const char *version);

/**
 * Find an earlier definition, with its limits as on the same day as today's; it lives as long as the set.
 *
 * @param[out] out  today's own for its version; NULL when there is none, or it can no longer be understood
 */
enum bms_status bms_past_definitions_of_version(bms_past_definitions *definitions, int version,
                                                const bms_definition **out, bms_error *error);

#endif
