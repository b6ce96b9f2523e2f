/** bms_backup and bms_originals: a copy of the history, and the accepted files that it keeps. */
#include "core/base/catalogue.h"
#include "core/base/claim.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/text.h"
#include "core/history/integrity.h"
#include "core/job/job.h"
#include "core/job/leftovers.h"

#include <stdlib.h>
#include <string.h>

/** @return whether the file's header is that of a history. */
static bool is_history(const char *path) {
    unsigned char head[72] = {0};
    return bms_platform_read_start(path, head, sizeof head) && memcmp(head, "SQLite format 3", 16) == 0 &&
           memcmp(head + 68, "bms1", 4) == 0;
}

enum bms_status bms_backup(bms *b, const char *path, bms_error *error) {
    bms_job job;
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    if (status == BMS_OK)
        status = bms_job_open_as_it_is(&job, error);
    bool there = status == BMS_OK && bms_platform_path_kind(path) != BMS_PATH_MISSING;
    if (there && (!is_history(path) || bms_platform_same_file(path, b->history))) {
        status = bms_error_set(
            error, BMS_USAGE, path,
            bms_tr(
                job.language,
                BMS_TEXT(
                    "The copy would replace a file that is not a copy of a history. Choose another name.")));
    }
    if (status == BMS_OK) {
        bms_leftovers_claim(&job);
        bms_claim_note(job.claim, path);
        status = bms_history_back_up(job.history, path, error);
    }
    bms_job_end(&job);
    return status;
}

/** A file that is complete under a temporary name. */
struct finished {
    const char *path;
    const char *temporary;
    const char *unit;
};

struct outgoing {
    bms_job *job;
    const char *folder;
    struct finished *items;
    size_t n;
    size_t capacity;
    enum bms_status status;
    bms_error *error;
};

static void report_redacted(const struct outgoing *outgoing, const bms_stored_original *original) {
    const bms_job *job = outgoing->job;
    bms_finding finding = bms_run_finding(job->arena, job->language, BMS_RULE_REDACTED, NULL, 0);
    finding.file = original->file;
    finding.unit = original->unit;
    bms_job_report_finding(job, &finding);
}

/** @return the ending of a name that a unit chose, `.xlsx` where it is none; it never has more than letters.
 */
static const char *ending_of(const char *file) {
    enum { LONGEST = 5 };
    const char *dot = strrchr(file, '.');
    const size_t length = dot ? strspn(dot + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") : 0;
    return length > 0 && length <= LONGEST && dot[1 + length] == '\0' ? dot : ".xlsx";
}

/** Make the temporary file of one, remembered before anything is written in it. */
static enum bms_status begin_file(struct outgoing *outgoing, const char *path, const char *unit,
                                  struct finished **out) {
    bms_job *job = outgoing->job;
    char *temporary = NULL;
    struct finished *next = bms_arena_grow(job->arena, &outgoing->items, &outgoing->n, &outgoing->capacity,
                                           sizeof *outgoing->items);
    if (!next)
        return bms_error_no_memory(outgoing->error);
    *next = (struct finished){path, "", bms_arena_text(job->arena, unit)};
    enum bms_status status = bms_platform_temporary(path, 0, job->language, &temporary, outgoing->error);
    if (status != BMS_OK)
        return status;
    next->temporary = bms_arena_text(job->arena, temporary);
    status = bms_error_of_arena(BMS_OK, job->arena, outgoing->error);
    if (status != BMS_OK)
        bms_platform_remove(temporary);
    free(temporary);
    *out = next;
    return status;
}

/** Write one under a temporary name. */
static enum bms_status write_original(struct outgoing *outgoing, const bms_stored_original *original) {
    bms_job *job = outgoing->job;
    struct finished *file = NULL;
    const char *folder = bms_arena_format(job->arena, "%s/%s", outgoing->folder, original->period);
    const char *path =
        bms_arena_format(job->arena, "%s/%s%s-%d%s", folder, bms_text_before_code(original->unit),
                         original->unit, original->revision, ending_of(original->file));
    enum bms_status status = bms_error_of_arena(BMS_OK, job->arena, outgoing->error);
    if (status == BMS_OK)
        status = bms_platform_make_folder(folder, job->language, outgoing->error);
    if (status == BMS_OK)
        status = begin_file(outgoing, path, original->unit, &file);
    if (status == BMS_OK && file) {
        status = bms_platform_write_file(file->temporary, job->language, original->bytes, original->size,
                                         outgoing->error);
    }
    return status;
}

/** Give one its name. What is in the way stays, is reported, and the others go on. */
static void place(const bms_job *job, struct finished *file) {
    bms_error why = {0};
    const bool placed = bms_platform_rename(file->temporary, file->path, job->language, &why) == BMS_OK;
    bms_job_report_file(job, file->path, placed ? BMS_FILE_WRITTEN : BMS_FILE_NOT_REPLACED, file->unit);
    if (placed) {
        file->temporary = "";
        return;
    }
    bms_finding finding = bms_run_finding(job->arena, job->language, BMS_RULE_NOT_REPLACED,
                                          &(bms_text_place){"why", why.message}, 1);
    finding.file = file->path;
    finding.unit = file->unit;
    if (!*finding.message)
        finding.message = file->path;
    bms_job_report_finding(job, &finding);
}

/** When all are complete they get their names. */
static void place_all(const struct outgoing *outgoing) {
    for (size_t i = 0; i < outgoing->n; i++)
        place(outgoing->job, &outgoing->items[i]);
}

/** Remove what did not get its name. */
static void clear(const struct outgoing *outgoing) {
    for (size_t i = 0; i < outgoing->n; i++) {
        const char *temporary = outgoing->items[i].temporary;
        if (!*temporary)
            continue;
        bms_platform_remove(temporary);
        if (bms_platform_path_kind(temporary) != BMS_PATH_MISSING)
            bms_claim_leave(outgoing->job->claim);
    }
}

static bool on_original(void *context, const bms_stored_original *original) {
    struct outgoing *outgoing = context;
    if (!original->bytes) {
        report_redacted(outgoing, original);
        return true;
    }
    outgoing->status = write_original(outgoing, original);
    return outgoing->status == BMS_OK;
}

enum bms_status bms_originals(bms *b, const char *folder, const bms_listener *listener, bms_error *error) {
    bms_job job;
    struct outgoing outgoing = {.job = &job, .folder = *folder ? folder : ".", .error = error};
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK)
        status = bms_job_open(&job, error);
    if (status == BMS_OK) {
        bms_leftovers_claim(&job);
        bms_claim_note(job.claim, bms_arena_format(job.arena, "%s/", outgoing.folder));
        status = bms_error_of_arena(status, job.arena, error);
    }
    if (status == BMS_OK)
        status = bms_history_each_original(job.history, on_original, &outgoing, error);
    if (status == BMS_OK)
        status = outgoing.status;
    if (status == BMS_OK)
        place_all(&outgoing);
    clear(&outgoing);
    bms_job_end(&job);
    return status;
}
