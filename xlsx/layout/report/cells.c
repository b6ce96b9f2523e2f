/** What the sheets of a report have in common (see sheets.h): texts, results in cells, lists. */
#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "xlsx/layout/report/sheets.h"

#include <math.h>
#include <string.h>

/* Of a unit of measure after a number, and of a heading that reads upwards. */
enum { WIDEST_UNIT = 4, HIGHEST_HEADING = 175 };

const char *bms_report_tr(const bms_report_book *report, const char *text) {
    return bms_tr(report->words.language, text);
}

const char *bms_report_count(const bms_report_book *report, size_t n) {
    return bms_arena_format(report->words.arena, "%zu", n);
}

const char *bms_report_unit_name(const bms_report_book *report, int unit) {
    return report->model->definition->units[unit].name;
}

const char *bms_report_period(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    if (!model->preliminary)
        return model->period_name;
    return bms_report_fill(report, bms_report_tr(report, BMS_TEXT("{period} (preliminary)")), "period",
                           model->period_name);
}

const char *bms_report_other_period(const bms_report_book *report, const bms_figure *figure) {
    bool other = strcmp(figure->period_name, report->model->period_name) != 0;
    const char *year = figure->of_year ? bms_report_tr(report, BMS_TEXT("the year to date")) : "";
    return bms_arena_format(report->words.arena, "%s%s%s", other ? figure->period_name : "",
                            other && figure->of_year ? ", " : "", year);
}

const char *bms_report_short_period(const bms_report_book *report, const bms_figure *figure) {
    const bms_report_model *model = report->model;
    const char *year =
        bms_arena_format(report->words.arena, " %.4s", model->definition->calendar[model->form].period.code);
    const char *name = figure->period_name;
    const size_t length = strlen(name);
    const size_t of_year = strlen(year);
    if (length <= of_year || strcmp(name + length - of_year, year) != 0)
        return name;
    return bms_arena_format(report->words.arena, "%.*s", (int)(length - of_year), name);
}

const char *bms_report_dated(const bms_report_book *report, const bms_indicator *indicator,
                             const bms_figure *figure) {
    if (*bms_report_other_period(report, figure) == '\0')
        return indicator->name;
    return bms_arena_format(report->words.arena, "%s (%s)", indicator->name,
                            bms_report_short_period(report, figure));
}

const char *bms_report_answered_by(const bms_report_book *report, int unit) {
    const bms_definition *definition = report->model->definition;
    bms_day day = definition->calendar[report->model->form].period.to;
    return bms_words_answered_by(&report->words, definition, unit, day);
}

const char *bms_report_delivery_word(const bms_report_book *report, const bms_delivery *delivery) {
    const char *word = bms_delivery_stage_word(delivery->stage);
    return *word == '\0' ? "" : bms_report_tr(report, word);
}

bool bms_report_not_in(const bms_delivery *delivery) {
    return delivery->stage != BMS_STAGE_NOT_ASKED && (delivery->revision == 0 || delivery->held > 0);
}

const char *bms_report_cut(const bms_report_book *report, const char *text, double width) {
    if (bms_text_width(text, false) <= width && !strchr(text, '\n'))
        return text;
    char *cut = bms_arena_buffer(report->words.arena, text, strlen(text));
    if (!cut)
        return "";
    cut[strcspn(cut, "\n")] = '\0';
    size_t length = strlen(cut);
    while (length > 0 && bms_text_width(cut, false) > width - 1.5) {
        length = bms_text_fit(cut, length - 1);
        cut[length] = '\0';
    }
    return bms_arena_format(report->words.arena, "%s…", cut);
}

/* Results. */

bms_indicator bms_report_narrow(const bms_indicator *indicator) {
    bms_indicator narrow = *indicator;
    if (!narrow.unit_of_result || bms_text_width(narrow.unit_of_result, false) > WIDEST_UNIT)
        narrow.unit_of_result = "";
    return narrow;
}

/** @return a number format that shows shape, number and unit; the cell keeps the bare number. */
static const char *result_format(const bms_report_book *report, const bms_indicator *indicator,
                                 const bms_figure *figure, const bms_report_cell *how) {
    bms_arena *arena = report->words.arena;
    const char *shape = how->coloured ? bms_colour_shape(figure->colour) : "";
    const char *gap = how->coloured ? " " : "";
    if (bms_words_is_yes_or_no(indicator, figure)) {
        return bms_arena_format(arena, "\"%s%s%s\";;\"%s%s%s\"", shape, gap,
                                bms_report_tr(report, BMS_TEXT("Yes")), shape, gap,
                                bms_report_tr(report, BMS_TEXT("No")));
    }
    const char *unit = how->without_unit ? "" : bms_report_narrow(indicator).unit_of_result;
    const char *suffix = bms_arena_format(arena, "%s%s", *unit == '\0' ? "" : "\xC2\xA0", unit);
    const char *number = *suffix ? bms_number_format_with(arena, figure->decimals, suffix)
                                 : bms_number_format(figure->decimals);
    const double value = figure->rolled.result.value;
    if (!how->coloured)
        return bms_number_format_for(arena, number, figure->decimals, value);
    /* None before a zero. */
    const char *sign = bms_number_round(value, figure->decimals) < 0.0 ? "\u2212" : "";
    return bms_arena_format(arena, "\"%s \"%s;\"%s %s\"%s", shape, number, shape, sign, number);
}

void bms_report_put(const bms_report_book *report, bms_page *page, uint32_t row, uint32_t column,
                    const bms_indicator *indicator, const bms_figure *figure, const bms_report_cell *how) {
    bms_style style = {.size = how->size,
                       .edges = how->edges,
                       .bold = how->bold,
                       .align = how->centred ? BMS_ALIGN_CENTRE : BMS_ALIGN_RIGHT,
                       .indent = !how->centred,
                       .rise = BMS_RISE_MIDDLE};
    const bms_rolled *rolled = &figure->rolled;
    if (figure->there && rolled->answer.state == BMS_REPORTED && rolled->result.known) {
        const bms_look *look = bms_look_of(figure->colour);
        if (how->coloured && figure->colour != BMS_NO_COLOUR) {
            style.ink = look->ink;
            style.fill = look->fill;
        }
        style.number_format = result_format(report, indicator, figure, how);
        bms_page_number(page, row, column, &style, rolled->result.value);
        return;
    }
    bool nothing = !figure->there || rolled->answer.state == BMS_REPORTED;
    style.ink = BMS_GREY_TEXT;
    style.italic = !nothing;
    const char *word = rolled->answer.state == BMS_EMPTY_BASE
                           ? bms_report_tr(report, BMS_TEXT("0 of 0"))
                           : bms_words_state(&report->words, rolled->answer.state);
    bms_page_text(page, row, column, &style, nothing ? "–" : word);
}

void bms_report_merged_noted(bms_page *page, bms_range range, const bms_style *style, const char *text,
                             const bms_style *note_style, const char *note) {
    bms_page_merged(page, range, style, "");
    bms_page_noted(page, range.first_row, range.first_column, style, text, note_style, note);
}

static const char *status_text(const bms_report_book *report, const bms_figure *figure) {
    if (!figure->there)
        return "";
    return bms_status_text(report->words.arena, report->words.language, figure->colour, figure->why);
}

void bms_report_put_status(const bms_report_book *report, bms_page *page, uint32_t row, uint32_t column,
                           const bms_figure *figure, double size) {
    const bms_look *look = bms_look_of(figure->colour);
    bms_style style = {.size = size,
                       .ink = look->ink,
                       .fill = figure->there ? look->fill : 0,
                       .bold = figure->colour == BMS_RED,
                       .edges = BMS_EDGES_BELOW,
                       .rise = BMS_RISE_MIDDLE};
    bms_page_text(page, row, column, &style, status_text(report, figure));
}

/* Lists. */

static void put_titles(const bms_report_book *report, bms_page *page, const char *name,
                       const char *subtitle) {
    const bms_report_model *model = report->model;
    const char *title =
        bms_arena_format(report->words.arena, "%s – %s", name, bms_report_unit_name(report, model->unit));
    bms_page_text(page, 0, 0, &(bms_style){.size = 16, .bold = true, .ink = BMS_NAVY}, title);
    bms_page_height(page, 0, 24);
    const char *line = bms_report_fill(
        report, bms_report_tr(report, BMS_TEXT("{period}. Edition {edition}.")), "period",
        bms_report_period(report), "edition", bms_report_count(report, (size_t)model->edition));
    bms_page_text(page, 1, 0, &(bms_style){.ink = BMS_GREY_TEXT}, line);
    bms_page_text(page, 2, 0, &(bms_style){.ink = BMS_GREY_TEXT}, subtitle);
}

/** @return the height in points that a heading needs. */
static double heading_height(const bms_report_column *column, const char *text) {
    if (column->turned)
        return fmin(bms_text_width(text, true) * 4.9 + 8, HIGHEST_HEADING);
    return bms_line_height(bms_text_lines(text, column->width - 1, 10, true), 10) + 4;
}

static void put_column_headings(const bms_report_book *report, bms_page *page,
                                const bms_report_column *columns, size_t n) {
    double height = 0;
    for (size_t i = 0; i < n; i++) {
        const bms_style style = {.bold = true,
                                 .ink = BMS_WHITE,
                                 .fill = BMS_NAVY,
                                 .wrap = true,
                                 .rise = columns[i].turned ? BMS_RISE_BOTTOM : BMS_RISE_MIDDLE,
                                 .turned = columns[i].turned,
                                 .align = columns[i].number ? BMS_ALIGN_RIGHT : BMS_ALIGN_LEFT,
                                 .indent = columns[i].number,
                                 .size = 10};
        const char *text = *columns[i].heading == '\0' ? "" : bms_report_tr(report, columns[i].heading);
        height = fmax(height, heading_height(&columns[i], text));
        bms_page_width(page, (uint32_t)i, columns[i].width);
        bms_page_text(page, BMS_REPORT_FIRST - 1, (uint32_t)i, &style, text);
    }
    bms_page_height(page, BMS_REPORT_FIRST - 1, height);
}

bms_page *bms_report_list(const bms_report_book *report, const char *name, const char *subtitle,
                          const bms_report_column *columns, size_t n, uint32_t frozen) {
    bms_page *page = bms_book_add_page(report->book, name);
    put_titles(report, page, name, subtitle);
    put_column_headings(report, page, columns, n);
    bms_page_freeze(page, BMS_REPORT_FIRST, frozen);
    bms_page_plain(page);
    bms_page_paper_set(
        page, &(bms_page_paper){.landscape = true,
                                .repeat = true,
                                .repeat_from = BMS_REPORT_FIRST - 1,
                                .repeat_to = BMS_REPORT_FIRST - 1,
                                .footer = bms_report_unit_name(report, report->model->unit),
                                .page_numbers = bms_report_tr(report, BMS_TEXT("Page {page} of {pages}"))});
    return page;
}

void bms_report_fit_row(bms_page *page, uint32_t row, const char *const *texts, const double *widths,
                        size_t n, double size) {
    int lines = 1;
    for (size_t i = 0; i < n; i++) {
        int needed = !texts[i] ? 1 : bms_text_lines(texts[i], widths[i] - 1, size, false);
        lines = needed > lines ? needed : lines;
    }
    bms_page_height(page, row, bms_line_height(lines, size) + 3);
}

void bms_report_nothing(const bms_report_book *report, bms_page *page, size_t n_columns, const char *text) {
    (void)report;
    bms_page_merged(page, bms_range_of(BMS_REPORT_FIRST, 0, BMS_REPORT_FIRST, (uint32_t)n_columns - 1),
                    &(bms_style){.italic = true, .ink = BMS_GREY_TEXT}, text);
}
