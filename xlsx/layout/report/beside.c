/**
 * Writes the right-hand side of a report's first sheet (see front.h): what is red, what is missing, what is
 * being done, comments.
 */
#include "core/base/catalogue.h"
#include "xlsx/layout/report/front.h"

#include <string.h>

/* Rows used even beside a small scorecard, so that what needs a decision is shown. */
enum { LEAST_ROOM = 22, LEAST_FOR_REDS = 8, MOST_PENDING = 5, MOST_ACTIONS = 4 };

static const double whole_width = 55; /* of the three columns, in digits */

/** What is being written, and how far. */
typedef struct beside {
    const bms_report_book *report;
    bms_page *page;
    uint32_t at;
    uint32_t end; /* the row after the last that may be used */
} beside;

static void put_heading(beside *b, const char *text, bms_ink ink, bms_ink fill) {
    const bms_style style = {.bold = true, .ink = ink, .fill = fill, .rise = BMS_RISE_MIDDLE};
    bms_page_merged(b->page, bms_range_of(b->at, BMS_FRONT_BESIDE, b->at, BMS_FRONT_MORE), &style, text);
    b->at++;
}

static void put_under(beside *b, const char *text) {
    const bms_style style = {.size = 10, .ink = BMS_GREY_TEXT, .indent = 1, .edges = BMS_EDGES_BELOW};
    bms_page_merged(b->page, bms_range_of(b->at, BMS_FRONT_BESIDE, b->at, BMS_FRONT_MORE), &style,
                    bms_report_cut(b->report, text, (whole_width - 3) * 1.1));
    b->at++;
}

static void put_pair(beside *b, const char *left, const char *right, bool bold) {
    const bms_style style = {.bold = bold, .rise = BMS_RISE_MIDDLE};
    const bms_style to_the_right = {.ink = BMS_GREY_TEXT, .rise = BMS_RISE_MIDDLE};
    bms_page_text(b->page, b->at, BMS_FRONT_BESIDE, &style, bms_report_cut(b->report, left, 30));
    bms_page_merged(b->page, bms_range_of(b->at, BMS_FRONT_VALUE, b->at, BMS_FRONT_MORE), &to_the_right,
                    bms_report_cut(b->report, right, 24));
    b->at++;
}

static void put_more(beside *b, size_t more, const char *sheet) {
    if (more == 0)
        return;
    const char *text =
        bms_report_fill(b->report, bms_report_tr(b->report, BMS_TEXT("and {n} more, see the sheet {sheet}")),
                        "n", bms_report_count(b->report, more), "sheet", sheet);
    put_under(b, text);
}

/* What is red. */

static const char *due_of(const beside *b, const bms_report_action *action) {
    if (action->due == BMS_NO_DAY)
        return action->due_text;
    return bms_day_text(b->report->words.arena, action->due, b->report->words.language);
}

/** What is being done about it, else why it is so, else that neither is known. */
static const char *answer_to(const beside *b, const bms_report_red *red) {
    const char *comment = red->answer->source ? red->answer->source->entry.comment : "";
    if (!red->action) {
        const char *text = bms_report_tr(b->report, BMS_TEXT("No action. {comment}"));
        return bms_report_fill(b->report, text, "comment", comment);
    }
    const char *due = due_of(b, red->action);
    if (*due == '\0') {
        return bms_report_fill(b->report, bms_report_tr(b->report, BMS_TEXT("Action: {text}")), "text",
                               red->action->text);
    }
    const char *text =
        red->action->overdue ? BMS_TEXT("Was due {due}: {text}") : BMS_TEXT("Action by {due}: {text}");
    return bms_report_fill(b->report, bms_report_tr(b->report, text), "text", red->action->text, "due", due);
}

/** The line below: in a leader's report the indicator, for a deviation the amount; then the answer to it. */
static void put_answer(beside *b, const bms_report_red *red) {
    const bms_report_model *model = b->report->model;
    const bms_indicator *indicator = model->indicators[red->indicator].indicator;
    const char *amount = bms_words_amount(&b->report->words, indicator, red->figure);
    static const double most_of_name = 28; /* so that there is room for an amount, a period, and the answer */
    const char *parts[] = {
        model->kind == BMS_REPORT_UNIT ? "" : bms_report_cut(b->report, indicator->name, most_of_name),
        amount, bms_report_other_period(b->report, red->figure)};
    const char *what = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *gap = *what == '\0' || *parts[i] == '\0' ? "" : ", ";
        what = bms_arena_format(b->report->words.arena, "%s%s%s", what, gap, parts[i]);
    }
    what = *what == '\0' ? "" : bms_arena_format(b->report->words.arena, "%s. ", what);
    double room = (whole_width - 2 - bms_text_width(what, false) * 10 / 11) * 11 / 10;
    const bms_style style = {.size = 10, .indent = 1, .edges = BMS_EDGES_BELOW, .rise = BMS_RISE_MIDDLE};
    bms_report_merged_noted(b->page, bms_range_of(b->at, BMS_FRONT_BESIDE, b->at, BMS_FRONT_MORE), &style,
                            what, &(bms_style){.size = 10, .ink = BMS_GREY_TEXT},
                            bms_report_cut(b->report, answer_to(b, red), room));
    b->at++;
}

static void put_red(beside *b, const bms_report_red *red) {
    const bms_report_model *model = b->report->model;
    const bms_indicator *indicator = model->indicators[red->indicator].indicator;
    const char *name = model->kind == BMS_REPORT_UNIT ? indicator->name
                                                      : bms_report_answered_by(b->report, red->answer->unit);
    bms_page_text(b->page, b->at, BMS_FRONT_BESIDE, &(bms_style){.bold = true, .rise = BMS_RISE_MIDDLE},
                  bms_report_cut(b->report, name, 28.5));
    bms_report_put(b->report, b->page, b->at, BMS_FRONT_VALUE, indicator, red->figure,
                   &(bms_report_cell){.coloured = true, .bold = true});
    bms_page_text(b->page, b->at, BMS_FRONT_MORE, &(bms_style){.rise = BMS_RISE_MIDDLE, .indent = 1},
                  bms_words_red_in_a_row(&b->report->words, red->answer->red_in_a_row));
    b->at++;
    put_answer(b, red);
}

static size_t units_with_red(const bms_report_model *model) {
    size_t n = 0;
    for (size_t u = 0; u < model->n_units; u++)
        n += model->units[u].n[BMS_RED] > 0;
    return n;
}

static void put_reds(beside *b, uint32_t rows) {
    const bms_report_model *model = b->report->model;
    const bms_look *red = bms_look_of(BMS_RED);
    size_t most = (rows - 1) / 2;
    most -= model->n_reds > most && 2 * most + 1 >= rows; /* a row to say how many more */
    size_t n = model->n_reds < most ? model->n_reds : most;
    if (model->n_reds == 0) {
        bool good;
        const char *said = bms_words_nothing_red(&b->report->words, model, &good);
        const bms_look *look = bms_look_of(good ? BMS_GREEN : BMS_NO_COLOUR);
        put_heading(b, said, look->ink, look->fill);
        return;
    }
    const char *text =
        model->kind == BMS_REPORT_UNIT
            ? bms_tr_plural(model->language, BMS_TEXT("■ Red: {n} result"),
                            BMS_TEXT("■ Red, most important first: {n} results"), model->n_reds)
            : bms_tr_plural(model->language, BMS_TEXT("■ In the units: {n} red result"),
                            BMS_TEXT("■ In the units: {n} red results, in {units}"), model->n_reds);
    size_t units = units_with_red(model);
    const char *in = bms_report_fill(
        b->report, bms_tr_plural(model->language, BMS_TEXT("{n} unit"), BMS_TEXT("{n} units"), units), "n",
        bms_report_count(b->report, units));
    put_heading(
        b, bms_report_fill(b->report, text, "n", bms_report_count(b->report, model->n_reds), "units", in),
        BMS_WHITE, red->strong);
    for (size_t i = 0; i < n; i++)
        put_red(b, &model->reds[i]);
    put_more(b, model->n_reds - n, bms_report_tr(b->report, BMS_TEXT("Red")));
}

/* Who has not delivered; for a unit, what is missing. */

static bool is_pending(const bms_report_unit *unit) {
    return unit->delivery.stage != BMS_STAGE_NOT_ASKED && unit->delivery.revision == 0;
}

static void put_pending_units(beside *b) {
    const bms_report_model *model = b->report->model;
    size_t pending = model->n_expected_units - model->n_delivered_units;
    size_t shown = 0;
    if (pending == 0) {
        put_heading(b, bms_report_tr(b->report, BMS_TEXT("All have delivered")), BMS_NAVY, BMS_BLUE_PALE);
        return;
    }
    put_heading(b,
                bms_report_fill(b->report, bms_report_tr(b->report, BMS_TEXT("Not delivered: {n}")), "n",
                                bms_report_count(b->report, pending)),
                BMS_ALARM_TEXT, BMS_ALARM_FILL);
    for (size_t u = 0; u < model->n_units && shown < MOST_PENDING; u++) {
        if (is_pending(&model->units[u])) {
            put_pair(b, bms_report_unit_name(b->report, model->units[u].unit),
                     bms_report_delivery_word(b->report, &model->units[u].delivery), false);
            shown++;
        }
    }
    put_more(b, pending - shown, bms_report_tr(b->report, BMS_TEXT("Deliveries")));
}

static bool is_missing(const bms_report_indicator *row) {
    return row->now.there && row->now.rolled.answer.state == BMS_MISSING;
}

static void put_missing(beside *b) {
    const bms_report_model *model = b->report->model;
    const bms_delivery *delivery = &model->units[0].delivery;
    size_t missing = 0;
    size_t shown = 0;
    for (size_t i = 0; i < model->n_indicators; i++)
        missing += is_missing(&model->indicators[i]);
    if (missing == 0) {
        put_heading(b, bms_report_tr(b->report, BMS_TEXT("Nothing is missing")), BMS_NAVY, BMS_BLUE_PALE);
        return;
    }
    put_heading(b,
                bms_report_fill(b->report, bms_report_tr(b->report, BMS_TEXT("Missing: {n}")), "n",
                                bms_report_count(b->report, missing)),
                BMS_ALARM_TEXT, BMS_ALARM_FILL);
    if (*delivery->why != '\0')
        put_under(b, delivery->why);
    for (size_t i = 0; i < model->n_indicators && shown < MOST_PENDING; i++) {
        const bms_report_indicator *row = &model->indicators[i];
        if (!is_missing(row))
            continue;
        enum bms_reason reason =
            row->own && row->own->source ? row->own->source->entry.reason : BMS_NO_REASON;
        put_pair(b, row->indicator->name,
                 reason == BMS_NO_REASON ? "" : bms_report_tr(b->report, bms_reason_text(reason)), false);
        shown++;
    }
    put_more(b, missing - shown, bms_report_tr(b->report, BMS_TEXT("All indicators")));
}

/* What is being done, and comments. */

static void put_action(beside *b, const bms_report_action *action) {
    const bms_report_model *model = b->report->model;
    const char *text = action->text;
    if (model->kind != BMS_REPORT_UNIT) {
        text = bms_arena_format(b->report->words.arena, "%s: %s",
                                bms_report_unit_name(b->report, action->unit), text);
    }
    const char *due = due_of(b, action);
    put_pair(b, text,
             bms_report_fill(b->report,
                             action->overdue ? bms_report_tr(b->report, BMS_TEXT("was due {due}")) : "{due}",
                             "due", due),
             false);
}

static void put_actions(beside *b) {
    const bms_report_model *model = b->report->model;
    size_t open = 0;
    while (open < model->n_actions && !model->actions[open].done)
        open++;
    size_t n = open < MOST_ACTIONS ? open : MOST_ACTIONS;
    const char *text = model->n_overdue > 0 ? BMS_TEXT("What is being done: {n} actions, {overdue} overdue")
                       : open > 0           ? BMS_TEXT("What is being done: {n} actions")
                                            : BMS_TEXT("No actions are under way");
    put_heading(b,
                bms_report_fill(b->report, bms_report_tr(b->report, text), "n",
                                bms_report_count(b->report, open), "overdue",
                                bms_report_count(b->report, model->n_overdue)),
                BMS_NAVY, BMS_BLUE_PALE);
    for (size_t i = 0; i < n; i++)
        put_action(b, &model->actions[i]);
    put_more(b, open - n, bms_report_tr(b->report, BMS_TEXT("Actions")));
}

/** A unit's own words, as many as there is room for. */
static void put_comments(beside *b) {
    const bms_report_model *model = b->report->model;
    bool begun = false;
    for (size_t i = 0; i < model->n_indicators && b->at + 3 < b->end; i++) {
        const bms_report_answer *own = model->indicators[i].own;
        if (!own || !own->source || *own->source->entry.comment == '\0')
            continue;
        if (!begun) {
            put_heading(b, bms_report_tr(b->report, BMS_TEXT("Comments")), BMS_NAVY, BMS_BLUE_PALE);
            begun = true;
        }
        put_pair(b, model->indicators[i].indicator->name, "", true);
        put_under(b, own->source->entry.comment);
    }
}

/** @return how many rows a list takes: a heading, at most `most` rows, and a line for how many more. */
static uint32_t rows_of(size_t n, size_t most) {
    return 1 + (uint32_t)(n < most ? n : most + (n > most));
}

/** @return how many rows the blocks below the reds will take, comments left out. */
static uint32_t rows_of_others(const bms_report_model *model) {
    size_t pending = model->n_expected_units - model->n_delivered_units;
    size_t missing = 0;
    size_t open = 0;
    for (size_t i = 0; i < model->n_indicators; i++)
        missing += is_missing(&model->indicators[i]);
    while (open < model->n_actions && !model->actions[open].done)
        open++;
    return rows_of(model->kind == BMS_REPORT_UNIT ? missing + 1 : pending, MOST_PENDING) +
           rows_of(open, MOST_ACTIONS);
}

uint32_t bms_report_beside(const bms_report_book *report, bms_page *page, uint32_t first, uint32_t room) {
    const bms_report_model *model = report->model;
    room = room < LEAST_ROOM ? LEAST_ROOM : room;
    beside b = {.report = report, .page = page, .at = first, .end = first + room};
    uint32_t others = rows_of_others(model);
    put_reds(&b, room > others + LEAST_FOR_REDS ? room - others : LEAST_FOR_REDS);
    if (model->kind == BMS_REPORT_UNIT) {
        put_missing(&b);
        put_actions(&b);
        put_comments(&b);
    } else {
        put_pending_units(&b);
        put_actions(&b);
    }
    return b.at;
}
