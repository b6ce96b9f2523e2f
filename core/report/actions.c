/* The actions of a report, and its red results, each with the action against it. */
#include "core/base/catalogue.h"
#include "core/base/text.h"
#include "core/definition/links.h"
#include "core/report/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Statuses of an action that needs no more attention; they are recognised in every language. */
static const char *const done_words[] = {BMS_TEXT("Done"), BMS_TEXT("Finished"), BMS_TEXT("Dropped")};

static bool is_done(const char *status) {
    for (size_t w = 0; w < sizeof done_words / sizeof *done_words; w++) {
        if (bms_says(status, done_words[w]))
            return true;
    }
    return false;
}

/* Links. */

static void link_action(const bms_definition *definition, bms_report_action *action) {
    bms_link link;
    if (!bms_link_find(definition, action->linked_to, &link))
        return;
    action->indicator = link.indicator;
    action->focus_area = link.focus_area;
    action->linked_to = link.name;
}

/* Gathering. */

bool bms_report_action_is_overdue(const bms_report_action *action, bms_day today) {
    return !action->done && action->due != BMS_NO_DAY && action->due < today;
}

static void judge(const bms_report_model *model, bms_report_action *action) {
    action->done = is_done(action->status);
    action->overdue = bms_report_action_is_overdue(action, bms_day_here(model->made_at));
    link_action(model->definition, action);
}

static bms_report_action from_unit(int unit, const bms_entry_action *written) {
    bms_report_action action = {.unit = unit,
                                .indicator = BMS_NONE,
                                .focus_area = BMS_NONE,
                                .number = written->number,
                                .linked_to = written->linked_to,
                                .text = written->text,
                                .responsible = written->responsible,
                                .due_text = written->due,
                                .status = written->status,
                                .effect = ""};
    if (!bms_day_parse(written->due, &action.due))
        action.due = BMS_NO_DAY;
    return action;
}

static bool is_reported(const bms_figures *figures, const bms_planned_action *planned) {
    for (const bms_unit_action *a = bms_figures_actions(figures, planned->unit); a; a = a->next) {
        if ((*planned->number != '\0' && bms_text_same(a->action.number, planned->number)) ||
            bms_text_same(a->action.text, planned->text))
            return true;
    }
    return false;
}

static bms_report_action from_setup(const bms_report_building *building, const bms_planned_action *planned) {
    return (bms_report_action){
        .unit = planned->unit,
        .indicator = planned->indicator,
        .focus_area = planned->focus_area,
        .number = planned->number,
        .linked_to = bms_planned_link(building->model->definition, planned),
        .text = planned->text,
        .responsible = planned->responsible,
        .due = planned->due,
        .due_text = planned->due == BMS_NO_DAY ? "" : bms_day_iso(building->arena, planned->due),
        .status = planned->status,
        .effect = planned->effect};
}

/** Open ones first, by due date, those without one last; then by unit and text. */
static int by_urgency(const void *left, const void *right) {
    const bms_report_action *a = left;
    const bms_report_action *b = right;
    if (a->done != b->done)
        return a->done ? 1 : -1;
    bool dated_a = a->due != BMS_NO_DAY;
    bool dated_b = b->due != BMS_NO_DAY;
    if (dated_a != dated_b)
        return dated_a ? -1 : 1;
    if (dated_a && a->due != b->due)
        return a->due < b->due ? -1 : 1;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    return strcmp(a->text, b->text);
}

static size_t count_actions(const bms_report_building *building, const int *units, size_t n_units) {
    size_t n = building->model->definition->n_actions;
    for (size_t i = 0; i < n_units; i++) {
        for (const bms_unit_action *a = bms_figures_actions(building->figures, units[i]); a; a = a->next)
            n++;
    }
    return n;
}

void bms_report_add_actions(const bms_report_building *building) {
    bms_report_model *model = building->model;
    const bms_definition *definition = model->definition;
    bms_day day = definition->calendar[model->form].period.to;
    const int *units;
    size_t n_units = bms_figures_below(building->figures, model->unit, &units);
    size_t n = 0;
    bms_report_action *actions =
        bms_arena_alloc(building->arena, count_actions(building, units, n_units) * sizeof *actions);
    if (!actions)
        return;
    for (size_t i = 0; i < n_units; i++) {
        for (const bms_unit_action *a = bms_figures_actions(building->figures, units[i]); a; a = a->next)
            actions[n++] = from_unit(units[i], &a->action);
    }
    for (size_t i = 0; i < definition->n_actions; i++) {
        const bms_planned_action *planned = &definition->actions[i];
        bool here =
            planned->unit != BMS_NONE && bms_unit_is_below_on(definition, planned->unit, model->unit, day);
        if (here && !is_reported(building->figures, planned))
            actions[n++] = from_setup(building, planned);
    }
    for (size_t i = 0; i < n; i++)
        judge(model, &actions[i]);
    qsort(actions, n, sizeof *actions, by_urgency);
    model->actions = actions;
    model->n_actions = n;
}

/* Red results. */

static int focus_area_of(const bms_report_model *model, size_t indicator) {
    for (size_t l = 0; l < model->n_lines; l++) {
        if (model->lines[l].indicator == indicator)
            return model->lines[l].focus_area;
    }
    return BMS_NONE;
}

static const bms_report_action *action_against(const bms_report_model *model, size_t indicator, int unit) {
    const bms_report_action *found = NULL;
    int focus_area = focus_area_of(model, indicator);
    for (size_t a = 0; a < model->n_actions; a++) {
        const bms_report_action *action = &model->actions[a];
        if (action->unit != unit || action->done)
            continue;
        if (action->indicator == model->indicators[indicator].index)
            return action;
        if (!found && focus_area != BMS_NONE && action->focus_area == focus_area)
            found = action;
    }
    return found;
}

/** @return how far a result is beyond the red limit, in units of the distance from green to red. */
static double beyond_red(const bms_figure *figure) {
    const bms_limits *limits = &figure->limits;
    double value = figure->rolled.result.value;
    bool above = limits->better == BMS_DOWN || (limits->better == BMS_BAND && value > limits->green_to);
    double red = limits->better == BMS_BAND && above ? limits->red_to : limits->red;
    double green = limits->better == BMS_BAND && above ? limits->green_to : limits->green;
    double step = fabs(red - green);
    step = step > 0 ? step : fabs(red) / 10;
    return fabs(value - red) / (step > 0 ? step : 1);
}

static int by_importance(const void *left, const void *right) {
    const bms_report_red *a = left;
    const bms_report_red *b = right;
    if (a->answer->red_in_a_row != b->answer->red_in_a_row)
        return a->answer->red_in_a_row > b->answer->red_in_a_row ? -1 : 1;
    double beyond_a = beyond_red(a->figure);
    double beyond_b = beyond_red(b->figure);
    if (beyond_a > beyond_b || beyond_a < beyond_b)
        return beyond_a > beyond_b ? -1 : 1;
    if (a->indicator != b->indicator)
        return a->indicator < b->indicator ? -1 : 1;
    return a->answer->unit < b->answer->unit ? -1 : a->answer->unit > b->answer->unit;
}

void bms_report_add_reds(const bms_report_building *building) {
    bms_report_model *model = building->model;
    size_t n = 0;
    for (size_t i = 0; i < model->n_indicators; i++)
        n += model->indicators[i].spread.n[BMS_RED];
    bms_report_red *reds = bms_arena_alloc(building->arena, n * sizeof *reds);
    if (!reds)
        return;
    n = 0;
    for (size_t i = 0; i < model->n_indicators; i++) {
        for (size_t a = 0; a < model->indicators[i].n_answers; a++) {
            const bms_report_answer *answer = &model->indicators[i].answers[a];
            const bms_figure *figure = bms_report_answer_status(&model->indicators[i], answer);
            if (figure->colour == BMS_RED) {
                reds[n++] = (bms_report_red){.indicator = i,
                                             .answer = answer,
                                             .figure = figure,
                                             .action = action_against(model, i, answer->unit)};
            }
        }
    }
    qsort(reds, n, sizeof *reds, by_importance);
    model->reds = reds;
    model->n_reds = n;
}
