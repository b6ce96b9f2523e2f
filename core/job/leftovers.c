/** Gives its name to what was complete, and removes the rest (see leftovers.h). */
#include "core/job/leftovers.h"

#include "core/base/claim.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/sha256.h"
#include "core/job/written.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 3 };

/** A walk over the temporary files beside the history. */
struct walk {
    bms_job *job;
    bms_arena *arena;
    bool forget;      /* also what could get its name */
    const char *left; /* what could not be cleared away, in the job's arena */
};

/** What a file holds, and what the history has recorded of it. */
struct found {
    bool there;
    bool ours;
    bool newest;
    char sha256[65];
};

/** @return whether it could be found out. @param name  under which it is recorded */
static bool look_up(const struct walk *walk, const char *path, const char *name, struct found *out) {
    const bms_job *job = walk->job;
    unsigned char *bytes = NULL;
    size_t size = 0;
    *out = (struct found){0};
    if (bms_platform_path_kind(path) == BMS_PATH_MISSING)
        return true;
    if (bms_platform_read_file(path, job->language, &bytes, &size, NULL) != BMS_OK)
        return false;
    bms_sha256(bytes, size, out->sha256);
    free(bytes);
    out->there = true;
    return bms_history_find_written(job->history, name, out->sha256, &out->ours, &out->newest, NULL) ==
           BMS_OK;
}

/** Where what is in the way has been carried out already, give it its other name. */
static bool make_way(const struct walk *walk, const char *path, const char *name) {
    struct found there;
    const char *aside = bms_written_aside(walk->arena, name);
    const char *other = bms_arena_format(walk->arena, "%s%s", walk->job->folder, aside);
    if (bms_arena_failed(walk->arena) || !look_up(walk, path, aside, &there) || !there.ours)
        return false;
    return bms_platform_rename(path, other, walk->job->language, NULL) == BMS_OK;
}

/**
 * Give a complete workbook its name, unless somebody has begun on what is there.
 *
 * @param temporary  its path
 * @param name       the name it is to get
 * @return whether it has it, or must wait because it cannot be renamed now
 */
static bool finish(struct walk *walk, const char *temporary, const char *name) {
    const char *path = bms_arena_format(walk->arena, "%s%s", walk->job->folder, name);
    struct found written;
    struct found there;
    if (bms_arena_failed(walk->arena) || !look_up(walk, temporary, name, &written) || !written.newest)
        return false;
    if (!look_up(walk, path, name, &there) || strcmp(there.sha256, written.sha256) == 0)
        return false;
    if (there.there && !there.ours && !make_way(walk, path, name))
        return false;
    (void)bms_platform_rename(temporary, path, walk->job->language, NULL);
    return true;
}

/** Clear one temporary file away. @param name  relative to the history's folder @param length  of what it
 * was to become */
static void clear(struct walk *walk, const char *name, size_t length) {
    const char *path = bms_arena_format(walk->arena, "%s%s", walk->job->folder, name);
    const char *wanted = bms_arena_copy(walk->arena, name, length);
    if (bms_arena_failed(walk->arena))
        return;
    if (bms_claim_is_alone(walk->job->claim) && (walk->forget || !finish(walk, path, wanted)))
        bms_platform_remove(path);
    const char *between = *walk->left ? ", " : "";
    if (bms_platform_path_kind(path) != BMS_PATH_MISSING)
        walk->left = bms_arena_format(walk->job->arena, "%s%s%s", walk->left, between, name);
}

/** @param folder  relative to the history's folder; "": itself @param depth  how many folders below */
static void look_in(struct walk *walk, const char *folder, int depth) {
    const bms_job *job = walk->job;
    const char *path = bms_arena_format(walk->arena, "%s%s", job->folder, folder);
    const char **names = NULL;
    size_t n = 0;
    if (bms_arena_failed(walk->arena) ||
        bms_platform_list_folder(walk->arena, *path ? path : ".", job->language, &names, &n, NULL) != BMS_OK)
        return;
    for (size_t i = 0; i < n; i++) {
        const char *name = bms_arena_format(walk->arena, "%s%s%s", folder, *folder ? "/" : "", names[i]);
        const size_t length = bms_leftover_of(names[i]);
        const char *inside = bms_arena_format(walk->arena, "%s%s", job->folder, name);
        if (bms_arena_failed(walk->arena))
            return;
        if (length > 0) {
            clear(walk, name, strlen(name) - strlen(names[i]) + length);
        } else if (depth > 0 && bms_platform_path_kind(inside) == BMS_PATH_FOLDER) {
            look_in(walk, name, depth - 1);
        }
    }
}

/** Look in a folder that was noted: one that lies elsewhere, with folders for periods. */
static void look_at_noted(const struct walk *walk, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash)
        return; /* memory is out */
    const char *folder = bms_arena_copy(walk->arena, path, (size_t)(slash - path));
    const char **names = NULL;
    size_t n = 0;
    bms_leftovers_remove(walk->arena, folder, slash[1] ? slash + 1 : NULL);
    if (slash[1] || bms_platform_list_folder(walk->arena, folder, "", &names, &n, NULL) != BMS_OK)
        return;
    for (size_t i = 0; i < n; i++)
        bms_leftovers_remove(walk->arena, bms_arena_format(walk->arena, "%s/%s", folder, names[i]), NULL);
}

static void look_elsewhere(const struct walk *walk) {
    const char *line = bms_claim_noted(walk->job->claim, walk->arena);
    while (*line && !bms_arena_failed(walk->arena)) {
        const size_t length = strcspn(line, "\n");
        if (memchr(line, '/', length))
            look_at_noted(walk, bms_arena_copy(walk->arena, line, length));
        line += length + (line[length] == '\n');
    }
}

/** @param deep  also in the folders */
static void look_everywhere(struct walk *walk, bool deep) {
    static const char *const folders[] = {"corrections", "forms", "reminders", "reports"};
    look_in(walk, "", 0);
    for (size_t i = 0; deep && i < sizeof folders / sizeof *folders; i++)
        look_in(walk, folders[i], DEEPEST);
}

void bms_leftovers_claim(bms_job *job) {
    struct walk walk = {.job = job, .left = ""};
    if (!job->claim)
        job->claim = bms_claim_begin(job->b->history);
    if (!bms_claim_is_alone(job->claim))
        return;
    const bool crashed = bms_claim_follows_a_crash(job->claim);
    walk.arena =
        job->b->as_of ? NULL : bms_arena_new(); /* as of an earlier run not all that is ours is known */
    if (walk.arena) {
        look_everywhere(&walk, crashed);
        if (crashed)
            look_elsewhere(&walk);
    }
    bms_claim_share(job->claim, walk.arena && !bms_arena_failed(walk.arena) && !*walk.left);
    bms_arena_free(walk.arena);
}

enum bms_status bms_leftovers_forget(bms_job *job, const char **left, bms_error *error) {
    struct walk walk = {.job = job, .arena = bms_arena_new(), .forget = true, .left = ""};
    *left = "";
    if (!walk.arena)
        return bms_error_no_memory(error);
    const bool alone = bms_claim_be_alone(job->claim);
    look_everywhere(&walk, true);
    enum bms_status status = bms_error_of_arena(BMS_OK, walk.arena, error);
    if (alone)
        bms_claim_share(job->claim, status == BMS_OK && !*walk.left);
    bms_arena_free(walk.arena);
    *left = walk.left;
    return bms_error_of_arena(status, job->arena, error);
}
