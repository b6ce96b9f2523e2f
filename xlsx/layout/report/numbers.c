/**
 * Writes the numbers behind a report (see sheets.h): numerator and denominator of every unit, where they came
 * from, and sums under them. Results are formulas, with cached values, so that a reader can follow them.
 */
#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "xlsx/layout/report/sheets.h"
#include "xlsx/layout/result_formula.h"

#include <math.h>
#include <string.h>

enum {
    INDICATOR,
    UNIT,
    PERIOD,
    NUMERATOR,
    DENOMINATOR,
    RESULT,
    STATUS,
    YEAR_NUMERATOR,
    YEAR_DENOMINATOR,
    YEAR_RESULT,
    FILE_NAME,
    CELLS,
    REVISION,
    SIGNED,
    COLUMNS
};

static const bms_report_column columns[COLUMNS] = {
    {.heading = BMS_TEXT("Indicator"), .width = 27},
    {.heading = BMS_TEXT("Unit"), .width = 25},
    {.heading = BMS_TEXT("Measured period"), .width = 20},
    {.heading = BMS_TEXT("Number 1 (numerator)"), .width = 11, .number = true},
    {.heading = BMS_TEXT("Number 2 (denominator)"), .width = 11, .number = true},
    {.heading = BMS_TEXT("Result"), .width = 11, .number = true},
    {.heading = BMS_TEXT("Status"), .width = 17},
    {.heading = BMS_TEXT("Year to date: number 1"), .width = 11, .number = true},
    {.heading = BMS_TEXT("Year to date: number 2"), .width = 11, .number = true},
    {.heading = BMS_TEXT("Year to date: result"), .width = 11, .number = true},
    {.heading = BMS_TEXT("File"), .width = 30},
    {.heading = BMS_TEXT("Cells"), .width = 16},
    {.heading = BMS_TEXT("Return no."), .width = 12, .number = true},
    {.heading = BMS_TEXT("Signed by"), .width = 16}};

/** Where a pair of numbers and their result are written. */
typedef struct place {
    uint32_t row;
    uint32_t numerator; /* its column; the denominator is the next, the result the one after */
    bool bold;
} place;

/** @return the address of a cell of a row. */
static const char *address(const bms_report_book *report, uint32_t row, uint32_t column) {
    char cell[BMS_ADDRESS_SIZE];
    bms_address_write(row, column, cell);
    return bms_arena_text(report->words.arena, cell);
}

/* Formulas. */

/** @return the formula of a result from the two cells beside it. */
static const char *result_formula(const bms_report_book *report, const bms_indicator *indicator,
                                  const place *at) {
    const char *n = address(report, at->row, at->numerator);
    const char *d = address(report, at->row, at->numerator + 1);
    bms_arena *arena = report->words.arena;
    return bms_arena_format(arena, "=%s",
                            bms_result_formula(arena, indicator->kind, indicator->factor, n, d));
}

static void put_result(const bms_report_book *report, bms_page *page, const place *at,
                       const bms_indicator *indicator, const bms_figure *figure) {
    uint32_t column = at->numerator + 2;
    bool defined =
        figure->there && figure->rolled.answer.state == BMS_REPORTED && figure->rolled.result.known;
    const char *formula =
        defined && !bms_words_is_yes_or_no(indicator, figure) ? result_formula(report, indicator, at) : NULL;
    if (!formula) {
        bms_report_put(report, page, at->row, column, indicator, figure,
                       &(bms_report_cell){.edges = BMS_EDGES_BELOW, .bold = at->bold});
        return;
    }
    const char *unit = bms_report_narrow(indicator).unit_of_result;
    const char *suffix = *unit == '\0' ? "" : bms_arena_format(report->words.arena, "\xC2\xA0%s", unit);
    bms_arena *arena = report->words.arena;
    const double value = figure->rolled.result.value;
    const char *format = bms_number_format_with(arena, figure->decimals, suffix);
    const bms_style style = {.edges = BMS_EDGES_BELOW,
                             .rise = BMS_RISE_MIDDLE,
                             .bold = at->bold,
                             .align = BMS_ALIGN_RIGHT,
                             .indent = 1,
                             .number_format = bms_number_format_for(arena, format, figure->decimals, value)};
    bms_page_formula_number(page, at->row, column, &style, formula, value);
}

/** Whole numbers without decimals, others with their own. */
static bms_style number_style(double value, bool bold) {
    bool decimals = value < floor(value) || value > floor(value);
    return (bms_style){.edges = BMS_EDGES_BELOW,
                       .rise = BMS_RISE_MIDDLE,
                       .bold = bold,
                       .align = BMS_ALIGN_RIGHT,
                       .indent = 1,
                       .number_format = decimals ? "#,##0.0###" : bms_number_format(0)};
}

static void put_number(bms_page *page, uint32_t row, uint32_t column, bms_number number, bool bold) {
    bms_style style = number_style(number.value, bold);
    if (number.known) {
        bms_page_number(page, row, column, &style, number.value);
    } else {
        bms_page_blank(page, row, column, &style);
    }
}

static void put_pair(const bms_report_book *report, bms_page *page, const place *at,
                     const bms_indicator *indicator, const bms_figure *figure) {
    put_number(page, at->row, at->numerator, figure->rolled.answer.numerator, at->bold);
    put_number(page, at->row, at->numerator + 1, figure->rolled.answer.denominator, at->bold);
    put_result(report, page, at, indicator, figure);
}

/* A unit's row. */

static void put_origin(const bms_report_book *report, bms_page *page, uint32_t row,
                       const bms_stored_entry *source) {
    const bms_style style = {.edges = BMS_EDGES_BELOW, .rise = BMS_RISE_MIDDLE};
    const bms_style count = {.edges = BMS_EDGES_BELOW,
                             .rise = BMS_RISE_MIDDLE,
                             .align = BMS_ALIGN_RIGHT,
                             .indent = 1,
                             .number_format = bms_number_format(0)};
    if (!source) {
        for (uint32_t c = FILE_NAME; c < COLUMNS; c++)
            bms_page_blank(page, row, c, &style);
        return;
    }
    bool both = *source->entry.numerator_cell != '\0' && *source->entry.denominator_cell != '\0';
    bms_page_text(page, row, FILE_NAME,
                  &(bms_style){.edges = BMS_EDGES_BELOW, .rise = BMS_RISE_MIDDLE, .wrap = true},
                  source->file);
    bms_page_text(page, row, CELLS, &style,
                  bms_arena_format(report->words.arena, "%s%s%s%s%s", source->sheet,
                                   *source->sheet == '\0' ? "" : "!", source->entry.numerator_cell,
                                   both ? ", " : "", source->entry.denominator_cell));
    bms_page_number(page, row, REVISION, &count, source->revision);
    bms_page_text(page, row, SIGNED, &style, source->signed_by);
}

/** @return whether the year so far is made of more than the latest measurement. */
static bool adds_up(const bms_report_indicator *row) {
    return bms_basis_of(row->indicator->basis)->adds_up;
}

/** What a row is about, in a row high enough for it. @param texts  indicator, unit, period and file */
static void put_labels(bms_page *page, uint32_t row, const char *const texts[4], bms_style style) {
    const double widths[] = {columns[INDICATOR].width, columns[UNIT].width, columns[PERIOD].width,
                             columns[FILE_NAME].width};
    style.wrap = true;
    bms_page_text(page, row, INDICATOR, &style, texts[0]);
    bms_page_text(page, row, UNIT, &style, texts[1]);
    bms_page_text(page, row, PERIOD, &style, texts[2]);
    bms_report_fit_row(page, row, texts, widths, 4, 0);
}

static void put_answer(const bms_report_book *report, bms_page *page, uint32_t at,
                       const bms_report_indicator *row, const bms_report_answer *answer, const char *unit) {
    const bms_style style = {.edges = BMS_EDGES_BELOW, .rise = BMS_RISE_MIDDLE};
    const char *const labels[] = {row->indicator->name, unit, answer->now.period_name,
                                  answer->source ? answer->source->file : ""};
    put_labels(page, at, labels, style);
    put_pair(report, page, &(place){.row = at, .numerator = NUMERATOR}, row->indicator, &answer->now);
    bms_report_put_status(report, page, at, STATUS, &answer->now, 0);
    if (adds_up(row)) {
        put_pair(report, page, &(place){.row = at, .numerator = YEAR_NUMERATOR}, row->indicator,
                 &answer->so_far);
    } else {
        for (uint32_t c = YEAR_NUMERATOR; c <= YEAR_RESULT; c++)
            bms_page_blank(page, at, c, &style);
    }
    put_origin(report, page, at, answer->source);
}

/* The sums. */

/** Sum a column of the units' rows; for means, weighted by the number behind them. */
static void put_sum(const bms_report_book *report, bms_page *page, const place *at, uint32_t first,
                    const bms_indicator *indicator, const bms_figure *figure) {
    const bms_values *answer = &figure->rolled.answer;
    const bms_kind_traits *kind = bms_kind_of(indicator->kind);
    const bms_style style = number_style(answer->numerator.value, true);
    const bms_style style_below = number_style(answer->denominator.value, true);
    const char *n_first = address(report, first, at->numerator);
    const char *n_last = address(report, at->row - 1, at->numerator);
    const char *d_first = address(report, first, at->numerator + 1);
    const char *d_last = address(report, at->row - 1, at->numerator + 1);
    bms_arena *arena = report->words.arena;
    const char *sum = kind->on_a_scale ? bms_arena_format(arena, "=SUMPRODUCT(%s:%s,%s:%s)/SUM(%s:%s)",
                                                          n_first, n_last, d_first, d_last, d_first, d_last)
                                       : bms_arena_format(arena, "=SUM(%s:%s)", n_first, n_last);
    const char *below = kind->yes_or_no ? bms_arena_format(arena, "=COUNT(%s:%s)", n_first, n_last)
                                        : bms_arena_format(arena, "=SUM(%s:%s)", d_first, d_last);
    bms_page_formula_number(page, at->row, at->numerator, &style, sum, answer->numerator.value);
    if (answer->denominator.known) {
        bms_page_formula_number(page, at->row, at->numerator + 1, &style_below, below,
                                answer->denominator.value);
    } else {
        bms_page_blank(page, at->row, at->numerator + 1, &style);
    }
    put_result(report, page, at, indicator, figure);
}

/** @return whether the result is made of the sums, and not by another roll-up of the definition. */
static bool sums_explain(const bms_indicator *indicator, const bms_figure *figure) {
    bool as_kind = indicator->rollup == BMS_ROLLUP_OF_KIND ||
                   (indicator->rollup == BMS_ROLLUP_SUM && bms_kind_of(indicator->kind)->result_is_amount);
    return as_kind && figure->rolled.answer.state == BMS_REPORTED && figure->rolled.answer.numerator.known;
}

static void put_total_pair(const bms_report_book *report, bms_page *page, const place *at, uint32_t first,
                           const bms_indicator *indicator, const bms_figure *figure) {
    if (sums_explain(indicator, figure)) {
        put_sum(report, page, at, first, indicator, figure);
        return;
    }
    const bms_style blank = {.edges = BMS_EDGES_BELOW, .bold = true};
    bms_page_blank(page, at->row, at->numerator, &blank);
    bms_page_blank(page, at->row, at->numerator + 1, &blank);
    bms_report_put(report, page, at->row, at->numerator + 2, indicator, figure,
                   &(bms_report_cell){.edges = BMS_EDGES_BELOW, .bold = true});
}

static void put_total(const bms_report_book *report, bms_page *page, uint32_t at, uint32_t first,
                      const bms_report_indicator *row) {
    const bms_style style = {
        .edges = BMS_EDGES_BELOW, .rise = BMS_RISE_MIDDLE, .bold = true, .fill = BMS_BLUE_PALE};
    const char *coverage = bms_words_coverage(&report->words, &row->now.rolled);
    const char *label = bms_report_fill(report, bms_report_tr(report, BMS_TEXT("Together: {coverage}")),
                                        "coverage", coverage);
    const char *const labels[] = {row->indicator->name, label, row->now.period_name, ""};
    put_labels(page, at, labels, style);
    put_total_pair(report, page, &(place){.row = at, .numerator = NUMERATOR, .bold = true}, first,
                   row->indicator, &row->now);
    bms_report_put_status(report, page, at, STATUS, &row->now, 0);
    if (adds_up(row)) {
        put_total_pair(report, page, &(place){.row = at, .numerator = YEAR_NUMERATOR, .bold = true}, first,
                       row->indicator, &row->so_far);
    }
}

void bms_report_numbers(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    const char *subtitle =
        bms_report_tr(report, BMS_TEXT("The numbers as delivered, and the file and cell they came from. "
                                       "Results are formulas: select one to see how it is calculated."));
    bms_page *page =
        bms_report_list(report, bms_report_tr(report, BMS_TEXT("Numbers")), subtitle, columns, COLUMNS, 2);
    uint32_t at = BMS_REPORT_FIRST;
    for (size_t i = 0; i < model->n_indicators; i++) {
        const bms_report_indicator *row = &model->indicators[i];
        uint32_t first = at;
        for (size_t a = 0; a < row->n_answers; a++) {
            put_answer(report, page, at++, row, &row->answers[a],
                       bms_report_answered_by(report, row->answers[a].unit));
        }
        for (size_t c = 0; c < row->n_closed; c++) {
            put_answer(report, page, at++, row, &row->closed[c],
                       bms_words_closed(&report->words, &model->definition->units[row->closed[c].unit]));
        }
        if (row->n_answers + row->n_closed > 1)
            put_total(report, page, at++, first, row);
    }
}
