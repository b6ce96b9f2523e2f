/** Writes all indicators of a report (see sheets.h), with everything that is known about each. */
#include "core/base/catalogue.h"
#include "xlsx/layout/report/sheets.h"

#include <string.h>

enum {
    NAME,
    SO_FAR,
    PERIOD,
    LAST,
    YEAR_BEFORE,
    SO_FAR_BEFORE,
    CHANGE,
    TARGET,
    STATUS,
    COURSE,
    /* of a leader's report */
    COVERAGE,
    SPREAD,
    COLOURS,
    LEADER_COLUMNS,
    /* of a unit's */
    COMMENT = COVERAGE,
    SOURCE,
    UNIT_COLUMNS
};

static const bms_report_column shared[] = {
    {.heading = BMS_TEXT("Indicator"), .width = 30},
    {.heading = BMS_TEXT("Year to date"), .width = 11, .number = true},
    {.heading = BMS_TEXT("The period"), .width = 11, .number = true},
    {.heading = BMS_TEXT("Last measurement"), .width = 11, .number = true},
    {.heading = BMS_TEXT("Same time last year"), .width = 11, .number = true},
    {.heading = BMS_TEXT("Year to date last year"), .width = 11, .number = true},
    {.heading = BMS_TEXT("Change"), .width = 18},
    {.heading = BMS_TEXT("Target"), .width = 18},
    {.heading = BMS_TEXT("Status"), .width = 17},
    {.heading = BMS_TEXT("Course"), .width = 9}};
static const bms_report_column of_leader[] = {{.heading = BMS_TEXT("Units with answers"), .width = 11},
                                              {.heading = BMS_TEXT("Lowest–highest unit"), .width = 28},
                                              {.heading = BMS_TEXT("Units ●/▲/■/○"), .width = 12}};
static const bms_report_column of_unit[] = {{.heading = BMS_TEXT("Comment"), .width = 36},
                                            {.heading = BMS_TEXT("Where the number is"), .width = 20}};

/** @return which closed units are in the year to date, as a line; "" for none. */
static const char *closed_text(const bms_report_book *report, const bms_report_indicator *row) {
    const char *list = "";
    for (size_t i = 0; i < row->n_closed; i++) {
        const bms_unit *unit = &report->model->definition->units[row->closed[i].unit];
        list = bms_arena_format(report->words.arena, "%s%s%s", list, *list ? "; " : "",
                                bms_words_closed(&report->words, unit));
    }
    return *list == '\0'
               ? ""
               : bms_arena_format(report->words.arena, "\n%s",
                                  bms_report_fill(report,
                                                  bms_report_tr(report, BMS_TEXT("counted too: {units}")),
                                                  "units", list));
}

static const char *name_text(const bms_report_book *report, const bms_report_indicator *row) {
    const char *amount = bms_words_amount(&report->words, row->indicator, &row->now);
    const char *period = row->now.period_name;
    const char *basis = bms_words_basis(&report->words, row->indicator->basis);
    const char *unit = row->indicator->unit_of_result;
    unit = !unit || *bms_report_narrow(row->indicator).unit_of_result != '\0' ? "" : unit;
    const char *preliminary = bms_words_preliminary(&report->words, row);
    return bms_arena_format(report->words.arena, "\n%s, %s%s%s%s%s%s%s%s", period, basis,
                            *unit == '\0' ? "" : ", ", unit, *preliminary == '\0' ? "" : ", ", preliminary,
                            *amount == '\0' ? "" : "\n", amount, closed_text(report, row));
}

static const char *target_text(const bms_report_book *report, const bms_report_indicator *row) {
    const char *target = bms_words_target(&report->words, row->indicator, bms_report_status(row));
    const char *source = bms_words_target_source(&report->words, row);
    return *source == '\0'
               ? target
               : bms_arena_format(report->words.arena, "%s%s%s", target, *target == '\0' ? "" : "\n", source);
}

static const char *change_text(const bms_report_book *report, const bms_report_indicator *row) {
    const char *parts[] = {bms_words_change(&report->words, &row->change),
                           bms_words_compared(&report->words, row->indicator, &row->change),
                           bms_words_same_units(&report->words, row->indicator, &row->change)};
    const char *text = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (*parts[i] != '\0')
            text = bms_arena_format(report->words.arena, "%s%s%s", text, *text == '\0' ? "" : "\n", parts[i]);
    }
    return text;
}

static const char *spread_text(const bms_report_book *report, const bms_report_indicator *row) {
    const char *spread = bms_words_spread(&report->words, row);
    if (*spread == '\0')
        return "";
    return bms_report_fill(report, "{spread}\n{low} – {high}", "spread", spread, "low",
                           bms_report_unit_name(report, row->spread.lowest->unit), "high",
                           bms_report_unit_name(report, row->spread.highest->unit));
}

/** @return who chose the file where the unit had sent several, as a line; "" where there was no choice. */
static const char *chosen_text(const bms_report_book *report, const bms_stored_entry *source) {
    if (*source->origin.chosen_by == '\0')
        return "";
    const char *text = *source->origin.choice == '\0' ? BMS_TEXT("File chosen by {who}")
                                                      : BMS_TEXT("File chosen by {who}: {reason}");
    return bms_arena_format(report->words.arena, "\n%s",
                            bms_report_fill(report, bms_report_tr(report, text), "who",
                                            source->origin.chosen_by, "reason", source->origin.choice));
}

static const char *source_text(const bms_report_book *report, const bms_stored_entry *source) {
    if (!source || *source->file == '\0')
        return "";
    bool both = *source->entry.numerator_cell != '\0' && *source->entry.denominator_cell != '\0';
    return bms_arena_format(report->words.arena, "%s\n%s!%s%s%s%s", source->file, source->sheet,
                            source->entry.numerator_cell, both ? ", " : "", source->entry.denominator_cell,
                            chosen_text(report, source));
}

static const char *comment_text(const bms_report_book *report, const bms_stored_entry *source) {
    if (!source)
        return "";
    if (source->entry.reason == BMS_NO_REASON)
        return bms_report_remarks(report, source, source->entry.comment);
    const char *reason = bms_report_tr(report, bms_reason_text(source->entry.reason));
    const char *text = bms_arena_format(report->words.arena, "%s%s%s", reason,
                                        *source->entry.comment == '\0' ? "" : ". ", source->entry.comment);
    return bms_report_remarks(report, source, text);
}

static void put_figures(const bms_report_book *report, bms_page *page, uint32_t at,
                        const bms_report_indicator *row) {
    const bms_report_cell coloured = {.coloured = true, .edges = BMS_EDGES_BELOW};
    const bms_report_cell plain = {.edges = BMS_EDGES_BELOW};
    const bms_figure none = {.period_name = ""};
    bms_report_put(report, page, at, SO_FAR, row->indicator,
                   bms_report_shows_year(row) ? &row->so_far : &none, &coloured);
    bms_report_put(report, page, at, PERIOD, row->indicator,
                   bms_basis_of(row->indicator->basis)->to_date ? &none : &row->now, &coloured);
    bms_report_put(report, page, at, LAST, row->indicator, &row->last, &plain);
    bms_report_put(report, page, at, YEAR_BEFORE, row->indicator, &row->year_before, &plain);
    bms_report_put(report, page, at, SO_FAR_BEFORE, row->indicator, &row->so_far_before, &plain);
    bms_report_put_status(report, page, at, STATUS, bms_report_status(row), 0);
}

static void put_indicator(const bms_report_book *report, bms_page *page, uint32_t at,
                          const bms_report_indicator *row) {
    const bms_style text = {.wrap = true, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_BELOW};
    bool unit = report->model->kind == BMS_REPORT_UNIT;
    const bms_stored_entry *source = row->own ? row->own->source : NULL;
    const char *name = name_text(report, row);
    const char *texts[] = {bms_arena_format(report->words.arena, "%s%s", row->indicator->name, name),
                           change_text(report, row), target_text(report, row),
                           unit ? comment_text(report, source) : spread_text(report, row),
                           unit ? source_text(report, source) : NULL};
    const double widths[] = {shared[NAME].width, shared[CHANGE].width, shared[TARGET].width,
                             unit ? of_unit[0].width : of_leader[1].width, of_unit[1].width};
    bms_page_text(page, at, NAME, &text,
                  texts[0]); /* one style: with two the library makes a temporary file */
    put_figures(report, page, at, row);
    bms_page_text(page, at, CHANGE, &text, texts[1]);
    bms_page_text(page, at, TARGET, &text, texts[2]);
    bms_page_text(page, at, COURSE, &text, bms_words_course_of(&report->words, row));
    if (unit) {
        bms_page_text(page, at, COMMENT, &text, texts[3]);
        bms_page_text(page, at, SOURCE, &text, texts[4]);
    } else {
        const size_t *n = row->spread.n;
        bms_page_text(page, at, COVERAGE, &text, bms_words_coverage(&report->words, &row->now.rolled));
        bms_page_text(page, at, SPREAD, &text, texts[3]);
        bms_page_text(page, at, COLOURS, &text,
                      bms_arena_format(report->words.arena, "%zu/%zu/%zu/%zu", n[BMS_GREEN], n[BMS_YELLOW],
                                       n[BMS_RED], n[BMS_NO_COLOUR]));
    }
    bms_report_fit_row(page, at, texts, widths, sizeof texts / sizeof *texts, 0);
}

static void put_group(const bms_report_book *report, bms_page *page, uint32_t at, const bms_report_line *line,
                      uint32_t columns) {
    const bms_definition *definition = report->model->definition;
    const bms_style style = {.bold = true, .ink = BMS_NAVY, .fill = BMS_BLUE_PALE, .rise = BMS_RISE_MIDDLE};
    const char *text = bms_report_tr(report, BMS_TEXT("On no scorecard"));
    if (line->criterion != BMS_NONE) {
        const bms_criterion *criterion = &definition->criteria[line->criterion];
        const bms_focus_area *area = &definition->focus_areas[line->focus_area];
        text = bms_arena_format(report->words.arena, "%s › %s › %s",
                                definition->scorecards[line->scorecard].name, area->name, criterion->name);
    }
    bms_page_text(page, at, 0, &style, text);
    for (uint32_t c = 1; c < columns; c++)
        bms_page_blank(page, at, c, &style);
}

void bms_report_detail(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    bool unit = model->kind == BMS_REPORT_UNIT;
    bms_report_column columns[LEADER_COLUMNS];
    size_t n = sizeof shared / sizeof *shared;
    memcpy(columns, shared, sizeof shared);
    memcpy(columns + n, unit ? of_unit : of_leader, unit ? sizeof of_unit : sizeof of_leader);
    n = unit ? UNIT_COLUMNS : LEADER_COLUMNS;
    const char *subtitle = bms_report_tr(
        report,
        BMS_TEXT(
            "The status is that of the year to date where one is shown with a colour, else that of the "
            "latest "
            "measurement. The year to date adds up what was measured in the year; where units were asked for "
            "the year to date, the latest replaces the earlier ones."));
    bms_page *page =
        bms_report_list(report, bms_report_tr(report, BMS_TEXT("All indicators")), subtitle, columns, n, 1);
    uint32_t at = BMS_REPORT_FIRST;
    for (size_t i = 0; i < model->n_lines; i++) {
        const bms_report_line *line = &model->lines[i];
        if (i == 0 || line->criterion != model->lines[i - 1].criterion)
            put_group(report, page, at++, line, (uint32_t)n);
        put_indicator(report, page, at++, &model->indicators[line->indicator]);
    }
}
