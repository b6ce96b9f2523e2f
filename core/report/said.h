/**
 * What a report says, to be kept with its edition: its figures as rows, and all of it as one hash.
 */
#ifndef BMS_REPORT_SAID_H
#define BMS_REPORT_SAID_H

#include "core/report/report.h"

/**
 * Work out what a report says. The edition's number and day, the language and what changed since the edition
 * before are left out: the same said again has the same hash.
 *
 * @param[out] out  in `arena`; borrows the model's codes
 * @return BMS_OK or BMS_NO_MEMORY
 */
enum bms_status bms_report_said(bms_arena *arena, const bms_report_model *model, bms_edition_said *out,
                                bms_error *error);

/**
 * @param then  the same figure worked out again, for what is not kept (coverage, limits); NULL: there is none
 * @return a figure as it was said
 */
bms_figure bms_report_figure_said(const bms_said *said, const bms_figure *then);

#endif
