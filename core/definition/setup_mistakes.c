/**
 * The table of mistakes in a setup, and their wording (see setup_mistakes.h). They are detected in read*.c
 * and setup_sense.c, and those of sheets and headings in xlsx/layout/setup.
 */
#include "core/definition/setup_mistakes.h"

#include "core/base/catalogue.h"

#include <assert.h>
#include <string.h>

/** A kind of mistake. The texts may name {value}, {other}, {column} (its heading) and {sheet}. */
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): in the order in which the table is read
struct mistake {
    const char *rule;
    enum bms_severity severity;
    const char *message;
    const char *fix;
    bool needs_yes; /* the setup is stored only with a yes */
};

#define CHOOSE BMS_TEXT("Choose one of: {other}.")
#define REMOVE_OR_RENAME BMS_TEXT("Remove one of them, or rename it.")
#define AS_TEXT BMS_TEXT("Set the cell's format to Text, and write it anew, as {other}.")

static const struct mistake mistakes[BMS_N_MISTAKES] = {
    [BMS_MISTAKE_NOT_A_SETUP] =
        {"not_a_setup", BMS_ERROR, BMS_TEXT("The workbook has none of the sheets of a setup."),
         BMS_TEXT("Choose the setup workbook, or start with the one that bms init makes.")},
    [BMS_MISTAKE_MISSING_SHEET] = {"missing_sheet", BMS_ERROR, BMS_TEXT("The sheet '{sheet}' is missing."),
                                   BMS_TEXT("Put it back as in the template, with the same headings.")},
    [BMS_MISTAKE_ALMOST_SHEET] =
        {"almost_sheet", BMS_ERROR,
         BMS_TEXT("The sheet '{sheet}' is not known, but looks like '{other}', which is missing."),
         BMS_TEXT("Call it '{other}'.")},
    [BMS_MISTAKE_COPIED_SHEET] = {"copied_sheet", BMS_ERROR,
                                  BMS_TEXT(
                                      "The sheet '{sheet}' is easily taken for '{other}', but is not read."),
                                  BMS_TEXT("Remove it, or call it something quite different.")},
    [BMS_MISTAKE_SHEET_ALIKE] = {"sheet_alike", BMS_WARNING,
                                 BMS_TEXT("'{sheet}' has the headings of '{other}', but is not read."),
                                 BMS_TEXT("Only what is in '{other}' counts.")},
    [BMS_MISTAKE_SHEET_TWICE] = {"sheet_twice", BMS_ERROR,
                                 BMS_TEXT("'{sheet}' and '{other}' are the same sheet."), REMOVE_OR_RENAME},
    [BMS_MISTAKE_SHEET_GONE] = {"sheet_gone", BMS_WARNING,
                                BMS_TEXT("The sheet '{sheet}' had {value} rows last time and has none now."),
                                BMS_TEXT(
                                    "If it is a mistake, put the sheet back. Should all of it go, say yes."),
                                true},
    [BMS_MISTAKE_COLUMN_GONE] =
        {"column_gone", BMS_WARNING, BMS_TEXT("The column '{column}' was in use last time and is gone."),
         BMS_TEXT("If it is a mistake, put the column back. Should all of it go, say yes."), true},
    [BMS_MISTAKE_HIDDEN_SHEET] = {"hidden_sheet", BMS_INFO, BMS_TEXT("The sheet is hidden, but it is read."),
                                  BMS_TEXT("Show it, so that everybody sees what counts.")},
    [BMS_MISTAKE_HIDDEN_ROWS] =
        {"hidden_rows", BMS_INFO, BMS_TEXT("Hidden rows ({value}) are read as the others."),
         BMS_TEXT("Remove those that should not count; show the others (Data, Filter, Clear).")},
    [BMS_MISTAKE_NO_HEADINGS] = {"no_headings", BMS_ERROR, BMS_TEXT("The headings are missing: {value}."),
                                 BMS_TEXT("Put back the row of headings as it is in the template.")},
    [BMS_MISTAKE_UNKNOWN_COLUMN] = {"unknown_column", BMS_INFO,
                                    BMS_TEXT(
                                        "The column '{value}' is not one of the template's and is not read."),
                                    BMS_TEXT("Nothing has to be done if it is your own.")},
    [BMS_MISTAKE_ALMOST_COLUMN] =
        {"almost_column", BMS_ERROR,
         BMS_TEXT("The heading '{value}' is not known, but looks like '{other}', which is missing."),
         BMS_TEXT("Write '{other}', or something quite different if it is a column of your own.")},
    [BMS_MISTAKE_COLUMN_TWICE] = {"column_twice", BMS_ERROR,
                                  BMS_TEXT("There are two columns called '{value}'."), REMOVE_OR_RENAME},
    [BMS_MISTAKE_WITHOUT_HEADING] =
        {"column_without_heading", BMS_ERROR, BMS_TEXT("The column has contents, but no heading."),
         BMS_TEXT("Write the heading that is missing ({other}). Notes of your own need a heading too.")},
    [BMS_MISTAKE_NOTE_WITHOUT_HEADING] = {"note_without_heading", BMS_INFO,
                                          BMS_TEXT(
                                              "The column has contents, but no heading, and is not read."),
                                          BMS_TEXT("Nothing has to be done if they are notes of your own.")},
    [BMS_MISTAKE_MERGED_HEADING] =
        {"merged_heading", BMS_ERROR,
         BMS_TEXT("{value} are merged: one heading stands above several columns, and only the first has it."),
         BMS_TEXT("Split the cells (Merge & Center), and write each column's heading as in the template.")},
    [BMS_MISTAKE_MERGED_CELLS] = {"merged_cells", BMS_ERROR,
                                  BMS_TEXT("{value} are merged, and only the first cell holds '{other}'."),
                                  BMS_TEXT(
                                      "Split the cells (Merge & Center), and write it in each of them.")},
    [BMS_MISTAKE_ERROR_CELL] = {"error_cell", BMS_ERROR, BMS_TEXT("The cell shows {value}."),
                                BMS_TEXT("Delete it and write the value itself.")},
    [BMS_MISTAKE_NO_RESULT] = {"no_result", BMS_ERROR,
                               BMS_TEXT("The cell holds a formula that was never calculated."),
                               BMS_TEXT("Open the workbook in Excel, save it and try again.")},
    [BMS_MISTAKE_EMPTY_SHEET] = {"empty_sheet", BMS_ERROR, BMS_TEXT("The sheet '{sheet}' is empty."),
                                 BMS_TEXT("Fill in at least one row; without it nothing can be measured.")},
    [BMS_MISTAKE_MISSING_COLUMN] = {"missing_column", BMS_ERROR,
                                    BMS_TEXT("The column '{column}' is missing."),
                                    BMS_TEXT("Put it back: a heading '{column}' in the heading row.")},
    [BMS_MISTAKE_MISSING_VALUE] = {"missing_value", BMS_ERROR, BMS_TEXT("'{column}' is not filled in."),
                                   BMS_TEXT("Fill it in, or remove the whole row.")},
    [BMS_MISTAKE_BAD_CODE] = {"bad_code", BMS_ERROR, BMS_TEXT("'{value}' cannot be a code."),
                              BMS_TEXT("Use the letters a–z, digits and - _ . only, at most 20 characters.")},
    [BMS_MISTAKE_CODE_BECAME_DATE] = {"code_became_date", BMS_ERROR,
                                      BMS_TEXT(
                                          "The code has become a date in the spreadsheet program: {value}."),
                                      BMS_TEXT("Set the cell's format to Text, and write the code anew.")},
    [BMS_MISTAKE_DUPLICATE_CODE] = {"duplicate_code", BMS_ERROR,
                                    BMS_TEXT("The code {value} is used twice; it is also in {other}."),
                                    BMS_TEXT("Give one of them another code, or remove one of the rows.")},
    [BMS_MISTAKE_UNKNOWN_REFERENCE] = {"unknown_reference", BMS_ERROR,
                                       BMS_TEXT("{value} does not exist in the sheet '{other}'."),
                                       BMS_TEXT("Write a code that is in that sheet, or add it there.")},
    [BMS_MISTAKE_UNKNOWN_WORD] = {"unknown_word", BMS_ERROR,
                                  BMS_TEXT("'{value}' is not possible in '{column}'."), CHOOSE},
    [BMS_MISTAKE_BAD_NUMBER] = {"bad_number", BMS_ERROR,
                                BMS_TEXT("'{value}' in '{column}' cannot be read as a number."),
                                BMS_TEXT("Write the number alone, as {other}.")},
    [BMS_MISTAKE_NUMBER_BECAME_DATE] =
        {"number_became_date", BMS_ERROR,
         BMS_TEXT("What was written has become a date in the spreadsheet program: {value}."), AS_TEXT},
    [BMS_MISTAKE_NUMBER_OUT_OF_RANGE] = {"number_out_of_range", BMS_ERROR,
                                         BMS_TEXT("{value} is not possible in '{column}'."),
                                         BMS_TEXT("It must be {other}.")},
    [BMS_MISTAKE_BAD_DATE] = {"bad_date", BMS_ERROR,
                              BMS_TEXT("'{value}' in '{column}' cannot be read as a date."),
                              BMS_TEXT("Write the date as 2026-12-31.")},
    [BMS_MISTAKE_DATES_TURNED] = {"dates_turned", BMS_ERROR,
                                  BMS_TEXT("It begins {value}, after its end {other}."),
                                  BMS_TEXT("Correct one of the dates.")},
    [BMS_MISTAKE_TOO_LONG] = {"too_long", BMS_ERROR,
                              BMS_TEXT("'{column}' has {value} characters, and can have {other}."),
                              BMS_TEXT("Make the text shorter.")},

    [BMS_MISTAKE_UNKNOWN_FACT] = {"unknown_fact", BMS_ERROR, BMS_TEXT("'{value}' is not known here."),
                                  CHOOSE},
    [BMS_MISTAKE_FACT_TWICE] = {"fact_twice", BMS_ERROR,
                                BMS_TEXT("'{value}' is given twice; it is also in {other}."),
                                BMS_TEXT("Remove one of the rows. A new name or number has the day from "
                                         "which it holds.")},
    [BMS_MISTAKE_FACT_WITHOUT_DATES] = {"fact_without_dates", BMS_ERROR,
                                        BMS_TEXT("'{value}' has no dates: it holds for all periods."),
                                        BMS_TEXT("Leave the cell empty. Only the name and the number of the "
                                                 "municipality can change from a day.")},
    [BMS_MISTAKE_FACT_MISSING] = {"fact_missing", BMS_ERROR, BMS_TEXT("'{value}' is not given."),
                                  BMS_TEXT("Add a row with '{value}' and what it is.")},
    [BMS_MISTAKE_NUMBER_LOST_ZERO] =
        {"municipality_number", BMS_ERROR,
         BMS_TEXT("The municipality number {value} has three digits, and should have four."), AS_TEXT},
    [BMS_MISTAKE_UNKNOWN_PARENT] = {"unknown_parent", BMS_ERROR,
                                    BMS_TEXT("The unit {value} that it belongs under does not exist."),
                                    BMS_TEXT("Write the code of a unit in this sheet, or add {value}.")},
    [BMS_MISTAKE_CIRCLE_OF_PARENTS] = {"circle_of_parents", BMS_ERROR,
                                       BMS_TEXT("The units belong under each other in a circle: {value}."),
                                       BMS_TEXT("Let one of them belong under a unit outside the circle.")},
    [BMS_MISTAKE_SECOND_TOP] =
        {"second_top", BMS_ERROR,
         BMS_TEXT("{value} belongs under nothing, but {other} is at the top already."),
         BMS_TEXT("Write what it belongs under. Only the municipality itself is at the top.")},
    [BMS_MISTAKE_TOO_DEEP] = {"too_deep", BMS_ERROR,
                              BMS_TEXT("{value} lies below {other} others: units can have {other} levels."),
                              BMS_TEXT("Let some of those above it belong under the same unit.")},
    [BMS_MISTAKE_OWN_PREDECESSOR] =
        {"own_predecessor", BMS_ERROR, BMS_TEXT("{value} cannot replace itself."),
         BMS_TEXT("Write the codes of the units it took over from, or leave it blank.")},
    [BMS_MISTAKE_REPLACES_WITHOUT_A_DAY] =
        {"replaces_without_a_day", BMS_WARNING,
         BMS_TEXT("{value} replaces {other}, but it is not said from which day. Their numbers are not added "
                  "together."),
         BMS_TEXT(
             "Write the first day of {value} in 'In force from', or the last day of {other} in 'In force "
             "to'.")},
    [BMS_MISTAKE_UNCLEAR_MOVE] = {"unclear_move", BMS_ERROR,
                                  BMS_TEXT("{value} is in {other} too, but the second row does not begin the "
                                           "day after the first one ends."),
                                  BMS_TEXT("For a unit that is moved, let the later row be in force from the "
                                           "day after the earlier one ends.")},
    [BMS_MISTAKE_MOVED_WITHOUT_A_DAY] =
        {"moved_without_a_day", BMS_INFO,
         BMS_TEXT("{value} belongs under {other} now, in all periods, also those already reported."),
         BMS_TEXT("Was it moved on a given day? Then leave its row as it was, and add one with the same "
                  "code: what it belongs under now, and from which day.")},
    [BMS_MISTAKE_UNIT_GONE] =
        {"unit_gone", BMS_WARNING,
         BMS_TEXT("{value} is missing from the sheet. Numbers that are kept, but no longer count in any "
                  "report: {n}. Planned measurements that drop: {planned}."),
         BMS_TEXT("Keep its row, and write its last day in 'In force to'."), true},
    [BMS_MISTAKE_SAME_NAME] = {"same_name", BMS_WARNING,
                               BMS_TEXT("Two units are called '{value}'; the other is in {other}."),
                               BMS_TEXT("Give them names that can be told apart.")},
    [BMS_MISTAKE_BAD_EMAIL] = {"bad_email", BMS_WARNING,
                               BMS_TEXT("'{value}' does not look like an e-mail address."),
                               BMS_TEXT("Write one address, as name@municipality.no.")},

    [BMS_MISTAKE_ALMOST_GROUP] = {"almost_group", BMS_ERROR,
                                  BMS_TEXT("The group '{value}' is almost '{other}', but not the same."),
                                  BMS_TEXT(
                                      "Write '{other}'; or call one of them something quite different.")},
    [BMS_MISTAKE_GROUP_NOT_ASKED] =
        {"group_not_asked", BMS_WARNING,
         BMS_TEXT("The units of the group '{value}' are asked for nothing and get no form."),
         BMS_TEXT("Put an x under a column '{value}' in the sheet '{other}', or correct the group.")},
    [BMS_MISTAKE_UNIT_NOT_ASKED] =
        {"unit_not_asked", BMS_WARNING,
         BMS_TEXT("{value} belongs to no group and is asked for nothing. It gets no form."),
         BMS_TEXT("Write its group, or name it as an exception in the sheet '{other}'.")},

    [BMS_MISTAKE_WITHOUT_QUESTION] =
        {"indicator_without_question", BMS_ERROR, BMS_TEXT("{value} has no question in '{column}'."),
         BMS_TEXT("Write in plain words what to count, or say in '{other}' where the number is asked for.")},
    [BMS_MISTAKE_QUESTION_NOT_USED] = {"question_not_used", BMS_ERROR,
                                       BMS_TEXT("A '{value}' has no number 2, but '{column}' is filled in."),
                                       BMS_TEXT("Empty the cell, or choose another kind.")},
    [BMS_MISTAKE_WITHOUT_SCALE] = {"mean_without_scale", BMS_ERROR,
                                   BMS_TEXT("The mean {value} has no scale."),
                                   BMS_TEXT("Write the lowest and the highest step, as 1 and 6.")},
    [BMS_MISTAKE_RANGE_TURNED] =
        {"range_turned", BMS_ERROR,
         BMS_TEXT("The smallest number allowed ({value}) is above the largest ({other})."),
         BMS_TEXT("Swap or correct them.")},
    [BMS_MISTAKE_BAD_USUAL_SIZE] = {"bad_usual_size", BMS_ERROR,
                                    BMS_TEXT("'{value}' in '{column}' is not a size from–to."),
                                    BMS_TEXT("Write 100–900 for number 1, or 1 = 100–900; 2 = 2000–40000.")},
    [BMS_MISTAKE_FACTOR_NOT_USED] = {"factor_not_used", BMS_ERROR,
                                     BMS_TEXT("A '{other}' has no factor of {value}."),
                                     BMS_TEXT("Empty the cell, or choose the kind 'rate'.")},
    [BMS_MISTAKE_RATE_WITHOUT_FACTOR] = {"rate_without_factor", BMS_ERROR,
                                         BMS_TEXT("The rate {value} has no factor."),
                                         BMS_TEXT(
                                             "Write 1000 for so many per thousand, 1 for so many per one.")},
    [BMS_MISTAKE_UNKNOWN_PLACE] = {"unknown_place", BMS_ERROR,
                                   BMS_TEXT("{value} is not known, and would stand in the form as it is."),
                                   BMS_TEXT("Write one of {other}, or plain words.")},
    [BMS_MISTAKE_SAME_QUESTION] =
        {"same_question", BMS_WARNING,
         BMS_TEXT("The very same question is asked in {other}, of the same units in the same form. Two "
                  "different answers would be held back."),
         BMS_TEXT("Is it the same number, empty the cell and write '{value}' in 'Same number as'. If not, "
                  "ask in other words.")},
    [BMS_MISTAKE_BAD_NUMBER_REFERENCE] =
        {"bad_number_reference", BMS_ERROR, BMS_TEXT("'{value}' in '{column}' cannot be understood."),
         BMS_TEXT("Write it as 2 = SYK 1: number 2 here, and number 1 of SYK. Several are "
                  "separated by commas.")},
    [BMS_MISTAKE_NO_SUCH_NUMBER] = {"no_such_number", BMS_ERROR,
                                    BMS_TEXT("{value} has no number 2 ('{column}')."),
                                    BMS_TEXT("Counts and yes/no have number 1 only.")},
    [BMS_MISTAKE_NUMBER_IN_A_CIRCLE] =
        {"number_in_a_circle", BMS_ERROR, BMS_TEXT("The number is the same as itself in a circle: {value}."),
         BMS_TEXT("Let one of them be asked for: empty '{column}' for it and write its question.")},
    [BMS_MISTAKE_PART_IN_A_CIRCLE] = {"part_in_a_circle", BMS_ERROR,
                                      BMS_TEXT("The number is a part of itself in a circle: {value}."),
                                      BMS_TEXT("Empty '{column}' for the number that is the whole.")},
    [BMS_MISTAKE_WITHOUT_PARTS] =
        {"without_parts", BMS_ERROR,
         BMS_TEXT(
             "Number {value} is said to be divided completely, but fewer than two numbers are parts of it."),
         BMS_TEXT("Write in '{other}' for each part what it is a part of, or empty '{column}'.")},
    [BMS_MISTAKE_OTHER_MEASURE] = {"other_unit_of_measure", BMS_WARNING,
                                   BMS_TEXT(
                                       "The same number has two units of measure: '{value}' and '{other}'."),
                                   BMS_TEXT("Use the same, or ask for two numbers.")},
    [BMS_MISTAKE_NUMBER_NOT_ASKED] =
        {"number_not_asked", BMS_ERROR,
         BMS_TEXT("A number is taken from {other}, but {other} is not asked for {value}."),
         BMS_TEXT("Let {other} be measured by the same units, at the same measuring points and in the "
                  "same forms.")},
    [BMS_MISTAKE_NOT_PLACED] =
        {"indicator_not_placed", BMS_WARNING, BMS_TEXT("{value} is on no scorecard."),
         BMS_TEXT("Give it a row in the sheet '{other}'. Without one it comes last in the forms.")},
    [BMS_MISTAKE_NOT_MEASURED] = {"indicator_not_measured", BMS_INFO, BMS_TEXT("Nobody measures {value}."),
                                  BMS_TEXT("Give it a row in the sheet '{other}' if it should be measured.")},

    [BMS_MISTAKE_OTHER_SCORECARD] =
        {"criterion_of_other_scorecard", BMS_ERROR,
         BMS_TEXT("The success criterion {value} belongs to the scorecard {other}."),
         BMS_TEXT("Choose a success criterion of this scorecard, or correct the scorecard.")},
    [BMS_MISTAKE_PLACED_TWICE] =
        {"placed_twice", BMS_ERROR,
         BMS_TEXT("{value} is placed twice on the same scorecard; it is also in {other}."),
         BMS_TEXT("Remove one of the rows.")},

    [BMS_MISTAKE_WITHOUT_LIMITS] = {"target_without_limits", BMS_ERROR,
                                    BMS_TEXT("Neither a green nor a red limit is given."),
                                    BMS_TEXT("Give at least one of them, or remove the row.")},
    [BMS_MISTAKE_RED_ON_WRONG_SIDE] =
        {"red_on_wrong_side", BMS_ERROR,
         BMS_TEXT("The red limit {value} is on the wrong side of the green limit {other}."),
         BMS_TEXT("Swap them, or correct 'Best when' of the indicator. Where high is best, red is "
                  "below green; where low is best, above; where best is within, on both sides.")},
    [BMS_MISTAKE_BAND_WITHOUT_RANGE] = {"band_without_range", BMS_ERROR,
                                        BMS_TEXT(
                                            "Best is within, but '{value}' does not say from what to what."),
                                        BMS_TEXT("Write from–to, as 95–105.")},
    [BMS_MISTAKE_RANGE_WITHOUT_BAND] =
        {"range_without_band", BMS_ERROR,
         BMS_TEXT("'{value}' is a range, but the indicator is not best within one."),
         BMS_TEXT("Write one limit, or choose 'within' in 'Best when' of the indicator.")},
    [BMS_MISTAKE_BAND_TURNED] = {"band_turned", BMS_ERROR, BMS_TEXT("{value} ends before it begins."),
                                 BMS_TEXT("Write the smaller number first.")},
    [BMS_MISTAKE_LIMIT_OUTSIDE] = {"limit_outside", BMS_ERROR,
                                   BMS_TEXT("The result is never {value}: it is {other}."),
                                   BMS_TEXT("Write a limit within that.")},
    [BMS_MISTAKE_LIMIT_AS_FRACTION] =
        {"limit_as_fraction", BMS_ERROR,
         BMS_TEXT("The result is in per cent, so {value} is less than one per cent."),
         BMS_TEXT("Write {other}. Is {value} per cent meant, write the per cent sign too.")},
    [BMS_MISTAKE_LIMIT_IN_PER_CENT] = {"limit_in_per_cent", BMS_ERROR,
                                       BMS_TEXT("{value} is in per cent, but the result of {other} is not."),
                                       BMS_TEXT("Write the limit as a number without per cent.")},
    [BMS_MISTAKE_UNKNOWN_SCOPE] = {"unknown_scope", BMS_ERROR,
                                   BMS_TEXT("'{value}' is neither a group nor the code of a unit."),
                                   BMS_TEXT("Write all, a group, or the code of a unit.")},
    [BMS_MISTAKE_UNCLEAR_SCOPE] = {"unclear_scope", BMS_ERROR,
                                   BMS_TEXT("'{value}' is both a group and the code of a unit."),
                                   BMS_TEXT("Call the group something else.")},
    [BMS_MISTAKE_TARGET_TWICE] = {"target_twice", BMS_ERROR,
                                  BMS_TEXT("The same target is given twice; it is also in {other}."),
                                  BMS_TEXT(
                                      "Remove one of the rows, or let one be in force from another date.")},
    [BMS_MISTAKE_SUM_WITHOUT_TARGET] =
        {"sum_without_target", BMS_WARNING,
         BMS_TEXT(
             "The limit of {value} is for one unit. The units' sum is not measured against it and gets no "
             "colour."),
         BMS_TEXT(
             "Give the sum a row of its own, with 'together' in '{other}'; or leave it without colour.")},
    [BMS_MISTAKE_UNKNOWN_SERIES] = {"unknown_series", BMS_ERROR,
                                    BMS_TEXT("The series {value} does not exist in the sheet '{other}'."),
                                    BMS_TEXT(
                                        "Write a series that is in that sheet, or add its figures there.")},
    [BMS_MISTAKE_WAY_MISSING] =
        {"way_missing", BMS_ERROR,
         BMS_TEXT("The target is linked to the series {value}, but '{column}' does not say how."), CHOOSE},
    [BMS_MISTAKE_WAY_WITHOUT_SERIES] = {"way_without_series", BMS_ERROR,
                                        BMS_TEXT("'{value}' in '{column}' needs a series to be linked to."),
                                        BMS_TEXT("Fill in '{other}', or empty this cell.")},
    [BMS_MISTAKE_POINTS_OF_NO_PER_CENT] =
        {"points_of_no_per_cent", BMS_ERROR,
         BMS_TEXT("Percentage points need a result in per cent; {value} is not."), CHOOSE},
    [BMS_MISTAKE_REFERENCE_TWICE] = {"reference_twice", BMS_ERROR,
                                     BMS_TEXT("The same figure is given twice; it is also in {other}."),
                                     BMS_TEXT("Remove one of the rows.")},

    [BMS_MISTAKE_PERIOD_WITHOUT_DATES] =
        {"period_without_dates", BMS_ERROR,
         BMS_TEXT("{value} is not a year, half-year, tertial, quarter or month, and has no dates."),
         BMS_TEXT("Fill in the first and the last day, or correct the code.")},
    [BMS_MISTAKE_OTHER_DATES] =
        {"other_dates", BMS_ERROR, BMS_TEXT("{value} does not have this date, but {other}."),
         BMS_TEXT("Empty the dates, or give the measuring point a code of its own, as 2026-BU.")},
    [BMS_MISTAKE_DUE_TOO_EARLY] = {"due_too_early", BMS_ERROR,
                                   BMS_TEXT("'{column}' {value} is before '{other}'."),
                                   BMS_TEXT("Correct one of the dates.")},
    [BMS_MISTAKE_BEFORE_PERIOD] = {"before_period", BMS_WARNING,
                                   BMS_TEXT("'{column}' {value} is before {other} begins."),
                                   BMS_TEXT("Correct the date.")},
    [BMS_MISTAKE_UNKNOWN_MEASURING_POINT] =
        {"unknown_measuring_point", BMS_ERROR,
         BMS_TEXT("The measuring point {value} does not exist in the sheet '{other}'."),
         BMS_TEXT("Write a code that is in that sheet, or add it there. *-T* stands for all tertials.")},
    [BMS_MISTAKE_UNKNOWN_FORM] = {"unknown_form", BMS_ERROR,
                                  BMS_TEXT("The form {value} does not exist in the sheet '{other}'."),
                                  BMS_TEXT("Write the code of the period whose form asks, or add it there.")},
    [BMS_MISTAKE_TWO_FORMS] = {"asked_in_two_forms", BMS_ERROR,
                               BMS_TEXT("{value} is asked for in another form in {other}."),
                               BMS_TEXT("A measurement is asked for in one form only.")},
    [BMS_MISTAKE_UNKNOWN_MARK] = {"unknown_mark", BMS_ERROR,
                                  BMS_TEXT("'{value}' is not possible in the column of a group."),
                                  BMS_TEXT("x: must answer. f: may answer. Blank: not asked.")},
    [BMS_MISTAKE_UNKNOWN_GROUP] =
        {"unknown_group", BMS_WARNING, BMS_TEXT("No unit belongs to the group '{value}'."),
         BMS_TEXT("Correct the heading, or give the units their group in the sheet '{other}'.")},
    [BMS_MISTAKE_BAD_EXCEPTION] = {"bad_exception", BMS_ERROR,
                                   BMS_TEXT("'{value}' in '{column}' cannot be understood."),
                                   BMS_TEXT("Write it as: without 1101, with 1200, optional 1300.")},
    [BMS_MISTAKE_ASKED_OF_NOBODY] = {"asked_of_nobody", BMS_WARNING,
                                     BMS_TEXT("The row asks nobody for {value}."),
                                     BMS_TEXT(
                                         "Put an x under the groups that are to answer, or remove the row.")},

    [BMS_MISTAKE_OTHER_WORDS] =
        {"question_changed", BMS_WARNING,
         BMS_TEXT("{value} is asked for in other words ({other}). What is reported from now on cannot be "
                  "compared with earlier numbers ({n})."),
         BMS_TEXT(
             "If the new words ask for the same, say so with --reworded {code}: then the series goes on."),
         true},
    [BMS_MISTAKE_MEASURED_ANEW] =
        {"series_broken", BMS_WARNING,
         BMS_TEXT("{value} is measured in another way ({other}). What is reported from now on cannot be "
                  "compared with earlier numbers ({n})."),
         BMS_TEXT("If it is a mistake, put back what was there. Is it another measure, it can also get a row "
                  "and a code of its own."),
         true},
    [BMS_MISTAKE_TURNED] = {"best_when_changed", BMS_WARNING,
                            BMS_TEXT("{value} is best when {other} now. The colours of all periods change, "
                                     "also of those reported (numbers: {n})."),
                            BMS_TEXT("If it is a mistake, put back what was there."), true},
    [BMS_MISTAKE_LIMIT_CHANGED] =
        {"limit_changed", BMS_WARNING,
         BMS_TEXT("{value}: the limits are {other} now and were {before}, without a new date. Reported "
                  "periods get other colours (numbers: {n})."),
         BMS_TEXT("Leave the row as it was, and add one with the new limits and a date in 'In force from'. "
                  "Were the old ones wrong in all periods? Then say yes."),
         true},
    [BMS_MISTAKE_LIMIT_GONE] =
        {"limit_gone", BMS_WARNING,
         BMS_TEXT("{value}: the limits {before} are gone. Reported periods are judged without them (numbers: "
                  "{n})."),
         BMS_TEXT("Put the row back as it was. New limits get a row of their own, with a date in 'In force "
                  "from'."),
         true},
    [BMS_MISTAKE_INDICATOR_GONE] =
        {"indicator_gone", BMS_WARNING,
         BMS_TEXT("{value} is missing from the sheet. Numbers that are kept, but are in no report: {n}. "
                  "Planned measurements that drop: {planned}."),
         BMS_TEXT("Keep its row. If it is measured no more, remove its rows for later periods in '{other}'."),
         true},
    [BMS_MISTAKE_PERIOD_GONE] =
        {"period_gone", BMS_WARNING,
         BMS_TEXT("{value} is missing from the sheet. Numbers that are kept, but are in no report: {n}. "
                  "Planned measurements that drop: {planned}."),
         BMS_TEXT("Put its row back."), true},
    [BMS_MISTAKE_FEWER_PLANNED] =
        {"fewer_planned", BMS_WARNING,
         BMS_TEXT("{value}: {planned} planned measurements drop. Numbers that are reported for them: {n}."),
         BMS_TEXT("If it is a mistake, put back the x, the row or the column that is gone."), true},
};

const char *bms_setup_sheet_name(const bms_setup_book *setup, enum bms_setup_sheet sheet,
                                 const char *language) {
    const char *name = setup->tables[sheet].sheet_name;
    return name ? name : bms_tr(language, bms_setup_schema_of(sheet)->name);
}

/** @return the right heading of a column; for a further column, the one it has. */
static const char *heading_of(enum bms_setup_sheet sheet, const char *column, const char *language) {
    const bms_setup_schema *schema = bms_setup_schema_of(sheet);
    for (size_t i = 0; i < schema->n_columns; i++) {
        if (strcmp(schema->columns[i].key, column) == 0)
            return bms_tr(language, schema->columns[i].heading);
    }
    return column;
}

/** @return the column's place in the workbook, or BMS_NO_COLUMN. */
static uint32_t column_index(const bms_setup_book *setup, bms_setup_place place) {
    const bms_setup_cell *cell = place.row ? bms_setup_find(place.row, place.column) : NULL;
    if (cell)
        return cell->column_index;
    const bms_setup_schema *schema = bms_setup_schema_of(place.sheet);
    const uint32_t *columns = setup->tables[place.sheet].columns;
    for (size_t i = 0; i < schema->n_columns; i++) {
        if (strcmp(schema->columns[i].key, place.column) == 0)
            return columns ? columns[i] : (uint32_t)i;
    }
    const bms_setup_table *table = &setup->tables[place.sheet];
    for (size_t i = 0; table->further_at && i < table->n_further; i++) {
        if (strcmp(table->further[i], place.column) == 0)
            return table->further_at[i];
    }
    return BMS_NO_COLUMN;
}

void bms_setup_address(const bms_setup_book *setup, bms_setup_place place, char out[16]) {
    out[0] = '\0';
    if (!place.column)
        return;
    uint32_t column = column_index(setup, place);
    if (column != BMS_NO_COLUMN) {
        bms_cell_address(place.row ? place.row->row_index : setup->tables[place.sheet].heading_row, column,
                         out);
    }
}

static const char *indicator_of(bms_setup_place place) {
    if (!place.row)
        return NULL;
    const bms_setup_cell *cell =
        bms_setup_find(place.row, place.sheet == BMS_SHEET_INDICATORS ? "code" : "indicator");
    return cell ? cell->text : NULL;
}

static const char *unit_of(bms_setup_place place) {
    if (!place.row)
        return NULL;
    const bms_setup_cell *cell = bms_setup_find(place.row, place.sheet == BMS_SHEET_UNITS ? "code" : "unit");
    return cell ? cell->text : NULL;
}

/** Word a mistake for a finding that says where it is. @param n  of the places beside {column} and {sheet} */
static void add(bms_findings *findings, enum bms_mistake mistake, bms_finding where, const char *column,
                const bms_text_place *places, size_t n) {
    const struct mistake *row = &mistakes[mistake];
    bms_text_place all[BMS_MOST_PLACES] = {{"column", column}, {"sheet", where.sheet}};
    assert(n + 2 <= BMS_MOST_PLACES);
    memcpy(all + 2, places, n * sizeof *places);
    where.rule = row->rule;
    where.severity = row->severity;
    where.needs_yes = row->needs_yes;
    where.message = bms_message_of(findings->arena, bms_tr(findings->language, row->message), all, n + 2);
    where.fix = bms_message_of(findings->arena, bms_tr(findings->language, row->fix), all, n + 2);
    bms_findings_add(findings, where);
}

void bms_setup_mistake_add_of(bms_findings *findings, const bms_setup_book *setup, enum bms_mistake mistake,
                              bms_setup_place place, const bms_text_place *places, size_t n) {
    const char *language = findings->language;
    char address[16];
    bms_setup_address(setup, place, address);
    const bms_finding where = {
        .sheet = bms_setup_sheet_name(setup, place.sheet, language),
        .cell = address[0] != '\0' ? bms_arena_text(findings->arena, address) : NULL,
        .unit = unit_of(place),
        .indicator = indicator_of(place),
    };
    add(findings, mistake, where, place.column ? heading_of(place.sheet, place.column, language) : "", places,
        n);
}

void bms_setup_mistake_add(bms_findings *findings, const bms_setup_book *setup, enum bms_mistake mistake,
                           bms_setup_place place, const char *value, const char *other) {
    const bms_text_place places[] = {{"value", value ? value : ""}, {"other", other ? other : ""}};
    bms_setup_mistake_add_of(findings, setup, mistake, place, places, 2);
}

void bms_setup_mistake_in_sheet(bms_findings *findings, enum bms_mistake mistake, const char *sheet,
                                const char *cell, const char *value, const char *other) {
    const bms_finding where = {.sheet = bms_arena_text(findings->arena, sheet),
                               .cell = cell ? bms_arena_text(findings->arena, cell) : NULL};
    const bms_text_place places[] = {{"value", value ? value : ""}, {"other", other ? other : ""}};
    add(findings, mistake, where, "", places, 2);
}

/* Many of one kind */

/** @return whether two findings are of the same rule in the same column of a sheet. */
static bool alike(const bms_finding *a, const bms_finding *b) {
    const char *letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (!a->cell || !b->cell || strcmp(a->rule, b->rule) != 0 || strcmp(a->sheet, b->sheet) != 0)
        return false;
    size_t length = strspn(a->cell, letters);
    return length == strspn(b->cell, letters) && strncmp(a->cell, b->cell, length) == 0;
}

/** Say with the first of several where the others are. */
static void gather(bms_findings *findings, size_t first, size_t n) {
    enum { MOST_CELLS = 8 };
    const char *cells = "";
    size_t listed = 0;
    for (size_t i = first + 1; i < findings->n && listed < MOST_CELLS; i++) {
        if (alike(&findings->items[first], &findings->items[i])) {
            cells = bms_arena_format(findings->arena, "%s%s%s", cells, listed > 0 ? ", " : "",
                                     findings->items[i].cell);
            listed++;
        }
    }
    if (n - 1 > MOST_CELLS)
        cells = bms_arena_format(findings->arena, "%s …", cells);
    const char *text =
        bms_tr(findings->language, BMS_TEXT("{message} The same is wrong in {n} more cells: {cells}."));
    bms_finding *kept = &findings->items[first];
    kept->message = bms_message(findings->arena, text, "message", kept->message, "n",
                                bms_arena_format(findings->arena, "%zu", n - 1), "cells", cells, NULL);
    size_t left = first + 1;
    for (size_t i = first + 1; i < findings->n; i++) {
        if (!alike(kept, &findings->items[i]))
            findings->items[left++] = findings->items[i];
    }
    findings->n = left;
}

void bms_setup_mistakes_gather(bms_findings *findings) {
    enum { MANY = 5 };
    for (size_t i = 0; i < findings->n && !bms_arena_failed(findings->arena); i++) {
        size_t n = 1;
        if (findings->items[i].severity < BMS_ERROR)
            continue;
        for (size_t j = i + 1; j < findings->n; j++)
            n += alike(&findings->items[i], &findings->items[j]);
        if (n >= MANY)
            gather(findings, i, n);
    }
}
