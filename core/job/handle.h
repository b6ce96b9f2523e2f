/**
 * The settings of a handle: language, clock, the history's path and as of when it is read. Nothing is kept
 * open.
 */
#ifndef BMS_JOB_HANDLE_H
#define BMS_JOB_HANDLE_H

#include "core/bms.h"

struct bms {
    char language[3];
    char *history;
    char *as_of; /* a date or a run; NULL: now */
    bool limits_of_today;
    int threads;                   /* 0: as many as there are processors */
    char workbook_language[3];     /* of forms and reports; "": each unit's own */
    int64_t (*now)(void *context); /* NULL: the system's clock */
    void *now_context;
    void (*on_notice)(void *context, const bms_finding *notice); /* may be NULL */
    void *notice_context;
};

/** @return whether a text is the number of a run. @param[out] run  set when it is */
bool bms_run_number(const char *text, int64_t *run);

#endif
