/**
 * The scorecard as the coordinator defined it: units, indicators, who measures what, targets.
 *
 * A definition is read only. It is made from a setup (read.c), which comes from a workbook or from the
 * history, and lives in the arena it was made in. References between its parts are indexes into its arrays;
 * BMS_NONE is none.
 */
#ifndef BMS_DEFINITION_DEFINITION_H
#define BMS_DEFINITION_DEFINITION_H

#include "core/base/arena.h"
#include "core/base/period.h"
#include "core/definition/measure.h"

#include <stdbool.h>
#include <stddef.h>

enum { BMS_NONE = -1 };

/** After every other day. */
#define BMS_LATEST_DAY INT32_MAX

/** What the municipality's name or number was before. */
typedef struct bms_earlier_text {
    bms_day to; /* its last day */
    const char *text;
} bms_earlier_text;

typedef struct bms_municipality {
    const char *name;        /* the newest; see bms_municipality_name_on */
    const char *number;      /* likewise; text: 0301 keeps its zero */
    const char *language;    /* its code */
    const char *coordinator; /* "" when not given, as the next */
    const char *reply_to;    /* e-mail for the returns */
    int least_persons;       /* public editions withhold figures about fewer persons; 5 unless set */
    const bms_earlier_text *earlier_names; /* oldest first */
    size_t n_earlier_names;
    const bms_earlier_text *earlier_numbers; /* likewise */
    size_t n_earlier_numbers;
} bms_municipality;

/** Where a unit was before it was moved. */
typedef struct bms_unit_place {
    bms_day to; /* the last day there */
    int parent;
} bms_unit_place;

typedef struct bms_unit {
    const char *code;
    const char *name;
    int parent;              /* index into units, after all moves; BMS_NONE for the top */
    bms_unit_place *earlier; /* where it was before, oldest first */
    size_t n_earlier;
    const char *group; /* peer group, "" when none; spelled the same wherever it is used */
    const char *leader;
    const char *deputy; /* stands in for the leader */
    const char *email;
    const char *language; /* "": the municipality's */
    bms_day from;         /* BMS_NO_DAY: always */
    bms_day to;           /* the last day; BMS_NO_DAY: still */
    int *predecessors;
    size_t n_predecessors;
} bms_unit;

typedef struct bms_scorecard {
    const char *code;
    const char *name;
    bms_day from, to;
} bms_scorecard;

typedef struct bms_focus_area {
    const char *code;
    int scorecard;
    const char *name;
    const char *goal;
} bms_focus_area;

typedef struct bms_criterion {
    const char *code;
    int focus_area;
    const char *name;
} bms_criterion;

/** Which of an indicator's numbers. */
enum bms_which { BMS_NUMERATOR, BMS_DENOMINATOR };

/** A reference to a number of an indicator. */
typedef struct bms_number_ref {
    int indicator; /* BMS_NONE: no reference */
    enum bms_which which;
} bms_number_ref;

/** One of the two numbers of an indicator. */
typedef struct bms_asked_number {
    const char *question; /* with places such as {dates}, see bms_question_text */
    const char *unit_of_measure;
    bms_number_ref same_as; /* asked for there, used here too */
    bms_number_ref part_of; /* it may not exceed that one */
    bool parts_are_all;     /* its parts add up to all of it */
    bms_number least;       /* valid range */
    bms_number most;
    bms_number usual_from; /* how large it usually is, for one unit; both known or neither */
    bms_number usual_to;
    bool whole; /* persons and cases: no decimals */
} bms_asked_number;

/** What a red result without an action or a comment becomes. */
enum bms_when_red { BMS_RED_IS_TAKEN, BMS_RED_IS_WARNED, BMS_RED_IS_HELD };

typedef struct bms_indicator {
    const char *code;
    const char *name;
    enum bms_kind kind;
    bms_asked_number numerator;
    bms_asked_number denominator; /* question "" where the kind has none */
    double factor;                /* 100 for a share; of a rate as declared */
    int decimals;
    enum bms_basis basis;
    enum bms_better better;
    const char *unit_of_result; /* "%", "poeng", "1000 kr" …: what a result is shown with */
    bool about_persons;
    bms_number_ref persons; /* the number of persons; indicator BMS_NONE: not known */
    const char *source;
    bool must_answer; /* 'not applicable' is not an answer */
    enum bms_when_red when_red;
    const char *guidance;
    bms_day from; /* measured from; BMS_NO_DAY: always */
    enum bms_rollup_rule rollup;
    double least_coverage; /* 0–1; 0.5 unless set */
    double least_change;   /* of a result, before it counts as one; 0: not set */
    int series_since; /* from that version on other words have asked for the same (series.h); 0: not set */
} bms_indicator;

/** The place of an indicator on a scorecard; in the order they are shown. */
typedef struct bms_placement {
    int scorecard;
    int criterion;
    int indicator;
    double order;
} bms_placement;

enum bms_scope { BMS_FOR_ALL, BMS_FOR_GROUP, BMS_FOR_UNIT };

/** What a target is for: one unit's value in one measured period, units together, or a year. */
enum bms_applies { BMS_ONE_UNIT, BMS_TOGETHER, BMS_A_YEAR };

enum bms_offset { BMS_ABSOLUTE, BMS_PER_CENT, BMS_PERCENTAGE_POINTS };

/** A target as written. Which of them a figure takes: assessment.h. */
typedef struct bms_target {
    int indicator;
    enum bms_scope scope;
    const char *group; /* BMS_FOR_GROUP */
    int unit;          /* BMS_FOR_UNIT */
    enum bms_applies applies;
    bms_limits limits;  /* relative to the series: offsets */
    const char *series; /* "" when absolute */
    enum bms_offset offset;
    bms_day from;        /* BMS_NO_DAY: always */
    const char *decided; /* by which decision */
    bms_day corrected;   /* the day it was put right for all its periods (accepted.h); BMS_NO_DAY: never */
} bms_target;

/** A period in the calendar of the setup: one that forms are sent for, or that is measured. */
typedef struct bms_calendar_period {
    bms_period period;
    const char *name; /* as the coordinator wrote it, or "" */
    bms_day sent;     /* BMS_NO_DAY when not given, as the next */
    bms_day due;
    bms_day closes;
} bms_calendar_period;

/** Whether a unit is asked for an indicator, and must answer. */
enum bms_duty { BMS_NOT_ASKED, BMS_OPTIONAL, BMS_REQUIRED };

/** An indicator, the period measured, and the form that asks for it. */
typedef struct bms_measuring_point {
    int indicator;
    int period;                /* index into calendar: the period measured */
    int form;                  /* index into calendar: the period of the form */
    const enum bms_duty *duty; /* by unit; groups and exceptions are applied, validity is not */
} bms_measuring_point;

typedef struct bms_reference_value {
    const char *series;
    const char *source;
    bms_period period;
    const char *group; /* "" for all */
    double value;
    bms_day published;
} bms_reference_value;

typedef struct bms_planned_action {
    const char *number;
    int unit;
    int indicator;  /* what it is linked to, or BMS_NONE */
    int focus_area; /* likewise, and the next ones */
    int criterion;
    int scorecard;
    const char *text;
    const char *responsible;
    bms_day due;
    const char *status;
    const char *effect;
} bms_planned_action;

typedef struct bms_definition {
    int version;          /* 0: not stored yet */
    bool limits_of_today; /* old periods are judged by the newest targets, not by those of the time */
    bms_municipality municipality;
    bms_unit *units;
    size_t n_units;
    const int *units_by_code; /* sorted; NULL: they are looked through */
    bms_scorecard *scorecards;
    size_t n_scorecards;
    bms_focus_area *focus_areas;
    size_t n_focus_areas;
    bms_criterion *criteria;
    size_t n_criteria;
    bms_indicator *indicators;
    size_t n_indicators;
    bms_placement *placements;
    size_t n_placements;
    bms_target *targets;
    size_t n_targets;
    bms_calendar_period *calendar; /* sorted by bms_period_compare */
    size_t n_calendar;
    bms_measuring_point *points; /* sorted by form, then the indicator's first placement */
    size_t n_points;
    const int *points_of; /* by indicator and calendar period: the point or BMS_NONE. NULL: one is looked for
                           * among all */
    bms_reference_value *references;
    size_t n_references;
    bms_planned_action *actions;
    size_t n_actions;
} bms_definition;

/** Sort the units by code, once all are there, so that they are found by key. The arena remembers when memory
 * was out. */
void bms_definition_sort_units(bms_arena *arena, bms_definition *definition);

/** @return the index of a unit, indicator or calendar period by its code (any case), or BMS_NONE. */
int bms_definition_unit(const bms_definition *definition, const char *code);
int bms_definition_indicator(const bms_definition *definition, const char *code);
int bms_definition_period(const bms_definition *definition, const char *code);

/** @return the name to show for a calendar period: the coordinator's, or bms_period_name's. */
const char *bms_definition_period_name(const bms_definition *definition, int period, bms_arena *arena,
                                       const char *language);

/** @return the names of units in their order: "Lia, Lund and Berg". */
const char *bms_definition_unit_names(const bms_definition *definition, const int *units, size_t n,
                                      bms_arena *arena, const char *language);

/** @return the municipality's name, or its number, on a day. */
const char *bms_municipality_name_on(const bms_municipality *municipality, bms_day day);
const char *bms_municipality_number_on(const bms_municipality *municipality, bms_day day);

/** @return whether the unit exists on that day. */
bool bms_unit_valid(const bms_unit *unit, bms_day day);

/** @return the unit above on that day. */
int bms_unit_parent_on(const bms_unit *unit, bms_day day);

/** @return whether `unit` is `above`, or somewhere below it, on a day; BMS_LATEST_DAY: after all moves. */
bool bms_unit_is_below_on(const bms_definition *definition, int unit, int above, bms_day day);

/** @return the day whose units and tree count: the last day measured, or of the form if that is earlier. */
bms_day bms_definition_day_of(const bms_definition *definition, const bms_measuring_point *point);

/** @return a unit's duty at a measuring point, on which unit and indicator must be valid. */
enum bms_duty bms_definition_duty(const bms_definition *definition, const bms_measuring_point *point,
                                  int unit);

/** @return whether any unit is asked for anything in the form of that calendar period. */
bool bms_definition_has_form(const bms_definition *definition, int form);

/** @return one of an indicator's two numbers. */
const bms_asked_number *bms_definition_number(const bms_definition *definition, bms_number_ref ref);

/** @return the number that is asked for: the one it is the same as, else `ref` itself. */
bms_number_ref bms_definition_asked_as(const bms_definition *definition, bms_number_ref ref);

/** @return whether a calendar period is another one or earlier: its last day is not later. All periods that
 * end on the same day belong to one another: December to the third tertial, and both to the year. */
bool bms_definition_is_by(const bms_definition *definition, int period, int other);

/** @return whether the answers to a form were due before a day: its due date has passed; without one, it ends
 * before `later`, a form that is in use. */
bool bms_definition_was_due(const bms_definition *definition, int form, bms_day day, int later);

/** @return whether a measuring point is before another: its day (bms_definition_day_of) is earlier. */
bool bms_definition_point_is_before(const bms_definition *definition, int point, int other);

/** Order an indicator's measuring points by day; on the same day by the period measured. */
int bms_definition_compare_points(const bms_definition *definition, int a, int b);

/** @return whether `a` is rather than `b` the last point before another: the later one; of two with the same
 * last day the one that measured a period as long as that of `point`, so that months follow months. */
bool bms_definition_is_closer(const bms_definition *definition, int a, int b, int point);

/** @return the measuring point of an indicator for a measured period, or BMS_NONE. */
int bms_definition_point(const bms_definition *definition, int indicator, int period);

/** @return the indicator's measuring point at the same time the year before, or BMS_NONE. */
int bms_definition_point_year_before(const bms_definition *definition, int point);

/** What limits come from. `target` NULL: there is none; `reference` NULL: absolute, or no value is known. */
typedef struct bms_limits_source {
    const bms_target *target;
    const bms_reference_value *reference;
} bms_limits_source;

/**
 * The limits in force for a unit's own answer at a measuring point. Precedence: unit, peer group, all; among
 * these, the latest `from` not after the end of the measured period. The reference value is the latest one
 * published by the end of the form's period. (A figure of several units, or of the year: assessment.h.)
 *
 * @param[out] source  what they come from; may be NULL
 */
bms_limits bms_limits_for(const bms_definition *definition, const bms_measuring_point *point, int unit,
                          bms_limits_source *source);

/**
 * A question as the form asks it: the places {dates} {periode}, {date} {dato}, {year} {år}, {from} {fra},
 * {to} {til} filled for a period and a basis (year to date counts from 1 January).
 */
const char *bms_question_text(bms_arena *arena, const char *question, enum bms_basis basis,
                              const bms_period *period);

/** @return the first place of a question that is none of these, "{datoer}"; NULL: there is none. */
const char *bms_question_unknown_place(bms_arena *arena, const char *question);

#endif
