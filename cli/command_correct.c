/** bms correct: the coordinator amends one number of an accepted return. */
#include "command.h"
#include "number.h"
#include "written.h"

static enum bms_status correct(struct session *session, const struct arguments *arguments) {
    const bms_amendment_request request = {.unit = arguments_operand(arguments, 0),
                                           .indicator = arguments_operand(arguments, 1),
                                           .period = arguments_operand(arguments, 2),
                                           .numerator = arguments_value(arguments, "numerator"),
                                           .denominator = arguments_value(arguments, "denominator"),
                                           .reason = arguments_value(arguments, "reason"),
                                           .by = arguments_value(arguments, "by")};
    int revision = 0;
    size_t mistakes = 0;
    struct written written;
    char digits[NUMBER_SIZE];
    bms_listener listener = written_begin(&written, session);
    enum bms_status status =
        bms_amend(session->library, &request, &listener, &revision, &mistakes, &session->error);
    written_end(&written);
    session->wrong = session->wrong || mistakes > 0;
    if (status == BMS_OK && mistakes > 0) {
        session_say(session, "The correction did not pass the checks. Nothing has been stored.", NULL);
    } else if (status == BMS_OK && !session->quiet) {
        session_say(session, "Corrected. It is submission no. {number} of {unit}.", "number",
                    number_count((size_t)revision, digits), "unit", request.unit, NULL);
        session_advise(session, "Next: bms report {period} writes the reports again.", "period",
                       written.period, NULL);
    }
    return status;
}

static const struct option options[] = {
    {"numerator", TEXT("FIGURE"), TEXT("number 1, corrected")},
    {"denominator", TEXT("FIGURE"), TEXT("number 2, corrected")},
    {"reason", TEXT("TEXT"), TEXT("why; shown wherever the number is shown")},
    {"by", TEXT("NAME"), TEXT("who corrects it (the one who is logged on unless given)")},
    {NULL, NULL, NULL}};

const struct command command_correct = {
    .name = "correct",
    .usage = TEXT("UNIT INDICATOR PERIOD [--numerator NUMBER] [--denominator NUMBER] --reason TEXT"),
    .summary = TEXT("correct a number without asking the unit for a new return"),
    .details = TEXT("PERIOD is the period measured. The correction is checked as a return is, and becomes "
                    "the\nunit's next submission: what was sent before is kept."),
    .options = options,
    .operands = {"unit", "indicator", "period"},
    .least_operands = 3,
    .most_operands = 3,
    .stores = true,
    .function = correct,
};
