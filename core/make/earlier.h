/**
 * Earlier results beside the questions of a form: the last ones, and those of the same time last year.
 *
 * From before the unit began, they are the sum of its predecessors; after a split they are shared with other
 * units, and the form says so. For form.c only.
 */
#ifndef BMS_MAKE_EARLIER_H
#define BMS_MAKE_EARLIER_H

#include "core/make/form.h"

/** What a unit's form asks for: a measuring point for each question. */
typedef struct bms_form_points {
    const bms_definition *definition;
    int unit;
    const int *points;
    size_t n;
    const char *language;
} bms_form_points;

/** Fill in `last` and `year_before` of the views, one view for each point. The history is asked once for each
 * period and unit. */
enum bms_status bms_form_look_back(bms_arena *arena, const bms_form_points *asked, const bms_form_past *past,
                                   bms_question_view *views, bms_error *error);

/** @return sentences that say whose the earlier numbers are; "" where all are the unit's own. */
const char *bms_form_whose_past(bms_arena *arena, const bms_form_points *asked,
                                const bms_question_view *views);

#endif
