/**
 * Folders that a cloud service synchronises: no place for a database, which another machine's copy can
 * destroy.
 */
#ifndef BMS_BASE_CLOUD_H
#define BMS_BASE_CLOUD_H

#include "core/base/arena.h"

/** @return the name of the service that synchronises the folder of a file, told by the folders above it and
 * by what the services leave in theirs; NULL for none, and when it cannot be told. */
const char *bms_cloud_service(bms_arena *arena, const char *path);

#endif
