/**
 * What a form shows of earlier times beside its questions: last, and the same time last year.
 *
 * Before a unit's time these are the numbers of those it took over from, together; after a split they are
 * those of the units it has them in common with, and said to be so. For form.c only.
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

/** Fill in `last` and `year_before` of the views, one for each point; one look in the history for each period
 * and unit. */
enum bms_status bms_form_look_back(bms_arena *arena, const bms_form_points *asked, const bms_form_past *past,
                                   bms_question_view *views, bms_error *error);

/** @return whose the earlier numbers are where they are not the unit's own; "" where all are. */
const char *bms_form_whose_past(bms_arena *arena, const bms_form_points *asked,
                                const bms_question_view *views);

#endif
