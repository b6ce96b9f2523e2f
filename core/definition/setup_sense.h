/**
 * Whether a setup that can be read also makes sense: what would be taken without a word, and spoil what is
 * measured.
 *
 * Looked at when a workbook is loaded, never when a stored setup is read: that is understood as when it was
 * accepted. Who is asked (setup_asked.c) is looked at only where nothing is wrong with the sheets that say
 * it.
 */
#ifndef BMS_DEFINITION_SETUP_SENSE_H
#define BMS_DEFINITION_SETUP_SENSE_H

#include "core/definition/definition.h"
#include "core/definition/setup.h"

/** Add what makes no sense to the findings. @param definition  read from `setup` */
void bms_setup_sense_check(bms_arena *arena, const bms_setup_book *setup, const bms_definition *definition,
                           bms_findings *findings);

/** The part of it that is about who is asked for what: groups, units without a form, a question asked twice.
 */
void bms_setup_asked_check(bms_arena *arena, const bms_setup_book *setup, const bms_definition *definition,
                           bms_findings *findings);

#endif
