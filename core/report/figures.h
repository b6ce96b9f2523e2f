/**
 * The answers, receipts and actions that the reports of a run need, fetched once for all of them.
 *
 * A table of answers by measuring point and unit, and the tree of units in an order in which all units below
 * a unit come right after it. It decides which measuring points there are, how far back they go, which
 * answers count, and rolls them up.
 */
#ifndef BMS_REPORT_FIGURES_H
#define BMS_REPORT_FIGURES_H

#include "core/definition/assessment.h"
#include "core/history/delivered.h"

/** One unit's answer at one measuring point. */
typedef struct bms_unit_answer {
    bool counts; /* planned, and required or answered; else the rest is empty */
    bms_values answer;
    const bms_stored_entry
        *source; /* kept for the unit's latest at least, where it was answered; else NULL */
} bms_unit_answer;

typedef struct bms_figures bms_figures;

/**
 * Make the empty table for a form period: everything planned is missing.
 *
 * @param form     index into the definition's calendar
 * @param made_on  the day that decides which other forms were due
 * @param unit     only answers that its report is made of are kept: its own, and of units that are or were
 * below it or have a past in common with one of them; nothing may be asked of others. BMS_NONE: of all
 * @return BMS_OK or BMS_NO_MEMORY; the table lives in `arena`
 */
enum bms_status bms_figures_new(bms_arena *arena, const bms_definition *definition, int form, bms_day made_on,
                                int unit, bms_figures **out, bms_error *error);

/** Add an entry (of newer periods first: the source of what a newer one replaces is then not kept), a receipt
 * or an action; what the reports do not need is left out. The arena remembers when memory was out. */
void bms_figures_add_entry(bms_figures *figures, const bms_stored_entry *stored);
/** Add an answer to what the indicator measured then. @param measured  one pointer for each measure; NULL:
 * what it measures today */
void bms_figures_add_measured(bms_figures *figures, const bms_stored_entry *stored,
                              const bms_indicator *measured);
void bms_figures_add_receipt(bms_figures *figures, const bms_stored_receipt *stored);
/** Add actions newest form first: one with the same number or text as an added one is left out. */
void bms_figures_add_action(bms_figures *figures, const bms_stored_action *stored);

/** Fill the table from a history. */
enum bms_status bms_figures_load(bms_figures *figures, bms_history *history, bms_error *error);

/** As bms_figures_load, the answers to one indicator alone. */
enum bms_status bms_figures_load_indicator(bms_figures *figures, bms_history *history, int indicator,
                                           bms_error *error);

/**
 * Get the same table with room of its own for working out results: one table is asked by one thread at a
 * time.
 *
 * @return in `arena`; borrows the answers; NULL when memory is out
 */
bms_figures *bms_figures_share(bms_arena *arena, const bms_figures *figures);

const bms_definition *bms_figures_definition(const bms_figures *figures);
int bms_figures_form(const bms_figures *figures);

/** Find a unit and all units below it, in the tree of the form's last day. @param[out] first  the unit
 * itself; the others follow. @return how many */
size_t bms_figures_below(const bms_figures *figures, int unit, const int **first);

/** Find the units of a row: those below a unit on the day of a measuring point, itself included, and before
 * it began its predecessors. @param[out] units  room for all units @return how many */
size_t bms_figures_units(const bms_figures *figures, int point, int unit, int *units);

/** @return whether a unit is one of those. */
bool bms_figures_was_below(const bms_figures *figures, int point, int unit, int above);

/** @return how far below the top a unit is. */
int bms_figures_depth(const bms_figures *figures, int unit);

/**
 * @param before  a measuring point of the indicator, or BMS_NONE
 * @return the newest measuring point that is there (bms_figures_is_there), or the last one before another, at
 * which the unit, or one below it, was to answer or has answered; BMS_NONE when there is none
 */
int bms_figures_point_before(const bms_figures *figures, int indicator, int unit, int before);

/** @return whether two measuring points of an indicator measured the same; true where one has no answers. */
bool bms_figures_same_measure(const bms_figures *figures, int a, int b);

/**
 * @return whether a measuring point is there for this report: this form asks for it, or somebody has answered
 * it, or its form was due. What nobody answered is then missing, and not skipped; but a point from before
 * anything was received for the indicator is not there: the calendar may hold periods from before bms was
 * used.
 */
bool bms_figures_is_there(const bms_figures *figures, int point);

/** @return a unit's answer; empty for a measuring point that is not in the table. */
const bms_unit_answer *bms_figures_answer(const bms_figures *figures, int point, int unit);

/** What to roll up at a measuring point. */
enum bms_reach {
    BMS_AT_POINT,    /* its answers */
    BMS_YEAR_SO_FAR, /* where the basis adds up: its answers and those of the year's earlier points; where the
                      * latest replaces earlier ones: its answers */
    BMS_ADDED        /* of a year to date: the growth since the year's previous measuring point */
};

/**
 * Roll a measuring point up over a unit and all units below it.
 *
 * @param own_only  the unit's own answers alone
 * @return the roll-up; planned is 0 when nobody was asked
 */
bms_rolled bms_figures_roll(const bms_figures *figures, int point, int unit, bool own_only,
                            enum bms_reach reach);

/**
 * As bms_figures_roll, and judge what it gives: limits, colour, and why there is no colour.
 * @param[out] rolled  the roll-up
 */
bms_assessment bms_figures_assess(const bms_figures *figures, int point, int unit, bool own_only,
                                  enum bms_reach reach, bms_rolled *rolled);

/* Two years of months and one more: the most measuring points of an indicator in the table. */
enum { BMS_MOST_YEAR_POINTS = 25 };

/** Find the measuring points that the year so far at a point is made of, newest first. @return how many */
size_t bms_figures_year_points(const bms_figures *figures, int point, int found[BMS_MOST_YEAR_POINTS]);

/** A unit that was closed, and its latest measuring point. */
typedef struct bms_closed {
    int unit;
    int point;
} bms_closed;

/**
 * Find the units below a unit that were closed in the year of a measuring point, before its day, and that
 * nobody took over from: their last year to date is in that of the unit until the year ends.
 *
 * @param[out] closed  room for all units
 * @return how many
 */
size_t bms_figures_closed(const bms_figures *figures, int point, int unit, bms_closed *closed);

/** The units that answered both at a measuring point and at an earlier one. */
typedef struct bms_same_units {
    size_t n;        /* of the newer tree; 0: nobody did, and the rest is empty */
    bms_rolled then; /* predecessors stand for their successors */
    bms_rolled now;
} bms_same_units;

/**
 * Roll two measuring points up over the same units below a unit: those that answered both. Of the year so
 * far, those that answered the same parts of both years; nobody did where the years have not the same parts.
 * Units that share a past are one: all of them or none, and none where somebody outside shares it too.
 *
 * @param reach  BMS_AT_POINT or BMS_YEAR_SO_FAR
 */
bms_same_units bms_figures_same_units(const bms_figures *figures, int then, int now, int unit,
                                      enum bms_reach reach);

/** @return how far a unit has come with the form. */
bms_delivery bms_figures_delivery(const bms_figures *figures, int unit);

/** A list of the actions a unit reported, newest form first; NULL when there are none. */
typedef struct bms_unit_action {
    bms_entry_action action;
    struct bms_unit_action *next;
} bms_unit_action;
const bms_unit_action *bms_figures_actions(const bms_figures *figures, int unit);

#endif
