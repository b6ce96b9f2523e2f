/** Writes the lists of a report (see sheets.h): what is red, the actions, and the units' comments. */
#include "core/base/catalogue.h"
#include "xlsx/layout/report/sheets.h"

static const char *due_text(const bms_report_book *report, const bms_report_action *action) {
    if (action->due == BMS_NO_DAY)
        return action->due_text;
    return bms_day_text(report->words.arena, action->due, report->words.language);
}

static void put_due(const bms_report_book *report, bms_page *page, uint32_t at, uint32_t column,
                    const bms_report_action *action) {
    const bms_style style = {.edges = BMS_EDGES_BELOW,
                             .rise = BMS_RISE_MIDDLE,
                             .align = BMS_ALIGN_LEFT,
                             .ink = action->overdue ? BMS_ALARM_TEXT : 0,
                             .fill = action->overdue ? BMS_ALARM_FILL : 0};
    if (action->due == BMS_NO_DAY) {
        bms_page_text(page, at, column, &style, due_text(report, action));
    } else {
        bms_page_day(page, at, column, &style, action->due);
    }
}

/* What is red. */

enum {
    RED_UNIT,
    RED_INDICATOR,
    RED_VALUE,
    RED_TARGET,
    RED_ROW,
    RED_WHY,
    RED_ACTION,
    RED_RESPONSIBLE,
    RED_DUE,
    RED_N
};

static const bms_report_column red_columns[RED_N] = {
    {.heading = BMS_TEXT("Unit"), .width = 24},
    {.heading = BMS_TEXT("Indicator"), .width = 25},
    {.heading = BMS_TEXT("Result"), .width = 11, .number = true},
    {.heading = BMS_TEXT("Target"), .width = 10},
    {.heading = BMS_TEXT("Red"), .width = 14},
    {.heading = BMS_TEXT("Why"), .width = 36},
    {.heading = BMS_TEXT("Action"), .width = 30},
    {.heading = BMS_TEXT("Responsible"), .width = 14},
    {.heading = BMS_TEXT("Due"), .width = 12}};

static void put_red(const bms_report_book *report, bms_page *page, uint32_t at, const bms_report_red *red) {
    const bms_indicator *indicator = report->model->indicators[red->indicator].indicator;
    const bms_style text = {.wrap = true, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_BELOW};
    const bms_style none = {
        .wrap = true, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_BELOW, .ink = BMS_ALARM_TEXT};
    const char *amount = bms_words_amount(&report->words, indicator, red->figure);
    const char *period = bms_report_other_period(report, red->figure);
    const char *name =
        bms_arena_format(report->words.arena, "%s%s%s%s%s", indicator->name, *amount == '\0' ? "" : "\n",
                         amount, *period == '\0' ? "" : "\n", period);
    const char *why = red->answer->source ? red->answer->source->entry.comment : "";
    const char *unit = bms_report_answered_by(report, red->answer->unit);
    const char *action = red->action ? red->action->text : bms_report_tr(report, BMS_TEXT("no action"));
    bms_page_text(page, at, RED_UNIT, &text, unit);
    bms_page_text(page, at, RED_INDICATOR, &text, name);
    bms_report_put(report, page, at, RED_VALUE, indicator, red->figure,
                   &(bms_report_cell){.coloured = true, .edges = BMS_EDGES_BELOW, .bold = true});
    bms_page_text(page, at, RED_TARGET, &text, bms_words_target(&report->words, indicator, red->figure));
    bms_page_text(page, at, RED_ROW, &text,
                  bms_words_red_in_a_row(&report->words, red->answer->red_in_a_row));
    bms_page_text(page, at, RED_WHY, &text, why);
    bms_page_text(page, at, RED_ACTION, red->action ? &text : &none, action);
    bms_page_text(page, at, RED_RESPONSIBLE, &text, red->action ? red->action->responsible : "");
    if (red->action) {
        put_due(report, page, at, RED_DUE, red->action);
    } else {
        bms_page_blank(page, at, RED_DUE, &text);
    }
    const char *texts[] = {unit, name, why, action};
    const double widths[] = {red_columns[RED_UNIT].width, red_columns[RED_INDICATOR].width,
                             red_columns[RED_WHY].width, red_columns[RED_ACTION].width};
    bms_report_fit_row(page, at, texts, widths, 4, 0);
}

void bms_report_red_sheet(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    const char *subtitle = bms_report_tr(
        report,
        BMS_TEXT("The most important first: most times red in a row, then furthest beyond the red limit."));
    bms_page *page =
        bms_report_list(report, bms_report_tr(report, BMS_TEXT("Red")), subtitle, red_columns, RED_N, 2);
    bms_page_tab_colour(page, bms_look_of(BMS_RED)->strong);
    for (size_t i = 0; i < model->n_reds; i++)
        put_red(report, page, BMS_REPORT_FIRST + (uint32_t)i, &model->reds[i]);
    bool good;
    if (model->n_reds == 0)
        bms_report_nothing(report, page, RED_N, bms_words_nothing_red(&report->words, model, &good));
}

/* Actions. */

enum { ACT_NUMBER, ACT_UNIT, ACT_LINKED, ACT_TEXT, ACT_RESPONSIBLE, ACT_DUE, ACT_STATUS, ACT_EFFECT, ACT_N };

static const bms_report_column action_columns[ACT_N] = {
    {.heading = BMS_TEXT("No."), .width = 6},          {.heading = BMS_TEXT("Unit"), .width = 24},
    {.heading = BMS_TEXT("Concerns"), .width = 24},    {.heading = BMS_TEXT("Action"), .width = 44},
    {.heading = BMS_TEXT("Responsible"), .width = 16}, {.heading = BMS_TEXT("Due"), .width = 12},
    {.heading = BMS_TEXT("Status"), .width = 13},      {.heading = BMS_TEXT("Expected effect"), .width = 28}};

static void put_action(const bms_report_book *report, bms_page *page, uint32_t at,
                       const bms_report_action *action) {
    const bms_style text = {.wrap = true,
                            .rise = BMS_RISE_MIDDLE,
                            .edges = BMS_EDGES_BELOW,
                            .ink = action->done ? BMS_GREY_TEXT : 0};
    const char *unit = bms_report_unit_name(report, action->unit);
    const char *texts[] = {action->number,      unit,           action->linked_to, action->text,
                           action->responsible, action->status, action->effect};
    static const int columns[] = {ACT_NUMBER,      ACT_UNIT,   ACT_LINKED, ACT_TEXT,
                                  ACT_RESPONSIBLE, ACT_STATUS, ACT_EFFECT};
    double widths[sizeof columns / sizeof *columns];
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        widths[i] = action_columns[columns[i]].width;
        bms_page_text(page, at, (uint32_t)columns[i], &text, texts[i]);
    }
    put_due(report, page, at, ACT_DUE, action);
    bms_report_fit_row(page, at, texts, widths, sizeof columns / sizeof *columns, 0);
}

void bms_report_actions(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    const char *subtitle = bms_report_tr(
        report, BMS_TEXT("Open actions first, by due date. Those that are overdue are marked."));
    bms_page *page = bms_report_list(report, bms_report_tr(report, BMS_TEXT("Actions")), subtitle,
                                     action_columns, ACT_N, 2);
    for (size_t i = 0; i < model->n_actions; i++)
        put_action(report, page, BMS_REPORT_FIRST + (uint32_t)i, &model->actions[i]);
    if (model->n_actions == 0)
        bms_report_nothing(report, page, ACT_N, bms_report_tr(report, BMS_TEXT("No actions are reported.")));
}

/* Comments. */

enum { SAID_INDICATOR, SAID_UNIT, SAID_VALUE, SAID_STATUS, SAID_REASON, SAID_COMMENT, SAID_N };

static const bms_report_column comment_columns[SAID_N] = {
    {.heading = BMS_TEXT("Indicator"), .width = 28},
    {.heading = BMS_TEXT("Unit"), .width = 26},
    {.heading = BMS_TEXT("Result"), .width = 12, .number = true},
    {.heading = BMS_TEXT("Status"), .width = 17},
    {.heading = BMS_TEXT("Why there is no number"), .width = 15},
    {.heading = BMS_TEXT("Comment"), .width = 66}};

static bool has_words(const bms_report_answer *answer) {
    return answer->source &&
           (*answer->source->entry.comment != '\0' || *answer->source->origin.amended_by != '\0' ||
            *answer->source->origin.accepted_by != '\0' || answer->source->entry.reason != BMS_NO_REASON);
}

static void put_comment(const bms_report_book *report, bms_page *page, uint32_t at,
                        const bms_indicator *indicator, const bms_report_answer *answer) {
    const bms_style text = {.wrap = true, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_BELOW};
    const char *unit = bms_report_answered_by(report, answer->unit);
    const char *name = bms_report_dated(report, indicator, &answer->now);
    enum bms_reason reason = answer->source->entry.reason;
    bms_page_text(page, at, SAID_INDICATOR, &text, name);
    bms_page_text(page, at, SAID_UNIT, &text, unit);
    bms_report_put(report, page, at, SAID_VALUE, indicator, &answer->now,
                   &(bms_report_cell){.coloured = true, .edges = BMS_EDGES_BELOW});
    bms_report_put_status(report, page, at, SAID_STATUS, &answer->now, 0);
    bms_page_text(page, at, SAID_REASON, &text,
                  reason == BMS_NO_REASON ? "" : bms_report_tr(report, bms_reason_text(reason)));
    const char *comment = bms_report_remarks(report, answer->source, answer->source->entry.comment);
    bms_page_text(page, at, SAID_COMMENT, &text, comment);
    const char *texts[] = {name, unit, comment};
    const double widths[] = {comment_columns[SAID_INDICATOR].width, comment_columns[SAID_UNIT].width,
                             comment_columns[SAID_COMMENT].width};
    bms_report_fit_row(page, at, texts, widths, 3, 0);
}

void bms_report_comments(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    const char *subtitle =
        bms_report_tr(report, BMS_TEXT("What the units wrote about their numbers, in their own words."));
    bms_page *page = bms_report_list(report, bms_report_tr(report, BMS_TEXT("Comments")), subtitle,
                                     comment_columns, SAID_N, 2);
    uint32_t at = BMS_REPORT_FIRST;
    for (size_t i = 0; i < model->n_indicators; i++) {
        const bms_report_indicator *row = &model->indicators[i];
        for (size_t a = 0; a < row->n_answers; a++) {
            if (has_words(&row->answers[a]))
                put_comment(report, page, at++, row->indicator, &row->answers[a]);
        }
    }
    if (at == BMS_REPORT_FIRST)
        bms_report_nothing(report, page, SAID_N, bms_report_tr(report, BMS_TEXT("No comments.")));
}
