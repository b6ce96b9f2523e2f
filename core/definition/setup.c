/** The sheets and columns of a setup, and their English names (see setup.h). */
#include "core/definition/setup.h"

#include "core/base/catalogue.h"
#include "core/base/language.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "core/definition/basis.h"
#include "core/definition/kind.h"

#include <assert.h>
#include <string.h>

#define TEXT BMS_COLUMN_TEXT
#define CODE BMS_COLUMN_CODE
#define CHOICE BMS_COLUMN_CHOICE
#define NUMBER BMS_COLUMN_NUMBER
#define DATE BMS_COLUMN_DATE
#define YES_NO "yes|no"

static const bms_setup_column municipality[] = {
    {.key = "fact",
     .heading = BMS_TEXT("Fact"),
     .type = CHOICE,
     .required = true,
     .width = 34,
     .choices = "Name of the municipality|Municipality number|Language|Coordinator|E-mail for replies|"
                "Least number of persons"},
    {.key = "value",
     .heading = BMS_TEXT("Value"),
     .type = TEXT,
     .required = true,
     .width = 50,
     .help = BMS_TEXT("The municipality number is text (0301 keeps its zero). Language: bokmål, nynorsk or "
                      "English. Results "
                      "for fewer persons than the least number are not shown in public editions.")},
    {.key = "from",
     .heading = BMS_TEXT("In force from"),
     .type = DATE,
     .width = 13,
     .help = BMS_TEXT("When the municipality gets another name or number: one more row, with the day from "
                      "which it holds. Let the earlier one stand.")},
};

static const bms_setup_column units[] = {
    {.key = "code",
     .heading = BMS_TEXT("Code"),
     .type = CODE,
     .required = true,
     .width = 10,
     .help = BMS_TEXT(
         "Letters, digits and - _ . only, at most 20. A code is never used again for another unit.")},
    {.key = "name", .heading = BMS_TEXT("Name"), .type = TEXT, .required = true, .width = 34},
    {.key = "parent",
     .heading = BMS_TEXT("Belongs under"),
     .type = BMS_COLUMN_REFERENCE,
     .needed = true,
     .width = 13,
     .refers_to = BMS_SHEET_UNITS,
     .help = BMS_TEXT("The code of the unit above. Only the municipality itself belongs under nothing.")},
    {.key = "group",
     .heading = BMS_TEXT("Group"),
     .type = TEXT,
     .width = 16,
     .help = BMS_TEXT("Units of the same kind are compared with each other: school, kindergarten … Use the "
                      "same word each time.")},
    {.key = "leader", .heading = BMS_TEXT("Leader"), .type = TEXT, .width = 24},
    {.key = "email", .heading = BMS_TEXT("E-mail"), .type = TEXT, .width = 46},
    {.key = "deputy", .heading = BMS_TEXT("Deputy"), .type = TEXT, .width = 24},
    {.key = "language",
     .heading = BMS_TEXT("Language"),
     .type = CHOICE,
     .width = 12,
     .choices = BMS_LANGUAGE_NAMES,
     .help = BMS_TEXT("Only where the unit writes another language than the municipality.")},
    {.key = "account_codes",
     .heading = BMS_TEXT("Accounts and HR codes"),
     .type = TEXT,
     .width = 18,
     .help =
         BMS_TEXT("The unit's name or code in the accounts and HR systems, for figures fetched from there.")},
    {.key = "from",
     .heading = BMS_TEXT("In force from"),
     .type = DATE,
     .width = 13,
     .help = BMS_TEXT("A unit that is moved gets one more row with the same code: what it belongs under now, "
                      "and from which day.")},
    {.key = "to",
     .heading = BMS_TEXT("In force to"),
     .type = DATE,
     .width = 13,
     .help = BMS_TEXT("The last day. A unit that is closed is given a date here; its row is never removed.")},
    {.key = "replaces",
     .heading = BMS_TEXT("Replaces"),
     .type = BMS_COLUMN_REFERENCE,
     .width = 16,
     .refers_to = BMS_SHEET_UNITS,
     .several = true,
     .help = BMS_TEXT("Codes of the units this one took over from, separated by commas.")},
};

static const bms_setup_column scorecards[] = {
    {.key = "code", .heading = BMS_TEXT("Code"), .type = CODE, .required = true, .width = 12},
    {.key = "name", .heading = BMS_TEXT("Name"), .type = TEXT, .required = true, .width = 44},
    {.key = "audience", .heading = BMS_TEXT("For whom"), .type = TEXT, .width = 40},
    {.key = "from", .heading = BMS_TEXT("In force from"), .type = DATE, .width = 13},
    {.key = "to", .heading = BMS_TEXT("In force to"), .type = DATE, .width = 13},
};

static const bms_setup_column focus_areas[] = {
    {.key = "code", .heading = BMS_TEXT("Code"), .type = CODE, .required = true, .width = 12},
    {.key = "scorecard",
     .heading = BMS_TEXT("Scorecard"),
     .type = BMS_COLUMN_REFERENCE,
     .required = true,
     .width = 14,
     .refers_to = BMS_SHEET_SCORECARDS},
    {.key = "name", .heading = BMS_TEXT("Focus area"), .type = TEXT, .required = true, .width = 34},
    {.key = "goal", .heading = BMS_TEXT("Goal"), .type = TEXT, .width = 70},
};

static const bms_setup_column criteria[] = {
    {.key = "code", .heading = BMS_TEXT("Code"), .type = CODE, .required = true, .width = 12},
    {.key = "focus_area",
     .heading = BMS_TEXT("Focus area"),
     .type = BMS_COLUMN_REFERENCE,
     .required = true,
     .width = 14,
     .refers_to = BMS_SHEET_FOCUS_AREAS},
    {.key = "name", .heading = BMS_TEXT("Success criterion"), .type = TEXT, .required = true, .width = 60},
};

static const bms_setup_column indicators[] = {
    {.key = "code", .heading = BMS_TEXT("Code"), .type = CODE, .required = true, .width = 11},
    {.key = "name", .heading = BMS_TEXT("Name"), .type = TEXT, .required = true, .width = 32},
    {.key = "kind",
     .heading = BMS_TEXT("Kind"),
     .type = CHOICE,
     .required = true,
     .width = 14,
     .choice = bms_kind_choice,
     .choice_help = bms_kind_help},
    {.key = "question_1",
     .heading = BMS_TEXT("Number 1 – question"),
     .type = TEXT,
     .needed = true,
     .width = 46,
     .help =
         BMS_TEXT("A question in plain words. {dates} becomes 01.01–31.08, {date} 31.08 and {year} 2026.")},
    {.key = "measure_1",
     .heading = BMS_TEXT("Unit of measure 1"),
     .type = TEXT,
     .width = 14,
     .help = BMS_TEXT("What is counted: persons, cases, 1000 kr …")},
    {.key = "question_2",
     .heading = BMS_TEXT("Number 2 – question"),
     .type = TEXT,
     .needed = true,
     .width = 46},
    {.key = "measure_2", .heading = BMS_TEXT("Unit of measure 2"), .type = TEXT, .width = 14},
    {.key = "measure_result",
     .heading = BMS_TEXT("Unit of measure of the result"),
     .type = TEXT,
     .width = 14,
     .help = BMS_TEXT("The unit shown with the result. Left blank: % for shares, deviations and yes/no.")},
    {.key = "factor",
     .heading = BMS_TEXT("Factor"),
     .type = NUMBER,
     .width = 9,
     .help = BMS_TEXT("Only for a rate: 1000 gives the number per thousand.")},
    {.key = "decimals", .heading = BMS_TEXT("Decimals"), .type = NUMBER, .width = 10},
    {.key = "basis",
     .heading = BMS_TEXT("Basis of the numbers"),
     .type = CHOICE,
     .required = true,
     .width = 14,
     .choice = bms_basis_choice,
     .choice_help = bms_basis_help},
    {.key = "better",
     .heading = BMS_TEXT("Best when"),
     .type = CHOICE,
     .required = true,
     .width = 11,
     .choices = "high|low|within"},
    {.key = "least_1",
     .heading = BMS_TEXT("Valid from"),
     .type = NUMBER,
     .width = 10,
     .help = BMS_TEXT("The smallest value number 1 may have; for a mean, the lowest step of the scale. Left "
                      "blank: 0; for a deviation, no limit. Negative numbers must be allowed here.")},
    {.key = "most_1", .heading = BMS_TEXT("Valid to"), .type = NUMBER, .width = 10},
    {.key = "least_2", .heading = BMS_TEXT("Number 2 valid from"), .type = NUMBER, .width = 12},
    {.key = "most_2", .heading = BMS_TEXT("Number 2 valid to"), .type = NUMBER, .width = 12},
    {.key = "whole",
     .heading = BMS_TEXT("Whole numbers"),
     .type = CHOICE,
     .width = 12,
     .choices = "both|number 1|number 2|neither",
     .help = BMS_TEXT("Persons and cases are whole; working days, hours and kroner are not. Left blank: both "
                      "where the indicator concerns persons; for a mean, number 2.")},
    {.key = "same_as",
     .heading = BMS_TEXT("Same number as"),
     .type = TEXT,
     .width = 18,
     .help = BMS_TEXT("For a number that another indicator already asks for: 2 = SYK 2 means that number 2 "
                      "here is number 2 of SYK. It is asked for once. Separate several with commas.")},
    {.key = "part_of",
     .heading = BMS_TEXT("Part of"),
     .type = TEXT,
     .width = 18,
     .help = BMS_TEXT("For a number that is a part of another and cannot be larger: 1 = SYK 1.")},
    {.key = "parts_are_all",
     .heading = BMS_TEXT("Parts make up the whole"),
     .type = CHOICE,
     .width = 12,
     .choices = "both|number 1|number 2|neither",
     .help = BMS_TEXT("Which number here is divided completely: the numbers that are parts of it must then "
                      "add up to it, as short and long absence do. Left blank: neither. Whole numbers must "
                      "agree exactly. Where one has decimals, each counts as rounded to as many.")},
    {.key = "about_persons",
     .heading = BMS_TEXT("Concerns persons"),
     .type = CHOICE,
     .width = 10,
     .choices = YES_NO},
    {.key = "persons_from",
     .heading = BMS_TEXT("Number of persons from"),
     .type = TEXT,
     .width = 14,
     .help = BMS_TEXT("Which number says how many persons the result is about: 2, or SYK 2 of another "
                      "indicator. Left blank: number 2; for a count, number 1.")},
    {.key = "source", .heading = BMS_TEXT("Source"), .type = TEXT, .width = 24},
    {.key = "must_answer",
     .heading = BMS_TEXT("Must be answered"),
     .type = CHOICE,
     .width = 10,
     .choices = YES_NO,
     .help = BMS_TEXT("Yes: 'not applicable' is not accepted as an answer here.")},
    {.key = "action_when_red",
     .heading = BMS_TEXT("Action required when red"),
     .type = CHOICE,
     .width = 12,
     .choices = "no|should|must",
     .help = BMS_TEXT("What happens to a red result with neither an action nor a comment. Should: the return "
                      "is taken in, and the unit is asked for one. Must: the return is held back until there "
                      "is one. Left blank: no. (Yes, as in earlier versions, is the same as should.)")},
    {.key = "rollup",
     .heading = BMS_TEXT("Units together"),
     .type = CHOICE,
     .width = 14,
     .choices = "as the kind|sum|mean of units|largest|smallest|worst|not together",
     .help = BMS_TEXT("How the results of several units become one. Left blank: as the kind says; shares and "
                      "rates are then sums divided by sums.")},
    {.key = "least_coverage",
     .heading = BMS_TEXT("Least coverage"),
     .type = NUMBER,
     .width = 10,
     .help = BMS_TEXT("Percentage of the units that must have answered before units together get a colour. "
                      "Left blank: 50.")},
    {.key = "guidance", .heading = BMS_TEXT("Guidance and example"), .type = TEXT, .width = 60},
    {.key = "least_change",
     .heading = BMS_TEXT("Least change"),
     .type = NUMBER,
     .width = 10,
     .help =
         BMS_TEXT("How much a result must differ before it is called better or worse, in its own unit: 0.5. "
                  "A smaller difference is shown as 'about as before'. Left blank: 1 per cent of the result; "
                  "for persons and cases, what chance alone would not give.")},
    {.key = "usual",
     .heading = BMS_TEXT("Usual size"),
     .type = TEXT,
     .width = 22,
     .help = BMS_TEXT("How large the numbers usually are for one unit, so that a number in the wrong unit of "
                      "measure is found from the first period on: 100–900 is number 1, and 1 = 100–900; 2 = "
                      "2000–40000 is both. Far outside this the unit is asked; nothing is held back.")},
    {.key = "from",
     .heading = BMS_TEXT("In force from"),
     .type = DATE,
     .width = 13,
     .help = BMS_TEXT(
         "The first day that is measured. Before it the indicator is not missing: it is not there.")},
};

static const bms_setup_column placements[] = {
    {.key = "scorecard",
     .heading = BMS_TEXT("Scorecard"),
     .type = BMS_COLUMN_REFERENCE,
     .required = true,
     .width = 14,
     .refers_to = BMS_SHEET_SCORECARDS},
    {.key = "criterion",
     .heading = BMS_TEXT("Success criterion"),
     .type = BMS_COLUMN_REFERENCE,
     .required = true,
     .width = 18,
     .refers_to = BMS_SHEET_CRITERIA},
    {.key = "indicator",
     .heading = BMS_TEXT("Indicator"),
     .type = BMS_COLUMN_REFERENCE,
     .required = true,
     .width = 14,
     .refers_to = BMS_SHEET_INDICATORS},
    {.key = "order", .heading = BMS_TEXT("Order"), .type = NUMBER, .width = 12},
};

static const bms_setup_column targets[] = {
    {.key = "indicator",
     .heading = BMS_TEXT("Indicator"),
     .type = BMS_COLUMN_REFERENCE,
     .required = true,
     .width = 12,
     .refers_to = BMS_SHEET_INDICATORS},
    {.key = "scope",
     .heading = BMS_TEXT("Applies to"),
     .type = TEXT,
     .width = 16,
     .help = BMS_TEXT("all, a group, or the code of a unit. A unit's own target comes before its group's, "
                      "and that before the one for all. Left blank: all.")},
    {.key = "green",
     .heading = BMS_TEXT("Green limit"),
     .type = NUMBER,
     .width = 12,
     .help = BMS_TEXT("Green from here on. Where best is within: from–to, as 95–105. With a series: how much "
                      "above the series (below, with a minus).")},
    {.key = "red",
     .heading = BMS_TEXT("Red limit"),
     .type = NUMBER,
     .width = 12,
     .help = BMS_TEXT(
         "Red beyond this; yellow in between. Left blank: the same as the green limit, and no yellow.")},
    {.key = "series",
     .heading = BMS_TEXT("Linked to (series)"),
     .type = TEXT,
     .width = 16,
     .help = BMS_TEXT("A series in the sheet of reference figures. The latest value published counts.")},
    {.key = "way",
     .heading = BMS_TEXT("Way"),
     .type = CHOICE,
     .width = 16,
     .choices = "number|per cent|percentage points",
     .help = BMS_TEXT("With a series: what the limits mean. 1 per cent below 8 % is 7.92 %; 1 percentage "
                      "point below is 7 %.")},
    {.key = "applies_for",
     .heading = BMS_TEXT("Applies for"),
     .type = CHOICE,
     .width = 12,
     .choices = "one unit|together|per year",
     .help =
         BMS_TEXT("What the limits are measured against. One unit: a unit's value in one period. Together: "
                  "the units added up, as 40 complaints in the whole municipality. Per year: what counts "
                  "add up to in the year so far. Left blank: one unit.")},
    {.key = "from", .heading = BMS_TEXT("In force from"), .type = DATE, .width = 13},
    {.key = "decided", .heading = BMS_TEXT("Decision"), .type = TEXT, .width = 50},
};

static const bms_setup_column calendar[] = {
    {.key = "code",
     .heading = BMS_TEXT("Code"),
     .type = CODE,
     .required = true,
     .width = 12,
     .help = BMS_TEXT("2026 the year, 2026-H1 half, 2026-T2 four months, 2026-Q3 quarter, 2026-B4 two "
                      "months, 2026-09 the month. "
                      "Others, as 2026-BU, must have dates.")},
    {.key = "name", .heading = BMS_TEXT("Name"), .type = TEXT, .width = 34},
    {.key = "from", .heading = BMS_TEXT("From"), .type = DATE, .width = 13},
    {.key = "to", .heading = BMS_TEXT("To"), .type = DATE, .width = 13},
    {.key = "sent", .heading = BMS_TEXT("Form is sent"), .type = DATE, .width = 14},
    {.key = "due", .heading = BMS_TEXT("Due"), .type = DATE, .width = 13},
    {.key = "closes", .heading = BMS_TEXT("Closes"), .type = DATE, .width = 13},
};

static const bms_setup_column plan[] = {
    {.key = "indicator",
     .heading = BMS_TEXT("Indicator"),
     .type = BMS_COLUMN_REFERENCE,
     .required = true,
     .width = 12,
     .refers_to = BMS_SHEET_INDICATORS},
    {.key = "periods",
     .heading = BMS_TEXT("Measuring points"),
     .type = TEXT,
     .required = true,
     .width = 22,
     .help = BMS_TEXT("Codes from the calendar, separated by commas. * stands for anything: *-T1 is the "
                      "first tertial of each year, *-T* all of them.")},
    {.key = "form",
     .heading = BMS_TEXT("Asked in"),
     .type = TEXT,
     .width = 14,
     .help = BMS_TEXT("The form that asks, where it is not that of the period itself: a survey in March "
                      "asked for in 2026-T1. *-T1 takes the year of the measuring point.")},
    {.key = "exceptions",
     .heading = BMS_TEXT("Exceptions"),
     .type = TEXT,
     .width = 30,
     .help = BMS_TEXT("Units that differ from their group: without 1101, with 1200, optional 1300.")},
};

static const bms_setup_column references[] = {
    {.key = "series", .heading = BMS_TEXT("Series"), .type = TEXT, .required = true, .width = 14},
    {.key = "source", .heading = BMS_TEXT("Source"), .type = TEXT, .width = 50},
    {.key = "period",
     .heading = BMS_TEXT("Period"),
     .type = TEXT,
     .required = true,
     .width = 12,
     .help = BMS_TEXT("What the figure is about: 2025, 2025-Q3 … It need not be in the calendar.")},
    {.key = "group", .heading = BMS_TEXT("Group"), .type = TEXT, .width = 16},
    {.key = "value", .heading = BMS_TEXT("Value"), .type = NUMBER, .required = true, .width = 12},
    {.key = "published", .heading = BMS_TEXT("Published"), .type = DATE, .width = 13},
};

static const bms_setup_column actions[] = {
    {.key = "number", .heading = BMS_TEXT("Action no."), .type = TEXT, .required = true, .width = 8},
    {.key = "unit",
     .heading = BMS_TEXT("Unit"),
     .type = BMS_COLUMN_REFERENCE,
     .required = true,
     .width = 10,
     .refers_to = BMS_SHEET_UNITS},
    {.key = "linked_to",
     .heading = BMS_TEXT("Linked to"),
     .type = TEXT,
     .width = 14,
     .help = BMS_TEXT("The code of an indicator, a success criterion, a focus area or a scorecard; blank for "
                      "the unit as such.")},
    {.key = "text", .heading = BMS_TEXT("Action"), .type = TEXT, .required = true, .width = 60},
    {.key = "responsible", .heading = BMS_TEXT("Responsible"), .type = TEXT, .width = 24},
    {.key = "due", .heading = BMS_TEXT("Due"), .type = DATE, .width = 13},
    {.key = "status",
     .heading = BMS_TEXT("Status"),
     .type = CHOICE,
     .width = 14,
     .choices = "Not begun|In progress|Done|Dropped"},
    {.key = "effect", .heading = BMS_TEXT("Expected effect"), .type = TEXT, .width = 44},
};

#define COLUMNS(list) .columns = (list), .n_columns = sizeof(list) / sizeof *(list)

static const bms_setup_schema schemas[BMS_N_SETUP_SHEETS] = {
    [BMS_SHEET_MUNICIPALITY] = {.key = "municipality",
                                .name = BMS_TEXT("Municipality"),
                                COLUMNS(municipality),
                                .required = true,
                                .help = BMS_TEXT("Who you are, and where the answers go.")},
    [BMS_SHEET_UNITS] = {.key = "units",
                         .name = BMS_TEXT("Units"),
                         COLUMNS(units),
                         .required = true,
                         .help = BMS_TEXT("The tree: the municipality, the units under it, and so on down.")},
    [BMS_SHEET_SCORECARDS] = {.key = "scorecards",
                              .name = BMS_TEXT("Scorecards"),
                              COLUMNS(scorecards),
                              .help = BMS_TEXT("One or several, each for its readers.")},
    [BMS_SHEET_FOCUS_AREAS] = {.key = "focus_areas",
                               .name = BMS_TEXT("Focus areas"),
                               COLUMNS(focus_areas),
                               .help = BMS_TEXT("What the scorecard is divided into, with a goal for each.")},
    [BMS_SHEET_CRITERIA] = {.key = "criteria",
                            .name = BMS_TEXT("Success criteria"),
                            COLUMNS(criteria),
                            .help = BMS_TEXT("What must succeed for the goal to be reached.")},
    [BMS_SHEET_INDICATORS] = {.key = "indicators",
                              .name = BMS_TEXT("Indicators"),
                              COLUMNS(indicators),
                              .required = true,
                              .help = BMS_TEXT(
                                  "What is measured: two numbers, each with a question in plain words.")},
    [BMS_SHEET_PLACEMENTS] = {.key = "placements",
                              .name = BMS_TEXT("Placement"),
                              COLUMNS(placements),
                              .help = BMS_TEXT("Where each indicator is on the scorecards.")},
    [BMS_SHEET_TARGETS] = {.key = "targets",
                           .name = BMS_TEXT("Targets"),
                           COLUMNS(targets),
                           .help =
                               BMS_TEXT("Green and red limits, for all, a group or one unit, from a date.")},
    [BMS_SHEET_CALENDAR] = {.key = "calendar",
                            .name = BMS_TEXT("Measuring points"),
                            COLUMNS(calendar),
                            .required = true,
                            .help =
                                BMS_TEXT("The calendar: what is measured when, and when the forms are due.")},
    [BMS_SHEET_PLAN] = {.key = "plan",
                        .name = BMS_TEXT("Who measures what"),
                        COLUMNS(plan),
                        .further_columns = true,
                        .required = true,
                        .help = BMS_TEXT("One column for each group: x must answer, f may answer.")},
    [BMS_SHEET_REFERENCES] = {.key = "references",
                              .name = BMS_TEXT("Reference figures"),
                              COLUMNS(references),
                              .help = BMS_TEXT("Figures from other sources that targets can be linked to.")},
    [BMS_SHEET_ACTIONS] = {.key = "actions",
                           .name = BMS_TEXT("Actions"),
                           COLUMNS(actions),
                           .help = BMS_TEXT("What is already decided; units add their own in the forms.")},
};

const bms_setup_schema *bms_setup_schema_of(enum bms_setup_sheet sheet) {
    return &schemas[sheet];
}

bool bms_setup_recognise_sheet(const char *name, enum bms_setup_sheet *out) {
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++) {
        if (bms_says(name, schemas[sheet].name)) {
            *out = (enum bms_setup_sheet)sheet;
            return true;
        }
    }
    return false;
}

const bms_setup_column *bms_setup_recognise_column(enum bms_setup_sheet sheet, const char *heading) {
    for (size_t column = 0; column < schemas[sheet].n_columns; column++) {
        if (bms_says(heading, schemas[sheet].columns[column].heading))
            return &schemas[sheet].columns[column];
    }
    return NULL;
}

const bms_setup_column *bms_setup_column_of(enum bms_setup_sheet sheet, const char *key) {
    for (size_t i = 0; i < schemas[sheet].n_columns; i++) {
        if (strcmp(schemas[sheet].columns[i].key, key) == 0)
            return &schemas[sheet].columns[i];
    }
    return NULL;
}

const char *bms_setup_choice(const bms_setup_column *column, size_t index, const char *language,
                             char word[BMS_SETUP_WORD_SIZE]) {
    const char *start = column->choices;
    if (column->choice)
        return column->choice(index) ? bms_tr(language, column->choice(index)) : NULL;
    for (; start && index > 0; index--) {
        start = strchr(start, '|');
        start = start ? start + 1 : NULL;
    }
    if (!start)
        return NULL;
    size_t length = strcspn(start, "|");
    assert(length < BMS_SETUP_WORD_SIZE);
    memcpy(word, start, length);
    word[length] = '\0';
    return bms_tr(language, word);
}

const char *bms_setup_help(bms_arena *arena, const bms_setup_column *column, const char *language) {
    if (!column->choice_help)
        return column->help ? bms_tr(language, column->help) : NULL;
    const char *help = "";
    for (size_t i = 0; column->choice_help(i); i++) {
        help = bms_arena_format(arena, "%s%s%s", help, i > 0 ? " " : "",
                                bms_tr(language, column->choice_help(i)));
    }
    return help;
}

const char *bms_setup_choices(bms_arena *arena, const bms_setup_column *column, const char *language) {
    const char *list = "";
    char word[BMS_SETUP_WORD_SIZE];
    for (size_t i = 0;; i++) {
        const char *choice = bms_setup_choice(column, i, language, word);
        if (!choice)
            return list;
        list = bms_arena_format(arena, "%s%s%s", list, i > 0 ? ", " : "", choice);
    }
}

int bms_setup_recognise_choice(const bms_setup_column *column, const char *text) {
    char word[BMS_SETUP_WORD_SIZE];
    const char *choice;
    for (size_t index = 0; (choice = bms_setup_choice(column, index, "en", word)); index++) {
        if (bms_says(text, choice))
            return (int)index;
    }
    return -1;
}

const bms_setup_cell *bms_setup_find(const bms_setup_row *row, const char *column) {
    for (size_t i = 0; i < row->n_cells; i++) {
        if (strcmp(row->cells[i].column, column) == 0)
            return &row->cells[i];
    }
    return NULL;
}

const bms_setup_row *bms_setup_unit_row(const bms_setup_book *book, const char *code) {
    const bms_setup_table *table = &book->tables[BMS_SHEET_UNITS];
    const bms_setup_row *row = NULL;
    for (size_t i = 0; i < table->n_rows; i++) {
        const bms_setup_cell *cell = bms_setup_find(&table->rows[i], "code");
        if (cell && bms_code_compare(cell->text, code) == 0)
            row = &table->rows[i];
    }
    return row;
}

const char *bms_setup_number_text(bms_arena *arena, double value) {
    char text[32];
    bms_number_shortest(value, text);
    const char *point = strchr(text, '.');
    bool three = point && strspn(point + 1, "0123456789") == 3 && point[4] == '\0';
    return bms_arena_format(arena, three ? "%s0" : "%s", text);
}
