/**
 * Inside the figures of a run of reports: for the files of `figures.h` only.
 */
#ifndef BMS_REPORT_TABLE_H
#define BMS_REPORT_TABLE_H

#include "core/definition/past.h"
#include "core/history/past_definitions.h"
#include "core/report/figures.h"

#include <assert.h>
#include <stdint.h>

/* Two years of months and one more: enough for the year so far, the same of last year, and a course. */
enum { BMS_KEPT_POINTS = BMS_MOST_YEAR_POINTS };

/** The units on a day, in an order in which all units below a unit come right after it. */
struct bms_tree {
    int *order;
    size_t *place; /* of a unit in `order` */
    size_t *size;  /* of a unit: itself and all units below it */
    int *depth;
};

/** A measuring point in the table, with the answers of all units. */
struct bms_slot {
    int point;
    const struct bms_tree *tree;   /* of its day */
    int period;                    /* measured, index into the calendar */
    const bms_indicator *measured; /* what the indicator measured then; NULL: the same as today */
    bool arrived;                  /* some unit has answered */
    bms_unit_answer *answers;      /* by place of the unit (bms_figures_answer_at) */
};

/** An indicator's measuring points in the table, oldest first. */
struct bms_series {
    struct bms_slot *slots;
    size_t n;
    bms_day begun; /* the last day of the first form that something was received in; BMS_LATEST_DAY: none */
};

struct bms_figures {
    bms_arena *arena;
    const bms_definition *definition;
    int form;
    bms_day made_on;
    int *kept; /* the units whose answers are kept, in order */
    size_t n_kept;
    size_t *place;                       /* of a unit in `kept`; BMS_NOT_KEPT */
    bms_day begun;                       /* as in the series, for all of them */
    struct bms_series *series;           /* by indicator */
    struct bms_slot **of_period;         /* by indicator and calendar period; NULL: not in the table */
    struct bms_slot **of_point;          /* by measuring point; NULL: not in the table */
    struct bms_tree tree;                /* of the form's last day */
    struct bms_tree **trees;             /* by calendar period; NULL: not needed yet */
    bms_delivered *delivered;            /* of the form */
    bms_unit_action **actions;           /* by unit */
    size_t most_in_a_year;               /* measuring points of an indicator */
    bms_part *parts;                     /* room for a year of every unit's answers, then for a unit's past */
    int *found;                          /* room for the units of a roll-up */
    bms_closed *closed;                  /* room for the closed units of a roll-up */
    bms_past past;                       /* room for a unit's past */
    struct bms_pairing *pairing;         /* room for comparing the same units */
    const bms_stored_entry *last_source; /* the latest that was kept: entries come unit by unit */
    int last_unit;
    int last_period;
};

/** The place of a unit whose answers are not kept. */
#define BMS_NOT_KEPT SIZE_MAX

/** @return the answer of a unit that is kept. */
static inline bms_unit_answer *bms_figures_answer_at(const bms_figures *figures, const struct bms_slot *slot,
                                                     int unit) {
    assert(figures->place[unit] != BMS_NOT_KEPT);
    return &slot->answers[figures->place[unit]];
}

/** Choose the units whose answers are kept. @param unit  as in bms_figures_new @return false when memory is
 * out */
bool bms_figures_keep(bms_figures *figures, int unit);

/** Note that an answer to a measuring point has arrived. @param measured  as in bms_figures_add_measured */
void bms_figures_note_arrival(bms_figures *figures, struct bms_slot *slot, const bms_indicator *measured);

/**
 * Where not all units are kept: find out which measuring points of a measured period anybody has answered,
 * and what they measured then. As much is read as that takes.
 *
 * @param indicator  BMS_NONE: for all
 */
enum bms_status bms_figures_load_arrivals(bms_figures *figures, bms_past_definitions *definitions,
                                          bms_history *history, int period, int indicator, bms_error *error);

/** A list of units. */
struct bms_units {
    const int *units;
    size_t n;
};

/**
 * Find the units whose answers count for a unit at a measuring point: those below it then, and before it
 * began, its predecessors.
 *
 * @param room  for all units; the list may be in it
 */
struct bms_units bms_figures_at(const bms_figures *figures, const struct bms_slot *slot, int unit,
                                bool own_only, int *room);

/** @return the reach itself, but that of the year so far is the slot alone where the latest replaces earlier
 * ones. */
enum bms_reach bms_figures_reach(const bms_figures *figures, const struct bms_slot *slot,
                                 enum bms_reach reach);

/** Find the year's slots up to and including `last`, newest first; of overlapping periods only the newest. */
size_t bms_figures_year(const bms_figures *figures, const struct bms_slot *last,
                        const struct bms_slot *found[BMS_KEPT_POINTS]);

/** Roll up parts that were gathered for a unit at a slot. @param year  they are of several measuring points
 */
bms_rolled bms_figures_roll_parts(const bms_figures *figures, const struct bms_slot *slot, bms_part *parts,
                                  size_t *n, int unit, bool own_only, bool year);

/** Get room for comparing. @return NULL when memory ran out */
struct bms_pairing *bms_figures_pairing_new(const bms_figures *figures);

#endif
