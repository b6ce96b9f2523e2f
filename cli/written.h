/**
 * The workbooks a command wrote and its findings: what init, setup, forms, remind and report share.
 */
#ifndef CLI_WRITTEN_H
#define CLI_WRITTEN_H

#include "session.h"

/** Filled by written_begin. */
struct written {
    struct session *session;
    size_t n_by_action[4]; /* by enum bms_file_action */
    char folder[1024];     /* of the last file */
    char period[64];       /* of the form of the last return */
    bool file_named;       /* the file of the findings has been shown */
};

/** Begin. @return a listener that gathers into `written`, which must stay where it is until written_end */
bms_listener written_begin(struct written *written, struct session *session);

/** Clear the line of progress. Call it once, also on failure. */
void written_end(struct written *written);

/** Show how many workbooks were written, and where. */
void written_say_counts(const struct written *written);

#endif
