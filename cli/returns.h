/**
 * Checking and collecting as the command shows it: what became of each file, and how many of each.
 */
#ifndef CLI_RETURNS_H
#define CLI_RETURNS_H

#include "arguments.h"
#include "session.h"

/** bms_check or bms_collect. */
typedef enum bms_status returns_verb(bms *b, const bms_source *sources, size_t n,
                                     const bms_collect_options *options, const bms_listener *listener,
                                     bms_counts *counts, bms_error *error);

/** Run the verb over the operands and write what came of it. @param stores whether it takes into the history
 */
enum bms_status returns_run(struct session *session, const struct arguments *arguments, returns_verb *verb,
                            bool stores);

/** The options that both commands have. */
extern const struct option returns_options[];

/** The option that both have, as a row of their tables. */
#define RETURNS_THREADS                                                                                      \
    { "threads", "N", TEXT("how many files are read at a time; one for each processor unless given") }

#endif
