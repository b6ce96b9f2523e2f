/**
 * Verifying the history, copying it, handing out originals and blanking values: for `bms verify`, `bms
 * backup`, `bms export --originals` and `bms redact`.
 */
#ifndef BMS_HISTORY_INTEGRITY_H
#define BMS_HISTORY_INTEGRITY_H

#include "core/history/history.h"

/**
 * Open a history whatever else its file holds, to verify it, copy it or take out what is foreign. Where there
 * is such a thing it is not upgraded, and has no seal key.
 */
enum bms_status bms_history_open_as_it_is(bms_history **out, const char *path, const char *language,
                                          bms_history_wait *wait, void *context, bms_error *error);

/** @return whether the file holds what is not the history's own or lacks what is. */
bool bms_history_is_foreign(const bms_history *history);

enum { BMS_REMOVAL_COPIES = 9 };

/** @return the path of a copy made before something foreign was taken out; `i` from 1 to BMS_REMOVAL_COPIES
 */
const char *bms_history_removal_copy(const bms_history *history, bms_arena *arena, int i);

/** Called for each thing that was taken out or put back. */
typedef struct bms_removal_listener {
    void (*on_removed)(void *context, const bms_removed *removed);
    void *context;
} bms_removal_listener;

/**
 * Copy the history's file, then take out what is not its own, put back of its own what can be, and record
 * both in a run of its own, all or nothing. A history of an earlier version is upgraded with it.
 *
 * @return BMS_OK, also when there is nothing to take out; BMS_HISTORY_DAMAGED when a table of the history's
 * own cannot be put right, and then the file is as it was
 */
enum bms_status bms_history_remove_foreign(bms_history *history, int64_t now, bms_removal_listener listener,
                                           bms_error *error);

/** Called for each difference. */
typedef struct bms_difference_listener {
    void (*on_difference)(void *context, const bms_difference *difference);
    void *context;
} bms_difference_listener;

/**
 * Work everything out again and compare: the file itself, references between rows, the chain, the originals,
 * the schema, and what can be rebuilt.
 *
 * @param      printed  the first digits of a hash from an earlier printout, to find its run; NULL
 * @param[out] out      how many runs were verified, and how many differences there are
 */
enum bms_status bms_history_verify(bms_history *history, const char *printed,
                                   bms_difference_listener listener, bms_verification *out, bms_error *error);

/** Copy the history while others use it: the copy is whole, or there is none. */
enum bms_status bms_history_back_up(bms_history *history, const char *path, bms_error *error);

/* A copy of up to BMS_COPY_CHEAP costs little and is made every time. A larger one is nearly all originals,
 * the same ones every time: it is made when the newest is BMS_COPY_AGE old, so that a day's work costs one
 * copy however often returns are collected. What is collected in between is still in the returns' folder. */
enum { BMS_COPY_CHEAP = 64 << 20 /* bytes */, BMS_COPY_AGE = 20 * 3600 /* seconds: daily, at any hour */ };

/** Make a new copy beside the history when one is due, and move the older ones one step back (backup-1 is the
 * newest, backup-3 the oldest). */
enum bms_status bms_history_rotate_backup(bms_history *history, bms_error *error);

/** @return the copy made before the history was upgraded on opening; NULL when it was not upgraded. */
const char *bms_history_upgrade_backup(const bms_history *history);

/** The original of a return; `bytes` is NULL when it has been blanked. */
typedef struct bms_stored_original {
    const char *file;
    const char *unit;
    const char *period;
    int revision;
    const void *bytes;
    size_t size;
} bms_stored_original;

/** Originals in order of period, unit and revision. Return false to stop. */
enum bms_status bms_history_each_original(bms_history *history,
                                          bool (*on_original)(void *context,
                                                              const bms_stored_original *original),
                                          void *context, bms_error *error);

/** From now on, overwrite deleted content in the file with zeros. */
enum bms_status bms_history_erase_deleted(bms_history *history, bms_error *error);

/**
 * Rewrite the file without its unused parts, where traces of blanked values may remain. Needs room for two
 * copies; not in a run.
 */
enum bms_status bms_history_rewrite(bms_history *history, bms_error *error);

/** @return whether a redaction can blank a table's field: an empty one elsewhere is never excused by its
 * record. */
bool bms_history_can_blank(const char *table, const char *field);

/** The places that each redaction blanked, in order. */
enum bms_status bms_history_each_redaction(bms_history *history,
                                           void (*on_redaction)(void *context,
                                                                const bms_redacted_places *row),
                                           void *context, bms_error *error);

/** @return the paths of the copies beside the history, separated by commas; "" when there is none. */
const char *bms_history_copies(const bms_history *history, bms_arena *arena);

/**
 * Replace the copies beside the history, all made before something was blanked, by one new copy. Where that
 * cannot be made they stay.
 *
 * @param[out] copies  the paths of those there were, with ", " between; "" for none
 */
enum bms_status bms_history_renew_copies(bms_history *history, bms_arena *arena, const char **copies,
                                         bms_error *error);

/** The texts that were blanked. Start with the arena set, the rest 0. */
typedef struct bms_blanked {
    bms_arena *arena;
    const char **texts;
    size_t n;
    size_t capacity;
    const char **hashes; /* of texts that were blanked before, and are not known any more */
    size_t n_hashes;
    size_t hash_capacity;
} bms_blanked;

/**
 * Blank texts or an original of a unit's returns for a period, or a text of the setup, in the open run. What
 * a unit wrote is also in the original of its return and may be quoted in findings: these are blanked with
 * it.
 *
 * @param[out] blanked  the texts, except an original's; NULL: only the field itself is blanked
 * @param[out] n        how many values
 */
enum bms_status bms_history_redact(bms_history *history, const bms_redaction *redaction, bms_blanked *blanked,
                                   size_t *n, bms_error *error);

/**
 * Find out whether the same was blanked by an earlier run, which may have been broken off before the copies
 * and the files beside the history were gone through.
 *
 * @param[in,out] blanked  gets the hashes; of a setup the text itself
 * @param[out]    found    whether it was
 */
enum bms_status bms_history_redacted_before(bms_history *history, const bms_redaction *redaction,
                                            bms_blanked *blanked, bool *found, bms_error *error);

/** @return whether a text holds one that was blanked; a very short one, or one of which only the hash is
 * known, only where it is all of it. */
bool bms_blanked_in(const bms_blanked *blanked, const char *text);

#endif
