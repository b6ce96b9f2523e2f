/**
 * Finding targets: which row of the setup holds for whom at a measuring point, and the limits it gives. Whose
 * limits a figure takes is decided in assessment.c.
 */
#ifndef BMS_DEFINITION_LIMITS_H
#define BMS_DEFINITION_LIMITS_H

#include "core/definition/definition.h"

/** @return the newest target in force that is set on a unit itself; NULL when there is none. */
const bms_target *bms_target_for_unit(const bms_definition *definition, const bms_measuring_point *point,
                                      int unit, enum bms_applies applies);

/** @return the newest target in force for a group, or with "" for all; NULL when there is none. */
const bms_target *bms_target_for_group(const bms_definition *definition, const bms_measuring_point *point,
                                       const char *group, enum bms_applies applies);

/**
 * @param      target  NULL: not known
 * @param      group   whose figure of the series is taken; "": that for all
 * @param[out] source  what they come from
 */
bms_limits bms_limits_of_target(const bms_definition *definition, const bms_measuring_point *point,
                                const bms_target *target, const char *group, bms_limits_source *source);

/**
 * The limits of a unit's own value: its own target, else its group's, else that for all. A target set on a
 * unit with others below it that are asked too is for all of them together, not for its own value.
 */
bms_limits bms_limits_of_unit(const bms_definition *definition, const bms_measuring_point *point, int unit,
                              enum bms_applies applies, bms_limits_source *source);

#endif
