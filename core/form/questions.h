/**
 * From a definition to the form of one unit: whom it is for and what it asks, sealed.
 *
 * This is all of a form that the definition alone decides; earlier results and the unit's actions come with
 * core/make/form.h.
 */
#ifndef BMS_FORM_QUESTIONS_H
#define BMS_FORM_QUESTIONS_H

#include "core/form/form.h"

/** Which form to make. */
typedef struct bms_form_request {
    const bms_definition *definition;
    const unsigned char *key; /* of the seal: BMS_SEAL_KEY_SIZE bytes */
    int unit;
    int period; /* of the form; an index into the calendar */
    const char *language;
    int64_t made_at;
} bms_form_request;

/**
 * Make a form without earlier results: questions in the order of the scorecard, each indicator once, a number
 * that is 'the same as' another's asked once; no actions.
 *
 * @param[out] out  without questions when the period has none for the unit
 * @return BMS_OK or BMS_NO_MEMORY
 */
enum bms_status bms_form_questions(bms_arena *arena, const bms_form_request *request, bms_form *out,
                                   bms_error *error);

#endif
