/**
 * Filling the caller's bms_error.
 *
 * The message is written where the file and cell are known and not overwritten on the way up: a filled
 * error stays as it is. Messages come translated (see catalogue.h) from where they are written.
 */
#ifndef BMS_BASE_ERROR_H
#define BMS_BASE_ERROR_H

#include "core/base/arena.h"
#include "core/bms.h"

/**
 * Say what went wrong, unless `error` already says something.
 *
 * @param error    may be NULL
 * @param code     what is returned as well
 * @param where    path, or sheet and cell; NULL when there is none
 * @param message  what is wrong and what to do, in the reader's language
 * @return `code`, so that `return bms_error_set(…)` reads well
 */
enum bms_status bms_error_set(bms_error *error, enum bms_status code, const char *where, const char *message);

/** Memory is out: the one message that needs no translation to be built. @return BMS_NO_MEMORY */
enum bms_status bms_error_no_memory(bms_error *error);

/**
 * Look once whether all that was asked of an arena could be had.
 *
 * @param status  how it went so far
 * @return `status`; BMS_NO_MEMORY when something could not be had, and then `error` says so whatever it said
 * before: that came of texts that are missing
 */
enum bms_status bms_error_of_arena(enum bms_status status, const bms_arena *arena, bms_error *error);

/** Start anew: no code, no message. NULL is legal. */
void bms_error_clear(bms_error *error);

#endif
