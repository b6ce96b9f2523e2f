/** bms_init: a folder to start from. */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/templates.h"
#include "core/job/job.h"

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

static enum bms_status refuse_to_overwrite(const bms_job *job, const struct start *start, bms_error *error) {
    const char *const wanted[] = {start->history, start->setup};
    for (size_t i = 0; i < 2; i++) {
        if (bms_platform_path_kind(wanted[i]) != BMS_PATH_MISSING) {
            return bms_error_set(
                error, BMS_USAGE, wanted[i],
                bms_tr(job->language,
                       BMS_TEXT("This file already exists and is not replaced. Choose another folder.")));
        }
    }
    return BMS_OK;
}

static enum bms_status make(const bms_job *job, const struct start *start, const bms_template *template,
                            bms_error *error) {
    bool new_folder = bms_platform_path_kind(start->folder) == BMS_PATH_MISSING;
    enum bms_status status = bms_platform_make_folder(start->folder, job->language, error);
    if (status == BMS_OK)
        status = bms_platform_write_file(start->setup, job->language, template->bytes, template->size, error);
    if (status == BMS_OK) {
        status = bms_history_create(start->history, job->language, job->now, error);
        if (status != BMS_OK)
            bms_platform_remove(start->setup);
    }
    if (status != BMS_OK && new_folder)
        bms_platform_remove(start->folder);
    return status;
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
    }
    bms_job_end(&job);
    return status;
}
