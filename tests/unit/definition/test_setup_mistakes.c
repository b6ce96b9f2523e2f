/**
 * Each mistake in a setup, made one at a time in a sound one: found once, under its own rule, in the right
 * cell, and nothing else with it.
 */
#include "core/definition/setup_mistakes.h"
#include "core/definition/setup_sense.h"
#include "tests/unit/examples/made_setup.h"

#include <assert.h>
#include <stdlib.h>

/** A change that makes a sound setup wrong, and the finding to expect. */
struct mistake {
    const char *sentence;
    enum bms_setup_sheet sheet;
    size_t row;
    const char *column;
    const char *text; /* NULL: the cell is emptied */
    const char *rule;
    const char *cell;
    const char *also; /* other cells of the row, "name=Ny;parent=1000"; NULL: none */
};

#define MUNICIPALITY BMS_SHEET_MUNICIPALITY
#define UNITS BMS_SHEET_UNITS
#define SCORECARDS BMS_SHEET_SCORECARDS
#define FOCUS_AREAS BMS_SHEET_FOCUS_AREAS
#define CRITERIA BMS_SHEET_CRITERIA
#define INDICATORS BMS_SHEET_INDICATORS
#define PLACEMENTS BMS_SHEET_PLACEMENTS
#define TARGETS BMS_SHEET_TARGETS
#define CALENDAR BMS_SHEET_CALENDAR
#define PLAN BMS_SHEET_PLAN
#define REFERENCES BMS_SHEET_REFERENCES
#define ACTIONS BMS_SHEET_ACTIONS

static const struct mistake mistakes[] = {
    {"no number of the municipality", MUNICIPALITY, 1, "fact", "Målform", "fact_missing", NULL,
     "value=nynorsk"},
    {"a fact nobody knows", MUNICIPALITY, 2, "fact", "Innbyggertall", "unknown_fact", "A4", "value=12 000"},
    {"a fact given twice", MUNICIPALITY, 2, "fact", "Kommunens navn", "fact_twice", "A4", "value=Eksempel"},
    {"a new number without its day", MUNICIPALITY, 2, "fact", "Kommunenummer", "fact_twice", "A4",
     "value=3099"},
    {"a language from a day", MUNICIPALITY, 2, "from", "2026-01-01", "fact_without_dates", "C4",
     "fact=Målform;value=nynorsk"},
    {"a language nobody knows", UNITS, 2, "language", "samisk", "unknown_word", "H4", NULL},
    {"an e-mail address that is none", UNITS, 2, "email", "Lia barnehage", "bad_email", "F4", NULL},
    {"an e-mail address that no mail program takes", UNITS, 2, "email", "å@x.no", "bad_email", "F4", NULL},
    {"a unit without a code", UNITS, 4, "code", NULL, "missing_value", "A6", NULL},
    {"a unit without a name", UNITS, 4, "name", NULL, "missing_value", "B6", NULL},
    {"a code with a space", UNITS, 4, "code", "11 03", "bad_code", "A6", NULL},
    {"a code of 21 characters", UNITS, 4, "code", "123456789012345678901", "bad_code", "A6", NULL},
    {"two units with one code", UNITS, 5, "code", "1103", "duplicate_code", "A7", "name=Ny;parent=1000"},
    {"two scorecards with one code", SCORECARDS, 2, "code", "adm", "duplicate_code", "A4", "name=Nytt"},
    {"two focus areas with one code", FOCUS_AREAS, 2, "code", "ORG", "duplicate_code", "A4",
     "name=Nytt;scorecard=ADM"},
    {"two success criteria with one code", CRITERIA, 2, "code", "KVAL1", "duplicate_code", "A4",
     "name=Nytt;focus_area=ORG"},
    {"two periods with one code", CALENDAR, 7, "code", "2026-t1", "duplicate_code", "A9", NULL},
    {"two actions of a unit with one number", ACTIONS, 1, "number", "1", "duplicate_code", "A3", NULL},
    {"a unit under one that does not exist", UNITS, 2, "parent", "1900", "unknown_parent", "C4", NULL},
    {"a unit under itself", UNITS, 2, "parent", "1101", "circle_of_parents", "C4", NULL},
    {"units under each other in a circle", UNITS, 1, "parent", "1101", "circle_of_parents", "C3", NULL},
    {"a second unit under nothing", UNITS, 2, "parent", NULL, "second_top", "C4", NULL},
    {"a unit that ends before it begins", UNITS, 2, "from", "2030-01-01", "dates_turned", "J4",
     "to=2029-12-31"},
    {"a date that is none", UNITS, 2, "from", "31.02.2026", "bad_date", "J4", NULL},
    {"a unit that replaces itself", UNITS, 2, "replaces", "1101", "own_predecessor", "L4", NULL},
    {"a unit that replaces one that does not exist", UNITS, 2, "replaces", "1102, 1900", "unknown_reference",
     "L4", "from=2024-01-01"},
    {"a unit that replaces another from no day", UNITS, 2, "replaces", "1102", "replaces_without_a_day", "L4",
     NULL},
    {"two units with one name", UNITS, 4, "name", "LIA BARNEHAGE", "same_name", "B6", NULL},
    {"a focus area of an unknown scorecard", FOCUS_AREAS, 1, "scorecard", "XX", "unknown_reference", "B3",
     NULL},
    {"a success criterion of an unknown focus area", CRITERIA, 1, "focus_area", "XX", "unknown_reference",
     "B3", NULL},
    {"a kind nobody knows", INDICATORS, 0, "kind", "forhold", "unknown_word", "C2", NULL},
    {"a basis nobody knows", INDICATORS, 0, "basis", "kvartal", "unknown_word", "K2", NULL},
    {"a best-when nobody knows", INDICATORS, 6, "better", "grønt", "unknown_word", "L8", NULL},
    {"no first question", INDICATORS, 0, "question_1", NULL, "indicator_without_question", "D2", NULL},
    {"no second question", INDICATORS, 0, "question_2", NULL, "indicator_without_question", "F2", NULL},
    {"a second question of a count", INDICATORS, 5, "question_2", "Av hvor mange?", "question_not_used", "F7",
     NULL},
    {"a mean without the end of its scale", INDICATORS, 2, "most_1", NULL, "mean_without_scale", "N4", NULL},
    {"a range from its end to its beginning", INDICATORS, 2, "least_1", "7", "range_turned", "M4", NULL},
    {"a usual size that is one number", INDICATORS, 0, "usual", "400", "bad_usual_size", "AD2", NULL},
    {"a usual size from its end to its beginning", INDICATORS, 0, "usual", "900–100", "bad_usual_size", "AD2",
     NULL},
    {"a usual size of number 3", INDICATORS, 0, "usual", "3 = 100–900", "bad_usual_size", "AD2", NULL},
    {"a share with a factor", INDICATORS, 0, "factor", "1000", "factor_not_used", "I2", NULL},
    {"a number that is none", INDICATORS, 0, "decimals", "to", "bad_number", "J2", NULL},
    {"a number that can be read in two ways", INDICATORS, 4, "factor", "1.000", "bad_number", "I6", NULL},
    {"seven decimals", INDICATORS, 0, "decimals", "7", "number_out_of_range", "J2", NULL},
    {"a coverage of 150 %", INDICATORS, 0, "least_coverage", "150", "number_out_of_range", "AA2", NULL},
    {"a roll-up nobody knows", INDICATORS, 0, "rollup", "median", "unknown_word", "Z2", NULL},
    {"a number reference nobody understands", INDICATORS, 1, "same_as", "som sykefravær",
     "bad_number_reference", "R3", NULL},
    {"a number reference without its number", INDICATORS, 1, "same_as", "2 = SYK", "bad_number_reference",
     "R3", NULL},
    {"a number of an unknown indicator", INDICATORS, 1, "same_as", "2 = SYKE 2", "unknown_reference", "R3",
     NULL},
    {"number 2 of a count", INDICATORS, 1, "part_of", "1 = KLAGER 2", "no_such_number", "S3", NULL},
    {"number 2 in a count", INDICATORS, 5, "part_of", "2 = SYK 2", "no_such_number", "S7", NULL},
    {"a number the same as itself", INDICATORS, 0, "same_as", "2 = SYK 2", "number_in_a_circle", "R2", NULL},
    {"two numbers the same as each other", INDICATORS, 0, "same_as", "2 = KORT 2", "number_in_a_circle", "R2",
     NULL},
    {"a number that is a part of itself", INDICATORS, 0, "part_of", "1 = KORT 1", "part_in_a_circle", "S2",
     NULL},
    {"a number divided completely into one part", INDICATORS, 0, "parts_are_all", "tall 1", "without_parts",
     "T2", NULL},
    {"something else than no, should and must when red", INDICATORS, 0, "action_when_red", "kanskje",
     "unknown_word", "Y2", NULL},
    {"one number in two units of measure", INDICATORS, 1, "measure_2", "timer", "other_unit_of_measure", "G3",
     NULL},
    {"persons from an unknown indicator", INDICATORS, 0, "persons_from", "XX 2", "unknown_reference", "V2",
     NULL},
    {"an indicator nobody measures", INDICATORS, 8, "code", "NY", "indicator_not_measured", "A10",
     "name=Ny;kind=ja/nei;question_1=Er den ny?;basis=på dato;better=høyt"},
    {"an indicator twice on a scorecard", PLACEMENTS, 8, "indicator", "SYK", "placed_twice", "C10",
     "scorecard=ADM;criterion=MILJO1"},
    {"a placement of an unknown indicator", PLACEMENTS, 8, "indicator", "XX", "unknown_reference", "C10",
     "scorecard=ADM;criterion=MILJO1"},
    {"a placement on an unknown scorecard", PLACEMENTS, 0, "scorecard", "XX", "unknown_reference", "A2",
     NULL},
    {"a success criterion of another scorecard", PLACEMENTS, 0, "criterion", "KVAL1",
     "criterion_of_other_scorecard", "B2", NULL},
    {"a target without limits", TARGETS, 6, "green", NULL, "target_without_limits", "C8", NULL},
    {"red above green where high is best", TARGETS, 1, "red", "5.5", "red_on_wrong_side", "D3", NULL},
    {"red below green where low is best", TARGETS, 6, "red", "-1", "red_on_wrong_side", "D8", NULL},
    {"red inside green where best is within", TARGETS, 5, "red", "2–6", "red_on_wrong_side", "D7", NULL},
    {"one limit where best is within", TARGETS, 5, "red", "6", "band_without_range", "D7", NULL},
    {"from–to where best is not within", TARGETS, 1, "green", "5–6", "range_without_band", "C3", NULL},
    {"a limit that is no number", TARGETS, 6, "green", "lavt", "bad_number", "C8", NULL},
    {"a target for whom nobody knows", TARGETS, 1, "scope", "sykehjem", "unknown_scope", "B3", NULL},
    {"a target for a group with a unit's code", UNITS, 5, "group", "1101", "unclear_scope", "B5",
     "code=1104;name=Ny;parent=1000"},
    {"the same target twice", TARGETS, 4, "from", NULL, "target_twice", "A6", NULL},
    {"a sum that no limit is for", INDICATORS, 2, "rollup", "sum", "sum_without_target", "C3", NULL},
    {"a series that does not exist", TARGETS, 0, "series", "KOSTRA", "unknown_series", "E2", NULL},
    {"a link to a series that does not say how", TARGETS, 0, "way", NULL, "way_missing", "F2", NULL},
    {"a link in plain numbers to per cents", TARGETS, 0, "way", "tall", "way_missing", "F2", NULL},
    {"percentage points without a series", TARGETS, 6, "way", "prosentpoeng", "way_without_series", "F8",
     NULL},
    {"a named period without dates", CALENDAR, 5, "to", NULL, "period_without_dates", "D7", NULL},
    {"dates that a tertial does not have", CALENDAR, 1, "to", "2026-05-31", "other_dates", "D3", NULL},
    {"a deadline before the forms are sent", CALENDAR, 1, "due", "2026-04-15", "due_too_early", "F3", NULL},
    {"forms that close before the deadline", CALENDAR, 1, "closes", "2026-05-10", "due_too_early", "G3",
     NULL},
    {"an unknown measuring point", PLAN, 0, "periods", "*-T*, 2027-T1", "unknown_measuring_point", "B2",
     NULL},
    {"a pattern that fits nothing", PLAN, 0, "periods", "*-T*, *-Q*", "unknown_measuring_point", "B2", NULL},
    {"an unknown form", PLAN, 5, "form", "2027-T1", "unknown_form", "C7", NULL},
    {"one measurement in two forms", PLAN, 8, "form", "2026-T2", "asked_in_two_forms", "C10",
     "indicator=KLAGER;periods=2026-T1;skole=x"},
    {"a mark nobody knows", PLAN, 5, "skole", "ja takk", "unknown_mark", "F7", NULL},
    {"an exception nobody understands", PLAN, 4, "exceptions", "1101", "bad_exception", "D6", NULL},
    {"an exception for an unknown unit", PLAN, 4, "exceptions", "med 1900", "unknown_reference", "D6", NULL},
    {"a row that asks nobody", PLAN, 5, "skole", NULL, "asked_of_nobody", "A7", NULL},
    {"a number asked of others than it is taken from", PLAN, 2, "exceptions", "uten 1000, 1100, 1101",
     "number_not_asked", "R5", NULL},
    {"a number asked in another form than it is taken from", PLAN, 2, "form", NULL, "number_not_asked", "R5",
     NULL},
    {"a reference figure without a value", REFERENCES, 0, "value", NULL, "missing_value", "E2", NULL},
    {"a reference figure for an unknown period", REFERENCES, 0, "period", "i fjor", "unknown_measuring_point",
     "C2", NULL},
    {"a reference figure for a group without units", REFERENCES, 1, "group", "kulturskole", "unknown_group",
     "D3", NULL},
    {"a reference figure given twice", REFERENCES, 2, "period", "2025", "reference_twice", "A4",
     "published=2026-03-01"},
    {"an action of an unknown unit", ACTIONS, 0, "unit", "1900", "unknown_reference", "B2", NULL},
    {"an action linked to nothing known", ACTIONS, 0, "linked_to", "XX", "unknown_reference", "C2", NULL},
};

/** What is a mistake only when a workbook is loaded: a stored setup is understood as when it was accepted. */
static const struct mistake senseless[] = {
    {"a municipality number that lost its zero", MUNICIPALITY, 1, "value", "301", "municipality_number", "B3",
     NULL},
    {"a rate without a factor", INDICATORS, 4, "factor", NULL, "rate_without_factor", "I6", NULL},
    {"a place that no question has", INDICATORS, 0, "question_1", "Tapte dagsverk {datoer}?", "unknown_place",
     "D2", NULL},
    {"a place that is not closed", INDICATORS, 0, "question_2", "Avtalte dagsverk {dates", "unknown_place",
     "F2", NULL},
    {"one question in two indicators", INDICATORS, 7, "question_2", "Døgn?", "same_question", "F9",
     "basis=perioden"},
    {"a limit above its scale", TARGETS, 1, "green", "43", "limit_outside", "C3", NULL},
    {"a limit below its scale", TARGETS, 2, "red", "0.5", "limit_outside", "D4", NULL},
    {"a share above 100 per cent", TARGETS, 8, "indicator", "SVAR", "limit_outside", "C10",
     "green=110;red=90"},
    {"a share as a fraction where high is good", TARGETS, 8, "indicator", "SVAR", "limit_as_fraction", "C10",
     "green=0.6;red=0.4"},
    {"a share as a fraction up to one", TARGETS, 8, "indicator", "SVAR", "limit_as_fraction", "C10",
     "green=1;red=0.4"},
    {"a share as a fraction where low is good", TARGETS, 8, "indicator", "KORT", "limit_as_fraction", "C10",
     "green=0.0750;red=0.0950"},
    {"a share as a fraction beside zero", TARGETS, 8, "indicator", "KORT", "limit_as_fraction", "D10",
     "green=0;red=0.0950"},
    {"a limit below zero of what is never negative", TARGETS, 8, "indicator", "FALL", "limit_outside", "C10",
     "green=-1;red=5"},
    {"a limit in per cent of a mean", TARGETS, 1, "red", "4 %", "limit_in_per_cent", "D3", NULL},
    {"a deadline of the year before", CALENDAR, 2, "due", "2025-09-15", "before_period", "F4", NULL},
    {"an action with an unknown status", ACTIONS, 0, "status", "snart", "unknown_word", "G2", NULL},
};

/** What looks like one of these, and is right. */
static const struct mistake sensible[] = {
    {"half a per cent", TARGETS, 8, "indicator", "KORT", NULL, NULL, "green=0.5 %;red=0.9 %"},
    {"one per cent", TARGETS, 8, "indicator", "KORT", NULL, NULL, "green=0;red=1"},
    {"all of it", TARGETS, 8, "indicator", "SVAR", NULL, NULL, "green=100;red=0"},
    {"the ends of a scale", TARGETS, 1, "green", "6", NULL, NULL, "red=1"},
    {"per cent above a series", TARGETS, 0, "green", "-150", NULL, NULL, "red=150;way=prosent"},
    {"a status in another language", ACTIONS, 0, "status", "under way", NULL, NULL, "status=ferdig"},
    {"a status of an earlier template", ACTIONS, 0, "status", "Ikke startet", NULL, NULL, NULL},
    {"one question about two bases", INDICATORS, 7, "question_2", "Døgn?", NULL, NULL, NULL},
    {"a unit without a form in a group that is asked", UNITS, 5, "code", "1104", NULL, NULL,
     "name=Ny skole;parent=1000;group=skole"},
};

static void print_findings(const bms_findings *findings) {
    for (size_t i = 0; i < findings->n; i++) {
        print_message("%s %s!%s %s %s\n", findings->items[i].rule, findings->items[i].sheet,
                      findings->items[i].cell ? findings->items[i].cell : "-", findings->items[i].message,
                      findings->items[i].fix);
    }
}

/** Fails unless the one finding has this rule and cell. */
static void only_finding(const struct made *made, const char *rule, const char *cell) {
    if (made->findings.n != 1)
        print_findings(&made->findings);
    assert_int_equal(made->findings.n, 1);
    const bms_finding *finding = &made->findings.items[0];
    assert_string_equal(finding->rule, rule);
    assert_string_equal(finding->file, "oppsett.xlsx");
    assert_string_equal(finding->cell ? finding->cell : "none", cell ? cell : "none");
    assert_null(strchr(finding->message, '{'));
    assert_null(strchr(finding->fix, '{'));
}

static const struct mistake *planned; /* the one the running test makes */

static int plan_mistake(void **state) {
    planned = *state;
    return made_begin(state);
}

static void make_planned(struct made *made) {
    made_set(made, planned->sheet, planned->row, planned->column, planned->text);
    if (planned->also)
        made_cells(made, planned->sheet, planned->row, planned->also);
}

static void is_found(void **state) {
    struct made *made = *state;
    make_planned(made);
    made_read(made);
    only_finding(made, planned->rule, planned->cell);
}

static void made_load(struct made *made) {
    made_read(made);
    bms_setup_sense_check(made->arena, &made->book, &made->definition, &made->findings);
}

/** It is found when the workbook is loaded, and not when it has been stored. */
static void is_found_when_loaded(void **state) {
    struct made *made = *state;
    made->findings.language = "nb";
    make_planned(made);
    made_read(made);
    assert_int_equal(bms_findings_count(&made->findings, BMS_ERROR), 0);
    made->findings.n = 0;
    made_load(made);
    if (made->findings.n != 1)
        print_findings(&made->findings);
    assert_int_equal(made->findings.n, 1);
    assert_string_equal(made->findings.items[0].rule, planned->rule);
    assert_string_equal(made->findings.items[0].cell, planned->cell);
}

static void is_right(void **state) {
    struct made *made = *state;
    make_planned(made);
    made_load(made);
    print_findings(&made->findings);
    assert_int_equal(made->findings.n, 0);
}

static void a_sound_setup_has_no_mistakes(void **state) {
    struct made *made = *state;
    made_load(made);
    print_findings(&made->findings);
    assert_int_equal(made->findings.n, 0);
}

static void all_mistakes_are_found_at_once(void **state) {
    struct made *made = *state;
    made_set(made, UNITS, 2, "parent", "1900");
    made_set(made, INDICATORS, 0, "question_1", NULL);
    made_set(made, TARGETS, 1, "red", "5.5");
    made_set(made, PLAN, 5, "form", "2027-T1");
    made_read(made);
    assert_int_equal(made->findings.n, 4);
    assert_string_equal(made->findings.items[0].rule, "unknown_parent");
    assert_string_equal(made->findings.items[1].rule, "indicator_without_question");
    assert_string_equal(made->findings.items[2].rule, "red_on_wrong_side");
    assert_string_equal(made->findings.items[3].rule, "unknown_form");
}

static void a_missing_sheet_is_reported_once(void **state) {
    struct made *made = *state;
    memset(&made->book.tables[UNITS], 0, sizeof made->book.tables[UNITS]);
    memset(&made->book.tables[ACTIONS], 0, sizeof made->book.tables[ACTIONS]);
    memset(&made->book.tables[TARGETS], 0, sizeof made->book.tables[TARGETS]);
    memset(&made->book.tables[PLAN], 0, sizeof made->book.tables[PLAN]);
    made_read(made);
    assert_string_equal(made->findings.items[0].rule, "missing_sheet");
    assert_string_equal(made->findings.items[0].sheet, "Units");
    assert_string_equal(made->findings.items[1].rule, "missing_sheet");
    assert_string_equal(made->findings.items[1].sheet, "Who measures what");
}

static void a_workbook_without_any_of_the_sheets_is_reported_once(void **state) {
    struct made *made = *state;
    memset(&made->book, 0, sizeof made->book);
    made_read(made);
    only_finding(made, "not_a_setup", NULL);
}

static void an_empty_plan_is_a_mistake(void **state) {
    struct made *made = *state;
    made->book.tables[PLAN].n_rows = 0;
    made_read(made);
    only_finding(made, "empty_sheet", NULL);
    assert_string_equal(made->findings.items[0].sheet, "Who measures what");
    assert_int_equal(made->findings.items[0].severity, BMS_ERROR);
}

static void a_missing_column_is_reported_once_and_not_for_each_row(void **state) {
    struct made *made = *state;
    static const uint32_t columns[] = {0, 1, BMS_NO_COLUMN, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    for (size_t i = 0; i < 5; i++)
        made_set(made, UNITS, i, "parent", NULL);
    made->book.tables[UNITS].columns = columns;
    made_read(made);
    only_finding(made, "missing_column", NULL);
}

static void a_moved_column_is_reported_at_its_own_place(void **state) {
    struct made *made = *state;
    static const uint32_t columns[] = {7, 1, 2, 3, 4, 5, 6, 0, 8, 9, 10, 11};
    made_set(made, UNITS, 4, "code", NULL);
    made->book.tables[UNITS].columns = columns;
    made_read(made);
    only_finding(made, "missing_value", "H6");
}

static void a_group_in_the_plan_that_nobody_belongs_to_is_a_warning(void **state) {
    struct made *made = *state;
    static const char *further[] = {"barnehage", "skole", "Alle", "kulturskole"};
    made->book.tables[PLAN].further = further;
    made->book.tables[PLAN].n_further = 4;
    made_set(made, PLAN, 0, "kulturskole", "x");
    made_set(made, PLAN, 1, "kulturskole", "x");
    made_load(made);
    only_finding(made, "unknown_group", NULL);
    assert_int_equal(made->findings.items[0].severity, BMS_WARNING);
}

static void a_wrong_code_is_one_mistake_and_not_one_for_each_place_it_is_used(void **state) {
    struct made *made = *state;
    made_set(made, INDICATORS, 4, "code", "FÅLL");
    made_load(made);
    only_finding(made, "bad_code", "A6");
}

static void an_unknown_code_is_reported_once_with_all_its_places_and_what_was_meant(void **state) {
    struct made *made = *state;
    made_set(made, INDICATORS, 4, "code", "FALLE");
    made_load(made);
    only_finding(made, "unknown_reference", "C6");
    assert_string_equal(made->findings.items[0].message,
                        "FALL does not exist in the sheet 'Indicators'. It is also in Who measures what!A6.");
    assert_non_null(strstr(made->findings.items[0].fix, "Did you mean FALLE (Indicators!A6)?"));
}

static void what_is_wrong_with_a_sheets_headings_is_said_once(void **state) {
    struct made *made = *state;
    made->book.tables[UNITS].n_rows = 0;
    made->book.tables[UNITS].unclear = true;
    made_load(made);
    assert_int_equal(made->findings.n, 0);
}

/** Add a unit that the rows for all do not ask. */
static void add_unit(struct made *made, const char *cells) {
    made_set(made, UNITS, 5, "code", "1104");
    made_cells(made, UNITS, 5, cells);
    made_set(made, PLAN, 2, "Alle", NULL);
    made_set(made, PLAN, 2, "skole", "x");
    made_set(made, PLAN, 3, "Alle", NULL);
    made_set(made, PLAN, 3, "skole", "x");
}

static void a_unit_that_is_asked_for_nothing_is_named(void **state) {
    struct made *made = *state;
    add_unit(made, "name=Bibliotek;parent=1000");
    made_load(made);
    only_finding(made, "unit_not_asked", "D7");
    assert_int_equal(made->findings.items[0].severity, BMS_WARNING);
}

static void a_unit_with_units_below_it_or_closed_before_is_asked_for_nothing(void **state) {
    struct made *made = *state;
    add_unit(made, "name=Bibliotek;parent=1000;to=2019-12-31");
    made_load(made);
    assert_int_equal(made->findings.n, 0);
}

static void a_group_without_a_column_is_named_once(void **state) {
    struct made *made = *state;
    add_unit(made, "name=Bibliotek;parent=1000;group=kultur");
    made_set(made, UNITS, 6, "code", "1105");
    made_cells(made, UNITS, 6, "name=Museum;parent=1000;group=Kultur;from=2040-01-01");
    made_load(made);
    only_finding(made, "group_not_asked", "D7");
}

static void a_group_almost_as_a_column_is_a_mistake(void **state) {
    struct made *made = *state;
    add_unit(made, "name=Li skole;parent=1000;group=skule");
    made_load(made);
    only_finding(made, "almost_group", "D7");
    assert_string_equal(made->findings.items[0].message,
                        "The group 'skule' is almost 'skole', but not the same.");
}

static void a_heading_almost_as_a_group_is_a_mistake_in_its_cell(void **state) {
    struct made *made = *state;
    static const char *further[] = {"barnehager", "skole", "Alle"};
    static const uint32_t at[] = {4, 5, 6};
    made->book.tables[PLAN].further = further;
    made->book.tables[PLAN].further_at = at;
    for (size_t i = 0; i < 2; i++) {
        made_set(made, PLAN, i, "barnehage", NULL);
        made_set(made, PLAN, i, "barnehager", "x");
    }
    made_load(made);
    only_finding(made, "almost_group", "E1");
}

static void a_missing_column_of_limits_is_a_mistake_when_loaded(void **state) {
    struct made *made = *state;
    static const uint32_t columns[] = {0, 1, 2, BMS_NO_COLUMN, 4, 5, 6, 7, 8};
    for (size_t i = 0; i < made->book.tables[TARGETS].n_rows; i++)
        made_set(made, TARGETS, i, "red", NULL);
    made->book.tables[TARGETS].columns = columns;
    made_read(made);
    assert_int_equal(made->findings.n, 0);
    made_load(made);
    only_finding(made, "missing_column", NULL);
}

static void a_band_from_its_end_to_its_beginning_is_said_where_it_is(void **state) {
    struct made *made = *state;
    made_set(made, TARGETS, 5, "green", "4–1");
    made_set(made, TARGETS, 5, "red", NULL);
    made_read(made);
    only_finding(made, "band_turned", "C7");
}

static void what_to_write_instead_fits_the_cell(void **state) {
    struct made *made = *state;
    made->findings.language = "nb";
    made_set(made, TARGETS, 5, "green", "fra 1 til 4");
    made_set(made, INDICATORS, 0, "decimals", "to");
    made_read(made);
    assert_string_equal(made->findings.items[0].fix, "Skriv bare tallet, for eksempel 1.");
    assert_string_equal(made->findings.items[1].fix, "Skriv bare tallet, for eksempel 5,5–6,1.");
}

static void a_date_that_is_wrong_in_two_ways_is_said_once(void **state) {
    struct made *made = *state;
    made_set(made, CALENDAR, 1, "due", "2025-05-15");
    made_load(made);
    only_finding(made, "due_too_early", "F3");
}

static void one_mistake_in_many_cells_of_a_column_is_one(void **state) {
    struct made *made = *state;
    for (size_t i = 0; i < 7; i++)
        made_set(made, PLACEMENTS, i, "order", "først");
    made_set(made, TARGETS, 6, "green", "lavt");
    made_read(made);
    assert_int_equal(made->findings.n, 8);
    bms_setup_mistakes_gather(&made->findings);
    assert_int_equal(made->findings.n, 2);
    assert_string_equal(made->findings.items[0].cell, "D2");
    assert_non_null(strstr(made->findings.items[0].message,
                           "The same is wrong in 6 more cells: D3, D4, D5, D6, D7, D8."));
    assert_string_equal(made->findings.items[1].cell, "C8");
}

static void an_indicator_on_no_scorecard_is_a_warning(void **state) {
    struct made *made = *state;
    made->book.tables[PLACEMENTS].n_rows = 7;
    made_read(made);
    only_finding(made, "indicator_not_placed", "A9");
    assert_int_equal(made->findings.items[0].severity, BMS_WARNING);
}

static void messages_come_in_the_language_asked_for(void **state) {
    struct made *made = *state;
    made->findings.language = "nb";
    made_set(made, TARGETS, 1, "red", "5.5");
    made_read(made);
    assert_string_equal(made->findings.items[0].message, "Rød grense 5,5 er på feil side av grønn grense 5.");
    assert_string_equal(made->findings.items[0].indicator, "BRUK");
}

enum { N_MISTAKES = sizeof mistakes / sizeof *mistakes };

static int run_each(const struct mistake *table, size_t n, const char *name, void (*test)(void **)) {
    struct CMUnitTest each[N_MISTAKES];
    assert(n <= N_MISTAKES);
    for (size_t i = 0; i < n; i++) {
        each[i] = (struct CMUnitTest){table[i].sentence, test, plan_mistake, made_end,
                                      (void *)(uintptr_t)&table[i]};
    }
    return _cmocka_run_group_tests(name, each, n, NULL, NULL);
}

int main(void) {
    const struct CMUnitTest others[] = {
        cmocka_unit_test_setup_teardown(a_sound_setup_has_no_mistakes, made_begin, made_end),
        cmocka_unit_test_setup_teardown(all_mistakes_are_found_at_once, made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_missing_sheet_is_reported_once, made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_workbook_without_any_of_the_sheets_is_reported_once, made_begin,
                                        made_end),
        cmocka_unit_test_setup_teardown(an_empty_plan_is_a_mistake, made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_missing_column_is_reported_once_and_not_for_each_row, made_begin,
                                        made_end),
        cmocka_unit_test_setup_teardown(a_moved_column_is_reported_at_its_own_place, made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_group_in_the_plan_that_nobody_belongs_to_is_a_warning, made_begin,
                                        made_end),
        cmocka_unit_test_setup_teardown(an_indicator_on_no_scorecard_is_a_warning, made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_wrong_code_is_one_mistake_and_not_one_for_each_place_it_is_used,
                                        made_begin, made_end),
        cmocka_unit_test_setup_teardown(
            an_unknown_code_is_reported_once_with_all_its_places_and_what_was_meant, made_begin, made_end),
        cmocka_unit_test_setup_teardown(what_is_wrong_with_a_sheets_headings_is_said_once, made_begin,
                                        made_end),
        cmocka_unit_test_setup_teardown(a_unit_that_is_asked_for_nothing_is_named, made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_unit_with_units_below_it_or_closed_before_is_asked_for_nothing,
                                        made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_group_without_a_column_is_named_once, made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_group_almost_as_a_column_is_a_mistake, made_begin, made_end),
        cmocka_unit_test_setup_teardown(a_heading_almost_as_a_group_is_a_mistake_in_its_cell, made_begin,
                                        made_end),
        cmocka_unit_test_setup_teardown(a_missing_column_of_limits_is_a_mistake_when_loaded, made_begin,
                                        made_end),
        cmocka_unit_test_setup_teardown(a_band_from_its_end_to_its_beginning_is_said_where_it_is, made_begin,
                                        made_end),
        cmocka_unit_test_setup_teardown(a_date_that_is_wrong_in_two_ways_is_said_once, made_begin, made_end),
        cmocka_unit_test_setup_teardown(one_mistake_in_many_cells_of_a_column_is_one, made_begin, made_end),
        cmocka_unit_test_setup_teardown(what_to_write_instead_fits_the_cell, made_begin, made_end),
        cmocka_unit_test_setup_teardown(messages_come_in_the_language_asked_for, made_begin, made_end),
    };
    return run_each(mistakes, N_MISTAKES, "each mistake is found", is_found) +
           run_each(senseless, sizeof senseless / sizeof *senseless, "each is found when loaded",
                    is_found_when_loaded) +
           run_each(sensible, sizeof sensible / sizeof *sensible, "none of these is a mistake", is_right) +
           cmocka_run_group_tests_name("mistakes", others, NULL, NULL);
}
