/** Makes the form of one unit out of a definition (see questions.h): what is asked, in scorecard order. */
#include "core/form/questions.h"

#include "core/base/error.h"

/** A form being made. */
struct making {
    bms_arena *arena;
    const bms_form_request *request;
    const bms_definition *definition;
    bms_question *questions;
    bms_question_view *views;
    int *points; /* the measuring point of each question */
    size_t n;
};

/** @return the place of an indicator among the first `n` questions, or BMS_NONE. */
static int question_of(const struct making *making, int indicator, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (making->definition->points[making->points[i]].indicator == indicator)
            return (int)i;
    }
    return BMS_NONE;
}

static enum bms_duty duty_of(const struct making *making, const bms_measuring_point *point) {
    return bms_definition_duty(making->definition, point, making->request->unit);
}

/** Find what the unit is asked for; the points are already in the order of the scorecard. */
static enum bms_status choose_points(struct making *making, bms_error *error) {
    const bms_definition *definition = making->definition;
    making->points = bms_arena_alloc(making->arena, definition->n_points * sizeof *making->points);
    if (!making->points)
        return bms_error_no_memory(error);
    for (size_t i = 0; i < definition->n_points; i++) {
        const bms_measuring_point *point = &definition->points[i];
        if (point->form != making->request->period || duty_of(making, point) == BMS_NOT_ASKED)
            continue;
        if (question_of(making, point->indicator, making->n) == BMS_NONE)
            making->points[making->n++] = (int)i;
    }
    making->questions = bms_arena_alloc(making->arena, making->n * sizeof *making->questions);
    making->views = bms_arena_alloc(making->arena, making->n * sizeof *making->views);
    return making->questions && making->views ? BMS_OK : bms_error_no_memory(error);
}

static bool same_number(bms_number_ref a, bms_number_ref b) {
    return a.indicator == b.indicator && a.which == b.which;
}

/** @return whether two questions of the form measure the same period. */
static bool same_period(const struct making *making, size_t a, size_t b) {
    const bms_measuring_point *points = making->definition->points;
    return points[making->points[a]].period == points[making->points[b]].period;
}

/**
 * Where in this form a number is typed: at the indicator it is the same as, if that is asked here; else at
 * the first question that shares it. For another measured period it is another number.
 */
static bms_number_ref typed_at(const struct making *making, size_t question, bms_number_ref here) {
    const bms_definition *definition = making->definition;
    bms_number_ref root = bms_definition_asked_as(definition, here);
    int at = question_of(making, root.indicator, making->n);
    if (at != BMS_NONE && same_period(making, question, (size_t)at))
        return root;
    for (size_t i = 0; i < question; i++) {
        int indicator = definition->points[making->points[i]].indicator;
        for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
            bms_number_ref other = {indicator, (enum bms_which)which};
            if (same_period(making, question, i) &&
                same_number(bms_definition_asked_as(definition, other), root))
                return other;
        }
    }
    return here;
}

/** Set what the number is a part of, unless this form asks the whole for another period. */
static void put_part_of(const struct making *making, size_t question, bms_number_ref whole,
                        bms_question_number *out) {
    out->part_of_indicator = "";
    if (whole.indicator == BMS_NONE)
        return;
    int at = question_of(making, whole.indicator, making->n);
    if (at != BMS_NONE && !same_period(making, question, (size_t)at))
        return;
    out->part_of_indicator = making->definition->indicators[whole.indicator].code;
    out->part_of_number = whole.which;
}

/** @return whether every number that is a part of this one is asked in this form, for the same period. */
static bool all_parts_are_asked(const struct making *making, size_t question, bms_number_ref whole) {
    const bms_definition *definition = making->definition;
    for (size_t i = 0; i < definition->n_indicators; i++) {
        const bms_indicator *indicator = &definition->indicators[i];
        if (!same_number(indicator->numerator.part_of, whole) &&
            !same_number(indicator->denominator.part_of, whole))
            continue;
        int at = question_of(making, (int)i, making->n);
        if (at == BMS_NONE || !same_period(making, question, (size_t)at))
            return false;
    }
    return true;
}

static void put_number(const struct making *making, size_t question, bms_number_ref here,
                       bms_question_number *out) {
    const bms_definition *definition = making->definition;
    const bms_measuring_point *point = &definition->points[making->points[question]];
    const bms_indicator *indicator = &definition->indicators[here.indicator];
    const bms_asked_number *number = bms_definition_number(definition, here);
    const bms_period *period = &definition->calendar[point->period].period;
    bms_number_ref typed = typed_at(making, question, here);
    *out = (bms_question_number){
        .text = "", .unit_of_measure = "", .same_as_indicator = "", .part_of_indicator = ""};
    if (here.which == BMS_DENOMINATOR && !bms_kind_of(indicator->kind)->has_denominator)
        return;
    const char *text = number->question;
    if (*text == '\0')
        text = bms_definition_number(definition, bms_definition_asked_as(definition, here))->question;
    out->text = bms_question_text(making->arena, text, indicator->basis, period);
    out->unit_of_measure = number->unit_of_measure;
    if (!same_number(typed, here)) {
        out->same_as_indicator = definition->indicators[typed.indicator].code;
        out->same_as_number = typed.which;
    }
    put_part_of(making, question, number->part_of, out);
    out->least = number->least;
    out->most = number->most;
    out->usual_from = number->usual_from;
    out->usual_to = number->usual_to;
    out->whole = number->whole;
    out->parts_are_all = number->parts_are_all && all_parts_are_asked(making, question, here);
}

/** @return the focus area under which an indicator is first placed, or "". */
static const char *focus_area_of(const bms_definition *definition, int indicator) {
    for (size_t i = 0; i < definition->n_placements; i++) {
        const bms_placement *placement = &definition->placements[i];
        if (placement->indicator != indicator || placement->criterion == BMS_NONE)
            continue;
        return definition->focus_areas[definition->criteria[placement->criterion].focus_area].name;
    }
    return "";
}

static void make_question(const struct making *making, size_t i) {
    const bms_definition *definition = making->definition;
    const bms_measuring_point *point = &definition->points[making->points[i]];
    const bms_indicator *indicator = &definition->indicators[point->indicator];
    bms_question *out = &making->questions[i];
    *out = (bms_question){
        .indicator = indicator->code,
        .name = indicator->name,
        .period = definition->calendar[point->period].period.code,
        .kind = indicator->kind,
        .basis = indicator->basis,
        .factor = indicator->factor,
        .decimals = indicator->decimals,
        .unit_of_result = indicator->unit_of_result,
        .required = duty_of(making, point) == BMS_REQUIRED,
        .must_answer = indicator->must_answer,
        .when_red = indicator->when_red,
        .limits = bms_limits_for(definition, point, making->request->unit, NULL),
    };
    put_number(making, i, (bms_number_ref){point->indicator, BMS_NUMERATOR}, &out->numerator);
    put_number(making, i, (bms_number_ref){point->indicator, BMS_DENOMINATOR}, &out->denominator);
    making->views[i].focus_area = focus_area_of(definition, point->indicator);
    making->views[i].guidance = indicator->guidance;
    making->views[i].source = indicator->source;
}

/* Identity */

static enum bms_status put_identity(const struct making *making, bms_form *out, bms_error *error) {
    const bms_definition *definition = making->definition;
    const bms_unit *unit = &definition->units[making->request->unit];
    const bms_calendar_period *period = &definition->calendar[making->request->period];
    bms_arena *arena = making->arena;
    char *seal = bms_arena_alloc(arena, BMS_SEAL_SIZE);
    const bms_municipality *municipality = &definition->municipality;
    out->municipality_name = bms_municipality_name_on(municipality, period->period.to);
    out->unit_name = unit->name;
    out->reply_to = municipality->reply_to;
    out->due = period->due;
    out->period_name = bms_definition_period_name(definition, making->request->period, arena, out->language);
    out->identity =
        (bms_identity){.municipality = bms_municipality_number_on(municipality, period->period.to),
                       .unit = unit->code,
                       .period = period->period.code,
                       .definition = bms_arena_format(arena, "%d", definition->version),
                       .title = bms_arena_format(arena, "%s – %s", unit->name, out->period_name),
                       .seal = seal};
    enum bms_status status = bms_error_of_arena(BMS_OK, arena, error);
    return status == BMS_OK
               ? bms_seal(making->request->key, &out->identity, making->questions, making->n, seal)
               : status;
}

enum bms_status bms_form_questions(bms_arena *arena, const bms_form_request *request, bms_form *out,
                                   bms_error *error) {
    struct making making = {.arena = arena, .request = request, .definition = request->definition};
    *out = (bms_form){.language = request->language, .made_at = request->made_at};
    enum bms_status status = choose_points(&making, error);
    if (status != BMS_OK)
        return status;
    for (size_t i = 0; i < making.n; i++)
        make_question(&making, i);
    out->questions = making.questions;
    out->views = making.views;
    out->points = making.points;
    out->n_questions = making.n;
    return put_identity(&making, out, error);
}
