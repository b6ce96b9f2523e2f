/**
 * What a run stores of returns is read back before its commit and compared with what was to be stored.
 *
 * The chain proves that what was stored has not changed since; this proves that what was stored is what was
 * read, whatever in the file or below it changed it on the way. Each return is compared number by number as
 * soon as it is stored, with its actions, and once more by a digest when all else of the run is stored; its
 * file then, by its hash.
 */
#ifndef BMS_HISTORY_READ_BACK_H
#define BMS_HISTORY_READ_BACK_H

#include "core/history/store.h"

/**
 * Compare a return as stored with what was to be stored, and remember its digest until the commit.
 *
 * @param id        of the return
 * @param revision  that it was given
 * @param entries   all that it is to have
 * @return BMS_OK; BMS_HISTORY_DAMAGED with a message that says which number; or why it could not be read
 */
enum bms_status bms_read_back_return(bms_history *history, int64_t id, const bms_checked_return *checked,
                                     int revision, bms_error *error);

/**
 * Compare an amended return with its amendment, and the rest of it with the return that was amended.
 *
 * @param id, base  the new return, and the one before it
 */
enum bms_status bms_read_back_amended(bms_history *history, int64_t id, int64_t base,
                                      const bms_checked_return *amendment, int revision, bms_error *error);

/** Find out whether the open run has exactly the returns that were read back, with the same entries and
 * actions as then, and with the files that came. */
enum bms_status bms_read_back_run(bms_history *history, bms_error *error);

/** Forget the open run's returns. */
void bms_read_back_forget(bms_history *history);

#endif
