/** bms remind: letters to those who have not delivered. Nothing is sent. */
#include "command.h"
#include "written.h"

static enum bms_status remind(struct session *session, const struct arguments *arguments) {
    struct written written;
    bms_listener listener = written_begin(&written, session);
    enum bms_status status =
        bms_remind(session->library, arguments_operand(arguments, 0), &listener, &session->error);
    written_end(&written);
    if (status == BMS_OK && !session->quiet) {
        session_say(session, "The letters are in {folder}. Open an .eml file, look at it, and send it.",
                    "folder", written.folder, NULL);
    }
    return status;
}

static const struct option options[] = {{NULL, NULL, NULL}};

const struct command command_remind = {
    .name = "remind",
    .usage = TEXT("[PERIOD]"),
    .summary = TEXT("write letters to units that have not delivered or must correct"),
    .details = TEXT("For each unit that has not delivered, or whose return is held back, a text (.txt) and a "
                    "draft for\nthe mail program (.eml) with the form or the workbook to correct, in the "
                    "folder reminders/PERIOD\nbeside the history; and list.csv for a mail merge. Nothing is "
                    "sent. Letters to units that have\nsince delivered are removed. Without PERIOD: the one "
                    "whose forms were sent last."),
    .options = options,
    .operands = {"period"},
    .most_operands = 1,
    .stores = true,
    .function = remind,
};
