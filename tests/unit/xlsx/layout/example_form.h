/**
 * One form that has everything in it: all kinds and bases, a number asked for once, a part of a whole, a
 * voluntary question, actions. Every value is invented.
 */
#ifndef EXAMPLE_FORM_H
#define EXAMPLE_FORM_H

#include "core/form/form.h"

enum { EXAMPLE_QUESTIONS = 8 };

#define NUMBER(question, unit)                                                                               \
    .text = question, .unit_of_measure = unit, .same_as_indicator = "", .part_of_indicator = ""
#define NO_NUMBER                                                                                            \
    { .text = "", .unit_of_measure = "", .same_as_indicator = "", .part_of_indicator = "" }
#define AT_LEAST(x) .least = {true, x}
#define AT_MOST(x) .most = {true, x}

static const bms_question example_questions[EXAMPLE_QUESTIONS] = {
    {.indicator = "SYK",
     .name = "Sykefravær",
     .period = "2026-T2",
     .kind = BMS_SHARE,
     .basis = BMS_IN_PERIOD,
     .factor = 100,
     .decimals = 1,
     .unit_of_result = "%",
     .numerator = {NUMBER("Hvor mange dagsverk gikk tapt på grunn av egen sykdom 01.05–31.08?", "dagsverk"),
                   AT_LEAST(0)},
     .denominator = {NUMBER("Hvor mange dagsverk skulle vært utført etter avtale 01.05–31.08?", "dagsverk"),
                     AT_LEAST(0)},
     .required = true,
     .must_answer = true,
     .when_red = BMS_RED_IS_WARNED,
     .limits = {true, BMS_DOWN, 7.5, 9.5, 0, 0}},
    {.indicator = "KORT",
     .name = "Korttidsfravær 1–16 dager",
     .period = "2026-T2",
     .kind = BMS_SHARE,
     .basis = BMS_IN_PERIOD,
     .factor = 100,
     .decimals = 1,
     .unit_of_result = "%",
     .numerator = {.text = "Hvor mange av de tapte dagsverkene var fravær til og med 16 dager?",
                   .unit_of_measure = "dagsverk",
                   .same_as_indicator = "",
                   .part_of_indicator = "SYK",
                   .part_of_number = BMS_NUMERATOR,
                   AT_LEAST(0)},
     .denominator = {.text = "Hvor mange dagsverk skulle vært utført etter avtale 01.05–31.08?",
                     .unit_of_measure = "dagsverk",
                     .same_as_indicator = "SYK",
                     .same_as_number = BMS_DENOMINATOR,
                     .part_of_indicator = ""},
     .required = true,
     .limits = {true, BMS_DOWN, 2.5, 3.5, 0, 0}},
    {.indicator = "TRIVSEL",
     .name = "Brukertilfredshet",
     .period = "2026",
     .kind = BMS_MEAN,
     .basis = BMS_AS_OF,
     .factor = 1,
     .decimals = 1,
     .unit_of_result = "",
     .numerator = {NUMBER("Hva ble gjennomsnittet for «alt i alt fornøyd» (1–6)?", "poeng"), AT_LEAST(1),
                   AT_MOST(6)},
     .denominator = {NUMBER("Hvor mange svarte?", "personer"), AT_LEAST(0), .whole = true},
     .required = true,
     .limits = {true, BMS_UP, 5.0, 4.0, 0, 0}},
    {.indicator = "SVAR",
     .name = "Svarprosent",
     .period = "2026",
     .kind = BMS_SHARE,
     .basis = BMS_AS_OF,
     .factor = 100,
     .decimals = 0,
     .unit_of_result = "%",
     .numerator = {.text = "Hvor mange svarte?",
                   .unit_of_measure = "personer",
                   .same_as_indicator = "TRIVSEL",
                   .same_as_number = BMS_DENOMINATOR,
                   .part_of_indicator = ""},
     .denominator = {NUMBER("Hvor mange fikk undersøkelsen?", "personer"), AT_LEAST(0), .whole = true},
     .required = true,
     .limits = {true, BMS_UP, 60, 40, 0, 0}},
    {.indicator = "BUDSJETT",
     .name = "Budsjettavvik",
     .period = "2026-T2",
     .kind = BMS_DEVIATION,
     .basis = BMS_YEAR_TO_DATE,
     .factor = 100,
     .decimals = 1,
     .unit_of_result = "%",
     .numerator = {NUMBER("Hva er netto regnskap 01.01–31.08, i 1000 kroner?", "1000 kr")},
     .denominator = {NUMBER(
         "Hva er periodisert netto budsjett 01.01–31.08, i 1000 kroner? (Ikke årsbudsjettet)", "1000 kr")},
     .required = true,
     .limits = {true, BMS_DOWN, 0, 2, 0, 0}},
    {.indicator = "FALL",
     .name = "Uhell per 1 000 oppholdsdager",
     .period = "2026-T2",
     .kind = BMS_RATE,
     .basis = BMS_IN_PERIOD,
     .factor = 1000,
     .decimals = 1,
     .unit_of_result = "per 1 000",
     .numerator = {NUMBER("Hvor mange uhell ble meldt i perioden?", "hendelser"), AT_LEAST(0), .whole = true},
     .denominator = {NUMBER("Hvor mange oppholdsdager?", "dager"), AT_LEAST(0), .whole = true},
     .required = false,
     .limits = {true, BMS_BAND, 2, 1, 5, 8}},
    {.indicator = "SAKER",
     .name = "Ubehandlede saker over frist",
     .period = "2026-T2",
     .kind = BMS_COUNT,
     .basis = BMS_AS_OF,
     .factor = 1,
     .decimals = 0,
     .unit_of_result = "saker",
     .numerator = {NUMBER("Hvor mange saker var over fristen 31.08 uten vedtak?", "saker"), AT_LEAST(0),
                   .whole = true},
     .denominator = NO_NUMBER,
     .required = true,
     .limits = {true, BMS_DOWN, 0, 5, 0, 0}},
    {.indicator = "VERNE",
     .name = "Vernerunde",
     .period = "2026",
     .kind = BMS_YESNO,
     .basis = BMS_YEAR_TO_DATE,
     .factor = 100,
     .decimals = 0,
     .unit_of_result = "",
     .numerator = {NUMBER("Er vernerunden gjennomført i år?", "")},
     .denominator = NO_NUMBER,
     .required = true,
     .limits = {true, BMS_UP, 100, 100, 0, 0}},
};

#define KNOWN(name, x)                                                                                       \
    {                                                                                                        \
        .known = true, .period_name = name, .answer = {.state = BMS_REPORTED}, .result = { true, x }         \
    }
#define UNKNOWN                                                                                              \
    { .known = false, .period_name = "" }

static bms_question_view example_views[EXAMPLE_QUESTIONS] = {
    {"Organisasjon og medarbeidere",
     "Ta med egenmeldt og legemeldt fravær, ikke sykt barn. Eksempel: 10 ansatte i full stilling borte én "
     "dag gir 10 dagsverk.",
     "HR-systemet", KNOWN("1. tertial 2026", 8.1), KNOWN("2. tertial 2025", 8.6)},
    {"Organisasjon og medarbeidere", "Som sykefravær, men bare fravær til og med 16 dager.", "HR-systemet",
     KNOWN("1. tertial 2026", 3.0), KNOWN("2. tertial 2025", 2.4)},
    {"Tjenester og brukere",
     "Spørsmål 14 i brukerundersøkelsen.",
     "Undersøkelsen",
     {.known = true, .period_name = "2025", .answer = {.state = BMS_MISSING}},
     UNKNOWN},
    {"Tjenester og brukere", "", "Undersøkelsen", UNKNOWN, UNKNOWN},
    {"Økonomi", "Netto: utgifter minus inntekter. Kostnader er pluss.", "Regnskapet",
     KNOWN("1. tertial 2026", 1.3), KNOWN("2. tertial 2025", -0.4)},
    {"Kvalitet", "Alle meldte uhell, også de uten skade.", "Kvalitetssystemet", KNOWN("1. tertial 2026", 3.2),
     UNKNOWN},
    {"Kvalitet", "", "Sakssystemet", KNOWN("1. tertial 2026", 2), KNOWN("2. tertial 2025", 0)},
    {"Kvalitet", "", "Enheten selv", KNOWN("2025", 100), UNKNOWN},
};

static const bms_action_view example_actions[] = {
    {"T-1", "SYK", "Dialogmøte med alle som har vært borte mer enn to ganger", "Styrer", 20740, NULL,
     "I gang"},
};

/** @return a form that is not sealed. */
static inline bms_form example_form(const char *language) {
    return (bms_form){.language = language,
                      .identity = {.municipality = "0301",
                                   .unit = "GARD",
                                   .period = "2026-T2",
                                   .definition = "3",
                                   .title = "Garderåsen barnehage – 2. tertial 2026",
                                   .seal = "0123456789abcdef0123456789abcdef"},
                      .municipality_name = "Eksempel kommune",
                      .unit_name = "Garderåsen barnehage",
                      .period_name = "2. tertial 2026",
                      .reply_to = "bms@eksempel.kommune.no",
                      .due = 20711,
                      .made_at = 1788220800,
                      .questions = example_questions,
                      .views = example_views,
                      .n_questions = EXAMPLE_QUESTIONS,
                      .actions = example_actions,
                      .n_actions = sizeof example_actions / sizeof *example_actions};
}

#endif
