/*
 * The table of rules: what is checked, in which order, and the messages. Adding a check touches this table,
 * one function, one test and the catalogues.
 */
#include "core/check/checking.h"
#include "core/check/run_rules.h"

/* Used by two rules: against what is recorded, and among the files of one run. */
#define OTHERS_NUMBERS BMS_TEXT("All the numbers are the same as those {unit} has delivered.")
#define LOOK_FOR_OWN_NUMBERS                                                                                 \
    BMS_TEXT("Check whether the numbers were written in the wrong form. If so, deliver your own.")

/* Such a rule has no function: the code that finds the fault asks for the row by name (run_rules.h). */
#define AT_RUN BMS_MUST_CHANGE, BMS_AT_RUN, NULL
#define AT_RUN_BEYOND_FORM BMS_BEYOND_FORM, BMS_AT_RUN, NULL

/* Most rules tell the unit the same as the coordinator, and leave the last two members out. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
static const bms_rule rules[] = {

    /* Files and runs */
    [BMS_RULE_UNREADABLE] =
        {"unreadable", BMS_FATAL, AT_RUN, "{cause}",
         BMS_TEXT("Fill in the form again, or save it as an Excel workbook (.xlsx), and send it again.")},
    [BMS_RULE_CHANGED_MEANWHILE] = {"changed_meanwhile", BMS_ERROR, AT_RUN_BEYOND_FORM,
                                    BMS_TEXT("The file was changed while it was being read."),
                                    BMS_TEXT("Wait until nobody has it open, and collect again.")},
    [BMS_RULE_DUPLICATE_OF_ACCEPTED] =
        {"duplicate", BMS_INFO, AT_RUN,
         BMS_TEXT("The same as return no. {number}, which has already been accepted."),
         BMS_TEXT("Nothing needs to be done.")},
    [BMS_RULE_DUPLICATE_OF_FILE] = {"duplicate", BMS_INFO, AT_RUN, BMS_TEXT("The same content as “{file}”."),
                                    BMS_TEXT("Nothing needs to be done.")},
    [BMS_RULE_TWO_FILES] =
        {"two_files", BMS_ERROR, AT_RUN_BEYOND_FORM,
         BMS_TEXT("Two different forms from {unit}: “{file}” and “{other}”. They differ in {cells}."),
         BMS_TEXT("The coordinator chooses in Mottak which one to use. The other is set aside.")},
    [BMS_RULE_TWO_FILES_ALIKE] =
        {"two_files", BMS_ERROR, AT_RUN_BEYOND_FORM,
         BMS_TEXT("Two different forms from {unit}: “{file}” and “{other}”."),
         BMS_TEXT("The coordinator chooses in Mottak which one to use. The other is set aside.")},
    [BMS_RULE_CHOSEN_INSTEAD] =
        {"set_aside", BMS_INFO, AT_RUN, BMS_TEXT("The coordinator has chosen “{file}” instead."),
         BMS_TEXT("Nothing needs to be done. If this is the right file, the coordinator can choose it.")},
    [BMS_RULE_OUTDATED] =
        {"set_aside", BMS_ERROR, AT_RUN_BEYOND_FORM,
         BMS_TEXT("This file was held back earlier, and a newer one has since come from the same unit."),
         BMS_TEXT("Remove this file from the folder. If it is the right one, remove the newer one and ask "
                  "the unit to send this one again.")},
    [BMS_RULE_REPLACED] = {"replaced", BMS_INFO, AT_RUN,
                           BMS_TEXT("A newer file from the same unit has been taken in."),
                           BMS_TEXT("Nothing needs to be done. If this is the right file, the coordinator "
                                    "can choose it.")},
    [BMS_RULE_LATE] = {"late", BMS_INFO, AT_RUN,
                       BMS_TEXT("The period was closed {day}: this return came late."),
                       BMS_TEXT("It is taken in. Write the reports again; they show what changed.")},
    [BMS_RULE_REPLACES_AMENDMENT] = {"replaces_correction", BMS_WARNING, AT_RUN,
                                     BMS_TEXT("The coordinator had corrected numbers in the unit's previous "
                                              "return. This return replaces them."),
                                     BMS_TEXT(
                                         "Look at them with 'bms history', and correct again where needed.")},
    [BMS_RULE_DECISION_NOT_USED] = {"decision_not_used", BMS_WARNING, AT_RUN, "{why}", NULL},
    [BMS_RULE_NUMBERS_OF_OTHER] = {"others_numbers", BMS_WARNING, AT_RUN, OTHERS_NUMBERS,
                                   LOOK_FOR_OWN_NUMBERS},
    [BMS_RULE_BAD_EMAIL] = {"bad_email", BMS_WARNING, AT_RUN,
                            BMS_TEXT("'{value}' does not look like an e-mail address."),
                            BMS_TEXT("Write one address, as name@municipality.no.")},
    [BMS_RULE_REDACTED] = {"redacted", BMS_INFO, AT_RUN,
                           BMS_TEXT(
                               "The file has been removed from the history, and the removal is recorded."),
                           NULL},
    [BMS_RULE_REMOVED_BEFORE] =
        {"removed_before", BMS_INFO, AT_RUN,
         BMS_TEXT("It was removed before. The history's file, its copies and the files beside it were gone "
                  "through once more."),
         BMS_TEXT("Nothing needs to be done.")},
    [BMS_RULE_REBUILT_REMOVED] = {"rebuilt_removed", BMS_INFO, AT_RUN,
                                  BMS_TEXT("These files held it too, and were removed: {files}."),
                                  BMS_TEXT(
                                      "Write those that are needed again, with collect, remind, forms or "
                                      "report.")},
    [BMS_RULE_COPIES_RENEWED] =
        {"copies_renewed", BMS_INFO, AT_RUN,
         BMS_TEXT("These copies of the history held it too, and were replaced by a new one: {files}."),
         BMS_TEXT("Nothing needs to be done.")},
    [BMS_RULE_COPIES_REMAIN] = {"copies_remain", BMS_WARNING, AT_RUN,
                                BMS_TEXT("These files hold it still: {files}."),
                                BMS_TEXT("Remove it there yourself: bms does not touch what others have "
                                         "written. Mottak is written again by collect.")},
    [BMS_RULE_COPIES_ELSEWHERE] =
        {"copies_remain", BMS_WARNING, AT_RUN,
         BMS_TEXT(
             "What was sent out or copied elsewhere may hold it still: e-mail, reports that were given out, "
             "other copies of the history."),
         BMS_TEXT("Remove it there too.")},
    [BMS_RULE_NOT_REWRITTEN] =
        {"not_rewritten", BMS_WARNING, AT_RUN,
         BMS_TEXT("The history's file could not be rewritten: {why} Traces may remain in its unused parts."),
         BMS_TEXT("Make room, and remove something again.")},
    [BMS_RULE_NO_COPY] =
        {"no_copy", BMS_WARNING, AT_RUN,
         BMS_TEXT("Everything is stored, but no backup copy could be made beside the history: {cause}"),
         NULL},
    [BMS_RULE_UPGRADED] =
        {"upgraded", BMS_INFO, AT_RUN,
         BMS_TEXT("The history was upgraded to this version of bms. A copy from before is in {file}."), NULL},
    [BMS_RULE_OTHER_PROGRAM] =
        {"other_program", BMS_INFO, AT_RUN,
         BMS_TEXT(
             "What was known then was recorded by version {version} of bms. Results and colours are worked "
             "out by this one, and can be others than were shown then."),
         NULL},
    [BMS_RULE_SYNCHRONISED] =
        {"synchronised", BMS_WARNING, AT_RUN,
         BMS_TEXT("The history is in a folder that {service} synchronises. A copy from another machine can "
                  "destroy it: move it to a folder that is not synchronised."),
         NULL},
    [BMS_RULE_NOT_REPLACED] =
        {"not_replaced", BMS_WARNING, AT_RUN, BMS_TEXT("{why} Everything else is stored and written."),
         BMS_TEXT("Close the file if it is open, and run the same again: then it is written.")},
    [BMS_RULE_OPEN_FOLDER] =
        {"open_folder", BMS_WARNING, AT_RUN,
         BMS_TEXT(
             "Everybody who uses this machine or drive can look into the folder {folder}. What bms writes "
             "there is closed to them; what you put there yourself, such as returns, is not."),
         BMS_TEXT("Let only those who work with it into the folder: chmod 700 for yourself alone, chmod 2770 "
                  "for a group.")},
    [BMS_RULE_READING] = {"reading", BMS_INFO, AT_RUN, BMS_TEXT("Reading {file}."), NULL},
    [BMS_RULE_PERIOD_TO_SEND] = {"period_to_send", BMS_INFO, AT_RUN,
                                 BMS_TEXT("Next to send is {name} ({period}), to be sent {day}."), NULL},
    [BMS_RULE_PERIOD_OVERDUE] = {"period_to_send", BMS_INFO, AT_RUN,
                                 BMS_TEXT("Next to send is {name} ({period}). It was to be sent {day}."),
                                 NULL},
    [BMS_RULE_PERIOD_SENT_LAST] = {"period_sent_last", BMS_INFO, AT_RUN,
                                   BMS_TEXT("The forms sent last are those for {name} ({period})."), NULL},

    /* People. It is never accepted and never released: the file is not kept. */
    {"personal_number", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_PERSONAL, bms_rule_personal_number,
     BMS_TEXT("{cell} holds a personal number (fødselsnummer or D-nummer)."),
     BMS_TEXT(
         "Delete it, and deliver again. The form must not hold anything about individuals. The number was "
         "not kept.")},

    /* Identity and seal */
    {"not_ours", BMS_FATAL, BMS_MUST_CHANGE, BMS_AT_FILE, bms_rule_not_ours,
     BMS_TEXT("This workbook is not one of our forms."), BMS_TEXT("Send the form you received, filled in.")},
    {"identity_edited", BMS_FATAL, BMS_MUST_CHANGE, BMS_AT_FILE, bms_rule_identity_edited,
     BMS_TEXT("What the form says about itself was changed: {list}."),
     BMS_TEXT("Fill in the form that was made for your unit and period. What it says about unit and period "
              "must not be changed.")},
    {"wrong_municipality", BMS_FATAL, BMS_MUST_CHANGE, BMS_AT_FILE, bms_rule_wrong_municipality,
     BMS_TEXT(
         "The form belongs to another municipality (number {theirs}). {municipality} has number {ours}."),
     BMS_TEXT("Send the form you received from your own coordinator.")},
    {"unknown_unit", BMS_FATAL, BMS_MUST_CHANGE, BMS_AT_FILE, bms_rule_unknown_unit_named,
     BMS_TEXT("There is no unit with the code {unit}. {nearest_name} has the code {nearest}."),
     BMS_TEXT("Fill in the form for {nearest} {nearest_name}, or ask the coordinator to add the unit to the "
              "setup.")},
    {"unknown_unit", BMS_FATAL, BMS_MUST_CHANGE, BMS_AT_FILE, bms_rule_unknown_unit,
     BMS_TEXT("There is no unit with the code {unit}."),
     BMS_TEXT("The closest code is {nearest} {nearest_name}. Use that unit's form, or ask the coordinator to "
              "add the unit to the setup.")},
    {"wrong_period", BMS_ERROR, BMS_BEYOND_FORM, BMS_AT_FILE, bms_rule_wrong_period,
     BMS_TEXT("This is the form for {period}. The period now is {right}."),
     BMS_TEXT("Fill in the form for {right}. Nothing from this form has been taken in.")},
    {"wrong_period", BMS_ERROR, BMS_BEYOND_FORM, BMS_AT_FILE, bms_rule_unplanned_period,
     BMS_TEXT("This is the form for {period}. Nothing is to be reported for that."),
     BMS_TEXT("Fill in the form you received last. Nothing from this form has been taken in.")},
    {"identity_lost", BMS_FATAL, BMS_MUST_CHANGE, BMS_AT_FILE, bms_rule_identity_lost,
     BMS_TEXT("The hidden sheet “bms” is missing, and without it we cannot be certain what the form asks."),
     BMS_TEXT("Ask the coordinator for a new form, and write the numbers there.")},
    {"seal_invalid", BMS_FATAL, BMS_MUST_CHANGE, BMS_AT_FILE, bms_rule_seal_invalid,
     BMS_TEXT("The form was changed after it was made: questions, codes, or unit and period are not as they "
              "were."),
     BMS_TEXT(
         "Ask the coordinator for a new form, and write the numbers there. Write only in the yellow cells.")},
    {"older_definition", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_FILE, bms_rule_older_definition,
     BMS_TEXT("The form was made before these questions were changed: {questions}."),
     BMS_TEXT("Ask the coordinator for the new form, and write the numbers there. Nothing from this form has "
              "been taken in.")},
    {"older_form", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_FILE, bms_rule_older_form,
     BMS_TEXT("The form was made before these questions were added: {questions}. The rest was taken in."),
     BMS_TEXT("Ask the coordinator for the new form, and deliver it with these answered too.")},
    {"hidden_identity_lost", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_FILE, bms_rule_hidden_identity_lost,
     BMS_TEXT("The hidden sheet of the form is missing. Its last line says which form it is."),
     BMS_TEXT("Nothing needs to be done now. Next time, keep all sheets in the file.")},
    {"visible_identity_lost", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_FILE, bms_rule_visible_identity_lost,
     BMS_TEXT("The line at the bottom that says whom the form is for is missing or incomplete. The hidden "
              "sheet says which form it is."),
     BMS_TEXT("Nothing needs to be done now. Next time, keep what is above and below the table.")},
    {"seal_not_verified", BMS_INFO, BMS_MUST_CHANGE, BMS_AT_FILE, bms_rule_seal_not_verified,
     BMS_TEXT(
         "Without the history these could not be checked here: that the form is unchanged, that it is "
         "the right unit and period, and how the numbers agree with earlier ones and with other units'."),
     BMS_TEXT("Nothing needs to be done. It is checked when the form is received.")},

    /* The table as a whole */
    {"table_missing", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_TABLE, bms_rule_table_missing,
     BMS_TEXT("The table with the questions was not found in the workbook."),
     BMS_TEXT("Write the numbers in the form you received, and deliver that.")},
    {"heading_missing", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_TABLE, bms_rule_heading_missing,
     BMS_TEXT("The column “{heading}” was not found."),
     BMS_TEXT("Write the heading as it was, or write the numbers in a new form.")},
    {"form_twice", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_TABLE, bms_rule_form_twice,
     BMS_TEXT("The sheets “{sheet}” and “{other}” are both this form, filled in differently ({cells})."),
     BMS_TEXT("Delete the sheet that does not count, and deliver again.")},
    {"other_form", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_TABLE, bms_rule_other_form,
     BMS_TEXT("The workbook also holds other forms, which were not read: {list}."),
     BMS_TEXT("Send each form as a file of its own."),
     BMS_TEXT("The workbook also holds other forms, which were not read, in the sheets {sheets}."), NULL},
    {"row_not_asked_for", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_TABLE, bms_rule_row_not_asked_for,
     BMS_TEXT("These rows are not part of the form and were not read: {codes}."),
     BMS_TEXT("Remove them, or write it in a comment.")},
    {"rows_moved", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_TABLE, bms_rule_rows_moved,
     BMS_TEXT("The rows are not in the order of the form that was sent out. Each was read by its code."),
     BMS_TEXT("Check that each number is still beside its question. Next time, do not sort or insert rows.")},
    {"columns_moved", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_TABLE, bms_rule_columns_moved,
     BMS_TEXT(
         "The columns are not in the order of the form that was sent out. Each was read by its heading."),
     BMS_TEXT(
         "Check that the numbers are under the right headings. Next time, do not move or insert columns.")},

    /* The row of a question */
    {"code_overtyped", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_ROW, bms_rule_code_overtyped,
     BMS_TEXT("{cell} says “{found}”. The code of {name} is {expected}."),
     BMS_TEXT("Write {expected} there again.")},
    {"code_missing", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_ROW, bms_rule_code_missing,
     BMS_TEXT("The row of {name} ({expected}) is missing."),
     BMS_TEXT("Put the row back with the code {expected}, or write the numbers in a new form.")},
    {"code_twice", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_ROW, bms_rule_code_twice,
     BMS_TEXT("{name} is in two rows ({first}, {second})."), BMS_TEXT("Delete the row that does not count.")},

    /* One number where it is typed */
    {"merged_cells", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_CELL, bms_rule_merged_cells,
     BMS_TEXT("{cells} are merged into one cell."),
     BMS_TEXT("Split the cells, and write each number in a cell of its own.")},
    {"error_value", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_CELL, bms_rule_error_value,
     BMS_TEXT("{cell} shows {text}. That is a formula error, not a number."),
     BMS_TEXT("Delete it and write the number. If there is nobody to measure, write 0, or choose “Nobody to "
              "measure (0 of 0)”.")},
    {"no_result", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_CELL, bms_rule_no_result,
     BMS_TEXT("The formula in {cell} has not been calculated."),
     BMS_TEXT("Write the number instead of the formula. Or open the file you sent in Excel, save it, and "
              "send it again.")},
    {"date_for_number", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_CELL, bms_rule_date_for_number,
     BMS_TEXT("{cell} holds the date {text}."),
     BMS_TEXT("Did you mean {meant}? Write the number again, with a decimal point.")},
    {"per_cent_for_number", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_CELL, bms_rule_per_cent_for_number,
     BMS_TEXT("{cell} holds {text}. The number itself is asked for, not a percentage."),
     BMS_TEXT("Write the number that answers: {question}")},
    {"ambiguous_number", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_CELL, bms_rule_ambiguous_number,
     BMS_TEXT("{cell} says “{text}”. It can mean {thousands} or {decimal}."),
     BMS_TEXT("Write the number again, with neither a point nor a comma between thousands.")},
    {"not_yes_or_no", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_CELL, bms_rule_not_yes_or_no,
     BMS_TEXT("{cell} says “{text}”. The answer is yes or no."), BMS_TEXT("Choose Yes or No.")},
    {"not_a_number", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_CELL, bms_rule_not_a_number,
     BMS_TEXT("{cell} says “{text}”. It cannot be read as a number."),
     BMS_TEXT("Write only the number. Put reservations in the comment.")},
    {"negative", BMS_ERROR, BMS_MAY_STAND, BMS_AT_CELL, bms_rule_negative,
     BMS_TEXT("{cell} holds {value}. The number cannot be negative."),
     BMS_TEXT("Write the number without a minus. If it really is negative, tell the coordinator.")},
    {"outside_range", BMS_ERROR, BMS_MAY_STAND, BMS_AT_CELL, bms_rule_outside_scale,
     BMS_TEXT("{cell} holds {value}. The answer must be between {least} and {most}."),
     BMS_TEXT("Correct the number. The question is: {question}")},
    {"outside_range", BMS_ERROR, BMS_MAY_STAND, BMS_AT_CELL, bms_rule_below_least,
     BMS_TEXT("{cell} holds {value}. The answer must be at least {least}."),
     BMS_TEXT("Correct the number. The question is: {question}")},
    {"outside_range", BMS_ERROR, BMS_MAY_STAND, BMS_AT_CELL, bms_rule_above_most,
     BMS_TEXT("{cell} holds {value}. The answer must be at most {most}."),
     BMS_TEXT("Correct the number. The question is: {question}")},
    {"text_number", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_CELL, bms_rule_text_number,
     BMS_TEXT("{cell} says “{text}”. We have read it as {value}."),
     BMS_TEXT("Nothing needs to be done if that is right. Next time, write only the digits.")},
    {"decimals", BMS_WARNING, BMS_MAY_STAND, BMS_AT_CELL, bms_rule_decimals,
     BMS_TEXT("{cell} holds {value}, but this must be a whole number."),
     BMS_TEXT("Check the number again. If it is right, explain in the comment.")},
    {"hidden_value", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_CELL, bms_rule_hidden_value,
     BMS_TEXT("{cell} is in a hidden row or column. Its content, {text}, was read."),
     BMS_TEXT("Show the row or column again, and check the number.")},

    /* A question's numbers together, and with others */
    {"must_be_answered", BMS_ERROR, BMS_MAY_STAND, BMS_AT_MEASUREMENT, bms_rule_must_be_answered,
     BMS_TEXT("{name} is set to “{reason}”, but everyone must answer."),
     BMS_TEXT("Remove the choice. If the number is not ready, choose “Comes later”.")},
    {"one_of_two", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_MEASUREMENT, bms_rule_dash_beside_number,
     BMS_TEXT("{name}: {missing_cell} says “{text}”, while {given_cell} has a number ({value})."),
     BMS_TEXT("If it is zero, write 0. If the number is not ready, choose “Comes later”.")},
    {"one_of_two", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_MEASUREMENT, bms_rule_one_of_two,
     BMS_TEXT("{name}: you have written {value} in {given_cell}, but nothing in {missing_cell}. The question "
              "there is: {missing_question}"),
     BMS_TEXT("Fill in both, or choose “Comes later”.")},
    {"mean_of_nobody", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_MEASUREMENT, bms_rule_mean_of_nobody,
     BMS_TEXT("{name}: the mean is {n} ({cell_n}), but the number behind it is 0 ({cell_d})."),
     BMS_TEXT("Write how many are behind the mean. If there is nobody, leave the mean blank.")},
    {"part_of_nothing", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_MEASUREMENT, bms_rule_part_of_nothing,
     BMS_TEXT("{name}: you have written {n} ({cell_n}) of 0 ({cell_d}). When number 2 is 0, number 1 must be "
              "0 too."),
     BMS_TEXT("Correct one of the numbers. If there is nobody to measure, write 0 in both.")},
    {"part_above_whole", BMS_ERROR, BMS_MAY_STAND, BMS_AT_MEASUREMENT, bms_rule_swapped_near,
     BMS_TEXT("{name}: {n} of {whole} ({cell_n}, {cell_d}). The part cannot be larger than the whole."),
     BMS_TEXT(
         "The numbers seem to be swapped. {d} of {n} gives {turned} %, near {usual} % before. Correct and "
         "deliver again.")},
    {"part_above_whole", BMS_ERROR, BMS_MAY_STAND, BMS_AT_MEASUREMENT, bms_rule_swapped_like_peers,
     BMS_TEXT("{name}: {n} of {whole} ({cell_n}, {cell_d}). The part cannot be larger than the whole."),
     BMS_TEXT("The numbers seem to be swapped. {d} of {n} gives {turned} %, and others in the group {group} "
              "have around {usual} %. Correct and deliver again."),
     NULL,
     BMS_TEXT("The numbers seem to be swapped. {d} of {n} gives {turned} %. Correct and deliver again.")},
    {"part_above_whole", BMS_ERROR, BMS_MAY_STAND, BMS_AT_MEASUREMENT, bms_rule_too_many_digits,
     BMS_TEXT("{name}: {n} ({cell_n}) of {d} ({cell_d}). The part cannot be larger than the whole."),
     BMS_TEXT("{cell} has been around {usual} before. Should it be {meant}? Correct and deliver again.")},
    {"part_above_whole", BMS_ERROR, BMS_MAY_STAND, BMS_AT_MEASUREMENT, bms_rule_swapped,
     BMS_TEXT("{name}: {n} of {whole} ({cell_n}, {cell_d}). The part cannot be larger than the whole."),
     BMS_TEXT("Are the numbers swapped? {d} of {n} gives {turned} %. Correct and deliver again.")},
    {"part_above_whole", BMS_ERROR, BMS_MAY_STAND, BMS_AT_MEASUREMENT, bms_rule_part_above_whole,
     BMS_TEXT("{name}: {n} of {whole} ({cell_n}, {cell_d}). The part cannot be larger than the whole."),
     BMS_TEXT("Correct the numbers and deliver again.")},
    {"part_above_total", BMS_ERROR, BMS_MAY_STAND, BMS_AT_MEASUREMENT, bms_rule_part_above_total,
     BMS_TEXT("{name}: {part} ({cell_part}) is more than {whole} in {whole_name} ({cell_whole}), which it is "
              "a part of."),
     BMS_TEXT("Correct the number that is wrong, and deliver again.")},
    {"parts_above_total", BMS_ERROR, BMS_MAY_STAND, BMS_AT_MEASUREMENT, bms_rule_parts_above_total,
     BMS_TEXT("{name}: the parts ({cells}) add up to {sum}, which is more than the whole, {whole} "
              "({cell_whole})."),
     BMS_TEXT("Correct the number that is wrong, and deliver again.")},
    {"parts_below_total", BMS_ERROR, BMS_MAY_STAND, BMS_AT_MEASUREMENT, bms_rule_parts_not_all,
     BMS_TEXT("{name}: the parts ({cells}) add up to {sum}, but should add up to {whole} ({cell_whole})."),
     BMS_TEXT("Correct the number that is wrong, and deliver again.")},
    {"parts_below_total", BMS_ERROR, BMS_MAY_STAND, BMS_AT_MEASUREMENT, bms_rule_parts_below_total,
     BMS_TEXT("{name}: the parts ({cells}) add up to {sum}, and not to {whole} ({cell_whole}) as every time "
              "before."),
     BMS_TEXT("Correct the number that is wrong, and deliver again.")},
    {"common_base", BMS_WARNING, BMS_MAY_STAND, BMS_AT_MEASUREMENT, bms_rule_common_base,
     BMS_TEXT("{name}: {cell} says {value}, but {other_cell}, at {other_name}, says {other_value}. The "
              "question is the same: {question}"),
     BMS_TEXT(
         "If both mean the same, write the same number in both places. If not, explain in the comment.")},
    {"value_and_reason", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_MEASUREMENT, bms_rule_half_and_reason,
     BMS_TEXT("{name}: a number is written, and “{reason}” is chosen ({cell}). The number is not used."),
     BMS_TEXT("Fill in both numbers and remove the choice, or delete the number.")},
    {"value_and_reason", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_MEASUREMENT, bms_rule_value_and_reason,
     BMS_TEXT("{name}: the numbers are filled in, but “{reason}” is chosen ({cell}). The numbers count."),
     BMS_TEXT("Remove the choice if the numbers are right.")},
    {"typed_over", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_MEASUREMENT, bms_rule_typed_over,
     BMS_TEXT("{name}: {cell} says {text}, but this number is fetched from “{other}” ({cell_there}). What is "
              "written in {cell} is not used."),
     BMS_TEXT(
         "If the number at “{other}” is wrong, correct it there ({cell_there}). If not, nothing needs to "
         "be done.")},
    {"unknown_reason", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_MEASUREMENT, bms_rule_unknown_reason,
     BMS_TEXT("{cell} says “{text}”. It is not one of the choices in the list."),
     BMS_TEXT("Choose from the list. Write the rest in the comment.")},
    {"not_explained", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_MEASUREMENT, bms_rule_not_explained,
     BMS_TEXT("{name} is set to “{reason}”, without a comment that says why."),
     BMS_TEXT("Write in the comment ({comment}) why it was not carried out.")},
    {"no_reason", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_MEASUREMENT, bms_rule_dash,
     BMS_TEXT("{name}: {cell} says “{text}”. That is not a number."),
     BMS_TEXT("If the answer is zero, write 0. Otherwise choose why under “Not ready?”.")},

    /* Compared with earlier values */
    {"budget_of_zero", BMS_WARNING, BMS_MAY_STAND, BMS_AT_COMPARISON, bms_rule_budget_of_zero,
     BMS_TEXT(
         "{name}: {n} ({cell_n}) against a budget of 0 ({cell_d}). That gives no percentage, and no colour."),
     BMS_TEXT("Check the budget. If it really is 0, explain in the comment.")},
    {"budget_of_year", BMS_WARNING, BMS_MAY_STAND, BMS_AT_COMPARISON, bms_rule_budget_of_year,
     BMS_TEXT("{name}: the budget {d} ({cell_d}) is {times} times the accounts {n} ({cell_n}). It looks like "
              "the whole year's."),
     BMS_TEXT("Use the budget for the same months as the accounts, not the whole year's. If it is right, "
              "explain in the comment.")},
    {"swapped", BMS_WARNING, BMS_MAY_STAND, BMS_AT_COMPARISON, bms_rule_swapped_before,
     BMS_TEXT("{name}: {n} in {cell_n} and {d} in {cell_d}. Before, they have been around {usual_n} and "
              "{usual_d}."),
     BMS_TEXT("Are the numbers swapped? If so, deliver them the right way round. If they are right, explain "
              "in the comment.")},
    {"factor", BMS_WARNING, BMS_MAY_STAND, BMS_AT_COMPARISON, bms_rule_kroner,
     BMS_TEXT("{name}: {value} in {cell}. Earlier deliveries have been around {usual}."),
     BMS_TEXT("Kroner or thousand kroner? Write it in {measure}: {meant}. If the number is right, explain in "
              "the comment.")},
    {"factor", BMS_WARNING, BMS_MAY_STAND, BMS_AT_COMPARISON, bms_rule_factor_above,
     BMS_TEXT("{name}: {value} in {cell} is about {times} times as much as before, around {usual}."),
     BMS_TEXT("Should it be {meant}? Correct it. If the number is right, explain in the comment.")},
    {"factor", BMS_WARNING, BMS_MAY_STAND, BMS_AT_COMPARISON, bms_rule_factor_below,
     BMS_TEXT("{name}: {value} in {cell}. Before it was about {times} times as much, around {usual}."),
     BMS_TEXT("Should it be {meant}? Correct it. If the number is right, explain in the comment.")},
    {"factor", BMS_WARNING, BMS_MAY_STAND, BMS_AT_COMPARISON, bms_rule_factor_of_usual,
     BMS_TEXT("{name}: {value} in {cell}. Usually it is from {lowest} to {highest}."),
     BMS_TEXT("{ask} If the number is right, explain in the comment.")},
    {"unusual_size", BMS_WARNING, BMS_MAY_STAND, BMS_AT_COMPARISON, bms_rule_unusual_size,
     BMS_TEXT("{name}: {value} in {cell}. Usually it is from {lowest} to {highest}."),
     BMS_TEXT("Check the number again. If it is right, explain in the comment.")},
    {"factor", BMS_WARNING, BMS_MAY_STAND, BMS_AT_COMPARISON, bms_rule_factor_of_year,
     BMS_TEXT("{name}: {value} in {cell}. The budget for the whole year is {year}."),
     BMS_TEXT("{ask} If the number is right, explain in the comment.")},
    {"factor", BMS_WARNING, BMS_MAY_STAND, BMS_AT_COMPARISON, bms_rule_factor_of_peers,
     BMS_TEXT("{name}: {value} in {cell}. Others in the group {group} have from {lowest} to {highest}."),
     BMS_TEXT("{ask} If the number is right, explain in the comment."),
     BMS_TEXT("{name}: {value} in {cell}. It is far from what is usual in the group {group}."), NULL},
    {"year_to_date_lower", BMS_WARNING, BMS_MAY_STAND, BMS_AT_COMPARISON, bms_rule_year_to_date_lower,
     BMS_TEXT("{name}: {value} so far this year ({cell}). In {period} it was {before}."),
     BMS_TEXT("Count from 1 January. Correct it, or explain in the comment why it has gone down.")},
    {"jump", BMS_WARNING, BMS_MAY_STAND, BMS_AT_COMPARISON, bms_rule_jump,
     BMS_TEXT("{name} is {result} ({cell}). Before, it has been {list}."),
     BMS_TEXT("Check both numbers again. If they are right, explain in the comment.")},
    {"unlike_peers", BMS_WARNING, BMS_MAY_STAND, BMS_AT_COMPARISON, bms_rule_unlike_peers,
     BMS_TEXT("{name} is {result} ({cell}). Others in the group {group} have from {lowest} to {highest}."),
     BMS_TEXT("Check both numbers again. If they are right, explain in the comment."),
     BMS_TEXT("{name} is {result} ({cell}). That is far from what is usual in the group {group}."), NULL},

    /* The result of a question's numbers */
    {"red_without_action", BMS_ERROR, BMS_MAY_STAND, BMS_AT_RESULT, bms_rule_red_needs_action,
     BMS_TEXT("{name} is {result}, beyond the red limit {limit}, without an action or a comment. One of them "
              "is required."),
     BMS_TEXT("Write an action with who and when in the sheet Actions, or explain in the comment ({cell}). "
              "Then deliver again.")},
    {"red_without_action", BMS_WARNING, BMS_MAY_STAND, BMS_AT_RESULT, bms_rule_red_without_action,
     BMS_TEXT("{name} is {result}, beyond the red limit {limit}, without an action or a comment."),
     BMS_TEXT("Write an action with who and when in the sheet Actions, or explain in the comment ({cell}).")},

    /* The return as a whole */
    {"empty_form", BMS_ERROR, BMS_MUST_CHANGE, BMS_AT_RETURN, bms_rule_empty_form,
     BMS_TEXT("The form is signed by {who}, but nothing is filled in."),
     BMS_TEXT("Fill in the yellow cells, or choose why under “Not ready?”, and deliver again.")},
    {"others_numbers", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_RETURN, bms_rule_others_numbers, OTHERS_NUMBERS,
     LOOK_FOR_OWN_NUMBERS, BMS_TEXT("The numbers may be those of another unit."), NULL},
    {"signed_by_other", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_RETURN, bms_rule_signed_by_other,
     BMS_TEXT("The form is signed by {who}, who leads {other}."),
     BMS_TEXT("Check that the numbers are those of {unit}. If they are, nothing needs to be done."),
     BMS_TEXT("The form is signed by {who}, who leads another unit."), NULL},
    {"result_differs", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_RETURN, bms_rule_result_differs,
     BMS_TEXT("The sheet shows other results than the numbers give: {list}. We have used the numbers."),
     BMS_TEXT("Write only in the yellow cells. Check that the numbers there are right.")},
    {"not_a_date", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_RETURN, bms_rule_date_of_signature,
     BMS_TEXT("{cell} says “{text}”. It cannot be read as a date."),
     BMS_TEXT("Write the date, as 2026-09-15.")},
    {"not_a_date", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_RETURN, bms_rule_dates_of_actions,
     BMS_TEXT("The due dates of these actions cannot be read as dates: {list}."),
     BMS_TEXT("Write the date, as 2026-09-15.")},
    {"required_missing", BMS_WARNING, BMS_MUST_CHANGE, BMS_AT_RETURN, bms_rule_missing,
     BMS_TEXT("Not answered: {list}."), BMS_TEXT("Fill in, or choose “Comes later”, and deliver again.")},
    {"signed_early", BMS_INFO, BMS_MUST_CHANGE, BMS_AT_RETURN, bms_rule_signed_early,
     BMS_TEXT("Signed {signed}, before the period was over ({last}): the numbers are preliminary."),
     BMS_TEXT("Send the form again when the period is over and the numbers are final.")},
    {"unfinished", BMS_INFO, BMS_MUST_CHANGE, BMS_AT_RETURN, bms_rule_unfinished,
     BMS_TEXT("Nobody has signed that the form is completed. It counts as started."),
     BMS_TEXT("Write your name at “Completed by” when everything is ready.")},
};
#pragma GCC diagnostic pop

const bms_rule *bms_check_rules(size_t *n) {
    *n = sizeof rules / sizeof *rules;
    return rules;
}

bms_finding bms_run_finding(bms_arena *arena, const char *language, enum bms_run_rule rule,
                            const bms_text_place *places, size_t n) {
    const bms_rule *row = &rules[rule];
    return (bms_finding){.rule = row->id,
                         .severity = row->severity,
                         .message = bms_message_of(arena, bms_tr(language, row->message), places, n),
                         .fix =
                             row->fix ? bms_message_of(arena, bms_tr(language, row->fix), places, n) : NULL};
}
