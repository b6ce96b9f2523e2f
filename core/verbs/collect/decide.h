/**
 * What the coordinator decides with a collect, and Mottak, the workbook to decide in.
 *
 * Before the returns are read, earlier decisions, the options and the answers in the period's Mottak are
 * gathered into one list that the checks and the settling look things up in. In the run, the decisions that
 * applied to a return are stored. The others are reported, and shown in the new Mottak with the reason.
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
    const char *aside; /* the name it gets once its answers are stored */
    char sha256[65];
    bool carried_out; /* its answers are stored already */
    bms_intake_answers answers;
    const char **problems;  /* as many as answers; NULL for one that was carried out */
    bool concerned;         /* some of these returns are of its period; else it waits */
    const char *unreadable; /* why it cannot be read: it is left as it is, and reported; NULL */
} bms_filled_intake;

/** One thing the coordinator wants done, and whether it has been. */
typedef struct bms_instruction {
    enum bms_decision_kind kind;
    const char *rule;
    const char *unit;
    const char *indicator;
    const char *about;         /* NULL: any numbers */
    const char *sha256;        /* NULL: any file */
    const char *file;          /* the one an option names; NULL */
    bms_return_record *record; /* the file to use, once it is found; NULL */
    bms_filled_intake *intake; /* where it is written; NULL: in an option */
    size_t answer;             /* … and in which answer */
    bool carried_out;
} bms_instruction;

typedef struct bms_deciding {
    bms_job *job;
    const bms_collect_options *options; /* may be NULL */
    const char *who;
    bms_decisions decisions;
    bms_filled_intake *intakes;
    size_t n_intakes;
    bms_instruction *instructions;
    size_t n_instructions;
    size_t instruction_capacity;
} bms_deciding;

/** Load earlier decisions and give them to the job; check, which decides nothing, needs no more. */
enum bms_status bms_decide_recall(bms_job *job, bms_decisions *decisions, bms_error *error);

/**
 * Gather what is decided now; call before the returns are read.
 * @return BMS_USAGE for an unknown rule, unit or indicator, a rule that cannot be accepted, a missing reason
 */
enum bms_status bms_decide_begin(bms_deciding *deciding, bms_job *job, const bms_collect_options *options,
                                 bms_error *error);

/** Match instructions with the files, once these are read.
 * @return BMS_USAGE where an option names a file that is not there, or one of several of a unit */
enum bms_status bms_decide_files(bms_deciding *deciding, bms_returns *returns, bms_error *error);

/** Store what applies to these returns, in the open run. @param[out] added  set when something was stored */
enum bms_status bms_decide_store(bms_deciding *deciding, const bms_returns *returns, bool *added,
                                 bms_error *error);

/** Write a Mottak for each period of these returns, in the open run. @param[out] added  likewise */
enum bms_status bms_decide_write(bms_deciding *deciding, const bms_returns *returns, bms_written_set *set,
                                 bool *added, bms_error *error);

/** Give the workbooks their names, after the commit. One that somebody wrote in is renamed first. */
void bms_decide_place(const bms_deciding *deciding, bms_written_set *set);

/** Read each Mottak that somebody has written in, and gather its answers (for bms_decide_begin). */
enum bms_status bms_decide_read_intakes(bms_deciding *deciding, bms_error *error);
enum bms_status bms_decide_take_intake(bms_deciding *deciding, bms_filled_intake *intake, bms_error *error);

/** @return whether the returns are of a form period, or were reached through it. */
bool bms_decide_concerns(const bms_deciding *deciding, const bms_returns *returns, int period);

/** Note for each Mottak why an instruction was not carried out (for bms_decide_write). */
void bms_decide_note_problems(bms_deciding *deciding);

/** Report what could not be carried out. */
void bms_decide_deliver(const bms_deciding *deciding);

#endif
