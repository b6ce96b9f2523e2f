/** A folder of its own for each test, with a history in it. All names and values are invented. */
#ifndef HISTORY_PLACE_H
#define HISTORY_PLACE_H

#include "tests/unit/place.h"

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/history/history.h"
#include "core/history/store.h"

enum { NOON = 1789459200 /* 2026-09-15 08:00 UTC */ };

struct place {
    char folder[PLACE_PATH];
    char path[PLACE_PATH + 32];
    bms_history *history;
    bms_arena *arena;
    bms_error error;
};

static int place_set_up(void **state) {
    struct place *place = calloc(1, sizeof *place);
    if (!place)
        return -1;
    place_make(place->folder);
    (void)snprintf(place->path, sizeof place->path, "%s/bms.db", place->folder);
    place->arena = bms_arena_new();
    *state = place;
    if (bms_history_create(place->path, "en", NOON, &place->error) != BMS_OK)
        return -1;
    return bms_history_open(&place->history, place->path, "en", NULL, NULL, &place->error) == BMS_OK ? 0 : -1;
}

static int place_tear_down(void **state) {
    struct place *place = *state;
    bms_history_close(place->history);
    bms_arena_free(place->arena);
    place_remove(place->folder);
    free(place);
    return 0;
}

static inline void place_begin(struct place *place) {
    assert_int_equal(bms_history_begin(place->history, "collect", NOON, &place->error), BMS_OK);
}

static inline void place_commit(struct place *place) {
    assert_int_equal(bms_history_commit(place->history, &place->error), BMS_OK);
}

static inline bms_entry place_entry(const char *indicator, const char *period, double numerator,
                                    double denominator) {
    return (bms_entry){.indicator = indicator,
                       .period = period,
                       .answer = {BMS_REPORTED, {true, numerator}, {true, denominator}},
                       .comment = "",
                       .numerator_cell = "C5",
                       .denominator_cell = "E5",
                       .required = true};
}

static inline bms_checked_return place_checked(const char *unit, const char *period, bms_entry *entries,
                                               size_t n, const char *inputs) {
    bms_checked_return out = {.unit = unit,
                              .period = period,
                              .definition = "1",
                              .sheet = "Skjema",
                              .finished = true,
                              .signed_by = "Kari",
                              .signed_on = "2026-09-14",
                              .entries = entries,
                              .n_entries = n,
                              .outcome = BMS_ACCEPTED};
    (void)snprintf(out.inputs_sha256, sizeof out.inputs_sha256, "%s", inputs);
    return out;
}

/** Amend the number of a return that place_add added, in a run. */
static inline enum bms_status place_correct(struct place *place, bms_history *history, double numerator,
                                            int *revision) {
    bms_entry entries[] = {place_entry("SYK", "2026-T2", numerator, 200)};
    bms_checked_return checked = place_checked("A1", "2026-T2", entries, 1, "");
    const bms_amendment correction = {.name = "correction",
                                      .checked = &checked,
                                      .indicator = "SYK",
                                      .period = "2026-T2",
                                      .made_by = "Ida",
                                      .reason = "counted again"};
    return bms_history_add_amendment(history, &correction, "what it was", revision, &place->error);
}

/** Add an accepted return with these entries; its bytes are the text `bytes`. @return the revision */
static inline int place_add_entries(struct place *place, const char *unit, const char *period,
                                    const char *bytes, bms_entry *entries, size_t n) {
    char sha256[65];
    bms_sha256(bytes, strlen(bytes), sha256);
    bms_entry_action action = {.number = "", .linked_to = "SYK", .text = "Call", .cell = "C4"};
    bms_checked_return said = place_checked(unit, period, entries, n, bytes);
    said.actions = &action;
    said.n_actions = 1;
    bms_receipt receipt = {.file = "a.xlsx",
                           .sha256 = sha256,
                           .size = strlen(bytes),
                           .unit = unit,
                           .period = period,
                           .outcome = BMS_ACCEPTED};
    int64_t id = 0;
    int revision = 0;
    assert_int_equal(bms_history_add_receipt(place->history, &receipt, &id, &place->error), BMS_OK);
    assert_int_equal(
        bms_history_add_return(place->history, id, &said, bytes, strlen(bytes), &revision, &place->error),
        BMS_OK);
    return revision;
}

/** Add an accepted return with one entry. @return the revision */
static inline int place_add(struct place *place, const char *unit, const char *period, const char *bytes,
                            double numerator) {
    bms_entry entries[] = {place_entry("SYK", period, numerator, 200)};
    return place_add_entries(place, unit, period, bytes, entries, 1);
}

#endif
