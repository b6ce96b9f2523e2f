/* Rules that compare the numbers with earlier values. All values are invented. */
#include "tests/unit/examples/lia.h"

enum { EARLIER = 6 }; /* 2023-T3 … 2025-T2, before the periods of lia.h */

/** Lia with more earlier periods in a longer calendar, and a table of earlier answers. */
struct past {
    bms_calendar_period calendar[EARLIER + N_PERIODS];
    bms_unit units[N_UNITS + 6];
    bms_before *before;
};

static struct past past;

/** @return the answers Lia usually gives, a little different each time. */
static bms_values usual(int indicator, int time) {
    static const double numbers[N_INDICATORS][2] = {
        [SYK] = {84, 1008}, [KORT] = {20, 1008}, [BUDSJ] = {5200, 5000}, [TILFR] = {4.6, 23},
        [SVAR] = {23, 40},  [FALL] = {12, 2400}, [KLAGER] = {4, 0},      [VERN] = {1, 0}};
    double wave = 1.0 + 0.02 * (time % 3 - 1);
    bool counted = indicator == TILFR || indicator == SVAR || indicator == KLAGER || indicator == VERN;
    double n = numbers[indicator][0] * (counted ? 1.0 : wave);
    bool two = indicator != KLAGER && indicator != VERN;
    return (bms_values){BMS_REPORTED, {true, n}, {two, numbers[indicator][1]}};
}

static void remember(int unit, int periods) {
    for (int p = 0; p < periods; p++) {
        for (int i = 0; i < N_INDICATORS; i++) {
            bms_values answer = usual(i, p);
            if (i == BUDSJ) { /* so far this year: a third, two thirds, all of it */
                int thirds = (p + 2) % 3 + 1;
                answer.numerator.value *= thirds / 2.0;
                answer.denominator.value *= thirds / 2.0;
            }
            assert_true(bms_before_add(past.before, unit, i, p, &answer));
        }
    }
}

/** Give Lia a past of so many tertials; the years and T1 of 2026 are left empty. */
static void begin_past(struct lia *lia, int periods) {
    static const char *const codes[] = {"2023-T3", "2024-T1", "2024-T2", "2024-T3", "2025-T1", "2025-T2",
                                        "2025-T3", "2025",    "2026-T1", "2026-T2", "2026"};
    for (size_t i = 0; i < COUNT(codes); i++) {
        past.calendar[i] =
            (bms_calendar_period){.name = "", .sent = BMS_NO_DAY, .due = BMS_NO_DAY, .closes = BMS_NO_DAY};
        assert_true(bms_period_parse(codes[i], &past.calendar[i].period));
    }
    for (size_t i = 0; i < COUNT(lia->points); i++) {
        int was = lia->points[i].period;
        lia->points[i].period = lia->points[i].form = was == T1_2025 ? 4 : was == T1 ? 8 : 9;
    }
    memcpy(past.units, lia->units, sizeof lia->units);
    for (size_t i = N_UNITS; i < COUNT(past.units); i++) {
        past.units[i] = past.units[LUND];
        past.units[i].code = past.units[i].name = (const char *[]){"A", "B", "C", "D", "E", "F"}[i - N_UNITS];
    }
    for (size_t i = 1; i < COUNT(past.units); i++)
        past.units[i].group = "sykehjem";
    lia->definition.units = past.units;
    lia->definition.calendar = past.calendar;
    lia->definition.n_calendar = COUNT(codes);
    past.before = lia_remembers(lia);
    remember(LIA, periods);
    assert_true(bms_before_finish(past.before));
}

static bool add_sent(bms_before *before, int unit, int indicator, int period, const bms_values *answer) {
    bool whole = bms_before_add_sent(before, unit, indicator, period, answer, 0);
    bms_before_show_sent(before);
    return whole;
}

/** Let six peers answer as Lia usually does, in the form's own period. */
static void add_peers(struct lia *lia, bool (*add)(bms_before *, int, int, int, const bms_values *)) {
    static enum bms_duty duty[COUNT(past.units)];
    for (size_t i = 0; i < COUNT(duty); i++)
        duty[i] = BMS_REQUIRED;
    for (size_t i = 0; i < COUNT(lia->points); i++)
        lia->points[i].duty = duty;
    lia->definition.n_units = COUNT(past.units);
    past.before = lia_remembers(lia);
    for (int u = 0; u < 6; u++) {
        for (int i = 0; i < N_INDICATORS; i++) {
            bms_values answer = usual(i, u);
            answer.numerator.value *= 1.0 + 0.02 * u;
            assert_true(add(past.before, N_UNITS + u, i, 9, &answer));
        }
    }
    assert_true(bms_before_finish(past.before));
}

static void usual_answers_give_no_finding(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 7);
    lia_finds_nothing(lia);
}

static void kroner_for_thousand_kroner_is_asked_about(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 7);
    lia_pair(lia, BUDSJ, 5214000, 5000000);
    const bms_finding *finding = lia_finds(lia, "factor", BMS_WARNING, "C8");
    assert_non_null(strstr(finding->message, "5 214 000"));
    assert_string_equal(finding->fix, "Kroner eller tusen kroner? Skriv i 1000 kr: 5 214. Er tallet "
                                      "riktig, forklar i kommentaren.");
    assert_int_equal(lia->checked.outcome, BMS_ACCEPTED);
}

static void ten_times_as_much_is_asked_about(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 7);
    lia_pair(lia, FALL, 12, 24000);
    const bms_finding *finding = lia_finds(lia, "factor", BMS_WARNING, "E11");
    assert_non_null(strstr(finding->fix, "2 400"));
    lia_pair(lia, FALL, 12, 240);
    lia_finds(lia, "factor", BMS_WARNING, "E11");
}

static void one_earlier_value_is_enough_for_a_hundred_times(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 1);
    lia_finds_nothing(lia);
    lia_pair(lia, FALL, 12, 240000);
    const bms_finding *finding = lia_finds(lia, "factor", BMS_WARNING, "E11");
    assert_non_null(strstr(finding->message, "omtrent 100 ganger"));
    lia_pair(lia, FALL, 12, 2400.0 * 500);
    finding = lia_finds(lia, "factor", BMS_WARNING, "E11");
    assert_non_null(strstr(finding->message, "omtrent 500 ganger"));
    lia_pair(lia, FALL, 12, 2400);
    lia_pair(lia, BUDSJ, 5214000, 5000000);
    finding = lia_finds(lia, "factor", BMS_WARNING, "C8");
    assert_non_null(strstr(finding->fix, "Kroner eller tusen kroner?"));
}

static void ten_times_one_earlier_value_is_asked_about_where_both_numbers_are(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 1);
    lia_pair(lia, FALL, 12, 24000);
    lia_finds_nothing(lia);
    lia_pair(lia, FALL, 120, 24000);
    lia_finds(lia, "factor", BMS_WARNING, "C11");
}

static void ten_times_some_steady_earlier_values_is_asked_about(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 3);
    lia_pair(lia, FALL, 12, 24000);
    lia_finds(lia, "factor", BMS_WARNING, "E11");
}

static void a_thousand_times_what_peers_have_is_asked_about_in_the_first_period(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 0);
    add_peers(lia, bms_before_add);
    lia_finds_nothing(lia);
    lia_pair(lia, BUDSJ, 5214000, 5000000);
    const bms_finding *finding = lia_finds(lia, "factor", BMS_WARNING, "C8");
    assert_non_null(strstr(finding->message, "i C8. Andre i gruppen sykehjem har fra "));
    assert_non_null(strstr(finding->fix, "Kroner eller tusen kroner? Skriv det i 1000 kr: "));
    lia_pair(lia, BUDSJ, 5214 * 20, 5000 * 20); /* a larger unit */
    lia_finds_nothing(lia);
}

static void a_number_far_from_the_setups_usual_size_is_asked_about(void **state) {
    struct lia *lia = *state;
    lia->indicators[FALL].denominator.usual_from = (bms_number){true, 1000};
    lia->indicators[FALL].denominator.usual_to = (bms_number){true, 6000};
    lia_form(lia, LIA, T2, "nb");
    lia_answers(lia);
    lia_finds_nothing(lia);
    lia_pair(lia, FALL, 12, 10000); /* not quite usual */
    lia_finds_nothing(lia);
    lia_pair(lia, FALL, 12, 240);
    const bms_finding *finding = lia_finds(lia, "factor", BMS_WARNING, "E11");
    assert_non_null(strstr(finding->message, "i E11. Vanligvis er det fra "));
    assert_non_null(strstr(finding->fix, "Skal det være "));
    lia_pair(lia, FALL, 0, 80000); /* no power of ten */
    lia_finds(lia, "unusual_size", BMS_WARNING, "E11");
    lia_pair(lia, FALL, 12, 80000);
    begin_past(lia, 7); /* the unit's own values count more */
    lia_finds(lia, "factor", BMS_WARNING, "E11");
}

static void a_thousand_times_the_years_budget_is_asked_about(void **state) {
    struct lia *lia = *state;
    lia->indicators[KLAGER] = lia_indicator("PROG", "Årsprognose", BMS_DEVIATION);
    lia->indicators[KLAGER].basis = BMS_FORECAST;
    lia->indicators[KLAGER].numerator = lia_number("Hva blir regnskapet?", "1000 kr", false);
    lia->indicators[KLAGER].denominator = lia_number("Hva er årsbudsjettet?", "1000 kr", false);
    lia_form(lia, LIA, T2, "nb");
    lia_answers(lia);
    lia_pair(lia, KLAGER, 7700, 7600);
    lia_finds_nothing(lia);
    lia_pair(lia, BUDSJ, 5214000, 5000000);
    const bms_finding *finding = lia_finds(lia, "factor", BMS_WARNING, "C8");
    assert_non_null(strstr(finding->message, "Budsjettet for hele året er 7"));
}

static void peers_whose_own_number_is_wrong_do_not_count(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 0);
    add_peers(lia, bms_before_add);
    for (int u = 0; u < 2; u++) {
        const bms_values wrong = {BMS_REPORTED, {true, 5200000}, {true, 5000000}};
        assert_true(bms_before_add(past.before, N_UNITS + u, BUDSJ, 9, &wrong));
    }
    lia_pair(lia, BUDSJ, 5214000, 5000000);
    lia_finds(lia, "factor", BMS_WARNING, "C8");
}

static void what_peers_sent_in_the_same_run_is_compared_with(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 0);
    add_peers(lia, add_sent);
    lia_finds_nothing(lia);
    lia_pair(lia, BUDSJ, 5214000, 5000000);
    lia_finds(lia, "factor", BMS_WARNING, "C8");
}

static void a_digit_too_many_in_a_part_is_named_as_the_cause(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 7);
    lia_type(lia_at(lia, SYK, BMS_NUMERATOR), 8400);
    const bms_finding *finding = lia_finds(lia, "part_above_whole", BMS_ERROR, "C6");
    assert_string_equal(finding->fix,
                        "I C6 har det tidligere stått rundt 85. Skal det være 84? Rett og lever på nytt.");
}

static void a_swap_is_recognised_by_earlier_values(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 7);
    lia_pair(lia, SYK, 1008, 84);
    const bms_finding *finding = lia_finds(lia, "part_above_whole", BMS_ERROR, "C6");
    assert_string_equal(finding->fix, "Tallene ser ut til å være byttet om. 84 av 1 008 gir 8,3 %, nær "
                                      "8,3 % tidligere. Rett og lever på nytt.");
}

static void a_swap_that_earlier_values_contradict_is_not_suggested(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 7);
    lia_pair(lia, SYK, 1008, 900);
    const bms_finding *finding = lia_finds(lia, "part_above_whole", BMS_ERROR, "C6");
    assert_null(strstr(finding->fix, "bytt"));
}

static void swapped_numbers_of_a_rate_are_asked_about(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 7);
    lia_pair(lia, FALL, 2400, 12);
    const bms_finding *finding = lia_finds(lia, "swapped", BMS_WARNING, "C11");
    assert_non_null(strstr(finding->message, "rundt 12 og 2 "));
}

static void the_budget_of_the_whole_year_is_asked_about(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 7);
    lia_pair(lia, BUDSJ, 5214, 7500); /* August: half as much again */
    const bms_finding *finding = lia_finds(lia, "budget_of_year", BMS_WARNING, "E8");
    assert_non_null(strstr(finding->message, "C8"));
}

static void a_budget_three_times_the_accounts_is_asked_about_without_a_history(void **state) {
    struct lia *lia = *state;
    lia->calendar[T2].period.to = bms_day_of(2026, 4, 30); /* as if the form were for April */
    lia_pair(lia, BUDSJ, 5214, 15000);
    lia_finds(lia, "budget_of_year", BMS_WARNING, "E8");
    lia_pair(lia, BUDSJ, 5214, 10000);
    lia_finds_nothing(lia);
}

static void less_this_year_than_last_time_is_asked_about(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 0);
    lia->indicators[KLAGER].basis = BMS_YEAR_TO_DATE;
    ((bms_question *)(uintptr_t)lia->form.questions)[KLAGER].basis = BMS_YEAR_TO_DATE;
    assert_int_equal(bms_seal(lia->key, &lia->form.identity, lia->form.questions, lia->form.n_questions,
                              (char *)(uintptr_t)lia->form.identity.seal),
                     BMS_OK);
    const bms_values before = {BMS_REPORTED, {true, 6}, {false, 0}};
    assert_true(bms_before_add(past.before, LIA, KLAGER, 8, &before));
    const bms_finding *finding = lia_finds(lia, "year_to_date_lower", BMS_WARNING, "C12");
    assert_string_equal(finding->message, "Klager: 4 hittil i år (C12). I 1. tertial 2026 var det 6.");
    lia_type(lia_at(lia, KLAGER, BMS_NUMERATOR), 6);
    lia_finds_nothing(lia);
}

static void a_jump_is_reported_with_the_earlier_values(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 7);
    lia_pair(lia, SYK, 250, 1008);
    const bms_finding *finding = lia_finds(lia, "jump", BMS_WARNING, "C6");
    assert_string_equal(finding->message,
                        "Sykefravær er 24,8 % (C6). Tidligere har det vært 8,2; 8,3; 8,5; 8,2 %.");
}

static void a_new_unit_is_compared_with_its_peers(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 0);
    add_peers(lia, bms_before_add);
    lia_finds_nothing(lia);
    lia_pair(lia, SYK, 500, 1008);
    const bms_finding *finding = lia_finds(lia, "unlike_peers", BMS_WARNING, "C6");
    assert_non_null(strstr(finding->message, "gruppen sykehjem"));
}

static void a_result_far_outside_what_peers_have_is_asked_about(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 0);
    add_peers(lia, bms_before_add); /* 8.17, 8.50, 8.66, 8.84, 9.00 and 9.35 % */
    lia_pair(lia, SYK, 120, 1008);
    lia_finds_nothing(lia);
    lia_pair(lia, SYK, 150, 1008);
    lia_finds(lia, "unlike_peers", BMS_WARNING, "C6");
}

static void where_peers_are_spread_widely_a_high_result_is_not_odd(void **state) {
    struct lia *lia = *state;
    static const double days[] = {21, 40, 62, 85, 110, 150}; /* of 1 008: 2 to 15 % */
    begin_past(lia, 0);
    add_peers(lia, bms_before_add);
    for (int u = 0; u < 6; u++) {
        const bms_values answer = {BMS_REPORTED, {true, days[u]}, {true, 1008}};
        assert_true(bms_before_add(past.before, N_UNITS + u, SYK, 9, &answer));
    }
    lia_pair(lia, SYK, 260, 1008);
    lia_finds_nothing(lia);
}

static void another_units_numbers_are_reported_once(void **state) {
    struct lia *lia = *state;
    begin_past(lia, 7);
    lia->definition.n_units = N_UNITS;
    for (int i = 0; i < N_INDICATORS; i++) {
        bms_values answer = {BMS_REPORTED,
                             {true, i == SYK    ? 400
                                    : i == KORT ? 20
                                                : usual(i, 1).numerator.value},
                             usual(i, 1).denominator};
        if (i == BUDSJ)
            answer.numerator.value = 5214;
        assert_true(bms_before_add(past.before, LUND, i, 9, &answer));
    }
    lia_type(lia_at(lia, SYK, BMS_NUMERATOR), 400); /* a jump by itself */
    const bms_finding *finding = lia_finds(lia, "others_numbers", BMS_WARNING, "A1");
    assert_string_equal(finding->message, "Alle tallene er de samme som Lund sykehjem har levert.");
}

/** Lia took over from Lund and another on a day; both have answered as usual for so many tertials. */
static void begin_merged(struct lia *lia, bms_day day, int periods) {
    static int predecessors[] = {LUND, CLOSED};
    for (int i = 0; i < 2; i++) {
        bms_unit *unit = &lia->units[predecessors[i]];
        unit->from = BMS_NO_DAY;
        unit->to = day - 1;
    }
    lia->units[LIA].from = day;
    lia->units[LIA].predecessors = predecessors;
    lia->units[LIA].n_predecessors = 2;
    begin_past(lia, 0);
    remember(LUND, periods);
    remember(CLOSED, periods);
    assert_true(bms_before_finish(past.before));
}

static void a_merged_unit_is_compared_with_those_it_took_over_from_together(void **state) {
    struct lia *lia = *state;
    begin_merged(lia, bms_day_of(2026, 1, 1), 7);
    lia_pair(lia, SYK, 500, 2016);
    const bms_finding *finding = lia_finds(lia, "jump", BMS_WARNING, "C6");
    assert_string_equal(finding->message,
                        "Sykefravær er 24,8 % (C6). Tidligere har det vært 8,2; 8,3; 8,5; 8,2 %. Tallene fra "
                        "før er Lund sykehjem og Gamlehjemmet til sammen.");
    lia_pair(lia, SYK, 168, 2016);
    lia_type(lia_at(lia, KORT, BMS_NUMERATOR), 40);
    lia_pair(lia, FALL, 240, 4800); /* together they had 24 */
    lia_finds(lia, "factor", BMS_WARNING, "C11");
}

static void twice_as_much_gives_no_finding_after_a_merger(void **state) {
    struct lia *lia = *state;
    begin_merged(lia, bms_day_of(2026, 1, 1), 7);
    lia_pair(lia, SYK, 168, 2016);
    lia_type(lia_at(lia, KORT, BMS_NUMERATOR), 40);
    lia_pair(lia, FALL, 24, 4800);
    lia_pair(lia, BUDSJ, 10400, 10000);
    lia_finds_nothing(lia);
}

static void where_one_of_them_never_answered_there_is_no_sum_to_compare_with(void **state) {
    struct lia *lia = *state;
    begin_merged(lia, bms_day_of(2026, 1, 1), 7);
    const bms_values missing = {.state = BMS_MISSING};
    for (int p = 0; p < 7; p++)
        assert_true(bms_before_add(past.before, CLOSED, SYK, p, &missing));
    lia_pair(lia, SYK, 500, 2016);
    lia_type(lia_at(lia, KORT, BMS_NUMERATOR), 40);
    lia_finds_nothing(lia);
}

static void a_unit_that_took_over_in_the_middle_of_the_year_answers_for_all_of_it(void **state) {
    struct lia *lia = *state;
    begin_merged(lia, bms_day_of(2026, 5, 1), 0);
    lia->indicators[KLAGER].basis = BMS_YEAR_TO_DATE;
    ((bms_question *)(uintptr_t)lia->form.questions)[KLAGER].basis = BMS_YEAR_TO_DATE;
    assert_int_equal(bms_seal(lia->key, &lia->form.identity, lia->form.questions, lia->form.n_questions,
                              (char *)(uintptr_t)lia->form.identity.seal),
                     BMS_OK);
    const bms_values before = {BMS_REPORTED, {true, 3}, {false, 0}};
    assert_true(bms_before_add(past.before, LUND, KLAGER, 8, &before));
    assert_true(bms_before_add(past.before, CLOSED, KLAGER, 8, &before));
    const bms_finding *finding = lia_finds(lia, "year_to_date_lower", BMS_WARNING, "C12");
    assert_string_equal(finding->message,
                        "Klager: 4 hittil i år (C12). I 1. tertial 2026 var det 6. Tallene fra før er Lund "
                        "sykehjem og Gamlehjemmet til sammen.");
}

static void after_a_split_the_shared_past_is_not_compared_with(void **state) {
    struct lia *lia = *state;
    static int predecessors[] = {CLOSED};
    lia->units[CLOSED].from = BMS_NO_DAY;
    lia->units[CLOSED].to = bms_day_of(2025, 12, 31);
    for (int u = LIA; u <= LUND; u++) {
        lia->units[u].from = bms_day_of(2026, 1, 1);
        lia->units[u].predecessors = predecessors;
        lia->units[u].n_predecessors = 1;
    }
    begin_past(lia, 0);
    remember(CLOSED, 7);
    assert_true(bms_before_finish(past.before));
    lia_pair(lia, SYK, 250, 1008);
    lia_pair(lia, FALL, 120, 2400);
    lia_finds_nothing(lia);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        lia_test(a_merged_unit_is_compared_with_those_it_took_over_from_together),
        lia_test(twice_as_much_gives_no_finding_after_a_merger),
        lia_test(where_one_of_them_never_answered_there_is_no_sum_to_compare_with),
        lia_test(a_unit_that_took_over_in_the_middle_of_the_year_answers_for_all_of_it),
        lia_test(after_a_split_the_shared_past_is_not_compared_with),
        lia_test(usual_answers_give_no_finding),
        lia_test(kroner_for_thousand_kroner_is_asked_about),
        lia_test(ten_times_as_much_is_asked_about),
        lia_test(one_earlier_value_is_enough_for_a_hundred_times),
        lia_test(ten_times_one_earlier_value_is_asked_about_where_both_numbers_are),
        lia_test(ten_times_some_steady_earlier_values_is_asked_about),
        lia_test(a_thousand_times_what_peers_have_is_asked_about_in_the_first_period),
        lia_test(a_number_far_from_the_setups_usual_size_is_asked_about),
        lia_test(a_thousand_times_the_years_budget_is_asked_about),
        lia_test(peers_whose_own_number_is_wrong_do_not_count),
        lia_test(what_peers_sent_in_the_same_run_is_compared_with),
        lia_test(a_digit_too_many_in_a_part_is_named_as_the_cause),
        lia_test(a_swap_is_recognised_by_earlier_values),
        lia_test(a_swap_that_earlier_values_contradict_is_not_suggested),
        lia_test(swapped_numbers_of_a_rate_are_asked_about),
        lia_test(the_budget_of_the_whole_year_is_asked_about),
        lia_test(a_budget_three_times_the_accounts_is_asked_about_without_a_history),
        lia_test(less_this_year_than_last_time_is_asked_about),
        lia_test(a_jump_is_reported_with_the_earlier_values),
        lia_test(a_new_unit_is_compared_with_its_peers),
        lia_test(a_result_far_outside_what_peers_have_is_asked_about),
        lia_test(where_peers_are_spread_widely_a_high_result_is_not_odd),
        lia_test(another_units_numbers_are_reported_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
