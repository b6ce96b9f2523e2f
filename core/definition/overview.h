/** What a definition says, in the few lines that show whether it was understood. Pure. */
#ifndef BMS_DEFINITION_OVERVIEW_H
#define BMS_DEFINITION_OVERVIEW_H

#include "core/definition/definition.h"

/**
 * Deliver who is asked how much: for each form period, each peer group that it asks for something, in the
 * order of its first unit. Then what is left over: units at the bottom of the tree that are asked for
 * nothing, indicators without a target, targets of indicators that nobody measures.
 *
 * @param today  forms whose period ends before it are marked as past; units that are closed by then are
 *               left out of what is left over
 */
void bms_overview(bms_arena *arena, const bms_definition *definition, bms_day today, const char *language,
                  const bms_setup_listener *listener);

#endif
