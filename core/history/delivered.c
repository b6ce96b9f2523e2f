/* Who has delivered what of a form (see delivered.h). */
#include "core/history/delivered.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/text.h"

struct bms_delivered {
    bms_arena *arena;
    const bms_definition *definition;
    int form;
    bms_delivery *rows; /* by unit of the definition */
    int last_unit;      /* entries come unit by unit … */
    int last_period;    /* … and nearly all of one measured period */
};

/** Note that the return left a required measurement open: something may still come. */
static void await(bms_delivered *delivered, bms_delivery *row, const bms_measuring_point *point,
                  enum bms_reason reason) {
    if (reason != BMS_COMES_LATER && reason != BMS_NO_REASON)
        return;
    row->awaited =
        bms_arena_format(delivered->arena, "%s%s%s", row->awaited ? row->awaited : "",
                         row->awaited ? ", " : "", delivered->definition->indicators[point->indicator].name);
}

/** @return whether this form asks the unit for it, and whether it must answer. */
static enum bms_duty duty(const bms_delivered *delivered, const bms_measuring_point *point, int unit) {
    return point->form == delivered->form ? bms_definition_duty(delivered->definition, point, unit)
                                          : BMS_NOT_ASKED;
}

static void count_required(bms_delivered *delivered) {
    const bms_definition *definition = delivered->definition;
    for (size_t i = 0; i < definition->n_points; i++) {
        if (definition->points[i].form != delivered->form)
            continue;
        for (size_t unit = 0; unit < definition->n_units; unit++) {
            delivered->rows[unit].expected +=
                duty(delivered, &definition->points[i], (int)unit) == BMS_REQUIRED;
        }
    }
}

enum bms_status bms_delivered_new(bms_arena *arena, const bms_definition *definition, int form,
                                  bms_delivered **out, bms_error *error) {
    bms_delivered *delivered = bms_arena_alloc(arena, sizeof *delivered);
    bms_delivery *rows = bms_arena_alloc(arena, definition->n_units * sizeof *rows);
    *out = NULL;
    if (!delivered || !rows)
        return bms_error_no_memory(error);
    *delivered = (bms_delivered){.arena = arena,
                                 .definition = definition,
                                 .form = form,
                                 .rows = rows,
                                 .last_unit = BMS_NONE,
                                 .last_period = BMS_NONE};
    for (size_t i = 0; i < definition->n_units; i++)
        rows[i] = (bms_delivery){.unit = definition->units[i].code, .name = definition->units[i].name};
    count_required(delivered);
    *out = delivered;
    return BMS_OK;
}

static int unit_of(bms_delivered *delivered, const char *code) {
    const bms_definition *definition = delivered->definition;
    if (delivered->last_unit == BMS_NONE ||
        bms_code_compare(definition->units[delivered->last_unit].code, code) != 0)
        delivered->last_unit = bms_definition_unit(definition, code);
    return delivered->last_unit;
}

static int period_of(bms_delivered *delivered, const char *code) {
    const bms_definition *definition = delivered->definition;
    if (delivered->last_period == BMS_NONE ||
        bms_code_compare(definition->calendar[delivered->last_period].period.code, code) != 0)
        delivered->last_period = bms_definition_period(definition, code);
    return delivered->last_period;
}

void bms_delivered_add_entry(bms_delivered *delivered, const bms_stored_entry *stored) {
    const bms_definition *definition = delivered->definition;
    if (bms_code_compare(stored->form_period, definition->calendar[delivered->form].period.code) != 0)
        return;
    int unit = unit_of(delivered, stored->unit);
    if (unit == BMS_NONE)
        return;
    bms_delivery *row = &delivered->rows[unit];
    row->revision = stored->revision > row->revision ? stored->revision : row->revision;
    row->to_clarify += stored->entry.reason == BMS_TO_BE_CLARIFIED;
    row->late = row->late || stored->origin.late;
    int point =
        bms_definition_point(definition, bms_definition_indicator(definition, stored->entry.indicator),
                             period_of(delivered, stored->entry.period));
    if (point == BMS_NONE)
        return;
    enum bms_duty how = duty(delivered, &definition->points[point], unit);
    if (stored->entry.answer.state == BMS_MISSING) {
        if (how == BMS_REQUIRED)
            await(delivered, row, &definition->points[point], stored->entry.reason);
        return;
    }
    row->reported += how != BMS_NOT_ASKED;
    /* What is optional counts once it is answered; left unanswered it is not missing. */
    row->expected += how == BMS_OPTIONAL;
}

void bms_delivered_add_receipt(bms_delivered *delivered, const bms_stored_receipt *stored) {
    int unit = stored->unit ? unit_of(delivered, stored->unit) : BMS_NONE;
    bool begun = stored->outcome == BMS_UNFINISHED;
    bool stopped = stored->outcome == BMS_HELD || stored->outcome == BMS_UNREADABLE;
    if (unit == BMS_NONE)
        return;
    bms_delivery *row = &delivered->rows[unit];
    if (stored->outcome == BMS_ACCEPTED && stored->revision > row->revision)
        row->revision = stored->revision;
    if (stored->superseded || (!begun && !stopped))
        return;
    row->held += stopped;
    row->other_period += stopped && stored->for_another_period;
    row->unfinished += begun;
    /* A held file explains more than an unfinished one. */
    if (!row->file || (stopped && !row->why)) {
        row->file = bms_arena_text(delivered->arena, stored->file);
        row->why = stored->why ? bms_arena_text(delivered->arena, stored->why) : NULL;
    }
}

static bool take_entry(void *context, const bms_stored_entry *stored) {
    bms_delivered_add_entry(context, stored);
    return true;
}

static bool take_receipt(void *context, const bms_stored_receipt *stored) {
    bms_delivered *delivered = context;
    bms_delivered_add_receipt(delivered, stored);
    return !bms_arena_failed(delivered->arena);
}

enum bms_status bms_delivered_load(bms_delivered *delivered, bms_history *history, bms_error *error) {
    const char *period = delivered->definition->calendar[delivered->form].period.code;
    const bms_entry_filter filter = {.form_period = period};
    enum bms_status status = bms_history_each_entry(history, &filter, take_entry, delivered, error);
    if (status == BMS_OK)
        status = bms_history_each_receipt(history, period, take_receipt, delivered, error);
    return bms_error_of_arena(status, delivered->arena, error);
}

/** Whoever has delivered need not hear of the form of another period. */
static void leave_out_other_forms(bms_delivery *row) {
    if (row->revision == 0)
        return;
    row->held -= row->other_period;
    row->other_period = 0;
    if (row->held + row->unfinished == 0) {
        row->file = NULL;
        row->why = NULL;
    }
}

static enum bms_delivery_stage stage_of(const bms_delivery *row) {
    if (row->held > row->other_period)
        return BMS_STAGE_HELD;
    if (row->other_period > 0)
        return BMS_STAGE_OTHER_PERIOD;
    if (row->revision > 0 && row->late)
        return BMS_STAGE_LATE;
    if (row->revision > 0 && row->to_clarify > 0)
        return BMS_STAGE_TO_CLARIFY;
    if (row->revision > 0)
        return row->missing > 0 ? BMS_STAGE_INCOMPLETE : BMS_STAGE_DELIVERED;
    if (row->unfinished > 0)
        return BMS_STAGE_BEGUN;
    return row->expected > 0 ? BMS_STAGE_NOT_DELIVERED : BMS_STAGE_NOT_ASKED;
}

bms_delivery bms_delivered_of(const bms_delivered *delivered, int unit) {
    bms_delivery row = delivered->rows[unit];
    row.missing = row.expected - row.reported;
    leave_out_other_forms(&row);
    row.stage = stage_of(&row);
    return row;
}

const char *bms_delivery_stage_word(enum bms_delivery_stage stage) {
    static const char *const words[] = {
        [BMS_STAGE_NOT_ASKED] = "",
        [BMS_STAGE_NOT_DELIVERED] = BMS_TEXT("not delivered"),
        [BMS_STAGE_BEGUN] = BMS_TEXT("begun"),
        [BMS_STAGE_HELD] = BMS_TEXT("held back"),
        [BMS_STAGE_LATE] = BMS_TEXT("delivered late"),
        [BMS_STAGE_TO_CLARIFY] = BMS_TEXT("delivered, numbers to be clarified"),
        [BMS_STAGE_INCOMPLETE] = BMS_TEXT("delivered, numbers missing"),
        [BMS_STAGE_DELIVERED] = BMS_TEXT("delivered"),
        [BMS_STAGE_OTHER_PERIOD] = BMS_TEXT("sent the form of another period"),
    };
    return words[stage];
}
