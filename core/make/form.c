/* Making a unit's form: its questions, with earlier results beside them, and its actions. */
#include "core/make/form.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/definition/links.h"
#include "core/make/earlier.h"

/* Actions */

/** The unit's actions, gathered one by one. */
struct actions {
    bms_arena *arena;
    const bms_form_request *request;
    bms_action_view *items;
    size_t n;
    size_t capacity;
    size_t n_planned; /* they come first */
    int *taken_from;  /* by planned action: the period of the form the unit's version is from; BMS_NONE */
    int period;       /* of the form that is gone through now */
};

/** @return the view of a new action, or NULL when memory is out. */
static bms_action_view *add_action(struct actions *actions) {
    return bms_arena_grow(actions->arena, &actions->items, &actions->n, &actions->capacity,
                          sizeof *actions->items);
}

static void add_planned_actions(struct actions *actions) {
    const bms_definition *definition = actions->request->definition;
    for (size_t i = 0; i < definition->n_actions; i++) {
        const bms_planned_action *planned = &definition->actions[i];
        bms_action_view *view = planned->unit == actions->request->unit ? add_action(actions) : NULL;
        if (!view)
            continue;
        *view = (bms_action_view){
            planned->number, bms_link_text(actions->arena, definition, bms_planned_link(definition, planned)),
            planned->text,   planned->responsible,
            planned->due,    NULL,
            planned->status};
    }
}

/** @return whether a newer return has the unit's version of an action. */
static bool is_newer_there(const struct actions *actions, size_t at) {
    return at < actions->n_planned && actions->taken_from[at] != BMS_NONE &&
           actions->taken_from[at] != actions->period;
}

/** Take in what the unit wrote: its newest version of a planned action, or an action of its own. */
static bool take_action(void *context, const bms_stored_action *stored) {
    struct actions *actions = context;
    bms_arena *arena = actions->arena;
    const bms_entry_action *action = &stored->action;
    bms_action_view *view = NULL;
    size_t at = *action->number == '\0' ? actions->n : 0;
    while (at < actions->n && !bms_text_same(actions->items[at].number, action->number))
        at++;
    if (at < actions->n) {
        if (is_newer_there(actions, at))
            return true;
        view = &actions->items[at];
        if (at < actions->n_planned)
            actions->taken_from[at] = actions->period;
    }
    if (!view)
        view = add_action(actions);
    if (!view)
        return false;
    bms_day due = BMS_NO_DAY;
    (void)bms_day_parse(action->due, &due);
    *view = (bms_action_view){
        bms_arena_text(arena, action->number),
        bms_arena_text(arena, bms_link_text(arena, actions->request->definition, action->linked_to)),
        bms_arena_text(arena, action->text),
        bms_arena_text(arena, action->responsible),
        due,
        NULL,
        bms_arena_text(arena, action->status)};
    return !bms_arena_failed(arena);
}

/** Marks the calendar periods in whose forms the unit wrote actions. */
struct written_in {
    const bms_definition *definition;
    bool *forms; /* by calendar period */
};

static bool note_form(void *context, const char *form_period) {
    const struct written_in *written = context;
    int period = bms_definition_period(written->definition, form_period);
    if (period != BMS_NONE)
        written->forms[period] = true;
    return true;
}

/** Put in the newest version of the planned actions, and those of the unit's latest earlier return that has
 * others, going back to that. */
static enum bms_status put_written_actions(struct actions *actions, bms_history *history, bms_error *error) {
    const bms_form_request *request = actions->request;
    const bms_definition *definition = request->definition;
    const char *unit = definition->units[request->unit].code;
    struct written_in written = {
        definition, bms_arena_alloc(actions->arena, definition->n_calendar * sizeof *written.forms)};
    actions->n_planned = actions->n;
    actions->taken_from = bms_arena_alloc(actions->arena, actions->n * sizeof *actions->taken_from);
    if (!written.forms || !actions->taken_from)
        return bms_error_no_memory(error);
    for (size_t i = 0; i < actions->n_planned; i++)
        actions->taken_from[i] = BMS_NONE;
    enum bms_status status = bms_history_each_action_form(history, unit, note_form, &written, error);
    for (int p = request->period - 1; p >= 0 && actions->n == actions->n_planned && status == BMS_OK; p--) {
        actions->period = p;
        if (written.forms[p]) {
            status = bms_history_each_action(history, unit, definition->calendar[p].period.code, take_action,
                                             actions, error);
        }
    }
    return status;
}

/** Put in the planned actions, and those of the unit's earlier returns. */
static enum bms_status put_actions(bms_arena *arena, const bms_form_request *request, bms_history *history,
                                   bms_form *out, bms_error *error) {
    struct actions actions = {.arena = arena, .request = request};
    add_planned_actions(&actions);
    enum bms_status status = history ? put_written_actions(&actions, history, error) : BMS_OK;
    out->actions = actions.items;
    out->n_actions = actions.n;
    return status;
}

enum bms_status bms_form_make(bms_arena *arena, const bms_form_request *request, const bms_form_past *past,
                              bms_form *out, bms_error *error) {
    enum bms_status status = bms_form_questions(arena, request, out, error);
    const bms_form_points asked = {.definition = request->definition,
                                   .unit = request->unit,
                                   .points = out->points,
                                   .n = out->n_questions,
                                   .language = request->language};
    if (status == BMS_OK && past)
        status = bms_form_look_back(arena, &asked, past, out->views, error);
    if (status == BMS_OK)
        out->past = bms_form_whose_past(arena, &asked, out->views);
    if (status == BMS_OK)
        status = put_actions(arena, request, past ? past->history : NULL, out, error);
    return bms_error_of_arena(status, arena, error);
}
