/** Workbooks written under temporary names (see written.h), and when they may replace a file. */
#include "core/job/written.h"

#include "core/base/claim.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/sha256.h"

#include <limits.h>
#include <stdint.h>
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

/** The file cannot be replaced: it stays as it is, and the reason is reported. */
static void keep_as_it_is(const bms_written_set *set, bms_written *written, const bms_error *why) {
    written->action = BMS_FILE_NOT_REPLACED;
    written->problem = bms_arena_text(set->job->arena, why->message);
}

void bms_written_wait(const bms_written_set *set, bms_written *written, const bms_error *why) {
    keep_as_it_is(set, written, why);
    written->waits = written->recorded && set->job->claim;
}

/** Decide from the bytes of the file at the path, and what was recorded of it. */
static enum bms_status compare(const bms_written_set *set, bms_written *written, const char *on_disk,
                               bms_error *error) {
    bool ours = false;
    bool newest = false;
    enum bms_status status =
        bms_history_find_written(set->job->history, written->name, on_disk, &ours, &newest, error);
    if (strcmp(on_disk, written->sha256) == 0) {
        written->action = BMS_FILE_UNCHANGED;
    } else if (!ours && !set->force) {
        written->action = BMS_FILE_KEPT;
    }
    return status;
}

/** Decide from the file at the path, what was recorded of it, and what has been written now. */
enum bms_status bms_written_decide(const bms_written_set *set, bms_written *written, bms_error *error) {
    const bms_job *job = set->job;
    char on_disk[65];
    bms_error unreadable = {0};
    bool ours = false;
    enum bms_status status = bms_history_find_written(job->history, written->name, written->sha256, &ours,
                                                      &written->recorded, error);
    written->action = BMS_FILE_WRITTEN;
    if (status != BMS_OK || bms_platform_path_kind(written->path) == BMS_PATH_MISSING)
        return status;
    status = hash_file(written->path, job->language, on_disk, &unreadable);
    if (status == BMS_OK)
        return compare(set, written, on_disk, error);
    if (status != BMS_INPUT)
        return bms_error_no_memory(error);
    keep_as_it_is(set, written, &unreadable);
    return BMS_OK;
}

const char *bms_written_aside(bms_arena *arena, const char *name) {
    return bms_arena_format(arena, "%.*s (forrige).xlsx", (int)(strlen(name) - strlen(".xlsx")), name);
}

/** Remember a folder that does not exist yet. */
static void remember_folder(bms_written_set *set, const char *path) {
    if (*path == '\0' || bms_platform_path_kind(path) != BMS_PATH_MISSING)
        return;
    const char **made =
        bms_arena_grow(set->job->arena, &set->folders, &set->n_folders, &set->folder_capacity, sizeof *made);
    if (made)
        *made = path;
}

enum bms_status bms_written_folder(bms_written_set *set, const char *folder, bms_error *error) {
    bms_arena *arena = set->job->arena;
    const char *path = bms_job_path(set->job, folder);
    if (bms_platform_path_kind(path) == BMS_PATH_FOLDER)
        return bms_error_of_arena(BMS_OK, arena, error);
    for (const char *slash = strchr(folder, '/'); slash; slash = strchr(slash + 1, '/')) {
        const char *above = bms_arena_copy(arena, folder, (size_t)(slash - folder));
        remember_folder(set, above ? bms_job_path(set->job, above) : "");
    }
    remember_folder(set, path);
    enum bms_status status = bms_error_of_arena(BMS_OK, arena, error);
    return status == BMS_OK ? bms_platform_make_folder(path, set->job->language, error) : status;
}

enum bms_status bms_written_folder_for(bms_written_set *set, const char *folder, int unit, const char **out,
                                       bms_error *error) {
    const bms_job *job = set->job;
    const char *language = bms_job_chosen_language(job, unit);
    *out = folder;
    if (strcmp(language, bms_job_language_of(job, unit)) == 0)
        return BMS_OK;
    *out = bms_arena_format(job->arena, "%s/%s", folder, language);
    return bms_written_folder(set, *out, error);
}

bms_written *bms_written_add(bms_written_set *set, const char *folder, const char *file, const char *unit) {
    bms_arena *arena = set->job->arena;
    bms_written *written = bms_arena_grow(arena, &set->items, &set->n, &set->capacity, sizeof *written);
    if (!written)
        return NULL;
    written->unit = unit;
    written->name = bms_arena_format(arena, "%s%s%s", folder, *folder ? "/" : "", file);
    written->path = bms_job_path(set->job, written->name);
    /* The set's address tells it from others of this process. */
    written->temporary = bms_arena_format(arena, BMS_TEMPORARY_NAME, written->path, bms_platform_process(),
                                          (unsigned)((uintptr_t)set / sizeof(void *) % INT_MAX));
    return bms_arena_failed(arena) ? NULL : written;
}

enum bms_status bms_written_hash(const bms_job *job, const char *path, char sha256[65], bms_error *error) {
    return hash_file(path, job->language, sha256, error);
}

enum bms_status bms_written_made(const bms_written_set *set, bms_written *written, bms_error *error) {
    enum bms_status status = bms_written_hash(set->job, written->temporary, written->sha256, error);
    return status == BMS_OK ? bms_written_decide(set, written, error) : status;
}

bool bms_written_lies_there(const bms_job *job, const char *path, const char *sha256) {
    char on_disk[65];
    return bms_platform_path_kind(path) == BMS_PATH_FILE &&
           hash_file(path, job->language, on_disk, NULL) == BMS_OK && strcmp(on_disk, sha256) == 0;
}

bool bms_written_is_new(const bms_written *written) {
    return (written->action == BMS_FILE_WRITTEN || written->action == BMS_FILE_UNCHANGED) &&
           !written->recorded;
}

enum bms_status bms_written_record(bms_written_set *set, bms_written *written, bms_error *error) {
    written->recorded = true;
    return bms_history_add_written(set->job->history, written->name, written->sha256, error);
}

void bms_written_place(bms_written_set *set, bms_written *written) {
    bms_error why = {0};
    if (written->action != BMS_FILE_WRITTEN)
        return;
    written->done =
        bms_platform_rename(written->temporary, written->path, set->job->language, &why) == BMS_OK;
    if (!written->done)
        bms_written_wait(set, written, &why);
}

void bms_written_place_all(bms_written_set *set) {
    for (size_t i = 0; i < set->n; i++)
        bms_written_place(set, &set->items[i]);
}

/** Report a file that could not be replaced. All is stored: this may not fail, also when memory is out. */
static void report_problem(const bms_written_set *set, const bms_written *written) {
    const bms_job *job = set->job;
    const bms_text_place why = {"why", written->problem};
    bms_finding finding = bms_run_finding(job->arena, job->language, BMS_RULE_NOT_REPLACED, &why, 1);
    finding.file = written->path;
    finding.unit = written->unit;
    if (!*finding.message)
        finding.message = written->path;
    bms_job_report_finding(job, &finding);
}

void bms_written_deliver(const bms_written_set *set) {
    for (size_t i = 0; i < set->n; i++) {
        const bms_written *written = &set->items[i];
        bms_job_report_file(set->job, written->path, written->action, written->unit);
        if (written->action == BMS_FILE_NOT_REPLACED)
            report_problem(set, written);
    }
}

void bms_written_clear(const bms_written_set *set) {
    for (size_t i = 0; i < set->n; i++) {
        const bms_written *written = &set->items[i];
        if (!written->done && !written->waits)
            bms_platform_remove(written->temporary);
        if (!written->done && bms_platform_path_kind(written->temporary) != BMS_PATH_MISSING)
            bms_claim_leave(set->job->claim);
    }
    for (size_t i = set->n_folders; i-- > 0;)
        bms_platform_remove(set->folders[i]); /* only when it is empty */
}
