/** bms_backup and bms_originals: a copy of the history, and the accepted files that it keeps. */
#include "core/base/catalogue.h"
#include "core/base/claim.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/text.h"
#include "core/history/integrity.h"
#include "core/job/job.h"
#include "core/job/leftovers.h"

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

struct outgoing {
    bms_job *job;
    const char *folder;
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

static enum bms_status write_original(const struct outgoing *outgoing, const bms_stored_original *original) {
    bms_job *job = outgoing->job;
    const char *folder = bms_arena_format(job->arena, "%s/%s", outgoing->folder, original->period);
    const char *path =
        bms_arena_format(job->arena, "%s/%s%s-%d%s", folder, bms_text_before_code(original->unit),
                         original->unit, original->revision, ending_of(original->file));
    enum bms_status status = bms_error_of_arena(BMS_OK, job->arena, outgoing->error);
    if (status == BMS_OK)
        status = bms_platform_make_folder(folder, job->language, outgoing->error);
    if (status == BMS_OK) {
        status =
            bms_platform_write_file(path, job->language, original->bytes, original->size, outgoing->error);
    }
    if (status == BMS_OK)
        bms_job_report_file(job, path, BMS_FILE_WRITTEN, original->unit);
    return status;
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
    bms_job_end(&job);
    return outgoing.status != BMS_OK ? outgoing.status : status;
}
