/**
 * The workbooks a command wrote and what was found on the way: what init, setup, forms and report share.
 */
#ifndef CLI_WRITTEN_H
#define CLI_WRITTEN_H

#include "session.h"

/** Filled by written_begin. */
struct written {
    struct session *session;
    size_t n_by_action[3]; /* by enum bms_file_action */
    char folder[1024];     /* of the last file */
    bool told_file;        /* the findings' file has been named */
};

/** Begin. @return a listener that gathers into `written`, which must stay where it is until written_end */
bms_listener written_begin(struct written *written, struct session *session);

/** Take the line of progress away. To be called once, however the library's call ended. */
void written_end(struct written *written);

/** Say how many workbooks were written, and where. */
void written_say_counts(const struct written *written);

#endif
