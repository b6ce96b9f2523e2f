/**
 * Checked returns in a temporary file, between reading and storing.
 *
 * All files are read before any is stored; what they say is too much for memory, and reading twice is slow.
 * Where the system has no temporary file nothing is parked, and the returns are read again.
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

void bms_parked_init(bms_parked *parked);
void bms_parked_dispose(bms_parked *parked);

/** Write a return, without its release, which the decisions own. @return its place for bms_parked_load; -1
 * when it could not be written */
long bms_parked_add(bms_parked *parked, const bms_checked_return *checked);

/** Read a return back into `arena`. @return BMS_OK; BMS_INPUT when it cannot be read; BMS_NO_MEMORY */
enum bms_status bms_parked_load(bms_parked *parked, long at, bms_arena *arena, bms_checked_return *out);

#endif
