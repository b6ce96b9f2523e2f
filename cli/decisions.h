/**
 * What the coordinator decides on the command line of collect: --accept, --use, --partial.
 */
#ifndef CLI_DECISIONS_H
#define CLI_DECISIONS_H

#include "arguments.h"
#include "session.h"

struct decisions {
    char *parts; /* copies of the --accept values, cut at their colons */
    bms_accepting *accept;
    const char **use;
    const char **partial;
};

/**
 * Read what was given into the options.
 *
 * @param[out] decisions  what the options borrow; free with decisions_dispose, also on failure
 * @return BMS_OK, BMS_USAGE for an --accept that is not RULE:UNIT:INDICATOR, BMS_NO_MEMORY
 */
enum bms_status decisions_read(struct decisions *decisions, struct session *session,
                               const struct arguments *arguments, bms_collect_options *options);

void decisions_dispose(struct decisions *decisions);

/** The options, as rows of a command's table. */
#define DECISION_OPTIONS                                                                                     \
    {"accept", TEXT("RULE:UNIT:INDICATOR"), TEXT("accept a finding, with --reason; may be repeated")},       \
        {"use", TEXT("FILE"), TEXT("use this file, where a unit has sent several; may be repeated")},        \
        {"partial", TEXT("UNIT"),                                                                            \
         TEXT("release the rest of a held return, without what is wrong in it; may be repeated")},           \
        {"reason", TEXT("TEXT"), TEXT("why; shown wherever the number is shown")}, {                         \
        "by", TEXT("NAME"), TEXT("who decides (the one who is logged on unless given)")                      \
    }

#endif
