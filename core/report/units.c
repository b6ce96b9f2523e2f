/* The units of a report, in the order of the tree, each with its delivery and its results. */
#include "core/report/parts.h"

#include <string.h>

/** A unit in the rows of the indicators. */
struct tally {
    size_t n[4]; /* its own answers by colour */
    bool asked;  /* for anything the report shows */
    bool listed; /* it has a row of its own */
};

/** @return a tally of each unit of the definition; NULL when memory is out. */
static struct tally *tally_all(const bms_report_building *building) {
    const bms_report_model *model = building->model;
    struct tally *tallies = bms_arena_alloc(building->arena, model->definition->n_units * sizeof *tallies);
    for (size_t i = 0; tallies && i < model->n_indicators; i++) {
        const bms_report_indicator *row = &model->indicators[i];
        for (size_t a = 0; a < row->n_answers; a++) {
            struct tally *tally = &tallies[row->answers[a].unit];
            tally->n[bms_report_answer_status(row, &row->answers[a])->colour]++;
            tally->asked = true;
        }
    }
    return tallies;
}

/* Delivery. */

static bms_delivery delivery_of(const bms_report_building *building, int unit) {
    bms_delivery delivery = bms_figures_delivery(building->figures, unit);
    delivery.file = delivery.file ? delivery.file : "";
    delivery.why = delivery.why ? delivery.why : "";
    return delivery;
}

/* Figures. */

/** Put the year so far in the place of the latest measurement where it is what the status is about. */
static void put_year(const bms_report_building *building, int point, int unit, bool own_only,
                     const bms_report_indicator *row, bms_figure *out) {
    bms_figure year;
    if (!bms_report_shows_year(row))
        return;
    bms_report_figure(building, point, unit, own_only, BMS_YEAR_SO_FAR, &year, NULL);
    if (year.colour != BMS_NO_COLOUR)
        *out = year;
}

/** Find a unit's result of a row; where it has none at the row's measuring point, its own latest before that,
 * which is no part of the row. Neither is what it reported when it was below another unit. */
static void find_figure(const bms_report_building *building, const bms_report_indicator *row, int unit,
                        bool own_only, bms_figure *out) {
    int point = bms_figures_point_before(building->figures, row->index, building->model->unit, BMS_NONE);
    bms_report_figure(building, point, unit, own_only, BMS_AT_POINT, out, NULL);
    if (out->there) {
        put_year(building, point, unit, own_only, row, out);
        out->apart = !bms_figures_was_below(building->figures, point, unit, building->model->unit);
        return;
    }
    int own = bms_figures_point_before(building->figures, row->index, unit, BMS_NONE);
    bms_report_figure(building, own, unit, own_only, BMS_AT_POINT, out, NULL);
    out->apart = true;
}

static const bms_figure *figures_of(const bms_report_building *building, int unit, bool own_only) {
    const bms_report_model *model = building->model;
    bms_figure *figures = bms_arena_alloc(building->arena, model->n_indicators * sizeof *figures);
    for (size_t i = 0; figures && i < model->n_indicators; i++)
        find_figure(building, &model->indicators[i], unit, own_only, &figures[i]);
    return figures;
}

/** @return whether the unit, or one below it, still exists, or has an answer that the report shows. */
static bool anyone_is_there(const bms_report_building *building, const struct tally *tallies, int unit) {
    const bms_report_model *model = building->model;
    bms_day day = model->definition->calendar[model->form].period.to;
    const int *below;
    size_t n = bms_figures_below(building->figures, unit, &below);
    for (size_t i = 0; i < n; i++) {
        if (bms_unit_valid(&model->definition->units[below[i]], day) || tallies[below[i]].asked)
            return true;
    }
    return false;
}

static void add_unit(const bms_report_building *building, struct tally *tallies, int unit,
                     bms_report_unit *rows) {
    bms_report_model *model = building->model;
    const int *below;
    int depth =
        bms_figures_depth(building->figures, unit) - bms_figures_depth(building->figures, model->unit);
    bms_report_unit *row = &rows[model->n_units];
    bms_report_unit own = {
        .unit = unit, .depth = depth + 1, .own = true, .delivery = {.file = "", .why = ""}};
    row->unit = unit;
    row->depth = depth;
    row->parent = bms_figures_below(building->figures, unit, &below) > 1;
    row->delivery = delivery_of(building, unit);
    memcpy(row->n, tallies[unit].n, sizeof row->n);
    if (!anyone_is_there(building, tallies, unit)) {
        *row = (bms_report_unit){0};
        return;
    }
    tallies[unit].listed = true;
    row->figures = figures_of(building, unit, !row->parent);
    model->n_units++;
    if (!row->parent || !tallies[unit].asked)
        return;
    own.figures = figures_of(building, unit, true);
    rows[model->n_units++] = own;
}

/** Add the units that a row of the indicators is made of, and that are elsewhere or closed by now. */
static void add_former(const bms_report_building *building, struct tally *tallies, bms_report_unit *rows) {
    bms_report_model *model = building->model;
    for (size_t i = 0; i < model->n_indicators; i++) {
        const bms_report_indicator *row = &model->indicators[i];
        for (size_t a = 0; a < row->n_answers; a++) {
            int unit = row->answers[a].unit;
            if (tallies[unit].listed)
                continue;
            bms_report_unit *former = &rows[model->n_units];
            *former = (bms_report_unit){
                .unit = unit, .depth = 1, .former = true, .delivery = {.file = "", .why = ""}};
            memcpy(former->n, tallies[unit].n, sizeof former->n);
            tallies[unit].listed = true;
            former->figures = figures_of(building, unit, true);
            model->n_units++;
        }
    }
}

void bms_report_add_units(const bms_report_building *building) {
    bms_report_model *model = building->model;
    const int *units;
    size_t n = bms_figures_below(building->figures, model->unit, &units);
    size_t most = 2 * n + model->definition->n_units;
    bms_report_unit *rows = bms_arena_alloc(building->arena, most * sizeof *rows);
    struct tally *tallies = tally_all(building);
    if (!rows || !tallies)
        return;
    model->units = rows;
    for (size_t i = 0; i < n; i++)
        add_unit(building, tallies, units[i], rows);
    add_former(building, tallies, rows);
    for (size_t i = 0; i < model->n_units; i++) {
        model->n_expected_units += rows[i].delivery.stage != BMS_STAGE_NOT_ASKED;
        model->n_delivered_units += rows[i].delivery.revision > 0;
    }
}
