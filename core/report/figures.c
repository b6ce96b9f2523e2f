/*
 * The figures of a run of reports (see figures.h): building the empty table and the trees, adding entries,
 * receipts and actions, and looking them up. Roll-ups are in roll.c, the queries in fetch.c.
 */
#include "core/report/table.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/definition/succession.h"

#include <string.h>

/* The tree. */

/** @return the unit above on a day; of a closed unit that above the one that took over from it. */
static int parent_on(const bms_definition *definition, int unit, bms_day day) {
    int heir = bms_succession_heir(definition, unit, day);
    bool beside = heir != unit && !bms_unit_is_below_on(definition, heir, unit, day);
    return bms_unit_parent_on(&definition->units[beside ? heir : unit], day);
}

/** The units right below each unit on a day, as chains. */
struct below {
    int *first; /* by unit, those of the top last; BMS_NONE: none */
    int *next;
};

static bool find_below(const bms_figures *figures, bms_day day, struct below *out) {
    const bms_definition *definition = figures->definition;
    size_t n = definition->n_units;
    out->first = bms_arena_alloc(figures->arena, (n + 1) * sizeof *out->first);
    out->next = bms_arena_alloc(figures->arena, n * sizeof *out->next);
    if (!out->first || !out->next)
        return false;
    for (size_t i = 0; i <= n; i++)
        out->first[i] = BMS_NONE;
    for (size_t i = n; i-- > 0;) {
        int parent = parent_on(definition, (int)i, day);
        int *first = &out->first[parent == BMS_NONE ? (int)n : parent];
        out->next[i] = *first;
        *first = (int)i;
    }
    return true;
}

static size_t place_below(const struct below *below, struct bms_tree *tree, int unit, int depth, size_t at) {
    size_t next = at + 1;
    tree->order[at] = unit;
    tree->place[unit] = at;
    tree->depth[unit] = depth;
    for (int i = below->first[unit]; i != BMS_NONE; i = below->next[i])
        next = place_below(below, tree, i, depth + 1, next);
    tree->size[unit] = next - at;
    return next;
}

static bool build_tree(const bms_figures *figures, bms_day day, struct bms_tree *tree) {
    size_t n = figures->definition->n_units;
    struct below below;
    tree->order = bms_arena_alloc(figures->arena, n * sizeof *tree->order);
    tree->place = bms_arena_alloc(figures->arena, n * sizeof *tree->place);
    tree->size = bms_arena_alloc(figures->arena, n * sizeof *tree->size);
    tree->depth = bms_arena_alloc(figures->arena, n * sizeof *tree->depth);
    if (!find_below(figures, day, &below) || bms_arena_failed(figures->arena))
        return false;
    size_t next = 0;
    for (int i = below.first[n]; i != BMS_NONE; i = below.next[i])
        next = place_below(&below, tree, i, 0, next);
    return true;
}

/** @return whether the tree is not the same on all days. */
static bool anyone_moved(const bms_definition *definition) {
    for (size_t i = 0; i < definition->n_units; i++) {
        if (definition->units[i].n_earlier > 0 || definition->units[i].n_predecessors > 0)
            return true;
    }
    return false;
}

/** @return the tree of a point's day, one for all where no unit was moved or followed; NULL when memory is
 * out. */
static const struct bms_tree *tree_of(bms_figures *figures, const bms_measuring_point *point) {
    const bms_definition *definition = figures->definition;
    if (!anyone_moved(definition))
        return &figures->tree;
    int period = point->period < point->form ? point->period : point->form;
    struct bms_tree **tree = &figures->trees[period];
    if (!*tree) {
        struct bms_tree *built = bms_arena_alloc(figures->arena, sizeof *built);
        bool whole = built && build_tree(figures, bms_definition_day_of(definition, point), built);
        *tree = whole ? built : NULL;
    }
    return *tree;
}

/* The table. */

/** Pick an indicator's newest measuring points of this form and earlier ones, sorted. */
static size_t pick_points(const bms_figures *figures, int indicator, int picked[BMS_KEPT_POINTS]) {
    const bms_definition *definition = figures->definition;
    size_t n = 0;
    for (size_t p = 0; p < definition->n_points; p++) {
        const bms_measuring_point *point = &definition->points[p];
        if (point->indicator != indicator || !bms_definition_is_by(definition, point->form, figures->form))
            continue;
        if (n == BMS_KEPT_POINTS && bms_definition_compare_points(definition, picked[0], (int)p) > 0)
            continue;
        if (n == BMS_KEPT_POINTS) {
            memmove(picked, picked + 1, (BMS_KEPT_POINTS - 1) * sizeof *picked);
            n--;
        }
        size_t at = n++;
        for (; at > 0 && bms_definition_compare_points(definition, picked[at - 1], (int)p) > 0; at--)
            picked[at] = picked[at - 1];
        picked[at] = (int)p;
    }
    return n;
}

static bool build_slot(bms_figures *figures, struct bms_slot *slot, int point) {
    const bms_definition *definition = figures->definition;
    const bms_measuring_point *measuring = &definition->points[point];
    slot->point = point;
    slot->period = measuring->period;
    slot->tree = tree_of(figures, measuring);
    slot->answers = bms_arena_alloc(figures->arena, figures->n_kept * sizeof *slot->answers);
    if (!slot->tree || !slot->answers)
        return false;
    for (size_t i = 0; i < figures->n_kept; i++) {
        slot->answers[i].counts =
            bms_definition_duty(definition, measuring, figures->kept[i]) == BMS_REQUIRED;
        slot->answers[i].answer.state = BMS_MISSING;
    }
    figures->of_point[point] = slot;
    figures->of_period[(size_t)measuring->indicator * definition->n_calendar + (size_t)measuring->period] =
        slot;
    return true;
}

static bool build_series(bms_figures *figures, int indicator) {
    int picked[BMS_KEPT_POINTS] = {0};
    struct bms_series *series = &figures->series[indicator];
    series->n = pick_points(figures, indicator, picked);
    series->begun = BMS_LATEST_DAY;
    series->slots = bms_arena_alloc(figures->arena, series->n * sizeof *series->slots);
    if (!series->slots)
        return false;
    for (size_t i = 0; i < series->n; i++) {
        if (!build_slot(figures, &series->slots[i], picked[i]))
            return false;
    }
    return true;
}

/** @return the most measuring points of an indicator that end in the same year. */
static size_t most_in_a_year(const bms_figures *figures) {
    size_t most = 1;
    for (size_t i = 0; i < figures->definition->n_indicators; i++) {
        const struct bms_series *series = &figures->series[i];
        int last = 0;
        size_t n = 0;
        for (size_t s = 0; s < series->n; s++) {
            int year, month, day;
            bms_day_parts(figures->definition->calendar[series->slots[s].period].period.to, &year, &month,
                          &day);
            n = year == last ? n + 1 : 1;
            last = year;
            most = n > most ? n : most;
        }
    }
    return most;
}

/** Get room for working out results. @return false when memory is out */
static bool make_room(bms_figures *figures) {
    const bms_definition *definition = figures->definition;
    size_t n = definition->n_units;
    figures->most_in_a_year = most_in_a_year(figures);
    /* Those closed in the year, and a unit's past, come after the answers. */
    figures->parts = bms_arena_alloc(figures->arena, (figures->most_in_a_year + 2) * figures->n_kept *
                                                         sizeof *figures->parts);
    figures->found = bms_arena_alloc(figures->arena, n * sizeof *figures->found);
    figures->closed = bms_arena_alloc(figures->arena, n * sizeof *figures->closed);
    (void)bms_past_room(figures->arena, definition, &figures->past);
    figures->pairing = bms_figures_pairing_new(figures);
    return !bms_arena_failed(figures->arena);
}

static bool build_table(bms_figures *figures) {
    const bms_definition *definition = figures->definition;
    size_t n = definition->n_units;
    figures->series = bms_arena_alloc(figures->arena, definition->n_indicators * sizeof *figures->series);
    figures->of_period = bms_arena_alloc(figures->arena, definition->n_indicators * definition->n_calendar *
                                                             sizeof(struct bms_slot *));
    figures->of_point = bms_arena_alloc(figures->arena, definition->n_points * sizeof(struct bms_slot *));
    figures->actions = bms_arena_alloc(figures->arena, n * sizeof(bms_unit_action *));
    figures->trees = bms_arena_alloc(figures->arena, definition->n_calendar * sizeof(struct bms_tree *));
    if (bms_arena_failed(figures->arena))
        return false;
    for (size_t i = 0; i < definition->n_indicators; i++) {
        if (!build_series(figures, (int)i))
            return false;
    }
    return make_room(figures);
}

bms_figures *bms_figures_share(bms_arena *arena, const bms_figures *figures) {
    bms_figures *shared = bms_arena_alloc(arena, sizeof *shared);
    if (!shared)
        return NULL;
    *shared = *figures;
    shared->arena = arena;
    return make_room(shared) ? shared : NULL;
}

enum bms_status bms_figures_new(bms_arena *arena, const bms_definition *definition, int form, bms_day made_on,
                                int unit, bms_figures **out, bms_error *error) {
    bms_figures *figures = bms_arena_alloc(arena, sizeof *figures);
    *out = NULL;
    if (!figures)
        return bms_error_no_memory(error);
    figures->arena = arena;
    figures->definition = definition;
    figures->form = form;
    figures->made_on = made_on;
    figures->begun = BMS_LATEST_DAY;
    figures->last_unit = BMS_NONE;
    figures->last_period = BMS_NONE;
    bms_day day = definition->calendar[form].period.to;
    if (!build_tree(figures, day, &figures->tree) || !bms_figures_keep(figures, unit) ||
        !build_table(figures))
        return bms_error_no_memory(error);
    *out = figures;
    return bms_delivered_new(arena, definition, form, &figures->delivered, error);
}

/* Adding. */

static int find_unit(bms_figures *figures, const char *code) {
    const bms_definition *definition = figures->definition;
    int last = figures->last_unit;
    if (last == BMS_NONE || bms_code_compare(definition->units[last].code, code) != 0) {
        last = bms_definition_unit(definition, code);
        figures->last_unit = last;
    }
    return last;
}

static struct bms_slot *find_slot(bms_figures *figures, const char *indicator_code, const char *period_code) {
    const bms_definition *definition = figures->definition;
    int indicator = bms_definition_indicator(definition, indicator_code);
    int period = figures->last_period;
    if (period == BMS_NONE || bms_code_compare(definition->calendar[period].period.code, period_code) != 0) {
        period = bms_definition_period(definition, period_code);
        figures->last_period = period;
    }
    if (indicator == BMS_NONE || period == BMS_NONE)
        return NULL;
    return figures->of_period[(size_t)indicator * definition->n_calendar + (size_t)period];
}

/** Keep where an answer came from. Entries come unit by unit, so most texts equal those before. */
static void keep_source(bms_figures *figures, const bms_stored_entry *stored, bms_unit_answer *answer) {
    bms_stored_entry *source = bms_arena_alloc(figures->arena, sizeof *source);
    if (!source)
        return;
    *source = bms_stored_entry_copy(figures->arena, stored, figures->last_source);
    figures->last_source = source;
    answer->source = source;
}

void bms_figures_add_entry(bms_figures *figures, const bms_stored_entry *stored) {
    bms_figures_add_measured(figures, stored, NULL);
}

/** Note what a point measured; where units answered both to the old and to today's measure, it is today's. */
static void note_measure(const bms_figures *figures, struct bms_slot *slot, const bms_indicator *measured) {
    const bms_indicator *today =
        &figures->definition->indicators[figures->definition->points[slot->point].indicator];
    if (!measured)
        measured = today;
    if (!slot->arrived || measured == today)
        slot->measured = measured;
}

/** Note that a form has brought something: from then on, what nobody answers is missing. */
static void note_begun(bms_figures *figures, const bms_measuring_point *point) {
    struct bms_series *series = &figures->series[point->indicator];
    bms_day form = figures->definition->calendar[point->form].period.to;
    series->begun = form < series->begun ? form : series->begun;
    figures->begun = form < figures->begun ? form : figures->begun;
}

void bms_figures_note_arrival(bms_figures *figures, struct bms_slot *slot, const bms_indicator *measured) {
    note_measure(figures, slot, measured);
    note_begun(figures, &figures->definition->points[slot->point]);
    slot->arrived = true;
}

/** @return whether a point is there. @param begun  the last day of the first form that counts */
static bool is_there(const bms_figures *figures, const struct bms_slot *slot, bms_day begun) {
    const bms_definition *definition = figures->definition;
    int form = definition->points[slot->point].form;
    return slot->arrived || form == figures->form ||
           (definition->calendar[form].period.to >= begun &&
            bms_definition_was_due(definition, form, figures->made_on, figures->form));
}

/** @return whether a slot is the latest that has an answer of the unit's, or waits for one. */
static bool is_newest(const bms_figures *figures, const struct bms_slot *slot, int unit) {
    const struct bms_series *series = &figures->series[figures->definition->points[slot->point].indicator];
    for (const struct bms_slot *later = slot + 1; later < series->slots + series->n; later++) {
        if (bms_figures_answer_at(figures, later, unit)->counts && is_there(figures, later, series->begun))
            return false;
    }
    return true;
}

void bms_figures_add_measured(bms_figures *figures, const bms_stored_entry *stored,
                              const bms_indicator *measured) {
    bms_delivered_add_entry(figures->delivered, stored);
    int unit = find_unit(figures, stored->unit);
    struct bms_slot *slot = find_slot(figures, stored->entry.indicator, stored->entry.period);
    if (unit == BMS_NONE || figures->place[unit] == BMS_NOT_KEPT || !slot)
        return;
    const bms_measuring_point *point = &figures->definition->points[slot->point];
    enum bms_duty duty = bms_definition_duty(figures->definition, point, unit);
    if (duty == BMS_NOT_ASKED)
        return;
    bms_unit_answer *answer = bms_figures_answer_at(figures, slot, unit);
    answer->answer = stored->entry.answer;
    bms_figures_note_arrival(figures, slot, measured);
    answer->counts = duty == BMS_REQUIRED || stored->entry.answer.state != BMS_MISSING;
    if (is_newest(figures, slot, unit))
        keep_source(figures, stored, answer);
}

static const char *keep(bms_figures *figures, const char *text) {
    return text && *text ? bms_arena_text(figures->arena, text) : "";
}

void bms_figures_add_receipt(bms_figures *figures, const bms_stored_receipt *stored) {
    bms_delivered_add_receipt(figures->delivered, stored);
}

static bool same_action(const bms_entry_action *a, const bms_entry_action *b) {
    bool numbered = *a->number != '\0' && *b->number != '\0';
    return numbered ? bms_text_same(a->number, b->number) : bms_text_same(a->text, b->text);
}

void bms_figures_add_action(bms_figures *figures, const bms_stored_action *stored) {
    int unit = find_unit(figures, stored->unit);
    if (unit == BMS_NONE || figures->place[unit] == BMS_NOT_KEPT)
        return;
    bms_unit_action **end = &figures->actions[unit];
    for (; *end; end = &(*end)->next) {
        if (same_action(&(*end)->action, &stored->action))
            return;
    }
    bms_unit_action *action = bms_arena_alloc(figures->arena, sizeof *action);
    if (!action)
        return;
    action->action = (bms_entry_action){.number = keep(figures, stored->action.number),
                                        .linked_to = keep(figures, stored->action.linked_to),
                                        .text = keep(figures, stored->action.text),
                                        .responsible = keep(figures, stored->action.responsible),
                                        .due = keep(figures, stored->action.due),
                                        .status = keep(figures, stored->action.status)};
    *end = action;
}

/* Looking up. */

const bms_definition *bms_figures_definition(const bms_figures *figures) {
    return figures->definition;
}

int bms_figures_form(const bms_figures *figures) {
    return figures->form;
}

size_t bms_figures_below(const bms_figures *figures, int unit, const int **first) {
    *first = figures->tree.order + figures->tree.place[unit];
    return figures->tree.size[unit];
}

int bms_figures_depth(const bms_figures *figures, int unit) {
    return figures->tree.depth[unit];
}

bms_delivery bms_figures_delivery(const bms_figures *figures, int unit) {
    return bms_delivered_of(figures->delivered, unit);
}

const bms_unit_action *bms_figures_actions(const bms_figures *figures, int unit) {
    return figures->actions[unit];
}

const bms_unit_answer *bms_figures_answer(const bms_figures *figures, int point, int unit) {
    static const bms_unit_answer none = {.answer = {.state = BMS_MISSING}};
    const struct bms_slot *slot = point == BMS_NONE ? NULL : figures->of_point[point];
    return slot ? bms_figures_answer_at(figures, slot, unit) : &none;
}

static bool anyone_counts(const bms_figures *figures, const struct bms_slot *slot, int unit) {
    const struct bms_units at = bms_figures_at(figures, slot, unit, false, figures->found);
    for (size_t i = 0; i < at.n; i++) {
        if (bms_figures_answer_at(figures, slot, at.units[i])->counts)
            return true;
    }
    return false;
}

bool bms_figures_is_there(const bms_figures *figures, int point) {
    const struct bms_slot *slot = point == BMS_NONE ? NULL : figures->of_point[point];
    return slot &&
           is_there(figures, slot, figures->series[figures->definition->points[point].indicator].begun);
}

/** @return the newest point that is there; of an indicator that nobody has answered, one since bms was used.
 */
static int newest_point(const bms_figures *figures, const struct bms_series *series, int unit) {
    bms_day begun = series->begun == BMS_LATEST_DAY ? figures->begun : series->begun;
    for (size_t i = series->n; i > 0; i--) {
        const struct bms_slot *slot = &series->slots[i - 1];
        if (is_there(figures, slot, begun) && anyone_counts(figures, slot, unit))
            return slot->point;
    }
    return BMS_NONE;
}

int bms_figures_point_before(const bms_figures *figures, int indicator, int unit, int before) {
    const bms_definition *definition = figures->definition;
    const struct bms_series *series = &figures->series[indicator];
    int found = BMS_NONE;
    if (before == BMS_NONE)
        return newest_point(figures, series, unit);
    for (size_t i = series->n; i > 0; i--) {
        const struct bms_slot *slot = &series->slots[i - 1];
        if (found != BMS_NONE && bms_definition_point_is_before(definition, slot->point, found))
            break;
        if (!bms_definition_point_is_before(definition, slot->point, before) ||
            (found != BMS_NONE && !bms_definition_is_closer(definition, slot->point, found, before)))
            continue;
        if (is_there(figures, slot, series->begun) && anyone_counts(figures, slot, unit))
            found = slot->point;
    }
    return found;
}

size_t bms_figures_units(const bms_figures *figures, int point, int unit, int *units) {
    const struct bms_slot *slot = point == BMS_NONE ? NULL : figures->of_point[point];
    if (!slot)
        return 0;
    const struct bms_units at = bms_figures_at(figures, slot, unit, false, figures->found);
    memcpy(units, at.units, at.n * sizeof *units);
    return at.n;
}

bool bms_figures_was_below(const bms_figures *figures, int point, int unit, int above) {
    const struct bms_slot *slot = point == BMS_NONE ? NULL : figures->of_point[point];
    if (!slot)
        return false;
    if (figures->definition->units[above].n_predecessors == 0) {
        size_t first = slot->tree->place[above];
        size_t place = slot->tree->place[unit];
        return place >= first && place < first + slot->tree->size[above];
    }
    const struct bms_units at = bms_figures_at(figures, slot, above, false, figures->found);
    for (size_t i = 0; i < at.n; i++) {
        if (at.units[i] == unit)
            return true;
    }
    return false;
}
