/* Building a report model of its parts (see parts.h), and which units get a report. */
#include "core/report/report.h"

#include "core/base/error.h"
#include "core/report/parts.h"

bool bms_report_wanted(const bms_figures *figures, int unit) {
    const bms_definition *definition = bms_figures_definition(figures);
    bms_day day = definition->calendar[bms_figures_form(figures)].period.to;
    if (definition->units[unit].from != BMS_NO_DAY && definition->units[unit].from > day) {
        return false; /* it did not exist yet, although units below it may have no first day */
    }
    const int *units;
    size_t n = bms_figures_below(figures, unit, &units);
    for (size_t p = 0; p < definition->n_points; p++) {
        const bms_measuring_point *point = &definition->points[p];
        for (size_t u = 0; point->form == bms_figures_form(figures) && u < n; u++) {
            if (bms_definition_duty(definition, point, units[u]) != BMS_NOT_ASKED)
                return true;
        }
    }
    return false;
}

void bms_report_figure(const bms_report_building *building, int point, int unit, bool own_only,
                       enum bms_reach reach, bms_figure *figure, bms_limits_source *source) {
    const bms_definition *definition = building->model->definition;
    *figure = (bms_figure){.period_name = "", .period_code = "", .rolled.answer.state = BMS_MISSING};
    if (point == BMS_NONE)
        return;
    const bms_measuring_point *measuring = &definition->points[point];
    bms_assessment found =
        bms_figures_assess(building->figures, point, unit, own_only, reach, &figure->rolled);
    figure->there = figure->rolled.planned > 0;
    figure->limits = found.limits;
    figure->colour = found.colour;
    figure->why = found.why;
    if (source)
        *source = found.source;
    figure->decimals = bms_shown_decimals(&figure->limits, figure->rolled.result,
                                          definition->indicators[measuring->indicator].decimals);
    figure->of_year =
        reach == BMS_YEAR_SO_FAR && bms_basis_of(definition->indicators[measuring->indicator].basis)->adds_up;
    figure->period_code = definition->calendar[measuring->period].period.code;
    figure->period_name =
        bms_definition_period_name(definition, measuring->period, building->arena, building->model->language);
}

bool bms_report_shows_year(const bms_report_indicator *row) {
    const bms_basis_traits *basis = bms_basis_of(row->indicator->basis);
    return basis->adds_up || basis->to_date;
}

static const bms_figure *status_of(const bms_report_indicator *row, const bms_figure *now,
                                   const bms_figure *so_far) {
    return bms_report_shows_year(row) && so_far->colour != BMS_NO_COLOUR ? so_far : now;
}

const bms_figure *bms_report_status(const bms_report_indicator *row) {
    return status_of(row, &row->now, &row->so_far);
}

const bms_figure *bms_report_answer_status(const bms_report_indicator *row, const bms_report_answer *answer) {
    return status_of(row, &answer->now, &answer->so_far);
}

const bms_figure *bms_report_in_spread(const bms_report_indicator *row, const bms_report_answer *answer) {
    return bms_report_status(row) == &row->so_far ? &answer->so_far : &answer->now;
}

static enum bms_report_kind kind_of(const bms_figures *figures, int unit) {
    const int *units;
    if (bms_figures_definition(figures)->units[unit].parent == BMS_NONE)
        return BMS_REPORT_MUNICIPALITY;
    return bms_figures_below(figures, unit, &units) > 1 ? BMS_REPORT_LEADER : BMS_REPORT_UNIT;
}

static void count_colours(bms_report_model *model) {
    for (size_t i = 0; i < model->n_indicators; i++)
        model->n_by_colour[bms_report_status(&model->indicators[i])->colour]++;
    for (size_t u = 0; u < model->n_units; u++) {
        for (int c = 0; c < 4; c++)
            model->n_answers_by_colour[c] += model->units[u].n[c];
    }
    for (size_t a = 0; a < model->n_actions; a++)
        model->n_overdue += model->actions[a].overdue;
}

enum bms_status bms_report_build(bms_arena *arena, const bms_report_run *run, int unit, int edition,
                                 const char *language, bms_report_model *out, bms_error *error) {
    const bms_definition *definition = bms_figures_definition(run->figures);
    int form = bms_figures_form(run->figures);
    *out = (bms_report_model){
        .definition = definition,
        .language = language,
        .kind = kind_of(run->figures, unit),
        .unit = unit,
        .form = form,
        .period_name = bms_definition_period_name(definition, form, arena, language),
        .edition = edition,
        .made_at = run->made_at,
        .preliminary = bms_day_here(run->made_at) < definition->calendar[form].period.to,
        .history = run->history ? run->history : "",
        .recorded_by = run->recorded_by ? run->recorded_by : "",
        .previous_program = "",
        .internal = true,
    };
    bms_report_building building = {.arena = arena, .figures = run->figures, .model = out};
    bms_report_add_indicators(&building);
    bms_report_add_units(&building);
    bms_report_add_actions(&building);
    bms_report_add_reds(&building);
    count_colours(out);
    return bms_error_of_arena(BMS_OK, arena, error);
}
