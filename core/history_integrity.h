/**
 * The history looked through, copied, and freed of what must not stay: what `bms verify`, `bms backup`,
 * `bms export --originals` and `bms redact` ask of it.
 */
#ifndef BMS_HISTORY_INTEGRITY_H
#define BMS_HISTORY_INTEGRITY_H

#include "core/history.h"

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

/** Move the copies beside the history one step back (backup-1 is the newest, backup-3 the oldest) and make a
 * new one. */
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

/** Blank texts or an original of a unit's returns for a period, in the run that is open. @param[out] n  how
 * many */
enum bms_status bms_history_redact(bms_history *history, const bms_redaction *redaction, size_t *n,
                                   bms_error *error);

#endif
