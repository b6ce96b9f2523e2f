/** The form of a unit as it is sent out: what it asks, what is known from before, and the unit's actions. */
#ifndef BMS_MAKE_FORM_H
#define BMS_MAKE_FORM_H

#include "core/form/questions.h"
#include "core/history/past_definitions.h"

/** What the forms of a run look back in. */
typedef struct bms_form_past {
    bms_history *history;
    bms_past_definitions
        *measures; /* the versions understood so far, for all of them; NULL: each on its own */
} bms_form_past;

/**
 * Make the form of a unit for a calendar period: its questions (see core/form/questions.h) with earlier
 * results from the history beside them, planned actions and those the unit had when it last answered.
 *
 * @param past  may be NULL: nothing is known from before
 */
enum bms_status bms_form_make(bms_arena *arena, const bms_form_request *request, const bms_form_past *past,
                              bms_form *out, bms_error *error);

#endif
