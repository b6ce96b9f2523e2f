/* Filling the table of earlier answers (core/check/before.h) from the history. */
#include "core/check/before.h"
#include "core/base/error.h"
#include "core/history/past_definitions.h"
#include "core/history/store.h"

#include <sqlite3.h>
#include <stdlib.h>

/** Which unit or indicator of the definition an id of the history stands for; BMS_NONE: none of today's. */
struct known_id {
    int64_t id;
    int index;
};

struct known_ids {
    struct known_id *items; /* by id */
    size_t n;
    size_t capacity;
};

struct fetching {
    bms_before *before;
    const bms_definition *definition;
    struct bms_history *history;
    bms_arena *arena;
    int period;
    bool ids_are_read;
    struct known_ids units;
    struct known_ids indicators;
    bms_past_definitions *definitions;
    enum bms_status status; /* of the latest entry */
    bms_error *error;
};

/* Ids of the history */

static enum bms_status read_ids(struct fetching *fetching, const char *sql,
                                int (*find)(const bms_definition *definition, const char *code),
                                struct known_ids *out, bms_error *error) {
    bms_query query = bms_query_begin(fetching->history, sql);
    while (bms_query_row(&query)) {
        const char *code = bms_query_get_text(&query, 1);
        struct known_id *next =
            bms_arena_grow(fetching->arena, &out->items, &out->n, &out->capacity, sizeof *next);
        if (code && next)
            *next = (struct known_id){bms_query_get_integer(&query, 0), find(fetching->definition, code)};
    }
    return bms_error_of_arena(bms_query_end(&query, error), fetching->arena, error);
}

/** Read once what the ids stand for, instead of their codes with each of many answers. */
static enum bms_status read_all_ids(struct fetching *fetching, bms_error *error) {
    if (fetching->ids_are_read)
        return BMS_OK;
    fetching->ids_are_read = true;
    enum bms_status status = read_ids(fetching, "SELECT id, code FROM units ORDER BY id", bms_definition_unit,
                                      &fetching->units, error);
    if (status == BMS_OK) {
        status = read_ids(fetching, "SELECT id, code FROM indicators ORDER BY id", bms_definition_indicator,
                          &fetching->indicators, error);
    }
    return status;
}

static int by_id(const void *left, const void *right) {
    const struct known_id *a = left;
    const struct known_id *b = right;
    return (a->id > b->id) - (a->id < b->id);
}

static int index_of(const struct known_ids *known, int64_t id) {
    const struct known_id wanted = {.id = id};
    const struct known_id *found =
        known->n > 0 ? bsearch(&wanted, known->items, known->n, sizeof wanted, by_id) : NULL;
    return found ? found->index : BMS_NONE;
}

/* Answers */

/* Only what is compared, without all that is known of where it came from, and without sorting: forms are
   asked in their order, so that the latest answer holds. */
static const char *const forms_sql =
    "SELECT w.form_period FROM measured_in AS w CROSS JOIN periods AS f ON f.id = w.form_period "
    "WHERE w.period = ?1 ORDER BY f.last_day, f.code";

#define ANSWERS                                                                                              \
    "SELECT r.unit, e.indicator, e.state, e.numerator, e.denominator, coalesce(o.definition, r.definition) " \
    "FROM returns AS r CROSS JOIN entries AS e ON e.return = r.id AND e.period = ?1 "                        \
    "LEFT JOIN carried_entries AS k ON k.return = r.id AND k.indicator = e.indicator "                       \
    "AND k.period = e.period LEFT JOIN returns AS o ON o.id = k.origin "                                     \
    "WHERE r.period = ?2 AND NOT EXISTS (SELECT 1 FROM returns AS later WHERE later.period = r.period "      \
    "AND later.unit = r.unit AND later.revision > r.revision)"

static const char *const answers_sql = ANSWERS;
static const char *const answers_sql_of_indicator = ANSWERS " AND e.indicator = ?3";
static const char *const answers_sql_of_unit = ANSWERS " AND r.unit = ?3";

static bool take(struct fetching *fetching, bms_query *query) {
    const int unit = index_of(&fetching->units, bms_query_get_integer(query, 0));
    const int indicator = index_of(&fetching->indicators, bms_query_get_integer(query, 1));
    const char *version = bms_query_get_text(query, 5);
    const bms_values answer = {.state = bms_state_stored_as(bms_query_get_integer(query, 2)),
                               .numerator = bms_query_get_number(query, 3),
                               .denominator = bms_query_get_number(query, 4)};
    if (query->result != SQLITE_OK)
        return false;
    if (unit == BMS_NONE || indicator == BMS_NONE)
        return true;
    const bms_indicator *measured = NULL;
    fetching->status = bms_past_definitions_find(fetching->definitions, version ? version : "", indicator,
                                                 &measured, fetching->error);
    if (fetching->status != BMS_OK)
        return false;
    if (measured != &fetching->definition->indicators[indicator])
        return true; /* the indicator measured something else then */
    if (!bms_before_add(fetching->before, unit, indicator, fetching->period, &answer))
        fetching->status = bms_error_no_memory(fetching->error);
    return fetching->status == BMS_OK;
}

/** Which answers are fetched; ids of the history. */
struct wanted {
    const char *sql;
    int64_t measured;
    int64_t narrowed; /* the unit or the indicator; 0: all */
};

/** Add the answers that one form brought. */
static enum bms_status fetch_form(struct fetching *fetching, const struct wanted *wanted, int64_t form,
                                  bms_error *error) {
    bms_query query = bms_query_begin(fetching->history, wanted->sql);
    bms_query_integer(&query, 1, wanted->measured);
    bms_query_integer(&query, 2, form);
    if (wanted->narrowed != 0)
        bms_query_integer(&query, 3, wanted->narrowed);
    fetching->status = BMS_OK;
    fetching->error = error;
    while (bms_query_row(&query) && take(fetching, &query))
        continue;
    enum bms_status status = bms_query_end(&query, error);
    return status == BMS_OK ? fetching->status : status;
}

/** Add the answers of a measured period: of a unit, of one indicator, or all (NULL). */
static enum bms_status fetch_period(struct fetching *fetching, const char *unit, const char *indicator,
                                    int period, bms_error *error) {
    struct bms_history *history = fetching->history;
    struct wanted wanted = {.sql = unit        ? answers_sql_of_unit
                                   : indicator ? answers_sql_of_indicator
                                               : answers_sql};
    enum bms_status status =
        bms_history_find_code(history, BMS_PERIOD_CODES, fetching->definition->calendar[period].period.code,
                              &wanted.measured, error);
    if (status == BMS_OK && (unit || indicator)) {
        status = bms_history_find_code(history, unit ? BMS_UNIT_CODES : BMS_INDICATOR_CODES,
                                       unit ? unit : indicator, &wanted.narrowed, error);
    }
    if (status != BMS_OK || wanted.measured == 0 || ((unit || indicator) && wanted.narrowed == 0))
        return status;
    status = read_all_ids(fetching, error);
    fetching->period = period;
    bms_query forms = bms_query_begin(history, forms_sql);
    bms_query_integer(&forms, 1, wanted.measured);
    while (status == BMS_OK && bms_query_row(&forms))
        status = fetch_form(fetching, &wanted, bms_query_get_integer(&forms, 0), error);
    enum bms_status ended = bms_query_end(&forms, status == BMS_OK ? error : NULL);
    return status == BMS_OK ? ended : status;
}

/**
 * Mark the measured periods to fetch: of each indicator the latest ones asked for up to the form, and the
 * form's own. Points are in the order of their forms.
 */
static void mark_wanted(const bms_definition *definition, int form, size_t *kept, bool *wanted) {
    for (size_t i = definition->n_points; i-- > 0;) {
        const bms_measuring_point *point = &definition->points[i];
        if (form != BMS_NONE && !bms_definition_is_by(definition, point->form, form))
            continue;
        if (form == BMS_NONE || kept[point->indicator]++ <= BMS_MOST_EARLIER)
            wanted[point->period] = true;
    }
}

static enum bms_status fetch(struct fetching *fetching, const bool *wanted, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t p = 0; p < fetching->definition->n_calendar && status == BMS_OK; p++) {
        if (wanted[p])
            status = fetch_period(fetching, NULL, NULL, (int)p, error);
    }
    return status;
}

/** Fetch what the checks ask for (see bms_before_source). */
static enum bms_status look_up(void *context, int unit, int indicator, int period, bms_error *error) {
    struct fetching *fetching = context;
    const bms_definition *definition = fetching->definition;
    return fetch_period(fetching, unit == BMS_NONE ? NULL : definition->units[unit].code,
                        indicator == BMS_NONE ? NULL : definition->indicators[indicator].code, period, error);
}

enum bms_status bms_before_look_up(bms_before *before, bms_arena *arena, const bms_definition *definition,
                                   struct bms_history *history, bms_error *error) {
    struct fetching *fetching = bms_arena_alloc(arena, sizeof *fetching);
    if (!fetching)
        return bms_error_no_memory(error);
    *fetching = (struct fetching){.before = before,
                                  .definition = definition,
                                  .history = history,
                                  .arena = arena,
                                  .definitions = bms_past_definitions_new(arena, definition, history)};
    if (!fetching->definitions || !bms_before_ask(before, (bms_before_source){fetching, look_up}))
        return bms_error_no_memory(error);
    return BMS_OK;
}

enum bms_status bms_before_load(bms_before *before, const bms_definition *definition,
                                struct bms_history *history, int form, bms_error *error) {
    bms_arena *arena = bms_arena_new();
    struct fetching fetching = {
        .before = before, .definition = definition, .history = history, .arena = arena};
    size_t *kept = calloc(definition->n_indicators + 1, sizeof *kept);
    bool *wanted = calloc(definition->n_calendar + 1, sizeof *wanted);
    enum bms_status status = BMS_NO_MEMORY;
    fetching.definitions = arena ? bms_past_definitions_new(arena, definition, history) : NULL;
    if (kept && wanted && fetching.definitions) {
        mark_wanted(definition, form, kept, wanted);
        status = fetch(&fetching, wanted, error);
    } else {
        (void)bms_error_no_memory(error);
    }
    if (status == BMS_OK && !bms_before_finish(before))
        status = bms_error_no_memory(error);
    bms_arena_free(arena);
    free(kept);
    free(wanted);
    return status;
}
