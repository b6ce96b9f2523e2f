/**
 * What an action is linked to, by the text in its cell: an indicator, a success criterion, a focus area, a
 * scorecard or a unit. Anything else is the unit's own words.
 */
#ifndef BMS_DEFINITION_LINKS_H
#define BMS_DEFINITION_LINKS_H

#include "core/definition/definition.h"

typedef struct bms_link {
    int indicator;  /* index, or BMS_NONE */
    int focus_area; /* likewise */
    const char *code;
    const char *name;
} bms_link;

/**
 * Read the code from an item of the form's list, "Sykefravær (SYK)". It need not be known.
 *
 * @return whether it has one
 */
bool bms_link_code(const char *text, char code[BMS_CODE_SIZE]);

/** @param text  a code, a name, or both as the form's list has them: "Sykefravær (SYK)" @return whether it is
 * known */
bool bms_link_find(const bms_definition *definition, const char *text, bms_link *out);

/** @return a link as people read it, "Sykefravær (SYK)"; the text itself where it is not known. */
const char *bms_link_text(bms_arena *arena, const bms_definition *definition, const char *text);

/** @return the code of what an action of the setup is linked to; "" for the unit as such. */
const char *bms_planned_link(const bms_definition *definition, const bms_planned_action *planned);

#endif
