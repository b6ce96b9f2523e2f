/** The file that shows who is writing, and temporary files without a run (see claim.h). */
#include "core/base/claim.h"

#include "core/base/platform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a claim writes into the file: as many ends as beginnings, or a run was killed. */
#define BEGUN "begun\n"
#define ENDED "ended\n"
#define LEFT "left\n"

struct bms_claim {
    char *path;
    bms_lock *lock;
    bool alone;
    bool crashed;
    bool begun; /* BEGUN stands in the file for this claim … */
    bool ended; /* … and ENDED: a full disk may have neither */
    bool left;  /* something stays for the next run, also where the disk was too full to note it */
};

static char *path_of(const char *history) {
    static const char ending[] = ".in-use";
    const size_t size = strlen(history) + sizeof ending;
    char *path = malloc(size);
    if (path)
        (void)snprintf(path, size, "%s%s", history, ending);
    return path;
}

bms_claim *bms_claim_begin(const char *history) {
    bms_claim *claim = calloc(1, sizeof *claim);
    if (!claim)
        return NULL;
    bool made = false;
    claim->path = path_of(history);
    if (claim->path)
        claim->lock = bms_platform_lock(claim->path, &made, &claim->alone);
    if (!claim->lock) {
        bms_claim_end(claim);
        return NULL;
    }
    claim->crashed = claim->alone && !made;
    claim->begun = bms_platform_lock_append(claim->lock, BEGUN);
    return claim;
}

bool bms_claim_is_alone(const bms_claim *claim) {
    return claim && claim->alone;
}

bool bms_claim_follows_a_crash(const bms_claim *claim) {
    return claim && claim->crashed;
}

bool bms_claim_be_alone(bms_claim *claim) {
    if (claim && !claim->alone)
        claim->alone = bms_platform_lock_alone(claim->lock);
    return claim && claim->alone;
}

void bms_claim_share(bms_claim *claim, bool cleared) {
    if (!claim || !claim->alone)
        return;
    if (cleared) {
        bms_platform_lock_empty(claim->lock);
        claim->begun = bms_platform_lock_append(claim->lock, BEGUN);
    }
    claim->alone = false;
    bms_platform_lock_share(claim->lock);
}

void bms_claim_leave(bms_claim *claim) {
    if (!claim)
        return;
    claim->left = true;
    (void)bms_platform_lock_append(claim->lock, LEFT);
}

void bms_claim_note(bms_claim *claim, const char *path) {
    char *here = *path == '/' ? NULL : bms_platform_full_path(".");
    if (claim && !strchr(path, '\n')) {
        (void)bms_platform_lock_append(claim->lock, here ? here : "");
        (void)bms_platform_lock_append(claim->lock, here ? "/" : "");
        (void)bms_platform_lock_append(claim->lock, path);
        (void)bms_platform_lock_append(claim->lock, "\n");
    }
    free(here);
}

const char *bms_claim_noted(const bms_claim *claim, bms_arena *arena) {
    unsigned char *bytes = NULL;
    size_t size = 0;
    if (!claim || bms_platform_read_file(claim->path, "", &bytes, &size, NULL) != BMS_OK)
        return "";
    const char *text = bms_arena_copy(arena, (const char *)bytes, size);
    free(bytes);
    return text;
}

/** @return how many lines are this one. */
static size_t count(const char *text, const char *line) {
    size_t n = 0;
    for (const char *at = strstr(text, line); at; at = strstr(at + 1, line))
        n += at == text || at[-1] == '\n';
    return n;
}

/** @return whether all who have written since it was made have ended, and left nothing. */
static bool is_settled(const bms_claim *claim) {
    bms_arena *arena = bms_arena_new();
    const char *text = arena ? bms_claim_noted(claim, arena) : "";
    const bool settled = arena && !bms_arena_failed(arena) && count(text, LEFT) == 0 &&
                         count(text, BEGUN) + claim->ended == count(text, ENDED) + claim->begun;
    bms_arena_free(arena);
    return settled;
}

void bms_claim_end(bms_claim *claim) {
    if (!claim)
        return;
    if (claim->lock) {
        claim->ended = bms_platform_lock_append(claim->lock, ENDED);
        if (!claim->left && bms_claim_be_alone(claim) && is_settled(claim))
            bms_platform_remove(claim->path);
        bms_platform_unlock(claim->lock);
    }
    free(claim->path);
    free(claim);
}

/* Names */

/** Step back over digits. @return where they begin */
static size_t before_digits(const char *name, size_t end) {
    while (end > 0 && name[end - 1] >= '0' && name[end - 1] <= '9')
        end--;
    return end;
}

static bool ends_at(const char *name, size_t end, const char *with) {
    const size_t length = strlen(with);
    return end >= length && memcmp(name + end - length, with, length) == 0;
}

/** @return whether earlier versions of bms gave such a name a number and `.tmp`. */
static bool is_of_earlier_version(const char *name, size_t end) {
    const size_t version = before_digits(name, end);
    return ends_at(name, end, ".xlsx.new") || ends_at(name, end, ".db.backup-new") ||
           ends_at(name, end, ".db.new") || (version < end && ends_at(name, version, ".db.before-"));
}

size_t bms_leftover_of(const char *name) {
    size_t end = strlen(name);
    if (ends_at(name, end, "-journal"))
        end -= strlen("-journal");
    if (!ends_at(name, end, ".tmp"))
        return 0;
    const size_t dot = end - strlen(".tmp");
    const size_t number = before_digits(name, dot);
    if (number == dot || !ends_at(name, number, "-"))
        return 0;
    const size_t process = before_digits(name, number - 1);
    if (process == number - 1)
        return 0;
    if (ends_at(name, process, ".bms-"))
        return process - strlen(".bms-");
    return ends_at(name, process, ".") && is_of_earlier_version(name, process - 1) ? process - 1 : 0;
}

void bms_leftovers_remove(bms_arena *arena, const char *folder, const char *of) {
    const char **names = NULL;
    size_t n = 0;
    if (bms_platform_list_folder(arena, *folder ? folder : ".", "", &names, &n, NULL) != BMS_OK)
        return;
    for (size_t i = 0; i < n; i++) {
        const size_t length = bms_leftover_of(names[i]);
        if (length == 0 || (of && (strlen(of) != length || strncmp(names[i], of, length) != 0)))
            continue;
        const char *path = bms_arena_format(arena, "%s%s%s", folder, *folder ? "/" : "", names[i]);
        if (!bms_arena_failed(arena) && bms_platform_path_kind(path) == BMS_PATH_FILE)
            bms_platform_remove(path);
    }
}
