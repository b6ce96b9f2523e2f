/** Finding the files that sources lead to (see sources.h). */
#include "core/verbs/collect/sources.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/period.h"
#include "core/base/personal_number.h"
#include "core/base/platform.h"
#include "core/base/text.h"

#include <stdlib.h>
#include <string.h>

/** The list as it grows. */
struct list {
    const bms_job *job;
    bms_return_file *files;
    size_t n;
    size_t capacity;
};

const char *bms_sources_base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool bms_sources_is_system(const char *name) {
    static const char *const names[] = {"desktop.ini", "thumbs.db"};
    if (name[0] == '.' || strncmp(name, "~$", 2) == 0)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (bms_code_compare(name, names[i]) == 0)
            return true;
    }
    return false;
}

/** @return whether the name ends as a spreadsheet's does, or as that of a file with others in it. The content
 * is looked at when it is read. */
static bool looks_like_a_workbook(const char *name) {
    static const char *const endings[] = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb",
                                          ".ods",  ".ots",  ".fods", ".zip",  ".eml", ".msg"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof endings[0]; i++) {
        if (bms_code_compare(dot, endings[i]) == 0)
            return true;
    }
    return false;
}

static enum bms_status add(struct list *list, bms_return_file file, bms_error *error) {
    bms_return_file *added =
        bms_arena_grow(list->job->arena, &list->files, &list->n, &list->capacity, sizeof *added);
    if (!added)
        return bms_error_no_memory(error);
    *added = file;
    added->path = file.name;
    added->name = bms_personal_number_hide(list->job->arena, file.name);
    added->skipped = bms_sources_is_system(bms_sources_base_name(file.name));
    return bms_error_of_arena(BMS_OK, list->job->arena, error);
}

/** @return the period that the folder is named after; NULL for none. */
static const char *period_of_folder(const bms_job *job, const char *path) {
    const char *name = bms_sources_base_name(path);
    bms_period period;
    if (job->definition) {
        int index = bms_definition_period(job->definition, name);
        return index == BMS_NONE ? NULL : job->definition->calendar[index].period.code;
    }
    return bms_period_parse(name, &period) ? bms_arena_text(job->arena, period.code) : NULL;
}

static const char *join(const bms_job *job, const char *folder, const char *name) {
    size_t length = strlen(folder);
    const char *between = length > 0 && folder[length - 1] == '/' ? "" : "/";
    return bms_arena_format(job->arena, "%s%s%s", folder, between, name);
}

/** @return the path without trailing slashes. */
static const char *trimmed(const bms_job *job, const char *path) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return bms_arena_copy(job->arena, path, length);
}

/** Add what is named as a workbook and is a folder, a pipe or nothing: reading it says what it is. */
static bool is_worth_saying(const char *name, enum bms_path_kind kind) {
    return kind != BMS_PATH_FOLDER || (!bms_sources_is_system(name) && looks_like_a_workbook(name));
}

/** Add the files of a folder. @param deeper  also of those below @param[in,out] workbooks  counted up */
static enum bms_status add_folder(struct list *list, const char *path, const char *period, bool deeper,
                                  size_t *workbooks, bms_error *error) {
    const bms_job *job = list->job;
    const char **names = NULL;
    size_t n = 0;
    enum bms_status status = bms_platform_list_folder(job->arena, path, job->language, &names, &n, error);
    for (size_t i = 0; status == BMS_OK && i < n; i++) {
        const char *inside = join(job, path, names[i]);
        enum bms_path_kind kind = bms_platform_path_kind(inside);
        const size_t before = *workbooks;
        if (kind == BMS_PATH_FOLDER && deeper && names[i][0] != '.') {
            const char *below = period ? period : period_of_folder(job, inside);
            status = add_folder(list, inside, below, false, workbooks, error);
        }
        if (status == BMS_OK && *workbooks == before && is_worth_saying(names[i], kind)) {
            *workbooks += !bms_sources_is_system(names[i]) && looks_like_a_workbook(names[i]);
            status = add(list, (bms_return_file){.name = inside, .period = period}, error);
        }
    }
    return status;
}

static enum bms_status add_whole_folder(struct list *list, const char *path, const char *period,
                                        bms_error *error) {
    const bms_job *job = list->job;
    size_t workbooks = 0;
    enum bms_status status = add_folder(list, path, period, true, &workbooks, error);
    if (status == BMS_OK && workbooks == 0) {
        status = bms_error_set(
            error, BMS_INPUT, path,
            bms_tr(job->language, BMS_TEXT("There are no workbooks in this folder. Put the returns there "
                                           "as .xlsx files.")));
    }
    return status;
}

/** @return the folder of a period's returns; people write the code in upper or lower case. */
static const char *folder_of_period(const bms_job *job, const char *period) {
    const char *returns = bms_job_path(job, "returns");
    const char *path = join(job, returns, period);
    const char **names = NULL;
    size_t n = 0;
    if (bms_platform_path_kind(path) == BMS_PATH_FOLDER ||
        bms_platform_list_folder(job->arena, returns, job->language, &names, &n, NULL) != BMS_OK)
        return path;
    for (size_t i = 0; i < n; i++) {
        if (bms_code_compare(names[i], period) == 0)
            return join(job, returns, names[i]);
    }
    return path;
}

/** Add the folder of a period's returns, or of all, beside the history. */
static enum bms_status add_returns(struct list *list, const char *period, bms_error *error) {
    const bms_job *job = list->job;
    const char *path = period ? folder_of_period(job, period) : bms_job_path(job, "returns");
    if (bms_platform_path_kind(path) != BMS_PATH_FOLDER) {
        return bms_error_set(
            error, BMS_INPUT, path,
            bms_tr(job->language, BMS_TEXT("There is no such folder. Make it and put the returns there.")));
    }
    if (!period)
        bms_job_notice(job, BMS_RULE_READING, &(bms_text_place){"file", path}, 1);
    return add_whole_folder(list, path, period, error);
}

/** Find the period that a name is the code of; it comes before a file or folder. @param[out] code  or NULL */
static enum bms_status find_period(const bms_job *job, const char *name, const char **code,
                                   bms_error *error) {
    bms_period period;
    int index = BMS_NONE;
    *code = NULL;
    if (!job->definition) {
        if (bms_period_parse(name, &period))
            *code = bms_arena_text(job->arena, period.code);
        return BMS_OK;
    }
    index = bms_definition_period(job->definition, name);
    if (index == BMS_NONE &&
        (!bms_period_parse(name, &period) || bms_platform_path_kind(name) != BMS_PATH_MISSING))
        return BMS_OK;
    enum bms_status status = bms_job_form_period(job, name, &index, error);
    if (status == BMS_OK)
        *code = job->definition->calendar[index].period.code;
    return status;
}

static enum bms_status add_source(struct list *list, const bms_source *source, bms_error *error) {
    const bms_job *job = list->job;
    const char *period = NULL;
    if (source->bytes) {
        return add(list,
                   (bms_return_file){.name = source->name, .bytes = source->bytes, .size = source->size},
                   error);
    }
    enum bms_status status = find_period(job, source->name, &period, error);
    if (status != BMS_OK)
        return status;
    if (period)
        return add_returns(list, period, error);
    const char *path = trimmed(job, source->name);
    enum bms_path_kind kind = bms_platform_path_kind(path);
    if (kind == BMS_PATH_FOLDER)
        return add_whole_folder(list, path, period_of_folder(job, path), error);
    if (kind == BMS_PATH_FILE)
        return add(list, (bms_return_file){.name = path}, error);
    return bms_error_set(error, BMS_INPUT, path,
                         bms_tr(job->language, kind == BMS_PATH_MISSING
                                                   ? BMS_TEXT("There is no such file, folder or period.")
                                                   : BMS_TEXT("It is neither a file nor a folder.")));
}

static int by_path(const void *left, const void *right) {
    const bms_return_file *a = left;
    const bms_return_file *b = right;
    int order = strcmp(a->name, b->name);
    if (order == 0 && (!a->bytes) != (!b->bytes))
        order = a->bytes ? 1 : -1;
    /* A file reached both with and without its period keeps the period. */
    return order != 0 ? order : (!a->period) - (!b->period);
}

/** A path named twice is one file. */
static size_t drop_repeated(bms_return_file *files, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool repeated = kept > 0 && !files[i].bytes && !files[kept - 1].bytes &&
                        strcmp(files[i].name, files[kept - 1].name) == 0;
        if (!repeated)
            files[kept++] = files[i];
    }
    return kept;
}

enum bms_status bms_sources_find(const bms_job *job, const bms_source *sources, size_t n,
                                 bms_return_file **files, size_t *n_files, bms_error *error) {
    struct list list = {.job = job};
    enum bms_status status = n == 0 ? add_returns(&list, NULL, error) : BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < n; i++)
        status = add_source(&list, &sources[i], error);
    if (list.n > 1)
        qsort(list.files, list.n, sizeof *list.files, by_path);
    *files = list.files;
    *n_files = drop_repeated(list.files, list.n);
    return bms_error_of_arena(status, job->arena, error);
}
