/** Reads the sheets Styringskort, Fokusområder, Suksesskriterier, Plassering, and the planned actions. */
#include "core/definition/reading.h"

#include "core/base/text.h"

#include <stdlib.h>

static void read_cards(bms_reading *reading) {
    bms_definition *definition = reading->definition;
    size_t n = reading->setup->tables[BMS_SHEET_SCORECARDS].n_rows;
    definition->scorecards = bms_arena_alloc(reading->arena, n * sizeof *definition->scorecards);
    definition->n_scorecards = definition->scorecards ? n : 0;
    for (size_t i = 0; i < definition->n_scorecards; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_SCORECARDS, i);
        bms_scorecard *card = &definition->scorecards[i];
        card->code = bms_reading_code(row, i, "code");
        card->name = bms_reading_text(row, "name");
        bms_reading_dates(row, "from", "to", &card->from, &card->to);
    }
}

static void read_focus_areas(bms_reading *reading) {
    bms_definition *definition = reading->definition;
    size_t n = reading->setup->tables[BMS_SHEET_FOCUS_AREAS].n_rows;
    definition->focus_areas = bms_arena_alloc(reading->arena, n * sizeof *definition->focus_areas);
    definition->n_focus_areas = definition->focus_areas ? n : 0;
    for (size_t i = 0; i < definition->n_focus_areas; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_FOCUS_AREAS, i);
        bms_focus_area *area = &definition->focus_areas[i];
        area->code = bms_reading_code(row, i, "code");
        area->scorecard = bms_reading_reference(row, "scorecard");
        area->name = bms_reading_text(row, "name");
        area->goal = bms_reading_text(row, "goal");
    }
}

static void read_criteria(bms_reading *reading) {
    bms_definition *definition = reading->definition;
    size_t n = reading->setup->tables[BMS_SHEET_CRITERIA].n_rows;
    definition->criteria = bms_arena_alloc(reading->arena, n * sizeof *definition->criteria);
    definition->n_criteria = definition->criteria ? n : 0;
    for (size_t i = 0; i < definition->n_criteria; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_CRITERIA, i);
        bms_criterion *criterion = &definition->criteria[i];
        criterion->code = bms_reading_code(row, i, "code");
        criterion->focus_area = bms_reading_reference(row, "focus_area");
        criterion->name = bms_reading_text(row, "name");
    }
}

void bms_read_scorecards(bms_reading *reading) {
    read_cards(reading);
    read_focus_areas(reading);
    read_criteria(reading);
}

static void check_criterion(bms_reading_row row, const bms_placement *placement) {
    const bms_definition *definition = row.reading->definition;
    if (placement->criterion == BMS_NONE || placement->scorecard == BMS_NONE)
        return;
    const bms_criterion *criterion = &definition->criteria[placement->criterion];
    if (criterion->focus_area == BMS_NONE)
        return;
    int scorecard = definition->focus_areas[criterion->focus_area].scorecard;
    if (scorecard != BMS_NONE && scorecard != placement->scorecard) {
        bms_reading_mistake(row, "criterion", BMS_MISTAKE_OTHER_SCORECARD, criterion->code,
                            definition->scorecards[scorecard].code);
    }
}

static void check_placed_once(bms_reading_row row, size_t index) {
    const bms_definition *definition = row.reading->definition;
    const bms_placement *this = &definition->placements[index];
    if (this->indicator == BMS_NONE || this->scorecard == BMS_NONE)
        return;
    for (size_t i = 0; i < index; i++) {
        const bms_placement *other = &definition->placements[i];
        if (other->indicator != this->indicator || other->scorecard != this->scorecard)
            continue;
        bms_reading_mistake(row, "indicator", BMS_MISTAKE_PLACED_TWICE,
                            definition->indicators[this->indicator].code,
                            bms_reading_address(row.reading, row.sheet, i, "indicator"));
        return;
    }
}

/** What a placement is sorted by, gathered so that the comparison needs no definition. */
struct sorting {
    bms_placement placement;
    int focus_area;
    size_t row;
};

static int difference(double a, double b) {
    return (a > b) - (a < b);
}

static int compare_placements(const void *left, const void *right) {
    const struct sorting *a = left;
    const struct sorting *b = right;
    if (a->placement.scorecard != b->placement.scorecard)
        return difference(a->placement.scorecard, b->placement.scorecard);
    if (a->focus_area != b->focus_area)
        return difference(a->focus_area, b->focus_area);
    if (a->placement.criterion != b->placement.criterion)
        return difference(a->placement.criterion, b->placement.criterion);
    int order = difference(a->placement.order, b->placement.order);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

/** Sort the placements as they are shown: by card, area and criterion in their order, then by their own. */
static void sort_placements(bms_reading *reading) {
    bms_definition *definition = reading->definition;
    size_t n = definition->n_placements;
    struct sorting *sorting = bms_arena_alloc(reading->arena, n * sizeof *sorting);
    if (!sorting)
        return;
    for (size_t i = 0; i < n; i++) {
        const bms_placement *placement = &definition->placements[i];
        int area = placement->criterion == BMS_NONE ? BMS_NONE
                                                    : definition->criteria[placement->criterion].focus_area;
        sorting[i] = (struct sorting){*placement, area, i};
    }
    qsort(sorting, n, sizeof *sorting, compare_placements);
    for (size_t i = 0; i < n; i++)
        definition->placements[i] = sorting[i].placement;
}

void bms_read_placements(bms_reading *reading) {
    bms_definition *definition = reading->definition;
    size_t n = reading->setup->tables[BMS_SHEET_PLACEMENTS].n_rows;
    definition->placements = bms_arena_alloc(reading->arena, n * sizeof *definition->placements);
    definition->n_placements = definition->placements ? n : 0;
    for (size_t i = 0; i < definition->n_placements; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_PLACEMENTS, i);
        bms_placement *placement = &definition->placements[i];
        placement->scorecard = bms_reading_reference(row, "scorecard");
        placement->criterion = bms_reading_reference(row, "criterion");
        placement->indicator = bms_reading_reference(row, "indicator");
        placement->order = bms_reading_number(row, "order").value;
        check_criterion(row, placement);
        check_placed_once(row, i);
    }
    if (definition->n_placements > 0)
        sort_placements(reading);
}

/** Find what an action is linked to: indicator, success criterion, focus area or scorecard, in this order. */
static void read_link(bms_reading_row row, bms_planned_action *action) {
    const bms_reading *reading = row.reading;
    const char *code = bms_reading_text(row, "linked_to");
    action->indicator = action->criterion = action->focus_area = action->scorecard = BMS_NONE;
    if (code[0] == '\0')
        return;
    action->indicator = bms_reading_find(reading, BMS_SHEET_INDICATORS, code);
    if (action->indicator != BMS_NONE)
        return;
    action->criterion = bms_reading_find(reading, BMS_SHEET_CRITERIA, code);
    if (action->criterion != BMS_NONE)
        return;
    action->focus_area = bms_reading_find(reading, BMS_SHEET_FOCUS_AREAS, code);
    if (action->focus_area != BMS_NONE)
        return;
    action->scorecard = bms_reading_find(reading, BMS_SHEET_SCORECARDS, code);
    if (action->scorecard == BMS_NONE)
        bms_reading_unknown(row, "linked_to", BMS_MISTAKE_UNKNOWN_REFERENCE, BMS_SHEET_INDICATORS, code);
}

/** Actions are numbered within their unit. */
static void check_number(bms_reading_row row, size_t index) {
    const bms_definition *definition = row.reading->definition;
    const bms_planned_action *this = &definition->actions[index];
    for (size_t i = 0; i < index; i++) {
        const bms_planned_action *other = &definition->actions[i];
        if (this->number[0] == '\0' || other->unit != this->unit ||
            bms_code_compare(other->number, this->number) != 0)
            continue;
        bms_reading_mistake(row, "number", BMS_MISTAKE_DUPLICATE_CODE, this->number,
                            bms_reading_address(row.reading, row.sheet, i, "number"));
        return;
    }
}

void bms_read_actions(bms_reading *reading) {
    bms_definition *definition = reading->definition;
    size_t n = reading->setup->tables[BMS_SHEET_ACTIONS].n_rows;
    definition->actions = bms_arena_alloc(reading->arena, n * sizeof *definition->actions);
    definition->n_actions = definition->actions ? n : 0;
    for (size_t i = 0; i < definition->n_actions; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_ACTIONS, i);
        bms_planned_action *action = &definition->actions[i];
        action->number = bms_reading_text(row, "number");
        action->unit = bms_reading_reference(row, "unit");
        read_link(row, action);
        action->text = bms_reading_text(row, "text");
        action->responsible = bms_reading_text(row, "responsible");
        action->due = bms_reading_date(row, "due");
        action->status = bms_reading_text(row, "status");
        action->effect = bms_reading_text(row, "effect");
        check_number(row, i);
    }
}
