/**
 * bms_measurements: what is stored, and what is planned but missing, unit by unit.
 *
 * One unit is gathered at a time, so memory follows the largest unit and not the history.
 */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/definition/definition.h"
#include "core/definition/evaluation.h"
#include "core/definition/succession.h"
#include "core/history/past_definitions.h"
#include "core/job/job.h"

#include <stdlib.h>
#include <string.h>

/** A row and what it is sorted by. */
struct row {
    bms_measurement measurement;
    int indicator; /* BMS_NONE for one that the definition does not have */
    int period;    /* index into the calendar; n_calendar for a period it does not have */
    int form;
};

struct listing {
    bms_job *job;
    const char *indicator;
    bool all;
    void (*on_measurement)(void *context, const bms_measurement *row);
    void *context;
    bool *shown;      /* by form: what nobody has answered is missing */
    bool *answered;   /* by indicator and period, of the unit that is gathered */
    bms_arena *arena; /* for one unit */
    struct row *rows;
    size_t n;
    size_t capacity;
    bms_past_definitions *pasts;
    enum bms_status status; /* of looking up an earlier definition */
    bms_error *error;
};

/* The units of the definition and of the history */

struct codes {
    bms_arena *arena;
    const char **items;
    size_t n;
    size_t capacity;
};

static void add_code(struct codes *codes, const char *code) {
    const char **added =
        bms_arena_grow(codes->arena, &codes->items, &codes->n, &codes->capacity, sizeof *added);
    if (added)
        *added = code;
}

static bool add_stored_unit(void *context, const char *code) {
    struct codes *codes = context;
    add_code(codes, bms_arena_text(codes->arena, code));
    return !bms_arena_failed(codes->arena);
}

static int by_code(const void *left, const void *right) {
    return bms_code_compare(*(const char *const *)left, *(const char *const *)right);
}

static enum bms_status list_units(const bms_job *job, struct codes *codes, bms_error *error) {
    enum bms_status status = bms_history_each_unit(job->history, add_stored_unit, codes, error);
    for (size_t i = 0; i < job->definition->n_units; i++)
        add_code(codes, job->definition->units[i].code);
    status = bms_error_of_arena(status, codes->arena, error);
    if (status != BMS_OK || codes->n == 0)
        return status;
    qsort(codes->items, codes->n, sizeof *codes->items, by_code);
    size_t kept = 1;
    for (size_t i = 1; i < codes->n; i++) {
        if (bms_code_compare(codes->items[i], codes->items[kept - 1]) != 0)
            codes->items[kept++] = codes->items[i];
    }
    codes->n = kept;
    return BMS_OK;
}

/* Rows */

static struct row *add_row(struct listing *listing) {
    return bms_arena_grow(listing->arena, &listing->rows, &listing->n, &listing->capacity,
                          sizeof(struct row));
}

/** An absent text is NULL in what is delivered. */
static const char *or_none(const char *text) {
    return *text == '\0' ? NULL : text;
}

/** @return where a period sorts; one that the calendar does not have comes last. */
static int place_of(const bms_definition *definition, const char *period) {
    int index = bms_definition_period(definition, period);
    return index == BMS_NONE ? (int)definition->n_calendar : index;
}

static void add_names(bms_measurement *out, const bms_definition *definition,
                      const bms_evaluation *measured) {
    if (measured->unit != BMS_NONE)
        out->unit_name = definition->units[measured->unit].name;
    if (measured->indicator != BMS_NONE)
        out->indicator_name = definition->indicators[measured->indicator].name;
    out->result = measured->result;
    out->status = measured->colour;
}

/** @return the entry as it is delivered. */
static bms_measurement measurement_of(const struct listing *listing, const bms_stored_entry *stored) {
    bms_arena *arena = listing->arena;
    const bms_stored_entry kept = bms_stored_entry_copy(arena, stored, NULL);
    const bms_entry *entry = &kept.entry;
    const char *cell =
        *entry->numerator_cell ? bms_arena_format(arena, "%s!%s", kept.sheet, entry->numerator_cell) : NULL;
    return (bms_measurement){
        .unit = kept.unit,
        .indicator = entry->indicator,
        .period = entry->period,
        .form_period = kept.form_period,
        .revision = kept.revision,
        .current = kept.current,
        .state = entry->answer.state,
        .numerator = entry->answer.numerator,
        .denominator = entry->answer.denominator,
        .file = or_none(kept.file),
        .sha256 = or_none(kept.sha256),
        .cell = cell,
        .reason = or_none(bms_tr(listing->job->language, bms_reason_text(entry->reason))),
        .comment = or_none(entry->comment),
        .signed_by = or_none(kept.signed_by),
        .received = bms_job_moment(arena, kept.received_at),
        .amended_by = or_none(kept.origin.amended_by),
        .amendment = or_none(kept.origin.amendment),
        .accepted_by = or_none(kept.origin.accepted_by),
        .acceptance = or_none(kept.origin.acceptance),
        .released_by = or_none(kept.origin.released_by),
        .release = or_none(kept.origin.release),
        .late = kept.origin.late,
    };
}

static bool take_entry(void *context, const bms_stored_entry *stored) {
    struct listing *listing = context;
    const bms_definition *definition = listing->job->definition;
    const bms_entry *entry = &stored->entry;
    struct row *row = add_row(listing);
    if (!row)
        return false;
    bms_evaluation measured =
        bms_evaluate(definition, stored->unit, entry->indicator, entry->period, &entry->answer);
    if (measured.indicator != BMS_NONE) {
        const bms_indicator *then = NULL;
        listing->status = bms_past_definitions_find(listing->pasts, stored->definition, measured.indicator,
                                                    &then, listing->error);
        if (listing->status != BMS_OK)
            return false;
        bms_evaluate_as_then(definition, &measured, then, &entry->answer);
    }
    row->indicator = measured.indicator;
    row->period = measured.period == BMS_NONE ? (int)definition->n_calendar : measured.period;
    row->form = place_of(definition, stored->form_period);
    row->measurement = measurement_of(listing, stored);
    add_names(&row->measurement, definition, &measured);
    return !bms_arena_failed(listing->arena);
}

/* What is planned but missing */

/** @return where it is remembered that an indicator was answered for a period; NULL where one of them is not
 * of the definition */
static bool *answered(const struct listing *listing, int indicator, int period) {
    int n_periods = (int)listing->job->definition->n_calendar;
    bool planned = indicator != BMS_NONE && period < n_periods;
    return planned ? &listing->answered[(size_t)indicator * (size_t)n_periods + (size_t)period] : NULL;
}

static void mark_answered(const struct listing *listing, size_t n, bool mark) {
    for (size_t i = 0; i < n; i++) {
        bool *place = answered(listing, listing->rows[i].indicator, listing->rows[i].period);
        if (place)
            *place = mark;
    }
}

static void add_missing_row(struct listing *listing, int unit, const bms_measuring_point *point) {
    const bms_definition *definition = listing->job->definition;
    const bms_indicator *indicator = &definition->indicators[point->indicator];
    struct row *row = add_row(listing);
    if (!row)
        return;
    *row = (struct row){.indicator = point->indicator, .period = point->period, .form = point->form};
    row->measurement = (bms_measurement){.unit = definition->units[unit].code,
                                         .unit_name = definition->units[unit].name,
                                         .indicator = indicator->code,
                                         .indicator_name = indicator->name,
                                         .period = definition->calendar[point->period].period.code,
                                         .form_period = definition->calendar[point->form].period.code,
                                         .current = true,
                                         .state = BMS_MISSING};
}

static void add_missing(struct listing *listing, int unit) {
    const bms_definition *definition = listing->job->definition;
    size_t stored = listing->n;
    mark_answered(listing, stored, true);
    for (size_t i = 0; i < definition->n_points; i++) {
        const bms_measuring_point *point = &definition->points[i];
        const char *indicator = definition->indicators[point->indicator].code;
        if (listing->shown[point->form] && !*answered(listing, point->indicator, point->period) &&
            (!listing->indicator || bms_code_compare(indicator, listing->indicator) == 0) &&
            bms_definition_duty(definition, point, unit) == BMS_REQUIRED)
            add_missing_row(listing, unit, point);
    }
    mark_answered(listing, stored, false);
}

/**
 * Find the forms whose missing answers are shown: of those that end no earlier than the first that anything
 * was received for, the ones that something was received for or that are due by now. The calendar may have
 * older ones, for comparison only.
 */
static enum bms_status find_forms(struct listing *listing, bms_error *error) {
    const bms_job *job = listing->job;
    const bms_definition *definition = job->definition;
    bms_day today = bms_day_here(job->now);
    enum bms_status status = BMS_OK;
    int oldest = BMS_NONE;
    int newest = BMS_NONE;
    listing->shown = bms_arena_alloc(job->arena, definition->n_calendar * sizeof *listing->shown);
    listing->answered = bms_arena_alloc(job->arena, definition->n_indicators * definition->n_calendar *
                                                        sizeof *listing->answered);
    for (size_t i = 0; listing->shown && status == BMS_OK && i < definition->n_calendar; i++) {
        bms_day due = definition->calendar[i].due;
        status = bms_history_has_receipts(job->history, definition->calendar[i].period.code,
                                          &listing->shown[i], error);
        if (listing->shown[i] && oldest == BMS_NONE)
            oldest = (int)i;
        if (listing->shown[i] || (due != BMS_NO_DAY && due < today))
            newest = (int)i;
    }
    for (int i = 0; listing->shown && newest != BMS_NONE && i < (int)definition->n_calendar; i++) {
        bool in_use = oldest == BMS_NONE || bms_definition_is_by(definition, oldest, i);
        bool due = bms_definition_was_due(definition, i, today, newest);
        listing->shown[i] = listing->shown[i] || (in_use && due);
    }
    return status == BMS_OK ? bms_error_of_arena(status, job->arena, error) : status;
}

static int by_series(const void *left, const void *right) {
    const struct row *a = left;
    const struct row *b = right;
    bool same = a->indicator != BMS_NONE && a->indicator == b->indicator;
    int order = same ? 0 : bms_code_compare(a->measurement.indicator, b->measurement.indicator);
    if (order == 0)
        order = (a->period > b->period) - (a->period < b->period);
    if (order == 0)
        order = strcmp(a->measurement.period, b->measurement.period);
    if (order == 0)
        order = (a->form > b->form) - (a->form < b->form);
    return order != 0 ? order : a->measurement.revision - b->measurement.revision;
}

static enum bms_status gather_unit(struct listing *listing, const char *code, bms_error *error) {
    const bms_entry_filter filter = {
        .unit = code, .indicator = listing->indicator, .all_revisions = listing->all};
    bms_arena_reset(listing->arena);
    listing->rows = NULL;
    listing->n = listing->capacity = 0;
    enum bms_status status =
        bms_history_each_entry(listing->job->history, &filter, take_entry, listing, error);
    status = status == BMS_OK ? listing->status : status;
    int unit = bms_definition_unit(listing->job->definition, code);
    if (status == BMS_OK && unit != BMS_NONE)
        add_missing(listing, unit);
    status = bms_error_of_arena(status, listing->arena, error);
    if (status == BMS_OK && listing->n > 1)
        qsort(listing->rows, listing->n, sizeof *listing->rows, by_series);
    return status;
}

static bool holds(const struct codes *codes, const char *code) {
    for (size_t i = 0; i < codes->n; i++) {
        if (bms_code_compare(codes->items[i], code) == 0)
            return true;
    }
    return false;
}

/** Refuse codes that neither the definition nor the history has. */
static enum bms_status look_up(struct listing *listing, const struct codes *units, const char *unit,
                               bms_error *error) {
    int index = BMS_NONE;
    enum bms_status status = BMS_OK;
    if (unit && !holds(units, unit))
        status = bms_job_unit(listing->job, unit, &index, error);
    if (status == BMS_OK && listing->indicator) {
        bool known = false;
        status = bms_history_knows_indicator(listing->job->history, listing->indicator, &known, error);
        if (status == BMS_OK && !known)
            status = bms_job_indicator(listing->job, listing->indicator, &index, error);
    }
    return status;
}

/* Predecessors */

/** @return whether the row is from the time when the predecessor answered for the unit. */
static bool is_past(const struct listing *listing, const struct row *row, const bms_ancestor *ancestor) {
    const bms_definition *definition = listing->job->definition;
    int end = (int)definition->n_calendar;
    if (ancestor->to == BMS_NO_DAY || row->period >= end)
        return true;
    const bms_measuring_point point = {.period = row->period,
                                       .form = row->form < end ? row->form : row->period};
    return bms_definition_day_of(definition, &point) <= ancestor->to;
}

/** @return "B, C"; NULL for none. */
static const char *list_codes(const bms_job *job, const int *units, size_t n) {
    const char *list = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *code = job->definition->units[units[i]].code;
        list = list ? bms_arena_format(job->arena, "%s, %s", list, code) : code;
    }
    return list;
}

/** Deliver the rows of a unit's predecessors. */
static enum bms_status list_past(struct listing *listing, const char *code, bms_error *error) {
    const bms_job *job = listing->job;
    const bms_definition *definition = job->definition;
    int unit = bms_definition_unit(definition, code);
    if (unit == BMS_NONE)
        return BMS_OK;
    bms_ancestor *ancestors = bms_arena_alloc(job->arena, definition->n_units * sizeof *ancestors);
    int *others = bms_arena_alloc(job->arena, definition->n_units * sizeof *others);
    if (!ancestors || !others)
        return bms_error_no_memory(error);
    bms_day now = definition->units[unit].to == BMS_NO_DAY ? BMS_LATEST_DAY : definition->units[unit].to;
    size_t n = bms_succession_ancestors(definition, unit, ancestors);
    enum bms_status status = BMS_OK;
    for (size_t i = 0; i < n && status == BMS_OK; i++) {
        const bms_ancestor *one = &ancestors[i];
        size_t n_others = bms_succession_shared(definition, unit, one->to, now, &one->unit, 1, others);
        const char *shared_with = list_codes(job, others, n_others);
        status = gather_unit(listing, definition->units[one->unit].code, error);
        status = bms_error_of_arena(status, job->arena, error);
        for (size_t r = 0; status == BMS_OK && r < listing->n; r++) {
            bms_measurement *row = &listing->rows[r].measurement;
            row->past_of = code;
            row->shared_with = shared_with;
            if (is_past(listing, &listing->rows[r], one))
                listing->on_measurement(listing->context, row);
        }
    }
    return status;
}

static enum bms_status list_unit(struct listing *listing, const char *code, bms_error *error) {
    enum bms_status status = gather_unit(listing, code, error);
    for (size_t r = 0; status == BMS_OK && r < listing->n; r++)
        listing->on_measurement(listing->context, &listing->rows[r].measurement);
    return status;
}

enum bms_status bms_measurements(bms *b, const char *unit, const char *indicator, bool all,
                                 void (*on_measurement)(void *context, const bms_measurement *row),
                                 void *context, bms_error *error) {
    bms_job job;
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    struct listing listing = {.job = &job,
                              .indicator = indicator,
                              .all = all,
                              .on_measurement = on_measurement,
                              .context = context,
                              .arena = bms_arena_new(),
                              .error = error};
    struct codes units = {.arena = job.arena};
    if (status == BMS_OK && !listing.arena)
        status = bms_error_no_memory(error);
    if (status == BMS_OK)
        status = bms_job_open_defined(&job, error);
    if (status == BMS_OK) {
        listing.pasts = bms_past_definitions_new(job.arena, job.definition, job.history);
        status = bms_error_of_arena(status, job.arena, error);
    }
    if (status == BMS_OK)
        status = list_units(&job, &units, error);
    if (status == BMS_OK)
        status = look_up(&listing, &units, unit, error);
    if (status == BMS_OK)
        status = find_forms(&listing, error);
    for (size_t i = 0; status == BMS_OK && i < units.n; i++) {
        if (unit && bms_code_compare(unit, units.items[i]) != 0)
            continue;
        status = list_unit(&listing, units.items[i], error);
        if (status == BMS_OK && unit)
            status = list_past(&listing, units.items[i], error);
    }
    bms_arena_free(listing.arena);
    bms_job_end(&job);
    return status;
}
