/* The indicators of a report: results, changes, the spread among units, and places on the scorecards. */
#include "core/base/number.h"
#include "core/report/parts.h"

/* The units below. */

/** Work out a unit's own result at a measuring point and in the year so far. */
static void find_results(const bms_report_building *building, int point, int unit,
                         bms_report_answer *answer) {
    bms_report_figure(building, point, unit, true, BMS_AT_POINT, &answer->now, NULL);
    bms_report_figure(building, point, unit, true, BMS_YEAR_SO_FAR, &answer->so_far, NULL);
}

static int red_in_a_row(const bms_report_building *building, int point, const bms_report_indicator *row,
                        const bms_report_answer *latest) {
    bms_report_answer answer = *latest;
    int newest = point;
    int n = 0;
    while (point != BMS_NONE && bms_figures_same_measure(building->figures, newest, point)) {
        bool red = bms_report_answer_status(row, &answer)->colour == BMS_RED;
        bool together = answer.now.rolled.planned > 1; /* of units that became one later: no run crosses it */
        if (answer.now.there && (!red || (together && n > 0)))
            break;
        n += red;
        point = bms_figures_point_before(building->figures, row->index, latest->unit, point);
        find_results(building, point, latest->unit, &answer);
    }
    return n;
}

/** @return whether an answer was signed before what it measures was over; a forecast is about what is not. */
static bool is_preliminary(const bms_definition *definition, int point, const bms_stored_entry *source) {
    const bms_measuring_point *measuring = &definition->points[point];
    bms_day signed_on;
    return source && source->signed_on && bms_day_parse(source->signed_on, &signed_on) &&
           !bms_basis_of(definition->indicators[measuring->indicator].basis)->whole_year &&
           signed_on < bms_definition_day_of(definition, measuring);
}

static void add_answer(const bms_report_building *building, int point, int unit,
                       const bms_report_indicator *row, bms_report_answer *answer) {
    answer->unit = unit;
    answer->source = bms_figures_answer(building->figures, point, unit)->source;
    answer->preliminary = is_preliminary(building->model->definition, point, answer->source);
    find_results(building, point, unit, answer);
    if (bms_report_answer_status(row, answer)->colour == BMS_RED)
        answer->red_in_a_row = red_in_a_row(building, point, row, answer);
}

static void add_answers(const bms_report_building *building, int point, bms_report_indicator *row) {
    size_t most = building->model->definition->n_units;
    int *units = bms_arena_alloc(building->arena, most * sizeof *units);
    size_t n = units ? bms_figures_units(building->figures, point, building->model->unit, units) : 0;
    bms_report_answer *answers = bms_arena_alloc(building->arena, n * sizeof *answers);
    if (!units || !answers)
        return;
    for (size_t i = 0; i < n; i++) {
        if (!bms_figures_answer(building->figures, point, units[i])->counts)
            continue;
        add_answer(building, point, units[i], row, &answers[row->n_answers]);
        if (units[i] == building->model->unit)
            row->own = &answers[row->n_answers];
        row->n_preliminary += answers[row->n_answers].preliminary;
        row->n_answers++;
    }
    row->answers = answers;
}

/** Add what is in the year to date of units that were closed in the year. */
static void add_closed(const bms_report_building *building, int point, bms_report_indicator *row) {
    const bms_basis_traits *basis = bms_basis_of(row->indicator->basis);
    size_t most = building->model->definition->n_units;
    if (!basis->to_date && !basis->adds_up)
        return;
    bms_closed *closed = bms_arena_alloc(building->arena, most * sizeof *closed);
    size_t n = closed ? bms_figures_closed(building->figures, point, building->model->unit, closed) : 0;
    bms_report_answer *answers = bms_arena_alloc(building->arena, n * sizeof *answers);
    for (size_t i = 0; answers && i < n; i++) {
        bms_report_answer *answer = &answers[i];
        answer->unit = closed[i].unit;
        answer->source = bms_figures_answer(building->figures, closed[i].point, closed[i].unit)->source;
        bms_report_figure(building, basis->to_date ? closed[i].point : BMS_NONE, answer->unit, true,
                          BMS_AT_POINT, &answer->now, NULL);
        bms_report_figure(building, closed[i].point, answer->unit, true, BMS_YEAR_SO_FAR, &answer->so_far,
                          NULL);
    }
    row->closed = answers;
    row->n_closed = answers ? n : 0;
}

static bms_spread spread_of(const bms_report_indicator *row) {
    bms_spread spread = {0};
    size_t reported = 0;
    for (size_t i = 0; i < row->n_answers; i++) {
        const bms_report_answer *answer = &row->answers[i];
        bms_number result = bms_report_in_spread(row, answer)->rolled.result;
        spread.n[bms_report_answer_status(row, answer)->colour]++;
        if (!result.known)
            continue;
        reported++;
        if (!spread.lowest || result.value < bms_report_in_spread(row, spread.lowest)->rolled.result.value)
            spread.lowest = answer;
        if (!spread.highest || result.value > bms_report_in_spread(row, spread.highest)->rolled.result.value)
            spread.highest = answer;
    }
    if (reported < 2) {
        spread.lowest = NULL;
        spread.highest = NULL;
    }
    return spread;
}

/* Earlier measuring points. */

static void add_course(const bms_report_building *building, int point, bms_report_indicator *row) {
    enum bms_reach reach = bms_basis_of(row->indicator->basis)->to_date ? BMS_ADDED : BMS_AT_POINT;
    bms_number newest_first[BMS_COURSE_POINTS];
    int latest = point;
    size_t n = 0;
    size_t same = 0; /* how many of the newest measured the same */
    for (; point != BMS_NONE && n < BMS_COURSE_POINTS;
         point = bms_figures_point_before(building->figures, row->index, building->model->unit, point)) {
        bms_rolled rolled = bms_figures_roll(building->figures, point, building->model->unit, false, reach);
        newest_first[n++] = rolled.covered ? rolled.result : (bms_number){0};
        same += same + 1 == n && bms_figures_same_measure(building->figures, latest, point);
    }
    for (size_t i = 0; i < n; i++)
        row->course[i] = newest_first[n - 1 - i];
    row->n_course = n;
    row->course_break = n - same;
}

/** Find what a row is compared with, and whether the indicator measured something else before. */
static bms_report_points points_of(const bms_report_building *building, int indicator, int point,
                                   bms_report_indicator *row) {
    const bms_figures *figures = building->figures;
    int last = bms_figures_point_before(figures, indicator, building->model->unit, point);
    int year_before = bms_definition_point_year_before(building->model->definition, point);
    year_before = bms_figures_is_there(figures, year_before) ? year_before : BMS_NONE;
    row->broken = !bms_figures_same_measure(figures, point, last);
    bool year_broken = !bms_figures_same_measure(figures, point, year_before);
    return (bms_report_points){.now = point,
                               .last = row->broken ? BMS_NONE : last,
                               .year_before = year_broken ? BMS_NONE : year_before,
                               .year_broken = year_broken};
}

static void add_row(const bms_report_building *building, int indicator, int point,
                    bms_report_indicator *row) {
    const bms_definition *definition = building->model->definition;
    int unit = building->model->unit;
    const bms_report_points points = points_of(building, indicator, point, row);
    row->indicator = &definition->indicators[indicator];
    row->index = indicator;
    bms_report_figure(building, point, unit, false, BMS_AT_POINT, &row->now, &row->target);
    bms_report_figure(building, point, unit, false, BMS_YEAR_SO_FAR, &row->so_far, NULL);
    bms_report_figure(building, points.last, unit, false, BMS_AT_POINT, &row->last, NULL);
    bms_report_figure(building, points.year_before, unit, false, BMS_AT_POINT, &row->year_before, NULL);
    bms_report_figure(building, bms_report_shows_year(row) ? points.year_before : BMS_NONE, unit, false,
                      BMS_YEAR_SO_FAR, &row->so_far_before, NULL);
    add_answers(building, point, row);
    add_closed(building, point, row);
    add_course(building, point, row);
    row->change = bms_report_compared(building, &points, row);
    row->spread = spread_of(row);
}

/* Places. */

static bool shown_on(const bms_report_building *building, const bms_placement *placement) {
    const bms_scorecard *card = &building->model->definition->scorecards[placement->scorecard];
    bms_day day = building->model->definition->calendar[building->model->form].period.to;
    return (card->from == BMS_NO_DAY || card->from <= day) && (card->to == BMS_NO_DAY || card->to >= day);
}

static void add_line(const bms_report_building *building, bms_report_indicator *rows, bms_report_line *lines,
                     size_t *of, int indicator, const bms_placement *placement) {
    const bms_definition *definition = building->model->definition;
    bms_report_model *model = building->model;
    if (of[indicator] == 0) {
        int point = bms_figures_point_before(building->figures, indicator, model->unit, BMS_NONE);
        if (point == BMS_NONE)
            return;
        add_row(building, indicator, point, &rows[model->n_indicators]);
        of[indicator] = ++model->n_indicators;
    }
    int criterion = placement ? placement->criterion : BMS_NONE;
    lines[model->n_lines++] = (bms_report_line){
        .scorecard = placement ? placement->scorecard : BMS_NONE,
        .criterion = criterion,
        .focus_area = criterion == BMS_NONE ? BMS_NONE : definition->criteria[criterion].focus_area,
        .indicator = of[indicator] - 1};
}

void bms_report_add_indicators(const bms_report_building *building) {
    const bms_definition *definition = building->model->definition;
    size_t n = definition->n_indicators;
    bms_report_indicator *rows = bms_arena_alloc(building->arena, n * sizeof *rows);
    bms_report_line *lines = bms_arena_alloc(building->arena, (n + definition->n_placements) * sizeof *lines);
    size_t *of = bms_arena_alloc(building->arena, n * sizeof *of); /* an indicator's row, counted from 1 */
    if (!rows || !lines || !of)
        return;
    building->model->indicators = rows;
    building->model->lines = lines;
    for (size_t p = 0; p < definition->n_placements; p++) {
        const bms_placement *placement = &definition->placements[p];
        if (shown_on(building, placement))
            add_line(building, rows, lines, of, placement->indicator, placement);
    }
    for (size_t i = 0; i < n; i++) {
        if (of[i] == 0)
            add_line(building, rows, lines, of, (int)i, NULL);
    }
}
