/**
 * What the coordinator decides with a collect, and Mottak, the workbook to decide in.
 *
 * Before the returns are read, what was decided before, the options and what stands in the period's Mottak
 * are gathered into one list that the checks and the settling look things up in. In the run, the decisions
 * that applied to a return are stored. The others are reported, and stand in the new Mottak with the reason.
 */
#ifndef BMS_VERBS_COLLECT_DECIDE_H
#define BMS_VERBS_COLLECT_DECIDE_H

#include "core/job/written.h"
#include "core/make/intake.h"
#include "core/verbs/collect/returns.h"

/** A Mottak that somebody has written in. */
typedef struct bms_filled_intake {
    int period;
    const char *path;
    bms_intake_answers answers;
    const char **problems;  /* as many as answers; NULL for one that was obeyed */
    bool concerned;         /* these returns are of its period; else it waits */
    const char *unreadable; /* why it cannot be read: it is left alone, and reported; NULL */
} bms_filled_intake;

/** One thing that is wanted, and whether it has been obeyed. */
typedef struct bms_wish {
    enum bms_decision_kind kind;
    const char *rule;
    const char *unit;
    const char *indicator;
    const char *about;         /* NULL: any numbers */
    const char *sha256;        /* NULL: any file */
    const char *file;          /* of an option: what was given; NULL */
    bms_filled_intake *intake; /* where it stands; NULL: an option */
    size_t answer;             /* … and in which answer */
    bool obeyed;
} bms_wish;

typedef struct bms_deciding {
    bms_job *job;
    const bms_collect_options *options; /* may be NULL */
    const char *who;
    bms_decisions decisions;
    bms_filled_intake *intakes;
    size_t n_intakes;
    bms_wish *wishes;
    size_t n_wishes;
    size_t wish_capacity;
} bms_deciding;

/** Load what was decided before into `decisions` and give them to the job. For check, which decides nothing.
 */
enum bms_status bms_decide_recall(bms_job *job, bms_decisions *decisions, bms_error *error);

/**
 * Gather what is decided now; call before the returns are read.
 * @return BMS_USAGE for an unknown rule, unit or indicator, a rule that cannot be accepted, a missing reason
 */
enum bms_status bms_decide_begin(bms_deciding *deciding, bms_job *job, const bms_collect_options *options,
                                 bms_error *error);

/** Settle which files are chosen, now that they have been read. @return BMS_USAGE for a file that is none */
enum bms_status bms_decide_files(bms_deciding *deciding, bms_returns *returns, bms_error *error);

/** Store, in the run that is open, what applies to these returns. @param[out] added  set when something was
 */
enum bms_status bms_decide_store(bms_deciding *deciding, const bms_returns *returns, bool *added,
                                 bms_error *error);

/** Write a Mottak for each period of these returns, in the run that is open. @param[out] added  likewise */
enum bms_status bms_decide_write(bms_deciding *deciding, const bms_returns *returns, bms_written_set *set,
                                 bool *added, bms_error *error);

/** Give the workbooks their names, those that were written in getting another; the run has been committed. */
enum bms_status bms_decide_place(const bms_deciding *deciding, bms_written_set *set, bms_error *error);

/** Read each Mottak that somebody has written in, and take up what it says (for bms_decide_begin). */
enum bms_status bms_decide_read_intakes(bms_deciding *deciding, bms_error *error);
enum bms_status bms_decide_take_intake(bms_deciding *deciding, bms_filled_intake *intake, bms_error *error);

/** @return whether the returns are of a form period, or were reached through it. */
bool bms_decide_concerns(const bms_deciding *deciding, const bms_returns *returns, int period);

/** Note in each Mottak why a wish was not obeyed (for bms_decide_write). */
void bms_decide_object(bms_deciding *deciding);

/** Report what could not be obeyed. */
void bms_decide_deliver(const bms_deciding *deciding);

#endif
