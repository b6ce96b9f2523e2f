/** Writes the units of a leader's report (see sheets.h): the matrix with the indicators, and deliveries. */
#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "xlsx/layout/report/sheets.h"

enum { FIRST_INDICATOR = 2 };

/* The matrix. */

static bms_report_column *matrix_columns(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    bms_report_column *columns =
        bms_arena_alloc(report->words.arena, (FIRST_INDICATOR + model->n_indicators) * sizeof *columns);
    if (!columns)
        return NULL;
    columns[0] = (bms_report_column){.heading = BMS_TEXT("Unit"), .width = 32};
    columns[1] = (bms_report_column){.heading = BMS_TEXT("Delivery"), .width = 24};
    for (size_t i = 0; i < model->n_indicators; i++) {
        columns[FIRST_INDICATOR + i] = (bms_report_column){
            .heading = bms_report_dated(report, model->indicators[i].indicator, &model->indicators[i].now),
            .width = 10,
            .turned = true};
    }
    return columns;
}

static const char *unit_text(const bms_report_book *report, const bms_report_unit *unit) {
    const char *name = bms_report_unit_name(report, unit->unit);
    return unit->own ? bms_report_fill(report, bms_report_tr(report, BMS_TEXT("{unit}, its own figures")),
                                       "unit", name)
                     : name;
}

/** @return a period for a narrow cell: its code, and of one that the setup has named its last day. */
static const char *short_period(const bms_report_book *report, const bms_figure *figure) {
    const bms_definition *definition = report->model->definition;
    bms_period regular;
    int period = bms_definition_period(definition, figure->period_code);
    if (period == BMS_NONE || bms_period_parse(figure->period_code, &regular))
        return figure->period_code;
    return bms_day_text(report->words.arena, definition->calendar[period].period.to, report->words.language);
}

/** Write a figure that is no part of its row's result, with the period it is of and without its colour. */
static void put_apart(const bms_report_book *report, bms_page *page, uint32_t at, uint32_t column,
                      const bms_report_indicator *row, const bms_figure *figure) {
    const bms_words *words = &report->words;
    const bms_number result = figure->rolled.result;
    const bms_style style = {.size = 8,
                             .ink = BMS_GREY_TEXT,
                             .italic = true,
                             .wrap = true,
                             .align = BMS_ALIGN_CENTRE,
                             .edges = BMS_EDGES_BELOW,
                             .rise = BMS_RISE_MIDDLE};
    const char *text = bms_words_state(words, figure->rolled.answer.state);
    if (result.known && bms_words_is_yes_or_no(row->indicator, figure)) {
        text = bms_report_tr(report, result.value > 0 ? BMS_TEXT("Yes") : BMS_TEXT("No"));
    } else if (result.known) {
        text = bms_number_text(words->arena, result.value, figure->decimals, words->language);
    }
    bms_page_text(page, at, column, &style,
                  bms_arena_format(words->arena, "%s\n%s", text, short_period(report, figure)));
}

/** @return whether any of the unit's figures is no part of its row's. */
static bool put_unit_figures(const bms_report_book *report, bms_page *page, uint32_t at,
                             const bms_report_unit *unit) {
    const bms_report_model *model = report->model;
    const bms_report_cell cell = {.size = 10,
                                  .coloured = true,
                                  .without_unit = true,
                                  .centred = true,
                                  .bold = unit->parent,
                                  .edges = BMS_EDGES_BELOW};
    bool any = false;
    for (size_t i = 0; i < model->n_indicators; i++) {
        const bms_report_indicator *row = &model->indicators[i];
        uint32_t column = (uint32_t)(FIRST_INDICATOR + i);
        if (unit->figures[i].there && unit->figures[i].apart) {
            put_apart(report, page, at, column, row, &unit->figures[i]);
            any = true;
        } else {
            bms_report_put(report, page, at, column, row->indicator, &unit->figures[i], &cell);
        }
    }
    return any;
}

static void put_unit(const bms_report_book *report, bms_page *page, uint32_t at,
                     const bms_report_unit *unit) {
    bool late = bms_report_not_in(&unit->delivery);
    const bms_style name = {.bold = unit->parent,
                            .indent = (uint8_t)(unit->depth < 12 ? unit->depth : 12),
                            .fill = unit->parent ? BMS_BLUE_PALE : 0,
                            .edges = BMS_EDGES_BELOW,
                            .rise = BMS_RISE_MIDDLE};
    const bms_style delivered = {.ink = late ? BMS_ALARM_TEXT : BMS_GREY_TEXT,
                                 .fill = late ? BMS_ALARM_FILL : name.fill,
                                 .edges = BMS_EDGES_BELOW,
                                 .rise = BMS_RISE_MIDDLE};
    bms_page_text(page, at, 0, &name, unit_text(report, unit));
    bms_page_text(page, at, 1, &delivered,
                  unit->former ? bms_report_tr(report, BMS_TEXT("belonged here then"))
                               : bms_report_delivery_word(report, &unit->delivery));
    bool any_apart = put_unit_figures(report, page, at, unit);
    bms_page_height(page, at, any_apart ? 25 : 16.5);
}

void bms_report_matrix(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    bms_report_column *columns = matrix_columns(report);
    if (!columns)
        return;
    const char *subtitle = bms_report_fill(
        report,
        bms_report_tr(
            report, BMS_TEXT("The status of each unit, the year to date where it is shown, else the latest "
                             "measurement: {legend}. Units with others "
                             "below them show the rolled-up result. – means not asked for. In grey, with its "
                             "period: the unit's last number from before that.")),
        "legend", bms_colour_legend(report->words.arena, report->words.language));
    bms_page *page = bms_report_list(report, bms_report_tr(report, BMS_TEXT("Units")), subtitle, columns,
                                     FIRST_INDICATOR + model->n_indicators, FIRST_INDICATOR);
    for (size_t u = 0; u < model->n_units; u++)
        put_unit(report, page, BMS_REPORT_FIRST + (uint32_t)u, &model->units[u]);
}

/* Deliveries. */

enum { UNIT, STATE, EXPECTED, REPORTED, MISSING, REVISION, FILE_NAME, WHY, DELIVERY_COLUMNS };

static const bms_report_column delivery_columns[] = {
    {.heading = BMS_TEXT("Unit"), .width = 30},
    {.heading = BMS_TEXT("State"), .width = 28},
    {.heading = BMS_TEXT("Asked for"), .width = 9, .number = true},
    {.heading = BMS_TEXT("Answered"), .width = 9, .number = true},
    {.heading = BMS_TEXT("Missing"), .width = 9, .number = true},
    {.heading = BMS_TEXT("Return no."), .width = 11, .number = true},
    {.heading = BMS_TEXT("File"), .width = 26},
    {.heading = BMS_TEXT("Why"), .width = 44}};

static void put_delivery(const bms_report_book *report, bms_page *page, uint32_t at,
                         const bms_report_unit *unit) {
    const bms_delivery *delivery = &unit->delivery;
    bool late = bms_report_not_in(delivery);
    const bms_style text = {.wrap = true, .edges = BMS_EDGES_BELOW, .rise = BMS_RISE_MIDDLE};
    const bms_style state = {.wrap = true,
                             .rise = BMS_RISE_MIDDLE,
                             .edges = BMS_EDGES_BELOW,
                             .ink = late ? BMS_ALARM_TEXT : 0,
                             .fill = late ? BMS_ALARM_FILL : 0};
    const bms_style count = {.edges = BMS_EDGES_BELOW,
                             .rise = BMS_RISE_MIDDLE,
                             .align = BMS_ALIGN_RIGHT,
                             .indent = 1,
                             .number_format = bms_number_format(0)};
    bms_page_text(page, at, UNIT, &text, bms_report_unit_name(report, unit->unit));
    bms_page_text(page, at, STATE, &state, bms_report_delivery_word(report, delivery));
    bms_page_number(page, at, EXPECTED, &count, delivery->expected);
    bms_page_number(page, at, REPORTED, &count, delivery->reported);
    bms_page_number(page, at, MISSING, &count, delivery->missing);
    if (delivery->revision > 0) {
        bms_page_number(page, at, REVISION, &count, delivery->revision);
    } else {
        bms_page_blank(page, at, REVISION, &count);
    }
    bms_page_text(page, at, FILE_NAME, &text, delivery->file);
    bms_page_text(page, at, WHY, &text, delivery->why);
    const char *texts[] = {bms_report_unit_name(report, unit->unit), delivery->file, delivery->why};
    const double widths[] = {delivery_columns[UNIT].width, delivery_columns[FILE_NAME].width,
                             delivery_columns[WHY].width};
    bms_report_fit_row(page, at, texts, widths, 3, 0);
}

void bms_report_deliveries(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    const char *subtitle = bms_report_fill(
        report,
        bms_report_tr(report,
                      BMS_TEXT("{n} of {count} have delivered. Those that have not are listed first.")),
        "n", bms_report_count(report, model->n_delivered_units), "count",
        bms_report_count(report, model->n_expected_units));
    bms_page *page = bms_report_list(report, bms_report_tr(report, BMS_TEXT("Deliveries")), subtitle,
                                     delivery_columns, DELIVERY_COLUMNS, 1);
    uint32_t at = BMS_REPORT_FIRST;
    for (int late = 1; late >= 0; late--) {
        for (size_t u = 0; u < model->n_units; u++) {
            const bms_delivery *delivery = &model->units[u].delivery;
            if (delivery->stage != BMS_STAGE_NOT_ASKED && bms_report_not_in(delivery) == late)
                put_delivery(report, page, at++, &model->units[u]);
        }
    }
    if (at == BMS_REPORT_FIRST) {
        bms_report_nothing(report, page, DELIVERY_COLUMNS,
                           bms_report_tr(report, BMS_TEXT("No forms were sent this period.")));
    }
}
