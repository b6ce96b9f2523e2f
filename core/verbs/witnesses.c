/* Copies and reports beside the history (see witnesses.h). */
#include "core/verbs/witnesses.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/history/beside.h"
#include "core/workbooks.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 2, PRINTED = 12 /* digits of a hash in a report */ };

/** The workbook of an edition that the history knows. */
struct edition_file {
    char sha256[65];
    char printed[PRINTED + 1];
};

struct gathering {
    bms_job *job;
    bms_witnesses_found *out;
    bms_arena *arena; /* for one file at a time */
    struct edition_file *editions;
    size_t n_editions;
    size_t capacity;
};

static bool ends(const char *text, const char *with) {
    const size_t length = strlen(text);
    return length >= strlen(with) && bms_code_compare(text + length - strlen(with), with) == 0;
}

/** @param of_another  it names another municipality */
static void add(struct gathering *gathering, const char *file, const char *hash, bool of_another) {
    bms_arena *arena = gathering->job->arena;
    bms_witnesses_found *out = gathering->out;
    bms_found_witness *added = bms_arena_grow(arena, &out->items, &out->n, &out->capacity, sizeof *added);
    if (added) {
        *added = (bms_found_witness){.witness = {.file = bms_arena_text(arena, file),
                                                 .n_files = 1,
                                                 .hash = bms_arena_text(arena, hash)},
                                     .of_another = of_another};
    }
}

/** Note what could not be read: to acknowledge what is known it must all be known. */
static void note_unread(const struct gathering *gathering, const char *file) {
    if (!gathering->out->unread)
        gathering->out->unread = bms_arena_text(gathering->job->arena, file);
}

/* Copies */

/** @return whether it is named as the copies are that are made by themselves. */
static bool is_named_as_copy(const char *name) {
    static const char *const marks[] = {".backup-", ".before-"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *mark = strstr(name, marks[i]);
        if (mark && mark[strlen(marks[i])] >= '0' && mark[strlen(marks[i])] <= '9')
            return true;
    }
    return false;
}

/** @return whether a history is worked with here: it has the usual name, or copies of its own. */
static bool is_worked_with(const bms_job *job, const char *name) {
    return strcmp(name, "bms.db") == 0 ||
           (!is_named_as_copy(name) &&
            bms_platform_path_kind(bms_job_path(job, bms_arena_format(job->arena, "%s.backup-1", name))) ==
                BMS_PATH_FILE);
}

/** @return whether the file begins as a history does. */
static bool begins_as_history(const char *path) {
    unsigned char head[72] = {0};
    return bms_platform_path_kind(path) == BMS_PATH_FILE &&
           bms_platform_read_start(path, head, sizeof head) && memcmp(head, "SQLite format 3", 16) == 0 &&
           memcmp(head + 68, "bms1", 4) == 0;
}

static const char *own_name(const bms_job *job) {
    const char *slash = strrchr(job->b->history, '/');
    return slash ? slash + 1 : job->b->history;
}

/** @return whether it has to be looked into: it begins as a history, or its name says so. */
static bool may_be_copy(const char *path, const char *name) {
    return begins_as_history(path) ||
           (bms_platform_path_kind(path) == BMS_PATH_FILE && (is_named_as_copy(name) || ends(name, ".db")));
}

/** Find the copies, unless this is one itself: then it is one of a history that is worked with here. */
static enum bms_status gather_copies(struct gathering *gathering, bool *is_copy, bms_error *error) {
    bms_job *job = gathering->job;
    const char **names = NULL;
    size_t n = 0;
    *is_copy = is_named_as_copy(own_name(job));
    enum bms_status status = bms_platform_list_folder(job->arena, *job->folder ? job->folder : ".",
                                                      job->language, &names, &n, error);
    const bool worked_with = is_worked_with(job, own_name(job));
    for (size_t i = 0; status == BMS_OK && !*is_copy && i < n; i++) {
        const char *path = bms_job_path(job, names[i]);
        char sha256[65];
        bool same_history = false;
        bool unread = false;
        /* The history itself is never opened here: closing it would release the locks that are held on it. */
        if (strcmp(names[i], own_name(job)) == 0 || bms_platform_same_file(path, job->b->history) ||
            !may_be_copy(path, names[i]))
            continue;
        status = bms_history_look_into(job->history, path, &same_history, &unread, sha256, error);
        if (status == BMS_OK && unread)
            note_unread(gathering, names[i]);
        *is_copy = same_history && !worked_with && is_worked_with(job, names[i]);
        if (status == BMS_OK && same_history && sha256[0])
            add(gathering, names[i], sha256, false);
    }
    return bms_error_of_arena(status, job->arena, error);
}

/* Reports */

static bool take_edition(void *context, const char *sha256, const char *printed) {
    struct gathering *gathering = context;
    struct edition_file *added = bms_arena_grow(gathering->job->arena, &gathering->editions,
                                                &gathering->n_editions, &gathering->capacity, sizeof *added);
    if (!added)
        return false;
    *added = (struct edition_file){0};
    if (strlen(sha256) != 64 || strlen(printed) < PRINTED)
        return true;
    memcpy(added->sha256, sha256, 65);
    memcpy(added->printed, printed, PRINTED);
    added->printed[PRINTED] = '\0';
    return true;
}

static int by_sha256(const void *left, const void *right) {
    return strcmp(((const struct edition_file *)left)->sha256, ((const struct edition_file *)right)->sha256);
}

/** Note that a report in the folder prints a hash. */
static void count(struct gathering *gathering, const char *folder, const char *hash, bool of_another) {
    const bms_witnesses_found *out = gathering->out;
    for (size_t i = out->n; i > 0 && strcmp(out->items[i - 1].witness.file, folder) == 0; i--) {
        bms_found_witness *known = &out->items[i - 1];
        if (strcmp(known->witness.hash, hash) == 0 && known->of_another == of_another) {
            known->witness.n_files++;
            return;
        }
    }
    add(gathering, folder, hash, of_another);
}

/** @return whether it is none of the names that the municipality has or had. */
static bool is_of_another(const struct gathering *gathering, const char *name) {
    const bms_definition *definition = gathering->job->definition;
    const bms_municipality *ours = definition ? &definition->municipality : NULL;
    if (!ours || *name == '\0' || *ours->name == '\0' || bms_says(name, ours->name))
        return false;
    for (size_t i = 0; i < ours->n_earlier_names; i++) {
        if (bms_says(name, ours->earlier_names[i].text))
            return false;
    }
    return true;
}

/** What a report that is not as it was written prints; nothing is found in what cannot be read. */
static enum bms_status read_report(struct gathering *gathering, const char *folder, const bms_source *source,
                                   bms_error *error) {
    bms_report_origin origin = {"", ""};
    bms_error unread = {0};
    enum bms_status status =
        bms_workbooks_read_origin(gathering->arena, source, gathering->job->language, &origin, &unread);
    if (status == BMS_NO_MEMORY)
        return bms_error_no_memory(error);
    if (status == BMS_OK && *origin.hash != '\0')
        count(gathering, folder, origin.hash, is_of_another(gathering, origin.municipality));
    return BMS_OK;
}

static enum bms_status look_at_report(struct gathering *gathering, const char *folder, const char *name,
                                      bms_error *error) {
    const bms_job *job = gathering->job;
    bms_source source = {.name = name};
    unsigned char *bytes = NULL;
    struct edition_file file;
    const struct edition_file *known = NULL;
    bms_error unread = {0};
    bms_arena_reset(gathering->arena);
    const char *path = bms_arena_format(gathering->arena, "%s%s/%s", job->folder, folder, name);
    enum bms_status status = bms_error_of_arena(BMS_OK, gathering->arena, error);
    if (status == BMS_OK)
        status = bms_platform_read_file(path, job->language, &bytes, &source.size, &unread);
    if (status == BMS_NO_MEMORY)
        return bms_error_no_memory(error);
    if (status != BMS_OK) {
        note_unread(gathering, path + strlen(job->folder));
        return BMS_OK;
    }
    source.bytes = bytes;
    bms_sha256(bytes, source.size, file.sha256);
    /* One that is as it was written needs no reading: the history knows what it prints. */
    if (gathering->n_editions > 0)
        known = bsearch(&file, gathering->editions, gathering->n_editions, sizeof file, by_sha256);
    if (known) {
        count(gathering, folder, known->printed, false);
    } else {
        status = read_report(gathering, folder, &source, error);
    }
    free(bytes);
    return status;
}

/** Look at what is in a folder: reports, or folders. A folder that is not there holds none. */
static enum bms_status look_in(struct gathering *gathering, const char *folder, int depth, bms_error *error) {
    const bms_job *job = gathering->job;
    const char **names = NULL;
    size_t n = 0;
    bms_error unread = {0};
    enum bms_status status =
        bms_platform_list_folder(job->arena, bms_job_path(job, folder), job->language, &names, &n, &unread);
    if (status == BMS_NO_MEMORY)
        return bms_error_no_memory(error);
    if (status != BMS_OK && bms_platform_path_kind(bms_job_path(job, folder)) != BMS_PATH_MISSING)
        note_unread(gathering, folder);
    if (status != BMS_OK)
        return BMS_OK;
    /* Files first, so that reports of one folder come one after the other. */
    for (int folders = 0; folders <= 1; folders++) {
        for (size_t i = 0; status == BMS_OK && i < n; i++) {
            const char *inside = bms_arena_format(job->arena, "%s/%s", folder, names[i]);
            const enum bms_path_kind kind = bms_platform_path_kind(bms_job_path(job, inside));
            if (!folders && kind == BMS_PATH_FILE && ends(names[i], ".xlsx"))
                status = look_at_report(gathering, folder, names[i], error);
            if (folders && kind == BMS_PATH_FOLDER && depth < DEEPEST)
                status = look_in(gathering, inside, depth + 1, error);
        }
    }
    return status;
}

static enum bms_status gather_reports(struct gathering *gathering, bms_error *error) {
    bms_job *job = gathering->job;
    enum bms_status status = bms_history_each_edition_file(job->history, take_edition, gathering, error);
    status = bms_error_of_arena(status, job->arena, error);
    if (status != BMS_OK)
        return status;
    if (gathering->n_editions > 0)
        qsort(gathering->editions, gathering->n_editions, sizeof *gathering->editions, by_sha256);
    status = look_in(gathering, "reports", 0, error);
    return bms_error_of_arena(status, job->arena, error);
}

enum bms_status bms_witnesses_gather(bms_job *job, bms_witnesses_found *out, bms_error *error) {
    bool is_copy = false;
    struct gathering gathering = {.job = job, .out = out, .arena = bms_arena_new()};
    *out = (bms_witnesses_found){0};
    if (!gathering.arena)
        return bms_error_no_memory(error);
    enum bms_status status = gather_copies(&gathering, &is_copy, error);
    if (status == BMS_OK && !is_copy)
        status = gather_reports(&gathering, error);
    if (is_copy)
        *out = (bms_witnesses_found){0};
    bms_arena_free(gathering.arena);
    return status;
}

/* What the history knows of them */

static enum bms_status judge(const bms_job *job, bms_witness *witness, bms_error *error) {
    enum bms_status status = bms_history_run_of_hash(job->history, witness->hash, &witness->run, error);
    if (status != BMS_OK || witness->run != 0)
        return status;
    return bms_history_find_restored(job->history, witness->hash, job->arena, &witness->acknowledged_by,
                                     &witness->acknowledgement, error);
}

enum bms_status bms_witnesses_judge(bms_job *job, bms_witnesses_found *found, size_t *unknown,
                                    bms_error *error) {
    size_t kept = 0;
    enum bms_status status = BMS_OK;
    *unknown = 0;
    for (size_t i = 0; status == BMS_OK && i < found->n; i++) {
        bms_found_witness item = found->items[i];
        status = judge(job, &item.witness, error);
        if (item.of_another && item.witness.run == 0)
            continue;
        if (item.witness.run == 0 && !item.witness.acknowledgement)
            (*unknown)++;
        found->items[kept++] = item;
    }
    found->n = kept;
    return status;
}
