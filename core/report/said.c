/* What a report says (see said.h). Whatever the model gets that readers see belongs in the hash. */
#include "core/report/said.h"

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/sha256.h"
#include "core/base/sink.h"

#include <stdio.h>
#include <string.h>

/* The hash: over all values, each with its length or in a fixed width, so that none can run into the next. */

static void put_integer(const bms_sink *sink, int64_t value) {
    char text[24];
    (void)snprintf(text, sizeof text, "%lld ", (long long)value);
    bms_sink_text(sink, text);
}

static void put_text(const bms_sink *sink, const char *text) {
    put_integer(sink, text ? (int64_t)strlen(text) : -1);
    bms_sink_text(sink, text ? text : "");
}

/** Rounded as results are compared, so that the last bits of an addition do not count. */
static void put_number(const bms_sink *sink, bms_number number) {
    double rounded = number.known ? bms_number_round(number.value, 9) + 0.0 : 0;
    int64_t bits = 0;
    memcpy(&bits, &rounded, sizeof bits);
    put_integer(sink, number.known);
    put_integer(sink, bits);
}

static void put_real(const bms_sink *sink, double value) {
    put_number(sink, (bms_number){true, value});
}

static void put_limits(const bms_sink *sink, const bms_limits *limits) {
    put_integer(sink, limits->known);
    if (!limits->known)
        return;
    put_integer(sink, limits->better);
    put_real(sink, limits->green);
    put_real(sink, limits->red);
    put_real(sink, limits->better == BMS_BAND ? limits->green_to : 0);
    put_real(sink, limits->better == BMS_BAND ? limits->red_to : 0);
}

static void put_figure(const bms_sink *sink, const bms_figure *figure) {
    const bms_rolled *rolled = &figure->rolled;
    put_integer(sink, figure->there);
    if (!figure->there)
        return;
    put_text(sink, figure->period_code);
    put_integer(sink, rolled->answer.state);
    put_number(sink, rolled->answer.numerator);
    put_number(sink, rolled->answer.denominator);
    put_number(sink, rolled->result);
    put_integer(sink, (int64_t)rolled->planned);
    put_integer(sink, (int64_t)rolled->reported);
    put_integer(sink, (int64_t)rolled->empty_base);
    put_integer(sink, (int64_t)rolled->not_applicable);
    put_integer(sink, rolled->covered);
    put_limits(sink, &figure->limits);
    put_integer(sink, figure->colour);
    put_integer(sink, figure->why);
    put_integer(sink, figure->decimals);
}

static void put_source(const bms_sink *sink, const bms_stored_entry *source) {
    put_integer(sink, !!source);
    if (!source)
        return;
    const bms_entry_origin *origin = &source->origin;
    const char *const texts[] = {source->file,
                                 source->sheet,
                                 source->entry.numerator_cell,
                                 source->entry.denominator_cell,
                                 source->entry.comment,
                                 source->signed_by,
                                 origin->amended_by,
                                 origin->amendment,
                                 origin->accepted_by,
                                 origin->acceptance,
                                 origin->released_by,
                                 origin->release,
                                 origin->chosen_by,
                                 origin->choice};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_text(sink, texts[i]);
    put_integer(sink, source->revision);
    put_integer(sink, source->entry.reason);
    put_integer(sink, origin->late);
}

static void put_change(const bms_sink *sink, const bms_change *change) {
    put_integer(sink, change->with);
    put_integer(sink, change->direction);
    put_integer(sink, change->better);
    put_number(sink, change->then);
    put_number(sink, change->now);
    put_integer(sink, change->decimals);
    put_integer(sink, (int64_t)change->units);
    put_integer(sink, change->in_row);
    put_integer(sink, change->too_few);
    put_integer(sink, change->year_missing);
    put_integer(sink, change->broken);
}

static void put_answers(const bms_sink *sink, const bms_definition *definition,
                        const bms_report_answer *answers, size_t n) {
    put_integer(sink, (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        const bms_report_answer *answer = &answers[i];
        put_text(sink, definition->units[answer->unit].code);
        put_figure(sink, &answer->now);
        put_figure(sink, &answer->so_far);
        put_integer(sink, answer->red_in_a_row);
        put_integer(sink, answer->preliminary);
        put_source(sink, answer->source);
    }
}

static void put_indicator(const bms_sink *sink, const bms_definition *definition,
                          const bms_report_indicator *row) {
    put_text(sink, row->indicator->code);
    put_figure(sink, &row->now);
    put_figure(sink, &row->so_far);
    put_figure(sink, &row->last);
    put_figure(sink, &row->year_before);
    put_figure(sink, &row->so_far_before);
    put_change(sink, &row->change);
    for (size_t i = 0; i < row->n_course; i++)
        put_number(sink, row->course[i]);
    put_integer(sink, (int64_t)row->course_break);
    put_answers(sink, definition, row->answers, row->n_answers);
    put_answers(sink, definition, row->closed, row->n_closed);
}

static void put_unit(const bms_sink *sink, const bms_report_model *model, const bms_report_unit *unit) {
    put_text(sink, model->definition->units[unit->unit].code);
    put_integer(sink, unit->depth);
    put_integer(sink, unit->own);
    put_integer(sink, unit->former);
    put_integer(sink, unit->delivery.stage);
    put_integer(sink, unit->delivery.expected);
    put_integer(sink, unit->delivery.reported);
    put_integer(sink, unit->delivery.revision);
    put_text(sink, unit->delivery.file);
    put_text(sink, unit->delivery.why);
    for (size_t i = 0; i < model->n_indicators; i++)
        put_figure(sink, &unit->figures[i]);
}

static void put_action(const bms_sink *sink, const bms_definition *definition,
                       const bms_report_action *action) {
    const char *const texts[] = {definition->units[action->unit].code,
                                 action->number,
                                 action->linked_to,
                                 action->text,
                                 action->responsible,
                                 action->due_text,
                                 action->status,
                                 action->effect};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_text(sink, texts[i]);
    put_integer(sink, action->due);
    put_integer(sink, action->done);
    put_integer(sink, action->overdue);
}

/** The setup counts by its version: names, targets and places on the scorecards are what it says. */
static void put_model(const bms_sink *sink, const bms_report_model *model) {
    const bms_definition *definition = model->definition;
    put_text(sink, definition->units[model->unit].code);
    put_text(sink, definition->calendar[model->form].period.code);
    put_integer(sink, definition->version);
    put_integer(sink, model->kind);
    put_integer(sink, model->internal);
    put_integer(sink, model->preliminary);
    for (size_t i = 0; i < model->n_indicators; i++)
        put_indicator(sink, definition, &model->indicators[i]);
    for (size_t i = 0; i < model->n_lines; i++)
        put_integer(sink, (int64_t)model->lines[i].indicator);
    for (size_t i = 0; i < model->n_units; i++)
        put_unit(sink, model, &model->units[i]);
    for (size_t i = 0; i < model->n_reds; i++)
        put_integer(sink, (int64_t)model->reds[i].indicator);
    for (size_t i = 0; i < model->n_actions; i++)
        put_action(sink, definition, &model->actions[i]);
}

static enum bms_status hash(bms_arena *arena, const bms_report_model *model, const char **out,
                            bms_error *error) {
    char sha256[BMS_SHA256_TEXT];
    bms_kept kept = {0};
    const bms_sink sink = bms_sink_keep(&kept);
    put_model(&sink, model);
    enum bms_status status = kept.failed ? bms_error_no_memory(error) : BMS_OK;
    if (status == BMS_OK)
        bms_sha256(kept.text, kept.size, sha256);
    *out = status == BMS_OK ? bms_arena_text(arena, sha256) : "";
    bms_kept_free(&kept);
    return status;
}

/* The rows */

enum { MOST_ROLES = 6 };

/** A change's stored key, whatever the order of the enum. */
static const char *compared_key(enum bms_compared with) {
    switch (with) {
    case BMS_COMPARED_WITH_LAST:
        return "last";
    case BMS_COMPARED_WITH_FORECAST:
        return "forecast";
    case BMS_COMPARED_WITH_YEAR_BEFORE:
        return "year_before";
    case BMS_COMPARED_WITH_YEAR_TO_DATE:
        return "year_to_date";
    case BMS_COMPARED_WITH_NOTHING:
        break;
    }
    return NULL;
}

/* Why a result has no colour, as it is stored; where there is no result the state says it. */
static const char *const why_keys[] = {[BMS_WHY_NO_TARGET] = "no_target",
                                       [BMS_WHY_DIFFERENT_TARGETS] = "different_targets",
                                       [BMS_WHY_TOO_FEW] = "too_few",
                                       [BMS_WHY_NOT_TOGETHER] = "not_together",
                                       [BMS_WHY_PART_MISSING] = "part_missing",
                                       [BMS_WHY_NO_PER_CENT] = "no_per_cent",
                                       [BMS_WHY_YEAR_NOT_OVER] = "year_not_over"};

static enum bms_why why_of(const bms_said *said) {
    for (size_t i = 0; said->why && i < sizeof why_keys / sizeof *why_keys; i++) {
        if (why_keys[i] && strcmp(why_keys[i], said->why) == 0)
            return (enum bms_why)i;
    }
    return bms_why_of_state(said->answer.state);
}

static bool same_said(const bms_figure *a, const bms_figure *b) {
    return strcmp(a->period_code, b->period_code) == 0 && a->colour == b->colour && a->why == b->why &&
           a->decimals == b->decimals && a->rolled.answer.state == b->rolled.answer.state &&
           bms_number_same(a->rolled.answer.numerator, b->rolled.answer.numerator) &&
           bms_number_same(a->rolled.answer.denominator, b->rolled.answer.denominator) &&
           bms_number_same(a->rolled.result, b->rolled.result);
}

static bms_said *add_row(bms_edition_said *out, bms_said *rows, const char *indicator,
                         enum bms_said_role role, const bms_figure *figure) {
    if (!figure->there)
        return NULL;
    bms_said *row = &rows[out->n_figures++];
    *row = (bms_said){.indicator = indicator,
                      .role = role,
                      .period = figure->period_code,
                      .answer = figure->rolled.answer,
                      .result = figure->rolled.result,
                      .decimals = figure->decimals,
                      .colour = figure->colour,
                      .why = why_keys[figure->why]};
    return row;
}

static void add_change(const bms_report_indicator *row, bms_said *said) {
    said->compared = compared_key(row->change.with);
    if (!said->compared)
        return;
    said->compared_from = row->change.then;
    said->compared_to = row->change.now;
    said->direction = row->change.direction;
    said->better = row->change.better;
}

static void add_rows(bms_edition_said *out, bms_said *rows, const bms_report_model *model,
                     const bms_report_indicator *row) {
    const char *code = row->indicator->code;
    bms_said *now = add_row(out, rows, code, BMS_SAID_NOW, &row->now);
    if (now)
        add_change(row, now);
    if (!same_said(&row->now, &row->so_far))
        (void)add_row(out, rows, code, BMS_SAID_SO_FAR, &row->so_far);
    (void)add_row(out, rows, code, BMS_SAID_LAST, &row->last);
    (void)add_row(out, rows, code, BMS_SAID_YEAR_BEFORE, &row->year_before);
    (void)add_row(out, rows, code, BMS_SAID_SO_FAR_BEFORE, &row->so_far_before);
    if (row->own && model->kind != BMS_REPORT_UNIT)
        (void)add_row(out, rows, code, BMS_SAID_OWN, &row->own->now);
}

enum bms_status bms_report_said(bms_arena *arena, const bms_report_model *model, bms_edition_said *out,
                                bms_error *error) {
    bms_said *rows = bms_arena_alloc(arena, model->n_indicators * MOST_ROLES * sizeof *rows);
    *out = (bms_edition_said){.language = model->language, .sha256 = "", .figures = rows};
    if (!rows)
        return bms_error_no_memory(error);
    for (size_t i = 0; i < model->n_indicators; i++)
        add_rows(out, rows, model, &model->indicators[i]);
    enum bms_status status = hash(arena, model, &out->sha256, error);
    return bms_error_of_arena(status, arena, error);
}

bms_figure bms_report_figure_said(const bms_said *said, const bms_figure *then) {
    bms_figure figure = {.period_name = "", .rolled = {.planned = 1, .covered = true}};
    if (then && then->there)
        figure = *then;
    figure.there = true;
    figure.period_code = said->period;
    figure.rolled.answer = said->answer;
    figure.rolled.result = said->result;
    figure.colour = said->colour;
    figure.why = why_of(said);
    figure.decimals = said->decimals;
    return figure;
}
