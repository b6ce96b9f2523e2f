/** The text of a reminder (see letter.h): subject, greeting, what is missing and what to do. */
#include "core/verbs/letter.h"

#include "core/base/catalogue.h"

static const char *tr(const bms_letter *letter, const char *text) {
    return bms_tr(letter->language, text);
}

bool bms_letter_corrects(const bms_letter *letter) {
    return letter->owing == BMS_OWES_A_CORRECTION || letter->owing == BMS_OWES_WHAT_IS_MISSING;
}

/** What is missing, and what to do about it. */
static const char *request_of(const bms_letter *letter) {
    switch (letter->owing) {
    case BMS_OWES_A_CORRECTION:
        if (!letter->file) {
            return BMS_TEXT("Thank you for the form for {period} from {unit}. It cannot be taken in "
                            "yet:\n\n{why}\n\nReply to this letter, and we will sort it out together.");
        }
        return BMS_TEXT(
            "Thank you for the form for {period} from {unit}. It cannot be taken in yet:\n\n"
            "{why}\n\n"
            "Open the attached workbook. Its first sheet shows what must be corrected, and where. "
            "Correct it, save, and send the file back as an attachment (not a link).");
    case BMS_OWES_WHAT_IS_MISSING:
        return BMS_TEXT(
            "Thank you for the form for {period} from {unit}. It has been taken in, but without the "
            "numbers that must be corrected.\n\n"
            "Open the attached workbook. Its first sheet shows what must be corrected, and where. "
            "Correct it, save, and send the file back as an attachment (not a link).");
    case BMS_OWES_THE_RIGHT_FORM:
        return BMS_TEXT(
            "We have received a file from {unit}, but not the form for {period}. {why} {due}\n\n"
            "Fill in the yellow cells of the attached form, write your name and the date at the bottom, "
            "save, and send the file back as an attachment (not a link).");
    case BMS_OWES_WHAT_COMES_LATER:
        return BMS_TEXT(
            "Thank you for the form for {period} from {unit}. Numbers for these have not come yet: {why}. "
            "{due}\n\n"
            "Write them in the form that you sent, keep the rest as it is, save, and send the file again "
            "as an attachment (not a link).");
    case BMS_OWES_THE_REST:
        return BMS_TEXT(
            "The form for {period} from {unit} has been started, but not signed as finished. {due}\n\nFill "
            "in the rest, write your name and the date at the bottom, save, and send the file as an "
            "attachment (not a link). An empty form is attached, in case you need it.");
    default:
        return BMS_TEXT(
            "We have not received the form for {period} from {unit}. {due}\n\nFill in the yellow cells of "
            "the attached form, write your name and the date at the bottom, save, and send the file back as "
            "an attachment (not a link). If you have already started on the form, continue with that one.");
    }
}

/** "Fristen var 15.09.2026." */
static const char *due_text(bms_arena *arena, const bms_letter *letter) {
    const bms_day due = letter->definition->calendar[letter->period].due;
    if (due == BMS_NO_DAY)
        return "";
    const char *text =
        due < letter->today ? BMS_TEXT("It was due on {date}.") : BMS_TEXT("It is due on {date}.");
    return bms_message(arena, tr(letter, text), "date", bms_day_text(arena, due, letter->language), NULL);
}

void bms_letter_write(bms_arena *arena, bms_letter *letter) {
    const bms_municipality *municipality = &letter->definition->municipality;
    const bms_unit *unit = &letter->definition->units[letter->unit];
    const char *period =
        bms_definition_period_name(letter->definition, letter->period, arena, letter->language);
    const char *subject = bms_letter_corrects(letter) ? BMS_TEXT("To be corrected: {unit} – {period}")
                                                      : BMS_TEXT("Reminder: {unit} – {period}");
    const char *greeting =
        *unit->leader ? bms_message(arena, tr(letter, BMS_TEXT("Dear {name},")), "name", unit->leader, NULL)
                      : tr(letter, BMS_TEXT("Hello,"));
    const char *request = bms_message(arena, tr(letter, request_of(letter)), "period", period, "unit",
                                      unit->name, "why", letter->why, "due", due_text(arena, letter), NULL);
    const char *ending =
        bms_message(arena,
                    tr(letter, BMS_TEXT("If you have sent it in the meantime, please disregard this "
                                        "letter.\n\nKind regards\n{coordinator}\n{municipality}")),
                    "coordinator", municipality->coordinator, "municipality",
                    bms_municipality_name_on(municipality, letter->today), NULL);
    letter->subject = bms_message(arena, tr(letter, subject), "unit", unit->name, "period", period, NULL);
    letter->text = bms_arena_format(arena, "%s\n\n%s\n\n%s\n", greeting, request, ending);
}
