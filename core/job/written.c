/** Workbooks written under temporary names (see written.h), and when they may replace a file. */
#include "core/job/written.h"

#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/sha256.h"

#include <stdlib.h>
#include <string.h>

static enum bms_status hash_file(const char *path, const char *language, char out[65], bms_error *error) {
    unsigned char *bytes = NULL;
    size_t size = 0;
    enum bms_status status = bms_platform_read_file(path, language, &bytes, &size, error);
    if (status == BMS_OK)
        bms_sha256(bytes, size, out);
    free(bytes);
    return status;
}

/** Decide from the file at the path, what was recorded of it, and what has been written now. */
static enum bms_status decide(const bms_written_set *set, bms_written *written, bms_error *error) {
    const bms_job *job = set->job;
    char on_disk[65];
    bool known = false;
    bool ours = false;
    enum bms_status status = bms_history_find_written(job->history, written->name, written->sha256, &known,
                                                      &written->recorded, error);
    written->action = BMS_FILE_WRITTEN;
    if (status != BMS_OK || bms_platform_path_kind(written->path) != BMS_PATH_FILE)
        return status; /* what is no file is not compared with; it cannot be replaced either */
    status = hash_file(written->path, job->language, on_disk, error);
    if (status == BMS_OK)
        status = bms_history_find_written(job->history, written->name, on_disk, &known, &ours, error);
    if (status != BMS_OK)
        return status;
    if (strcmp(on_disk, written->sha256) == 0) {
        written->action = BMS_FILE_UNCHANGED;
    } else if (!ours && !set->force) {
        written->action = BMS_FILE_KEPT;
    }
    return BMS_OK;
}

bms_written *bms_written_add(bms_written_set *set, const char *folder, const char *file, const char *unit) {
    bms_arena *arena = set->job->arena;
    bms_written *written = bms_arena_grow(arena, &set->items, &set->n, &set->capacity, sizeof *written);
    if (!written)
        return NULL;
    written->unit = unit;
    written->name = bms_arena_format(arena, "%s%s%s", folder, *folder ? "/" : "", file);
    written->path = bms_job_path(set->job, written->name);
    written->temporary = bms_arena_format(arena, "%s.new", written->path);
    return bms_arena_failed(arena) ? NULL : written;
}

enum bms_status bms_written_hash(const bms_written_set *set, bms_written *written, bms_error *error) {
    return hash_file(written->temporary, set->job->language, written->sha256, error);
}

enum bms_status bms_written_made(const bms_written_set *set, bms_written *written, bms_error *error) {
    enum bms_status status = bms_written_hash(set, written, error);
    return status == BMS_OK ? decide(set, written, error) : status;
}

bool bms_written_lies_there(const bms_written_set *set, const bms_written *written) {
    char on_disk[65];
    return bms_platform_path_kind(written->path) == BMS_PATH_FILE &&
           hash_file(written->path, set->job->language, on_disk, NULL) == BMS_OK &&
           strcmp(on_disk, written->sha256) == 0;
}

bool bms_written_is_new(const bms_written *written) {
    return written->action != BMS_FILE_KEPT && !written->recorded;
}

enum bms_status bms_written_record(bms_written_set *set, bms_written *written, bms_error *error) {
    return bms_history_add_written(set->job->history, written->name, written->sha256, error);
}

enum bms_status bms_written_place(bms_written_set *set, bms_written *written, bms_error *error) {
    enum bms_status status = bms_error_of_arena(BMS_OK, set->job->arena, error);
    if (status != BMS_OK || written->action != BMS_FILE_WRITTEN)
        return status;
    status = bms_platform_rename(written->temporary, written->path, set->job->language, error);
    written->done = status == BMS_OK;
    return status;
}

enum bms_status bms_written_place_all(bms_written_set *set, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < set->n; i++)
        status = bms_written_place(set, &set->items[i], error);
    return status;
}

void bms_written_deliver(const bms_written_set *set) {
    for (size_t i = 0; i < set->n; i++)
        bms_job_report_file(set->job, set->items[i].path, set->items[i].action, set->items[i].unit);
}

void bms_written_clear(const bms_written_set *set) {
    for (size_t i = 0; i < set->n; i++) {
        if (!set->items[i].done)
            bms_platform_remove(set->items[i].temporary);
    }
}
