/**
 * What files beside the history know of it: its copies, and the reports that print a hash of it.
 *
 * The chain cannot show by itself that its newest runs have been taken away. A copy or a report made after
 * them can: it has a hash that the history does not know. Where a backup was rightly put back, that is
 * acknowledged on record.
 */
#ifndef BMS_HISTORY_BESIDE_H
#define BMS_HISTORY_BESIDE_H

#include "core/history/history.h"

/**
 * Find out whether a file is a copy of this history, by its seal key, and the hash of its newest run.
 *
 * @param[out] unread  damage, the disk or the rights did not let it be read: it may be a copy
 * @param[out] sha256  "" when it is no copy, cannot be read, or has no run with a hash
 * @return BMS_OK or BMS_NO_MEMORY
 */
enum bms_status bms_history_look_into(const bms_history *history, const char *path, bool *is_copy,
                                      bool *unread, char sha256[65], bms_error *error);

/** Find the run whose hash begins with these digits. @param[out] run  0 when there is none */
enum bms_status bms_history_run_of_hash(bms_history *history, const char *digits, int64_t *run,
                                        bms_error *error);

/** The workbooks of all editions, by their own hash, and the hash of the history that each prints. */
enum bms_status bms_history_each_edition_file(bms_history *history,
                                              bool (*on_file)(void *context, const char *sha256,
                                                              const char *printed),
                                              void *context, bms_error *error);

/** Add the acknowledgement that the run with this hash (or its first digits) is rightly not in the history.
 */
enum bms_status bms_history_add_restored(bms_history *history, const char *sha256, const char *made_by,
                                         const char *reason, bms_error *error);

/**
 * Find who acknowledged that a hash is not in the history.
 *
 * @param      digits           all or the first of them
 * @param[out] made_by, reason  in `arena`; NULL when nobody has
 */
enum bms_status bms_history_find_restored(bms_history *history, const char *digits, bms_arena *arena,
                                          const char **made_by, const char **reason, bms_error *error);

#endif
