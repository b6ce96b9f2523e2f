/**
 * An invented municipality with an invented nursing home, Lia, that has answered every kind of question: for
 * the tests of forms and checks. All names and values are made up.
 */
#ifndef TEST_LIA_H
#define TEST_LIA_H

#include "tests/unit/close.h"

#include "core/check/check.h"
#include "core/form/questions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { TOP, LIA, LUND, CLOSED, N_UNITS };
enum { T1_2025, Y_2025, T1, T2, Y_2026, N_PERIODS };
enum { SYK, KORT, BUDSJ, TILFR, SVAR, FALL, KLAGER, VERN, N_INDICATORS };

struct lia {
    bms_arena *arena;
    bms_unit units[N_UNITS];
    bms_calendar_period calendar[N_PERIODS];
    bms_indicator indicators[N_INDICATORS];
    bms_placement placements[N_INDICATORS];
    bms_scorecard scorecard;
    bms_focus_area focus_areas[2];
    bms_criterion criteria[2];
    bms_target target;
    enum bms_duty duty[N_UNITS];
    bms_measuring_point points[3 * N_INDICATORS];
    bms_definition definition;
    unsigned char key[BMS_SEAL_KEY_SIZE];
    bms_form form; /* Lia's for 2026-T2 */
    bms_raw_row rows[N_INDICATORS + 1];
    bms_raw_return raw;
    bms_before *before; /* from lia_remembers */
    bms_check_context context;
    bms_findings findings;
    bms_checked_return checked;
};

static inline bms_asked_number lia_number(const char *question, const char *measure, bool whole) {
    return (bms_asked_number){.question = question,
                              .unit_of_measure = measure,
                              .same_as = {BMS_NONE, BMS_NUMERATOR},
                              .part_of = {BMS_NONE, BMS_NUMERATOR},
                              .least = {true, 0},
                              .whole = whole};
}

static inline bms_indicator lia_indicator(const char *code, const char *name, enum bms_kind kind) {
    return (bms_indicator){.code = code,
                           .name = name,
                           .kind = kind,
                           .numerator = lia_number("", "", false),
                           .denominator = lia_number("", "", false),
                           .factor = kind == BMS_RATE ? 1000 : 100,
                           .decimals = 1,
                           .basis = BMS_IN_PERIOD,
                           .unit_of_result = "%",
                           .persons = {BMS_NONE, BMS_NUMERATOR},
                           .source = "",
                           .guidance = "",
                           .from = BMS_NO_DAY,
                           .least_coverage = 0.5};
}

static inline void lia_indicators(struct lia *lia) {
    bms_indicator *all = lia->indicators;
    all[SYK] = lia_indicator("SYK", "Sykefravær", BMS_SHARE);
    all[SYK].numerator = lia_number("Hvor mange dagsverk gikk tapt {dates}?", "dagsverk", false);
    all[SYK].denominator = lia_number("Hvor mange dagsverk var avtalt {dates}?", "dagsverk", false);
    all[SYK].must_answer = true;
    all[KORT] = lia_indicator("KORT", "Korttidsfravær", BMS_SHARE);
    all[KORT].numerator = lia_number("Hvor mange av dem var korttidsfravær?", "dagsverk", false);
    all[KORT].numerator.part_of = (bms_number_ref){SYK, BMS_NUMERATOR};
    all[KORT].denominator.same_as = (bms_number_ref){SYK, BMS_DENOMINATOR};
    all[BUDSJ] = lia_indicator("BUDSJ", "Budsjettavvik", BMS_DEVIATION);
    all[BUDSJ].basis = BMS_YEAR_TO_DATE;
    all[BUDSJ].numerator = lia_number("Hva er netto regnskap {dates}?", "1000 kr", false);
    all[BUDSJ].denominator = lia_number("Hva er netto budsjett {dates}?", "1000 kr", false);
    all[BUDSJ].numerator.least = all[BUDSJ].denominator.least = (bms_number){false, 0};
    all[TILFR] = lia_indicator("TILFR", "Brukertilfredshet", BMS_MEAN);
    all[TILFR].numerator = lia_number("Hva ble gjennomsnittet (1–6)?", "poeng", false);
    all[TILFR].numerator.least = (bms_number){true, 1};
    all[TILFR].numerator.most = (bms_number){true, 6};
    all[TILFR].denominator = lia_number("Hvor mange svarte?", "brukere", true);
    all[SVAR] = lia_indicator("SVAR", "Svarprosent", BMS_SHARE);
    all[SVAR].numerator.same_as = (bms_number_ref){TILFR, BMS_DENOMINATOR};
    all[SVAR].denominator = lia_number("Hvor mange fikk undersøkelsen?", "brukere", true);
    all[FALL] = lia_indicator("FALL", "Fall", BMS_RATE);
    all[FALL].numerator = lia_number("Hvor mange fall ble meldt?", "fall", true);
    all[FALL].denominator = lia_number("Hvor mange beboerdøgn?", "døgn", true);
    all[KLAGER] = lia_indicator("KLAGER", "Klager", BMS_COUNT);
    all[KLAGER].numerator = lia_number("Hvor mange klager kom {dates}?", "klager", true);
    all[VERN] = lia_indicator("VERN", "Vernerunde", BMS_YESNO);
    all[VERN].numerator = lia_number("Er vernerunden gjennomført i {year}?", "", true);
    all[VERN].numerator.most = (bms_number){true, 1};
}

static inline void lia_period(struct lia *lia, int index, const char *code) {
    bms_calendar_period *period = &lia->calendar[index];
    assert_true(bms_period_parse(code, &period->period));
    period->name = "";
    period->sent = period->due = period->closes = BMS_NO_DAY;
}

/** Everything is measured in the first tertial of both years and the second of 2026; nothing for the whole
 * years. */
static inline void lia_plan(struct lia *lia) {
    static const int measured[] = {T1_2025, T1, T2};
    lia_period(lia, T1_2025, "2025-T1");
    lia_period(lia, Y_2025, "2025");
    lia_period(lia, T1, "2026-T1");
    lia_period(lia, T2, "2026-T2");
    lia_period(lia, Y_2026, "2026");
    lia->calendar[T2].due = bms_day_of(2026, 9, 15);
    for (int unit = 0; unit < N_UNITS; unit++)
        lia->duty[unit] = unit == TOP ? BMS_NOT_ASKED : BMS_REQUIRED;
    size_t n = 0;
    for (size_t p = 0; p < COUNT(measured); p++)
        for (int i = 0; i < N_INDICATORS; i++)
            lia->points[n++] = (bms_measuring_point){i, measured[p], measured[p], lia->duty};
    for (int i = 0; i < N_INDICATORS; i++)
        lia->placements[i] = (bms_placement){0, i < BUDSJ ? 0 : 1, i, i};
}

static inline void lia_definition(struct lia *lia) {
    static const char *const units[][2] = {{"0", "Eksempel kommune"},
                                           {"LIA", "Lia sykehjem"},
                                           {"LUND", "Lund sykehjem"},
                                           {"GML", "Gamlehjemmet"}};
    for (int i = 0; i < N_UNITS; i++)
        lia->units[i] = (bms_unit){.code = units[i][0],
                                   .name = units[i][1],
                                   .parent = i == TOP ? BMS_NONE : TOP,
                                   .group = "",
                                   .language = "",
                                   .from = BMS_NO_DAY,
                                   .to = i == CLOSED ? bms_day_of(2025, 12, 31) : BMS_NO_DAY};
    lia_indicators(lia);
    lia_plan(lia);
    lia->scorecard = (bms_scorecard){.code = "ADM", .name = "Målekart", .from = BMS_NO_DAY, .to = BMS_NO_DAY};
    lia->focus_areas[0] = (bms_focus_area){"MED", 0, "Medarbeidere", ""};
    lia->focus_areas[1] = (bms_focus_area){"BRU", 0, "Brukere", ""};
    lia->criteria[0] = (bms_criterion){"K1", 0, "Godt arbeidsmiljø"};
    lia->criteria[1] = (bms_criterion){"K2", 1, "Gode tjenester"};
    lia->target = (bms_target){.indicator = SYK,
                               .group = "",
                               .unit = BMS_NONE,
                               .limits = {.known = true, .better = BMS_DOWN, .green = 7.5, .red = 9.5},
                               .series = "",
                               .from = BMS_NO_DAY};
    lia->definition = (bms_definition){.version = 3,
                                       .municipality = {.name = "Eksempel",
                                                        .number = "9999",
                                                        .language = "nb",
                                                        .coordinator = "",
                                                        .reply_to = "bms@eksempel.invalid",
                                                        .least_persons = 5},
                                       .units = lia->units,
                                       .n_units = N_UNITS,
                                       .scorecards = &lia->scorecard,
                                       .n_scorecards = 1,
                                       .focus_areas = lia->focus_areas,
                                       .n_focus_areas = 2,
                                       .criteria = lia->criteria,
                                       .n_criteria = 2,
                                       .indicators = lia->indicators,
                                       .n_indicators = N_INDICATORS,
                                       .placements = lia->placements,
                                       .n_placements = N_INDICATORS,
                                       .targets = &lia->target,
                                       .n_targets = 1,
                                       .calendar = lia->calendar,
                                       .n_calendar = N_PERIODS,
                                       .points = lia->points,
                                       .n_points = COUNT(lia->points)};
}

static inline bms_raw_cell lia_cell(char column, int row) {
    bms_raw_cell cell = {.kind = BMS_RAW_BLANK};
    (void)snprintf(cell.address, sizeof cell.address, "%c%d", column, row);
    return cell;
}

/** A blank row; the questions are in rows 6, 7, … of the sheet. */
static inline bms_raw_row lia_row(const char *code, int row) {
    bms_raw_row out = {.indicator = code,
                       .numerator = lia_cell('C', row),
                       .denominator = lia_cell('E', row),
                       .result = lia_cell('F', row),
                       .reason = lia_cell('I', row),
                       .comment = lia_cell('J', row)};
    (void)snprintf(out.code_address, sizeof out.code_address, "K%d", row);
    return out;
}

static inline bms_raw_cell *lia_at(struct lia *lia, int indicator, enum bms_which which) {
    bms_raw_row *row = &lia->rows[indicator];
    return which == BMS_NUMERATOR ? &row->numerator : &row->denominator;
}

static inline void lia_type(bms_raw_cell *cell, double number) {
    cell->kind = BMS_RAW_NUMBER;
    cell->number = number;
    cell->text = NULL;
}

static inline void lia_write(bms_raw_cell *cell, const char *text) {
    cell->kind = text ? BMS_RAW_TEXT : BMS_RAW_BLANK;
    cell->text = text;
}

static inline void lia_pair(struct lia *lia, int indicator, double n, double d) {
    lia_type(lia_at(lia, indicator, BMS_NUMERATOR), n);
    lia_type(lia_at(lia, indicator, BMS_DENOMINATOR), d);
}

/** Fill in everything correctly, and sign. */
static inline void lia_answers(struct lia *lia) {
    for (int i = 0; i < N_INDICATORS; i++)
        lia->rows[i] = lia_row(lia->indicators[i].code, 6 + i);
    lia_pair(lia, SYK, 84, 1008);
    lia_type(lia_at(lia, KORT, BMS_NUMERATOR), 20);
    lia_pair(lia, BUDSJ, 5214, 5000);
    lia_pair(lia, TILFR, 4.6, 23);
    lia_type(lia_at(lia, SVAR, BMS_DENOMINATOR), 40);
    lia_pair(lia, FALL, 12, 2400);
    lia_type(lia_at(lia, KLAGER, BMS_NUMERATOR), 4);
    lia_write(lia_at(lia, VERN, BMS_NUMERATOR), "Ja");
    lia->raw = (bms_raw_return){.recognition = BMS_BOTH_IDENTITIES,
                                .hidden = lia->form.identity,
                                .visible = lia->form.identity,
                                .visible_address = "A20",
                                .title_address = "A1",
                                .questions = lia->form.questions,
                                .n_questions = lia->form.n_questions,
                                .sheet = "Skjema",
                                .headings_known = true,
                                .rows = lia->rows,
                                .n_rows = N_INDICATORS,
                                .signed_by = lia_cell('C', 16),
                                .signed_on = lia_cell('E', 16)};
    lia_write(&lia->raw.signed_by, "Kari Eksempel");
    lia->raw.signed_on.kind = BMS_RAW_DATE;
    lia->raw.signed_on.day = bms_day_of(2026, 9, 10);
}

/** Make the form of a unit again. */
static inline void lia_form(struct lia *lia, int unit, int period, const char *language) {
    const bms_form_request request = {.definition = &lia->definition,
                                      .key = lia->key,
                                      .unit = unit,
                                      .period = period,
                                      .language = language};
    assert_int_equal(bms_form_questions(lia->arena, &request, &lia->form, NULL), BMS_OK);
}

static inline int lia_begin(void **state) {
    struct lia *lia = calloc(1, sizeof *lia);
    assert_non_null(lia);
    *state = lia;
    lia->arena = bms_arena_new();
    memset(lia->key, 7, sizeof lia->key);
    lia_definition(lia);
    lia_form(lia, LIA, T2, "nb");
    lia_answers(lia);
    lia->context = (bms_check_context){.language = "nb",
                                       .file = "LIA-Lia_sykehjem.xlsx",
                                       .definition = &lia->definition,
                                       .seal_key = lia->key,
                                       .expected_period = "2026-T2"};
    return 0;
}

/** @return an empty table of earlier answers, which the checks compare with; it replaces an earlier one. */
static inline bms_before *lia_remembers(struct lia *lia) {
    bms_before_dispose(lia->before);
    assert_int_equal(bms_before_new(lia->arena, &lia->definition, &lia->before, NULL), BMS_OK);
    lia->context.before = lia->before;
    return lia->before;
}

static inline int lia_end(void **state) {
    struct lia *lia = *state;
    bms_before_dispose(lia->before);
    bms_arena_free(lia->arena);
    free(lia);
    return 0;
}

static inline void lia_check(struct lia *lia) {
    bms_error error = {0};
    lia->findings = (bms_findings){.arena = lia->arena, .language = lia->context.language};
    assert_int_equal(
        bms_check_return(lia->arena, &lia->raw, &lia->context, &lia->checked, &lia->findings, &error),
        BMS_OK);
}

static inline void lia_print(const struct lia *lia) {
    for (size_t i = 0; i < lia->findings.n; i++) {
        const bms_finding *f = &lia->findings.items[i];
        print_error("%s %s %s %s: %s / %s\n", bms_severity_name(f->severity), f->rule,
                    f->cell ? f->cell : "-", f->indicator ? f->indicator : "-", f->message, f->fix);
    }
}

/** Check, and expect exactly one finding; `cell` NULL for none. @return the finding */
static inline const bms_finding *lia_finds(struct lia *lia, const char *rule, enum bms_severity severity,
                                           const char *cell) {
    lia_check(lia);
    if (lia->findings.n != 1 || strcmp(lia->findings.items[0].rule, rule) != 0) {
        lia_print(lia);
        fail_msg("expected %s alone", rule);
    }
    const bms_finding *finding = &lia->findings.items[0];
    assert_int_equal(finding->severity, severity);
    if (cell)
        assert_string_equal(finding->cell, cell);
    else
        assert_null(finding->cell);
    return finding;
}

static inline void lia_finds_nothing(struct lia *lia) {
    lia_check(lia);
    if (lia->findings.n > 0) {
        lia_print(lia);
        fail_msg("expected no finding");
    }
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
}

static inline const bms_entry *lia_entry(const struct lia *lia, int indicator) {
    return &lia->checked.entries[indicator];
}

#define lia_test(name) cmocka_unit_test_setup_teardown(name, lia_begin, lia_end)

#endif
