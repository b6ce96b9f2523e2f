/**
 * Writes the first sheet of a report (see front.h): how are we doing, what is red, who has not delivered,
 * what is being done. To the left the scorecard, to the right (beside.c) what needs a decision; all of it on
 * a laptop's screen and on one page of A4.
 */
#include "xlsx/layout/report/front.h"
#include "core/base/catalogue.h"

#include <string.h>

enum { ROW_TITLE, ROW_ABOUT, ROW_TILES, ROW_GAP, ROW_HEADING };
enum { ROWS_ON_ONE_PAGE = 50 };

/* Heights in points. */
static const double one_line = 16.5;
static const double two_lines = 28;
static const double three_lines = 38;

static const double widths[BMS_FRONT_COLUMNS] = {
    [BMS_FRONT_NAME] = 35,         [BMS_FRONT_SO_FAR] = 11,  [BMS_FRONT_PERIOD] = 10.5,
    [BMS_FRONT_YEAR_BEFORE] = 9.5, [BMS_FRONT_CHANGE] = 25,  [BMS_FRONT_TARGET] = 10,
    [BMS_FRONT_STATUS] = 17,       [BMS_FRONT_SPREAD] = 9,   [BMS_FRONT_GAP] = 1,
    [BMS_FRONT_BESIDE] = 31,       [BMS_FRONT_VALUE] = 10.5, [BMS_FRONT_MORE] = 14};

/* Title and tiles. */

/** Which definition and which state of the history it was made from: bms verify HASH compares it with later.
 */
static const char *made_from(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    const char *setup = bms_report_fill(
        report, bms_report_tr(report, BMS_TEXT("bms {program} · Setup {version}")), "program", bms_version(),
        "version", bms_report_count(report, (size_t)model->definition->version));
    if (!model->history || *model->history == '\0')
        return setup;
    return bms_report_fill(report, bms_report_tr(report, BMS_TEXT("{setup} · History {hash}")), "setup",
                           setup, "hash", bms_arena_copy(report->words.arena, model->history, 12));
}

static const char *about_text(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    const bms_unit *unit = &model->definition->units[model->unit];
    bms_arena *arena = report->words.arena;
    const char *leader = "";
    if (*unit->leader != '\0') {
        leader = bms_report_fill(report, bms_report_tr(report, BMS_TEXT(" · Leader: {leader}")), "leader",
                                 unit->leader);
    }
    bms_day last = model->definition->calendar[model->form].period.to;
    const char *past = bms_words_past(&report->words, model->definition, model->unit, last);
    if (*past != '\0')
        leader = bms_arena_format(arena, "%s · %s", leader, past);
    const char *text = model->preliminary
                           ? BMS_TEXT("PRELIMINARY: the period is not over until {day}. Edition {edition}, "
                                      "{made}{changed}{leader}")
                           : BMS_TEXT("Figures as of {day}. Edition {edition}, {made}{changed}{leader}");
    return bms_report_fill(report, bms_report_tr(report, text), "day",
                           bms_day_text(arena, last, model->language), "edition",
                           bms_report_count(report, (size_t)model->edition), "made",
                           bms_day_text(arena, bms_day_here(model->made_at), model->language), "changed",
                           bms_report_changed_line(report), "leader", leader);
}

static double width_of(uint32_t from, uint32_t to) {
    double width = 0;
    for (uint32_t c = from; c <= to; c++)
        width += widths[c];
    return width;
}

/** @return the largest size at which a bold text is in a width on one line; at least the smallest. */
static double fitting_size(const char *text, double width, double largest, double smallest) {
    static const double other_letters = 1.15; /* of a computer without the usual ones */
    double size = largest;
    while (size > smallest && bms_text_width(text, true) * size / 11 * other_letters > width - 1)
        size -= 0.5;
    return size;
}

static void put_title(const bms_report_book *report, bms_page *page) {
    const bms_report_model *model = report->model;
    const char *unit = bms_report_unit_name(report, model->unit);
    const char *title = bms_arena_format(report->words.arena, "%s – %s", unit, bms_report_period(report));
    bms_page_text(page, ROW_TITLE, 0,
                  &(bms_style){.size = fitting_size(title, width_of(BMS_FRONT_NAME, BMS_FRONT_SPREAD), 18, 9),
                               .bold = true,
                               .ink = BMS_NAVY,
                               .rise = BMS_RISE_MIDDLE},
                  title);
    bms_page_height(page, ROW_TITLE, 26);
    bms_page_text(
        page, ROW_ABOUT, 0,
        &(bms_style){.ink = model->preliminary ? BMS_ALARM_TEXT : BMS_GREY_TEXT, .bold = model->preliminary},
        about_text(report));
    if (model->internal) {
        const char *least = bms_report_count(report, (size_t)model->definition->municipality.least_persons);
        const char *badge = bms_report_fill(
            report, bms_report_tr(report, BMS_TEXT("INTERNAL: shows figures for fewer than {n} persons")),
            "n", least);
        bms_page_merged(page, bms_range_of(ROW_TITLE, BMS_FRONT_BESIDE, ROW_TITLE, BMS_FRONT_MORE),
                        &(bms_style){.bold = true,
                                     .ink = BMS_ALARM_TEXT,
                                     .fill = BMS_ALARM_FILL,
                                     .align = BMS_ALIGN_CENTRE,
                                     .rise = BMS_RISE_MIDDLE},
                        badge);
    }
}

static void put_tile(bms_page *page, uint32_t from, uint32_t to, bms_ink ink, bms_ink fill,
                     const char *text) {
    bms_style style = {.size = fitting_size(text, width_of(from, to), 13, 9),
                       .bold = true,
                       .wrap = true,
                       .ink = ink,
                       .fill = fill,
                       .align = BMS_ALIGN_CENTRE,
                       .rise = BMS_RISE_MIDDLE};
    bms_page_merged(page, bms_range_of(ROW_TILES, from, ROW_TILES, to), &style, text);
}

static const char *delivered_text(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    if (model->kind != BMS_REPORT_UNIT) {
        const char *text =
            bms_tr_plural(model->language, BMS_TEXT("{n} of {count} unit has delivered"),
                          BMS_TEXT("{n} of {count} units have delivered"), model->n_expected_units);
        return bms_report_fill(report, text, "n", bms_report_count(report, model->n_delivered_units), "count",
                               bms_report_count(report, model->n_expected_units));
    }
    const bms_delivery *delivery = &model->units[0].delivery;
    if (bms_report_not_in(delivery)) {
        const char *text = bms_report_delivery_word(report, delivery);
        return bms_report_fill(report, bms_report_tr(report, BMS_TEXT("The form is {state}")), "state", text);
    }
    const char *text = delivery->late ? BMS_TEXT("Delivered late: {n} of {of} answers")
                                      : BMS_TEXT("Delivered: {n} of {of} answers");
    return bms_report_fill(report, bms_report_tr(report, text), "n",
                           bms_report_count(report, (size_t)delivery->reported), "of",
                           bms_report_count(report, (size_t)delivery->expected));
}

/** @return how many numbers were left out when the rest of their return was released. */
static size_t to_be_clarified(const bms_report_model *model) {
    size_t n = 0;
    for (size_t i = 0; i < model->n_indicators; i++) {
        const bms_report_indicator *row = &model->indicators[i];
        for (size_t a = 0; a < row->n_answers; a++) {
            const bms_stored_entry *source = row->answers[a].source;
            n += source && source->entry.reason == BMS_TO_BE_CLARIFIED;
        }
    }
    return n;
}

/** Who has delivered, and how much of it is still to be clarified. */
static const char *came_in_text(const bms_report_book *report) {
    const char *delivered = delivered_text(report);
    size_t n = to_be_clarified(report->model);
    if (n == 0)
        return delivered;
    return bms_report_fill(report, bms_report_tr(report, BMS_TEXT("{delivered} · {n} to be clarified")),
                           "delivered", delivered, "n", bms_report_count(report, n));
}

/** How many indicators have a colour, in a leader's report said to be of all units together; grey for none.
 */
static void put_colour_tile(const bms_report_book *report, bms_page *page, uint32_t from, uint32_t to,
                            enum bms_colour colour) {
    const bms_report_model *model = report->model;
    size_t n = model->n_by_colour[colour];
    const bms_look *look = bms_look_of(n == 0 ? BMS_NO_COLOUR : colour);
    const char *word = bms_report_tr(report, bms_colour_word(colour));
    const char *text = bms_arena_format(report->words.arena, "%zu %s", n, word);
    if (model->kind != BMS_REPORT_UNIT && colour == BMS_RED) {
        text = bms_report_fill(report, bms_report_tr(report, BMS_TEXT("Together: {n} of {count} {far}")), "n",
                               bms_report_count(report, n), "count",
                               bms_report_count(report, model->n_indicators), "far", word);
    }
    put_tile(page, from, to, look->ink, look->fill, bms_colour_mark(report->words.arena, colour, text));
}

static void put_tiles(const bms_report_book *report, bms_page *page) {
    const bms_report_model *model = report->model;
    bool all_in = model->n_delivered_units == model->n_expected_units;
    bms_page_height(page, ROW_TILES, 27);
    bms_page_height(page, ROW_GAP, 6);
    put_tile(page, BMS_FRONT_NAME, BMS_FRONT_NAME, all_in ? BMS_NAVY : BMS_ALARM_TEXT,
             all_in ? BMS_BLUE_PALE : BMS_ALARM_FILL, came_in_text(report));
    put_colour_tile(report, page, BMS_FRONT_SO_FAR, BMS_FRONT_YEAR_BEFORE, BMS_RED);
    put_colour_tile(report, page, BMS_FRONT_CHANGE, BMS_FRONT_CHANGE, BMS_YELLOW);
    put_colour_tile(report, page, BMS_FRONT_TARGET, BMS_FRONT_STATUS, BMS_GREEN);
    put_colour_tile(report, page, BMS_FRONT_SPREAD, BMS_FRONT_BESIDE, BMS_NO_COLOUR);
    const char *overdue = bms_tr_plural(model->language, BMS_TEXT("{n} action overdue"),
                                        BMS_TEXT("{n} actions overdue"), model->n_overdue);
    put_tile(page, BMS_FRONT_VALUE, BMS_FRONT_MORE, model->n_overdue > 0 ? BMS_ALARM_TEXT : BMS_NAVY,
             model->n_overdue > 0 ? BMS_ALARM_FILL : BMS_BLUE_PALE,
             bms_report_fill(report, overdue, "n", bms_report_count(report, model->n_overdue)));
}

/* The scorecard. */

static void put_headings(const bms_report_book *report, bms_page *page) {
    static const char *const headings[] = {
        [BMS_FRONT_NAME] = BMS_TEXT("Indicator"),    [BMS_FRONT_SO_FAR] = BMS_TEXT("Year to date"),
        [BMS_FRONT_PERIOD] = BMS_TEXT("The period"), [BMS_FRONT_YEAR_BEFORE] = BMS_TEXT("Last year"),
        [BMS_FRONT_CHANGE] = BMS_TEXT("Change"),     [BMS_FRONT_TARGET] = BMS_TEXT("Target"),
        [BMS_FRONT_STATUS] = BMS_TEXT("Status"),     [BMS_FRONT_SPREAD] = ""};
    for (uint32_t c = BMS_FRONT_NAME; c <= BMS_FRONT_SPREAD; c++) {
        bool number = c >= BMS_FRONT_SO_FAR && c <= BMS_FRONT_YEAR_BEFORE;
        const char *text = bms_report_tr(report, headings[c]);
        if (c == BMS_FRONT_SPREAD) {
            text =
                report->model->kind == BMS_REPORT_UNIT ? bms_report_tr(report, BMS_TEXT("Course")) : "●/▲/■";
        }
        bms_page_text(page, ROW_HEADING, c,
                      &(bms_style){.bold = true,
                                   .ink = BMS_WHITE,
                                   .fill = BMS_NAVY,
                                   .rise = BMS_RISE_MIDDLE,
                                   .indent = c != BMS_FRONT_NAME && c != BMS_FRONT_STATUS,
                                   .align = number ? BMS_ALIGN_RIGHT : BMS_ALIGN_LEFT},
                      text);
    }
    bms_page_height(page, ROW_HEADING, 18);
}

static const char *joined(const bms_report_book *report, const char *note, const char *more) {
    bool both = *note != '\0' && *more != '\0';
    return bms_arena_format(report->words.arena, "%s%s%s", note, both ? ", " : "", more);
}

static bool fits(const char *note, double room) {
    return bms_text_width(note, false) <= room;
}

/**
 * What must stand by a name: an amount, that it is a forecast or preliminary, another period than the form's.
 * A figure is never taken for one of the form's last day.
 */
static const char *needed_note(const bms_report_book *report, const bms_report_indicator *row, double room) {
    const char *amount = bms_words_amount(&report->words, row->indicator, &row->now);
    if (bms_basis_of(row->indicator->basis)->whole_year)
        amount = joined(report, amount, bms_report_tr(report, bms_basis_of(row->indicator->basis)->choice));
    amount = joined(report, amount, bms_words_preliminary(&report->words, row));
    if (*bms_report_other_period(report, &row->now) == '\0')
        return amount;
    const char *note = joined(report, amount, row->now.period_name);
    return fits(note, room) ? note : joined(report, amount, bms_report_short_period(report, &row->now));
}

/** @return how many units a result is of, where some have not answered. */
static const char *coverage_note(const bms_report_book *report, const bms_report_indicator *row) {
    const bms_rolled *rolled = &row->now.rolled;
    return rolled->planned > 1 && rolled->missing > 0 ? bms_words_coverage(&report->words, rolled) : "";
}

/**
 * The name, and what a reader should know about an indicator at once; what does not fit is left to the sheet
 * of all indicators. @return whether the note took a line of its own
 */
static bool put_name(const bms_report_book *report, bms_page *page, uint32_t at,
                     const bms_report_indicator *row) {
    const bms_style style = {.indent = 1, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_BELOW, .wrap = true};
    const bms_style small = {.size = 9, .ink = BMS_GREY_TEXT};
    const double whole = (widths[BMS_FRONT_NAME] - 2) * 11 / 9;
    const char *name = bms_report_cut(report, row->indicator->name, widths[BMS_FRONT_NAME] - 2);
    double beside = whole - bms_text_width(name, false) * 11 / 9 - 2;
    const char *needed = needed_note(report, row, whole);
    bool below = *needed != '\0' && !fits(needed, beside);
    const char *longer = joined(report, needed, coverage_note(report, row));
    const char *note = fits(longer, below ? whole : beside) ? longer : needed;
    const char *gap = below ? "\n" : *note == '\0' ? "" : "  ";
    bms_page_noted(page, at, BMS_FRONT_NAME, &style, name, &small,
                   bms_arena_format(report->words.arena, "%s%s", gap, note));
    return below;
}

static const char *spread_text(const bms_report_book *report, const bms_report_indicator *row) {
    const size_t *n = row->spread.n;
    return bms_arena_format(report->words.arena, "%zu/%zu/%zu", n[BMS_GREEN], n[BMS_YELLOW], n[BMS_RED]);
}

/** Which way it moved and against what; below it the two numbers, where they are not in the row. @return how
 * many lines that took */
static int put_change(const bms_report_book *report, bms_page *page, uint32_t at,
                      const bms_report_indicator *row) {
    const bms_style style = {.indent = 1, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_BELOW, .wrap = true};
    const bms_style small = {.size = 8, .ink = BMS_GREY_TEXT};
    const char *change = bms_words_change(&report->words, &row->change);
    const char *with = bms_words_compared(&report->words, row->indicator, &row->change);
    const char *numbers = bms_words_same_units(&report->words, row->indicator, &row->change);
    const char *note =
        bms_arena_format(report->words.arena, "%s%s%s%s", *change == '\0' || *with == '\0' ? "" : " · ", with,
                         *numbers == '\0' || (*change == '\0' && *with == '\0') ? "" : "\n", numbers);
    const bool both = *with != '\0' && *numbers != '\0';
    const bms_style alone = {.size = 8,
                             .ink = BMS_GREY_TEXT,
                             .indent = 1,
                             .rise = BMS_RISE_MIDDLE,
                             .edges = BMS_EDGES_BELOW,
                             .wrap = both};
    bms_page_noted(page, at, BMS_FRONT_CHANGE, *change == '\0' ? &alone : &style, change, &small, note);
    if (*change == '\0')
        return 1 + both;
    double beside =
        *with == '\0' ? 0
                      : bms_text_width(bms_arena_format(report->words.arena, " · %s", with), false) * 8 / 11;
    bool wraps = bms_text_width(change, false) + beside > widths[BMS_FRONT_CHANGE] - 2;
    return 1 + wraps + (*numbers != '\0');
}

static void put_indicator(const bms_report_book *report, bms_page *page, uint32_t at,
                          const bms_report_indicator *row) {
    const bms_report_cell coloured = {.coloured = true, .edges = BMS_EDGES_BELOW};
    const bms_report_cell plain = {.edges = BMS_EDGES_BELOW};
    const bms_style text = {
        .edges = BMS_EDGES_BELOW, .rise = BMS_RISE_MIDDLE, .align = BMS_ALIGN_LEFT, .indent = 1};
    const bms_indicator narrow = bms_report_narrow(row->indicator);
    const bms_figure none = {.period_name = ""};
    bool year = bms_report_shows_year(row);
    bool to_date = bms_basis_of(row->indicator->basis)->to_date;     /* the period alone was not asked for */
    bool forecast = bms_basis_of(row->indicator->basis)->whole_year; /* compared with the one before */
    const bms_figure *year_before = year ? &row->so_far_before : forecast ? &none : &row->year_before;
    const bms_figure *status = bms_report_status(row);
    bool name_is_high = put_name(report, page, at, row);
    int change_lines = put_change(report, page, at, row);
    bms_page_height(page, at,
                    change_lines > 2                    ? three_lines
                    : name_is_high || change_lines == 2 ? two_lines
                                                        : one_line);
    bms_report_put(report, page, at, BMS_FRONT_SO_FAR, row->indicator, year ? &row->so_far : &none,
                   &coloured);
    bms_report_put(report, page, at, BMS_FRONT_PERIOD, row->indicator, to_date ? &none : &row->now,
                   &coloured);
    bms_report_put(report, page, at, BMS_FRONT_YEAR_BEFORE, row->indicator, year_before, &plain);
    bms_page_text(page, at, BMS_FRONT_TARGET, &text, bms_words_target(&report->words, &narrow, status));
    bms_report_put_status(report, page, at, BMS_FRONT_STATUS, status, 0);
    bms_page_text(page, at, BMS_FRONT_SPREAD, &text,
                  report->model->kind == BMS_REPORT_UNIT ? bms_words_course_of(&report->words, row)
                                                         : spread_text(report, row));
}

static void put_group(bms_page *page, uint32_t at, const char *name, const char *goal, bool scorecard) {
    const bms_style style = {.bold = true,
                             .ink = scorecard ? BMS_WHITE : BMS_NAVY,
                             .fill = scorecard ? BMS_NAVY : BMS_BLUE_PALE,
                             .rise = BMS_RISE_MIDDLE};
    bms_page_height(page, at, one_line);
    bms_report_merged_noted(page, bms_range_of(at, BMS_FRONT_NAME, at, BMS_FRONT_SPREAD), &style, name,
                            &(bms_style){.size = 9, .ink = style.ink}, goal);
}

static const char *group_name(const bms_report_book *report, int focus_area) {
    return focus_area == BMS_NONE ? bms_report_tr(report, BMS_TEXT("On no scorecard"))
                                  : report->model->definition->focus_areas[focus_area].name;
}

static const char *goal_of(const bms_report_book *report, int focus_area) {
    const char *goal = focus_area == BMS_NONE ? "" : report->model->definition->focus_areas[focus_area].goal;
    if (!goal || *goal == '\0')
        return "";
    return bms_report_cut(report, bms_arena_format(report->words.arena, "   %s", goal), 85);
}

/** @return the row after the last one. */
static uint32_t put_scorecards(const bms_report_book *report, bms_page *page) {
    const bms_report_model *model = report->model;
    uint32_t at = ROW_HEADING + 1;
    int scorecard = model->n_lines == 0 ? BMS_NONE : model->lines[0].scorecard;
    int focus_area = -2;
    bool several = model->n_lines > 0 && model->lines[model->n_lines - 1].scorecard != scorecard;
    for (size_t i = 0; i < model->n_lines; i++) {
        const bms_report_line *line = &model->lines[i];
        if (several && line->scorecard != BMS_NONE && (i == 0 || line->scorecard != scorecard))
            put_group(page, at++, model->definition->scorecards[line->scorecard].name, "", true);
        if (line->focus_area != focus_area) {
            put_group(page, at++, group_name(report, line->focus_area), goal_of(report, line->focus_area),
                      false);
        }
        scorecard = line->scorecard;
        focus_area = line->focus_area;
        put_indicator(report, page, at++, &model->indicators[line->indicator]);
    }
    return at;
}

static void put_legend(const bms_report_book *report, bms_page *page, uint32_t at) {
    const bms_style style = {.size = 9, .ink = BMS_GREY_TEXT, .wrap = true};
    const char *text = bms_report_fill(
        report,
        bms_report_tr(report,
                      BMS_TEXT("{legend}. The status is that of the year to date where one is shown with a "
                               "colour, else that of the latest measurement. Last year: beside the year to "
                               "date, last year's to the same date. Change: what chance or rounding may "
                               "explain is about as before.")),
        "legend", bms_colour_legend(report->words.arena, report->words.language));
    if (report->model->kind != BMS_REPORT_UNIT) {
        text = bms_arena_format(
            report->words.arena, "%s %s", text,
            bms_report_tr(report, BMS_TEXT("●/▲/■: number of units, each by its own status.")));
    }
    bms_page_merged(page, bms_range_of(at, BMS_FRONT_NAME, at, BMS_FRONT_MORE), &style, text);
    bms_page_height(page, at, 26);
    bms_page_text(page, at + 1, 0, &(bms_style){.size = 8, .ink = BMS_GREY_TEXT}, made_from(report));
}

void bms_report_front(const bms_report_book *report) {
    bms_page *page = bms_book_add_page(report->book, bms_report_tr(report, BMS_TEXT("Overview")));
    for (uint32_t c = 0; c < BMS_FRONT_COLUMNS; c++)
        bms_page_width(page, c, widths[c]);
    bms_page_plain(page);
    put_title(report, page);
    put_tiles(report, page);
    put_headings(report, page);
    uint32_t left = put_scorecards(report, page);
    uint32_t right = bms_report_beside(report, page, ROW_HEADING, left - ROW_HEADING);
    uint32_t end = left > right ? left : right;
    for (uint32_t row = left; row < end; row++)
        bms_page_height(page, row, one_line);
    put_legend(report, page, end);
    bms_page_freeze(page, ROW_HEADING + 1, 0);
    bms_page_open_at(page, 0, 0);
    bms_page_paper_set(
        page,
        &(bms_page_paper){.landscape = true,
                          .one_page = end < ROWS_ON_ONE_PAGE,
                          .repeat = true,
                          .repeat_from = ROW_HEADING,
                          .repeat_to = ROW_HEADING,
                          .footer = bms_arena_format(
                              report->words.arena, "%s · %s",
                              bms_report_cut(report, bms_report_unit_name(report, report->model->unit), 40),
                              made_from(report)),
                          .page_numbers = bms_report_tr(report, BMS_TEXT("Page {page} of {pages}"))});
}
