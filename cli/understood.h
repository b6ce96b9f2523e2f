/**
 * What was understood of a setup: who is asked how much, what nothing comes of, and what has changed.
 * Gathered while the library works, shown when its findings have been.
 */
#ifndef CLI_UNDERSTOOD_H
#define CLI_UNDERSTOOD_H

#include "session.h"

enum { UNDERSTOOD_PERIODS = 6, UNDERSTOOD_GROUPS = 15, UNDERSTOOD_NAME = 80 };

/** Filled by understood_begin. */
struct understood {
    struct session *session;
    bms_setup_listener listener;
    char periods[UNDERSTOOD_PERIODS][UNDERSTOOD_NAME]; /* the next ones */
    char groups[UNDERSTOOD_GROUPS][UNDERSTOOD_NAME];
    bms_setup_asked asked[UNDERSTOOD_GROUPS][UNDERSTOOD_PERIODS]; /* numbers only */
    size_t n_periods;
    size_t n_groups;
    size_t n_groups_more;  /* rows beyond these */
    struct output left[3]; /* by enum bms_setup_left_over: "E001 Lia, E002 Eng" */
    size_t n_left[3];
    struct output changes; /* a line each */
    size_t n_changes;
    bool shown;
};

/** Begin; the listener is in `out`, which must stay where it is. End with understood_dispose. */
void understood_begin(struct understood *out, struct session *session);

/** Show it, once. */
void understood_show(struct understood *understood, const bms_setup_result *result);

void understood_dispose(struct understood *understood);

#endif
