#include "command.h"
#include "number.h"
#include "written.h"

#include <stdlib.h>
#include <string.h>

static bool read_what(const char *name, enum bms_redacted *what) {
    static const char *const names[] = {"comment",  "signature",  "actions",   "original",
                                        "findings", "correction", "decisions", "file"};
    for (int i = 0; name && i < (int)(sizeof names / sizeof names[0]); i++) {
        if (strcmp(name, names[i]) == 0) {
            *what = (enum bms_redacted)i;
            return true;
        }
    }
    return false;
}

static enum bms_status redact(struct session *session, const struct arguments *arguments) {
    const char *revision = arguments_value(arguments, "revision");
    const char *what = arguments_operand(arguments, 2);
    bms_redaction redaction = {.unit = arguments_operand(arguments, 0),
                               .period = arguments_operand(arguments, 1),
                               .text = arguments_value(arguments, "setup"),
                               .indicator = arguments_value(arguments, "indicator"),
                               .revision = revision ? atoi(revision) : 0,
                               .made_by = arguments_value(arguments, "by"),
                               .reason = arguments_value(arguments, "reason")};
    if (redaction.text && !redaction.unit) {
        redaction.what = BMS_REDACT_SETUP;
    } else if (redaction.text || !read_what(what, &redaction.what)) {
        return session_refuse(
            session,
            translated(session,
                       TEXT("What can be removed is comment, signature, actions, original, findings, "
                            "correction, decisions or file of a UNIT and PERIOD, or a text with --setup.")),
            what ? what : "redact");
    }
    if (revision && redaction.revision < 1) {
        return session_refuse(session, translated(session, TEXT("The option needs a number from 1.")),
                              revision);
    }
    struct written written;
    size_t n = 0;
    char digits[NUMBER_SIZE];
    bms_listener listener = written_begin(&written, session);
    enum bms_status status = bms_redact(session->library, &redaction, &listener, &n, &session->error);
    written_end(&written);
    if (status == BMS_OK && !session->quiet) {
        session_say(session, TEXT("Removed from {n} places, on record."), "n", number_count(n, digits), NULL);
    }
    return status;
}

static const struct option options[] = {
    {"by", TEXT("NAME"), TEXT("who removes it")},
    {"reason", TEXT("TEXT"), TEXT("why")},
    {"setup", TEXT("TEXT"), TEXT("remove every cell that holds this text from the setups that were loaded")},
    {"indicator", TEXT("CODE"), TEXT("only what concerns this indicator")},
    {"revision", TEXT("NUMBER"), TEXT("only this submission; all unless given")},
    {NULL, NULL, NULL}};

const struct command command_redact = {
    .name = "redact",
    .usage = TEXT("UNIT PERIOD comment|signature|actions|original|findings|correction|decisions|file --by "
                  "NAME --reason TEXT"),
    .summary = TEXT("remove a text or an original that must not stay, on record"),
    .details = TEXT(
        "For personal data that came in by mistake. The numbers stay. Who removed it, when, why and\n"
        "the hash of what stood there are kept, so bms verify still holds. A comment also stands in the\n"
        "original file: remove that too when it must be gone. With --setup TEXT and nothing else it is the\n"
        "setups that are gone through: a leader's name or address, in every version that was loaded."),
    .options = options,
    .most_operands = 3,
    .function = redact,
};
