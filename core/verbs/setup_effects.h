/** What a renewed setup does to numbers that are there, as findings for the coordinator. */
#ifndef BMS_VERBS_SETUP_EFFECTS_H
#define BMS_VERBS_SETUP_EFFECTS_H

#include "core/base/findings.h"
#include "core/definition/effects.h"
#include "core/definition/setup.h"

/** Add a finding for each effect that needs a yes, and for each unit with numbers that has moved without a
 * date. @param book  the new setup */
void bms_setup_effects_report(const bms_effects *effects, const bms_setup_book *book, bms_findings *findings);

/** @return the limits of a target in words: "green 7,5, red 9,5". */
const char *bms_setup_limits_text(bms_arena *arena, const bms_target *target, const char *language);

#endif
