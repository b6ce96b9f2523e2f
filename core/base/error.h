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
 * Fill in what went wrong, unless `error` is filled in already.
 *
 * @param error    may be NULL
 * @param code     what is returned as well
 * @param where    path, or sheet and cell; NULL when there is none
 * @param message  what is wrong and what to do, in the reader's language
 * @return `code`, so that `return bms_error_set(…)` reads well
 */
enum bms_status bms_error_set(bms_error *error, enum bms_status code, const char *where, const char *message);

/** Out of memory; in two languages, since translating may take memory. @return BMS_NO_MEMORY */
enum bms_status bms_error_no_memory(bms_error *error);

/**
 * Check once whether an allocation in an arena has failed.
 *
 * @return `status`; BMS_NO_MEMORY when one has, and `error` then says so even if it was filled in: another
 * error may only be the result of missing texts
 */
enum bms_status bms_error_of_arena(enum bms_status status, const bms_arena *arena, bms_error *error);

/** Reset: no code, no message. NULL is legal. */
void bms_error_clear(bms_error *error);

#endif
