/*
 * Which way an indicator's result moved: what it is compared with, over which units, and whether it is a
 * change at all (design, 'Change').
 */
#include "core/report/change.h"
#include "core/report/parts.h"

#include "core/base/number.h"

#include <math.h>

/* Better or worse. */

/** @return how far a result is outside green; 0 inside. */
static double beyond_band(const bms_limits *limits, double value) {
    return fmax(fmax(limits->green - value, value - limits->green_to), 0);
}

static int better_of(const bms_indicator *indicator, const bms_limits *limits, double before, double now) {
    if (indicator->better != BMS_BAND) {
        bool higher = now > before;
        return higher == (indicator->better == BMS_UP) ? 1 : -1;
    }
    if (!limits->known || limits->better != BMS_BAND)
        return 0;
    double from = beyond_band(limits, before);
    double to = beyond_band(limits, now);
    return from > to ? 1 : from < to ? -1 : 0;
}

/* What is compared. */

/** What a row's number is compared with, and what the row shows of it. */
struct comparison {
    enum bms_compared with;
    int point;
    enum bms_reach reach;
    const bms_figure *now;
    const bms_figure *then;
};

static bool is_known(const bms_figure *figure) {
    return figure->there && figure->rolled.result.known;
}

static int year_of(const bms_definition *definition, int point) {
    int year, month, day;
    bms_day_parts(definition->calendar[definition->points[point].period].period.to, &year, &month, &day);
    return year;
}

static struct comparison choose(const bms_report_building *building, const bms_report_points *points,
                                const bms_report_indicator *row) {
    const bms_basis_traits *basis = bms_basis_of(row->indicator->basis);
    const struct comparison with_last = {BMS_COMPARED_WITH_LAST, points->last, BMS_AT_POINT, &row->now,
                                         &row->last};
    if (basis->whole_year) {
        struct comparison forecast = with_last;
        const bms_definition *definition = building->model->definition;
        bool earlier =
            points->last != BMS_NONE && year_of(definition, points->last) == year_of(definition, points->now);
        forecast.with = earlier ? BMS_COMPARED_WITH_FORECAST : BMS_COMPARED_WITH_NOTHING;
        return forecast;
    }
    if (bms_report_shows_year(row)) {
        return (struct comparison){BMS_COMPARED_WITH_YEAR_TO_DATE, points->year_before, BMS_YEAR_SO_FAR,
                                   &row->so_far, &row->so_far_before};
    }
    if (!is_known(&row->year_before))
        return with_last;
    return (struct comparison){BMS_COMPARED_WITH_YEAR_BEFORE, points->year_before, BMS_AT_POINT, &row->now,
                               &row->year_before};
}

/* Comparing. */

static bool covers(const bms_indicator *indicator, const bms_rolled *now, size_t n) {
    size_t asked = now->planned - now->not_applicable;
    double coverage = asked == 0 ? 0 : (double)n / (double)asked;
    return now->planned == 1 || bms_number_compare(coverage, indicator->least_coverage, 9) >= 0;
}

static void put_direction(bms_change *change, const bms_report_indicator *row, const bms_same_units *same) {
    const bms_limits *limits = &row->now.limits;
    double then = same->then.result.value;
    double now = same->now.result.value;
    change->then = same->then.result;
    change->now = same->now.result;
    int before = bms_shown_decimals(limits, change->then, row->indicator->decimals);
    int after = bms_shown_decimals(limits, change->now, row->indicator->decimals);
    change->decimals = before > after ? before : after;
    if (!bms_change_is_clear(row->indicator, &same->then, &same->now))
        return;
    change->direction = now > then ? 1 : -1;
    change->better = better_of(row->indicator, limits, then, now);
}

bms_change bms_report_compared(const bms_report_building *building, const bms_report_points *points,
                               const bms_report_indicator *row) {
    const struct comparison chosen = choose(building, points, row);
    bms_change change = {.broken = row->broken || (points->year_broken && bms_report_shows_year(row)),
                         .year_missing = row->year_before.there && !row->year_before.rolled.result.known};
    if (chosen.with == BMS_COMPARED_WITH_NOTHING || !is_known(chosen.now) || !is_known(chosen.then))
        return change;
    const bms_same_units same = bms_figures_same_units(building->figures, chosen.point, points->now,
                                                       building->model->unit, chosen.reach);
    change.units = same.n;
    change.too_few = same.n > 0 && !covers(row->indicator, &row->now.rolled, same.n);
    if (change.too_few || !same.then.result.known || !same.now.result.known)
        return change;
    change.with = chosen.with;
    change.in_row = bms_number_same(same.now.result, chosen.now->rolled.result) &&
                    bms_number_same(same.then.result, chosen.then->rolled.result);
    put_direction(&change, row, &same);
    return change;
}
