/**
 * Folders that a cloud service synchronises: no place for a database, which another machine's copy can
 * destroy.
 */
#ifndef BMS_BASE_CLOUD_H
#define BMS_BASE_CLOUD_H

#include "core/base/arena.h"

/** @return the service that synchronises the folder of a file, recognised by the names of the folders above
 * and by files in them; NULL for none or when it is not known. */
const char *bms_cloud_service(bms_arena *arena, const char *path);

#endif
