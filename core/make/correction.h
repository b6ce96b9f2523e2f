/**
 * A correction: the return as the unit sent it, with what was found in it.
 *
 * The form is made anew, so that a correction that is filled in is itself a valid return whatever had
 * happened to the file; the unit's own cells stand in it as it wrote them, also those that are wrong.
 */
#ifndef BMS_MAKE_CORRECTION_H
#define BMS_MAKE_CORRECTION_H

#include "core/form/form.h"
#include "core/form/return.h"

typedef struct bms_correction_book {
    const bms_form *form; /* made anew, sealed as every form; its actions are those the unit sent */
    const char *file;     /* the name of the file it replaces */
    const bms_raw_return *sent;
    const bms_finding *findings; /* in the order to fix them */
    size_t n_findings;
} bms_correction_book;

/** @return whether these findings can be put right in a workbook from the unit: not when they are the
 * coordinator's to settle, or the form is for another period. */
bool bms_correction_helps(const bms_finding *findings, size_t n);

/** What a correction is made of. */
typedef struct bms_correction_request {
    const bms_definition *definition;
    struct bms_history *history;
    const unsigned char *key; /* BMS_SEAL_KEY_SIZE bytes */
    int unit;
    int period; /* of the form */
    const char *language;
    int64_t made_at;
    const char *file;
    const bms_raw_return *sent;
    const bms_finding *findings; /* in any order; what is merely for information is left out */
    size_t n_findings;
} bms_correction_request;

/**
 * Make the correction of a held return.
 *
 * @return BMS_OK, with no questions in the form when the period asks the unit for nothing
 */
enum bms_status bms_correction_make(bms_arena *arena, const bms_correction_request *request,
                                    bms_correction_book *out, bms_error *error);

#endif
