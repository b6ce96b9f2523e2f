/**
 * The history looked through, copied, and freed of what must not stay: what `bms verify`, `bms backup`,
 * `bms export --originals` and `bms redact` ask of it.
 */
#ifndef BMS_HISTORY_INTEGRITY_H
#define BMS_HISTORY_INTEGRITY_H

#include "core/history/history.h"

/** Hears of what differs. */
typedef struct bms_difference_listener {
    void (*on_difference)(void *context, const bms_difference *difference);
    void *context;
} bms_difference_listener;

/**
 * Work everything out again and compare: the file itself, references between rows, the chain, the originals,
 * the schema, what can be rebuilt.
 *
 * @param      printed  the first digits of a hash that was printed once; NULL
 * @param[out] out      how it went
 */
enum bms_status bms_history_verify(bms_history *history, const char *printed,
                                   bms_difference_listener listener, bms_verification *out, bms_error *error);

/** Copy the history as it is now, while others read and write it: whole under its name, or not at all. */
enum bms_status bms_history_back_up(bms_history *history, const char *path, bms_error *error);

/* A copy beside the history costs nothing to speak of up to BMS_COPY_CHEAP, and is made every time. A larger
 * one is nearly all originals, and the same ones every time: it is made when the newest is BMS_COPY_AGE old,
 * so that a day's work costs one copy however many returns are collected one by one. What is collected in
 * between stands in files that are still in the returns' folder. */
enum { BMS_COPY_CHEAP = 64 << 20 /* bytes */, BMS_COPY_AGE = 20 * 3600 /* seconds: daily, at any hour */ };

/** Unless the newest is young enough for a history of this size, move the copies beside it one step back
 * (backup-1 is the newest, backup-3 the oldest) and make a new one. */
enum bms_status bms_history_rotate_backup(bms_history *history, bms_error *error);

/** @return where the history was copied before it was brought to this version; NULL when it was not. */
const char *bms_history_upgrade_backup(const bms_history *history);

/** An original on its way out. `bytes` is NULL when it has been blanked. */
typedef struct bms_stored_original {
    const char *file;
    const char *unit;
    const char *period;
    int revision;
    const void *bytes;
    size_t size;
} bms_stored_original;

/** In order of period, unit and revision. Return false from the callback to stop. */
enum bms_status bms_history_each_original(bms_history *history,
                                          bool (*on_original)(void *context,
                                                              const bms_stored_original *original),
                                          void *context, bms_error *error);

/** From now on what is taken out of the file is overwritten there too. */
enum bms_status bms_history_erase_deleted(bms_history *history, bms_error *error);

/**
 * Write the file anew, with nothing in it but what it says: what was moved within it before it was blanked
 * may still stand where it was. Needs room for two copies; not in a run.
 */
enum bms_status bms_history_rewrite(bms_history *history, bms_error *error);

/** What was blanked on record, in order. */
enum bms_status bms_history_each_redaction(bms_history *history,
                                           void (*on_redaction)(void *context,
                                                                const bms_redacted_places *row),
                                           void *context, bms_error *error);

/** @return the copies beside the history that are there, with ", " between; "" for none, NULL when memory is
 * out. */
const char *bms_history_copies(const bms_history *history, bms_arena *arena);

/** Blank texts or an original of a unit's returns for a period, in the run that is open. @param[out] n  how
 * many */
enum bms_status bms_history_redact(bms_history *history, const bms_redaction *redaction, size_t *n,
                                   bms_error *error);

#endif
