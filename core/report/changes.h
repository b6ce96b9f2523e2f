/**
 * What changed from one edition of a report to the next: what it was, what it became, and why.
 *
 * What it was is what the edition before *said*, where that was kept. The same edition worked out again, from
 * what was known when it was made, shows why: where it gives what is said now, neither the numbers nor the
 * setup have changed but the program's way of working out. Nothing here reads the history.
 */
#ifndef BMS_REPORT_CHANGES_H
#define BMS_REPORT_CHANGES_H

#include "core/report/report.h"

/** What the newest edition of a unit's report said. */
typedef struct bms_report_figures_said {
    const char *unit;
    const bms_said *figures;
    size_t n;
} bms_report_figures_said;

/** The edition before. */
typedef struct bms_report_before {
    const bms_report_model *then;        /* worked out again, from what was known when it was made */
    const char *program;                 /* the version of bms that made it */
    bool kept;                           /* what it said was kept */
    const bms_report_figures_said *said; /* of the report's own unit and those below it, as far as kept */
    size_t n_said;
} bms_report_before;

/**
 * Compare a report with its previous edition, and put the changes into it.
 *
 * @param before  must live as long as `now`, which borrows its figures
 * @return BMS_OK or BMS_NO_MEMORY
 */
enum bms_status bms_report_compare(bms_arena *arena, const bms_report_before *before, bms_report_model *now,
                                   bms_error *error);

#endif
