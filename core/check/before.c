/*
 * Earlier answers and how much they vary (see before.h): one table of answers, medians and spreads. Which
 * difference is worth a finding is decided in comparison.c.
 */
#include "core/check/before.h"

#include "core/base/error.h"
#include "core/definition/past.h"
#include "core/definition/succession.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* A few values are closer to their own median than to the true one; this makes up for that. */
static const double few_values = 1.15;

/* No unit is taken to vary less than this share of its own size. */
static const double least_spread = 0.03;

/** What a unit has sent in the run being checked, and in which file. */
struct sent {
    bms_values answer;
    size_t file;
};

/** What has been fetched from a source. */
struct fetched {
    bms_before_source source;
    bms_values **own; /* by unit, then by place; NULL: nothing of the unit yet */
    bool **periods;   /* by unit, then by calendar period: fetched */
    bool *whole;      /* by place: fetched for all units */
    bool *usual;      /* by indicator and group: worked out */
    int unit;         /* whose answers are being fetched; BMS_NONE: everyone's */
    bool all_units;   /* fetch those of all units, as many will be asked for */
    enum bms_status status;
    bms_error error;
};

struct bms_before {
    bms_arena *arena;
    const bms_definition *definition;
    size_t n_places;      /* indicators by calendar periods */
    bms_values **answers; /* by indicator and calendar period: of each unit; NULL when nobody has answered */
    struct sent **coming; /* the same for what is sent in the run being checked … */
    struct sent **sent;   /* … once all of it is known: the same table; NULL until then */
    _Atomic(bms_ranking *) *rankings; /* by indicator, period and followed value; NULL until asked for */
    int *by_group;                    /* the units, those of a group together */
    int *group;                       /* of each unit: the first unit of its group */
    double *usual;                    /* by indicator and group: spread as a share of the size */
    struct fetched *fetched;          /* NULL: all is in the table */
    bool *succession;                 /* of each unit: whether it has predecessors or successors */
};

/* The table */

enum { N_FOLLOWED = BMS_FOLLOW_RESULT + 1 };

/** A unit with what its group is called, for sorting. */
struct member {
    const char *group;
    int unit;
};

static int by_group_and_unit(const void *left, const void *right) {
    const struct member *a = left;
    const struct member *b = right;
    int order = strcmp(a->group, b->group);
    return order != 0 ? order : a->unit - b->unit;
}

/** Find each unit's group. @return false when memory is out */
static bool find_groups(bms_before *before) {
    const bms_definition *definition = before->definition;
    struct member *members = malloc((definition->n_units + 1) * sizeof *members);
    if (!members)
        return false;
    for (size_t i = 0; i < definition->n_units; i++)
        members[i] = (struct member){definition->units[i].group, (int)i};
    qsort(members, definition->n_units, sizeof *members, by_group_and_unit);
    for (size_t i = 0; i < definition->n_units; i++) {
        bool first = i == 0 || strcmp(members[i - 1].group, members[i].group) != 0;
        before->by_group[i] = members[i].unit;
        before->group[members[i].unit] = first ? members[i].unit : before->group[members[i - 1].unit];
    }
    free(members);
    return true;
}

/** Mark the units with predecessors, and these. */
static void find_successions(bms_before *before) {
    const bms_definition *definition = before->definition;
    for (size_t i = 0; i < definition->n_units; i++) {
        const bms_unit *unit = &definition->units[i];
        before->succession[i] = before->succession[i] || unit->n_predecessors > 0;
        for (size_t p = 0; p < unit->n_predecessors; p++)
            before->succession[unit->predecessors[p]] = true;
    }
}

enum bms_status bms_before_new(bms_arena *arena, const bms_definition *definition, bms_before **out,
                               bms_error *error) {
    bms_before *before = bms_arena_alloc(arena, sizeof *before);
    *out = NULL;
    if (!before)
        return bms_error_no_memory(error);
    size_t n = definition->n_units;
    const size_t places = definition->n_indicators * definition->n_calendar;
    before->n_places = places;
    before->arena = arena;
    before->definition = definition;
    before->answers = bms_arena_alloc(arena, places * sizeof(bms_values *));
    before->coming = bms_arena_alloc(arena, places * sizeof(struct sent *));
    before->rankings = bms_arena_alloc(arena, places * N_FOLLOWED * sizeof *before->rankings);
    before->by_group = bms_arena_alloc(arena, n * sizeof *before->by_group);
    before->group = bms_arena_alloc(arena, n * sizeof *before->group);
    before->usual = bms_arena_alloc(arena, definition->n_indicators * n * sizeof *before->usual);
    before->succession = bms_arena_alloc(arena, n * sizeof *before->succession);
    if (!before->answers || !before->coming || !before->rankings || !before->by_group || !before->group ||
        !before->usual || !before->succession || !find_groups(before))
        return bms_error_no_memory(error);
    find_successions(before);
    *out = before;
    return BMS_OK;
}

void bms_before_dispose(bms_before *before) {
    for (size_t i = 0; before && i < before->n_places * N_FOLLOWED; i++)
        bms_ranking_free(atomic_exchange(&before->rankings[i], NULL));
}

static size_t place_of(const bms_before *before, int indicator, int period) {
    return (size_t)indicator * before->definition->n_calendar + (size_t)period;
}

static bool add(const bms_before *before, bms_values **answers, int unit, const bms_values *answer) {
    size_t n = before->definition->n_units;
    if (!*answers) {
        *answers = bms_arena_alloc(before->arena, n * sizeof **answers);
        for (size_t i = 0; *answers && i < n; i++)
            (*answers)[i].state = BMS_MISSING;
    }
    if (!*answers)
        return false;
    (*answers)[unit] = *answer;
    return true;
}

bool bms_before_add(bms_before *before, int unit, int indicator, int period, const bms_values *answer) {
    const struct fetched *fetched = before->fetched;
    const size_t place = place_of(before, indicator, period);
    if (!fetched || fetched->unit == BMS_NONE)
        return add(before, &before->answers[place], unit, answer);
    fetched->own[unit][place] = *answer;
    return true;
}

bool bms_before_add_sent(bms_before *before, int unit, int indicator, int period, const bms_values *answer,
                         size_t file) {
    struct sent **sent = &before->coming[place_of(before, indicator, period)];
    const size_t n = before->definition->n_units;
    if (!*sent) {
        *sent = bms_arena_alloc(before->arena, n * sizeof **sent);
        for (size_t i = 0; *sent && i < n; i++)
            (*sent)[i] = (struct sent){.answer.state = BMS_MISSING, .file = SIZE_MAX};
    }
    if (*sent && file <= (*sent)[unit].file)
        (*sent)[unit] = (struct sent){*answer, file};
    return *sent;
}

void bms_before_show_sent(bms_before *before) {
    bms_before_dispose(before);
    before->sent = before->coming;
}

static const bms_values *answer_in(const bms_values *answers, int unit) {
    return answers && answers[unit].state != BMS_MISSING ? &answers[unit] : NULL;
}

static const bms_values *sent_in(const bms_before *before, size_t place, int unit) {
    const struct sent *sent = before->sent ? before->sent[place] : NULL;
    return sent && sent[unit].answer.state != BMS_MISSING ? &sent[unit].answer : NULL;
}

/* Answers that are fetched when they are asked for */

bool bms_before_ask(bms_before *before, bms_before_source source) {
    const size_t n = before->definition->n_units;
    struct fetched *fetched = bms_arena_alloc(before->arena, sizeof *fetched);
    if (!fetched)
        return false;
    *fetched = (struct fetched){
        .source = source,
        .own = bms_arena_alloc(before->arena, n * sizeof(bms_values *)),
        .periods = bms_arena_alloc(before->arena, n * sizeof(bool *)),
        .whole = bms_arena_alloc(before->arena, before->n_places),
        .usual = bms_arena_alloc(before->arena, before->definition->n_indicators * n),
        .unit = BMS_NONE,
    };
    before->fetched = fetched;
    return fetched->own && fetched->periods && fetched->whole && fetched->usual;
}

enum bms_status bms_before_status(const bms_before *before, bms_error *error) {
    const struct fetched *fetched = before->fetched;
    if (!fetched || fetched->status == BMS_OK)
        return BMS_OK;
    return bms_error_set(error, fetched->status, fetched->error.where, fetched->error.message);
}

static void fetch(struct fetched *fetched, int unit, int indicator, int period) {
    fetched->unit = unit;
    if (fetched->status == BMS_OK) {
        fetched->status =
            fetched->source.fetch(fetched->source.context, unit, indicator, period, &fetched->error);
    }
    fetched->unit = BMS_NONE;
}

void bms_before_prepare(const bms_before *before, int indicator, int period) {
    struct fetched *fetched = before->fetched;
    size_t place = place_of(before, indicator, period);
    if (!fetched || fetched->whole[place])
        return;
    fetch(fetched, BMS_NONE, indicator, period);
    fetched->whole[place] = true;
}

/** Make room for a unit's own answers. @return false when memory is out */
static bool make_own(const bms_before *before, int unit) {
    struct fetched *fetched = before->fetched;
    fetched->own[unit] = bms_arena_alloc(before->arena, before->n_places * sizeof(bms_values));
    fetched->periods[unit] = bms_arena_alloc(before->arena, before->definition->n_calendar);
    if (!fetched->own[unit] || !fetched->periods[unit]) {
        fetched->status = bms_error_no_memory(&fetched->error);
        return false;
    }
    for (size_t i = 0; i < before->n_places; i++)
        fetched->own[unit][i].state = BMS_MISSING;
    return true;
}

/** @return a unit's own answer, fetched with its others of the period. */
static const bms_values *own_answer(const bms_before *before, int unit, int indicator, int period) {
    struct fetched *fetched = before->fetched;
    if (fetched->status != BMS_OK || (!fetched->own[unit] && !make_own(before, unit)))
        return NULL;
    if (!fetched->periods[unit][period])
        fetch(fetched, unit, BMS_NONE, period);
    fetched->periods[unit][period] = true;
    const bms_values *answer = &fetched->own[unit][place_of(before, indicator, period)];
    return answer->state != BMS_MISSING ? answer : NULL;
}

const bms_values *bms_before_answer(const bms_before *before, int unit, int indicator, int period) {
    const size_t place = place_of(before, indicator, period);
    const struct fetched *fetched = before->fetched;
    if (fetched && fetched->all_units)
        bms_before_prepare(before, indicator, period);
    if (fetched && !fetched->whole[place])
        return own_answer(before, unit, indicator, period);
    return answer_in(before->answers[place], unit);
}

/* A unit's past */

/** Add up what the units of a past have answered. @return false when memory is out */
static bool add_up(const bms_before *before, bms_arena *arena, int indicator, int period,
                   const bms_past *past, bms_values *out) {
    bms_part *parts = bms_past_parts(arena, past);
    for (size_t i = 0; parts && i < past->n; i++) {
        const bms_values *answer = bms_before_answer(before, past->units[i], indicator, period);
        parts[i].answer = answer ? *answer : parts[i].answer;
    }
    if (!parts)
        return false;
    *out = bms_roll_up_as_one(&before->definition->indicators[indicator], parts, past->n).answer;
    return true;
}

/** @return where an indicator was asked for; today's plan may no longer have that point. */
static bms_measuring_point point_of(const bms_definition *definition, int indicator, int period) {
    int point = bms_definition_point(definition, indicator, period);
    return point == BMS_NONE ? (bms_measuring_point){.indicator = indicator, .period = period, .form = period}
                             : definition->points[point];
}

bool bms_before_past(const bms_before *before, bms_arena *arena, int unit, int indicator, int period,
                     int seen_from, bms_past_answer *out) {
    const bms_definition *definition = before->definition;
    bms_past past;
    *out = (bms_past_answer){.answer = {.state = BMS_MISSING}};
    if (!before->fetched && !before->answers[place_of(before, indicator, period)])
        return true;
    if (!before->succession[unit]) {
        const bms_values *own = bms_before_answer(before, unit, indicator, period);
        out->known = own;
        out->answer = own ? *own : out->answer;
        return true;
    }
    if (!bms_past_room(arena, definition, &past))
        return false;
    const bms_measuring_point then = point_of(definition, indicator, period);
    const bms_measuring_point now = point_of(definition, indicator, seen_from);
    bms_past_find(&(bms_past_question){.definition = definition,
                                       .unit = unit,
                                       .point = &then,
                                       .seen_from = bms_definition_day_of(definition, &now)},
                  &past);
    if (past.n_others > 0)
        return true;
    if (past.n != 1 || past.units[0] != unit) {
        out->units = past.units;
        out->n_units = past.n;
    }
    bool whole = add_up(before, arena, indicator, period, &past, &out->answer);
    out->known = out->answer.state != BMS_MISSING;
    return whole;
}

/* Values over time */

/** @return the days a period covers, for an amount that grows with time; else 1. */
static double span_of(const bms_definition *definition, int indicator, int period,
                      enum bms_followed followed) {
    const bms_indicator *asked = &definition->indicators[indicator];
    const bms_kind_traits *kind = bms_kind_of(asked->kind);
    bool grows = followed == BMS_FOLLOW_RESULT ? kind->result_is_amount : kind->adds_up;
    int days = grows ? bms_basis_days(asked->basis, &definition->calendar[period].period) : 0;
    return days > 0 ? days : 1.0;
}

static bms_number followed_of(const bms_indicator *indicator, const bms_values *answer,
                              enum bms_followed followed) {
    const bms_number none = {false, 0.0};
    if (answer->state != BMS_REPORTED)
        return none;
    switch (followed) {
    case BMS_FOLLOW_NUMERATOR:
        return answer->numerator;
    case BMS_FOLLOW_DENOMINATOR:
        return answer->denominator;
    case BMS_FOLLOW_RESULT:
        break;
    }
    return bms_result(indicator->kind, indicator->factor, answer);
}

/** Collect the latest earlier values, oldest first. @return false when memory is out */
static bool gather(const bms_before *before, bms_arena *arena, int unit, int indicator, int period,
                   enum bms_followed followed, bms_course *out) {
    const bms_definition *definition = before->definition;
    double span = span_of(definition, indicator, period, followed);
    out->n = 0;
    for (int p = period - 1; p >= 0 && out->n < BMS_MOST_EARLIER; p--) {
        bms_past_answer past;
        if (bms_definition_is_by(definition, period, p))
            continue; /* it ends on the same day: a part of this one, or the other way round */
        if (!bms_before_past(before, arena, unit, indicator, p, period, &past))
            return false;
        if (!past.known)
            continue;
        bms_number value = followed_of(&definition->indicators[indicator], &past.answer, followed);
        if (!value.known)
            continue;
        if (out->n == 0) {
            out->units = past.units;
            out->n_units = past.n_units;
        }
        out->values[out->n++] = value.value * span / span_of(definition, indicator, p, followed);
    }
    for (size_t i = 0; i < out->n / 2; i++) {
        double moved = out->values[i];
        out->values[i] = out->values[out->n - 1 - i];
        out->values[out->n - 1 - i] = moved;
    }
    return true;
}

/** @return the size that a spread is a share of; a deviation is in per cent already, and may be around 0. */
static double size_of(const bms_indicator *indicator, double median) {
    return bms_kind_of(indicator->kind)->difference ? 100.0 : fabs(median);
}

/** @return the size that the spread of a course is a share of. */
static double size_followed(const bms_indicator *indicator, const bms_course *course,
                            enum bms_followed followed) {
    return followed == BMS_FOLLOW_RESULT ? size_of(indicator, course->median) : fabs(course->median);
}

bool bms_before_course(const bms_before *before, bms_arena *arena, int unit, int indicator, int period,
                       enum bms_followed followed, bms_course *out) {
    const bms_definition *definition = before->definition;
    double values[BMS_MOST_EARLIER];
    *out = (bms_course){.n = 0};
    if (!gather(before, arena, unit, indicator, period, followed, out))
        return false;
    if (out->n == 0)
        return true;
    memcpy(values, out->values, sizeof values);
    out->median = bms_median_of(values, out->n);
    out->own = few_values * bms_spread_of(values, out->n, out->median);
    out->least = least_spread * size_followed(&definition->indicators[indicator], out, followed);
    return true;
}

/* How much a group's units vary */

/** Add a unit's distances to its own median, as shares of its size. @return false when memory is out */
static bool add_distances(const bms_before *before, int unit, int indicator, double *pool, size_t *n) {
    bms_course course;
    double values[BMS_MOST_EARLIER];
    int last = (int)before->definition->n_calendar - 1;
    if (!gather(before, before->arena, unit, indicator, last, BMS_FOLLOW_RESULT, &course))
        return false;
    if (course.n < BMS_ENOUGH_EARLIER)
        return true;
    memcpy(values, course.values, sizeof values);
    double median = bms_median_of(values, course.n);
    double size = size_of(&before->definition->indicators[indicator], median);
    for (size_t i = 0; size > 0.0 && i < course.n; i++)
        pool[(*n)++] = fabs(course.values[i] - median) / size;
    return true;
}

/** Work out how much a group's values of an indicator vary. @return false when memory is out */
static bool find_usual(const bms_before *before, int indicator, const int *units, size_t n, double *pool) {
    const size_t n_units = before->definition->n_units;
    size_t pooled = 0;
    for (size_t i = 0; i < n; i++) {
        if (!add_distances(before, units[i], indicator, pool, &pooled))
            return false;
    }
    if (pooled > 0) {
        before->usual[(size_t)indicator * n_units + (size_t)before->group[units[0]]] =
            few_values * bms_normal_spread * bms_median_of(pool, pooled);
    }
    return true;
}

bool bms_before_finish(bms_before *before) {
    const bms_definition *definition = before->definition;
    const int *units = before->by_group;
    double *pool = malloc((definition->n_units * BMS_MOST_EARLIER + 1) * sizeof *pool);
    bool whole = pool;
    for (size_t from = 0, to = 0; whole && from < definition->n_units; from = to) {
        while (to < definition->n_units && before->group[units[to]] == before->group[units[from]])
            to++;
        for (size_t i = 0; whole && i < definition->n_indicators; i++)
            whole = find_usual(before, (int)i, &units[from], to - from, pool);
    }
    free(pool);
    return whole;
}

/** Work out how much a unit's group varies, when that is first asked for. @return false when memory is out */
static bool fetch_usual(const bms_before *before, int unit, int indicator) {
    struct fetched *fetched = before->fetched;
    const size_t n = before->definition->n_units;
    bool *known = fetched ? &fetched->usual[(size_t)indicator * n + (size_t)before->group[unit]] : NULL;
    if (!known || *known)
        return true;
    *known = true;
    double *pool = malloc((n * BMS_MOST_EARLIER + 1) * sizeof *pool);
    size_t from = 0;
    while (before->group[before->by_group[from]] != before->group[unit])
        from++;
    size_t to = from;
    while (to < n && before->group[before->by_group[to]] == before->group[unit])
        to++;
    fetched->all_units = true;
    bool whole = pool && find_usual(before, indicator, &before->by_group[from], to - from, pool);
    fetched->all_units = false;
    free(pool);
    return whole;
}

bool bms_before_usual(const bms_before *before, int unit, int indicator, const bms_course *course,
                      enum bms_followed followed, double *usual) {
    const bms_definition *definition = before->definition;
    if (!fetch_usual(before, unit, indicator))
        return false;
    double share = before->usual[(size_t)indicator * definition->n_units + (size_t)before->group[unit]];
    double size = size_followed(&definition->indicators[indicator], course, followed);
    *usual = size * fmax(share, least_spread);
    return true;
}

/* Peers */

/** @return a unit's value in a period: what was accepted, else what it has sent in this run. */
static bms_number value_of(const bms_before *before, int unit, int indicator, int period,
                           enum bms_followed followed) {
    size_t place = place_of(before, indicator, period);
    const bms_values *answer = answer_in(before->answers[place], unit);
    if (!answer)
        answer = sent_in(before, place, unit);
    return answer ? followed_of(&before->definition->indicators[indicator], answer, followed)
                  : (bms_number){false, 0.0};
}

/** @return a unit's value by its column: indicator, period and followed value in one number. */
static double value_in_column(const void *context, size_t column, int unit) {
    const bms_before *before = context;
    const size_t place = column / N_FOLLOWED;
    const size_t n_calendar = before->definition->n_calendar;
    return value_of(before, unit, (int)(place / n_calendar), (int)(place % n_calendar),
                    (enum bms_followed)(column % N_FOLLOWED))
        .value;
}

/** Sort the units with a group by their values in a period. @return NULL when memory is out */
static bms_ranking *sort_values(const bms_before *before, int indicator, int period,
                                enum bms_followed followed) {
    const bms_definition *definition = before->definition;
    int *units = malloc((definition->n_units + 1) * sizeof *units);
    size_t n = 0;
    for (size_t u = 0; units && u < definition->n_units; u++) {
        if (*definition->units[u].group != '\0' &&
            value_of(before, (int)u, indicator, period, followed).known)
            units[n++] = (int)u;
    }
    const bms_ranked_by by = {.value_of = value_in_column,
                              .context = before,
                              .column = place_of(before, indicator, period) * N_FOLLOWED + (size_t)followed,
                              .groups = before->group};
    bms_ranking *ranking = units ? bms_ranking_new(by, units, n) : NULL;
    free(units);
    return ranking;
}

/** @return the sorted values of a period, for all threads; NULL when memory is out. */
static const bms_ranking *ranking_of(const bms_before *before, int indicator, int period,
                                     enum bms_followed followed) {
    const size_t at = place_of(before, indicator, period) * N_FOLLOWED + (size_t)followed;
    bms_ranking *known = atomic_load(&before->rankings[at]);
    bms_ranking *made = known ? known : sort_values(before, indicator, period, followed);
    if (known || !made || atomic_compare_exchange_strong(&before->rankings[at], &known, made))
        return made;
    bms_ranking_free(made); /* another thread was faster */
    return known;
}

/** Fill in the standing with the peers' values of a period. @return false when memory is out */
static bool stand(const bms_before *before, int unit, int indicator, int period, double span,
                  enum bms_followed followed, bms_standing *out) {
    const bms_ranking *ranking = ranking_of(before, indicator, period, followed);
    if (!ranking)
        return false;
    bool has_value = value_of(before, unit, indicator, period, followed).known;
    double scale = span / span_of(before->definition, indicator, period, followed);
    out->values = bms_ranking_values(ranking, unit, has_value, scale);
    out->sizes = bms_ranking_sizes(ranking, unit, has_value, scale);
    out->n = out->values.n;
    out->period = period;
    return true;
}

bool bms_before_peers(const bms_before *before, int unit, int indicator, int period,
                      enum bms_followed followed, size_t enough, bms_standing *out) {
    const bms_definition *definition = before->definition;
    const bms_seen_as as_it_is = {NULL, NULL};
    double span = span_of(definition, indicator, period, followed);
    bms_standing found = {.n = 0};
    *out = (bms_standing){.period = BMS_NONE};
    if (*definition->units[unit].group == '\0')
        return true;
    for (int p = period; found.n < enough && p >= 0; p--) {
        bool earlier = p == period || !bms_definition_is_by(definition, period, p);
        size_t place = place_of(before, indicator, p);
        if (earlier)
            bms_before_prepare(before, indicator, p);
        if (earlier && (before->answers[place] || (before->sent && before->sent[place])) &&
            !stand(before, unit, indicator, p, span, followed, &found))
            return false;
    }
    if (found.n < enough)
        return true;
    *out = found;
    out->median = bms_sorted_median(&found.values, as_it_is);
    out->lowest = bms_sorted_at(&found.values, 0, as_it_is);
    out->highest = bms_sorted_at(&found.values, found.n - 1, as_it_is);
    return true;
}
