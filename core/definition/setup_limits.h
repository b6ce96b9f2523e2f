/**
 * What a setup may hold at most: how long its texts may be, and how many levels its units may have.
 *
 * Looked at when a workbook is loaded, never when a stored setup is read: that is understood as when it was
 * accepted. Longer texts would be cut in cells and make a report take minutes; each level gets its own report
 * of all below it.
 */
#ifndef BMS_DEFINITION_SETUP_LIMITS_H
#define BMS_DEFINITION_SETUP_LIMITS_H

#include "core/definition/definition.h"
#include "core/definition/setup.h"

enum {
    BMS_LONGEST_NAME = 250,   /* characters */
    BMS_LONGEST_PROSE = 4000, /* a question, a guide, a goal … */
    BMS_MOST_LEVELS = 25      /* of units, the municipality being the first */
};

/** Add what goes beyond the limits to the findings. @param definition  read from `setup` */
void bms_setup_limits_check(bms_arena *arena, const bms_setup_book *setup, const bms_definition *definition,
                            bms_findings *findings);

#endif
