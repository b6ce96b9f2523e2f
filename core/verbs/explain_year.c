/** Explains the year so far (see explain_year.h), from the same table of answers as the reports. */
#include "core/verbs/explain_year.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/report/figures.h"
#include "core/report/words.h"

/** "4 + 4": what each measuring point of the year gives; a missing one in words. */
static const char *added(const bms_explaining *explaining, const bms_figures *figures, const int *points,
                         size_t n) {
    bms_arena *arena = explaining->job->arena;
    const char *list = "";
    for (size_t i = n; i-- > 0;) {
        bms_rolled rolled = bms_figures_roll(figures, points[i], explaining->unit, false, BMS_AT_POINT);
        const char *one = rolled.result.known
                              ? bms_number_plain(arena, rolled.result.value, explaining->job->language)
                              : bms_explain_state(&explaining->words, rolled.answer.state);
        list = bms_arena_format(arena, "%s%s%s", list, *list ? " + " : "", one);
    }
    return list;
}

/** @return whether what each measuring point gives adds up to the year's result. */
static bool adds_to(const bms_explaining *explaining, const bms_figures *figures, const int *points, size_t n,
                    double result) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        bms_rolled rolled = bms_figures_roll(figures, points[i], explaining->unit, false, BMS_AT_POINT);
        sum += rolled.result.known ? rolled.result.value : 0;
    }
    return bms_number_compare(sum, result, 9) == 0;
}

/** How the year's result was worked out: the sum of its periods, or their numbers added up. */
static const char *working(const bms_explaining *explaining, const bms_figures *figures,
                           const bms_rolled *rolled, const int *points, size_t n, const char *result) {
    const bms_indicator *indicator = explaining->held.indicator;
    if (!rolled->result.known)
        return result;
    if (bms_kind_of(indicator->kind)->result_is_amount) {
        if (!adds_to(explaining, figures, points, n, rolled->result.value))
            return result; /* units were elsewhere in a part of the year */
        return bms_arena_format(explaining->job->arena, "%s = %s", added(explaining, figures, points, n),
                                result);
    }
    return bms_kind_of(indicator->kind)->zero_with_whole && !rolled->by_rule
               ? bms_explain_formula(&explaining->words, indicator, &rolled->answer, result)
               : result;
}

/** Fetch the answers of the indicator. */
static enum bms_status fetch(const bms_explaining *explaining, bms_figures **out, bms_error *error) {
    const bms_measuring_point *point = bms_explaining_point(explaining);
    enum bms_status status =
        bms_figures_new(explaining->job->arena, explaining->definition, point->form,
                        bms_day_here(explaining->job->now), explaining->unit, out, error);
    return status == BMS_OK
               ? bms_figures_load_indicator(*out, explaining->job->history, point->indicator, error)
               : status;
}

/** "Lia barnehage, closed 30.06.2026 (1. tertial 2026)" */
static const char *closed_text(const bms_explaining *explaining, const bms_closed *closed) {
    const bms_definition *definition = explaining->definition;
    bms_arena *arena = explaining->job->arena;
    const bms_words words = {arena, explaining->job->language};
    const char *unit = bms_words_closed(&words, &definition->units[closed->unit]);
    return bms_arena_format(arena, "%s (%s)", unit,
                            bms_definition_period_name(definition, definition->points[closed->point].period,
                                                       arena, words.language));
}

enum bms_status bms_explain_closed(bms_explaining *explaining, bms_error *error) {
    const bms_definition *definition = explaining->definition;
    bms_arena *arena = explaining->job->arena;
    bms_figures *figures = NULL;
    explaining->closed = "";
    if (explaining->as_one || !bms_basis_of(explaining->indicator->basis)->to_date)
        return BMS_OK;
    bms_closed *closed = bms_arena_alloc(arena, definition->n_units * sizeof *closed);
    if (!closed)
        return bms_error_no_memory(error);
    enum bms_status status = fetch(explaining, &figures, error);
    size_t n =
        status == BMS_OK ? bms_figures_closed(figures, explaining->point, explaining->unit, closed) : 0;
    for (size_t i = 0; i < n; i++) {
        explaining->parts[explaining->n_parts++] =
            (bms_part){.unit = closed[i].unit,
                       .answer = bms_figures_answer(figures, closed[i].point, closed[i].unit)->answer};
        explaining->closed =
            bms_arena_format(arena, "%s%s%s", explaining->closed, *explaining->closed ? "; " : "",
                             closed_text(explaining, &closed[i]));
    }
    return status;
}

enum bms_status bms_explain_year(const bms_explaining *explaining, const char **out, bms_error *error) {
    const bms_definition *definition = explaining->definition;
    const bms_measuring_point *point = bms_explaining_point(explaining);
    bms_arena *arena = explaining->job->arena;
    bms_figures *figures = NULL;
    int points[BMS_MOST_YEAR_POINTS];
    bms_rolled rolled;
    *out = "";
    if (!bms_basis_of(definition->indicators[point->indicator].basis)->adds_up)
        return BMS_OK;
    enum bms_status status = fetch(explaining, &figures, error);
    if (status != BMS_OK)
        return status;
    size_t n = bms_figures_year_points(figures, explaining->point, points);
    bms_assessment found =
        bms_figures_assess(figures, explaining->point, explaining->unit, false, BMS_YEAR_SO_FAR, &rolled);
    if (n < 2 || rolled.answer.state != BMS_REPORTED)
        return BMS_OK;
    const char *result =
        bms_explain_result(&explaining->words, explaining->held.indicator, &found.limits, rolled.result);
    *out = bms_arena_format(arena, "%s; %s", working(explaining, figures, &rolled, points, n, result),
                            bms_explain_colour(&explaining->words, found.colour, found.why));
    if (found.limits.known) {
        *out = bms_arena_format(
            arena, "%s (%s)", *out,
            bms_explain_limits(&explaining->words, explaining->held.indicator, &found.limits));
    }
    return BMS_OK;
}
