/**
 * check and collect as text: the outcome of each file, and how many there are of each.
 */
#ifndef CLI_RETURNS_H
#define CLI_RETURNS_H

#include "arguments.h"
#include "session.h"

/** Run check or collect on the operands, and write the outcome. @param stores  collect */
enum bms_status returns_run(struct session *session, const struct arguments *arguments, bool stores);

/** The options that both commands have. */
extern const struct option returns_options[];

/** The option that both have, as a row of their tables. */
#define RETURNS_THREADS                                                                                      \
    { "threads", "N", TEXT("how many files are read at a time; one for each processor unless given") }

#endif
