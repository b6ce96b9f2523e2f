/**
 * A correction: the workbook that goes back to a unit whose return is held back, with the findings in it.
 *
 * The form is made again, so that a filled-in correction is a valid return whatever had happened to the file;
 * the unit's own cells are in it as the unit wrote them, also the wrong ones.
 */
#ifndef BMS_MAKE_CORRECTION_H
#define BMS_MAKE_CORRECTION_H

#include "core/form/return.h"
#include "core/make/form.h"

typedef struct bms_correction_book {
    const bms_form *form; /* made again, with a seal; its actions are those the unit sent */
    const char *file;     /* the name of the file that the unit sent */
    const bms_raw_return *sent;
    const bms_finding *findings; /* in the order to fix them */
    size_t n_findings;
    bool preliminary; /* signed before the period's last day */
} bms_correction_book;

/** @return whether a correction helps: not where the coordinator must decide or the period is wrong. */
bool bms_correction_helps(const bms_finding *findings, size_t n);

/** A return that is held back. */
typedef struct bms_held_return {
    const char *file;
    const bms_raw_return *sent;
    const bms_finding *findings; /* in any order; those of BMS_INFO are left out */
    size_t n_findings;
} bms_held_return;

/**
 * Make the correction of a held return.
 *
 * @param past  where earlier results come from; may be NULL
 * @param form  is filled in; `out` refers to it
 * @return BMS_OK, with no questions in `form` when the period asks the unit for nothing
 */
enum bms_status bms_correction_make(bms_arena *arena, const bms_form_request *request,
                                    const bms_form_past *past, const bms_held_return *held, bms_form *form,
                                    bms_correction_book *out, bms_error *error);

#endif
