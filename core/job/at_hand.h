/**
 * The period that a verb is about when its call names none: the one that is evident, or none. Nothing is
 * guessed: where there are several, or none, the call is refused with the periods there are. Whichever is
 * taken is reported first, as a notice.
 */
#ifndef BMS_JOB_AT_HAND_H
#define BMS_JOB_AT_HAND_H

#include "core/job/job.h"

/** What it is wanted for. */
enum bms_at_hand {
    BMS_TO_SEND,    /* forms to be sent by now, or within BMS_DAYS_AHEAD, not due yet and not written */
    BMS_SENT,       /* those that were to be sent last, where they have been written */
    BMS_ANSWERED,   /* those that were to be sent last, where somebody has answered */
    BMS_NOT_CHOSEN, /* it must be named */
};

/** So many days before forms are to be sent, writing them is what is next. */
enum { BMS_DAYS_AHEAD = 14 };

/**
 * Find the form period that a code names, or the one that is evident.
 *
 * @param      code    NULL: none is named
 * @param      wanted  what for
 * @param[out] period  an index into the calendar
 * @return BMS_OK; BMS_USAGE for a code without a form, or when none is evident
 */
enum bms_status bms_job_period(const bms_job *job, const char *code, enum bms_at_hand wanted, int *period,
                               bms_error *error);

/** Find the period whose forms are the next thing: those to be sent now; else those sent last, until they are
 * due; else those to be sent after them. @param[out] period  BMS_NONE when no period has forms */
enum bms_status bms_job_next_forms(const bms_job *job, int *period, bms_error *error);

/** @return the period of the forms that were to be sent latest by a day, or BMS_NONE. */
int bms_job_latest_sent(const bms_definition *definition, bms_day day);

#endif
