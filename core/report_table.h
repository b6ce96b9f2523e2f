/**
 * The inside of the figures of a report run: for report_figures.c, report_fetch.c and report_roll.c only.
 */
#ifndef BMS_REPORT_TABLE_H
#define BMS_REPORT_TABLE_H

#include "core/report_figures.h"

/* Two years of months and one more: the year so far, the same of last year, and what stands in a course. */
enum { BMS_KEPT_POINTS = 25 };

/** A measuring point that is kept: the answers of all units. */
struct bms_slot {
    int point;
    int period; /* measured, index into the calendar */
    bool sources;
    const bms_indicator *measured; /* what was measured then; NULL: what is measured today */
    bool arrived;                  /* something was accepted for it, from anyone */
    bms_unit_answer *answers;      /* by unit */
};

/** An indicator's kept measuring points, oldest measured period first. */
struct bms_series {
    struct bms_slot *slots;
    size_t n;
};

struct bms_figures {
    bms_arena *arena;
    const bms_definition *definition;
    int form;
    struct bms_series *series;   /* by indicator */
    struct bms_slot **of_period; /* by indicator and calendar period; NULL: not kept */
    struct bms_slot **of_point;  /* by measuring point; NULL: not kept */
    int *order;                  /* units, each before those below it */
    size_t *place;               /* of a unit in `order` */
    size_t *size;                /* how many units are a unit and those below it */
    int *depth;
    bms_unit_receipt **receipts; /* by unit */
    bms_unit_action **actions;   /* by unit */
    bms_part *parts;             /* room for a year of every unit's answers */
    int last_unit;               /* entries come unit by unit */
    int last_period;
};

/** @return whether a unit that was not there yet at a point has the answers of those it took over from. */
bool bms_figures_inherits(const bms_figures *figures, const struct bms_slot *slot, int unit);

#endif
