/**
 * An invented municipality with two tertials of answers, for the tests of reports. Every name and value is
 * made up.
 *
 * Three sectors, sixteen units, five peer groups, twenty indicators of all kinds and bases. Answers come from
 * a fixed sequence, so that the same report comes out every time; some units are late, held back or have
 * nobody to measure.
 */
#ifndef REPORT_EXAMPLE_H
#define REPORT_EXAMPLE_H

#include "core/report/report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    EXAMPLE_TOP,
    EXAMPLE_SECTORS = 1,
    EXAMPLE_FIRST_UNIT = 4,
    EXAMPLE_UNITS = 20,
    EXAMPLE_INDICATORS = 18
};
/* The calendar, sorted by end. */
enum { P2024, P2025T1, P2025T2, P2025, P2025T3, P2026BU, P2026T1, P2026T2, EXAMPLE_PERIODS };

typedef struct example {
    bms_arena *arena;
    bms_definition definition;
    unsigned sequence;
} example;

static inline bms_unit example_unit(const char *code, const char *name, int parent, const char *group) {
    return (bms_unit){.code = code,
                      .name = name,
                      .parent = parent,
                      .group = group,
                      .leader = parent == BMS_NONE ? "Kari Eksempel" : "",
                      .email = "",
                      .language = "",
                      .from = BMS_NO_DAY,
                      .to = BMS_NO_DAY};
}

static inline void example_add_units(example *e) {
    static const struct {
        const char *code, *name;
        int parent;
        const char *group;
    } rows[EXAMPLE_UNITS] = {{"100", "Eksempel kommune", BMS_NONE, ""},
                             {"200", "Oppvekst", 0, ""},
                             {"300", "Helse og omsorg", 0, ""},
                             {"400", "Teknikk og kultur", 0, ""},
                             {"210", "Solbakken barnehage", 1, "barnehage"},
                             {"211", "Furulia barnehage", 1, "barnehage"},
                             {"212", "Bekkelunden barnehage", 1, "barnehage"},
                             {"220", "Nordås skole", 1, "skole"},
                             {"221", "Elvebakken skole", 1, "skole"},
                             {"222", "Vestre Tangen ungdomsskole", 1, "skole"},
                             {"230", "PPT", 1, "kontor"},
                             {"310", "Granli sykehjem 1. etasje", 2, "sykehjem"},
                             {"311", "Granli sykehjem 2. etasje", 2, "sykehjem"},
                             {"320", "Hjemmetjenesten nord", 2, "hjemmetjeneste"},
                             {"321", "Hjemmetjenesten sør", 2, "hjemmetjeneste"},
                             {"330", "Barnevern", 2, "kontor"},
                             {"410", "Plan og bygning", 3, "kontor"},
                             {"420", "Drift", 3, "kontor"},
                             {"430", "Bibliotek", 3, "kultur"},
                             {"440", "Kultur", 3, "kultur"}};
    bms_unit *units = bms_arena_alloc(e->arena, sizeof(bms_unit) * EXAMPLE_UNITS);
    for (int i = 0; i < EXAMPLE_UNITS; i++)
        units[i] = example_unit(rows[i].code, rows[i].name, rows[i].parent, rows[i].group);
    e->definition.units = units;
    e->definition.n_units = EXAMPLE_UNITS;
}

/** What an indicator is, how big its numbers are, and who is asked. */
typedef struct example_indicator {
    const char *code, *name;
    enum bms_kind kind;
    enum bms_basis basis;
    enum bms_better better;
    double factor;
    int decimals;
    const char *unit;
    double green, red;
    double level, spread; /* of results */
    double base;          /* of denominators */
    const char *group;    /* "" for all */
    int criterion;
    bool yearly;
} example_indicator;

static const example_indicator example_rows[EXAMPLE_INDICATORS] = {
    {"BUD", "Budsjettavvik", BMS_DEVIATION, BMS_YEAR_TO_DATE, BMS_DOWN, 100, 1, "%", 0, 2, 0.8, 2.2, 14000,
     "", 0, false},
    {"PRO", "Årsprognose", BMS_DEVIATION, BMS_FORECAST, BMS_DOWN, 100, 1, "%", 0, 1, 0.5, 1.5, 21000, "", 0,
     false},
    {"BRU", "Brukertilfredshet", BMS_MEAN, BMS_AS_OF, BMS_UP, 1, 1, "", 5, 4, 4.7, 0.5, 60, "", 1, true},
    {"SVA", "Svarprosent, brukere", BMS_SHARE, BMS_AS_OF, BMS_UP, 100, 0, "%", 60, 40, 58, 16, 110, "", 1,
     true},
    {"MED", "Tilfredshet med brukermedvirkning", BMS_MEAN, BMS_AS_OF, BMS_UP, 1, 1, "", 5, 4, 4.4, 0.6, 60,
     "", 2, true},
    {"INF", "Målrettet og tilrettelagt informasjon", BMS_MEAN, BMS_AS_OF, BMS_UP, 1, 1, "", 5, 4, 4.5, 0.5,
     60, "", 2, true},
    {"PLA", "Individuell plan", BMS_SHARE, BMS_AS_OF, BMS_UP, 100, 0, "%", 90, 75, 82, 14, 30,
     "hjemmetjeneste", 1, false},
    {"FRO", "Frokost før kl. 10", BMS_SHARE, BMS_AS_OF, BMS_UP, 100, 0, "%", 95, 85, 90, 8, 24, "sykehjem", 1,
     false},
    {"FAL", "Fall", BMS_RATE, BMS_IN_PERIOD, BMS_DOWN, 1000, 1, "per 1 000 beboerdøgn", 5, 8, 6, 3, 2900,
     "sykehjem", 1, false},
    {"BYG", "Byggesaker innen frist", BMS_SHARE, BMS_YEAR_TO_DATE, BMS_UP, 100, 0, "%", 95, 85, 91, 5, 120,
     "kontor", 1, false},
    {"UBE", "Ubehandlede saker over frist", BMS_COUNT, BMS_AS_OF, BMS_DOWN, 1, 0, "", 0, 5, 3, 3, 0, "kontor",
     1, false},
    {"GRU", "Grunnskolepoeng", BMS_MEAN, BMS_AS_OF, BMS_UP, 1, 1, "poeng", 42, 39, 41, 2, 45, "skole", 1,
     true},
    {"LED", "Faglig og mellommenneskelig ledelse", BMS_MEAN, BMS_AS_OF, BMS_UP, 1, 1, "", 4.5, 4, 4.6, 0.4,
     25, "", 3, true},
    {"TRI", "Trivsel", BMS_MEAN, BMS_AS_OF, BMS_UP, 1, 1, "", 5, 4.5, 4.9, 0.4, 25, "", 3, true},
    {"SYK", "Sykefravær", BMS_SHARE, BMS_IN_PERIOD, BMS_DOWN, 100, 1, "%", 7.5, 9.5, 8.2, 2.5, 2600, "", 3,
     false},
    {"KOR", "Korttidsfravær", BMS_SHARE, BMS_IN_PERIOD, BMS_DOWN, 100, 1, "%", 2.5, 3.5, 2.6, 0.8, 2600, "",
     3, false},
    {"FAG", "Fagutdanning", BMS_SHARE, BMS_AS_OF, BMS_UP, 100, 0, "%", 85, 75, 83, 8, 20, "", 4, true},
    {"VER", "Vernerunde gjennomført", BMS_YESNO, BMS_YEAR_TO_DATE, BMS_UP, 1, 0, "%", 100, 90, 0.8, 0, 0, "",
     4, false}};

static inline void example_add_indicators(example *e) {
    bms_indicator *indicators = bms_arena_alloc(e->arena, sizeof(bms_indicator) * EXAMPLE_INDICATORS);
    bms_placement *placements = bms_arena_alloc(e->arena, sizeof(bms_placement) * EXAMPLE_INDICATORS);
    bms_target *targets = bms_arena_alloc(e->arena, sizeof(bms_target) * EXAMPLE_INDICATORS);
    for (int i = 0; i < EXAMPLE_INDICATORS; i++) {
        const example_indicator *row = &example_rows[i];
        bool money = row->kind == BMS_DEVIATION;
        indicators[i] = (bms_indicator){.code = row->code,
                                        .name = row->name,
                                        .kind = row->kind,
                                        .numerator = {.question = "Hvor mange?",
                                                      .unit_of_measure = money ? "1000 kroner" : "antall",
                                                      .same_as = {BMS_NONE, 0},
                                                      .part_of = {BMS_NONE, 0}},
                                        .denominator = {.question = "Av hvor mange?",
                                                        .unit_of_measure = money ? "1000 kroner" : "antall",
                                                        .same_as = {BMS_NONE, 0},
                                                        .part_of = {BMS_NONE, 0}},
                                        .factor = row->factor,
                                        .decimals = row->decimals,
                                        .basis = row->basis,
                                        .better = row->better,
                                        .unit_of_result = row->unit,
                                        .persons = {BMS_NONE, 0},
                                        .source = "",
                                        .guidance = "",
                                        .from = BMS_NO_DAY,
                                        .least_coverage = 0.5};
        placements[i] =
            (bms_placement){.scorecard = 0, .criterion = row->criterion, .indicator = i, .order = i};
        targets[i] = (bms_target){
            .indicator = i,
            .scope = BMS_FOR_ALL,
            .group = "",
            .unit = BMS_NONE,
            .limits = {.known = true, .better = row->better, .green = row->green, .red = row->red},
            .series = "",
            .from = BMS_NO_DAY,
            .decided = ""};
    }
    e->definition.indicators = indicators;
    e->definition.n_indicators = EXAMPLE_INDICATORS;
    e->definition.placements = placements;
    e->definition.n_placements = EXAMPLE_INDICATORS;
    e->definition.targets = targets;
    e->definition.n_targets = EXAMPLE_INDICATORS;
}

static inline void example_add_scorecard(example *e) {
    static bms_scorecard cards[] = {
        {.code = "ADM", .name = "Administrativt styringskort", .from = BMS_NO_DAY, .to = BMS_NO_DAY}};
    static bms_focus_area areas[] = {
        {.code = "OKO", .scorecard = 0, .name = "Økonomi", .goal = "Økonomisk handlefrihet"},
        {.code = "TJE",
         .scorecard = 0,
         .name = "Tjenester og brukere",
         .goal = "Kvalitet i tjenester og fornøyde brukere"},
        {.code = "ORG",
         .scorecard = 0,
         .name = "Organisasjon og medarbeidere",
         .goal = "En effektiv og kompetent, inkluderende og lærende organisasjon"}};
    static bms_criterion criteria[] = {{.code = "GOK", .focus_area = 0, .name = "God økonomistyring"},
                                       {.code = "GTJ", .focus_area = 1, .name = "God tjenestekvalitet"},
                                       {.code = "MED", .focus_area = 1, .name = "Brukermedvirkning"},
                                       {.code = "ARB", .focus_area = 2, .name = "Godt arbeidsmiljø"},
                                       {.code = "LAR", .focus_area = 2, .name = "Kultur for læring"}};
    e->definition.scorecards = cards;
    e->definition.n_scorecards = 1;
    e->definition.focus_areas = areas;
    e->definition.n_focus_areas = 3;
    e->definition.criteria = criteria;
    e->definition.n_criteria = 5;
}

static inline void example_add_calendar(example *e) {
    static const char *const codes[EXAMPLE_PERIODS] = {"2024",    "2025-T1", "2025-T2", "2025",
                                                       "2025-T3", "2026-BU", "2026-T1", "2026-T2"};
    bms_calendar_period *calendar = bms_arena_alloc(e->arena, sizeof(bms_calendar_period) * EXAMPLE_PERIODS);
    for (int i = 0; i < EXAMPLE_PERIODS; i++) {
        calendar[i] =
            (bms_calendar_period){.name = "", .sent = BMS_NO_DAY, .due = BMS_NO_DAY, .closes = BMS_NO_DAY};
        if (!bms_period_parse(codes[i], &calendar[i].period)) {
            calendar[i].name = "brukerundersøkelsen 2026";
            calendar[i].period = (bms_period){"2026-BU", bms_day_of(2026, 3, 1), bms_day_of(2026, 3, 31)};
        }
    }
    e->definition.calendar = calendar;
    e->definition.n_calendar = EXAMPLE_PERIODS;
}

static inline void example_add_points(example *e) {
    bms_measuring_point *points =
        bms_arena_alloc(e->arena, sizeof(bms_measuring_point) * EXAMPLE_PERIODS * EXAMPLE_INDICATORS);
    size_t n = 0;
    for (int p = 0; p < EXAMPLE_PERIODS; p++) {
        bool slow = p == P2024 || p == P2025 || p == P2026BU;
        for (int i = 0; i < EXAMPLE_INDICATORS; i++) {
            if (example_rows[i].yearly != slow)
                continue;
            enum bms_duty *duty = bms_arena_alloc(e->arena, sizeof(enum bms_duty) * EXAMPLE_UNITS);
            for (int u = EXAMPLE_FIRST_UNIT; u < EXAMPLE_UNITS; u++) {
                const char *group = example_rows[i].group;
                bool asked = *group == '\0' || strcmp(group, e->definition.units[u].group) == 0;
                duty[u] = asked ? BMS_REQUIRED : BMS_NOT_ASKED;
            }
            points[n++] = (bms_measuring_point){.indicator = i, .period = p, .form = p, .duty = duty};
        }
    }
    e->definition.points = points;
    e->definition.n_points = n;
}

static inline void example_init(example *e, bms_arena *arena) {
    *e = (example){.arena = arena, .sequence = 20260831};
    e->definition.version = 3;
    e->definition.municipality = (bms_municipality){.name = "Eksempel kommune",
                                                    .number = "0999",
                                                    .language = "nb",
                                                    .coordinator = "",
                                                    .reply_to = "",
                                                    .least_persons = 5};
    example_add_units(e);
    example_add_indicators(e);
    example_add_scorecard(e);
    example_add_calendar(e);
    example_add_points(e);
}

/** @return from −1 to 1, more often near 0. */
static inline double example_chance(example *e) {
    double sum = 0;
    for (int i = 0; i < 2; i++) {
        e->sequence = e->sequence * 1103515245U + 12345U;
        sum += (double)(e->sequence >> 16 & 0x7FFFU) / 32767.0 - 0.5;
    }
    return sum;
}

static inline bms_values example_answer(example *e, const example_indicator *row, int unit, int period) {
    double lean = (unit * 7 % 5 - 2) / 2.0; /* some units are always a little better or worse */
    double level = row->level + row->spread * (0.45 * lean + 0.6 * example_chance(e)) +
                   0.06 * row->spread * (period - 4);
    double base = row->base * (1 + 0.3 * example_chance(e));
    bool cumulative = row->basis == BMS_YEAR_TO_DATE && (period == P2025T2 || period == P2026T2);
    base = cumulative ? 2 * base : period == P2025T3 && row->basis == BMS_YEAR_TO_DATE ? 3 * base : base;
    bms_values answer = {.state = BMS_REPORTED,
                         .numerator = {.known = true},
                         .denominator = {.known = true, .value = round(base)}};
    double d = answer.denominator.value;
    switch (row->kind) {
    case BMS_SHARE:
        level = level < 0 ? 0 : level > 100 ? 100 : level;
        answer.numerator.value = round(d * level / 100);
        break;
    case BMS_RATE:
        answer.numerator.value = round(d * fabs(level) / row->factor);
        break;
    case BMS_MEAN:
        answer.numerator.value = round(level * 100) / 100;
        break;
    case BMS_DEVIATION:
        answer.numerator.value = round(d * (1 + level / 100));
        break;
    case BMS_COUNT:
        answer.numerator.value = round(fabs(level));
        answer.denominator.known = false;
        break;
    case BMS_YESNO:
        answer.numerator.value = example_chance(e) > -0.55;
        answer.denominator.known = false;
        break;
    case BMS_N_KINDS:
        break;
    }
    return answer;
}

static inline const char *example_comment(const example_indicator *row, int unit) {
    static const char *const texts[] = {"Mer langtidsfravær siden mai. Vikar er på plass fra oktober.",
                                        "Strøm og vikarutgifter er høyere enn budsjettert. Vi holder igjen "
                                        "på innkjøp ut året, men når neppe balanse.",
                                        "Resultatet er gjennomgått i personalmøtet 3. september.",
                                        "=Tallet er foreløpig\nEndelig tall kommer i oktober."};
    return (unit * 3 + (int)row->level) % 4 == 0 ? texts[(unit + row->criterion) % 4] : "";
}

/** Add one answer. */
static inline void example_fill(bms_figures *figures, const bms_definition *definition, int unit,
                                int indicator, int period, bms_values answer, enum bms_reason reason,
                                const char *comment) {
    char file[80];
    snprintf(file, sizeof file, "%s-skjema.xlsx", definition->units[unit].code);
    bms_stored_entry stored = {.unit = definition->units[unit].code,
                               .form_period = definition->calendar[period].period.code,
                               .revision = 1,
                               .current = true,
                               .entry = {.indicator = definition->indicators[indicator].code,
                                         .period = definition->calendar[period].period.code,
                                         .answer = answer,
                                         .reason = reason,
                                         .comment = comment,
                                         .required = true},
                               .sheet = "Skjema",
                               .file = file,
                               .sha256 = "",
                               .definition = "3",
                               .signed_by = "Ola Prøve",
                               .signed_on = "2026-09-12"};
    if (answer.state == BMS_REPORTED) {
        snprintf(stored.entry.numerator_cell, sizeof stored.entry.numerator_cell, "C%d", indicator + 8);
        snprintf(stored.entry.denominator_cell, sizeof stored.entry.denominator_cell, "E%d", indicator + 8);
    }
    bms_figures_add_entry(figures, &stored);
}

/** Units that are late with the second tertial of 2026. */
static inline bool example_is_late(int unit) {
    return unit == 6 || unit == 14 || unit == 18;
}

static inline void example_add_point(example *e, bms_figures *figures, const bms_measuring_point *point) {
    const example_indicator *row = &example_rows[point->indicator];
    for (int u = EXAMPLE_FIRST_UNIT; u < EXAMPLE_UNITS; u++) {
        if (point->duty[u] == BMS_NOT_ASKED)
            continue;
        bms_values answer = example_answer(e, row, u, point->period);
        enum bms_reason reason = BMS_NO_REASON;
        const char *comment = example_comment(row, u);
        if (point->period == P2026T2 && example_is_late(u))
            continue;
        if (point->period == P2026T2 && u == 12 && point->indicator == 7) {
            answer = (bms_values){.state = BMS_EMPTY_BASE};
            reason = BMS_NOBODY;
        } else if (u == 10 && point->indicator == 9) {
            answer = (bms_values){.state = BMS_NOT_APPLICABLE};
            reason = BMS_NOT_RELEVANT;
        } else if (point->period == P2026T2 && u == 9 && point->indicator == 15) {
            answer = (bms_values){.state = BMS_MISSING};
            reason = BMS_COMES_LATER;
            comment = "Tallene fra lønnssystemet kommer 1. oktober.";
        }
        example_fill(figures, &e->definition, u, point->indicator, point->period, answer, reason, comment);
    }
}

static inline void example_add_receipts(bms_figures *figures, const bms_definition *definition) {
    for (int u = EXAMPLE_FIRST_UNIT; u < EXAMPLE_UNITS; u++) {
        bms_stored_receipt receipt = {.file = "skjema.xlsx",
                                      .sha256 = "",
                                      .unit = definition->units[u].code,
                                      .outcome = BMS_ACCEPTED,
                                      .revision = 1};
        if (u == 6) {
            receipt.outcome = BMS_HELD;
            receipt.file = "Bekkelunden skjema.xlsx";
            receipt.revision = 0;
            receipt.why = "10 av 7 beboere fikk frokost (C12, E12). Delen kan ikke være større enn helheten.";
        } else if (u == 14) {
            receipt.outcome = BMS_UNFINISHED;
            receipt.revision = 0;
        } else if (u == 18) {
            continue;
        }
        bms_figures_add_receipt(figures, &receipt);
    }
}

static inline void example_add_actions(bms_figures *figures, const bms_definition *definition) {
    static const struct {
        int unit;
        bms_entry_action action;
    } rows[] = {
        {11,
         {"1", "Sykefravær", "Ny vaktplan med faste langvakter", "Anne Lie", "2026-10-15", "I arbeid", "B5"}},
        {11,
         {"2", "FAL", "Kartlegge fallrisiko hos alle nye beboere", "Per Vik", "2026-08-31", "I arbeid",
          "B6"}},
        {5, {"1", "BUD", "Stans i innkjøp og vikarbruk ut året", "Styrer", "2026-12-31", "I arbeid", "B5"}},
        {16,
         {"1", "Byggesaker innen frist", "Ekstra saksbehandler i tre måneder", "Leder", "2026-09-01",
          "I arbeid", "B5"}},
        {8, {"1", "", "Foreldremøte om resultatene", "Rektor", "etter høstferien", "Ikke begynt", "B5"}},
        {7, {"1", "ORG", "Medarbeidersamtaler for alle", "Rektor", "2026-06-15", "Ferdig", "B5"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bms_stored_action stored = {
            .unit = definition->units[rows[i].unit].code, .form_period = "2026-T2", .action = rows[i].action};
        bms_figures_add_action(figures, &stored);
    }
}

/** Make the figures of all answers, for the second tertial of 2026. @return NULL: memory is out */
static inline bms_figures *example_figures(example *e) {
    bms_figures *figures = NULL;
    bms_error error = {0};
    if (bms_figures_new(e->arena, &e->definition, P2026T2, BMS_LATEST_DAY, BMS_NONE, &figures, &error) !=
        BMS_OK)
        return NULL;
    for (size_t p = 0; p < e->definition.n_points; p++)
        example_add_point(e, figures, &e->definition.points[p]);
    example_add_receipts(figures, &e->definition);
    example_add_actions(figures, &e->definition);
    return bms_arena_failed(e->arena) ? NULL : figures;
}

#endif
