/**
 * The parts of a report model, one function each, called by report.c in the order below: each uses the parts
 * before it. For this room only. The arena remembers when memory was out.
 */
#ifndef BMS_REPORT_PARTS_H
#define BMS_REPORT_PARTS_H

#include "core/report/report.h"

/** A report while it is built. */
typedef struct bms_report_building {
    bms_arena *arena;
    const bms_figures *figures;
    bms_report_model *model;
} bms_report_building;

/**
 * Work out one result of a unit: rolled up over the units below it, or its own alone.
 *
 * @param[out] figure  `there` is false when nobody was asked
 * @param[out] source  where its limits come from; may be NULL
 */
void bms_report_figure(const bms_report_building *building, int point, int unit, bool own_only,
                       enum bms_reach reach, bms_figure *figure, bms_limits_source *source);

/** The measuring points of an indicator's row; BMS_NONE where there is none that measured the same. */
typedef struct bms_report_points {
    int now;
    int last;
    int year_before;
    bool year_broken; /* the same time last year measured something else */
} bms_report_points;

/** Find which way an indicator's result moved. @param row  its figures are there */
bms_change bms_report_compared(const bms_report_building *building, const bms_report_points *points,
                               const bms_report_indicator *row);

/** Add the indicators and the lines of the scorecards. */
void bms_report_add_indicators(const bms_report_building *building);

/** Add the units with their deliveries. */
void bms_report_add_units(const bms_report_building *building);

/** Add the actions of the units and of the setup. */
void bms_report_add_actions(const bms_report_building *building);

/** Add the red results. */
void bms_report_add_reds(const bms_report_building *building);

#endif
