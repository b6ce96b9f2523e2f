/**
 * Checked returns put aside in a temporary file between the reading and the storing.
 *
 * All files are read before any is stored. What was read is too much to keep in memory and too dear to read
 * twice. Where the system gives no temporary file nothing is parked, and the returns are read again.
 */
#ifndef BMS_VERBS_COLLECT_PARKED_H
#define BMS_VERBS_COLLECT_PARKED_H

#include "core/base/arena.h"
#include "core/check/check.h"

#include <stdio.h>

typedef struct bms_parked {
    FILE *file; /* NULL: nothing can be parked */
    long end;
} bms_parked;

/** Begin with an empty place. */
void bms_parked_init(bms_parked *parked);
void bms_parked_dispose(bms_parked *parked);

/** Put a return aside; not the release it goes by, which belongs to whoever decided it. @return where, for
 * bms_parked_load; -1 when it could not be put aside */
long bms_parked_add(bms_parked *parked, const bms_checked_return *checked);

/** Take a return out again, into `arena`. @return BMS_OK; BMS_INPUT when it cannot be read; BMS_NO_MEMORY */
enum bms_status bms_parked_load(bms_parked *parked, long at, bms_arena *arena, bms_checked_return *out);

#endif
