/**
 * The inside of the figures of a report run: for report_figures.c, report_fetch.c and report_roll.c only.
 */
#ifndef BMS_REPORT_TABLE_H
#define BMS_REPORT_TABLE_H

#include "core/definition/past.h"
#include "core/report/figures.h"

/* Two years of months and one more: the year so far, the same of last year, and what stands in a course. */
enum { BMS_KEPT_POINTS = 25 };

/** The units on a day, in an order in which everything below a unit stands right after it. */
struct bms_tree {
    int *order;
    size_t *place; /* of a unit in `order` */
    size_t *size;  /* how many units are a unit and those below it */
    int *depth;
};

/** A measuring point that is kept: the answers of all units. */
struct bms_slot {
    int point;
    const struct bms_tree *tree; /* of its day */
    int period;                  /* measured, index into the calendar */
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
    struct bms_tree tree;        /* of the form's last day */
    struct bms_tree **trees;     /* by calendar period; NULL: as that of the form */
    bms_unit_receipt **receipts; /* by unit */
    bms_unit_action **actions;   /* by unit */
    bms_part *parts;             /* room for a year of every unit's answers, and a unit's past behind */
    int *found;                  /* room for the units of a roll-up */
    bms_past past;               /* room for a unit's past */
    const bms_stored_entry *last_source; /* the one kept before: entries come unit by unit */
    int last_unit;
    int last_period;
};

/** Some units. */
struct bms_units {
    const int *units;
    size_t n;
};

/**
 * Those whose answers make up a unit's at a measuring point: what lay below it then, and before its time
 * those it took over from.
 *
 * @param room  for all units; what is given back may lie in it
 */
struct bms_units bms_figures_at(const bms_figures *figures, const struct bms_slot *slot, int unit,
                                bool own_only, int *room);

#endif
