/** bms redact: blank texts, and record it. What can be blanked is enum bms_redacted. */
#include "call.h"
#include "command.h"
#include "number.h"
#include "written.h"

#include <string.h>

enum { MOST_REVISIONS = 99999 };

static bool read_what(const char *name, enum bms_redacted *what) {
    for (int i = 0; name && i < BMS_REDACT_SETUP; i++) {
        *what = (enum bms_redacted)i;
        if (strcmp(name, bms_redacted_name(*what)) == 0)
            return true;
    }
    return false;
}

static enum bms_status read_redaction(struct session *session, const struct arguments *arguments,
                                      bms_redaction *out) {
    const char *revision = arguments_value(arguments, "revision");
    const char *what = arguments_operand(arguments, 2);
    *out = (bms_redaction){.unit = arguments_operand(arguments, 0),
                           .period = arguments_operand(arguments, 1),
                           .text = arguments_value(arguments, "setup"),
                           .what = BMS_REDACT_SETUP,
                           .indicator = arguments_value(arguments, "indicator"),
                           .made_by = arguments_value(arguments, "by"),
                           .reason = arguments_value(arguments, "reason")};
    if (out->text ? (bool)out->unit : !read_what(what, &out->what)) {
        return session_refuse(
            session,
            translated(session,
                       TEXT("Name what to remove: comment, signature, actions, original, findings, "
                            "correction, decisions or file of a UNIT and PERIOD, or a text with --setup.")),
            what ? what : "redact");
    }
    if (revision && !number_read(revision, MOST_REVISIONS, &out->revision)) {
        return session_refuse(session, translated(session, TEXT("The option needs a number from 1.")),
                              revision);
    }
    return BMS_OK;
}

static enum bms_status redact(struct session *session, const struct arguments *arguments) {
    bms_redaction redaction;
    struct written written;
    size_t n = 0;
    char digits[NUMBER_SIZE];
    enum bms_status status = read_redaction(session, arguments, &redaction);
    if (status != BMS_OK)
        return status;
    bms_listener listener = written_begin(&written, session);
    status = bms_redact(session->library, &redaction, &listener, &n, &session->error);
    written_end(&written);
    if (status == BMS_OK && n > 0 && !session->quiet)
        session_say(session, "Removed from {n} places, and recorded.", "n", number_count(n, digits), NULL);
    return status;
}

static enum bms_status redact_answer(struct session *session, const struct arguments *arguments) {
    bms_redaction redaction;
    struct request request = {0};
    enum bms_status status = read_redaction(session, arguments, &redaction);
    if (status != BMS_OK)
        return status;
    request_text(&request, "unit", redaction.unit);
    request_text(&request, "period", redaction.period);
    request_text(&request, "what", redaction.text ? NULL : bms_redacted_name(redaction.what));
    request_text(&request, "setup", redaction.text);
    request_text(&request, "indicator", redaction.indicator);
    request_number(&request, "revision", redaction.revision);
    request_text(&request, "by", redaction.made_by);
    request_text(&request, "reason", redaction.reason);
    return call_verb(session, "redact", &request, NULL, 0);
}

static const struct option options[] = {
    {"by", TEXT("NAME"), TEXT("who removes it")},
    {"reason", TEXT("TEXT"), TEXT("why")},
    {"setup", TEXT("TEXT"), TEXT("remove every cell that holds this text from the setups that were loaded")},
    {"indicator", TEXT("CODE"), TEXT("only for this indicator")},
    {"revision", TEXT("NUMBER"), TEXT("only this submission; all unless given")},
    {NULL, NULL, NULL}};

const struct command command_redact = {
    .name = "redact",
    .usage = TEXT("UNIT PERIOD comment|signature|actions|original|findings|correction|decisions|file --by "
                  "NAME --reason TEXT"),
    .summary = TEXT("remove a text or an original that must not be kept, on record"),
    .details =
        TEXT("For personal data that was received by mistake. The numbers stay. Who removed it, when, why\n"
             "and the hash of what was there are kept, so bms verify still succeeds. A comment, signature or "
             "action\n"
             "goes with the original it stood in, and with what bms has made of it beside the history: "
             "corrections,\n"
             "reports, reminders, copies. What is left elsewhere is named. With --setup TEXT and nothing "
             "else, the\n"
             "text (a leader's name or address) is removed from every version of the setup that was loaded."),
    .options = options,
    .most_operands = 3,
    .stores = true,
    .function = redact,
    .answer = redact_answer,
};
