/** Reads the sheet Indikatorer: kinds, questions, ranges, and how results are shown and rolled up. */
#include "core/definition/accepted.h"
#include "core/definition/reading.h"

#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/base/text.h"

#include <string.h>

/* The choices of the sheet are in the order of the enums they become (setup.c). */
_Static_assert(BMS_UP == 0 && BMS_BAND == 2, "better in the order of the choices");
_Static_assert(BMS_RED_IS_TAKEN == 0 && BMS_RED_IS_HELD == 2, "when red in the order of the choices");
_Static_assert(BMS_ROLLUP_OF_KIND == 0 && BMS_ROLLUP_NONE == 6, "roll-ups in the order of the choices");

/* In the order of the choices: both, number 1, number 2, neither. */
enum whole { WHOLE_BOTH, WHOLE_FIRST, WHOLE_SECOND, WHOLE_NEITHER, WHOLE_BY_KIND };

static const char *kind_name(bms_reading_row row, enum bms_kind kind, char word[BMS_SETUP_WORD_SIZE]) {
    return bms_setup_choice(bms_setup_column_of(row.sheet, "kind"), kind, row.reading->findings->language,
                            word);
}

static void read_range(bms_reading_row row, const char *least_column, const char *most_column,
                       bms_asked_number *number) {
    number->least = bms_reading_number(row, least_column);
    number->most = bms_reading_number(row, most_column);
    if (number->least.known && number->most.known && number->least.value > number->most.value) {
        bms_reading_mistake(row, least_column, BMS_MISTAKE_RANGE_TURNED, bms_reading_text(row, least_column),
                            bms_reading_text(row, most_column));
    }
}

/** The range of a number that the coordinator gave none: nothing negative, except for net figures. */
static void default_ranges(bms_indicator *indicator) {
    const bms_number zero = {true, 0};
    const bms_number one = {true, 1};
    const bms_kind_traits *kind = bms_kind_of(indicator->kind);
    if (!indicator->numerator.least.known && !kind->net)
        indicator->numerator.least = zero;
    if (!indicator->denominator.least.known && !kind->net)
        indicator->denominator.least = zero;
    if (kind->yes_or_no) {
        indicator->numerator.least = zero;
        indicator->numerator.most = one;
    }
}

static void read_whole(bms_reading_row row, bms_indicator *indicator) {
    int whole = bms_reading_choice(row, "whole", WHOLE_BY_KIND);
    const bms_kind_traits *kind = bms_kind_of(indicator->kind);
    bool persons = indicator->about_persons;
    bool by_kind = whole == WHOLE_BY_KIND;
    indicator->numerator.whole = whole == WHOLE_BOTH || whole == WHOLE_FIRST ||
                                 (by_kind && (kind->yes_or_no || (persons && !kind->on_a_scale)));
    indicator->denominator.whole = kind->has_denominator && (whole == WHOLE_BOTH || whole == WHOLE_SECOND ||
                                                             (by_kind && (persons || kind->on_a_scale)));
}

static void read_parts_are_all(bms_reading_row row, bms_indicator *indicator) {
    int all = bms_reading_choice(row, "parts_are_all", WHOLE_NEITHER);
    indicator->numerator.parts_are_all = all == WHOLE_BOTH || all == WHOLE_FIRST;
    indicator->denominator.parts_are_all = all == WHOLE_BOTH || all == WHOLE_SECOND;
}

/** @return whether the kind is valid: if not, that is reported, and no consequences of it. */
static bool kind_known(bms_reading_row row) {
    const bms_setup_cell *cell = bms_setup_find(row.row, "kind");
    return cell && bms_setup_recognise_choice(bms_setup_column_of(row.sheet, "kind"), cell->text) >= 0;
}

static void read_factor(bms_reading_row row, bms_indicator *indicator) {
    const bms_kind_traits *kind = bms_kind_of(indicator->kind);
    indicator->factor = bms_reading_number_within(row, "factor", 0.000001, 1e9, kind->factor);
    if (kind->factor_declared || indicator->factor == kind->factor || !kind_known(row))
        return;
    char word[BMS_SETUP_WORD_SIZE];
    bms_reading_mistake(row, "factor", BMS_MISTAKE_FACTOR_NOT_USED, bms_reading_text(row, "factor"),
                        kind_name(row, indicator->kind, word));
}

static const char *read_measure_of_result(bms_reading_row row, const bms_indicator *indicator) {
    const char *measure = bms_reading_text(row, "measure_result");
    const char *of_kind = bms_kind_of(indicator->kind)->unit_of_result;
    if (measure[0] != '\0')
        return measure;
    return of_kind ? of_kind : indicator->numerator.unit_of_measure;
}

static void read_presentation(bms_reading_row row, bms_indicator *indicator) {
    indicator->decimals =
        (int)bms_reading_number_within(row, "decimals", 0, 6, bms_kind_of(indicator->kind)->decimals);
    indicator->unit_of_result = read_measure_of_result(row, indicator);
    indicator->rollup = (enum bms_rollup_rule)bms_reading_choice(row, "rollup", BMS_ROLLUP_OF_KIND);
    indicator->least_coverage = bms_reading_number_within(row, "least_coverage", 0, 100, 50) / 100;
    indicator->least_change = bms_reading_number_within(row, "least_change", 0, 1e12, 0);
    indicator->series_since = bms_accepted_words(row.row);
    indicator->source = bms_reading_text(row, "source");
    indicator->guidance = bms_reading_text(row, "guidance");
}

/** In older setups this was a yes or no column: `yes` and `x` are still understood. */
static enum bms_when_red read_when_red(bms_reading_row row) {
    static const char column[] = "action_when_red";
    const char *text = bms_reading_text(row, column);
    if (bms_says(text, "yes") || bms_text_same(text, "x"))
        return BMS_RED_IS_WARNED;
    return (enum bms_when_red)bms_reading_choice(row, column, BMS_RED_IS_TAKEN);
}

static void read_indicator(bms_reading_row row, size_t index, bms_indicator *indicator) {
    const bms_number_ref nowhere = {BMS_NONE, BMS_NUMERATOR};
    indicator->code = bms_reading_code(row, index, "code");
    indicator->name = bms_reading_text(row, "name");
    indicator->kind = (enum bms_kind)bms_reading_choice(row, "kind", 0);
    indicator->basis = (enum bms_basis)bms_reading_choice(row, "basis", 0);
    indicator->better = (enum bms_better)bms_reading_choice(row, "better", BMS_UP);
    indicator->numerator = (bms_asked_number){.question = bms_reading_text(row, "question_1"),
                                              .unit_of_measure = bms_reading_text(row, "measure_1"),
                                              .same_as = nowhere,
                                              .part_of = nowhere};
    indicator->denominator = (bms_asked_number){.question = bms_reading_text(row, "question_2"),
                                                .unit_of_measure = bms_reading_text(row, "measure_2"),
                                                .same_as = nowhere,
                                                .part_of = nowhere};
    indicator->persons = nowhere;
    indicator->about_persons = bms_reading_yes(row, "about_persons");
    indicator->must_answer = bms_reading_yes(row, "must_answer");
    indicator->when_red = read_when_red(row);
    indicator->from = bms_reading_date(row, "from");
    read_range(row, "least_1", "most_1", &indicator->numerator);
    read_range(row, "least_2", "most_2", &indicator->denominator);
    read_whole(row, indicator);
    read_parts_are_all(row, indicator);
    read_factor(row, indicator);
    read_presentation(row, indicator);
}

static void check_scale(bms_reading_row row, const bms_indicator *indicator) {
    bool same_number = indicator->numerator.same_as.indicator != BMS_NONE;
    bool scale = indicator->numerator.least.known && indicator->numerator.most.known;
    if (bms_kind_of(indicator->kind)->on_a_scale && !scale && !same_number) {
        bms_reading_mistake(row, indicator->numerator.least.known ? "most_1" : "least_1",
                            BMS_MISTAKE_WITHOUT_SCALE, indicator->code, NULL);
    }
}

static void require_question(bms_reading_row row, const char *column, const bms_asked_number *number,
                             const char *code) {
    bool asked = number->question[0] != '\0' || number->same_as.indicator != BMS_NONE;
    if (!asked && bms_reading_has_column(row, column)) {
        bms_reading_mistake(row, column, BMS_MISTAKE_WITHOUT_QUESTION, code,
                            bms_reading_heading(row.reading, row.sheet, "same_as"));
    }
}

static void check_questions(bms_reading_row row, size_t index) {
    const bms_indicator *indicator = &row.reading->definition->indicators[index];
    if (row.reading->unclear_numbers && row.reading->unclear_numbers[index])
        return;
    require_question(row, "question_1", &indicator->numerator, indicator->code);
    if (bms_kind_of(indicator->kind)->has_denominator) {
        require_question(row, "question_2", &indicator->denominator, indicator->code);
        return;
    }
    if (indicator->denominator.question[0] == '\0')
        return;
    char word[BMS_SETUP_WORD_SIZE];
    bms_reading_mistake(row, "question_2", BMS_MISTAKE_QUESTION_NOT_USED,
                        kind_name(row, indicator->kind, word), NULL);
}

/** @return how many numbers are a part of this one. */
static size_t count_parts(const bms_definition *definition, int indicator, enum bms_which which) {
    size_t n = 0;
    for (size_t i = 0; i < definition->n_indicators; i++) {
        const bms_number_ref *first = &definition->indicators[i].numerator.part_of;
        const bms_number_ref *second = &definition->indicators[i].denominator.part_of;
        n += first->indicator == indicator && first->which == which;
        n += second->indicator == indicator && second->which == which;
    }
    return n;
}

/** A number whose parts are all of it needs two; parts of a shared number belong where it is asked for. */
static void check_parts(bms_reading_row row, size_t index) {
    const bms_definition *definition = row.reading->definition;
    const bms_asked_number *numbers[] = {&definition->indicators[index].numerator,
                                         &definition->indicators[index].denominator};
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        if (!numbers[which]->parts_are_all || count_parts(definition, (int)index, (enum bms_which)which) >= 2)
            continue;
        bms_reading_mistake(row, "parts_are_all", BMS_MISTAKE_WITHOUT_PARTS,
                            which == BMS_NUMERATOR ? "1" : "2",
                            bms_reading_heading(row.reading, row.sheet, "part_of"));
        return;
    }
}

void bms_read_indicators(bms_reading *reading) {
    bms_definition *definition = reading->definition;
    size_t n = reading->setup->tables[BMS_SHEET_INDICATORS].n_rows;
    definition->indicators = bms_arena_alloc(reading->arena, n * sizeof *definition->indicators);
    if (!definition->indicators)
        return;
    definition->n_indicators = n;
    for (size_t i = 0; i < n; i++)
        read_indicator(bms_reading_row_at(reading, BMS_SHEET_INDICATORS, i), i, &definition->indicators[i]);
    bms_read_number_references(reading);
    for (size_t i = 0; i < n; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_INDICATORS, i);
        if (!kind_known(row))
            continue;
        check_questions(row, i);
        check_scale(row, &definition->indicators[i]);
        default_ranges(&definition->indicators[i]);
        check_parts(row, i);
    }
}
