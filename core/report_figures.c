#include "core/report_figures.h"

#include "core/error.h"
#include "core/text.h"

#include <string.h>

/* Two years of months and one more: the year so far, the same of last year, and what stands in a course. */
enum { KEPT_POINTS = 25, KEPT_SOURCES = 2 };

/** A measuring point that is kept: the answers of all units. */
struct slot {
    int point;
    int period; /* measured, index into the calendar */
    bool sources;
    bool arrived;             /* something was accepted for it, from anyone */
    bms_unit_answer *answers; /* by unit */
};

/** An indicator's kept measuring points, oldest measured period first. */
struct series {
    struct slot *slots;
    size_t n;
};

struct bms_figures {
    bms_arena *arena;
    const bms_definition *definition;
    int form;
    struct series *series;   /* by indicator */
    struct slot **of_period; /* by indicator and calendar period; NULL: not kept */
    struct slot **of_point;  /* by measuring point; NULL: not kept */
    int *order;              /* units, each before those below it */
    size_t *place;           /* of a unit in `order` */
    size_t *size;            /* how many units are a unit and those below it */
    int *depth;
    bms_unit_receipt **receipts; /* by unit */
    bms_unit_action **actions;   /* by unit */
    bms_part *parts;             /* room for a year of every unit's answers */
    int last_unit;               /* entries come unit by unit */
    int last_period;
};

/* The tree. */

static size_t place_below(bms_figures *figures, int unit, int depth, size_t at) {
    const bms_definition *definition = figures->definition;
    size_t next = at + 1;
    figures->order[at] = unit;
    figures->place[unit] = at;
    figures->depth[unit] = depth;
    for (size_t i = 0; i < definition->n_units; i++) {
        if (definition->units[i].parent == unit) {
            next = place_below(figures, (int)i, depth + 1, next);
        }
    }
    figures->size[unit] = next - at;
    return next;
}

static bool lay_tree(bms_figures *figures) {
    size_t n = figures->definition->n_units;
    figures->order = bms_arena_alloc(figures->arena, n * sizeof *figures->order);
    figures->place = bms_arena_alloc(figures->arena, n * sizeof *figures->place);
    figures->size = bms_arena_alloc(figures->arena, n * sizeof *figures->size);
    figures->depth = bms_arena_alloc(figures->arena, n * sizeof *figures->depth);
    if (figures->order == NULL || figures->place == NULL || figures->size == NULL || figures->depth == NULL) {
        return false;
    }
    size_t next = 0;
    for (size_t i = 0; i < n; i++) {
        if (figures->definition->units[i].parent == BMS_NONE) {
            next = place_below(figures, (int)i, 0, next);
        }
    }
    return true;
}

/* The table. */

/** The kept measuring points of one indicator, by measured period, from the newest asked for by the form or
 * earlier. */
static size_t pick_points(const bms_figures *figures, int indicator, int picked[KEPT_POINTS]) {
    const bms_definition *definition = figures->definition;
    size_t n = 0;
    for (size_t p = 0; p < definition->n_points; p++) {
        const bms_measuring_point *point = &definition->points[p];
        if (point->indicator != indicator || point->form > figures->form) {
            continue;
        }
        if (n == KEPT_POINTS && definition->points[picked[0]].period > point->period) {
            continue;
        }
        if (n == KEPT_POINTS) {
            memmove(picked, picked + 1, (KEPT_POINTS - 1) * sizeof *picked);
            n--;
        }
        size_t at = n++;
        for (; at > 0 && definition->points[picked[at - 1]].period > point->period; at--) {
            picked[at] = picked[at - 1];
        }
        picked[at] = (int)p;
    }
    return n;
}

static bool lay_slot(bms_figures *figures, struct slot *slot, int point) {
    const bms_definition *definition = figures->definition;
    const bms_measuring_point *measuring = &definition->points[point];
    slot->point = point;
    slot->period = measuring->period;
    slot->answers = bms_arena_alloc(figures->arena, definition->n_units * sizeof *slot->answers);
    if (slot->answers == NULL) {
        return false;
    }
    for (size_t u = 0; u < definition->n_units; u++) {
        slot->answers[u].counts = bms_definition_duty(definition, measuring, (int)u) == BMS_REQUIRED;
        slot->answers[u].answer.state = BMS_MISSING;
    }
    figures->of_point[point] = slot;
    figures->of_period[(size_t)measuring->indicator * definition->n_calendar + (size_t)measuring->period] =
        slot;
    return true;
}

static bool lay_series(bms_figures *figures, int indicator) {
    int picked[KEPT_POINTS] = {0};
    struct series *series = &figures->series[indicator];
    series->n = pick_points(figures, indicator, picked);
    series->slots = bms_arena_alloc(figures->arena, series->n * sizeof *series->slots);
    if (series->slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < series->n; i++) {
        if (!lay_slot(figures, &series->slots[i], picked[i])) {
            return false;
        }
        series->slots[i].sources = i + KEPT_SOURCES >= series->n;
    }
    return true;
}

static bool lay_table(bms_figures *figures) {
    const bms_definition *definition = figures->definition;
    size_t n = definition->n_units;
    figures->series = bms_arena_alloc(figures->arena, definition->n_indicators * sizeof *figures->series);
    figures->of_period = bms_arena_alloc(figures->arena, definition->n_indicators * definition->n_calendar *
                                                             sizeof(struct slot *));
    figures->of_point = bms_arena_alloc(figures->arena, definition->n_points * sizeof(struct slot *));
    figures->receipts = bms_arena_alloc(figures->arena, n * sizeof(bms_unit_receipt *));
    figures->actions = bms_arena_alloc(figures->arena, n * sizeof(bms_unit_action *));
    figures->parts = bms_arena_alloc(figures->arena, n * KEPT_POINTS * sizeof *figures->parts);
    if (figures->series == NULL || figures->of_period == NULL || figures->of_point == NULL ||
        figures->receipts == NULL || figures->actions == NULL || figures->parts == NULL) {
        return false;
    }
    for (size_t i = 0; i < definition->n_indicators; i++) {
        if (!lay_series(figures, (int)i)) {
            return false;
        }
    }
    return true;
}

enum bms_status bms_figures_new(bms_arena *arena, const bms_definition *definition, int form,
                                bms_figures **out, bms_error *error) {
    bms_figures *figures = bms_arena_alloc(arena, sizeof *figures);
    *out = NULL;
    if (figures == NULL) {
        return bms_error_no_memory(error);
    }
    figures->arena = arena;
    figures->definition = definition;
    figures->form = form;
    figures->last_unit = BMS_NONE;
    figures->last_period = BMS_NONE;
    if (!lay_tree(figures) || !lay_table(figures)) {
        return bms_error_no_memory(error);
    }
    *out = figures;
    return BMS_OK;
}

/* Taking in. */

static int find_unit(bms_figures *figures, const char *code) {
    const bms_definition *definition = figures->definition;
    int last = figures->last_unit;
    if (last == BMS_NONE || bms_code_compare(definition->units[last].code, code) != 0) {
        last = bms_definition_unit(definition, code);
        figures->last_unit = last;
    }
    return last;
}

static struct slot *find_slot(bms_figures *figures, const char *indicator_code, const char *period_code) {
    const bms_definition *definition = figures->definition;
    int indicator = bms_definition_indicator(definition, indicator_code);
    int period = figures->last_period;
    if (period == BMS_NONE || bms_code_compare(definition->calendar[period].period.code, period_code) != 0) {
        period = bms_definition_period(definition, period_code);
        figures->last_period = period;
    }
    if (indicator == BMS_NONE || period == BMS_NONE) {
        return NULL;
    }
    return figures->of_period[(size_t)indicator * definition->n_calendar + (size_t)period];
}

static const char *keep(bms_figures *figures, const char *text, bool *whole) {
    if (text == NULL || *text == '\0') {
        return "";
    }
    const char *kept = bms_arena_text(figures->arena, text);
    *whole = *whole && kept != NULL;
    return kept;
}

static bool keep_source(bms_figures *figures, const bms_stored_entry *stored, bms_unit_answer *answer) {
    bms_answer_source *source = bms_arena_alloc(figures->arena, sizeof *source);
    if (source == NULL) {
        return false;
    }
    bool whole = true;
    *source = (bms_answer_source){.reason = stored->entry.reason,
                                  .comment = keep(figures, stored->entry.comment, &whole),
                                  .file = keep(figures, stored->file, &whole),
                                  .sheet = keep(figures, stored->sheet, &whole),
                                  .numerator_cell = keep(figures, stored->entry.numerator_cell, &whole),
                                  .denominator_cell = keep(figures, stored->entry.denominator_cell, &whole),
                                  .signed_by = keep(figures, stored->signed_by, &whole),
                                  .revision = stored->revision};
    answer->source = source;
    return whole;
}

bool bms_figures_add_entry(bms_figures *figures, const bms_stored_entry *stored) {
    int unit = find_unit(figures, stored->unit);
    struct slot *slot = find_slot(figures, stored->entry.indicator, stored->entry.period);
    if (unit == BMS_NONE || slot == NULL) {
        return true;
    }
    const bms_measuring_point *point = &figures->definition->points[slot->point];
    enum bms_duty duty = bms_definition_duty(figures->definition, point, unit);
    if (duty == BMS_NOT_ASKED) {
        return true;
    }
    bms_unit_answer *answer = &slot->answers[unit];
    answer->answer = stored->entry.answer;
    answer->arrived = true;
    slot->arrived = true;
    answer->counts = duty == BMS_REQUIRED || stored->entry.answer.state != BMS_MISSING;
    return !slot->sources || keep_source(figures, stored, answer);
}

bool bms_figures_add_receipt(bms_figures *figures, const bms_stored_receipt *stored) {
    int unit = stored->unit == NULL ? BMS_NONE : find_unit(figures, stored->unit);
    if (unit == BMS_NONE) {
        return true;
    }
    bms_unit_receipt *receipt = bms_arena_alloc(figures->arena, sizeof *receipt);
    if (receipt == NULL) {
        return false;
    }
    bool whole = true;
    *receipt = (bms_unit_receipt){.outcome = stored->outcome,
                                  .superseded = stored->superseded,
                                  .revision = stored->revision,
                                  .file = keep(figures, stored->file, &whole),
                                  .why = keep(figures, stored->why, &whole),
                                  .next = figures->receipts[unit]};
    figures->receipts[unit] = receipt;
    return whole;
}

static bool same_action(const bms_entry_action *a, const bms_entry_action *b) {
    bool numbered = *a->number != '\0' && *b->number != '\0';
    return numbered ? bms_text_same(a->number, b->number) : bms_text_same(a->text, b->text);
}

bool bms_figures_add_action(bms_figures *figures, const bms_stored_action *stored) {
    int unit = find_unit(figures, stored->unit);
    if (unit == BMS_NONE) {
        return true;
    }
    bms_unit_action **end = &figures->actions[unit];
    for (; *end != NULL; end = &(*end)->next) {
        if (same_action(&(*end)->action, &stored->action)) {
            return true;
        }
    }
    bms_unit_action *action = bms_arena_alloc(figures->arena, sizeof *action);
    if (action == NULL) {
        return false;
    }
    bool whole = true;
    action->action = (bms_entry_action){.number = keep(figures, stored->action.number, &whole),
                                        .linked_to = keep(figures, stored->action.linked_to, &whole),
                                        .text = keep(figures, stored->action.text, &whole),
                                        .responsible = keep(figures, stored->action.responsible, &whole),
                                        .due = keep(figures, stored->action.due, &whole),
                                        .status = keep(figures, stored->action.status, &whole)};
    *end = action;
    return whole;
}

/* Fetching. */

typedef struct fetching {
    bms_figures *figures;
    bool out_of_memory;
} fetching;

static bool take_entry(void *context, const bms_stored_entry *entry) {
    fetching *f = context;
    f->out_of_memory = !bms_figures_add_entry(f->figures, entry);
    return !f->out_of_memory;
}

static bool take_receipt(void *context, const bms_stored_receipt *receipt) {
    fetching *f = context;
    f->out_of_memory = !bms_figures_add_receipt(f->figures, receipt);
    return !f->out_of_memory;
}

static bool take_action(void *context, const bms_stored_action *action) {
    fetching *f = context;
    f->out_of_memory = !bms_figures_add_action(f->figures, action);
    return !f->out_of_memory;
}

static bool period_is_kept(const bms_figures *figures, size_t period) {
    const bms_definition *definition = figures->definition;
    for (size_t i = 0; i < definition->n_indicators; i++) {
        if (figures->of_period[i * definition->n_calendar + period] != NULL) {
            return true;
        }
    }
    return false;
}

static enum bms_status load_entries(fetching *f, bms_history *history, bms_error *error) {
    const bms_definition *definition = f->figures->definition;
    enum bms_status status = BMS_OK;
    for (size_t p = 0; p < definition->n_calendar && status == BMS_OK && !f->out_of_memory; p++) {
        if (period_is_kept(f->figures, p)) {
            bms_entry_filter filter = {.period = definition->calendar[p].period.code};
            status = bms_history_each_entry(history, &filter, take_entry, f, error);
        }
    }
    return status;
}

/** Actions live on from form to form: those of two years, the newest word on each first. */
static enum bms_status load_actions(fetching *f, bms_history *history, bms_error *error) {
    const bms_definition *definition = f->figures->definition;
    enum bms_status status = BMS_OK;
    int oldest = f->figures->form - KEPT_POINTS;
    for (int p = f->figures->form; p >= 0 && p > oldest && status == BMS_OK && !f->out_of_memory; p--) {
        if (bms_definition_has_form(definition, p)) {
            status = bms_history_each_action(history, NULL, definition->calendar[p].period.code, take_action,
                                             f, error);
        }
    }
    return status;
}

enum bms_status bms_figures_load(bms_figures *figures, bms_history *history, bms_error *error) {
    fetching f = {.figures = figures};
    const char *form = figures->definition->calendar[figures->form].period.code;
    enum bms_status status = load_entries(&f, history, error);
    if (status == BMS_OK && !f.out_of_memory) {
        status = bms_history_each_receipt(history, form, take_receipt, &f, error);
    }
    if (status == BMS_OK && !f.out_of_memory) {
        status = load_actions(&f, history, error);
    }
    return status == BMS_OK && f.out_of_memory ? bms_error_no_memory(error) : status;
}

/* Asking. */

const bms_definition *bms_figures_definition(const bms_figures *figures) {
    return figures->definition;
}

int bms_figures_form(const bms_figures *figures) {
    return figures->form;
}

size_t bms_figures_below(const bms_figures *figures, int unit, const int **first) {
    *first = figures->order + figures->place[unit];
    return figures->size[unit];
}

int bms_figures_depth(const bms_figures *figures, int unit) {
    return figures->depth[unit];
}

const bms_unit_receipt *bms_figures_receipts(const bms_figures *figures, int unit) {
    return figures->receipts[unit];
}

const bms_unit_action *bms_figures_actions(const bms_figures *figures, int unit) {
    return figures->actions[unit];
}

const bms_unit_answer *bms_figures_answer(const bms_figures *figures, int point, int unit) {
    static const bms_unit_answer none = {.answer = {.state = BMS_MISSING}};
    const struct slot *slot = point == BMS_NONE ? NULL : figures->of_point[point];
    return slot == NULL ? &none : &slot->answers[unit];
}

static bool anyone_counts(const bms_figures *figures, const struct slot *slot, int unit) {
    const int *units;
    size_t n = bms_figures_below(figures, unit, &units);
    for (size_t i = 0; i < n; i++) {
        if (slot->answers[units[i]].counts) {
            return true;
        }
    }
    return false;
}

int bms_figures_point_before(const bms_figures *figures, int indicator, int unit, int before) {
    const struct series *series = &figures->series[indicator];
    size_t i = series->n;
    if (before != BMS_NONE) {
        while (i > 0 && series->slots[i - 1].point != before) {
            i--;
        }
        i = i > 0 ? i - 1 : 0;
    }
    for (; i > 0; i--) {
        bool carried_out = before == BMS_NONE || series->slots[i - 1].arrived;
        if (carried_out && anyone_counts(figures, &series->slots[i - 1], unit)) {
            return series->slots[i - 1].point;
        }
    }
    return BMS_NONE;
}

bool bms_figures_carried_out(const bms_figures *figures, int point) {
    return point != BMS_NONE && figures->of_point[point] != NULL && figures->of_point[point]->arrived;
}

/* Rolling up. */

static int year_of(bms_day day) {
    int year, month, day_of_month;
    bms_day_parts(day, &year, &month, &day_of_month);
    return year;
}

/** The slots of the year up to and with one, newest first; of overlapping periods only the newest. */
static size_t year_so_far(const bms_figures *figures, const struct slot *last,
                          const struct slot *found[KEPT_POINTS]) {
    const bms_definition *definition = figures->definition;
    const struct series *series = &figures->series[definition->points[last->point].indicator];
    const bms_period *bound = &definition->calendar[last->period].period;
    int year = year_of(bound->to);
    size_t n = 0;
    found[n++] = last;
    for (size_t i = (size_t)(last - series->slots); i > 0; i--) {
        const bms_period *period = &definition->calendar[series->slots[i - 1].period].period;
        if (period->to < bound->from && year_of(period->to) == year) {
            found[n++] = &series->slots[i - 1];
            bound = period;
        }
    }
    return n;
}

static bms_number less(bms_number a, bms_number b) {
    return (bms_number){.known = a.known && b.known, .value = a.value - b.value};
}

/** What a year to date grew by since the measuring point before it in the year. */
static bms_answer added_since(const bms_indicator *indicator, const bms_answer *now,
                              const bms_unit_answer *before) {
    if (!before->counts || now->state != BMS_REPORTED || indicator->kind == BMS_MEAN ||
        indicator->kind == BMS_YESNO) {
        return *now;
    }
    bms_answer added = {.state = BMS_MISSING};
    if (before->answer.state == BMS_REPORTED || before->answer.state == BMS_EMPTY_BASE) {
        added.numerator = less(now->numerator, before->answer.numerator);
        added.denominator = less(now->denominator, before->answer.denominator);
        added.state = bms_answer_state(indicator->kind, added.numerator, added.denominator);
    }
    return added;
}

static size_t gather(const bms_figures *figures, const struct slot *slot, const struct slot *before, int unit,
                     bool own_only, size_t n) {
    const bms_indicator *indicator =
        &figures->definition->indicators[figures->definition->points[slot->point].indicator];
    const int *units;
    size_t n_units = own_only ? 1 : bms_figures_below(figures, unit, &units);
    for (size_t i = 0; i < n_units; i++) {
        int u = own_only ? unit : units[i];
        const bms_unit_answer *answer = &slot->answers[u];
        if (answer->counts) {
            figures->parts[n++] = (bms_part){
                .unit = u,
                .answer = before == NULL ? answer->answer
                                         : added_since(indicator, &answer->answer, &before->answers[u])};
        }
    }
    return n;
}

/** A single answer rolls up to itself, to the last bit. */
static bms_rolled alone(const bms_indicator *indicator, const bms_answer *answer) {
    bool counted = answer->state == BMS_REPORTED || answer->state == BMS_EMPTY_BASE;
    bool planned = answer->state != BMS_NOT_APPLICABLE;
    return (bms_rolled){.answer = *answer,
                        .result = bms_result(indicator->kind, indicator->factor, answer),
                        .planned = 1,
                        .reported = answer->state == BMS_REPORTED,
                        .empty_base = answer->state == BMS_EMPTY_BASE,
                        .not_applicable = answer->state == BMS_NOT_APPLICABLE,
                        .missing = answer->state == BMS_MISSING,
                        .coverage = counted || !planned ? 1 : 0,
                        .covered = counted || !planned};
}

/** An indicator as its kind adds up, whatever the definition says of units: a unit's own periods are not
 * units. */
static bms_indicator as_kind(const bms_indicator *indicator, bool own_only) {
    bms_indicator plain = *indicator;
    plain.rollup = BMS_ROLLUP_OF_KIND;
    plain.least_coverage = own_only ? 0 : indicator->least_coverage;
    return plain;
}

/** Where the definition overrides the roll-up, each unit's year is made first; otherwise all add up at once.
 */
static bms_rolled roll_year(const bms_figures *figures, const bms_indicator *indicator,
                            const struct slot *const *slots, size_t n_slots, int unit, bool own_only) {
    bms_indicator plain = as_kind(indicator, own_only);
    bool overridden = !own_only && indicator->rollup != BMS_ROLLUP_OF_KIND;
    const int *units = &unit;
    size_t n_units = overridden ? bms_figures_below(figures, unit, &units) : 1;
    size_t done = 0;
    for (size_t u = 0; u < n_units; u++) {
        size_t n = done;
        for (size_t i = 0; i < n_slots; i++) {
            n = gather(figures, slots[i], NULL, units[u], own_only || overridden, n);
        }
        if (!overridden) {
            return bms_roll_up(&plain, figures->parts, n);
        }
        if (n > done) {
            bms_rolled year = bms_roll_up(&plain, figures->parts + done, n - done);
            figures->parts[done++] = (bms_part){.unit = units[u], .answer = year.answer};
        }
    }
    return bms_roll_up(indicator, figures->parts, done);
}

bms_rolled bms_figures_roll(const bms_figures *figures, int point, int unit, bool own_only,
                            enum bms_reach reach) {
    const struct slot *slot = point == BMS_NONE ? NULL : figures->of_point[point];
    if (slot == NULL) {
        return (bms_rolled){.answer = {.state = BMS_MISSING}};
    }
    const bms_indicator *indicator =
        &figures->definition->indicators[figures->definition->points[point].indicator];
    const struct slot *year[KEPT_POINTS];
    size_t n_year = reach == BMS_AT_POINT ? 1 : year_so_far(figures, slot, year);
    if (reach == BMS_YEAR_SO_FAR && n_year > 1) {
        return roll_year(figures, indicator, year, n_year, unit, own_only);
    }
    size_t n = gather(figures, slot, reach == BMS_ADDED && n_year > 1 ? year[1] : NULL, unit, own_only, 0);
    bool is_alone = n == 1 && (own_only || figures->size[unit] == 1 || indicator->rollup != BMS_ROLLUP_NONE);
    return is_alone ? alone(indicator, &figures->parts[0].answer) : bms_roll_up(indicator, figures->parts, n);
}
