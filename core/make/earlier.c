/*
 * Looking back for a form (see earlier.h): which earlier points each question has, whose answers they are
 * made of, and the sentences that say so.
 */
#include "core/make/earlier.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/definition/past.h"
#include "core/definition/succession.h"

#include <string.h>

enum earlier { LAST, YEAR_BEFORE };

/** An earlier time of a question: its measuring point, and the units whose answers it is made of. */
struct looked_at {
    int point; /* BMS_NONE: there was none */
    bms_past past;
    bms_part *parts; /* answers of the units */
};

struct looking {
    bms_arena *arena;
    const bms_form_points *asked;
    bms_question_view *views;
    struct looked_at *times; /* two for each question */
    int unit;                /* whose answers are being read … */
    int period;              /* … and their measured period */
    bms_past_definitions *definitions;
    enum bms_status status; /* of the latest entry */
    bms_error *error;
};

static bms_earlier *earlier_of(bms_question_view *view, int which) {
    return which == LAST ? &view->last : &view->year_before;
}

/** @return the view of an earlier time; each question has two, one after the other. */
static bms_earlier *view_of(const struct looking *looking, size_t time) {
    return earlier_of(&looking->views[time / 2], (int)(time % 2));
}

static const bms_indicator *indicator_of(const struct looking *looking, size_t time) {
    const bms_definition *definition = looking->asked->definition;
    return &definition->indicators[definition->points[looking->asked->points[time / 2]].indicator];
}

/* Points and units */

/** Find an earlier time's point, and the units whose answers it is made of. @return false when memory is out
 */
static bool find_point(const struct looking *looking, size_t time) {
    const bms_definition *definition = looking->asked->definition;
    int now = looking->asked->points[time / 2];
    struct looked_at *at = &looking->times[time];
    bms_past_question question = {.definition = definition,
                                  .unit = looking->asked->unit,
                                  .point = &definition->points[now],
                                  .seen_from = bms_definition_day_of(definition, &definition->points[now])};
    if (!bms_past_room(looking->arena, definition, &at->past))
        return false;
    if (time % 2 == LAST) {
        at->point = bms_past_previous_point(&question, &at->past);
    } else {
        at->point = bms_definition_point_year_before(definition, now);
        question.point = at->point == BMS_NONE ? NULL : &definition->points[at->point];
        if (question.point)
            bms_past_find(&question, &at->past);
    }
    at->parts = bms_past_parts(looking->arena, &at->past);
    return at->parts;
}

/** Find the earlier points of the questions, with their names. @return false when memory is out */
static bool find_times(struct looking *looking) {
    const bms_definition *definition = looking->asked->definition;
    looking->times = bms_arena_alloc(looking->arena, 2 * looking->asked->n * sizeof *looking->times);
    for (size_t time = 0; looking->times && time < 2 * looking->asked->n; time++) {
        const struct looked_at *at = &looking->times[time];
        bms_earlier *earlier = view_of(looking, time);
        if (!find_point(looking, time))
            return false;
        *earlier = (bms_earlier){.period_name = "", .answer = {.state = BMS_MISSING}};
        if (at->point == BMS_NONE)
            continue;
        earlier->period_name = bms_definition_period_name(definition, definition->points[at->point].period,
                                                          looking->arena, looking->asked->language);
    }
    return looking->times;
}

/* Answers */

static bool take_entry(void *context, const bms_stored_entry *stored) {
    struct looking *looking = context;
    const bms_definition *definition = looking->asked->definition;
    int indicator = bms_definition_indicator(definition, stored->entry.indicator);
    for (size_t time = 0; indicator != BMS_NONE && time < 2 * looking->asked->n; time++) {
        struct looked_at *at = &looking->times[time];
        const bms_measuring_point *point = at->point == BMS_NONE ? NULL : &definition->points[at->point];
        if (!point || point->period != looking->period || point->indicator != indicator)
            continue;
        const bms_indicator *measured = NULL;
        looking->status = bms_past_definitions_find(looking->definitions, stored->definition, indicator,
                                                    &measured, looking->error);
        if (looking->status != BMS_OK)
            return false;
        bms_earlier *earlier = view_of(looking, time);
        for (size_t i = 0; i < at->past.n; i++) {
            if (at->past.units[i] != looking->unit)
                continue;
            earlier->known = true;
            earlier->redefined = earlier->redefined || measured != &definition->indicators[indicator];
            at->parts[i].answer = stored->entry.answer;
        }
    }
    return true;
}

/** @return whether an earlier one of the times needed the same unit and period. */
static bool was_read(const struct looking *looking, size_t times, int unit, int period) {
    const bms_definition *definition = looking->asked->definition;
    for (size_t time = 0; time < times; time++) {
        const struct looked_at *at = &looking->times[time];
        if (at->point == BMS_NONE || definition->points[at->point].period != period)
            continue;
        if (bms_past_holds(&at->past, unit))
            return true;
    }
    return false;
}

/** Read a unit's answers for a period, into all the times that need them. */
static enum bms_status read_unit(struct looking *looking, bms_history *history, int unit, int period) {
    const bms_definition *definition = looking->asked->definition;
    bms_entry_filter filter = {.unit = definition->units[unit].code,
                               .period = definition->calendar[period].period.code};
    looking->unit = unit;
    looking->period = period;
    enum bms_status status = bms_history_each_entry(history, &filter, take_entry, looking, looking->error);
    return status == BMS_OK ? looking->status : status;
}

static enum bms_status read_answers(struct looking *looking, bms_history *history) {
    enum bms_status status = BMS_OK;
    for (size_t time = 0; time < 2 * looking->asked->n; time++) {
        const struct looked_at *at = &looking->times[time];
        if (at->point == BMS_NONE)
            continue;
        int period = looking->asked->definition->points[at->point].period;
        for (size_t i = 0; i < at->past.n && status == BMS_OK; i++) {
            if (!was_read(looking, time, at->past.units[i], period))
                status = read_unit(looking, history, at->past.units[i], period);
        }
    }
    return status;
}

static void conclude(const struct looking *looking, size_t time) {
    const struct looked_at *at = &looking->times[time];
    bms_earlier *earlier = view_of(looking, time);
    earlier->known = earlier->known && !earlier->redefined;
    if (!earlier->known)
        return;
    bms_rolled rolled = bms_roll_up_as_one(indicator_of(looking, time), at->parts, at->past.n);
    earlier->answer = rolled.answer;
    earlier->result = rolled.result;
    if (at->past.n_others > 0) {
        earlier->whose = BMS_EARLIER_SHARED;
        earlier->units = at->past.others;
        earlier->n_units = at->past.n_others;
    } else if (at->past.n > 1 || at->past.units[0] != looking->asked->unit) {
        earlier->whose = BMS_EARLIER_PREDECESSORS;
        earlier->units = at->past.units;
        earlier->n_units = at->past.n;
    }
}

enum bms_status bms_form_look_back(bms_arena *arena, const bms_form_points *asked, const bms_form_past *past,
                                   bms_question_view *views, bms_error *error) {
    bms_history *history = past->history;
    struct looking looking = {
        .arena = arena,
        .asked = asked,
        .views = views,
        .definitions = past->definitions ? past->definitions
                                         : bms_past_definitions_new(arena, asked->definition, history),
        .error = error};
    if (!looking.definitions || !find_times(&looking))
        return bms_error_no_memory(error);
    enum bms_status status = read_answers(&looking, history);
    for (size_t time = 0; status == BMS_OK && time < 2 * asked->n; time++)
        conclude(&looking, time);
    return status;
}

/* Whose the answers are, in words */

static bool same_units(const bms_earlier *a, const bms_earlier *b) {
    bool same = a->whose == b->whose && a->n_units == b->n_units;
    for (size_t i = 0; same && i < a->n_units; i++)
        same = a->units[i] == b->units[i];
    return same;
}

static const bms_earlier *earlier_at(const bms_question_view *views, size_t time) {
    return time % 2 == LAST ? &views[time / 2].last : &views[time / 2].year_before;
}

/** @return whether an earlier one in the list has the same units, and the same period where one is given. */
static bool named_before(const bms_question_view *views, size_t time, const char *period_name) {
    const bms_earlier *this = earlier_at(views, time);
    for (size_t i = 0; i < time; i++) {
        const bms_earlier *other = earlier_at(views, i);
        if (other->known && same_units(this, other) &&
            (!period_name || strcmp(other->period_name, period_name) == 0))
            return true;
    }
    return false;
}

/** @return the periods with the units of a time, each once: "3. tertial 2025 og 2. tertial 2025". */
static const char *periods_of(bms_arena *arena, const bms_form_points *asked, const bms_question_view *views,
                              size_t first) {
    const bms_earlier *this = earlier_at(views, first);
    const char *list = "";
    const char *last = this->period_name;
    for (size_t i = first + 1; i < 2 * asked->n; i++) {
        const bms_earlier *other = earlier_at(views, i);
        if (!other->known || !same_units(this, other) || named_before(views, i, other->period_name))
            continue;
        list = bms_arena_format(arena, "%s%s%s", list, *list ? ", " : "", last);
        last = other->period_name;
    }
    return *list ? bms_arena_format(arena, "%s%s%s", list, bms_tr(asked->language, BMS_TEXT(" and ")), last)
                 : last;
}

const char *bms_form_whose_past(bms_arena *arena, const bms_form_points *asked,
                                const bms_question_view *views) {
    const char *said = "";
    for (size_t time = 0; time < 2 * asked->n; time++) {
        const bms_earlier *earlier = earlier_at(views, time);
        if (!earlier->known || earlier->whose == BMS_EARLIER_OWN || named_before(views, time, NULL))
            continue;
        const char *sentence = bms_succession_text(
            arena, asked->definition, asked->language, periods_of(arena, asked, views, time),
            earlier->whose == BMS_EARLIER_SHARED, earlier->units, earlier->n_units);
        said = bms_arena_format(arena, "%s%s%s", said, *said ? " " : "", sentence);
    }
    return said;
}
