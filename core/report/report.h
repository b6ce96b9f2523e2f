/**
 * The report model: everything a report shows, worked out before a workbook is opened.
 *
 * A report belongs to one unit and one form period. For a unit with others below (a leader) each result is
 * rolled up over all of them, the unit's own answers included; the top unit's report is the municipality's.
 * The model holds typed values; words.h puts them into words, and the layout (xlsx) decides where they are
 * placed. Nothing here reads or writes files.
 *
 * Its parts:
 * - an *indicator* is shown once, at its latest measuring point that a unit of the report is asked for by
 * this form or an earlier one: a slow indicator shows its latest result, with its period. Before its first
 * measuring point it is not there.
 * - its *status* is that of the year so far where one is shown and has a colour, else that of the result at
 * that measuring point, as forms, `history` and `explain` have it.
 * Whose limits a figure takes is decided in definition/assessment.h.
 * - a *line* is an indicator's place on a scorecard; an indicator on two scorecards has two lines.
 */
#ifndef BMS_REPORT_REPORT_H
#define BMS_REPORT_REPORT_H

#include "core/base/arena.h"
#include "core/bms.h"
#include "core/definition/definition.h"
#include "core/definition/rollup.h"
#include "core/form/form.h"
#include "core/report/figures.h"

enum bms_report_kind {
    BMS_REPORT_UNIT,        /* a unit without units below it */
    BMS_REPORT_LEADER,      /* a unit and all units below it */
    BMS_REPORT_MUNICIPALITY /* the top unit and all units below it */
};

/** One result, of a unit's own answer or rolled up. */
typedef struct bms_figure {
    bool there;              /* false: there was nothing to measure, and the rest is empty */
    const char *period_name; /* of the measured period: "2. tertial 2026" */
    const char *period_code; /* the same, short: "2026-T2" */
    bms_rolled rolled;       /* for a single unit its answer, with planned 1 */
    bms_limits limits;
    enum bms_colour colour;
    enum bms_why why; /* it has no colour */
    int decimals;     /* as shown */
    bool of_year;     /* added up over the year so far */
    bool apart;       /* of a unit in the matrix: it is no part of its indicator's row */
} bms_figure;

/** What a result is compared with. */
enum bms_compared {
    BMS_COMPARED_WITH_NOTHING,
    BMS_COMPARED_WITH_LAST,        /* the measuring point before */
    BMS_COMPARED_WITH_FORECAST,    /* the forecast before, of the same year */
    BMS_COMPARED_WITH_YEAR_BEFORE, /* the same time last year */
    BMS_COMPARED_WITH_YEAR_TO_DATE /* last year's year to date, with this year's */
};

/** Which way a result moved. Over units it is that of those that answered both times. */
typedef struct bms_change {
    enum bms_compared with;
    int direction; /* 1 higher, −1 lower, 0 about as before: see change.h */
    int better;    /* 1 better, −1 worse, 0 neither */
    bms_number then;
    bms_number now;
    int decimals;      /* of the two, as shown */
    size_t units;      /* how many answered both times */
    bool in_row;       /* the row shows both numbers: they are of all its units */
    bool too_few;      /* fewer answered both times than the least coverage: nothing is compared */
    bool year_missing; /* there should have been something for the same time last year */
    bool broken;       /* the indicator measured something else before */
} bms_change;

/** One unit's own answer at an indicator's measuring point, with its origin. */
typedef struct bms_report_answer {
    int unit;
    bms_figure now;
    bms_figure so_far;
    bool preliminary;               /* signed before the last day of what it measures */
    int red_in_a_row;               /* measuring points, this one included; 0 when it is not red */
    const bms_stored_entry *source; /* comment, reason, file and cell; NULL when it was not answered */
} bms_report_answer;

/** How far apart the units are. */
typedef struct bms_spread {
    const bms_report_answer *lowest; /* of those reported; NULL when there are fewer than two */
    const bms_report_answer *highest;
    size_t n[4]; /* units by enum bms_colour */
} bms_spread;

enum { BMS_COURSE_POINTS = 8 };

/** An indicator as the report shows it. */
typedef struct bms_report_indicator {
    const bms_indicator *indicator;
    int index; /* in the definition */
    bms_figure now;
    bms_figure so_far;        /* the year so far; the same as `now` where the latest replaces earlier ones */
    bms_figure last;          /* the previous measuring point */
    bms_figure year_before;   /* the same time last year */
    bms_figure so_far_before; /* the year so far then; not there where no year is shown */
    bms_limits_source target; /* where the limits of `now` come from */
    bms_change change;
    bms_number course[BMS_COURSE_POINTS]; /* the latest results, oldest first; year to date as what each
                                             period added */
    size_t n_course;
    size_t course_break; /* so many of the oldest measured something else than the newest */
    bool broken;         /* the previous measuring point measured something else: it is not compared with */
    bms_spread spread;
    const bms_report_answer *own;     /* the unit's own answer; NULL when it is not asked */
    const bms_report_answer *answers; /* of every unit that is asked, in the order of the units */
    size_t n_answers;
    const bms_report_answer
        *closed; /* of units closed in the year that are in its year to date: their last */
    size_t n_closed;
    size_t n_preliminary; /* of the answers */
} bms_report_indicator;

/** A place on a scorecard. */
typedef struct bms_report_line {
    int scorecard; /* BMS_NONE, as the next two: asked for, but placed nowhere */
    int focus_area;
    int criterion;
    size_t indicator; /* in the model's indicators */
} bms_report_line;

/** A unit of the report, in the order of the tree. */
typedef struct bms_report_unit {
    int unit;
    int depth;             /* 0: the report's own unit */
    bool parent;           /* has units below it: `figures` are rolled up */
    bool own;              /* a second row for a parent, with its own answers alone */
    bool former;           /* it was below the report's unit when something was measured, and is not now */
    bms_delivery delivery; /* of the form of the period; its texts are never NULL */
    const bms_figure *figures; /* one for each indicator of the model; of an earlier period where the unit has
                                  none of the indicator's latest */
    size_t n[4];               /* its own answers, by enum bms_colour */
} bms_report_unit;

/** An action, with its link resolved. */
typedef struct bms_report_action {
    int unit;
    int indicator;  /* in the definition, or BMS_NONE */
    int focus_area; /* likewise */
    const char *number;
    const char *linked_to; /* name of the indicator or focus area, or the unit's own words; "" */
    const char *text;
    const char *responsible;
    const char *due_text; /* as written, "" when none */
    bms_day due;          /* BMS_NO_DAY when it is not a date */
    const char *status;
    const char *effect;
    bool done;
    bool overdue; /* on the report's date */
} bms_report_action;

/** A red result of one unit. */
typedef struct bms_report_red {
    size_t indicator; /* in the model's indicators */
    const bms_report_answer *answer;
    const bms_figure *figure;        /* the answer's that is red */
    const bms_report_action *action; /* an open one for the indicator, else for its focus area; NULL: none */
} bms_report_red;

/** Why a number has changed since the edition before. */
enum bms_change_cause {
    BMS_CHANGED_BY_NEW_RETURN,
    BMS_CHANGED_BY_FIRST_RETURN, /* the unit had not answered before */
    BMS_CHANGED_BY_AMENDMENT,    /* by the coordinator */
    BMS_CHANGED_BY_DEFINITION,   /* the numbers are the same: the limits or the calculation changed */
    BMS_CHANGED_BY_UNITS,        /* a roll-up, because a unit's answer changed */
    BMS_CHANGED_EARLIER,         /* a result of an earlier measuring point */
    BMS_CHANGED_LATER,           /* a later measurement stands in its place */
    BMS_CHANGED_BY_RULES,        /* numbers and setup are the same: the program works it out otherwise */
    BMS_CHANGED_OTHERWISE
};

/** A result that is different from the edition before. */
typedef struct bms_report_change {
    size_t indicator; /* in the model's indicators */
    int unit;
    const bms_figure *was;
    const bms_figure *became;
    enum bms_change_cause cause;
    const bms_stored_entry *source; /* of a unit's own answer; else NULL */
    bool colour_changed;
    bool came_in; /* nothing that was said is corrected: there was no number, or one of an earlier period */
} bms_report_change;

typedef struct bms_report_model {
    const bms_definition *definition;
    const char *language;
    enum bms_report_kind kind;
    int unit;
    int form; /* the form period, in the definition's calendar */
    const char *period_name;
    int edition;
    int64_t made_at;
    const char *history;     /* the hash of the newest run when the numbers were fetched; "" when not known */
    const char *recorded_by; /* as of an earlier run: the version of bms that wrote it, where it is another;
                                else "" */
    bool internal;           /* it shows what a public edition withholds */
    bool preliminary;        /* made before the period's last day */
    const bms_report_indicator *indicators;
    size_t n_indicators;
    const bms_report_line *lines; /* by scorecard, focus area and criterion, as placed */
    size_t n_lines;
    const bms_report_unit *units; /* the first is the report's own */
    size_t n_units;
    const bms_report_red *reds; /* the most important first: longest red, then furthest beyond the limit */
    size_t n_reds;
    const bms_report_action *actions; /* open ones first, by due date */
    size_t n_actions;
    size_t n_by_colour[4];         /* the indicators, by their status */
    size_t n_answers_by_colour[4]; /* all units' own answers */
    size_t n_expected_units;       /* units that were sent this form */
    size_t n_delivered_units;
    size_t n_overdue;
    int previous_edition; /* 0: this is the first, and the rest is empty */
    int64_t previous_made_at;
    const char *previous_program; /* the version of bms that made it */
    bool previous_kept;           /* what it said was kept; else it is worked out again */
    const bms_report_change *changes;
    size_t n_changes;
    size_t n_corrected; /* of the changes: what was said was not right, or is no longer */
    size_t n_came_in;
    size_t n_by_setup; /* numbers are the same, the limits or the calculation are not */
    size_t n_by_rules; /* numbers and setup are the same, the program is not */
    size_t n_colours_changed;
} bms_report_model;

/** @return whether a row shows the year to date: a forecast, and what is as of a date, have none. */
bool bms_report_shows_year(const bms_report_indicator *row);

/** @return the figure whose colour is the row's status: the year so far where it is shown and has a colour.
 */
const bms_figure *bms_report_status(const bms_report_indicator *row);

/** @return the same for one unit's answer, as its own report has it. */
const bms_figure *bms_report_answer_status(const bms_report_indicator *row, const bms_report_answer *answer);

/** @return the figure of an answer that the row's lowest and highest are of: like the row's status. */
const bms_figure *bms_report_in_spread(const bms_report_indicator *row, const bms_report_answer *answer);

/** What the reports of a run share. */
typedef struct bms_report_run {
    const bms_figures *figures;
    int64_t made_at;
    const char *history;     /* as in the model; NULL when not known */
    const char *recorded_by; /* likewise */
} bms_report_run;

/** @return whether an action is overdue on a day: due before it and not done. */
bool bms_report_action_is_overdue(const bms_report_action *action, bms_day today);

/** @return whether a unit gets a report: it, or a unit below it, has a form this period. */
bool bms_report_wanted(const bms_figures *figures, int unit);

/**
 * Build the report of a unit.
 *
 * @param[out] out  lives in `arena` and borrows from the figures and their definition
 * @return BMS_OK or BMS_NO_MEMORY
 */
enum bms_status bms_report_build(bms_arena *arena, const bms_report_run *run, int unit, int edition,
                                 const char *language, bms_report_model *out, bms_error *error);

#endif
