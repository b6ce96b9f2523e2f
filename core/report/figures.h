/**
 * What a run of reports rests on: the answers, receipts and actions it needs, fetched once for all reports.
 *
 * A table of answers by measuring point and unit, filled with one query a measured period, and the tree of
 * units in an order in which everything below a unit stands right after it. Results, colours and roll-ups are
 * asked of it; it decides which measuring points there are, how far back they go, and which answers count.
 */
#ifndef BMS_REPORT_FIGURES_H
#define BMS_REPORT_FIGURES_H

#include "core/definition/definition.h"
#include "core/definition/rollup.h"
#include "core/history/history.h"

/** One unit's answer at one measuring point. */
typedef struct bms_unit_answer {
    bool counts;  /* planned, and required or answered; the rest is empty without it */
    bool arrived; /* something was accepted for it */
    bms_answer answer;
    const bms_stored_entry *source; /* kept for the newest two measuring points of an indicator; else NULL */
} bms_unit_answer;

typedef struct bms_figures bms_figures;

/**
 * Lay the table out for a form period: empty, everything planned is missing.
 *
 * @param form  index into the definition's calendar
 * @return BMS_OK or BMS_NO_MEMORY; the table lives in `arena`
 */
enum bms_status bms_figures_new(bms_arena *arena, const bms_definition *definition, int form,
                                bms_figures **out, bms_error *error);

/** Take an entry, a receipt or an action in; what the reports do not need is left out. The arena remembers
 * when memory was out. */
void bms_figures_add_entry(bms_figures *figures, const bms_stored_entry *entry);
/** The same, for an answer to what the indicator measured then. @param measured  the same pointer for the
 * same measure; NULL: what it measures today */
void bms_figures_add_measured(bms_figures *figures, const bms_stored_entry *entry,
                              const bms_indicator *measured);
void bms_figures_add_receipt(bms_figures *figures, const bms_stored_receipt *receipt);
/** Newest form first: an action that was taken in already, by its number or text, stays as it is. */
void bms_figures_add_action(bms_figures *figures, const bms_stored_action *action);

/** Fetch all of it from a history. */
enum bms_status bms_figures_load(bms_figures *figures, bms_history *history, bms_error *error);

const bms_definition *bms_figures_definition(const bms_figures *figures);
int bms_figures_form(const bms_figures *figures);

/** The units in the order of the tree of the form's last day, from `*first`: the unit itself and all below
 * it. @return how many */
size_t bms_figures_below(const bms_figures *figures, int unit, const int **first);

/** @return how far below the top a unit is. */
int bms_figures_depth(const bms_figures *figures, int unit);

/**
 * @param before  a measuring point of the indicator, or BMS_NONE
 * @return the newest measuring point that the unit, or one below it, is asked for by this form or an
 * earlier one; before another one only such as were carried out; BMS_NONE when there is none
 */
int bms_figures_point_before(const bms_figures *figures, int indicator, int unit, int before);

/** @return whether two measuring points of an indicator measured the same; one without answers breaks
 * nothing. */
bool bms_figures_same_measure(const bms_figures *figures, int a, int b);

/** @return whether anything was accepted for a measuring point, from any unit: before bms was used none was
 * carried out. */
bool bms_figures_carried_out(const bms_figures *figures, int point);

/** @return a unit's answer; empty for a measuring point that is not in the table. */
const bms_unit_answer *bms_figures_answer(const bms_figures *figures, int point, int unit);

/** What of a measuring point is rolled up. */
enum bms_reach {
    BMS_AT_POINT,    /* its answers */
    BMS_YEAR_SO_FAR, /* a basis that adds up: with those of the year's measuring points before it */
    BMS_ADDED        /* of a year to date: what came since the measuring point before it in the year */
};

/**
 * Roll a measuring point up over a unit and all below it.
 *
 * @param own_only  the unit's own answers alone
 * @return the roll-up; planned is 0 when nobody was asked
 */
bms_rolled bms_figures_roll(const bms_figures *figures, int point, int unit, bool own_only,
                            enum bms_reach reach);

/** The receipts of a unit in this form period, newest first. NULL when there are none. */
typedef struct bms_unit_receipt {
    enum bms_outcome outcome;
    bool superseded;
    int revision;
    const char *file;
    const char *why;
    struct bms_unit_receipt *next;
} bms_unit_receipt;
const bms_unit_receipt *bms_figures_receipts(const bms_figures *figures, int unit);

/** The actions that units reported, newest form first. NULL when there are none. */
typedef struct bms_unit_action {
    bms_entry_action action;
    struct bms_unit_action *next;
} bms_unit_action;
const bms_unit_action *bms_figures_actions(const bms_figures *figures, int unit);

#endif
