/** The form of a unit as it is sent out: its questions, earlier results, and the unit's actions. */
#ifndef BMS_MAKE_FORM_H
#define BMS_MAKE_FORM_H

#include "core/form/questions.h"
#include "core/history/past_definitions.h"

/** Where the forms of a run get earlier results from. */
typedef struct bms_form_past {
    bms_history *history;
    bms_past_definitions *definitions; /* shared by the forms of a run; NULL: each form has its own */
} bms_form_past;

/**
 * Make the form of a unit for a calendar period: its questions (see core/form/questions.h) with earlier
 * results from the history, planned actions, and those of the unit's latest return.
 *
 * @param past  may be NULL: no earlier results are shown
 */
enum bms_status bms_form_make(bms_arena *arena, const bms_form_request *request, const bms_form_past *past,
                              bms_form *out, bms_error *error);

#endif
