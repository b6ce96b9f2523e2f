/** What a sound setup becomes: the tree, the plan, the limits in force, and questions as asked. */
#include "core/definition/assessment.h"
#include "tests/unit/close.h"
#include "tests/unit/examples/made_setup.h"

#include "core/definition/links.h"
#include "core/definition/past.h"

static const bms_indicator *indicator(const struct made *made, const char *code) {
    int found = bms_definition_indicator(&made->definition, code);
    assert_int_not_equal(found, BMS_NONE);
    return &made->definition.indicators[found];
}

static int unit(const struct made *made, const char *code) {
    return bms_definition_unit(&made->definition, code);
}

static int point(const struct made *made, const char *indicator_code, const char *period) {
    return bms_definition_point(&made->definition,
                                bms_definition_indicator(&made->definition, indicator_code),
                                bms_definition_period(&made->definition, period));
}

static enum bms_duty duty(const struct made *made, const char *indicator_code, const char *period,
                          const char *unit_code) {
    int found = point(made, indicator_code, period);
    assert_int_not_equal(found, BMS_NONE);
    return bms_definition_duty(&made->definition, &made->definition.points[found], unit(made, unit_code));
}

static bms_limits limits(const struct made *made, const char *indicator_code, const char *period,
                         const char *unit_code) {
    return bms_limits_for(&made->definition, &made->definition.points[point(made, indicator_code, period)],
                          unit(made, unit_code), NULL);
}

/** The limits of two units together, as a parent takes them. */
static bms_limits limits_together(const struct made *made, const char *indicator_code, const char *period) {
    const bms_measuring_point *at = &made->definition.points[point(made, indicator_code, period)];
    const bms_part parts[] = {{.unit = unit(made, "1101")}, {.unit = unit(made, "1102")}};
    return bms_assessed_limits(&(bms_assessed){.definition = &made->definition,
                                               .point = at,
                                               .indicator = &made->definition.indicators[at->indicator],
                                               .unit = unit(made, "1000"),
                                               .below = true,
                                               .parts = parts,
                                               .n = 2},
                               NULL);
}

static void what_an_action_is_linked_to_is_shown_by_its_name(void **state) {
    struct made *made = *state;
    made_read(made);
    const bms_definition *definition = &made->definition;
    bms_link link;
    assert_true(bms_link_find(definition, "syk", &link));
    assert_int_equal(link.indicator, 0);
    assert_string_equal(link.name, definition->indicators[0].name);
    assert_true(bms_link_find(definition, "KVAL1", &link)); /* a success criterion */
    assert_string_equal(link.name, "God kvalitet");
    assert_int_equal(link.indicator, BMS_NONE);
    const char *shown = bms_link_text(made->arena, definition, "KVAL1");
    assert_non_null(strstr(shown, " (KVAL1)"));
    assert_true(bms_link_find(definition, shown, &link));
    assert_string_equal(link.code, "KVAL1");
    assert_true(bms_link_find(definition, "1101", &link)); /* a unit */
    assert_false(bms_link_find(definition, "", &link));
    assert_string_equal(bms_link_text(made->arena, definition, "Noe annet"), "Noe annet");
}

static void names_and_numbers_of_the_municipality_hold_from_their_day(void **state) {
    struct made *made = *state;
    made_cells(made, BMS_SHEET_MUNICIPALITY, 2, "fact=Kommunenummer;value=3099;from=2024-01-01");
    made_cells(made, BMS_SHEET_MUNICIPALITY, 3, "fact=Kommunenummer;value=3399;from=2020-01-01");
    made_cells(made, BMS_SHEET_MUNICIPALITY, 4, "fact=Kommunens navn;value=Nye Eksempel;from=2020-01-01");
    made_read(made);
    const bms_municipality *municipality = &made->definition.municipality;
    assert_string_equal(municipality->number, "3099");
    assert_string_equal(municipality->name, "Nye Eksempel");
    assert_string_equal(bms_municipality_number_on(municipality, bms_day_of(1990, 1, 1)), "0999");
    assert_string_equal(bms_municipality_number_on(municipality, bms_day_of(2019, 12, 31)), "0999");
    assert_string_equal(bms_municipality_number_on(municipality, bms_day_of(2020, 1, 1)), "3399");
    assert_string_equal(bms_municipality_number_on(municipality, bms_day_of(2023, 12, 31)), "3399");
    assert_string_equal(bms_municipality_number_on(municipality, bms_day_of(2024, 1, 1)), "3099");
    assert_string_equal(bms_municipality_name_on(municipality, bms_day_of(2019, 12, 31)), "Eksempel kommune");
    assert_string_equal(bms_municipality_name_on(municipality, bms_day_of(2020, 1, 1)), "Nye Eksempel");
}

static void codes_are_found_in_any_case(void **state) {
    struct made *made = *state;
    made_read(made);
    assert_int_equal(bms_definition_indicator(&made->definition, "syk"), 0);
    assert_int_equal(bms_definition_indicator(&made->definition, "SY"), BMS_NONE);
    assert_int_not_equal(bms_definition_period(&made->definition, "2026-bu"), BMS_NONE);
    assert_int_equal(unit(made, ""), BMS_NONE);
}

static void the_tree_is_known(void **state) {
    struct made *made = *state;
    made_read(made);
    assert_true(
        bms_unit_is_below_on(&made->definition, unit(made, "1101"), unit(made, "1000"), BMS_LATEST_DAY));
    assert_true(
        bms_unit_is_below_on(&made->definition, unit(made, "1101"), unit(made, "1101"), BMS_LATEST_DAY));
    assert_false(
        bms_unit_is_below_on(&made->definition, unit(made, "1100"), unit(made, "1101"), BMS_LATEST_DAY));
}

static void a_kind_decides_factor_measure_and_whole_numbers(void **state) {
    struct made *made = *state;
    made_read(made);
    assert_close(indicator(made, "SYK")->factor, 100);
    assert_string_equal(indicator(made, "SYK")->unit_of_result, "%");
    assert_false(indicator(made, "SYK")->numerator.whole);
    assert_close(indicator(made, "FALL")->factor, 1000);
    assert_string_equal(indicator(made, "KLAGER")->unit_of_result, "saker");
    assert_false(indicator(made, "BRUK")->numerator.whole);
    assert_true(indicator(made, "BRUK")->denominator.whole);
    assert_close(indicator(made, "VERN")->numerator.most.value, 1);
    assert_false(indicator(made, "BUD")->numerator.least.known);
    assert_true(indicator(made, "SYK")->numerator.least.known);
    assert_close(indicator(made, "SYK")->least_coverage, 0.5);
}

static void a_number_asked_elsewhere_has_its_properties_from_there(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_INDICATORS, 8, "code", "LANG");
    made_cells(made, BMS_SHEET_INDICATORS, 8,
               "name=Langtidsfravær;kind=andel;question_1=Lange fravær?;basis=perioden;better=lavt;"
               "same_as=tall 2 = KORT tall 2");
    made_set(made, BMS_SHEET_PLAN, 8, "indicator", "LANG");
    made_cells(made, BMS_SHEET_PLAN, 8, "periods=*-T*;skole=x");
    made_read(made);
    const bms_number_ref *same_as = &indicator(made, "LANG")->denominator.same_as;
    assert_int_equal(same_as->indicator, bms_definition_indicator(&made->definition, "SYK"));
    assert_int_equal(same_as->which, BMS_DENOMINATOR);
    assert_string_equal(indicator(made, "LANG")->denominator.unit_of_measure, "dagsverk");
    const bms_number_ref *part_of = &indicator(made, "KORT")->numerator.part_of;
    assert_int_equal(part_of->indicator, bms_definition_indicator(&made->definition, "SYK"));
    assert_int_equal(part_of->which, BMS_NUMERATOR);
    assert_int_equal(indicator(made, "SVAR")->persons.which, BMS_DENOMINATOR);
    assert_true(indicator(made, "SVAR")->denominator.whole);
}

static void the_demand_of_red_has_three_words_and_the_old_yes(void **state) {
    struct made *made = *state;
    static const struct {
        const char *text;
        enum bms_when_red expected;
    } words[] = {{"bør", BMS_RED_IS_WARNED}, {"må", BMS_RED_IS_HELD},  {"nei", BMS_RED_IS_TAKEN},
                 {"ja", BMS_RED_IS_WARNED},  {"x", BMS_RED_IS_WARNED}, {"Must", BMS_RED_IS_HELD}};
    made_read(made);
    assert_int_equal(indicator(made, "SYK")->when_red, BMS_RED_IS_TAKEN);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        made_set(made, BMS_SHEET_INDICATORS, 0, "action_when_red", words[i].text);
        made_read(made);
        assert_int_equal(made->findings.n, 0);
        assert_int_equal(indicator(made, "SYK")->when_red, words[i].expected);
    }
}

static void a_number_can_be_declared_the_sum_of_its_parts(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_INDICATORS, 0, "parts_are_all", "tall 1");
    made_set(made, BMS_SHEET_INDICATORS, 5, "part_of", "SYK");
    made_read(made);
    assert_int_equal(made->findings.n, 0);
    assert_true(indicator(made, "SYK")->numerator.parts_are_all);
    assert_false(indicator(made, "SYK")->denominator.parts_are_all);
}

static void numbers_have_a_usual_size(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_INDICATORS, 0, "usual", "1 = 20,5 – 900; tall 2 = 200-40000");
    made_set(made, BMS_SHEET_INDICATORS, 2, "usual", "1–6");
    made_read(made);
    assert_int_equal(made->findings.n, 0);
    const bms_indicator *absence = &made->definition.indicators[0];
    assert_close(absence->numerator.usual_from.value, 20.5);
    assert_close(absence->numerator.usual_to.value, 900);
    assert_close(absence->denominator.usual_from.value, 200);
    assert_close(absence->denominator.usual_to.value, 40000);
    assert_true(made->definition.indicators[2].numerator.usual_to.known);
    assert_false(made->definition.indicators[2].denominator.usual_to.known);
    assert_false(made->definition.indicators[3].numerator.usual_to.known);
}

static void placements_are_in_the_order_they_are_shown(void **state) {
    struct made *made = *state;
    static const char *const expected[] = {"KLAGER", "FALL", "SYK", "KORT", "BUD", "VERN", "BRUK", "SVAR"};
    made_read(made);
    assert_int_equal(made->definition.n_placements, 8);
    for (size_t i = 0; i < 8; i++)
        assert_string_equal(made->definition.indicators[made->definition.placements[i].indicator].code,
                            expected[i]);
}

static void points_are_in_the_order_of_forms_and_placements(void **state) {
    struct made *made = *state;
    made_read(made);
    int form = bms_definition_period(&made->definition, "2026-T1");
    static const char *const expected[] = {"KLAGER", "FALL", "SYK", "KORT", "BUD", "VERN", "BRUK", "SVAR"};
    size_t n = 0;
    for (size_t i = 0; i < made->definition.n_points; i++)
        if (made->definition.points[i].form == form)
            assert_string_equal(made->definition.indicators[made->definition.points[i].indicator].code,
                                expected[n++]);
    assert_int_equal(n, 8);
}

static void groups_and_exceptions_decide_who_is_asked(void **state) {
    struct made *made = *state;
    made_read(made);
    assert_int_equal(duty(made, "SYK", "2026-T2", "1101"), BMS_REQUIRED);
    assert_int_equal(duty(made, "KORT", "2026-T2", "1102"), BMS_OPTIONAL);
    assert_int_equal(duty(made, "SYK", "2026-T2", "1100"), BMS_NOT_ASKED);
    assert_int_equal(duty(made, "BRUK", "2026-BU", "1000"), BMS_NOT_ASKED);
    assert_int_equal(duty(made, "BRUK", "2026-BU", "1103"), BMS_REQUIRED);
    assert_int_equal(duty(made, "FALL", "2026-T1", "1101"), BMS_REQUIRED);
    assert_int_equal(point(made, "FALL", "2026-T3"), BMS_NONE);
}

static void a_group_can_differ_from_all(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_PLAN, 0, "Alle", "x");
    made_set(made, BMS_SHEET_PLAN, 0, "skole", "frivillig");
    made_set(made, BMS_SHEET_PLAN, 0, "exceptions", "without 1103, optional 1000");
    made_set(made, BMS_SHEET_PLAN, 1, "exceptions", "uten 1103");
    made_read(made);
    assert_int_equal(made->findings.n, 0);
    assert_int_equal(duty(made, "SYK", "2026-T1", "1101"), BMS_REQUIRED);
    assert_int_equal(duty(made, "SYK", "2026-T1", "1102"), BMS_OPTIONAL);
    assert_int_equal(duty(made, "SYK", "2026-T1", "1103"), BMS_NOT_ASKED);
    assert_int_equal(duty(made, "SYK", "2026-T1", "1000"), BMS_OPTIONAL);
}

static void two_rows_can_ask_different_groups_for_the_same(void **state) {
    struct made *made = *state;
    made_cells(made, BMS_SHEET_PLAN, 8, "indicator=FALL;periods=2026-T1;barnehage=f");
    made_read(made);
    assert_int_equal(made->findings.n, 0);
    assert_int_equal(duty(made, "FALL", "2026-T1", "1103"), BMS_OPTIONAL);
    assert_int_equal(duty(made, "FALL", "2026-T1", "1101"), BMS_REQUIRED);
    assert_int_equal(duty(made, "FALL", "2026-T2", "1103"), BMS_NOT_ASKED);
}

static void what_is_measured_can_be_asked_for_in_another_form(void **state) {
    struct made *made = *state;
    made_read(made);
    const bms_measuring_point *survey = &made->definition.points[point(made, "BRUK", "2025-BU")];
    assert_string_equal(made->definition.calendar[survey->form].period.code, "2025-T1");
    assert_true(
        bms_definition_has_form(&made->definition, bms_definition_period(&made->definition, "2025-T1")));
    assert_false(
        bms_definition_has_form(&made->definition, bms_definition_period(&made->definition, "2026-BU")));
}

static void a_unit_is_asked_only_while_it_exists(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_UNITS, 2, "to", "2026-04-15");
    made_set(made, BMS_SHEET_UNITS, 4, "from", "2026-04-16");
    made_read(made);
    assert_int_equal(duty(made, "SYK", "2026-T1", "1101"), BMS_NOT_ASKED);
    assert_int_equal(duty(made, "BRUK", "2026-BU", "1101"), BMS_REQUIRED);
    assert_int_equal(duty(made, "SYK", "2026-T1", "1103"), BMS_REQUIRED);
    assert_int_equal(duty(made, "BRUK", "2026-BU", "1103"), BMS_NOT_ASKED);
}

static void a_unit_that_is_moved_has_a_row_for_each_place(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_UNITS, 4, "to", "2026-04-30");
    made_set(made, BMS_SHEET_UNITS, 4, "from", "2020-01-01");
    made_set(made, BMS_SHEET_UNITS, 4, "replaces", "1102");
    made_set(made, BMS_SHEET_UNITS, 5, "code", "1103");
    made_cells(made, BMS_SHEET_UNITS, 5, "name=Eng oppvekst;parent=1000;group=barnehage;from=2026-05-01");
    made_set(made, BMS_SHEET_UNITS, 6, "code", "1104");
    made_cells(made, BMS_SHEET_UNITS, 6, "name=Ny skole;parent=1103;group=skole");
    made_read(made);
    assert_int_equal(made->findings.n, 0);
    assert_int_equal(made->definition.n_units, 6);
    const bms_unit *moved = &made->definition.units[unit(made, "1103")];
    assert_string_equal(moved->name, "Eng oppvekst");
    assert_int_equal(moved->n_predecessors, 1);
    assert_int_equal(bms_unit_parent_on(moved, bms_day_of(2026, 4, 30)), unit(made, "1100"));
    assert_int_equal(bms_unit_parent_on(moved, bms_day_of(2026, 5, 1)), unit(made, "1000"));
    assert_int_equal(made->definition.units[unit(made, "1104")].parent, unit(made, "1103"));
    assert_true(bms_unit_valid(moved, bms_day_of(2025, 1, 1)));
    assert_false(bms_unit_valid(moved, bms_day_of(2019, 1, 1)));
    assert_true(bms_unit_valid(moved, bms_day_of(2027, 1, 1)));
    assert_int_equal(duty(made, "SYK", "2026-T1", "1103"), BMS_REQUIRED);
}

static void a_unit_cannot_be_moved_over_a_gap(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_UNITS, 4, "to", "2026-03-31");
    made_set(made, BMS_SHEET_UNITS, 5, "code", "1103");
    made_cells(made, BMS_SHEET_UNITS, 5, "name=Eng oppvekst;parent=1000;group=barnehage;from=2026-05-01");
    made_read(made);
    assert_int_equal(made->findings.n, 1);
    assert_string_equal(made->findings.items[0].rule, "unclear_move");
    assert_string_equal(made->findings.items[0].cell, "J7");
}

static void units_below_each_other_before_a_move_are_a_circle(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_UNITS, 2, "parent", "1103");
    made_set(made, BMS_SHEET_UNITS, 4, "parent", "1101");
    made_set(made, BMS_SHEET_UNITS, 4, "to", "2026-04-30");
    made_set(made, BMS_SHEET_UNITS, 5, "code", "1103");
    made_cells(made, BMS_SHEET_UNITS, 5, "name=Eng barnehage;parent=1100;group=barnehage;from=2026-05-01");
    made_read(made);
    assert_int_equal(made->findings.n, 1);
    assert_string_equal(made->findings.items[0].rule, "circle_of_parents");
}

static void an_indicator_is_measured_from_its_first_day(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_INDICATORS, 0, "from", "2026-05-01");
    made_set(made, BMS_SHEET_INDICATORS, 1, "from", "2026-05-01");
    made_read(made);
    assert_int_equal(duty(made, "SYK", "2026-T1", "1101"), BMS_NOT_ASKED);
    assert_int_equal(duty(made, "SYK", "2026-T2", "1101"), BMS_REQUIRED);
}

/** @return the point before, of unit 1101. */
static int point_before(struct made *made, const char *indicator, const char *period) {
    const bms_definition *definition = &made->definition;
    bms_past past;
    assert_true(bms_past_room(made->arena, definition, &past));
    const bms_measuring_point *now = &definition->points[point(made, indicator, period)];
    return bms_past_previous_point(&(bms_past_question){.definition = definition,
                                                        .unit = bms_definition_unit(definition, "1101"),
                                                        .point = now,
                                                        .seen_from = BMS_LATEST_DAY},
                                   &past);
}

static void a_star_never_catches_a_named_period_of_another_kind(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_CALENDAR, 7, "code", "2026-B1");
    made_cells(made, BMS_SHEET_PLAN, 0, "periods=*-B*, *-T2");
    made_read(made);
    assert_int_not_equal(point(made, "SYK", "2026-B1"), BMS_NONE);
    assert_int_not_equal(point(made, "SYK", "2026-T2"), BMS_NONE);
    assert_int_equal(point(made, "SYK", "2026-T1"), BMS_NONE);
    assert_int_equal(point(made, "SYK", "2026-BU"), BMS_NONE);
    assert_int_not_equal(point(made, "BRUK", "2026-BU"), BMS_NONE);
}

static void a_stored_plan_is_understood_as_when_it_was_accepted(void **state) {
    struct made *made = *state;
    made->book.stars_match_all = true;
    made_set(made, BMS_SHEET_CALENDAR, 7, "code", "2026-B1");
    made_cells(made, BMS_SHEET_PLAN, 0, "periods=*-B*, *-T2");
    made_read(made);
    assert_int_not_equal(point(made, "SYK", "2026-BU"), BMS_NONE);
}

static void earlier_points_are_the_last_one_and_that_of_the_year_before(void **state) {
    struct made *made = *state;
    made_read(made);
    assert_int_equal(point_before(made, "SYK", "2026-T1"), point(made, "SYK", "2025-T3"));
    assert_int_equal(bms_definition_point_year_before(&made->definition, point(made, "SYK", "2026-T1")),
                     point(made, "SYK", "2025-T1"));
    assert_int_equal(bms_definition_point_year_before(&made->definition, point(made, "SYK", "2026-T2")),
                     BMS_NONE);
    assert_int_equal(point_before(made, "SYK", "2025-T1"), BMS_NONE);
    assert_int_equal(bms_definition_point_year_before(&made->definition, point(made, "BRUK", "2026-BU")),
                     point(made, "BRUK", "2025-BU"));
}

static void periods_that_end_on_the_same_day_belong_to_one_another(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_CALENDAR, 7, "code", "2026-12");
    made_set(made, BMS_SHEET_CALENDAR, 8, "code", "2026");
    made_set(made, BMS_SHEET_CALENDAR, 9, "code", "2026-11");
    made_read(made);
    const bms_definition *definition = &made->definition;
    int tertial = bms_definition_period(definition, "2026-T3");
    int december = bms_definition_period(definition, "2026-12");
    int year = bms_definition_period(definition, "2026");
    int november = bms_definition_period(definition, "2026-11");
    assert_true(bms_definition_is_by(definition, december, tertial));
    assert_true(bms_definition_is_by(definition, tertial, december));
    assert_true(bms_definition_is_by(definition, december, year));
    assert_true(bms_definition_is_by(definition, november, tertial));
    assert_false(bms_definition_is_by(definition, tertial, november));
}

static void a_form_was_due_when_its_due_date_or_without_one_a_later_form_has_come(void **state) {
    struct made *made = *state;
    made_read(made);
    const bms_definition *definition = &made->definition;
    int first = bms_definition_period(definition, "2026-T1");
    int second = bms_definition_period(definition, "2026-T2");
    int third = bms_definition_period(definition, "2026-T3");
    assert_false(bms_definition_was_due(definition, first, bms_day_of(2026, 5, 15), third));
    assert_true(bms_definition_was_due(definition, first, bms_day_of(2026, 5, 16), third));
    assert_true(bms_definition_was_due(definition, second, BMS_LATEST_DAY, third));
    assert_false(bms_definition_was_due(definition, second, BMS_LATEST_DAY, second));
}

static void the_last_point_is_of_an_earlier_day_and_months_follow_months(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_CALENDAR, 7, "code", "2026-12");
    made_set(made, BMS_SHEET_CALENDAR, 8, "code", "2026-08");
    made_cells(made, BMS_SHEET_PLAN, 0, "periods=*-T*, 2026-12, 2026-08");
    made_read(made);
    assert_int_equal(point_before(made, "SYK", "2026-12"), point(made, "SYK", "2026-08"));
    assert_int_equal(point_before(made, "SYK", "2026-T3"), point(made, "SYK", "2026-T2"));
}

static void the_last_point_is_one_that_the_unit_is_asked_for(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_CALENDAR, 7, "code", "2026-08");
    made_cells(made, BMS_SHEET_PLAN, 8, "indicator=SYK;periods=2026-08;skole=x");
    made_read(made);
    assert_int_equal(point_before(made, "SYK", "2026-T3"), point(made, "SYK", "2026-T2"));
}

static void a_target_from_the_last_day_of_a_period_applies_to_it(void **state) {
    struct made *made = *state;
    made_cells(made, BMS_SHEET_TARGETS, 4, "from=2026-03-31"); /* the survey of 2026 is of March */
    made_read(made);
    assert_close(limits(made, "BRUK", "2026-BU", "1103").green, 5.1);
    made_cells(made, BMS_SHEET_TARGETS, 4, "from=2026-04-01");
    made_read(made);
    assert_close(limits(made, "BRUK", "2026-BU", "1103").green, 5);
}

static void the_nearest_target_wins(void **state) {
    struct made *made = *state;
    made_read(made);
    assert_close(limits(made, "BRUK", "2026-BU", "1101").green, 5.2);
    assert_close(limits(made, "BRUK", "2026-BU", "1102").green, 4.8);
    assert_close(limits(made, "BRUK", "2026-BU", "1103").green, 5.1);
    assert_close(limits(made, "BRUK", "2025-BU", "1103").green, 5);
    assert_close(limits_together(made, "BRUK", "2026-BU").green, 5.1);
    assert_false(limits(made, "VERN", "2026-T1", "1102").known);
}

static void one_limit_given_means_both(void **state) {
    struct made *made = *state;
    made_read(made);
    bms_limits found = limits(made, "BUD", "2026-T1", "1102");
    assert_true(found.known);
    assert_int_equal(found.better, BMS_DOWN);
    assert_close(found.green, 0);
    assert_close(found.red, 0);
    found = limits(made, "KLAGER", "2026-T1", "1102");
    assert_int_equal(found.better, BMS_BAND);
    assert_close(found.green, 1);
    assert_close(found.green_to, 4);
    assert_close(found.red, 0);
    assert_close(found.red_to, 6);
}

static void a_link_uses_the_latest_value_known_at_the_form_period(void **state) {
    struct made *made = *state;
    made_read(made);
    bms_limits_source source;
    const bms_measuring_point *first = &made->definition.points[point(made, "SYK", "2026-T1")];
    bms_limits found = bms_limits_for(&made->definition, first, unit(made, "1101"), &source);
    assert_close(found.green, 8.1);
    assert_close(found.red, 10.1);
    assert_close(source.reference->value, 9.1);
    assert_close(limits(made, "SYK", "2026-T2", "1101").green, 8.5);
    assert_close(limits(made, "SYK", "2026-T2", "1102").green, 6);
    assert_close(limits_together(made, "SYK", "2026-T2").green, 8.5);
    found = bms_limits_for(&made->definition, &made->definition.points[point(made, "SYK", "2025-T3")],
                           unit(made, "1101"), &source);
    assert_false(found.known);
    assert_non_null(source.target);
    assert_null(source.reference);
}

static void a_value_published_on_the_last_day_of_the_form_period_is_known(void **state) {
    struct made *made = *state;
    made_cells(made, BMS_SHEET_REFERENCES, 0, "published=2026-04-30");
    made_read(made);
    assert_close(limits(made, "SYK", "2026-T1", "1101").green, 8.1);
    made_cells(made, BMS_SHEET_REFERENCES, 0, "published=2026-05-01");
    made_read(made);
    assert_false(limits(made, "SYK", "2026-T1", "1101").known);
}

static void a_link_in_per_cent_is_a_part_of_the_value(void **state) {
    struct made *made = *state;
    made_set(made, BMS_SHEET_TARGETS, 0, "way", "prosent");
    made_read(made);
    assert_close(limits(made, "SYK", "2026-T1", "1101").green, 9.009);
}

static void questions_are_asked_with_their_dates(void **state) {
    struct made *made = *state;
    bms_period period;
    assert_true(bms_period_parse("2026-T2", &period));
    assert_string_equal(bms_question_text(made->arena, "Hvor mange {dates}?", BMS_IN_PERIOD, &period),
                        "Hvor mange 01.05–31.08?");
    assert_string_equal(bms_question_text(made->arena, "Hvor mange {periode}?", BMS_YEAR_TO_DATE, &period),
                        "Hvor mange 01.01–31.08?");
    assert_string_equal(
        bms_question_text(made->arena, "Hvor mange {dato} i {år}, {ukjent} {", BMS_AS_OF, &period),
        "Hvor mange 31.08 i 2026, {ukjent} {");
    assert_string_equal(bms_question_text(made->arena, "fra {from} til {til}", BMS_FORECAST, &period),
                        "fra 01.05 til 31.08");
}

static void a_period_has_the_name_the_coordinator_gave_it(void **state) {
    struct made *made = *state;
    made_read(made);
    assert_string_equal(bms_definition_period_name(&made->definition,
                                                   bms_definition_period(&made->definition, "2026-BU"),
                                                   made->arena, "nb"),
                        "Brukerundersøkelse 2026");
    assert_string_equal(bms_definition_period_name(&made->definition,
                                                   bms_definition_period(&made->definition, "2026-T2"),
                                                   made->arena, "nb"),
                        "2. tertial 2026");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, made_begin, made_end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(names_and_numbers_of_the_municipality_hold_from_their_day),
        TEST(codes_are_found_in_any_case),
        TEST(what_an_action_is_linked_to_is_shown_by_its_name),
        TEST(the_tree_is_known),
        TEST(a_kind_decides_factor_measure_and_whole_numbers),
        TEST(a_number_asked_elsewhere_has_its_properties_from_there),
        TEST(placements_are_in_the_order_they_are_shown),
        TEST(points_are_in_the_order_of_forms_and_placements),
        TEST(groups_and_exceptions_decide_who_is_asked),
        TEST(a_group_can_differ_from_all),
        TEST(two_rows_can_ask_different_groups_for_the_same),
        TEST(what_is_measured_can_be_asked_for_in_another_form),
        TEST(a_unit_is_asked_only_while_it_exists),
        TEST(a_unit_that_is_moved_has_a_row_for_each_place),
        TEST(a_unit_cannot_be_moved_over_a_gap),
        TEST(units_below_each_other_before_a_move_are_a_circle),
        TEST(an_indicator_is_measured_from_its_first_day),
        TEST(a_star_never_catches_a_named_period_of_another_kind),
        TEST(a_stored_plan_is_understood_as_when_it_was_accepted),
        TEST(earlier_points_are_the_last_one_and_that_of_the_year_before),
        TEST(periods_that_end_on_the_same_day_belong_to_one_another),
        TEST(a_form_was_due_when_its_due_date_or_without_one_a_later_form_has_come),
        TEST(the_last_point_is_of_an_earlier_day_and_months_follow_months),
        TEST(the_last_point_is_one_that_the_unit_is_asked_for),
        TEST(a_target_from_the_last_day_of_a_period_applies_to_it),
        TEST(the_nearest_target_wins),
        TEST(one_limit_given_means_both),
        TEST(a_link_uses_the_latest_value_known_at_the_form_period),
        TEST(a_value_published_on_the_last_day_of_the_form_period_is_known),
        TEST(the_demand_of_red_has_three_words_and_the_old_yes),
        TEST(a_number_can_be_declared_the_sum_of_its_parts),
        TEST(numbers_have_a_usual_size),
        TEST(a_link_in_per_cent_is_a_part_of_the_value),
        TEST(questions_are_asked_with_their_dates),
        TEST(a_period_has_the_name_the_coordinator_gave_it),
    };
    return cmocka_run_group_tests_name("definition", tests, NULL, NULL);
}
