/**
 * The parts of a report model, one function each; report.c puts them together. For report*.c only.
 *
 * Each takes the model as far as it has come, in the order in which they stand here. The arena remembers when
 * memory was out.
 */
#ifndef BMS_REPORT_PARTS_H
#define BMS_REPORT_PARTS_H

#include "core/report/report.h"

/** What they have in common. */
typedef struct bms_report_work {
    bms_arena *arena;
    const bms_figures *figures;
    bms_report_model *model;
} bms_report_work;

/**
 * One result of a unit: rolled up over those below it, or its own alone.
 *
 * @param[out] figure  `there` is false when nobody was asked
 * @param[out] source  what its limits rest on; may be NULL
 */
void bms_report_figure(const bms_report_work *work, int point, int unit, bool own_only, enum bms_reach reach,
                       bms_figure *figure, bms_limits_source *source);

/** The indicators and lines of the scorecards. */
void bms_report_add_indicators(const bms_report_work *work);

/** The units with their deliveries, and who has delivered. */
void bms_report_add_units(const bms_report_work *work);

/** The actions of the units and of the setup. */
void bms_report_add_actions(const bms_report_work *work);

/** What is red. */
void bms_report_add_reds(const bms_report_work *work);

#endif
