/** bms_init: a folder to start from. */
#include "core/base/catalogue.h"
#include "core/base/claim.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/templates.h"
#include "core/job/job.h"

#include <stdlib.h>
#include <string.h>

const char *const *bms_template_names(void) {
    return bms_template_name_list;
}

static enum bms_status find_template(const bms_job *job, const char *name, const bms_template **out,
                                     bms_error *error) {
    const char *known = "";
    for (const bms_template *one = bms_templates; one->name; one++) {
        if (!name || strcmp(one->name, name) == 0) {
            *out = one;
            return BMS_OK;
        }
        known = bms_arena_format(job->arena, "%s%s%s", known, *known ? ", " : "", one->name);
    }
    return bms_job_fail(
        error, BMS_USAGE, NULL,
        bms_message(
            job->arena,
            bms_tr(job->language, BMS_TEXT("There is no template {name}. The templates are: {known}.")),
            "name", name, "known", known, NULL));
}

/** What init makes. */
struct start {
    const char *folder;
    const char *history;
    const char *setup;
};

static enum bms_status plan(const bms_job *job, const char *folder, struct start *out, bms_error *error) {
    size_t length = strlen(folder);
    const char *between = length > 0 && folder[length - 1] == '/' ? "" : "/";
    out->folder = folder;
    out->history = bms_arena_format(job->arena, "%s%s%s", folder, between, "bms.db");
    out->setup = bms_arena_format(job->arena, "%s%s%s", folder, between, "setup.xlsx");
    return bms_error_of_arena(BMS_OK, job->arena, error);
}

/** @return whether a file is one of the templates as it is: a run that was killed left it, not somebody. */
static bool is_a_template(const char *path) {
    unsigned char *bytes = NULL;
    size_t size = 0;
    bool same = false;
    if (bms_platform_read_file(path, "", &bytes, &size, NULL) != BMS_OK)
        return false;
    for (const bms_template *one = bms_templates; one->name && !same; one++)
        same = one->size == size && memcmp(one->bytes, bytes, size) == 0;
    free(bytes);
    return same;
}

static enum bms_status refuse_to_overwrite(const bms_job *job, const struct start *start, bms_error *error) {
    const char *const wanted[] = {start->history, start->setup};
    for (size_t i = 0; i < 2; i++) {
        if (bms_platform_path_kind(wanted[i]) != BMS_PATH_MISSING && (i == 0 || !is_a_template(wanted[i]))) {
            return bms_error_set(
                error, BMS_USAGE, wanted[i],
                bms_tr(job->language,
                       BMS_TEXT("This file already exists and is not replaced. Choose another folder.")));
        }
    }
    return BMS_OK;
}

/** Write the setup, then the history. */
static enum bms_status write(const bms_job *job, const struct start *start, const bms_template *template,
                             bms_error *error) {
    const bool was_there = bms_platform_path_kind(start->setup) != BMS_PATH_MISSING;
    enum bms_status status =
        bms_platform_write_file(start->setup, job->language, template->bytes, template->size, error);
    if (status == BMS_OK)
        status = bms_history_create(start->history, job->language, job->now, error);
    if (status != BMS_OK && !was_there)
        bms_platform_remove(start->setup);
    return status;
}

static enum bms_status make(const bms_job *job, const struct start *start, const bms_template *template,
                            bms_error *error) {
    bool new_folder = bms_platform_path_kind(start->folder) == BMS_PATH_MISSING;
    enum bms_status status = bms_platform_make_folder(start->folder, job->language, error);
    if (status == BMS_OK) {
        bms_claim *claim = bms_claim_begin(start->history);
        if (bms_claim_is_alone(claim))
            bms_leftovers_remove(job->arena, start->folder, NULL);
        bms_claim_share(claim, true);
        status = write(job, start, template, error);
        bms_claim_end(claim);
    }
    if (status != BMS_OK && new_folder)
        bms_platform_remove(start->folder);
    return status;
}

/** Warn when everybody may look into the folder: what is put there by hand is then open to all. */
static void warn_of_open_folder(const bms_job *job, const char *folder) {
    const bms_text_place place = {"folder", folder};
    if (!bms_platform_open_to_all(folder))
        return;
    bms_finding finding = bms_run_finding(job->arena, job->language, BMS_RULE_OPEN_FOLDER, &place, 1);
    finding.file = folder;
    if (*finding.message)
        bms_job_report_finding(job, &finding);
}

enum bms_status bms_init(bms *b, const char *template_name, const char *folder, const bms_listener *listener,
                         bms_error *error) {
    bms_job job;
    struct start start;
    const bms_template *template = NULL;
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK)
        status = find_template(&job, template_name, &template, error);
    if (status == BMS_OK)
        status = plan(&job, folder && *folder ? folder : ".", &start, error);
    if (status == BMS_OK)
        status = refuse_to_overwrite(&job, &start, error);
    if (status == BMS_OK && template)
        status = make(&job, &start, template, error);
    if (status == BMS_OK) {
        bms_job_report_file(&job, start.setup, BMS_FILE_WRITTEN, NULL);
        bms_job_report_file(&job, start.history, BMS_FILE_WRITTEN, NULL);
        warn_of_open_folder(&job, start.folder);
    }
    bms_job_end(&job);
    return status;
}
