/* Reading back what a run stores (see read_back.h). */
#include "core/history/read_back.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/language.h"
#include "core/base/number.h"
#include "core/base/sha256.h"
#include "core/base/text.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** A return of the open run. */
struct bms_stored_return {
    int64_t id;
    unsigned char digest[crypto_generichash_BYTES]; /* over its entries and actions */
};

/* What is wrong */

/** Say that something is stored otherwise. @param what  such as "A1, SYK, 2026-T2" */
static enum bms_status differs(const bms_history *history, bms_arena *arena, const char *what,
                               bms_error *error) {
    const char *message =
        bms_message(arena,
                    bms_tr(history->language,
                           BMS_TEXT("{what}: what was stored is not what was read. Nothing has been stored. "
                                    "Something in the history changes what is stored: run 'bms verify', or "
                                    "restore a backup copy.")),
                    "what", what, NULL);
    enum bms_status status = bms_error_of_arena(BMS_OK, arena, error);
    return status == BMS_OK ? bms_error_set(error, BMS_HISTORY_DAMAGED, history->path, message) : status;
}

/** Say that a return is stored otherwise. @param part  of it, in the history's language; "": as a whole */
static enum bms_status part_differs(const bms_history *history, const char *unit, const char *period,
                                    const char *part, bms_error *error) {
    bms_arena *arena = bms_arena_new();
    if (!arena)
        return bms_error_no_memory(error);
    const char *what = bms_arena_format(arena, "%s, %s%s%s", unit, period, *part ? ", " : "", part);
    enum bms_status status = differs(history, arena, what, error);
    bms_arena_free(arena);
    return status;
}

static enum bms_status return_differs(const bms_history *history, const char *unit, const char *period,
                                      bms_error *error) {
    return part_differs(history, unit, period, "", error);
}

static const char *in_words(const bms_history *history, bms_arena *arena, bms_number number) {
    char text[32];
    if (!number.known)
        return bms_tr(history->language, BMS_TEXT("no number"));
    bms_number_exported(number.value, bms_language_of(history->language)->decimal_mark, text);
    return bms_arena_text(arena, text);
}

/** Say that a number is stored otherwise. @param what  with the cell it stood in */
static enum bms_status number_differs(const bms_history *history, bms_arena *arena, const char *what,
                                      const bms_number numbers[2], bms_error *error) {
    return bms_error_set(
        error, BMS_HISTORY_DAMAGED, history->path,
        bms_message(
            arena,
            bms_tr(history->language,
                   BMS_TEXT("{what}: {said} was read, but {kept} was stored. Nothing has been stored. "
                            "Something in the history changes what is stored: run 'bms verify', or "
                            "restore a backup copy.")),
            "what", what, "said", in_words(history, arena, numbers[0]), "kept",
            in_words(history, arena, numbers[1]), NULL));
}

/* A return's entries as stored */

/** Read by the key, so that both readings have the same order. */
static const char entries_sql[] =
    "SELECT i.code, p.code, e.position, e.state, e.required, e.numerator, e.denominator, e.numerator_cell, "
    "e.denominator_cell, e.reason, e.comment, e.indicator, e.period FROM main.entries AS e "
    "LEFT JOIN main.indicators AS i ON i.id = e.indicator LEFT JOIN main.periods AS p ON p.id = e.period "
    "WHERE e.return = ?1 ORDER BY e.indicator, e.period";

enum column {
    INDICATOR,
    PERIOD,
    POSITION,
    STATE,
    REQUIRED,
    NUMERATOR,
    DENOMINATOR,
    NUMERATOR_CELL,
    DENOMINATOR_CELL,
    REASON,
    COMMENT,
    INDICATOR_ID,
    PERIOD_ID
};

static const char *text_of(bms_query *row, enum column column) {
    const char *text = bms_query_get_text(row, column);
    return text ? text : "";
}

static void fold_text(crypto_generichash_state *state, const char *text) {
    (void)crypto_generichash_update(state, (const unsigned char *)text, strlen(text) + 1);
}

static void fold(crypto_generichash_state *state, bms_query *row) {
    const bms_number numbers[] = {bms_query_get_number(row, NUMERATOR),
                                  bms_query_get_number(row, DENOMINATOR)};
    const int64_t ids[] = {bms_query_get_integer(row, INDICATOR_ID),
                           bms_query_get_integer(row, PERIOD_ID),
                           bms_query_get_integer(row, STATE),
                           bms_query_get_integer(row, REQUIRED),
                           numbers[0].known,
                           numbers[1].known};
    const double values[] = {numbers[0].value, numbers[1].value};
    (void)crypto_generichash_update(state, (const unsigned char *)ids, sizeof ids);
    (void)crypto_generichash_update(state, (const unsigned char *)values, sizeof values);
    for (enum column column = NUMERATOR_CELL; column <= COMMENT; column++)
        fold_text(state, text_of(row, column));
}

/* A return's actions as stored, and as they were read */

static void fold_action(crypto_generichash_state *state, int64_t position, const char *const texts[]) {
    (void)crypto_generichash_update(state, (const unsigned char *)&position, sizeof position);
    for (const char *const *text = texts; *text; text++)
        fold_text(state, *text);
}

static enum bms_status fold_stored_actions(bms_history *history, int64_t id, crypto_generichash_state *state,
                                           bms_error *error) {
    bms_query row =
        bms_query_begin(history, "SELECT position, number, linked_to, text, responsible, due, status, cell "
                                 "FROM main.actions WHERE return = ?1 ORDER BY position");
    bms_query_integer(&row, 1, id);
    while (bms_query_row(&row)) {
        const char *const texts[] = {text_of(&row, 1), text_of(&row, 2), text_of(&row, 3), text_of(&row, 4),
                                     text_of(&row, 5), text_of(&row, 6), text_of(&row, 7), NULL};
        fold_action(state, bms_query_get_integer(&row, 0), texts);
    }
    return bms_query_end(&row, error);
}

static const char *or_empty(const char *text) {
    return text ? text : "";
}

static void fold_actions(const bms_checked_return *checked, crypto_generichash_state *state) {
    for (size_t i = 0; i < checked->n_actions; i++) {
        const bms_entry_action *action = &checked->actions[i];
        const char *const texts[] = {or_empty(action->number),
                                     or_empty(action->linked_to),
                                     or_empty(action->text),
                                     or_empty(action->responsible),
                                     or_empty(action->due),
                                     or_empty(action->status),
                                     action->cell,
                                     NULL};
        fold_action(state, (int64_t)i, texts);
    }
}

/** Compare a return's actions with those that were read. @param base  the return whose actions it took over;
 * 0: none */
static enum bms_status compare_actions(bms_history *history, int64_t id, int64_t base,
                                       const bms_checked_return *checked, bms_error *error) {
    crypto_generichash_state state[2];
    unsigned char digest[2][crypto_generichash_BYTES];
    for (size_t i = 0; i < 2; i++)
        (void)crypto_generichash_init(&state[i], NULL, 0, crypto_generichash_BYTES);
    enum bms_status status = fold_stored_actions(history, id, &state[0], error);
    if (status == BMS_OK && base != 0)
        status = fold_stored_actions(history, base, &state[1], error);
    if (base == 0)
        fold_actions(checked, &state[1]);
    for (size_t i = 0; i < 2; i++)
        (void)crypto_generichash_final(&state[i], digest[i], crypto_generichash_BYTES);
    if (status != BMS_OK || memcmp(digest[0], digest[1], sizeof digest[0]) == 0)
        return status;
    return part_differs(history, checked->unit, checked->period,
                        bms_tr(history->language, BMS_TEXT("actions")), error);
}

/* Comparing */

struct comparison {
    bms_history *history;
    const char *unit;
    const bms_entry *entries;
    size_t n;
    size_t found;
    bms_arena *arena; /* for what is wrong; made when something is */
    bms_error *error;
};

static bool same_number(bms_number a, bms_number b) {
    return a.known == b.known && (!a.known || (a.value >= b.value && a.value <= b.value));
}

static bool same_text(bms_query *row, enum column column, const char *text) {
    return strcmp(text_of(row, column), text ? text : "") == 0;
}

static bool is_entry(const bms_entry *entry, const char *indicator, const char *period) {
    return bms_code_compare(entry->indicator, indicator) == 0 && bms_code_compare(entry->period, period) == 0;
}

/** @return the entry that was to be stored; NULL when there is none. It mostly stands where the row says. */
static const bms_entry *entry_of(const struct comparison *comparison, bms_query *row) {
    const char *indicator = text_of(row, INDICATOR);
    const char *period = text_of(row, PERIOD);
    const int64_t position = bms_query_get_integer(row, POSITION);
    if (position >= 0 && (uint64_t)position < comparison->n &&
        is_entry(&comparison->entries[position], indicator, period))
        return &comparison->entries[position];
    for (size_t i = 0; i < comparison->n; i++) {
        if (is_entry(&comparison->entries[i], indicator, period))
            return &comparison->entries[i];
    }
    return NULL;
}

static const char *name_of(const struct comparison *comparison, const char *indicator, const char *period) {
    return bms_arena_format(comparison->arena, "%s, %s, %s", comparison->unit, indicator, period);
}

static enum bms_status make_room_for_words(struct comparison *comparison) {
    comparison->arena = comparison->arena ? comparison->arena : bms_arena_new();
    return comparison->arena ? BMS_OK : bms_error_no_memory(comparison->error);
}

/** Compare one of the two numbers. */
static enum bms_status compare_number(struct comparison *comparison, bms_query *row, bms_number said,
                                      bms_number kept, const char *cell) {
    if (same_number(said, kept))
        return BMS_OK;
    enum bms_status status = make_room_for_words(comparison);
    if (status != BMS_OK)
        return status;
    const char *name = name_of(comparison, text_of(row, INDICATOR), text_of(row, PERIOD));
    if (*cell)
        name = bms_arena_format(comparison->arena, "%s (%s)", name, cell);
    return number_differs(comparison->history, comparison->arena, name, (const bms_number[]){said, kept},
                          comparison->error);
}

static bool same_rest(const bms_entry *entry, bms_query *row) {
    return bms_query_get_integer(row, STATE) == bms_stored_state(entry->answer.state) &&
           (bms_query_get_integer(row, REQUIRED) != 0) == entry->required &&
           same_text(row, NUMERATOR_CELL, entry->numerator_cell) &&
           same_text(row, DENOMINATOR_CELL, entry->denominator_cell) &&
           same_text(row, REASON, bms_reason_name(entry->reason)) && same_text(row, COMMENT, entry->comment);
}

static enum bms_status compare_entry(struct comparison *comparison, bms_query *row) {
    const bms_entry *entry = entry_of(comparison, row);
    enum bms_status status = BMS_OK;
    if (entry) {
        status = compare_number(comparison, row, entry->answer.numerator,
                                bms_query_get_number(row, NUMERATOR), entry->numerator_cell);
    }
    if (status == BMS_OK && entry) {
        status = compare_number(comparison, row, entry->answer.denominator,
                                bms_query_get_number(row, DENOMINATOR), entry->denominator_cell);
    }
    comparison->found++;
    if (status != BMS_OK || (entry && same_rest(entry, row)))
        return status;
    status = make_room_for_words(comparison);
    if (status != BMS_OK)
        return status;
    return differs(comparison->history, comparison->arena,
                   name_of(comparison, text_of(row, INDICATOR), text_of(row, PERIOD)), comparison->error);
}

/** Read a return's entries and actions for their digest. @param comparison  NULL: the entries are not
 * compared */
static enum bms_status read_parts(bms_history *history, int64_t id, struct comparison *comparison,
                                  unsigned char digest[crypto_generichash_BYTES], bms_error *error) {
    crypto_generichash_state state;
    enum bms_status status = BMS_OK;
    (void)crypto_generichash_init(&state, NULL, 0, crypto_generichash_BYTES);
    bms_query query = bms_query_begin(history, entries_sql);
    bms_query_integer(&query, 1, id);
    while (status == BMS_OK && bms_query_row(&query)) {
        fold(&state, &query);
        if (comparison)
            status = compare_entry(comparison, &query);
    }
    enum bms_status ended = bms_query_end(&query, status == BMS_OK ? error : NULL);
    if (status == BMS_OK)
        status = ended;
    if (status == BMS_OK)
        status = fold_stored_actions(history, id, &state, error);
    (void)crypto_generichash_final(&state, digest, crypto_generichash_BYTES);
    return status;
}

/** Say which entry is not there. */
static enum bms_status find_missing(struct comparison *comparison, int64_t id) {
    for (size_t i = 0; i < comparison->n; i++) {
        const bms_entry *entry = &comparison->entries[i];
        bms_query query = bms_query_begin(
            comparison->history,
            "SELECT 1 FROM main.entries AS e JOIN main.indicators AS i ON i.id = e.indicator "
            "JOIN main.periods AS p ON p.id = e.period WHERE e.return = ?1 AND i.code = ?2 AND p.code = ?3");
        bms_query_integer(&query, 1, id);
        bms_query_text(&query, 2, entry->indicator);
        bms_query_text(&query, 3, entry->period);
        const bool there = bms_query_row(&query);
        enum bms_status status = bms_query_end(&query, comparison->error);
        if (status == BMS_OK && !there)
            status = make_room_for_words(comparison);
        if (status == BMS_OK && !there) {
            status = differs(comparison->history, comparison->arena,
                             name_of(comparison, entry->indicator, entry->period), comparison->error);
        }
        if (status != BMS_OK)
            return status;
    }
    return BMS_OK;
}

/** Compare unit, form period and revision. */
static enum bms_status compare_head(bms_history *history, int64_t id, const bms_checked_return *checked,
                                    int revision, bms_error *error) {
    bms_query query = bms_query_begin(
        history, "SELECT u.code, p.code, r.revision, c.run FROM main.returns AS r "
                 "JOIN main.units AS u ON u.id = r.unit JOIN main.periods AS p ON p.id = r.period "
                 "JOIN main.receipts AS c ON c.id = r.receipt WHERE r.id = ?1");
    bms_query_integer(&query, 1, id);
    const bool same = bms_query_row(&query) && bms_code_compare(text_of(&query, 0), checked->unit) == 0 &&
                      bms_code_compare(text_of(&query, 1), checked->period) == 0 &&
                      bms_query_get_integer(&query, 2) == revision &&
                      bms_query_get_integer(&query, 3) == history->run;
    enum bms_status status = bms_query_end(&query, error);
    return status == BMS_OK && !same ? return_differs(history, checked->unit, checked->period, error)
                                     : status;
}

/* What the run has stored */

static enum bms_status remember(bms_history *history, int64_t id, const unsigned char *digest,
                                bms_error *error) {
    bms_stored_returns *stored = &history->stored;
    const bool again = stored->n > 0 && stored->items[stored->n - 1].id == id;
    if (!again && stored->n == stored->capacity) {
        size_t capacity = stored->capacity ? stored->capacity * 2 : 16;
        struct bms_stored_return *larger = realloc(stored->items, capacity * sizeof *larger);
        if (!larger)
            return bms_error_no_memory(error);
        stored->items = larger;
        stored->capacity = capacity;
    }
    struct bms_stored_return *item = &stored->items[again ? stored->n - 1 : stored->n++];
    item->id = id;
    memcpy(item->digest, digest, sizeof item->digest);
    return BMS_OK;
}

void bms_read_back_forget(bms_history *history) {
    free(history->stored.items);
    history->stored = (bms_stored_returns){0};
}

static enum bms_status compare_all(struct comparison *comparison, int64_t id) {
    unsigned char digest[crypto_generichash_BYTES];
    enum bms_status status = read_parts(comparison->history, id, comparison, digest, comparison->error);
    if (status == BMS_OK && comparison->found != comparison->n)
        status = find_missing(comparison, id);
    if (status == BMS_OK)
        status = remember(comparison->history, id, digest, comparison->error);
    bms_arena_free(comparison->arena);
    return status;
}

enum bms_status bms_read_back_return(bms_history *history, int64_t id, const bms_checked_return *checked,
                                     int revision, bms_error *error) {
    struct comparison comparison = {.history = history,
                                    .unit = checked->unit,
                                    .entries = checked->entries,
                                    .n = checked->n_entries,
                                    .error = error};
    enum bms_status status = compare_head(history, id, checked, revision, error);
    if (status == BMS_OK)
        status = compare_actions(history, id, 0, checked, error);
    return status == BMS_OK ? compare_all(&comparison, id) : status;
}

/* An amended return */

static const bms_entry *amended(const bms_checked_return *amendment, const bms_entry *entry) {
    for (size_t i = 0; i < amendment->n_entries; i++) {
        if (is_entry(&amendment->entries[i], entry->indicator, entry->period))
            return &amendment->entries[i];
    }
    return NULL;
}

static void read_entry(bms_arena *arena, bms_query *row, bms_entry *out) {
    *out =
        (bms_entry){.indicator = bms_arena_text(arena, text_of(row, INDICATOR)),
                    .period = bms_arena_text(arena, text_of(row, PERIOD)),
                    .answer = {bms_state_stored_as(bms_query_get_integer(row, STATE)),
                               bms_query_get_number(row, NUMERATOR), bms_query_get_number(row, DENOMINATOR)},
                    .comment = bms_arena_text(arena, text_of(row, COMMENT)),
                    .required = bms_query_get_integer(row, REQUIRED) != 0};
    (void)bms_reason_parse(text_of(row, REASON), &out->reason);
    (void)snprintf(out->numerator_cell, sizeof out->numerator_cell, "%s", text_of(row, NUMERATOR_CELL));
    (void)snprintf(out->denominator_cell, sizeof out->denominator_cell, "%s", text_of(row, DENOMINATOR_CELL));
}

/** Put together what an amended return is to say: the amendment, and the rest of the return before it. */
static enum bms_status put_together(bms_history *history, int64_t base, const bms_checked_return *amendment,
                                    struct comparison *out, bms_error *error) {
    bms_entry *entries = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < amendment->n_entries; i++) {
        bms_entry *added = bms_arena_grow(out->arena, &entries, &out->n, &capacity, sizeof *added);
        if (added)
            *added = amendment->entries[i];
    }
    bms_query query = bms_query_begin(history, entries_sql);
    bms_query_integer(&query, 1, base);
    while (!bms_arena_failed(out->arena) && bms_query_row(&query)) {
        bms_entry entry;
        read_entry(out->arena, &query, &entry);
        bms_entry *added = amended(amendment, &entry)
                               ? NULL
                               : bms_arena_grow(out->arena, &entries, &out->n, &capacity, sizeof *added);
        if (added)
            *added = entry;
    }
    out->entries = entries;
    return bms_error_of_arena(bms_query_end(&query, error), out->arena, error);
}

enum bms_status bms_read_back_amended(bms_history *history, int64_t id, int64_t base,
                                      const bms_checked_return *amendment, int revision, bms_error *error) {
    struct comparison comparison = {
        .history = history, .unit = amendment->unit, .arena = bms_arena_new(), .error = error};
    if (!comparison.arena)
        return bms_error_no_memory(error);
    enum bms_status status = compare_head(history, id, amendment, revision, error);
    if (status == BMS_OK)
        status = compare_actions(history, id, base, amendment, error);
    if (status == BMS_OK)
        status = put_together(history, base, amendment, &comparison, error);
    if (status == BMS_OK)
        return compare_all(&comparison, id);
    bms_arena_free(comparison.arena);
    return status;
}

/* The whole run */

static int by_id(const void *left, const void *right) {
    const struct bms_stored_return *a = left;
    const struct bms_stored_return *b = right;
    return (a->id > b->id) - (a->id < b->id);
}

/** @return whether a return of the run is one that was read back, with the same entries still. */
static enum bms_status is_the_same(bms_history *history, int64_t id, bool *same, bms_error *error) {
    const struct bms_stored_return wanted = {.id = id};
    const struct bms_stored_return *stored = NULL;
    unsigned char digest[crypto_generichash_BYTES];
    if (history->stored.n > 0)
        stored = bsearch(&wanted, history->stored.items, history->stored.n, sizeof wanted, by_id);
    *same = false;
    if (!stored)
        return BMS_OK;
    enum bms_status status = read_parts(history, id, NULL, digest, error);
    *same = memcmp(digest, stored->digest, sizeof digest) == 0;
    return status;
}

/**
 * Find out whether the files of the run's returns are those that came: their hash is on the receipts. One
 * whose file an earlier run had stored already may have been taken out on record.
 */
static enum bms_status compare_originals(bms_history *history, bms_error *error) {
    char sha256[BMS_SHA256_TEXT];
    enum bms_status status = BMS_OK;
    bms_query query = bms_query_begin(
        history,
        "SELECT u.code, p.code, c.sha256, o.bytes FROM main.receipts AS c "
        "CROSS JOIN main.returns AS r ON r.receipt = c.id "
        "CROSS JOIN main.units AS u ON u.id = r.unit CROSS JOIN main.periods AS p ON p.id = r.period "
        "LEFT JOIN main.originals AS o ON o.sha256 = c.sha256 "
        "WHERE c.run = ?1 AND (o.id IS NULL OR length(o.bytes) > 0 OR NOT EXISTS (SELECT 1 FROM "
        "main.redacted_values AS v WHERE v.name = 'originals' AND v.row = CAST(o.id AS TEXT)))");
    bms_query_integer(&query, 1, history->run);
    while (status == BMS_OK && bms_query_row(&query)) {
        size_t size = 0;
        const void *bytes = bms_query_get_bytes(&query, 3, &size);
        bms_sha256(size > 0 ? bytes : "", size, sha256);
        if (query.result == 0 && strcmp(sha256, text_of(&query, 2)) != 0) {
            status = part_differs(history, text_of(&query, 0), text_of(&query, 1),
                                  bms_tr(history->language, BMS_TEXT("the file")), error);
        }
    }
    enum bms_status ended = bms_query_end(&query, status == BMS_OK ? error : NULL);
    return status == BMS_OK ? ended : status;
}

static enum bms_status compare_returns(bms_history *history, bms_error *error) {
    size_t n = 0;
    enum bms_status status = BMS_OK;
    if (history->stored.n > 0)
        qsort(history->stored.items, history->stored.n, sizeof *history->stored.items, by_id);
    bms_query query =
        bms_query_begin(history, "SELECT r.id, u.code, p.code FROM main.receipts AS c "
                                 "CROSS JOIN main.returns AS r ON r.receipt = c.id "
                                 "LEFT JOIN main.units AS u ON u.id = r.unit "
                                 "LEFT JOIN main.periods AS p ON p.id = r.period WHERE c.run = ?1");
    bms_query_integer(&query, 1, history->run);
    while (status == BMS_OK && bms_query_row(&query)) {
        bool same = false;
        n++;
        status = is_the_same(history, bms_query_get_integer(&query, 0), &same, error);
        if (status == BMS_OK && !same)
            status = return_differs(history, text_of(&query, 1), text_of(&query, 2), error);
    }
    enum bms_status ended = bms_query_end(&query, status == BMS_OK ? error : NULL);
    if (status == BMS_OK)
        status = ended;
    return status == BMS_OK && n != history->stored.n ? return_differs(history, "returns", "-", error)
                                                      : status;
}

enum bms_status bms_read_back_run(bms_history *history, bms_error *error) {
    enum bms_status status = compare_returns(history, error);
    return status == BMS_OK ? compare_originals(history, error) : status;
}
